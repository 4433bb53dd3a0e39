"""Erasure: restricted at once, told to every address on file, and destroyed when it can be undone no more (P05, P16, N3).

Whoever takes over a mailbox for an hour can ask for erasure (Art. 17 GDPR), but destroys nothing in it: until the end of the
undo period every address on file can stop it, on the page or by answering the notice. What a legal duty makes us keep is not
touched, and named in the letter with its ground and end. What comes in meanwhile is not destroyed unseen: nothing is added to an
entry that is being erased, so that a reply becomes a message of the case, and what is new stays and is named.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from privacy import (
    carrying,
    case_letters,
    case_subjects,
    cases,
    exports,
    notices,
    openings,
    policy,
    recipients,
    restriction,
    rights_asked,
    vault,
)
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed
from privacy.periods import after, read_stamp, stamp
from privacy.writes import Key, Update

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

FUNCTION = "fulfil"
_NOTICE = "notified#"
_COPIES = ("access", "portability")


def step(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Take an erasure further: begin, wait, destroy, or lift what was restricted when it was undone."""
    if rights_asked.owes(asked.right):
        return restriction.lift(services, asked, now)
    if asked.right["status"] == rights_asked.UNDO:
        return _after_the_wait(services, asked, now)
    if asked.right["status"] not in restriction.UNDER_WAY or restriction.is_left_to_staff(services, asked, now):
        return None
    if "stays" in asked.right.get("counts", {}) or asked.right.get("destroyed_at"):
        _destroy(services, asked, now)  # staff have looked: what may go by now goes, and that is the end
        return None
    if asked.right.get("undo_until"):  # staff read what its person wrote meanwhile
        return _after_the_wait(services, asked, now)
    return _begin(services, asked, now)


# --- beginning -----------------------------------------------------------------------------------------------------------


