"""The copy of a person's data, made and kept sealed until they fetch it (Art. 15(3) and 20 GDPR, P14, P18).

It is an entry of its own with a short period: the archive is sealed like any mail, small ones in the records and large ones in
the bucket of sealed objects, and goes with its entry. It is found with the person's data, so that an erasure reaches it too.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from privacy import enquiries, export, holdings, policy, raw_mail
from privacy.errors import KeyDestroyed
from privacy.raw_mail import Filing
from privacy.vault import creation, find, unlock
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.holdings import Collected
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Write

CATEGORY = holdings.EXPORTS
BY = "fulfil"
"""Who opens entries to carry a right out, as openings record it: a function, and no person."""
_KEPT_AS = "main"


class Copy(NamedTuple):
    """A copy that was made: the writes that store it, its entry, what it holds by category, and until when."""

    writes: list[Write]
    entry: str
    categories: dict[str, int]
    ready_until: str


def make(
    services: Services, case: Entry, pointers: Sequence[str], language: str, *, as_of: datetime, now: datetime
) -> Copy:
    """Return a sealed copy of all that was held under pointers at `as_of`.

    Whatever is opened for it is recorded first. Raises KeyUnavailable, StoreUnavailable or Unreadable: a copy is whole, or
    there is none.
    """
    collected = holdings.collect(services, pointers, request=case.id, by=BY, as_of=as_of, now=now)
    content = _archive(collected, case, language)
    rule, site = policy.category(case.controller, CATEGORY), policy.site(case.site)
    opened = enquiries.begin(
        services.keys, site, rule, pointers, received_at=now, now=now, counted_from=rule.counts_from
    )
    entry = opened.entry
    state = {name: getattr(entry, name) for name in ("site", "controller", "category")}
    place = {"pk": f"entry#{entry.id}", "sk": "main", "kind": "export", "case": case.id}
    record = {**place, **state, "erase_by": entry.due, "sealed": opened.seal("main", {"bytes": len(content)})}
    filing = Filing(entry.id, entry.binding(), opened.key)
    kept = raw_mail.kept(services, filing, _KEPT_AS, content, now)
    counts = Counter(each.category for each in collected.holdings.entries)
    return Copy([*creation(entry), Put("records", record), *kept], entry.id, dict(counts), entry.due)


def _archive(collected: Collected, case: Entry, language: str) -> bytes:
    """Return the archive, in Dutch or else in English."""
    target = io.BytesIO()
    spoken = "nl" if language == "nl" else "en"
    site = policy.site(case.site)
    export.build(collected.holdings, collected.content, target, site=site, language=spoken, reference=case.id)
    return target.getvalue()


def content(services: Services, entry_id: str, now: datetime) -> bytes:
    """Return the archive of a copy, also when it is restricted: its person gets what is theirs (Art. 18(2)).

    Raises KeyDestroyed when its time has passed, KeyUnavailable, StoreUnavailable.
    """
    entry = find(services.store, entry_id)
    item = services.store.get(Key("records", f"entry#{entry_id}", f"raw#{_KEPT_AS}"))
    if item is None or entry.has_ended(now):
        raise KeyDestroyed
    return enquiries.raw_content(services, unlock(services.keys, entry), item)
