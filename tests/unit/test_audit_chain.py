"""A chain of sealed days that was cut off, set back or begun anew is seen, and never signed over; nothing else looks like it."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import audit, bundles, evidence_days, policy, verdicts, verification
from privacy.errors import StoreUnavailable
from privacy.periods import stamp
from privacy.writes import Delete, Key, Put, Update

from tests.fakes import everything
from tests.faults import Crash, Switch, behind
from tests.unit.test_audit import DAY, a_destroyed, destroyed, held, hourly, sealed, verdict
from tests.unit.test_retention import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.services import Services
    from privacy.writes import Write

OURS = "silver-essence"
HEAD = Key("evidence", f"sealed#{OURS}", "head")
HOUR = timedelta(hours=1)


def days_of(services: Services) -> list[str]:
    """Return the sealed days in the table."""
    return [item["sk"] for item in everything(services)["evidence"] if item["pk"] == HEAD.pk and item["sk"] != "head"]


def set_back(services: Services, day: datetime) -> Put:
    """Return the write that lets the chain end on a day, as it once did."""
    statement = (services.store.get(sealed(day)) or {})["statement"]
    end = {"day": stamp(day)[:10], "hash": evidence_days.hash_of(statement)}
    return Put("evidence", {**(services.store.get(HEAD) or {}), **end}, "")


def forgotten(services: Services, controller: str) -> list[Put]:
    """Return the writes that take what is remembered of a chain out of the snapshots."""
    snapshots = [services.store.get(verdicts.place(site)) or {} for site in policy.sites_of(controller)]
    return [Put("records", {name: each[name] for name in each if name != "chain"}, "") for each in snapshots]


def without_an_act(services: Services, day: datetime) -> list[Write]:
    """Return the writes that take an act away, its sealed day and all later ones, and set the end of the chain back."""
    act, first = a_destroyed(services), stamp(day)[:10]
    later = [Delete(Key("evidence", HEAD.pk, each)) for each in days_of(services) if each >= first]
    return [Delete(Key("evidence", act["pk"], act["sk"])), *later, set_back(services, day - DAY)]


CUT: dict[str, tuple[Callable[[Services, datetime], list[Write]], str]] = {
    "the end is deleted": (lambda *_: [Delete(HEAD)], "chain_lost"),
    "the end is set back": (lambda s, day: [set_back(s, day)], "chain_lost"),
    "the end is deleted with all days": (
        lambda s, _: [Delete(HEAD), *(Delete(Key("evidence", HEAD.pk, day)) for day in days_of(s))],
        "chain_lost",
    ),
    "an act is deleted and its day is to be sealed again": (without_an_act, "chain_lost"),
    "the chain begins later": (
        lambda _, day: [Update(HEAD, "SET #first = :day", {":day": stamp(day)[:10]})],
        "chain_lost",
    ),
    "the memory is ruined": (
        lambda *_: [Update(verdicts.place(OURS), "SET #chain = :x", {":x": "?"})],
        "evidence_altered",
    ),
}


@pytest.mark.parametrize("name", CUT)
def test_a_chain_that_was_cut_off_is_broken_at_once_and_not_signed_over(
    services: Services, now: datetime, name: str
) -> None:
    """It is seen in the next hour and stays so, days go on being recorded and are not sealed, and nobody else is blamed."""
    _, end = destroyed(services, now)
    hourly(services, end + 2 * DAY)
    before = verdict(services, end + 2 * DAY)
    assert before["verdict"] == "kept"
    change, expected = CUT[name]
    services.store.write(change(services, end))
    left = days_of(services)
    for later in (end + 2 * DAY + HOUR, end + 3 * DAY, end + 50 * DAY):
        counts = hourly(services, later)
        found = verdict(services, later)
        assert (found["verdict"], expected in found["reasons"]) == ("broken", True), found
        assert counts.broken > 0
        assert days_of(services) == left
        assert verdict(services, later, "P37", "sevenelements")["verdict"] == "kept"


def test_a_chain_that_is_put_back_goes_on(services: Services, now: datetime) -> None:
    """When its end stands where it was, the days that were missed are sealed after it and the promises are kept again."""
    _, end = destroyed(services, now)
    hourly(services, end + 2 * DAY)
    note = services.store.get(HEAD)
    assert note
    services.store.write([Delete(HEAD)])
    hourly(services, end + 4 * DAY)
    services.store.write([Put("evidence", note)])
    assert hourly(services, end + 5 * DAY).failed == 0
    assert verdict(services, end + 5 * DAY)["verdict"] == "kept"
    page = bundles.page(services.store, OURS, "2000-01-01", "2100-01-01")
    assert verification.check(json.dumps(bundles.joined([page]))).findings == ()


def test_without_memory_a_chain_that_lost_its_end_is_seen_by_its_days(services: Services, now: datetime) -> None:
    """An installation that remembers nothing yet sees sealed days that no end leads to, and begins no second chain."""
    _, end = destroyed(services, now)
    hourly(services, end + 2 * DAY)
    for change in (Delete(HEAD), set_back(services, end)):
        services.store.write([*forgotten(services, OURS), change])
        hourly(services, end + 4 * DAY)
        assert "chain_lost" in verdict(services, end + 4 * DAY)["reasons"]


def test_an_installation_that_remembers_nothing_yet_begins_to(services: Services, now: datetime) -> None:
    """After an update the end of the chain is taken as it is found, and is remembered from then on."""
    _, end = destroyed(services, now)
    hourly(services, end + DAY)
    services.store.write([each for name in policy.controllers() for each in forgotten(services, name)])
    assert hourly(services, end + 2 * DAY).failed == 0
    assert verdict(services, end + 2 * DAY)["verdict"] == "kept"
    snapshot = services.store.get(verdicts.place(OURS)) or {}
    assert snapshot["chain"] == evidence_days.Head(**snapshot["chain"])._asdict()
    assert snapshot["chain"]["day"] == stamp(end + DAY)[:10]


def test_wherever_a_run_dies_no_chain_looks_cut_off(services: Services, now: datetime) -> None:
    """Between any two calls of an audit that seals days, and in the next hour, nothing is broken."""
    _, end = destroyed(services, now)
    counting = Switch()
    audit.run(behind(counting, services), end + DAY)
    for at in range(1, len(counting.calls) + 1):
        later = end + DAY + at * DAY
        run(services, later)
        with contextlib.suppress(Crash, StoreUnavailable):
            audit.run(behind(Switch(at, after=True, dies=True), services), later)
        audit.run(services, later)
        assert verdict(services, later)["verdict"] == "kept", counting.calls[at - 1]


def test_a_clock_that_ran_ahead_blocks_no_snapshot(services: Services, now: datetime) -> None:
    """A snapshot of next year is not relied on now, and the next one takes its place: what was sealed ahead is no loss."""
    hourly(services, now)
    hourly(services, now + 300 * DAY)
    assert verdict(services, now + HOUR)["verdict"] == "at risk"
    hourly(services, now + HOUR)
    found = verdicts.latest(services.store, OURS, now + HOUR)
    assert (found["at"], found["stale"]) == (stamp(now + HOUR), False)
    assert verdict(services, now + HOUR)["verdict"] == "kept"


def test_evidence_that_was_never_sealed_is_not_kept(services: Services, now: datetime) -> None:
    """Where the key never signed, nobody can say after two days what was done."""

    class Silent:
        """Keys of which the one that signs does not answer."""

        def __getattr__(self, name: str) -> Any:
            """Return what the real keys do, but for signing."""
            if name == "sign":
                raise StoreUnavailable
            return getattr(services.keys, name)

    for days, expected in ((0, "kept"), (1, "kept"), (4, "at risk")):
        later = now + days * DAY
        run(services, later)
        audit.run(services._replace(keys=Silent()), later)
        assert verdict(services, later)["verdict"] == expected
    assert verdict(services, later)["reasons"] == ["unsealed"]


def test_what_is_only_said_is_not_kept_while_nothing_runs(services: Services, now: datetime) -> None:
    """That the policy is carried out is known of the last run: when it was hours ago, a promise without figures is at risk."""
    run(services, now)
    audit.run(services, now + 3 * HOUR)
    found = verdict(services, now + 3 * HOUR, "P31", "sevenelements")
    assert (found["verdict"], found["reasons"]) == ("at risk", ["run_late"])


def test_a_promise_under_which_nothing_came_says_so(services: Services, now: datetime) -> None:
    """Nothing held, due or done: the verdict does not pretend that anything was counted."""
    hourly(services, now)
    assert verdict(services, now)["reasons"] == ["nothing_yet", "policy_in_force"]
    held(services, now)
    hourly(services, now)
    assert verdict(services, now)["reasons"] == ["figures", "policy_in_force"]


def test_what_lies_at_a_site_that_is_gone_counts_with_its_controller(services: Services, now: datetime) -> None:
    """An entry of a site that left the policy is overdue all the same, where its controller's other data are counted."""
    entry = held(services, now)
    services.store.write([Update(Key("vault", f"entry#{entry}", "entry"), "SET #site = :x", {":x": "gone"})])
    run(services, now + DAY)
    audit.run(services, now + 3 * DAY)
    assert verdict(services, now + 3 * DAY)["overdue"] == 1


def test_a_chain_signed_anew_is_seen_with_what_was_published(services: Services, now: datetime) -> None:
    """Whoever deletes memory and chain gets a new one signed: it does not go on from what was public, and says when it was signed."""
    _, end = destroyed(services, now)
    hourly(services, end + 3 * DAY)
    published = json.dumps(evidence_days.published(services.store, OURS))
    services.store.write([Delete(HEAD), *(Delete(Key("evidence", HEAD.pk, day)) for day in days_of(services))])
    services.store.write(forgotten(services, OURS))
    hourly(services, end + 6 * DAY)
    whole = json.dumps(bundles.joined([bundles.page(services.store, OURS, "2000-01-01", "2100-01-01")]))
    assert verification.check(whole).sealed_late
    assert {each.code for each in verification.check(whole, published=published).findings} >= {"not_as_published"}
    newest = json.dumps(bundles.joined([bundles.page(services.store, OURS, stamp(end + 3 * DAY)[:10], "2100-01-01")]))
    [finding] = verification.check(newest, published=published).findings
    assert (finding.code, finding.day) == ("another_chain", stamp(end + 3 * DAY)[:10])
