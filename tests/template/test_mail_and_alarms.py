"""Mail, both ways, and who is told when something goes wrong."""

import json
from typing import Any

import pytest

from tests.template.source import of_type


def test_a_letter_is_not_silently_suppressed(resources: dict[str, Any]) -> None:
    """The configuration set leaves out the account's suppression list, which accepts a letter and does not send it."""
    properties = resources["ConfigurationSet"]["Properties"]
    assert properties["SuppressionOptions"] == {"SuppressedReasons": []}
    assert properties["DeliveryOptions"]["TlsPolicy"] == "REQUIRE"


def test_nobody_is_tracked(resources: dict[str, Any]) -> None:
    """Opening and clicking a letter are not events, and links are not rewritten."""
    assert "TrackingOptions" not in resources["ConfigurationSet"]["Properties"]
    events = resources["ConfigurationSetEvents"]["Properties"]["EventDestination"]["MatchingEventTypes"]
    assert set(events) == {"BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"}


def test_letters_hear_of_their_own_mail_only(resources: dict[str, Any]) -> None:
    """Two stacks in one account do not hear of each other's letters."""
    pattern = resources["LettersHearOfMail"]["Properties"]["EventPattern"]
    assert pattern["source"] == ["aws.ses"]
    assert pattern["detail"]["mail"]["tags"]["ses:configuration-set"] == [{"Ref": "ConfigurationSet"}]


def test_no_address_comes_along_with_a_bounce(resources: dict[str, Any]) -> None:
    """What is passed on of an event names the letter and not the addressee; it has the shape of events/bounce.json."""
    [target] = resources["LettersHearOfMail"]["Properties"]["Targets"]
    transformer = target["InputTransformer"]
    paths = transformer["InputPathsMap"]
    passed = "$.detail.mail.messageId", "$.detail.mail.tags.entry", "$.detail.mail.tags.letter", "$.detail.eventType"
    assert {path for path in paths.values() if path.startswith("$.detail.")} == set(passed)
    filled = transformer["InputTemplate"]
    for name in paths:
        filled = filled.replace(f'"<{name}>"', '"x"').replace(f"<{name}>", '["x"]')
    assert json.loads(filled)["detail"]["mail"]["tags"] == {"entry": ["x"], "letter": ["x"]}


def test_mail_is_received_only_where_asked_for(resources: dict[str, Any]) -> None:
    """No rule is made without recipients, and no rule set where the firm has an active one."""
    assert resources["InboxRule"]["Condition"] == "ReceivesMail"
    assert resources["InboxRuleSet"]["Condition"] == "OwnRuleSet"
    rule = resources["InboxRule"]["Properties"]["Rule"]
    assert (rule["ScanEnabled"], rule["TlsPolicy"]) == (True, "Optional")
    [action] = rule["Actions"]
    assert action == {"S3Action": {"BucketName": {"Ref": "InboxBucket"}, "ObjectKeyPrefix": {"Ref": "InboxPrefix"}}}


@pytest.mark.parametrize(("name", "metric"), [("RetentionIsMissing", "RetentionRun"), ("AuditIsMissing", "AuditorRun")])
def test_a_missed_run_raises_an_alarm(resources: dict[str, Any], name: str, metric: str) -> None:
    """Two hours without a finished run of retention or audit is an alarm, also when no metric comes at all (N7)."""
    alarm = resources[name]["Properties"]
    assert (alarm["MetricName"], alarm["TreatMissingData"]) == (metric, "breaching")
    assert (alarm["Period"], alarm["EvaluationPeriods"]) == (3600, 2)


@pytest.mark.parametrize(
    ("alarm", "metric"),
    [
        ("DataIsOverdue", "Overdue"),
        ("CasesAreOverdue", "CasesOverdue"),
        ("BreachIsNotReported", "IncidentsOverdue"),
        ("LettersFail", "LettersFailed"),
        ("LettersAreHeld", "LettersHeld"),
        ("PromiseIsBroken", "PromisesBroken"),
    ],
)
def test_one_is_too_many(resources: dict[str, Any], alarm: str, metric: str) -> None:
    """One overdue entry, one failed or held letter and one broken promise are enough for an alarm."""
    properties = resources[alarm]["Properties"]
    assert (properties["MetricName"], properties["Threshold"]) == (metric, 0)
    assert properties["ComparisonOperator"] == "GreaterThanThreshold"


@pytest.mark.parametrize(
    "alarm",
    [
        "RetentionIsMissing",
        "DataIsOverdue",
        "CasesAreOverdue",
        "BreachIsNotReported",
        "LettersFail",
        "LettersAreHeld",
        "CodesAreGuessed",
        "AuditIsMissing",
        "PromiseIsBroken",
    ],
)
def test_alarms_watch_this_stack(resources: dict[str, Any], alarm: str) -> None:
    """The metrics are told apart by the name that the function publishes under."""
    properties = resources[alarm]["Properties"]
    [dimension] = properties["Dimensions"]
    published = {
        json.dumps(function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"])
        for _, function in of_type(resources, "AWS::Serverless::Function")
    }
    assert properties["Namespace"] == "Nakoming"
    assert (dimension["Name"], json.dumps(dimension["Value"]) in published) == ("service", True)


def test_guessing_on_a_large_scale_is_an_alarm(resources: dict[str, Any]) -> None:
    """A wrong code or two are typing errors; thirty within an hour are not, and far fewer than a guesser needs."""
    alarm = resources["CodesAreGuessed"]["Properties"]
    assert (alarm["MetricName"], alarm["Statistic"], alarm["Period"], alarm["Threshold"]) == (
        "WrongCodes",
        "Sum",
        3600,
        30,
    )
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def watched(resources: dict[str, Any], metric: str) -> list[Any]:
    """Return what the alarms on a metric of AWS watch, one value per alarm; None is the whole account."""
    alarms = [alarm for _, alarm in of_type(resources, "AWS::CloudWatch::Alarm") if alarm["MetricName"] == metric]
    assert all((alarm["Threshold"], alarm["EvaluationPeriods"]) == (0, 1) for alarm in alarms)
    return [alarm["Dimensions"][0]["Value"] if "Dimensions" in alarm else None for alarm in alarms]


def test_every_function_is_watched(resources: dict[str, Any], functions: dict[str, Any]) -> None:
    """An error of any function is an alarm; signing in fails in front of its user and needs none."""
    names = [value["Ref"] for value in watched(resources, "Errors")]
    assert sorted(names) == sorted(functions.keys() - {"StaffToken"})


def test_throttling_is_watched(resources: dict[str, Any]) -> None:
    """A refusal for lack of concurrency is an alarm, whichever function of the account took it."""
    assert watched(resources, "Throttles") == [None]


def test_every_queue_of_failures_is_watched(resources: dict[str, Any]) -> None:
    """One event that lies in any queue of failures is an alarm."""
    values = watched(resources, "ApproximateNumberOfMessagesVisible")
    queues = [name for name, _ in of_type(resources, "AWS::SQS::Queue")]
    assert sorted(value["Fn::GetAtt"][0] for value in values) == sorted(queues)


def test_every_alarm_goes_to_the_topic(resources: dict[str, Any]) -> None:
    """No alarm rings in an empty room."""
    for name, alarm in of_type(resources, "AWS::CloudWatch::Alarm"):
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}], name
