"""Mail that came in: sealed, filed, and its unsealed copy deleted (P20, P45).

A reply to one of our answers is sealed under its enquiry, so that the conversation ends with it. It is taken for one when
it came to the enquiry's reply address, a secret of 128 bits, *and* from the person who asked. Everything else is filed for a
person to look at. Who files it can read none of it afterwards: a reply gets a key of its own, wrapped to the enquiry's wall.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import enquiries, letters, mail, policy, sealing, subjects, vault
from privacy.errors import ConditionFailed, StoreUnavailable
from privacy.periods import stamp
from privacy.writes import PRESENT, Delete, Key, Put

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.mail import Mail
    from privacy.services import Services
    from privacy.writes import Write

_SEEN_FOR = timedelta(days=30)
_CUT_OFF = timedelta(days=1)
_IN_AN_ITEM = 250_000
"""Bytes of ciphertext that stay in the records; more goes to the bucket of sealed objects (an item holds 400 kB)."""


class Filed(NamedTuple):
    """Where a mail went: `reply`, `mail` (for a person), or `seen` (filed before). `entry` is what it is filed under."""

    kind: str
    entry: str = ""


def file(services: Services, raw: bytes, message: str, now: datetime) -> Filed:
    """Seal and file one mail. `message` is the id SES gave it: the same mail delivered twice is filed once.

    Raises KeyUnavailable or StoreUnavailable; then nothing is filed and the unsealed copy stays for the next try.
    """
    received = mail.read(raw)
    seen = _seen(message, now)
    try:
        for token in received.reply_tokens[:5]:
            about = _enquiry(services, token, received)
            if about and _add(services, about, received, raw, seen, now):
                return Filed("reply", about["sk"].removeprefix("entry#"))
        return Filed("mail", _file_for_a_person(services, received, raw, seen, now))
    except _SeenBefore:
        return Filed("seen")


class _SeenBefore(Exception):
    """This mail was filed before."""


def _seen(message: str, now: datetime) -> Put:
    """Return the write that files a mail once."""
    tag = hashlib.sha256(f"mail {message}".encode()).hexdigest()
    return Put("traffic", {"pk": f"once#{tag}", "sk": "once", "expires_at": int((now + _SEEN_FOR).timestamp())})


def _enquiry(services: Services, token: str, received: Mail) -> dict[str, Any] | None:
    """Return the pointer of a reply address if the person it belongs to wrote this mail."""
    pointer = next(services.store.items("vault", f"reply#{token}"), None)
    if pointer is None or not received.sender:
        return None
    group = policy.controller(pointer["controller"]).group
    person = subjects.identify(services.keys, group, "email", received.sender).pointer()
    return pointer if services.store.get(Key("vault", f"subject#{person}", pointer["sk"])) else None


def _add(  # noqa: PLR0917 - what is added where, once, and when
    services: Services, about: dict[str, Any], received: Mail, raw: bytes, seen: Put, now: datetime
) -> bool:
    """Seal a reply under its enquiry with a key of its own; False when the enquiry is gone.

    The enquiry is open again, and staff are told. Its due date stays: a reply does not make us keep longer.
    """
    entry = about["sk"].removeprefix("entry#")
    number = vault.new_id()
    part = f"message#{stamp(now)}#{number}"
    binding = sealing.Binding(about["controller"], about["category"], entry, about["policy"])
    key = sealing.new_key()
    sealed_raw = sealing.seal(key, binding, f"{part}#raw", raw)
    place = {"pk": f"entry#{entry}", "sk": part, "at": stamp(now), "direction": "in", "key": number}
    wrapped = sealing.wrap(services.keys.public_key(about["wall"]), key)
    where, named = _raw(services, entry, sealed_raw, now)
    message = {**place, **where, "sealed": sealing.seal_fields(key, binding, part, _readable(received))}
    writes: list[Write] = [
        *vault.late_addition(entry, number, wrapped),
        Put("records", message),
        *named,
        enquiries.reopened(entry, about["controller"], now),
        letters.staff_notice_of_reply(entry, about["site"], about["controller"], about["category"], now),
        seen,
    ]
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        if failed.index == len(writes) - 1:
            raise _SeenBefore from failed
        return False
    return True


def _file_for_a_person(services: Services, received: Mail, raw: bytes, seen: Put, now: datetime) -> str:
    """File a mail under the rule for requests, for a person to look at, and return its entry."""
    addresses = policy.privacy_addresses()
    plain = [
        address.partition("+")[0] + "@" + address.partition("@")[2] if "+" in address else address
        for address in received.recipients
    ]
    site = policy.site(next((addresses[address] for address in plain if address in addresses), policy.sites()[0]))
    group = policy.controller(site.controller).group
    people = [subjects.identify(services.keys, group, "email", received.sender)] if received.sender else []
    opened = enquiries.begin(
        services.keys, site, policy.category(site.controller, "cases"), people, received_at=now, now=now
    )
    fields = {"email": received.sender, **_readable(received)}
    where, named = _raw(
        services, opened.entry.id, sealing.seal(opened.key, opened.entry.binding(), "main#raw", raw), now
    )
    writes = enquiries.filed(
        opened,
        fields,
        status=enquiries.OPEN,
        received_at=now,
        channel="email",
        form="",
        language=site.default_language,
        more=where,
    )
    writes += [*named, letters.staff_notice(opened.entry, now), seen]
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        raise _SeenBefore from failed
    return opened.entry.id


def _readable(received: Mail) -> dict[str, Any]:
    """Return what staff read of a mail."""
    return {
        "subject": received.subject,
        "text": received.text,
        "automatic": received.is_automatic,
        "attachments": [list(attachment) for attachment in received.attachments],
        "problems": list(received.problems),
    }


def _raw(services: Services, entry: str, sealed: bytes, now: datetime) -> tuple[dict[str, Any], list[Write]]:
    """Return where the sealed raw mail is kept: in the record, or in the bucket when it is large.

    An object is noted for deletion before it is written, and the note goes in the transaction that names it: a filing that was
    cut off leaves nothing behind for longer than a day.
    """
    if len(sealed) <= _IN_AN_ITEM:
        return {"raw": sealed}, []
    if services.objects is None:
        raise StoreUnavailable
    name = f"entry/{entry}/{vault.new_id()}"
    noted = vault.sweep(entry, [name], now + _CUT_OFF)
    services.store.write([noted])
    services.objects.put(name, sealed)
    return {"object": name}, [Delete(Key("records", noted.item["pk"], noted.item["sk"]), PRESENT)]
