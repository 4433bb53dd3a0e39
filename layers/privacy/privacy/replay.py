"""Replay: what was done since a copy was made is done to the copy, before anybody uses it (N3).

A restored backup brings back what was destroyed, lifts what was restricted and forgets what was held. Evidence is never
restored: it knows every such act, by day, and each act says what it set and to which version of the entry. So an act is
done to the copy exactly when the copy's entry is older than it: a replay may be cut off and begun again, and done twice it
changes nothing.

Destroyed comes first: whatever else fails, nobody is back. Where the live tables can still be read, their entries win: they
are newer, and hold what evidence cannot know, such as a value that was put right. Where they cannot, an entry with an act
that evidence alone cannot repeat is restricted, so that no old value is used, and named for a person to look at. Letters
that the copy would send may have been sent: they wait for a person too.

Nothing is opened, and no key is asked for.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from privacy import evidence, evidence_days, identity_documents, letters, policy, redone, transmissions, vault
from privacy.periods import read_stamp, stamp
from privacy.writes import Delete, Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from privacy.vault import Entry
    from privacy.writes import Store, Write

KINDS = ("destroyed", "kept", "done_again", "restricted", "letters_stopped", "sweeps", "objects")
"""What a step does: destroys again, takes an entry as the live tables have it, repeats an act, restricts for a person, stops a
letter, takes a note of what is to be swept as the live tables have it, deletes a sealed object that belongs to nothing."""
_SKEW = timedelta(days=1)
"""How much earlier than the copy the acts are read from: clocks differ, and doing an act twice changes nothing."""
_AHEAD = 62
"""How many days without an act are looked through for one, after the last that is known of."""
_IN_ONE_SET = 8
"""How many items go in one transaction: each may be 400 kB, and a set 4 MB."""
_UNTOUCHED = "#version = :was"
_Thing = TypeVar("_Thing")


class Sealed(Protocol):
    """The bucket of large sealed content, to look through."""

    def names(self) -> Iterator[str]:
        """Yield the names of the objects that are there. Raises StoreUnavailable."""

    def delete(self, name: str) -> None:
        """Delete an object with all its versions. Raises StoreUnavailable."""


class Step(NamedTuple):
    """One thing to do to the copy: what kind, to which entry of which controller; `carry_out` says whether it was needed."""

    kind: str
    entry: str
    controller: str
    carry_out: Callable[[], bool]


class Outcome(NamedTuple):
    """What a replay did, or would do: how many steps of each kind by controller, and which entries a person must look at."""

    id: str
    counts: Counter[tuple[str, str]]
    for_a_person: tuple[str, ...]

    def total(self, kind: str) -> int:
        """Return how many steps of a kind there were, of all controllers."""
        return sum(count for (_, of), count in self.counts.items() if of == kind)


def run(
    copy: Store,
    live: Store | None,
    since: datetime,
    now: datetime,
    *,
    objects: Sealed | None = None,
    is_dry: bool = False,
    note: Callable[[Step], None] = lambda _step: None,
) -> Outcome:
    """Replay onto `copy` what was done since `since`; `is_dry` only counts what would be done.

    `copy` is restored tables with the evidence that was not restored; `live` the tables it will replace, where they can be
    read; `objects`, where given, the bucket of large sealed content. Nobody else may write to any of them. `note` is told of
    each step. A clock that is behind hides no act (see `present`). Raises StoreUnavailable when a table does not answer: begun
    again, the replay goes on.
    """
    now = present(copy, now)
    counts: Counter[tuple[str, str]] = Counter()
    looked_at = []
    for step in steps(copy, live, since, now, objects):
        if not is_dry and not step.carry_out():
            continue
        counts[step.controller, step.kind] += 1
        if step.kind == "restricted":
            looked_at.append(step.entry)
        note(step)
    outcome = Outcome(vault.new_id(), counts, tuple(dict.fromkeys(looked_at)))
    if not is_dry:
        _record(copy, outcome, since, now)
    return outcome


def steps(
    copy: Store, live: Store | None, since: datetime, now: datetime, objects: Sealed | None = None
) -> Iterator[Step]:
    """Yield what is to be done, in order: what is destroyed, what the live tables have, acts in their order, the rest."""
    gone = {act["entry"]: act["controller"] for act in _acts(copy, since, now) if act["act"] == evidence.DESTROYED}
    there = dict(_entries(live, gone)) if live is not None else {}
    for name, controller in sorted(gone.items()):
        if _stands(copy, name):
            yield Step("destroyed", name, controller, partial(_destroy, copy, name, now))
    if live is not None:
        yield from _newer(copy, live, there)
    for act in _acts(copy, since, now):
        if act["entry"] not in gone and act["entry"] not in there and _again(copy, act, now):
            kind = "restricted" if _is_unclear(act) else "done_again"
            yield Step(kind, act["entry"], act["controller"], partial(_carry_out, copy, act, now))
    yield from _letters(copy, gone.keys() | there.keys(), now)
    if objects is not None:
        yield from _objects(copy, objects, gone, there)


def into_live(copy: Store, live: Store, *, note: Callable[[Step], None] = lambda _step: None) -> int:
    """Put into the live tables what only a replayed copy has, or has newer, and return how many entries that were.

    The functions go on with the tables they know. Raises StoreUnavailable; begun again, it goes on.
    """
    done = 0
    for name, entry in _entries(copy, ()):
        step = Step("kept", name, entry.controller, partial(_keep, live, copy, entry))
        if step.carry_out():
            done += 1
            note(step)
    return done


# --- what evidence says --------------------------------------------------------------------------------------------------


def present(copy: Store, now: datetime) -> datetime:
    """Return the present moment: what the clock of this machine says, or what evidence knows to have been, if that is later.

    A restore may be done on any machine. By a clock that is behind, what was destroyed since would not have been yet.
    """
    heads = filter(None, (evidence_days.head(copy, controller) for controller in policy.controllers()))
    known = [read_stamp(f"{head.day}T00:00:00Z") + timedelta(days=1) + evidence_days.GRACE for head in heads]
    latest = max([now, *known])
    day, left = latest.astimezone(UTC).date() - _SKEW, _AHEAD
    while left:
        moments = [read_stamp(item["at"]) for item in copy.items("evidence", f"day#{day.isoformat()}")]
        latest, left = max([latest, *moments]), _AHEAD if moments else left - 1
        day += timedelta(days=1)
    return latest


def _acts(store: Store, since: datetime, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the acts since a moment, day by day, those on one entry in the order of its versions."""
    day, last = (since - _SKEW).astimezone(UTC).date(), (now + _SKEW).astimezone(UTC).date()
    while day <= last:
        found = [{"id": item["sk"], **item} for item in store.items("evidence", f"day#{day.isoformat()}")]
        yield from sorted(found, key=lambda act: (str(act["entry"]), redone.version(act) or 0))
        day += timedelta(days=1)


