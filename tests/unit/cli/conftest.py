"""A desk on a port of this machine, for the command line to talk to."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from privacy.services import Services
from typer.testing import CliRunner, Result

from functions import desk, security
from nakoming.cli import app
from tests.fakes import services_in_memory

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
CLAIMS = {"sub": "staff-1", "roles": "[staff privacy-officer security]", "controller": "silver-essence"}


@dataclass
class Door:
    """What stands before the desk: `faults` come first, one per request; 0 is a lost acknowledgement."""

    services: Services
    url: str = ""
    faults: list[int] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    local_token: bool = True


def _asked(door: Door, method: str, address: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    """Ask the desk as API Gateway would."""
    parts = urlsplit(address)
    context = {
        "http": {"method": method, "path": parts.path},
        "stage": "$default",
        "authorizer": {"jwt": {"claims": CLAIMS}},
    }
    event = {
        "version": "2.0",
        "rawPath": parts.path,
        "headers": headers,
        "queryStringParameters": dict(parse_qsl(parts.query)) or None,
        "requestContext": context,
        "body": body.decode(),
        "isBase64Encoded": False,
    }
    function = security if parts.path.startswith("/security/") else desk
    answer: dict[str, Any] = function.answered(event, None, lambda: door.services, NOW)
    return answer


def _handler(door: Door) -> type[BaseHTTPRequestHandler]:
    """Return the handler of the requests to a door."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("content-length") or 0)))

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

        def _answer(self, body: bytes) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            parts = urlsplit(self.path)
            door.requests.append((self.command, self.path, headers))
            if parts.path == "/local/token":
                self._send(200 if door.local_token else 404, b'{"token": "good"}')
            elif headers.get("authorization") != "Bearer good":
                self._send(401, b'{"message": "Unauthorized"}')
            elif door.faults:
                status = door.faults.pop(0)
                if not status:
                    _asked(door, self.command, self.path, headers, body)
                    self.connection.shutdown(socket.SHUT_RDWR)
                else:
                    self._send(status, b'{"message": "Service Unavailable"}')
            else:
                given = _asked(door, self.command, self.path, headers, body)
                text = str(given["body"])
                content = base64.b64decode(text) if given.get("isBase64Encoded") else text.encode()
                self._send(given["statusCode"], content)

        def _send(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(content)

    return Handler


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Door]:
    """Give a desk that answers, and a home that holds no token."""
    for name in ("NAKOMING_TOKEN", "NAKOMING_TOKEN_FILE", "NAKOMING_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("nakoming.cli.server.PAUSES", (0, 0, 0))
    opened = Door(services_in_memory())
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(opened)) as server:
        opened.url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("NAKOMING_URL", opened.url)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield opened
        server.shutdown()
        thread.join()


@pytest.fixture
def run(door: Door) -> Callable[..., Result]:
    """Give a way to run `nakoming`."""
    assert door.url

    def run_it(*arguments: str, **more: Any) -> Result:
        return CliRunner().invoke(app, list(arguments), **more)

    return run_it
