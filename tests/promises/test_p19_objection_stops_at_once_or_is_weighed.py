"""P19: "bezwaar te maken … voor direct marketingdoeleinden … of wanneer de verwerking is gebaseerd op een legitiem belang"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from privacy import policy, subjects, suppression

from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system


def is_suppressed(firm: Firm, email: str) -> bool:
    """Say whether nobody may send a person advertising."""
    services, group = firm.services(), policy.controller("silver-essence").group
    return suppression.suppressed(services.store, subjects.identify(services.keys, group, "email", email).pointer())


def mailed(firm: Firm, email: str, text: str, more: str = "") -> None:
    """Send a mail to the privacy address."""
    mail = f"From: {email}\r\nTo: privacy@silveressence.net\r\nSubject: Bericht\r\n{more}\r\n{text}\r\n"
    firm.stack.send_mail(email, "privacy@silveressence.net", mail.encode())


def cases(firm: Firm) -> list[dict[str, Any]]:
    """Return the open cases."""
    found: list[dict[str, Any]] = firm.staff("GET", "/desk/cases", role="privacy-officer")[1]["cases"]
    return found


def test_p19_advertising_stops_at_once_and_nobody_has_to_decide(firm: Firm) -> None:
    """A mail from the address is enough: the person is suppressed by a code that is no address, and the letter says so."""
    ada = Person(firm.stack, "ada@example.org")
    mailed(firm, ada.email, "Ik maak bezwaar tegen het gebruik van mijn gegevens voor direct marketing.")
    firm.stack.eventually(lambda: is_suppressed(firm, ada.email))
    assert not is_suppressed(firm, "bob@example.org")
    firm.stack.eventually(lambda: [mail for mail in ada.mails() if "Wij zijn gestopt" in mail["text"]])
    assert not any("Vraag daarvoor een code" in " ".join(mail["text"].split()) for mail in ada.mails())
    assert not cases(firm)


def test_p19_what_else_a_mail_asks_waits_for_a_code(firm: Firm) -> None:
    """Advertising stops at once; a copy of the data is begun when its person is proven."""
    ada = Person(firm.stack, "ada@example.org")
    mailed(firm, ada.email, "Ik wil geen reclame meer van jullie. Stuur mij ook een kopie van al mijn gegevens.")
    firm.stack.eventually(lambda: is_suppressed(firm, ada.email))
    [case] = cases(firm)
    assert set(case["rights"]) == {"access", "objection"}
    assert [mail for mail in ada.mails() if "Vraag daarvoor een code" in " ".join(mail["text"].split())]
    ada.proven(case["id"])
    firm.stack.eventually(lambda: not cases(firm))
    assert not firm.stack.clock.failures


def test_p19_a_forged_wish_for_no_advertising_waits(firm: Firm) -> None:
    """What fails the sender's own DMARC rule changes nothing by itself."""
    mailed(
        firm, "ada@example.org", "Ik wil geen reclame meer van jullie ontvangen.", "X-Local-Verdicts: dmarc=FAIL\r\n"
    )
    firm.stack.eventually(lambda: cases(firm))
    firm.stack.clock.advance("PT2H")
    assert not is_suppressed(firm, "ada@example.org")


def test_p19_advertising_stays_stopped(firm: Firm) -> None:
    """Three years later, when its period is over, the wish still stands: the end date was moved on, and evidence says so."""
    ada = Person(firm.stack, "ada@example.org")
    mailed(firm, ada.email, "Ik maak bezwaar tegen het gebruik van mijn gegevens voor direct marketing.")
    [case] = firm.stack.eventually(lambda: cases(firm))
    ada.proven(case["id"])
    firm.stack.eventually(lambda: is_suppressed(firm, ada.email))
    firm.stack.clock.advance("P1095D")
    assert is_suppressed(firm, ada.email)
    assert len(firm.evidence("renewed")) == 1
    assert not firm.stack.clock.failures


def test_p19_another_ground_is_weighed_by_staff(firm: Firm) -> None:
    """It waits for staff; refused with reasons, the letter names authority and court."""
    ada = Person(firm.stack, "ada@example.org")
    mailed(firm, ada.email, "Ik maak bezwaar tegen het gebruik van mijn gegevens.")
    [case] = firm.stack.eventually(lambda: cases(firm))
    ada.proven(case["id"])
    place = f"/desk/cases/{case['id']}"

    def status() -> str:
        return str(firm.staff("GET", f"{place}/progress", role="privacy-officer")[1]["progress"]["rights"][0]["status"])

    firm.stack.eventually(lambda: status() == "approval")
    refusal = {"right": "objection", "decision": "refuse", "reasons": "Nodig tegen misbruik."}
    assert firm.staff("POST", f"{place}/decide", refusal, role="privacy-officer")[0] == 200
    firm.stack.clock.advance("PT3H")
    [letter] = [
        mail["text"]
        for mail in ada.mails()
        if "Nodig tegen misbruik." in mail["text"] and "Wat wij hebben gedaan" in mail["text"]
    ]
    assert "rechtbank" in letter
    assert "Autoriteit Persoonsgegevens" in letter
    assert not firm.stack.clock.failures


@pytest.mark.parametrize("erase", [[], ["spam"]])
def test_p19_decided_in_part_nothing_stays_closed_off_for_ever(firm: Firm, erase: list[str]) -> None:
    """What staff name is destroyed, what they do not is used again after a letter with their reasons; then the final one comes."""
    ada = Person(firm.stack, "ada@example.org")
    spam = firm.ask(email=ada.email, _gotcha="x")
    mailed(firm, ada.email, "Ik maak bezwaar tegen het gebruik van mijn gegevens.")
    [case] = firm.stack.eventually(lambda: cases(firm))
    ada.proven(case["id"])
    firm.stack.eventually(lambda: (firm.entry(spam) or {}).get("restricted_at"))
    firm.stack.clock.advance("PT1H")
    decision = {"right": "objection", "decision": "partly", "reasons": "Nodig tegen misbruik.", "said": "Een deel."}
    place = f"/desk/cases/{case['id']}/decide"
    assert firm.staff("POST", place, {**decision, "erase": erase}, role="privacy-officer")[0] == 200
    firm.stack.clock.advance("PT3H")
    assert (firm.entry(spam) is None) is bool(erase)
    assert "restricted_at" not in (firm.entry(spam) or {})
    assert bool([mail for mail in ada.mails() if "gebruiken wij ze weer" in mail["text"]]) is not bool(erase)
    assert [mail for mail in ada.mails("Ons antwoord") if "Nodig tegen misbruik." in mail["text"]]
    assert not cases(firm)
    assert not firm.stack.clock.failures


def test_p29_who_unsubscribes_by_mail_needs_no_code(firm: Firm) -> None:
    """The mail from the address itself is enough; a letter says that it was done."""
    mailed(firm, "ada@example.org", "Meld mij af voor de nieuwsbrief.")
    firm.stack.eventually(lambda: is_suppressed(firm, "ada@example.org"))
    assert firm.stack.eventually(
        lambda: [mail for mail in firm.mails("ada@example.org") if "U bent afgemeld" in mail["text"]]
    )
