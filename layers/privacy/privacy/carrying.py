"""Carrying rights out: what a proven person asked for is done, step by step, until its end (Art. 15 to 22 GDPR).

A task wakes us: by the stream of the records when it is written, and every hour. It names a case and a right; what has to be
done next stands in the right's own item, so that a task that comes twice, or again after a fault, goes on where it stopped.
Each right has a file of its own with one function that takes it a step further. When the last right of a case has its end,
the final letter goes out and the case is closed (see `outcomes`).
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    case_subjects,
    cases,
    exports,
    handouts,
    openings,
    outcomes,
    policy,
    published,
    rights_asked,
    suppression,
    transmitting,
    vault,
)
from privacy.errors import ConditionFailed, KeyDestroyed
from privacy.periods import read_stamp, stamp
from privacy.writes import Delete, Key, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

_LEASE = timedelta(minutes=15)
_LISTS = (rights_asked.TASKS, handouts.LIST)
_LEGAL_DUTY = "6(1)(c)"
_DECIDED = (rights_asked.DONE, rights_asked.REFUSED)


class Asked(NamedTuple):
    """One right of one case, as it was read: the case's entry and record, and the right's own item."""

    case: Entry
    main: dict[str, Any]
    right: dict[str, Any]


class DryRun(NamedTuple):
    """What a case would reach: entries by category, and the categories that a legal duty makes us keep after an erasure."""

    entries: int
    categories: dict[str, int]
    kept: tuple[str, ...]


def waiting(store: Store, now: datetime) -> Iterator[Key]:
    """Yield the tasks whose time has come, the oldest first."""
    for item in store.listed("records", "list", rights_asked.TASKS, upto=stamp(now)):
        yield Key("records", item["pk"], item["sk"])


def next_work(store: Store) -> datetime | None:
    """Return when the first task waits to be looked at, or the first copy to be swept; None when nothing does."""
    first = [next(iter(store.listed("records", "list", each, page_size=1)), None) for each in _LISTS]
    found = [str(item["listed_at"]) for item in first if item]
    return read_stamp(min(found)) if found else None


def carry_out(
    services: Services,
    place: Key,
    now: datetime,
    steps: Mapping[str, Callable[[Services, Asked, datetime], datetime | None]],
) -> str:
    """Do what one task asks, unless somebody else is at it: `done`, `later` or `none`.

    `steps` has, for each right, the function that takes it further. A right that the policy leaves to staff, or that has no
    function, waits for their decision. Every step may be taken again: a fault leaves the task, which comes back when its lease
    has passed. Raises KeyUnavailable, StoreUnavailable, Conflict.
    """
    task = services.store.get(place)
    if task is None or not _claimed(services.store, place, now):
        return "none"
    again_at = cases.undisturbed(lambda: _taken_further(services, task, now, steps))
    if again_at is None:
        services.store.write([Delete(place)])
        return "done"
    _put_off(services.store, place, again_at)
    return "later"


def _claimed(store: Store, place: Key, now: datetime) -> bool:
    """Take a task for a quarter of an hour; False when somebody else has it."""
    values = {":now": stamp(now), ":lease": stamp(now + _LEASE)}
    try:
        store.write([Update(place, "SET #listed_at = :lease", values, "#listed_at <= :now")])
    except ConditionFailed:
        return False
    return True


def _put_off(store: Store, place: Key, again_at: datetime) -> None:
    """Let a task come back later; one that went with its case meanwhile does not."""
    try:
        store.write([Update(place, "SET #listed_at = :at, #filed_at = :at", {":at": stamp(again_at)})])
    except ConditionFailed:
        return


def _taken_further(
    services: Services,
    task: dict[str, Any],
    now: datetime,
    steps: Mapping[str, Callable[[Services, Asked, datetime], datetime | None]],
) -> datetime | None:
    """Take the right of a task a step further, and end its case when that was the last; return when to look again."""
    if "transmission" in task:
        return transmitting.step(services, task, now)
    if task["right"] == suppression.AGAIN:
        suppression.ended(services, task["pk"].removeprefix("entry#"), now)
        return None
    asked = _asked(services.store, task, now)
    if asked is None:
        return None
    status, right = asked.right["status"], asked.right["right"]
    if status == rights_asked.ASKED and (_is_for_staff(asked) or right not in steps):
        left_to_staff(services.store, asked, now)
        return None
    if status == rights_asked.APPROVAL:
        return None
    is_due = right in steps and (status not in _DECIDED or rights_asked.owes(asked.right))
    again_at = steps[right](services, asked, now) if is_due else None
    if again_at is None and is_due and (after := _asked(services.store, task, now)) and rights_asked.owes(after.right):
        again_at = steps[right](services, after, now)
    if again_at is None and right != rights_asked.LIFT:
        outcomes.finish(services, asked.case.id, now)
    return again_at


def _asked(store: Store, task: dict[str, Any], now: datetime) -> Asked | None:
    """Return what a task is about, or None when the case has gone or its time has passed, or the right is not there.

    Nor when the case was closed, unless staff lift what it restricted. What staff lift without a case stands with the entry.
    """
    case = task["pk"].removeprefix("entry#")
    try:
        entry = vault.find(store, case)
        if task["right"] == rights_asked.LIFT:
            return Asked(entry, {}, {"status": rights_asked.WAITING, **task})
        main = cases.record(store, case)
    except KeyDestroyed:
        return None
    if entry.has_ended(now):
        return None
    right = rights_asked.of_case(store, case).get(task["right"])
    is_open = right is not None and (main["status"] != cases.CLOSED or rights_asked.owes(right))
    return Asked(entry, main, right) if right and is_open else None


def _is_for_staff(asked: Asked) -> bool:
    """Say whether the policy leaves a right to staff: then it begins with their decision."""
    return asked.right["right"] in policy.handling(asked.main["controller"]).approvals


def left_to_staff(store: Store, asked: Asked, now: datetime) -> None:
    """Let staff decide about a right. Raises ConditionFailed when it changed meanwhile."""
    store.write([changed(asked.right, {"status": rights_asked.APPROVAL, "approval_at": stamp(now)})])


def changed(right: dict[str, Any], changes: dict[str, Any]) -> Write:
    """Return the write that changes a right as it was read, without waking anybody."""
    values = {":was": right["status"], **{f":{name}": value for name, value in changes.items()}}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    return Update(Key("records", right["pk"], right["sk"]), expression, values, "#status = :was")


# --- trying first --------------------------------------------------------------------------------------------------------


def dry_run(store: Store, case: str, reader: Reader, now: datetime) -> DryRun:
    """Return what carrying out a case would reach. Nothing is opened, and nothing changes.

    Raises KeyDestroyed, NotFound, NotAllowed.
    """
    entry = vault.find(store, case)
    openings.check_reader(entry, reader)
    cases.record(store, case)
    held = [each for each in case_subjects.held(store, entry.subjects, now) if each.id != case]
    counts = Counter(each.category for each in held)
    kept = {each.category for each in held if is_kept(each)}
    return DryRun(len(held), dict(sorted(counts.items())), tuple(sorted(kept)))


def is_kept(entry: Entry) -> bool:
    """Say whether a legal duty makes us keep an entry although its person wants it erased (Art. 17(3)(b) GDPR).

    A copy that we made for them is a duty as well, but not against their will.
    """
    if entry.category == exports.CATEGORY:
        return False
    says = published.of(policy.site(policy.sites_of(entry.controller)[0]))["categories"]
    return bool(says[entry.category]["basis"]["article"] == _LEGAL_DUTY)
