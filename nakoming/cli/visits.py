"""`nakoming visits` and `nakoming statistics`: single visits for rights and misuse, and the figures that are kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from nakoming.cli.enquiries import local
from nakoming.cli.session import AsJson, Commands, console, plain, say, server, show, table

app = typer.Typer(cls=Commands, no_args_is_help=True, help="Visits: find those of an address, delete single ones.")
_COLUMNS = {"id": "id", "at": "at", "path": "page", "referrer": "from", "element": "element", "user_agent": "browser"}
Site = Annotated[str, typer.Option(help="The site, see `nakoming sites`.")]
Why = Annotated[
    Literal["person-asked", "misuse", "answer", "follow-up", "misdirected"],
    typer.Option(help="Why you look: for who showed that it was theirs, or for an attack; kept with the record of it."),
]


@app.command()
def search(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    site: Site,
    day: Annotated[str, typer.Option(help="The day in the Netherlands, YYYY-MM-DD.")],
    ip: Annotated[str, typer.Option(help="The IP address; asked for when left out, so that no history keeps it.")] = "",
    since: Annotated[str, typer.Option("--from", help="A moment with its time zone; left out: all of the day.")] = "",
    until: Annotated[str, typer.Option("--to", help="A moment with its time zone; left out: all of the day.")] = "",
    why: Why = "person-asked",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Find the visits of a day from an IP address. That you looked is recorded.

    nakoming visits search --site silver-essence --day 2026-11-22
    """
    ip = ip or typer.prompt("IP address", err=True)
    asked = {"site": site, "day": day, "ip": ip, "from": since, "to": until, "why": why}
    found = server(context).post("/security/visits/search", {name: value for name, value in asked.items() if value})
    if as_json:
        show(found)
        return
    table(_COLUMNS, [local(visit) for visit in found["visits"]], "No visits.")
    if found["more"]:
        say("There are more: narrow it with --from and --to.")


@app.command()
def delete(
    context: typer.Context,
    rows: Annotated[list[str], typer.Argument(help="The ids, as `nakoming visits search` shows them.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Delete single visits, for who showed that they were theirs (Art. 11(2) GDPR). Each deletion is in the evidence.

    nakoming visits delete mfzwizltoqxgk3tbnrqxe3tbnr.mfzwizltoqxgk3tbnrqxe3tbnq
    """
    found = server(context).post("/security/visits/delete", {"rows": rows})
    if as_json:
        show(found)
        return
    console().print(f"Deleted: {len(found['deleted'])}. Not there (any more): {len(found['absent'])}.")


def statistics(
    context: typer.Context,
    site: Annotated[str, typer.Option(help="The site; left out: the first of yours.")] = "",
    since: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD; left out: 30 days back.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD; left out: yesterday.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Show visits per day and by page, browser, country, device, element and interest. Nobody is in these figures.

    nakoming statistics --site silver-essence --from 2026-11-01
    """
    found = server(context).get("/desk/statistics", **{"site": site, "from": since, "to": until})
    if as_json:
        show(found)
        return
    few = f"fewer than {found['smallest']} visitors"
    days = [{**day, "visits": few if day["visits"] is None else day["visits"]} for day in found["days"]]
    table({"day": "day", "visits": "visits", "bots": "bots"}, days, f"No visits were counted for {found['site']}.")
    for each in found["properties"] if days else []:
        _property(each)


def _property(each: dict[str, Any]) -> None:
    """Print the groups of one property, unless nobody told any."""
    rows = [{"value": group["value"] or "(none)", "visits": group["visits"]} for group in each["groups"]]
    rest = [{"value": "(others together)", "visits": each["rest"]}] if each["rest"] else []
    if any(group["value"] for group in each["groups"]) or rest:
        console().print(f"\n[bold]{plain(each['name'])}[/bold]")
        table({"value": "", "visits": "visits"}, [*rows, *rest], "")
