"""Where the template stands, and how its resources are picked out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def of_type(resources: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and properties of the resources of a type."""
    for name, resource in resources.items():
        if resource["Type"] == kind:
            yield name, resource["Properties"]
