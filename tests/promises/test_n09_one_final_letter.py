"""N9: one final letter: what was done, what was kept and why, when the last backup is unreadable, who looked, what I can do next.

And Art. 12(3) and (4) GDPR with it: an extension tells the person why and within the first month; a refusal is none without its
reasons, the authority and the court.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

PERSON = "ada.voorbeeld@example.org"


def arrived(firm: Firm, text: str) -> str:
    """Send a mail to the privacy address and return the case."""
    mail = f"From: Ada <{PERSON}>\r\nTo: privacy@silveressence.net\r\nSubject: Verzoek\r\n\r\n{text}\r\n"
    firm.stack.send_mail(PERSON, "privacy@silveressence.net", mail.encode())
    found = firm.stack.eventually(lambda: officer(firm, "GET", "/desk/cases")["cases"])
    return str(found[0]["id"])


def officer(firm: Firm, method: str, path: str, data: Any = None, status: int = 200) -> Any:
    """Call the desk as privacy officer."""
    given, answer = firm.staff(method, path, data, role="privacy-officer")
    assert given == status, answer
    return answer


def letters(firm: Firm, word: str) -> list[dict[str, Any]]:
    """Return the mails to the person that hold a word."""
    return [mail for mail in firm.mails(PERSON) if word in mail["text"]]


def test_the_person_gets_one_letter_with_all_of_it(firm: Firm) -> None:
    """Two rights, one letter: each right, who looked and when, authority, court and what comes next; then the case is closed."""
    case = arrived(firm, "Ik wil inzage in mijn gegevens en daarna wil ik dat u alles verwijdert.")
    officer(firm, "GET", f"/desk/cases/{case}?why=answer")
    officer(firm, "POST", f"/desk/cases/{case}/decide", {"right": "access", "decision": "no_data"})
    assert not letters(firm, "Wat wij hebben gedaan")
    refusal = {"right": "erasure", "decision": "refuse", "reasons": "De belastingwet verplicht ons dit te bewaren."}
    ended = officer(firm, "POST", f"/desk/cases/{case}/decide", refusal)["progress"]
    assert (ended["case"]["status"], ended["case"]["outcome"]) == ("closed", "partly")

    [letter] = firm.stack.eventually(lambda: letters(firm, "Wat wij hebben gedaan"))
    for said in (
        "Inzage",
        "Wissen",
        "De belastingwet verplicht ons dit te bewaren.",
        "Wie uw gegevens heeft ingezien",
        "om te antwoorden",
        "Autoriteit Persoonsgegevens",
        "rechtbank",
        "art. 35 lid 2 UAVG",
        case,
        "/silver-essence/rights",
    ):
        assert said in letter["text"]
    assert case not in letter["subject"]
    assert letter["headers"]["Auto-Submitted"] == "auto-generated"
    assert "+r." in letter["headers"]["Reply-To"]


def test_a_copy_kept_beside_an_erasure_has_its_own_two_days(firm: Firm) -> None:
    """Access and erasure in one request: the letter says when the data went, and apart from that when the copy ends."""
    ada = Person(firm.stack, PERSON)
    firm.ask(email=PERSON)
    ada.proven(ada.ask("access", "erasure"))
    firm.stack.eventually(lambda: letters(firm, "vernietigen wij ze"))
    firm.stack.clock.advance("PT74H")
    [letter] = firm.stack.eventually(lambda: letters(firm, "Wat wij hebben gedaan"))
    said = " ".join(letter["text"].split())
    assert "In onze systemen is het weg sinds" in said
    assert "De kopie die u vroeg, valt hierbuiten: u kunt die tot en met" in said
    assert not firm.stack.clock.failures


def test_a_refusal_without_reasons_is_refused(firm: Firm) -> None:
    """Nothing is decided, nothing is sent: the message says what is missing."""
    case = arrived(firm, "Verwijder al mijn gegevens.")
    answer = officer(firm, "POST", f"/desk/cases/{case}/decide", {"right": "erasure", "decision": "refuse"}, 422)
    assert "reasons" in answer["error"]["fields"]
    closing = {"outcome": "refused", "reason": "Geen zin."}
    answer = officer(firm, "POST", f"/desk/cases/{case}/close", closing, 409)
    assert answer["error"]["code"] == "decide_first"
    assert officer(firm, "GET", f"/desk/cases/{case}/progress")["progress"]["case"]["status"] == "open"


def test_an_extension_is_told_with_its_reasons_and_too_late_it_is_none(firm: Firm) -> None:
    """Three months from receipt, the letter with reasons; after the first month it is refused, and the alarm's count is up."""
    case = arrived(firm, "Ik wil graag inzage in al mijn gegevens.")
    before = officer(firm, "GET", f"/desk/cases/{case}/progress")["progress"]["case"]
    extended = officer(firm, "POST", f"/desk/cases/{case}/extend", {"reasons": "Het zijn heel veel gegevens."})
    assert extended["progress"]["case"]["respond_by"] > before["respond_by_latest"]
    [letter] = firm.stack.eventually(lambda: letters(firm, "Het zijn heel veel gegevens."))
    assert "Autoriteit Persoonsgegevens" in letter["text"]

    firm.stack.clock.advance("P100D")
    late = officer(firm, "POST", f"/desk/cases/{case}/extend", {"reasons": "Nog meer.", "months": 1}, 409)
    assert late["error"]["code"] == "is_closed"
    assert not firm.stack.clock.failures


