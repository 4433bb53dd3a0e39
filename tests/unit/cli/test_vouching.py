"""Who asks, on the command line: what was checked comes from stdin, never from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from privacy import inbox, rights_asked

from tests.unit.cli.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

    from tests.unit.cli.conftest import Door

MAIL = (
    b"From: ada@example.org\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
    b"Ik wil inzage in mijn gegevens. Mijn paspoort gaat hierbij.\r\n"
    b"--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=scan.jpg\r\n\r\nxxx\r\n--b--\r\n"
)


def test_staff_vouch_and_the_rights_begin(run: Callable[..., Result], door: Door) -> None:
    """The proof is shown with its moment; the note is needed; what was asked for has begun."""
    case = inbox.file(door.services, MAIL, "m1", NOW).entry
    refused = run("case", "vouch", case, "--how", "phone", input=" ")
    assert refused.exit_code == 1
    done = run("case", "vouch", case, "--how", "phone", "--known-as-phone", "020 123 45 67", input="Teruggebeld.")
    assert done.exit_code == 0, done.stderr
    assert "proven" in done.stdout
    assert "2026-11-22" in done.stdout
    assert list(rights_asked.of_case(door.services.store, case)) == ["access"]
    assert "Teruggebeld." in run("case", "show", case).stdout


def test_a_document_is_forgotten(run: Callable[..., Result], door: Door) -> None:
    """The list says to look; afterwards the mail as it came in is gone."""
    case = inbox.file(door.services, MAIL, "m1", NOW).entry
    assert "identity_document" in json.loads(run("case", "list", "--json").stdout)["cases"][0]["look"]
    [message] = json.loads(run("case", "show", case, "--json").stdout)["case"]["messages"]
    assert "is gone" in run("case", "forget", case, message["id"]).stdout
    [after] = json.loads(run("case", "show", case, "--json").stdout)["case"]["messages"]
    assert after["has_raw"] is False
