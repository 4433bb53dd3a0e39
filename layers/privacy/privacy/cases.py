"""Cases: what people ask about their rights, and their questions (P20, P45, N6).

A case is one entry of the vault: who asks, for what and since when; it is kept a year after its end. What came in and what we
wrote are entries of their own, for they are kept for other periods: `case_requests` and `case_letters`. The record of a case
links to them. Its own state says nothing about anyone: which rights are asked, by when it must be answered, why a person has
to look.

A person has one open case with a controller. What else they send while it is open joins it.
"""

from __future__ import annotations

import heapq
from datetime import timedelta
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from privacy import deadlines, evidence, policy, vault
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed
from privacy.periods import after, read_stamp, stamp
from privacy.writes import Delete, Key, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from privacy.subjects import Identity
    from privacy.vault import Entry
    from privacy.writes import Store, Write

T = TypeVar("T")
CATEGORY, REQUESTS, LETTERS = "cases", "case_requests", "case_letters"
OPEN, CLOSED = "open", "closed"
STATUSES = (OPEN, CLOSED)
RIGHTS = (
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "withdrawal",
    "unsubscribe",
    "reminder",
    "question",
)
OUTCOMES = ("answered", "fulfilled", "partly", "refused", "no_data", "forwarded", "withdrawn", "not_a_request")
UNANSWERED = "unanswered"
"""The outcome of a case that nobody closed, and that the rule of the policy ended."""
NO_REQUEST = "not_a_request"
_IN_ONE_SET = 25
"""Messages whose periods begin in one transaction: three writes each, of the hundred that it holds."""
_TRIES = 3
_NOT_ON_TOP = frozenset({"question", "reminder"})


class Summary(NamedTuple):
    """The state of a case: nothing about anyone. Days are `YYYY-MM-DD`, moments are stamps; `look` says why a person must."""

    id: str
    site: str
    received_at: str
    respond_by: str
    respond_by_latest: str
    rights: tuple[str, ...]
    status: str
    language: str
    look: tuple[str, ...]
    channel: str
    outcome: str
    closed_at: str
    erase_by: str


def listing(controller: str, status: str, respond_by: str, case: str) -> dict[str, str]:
    """Return where a case of this status is listed: what must be answered first stands first."""
    return {"list": f"{controller}#cases#{status}", "listed_at": f"{respond_by}#{case}"}


def clock(received_at: datetime, months: int = 1) -> dict[str, str]:
    """Return what the day of receipt makes of a case's state; an extended one has more `months`, from receipt too."""
    day = deadlines.received_on(received_at)
    return {
        "received_at": stamp(received_at),
        "respond_by": deadlines.respond_by(day, months).isoformat(),
        "respond_by_latest": deadlines.respond_by_latest(day, months).isoformat(),
    }


def asker(person: Identity, controller: str, apart: str = "") -> str:
    """Return the pointer that leads to a person's open case with a controller: there is one at a time.

    What anybody can send in a person's name is kept `apart`, under as many names as there are kinds of it.
    """
    return f"asker#{person.derive('open case', controller, apart)}"


def merged(before: Iterable[str], more: Iterable[str]) -> list[str]:
    """Return rights with those a later message adds: a question or a reminder adds nothing to what is asked already."""
    found = list(before)
    return found + [right for right in dict.fromkeys(more) if right not in found and right not in _NOT_ON_TOP]


def changed(main: dict[str, Any], changes: dict[str, Any], *, removed: Sequence[str] = ()) -> Update:
    """Return the write that changes the state of a case and lists it anew, if nobody else changed it meanwhile."""
    case, after = main["pk"].removeprefix("entry#"), {**main, **changes}
    changes = {**changes, **listing(main["controller"], after["status"], after["respond_by"], case)}
    guarded = ("status", "rights", "look", "respond_by")
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    expression += " REMOVE " + ", ".join(f"#{name}" for name in removed) if removed else ""
    values = {
        **{f":{name}": value for name, value in changes.items()},
        **{f":was_{name}": main[name] for name in guarded},
    }
    unchanged = " AND ".join(f"#{name} = :was_{name}" for name in guarded)
    return Update(Key("records", main["pk"], main["sk"]), expression, values, unchanged)


# --- finding -------------------------------------------------------------------------------------------------------------


def record(store: Store, case: str) -> dict[str, Any]:
    """Return the record of a case. Raises KeyDestroyed when it is gone, or was none."""
    item = store.get(Key("records", f"entry#{case}", "main"))
    if item is None or item.get("kind") != "case":
        raise KeyDestroyed
    return item


def undisturbed(act: Callable[[], T]) -> T:
    """Carry out an act, and begin it anew where something else changed its case at the same moment: three times in all.

    A code that is asked for, a mail or a colleague moves a case on. The act is judged by what the case is then; one that is
    refused for what it is (`IsClosed`, `DecidedAlready`, …) is refused at once. Raises Conflict or ConditionFailed when it is
    disturbed each time.
    """
    for _ in range(_TRIES - 1):
        try:
            return act()
        except (Conflict, ConditionFailed) as meanwhile:
            if meanwhile.code != Conflict.code:
                raise
    return act()


def links(store: Store, case: str) -> list[dict[str, Any]]:
    """Return what a case links to, oldest first: requests that came in and letters that went out."""
    return list(store.items("records", f"entry#{case}", "link#"))


def summary(item: dict[str, Any]) -> Summary:
    """Return the state that a record or its listing holds."""
    values = {name: item.get(name, "") for name in Summary._fields}
    values["id"] = item["pk"].removeprefix("entry#")
    return Summary(**{**values, "rights": tuple(item["rights"]), "look": tuple(item["look"])})


