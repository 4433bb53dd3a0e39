"""The page about rights: without script, by keyboard, in both languages, and when something is wrong with it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
RIGHTS = "/silver-essence/rights"


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext], site: TestStack) -> Page:
    """Open a page in a browser without JavaScript, and narrow."""
    return open_context(site, java_script_enabled=False, viewport=NARROW).new_page()


@pytest.fixture
def ada(site: TestStack) -> Person:
    """Give somebody who has asked nothing yet."""
    return Person(site, f"ada-{secrets.token_hex(6)}@example.org")


def ask(page: Page, person: Person, *rights: str) -> str:
    """Fill in the first form as a person would, and return the case number that the next page shows."""
    for right in rights:
        page.check(f"[name=right_{right}]")
    page.fill("[name=email]", person.email)
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        page.get_by_role("button", name="Versturen").or_(page.get_by_role("button", name="Send", exact=True)).click()
    assert posted.value.status == 303
    page.wait_for_selector(".number")
    return str(page.inner_text(".number"))


def have_a_code_sent(page: Page, person: Person) -> str:
    """Press the button for a code and read it in the mail."""
    before = len(person.codes())
    page.locator("form button").first.click()
    page.wait_for_selector("[name=code]")
    person.stack.eventually(lambda: len(person.codes()) > before)
    return person.codes()[0]


def send_as_it_is(page: Page) -> None:
    """Send the first form past the browser's own checks, as an old browser would."""
    page.locator("form").first.evaluate("form => { form.noValidate = true }")
    page.locator("form button").first.click()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("site_name", ["silver-essence", "sevenelements"])
def test_the_page_is_accessible(page: Page, site_name: str, language: str) -> None:
    """The page says its language, and axe finds nothing wrong with it, light and dark."""
    page.goto(f"/{site_name}/rights?lang={language}")
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_a_request_from_the_first_form_to_its_withdrawal_without_script(plain: Page, ada: Person) -> None:
    """Ask, get the number, have a code sent, type it, see how it stands, take it back; narrow, and nothing in an address."""
    plain.goto(RIGHTS)
    assert not is_too_wide(plain)
    case = ask(plain, ada, "rectification", "objection")
    assert plain.url.endswith(f"{RIGHTS}/{case}?lang=nl")
    code = have_a_code_sent(plain, ada)
    plain.fill("[name=code]", f"{code[:3]} {code[3:]}")
    plain.get_by_role("button", name="Verder").click()
    plain.wait_for_selector(".right")
    assert case in plain.inner_text("main")
    assert plain.locator(".right").count() == 2
    session = plain.locator("[name=session]").first.get_attribute("value")
    assert session
    assert session not in plain.url
    before = plain.get_by_role("button", name="Intrekken").count()
    plain.get_by_role("button", name="Intrekken").first.click()
    plain.wait_for_selector("[role=status]")
    assert plain.get_by_role("button", name="Intrekken").count() == before - 1
    assert session not in plain.url


def look_again(page: Page, button: str) -> None:
    """Press "look again" until the page offers a button, as somebody does who waits."""
    for _ in range(40):
        if page.get_by_role("button", name=button).count():
            return
        page.get_by_role("button", name="Opnieuw kijken").click()
        page.wait_for_selector(".events")
    pytest.fail(f"{button} was never offered")


