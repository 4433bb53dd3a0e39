"""P43: "Bekijk de privacy verklaringen die op deze websites zijn geplaatst."."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages_seen import main_text

if TYPE_CHECKING:
    from tests.conftest import TestStack

QUOTE = "Bekijk de privacy verklaringen die op deze websites zijn geplaatst."


@pytest.mark.parametrize("site", ["allesoveradministratie", "sevenelements", "vixum"])
def test_p43_the_statement_says_that_other_websites_have_their_own(shared_stack: TestStack, site: str) -> None:
    """It stands in the statement in both languages, with the sentences of the published text, which are Dutch."""
    dutch = shared_stack.http.get(f"/{site}/statement?lang=nl", accept="text/html").text
    english = shared_stack.http.get(f"/{site}/statement?lang=en", accept="text/html").text
    assert QUOTE in main_text(dutch)
    assert "Other websites have their own statement." in main_text(english)
    assert f'<blockquote lang="nl"><p>{QUOTE}</p></blockquote>' in english


def test_p43_who_says_nothing_of_it_shows_nothing_of_it(shared_stack: TestStack) -> None:
    """A policy without that sentence has no such section."""
    assert shared_stack.http.get("/silver-essence/statement.json").json()["other_websites"] is None
    assert "other-websites" not in shared_stack.http.get("/silver-essence/statement", accept="text/html").text
