"""The sum that the check makes is never wrong on a real calendar, whatever the moment it starts from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from privacy.periods import after

from nakoming.policy.worst_case import SWEEP, immediate, spoken, worst_case

MOMENTS = some.datetimes(datetime(2024, 1, 1), datetime(2060, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001
PROMISES = some.sampled_from(["P1M", "P2M", "P3M", "P6M", "P1Y", "P2Y", "P7Y", "P30D", "P1W"])
BUCKETS = some.sampled_from(["PT0S", "PT1H", "P1D", "P1W"])


@settings(deadline=None)
@given(MOMENTS, PROMISES, some.integers(1, 2600), BUCKETS, some.integers(1, 35))
@example(datetime(2027, 2, 28, 12, tzinfo=UTC), "P1M", 23, "P1D", 3)
@example(datetime(2026, 1, 31, 12, tzinfo=UTC), "P1M", 23, "P1D", 3)
@example(datetime(2029, 2, 28, 12, tzinfo=UTC), "P1M", 23, "P1D", 3)
@example(datetime(2024, 2, 29, 12, tzinfo=UTC), "P1Y", 361, "PT0S", 3)
def test_what_holds_in_the_worst_case_holds_at_every_moment(
    moment: datetime, promise: str, days: int, bucket: str, recovery_days: int
) -> None:
    """Whenever the check accepts a rule, data of any moment are out of the last backup before the promise ends."""
    needed = f"P{days}D"
    case = worst_case({"promise": promise, "needed": needed, "bucket": bucket}, recovery_days)
    gone = after(after(moment, bucket), needed) + SWEEP + timedelta(days=recovery_days)

    assert not case.holds or gone <= after(moment, promise)


@settings(deadline=None)
@given(MOMENTS, PROMISES)
def test_a_promise_is_never_shorter_than_the_check_assumes(moment: datetime, promise: str) -> None:
    """The shortest length that the check counts with is a lower bound on every calendar."""
    case = worst_case({"promise": promise, "needed": "P1D"}, 3)

    assert case.promise <= after(moment, promise) - moment


@pytest.mark.parametrize(
    ("promise", "bucket", "most"), [("P1M", "P1D", 23), ("P1M", "PT0S", 24), ("P1Y", "PT0S", 361), ("P3M", "PT0S", 85)]
)
def test_the_longest_need_that_holds(promise: str, bucket: str, most: int) -> None:
    """With three days of recovery, one day more than this breaks the promise."""
    rule = {"promise": promise, "bucket": bucket}

    assert worst_case({**rule, "needed": f"P{most}D"}, 3).holds
    assert not worst_case({**rule, "needed": f"P{most + 1}D"}, 3).holds


def test_at_once_is_not_a_matter_of_sums() -> None:
    """A promise of PT0S is kept in the call itself; anything longer is not at once."""
    assert immediate({"promise": "PT0S"})
    assert not immediate({"promise": "PT1S"})


@pytest.mark.parametrize(
    ("time", "words"),
    [(timedelta(0), "0 d"), (timedelta(hours=1), "1 h"), (timedelta(days=2), "2 d"), (timedelta(hours=49), "2 d 1 h")],
)
def test_times_are_said_in_days_and_hours(time: timedelta, words: str) -> None:
    """The sum is shown so that people can add it up."""
    assert spoken(time) == words
