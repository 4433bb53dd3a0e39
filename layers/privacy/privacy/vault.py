"""The vault: one entry for everything that is sealed. Whose it is, why we hold it, until when, and its wrapped key.

To anonymise is to destroy the entry: from then on nobody can read what it sealed. The ciphertext goes in the same
transaction, and the evidence of the act comes in it. Every change bumps the entry's version and every removal is
conditional on it, so that nothing can be added to an entry while it is being destroyed and left behind.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import evidence, sealing
from privacy.errors import ConditionFailed, Conflict, HoldRefused, KeyDestroyed, Restricted
from privacy.periods import stamp
from privacy.writes import MOST, Check, Delete, Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from privacy.subjects import Identity
    from privacy.writes import Keys, Store, Write

QUEUE = "due"
RESTRICTED = "restricted"
"""Where entries stand whose person asked for restriction: retention does not see them; who counts and reviews them does."""
SWEEPS = "sweeps"
ASKER = "asker#"
STAFF = "staff"
"""Who restricted an entry that no case did."""
_ERASING = "#erasure"
_UNTOUCHED = "#version = :version"
_MAY_GO = (
    f"{_UNTOUCHED} AND #due <= :now AND attribute_not_exists(#restricted_at)"
    " AND (attribute_not_exists(#hold_until) OR #hold_until <= :now)"
)
_LIVES = "attribute_not_exists(#erasing_at) AND (#due > :now OR #hold_until > :now OR attribute_exists(#restricted_at))"
_HEAVY = 10
"""How many raw mails go in one transaction: it may be 4 MB in all."""


class Entry(NamedTuple):
    """One entry. Moments are stored stamps (UTC, see `periods.stamp`); `key` is the wrapped data key.

    `queued_at` is when an entry came into the queue whose due date had passed by then: nobody could destroy it before.
    `restricted_by` names who restricted it (`CASE#RIGHT`, or `staff`); empty for one that staff alone restricted. From
    `erasing_at` on its person had it erased: nothing is added to it any more.
    """

    id: str
    wall: str
    category: str
    controller: str
    site: str
    policy: str
    notices: tuple[str, ...]
    created_at: str
    counted_from: str
    counted_at: str
    due: str
    version: int
    subjects: tuple[str, ...]
    pointers: tuple[str, ...]
    key: bytes
    restricted_at: str = ""
    hold_until: str = ""
    hold_notice: str = ""
    queued_at: str = ""
    restricted_by: tuple[str, ...] = ()
    erasing_at: str = ""

    def binding(self) -> sealing.Binding:
        """Return what every part sealed under this entry is bound to."""
        return sealing.Binding(self.controller, self.category, self.id, self.policy)

    def erase_by(self) -> str:
        """Return the stamp from which the live system no longer holds the key."""
        return max(self.due, self.hold_until, self.queued_at)

    def has_ended(self, now: datetime) -> bool:
        """Say whether the time to hold this has passed, whether or not the retention run has been there yet."""
        return not self.restricted_at and self.erase_by() <= stamp(now)

    def restrictors(self) -> tuple[str, ...]:
        """Return who restricted this: it stays restricted until the last of them lifts it."""
        return self.restricted_by or ((STAFF,) if self.restricted_at else ())

    def restricted_for(self, by: str, at: str) -> Entry:
        """Return the entry as it is when it is restricted by one more."""
        alone = by == STAFF and not self.restricted_at
        return self._replace(
            restricted_at=self.restricted_at or at,
            restricted_by=() if alone else (*self.restrictors(), by),
            erasing_at=self.erasing_at or (at if by.endswith(_ERASING) else ""),
        )

    def lifted_for(self, by: str, at: str) -> Entry:
        """Return the entry as it is when one of its restrictors lifted that: the last one puts it back into the queue."""
        rest = tuple(other for other in self.restrictors() if other != by)
        if not rest:
            return self._replace(restricted_at="", restricted_by=(), erasing_at="", queued_at=at)
        return self._replace(restricted_by=rest, erasing_at=self.erasing_at if _is_erased(rest) else "")

    def handed_over_by(self, by: str) -> Entry:
        """Return the entry as it is when staff hold the restriction that one of its restrictors had."""
        rest = (*(other for other in self.restrictors() if other not in (by, STAFF)), STAFF)
        return self._replace(restricted_by=rest, erasing_at=self.erasing_at if _is_erased(rest) else "")


class Opened(NamedTuple):
    """An entry with its data key in the clear, for as long as one call lasts."""

    entry: Entry
    key: bytes

    def seal(self, part: str, fields: dict[str, Any]) -> bytes:
        """Seal one part of the entry."""
        return sealing.seal_fields(self.key, self.entry.binding(), part, fields)

    def unseal(self, part: str, sealed: bytes) -> dict[str, Any]:
        """Open one part of the entry. Raises Unreadable."""
        return sealing.unseal_fields(self.key, self.entry.binding(), part, sealed)


def _is_erased(restrictors: Sequence[str]) -> bool:
    """Say whether one of those who restrict an entry has it erased."""
    return any(by.endswith(_ERASING) for by in restrictors)


def new_id() -> str:
    """Return a random id of 128 bits, 26 characters of lower-case base32. The only place where ids come from."""
    return base64.b32encode(os.urandom(16)).decode().rstrip("=").lower()


def key_of(entry: str) -> Key:
    """Return where an entry stands."""
    return Key("vault", f"entry#{entry}", "entry")


# --- creating ------------------------------------------------------------------------------------------------------------


def begin(
    keys: Keys,
    *,
    wall: str,
    category: str,
    controller: str,
    site: str,
    policy: str,
    counted_from: str,
    due: datetime,
    now: datetime,
    counted_at: datetime | None = None,
    subjects: Sequence[Identity | str] = (),
    notices: Sequence[str] = (),
    pointers: Sequence[str] = (),
) -> Opened:
    """Make a new entry with a fresh key, not stored yet: seal its parts, then write `creation(entry)` with them.

    `subjects` are identities, or pointers copied from another entry. `counted_at` is when the period began (`now` unless
    said): with `counted_from`, its name, a changed policy can compute the due date anew.
    """
    data_key = sealing.new_key()
    entry = Entry(
        id=new_id(),
        wall=wall,
        category=category,
        controller=controller,
        site=site,
        policy=policy,
        notices=tuple(notices),
        created_at=stamp(now),
        counted_from=counted_from,
        counted_at=stamp(counted_at or now),
        due=stamp(due),
        version=1,
        subjects=tuple(subject if isinstance(subject, str) else subject.pointer() for subject in subjects),
        pointers=tuple(pointers),
        queued_at=stamp(now) if due < now else "",
        key=sealing.wrap(keys.public_key(wall), data_key),
    )
    return Opened(entry, data_key)


def creation(entry: Entry) -> list[Write]:
    """Return the writes that put a new entry and its subject pointers into the vault, each only if absent."""
    item = {
        name: list(value) if isinstance(value, tuple) else value for name, value in entry._asdict().items() if value
    }
    del item["id"]
    where = key_of(entry.id)
    item |= {"pk": where.pk, "sk": where.sk, "queue": QUEUE, "due_key": due_key(entry)}
    label = {"category": entry.category, "controller": entry.controller}
    pointers = [
        Put("vault", {"pk": f"subject#{subject}", "sk": f"entry#{entry.id}", **label})
        for subject in set(entry.subjects)
    ]
    return [Put("vault", item), *pointers]


def due_key(entry: Entry) -> str:
    """Return the entry's place in the queue of what is due."""
    return f"{entry.erase_by()}#{entry.id}"


