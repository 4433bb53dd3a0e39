"""P17: "recht op beperking van de verwerking": stored and nothing else, until the person was told that it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system


def test_p17_nobody_reads_it_retention_leaves_it_and_a_letter_comes_before_the_end(firm: Firm) -> None:
    """Restricted at once, past its end still there; staff lift it with reasons, the letter goes first."""
    ada = Person(firm.stack, "ada@example.org")
    mine = firm.ask(email=ada.email)
    assert firm.staff("POST", f"/desk/enquiries/{mine}/handled")[0] == 200
    case = ada.ask("restriction")
    ada.proven(case)
    firm.stack.eventually(
        lambda: [mail for mail in ada.mails() if "Wij bewaren uw gegevens vanaf nu alleen nog" in mail["text"]]
    )
    status, answer = firm.staff("GET", f"/desk/enquiries/{mine}?why=answer")
    assert (status, answer["error"]["code"]) == (409, "restricted")

    lift = {"reasons": "Uw gegevens zijn nagekeken."}
    assert firm.staff("POST", f"/desk/cases/{case}/lift", {"reasons": ""}, role="privacy-officer")[0] == 422
    assert firm.staff("POST", f"/desk/cases/{case}/lift", lift, role="privacy-officer")[0] == 200
    assert firm.staff("GET", f"/desk/enquiries/{mine}?why=answer")[0] == 409
    firm.stack.eventually(lambda: [mail for mail in ada.mails() if lift["reasons"] in mail["text"]])
    firm.stack.clock.advance("PT2H")
    assert firm.open(mine)["fields"]["email"] == ada.email
    assert mine in firm.evidence("restricted")
    assert mine in firm.evidence("lifted")
    assert not firm.stack.clock.failures


def test_p17_what_is_restricted_outlives_its_end(firm: Firm) -> None:
    """A year after it was handled it is still there: who needs the data for a claim may ask for just that (Art. 18(1)(c))."""
    ada = Person(firm.stack, "ada@example.org")
    mine, other = firm.ask(email=ada.email), firm.ask(email="bob@example.org")
    for enquiry in (mine, other):
        assert firm.staff("POST", f"/desk/enquiries/{enquiry}/handled")[0] == 200
    ada.proven(ada.ask("restriction"))
    firm.stack.eventually(lambda: firm.evidence("restricted"))
    firm.stack.clock.advance("P362D")
    assert firm.entry(other) is None
    assert firm.entry(mine) is not None


def test_p17_a_restriction_outlives_no_case_unseen(firm: Firm) -> None:
    """Staff are reminded until they have looked; when the case ends they hold it, and lift it by entry after a letter."""
    ada = Person(firm.stack, "ada@example.org")
    mine = firm.ask(email=ada.email)
    case = ada.ask("restriction")
    ada.proven(case)
    firm.stack.eventually(lambda: firm.evidence("restricted"))
    firm.stack.clock.advance("P370D")
    assert firm.entry(case) is None
    assert len([mail for mail in firm.mails("info@silveressence.net") if "#restrictions" in mail["text"]]) >= 1
    [standing] = firm.staff("GET", "/desk/restrictions", role="privacy-officer")[1]["restrictions"]
    assert (standing["id"], standing["by"]) == (mine, ["staff"])
    assert firm.staff("GET", f"/desk/enquiries/{mine}?why=answer")[0] == 409

    lift = {"reasons": "Uw gegevens zijn nagekeken."}
    assert firm.staff("POST", f"/desk/restrictions/{mine}/lift", lift, role="privacy-officer")[0] == 200
    firm.stack.eventually(lambda: [mail for mail in ada.mails() if lift["reasons"] in mail["text"]])
    firm.stack.clock.advance("PT2H")
    assert "restricted_at" not in (firm.entry(mine) or {})
    assert mine in firm.evidence("handed_over")
    assert mine in firm.evidence("lifted")
    assert not firm.stack.clock.failures
