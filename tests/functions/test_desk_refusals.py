"""What the desk refuses: tokens, other controllers' ids, foreign pages, and bodies that are not what they should be."""

from __future__ import annotations

import copy
import json
from typing import Any, cast

import pytest
from aws_lambda_powertools import Logger
from openapi_spec_validator import validate
from privacy import answers
from privacy.services import Services

from functions import desk
from tests.fakes import everything, services_in_memory
from tests.functions.asking import FIELDS, STAFF, Staff, deliver_and_bounce
from tests.template.test_api import STAFF as STAFF_ROUTES

UNKNOWN = "a" * 26
ENTRY = {"site": "silver-essence", "fields": FIELDS, "received": "2026-11-20", "channel": "phone"}
ROUTES = [
    ("GET", "/desk/enquiries/{id}", None),
    ("GET", "/desk/enquiries/{id}/raw", None),
    ("POST", "/desk/enquiries/{id}/answer", {"text": "Dank u."}),
    ("POST", "/desk/enquiries/{id}/handled", None),
    ("POST", "/desk/letters/{id}.stale/retry", None),
]


@pytest.fixture
def services() -> Services:
    """Give tables and keys that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def staff(services: Services) -> Staff:
    """Give a member of staff of Silver Essence."""
    return Staff(services)


@pytest.mark.parametrize(
    "claims",
    [
        None,
        {},
        {**STAFF, "roles": "[customer]"},
        {**STAFF, "roles": "[partner application]"},
        {**STAFF, "roles": "[not-staff staffing]"},
        {**STAFF, "roles": ""},
        {**STAFF, "controller": ""},
        {**STAFF, "controller": "unknown-firm"},
        {**STAFF, "sub": ""},
        {**STAFF, "token_use": "id"},
        {name: value for name, value in STAFF.items() if name != "controller"},
    ],
)
def test_a_token_that_is_not_for_the_desk_is_refused(services: Services, claims: dict[str, Any] | None) -> None:
    """Without subject, controller and role of staff no route answers anything but 403."""
    refused = Staff(services, claims).ask("GET", "/desk/enquiries")
    assert (refused.status, refused.code) == (403, "forbidden")


@pytest.mark.parametrize("roles", ["[staff]", "[privacy-officer staff]", ["staff"], "staff", '["staff","security"]'])
def test_roles_are_read_however_they_are_rendered(services: Services, roles: object) -> None:
    """API Gateway renders a list as `[a b]`; other issuers differ."""
    assert Staff(services, {**STAFF, "roles": roles}).ask("GET", "/desk/enquiries").status == 200


def test_a_role_that_may_not_read_a_category_neither_opens_nor_enters_it(staff: Staff, services: Services) -> None:
    """The policy says who reads what (P11): security staff do not read enquiries."""
    entry = staff.enter()
    security = Staff(services, {**STAFF, "roles": "[security]"})
    assert security.ask("GET", f"/desk/enquiries/{entry}").status == 403
    assert security.ask("POST", "/desk/enquiries", ENTRY).status == 403


def test_letters_are_for_who_may_read_enquiries(staff: Staff, services: Services) -> None:
    """Whom we write to and what did not arrive is no business of other roles; nothing of theirs is sent again."""
    letter = staff.ask("POST", f"/desk/enquiries/{staff.enter()}/answer", {"text": "Dank u."}).json["letter"]
    deliver_and_bounce(services, letter, staff.now)
    security = Staff(services, {**STAFF, "roles": "[security]"})
    assert security.ask("GET", "/desk/letters").status == 403
    assert security.ask("POST", f"/desk/letters/{letter}/retry").status == 403
    assert [found["id"] for found in staff.ask("GET", "/desk/letters").json["letters"]] == [letter]


@pytest.mark.parametrize("why", ["Ada belt terug", "x", "answer "])
@pytest.mark.parametrize("path", ["/desk/enquiries/{id}", "/desk/enquiries/{id}/raw"])
def test_a_reason_is_one_of_our_words(staff: Staff, services: Services, path: str, why: str) -> None:
    """It travels in an address: free text is refused before anything is opened, and not repeated."""
    entry = staff.enter()
    refused = staff.ask("GET", path.format(id=entry), why=why)
    assert (refused.status, list(refused.json["error"]["fields"])) == (422, ["why"])
    assert "belt" not in refused.text
    assert not [item for item in everything(services)["records"] if item.get("kind") == "opening"]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_anothers_id_is_as_unknown_as_none(
    staff: Staff, services: Services, method: str, path: str, body: dict[str, str] | None
) -> None:
    """Every route answers 404 with the same words, and nothing changes."""
    entry = staff.enter()
    before = copy.deepcopy(everything(services))
    other = Staff(services, {**STAFF, "controller": "seven-elements"})
    forbidden = other.ask(method, path.format(id=entry), body)
    unknown = other.ask(method, path.format(id=UNKNOWN), body)
    assert (forbidden.status, forbidden.text) == (unknown.status, unknown.text) == (404, unknown.text)
    assert everything(services) == before


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize("entry", ["x", "A" * 26, "a" * 27, "..", "%00", "a" * 25 + "1", "é" * 26, "a" * 26 + "#main"])
def test_what_is_no_id_is_not_found(
    staff: Staff, method: str, path: str, body: dict[str, str] | None, entry: str
) -> None:
    """Malformed ids are answered as unknown ones."""
    assert staff.ask(method, path.format(id=entry), body).status == 404


def test_another_controllers_list_is_empty(staff: Staff, services: Services) -> None:
    """Lists, letters and evidence are of one's own controller."""
    staff.ask("POST", f"/desk/enquiries/{staff.enter()}/handled")
    other = Staff(services, {**STAFF, "controller": "seven-elements"})
    assert other.ask("GET", "/desk/enquiries", status="all").json["enquiries"] == []
    assert other.ask("GET", "/desk/letters").json["letters"] == []
    assert other.ask("GET", "/desk/evidence").json["evidence"] == []
    assert "silver-essence" not in other.ask("GET", "/desk/sites").text


