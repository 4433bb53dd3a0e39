"""Sealed days: what was done on a day, as one signed statement per controller that nobody can change unseen (N4).

A statement holds the Merkle root over the day's acts, how many there were, and the hash of the day before: an act that is
changed, taken away or added shows, and so does a day that is left out. Each controller has a chain of its own, so that nothing
of one is shown with the proof of another. A day is sealed once, an hour after its end, when every act of it is written; days
without acts are sealed too. Days are UTC days, as the acts are filed.

Where a chain ends is noted beside it, and remembered by the auditor in another table: a chain that does not go on from what is
remembered is not sealed any further, or what was taken away could be signed over.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, evidence, merkle, policy
from privacy.errors import ConditionFailed, Conflict
from privacy.periods import local_date, read_stamp, stamp
from privacy.retention import OVERDUE_AFTER
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from privacy.writes import Keys, Store

FORMAT = "nakoming-evidence-day/1"
GRACE = timedelta(hours=1)
"""How long after its end a day is sealed: an act is dated by the start of the run that wrote it, and no run takes this long."""
PUBLISHED_DAYS = 100
_LOOKED_BACK = 31
"""How many days before its first run the auditor looks for acts; in use it runs from the first hour on."""
ALL = "all"
"""What stands for a case whatever it asks, where cases are counted by right."""
_HEAD = "head"
_AT_ONCE = 25
"""How many days are stored in one transaction when many were missed."""
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

    def goes_on_from(self, before: Head) -> bool:
        """Say whether a chain that ended at `before` can have come to end here, as far as the ends alone tell."""
        return self.first == before.first and (self.day > before.day or self == before)


class Tally(NamedTuple):
    """The acts of one day and controller: their leaves in order, and how much was done on time and late."""

    leaves: list[bytes]
    figures: Counter[tuple[str, str, str]]
    """Entries destroyed, by site, category, and `on_time` or `late`."""
    answers: Counter[tuple[str, str, str]]
    """Cases that ended, by site, each right that was asked or `ALL`, and `on_time` or `late`."""


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
    counted = Tally([], Counter(), Counter())
    for act in acts:
        counted.leaves.append(merkle.leaf(canonical(act)))
        if act["act"] == evidence.DESTROYED:
            name = "late" if is_late(act) else "on_time"
            counted.figures[act.get("site", ""), act["category"], name] += 1
        elif "respond_by_latest" in act and act.get("outcome") not in (None, cases.NO_REQUEST):
            name = "late" if is_answered_late(act) else "on_time"
            asked = filter(None, str(act["rights"]).split(","))
            counted.answers.update((act.get("site", ""), right, name) for right in (ALL, *asked))
    return counted


def is_late(act: dict[str, Any]) -> bool:
    """Say whether an entry was destroyed later than the hourly run explains; its act says when it was due."""
    return read_stamp(act["at"]) > read_stamp(act["due"]) + OVERDUE_AFTER


def is_answered_late(act: dict[str, Any]) -> bool:
    """Say whether a case came to its answer after the last day for it, or to none: its act says when that day was (P20).

    A right is answered by the end of its case, a question by the answer to it, which may come before the case is closed.
    """
    answered_on = local_date(read_stamp(act.get("answered_at") or act["at"]))
    return bool(act["outcome"] == cases.UNANSWERED or answered_on > act["respond_by_latest"])


def figures_shown(figures: Counter[tuple[str, str, str]]) -> dict[str, dict[str, dict[str, int]]]:
    """Return figures by site and category (answers: by site and right), as a statement holds them."""
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
    remembered: Mapping[str, Head] | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Seal every day that is over and not sealed yet, in order, for every controller; return how many were sealed.

    `remembered` is where chains ended when they were last looked at. A chain that lost its end since, or was set back, is not
    sealed any further, and the others are. Another run at the same time does no harm: who comes first seals a day. Raises
    Conflict when a chain has lost its end, StoreUnavailable, KeyUnavailable.
    """
    last, before = last_sealable(now), remembered or {}
    chains = [_Chain(store, name, before.get(name)) for name in policy.controllers()]
    begin = last if all(chain.end for chain in chains if not chain.is_lost) else _beginning(store, last)
    while may_go_on():
        days = [chain.following(begin) for chain in chains if not chain.is_lost]
        if not days or (day := min(days)) > last:
            break
        tallies = read_day(store, day.isoformat())
        for chain in chains:
            if not chain.is_lost and chain.following(begin) == day:
                chain.seal(keys, day.isoformat(), tallies.get(chain.controller, tally(())), now)
    for chain in chains:
        chain.store()
    if any(chain.is_lost for chain in chains):
        raise Conflict
    return sum(chain.stored for chain in chains)


