"""Bad input gets a clear error in the language asked for, stores nothing half, and tells nothing of the inside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.firm import FIELDS, FORM

if TYPE_CHECKING:
    from tests.conftest import Response, TestStack
    from tests.firm import Firm

pytestmark = pytest.mark.system
JSON, URLENCODED = "application/json", "application/x-www-form-urlencoded"
GOOD = json.dumps(FIELDS)
MULTIPART = "multipart/form-data; boundary=xyz"
INSIDE = ("Traceback", "privacy/", "boto", "Exception", "arn:aws", "dynamodb", "KeyError", 'File "')


def part(name: str, value: str, more: str = "") -> str:
    """Return one part of a multipart body."""
    return f'--xyz\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


def with_field(name: str, value: Any) -> str:
    """Return a JSON body with one field changed."""
    return json.dumps(FIELDS | {name: value})


BAD: dict[str, tuple[str, str | bytes, int, str]] = {
    "broken JSON": (JSON, '{"name":', 422, "invalid_json"),
    "no JSON at all": (JSON, "hello", 422, "invalid_json"),
    "empty": (JSON, "", 422, "invalid_json"),
    "not an object": (JSON, "[1, 2]", 422, "not_an_object"),
    "a string": (JSON, '"name"', 422, "not_an_object"),
    "NaN": (JSON, '{"name": NaN}', 422, "invalid"),
    "deep nesting": (JSON, '{"name":' * 5000 + "1" + "}" * 5000, 422, "nested_too_deep"),
    "deep list": (JSON, "[" * 30000 + "]" * 30000, 422, "nested_too_deep"),
    "a number of many digits": (JSON, '{"name": ' + "9" * 5000 + "}", 422, "invalid_json"),
    "bad UTF-8": (JSON, b'{"name": "\xff\xfe"}', 422, "invalid_utf8"),
    "duplicate keys": (JSON, '{"name": "Ada", "name": "Eve"}', 422, "invalid"),
    "unknown field": (JSON, with_field("status", "verified"), 422, "invalid"),
    "mass assignment": (JSON, with_field("controller", "vixum"), 422, "invalid"),
    "wrong type": (JSON, with_field("name", 7), 422, "invalid"),
    "an object as a value": (JSON, with_field("message", {"a": 1}), 422, "invalid"),
    "a list as a value": (JSON, with_field("email", ["a@example.org"]), 422, "invalid"),
    "missing field": (JSON, json.dumps({"name": "Ada"}), 422, "invalid"),
    "only spaces": (JSON, with_field("name", "   "), 422, "invalid"),
    "no address": (JSON, with_field("email", "ada at example"), 422, "invalid"),
    "two addresses": (JSON, with_field("email", "a@example.org,b@example.org"), 422, "invalid"),
    "CR LF in an address": (JSON, with_field("email", "a@example.org\r\nBcc: b@example.org"), 422, "invalid"),
    "CR LF in a name": (JSON, with_field("name", "Ada\r\nBcc: b@example.org"), 422, "invalid"),
    "line separator in a name": (JSON, with_field("name", "Ada\u2028Eve"), 422, "invalid"),
    "NUL in a message": (JSON, with_field("message", "a\x00b"), 422, "invalid"),
    "half a character": (JSON, '{"name": "\\ud800", "email": "a@example.org", "message": "x"}', 422, "invalid"),
    "too long": (JSON, with_field("name", "A" * 201), 422, "invalid"),
    "no number": (JSON, with_field("phone", "bel mij"), 422, "invalid"),
    "unknown form": (JSON, with_field("form", "nonsense"), 422, "unknown_form"),
    "form is no text": (JSON, with_field("form", 1), 422, "invalid"),
    "_next elsewhere": (JSON, with_field("_next", "https://evil.example/"), 422, "next_refused"),
    "_next without scheme": (JSON, with_field("_next", "//evil.example"), 422, "next_refused"),
    "_next with backslashes": (JSON, with_field("_next", "https:\\\\evil.example"), 422, "next_refused"),
    "_next with a script": (JSON, with_field("_next", "javascript:alert(1)"), 422, "next_refused"),
    "_next with user information": (JSON, with_field("_next", "https://www.silveressence.net@evil.example/"), 422, "next_refused"),
    "_next that begins alike": (JSON, with_field("_next", "https://www.silveressence.net.evil.example/"), 422, "next_refused"),
    "_next with a line break": (JSON, with_field("_next", "https://www.silveressence.net/\r\nSet-Cookie: a=b"), 422, "next_refused"),
    "over 64 kB": (JSON, with_field("message", "x" * 70_000), 413, "too_large"),
    "text": ("text/plain", GOOD, 415, "unsupported_content_type"),
    "no type": ("", GOOD, 415, "unsupported_content_type"),
    "XML": ("application/xml", "<a/>", 415, "unsupported_content_type"),
    "urlencoded twice": (URLENCODED, "name=Ada&name=Eve&email=a%40example.org&message=x", 422, "invalid"),
    "urlencoded bad UTF-8": (URLENCODED, "name=%ff&email=a%40example.org&message=x", 422, "invalid_utf8"),
    "urlencoded many": (URLENCODED, "&".join(f"a{number}=1" for number in range(3000)), 422, "too_many_fields"),
    "urlencoded nothing": (URLENCODED, "", 422, "invalid"),
    "multipart without an end": (MULTIPART, part("name", "Ada"), 422, "invalid_body"),
    "multipart without a boundary": ("multipart/form-data", part("name", "Ada") + "--xyz--", 422, "invalid_body"),
    "multipart with a file": (MULTIPART, part("name", "MZ", '; filename="a.exe"') + "--xyz--\r\n", 422, "invalid"),
    "multipart twice": (MULTIPART, part("name", "Ada") + part("name", "Eve") + "--xyz--\r\n", 422, "invalid"),
    "multipart many": (MULTIPART, "".join(part(f"a{n}", "1") for n in range(60)) + "--xyz--\r\n", 422, "invalid_body"),
}  # fmt: skip


def send(stack: TestStack, kind: str, body: str | bytes, path: str = FORM, **more: str) -> Response:
    """Post a body as it is."""
    headers = {"accept": JSON, **({"content-type": kind} if kind else {}), **more}
    return stack.http.request(
        "POST", path, body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"), headers
    )


@pytest.fixture(scope="session")
def stored(shared_firm: Firm) -> Any:
    """Count what is stored, to see that nothing was added."""
    return lambda: [len(shared_firm.items(table)) for table in ("Vault", "Records", "Traffic", "Evidence")]


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_words_and_leaves_nothing(shared_stack: TestStack, stored: Any, name: str) -> None:
    """Status and code say what is wrong, in Dutch and in English, and the store is as it was."""
    kind, body, status, code = BAD[name]
    before = stored()
    said = []
    for language in ("nl", "en"):
        response = send(shared_stack, kind, body, f"{FORM}?lang={language}")
        assert response.status == status, response.text
        error = response.json()["error"]
        assert error["code"] == code, error
        assert not any(word in response.text for word in INSIDE), response.text
        assert response.headers["cache-control"] == "no-store"
        assert "set-cookie" not in response.headers
        said.append([error["message"], *error["fields"].values()])
    assert all(said[0])
    assert said[0] != said[1]
    assert stored() == before


@pytest.mark.parametrize(
    "path", ["/nobody/enquiries", "/SILVER-ESSENCE/enquiries", "/silver-essence%00/enquiries", "/../enquiries"]
)
def test_an_unknown_site_is_not_found(shared_stack: TestStack, path: str) -> None:
    """A site that no policy covers is 404, whatever is posted to it."""
    assert send(shared_stack, JSON, GOOD, path).status == 404


def test_the_field_that_is_wrong_is_named(shared_stack: TestStack) -> None:
    """Each field that is wrong has a message of its own, all in one answer."""
    response = send(shared_stack, JSON, json.dumps({"email": "x", "message": "", "role": "admin"}), f"{FORM}?lang=en")
    fields = response.json()["error"]["fields"]
    assert fields.keys() == {"name", "email", "message", "role"}
    assert "valid e-mail address" in fields["email"]


def test_a_browser_gets_its_form_back_as_it_was_filled_in(shared_stack: TestStack) -> None:
    """What was typed is not lost, and is shown as text, whatever it is."""
    typed = '"><script>alert(1)</script>'
    response = shared_stack.http.form(f"{FORM}?lang=en", {"name": typed, "email": "x", "message": "Hallo & dag"})
    assert response.status == 422
    assert "<script>" not in response.text
    assert "&lt;script&gt;" in response.text
    assert "Hallo &amp; dag" in response.text
    assert 'aria-invalid="true"' in response.text


def test_a_form_as_a_browser_sends_it_is_taken(shared_firm: Firm) -> None:
    """Multipart with an empty file field and a byte order of its own is a form like any other."""
    body = (
        part("name", "Adà")
        + part("email", "ada@example.org")
        + part("message", "regel 1\r\nregel 2")
        + part("", "", '; filename=""')
        + "--xyz--\r\n"
    )
    response = send(shared_firm.stack, MULTIPART, body)
    assert response.status == 201, response.text
    assert shared_firm.open(response.json()["reference"])["fields"]["message"] == "regel 1\nregel 2"


def test_only_the_sites_own_pages_may_read_the_answer(shared_stack: TestStack) -> None:
    """The site's origin is allowed by name; another is not, and none is allowed by a star."""
    own = send(shared_stack, JSON, GOOD, origin="https://www.silveressence.net")
    foreign = send(shared_stack, JSON, GOOD, origin="https://evil.example")
    assert own.headers["access-control-allow-origin"] == "https://www.silveressence.net"
    assert "access-control-allow-origin" not in foreign.headers
    preflight = shared_stack.http.request(
        "OPTIONS", FORM, None, {"origin": "https://www.silveressence.net", "access-control-request-method": "POST"}
    )
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (
        204,
        "https://www.silveressence.net",
    )


