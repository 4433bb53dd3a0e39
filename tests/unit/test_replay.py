"""A restored copy after the replay: nobody is back, and what was done since is done."""

from __future__ import annotations

import copy as copying
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    cases,
    casework,
    decisions,
    enquiries,
    evidence,
    evidence_days,
    identity_documents,
    inbox,
    letters,
    policy,
    replay,
    retention,
    subjects,
    vault,
)
from privacy.errors import KeyDestroyed, Restricted
from privacy.form import Submission
from privacy.openings import Reader
from privacy.periods import stamp
from privacy.writes import Key, Put, Update

from tests.fakes import services_in_memory
from tests.faults import matrix
from tests.memory import MemoryStore

if TYPE_CHECKING:
    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
STAFF = Reader("staff", frozenset({"staff", "privacy-officer"}), "silver-essence")


def ask(services: Services, text: str = "", *, now: datetime = NOW) -> str:
    """Post the form, each time with another text, and return the reference."""
    text = text or f"Wat kost het? {vault.new_id()}"
    fields = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": text}
    sent = Submission(form="contact", fields=fields, is_spam=False, next="", masked=0)
    return enquiries.receive(
        services.store, services.keys, policy.site("silver-essence"), sent, language="nl", now=now
    ).reference


def tables(services: Services) -> dict[str, Any]:
    """Return the tables as a backup would keep them."""
    assert isinstance(services.store, MemoryStore)
    return copying.deepcopy(services.store.tables)


def restored(services: Services, backup: dict[str, Any]) -> MemoryStore:
    """Return vault and records as a backup had them, beside the evidence that is there."""
    assert isinstance(services.store, MemoryStore)
    store = MemoryStore()
    store.tables = {
        "vault": copying.deepcopy(backup["vault"]),
        "records": copying.deepcopy(backup["records"]),
        "evidence": services.store.tables.setdefault("evidence", {}),
    }
    return store


def stands(store: MemoryStore, entry: str) -> bool:
    """Say whether anything of an entry is in vault or records, pointers included."""
    return any(
        f"entry#{entry}" in (item["pk"], item["sk"]) or item.get("entry") == entry
        for table in ("vault", "records")
        for item in store.all(table)
    )


def end(services: Services, entry: str, now: datetime) -> None:
    """Destroy an entry before its time, as an erasure does."""
    found = vault.find(services.store, entry)
    services.store.write(vault.rescheduled(found, now, counted_from="asked", counted_at=now, now=now))
    assert vault.destroy(services.store, entry, now)


@pytest.mark.parametrize("with_live", [True, False])
def test_nobody_is_back(services: Services, with_live: bool) -> None:  # noqa: FBT001 - a parameter
    """Of what was destroyed since the backup, nothing is in the copy: no key, no pointer, no ciphertext, and it says so."""
    gone, stays = ask(services, "weg hiermee"), ask(services, "een andere vraag")
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    store = restored(services, backup)
    assert stands(store, gone)
    outcome = replay.run(store, services.store if with_live else None, NOW, LATER)
    assert outcome.total("destroyed") == 1
    assert not stands(store, gone)
    assert stands(store, stays)
    with pytest.raises(KeyDestroyed):
        vault.find(store, gone)
    acts = [act["act"] for act in evidence.of_entry(store, gone, "silver-essence")]
    assert sorted(map(str, acts)) == ["destroyed", "destroyed_again", "rescheduled"]


@pytest.mark.parametrize("days", [0, 20, 200])
def test_a_clock_that_is_behind_hides_nothing(services: Services, days: int) -> None:
    """Evidence tells what time it is at least, also after weeks in which nothing was done; what is done again is dated so."""
    gone = ask(services)
    backup = tables(services)
    for day in range(0, days + 1, 50):
        evidence_days.seal(services.store, services.keys, NOW + timedelta(days=day + 2))
    then = NOW + timedelta(days=days + 2)
    end(services, gone, then)
    store = restored(services, backup)
    assert replay.run(store, None, NOW, NOW).total("destroyed") == 1
    assert not stands(store, gone)
    again = next(act for act in evidence.of_entry(store, gone, "silver-essence") if act["act"] == "destroyed_again")
    assert str(again["at"]) >= stamp(then)


