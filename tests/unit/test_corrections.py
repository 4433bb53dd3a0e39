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
    ("Mijn nieuwe adres is Voorbeeldstraat 2, 1000 AA Plaats", ("address", "", "Voorbeeldstraat 2, 1000 AA Plaats")),
    (
        "Mijn nieuwe adres is Voorbeeldstraat 2, 1000 AA Plaats, kunt u dat wijzigen?",
        ("address", "", "Voorbeeldstraat 2, 1000 AA Plaats"),
    ),
    (
        "Mijn nieuwe adres is:\nVoorbeeldstraat 2\n1000 AA Plaats\nGroet, Ada",
        ("address", "", "Voorbeeldstraat 2\n1000 AA Plaats"),
    ),
    (
        "Ik ben verhuisd. Mijn adres was Kerkweg 1, Elders en wordt Voorbeeldstraat 2, Plaats.",
        ("address", "", "Voorbeeldstraat 2, Plaats"),
    ),
    (
        "Mijn adres is van Kerkweg 1, Elders gewijzigd in Voorbeeldstraat 2, Plaats.",
        ("address", "Kerkweg 1, Elders", "Voorbeeldstraat 2, Plaats"),
    ),
    ("My address has changed to 2 Example Street, London N1 1AA.", ("address", "", "2 Example Street, London N1 1AA")),
    ("Het is niet 06-00000018 maar 06-00000022", ("phone", "+31600000018", "06-00000022")),
    ("Oud nummer: 06-00000018. Nieuw nummer: 06-00000022", ("phone", "+31600000018", "06-00000022")),
    ("Mijn telefoonnummer is 06-00000022 in plaats van 06-00000018.", ("phone", "+31600000018", "06-00000022")),
    ("It should be +31600000022, not +31600000018.", ("phone", "+31600000018", "+31600000022")),
    ("Graag mijn telefoonnummer aanpassen naar 06-00000022 aub", ("phone", "", "06-00000022")),
    (
        "Mijn mailadres klopt niet, het wordt ada@voorbeeld.nl i.p.v. ada@example.org",
        ("email", "ada@example.org", "ada@voorbeeld.nl"),
    ),
    ("Wilt u mijn e-mailadres wijzigen in ada@voorbeeld.nl?", ("email", "", "ada@voorbeeld.nl")),
    ("Please change my email address to ada@voorbeeld.nl", ("email", "", "ada@voorbeeld.nl")),
    ("Mijn e-mailadres is nu ada@voorbeeld.nl.", ("email", "", "ada@voorbeeld.nl")),
    ("Mijn naam is verkeerd gespeld: Vorbeeld moet Voorbeeld zijn.", ("name", "Vorbeeld", "Voorbeeld")),
    ("My surname should be Voorbeeld instead of Vorbeeld.", ("name", "Vorbeeld", "Voorbeeld")),
    ("Mijn naam staat als Ada Vorbeeld, dat moet Ada Voorbeeld zijn.", ("name", "Ada Vorbeeld", "Ada Voorbeeld")),
]
UNCLEAR = [
    "Mijn gegevens kloppen niet.",
    "Mijn naam is Ada Voorbeeld en ik wil mijn gegevens laten verbeteren.",
    "Mijn nieuwe e-mailadres is geen adres.",
    "Mijn nieuwe naam is Ada Een. Mijn nieuwe naam is Ada Twee.",
    "Mijn nieuwe telefoonnummer is 06.",
    "My name is spelled wrongly.",
    "Mijn achternaam moet zijn: Voorbeeld",  # of which the first name is left open
    "My first name should be Ada.",
    "Ik mailde u van ada@example.org naar info@voorbeeld.nl.",
    "My invoice number should be 20260011 instead of 20260012.",
    "De afspraak van 01-12-2026 moet 05-12-2026 zijn, mijn nummer heeft u.",
    "",
]


@pytest.mark.parametrize(("text", "stated"), CLEAR)
def test_what_is_stated_clearly_is_read(text: str, stated: tuple[str, str, str]) -> None:
    """Field, old value where it is named, and new value, in both languages."""
    [found] = corrections.read(text)
    assert found == stated


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
    for text in (
        "mijn naam is niet " + "Aa " * 30_000,
        "adres A" * 20_000,
        "naam van A" * 20_000,
        "1 " * 50_000,
        "adres van " + "A1," * 9_000,
        "0611111111 " * 2_000,
        "a@a.aa " * 5_000,
        "change " * 4_000 + "naam ",
    ):
        assert corrections.read(text) == []


@pytest.mark.parametrize(
    ("correction", "fields", "becomes"),
    [
        (Correction("name", "", "Ada"), {"name": "Ad"}, "Ada"),
        (Correction("name", "", "Ada"), {"name": " Ada "}, ""),
        (Correction("name", "Bob", "Ada"), {"name": "Ad"}, ""),
        (Correction("email", "a@example.org", "b@example.org"), {"email": "A@Example.org"}, "b@example.org"),
        (Correction("email", "", "b@example.org"), {"email": "B@example.org"}, ""),
        (Correction("phone", "020 123 45 67", "+31 6 00000000"), {"phone": "+31201234567"}, "+31 6 00000000"),
        (Correction("phone", "", "+31 6 00000000"), {"email": "a@example.org"}, ""),
        (Correction("phone", "020 123 45 67", "+31 6 00000000"), {"phone": "?"}, ""),
        (Correction("name", "", "Ada"), {"name": ["Ad"]}, ""),
        (Correction("name", "Vorbeeld", "Voorbeeld"), {"name": "Ada Vorbeeld"}, "Ada Voorbeeld"),
        (Correction("name", "Vor", "Voor"), {"name": "Ada Vorbeeld"}, ""),
        (Correction("email", "a@example.org", "b@example.org"), {"email": "x@a.example.org"}, ""),
    ],
)
def test_what_stands_there_is_compared_as_people_do(
    correction: Correction, fields: dict[str, object], becomes: str
) -> None:
    """Spelling of addresses and numbers makes no difference, what is right already is left alone, and a part of a name is a part."""
    assert corrections.applied(correction, fields) == becomes


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
