"""Whom a case is about: the pointers of its person that are proven, and what is held under them (Art. 12(2) and (6) GDPR).

A code proves the one address it was sent to. What staff vouched for counts as they said it. A pointer is made for a group of
controllers, so what is found reaches all that answer a request together (Art. 26(3)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import identity, policy, subjects, vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store


def proven(services: Services, case: Opened, main: dict[str, Any]) -> tuple[str, ...]:
    """Return the proven pointers of an opened case: none, as long as nobody has made sure who asks."""
    if main.get("identity") != identity.PROVEN:
        return ()
    if main.get("identity_how") != identity.BY_CODE:
        return case.entry.subjects
    group = policy.controller(case.entry.controller).group
    address = str(facts(case, main).get("email") or "")
    pointer = subjects.identify(services.keys, group, "email", address).pointer()
    return tuple(each for each in case.entry.subjects if each == pointer)


def facts(case: Opened, main: dict[str, Any]) -> dict[str, Any]:
    """Return who asks, as it was sealed first. Raises Unreadable."""
    return case.unseal("main", main["sealed"])


def held(store: Store, pointers: Sequence[str], now: datetime) -> list[Entry]:
    """Return the entries under pointers whose time has not passed, oldest first, in all controllers of the group."""
    mine = frozenset(pointers)
    found = vault.of_subject(store, pointers)
    return [entry for entry in found if mine.intersection(entry.subjects) and not entry.has_ended(now)]
