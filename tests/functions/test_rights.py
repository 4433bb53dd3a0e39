"""The function `rights`, over HTTP as deployed: pages and JSON, in both languages, and whatever strangers send."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError
from privacy import rights_asked, rights_request, vault

from tests.person import Person, open_cases

if TYPE_CHECKING:
    from tests.conftest import TestStack

pytestmark = pytest.mark.system
EVENTS = Path(__file__).parents[2] / "events"
RIGHTS = "/silver-essence/rights"
HTML = "text/html,application/xhtml+xml"
ACTS = ("code", "status", "withdraw", "undo", "confirm", "download", "provider", "phrase", "stop")


@pytest.fixture
def ada(shared_stack: TestStack) -> Person:
    """Give somebody new."""
    return Person(shared_stack, f"ada-{secrets.token_hex(6)}@example.org")


@pytest.mark.parametrize(
    ("event", "status", "holds"),
    [
        ("rights-page", 200, "<form"),
        ("rights-request", 303, ""),
        ("rights-request-json", 201, '"case"'),
        ("rights-code", 202, '"message"'),
        ("rights-status", 403, "identity_not_proven"),
        ("rights-fetch", 403, "not_fetched"),
    ],
)
def test_the_example_events_are_answered(shared_stack: TestStack, event: str, status: int, holds: str) -> None:
    """The requests in events/ get the answers that they are examples of."""
    answer = shared_stack.invoke("Rights", json.loads((EVENTS / f"{event}.json").read_text("utf-8")))
    assert answer["statusCode"] == status
    assert holds in answer["body"]


@pytest.mark.parametrize(("language", "words"), [("nl", "Een verzoek doen"), ("en", "Make a request")])
def test_the_page_speaks_both_languages_and_offers_every_right(
    shared_stack: TestStack, language: str, words: str
) -> None:
    """Each right is a box in plain words; a reminder is none that people tick."""
    page = shared_stack.http.get(f"{RIGHTS}?lang={language}", accept=HTML)
    assert page.status == 200
    assert words in page.text
    other = "en" if language == "nl" else "nl"
    assert f'<a href="{RIGHTS}?lang={other}" lang="{other}" hreflang="{other}">' in page.text
    boxes = re.findall(r'name="right_(\w+)"', page.text)
    assert boxes == [right for right in rights_asked.NAMES if right != "reminder"] == list(rights_request.OFFERED)


def test_a_field_is_called_by_its_label_and_described_by_its_hint(shared_stack: TestStack) -> None:
    """Who hears the page is told the name of a field, then the hint, and not the hint twice."""
    page = shared_stack.http.get(RIGHTS, accept=HTML).text
    labels = re.findall(r'<label for="(\w+)">([^<]*)</label>', page)
    assert dict(labels)["email"] == "Uw e-mailadres"
    assert {name for name, _ in labels} >= {"email", "message", "on_behalf", "case", "code"}
    assert re.search(r'id="email"[^>]* aria-describedby="email-help"', page)


def test_a_site_that_says_je_says_it_here(shared_stack: TestStack) -> None:
    """The form of address is the policy's: u at one firm, je at the other."""
    pages = {
        name: shared_stack.http.get(f"/{name}/rights?lang=nl", accept=HTML).text for name in ("silver-essence", "vixum")
    }
    assert "Uw privacyrechten" in pages["silver-essence"]
    forms = {"u": "Uw privacyrechten", "je": "Je privacyrechten"}
    from privacy import policy  # noqa: PLC0415

    assert forms[policy.site("vixum").address_form] in pages["vixum"]


def test_the_page_after_a_request_is_there_for_every_number(shared_stack: TestStack) -> None:
    """The number is shown and looked up nowhere: an invented one has the same page; what cannot be one has none."""
    number = vault.new_id()
    page = shared_stack.http.get(f"{RIGHTS}/{number}", accept=HTML)
    assert page.status == 200
    assert page.text.count(f'name="case" value="{number}"') == 2  # to have a code sent, and to type one
    assert f'<a href="{RIGHTS}/{number}?lang=en" lang="en"' in page.text
    for wrong in ("x", "0" * 26, "%3Cscript%3E", "a" * 300):
        assert shared_stack.http.get(f"{RIGHTS}/{wrong}", accept=HTML).status == 404


