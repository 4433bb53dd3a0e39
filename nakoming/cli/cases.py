"""`nakoming case` and `nakoming inbox`: what people ask about their rights, and mail that asks nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from nakoming.cli.enquiries import Confirm, Key, Why, local, segment, sent, show_message, text_given
from nakoming.cli.session import AsJson, Commands, console, lines, plain, say, server, show, table

app = typer.Typer(cls=Commands, no_args_is_help=True, help="Requests and questions: list, show, answer, close, add.")
inbox = typer.Typer(cls=Commands, no_args_is_help=True, help="Mail that is no case: list, show, make a case, dismiss.")
_STATES = {
    "id": "id",
    "site": "site",
    "status": "status",
    "respond_by": "answer by",
    "respond_by_latest": "at the latest",
    "rights": "rights",
    "look": "look at",
    "channel": "channel",
    "received_at": "received",
}
_WAITING = {"id": "id", "site": "site", "received_at": "received", "look": "look at", "erase_by": "erased by"}
Id = Annotated[str, typer.Argument(help="The id, as `nakoming case list` shows it.")]
ItemId = Annotated[str, typer.Argument(help="The id, as `nakoming inbox list` shows it.")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="How many at most.")]
After = Annotated[str, typer.Option(help="Go on where the page before ended.")]
Output = Annotated[Path, typer.Option(help="The file to write, readable by you only. It must not be there yet.")]
Anyway = Annotated[bool, typer.Option("--confirm", help="Although it may do harm, or holds a number we may not keep.")]


@app.command("list")
def list_(
    context: typer.Context,
    status: Annotated[Literal["open", "closed", "all"], typer.Option(help="Which.")] = "open",
    limit: Limit = 50,
    after: After = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """List cases, the earliest deadline first. Nothing is opened, nothing personal is shown.

    nakoming case list
    """
    found = server(context).get("/desk/cases", status=status, limit=limit, after=after)
    if as_json:
        show(found)
        return
    table(_STATES, [_row(row) for row in found["cases"]], "No cases.")
    if found["next"]:
        say(f"More: --after {found['next']}")


@app.command("show")
def show_(context: typer.Context, case: Id, why: Why = "answer", as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Open a case: who asks for what, in which words, and all messages. That you did is recorded.

    nakoming case show mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get(f"/desk/cases/{segment(case)}", why=why)
    if as_json:
        show(found)
        return
    opened = found["case"]
    lines({_STATES.get(name, name): value for name, value in _row(opened).items() if name not in _PARTS})
    console().print()
    lines({**opened["facts"], **{each["right"]: each["words"] for each in opened["asked"]}})
    for message in opened["messages"]:
        if message["state"] == "open":
            show_message(local(message))
        else:
            console().print(f"\n[bold]{plain(local(message)['at'])}: {plain(message['state'])}[/bold]")
        if message["has_raw"]:
            care = "" if message["is_safe"] else " --confirm"
            say(f"As it came: nakoming case raw {case} {message['id']} --output mail.eml{care}")
    for note in opened["notes"]:
        console().print()
        lines({name: value for name, value in local(note).items() if value})


_PARTS = ("facts", "asked", "messages", "notes")


@app.command()
def raw(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    case: Id,
    message: Annotated[str, typer.Argument(help="The id of the message, as `nakoming case show` names it.")],
    output: Output,
    why: Why = "answer",
    confirm: Anyway = False,  # noqa: FBT002 - an option
) -> None:
    """Fetch a message as it came in, with its attachments. That you did is recorded. Open it with care: it is unfiltered.

    nakoming case raw mfzwizltoqxgk3tbnrqxe3tbnr mfzwizltoqxgk3tbnrqxe3tbnq --output mail.eml
    """
    query = {"message": segment(message), "why": why, **({"confirm": "true"} if confirm else {})}
    saved(context, f"/desk/cases/{segment(case)}/raw", output, query)


@app.command()
def answer(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    case: Id,
    text: Annotated[str, typer.Option(help="The answer. Without it and without --file: stdin, or your editor.")] = "",
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the answer.")] = None,
    confirm: Confirm = False,  # noqa: FBT002 - an option
    key: Key = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Answer a case by mail. Salutation and closing are added.

    nakoming case answer mfzwizltoqxgk3tbnrqxe3tbnr --text "A month."

    nakoming case answer mfzwizltoqxgk3tbnrqxe3tbnr < answer.txt
    """
    body: dict[str, Any] = {"text": text or text_given(file), **({"confirm": True} if confirm else {})}
    found = sent(context, f"/desk/cases/{segment(case)}/answer", body, key)
    if as_json:
        show(found)
    else:
        console().print(f"Letter {plain(found['letter'])} is in the outbox.")


