"""P15: "recht op rectificatie": carried out, with the old value gone and recipients told (Art. 16 and 19 GDPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from privacy import vault
from privacy.errors import Unreadable

from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system


def proposal(ada: Person, text: str) -> tuple[str, str]:
    """Ask for a correction, type the code, and wait until the proposal was sent; return the case and the session."""
    case = ada.ask("rectification", message=text)
    session, _ = ada.proven(case)
    ada.stack.eventually(lambda: ada.mails("Over uw zaak"))
    return case, session


def test_p15_a_wrong_name_is_corrected_once_its_person_confirms(firm: Firm) -> None:
    """The mail names both values; pressing confirm corrects it: staff see the new one, the old key opens nothing any more."""
    ada = Person(firm.stack, "ada@example.org")
    enquiry = firm.ask(name="Ada Vorbeeld", email=ada.email, message="Groet van Ada Vorbeeld")
    old = vault.unlock(firm.services().keys, vault.find(firm.services().store, enquiry))
    case, session = proposal(ada, "Kunt u mijn naam wijzigen van Ada Vorbeeld naar Ada Voorbeeld?")
    [asked] = ada.mails("Over uw zaak")
    assert "Ada Vorbeeld; wordt: Ada Voorbeeld" in asked["text"]
    assert "Vorbeeld" not in asked["subject"]
    assert firm.open(enquiry)["fields"]["name"] == "Ada Vorbeeld"
    assert ada.post("confirm", case=case, session=session).status == 200
    firm.stack.eventually(lambda: ada.mails("Ons antwoord"))
    assert "verbeterd" in ada.mails("Ons antwoord")[0]["text"]
    found = firm.open(enquiry)
    assert found["fields"]["name"] == "Ada Voorbeeld"
    assert "Vorbeeld" not in str(found)
    for item in firm.services().store.items("records", f"entry#{enquiry}"):
        if "sealed" in item:
            with pytest.raises(Unreadable):
                old.unseal(item["sk"], item["sealed"])
    assert firm.evidence("rectified") == [enquiry]
    assert firm.evidence("told")


def test_p15_a_changed_address_obtains_nothing_for_a_week(firm: Firm) -> None:
    """The old address is told and nothing changes for a week; then the new address is the person's, and gets their copy."""
    ada, new = (Person(firm.stack, address) for address in ("ada@example.org", "ada@voorbeeld.nl"))
    enquiry = firm.ask(email=ada.email)
    case, session = proposal(ada, f"Mijn nieuwe e-mailadres is {new.email}.")
    ada.post("confirm", case=case, session=session)
    firm.stack.eventually(lambda: len(ada.mails("Over uw zaak")) == 2)
    early = new.ask("access")
    new.proven(early)
    firm.stack.eventually(lambda: new.mails("Ons antwoord"))
    assert "niets gevonden" in new.mails("Ons antwoord")[0]["text"]
    assert firm.open(enquiry)["fields"]["email"] == ada.email
    firm.stack.clock.advance("P8D")
    assert firm.open(enquiry)["fields"]["email"] == new.email
    assert "verbeterd" in ada.mails("Ons antwoord")[0]["text"]
    late = new.ask("access")
    new.proven(late)
    firm.stack.eventually(lambda: len(new.mails("Ons antwoord")) == 2)
    assert "krijgt een kopie" in new.mails("Ons antwoord")[0]["text"]