def _begin(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Restrict at once what is to be erased, and tell every address on file; return until when it can be undone."""
    period = policy.handling(asked.case.controller).undo
    only = asked.right.get("only")
    asked = restriction.begun(services, asked, now, which=lambda entry: not only or entry.category in only)
    counts = restriction.restrict(services, asked, now)
    if not counts["entries"]:
        done = {"status": rights_asked.DONE, "outcome": case_letters.NO_DATA, "done_at": stamp(now)}
        services.store.write([carrying.changed(asked.right, {**done, "counts": counts})])
        return None
    addresses = _addresses(services, asked, now)
    until = after(now, period)
    site = policy.site(asked.case.site)
    page = rights_asked.page(services.base_url, site, asked.main["language"], f"/{asked.case.id}")
    language = asked.main["language"]
    has_copy = any(name.partition("/")[0] == exports.CATEGORY for name in counts["categories"])
    letter = case_letters.erasure_begun(
        site, language, case=asked.case.id, undo_until=stamp(until), page=page, has_copy=has_copy
    )
    for address in addresses:
        notices.tell(services, asked.case, letter, address, _NOTICE, restriction.standing(asked), now)
    changes = {"status": rights_asked.UNDO, "counts": counts, "undo_until": stamp(until), "run_at": stamp(until)}
    services.store.write([carrying.changed(asked.right, changes)])
    return until


def _addresses(services: Services, asked: Asked, now: datetime) -> list[notices.Address]:
    """Return every address on file of who is erased, the case's own first. Each entry is recorded as opened before it is."""
    opened = vault.unlock(services.keys, asked.case)
    own = case_subjects.facts(opened, asked.main).get("email")
    return notices.addresses(services, asked.case, own, _on_file(services, asked, now))


def _on_file(services: Services, asked: Asked, now: datetime) -> Iterator[object]:
    """Yield what stands as the address in each entry that is to be erased."""
    for name in asked.right["entries"]:
        try:
            entry = vault.find(services.store, name)
        except KeyDestroyed:
            continue
        main = services.store.get(Key("records", f"entry#{name}", "main"))
        if main is None or "sealed" not in main:
            continue
        openings.record(services, entry, FUNCTION, purpose="rights", why="notice", now=now, request=asked.case.id)
        yield vault.unlock(services.keys, entry).unseal("main", main["sealed"]).get("email")


# --- destroying ----------------------------------------------------------------------------------------------------------


def _after_the_wait(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Destroy what was restricted, once the time to undo it has passed and the person has what they asked for besides.

    Who answers the notice may mean to stop it: what they wrote is read by staff before anything is destroyed.
    """
    until = read_stamp(asked.right["undo_until"])
    if now < until:
        return until
    if was_written_since(services.store, asked.case.id, asked.right):
        carrying.left_to_staff(services.store, asked, now)
        return None
    told = notices.of_case(services.store, asked.case.id, _NOTICE)
    if notices.are_waiting(told) or _has_a_copy_coming(services, asked):
        return now + notices.AGAIN
    if later := notices.later(told, until, policy.handling(asked.case.controller).undo):
        changes = {"undo_until": stamp(later), "run_at": stamp(later)}
        services.store.write([carrying.changed(asked.right, changes)])
        return later
    _destroy(services, asked, now)
    return None


def was_written_since(store: Store, case: str, right: dict[str, Any]) -> bool:
    """Say whether a message of the person came in after their erasure or correction began, or after staff last decided about it.

    So does an answer from another address on file: it is a case of its own, and noted with this one (`heard_at`). An automatic
    answer (out of office) says nothing of the erasure; a report that the notice did not arrive does.
    """
    since = max(right.get("begun_at") or right["found_at"], right.get("decided_at", ""))
    if cases.record(store, case).get("heard_at", "") > since:
        return True
    links = cases.links(store, case)
    came = (link["sk"] for link in links if link["kind"] == "request" and not link.get("is_away"))
    return any(place > f"link#{since}" for place in came)


def _has_a_copy_coming(services: Services, asked: Asked) -> bool:
    """Say whether a copy is still to be made for the same request: it comes first."""
    rights = rights_asked.of_case(services.store, asked.case.id)
    return any(rights[right]["status"] in rights_asked.UNDER_WAY for right in _COPIES if right in rights)


def _destroy(services: Services, asked: Asked, now: datetime) -> None:
    """Destroy each entry in a transaction of its own, and end the right. From the first on nobody can undo it. Raises Conflict.

    Where something stands in the way, staff look, once; what stays then, stays, and the letter says why.
    """
    if not asked.right.get("destroying_at"):
        services.store.write([carrying.changed(asked.right, {"destroying_at": stamp(now)})])
    counts = erase(services, asked, now)
    counts |= _not_reached(services, asked, counts, now)
    is_looked_at = "stays" in asked.right["counts"]
    stopped = [why for _, why, _, _ in counts["stays"] if why != restriction.DECIDED]
    _end(services, asked, counts, rights_asked.APPROVAL if stopped and not is_looked_at else rights_asked.DONE, now)


def erase(services: Services, asked: Asked, now: datetime) -> dict[str, Any]:
    """Destroy what a right reached and restricted; return the counts of what went, and of what stays and why.

    Raises Conflict when the right was stopped meanwhile.
    """
    left = Counter[tuple[str, str, str]]()

    def spares(entry: Entry) -> bool:
        why, until = restriction.stays(services.store, asked, entry, now)
        if why:
            left[restriction.named(asked, entry), why, until] += 1
        return bool(why)

    also = [restriction.standing(asked)]
    for name in asked.right["entries"]:
        try:
            vault.erase(services.store, name, restriction.who(asked), now, also=also, spares=spares)
        except ConditionFailed as stopped:
            raise Conflict from stopped
    return _counted(asked.right["counts"], left)


def _counted(counts: dict[str, Any], left: Counter[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the counts of a right when this is `left` of what it reached: the rest has gone, now or before."""
    gone = Counter[str](counts.get("categories", {}))
    for category, _, _, count in counts.get("stays", ()):
        gone[category] += count
    for (category, _, _), count in left.items():
        gone[category] -= count
    stays = [[*each, count] for each, count in sorted(left.items())]
    return {**counts, "entries": gone.total(), "categories": dict(sorted((+gone).items())), "stays": stays}


def at_once(services: Services, asked: Asked, now: datetime) -> dict[str, Any]:
    """Restrict and destroy what a right reached, without a time to undo it; return what becomes of the right.

    What there was is noted before the first is destroyed: who goes on after a fault finds less. Raises Conflict.
    """
    if not asked.right.get("destroying_at"):
        changes = {"destroying_at": stamp(now), "counts": restriction.restrict(services, asked, now)}
        services.store.write([carrying.changed(asked.right, changes)])
        asked = asked._replace(right={**asked.right, **changes})
    counts = erase(services, asked, now)
    destroyed = {"destroyed_at": stamp(now)} if counts["entries"] else {}
    done = {"status": rights_asked.DONE, "outcome": _outcome(counts), "done_at": stamp(now)}
    return {**done, "counts": counts, **destroyed}


def _outcome(counts: dict[str, Any]) -> str:
    """Return what became of an erasure: all of it, a part, or nothing at all."""
    if not counts["stays"]:
        return case_letters.FULFILLED
    return case_letters.PARTLY if counts["entries"] else case_letters.REFUSED


def _not_reached(services: Services, asked: Asked, counts: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the counts of what stays besides: what came in since the erasure began, and what staff left out of it.

    A copy that the person asked for since then is not among it: they can fetch it, and it ends by itself.
    """
    known = set(asked.right["entries"])
    found = [entry for entry in restriction.reached(services, asked, now) if entry.id not in known]
    is_new = [entry.created_at >= asked.right["begun_at"] for entry in found]
    names = (restriction.named(asked, entry) for entry, came in zip(found, is_new, strict=True) if not came)
    out = [[name, restriction.DECIDED, "", count] for name, count in sorted(Counter(names).items())]
    arrived = sum(came and entry.category != exports.CATEGORY for entry, came in zip(found, is_new, strict=True))
    return {"arrived": arrived, "stays": [*counts["stays"], *(out if asked.right.get("only") else [])]}


def _end(services: Services, asked: Asked, counts: dict[str, Any], status: str, now: datetime) -> None:
    """Note what is destroyed, and tell the recipients; staff look when something stood in the way."""
    changes = {
        "status": status,
        "outcome": _outcome(counts),
        "counts": counts,
        **({"destroyed_at": stamp(now)} if counts["entries"] > _gone_before(asked) else {}),
        **({"done_at": stamp(now)} if status == rights_asked.DONE else {}),
    }
    told = recipients.by_hand(services.store, asked.case, "erasure", now) if counts["entries"] else []
    restriction.end(services, asked, [over(asked, changes), *told], counts["categories"], now)


def _gone_before(asked: Asked) -> int:
    """Return how many entries an erasure had destroyed when staff began to look."""
    counts = asked.right["counts"]
    return int(counts["entries"]) if "stays" in counts else 0


def over(asked: Asked, changes: dict[str, Any]) -> Write:
    """Return the write that changes a right when it has destroyed what it can: it can be decided about again."""
    return Update(
        Key("records", asked.right["pk"], asked.right["sk"]),
        "SET " + ", ".join(f"#{name} = :{name}" for name in changes) + " REMOVE #destroying_at",
        {":was": asked.right["status"], **{f":{name}": value for name, value in changes.items()}},
        "#status = :was",
    )