# --- finding -------------------------------------------------------------------------------------------------------------


def find(store: Store, entry: str) -> Entry:
    """Return an entry. Raises KeyDestroyed when there is none (any more), StoreUnavailable when that cannot be known."""
    item = store.get(key_of(entry))
    if item is None:
        raise KeyDestroyed
    return read(item)


def read(item: dict[str, Any]) -> Entry:
    """Return the entry that an item of the vault holds."""
    fields = {name: item[name] for name in Entry._fields if name in item}
    fields["id"] = item["pk"].removeprefix("entry#")
    for name in ("notices", "subjects", "pointers", "restricted_by"):
        fields[name] = tuple(item.get(name, ()))
    return Entry(**{"site": "", **fields})


def of_subject(store: Store, pointers: Sequence[str]) -> list[Entry]:
    """Return every entry of a person, oldest first: one consistent query per pointer, one read per entry."""
    ids = {
        item["sk"].removeprefix("entry#") for pointer in pointers for item in store.items("vault", f"subject#{pointer}")
    }
    found = [store.get(key_of(entry)) for entry in ids]
    return sorted((read(item) for item in found if item), key=lambda entry: (entry.created_at, entry.id))


def due(store: Store, now: datetime) -> Iterator[str]:
    """Yield the ids of what is due at `now`, the longest overdue first. Restricted and held entries are not in it."""
    for item in store.listed("vault", "due", QUEUE, upto=f"{stamp(now)}#~"):
        yield item["pk"].removeprefix("entry#")


