"""Statistics: what is counted, what is merged, and that nothing left over leads to anyone."""

from __future__ import annotations

import copy
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from privacy import browsers, policy, retention, statistics, vault, visit_log, visits
from privacy.browsers import Browser
from privacy.errors import KeyUnavailable
from privacy.services import Services

from tests.fakes import everything
from tests.faults import Switch, behind

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
NIGHT = NOW + timedelta(days=1)
SITE = policy.site("sevenelements")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def told(user_agent: str) -> Browser:
    """Return what a made-up user agent says: itself."""
    return Browser(user_agent, "", "", user_agent == CRAWLER)


def nowhere(_ip: str) -> str:
    """Return no country."""
    return ""


def visit(services: Services, recorder: visits.Recorder, *, now: datetime = NOW, **fields: str) -> None:
    """Record one visit."""
    by = {"ip": fields.pop("ip", "192.0.2.1"), "user_agent": fields.pop("user_agent", FIREFOX)}
    recorder.record(services.store, services.keys, SITE, {"path": "/", **fields}, now, **by)


def run(services: Services, now: datetime = NIGHT, **more: Any) -> statistics.Counts:
    """Run the roll-up."""
    return statistics.run(services, now, **{"browser": told, "country": nowhere, **more})


def figures(services: Services) -> list[statistics.Figures]:
    """Return what is kept."""
    return list(statistics.of_site(services.store, SITE.name, "2026-10-01", "2027-02-01"))


def tally(rows: list[dict[str, str]]) -> statistics.Figures:
    """Return the figures of a day with these rows."""
    counted = statistics.Tally()
    for row in rows:
        counted.add(row, browser=told, country=nowhere)
    return counted.figures("2026-11-22")


def test_yesterday_is_counted_once(services: Services) -> None:
    """The day's figures are there after the night's run, and the same after another; today is not counted yet."""
    recorder = visits.Recorder()
    for number in range(12):
        visit(services, recorder, ip=f"192.0.2.{number}", path="/prijzen" if number < 7 else "/")
    visit(services, recorder, now=NIGHT)
    assert run(services) == statistics.Counts(days=1, visits=12)
    assert run(services) == statistics.Counts()
    [day] = figures(services)
    assert (day.day, day.visits, day.bots) == ("2026-11-22", 12, None)
    assert day.groups["page"] == {"/prijzen": 7, "/": 5}
    assert day.rest == {}


def test_a_day_is_opened_once_per_writer(services: Services) -> None:
    """Keys asked of KMS: as many as there were writers, however many visits."""
    for _ in range(3):
        recorder = visits.Recorder()
        for number in range(20):
            visit(services, recorder, ip=f"192.0.2.{number}")
    switch = Switch()
    run(behind(switch, services))
    assert switch.calls.count("keys.unwrap") == 3


def test_missed_days_are_caught_up_while_they_can_be_read(services: Services) -> None:
    """After forty days without a run, what is destroyed is gone, and what can be read is counted."""
    for day in (0, 10, 30, 38):
        recorder = visits.Recorder()
        for number in range(6):
            visit(services, recorder, now=NOW + timedelta(days=day), ip=f"192.0.2.{number}")
    now = NOW + timedelta(days=40)
    run(services, now)
    assert [day.day for day in figures(services)] == ["2026-12-22", "2026-12-30"]
    assert statistics.next_work(services.store, now) is None


def test_the_next_work_is_the_end_of_the_first_day_that_waits(services: Services) -> None:
    """As soon as a day has a visit it is known when it can be counted."""
    assert statistics.next_work(services.store, NOW) is None
    visit(services, visits.Recorder())
    assert statistics.next_work(services.store, NOW) == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def test_what_is_restricted_is_not_opened(services: Services) -> None:
    """Storage only (Art. 18(2) GDPR): a restricted day is not counted."""
    visit(services, visits.Recorder())
    [[entry]] = visit_log.days(services.store, SITE.name).values()
    services.store.write(vault.restricted(vault.find(services.store, entry), NOW))
    switch = Switch()
    run(behind(switch, services))
    assert "keys.unwrap" not in switch.calls


