"""Days are sealed once, in order and in a chain; what is in a bundle is found right or wrong without us."""

from __future__ import annotations

import contextlib
import copy
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from privacy import bundles, evidence, evidence_days, policy, vault, verification
from privacy.errors import BadInput, Conflict
from privacy.periods import stamp
from privacy.writes import Delete, Key, Put, Update

from tests.fakes import FakeKeys, everything, services_in_memory
from tests.faults import Switch, behind

if TYPE_CHECKING:
    from privacy.services import Services

START = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
OURS, THEIRS = "silver-essence", "seven-elements"


def entry_of(controller: str, services: Services) -> vault.Entry:
    """Return an entry of a controller."""
    site = policy.sites_of(controller)[0]
    return vault.begin(
        services.keys, wall="enquiries", category="enquiries", controller=controller, site=site, policy="1",
        counted_from="received", due=START, now=START - timedelta(days=9),
    ).entry  # fmt: skip


def act(services: Services, at: datetime, *, controller: str = OURS, due: datetime | None = None) -> str:
    """Record the destruction of an entry at a moment; return the entry."""
    entry = entry_of(controller, services)
    services.store.write(evidence.act(evidence.DESTROYED, entry, at, due=stamp(due or at)))
    return entry.id


def some_days(services: Services, days: int = 4, acts: int = 3) -> None:
    """Let acts happen on some days, the last of them without any, and seal them all."""
    evidence_days.seal(services.store, services.keys, START)
    for day in range(days - 1):
        for number in range(acts):
            act(services, START + timedelta(days=day, minutes=number))
        act(services, START + timedelta(days=day), controller=THEIRS)
    evidence_days.seal(services.store, services.keys, START + timedelta(days=days))


def bundle(services: Services, first: str = "2026-11-22", last: str = "2026-11-25") -> dict[str, Any]:
    """Return the whole bundle of a period."""
    pages = [bundles.page(services.store, OURS, first, last)]
    while after := pages[-1]["next"]:
        pages.append(bundles.page(services.store, OURS, first, last, after))
    return bundles.joined(pages)


def codes(document: Any, **more: Any) -> set[str]:
    """Return what a check finds."""
    return {finding.code for finding in verification.check(json.dumps(document), **more).findings}


def test_every_day_is_sealed_once_in_order(services: Services) -> None:
    """A run after days of silence seals each missing day, also one without acts; the next run has nothing to do."""
    some_days(services)
    days = [day.says() for day in evidence_days.sealed_days(services.store, OURS, "2026-11-01", "2026-11-30")]
    assert [(day["day"][8:], day["count"]) for day in days] == [("21", 0), ("22", 3), ("23", 3), ("24", 3), ("25", 0)]
    assert evidence_days.seal(services.store, services.keys, START + timedelta(days=4)) == 0


def test_many_missed_days_are_stored_together(services: Services) -> None:
    """After a year of silence a transaction holds many days; the chain is the same as if each had come by itself."""
    evidence_days.seal(services.store, services.keys, START)
    act(services, START + timedelta(days=200))
    switch = Switch()
    counted = behind(switch, services)
    sealed = evidence_days.seal(counted.store, counted.keys, START + timedelta(days=365))
    assert sealed == 365 * len(policy.controllers())
    assert switch.calls.count("store.write") == 15 * len(policy.controllers())
    report = verification.check(json.dumps(bundle(services, "2026-11-21", "2027-11-21")))
    assert (report.findings, report.days, report.acts) == ((), 366, 1)


def test_acts_before_the_first_audit_are_sealed_too(services: Services) -> None:
    """A chain begins with the first act, for the auditor may come a little later than the first entry."""
    act(services, START - timedelta(days=9))
    evidence_days.seal(services.store, services.keys, START)
    assert bundle(services, "2026-01-01", "2026-11-30")["from"] == "2026-11-13"


