"""Taking in what somebody asks, however it came: a case of its own, or one more message of the case there is (P20, P45).

The message is sealed as an entry of its own, under the shorter period for what people write; what is asked and by whom is
sealed with the case. Both are written in one transaction, with whatever makes sure that it is written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, enquiries, identity, letters, policy, raw_mail, rights_asked, sealing, subjects, vault
from privacy.errors import ConditionFailed, StoreUnavailable
from privacy.periods import fine_stamp, stamp
from privacy.raw_mail import Filing
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from privacy.policy import Site
    from privacy.services import Services
    from privacy.subjects import Identity
    from privacy.triage import Triage
    from privacy.vault import Entry, Opened
    from privacy.writes import Keys, Store, Write

_TRIES = 4
_NOBODY_YET = "attribute_not_exists(#pk) OR #entry = :stale"
INBOX = "inbox"
UNSUBSCRIBE = "unsubscribe"
_AT_ONCE = (UNSUBSCRIBE, "objection")
WAITING, DISMISSED = "waiting", "dismissed"


class Request(NamedTuple):
    """What somebody asks. `asked` are rights, each with the words that led to it; `content` is what staff read of the message.

    `look` says why a person must look, and is nobody's. `is_automatic`: a machine wrote this, and asks nothing. `is_away`: it is
    such an answer as comes while somebody is out of office, and stops nothing. `is_doubtful`: anybody can have sent it, for it
    was typed on a page or fails what the domain of the sender says of its mail. `acknowledge`: the sender is told that it came
    in. `mailbox` is what budgets are counted by for an address with a `+`.
    """

    received_at: datetime
    channel: str
    language: str
    content: dict[str, Any]
    asked: tuple[tuple[str, str], ...] = ()
    look: tuple[str, ...] = ()
    facts: dict[str, Any] = {}  # noqa: RUF012 - never changed
    people: tuple[Identity, ...] = ()
    raw: bytes | None = None
    is_automatic: bool = False
    is_away: bool = False
    is_doubtful: bool = False
    acknowledge: bool = False
    mailbox: str = ""


class Taken(NamedTuple):
    """Where it went: `case` (a new one), `joined`, or `inbox`. `entry` is the case, or the item of the inbox."""

    kind: str
    entry: str


class SeenBefore(Exception):
    """This was taken in before; `found` is the item that says so."""

    def __init__(self, found: dict[str, object]) -> None:
        """Take the item."""
        super().__init__()
        self.found = found


class _Known(NamedTuple):
    """An open case as its pointer and its record tell; who takes in can open neither."""

    case: str
    label: dict[str, Any]
    main: dict[str, Any]


def people(keys: Keys, controller: str, **identifiers: str) -> tuple[Identity, ...]:
    """Return who a person is to a controller: one identity for each identifier that was given (`email`, `phone`)."""
    group = policy.controller(controller).group
    return tuple(subjects.identify(keys, group, kind, value) for kind, value in identifiers.items() if value)


def mailbox(keys: Keys, controller: str, email: str) -> str:
    """Return what budgets are counted by for an address with a `+`, empty for any other (see `subjects.mailbox`)."""
    return subjects.mailbox(keys, policy.controller(controller).group, email) if "+" in email else ""


def read(subject: str, text: str, site: Site) -> Triage:
    """Return which rights a text asks for. A text that the rules cannot deal with is a question, and a person looks."""
    from privacy import triage  # noqa: PLC0415 - its expressions take a while to compile

    try:
        return triage.read(subject, text, default_language=site.default_language)
    except Exception:  # noqa: BLE001 - no letter may be lost because of how it is written
        asked = triage.Asked("question", "")
        return triage.Triage(site.default_language, (asked,), unsure=True, reasons=("not_read",))


def take(
    services: Services,
    site: Site,
    request: Request,
    *,
    once: Sequence[Put],
    now: datetime,
    answers: dict[str, Any] | None = None,
) -> Taken:
    """Take in a request with its message. `answers` is the pointer of the case whose reply address it came to.

    Raises SeenBefore when one of the `once` items is there already, StoreUnavailable or KeyUnavailable when it could not
    be taken in: then nothing is.
    """
    message = _begun(services, site, request, now, cases.REQUESTS)
    kept = raw_mail.kept(services, _filing(message), "main", request.raw, now) if request.raw is not None else []

    def message_of(case: str) -> list[Write]:
        return [*_message(request, message, case), *kept]

    return place(services, site, request, message.entry.id, message_of, once=once, now=now, answers=answers)


def place(
    services: Services,
    site: Site,
    request: Request,
    message: str,
    message_of: Callable[[str], Sequence[Write]],
    *,
    once: Sequence[Put],
    now: datetime,
    answers: dict[str, Any] | None = None,
) -> Taken:
    """Put a message with the case it belongs to, a new one where there is none.

    `message` is its entry, `message_of` gives the writes that make it a case's (or nobody's). Each `once` item is given
    the `reference` of what it was done for. Two messages of one person at the same moment find the same case: the
    pointer of who asks is written once. Raises as `take`.
    """
    pointer = _asker(site, request)
    ended: set[str] = set()
    for _ in range(_TRIES):
        occupied, known = _open_case(services.store, pointer, request, answers, ended)
        if known:
            outcome = Taken("joined", known.case)
            writes = _joining(services, known, request, message, now)
        elif request.is_automatic:
            outcome, writes = Taken(INBOX, message), []
        else:
            writes, case = _opening(services, site, request, message, pointer, occupied, now)
            outcome = Taken("case", case)
        if answers and not request.is_automatic and not (known and answers["sk"] == f"entry#{known.case}"):
            writes = [*writes, *_heard(services.store, answers, now)]
        marks = [mark._replace(item={**mark.item, "reference": outcome.entry}) for mark in once]
        try:
            rest = message_of("" if outcome.kind == INBOX else outcome.entry)
            services.store.write([*marks, *writes, *rest])
        except ConditionFailed as failed:
            if failed.index < len(marks):
                raise SeenBefore(failed.found) from failed
            if known and failed.index == len(marks):
                ended.add(known.case)
            continue
        return outcome
    raise StoreUnavailable


def _filing(opened: Opened) -> Filing:
    """Return what seals a raw mail under an entry."""
    return Filing(opened.entry.id, opened.entry.binding(), opened.key)


def _begun(  # noqa: PLR0917 - what is begun, by which rule, for whom
    services: Services, site: Site, request: Request, now: datetime, category: str, pointers: Sequence[str] = ()
) -> Opened:
    """Begin an entry of a case. Its period counts from the end of the case; until then it is due when the rule would end it.

    That counts from now and not from the day of receipt: an old letter that is entered today is not destroyed today.
    """
    rule = policy.category(site.controller, category)
    return enquiries.begin(services.keys, site, rule, request.people, received_at=now, now=now, pointers=pointers)


def _asker(site: Site, request: Request) -> str:
    """Return the pointer of who asks, or nothing when that is not known.

    What is typed on the page and mail that fails the sender's own rules (DMARC) are apart, also from each other: whoever types
    an address is told the number of the case. What is asked for somebody else is apart again, however it came: it parks the case
    it is in.
    """
    if not request.people:
        return ""
    for_whom = "for another" if identity.ON_BEHALF in request.look else ""
    apart = f"doubtful {request.channel} {for_whom}" if request.is_doubtful else for_whom
    return cases.asker(request.people[0], site.controller, apart)


def _open_case(
    store: Store, pointer: str, request: Request, answers: dict[str, Any] | None, ended: set[str]
) -> tuple[str, _Known | None]:
    """Return which case the asker's pointer names (it may have ended), and the open case that the request belongs to, if any.

    What anybody can have sent joins no case whose owner is proven: it would add to what they ask, or park it.
    """
    if answers:
        known = _known(store, answers["sk"].removeprefix("entry#"), answers)
        if known and known.case not in ended and (request.is_automatic or _is_about(store, answers, request)):
            return "", known
    label = store.get(Key("vault", pointer, "case")) if pointer else None
    if label is None:
        return "", None
    known = None if label["entry"] in ended else _known(store, label["entry"], label)
    if known and request.is_doubtful and known.main.get("identity") == identity.PROVEN:
        known = None
    return label["entry"], known


def _is_about(store: Store, answers: dict[str, Any], request: Request) -> bool:
    """Say whether the person whose case has this reply address is the one who wrote."""
    return any(store.get(Key("vault", f"subject#{person.pointer()}", answers["sk"])) for person in request.people)


def _known(store: Store, case: str, label: dict[str, Any]) -> _Known | None:
    """Return an open case, or None when it is closed or gone."""
    main = store.get(Key("records", f"entry#{case}", "main"))
    return _Known(case, label, main) if main and main["status"] == cases.OPEN else None


def _heard(store: Store, answers: dict[str, Any], now: datetime) -> list[Write]:
    """Return the write that notes with a case that its reply address was written to, whoever by and also when it is closed.

    What waits to be stopped stops by it. A case that is gone notes nothing.
    """
    place = Key("records", answers["sk"], "main")
    return [Update(place, "SET #heard_at = :now", {":now": stamp(now)})] if store.get(place) else []


def _opening(  # noqa: PLR0917 - what is opened, for whom, and what stands in its way
    services: Services, site: Site, request: Request, message: str, asker: str, occupied: str, now: datetime
) -> tuple[list[Write], str]:
    """Return the writes of a new case, and its id: the pointers that lead to it, its record, the letters about it."""
    reply = f"reply#{vault.new_id()}"
    opened = _begun(services, site, request, now, cases.CATEGORY, [reply, *([asker] if asker else [])])
    entry = opened.entry
    label = {name: getattr(entry, name) for name in ("category", "controller", "site", "policy", "wall")}
    writes: list[Write] = [
        *vault.creation(entry),
        Put("vault", {"pk": reply, "sk": f"entry#{entry.id}", **label}),
        Put("records", _case(opened, request, now)),
        linked(entry.id, message, "request", request.received_at, now),
        letters.case_notice(entry, now),
        *_begun_at_once(entry.id, request, (), now),
    ]
    if asker:
        item = {"pk": asker, "sk": "case", "entry": entry.id, **label}
        writes.append(Put("vault", item, _NOBODY_YET, {":stale": occupied or "-"}))
    if request.acknowledge:
        writes.append(letters.case_receipt(entry, now, language=request.language, budget=_budget(request)))
    return writes, entry.id


def _case(opened: Opened, request: Request, now: datetime) -> dict[str, Any]:
    """Return the record of a new case."""
    entry = opened.entry
    clock = cases.clock(request.received_at)
    state = {
        "kind": "case",
        "site": entry.site,
        "controller": entry.controller,
        "category": entry.category,
        "status": cases.OPEN,
        "filed_at": stamp(now),
        **clock,
        "rights": list(dict.fromkeys(right for right, _ in request.asked)),
        "look": list(request.look),
        "channel": request.channel,
        "language": request.language,
        "erase_by": entry.due,
        **({} if request.facts.get("email") else {"no_address": True}),
        **_budget(request).state(),
    }
    place = {"pk": f"entry#{entry.id}", "sk": "main"}
    listing = cases.listing(entry.controller, cases.OPEN, clock["respond_by"], entry.id)
    facts = {**request.facts, "asked": [list(each) for each in request.asked]}
    return {**place, **listing, **state, "sealed": opened.seal("main", facts)}


def _budget(request: Request) -> letters.Budget:
    """Return what the letters that a case causes by itself are counted by: what strangers can cause apart from the owner's."""
    return letters.Budget(letters.STRANGERS if request.is_doubtful else letters.SENDERS, request.mailbox)


