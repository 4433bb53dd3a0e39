"""Sealed days: what was done on a day, as one signed statement per controller that nobody can change unseen (N4).

A statement holds the Merkle root over the day's acts, how many there were, and the hash of the day before: an act that is
changed, taken away or added shows, and so does a day that is left out. Each controller has a chain of its own, so that nothing
of one is shown with the proof of another. A day is sealed once, an hour after its end, when every act of it is written; days
without acts are sealed too. Days are UTC days, as the acts are filed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import evidence, merkle, policy
from privacy.errors import ConditionFailed, Conflict
from privacy.periods import read_stamp, stamp
from privacy.retention import OVERDUE_AFTER
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from privacy.writes import Keys, Store

FORMAT = "nakoming-evidence-day/1"
GRACE = timedelta(hours=1)
"""How long after its end a day is sealed: an act is dated by the start of the run that wrote it, and no run takes this long."""
PUBLISHED_DAYS = 100
_HEAD = "head"
_DAY = timedelta(days=1)


class SealedDay(NamedTuple):
    """One sealed day: the statement as it was signed (canonical JSON), and the signature over it (ECDSA P-256, SHA-256, DER)."""

    statement: str
    signature: bytes

    def says(self) -> dict[str, Any]:
        """Return what the statement says."""
        said: dict[str, Any] = json.loads(self.statement)
        return said

    def shown(self) -> dict[str, Any]:
        """Return the day as it stands in a bundle and on the public page."""
        return {"statement": self.says(), "signature": base64.b64encode(self.signature).decode()}


class Head(NamedTuple):
    """Where a chain ends: its last day, the hash of that day's statement, and the day it began with."""

    day: str
    hash: str
    first: str


class Tally(NamedTuple):
    """The acts of one day and controller: their leaves in order, and how many entries were destroyed on time and late."""

    leaves: list[bytes]
    figures: Counter[tuple[str, str, str]]
    """By site, category, and `on_time` or `late`."""


# --- what is signed ----------------------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """Return a value as bytes that are the same whoever writes them: JSON with sorted names, no spaces, ASCII only.

    Raises ValueError and TypeError for what is no JSON.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def act_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return an act as it is sealed and shown: all that its item says, with its id, without its place in the table."""
    return {"id": item["sk"], **{name: value for name, value in item.items() if name not in ("pk", "sk")}}


def tally(acts: Iterable[dict[str, Any]]) -> Tally:
    """Return the leaves and figures of acts in their order."""
    counted = Tally([], Counter())
    for act in acts:
        counted.leaves.append(merkle.leaf(canonical(act)))
        if act["act"] == evidence.DESTROYED:
            name = "late" if is_late(act) else "on_time"
            counted.figures[act.get("site", ""), act["category"], name] += 1
    return counted


def is_late(act: dict[str, Any]) -> bool:
    """Say whether an entry was destroyed later than the hourly run explains; its act says when it was due."""
    return read_stamp(act["at"]) > read_stamp(act["due"]) + OVERDUE_AFTER


def figures_shown(figures: Counter[tuple[str, str, str]]) -> dict[str, dict[str, dict[str, int]]]:
    """Return figures by site and category, as a statement holds them."""
    shown: dict[str, dict[str, dict[str, int]]] = {}
    for (site, category, name), count in figures.items():
        shown.setdefault(site, {}).setdefault(category, {"on_time": 0, "late": 0})[name] = count
    return shown


def hash_of(statement: str) -> str:
    """Return what the next day calls this statement: SHA-256, in hexadecimal."""
    return hashlib.sha256(statement.encode("ascii")).hexdigest()


def fingerprint(key: bytes) -> str:
    """Return what a public key (DER) is known by: SHA-256 over it, in hexadecimal."""
    return hashlib.sha256(key).hexdigest()


# --- sealing -----------------------------------------------------------------------------------------------------------


def last_sealable(now: datetime) -> date:
    """Return the last day that is over for long enough."""
    return (now - GRACE).astimezone(UTC).date() - _DAY


def seal(
    store: Store,
    keys: Keys,
    now: datetime,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Seal every day that is over and not sealed yet, in order, for every controller; return how many were sealed.

    A chain begins with the last day that is over when it is first looked at. Another run at the same time does no harm: who
    comes first seals a day. Raises Conflict when a chain has lost its end, StoreUnavailable, KeyUnavailable.
    """
    last, done = last_sealable(now), 0
    heads = {name: head(store, name) for name in policy.controllers()}
    while behind := {name: day for name, day in ((n, _following(h, last)) for n, h in heads.items()) if day <= last}:
        day = min(behind.values())
        tallies = read_day(store, day.isoformat())
        for name in [name for name, of in behind.items() if of == day]:
            if not may_go_on():
                return done
            key = keys.signing_key()
            statement = _statement(name, day.isoformat(), tallies.get(name, tally(())), heads[name], key, now)
            heads[name] = _stored(store, statement, keys.sign(_digest(statement)), key, heads[name])
            done += 1
    return done


