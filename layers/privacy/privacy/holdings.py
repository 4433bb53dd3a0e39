"""What is held about one person: every entry that is theirs, opened for their own copy of it (Art. 15 and 20 GDPR, P14, P18).

Found by the person's pointers, never by a guess: an entry belongs to the copy only if it names one of them as its subject.
Restricted entries are in it, for giving a person their own data is no use of it (Art. 18(2)). What has ended is not. What
cannot be opened now is an error: a copy is complete, or there is none.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import enquiries, openings, policy, vault
from privacy.errors import KeyDestroyed, Unreadable
from privacy.periods import read_stamp, stamp
from privacy.writes import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry, Opened

OPENINGS, EXPORTS = "openings", "exports"
"""What is not copied: openings are listed apart, and an earlier copy holds the same again."""
STAFF = frozenset({"by", "entered_by", "roles", "who"})
"""Sealed fields that say which employee did something: not part of a person's copy (CJEU C-579/21)."""
_STAFF_NOTES = frozenset({"assigned"})
"""Notes that say nothing but which employee does it."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_RUN = timedelta(hours=1)
_STAFF_STATE = frozenset({"assigned", "approved_by", "vouched_by", "vouched_for"})
_PLACES = frozenset({"pk", "sk", "list", "listed_at", "sealed", "controller", "category", "site", "has_raw"})


class Part(NamedTuple):
    """One opened part of an entry: `main`, or a later message with its moment (a stamp) and `direction` (in, out)."""

    name: str
    at: str
    direction: str
    fields: dict[str, Any]


class File(NamedTuple):
    """Something that is handed over as it came: a mail (`mail`) or what was attached. `name` is what its sender called it."""

    entry: str
    part: str
    kind: str
    name: str


class Letter(NamedTuple):
    """A letter of ours in the outbox, and what became of it; its text is a part of the entry."""

    kind: str
    status: str
    at: str


class Holding(NamedTuple):
    """One entry of a person, opened. Moments are stamps.

    `erase_by` is when it becomes unreadable here, `backups_until` when the last backup of its key is gone (N3); a
    restricted one (`restricted_at`) has no end until that is lifted. `state` is what stands beside it in clear.
    """

    id: str
    category: str
    controller: str
    site: str
    policy: str
    notices: tuple[str, ...]
    created_at: str
    counted_from: str
    counted_at: str
    erase_by: str
    backups_until: str
    restricted_at: str
    held_until: str
    state: dict[str, Any]
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    letters: tuple[Letter, ...]


class Opening(NamedTuple):
    """When an entry was opened, for what purpose and why. Who did it is recorded, and not part of a person's copy."""

    id: str
    entry: str
    at: str
    purpose: str
    why: str
    erase_by: str


class Holdings(NamedTuple):
    """All that is held about a person as it was at `as_of`: entries, oldest first, and when they were opened."""

    as_of: str
    entries: tuple[Holding, ...]
    openings: tuple[Opening, ...]


class Collected(NamedTuple):
    """The holdings, and what returns the content of one of their files: files are large, and fetched one at a time."""

    holdings: Holdings
    content: Callable[[File], bytes]


def collect(
    services: Services, pointers: Sequence[str], *, request: str, by: str, as_of: datetime, now: datetime
) -> Collected:
    """Open all that is held about the person with these pointers, as it was at `as_of`.

    Each entry is recorded as opened (purpose `rights`, why `access`, `by` whom) before its key is asked for, once per
    `request`: collecting again for the same request, with the same `as_of`, gives the same. Raises KeyUnavailable or
    StoreUnavailable when something cannot be had now, Unreadable when something cannot be read at all.
    """
    until, mine = stamp(as_of), frozenset(pointers)
    found = [entry for entry in vault.of_subject(services.store, pointers) if mine.intersection(entry.subjects)]
    found = [entry for entry in found if not entry.has_ended(now)]
    recorded, opened_before = _openings(services, [entry for entry in found if entry.category == OPENINGS], request)
    held, keys = [], {}
    for entry in found:
        if entry.category in (OPENINGS, EXPORTS) or entry.created_at > until:
            continue
        if entry.id not in recorded:
            openings.record(services, entry, by, purpose="rights", why="access", now=now, request=request)
        opened = vault.unlock(services.keys, entry)
        holding = _holding(services, opened, until)
        if holding:
            held.append(holding)
            keys[entry.id] = opened
    seen = tuple(opening for opening in opened_before if opening.at <= until)
    return Collected(Holdings(until, tuple(held), seen), lambda file: _content(services, keys[file.entry], file.part))


