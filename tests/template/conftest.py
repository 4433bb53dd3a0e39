"""The template as the tests on it read it: short forms of functions (`!Ref`) written out, nothing resolved."""

from typing import Any

import pytest

from tests.template.source import of_type, read


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """Return template.yaml as plain dicts, a copy in which no two places share a part."""
    return read()


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """Return the resources, by name."""
    found: dict[str, Any] = template["Resources"]
    return found


@pytest.fixture(scope="session")
def functions(resources: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of the functions, by name."""
    return dict(of_type(resources, "AWS::Serverless::Function"))
