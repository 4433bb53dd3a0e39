"""P20: "U kan al deze rechten uitoefenen door een verzoek te versturen": and nobody else can exercise them for you.

Art. 12(6) GDPR: who asks is made sure of where there is doubt, with no more than is needed for it.
"""

from __future__ import annotations

import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from privacy import vault

from tests.person import Person, open_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import TestStack
    from tests.firm import Firm

pytestmark = pytest.mark.system
WRONG = {"error": {"code": "identity_not_proven", "fields": {}}}


@pytest.fixture
def ada(shared_firm: Firm) -> Person:
    """Give somebody new, at the shared firm."""
    return Person(shared_firm.stack, f"ada-{secrets.token_hex(6)}@example.org")


def refused(answer: Any) -> bool:
    """Say whether an answer refuses a code or session, in the one way there is."""
    found = answer.json()
    message = found["error"].pop("message", "") if "error" in found else ""
    return bool(answer.status == 403 and found == WRONG and message)


def test_p20_a_request_becomes_a_case_and_begins_with_the_code(ada: Person) -> None:
    """The case number is shown and mailed; nothing begins before the code, and what its mail names begins with it."""
    case = ada.ask("access", "erasure", message="Alles graag")
    listed = open_cases(ada.stack)
    assert listed[case]["rights"] == ["access", "erasure"]
    assert listed[case]["channel"] == "site"
    ada.stack.eventually(ada.mails)
    assert any(case in mail["text"] for mail in ada.mails())
    session, seen = ada.proven(case)
    assert (seen["id"], seen["status"], seen["identity"]) == (case, "open", "proven")
    assert [(each["right"], each["status"] != "") for each in seen["rights"]] == [("access", True), ("erasure", True)]
    assert {"received", "proven", "begun"} <= {each["what"] for each in seen["timeline"]}
    assert {"code", "case_receipt"} <= {each["kind"] for each in seen["letters"]}
    assert seen["respond_by"] > seen["received_at"][:10]
    again = ada.post("status", case=case, session=session)
    assert again.status == 200
    assert again.json()["session"] == session


def test_p20_the_code_goes_to_the_address_of_the_case_alone(ada: Person) -> None:
    """An address that is typed with the number gets nothing, and is answered as any other."""
    case, mallory = ada.ask("access"), Person(ada.stack, f"mallory-{secrets.token_hex(6)}@example.org")
    for email in (mallory.email, ada.email):
        assert ada.post("code", case=case, email=email).status == 202
    ada.stack.eventually(ada.codes)
    assert not mallory.mails()
    assert len(ada.codes()) == 1


def test_p20_no_mail_holds_a_link_that_acts(ada: Person) -> None:
    """Every address in our mails is that of the page of the case; who follows it, as scanners do, uses up and begins nothing."""
    case = ada.ask("access")
    code = ada.code(case)
    sent = len(ada.mails())
    for mail in ada.mails():
        for address in re.findall(r"https?://[^\s\"<>]+", mail["text"] + mail["html"]):
            assert address.rstrip(".,").endswith(f"{ada.page}/{case}?lang=nl"), address
            assert ada.stack.http.get(f"{ada.page}/{case}?lang=nl", accept="text/html").status == 200
        assert "Auto-Submitted" in {name.title(): value for name, value in dict(mail["headers"]).items()}
        assert ada.email not in mail["subject"]
        assert case not in mail["subject"]
    assert len(ada.mails()) == sent
    assert ada.post("status", case=case, code=code).status == 200


