"""One person has one pointer, however they write their address; two people never share one."""

from __future__ import annotations

import pytest
from privacy import subjects
from privacy.errors import BadInput

from tests.fakes import FakeKeys


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("email", " Ada@Example.ORG ", "ada@example.org"),
        ("email", "ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("email", "ada+news@example.org", "ada+news@example.org"),
        ("phone", "020-123 45 67", "+31201234567"),
        ("phone", "+31 (0)20 123 45 67", "+31201234567"),
        ("phone", "0031 20 1234567", "+31201234567"),
        ("phone", "+49 30 123456", "+4930123456"),
        ("username", " Ada ", "ada"),
    ],
)
def test_spellings_of_one_identifier_are_one(kind: str, written: str, meant: str) -> None:
    """Case, spaces, separators and prefixes do not make another person."""
    assert subjects.normalise(kind, written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "ada", "@example.org", "ada@", "ada@example", "a b@example.org", "ada@exam ple.org", "ada@@example.org", "ada@-x.org",
     "ada@example.org\nBcc: x@example.org", ".ada@example.org", "ada..b@example.org", "a" * 65 + "@example.org", "ada@" + "a" * 64 + ".org",
     "<ada@example.org>", "ada@example.org,b@example.org", "\u0430da@example.org", "ada@example..org", '"ada"@example.org', "ada@[127.0.0.1]"],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    """A header, a list, a look-alike or a broken address never becomes an identifier."""
    with pytest.raises(BadInput):
        subjects.email(written)


@pytest.mark.parametrize("written", ["", "abc", "12345", "+", "1234567890123456", "06-1234567x", "٠٦١٢٣٤٥٦٧٨١"[:5]])
def test_what_is_no_number_is_refused(written: str) -> None:
    """Letters, too few or too many digits are no telephone number."""
    with pytest.raises(BadInput):
        subjects.phone(written)


def test_neither_kind_nor_group_nor_value_can_be_confused() -> None:
    """The same text as another kind, or at another controller, is another pointer."""
    keys = FakeKeys()
    pointers = {
        subjects.identify(keys, group, kind, value).pointer()
        for group, kind, value in [
            ("firm", "email", "ada@example.org"),
            ("firm", "username", "ada@example.org"),
            ("other", "email", "ada@example.org"),
            ("firm", "email", "eve@example.org"),
        ]
    }
    assert len(pointers) == 4


def test_what_is_stored_does_not_lead_to_the_secret() -> None:
    """Pointer and repetition tag differ, and neither is the MAC that KMS gave."""
    identity = subjects.identify(FakeKeys(), "firm", "email", "ada@example.org")
    stored = {
        identity.pointer(),
        identity.derive("once", "a"),
        identity.derive("once", "b"),
        identity.derive("once", "a", "b"),
    }
    assert len(stored) == 4
    assert identity.secret.hex() not in stored


def test_an_unknown_kind_of_identifier_is_refused() -> None:
    """An IP address cannot be made into a pointer: there are few enough to try all."""
    with pytest.raises(ValueError, match="unknown kind"):
        subjects.normalise("ip", "192.0.2.1")
