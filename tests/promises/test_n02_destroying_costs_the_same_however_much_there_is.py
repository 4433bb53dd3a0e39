"""N2: to anonymise is to delete entries: its cost follows what is due, not what is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from privacy import retention, vault
from privacy.writes import Put

from tests.fakes import services_in_memory
from tests.faults import Switch, behind

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
DUE = 5


@pytest.mark.parametrize("stored", [0, 50, 1000])
def test_n02_a_run_makes_the_same_calls_in_a_store_of_any_size(stored: int) -> None:
    """Five entries are due: the calls of a run are the same whether nothing else or a thousand other entries are stored."""
    services = services_in_memory()
    for number in range(DUE + stored):
        days = -1 if number < DUE else 10 + number
        opened = vault.begin(
            services.keys, wall="enquiries", category="enquiries", controller="silver-essence", site="silver-essence", policy="1",
            counted_from="received", due=NOW + timedelta(days=days), now=NOW - timedelta(days=9), subjects=["p" * 64],
        )  # fmt: skip
        record: dict[str, Any] = {
            "pk": f"entry#{opened.entry.id}",
            "sk": "main",
            "sealed": opened.seal("main", {"n": number}),
        }
        services.store.write([*vault.creation(opened.entry), Put("records", record)])
    switch = Switch()
    counted = behind(switch, services)
    assert retention.run(counted.store, counted.objects, NOW).destroyed == DUE  # type: ignore[arg-type]
    per_entry = ["store.items", "store.items", "store.write"]
    assert switch.calls.count("store.write") == DUE + 1
    assert [call for call in switch.calls if call in per_entry].count("store.items") == 2 * DUE
    assert len(switch.calls) < 4 * DUE + 20
