"""Sessions: for half an hour after a typed code, whoever typed it need not type another (Art. 12(2) and (6) GDPR).

A session is a token of 128 random bits, of which only the hash is stored, bound to one case and to whom that case is about: when
staff vouch that it is somebody else's than the mailbox's that it came from, what that mailbox began ends. It is carried in hidden
fields of forms: it stands in no cookie (P01) and in no address, so that neither a history nor a referrer holds it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privacy.errors import IdentityNotProven
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from privacy.writes import Store

LASTS = timedelta(minutes=30)
_BYTES = 16
_LONGEST = 64


def begin(case: str, whom: str, now: datetime) -> tuple[str, Put]:
    """Return a new session of a case: its token, and the write that makes it count."""
    token = secrets.token_urlsafe(_BYTES)
    place = {"pk": f"session#{_digest(token)}", "sk": "session"}
    return token, Put("traffic", {**place, "case": case, "whom": whom, "expires_at": int((now + LASTS).timestamp())})


def whom(main: Mapping[str, Any]) -> str:
    """Return what tells whom a case is about from whom it was about before: empty until staff vouch for somebody."""
    return str(main.get("vouched_for") or "")


def check(store: Store, case: str, token: str, now: datetime) -> None:
    """Let whoever has the session of this case pass.

    Raises IdentityNotProven for any other: unknown, ended, of another case, or begun before staff vouched for somebody;
    DynamoDB's TTL deletes late, so its end is read. StoreUnavailable when that cannot be known.
    """
    item = store.get(Key("traffic", f"session#{_digest(token[:_LONGEST])}", "session"))
    if item is None or item["case"] != case or item["expires_at"] <= int(now.timestamp()):
        raise IdentityNotProven
    main = store.get(Key("records", f"entry#{case}", "main"))
    if main is None or item.get("whom", "") != whom(main):
        raise IdentityNotProven


def _digest(token: str) -> str:
    """Return what is stored of a token: from 128 random bits nobody comes back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