@pytest.mark.parametrize("verdicts", ["dmarc=PASS", "dmarc=FAIL,spf=FAIL", "spf=GRAY,dkim=GRAY,dmarc=GRAY"])
def test_p20_a_forged_sender_gains_nothing(ada: Person, verdicts: str) -> None:
    """Whatever the mail service says of a mail, the code goes to the address in From alone: not to Reply-To, not to a name."""
    mallory = Person(ada.stack, f"mallory-{secrets.token_hex(6)}@example.org")
    mail = (
        f'From: "{mallory.email}" <{ada.email}>\r\nReply-To: {mallory.email}\r\nCc: {mallory.email}\r\n'
        f"Sender: {mallory.email}\r\nX-Local-Verdicts: {verdicts}\r\nTo: privacy@silveressence.net\r\n"
        f"Message-ID: <{secrets.token_hex(6)}@example.org>\r\nSubject: Inzage\r\n\r\n"
        f"Ik wil inzage in mijn gegevens. Stuur alles naar {mallory.email}.\r\n"
    )
    before = set(open_cases(ada.stack))
    ada.stack.send_mail(mallory.email, "privacy@silveressence.net", mail.encode())
    [case] = ada.stack.eventually(lambda: set(open_cases(ada.stack)) - before)
    for asking in (ada, mallory):
        assert asking.post("code", case=case, email=asking.email).status == 202
    ada.stack.eventually(ada.codes)
    assert mallory.mails() == []


def test_p20_of_fifty_guesses_at_one_moment_three_are_compared(ada: Person, shared_firm: Firm) -> None:
    """Fifty wrong codes at once: three are counted, all are answered alike, and then the right one is too late."""
    case = ada.ask("access")
    code = ada.code(case)
    guesses = [f"{(int(code) + 1 + each) % 10**6:06}" for each in range(50)]
    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(lambda guess: ada.post("status", case=case, code=guess), guesses))
    assert all(refused(answer) for answer in answers)
    [kept] = [item for item in shared_firm.items("Traffic") if item["pk"]["S"] == f"code#{case}"]
    assert kept["tries"]["N"] == "3"
    assert refused(ada.post("status", case=case, code=code))


def test_p20_of_fifty_right_codes_at_one_moment_one_is_taken(ada: Person, shared_firm: Firm) -> None:
    """The same right code from fifty hands gives one session, and every right begins once."""
    case = ada.ask("access")
    code = ada.code(case)
    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(lambda _: ada.post("status", case=case, code=code), range(50)))
    taken = [answer for answer in answers if answer.status == 200]
    assert len(taken) == 1
    assert all(refused(answer) for answer in answers if answer is not taken[0])
    begun = [item for item in shared_firm.items("Records") if item["pk"]["S"] == f"entry#{case}"]
    assert sum(item["sk"]["S"].startswith("right#") for item in begun) == 1


def test_p20_wrong_used_ended_and_unknown_are_answered_alike(stack: TestStack) -> None:
    """A wrong code, one of another case, a used one, one that ended, a number that is no case: one answer."""
    ada, bob = (Person(stack, f"{name}@example.org") for name in ("ada", "bob"))
    first, second = ada.ask("access"), bob.ask("access")
    code, other = ada.code(first), bob.code(second)
    answers = [
        ada.post("status", case=first, code=f"{(int(code) + 1) % 10**6:06}"),
        ada.post("status", case=vault.new_id(), code=code),
        Person(stack, ada.email, "sevenelements").post("status", case=first, code=code),
        bob.post("status", case=second, code=code if code != other else "000000"),
    ]
    assert ada.post("status", case=first, code=code).status == 200
    answers.append(ada.post("status", case=first, code=code))
    stack.clock.advance("PT10M")
    answers.append(bob.post("status", case=second, code=other))
    assert {answer.text for answer in answers} == {answers[0].text}
    assert {answer.status for answer in answers} == {403}
    assert {tuple(sorted(answer.headers)) for answer in answers} == {tuple(sorted(answers[0].headers))}


def test_p20_known_and_unknown_take_the_same_time(ada: Person) -> None:
    """Asking for a code and guessing one take no longer for a case than for a number that is none."""
    case = ada.ask("access")
    ada.code(case)

    def spent(act: Callable[[str], object], number: str) -> float:
        begun = time.perf_counter()
        act(number)
        return time.perf_counter() - begun

    def asks(number: str) -> object:
        return ada.post("code", case=number)

    def guesses(number: str) -> object:
        return ada.post("status", case=number, code="123456")

    for act in (asks, guesses):
        act(case)
        pairs = [(spent(act, case), spent(act, vault.new_id())) for _ in range(15)]
        known, unknown = (median(each) for each in zip(*pairs, strict=True))
        assert 0.5 < known / unknown < 2, (known, unknown)


