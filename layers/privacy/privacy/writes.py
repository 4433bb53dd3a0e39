"""One set of writes, carried out whole or not at all. What `privacy` asks of a store, without saying which store.

Expressions are DynamoDB's (`SET #status = :status`); every attribute is written `#name`, so that no reserved word
surprises. Values are plain Python: str, int, bytes, bool, None, list and dict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

ABSENT = "attribute_not_exists(#pk)"
PRESENT = "attribute_exists(#pk)"
MOST = 100
"""The most writes one set can hold (TransactWriteItems)."""


class Key(NamedTuple):
    """Where an item stands: table, partition key, sort key."""

    table: str
    pk: str
    sk: str


class Put(NamedTuple):
    """Write an item that is not there yet, unless `condition` says otherwise."""

    table: str
    item: dict[str, Any]
    condition: str = ABSENT
    values: Mapping[str, Any] = {}


class Update(NamedTuple):
    """Change an item that is there."""

    key: Key
    expression: str
    values: Mapping[str, Any] = {}
    condition: str = PRESENT


def one_more(place: Key, name: str, most: int, until: datetime) -> Update:
    """Return the write that counts one more, up to the most there may be; the counter is forgotten after `until`."""
    values = {":zero": 0, ":one": 1, ":most": most, ":gone": int(until.timestamp())}
    expression = f"SET #{name} = if_not_exists(#{name}, :zero) + :one, #expires_at = :gone"
    return Update(place, expression, values, f"attribute_not_exists(#{name}) OR #{name} < :most")


class Delete(NamedTuple):
    """Remove an item; without a condition it may be gone already."""

    key: Key
    condition: str = ""
    values: Mapping[str, Any] = {}


class Check(NamedTuple):
    """Let the whole set fail unless this item is as said."""

    key: Key
    condition: str = PRESENT
    values: Mapping[str, Any] = {}


Write = Put | Update | Delete | Check


class Writer(Protocol):
    """What a function that only writes needs of the store."""

    def write(self, writes: Sequence[Write]) -> None:
        """Carry out the set whole or not at all.

        Raises ConditionFailed with the place of the write whose condition did not hold and the item found there, and
        StoreUnavailable when the tables do not answer.
        """

    def put(self, put: Put) -> None:
        """Write one item under a random key of its own, in the cheapest way there is.

        An item that is there already is this one, whose acknowledgement was lost. Raises StoreUnavailable.
        """


class Store(Writer, Protocol):
    """What a function that also reads needs of the store. Every read by key is consistent."""

    def get(self, key: Key) -> dict[str, Any] | None:
        """Return the item, or None when there is none."""

    def items(self, table: str, pk: str, sk_prefix: str = "") -> Iterator[dict[str, Any]]:
        """Yield the items under one partition key in the order of their sort keys."""

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
        """Yield what an index holds under `pk`, up to and including the sort key `upto`, above `above` when given.

        Who needs only the first few says so with `page_size`, and pays for no more.
        """


class Keys(Protocol):
    """The keys of the walls and the key of the subject pointers. KMS in production."""

    def public_key(self, wall: str) -> bytes:
        """Return the public key of a wall, DER (SubjectPublicKeyInfo)."""

    def unwrap(self, wall: str, wrapped: bytes) -> bytes:
        """Return the data key. Raises KeyUnavailable when KMS refuses or does not answer."""

    def mac(self, message: bytes) -> bytes:
        """Return the keyed MAC (32 bytes) of a message of at most 4096 bytes."""

    def signing_key(self) -> bytes:
        """Return the public key that evidence is signed for, DER (SubjectPublicKeyInfo)."""

    def sign(self, digest: bytes) -> bytes:
        """Return a signature (ECDSA P-256, DER) of a SHA-256 digest. No two are alike."""