def _joining(services: Services, known: _Known, request: Request, message: str, now: datetime) -> list[Write]:
    """Return the writes that add a message to an open case, with a key of its own for what it asks.

    Rights that are new are added to the list. The clock goes on as it was, or begins earlier when this one came earlier.
    """
    label, number, key = known.label, vault.new_id(), sealing.new_key()
    binding = sealing.Binding(label["controller"], label["category"], known.case, label["policy"])
    wrapped = sealing.wrap(services.keys.public_key(label["wall"]), key)
    link = linked(known.case, message, "request", request.received_at, now)
    asked = sealing.seal_fields(key, binding, link.item["sk"], {"asked": [list(each) for each in request.asked]})
    away = {"is_away": True} if request.is_away else {}
    writes: list[Write] = [
        *vault.late_addition(known.case, number, wrapped, now),
        link._replace(item={**link.item, **away, "key": number, "sealed": asked}),
    ]
    if request.is_automatic:
        return writes
    clock = cases.clock(request.received_at, known.main.get("months", 1))
    changes = {
        "rights": cases.merged(known.main["rights"], [right for right, _ in request.asked]),
        "look": list(dict.fromkeys([*known.main["look"], *request.look])),
        "heard_at": stamp(now),
        **(clock if clock["respond_by"] < known.main["respond_by"] else {}),
    }
    about = letters.About(known.case, label["site"], label["controller"], label["category"])
    begun = _begun_at_once(known.case, request, known.main["rights"], now)
    changed = _unless_proven(cases.changed(known.main, changes), known.main)
    return [*writes, changed, letters.case_notice_of_reply(about, now), *begun]


