"""P11, P38: only staff involved in the service can see the data.

"Deze informatie is alleen toegankelijk voor onze medewerkers die betrokken zijn bij de uitvoering van onze dienstverlening."
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from privacy import vault

if TYPE_CHECKING:
    from tests.firm import Firm


def openings(firm: Firm) -> int:
    """Return how many openings are recorded, seen from outside."""
    return sum(item.get("category", {}).get("S") == "openings" for item in firm.items("Records"))


def test_p11_an_opening_is_recorded_sealed_and_found_with_the_person(firm: Firm) -> None:
    """Who, when, whose and why are kept, sealed, under the pointers of the person, with an end of their own."""
    enquiry = firm.ask()
    firm.open(enquiry, subject="staff-7")
    assert openings(firm) == 1
    services = firm.services()
    entry = vault.find(services.store, enquiry)
    [opening] = [each for each in vault.of_subject(services.store, entry.subjects) if each.category == "openings"]
    [record] = services.store.items("records", f"entry#{opening.id}")
    said = vault.unlock(services.keys, opening).unseal("main", record["sealed"])
    assert (said["who"], said["entry"], said["why"]) == ("staff-7", enquiry, "answer")
    assert datetime.fromisoformat(said["at"])
    assert opening.due > entry.created_at
    assert not any(b"staff-7" in content for content in firm.stack.dump().values())


@pytest.mark.parametrize(
    "claims",
    [{"role": "customer"}, {"role": "partner"}, {"role": "application"}, {"controller": "vixum"}, {"roles": []}],
)
def test_p11_nobody_else_opens_anything(shared_firm: Firm, claims: dict[str, object]) -> None:
    """Customers, partners, the application, staff of another controller and staff without a role see nothing."""
    enquiry = shared_firm.ask(message=f"voor {claims}")
    before = openings(shared_firm)
    for method, path, data in [
        ("GET", f"/desk/enquiries/{enquiry}?why=answer", None),
        ("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "x"}),
        ("POST", f"/desk/enquiries/{enquiry}/handled", None),
    ]:
        status, answer = shared_firm.staff(method, path, data, **claims)
        assert status in {403, 404}, (path, answer)
        assert "Ada" not in str(answer)
    assert openings(shared_firm) == before


def test_p11_without_a_record_nothing_is_shown(firm: Firm) -> None:
    """When the opening cannot be recorded, because its wall's key is disabled, nothing is opened."""
    enquiry = firm.ask()
    table = firm.stack.resources["RecordsTable"]
    environment = firm.stack.client("lambda").get_function_configuration(FunctionName=firm.stack.resources["Desk"])[
        "Environment"
    ]["Variables"]
    firm.stack.client("lambda").update_function_configuration(
        FunctionName=firm.stack.resources["Desk"],
        Environment={"Variables": {**environment, "WALL_CASES": environment["POINTER_KEY"]}},
    )
    status, answer = firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer")
    assert status == 503
    assert "Ada" not in str(answer)
    assert table
    assert openings(firm) == 0
