"""A verdict is green only for what was looked at and found right; everything else has its colour and its reason."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import audit, evidence_days, letters, policy, retention, vault, verdicts
from privacy.errors import KeyUnavailable, StoreUnavailable
from privacy.periods import stamp
from privacy.services import Services
from privacy.writes import Delete, Key, Put, Update

from tests.fakes import everything
from tests.faults import Switch, behind
from tests.memory import MemoryStore
from tests.unit.test_retention import SITE, ask, run

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = timedelta(days=1)
COUNTED = ("P03", "P04", "P11", "P30", "P37")


def verdict(services: Services, now: datetime, promise: str = "P04", site: str = "silver-essence") -> dict[str, Any]:
    """Return the latest verdict on one promise."""
    found: dict[str, dict[str, Any]] = {
        each["id"]: each for each in verdicts.latest(services.store, site, now)["promises"]
    }
    return found[promise]


def hourly(services: Services, now: datetime) -> audit.Counts:
    """Let retention run, the letters that wait be sent, and the audit after them."""
    run(services, now)
    for place in list(letters.waiting(services.store, now)):
        letters.deliver(services, place, now)
    return audit.run(services, now)


def held(services: Services, now: datetime, days: int = 2) -> str:
    """Seal an enquiry that is due in some days; return its id."""
    opened = vault.begin(
        services.keys, wall="enquiries", category="enquiries", controller="silver-essence", site="silver-essence",
        policy="1", counted_from="handled", due=now + days * DAY, now=now,
    )  # fmt: skip
    record = {"pk": f"entry#{opened.entry.id}", "sk": "main", "sealed": opened.seal("main", {"name": "Ada Voorbeeld"})}
    services.store.write([*vault.creation(opened.entry), Put("records", record)])
    return opened.entry.id


def destroyed(services: Services, now: datetime) -> tuple[str, datetime]:
    """Return an enquiry that was destroyed on time, and the moment of its end."""
    hourly(services, now)
    entry = held(services, now)
    end = now + 2 * DAY
    hourly(services, end)
    return entry, end


def test_a_quiet_system_keeps_what_it_has_built(services: Services, now: datetime) -> None:
    """With retention and audit running, every promise of this release is kept, with figures or with what was checked."""
    ask(services, now)
    counts = hourly(services, now)
    assert (counts.broken, counts.at_risk, counts.failed) == (0, 0, 0)
    for name in policy.sites():
        found = verdicts.latest(services.store, name, now)
        assert found["stale"] is False
        for promise in found["promises"]:
            assert promise["verdict"] in ("kept", "not built"), promise
            assert promise["reasons"]
            assert all(verdicts.said(reason, language) for reason in promise["reasons"] for language in ("nl", "en"))
    found = verdict(services, now)
    assert [found[name] for name in verdicts.FIGURES] == [1, 0, 0, 0, 0]
    assert verdict(services, now, "P01")["sealed"] is None


def test_what_is_not_built_is_never_kept(services: Services, now: datetime) -> None:
    """A promise of a module that is not there says so and has no figures, whatever is stored."""
    hourly(services, now)
    for promise in verdicts.latest(services.store, "silver-essence", now)["promises"]:
        built = verdicts.judged(SITE)[promise["id"]]
        assert (promise["verdict"] == "not built") == (not built)
        assert built or promise["sealed"] is None


def test_history_comes_from_sealed_days_and_from_those_not_sealed_yet(services: Services, now: datetime) -> None:
    """What was destroyed on time counts from its first hour until it is thirty days ago."""
    _, end = destroyed(services, now)
    for later, due in ((timedelta(0), 1), (DAY, 1), (28 * DAY, 1), (32 * DAY, 0)):
        hourly(services, end + later)
        found = verdict(services, end + later)
        assert (found["verdict"], found["due"], found["on_time"], found["late"]) == ("kept", due, due, 0)


def test_late_is_broken_for_thirty_days(services: Services, now: datetime) -> None:
    """Destroyed a day after it was due: the promise was broken, and the verdict says so as long as it counts."""
    held(services, now)
    hourly(services, now)
    late = now + 3 * DAY
    run(services, late)
    assert hourly(services, late + timedelta(hours=1)).broken >= len(COUNTED) - 2
    assert verdict(services, late + timedelta(hours=1))["reasons"] == ["late"]
    hourly(services, late + 32 * DAY)
    assert verdict(services, late + 32 * DAY)["verdict"] == "kept"


def test_verdicts_turn_when_retention_stops(services: Services, now: datetime) -> None:
    """Without runs a promise is at risk after an hour and a half, and broken after two hours, overdue or not."""
    held(services, now)
    run(services, now)
    for minutes, expected in ((60, "kept"), (100, "at risk"), (125, "broken")):
        later = now + timedelta(minutes=minutes)
        audit.run(services, later)
        assert {verdict(services, later, each)["verdict"] for each in COUNTED} == {expected}
    assert verdict(services, later)["reasons"] == ["retention_missing"]
    much_later = now + 3 * DAY
    audit.run(services, much_later)
    found = verdict(services, much_later)
    assert (found["verdict"], found["overdue"], found["due"]) == ("broken", 1, 1)
    assert found["reasons"] == ["overdue", "retention_missing"]


def test_a_system_in_which_retention_never_ran_is_not_green(services: Services, now: datetime) -> None:
    """From the first audit on two hours are given for the first run."""
    audit.run(services, now)
    assert verdict(services, now)["verdict"] == "at risk"
    assert verdict(services, now, "P01")["reasons"] == ["never_ran"]
    later = now + timedelta(hours=2, minutes=1)
    audit.run(services, later)
    assert verdict(services, later)["reasons"] == ["retention_missing", "never_ran"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"failed": 1}, ["run_failed"]),
        ({"finished": False}, ["run_unfinished"]),
        ({"policy": "another"}, ["policy_not_applied"]),
    ],
)
def test_what_a_run_could_not_do_puts_promises_at_risk(
    services: Services, now: datetime, change: dict[str, Any], expected: list[str]
) -> None:
    """A run that failed on something, did not finish, or followed another policy leaves nothing green that depends on it."""
    ask(services, now)
    run(services, now)
    noted = services.store.get(retention.RUN)
    assert noted
    services.store.write([Put("records", noted | change, "")])
    audit.run(services, now)
    assert (verdict(services, now)["verdict"], verdict(services, now)["reasons"]) == ("at risk", expected)


def planted(where: str, entry: str) -> Put:
    """Return a write that leaves something of a destroyed entry."""
    tables = {"key": ("vault", "key#1"), "letter": ("records", "letter#1"), "main": ("records", "main")}
    table, sk = tables[where]
    return Put(table, {"pk": f"entry#{entry}", "sk": sk, "category": "enquiries"})


@pytest.mark.parametrize("where", ["key", "letter", "main"])
def test_what_is_left_of_a_destroyed_entry_breaks_its_promise(services: Services, now: datetime, where: str) -> None:
    """A key, a letter or a record under a destroyed id is found within the hour, on its day and thirty days later."""
    entry, end = destroyed(services, now)
    services.store.write([planted(where, entry)])
    for later in (end, end + DAY, end + 29 * DAY):
        assert hourly(services, later).looked_for >= 1
        assert (verdict(services, later)["verdict"], verdict(services, later)["reasons"]) == ("broken", ["residue"])
    services.store.write(
        [Delete(Key("vault" if where == "key" else "records", f"entry#{entry}", planted(where, entry).item["sk"]))]
    )
    hourly(services, later)
    assert verdict(services, later)["verdict"] == "kept"


def test_a_large_firm_is_read_again_bit_by_bit(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an hour is too short for all acts, every sealed day has its turn within as many hours as there are days."""
    entry, end = destroyed(services, now)
    for day in range(1, 6):
        held(services, end, day)
        hourly(services, end + day * DAY)
    services.store.write([planted("main", entry)])
    monkeypatch.setattr(audit, "READ_AGAIN", 1)
    turns = []
    for hours in range(1, 9):
        later = end + 6 * DAY + timedelta(hours=hours)
        hourly(services, later)
        turns.append("residue" in verdict(services, later)["reasons"])
    assert (sum(turns) >= 1, sum(turns) < len(turns)) == (True, True)


