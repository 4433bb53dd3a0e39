"""Copies and corrections: whatever call to AWS fails, done again the end is the same."""

from __future__ import annotations

import copy
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import carrying, handouts, rights_status, steps

from tests.fakes import FakeHandouts, services_in_memory
from tests.faults import matrix
from tests.unit.test_access import MINUTE, NOW, ask, prove, write
from tests.unit.test_crash_matrix import state
from tests.unit.test_rectification import EMAIL, NAME, confirm, proposed

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services


_NAMES = re.compile(r'"(?:export|entries|proposal|letter)": (?:"[^"]*"|\[[^]]*\])|[a-z2-7]{26}')
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")


def seen(services: Services) -> Any:
    """Return the state of the store without moments, for what is done again is done later, and without random names."""
    tables, *others = state(services)
    bare = {table: [_NAMES.sub("", _MOMENT.sub("", item)) for item in items] for table, items in tables.items()}
    return {table: sorted(items) for table, items in bare.items()}, others


def asked(*rights: str, text: str = "", written_by: str = "ada@example.org") -> tuple[Services, Any]:
    """Return services with an enquiry, and a proven case of Ada's."""
    services = services_in_memory()
    write(services, email=written_by)
    case = ask(services, *rights, text=text)
    prove(services, case)
    return services, case


def fulfil(hours: int = 0) -> Callable[[Services, Any], object]:
    """Return what carries out all that waits, in the hour after too: a task that was cut off comes back with its lease."""

    def run(services: Services, _: object) -> None:
        for each in range(2):
            now = NOW + MINUTE + timedelta(hours=hours + each)
            for place in list(carrying.waiting(services.store, now)):
                carrying.carry_out(services, place, now, steps.STEPS)
            handouts.sweep(services, now)

    return run


def ready() -> tuple[Services, Any]:
    """Return services with a copy that is ready, and what asks for it."""
    services = services_in_memory()
    write(services)
    case = ask(services, "access")
    session = prove(services, case)
    fulfil()(services, case)
    return services, (case, session)


def fetch(services: Services, given: Any) -> None:
    """Ask for the link, and sweep when it has ended."""
    case, session = given
    handouts.hand_out(services, case, session, "access", NOW + MINUTE)
    handouts.sweep(services, NOW + timedelta(hours=1))


def confirmed(text: str) -> tuple[Services, Any]:
    """Return services with a correction that its person confirmed."""
    services = services_in_memory()
    _, case = proposed(services, text)
    confirm(services, case)
    return services, case


def cooled() -> tuple[Services, Any]:
    """Return services with a changed address whose week has passed."""
    services, case = confirmed(EMAIL)
    fulfil()(services, case)
    return services, case


def cooling_besides() -> tuple[Services, Any]:
    """Return services with a name that is corrected, and an address that waits."""
    services, case = confirmed(f"{NAME} {EMAIL}")
    fulfil()(services, case)
    return services, case


def withdraw(services: Services, case: Any) -> None:
    """Take back what waits, as a person who presses again, and let what follows happen."""
    rights_status.withdraw(services.store, case, "rectification", NOW + MINUTE)
    fulfil()(services, case)


Flow = tuple["Callable[[], tuple[Services, Any]]", "Callable[[Services, Any], object]"]
FLOWS: dict[str, Flow] = {
    "copy": (lambda: asked("access"), fulfil()),
    "nothing held": (lambda: asked("portability", written_by="bob@example.org"), fulfil()),
    "propose": (lambda: asked("rectification", text=NAME), fulfil()),
    "leave to staff": (lambda: asked("rectification", text="Het klopt niet."), fulfil()),
    "correct": (lambda: confirmed(NAME), fulfil()),
    "cool": (lambda: confirmed(EMAIL), fulfil()),
    "cooled": (cooled, fulfil(24 * 8)),
    "correct and cool": (lambda: confirmed(f"{NAME} {EMAIL}"), fulfil()),
    "withdraw what cools": (cooling_besides, withdraw),
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
    assert compared >= 80


def test_a_handout_that_was_cut_off_leaves_nothing_in_clear() -> None:
    """Whatever call fails, in the end the bucket of copies is empty, and each handing out is in the evidence at least once."""

    def left(services: Services) -> tuple[int, bool]:
        assert isinstance(services.handouts, FakeHandouts)
        acts = services.store.items("evidence", f"day#{NOW:%Y-%m-%d}")
        return len(services.handouts.kept), any(act["act"] == "disclosed" for act in acts)

    compared = 0
    start = ready()
    for where, found, expected in matrix(lambda: copy.deepcopy(start), fetch, left):
        assert found == expected == (0, True), where
        compared += 1
    assert compared >= 8
