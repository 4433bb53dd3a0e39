"""AWS as the benchmarks need it: the local engine's tables and keys behind a port of this process, each call noted.

What is counted is what went over the wire, whichever client sent it. Mail is accepted and dropped. The tables are made as
`template.yaml` asks, indexes and projections included.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from base64 import b64decode
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ministack.services import dynamodb, kms

from local import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REGION = "us-east-1"  # the engine's own
TABLES = ("vault", "records", "traffic", "evidence", "statistics")
WALLS = ("enquiries", "cases", "visitors")
_SERVICES = {"DynamoDB_20120810": ("dynamodb", dynamodb), "TrentService": ("kms", kms)}
_READ_UNIT = 4096


class Call(NamedTuple):
    """One call, as it was asked and answered."""

    service: str
    operation: str
    request: dict[str, Any]
    answer: dict[str, Any]

    def units(self) -> float:
        """Return the read units of this call by DynamoDB's rules, 0 for what is no read.

        A call is charged for the sizes of all items it read, together rounded up to 4 kB and at least one unit; half of that
        when it is not consistent. The engine itself reports one unit per call, whatever was read. Items that a filter
        drops are charged too and not in the answer: a request with a filter is refused here.
        """
        if self.operation not in ("GetItem", "Query"):
            return 0
        assert "FilterExpression" not in self.request
        found = self.answer.get("Items", [self.answer.get("Item", {})])
        units = max(1, ceil(sum(size({"M": item}) - 3 - len(item) for item in found) / _READ_UNIT))
        return units if self.request.get("ConsistentRead") else units / 2


def size(attribute: Mapping[str, Any]) -> int:
    """Return the bytes that DynamoDB counts for one attribute value ("DynamoDB item sizes and formats")."""
    [(kind, value)] = attribute.items()
    if kind == "S":
        return len(value.encode())
    if kind == "B":
        return len(b64decode(value))
    if kind == "N":
        return ceil(len(value.strip("-").replace(".", "").strip("0")) / 2) + 1
    if kind == "L":
        return 3 + sum(1 + size(element) for element in value)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + size(element) for name, element in value.items())
    return 1


class Aws:
    """The services on a free port of loopback, with TLS when a context is given; `calls` are those made over the port."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """Open the port; make the tables and the keys."""
        self.calls: list[Call] = []
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.aws = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.endpoint = f"{'https' if tls else 'http'}://localhost:{self._server.server_address[1]}"
        for table in TABLES:
            dynamodb._tables.pop(table, None)  # noqa: SLF001 - what an earlier one in this process left
            self.ask("DynamoDB_20120810", "CreateTable", {"TableName": table, **_table(table)})
        rsa = {"KeySpec": "RSA_3072", "KeyUsage": "ENCRYPT_DECRYPT"}
        mac = {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}
        kinds = {**{f"WALL_{wall.upper()}": rsa for wall in WALLS}, "POINTER_KEY": mac, "PEER_KEY": {}}
        self._keys = {
            name: self.ask("TrentService", "CreateKey", kind)["KeyMetadata"]["Arn"] for name, kind in kinds.items()
        }

    def __enter__(self) -> Self:
        """Begin to answer."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def environment(self) -> dict[str, str]:
        """Return the environment with which any of the functions runs here."""
        return {
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "000000000000",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_SESSION_TOKEN": "test",
            "BASE_URL": "https://example.org",
            "CONFIGURATION_SET": "letters",
            "SEALED_BUCKET": "sealed",
            **{f"{table.upper()}_TABLE": table for table in TABLES},
            **self._keys,
        }

    def ask(self, target: str, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Ask one of the services from inside; this is not noted. Raises AssertionError for what it refuses."""
        status, _, body = self.answer(f"{target}.{operation}", json.dumps(request).encode())
        assert status == HTTPStatus.OK, body
        return dict(json.loads(body))

    def answer(self, target: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer."""
        _, module = _SERVICES[target.partition(".")[0]]
        with self._lock:
            status, headers, answer = asyncio.run(
                module.handle_request("POST", "/", {"x-amz-target": target}, body, {})
            )
        return status, headers, answer if isinstance(answer, bytes) else answer.encode()

    def put(self, table: str, items: Iterable[dict[str, Any]]) -> None:
        """Put items in DynamoDB's form straight into a table: a hundred thousand by the API would take minutes."""
        held = dynamodb._tables[table]  # noqa: SLF001
        for item in items:
            dynamodb._set_item(held, item["pk"]["S"], item["sk"]["S"], item)  # noqa: SLF001


class _Server(ThreadingHTTPServer):
    """The server; its handlers find AWS by it."""

    daemon_threads = True
    aws: Aws


class _Handler(BaseHTTPRequestHandler):
    """Answers over kept connections, as AWS does."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Pass a call on to its service and note it; what names no target is mail."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        target = self.headers.get("x-amz-target", "")
        aws = self.server.aws
        if target:
            status, headers, answer = aws.answer(target, body)
            prefix, _, operation = target.partition(".")
            aws.calls.append(Call(_SERVICES[prefix][0], operation, json.loads(body), json.loads(answer)))
        else:
            status, headers, answer = HTTPStatus.OK, {"content-type": "application/json"}, b'{"MessageId": "1"}'
            aws.calls.append(Call("ses", "SendEmail", {}, {}))
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _table(name: str) -> dict[str, Any]:
    """Return how the template wants a table."""
    wants = template.read()["Resources"][f"{name.title()}Table"]["Properties"]
    kept = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {key: wants[key] for key in kept if key in wants}
