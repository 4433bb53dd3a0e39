"""An identity document is recognised by how a mail speaks of it, and plain attachments are not taken for one."""

from __future__ import annotations

import pytest
from privacy import identity_documents
from privacy.mail import Attachment


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("paspoort.jpg", "image/jpeg", ""),
        ("Scan_ID-kaart_voor.png", "image/png", ""),
        ("id.pdf", "application/pdf", ""),
        ("IMG_0001.HEIC", "image/heic", "In de bijlage een kopie van mijn identiteitsbewijs."),
        ("foto.jpg", "image/jpeg", "Ik stuur mijn rijbewijs mee"),
        ("x", "application/octet-stream", "attached is a copy of my driver's licence"),
        ("scan.pdf", "application/pdf", "Anbei mein Personalausweis"),
        ("scan.pdf", "application/pdf", "Proof of identity attached"),
        ("copie.pdf", "application/pdf", "ci-joint ma carte d'identité"),
    ],
)
def test_what_looks_like_a_document_is_flagged(name: str, kind: str, text: str) -> None:
    """By its own name, or by the words of the mail."""
    assert identity_documents.came_with([Attachment(name, kind, 1)], "Inzage", text)


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("logo.png", "image/png", "Graag inzage in mijn gegevens"),
        ("factuur.pdf", "application/pdf", "Het bedrag klopt niet"),
        ("idee.pdf", "application/pdf", "Een idee voor de website"),
        ("video.png", "image/png", ""),
        ("afspraak.ics", "text/calendar", "Neem uw paspoort mee"),
        ("candidate.pdf", "application/pdf", "My application"),
    ],
)
def test_what_does_not_is_left_alone(name: str, kind: str, text: str) -> None:
    """A picture is no document, and a word alone is none either."""
    assert not identity_documents.came_with([Attachment(name, kind, 1)], "Vraag", text)


def test_words_without_an_attachment_flag_nothing() -> None:
    """Who asks whether a passport is needed has not sent one."""
    assert not identity_documents.came_with([], "Moet ik mijn paspoort sturen?")


def test_a_long_text_costs_little() -> None:
    """What would take long to read is read up to a bound."""
    assert not identity_documents.came_with([Attachment("a", "image/png", 1)], "identiteits " * 200_000)