def head(store: Store, controller: str) -> Head | None:
    """Return where the chain of a controller ends, or None before its first day."""
    item = store.get(Key("evidence", f"sealed#{controller}", _HEAD))
    return Head(item["day"], item["hash"], item["first"]) if item else None


def _beginning(store: Store, last: date) -> date:
    """Return the day that a chain begins with: the first with an act, looked for once, or the last that is over."""
    days = (last - number * _DAY for number in range(_LOOKED_BACK, 0, -1))
    return next((day for day in days if any(True for _ in store.items("evidence", f"day#{day}"))), last)


def read_day(store: Store, day: str) -> dict[str, Tally]:
    """Return what was done on a day, by controller."""
    tallies: dict[str, Tally] = {}
    for item in store.items("evidence", f"day#{day}"):
        one = tally([act_of(item)])
        whole = tallies.setdefault(item["controller"], tally(()))
        whole.leaves.extend(one.leaves)
        whole.figures.update(one.figures)
        whole.answers.update(one.answers)
    return tallies


class _Chain:
    """The chain of one controller while it grows; a month that was missed is not stored day by day."""

    def __init__(self, store: Store, controller: str, remembered: Head | None) -> None:
        self._store, self.controller = store, controller
        self.end, self.stored = head(store, controller), 0
        self.is_lost = self._has_lost_its_end(remembered)
        self._before = self.end
        self._waiting: list[Put] = []
        self._key = b""

    def _has_lost_its_end(self, remembered: Head | None) -> bool:
        """Say whether the note of the end is gone, or older than it was: days and their end are stored in one transaction."""
        if self.end:
            return remembered is not None and not self.end.goes_on_from(remembered)
        return remembered is not None or any(True for _ in self._store.items("evidence", f"sealed#{self.controller}"))

    def following(self, begin: date) -> date:
        """Return the day that is to be sealed next."""
        return date.fromisoformat(self.end.day) + _DAY if self.end else begin

    def seal(self, keys: Keys, day: str, counted: Tally, now: datetime) -> None:
        """Sign one day, and store what waits when it is enough."""
        self._key = keys.signing_key()
        said = {
            "format": FORMAT,
            "controller": self.controller,
            "day": day,
            "count": len(counted.leaves),
            "root": merkle.root(counted.leaves).hex(),
            "previous": self.end.hash if self.end else "",
            "figures": figures_shown(counted.figures),
            "answers": figures_shown(counted.answers),
            "key": fingerprint(self._key),
            "sealed_at": stamp(now),
        }
        statement = canonical(said)  # a digest of it is signed, for it may be longer than KMS takes
        signature = keys.sign(hashlib.sha256(statement).digest())
        item = {"pk": f"sealed#{self.controller}", "sk": day, "statement": statement.decode(), "signature": signature}
        self._waiting.append(Put("evidence", item))
        self.end = Head(day, hash_of(statement.decode()), self.end.first if self.end else day)
        if len(self._waiting) == _AT_ONCE:
            self.store()

    def store(self) -> None:
        """Store the days that wait and the new end of the chain; where somebody else was first, go on from theirs.

        A chain that has lost its end is left as it is. Raises StoreUnavailable.
        """
        if not self._waiting or self.end is None:
            return
        moved = Put("evidence", {"pk": f"sealed#{self.controller}", "sk": _HEAD, **self.end._asdict()})
        if self._before:
            moved = moved._replace(condition="#day = :before", values={":before": self._before.day})
        known = Put("evidence", {"pk": "sealed#keys", "sk": fingerprint(self._key), "key": self._key}, condition="")
        waiting, self._waiting = self._waiting, []
        try:
            self._store.write([*waiting, moved, known])
            self.stored += len(waiting)
        except ConditionFailed:
            self.end = head(self._store, self.controller)
            self.is_lost = self.end is None or self.end.day < waiting[0].item["sk"]
        self._before = self.end


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
