"""Restrictions in the desk's page: a part is chosen by its boxes, a restriction is lifted where it stands, nothing says too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.browser.test_cases import open_case
from tests.browser.test_desk import sign_in
from tests.firm import FORM, Firm
from tests.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser


def restricted(site: TestStack, email: str) -> tuple[str, str]:
    """Let somebody have an enquiry restricted; return the enquiry and the case."""
    firm, person = Firm(site), Person(site, email)
    enquiry = firm.ask(FORM, email=email)
    case = person.ask("restriction")
    person.proven(case)
    site.eventually(lambda: (firm.entry(enquiry) or {}).get("restricted_at"))
    return enquiry, case


def test_what_stands_is_listed_and_lifted_in_its_case(page: Page, site: TestStack) -> None:
    """The list names no one, leads to the case, and there the restriction is lifted with reasons that the person reads first."""
    enquiry, case = restricted(site, "stands@example.org")
    sign_in(page, "#restrictions", role="privacy-officer")
    card = page.locator(".card", has_text=enquiry)
    expect(card).to_contain_text("Restricted by")
    expect(page.locator("main")).not_to_contain_text("example.org")
    assert violations(page) == []
    card.locator(f"a[href='#cases/{case}']").click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.wait_for_selector(".messages", state="attached")
    page.get_by_text("Lift the restriction", exact=True).click()
    page.fill("#field-lift-reasons", "Uw gegevens zijn nagekeken.")
    assert violations(page) == []
    page.get_by_role("button", name="Lift it and tell the person").click()
    expect(page.locator("#said")).to_contain_text("once the notice has been sent")
    expect(page.get_by_text("Lift the restriction", exact=True)).to_have_count(0)


def test_what_is_erased_is_ticked(page: Page, site: TestStack) -> None:
    """The boxes come with a decision in part about an erasure or an objection, with how many there are, and go with another."""
    firm, person = Firm(site), Person(site, "parts@example.org")
    firm.ask(FORM, email=person.email)
    case = person.ask("access", "erasure")
    open_case(page, case)
    page.get_by_text("Decide on a right").click()
    page.select_option("#field-decide-right", "erasure")
    page.select_option("#field-decide-decision", "partly")
    box = page.locator("input[name=erase][value=enquiries]")
    expect(box).to_be_visible()
    expect(page.locator("label", has=box)).to_have_text("Information requests: 1")
    assert violations(page) == []
    box.check()
    page.fill("#field-decide-reasons", "Deels.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).not_to_be_empty()
    page.select_option("#field-decide-right", "access")
    expect(box).to_be_hidden()


def test_of_an_objection_what_it_restricted_is_ticked(page: Page, site: TestStack) -> None:
    """What rests on no legitimate interest is not offered, for it would be refused; another right brings its own boxes."""
    firm, person = Firm(site), Person(site, "objects@example.org")
    firm.ask(FORM, email=person.email)
    case = person.ask("objection", "erasure")
    open_case(page, case)
    page.get_by_text("Decide on a right").click()
    page.select_option("#field-decide-right", "objection")
    page.select_option("#field-decide-decision", "partly")
    expect(page.get_by_text("What is erased")).to_be_visible()
    box = page.locator("input[name=erase]")
    expect(box).to_have_count(0)
    page.select_option("#field-decide-right", "erasure")
    page.select_option("#field-decide-decision", "partly")
    expect(box).to_have_count(1)


def test_the_list_fits_on_a_phone(open_context: Callable[..., BrowserContext], site: TestStack) -> None:
    """No sideways scrolling at 320 pixels, and what staff hold can be lifted there."""
    enquiry, _ = restricted(site, "phone@example.org")
    narrow = open_context(site, viewport=NARROW, locale="en-GB").new_page()
    sign_in(narrow, "#restrictions", role="privacy-officer")
    narrow.locator(".card", has_text=enquiry).wait_for()
    assert not is_too_wide(narrow)
