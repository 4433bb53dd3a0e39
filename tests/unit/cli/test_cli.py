"""The command line against a desk on this machine."""

from __future__ import annotations

import json
import re
import stat
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from privacy import evidence, inbox, letters, vault
from typer.testing import Result

from nakoming.cli import sign_in
from nakoming.cli.server import Refused, Server, checked
from nakoming.cli.session import plain, show
from tests.unit.cli.conftest import NOW, Door

Run = Callable[..., Result]
ADD = ("enquiries", "add", "--site", "silver-essence", "--channel", "phone", "--received", "2026-11-20")
FIELDS = (
    "--field",
    "name=Ada Voorbeeld",
    "--field",
    "email=ada@example.org",
    "--field",
    "message=Belt [bold]terug[/bold].",
)


def _added(run: Run) -> str:
    """Enter an enquiry and return its id."""
    result = run(*ADD, *FIELDS)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_an_enquiry_goes_from_entry_to_handled(run: Run) -> None:
    """Add, list, show, answer, handle: what a person types in a day."""
    entry = _added(run)
    assert entry in run("enquiries", "list", "--status", "open").stdout
    shown = run("enquiries", "show", entry, "--why", "follow-up").stdout
    assert "Belt [bold]terug[/bold]." in shown
    assert "in the outbox" in run("enquiries", "answer", entry, "--text", "Dank u.").stdout
    assert "Dank u." in run("enquiries", "show", entry).stdout
    assert "Handled 2026-11-22 12:00" in run("enquiries", "handled", entry).stdout
    assert "handled" in run("evidence", "list", "--entry", entry).stdout


def test_acts_are_listed_in_the_order_in_which_they_were_done(run: Run, door: Door) -> None:
    """Not by their names, by which they are kept."""
    entry = vault.find(door.services.store, _added(run))
    for name, hour in (("closed", 9), ("handled", 8), ("restricted", 7)):
        door.services.store.write(evidence.act(name, entry, NOW.replace(hour=hour)))
    listed = run("evidence", "list", "--day", NOW.date().isoformat()).stdout
    assert re.findall("closed|handled|restricted", listed) == ["restricted", "handled", "closed"]


def test_a_mail_is_written_as_it_came_for_its_reader_only(run: Run, door: Door, tmp_path: Path) -> None:
    """The file holds every byte and is readable by its owner; one that is there is left as it is."""
    entry, output = _added(run), tmp_path / "mail.eml"
    run("enquiries", "answer", entry, "--text", "Dank u.")
    token = vault.find(door.services.store, entry).pointers[0].removeprefix("reply#")
    head = f"From: ada@example.org\r\nTo: privacy+r.{token}@silveressence.net\r\n\r\n"
    mail = head.encode() + b"Graag gedaan.\r\n\xff\x00"
    assert inbox.file(door.services, mail, "m1", NOW).entry == entry
    told = run("enquiries", "show", entry).stderr
    part = told.partition("--part '")[2].partition("'")[0]
    fetched = run("enquiries", "raw", entry, "--part", part, "--output", str(output))
    assert (fetched.exit_code, output.read_bytes()) == (0, mail)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    again = run("enquiries", "raw", entry, "--part", part, "--output", str(output))
    assert (again.exit_code, output.read_bytes()) == (2, mail)
    none = run("enquiries", "raw", entry, "--output", str(tmp_path / "none.eml"))
    assert (none.exit_code, (tmp_path / "none.eml").exists()) == (4, False)


def test_a_reason_that_is_none_of_ours_is_wrong_use(run: Run) -> None:
    """Nothing is sent: what was typed would stand in an address."""
    assert run("enquiries", "show", "a" * 26, "--why", "Ada belt terug").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [("enquiries", "list"), ("letters", "list"), ("retention", "status"), ("evidence", "list"), ("sites",)],
)
def test_every_command_can_answer_in_json_and_nothing_else(run: Run, command: tuple[str, ...]) -> None:
    """Programs read stdout; what is for people goes to stderr."""
    result = run(*command, "--json")
    assert (result.exit_code, isinstance(json.loads(result.stdout), dict)) == (0, True)
    assert "local token" in result.stderr


def test_an_answer_is_read_from_stdin_or_a_file(run: Run, tmp_path: Path) -> None:
    """Umlauts and lines arrive as they were."""
    entry, file = _added(run), tmp_path / "answer.txt"
    file.write_text("Één vraag:\nwanneer?", encoding="utf-8")
    run("enquiries", "answer", entry, "--file", str(file))
    run("enquiries", "answer", entry, input="Uit de pijp.\n")
    texts = [
        message["text"]
        for message in json.loads(run("enquiries", "show", entry, "--json").stdout)["enquiry"]["messages"]
    ]
    assert sorted(texts) == ["Uit de pijp.\n", "Één vraag:\nwanneer?"]


def test_a_lost_acknowledgement_sends_no_second_letter(run: Run, door: Door) -> None:
    """The desk did it and the connection broke: the same key is sent again, and one letter is in the outbox."""
    entry = _added(run)
    door.faults = [0, 503]
    assert run("enquiries", "answer", entry, "--text", "Dank u.").exit_code == 0
    keys = {headers["idempotency-key"] for _, path, headers in door.requests if path.endswith("/answer")}
    assert len(keys) == 1
    assert len(list(letters.waiting(door.services.store, NOW))) == 1


