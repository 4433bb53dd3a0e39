"""An old copy after an erasure: replayed, nobody is back, and what is being erased is closed off again (N3)."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from privacy import replay, vault
from privacy.errors import KeyDestroyed

from tests.fakes import services_in_memory
from tests.memory import MemoryStore
from tests.unit.test_erasure import LATER, NOW, enquiry, proven, work


@pytest.mark.parametrize("hours", [0, 72])
def test_a_copy_from_before_the_request_is_as_far_as_the_request(hours: int) -> None:
    """In the undo period the copy's entry is restricted for the same erasure; after it the entry is gone, evidence alone knows."""
    services = services_in_memory()
    mine, hers = enquiry(services), enquiry(services, "eve@example.org")
    assert isinstance(services.store, MemoryStore)
    before = copy.deepcopy(services.store.tables)
    case = proven(services, "erasure")
    work(services)
    if hours:
        work(services, LATER + timedelta(hours=hours))
    restored = MemoryStore()
    restored.tables = {**before, "evidence": copy.deepcopy(services.store.tables["evidence"])}
    now = LATER + timedelta(hours=hours, minutes=5)
    replay.run(restored, None, NOW, now)
    assert not vault.find(restored, hers).restricted_at
    if hours:
        with pytest.raises(KeyDestroyed):
            vault.find(restored, mine)
        assert not list(restored.items("records", f"entry#{mine}"))
        return
    entry = vault.find(restored, mine)
    assert entry.restricted_by == (vault.by_case(case, "erasure"),)
    assert entry.erasing_at
