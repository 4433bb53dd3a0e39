"""P18: "of om deze aan een aanbieder naar keuze te verstrekken": straight to them, after it was confirmed (Art. 20(2) GDPR)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.person import Person
from tests.promises.test_p14_everyone_can_see_what_is_held import copy, fetched

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system
HTML = "text/html,application/xhtml+xml"
PROVIDER = {"provider": "Bakker Administratie", "provider_email": "info@bakker.example"}


def ready(firm: Firm, *rights: str, **more: Any) -> tuple[Person, str, str]:
    """Return somebody with a copy that is ready, their case and its session."""
    ada = Person(firm.stack, "ada@example.org")
    firm.ask(name="Ada Voorbeeld", email=ada.email, message="Wat kost het?")
    case = ada.ask(*(rights or ("portability",)), **more)
    session, _ = ada.proven(case)
    copy(ada, case, session, rights[0] if rights else "portability")
    firm.stack.clock.advance("PT2M")  # a code a minute
    return ada, case, session


def confirmed(ada: Person, case: str, session: str, **to: str) -> tuple[str, str]:
    """Name a provider, read the code in the mail, confirm with it; return the pass phrase and the session."""
    before = len(ada.codes())
    to = {**PROVIDER, **to}
    named = ada.post("provider", case=case, session=session, **to)
    assert named.status == 200, named.text
    ada.stack.eventually(lambda: len(ada.codes()) > before)
    answer = ada.post("provider", case=case, session=session, code=ada.codes()[0], **to)
    assert answer.status == 200, answer.text
    return str(answer.json()["password"]), str(answer.json()["session"])


def mail_to(firm: Firm, address: str) -> dict[str, Any]:
    """Return the one mail to an address."""
    firm.stack.eventually(lambda: firm.mails(address))
    [mail] = firm.mails(address)
    return mail


def number_in(mail: dict[str, Any], case: str) -> str:
    """Return the number that the mail to a provider holds."""
    [number] = set(re.findall(r"\b[a-z2-7]{26}\b", mail["text"])) - {case}
    return str(number)


def stands(ada: Person, case: str, session: str) -> list[dict[str, Any]]:
    """Return how the transmissions of a case stand."""
    found: list[dict[str, Any]] = ada.post("status", case=case, session=session).json()["case"]["transmissions"]
    return found


def test_p18_a_copy_goes_straight_to_a_provider_of_choice(firm: Firm) -> None:
    """Named, confirmed, told, waited for, fetched with two things by two ways; recorded, and said to the person."""
    ada, case, session = ready(firm)
    password, session = confirmed(ada, case, session)
    firm.stack.eventually(lambda: any("info@bakker.example" in mail["text"] for mail in ada.mails("Over uw zaak")))
    [state] = stands(ada, case, session)
    assert (state["status"], state["provider_email"]) == ("undo", "info@bakker.example")
    firm.stack.clock.advance("PT23H")
    assert not firm.mails("info@bakker.example")
    firm.stack.clock.advance("PT3H")
    mail = mail_to(firm, "info@bakker.example")
    for word in ("Ada", ada.email, "Bakker", password):
        assert word not in mail["text"] + mail["subject"]
    answer = ada.post("fetch", number=number_in(mail, case), phrase=password)
    assert answer.status == 200, answer.text
    given = fetched(answer.json()["link"])
    with zipfile.ZipFile(io.BytesIO(given.body)) as archive:
        names, said = set(archive.namelist()), json.loads(archive.read("data.json"))
    assert {"data.json", "schema.json", "csv/enquiries.csv"} <= names
    assert not [name for name in names if name.startswith("files/") or name.endswith(".html")]
    assert "Wat kost het?" in json.dumps(said)
    assert said["openings"] == []
    firm.stack.eventually(lambda: any("heeft de kopie opgehaald" in mail["text"] for mail in ada.mails("Over uw zaak")))
    assert firm.evidence("disclosed")[-1] == case
    assert set(firm.evidence("transmission")) == {case}
    firm.stack.clock.advance("PT1H30M")
    bucket = firm.stack.resources["HandoutBucket"]
    assert firm.stack.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    assert firm.stack.clock.failures == []


def test_p18_a_session_alone_sends_nothing(firm: Firm) -> None:
    """Whoever sits down at the page for half an hour, without the mailbox, gets no further than the question for a code."""
    ada, case, session = ready(firm)
    assert ada.post("provider", case=case, session=session, **PROVIDER).status == 200
    for code in ("000000", "111111", "12", ""):
        refused = ada.post("provider", case=case, session=session, code=code, **PROVIDER)
        assert refused.status in (403, 422)
    assert stands(ada, case, session) == []
    firm.stack.clock.advance("P3D")
    assert not firm.mails("info@bakker.example")


def test_p18_only_a_code_whose_mail_says_so_hands_over(firm: Firm) -> None:
    """A code that somebody was talked out of to "see how the case stands" gives nobody a copy; the mail of the right one says it."""
    ada, case, session = ready(firm)
    to_look = ada.code(case)
    refused = ada.post("provider", case=case, session=session, code=to_look, **PROVIDER)
    assert (refused.status, refused.json()["error"]["code"]) == (403, "identity_not_proven")
    assert stands(ada, case, session) == []
    firm.stack.clock.advance("PT2M")
    confirmed(ada, case, session)
    said = " ".join(ada.mails("Uw code")[0]["text"].split())
    assert "bevestigt dat wij een kopie van uw gegevens aan een andere aanbieder geven" in said


def test_p18_whoever_reads_the_mailbox_can_stop_it(firm: Firm) -> None:
    """In the day of waiting and after it, as long as nobody has fetched it; also on the page, by a button."""
    ada, case, session = ready(firm)
    confirmed(ada, case, session)
    firm.stack.clock.advance("PT12H")
    session, _ = ada.proven(case)
    page = ada.stack.http.form(f"{ada.page}/stop", {"case": case, "session": session})
    assert page.status == 200
    assert "de aanbieder krijgt niets" in page.text
    assert [each["status"] for each in stands(ada, case, session)] == ["stopped"]
    firm.stack.clock.advance("P3D")
    assert not firm.mails("info@bakker.example")


def test_p18_an_answer_from_any_address_stops_it(firm: Firm) -> None:
    """Whose mailbox was taken over cannot read the code: they answer from another one, also when the case is closed."""
    ada, case, session = ready(firm)
    confirmed(ada, case, session)
    [notice] = firm.stack.eventually(lambda: [each for each in ada.mails("Over uw zaak") if "Bakker" in each["text"]])
    to = notice["headers"]["Reply-To"]
    firm.stack.clock.advance("PT2H")
    answer = f"From: ada@work.example\r\nTo: {to}\r\nSubject: Nee\r\n\r\nDit heb ik niet gevraagd.\r\n"
    firm.stack.send_mail("ada@work.example", to, answer.encode())
    firm.stack.eventually(lambda: firm.mails("ada@work.example"))
    firm.stack.clock.advance("PT24H")
    assert not firm.mails("info@bakker.example")
    assert any("omdat er een antwoord kwam op ons bericht" in mail["text"] for mail in ada.mails("Over uw zaak"))


def test_p18_reading_pages_and_following_links_changes_nothing(firm: Firm) -> None:
    """A scanner that opens what stands in a mail, by GET, HEAD or an empty form, uses nothing up and discloses nothing."""
    ada, case, session = ready(firm)
    password, _ = confirmed(ada, case, session)
    firm.stack.clock.advance("PT26H")
    mail = mail_to(firm, "info@bakker.example")
    [page] = {each.rstrip(".,") for each in re.findall(r"https?://\S+", mail["text"])}
    path = "/" + page.split("/", 3)[3]
    number = number_in(mail, case)
    for _ in range(12):
        shown = firm.stack.http.get(path, accept=HTML)
        assert (shown.status, number in shown.text) == (200, False)
        assert firm.stack.http.form(path, {"number": "", "phrase": ""}).status == 422
    for what in ("provider", "phrase", "stop"):
        assert firm.stack.http.get(f"{ada.page}/{what}", accept=HTML).status == 303
    assert ada.post("fetch", number=number, phrase=password).status == 200


def test_p18_number_and_password_are_tried_ten_times(firm: Firm) -> None:
    """A wrong number is answered as a wrong password; after ten tries the right one is as wrong, until there is a new one."""
    ada, case, session = ready(firm)
    password, _ = confirmed(ada, case, session)
    firm.stack.clock.advance("PT26H")
    number = number_in(mail_to(firm, "info@bakker.example"), case)
    wrong = {
        (answer.status, answer.text)
        for given in ((number, "aaaa-aaaa-aaaa-aaaa"), ("a" * 26, password))
        for answer in (ada.post("fetch", number=given[0], phrase=given[1]) for _ in range(10))
    }
    assert len(wrong) == 1
    assert ada.post("fetch", number=number, phrase=password).status == 403
    session, _ = ada.proven(case)
    another = ada.post("phrase", case=case, session=session).json()["password"]
    assert ada.post("fetch", number=number, phrase=another).status == 200
    assert ada.post("fetch", number=number, phrase=password).status == 403


def test_p18_confirmed_twice_is_confirmed_once(firm: Firm) -> None:
    """A double click, and another provider beside it, are told that one is under way; staff see that, and nobody's name."""
    ada, case, session = ready(firm)
    _, session = confirmed(ada, case, session)
    again = ada.post("provider", case=case, session=session, code="123456", **PROVIDER)
    assert (again.status, again.json()["error"]["code"]) == (409, "one_at_a_time")
    assert len(stands(ada, case, session)) == 1
    status, found = firm.staff("GET", f"/desk/cases/{case}/progress", role="privacy-officer")
    assert status == 200
    assert [each["status"] for each in found["progress"]["transmissions"]] == ["undo"]
    assert "bakker" not in json.dumps(found).lower()
    stop = {"reasons": "Dit adres is niet van een aanbieder."}
    assert firm.staff("POST", f"/desk/cases/{case}/stop", stop, role="privacy-officer")[0] == 200
    firm.stack.eventually(lambda: any("Dit adres is niet van een aanbieder" in mail["text"] for mail in ada.mails()))
    assert [each["status"] for each in stands(ada, case, session)] == ["stopped"]


