"""Who wants no advertising and no newsletters: known by a code that is no address (Art. 21(3) GDPR; P19, P29).

The code is made of their pointer: it leads from an address to the wish, and never back. Who asks whether somebody may be
written to has the address, and KMS to make the pointer of it. The wish is an entry of its own, with a category and a retention
of its own: it is kept as long as it stands. It has an end date like everything that is sealed, which retention moves on for as
long as the policy says so (`renewed`), because what stops is to stay stopped.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from privacy import enquiries, evidence, policy, vault
from privacy.periods import stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

CATEGORY = "suppressions"


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


def _place(pointer: str) -> str:
    """Return where it stands that a person is suppressed."""
    return "suppress#" + hashlib.sha256(json.dumps(["suppress", pointer]).encode()).hexdigest()
