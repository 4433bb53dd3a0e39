"""Visits: what is taken of a beacon, what is kept of it, and under which key."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from privacy import policy, vault, visit_log, visits
from privacy.errors import KeyUnavailable, UnknownCategory
from privacy.periods import after, stamp
from privacy.services import Services

from tests.fakes import everything
from tests.faults import Switch, behind

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SITE, OTHER = policy.site("sevenelements"), policy.site("silver-essence")
TOLD = {"path": "/prijzen", "referrer": "zoek.example.org", "element": "offerte", "interest": "boekhouding"}
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def record(services: Services, recorder: visits.Recorder, now: datetime = NOW, **more: Any) -> None:
    """Record one visit."""
    site = more.pop("site", SITE)
    by = {"ip": "192.0.2.7", "user_agent": AGENT} | more
    recorder.record(services.store, services.keys, site, dict(TOLD), now, **by)


def opened(services: Services, site: policy.Site = SITE, now: datetime = NOW) -> list[dict[str, Any]]:
    """Return what was sealed, as the roll-up opens it."""
    found = []
    for day in visit_log.days(services.store, site.name).values():
        for entry in day:
            key = visit_log.unlocked(services, entry, now)
            assert key
            found += [visit.fields for visit in visit_log.rows(services.store, key)]
    return found


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"path": "/a?mail=ada@example.org#x"}, {"path": "/a"}),
        ({"path": "/a", "referrer": "https://ada:geheim@zoek.example.org:8443/q?mail=x"}, {"referrer": "zoek.example.org"}),
        ({"path": "/a", "referrer": "zoek.example.org/pad"}, {"referrer": "zoek.example.org"}),
        ({"path": "/a", "referrer": "https://[::"}, {"referrer": ""}),
        ({"path": "/a", "element": "een\nregel"}, {"element": ""}),
        ({"path": "/a", "element": "x" * 500, "interest": ["x"]}, {"element": "x" * 100, "interest": ""}),
        ({"path": "/" + "a" * 500}, {"path": "/" + "a" * 299}),
    ],
)  # fmt: skip
def test_what_is_taken_of_a_beacon(sent: dict[str, Any], kept: dict[str, str]) -> None:
    """A path loses its query, a referrer all but its host; element and interest are one short line."""
    told = visits.from_beacon(json.dumps(sent).encode())
    assert {name: told[name] for name in kept} == kept


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"path": 7}', b'{"path": "geen"}', b'{"path": "/a\\u0000b"}', b"[" * 60_000, b'{"referrer": "x"}'],
)  # fmt: skip
def test_rubbish_is_nothing(body: bytes) -> None:
    """What is no visit is told apart without a word."""
    assert visits.from_beacon(body) == {}


def test_the_image_takes_its_address_or_the_page_it_stands_in() -> None:
    """`?path=` wins; else the page, when it is one of the site."""
    page = f"{SITE.origins[0]}/over-ons?x=1"
    assert visits.from_image({"path": "/a"}, page, SITE)["path"] == "/a"
    assert visits.from_image({}, page, SITE)["path"] == "/over-ons"
    assert visits.from_image({}, "https://elders.example.org/x", SITE) == {}
    assert visits.from_image({}, "https://[", SITE) == {}


def test_a_visit_is_sealed_whole(services: Services) -> None:
    """Everything that was told opens again, and none of it stands in any table in clear."""
    record(services, visits.Recorder())
    assert opened(services) == [{**TOLD, "ip": "192.0.2.7", "user_agent": AGENT, "at": "2026-11-22T10:15:00Z"}]
    stored = str(everything(services))
    for secret in (*TOLD.values(), "192.0.2.7", "Firefox", "10:15:00"):
        assert secret not in stored


def test_only_what_the_policy_lists_is_kept(services: Services) -> None:
    """A policy that records no elements and interests keeps none, whatever a page tells."""
    record(services, visits.Recorder(), site=OTHER)
    assert set(opened(services, OTHER)[0]) == {"ip", "at", "path", "referrer", "user_agent"}


def test_who_asks_not_to_be_tracked_leaves_no_address(services: Services) -> None:
    """Without address and user agent, nothing of them is sealed either."""
    record(services, visits.Recorder(), ip="", user_agent="")
    assert set(opened(services)[0]) == {*TOLD, "at"}


def test_a_warm_visit_is_one_write_and_no_key(services: Services) -> None:
    """The first visit asks for the wall's public key and writes the day's entry; every other one is a single put."""
    switch, recorder = Switch(), visits.Recorder()
    counted = behind(switch, services)
    for _ in range(3):
        record(counted, recorder)
    assert switch.calls == ["keys.public_key", "store.write", "store.put", "store.put"]


def test_a_day_has_one_key_per_site_and_writer(services: Services) -> None:
    """Two writers and two sites make four entries; each writer's rows lie under its own."""
    for recorder in (visits.Recorder(), visits.Recorder()):
        for site in (SITE, OTHER, SITE):
            record(services, recorder, site=site)
    days = visit_log.days(services.store, SITE.name)
    assert [(day, len(writers)) for day, writers in days.items()] == [("2026-11-22", 2)]
    assert len(opened(services)) == 4


