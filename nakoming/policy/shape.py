"""Checks the shape of a policy file against its JSON Schema, the one that editors teach with."""

from __future__ import annotations

import difflib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator

from nakoming.policy.document import FOLDER, Document, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH_TYPES = {"object": "a mapping", "array": "a list", "string": "text", "boolean": "true or false"}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the policy files."""
    loaded: dict[str, Any] = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    return loaded


class Wrong(NamedTuple):
    """What the schema has against one place: the `rule` that is broken, what it `wants`, and what was `found`."""

    place: Place
    rule: str
    wants: Any
    found: Any
    schema: dict[str, Any]
    about_names: bool
    message: str


def shape_faults(document: Document) -> Iterator[Fault]:
    """Yield what a schema can see: unknown and missing names, wrong kinds of values, values outside a list."""
    for error in Draft202012Validator(schema()).iter_errors(document.data):
        for place, reason, remedy in _explain(_wrong(error)):
            yield document.fault(place, reason, remedy)


def dotted(place: Place) -> str:
    """Return a place as people write it: categories.visits.retention."""
    return ".".join(str(step) for step in place) or "this file"


def _wrong(error: Any) -> Wrong:
    """Take from the library's error what is explained here."""
    names = "propertyNames" in error.absolute_schema_path
    place = tuple(error.absolute_path)
    return Wrong(place, error.validator, error.validator_value, error.instance, error.schema, names, error.message)


def _explain(wrong: Wrong) -> list[tuple[Place, str, str]]:
    """Return, per thing that is wrong, its place, the reason and the remedy."""
    if wrong.about_names:
        reason = f"`{wrong.found}` cannot be a name in {dotted(wrong.place)}"
        return [((*wrong.place, wrong.found), reason, f"use {_choices(wrong.wants)}")]
    if wrong.rule == "additionalProperties":
        return [_unknown(wrong, name) for name in sorted(set(wrong.found) - set(wrong.schema["properties"]))]
    if wrong.rule == "required":
        return [_missing(wrong)]
    return [(wrong.place, f"{dotted(wrong.place)} {_says(wrong)}", _remedy(wrong.schema))]


def _unknown(wrong: Wrong, name: str) -> tuple[Place, str, str]:
    """Explain a name that does not exist here, with the one that was probably meant."""
    known = sorted(wrong.schema["properties"])
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"did you mean `{near[0]}`?" if near else f"remove it; known here: {', '.join(known)}"
    return (*wrong.place, name), f"{dotted(wrong.place)} knows no `{name}`", remedy


def _missing(wrong: Wrong) -> tuple[Place, str, str]:
    """Explain a name that must be here, with what it is for."""
    name = next(name for name in wrong.wants if wrong.message.startswith(repr(name)))
    reason = f"{dotted(wrong.place)} has no `{name}`"
    return wrong.place, reason, f"add it: {_remedy(wrong.schema['properties'][name])}"


def _says(wrong: Wrong) -> str:
    """Return what is wrong with one value."""
    found = json.dumps(wrong.found, ensure_ascii=False)
    match wrong.rule:
        case "type":
            return f"must be {_ENGLISH_TYPES.get(wrong.wants, 'a whole number')}, not {found}"
        case "enum" | "const":
            return f"cannot be {found}; it can be {_choices(wrong.wants)}"
        case "pattern":
            return f"cannot be {found}"
        case "minimum" | "maximum":
            return f"cannot be {found}: {wrong.rule} is {wrong.wants}"
        case "uniqueItems":
            return "says the same twice"
        case _:
            return "must not be empty"


def _choices(wants: object) -> str:
    """Return what a value or a name may be, as YAML shows it."""
    values = wants if isinstance(wants, list) else [wants]
    return ", ".join(value if isinstance(value, str) else json.dumps(value) for value in values)


def _remedy(found: dict[str, Any]) -> str:
    """Return what the schema says this value is for."""
    target = found
    if "description" not in target and "$ref" in target:
        target = schema()["$defs"][target["$ref"].rpartition("/")[2]]
    return str(target.get("description", "see policies/schema.json")).rstrip(".")