def test_what_lives_again_after_it_was_destroyed_is_broken(services: Services, now: datetime) -> None:
    """An entry that a restore brought back is found even while it is restricted, and named as such."""
    entry, end = destroyed(services, now)
    other = services.store.get(vault.key_of(held(services, end, 1)))
    assert other
    services.store.write([Put("vault", {**other, "pk": f"entry#{entry}"})])
    audit.run(services, end)
    assert verdict(services, end)["reasons"] == ["restored"]
    assert verdict(services, end, "P37")["verdict"] == "broken"


def a_destroyed(services: Services) -> dict[str, Any]:
    """Return the evidence of a destruction."""
    return next(item for item in everything(services)["evidence"] if item.get("act") == "destroyed")


def sealed(day: datetime) -> Key:
    """Return where a sealed day stands."""
    return Key("evidence", "sealed#silver-essence", stamp(day)[:10])


TAMPERING: dict[str, tuple[Callable[[Services, datetime], Any], str]] = {
    "an act is changed": (
        lambda s, _: Update(
            Key("evidence", a_destroyed(s)["pk"], a_destroyed(s)["sk"]), "SET #due = :x", {":x": "2099-01-01T00:00:00Z"}
        ),
        "evidence_altered",
    ),
    "an act is ruined": (
        lambda s, _: Update(Key("evidence", a_destroyed(s)["pk"], a_destroyed(s)["sk"]), "SET #due = :x", {":x": "?"}),
        "evidence_altered",
    ),
    "an act is removed": (
        lambda s, _: Delete(Key("evidence", a_destroyed(s)["pk"], a_destroyed(s)["sk"])),
        "evidence_altered",
    ),
    "an act is added": (
        lambda s, _: Put("evidence", {**a_destroyed(s), "sk": "destroyed#later", "entry": "later"}),
        "evidence_altered",
    ),
    "a sealed day is removed": (lambda _, day: Delete(sealed(day)), "evidence_missing"),
    "a sealed day is ruined": (
        lambda _, day: Update(sealed(day), "SET #statement = :x", {":x": "{"}),
        "evidence_altered",
    ),
    "the end of the chain is moved": (
        lambda *_: Update(Key("evidence", "sealed#silver-essence", "head"), "SET #hash = :x", {":x": "0"}),
        "evidence_altered",
    ),
    "a signature is exchanged": (
        lambda s, day: Update(
            sealed(day), "SET #signature = :x", {":x": (s.store.get(sealed(day + DAY)) or {})["signature"]}
        ),
        "evidence_signature",
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_with_evidence_breaks_what_is_counted_from_it(services: Services, now: datetime, name: str) -> None:
    """Whatever is done to sealed evidence of the last thirty days, it is found within as many hours, and nobody else is blamed."""
    _, end = destroyed(services, now)
    hourly(services, end + 2 * DAY)
    assert verdict(services, end + 2 * DAY)["verdict"] == "kept"
    change, expected = TAMPERING[name]
    services.store.write([change(services, end)])
    seen: list[str] = []
    for hours in range(1, 31):
        later = end + 2 * DAY + timedelta(hours=hours)
        hourly(services, later)
        seen += verdict(services, later)["reasons"] if verdict(services, later)["verdict"] == "broken" else []
    assert expected in seen
    assert verdict(services, later, "P37", "sevenelements")["verdict"] == "kept"


def test_a_day_that_stays_unsealed_is_seen(services: Services, now: datetime) -> None:
    """While the key does not sign, days go unsealed; after two of them promises are at risk, and then all is made up for."""
    hourly(services, now)

    class Silent:
        """Keys of which the one that signs does not answer."""

        def __getattr__(self, name: str) -> Any:
            """Return what the real keys do, but for signing."""
            return getattr(services.keys, name)

        def sign(self, _digest: bytes) -> bytes:
            """Refuse."""
            raise KeyUnavailable

    silent = Services(services.store, Silent())
    for days, expected in ((1, "kept"), (2, "at risk"), (5, "at risk")):
        later = now + days * DAY
        run(services, later)
        assert audit.run(silent, later).failed == 1
        assert verdict(services, later)["verdict"] == expected
    assert verdict(services, later)["reasons"] == ["unsealed"]
    assert hourly(services, later).sealed_days == 5 * len(policy.controllers())
    assert verdict(services, later)["verdict"] == "kept"


def test_what_cannot_be_read_is_not_kept(services: Services, now: datetime) -> None:
    """Each read of an audit fails once: it ends in no verdict or in one that is not green, and the next run mends it."""
    _, later = destroyed(services, now)
    counting = Switch()
    audit.run(behind(counting, services), later)
    reads = [number for number, call in enumerate(counting.calls, 1) if call in ("store.items", "store.listed")]
    assert len(reads) > 5
    for number in reads:
        noted: list[str] = []
        assert audit.run(behind(Switch(number), services), later, note=noted.append).failed == 1
        assert noted == ["StoreUnavailable"]
        assert "at risk" in {verdict(services, later, "P37", site)["verdict"] for site in policy.sites()}, (
            counting.calls[number - 1]
        )
    audit.run(services, later)
    assert verdict(services, later)["verdict"] == "kept"


def test_an_audit_that_can_keep_nothing_fails(services: Services, now: datetime) -> None:
    """When not even the snapshot can be written the function fails, and its alarm rings."""

    class Deaf(MemoryStore):
        """A store that takes no writes."""

        def write(self, _writes: Any) -> None:
            """Refuse."""
            raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        audit.run(Services(Deaf(), services.keys), now)


def test_a_run_whose_time_is_up_says_so(services: Services, now: datetime) -> None:
    """What could not be looked at in time puts promises at risk."""
    _, later = destroyed(services, now)
    audit.run(services, later, may_go_on=lambda: False)
    assert verdict(services, later)["reasons"] == ["partly_read"]


def test_more_than_can_be_counted_is_a_minimum(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store too large for one run is counted as far as it goes, and the verdict does not pretend."""
    for number in range(5):
        ask(services, now, f"vraag {number}")
    run(services, now)
    monkeypatch.setattr(audit, "MOST_COUNTED", 3)
    audit.run(services, now)
    assert (verdict(services, now)["sealed"], verdict(services, now)["reasons"]) == (3, ["partly_read"])


def test_what_no_rule_covers_breaks_the_promise_on_retention(services: Services, now: datetime) -> None:
    """An entry of a category that left the policy is held without a rule (P37); the other promises are as they were."""
    entry = ask(services, now)
    services.store.write([Update(vault.key_of(entry), "SET #category = :x", {":x": "no-longer-there"})])
    hourly(services, now)
    assert verdict(services, now, "P37")["reasons"] == ["uncovered"]
    assert verdict(services, now)["verdict"] == "kept"


def test_what_is_restricted_is_counted_and_reviewed(services: Services, now: datetime) -> None:
    """A restricted entry is held and never due; when its review date has passed, somebody is told."""
    entry = ask(services, now)
    services.store.write(vault.restricted(vault.find(services.store, entry), now, review_by=now + 10 * DAY))
    hourly(services, now + 9 * DAY)
    assert (verdict(services, now + 9 * DAY)["verdict"], verdict(services, now + 9 * DAY)["sealed"]) == ("kept", 1)
    hourly(services, now + 11 * DAY)
    assert verdict(services, now + 11 * DAY)["reasons"] == ["review_overdue"]


def test_lifted_late_is_not_destroyed_late(services: Services, now: datetime) -> None:
    """What was restricted beyond its due date goes within the hour after it is lifted, on time."""
    hourly(services, now)
    entry = held(services, now)
    services.store.write(vault.restricted(vault.find(services.store, entry), now))
    end = now + 3 * DAY
    letter = Put("records", {"pk": f"entry#{entry}", "sk": "letter#n", "status": "sent", "kind": "notice"})
    services.store.write([letter])
    hourly(services, end)
    services.store.write(vault.lifted(vault.find(services.store, entry), end, notice="n"))
    audit.run(services, end + timedelta(minutes=10))
    assert verdict(services, end + timedelta(minutes=10))["overdue"] == 0
    hourly(services, end + timedelta(hours=1))
    assert (verdict(services, end)["on_time"], verdict(services, end)["late"]) == (1, 0)


def test_remains_in_the_bucket_are_seen(services: Services, now: datetime) -> None:
    """Sealed objects of destroyed entries that nobody sweeps put promises at risk: unreadable, but still there."""
    run(services, now)
    services.store.write([vault.sweep("x" * 26, ["entry/x/raw"], now - timedelta(hours=3))])
    audit.run(services, now)
    assert verdict(services, now)["reasons"] == ["objects_left"]


def test_a_site_without_cookies_has_none_in_its_policy(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P01 is kept while the policy that is carried out names no cookie, and broken when it does."""
    hourly(services, now)
    assert verdict(services, now, "P01")["reasons"] == ["no_cookie_rule", "policy_in_force"]
    monkeypatch.setattr(verdicts, "_cookies", lambda _site: True)
    hourly(services, now)
    assert (verdict(services, now, "P01")["verdict"], verdict(services, now, "P01")["reasons"]) == (
        "broken",
        ["cookie_rule"],
    )


def test_a_snapshot_grows_old(services: Services, now: datetime) -> None:
    """After three hours nothing is green, what was broken stays broken, and before the first audit nothing is known."""
    before = verdicts.latest(services.store, "silver-essence", now)
    assert (before["stale"], before["at"]) == (True, "")
    assert {promise["verdict"] for promise in before["promises"]} == {"at risk", "not built"}
    hourly(services, now)
    for hours, stale in ((2.9, False), (3.1, True)):
        found = verdicts.latest(services.store, "silver-essence", now + timedelta(hours=hours))
        assert found["stale"] is stale
        assert ("kept" in {promise["verdict"] for promise in found["promises"]}) is not stale
    later = now + timedelta(hours=4)
    audit.run(services, later)
    found = verdicts.latest(services.store, "silver-essence", later + timedelta(hours=4))
    [promise] = [each for each in found["promises"] if each["id"] == "P04"]
    assert (promise["verdict"], promise["reasons"]) == ("broken", ["retention_missing", "stale"])


def test_an_older_run_replaces_no_newer_snapshot(services: Services, now: datetime) -> None:
    """A run that was delayed does not turn the clock back."""
    hourly(services, now + timedelta(hours=1))
    audit.run(services, now)
    assert verdicts.latest(services.store, "silver-essence", now)["at"] == stamp(now + timedelta(hours=1))


def test_nothing_in_a_snapshot_is_about_anyone(services: Services, now: datetime) -> None:
    """Verdicts, sealed days and what is published hold no id of an entry and no word of anyone."""
    entry, end = destroyed(services, now)
    ask(services, end, "Geheim bericht")  # held, and in no snapshot either
    hourly(services, end + DAY)
    kept = [item for item in everything(services)["records"] if item["pk"].startswith("verdicts#")]
    kept += [item for item in everything(services)["evidence"] if item["pk"].startswith("sealed#")]
    shown = json.dumps([kept, evidence_days.published(services.store, "silver-essence")], default=repr)
    assert kept
    for word in (entry, "ada@", "Voorbeeld", "Geheim", "example.org"):
        assert word not in shown


def test_looking_for_the_destroyed_is_bounded_and_can_be_drawn_again(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many destroyed entries a few are looked for in an hour: the same whenever that hour is audited, others in the next."""
    for _ in range(audit.SAMPLE + 15):
        held(services, now)
    end = now + 2 * DAY
    drawn: list[str] = []

    def noted(_store: object, entry: str) -> str:
        """Note which entry is looked for."""
        drawn.append(entry)
        return ""

    monkeypatch.setattr(audit, "_left_of", noted)
    run(services, end)
    for later in (end, end, end + timedelta(hours=1)):
        assert audit.run(services, later).looked_for == audit.SAMPLE
    first, again, other = (
        set(drawn[start : start + audit.SAMPLE]) for start in range(0, 3 * audit.SAMPLE, audit.SAMPLE)
    )
    assert first == again
    assert first != other
