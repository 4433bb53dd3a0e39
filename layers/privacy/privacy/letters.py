"""Letters: the outbox, and the mails it becomes (P03, P20).

A letter in the outbox has no address and no text: both are sealed under its entry, and go with it. It is written in the same
transaction as what it is about, and sent afterwards, as often as it takes: queued → sending → sent, or failed and then a
person looks. A letter whose sending was cut off is sent again after a quarter of an hour; its number goes along as a tag, so
that a double one can be told.

Automatic mails (RFC 3834) say so in their headers. Nobody gets more than one receipt a week, and staff get one notice
of replies to an enquiry an hour.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import policy, subjects, vault
from privacy.errors import (
    BadInput,
    ConditionFailed,
    KeyDestroyed,
    KeyUnavailable,
    LetterRefused,
    PostUnavailable,
    PrivacyError,
    Restricted,
)
from privacy.periods import local_date, read_stamp, stamp
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

QUEUED, SENDING, SENT, FAILED, BOUNCED, WITHHELD = "queued", "sending", "sent", "failed", "bounced", "withheld"
OUTBOX = "letters#queued"
_TO_STAFF = ("staff_notice", "staff_reply", "stale_warning")
_LEASE = timedelta(minutes=15)
_PAUSE = timedelta(minutes=50)
_RUN = timedelta(hours=1)
_MOST_TRIES = 72
_ONE_RECEIPT_PER = timedelta(days=7)
_ONE_NOTICE_PER = timedelta(hours=1)
_MINE = "#status = :queued OR (#status = :sending AND #listed_at <= :now)"


class About(NamedTuple):
    """What a letter is about: an entry, known by its pointer only."""

    id: str
    site: str
    controller: str
    category: str


class Outcome(NamedTuple):
    """What became of one letter in one round."""

    status: str
    kind: str = ""


# --- writing -------------------------------------------------------------------------------------------------------------


def staff_notice(entry: Entry, now: datetime) -> Put:
    """Return the write that tells staff about a new enquiry: a link, and nothing about anyone."""
    return _queued(entry, now, vault.new_id(), kind="staff_notice", language=policy.site(entry.site).default_language)


def staff_notice_of_reply(entry: str, site: str, controller: str, category: str, now: datetime) -> Put:
    """Return the write that tells staff about a reply, for a writer who knows the enquiry by its pointer only."""
    about = About(entry, site, controller, category)
    return _queued(about, now, vault.new_id(), kind="staff_reply", language=policy.site(site).default_language)


def stale_warning(entry: Entry, now: datetime) -> Put:
    """Return the write that warns staff of an enquiry nobody handled."""
    return _queued(entry, now, vault.new_id(), kind="stale_warning", language=policy.site(entry.site).default_language)


def receipt(entry: Entry, now: datetime, *, language: str) -> Put:
    """Return the write that confirms a form to its sender, without a word of what was sent: no relay for others' text."""
    return _queued(entry, now, vault.new_id(), kind="receipt", language=language)


def answer(entry: Entry, now: datetime, *, letter: str, part: str, language: str) -> Put:
    """Return the write that sends the sealed message `part` to the sender of the enquiry."""
    return _queued(entry, now, letter, kind="answer", part=part, language=language)


def _queued(entry: Entry | About, now: datetime, letter: str, **state: str) -> Put:
    """Return the write that puts a letter into the outbox."""
    item = {
        "pk": f"entry#{entry.id}",
        "sk": f"letter#{letter}",
        "status": QUEUED,
        "attempts": 0,
        "entry": entry.id,
        "site": entry.site,
        "controller": entry.controller,
        "category": entry.category,
        "list": OUTBOX,
        "listed_at": stamp(now),
    }
    return Put("records", {**item, **state})


# --- sending -------------------------------------------------------------------------------------------------------------


def waiting(store: Store, now: datetime) -> Iterator[Key]:
    """Yield the letters whose time has come, the oldest first."""
    for item in store.listed("records", "list", OUTBOX, upto=stamp(now)):
        yield Key("records", item["pk"], item["sk"])


def failed(store: Store, controller: str) -> Iterator[dict[str, Any]]:
    """Yield the letters of a controller that a person must look at."""
    yield from store.listed("records", "list", f"{controller}#letters#{FAILED}")


