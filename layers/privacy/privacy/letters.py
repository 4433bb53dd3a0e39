"""Letters: the outbox, and the mails it becomes (P03, P20).

A letter in the outbox has no address and no text: both are sealed under its entry, and go with it. It is written in the same
transaction as what it is about, and sent afterwards, as often as it takes: queued → sending → sent, or failed and then a
person looks. A letter whose sending was cut off is sent again after a quarter of an hour; its number goes along as a tag, so
that a double one can be told.

Automatic mails (RFC 3834) say so in their headers. Nobody gets more than one receipt a week for what they mail themselves, and
one for what anybody can send in their name; staff get one notice of replies to an enquiry an hour. Of what people get because
somebody sent us something, a site sends so many an hour and no more: we are nobody's way to fill the mailboxes of others.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from itertools import islice
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
from privacy.writes import Key, Put, Update, one_more

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy import mime
    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store, Write

QUEUED, SENDING, SENT, FAILED, BOUNCED, WITHHELD = "queued", "sending", "sent", "failed", "bounced", "withheld"
HELD = "held"
"""It waits for an hour in which fewer letters of its kind go out."""
STRANGERS, SENDERS = "strangers", "senders"
"""Whose budget a letter is counted to: of whoever types an address or forges it, or of who sends mail from it."""
OUTBOX = "letters#queued"
TO_STAFF = (
    "staff_notice",
    "staff_reply",
    "stale_warning",
    "case_notice",
    "case_reply",
    "case_warning",
    "case_reminder",
    "incident_reminder",
    "restriction_review",
)
_RESTRICTIONS = "restrictions"
_SECTIONS = {"case": "cases", "incident": "incidents", "restriction": _RESTRICTIONS}
_WRITTEN = ("case_answer", "notice", "outcome", "recipient", "provider")
NOT_TO_THE_PERSON = ("recipient", "provider")
"""Letters of a case that go to somebody else."""
_RECEIPTS = ("receipt", "case_receipt")
_CODE = "code"
_UNASKED = frozenset({"identity_document", "bsn", "bsn_in_mail"})
"""What the sender of a mail is told not to send (Art. 46 UAVG; rule G1)."""
_NOTICES_OF_REPLIES = ("staff_reply", "case_reply")
_LEFT = {"days": (("dag", "dagen"), ("day", "days")), "hours": (("uur", "uur"), ("hour", "hours"))}
_LEASE = timedelta(minutes=15)
_PAUSE = timedelta(minutes=50)
_RUN = timedelta(hours=1)
MOST_TRIES = 72
"""How often a letter is tried that the mail service does not take, once an hour; then a person looks."""
_ONE_RECEIPT_PER = timedelta(days=7)
_OF_CASES = 3
"""How many receipts a mailbox gets in that time for cases that its owner mailed: each says what has to be done first."""
_ONE_NOTICE_PER = timedelta(hours=1)
MOST_AN_HOUR = 100
"""How many receipts a site sends in an hour for what anybody can send, how many for what senders mail, and how many codes for
what anybody can send."""
_MINE = "#status = :queued OR ((#status = :held OR #status = :sending) AND #listed_at <= :now)"
_MOST_SHOWN = 1_000


class About(NamedTuple):
    """What a letter is about: an entry, known by its pointer only."""

    id: str
    site: str
    controller: str
    category: str


class Budget(NamedTuple):
    """What the letters that somebody causes are counted by: `STRANGERS` or `SENDERS`, and the mailbox behind a `+`."""

    budget: str
    mailbox: str = ""

    def state(self) -> dict[str, str]:
        """Return it as a record holds it."""
        return {"budget": self.budget, **({"mailbox": self.mailbox} if self.mailbox else {})}


def budget_of(item: dict[str, Any]) -> str:
    """Return whose budget counts for a case or a letter; what was stored without it came by the page, or from its owner."""
    return str(item.get("budget") or (STRANGERS if item.get("channel") == "site" else SENDERS))


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


def receipt(entry: Entry, now: datetime, *, language: str, mailbox: str = "") -> Put:
    """Return the write that confirms a form to its sender, without a word of what was sent: no relay for others' text."""
    return _queued(entry, now, vault.new_id(), kind="receipt", language=language, **Budget(STRANGERS, mailbox).state())


