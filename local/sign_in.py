"""Signing in at the local issuer as a browser does it at any other: authorization code with PKCE (RFC 6749, RFC 7636).

Nobody is asked for a password: whoever sits at this machine picks a role. Codes work once and for a minute.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from local.gateway import Answer, Request
from local.issuer import LIFETIME, STAFF_ROLES, Issuer
from local.rendering import page

CLIENT_ID = "nakoming-desk"
CODE_SECONDS = 60
T = TypeVar("T")
MOST_KEPT = 200  # codes and refresh tokens; the oldest are forgotten first


@dataclass(frozen=True)
class Grant:
    """What was granted: a role, to whoever knows the verifier of `challenge` and came from `back`."""

    role: str
    challenge: str
    back: str
    until: float


class SignIn:
    """The page on which a role is picked, and what it leads to."""

    def __init__(self, issuer: Issuer, url: str) -> None:
        """Sign in with tokens of `issuer`; `url` is where the desk is served."""
        self._issuer = issuer
        self._desk = f"{url}/desk"
        self._codes: dict[str, Grant] = {}
        self._renewals: dict[str, str] = {}
        self._lock = threading.Lock()

    def page(self, request: Request) -> Answer:
        """Ask who signs in."""
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        if fault := self._fault(asked):
            return page("refused.html", request, status=400, fault=fault)
        return page("sign_in.html", request, asked=asked, roles=sorted(STAFF_ROLES, reverse=True))

    def choose(self, request: Request) -> Answer:
        """Send whoever picked a role back with a code."""
        asked = _form(request)
        if fault := self._fault(asked):
            return page("refused.html", request, status=400, fault=fault)
        if asked.get("role") not in STAFF_ROLES:
            return page("refused.html", request, status=400, fault="role")
        until = time.monotonic() + CODE_SECONDS
        code = self._keep(self._codes, Grant(asked["role"], asked["code_challenge"], asked["redirect_uri"], until))
        address = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}"
        return Answer(
            303, [("location", address), ("cache-control", "no-store"), ("referrer-policy", "no-referrer")], b""
        )

    def token(self, request: Request) -> Answer:
        """Give a token for a code, or for the refresh token that came with an earlier one."""
        asked = _form(request)
        role = self._role(asked)
        if role is None:
            return _json(400, {"error": "invalid_grant"})
        renewal = self._keep(self._renewals, role)
        token = self._issuer.token(role)
        return _json(
            200, {"access_token": token, "refresh_token": renewal, "token_type": "Bearer", "expires_in": LIFETIME}
        )

    def _role(self, asked: dict[str, str]) -> str | None:
        """Return the role that was granted; a code is used up by asking."""
        with self._lock:
            if asked.get("grant_type") == "refresh_token":
                return self._renewals.pop(asked.get("refresh_token", ""), None)
            grant = self._codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if grant is None or grant.until < time.monotonic() or grant.back != asked.get("redirect_uri"):
            return None
        return grant.role if secrets.compare_digest(grant.challenge, challenge) else None

    def _fault(self, asked: dict[str, str]) -> str:
        """Return which parameter of a request is wrong, or nothing. People are sent back to the desk only."""
        wanted = {
            "client_id": CLIENT_ID,
            "redirect_uri": self._desk,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        wrong += [] if asked.get("code_challenge") else ["code_challenge"]
        return wrong[0] if wrong else ""

    def _keep(self, store: dict[str, T], value: T) -> str:
        """Keep a value under a new random name."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            store[name] = value
            while len(store) > MOST_KEPT:
                del store[next(iter(store))]
        return name


def _form(request: Request) -> dict[str, str]:
    """Return the fields of a urlencoded form."""
    return {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}


def _json(status: int, value: dict[str, object]) -> Answer:
    """Return a JSON answer that nobody keeps."""
    return Answer(
        status, [("content-type", "application/json"), ("cache-control", "no-store")], json.dumps(value).encode()
    )
