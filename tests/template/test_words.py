"""The words of the template: what a person who deploys it reads, and that SAM understands it."""

import json
from typing import Any

from tests.template.source import ROOT, translated

HTTP = ("form-", "statement", "desk-", "rights-")


def test_every_parameter_and_output_says_what_it_is(template: dict[str, Any]) -> None:
    """Parameters and outputs have a description, for they are read in a console and at a prompt."""
    for section in ("Parameters", "Outputs"):
        for name, body in template[section].items():
            assert body["Description"].endswith((".", ")")), name


def test_every_parameter_has_a_safe_default(template: dict[str, Any]) -> None:
    """Deploying without a word sends no mail, receives none, and protects what it makes."""
    defaults = {name: body["Default"] for name, body in template["Parameters"].items()}
    assert defaults["SenderAddresses"] == "nobody@invalid"
    assert defaults["MailRecipients"] == ""
    assert (defaults["Disposable"], defaults["RecoveryDays"]) == ("false", 3)


def test_every_parameter_is_shown_in_a_group(template: dict[str, Any]) -> None:
    """The console shows parameters in groups; none is left over."""
    groups = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    assert sorted(name for group in groups for name in group["Parameters"]) == sorted(template["Parameters"])


def test_sam_understands_the_template(template: dict[str, Any]) -> None:
    """The template translates to plain CloudFormation, with a function for each of ours and no role but ours."""
    kinds = [resource["Type"] for resource in translated(template)["Resources"].values()]
    ours = [resource["Type"] for resource in template["Resources"].values()]
    assert kinds.count("AWS::Lambda::Function") == ours.count("AWS::Serverless::Function")
    assert kinds.count("AWS::IAM::Role") == ours.count("AWS::IAM::Role")


def test_http_events_are_of_routes_that_exist(template: dict[str, Any]) -> None:
    """Each example of a request names a route of the template, with the path that belongs to it."""
    routes = {
        resource["Properties"]["RouteKey"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    }
    examples = [path for path in sorted((ROOT / "events").glob("*.json")) if path.name.startswith(HTTP)]
    assert examples
    for path in examples:
        event = json.loads(path.read_text("utf-8"))
        method, _, pattern = event["routeKey"].partition(" ")
        assert event["routeKey"] in routes
        assert event["requestContext"]["http"]["method"] == method
        assert event["rawPath"] == pattern.format(**event.get("pathParameters", {}))


def test_examples_speak_of_nobody() -> None:
    """Every address in the examples is one that belongs to nobody (RFC 2606, RFC 5737)."""
    for path in (ROOT / "events").glob("*.json"):
        text = path.read_text("utf-8")
        addresses = {word.strip('"\\,') for word in text.replace(":", " ").split() if "@" in word}
        assert all(address.endswith(("@example.org", "@voorbeeld.nl")) for address in addresses), path.name
        assert '"sourceIp": "192.0.2.' in text or "sourceIp" not in text, path.name
