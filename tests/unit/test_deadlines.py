"""A request is answered within a month, counted as Regulation 1182/71 counts, and never a day later by our counting."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy import deadlines

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("received", "latest"),
    [
        ("2026-03-05", "2026-04-07"),  # Easter Sunday, then Monday
        ("2025-08-31", "2025-09-30"),  # September has 30 days
        ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("2024-01-31", "2024-02-29"),  # a leap year
        ("2025-11-25", "2025-12-29"),  # Christmas, Boxing Day, a weekend
        ("2026-04-14", "2026-05-15"),  # Ascension Day
        ("2026-03-27", "2026-04-28"),  # King's Day
        ("2026-12-01", "2027-01-04"),  # New Year's Day and a weekend
        ("2026-03-03", "2026-04-03"),  # Good Friday buys no time
        ("2030-04-05", "2030-05-06"),  # Liberation Day is a Sunday: the Sunday moves it, the day does not
        ("2025-04-05", "2025-05-05"),  # Liberation Day buys no time, also in its fifth year
        ("2016-04-05", "2016-05-06"),  # but Ascension Day does when it falls on it
    ],
)
def test_the_last_day_is_a_working_day(received: str, latest: str) -> None:
    """Saturdays, Sundays and public holidays move the end on; Good Friday and 5 May do not."""
    assert deadlines.respond_by_latest(date.fromisoformat(received)).isoformat() == latest


@pytest.mark.parametrize(
    ("received", "plain"),
    [
        ("2026-03-05", "2026-04-05"),
        ("2025-08-31", "2025-09-30"),
        ("2026-12-31", "2027-01-31"),
        ("2026-11-30", "2026-12-30"),
    ],
)
def test_the_plain_month_knows_no_weekends(received: str, plain: str) -> None:
    """The firm steers by the same day of the next month."""
    assert deadlines.respond_by(date.fromisoformat(received)).isoformat() == plain


def test_an_extension_counts_from_receipt() -> None:
    """Three months from receipt, not two from the end of the first."""
    assert deadlines.respond_by(date(2026, 1, 31), deadlines.EXTENDED) == date(2026, 4, 30)
    assert deadlines.respond_by_latest(date(2026, 1, 31), deadlines.EXTENDED) == date(2026, 4, 30)


@given(DAYS, st.sampled_from([1, 3]))
def test_no_day_is_won(received: date, months: int) -> None:
    """The plain end has the same number, or is the last day of its month; the other is at most four days later."""
    plain, latest = deadlines.respond_by(received, months), deadlines.respond_by_latest(received, months)
    assert (plain.year * 12 + plain.month) - (received.year * 12 + received.month) == months
    last = calendar.monthrange(plain.year, plain.month)[1]
    assert plain.day == min(received.day, last)
    assert plain <= latest <= plain + timedelta(days=4)
    assert latest.weekday() < 5
    assert latest not in deadlines._holidays(latest.year)


@given(DAYS)
def test_a_later_day_never_ends_earlier(received: date) -> None:
    """Who writes a day later is answered on the same day or later, never before."""
    assert deadlines.respond_by(received) <= deadlines.respond_by(received + timedelta(days=1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-31T22:59:00+00:00", "2026-01-31"),  # 23:59 in Amsterdam
        ("2026-01-31T23:00:00+00:00", "2026-02-01"),
        ("2026-06-30T21:59:59+00:00", "2026-06-30"),  # summer time
        ("2026-06-30T22:00:00+00:00", "2026-07-01"),
        ("2026-03-29T00:59:00+00:00", "2026-03-29"),  # the night in which an hour is skipped
        ("2026-10-25T00:30:00+00:00", "2026-10-25"),  # the hour that comes twice
        ("2024-02-29T12:00:00+00:00", "2024-02-29"),
    ],
)
def test_the_day_of_receipt_is_the_dutch_one(moment: str, day: str) -> None:
    """A minute before midnight in Amsterdam is still that day, whatever the clock of the server says."""
    assert deadlines.received_on(datetime.fromisoformat(moment).astimezone(UTC)).isoformat() == day
