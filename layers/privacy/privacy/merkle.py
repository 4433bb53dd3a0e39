"""Merkle trees as in RFC 6962 (section 2.1): one hash for a list, and a short proof that one element is in it.

Leaves and nodes are hashed with different prefixes, so that a node can never be passed off as a leaf. SHA-256 throughout.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(content: bytes) -> bytes:
    """Return the hash of one element."""
    return hashlib.sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node with two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a tree over leaf hashes in their order; memory is used for one branch, not for the list."""
    branch: list[tuple[int, bytes]] = []  # complete subtrees from left to right, each smaller than the one before
    for each in leaves:
        size, hashed = 1, each
        while branch and branch[-1][0] == size:
            hashed = _node(branch.pop()[1], hashed)
            size *= 2
        branch.append((size, hashed))
    if not branch:
        return EMPTY
    _, hashed = branch.pop()
    while branch:
        hashed = _node(branch.pop()[1], hashed)
    return hashed


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that lead from the leaf at `index` to the root, the nearest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    return [*path(index, left), root(right)] if index < half else [*path(index - half, right), root(left)]


def rooted(hashed: bytes, index: int, count: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf and its path lead to in a tree of `count` leaves, None when the path cannot be one.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < count:
        return None
    place, last = index, count - 1
    for other in proof:
        if last == 0:
            return None
        if place % 2 or place == last:
            hashed = _node(other, hashed)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            hashed = _node(hashed, other)
        place, last = place >> 1, last >> 1
    return hashed if last == 0 else None
