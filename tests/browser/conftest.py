"""A browser on a deployed stack: what every page is held to, whatever a test does with it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import deployed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

    from local.engine import Engine
    from local.stack import Package
    from tests.conftest import TestStack

# `make test` runs without a browser, `make test-browser` installs one: without it nothing here is looked at.
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = Path(__file__).parents[2] / ".build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
NARROW: Any = {"width": 320, "height": 640}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not there in `make test`

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(engine: Engine, packed: Package) -> Iterator[TestStack]:
    """Deploy the template once, for pages whose clock may stay as it is."""
    with deployed(engine, packed) as stack:
        yield stack


class Watch:
    """What a page did that no page of ours may do."""

    def __init__(self, origin: str) -> None:
        """Watch pages of one origin."""
        self.origin = origin
        self.faults: list[str] = []
        self.addresses: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Note requests to others, dialogs, errors of scripts, and refusals of the content security policy."""
        context.on("request", lambda request: self._request(request.url))
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("console", lambda said: self._console(said.type, said.text))

    def _request(self, url: str) -> None:
        """Note a request; a page loads from us alone."""
        self.addresses.append(url)
        if not url.startswith((f"{self.origin}/", "data:,")):
            self.faults.append(f"request: {url}")

    def _dialog(self, dialog: Dialog) -> None:
        """Note a dialog; no page of ours opens one, so it comes from what somebody sent."""
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, kind: str, text: str) -> None:
        """Note an error; an answer of 4xx that a page shows is none."""
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}")


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return what opens a browser without a past; at the end none of its pages did what it may not."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def opener(stack: TestStack, **options: Any) -> BrowserContext:
        origin = stack.running.door.url
        context = browser.new_context(**{"base_url": origin, "locale": "nl-NL", **options})
        context.set_default_timeout(15_000)
        watch = Watch(origin)
        watch.over(context)
        opened.append((context, watch))
        return context

    yield opener
    for context, watch in opened:
        cookies = context.cookies()
        context.close()
        assert watch.faults == []
        assert cookies == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], site: TestStack) -> Page:
    """Open an empty page, Dutch, on the shared stack."""
    return open_context(site).new_page()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page, best practices included: nothing, if it is right."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def is_too_wide(page: Page) -> bool:
    """Say whether a page has to be scrolled sideways (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