@pytest.mark.parametrize("act", ACTS)
def test_a_post_address_that_is_opened_leads_to_the_page(shared_stack: TestStack, act: str) -> None:
    """Who reloads the address of a step comes back to the beginning, and nothing happened."""
    answer = shared_stack.http.get(f"{RIGHTS}/{act}", accept=HTML)
    assert (answer.status, answer.headers["location"].partition("?")[0]) == (303, RIGHTS)


@pytest.mark.parametrize("path", ["", *ACTS, "fetch"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "application/json"),
        ("[]", "application/json"),
        ("{", "application/json"),
        ('{"case": 1, "code": [], "session": {}, "rights": {}, "email": null}', "application/json"),
        ('{"a": ' + "[" * 5000 + "}", "application/json"),
        ("x" * 70_000, "application/x-www-form-urlencoded"),
        ("case=%ff&email=%ff", "application/x-www-form-urlencoded"),
        ("case=a&case=b", "application/x-www-form-urlencoded"),
        ("case=<script>alert(1)</script>&code=123456&session=x", "application/x-www-form-urlencoded"),
        ("hello", "text/plain"),
        ("hello", "multipart/form-data; boundary=x"),
    ],
)
def test_whatever_is_sent_is_refused_in_words(shared_stack: TestStack, path: str, body: str, kind: str) -> None:
    """Each is answered 4xx, as a page to a browser and as JSON to a program, and nothing of it runs."""
    for accept in (HTML, "application/json"):
        headers = {"content-type": kind, "accept": accept}
        answer = shared_stack.http.request("POST", f"{RIGHTS}/{path}".rstrip("/"), body, headers)
        assert 400 <= answer.status < 500, answer.text
        if accept == HTML:
            assert answer.headers["content-type"].startswith("text/html")
            assert "<script" not in answer.text
        else:
            assert answer.json()["error"]["message"]


@pytest.mark.parametrize("page", ["rights", f"rights/{'a' * 26}", "statement", "enquiries", "promises.json"])
def test_who_only_checks_a_link_finds_it(shared_stack: TestStack, page: str) -> None:
    """Mail gateways and monitors ask with HEAD whether a page is there: as GET, without a body, and nothing changes."""
    found = shared_stack.http.request("HEAD", f"/silver-essence/{page}")
    assert (found.status, found.body) == (200, b"")
    assert shared_stack.http.request("HEAD", f"/nowhere/{page}").status == 404


def test_an_unknown_site_is_not_found(shared_stack: TestStack) -> None:
    """Page and program are told alike."""
    assert shared_stack.http.get("/nobody/rights", accept=HTML).status == 404
    assert shared_stack.http.post("/nobody/rights/code", {"case": "a" * 26}).json()["error"]["code"] == "unknown_site"


def test_spam_is_a_case_that_nobody_is_told_of_by_mail(ada: Person) -> None:
    """A filled trap looks like success, gets no acknowledgement, and is not dropped: the month runs all the same."""
    case = ada.ask("access", _gotcha="x")
    assert "spam" in open_cases(ada.stack)[case]["look"]
    ada.code(case)
    assert [mail["subject"] for mail in ada.mails()] == ["Uw code voor Silver Essence"]


def test_a_mail_case_is_proven_on_the_page_too(ada: Person) -> None:
    """Who mailed has a case number in the acknowledgement, and a link to the page that shows it."""
    mail = f"From: {ada.email}\r\nTo: privacy@silveressence.net\r\nSubject: Verzoek\r\n\r\nGraag inzage in mijn gegevens.\r\n"
    ada.stack.send_mail(ada.email, "privacy@silveressence.net", mail.encode())
    [receipt] = ada.stack.eventually(ada.mails)
    [case] = set(re.findall(r"\b[a-z2-7]{26}\b", receipt["text"]))
    assert f"{RIGHTS}/{case}?lang=nl," in receipt["text"]
    assert f'{RIGHTS}/{case}?lang=nl"' in receipt["html"]
    _, seen = ada.proven(case)
    assert [each["right"] for each in seen["rights"]] == ["access"]


def test_who_has_a_code_types_it_on_the_first_page(ada: Person) -> None:
    """The link in the mail with the code leads to the page with both forms: a code that is typed there is not sent anew."""
    case = ada.ask("access")
    code = ada.code(case)
    seen = ada.post("code", case=case, code=code)
    assert (seen.status, seen.json()["case"]["id"]) == (200, case)
    assert len(ada.codes()) == 1


