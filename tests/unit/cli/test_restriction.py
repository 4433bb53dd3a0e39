"""Restrictions on the command line, against a desk on this machine."""

from __future__ import annotations

from collections.abc import Callable

from privacy import vault
from typer.testing import Result

from tests.unit.cli.conftest import NOW, Door
from tests.unit.test_erasure import enquiry, proven, work

Run = Callable[..., Result]


def test_what_staff_hold_is_listed_and_lifted(run: Run, door: Door) -> None:
    """The list says by whom and until when; lifting says from which day; without reasons nothing is done."""
    assert "Nothing is restricted." in run("restriction", "list").stderr
    mine = enquiry(door.services, now=NOW)
    door.services.store.write(vault.restricted(vault.find(door.services.store, mine), NOW))
    listed = run("restriction", "list").stdout
    assert mine in listed
    assert "staff" in listed
    assert "2027-02-22" in run("restriction", "keep", mine).stdout
    refused = run("restriction", "lift", mine, "--reasons", "")
    assert (refused.exit_code, "reasons" in refused.stderr) == (1, True)
    lifted = run("restriction", "lift", mine, "--reasons", "Klaar.", "--on", "2027-01-04")
    assert "2027-01-04" in lifted.stdout, lifted.stderr
    assert '"lift_on": "2027-01-04"' in run("restriction", "list", "--json").stdout


def test_a_part_to_erase_is_named(run: Run, door: Door) -> None:
    """`--erase` names categories; what cannot be erased is refused with its field."""
    enquiry(door.services, now=NOW)
    case = proven(door.services, "erasure", now=NOW)
    work(door.services, NOW)
    decide = ("case", "decide", case, "--right", "erasure", "--decision", "partly", "--erase")
    wrong = run(*decide, "cases", input="Deels.")
    assert (wrong.exit_code, "erase" in wrong.stderr) == (1, True)