def test_the_figures_of_what_was_destroyed_on_time_stay_as_they_were(services: Services) -> None:
    """Destroying again is an act of its own: the first stays what the verdicts count."""
    gone = ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    before = services.store.get(Key("evidence", f"day#{stamp(NOW)[:10]}", f"destroyed#{gone}"))
    replay.run(restored(services, backup), None, NOW, LATER)
    assert services.store.get(Key("evidence", f"day#{stamp(NOW)[:10]}", f"destroyed#{gone}")) == before


def test_ciphertext_goes_too_when_only_the_records_were_restored(services: Services) -> None:
    """The vault was not lost: what its destroyed entries had sealed is taken out of the older records again."""
    gone = ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    store = restored(services, {**backup, "vault": tables(services)["vault"]})
    assert replay.run(store, None, NOW, LATER).total("destroyed") == 1
    assert not stands(store, gone)


def test_what_was_restricted_held_or_moved_is_so_again(services: Services) -> None:
    """Each entry ends when, and only when, it would have without the restore; retention sees no difference."""
    restricted, held, handled = ask(services), ask(services), ask(services)
    letter = {"sk": f"letter#{vault.new_id()}", "status": "sent", "kind": "notice"}
    services.store.write([Put("records", {"pk": f"entry#{held}", **letter})])
    backup = tables(services)
    at = NOW + timedelta(hours=1)
    services.store.write(
        vault.restricted(vault.find(services.store, restricted), at, review_by=at + timedelta(days=30))
    )
    notice = letter["sk"].removeprefix("letter#")
    services.store.write(vault.held(vault.find(services.store, held), at + timedelta(days=900), at, notice=notice))
    enquiries.handle(services, handled, STAFF, now=at)
    store = restored(services, backup)
    assert replay.run(store, None, NOW, LATER).total("done_again") == 3
    for entry in (restricted, held, handled):
        assert store.get(vault.key_of(entry)) == services.store.get(vault.key_of(entry))
        main = Key("records", f"entry#{entry}", "main")
        assert store.get(main) == services.store.get(main)
    assert [item["pk"] for item in store.listed("vault", "due", vault.RESTRICTED)] == [f"entry#{restricted}"]


def test_a_restriction_that_was_lifted_is_lifted_and_acts_before_the_copy_are_left_alone(services: Services) -> None:
    """Acts are done in their order, from the version of the copy on."""
    entry = ask(services)
    letter = {"sk": f"letter#{vault.new_id()}", "status": "sent", "kind": "notice"}
    services.store.write([Put("records", {"pk": f"entry#{entry}", **letter})])
    services.store.write(vault.restricted(vault.find(services.store, entry), NOW))
    backup = tables(services)
    notice = letter["sk"].removeprefix("letter#")
    services.store.write(vault.lifted(vault.find(services.store, entry), NOW + timedelta(hours=1), notice=notice))
    services.store.write(vault.restricted(vault.find(services.store, entry), NOW + timedelta(hours=2)))
    services.store.write(vault.lifted(vault.find(services.store, entry), NOW + timedelta(hours=3), notice=notice))
    store = restored(services, backup)
    assert replay.run(store, None, NOW, LATER).total("done_again") == 3
    assert vault.find(store, entry) == vault.find(services.store, entry)


