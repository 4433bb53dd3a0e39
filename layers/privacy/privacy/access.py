"""Access and portability: a person gets a copy of all that is held about them (Art. 15 and 20 GDPR, P14, P18).

Both give the same archive: to read, and in forms that a program reads. It names for each category whether the law or the
policy lets it be taken along. The letter tells that it is ready and where; it holds no link that acts. Where nothing else is
held, the copy has the request itself, for that is the person's too: the letter says so, and asks whether we know them
otherwise (Art. 11(2)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import carrying, case_letters, case_subjects, cases, evidence, exports, rights_asked, vault
from privacy.periods import read_stamp, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

RIGHTS = ("access", "portability")
_UNDER_WAY = (rights_asked.ASKED, rights_asked.WAITING)


def step(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Make the copy that a right asks for, once. Raises KeyUnavailable, StoreUnavailable, Unreadable, ConditionFailed."""
    if asked.right["status"] not in _UNDER_WAY:
        return None
    pointers = case_subjects.proven(services, vault.unlock(services.keys, asked.case), asked.main)
    if not pointers:
        carrying.left_to_staff(services.store, asked, now)
        return None
    as_of = read_stamp(max(asked.right["asked_at"], asked.right.get("decided_at", "")))
    changes, writes = _copied(services, asked, pointers, as_of, now)
    done = {"status": rights_asked.DONE, "done_at": stamp(now), **changes}
    recorded = evidence.act("carried_out", asked.case, now, suffix=asked.right["right"], right=asked.right["right"])
    services.store.write([carrying.changed(asked.right, done), *writes, *recorded])
    return None


def _copied(
    services: Services, asked: Asked, pointers: tuple[str, ...], as_of: datetime, now: datetime
) -> tuple[dict[str, Any], list[Write]]:
    """Return what becomes of the right, and the writes that keep the copy; both rights of one request share one."""
    other = rights_asked.of_case(services.store, asked.case.id).get(_other(asked.right["right"]), {})
    if other.get("export") and other.get("as_of") == stamp(as_of):
        return {name: other[name] for name in ("outcome", "export", "ready_until", "counts", "as_of")}, []
    beside = _beside(services.store, asked.case.id, case_subjects.held(services.store, pointers, now))
    language = str(asked.main["language"])
    copy = exports.make(services, asked.case, pointers, language, as_of=as_of, now=now)
    counts = {"entries": sum(copy.categories.values()), "categories": copy.categories}
    outcome = case_letters.FULFILLED if beside else case_letters.NO_DATA
    changes = {"outcome": outcome, "export": copy.entry, "ready_until": copy.ready_until}
    return {**changes, "counts": counts, "as_of": stamp(as_of)}, copy.writes


def _other(right: str) -> str:
    """Return the other right to a copy."""
    return RIGHTS[1 - RIGHTS.index(right)]


def _beside(store: Store, case: str, held: list[Entry]) -> list[Entry]:
    """Return what is held besides the request itself, and the records of who opened it."""
    own = {case, *(link["entry"] for link in cases.links(store, case))}
    return [entry for entry in held if entry.id not in own and entry.category not in ("openings", exports.CATEGORY)]
