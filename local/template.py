"""Reading template.yaml as the embedded run deploys it: packaged, transformed, without what the engine mishandles."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from nakoming import build

TEMPLATE = build.ROOT / "template.yaml"

# The engine refuses a request that fulfils these conditions, or does not look at them at all; that they are there is
# checked on the template itself. Each with the reason.
LEFT_OUT_CONDITIONS = {
    "dynamodb:LeadingKeys": "not evaluated by the engine, so a request that fulfils it is refused",
    "kms:EncryptionContext": "a request that fulfils it is refused",
    "kms:ViaService": "never set by the engine",
}

# What the engine has no idea of, each with what does its work in the embedded run.
LEFT_OUT_TYPES = {
    "AWS::SES::ReceiptRuleSet": "the SMTP door receives",
    "AWS::SES::ReceiptRule": "the SMTP door receives, for the addresses of the policy files",
}

METRIC_MATH = "the engine evaluates alarms on one metric only, not on a sum of several"

FOLDERS = {"functions/": "functions", "web/": "web", "layers/privacy": "layer"}


class TemplateRefused(Exception):
    """The template cannot be transformed; the message is what SAM says."""


def read(path: Path = TEMPLATE) -> dict[str, Any]:
    """Return the template as it stands in the file."""
    parsed = yaml_parse(path.read_text("utf-8"))
    return dict(json.loads(json.dumps(parsed)))


def for_the_engine(
    template: dict[str, Any], bucket: str, keys: dict[str, str], region: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the template as CloudFormation takes it, and in words what was left out.

    `keys` says under which keys of `bucket` the zips `functions` and `layer` lie. Raises `TemplateRefused`.
    """
    packaged = _packaged(copy.deepcopy(template), bucket, keys)
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=region))
    try:
        translated = translator.translate(packaged, parameter_values=_defaults(packaged))
    except InvalidDocumentException as error:
        raise TemplateRefused("; ".join(cause.message for cause in error.causes)) from error
    translated.pop("Transform", None)
    left = sorted({f"{r['Type']}: {reason}" for r in translated["Resources"].values() if (reason := left_out(r))})
    left += [f"condition {key}: {reason}" for key, reason in LEFT_OUT_CONDITIONS.items()]
    return dict(_without_conditions(_without_types(translated))), tuple(left)


def left_out(resource: dict[str, Any]) -> str | None:
    """Say why a resource is not deployed in the embedded run, or None when it is."""
    if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]:
        return METRIC_MATH
    return LEFT_OUT_TYPES.get(resource["Type"])


def _without_types(translated: dict[str, Any]) -> dict[str, Any]:
    """Drop the resources that the engine has no idea of, and the outputs that speak of them."""
    dropped = {name for name, resource in translated["Resources"].items() if left_out(resource)}
    for name in dropped:
        del translated["Resources"][name]
    for name, output in list(translated.get("Outputs", {}).items()):
        text = json.dumps(output)
        if any(f'"{resource}"' in text or f"${{{resource}}}" in text for resource in dropped):
            del translated["Outputs"][name]
    return translated


def _packaged(template: dict[str, Any], bucket: str, keys: dict[str, str]) -> dict[str, Any]:
    """Let every local folder of code point to its zip in the bucket."""
    for section in _sections(template):
        for name in ("CodeUri", "ContentUri"):
            if name in section:
                section[name] = f"s3://{bucket}/{keys[FOLDERS[section[name]]]}"
    return template


def _sections(template: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the sections that may name a folder of code."""
    yield template.get("Globals", {}).get("Function", {})
    for resource in template["Resources"].values():
        if resource["Type"].startswith("AWS::Serverless::"):
            yield resource.get("Properties", {})


def _defaults(template: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters' defaults, which is all that the transform may look at."""
    return {name: p["Default"] for name, p in template.get("Parameters", {}).items() if "Default" in p}


def _without_conditions(node: Any) -> Any:
    """Return a policy tree without the conditions that the engine mishandles."""
    if isinstance(node, list):
        return [_without_conditions(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _without_conditions(value) for name, value in node.items()}
    if "Effect" in kept and isinstance(kept.get("Condition"), dict):
        condition = {
            operator: {key: value for key, value in tests.items() if key not in LEFT_OUT_CONDITIONS}
            for operator, tests in kept["Condition"].items()
        }
        kept["Condition"] = {operator: tests for operator, tests in condition.items() if tests}
        if not kept["Condition"]:
            del kept["Condition"]
    return kept
