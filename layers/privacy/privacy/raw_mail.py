"""A mail as it came in, kept sealed beside what was read of it: in a record of its own, or in the bucket when it is large."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from privacy import sealing, vault
from privacy.errors import StoreUnavailable
from privacy.writes import PRESENT, Delete, Key, Put

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services
    from privacy.writes import Write

_CUT_OFF = timedelta(days=1)
_IN_AN_ITEM = 250_000
"""Bytes of ciphertext that stay in the records; more goes to the bucket of sealed objects (an item holds 400 kB)."""


class Filing(NamedTuple):
    """What seals a mail: the entry it is filed under, what its parts are bound to, and their key."""

    entry: str
    binding: sealing.Binding
    key: bytes


def kept(services: Services, filing: Filing, part: str, raw: bytes, now: datetime, **state: str) -> list[Write]:
    """Return the writes that keep the raw mail of a part.

    An object is noted for deletion before it is written, and the note goes in the transaction that names it: a filing that was
    cut off leaves nothing behind for longer than a day. Raises StoreUnavailable.
    """
    place = {"pk": f"entry#{filing.entry}", "sk": f"raw#{part}", **state}
    sealed = sealing.seal(filing.key, filing.binding, place["sk"], raw)
    if len(sealed) <= _IN_AN_ITEM:
        return [Put("records", {**place, "raw": sealed})]
    if services.objects is None:
        raise StoreUnavailable
    name = f"entry/{filing.entry}/{vault.new_id()}"
    noted = vault.sweep(filing.entry, [name], now + _CUT_OFF)
    services.store.write([noted])
    services.objects.put(name, sealed)
    named = Delete(Key("records", noted.item["pk"], noted.item["sk"]), PRESENT)
    return [Put("records", {**place, "object": name}), named]
