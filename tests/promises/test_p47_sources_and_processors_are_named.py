"""P47: "Wij en onze externe dienstverleners kunnen persoonsgegevens verzamelen uit de volgende bronnen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from privacy import policy

if TYPE_CHECKING:
    from tests.conftest import TestStack


@pytest.mark.parametrize("site", policy.sites())
def test_p47_every_processing_says_where_its_data_come_from_and_who_acts_for_us(
    shared_stack: TestStack, site: str
) -> None:
    """In statement and register each processing names its sources, and each one that we hold names the processor."""
    for name, among in (("statement", "categories"), ("register", "processings")):
        says = shared_stack.http.get(f"/{site}/{name}.json").json()
        page = shared_stack.http.get(f"/{site}/{name}", accept="text/html").text
        for each in says[among]:
            assert each["source"]["from"]
            assert all(source["text"] in page for source in each["source"]["from"])
            processors = [given for given in each["recipients"] if given["role"] == "processor"]
            assert processors or each["held_elsewhere"]
        for given in says["recipients"]:
            if given["role"] == "processor":
                assert given["safeguards"] in page
                assert given["region_text"] in page