def listed(store: Store, controller: str, status: str, *, upto: str = "") -> Iterator[dict[str, Any]]:
    """Yield the listed state of the cases of one status, the earliest deadline first. Nothing is opened."""
    yield from store.listed("records", "list", f"{controller}#cases#{status}", upto=upto)


def page(
    store: Store, controller: str, statuses: Sequence[str], *, limit: int, after: str = ""
) -> tuple[list[Summary], str]:
    """Return at most `limit` cases, the earliest deadline first, and where the next page begins (empty: there is none).

    `after` is what the page before gave. What is read does not grow with the store.
    """
    lists = [
        store.listed("records", "list", f"{controller}#cases#{status}", above=after, page_size=limit + 2)
        for status in statuses
    ]
    merged_lists = heapq.merge(*lists, key=itemgetter("listed_at"))
    found = list(islice((item for item in merged_lists if item["listed_at"] != after), limit + 1))
    return [summary(item) for item in found[:limit]], str(found[limit - 1]["listed_at"]) if len(found) > limit else ""


def overdue(store: Store, controller: str, now: datetime, most: int = 10_000) -> int:
    """Return how many open cases are past `respond_by`, up to `most`: a promise is being broken (Art. 12(3) GDPR)."""
    yesterday = (deadlines.received_on(now) - timedelta(days=1)).isoformat()
    return sum(1 for _ in islice(listed(store, controller, OPEN, upto=f"{yesterday}#~"), most))


def was_ours(store: Store, case: str, controller: str) -> bool:
    """Say whether a case that cannot be opened was this controller's: evidence of its end says so, or what is left of it."""
    if any(act["act"] == evidence.DESTROYED for act in evidence.of_entry(store, case, controller)):
        return True
    left = store.get(Key("records", f"entry#{case}", "main"))
    return left is not None and left.get("kind") == "case" and left["controller"] == controller


# --- ending --------------------------------------------------------------------------------------------------------------


def ended(main: dict[str, Any], outcome: str, at: str, due: str) -> dict[str, str]:
    """Return what the end of a case makes of its state; `at` and `due` are stamps."""
    case = main["pk"].removeprefix("entry#")
    state = {"status": CLOSED, "outcome": outcome, "closed_at": at, "erase_by": due}
    return {**state, **listing(main["controller"], CLOSED, main["respond_by"], case)}


def close(
    store: Store, main: dict[str, Any], *, outcome: str, now: datetime, act: str, also: Sequence[Write] = ()
) -> dict[str, Any]:
    """End a case, by staff (`case_closed`) or by rule (`closed`), and return what changed in its state.

    From now the periods count: of the case, and the shorter one of what the person wrote. No due date moves to a later
    one. Messages go first, in sets that a transaction holds: a case that was closed half-way is open, and closed again.
    Raises KeyDestroyed, Conflict.
    """
    case = main["pk"].removeprefix("entry#")
    entry = vault.find(store, case)
    messages = [writes for link in links(store, case) if (writes := _counting(store, link, now))]
    due = min(after(now, rule(entry).needed), read_stamp(entry.due))
    changes = ended(main, outcome, stamp(now), stamp(due))
    askers = [Key("vault", pointer, "case") for pointer in entry.pointers if pointer.startswith(vault.ASKER)]
    askers = [place for place in askers if (store.get(place) or {}).get("entry") == case]  # it may lead to a later one
    ending: list[Write] = [
        *vault.rescheduled(
            entry, due, counted_from="closed", counted_at=now, now=now, act=act, outcome=outcome, **_in_time(main)
        ),
        changed(main, changes, removed=("warned_at",)),
        *(Delete(place, "attribute_not_exists(#pk) OR #entry = :case", {":case": case}) for place in askers),
        *also,
    ]
    try:
        while len(messages) > _IN_ONE_SET:
            messages, last = messages[:-_IN_ONE_SET], messages[-_IN_ONE_SET:]
            store.write([write for writes in last for write in writes])
        store.write([*ending, *(write for writes in messages for write in writes)])
    except ConditionFailed as changed_meanwhile:
        raise Conflict from changed_meanwhile
    return changes


def _in_time(main: dict[str, Any]) -> dict[str, str]:
    """Return what the evidence of the end of a case says besides, so that it tells whether the answer was in time (N4)."""
    said = {"respond_by_latest": main["respond_by_latest"], "rights": ",".join(main["rights"])}
    return said | ({"answered_at": main["answered_at"]} if is_answered(main) else {})


def is_answered(main: dict[str, Any]) -> bool:
    """Say whether an open case has been answered all the same: a question is by our answer, a right by the end of its case."""
    return bool(main.get("answered_at")) and _NOT_ON_TOP.issuperset(main["rights"])


def _counting(store: Store, link: dict[str, Any], now: datetime) -> list[Write]:
    """Return the writes that let the period of a message count from now, unless it does already or the message is gone."""
    if link["kind"] != "request":
        return []
    try:
        entry = vault.find(store, link["entry"])
    except KeyDestroyed:
        return []
    if entry.counted_from == "closed":
        return []
    due = min(after(now, rule(entry).needed), read_stamp(entry.due))
    return vault.rescheduled(entry, due, counted_from="closed", counted_at=now, now=now, act="case_closed")


def rule(entry: Entry) -> policy.Category:
    """Return the rule that an entry is kept by."""
    return policy.category(entry.controller, entry.category)
