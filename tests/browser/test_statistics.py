"""The figures of visits in a browser: readable by who sees and who does not, and text wherever a page told it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from privacy.aws.items import to_item
from privacy.periods import local_date

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.browser.test_desk import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
HOSTILE = "/<img src=x onerror=alert(1)>"


def counted(site: TestStack) -> str:
    """Put the figures of yesterday and return its day."""
    day = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    groups = {"page": {HOSTILE: 20, "/": 9}, "country": {"NL": 24}, "device": {"phone": 29}, "element": {"": 29}}
    figures = {"day": day, "visits": 29, "bots": None, "groups": groups, "rest": {"country": 5}}
    item = to_item({"pk": f"site#silver-essence#{day[:7]}", "sk": f"day#{day}", **figures})
    site.client("dynamodb").put_item(TableName=site.resources["StatisticsTable"], Item=item)
    return day


@pytest.mark.parametrize("language", ["en", "nl"])
def test_figures_are_plots_and_tables(page: Page, site: TestStack, language: str) -> None:
    """Every plot has its table; what pages tell stays text; no fault of accessibility, and nothing too wide for a telephone."""
    day = counted(site)
    sign_in(page, "#statistics", language=language)
    page.wait_for_selector(".columns")
    assert page.locator(".columns rect").count() == 30
    heights = [rectangle.get_attribute("height") for rectangle in page.locator(".columns rect").all()]
    assert (heights[-1], set(heights[:-1])) == ("200.00", {"0.00"})
    told = "De hoogste kolom: 29 bezoeken" if language == "nl" else "The highest column: 29 visits"
    assert page.get_by_text(told).count() == 1
    assert page.locator(f'time[datetime="{day}"]').count() == 1
    assert page.get_by_text(HOSTILE, exact=True).count() == 1
    assert page.get_by_text("Nederland" if language == "nl" else "Netherlands", exact=True).count() == 1
    assert page.locator("svg:not([aria-hidden=true])").count() == 0
    assert page.locator("img").count() == 0
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert not is_too_wide(page)


def visited(site: TestStack, path: str) -> None:
    """Send a visit."""
    body = json.dumps({"path": path, "element": HOSTILE})
    sent = site.http.request("POST", "/silver-essence/visits", body, {"user-agent": "Browser"}, source_ip="127.44.0.7")
    assert sent.status == 202


def test_single_visits_are_found_and_deleted(page: Page, site: TestStack) -> None:
    """Security finds the visits of an address, deletes one of two with the keyboard, and what a page told stays text."""
    visited(site, "/een")
    visited(site, "/twee")
    sign_in(page, "#statistics", role="security")
    page.get_by_text("Find and delete single visits").click()
    page.get_by_label("Day", exact=True).fill(local_date(datetime.fromisoformat(site.clock.now())))
    page.get_by_label("IP address", exact=True).fill("geen")
    page.get_by_role("button", name="Find visits").click()
    page.locator("input[name=ip][aria-invalid=true]").wait_for()
    page.get_by_label("IP address", exact=True).fill("127.44.0.7")
    page.get_by_label("IP address", exact=True).press("Enter")
    page.get_by_text("Visits found: 2").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Delete the visits chosen").click()
    page.get_by_text("Choose first which visits").wait_for()
    page.get_by_role("row", name="/een").get_by_role("checkbox").press(" ")
    page.get_by_role("button", name="Delete the visits chosen").press("Enter")
    page.get_by_text("Visits deleted: 1").wait_for()
    assert (page.get_by_text("/een").count(), page.get_by_text("/twee").count()) == (0, 1)
    page.get_by_role("button", name="Find visits").click()
    page.get_by_text("Visits found: 1").wait_for()
    page.set_viewport_size(NARROW)
    assert not is_too_wide(page)


def test_staff_who_may_not_see_visits_are_told_so(page: Page, site: TestStack) -> None:
    """The desk refuses, in words; the figures are for all staff."""
    sign_in(page, "#statistics")
    page.get_by_text("Find and delete single visits").click()
    page.get_by_label("Day", exact=True).fill(local_date(datetime.fromisoformat(site.clock.now())))
    page.get_by_label("IP address", exact=True).fill("127.44.0.7")
    page.get_by_role("button", name="Find visits").click()
    expect(page.get_by_text("Your role gives no access to this")).to_be_visible()
    assert page.get_by_text("Visits found").count() == 0


def test_a_site_without_visits_says_so(page: Page, site: TestStack) -> None:
    """A period in which nothing was counted is an empty state in words, chosen with the keyboard alone."""
    sign_in(page, "#statistics")
    page.locator("input[name=from]").fill("2020-01-01")
    page.locator("input[name=to]").fill("2020-01-02")
    page.keyboard.press("Enter")
    page.get_by_text("No visits were counted in this period").wait_for()
    assert "from=2020-01-01" in page.url
    assert violations(page) == []
    assert site.resources


def test_a_period_that_is_none_is_said_at_its_field(page: Page, site: TestStack) -> None:
    """The last day before the first, or too many days: the form stays, with what is wrong beside the first day."""
    sign_in(page, "#statistics")
    for first, last in (("2026-11-02", "2026-11-01"), ("2020-01-01", "2026-11-01")):
        page.locator("input[name=from]").fill(first)
        page.locator("input[name=to]").fill(last)
        page.keyboard.press("Enter")
        page.locator("input[name=from][aria-invalid=true]").wait_for()
        assert page.get_by_text("at most 365 days").count() >= 1
        assert page.locator("input[name=to]").input_value() == last
    assert violations(page) == []
    assert site.resources
