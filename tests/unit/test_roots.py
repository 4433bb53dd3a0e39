"""Whom the lean client trusts: Amazon's own roots at first, then all that the system trusts, and nobody else."""

from __future__ import annotations

import hashlib
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from privacy.aws import wire
from privacy.aws.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = {
    "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",  # Amazon Root CA 1
    "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",  # Amazon Root CA 2
    "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",  # Amazon Root CA 3
    "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",  # Amazon Root CA 4
    "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",  # Starfield Services Root CA - G2
}
CREDENTIALS = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}


class _Answers(BaseHTTPRequestHandler):
    """Answers every call with an empty object."""

    def do_POST(self) -> None:
        """Answer one call."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """A server for which it is no news that a client does not trust it."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a certificate for localhost that nobody trusts yet, its key in the same file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(subject, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(subject), critical=False)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "own.pem").write_bytes(built.public_bytes(Encoding.PEM) + secret)
    return tmp_path / "own.pem"


@pytest.fixture
def server(certificate: Path) -> Iterator[str]:
    """Give the address of a server that shows that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    served = _Server(("127.0.0.1", 0), _Answers)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"https://localhost:{served.server_port}"
    served.shutdown()
    served.server_close()


def _call(address: str, **more: str) -> dict[str, object]:
    """Call a server once."""
    client = wire.Wire("dynamodb", {**CREDENTIALS, "AWS_ENDPOINT_URL": address, **more})
    try:
        return client.transact_write_items()
    finally:
        client.close()


def test_the_roots_are_the_five_that_amazon_publishes() -> None:
    """By their fingerprints, the certificates are those of Amazon's repository, all of them and no other."""
    end = "-----END CERTIFICATE-----\n"
    roots = [ssl.PEM_cert_to_DER_cert(f"{text}{end}") for text in ROOTS.split(end)[:-1]]
    assert len(roots) == len(PUBLISHED)
    assert {hashlib.sha256(root).hexdigest() for root in roots} == PUBLISHED


def test_a_server_that_nobody_vouches_for_is_refused(server: str) -> None:
    """Neither Amazon's roots nor the system's lead to it, so nothing is sent to it."""
    with pytest.raises(ConnectionError) as refused:
        _call(server)
    assert isinstance(refused.value.__cause__, ssl.SSLCertVerificationError)


def test_who_the_system_trusts_is_reached_too(server: str, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should AWS ever be vouched for by others than Amazon, the form still works: only its first call is slower."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert _call(server) == {}


def test_a_bundle_says_whom_to_trust(server: str, certificate: Path) -> None:
    """With AWS_CA_BUNDLE, as AWS's own clients read it, the certificates in that file are trusted."""
    assert _call(server, AWS_CA_BUNDLE=str(certificate)) == {}
