"""Functions: what wakes them, what they are told, and where their failures go."""

import json
import re
from typing import Any

import pytest

from tests.template.source import ROOT, of_type

# What each function is told; all of it, and nothing else. The code refuses to start without, and says the name.
VARIABLES = {
    "ContactForm": {"VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "POINTER_KEY", "WALL_ENQUIRIES", "BASE_URL"},
    "Letters": {
        *(
            "VAULT_TABLE",
            "RECORDS_TABLE",
            "TRAFFIC_TABLE",
            "WALL_ENQUIRIES",
            "WALL_CASES",
            "CONFIGURATION_SET",
            "BASE_URL",
        ),
    },
    "Desk": {
        *("VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "EVIDENCE_TABLE", "STATISTICS_TABLE", "POINTER_KEY"),
        *("WALL_ENQUIRIES", "WALL_CASES", "SEALED_BUCKET", "BASE_URL"),
    },
    "PrivacyMail": {
        *("VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "POINTER_KEY", "WALL_ENQUIRIES", "WALL_CASES"),
        *("INBOX_BUCKET", "INBOX_PREFIX", "SEALED_BUCKET"),
    },
    "Retention": {"VAULT_TABLE", "RECORDS_TABLE", "EVIDENCE_TABLE", "SEALED_BUCKET"},
    "Auditor": {"VAULT_TABLE", "RECORDS_TABLE", "EVIDENCE_TABLE", "EVIDENCE_KEY", "INBOX_BUCKET", "INBOX_PREFIX"},
    "Visits": {"VAULT_TABLE", "TRAFFIC_TABLE", "WALL_VISITORS"},
    "Statistics": {"VAULT_TABLE", "TRAFFIC_TABLE", "STATISTICS_TABLE", "WALL_VISITORS"},
    "Security": {
        *("VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "EVIDENCE_TABLE"),
        *("WALL_VISITORS", "WALL_CASES", "BASE_URL"),
    },
    "Rights": {"VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "POINTER_KEY", "WALL_CASES", "FULFIL_FUNCTION"},
    "Fulfil": {
        *("VAULT_TABLE", "RECORDS_TABLE", "TRAFFIC_TABLE", "EVIDENCE_TABLE", "POINTER_KEY"),
        *("WALL_ENQUIRIES", "WALL_CASES", "SEALED_BUCKET", "HANDOUT_BUCKET", "BASE_URL"),
    },
    "DeskPage": {"SIGN_IN_CLIENT_ID", "SIGN_IN_AUTHORIZE", "SIGN_IN_TOKEN", "SIGN_IN_REVOKE", "SIGN_IN_SIGN_OUT"},
    "StaffToken": set(),
    "Statement": {"RECORDS_TABLE", "EVIDENCE_TABLE"},
}
ASYNCHRONOUS = ("Letters", "PrivacyMail", "Retention", "Auditor", "Statistics", "Fulfil")


@pytest.mark.parametrize("function", VARIABLES)
def test_a_function_is_told_what_it_uses(functions: dict[str, Any], function: str) -> None:
    """The variables of a function are the listed ones, beside its name."""
    told = set(functions[function]["Environment"]["Variables"])
    assert told == VARIABLES[function] | {"POWERTOOLS_SERVICE_NAME"}


@pytest.mark.parametrize("function", VARIABLES)
def test_the_handler_exists(functions: dict[str, Any], function: str) -> None:
    """The handler named in the template is a function in functions/, or beside the files that it serves."""
    folder = functions[function].get("CodeUri", "functions/")
    module, _, name = functions[function]["Handler"].partition(".")
    assert f"def {name}(" in (ROOT / folder / f"{module}.py").read_text("utf-8")


def test_functions_run_on_the_runtime_that_the_layer_is_built_for(template: dict[str, Any]) -> None:
    """Functions and layer agree on Python and processor."""
    function, layer = template["Globals"]["Function"], template["Resources"]["PrivacyLayer"]
    assert layer["Properties"]["CompatibleRuntimes"] == [function["Runtime"]] == ["python3.13"]
    assert layer["Properties"]["CompatibleArchitectures"] == function["Architectures"] == ["arm64"]
    assert layer["Metadata"]["BuildArchitecture"] == "arm64"


@pytest.mark.parametrize("function", ASYNCHRONOUS)
def test_what_fails_for_good_is_kept(resources: dict[str, Any], function: str) -> None:
    """An event that an asynchronous function could not deal with goes to its queue of failures."""
    [config] = [
        properties
        for _, properties in of_type(resources, "AWS::Lambda::EventInvokeConfig")
        if properties["FunctionName"] == {"Ref": function}
    ]
    queue = f"{function}Failures"
    assert config["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert resources[queue]["Properties"]["SqsManagedSseEnabled"] is True


def test_what_a_rule_cannot_deliver_is_kept(resources: dict[str, Any]) -> None:
    """Every target of every rule has a queue for what was never delivered, and the queue lets that rule in."""
    for name, rule in of_type(resources, "AWS::Events::Rule"):
        for target in rule["Targets"]:
            queue = target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0]
            policy = resources[f"{queue}Policy"]["Properties"]["PolicyDocument"]
            assert f'["{name}", "Arn"]' in json.dumps(policy)


def test_every_rule_may_call_its_function(resources: dict[str, Any]) -> None:
    """Each rule has the permission to invoke, for itself only."""
    permissions = [properties for _, properties in of_type(resources, "AWS::Lambda::Permission")]
    for name, rule in of_type(resources, "AWS::Events::Rule"):
        function = rule["Targets"][0]["Arn"]["Fn::GetAtt"][0]
        assert {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": function},
            "Principal": "events.amazonaws.com",
            "SourceArn": {"Fn::GetAtt": [name, "Arn"]},
        } in permissions


def test_the_hourly_functions_run_hourly(resources: dict[str, Any]) -> None:
    """Retention, letters, received mail, rights and the promises are looked at every hour."""
    hourly = {
        rule["Targets"][0]["Arn"]["Fn::GetAtt"][0]
        for _, rule in of_type(resources, "AWS::Events::Rule")
        if rule.get("ScheduleExpression") == "rate(1 hour)" and rule["State"] == "ENABLED"
    }
    assert hourly == {"Retention", "Letters", "PrivacyMail", "Auditor", "Fulfil"}


def test_visits_are_counted_every_night(resources: dict[str, Any]) -> None:
    """Once a day, when the day is over in the Netherlands, winter and summer."""
    rule = resources["StatisticsEveryNight"]["Properties"]
    assert (rule["ScheduleExpression"], rule["State"]) == ("cron(15 2 * * ? *)", "ENABLED")


@pytest.mark.parametrize(("function", "what"), [("Letters", "letter#"), ("Fulfil", "task#")])
def test_the_stream_wakes_each_for_its_own_kind_of_item(resources: dict[str, Any], function: str, what: str) -> None:
    """The stream calls `letters` for inserted letters and `fulfil` for tasks; one bad record does not hold up the others."""
    mappings = [properties for _, properties in of_type(resources, "AWS::Lambda::EventSourceMapping")]
    assert len(mappings) == 2
    [mapping] = [each for each in mappings if each["FunctionName"] == {"Ref": function}]
    [[pattern]] = [[json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]]]
    assert pattern == {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": what}]}}}}
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["MaximumRetryAttempts"] > 0
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [f"{function}Failures", "Arn"]}


def test_received_mail_calls_privacy_mail(resources: dict[str, Any]) -> None:
    """A new object under the prefix calls `privacy_mail`; the bucket may do so and no other."""
    [notification] = resources["InboxBucket"]["Properties"]["NotificationConfiguration"]["LambdaConfigurations"]
    assert notification["Function"] == {"Fn::GetAtt": ["PrivacyMail", "Arn"]}
    assert notification["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": {"Ref": "InboxPrefix"}}]
    permission = resources["InboxMayCallPrivacyMail"]["Properties"]
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert permission["SourceArn"]["Fn::Sub"][0].endswith(
        resources["InboxBucket"]["Properties"]["BucketName"]["Fn::Sub"][0]
    )


def test_nothing_of_the_embedded_run_is_deployed(template: dict[str, Any]) -> None:
    """The template takes code from functions/, layers/ and web/ and from nowhere else."""
    sources = [template["Globals"]["Function"]["CodeUri"]]
    sources += [
        resource["Properties"][name]
        for resource in template["Resources"].values()
        for name in ("CodeUri", "ContentUri")
        if name in resource.get("Properties", {})
    ]
    assert set(sources) == {"functions/", "layers/privacy", "web/"}
    deployed = [
        path for folder in ("functions", "layers/privacy/privacy", "web") for path in (ROOT / folder).rglob("*.py")
    ]
    assert deployed
    assert not [
        path for path in deployed if re.search(r"^\s*(from|import) local\b", path.read_text("utf-8"), re.MULTILINE)
    ]