def _unless_proven(change: Update, main: dict[str, Any]) -> Update:
    """Return the change of a case, which fails when its owner was proven since it was read: whether to join depends on that."""
    was = main.get("identity")
    if was is None:
        return change._replace(condition=f"{change.condition} AND attribute_not_exists(#identity)")
    values = {**change.values, ":was_identity": was}
    return change._replace(condition=f"{change.condition} AND #identity = :was_identity", values=values)


def _begun_at_once(case: str, request: Request, known: Sequence[str], now: datetime) -> list[Write]:
    """Return the writes that begin what needs no other proof than a mail from the address itself: no newsletter, no advertising.

    It stops at once (Art. 21(3) GDPR), and takes nothing from its person. Another objection waits until they are proven.
    """
    if request.channel != "email" or not request.people or request.is_doubtful:
        return []
    new = [right for right in _AT_ONCE if right not in known and _is_only_of_advertising(request, right)]
    return [write for right in new for write in rights_asked.asked(case, right, now)]


def _is_only_of_advertising(request: Request, right: str) -> bool:
    """Say whether what a mail asks by a right is to be sent no newsletter or no advertising, and nothing besides."""
    from privacy import advertising  # noqa: PLC0415 - the words it knows take a while to load

    said = [words for asked, words in request.asked if asked == right]
    return bool(said) and (right == UNSUBSCRIBE or advertising.is_meant("\n".join(said)))


