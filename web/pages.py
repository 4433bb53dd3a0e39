"""Serves the desk's page to browsers: files that hold nothing of anyone, and where to sign in.

A function of its own beside the files, with no right but to log: whoever takes it over has gained nothing. The data
come from the desk's interface, with a token, and never through here.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer `/desk`, `/desk/config.json` and `/desk/page/{file}`."""
    if event["rawPath"] == "/desk/config.json":
        return _answer(200, "application/json", json.dumps(sign_in()))
    name = (event.get("pathParameters") or {}).get("file", "desk.html")
    if name not in {path.name for path in FOLDER.iterdir() if path.suffix in TYPES}:
        return _answer(
            404, "application/json", json.dumps({"error": {"code": "not_found", "message": "", "fields": {}}})
        )
    answer = _answer(200, TYPES[Path(name).suffix], (FOLDER / name).read_text(encoding="utf-8"))
    return answer if name.endswith(".html") else _kept(answer, (event.get("headers") or {}).get("if-none-match", ""))


def sign_in() -> dict[str, str]:
    """Return where and how staff sign in from a browser; the addresses are empty where that was not set up."""
    names = ("authorize", "token", "revoke", "client_id", "sign_out")
    return {**{name: os.environ[f"SIGN_IN_{name.upper()}"] for name in names}, "scope": "nakoming/desk"}


def _kept(answer: dict[str, Any], known: str) -> dict[str, Any]:
    """Let browsers keep a file for five minutes, then ask whether it changed; `known` is what they have by its tag."""
    tag = f'"{hashlib.sha256(answer["body"].encode()).hexdigest()[:32]}"'
    headers = {**answer["headers"], "cache-control": "public, max-age=300", "etag": tag}
    return {**answer, "headers": headers, **({"statusCode": 304, "body": ""} if tag in known else {})}


def _answer(status: int, kind: str, body: str) -> dict[str, Any]:
    """Return an answer that runs our scripts only, speaks to us and the issuer only, and is kept by nobody."""
    issuer = urlsplit(os.environ["SIGN_IN_TOKEN"])
    allowed = f"'self' {issuer.scheme}://{issuer.netloc}" if issuer.netloc else "'self'"
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src {allowed}; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
    headers = {
        "content-type": f"{kind}; charset=utf-8",
        "content-security-policy": policy,
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
    }
    return {"statusCode": status, "headers": headers, "body": body}
