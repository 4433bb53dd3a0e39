"""P48: where the published texts are silent, what we fill in is shown as an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from privacy import policy
from privacy.compiled import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import TestStack

PAGES = ("statement", "register", "cookies", "coverage", "promises")


def assumptions(says: Any) -> Iterator[bool]:
    """Yield for each thing that is said whether it is an assumption."""
    if isinstance(says, dict):
        if "assumed" in says:
            yield says["assumed"]
        says = list(says.values())
    if isinstance(says, list):
        for each in says:
            yield from assumptions(each)


@pytest.mark.parametrize("site", policy.sites())
def test_p48_what_is_assumed_is_marked_and_the_mark_explained(shared_stack: TestStack, site: str) -> None:
    """Each page that assumes anything marks it in words, more than once where there is more, and explains the mark."""
    for name in PAGES:
        says = shared_stack.http.get(f"/{site}/{name}.json").json()
        page = shared_stack.http.get(f"/{site}/{name}", accept="text/html").text
        if any(assumptions(says)):
            assert "(aanname)</span>: de gepubliceerde tekst laat dit open" in page, name
            assert page.count("(aanname)") > 1, name


@pytest.mark.parametrize("site", policy.sites())
def test_p48_every_assumed_period_of_the_file_is_one_on_the_page(shared_stack: TestStack, site: str) -> None:
    """What the policy file assumes about basis, source and period is what the statement says is assumed, category by category."""
    rules = statements.STATEMENTS[policy.site(site).policy]["categories"]
    for each in shared_stack.http.get(f"/{site}/statement.json").json()["categories"]:
        for part in ("basis", "source", "retention"):
            assert each[part]["assumed"] == ("assumed" in rules[each["category"]][part])


def test_p48_what_the_text_does_say_is_not_marked(shared_stack: TestStack) -> None:
    """The period that Silver Essence itself published carries no mark: it is theirs, not ours."""
    page = shared_stack.http.get("/silver-essence/statement.md").text
    [line] = [line for line in page.splitlines() if "Hoogstens 1 maand na het bezoek" in line][:1]
    assert "aanname" not in line
