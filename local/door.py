"""The HTTP door: the deployed API, and beside it `/` and `/local/…`, which exist in the embedded run alone."""

import asyncio
import json
import mimetypes
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.logging import Logger
from privacy import policy

from local.engine_main import Receive, Scope, Send
from local.gateway import BODY_LIMIT, TOO_LARGE, Answer, Gateway, Request, message
from local.issuer import DEFAULT_CONTROLLER, Issuer
from local.mailbox import Mailbox, UnknownFault
from local.rendering import page
from local.schedules import Schedules
from local.sign_in import SignIn
from local.stack import Stack

PAGES = Path(__file__).parent / "pages"
BODY_SECONDS = 30  # a caller who takes longer to send a body is let go
CALLERS_LIMIT = 64  # requests served at a time; more wait


@dataclass
class Parts:
    """What the door shows: the pieces of one running stack."""

    stack: Stack
    issuer: Issuer
    gateway: Gateway
    mailbox: Mailbox
    schedules: Schedules
    status: Callable[[], dict[str, Any]]


class PortTaken(Exception):
    """A port is in use by another program."""


def bound_socket(port: int) -> socket.socket:
    """Return a socket that listens on a loopback port, 0 being any. Raises `PortTaken`."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise PortTaken(str(port)) from error
    listener.listen(128)
    return listener


class Door:
    """An HTTP server in a thread of its own."""

    def __init__(self, port: int = 0) -> None:
        """Take a port on loopback (0 is any); nothing is answered before `start`. Raises `PortTaken`."""
        self._socket = bound_socket(port)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def start(self, parts: Parts) -> None:
        """Serve a stack."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(parts, ready)), daemon=True)
        self._thread.start()
        ready.wait(10)

    async def _serve(self, parts: Parts, ready: threading.Event) -> None:
        """Serve until told to stop."""
        config = Config()
        config.bind = [f"fd://{self._socket.detach()}"]
        config.keep_alive_timeout = 30
        config.read_timeout = 60
        config.graceful_timeout = 2
        config.h11_max_incomplete_size = 32 * 1024
        config.include_server_header = False
        config.logger_class = _Silent
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        ready.set()
        await serve(_Application(parts), config, shutdown_trigger=self._ended.wait)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Stop serving."""
        if self._loop is not None and self._ended is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join(5)
        else:
            self._socket.close()


class _Silent(Logger):
    """No log: it would hold addresses of callers."""

    async def access(self, *_: Any) -> None:
        """Note nothing."""

    async def warning(self, message: str, *args: Any, **kwargs: Any) -> None:
        """Note nothing."""

    async def info(self, message: str, *args: Any, **kwargs: Any) -> None:
        """Note nothing."""


class _Application:
    """What the server calls for each request."""

    def __init__(self, parts: Parts) -> None:
        """Answer for a stack."""
        self._parts = parts
        self._own = Own(parts)
        self._callers = asyncio.Semaphore(CALLERS_LIMIT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; lifespan and anything else but HTTP is left alone."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            body = await _body(receive)
            if body is None:
                answer = TOO_LARGE
            else:
                async with self._callers:
                    answer = await asyncio.to_thread(self._answer, _request(scope, body))
            headers = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in answer.headers]
            headers.append((b"content-length", str(len(answer.body)).encode()))
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    def _answer(self, request: Request) -> Answer:
        """Answer by what is local, else by the API. Pages are seen under one address: people are sent back there."""
        if _is_page_elsewhere(request):
            there = f"{self._parts.status()['http']}{request.path}" + (f"?{request.query}" if request.query else "")
            return Answer(302, [("location", there), ("cache-control", "no-store")], b"")
        if request.path == "/" or request.path.startswith("/local/") or request.path == "/favicon.ico":
            return self._own.answer(request)
        return self._parts.gateway.answer(request)


def _is_page_elsewhere(request: Request) -> bool:
    """Say whether a browser asks for a page under the name `localhost`, to which signing in does not lead back."""
    named = request.headers.get("host", "").partition(":")[0] == "localhost"
    return named and request.method == "GET" and "text/html" in request.headers.get("accept", "")


async def _lifespan(receive: Receive, send: Send) -> None:
    """Say yes to start and stop."""
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request, or None when it is too large or too slow."""
    content = bytearray()
    too_large = False
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                part = await receive()
                if part["type"] == "http.disconnect":
                    return bytes(content)
                too_large = too_large or len(content) + len(part.get("body", b"")) > BODY_LIMIT
                content = bytearray() if too_large else content + part.get("body", b"")
                if not part.get("more_body"):
                    return None if too_large else bytes(content)
    except TimeoutError:
        return None