def test_what_is_typed_here_does_not_join_what_was_mailed(ada: Person) -> None:
    """Anybody can type an address: the request stays apart from the case that its owner mailed."""
    mail = f"From: {ada.email}\r\nTo: privacy@silveressence.net\r\nSubject: Verzoek\r\n\r\nGraag inzage in mijn gegevens.\r\n"
    ada.stack.send_mail(ada.email, "privacy@silveressence.net", mail.encode())
    [receipt] = ada.stack.eventually(ada.mails)
    assert ada.ask("erasure") not in receipt["text"]


@pytest.mark.parametrize("act", ["status", "withdraw", "undo", "confirm", "download", "provider", "phrase", "stop"])
@pytest.mark.parametrize("session", [1, ["x"], {"x": 1}, True, "\ud800", "x" * 60_000])
def test_what_is_no_session_is_refused(shared_stack: TestStack, act: str, session: object) -> None:
    """Whatever stands where the session should, it is as wrong as any other."""
    sent = {"case": vault.new_id(), "session": session, "right": 7}
    assert shared_stack.http.post(f"{RIGHTS}/{act}", sent).json()["error"]["code"] == "identity_not_proven"


def test_who_asks_for_another_reads_what_is_needed(ada: Person) -> None:
    """The mail and the page ask for a mandate; the code only shows how the case stands, and begins nothing."""
    case = ada.ask("access", on_behalf="Mijn moeder")
    session, _ = ada.proven(case)
    texts = [mail["text"] for mail in ada.mails()]
    assert any("machtiging" in text for text in texts)
    assert not any("gaan wij aan de slag" in text for text in texts)
    page = ada.stack.http.form(f"{RIGHTS}/status", {"case": case, "session": session}).text
    assert "Wacht op een machtiging" in page
    assert "ouder of voogd" in page
    assert 'action="/silver-essence/rights/withdraw' not in page


def test_what_is_refused_is_said_where_the_case_stands(ada: Person) -> None:
    """Who is too late, or fetches a copy that there is not, keeps the page and the session; a program reads why."""
    case = ada.ask("rectification")
    session, _ = ada.proven(case)
    too_late = [(act, 409, "too_late_for_that") for act in ("confirm", "provider", "phrase", "stop")]
    for act, status, code in (*too_late, ("download", 404, "no_copy")):
        refused = ada.post(act, case=case, session=session)
        assert (refused.status, refused.json()["error"]["code"]) == (status, code)
        page = ada.stack.http.form(f"{RIGHTS}/{act}", {"case": case, "session": session})
        assert page.status == status
        assert f'value="{session}"' in page.text
        assert 'role="status"' in page.text


@pytest.mark.parametrize(("language", "words"), [("nl", "Gegevens ophalen"), ("en", "Fetch data")])
def test_the_page_for_a_provider_is_there_for_everybody(shared_stack: TestStack, language: str, words: str) -> None:
    """It shows two fields and looks nothing up; what is typed wrongly is said at its field, and hostile text stays text."""
    page = shared_stack.http.get(f"{RIGHTS}/fetch?lang={language}", accept=HTML)
    assert page.status == 200
    assert words in page.text
    sent = {"number": '"><script>alert(1)</script>', "phrase": "x"}
    refused = shared_stack.http.form(f"{RIGHTS}/fetch?lang={language}", sent)
    assert refused.status == 422
    assert all(f'id="{name}-wrong"' in refused.text for name in ("number", "phrase"))
    assert "<script" not in refused.text
    none = shared_stack.http.form(f"{RIGHTS}/fetch", {"number": vault.new_id(), "phrase": "abcd-efgh-abcd-efgh"})
    assert none.status == 403
    assert "Dit klopt niet of geldt niet meer" in none.text


@pytest.mark.parametrize("table", ["Evidence", "Statistics"])
def test_the_function_reads_no_other_table(shared_stack: TestStack, table: str) -> None:
    """With the rights of the function neither evidence nor statistics are read."""
    key = {"pk": {"S": "entry#x"}, "sk": {"S": "x"}}
    with shared_stack.as_function("Rights"), pytest.raises(ClientError, match="AccessDenied"):
        boto3.client("dynamodb").get_item(TableName=shared_stack.resources[f"{table}Table"], Key=key)


def test_the_function_opens_no_wall(shared_stack: TestStack) -> None:
    """With the rights of the function no wrapped key is unwrapped."""
    with shared_stack.as_function("Rights"), pytest.raises(ClientError, match="AccessDenied"):
        boto3.client("kms").decrypt(
            KeyId=shared_stack.resources["WallCases"], CiphertextBlob=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_256"
        )
