"""Visits: what a site tells of a page that was read, sealed on arrival (P02, P32, N2, N5).

Whoever writes visits holds public keys only. One data key serves a site, a local day and a writer (a warm instance), so a visit
costs one write, and a day of any size is anonymised by destroying a handful of keys. Nothing about a visit stands in clear: not
even its time, which neither the key of a row nor the date of an entry tells.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from privacy import policy, vault
from privacy.periods import after, local_date, moment_given, read_stamp, stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from privacy.policy import Site
    from privacy.vault import Opened
    from privacy.writes import Keys, Writer

CATEGORY = "visits"
PURPOSE = "technical"
"""What visits are opened for, by people and by the roll-up: P02 records them "for technical purposes"."""
MOST_BYTES = 64 * 1024
DAY = "P1D"
_GRACE = timedelta(days=2)
"""How long the unreadable rows of a destroyed day may lie before DynamoDB begins to remove them, free of charge."""
_MOST = {"path": 300, "referrer": 253, "element": 100, "interest": 100, "user_agent": 500}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

Told = dict[str, str]


# --- what a page tells ---------------------------------------------------------------------------------------------------


def from_beacon(body: bytes) -> Told:
    """Return what a script told: a path, and where given referrer, element and interest. Empty for what is no such thing."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return _told(sent) if isinstance(sent, dict) else {}


def from_image(query: Mapping[str, str], referer: str, site: Site) -> Told:
    """Return what the image in a page tells: the path in its address, or else that of the page of the site it stands in."""
    if "path" in query:
        return _told(query)
    parts = _split(referer)
    return _told({"path": parts.path or "/"}) if f"{parts.scheme}://{parts.netloc}" in site.origins else {}


def _told(sent: Mapping[str, Any]) -> Told:
    """Return the fields that are kept, shortened to what is kept of them; empty without a path."""
    path = _line(sent.get("path"), "path", cut="[?#]")
    if not path.startswith("/"):
        return {}
    told = {"path": path, "referrer": _host(sent.get("referrer"))}
    return told | {name: _line(sent.get(name), name) for name in ("element", "interest")}


def _line(value: object, name: str, *, cut: str = "") -> str:
    """Return one line of bounded length, up to the first of the marks in `cut`; empty for what is no line."""
    text = value.strip() if isinstance(value, str) else ""
    text = re.split(cut, text, maxsplit=1)[0] if cut else text
    return "" if _CONTROL.search(text) else text[: _MOST[name]]


def _host(value: object) -> str:
    """Return the host of an address, and nothing else of it: no path, no query, no user name."""
    text = value if isinstance(value, str) else ""
    try:
        host = _split(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return _line(host, "referrer")


def _split(address: str) -> Any:
    """Return the parts of an address; of what is none, empty parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


# --- recording -----------------------------------------------------------------------------------------------------------


class _Day(NamedTuple):
    """The key of a site's day, as long as the day lasts."""

    opened: Opened
    ends: datetime
    expires_at: int


class Recorder:
    """Writes visits for one warm instance: it keeps the keys of the day that is, and of no other."""

    def __init__(self) -> None:
        """Start without a key."""
        self._days: dict[str, _Day] = {}

    def record(
        self, writer: Writer, keys: Keys, site: Site, told: Told, now: datetime, *, ip: str = "", user_agent: str = ""
    ) -> None:
        """Seal one visit and store it: one write, and with the first of a day the entry of that day's key.

        `ip` and `user_agent` are empty where the visitor asks not to be tracked. Only what the policy lists is kept. Raises
        UnknownCategory where it lists no visits; StoreUnavailable or KeyUnavailable, then this visit is lost.
        """
        rule = policy.category(site.controller, CATEGORY)
        seen = {**told, "ip": ip, "user_agent": _line(user_agent, "user_agent"), "at": stamp(now)}
        fields = {name: seen[name] for name in rule.fields if seen.get(name)}
        day = self._days.get(site.name)
        if day and read_stamp(day.opened.entry.created_at) <= now < day.ends:
            writer.put(_row(day, fields))
            return
        self._days.pop(site.name, None)
        day = _begin(keys, site, rule, now)
        writer.write([*vault.creation(day.opened.entry), _pointer(day, site, now), _row(day, fields)])
        self._days[site.name] = day


def _begin(keys: Keys, site: Site, rule: policy.Category, now: datetime) -> _Day:
    """Make a key for what is left of this local day. Its period counts from the end of the day, its date is the day's start."""
    starts = moment_given(local_date(now))
    ends = after(starts, DAY)
    opened = vault.begin(
        keys,
        wall=rule.wall,
        category=rule.name,
        controller=site.controller,
        site=site.name,
        policy=site.version,
        notices=site.notices,
        counted_from=rule.counts_from,
        counted_at=ends,
        due=after(ends, rule.needed),
        now=starts,
    )
    return _Day(opened, ends, int((after(ends, rule.needed) + _GRACE).timestamp()))


def _row(day: _Day, fields: Told) -> Put:
    """Return the write of one sealed visit, under a random name."""
    part = f"row#{vault.new_id()}"
    place = {"pk": f"entry#{day.opened.entry.id}", "sk": part, "expires_at": day.expires_at}
    return Put("traffic", {**place, "sealed": day.opened.seal(part, fields)})


def _pointer(day: _Day, site: Site, now: datetime) -> Put:
    """Return the write of the pointer by which the keys of a site's day are found."""
    place = {"pk": f"visits#{site.name}", "sk": f"{local_date(now)}#{day.opened.entry.id}"}
    return Put("traffic", {**place, "expires_at": day.expires_at})
