"""The function `statement`, over HTTP as deployed: which page in which form and language, what is refused, what it may read."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from privacy import policy, published, verdicts
from privacy.aws.tables import Tables

from tests.pages_seen import SNAPSHOT, VERDICTS, main_text

if TYPE_CHECKING:
    from tests.conftest import Response, TestStack
    from tests.firm import Firm

pytestmark = pytest.mark.system
EVENT = Path(__file__).parents[2] / "events" / "statement.json"
HTML = "text/html,application/xhtml+xml"
every_page = pytest.mark.parametrize("name", published.PAGES)


def get(stack: TestStack, path: str, **headers: str) -> Response:
    """Ask for a page."""
    return stack.http.get(path, **headers)


def records(firm: Firm) -> Tables:
    """Return the table that verdicts stand in, with all rights of the account."""
    return Tables(firm.stack.client("dynamodb"), {"records": firm.stack.resources["RecordsTable"]})


def keep(firm: Firm, hours_ago: int = 0) -> None:
    """Store a snapshot of the auditor for Silver Essence."""
    at = datetime.fromisoformat(firm.stack.clock.now()) - timedelta(hours=hours_ago)
    assert verdicts.keep(records(firm), "silver-essence", SNAPSHOT["promises"], since=SNAPSHOT["at"], now=at)


@every_page
@pytest.mark.parametrize(
    ("ending", "kind"), [("", "text/html"), (".json", "application/json"), (".md", "text/markdown")]
)
def test_each_page_is_there_in_each_form(shared_stack: TestStack, name: str, ending: str, kind: str) -> None:
    """A page is HTML, and JSON or Markdown by its address, whatever a browser accepts."""
    answer = get(shared_stack, f"/silver-essence/{name}{ending}", accept=HTML)
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, kind)


@pytest.mark.parametrize("name", ["statement", "register"])
def test_who_is_given_data_is_said_in_the_language_of_the_page(shared_stack: TestStack, name: str) -> None:
    """A recipient without a name of its own is described, and the description is translated."""
    for language, partner in (("nl", "De Partner aan wie u bent"), ("en", "The Partner you are linked to")):
        page = get(shared_stack, f"/silver-essence/{name}.md?lang={language}").text
        assert partner in page
        assert language == "nl" or "De Partner" not in page


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
    ],
)
def test_without_an_ending_the_form_is_what_is_accepted(shared_stack: TestStack, accept: str, kind: str) -> None:
    """The address without an ending gives what the caller accepts, and a page to whoever does not say."""
    answer = get(shared_stack, "/vixum/statement", accept=accept)
    assert answer.headers["content-type"].partition(";")[0] == kind


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("?lang=en", "nl", "en"),
        ("", "en-GB,nl;q=0.5", "en"),
        ("", "fr", "nl"),
        ("?lang=fr", "en", "en"),
        ("", "", "nl"),
    ],
)
def test_the_language_is_the_one_asked_for(shared_stack: TestStack, query: str, accepted: str, language: str) -> None:
    """`?lang` wins, then `Accept-Language`, then the site's own; the answer and the page say which it is."""
    answer = get(shared_stack, f"/vixum/statement{query}", accept=HTML, accept_language=accepted)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert get(shared_stack, f"/vixum/statement.json{query}", accept_language=accepted).json()["language"] == language


@every_page
def test_a_page_may_run_and_load_nothing_and_sets_no_cookie(shared_stack: TestStack, name: str) -> None:
    """The policy of a page allows its own style sheet and nothing else; no answer sets a cookie (P01)."""
    for ending in ("", ".json", ".md"):
        headers = get(shared_stack, f"/silver-essence/{name}{ending}", accept=HTML).headers
        assert "set-cookie" not in headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_caches_keep_a_page_for_minutes_and_know_what_it_depends_on(shared_stack: TestStack) -> None:
    """What the policy file says is kept five minutes, verdicts one, errors never; form and language are told apart."""
    for name, kept in (("statement", "public, max-age=300"), ("promises", "public, max-age=60")):
        headers = get(shared_stack, f"/vixum/{name}", accept=HTML).headers
        assert (headers["cache-control"], headers["vary"]) == (kept, "Accept, Accept-Language")
    assert get(shared_stack, "/vixum/nothing", accept=HTML).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/nobody/statement", "/desk/statement", "/vixum/secrets", "/vixum/statement.pdf"])
def test_what_there_is_not_is_not_found(shared_stack: TestStack, path: str) -> None:
    """A site, a page or a form that there is not is answered 404, to a browser as a page and to a program as JSON."""
    page = get(shared_stack, path, accept=HTML)
    program = get(shared_stack, path, accept="application/json")
    assert (page.status, program.status) == (404, 404)
    if not path.endswith(".pdf"):
        assert page.headers["content-type"].startswith("text/html")
    assert program.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/nobody/statement.json", "/vixum/statement.json?version=1999"])
def test_what_is_asked_for_as_json_is_refused_as_json(shared_stack: TestStack, path: str) -> None:
    """An address that ends in .json answers in JSON also when there is nothing, whatever is accepted."""
    answer = get(shared_stack, path, accept=HTML)
    assert answer.status == 404
    assert answer.json()["error"]["code"] in {"unknown_site", "not_found"}


def test_no_other_address_is_taken(shared_stack: TestStack) -> None:
    """The form is still the form, and the desk still asks for a token."""
    assert "<form" in get(shared_stack, "/silver-essence/enquiries", accept=HTML).text
    assert get(shared_stack, "/desk/enquiries").status == 401
    assert get(shared_stack, "/desk/sites").status == 401
    assert get(shared_stack, "/desk/config.json").status == 200


