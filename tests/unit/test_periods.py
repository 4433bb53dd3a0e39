"""Periods are counted on the calendar people read, and never end later than promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from privacy.periods import Period, after, fine_stamp, local_date, parse, read_stamp, stamp

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware by map
PERIODS = st.builds(Period, st.integers(0, 36), st.integers(0, 400), st.integers(0, 200_000))


def local(*parts: int) -> datetime:
    """Return a moment on the clock of Amsterdam."""
    return datetime(*parts, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (local(2026, 1, 31, 9), "P1M", local(2026, 2, 28, 9)),
        (local(2024, 1, 31, 9), "P1M", local(2024, 2, 29, 9)),
        (local(2024, 2, 29, 12), "P1Y", local(2025, 2, 28, 12)),
        (local(2026, 8, 31, 0), "P1M", local(2026, 9, 30, 0)),
        (local(2026, 12, 31, 23, 59), "P2M", local(2027, 2, 28, 23, 59)),
        (local(2026, 3, 5), "P1M", local(2026, 4, 5)),
        (local(2026, 3, 28, 2, 30), "P1D", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        (local(2026, 10, 24, 2, 30), "P1D", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (local(2026, 10, 24, 12), "PT24H", local(2026, 10, 25, 11)),
        (local(2026, 10, 24, 12), "P1D", local(2026, 10, 25, 12)),
        (local(2026, 11, 22, 10), "P361D", local(2027, 11, 18, 10)),
        (local(2026, 11, 22, 10), "P1Y2M3DT4H", local(2028, 1, 25, 14)),
    ],
)
def test_periods_end_where_the_calendar_says(start: datetime, period: str, end: datetime) -> None:
    """Month ends, leap days and both clock changes come out as a person would count them."""
    assert after(start, period) == end.astimezone(UTC)


@given(MOMENTS, PERIODS)
@example(datetime(2026, 3, 28, 1, 30, tzinfo=UTC), Period(0, 1, 0))
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), Period(0, 0, 0))
def test_a_period_lies_between_its_shortest_and_its_longest(moment: datetime, period: Period) -> None:
    """The bounds that the policy check relies on hold for every moment and period."""
    taken = after(moment, period) - moment
    assert period.shortest() - timedelta(hours=1) <= taken <= period.longest()
    if period.months == 0 and period.days == 0:
        assert taken == timedelta(seconds=period.seconds)


@given(MOMENTS, st.integers(1, 60))
def test_a_month_never_ends_on_a_later_day(moment: datetime, months: int) -> None:
    """So many months on is the same day of the month or, in a shorter month, its last day; never the month after."""
    start, end = (each.astimezone(AMSTERDAM) for each in (moment, after(moment, Period(months, 0, 0))))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@given(MOMENTS, MOMENTS, PERIODS)
def test_who_comes_later_ends_later(one: datetime, other: datetime, period: Period) -> None:
    """A period keeps the order of what it is counted from, to the hour that the clock repeats or skips."""
    first, second = sorted((one, other))
    assert after(first, period) <= after(second, period) + timedelta(hours=1)


@given(MOMENTS)
def test_stamps_keep_the_second_and_sort_as_moments(moment: datetime) -> None:
    """What is stored reads back to the second, and text order is time order."""
    assert read_stamp(stamp(moment)) == moment.replace(microsecond=0)
    assert stamp(moment) <= stamp(moment + timedelta(seconds=1))


def test_a_date_is_the_one_on_the_wall_in_amsterdam() -> None:
    """Half an hour before midnight UTC it is already tomorrow."""
    assert local_date(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "2026-11-23"


@pytest.mark.parametrize("text", ["", "P", "PT", "1M", "P1.5D", "P-1D", "P1M2", "p1m", "P1DT", " P1D"])
def test_what_is_no_period_is_refused(text: str) -> None:
    """A period that cannot be read raises, and is not read as something shorter or longer."""
    with pytest.raises(ValueError, match="no ISO 8601 duration"):
        parse(text)


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive moment means something else on every machine."""
    with pytest.raises(ValueError, match="aware"):
        after(datetime(2026, 1, 1), "P1D")  # noqa: DTZ001 - that is the point


@given(MOMENTS, st.integers(0, 10**7))
def test_what_falls_into_one_second_keeps_its_order(moment: datetime, microseconds: int) -> None:
    """Sort keys follow time to the microsecond, also beside the stamps to the second that were written before."""
    later = moment + timedelta(microseconds=microseconds + 1)
    assert fine_stamp(moment) < fine_stamp(later)
    assert fine_stamp(later)[:19] == stamp(later)[:19]
