"""What is to be corrected, at the desk."""

from __future__ import annotations

import pytest
from privacy import rights_asked

from tests.fakes import services_in_memory
from tests.functions.asking import STAFF, Staff
from tests.unit.test_rectification import proposed


def test_staff_say_what_is_to_be_corrected() -> None:
    """The proposal stands with the right, and the person is written to; what cannot be is said at its field."""
    services = services_in_memory()
    _, case = proposed(services, "Mijn gegevens kloppen niet.")
    officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
    path = f"/desk/cases/{case}/corrections"
    wrong = officer.ask("POST", path, {"corrections": [{"field": "email", "new": "nobody"}]})
    assert (wrong.status, list(wrong.json["error"]["fields"])) == (422, ["email"])
    too_early = officer.ask("POST", f"/desk/cases/{case}/decide", {"right": "rectification", "decision": "fulfil"})
    assert (too_early.status, too_early.code) == (409, "correct_first")
    answer = officer.ask("POST", path, {"corrections": [{"field": "name", "new": "Ada Voorbeeld"}]})
    assert (answer.status, answer.json) == (200, {"case": case})
    assert rights_asked.of_case(services.store, case)["rectification"]["proposal"]


@pytest.mark.parametrize(
    "body", [{}, {"corrections": []}, {"corrections": [{"field": "bsn", "new": "x"}]}, {"field": "name"}]
)
def test_what_is_no_correction_is_refused(body: dict[str, object]) -> None:
    """Bad input changes nothing."""
    services = services_in_memory()
    _, case = proposed(services, "Mijn gegevens kloppen niet.")
    officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
    assert officer.ask("POST", f"/desk/cases/{case}/corrections", body).status == 422
    assert "proposal" not in rights_asked.of_case(services.store, case)["rectification"]


def test_who_is_no_officer_corrects_nothing() -> None:
    """A role that may not read cases is refused, and another controller's case is not found."""
    services = services_in_memory()
    _, case = proposed(services, "Mijn gegevens kloppen niet.")
    body = {"corrections": [{"field": "name", "new": "Ada Voorbeeld"}]}
    for claims, status in (
        ({"roles": "[security]"}, 403),
        ({"roles": "[privacy-officer]", "controller": "vixum"}, 404),
    ):
        assert (
            Staff(services, {**STAFF, **claims}).ask("POST", f"/desk/cases/{case}/corrections", body).status == status
        )
