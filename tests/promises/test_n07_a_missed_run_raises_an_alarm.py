"""N7: a missed run is a broken promise that raises an alarm before a person could notice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.firm import Firm


def emitted(firm: Firm, function: str) -> dict[str, Any]:
    """Return the last embedded metrics that a function wrote to its log, by name, with their dimensions."""
    logs, group = firm.stack.client("logs"), f"{function}Logs"
    found: dict[str, Any] = {}
    for stream in logs.describe_log_streams(logGroupName=firm.stack.resources[group])["logStreams"]:
        for event in logs.get_log_events(
            logGroupName=firm.stack.resources[group], logStreamName=stream["logStreamName"]
        )["events"]:
            for line in event["message"].splitlines():
                if line.startswith("{") and "_aws" in (record := json.loads(line)):
                    found |= record
    return found


def test_n07_every_run_beats_and_the_alarm_listens_to_that_beat(firm: Firm) -> None:
    """A run emits its beat under exactly the name, namespace and dimension that the alarm on a missing run watches."""
    firm.stack.invoke("Retention", {})
    metrics = firm.stack.eventually(lambda: emitted(firm, "Retention"))
    assert metrics["RetentionRun"] in ([1.0], 1, 1.0)
    assert metrics["Overdue"] in ([0.0], 0, 0.0)
    [directive] = metrics["_aws"]["CloudWatchMetrics"]
    alarms = firm.stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    watching = {alarm["MetricName"]: alarm for alarm in alarms if alarm.get("Namespace") == directive["Namespace"]}
    assert {"RetentionRun", "Overdue", "LettersFailed"} <= watching.keys()
    for name in ("RetentionRun", "Overdue"):
        dimensions = {each["Name"]: each["Value"] for each in watching[name]["Dimensions"]}
        assert dimensions == {each: metrics[each] for each in directive["Dimensions"][0]}
    assert watching["RetentionRun"]["TreatMissingData"] == "breaching"


def test_n07_what_is_overdue_is_counted_from_the_live_vault(firm: Firm) -> None:
    """An entry that stays when it should be gone is counted, at the desk too, until it is gone."""
    firm.ask(_gotcha="spam")
    firm.stack.running.stack.move_clock_to(firm.stack.running.stack.now() + 60 * 86400)
    assert firm.staff("GET", "/desk/retention")[1]["overdue"] == 1
    assert firm.stack.invoke("Retention", {})["overdue"] == 0
    assert firm.staff("GET", "/desk/retention")[1]["overdue"] == 0


def verdicts_of(firm: Firm) -> tuple[set[str], bool]:
    """Return the verdicts on all promises that are carried out, as staff see them, and whether they are stale."""
    [site] = firm.staff("GET", "/desk/promises")[1]["sites"]
    return {each["verdict"] for each in site["promises"]} - {"not built"}, site["stale"]


def test_n07_a_verdict_turns_when_nothing_runs(firm: Firm) -> None:
    """Without a run nobody says `kept`: after three hours a look at the verdicts shows it, and an audit says what is missing."""
    stack = firm.stack.running.stack
    firm.stack.invoke("Retention", {})
    firm.stack.invoke("Auditor", {})
    assert verdicts_of(firm) == ({"kept"}, False)
    stack.move_clock_to(stack.now() + 4 * 3600)
    assert verdicts_of(firm) == ({"at risk"}, True)
    assert firm.stack.invoke("Auditor", {})["broken"] > 0
    assert verdicts_of(firm)[0] >= {"broken"}
    firm.stack.invoke("Retention", {})
    firm.stack.invoke("Auditor", {})
    assert verdicts_of(firm) == ({"kept"}, False)


def test_n07_the_auditor_beats_and_alarms_listen_to_it(firm: Firm) -> None:
    """An audit emits its beat and the number of broken promises as the alarms on both watch them."""
    event = json.loads((Path(__file__).parents[2] / "events" / "auditor.json").read_text("utf-8"))
    firm.stack.invoke("Retention", {})
    firm.stack.invoke("Auditor", event)
    metrics = firm.stack.eventually(lambda: emitted(firm, "Auditor"))
    assert metrics["AuditorRun"] in ([1.0], 1, 1.0)
    assert metrics["PromisesBroken"] in ([0.0], 0, 0.0)
    [directive] = metrics["_aws"]["CloudWatchMetrics"]
    alarms = firm.stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    watching = {alarm["MetricName"]: alarm for alarm in alarms if alarm.get("Namespace") == directive["Namespace"]}
    for name in ("AuditorRun", "PromisesBroken"):
        dimensions = {each["Name"]: each["Value"] for each in watching[name]["Dimensions"]}
        assert dimensions == {each: metrics[each] for each in directive["Dimensions"][0]}
    assert watching["AuditorRun"]["TreatMissingData"] == "breaching"
