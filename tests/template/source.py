"""Where the template stands, how its resources are picked out, and what SAM makes of it.

As a program it prints the plain CloudFormation that is deployed, for `make lint` to look at.
"""

import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]


def of_type(resources: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and properties of the resources of a type."""
    for name, resource in resources.items():
        if resource["Type"] == kind:
            yield name, resource["Properties"]


def read() -> dict[str, Any]:
    """Return template.yaml as plain dicts, a copy in which no two places share a part."""
    parsed: dict[str, Any] = json.loads(json.dumps(yaml_parse((ROOT / "template.yaml").read_text("utf-8"))))
    return parsed


def translated(template: dict[str, Any]) -> dict[str, Any]:
    """Return the template as plain CloudFormation, its code being in some bucket."""
    packaged = copy.deepcopy(template)
    sections = [resource.get("Properties", {}) for resource in packaged["Resources"].values()]
    for section in (packaged["Globals"]["Function"], *sections):
        section |= {name: "s3://bucket/key" for name in ("CodeUri", "ContentUri") if name in section}
    session = boto3.Session(region_name="eu-west-1")
    plain: dict[str, Any] = Translator({}, Parser(), boto_session=session).translate(packaged, parameter_values={})
    return {name: section for name, section in plain.items() if name != "Transform"}


if __name__ == "__main__":
    json.dump(translated(read()), sys.stdout, indent=1)
