"""What staff do with a case: open it, answer, put right what was read wrongly, and end it (P20, P45).

Every opening is recorded before anything is shown. Whatever is changed is noted with the case, sealed: who, what, why.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    cases,
    enquiries,
    evidence,
    intake,
    letters,
    openings,
    policy,
    rights_asked,
    sealing,
    subjects,
    vault,
)
from privacy.errors import (
    AsksForSpecialData,
    BadInput,
    ConditionFailed,
    Conflict,
    DecideFirst,
    IsClosed,
    KeyDestroyed,
    MailNotSafe,
    NotAllowed,
    NotFound,
)
from privacy.identifiers import mask_bsn
from privacy.periods import fine_stamp, stamp
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.policy import Site
    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store, Write

CHANNELS = ("email", "phone", "post", "desk")
_WITHOUT_ANSWER = frozenset({"not_a_request", "withdrawn"})
_NOT_SAFE = frozenset({"virus", "unscanned", "bsn_in_mail"})
"""Why a mail as it came in is given only to who says that they want it all the same."""


class Piece(NamedTuple):
    """One message of a case: `in` from the person, `out` from us. `state` is `open`, `destroyed` or `restricted`.

    `is_safe`: nothing speaks against fetching the mail as it came in, where `has_raw` says that there is one.
    """

    id: str
    at: str
    direction: str
    state: str
    content: dict[str, Any]
    has_raw: bool = False
    is_safe: bool = True


class Case(NamedTuple):
    """An opened case. `asked` are the rights with the words that led to each; `notes` say what staff changed, and why."""

    summary: cases.Summary
    facts: dict[str, Any]
    asked: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    notes: tuple[dict[str, Any], ...]


class NewCase(NamedTuple):
    """What came by telephone, by post or at the desk. Without `rights` the text is read for them."""

    received_at: datetime
    channel: str
    text: str
    rights: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    name: str = ""
    language: str = ""


# --- reading -------------------------------------------------------------------------------------------------------------


def open_(services: Services, case: str, reader: Reader, *, why: str, now: datetime) -> Case:
    """Open a case for a member of staff; the opening is recorded before anything is shown (P11).

    Raises KeyDestroyed, NotFound, NotAllowed, Restricted, KeyUnavailable, Unreadable.
    """
    main = cases.record(services.store, case)
    opened = openings.open_entry(services, case, reader, purpose=_purpose, why=why, now=now)
    facts = opened.unseal("main", main["sealed"])
    asked = list(facts.pop("asked"))
    pieces = []
    for link in cases.links(services.store, case):
        asked += _part(services, opened, link).get("asked", []) if "sealed" in link else []
        pieces.append(_piece(services, link, now))
    notes = [_part(services, opened, item) for item in services.store.items("records", f"entry#{case}", "note#")]
    return Case(
        cases.summary(main), facts, tuple((right, words) for right, words in asked), tuple(pieces), tuple(notes)
    )


def raw(
    services: Services,
    message: str,
    reader: Reader,
    *,
    why: str,
    now: datetime,
    case: str = "",
    confirmed: bool = False,
) -> bytes:
    """Return a message of a case, or of the inbox, as it came in; the opening is recorded (P11).

    Raises what `open_` raises, NotFound for what was no mail or belongs elsewhere, and MailNotSafe for a mail with a virus, one
    that nobody looked through, or one that holds a BSN, unless its reader confirmed that they want it.
    """
    main = services.store.get(Key("records", f"entry#{message}", "main"))
    if main is None or main.get("kind") not in ("request", "inbox_item") or main.get("case", "") != case:
        raise NotFound
    openings.check_reader(vault.find(services.store, message), reader)
    item = services.store.get(Key("records", f"entry#{message}", "raw#main"))
    if item is None:
        raise NotFound
    if not confirmed and not _is_safe(main):
        raise MailNotSafe
    opened = openings.open_entry(services, message, reader, purpose=_purpose, why=why, now=now)
    return enquiries.raw_content(services, opened, item)


def _purpose(rule: policy.Category) -> str:
    """Return what a case is opened for: the rule's first purpose."""
    return rule.purposes[0]


