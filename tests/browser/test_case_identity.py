"""Who asks, in the desk's page: staff vouch for whom no code reaches, and forget a document that came unasked."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.browser.test_cases import case_of, open_case
from tests.person import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser


def test_staff_vouch_for_who_asks(page: Page, site: TestStack) -> None:
    """The form says what it is for, keeps what was typed when something is wrong, and the rights begin; narrow as well."""
    case = Person(site, f"lost-{secrets.token_hex(4)}@example.org").ask("access", on_behalf="Mijn zoon")
    page.set_viewport_size(NARROW)
    open_case(page, case)
    expect(page.locator("main")).to_contain_text("an authorisation is needed")
    expect(page.locator(".message")).to_contain_text("Mijn zoon")
    page.get_by_text("Vouch for the person who asks").click()
    assert violations(page) == []
    assert not is_too_wide(page)
    page.get_by_label("What was checked?").fill("Wist de laatste factuur")
    page.get_by_label("Telephone number under which we know this person").fill("no number")
    page.get_by_role("button", name="I vouch for this").click()
    expect(page.locator("[name=known_as_phone]")).to_have_attribute("aria-invalid", "true")
    assert page.input_value("[name=note]") == "Wist de laatste factuur"
    page.get_by_label("Telephone number under which we know this person").fill("020 123 45 67")
    page.get_by_role("button", name="I vouch for this").click()
    expect(page.locator("#said")).to_contain_text("begins now")
    expect(page.locator("main")).not_to_contain_text("an authorisation is needed")
    opened = site.http.get(f"/desk/cases/{case}", token=site.token("privacy-officer")).json()["case"]
    assert "Wist de laatste factuur" in str(opened["notes"])


def test_a_document_is_forgotten(page: Page, site: TestStack) -> None:
    """The case says that a document came with it; one button, and the mail as it came in can be fetched no more."""
    sender = f"passport-{secrets.token_hex(4)}@example.org"
    mail = (
        f"From: {sender}\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nMijn paspoort gaat hierbij.\r\n"
        "--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=scan.jpg\r\n\r\nxxx\r\n--b--\r\n"
    )
    site.send_mail(sender, "privacy@silveressence.net", mail.encode())
    open_case(page, case_of(site, sender))
    expect(page.locator("main")).to_contain_text("it seems to come with an identity document")
    assert violations(page) == []
    page.get_by_role("button", name="Delete the mail with its attachments").click()
    expect(page.locator("#said")).to_contain_text("is gone")
    expect(page.get_by_role("button", name="Delete the mail with its attachments")).to_have_count(0)
    expect(page.locator(".message")).to_contain_text("Mijn paspoort gaat hierbij.")
