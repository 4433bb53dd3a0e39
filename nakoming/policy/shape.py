"""Checks the shape of a policy file against its JSON Schema, the one that editors teach with."""

from __future__ import annotations

import difflib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from nakoming.policy.document import FOLDER, Document, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError

_ENGLISH_TYPES = {"object": "a mapping", "array": "a list", "string": "text", "boolean": "true or false"}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the policy files."""
    loaded: dict[str, Any] = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    return loaded


def shape_faults(document: Document) -> Iterator[Fault]:
    """Yield what a schema can see: unknown and missing names, wrong kinds of values, values outside a list."""
    for error in Draft202012Validator(schema()).iter_errors(document.data):
        place: Place = tuple(error.absolute_path)
        for where, reason, remedy in _explain(error, place):
            yield document.fault(where, reason, remedy)


def dotted(place: Place) -> str:
    """Return a place as people write it: categories.visits.retention."""
    return ".".join(str(step) for step in place) or "this file"


def _explain(error: ValidationError, place: Place) -> list[tuple[Place, str, str]]:
    """Return, per thing that is wrong, its place, the reason and the remedy."""
    if error.validator == "additionalProperties":
        return [_unknown(error, place, name) for name in sorted(_unexpected(error))]
    if error.validator == "required":
        return [_missing(error, place)]
    if error.validator == "propertyNames" or "propertyNames" in error.absolute_schema_path:
        allowed = error.schema.get("enum") or error.schema.get("pattern")
        return [((*place, error.instance), f"`{error.instance}` cannot be a name in {dotted(place)}", f"use {allowed}")]
    return [(place, f"{dotted(place)} {_says(error)}", _remedy(error.schema))]


def _unexpected(error: ValidationError) -> set[str]:
    """Return the names that the schema does not know at this place."""
    return set(error.instance) - set(error.schema.get("properties", {}))


def _unknown(error: ValidationError, place: Place, name: str) -> tuple[Place, str, str]:
    """Explain a name that does not exist here, with the one that was probably meant."""
    known = sorted(error.schema["properties"])
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"did you mean `{near[0]}`?" if near else f"remove it; known here: {', '.join(known)}"
    return (*place, name), f"{dotted(place)} knows no `{name}`", remedy


def _missing(error: ValidationError, place: Place) -> tuple[Place, str, str]:
    """Explain a name that must be here, with what it is for."""
    name = next(name for name in error.validator_value if error.message.startswith(repr(name)))
    return place, f"{dotted(place)} has no `{name}`", f"add it: {_remedy(error.schema['properties'][name])}"


def _says(error: ValidationError) -> str:
    """Return what is wrong with one value."""
    match error.validator:
        case "type":
            kind = str(error.validator_value)
            return f"must be {_ENGLISH_TYPES.get(kind, 'a whole number')}, not {json.dumps(error.instance)}"
        case "enum" | "const":
            allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
            return f"cannot be {json.dumps(error.instance)}; it can be {', '.join(map(_plain, allowed))}"
        case "pattern":
            return f"cannot be {json.dumps(error.instance)}"
        case "minimum" | "maximum":
            return f"cannot be {error.instance}: {error.validator} is {error.validator_value}"
        case "uniqueItems":
            return "says the same twice"
        case _:
            return "must not be empty"


def _plain(value: object) -> str:
    """Return a value as YAML shows it."""
    return value if isinstance(value, str) else json.dumps(value)


def _remedy(found: dict[str, Any]) -> str:
    """Return what the schema says this value is for."""
    target = found
    if "description" not in target and "$ref" in target:
        target = schema()["$defs"][target["$ref"].rpartition("/")[2]]
    return str(target.get("description", "see policies/schema.json")).rstrip(".")
