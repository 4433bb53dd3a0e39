"""The audit: every hour it seals what is over, looks at what is held and what is gone, and judges each promise (N4, N7).

It counts from the live vault and from sealed evidence, reads sealed days again to see whether they still say the same, and
looks for what was destroyed: of a destroyed entry nothing may be found. It holds no key that opens anything. What cannot be
read puts promises at risk; it never makes them look kept.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import evidence, evidence_days, merkle, policy, retention, vault, verdicts
from privacy.errors import PrivacyError
from privacy.evidence_days import days_between
from privacy.periods import stamp
from privacy.retention import OVERDUE_AFTER
from privacy.verification import signed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from privacy.evidence_days import Head, SealedDay
    from privacy.services import Services
    from privacy.writes import Store

WINDOW = timedelta(days=30)
"""How far back history counts in a verdict."""
UNSEALED_AFTER = timedelta(days=2)
SAMPLE = 25
"""How many destroyed entries of a day are looked for in one run; the day and the hour decide which."""
READ_AGAIN = 2_000
"""How many acts of sealed days are read again in an hour, per controller."""
MOST_COUNTED = 1_000_000
"""How many entries are counted in one run; beyond it the figures are a minimum, and the verdict says so."""

_ILL_FORMED = (KeyError, TypeError, ValueError)
"""What comes of reading an item of evidence that is not as it was written."""

Place = tuple[str, str]
"""A site and a category; both are empty for what belongs to none."""


class Counts(NamedTuple):
    """What one run did: days sealed, destroyed entries looked for, verdicts of all sites, and steps that failed."""

    sealed_days: int = 0
    looked_for: int = 0
    kept: int = 0
    at_risk: int = 0
    broken: int = 0
    failed: int = 0


class _Seen:
    """What one run has seen so far."""

    def __init__(self) -> None:
        self.counted: dict[str, Counter[Place]] = {name: Counter() for name in (*verdicts.FIGURES, "waiting")}
        self.of_place: dict[Place, set[str]] = {}
        self.of_controller: dict[str, set[str]] = {name: set() for name in policy.controllers()}
        self.looked_for = 0

    def finds(self, reason: str, *places: Place) -> None:
        """Note something about categories of sites."""
        for place in places:
            self.of_place.setdefault(place, set()).add(reason)

    def finds_everywhere(self, reason: str, *controllers: str) -> None:
        """Note something about all that is counted for some controllers, or for all."""
        for controller in controllers or self.of_controller:
            self.of_controller[controller].add(reason)

    def counts(self, name: str, place: Place, number: int) -> None:
        """Add to a figure."""
        self.counted[name][place] += number

    def of_site(self, site: policy.Site, last_run: dict[str, Any] | None, since: str) -> verdicts.Seen:
        """Return what was seen of one site."""
        names = policy.categories(site.policy)
        figures = {figure: {name: self.counted[figure][site.name, name] for name in names} for figure in self.counted}
        due = {name: sum(figures[each][name] for each in ("on_time", "late", "waiting")) for name in names}
        places = {name: (site.name, name) for name in names} | {"": ("", "")}
        by_category = {name: frozenset(self.of_place.get(place, ())) for name, place in places.items()}
        everywhere = frozenset(self.of_controller[site.controller])
        return verdicts.Seen({**figures, "due": due}, by_category, everywhere, last_run, since)


def run(
    services: Services,
    now: datetime,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
    note: Callable[[str], None] = lambda _failure: None,
) -> Counts:
    """Seal, look and judge; store a snapshot of the verdicts per site.

    `may_go_on` is asked before each day and now and then in between; `note` is told the kind of each failure, never whose. Raises
    StoreUnavailable when not even the snapshots can be written.
    """
    seen, store, done = _Seen(), services.store, Counts()
    try:
        done = done._replace(sealed_days=evidence_days.seal(store, services.keys, now, may_go_on=may_go_on))
    except (PrivacyError, *_ILL_FORMED) as failure:  # the days go unsealed, and the verdicts say so when that lasts
        note(type(failure).__name__)
        done = done._replace(failed=1)
    steps: list[tuple[Callable[[str], None], str]] = [
        (lambda _: _count(seen, store, now, may_go_on), ""),
        (lambda _: _look_for_objects(seen, store, now), ""),
        *((lambda name: _look_back(seen, services, name, now, may_go_on), name) for name in policy.controllers()),
    ]
    for step, controller in steps:
        try:
            step(controller)
        except (PrivacyError, *_ILL_FORMED) as failure:
            note(type(failure).__name__)
            reason = "evidence_altered" if controller and isinstance(failure, _ILL_FORMED) else "partly_read"
            seen.finds_everywhere(reason, *filter(None, [controller]))
            done = done._replace(failed=done.failed + 1)
    given = _judge(seen, store, now)
    names = {"kept": verdicts.KEPT, "at_risk": verdicts.AT_RISK, "broken": verdicts.BROKEN}
    return done._replace(looked_for=seen.looked_for, **{name: given[verdict] for name, verdict in names.items()})


def _judge(seen: _Seen, store: Store, now: datetime) -> Counter[str]:
    """Judge every promise of every site, keep the snapshots, and return how many promises have which verdict."""
    last_run, given = retention.last_run(store), Counter[str]()
    for name in policy.sites():
        site = policy.site(name)
        since = str((store.get(verdicts.place(name)) or {}).get("since") or stamp(now))
        judged = verdicts.judge(site, seen.of_site(site, last_run, since), now)
        verdicts.keep(store, name, judged, since=since, now=now)
        given.update(promise["verdict"] for promise in judged)
    return given


# --- what is held ------------------------------------------------------------------------------------------------------


def _count(seen: _Seen, store: Store, now: datetime, may_go_on: Callable[[], bool]) -> None:
    """Count what is held, due and overdue from the queue of the vault, and what is restricted from the other one."""
    late, this_moment = stamp(now - OVERDUE_AFTER), stamp(now)
    for number, (queue, item) in enumerate(_entries(store)):
        if number == MOST_COUNTED or (number % 1000 == 999 and not may_go_on()):  # noqa: PLR2004 - now and then
            seen.finds_everywhere("partly_read")
            return
        place, ends = (item.get("site", ""), item["category"]), str(item["due_key"]).partition("#")[0]
        seen.counts("sealed", place, 1)
        if item["category"] not in policy.categories(item["controller"]):
            seen.finds("uncovered", ("", ""))
        if queue == vault.RESTRICTED:
            if ends < this_moment:
                seen.finds("review_overdue", place)
        elif ends <= this_moment:
            seen.counts("waiting", place, 1)
            seen.counts("overdue", place, int(ends <= late))


def _entries(store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the vault's index holds of every entry with the queue it stands in, the longest due first."""
    for queue in (vault.QUEUE, vault.RESTRICTED):
        for item in store.listed("vault", "due", queue):
            yield queue, item