def test_a_site_of_another_controller_is_unknown(staff: Staff) -> None:
    """Nothing is entered for somebody else, and the answer is that for a site that is none."""
    theirs = staff.ask("POST", "/desk/enquiries", {**ENTRY, "site": "sevenelements"})
    none = staff.ask("POST", "/desk/enquiries", {**ENTRY, "site": "none"})
    assert (theirs.status, theirs.text) == (none.status, none.text) == (422, none.text)


@pytest.mark.parametrize("more", ["status", "controller", "category", "id", "due", "erase_by", "pk", "handled_at"])
def test_nobody_sets_what_is_not_asked_for(staff: Staff, services: Services, more: str) -> None:
    """Mass assignment is refused, at the top and among the fields."""
    top = staff.ask("POST", "/desk/enquiries", {**ENTRY, more: "handled"})
    inside = staff.ask("POST", "/desk/enquiries", {**ENTRY, "fields": {**FIELDS, more: "handled"}})
    assert [answer.json["error"]["fields"] for answer in (top, inside)] == [
        {more: "Dit veld kent het formulier niet."}
    ] * 2
    assert everything(services)["records"] == []


@pytest.mark.parametrize("ours", ["_gotcha", "_next", "form"])
def test_what_only_a_posted_form_carries_is_refused(staff: Staff, ours: str) -> None:
    """The desk's fields are the person's, not the machinery of the form."""
    assert staff.ask("POST", "/desk/enquiries", {**ENTRY, "fields": {**FIELDS, ours: "x"}}).status == 422


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"site": None}, "site"),
        ({"site": 1}, "site"),
        ({"site": "x" * 99}, "site"),
        ({"fields": []}, "fields"),
        ({"fields": {"name": 1}}, "name"),
        ({"fields": {"name": "Ada\ud800", "message": "x"}}, "name"),
        ({"fields": {"message": "x"}}, "name"),
        ({"fields": {**FIELDS, "email": "no address"}}, "email"),
        ({"received": "yesterday"}, "received"),
        ({"received": "2026-11-23"}, "received"),
        ({"received": "2026-11-20T10:00:00"}, "received"),
        ({"received": "9999-12-31T23:59:59-12:00"}, "received"),
        ({"received": "0001-01-01"}, "received"),
        ({"received": "2026-02-30"}, "received"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ["phone"]}, "channel"),
        ({"language": "de"}, "language"),
    ],
)
def test_each_wrong_field_is_named_without_repeating_it(staff: Staff, changes: dict[str, Any], wrong: str) -> None:
    """422 with a message per field, in the language asked for, and no word of the input."""
    given = staff.ask("POST", "/desk/enquiries", {**ENTRY, **changes}, headers={"accept-language": "en"})
    assert (given.status, given.code) == (422, "invalid")
    assert list(given.json["error"]["fields"]) == [wrong]
    for word in ("yesterday", "pigeon", "no address", "pydantic", "Input should"):
        assert word not in given.text


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        ("", 422, "invalid"),
        ("{", 422, "invalid_json"),
        ("[]", 422, "not_an_object"),
        ("null", 422, "not_an_object"),
        ('"text"', 422, "not_an_object"),
        ("{}", 422, "invalid"),
        ('{"text": "a", "text": "b"}', 422, "invalid"),
        ('{"text": "a", "confirm": "yes"}', 422, "invalid"),
        ('{"text": "a", "confirm": 1}', 422, "invalid"),
        ('{"text": "a\\u0000b"}', 422, "invalid"),
        ('{"text": "a\\ud800b"}', 422, "invalid"),
        ('{"text": NaN}', 422, "invalid"),
        ('{"text": ' + "1" * 5000 + "}", 422, "invalid_json"),
        ('{"text": "   "}', 422, "invalid"),
        ('{"text": "' + "a" * 20_001 + '"}', 422, "invalid"),
        ('{"text": ' + "[" * 5000 + "]" * 5000 + "}", 422, "nested_too_deep"),
        ('{"text": "' + "a" * 70_000 + '"}', 413, "too_large"),
    ],
)
def test_a_body_that_is_no_answer_is_refused(staff: Staff, raw: str, status: int, code: str) -> None:
    """Every odd body has its own refusal; none is a fault of ours."""
    refused = staff.ask("POST", f"/desk/enquiries/{staff.enter()}/answer", raw=raw)
    assert (refused.status, refused.code) == (status, code)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonx"]
)
def test_only_json_is_read(staff: Staff, kind: str) -> None:
    """415 for every other content type: a page of another site cannot post without asking first."""
    refused = staff.ask("POST", "/desk/enquiries", ENTRY, headers={"content-type": kind})
    assert (refused.status, refused.code) == (415, "json_only")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://api.example.org.evil.example", "http://example.org"]
)
def test_a_page_of_another_website_is_refused(staff: Staff, origin: str) -> None:
    """A foreign Origin gets 403 on every method."""
    for method in ("GET", "POST"):
        refused = staff.ask(method, "/desk/enquiries", headers={"origin": origin})
        assert (refused.status, refused.code) == (403, "foreign_origin")