def test_a_desk_that_stays_away_ends_with_5_and_the_key(run: Run, door: Door) -> None:
    """After all tries the key is told, so that a later try is harmless too."""
    entry = _added(run)
    door.faults = [503] * 4
    result = run("enquiries", "answer", entry, "--text", "Dank u.")
    assert result.exit_code == 5
    assert "--key" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("enquiries", "show", "a" * 26), 4),
        (("enquiries", "show", "../sites"), 4),
        (("letters", "retry", f"{'a' * 26}.stale"), 4),
        ((*ADD[:-1], "yesterday", *FIELDS), 1),
        (("enquiries", "list", "--limit", "0"), 2),
        (("enquiries", "nothing"), 2),
        ((*ADD, "--field", "nonsense"), 2),
    ],
)
def test_a_refusal_has_its_exit_code_and_repeats_nothing(run: Run, arguments: tuple[str, ...], code: int) -> None:
    """1 refused, 2 wrong use, 4 not there; the error holds nothing of what was sent."""
    result = run(*arguments)
    assert result.exit_code == code
    assert "ada@example.org" not in result.output
    assert "Traceback" not in result.output


def test_messages_come_in_the_language_asked_for(run: Run) -> None:
    """`--lang nl` is passed on to the desk."""
    assert "Niet gevonden." in run("--lang", "nl", "enquiries", "show", "a" * 26).stderr


def test_a_token_of_ones_own_goes_before_the_local_one(run: Run, door: Door, tmp_path: Path) -> None:
    """The variable wins, then the file; a wrong one ends with 3 and says what to do."""
    wrong = run("sites", env={"NAKOMING_TOKEN": "wrong"})
    assert wrong.exit_code == 3
    assert "nakoming login" in wrong.stderr
    (tmp_path / "token").write_text("good\n")
    assert run("sites", env={"NAKOMING_TOKEN_FILE": str(tmp_path / "token")}).exit_code == 0
    assert run("sites", env={"NAKOMING_TOKEN_FILE": str(tmp_path / "none")}).exit_code == 3
    assert not any(path.startswith("/local/token") for _, path, _ in door.requests)


def test_without_any_token_one_is_told_to_sign_in(run: Run, door: Door) -> None:
    """A server on this machine that is no embedded run gives no token."""
    door.local_token = False
    result = run("sites")
    assert (result.exit_code, "nakoming login" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    "url", ["http://desk.example.org", "ftp://127.0.0.1", "http://127.0.0.1.example.org", "file:///etc/passwd"]
)
def test_a_token_is_never_sent_in_clear(url: str) -> None:
    """HTTPS, or this machine; anything else is refused before a connection is made."""
    with pytest.raises(Refused) as refused:
        Server(url, lambda: "secret", sleep=lambda _: None).get("/desk/sites")
    assert "secret" not in str(refused.value)


def test_what_people_wrote_cannot_drive_the_terminal() -> None:
    """Escape sequences are shown as what they are, markup as text, marks that turn a line around by their number."""
    assert plain("betaal\u202egnp.exe") == "betaal[U+202E]gnp.exe"
    assert plain("\x1b[31mred\x07 [bold]") == "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER} \\[bold]"


def test_json_is_the_same_text_and_cannot_drive_the_terminal_either(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not seen is written as its number, as JSON allows: a program reads what was there."""
    given = {"text": "\x9b31m \u202egnp.exe \U000e0041 één\nregel"}
    show(given)
    printed = capsys.readouterr().out
    assert (json.loads(printed), printed.replace("\n", "").isprintable()) == (given, True)


def test_fields_that_are_not_given_are_asked_for(run: Run) -> None:
    """The policy's form is asked field by field; Enter leaves out what may be left out."""
    result = run(*ADD, input="Ada Voorbeeld\n\n\n\nBelt terug.\n")
    assert result.exit_code == 0, result.output
    entry = result.stdout.strip().splitlines()[-1]
    fields = json.loads(run("enquiries", "show", entry, "--json").stdout)["enquiry"]["fields"]
    assert (fields["name"], fields["message"]) == ("Ada Voorbeeld", "Belt terug.")
    assert "email" not in fields


def test_signing_in_keeps_a_token_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, run: Run, door: Door, tmp_path: Path
) -> None:
    """Code and PKCE over a loopback address; the token is used, renewed when its time is up, and forgotten."""
    asked: list[tuple[str, dict[str, str]]] = []

    def endpoint(_page: str, what: str, fields: dict[str, str]) -> dict[str, Any]:
        asked.append((what, dict(fields)))
        return {} if what == "revoke" else {"access_token": "good", "refresh_token": "again", "expires_in": 30}

    def browser(address: str) -> None:
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert given["code_challenge_method"] == "S256"
        back = f"http://127.0.0.1:8976/callback?code=once&state={given['state']}"
        threading.Thread(target=lambda: urllib.request.urlopen(back).close()).start()

    monkeypatch.setattr(sign_in, "_asked", endpoint)
    monkeypatch.setattr("webbrowser.open", browser)
    door.local_token = False
    assert run("login", "--sign-in", "https://sign-in.example.org", "--client-id", "client").exit_code == 0
    [kept] = (tmp_path / "state" / "nakoming").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert run("sites").exit_code == 0
    assert run("logout").exit_code == 0
    assert not kept.exists()
    assert [what for what, _ in asked] == ["token", "token", "revoke"]
    assert asked[0][1]["code"] == "once"
    assert len(asked[0][1]["code_verifier"]) >= 43
    assert asked[1][1]["grant_type"] == "refresh_token"


def test_addresses_are_taken_without_a_slash_at_the_end() -> None:
    """Both spellings of a base address are one."""
    assert checked("https://desk.example.org/") == "https://desk.example.org"