@pytest.mark.parametrize(
    ("now", "starts", "ends"),
    [
        (NOW, "2026-11-21T23:00:00Z", "2026-11-22T23:00:00Z"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2026-07-01T22:00:00Z", "2026-07-02T22:00:00Z"),
        (datetime(2026, 3, 29, 12, 0, tzinfo=UTC), "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        (datetime(2026, 10, 25, 12, 0, tzinfo=UTC), "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ],
)
def test_the_period_counts_from_the_end_of_the_local_day(
    services: Services, now: datetime, starts: str, ends: str
) -> None:
    """The entry is dated by its day, and due its period after the day's end: no visit of the day is kept longer."""
    record(services, visits.Recorder(), now)
    [[entry_id]] = visit_log.days(services.store, SITE.name).values()
    entry = vault.find(services.store, entry_id)
    assert (entry.created_at, entry.counted_at) == (starts, ends)
    rule = policy.category(SITE.controller, "visits")
    due = after(datetime.fromisoformat(ends), rule.needed)
    assert entry.due == stamp(due)
    assert {item["expires_at"] for item in everything(services)["traffic"]} == {
        int((due + timedelta(days=2)).timestamp())
    }


def test_the_key_of_a_day_ends_with_the_day(services: Services) -> None:
    """A warm writer that wakes on another day, earlier or later, never writes under the key it has."""
    recorder = visits.Recorder()
    for now in (NOW, NOW + timedelta(hours=13), NOW + timedelta(days=40), NOW - timedelta(days=1)):
        record(services, recorder, now)
    assert len(visit_log.days(services.store, SITE.name)) == 4


def test_a_destroyed_key_is_never_used_again(services: Services) -> None:
    """When the day is destroyed, a later visit is sealed under a new key, and the old rows stay unreadable."""
    recorder = visits.Recorder()
    record(services, recorder)
    later = NOW + timedelta(days=30)
    [[entry]] = visit_log.days(services.store, SITE.name).values()
    assert vault.destroy(services.store, entry, later)
    record(services, recorder, later)
    assert visit_log.unlocked(services, entry, later) is None
    assert len(visit_log.days(services.store, SITE.name)) == 2


def test_a_visit_that_could_not_begin_its_day_is_lost_alone(services: Services) -> None:
    """KMS does not answer once: that visit is lost, and the next one begins the day."""
    recorder = visits.Recorder()
    with pytest.raises(KeyUnavailable):
        record(behind(Switch(1), services), recorder)
    record(services, recorder)
    assert len(opened(services)) == 1


def test_a_lost_acknowledgement_writes_a_visit_once(services: Services) -> None:
    """The put is done and its answer lost: sent again under the same name, it is there once."""
    recorder = visits.Recorder()
    record(services, recorder)
    once = services.store.put
    services.store.put = lambda put: (once(put), once(put))[0]  # type: ignore[method-assign]
    record(services, recorder)
    assert len(opened(services)) == 2


def test_a_policy_without_visits_takes_none(services: Services) -> None:
    """No rule, no record (fail closed)."""
    nobody = SITE._replace(controller="nobody")
    with pytest.raises(UnknownCategory):
        record(services, visits.Recorder(), site=nobody)
    assert everything(services)["vault"] == []
