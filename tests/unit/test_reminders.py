"""Staff are reminded in time that a request must be answered, once for each distance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from privacy import cases, casework, decisions, letters, policy, retention
from privacy.openings import Reader

from tests.fakes import FakePost

if TYPE_CHECKING:
    from privacy.services import Services

SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
RECEIVED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def asked(services: Services, received_at: datetime = RECEIVED) -> str:
    """Enter a case that asks for access."""
    new = casework.NewCase(received_at, "phone", "Graag.", ("access",), email="ada@example.org", language="nl")
    return casework.add(services, SITE, new, OFFICER, now=received_at + timedelta(minutes=1))


def days_reminded(services: Services, since: datetime, days: int) -> list[str]:
    """Run retention every six hours and return the days on which somebody was reminded."""
    found = []
    for hours in range(0, 24 * days, 6):
        now = since + timedelta(hours=hours)
        found += [now.date().isoformat()] * retention.run(services.store, services.objects, now).reminded  # type: ignore[arg-type]
    return found


def test_staff_are_reminded_at_fourteen_seven_three_and_one_days(services: Services) -> None:
    """Received on 2 November, to be answered by 2 December: each reminder goes once; what is past rings an alarm instead."""
    asked(services)
    assert days_reminded(services, RECEIVED, 40) == ["2026-11-18", "2026-11-25", "2026-11-29", "2026-12-01"]
    late = retention.run(services.store, services.objects, datetime(2026, 12, 3, 9, tzinfo=UTC))  # type: ignore[arg-type]
    assert late.cases_overdue == 1


def test_a_reminder_says_how_many_days_and_nothing_about_anyone(services: Services) -> None:
    """The mail holds a link and the days that are left."""
    asked(services)
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    retention.run(services.store, services.objects, now)  # type: ignore[arg-type]
    for place in letters.waiting(services.store, now + timedelta(minutes=1)):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    [mail] = [mime.decode() for _, to, mime, _ in services.post.sent if b"binnenkort" in mime]
    assert "nog 6 dagen om te antwoorden" in mail
    assert "ada@" not in mail


def test_who_extended_is_not_told_to_extend(services: Services) -> None:
    """It can be done once: what is left is to answer."""
    case = asked(services)
    decisions.extend(services, case, OFFICER, "Veel gegevens.", months=1, now=datetime(2026, 11, 20, 9, tzinfo=UTC))
    now = datetime(2026, 12, 30, 9, tzinfo=UTC)
    retention.run(services.store, services.objects, now)  # type: ignore[arg-type]
    for place in letters.waiting(services.store, now + timedelta(minutes=1)):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    [mail] = [mime.decode() for _, to, mime, _ in services.post.sent if b"binnenkort" in mime]
    assert "nog 3 dagen om te antwoorden. De termijn is al verlengd" in mail
    assert "verleng de termijn" not in mail


def test_an_extended_case_is_reminded_of_anew(services: Services) -> None:
    """The reminders belong to the day by which we answer: when it moves, so do they."""
    case = asked(services)
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert retention.run(services.store, services.objects, now).reminded == 1  # type: ignore[arg-type]
    decisions.extend(services, case, OFFICER, "Veel gegevens.", now=now)
    assert days_reminded(services, now, 64) == [
        "2027-01-19",
        "2027-01-26",
        "2027-01-30",
        "2027-02-01",
    ]


def test_nobody_is_reminded_of_what_is_closed(services: Services) -> None:
    """A closed case is not in the list."""
    case = asked(services)
    decisions.decide(services, case, "access", "no_data", OFFICER, now=RECEIVED + timedelta(days=1))
    assert days_reminded(services, RECEIVED + timedelta(days=1), 40) == []
    assert cases.record(services.store, case)["status"] == cases.CLOSED
