"""The guided first page: a newcomer walks through one whole promise, by mouse, by keyboard, or without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, is_too_wide, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
YEAR_SECONDS = 420  # what a year may take on a busy machine


def said(page: Page, step: str, *, seconds: float = 30) -> str:
    """Return what a step said, once it is done."""
    page.wait_for_selector(f"#{step}.done, #{step} .result .wrong", timeout=seconds * 1000)
    assert page.locator(f"#{step} .wrong").count() == 0, page.inner_text(f"#{step} .result")
    return str(page.inner_text(f"#{step} .result"))


def press(page: Page, step: str) -> str:
    """Take one step by its button."""
    page.click(f"[data-step={step}]")
    return said(page, step, seconds=YEAR_SECONDS if step == "year" else 30)


def test_the_whole_promise_from_the_form_to_the_proof(
    open_context: Callable[..., BrowserContext], stack: TestStack
) -> None:
    """Seven steps lead from a question to its destruction and the proof; the pages stay accessible all the way."""
    page = open_context(stack).new_page()
    page.goto("/")
    page.fill("#name", "Ada Canarie-7731")
    page.fill("#email", "ada.canarie7731@example.org")
    page.click("#form button:not(.quiet)")
    assert "reference" in said(page, "post")
    notice = press(page, "notice")
    assert "/desk" in notice
    assert "7731" not in notice
    assert "Ada Canarie-7731" in press(page, "open")
    page.click("#answer-form button")
    assert "ada.canarie7731@example.org" in said(page, "answer")
    assert "erase_by" in press(page, "handle")
    assert violations(page) == []
    press(page, "year")
    gone = press(page, "gone")
    assert "410" in gone
    assert '"act": "destroyed"' in gone
    assert "7731" not in gone
    assert page.is_visible("#end")
    assert violations(page) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(page: Page, language: str, scheme: str) -> None:
    """In both languages, light and dark, axe finds nothing wrong, all commands unfolded."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"/?lang={language}")
    assert page.get_attribute("html", "lang") == language
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []


def test_the_language_is_the_browsers(open_context: Callable[..., BrowserContext], site: TestStack) -> None:
    """Without `?lang` the page speaks the first language of the browser that it knows."""
    page = open_context(site, locale="en-GB").new_page()
    page.goto("/")
    assert page.get_attribute("html", "lang") == "en"


def test_the_page_fits_a_narrow_screen(page: Page) -> None:
    """At 320 pixels nothing has to be scrolled sideways, commands included."""
    page.set_viewport_size(NARROW)
    page.goto("/")
    for summary in page.locator("summary").all():
        summary.click()
    assert not is_too_wide(page)


def test_the_first_steps_by_keyboard_alone(page: Page) -> None:
    """Tab and Enter lead through posting and the notice; what a step said is reached and has the focus."""
    page.goto("/?lang=en")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#form button:not(.quiet)')"):
            break
    page.keyboard.press("Enter")
    said(page, "post")
    expect(page.locator("#post .result")).to_be_focused()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-step=notice]')"):
            break
    page.keyboard.press("Enter")
    assert "/desk" in said(page, "notice")
    expect(page.locator("#notice .result")).to_be_focused()


def test_a_fault_is_said_beside_its_step(page: Page) -> None:
    """What the form refuses is said in words where it happened."""
    page.goto("/?lang=en")
    page.evaluate("document.getElementById('email').type = 'text'")
    page.fill("#email", "no address")
    page.click("#form button:not(.quiet)")
    page.wait_for_selector("#post .result .wrong")
    assert "check" in page.inner_text("#post .result").lower()


def test_without_script_the_steps_are_links_and_commands(
    open_context: Callable[..., BrowserContext], site: TestStack
) -> None:
    """Without script there are no dead buttons: the form posts, links lead on, and each step names its command."""
    page = open_context(site, java_script_enabled=False).new_page()
    page.goto("/?lang=en")
    assert page.locator(".scripted:visible").count() == 0
    assert page.locator(".steps > li pre").count() == page.locator(".steps > li").count() == 7
    page.click("#form button:not(.quiet)")
    page.wait_for_url("**/enquiries/received*")
    page.goto("/local/mailbox")
    assert page.inner_text("h1, h2")