def next_due(store: Store) -> str:
    """Return the stamp of what is due first, past or to come; empty when nothing is."""
    first = next(iter(store.listed("vault", "due", QUEUE, page_size=1)), None)
    return str(first["due_key"]).partition("#")[0] if first else ""


def unlock(keys: Keys, entry: Entry) -> Opened:
    """Return the entry with its key. Who may ask is decided by IAM (one KMS key per wall); why, by `openings`.

    Raises KeyUnavailable when KMS refuses or does not answer.
    """
    return Opened(entry, keys.unwrap(entry.wall, entry.key))


def unlock_addition(store: Store, keys: Keys, entry: Entry, number: str) -> Opened:
    """Return the entry with a key that was added later (see `late_addition`). Raises KeyDestroyed, KeyUnavailable."""
    item = store.get(Key("vault", f"entry#{entry.id}", f"key#{number}"))
    if item is None:
        raise KeyDestroyed
    return Opened(entry, keys.unwrap(entry.wall, item["key"]))


# --- adding --------------------------------------------------------------------------------------------------------------


def addition(entry: Entry, *, pointer: str = "") -> Update:
    """Return the write that lets something be added to an entry: it must be as it was read, and moves on a version.

    `pointer` names a further item that leads to this entry (`reply#TOKEN`) and goes with it.
    """
    if pointer:
        values = {":version": entry.version, ":next": entry.version + 1, ":pointers": [*entry.pointers, pointer]}
        return Update(key_of(entry.id), "SET #version = :next, #pointers = :pointers", values, _UNTOUCHED)
    values = {":version": entry.version, ":next": entry.version + 1}
    return Update(key_of(entry.id), "SET #version = :next", values, _UNTOUCHED)


def about(entry: Entry, people: Sequence[str]) -> list[Write]:
    """Return the writes that move an entry on a version, and let it be about other people than before, when any are given."""
    if not people:
        return [addition(entry)]
    values = {":version": entry.version, ":next": entry.version + 1, ":subjects": list(people)}
    label = {"category": entry.category, "controller": entry.controller}
    place = f"entry#{entry.id}"
    return [
        Update(key_of(entry.id), "SET #version = :next, #subjects = :subjects", values, _UNTOUCHED),
        *(Delete(Key("vault", f"subject#{old}", place)) for old in sorted(set(entry.subjects) - set(people))),
        *(
            Put("vault", {"pk": f"subject#{new}", "sk": place, **label})
            for new in sorted(set(people) - set(entry.subjects))
        ),
    ]


def late_addition(entry: str, number: str, wrapped: bytes, now: datetime) -> list[Write]:
    """Return the writes with which someone who can read nothing adds a key of their own to an entry that still lives.

    The condition makes this fail for a destroyed entry, whose key is never made anew, and for one whose time has passed, which
    would take what is added with it unread.
    """
    place = key_of(entry)
    bump = Update(place, "SET #version = #version + :one", {":one": 1, ":now": stamp(now)}, _LIVES)
    return [bump, Put("vault", {"pk": place.pk, "sk": f"key#{number}", "key": wrapped})]


