"""Evidence: one item per act, with a deterministic id, written in the same transaction as the act (N4).

It holds random entry ids, names of categories and moments: nothing about anyone, so it may outlive them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.periods import stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.vault import Entry
    from privacy.writes import Store


def act(name: str, entry: Entry, now: datetime, *, suffix: str = "", **figures: str) -> Put:
    """Return the write that records an act on an entry.

    The id is the act and the entry, and for what can happen more than once the version it happened to (`suffix`): the same act
    is never recorded twice. `figures` are stamps and ids that a replay after a restore needs.
    """
    at = stamp(now)
    name_of_it = "#".join(part for part in (name, entry.id, suffix) if part)
    what = {"act": name, "entry": entry.id, "category": entry.category, "controller": entry.controller, "at": at}
    return Put("evidence", {"pk": f"day#{at[:10]}", "sk": name_of_it, "policy": entry.policy, **what, **figures})


def of_day(store: Store, day: str, controller: str) -> Iterator[dict[str, object]]:
    """Yield the acts of one UTC day (YYYY-MM-DD) for one controller."""
    for item in store.items("evidence", f"day#{day}"):
        if item["controller"] == controller:
            yield {name: value for name, value in item.items() if name not in ("pk", "sk")}
