"""The two AWS services that the public functions call, spoken directly: DynamoDB and KMS over JSON, signed by hand.

Nearly every form post of a small site is a cold start, and a visitor waits for every import: botocore with two clients costs
several times what the whole post costs without it. What these functions need of AWS is a few operations; the names and shapes
are botocore's, so that the code that calls them does not know the difference. The signature is tested to be equal to
botocore's (tests/unit/test_wire.py).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import os
import random
import ssl
import time
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from privacy.aws.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRIES = 3
_SECONDS = 5
_SERVER_FAULT = 500
_OK = 200
_THROTTLED = (
    "Throttling",
    "ProvisionedThroughputExceeded",
    "RequestLimitExceeded",
    "LimitExceeded",
    "KMSInternal",
    "DependencyTimeout",
)
_TARGETS = {
    "dynamodb": ("DynamoDB_20120810", "application/x-amz-json-1.0"),
    "kms": ("TrentService", "application/x-amz-json-1.1"),
}
_BLOBS = frozenset({"Mac", "PublicKey"})


class Wire:
    """One AWS service of the region, over one kept connection. Not for several threads at once."""

    def __init__(self, service: str, environment: Mapping[str, str]) -> None:
        """Read region, credentials and endpoint from the environment that Lambda sets; AWS_CA_BUNDLE names whom to trust."""
        self._service = service
        self._environment = environment
        self._region = environment["AWS_REGION"]
        default = f"https://{service}.{self._region}.amazonaws.com"
        endpoint = (
            environment.get(f"AWS_ENDPOINT_URL_{service.upper()}") or environment.get("AWS_ENDPOINT_URL") or default
        )
        self._url = urlsplit(endpoint)
        self._tls: ssl.SSLContext | None = None
        self._connection: http.client.HTTPConnection | None = None

    def transact_write_items(self, **request: object) -> dict[str, Any]:
        """DynamoDB `TransactWriteItems`."""
        return self._call("TransactWriteItems", request)

    def put_item(self, **request: object) -> dict[str, Any]:
        """DynamoDB `PutItem`."""
        return self._call("PutItem", request)

    def get_item(self, **request: object) -> dict[str, Any]:
        """DynamoDB `GetItem`; binary attributes of the item are bytes."""
        return self._call("GetItem", request)

    def query(self, **request: object) -> dict[str, Any]:
        """DynamoDB `Query`; binary attributes of the items are bytes."""
        return self._call("Query", request)

    def generate_mac(self, **request: object) -> dict[str, Any]:
        """KMS `GenerateMac`; the answer's `Mac` is bytes."""
        return self._call("GenerateMac", request)

    def get_public_key(self, **request: object) -> dict[str, Any]:
        """KMS `GetPublicKey`; the answer's `PublicKey` is bytes."""
        return self._call("GetPublicKey", request)

    def _call(self, operation: str, request: Mapping[str, object]) -> dict[str, Any]:
        """Send one request, again after a fault that passes; raise what botocore would."""
        body = json.dumps(request, default=_blob, separators=(",", ":")).encode()
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                status, answer = self._send(operation, body)
            except (OSError, http.client.HTTPException) as broken:
                self.close()
                if isinstance(broken, ssl.SSLCertVerificationError):  # should others ever vouch for AWS
                    self._tls = ssl.create_default_context()
                if last:
                    raise ConnectionError from broken
            else:
                if status == _OK:
                    return answer
                code = str(answer.get("__type", "")).rpartition("#")[2]
                if last or not (status >= _SERVER_FAULT or code.startswith(_THROTTLED)):
                    raise _refused(operation, code, status, answer)
            time.sleep(0.05 * 2**attempt * (0.5 + random.random()))  # noqa: S311 - jitter, no secret
        raise AssertionError

    def _send(self, operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Send one signed request over the kept connection and read its answer."""
        prefix, content_type = _TARGETS[self._service]
        headers = {"content-type": content_type, "host": self._url.netloc, "x-amz-target": f"{prefix}.{operation}"}
        signed = sign(headers, body, service=self._service, environment=self._environment, at=time.gmtime())
        connection = self._connection = self._connection or self._connect()
        connection.request("POST", "/", body, signed)
        response = connection.getresponse()
        text = response.read()
        if response.will_close:
            self.close()
        answer = json.loads(text) if text else {}
        return response.status, {
            name: base64.b64decode(value) if name in _BLOBS else _plain(value) for name, value in answer.items()
        }

    def _connect(self) -> http.client.HTTPConnection:
        """Open the connection; plain HTTP only where the endpoint says so (the embedded engine)."""
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=_SECONDS)
        tls = self._tls or trusting(self._environment.get("AWS_CA_BUNDLE", ""))
        return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=tls)

    def close(self) -> None:
        """Drop the connection; the next request opens another."""
        if self._connection:
            self._connection.close()
        self._connection = None


def from_environment(service: str) -> Wire:
    """Return a client of this function's own region and role."""
    return Wire(service, os.environ)


@cache
def trusting(bundle: str) -> ssl.SSLContext:
    """Return the TLS settings all clients share, trusting a file of certificates or, without one, Amazon's roots."""
    return ssl.create_default_context(cafile=bundle) if bundle else ssl.create_default_context(cadata=ROOTS)


def sign(
    headers: Mapping[str, str], body: bytes, *, service: str, environment: Mapping[str, str], at: time.struct_time
) -> dict[str, str]:
    """Return the headers of a POST to `/` with AWS Signature Version 4 (AWS General Reference, "Signing AWS API requests")."""
    moment = time.strftime("%Y%m%dT%H%M%SZ", at)
    signed = {**headers, "x-amz-date": moment}
    if token := environment.get("AWS_SESSION_TOKEN"):
        signed["x-amz-security-token"] = token
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{moment[:8]}/{environment['AWS_REGION']}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{environment['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), "sha256").hexdigest()
    credential = f"{environment['AWS_ACCESS_KEY_ID']}/{scope}"
    signed["authorization"] = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return signed


def _blob(value: object) -> str:
    """Write bytes as JSON has them in AWS."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    message = f"{type(value).__name__} is not sent"
    raise TypeError(message)


def _plain(value: Any) -> Any:
    """Turn the binary attributes of returned items into bytes, as botocore does."""
    if isinstance(value, list):
        return [_plain(element) for element in value]
    if isinstance(value, dict):
        if set(value) == {"B"}:
            return {"B": base64.b64decode(value["B"])}
        return {name: _plain(element) for name, element in value.items()}
    return value


def _refused(operation: str, code: str, status: int, answer: Mapping[str, Any]) -> Exception:
    """Return the exception that botocore would raise. Imported late: only a refusal pays for it."""
    from botocore.exceptions import ClientError  # noqa: PLC0415

    text = str(answer.get("message") or answer.get("Message") or "")
    error: Any = {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"HTTPStatusCode": status}, **answer}
    refused: Exception = ClientError(error, operation)
    return refused
