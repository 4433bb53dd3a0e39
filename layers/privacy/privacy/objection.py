"""Objection: advertising stops at once; a use for a legitimate interest is stopped until staff decide (Art. 21 GDPR; P19).

To direct marketing one may object without a reason, and nothing is weighed. Against another use, what rests on a public task
or a legitimate interest is restricted (Art. 18(1)(d)) until staff show compelling grounds, with their reasons, or give in: then
these data serve nothing any more, and are destroyed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import (
    advertising,
    carrying,
    case_letters,
    cases,
    consent,
    erasure,
    policy,
    restriction,
    rights_asked,
    suppression,
    vault,
)
from privacy.errors import KeyDestroyed
from privacy.periods import after, local_date, stamp
from privacy.writes import Key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.services import Services

_INTERESTS = frozenset({"6(1)(e)", "6(1)(f)"})


def step(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Take an objection further: suppress, or restrict and leave it to staff, or do what they decided."""
    if rights_asked.owes(asked.right):
        return restriction.lift(services, asked, now)
    if asked.right["status"] not in restriction.UNDER_WAY:
        return None
    if advertising.is_meant(_words(services, asked)):
        if not consent.is_asked_again(services, asked, now):
            _suppress(services, asked, now)
    elif restriction.is_left_to_staff(services, asked, now):
        return None
    elif asked.right["status"] == rights_asked.WAITING:
        _give_in(services, asked, now)
    else:
        _restrict(services, asked, now)
    return None


# --- advertising ---------------------------------------------------------------------------------------------------------


def _words(services: Services, asked: Asked) -> str:
    """Return the words that led to the objection, or where there are none all that the person wrote."""
    opened = vault.unlock(services.keys, asked.case)
    links = cases.links(services.store, asked.case.id)
    said = [opened.unseal("main", asked.main["sealed"])]
    for link in links:
        if "sealed" in link:
            key = vault.unlock_addition(services.store, services.keys, asked.case, link["key"])
            said.append(key.unseal(link["sk"], link["sealed"]))
    words = [words for each in said for right, words in each.get("asked", ()) if right == "objection" and words]
    return "\n".join(words or _written(services, asked))


def _written(services: Services, asked: Asked) -> Iterator[str]:
    """Yield the texts of the messages of a case, as far as they are still there."""
    for link in cases.links(services.store, asked.case.id):
        main = services.store.get(Key("records", f"entry#{link['entry']}", "main"))
        if link["kind"] != "request" or main is None:
            continue
        try:
            entry = vault.find(services.store, link["entry"])
        except KeyDestroyed:
            continue
        yield str(vault.unlock(services.keys, entry).unseal("main", main["sealed"]).get("text") or "")


def _suppress(services: Services, asked: Asked, now: datetime) -> None:
    """See to it that the person is sent no advertising any more. Who wrote from their address needs no other proof."""
    done = {"status": rights_asked.DONE, "outcome": case_letters.FULFILLED, "done_at": stamp(now), "suppressed": True}
    pointers = restriction.proven(services, asked) or asked.case.subjects
    suppressed = suppression.begun(services, asked.case, asked.right["right"], pointers, now)
    restriction.end(services, asked, [carrying.changed(asked.right, done), *suppressed], (), now)


# --- a legitimate interest -----------------------------------------------------------------------------------------------


def _begun(services: Services, asked: Asked, now: datetime) -> Asked:
    """Note what the objection reaches: what rests on a public task or a legitimate interest."""
    status = asked.right["status"]
    return restriction.begun(
        services, asked, now, which=lambda entry: consent.basis(entry) in _INTERESTS, status=status
    )


def _restrict(services: Services, asked: Asked, now: datetime) -> None:
    """Restrict what was objected to, tell the person, and leave it to staff."""
    asked = _begun(services, asked, now)
    review = after(now, policy.handling(asked.case.controller).review)
    counts = restriction.restrict(services, asked, now)
    changes = {"status": rights_asked.APPROVAL, "approval_at": stamp(now), "counts": counts}
    ending = [carrying.changed(asked.right, changes)]
    if counts["entries"]:
        letter = case_letters.restricted(
            policy.site(asked.case.site), asked.main["language"], case=asked.case.id, review_on=local_date(review)
        )
        ending += case_letters.queue(services.keys, asked.case, letter, now).writes
    restriction.end(services, asked, ending, counts["categories"], now, told_of="restriction")


def _give_in(services: Services, asked: Asked, now: datetime) -> None:
    """Destroy what was objected to: staff found no compelling ground for it, and it serves nothing any more."""
    asked = _begun(services, asked, now)
    done = erasure.at_once(services, asked, now)
    restriction.end(services, asked, [erasure.over(asked, done)], done["counts"]["categories"], now, told_of="erasure")
