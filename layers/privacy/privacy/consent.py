"""Withdrawing consent and leaving newsletters: as easy as it was given, and at once (Art. 7(3) and 21(3) GDPR; P29).

What rests on consent is destroyed; where the policy counts the period of a category from the withdrawal, that begins. Nothing
waits to be undone: consent that is wanted again is given again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import carrying, case_letters, erasure, policy, published, restriction, rights_asked, suppression, vault
from privacy.errors import ConditionFailed, Conflict
from privacy.periods import after, read_stamp, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.services import Services
    from privacy.vault import Entry

_CONSENT = "6(1)(a)"
_FROM_NOW = "withdrawn"


def unsubscribed(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """See to it that a person is sent no newsletter any more. Who wrote from their address needs no other proof."""
    if asked.right["status"] not in restriction.UNDER_WAY or is_asked_again(services, asked, now):
        return None
    done = {"status": rights_asked.DONE, "outcome": case_letters.FULFILLED, "done_at": stamp(now), "suppressed": True}
    pointers = restriction.proven(services, asked) or asked.case.subjects
    suppressed = suppression.begun(services, asked.case, asked.right["right"], pointers, now)
    restriction.end(services, asked, [carrying.changed(asked.right, done), *suppressed], (), now)
    return None


def is_asked_again(services: Services, asked: Asked, now: datetime) -> bool:
    """Leave to staff what a mail alone asks, where it has been so for an earlier one; say whether it is left to them.

    Who has to ask twice should have a person look at it. And whoever forges such mails has their owner written to once: each
    case that ended by itself would be one more letter.
    """
    if asked.right["status"] != rights_asked.ASKED or restriction.proven(services, asked):
        return False
    if any(right.get("suppressed") for right in rights_asked.of_case(services.store, asked.case.id).values()):
        return False
    if not all(suppression.suppressed(services.store, pointer) for pointer in asked.case.subjects):
        return False
    changes = {"status": rights_asked.APPROVAL, "approval_at": stamp(now), "is_again": True}
    services.store.write([carrying.changed(asked.right, changes)])
    return True


def withdrawn(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Let everything end that rests on the consent of a person; where nothing does, the letter says so."""
    if rights_asked.owes(asked.right):
        return restriction.lift(services, asked, now)
    if asked.right["status"] not in restriction.UNDER_WAY or restriction.is_left_to_staff(services, asked, now):
        return None
    asked = restriction.begun(services, asked, now, which=lambda entry: _is_by_consent(entry) and not _stays(entry))
    done = erasure.at_once(services, asked, now)
    names = list(done["counts"]["categories"])
    for entry in restriction.reached(services, asked, now):
        if _is_by_consent(entry) and _stays(entry):
            _count_from_now(services, asked, entry, now)
            names.append(restriction.named(asked, entry))
    if not done["counts"]["stays"]:
        done["outcome"] = case_letters.FULFILLED if names else case_letters.NO_DATA
    elif names:
        done["outcome"] = case_letters.PARTLY
    suppressed = suppression.begun(services, asked.case, "withdrawal", restriction.proven(services, asked), now)
    ending = [erasure.over(asked, {**done, "suppressed": True}), *suppressed]
    restriction.end(services, asked, ending, done["counts"]["categories"], now, told_of="erasure")
    return None


def _is_by_consent(entry: Entry) -> bool:
    """Say whether an entry is held because its person consented."""
    return basis(entry) == _CONSENT


def basis(entry: Entry) -> str:
    """Return the legal basis on which an entry is held, as its policy says it: `6(1)(f)`."""
    found: str = published.of(policy.site(entry.site))["categories"][entry.category]["basis"]["article"]
    return found


def _stays(entry: Entry) -> bool:
    """Say whether the policy keeps an entry for a period from the withdrawal, as proof that there was consent."""
    return policy.category(entry.controller, entry.category).counts_from == _FROM_NOW


def _count_from_now(services: Services, asked: Asked, entry: Entry, now: datetime) -> None:
    """Let the period of an entry begin now, unless it has begun. Raises Conflict."""
    if entry.counted_from == _FROM_NOW:
        return
    due = min(after(now, policy.category(entry.controller, entry.category).needed), read_stamp(entry.due))
    writes = vault.rescheduled(entry, due, counted_from=_FROM_NOW, counted_at=now, now=now)
    try:
        services.store.write([restriction.standing(asked), *writes])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