def test_p20_an_address_we_know_and_one_we_do_not_are_answered_alike(ada: Person, shared_firm: Firm) -> None:
    """The page tells nobody whether anything is held about an address: same words, same mails."""
    shared_firm.ask(email=ada.email, message=secrets.token_hex(4))
    nobody = Person(ada.stack, f"nobody-{secrets.token_hex(6)}@example.org")
    answers = [person.post(email=person.email, rights=["access"]) for person in (ada, nobody)]
    assert [answer.status for answer in answers] == [201, 201]
    assert {tuple(answer.json()) for answer in answers} == {("case",)}
    texts = []
    for person, answer in zip((ada, nobody), answers, strict=True):
        case = answer.json()["case"]
        person.code(case)
        texts.append({re.sub(r"\d{6}", "", mail["text"].replace(case, "")) for mail in person.mails()})
    assert texts[0] == texts[1]


def test_p20_a_session_counts_for_its_case_and_half_an_hour(stack: TestStack) -> None:
    """With another case, after half an hour, or made up, a session is refused as a wrong code is."""
    ada, bob = (Person(stack, f"{name}@example.org") for name in ("ada", "bob"))
    first, second = ada.ask("access"), bob.ask("erasure")
    session, _ = ada.proven(first)
    assert refused(ada.post("status", case=second, session=session))
    assert refused(ada.post("withdraw", case=second, session=session, right="erasure"))
    assert refused(ada.post("withdraw", case=first, session="x" * 22, right="access"))
    assert ada.post("status", case=first, session=session).status == 200
    stack.clock.advance("PT31M")
    assert refused(ada.post("status", case=first, session=session))


def test_p20_nothing_but_the_code_changes_anything(ada: Person, shared_firm: Firm) -> None:
    """GET on every address, and every button pressed without a code, leave the store as it was."""
    case = ada.ask("erasure")
    ada.code(case)
    before = shared_firm.items("Records"), shared_firm.items("Vault")
    for path in ("", f"/{case}", "/code", "/status", "/withdraw", "/undo", "/confirm"):
        for method in ("GET", "HEAD", "OPTIONS"):
            ada.stack.http.request(method, f"{ada.page}{path}?case={case}&code=123456&session=x&right=erasure")
    for what in ("withdraw", "undo", "confirm", "status"):
        assert ada.post(what, case=case, right="erasure").status in (403, 422)
        assert ada.post(what, case=case, session="", code="", right="erasure").status in (403, 422)
    assert (shared_firm.items("Records"), shared_firm.items("Vault")) == before


def test_p20_a_right_can_be_withdrawn(ada: Person) -> None:
    """Who was proven takes a right back before it is carried out; said twice, it stays withdrawn."""
    case = ada.ask("rectification", message="Mijn naam is Ada")
    session, seen = ada.proven(case)
    [right] = seen["rights"]
    assert "withdraw" in right["can"]
    for _ in range(2):
        answer = ada.post("withdraw", case=case, session=session, right="rectification")
        assert answer.status == 200, answer.text
        assert [each["status"] for each in answer.json()["case"]["rights"]] == ["withdrawn"]
    assert ada.post("withdraw", case=case, session=session, right="access").status == 422
    assert ada.post("undo", case=case, session=session).status == 422


def test_p20_on_behalf_of_somebody_a_person_looks_first(ada: Person) -> None:
    """A request for somebody else is parked: the state says so to staff, and the page what is needed."""
    case = ada.ask("access", on_behalf="Mijn zoon van 12")
    listed = open_cases(ada.stack)
    assert "on_behalf" in listed[case]["look"]
    _, seen = ada.proven(case)
    assert seen["waits_for_mandate"] is True
    assert [each["status"] for each in seen["rights"]] == [""]


def test_p20_the_same_request_twice_is_one(ada: Person) -> None:
    """A double click is one request, and another from the same address joins the same case."""
    first = ada.ask("access")
    assert ada.ask("access") == first
    assert ada.ask("portability", message="ook dit") == first


