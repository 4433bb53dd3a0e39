"""The function `security` and the desk's figures, asked as API Gateway asks: what they give, and what they refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aws_lambda_powertools import Metrics
from privacy import browsers, policy, statistics, vault, visit_log, visits
from privacy.services import Services

from functions import desk, security, visit_statistics
from tests.fakes import everything, services_in_memory
from tests.faults import Switch, behind

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
EVENTS = Path(__file__).parents[2] / "events"
SITE = policy.site("sevenelements")


@pytest.fixture
def services() -> Services:
    """Give a store with one visit from the address in the events."""
    given = services_in_memory()
    recorder = visits.Recorder()
    recorder.record(given.store, given.keys, SITE, {"path": "/diensten"}, NOW, ip="192.0.2.10", user_agent="Browser")
    return given


def asked(services: Services, name: str, **body: Any) -> tuple[int, Any]:
    """Send an event of the folder, with other fields in its body where given; return status and answer."""
    event = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    if body:
        event["body"] = json.dumps({**json.loads(event["body"]), **body})
    function: Any = security if name.startswith("security") else desk
    given = function.answered(event, None, lambda: services, NOW + timedelta(hours=1))
    return given["statusCode"], json.loads(given["body"])


def test_a_visit_is_found_by_address_and_time(services: Services) -> None:
    """Within the hour asked for it is found, an hour later it is not; each look is recorded once per writer."""
    status, found = asked(services, "security-search")
    assert (status, [visit["path"] for visit in found["visits"]], found["more"]) == (200, ["/diensten"], False)
    later = {"from": "2026-11-22T12:00:00+01:00", "to": "2026-11-22T13:00:00+01:00"}
    assert asked(services, "security-search", **later) == (200, {"visits": [], "more": False})
    assert len([item for item in everything(services)["records"] if item["kind"] == "opening"]) == 2


@pytest.mark.parametrize(
    "wrong",
    [{"ip": "geen"}, {"day": "2026-02-30"}, {"from": "straks"}, {"to": "2026-11-22T12:00:00"}, {"site": "silver-essence"}, {"why": "zomaar"}, {"more": 1}, {"day": "9999-12-31"}, {"day": "0001-01-01"},
     {"from": "2026-11-22T14:00:00+01:00"}, {"from": "2026-11-20"}, {"to": "2026-11-24"}],
)  # fmt: skip
def test_what_is_wrong_is_named(services: Services, wrong: dict[str, Any]) -> None:
    """422 with the field; nothing is opened."""
    status, answer = asked(services, "security-search", **wrong)
    assert (status, list(answer["error"]["fields"])) == (422, list(wrong))
    assert everything(services)["records"] == []


def test_a_day_and_an_address_are_found_however_they_are_written(services: Services) -> None:
    """Who looks must not read "none" because of a way to write: a day without dashes, an IPv4 address within IPv6."""
    recorder = visits.Recorder()
    recorder.record(
        services.store, services.keys, SITE, {"path": "/zes"}, NOW, ip="2001:db8:0:0:0:0:0:7", user_agent=""
    )
    for written in ({"day": "20261122"}, {"ip": "::ffff:192.0.2.10"}, {"ip": " 192.0.2.10 "}):
        _, found = asked(services, "security-search", **written)
        assert [visit["path"] for visit in found["visits"]] == ["/diensten"], written
    _, found = asked(services, "security-search", ip="2001:DB8::7")
    assert [visit["path"] for visit in found["visits"]] == ["/zes"]


def test_who_looks_into_an_attack_says_so(services: Services) -> None:
    """The record of the opening holds the reason that was given, and no reason that is not true."""
    assert asked(services, "security-search", why="misuse")[0] == 200
    [opening] = [item for item in everything(services)["records"] if item["kind"] == "opening"]
    entry = vault.find(services.store, opening["pk"].removeprefix("entry#"))
    assert vault.unlock(services.keys, entry).unseal("main", opening["sealed"])["why"] == "misuse"


def test_none_and_gone_and_restricted_are_three_answers(services: Services) -> None:
    """A day without visits has none; one whose time is over is gone, also when nothing is left of it; one may be restricted."""
    whole = {"from": "", "to": ""}
    assert asked(services, "security-search", day="2026-11-21", **whole) == (200, {"visits": [], "more": False})
    status, answer = asked(services, "security-search", day="2026-10-01", **whole)
    assert (status, answer["error"]["code"]) == (410, "destroyed")
    [[entry]] = visit_log.days(services.store, SITE.name).values()
    services.store.write(vault.restricted(vault.find(services.store, entry), NOW))
    status, answer = asked(services, "security-search")
    assert (status, answer["error"]["code"]) == (409, "restricted")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"to": "9999-12-31"}, "to"),
        ({"from": "9999-12-31", "to": "9999-12-31"}, "to"),
        ({"from": "0001-01-01", "to": "0001-01-01"}, "to"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "2024-11-01", "to": "2026-11-01"}, "from"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "from"),
    ],
)
def test_a_period_that_is_none_is_refused_in_words(services: Services, query: dict[str, str], field: str) -> None:
    """Years that are none of ours, too many days, and a first day after the last."""
    event = json.loads((EVENTS / "desk-statistics.json").read_text("utf-8"))
    event |= {"queryStringParameters": query, "rawQueryString": urlencode(query)}
    given = desk.answered(event, None, lambda: services, NOW)
    assert (given["statusCode"], list(json.loads(given["body"])["error"]["fields"])) == (422, [field])


def test_no_record_no_opening(services: Services) -> None:
    """When the opening cannot be recorded, no key is asked for."""
    before = Switch()
    asked(behind(before, services), "security-search")
    writing = before.calls.index("store.write") + 1
    switch = Switch(writing)
    status, answer = asked(behind(switch, services), "security-search")
    assert (status, answer["error"]["code"]) == (503, "unavailable")
    assert "keys.unwrap" not in switch.calls


def test_rows_are_deleted_by_their_ids_alone(services: Services) -> None:
    """An id that is none is refused; one that is not there is absent; one of ours goes, with its evidence."""
    assert asked(services, "security-delete", rows=["entry#x"])[0] == 422
    status, answer = asked(services, "security-delete")
    assert (status, answer["deleted"], len(answer["absent"])) == (200, [], 1)
    [visit] = asked(services, "security-search")[1]["visits"]
    assert asked(services, "security-delete", rows=[visit["id"]])[1] == {"deleted": [visit["id"]], "absent": []}
    assert {item["act"] for item in everything(services)["evidence"] if "act" in item} == {visit_log.DELETED}


def test_the_night_is_counted_and_shown(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduled event counts what waits; the desk shows a day of one visitor without a figure."""
    monkeypatch.setattr(visit_statistics, "metrics", Metrics(namespace="Nakoming", service="statistics"))
    monkeypatch.setattr(visit_statistics, "counter", lambda: services)
    monkeypatch.setattr(visit_statistics, "now", lambda: NOW + timedelta(days=1))
    schedule = json.loads((EVENTS / "schedule.json").read_text("utf-8"))
    assert visit_statistics.handler(schedule, Time())["days"] == 1
    figures = next(statistics.of_site(services.store, SITE.name, "2026-11-22", "2026-11-22"))
    assert figures.visits is None
    status, shown = asked(services, "desk-statistics")
    assert (status, shown["from"], shown["to"], shown["days"]) == (200, "2026-11-01", "2026-11-21", [])
    assert browsers.country.cache_info().currsize == 0


