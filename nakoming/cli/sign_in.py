"""Where the token comes from: the environment, a file, an earlier sign-in, or the local issuer of the embedded run.

Signing in is OAuth 2.0 with an authorization code and PKCE on a loopback address (RFC 8252, RFC 7636): the browser
shows the firm's sign-in page, this program sees neither password nor second factor. Tokens are kept readable by their
owner only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from nakoming.cli.server import LOOPBACK, Refused, checked, send

CALLBACK = "http://localhost:8976/callback"
SCOPE = "nakoming/desk"
_EARLY = 60  # seconds before its end at which a token is renewed
_WAIT = 300  # seconds for a person to sign in
_OK = 200


def token_for(url: str, environment: Mapping[str, str], say: Callable[[str], None]) -> str:
    """Return the token for the desk at `url`; `say` is told where it comes from when that is not what was asked for.

    Raises Refused when there is none.
    """
    if token := environment.get("NAKOMING_TOKEN"):
        return token.strip()
    if file := environment.get("NAKOMING_TOKEN_FILE"):
        return _read(Path(file))
    if kept := kept_token(url, environment):
        return kept
    if urlsplit(url).hostname in LOOPBACK and (token := _local_token(url)):
        say("using a local token of the embedded run, as privacy officer")
        return token
    raise Refused(401, "unauthorized", "not signed in: run `nakoming login`, or set NAKOMING_TOKEN")


def _local_token(url: str) -> str:
    """Return a token of the embedded run, or nothing where something else answers. Raises Refused when nothing does."""
    try:
        status, content = send(urllib.request.Request(checked(url) + "/local/token?role=privacy-officer"))  # noqa: S310 - see checked
    except OSError as broken:
        raise Refused(0, "no_connection", f"no answer from {url}: `make run` it, or set NAKOMING_URL") from broken
    try:
        return str(json.loads(content)["token"]) if status == _OK else ""
    except (ValueError, KeyError):
        return ""


def _read(file: Path) -> str:
    """Return the token in a file. Raises Refused when it cannot be read."""
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as broken:
        raise Refused(401, "unauthorized", f"the token file {file} cannot be read") from broken


# --- kept tokens ------------------------------------------------------------------------------------------------------


def _kept_file(url: str, environment: Mapping[str, str]) -> Path:
    """Return where the tokens for one desk are kept."""
    state = Path(environment.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    name = hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]
    return state / "nakoming" / f"{name}.json"


def kept_token(url: str, environment: Mapping[str, str]) -> str:
    """Return the token of an earlier sign-in, renewed when its time is up; nothing when there is none (any more)."""
    file = _kept_file(url, environment)
    try:
        kept: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return ""
    if time.time() < kept["expires_at"] - _EARLY:
        return str(kept["access_token"])
    asked = {"grant_type": "refresh_token", "refresh_token": kept["refresh_token"], "client_id": kept["client_id"]}
    try:
        return _keep(file, {**kept, **_asked(kept["sign_in"], "token", asked)})
    except Refused:
        return ""


def _keep(file: Path, tokens: dict[str, Any]) -> str:
    """Keep tokens, readable by their owner only from the first byte on; return the access token."""
    kept = {name: tokens[name] for name in ("access_token", "refresh_token", "client_id", "sign_in")}
    kept["expires_at"] = int(time.time()) + int(tokens.get("expires_in", 0))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        json.dump(kept, opened)
    beside.replace(file)
    return str(kept["access_token"])


def sign_out(url: str, environment: Mapping[str, str]) -> bool:
    """Revoke and forget the tokens for a desk; False when there were none."""
    file = _kept_file(url, environment)
    try:
        kept = json.loads(file.read_text())
    except (OSError, ValueError):
        return False
    file.unlink()
    _asked(kept["sign_in"], "revoke", {"token": kept["refresh_token"], "client_id": kept["client_id"]})
    return True


# --- signing in -------------------------------------------------------------------------------------------------------


def sign_in(url: str, page: str, client_id: str, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Let a person sign in at the sign-in page `page` and keep the tokens for the desk at `url`. Raises Refused."""
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": CALLBACK,
        "scope": SCOPE,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = f"{checked(page)}/oauth2/authorize?{urlencode(asked)}"
    code = _code(address, state, say)
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    tokens = _asked(page, "token", {**grant, "client_id": client_id, "code_verifier": verifier})
    _keep(_kept_file(url, environment), {**tokens, "client_id": client_id, "sign_in": page})


def _code(address: str, state: str, say: Callable[[str], None]) -> str:
    """Wait on the loopback address for the code that the sign-in page sends the browser back with."""
    given: dict[str, str] = {}

    class Callback(BaseHTTPRequestHandler):
        """Takes the one request that matters."""

        def do_GET(self) -> None:
            """Take the answer of the sign-in page; anything else is not found."""
            parts = urlsplit(self.path)
            said = {name: values[0] for name, values in parse_qs(parts.query).items()}
            ours = parts.path == urlsplit(CALLBACK).path and secrets.compare_digest(said.get("state", ""), state)
            if ours:
                given.update(said)
            text = b"Signed in. You can close this page." if ours else b"Not found."
            self.send_response(200 if ours else 404)
            self.send_header("content-type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments: Any) -> None:
            """Log nothing: the address holds the code."""

    with HTTPServer(("127.0.0.1", urlsplit(CALLBACK).port or 0), Callback) as server:
        server.timeout = 1
        say(f"Sign in in your browser; if it does not open, go to:\n{address}")
        webbrowser.open(address)
        until = time.monotonic() + _WAIT
        while not given and time.monotonic() < until:
            server.handle_request()
    if "code" not in given:
        raise Refused(401, "not_signed_in", "nobody signed in" if not given else "the sign-in page refused")
    return given["code"]


def _asked(page: str, what: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Post a form to an OAuth endpoint of the sign-in page. Raises Refused; no token is in what it says."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    address = f"{checked(page)}/oauth2/{what}"
    request = urllib.request.Request(address, urlencode(fields).encode(), headers)  # noqa: S310 - see checked
    try:
        status, content = send(request)
    except OSError as broken:
        raise Refused(0, "no_connection", f"no answer from {page}") from broken
    if status != _OK:
        raise Refused(401, "not_signed_in", "the sign-in page gave no token: sign in again")
    found: dict[str, Any] = json.loads(content) if content else {}
    return found
