"""The contact form as a page: without script, by keyboard, in both languages, and when something is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NARROW, is_too_wide, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
FORM = "/silver-essence/enquiries"
ADA = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Wat kost het?"}


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext], site: TestStack) -> Page:
    """Open a page in a browser without JavaScript, and narrow."""
    return open_context(site, java_script_enabled=False, viewport=NARROW).new_page()


def fill(page: Page, fields: dict[str, str]) -> None:
    """Fill in fields by their names."""
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)


def send_as_it_is(page: Page) -> None:
    """Send the form past the browser's own checks, as an old browser would."""
    page.locator("form").evaluate("form => { form.noValidate = true }")
    page.click("form button")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("site_name", ["silver-essence", "sevenelements", "vixum", "allesoveradministratie"])
def test_the_form_is_accessible(page: Page, site_name: str, language: str) -> None:
    """The form of every site says its language, and axe finds nothing wrong with it, light and dark."""
    page.goto(f"/{site_name}/enquiries?lang={language}")
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_a_post_without_script_lands_on_a_page_that_says_thanks(plain: Page, site: TestStack) -> None:
    """A browser without script posts, is sent on with 303, and the page it lands on answers 200, alone as well."""
    plain.goto(f"{FORM}?lang=en")
    fill(plain, ADA)
    with plain.expect_response(lambda response: response.request.method == "POST") as posted:
        plain.click("form button")
    assert posted.value.status == 303
    plain.wait_for_url("**/enquiries/received*")
    assert "received" in plain.inner_text("h1").lower()
    assert site.http.get(f"{FORM}/received", accept="text/html").status == 200


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_after_a_post_is_accessible(page: Page, language: str) -> None:
    """The thanks have no fault that axe finds."""
    page.goto(f"{FORM}/received?lang={language}")
    assert violations(page) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_typed_is_kept_when_something_is_wrong(page: Page, language: str) -> None:
    """The form comes back filled in, says what is wrong at the field and in a summary, and is accessible."""
    page.goto(f"{FORM}?lang={language}")
    fill(page, ADA | {"email": "no address"})
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        send_as_it_is(page)
    assert posted.value.status == 422
    assert page.input_value("[name=name]") == ADA["name"]
    assert page.input_value("[name=message]") == ADA["message"]
    assert page.input_value("[name=email]") == "no address"
    assert page.get_attribute("[name=email]", "aria-invalid") == "true"
    described = (page.get_attribute("[name=email]", "aria-describedby") or "").split()
    assert any(page.inner_text(f"#{name}") for name in described)
    assert page.get_attribute("html", "lang") == language
    assert page.locator("[role=alert] a[href='#email']").count() == 1
    assert violations(page) == []


def test_what_is_wrong_is_said_in_the_title(page: Page) -> None:
    """A screen reader that reads the title first tells that the form came back (WCAG 3.3.1)."""
    page.goto(FORM)
    before = page.title()
    fill(page, ADA | {"email": "no address"})
    send_as_it_is(page)
    page.wait_for_selector("[role=alert]")
    assert page.title() != before


def test_an_unknown_site_is_said_on_a_page(page: Page) -> None:
    """A site that is not here is answered 404 with a page in words, and axe finds nothing wrong with it."""
    response = page.goto("/nobody/enquiries")
    assert response is not None
    assert response.status == 404
    assert page.inner_text("h1")
    assert violations(page) == []


def test_the_form_fits_a_narrow_screen(page: Page) -> None:
    """At 320 pixels nothing has to be scrolled sideways, with the longest words typed in."""
    page.set_viewport_size(NARROW)
    page.goto(FORM)
    assert not is_too_wide(page)
    fill(page, ADA | {"name": "A" * 90, "email": "no address"})
    send_as_it_is(page)
    page.wait_for_selector("[role=alert]")
    assert not is_too_wide(page)


def test_the_form_is_sent_by_keyboard_alone(page: Page) -> None:
    """Tab goes through the fields in order, skips the trap for robots, and Enter on the button sends."""
    page.goto(FORM)
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.tagName")
        seen.append(name)
        if name in ADA:
            page.keyboard.type(ADA[name])
        if name == "BUTTON":
            break
    assert "_gotcha" not in seen
    page.keyboard.press("Enter")
    page.wait_for_url("**/enquiries/received*")
