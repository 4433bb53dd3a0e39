"""What all tests share: no way out but loopback, and deployed stacks to try things on."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import os
import smtplib
import socket
import time
import urllib.parse
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from local.door import Door
from local.engine import Engine, free_port, temporary_engine
from local.running import Running
from local.stack import Package, Stack, package
from tests.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ACCOUNTS = itertools.count(100_000_000_001)


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        internet = self.family in {socket.AF_INET, socket.AF_INET6}
        if internet and not str(address[0]).startswith(("127.", "::1", "localhost")):
            message = f"a test tried to reach {address[0]}"
            raise AssertionError(message)
        connect(self, address)

    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


class Response(NamedTuple):
    """What came back over HTTP. Header names are in lower case; a repeated header has its last value."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


class Http:
    """A caller of the HTTP door, by default from 127.0.0.1."""

    def __init__(self, port: int) -> None:
        """Call the door at a port."""
        self._port = port

    def request(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        *,
        source_ip: str = "127.0.0.1",
    ) -> Response:
        """Send one request and return what came back; `source_ip` may be any 127.x.y.z."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60, source_address=(source_ip, 0))
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, headers or {})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Response(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, path: str, *, token: str | None = None, **headers: str) -> Response:
        """Send a GET; headers are given as `accept_language="nl"`."""
        return self.request("GET", path, None, _headers(token, headers))

    def post(self, path: str, data: Any = None, *, token: str | None = None, **headers: str) -> Response:
        """Send a POST: a dictionary goes as JSON, bytes and text as they are."""
        given = _headers(token, headers)
        if isinstance(data, bytes | str):
            return self.request("POST", path, data, given)
        return self.request("POST", path, json.dumps(data or {}), {"content-type": "application/json"} | given)

    def form(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        """Send a POST as a browser sends a form."""
        form = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
        return self.request("POST", path, urllib.parse.urlencode(fields), form | _headers(None, headers))


def _headers(token: str | None, headers: dict[str, str]) -> dict[str, str]:
    """Return header names as HTTP writes them, and the token where it belongs."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return given | ({"authorization": f"Bearer {token}"} if token else {})


class Clock:
    """The clock of one stack."""

    def __init__(self, running: Running) -> None:
        """Move the clock of a running stack."""
        self._running = running

    def now(self) -> str:
        """Return the time, ISO 8601 in UTC."""
        return self._running.stack.moment()

    def advance(self, duration: str) -> str:
        """Move the clock by an ISO 8601 duration, run what falls due on the way, and return the time."""
        self._running.schedules.advance(duration)
        return self.now()

    @property
    def failures(self) -> list[str]:
        """The scheduled runs that failed, in words."""
        return self._running.schedules.failures


class TestStack:
    """A deployed stack in an account of its own, and all the ways into it."""

    __test__ = False

    def __init__(self, running: Running) -> None:
        """Offer a running stack to a test."""
        self.running = running
        self.account = running.stack.account
        self.resources = running.stack.resources
        self.client: Callable[[str], Any] = running.stack.client
        self.http = Http(running.door.port)
        self.mailbox = running.mailbox
        self.clock = Clock(running)

    def token(self, role: str = "staff", subject: str | None = None, **claims: Any) -> str:
        """Return an access token of the local issuer."""
        return self.running.issuer.token(role, subject, **claims)

    def send_mail(self, sender: str, recipient: str, message: bytes) -> None:
        """Send a message to the SMTP door. Raises `smtplib.SMTPException` when it is refused."""
        assert self.running.smtp is not None
        with smtplib.SMTP("127.0.0.1", self.running.smtp.port, timeout=30) as connection:
            connection.sendmail(sender, [recipient], message)

    def dump(self) -> dict[str, bytes]:
        """Return every byte the engine holds for the account, by where it lies.

        Tables with their indexes and streams, versions of objects, queues, logs, metrics, parameters, functions with
        their environment, and the mail that SES was given: everything in the engine's stores.
        """
        found = self.running.stack.engine.ask("dump", self.account)
        return {f"{index}:{where}": base64.b64decode(what) for index, (where, what) in enumerate(found)}

    def environment(self, function: str) -> dict[str, str]:
        """Return environment and credentials of a function, by its name in the template: its rights and no more."""
        return self.running.stack.environment(function)

    @contextmanager
    def as_function(self, function: str) -> Iterator[None]:
        """Run a block in this process as a function would run: its environment, its rights, the stack's clock."""
        patch = pytest.MonkeyPatch()
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in self.environment(function).items():
            patch.setenv(name, value)
        patch.setattr(time, "time", self.running.stack.now)
        try:
            yield
        finally:
            patch.undo()

    def invoke(self, function: str, event: Any) -> Any:
        """Call a deployed function, by its name in the template, and return what it returned.

        Raises AssertionError with its message when it fails.
        """
        result = self.client("lambda").invoke(FunctionName=self.resources[function], Payload=json.dumps(event).encode())
        payload = json.loads(result["Payload"].read() or b"null")
        assert "FunctionError" not in result, payload
        return payload

    def eventually(self, what: Callable[[], Any], *, seconds: float = 20) -> Any:
        """Return what `what()` returns once that is true; fails when it never is."""
        deadline = time.monotonic() + seconds
        while not (found := what()):
            if time.monotonic() > deadline:
                pytest.fail(f"it did not happen in {seconds} s; at work: {self.busy() or 'no function'}")
            time.sleep(0.05)
        return found

    def busy(self) -> list[str]:
        """Return the functions of this stack that are at work now, by their physical names."""
        return list(self.running.stack.engine.ask("busy", self.account))


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Start one local engine for all tests; it enforces the rights of every role."""
    started = temporary_engine()
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def packed() -> Package:
    """Pack and transform the template once."""
    return package()


@contextmanager
def deployed(engine: Engine, packed: Package) -> Iterator[TestStack]:
    """Deploy the template into a fresh account, open its doors, and forget the account afterwards."""
    running = Running(Stack(engine, str(next(ACCOUNTS))), Door(), free_port())
    running.deploy(packed)
    running.open()
    try:
        yield TestStack(running)
    finally:
        running.close()
        engine.ask("forget", running.stack.account, {})


@pytest.fixture
def stack(engine: Engine, packed: Package) -> Iterator[TestStack]:
    """Deploy the template into an account that only this test has."""
    with deployed(engine, packed) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def shared_stack(engine: Engine, packed: Package) -> Iterator[TestStack]:
    """Deploy the template once, for tests that need a working system and mind no neighbours; its clock stays."""
    with deployed(engine, packed) as shared:
        yield shared


@pytest.fixture
def firm(stack: TestStack) -> Firm:
    """Give a firm whose store holds nothing yet."""
    return Firm(stack)


@pytest.fixture(scope="session")
def shared_firm(shared_stack: TestStack) -> Firm:
    """Give a firm that other tests use too; its clock stands still."""
    return Firm(shared_stack)
