"""Evidence on the command line: fetched from a desk, checked without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from privacy import audit, bundles, evidence_days, retention
from typer.testing import CliRunner, Result

from nakoming.cli import app
from nakoming.cli.verify import _TEXTS
from tests.unit.cli import conftest
from tests.unit.cli.conftest import NOW, Door

Run = Callable[..., Result]
ADD = ("enquiries", "add", "--site", "silver-essence", "--channel", "phone", "--received", "2026-11-20")
FIELDS = ("--field", "name=Ada Voorbeeld", "--field", "email=ada@example.org", "--field", "message=Hallo")
PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def entry(run: Run, door: Door, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give an enquiry that was handled, with its day sealed, at the desk of a privacy officer."""
    monkeypatch.setitem(conftest.CLAIMS, "roles", "[staff privacy-officer]")
    reference: str = run(*ADD, *FIELDS).stdout.strip()
    run("enquiries", "handled", reference)
    assert door.services.objects is not None
    for days in (0, 1):
        retention.run(door.services.store, door.services.objects, NOW + timedelta(days=days))
        audit.run(door.services, NOW + timedelta(days=days))
    return reference


def verify(*arguments: object) -> Result:
    """Check a file, with nobody to ask."""
    return CliRunner().invoke(app, ["--url", "http://127.0.0.1:9", *map(str, arguments)])


@pytest.mark.usefixtures("entry")
def test_a_bundle_is_fetched_kept_and_checked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: Door
) -> None:
    """Page by page it becomes one file, which is found right without the desk, and wrong once anything is changed."""
    monkeypatch.setattr(bundles, "MOST_DAYS", 1)
    file = tmp_path / "evidence.json"
    fetched = run("evidence", "bundle", *PERIOD, "-o", str(file))
    assert fetched.exit_code == 0, fetched.output
    assert "covers less than you asked for" in fetched.stderr
    assert run("evidence", "bundle", *PERIOD, "-o", str(file)).exit_code == 2
    good = verify("verify", file)
    assert good.exit_code == 0, good.output
    assert (
        "2 sealed days of silver-essence, 2026-11-21 up to and including 2026-11-22 (UTC), with 1 acts." in good.stdout
    )
    assert "this key came with the file itself" in good.stdout
    key, published = tmp_path / "key.pem", tmp_path / "published.json"
    key.write_text(evidence_days.pem(door.services.keys.signing_key()))
    published.write_text(json.dumps(evidence_days.published(door.services.store, "silver-essence")))
    for trust in (("--key", key), ("--published", published)):
        trusted = verify("verify", file, *trust)
        assert trusted.exit_code == 0
        assert "came with the file" not in trusted.stdout
    assert verify("verify", file, "--to", "2026-11-30").exit_code == 1
    covered = json.loads(file.read_text())
    whole = verify("verify", file, "--from", covered["from"], "--to", covered["to"])
    assert "cannot be seen. Give" in good.stdout
    assert (whole.exit_code, "cannot be seen. Give" in whole.stdout) == (0, False)
    file.write_text(file.read_text().replace("handled", "forgotten"))
    for language, said in (("nl", "een handeling is veranderd"), ("en", "an act was changed")):
        bad = verify("--lang", language, "verify", file)
        assert (bad.exit_code, said in bad.stdout) == (1, True)
    found = json.loads(verify("verify", file, "--json").stdout)
    assert [finding["code"] for finding in found["findings"]] == ["acts_changed"]


def test_a_proof_names_its_entry_alone(run: Run, entry: str, tmp_path: Path) -> None:
    """The proof of one entry is a file of its own, checked the same way."""
    file = tmp_path / "proof.json"
    assert "handled" in run("evidence", "proof", entry, "-o", str(file)).stderr
    assert verify("verify", file).exit_code == 0
    assert {each["act"]["entry"] for each in json.loads(file.read_text())["proofs"]} == {entry}
    assert run("evidence", "proof", "a" * 26, "-o", str(tmp_path / "none.json")).exit_code == 1
    assert not (tmp_path / "none.json").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b'{"format": "nakoming-evidence/1"}'])
def test_what_is_no_evidence_has_an_exit_code_of_its_own(tmp_path: Path, content: bytes) -> None:
    """A file that cannot be checked is neither right nor wrong: exit code 2, in either language."""
    file = tmp_path / "file.json"
    file.write_bytes(content)
    for language, said in (("nl", "kan niet worden nagekeken"), ("en", "cannot be checked")):
        result = verify("--lang", language, "verify", file)
        assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_forged_name_drives_no_terminal(run: Run, entry: str, tmp_path: Path) -> None:
    """What stands in a file is shown without control characters and markup."""
    file = tmp_path / "proof.json"
    run("evidence", "proof", entry, "-o", str(file))
    document: dict[str, Any] = json.loads(file.read_text())
    document["proofs"][0]["act"]["id"] = "\x1b]0;[bold]x"
    file.write_text(json.dumps(document))
    result = verify("verify", file)
    assert (result.exit_code, "\x1b" in result.stdout) == (1, False)


def test_every_text_takes_what_it_is_given() -> None:
    """Each finding can be said in both languages."""
    values = dict.fromkeys(("day", "detail", "days", "controller", "first", "last", "acts"), "x")
    for dutch, english in _TEXTS.values():
        assert dutch.format(**values) != english.format(**values)


def test_promises_are_told_and_a_broken_one_ends_in_an_error(run: Run, entry: str, door: Door) -> None:
    """Verdicts are listed with their reasons; a broken promise is exit code 1."""
    told = run("promises")
    assert told.exit_code == 0, told.output
    assert "P04" in told.stdout
    assert entry not in told.stdout
    audit.run(door.services, NOW + timedelta(days=3))
    assert run("promises").exit_code == 1
    assert json.loads(run("promises", "--json").stdout)["sites"][0]["site"] == "silver-essence"
