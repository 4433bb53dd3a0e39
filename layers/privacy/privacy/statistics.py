"""Statistics: all that stays of visits (P32, P37). Yesterday is opened once, counted, and small groups are merged.

What is kept are counts per day of one property at a time, never of two together. A group is shown when at least five visitors are
in it. What is left over has at least five visitors too, or takes in the next smallest.

Properties that tell of each other could be subtracted from each other: of seven who read a page five used a form that only
that page has. So they are counted in cells, in which each of them has one value or none, and which hold five visitors each: every
number is a sum of cells, and so is every difference between numbers. A number may be smaller than it was for that, and never
larger. A day with fewer than five visitors has no figures at all. Nothing waits for the roll-up: days are destroyed on time,
counted or not.

A day that is too large for one run is counted in parts: where a run stopped is kept with the figures up to there, in which five
visitors stand behind every number as well, and the next run goes on from that row. Until the whole day is counted nobody sees it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import policy, visit_log
from privacy.errors import ConditionFailed, PrivacyError
from privacy.periods import after, local_date, moment_given, stamp
from privacy.visits import CATEGORY, DAY
from privacy.writes import ABSENT, Key, Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from privacy.browsers import Browser
    from privacy.services import Services
    from privacy.writes import Store

SMALLEST = 5
"""How many visitors a group has at least (k of k-anonymity, WP216)."""
PROPERTIES = ("page", "referrer", "element", "interest", "browser", "system", "device", "country")
_FAMILIES = (("element", "interest", "page"), ("referrer",), ("browser", "device", "system"), ("country",))
"""Which properties tell of each other. The first of each is counted whole, the others as far as cells can tell."""
_MOST_SHOWN = 200
_MOST_BYTES = 40_000
"""How long the values of one property may be together: the figures of a day are one item, of 400 kB at most."""
_MOST_COUNTED = 5_000
_LOOK_AT_TIME = 1_000
"""After how many visits a run looks whether it may go on."""
_TOLD = ("page", "referrer", "element", "interest")
_NAMES_SOMEBODY = re.compile(r"@|%40|\d{6}")
"""What may name somebody in what a page tells: such values are counted among the rest."""


class Counts(NamedTuple):
    """What one run did: days counted to their end, visits that were read, sites that failed, and whether it came to the end."""

    days: int = 0
    visits: int = 0
    failed: int = 0
    finished: bool = True


class Figures(NamedTuple):
    """The figures of one day: None where fewer than five visitors are behind them; `rest` is what was merged."""

    day: str
    visits: int | None
    bots: int | None
    groups: dict[str, dict[str, int]]
    rest: dict[str, int]

    def plus(self, other: Figures) -> Figures:
        """Return the figures of two parts of one day; a part of fewer than five visitors adds nothing."""
        visits, bots = (_sum(mine, its) for mine, its in ((self.visits, other.visits), (self.bots, other.bots)))
        if visits is None:
            return Figures(self.day, None, bots, {}, {})
        groups = {name: _largest(total((self, other), name)[0]) for name in PROPERTIES}
        return Figures(self.day, visits, bots, groups, _rest(visits, groups))


def _sum(one: int | None, other: int | None) -> int | None:
    """Return the sum of what is known."""
    return None if one is None and other is None else (one or 0) + (other or 0)


class _Upto(NamedTuple):
    """How far a site is counted: its last whole day, and of the day after that the row where a run stopped, with its figures."""

    day: str = ""
    begun: str = ""
    """`DAY ENTRY ROW`: rows of this entry up to this one are counted, and all of the entries before it."""
    figures: dict[str, Any] | None = None

    def within(self, day: str) -> tuple[str, str]:
        """Return the entry and the row up to which this day is counted; both are empty when it was not begun."""
        begun, entry, row = self.begun.split(" ") if self.begun else ("", "", "")
        return (entry, row) if begun == day else ("", "")

    def figures_of(self, day: str, more: Tally) -> Figures:
        """Return the figures of the day as far as it is counted: those that are kept, and more."""
        found = more.figures(day)
        return Figures(**self.figures).plus(found) if self.figures and self.figures["day"] == day else found


# --- the nightly run -----------------------------------------------------------------------------------------------------


def run(
    services: Services,
    now: datetime,
    *,
    browser: Callable[[str], Browser],
    country: Callable[[str], str],
    may_go_on: Callable[[], bool] = lambda: True,
    note: Callable[[str], None] = lambda _failure: None,
) -> Counts:
    """Count every day that is over and was not counted yet, the oldest first, as far as it can still be read.

    Done twice, or by two at once, it counts nothing twice. A site that fails does not stop the others, nor does one with a day
    too large for a run: it comes last in the next. `note` is told the kind of failure, and its days come again at the next run.
    """
    counts = Counts()
    for site in sorted(sites(), key=lambda name: _is_begun(services.store, name)):
        try:
            for day in waiting(services.store, site, now):
                if not may_go_on():
                    return counts._replace(finished=False)
                visits, whole = _count(services, site, day, now, browser=browser, country=country, may_go_on=may_go_on)
                counts = counts._replace(days=counts.days + whole, visits=counts.visits + visits)
                if not whole:
                    return counts._replace(finished=False)
        except PrivacyError as failure:
            note(type(failure).__name__)
            counts = counts._replace(failed=counts.failed + 1)
    return counts


def sites() -> Iterator[str]:
    """Yield the sites whose policy records visits."""
    for name in policy.sites():
        if CATEGORY in policy.categories(policy.site(name).controller):
            yield name


def waiting(store: Store, site: str, now: datetime, *, also_today: bool = False) -> list[str]:
    """Return the days with visits that are over and not counted yet, oldest first; `also_today` takes today along."""
    counted, today = _upto(store, site).day, local_date(now)
    days = visit_log.days(store, site)
    return [day for day in days if counted < day and (day < today or (also_today and day == today))]


def next_work(store: Store, moment: datetime) -> datetime | None:
    """Return from when a run has something to count, as things stand, or None."""
    days = [day for site in sites() for day in waiting(store, site, moment, also_today=True)[:1]]
    return after(moment_given(min(days)), DAY) if days else None


def _count(
    services: Services,
    site: str,
    day: str,
    now: datetime,
    *,
    browser: Callable[[str], Browser],
    country: Callable[[str], str],
    may_go_on: Callable[[], bool],
) -> tuple[int, bool]:
    """Count one day, or go on with it, and keep its figures; return how many visits were read, and whether that was all."""
    upto, tally, begun = _upto(services.store, site), Tally(), ""
    first, seen = upto.within(day)
    for entry in (each for each in visit_log.entries(services.store, site, day) if each >= first):
        row = seen if entry == first else ""
        opened = visit_log.unlocked(services, entry, now)
        for visit in visit_log.rows(services.store, opened, beyond=row) if opened else ():
            if tally.read and tally.read % _LOOK_AT_TIME == 0 and not may_go_on():
                begun = f"{day} {entry} {row}"
                break
            tally.add(visit.fields, browser=browser, country=country)
            row = visit.id.partition(".")[2]
        if begun:
            break
    figures = upto.figures_of(day, tally)
    item = {**_place(_figures(site, day)), "site": site, "counted_at": stamp(now), **figures._asdict()}
    has_any = tally.read or first  # a day that was destroyed before leaves no figures
    moved = upto._replace(begun=begun, figures=figures._asdict()) if begun else _Upto(day)
    kept = _move(services.store, site, upto, moved, [Put("statistics", item)] if has_any and not begun else [])
    return tally.read if kept else 0, not begun


def _move(store: Store, site: str, was: _Upto, to: _Upto, more: list[Put]) -> bool:
    """Keep how far a site is counted now, and more; say whether it was still as far as it `was`."""
    as_before = f"{ABSENT} OR (#day = :day AND (attribute_not_exists(#begun) OR #begun = :begun))"
    moved = Put(
        "statistics", {**_place(_counted(site)), **to._asdict()}, as_before, {":day": was.day, ":begun": was.begun}
    )
    try:
        store.write([moved, *more])
    except ConditionFailed:  # another run was faster, or our own acknowledgement was lost
        return False
    return True


def _is_begun(store: Store, site: str) -> bool:
    """Say whether a run stopped within a day of a site, as far as can be read."""
    try:
        return bool(_upto(store, site).begun)
    except PrivacyError:  # then its days cannot be read either, and the run says so
        return False


def _upto(store: Store, site: str) -> _Upto:
    """Return how far a site is counted."""
    item = store.get(_counted(site)) or {}
    return _Upto(item.get("day", ""), item.get("begun", ""), item.get("figures"))


def _counted(site: str) -> Key:
    """Return where it stands up to which day a site is counted."""
    return Key("statistics", f"site#{site}", "counted")


def _figures(site: str, day: str) -> Key:
    """Return where the figures of a day stand: a partition per month, so that a question reads what it is about."""
    return Key("statistics", f"site#{site}#{day[:7]}", f"day#{day}")


def _place(key: Key) -> dict[str, str]:
    """Return the key attributes of an item."""
    return {"pk": key.pk, "sk": key.sk}


# --- counting ------------------------------------------------------------------------------------------------------------


class _Group:
    """How many visits, and of at least how many visitors: up to five are told apart."""

    __slots__ = ("count", "who")

    def __init__(self) -> None:
        self.count, self.who = 0, set[bytes]()

    def add(self, count: int, who: Iterable[bytes]) -> None:
        """Take in visits."""
        self.count += count
        for each in who:
            if len(self.who) < SMALLEST:
                self.who.add(each)

    def take_in(self, other: _Group) -> None:
        """Merge another group into this one."""
        self.add(other.count, other.who)

    def is_small(self) -> bool:
        """Say whether fewer than five visitors are in it."""
        return len(self.who) < SMALLEST


_Values = tuple[str | None, ...]
_Cell = tuple[_Values, _Group]


class Tally:
    """The counts of one day, in bounded memory however many visits there are and whatever they say."""

    def __init__(self) -> None:
        """Start at nothing, with a secret of its own to tell visitors apart, which ends with it."""
        self.read = 0
        self._secret = os.urandom(16)
        self._people, self._programs = _Group(), _Group()
        self._cells: dict[tuple[str, ...], dict[_Values, _Group]] = {each: defaultdict(_Group) for each in _FAMILIES}

    def add(
        self, fields: Mapping[str, str], *, browser: Callable[[str], Browser], country: Callable[[str], str]
    ) -> None:
        """Count one visit."""
        self.read += 1
        told, ip = browser(fields.get("user_agent", "")), fields.get("ip", "")
        who = [self._visitor(ip)]
        if told.is_program:
            self._programs.add(1, who)
            return
        self._people.add(1, who)
        said = {"page": fields.get("path", ""), **{n: fields.get(n, "") for n in ("referrer", "element", "interest")}}
        said |= {"browser": told.name, "system": told.system, "device": told.device}
        said["country"] = country(ip) if ip else ""
        for family in _FAMILIES:
            self._cell(family, tuple(_countable(name, said[name]) for name in family)).add(1, who)

    def figures(self, day: str) -> Figures:
        """Return what may be kept of the day."""
        bots = None if self._programs.is_small() else self._programs.count
        if self._people.is_small():
            return Figures(day, None, bots, {}, {})
        groups: dict[str, dict[str, int]] = {}
        for family, cells in self._cells.items():
            safe = list(_safe(list(cells.items())))
            groups |= {name: _sums(safe, place) for place, name in enumerate(family)}
        return Figures(day, self._people.count, bots, groups, _rest(self._people.count, groups))

    def _visitor(self, ip: str) -> bytes:
        """Return what tells visitors apart while we count: whoever hides counts as one, and so does an IPv6 network (/64)."""
        try:
            address = ip_address(ip)
        except ValueError:
            return b""
        whose = ip_network((address, 64), strict=False).network_address if address.version == 6 else address  # noqa: PLR2004
        return hashlib.blake2b(whose.packed, key=self._secret, digest_size=8).digest()

    def _cell(self, family: tuple[str, ...], values: _Values) -> _Group:
        """Return the cell of some values; when there are too many cells, the smaller half is merged first."""
        cells = self._cells[family]
        if values not in cells and len(cells) >= _MOST_COUNTED:
            for small in sorted(cells, key=lambda each: cells[each].count)[: _MOST_COUNTED // 2]:
                cells[(None,) * len(family)].take_in(cells.pop(small))
        return cells[values]


def _countable(name: str, value: str) -> str | None:
    """Return a value as it is counted, or None for one that may name somebody."""
    return None if name in _TOLD and _NAMES_SOMEBODY.search(value) else value


def _safe(cells: list[_Cell], told: _Values = ()) -> Iterator[_Cell]:
    """Yield cells of at least five visitors that hold all of these, which have the values `told` and are as many or more.

    Small parts are taken together, with the next smallest where they are not enough: what differs among them is not told.
    """
    if not cells or len(told) == len(cells[0][0]):
        yield told, _together(cells)
        return
    parts: dict[str | None, list[_Cell]] = defaultdict(list)
    for values, group in cells:
        parts[values[len(told)]].append((values, group))
    pool, left = parts.pop(None, []), []
    for value, part in sorted(parts.items(), key=lambda each: (-_together(each[1]).count, str(each[0]))):
        if _together(part).is_small():
            pool += part
        else:
            left.append((value, part))
    while pool and _together(pool).is_small() and left:
        pool += left.pop()[1]
    if pool:
        yield from _safe(pool, (*told, None))
    for value, part in left:
        yield from _safe(part, (*told, value))


def _together(cells: list[_Cell]) -> _Group:
    """Return some cells as one group."""
    whole = _Group()
    for _, group in cells:
        whole.take_in(group)
    return whole


def _sums(cells: list[_Cell], place: int) -> dict[str, int]:
    """Return how many visits each value of one property has in these cells; not more than are shown."""
    sums: dict[str, int] = defaultdict(int)
    for values, group in cells:
        if (value := values[place]) is not None:
            sums[value] += group.count
    return _largest(sorted(sums.items(), key=lambda each: (-each[1], each[0])))


def _largest(groups: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the first of these groups: as many as are shown, and as fit into the item of a day."""
    kept: dict[str, int] = {}
    room = _MOST_BYTES
    for value, count in groups:
        room -= len(value.encode())
        if room < 0 or len(kept) == _MOST_SHOWN:
            break
        kept[value] = count
    return kept


def _rest(visits: int, groups: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return how many visits are in no group that is shown, of each property of which there are any."""
    left = {name: visits - sum(groups[name].values()) for name in PROPERTIES}
    return {name: count for name, count in left.items() if count}


# --- asking --------------------------------------------------------------------------------------------------------------


def of_site(store: Store, site: str, first: str, last: str) -> Iterator[Figures]:
    """Yield the figures of a site from day to day (YYYY-MM-DD, both included): one query per month."""
    month = first[:7]
    while month <= last[:7]:
        for item in store.items("statistics", f"site#{site}#{month}", "day#"):
            if first <= item["day"] <= last:
                yield Figures(**{name: item[name] for name in Figures._fields})
        month = (moment_given(f"{month}-28") + timedelta(days=5)).date().isoformat()[:7]


def total(figures: Iterable[Figures], name: str) -> tuple[list[tuple[str, int]], int]:
    """Return the sums of one property over several days, the largest first, and that of what was merged."""
    sums: dict[str, int] = defaultdict(int)
    rest = 0
    for day in figures:
        rest += day.rest.get(name, 0)
        for value, visits in day.groups.get(name, {}).items():
            sums[value] += visits
    return sorted(sums.items(), key=lambda group: (-group[1], group[0])), rest