def deliver(services: Services, place: Key, now: datetime) -> Outcome:
    """Send one letter of the outbox, if it is still ours to send.

    Raises KeyUnavailable when its text cannot be had now; the letter then comes back by itself after its lease.
    """
    letter = services.store.get(place)
    if letter is None or letter["status"] not in (QUEUED, SENDING) or not _claimed(services.store, place, now):
        return Outcome("none")
    try:
        status = _sent(services, place, letter, now) if letter["attempts"] < _MOST_TRIES else FAILED
    except Restricted:
        return _put_off(services.store, place, letter["kind"], now, attempts=letter["attempts"])
    except PostUnavailable:
        return _put_off(services.store, place, letter["kind"], now, attempts=letter["attempts"] + 1)
    except KeyDestroyed:
        return Outcome("none", letter["kind"])
    except KeyUnavailable:
        raise
    except (PrivacyError, UnicodeError):
        status = FAILED
    return _ended(services.store, place, letter, status, now)


def _sent(services: Services, place: Key, letter: dict[str, Any], now: datetime) -> str:
    """Compose a letter and hand it over, unless its addressee had one of its kind."""
    if services.post is None or not _may_go(services, place, letter, now):
        return WITHHELD
    sender, to, mime = _composed(services, letter, now)
    services.post.send(sender, to, mime, {"entry": letter["entry"], "letter": place.sk.removeprefix("letter#")})
    return SENT


def bounced(store: Store, entry: str, letter: str, now: datetime) -> Outcome:
    """Note that a letter came back, so that a person looks at it. A letter that is gone with its entry needs no one."""
    place = Key("records", f"entry#{entry}", f"letter#{letter}")
    item = store.get(place)
    if item is None or item["status"] not in (SENDING, SENT):
        return Outcome("none")
    return _ended(store, place, item, BOUNCED, now)


def retry(store: Store, place: Key, controller: str, now: datetime) -> bool:
    """Put a failed or bounced letter back into the outbox; False when there is no such letter of this controller."""
    values = {":queued": QUEUED, ":failed": FAILED, ":bounced": BOUNCED, ":mine": controller, ":none": 0}
    expression = "SET #status = :queued, #attempts = :none, #list = :list, #listed_at = :now"
    condition = "#controller = :mine AND (#status = :failed OR #status = :bounced)"
    try:
        store.write([Update(place, expression, {**values, ":list": OUTBOX, ":now": stamp(now)}, condition)])
    except ConditionFailed:
        return False
    return True


def _claimed(store: Store, place: Key, now: datetime) -> bool:
    """Take a letter for a quarter of an hour; False when somebody else has it."""
    values = {":queued": QUEUED, ":sending": SENDING, ":now": stamp(now), ":lease": stamp(now + _LEASE), ":one": 1}
    expression = "SET #status = :sending, #listed_at = :lease, #attempts = #attempts + :one"
    try:
        store.write([Update(place, expression, values, _MINE)])
    except ConditionFailed:
        return False
    return True


def _ended(store: Store, place: Key, letter: dict[str, Any], status: str, now: datetime) -> Outcome:
    """Note the end of a letter: out of the outbox, and for a person to see when it did not arrive."""
    needs_a_person = status in (FAILED, BOUNCED)
    changes = {"status": status, "ended_at": stamp(now)}
    if needs_a_person:
        changes |= {"list": f"{letter['controller']}#letters#{FAILED}", "listed_at": stamp(now)}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    expression += "" if needs_a_person else " REMOVE #list, #listed_at"
    values = {**{f":{name}": value for name, value in changes.items()}, ":sending": SENDING, ":sent": SENT}
    still_ours = "#status = :sending" if status != BOUNCED else "#status = :sending OR #status = :sent"
    _changed(store, Update(place, expression, _used(values, expression + still_ours), still_ours))
    return Outcome(status, letter["kind"])


def _used(values: dict[str, Any], expression: str) -> dict[str, Any]:
    """Return the values that an expression mentions: DynamoDB refuses others."""
    return {name: value for name, value in values.items() if re.search(rf"{name}\b", expression)}


