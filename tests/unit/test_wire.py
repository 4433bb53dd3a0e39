"""The lean client signs as botocore does, tries again what passes, and raises what botocore would."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from privacy.aws import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENT = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "a/secret+key"}
TOKENS = st.text("abcXYZ019+/=", max_size=60)


@given(st.binary(max_size=400), st.sampled_from(["dynamodb", "kms"]), TOKENS, st.integers(0, 4_000_000_000))
def test_the_signature_is_botocores(body: bytes, service: str, token: str, at: int) -> None:
    """For any body, service, session token and moment, the authorization header is the one botocore makes."""
    environment = {**ENVIRONMENT, "AWS_SESSION_TOKEN": token}
    host = f"{service}.eu-central-1.amazonaws.com"
    headers = {"content-type": "application/x-amz-json-1.0", "host": host, "x-amz-target": "Target.Operation"}
    ours = wire.sign(headers, body, service=service, environment=environment, at=time.gmtime(at))
    request = AWSRequest("POST", f"https://{host}/", headers=headers, data=body)
    signer = SigV4Auth(Credentials("AKID", "a/secret+key", token or None), service, "eu-central-1")
    request.context["timestamp"] = ours["x-amz-date"]
    signer._modify_request_before_signing(request)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    assert ours["authorization"].endswith(signer.signature(text, request))


class _Aws(BaseHTTPRequestHandler):
    """Plays the answers it was given, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"
    answers: list[tuple[int, Any]] = []  # noqa: RUF012 - shared with the test on purpose
    asked: list[tuple[str, Any]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        """Answer one request."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.append((self.headers["x-amz-target"], body))
        status, answer = self.answers.pop(0)
        if status == 0:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what the clients of a test opened."""
    opened: list[wire.Wire] = []
    make = wire.Wire.__init__

    def kept(self: wire.Wire, *arguments: Any) -> None:
        opened.append(self)
        make(self, *arguments)

    monkeypatch.setattr(wire.Wire, "__init__", kept)
    yield
    for client in opened:
        client.close()


@pytest.fixture
def aws() -> Iterator[type[_Aws]]:
    """Give a server on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Aws)
    _Aws.answers, _Aws.asked = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ENVIRONMENT["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{server.server_port}"
    yield _Aws
    server.shutdown()
    server.server_close()


def test_bytes_go_out_and_come_back_as_bytes(aws: type[_Aws]) -> None:
    """Binary values are base64 on the wire and bytes in the program, also deep inside items."""
    aws.answers = [(200, {"Mac": base64.b64encode(b"\x00mac").decode()}), (200, {})]
    assert wire.Wire("kms", ENVIRONMENT).generate_mac(Message=b"\xff")["Mac"] == b"\x00mac"
    wire.Wire("dynamodb", ENVIRONMENT).transact_write_items(TransactItems=[{"Put": {"Item": {"key": {"B": b"\x01"}}}}])
    assert aws.asked[0] == ("TrentService.GenerateMac", {"Message": base64.b64encode(b"\xff").decode()})
    assert aws.asked[1][1]["TransactItems"][0]["Put"]["Item"]["key"] == {"B": base64.b64encode(b"\x01").decode()}


@pytest.mark.parametrize("fault", [(500, {}), (503, {}), (400, {"__type": "com#ThrottlingException"}), (0, None)])
def test_what_passes_is_tried_again(aws: type[_Aws], fault: tuple[int, Any]) -> None:
    """A server error, throttling and a cut connection are tried again with the same request."""
    aws.answers = [fault, fault, (200, {"ok": True})]
    assert wire.Wire("dynamodb", ENVIRONMENT).transact_write_items(ClientRequestToken="t") == {"ok": True}
    assert [body for _, body in aws.asked] == [{"ClientRequestToken": "t"}] * 3


def test_a_refusal_is_botocores_error(aws: type[_Aws]) -> None:
    """What AWS refuses is raised at once, with its code, and with the reasons of a cancelled transaction."""
    found = {"reference": {"S": "x"}, "key": {"B": base64.b64encode(b"k").decode()}}
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": found}]
    aws.answers = [(400, {"__type": "com.amazonaws#TransactionCanceledException", "CancellationReasons": reasons})]
    with pytest.raises(ClientError) as refused:
        wire.Wire("dynamodb", ENVIRONMENT).transact_write_items()
    assert refused.value.response["Error"]["Code"] == "TransactionCanceledException"
    assert refused.value.response["CancellationReasons"][1]["Item"]["key"] == {"B": b"k"}
    assert len(aws.asked) == 1


def test_a_service_that_stays_away_is_a_connection_error(aws: type[_Aws]) -> None:
    """After the last try the caller gets an OSError, which every caller of ours takes for unavailable."""
    aws.answers = [(0, None)] * 3
    with pytest.raises(ConnectionError):
        wire.Wire("dynamodb", ENVIRONMENT).transact_write_items()