def test_a_failing_site_does_not_stop_the_others(services: Services) -> None:
    """KMS refuses once: the other site is counted, the failure is told by its kind, and the next run mends it."""
    for site in ("allesoveradministratie", "sevenelements"):
        visits.Recorder().record(services.store, services.keys, policy.site(site), {"path": "/"}, NOW, ip="192.0.2.1")
    switch, said = Switch(), list[str]()
    run(behind(switch, services), note=said.append)
    first = switch.calls.index("keys.unwrap") + 1
    fresh = services._replace(store=type(services.store)())
    for site in ("allesoveradministratie", "sevenelements"):
        visits.Recorder().record(fresh.store, fresh.keys, policy.site(site), {"path": "/"}, NOW, ip="192.0.2.1")
    counts = run(behind(Switch(first), fresh), note=said.append)
    assert (counts.days, counts.failed, said) == (1, 1, [KeyUnavailable.__name__])
    assert run(fresh).days == 1


def test_a_run_whose_time_is_up_says_so(services: Services) -> None:
    """The day that was not begun is counted by the next run."""
    visit(services, visits.Recorder())
    assert run(services, may_go_on=lambda: False) == statistics.Counts(finished=False)
    assert run(services).days == 1


@pytest.fixture
def large_day(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record a day of two writers with 180 visits each, of 60 visitors, a third of them of `/prijzen`; a run reads a hundred."""
    monkeypatch.setattr(statistics, "_LOOK_AT_TIME", 100)
    for _ in range(2):
        recorder = visits.Recorder()
        for number in range(180):
            visit(services, recorder, ip=f"192.0.2.{number % 60}", path="/" if number % 3 else "/prijzen")


def parts(services: Services, **more: Any) -> int:
    """Count with time for a hundred visits per run, until all is counted; return how many runs that took."""
    for number in range(1, 10):
        asked = iter([True, False])
        if run(services, may_go_on=lambda asked=asked: next(asked), **more).finished:
            return number
        assert figures(services) == []
    return 0


@pytest.mark.usefixtures("large_day")
def test_a_day_too_large_for_a_run_is_counted_in_parts(services: Services) -> None:
    """Each run goes on where the one before stopped; all is counted once, and shown when all of it is counted."""
    assert parts(services) == 4
    [day] = figures(services)
    assert (day.day, day.visits, day.rest) == ("2026-11-22", 360, {})
    assert day.groups["page"] == {"/": 240, "/prijzen": 120}
    assert run(services) == statistics.Counts()
    assert statistics.next_work(services.store, NIGHT) is None


@pytest.mark.usefixtures("large_day")
@pytest.mark.parametrize("after", [False, True])
def test_a_part_that_is_cut_off_is_counted_once(services: Services, *, after: bool) -> None:
    """Whatever call to AWS fails in a part, before or after it is carried out: the next runs count every visit once."""
    asked, switch = iter([True, False]), Switch()
    run(behind(switch, services._replace(store=copy.deepcopy(services.store))), may_go_on=lambda: next(asked))
    for at in range(1, len(switch.calls) + 1):
        store = copy.deepcopy(services.store)
        asked = iter([True, False])
        run(behind(Switch(at, after=after), services._replace(store=store)), may_go_on=lambda: next(asked))  # noqa: B023
        parts(services._replace(store=store))
        [day] = figures(services._replace(store=store))
        assert day.visits == 360


@pytest.mark.usefixtures("large_day")
def test_a_day_in_parts_keeps_what_was_counted_before_it_was_destroyed(services: Services) -> None:
    """Destruction does not wait: the parts that were counted by then are what stays of the day."""
    asked = iter([True, False])
    assert not run(services, may_go_on=lambda: next(asked)).finished
    late = NOW + timedelta(days=25)
    retention.run(services.store, services.objects, late)  # type: ignore[arg-type]
    run(services, late)
    [day] = figures(services)
    assert (day.visits, sum(day.groups["page"].values())) == (100, 100)


@pytest.mark.usefixtures("large_day")
def test_a_large_day_of_one_site_does_not_keep_the_others_waiting(services: Services) -> None:
    """After a run that was all taken by one site, the next begins with the others."""
    other = policy.site("vixum")
    for number in range(6):
        visits.Recorder().record(services.store, services.keys, other, {"path": "/"}, NOW, ip=f"192.0.2.{number}")
    for _ in range(2):
        asked = iter([True, False])
        run(services, may_go_on=lambda asked=asked: next(asked, False))
    [day] = statistics.of_site(services.store, other.name, "2026-11-22", "2026-11-22")
    assert (day.visits, figures(services)) == (6, [])


def test_the_figures_of_a_day_fit_into_one_item(services: Services) -> None:
    """Five addresses that send the longest names there can be: they are counted among the rest, and the day is kept."""
    recorder = visits.Recorder()
    for number in range(5):
        for name in range(120):
            long = {"element": f"{chr(0x10000 + name) * 100}", "interest": f"{chr(0x20000 + name) * 100}"}
            long |= {"path": "/" + chr(0x1F300 + name) * 299, "referrer": chr(0x10300 + name) * 253}
            recorder.record(services.store, services.keys, SITE, long, NOW, ip=f"192.0.2.{number}", user_agent=FIREFOX)
    run(services)
    [day] = figures(services)
    assert day.visits == 600
    assert all(day.groups[name] for name in ("page", "referrer", "element", "interest"))
    assert sum(day.groups["page"].values()) + day.rest["page"] == 600
    assert len(json.dumps(day._asdict(), ensure_ascii=False).encode()) < 400_000


def test_destruction_waits_for_nothing(services: Services) -> None:
    """Retention destroys a day that was never counted, on time; the roll-up then finds nothing to read."""
    visit(services, visits.Recorder())
    late = NOW + timedelta(days=25)
    assert retention.run(services.store, services.objects, late).destroyed == 1  # type: ignore[arg-type]
    run(services, late)
    assert figures(services) == []
    assert everything(services)["vault"] == []


def test_a_day_of_few_visitors_has_no_figures(services: Services) -> None:
    """Four visitors, a hundred visits: not even how many there were."""
    recorder = visits.Recorder()
    for number in range(100):
        visit(services, recorder, ip=f"192.0.2.{number % 4}")
    run(services)
    [day] = figures(services)
    assert (day.visits, day.groups, day.rest) == (None, {}, {})


def test_one_visitor_makes_no_group(services: Services) -> None:
    """Fifty visits of one person to one page are merged: what only one reads tells about one."""
    recorder = visits.Recorder()
    for number in range(50):
        visit(services, recorder, ip="192.0.2.99", path="/prijzen")
        visit(services, recorder, ip=f"192.0.2.{number}", path="/")
    run(services)
    [day] = figures(services)
    assert day.groups["page"] == {}
    assert day.rest["page"] == day.visits == 100


def test_programs_are_counted_apart() -> None:
    """Crawlers are in no group but their own."""
    rows = [{"path": "/", "ip": f"192.0.2.{n}", "user_agent": CRAWLER if n < 6 else FIREFOX} for n in range(12)]
    day = tally(rows)
    assert (day.visits, day.bots) == (6, 6)
    assert day.groups["browser"] == {FIREFOX: 6}


def test_an_ipv6_network_is_one_visitor() -> None:
    """Whoever changes address within their network is one; other networks are others."""
    one = [{"path": "/a", "ip": f"2001:db8:0:1::{n}"} for n in range(50)]
    assert tally(one).visits is None
    many = [{"path": "/a", "ip": f"2001:db8:0:{n}::1"} for n in range(5)]
    assert tally(many).visits == 5


def test_what_names_somebody_is_merged() -> None:
    """A page with an address or a long number in its path is not shown, however many read it."""
    rows = [
        {"path": path, "ip": f"192.0.2.{n}"}
        for n in range(9)
        for path in ("/", "/leden/ada@example.org", "/order/12345678")
    ]
    day = tally(rows)
    assert day.groups["page"] == {"/": 9}
    assert day.rest["page"] == 18


def test_memory_is_bounded_whatever_is_sent() -> None:
    """Twenty thousand invented pages leave the page that many people read, and no more groups than are allowed."""
    counted = statistics.Tally()
    for number in range(20_000):
        counted.add({"path": f"/{number:x}z", "ip": f"198.51.100.{number % 9}"}, browser=told, country=nowhere)
        if number % 100 == 0:
            counted.add({"path": "/prijzen", "ip": f"192.0.2.{number // 100}"}, browser=told, country=nowhere)
    assert max(map(len, counted._cells.values())) <= statistics._MOST_COUNTED
    assert counted.figures("2026-11-22").groups["page"].get("/prijzen", 0) > 100


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "ip": st.sampled_from(["", *(f"192.0.2.{n}" for n in range(12))]),
            "path": st.sampled_from([f"/{name}" for name in "abcdefgh"]),
            "element": st.sampled_from(["", "", "offerte", "bel"]),
            "user_agent": st.sampled_from([FIREFOX, "Zeldzaam", ""]),
        }
    ),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_nobody_can_be_singled_out(rows: list[dict[str, str]]) -> None:
    """Every number that is kept, and every difference of kept numbers, is nobody or five visitors or more (P37).

    Each property splits the same total, so what is not shown is what is left of it. Where one property tells of another, a
    number that has all there is of a value can be subtracted from one that has all of a value around it.
    """
    day = tally(rows)
    people = {row["ip"] for row in rows}
    if day.visits is None:
        assert len(people) < 5
        assert (day.groups, day.rest) == ({}, {})
        return
    assert day.visits == len(rows)
    known: list[set[int]] = [set(range(len(rows)))]
    for name, field in (("page", "path"), ("element", "element"), ("browser", "user_agent")):
        shown = day.groups[name]
        assert day.rest.get(name, 0) == day.visits - sum(shown.values())
        exact = set()
        for value, count in shown.items():
            inside = {number for number, row in enumerate(rows) if row[field] == value}
            assert 5 <= count <= len(inside)
            assert name == "page" or len(inside) == count
            if len(inside) == count:
                known.append(inside)
                exact |= inside
        known.append(set(range(len(rows))) - exact if len(exact) == sum(shown.values()) else set())
    for around in known:
        for within in (each for each in known if each <= around):
            people = {rows[number]["ip"] for number in around - within}
            assert not people or len(people) >= 5


def test_what_one_property_tells_cannot_be_taken_from_another() -> None:
    """Nine at a desk of whom seven have Windows, nine with a phone of whom six have Android: the two and the three stay hidden."""
    machines = {"Windows": ("desktop", 7), "macOS": ("desktop", 2), "Android": ("phone", 6), "iOS": ("phone", 3)}

    def machine(system: str) -> Browser:
        """Return what a made-up user agent says of the machine."""
        return Browser("Een browser", system, machines[system][0], is_program=False)

    counted, ips = statistics.Tally(), iter(range(100))
    for system, (_, many) in machines.items():
        for _ in range(many):
            row = {"path": "/", "ip": f"192.0.2.{next(ips)}", "user_agent": system}
            counted.add(row, browser=machine, country=nowhere)
    day = counted.figures("2026-11-22")
    numbers = {count for name in ("system", "device") for count in day.groups[name].values()}
    assert day.groups["device"] == {"desktop": 9, "phone": 9}
    assert day.groups["system"] == {}
    assert not {abs(one - other) for one in numbers for other in numbers} & {1, 2, 3, 4}
    clicked = [{"path": "/winkel", "element": "koop", "ip": f"192.0.2.{n}"} for n in range(5)]
    seen = [{"path": "/winkel", "ip": f"192.0.2.{n}"} for n in (60, 61)] + [
        {"path": "/", "ip": f"192.0.2.{n}"} for n in range(70, 80)
    ]
    day = tally([*clicked, *seen])
    assert day.groups["element"] == {"": 12, "koop": 5}
    assert day.groups["page"] == {"/winkel": 5}


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 2**32))
def test_the_figures_do_not_tell_whose_rows_they_were(rows: list[dict[str, str]], seed: int) -> None:
    """Linkage: whoever swaps which visitor was which, at another time, in another order, gets the same figures.

    So nothing kept can join a row of before with a person after (WP216): not the address, not its order, not its writer.
    """
    chance = random.Random(seed)  # noqa: S311 - a test
    addresses = sorted({row["ip"] for row in rows if row["ip"]})
    others = dict(zip(addresses, chance.sample([f"198.51.100.{n}" for n in range(200)], len(addresses)), strict=True))
    swapped = [{**row, "ip": others.get(row["ip"], ""), "at": "2026-11-22T01:02:03Z"} for row in rows]
    chance.shuffle(swapped)
    assert tally(swapped) == tally(rows)


def test_nothing_of_a_row_is_kept(services: Services) -> None:
    """In the table of statistics stands no address, no user agent, no entry, no moment of a visit, no rare page."""
    recorder = visits.Recorder()
    for number in range(12):
        visit(services, recorder, ip=f"192.0.2.{number}", path="/" if number else "/zeldzaam")
    run(services, NIGHT + timedelta(minutes=5), browser=browsers.browser)
    kept = str(everything(services)["statistics"])
    [[entry]] = visit_log.days(services.store, SITE.name).values()
    for trace in ("192.0.2", "Mozilla", "10:15", "/zeldzaam", entry):
        assert trace not in kept
    assert "Firefox 145" in kept


def test_sums_over_days_add_what_is_kept() -> None:
    """A period shows the sums of its days, the largest first, and what was merged as one."""
    first = statistics.Figures("2026-11-01", 14, None, {"page": {"/": 6, "/a": 8}}, {"page": 1})
    second = first._replace(day="2026-11-02", groups={"page": {"/": 7, "/a": 8}}, rest={"page": 2})
    days = [first, second]
    assert statistics.total(days, "page") == ([("/a", 16), ("/", 13)], 3)


@pytest.mark.parametrize(("first", "last"), [("2026-12-31", "2027-01-01"), ("2026-01-31", "2026-02-28")])
def test_a_period_crosses_months_and_years(services: Services, first: str, last: str) -> None:
    """Both ends are included, and a month in between costs one query."""
    for day in (first, last):
        at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        recorder = visits.Recorder()
        for number in range(5):
            visit(services, recorder, now=at, ip=f"192.0.2.{number}")
        run(services, at + timedelta(days=1))
    assert [day.day for day in statistics.of_site(services.store, SITE.name, first, last)] == [first, last]


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (FIREFOX, ("Firefox 145", "Linux", "desktop", False)),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", ("Mobile Safari 18", "iOS", "phone", False)),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", ("Chrome 142", "Android", "tablet", False)),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", ("Edge 142", "Windows", "desktop", False)),
        ("", ("", "", "", False)),
    ],
)  # fmt: skip
def test_a_browser_is_told_by_family_and_major_version(user_agent: str, expected: tuple[Any, ...]) -> None:
    """Family and major version, system, kind of device: never more exact."""
    assert tuple(browsers.browser(user_agent)) == expected


def test_a_crawler_is_a_program() -> None:
    """The list of crawlers knows it."""
    assert browsers.browser(CRAWLER).is_program


@pytest.mark.parametrize(
    ("ip", "expected"),
    [("193.0.6.139", "NL"), ("2001:67c:2e8:22::c100:68b", "NL"), ("8.8.8.8", "US"), ("127.0.0.1", ""), ("192.0.2.1", ""), ("geen", "")],
)  # fmt: skip
def test_a_country_is_looked_up_offline(ip: str, expected: str) -> None:
    """Both versions of IP; what is no public address has no country."""
    assert browsers.country(ip) == expected


def test_nothing_is_remembered_of_what_was_asked() -> None:
    """A warm instance keeps no address and no user agent of yesterday."""
    browsers.browser(FIREFOX)
    browsers.country("193.0.6.139")
    browsers.forget()
    assert browsers.browser.cache_info().currsize == browsers.country.cache_info().currsize == 0
