"""P35: "Wij delen je persoonsgegevens binnen Seven Elements B.V. en Vixum B.V."."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nakoming.policy.check import check_files
from tests.compiled_anew import changed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TestStack

SITES = ("allesoveradministratie", "sevenelements", "vixum")


@pytest.mark.parametrize("site", SITES)
def test_p35_who_is_given_data_is_named(shared_stack: TestStack, site: str) -> None:
    """Every recipient is on the page by name, role and country; both companies are, as jointly responsible."""
    says = shared_stack.http.get(f"/{site}/statement.json").json()
    page = shared_stack.http.get(f"/{site}/statement", accept="text/html").text
    roles = {each["name"]: each["role"] for each in says["recipients"]}
    assert {name for name, role in roles.items() if role == "joint_controller"} == {"Seven Elements B.V.", "Vixum B.V."}
    for each in says["recipients"]:
        assert each["name"] in page
        assert each["role_text"] in page
        assert each["country_text"] in page
    listed = {each["name"] for each in says["recipients"]}
    assert all(given["name"] in listed for each in says["categories"] for given in each["recipients"])


def test_p35_sharing_with_someone_who_is_not_listed_is_refused(tmp_path: Path) -> None:
    """A category that names a recipient the file does not list never comes into force."""
    old = "    recipients: [aws, seven_elements_bv, vixum_bv]\n"
    unlisted = changed(tmp_path, "seven-elements.yaml", (old, "    recipients: [aws, somebody_else]\n"))
    assert [fault for fault in check_files([unlisted], 3) if "somebody_else" in fault.reason]
