"""The visits of a day, read again: by the roll-up once, and by people who look into misuse or carry out a right (P02, P33).

Who supplies an IP address and a time can exercise rights on visits that are otherwise nobody's (Art. 11(2) GDPR): the rows are
found by opening the day, recorded, and single rows can be deleted, with evidence in the same transaction.
"""

from __future__ import annotations

from ipaddress import ip_address
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import evidence, openings, policy, vault
from privacy.errors import ConditionFailed, KeyDestroyed, NotFound, PrivacyError, Restricted, Unreadable
from privacy.periods import after, moment_given
from privacy.visits import CATEGORY, DAY, PURPOSE
from privacy.writes import PRESENT, Check, Delete, Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store

DELETED = "visit_deleted"


class Visit(NamedTuple):
    """One visit that was found: `id` names its row, `ENTRY.RANDOM`; `fields` are what was sealed."""

    id: str
    fields: dict[str, Any]


class Found(NamedTuple):
    """The visits that were found, oldest first; `more` says that there are others beyond the limit."""

    visits: list[Visit]
    more: bool


class Removed(NamedTuple):
    """Which rows were deleted now, and which were not there (any more)."""

    deleted: list[str]
    absent: list[str]


def days(store: Store, site: str) -> dict[str, list[str]]:
    """Return the days of a site that visits were recorded on, oldest first, and the entries of each day's writers."""
    found: dict[str, list[str]] = {}
    for item in store.items("traffic", f"visits#{site}"):
        day, _, entry = str(item["sk"]).partition("#")
        found.setdefault(day, []).append(entry)
    return found


def entries(store: Store, site: str, day: str) -> list[str]:
    """Return the entries of a day's writers; some may be destroyed."""
    return [str(item["sk"]).partition("#")[2] for item in store.items("traffic", f"visits#{site}", f"{day}#")]


def unlocked(services: Services, entry: str, now: datetime) -> Opened | None:
    """Return an entry with its key for the roll-up, or None for one that may not be read (any more).

    Raises KeyUnavailable or StoreUnavailable: then nobody knows, and it is tried again.
    """
    try:
        found = vault.find(services.store, entry)
    except KeyDestroyed:
        return None
    readable = not found.restricted_at and not found.has_ended(now) and PURPOSE in _rule(found).purposes
    return vault.unlock(services.keys, found) if readable else None


def _rule(entry: Entry) -> policy.Category:
    """Return the rule that an entry of visits is under."""
    return policy.category(entry.controller, entry.category)


def rows(store: Store, opened: Opened, *, beyond: str = "") -> Iterator[Visit]:
    """Yield the visits under one key by their random names in order, from `beyond` one on; what somebody altered is left out."""
    for item in store.items("traffic", f"entry#{opened.entry.id}", "row#"):
        if item["sk"] <= f"row#{beyond}":
            continue
        try:
            fields = opened.unseal(item["sk"], item["sealed"])
        except Unreadable:
            continue
        if "ip" in fields:
            fields["ip"] = plain(fields["ip"])
        yield Visit(f"{opened.entry.id}.{item['sk'].removeprefix('row#')}", fields)


def plain(ip: str) -> str:
    """Return an address in the one way that all ways to write it come to: an IPv4 address without the IPv6 around it."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    return str(getattr(address, "ipv4_mapped", None) or address)


def search(
    services: Services,
    site: policy.Site,
    day: str,
    reader: Reader,
    *,
    ip: str,
    since: str,
    until: str,
    limit: int,
    why: str,
    now: datetime,
) -> Found:
    """Return the visits of a day (YYYY-MM-DD, local) from an address, from stamp `since` up to and including `until`.

    That the day is opened, by whom and why, is recorded before a key is asked for, once per writer of the day. Raises
    KeyDestroyed when all of the day is gone, or so long ago that nothing tells whether it had visits; Restricted when what is
    left of it may only be stored (Art. 18(2) GDPR); and what `openings.open_entry` raises.
    """
    opened: list[Opened] = []
    why_not: PrivacyError | None = KeyDestroyed() if _has_ended(site, day, now) else None
    for entry in entries(services.store, site.name, day):
        try:
            opened.append(openings.open_entry(services, entry, reader, purpose=PURPOSE, why=why, now=now))
        except (KeyDestroyed, Restricted) as refused:
            why_not = why_not if isinstance(why_not, Restricted) else refused
    if why_not and not opened:
        raise why_not
    address = plain(ip)
    matching = (
        visit
        for each in opened
        for visit in rows(services.store, each)
        if visit.fields.get("ip") == address and since <= str(visit.fields.get("at", "")) <= until
    )
    found = list(islice(matching, limit + 1))
    return Found(sorted(found[:limit], key=lambda visit: (visit.fields["at"], visit.id)), len(found) > limit)


def _has_ended(site: policy.Site, day: str, now: datetime) -> bool:
    """Say whether the visits of a day are destroyed by now."""
    return after(after(moment_given(day), DAY), policy.category(site.controller, CATEGORY).needed) <= now


def delete(services: Services, names: Sequence[str], reader: Reader, now: datetime) -> Removed:
    """Delete single rows, each with its evidence in one transaction. What was rolled up holds nobody, and stays.

    A row of another controller is as absent as one that never was. Raises NotAllowed, StoreUnavailable; asked again, it goes on
    where it stopped.
    """
    removed = Removed([], [])
    for name in dict.fromkeys(names):
        (removed.deleted if _delete(services, name, reader, now) else removed.absent).append(name)
    return removed


def _delete(services: Services, name: str, reader: Reader, now: datetime) -> bool:
    """Delete one row; False when it is not there."""
    entry_id, _, row = name.partition(".")
    try:
        entry = vault.find(services.store, entry_id)
        openings.check_reader(entry, reader)
    except (KeyDestroyed, NotFound):
        return False
    if entry.category != CATEGORY:
        return False
    gone = Delete(Key("traffic", f"entry#{entry.id}", f"row#{row}"), PRESENT)
    try:
        services.store.write([gone, Check(vault.key_of(entry.id)), *evidence.act(DELETED, entry, now, suffix=row)])
    except ConditionFailed:
        return False
    return True