def test_a_case_is_as_far_as_it_was(services: Services) -> None:
    """When it was received, that it was closed and how, when its messages end: as it was before; nothing joins it any more."""
    filed = [mail_from(services, f"{name}@example.org") for name in ("ada", "bea")]
    backup = tables(services)
    at = NOW + timedelta(hours=1)
    casework.correct_received(services, filed[0], STAFF, NOW - timedelta(days=3), "stond in het archief", now=at)
    casework.close(services, filed[1], STAFF, "withdrawn", "bleek een ander", now=at)
    store = restored(services, backup)
    assert replay.run(store, None, NOW, LATER).total("done_again") == 3
    for case in filed:
        mains = (of.get(Key("records", f"entry#{case}", "main")) for of in (store, services.store))
        before, after = ({name: value for name, value in (main or {}).items() if name != "sealed"} for main in mains)
        assert before == after
    assert isinstance(services.store, MemoryStore)
    vaults = (store.all("vault"), services.store.all("vault"))
    pointers = [{item["pk"] for item in items if item["pk"].startswith("asker#")} for items in vaults]
    assert pointers[0] == pointers[1]
    requests = [cases.links(services.store, case)[0]["entry"] for case in filed]
    assert [vault.find(store, each).due for each in requests] == [
        vault.find(services.store, each).due for each in requests
    ]


def test_an_identity_document_that_was_forgotten_stays_forgotten(services: Services) -> None:
    """The mail with it is taken out of the copy again; what was read of it stays."""
    case = mail_from(services, "ada@example.org")
    [link] = cases.links(services.store, case)
    backup = tables(services)
    identity_documents.forget(services, case, link["entry"], STAFF, "paspoort gezien", now=NOW + timedelta(hours=1))
    store = restored(services, backup)
    raw = Key("records", f"entry#{link['entry']}", "raw#main")
    assert store.get(raw) is not None
    assert replay.run(store, None, NOW, LATER).total("done_again") == 1
    assert store.get(raw) is None
    main = store.get(Key("records", raw.pk, "main"))
    assert main is not None
    assert main["has_raw"] is False
    assert replay.run(store, None, NOW, LATER).counts.total() == 0


def test_a_period_that_was_extended_is_extended_still(services: Services) -> None:
    """The person was told of the later day, with reasons: it is the day again, and counted from receipt."""
    case = mail_from(services, "ada@example.org")
    backup = tables(services)
    decisions.extend(services, case, STAFF, "veel systemen", months=1, now=NOW + timedelta(hours=1))
    store = restored(services, backup)
    replay.run(store, None, NOW, LATER)
    before, after = (cases.record(of, case) for of in (store, services.store))
    for name in ("respond_by", "respond_by_latest", "months", "extended_until", "list", "listed_at"):
        assert before[name] == after[name]


def mail_from(services: Services, address: str) -> str:
    """Send a request to the privacy address and return its case."""
    text = "Ik wil weten welke gegevens u van mij hebt."
    raw = f"From: {address}\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\n\r\n{text}\r\n".encode()
    return inbox.file(services, raw, address, NOW).entry


def test_twice_changes_nothing_and_a_dry_run_changes_nothing_at_all(services: Services) -> None:
    """The first run does what the dry run counted; the second finds nothing to do."""
    gone, handled = ask(services), ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    enquiries.handle(services, handled, STAFF, now=NOW + timedelta(hours=1))
    ask(services, "later", now=NOW + timedelta(hours=2))
    store = restored(services, backup)
    before = copying.deepcopy(store.tables)
    expected = replay.run(store, services.store, NOW, LATER, is_dry=True).counts
    assert store.tables == before
    seen: list[replay.Step] = []
    assert replay.run(store, services.store, NOW, LATER, note=seen.append).counts == expected
    assert len(seen) == expected.total()
    after = copying.deepcopy({name: store.tables[name] for name in ("vault", "records")})
    assert replay.run(store, services.store, NOW, LATER).counts.total() == 0
    assert {name: store.tables[name] for name in ("vault", "records")} == after


