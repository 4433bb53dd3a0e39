"""`nakoming enquiries`: list, show, answer, handle and enter enquiries."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import typer

from nakoming.cli.server import NOT_AVAILABLE, Refused
from nakoming.cli.session import AsJson, Commands, console, lines, plain, say, server, show, table

app = typer.Typer(cls=Commands, no_args_is_help=True, help="What people asked: list, show, answer, handle, add.")
_STATES = {
    "id": "id",
    "site": "site",
    "status": "status",
    "channel": "channel",
    "received_at": "received",
    "handled_at": "handled",
    "erase_by": "erased by",
}
_MOMENTS = ("received_at", "handled_at", "closed_at", "erase_by", "at")
Id = Annotated[str, typer.Argument(help="The id, as `nakoming enquiries list` shows it.")]
Why = Annotated[
    Literal["answer", "follow-up", "person-asked", "misdirected"],
    typer.Option(help="Why you open it; kept with the record of the opening."),
]
Confirm = Annotated[bool, typer.Option("--confirm", help="It does not ask for special data, though it seems to.")]
Key = Annotated[str, typer.Option(help="The key of a request that may have arrived: it is then not done twice.")]


@app.command("list")
def list_(
    context: typer.Context,
    status: Annotated[str, typer.Option(help="open, answered, handled, spam or all; left out: all but spam.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    after: Annotated[str, typer.Option(help="Go on where the page before ended.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """List enquiries, the last changed first. Nothing is opened, nothing personal is shown.

    nakoming enquiries list --status open
    """
    found = server(context).get("/desk/enquiries", status=status, limit=limit, after=after)
    if as_json:
        show(found)
        return
    table(_STATES, [local(row) for row in found["enquiries"]], "No enquiries.")
    if found["next"]:
        say(f"More: --after {found['next']}")


@app.command("show")
def show_(
    context: typer.Context,
    enquiry: Id,
    why: Why = "answer",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Open an enquiry and the conversation since. That you did is recorded.

    nakoming enquiries show mfzwizltoqxgk3tbnrqxe3tbnr --why follow-up
    """
    found = server(context).get(f"/desk/enquiries/{segment(enquiry)}", why=why)
    if as_json:
        show(found)
        return
    opened = local(found["enquiry"])
    lines(
        {
            **{
                _STATES.get(name, name): value
                for name, value in opened.items()
                if name not in ("fields", "messages", "has_raw")
            }
        }
    )
    console().print()
    lines(opened["fields"])
    for message in opened["messages"]:
        show_message(local(message))
    mails = ["main"] if opened["has_raw"] else []
    mails += [message["part"] for message in opened["messages"] if message["has_raw"]]
    for part in mails:
        say(f"As it came: nakoming enquiries raw {enquiry} --part '{plain(part)}' --output mail.eml")


@app.command()
def raw(
    context: typer.Context,
    enquiry: Id,
    output: Annotated[Path, typer.Option(help="The file to write, readable by you only. It must not be there yet.")],
    part: Annotated[str, typer.Option(help="Which mail, as `show` names it; left out: what it began with.")] = "main",
    why: Why = "answer",
) -> None:
    """Fetch a mail as it came in, with its attachments. That you did is recorded. Open it with care: it is unfiltered.

    nakoming enquiries raw mfzwizltoqxgk3tbnrqxe3tbnr --output mail.eml
    """
    if output.exists():
        raise typer.BadParameter("there is such a file already", param_hint="--output")
    content = server(context).file(f"/desk/enquiries/{segment(enquiry)}/raw", part=part, why=why)
    with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(content)
    say(f"{len(content)} bytes in {output}.")


