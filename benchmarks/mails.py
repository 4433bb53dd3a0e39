"""What it costs to take in a mail: instructions to read it and to see what it asks, and the calls of AWS it makes.

A mail of 13.5 MB must cost hardly more to read than one of 1.4 kB: what is read of a mail is bounded. Sealing it whole cannot be,
and is counted apart. Instructions are counted by valgrind; what the interpreter and its imports take is subtracted.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from privacy import inbox
from privacy.aws import services
from privacy.aws.services import now, receiver

from nakoming import build

if TYPE_CHECKING:
    from benchmarks.aws import Aws

SMALL, LARGE = 1_400, 13_500_000
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
_TEXT = (
    "Beste,\r\n\r\nAl drie jaar ben ik klant bij jullie, en met plezier. Nu wil ik weten welke gegevens jullie van mij hebben."
    " Stuur mij alstublieft een kopie, en verwijder daarna mijn gegevens uit de administratie.\r\n\r\nMet groet,\r\nAda\r\n"
)
_PROGRAM = """
import sys
from privacy import mail, sealing, triage
raw = open(sys.argv[1], "rb").read()
def take(raw):
    found = mail.read(raw)
    return triage.read(found.subject, found.text, default_language="nl")
take(b"From: ada@example.org\\n\\nGraag inzage in mijn gegevens.")
"""
_READ = "assert {each.right for each in take(raw).rights} == {'access', 'erasure'}\n"
_SEALED = """
binding = sealing.Binding("silver-essence", "case_requests", "a" * 26, "1")
assert len(sealing.seal(sealing.new_key(), binding, "raw#main", raw)) > len(raw)
"""


class Costs(NamedTuple):
    """Millions of instructions to read a mail and see what it asks, and with sealing it."""

    read: float
    sealed: float


def of_size(size: int) -> bytes:
    """Return a mail of about so many bytes: a request, and an attachment where there is room."""
    head = b"From: Ada Voorbeeld <ada@example.org>\r\nTo: privacy@silveressence.net\r\nSubject: Mijn gegevens\r\n"
    kind = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=grens\r\n\r\n"
    text = b"--grens\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + _TEXT.encode() + b"\r\n"
    file = b'--grens\r\nContent-Type: application/pdf; name="brief.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    front = head + kind + text + file
    filling = base64.encodebytes(bytes(range(256)) * (max(0, size - len(front)) * 3 // 4 // 256 + 1))
    return (front + filling)[: size - 11] + b"\r\n--grens--\r\n"


def measure() -> dict[int, Costs]:
    """Return what a small and a large mail cost."""
    return {size: _costs(size) for size in (SMALL, LARGE)}


def _costs(size: int) -> Costs:
    """Return what a mail of a size costs."""
    with tempfile.TemporaryDirectory() as folder:
        mail = Path(folder) / "mail.eml"
        mail.write_bytes(of_size(size))
        alone, read, sealed = (
            _count(program, mail) for program in (_PROGRAM, _PROGRAM + _READ, _PROGRAM + _READ + _SEALED)
        )
    return Costs(read - alone, sealed - alone)


def _count(program: str, mail: Path) -> float:
    """Return the millions of instructions of a program that is given a mail: the least of two, for reading a file varies."""
    return min(_counted(program, mail) for _ in range(2))


def _counted(program: str, mail: Path) -> float:
    """Return the millions of instructions of one run."""
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={mail.parent / 'counted'}"]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(build.LAYER),
        "PYTHONHASHSEED": "0",
    }
    command = [*counting, sys.executable, "-c", program, str(mail)]
    subprocess.run(command[-4:], env=environment, check=True)  # noqa: S603 - once before, so that bytecode is there
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    found = _COUNTED.search(done.stderr)
    assert done.returncode == 0, done.stderr
    assert found, done.stderr
    return int(found[1].replace(",", "")) / 1e6


def calls(aws: Aws) -> dict[str, list[str]]:
    """Return the calls of AWS that taking in a mail makes, besides fetching and deleting it; on a warm function."""
    for cached in (services.receiver, services.client):
        cached.cache_clear()  # what another part of the benchmarks wired leads to another AWS

    def filed(number: int, sender: str) -> list[str]:
        before = len(aws.calls)
        raw = of_size(SMALL).replace(b"ada@example.org", sender.encode(), 1)
        raw = raw.replace(b"Subject:", b"Message-ID: <%d@example.org>\r\nSubject:" % number)
        inbox.file(receiver(), raw, f"mail-{number}", now())
        return [call.operation for call in aws.calls[before:]]

    filed(1, "warm@example.org")
    return {"mail, a new case": filed(2, "ada@example.org"), "mail, joining its case": filed(3, "ada@example.org")}
