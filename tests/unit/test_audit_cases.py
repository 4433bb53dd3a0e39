"""The promises of rights are judged by what people asked: answered in time, too late, or not at all; carried out or stuck."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import audit, bundles, carrying, cases, casework, decisions, policy, rights_asked, steps, verification
from privacy.errors import KeyUnavailable

from tests.unit.test_audit import DAY, hourly, verdict
from tests.unit.test_decisions import OFFICER, RECEIVED, asked

if TYPE_CHECKING:
    from privacy.services import Services

LATE = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
RIGHTS = {
    "access": {"P14"},
    "rectification": {"P15"},
    "erasure": {"P05", "P16"},
    "restriction": {"P17"},
    "portability": {"P18"},
    "objection": {"P19"},
    "question": {"P45"},
}
OF_CASES = {"P20"}.union(*RIGHTS.values())


def carried_out(services: Services, now: datetime) -> None:
    """Carry out what waits."""
    for place in list(carrying.waiting(services.store, now)):
        carrying.carry_out(services, place, now, steps.STEPS)


def not_kept(services: Services, now: datetime, site: str = "silver-essence") -> dict[str, str]:
    """Return the promises that rest on cases and are not kept, with their verdicts."""
    found = {
        name: verdict(services, now, name, site)["verdict"] for name in OF_CASES if name != "P05" or "silver" in site
    }
    return {name: judged for name, judged in found.items() if judged != "kept"}


@pytest.mark.parametrize("right", RIGHTS)
def test_a_request_past_its_last_day_breaks_the_promise_of_its_right(services: Services, right: str) -> None:
    """Nobody answered: the right it asks for and the promise on asking by mail are broken; others, and other firms, are not."""
    asked(services, right)
    hourly(services, LATE)
    assert not_kept(services, LATE) == dict.fromkeys(RIGHTS[right] | {"P20"}, "broken")
    found = verdict(services, LATE, "P20")
    assert (found["overdue"], found["due"], found["reasons"]) == (1, 1, ["answer_overdue"])
    assert not_kept(services, LATE, "sevenelements") == {}


def test_between_the_month_and_the_next_working_day_it_is_at_risk(services: Services) -> None:
    """Received on 5 November, the month ends on Saturday 5 December: late is what is not answered by Monday the 7th."""
    asked(services, "access", received_at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    for day, expected in ((5, {}), (6, "at risk"), (7, "at risk"), (8, "broken")):
        now = datetime(2026, 12, day, 9, tzinfo=UTC)
        hourly(services, now)
        assert not_kept(services, now) == (dict.fromkeys(("P14", "P20"), expected) if expected else {})


def test_answered_late_is_said_for_thirty_days(services: Services) -> None:
    """The next run sees that nothing is overdue any more; that it was late is counted from the evidence of its end."""
    case = asked(services, "access")
    hourly(services, LATE)
    decisions.decide(services, case, "access", "no_data", OFFICER, now=LATE)
    carried_out(services, LATE)
    for later in (LATE + timedelta(hours=1), LATE + 2 * DAY, LATE + 29 * DAY):
        hourly(services, later)
        found = verdict(services, later, "P14")
        assert (found["verdict"], found["overdue"], found["late"]) == ("broken", 0, 1)
        assert found["reasons"] == ["answered_late"]
    hourly(services, LATE + 32 * DAY)
    assert verdict(services, LATE + 32 * DAY, "P14")["verdict"] == "kept"


def test_answered_in_time_is_counted_and_its_evidence_checks(services: Services) -> None:
    """A case that ended before its day counts as on time, open or sealed, and anyone can check the figure."""
    now = RECEIVED + 3 * DAY
    hourly(services, now)
    case = asked(services, "access", "erasure")
    for right in ("access", "erasure"):
        decisions.decide(services, case, right, "no_data", OFFICER, now=now)
    carried_out(services, now)
    for later in (now, now + 2 * DAY):
        hourly(services, later)
        for name in ("P14", "P16", "P20"):
            found = verdict(services, later, name)
            assert (found["verdict"], found["due"], found["on_time"], found["late"]) == ("kept", 1, 1, 0)
    whole = bundles.joined([bundles.page(services.store, "silver-essence", "2026-01-01", "2026-12-31")])
    assert verification.check(json.dumps(whole)).findings == ()
    [answers] = [day["statement"]["answers"] for day in whole["days"] if day["statement"]["answers"]]
    assert answers["silver-essence"]["all"] == {"on_time": 1, "late": 0}


def test_a_question_is_answered_by_our_answer(services: Services) -> None:
    """A question that was answered in time and not closed breaks nothing, now or when somebody closes it; no request counts not."""
    case, other = asked(services, "question"), asked(services, "access", email="bob@example.org")
    casework.answer(services, case, OFFICER, "Dat kan.", now=RECEIVED + DAY)
    casework.close(services, other, OFFICER, "not_a_request", "reclame", now=LATE)
    hourly(services, LATE)
    assert not_kept(services, LATE) == {}
    casework.close(services, case, OFFICER, "answered", "", now=LATE)
    hourly(services, LATE)
    assert not_kept(services, LATE) == {}
    assert [verdict(services, LATE, name)["on_time"] for name in ("P45", "P14")] == [1, 0]


def test_what_the_rule_closes_was_never_answered(services: Services) -> None:
    """A case that nobody closed and that ends by rule is late, whatever day that is."""
    asked(services, "access")
    now = RECEIVED + 100 * DAY
    hourly(services, now)
    found = verdict(services, now, "P20")
    assert (found["verdict"], found["reasons"], found["overdue"], found["late"]) == ("broken", ["answered_late"], 0, 1)


def test_an_extended_request_has_its_longer_day(services: Services) -> None:
    """What was extended in time is neither overdue nor at risk on the day that held before."""
    case = asked(services, "access")
    decisions.extend(services, case, OFFICER, "Veel gegevens.", now=RECEIVED + 9 * DAY)
    hourly(services, LATE)
    assert not_kept(services, LATE) == {}


def test_a_task_that_fails_again_and_again_puts_its_right_at_risk(services: Services) -> None:
    """Each try lists it for the next; since when it should be done stays, and once it is done the promise is kept."""
    case, now = asked(services, "access"), RECEIVED + DAY
    services.store.write([rights_asked.task(case, "access", now)])

    def fails(*_: object) -> datetime | None:
        """Fail, as a key that does not answer does."""
        raise KeyUnavailable

    services.store.write(rights_asked.asked(case, "access", now)[:1])
    for hour in range(4):
        later = now + timedelta(hours=hour)
        for place in list(carrying.waiting(services.store, later)):
            with pytest.raises(KeyUnavailable):
                carrying.carry_out(services, place, later, {"access": fails})
        hourly(services, later)
        assert not_kept(services, later) == (dict.fromkeys(("P14", "P20"), "at risk") if hour == 3 else {})
    assert verdict(services, later, "P14")["reasons"] == ["task_waits"]
    assert not_kept(services, later, "sevenelements") == {}
    for place in list(carrying.waiting(services.store, later + timedelta(hours=1))):
        carrying.carry_out(services, place, later + timedelta(hours=1), {"access": lambda *_: later + 3 * DAY})
    hourly(services, later + timedelta(hours=6))
    assert not_kept(services, later + timedelta(hours=6)) == {}


def test_more_overdue_cases_than_can_be_read_are_a_minimum(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of a run are bounded, and the verdict says that there is more."""
    for number in range(3):
        asked(services, "access", email=f"ada{number}@example.org")
    hourly(services, LATE)
    monkeypatch.setattr(audit, "MOST_CASES", 2)
    hourly(services, LATE)
    found = verdict(services, LATE, "P20")
    assert (found["overdue"], found["reasons"]) == (2, ["answer_overdue", "partly_read"])
    assert len(list(cases.listed(services.store, "silver-essence", cases.OPEN))) == 3
    assert policy.sites_of("silver-essence") == ("silver-essence",)
