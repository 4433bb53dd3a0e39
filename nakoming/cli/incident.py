"""`nakoming incident`: a personal data breach, from the first word to its end (Art. 33 and 34 GDPR)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from nakoming.cli.enquiries import Key, Why, local, moment, segment, sent, text_given
from nakoming.cli.session import AsJson, Commands, console, lines, plain, say, server, show, table

app = typer.Typer(
    cls=Commands, no_args_is_help=True, help="Data breaches: open, list, show, add, count, draft, report, close."
)
_STATES = {
    "id": "id",
    "status": "status",
    "aware_at": "known since",
    "report_by": "report by",
    "reported_at": "reported",
    "high_risk": "high risk",
    "persons_told_at": "people told",
}
_MOMENTS = ("aware_at", "report_by", "reported_at", "persons_told_at", "closed_at", "erase_by", "since", "until", "at")
Id = Annotated[str, typer.Argument(help="The id, as `nakoming incident list` shows it.")]
File = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the text; left out: stdin.")]
Reasons = Annotated[
    bool, typer.Option("--reasons", help="Read from stdin why it was not reported, or why people were not told.")
]
Moment = Annotated[str, typer.Option(help="2026-11-22, or 2026-11-22T09:00:00+01:00.")]


@app.command("open")
def open_(context: typer.Context, aware: Moment, file: File = None, key: Key = "", as_json: AsJson = False) -> None:  # noqa: FBT002 - options
    """Note a breach: from when somebody became aware of it the period to report it runs. What happened is read from stdin.

    nakoming incident open --aware 2026-11-22T09:00:00+01:00 < happened.txt
    """
    found = sent(context, "/desk/incidents", {"aware": aware, "nature": text_given(file)}, key)
    if as_json:
        show(found)
    else:
        console().print(plain(found["id"]))


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """List incidents, what must be reported first stands first. Nothing is opened.

    nakoming incident list
    """
    found = server(context).get("/desk/incidents")
    if as_json:
        show(found)
    else:
        table(_STATES, [_row(row) for row in found["incidents"]], "No incidents.")


@app.command("show")
def show_(context: typer.Context, incident: Id, why: Why = "follow-up", as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Open an incident with its log. That you did is recorded.

    nakoming incident show mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get(f"/desk/incidents/{segment(incident)}", why=why)
    if as_json:
        show(found)
        return
    opened = _row(found["incident"])
    lines(
        {
            _STATES.get(name, name): value
            for name, value in opened.items()
            if value and name not in ("facts", "counted", "log")
        }
    )
    console().print()
    lines(opened["facts"])
    for note in opened["log"]:
        console().print()
        lines({name: value for name, value in local(note).items() if value not in ("", None)})


@app.command()
def add(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    incident: Id,
    fact: Annotated[
        Literal["nature", "cause", "consequences", "measures", "contact"] | None,
        typer.Option(help="What the text from stdin or --file tells."),
    ] = None,
    high_risk: Annotated[Literal["yes", "no", ""], typer.Option(help="Whether people run a high risk.")] = "",
    file: File = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Add what became known. An earlier word on the same fact stays in the log.

    nakoming incident add mfzwizltoqxgk3tbnrqxe3tbnr --fact measures < measures.txt

    nakoming incident add mfzwizltoqxgk3tbnrqxe3tbnr --high-risk no
    """
    body: dict[str, Any] = {"high_risk": high_risk, **({fact: text_given(file)} if fact else {})}
    _done(context, incident, "add", body, as_json=as_json)


@app.command()
def count(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    incident: Id,
    since: Moment,
    until: Moment,
    category: Annotated[list[str] | None, typer.Option(help="Once per category; left out: all.")] = None,
    site: Annotated[list[str] | None, typer.Option(help="Once per site; left out: all.")] = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Count whose data are concerned, from the vault, and note it with the incident. Nothing is opened.

    nakoming incident count mfzwizltoqxgk3tbnrqxe3tbnr --since 2026-11-20 --until 2026-11-22 --category enquiries
    """
    body = {"since": since, "until": until, "categories": category or [], "sites": site or []}
    found = server(context).post(f"/desk/incidents/{segment(incident)}/scope", body)
    if as_json:
        show(found)
        return
    counted = found["affected"]
    by_category = counted.pop("by_category")
    lines({**{name.replace("_", " "): value for name, value in counted.items()}, **by_category})


@app.command()
def draft(
    context: typer.Context,
    incident: Id,
    language: Annotated[Literal["nl", "en"], typer.Option(help="Language of the draft.")] = "nl",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Draft the report to the authority from what was noted (Art. 33(3) GDPR). What it lacks is named on stderr.

    nakoming incident draft mfzwizltoqxgk3tbnrqxe3tbnr > draft.txt
    """
    found = server(context).get(f"/desk/incidents/{segment(incident)}/draft", language=language, why="follow-up")
    if as_json:
        show(found)
        return
    console().print(plain(found["text"]))
    if found["missing"]:
        say(f"Still missing: {', '.join(found['missing'])}.")


@app.command()
def report(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    incident: Id,
    at: Moment,
    reference: Annotated[str, typer.Option(help="The authority's reference.")] = "",
    late: Annotated[bool, typer.Option("--late", help="It came late: the reasons are read from stdin.")] = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Note that the breach was reported to the authority.

    nakoming incident report mfzwizltoqxgk3tbnrqxe3tbnr --at 2026-11-23T10:00:00+01:00 --reference Z2026-1
    """
    body = {"at": at, "reference": reference, **({"reasons": text_given(None)} if late else {})}
    _done(context, incident, "reported", body, as_json=as_json)


@app.command("persons-told")
def persons_told(context: typer.Context, incident: Id, file: File = None, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Note that the people concerned were told, and how (Art. 34 GDPR); the text is read from stdin.

    nakoming incident persons-told mfzwizltoqxgk3tbnrqxe3tbnr < how.txt
    """
    _done(context, incident, "persons-told", {"said": text_given(file)}, as_json=as_json)


@app.command()
def close(
    context: typer.Context,
    incident: Id,
    reasons: Reasons = False,  # noqa: FBT002 - an option
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """End an incident: from now its period counts.

    nakoming incident close mfzwizltoqxgk3tbnrqxe3tbnr --reasons < reasons.txt
    """
    _done(context, incident, "close", {"reasons": text_given(None)} if reasons else {}, as_json=as_json)


def _done(context: typer.Context, incident: str, act: str, body: dict[str, Any], *, as_json: bool) -> None:
    """Carry out an act on an incident and show how it stands."""
    found = server(context).post(f"/desk/incidents/{segment(incident)}/{act}", body)
    if as_json:
        show(found)
    else:
        lines({_STATES.get(name, name): value for name, value in _row(found["incident"]).items() if value})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its moments on the Dutch clock."""
    return {name: moment(value) if name in _MOMENTS else value for name, value in row.items()}
