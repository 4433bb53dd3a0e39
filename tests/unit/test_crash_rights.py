"""Decisions, extensions and breaches: whatever call to AWS fails, done again the end is the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import affected, casework, decisions, dossier, incidents, letters, policy, recipients, vault
from privacy.affected import Scope
from privacy.openings import Reader

from tests.fakes import services_in_memory
from tests.faults import matrix
from tests.unit.test_crash_matrix import retain, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services

RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")


def asked(*rights: str) -> tuple[Services, str]:
    """Return services with a case that asks for these rights, its first letters sent."""
    services = services_in_memory()
    new = casework.NewCase(RECEIVED, "phone", "Graag.", rights, email="ada@example.org", language="nl")
    case = casework.add(services, SITE, new, OFFICER, now=RECEIVED + timedelta(minutes=1))
    send(services, None)
    return services, case


def send(services: Services, _: object) -> None:
    """Work through the outbox, and again in later hours."""
    for hours in (0, 1, 2):
        now = NOW + timedelta(hours=hours)
        for place in letters.waiting(services.store, now):
            letters.deliver(services, place, now)


def to_be_told() -> tuple[Services, str]:
    """Return services with a case of which a recipient is to be told by staff."""
    services, case = asked("erasure")
    told = recipients.tell(services, vault.find(services.store, case), "erasure", ["contacts"], "ada@example.org", NOW)
    services.store.write([vault.addition(vault.find(services.store, case)), *told])
    return services, case


def refuse(services: Services, case: str) -> None:
    """Refuse the only right: the decision, the final letter, the end."""
    decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="Daarom.", now=NOW)


def refused() -> tuple[Services, str]:
    """Return services with a refused case whose final letter waits."""
    services, case = asked("erasure")
    refuse(services, case)
    return services, case


def breached() -> tuple[Services, str]:
    """Return services with a breach."""
    services, _ = asked("access")
    return services, incidents.begin(services, OFFICER, aware_at=NOW, nature="Gestolen.", now=NOW)


def count(services: Services, incident: str) -> None:
    """Count whose data a breach concerns."""
    scope = Scope((), (), NOW - timedelta(days=5), NOW)
    found = affected.count(services.store, "silver-essence", scope, NOW)
    incidents.counted(services, incident, OFFICER, scope.shown(), found, now=NOW)


def report(services: Services, incident: str) -> None:
    """Note that a breach was reported."""
    incidents.reported(services, incident, OFFICER, at=NOW, reference="Z", now=NOW)


Flow = tuple["Callable[[], tuple[Services, Any]]", "Callable[[Services, Any], object]"]
FLOWS: dict[str, Flow] = {
    "refuse": (lambda: asked("erasure"), refuse),
    "final letter": (refused, send),
    "decide one of two": (
        lambda: asked("access", "erasure"),
        lambda services, case: decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW),
    ),
    "extend": (
        lambda: asked("access"),
        lambda services, case: decisions.extend(services, case, OFFICER, "Veel.", now=NOW),
    ),
    "pause": (
        lambda: asked("access"),
        lambda services, case: decisions.pause(services, case, OFFICER, "Wat?", now=NOW),
    ),
    "assign": (lambda: asked("access"), lambda services, case: decisions.assign(services, case, OFFICER, "x", now=NOW)),
    "told": (
        to_be_told,
        lambda services, case: recipients.done(services, case, "erasure", "partner", OFFICER, now=NOW),
    ),
    "dossier": (
        refused,
        lambda services, case: dossier.build(services, case, OFFICER, why="follow-up", language="nl", now=NOW),
    ),
    "remind": (lambda: asked("access"), retain(22)),
    "breach": (
        lambda: (services_in_memory(), None),
        lambda services, _: incidents.begin(services, OFFICER, aware_at=NOW, nature="Gestolen.", now=NOW),
    ),
    "add": (breached, lambda services, breach: incidents.add(services, breach, OFFICER, {"cause": "x"}, now=NOW)),
    "count": (breached, count),
    "report": (breached, report),
    "end of a breach": (
        breached,
        lambda services, breach: incidents.close(services, breach, OFFICER, "Geen risico.", now=NOW),
    ),
    "remind of a breach": (breached, retain(2)),
}


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    compared = 0
    for where, left, expected in matrix(prepare, flow, state):
        assert left[0] == expected[0], where  # type: ignore[index]
        assert left == expected, where
        compared += 1
    assert compared >= 8