def answer(entry: Entry, now: datetime, *, letter: str, part: str, language: str) -> Put:
    """Return the write that sends the sealed message `part` to the sender of the enquiry."""
    return _queued(entry, now, letter, kind="answer", part=part, language=language)


def case_notice(entry: Entry, now: datetime) -> Put:
    """Return the write that tells staff about a new case: a link, and nothing about anyone."""
    return _queued(entry, now, vault.new_id(), kind="case_notice", language=policy.site(entry.site).default_language)


def case_notice_of_reply(about: About, now: datetime) -> Put:
    """Return the write that tells staff that the person of a case wrote again."""
    return _queued(about, now, vault.new_id(), kind="case_reply", language=policy.site(about.site).default_language)


def case_warning(entry: Entry, now: datetime) -> Put:
    """Return the write that warns staff of a case whose month is running out."""
    return _queued(entry, now, vault.new_id(), kind="case_warning", language=policy.site(entry.site).default_language)


def case_reminder(entry: Entry, now: datetime, *, days: int, is_extended: bool = False) -> Put:
    """Return the write that reminds staff how many days there are left to answer a case (Art. 12(3) GDPR).

    What `is_extended` cannot be extended again, and is not said to be.
    """
    language = policy.site(entry.site).default_language
    more = {"says": "case_reminder_extended"} if is_extended else {}
    return _queued(entry, now, vault.new_id(), kind="case_reminder", days=str(days), language=language, **more)


def incident_reminder(entry: Entry, now: datetime, *, hours: int) -> Put:
    """Return the write that reminds staff how many hours there are left to report a breach (Art. 33(1) GDPR)."""
    language = policy.site(entry.site).default_language
    return _queued(entry, now, vault.new_id(), kind="incident_reminder", hours=str(hours), language=language)


def restriction_review(entry: Entry, now: datetime) -> Put:
    """Return the write that asks staff to look whether what is restricted still has to be (Art. 18(3) GDPR)."""
    language = policy.site(entry.site).default_language
    return _queued(entry, now, vault.new_id(), kind="restriction_review", language=language)


def case_receipt(entry: Entry, now: datetime, *, language: str, budget: Budget) -> Put:
    """Return the write that confirms a request to its sender: its number and from when until when we have to answer."""
    return _queued(entry, now, vault.new_id(), kind="case_receipt", language=language, **budget.state())


def case_unanswered(entry: Entry, now: datetime, *, language: str) -> Put:
    """Return the write that tells a person that their request was not answered, and what they can do (Art. 12(4) GDPR)."""
    return _queued(entry, now, vault.new_id(), kind="case_unanswered", language=language)


def case_answer(entry: Entry, now: datetime, *, letter: str, case: str, language: str) -> Put:
    """Return the write that sends the text sealed under `entry` to the person of a case."""
    return _queued(entry, now, letter, kind="case_answer", part="main", case=case, language=language)


def written(entry: Entry, now: datetime, *, letter: str, kind: str, case: str, language: str) -> Put:
    """Return the write that sends the letter sealed under `entry`: a `notice`, an `outcome`, or one to somebody else."""
    return _queued(entry, now, letter, kind=kind, part="main", case=case, language=language)


def code(
    about: About, now: datetime, *, letter: str, sealed: bytes, until: datetime, language: str, budget: str
) -> Put:
    """Return the write that sends a code, sealed with the case's late key of the letter's own number, as long as it lives."""
    state = {"until": stamp(until), "language": language, "budget": budget}
    return _queued(about, now, letter, kind=_CODE, key=letter, sealed=sealed, **state)


def place_of(letter: str) -> str:
    """Return the sort key of a letter; what it holds sealed is bound to it."""
    return f"letter#{letter}"


