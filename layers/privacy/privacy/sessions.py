"""Sessions: for half an hour after a typed code, whoever typed it need not type another (Art. 12(2) and (6) GDPR).

A session is a token of 128 random bits, of which only the hash is stored, bound to one case. It is carried in hidden fields of
forms: it stands in no cookie (P01) and in no address, so that neither a history nor a referrer holds it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from privacy.errors import IdentityNotProven
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.writes import Store

LASTS = timedelta(minutes=30)
_BYTES = 16
_LONGEST = 64


def begin(case: str, now: datetime) -> tuple[str, Put]:
    """Return a new session of a case: its token, and the write that makes it count."""
    token = secrets.token_urlsafe(_BYTES)
    place = {"pk": f"session#{_digest(token)}", "sk": "session"}
    return token, Put("traffic", {**place, "case": case, "expires_at": int((now + LASTS).timestamp())})


def check(store: Store, case: str, token: str, now: datetime) -> None:
    """Let whoever has the session of this case pass.

    Raises IdentityNotProven for any other: unknown, ended, of another case; DynamoDB's TTL deletes late, so its end is
    read. StoreUnavailable when that cannot be known.
    """
    item = store.get(Key("traffic", f"session#{_digest(token[:_LONGEST])}", "session"))
    if item is None or item["case"] != case or item["expires_at"] <= int(now.timestamp()):
        raise IdentityNotProven


def _digest(token: str) -> str:
    """Return what is stored of a token: from 128 random bits nobody comes back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