# --- changing ------------------------------------------------------------------------------------------------------------


def rescheduled(
    entry: Entry,
    due_at: datetime,
    *,
    counted_from: str,
    counted_at: datetime,
    now: datetime,
    act: str = "rescheduled",
    **more: str,
) -> list[Write]:
    """Return the writes that move the due date to an earlier moment, with the evidence of `act`.

    `more` are figures of the act that a replay after a restore needs besides: the outcome of a case.

    Raises HoldRefused for a later one: keeping longer needs a notice to the person first (P10), see `held`.
    """
    due_stamp = stamp(due_at)
    if due_stamp > entry.due:
        raise HoldRefused
    moved = entry._replace(due=due_stamp)
    values = {
        ":version": entry.version,
        ":next": entry.version + 1,
        ":due": due_stamp,
        ":from": counted_from,
        ":at": stamp(counted_at),
    }
    expression = "SET #version = :next, #due = :due, #counted_from = :from, #counted_at = :at"
    if due_at < now:
        moved = moved._replace(queued_at=min(stamp(now), entry.erase_by()))
        expression += ", #queued_at = :queued"
        values[":queued"] = moved.queued_at
    if not entry.restricted_at:
        expression += ", #due_key = :due_key"
        values[":due_key"] = due_key(moved)
    figures = {"due": due_stamp, "counted_from": counted_from, "counted_at": stamp(counted_at), **more}
    recorded = evidence.act(act, entry, now, suffix=str(entry.version), **figures)
    return [Update(key_of(entry.id), expression, values, _UNTOUCHED), *recorded]


def renewed(entry: Entry, due_at: datetime, now: datetime) -> list[Write]:
    """Return the writes that let the period of an entry that is due begin anew, with their evidence.

    Only for what the policy keeps as long as its reason stands, which is what people were told (`policy.Category.renewed`):
    whoever objects to advertising is not to be written to three years later (Art. 21(3) GDPR).
    """
    moved = entry._replace(due=stamp(due_at), counted_at=stamp(now))
    values = {
        ":version": entry.version,
        ":next": entry.version + 1,
        ":due": moved.due,
        ":at": moved.counted_at,
        ":due_key": due_key(moved),
        ":now": stamp(now),
    }
    expression = "SET #version = :next, #due = :due, #counted_at = :at, #due_key = :due_key"
    figures = {"due": moved.due, "counted_from": entry.counted_from, "counted_at": moved.counted_at}
    recorded = evidence.act("renewed", entry, now, suffix=str(entry.version), **figures)
    return [Update(key_of(entry.id), expression, values, _MAY_GO), *recorded]


def by_case(case: str, right: str) -> str:
    """Return who restricts when a right of a case does; who erases is known from it as well."""
    return f"{case}#{right}"


def restricted(entry: Entry, now: datetime, *, review_by: datetime | None = None, by: str = STAFF) -> list[Write]:
    """Return the writes that restrict an entry to storage (Art. 18 GDPR, P17): it leaves the queue of what is due.

    It stands in a queue of its own, at the date on which the restriction is to be reviewed. More than one may restrict it (see
    `by_case`). Raises Conflict for who restricted it before.
    """
    if by in entry.restrictors():
        raise Conflict
    after = entry.restricted_for(by, stamp(now))
    values: dict[str, Any] = {":version": entry.version, ":next": entry.version + 1, ":at": after.restricted_at}
    expression = "SET #version = :next, #restricted_at = :at"
    if not entry.restricted_at:
        review = stamp(review_by) if review_by else entry.erase_by()
        values |= {":queue": RESTRICTED, ":review": f"{review}#{entry.id}"}
        expression += ", #queue = :queue, #due_key = :review"
    if after.restricted_by:
        values[":by"] = list(after.restricted_by)
        expression += ", #restricted_by = :by"
    if after.erasing_at:
        values[":erasing"] = after.erasing_at
        expression += ", #erasing_at = :erasing"
    figures = {"review_by": stamp(review_by)} if review_by and not entry.restricted_at else {}
    act = evidence.act("restricted", entry, now, suffix=str(entry.version), **figures, **_named(by))
    return [Update(key_of(entry.id), expression, values, _UNTOUCHED), *act]


