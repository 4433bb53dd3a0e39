"""Whose data a breach concerns, counted from the vault: entries by category, and the people they point to (Art. 33(3)(a) GDPR).

Nothing is opened. What lives now and was there by the end of the period counts, restricted or not. What was destroyed since the
period began may have been seen as well: how many there were is told from the evidence. People are told apart by their
pointers: entries that share one are of the same person.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from privacy import evidence_days, policy, vault
from privacy.errors import BadInput
from privacy.periods import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from privacy.vault import Entry
    from privacy.writes import Store

MOST = 1500
"""How many entries one count reads: an answer may take seconds, not minutes. More are told as `at least`."""
_MOST_DAYS = 400
_OWN = "incidents"
"""What is noted about breaches themselves counts only when it is asked for."""
_DAY = timedelta(days=1)


class Scope(NamedTuple):
    """Which data: categories and sites (empty: all of the controller), and the period in which they could be seen."""

    categories: tuple[str, ...]
    sites: tuple[str, ...]
    since: datetime
    until: datetime

    def shown(self) -> dict[str, object]:
        """Return the scope as it is noted."""
        period = {"since": stamp(self.since), "until": stamp(self.until)}
        return {"categories": list(self.categories), "sites": list(self.sites), **period}


class Affected(NamedTuple):
    """What was counted. `unknown` entries point to nobody; `is_complete` is false when there are more than were read."""

    entries: int
    persons: int
    unknown: int
    by_category: dict[str, int]
    destroyed_since: int
    is_complete: bool


def count(store: Store, controller: str, scope: Scope, now: datetime, most: int = MOST) -> Affected:
    """Count the entries and people in a scope. Raises BadInput for a category or site that the policy does not know."""
    _check(controller, scope)
    read = list(_entries(store, controller, scope, most + 1))
    counted = [entry for entry in read[:most] if entry and entry.created_at <= stamp(scope.until)]
    categories = Counter(entry.category for entry in counted)
    return Affected(
        entries=len(counted),
        persons=_persons(entry.subjects for entry in counted if entry.subjects),
        unknown=sum(1 for entry in counted if not entry.subjects),
        by_category=dict(sorted(categories.items())),
        destroyed_since=_destroyed(store, controller, scope, now),
        is_complete=len(read) <= most,
    )


def _check(controller: str, scope: Scope) -> None:
    """Raise BadInput for what the policy does not know, and for a period that ends before it begins."""
    known = {"categories": sorted(policy.categories(controller)), "sites": sorted(policy.sites_of(controller))}
    for name, given in (("categories", scope.categories), ("sites", scope.sites)):
        if not set(given) <= set(known[name]):
            raise BadInput("invalid", {name: ("not_a_choice", {"choices": ", ".join(known[name])})})
    if scope.since > scope.until:
        raise BadInput("invalid", {"until": ("ends_before", {})})


def _entries(store: Store, controller: str, scope: Scope, most: int) -> Iterator[Entry | None]:
    """Yield the live entries of a scope, at most so many; None for one that went while it was counted."""
    found = 0
    for queue in (vault.QUEUE, vault.RESTRICTED):
        for item in store.listed("vault", "due", queue):
            if not _is_in(item, controller, scope):
                continue
            entry = store.get(vault.key_of(item["pk"].removeprefix("entry#")))
            yield vault.read(entry) if entry else None
            found += 1
            if found >= most:
                return


def _is_in(item: Mapping[str, object], controller: str, scope: Scope) -> bool:
    """Say whether something listed by category and site is in a scope."""
    if item["controller"] != controller:
        return False
    if item["category"] not in scope.categories and (scope.categories or item["category"] == _OWN):
        return False
    return not scope.sites or item.get("site") in scope.sites


def _persons(subjects: Iterable[tuple[str, ...]]) -> int:
    """Return how many people there are: entries that share a pointer, directly or through others, are of one person."""
    leads: dict[str, str] = {}

    def root(pointer: str) -> str:
        while leads.setdefault(pointer, pointer) != pointer:
            leads[pointer] = leads[leads[pointer]]
            pointer = leads[pointer]
        return pointer

    for first, *others in subjects:
        top = root(first)
        for other in others:
            leads[root(other)] = top
    return sum(1 for pointer in list(leads) if root(pointer) == pointer)


def _destroyed(store: Store, controller: str, scope: Scope, now: datetime) -> int:
    """Return how many entries of a scope were destroyed since its period began, from the evidence of at most 400 days."""
    last = now.date()
    first = max(scope.since.date(), last - _MOST_DAYS * _DAY)
    sealed = {
        day.says()["day"]: day.says()["figures"]
        for day in evidence_days.sealed_days(store, controller, first.isoformat(), last.isoformat())
    }
    total = 0
    for day in evidence_days.days_between(first.isoformat(), last.isoformat()):
        figures = sealed.get(day)
        if figures is None and date.fromisoformat(day) >= last - 3 * _DAY:  # a day is sealed after its end
            tally = evidence_days.read_day(store, day).get(controller)
            figures = evidence_days.figures_shown(tally.figures) if tally else {}
        total += sum(_of_day(figures or {}, controller, scope))
    return total


def _of_day(figures: Mapping[str, Mapping[str, Mapping[str, int]]], controller: str, scope: Scope) -> Iterator[int]:
    """Yield the figures of one day that are in a scope."""
    for site, categories in figures.items():
        for category, each in categories.items():
            if _is_in({"controller": controller, "category": category, "site": site}, controller, scope):
                yield each["on_time"] + each["late"]
