"""What the commands share: which desk is asked, how people are spoken to, and how a refusal ends a command."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer.core import TyperGroup

from nakoming.cli.server import Refused, Server
from nakoming.cli.sign_in import token_for

AsJson = Annotated[bool, typer.Option("--json", help="Print what the desk answered, as JSON, and nothing else.")]


_STEERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that steer the direction in which a text is read, and are not seen themselves."""


@dataclass(frozen=True)
class Session:
    """The desk that this command speaks to."""

    url: str
    language: str

    def server(self) -> Server:
        """Return the desk; the token is looked up at the first request."""
        return Server(self.url, lambda: token_for(self.url, os.environ, say), self.language)


def server(context: typer.Context) -> Server:
    """Return the desk of this command."""
    session: Session = context.obj
    return session.server()


def say(text: str) -> None:
    """Tell a person something that is no output of the command."""
    print(text, file=sys.stderr)  # noqa: T201 - the terminal is where we speak


class Commands(TyperGroup):
    """A group of commands in which a refusal is told on stderr and ends the command with its exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            say(f"Refused: {refused.message} ({refused.code})")
            for name, message in refused.fields.items():
                say(f"  {name}: {message}")
            raise typer.Exit(refused.exit_code()) from None


def show(found: dict[str, Any]) -> None:
    """Print an answer as JSON; what could drive a terminal or turn a line around is written as its number."""
    text = json.dumps(found, ensure_ascii=False, indent=2)
    text = "".join(mark if mark == "\n" or mark.isprintable() else json.dumps(mark)[1:-1] for mark in text)
    print(text)  # noqa: T201 - this is the output


def table(columns: dict[str, str], rows: list[dict[str, Any]], empty: str) -> None:
    """Print rows as a table; `columns` gives the heading of each name. What people wrote is text, never markup."""
    if not rows:
        say(empty)
        return
    shown = Table(*columns.values(), box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*(plain(row.get(name)) for name in columns))
    console().print(shown)


def lines(values: dict[str, Any]) -> None:
    """Print names and values, one under the other."""
    shown = Table.grid(padding=(0, 2))
    for name, value in values.items():
        shown.add_row(f"[bold]{escape(name)}[/bold]", plain(value))
    console().print(shown)


def plain(value: Any) -> str:
    """Return a value as it is shown: without control characters, which could drive a terminal, and without markup.

    A mark that turns around what is read is shown by its number: a name of a file may be made to look like another (threat 34).
    """
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape("".join(map(_seen, text)))


def _seen(mark: str) -> str:
    """Return one character as it is shown."""
    if mark in "\n\t" or mark.isprintable():
        return mark
    return f"[U+{ord(mark):04X}]" if mark in _STEERING else "\N{REPLACEMENT CHARACTER}"


def console() -> Console:
    """Return the terminal; into a pipe, lines are not folded."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=10_000, soft_wrap=True)
