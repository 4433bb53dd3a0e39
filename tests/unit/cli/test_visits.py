"""The command line on visits: finding, deleting, and the figures that stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from privacy import browsers, policy, statistics, visits
from typer.testing import Result

from tests.unit.cli.conftest import NOW, Door

Run = Callable[..., Result]
SEARCH = ("visits", "search", "--site", "silver-essence", "--day", "2026-11-22")


def _visit(door: Door, many: int = 1) -> None:
    """Record visits of as many visitors."""
    site, recorder, store = policy.site("silver-essence"), visits.Recorder(), door.services.store
    for number in range(many):
        told = {"path": "/[bold]prijzen[/bold]"}
        recorder.record(store, door.services.keys, site, told, NOW, ip=f"192.0.2.{number}", user_agent="Browser")


def test_a_visit_is_found_and_deleted(run: Run, door: Door) -> None:
    """By its address, which stands in no address of a request; deleted twice, it is gone."""
    _visit(door, 2)
    found = json.loads(run(*SEARCH, "--ip", "192.0.2.1", "--json").stdout)
    [row] = [visit["id"] for visit in found["visits"]]
    assert "[bold]prijzen" in run(*SEARCH, input="192.0.2.1\n").stdout
    assert "Deleted: 1." in run("visits", "delete", row).stdout
    assert "Not there (any more): 1." in run("visits", "delete", row).stdout
    assert "No visits." in run(*SEARCH, "--ip", "192.0.2.1").stderr
    assert not [address for _, address, _ in door.requests if "192.0.2" in address]


def test_what_is_wrong_is_said_per_option(run: Run) -> None:
    """A day, an address and a moment that are none are refused with a sentence each."""
    for wrong in (("--ip", "geen"), ("--ip", "192.0.2.1", "--from", "straks"), ("--ip", "192.0.2.1", "--to", "2026")):
        assert run(*SEARCH, *wrong).exit_code == 1
    result = run("visits", "search", "--site", "silver-essence", "--day", "gisteren", "--ip", "192.0.2.1")
    assert (result.exit_code, "day:" in result.stderr) == (1, True)


def test_the_figures_are_shown(run: Run, door: Door) -> None:
    """Days, and the groups of each property; a site without visits says so."""
    assert "No visits were counted" in run("statistics").stderr
    _visit(door, 7)
    later = NOW + timedelta(days=1)
    statistics.run(door.services, later, browser=browsers.browser, country=browsers.country)
    shown = run("statistics", "--from", "2026-11-01", "--to", "2026-11-30").stdout
    assert "2026-11-22" in shown
    assert "/[bold]prijzen[/bold]" in shown
    assert json.loads(run("statistics", "--to", "2026-11-30", "--json").stdout)["days"][0]["visits"] == 7
