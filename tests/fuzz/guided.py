"""Mails made by libFuzzer, guided by what of our code they reach: read, put as JSON, and read for the rights they ask.

`make fuzz-guided` runs this, ten minutes unless `SECONDS=…` says otherwise, and goes on from where it was. A mail that raises is
kept under `.build/fuzz/`. It is no part of `make test`, because the mails it makes differ each time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["privacy", "email"]):
    from privacy import mail, triage

    from tests.unit.test_mail import MAILS

FOLDER = Path(".build/fuzz")


def one(raw: bytes) -> None:
    """Read one mail as it is when it comes in; anything raised is a find."""
    received = mail.read(raw)
    json.dumps(received._asdict(), ensure_ascii=False).encode()
    assert triage.read(received.subject, received.text, default_language="nl").rights


if __name__ == "__main__":
    seeds = FOLDER / "mails"
    seeds.mkdir(parents=True, exist_ok=True)
    for name, raw in MAILS.items():
        (seeds / name.replace(" ", "-")).write_bytes(raw)
    atheris.Setup([*sys.argv, f"-artifact_prefix={FOLDER}/", str(seeds)], one)
    atheris.Fuzz()
