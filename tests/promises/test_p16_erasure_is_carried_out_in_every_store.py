"""P16 and P05: "recht op gegevenswissing", "tenzij u ons verzoekt deze gegevens eerder te anonimiseren": erased in every store.

Asked by mail, proven with a code, undoable for three days; what the law makes us keep is named with its ground and end.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import pytest

from tests.canary import finds, marked
from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system


def asked(person: Person, *rights: str) -> tuple[str, str]:
    """Ask for rights, prove who asks, wait until that is taken up, and return the case and the session."""
    case = person.ask(*rights)
    session, _ = person.proven(case)
    return case, session


def letter(person: Person, word: str) -> str:
    """Return the newest mail to a person that holds a word, once it is there."""
    found = person.stack.eventually(lambda: [mail["text"] for mail in person.mails() if word in mail["text"]])
    return " ".join(str(found[0]).split())


def test_p16_all_of_a_person_goes_and_nothing_of_another(firm: Firm) -> None:
    """A asks, B does not: at once nobody opens A's enquiry, after three days no key opens a byte of it, and B's is as it was."""
    canary = marked()
    ada = Person(firm.stack, canary.fields["email"])
    mine = firm.ask(**canary.fields)
    hers = firm.ask(email="bob@example.org")
    asked(ada, "erasure")
    assert "vernietigen wij ze" in letter(ada, "vernietigen wij ze")
    status, answer = firm.staff("GET", f"/desk/enquiries/{mine}?why=answer")
    assert (status, answer["error"]["code"]) == (409, "restricted")
    assert firm.entry(mine)

    firm.stack.clock.advance("PT74H")
    said = letter(ada, "Wat wij hebben gedaan")
    assert sum(firm.traces(mine).values()) == 0
    assert mine in firm.evidence("destroyed")
    assert firm.staff("GET", f"/desk/enquiries/{mine}?why=answer")[0] == 410
    assert firm.open(hers)["fields"]["email"] == "bob@example.org"
    for words in (
        "Wij hebben uw gegevens gewist",
        "In onze systemen is het weg sinds",
        "In reservekopieën",
        "Art. 52(4) AWR: zeven jaar",
        "in onze boekhouding",
        "Verzoeken over uw rechten en vragen",
        "Amazon Web Services EMEA SARL: uitgevoerd",
        "Autoriteit Persoonsgegevens",
        "rechtbank",
    ):
        assert words in said
    of_the_enquiry = canary._replace(fields={**canary.fields, "email": secrets.token_hex(9)})
    assert finds(firm, of_the_enquiry, with_all_keys=True) == []
    assert not firm.stack.clock.failures


def test_p16_undone_in_time_everything_is_as_it_was(firm: Firm) -> None:
    """The person undoes it on the page; a letter goes first, and then staff can answer the enquiry again."""
    ada = Person(firm.stack, "ada@example.org")
    mine = firm.ask(email=ada.email)
    case, session = asked(ada, "erasure")
    letter(ada, "vernietigen wij ze")
    assert ada.post("undo", case=case, session=session).status == 200
    firm.stack.clock.advance("PT3H")
    letter(ada, "gebruiken wij ze weer")
    assert firm.open(mine)["fields"]["email"] == ada.email
    assert "U hebt dit verzoek ingetrokken." in letter(ada, "Wat wij hebben gedaan")
    firm.stack.clock.advance("P5D")
    assert firm.entry(mine)
    assert not firm.stack.clock.failures


def test_p16_no_data_is_told_only_to_who_proved_who_they_are(firm: Firm) -> None:
    """Before the code both get the same words; after it the one of whom nothing is held is told so."""
    known, unknown = Person(firm.stack, "ada@example.org"), Person(firm.stack, "eve@example.org")
    firm.ask(email=known.email)
    for person in (known, unknown):
        case = person.ask("erasure")
        receipt = letter(person, case)
        assert "niets gevonden" not in receipt
    session, _ = unknown.proven(case)
    assert session
    assert "hebben wij niets gevonden" in letter(unknown, "Wat wij hebben gedaan")


def test_p16_by_mail_to_the_privacy_address(firm: Firm) -> None:
    """P05: a mail in plain words is enough to have an enquiry gone before its year, once the code was typed."""
    ada = Person(firm.stack, "ada@example.org")
    mine = firm.ask(email=ada.email)
    mail = (
        f"From: {ada.email}\r\nTo: privacy@silveressence.net\r\nSubject: Wissen\r\n\r\nVerwijder al mijn gegevens.\r\n"
    )
    firm.stack.send_mail(ada.email, "privacy@silveressence.net", mail.encode())
    [case] = firm.stack.eventually(lambda: firm.staff("GET", "/desk/cases", role="privacy-officer")[1]["cases"])
    assert case["rights"] == ["erasure"]
    ada.proven(case["id"])
    letter(ada, "vernietigen wij ze")
    firm.stack.clock.advance("PT74H")
    letter(ada, "Wij hebben uw gegevens gewist")
    assert firm.entry(mine) is None


def test_p16_who_answers_the_notice_is_read_before_anything_is_destroyed(firm: Firm) -> None:
    """A reply to the notice is enough to stop it; staff note that it was taken back, and the enquiry is there again."""
    ada = Person(firm.stack, "ada@example.org")
    mine = firm.ask(email=ada.email)
    case, _ = asked(ada, "erasure")
    letter(ada, "vernietigen wij ze")
    [notice] = [each for each in firm.mails(ada.email) if "vernietigen wij ze" in each["text"]]
    to = notice["headers"]["Reply-To"]
    time.sleep(1)  # a stamp has no more than seconds
    reply = f"From: {ada.email}\r\nTo: {to}\r\nSubject: Re: uw verzoek\r\n\r\nNee, bij nader inzien toch niet.\r\n"
    firm.stack.send_mail(ada.email, to, reply.encode())
    firm.stack.clock.advance("PT74H")
    assert firm.entry(mine)
    firm.stack.clock.advance("P5D")
    assert firm.entry(mine)
    decided = {"right": "erasure", "decision": "withdraw", "said": "Schreef dat het toch niet hoeft."}
    status, answer = firm.staff("POST", f"/desk/cases/{case}/decide", decided, role="privacy-officer")
    assert status == 200, answer
    firm.stack.clock.advance("PT2H")
    assert "U hebt dit verzoek ingetrokken." in letter(ada, "Wat wij hebben gedaan")
    assert firm.open(mine)["fields"]["email"] == ada.email
    assert not firm.stack.clock.failures


def test_p16_a_copy_of_before_goes_too_and_its_person_is_told_in_time(firm: Firm) -> None:
    """The notice says to fetch it first; gone, the page offers it no more and says so in plain words to who asks all the same."""
    ada = Person(firm.stack, "ada@example.org")
    firm.ask(email=ada.email)
    first, session = asked(ada, "access")
    letter(ada, "De kopie staat klaar")
    assert "downloaden kan tot en met" in firm.stack.http.form(f"{ada.page}/status", given(first, session)).text
    asked(ada, "erasure")
    notice = letter(ada, "vernietigen wij ze")
    assert "Ook een kopie die u eerder vroeg, gaat dan weg. Download die vóór die tijd" in notice
    firm.stack.clock.advance("PT74H")
    letter(ada, "Wij hebben uw gegevens gewist")
    session, seen = ada.proven(first)
    assert [each["can"] for each in seen["rights"]] == [[]]
    page = firm.stack.http.form(f"{ada.page}/download", given(first, session))
    assert page.status == 404
    assert "Er is nu geen kopie om op te halen." in page.text
    assert "Zo staat uw zaak ervoor" in page.text


def given(case: str, session: str) -> dict[str, str]:
    """Return what the page sends for a copy."""
    return {"case": case, "session": session, "right": "access"}
