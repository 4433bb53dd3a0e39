"""Whatever call to AWS fails while a right is carried out, before or after it was carried out: the end is the same."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import carrying, decisions, letters, policy, restriction, rights_status, steps

from tests.fakes import services_in_memory
from tests.faults import matrix
from tests.unit.test_crash_matrix import state
from tests.unit.test_erasure import LATER, OFFICER, enquiry, held, proven, right, work, written
from tests.unit.test_restrictions_end import of_two

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services

_NAMES = re.compile(r'"(?:lift_notice|entries|letter)": (?:"[^"]*"|\[[^]]*\])|[a-z2-7]{26}')
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")


def carried(services: Services, hours: tuple[int, ...]) -> None:
    """Carry out what waits, and send it, at the first moment and so many hours later: faults are over by then."""
    for later in hours:
        now = LATER + timedelta(hours=later)
        for place in list(carrying.waiting(services.store, now)):
            carrying.carry_out(services, place, now, steps.STEPS)
        for place in list(letters.waiting(services.store, now)):
            letters.deliver(services, place, now)


def asked(*rights: str, words: str = "", category: str = "enquiries") -> tuple[Services, str]:
    """Return services with an entry and a proven request for rights."""
    services = services_in_memory()
    _ = enquiry(services) if category == "enquiries" else held(services, category)
    return services, proven(services, *rights, words=words)


def begun() -> tuple[Services, str]:
    """Return services with an erasure that can still be undone."""
    services, case = asked("erasure")
    work(services)
    return services, case


def objected(decision: str, erase: tuple[str, ...] = ()) -> tuple[Services, str]:
    """Return services with an objection that staff decided about."""
    services, case = asked("objection", words="Ik maak bezwaar tegen het gebruik van mijn gegevens.", category="spam")
    held(services, "contacts")
    work(services)
    decisions.decide(
        services, case, "objection", decision, OFFICER, reasons="Daarom.", said="De helft.", erase=erase, now=LATER
    )
    return services, case


def in_the_way() -> tuple[Services, str]:
    """Return services with an erasure that staff have carried out although something of another person stood in its way."""
    services = services_in_memory()
    of_two(services)
    enquiry(services)
    work(services)
    case = proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=end)
    return services, case


def restricted() -> tuple[Services, str]:
    """Return services with a restriction that was carried out, and its case closed."""
    services, case = asked("restriction")
    work(services)
    return services, case


def answered() -> tuple[Services, str]:
    """Return services with an erasure whose person answered the notice, and that staff let go on."""
    services, case = begun()
    written(services, "Wanneer is het klaar?", LATER + timedelta(hours=1))
    carried(services, (72,))
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=LATER + timedelta(hours=72))
    return services, case


def undo(services: Services, case: str) -> None:
    """Undo an erasure, and let what follows happen."""
    rights_status.undo(services.store, case, LATER)
    carried(services, (0, 1, 2))


def lift(services: Services, case: str) -> None:
    """Lift a restriction, as staff who press the button again when it fails."""
    restriction.lift_by_staff(services, case, OFFICER, reasons="Klaar.", on=LATER.date(), now=LATER)
    carried(services, (0, 1, 2))


FLOWS: dict[str, tuple[Callable[[], tuple[Services, Any]], Callable[[Services, Any], object]]] = {
    "erasure begins": (lambda: asked("erasure"), lambda services, _: carried(services, (0, 1))),
    "erasure ends": (begun, lambda services, _: carried(services, (72, 73, 74))),
    "erasure ends after an answer": (answered, lambda services, _: carried(services, (72, 73, 74))),
    "erasure is undone": (begun, undo),
    "restriction": (lambda: asked("restriction"), lambda services, _: carried(services, (0, 1))),
    "lifting": (restricted, lift),
    "objection": (
        lambda: asked("objection", words="Ik maak bezwaar tegen het gebruik.", category="spam"),
        lambda services, _: carried(services, (0, 1)),
    ),
    "advertising": (
        lambda: asked("objection", words="Ik wil geen reclame."),
        lambda services, _: carried(services, (0, 1)),
    ),
    "objection given in": (lambda: objected("fulfil"), lambda services, _: carried(services, (0, 1))),
    "objection refused": (lambda: objected("refuse"), lambda services, _: carried(services, (0, 1, 2))),
    "objection in part": (lambda: objected("partly"), lambda services, _: carried(services, (0, 1, 2))),
    "erasure in part": (in_the_way, lambda services, _: carried(services, (72, 73, 74))),
    "objection given in to in part": (
        lambda: objected("partly", ("spam",)),
        lambda services, _: carried(services, (0, 1, 2)),
    ),
    "withdrawal": (
        lambda: asked("withdrawal", category="newsletter_consents"),
        lambda services, _: carried(services, (0, 1)),
    ),
    "unsubscribe": (lambda: asked("unsubscribe"), lambda services, _: carried(services, (0, 1))),
}


def seen(services: Services) -> Any:
    """Return the state of the store without moments, for what is done again is done later, and without random names."""
    tables, *others = state(services)
    bare = {table: [_NAMES.sub("", _MOMENT.sub("", item)) for item in items] for table, items in tables.items()}
    return {table: sorted(items) for table, items in bare.items()}, others


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    compared = 0
    for where, left, expected in matrix(prepare, flow, seen):
        assert left == expected, where
        compared += 1
    assert compared >= 40


def test_the_flows_come_to_their_ends() -> None:
    """Without faults each flow ends the right that it is about, so that the matrix compares ends and not beginnings."""
    ends = {
        "erasure begins": ("erasure", "undo"),
        "erasure ends": ("erasure", "done"),
        "erasure ends after an answer": ("erasure", "done"),
        "erasure is undone": ("erasure", "withdrawn"),
        "restriction": ("restriction", "done"),
        "lifting": ("restriction", "done"),
        "objection": ("objection", "approval"),
        "advertising": ("objection", "done"),
        "objection given in": ("objection", "done"),
        "objection refused": ("objection", "refused"),
        "objection in part": ("objection", "done"),
        "objection given in to in part": ("objection", "done"),
        "erasure in part": ("erasure", "done"),
        "withdrawal": ("withdrawal", "done"),
        "unsubscribe": ("unsubscribe", "done"),
    }
    for name, (prepare, flow) in FLOWS.items():
        services, case = prepare()
        flow(services, case)
        asked_for, status = ends[name]
        assert right(services, case, asked_for)["status"] == status, name
    assert policy.handling("silver-essence").undo == "PT72H"