def test_a_day_is_sealed_an_hour_after_its_end() -> None:
    """Acts are dated by the start of their run: until one o'clock (UTC) the day before may still grow."""
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    for minutes, last in ((59, "2026-11-21"), (60, "2026-11-22")):
        assert evidence_days.last_sealable(midnight + timedelta(minutes=minutes)).isoformat() == last


def test_who_comes_first_seals_a_day(services: Services) -> None:
    """Two runs at the same moment make one day: signatures differ, the first one stays and the other goes on from it."""
    evidence_days.seal(services.store, services.keys, START)
    later = START + timedelta(days=1)

    class Raced(FakeKeys):
        """Keys with which somebody else is always a little faster."""

        def sign(self, digest: bytes) -> bytes:
            """Let the other run come first."""
            evidence_days.seal(services.store, services.keys, later)
            return super().sign(digest)

    assert evidence_days.seal(services.store, Raced(), later) == 0
    assert codes(bundle(services)) == set()


def test_a_chain_that_lost_its_end_is_not_begun_anew(services: Services) -> None:
    """Without the note of its last day nothing is signed over what is there."""
    some_days(services)
    services.store.write([Delete(Key("evidence", f"sealed#{OURS}", "head"))])
    before = everything(services)["evidence"]
    with pytest.raises(Conflict):
        evidence_days.seal(services.store, services.keys, START + timedelta(days=4))
    assert len(everything(services)["evidence"]) == len(before)


def test_a_run_whose_time_is_up_goes_on_in_the_next(services: Services) -> None:
    """Days that were not sealed in one run are sealed in the next, in order."""
    left = iter([True, True, False])
    evidence_days.seal(services.store, services.keys, START)
    later = START + timedelta(days=5)
    sealed = evidence_days.seal(services.store, services.keys, later, may_go_on=lambda: next(left))
    assert sealed == 2 * len(policy.controllers())
    evidence_days.seal(services.store, services.keys, later)
    assert codes(bundle(services, last="2026-11-26")) == set()


def test_what_was_late_is_counted_as_late(services: Services) -> None:
    """An act says when its entry was due; the hourly run and an hour more are no delay."""
    evidence_days.seal(services.store, services.keys, START)
    for hours in (0, 2, 2.5, 50):
        act(services, START, due=START - timedelta(hours=hours))
    evidence_days.seal(services.store, services.keys, START + timedelta(days=1))
    day = evidence_days.sealed_day(services.store, OURS, "2026-11-22")
    assert day
    assert day.says()["figures"] == {"silver-essence": {"enquiries": {"on_time": 2, "late": 2}}}


def test_a_bundle_holds_nothing_of_another_controller(services: Services) -> None:
    """Neither acts nor counts of another controller come with a bundle, a proof or what is published."""
    some_days(services)
    theirs = act(services, START + timedelta(days=1), controller=THEIRS)
    shown = json.dumps([bundle(services), evidence_days.published(services.store, OURS)])
    assert THEIRS not in shown
    assert theirs not in shown
    with pytest.raises(BadInput):
        bundles.proof(services.store, OURS, theirs)