def test_newer_live_entries_are_kept_and_what_was_lost_is_back(services: Services) -> None:
    """Created since the copy, put right since the copy: as the live tables have it. Lost from them: as the copy had it."""
    corrected, lost = ask(services, "oud"), ask(services, "verloren")
    backup = tables(services)
    found = vault.unlock(services.keys, vault.find(services.store, corrected))
    sealed = found.seal("main", {"email": "ada@example.org", "message": "nieuw"})
    main = Key("records", f"entry#{corrected}", "main")
    services.store.write([vault.addition(found.entry), Update(main, "SET #sealed = :new", {":new": sealed})])
    new = ask(services, "nieuwe vraag", now=NOW + timedelta(hours=1))
    assert isinstance(services.store, MemoryStore)
    lose(services.store, lost)
    store = restored(services, backup)
    outcome = replay.run(store, services.store, NOW, LATER)
    assert outcome.total("kept") == 2
    item = store.get(main)
    assert item is not None
    assert found.unseal("main", item["sealed"])["message"] == "nieuw"
    assert vault.find(store, new) == vault.find(services.store, new)
    assert stands(store, lost)
    pointer = subjects.identify(services.keys, "silver-essence", "email", "ada@example.org").pointer()
    assert {entry.id for entry in vault.of_subject(store, [pointer])} == {corrected, lost, new}


def test_what_was_lost_goes_back_into_the_live_tables_and_nothing_else_changes_there(services: Services) -> None:
    """The functions go on with the tables they know: what they have stays, what was lost is there again, nobody else is."""
    stays, lost, gone = ask(services), ask(services), ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    enquiries.handle(services, stays, STAFF, now=NOW + timedelta(hours=1))
    assert isinstance(services.store, MemoryStore)
    lose(services.store, lost)
    before = tables(services)
    store = restored(services, backup)
    replay.run(store, services.store, NOW, LATER)
    assert replay.into_live(store, services.store) == 1
    assert replay.into_live(store, services.store) == 0
    assert stands(services.store, lost)
    assert not stands(services.store, gone)
    for table in ("vault", "records"):
        assert before[table].items() <= services.store.tables[table].items()


def lose(store: MemoryStore, entry: str) -> None:
    """Let an entry be lost by accident, without a trace."""
    for table in ("vault", "records"):
        for place in [place for place in store.tables[table] if f"entry#{entry}" in place]:
            del store.tables[table][place]


def test_an_entry_that_lives_although_it_was_destroyed_is_not_taken_over(services: Services) -> None:
    """Evidence wins over the live tables: who was put back there by accident is not put back here."""
    gone = ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    assert isinstance(services.store, MemoryStore)
    services.store.tables |= {name: copying.deepcopy(backup[name]) for name in ("vault", "records")}
    store = restored(services, backup)
    replay.run(store, services.store, NOW, LATER)
    assert not stands(store, gone)


def test_an_old_value_does_not_come_back_where_evidence_cannot_tell_the_new_one(services: Services) -> None:
    """Without the live tables the entry is restricted, so that nobody uses what was wrong, and named for a person."""
    entry = ask(services, "fout")
    backup = tables(services)
    found = vault.find(services.store, entry)
    corrected = evidence.act("corrected", found, NOW + timedelta(hours=1), suffix=str(found.version))
    services.store.write([vault.addition(found), *corrected])
    store = restored(services, backup)
    outcome = replay.run(store, None, NOW, LATER)
    assert outcome.for_a_person == (entry,)
    with pytest.raises(Restricted):
        enquiries.open_(services._replace(store=store), entry, STAFF, why="answer", now=LATER)
    assert replay.run(store, None, NOW, LATER).for_a_person == ()
    assert replay.run(restored(services, backup), services.store, NOW, LATER).for_a_person == ()


