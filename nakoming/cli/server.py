"""Talks to the desk over HTTP: one request, its retries, and what was refused."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

T = TypeVar("T")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TIMEOUT = 20  # seconds
PAUSES = (1, 2, 4)  # seconds before each further try
_SIGN_IN = (401, 403)
_NOT_THERE = (404, 410)
_PASSING = (429, 502, 503, 504)
_REFUSALS = 300  # the first status that is no success; redirects are not followed
UNREACHABLE = 0
NOT_AVAILABLE = 5


class Refused(Exception):
    """The desk refused a request, or was not there (`status` 0). It carries what was said, nothing that was sent."""

    def __init__(self, status: int, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        """Take what the desk said."""
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, dict(fields or {})

    def exit_code(self) -> int:
        """Return the exit code of the command: see the help of `nakoming`."""
        if self.status in _SIGN_IN:
            return 3
        if self.status in _NOT_THERE:
            return 4
        return NOT_AVAILABLE if self.status == UNREACHABLE or self.status in _PASSING else 1

    def may_pass(self) -> bool:
        """Say whether the same request may be taken a little later."""
        return self.status == UNREACHABLE or self.status in _PASSING or self.code == "conflict"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token is for one host only."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Refuse."""


def send(request: urllib.request.Request) -> tuple[int, bytes]:
    """Send one request without following redirects; return status and body. Raises OSError when nobody answers."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except http.client.HTTPException as broken:
        raise ConnectionError from broken


@dataclass
class Server:
    """The desk at `url`. `token` is asked when the first request is made."""

    url: str
    token: Callable[[], str]
    language: str = "en"
    sleep: Callable[[float], None] = field(default=time.sleep)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Return what is at a path. Raises Refused."""
        asked = urlencode({name: value for name, value in query.items() if value not in (None, "")})
        return self._call("GET", f"{path}?{asked}" if asked else path, None, "", _read)

    def file(self, path: str, **query: str) -> bytes:
        """Return the file that is at a path. Raises Refused."""
        asked = urlencode({name: value for name, value in query.items() if value})
        return self._call("GET", f"{path}?{asked}" if asked else path, None, "", _file)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> dict[str, Any]:
        """Post to a path that does the same thing once, however often it is asked. Raises Refused."""
        return self._call("POST", path, body, key, _read)

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None, key: str, read: Callable[[int, bytes], T]
    ) -> T:
        """Send a request, again while the desk is not available; every request of ours may be sent twice."""
        headers = {"accept": "application/json", "accept-language": self.language}
        headers["authorization"] = f"Bearer {self.token()}"
        if body is not None:
            headers["content-type"] = "application/json"
        if key:
            headers["idempotency-key"] = key
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(checked(self.url) + path, data, headers, method=method)  # noqa: S310 - see checked
        for pause in PAUSES:
            try:
                return self._once(request, read)
            except Refused as refused:
                if not refused.may_pass():
                    raise
            self.sleep(pause)
        return self._once(request, read)

    def _once(self, request: urllib.request.Request, read: Callable[[int, bytes], T]) -> T:
        """Send a request once."""
        try:
            status, content = send(request)
        except OSError as broken:
            raise Refused(UNREACHABLE, "no_connection", f"no answer from {self.url}") from broken
        return read(status, content)


def checked(url: str) -> str:
    """Return the base of addresses. Raises Refused for one that a token may not be sent to: HTTPS, or this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Refused(401, "insecure_address", "a token is sent over https only, or to this machine")
    return url.rstrip("/")


def _read(status: int, content: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer. Raises Refused."""
    found = _object(content)
    if status < _REFUSALS and found:
        return found
    raise _refusal(status, found)


def _file(status: int, content: bytes) -> bytes:
    """Return the file of an answer. Raises Refused."""
    if status < _REFUSALS:
        return content
    raise _refusal(status, _object(content))


def _object(content: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer, empty when it holds none."""
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


_PLAIN = {
    "unauthorized": "no valid token: run `nakoming login`, or set NAKOMING_TOKEN",
    "forbidden": "this token gives no access to the desk",
}


def _refusal(status: int, found: Mapping[str, Any]) -> Refused:
    """Return what the desk, or API Gateway before it, refused."""
    said = found.get("error")
    if not isinstance(said, dict):
        code = {401: "unauthorized", 403: "forbidden"}.get(status, "error")
        said = {"code": code, "message": _PLAIN.get(code, f"the server answered {status}")}
    return Refused(status, str(said.get("code", "error")), str(said.get("message", "")), said.get("fields"))
