"""When a request must be answered: one month from the day it was received (Art. 12(3) GDPR, Regulation 1182/71).

Two days are known. `respond_by` is the plain month: the same day of the next month, or the last day of a month that has no such
day; the day of receipt itself does not count (Art. 3(1) and 3(2)(c) of the Regulation). The firm steers, and alarms ring, by
it. `respond_by_latest` is the same day moved on when it is a Saturday, a Sunday or a public holiday (Art. 3(4)): what
comes after it is late. Days are those of the Netherlands, as `YYYY-MM-DD`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from privacy.periods import local_date

EXTENDED = 3
"""Months from receipt when a request is extended (Art. 12(3): by two further months, counted from receipt)."""
_SATURDAY = 5
_NO_TIME = frozenset({"Goede vrijdag", "Bevrijdingsdag"})
"""Days that are public holidays by some lists and not by others: they buy us no time."""


def received_on(moment: datetime) -> date:
    """Return the day on which something was received, as people in the Netherlands count."""
    return date.fromisoformat(local_date(moment))


def respond_by(received: date, months: int = 1) -> date:
    """Return the last day of the period, by the calendar alone; three `months` from receipt when it was extended."""
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(received.day, (following - timedelta(days=1)).day))


def respond_by_latest(received: date, months: int = 1) -> date:
    """Return the last day of the period, moved on to the next working day when it is none."""
    day = respond_by(received, months)
    while day.weekday() >= _SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year in the Netherlands that move a period on."""
    from holidays.countries.netherlands import Netherlands  # noqa: PLC0415 - a quarter of a second, for who needs it

    named = Netherlands(years=year, language="nl").items()  # type: ignore[no-untyped-call]
    return frozenset(day for day, names in named if not _NO_TIME.issuperset(names.split("; ")))
