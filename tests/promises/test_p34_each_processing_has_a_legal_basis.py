"""P34: "wij passen de volgende wettelijke verwerkingsgronden toe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from privacy import policy

from nakoming.policy.check import check_files
from tests.compiled_anew import changed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TestStack


@pytest.mark.parametrize("site", policy.sites())
def test_p34_every_processing_says_its_basis(shared_stack: TestStack, site: str) -> None:
    """Statement and register give each processing a basis in words with its article, an interest for (f), a law for (c)."""
    page = shared_stack.http.get(f"/{site}/statement", accept="text/html").text
    for name, among in (("statement", "categories"), ("register", "processings")):
        processings = shared_stack.http.get(f"/{site}/{name}.json").json()[among]
        assert {each["category"] for each in processings} >= set(policy.categories(policy.site(site).policy))
        for each in processings:
            basis = each["basis"]
            assert basis["article"] in basis["text"]
            assert basis["interest"] or basis["article"] != "6(1)(f)"
            assert basis["law"] or basis["article"] != "6(1)(c)"
            assert basis["text"] in page


def test_p34_a_category_without_a_basis_is_refused(tmp_path: Path) -> None:
    """Data without a legal basis cannot be collected: the file never comes into force."""
    without = changed(tmp_path, "seven-elements.yaml", ("    basis: {article: 6(1)(b), assumed: true}\n", ""))
    faults = check_files([without], 3)
    assert [fault for fault in faults if "basis" in fault.reason]
