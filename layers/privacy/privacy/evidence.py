"""Evidence: one item per act, with a deterministic id, written in the same transaction as the act (N4).

It holds random entry ids, names of categories and moments: nothing about anyone, so it may outlive them. Beside each
act lies a mark under its entry: "where is the proof that this one was destroyed" needs no search through the days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from privacy.periods import stamp
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.vault import Entry
    from privacy.writes import Store, Write

DESTROYED = "destroyed"
DESTROYED_AGAIN = "destroyed_again"
"""What a restored copy had brought back, and a replay destroyed before the copy was used (N3)."""


class About(NamedTuple):
    """What an act was done to, where there is no entry to name it: a run over all of a controller's."""

    id: str
    controller: str
    policy: str
    category: str = ""
    site: str = ""


def act(name: str, entry: Entry | About, now: datetime, *, suffix: str = "", **figures: str) -> list[Write]:
    """Return the writes that record an act on an entry: the act under its day, and a mark of it under its entry.

    The id is the act and the entry, and for what can happen more than once the version it happened to (`suffix`): the
    same act is never recorded twice, and what has to be done again after a restore is recorded again. `figures` are
    stamps and ids that a replay after a restore needs.
    """
    at, place = stamp(now), {"controller": entry.controller, "policy": entry.policy}
    name_of_it = "#".join(part for part in (name, entry.id, suffix) if part)
    what = {"act": name, "entry": entry.id, "category": entry.category, "site": entry.site, "at": at}
    mark = {"pk": f"entry#{entry.id}", "sk": name_of_it, "controller": entry.controller, "day": at[:10]}
    return [
        Put("evidence", {"pk": f"day#{at[:10]}", "sk": name_of_it, **place, **what, **figures}, condition=""),
        Put("evidence", mark, condition=""),
    ]


def of_day(store: Store, day: str, controller: str) -> Iterator[dict[str, object]]:
    """Yield the acts of one UTC day (YYYY-MM-DD) for one controller."""
    for item in store.items("evidence", f"day#{day}"):
        if item["controller"] == controller:
            yield _shown(item)


def of_entry(store: Store, entry: str, controller: str) -> list[dict[str, object]]:
    """Return the acts on one entry of a controller, oldest first; the entry itself may be long gone."""
    marks = [mark for mark in store.items("evidence", f"entry#{entry}") if mark["controller"] == controller]
    found = [store.get(Key("evidence", f"day#{mark['day']}", mark["sk"])) for mark in marks]
    return sorted((_shown(item) for item in found if item), key=lambda item: str(item["at"]))


def _shown(item: dict[str, object]) -> dict[str, object]:
    """Return an act without its place in the table."""
    return {name: value for name, value in item.items() if name not in ("pk", "sk")}
