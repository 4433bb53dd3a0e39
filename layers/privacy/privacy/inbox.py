"""Mail that came in: read, sealed, filed as what it is, and its unsealed copy deleted (P20, P45, N6).

One mail is one case for each controller that it was sent to, or joins the case there is, or the enquiry whose answer it answers.
What a machine sent is no case: it waits in the inbox, or lies with the case it answers. What cannot be read is a case for
a person, with the mail as it came. Who files can read none of it afterwards: what joins something gets a key of its own.

A mail belongs to an enquiry when it came to the enquiry's reply address, a secret of 128 bits, *and* from the person who asked.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    enquiries,
    identifiers,
    identity,
    identity_documents,
    intake,
    letters,
    mail,
    policy,
    raw_mail,
    received,
    sealing,
    subjects,
    vault,
)
from privacy.errors import ConditionFailed
from privacy.intake import Request, SeenBefore
from privacy.periods import fine_stamp, stamp
from privacy.raw_mail import Filing
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.mail import Mail
    from privacy.policy import Site
    from privacy.services import Services
    from privacy.writes import Write

_SEEN_FOR = timedelta(days=30)
_MOST_TOKENS = 5
_FAIL, _PASS = "FAIL", "PASS"
_MACHINES = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_NO_ANSWER = re.compile(
    r"(?:no|do[._-]?not|niet|geen)[._-]?(?:reply|antwoord(?:en)?|respond)|bounces?\b|noreply|owner-|.*-(?:request|owner|bounces)$"
)

_MOST_NUMBERS = 20
"""How many different numbers are looked for in a raw mail: each costs a walk through all of it."""


class Filed(NamedTuple):
    """What a mail was filed as: `case`, `joined`, `reply` (to an enquiry), `inbox`, or `seen` (filed before); and where."""

    kind: str
    entry: str = ""


def file(services: Services, raw: bytes, message: str, now: datetime) -> Filed:
    """Seal and file one mail. `message` is the id SES gave it: the same mail delivered twice is filed once.

    Raises KeyUnavailable or StoreUnavailable; then the unsealed copy stays for the next try.
    """
    read = mail.read(raw)
    answers: dict[str, dict[str, Any]] = {}
    for token in read.reply_tokens[:_MOST_TOKENS]:
        about = next(services.store.items("vault", f"reply#{token}"), None)
        if about is None:
            continue
        if about["category"] == "cases":
            answers.setdefault(about["controller"], about)
            continue
        try:
            if _is_theirs(services, about, read) and _add(
                services, about, read, raw, _seen(message, about["controller"], now), now
            ):
                return Filed("reply", about["sk"].removeprefix("entry#"))
        except SeenBefore:
            return Filed("seen")
    filed = [_take(services, site, read, raw, message, now, answers.get(site.controller)) for site in _sites(read)]
    return next((each for each in filed if each.kind != "seen"), Filed("seen"))


def _sites(read: Mail) -> list[Site]:
    """Return a site of each controller that a mail was sent to; of the first there is, when it names no address of ours."""
    addresses = policy.privacy_addresses()
    plain = [re.sub(r"\+[^@]*@", "@", address) for address in read.recipients]
    found = [policy.site(addresses[address]) for address in plain if address in addresses]
    by_controller = {site.controller: site for site in reversed(found or [policy.site(policy.sites()[0])])}
    return list(by_controller.values())


def _seen(message: str, controller: str, now: datetime) -> Put:
    """Return the write that files a delivery once for a controller."""
    return _once(hashlib.sha256(json.dumps(["mail", controller, message]).encode()).hexdigest(), now)


def _once(tag: str, now: datetime) -> Put:
    """Return the write that lets something happen once within a month."""
    return Put("traffic", {"pk": f"once#{tag}", "sk": "once", "expires_at": int((now + _SEEN_FOR).timestamp())})


# --- replies to enquiries ------------------------------------------------------------------------------------------------


def _is_theirs(services: Services, about: dict[str, Any], read: Mail) -> bool:
    """Say whether the person whose enquiry has this reply address wrote this mail."""
    if not read.sender:
        return False
    group = policy.controller(about["controller"]).group
    person = subjects.identify(services.keys, group, "email", read.sender).pointer()
    return services.store.get(Key("vault", f"subject#{person}", about["sk"])) is not None


def _add(  # noqa: PLR0917 - what is added where, once, and when
    services: Services, about: dict[str, Any], read: Mail, raw: bytes, seen: Put, now: datetime
) -> bool:
    """Seal a reply under its enquiry with a key of its own; False when the enquiry is gone.

    The enquiry is open again, and staff are told. Its due date stays: a reply does not make us keep longer.
    """
    entry = about["sk"].removeprefix("entry#")
    number = vault.new_id()
    part = f"message#{fine_stamp(now)}#{number}"
    filing = Filing(
        entry, sealing.Binding(about["controller"], about["category"], entry, about["policy"]), sealing.new_key()
    )
    content, kept, _ = _without_bsn(read, raw)
    place = {"pk": f"entry#{entry}", "sk": part, "at": stamp(now), "direction": "in", "key": number, "has_raw": True}
    wrapped = sealing.wrap(services.keys.public_key(about["wall"]), filing.key)
    sealed = sealing.seal_fields(filing.key, filing.binding, part, content)
    writes: list[Write] = [
        seen,
        *vault.late_addition(entry, number, wrapped, now),
        Put("records", {**place, "sealed": sealed}),
        *raw_mail.kept(services, filing, part, kept, now, key=number),
    ]
    if not _is_machine(read, policy.site(about["site"])):
        writes.append(enquiries.reopened(entry, about["controller"], now))
        writes.append(letters.staff_notice_of_reply(entry, about["site"], about["controller"], about["category"], now))
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        if failed.index == 0:
            raise SeenBefore(failed.found) from failed
        return False
    return True


# --- cases ---------------------------------------------------------------------------------------------------------------


def _take(  # noqa: PLR0917 - what is taken in for whom, once, and when
    services: Services, site: Site, read: Mail, raw: bytes, message: str, now: datetime, answers: dict[str, Any] | None
) -> Filed:
    """Take in a mail for one controller: once for each delivery, and once for each mail that its sender wrote."""
    request = _request(services, site, read, raw, now)
    once = [_seen(message, site.controller, now)]
    if request.people and read.message_id:
        tag = request.people[0].derive("once", "mail", site.controller, read.message_id, read.digest)
        once.append(_once(tag, now))
    try:
        return Filed(*intake.take(services, site, request, once=once, now=now, answers=answers))
    except SeenBefore:
        return Filed("seen")


def _request(services: Services, site: Site, read: Mail, raw: bytes, now: datetime) -> Request:
    """Return what a mail asks, as far as it can be read."""
    content, kept, look = _without_bsn(read, raw)
    automatic = _is_machine(read, site)
    found = intake.read(content["subject"], content["text"], site)
    by_text = [reason for reason in (identity.ON_BEHALF,) if reason in found.reasons]
    look = (*_reasons_to_look(read), *look, *by_text, *(("unsure",) if found.unsure else ()))
    return Request(
        received_at=received.moment(read, site, now),
        channel="email",
        language=found.language if found.language == "nl" else "en",
        content={**content, "reasons": list(found.reasons), "spoken": found.language},
        asked=tuple((each.right, each.words) for each in found.rights),
        look=tuple(dict.fromkeys(look)),
        facts={"email": read.sender, "name": read.name, "message_id": read.message_id},
        people=intake.people(services.keys, site.controller, email=read.sender),
        raw=kept,
        is_automatic=automatic,
        is_doubtful="fail" in read.verdicts.get("dmarc", ""),
        acknowledge=bool(read.sender) and not automatic and _may_be_answered(read),
        mailbox=intake.mailbox(services.keys, site.controller, read.sender),
    )


def _is_machine(read: Mail, site: Site) -> bool:
    """Say whether a machine sent this, a list, or we did: nobody is told of it by a mail, which a machine would answer again.

    A list of the firm's own domain is how some firms forward their privacy address; what comes by it is a person's.
    """
    ours = {policy.site(name).staff_mail.lower() for name in policy.sites()} | policy.privacy_addresses().keys()
    domain = site.privacy_address.rpartition("@")[2].lower()
    by_list = bool(read.list_id) and not f".{read.list_id}".endswith(f".{domain}")
    local = read.sender.partition("@")[0]
    return read.is_automatic or by_list or read.sender in ours or local in _MACHINES


def _may_be_answered(read: Mail) -> bool:
    """Say whether a sender may be told that their mail came in: not one that takes no mail, nor one of spam or a virus.

    A mail that fails DMARC is acknowledged: a forward breaks it as often as a forger, whoever has the address should know
    what is asked in their name, and there is nothing in it but the number and the dates.
    """
    bad = _FAIL in (read.verdicts.get("spam"), read.verdicts.get("virus"))
    return not bad and not read.list_id and not _NO_ANSWER.match(read.sender.partition("@")[0])


def _reasons_to_look(read: Mail) -> tuple[str, ...]:
    """Return why a person must look at a mail, in words that are nobody's."""
    virus = read.verdicts.get("virus", "")
    reasons: dict[str, Callable[[], object]] = {
        "spam": lambda: read.verdicts.get("spam") == _FAIL,
        "virus": lambda: virus == _FAIL,
        "unscanned": lambda: read.attachments and virus not in (_PASS, _FAIL),
        "doubtful": lambda: "fail" in read.verdicts.get("dmarc", ""),
        "no_sender": lambda: not read.sender,
        "unreadable": lambda: set(read.problems) - {"long"},
        "long": lambda: "long" in read.problems,
        "attachment": lambda: read.attachments and not read.text.strip(),
        identity_documents.REASON: lambda: identity_documents.came_with(read.attachments, read.subject, read.text),
    }
    return tuple(name for name, applies in reasons.items() if applies())


def _without_bsn(read: Mail, raw: bytes) -> tuple[dict[str, Any], bytes, tuple[str, ...]]:
    """Return what staff read of a mail, the mail to keep, and why a person must look, all without a BSN (Art. 46 UAVG).

    Where a number stands in the raw mail as it is, it is made unreadable there too. Where it does not (in base64, say), the mail
    is kept and marked: what people ask is not thrown away, and staff know before they open it.
    """
    masked, numbers = identifiers.masked(f"{read.subject}\n{read.text}")
    subject, _, text = masked.partition("\n")
    content = {
        "subject": subject,
        "text": text,
        "automatic": read.is_automatic,
        "attachments": [list(attachment) for attachment in read.attachments],
        "problems": list(read.problems),
        "verdicts": read.verdicts,
    }
    if not numbers:
        return content, raw, ()
    if len(set(numbers)) > _MOST_NUMBERS:
        return content, raw, ("bsn_in_mail",)
    kept = raw
    for number in set(numbers):
        kept = kept.replace(number.encode(), re.sub(r"\d", "0", number).encode())
    again = mail.read(kept)
    left = identifiers.masked(f"{again.subject}\n{again.text}")[1]
    return content, kept, ("bsn_in_mail",) if left else ("bsn",)
