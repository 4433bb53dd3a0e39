"""`nakoming evidence` and `nakoming promises`: what was done, the signed proof of it, and which promises are kept."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer
from privacy.bundles import joined

from nakoming.cli.enquiries import local, moment
from nakoming.cli.session import AsJson, Commands, console, plain, say, server, show, table
from nakoming.cli.verify import written

app = typer.Typer(cls=Commands, no_args_is_help=True, help="What was done, when, and the signed proof of it.")
Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write. It must not be there yet.")]


@app.command("list")
def list_evidence(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    day: Annotated[str, typer.Option(help="A day (UTC), YYYY-MM-DD; today when left out.")] = "",
    entry: Annotated[str, typer.Option(help="All that was ever done to this id; it may be destroyed.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 100,
    after: Annotated[str, typer.Option(help="Go on where the page before ended.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """List acts: destroyed, handled, closed, restricted, held.

    nakoming evidence list --day 2026-11-22

    nakoming evidence list --entry mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get("/desk/evidence", day=day, entry=entry, limit=limit, after=after)
    if as_json:
        show(found)
        return
    names = {"at": "at", "act": "act", "entry": "entry", "category": "category", "policy": "policy"}
    table(names, [local(row) for row in sorted(found["evidence"], key=itemgetter("at"))], "No acts.")
    if found["next"]:
        say(f"More: --after {plain(found['next'])}")


@app.command()
def bundle(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="First day (UTC), YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", help="Last day (UTC), YYYY-MM-DD.")],
    output: Output,
) -> None:
    """Fetch the sealed evidence of a period as one file, for `nakoming verify`. For the privacy officer.

    nakoming evidence bundle --from 2026-01-01 --to 2026-12-31 -o evidence.json
    """
    _check_new(output)
    asked: dict[str, Any] = {"from": first, "to": last}
    pages = [server(context).get("/desk/evidence/bundle", **asked)]
    while after := pages[-1]["next"]:
        pages.append(server(context).get("/desk/evidence/bundle", **asked, after=after))
    whole = joined(pages)
    written(output, whole)
    acts = sum(len(day["acts"]) for day in whole["days"])
    say(f"{len(whole['days'])} days, {acts} acts, {whole['from']} up to and including {whole['to']}, in {output}.")
    if (whole["from"], whole["to"]) != (first, last):
        say("It covers less than you asked for: evidence begins later, or the last days are not sealed yet.")


@app.command()
def proof(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="The id of an entry; it may be destroyed.")],
    output: Output,
) -> None:
    """Prove what was done to one entry, with nobody else's acts: a person can be given it, and check it with `nakoming verify`.

    nakoming evidence proof mfzwizltoqxgk3tbnrqxe3tbnr -o proof.json
    """
    _check_new(output)
    found = server(context).get("/desk/evidence/proof", entry=entry)
    written(output, found)
    acts = ", ".join(f"{plain(each['act']['act'])} {plain(moment(each['act']['at']))}" for each in found["proofs"])
    say(f"{acts}: in {output}.")


def promises(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Tell which promises are kept, and why. Exit code 1 when one is broken.

    nakoming promises
    """
    found = server(context).get("/desk/promises")
    if as_json:
        show(found)
    else:
        for site in found["sites"]:
            _show_site(site)
    if any(promise["verdict"] == "broken" for site in found["sites"] for promise in site["promises"]):
        raise typer.Exit(1)


def _show_site(site: dict[str, Any]) -> None:
    """Print the verdicts of one site."""
    seen = f"judged {plain(moment(site['at']))}" if site["at"] else "never judged"
    public = "published" if site["published"] else "not published"
    console().print(f"[bold]{plain(site['site'])}[/bold]: {seen}{', too long ago' if site['stale'] else ''}, {public}")
    names = {name: name.replace("_", " ") for name in ("id", "verdict", "sealed", "due", "on_time", "late", "overdue")}
    rows = [{**promise, "why": " ".join(promise["why"])} for promise in site["promises"]]
    table({**names, "says": "promise", "why": "why"}, rows, "No promises.")
    console().print()


def _check_new(output: Path) -> None:
    """Refuse to write over a file."""
    if output.exists():
        raise typer.BadParameter("there is such a file already", param_hint="--output")