def _queued(entry: Entry | About, now: datetime, letter: str, **state: str | bytes) -> Put:
    """Return the write that puts a letter into the outbox."""
    item = {
        "pk": f"entry#{entry.id}",
        "sk": place_of(letter),
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


def held(store: Store, controller: str) -> Iterator[dict[str, Any]]:
    """Yield the letters of a controller that wait for an hour in which fewer go out, of the first thousand in the outbox."""
    listed = islice(store.listed("records", "list", OUTBOX, page_size=_MOST_SHOWN), _MOST_SHOWN)
    return (item for item in listed if item["status"] == HELD and item["controller"] == controller)


def deliver(services: Services, place: Key, now: datetime) -> Outcome:
    """Send one letter of the outbox, if it is still ours to send.

    Raises KeyUnavailable when its text cannot be had now; the letter then comes back by itself after its lease.
    """
    letter = services.store.get(place)
    if letter is None or letter["status"] not in (QUEUED, HELD, SENDING) or not _claimed(services.store, place, now):
        return Outcome("none")
    try:
        status = _sent(services, place, letter, now) if letter["attempts"] < MOST_TRIES else FAILED
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
    return Outcome(HELD, letter["kind"]) if status == HELD else _ended(services.store, place, letter, status, now)


def _sent(services: Services, place: Key, letter: dict[str, Any], now: datetime) -> str:
    """Compose a letter and hand it over, unless its addressee had one of its kind or the hour is full."""
    if services.post is None or not _may_go(services, place, letter, now):
        return WITHHELD
    if _is_counted(letter) and not _has_room(services.store, place, letter, now):
        return HELD
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
    """Put a failed, bounced or held letter back into the outbox; False when there is no such letter of this controller."""
    values = {":queued": QUEUED, ":failed": FAILED, ":bounced": BOUNCED, ":held": HELD, ":mine": controller, ":none": 0}
    expression = "SET #status = :queued, #attempts = :none, #list = :list, #listed_at = :now"
    condition = "#controller = :mine AND (#status = :failed OR #status = :bounced OR #status = :held)"
    try:
        store.write([Update(place, expression, {**values, ":list": OUTBOX, ":now": stamp(now)}, condition)])
    except ConditionFailed:
        return False
    return True


def _claimed(store: Store, place: Key, now: datetime) -> bool:
    """Take a letter for a quarter of an hour; False when somebody else has it."""
    values = {
        ":queued": QUEUED,
        ":held": HELD,
        ":sending": SENDING,
        ":now": stamp(now),
        ":lease": stamp(now + _LEASE),
        ":one": 1,
    }
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
    over = ", #sealed" if letter["kind"] == "code" else ""  # a code is worth nothing once it was sent, or was too late
    expression += "" if needs_a_person else f" REMOVE #list, #listed_at{over}"
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
    """Say whether an automatic mail may go: to a mailbox one receipt a week, of an entry one notice of replies an hour.

    What strangers cause takes nothing from what the owner of the mailbox causes. Whoever mails a new request has to learn its
    number and that a code is needed, so those have a few receipts a week: enough for people, and two machines that answer each
    other stop (RFC 3834; rule F5).
    """
    many = 1
    if letter["kind"] == _CODE:
        return bool(letter["until"] > stamp(now))
    if letter["kind"] in _RECEIPTS:
        kind, window = f"receipt to {budget_of(letter)}", _ONE_RECEIPT_PER
        address = letter.get("mailbox") or vault.find(services.store, letter["entry"]).subjects[0]
        many = _OF_CASES if letter["kind"] == "case_receipt" and budget_of(letter) == SENDERS else 1
    elif letter["kind"] in _NOTICES_OF_REPLIES:
        kind, address, window = "staff_reply", letter["entry"], _ONE_NOTICE_PER
    else:
        return True
    return any(
        _is_free(services.store, place, [kind, address, *([turn] if turn else [])], window, now) for turn in range(many)
    )


def _is_free(store: Store, place: Key, what: list[object], window: timedelta, now: datetime) -> bool:
    """Take what a mailbox may get once in a while for a letter; False when another letter has it."""
    tag = hashlib.sha256(json.dumps(what).encode()).hexdigest()
    item = {"pk": f"once#{tag}", "sk": "once", "reference": place.sk, "expires_at": int((now + window).timestamp())}
    free = "attribute_not_exists(#pk) OR #expires_at <= :now OR #reference = :mine"
    try:
        store.write([Put("traffic", item, free, {":now": int(now.timestamp()), ":mine": place.sk})])
    except ConditionFailed:
        return False
    return True


def _is_counted(letter: dict[str, Any]) -> bool:
    """Say whether a letter is one of so many an hour: it may go to somebody who did not ask for it.

    A code for what a sender mailed is asked for with a number that stands in a mail to them alone. It lives for minutes: were it
    to wait for another hour, whoever fills one would shut out all others.
    """
    return letter["kind"] in _RECEIPTS or (letter["kind"] == _CODE and budget_of(letter) == STRANGERS)


def _has_room(store: Store, place: Key, letter: dict[str, Any], now: datetime) -> bool:
    """Count a letter among those of its kind that a site sends in this hour; False when there were enough: then it waits.

    Those that wait are spread over the hours that follow, as many to each as it sends: however many there are, no hour has to
    look at all of them.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    what = _CODE if letter["kind"] == _CODE else "receipt"
    counter = Key("traffic", f"letters#{letter['site']}#{what}#{budget_of(letter)}#{stamp(hour)}", "letters")
    try:
        store.write([one_more(counter, "sent", MOST_AN_HOUR, hour + 2 * _RUN)])
    except ConditionFailed as full:
        turn = int(str(full.found.get("held", 0)))
    else:
        return True
    state = {":held": HELD, ":turn": stamp(hour + (1 + turn // MOST_AN_HOUR) * _RUN), ":attempts": letter["attempts"]}
    held = Update(place, "SET #status = :held, #listed_at = :turn, #attempts = :attempts", state)
    waits = Update(counter, "SET #held = if_not_exists(#held, :zero) + :one", {":zero": 0, ":one": 1})
    store.write([held, waits])
    return False


# --- composing -----------------------------------------------------------------------------------------------------------


def _composed(services: Services, letter: dict[str, Any], now: datetime) -> tuple[str, str, bytes]:
    """Return sender, recipient and MIME of a letter. Only letters to the person open their entry."""
    from privacy import mime  # noqa: PLC0415 - the public writer puts letters into the outbox and composes none

    site = policy.site(letter["site"])
    language = letter.get("language") or site.default_language
    if letter["kind"] in TO_STAFF:
        section = _SECTIONS.get(letter["kind"].partition("_")[0], "enquiries")
        one = "" if section == _RESTRICTIONS else f"/{letter['entry']}"
        link = f"{services.base_url}/desk#{section}{one}"
        left = {name: _left(letter[name], words, language) for name, words in _LEFT.items() if name in letter}
        text = mime.text(
            letter.get("says") or letter["kind"], language, site, reference=letter["entry"], link=link, **left
        )
        return (
            site.sender,
            site.staff_mail,
            mime.message(site, site.staff_mail, text, automatic="auto-generated", home=services.base_url),
        )
    about = _opened(services, letter.get("case") or letter["entry"], now)
    reply_to = _reply_to(site, about.opened.entry)
    if letter["kind"] in _WRITTEN:
        return _written(services, letter, about, reply_to, now)
    to = _deliverable(str(about.facts.get("email") or ""))
    if letter["kind"] == "receipt":
        text = _framed(mime.text("receipt", language, site, reference=letter["entry"]), site)
        return site.sender, to, mime.message(site, to, text, automatic="auto-replied")
    if letter["kind"] in (_CODE, "case_receipt", "case_unanswered"):
        text, options = _of_case(services, letter, about, site, language)
        home = services.base_url
        return site.sender, to, mime.message(site, to, _framed(text, site), reply_to, home=home, **options)
    body = _body(services, about.opened, letter)
    recovery_days = policy.controller(about.opened.entry.controller).recovery_days
    until = local_date(vault.last_backup(read_stamp(about.opened.entry.erase_by()) + _RUN, recovery_days))
    days = mime.days(language, {"until": until})
    text = mime.text("answer", language, site, reference=letter["entry"], body=body, **days)
    return site.sender, to, mime.message(site, to, text, reply_to)


def _of_case(
    services: Services, letter: dict[str, Any], about: _About, site: policy.Site, language: str
) -> tuple[mime.Text, dict[str, str]]:
    """Return the text of a letter about a case to its person, and how it is sent (RFC 3834)."""
    from privacy import mime  # noqa: PLC0415 - see `_composed`

    if letter["kind"] == _CODE:
        return _code(services, about.opened.entry, letter, language), {"automatic": "auto-replied"}
    if letter["kind"] == "case_unanswered":
        return _unanswered(services, about.main, site, language), {"automatic": "auto-generated"}
    received = local_date(read_stamp(about.main["received_at"]))
    days = mime.days(language, {"received_on": received, "respond_by": about.main["respond_by"]})
    text = mime.text("case_receipt", language, site, reference=letter["entry"], **days)
    next_ = _what_next(services, about.main, site, language)
    answers = str(about.facts.get("message_id") or "")
    text = text._replace(paragraphs=(*text.paragraphs[:2], *next_, *text.paragraphs[2:]))
    return text, {"automatic": "auto-replied", "answers": answers}


def _framed(text: mime.Text, site: policy.Site) -> mime.Text:
    """Return a text that begins and ends as every letter of the site does: with whom it greets, and by whom it is."""
    begin, end = (policy.text(site.name, name, text.language) for name in ("salutation", "closing"))
    end = f"{end}\n{policy.controller(site.controller).legal_name}\n{site.privacy_address}"
    return text._replace(paragraphs=(begin, *text.paragraphs, end))


def _left(many: str, words: tuple[tuple[str, str], tuple[str, str]], language: str) -> str:
    """Return how much time is left in words: `1 dag`, `3 days`."""
    one, more = words[0 if language == "nl" else 1]
    return f"{many} {one if many == '1' else more}"


class _About(NamedTuple):
    """An entry that was opened for a letter: its record, and what was sealed first."""

    opened: Opened
    main: dict[str, Any]
    facts: dict[str, Any]


def _written(
    services: Services, letter: dict[str, Any], about: _About, reply_to: str, now: datetime
) -> tuple[str, str, bytes]:
    """Return a letter of a case whose text is sealed under an entry of its own; it may go to another address on file."""
    from privacy import mime  # noqa: PLC0415 - see `_composed`

    site = policy.site(letter["site"])
    said = _opened(services, letter["entry"], now).facts
    to = _deliverable(str(said.get("to") or about.facts.get("email") or ""))
    if letter["kind"] in NOT_TO_THE_PERSON:  # their reply must not count as one of the person
        reply_to = site.privacy_address
    if letter["kind"] == "case_answer":
        text = mime.text("case_answer", letter["language"], site, reference=letter["case"], body=said["text"])
        return site.sender, to, mime.message(site, to, text, reply_to)
    text = mime.Text(letter["language"], said["subject"], tuple(said["text"].split("\n\n")))
    answers = "" if "to" in said else str(about.facts.get("message_id") or "")
    options = {"automatic": "auto-generated", "answers": answers, "home": services.base_url}
    return site.sender, to, mime.message(site, to, text, reply_to, **options)


def _opened(services: Services, entry_id: str, now: datetime) -> _About:
    """Open an entry for a letter. Raises KeyDestroyed when its time has passed, Restricted, KeyUnavailable."""
    entry = vault.find(services.store, entry_id)
    if entry.has_ended(now):
        raise KeyDestroyed
    if entry.restricted_at:
        raise Restricted
    opened = vault.unlock(services.keys, entry)
    main = services.store.get(Key("records", f"entry#{entry_id}", "main"))
    if main is None:
        raise KeyDestroyed
    return _About(opened, main, opened.unseal("main", main["sealed"]))


def _unanswered(services: Services, main: dict[str, Any], site: policy.Site, language: str) -> mime.Text:
    """Return what a person is told whose request the rule of the policy ended: that nobody answered, and what is left to them."""
    from privacy import case_letters, mime, rights_asked  # noqa: PLC0415 - see `_composed`
    from privacy.voice import voice_of  # noqa: PLC0415

    days = {"received_on": local_date(read_stamp(main["received_at"])), "respond_by": main["respond_by_latest"]}
    page = rights_asked.page(services.base_url, site, language)
    case = main["pk"].removeprefix("entry#")
    text = mime.text("case_unanswered", language, site, reference=case, page=page, **mime.days(language, days))
    return text._replace(paragraphs=(*text.paragraphs, case_letters.complaint(site, voice_of(site, language))))


def _what_next(services: Services, main: dict[str, Any], site: policy.Site, language: str) -> tuple[str, ...]:
    """Return what a person has to do before we can begin with what a case asks, and not to do again, if there is anything."""
    from privacy import mime, rights_asked  # noqa: PLC0415 - see `_composed`

    unasked = mime.text("unasked", language, site).paragraphs if _UNASKED.intersection(main["look"]) else ()
    page = rights_asked.page(services.base_url, site, language, f"/{main['pk'].removeprefix('entry#')}")
    if "on_behalf" in main["look"]:
        return (*mime.text("on_behalf", language, site).paragraphs, *unasked)
    waiting = set(main["rights"]) - rights_asked.NOT_CARRIED_OUT
    if not all(services.store.get(Key("records", main["pk"], f"right#{right}")) for right in waiting):
        return (*mime.text("prove", language, site, page=page).paragraphs, *unasked)
    return unasked


def _code(services: Services, entry: Entry, letter: dict[str, Any], language: str) -> mime.Text:
    """Return the text with a code, which names what the code counts for: whoever types it knows what begins."""
    from privacy import mime, rights_asked  # noqa: PLC0415 - see `_composed`

    site = policy.site(letter["site"])
    if "sealed" not in letter:
        raise KeyDestroyed
    content = vault.unlock_addition(services.store, services.keys, entry, letter["key"]).unseal(
        letter["sk"], letter["sealed"]
    )
    rights = [rights_asked.name(right, language, site) for right in content["rights"]]
    kind, named = ("code", "\n".join(f"- {each}" for each in rights)) if rights else ("code_to_look", "")
    kind = "code_to_hand_over" if content.get("hands_over") else kind
    page = rights_asked.page(services.base_url, site, language, f"/{entry.id}")
    return mime.text(kind, language, site, reference=entry.id, code=content["code"], rights=named, page=page)


def _body(services: Services, opened: Opened, letter: dict[str, Any]) -> str:
    """Return the text that staff wrote."""
    message = services.store.get(Key("records", letter["pk"], letter["part"]))
    if message is None:
        raise KeyDestroyed
    return str(opened.unseal(letter["part"], message["sealed"])["text"])


def _deliverable(address: str) -> str:
    """Return an address as mail takes it, an internationalised domain in its ASCII form. Raises LetterRefused for none."""
    try:
        return f"{address.strip().rpartition('@')[0]}@{subjects.email(address).rpartition('@')[2]}"
    except BadInput as unusable:
        raise LetterRefused from unusable


def _reply_to(site: policy.Site, entry: Entry) -> str:
    """Return the address under which a reply comes back to this enquiry or case."""
    token = next((pointer.removeprefix("reply#") for pointer in entry.pointers if pointer.startswith("reply#")), "")
    local, _, domain = site.privacy_address.partition("@")
    return f"{local}+r.{token}@{domain}" if token else site.privacy_address