def test_p15_what_can_be_corrected_at_once_is_and_taking_back_the_address_leaves_it(firm: Firm) -> None:
    """A name and an address in one request: the name is right at once, the address is taken back, and the letter says both."""
    ada = Person(firm.stack, "ada@example.org")
    enquiry = firm.ask(name="Ada Vorbeeld", email=ada.email)
    text = "Kunt u mijn naam wijzigen van Ada Vorbeeld naar Ada Voorbeeld? Mijn nieuwe e-mailadres is ada@voorbeeld.nl."
    case, session = proposal(ada, text)
    assert ada.post("confirm", case=case, session=session).status == 200
    firm.stack.eventually(lambda: len(ada.mails("Over uw zaak")) == 2)
    assert "Al verbeterd: Naam." in ada.mails("Over uw zaak")[0]["text"]
    assert ada.post("withdraw", case=case, session=session, right="rectification").status == 200
    firm.stack.eventually(lambda: ada.mails("Ons antwoord"))
    letter = " ".join(ada.mails("Ons antwoord")[0]["text"].split())
    assert "U hebt dit verzoek ingetrokken. Dit was toen al verbeterd en blijft zo: - Naam: sinds" in letter
    firm.stack.clock.advance("P8D")
    found = firm.open(enquiry)["fields"]
    assert (found["name"], found["email"]) == ("Ada Voorbeeld", ada.email)
    assert not firm.stack.clock.failures


def test_p15_who_answers_that_it_was_not_them_keeps_their_address(firm: Firm) -> None:
    """The notice says that an answer stops it: the week passes, nothing changes, and staff who read it leave the old address."""
    ada = Person(firm.stack, "ada@example.org")
    enquiry = firm.ask(email=ada.email)
    case, session = proposal(ada, "Mijn nieuwe e-mailadres is mallory@example.org.")
    ada.post("confirm", case=case, session=session)
    firm.stack.eventually(lambda: len(ada.mails("Over uw zaak")) == 2)
    notice = ada.mails("Over uw zaak")[0]
    assert "dan wijzigen wij niets voordat een medewerker het heeft gelezen" in notice["text"]
    firm.stack.clock.advance("PT1M")
    to = notice["headers"]["Reply-To"]
    reply = f"From: {ada.email}\r\nTo: {to}\r\nSubject: Re\r\n\r\nDit was ik niet.\r\n"
    firm.stack.send_mail(ada.email, to, reply.encode())
    officer = {"role": "privacy-officer"}
    at = f"/desk/cases/{case}"
    firm.stack.eventually(
        lambda: firm.staff("GET", f"{at}/progress", **officer)[1]["progress"]["rights"][0]["wrote_since"]
    )
    firm.stack.clock.advance("P8D")
    assert firm.open(enquiry)["fields"]["email"] == ada.email
    [right] = firm.staff("GET", f"{at}/progress", **officer)[1]["progress"]["rights"]
    assert (right["status"], right["wrote_since"]) == ("approval", True)
    refused = {"right": "rectification", "decision": "withdraw", "said": "Per mail."}
    assert firm.staff("POST", f"{at}/decide", refused, **officer)[0] == 200
    firm.stack.eventually(lambda: ada.mails("Ons antwoord"))
    assert firm.open(enquiry)["fields"]["email"] == ada.email
    assert not firm.stack.clock.failures


def test_p15_the_address_on_file_hears_of_the_new_one_whoever_asks(firm: Firm) -> None:
    """Staff vouch for who writes from elsewhere: the notice goes to the old address, and not to who asks."""
    ada, new = (Person(firm.stack, address) for address in ("ada@example.org", "ada@voorbeeld.nl"))
    firm.ask(email=ada.email)
    case = new.ask("rectification", message=f"Mijn nieuwe e-mailadres is {new.email}, niet {ada.email}.")
    officer = {"role": "privacy-officer"}
    vouched = {"how": "known_facts", "note": "Wist wat wij schreven.", "known_as_email": ada.email}
    assert firm.staff("POST", f"/desk/cases/{case}/identity", vouched, **officer)[0] == 200
    firm.stack.eventually(lambda: new.mails("Over uw zaak"))
    decided = {"right": "rectification", "decision": "fulfil"}
    assert firm.staff("POST", f"/desk/cases/{case}/decide", decided, **officer)[0] == 200
    firm.stack.eventually(lambda: ada.mails("Over uw zaak"))
    assert "Dit bericht gaat naar het oude" in ada.mails("Over uw zaak")[0]["text"]
    assert len(new.mails("Over uw zaak")) == 1