def _put_off(store: Store, place: Key, kind: str, now: datetime, *, attempts: int) -> Outcome:
    """Put a letter back for the next hour."""
    values = {":queued": QUEUED, ":later": stamp(now + _PAUSE), ":attempts": attempts}
    _changed(store, Update(place, "SET #status = :queued, #listed_at = :later, #attempts = :attempts", values))
    return Outcome(QUEUED, kind)


def _changed(store: Store, write: Write) -> None:
    """Change a letter; one that went with its entry meanwhile needs no change."""
    try:
        store.write([write])
    except ConditionFailed:
        return


def _may_go(services: Services, place: Key, letter: dict[str, Any], now: datetime) -> bool:
    """Say whether an automatic mail may go: to an address one receipt a week, of an enquiry one notice of replies an hour."""
    if letter["kind"] == "receipt":
        address, window = vault.find(services.store, letter["entry"]).subjects[0], _ONE_RECEIPT_PER
    elif letter["kind"] == "staff_reply":
        address, window = letter["entry"], _ONE_NOTICE_PER
    else:
        return True
    tag = hashlib.sha256(json.dumps([letter["kind"], address]).encode()).hexdigest()
    item = {"pk": f"once#{tag}", "sk": "once", "reference": place.sk, "expires_at": int((now + window).timestamp())}
    free = "attribute_not_exists(#pk) OR #expires_at <= :now OR #reference = :mine"
    try:
        services.store.write([Put("traffic", item, free, {":now": int(now.timestamp()), ":mine": place.sk})])
    except ConditionFailed:
        return False
    return True


# --- composing -----------------------------------------------------------------------------------------------------------


def _composed(services: Services, letter: dict[str, Any], now: datetime) -> tuple[str, str, bytes]:
    """Return sender, recipient and MIME of a letter. Only letters to the person open their entry."""
    from privacy import mime  # noqa: PLC0415 - the public writer puts letters into the outbox and composes none

    site = policy.site(letter["site"])
    language = letter.get("language") or site.default_language
    link = f"{services.base_url}/desk#enquiries/{letter['entry']}"
    if letter["kind"] in _TO_STAFF:
        text = mime.text(letter["kind"], language, site, reference=letter["entry"], link=link)
        return site.sender, site.staff_mail, mime.message(site, site.staff_mail, text, automatic="auto-generated")
    entry = vault.find(services.store, letter["entry"])
    if entry.has_ended(now):
        raise KeyDestroyed
    if entry.restricted_at:
        raise Restricted
    opened = vault.unlock(services.keys, entry)
    main = services.store.get(Key("records", letter["pk"], "main"))
    if main is None:
        raise KeyDestroyed
    to = _deliverable(str(opened.unseal("main", main["sealed"]).get("email") or ""))
    if letter["kind"] == "receipt":
        text = mime.text("receipt", language, site, reference=letter["entry"])
        return site.sender, to, mime.message(site, to, text, automatic="auto-replied")
    message = services.store.get(Key("records", letter["pk"], letter["part"]))
    if message is None:
        raise KeyDestroyed
    body = opened.unseal(letter["part"], message["sealed"])["text"]
    recovery_days = policy.controller(entry.controller).recovery_days
    until = local_date(vault.last_backup(read_stamp(entry.erase_by()) + _RUN, recovery_days))
    text = mime.text("answer", language, site, reference=letter["entry"], body=body, until=until)
    return site.sender, to, mime.message(site, to, text, reply_to=_reply_to(site, entry))


def _deliverable(address: str) -> str:
    """Return an address as mail takes it, an internationalised domain in its ASCII form. Raises LetterRefused for none."""
    try:
        return f"{address.strip().rpartition('@')[0]}@{subjects.email(address).rpartition('@')[2]}"
    except BadInput as unusable:
        raise LetterRefused from unusable


def _reply_to(site: policy.Site, entry: Entry) -> str:
    """Return the address under which a reply comes back to this enquiry."""
    token = next((pointer.removeprefix("reply#") for pointer in entry.pointers if pointer.startswith("reply#")), "")
    local, _, domain = site.privacy_address.partition("@")
    return f"{local}+r.{token}@{domain}" if token else site.privacy_address