def test_the_example_event_is_answered(shared_stack: TestStack) -> None:
    """The request in events/statement.json gets its page."""
    answer = shared_stack.invoke("Statement", json.loads(EVENT.read_text("utf-8")))
    assert answer["statusCode"] == 200
    assert "Privacy statement of Silver Essence" in answer["body"]


def test_before_anybody_looked_no_promise_is_kept(stack: TestStack) -> None:
    """Without a snapshot of the auditor the page says in words that nobody looked, and nothing is called kept."""
    says = get(stack, "/vixum/promises.json").json()
    assert says["stale"] is True
    assert {each["verdict"] for each in says["promises"]} <= {"at risk", "not built"}
    page = get(stack, "/vixum/promises", accept=HTML).text
    assert re.search(r'class="warning"><span class="broken">✗ Er is nog nooit gekeken', page)
    assert 'class="kept"' not in page


def test_what_the_auditor_saw_is_shown(firm: Firm) -> None:
    """Each promise has its verdict in words, its figures and its sentence; the JSON keeps to its contract."""
    keep(firm)
    says = get(firm.stack, "/silver-essence/promises.json").json()
    assert says["stale"] is False
    fields = {"id", "verdict", "sealed", "due", "on_time", "late", "overdue", "last_run"}
    assert all(fields <= each.keys() for each in says["promises"])
    found = {each["id"]: each for each in says["promises"]}
    wanted = {name for name, each in published.of(policy.site("silver-essence"))["promises"].items() if each["verdict"]}
    assert found.keys() == wanted
    assert [found[name]["verdict"] for name in ("P01", "P03", "P04")] == [
        VERDICTS[name] for name in ("P01", "P03", "P04")
    ]
    assert (found["P04"]["sealed"], found["P04"]["overdue"]) == (7, 2)
    page = main_text(get(firm.stack, "/silver-essence/promises?lang=en", accept=HTML).text)
    assert "✗ broken Something is overdue." in page
    assert (
        "Na behandeling van uw aanvraag worden deze gegevens maximaal 1 jaar bewaard en daarna geanonnimiseerd." in page
    )
    assert "Overdue now 2" in page


def test_a_promise_that_the_snapshot_lacks_is_not_kept(firm: Firm) -> None:
    """A built promise that nobody looked at is at risk, and one that is not built says so."""
    keep(firm)
    found = {
        each["id"]: each["verdict"] for each in get(firm.stack, "/silver-essence/promises.json").json()["promises"]
    }
    built = {name: each["built"] for name, each in published.of(policy.site("silver-essence"))["promises"].items()}
    for name, verdict in found.items():
        if name not in VERDICTS:
            assert verdict == ("at risk" if built[name] else "not built")


def test_an_old_look_is_said_in_red_and_in_words(firm: Firm) -> None:
    """Four hours after the last look the page says that nobody has looked for too long, and nothing is kept any more."""
    keep(firm, hours_ago=4)
    says = get(firm.stack, "/silver-essence/promises.json").json()
    assert says["stale"] is True
    assert "kept" not in {each["verdict"] for each in says["promises"]}
    assert "✗ Er is te lang niet gekeken" in get(firm.stack, "/silver-essence/promises", accept=HTML).text


def test_without_the_store_the_promises_are_unavailable_and_the_rest_is_there(firm: Firm) -> None:
    """When the table does not answer, the promises are 503, never kept; what the policy file says is still read."""
    dynamodb, table = firm.stack.client("dynamodb"), firm.stack.resources["RecordsTable"]
    dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
    dynamodb.delete_table(TableName=table)
    answer = get(firm.stack, "/silver-essence/promises", accept=HTML)
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert get(firm.stack, "/silver-essence/promises.json").json()["error"]["code"] == "unavailable"
    assert get(firm.stack, "/silver-essence/statement", accept=HTML).status == 200


def test_the_signed_days_are_there_for_everybody(shared_stack: TestStack) -> None:
    """The evidence of the controller is served: its signed days and the keys to check them with."""
    answer = get(shared_stack, "/vixum/evidence.json")
    assert answer.status == 200
    assert answer.json()["controller"] == "vixum"
    assert {"keys", "days"} <= answer.json().keys()
    assert get(shared_stack, "/vixum/evidence", accept=HTML).status == 404


def client(stack: TestStack, service: str) -> Any:
    """Return a client with the rights of the function and no more."""
    environment = stack.environment("Statement")
    return boto3.client(
        service,
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=environment["AWS_SESSION_TOKEN"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_whoever_takes_it_over_reads_nothing_of_anyone(shared_firm: Firm) -> None:
    """With the function's own rights no entry can be read, no verdict written, and no wall opened."""
    enquiry, stack = shared_firm.ask(), shared_firm.stack
    dynamodb, kms = client(stack, "dynamodb"), client(stack, "kms")
    entry = {"pk": {"S": f"entry#{enquiry}"}, "sk": {"S": "entry"}}
    with pytest.raises(ClientError, match="AccessDenied"):
        dynamodb.get_item(TableName=stack.resources["VaultTable"], Key=entry)
    verdict = {"pk": {"S": "verdicts#vixum"}, "sk": {"S": "latest"}}
    with pytest.raises(ClientError, match="AccessDenied"):
        dynamodb.put_item(TableName=stack.resources["RecordsTable"], Item=verdict)
    with pytest.raises(ClientError, match="AccessDenied"):
        kms.decrypt(
            KeyId=stack.resources["WallEnquiries"], CiphertextBlob=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_256"
        )