def test_a_large_day_comes_in_pages_and_is_one_again(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a few acts, or a few days, join to the same bundle."""
    some_days(services)
    whole = bundle(services)
    for most, days in ((1, 100), (2, 100), (3, 100), (4, 100), (5000, 1), (2, 2)):
        monkeypatch.setattr(bundles, "MOST_ACTS", most)
        monkeypatch.setattr(bundles, "MOST_DAYS", days)
        assert bundle(services) == whole
    assert verification.check(json.dumps(whole)).acts == 9


def test_a_period_is_moved_to_what_is_sealed(services: Services) -> None:
    """Asked for more than there is, a bundle says what it covers; who expected more is told by the check."""
    some_days(services)
    whole = bundle(services, "2020-01-01", "2030-01-01")
    assert (whole["from"], whole["to"]) == ("2026-11-21", "2026-11-25")
    assert codes(whole) == set()
    assert codes(whole, first="2026-11-20") == {"begins_late"}
    assert codes(whole, last="2026-11-26") == {"ends_early"}
    with pytest.raises(BadInput):
        bundle(services, "2026-11-26", "2026-12-01")


def test_a_bundle_cut_off_that_says_so_is_seen_by_what_was_published(services: Services) -> None:
    """A chain signed anew with the right key, but without an act, is not what the firm made public."""
    some_days(services)
    published = json.dumps(evidence_days.published(services.store, OURS))
    assert codes(bundle(services), published=published) == set()
    other = services_in_memory()
    some_days(other, acts=2)
    assert codes(bundle(other)) == set()
    assert codes(bundle(other), published=published) == {"not_as_published"}


def test_a_foreign_signature_is_found(services: Services) -> None:
    """With the firm's own key in hand, a bundle that somebody else signed is theirs, however right it is in itself."""
    some_days(services)
    ours = evidence_days.pem(services.keys.signing_key())
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    foreign = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    report = verification.check(json.dumps(bundle(services)), [ours])
    assert (report.findings, report.own_keys) == ((), False)
    assert codes(bundle(services), trusted=[foreign]) == {"foreign_key"}
    large = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    for wrong in (b"no key", large.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)):
        with pytest.raises(verification.NoEvidence):
            verification.check(json.dumps(bundle(services)), [wrong])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("an act is gone", "fewer_acts"),
        ("an act comes twice", "more_acts"),
        ("acts are swapped", "acts_order"),
        ("acts of days are swapped", "acts_changed"),
        ("a day is gone", "missing_day"),
        ("the first day is gone", "missing_day"),
        ("the last day is gone", "missing_day"),
        ("days are swapped", "days_order"),
        ("a day comes twice", "twice"),
        ("a day is renamed", "signature"),
        ("signatures are swapped", "signature"),
        ("the period is longer", "missing_day"),
        ("the period is shorter", "outside"),
        ("the controller is another", "controller"),
        ("the key is gone", "foreign_key"),
        ("a day is no day", "malformed"),
        ("an act is no act", "malformed_act"),
        ("the period is none", "malformed"),
    ],
)
def test_each_kind_of_tampering_has_its_name(services: Services, name: str, expected: str) -> None:
    """What was done to a bundle is said in words that fit it."""
    some_days(services)
    whole = bundle(services)
    days = whole["days"]
    changes: dict[str, Any] = {
        "an act is gone": days[0]["acts"].pop,
        "an act comes twice": lambda: days[0]["acts"].append(days[0]["acts"][0]),
        "acts are swapped": days[0]["acts"].reverse,
        "acts of days are swapped": lambda: days[0].update(acts=days[1]["acts"]),
        "a day is gone": lambda: days.pop(1),
        "the first day is gone": lambda: days.pop(0),
        "the last day is gone": days.pop,
        "days are swapped": days.reverse,
        "a day comes twice": lambda: days.append(days[-1]),
        "a day is renamed": lambda: days[0]["statement"].update(day="2026-11-23"),
        "signatures are swapped": lambda: days[0].update(signature=days[1]["signature"]),
        "the period is longer": lambda: whole.update(to="2026-11-26"),
        "the period is shorter": lambda: whole.update({"from": "2026-11-23"}),
        "the controller is another": lambda: whole.update(controller="another"),
        "the key is gone": lambda: whole.update(keys=[]),
        "a day is no day": lambda: days[0]["statement"].update(day="22 November"),
        "an act is no act": lambda: days[0]["acts"][0].pop("at"),
        "the period is none": lambda: whole.update({"from": "2026-13-01"}),
    }
    changes[name]()
    assert expected in codes(whole)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, each in inner for place in places(each, (*path, name)))]


