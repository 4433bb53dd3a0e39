"""The vault against a model: whatever is done to it in whatever order, what is gone stays gone and what is held stays."""

from __future__ import annotations

import copy as copying
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from privacy import replay, sealing, subjects, vault
from privacy.errors import ConditionFailed, Conflict, HoldRefused, KeyDestroyed, Restricted
from privacy.periods import read_stamp, stamp
from privacy.writes import Check, Key, Put

from tests.fakes import everything, services_in_memory
from tests.memory import MemoryStore

START = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
PEOPLE = ("ada@example.org", "eve@example.org")
WHO = (
    vault.STAFF,
    vault.by_case("one", "restriction"),
    vault.by_case("one", "erasure"),
    vault.by_case("two", "erasure"),
)


class Expected:
    """What the model knows of one entry."""

    def __init__(self, person: str, due: datetime) -> None:
        """Start alive, with one part."""
        self.person, self.due = person, due
        self.by: list[str] = []
        self.hold_until = datetime(2000, 1, 1, tzinfo=UTC)
        self.queued = datetime(2000, 1, 1, tzinfo=UTC)
        self.parts = {"main": f"secret of {person}"}

    @property
    def restricted(self) -> bool:
        """Say whether anybody restricted it."""
        return bool(self.by)

    @property
    def is_erased(self) -> bool:
        """Say whether its person asked to have it erased: nothing is added to it."""
        return any(by.endswith("#erasure") for by in self.by)

    def ends(self) -> datetime:
        """Return when it may go."""
        return max(self.due, self.hold_until, self.queued)


