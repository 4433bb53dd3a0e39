"""Mail that came in: read, sealed, filed as what it is, and its unsealed copy deleted (P20, P45, N6).

One mail is one case for each controller that it was sent to, or joins the case there is, or the enquiry whose answer it answers.
What a machine sent is no case: it waits in the inbox, or lies with the case it answers. What cannot be read is a case for
a person, with the mail as it came. Who files can read none of it afterwards: what joins something gets a key of its own.

A mail belongs to an enquiry when it came to the enquiry's reply address, a secret of 128 bits, *and* from the person who asked.
One that asks for a right is a case besides, as it would be at the privacy address (Art. 12(3) GDPR: the month runs from whatever
mailbox of the firm's it came to); each of the two names the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    cases,
    enquiries,
    identifiers,
    identity,
    identity_documents,
    intake,
    letters,
    mail,
    policy,
    raw_mail,
    sealing,
    vault,
)
from privacy import received as arrival
from privacy.errors import ConditionFailed
from privacy.intake import Request, SeenBefore
from privacy.periods import fine_stamp, stamp
from privacy.raw_mail import Filing
from privacy.rights_asked import NOT_CARRIED_OUT
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from privacy.mail import Mail
    from privacy.policy import Site
    from privacy.services import Services
    from privacy.subjects import Identity
    from privacy.writes import Store, Write

_SEEN_FOR = timedelta(days=30)
_MOST_TOKENS = 5
_FAIL, _PASS = "FAIL", "PASS"
_MACHINES = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_NO_ANSWER = re.compile(
    r"(?:no|do[._-]?not|niet|geen)[._-]?(?:reply|antwoord(?:en)?|respond)|bounces?\b|noreply|owner-|.*-(?:request|owner|bounces)$"
)

_OF_A_REPLY = frozenset({"subject", "text", "automatic", "attachments", "problems", "verdicts"})
"""What staff read of a reply to an enquiry: not what it seems to ask, which is told of a case."""
_MOST_NUMBERS = 20
"""How many different numbers are looked for in a raw mail: each costs a walk through all of it."""


class Received(NamedTuple):
    """A mail: what could be read of it, as it came, the id that SES gave its delivery, and when it is filed."""

    read: Mail
    raw: bytes
    message: str
    now: datetime


class Filed(NamedTuple):
    """What a mail was filed as: `case`, `joined`, `reply` (to an enquiry), `inbox`, or `seen` (filed before); and where."""

    kind: str
    entry: str = ""


def file(services: Services, raw: bytes, message: str, now: datetime) -> Filed:
    """Seal and file one mail. `message` is the id SES gave it: the same mail delivered twice is filed once.

    Raises KeyUnavailable or StoreUnavailable; then the unsealed copy stays for the next try.
    """
    read = mail.read(raw)
    answers = list(_answered(services.store, read))
    filed = [_filed(services, site, Received(read, raw, message, now), answers) for site in _sites(read, answers)]
    return next((each for each in filed if each.kind != "seen"), Filed("seen"))


def _answered(store: Store, read: Mail) -> Iterator[dict[str, Any]]:
    """Yield the pointers of the enquiries and cases to whose reply addresses a mail came, if their sites are still ours."""
    for token in read.reply_tokens[:_MOST_TOKENS]:
        about = next(iter(store.items("vault", f"reply#{token}")), None)
        if about is not None and about["site"] in policy.sites():
            yield about


def _sites(read: Mail, answers: Sequence[dict[str, Any]]) -> list[Site]:
    """Return a site of each controller that a mail was sent to, at its privacy address or at the reply address of a letter.

    That of a letter counts also when the firm has another privacy address by now. A mail that names no address of ours is for
    the first there is.
    """
    addresses = policy.privacy_addresses()
    plain = [re.sub(r"\+[^@]*@", "@", address) for address in read.recipients]
    found = [policy.site(addresses[address]) for address in plain if address in addresses]
    found += [policy.site(about["site"]) for about in answers]
    by_controller = {site.controller: site for site in reversed(found or [policy.site(policy.sites()[0])])}
    return list(by_controller.values())


def _filed(services: Services, site: Site, mail: Received, answers: Sequence[dict[str, Any]]) -> Filed:
    """File a mail for one controller: as a reply to an enquiry, as a case or one message more of it, or as both."""
    theirs = [about for about in answers if about["controller"] == site.controller]
    people = intake.people(services.keys, site.controller, email=mail.read.sender)
    to_cases = [about for about in theirs if about["category"] == cases.CATEGORY]
    to_enquiries = [about for about in theirs if about not in to_cases and _is_theirs(services.store, about, people)]
    request = _request(services, site, mail, people)
    asks = not request.is_automatic and any(right not in NOT_CARRIED_OUT for right, _ in request.asked)
    for about in [] if asks else to_enquiries:
        filed = _replied(services, about, mail, request)
        if filed:
            return filed
    enquiry = to_enquiries[0] if asks and to_enquiries else None
    if enquiry:
        request = request._replace(content={**request.content, "enquiry": _entry_of(enquiry)})
    taken = _take(services, site, mail, request, to_cases[0] if to_cases else None)
    if enquiry:
        _replied(services, enquiry, mail, request, taken.entry)
    return taken


def _entry_of(about: dict[str, Any]) -> str:
    """Return the enquiry or case that a pointer leads to."""
    return str(about["sk"].removeprefix("entry#"))


def _seen(mail: Received, controller: str, people: Sequence[Identity], filed_as: str = "mail") -> list[Put]:
    """Return the writes that file a mail once for a controller, as a case or its message and as a reply.

    Once for each delivery, and once for each mail that its sender wrote.
    """
    delivery = hashlib.sha256(json.dumps([filed_as, controller, mail.message]).encode()).hexdigest()
    if not people or not mail.read.message_id:
        return [_once(delivery, mail.now)]
    written = people[0].derive("once", filed_as, controller, mail.read.message_id, mail.read.digest)
    return [_once(delivery, mail.now), _once(written, mail.now)]


def _once(tag: str, now: datetime) -> Put:
    """Return the write that lets something happen once within a month."""
    return Put("traffic", {"pk": f"once#{tag}", "sk": "once", "expires_at": int((now + _SEEN_FOR).timestamp())})


# --- replies to enquiries ------------------------------------------------------------------------------------------------


def _is_theirs(store: Store, about: dict[str, Any], people: Sequence[Identity]) -> bool:
    """Say whether the person whose enquiry has this reply address wrote this mail."""
    return any(store.get(Key("vault", f"subject#{person.pointer()}", about["sk"])) for person in people)


def _replied(
    services: Services, about: dict[str, Any], mail: Received, request: Request, case: str = ""
) -> Filed | None:
    """Seal a reply under its enquiry with a key of its own; None when the enquiry is gone.

    The enquiry is open again, and staff are told. Its due date stays: a reply does not make us keep longer. `case` is what was
    made of what the reply asks.
    """
    entry, now, number = _entry_of(about), mail.now, vault.new_id()
    part = f"message#{fine_stamp(now)}#{number}"
    binding = sealing.Binding(about["controller"], about["category"], entry, about["policy"])
    filing = Filing(entry, binding, sealing.new_key())
    content = {name: value for name, value in request.content.items() if name in _OF_A_REPLY}
    place = {"pk": f"entry#{entry}", "sk": part, "at": stamp(now), "direction": "in", "key": number, "has_raw": True}
    wrapped = sealing.wrap(services.keys.public_key(about["wall"]), filing.key)
    sealed = sealing.seal_fields(filing.key, filing.binding, part, {**content, **({"case": case} if case else {})})
    seen = _seen(mail, about["controller"], request.people, "reply")
    writes: list[Write] = [
        *seen,
        *vault.late_addition(entry, number, wrapped, now),
        Put("records", {**place, "sealed": sealed}),
        *raw_mail.kept(services, filing, part, request.raw or b"", now, key=number),
    ]
    if not request.is_automatic:
        writes.append(enquiries.reopened(entry, about["controller"], now))
        writes.append(letters.staff_notice_of_reply(entry, about["site"], about["controller"], about["category"], now))
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        return Filed("seen") if failed.index < len(seen) else None
    return Filed("reply", entry)


# --- cases ---------------------------------------------------------------------------------------------------------------


def _take(services: Services, site: Site, mail: Received, request: Request, answers: dict[str, Any] | None) -> Filed:
    """Take in a mail for one controller, once."""
    once = _seen(mail, site.controller, request.people)
    try:
        return Filed(*intake.take(services, site, request, once=once, now=mail.now, answers=answers))
    except SeenBefore as seen:
        return Filed("seen", str(seen.found.get("reference", "")))


def _request(services: Services, site: Site, received: Received, people: tuple[Identity, ...]) -> Request:
    """Return what a mail asks, as far as it can be read. What breaks our reading is for a person, with the mail as it came."""
    read, now = received.read, received.now
    sent = Request(
        received_at=now,
        channel="email",
        language=site.default_language,
        content={"subject": "", "text": "", "problems": ["not_read"]},
        asked=(("question", ""),),
        look=("unreadable", "unscanned", "unsure"),
        facts={"email": read.sender, "name": "", "message_id": read.message_id},
        people=people,
        raw=received.raw,
        is_doubtful="fail" in read.verdicts.get("dmarc", ""),
        mailbox=intake.mailbox(services.keys, site.controller, read.sender),
    )
    try:
        return sent._replace(**_asked(site, received))
    except Exception:  # noqa: BLE001 - it would come back every hour and break again
        return sent


def _asked(site: Site, received: Received) -> dict[str, Any]:
    """Return what a mail asks, and all that is read of it: nothing of AWS is called."""
    read, kept, bsn = _without_bsn(received.read, received.raw)
    found = intake.read(read.subject, read.text, site)
    handed_on = _is_handed_on(read) and any(each.right not in NOT_CARRIED_OUT for each in found.rights)
    if handed_on:
        read = read._replace(sender="", name="")
    automatic = not handed_on and _is_machine(read, site)
    by_text = [reason for reason in (identity.ON_BEHALF,) if reason in found.reasons]
    look = (*_reasons_to_look(read), *bsn, *by_text, *(("unsure",) if found.unsure else ()))
    return {
        "received_at": arrival.moment(read, site, received.now),
        "language": found.language if found.language == "nl" else "en",
        "content": {**_content(read), "reasons": list(found.reasons), "spoken": found.language},
        "asked": tuple((each.right, each.words) for each in found.rights),
        "look": tuple(dict.fromkeys(look)),
        "facts": {"email": read.sender, "name": read.name, "message_id": read.message_id},
        **({"people": (), "mailbox": ""} if handed_on else {}),
        "raw": kept,
        "is_automatic": automatic,
        "is_away": read.is_automatic and not read.is_report,
        "acknowledge": bool(read.sender) and not automatic and _may_be_answered(read),
    }


def _content(read: Mail) -> dict[str, Any]:
    """Return what staff read of a mail."""
    return {
        "subject": read.subject,
        "text": read.text,
        "automatic": read.is_automatic,
        "attachments": [list(attachment) for attachment in read.attachments],
        "problems": list(read.problems),
        "verdicts": read.verdicts,
    }


def _is_machine(read: Mail, site: Site) -> bool:
    """Say whether a machine sent this, a list, or we did: nobody is told of it by a mail, which a machine would answer again.

    A list of the firm's own domain is how some firms forward their privacy address; what comes by it is a person's.
    """
    ours = {policy.site(name).staff_mail.lower() for name in policy.sites()} | policy.privacy_addresses().keys()
    domain = site.privacy_address.rpartition("@")[2].lower()
    by_list = bool(read.list_id) and not f".{read.list_id}".endswith(f".{domain}")
    local = read.sender.partition("@")[0]
    return read.is_automatic or by_list or read.sender in ours or local in _MACHINES


def _is_handed_on(read: Mail) -> bool:
    """Say whether a person at the firm forwards this from where it gets its notices: what others asked there (P20).

    Where that asks for a right it is a case, of nobody yet: staff look whose. Our own letters and notices say that a machine sent
    them, wherever they are sent on to.
    """
    from privacy import triage_parts  # noqa: PLC0415 - with the rest of reading letters: its expressions take a while

    firms = {policy.site(name).staff_mail.lower() for name in policy.sites()}
    by_hand = read.sender in firms and not read.is_automatic and not read.list_id
    return by_hand and bool(triage_parts.parts(read.subject, read.text).below)


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


def _without_bsn(read: Mail, raw: bytes) -> tuple[Mail, bytes, tuple[str, ...]]:
    """Return what is read of a mail, the mail to keep, and why a person must look, all without a BSN (Art. 46 UAVG).

    Where a number stands in the raw mail as it is, it is made unreadable there too. Where it does not (in base64, say), the mail
    is kept and marked: what people ask is not thrown away, and staff know before they open it.
    """
    clean, numbers = _masked(read)
    if not numbers:
        return read, raw, ()
    if len(numbers) > _MOST_NUMBERS:
        return clean, raw, ("bsn_in_mail",)
    kept = raw
    for number in numbers:
        kept = kept.replace(number.encode(), re.sub(r"\d", "0", number).encode())
    return clean, kept, ("bsn_in_mail",) if _masked(mail.read(kept))[1] else ("bsn",)


def _masked(read: Mail) -> tuple[Mail, set[str]]:
    """Return a mail without a BSN in its subject and text, the name of its sender and those of its files; and the numbers."""
    lines = [*(attachment.name for attachment in read.attachments), read.name, read.subject]
    masked, numbers = identifiers.masked("\n".join((*lines, read.text)))
    *names, name, subject, text = masked.split("\n", len(lines))
    attachments = tuple(each._replace(name=new) for each, new in zip(read.attachments, names, strict=True))
    return read._replace(subject=subject, text=text, name=name, attachments=attachments), set(numbers)
