"""Carrying rights out: what a proven person asked for is done, step by step, until its end (Art. 15 to 22 GDPR).

A task wakes us: by the stream of the records when it is written, and every hour. It names a case and a right; what has to be
done next stands in the right's own item, so that a task that comes twice, or again after a fault, goes on where it stopped.
Each right has a file of its own with one function that takes it a step further.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, rights_asked, vault
from privacy.errors import ConditionFailed, KeyDestroyed
from privacy.periods import stamp
from privacy.writes import Delete, Key, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store

_LEASE = timedelta(minutes=15)


class Asked(NamedTuple):
    """One right of one case, as it was read: the case's entry and record, and the right's own item."""

    case: Entry
    main: dict[str, Any]
    right: dict[str, Any]


def waiting(store: Store, now: datetime) -> Iterator[Key]:
    """Yield the tasks whose time has come, the oldest first."""
    for item in store.listed("records", "list", rights_asked.TASKS, upto=stamp(now)):
        yield Key("records", item["pk"], item["sk"])


def carry_out(
    services: Services,
    place: Key,
    now: datetime,
    steps: Mapping[str, Callable[[Services, Asked, datetime], datetime | None]],
) -> str:
    """Do what one task asks, unless somebody else is at it: `done`, `later` or `none`.

    `steps` has, for each right, the function that takes it further: it returns when the right must be looked at again, or
    None when nothing waits for time. Every step may be taken again: a fault leaves the task, which comes back when its lease
    has passed. Raises KeyUnavailable, StoreUnavailable, Conflict.
    """
    task = services.store.get(place)
    if task is None or not _claimed(services.store, place, now):
        return "none"
    asked = _asked(services.store, task)
    again_at = steps[asked.right["right"]](services, asked, now) if asked else None
    if again_at is None:
        services.store.write([Delete(place)])
        return "done"
    services.store.write([Update(place, "SET #listed_at = :at", {":at": stamp(again_at)})])
    return "later"


def _claimed(store: Store, place: Key, now: datetime) -> bool:
    """Take a task for a quarter of an hour; False when somebody else has it."""
    values = {":now": stamp(now), ":lease": stamp(now + _LEASE)}
    try:
        store.write([Update(place, "SET #listed_at = :lease", values, "#listed_at <= :now")])
    except ConditionFailed:
        return False
    return True


def _asked(store: Store, task: dict[str, Any]) -> Asked | None:
    """Return what a task is about, or None when the case has gone or was closed, or the right has its end."""
    case = task["pk"].removeprefix("entry#")
    try:
        entry, main = vault.find(store, case), cases.record(store, case)
    except KeyDestroyed:
        return None
    right = rights_asked.of_case(store, case).get(task["right"])
    return Asked(entry, main, right) if right and main["status"] != cases.CLOSED else None