def test_a_copy_is_fetched_and_an_erasure_undone_without_script(plain: Page, ada: Person) -> None:
    """The copy is a link for ten minutes, with a way back; the erasure says until when, and is undone; narrow as well."""
    ada.stack.http.post("/silver-essence/enquiries", {"name": "Ada", "email": ada.email, "message": "Wat kost het?"})
    plain.goto(RIGHTS)
    ask(plain, ada, "access", "erasure")
    plain.fill("[name=code]", have_a_code_sent(plain, ada))
    plain.get_by_role("button", name="Verder").click()
    plain.wait_for_selector(".right")
    look_again(plain, "Downloaden")
    plain.get_by_role("button", name="Downloaden").click()
    link = plain.get_by_role("link", name="Download uw gegevens (zip)")
    assert not is_too_wide(plain)
    with urlopen(str(link.get_attribute("href"))) as copy:  # noqa: S310 - the engine on this machine
        assert copy.read(2) == b"PK"
        assert "attachment" in copy.headers["content-disposition"]
    plain.get_by_role("button", name="Terug naar uw zaak").click()
    look_again(plain, "Terugdraaien")
    assert "u kunt het nog terugdraaien (tot" in plain.inner_text("main")
    assert not is_too_wide(plain)
    plain.get_by_role("button", name="Terugdraaien").click()
    plain.wait_for_selector("[role=status]")
    assert "er wordt niets vernietigd" in plain.inner_text("[role=status]")
    assert plain.get_by_role("button", name="Terugdraaien").count() == 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_is_accessible_and_fits_a_narrow_screen(page: Page, ada: Person, language: str) -> None:
    """At 320 pixels, axe finds nothing wrong with the number, the code, a wrong code and how a case stands."""
    page.set_viewport_size(NARROW)
    page.goto(f"{RIGHTS}?lang={language}")
    ask(page, ada, "access", "rectification", "question")
    assert violations(page) == []
    assert not is_too_wide(page)
    code = have_a_code_sent(page, ada)
    assert violations(page) == []
    assert not is_too_wide(page)
    page.fill("[name=code]", f"{(int(code) + 1) % 10**6:06}")
    page.locator("form button").first.click()
    page.wait_for_selector("[role=alert]")
    assert violations(page) == []
    assert not is_too_wide(page)
    page.fill("[name=code]", code)
    page.locator("form button").first.click()
    page.wait_for_selector(".right")
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    assert not is_too_wide(page)


def test_what_was_typed_is_kept_when_something_is_wrong(page: Page) -> None:
    """The form comes back with its ticks and texts, says what is wrong at the field and in a summary, and in the title."""
    page.goto(RIGHTS)
    before = page.title()
    page.check("[name=right_access]")
    page.fill("[name=email]", "no address")
    page.fill("[name=message]", "Alles sinds mei")
    page.fill("[name=on_behalf]", "Mijn moeder")
    send_as_it_is(page)
    page.wait_for_selector("[role=alert]")
    assert page.title() != before
    assert page.is_checked("[name=right_access]")
    assert not page.is_checked("[name=right_erasure]")
    values = [page.input_value(f"[name={name}]") for name in ("email", "message", "on_behalf")]
    assert values == ["no address", "Alles sinds mei", "Mijn moeder"]
    assert page.get_attribute("[name=email]", "aria-invalid") == "true"
    assert page.locator("[role=alert] a[href='#email']").count() == 1
    assert violations(page) == []


def test_no_right_ticked_is_said_at_the_boxes(page: Page) -> None:
    """The summary leads to the first box, and the group of boxes is described by what is wrong."""
    page.goto(RIGHTS)
    page.fill("[name=email]", "ada@example.org")
    send_as_it_is(page)
    page.wait_for_selector("[role=alert]")
    page.click("[role=alert] a")
    assert page.evaluate("document.activeElement.name") == "right_access"
    described = page.get_attribute("fieldset", "aria-describedby")
    assert described
    assert page.inner_text(f"#{described}")


def test_a_wrong_number_keeps_what_was_typed(page: Page) -> None:
    """A case number with a typing error comes back in its field, with what is wrong."""
    page.goto(RIGHTS)
    page.fill("[name=case]", "abc")
    page.get_by_role("button", name="Verder").click()
    page.wait_for_selector("[role=alert]")
    assert page.input_value("[name=case]") == "abc"
    assert violations(page) == []


def test_hostile_input_stays_text(page: Page) -> None:
    """Markup that is typed is shown as it was typed, in every field that comes back."""
    page.goto(RIGHTS)
    page.fill("[name=email]", '"><script>alert(1)</script>')
    page.fill("[name=message]", "</textarea><img src=x onerror=alert(2)>")
    send_as_it_is(page)
    page.wait_for_selector("[role=alert]")
    assert page.input_value("[name=message]") == "</textarea><img src=x onerror=alert(2)>"
    assert page.locator("main img, main script").count() == 0


def test_the_form_is_filled_in_by_keyboard_alone(page: Page, ada: Person) -> None:
    """Tab goes through boxes and fields in order, skips the trap for robots, and Enter on the button sends."""
    page.goto(RIGHTS)
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.tagName")
        seen.append(name)
        if name == "right_access":
            page.keyboard.press("Space")
        if name == "email":
            page.keyboard.type(ada.email)
        if name == "BUTTON":
            break
    assert "_gotcha" not in seen
    page.keyboard.press("Enter")
    page.wait_for_selector(".number")
