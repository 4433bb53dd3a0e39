"""What every store must do, whoever stands behind it: run against the store in memory, moto and the local engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from privacy.errors import ConditionFailed
from privacy.writes import Check, Delete, Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.writes import Store


def key(sk: str, pk: str = "a") -> Key:
    """Return a place in the vault."""
    return Key("vault", pk, sk)


def item(sk: str, pk: str = "a", **more: Any) -> dict[str, Any]:
    """Return an item of the vault."""
    return {"pk": pk, "sk": sk, **more}


def values_come_back_as_they_went_in(store: Store) -> None:
    """Text, numbers, bytes, truth, nothing, lists and maps are what they were."""
    stored = item(
        "1",
        text="ü€🙂",
        number=-7,
        raw=b"\x00\xff",
        yes=True,
        none=None,
        many=["a", 1, b"b"],
        map={"a": {"b": False}},
        empty="",
    )
    store.write([Put("vault", stored)])
    assert store.get(key("1")) == stored
    assert store.get(key("2")) is None


def a_put_does_not_overwrite(store: Store) -> None:
    """Leave what is there, and tell it."""
    store.write([Put("vault", item("1", n=1))])
    with pytest.raises(ConditionFailed) as refused:
        store.write([Put("vault", item("2")), Put("vault", item("1", n=2))])
    assert (refused.value.index, refused.value.found["n"]) == (1, 1)
    assert store.get(key("2")) is None
    assert store.get(key("1")) == item("1", n=1)


def a_single_put_is_there_once(store: Store) -> None:
    """Write one item; sent again after a lost acknowledgement, it is there once and nothing is wrong."""
    for number in (1, 2):
        store.put(Put("traffic", item("1", n=number, sealed=b"\x00")))
    assert list(store.items("traffic", "a")) == [item("1", n=1, sealed=b"\x00")]


def a_put_may_replace_when_told_so(store: Store) -> None:
    """Without a condition the last one stays; with one it depends on what is there."""
    store.write([Put("vault", item("1", n=1))])
    store.write([Put("vault", item("1", n=2), "")])
    expired = "attribute_not_exists(#pk) OR #n <= :now"
    store.write([Put("vault", item("1", n=3), expired, {":now": 2})])
    with pytest.raises(ConditionFailed):
        store.write([Put("vault", item("1", n=4), expired, {":now": 2})])
    assert store.get(key("1")) == item("1", n=3)


def an_update_changes_removes_and_counts(store: Store) -> None:
    """SET, REMOVE and a sum; an item that is not there is not made."""
    store.write([Put("vault", item("1", status="open", n=1, gone="x"))])
    store.write([Update(key("1"), "SET #status = :new, #n = #n + :one REMOVE #gone", {":new": "done", ":one": 1})])
    assert store.get(key("1")) == item("1", status="done", n=2)
    with pytest.raises(ConditionFailed):
        store.write([Update(key("2"), "SET #n = :one", {":one": 1})])
    assert store.get(key("2")) is None


def an_update_may_begin_what_it_counts(store: Store) -> None:
    """Count from nothing where nothing is, up to a most, and keep what was there first."""
    begin = "SET #n = if_not_exists(#n, :zero) + :one, #first = if_not_exists(#first, :new)"
    upto = "attribute_not_exists(#n) OR #n < :two"
    for round_ in ("a", "b"):
        store.write([Update(key("1"), begin, {":zero": 0, ":one": 1, ":two": 2, ":new": round_}, upto)])
    with pytest.raises(ConditionFailed):
        store.write([Update(key("1"), begin, {":zero": 0, ":one": 1, ":two": 2, ":new": "c"}, upto)])
    assert store.get(key("1")) == item("1", n=2, first="a")


def conditions_compare_what_is_there(store: Store) -> None:
    """Compare an absent attribute as false, and let AND bind closer than OR."""
    store.write([Put("vault", item("1", n=5, due="2026"))])
    for condition, holds in {
        "#n = :five": True,
        "#n < :five": False,
        "#absent <= :five": False,
        "attribute_not_exists(#absent) AND #due <= :day": True,
        "#absent = :five OR attribute_exists(#n) AND #n >= :five": True,
        "(#absent = :five OR attribute_exists(#n)) AND #n > :five": False,
    }.items():
        values = {name: value for name, value in {":five": 5, ":day": "2027"}.items() if name in condition}
        if holds:
            store.write([Check(key("1"), condition, values), Put("vault", item(f"after {condition}"))])
        else:
            with pytest.raises(ConditionFailed):
                store.write([Check(key("1"), condition, values), Put("vault", item(f"after {condition}"))])
    assert len([found for found in store.items("vault", "a") if found["sk"].startswith("after")]) == 3


def a_delete_is_conditional_or_tolerant(store: Store) -> None:
    """With a condition only what matches goes; without one, what is gone already is fine."""
    store.write([Put("vault", item("1", n=1))])
    with pytest.raises(ConditionFailed):
        store.write([Delete(key("1"), "#n = :two", {":two": 2})])
    store.write([Delete(key("1"), "#n = :one", {":one": 1}), Delete(key("2"))])
    assert store.get(key("1")) is None


def items_come_in_order_page_by_page(store: Store) -> None:
    """Read a partition whole, in the order of its sort keys, by prefix if asked."""
    for first in range(0, 150, 50):
        store.write([Put("vault", item(f"{number:03}", raw=b"x" * 9000)) for number in range(first, first + 50)])
    store.write([Put("vault", item("other", pk="b"))])
    assert [found["sk"] for found in store.items("vault", "a")] == [f"{number:03}" for number in range(150)]
    assert [found["sk"] for found in store.items("vault", "a", "01")] == [f"01{number}" for number in range(10)]


def an_index_is_sparse_and_sorted(store: Store) -> None:
    """List only what has a place in the index, up to and including a bound, above and without another."""
    store.write([Put("vault", item(str(n), queue="due", due_key=f"2026-0{n}#x")) for n in (3, 1, 2)])
    store.write([Put("vault", item("not listed"))])

    def keys(**bounds: Any) -> list[str]:
        return [found["sk"] for found in store.listed("vault", "due", "due", **bounds)]

    assert keys() == ["1", "2", "3"]
    assert keys(upto="2026-02#~") == ["1", "2"]
    assert keys(above="2026-01#x") == ["2", "3"]
    assert keys(above="2026-01#x", upto="2026-02#x") == ["2"]
    assert keys(newest_first=True, page_size=1) == ["3", "2", "1"]
    store.write([Update(key("2"), "SET #n = :one REMOVE #queue, #due_key", {":one": 1})])
    assert keys() == ["1", "3"]


CONTRACT: list[Callable[[Store], None]] = [
    values_come_back_as_they_went_in,
    a_put_does_not_overwrite,
    a_single_put_is_there_once,
    a_put_may_replace_when_told_so,
    an_update_changes_removes_and_counts,
    an_update_may_begin_what_it_counts,
    conditions_compare_what_is_there,
    a_delete_is_conditional_or_tolerant,
    items_come_in_order_page_by_page,
    an_index_is_sparse_and_sorted,
]
