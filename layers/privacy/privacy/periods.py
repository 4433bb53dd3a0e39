"""Periods of a policy, counted on the calendar people read (Europe/Amsterdam).

A promise of "1 month" is a calendar month, not 30 days: received on 31 January, it ends on the last day of February.
Where the calendar has no such day or wall time, the earlier moment is taken: a period never ends later than promised.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_ZONE = "Europe/Amsterdam"
_YEARS = range(2000, 3000)
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SHORTEST_MONTHS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)


class Period(NamedTuple):
    """An ISO 8601 duration: calendar months, calendar days, and exact seconds."""

    months: int
    days: int
    seconds: int

    def shortest(self) -> timedelta:
        """Return the least time this period can take on any calendar, for the proof that a promise holds.

        A year has at least 365 days and a month at least 28; a run of months is as short as the shortest run on the
        calendar (two months: 59 days). A calendar day has at least 23 hours.
        """
        years, months = divmod(self.months, 12)
        calendar_days = 365 * years + _SHORTEST_MONTHS[months] + self.days
        one_hour_lost = timedelta(hours=1 if calendar_days else 0)
        return timedelta(days=calendar_days, seconds=self.seconds) - one_hour_lost

    def longest(self) -> timedelta:
        """Return the most time this period can take on any calendar: leap years, long months, a 25-hour day."""
        years, months = divmod(self.months, 12)
        calendar_days = 366 * years + 31 * months + self.days
        one_hour_won = timedelta(hours=1 if calendar_days else 0)
        return timedelta(days=calendar_days, seconds=self.seconds) + one_hour_won


def parse(text: str) -> Period:
    """Read an ISO 8601 duration such as `P1M`, `P361D` or `PT72H`.

    Raises ValueError for anything else, for an empty period and for fractions.
    """
    match = _ISO.fullmatch(text)
    if not match or not any(match.groups()) or text.endswith("T"):
        message = f"{text!r} is no ISO 8601 duration such as P1M, P361D or PT72H"
        raise ValueError(message)
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return Period(12 * years + months, 7 * weeks + days, 3600 * hours + 60 * minutes + seconds)


def after(moment: datetime, period: Period | str) -> datetime:
    """Return the end of `period` counted from `moment`, in UTC.

    Months and days are counted on the Europe/Amsterdam calendar at the same wall time; seconds are exact. Raises
    ValueError when `moment` has no time zone.
    """
    period = parse(period) if isinstance(period, str) else period
    if moment.tzinfo is None:
        message = "moment must be aware"
        raise ValueError(message)
    zone = ZoneInfo(_ZONE)
    local = _plus_months(moment.astimezone(zone), period.months) + timedelta(days=period.days)
    return _earliest(local.replace(tzinfo=None), zone, moment.astimezone(zone)) + timedelta(seconds=period.seconds)


def _plus_months(local: datetime, months: int) -> datetime:
    """Move to the same day `months` on, or to the last day of a month that is shorter."""
    index = local.year * 12 + local.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return local.replace(year=year, month=month, day=min(local.day, _days_in(year, month)))


def _days_in(year: int, month: int) -> int:
    """Return the number of days of a month."""
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return (following - timedelta(days=1)).day


def _earliest(wall: datetime, zone: ZoneInfo, start: datetime) -> datetime:
    """Return the first UTC moment that a wall time stands for; one that the clock skips counts as the moment before.

    A period of nothing keeps its moment, also in the hour that happens twice.
    """
    if wall == start.replace(tzinfo=None):
        return start.astimezone(UTC)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return min(first, second)


def local_date(moment: datetime) -> str:
    """Return the date on which `moment` falls for people in the Netherlands, as YYYY-MM-DD."""
    return moment.astimezone(ZoneInfo(_ZONE)).date().isoformat()


def day_given(text: str) -> date:
    """Return the day that a person wrote. Raises ValueError for what is none, and for a year that is no year of ours."""
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        message = "a day of these centuries"
        raise ValueError(message)
    return day


def moment_given(text: str) -> datetime:
    """Return the moment that a person wrote: a date is the start of that day in the Netherlands, a time needs its zone.

    Raises ValueError for what is neither, and for a year that is no year of ours.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None and len(text) == len("2026-11-22"):
        moment = moment.replace(tzinfo=ZoneInfo(_ZONE))
    if moment.tzinfo is None or moment.year not in _YEARS:
        message = "a date, or a moment with its time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)


def stamp(moment: datetime) -> str:
    """Return the form in which moments are stored: UTC, to the second, sortable as text (`2026-11-22T10:15:00Z`)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fine_stamp(moment: datetime) -> str:
    """Return where a moment stands among others, for sort keys only: finer than a stamp, for two may fall into one second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_stamp(text: str) -> datetime:
    """Return the moment of a stored stamp."""
    return datetime.fromisoformat(text)