def _request(scope: Scope, body: bytes) -> Request:
    """Return a request as the gateway takes it; what a proxy in front would add is added."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";")]
        else:
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    peer = scope["client"][0]
    headers["x-forwarded-for"] = ", ".join(filter(None, [headers.get("x-forwarded-for"), peer]))
    headers["x-forwarded-proto"] = "http"
    headers.setdefault("content-length", str(len(body)))
    raw_path = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0].decode("latin-1")
    return Request(scope["method"], path, scope["query_string"].decode("latin-1"), headers, cookies, body, peer)


class Own:
    """What the embedded run itself answers: the first page and `/local/…`."""

    def __init__(self, parts: Parts) -> None:
        """Answer for a stack."""
        self._parts = parts
        sign_in = SignIn(parts.issuer, parts.status()["http"])
        self._answers: dict[tuple[str, str], Callable[[Request], Answer]] = {
            ("GET", "/"): self._guide,
            ("GET", "/local/sign-in"): sign_in.page,
            ("POST", "/local/sign-in"): sign_in.choose,
            ("POST", "/local/sign-in/token"): sign_in.token,
            ("GET", "/local/status"): lambda _: _json(self._parts.status()),
            ("GET", "/local/mailbox"): self._mailbox,
            ("POST", "/local/mailbox/faults"): self._fault,
            ("GET", "/local/clock"): lambda _: self._time(),
            ("POST", "/local/clock"): self._clock,
            ("GET", "/local/token"): self._token,
            ("GET", "/local/issuer/.well-known/jwks.json"): lambda _: _json(self._parts.issuer.jwks()),
            ("GET", "/local/issuer/.well-known/openid-configuration"): lambda _: _json(
                self._parts.issuer.configuration()
            ),
        }

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path.startswith("/local/pages/") and request.method in {"GET", "HEAD"}:
            return _file(unquote(request.path.removeprefix("/local/pages/")))
        method = "GET" if request.method == "HEAD" else request.method
        found = self._answers.get((method, request.path))
        return found(request) if found else message(404, "Not Found")

    def _guide(self, request: Request) -> Answer:
        """Show the guided first page."""
        days = policy.controller(DEFAULT_CONTROLLER).recovery_days
        sites = [policy.site(name) for name in policy.sites()]
        return page("guide.html", request, base=self._parts.status()["http"], recovery_days=days, sites=sites)

    def _mailbox(self, request: Request) -> Answer:
        """Show what was sent: a page for browsers, JSON for anything else."""
        if "text/html" in request.headers.get("accept", ""):
            return Answer(200, [("content-type", "text/html; charset=utf-8")], self._parts.mailbox.page())
        return _json({"messages": self._parts.mailbox.messages()})

    def _fault(self, request: Request) -> Answer:
        """Let mail to an address fail."""
        try:
            wanted = _given(request)
            self._parts.mailbox.set_fault(str(wanted["to"]), wanted.get("fault"))
        except (KeyError, UnknownFault, ValueError) as error:
            return message(422, f'Give {{"to": "...", "fault": "reject|throttle|bounce"}}: {error}')
        return _json({})

    def _time(self) -> Answer:
        """Tell the time."""
        return _json({"now": self._parts.stack.moment()})

    def _clock(self, request: Request) -> Answer:
        """Move the clock."""
        try:
            self._parts.schedules.advance(str(_given(request)["advance"]))
        except (KeyError, ValueError) as error:
            return message(422, f'Give {{"advance": "P31D"}}, an ISO 8601 duration: {error}')
        return self._time()

    def _token(self, request: Request) -> Answer:
        """Issue a token."""
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        try:
            token = self._parts.issuer.token(asked.get("role", "staff"), asked.get("id"), asked.get("controller"))
        except KeyError as error:
            return message(422, f"There is no role {error}")
        return _json({"token": token})


def _given(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request. Raises ValueError."""
    given = json.loads(request.body)
    if not isinstance(given, dict):
        explanation = "a JSON object is wanted"
        raise ValueError(explanation)  # noqa: TRY004 - what was given is wrong, not its type in Python
    return given


def _json(value: Any) -> Answer:
    """Return a JSON answer."""
    return Answer(
        200, [("content-type", "application/json"), ("cache-control", "no-store")], json.dumps(value).encode()
    )


def _file(name: str) -> Answer:
    """Return a file of the pages; none outside of their folder."""
    path = (PAGES / name).resolve()
    if not path.is_relative_to(PAGES.resolve()) or not path.is_file():
        return message(404, "Not Found")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Answer(200, [("content-type", kind + charset)], path.read_bytes())
