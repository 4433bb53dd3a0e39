"""Who wants no advertising and no newsletters: known by a code that is no address (Art. 21(3) GDPR; P19, P29).

The code is made of their pointer: it leads from an address to the wish, and never back. Who asks whether somebody may be
written to has the address, and KMS to make the pointer of it. The wish is an entry of its own, with a category and a retention
of its own: it is kept as long as it stands. It has an end date like everything that is sealed, which retention moves on for as
long as the policy says so (`renewed`), because what stops is to stay stopped. It ends when its person wants advertising
again, and was proven to be who they are (`ended`): whoever ends it for somebody else would have them written to.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from privacy import case_subjects, cases, enquiries, evidence, policy, vault
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed, Restricted
from privacy.periods import stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

CATEGORY = "suppressions"
AGAIN = "advertising_again"
"""What is noted and recorded when somebody wants advertising again."""
ENDED = "suppression_ended"


def suppressed(store: Store, pointer: str) -> bool:
    """Say whether the person with this pointer (see `subjects`) is to be sent no advertising and no newsletter."""
    return next(iter(store.items("vault", _place(pointer))), None) is not None


def begun(services: Services, case: Entry, right: str, pointers: Iterable[str], now: datetime) -> list[Write]:
    """Return the writes after which these pointers are suppressed, by a right of a case."""
    rule, site = policy.category(case.controller, CATEGORY), policy.site(case.site)
    writes: list[Write] = []
    for pointer in pointers:
        opened = enquiries.begin(
            services.keys,
            site,
            rule,
            [pointer],
            received_at=now,
            now=now,
            pointers=[_place(pointer)],
            counted_from=rule.counts_from,
        )
        entry = opened.entry
        label = {name: getattr(entry, name) for name in ("category", "controller")}
        state = {"kind": "suppression", **label, "site": entry.site, "erase_by": entry.due, "right": right}
        sealed = opened.seal("main", {"at": stamp(now), "person": _place(pointer).removeprefix("suppress#")})
        writes += [
            *vault.creation(entry),
            Put("vault", {"pk": _place(pointer), "sk": f"entry#{entry.id}", **label}),
            Put("records", {"pk": f"entry#{entry.id}", "sk": "main", **state, "sealed": sealed}),
            *evidence.act("suppressed", entry, now, by=vault.by_case(case.id, right)),
        ]
    return writes


def ended(services: Services, case_id: str, now: datetime) -> None:
    """End the wish of the person of a case, who was proven and wants advertising again: what was kept of it is destroyed.

    It is due from now on, with the evidence of why, and goes at once. Nothing is sent by that: a newsletter needs consent (P28).
    Done twice, it stays as it was. Raises Conflict, KeyUnavailable, StoreUnavailable.
    """
    try:
        case, main = vault.find(services.store, case_id), cases.record(services.store, case_id)
    except KeyDestroyed:
        return
    by = vault.by_case(case_id, AGAIN)
    for pointer in case_subjects.proven(services, vault.unlock(services.keys, case), main):
        for item in list(services.store.items("vault", _place(pointer))):
            entry = vault.find(services.store, item["sk"].removeprefix("entry#"))
            due = vault.rescheduled(
                entry, now, counted_from=entry.counted_from, counted_at=now, now=now, act=ENDED, by=by
            )
            try:
                services.store.write(due)
            except ConditionFailed as meanwhile:
                raise Conflict from meanwhile
            with suppress(Restricted):  # it goes when that is lifted
                vault.destroy(services.store, entry.id, now)


def _place(pointer: str) -> str:
    """Return where it stands that a person is suppressed."""
    return "suppress#" + hashlib.sha256(json.dumps(["suppress", pointer]).encode()).hexdigest()
