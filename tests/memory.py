"""A store in memory that behaves as DynamoDB does for what `privacy` asks of it: fast enough for long random histories.

`tests/unit/test_store_contract.py` holds it against moto and the local engine, so that it cannot drift.
"""

from __future__ import annotations

import copy
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from privacy.errors import ConditionFailed
from privacy.writes import MOST, Check, Delete, Put, Update

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from privacy.writes import Key, Write

INDEXES = {"due": ("queue", "due_key"), "list": ("list", "listed_at")}
_TOKENS = re.compile(
    r"attribute_(not_)?exists\(#(\w+)\)|if_not_exists\(#(\w+), (:\w+)\)|#(\w+)|(:\w+)|\bAND\b|\bOR\b|<=|>=|=|<|>|\+|[()]|\s+"
)


class _Missing:
    """An attribute that is not there: every comparison with it is false."""

    def _never(self, _other: object) -> bool:
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _never
    __hash__ = None  # type: ignore[assignment]


class MemoryStore:
    """Tables of items by partition and sort key."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.tables: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}

    def write(self, writes: Sequence[Write]) -> None:
        """Carry out a set whole or not at all, as `TransactWriteItems` does."""
        places = [_place(write) for write in writes]
        assert len(writes) <= MOST, "a transaction holds 100 items"
        assert len(set(places)) == len(places), "a transaction names an item once"
        for index, (write, place) in enumerate(zip(writes, places, strict=True)):
            found = self._table(place[0]).get(place[1:])
            if write.condition and not _holds(write.condition, found or {}, write.values):
                raise ConditionFailed(index, copy.deepcopy(found))
        for write, place in zip(writes, places, strict=True):
            self._carry_out(write, place)

    def put(self, put: Put) -> None:
        """Write one item; one that is there already is this one."""
        with suppress(ConditionFailed):
            self.write([put])

    def get(self, key: Key) -> dict[str, Any] | None:
        """Return an item, or None."""
        return copy.deepcopy(self._table(key.table).get((key.pk, key.sk)))

    def items(self, table: str, pk: str, sk_prefix: str = "") -> Iterator[dict[str, Any]]:
        """Yield the items under one partition key."""
        found = [item for (of, sk), item in sorted(self._table(table).items()) if of == pk and sk.startswith(sk_prefix)]
        yield from copy.deepcopy(found)

    def listed(
        self,
        table: str,
        index: str,
        pk: str,
        *,
        upto: str = "",
        newest_first: bool = False,
        above: str = "",
        page_size: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """Yield what an index holds under `pk`; pages make no difference here."""
        assert page_size >= 0
        hash_name, range_name = INDEXES[index]
        found = [item for item in self._table(table).values() if item.get(hash_name) == pk and range_name in item]
        found = [
            item for item in found if (not upto or item[range_name] <= upto) and (not above or item[range_name] > above)
        ]
        yield from copy.deepcopy(sorted(found, key=lambda item: item[range_name], reverse=newest_first))

    def all(self, table: str) -> list[dict[str, Any]]:
        """Return every item of a table, for tests that look from outside."""
        return list(self._table(table).values())

    def _table(self, name: str) -> dict[tuple[str, str], dict[str, Any]]:
        return self.tables.setdefault(name, {})

    def _carry_out(self, write: Write, place: tuple[str, str, str]) -> None:
        table, key = self._table(place[0]), place[1:]
        if isinstance(write, Put):
            table[key] = copy.deepcopy(write.item)
        elif isinstance(write, Delete):
            table.pop(key, None)
        elif isinstance(write, Update):
            item = table.setdefault(key, {"pk": key[0], "sk": key[1]})
            _update(item, write.expression, write.values)


def _place(write: Write) -> tuple[str, str, str]:
    """Return table and key of a write."""
    if isinstance(write, Put):
        return write.table, write.item["pk"], write.item["sk"]
    assert isinstance(write, (Update, Delete, Check))
    return write.key.table, write.key.pk, write.key.sk


def _holds(condition: str, item: dict[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a condition expression holds for an item."""
    return bool(eval(_python(condition), {"item": item, "values": values, "missing": _Missing()}))  # noqa: S307 - ours


def _python(expression: str) -> str:
    """Return a condition or operand as a Python expression."""
    place, out = 0, []
    while place < len(expression):
        match = _TOKENS.match(expression, place)
        assert match, f"unknown syntax: {expression[place:]}"
        negated, tested, maybe, instead, name, value = match.groups()
        if tested:
            out.append(f"({tested!r} {'not in' if negated else 'in'} item)")
        elif maybe:
            out.append(f"item.get({maybe!r}, values[{instead!r}])")
        elif name:
            out.append(f"item.get({name!r}, missing)")
        elif value:
            out.append(f"values[{value!r}]")
        else:
            out.append({"AND": " and ", "OR": " or ", "=": "=="}.get(match.group(), match.group()))
        place = match.end()
    return "".join(out)


def _update(item: dict[str, Any], expression: str, values: Mapping[str, Any]) -> None:
    """Carry out an update expression: SET and REMOVE."""
    sets, _, removes = expression.removeprefix("SET ").partition(" REMOVE ")
    before = dict(item)
    for assignment in filter(None, re.split(r", (?=#\w+ =)", sets)):
        name, _, operand = assignment.partition(" = ")
        result = eval(_python(operand), {"item": before, "values": values, "missing": _Missing()})  # noqa: S307 - ours
        item[name.strip().removeprefix("#")] = copy.deepcopy(result)
    for name in filter(None, removes.split(", ")):
        item.pop(name.strip().removeprefix("#"), None)
