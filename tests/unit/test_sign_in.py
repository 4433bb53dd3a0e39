"""Signing in at the local issuer: what a code is good for, for whom, and how often."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest

from local.gateway import Answer, Request
from local.issuer import Issuer
from local.sign_in import SignIn

URL = "http://127.0.0.1:8080"
VERIFIER = "a-verifier-that-nobody-else-knows-0123456789"
ASKED = {
    "client_id": "nakoming-desk",
    "redirect_uri": f"{URL}/desk",
    "response_type": "code",
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode(),
    "code_challenge_method": "S256",
    "state": "a-state",
}


@pytest.fixture
def sign_in() -> SignIn:
    """Return a fresh sign-in."""
    return SignIn(Issuer(f"{URL}/local/issuer", lambda: 1_800_000_000.0), URL)


def request(fields: dict[str, str], method: str = "POST") -> Request:
    """Return a request with these fields, in the query for GET and else in the body."""
    text = urlencode(fields)
    query, body = (text, b"") if method == "GET" else ("", text.encode())
    return Request(method, "/local/sign-in", query, {}, [], body, "127.0.0.1")


def code_of(answer: Answer) -> str:
    """Return the code that an answer sends back."""
    assert answer.status == 303
    back = parse_qs(urlsplit(dict(answer.headers)["location"]).query)
    assert back["state"] == ["a-state"]
    return back["code"][0]


def exchange(sign_in: SignIn, code: str, **other: str) -> Answer:
    """Ask a token for a code."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": f"{URL}/desk",
        "code_verifier": VERIFIER,
    }
    return sign_in.token(request(fields | other))


def test_a_code_gives_a_token_of_the_role_once(sign_in: SignIn) -> None:
    """The token is of the role that was picked; the same code again gives nothing."""
    code = code_of(sign_in.choose(request(ASKED | {"role": "privacy-officer"})))
    given = json.loads(exchange(sign_in, code).body)
    claims = jwt.decode(given["access_token"], options={"verify_signature": False})
    assert claims["roles"] == ["privacy-officer"]
    assert exchange(sign_in, code).status == 400


@pytest.mark.parametrize("other", [{"code_verifier": "another"}, {"redirect_uri": "http://evil.example/desk"}])
def test_a_code_is_for_whoever_asked_for_it(sign_in: SignIn, other: dict[str, str]) -> None:
    """Without the verifier, or for another place, a code gives nothing (RFC 7636, 4.6)."""
    code = code_of(sign_in.choose(request(ASKED | {"role": "staff"})))
    assert exchange(sign_in, code, **other).status == 400


def test_a_refresh_token_gives_a_new_token_once(sign_in: SignIn) -> None:
    """A refresh token is replaced by the next one when it is used."""
    code = code_of(sign_in.choose(request(ASKED | {"role": "staff"})))
    first = json.loads(exchange(sign_in, code).body)
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert sign_in.token(request(renewal)).status == 200
    assert sign_in.token(request(renewal)).status == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://evil.example/desk"},
        {"redirect_uri": f"{URL}/desk@evil.example"},
        {"client_id": "somebody"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ],
)
def test_nobody_is_sent_anywhere_else(sign_in: SignIn, wrong: dict[str, str]) -> None:
    """A request that is not the desk's is refused on a page, before and after picking a role."""
    assert sign_in.page(request(ASKED | wrong, "GET")).status == 400
    assert sign_in.choose(request(ASKED | wrong | {"role": "staff"})).status == 400


def test_a_role_that_is_none_of_staff_is_refused(sign_in: SignIn) -> None:
    """A customer does not sign in at the desk."""
    assert sign_in.choose(request(ASKED | {"role": "customer"})).status == 400
