"""Reminders: staff are told in time that a request must be answered and a breach reported (Art. 12(3) and 33(1) GDPR).

Each reminder goes out once for a day by which something is due; when that day moves, it is reminded of anew. Who reminds reads
the lists only and holds no key. What is past its day rings an alarm instead (see `cases.overdue`, `incidents.overdue`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from privacy import cases, deadlines, incidents, letters, policy, vault
from privacy.errors import ConditionFailed, KeyDestroyed
from privacy.periods import moment_given, read_stamp, stamp
from privacy.writes import Key, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from privacy.vault import Entry
    from privacy.writes import Put, Store

DAYS = (14, 7, 3, 1)
"""How many days before the last day of a request staff are reminded."""
HOURS = (48, 24, 12, 3)
"""How many hours before the end of the period to report staff are reminded."""
_UNCHANGED = "#status = :status AND #{due} = :due AND (attribute_not_exists(#reminded) OR #reminded = :was)"


def steps(store: Store, now: datetime) -> Iterator[Callable[[], str]]:
    """Yield one step per open case and incident whose day is near; each returns `reminded`, or nothing when nobody had to be."""
    for controller in policy.controllers():
        for main in chain(_cases(store, controller, now), _incidents(store, controller, now)):
            yield lambda main=main: _remind(store, main, now)  # type: ignore[misc]


def next_moments(store: Store, moment: datetime) -> list[datetime]:
    """Return when staff will be reminded after `moment`, as things stand."""
    found: list[datetime] = []
    for controller in policy.controllers():
        for item in cases.listed(store, controller, cases.OPEN):
            last = date.fromisoformat(item["listed_at"].partition("#")[0])
            found += [moment_given((last - timedelta(days=days)).isoformat()) for days in DAYS]
        for item in incidents.listed(store, controller, incidents.OPEN):
            found += [read_stamp(item["report_by"]) - timedelta(hours=hours) for hours in HOURS]
    return [each for each in found if each > moment]


def _cases(store: Store, controller: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the records of open cases that are due within the first reminder's days, and not past."""
    today = deadlines.received_on(now)
    until = (today + timedelta(days=DAYS[0])).isoformat()
    for item in cases.listed(store, controller, cases.OPEN, upto=f"{until}#~"):
        main = store.get(Key("records", item["pk"], "main"))
        if main and main["respond_by"] >= today.isoformat():
            yield main


def _incidents(store: Store, controller: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the records of incidents that must be reported within the first reminder's hours, and not past."""
    until = stamp(now + timedelta(hours=HOURS[0]))
    for main in incidents.listed(store, controller, incidents.OPEN, upto=f"{until}#~"):
        if main["report_by"] > stamp(now):
            yield main


def _remind(store: Store, main: dict[str, Any], now: datetime) -> str:
    """Remind staff of one case or incident, unless they were for this day and this distance."""
    due = "respond_by" if main["kind"] == "case" else "report_by"
    left, step = _left(main, now)
    mark, was = f"{main[due]}#{step}", str(main.get("reminded") or "")
    if was.startswith(f"{main[due]}#") and int(was.rpartition("#")[2]) <= step:
        return ""
    values = {":status": main["status"], ":due": main[due], ":mark": mark, ":was": was}
    noted = Update(
        Key("records", main["pk"], "main"), "SET #reminded = :mark", values, _UNCHANGED.replace("{due}", due)
    )
    try:
        entry = vault.find(store, main["pk"].removeprefix("entry#"))
        store.write([noted, _letter(entry, main, left, now), vault.addition(entry)])
    except (KeyDestroyed, ConditionFailed):
        return ""
    return "reminded"


def _left(main: dict[str, Any], now: datetime) -> tuple[int, int]:
    """Return how many days or hours are left, and which reminder that is: the nearest that is not passed yet."""
    if main["kind"] == "case":
        left = (date.fromisoformat(main["respond_by"]) - deadlines.received_on(now)).days
        return left, min(days for days in DAYS if left <= days)
    left = -((now - read_stamp(main["report_by"])) // timedelta(hours=1))  # a begun hour counts
    return left, min(hours for hours in HOURS if left <= hours)


def _letter(entry: Entry, main: dict[str, Any], left: int, now: datetime) -> Put:
    """Return the letter to staff."""
    if main["kind"] == "case":
        return letters.case_reminder(entry, now, days=left, is_extended=bool(main.get("extended_until")))
    return letters.incident_reminder(entry, now, hours=left)
