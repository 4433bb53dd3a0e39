"""The page of a person's copy, opened from a disk as a person opens it: readable for everybody, and deaf to what is in it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from privacy import export, policy
from privacy.holdings import Opening, Part

from tests.browser.conftest import NARROW, Watch, is_too_wide, violations
from tests.unit.test_export import HOSTILE, NOW, holding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

from privacy.holdings import File, Holdings
from privacy.periods import stamp

pytestmark = pytest.mark.browser
ATTACKS = (
    *HOSTILE,
    "<img src=https://evil.example/x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "W" * 400,
)


@pytest.fixture
def copies(tmp_path: Path, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return what opens a copy full of attacks from the disk; at the end it asked nobody for anything."""
    watches = []

    def opened(language: str, site: str = "silver-essence", **options: Any) -> Page:
        parts = tuple(
            Part(f"message#{stamp(NOW)}#{n}", stamp(NOW), "in", {"text": text, text: [text]})
            for n, text in enumerate(ATTACKS)
        )
        controller = policy.site(site).controller
        entry = holding(
            parts=parts, files=(File("a" * 26, "raw#main", "mail", "mail.eml"),), controller=controller, site=site
        )
        old = holding(
            id="d" * 26, category="<b>gone</b>", policy="<i>1</i>", restricted_at=stamp(NOW), controller=controller
        )
        looked = (Opening("b" * 26, "a" * 26, stamp(NOW), "answering", "<u>why</u>", stamp(NOW)),)
        target = io.BytesIO()
        found = Holdings(stamp(NOW), (entry, old), looked)
        export.build(found, lambda _file: b"raw", target, site=policy.site(site), language=language, reference="1")
        with zipfile.ZipFile(target) as archive:
            archive.extractall(tmp_path)
        context = browser.new_context(locale="nl-NL", offline=True, **options)
        watch = Watch(tmp_path.as_uri())
        watch.over(context)
        watches.append(watch)
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        return page

    yield opened
    for watch in watches:
        assert watch.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "site"), [("nl", "silver-essence"), ("en", "silver-essence"), ("nl", "vixum")])
def test_axe_finds_nothing_wrong(copies: Callable[..., Page], language: str, site: str, scheme: str) -> None:
    """Headings, tables, landmarks, names and contrast are right, in both languages and in the dark."""
    page = copies(language, site, color_scheme=scheme)
    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []


def test_it_fits_a_narrow_screen(copies: Callable[..., Page]) -> None:
    """At 320 pixels nothing has to be scrolled sideways, with endless words in it."""
    assert not is_too_wide(copies("nl", viewport=NARROW))


def test_it_stays_where_it_is_and_asks_nobody(copies: Callable[..., Page]) -> None:
    """Whatever stands in it: no request, no dialog, no other page; all of it is shown as text."""
    page = copies("nl")
    page.wait_for_timeout(300)
    assert page.url.endswith("/index.html")
    shown = page.inner_text("body")
    assert "<script>alert(1)</script>" in shown
    assert "<svg onload=alert(1)>" in shown
    assert page.evaluate("document.scripts.length") == 0


def test_direction_marks_end_where_their_cell_ends(copies: Callable[..., Page]) -> None:
    """A mark that turns text around turns nothing outside what its author wrote."""
    page = copies("nl")
    assert page.evaluate("getComputedStyle(document.querySelector('.said')).unicodeBidi") == "plaintext"
    assert page.evaluate("[...document.querySelectorAll('.said')].some(each => each.textContent.includes('\\u202e'))")


def test_every_link_inside_leads_somewhere(copies: Callable[..., Page]) -> None:
    """Whoever goes by keyboard reaches each part; a mail that came in is named, not linked."""
    page = copies("en")
    places = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(each => each.getAttribute('href').slice(1))"
    )
    assert places
    assert page.evaluate("places => places.every(place => document.getElementById(place))", places)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator("a[href*='files/']").count() == 0  # a browser would show a mail as its sender made it


def test_it_prints(copies: Callable[..., Page]) -> None:
    """On paper it is black on white and nothing is cut off."""
    page = copies("nl")
    assert page.pdf()[:4] == b"%PDF"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
