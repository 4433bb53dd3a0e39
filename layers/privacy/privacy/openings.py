"""Openings: nobody reads sealed data without a purpose the policy allows, and without it being recorded (P11, P33, P38).

The record says who, when, whose and why. It is sealed itself, found with the person's data, and has its own retention. It is
written before the key is asked for: no record, no opening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from privacy import policy, vault
from privacy.errors import KeyDestroyed, NotAllowed, NotFound, Restricted, UnknownCategory, UnknownPurpose
from privacy.periods import after, stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry, Opened


class Reader(NamedTuple):
    """Who reads: the opaque subject of the token, its roles, and the controller they work for."""

    sub: str
    roles: frozenset[str]
    controller: str


def check_reader(entry: Entry, reader: Reader) -> None:
    """Raise NotFound for an entry of another controller (as if it were not there), NotAllowed for a role that may not read it."""
    if entry.controller != reader.controller:
        raise NotFound
    if not reader.roles.intersection(policy.category(entry.controller, entry.category).readers):
        raise NotAllowed


def check_rule(reader: Reader, category: str) -> None:
    """Raise NotAllowed for a role that reads nothing of a category, or when the reader's policy has no such category."""
    try:
        readers = policy.category(reader.controller, category).readers
    except UnknownCategory:
        raise NotAllowed from None
    if not reader.roles.intersection(readers):
        raise NotAllowed


def open_entry(
    services: Services,
    entry_id: str,
    reader: Reader,
    *,
    purpose: str | Callable[[policy.Category], str],
    why: str,
    now: datetime,
) -> Opened:
    """Return an entry with its key, after recording that it was opened.

    `purpose` is one of the policy's, or says which one from the rule of the entry's category.
    Raises KeyDestroyed (also when its time has passed and the retention run has not been there yet), NotFound, NotAllowed,
    UnknownPurpose, Restricted, KeyUnavailable.
    """
    entry = vault.find(services.store, entry_id)
    check_reader(entry, reader)
    rule = policy.category(entry.controller, entry.category)
    purpose = purpose if isinstance(purpose, str) else purpose(rule)
    if purpose not in rule.purposes:
        raise UnknownPurpose
    if entry.has_ended(now):
        raise KeyDestroyed
    if entry.restricted_at:
        raise Restricted
    _record(services, entry, {"who": reader.sub, "roles": sorted(reader.roles)}, purpose=purpose, why=why, now=now)
    return vault.unlock(services.keys, entry)


def record(services: Services, entry: Entry, by: str, *, purpose: str, why: str, now: datetime, request: str) -> None:
    """Record an opening for the person's own request: no role is asked for, and a restricted entry is opened too (Art. 15).

    `by` is the function that does it, `request` the case it is done for. The caller asks for the key afterwards.
    """
    _record(services, entry, {"who": by, "request": request}, purpose=purpose, why=why, now=now)


def _record(
    services: Services, entry: Entry, reader: Mapping[str, object], *, purpose: str, why: str, now: datetime
) -> None:
    """Seal and store one opening, under the pointers of the person it is about."""
    rule = policy.category(entry.controller, "openings")
    opening = vault.begin(
        services.keys,
        wall=rule.wall,
        category=rule.name,
        controller=entry.controller,
        site=entry.site,
        policy=policy.site(policy.sites_of(entry.controller)[0]).version,
        counted_from=rule.counts_from,
        due=after(now, rule.needed),
        now=now,
        subjects=entry.subjects,
    )
    said = {
        **reader,
        "at": stamp(now),
        "entry": entry.id,
        "purpose": purpose,
        "why": why,
    }
    place = {"pk": f"entry#{opening.entry.id}", "sk": "main", "kind": "opening", "category": rule.name}
    asked = {"request": reader["request"]} if "request" in reader else {}  # told without opening it: a case is no name
    record = {**place, **asked, "controller": entry.controller, "sealed": opening.seal("main", said)}
    services.store.write([*vault.creation(opening.entry), Put("records", record)])
