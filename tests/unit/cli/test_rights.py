"""Decisions, deadlines and breaches on the command line, against a desk on this machine."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from privacy import recipients, vault
from typer.testing import Result

from tests.unit.cli.conftest import NOW, Door

Run = Callable[..., Result]
ADD = ("case", "add", "--site", "silver-essence", "--channel", "phone", "--received", "2026-11-02")


def added(run: Run, *rights: str) -> str:
    """Enter a case that asks for these rights."""
    options = [option for right in rights for option in ("--right", right)]
    return run(*ADD, *options, "--email", "ada@example.org", input="Graag.").stdout.strip()


def test_a_case_is_extended_and_decided(run: Run) -> None:
    """Reasons come from stdin or a file, never from the command line; the last decision ends the case."""
    case = added(run, "erasure", "access")
    assert "staff-1" in run("case", "assign", case).stdout
    assert "2027-02-02" in run("case", "extend", case, input="Het zijn veel gegevens.").stdout
    assert "paused at" in run("case", "pause", case, input="Welk adres?").stdout
    assert "resumed at" in run("case", "resume", case).stdout
    without = run("case", "decide", case, "--right", "erasure", "--decision", "refuse", input=" ")
    assert (without.exit_code, "reasons" in without.stderr) == (1, True)
    assert run("case", "decide", case, "--right", "erasure", "--decision", "refuse", input="De wet.").exit_code == 0
    ended = run("case", "decide", case, "--right", "access", "--decision", "no_data").stdout
    assert "closed" in ended
    assert "partly" in ended
    plan = run("case", "plan", case).stdout
    assert "a legal duty keeps it" in plan
    assert "This destroys nothing." in plan
    assert "because a law requires us to" in plan
    assert "The text and attachments of your request" in plan
    told = run("case", "history", case).stdout
    assert [
        word for word in ("received (phone", "period extended", "decided (Erasure, refused)") if word not in told
    ] == []
    assert "besloten (Wissen, afgewezen)" in run("--lang", "nl", "case", "history", case).stdout
    assert "De wet" not in told
    assert json.loads(run("case", "progress", case, "--json").stdout)["progress"]["final_letter"]


def test_who_has_no_address_is_told_by_hand(run: Run) -> None:
    """The command says that the letter was written and not sent, after every act about it."""
    case = run(*ADD, "--right", "erasure", input="Graag.").stdout.strip()
    assert "hand them over" in run("case", "extend", case, input="Veel.").stderr
    ended = run("case", "decide", case, "--right", "erasure", "--decision", "refuse", input="De wet.")
    assert (ended.exit_code, "hand them over" in ended.stderr) == (0, True)
    assert "hand them over" not in run("case", "progress", added(run, "access")).stderr


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        (("erasure",), ["This destroys 2 entries in 1 category.", "We keep 1 entry in 1 category, because"]),
        (("access",), ["This concerns 3 entries in 2 categories."]),
    ],
)
def test_a_plan_is_a_sentence_with_a_total(run: Run, door: Door, rights: tuple[str, ...], said: list[str]) -> None:
    """How much goes, how much the law keeps, and in how many categories; for a case that erases nothing, what it is about."""
    for number in range(2):
        fields = ("--field", "name=Ada", "--field", f"message=Vraag {number}", "--field", "email=ada@example.org")
        run("enquiries", "add", "--site", "silver-essence", "--channel", "phone", "--received", "2026-11-02", *fields)
    case = added(run, *rights)
    assert door.services
    plan = run("case", "plan", case).stdout
    assert [sentence for sentence in said if sentence not in plan] == []


def test_what_was_done_in_part_is_told(run: Run, tmp_path: Path) -> None:
    """What was done and what not is a file, why comes from stdin; forwarding says to whom."""
    said = tmp_path / "said.txt"
    said.write_text("Alles behalve het boek.", encoding="utf-8")
    case = added(run, "access", "erasure")
    partly = ("case", "decide", case, "--right", "access", "--decision", "partly", "--said", str(said))
    assert run(*partly, input="Het boek is van iemand anders.").exit_code == 0
    forward = ("case", "decide", case, "--right", "erasure", "--decision", "forward")
    assert "closed" in run(*forward, input="Klant Voorbeeld BV").stdout


def test_a_recipient_to_be_told_is_named_with_what_to_do(run: Run, door: Door) -> None:
    """Who has no address in the policy file is told by staff, and noted as told."""
    case = added(run, "erasure")
    entry = vault.find(door.services.store, case)
    told = recipients.tell(door.services, entry, "erasure", ["contacts"], "ada@example.org", NOW)
    door.services.store.write([vault.addition(entry), *told])
    assert "--recipient partner" in run("case", "progress", case).stderr
    assert "--recipient" not in run("case", "told", case, "--right", "erasure", "--recipient", "partner").stderr


def test_a_dossier_is_written_for_its_reader_only(run: Run, tmp_path: Path) -> None:
    """A zip that its owner alone can read; one that is there is left as it is."""
    case, output = added(run, "access"), tmp_path / "dossier.zip"
    assert run("case", "dossier", case, "--output", str(output)).exit_code == 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    with zipfile.ZipFile(output) as archive:
        assert "timeline.txt" in archive.namelist()
    assert run("case", "dossier", case, "--output", str(output)).exit_code == 2


def test_a_breach_goes_from_the_first_word_to_its_end(run: Run) -> None:
    """Open, count, add, draft, report, tell people, close."""
    added(run, "access")
    opened = run("incident", "open", "--aware", "2026-11-22T09:00:00+01:00", input="Een laptop is gestolen.")
    incident = opened.stdout.strip()
    assert "2026-11-25 09:00" in run("incident", "list").stdout
    counted = run("incident", "count", incident, "--since", "2026-11-20", "--until", "2026-11-23").stdout
    assert "persons" in counted
    lacking = run("incident", "draft", incident)
    assert "Een laptop is gestolen." in lacking.stdout
    assert "measures" in lacking.stderr
    assert run("incident", "add", incident, "--fact", "measures", input="Gewist.").exit_code == 0
    assert run("incident", "add", incident, "--fact", "consequences", input="Misbruik.").exit_code == 0
    assert "yes" in run("incident", "add", incident, "--high-risk", "yes").stdout
    assert run("incident", "draft", incident, "--language", "en").stderr.count("missing") == 0
    assert "reported" in run("incident", "report", incident, "--at", "2026-11-22T10:00:00+01:00").stdout
    assert run("incident", "close", incident).exit_code == 1
    assert "people told" in run("incident", "persons-told", incident, input="Per brief.").stdout
    assert "closed" in run("incident", "close", incident).stdout
    assert "Misbruik." in run("incident", "show", incident).stdout


@pytest.mark.parametrize("command", [("incident", "list"), ("case", "list")])
def test_lists_can_be_read_by_programs(run: Run, command: tuple[str, ...]) -> None:
    """With --json stdout is one JSON document."""
    assert isinstance(json.loads(run(*command, "--json").stdout), dict)


def test_a_late_report_reads_its_reasons(run: Run) -> None:
    """After the period the reasons for the delay are asked for."""
    incident = run("incident", "open", "--aware", "2026-11-01", input="Een mail ging naar de verkeerde.").stdout.strip()
    report = ("incident", "report", incident, "--at", "2026-11-22T10:00:00+01:00")
    assert run(*report).exit_code == 1
    assert "reported" in run(*report, "--late", input="Vakantie.").stdout
    empty = run("incident", "close", incident, "--reasons", input="Geen risico.")
    assert "closed" in empty.stdout


def test_what_is_to_be_corrected_comes_from_stdin(run: Run) -> None:
    """A right that did not begin yet is not corrected; the command says why, and never takes a value as an option."""
    case = added(run, "rectification")
    refused = run("case", "correct", case, "--field", "name", input="Ada Voorbeeld")
    assert (refused.exit_code != 0, bool(refused.stderr)) == (True, True)
    assert "--new" not in run("case", "correct", "--help").stdout
