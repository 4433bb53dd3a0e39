"""The data subject's pointers: how all entries of one person are found without storing who the person is.

A pointer is derived from a MAC that KMS computes with a key that never leaves it, over the group of controllers, the kind of
identifier and its normalised value. The MAC itself is a secret of the moment: it is stored nowhere, and from it come,
one-way, the stored pointer and the tags that recognise a repeated post.

An IP address is never made into a pointer: of 2^32 values all can be tried.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from privacy.errors import BadInput

if TYPE_CHECKING:
    from privacy.writes import Keys

KINDS = ("email", "phone", "username")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_LOCAL_MOST = 64
_DIGITS = range(6, 16)


class Identity(NamedTuple):
    """One identifier of a person in one group of controllers: the secret MAC, and what is derived from it."""

    kind: str
    secret: bytes

    def pointer(self) -> str:
        """Return the stored pointer, 64 hexadecimal digits."""
        return self.derive("pointer")

    def derive(self, purpose: str, *parts: str) -> str:
        """Return a tag for another purpose; without the secret neither leads to the other."""
        message = json.dumps([purpose, *parts], ensure_ascii=False).encode()
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


def identify(keys: Keys, group: str, kind: str, value: str) -> Identity:
    """Return the identity of a person for a group of controllers: one KMS call.

    Raises BadInput for a value that cannot be an identifier of its kind, ValueError for an unknown kind.
    """
    message = json.dumps(["subject", group, kind, normalise(kind, value)], ensure_ascii=False).encode()
    return Identity(kind, keys.mac(message))


def mailbox(keys: Keys, group: str, address: str) -> str:
    """Return the pointer of the mailbox that an address with a `+` leads to; empty where the address says it itself.

    Budgets alone are counted by it, for all such addresses fill one mailbox: whose data is meant the whole address says.
    One KMS call for an address with a `+`, none for others. Raises BadInput as `identify`.
    """
    local, _, domain = email(address).rpartition("@")
    plain = local.partition("+")[0]
    return identify(keys, group, "email", f"{plain}@{domain}").pointer() if plain not in ("", local) else ""


def normalise(kind: str, value: str) -> str:
    """Return the one spelling of an identifier that the pointer is made of.

    E-mail: lower case, the domain in its ASCII form; the part behind a `+` counts, for it is another address. Phone:
    E.164 with the Dutch prefix when none is given. Username: compatibility-normalised, case-folded.
    """
    if kind == "email":
        return email(value)
    if kind == "phone":
        return phone(value)
    if kind == "username":
        return unicodedata.normalize("NFKC", value).strip().casefold()
    message = f"unknown kind of identifier {kind!r}"
    raise ValueError(message)


def email(value: str) -> str:
    """Return a mail address in its one spelling. Raises BadInput (`email_invalid`) for what is none.

    By hand, because the public form pays for every import: one `@`, a dotted ASCII local part of at most 64 characters
    (what SES can send to), a domain with a dot, internationalised domains in their ASCII form.
    """
    local, at, domain = value.strip().rpartition("@")
    if not domain.isascii():
        try:
            domain = unicodedata.normalize("NFC", domain).encode("idna").decode()
        except UnicodeError as unknown:
            raise BadInput("email_invalid") from unknown
    domain = domain.lower()
    if not at or len(local) > _LOCAL_MOST or not _ADDRESS.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise BadInput("email_invalid")
    return f"{local.lower()}@{domain}"


def phone(value: str) -> str:
    """Return a telephone number as +, country and digits; a leading single 0 is Dutch. Raises BadInput (`phone_invalid`)."""
    written = re.sub(r"[\s().\-/\u2010-\u2015]", "", unicodedata.normalize("NFKC", value).replace("(0)", ""))
    if written.startswith("00"):
        written = "+" + written[2:]
    elif written.startswith("0"):
        written = "+31" + written[1:]
    digits = written.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in _DIGITS:
        raise BadInput("phone_invalid")
    return "+" + digits
