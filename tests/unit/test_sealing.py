"""What is sealed opens only with its key, at its own place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy import sealing
from privacy.errors import Unreadable

from tests.fakes import FakeKeys

BINDING = sealing.Binding("firm", "enquiries", "a" * 26, "2026-11-22")


@given(st.binary(max_size=2000), st.text(max_size=30))
def test_what_was_sealed_comes_back(plaintext: bytes, part: str) -> None:
    """Any content, under any name of a part, opens to the same bytes."""
    key = sealing.new_key()
    part = part.encode(errors="ignore").decode()
    assert sealing.unseal(key, BINDING, part, sealing.seal(key, BINDING, part, plaintext)) == plaintext


@given(st.data())
def test_one_changed_bit_is_noticed(data: st.DataObject) -> None:
    """No bit of a seal can change without the seal being refused."""
    key = sealing.new_key()
    sealed = bytearray(sealing.seal(key, BINDING, "main", b"some content"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        sealing.unseal(key, BINDING, "main", bytes(sealed))


@pytest.mark.parametrize("field", ["controller", "category", "entry", "policy"])
def test_a_seal_does_not_open_elsewhere(field: str) -> None:
    """Moved to another controller, category, entry or policy version, a seal is refused."""
    key = sealing.new_key()
    sealed = sealing.seal(key, BINDING, "main", b"content")
    with pytest.raises(Unreadable):
        sealing.unseal(key, BINDING._replace(**{field: "other"}), "main", sealed)
    with pytest.raises(Unreadable):
        sealing.unseal(key, BINDING, "other", sealed)
    with pytest.raises(Unreadable):
        sealing.unseal(sealing.new_key(), BINDING, "main", sealed)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + b"x" * 40, b"\x01" + b"x" * 12, b"\x01" + b"x" * 27])
def test_what_is_no_seal_is_refused(sealed: bytes) -> None:
    """A truncated or unknown format is unreadable, not a crash."""
    with pytest.raises(Unreadable):
        sealing.unseal(sealing.new_key(), BINDING, "main", sealed)


def test_names_cannot_be_shifted_between_fields() -> None:
    """The associated data is unambiguous: no two bindings share one."""
    one = sealing.Binding("a", "b,c", "d", "e").associated_data("f")
    other = sealing.Binding("a", "b", "c,d", "e").associated_data("f")
    assert one != other


def test_a_wrapped_key_opens_with_the_walls_private_key_only() -> None:
    """The writer needs the public key; the key comes back through the wall's private key."""
    keys, key = FakeKeys(), sealing.new_key()
    wrapped = sealing.wrap(keys.public_key("enquiries"), key)
    assert keys.unwrap("enquiries", wrapped) == key
    with pytest.raises(ValueError, match=r".*"):
        keys.unwrap("cases", wrapped)


def test_the_same_content_never_looks_the_same() -> None:
    """Two seals of one content share nothing an observer could match."""
    key = sealing.new_key()
    assert sealing.seal(key, BINDING, "main", b"x") != sealing.seal(key, BINDING, "main", b"x")
