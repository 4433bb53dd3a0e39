"""Stand-ins for what AWS is to the domain: keys held in memory, tables in moto, mail in a list."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from moto import mock_aws
from privacy.aws.tables import Tables
from privacy.errors import KeyUnavailable
from privacy.services import Services

from tests.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

TABLES = ("vault", "records", "traffic", "evidence", "statistics")
INDEXES = {"vault": ("due", "queue", "due_key"), "records": ("list", "list", "listed_at")}


@cache
def _pair(wall: str) -> rsa.RSAPrivateKey:
    """Return the key pair of a wall, made once a session."""
    assert wall
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _signing_pair() -> ec.EllipticCurvePrivateKey:
    """Return the key pair that signs evidence, made once a session."""
    return ec.generate_private_key(ec.SECP256R1())


class FakeKeys:
    """KMS without KMS: `closed` walls and a `broken` service refuse as KMS does."""

    def __init__(self) -> None:
        """Start with every wall open."""
        self.closed: set[str] = set()
        self.broken = False
        self.calls: list[str] = []

    def public_key(self, wall: str) -> bytes:
        """Return the public key of a wall."""
        self._called(f"public_key {wall}")
        return _pair(wall).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def unwrap(self, wall: str, wrapped: bytes) -> bytes:
        """Return a data key."""
        self._called(f"unwrap {wall}")
        if wall in self.closed:
            raise KeyUnavailable
        return _pair(wall).decrypt(wrapped, OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None))

    def mac(self, message: bytes) -> bytes:
        """Return a MAC under a key of this process."""
        self._called("mac")
        return hmac.digest(b"a key that stays in KMS", message, hashlib.sha256)

    def signing_key(self) -> bytes:
        """Return the public key of the signatures."""
        self._called("signing_key")
        return _signing_pair().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, digest: bytes) -> bytes:
        """Return a signature of a digest."""
        self._called("sign")
        return _signing_pair().sign(digest, ec.ECDSA(Prehashed(SHA256())))

    def _called(self, what: str) -> None:
        """Note a call, or refuse it."""
        self.calls.append(what)
        if self.broken:
            raise KeyUnavailable


class FakePost:
    """A mail service that keeps what it is given, or refuses with `fault`."""

    def __init__(self) -> None:
        """Start with an empty mailbox."""
        self.sent: list[tuple[str, str, bytes, Mapping[str, str]]] = []
        self.fault: Exception | None = None

    def send(self, sender: str, to: str, mime: bytes, tags: Mapping[str, str]) -> str:
        """Keep a message."""
        if self.fault:
            raise self.fault
        self.sent.append((sender, to, mime, tags))
        return f"message-{len(self.sent)}"


class FakeObjects:
    """A bucket in memory."""

    def __init__(self) -> None:
        """Start empty."""
        self.kept: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> None:
        """Store an object."""
        self.kept[name] = content

    def get(self, name: str) -> bytes:
        """Return an object."""
        return self.kept[name]

    def delete(self, name: str) -> None:
        """Delete an object; one that is gone already is fine."""
        self.kept.pop(name, None)

    def names(self) -> Iterator[str]:
        """Yield the names of the objects that are there."""
        yield from list(self.kept)


class FakeHandouts(FakeObjects):
    """A bucket in memory whose objects have links."""

    def link(self, name: str, file_name: str, life: timedelta) -> str:
        """Return a link, without asking whether the object is there."""
        return f"https://handouts.example.org/{name}?as={file_name}&for={int(life.total_seconds())}"


def create_tables(client: Any, prefix: str = "") -> dict[str, str]:
    """Create the tables as template.yaml does, and return their names."""
    for table in TABLES:
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        more: dict[str, Any] = {}
        if table in INDEXES:
            name, hash_name, range_name = INDEXES[table]
            keys_of_index = [
                {"AttributeName": hash_name, "KeyType": "HASH"},
                {"AttributeName": range_name, "KeyType": "RANGE"},
            ]
            more["GlobalSecondaryIndexes"] = [
                {"IndexName": name, "KeySchema": keys_of_index, "Projection": {"ProjectionType": "ALL"}}
            ]
        names = [name for name, _ in keys] + list(INDEXES.get(table, ())[1:])
        client.create_table(
            TableName=prefix + table,
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            BillingMode="PAY_PER_REQUEST",
            **more,
        )
    return {table: prefix + table for table in TABLES}


def services_in_memory() -> Services:
    """Return a whole set of services that holds nothing yet and costs nothing."""
    return Services(MemoryStore(), FakeKeys(), "https://example.org", FakePost(), FakeObjects(), FakeHandouts())


@contextmanager
def services_on_moto() -> Iterator[Services]:
    """Give a whole set of services on an account of its own that holds nothing yet."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-central-1")
        store = Tables(client, create_tables(client))
        yield Services(store, FakeKeys(), "https://example.org", FakePost(), FakeObjects(), FakeHandouts())


def everything(services: Services) -> dict[str, list[dict[str, Any]]]:
    """Return every item of every table in memory, for tests that look at the store from outside."""
    assert isinstance(services.store, MemoryStore)
    return {table: services.store.all(table) for table in TABLES}