def linked(case: str, entry: str, kind: str, at: datetime, now: datetime) -> Put:
    """Return the write that links a case to a message that came in or went out."""
    place = {"pk": f"entry#{case}", "sk": f"link#{fine_stamp(now)}#{entry}"}
    return Put("records", {**place, "kind": kind, "entry": entry, "at": stamp(at)})


def _message(request: Request, message: Opened, case: str) -> list[Write]:
    """Return the writes of the message itself; one that belongs to no case is listed for a person to look at."""
    entry = message.entry
    place = {"pk": f"entry#{entry.id}", "sk": "main"}
    state = {
        "kind": "request" if case else "inbox_item",
        "site": entry.site,
        "controller": entry.controller,
        "category": entry.category,
        "received_at": stamp(request.received_at),
        "channel": request.channel,
        "language": request.language,
        "look": list(request.look),
        "erase_by": entry.due,
        "has_raw": request.raw is not None,
    }
    where = {"case": case} if case else {"status": WAITING, **inbox_listing(entry, request.received_at)}
    return [*vault.creation(entry), Put("records", {**place, **state, **where, "sealed": _sealed(message, request)})]


def inbox_listing(entry: Entry, received_at: datetime) -> dict[str, str]:
    """Return where mail that is no case is listed, the oldest first."""
    return {"list": f"{entry.controller}#{INBOX}#{WAITING}", "listed_at": f"{stamp(received_at)}#{entry.id}"}


def _sealed(message: Opened, request: Request) -> bytes:
    """Seal what staff read of a message, and of one without a case also what the case would need."""
    facts = {"facts": request.facts, "asked": [list(each) for each in request.asked]} if request.is_automatic else {}
    return message.seal("main", {**request.content, **facts})