def lifted(entry: Entry, now: datetime, *, notice: str, by: str = STAFF) -> list[Write]:
    """Return the writes that lift a restriction; the person was told before (Art. 18(3) GDPR): `notice` is that letter.

    What others restricted too stays so; as long as one does, nothing is used again, and no notice is needed. Raises Conflict
    for who did not restrict it, and without a notice for the last one.
    """
    after = entry.lifted_for(by, stamp(now))
    if by not in entry.restrictors() or not (notice or after.restricted_at):
        raise Conflict
    values: dict[str, Any] = {":version": entry.version, ":next": entry.version + 1}
    if after.restricted_at:
        values[":by"] = list(after.restricted_by)
        expression = "SET #version = :next, #restricted_by = :by" + ("" if after.erasing_at else " REMOVE #erasing_at")
    else:
        values |= {":queue": QUEUE, ":due_key": due_key(after), ":queued": after.queued_at}
        expression = (
            "SET #version = :next, #queue = :queue, #due_key = :due_key, #queued_at = :queued"
            " REMOVE #restricted_at, #restricted_by, #erasing_at"
        )
    act = evidence.act("lifted", entry, now, suffix=str(entry.version), notice=notice, **_named(by))
    told = [_told(entry, notice)] if notice else []
    return [*told, Update(key_of(entry.id), expression, values, _UNTOUCHED), *act]


def handed_over(entry: Entry, now: datetime, *, by: str) -> list[Write]:
    """Return the writes after which staff hold the restriction of a case that ends: nothing outlives its case unseen.

    It is to be looked at from now on, so that they are told. Raises Conflict for who did not restrict it.
    """
    if by not in entry.restrictors():
        raise Conflict
    after = entry.handed_over_by(by)
    by_whom, review = list(after.restricted_by), f"{stamp(now)}#{entry.id}"
    values = {":version": entry.version, ":next": entry.version + 1, ":by": by_whom, ":review": review}
    expression = "SET #version = :next, #restricted_by = :by, #due_key = :review"
    expression += "" if after.erasing_at else " REMOVE #erasing_at"
    act = evidence.act("handed_over", entry, now, suffix=str(entry.version), review_by=stamp(now), **_named(by))
    return [Update(key_of(entry.id), expression, values, _UNTOUCHED), *act]


def reviewed(entry: Entry, review_by: datetime, now: datetime) -> list[Write]:
    """Return the writes after which a restriction that was looked at, and stays, is looked at again at a later date."""
    values = {":version": entry.version, ":next": entry.version + 1, ":review": f"{stamp(review_by)}#{entry.id}"}
    act = evidence.act("reviewed", entry, now, suffix=str(entry.version), review_by=stamp(review_by))
    condition = f"{_UNTOUCHED} AND attribute_exists(#restricted_at)"
    return [Update(key_of(entry.id), "SET #version = :next, #due_key = :review", values, condition), *act]


def _named(by: str) -> dict[str, str]:
    """Return what evidence says of who restricted or lifted: the case and its right, nothing for staff."""
    return {} if by == STAFF else {"by": by}


def held(entry: Entry, until: datetime, now: datetime, *, notice: str) -> list[Write]:
    """Return the writes that hold an entry longer than promised, after the person was told (P10).

    `notice` is the letter that told them: it must stand under this entry and be sent, or the whole set fails. A hold ends by
    itself: the entry keeps its place in the queue, at `until`. Raises HoldRefused without a notice.
    """
    if not notice:
        raise HoldRefused
    kept = entry._replace(hold_until=stamp(until))
    values = {
        ":version": entry.version,
        ":next": entry.version + 1,
        ":until": stamp(until),
        ":notice": notice,
    }
    expression = "SET #version = :next, #hold_until = :until, #hold_notice = :notice"
    if not entry.restricted_at:
        expression += ", #due_key = :due_key"
        values[":due_key"] = due_key(kept)
    act = evidence.act("held", entry, now, suffix=str(entry.version), until=stamp(until), notice=notice)
    return [_told(entry, notice), Update(key_of(entry.id), expression, values, _UNTOUCHED), *act]


