"""P31: "Deze Privacy- & Cookie verklaring is van toepassing wanneer je onze website … bezoekt die verwijzen naar … Seven Elements en Vixum"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nakoming.policy.check import check_files
from tests.compiled_anew import changed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.firm import Firm

COVERED = {"allesoveradministratie": "seven-elements", "sevenelements": "seven-elements", "vixum": "vixum"}
FORM = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Hallo"}


@pytest.mark.parametrize("site", COVERED)
def test_p31_every_site_names_all_sites_and_both_companies(shared_firm: Firm, site: str) -> None:
    """The statement of each of the three sites covers all three and gives identity and contact of both companies."""
    says = shared_firm.stack.http.get(f"/{site}/statement.json").json()
    assert {each["site"]: each["controller"] for each in says["covers"]} == COVERED
    names = {each["legal_name"]: each["joint_with"] for each in says["controllers"]}
    assert names == {"Seven Elements B.V.": ["Vixum B.V."], "Vixum B.V.": ["Seven Elements B.V."]}
    for each in says["controllers"]:
        assert each["contact"]
        assert each["postal_address"]
    page = shared_firm.stack.http.get(f"/{site}/statement", accept="text/html").text
    assert all(name in page for name in names)
    assert says["privacy_address"] in page


def test_p31_one_statement_says_nothing_of_another_firm(shared_firm: Firm) -> None:
    """The pages of Silver Essence name neither of the other companies, and theirs do not name Silver Essence."""
    for page in ("statement", "register", "coverage", "cookies", "promises"):
        one = shared_firm.stack.http.get(f"/silver-essence/{page}.md").text
        other = shared_firm.stack.http.get(f"/vixum/{page}.md").text
        assert "Vixum" not in one
        assert "Seven Elements" not in one
        assert "Silver Essence" not in other


def test_p31_data_of_one_are_not_seen_through_another(shared_firm: Firm) -> None:
    """What was sent to a site of Seven Elements is not there for staff of Vixum, nor for those of Silver Essence."""
    enquiry = shared_firm.ask("/sevenelements/enquiries", **FORM)
    for controller in ("vixum", "silver-essence"):
        assert shared_firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer", controller=controller)[0] == 404
    assert shared_firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer", controller="seven-elements")[0] == 200


def test_p31_a_controller_without_identity_is_refused(tmp_path: Path) -> None:
    """A company whose name or contact is missing never comes into force."""
    missing = changed(tmp_path, "seven-elements.yaml", ("    legal_name: Vixum B.V.\n", ""))
    assert [fault for fault in check_files([missing], 3) if "legal_name" in fault.reason]