@pytest.mark.parametrize("origin", ["https://example.org", "https://api.example.org"])
def test_our_own_page_may_ask(staff: Staff, origin: str) -> None:
    """The base address and the host that was asked are ours."""
    assert staff.ask("GET", "/desk/enquiries", headers={"origin": origin}).status == 200


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "x"}, {"limit": "101"}, {"status": "deleted"}, {"after": "x"}, {"after": "A" * 300}],
)
def test_a_question_that_cannot_be_is_refused(staff: Staff, query: dict[str, str]) -> None:
    """Query parameters are checked like fields."""
    refused = staff.ask("GET", "/desk/enquiries", None, **cast("dict[str, Any]", query))
    assert (refused.status, list(refused.json["error"]["fields"])) == (422, list(query))


def test_an_idempotency_key_that_could_be_guessed_is_refused(staff: Staff) -> None:
    """It must be as random as a UUID."""
    refused = staff.ask("POST", "/desk/enquiries", ENTRY, headers={"idempotency-key": "1"})
    assert (refused.status, refused.code) == (422, "idempotency_key_invalid")


def test_every_answer_carries_the_headers_that_protect_it(staff: Staff) -> None:
    """Success, refusal and fault alike: not cached, no frame, no referrer, no cookie (P01)."""
    for given in (
        staff.ask("GET", "/desk/enquiries"),
        staff.ask("GET", "/desk/x"),
        staff.ask("POST", "/desk/enquiries", raw="{"),
    ):
        assert given.headers.items() >= answers.HEADERS.items()
        assert "set-cookie" not in given.headers
        assert given.headers.get("content-type", given.headers.get("Content-Type")) == "application/json"


def test_a_fault_of_ours_says_and_logs_nothing_about_anyone(
    staff: Staff, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """500 with a plain sentence; the log has the kind and the place, no text and no traceback."""
    entry = staff.enter()

    class Broken:
        def get(self, _key: object) -> None:
            raise RuntimeError("ada@example.org")

    Logger().logger_handler.setStream(written := _Lines())  # type: ignore[attr-defined]
    broken = Staff(services._replace(store=Broken()))  # type: ignore[arg-type]
    refused = broken.ask("GET", f"/desk/enquiries/{entry}")
    assert (refused.status, refused.code) == (500, "error")
    assert "RuntimeError" in written.text
    for text in (written.text, refused.text, *capsys.readouterr()):
        assert "ada@" not in text


class _Lines:
    """Keeps what the logger writes."""

    text = ""

    def write(self, text: str) -> None:
        """Keep it."""
        self.text += text

    def flush(self) -> None:
        """Do nothing."""


def test_the_description_is_valid_openapi(services: Services) -> None:
    """The validator of the OpenAPI project finds nothing wrong."""
    validate(Staff(services, None).ask("GET", "/openapi.json").json)


def test_the_description_is_public_and_shows_our_errors(services: Services) -> None:
    """OpenAPI 3.1, public, with every deployed route, a security scheme, and one shape of error."""
    given = Staff(services, None).ask("GET", "/openapi.json")
    described = given.json
    assert given.status == 200
    assert described["openapi"].startswith("3.1")
    assert described["security"] == [{"staff": []}]
    assert "detail" not in given.text
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    routes = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert routes == STAFF_ROUTES
    for operation in operations:
        assert operation["description"]
        for status in set(operation["responses"]) & {"403", "404", "409", "410", "422", "500", "503"}:
            content = operation["responses"][status]["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Refused"}


def test_the_description_is_made_once() -> None:
    """Anybody may ask for it, so that it must cost nothing."""
    assert desk.description() is desk.description()


def test_a_refusal_is_as_described(staff: Staff) -> None:
    """What the validation refuses has the shape that the description gives it."""
    error = json.loads(staff.ask("POST", "/desk/enquiries", {}).text)["error"]
    assert set(error) == {"code", "message", "fields"}
    assert set(error["fields"]) == {"site", "fields", "received", "channel"}