def _stands(copy: Store, entry: str) -> bool:
    """Say whether anything of an entry is in the copy."""
    tables = ("vault", "records")
    return any(next(iter(copy.items(table, f"entry#{entry}")), None) is not None for table in tables)


def _destroy(copy: Store, entry: str, now: datetime) -> bool:
    """Destroy an entry again, and the ciphertext of one whose key is not in the copy; its objects are left to be swept."""
    done = vault.destroy_again(copy, entry, now)
    left = list(copy.items("records", f"entry#{entry}"))
    for items in _sets(left):
        objects = [item["object"] for item in items if "object" in item]
        removed: list[Write] = [Delete(Key("records", item["pk"], item["sk"])) for item in items]
        copy.write([*removed, *([vault.sweep(entry, objects, now)] if objects else [])])
    return done or bool(left)


def _again(copy: Store, act: dict[str, Any], now: datetime) -> list[Write]:
    """Return the writes that do an act again; none when the copy has it already, or has nothing that it was done to."""
    if act["act"] == "document_forgotten":
        return _document(copy, act["entry"], now)
    if act["act"] == transmissions.ACT:
        return _transmission(copy, act)
    place = vault.key_of(act["entry"])
    item, main = copy.get(place), copy.get(Key("records", place.pk, "main"))
    done_to = redone.version(act)
    writes: list[Write] = []
    if item is None or done_to is None:
        return []
    if done_to >= item["version"]:
        changed = redone.entry(item, act) if redone.is_known(act) else redone.restricted(item, act, now)
        writes.append(Put("vault", changed, _UNTOUCHED, {":was": item["version"]}))
        if not redone.is_known(act):
            writes += evidence.act("restricted", vault.read(item), now, suffix=str(done_to))
    if main is not None and (after := redone.record(main, act)) != main:
        writes.append(Put("records", after, ""))
        writes += _no_longer_open(copy, vault.read(item), after)
    return writes