def changed(document: Any, data: st.DataObject) -> Any:
    """Return a document with one thing removed, replaced, swapped or cut off somewhere in it."""
    document = copy.deepcopy(document)
    *way, last = data.draw(st.sampled_from(places(document)[1:]))
    parent = document
    for step in way:
        parent = parent[step]
    kind = data.draw(st.sampled_from(["remove", "replace", "swap", "cut", "edit"]))
    if kind == "remove":
        del parent[last]
    elif kind == "swap":
        other = data.draw(st.sampled_from(list(parent) if isinstance(parent, dict) else range(len(parent))))
        parent[last], parent[other] = parent[other], parent[last]
    elif kind == "cut" and isinstance(parent[last], (str, list)):
        parent[last] = parent[last][: data.draw(st.integers(0, len(parent[last])))]
    elif kind == "edit" and isinstance(parent[last], str) and parent[last]:
        place = data.draw(st.integers(0, len(parent[last]) - 1))
        parent[last] = parent[last][:place] + data.draw(st.characters(codec="utf-8")) + parent[last][place + 1 :]
    else:
        parent[last] = data.draw(st.none() | st.booleans() | st.integers() | st.text() | st.just([]) | st.just({}))
    return document


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data(), kind=st.sampled_from(["bundle", "proof"]))
def test_any_single_change_is_found(data: st.DataObject, kind: str) -> None:
    """Whatever single thing is changed, removed, swapped or cut off in a bundle or proof, it is found, and nothing breaks."""
    services = services_in_memory()
    some_days(services, 3, 2)
    entry = act(services, START + timedelta(days=3))
    evidence_days.seal(services.store, services.keys, START + timedelta(days=4))
    whole = bundle(services) if kind == "bundle" else bundles.proof(services.store, OURS, entry)
    assert codes(whole) == set()
    other = changed(whole, data)
    if other == whole and json.dumps(other, sort_keys=True) == json.dumps(whole, sort_keys=True):
        return
    with contextlib.suppress(verification.NoEvidence):
        assert codes(other, trusted=[evidence_days.pem(services.keys.signing_key())]) or _only_keys_differ(other, whole)


def _only_keys_differ(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether nothing but the keys that came along were changed: who brings a key of their own does not need those."""
    return {**one, "keys": 0} == {**other, "keys": 0} and isinstance(one["keys"], list)


def test_a_proof_is_of_one_entry_alone(services: Services) -> None:
    """The person gets their act, hashes and a signed day; no other entry is named in it, and a forged path leads nowhere."""
    evidence_days.seal(services.store, services.keys, START)
    entries = [act(services, START + timedelta(minutes=number)) for number in range(7)]
    with pytest.raises(BadInput):
        bundles.proof(services.store, OURS, entries[3])
    evidence_days.seal(services.store, services.keys, START + timedelta(days=1))
    for entry in entries:
        proof = bundles.proof(services.store, OURS, entry)
        assert codes(proof) == set()
        assert not [other for other in entries if other != entry and other in json.dumps(proof)]
    forged = copy.deepcopy(proof)
    forged["proofs"][0]["act"]["entry"] = entries[0]
    assert codes(forged) == {"not_in_day"}
    proof["proofs"] = []
    assert codes(proof) == {"no_acts"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        '{"format": "something else"}',
        '{"format": "nakoming-evidence/1"}',
        '{"format": "nakoming-evidence/1", "format": "nakoming-evidence/1"}',
        '{"format": 1.5}',
        '{"format": NaN}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_what_is_no_evidence_is_refused(text: str) -> None:
    """A file of another kind is no evidence, whatever is in it; none makes the check fail."""
    with pytest.raises(verification.NoEvidence):
        verification.check(text)


def test_an_item_changed_behind_our_back_changes_the_bundle(services: Services) -> None:
    """An act altered in the table after its day was sealed is found by whoever checks, without our help."""
    some_days(services)
    item = next(item for item in everything(services)["evidence"] if item["pk"] == "day#2026-11-23")
    later = stamp(START + timedelta(days=9))
    services.store.write([Update(Key("evidence", item["pk"], item["sk"]), "SET #due = :later", {":later": later})])
    assert "acts_changed" in codes(bundle(services))
    services.store.write([Put("evidence", {**item, "sk": "destroyed#invented"}, "")])
    assert "more_acts" in codes(bundle(services))