def test_staff_are_reminded_before_the_last_day(firm: Firm) -> None:
    """Fourteen, seven, three and one day before it, once each: a link and no personal data."""
    arrived(firm, "Ik wil graag inzage in al mijn gegevens.")
    firm.stack.clock.advance("P32D")
    reminders = [mail for mail in firm.mails("info@silveressence.net") if "binnenkort" in mail["subject"]]
    assert len(reminders) == 4
    assert not any(PERSON in mail["text"] for mail in reminders)
    assert not firm.stack.clock.failures


def test_the_dossier_tells_the_authority_what_was_done(firm: Firm) -> None:
    """Timeline, messages, decisions with reasons, and proofs from the signed evidence; the history needs no opening."""
    case = arrived(firm, "Verwijder al mijn gegevens.")
    decision = {"right": "erasure", "decision": "refuse", "reasons": "De wet."}
    officer(firm, "POST", f"/desk/cases/{case}/decide", decision)
    firm.stack.clock.advance("P2D")
    token = firm.stack.token("privacy-officer")
    answer = firm.stack.http.get(f"/desk/cases/{case}/dossier?why=follow-up", token=token)
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        names = archive.namelist()
        assert {"README.txt", "case.json", "case.txt", "timeline.txt"} <= set(names)
        assert "Wissen: afgewezen" in archive.read("case.txt").decode()
        facts = json.loads(archive.read("case.json"))
    assert facts["notes"][0]["reasons"] == "De wet."
    assert any(name.startswith("proofs/") for name in names)
    whats = [event["what"] for event in officer(firm, "GET", f"/desk/cases/{case}/history")["history"]]
    assert [what for what in ("received", "decided", "letter_sent", "case_closed") if what not in whats] == []


def test_a_breach_is_watched_until_it_is_reported(firm: Firm) -> None:
    """Seventy-two hours: staff are reminded four times, the count that rings the alarm goes up, and down when it is reported."""
    firm.ask()
    breach = {"aware": firm.stack.clock.now(), "nature": "Een laptop is gestolen."}
    incident = officer(firm, "POST", "/desk/incidents", breach, 201)["id"]
    scope = {"since": "2020-01-01", "until": firm.stack.clock.now(), "categories": ["enquiries"]}
    counted = officer(firm, "POST", f"/desk/incidents/{incident}/scope", scope)["affected"]
    assert (counted["entries"], counted["persons"]) == (1, 1)
    draft = officer(firm, "GET", f"/desk/incidents/{incident}/draft?why=follow-up")
    assert "Aanvragen van informatie: 1" in draft["text"]
    firm.stack.clock.advance("P4D")
    assert len([mail for mail in firm.mails("info@silveressence.net") if "nog niet gemeld" in mail["subject"]]) == 4
    assert firm.stack.invoke("Retention", {})["incidents_overdue"] == 1
    report = {"at": firm.stack.clock.now(), "reference": "Z-1", "reasons": "Het duurde langer."}
    assert officer(firm, "POST", f"/desk/incidents/{incident}/reported", report)["incident"]["status"] == "reported"
    assert firm.stack.invoke("Retention", {})["incidents_overdue"] == 0
    assert not firm.stack.clock.failures
