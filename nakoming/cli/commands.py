"""The commands of `nakoming`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from nakoming.cli import cases, enquiries, evidence, incident, restriction, visits, vouching
from nakoming.cli.enquiries import moment, segment
from nakoming.cli.replay import restore_replay
from nakoming.cli.session import AsJson, Commands, Session, console, lines, say, server, show, table
from nakoming.cli.sign_in import sign_in, sign_out
from nakoming.cli.verify import verify

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
letters = typer.Typer(cls=Commands, no_args_is_help=True, help="Letters that did not arrive.")
retention = typer.Typer(cls=Commands, no_args_is_help=True, help="Whether what is due is destroyed on time.")
policy = typer.Typer(cls=Commands, no_args_is_help=True, help="The policy files of this checkout.")
app.add_typer(enquiries.app, name="enquiries")
app.add_typer(vouching.app, name="case")
app.add_typer(restriction.app, name="restriction")
app.add_typer(incident.app, name="incident")
app.add_typer(cases.inbox, name="inbox")
app.add_typer(visits.app, name="visits")
app.command()(visits.statistics)
app.add_typer(letters, name="letters")
app.add_typer(retention, name="retention")
app.add_typer(evidence.app, name="evidence")
app.add_typer(policy, name="policy")
app.command()(evidence.promises)
app.command()(verify)
app.command()(restore_replay)


@app.callback()
def nakoming(
    context: typer.Context,
    url: Annotated[str, typer.Option(envvar="NAKOMING_URL", help="The desk.")] = "http://127.0.0.1:8080",
    lang: Annotated[
        str, typer.Option(envvar="NAKOMING_LANG", help="Language of the desk's messages: nl or en.")
    ] = "en",
) -> None:
    """Carry out what your privacy policy promises, and prove it.

    The token is NAKOMING_TOKEN, or in the file NAKOMING_TOKEN_FILE, or that of `nakoming login`. Where NAKOMING_URL is
    the embedded run (`make run`), a local token of staff is fetched.

    Exit codes: 0 done; 1 refused, stderr says why; 2 wrong use; 3 not signed in, or not allowed; 4 not there, or
    destroyed; 5 the desk did not answer, also not after some tries.
    """
    context.obj = Session(url, lang)


@app.command()
def login(
    context: typer.Context,
    page: Annotated[str, typer.Option("--sign-in", envvar="NAKOMING_SIGN_IN", help="Output StaffSignIn of the stack.")],
    client_id: Annotated[str, typer.Option(envvar="NAKOMING_CLIENT_ID", help="Output StaffClientId of the stack.")],
) -> None:
    """Sign in with your browser; the token is kept for you only and renewed for half a day.

    nakoming --url https://desk.example.org login --sign-in https://… --client-id …
    """
    sign_in(context.obj.url, page, client_id, os.environ, say)
    say(f"Signed in to {context.obj.url}.")


@app.command()
def logout(context: typer.Context) -> None:
    """Sign out: the tokens are revoked and forgotten."""
    say("Signed out." if sign_out(context.obj.url, os.environ) else "Nobody was signed in.")


@app.command()
def sites(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """List your sites and their forms.

    nakoming sites
    """
    found = server(context).get("/desk/sites")
    if as_json:
        show(found)
        return
    rows = [
        {"site": site["name"], "form": form["name"], "fields": ", ".join(field["name"] for field in form["fields"])}
        for site in found["sites"]
        for form in site["forms"]
    ]
    table({"site": "site", "form": "form", "fields": "fields"}, rows, "No sites.")


@letters.command("list")
def list_letters(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """List letters that failed or came back. Who they are for stays sealed.

    nakoming letters list
    """
    found = server(context).get("/desk/letters")
    if as_json:
        show(found)
        return
    names = {"id": "id", "kind": "kind", "site": "site", "status": "status", "attempts": "attempts"}
    table(names, found["letters"], "Every letter arrived.")


@letters.command()
def retry(
    context: typer.Context,
    letter: Annotated[str, typer.Argument(help="The id, as `nakoming letters list` shows it.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Put a letter back into the outbox; it goes within the hour.

    nakoming letters retry mfzwizltoqxgk3tbnrqxe3tbnr.mfzwizltoqxgk3tbnrqxe3tbnq
    """
    found = server(context).post(f"/desk/letters/{segment(letter)}/retry")
    if as_json:
        show(found)
    else:
        console().print("In the outbox.")


@retention.command("status")
def retention_status(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Tell what the last run did, what is overdue (should be 0) and what is due first. Exit code 1 when overdue.

    nakoming retention status
    """
    found = server(context).get("/desk/retention")
    if as_json:
        show(found)
    else:
        moments = {"last_run": moment(found["last_run"]) or "never", "due_next": moment(found["due_next"]) or "nothing"}
        lines({name.replace("_", " "): value for name, value in {**found, **moments}.items()})
    if found["overdue"]:
        raise typer.Exit(1)


Files = Annotated[list[Path] | None, typer.Argument(help="Policy files; all of policies/ when left out.")]


@policy.command()
def check(files: Files = None, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Refuse what would break a promise, with file, line and reason.

    nakoming policy check policies/silver-essence.yaml
    """
    _policy("check", files, ["--json"] if as_json else [])


@policy.command()
def compile(files: Files = None) -> None:  # noqa: A001 - the word for it
    """Make the modules that the functions read.

    nakoming policy compile
    """
    _policy("compile", files, [])


def _policy(command: str, files: list[Path] | None, options: list[str]) -> None:
    """Run a command of the policy compiler."""
    from nakoming.policy.__main__ import main  # noqa: PLC0415 - only these two need YAML

    raise typer.Exit(main([command, *options, *map(str, files or [])]))
