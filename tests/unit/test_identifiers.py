"""A citizen service number is masked where a word says it is one, and nothing else is touched (P39, UAVG art. 46)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy.identifiers import MASK, is_bsn, mask_bsn


@pytest.mark.parametrize(
    "text",
    ["Mijn BSN is 111222333.", "bsn: 1112.22.333", "BSN111222333", "burgerservicenummer 111 222 333", "sofinummer: 123456782",
     "(bsn 111-222-333)", "BSN-nummer 111222333!", "My citizen service number: 123456782", "bsn 012345672"],
)  # fmt: skip
def test_a_bsn_with_its_word_is_masked(text: str) -> None:
    """However it is written, no digit of it is left."""
    masked, count = mask_bsn(text)
    assert (count, MASK in masked) == (1, True)
    assert not any(digit in masked for digit in "0123456789")


@pytest.mark.parametrize(
    "text",
    ["Ordernummer 111222333", "bsn vergeten, klantnummer 111222334", "bel +31612345678, bsn weet ik niet", "IBAN NL20INGB0001234567, bsn volgt",
     "Het absnelle model 111222333", "bsn? " + "x" * 90 + " 111222333", "KvK 12345678", "bsn 1112223334445"],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    """Without the word nearby, or without the check digit, what people wrote stays as it is."""
    assert mask_bsn(text) == (text, 0)


@given(st.text(max_size=300))
def test_text_without_the_word_is_never_altered(text: str) -> None:
    """A text that does not speak of a BSN comes back as it was."""
    if not any(word in text.lower() for word in ("bsn", "b.s.n", "burger", "sofi", "citizen", "social", "persoons")):
        assert mask_bsn(text) == (text, 0)


@given(st.integers(0, 999_999_999))
def test_one_in_eleven_passes_the_check(number: int) -> None:
    """The check digit is the eleven test: the next number differs in its last digit only and cannot pass too."""
    digits = f"{number:09}"
    others = [digits[:8] + last for last in "0123456789"]
    assert sum(is_bsn(other) for other in others) <= 1
