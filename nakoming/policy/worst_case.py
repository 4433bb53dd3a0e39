"""Proves that what people read holds in the worst case, for every category.

A period that ends on time on paper still breaks when the data lie in a shared bucket, when the hourly run has just
passed, or when a backup can bring them back. All of that is added up against the shortest time the promise can take.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nakoming.policy.document import Document, Fault, Place

SWEEP = timedelta(hours=1)
"""How long data that are due can wait for the run that destroys them."""

_CLOCK_CHANGE = timedelta(hours=1)
_SIX_WEEKS = timedelta(weeks=6)
_A_DAY_TO_FETCH = timedelta(days=1)
_LATE = frozenset({"handled", "closed", "deactivated", "deregistered", "relationship_end", "withdrawn"})


class WorstCase(NamedTuple):
    """The longest the data can be readable, part by part, and the shortest the promise can take."""

    needed: timedelta
    bucket: timedelta
    sweep: timedelta
    recovery: timedelta
    promise: timedelta

    @property
    def total(self) -> timedelta:
        """Return the longest time from the counted event until the last backup is unreadable."""
        return self.needed + self.bucket + self.sweep + self.recovery

    @property
    def holds(self) -> bool:
        """Return whether the promise holds in the worst case."""
        return self.total <= self.promise

    def __str__(self) -> str:
        """Show the sum."""
        parts = (self.needed, self.bucket, self.sweep, self.recovery)
        names = ("needed", "bucket", "hourly run", "recovery window")
        terms = " + ".join(f"{name} {spoken(part)}" for name, part in zip(names, parts, strict=True))
        return f"{terms} = {spoken(self.total)}, promised {spoken(self.promise)}"


def worst_case(retention: dict[str, Any], recovery_days: int) -> WorstCase:
    """Return the worst case of one retention rule; the vault can be restored for `recovery_days` days."""
    return WorstCase(
        needed=parse(retention["needed"]).longest(),
        bucket=parse(retention.get("bucket", "PT0S")).longest(),
        sweep=SWEEP,
        recovery=timedelta(days=recovery_days),
        promise=parse(retention["promise"]).shortest(),
    )


def immediate(retention: dict[str, Any]) -> bool:
    """Return whether the data are promised to go at once: destroyed in the call itself, not by the hourly run."""
    return parse(retention["promise"]).longest() == timedelta(0)


def retention_faults(document: Document, recovery_days: int) -> Iterator[Fault]:
    """Yield what is wrong with the periods of each category."""
    for name, category in document.data["categories"].items():
        place: Place = ("categories", name, "retention")
        retention = category.get("retention")
        if retention is None:
            reason = f"category {name} has no retention, nor has any of its fields ({', '.join(category['fields'])})"
            yield document.fault(place[:2], reason, "say how long it is kept and what that counts from")
        elif "held_elsewhere" not in category:
            yield from _period_faults(document, place, retention, recovery_days)
            yield from _end_faults(document, place, retention)


def _period_faults(document: Document, place: Place, retention: dict[str, Any], recovery_days: int) -> Iterator[Fault]:
    """Yield a missing need, a promise at once that is not, and a promise that the worst case breaks."""
    name = place[1]
    if "needed" not in retention:
        yield document.fault(
            place, f"{name} does not say how long it is needed", "add `needed`, shorter than `promise`"
        )
        return
    if immediate(retention):
        kept = [retention["needed"], retention.get("bucket", "PT0S")]
        if any(parse(period).longest() for period in kept):
            yield document.fault(
                place, f"{name} promises to go at once and is kept", "set `needed` to PT0S, no `bucket`"
            )
        return
    if name == "visits" and retention.get("bucket") != "P1D":
        reason = "visits of one day share a key, and `bucket` does not say so"
        yield document.fault(place, reason, "set `bucket` to P1D")
    case = worst_case(retention, recovery_days)
    if not case.holds:
        days = (case.promise - (case.total - case.needed) - _CLOCK_CHANGE).days
        remedy = f"set `needed` to at most P{days}D" if days > 0 else "promise a longer period, after notice"
        yield document.fault((*place, "needed"), f"{name} breaks its promise in the worst case: {case}", remedy)
    if name == "case_letters" and parse(retention["needed"]).shortest() < _SIX_WEEKS:
        reason = "case_letters ends before the six weeks in which a court can be asked (Art. 35(2) UAVG)"
        yield document.fault((*place, "needed"), reason, "keep the letter longer than six weeks: P43D or more")
    undo = document.data["rights"].get("portability", {}).get("undo", "PT24H")
    if name == "exports" and parse(retention["needed"]).shortest() < parse(undo).longest() + _A_DAY_TO_FETCH:
        reason = f"exports ends before another provider, who hears of a copy after {undo}, had a day to fetch it (P18)"
        yield document.fault((*place, "needed"), reason, "keep the copy longer, or shorten `undo` at portability")


def _end_faults(document: Document, place: Place, retention: dict[str, Any]) -> Iterator[Fault]:
    """Yield what could live for ever because the event that its period counts from may never come (P37)."""
    stale = retention.get("stale")
    event = retention["counts_from"]
    if event in _LATE and not stale:
        reason = f"{place[1]} lives for ever when it is never {event.replace('_', ' ')}"
        yield document.fault(place, reason, "add `stale`: when staff are warned, and when it is ended")
    if stale and parse(stale["warn_after"]).longest() >= parse(stale["close_after"]).shortest():
        reason = f"{place[1]} warns after {stale['warn_after']} and closes after {stale['close_after']}"
        yield document.fault((*place, "stale"), reason, "let the warning come before the end")


def spoken(time: timedelta) -> str:
    """Return a time in days and hours: 27 d 2 h."""
    days, hours = divmod(round(time / timedelta(hours=1)), 24)
    parts = [f"{days} d"] if days or not hours else []
    return " ".join([*parts, f"{hours} h"] if hours else parts)