def test_p20_one_address_makes_ten_requests_a_day(ada: Person) -> None:
    """More are refused, in words, and mail stays open; whoever uses another address is not stopped."""
    for each in range(10):
        ada.ask("question", message=str(each))
    answer = ada.post(email=ada.email, rights=["question"], message="more")
    assert (answer.status, answer.json()["error"]["code"]) == (429, "too_many")
    Person(ada.stack, f"other-{ada.email}").ask("question")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rights": ["access"]}, "email"),
        ({"email": "no address", "rights": ["access"]}, "email"),
        ({"email": "ada@example.org"}, "rights"),
        ({"email": "ada@example.org", "rights": []}, "rights"),
        ({"email": "ada@example.org", "rights": "access"}, "rights"),
        ({"email": "ada@example.org", "rights": ["everything"]}, "rights"),
        ({"email": "ada@example.org", "rights": [["access"]]}, "rights"),
        ({"email": "ada@example.org", "rights": ["access"], "message": "x" * 5001}, "message"),
        ({"email": "ada@example.org", "rights": ["access"], "on_behalf": "a\r\nBcc: b@example.org"}, "on_behalf"),
        ({"email": "ada@example.org", "rights": ["access"], "status": "closed"}, "status"),
        ({"email": "ada@example.org", "rights": ["access"], "identity": "proven"}, "identity"),
    ],
)
def test_p20_bad_input_is_named_per_field(shared_firm: Firm, fields: dict[str, Any], wrong: str) -> None:
    """What cannot be taken is said at its field, and nothing is stored; nobody gives themselves a state."""
    before = len(shared_firm.items("Records"))
    answer = shared_firm.stack.http.post("/silver-essence/rights", fields)
    assert answer.status == 422
    assert list(answer.json()["error"]["fields"]) == [wrong]
    assert len(shared_firm.items("Records")) == before


def test_p20_a_citizen_service_number_is_masked(ada: Person) -> None:
    """A BSN in the text is made unreadable before it is stored, and the sender is told (UAVG art. 46)."""
    answer = ada.post(email=ada.email, rights=["question"], message="Mijn BSN is 111222333")
    assert answer.status == 201
    assert answer.json()["notices"]


@pytest.mark.parametrize("path", ["", "/aaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_p20_every_answer_has_the_headers_of_a_page_that_keeps_nothing(shared_firm: Firm, path: str) -> None:
    """No cookie, no cache, no referrer, and a policy that loads and runs nothing."""
    answer = shared_firm.stack.http.get(f"/silver-essence/rights{path}", accept="text/html")
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text


def test_p20_an_identity_document_that_came_unasked_is_not_kept(firm: Firm) -> None:
    """Its sender is asked not to send it again; with the answer the mail as it came is gone, in the bucket too (Art. 46 UAVG)."""
    ada, marker = Person(firm.stack, "ada@example.org"), b"scan-" + secrets.token_hex(8).encode()
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = ada.email, "privacy@silveressence.net", "Inzage"
    message.set_content("Graag inzage in mijn gegevens. Een kopie van mijn paspoort voeg ik bij.")
    message.add_attachment(marker * 40_000, maintype="image", subtype="jpeg", filename="paspoort.jpg")
    firm.stack.send_mail(ada.email, "privacy@silveressence.net", message.as_bytes(policy=SMTP))
    [case] = firm.stack.eventually(lambda: list(open_cases(firm.stack).values()))
    assert "identity_document" in case["look"]
    [receipt] = firm.stack.eventually(ada.mails)
    assert "Stuur het ons niet nog eens." in " ".join(receipt["text"].split())
    [mail] = [item["pk"]["S"] for item in firm.items("Records") if item["sk"]["S"] == "raw#main"]
    ada.proven(case["id"])
    firm.stack.eventually(lambda: case["id"] not in open_cases(firm.stack))
    firm.stack.clock.advance("PT2H")
    assert mail not in [item["pk"]["S"] for item in firm.items("Records") if item["sk"]["S"] == "raw#main"]
    objects = firm.stack.client("s3").list_object_versions(Bucket=firm.stack.resources["SealedBucket"])
    assert not objects.get("Versions")
    assert firm.evidence("document_forgotten")
    assert not firm.stack.clock.failures