@app.command()
def rights(
    context: typer.Context,
    case: Id,
    right: Annotated[list[str], typer.Option(help="Once per right; all of them, not only what changes.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Say which rights a case is about, where they were read wrongly.

    nakoming case rights mfzwizltoqxgk3tbnrqxe3tbnr --right access --right erasure
    """
    _done(context, f"/desk/cases/{segment(case)}/rights", {"rights": right}, as_json=as_json)


@app.command()
def received(
    context: typer.Context,
    case: Id,
    at: Annotated[str, typer.Argument(help="When it came: 2026-11-20, or 2026-11-20T14:05:00+01:00.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Put right when a case was received; its deadlines are computed anew. The reason is read from stdin or asked for.

    nakoming case received mfzwizltoqxgk3tbnrqxe3tbnr 2026-11-18 < reason.txt
    """
    body = {"received": at, "reason": text_given(None)}
    _done(context, f"/desk/cases/{segment(case)}/received", body, as_json=as_json)


@app.command()
def close(
    context: typer.Context,
    case: Id,
    outcome: Annotated[
        Literal["answered", "fulfilled", "partly", "refused", "no_data", "forwarded", "withdrawn", "not_a_request"],
        typer.Option(help="How it ended."),
    ],
    reason: Annotated[str, typer.Option(help="Why; or how it was answered, when not from here.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Close a case: from now its periods count. Unless it was answered, the reason is read from stdin or asked for.

    nakoming case close mfzwizltoqxgk3tbnrqxe3tbnr --outcome answered

    nakoming case close mfzwizltoqxgk3tbnrqxe3tbnr --outcome answered --reason "by telephone"

    nakoming case close mfzwizltoqxgk3tbnrqxe3tbnr --outcome refused < reason.txt
    """
    why = reason or ("" if outcome == "answered" else text_given(None))
    body = {"outcome": outcome, **({"reason": why} if why else {})}
    _done(context, f"/desk/cases/{segment(case)}/close", body, as_json=as_json)


@app.command()
def add(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    site: Annotated[str, typer.Option(help="The site it is about, see `nakoming sites`.")],
    channel: Annotated[Literal["email", "phone", "post", "desk"], typer.Option(help="How it came.")],
    received: Annotated[str, typer.Option(help="When it came: 2026-11-20, or 2026-11-20T14:05:00+01:00.")],
    right: Annotated[
        list[str] | None, typer.Option(help="Once per right; left out, the text is read for them.")
    ] = None,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with what was asked.")] = None,
    email: Annotated[str, typer.Option(help="Where the answer goes.")] = "",
    phone: Annotated[str, typer.Option(help="A telephone number.")] = "",
    name: Annotated[str, typer.Option(help="A name.")] = "",
    language: Annotated[str, typer.Option(help="Language to answer in: nl or en.")] = "",
    key: Key = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Enter what came by telephone, by post or at the desk; what was asked is read from --file or stdin, or asked for.

    nakoming case add --site silver-essence --channel phone --received 2026-11-20 --right erasure < said.txt
    """
    person = {"email": email, "phone": phone, "name": name, "language": language}
    body = {"site": site, "channel": channel, "received": received, "rights": right or [], "text": text_given(file)}
    found = sent(context, "/desk/cases", {**body, **{key: value for key, value in person.items() if value}}, key)
    if as_json:
        show(found)
    else:
        console().print(plain(found["id"]))


# --- mail that is no case ------------------------------------------------------------------------------------------------


@inbox.command("list")
def list_inbox(
    context: typer.Context,
    limit: Limit = 50,
    after: After = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """List mail that waits: what machines and lists sent. Nothing is opened.

    nakoming inbox list
    """
    found = server(context).get("/desk/inbox", limit=limit, after=after)
    if as_json:
        show(found)
        return
    table(_WAITING, [_row(row) for row in found["inbox"]], "No mail waits.")
    if found["next"]:
        say(f"More: --after {found['next']}")


@inbox.command("show")
def show_item(context: typer.Context, mail: ItemId, why: Why = "answer", as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Open a mail that is no case. That you did is recorded.

    nakoming inbox show mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get(f"/desk/inbox/{segment(mail)}", why=why)
    if as_json:
        show(found)
        return
    opened = _row(found["item"])
    content = opened.pop("content")
    lines({_WAITING.get(name, name): value for name, value in opened.items()})
    console().print()
    lines({name: value for name, value in content.items() if value})


@inbox.command("raw")
def raw_item(
    context: typer.Context,
    mail: ItemId,
    output: Output,
    why: Why = "answer",
    confirm: Anyway = False,  # noqa: FBT002 - an option
) -> None:
    """Fetch a mail as it came in. That you did is recorded. Open it with care: it is unfiltered.

    nakoming inbox raw mfzwizltoqxgk3tbnrqxe3tbnr --output mail.eml
    """
    query = {"why": why, **({"confirm": "true"} if confirm else {})}
    saved(context, f"/desk/inbox/{segment(mail)}/raw", output, query)


@inbox.command("case")
def make_case(context: typer.Context, mail: ItemId, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Make a case of a mail, or add it to its sender's open case. The day of receipt stays.

    nakoming inbox case mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).post(f"/desk/inbox/{segment(mail)}/case")
    if as_json:
        show(found)
    else:
        console().print(plain(found["id"]))


@inbox.command()
def dismiss(context: typer.Context, mail: ItemId, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Set a mail aside that needs nobody; from now its period counts.

    nakoming inbox dismiss mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).post(f"/desk/inbox/{segment(mail)}/dismiss")
    if as_json:
        show(found)
    else:
        console().print(f"Set aside; erased by {plain(_row(found['item'])['erase_by'])}.")


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its moments on the Dutch clock and its lists in words."""
    return {name: ", ".join(value) if name in ("rights", "look") else value for name, value in local(row).items()}


def _done(context: typer.Context, path: str, body: dict[str, Any], *, as_json: bool) -> None:
    """Carry out an act on a case and show how it stands."""
    found = server(context).post(path, body)
    if as_json:
        show(found)
    else:
        lines({_STATES.get(name, name): value for name, value in _row(found["case"]).items() if value})


def saved(context: typer.Context, path: str, output: Path, query: dict[str, str]) -> None:
    """Fetch a file into a new one that only its owner can read."""
    if output.exists():
        raise typer.BadParameter("there is such a file already", param_hint="--output")
    content = server(context).file(path, **query)
    with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(content)
    say(f"{len(content)} bytes in {output}.")