def _is_safe(main: dict[str, Any]) -> bool:
    """Say whether nothing speaks against fetching a mail as it came in."""
    return not _NOT_SAFE.intersection(main["look"])


def _part(services: Services, opened: Opened, item: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a case that was added later, with a key of its own."""
    added = vault.unlock_addition(services.store, services.keys, opened.entry, item["key"])
    return added.unseal(item["sk"], item["sealed"])


def _piece(services: Services, link: dict[str, Any], now: datetime) -> Piece:
    """Return one message of an opened case; one whose own period has ended is gone, and says so."""
    place = (link["entry"], link["at"], "in" if link["kind"] == "request" else "out")
    main = services.store.get(Key("records", f"entry#{link['entry']}", "main"))
    try:
        entry = vault.find(services.store, link["entry"])
    except KeyDestroyed:
        main = None
    if main is None or entry.has_ended(now):
        return Piece(*place, "destroyed", {})
    if entry.restricted_at:
        return Piece(*place, "restricted", {})
    content = vault.unlock(services.keys, entry).unseal("main", main["sealed"])
    content.pop("facts", None)
    return Piece(*place, "open", content, bool(main.get("has_raw")), "look" not in main or _is_safe(main))


# --- answering -----------------------------------------------------------------------------------------------------------


def answer(
    services: Services,
    case: str,
    reader: Reader,
    text: str,
    *,
    now: datetime,
    idempotency_key: str = "",
    confirmed: bool = False,
) -> str:
    """Seal an answer as a letter of the case and put it into the outbox; return the id of the letter, `ENTRY.LETTER`.

    It goes to the address that the request came from, whatever a later message says, and the reply comes back to the case. The
    same text again within ten minutes is the same answer. Raises what `open_` raises, BadInput for an empty answer or a
    person without an address, AsksForSpecialData when the text seems to ask for what we never ask (P39), unless its
    author confirmed it.
    """
    from privacy import special  # noqa: PLC0415 - its expressions take a while to compile

    if not text.strip():
        raise BadInput("invalid", {"text": ("missing", {})})
    if not confirmed and special.asks(text):
        raise AsksForSpecialData
    opened = openings.open_entry(services, case, reader, purpose=_purpose, why="answer", now=now)
    main = cases.record(services.store, case)
    if not opened.unseal("main", main["sealed"]).get("email"):
        raise BadInput("no_address_of_case")
    writes, letter = _letter(services, opened.entry, main, {"text": text, "by": reader.sub}, now)
    content = hmac.new(opened.key, f"answer\n{text}".encode(), hashlib.sha256).hexdigest()
    tag = enquiries.digest("case answer", case, idempotency_key or content), content
    window = enquiries.ONCE_WITH_KEY if idempotency_key else enquiries.ONCE
    return enquiries.once(services.store, writes, letter, tag, now, window).reference


def _letter(
    services: Services, case: Entry, main: dict[str, Any], content: dict[str, Any], now: datetime
) -> tuple[list[Write], str]:
    """Return the writes of a letter: an entry of its own, for it is kept for a period of its own (`case_letters`)."""
    rule = policy.category(case.controller, cases.LETTERS)
    site = policy.site(case.site)
    letter = enquiries.begin(
        services.keys, site, rule, case.subjects, received_at=now, now=now, counted_from=rule.counts_from
    )
    entry, number = letter.entry, vault.new_id()
    state = {name: getattr(entry, name) for name in ("site", "controller", "category")}
    item = {
        "pk": f"entry#{entry.id}",
        "sk": "main",
        "kind": "case_letter",
        "case": case.id,
        "erase_by": entry.due,
        **state,
    }
    writes: list[Write] = [
        vault.addition(case),
        *vault.creation(entry),
        Put("records", {**item, "sealed": letter.seal("main", content)}),
        intake.linked(case.id, entry.id, "letter", now, now),
        letters.case_answer(entry, now, letter=number, case=case.id, language=main["language"]),
        cases.changed(main, {"answered_at": stamp(now)}),
    ]
    return writes, f"{entry.id}.{number}"


# --- putting right -------------------------------------------------------------------------------------------------------


def set_rights(services: Services, case: str, reader: Reader, rights: Sequence[str], *, now: datetime) -> cases.Summary:
    """Say which rights a case is about, where they were read wrongly. Done twice, it stays as it was.

    Raises BadInput for a right that is none and for none at all; KeyDestroyed, NotFound, NotAllowed, Conflict.
    """
    wanted = list(dict.fromkeys(rights))
    if not wanted or not set(wanted) <= set(cases.RIGHTS):
        raise BadInput("invalid", {"rights": ("not_a_right", {"choices": ", ".join(cases.RIGHTS)})})
    entry, main = open_to(services.store, case, reader, now)
    if main["rights"] == wanted:
        return cases.summary(main)
    changes = {"rights": wanted, "look": [reason for reason in main["look"] if reason != "unsure"]}
    said = {"what": "rights", "was": main["rights"], "now": wanted}
    return _changed(services, entry, main, changes, said, reader, now)


def correct_received(
    services: Services, case: str, reader: Reader, received_at: datetime, reason: str, *, now: datetime
) -> cases.Summary:
    """Put right when a case was received; its days are computed anew. The evidence says so, the reason is sealed.

    Raises BadInput for a moment that lies ahead; KeyDestroyed, NotFound, NotAllowed, Conflict.
    """
    _check_past(received_at, now)
    entry, main = open_to(services.store, case, reader, now)
    changes = cases.clock(received_at, main.get("months", 1))
    if main["received_at"] == changes["received_at"]:
        return cases.summary(main)
    said = {"what": "received", "was": main["received_at"], "now": changes["received_at"], "reason": reason}
    figures = {"was": main["received_at"], **changes}
    recorded = evidence.act("received_corrected", entry, now, suffix=str(entry.version), **figures)
    return _changed(services, entry, main, changes, said, reader, now, recorded)


def close(services: Services, case: str, reader: Reader, outcome: str, reason: str, *, now: datetime) -> cases.Summary:
    """End a case: from now its periods count. Done twice, it stays as it was.

    Every outcome has a reason, which is sealed, but an answer that we sent: who answered otherwise says how. Silence is none: a
    case that asks for a right and was never answered ends by decisions on it (Art. 12(4) GDPR; see `decisions`), unless it was
    no request or was withdrawn. Raises BadInput, DecideFirst, KeyDestroyed, NotFound, NotAllowed, Conflict.
    """
    if outcome not in cases.OUTCOMES:
        raise BadInput("invalid", {"outcome": ("not_a_choice", {"choices": ", ".join(cases.OUTCOMES)})})
    entry = vault.find(services.store, case)
    openings.check_reader(entry, reader)
    main = cases.record(services.store, case)
    if main["status"] == cases.CLOSED:
        return cases.summary(main)
    if entry.has_ended(now):
        raise KeyDestroyed
    if any(rights_asked.is_unfinished(right) for right in rights_asked.of_case(services.store, case).values()):
        raise DecideFirst
    asks = set(main["rights"]) - {"question", "reminder"}
    if asks and outcome not in _WITHOUT_ANSWER and not main.get("answered_at"):
        raise DecideFirst
    if not reason.strip() and not (outcome == "answered" and main.get("answered_at")):
        raise BadInput("invalid", {"reason": ("reason_missing", {})})
    said = {"what": "closed", "outcome": outcome, "reason": reason}
    noted = note(services, entry, said, reader, now)[1:]  # the end of the case moves its version on
    changes = cases.close(services.store, main, outcome=outcome, now=now, act="case_closed", also=noted)
    return cases.summary({**main, **changes})


def open_to(store: Store, case: str, reader: Reader, now: datetime) -> tuple[Entry, dict[str, Any]]:
    """Return an open case that a reader may change. Raises IsClosed for one that was closed."""
    entry = vault.find(store, case)
    openings.check_reader(entry, reader)
    main = cases.record(store, case)
    if entry.has_ended(now):
        raise KeyDestroyed
    if main["status"] != cases.OPEN:
        raise IsClosed
    return entry, main


def _changed(  # noqa: PLR0917 - what is changed, by whom, why and when
    services: Services,
    entry: Entry,
    main: dict[str, Any],
    changes: dict[str, Any],
    said: dict[str, Any],
    reader: Reader,
    now: datetime,
    recorded: Sequence[Write] = (),
) -> cases.Summary:
    """Change the state of a case, with a note of it."""
    try:
        services.store.write([*note(services, entry, said, reader, now), cases.changed(main, changes), *recorded])
    except ConditionFailed as changed:
        raise Conflict from changed
    return cases.summary({**main, **changes})


def note(services: Services, entry: Entry, said: dict[str, Any], reader: Reader, now: datetime) -> list[Write]:
    """Return the writes that note with a case what staff changed; the first moves the case on a version."""
    number, key = vault.new_id(), sealing.new_key()
    part = f"note#{fine_stamp(now)}#{number}"
    sealed = sealing.seal_fields(key, entry.binding(), part, {**said, "by": reader.sub, "at": stamp(now)})
    wrapped = sealing.wrap(services.keys.public_key(entry.wall), key)
    item = {"pk": f"entry#{entry.id}", "sk": part, "key": number, "sealed": sealed}
    return [*vault.late_addition(entry.id, number, wrapped, now), Put("records", item)]


def _check_past(received_at: datetime, now: datetime) -> None:
    """Raise BadInput for a moment that lies ahead."""
    if received_at > now:
        raise BadInput("invalid", {"received": ("in_the_future", {})})


# --- entering ------------------------------------------------------------------------------------------------------------


def add(
    services: Services, site: Site, new: NewCase, reader: Reader, *, now: datetime, idempotency_key: str = ""
) -> str:
    """Enter what came by telephone, by post or at the desk, counted from when it was received; return the case.

    It joins the open case of the same person, if there is one. Who gave an e-mail address gets the number of the case there, and
    the day by which we answer: nobody writes that down from a telephone. The same again with the same key, or without
    one within ten minutes, is done once. Raises BadInput, NotAllowed, StoreUnavailable, KeyUnavailable.
    """
    rule = policy.category(site.controller, cases.CATEGORY)
    if reader.controller != site.controller or not reader.roles.intersection(rule.readers):
        raise NotAllowed
    if new.channel not in CHANNELS:
        raise BadInput("invalid", {"channel": ("not_a_choice", {"choices": ", ".join(CHANNELS)})})
    if not set(new.rights) <= set(cases.RIGHTS):
        raise BadInput("invalid", {"rights": ("not_a_right", {"choices": ", ".join(cases.RIGHTS)})})
    _check_past(new.received_at, now)
    request = _entered(services, site, new, reader)
    content = hashlib.sha256(repr((site.name, new)).encode()).digest()
    content_mac = hmac.new(services.keys.mac(b"case" + content), content, hashlib.sha256).hexdigest()
    window = enquiries.ONCE_WITH_KEY if idempotency_key else enquiries.ONCE
    mark = {
        "pk": f"once#{enquiries.digest('case', site.name, idempotency_key or content_mac)}",
        "sk": "once",
        "content": content_mac,
        "expires_at": int((now + window).timestamp()),
    }
    once = Put("traffic", mark, enquiries.FREE, {":now": int(now.timestamp())})
    try:
        return intake.take(services, site, request, once=[once], now=now).entry
    except intake.SeenBefore as seen:
        if seen.found.get("content") != content_mac:
            raise BadInput("idempotency_key_reused") from seen
        return str(seen.found["reference"])


def _entered(services: Services, site: Site, new: NewCase, reader: Reader) -> intake.Request:
    """Return what somebody asked as staff wrote it down."""
    text, masked = mask_bsn(new.text)
    asked = tuple((right, "") for right in new.rights)
    look: tuple[str, ...] = ("bsn",) if masked else ()
    language = new.language or site.default_language
    if not asked:
        found = intake.read("", text, site)
        asked = tuple((each.right, each.words) for each in found.rights)
        look = (*look, *(("unsure",) if found.unsure else ()))
    email = subjects.normalise("email", new.email) if new.email else ""
    return intake.Request(
        received_at=new.received_at,
        channel=new.channel,
        language=language,
        content={"subject": "", "text": text, "entered_by": reader.sub},
        asked=asked,
        look=look,
        facts={"email": email, "phone": new.phone, "name": new.name, "message_id": ""},
        people=intake.people(services.keys, site.controller, email=email, phone=new.phone),
        acknowledge=bool(email),
    )