class VaultMachine(RuleBasedStateMachine):
    """Random histories of the vault."""

    entries = Bundle("entries")

    @initialize()
    def start(self) -> None:
        """Begin with an empty account."""
        self.services = services_in_memory()
        self.now, self.alive, self.gone = START, {}, set()  # type: ignore[var-annotated]
        self.backups: list[tuple[datetime, dict[str, Any]]] = []

    @rule(target=entries, person=st.sampled_from(PEOPLE), days=st.integers(1, 40))
    def create(self, person: str, days: int) -> str:
        """Seal something about a person."""
        identity = subjects.identify(self.services.keys, "firm", "email", person)
        opened = vault.begin(
            self.services.keys,
            wall="enquiries",
            category="enquiries",
            controller="firm",
            site="site",
            policy="1",
            counted_from="received",
            due=self.now + timedelta(days=days),
            now=self.now,
            subjects=[identity],
        )
        sealed = opened.seal("main", {"text": f"secret of {person}"})
        record = Put("records", {"pk": f"entry#{opened.entry.id}", "sk": "main", "sealed": sealed})
        self.services.store.write([*vault.creation(opened.entry), record])
        self.alive[opened.entry.id] = Expected(person, self.now + timedelta(days=days))
        self._back_up()
        return opened.entry.id

    @rule(entry=entries, number=st.integers(0, 5))
    def add_late(self, entry: str, number: int) -> None:
        """Let a writer who cannot read add something; to a destroyed entry it must fail."""
        if f"late{number}" in self.alive.get(entry, Expected("", START)).parts:
            return
        key, part = sealing.new_key(), f"late{number}"
        binding = sealing.Binding("firm", "enquiries", entry, "1")
        wrapped = sealing.wrap(self.services.keys.public_key("enquiries"), key)
        sealed = sealing.seal_fields(key, binding, part, {"text": part})
        item = {"pk": f"entry#{entry}", "sk": part, "sealed": sealed, "key": part}
        writes = [*vault.late_addition(entry, part, wrapped, self.now), Put("records", item)]
        if entry in self.alive and not self.alive[entry].is_erased:
            self.services.store.write(writes)
            self.alive[entry].parts[part] = part
        else:
            with pytest.raises(ConditionFailed):
                self.services.store.write(writes)

    @rule(entry=entries, by=st.sampled_from(WHO))
    def restrict(self, entry: str, by: str) -> None:
        """Restrict an entry to storage, for one more."""
        if entry not in self.alive:
            return
        if by in self.alive[entry].by:
            with pytest.raises(Conflict):
                vault.restricted(self._entry(entry), self.now, by=by)
            return
        self.services.store.write(vault.restricted(self._entry(entry), self.now, by=by))
        self.alive[entry].by.append(by)
        self._back_up()

    @rule(entry=entries, by=st.sampled_from(WHO), told=st.booleans(), in_case=st.booleans())
    def lift(self, entry: str, by: str, told: bool, in_case: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Lift the restriction of one; without a notice that was sent it stays, and what others restricted stays so."""
        if entry not in self.alive:
            return
        notice = self._notice(entry, told=told)
        notice = f"{entry}.{notice}" if in_case else notice
        if by not in self.alive[entry].by:
            with pytest.raises(Conflict):
                vault.lifted(self._entry(entry), self.now, notice=notice, by=by)
            return
        writes = vault.lifted(self._entry(entry), self.now, notice=notice, by=by)
        if told:
            self.services.store.write(writes)
            self.alive[entry].by.remove(by)
            if not self.alive[entry].restricted:
                self.alive[entry].queued = self.now
        else:
            with pytest.raises(ConditionFailed):
                self.services.store.write(writes)

    @rule(entry=entries, by=st.sampled_from(WHO), stopped=st.booleans())
    def erase(self, entry: str, by: str, stopped: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Destroy for who restricted it, and for nobody else; what stops the right stops it."""
        also = [Check(Key("records", "right", "right"))] if stopped else []
        if entry in self.gone:
            assert not vault.erase(self.services.store, entry, by, self.now, also=also)
        elif by not in self.alive[entry].by:
            with pytest.raises(Restricted):
                vault.erase(self.services.store, entry, by, self.now, also=also)
        elif stopped:
            with pytest.raises(ConditionFailed):
                vault.erase(self.services.store, entry, by, self.now, also=also)
        else:
            assert vault.erase(self.services.store, entry, by, self.now)
            del self.alive[entry]
            self.gone.add(entry)

    @rule(entry=entries, days=st.integers(1, 60), told=st.booleans())
    def hold(self, entry: str, days: int, told: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Keep longer; only when the person was told."""
        if entry not in self.alive:
            return
        until = self.now + timedelta(days=days)
        writes = vault.held(self._entry(entry), until, self.now, notice=self._notice(entry, told=told))
        if told:
            self.services.store.write(writes)
            self.alive[entry].hold_until = until
        else:
            with pytest.raises(ConditionFailed):
                self.services.store.write(writes)

    @rule(entry=entries, days=st.integers(-5, 60))
    def reschedule(self, entry: str, days: int) -> None:
        """Move the due date: earlier always, later never."""
        if entry not in self.alive:
            return
        due, expected = self.now + timedelta(days=days), self.alive[entry]
        arguments: dict[str, Any] = {"counted_from": "handled", "counted_at": self.now, "now": self.now}
        if due > expected.due:
            with pytest.raises(HoldRefused):
                vault.rescheduled(self._entry(entry), due, **arguments)
        else:
            self.services.store.write(vault.rescheduled(self._entry(entry), due, **arguments))
            if due < self.now:
                expected.queued = min(self.now, expected.ends())
            expected.due = due

    @rule(entry=entries, days=st.integers(1, 60))
    def renew(self, entry: str, days: int) -> None:
        """Let a period that is over begin anew; one that runs, or what is restricted, is not moved on."""
        if entry not in self.alive:
            return
        expected = self.alive[entry]
        with pytest.raises(ConditionFailed):
            self.services.store.write(vault.renewed(self._entry(entry), self.now + timedelta(days=99), self.now))
        if expected.restricted:
            return
        self.now = expected.ends() + timedelta(minutes=1)
        expected.due = self.now + timedelta(days=days)
        self.services.store.write(vault.renewed(self._entry(entry), expected.due, self.now))
        self.advance_by(timedelta(0))

    @rule(days=st.integers(0, 15))
    def advance(self, days: int) -> None:
        """Let time pass and destroy what the queue says is due."""
        self.advance_by(timedelta(days=days, minutes=1))

    def advance_by(self, time: timedelta) -> None:
        """Let so much time pass."""
        self.now += time
        for entry in list(vault.due(self.services.store, self.now)):
            assert vault.destroy(self.services.store, entry, self.now)
        for entry in [
            entry for entry, expected in self.alive.items() if not expected.restricted and expected.ends() <= self.now
        ]:
            del self.alive[entry]
            self.gone.add(entry)

    @rule(choice=st.integers(0, 1000))
    def restore(self, choice: int) -> None:
        """Restore a copy beside what is there, replay, and go on with it: nothing is other than it was.

        Where the live tables cannot be read, what was added since the copy is lost, and nothing else.
        """
        if not self.backups:
            return
        since, tables = self.backups[choice % len(self.backups)]
        live = self.services.store
        assert isinstance(live, MemoryStore)
        held = {entry for entry in self.alive if any(pk == f"entry#{entry}" for pk, _ in tables["vault"])}
        alone = self._replayed(tables, None, since)
        assert {item["pk"].removeprefix("entry#") for item in alone.all("vault") if item["sk"] == "entry"} == held
        for entry in held:
            found, expected = (vault.find(store, entry)._replace(version=0) for store in (alone, live))
            assert found == expected
        whole = self._replayed(tables, live, since)
        for name in ("vault", "records"):
            assert whole.tables[name] == live.tables[name]

    def _replayed(self, tables: dict[str, Any], live: MemoryStore | None, since: datetime) -> MemoryStore:
        """Return a copy after the replay; a second one finds nothing to do."""
        store = MemoryStore()
        assert isinstance(self.services.store, MemoryStore)
        store.tables = copying.deepcopy({**tables, "evidence": self.services.store.tables.get("evidence", {})})
        replay.run(store, live, since, self.now)
        assert replay.run(store, live, since, self.now, is_dry=True).counts.total() == 0
        return store

    def _back_up(self) -> None:
        """Keep a copy of vault and records, as point-in-time recovery does of every moment."""
        assert isinstance(self.services.store, MemoryStore)
        tables = {name: copying.deepcopy(self.services.store.tables.get(name, {})) for name in ("vault", "records")}
        self.backups.append((self.now, tables))

    @rule(entry=entries)
    def destroy_what_is_not_due(self, entry: str) -> None:
        """Asking for the destruction of what is not due, restricted or gone changes nothing."""
        if entry in self.gone:
            assert not vault.destroy(self.services.store, entry, self.now)
        elif self.alive[entry].restricted or self.alive[entry].ends() > self.now:
            with pytest.raises(Restricted):
                vault.destroy(self.services.store, entry, self.now)

    @invariant()
    def what_is_alive_opens_and_what_is_gone_left_nothing(self) -> None:
        """Every live entry opens in full; of a destroyed one there is nothing but evidence."""
        if not hasattr(self, "alive"):
            return
        stored = everything(self.services)
        ids = {
            item["pk"] for table in ("vault", "records") for item in stored[table] if item["pk"].startswith("entry#")
        }
        assert ids == {f"entry#{entry}" for entry in self.alive}
        pointed = {item["sk"] for item in stored["vault"] if item["pk"].startswith("subject#")}
        assert pointed == {f"entry#{entry}" for entry in self.alive}
        destroyed = {item["entry"] for item in stored["evidence"] if item.get("act") == "destroyed"}
        assert destroyed == self.gone
        for entry, expected in self.alive.items():
            self._opens(entry, expected)
        for entry in self.gone:
            with pytest.raises(KeyDestroyed):
                vault.find(self.services.store, entry)

    @invariant()
    def everything_stands_in_one_queue(self) -> None:
        """Retention sees all that is not restricted, at its end; what is restricted is found in a queue of its own."""
        if not hasattr(self, "alive"):
            return
        for queue, restricted in ((vault.QUEUE, False), (vault.RESTRICTED, True)):
            listed = list(self.services.store.listed("vault", "due", queue))
            expected = {f"entry#{entry}" for entry, each in self.alive.items() if each.restricted == restricted}
            assert {item["pk"] for item in listed} == expected
            assert restricted or all(item["due_key"].startswith(vault.read(item).erase_by()) for item in listed)

    @invariant()
    def a_person_is_found_by_their_pointer(self) -> None:
        """Find by a person's pointer exactly what is alive about them."""
        if not hasattr(self, "alive"):
            return
        for person in PEOPLE:
            pointer = subjects.identify(self.services.keys, "firm", "email", person).pointer()
            found = {entry.id for entry in vault.of_subject(self.services.store, [pointer])}
            assert found == {entry for entry, expected in self.alive.items() if expected.person == person}

    def _opens(self, entry: str, expected: Expected) -> None:
        """Open every part of an entry and compare."""
        store, keys = self.services.store, self.services.keys
        found = vault.find(store, entry)
        assert found.erase_by() == stamp(expected.ends())
        assert bool(found.restricted_at) == expected.restricted
        assert list(found.restrictors()) == expected.by
        assert bool(found.erasing_at) == expected.is_erased
        parts = {item["sk"]: item for item in store.items("records", f"entry#{entry}") if "sealed" in item}
        assert parts.keys() == expected.parts.keys()
        for name, item in parts.items():
            opened = (
                vault.unlock_addition(store, keys, found, item["key"]) if "key" in item else vault.unlock(keys, found)
            )
            assert opened.unseal(name, item["sealed"]) == {"text": expected.parts[name]}

    def _entry(self, entry: str) -> vault.Entry:
        """Read an entry."""
        return vault.find(self.services.store, entry)

    def _notice(self, entry: str, *, told: bool) -> str:
        """Put a letter under an entry, sent or not, and return its id."""
        letter = vault.new_id()
        status = "sent" if told else "queued"
        item = {"pk": f"entry#{entry}", "sk": f"letter#{letter}", "status": status, "kind": "notice"}
        self.services.store.write([Put("records", item)])
        return letter


TestVault = VaultMachine.TestCase
TestVault.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def test_an_entry_with_more_parts_than_a_transaction_goes_completely() -> None:
    """Three hundred replies with a key each are destroyed whole, and a fault in the middle only delays it."""
    services = services_in_memory()
    due = START + timedelta(days=1)
    opened = vault.begin(
        services.keys, wall="enquiries", category="enquiries", controller="firm", site="site", policy="1",
        counted_from="received", due=due, now=START, subjects=["p" * 64],
    )  # fmt: skip
    services.store.write(
        [*vault.creation(opened.entry), Put("records", {"pk": f"entry#{opened.entry.id}", "sk": "main"})]
    )
    for number in range(150):
        part = f"message#{number:04}"
        place = (
            {"pk": f"entry#{opened.entry.id}", "sk": part, "object": part}
            if number % 50 == 0
            else {"pk": f"entry#{opened.entry.id}", "sk": part}
        )
        services.store.write([*vault.late_addition(opened.entry.id, part, b"wrapped", START), Put("records", place)])
    with pytest.raises(Restricted):
        vault.destroy(services.store, opened.entry.id, START)
    assert vault.destroy(services.store, opened.entry.id, due)
    stored = everything(services)
    assert stored["vault"] == []
    swept = [item for item in stored["records"] if item["pk"].startswith("sweep#")]
    assert len(stored["records"]) == len(swept)
    assert sorted(name for item in swept for name in item["objects"]) == [
        "message#0000",
        "message#0050",
        "message#0100",
    ]
    assert services.store.get(Key("evidence", f"day#{stamp(due)[:10]}", f"destroyed#{opened.entry.id}"))
    assert read_stamp(stamp(due)) == due
