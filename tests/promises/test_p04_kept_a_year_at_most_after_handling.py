"""P04: "Na behandeling van uw aanvraag worden deze gegevens maximaal 1 jaar bewaard en daarna geanonnimiseerd."."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.firm import Firm


def test_p04_a_year_after_handling_it_is_gone(firm: Firm) -> None:
    """Handled today: still there after eleven months, gone after a year, with evidence; the control stays."""
    enquiry, control = firm.ask(), firm.ask(message="een andere vraag")
    status, answer = firm.staff("POST", f"/desk/enquiries/{enquiry}/handled")
    handled_at = datetime.fromisoformat(answer["enquiry"]["handled_at"])
    erase_by = datetime.fromisoformat(answer["enquiry"]["erase_by"])
    assert status == 200
    assert timedelta(days=355) < erase_by - handled_at <= timedelta(days=365)

    firm.stack.clock.advance("P11M")
    assert firm.open(enquiry)["fields"]["name"] == "Ada Voorbeeld"
    firm.stack.clock.advance("P1M")
    assert firm.traces(enquiry) == {"Vault": 0, "Records": 0}
    assert enquiry in firm.evidence("destroyed")
    assert firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer")[0] == 410
    assert firm.traces(control)["Vault"] > 0
    last = firm.staff("GET", "/desk/retention")[1]
    assert (last["overdue"], firm.stack.clock.failures) == (0, [])


def test_p04_forty_days_without_a_run_are_caught_up_at_once(firm: Firm) -> None:
    """The schedule was off for forty days; one run later nothing is overdue."""
    references = [firm.ask(message=f"vraag {number}", _gotcha="spam") for number in range(3)]
    events, rule = firm.stack.client("events"), firm.stack.resources["RetentionEveryHour"]
    events.disable_rule(Name=rule)
    firm.stack.running.stack.move_clock_to(firm.stack.running.stack.now() + 40 * 86400)
    assert all(firm.entry(reference) for reference in references)
    assert firm.staff("GET", "/desk/retention")[1]["overdue"] == 3
    assert firm.staff("GET", f"/desk/enquiries/{references[0]}?why=answer")[0] == 410
    assert firm.stack.invoke("Retention", {})["destroyed"] >= 3
    assert not any(firm.entry(reference) for reference in references)
    assert firm.staff("GET", "/desk/retention")[1]["overdue"] == 0


def test_p04_what_nobody_handles_is_warned_about_and_closed_by_rule(firm: Firm) -> None:
    """An enquiry that is forgotten does not live for ever: staff are warned, it is closed, and a year later it is gone."""
    enquiry = firm.ask()
    firm.stack.clock.advance("P31D")
    subjects = [mail["subject"] for mail in firm.stack.eventually(lambda: firm.mails("info@silveressence.net")[:-1])]
    assert any("wacht nog" in subject for subject in subjects)
    firm.stack.clock.advance("P31D")
    assert [each["id"] for each in firm.staff("GET", "/desk/enquiries?status=handled")[1]["enquiries"]] == [enquiry]
    assert enquiry in firm.evidence("closed")
    firm.stack.clock.advance("P1Y")
    assert firm.traces(enquiry) == {"Vault": 0, "Records": 0}


def test_p04_two_runs_at_once_do_no_harm(firm: Firm) -> None:
    """Two retention runs over the same entries destroy each once and report no failure."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    for number in range(4):
        firm.ask(message=f"vraag {number}", _gotcha="spam")
    firm.stack.running.stack.move_clock_to(firm.stack.running.stack.now() + 40 * 86400)
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: firm.stack.invoke("Retention", {}), range(2)))
    assert sum(run["destroyed"] for run in runs) >= 4
    assert [run["failed"] for run in runs] == [0, 0]
    assert len(firm.evidence("destroyed")) == len(set(firm.evidence("destroyed")))
    assert firm.items("Vault") == []


def test_p04_the_period_counts_from_when_it_was_received_by_phone(firm: Firm) -> None:
    """An enquiry that is entered later counts from the day on which it came (P30)."""
    now = datetime.fromisoformat(firm.stack.clock.now())
    received = (now - timedelta(days=20)).date().isoformat()
    entered = {
        "site": "silver-essence",
        "received": received,
        "channel": "phone",
        "fields": {"name": "Ada", "email": "ada@example.org", "message": "Belde"},
    }
    status, answer = firm.staff("POST", "/desk/enquiries", entered)
    assert status == 201, answer
    shown = firm.open(answer["id"])
    assert datetime.fromisoformat(shown["received_at"]).astimezone(UTC) < now - timedelta(days=19)
    direct = firm.open(firm.ask())
    assert datetime.fromisoformat(direct["erase_by"]) - datetime.fromisoformat(shown["erase_by"]) > timedelta(days=19)