def test_next_leads_to_the_sites_own_page(shared_stack: TestStack) -> None:
    """A browser is sent on to an allowed page."""
    response = shared_stack.http.form(
        FORM, FIELDS | {"_next": "https://www.silveressence.net/bedankt", "message": "verder"}
    )
    assert (response.status, response.headers["location"]) == (303, "https://www.silveressence.net/bedankt")


@pytest.mark.parametrize("key", ["short", "x" * 129, "ada@example.org-and-more", "with spaces in the key"])
def test_an_idempotency_key_that_is_no_random_token_is_refused(shared_stack: TestStack, key: str) -> None:
    """A key that could be an address or a name is refused: it would be kept, hashed only, for a day."""
    response = send(shared_stack, JSON, GOOD, **{"idempotency-key": key})
    assert (response.status, response.json()["error"]["code"]) == (422, "idempotency_key_invalid")


def test_the_form_itself_is_a_page(shared_stack: TestStack) -> None:
    """The form of the policy is served as a page, in both languages, without cookies, scripts or anything from elsewhere."""
    for language in ("nl", "en"):
        response = shared_stack.http.get(f"{FORM}?lang={language}", accept="text/html")
        assert response.status == 200
        assert f'<html lang="{language}">' in response.text
        assert "<script" not in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "set-cookie" not in response.headers
