"""A copy for another provider on the page: named, confirmed, stopped and fetched, without script, by keyboard, in both languages."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.person import Person
from tests.promises.test_p14_everyone_can_see_what_is_held import copy

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
RIGHTS = "/silver-essence/rights"
HOSTILE = '<img src=x onerror=alert(1)>"\u202e'


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext], stack: TestStack) -> Page:
    """Open a page in a browser without JavaScript, and narrow, on a stack whose clock can be moved."""
    return open_context(stack, java_script_enabled=False, viewport=NARROW).new_page()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], stack: TestStack) -> Page:
    """Open a page, narrow, on a stack whose clock can be moved."""
    return open_context(stack, viewport=NARROW).new_page()


@pytest.fixture
def ada(stack: TestStack) -> Person:
    """Give somebody who asks for their data to take along, and whose copy is ready."""
    ada = Person(stack, f"ada-{secrets.token_hex(6)}@example.org")
    stack.http.post("/silver-essence/enquiries", {"name": "Ada", "email": ada.email, "message": "Wat kost het?"})
    return ada


def asked(ada: Person, message: str = "") -> str:
    """Ask, and wait until the copy is there; return the case."""
    case = ada.ask("portability", message=message)
    session, _ = ada.proven(case)
    copy(ada, case, session, "portability")
    ada.stack.clock.advance("PT2M")
    return case


def stand_at(page: Page, ada: Person, case: str, language: str = "nl") -> None:
    """Come to the page of a case as its person does, with a code."""
    page.goto(f"{RIGHTS}?lang={language}")
    page.fill("[name=case]", case)
    before = len(ada.codes())
    page.locator("form").last.locator("button").click()
    page.wait_for_selector("[name=code]")
    ada.stack.eventually(lambda: len(ada.codes()) > before)
    page.fill("[name=code]", ada.codes()[0])
    page.locator("form button").first.click()
    page.wait_for_selector(".right")
    ada.stack.clock.advance("PT2M")


def name(page: Page, ada: Person, provider: str, email: str) -> None:
    """Fill in whom the copy is for, and read the code that confirms it."""
    page.fill("[name=provider]", provider)
    page.fill("[name=provider_email]", email)
    before = len(ada.codes())
    page.locator("form button").first.click()
    page.wait_for_selector("[name=code]")
    ada.stack.eventually(lambda: len(ada.codes()) > before)


def test_the_whole_way_without_script(plain: Page, ada: Person) -> None:
    """From the button on the page of the case to what the provider downloads; nothing of it stands in an address."""
    case = asked(ada, "Stuur mijn gegevens naar Bakker (info@bakker.example).")
    stand_at(plain, ada, case)
    plain.get_by_role("button", name="Naar een andere aanbieder").click()
    assert plain.input_value("[name=provider_email]") == "info@bakker.example"
    assert "Wat de aanbieder krijgt" in plain.inner_text("main")
    name(plain, ada, "Bakker", "info@bakker.example")
    assert "info@bakker.example" in plain.inner_text("main")
    assert "24 uur" in plain.inner_text("main")
    plain.fill("[name=code]", "000000" if ada.codes()[0] != "000000" else "111111")
    plain.get_by_role("button", name="Bevestigen").click()
    plain.wait_for_selector("[role=alert]")
    plain.fill("[name=code]", ada.codes()[0])
    plain.get_by_role("button", name="Bevestigen").click()
    plain.wait_for_selector(".number")
    password = plain.inner_text(".number >> nth=0")
    assert re.fullmatch(r"([a-z2-7]{4}-){3}[a-z2-7]{4}", password)
    assert not is_too_wide(plain)
    plain.get_by_role("button", name="Terug naar uw zaak").click()
    assert "bevestigd; u kunt het nog stoppen" in plain.inner_text("main").lower()
    assert not is_too_wide(plain)
    ada.stack.clock.advance("PT26H")
    [mail] = [each for each in ada.stack.mailbox.messages() if each["to"] == "info@bakker.example"]
    [number] = set(re.findall(r"\b[a-z2-7]{26}\b", mail["text"])) - {case}
    plain.goto(f"{RIGHTS}/fetch")
    assert not is_too_wide(plain)
    plain.fill("[name=number]", number)
    plain.fill("[name=phrase]", password.upper())
    plain.get_by_role("button", name="Ophalen").click()
    link = plain.get_by_role("link", name="Download de gegevens (zip)")
    assert number not in plain.url
    with urlopen(str(link.get_attribute("href"))) as given:  # noqa: S310 - the engine on this machine
        assert given.read(2) == b"PK"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_is_accessible_and_hostile_names_stay_text(page: Page, ada: Person, language: str) -> None:
    """At 320 pixels, axe finds nothing wrong with naming, confirming, the password, the case, a stop and the provider's page."""
    case = asked(ada)
    stand_at(page, ada, case, language)
    page.locator("form[action*='/provider'] button").click()
    page.wait_for_selector("[name=provider]")
    assert page.get_attribute("html", "lang") == language
    page.locator("form").first.evaluate("form => { form.noValidate = true }")
    page.fill("[name=provider]", HOSTILE)
    page.fill("[name=provider_email]", "a@b.example, c@d.example")
    page.locator("form button").first.click()
    page.wait_for_selector("[role=alert]")
    assert page.input_value("[name=provider]") == HOSTILE
    assert page.get_attribute("[name=provider_email]", "aria-invalid") == "true"
    assert violations(page) == []
    assert not is_too_wide(page)
    name(page, ada, HOSTILE, f"{'b' * 60}@{'bakker' * 9}.example")
    assert violations(page) == []
    assert not is_too_wide(page)
    page.fill("[name=code]", ada.codes()[0])
    page.keyboard.press("Enter")
    page.wait_for_selector(".number")
    assert violations(page) == []
    assert not is_too_wide(page)
    page.locator("form button").first.click()
    page.wait_for_selector("form[action*='/stop']")
    assert HOSTILE in page.inner_text("main")
    assert page.locator("main img").count() == 0
    assert violations(page) == []
    assert not is_too_wide(page)
    page.locator("form[action*='/stop'] button").click()
    page.wait_for_selector("[role=status]")
    assert page.locator("form[action*='/stop']").count() == 0
    page.goto(f"{RIGHTS}/fetch?lang={language}")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
