"""Merkle trees are those of RFC 6962, and a path proves its leaf and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy import merkle

# The reference implementation of RFC 6962 (google/certificate-transparency, merkle tree tests): leaves, and roots by their number.
LEAVES = [
    bytes.fromhex(each)
    for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(9))
def test_roots_are_those_of_the_reference_implementation(count: int) -> None:
    """The known trees of zero to eight leaves have the known roots."""
    assert merkle.root(merkle.leaf(each) for each in LEAVES[:count]).hex() == ROOTS[count]


@given(st.integers(1, 70), st.data())
def test_a_path_proves_its_leaf_at_its_place(count: int, data: st.DataObject) -> None:
    """In a tree of any size a path leads from its leaf to the root; from another place, leaf or tree, or shortened, it does not."""
    leaves = [merkle.leaf(bytes([each])) for each in range(count)]
    index = data.draw(st.integers(0, count - 1))
    root, path = merkle.root(leaves), merkle.path(index, leaves)
    assert merkle.rooted(leaves[index], index, count, path) == root
    for other in set(range(count)) - {index}:
        assert merkle.rooted(leaves[index], other, count, path) != root
        assert merkle.rooted(leaves[other], index, count, path) != root
    assert merkle.rooted(leaves[index], index, count, [*path, root]) != root
    assert not path or merkle.rooted(leaves[index], index, count, path[:-1]) != root
    assert merkle.rooted(leaves[index], count, count, path) is None


def test_no_node_passes_for_a_leaf() -> None:
    """The hash of two leaves is not the hash of one whose content is the two."""
    leaves = [merkle.leaf(b"a"), merkle.leaf(b"b")]
    assert merkle.root(leaves) != merkle.leaf(leaves[0] + leaves[1])
    with pytest.raises(IndexError):
        merkle.path(2, leaves)
