"""Who asks, on the command line: `nakoming case vouch` and `nakoming case forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from nakoming.cli import rights
from nakoming.cli.cases import Id
from nakoming.cli.enquiries import moment, segment, text_given
from nakoming.cli.session import AsJson, console, lines, plain, server, show

app = rights.app


@app.command()
def vouch(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    case: Id,
    how: Annotated[Literal["known_facts", "phone"], typer.Option(help="How you are sure.")],
    known_as_email: Annotated[str, typer.Option(help="The address we know them by, if it is another.")] = "",
    known_as_phone: Annotated[str, typer.Option(help="The telephone number we know them by.")] = "",
    email: Annotated[str, typer.Option(help="Where letters go from now on; left out: as before.")] = "",
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file with what was checked.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Vouch for somebody whom no code reaches; what was asked for begins. What was checked is read from --file or stdin.

    nakoming case vouch mfzwizltoqxgk3tbnrqxe3tbnr --how phone < checked.txt
    """
    body = {
        "how": how,
        "note": text_given(file),
        "email": email,
        "known_as_email": known_as_email,
        "known_as_phone": known_as_phone,
    }
    found = server(context).post(f"/desk/cases/{segment(case)}/identity", body)
    if as_json:
        show(found)
    else:
        lines({"identity": found["identity"], "how": found["identity_how"], "at": moment(found["identity_at"])})


@app.command()
def forget(
    context: typer.Context,
    case: Id,
    message: Annotated[str, typer.Argument(help="The id of the message, as `nakoming case show` names it.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Forget a mail as it came in, because an identity document came with it. What was read of it stays.

    nakoming case forget mfzwizltoqxgk3tbnrqxe3tbnr mfzwizltoqxgk3tbnrqxe3tbnq
    """
    found = server(context).post(f"/desk/cases/{segment(case)}/forget-attachment", {"message": message})
    if as_json:
        show(found)
    else:
        console().print(f"Message {plain(found['message'])}: the mail as it came in is gone.")
