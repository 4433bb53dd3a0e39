"""P39: staff never ask for special-category data, nor for it to be registered.

"Onze medewerkers zullen nooit om bijzondere persoonsgegevens vragen en wij zullen ook nooit vragen om dit ergens te
registeren."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from privacy import policy

if TYPE_CHECKING:
    from tests.firm import Firm

BSN = "111222333"


@pytest.mark.parametrize(
    "text", [f"Mijn BSN is {BSN}, klopt dat?", f"burgerservicenummer: {BSN[:4]}.{BSN[4:6]}.{BSN[6:]}"]
)
def test_p39_a_bsn_is_masked_before_it_is_stored(shared_firm: Firm, text: str) -> None:
    """A citizen service number with its word is unreadable when staff open the enquiry, and the sender is told."""
    response = shared_firm.stack.http.post(
        "/silver-essence/enquiries?lang=nl", {"name": "Ada", "email": "ada@example.org", "message": text}
    )
    assert response.status == 201
    assert "burgerservicenummer" in response.json()["notices"][0]
    stored = shared_firm.open(response.json()["reference"])["fields"]["message"]
    assert "●●●" in stored
    assert BSN not in stored.replace(".", "")


def test_p39_nothing_else_of_what_people_write_is_altered(shared_firm: Firm) -> None:
    """An account number, a telephone number and a customer number without the word come through as they were written."""
    text = f"IBAN NL20INGB0001234567, bel +31 6 1234 5678.\nKlantnummer {BSN}; 50% = ½ & <b>vet</b> — ünïcode 🙂"
    reference = shared_firm.ask(message=text)
    assert shared_firm.open(reference)["fields"]["message"] == text


@pytest.mark.parametrize("text", ["Wilt u ons uw BSN sturen?", "Please send us a copy of your passport."])
def test_p39_an_answer_that_asks_for_such_data_warns_its_author(shared_firm: Firm, text: str) -> None:
    """Staff are warned before such an answer leaves; nothing is sent until they say so."""
    enquiry = shared_firm.ask(message=f"waarom {text}")
    status, answer = shared_firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": text})
    assert (status, answer["error"]["code"]) == (409, "asks_for_special_data")
    assert shared_firm.open(enquiry)["messages"] == []


def test_p39_no_form_has_a_field_for_it() -> None:
    """No form of any site asks for more than who somebody is and what they want to say."""
    kinds = {
        field.kind for site in policy.sites() for form in policy.forms(site) for field in policy.form(site, form).fields
    }
    assert kinds <= {"name", "email", "phone", "text", "long_text"}
