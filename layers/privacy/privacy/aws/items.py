"""Plain Python values to DynamoDB's attribute values and back, and one set of writes to `TransactWriteItems`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from privacy.writes import Delete, Put, Update

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privacy.writes import Write

_NAME = re.compile(r"#(\w+)")


def to_attribute(value: object) -> dict[str, Any]:  # noqa: PLR0911 - one answer per type
    """Return the attribute value of a plain Python value. Raises TypeError for a type that is not stored."""
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, (int, Decimal)):
        return {"N": str(value)}
    if isinstance(value, (bytes, bytearray)):
        return {"B": bytes(value)}
    if value is None:
        return {"NULL": True}
    if isinstance(value, (list, tuple)):
        return {"L": [to_attribute(element) for element in value]}
    if isinstance(value, dict):
        return {"M": {name: to_attribute(element) for name, element in value.items()}}
    message = f"a value of type {type(value).__name__} is not stored"
    raise TypeError(message)


def from_attribute(attribute: Mapping[str, Any]) -> Any:
    """Return the plain Python value of an attribute value; numbers come back as int."""
    [(kind, value)] = attribute.items()
    if kind == "N":
        return int(value) if value.lstrip("-").isdigit() else Decimal(value)
    if kind == "L":
        return [from_attribute(element) for element in value]
    if kind == "M":
        return from_item(value)
    return None if kind == "NULL" else value


def to_item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as DynamoDB takes it."""
    return {name: to_attribute(value) for name, value in fields.items()}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as plain Python."""
    return {name: from_attribute(value) for name, value in item.items()}


def expression(text: str) -> dict[str, str]:
    """Return the names that an expression uses: every `#name` stands for the attribute of that name."""
    return {f"#{name}": name for name in _NAME.findall(text)}


def transaction(writes: Sequence[Write], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return `TransactItems` of a set of writes; `names` maps our tables to the deployed ones."""
    return [_transact_item(write, names) for write in writes]


def _transact_item(write: Write, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one element of `TransactItems`, telling what was found when its condition fails."""
    request: dict[str, Any] = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    if isinstance(write, Put):
        request |= {"TableName": names[write.table], "Item": to_item(write.item)}
    else:
        key = {"pk": write.key.pk, "sk": write.key.sk}
        request |= {"TableName": names[write.key.table], "Key": to_item(key)}
    used = write.condition
    if write.condition:
        request["ConditionExpression"] = write.condition
    if isinstance(write, Update):
        request["UpdateExpression"] = write.expression
        used += write.expression
    if mentioned := expression(used):
        request["ExpressionAttributeNames"] = mentioned
    if write.values:
        request["ExpressionAttributeValues"] = to_item(write.values)
    operation = {Put: "Put", Update: "Update", Delete: "Delete"}.get(type(write), "ConditionCheck")
    return {operation: request}
