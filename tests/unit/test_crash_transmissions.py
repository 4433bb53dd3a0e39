"""A copy for another provider: whatever call to AWS fails, before or after it was carried out, done again the end is the same."""

from __future__ import annotations

import copy
import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import carrying, decisions, handouts, letters, steps, transmissions, transmitting, vault
from privacy.errors import TooLateForThat

from tests.fakes import FakeHandouts, services_in_memory
from tests.faults import matrix
from tests.unit.test_access import MINUTE, NOW, OFFICER, SITE
from tests.unit.test_crash_carrying import seen
from tests.unit.test_transmissions import BAKKER, DAY, LATER, name, ready, sent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.services import Services

_RANDOM = re.compile(r'"(?:fetch|mac)": "(?:[^"\\]|\\.)*"|fetch#[0-9a-f]{64}')


def stands(services: Services) -> Any:
    """Return the state of the store without moments and random names, and what was handed out."""
    tables, *others = seen(services)
    return {table: sorted(_RANDOM.sub("", item) for item in items) for table, items in tables.items()}, others


def confirm(services: Services, case: str) -> None:
    """Confirm a provider; done again, it is refused as one that is under way."""
    with suppress(TooLateForThat):
        transmissions.begin(services, SITE, case, BAKKER, NOW + MINUTE)


def work(first: datetime) -> Callable[[Services, str], None]:
    """Return what carries out and sends all that waits, and does so again in the two hours after: leases have passed then."""

    def run(services: Services, _: str) -> None:
        for hours in range(3):
            now = first + timedelta(hours=hours)
            for place in list(carrying.waiting(services.store, now)):
                carrying.carry_out(services, place, now, steps.STEPS)
            for place in list(letters.waiting(services.store, now)):
                letters.deliver(services, place, now)

    return run


def asked(*rights: str) -> tuple[Services, str]:
    """Return services with a case whose copy is ready."""
    services = services_in_memory()
    return services, ready(services, *rights)[0]


def confirmed() -> tuple[Services, str]:
    """Return services with a provider that was confirmed a moment ago."""
    services, case = asked()
    confirm(services, case)
    return services, case


def waited() -> tuple[Services, str]:
    """Return services with a provider that every address was told of."""
    services, case = asked()
    name(services, case)
    return services, case


def told() -> tuple[Services, tuple[str, str, str]]:
    """Return services with a provider that was written to, and the case, the number and the phrase."""
    services = services_in_memory()
    return services, sent(services)


def after(what: Callable[[Services, tuple[str, str, str]], object]) -> Callable[[], tuple[Services, str]]:
    """Return what prepares a provider that was written to, and what happened then."""

    def prepare() -> tuple[Services, str]:
        services, given = told()
        what(services, given)
        return services, given[0]

    return prepare


def came_back(services: Services, given: tuple[str, str, str]) -> None:
    """Let the mail to the provider come back."""
    item = transmissions.of_case(services.store, given[0])[-1]
    entry, _, letter = item["letter"].partition(".")
    letters.bounced(services.store, entry, letter, LATER)


def destroyed(services: Services, given: tuple[str, str, str]) -> None:
    """Let another erasure destroy the copy."""
    entry = transmissions.of_case(services.store, given[0])[-1]["export"]
    services.store.write(vault.restricted(vault.find(services.store, entry), LATER, by="other#erasure"))
    vault.erase(services.store, entry, "other#erasure", LATER)


def beside_an_erasure(services: Services, case: str) -> None:
    """Confirm a provider while an erasure in the same request waits, until the originals are gone and the provider is told."""
    confirm(services, case)
    for hours in (0, 24, 73):
        work(NOW + 2 * MINUTE + timedelta(hours=hours))(services, case)


Flow = tuple["Callable[[], tuple[Services, Any]]", "Callable[[Services, Any], object]", int]
FLOWS: dict[str, Flow] = {
    "confirm": (asked, confirm, 28),
    "tell every address": (confirmed, work(NOW + MINUTE), 100),
    "tell the provider": (waited, work(NOW + DAY + 2 * MINUTE), 80),
    "fetched": (
        after(lambda services, given: transmitting.hand_over(services, *given[1:], LATER)),
        work(LATER + MINUTE),
        80,
    ),
    "came back": (after(came_back), work(LATER + DAY), 80),
    "not fetched": (after(lambda *_: None), work(NOW + 9 * DAY), 80),
    "copy destroyed": (after(destroyed), work(LATER + DAY), 60),
    "stopped": (
        after(lambda services, given: transmissions.stop(services.store, given[0], LATER)),
        work(LATER + MINUTE),
        40,
    ),
    "stopped by staff": (
        after(lambda services, given: decisions.stop_transmission(services, given[0], OFFICER, "Nee.", now=LATER)),
        work(LATER + MINUTE),
        80,
    ),
    "stop": (waited, lambda services, case: transmissions.stop(services.store, case, NOW + DAY), 8),
    "stop by staff": (
        waited,
        lambda services, case: decisions.stop_transmission(services, case, OFFICER, "Nee.", now=NOW + DAY),
        20,
    ),
    "the originals are erased meanwhile": (lambda: asked("portability", "erasure"), beside_an_erasure, 300),
}


@pytest.mark.parametrize("flow_name", FLOWS)
def test_every_fault_ends_the_same(flow_name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow, least = FLOWS[flow_name]
    start = prepare()
    compared = 0
    for where, left, expected in matrix(lambda: copy.deepcopy(start), flow, stands):
        assert left == expected, where
        compared += 1
    assert compared >= least


def test_a_hand_over_that_was_cut_off_is_recorded_and_leaves_nothing_in_clear() -> None:
    """Whatever call fails: given again, it is noted as fetched once, stands in the evidence, and the bucket is empty an hour on."""

    def fetch(services: Services, given: tuple[str, str, str]) -> None:
        transmissions.count_try(services.store, given[1])
        transmitting.hand_over(services, *given[1:], LATER)
        handouts.sweep(services, LATER + timedelta(hours=1))

    def left(services: Services) -> tuple[int, bool, list[bool]]:
        assert isinstance(services.handouts, FakeHandouts)
        acts = services.store.items("evidence", f"day#{LATER:%Y-%m-%d}")
        fetched = [
            bool(item.get("fetched_at"))
            for item in services.store.all("records")  # type: ignore[attr-defined]
            if item["sk"].startswith("transmission#")
        ]
        return len(services.handouts.kept), any(act["act"] == "disclosed" for act in acts), fetched

    start = told()
    compared = 0
    for where, found, expected in matrix(lambda: copy.deepcopy(start), fetch, left):
        assert found == expected == (0, True, [True]), where
        compared += 1
    assert compared >= 40
