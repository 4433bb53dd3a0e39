"""The pages of a site in a browser: accessible in both languages, light and dark, narrow, on paper, without script, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from privacy import published

from tests.browser.conftest import NARROW, is_too_wide, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
every_page = pytest.mark.parametrize("name", published.PAGES)
every_policy = pytest.mark.parametrize("site_name", ["silver-essence", "sevenelements"])


@every_page
@every_policy
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_is_accessible(page: Page, site_name: str, name: str, language: str) -> None:
    """A page says its language, and axe finds nothing wrong with it, light, dark and narrow; nothing scrolls sideways."""
    page.goto(f"/{site_name}/{name}?lang={language}")
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    assert violations(page) == []
    assert not is_too_wide(page)


@every_page
def test_a_page_works_without_script(open_context: Callable[..., BrowserContext], site: TestStack, name: str) -> None:
    """A browser without JavaScript shows the same page, and its links lead on."""
    page = open_context(site, java_script_enabled=False).new_page()
    page.goto(f"/sevenelements/{name}?lang=en")
    assert page.inner_text("h1")
    assert page.get_attribute("nav [aria-current]", "href") == f"/sevenelements/{name}?lang=en"
    page.click("footer >> text=Nederlands")
    assert page.get_attribute("html", "lang") == "nl"


def test_the_content_is_reached_by_keyboard(page: Page) -> None:
    """The first Tab shows the way past the navigation, Enter takes it, and the next Tab is inside the content."""
    page.goto("/silver-essence/statement")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert skip.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_page_is_reached_from_every_page(page: Page) -> None:
    """The navigation leads through all pages, by keyboard, and says which one is shown."""
    page.goto("/silver-essence/statement?lang=en")
    for name in published.PAGES:
        page.focus(f"nav a[href*='/{name}?']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/silver-essence/{name}?lang=en")
        expect(page.locator("nav [aria-current=page]")).to_have_count(1)


def test_a_category_is_one_click_away(page: Page) -> None:
    """The list of categories leads to each of them, and from a sentence of the text one gets to its rule."""
    page.goto("/silver-essence/coverage?lang=nl")
    page.click("main a[href$='#categories-enquiries'] >> nth=0")
    page.wait_for_url("**/statement?lang=nl#categories-enquiries")
    assert page.locator("#categories-enquiries").bounding_box()
    assert page.locator("#categories-enquiries").evaluate("heading => heading.getBoundingClientRect().top") < 200


@every_page
def test_a_page_reads_on_paper(page: Page, name: str) -> None:
    """Printed, the navigation is gone, the tables are tables again, and all is black on white."""
    page.set_viewport_size(NARROW)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"/sevenelements/{name}")
    assert not page.is_visible("nav")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for display in page.eval_on_selector_all("table", "tables => tables.map(t => getComputedStyle(t).display)"):
        assert display == "table"