def _told(entry: Entry, notice: str) -> Check:
    """Return the check that a notice to this person was sent: a letter under the entry, or one of a case (`ENTRY.LETTER`)."""
    under, _, letter = notice.rpartition(".")
    place = Key("records", f"entry#{under or entry.id}", f"letter#{letter}")
    return Check(place, "#status = :sent AND #kind = :notice", {":sent": "sent", ":notice": "notice"})


def rekeyed(entry: Entry, wrapped: bytes, people: Sequence[str], late: Sequence[str], now: datetime) -> list[Write]:
    """Return the writes that give an entry a new key in place of all it had, when something in it is corrected (Art. 16 GDPR).

    `people` are the pointers of whose it is from now on, `late` the numbers of the late keys that go. The parts must be sealed
    anew in the same set: nothing opens the old ones any more, here at once, and in backups when the last of the key is gone.
    """
    values = {":version": entry.version, ":next": entry.version + 1, ":key": wrapped, ":subjects": list(people)}
    expression = "SET #version = :next, #key = :key, #subjects = :subjects"
    label, place = {"category": entry.category, "controller": entry.controller}, f"entry#{entry.id}"
    gone, new = sorted(set(entry.subjects) - set(people)), sorted(set(people) - set(entry.subjects))
    return [
        Update(key_of(entry.id), expression, values, _UNTOUCHED),
        *(Delete(Key("vault", f"subject#{each}", place)) for each in gone),
        *(Put("vault", {"pk": f"subject#{each}", "sk": place, **label}) for each in new),
        *(Delete(Key("vault", place, f"key#{number}")) for number in late),
        *evidence.act("rectified", entry, now, suffix=str(entry.version)),
    ]


# --- destroying ----------------------------------------------------------------------------------------------------------


def destroy(store: Store, entry: str, now: datetime, *, act: str = evidence.DESTROYED) -> bool:
    """Destroy a due entry: keys, pointers and ciphertext go, evidence comes, in one transaction.

    Returns False when there was nothing left to do. An entry with more parts than one transaction holds loses its
    last parts first, each set conditional on the entry; a run that stops half-way finds it in the queue again. Raises
    Restricted when the entry is restricted or held or not due (yet), Conflict when it keeps changing under our hands.
    """
    for _ in range(3):
        items = list(store.items("vault", f"entry#{entry}"))
        if not items:
            return False
        try:
            values = {":version": read(items[0]).version, ":now": stamp(now)}
            _destroy_as_read(store, items, now, act, (_MAY_GO, values))
        except ConditionFailed:
            continue
        return True
    current = store.get(key_of(entry))
    if current is None:
        return False
    raise Conflict if read(current).has_ended(now) else Restricted


def erase(
    store: Store,
    entry: str,
    by: str,
    now: datetime,
    *,
    also: Sequence[Write] = (),
    spares: Callable[[Entry], bool] = lambda _entry: False,
) -> bool:
    """Destroy an entry that a right of a case restricted, whatever it says of its end: its person asked for that (Art. 17).

    `by` is who restricted it, and must be so still; `also` goes along in each transaction, so that it is stopped by what
    stops the right; `spares` is asked about the entry as it is destroyed. Returns False when it is gone, or is spared. Raises
    Restricted when that right did not restrict it or does not any more, ConditionFailed when the first write of `also` does
    not hold, Conflict when it keeps changing under our hands.
    """
    for _ in range(3):
        items = list(store.items("vault", f"entry#{entry}"))
        if not items:
            return False
        found = read(items[0])
        if by not in found.restrictors():
            raise Restricted
        if spares(found):
            return False
        values = {":version": found.version, ":by": list(found.restricted_by)}
        may_go = f"{_UNTOUCHED} AND #restricted_by = :by"
        try:
            _destroy_as_read(store, items, now, evidence.DESTROYED, (may_go, values), also=also, by=by)
        except ConditionFailed as changed:
            if also and changed.index == 0:
                raise
            continue
        return True
    raise Conflict


