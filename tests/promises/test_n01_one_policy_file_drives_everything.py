"""N1: the statement people read, the register and the coverage come from the policy file alone; what it says, they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nakoming.policy.compile import PolicyRefused, compile_files
from tests.compiled_anew import changed, compiled, shown

if TYPE_CHECKING:
    from pathlib import Path

SPAM = "    retention: {promise: P1M, needed: P24D, counts_from: received, assumed: true}\n\n  letters:"
LONGER = "    retention: {promise: P3M, needed: P84D, counts_from: received, assumed: true}\n\n  letters:"


def test_n01_a_changed_rule_changes_every_page(tmp_path: Path) -> None:
    """One changed line of the file changes statement and register, as HTML, Markdown and JSON; nothing else has to be told."""
    layer = compiled(tmp_path, changed(tmp_path, "silver-essence.yaml", (SPAM, LONGER)))
    for name, among in (("statement", "categories"), ("register", "processings")):
        page = shown(layer, "silver-essence", name)
        [spam] = [each for each in page["data"][among] if each["category"] == "spam"]
        assert (
            spam["retention"]["text"]
            == "Hoogstens 3 maanden nadat wij het hebben ontvangen of gemaakt; dan is het weg, ook uit back-ups."
        )
        assert spam["retention"]["text"] in page["html"]
        assert spam["retention"]["text"] in page["markdown"]


def test_n01_a_cookie_that_is_listed_is_shown(tmp_path: Path) -> None:
    """A cookie in the file is on the page in its category, and a category without cookies says that it has none."""
    cookie = """
    visitor_count:
      category: statistics
      party: third
      provider: Voorbeeld Analytics
      purpose: {nl: telt bezoekers, en: counts visitors}
      lifetime: P1M
      assumed: true
    cookie_choice:"""
    layer = compiled(tmp_path, changed(tmp_path, "seven-elements.yaml", ("\n    cookie_choice:", cookie)))
    page = shown(layer, "vixum", "cookies")
    cells = [["visitor_count", "Voorbeeld Analytics", "telt bezoekers", "1 maand"]]
    [statistics] = [each for each in page["data"]["categories"] if each["category"] == "statistics"]
    fields = ("name", "provider", "purpose", "lifetime_text")
    assert [[each[field] for field in fields] for each in statistics["cookies"]] == cells
    assert all(cell in page["html"] for cell in cells[0])
    assert page["html"].count("Wij gebruiken er geen van deze soort.") == 2


def test_n01_what_would_break_a_promise_is_not_compiled(tmp_path: Path) -> None:
    """A rule whose worst case is longer than its promise never becomes a page, nor anything else."""
    broken = changed(tmp_path, "silver-essence.yaml", (SPAM, SPAM.replace("P24D", "P28D")))
    with pytest.raises(PolicyRefused):
        compile_files([broken], tmp_path / "out")
    assert not (tmp_path / "out").exists()
