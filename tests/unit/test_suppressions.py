"""Who wants no advertising stays without it: the wish is kept as long as it stands, and has an end date all the same."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import cases, casework, decisions, history, identity, intake, policy, replay, retention, suppression, vault
from privacy.errors import BadInput, NotProvenYet
from privacy.periods import stamp

from tests.fakes import everything, services_in_memory
from tests.memory import MemoryStore
from tests.unit.test_erasure import ADA, EVE, LATER, NOW, OFFICER, SITE, proven, work

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services


def objected() -> tuple[Services, str, str]:
    """Return services in which somebody objected to advertising, the entry of that, and the pointer of its person."""
    services = services_in_memory()
    proven(services, "objection", words="Ik wil geen reclame.")
    work(services)
    entries = [item for item in everything(services)["vault"] if "due" in item and item["category"] == "suppressions"]
    [entry] = [item["pk"].removeprefix("entry#") for item in entries]
    return services, entry, intake.people(services.keys, SITE.controller, email=ADA)[0].pointer()


def asking(services: Services) -> str:
    """Return the case of somebody who asks for advertising again, of whom nobody has made sure yet."""
    new = casework.NewCase(LATER, "email", "Ik wil weer reclame.", ("question",), email=ADA)
    return casework.add(services, SITE, new, OFFICER, now=LATER)


def run(services: Services, now: datetime) -> retention.Counts:
    """Run retention once."""
    assert services.objects is not None
    return retention.run(services.store, services.objects, now)


def test_the_wish_is_not_forgotten_when_its_period_is_over() -> None:
    """For thirty years the end date moves on, with evidence and never far; nothing fails and nothing is overdue."""
    services, entry, pointer = objected()
    for years in range(1, 31):
        now = LATER + timedelta(days=366 * years)
        counts = run(services, now)
        assert (counts.failed, counts.overdue) == (0, 0)
        assert suppression.suppressed(services.store, pointer)
        assert stamp(now) < vault.find(services.store, entry).due <= stamp(now + timedelta(days=1091))
    acts = [item for item in everything(services)["evidence"] if item.get("act") == "renewed"]
    assert {item["entry"] for item in acts} == {entry}
    assert len(acts) == 10


def test_a_policy_that_renews_no_more_lets_it_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The criterion stands in the policy file: where that drops it, what is kept ends with the period that runs."""
    services, _, pointer = objected()
    before = policy.category
    monkeypatch.setattr(policy, "category", lambda *of: before(*of)._replace(renewed=False))
    run(services, NOW + timedelta(days=1089))
    assert suppression.suppressed(services.store, pointer)
    run(services, NOW + timedelta(days=1091))
    assert not suppression.suppressed(services.store, pointer)


def test_who_wants_advertising_again_is_not_kept_from_it_any_more() -> None:
    """Asked for by somebody who was proven, and said by staff: the wish is destroyed, with evidence of why, and of nobody else's."""
    services, entry, pointer = objected()
    other = intake.people(services.keys, SITE.controller, email=EVE)[0].pointer()
    proven(services, "objection", words="Ik wil geen reclame.", email=EVE)
    work(services)
    case = asking(services)
    with pytest.raises(NotProvenYet):
        decisions.advertising_again(services, case, OFFICER, "Per mail.", now=LATER)
    services.store.write([*identity.noted(cases.record(services.store, case), identity.BY_CODE, LATER)])
    with pytest.raises(BadInput):
        decisions.advertising_again(services, case, OFFICER, " ", now=LATER)
    for _ in range(2):
        assert decisions.advertising_again(services, case, OFFICER, "Per mail.", now=LATER).advertising_at
    work(services)
    assert not suppression.suppressed(services.store, pointer)
    assert suppression.suppressed(services.store, other)
    acts = [item for item in everything(services)["evidence"] if item.get("entry") == entry and "act" in item]
    by = [item.get("by") for item in acts if item["act"] == "suppression_ended"]
    assert by == [vault.by_case(case, "advertising_again")]
    assert sum(item["act"] == "destroyed" for item in acts) == 1
    assert "advertising_again" in [event.what for event in history.of_case(services.store, case, OFFICER)]
    run(services, LATER + timedelta(days=1095))
    assert not suppression.suppressed(services.store, pointer)
    proven(services, "objection", words="Ik wil geen reclame.", now=LATER)
    work(services)
    assert suppression.suppressed(services.store, pointer)


def test_a_restored_copy_keeps_nobody_from_what_they_asked_for_again() -> None:
    """A copy from before has the wish; the replay destroys it again."""
    services, entry, pointer = objected()
    copied = services_in_memory()
    assert isinstance(services.store, MemoryStore)
    assert isinstance(copied.store, MemoryStore)
    case = asking(services)
    services.store.write([*identity.noted(cases.record(services.store, case), identity.BY_CODE, LATER)])
    copied.store.tables = copy.deepcopy(services.store.tables)
    decisions.advertising_again(services, case, OFFICER, "Per mail.", now=LATER)
    work(services)
    copied.store.tables["evidence"] = copy.deepcopy(services.store.tables["evidence"])
    replay.run(copied.store, None, LATER - timedelta(hours=1), LATER + timedelta(hours=1))
    assert not suppression.suppressed(copied.store, pointer)
    assert copied.store.get(vault.key_of(entry)) is None


def test_a_restored_copy_has_the_renewed_date() -> None:
    """A replay moves the end date on as it was moved, so that the copy does not lose the wish."""
    services, entry, _ = objected()
    assert isinstance(services.store, MemoryStore)
    copied = services_in_memory()
    assert isinstance(copied.store, MemoryStore)
    copied.store.tables = copy.deepcopy(services.store.tables)
    then = LATER + timedelta(days=1095)
    run(services, then)
    copied.store.tables["evidence"] = copy.deepcopy(services.store.tables["evidence"])
    replay.run(copied.store, None, then - timedelta(hours=1), then + timedelta(hours=1))
    assert vault.find(copied.store, entry).due == vault.find(services.store, entry).due
    assert list(vault.due(copied.store, then)) == list(vault.due(services.store, then))