def destroy_again(store: Store, entry: str, now: datetime) -> bool:
    """Destroy what a restored copy brought back, whatever it says of its end: evidence says that it was destroyed before (N3).

    Returns False when it is not there. Nobody else may use the copy meanwhile; raises ConditionFailed when somebody does.
    """
    items = list(store.items("vault", f"entry#{entry}"))
    if items:
        values = {":version": read(items[0]).version}
        _destroy_as_read(store, items, now, evidence.DESTROYED_AGAIN, (_UNTOUCHED, values))
    return bool(items)


def _destroy_as_read(
    store: Store,
    items: list[dict[str, Any]],
    now: datetime,
    act: str,
    may_go: tuple[str, dict[str, Any]],
    *,
    also: Sequence[Write] = (),
    by: str = STAFF,
) -> None:
    """Carry out one attempt on the entry as it was read, `items` being its whole partition (the entry sorts first)."""
    entry = read(items[0])
    where = key_of(entry.id)
    pointers = [f"subject#{subject}" for subject in sorted(set(entry.subjects))] + list(entry.pointers)
    leading = [Delete(place) for pointer in pointers if (place := _pointer_place(store, pointer, entry.id))]
    content = [*items[1:], *({**part, "table": "records"} for part in store.items("records", where.pk))]
    light = [item for item in content if "raw" not in item]
    heavy = [item for item in content if "raw" in item]
    room = MOST - 4 - len(leading) - len(also) - _HEAVY
    while len(heavy) > _HEAVY:
        heavy, last = heavy[:-_HEAVY], heavy[-_HEAVY:]
        store.write([*also, Check(where, *may_go), *_removal(entry, last, now)])
    while len(light) > room:
        most = MOST - 2 - len(also)
        light, last = light[:-most], light[-most:]
        store.write([*also, Check(where, *may_go), *_removal(entry, last, now)])
    due = entry.erase_by() if by == STAFF else stamp(now)
    gone = evidence.act(act, entry, now, due=due, **_named(by))
    store.write([*also, Delete(where, *may_go), *leading, *_removal(entry, [*light, *heavy], now), *gone])


def _pointer_place(store: Store, pointer: str, entry: str) -> Key | None:
    """Return where a pointer to this entry stands.

    Many entries have the same subject; an asker has one entry at a time (see `cases`), and that may be another by now.
    """
    if not pointer.startswith(ASKER):
        return Key("vault", pointer, f"entry#{entry}")
    place = Key("vault", pointer, "case")
    return place if (store.get(place) or {}).get("entry") == entry else None


def _removal(entry: Entry, content: list[dict[str, Any]], now: datetime) -> list[Write]:
    """Return the writes that remove late keys and ciphertext, and leave sealed objects to be swept: unreadable already."""
    writes: list[Write] = [Delete(Key(item.get("table", "vault"), item["pk"], item["sk"])) for item in content]
    objects = [item["object"] for item in content if "object" in item]
    if objects:
        writes.append(sweep(entry.id, objects, now))
    return writes


def sweep(entry: str, objects: Sequence[str], at: datetime) -> Put:
    """Return the write that notes sealed objects of an entry to be deleted by the retention run from `at`."""
    place = {"pk": f"sweep#{entry}#{new_id()}", "sk": "sweep", "list": SWEEPS, "listed_at": stamp(at)}
    return Put("records", {**place, "objects": list(objects)})


def last_backup(destroyed_at: datetime, recovery_days: int) -> datetime:
    """Return from when a destroyed key is in no backup any more: when the vault's recovery window has passed (N3)."""
    from datetime import timedelta  # noqa: PLC0415

    return destroyed_at + timedelta(days=recovery_days)
