"""N2: to anonymise is to delete entries: its cost follows what is due, not what is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from privacy import policy, retention, vault, visits
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
    idle = Switch()
    retention.run(behind(idle, services).store, services.objects, NOW)  # type: ignore[arg-type]
    assert len(switch.calls) - len(idle.calls) == DUE * len(per_entry)


@pytest.mark.parametrize("visits_each", [1, 1000])
def test_n02_a_day_of_visits_costs_its_writers_and_not_its_visits(visits_each: int) -> None:
    """Three writers, one visit each or a thousand: the same calls, and not one of them names a row."""
    services, site = services_in_memory(), policy.site("silver-essence")
    for _ in range(3):
        recorder = visits.Recorder()
        for number in range(visits_each):
            ip = f"192.0.2.{number % 250}"
            recorder.record(services.store, services.keys, site, {"path": "/"}, NOW, ip=ip, user_agent="Browser")
    switch = Switch()
    counted, later = behind(switch, services), NOW + timedelta(days=26)
    assert retention.run(counted.store, counted.objects, later).destroyed == 3  # type: ignore[arg-type]
    idle = Switch()
    retention.run(behind(idle, services).store, services.objects, later)  # type: ignore[arg-type]
    assert len(switch.calls) - len(idle.calls) == 3 * len(["read keys", "read parts", "destroy"])
    assert services.store.all("vault") == []  # type: ignore[attr-defined]