@app.command()
def answer(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    enquiry: Id,
    text: Annotated[str, typer.Option(help="The answer. Without it and without --file: stdin, or your editor.")] = "",
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the answer.")] = None,
    confirm: Confirm = False,  # noqa: FBT002 - an option
    key: Key = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Answer an enquiry by mail. Salutation, closing and until when we keep it are added.

    nakoming enquiries answer mfzwizltoqxgk3tbnrqxe3tbnr --text "We call you tomorrow."

    nakoming enquiries answer mfzwizltoqxgk3tbnrqxe3tbnr < answer.txt
    """
    body: dict[str, Any] = {"text": text or text_given(file)}
    if confirm:
        body["confirm"] = True
    found = sent(context, f"/desk/enquiries/{segment(enquiry)}/answer", body, key)
    if as_json:
        show(found)
    else:
        console().print(f"Letter {plain(found['letter'])} is in the outbox.")


@app.command()
def handled(context: typer.Context, enquiry: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Mark an enquiry as handled: from now the period of the policy counts. Done twice, it stays as it was.

    nakoming enquiries handled mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).post(f"/desk/enquiries/{segment(enquiry)}/handled")
    if as_json:
        show(found)
        return
    state = local(found["enquiry"])
    console().print(f"Handled {plain(state['handled_at'])}; erased by {plain(state['erase_by'])}.")


@app.command()
def add(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    site: Annotated[str, typer.Option(help="The site it is about, see `nakoming sites`.")],
    channel: Annotated[str, typer.Option(help="email, phone, post or desk.")],
    received: Annotated[str, typer.Option(help="When it came: 2026-11-20, or 2026-11-20T14:05:00+01:00.")],
    field: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, once per field of the form.")] = None,
    fields: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A JSON file of the fields.")] = None,
    form: Annotated[str, typer.Option(help="Which form of the site.")] = "contact",
    language: Annotated[str, typer.Option(help="Language to answer in: nl or en.")] = "",
    key: Key = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Enter what came by phone, post or mail. Without --field and --fields the fields are asked for.

    nakoming enquiries add --site silver-essence --channel phone --received 2026-11-20

    nakoming enquiries add --site silver-essence --channel post --received 2026-11-20 --fields letter.json
    """
    given = _fields(field or [], fields) or _asked_for(context, site, form)
    body = {"site": site, "form": form, "fields": given, "received": received, "channel": channel}
    found = sent(context, "/desk/enquiries", {**body, **({"language": language} if language else {})}, key)
    if as_json:
        show(found)
    else:
        console().print(plain(found["id"]))


def sent(context: typer.Context, path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
    """Post what must be done once; where it may have arrived, say with which key to send it again."""
    key = key or str(uuid.uuid4())
    try:
        return server(context).post(path, body, key=key)
    except Refused as refused:
        if refused.exit_code() == NOT_AVAILABLE:
            say(f"It may have arrived. Sent again with --key {key} it is not done twice.")
        raise


def text_given(file: Path | None) -> str:
    """Return the text of an answer from a file, from stdin, or from the editor."""
    if file:
        return file.read_text(encoding="utf-8")
    if not sys.stdin.isatty():
        return sys.stdin.read()
    return _edited()


def _edited() -> str:
    """Return what somebody writes in their editor, in a file of their own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="nakoming-") as folder:
        draft = Path(folder) / "answer.txt"
        draft.touch(0o600)
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        subprocess.run([*shlex.split(editor), str(draft)], check=True)  # noqa: S603 - the person's own choice
        return draft.read_text(encoding="utf-8")


def _fields(pairs: list[str], file: Path | None) -> dict[str, str]:
    """Return the fields that were given. Raises BadParameter for what is no NAME=VALUE or no JSON object of texts."""
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise typer.BadParameter("the file holds no JSON object", param_hint="--fields")
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter("write NAME=VALUE", param_hint="--field")
        found[name] = value
    return found


def _asked_for(context: typer.Context, site: str, form: str) -> dict[str, str]:
    """Ask for the fields of a form, one by one; Enter leaves out what may be left out."""
    sites = {found["name"]: found for found in server(context).get("/desk/sites")["sites"]}
    if site not in sites:
        raise _unknown("--site", sites)
    forms = {found["name"]: found for found in sites[site]["forms"]}
    if form not in forms:
        raise _unknown("--form", forms)
    language = context.obj.language
    answers = {}
    for field in forms[form]["fields"]:
        label = field["labels"].get(language) or field["name"]
        answers[field["name"]] = typer.prompt(label, default="", show_default=False, err=True)
    return {name: value for name, value in answers.items() if value}


def _unknown(option: str, known: Iterable[str]) -> typer.BadParameter:
    """Return what is wrong with an option that names none of what there is."""
    return typer.BadParameter(f"choose one of: {', '.join(known)}", param_hint=option)


def show_message(message: dict[str, Any]) -> None:
    """Print one message of a conversation."""
    arrow = "<-" if message["direction"] == "in" else "->"
    console().print(f"\n[bold]{arrow} {plain(message['at'])}[/bold]")
    console().print(plain(message.get("text", "")))
    for attached, *_ in message.get("attachments") or []:
        console().print(f"Attachment: {plain(attached)}")
    for name, command in (("case", "case"), ("enquiry", "enquiries")):
        if message.get(name):
            say(f"It lies here too: nakoming {command} show {plain(message[name])}")


def local(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its moments as people in the Netherlands read them."""
    return {name: moment(value) if name in _MOMENTS else value for name, value in row.items()}


def moment(stamp: str | None) -> str:
    """Return a moment on the Dutch clock, to the minute; nothing for none."""
    if not stamp:
        return ""
    return datetime.fromisoformat(stamp).astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%Y-%m-%d %H:%M")


def segment(name: str) -> str:
    """Return an id as it may stand in an address. Raises Refused for what is none: nothing is sent."""
    if not name or not all(mark.isascii() and (mark.isalnum() or mark == ".") for mark in name):
        raise Refused(404, "not_found", "this is no id")
    return name