def test_p18_what_a_mail_asks_is_proposed_and_done_by_nobody(firm: Firm) -> None:
    """A provider in the request is filled in on the page, for its person to look at; without them nothing goes anywhere."""
    text = "Stuur mijn gegevens naar Bakker Administratie (info@bakker.example)."
    ada, case, session = ready(firm, message=text)
    told = ada.post("provider", case=case, session=session)
    assert told.status == 200, told.text
    assert told.json()["proposed"] == ["Bakker Administratie", "info@bakker.example"]
    assert told.json()["what"]
    page = firm.stack.http.form(f"{ada.page}/provider", {"case": case, "session": session})
    assert 'value="info@bakker.example"' in page.text
    assert "Kijk goed of het klopt" in page.text
    firm.stack.clock.advance("P3D")
    assert not firm.mails("info@bakker.example")
    assert "transmission#" not in json.dumps(firm.items("Records"), default=str)


def test_p18_a_mail_that_comes_back_is_told(firm: Firm) -> None:
    """Nothing was given: the person reads it, and staff find the mail among those that did not arrive."""
    ada, case, session = ready(firm)
    confirmed(ada, case, session)
    firm.stack.clock.advance("PT26H")
    mail_to(firm, "info@bakker.example")
    [letter] = [item for item in firm.items("Records") if item.get("kind", {}).get("S") == "provider"]
    tags = {"entry": [letter["entry"]["S"]], "letter": [letter["sk"]["S"].removeprefix("letter#")]}
    firm.stack.invoke("Letters", {"source": "aws.ses", "detail": {"eventType": "Bounce", "mail": {"tags": tags}}})
    firm.stack.clock.advance("P1DT1H")
    assert any("onze mail naar dit adres kwam terug" in mail["text"] for mail in ada.mails("Over uw zaak"))
    failed = firm.staff("GET", "/desk/letters", role="privacy-officer")
    assert tags["entry"][0] in json.dumps(failed)
    session, _ = ada.proven(case)
    assert [each["status"] for each in stands(ada, case, session)] == ["returned"]
    firm.stack.clock.advance("PT2M")
    confirmed(ada, case, session, provider_email="post@bakker.example")


def test_p18_an_erasure_in_the_same_request_comes_after(firm: Firm) -> None:
    """The originals go, the provider still gets what was confirmed; then nothing of it is left."""
    ada, case, session = ready(firm, "portability", "erasure")
    password, _ = confirmed(ada, case, session)
    firm.stack.clock.advance("P4D")
    assert any("Dit is ons antwoord" in mail["text"] and "Bakker" in mail["text"] for mail in ada.mails())
    number = number_in(mail_to(firm, "info@bakker.example"), case)
    answer = ada.post("fetch", number=number, phrase=password)
    assert b"PK" in fetched(answer.json()["link"]).body[:2]
    firm.stack.clock.advance("P14D")
    assert ada.post("fetch", number=number, phrase=password).status == 403
