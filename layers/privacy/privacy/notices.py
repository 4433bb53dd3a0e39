"""Notices before something happens that whoever took over a mailbox could have asked for (Art. 32 GDPR; P05, P16, P18).

They go to every address on file, so that each of them can stop it, once each: a case notes for every address that it was
written to. What waits for them does not happen before they have gone out, nor sooner after that than was said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import case_letters, letters, policy, subjects, vault
from privacy.errors import BadInput, ConditionFailed, Conflict
from privacy.periods import after, read_stamp, stamp
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from privacy.case_letters import Letter
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

AGAIN = timedelta(hours=1)
"""After how long it is looked again whether notices have gone out; how much later than written they may."""
_UNSENT = (letters.QUEUED, letters.SENDING)
_TRIES = 3


class Address(NamedTuple):
    """An address on file, and the tag under which the case notes that it was written to. An empty one is the case's own."""

    address: str
    tag: str


def addresses(services: Services, case: Entry, own: object, found: Iterable[object]) -> list[Address]:
    """Return every address once, the case's `own` first; what is no address is left out."""
    first = _address(services, case, own)
    known = {first.tag: first._replace(address="")} if first else {}
    for value in found:
        if address := _address(services, case, value):
            known.setdefault(address.tag, address)
    return list(known.values())


def _address(services: Services, case: Entry, value: object) -> Address | None:
    """Return an address with its tag in a case, or None for what is none."""
    try:
        address = subjects.normalise("email", str(value or ""))
    except BadInput:
        return None
    identity = subjects.identify(services.keys, policy.controller(case.controller).group, "email", address)
    return Address(address, identity.derive("notified", case.id))


def tell(  # noqa: PLR0917 - what is said, to whom, of what, when
    services: Services, case: Entry, letter: Letter, to: Address, noted: str, standing: Write, now: datetime
) -> None:
    """Put a notice to one address into the outbox, once, as long as what it tells of is `standing`.

    `noted` begins the place where the case notes it. Raises Conflict when it does not stand any more.
    """
    for _ in range(_TRIES):
        queued = case_letters.queue(services.keys, case, letter, now, to=to.address)
        place = {"pk": f"entry#{case.id}", "sk": f"{noted}{to.tag}"}
        told = Put("records", {**place, "letter": queued.name, "at": stamp(now)})
        try:
            services.store.write([told, standing, vault.addition(case), *queued.writes])
        except ConditionFailed as failed:
            if failed.index == 0:
                return
            if failed.index == 1:
                raise Conflict from failed
            case = vault.find(services.store, case.id)
            continue
        return
    raise Conflict


def of_case(store: Store, case: str, noted: str) -> list[dict[str, Any]]:
    """Return the notices that were put into the outbox, as they stand there."""
    return [letter_of(store, item["letter"]) for item in store.items("records", f"entry#{case}", noted)]


def letter_of(store: Store, name: str) -> dict[str, Any]:
    """Return a letter of the outbox by its name, `ENTRY.LETTER`; empty when it is gone."""
    entry, _, letter = name.partition(".")
    return store.get(Key("records", f"entry#{entry}", letters.place_of(letter))) or {}


def are_waiting(found: Iterable[dict[str, Any]]) -> bool:
    """Say whether one of these letters is still to go out."""
    return any(each.get("status") in _UNSENT for each in found)


def later(found: Iterable[dict[str, Any]], until: datetime, period: str) -> datetime | None:
    """Return until when it can be stopped after all, when a notice went out more than an hour after it was written."""
    sent = [each["ended_at"] for each in found if each.get("status") == letters.SENT]
    moved = after(read_stamp(max(sent)), period) if sent else None
    return moved if moved and moved > until + AGAIN else None