def _openings(services: Services, entries: Iterable[Entry], request: str) -> tuple[set[str], list[Opening]]:
    """Return which entries were recorded as opened for this request, and all other openings, oldest first."""
    recorded, found = set(), []
    for entry in entries:
        main = services.store.get(Key("records", f"entry#{entry.id}", "main"))
        if main is None:
            _check_gone(services, entry)
            continue
        said = vault.unlock(services.keys, entry).unseal("main", main["sealed"])
        if said.get("request") == request:
            recorded.add(said["entry"])
        else:
            end = entry.erase_by()
            found.append(Opening(entry.id, said["entry"], said["at"], said["purpose"], said["why"], end))
    return recorded, sorted(found, key=lambda opening: (opening.at, opening.id))


def _holding(services: Services, opened: Opened, until: str) -> Holding | None:
    """Return an opened entry with all its parts, or None when it was destroyed meanwhile."""
    entry = opened.entry
    items = list(services.store.items("records", f"entry#{entry.id}"))
    main = next((item for item in items if item["sk"] == "main"), None)
    if main is None:
        _check_gone(services, entry)
        return None
    there = [item for item in items if _moment(item) <= until]
    parts = [_part(services, opened, item) for item in there if "sealed" in item]
    recovery_days = policy.controller(entry.controller).recovery_days
    return Holding(
        id=entry.id,
        category=entry.category,
        controller=entry.controller,
        site=entry.site,
        policy=entry.policy,
        notices=entry.notices,
        created_at=entry.created_at,
        counted_from=entry.counted_from,
        counted_at=entry.counted_at,
        erase_by=entry.erase_by(),
        backups_until=stamp(vault.last_backup(read_stamp(entry.erase_by()) + _RUN, recovery_days)),
        restricted_at=entry.restricted_at,
        held_until=entry.hold_until,
        state={name: value for name, value in main.items() if name not in _PLACES | _STAFF_STATE},
        parts=tuple(part for part in parts if part.fields.get("what") not in _STAFF_NOTES),
        files=tuple(_file(entry, item) for item in there if "raw" in item or "object" in item),
        letters=tuple(_letter(item) for item in there if item["sk"].startswith("letter#")),
    )


def _moment(item: dict[str, Any]) -> str:
    """Return since when an item is there, as far as it says so: what comes later carries its stamp in its place."""
    pieces = str(item["sk"]).removeprefix("raw#").split("#")
    return pieces[1] if len(pieces) > 1 and _STAMP.fullmatch(pieces[1]) else ""


def _part(services: Services, opened: Opened, item: dict[str, Any]) -> Part:
    """Return one opened part; one that came in later has a key of its own."""
    if "key" in item:
        opened = vault.unlock_addition(services.store, services.keys, opened.entry, item["key"])
    fields = opened.unseal(item["sk"], item["sealed"])
    said = {name: value for name, value in fields.items() if name not in STAFF}
    return Part(item["sk"], item.get("at") or _moment(item), item.get("direction", ""), said)


def _file(entry: Entry, item: dict[str, Any]) -> File:
    """Return what names a mail that is kept as it came in."""
    return File(entry.id, item["sk"], "mail", "mail.eml")


def _letter(item: dict[str, Any]) -> Letter:
    """Return what became of a letter."""
    return Letter(item["kind"], item["status"], item.get("ended_at", ""))


def _content(services: Services, opened: Opened, part: str) -> bytes:
    """Return the content of one file. Raises KeyDestroyed when it went meanwhile, StoreUnavailable, Unreadable."""
    item = services.store.get(Key("records", f"entry#{opened.entry.id}", part))
    if item is None:
        raise KeyDestroyed
    return enquiries.raw_content(services, opened, item)


def _check_gone(services: Services, entry: Entry) -> None:
    """Raise Unreadable for an entry that has lost its record; one that was destroyed meanwhile has none, rightly."""
    if services.store.get(vault.key_of(entry.id)) is not None:
        raise Unreadable
