"""The template as the tests on it read it: short forms of functions (`!Ref`) written out, nothing resolved."""

import json
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse

from tests.template.source import ROOT, of_type


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """Return template.yaml as plain dicts, a copy in which no two places share a part."""
    parsed: dict[str, Any] = json.loads(json.dumps(yaml_parse((ROOT / "template.yaml").read_text("utf-8"))))
    return parsed


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """Return the resources, by name."""
    found: dict[str, Any] = template["Resources"]
    return found


@pytest.fixture(scope="session")
def functions(resources: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of the functions, by name."""
    return dict(of_type(resources, "AWS::Serverless::Function"))