def test_no_letter_is_sent_twice(services: Services) -> None:
    """What the copy would send waits for a person, unless the live tables tell what became of it."""
    entry = ask(services)
    backup = tables(services)
    [place] = list(letters.waiting(services.store, NOW))
    assert letters.deliver(services, place, NOW).status == letters.SENT
    store = restored(services, backup)
    assert replay.run(store, None, NOW, LATER).total("letters_stopped") == 1
    assert list(letters.waiting(store, LATER + timedelta(days=9))) == []
    assert [item["pk"] for item in letters.failed(store, "silver-essence")] == [f"entry#{entry}"]
    store = restored(services, backup)
    assert replay.run(store, services.store, NOW, LATER).total("letters_stopped") == 0
    sent = store.get(place)
    assert sent is not None
    assert sent["status"] == letters.SENT


def test_sealed_objects_of_the_destroyed_are_swept_and_those_in_use_stay(services: Services) -> None:
    """Large mails lie in a bucket that no backup brings back, or takes away: it ends up with what the copy names."""
    assert services.objects is not None
    gone, stays = ask(services), ask(services)
    for entry in (gone, stays):
        services.objects.put(f"entry/{entry}/mail", b"ciphertext")
        services.store.write(
            [Put("records", {"pk": f"entry#{entry}", "sk": "raw#main", "object": f"entry/{entry}/mail"})]
        )
    services.store.write([vault.sweep(stays, [f"entry/{stays}/mail"], NOW)])
    backup = tables(services)
    [note] = list(services.store.listed("records", "list", vault.SWEEPS))
    assert isinstance(services.store, MemoryStore)
    del services.store.tables["records"][note["pk"], "sweep"]
    end(services, gone, NOW + timedelta(hours=1))
    services.objects.put("entry/zzzzzzzzzzzzzzzzzzzzzzzzzz/mail", b"of nobody")
    store = restored(services, backup)
    outcome = replay.run(store, services.store, NOW, LATER, objects=services.objects)  # type: ignore[arg-type]
    assert outcome.total("objects") == 2
    retention.run(store, services.objects, LATER)
    assert list(services.objects.names()) == [f"entry/{stays}/mail"]  # type: ignore[attr-defined]


def test_the_replay_itself_is_evidence(services: Services) -> None:
    """Each controller has its own figures of it, on the day it was done."""
    gone = ask(services)
    backup = tables(services)
    end(services, gone, NOW + timedelta(hours=1))
    outcome = replay.run(restored(services, backup), None, NOW, LATER)
    for controller in policy.controllers():
        [act] = [
            act for act in evidence.of_day(services.store, stamp(LATER)[:10], controller) if act["act"] == "replayed"
        ]
        assert act["entry"] == outcome.id
        assert act["destroyed"] == ("1" if controller == "silver-essence" else "0")
        assert act["since"] == stamp(NOW)


def test_a_replay_that_is_cut_off_anywhere_is_finished_by_the_next() -> None:
    """A fault at every call, before and after: begun again, the copy is what it would have been."""

    def prepare() -> tuple[Services, MemoryStore]:
        services = services_in_memory()
        gone, handled, changed = ask(services), ask(services), ask(services)
        backup = tables(services)
        end(services, gone, NOW + timedelta(hours=1))
        enquiries.handle(services, handled, STAFF, now=NOW + timedelta(hours=1))
        found = vault.find(services.store, changed)
        act = evidence.act("corrected", found, NOW, suffix=str(found.version))
        services.store.write([vault.addition(found), *act])
        return services._replace(store=restored(services, backup)), MemoryStore()

    def flow(services: Services, _given: object) -> object:
        return replay.run(services.store, None, NOW, LATER)

    def state(services: Services) -> object:
        assert isinstance(services.store, MemoryStore)
        entries = [{**item, "key": ""} for item in services.store.all("vault") if item["sk"] == "entry"]
        kinds = [(item.get("status"), item.get("handled_at"), item.get("restricted_at")) for item in entries]
        acts = {item["act"] for item in services.store.all("evidence") if "act" in item}
        return len(entries), sorted(map(str, kinds)), len(services.store.all("records")), acts

    for where, left, expected in matrix(prepare, flow, state):
        assert left == expected, where