def _look_for_objects(seen: _Seen, store: Store, now: datetime) -> None:
    """See whether remains of destroyed entries wait in the bucket for longer than a run explains."""
    waited = stamp(now - OVERDUE_AFTER)
    if next(iter(store.listed("records", "list", vault.SWEEPS, upto=waited, page_size=1)), None):
        seen.finds_everywhere("objects_left")


# --- what is gone ------------------------------------------------------------------------------------------------------


def _look_back(seen: _Seen, services: Services, controller: str, now: datetime, may_go_on: Callable[[], bool]) -> None:
    """Go through a controller's evidence: the chain of sealed days, some of their acts again, and the days not sealed yet."""
    store, today, first = services.store, stamp(now)[:10], stamp(now - WINDOW)[:10]
    end = evidence_days.head(store, controller)
    sealed: list[SealedDay] = []
    if end:
        sealed = list(evidence_days.sealed_days(store, controller, max(first, end.first), max(first, end.day)))
        reasons = _chain_faults(sealed, max(first, end.first), end, services.keys.signing_key())
        seen.of_controller[controller].update(reasons)
        if evidence_days.last_sealable(now) - date.fromisoformat(end.day) >= UNSEALED_AFTER:
            seen.finds_everywhere("unsealed", controller)
        first = max(first, (date.fromisoformat(end.day) + timedelta(days=1)).isoformat())
    for said in (day.says() for day in sealed):
        for site, by_category in said["figures"].items():
            for category, counts in by_category.items():
                seen.counts("on_time", (site, category), counts["on_time"])
                seen.counts("late", (site, category), counts["late"])
    open_days = [(day, None) for day in days_between(first, today)]
    for day, said_of_it in [*((each["day"], each) for each in _chosen(sealed, now)), *open_days]:
        if not may_go_on():
            seen.finds_everywhere("partly_read", controller)
            return
        _look_at_day(seen, store, controller, day, said_of_it, now)