def _transmission(copy: Store, act: dict[str, Any]) -> list[Write]:
    """Return the writes that bring a copy for another provider to where an act left it."""
    item = copy.get(transmissions.place_of(act["entry"], act["number"]))
    after = redone.transmission(item, act) if item else item
    return [Put("records", after, "")] if after is not None and after != item else []


def _is_unclear(act: dict[str, Any]) -> bool:
    """Say whether an act changed the entry in a way that it does not tell."""
    return redone.version(act) is not None and not redone.is_known(act)


def _document(copy: Store, message: str, now: datetime) -> list[Write]:
    """Return the writes that take a mail with an identity document away again."""
    main, raw = (copy.get(Key("records", f"entry#{message}", name)) for name in ("main", "raw#main"))
    return identity_documents.removed(raw, main, message, now) if main and raw else []


def _no_longer_open(copy: Store, entry: Entry, main: dict[str, Any]) -> list[Write]:
    """Return the writes after which nothing joins a case that was closed."""
    if main.get("closed_at"):
        askers = [Key("vault", pointer, "case") for pointer in entry.pointers if pointer.startswith(vault.ASKER)]
        return [Delete(place) for place in askers if (copy.get(place) or {}).get("entry") == entry.id]
    return []


def _carry_out(copy: Store, act: dict[str, Any], now: datetime) -> bool:
    """Do an act again, if the copy needs it still."""
    writes = _again(copy, act, now)
    if writes:
        copy.write(writes)
    return bool(writes)


# --- what the live tables have -------------------------------------------------------------------------------------------


