"""What a form post costs on a cold start, in instructions: nearly every post of a small site is one, and a visitor waits.

Instructions are counted by valgrind and repeat to a millionth where times do not. A fresh interpreter imports Lambda's
runtime and the function and answers one form post over TLS; what the runtime alone takes is subtracted. The peer (`peer/`) does
the same post, once with bytecode that is used, and once as `sam build` packages a function: without any.
"""

from __future__ import annotations

import compileall
import os
import py_compile
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import botocore
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from privacy.aws.roots import ROOTS

from benchmarks.aws import Aws
from nakoming import build

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = build.ROOT / ".build" / "bench"
PACKAGES = Path(f"{sys.prefix}-bench", "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages")
PEER = Path(__file__).parent / "peer" / "app.py"
RUNTIME = ("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py")
AWS_SDK = ("boto3", "botocore", "jmespath", "python_dateutil", "dateutil", "s3transfer", "six", "urllib3")
"""In Lambda's runtime too; the peer brings its own, as AWS advises."""
_INSTALLER = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils")
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
_PROGRAM = """
import json, sys
import awslambdaric.bootstrap
from awslambdaric.lambda_context import LambdaContext
event = json.load(open(sys.argv[1]))
function = "arn:aws:lambda:us-east-1:000000000000:function:form"
context = LambdaContext("8f5ff3a7-0000-4000-8000-000000000000", {}, {}, 32503680000000, function)
"""
_POST = """
import MODULE
answer = MODULE.handler(event, context)
assert answer["statusCode"] == 201, answer
"""
_VISIT = """
import visits
answer = visits.handler(event, context)
assert answer["statusCode"] == 202, answer
"""


class Costs(NamedTuple):
    """Millions of instructions above the runtime's own, and the calls of AWS that were made."""

    millions: float
    operations: tuple[str, ...]


def is_possible() -> bool:
    """Say whether valgrind is installed."""
    return shutil.which("valgrind") is not None


def measure() -> dict[str, Costs]:
    """Return what a cold form post costs, `ours`, the peer `good` and `sam`, and what a cold `visit` does."""
    runtime = _copied("runtime", lambda name: name.startswith((*RUNTIME, *AWS_SDK)), bytecode=True)
    good = _copied("good", lambda name: not name.startswith((*RUNTIME, *_INSTALLER)), bytecode=True)
    sam = _copied("sam", lambda name: not name.startswith((*RUNTIME, *_INSTALLER)), bytecode=False)
    with tempfile.TemporaryDirectory() as folder:
        run = _Runs(runtime, Path(folder))
        baseline = run.count(_PROGRAM).millions
        counted = {
            "ours": run.count(_PROGRAM + _POST.replace("MODULE", "contact_form"), "ours", *_ours()),
            "visit": run.count(_PROGRAM + _VISIT, "ours", *_ours(), event="visits-post"),
            "good": run.count(_PROGRAM + _POST.replace("MODULE", "app"), "peer", good),
            "sam": run.count(_PROGRAM + _POST.replace("MODULE", "app"), "peer", sam),
        }
    return {name: costs._replace(millions=costs.millions - baseline) for name, costs in counted.items()}


class _Runs:
    """Runs of a program in a fresh interpreter under valgrind."""

    def __init__(self, runtime: Path, folder: Path) -> None:
        """Take the packages of the runtime and a folder to work in."""
        self._runtime = runtime
        self._folder = folder
        self._tls = _with_tls(folder)
        self._environment = {
            "AWS_LAMBDA_FUNCTION_NAME": "form",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "LAMBDA_TASK_ROOT": str(folder),
            "PATH": os.environ["PATH"],
            "POWERTOOLS_METRICS_NAMESPACE": "form",
            "POWERTOOLS_SERVICE_NAME": "form",
            "PYTHONDONTWRITEBYTECODE": "1",  # what lies in Lambda cannot be written to
            "PYTHONHASHSEED": "0",
            "_X_AMZN_TRACE_ID": "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1",
        }

    def count(self, program: str, trusts: str = "ours", *folders: Path, event: str = "form-json") -> Costs:
        """Return the instructions of a program that trusts these certificates (see `_with_tls`).

        It finds its modules in `folders`, then in the runtime's packages.
        """
        path = os.pathsep.join(map(str, [*folders, self._runtime]))
        sent = str(build.ROOT / "events" / f"{event}.json")
        counting = [
            "valgrind",
            "--tool=cachegrind",
            "--cache-sim=no",
            f"--cachegrind-out-file={self._folder / 'counted'}",
        ]
        command = [*counting, sys.executable, "-S", "-P", "-c", program, sent]
        with Aws(self._tls) as aws:
            given = {"PYTHONPATH": path, "AWS_CA_BUNDLE": str(self._folder / trusts)}
            environment = self._environment | aws.environment() | given
            done = subprocess.run(  # noqa: S603 - ours
                command, env=environment, cwd=self._folder, capture_output=True, text=True, check=False
            )
        found = _COUNTED.search(done.stderr)
        assert done.returncode == 0, done.stderr
        assert found, done.stderr
        return Costs(int(found[1].replace(",", "")) / 1e6, tuple(call.operation for call in aws.calls))


def _ours() -> tuple[Path, Path]:
    """Return the functions and the layer as they are deployed."""

    def unpack(target: Path) -> None:
        zipfile.ZipFile(BytesIO(build.functions())).extractall(target / "functions")
        zipfile.ZipFile(BytesIO(build.layer(for_lambda=False))).extractall(target)

    requirements = (build.LAYER / "requirements.txt").read_bytes()
    made = _made("ours", build.fingerprint(build.functions(), build.package(), requirements), unpack)
    return made / "functions", made / "python"


def _copied(name: str, wanted: Callable[[str], bool], *, bytecode: bool) -> Path:
    """Return a folder with the wanted ones of the peer's packages and the peer itself, with bytecode or without."""

    def copy(target: Path) -> None:
        ignored = shutil.ignore_patterns("__pycache__")
        for found in (package for package in PACKAGES.iterdir() if wanted(package.name)):
            if found.is_dir():
                shutil.copytree(found, target / found.name, ignore=ignored)
            else:
                shutil.copy(found, target)
        shutil.copy(PEER, target)
        if bytecode:
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compileall.compile_dir(target, quiet=2, invalidation_mode=unchecked)

    pins = (build.ROOT / "requirements" / "bench.txt").read_bytes()
    return _made(name, build.fingerprint(pins, PEER.read_bytes(), sys.version.encode()), copy)


def _made(name: str, key: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once for its key; what was made for another key goes."""
    target, fresh = FOLDER / f"{name}-{key}", FOLDER / f"{name}-fresh"
    if not target.exists():
        for old in FOLDER.glob(f"{name}-*"):
            shutil.rmtree(old)
        fresh.mkdir(parents=True)
        make(fresh)
        fresh.rename(target)
    return target


def _with_tls(folder: Path) -> ssl.SSLContext:
    """Return what AWS shows itself with, and write the certificates to trust, its own among them.

    `ours` holds as many roots as our client trusts in Lambda, `peer` as many as botocore does.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = _certificate(key)
    (folder / "own.pem").write_bytes(certificate + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "ours").write_bytes(ROOTS.encode() + certificate)
    (folder / "peer").write_bytes((Path(botocore.__file__).parent / "cacert.pem").read_bytes() + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context


def _certificate(key: rsa.RSAPrivateKey) -> bytes:
    """Return a certificate for localhost that vouches for itself, PEM."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, SHA256())
    )
    return built.public_bytes(Encoding.PEM)
