"""Corrections as people write them: what is stated clearly is read, and nothing else is."""

from __future__ import annotations

import pytest
from privacy import corrections
from privacy.corrections import Correction
from privacy.errors import BadInput

CLEAR = [
    ("Kunt u mijn naam wijzigen van Ada Vorbeeld naar Ada Voorbeeld?", ("name", "Ada Vorbeeld", "Ada Voorbeeld")),
    ("Mijn naam is niet Ada Vorbeeld maar Ada Voorbeeld.", ("name", "Ada Vorbeeld", "Ada Voorbeeld")),
    ("De juiste naam is: Ada van der Voorbeeld", ("name", "", "Ada van der Voorbeeld")),
    ("My name is not Ada Vorbeeld, but Ada Voorbeeld.", ("name", "Ada Vorbeeld", "Ada Voorbeeld")),
    ("Please change my name from Ada Vorbeeld to Ada Voorbeeld.", ("name", "Ada Vorbeeld", "Ada Voorbeeld")),
    ('My last name "Vorbeeld" should be "Voorbeeld".', ("name", "Vorbeeld", "Voorbeeld")),
    ("Mijn nieuwe e-mailadres is Ada.Nieuw@Example.org.", ("email", "", "ada.nieuw@example.org")),
    (
        "Graag mijn mailadres veranderen van ada@example.org in nieuw@voorbeeld.nl, dank u.",
        ("email", "ada@example.org", "nieuw@voorbeeld.nl"),
    ),
    ("Mijn telefoonnummer moet zijn: +31 6 00000000", ("phone", "", "+31 6 00000000")),
    ("My new phone number is +31 6 00000001, thanks", ("phone", "", "+31 6 00000001")),
    ("Mijn nieuwe adres is Voorbeeldstraat 2, 1000 AA Amsterdam", ("address", "", "Voorbeeldstraat 2")),
]
UNCLEAR = [
    "Mijn gegevens kloppen niet.",
    "Mijn naam is Ada Voorbeeld en ik wil mijn gegevens laten verbeteren.",
    "Mijn nieuwe e-mailadres is geen adres.",
    "Mijn nieuwe naam is Ada Een. Mijn nieuwe naam is Ada Twee.",
    "Mijn nieuwe telefoonnummer is 06.",
    "My name is spelled wrongly.",
    "",
]


@pytest.mark.parametrize(("text", "stated"), CLEAR)
def test_what_is_stated_clearly_is_read(text: str, stated: tuple[str, str, str]) -> None:
    """Field, old value where it is named, and new value, in both languages."""
    [found] = corrections.read(text)
    assert (found.field, found.old) == stated[:2]
    assert found.new.startswith(stated[2]) if stated[0] == "address" else found.new == stated[2]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_left_to_people(text: str) -> None:
    """A name that only signs, two new values, a value that is none: nothing is guessed."""
    assert corrections.read(text) == []


def test_two_fields_are_two_corrections() -> None:
    """Each field is read for itself."""
    found = corrections.read("De juiste naam is Ada Voorbeeld.\nMijn nieuwe e-mailadres is ada@voorbeeld.nl.")
    assert [(each.field, each.new) for each in found] == [("name", "Ada Voorbeeld"), ("email", "ada@voorbeeld.nl")]


def test_reading_takes_no_time() -> None:
    """A long hostile letter is read in a moment."""
    for text in ("mijn naam is niet " + "Aa " * 30_000, "adres A" * 20_000, "naam van A" * 20_000, "1 " * 50_000):
        assert corrections.read(text) == []


@pytest.mark.parametrize(
    ("correction", "fields", "is_so"),
    [
        (Correction("name", "", "Ada"), {"name": "Ad"}, True),
        (Correction("name", "", "Ada"), {"name": " Ada "}, False),
        (Correction("name", "Bob", "Ada"), {"name": "Ad"}, False),
        (Correction("email", "a@example.org", "b@example.org"), {"email": "A@Example.org"}, True),
        (Correction("email", "", "b@example.org"), {"email": "B@example.org"}, False),
        (Correction("phone", "020 123 45 67", "+31 6 00000000"), {"phone": "+31201234567"}, True),
        (Correction("phone", "", "+31 6 00000000"), {"email": "a@example.org"}, False),
        (Correction("phone", "020 123 45 67", "+31 6 00000000"), {"phone": "?"}, False),
        (Correction("name", "", "Ada"), {"name": ["Ad"]}, False),
    ],
)
def test_what_stands_there_is_compared_as_people_do(
    *, correction: Correction, fields: dict[str, object], is_so: bool
) -> None:
    """Spelling of addresses and numbers makes no difference, and what is right already is left alone."""
    assert corrections.applies(correction, fields) is is_so


@pytest.mark.parametrize(
    "wrong",
    [
        ("bsn", "", "111222333"),
        ("name", "", "  "),
        ("name", "Ada", "Ada"),
        ("name", "", "A" * 201),
        ("email", "", "nobody"),
        ("phone", "", "12"),
    ],
)
def test_what_cannot_be_a_value_is_refused(wrong: tuple[str, str, str]) -> None:
    """Staff are told at which field."""
    with pytest.raises(BadInput):
        corrections.checked(Correction(*wrong))


def test_an_old_value_is_replaced_wherever_it_stands_as_a_whole() -> None:
    """In texts and lists, but not within another word."""
    said = {"message": "Groet, Ada (niet Adams). Ada", "more": [{"of": "Ada"}, 7, None]}
    assert corrections.replaced(said, [("Ada", r"\1 Eva")]) == {
        "message": r"Groet, \1 Eva (niet Adams). \1 Eva",
        "more": [{"of": r"\1 Eva"}, 7, None],
    }
