"""`nakoming restriction`: what is stored only, and the end of what staff hold when its case has ended (Art. 18 GDPR)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from nakoming.cli.enquiries import moment, segment
from nakoming.cli.session import AsJson, Commands, lines, server, show, table

app = typer.Typer(cls=Commands, no_args_is_help=True, help="Restrictions that stand: list, keep, lift.")
_STATES = {
    "id": "id",
    "category": "category",
    "since": "since",
    "review_by": "look by",
    "by": "by",
    "lift_on": "ends on",
}


@app.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """List what is restricted, what is to be looked at first stands first. Nothing is opened.

    nakoming restriction list
    """
    found = server(context).get("/desk/restrictions", limit=limit, after=after)
    if as_json:
        show(found)
    else:
        table(_STATES, [_row(row) for row in found["restrictions"]], "Nothing is restricted.")


@app.command()
def lift(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="The id, as `nakoming restriction list` shows it.")],
    reasons: Annotated[str, typer.Option(help="Why, as the person reads it beforehand.")],
    on: Annotated[
        str, typer.Option(help="The day from which the data are used again, YYYY-MM-DD; today when left out.")
    ] = "",
    told: Annotated[str, typer.Option(help="How the person was told, where no address is on file.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Lift a restriction that staff hold: the person is told first, and the data are used again on the day (Art. 18(3) GDPR).

    What a case restricts is lifted there: `nakoming case lift`.

    nakoming restriction lift mfzwizltoqxgk3tbnrqxe3tbnr --reasons "Uw gegevens zijn nagekeken."
    """
    body = {"reasons": reasons, **({"on": on} if on else {}), **({"told": told} if told else {})}
    found = server(context).post(f"/desk/restrictions/{segment(entry)}/lift", body)
    if as_json:
        show(found)
    else:
        lines({_STATES.get(name, name): value for name, value in _row(found["restriction"]).items() if value})


@app.command()
def keep(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="The id, as `nakoming restriction list` shows it.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Note that you looked at a restriction, and that it stays.

    nakoming restriction keep mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).post(f"/desk/restrictions/{segment(entry)}/keep")
    if as_json:
        show(found)
    else:
        lines({_STATES.get(name, name): value for name, value in _row(found["restriction"]).items() if value})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return one restriction as a table shows it."""
    moments = {name: moment(row[name]) for name in ("since", "review_by")}
    return {**row, **moments, "by": ", ".join(each.partition("#")[0] for each in row["by"])}