def head(store: Store, controller: str) -> Head | None:
    """Return where the chain of a controller ends, or None before its first day."""
    item = store.get(Key("evidence", f"sealed#{controller}", _HEAD))
    return Head(item["day"], item["hash"], item["first"]) if item else None


def _following(end: Head | None, last: date) -> date:
    """Return the day that is to be sealed next."""
    return date.fromisoformat(end.day) + _DAY if end else last


def read_day(store: Store, day: str) -> dict[str, Tally]:
    """Return what was done on a day, by controller."""
    tallies: dict[str, Tally] = {}
    for item in store.items("evidence", f"day#{day}"):
        one = tally([act_of(item)])
        whole = tallies.setdefault(item["controller"], tally(()))
        whole.leaves.extend(one.leaves)
        whole.figures.update(one.figures)
    return tallies


def _statement(  # noqa: PLR0917 - what is stated
    controller: str, day: str, counted: Tally, end: Head | None, key: bytes, now: datetime
) -> str:
    """Return what is signed for one day."""
    said = {
        "format": FORMAT,
        "controller": controller,
        "day": day,
        "count": len(counted.leaves),
        "root": merkle.root(counted.leaves).hex(),
        "previous": end.hash if end else "",
        "figures": figures_shown(counted.figures),
        "key": fingerprint(key),
        "sealed_at": stamp(now),
    }
    return canonical(said).decode("ascii")


def _digest(statement: str) -> bytes:
    """Return what the key signs: a statement may be longer than KMS takes."""
    return hashlib.sha256(statement.encode("ascii")).digest()


def _stored(store: Store, statement: str, signature: bytes, key: bytes, end: Head | None) -> Head:
    """Store one sealed day and return the new end of the chain, also when somebody else was first."""
    said = json.loads(statement)
    made = Head(said["day"], hash_of(statement), end.first if end else said["day"])
    place = {"pk": f"sealed#{said['controller']}", "sk": _HEAD}
    moved = Put("evidence", {**place, **made._asdict()})
    if end:
        moved = moved._replace(condition="#day = :before", values={":before": end.day})
    day = Put("evidence", {**place, "sk": made.day, "statement": statement, "signature": signature})
    known = Put("evidence", {"pk": "sealed#keys", "sk": said["key"], "key": key}, condition="")
    try:
        store.write([day, moved, known])
    except ConditionFailed:
        found = head(store, said["controller"])
        if found is None or found.day < made.day:
            raise Conflict from None
        return found
    return made


# --- reading -----------------------------------------------------------------------------------------------------------


def days_between(first: str, last: str) -> list[str]:
    """Return the days from the first to the last, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1)]


def sealed_days(store: Store, controller: str, first: str, last: str) -> Iterator[SealedDay]:
    """Yield the sealed days of a controller from the first to the last, as far as there are any, in order."""
    for month in dict.fromkeys(day[:7] for day in days_between(first, last)):
        for item in store.items("evidence", f"sealed#{controller}", month):
            if first <= item["sk"] <= last:
                yield SealedDay(item["statement"], bytes(item["signature"]))


def sealed_day(store: Store, controller: str, day: str) -> SealedDay | None:
    """Return one sealed day, or None."""
    return next(sealed_days(store, controller, day, day), None)


def acts(store: Store, controller: str, day: str) -> Iterator[dict[str, Any]]:
    """Yield the acts of a day for one controller, in the order in which they are sealed."""
    for item in store.items("evidence", f"day#{day}"):
        if item["controller"] == controller:
            yield act_of(item)


def public_keys(store: Store, fingerprints: Iterable[str]) -> list[dict[str, str]]:
    """Return the public keys of these fingerprints, as far as they are known, as PEM."""
    found = ((name, store.get(Key("evidence", "sealed#keys", name))) for name in dict.fromkeys(fingerprints))
    return [{"fingerprint": name, "pem": pem(bytes(item["key"]))} for name, item in found if item]


def pem(key: bytes) -> str:
    """Return a public key (DER) as PEM (RFC 7468)."""
    text = base64.b64encode(key).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def published(store: Store, controller: str) -> dict[str, Any]:
    """Return what anyone may see of a controller's evidence: the signed statements of the last days, and the public key.

    `{"controller", "keys": [{"fingerprint", "pem"}], "days": [{"statement", "signature"}]}`, the newest day last. A statement
    holds counts and hashes. It needs no key. Raises StoreUnavailable.
    """
    end = head(store, controller)
    days: list[SealedDay] = []
    if end:
        first = max(end.first, (date.fromisoformat(end.day) - (PUBLISHED_DAYS - 1) * _DAY).isoformat())
        days = list(sealed_days(store, controller, first, end.day))
    keys = public_keys(store, (day.says()["key"] for day in days))
    return {"controller": controller, "keys": keys, "days": [day.shown() for day in days]}
