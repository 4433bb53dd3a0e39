"""Whatever call to AWS fails while a restriction is handed over, looked at or lifted: the end is the same."""

from __future__ import annotations

import copy
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import restrictions, retention, vault
from privacy.errors import NotFound

from tests.fakes import everything, services_in_memory
from tests.faults import matrix
from tests.unit.test_crash_erasure import carried, seen
from tests.unit.test_erasure import LATER, OFFICER, held, proven, work
from tests.unit.test_restrictions import YEAR, abandoned
from tests.unit.test_suppressions import objected

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services

AFTER = LATER + YEAR + timedelta(days=2)


def retain(services: Services, moment: Any) -> None:
    """Run retention, and again until nothing fails: what failed in one hour is done in the next."""
    assert services.objects is not None
    for _ in range(3):
        if not retention.run(services.store, services.objects, moment).failed:
            return


def restricted() -> tuple[Services, Any]:
    """Return services with a restriction whose case ends."""
    services = services_in_memory()
    held(services, "spam")
    proven(services, "restriction")
    work(services)
    return services, AFTER


def to_lift() -> tuple[Services, Any]:
    """Return services with a restriction that staff hold."""
    services, mine, _ = abandoned()
    return services, mine


def lift(services: Services, mine: Any) -> None:
    """Lift it, as staff who press the button again when it fails."""
    with suppress(NotFound):  # lifted already
        restrictions.lift(services, mine, OFFICER, reasons="Klaar.", on=AFTER.date(), now=AFTER)
    hours = (AFTER - LATER) // timedelta(hours=1)
    carried(services, (hours, hours + 1, hours + 2))


def wanted() -> tuple[Services, Any]:
    """Return services with a wish to get no advertising whose period is over."""
    services, _, _ = objected()
    return services, LATER + timedelta(days=1095)


FLOWS: dict[str, tuple[Callable[[], tuple[Services, Any]], Callable[[Services, Any], object]]] = {
    "hand over": (restricted, retain),
    "look at": (lambda: (restricted()[0], LATER + timedelta(days=93)), retain),
    "lift": (to_lift, lift),
    "renew": (wanted, retain),
}


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    start = prepare()
    compared = 0
    for where, left, expected in matrix(lambda: copy.deepcopy(start), flow, seen):
        assert left == expected, where
        compared += 1
    assert compared >= 40


def test_the_flows_come_to_their_ends() -> None:
    """Without faults each flow does what it is about, so that the matrix compares ends and not beginnings."""
    for name, act in (("hand over", "handed_over"), ("lift", "lifted"), ("renew", "renewed")):
        prepare, flow = FLOWS[name]
        services, given = prepare()
        flow(services, given)
        assert any(item.get("act") == act for item in everything(services)["evidence"]), name
    services, given = FLOWS["look at"][0]()
    FLOWS["look at"][1](services, given)
    assert any(item.get("kind") == "restriction_review" for item in everything(services)["records"])
    assert vault.STAFF == "staff"
