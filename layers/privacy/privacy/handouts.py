"""Handouts: a copy in the clear for ten minutes, for whoever has the session of a typed code (Art. 12(1) and 32 GDPR, P14).

The opened archive is put under a random name into a bucket of its own, and the person gets a link that ends by itself. That it
was handed out stands in the evidence before it is. What lies there is noted before it is written, and swept within the hour;
the bucket itself forgets what nobody swept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privacy import evidence, exports, rights_asked, sessions, vault
from privacy.errors import KeyDestroyed, StoreUnavailable
from privacy.periods import stamp
from privacy.writes import Delete, Key, Put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from privacy.services import Handouts, Services
    from privacy.vault import Entry

LIFE = timedelta(minutes=10)
LIST = "handouts"
FILE_NAME = "data.zip"


def hand_out(services: Services, case: str, session: str, right: str, now: datetime) -> str:
    """Return a link to the copy that a right of a case gave, good for ten minutes.

    Raises IdentityNotProven without a session of this case, KeyDestroyed when there is no copy (any more), KeyUnavailable,
    StoreUnavailable.
    """
    sessions.check(services.store, case, session, now)
    item = rights_asked.of_case(services.store, case).get(right, {})
    if not item.get("export"):
        raise KeyDestroyed
    return put(services, vault.find(services.store, case), exports.content(services, item["export"], now), item, now)


def put(
    services: Services, case: Entry, content: bytes, of: Mapping[str, Any], now: datetime, *, to: str = "person"
) -> str:
    """Put an opened copy where it is fetched, and return a link to it; `of` names its right and its entry, `to` who gets it.

    Raises StoreUnavailable.
    """
    name = vault.new_id()
    place = {"pk": f"handout#{name}", "sk": "handout", "list": LIST, "listed_at": stamp(now + LIFE)}
    recorded = evidence.act("disclosed", case, now, suffix=name, right=of["right"], export=of["export"], to=to)
    services.store.write([Put("records", place), *recorded])
    bucket = _bucket(services)
    bucket.put(name, content)
    return bucket.link(name, FILE_NAME, LIFE)


def sweep(services: Services, now: datetime) -> int:
    """Delete the copies whose link has ended, and return how many. Raises StoreUnavailable."""
    done = 0
    for item in services.store.listed("records", "list", LIST, upto=stamp(now)):
        _bucket(services).delete(item["pk"].removeprefix("handout#"))
        services.store.write([Delete(Key("records", item["pk"], item["sk"]))])
        done += 1
    return done


def _bucket(services: Services) -> Handouts:
    """Return where copies are handed out."""
    if services.handouts is None:
        raise StoreUnavailable
    return services.handouts