def _entries(live: Store, gone: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """Yield the live entries; one of which evidence says that it was destroyed is none."""
    for queue in (vault.QUEUE, vault.RESTRICTED):
        for listed in live.listed("vault", "due", queue):
            name = listed["pk"].removeprefix("entry#")
            item = live.get(vault.key_of(name)) if name not in gone else None
            if item is not None:
                yield name, vault.read(item)


def _difference(copy: Store, live: Store, entry: Entry) -> list[Write]:
    """Return the writes that make an entry of the copy what it is in the live tables, the entry itself last.

    None when the copy has a later version: what is newer stays.
    """
    place = vault.key_of(entry.id)
    copied = copy.get(place)
    if copied is not None and copied["version"] > entry.version:
        return []
    writes: list[Write] = []
    for table in ("records", "vault"):
        before = {item["sk"]: item for item in copy.items(table, place.pk)}
        after = {item["sk"]: item for item in live.items(table, place.pk)}
        writes += [Delete(Key(table, place.pk, name)) for name in before if name not in after]
        writes += [Put(table, item, "") for name, item in after.items() if before.get(name) != item]
    pointers = {*_pointers(entry), *(_pointers(vault.read(copied)) if copied else ())}
    pointed = [(where, copy.get(where), live.get(where)) for where in sorted(pointers)]
    return [*(_pointer(where, there) for where, here, there in pointed if here != there), *writes]


def _pointer(where: Key, there: dict[str, Any] | None) -> Write:
    """Return the write that makes a pointer what it is in the live tables."""
    return Delete(where) if there is None else Put("vault", there, "")


def _pointers(entry: Entry) -> Iterator[Key]:
    """Yield where the pointers to an entry stand."""
    for subject in sorted(set(entry.subjects)):
        yield Key("vault", f"subject#{subject}", f"entry#{entry.id}")
    for pointer in entry.pointers:
        yield Key("vault", pointer, "case" if pointer.startswith(vault.ASKER) else f"entry#{entry.id}")


def _newer(copy: Store, live: Store, there: dict[str, Entry]) -> Iterator[Step]:
    """Yield the steps that take entries as the live tables have them, and what these leave to be swept."""
    for name, entry in sorted(there.items()):
        if _difference(copy, live, entry):
            yield Step("kept", name, entry.controller, partial(_keep, copy, live, entry))
    before, after = (_left_to_be_swept(store) for store in (copy, live))
    for place in sorted(before ^ after):
        name = place.pk.split("#")[1]
        if place in after or name in there:  # a note of the copy may name what is in use by now
            yield Step("sweeps", name, "", partial(_swept, copy, live, place))


def _keep(copy: Store, live: Store, entry: Entry) -> bool:
    """Take an entry as the live tables have it."""
    writes = _difference(copy, live, entry)
    for some in _sets(writes):
        copy.write(some)
    return bool(writes)


def _sets(things: Sequence[_Thing]) -> Iterator[Sequence[_Thing]]:
    """Yield things in sets that a transaction holds."""
    for start in range(0, len(things), _IN_ONE_SET):
        yield things[start : start + _IN_ONE_SET]


def _left_to_be_swept(store: Store) -> set[Key]:
    """Return where the notes of sealed objects to delete stand."""
    return {Key("records", item["pk"], item["sk"]) for item in store.listed("records", "list", vault.SWEEPS)}


def _swept(copy: Store, live: Store, place: Key) -> bool:
    """Make one note what it is in the live tables."""
    item = live.get(place)
    copy.write([Delete(place) if item is None else Put("records", item, "")])
    return True


# --- letters, and the replay's own evidence ------------------------------------------------------------------------------


def _letters(copy: Store, known: Collection[str], now: datetime) -> Iterator[Step]:
    """Yield the steps that stop letters of entries of which only the copy knows whether they were sent."""
    for place in list(letters.waiting(copy, now + timedelta(days=1))):
        letter, name = copy.get(place), place.pk.removeprefix("entry#")
        if letter is not None and name not in known:
            yield Step("letters_stopped", name, letter["controller"], partial(_stop, copy, place, now))


def _stop(copy: Store, place: Key, now: datetime) -> bool:
    """Put a letter before a person instead of sending it: it may have been sent after the copy was made."""
    letter = copy.get(place)
    if letter is None or letter["status"] not in (letters.QUEUED, letters.HELD, letters.SENDING):
        return False
    changes = {"status": letters.FAILED, "ended_at": stamp(now), "listed_at": stamp(now)}
    changes |= {"list": f"{letter['controller']}#letters#{letters.FAILED}"}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    copy.write([Update(place, expression, {f":{name}": value for name, value in changes.items()})])
    return True


def _objects(copy: Store, objects: Sealed, gone: Collection[str], there: Collection[str]) -> Iterator[Step]:
    """Yield the steps that delete objects whose entry is gone: nothing names them, and their key is no more."""
    for name in objects.names():
        entry = name.split("/")[1]
        if entry in gone or (entry not in there and copy.get(vault.key_of(entry)) is None):
            yield Step("objects", entry, "", partial(_delete, objects, name))


def _delete(objects: Sealed, name: str) -> bool:
    """Delete an object."""
    objects.delete(name)
    return True


def _record(copy: Store, outcome: Outcome, since: datetime, now: datetime) -> None:
    """Record the replay itself, for each controller with its own figures."""
    for controller in policy.controllers():
        version = policy.site(policy.sites_of(controller)[0]).version
        figures = {kind: str(outcome.counts[controller, kind]) for kind in KINDS}
        about = evidence.About(outcome.id, controller, version)
        copy.write(evidence.act("replayed", about, now, suffix=controller, since=stamp(since), **figures))