def _chain_faults(sealed: list[SealedDay], first: str, end: Head, key: bytes) -> Iterable[str]:
    """Yield what is wrong with a chain of sealed days that begins with the day `first` and ends with `end`."""
    said = [day.says() for day in sealed]
    if [each["day"] for each in said] != (days_between(first, end.day) if first <= end.day else []):
        yield "evidence_missing"
    hashes = [evidence_days.hash_of(day.statement) for day in sealed]
    if any(each["previous"] != before for each, before in zip(said[1:], hashes, strict=False)):
        yield "evidence_altered"
    if hashes and hashes[-1] != end.hash:
        yield "evidence_altered"
    if not all(signed_by(day.statement.encode(), day.signature, key) for day in sealed):
        yield "evidence_signature"


def _chosen(sealed: list[SealedDay], now: datetime) -> list[dict[str, Any]]:
    """Return the statements whose acts are read again in this hour: of a small firm all that have any, and one day more.

    Of a large one as many as `READ_AGAIN` allows, beginning with another day every hour.
    """
    if not sealed:
        return []
    start = int(now.timestamp()) // 3600 % len(sealed)
    first, *others = [day.says() for day in (*sealed[start:], *sealed[:start])]
    chosen, room = [first], READ_AGAIN - first["count"]
    for said in others:
        if said["count"] and room > 0:
            chosen.append(said)
            room -= said["count"]
    return chosen


def _look_at_day(  # noqa: PLR0917 - what there is to know of a day
    seen: _Seen, store: Store, controller: str, day: str, said: dict[str, Any] | None, now: datetime
) -> None:
    """Read the acts of a day: compare them with what was sealed, or count them, and look for some of what was destroyed."""
    gone: list[tuple[str, Place]] = []
    counted = evidence_days.tally(_noting_the_gone(evidence_days.acts(store, controller, day), gone))
    if said is None:
        for (site, category, name), number in counted.figures.items():
            seen.counts(name, (site, category), number)
    elif (len(counted.leaves), merkle.root(counted.leaves).hex()) != (said["count"], said["root"]):
        seen.finds_everywhere("evidence_altered", controller)
    chance = Random(f"{controller} {day} {stamp(now)[:13]}")  # noqa: S311 - a sample that can be drawn again, no secret
    for entry, place in chance.sample(gone, min(SAMPLE, len(gone))):
        seen.looked_for += 1
        if left := _left_of(store, entry):
            seen.finds(left, place, ("", ""))


def _noting_the_gone(acts: Iterable[dict[str, Any]], gone: list[tuple[str, Place]]) -> Iterator[dict[str, Any]]:
    """Yield acts, and note which entries they destroyed."""
    for act in acts:
        if act["act"] == evidence.DESTROYED:
            gone.append((act["entry"], (act.get("site", ""), act["category"])))
        yield act


def _left_of(store: Store, entry: str) -> str:
    """Return what is left of a destroyed entry, as a reason: nothing, a part of it, or the entry itself."""
    held = [item["sk"] for item in store.items("vault", f"entry#{entry}")]
    if "entry" in held:
        return "restored"
    return "residue" if held or any(True for _ in store.items("records", f"entry#{entry}")) else ""
