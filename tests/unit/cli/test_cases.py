"""Cases on the command line, against a desk on this machine."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from privacy import inbox
from typer.testing import Result

from tests.unit.cli.conftest import NOW, Door

Run = Callable[..., Result]
ADD = ("case", "add", "--site", "silver-essence", "--channel", "phone", "--received", "2026-11-20")
HEAD = b"From: Ada Voorbeeld <ada@example.org>\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\n"


def mailed(door: Door, more: bytes = b"", text: bytes = b"Graag [bold]inzage[/bold].") -> str:
    """Let a mail come in and return what it was filed under."""
    return inbox.file(door.services, HEAD + more + b"\r\n" + text + b"\r\n", f"m{len(more)}", NOW).entry


def test_a_case_goes_from_the_list_to_its_end(run: Run, door: Door) -> None:
    """List, show, put right, answer, close: texts come from stdin, never from the command line."""
    case = mailed(door)
    assert case in run("case", "list").stdout
    shown = run("case", "show", case, "--why", "follow-up").stdout
    assert "Graag [bold]inzage[/bold]." in shown
    assert "ada@example.org" in shown
    assert "access, erasure" in run("case", "rights", case, "--right", "access", "--right", "erasure").stdout
    assert "2026-12-18" in run("case", "received", case, "2026-11-18", input="stond op de envelop").stdout
    assert "in the outbox" in run("case", "answer", case, input="Hierbij.").stdout
    assert run("case", "close", case, "--outcome", "refused", input=" ").exit_code == 1
    assert "refused" in run("case", "close", case, "--outcome", "refused", input="niet van u").stdout
    assert case not in run("case", "list").stdout
    assert case in run("case", "list", "--status", "closed").stdout
    told = run("case", "show", case).stdout
    assert all(word in told for word in ("Hierbij.", "stond op de envelop", "niet van u"))


def test_what_came_by_phone_is_entered_from_stdin_or_a_file(run: Run, tmp_path: Path) -> None:
    """What was asked is no argument: it would stand in the history of the shell."""
    said = tmp_path / "said.txt"
    said.write_text("Verwijder mijn gegevens.", encoding="utf-8")
    first = run(*ADD, "--right", "erasure", "--email", "ada@example.org", "--file", str(said))
    second = run(*ADD, "--name", "Bo Voorbeeld", "--language", "en", input="How long do you keep my data?")
    assert (first.exit_code, second.exit_code) == (0, 0)
    listed = json.loads(run("case", "list", "--json").stdout)["cases"]
    assert {case["id"] for case in listed} == {first.stdout.strip(), second.stdout.strip()}
    assert {case["respond_by"] for case in listed} == {"2026-12-20"}


def test_a_message_is_written_for_its_reader_only(run: Run, door: Door, tmp_path: Path) -> None:
    """The whole mail, readable by its owner; one that is there is left as it is; one with a BSN needs a word more."""
    case, output = mailed(door, text=b"Mijn BSN is 123456782."), tmp_path / "mail.eml"
    message = json.loads(run("case", "show", case, "--json").stdout)["case"]["messages"][0]["id"]
    assert run("case", "raw", case, message, "--output", str(output)).exit_code == 0
    assert b"BSN is 000000000." in output.read_bytes()
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert run("case", "raw", case, message, "--output", str(output)).exit_code == 2


def test_mail_that_is_no_case_is_seen_and_decided_on(run: Run, door: Door, tmp_path: Path) -> None:
    """List, show, fetch, make a case, set aside."""
    item, other = mailed(door, b"Auto-Submitted: auto-replied\r\n"), mailed(door, b"List-Id: <nieuws.example>\r\n")
    listed = run("inbox", "list").stdout
    assert (item in listed, other in listed) == (True, True)
    assert "Graag [bold]inzage[/bold]." in run("inbox", "show", item).stdout
    assert run("inbox", "raw", item, "--output", str(tmp_path / "mail.eml")).exit_code == 0
    case = run("inbox", "case", item).stdout.strip()
    assert case in run("case", "list").stdout
    assert "Set aside" in run("inbox", "dismiss", other).stdout
    assert "No mail waits." in run("inbox", "list").stderr


@pytest.mark.parametrize("command", [("case", "list"), ("inbox", "list")])
def test_lists_can_be_read_by_programs(run: Run, command: tuple[str, ...]) -> None:
    """JSON on stdout and nothing else."""
    result = run(*command, "--json")
    assert (result.exit_code, isinstance(json.loads(result.stdout), dict)) == (0, True)