def test_a_night_that_fails_says_so(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """KMS is away: the function ends in an error, so that it is tried again, and the queue keeps the event."""
    monkeypatch.setattr(visit_statistics, "metrics", Metrics(namespace="Nakoming", service="statistics"))
    services.keys.closed.add("visitors")  # type: ignore[attr-defined]
    monkeypatch.setattr(visit_statistics, "counter", lambda: services)
    monkeypatch.setattr(visit_statistics, "now", lambda: NOW + timedelta(days=1))
    with pytest.raises(visit_statistics.NotCounted):
        visit_statistics.handler({}, Time())


def test_a_night_that_is_too_short_says_so(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """No time is left: the function ends in an error, so that it is called again and goes on."""
    monkeypatch.setattr(visit_statistics, "metrics", Metrics(namespace="Nakoming", service="statistics"))
    monkeypatch.setattr(visit_statistics, "counter", lambda: services)
    monkeypatch.setattr(visit_statistics, "now", lambda: NOW + timedelta(days=1))
    monkeypatch.setattr(Time, "get_remaining_time_in_millis", lambda _self: 50_000)
    with pytest.raises(visit_statistics.NotCounted):
        visit_statistics.handler({}, Time())
    assert list(statistics.of_site(services.store, SITE.name, "2026-11-22", "2026-11-22")) == []


class Time:
    """What Lambda tells a function of its call."""

    function_name = "statistics"

    def get_remaining_time_in_millis(self) -> int:
        """Return that there is time enough."""
        return 900_000
