"""Incidents: a personal data breach from the moment it is known to its end (Art. 33 and 34 GDPR).

An incident is an entry of its own category: what happened, what it may lead to, what was done, each addition noted with who made
it and when. That is the record which Art. 33(5) asks for. Its state says how long there is left to report it to the authority
and whether the people concerned must still be told, and nothing about anyone. Whose data are concerned is counted from the
vault.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import casework, enquiries, evidence, openings, policy, vault
from privacy.errors import BadInput, ConditionFailed, Conflict, IsClosed, KeyDestroyed, ReportedAlready
from privacy.periods import after, read_stamp, stamp
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from privacy.affected import Affected
    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

CATEGORY = "incidents"
OPEN, REPORTED, CLOSED = "open", "reported", "closed"
STATUSES = (OPEN, REPORTED, CLOSED)
FACTS = ("nature", "cause", "consequences", "measures", "contact")
"""What staff say about a breach, each in words: Art. 33(3)(a), (c), (d) and (b)."""
YES, NO = "yes", "no"


class Summary(NamedTuple):
    """The state of an incident: nothing about anyone. Moments are stamps.

    `high_risk` is `yes`, `no` or empty while nobody knows; with `yes`, the people concerned are told (`persons_told_at`).
    """

    id: str
    status: str
    aware_at: str
    report_by: str
    reported_at: str
    high_risk: str
    persons_told_at: str
    closed_at: str
    erase_by: str


class Incident(NamedTuple):
    """An opened incident: the latest word on each fact, what was counted, and the log of all that was noted."""

    summary: Summary
    facts: dict[str, str]
    counted: tuple[dict[str, Any], ...]
    log: tuple[dict[str, Any], ...]


# --- finding -------------------------------------------------------------------------------------------------------------


def record(store: Store, incident: str) -> dict[str, Any]:
    """Return the record of an incident. Raises KeyDestroyed when it is gone, or was none."""
    item = store.get(Key("records", f"entry#{incident}", "main"))
    if item is None or item.get("kind") != "incident":
        raise KeyDestroyed
    return item


def listed(store: Store, controller: str, status: str, *, upto: str = "") -> Iterator[dict[str, Any]]:
    """Yield the records of incidents of one status, what must be reported first stands first. Nothing is opened."""
    for item in store.listed("records", "list", f"{controller}#{CATEGORY}#{status}", upto=upto):
        if main := store.get(Key("records", item["pk"], "main")):
            yield main


def overdue(store: Store, controller: str, now: datetime) -> int:
    """Return how many breaches were not reported in time and are not ended: it should be 0 (Art. 33(1))."""
    return sum(1 for _ in listed(store, controller, OPEN, upto=f"{stamp(now)}#~"))


def was_ours(store: Store, incident: str, controller: str) -> bool:
    """Say whether an incident that cannot be opened was this controller's: evidence of its end says so."""
    return any(act["act"] == evidence.DESTROYED for act in evidence.of_entry(store, incident, controller))


def summary(item: dict[str, Any]) -> Summary:
    """Return the state that a record holds."""
    values = {name: str(item.get(name) or "") for name in Summary._fields}
    return Summary(**{**values, "id": item["pk"].removeprefix("entry#")})


def check_reader(reader: Reader) -> None:
    """Raise NotAllowed for a role that deals with no incidents, or a controller whose policy has no rule for them."""
    openings.check_rule(reader, CATEGORY)


# --- from the first word to the end -----------------------------------------------------------------------------------------


def begin(
    services: Services, reader: Reader, *, aware_at: datetime, nature: str, now: datetime, idempotency_key: str = ""
) -> str:
    """Note a breach with what is known of it; from `aware_at` the period to report it runs. Return its id.

    The same words again within ten minutes, or with the same key within a day, are the same breach. Raises BadInput for a
    moment that lies ahead or no words, NotAllowed.
    """
    check_reader(reader)
    if aware_at > now:
        raise BadInput("invalid", {"aware": ("in_the_future", {})})
    if not nature.strip():
        raise BadInput("invalid", {"nature": ("missing", {})})
    site = policy.site(policy.sites_of(reader.controller)[0])
    rule = policy.category(reader.controller, CATEGORY)
    opened = enquiries.begin(services.keys, site, rule, [], received_at=now, now=now, counted_from="received")
    entry = opened.entry
    report_by = stamp(after(aware_at, policy.handling(reader.controller).report_within))
    state = {"kind": "incident", "site": site.name, "controller": entry.controller, "category": CATEGORY}
    days = {"aware_at": stamp(aware_at), "report_by": report_by, "opened_at": stamp(now), "erase_by": entry.due}
    place = {"pk": f"entry#{entry.id}", "sk": "main", **_listing(entry.controller, OPEN, report_by, entry.id)}
    sealed = opened.seal("main", {"nature": nature.strip(), "by": reader.sub, "at": stamp(now)})
    writes: list[Write] = [
        *vault.creation(entry),
        Put("records", {**place, **state, **days, "status": OPEN, "sealed": sealed}),
        *evidence.act("incident_opened", entry, now, aware_at=stamp(aware_at), report_by=report_by),
    ]
    content = services.keys.mac(enquiries.digest("incident", reader.controller, nature.strip()).encode()).hex()
    tag = enquiries.digest("incident", reader.controller, idempotency_key or content), content
    window = enquiries.ONCE_WITH_KEY if idempotency_key else enquiries.ONCE
    return enquiries.once(services.store, writes, entry.id, tag, now, window).reference


def open_(services: Services, incident: str, reader: Reader, *, why: str, now: datetime) -> Incident:
    """Open an incident; the opening is recorded before anything is shown (P11).

    Raises KeyDestroyed, NotFound, NotAllowed, Restricted, KeyUnavailable, Unreadable.
    """
    main = record(services.store, incident)
    opened = openings.open_entry(services, incident, reader, purpose=lambda rule: rule.purposes[0], why=why, now=now)
    first = opened.unseal("main", main["sealed"])
    log = [{"what": "opened", **first}]
    for item in services.store.items("records", f"entry#{incident}", "note#"):
        key = vault.unlock_addition(services.store, services.keys, opened.entry, item["key"])
        log.append(key.unseal(item["sk"], item["sealed"]))
    facts = {name: str(note[name]) for note in log for name in FACTS if note.get(name)}
    counted = tuple(note for note in log if note["what"] == "counted")
    return Incident(summary(main), facts, counted, tuple(log))


def add(
    services: Services, incident: str, reader: Reader, facts: Mapping[str, str], *, high_risk: str = "", now: datetime
) -> Summary:
    """Add what became known: facts in words, and whether the risk for the people concerned is high (Art. 34).

    An earlier word on the same fact stays in the log; the same words within ten minutes are noted once. Raises BadInput for
    nothing at all, KeyDestroyed, NotFound, NotAllowed, Conflict.
    """
    said = {name: facts[name].strip() for name in FACTS if facts.get(name, "").strip()}
    if not said and not high_risk:
        raise BadInput("invalid", {"nature": ("missing", {})})
    entry, main = _open_to(services.store, incident, reader, now)
    changes = {"high_risk": high_risk} if high_risk else {}
    return _noted(services, entry, main, changes, {"what": "added", **said, **changes}, reader, now)


def counted(
    services: Services, incident: str, reader: Reader, scope: Mapping[str, Any], found: Affected, *, now: datetime
) -> Summary:
    """Note which data are concerned, as they were counted from the vault (see `affected`)."""
    entry, main = _open_to(services.store, incident, reader, now)
    return _noted(services, entry, main, {}, {"what": "counted", **scope, **found._asdict()}, reader, now)


def reported(
    services: Services, incident: str, reader: Reader, *, at: datetime, reference: str, reasons: str = "", now: datetime
) -> Summary:
    """Note that the breach was reported to the authority, when, and under which reference of theirs.

    A report that came late needs the reasons for the delay (Art. 33(1)). Done twice, it stays as it was. Raises BadInput,
    ReportedAlready when it was reported at another moment.
    """
    entry, main = _open_to(services.store, incident, reader, now)
    if at > now:
        raise BadInput("invalid", {"at": ("in_the_future", {})})
    if main["status"] != OPEN:
        if main["reported_at"] != stamp(at):
            raise ReportedAlready
        return summary(main)
    if stamp(at) > main["report_by"] and not reasons.strip():
        raise BadInput("invalid", {"reasons": ("late_unexplained", {})})
    changes = {"status": REPORTED, "reported_at": stamp(at)}
    said = {"what": "reported", "reference": reference.strip(), "reasons": reasons.strip(), "reported_at": stamp(at)}
    act = evidence.act("incident_reported", entry, now, reported_at=stamp(at), report_by=main["report_by"])
    return _change(services, entry, main, changes, said, reader, now, act)


def persons_told(services: Services, incident: str, reader: Reader, said: str, *, now: datetime) -> Summary:
    """Note that the people concerned were told, and how (Art. 34). Done twice, it stays as it was."""
    if not said.strip():
        raise BadInput("invalid", {"said": ("missing", {})})
    entry, main = _open_to(services.store, incident, reader, now)
    if main.get("persons_told_at"):
        return summary(main)
    changes = {"persons_told_at": stamp(now)}
    act = evidence.act("incident_persons_told", entry, now)
    return _change(services, entry, main, changes, {"what": "persons_told", "said": said.strip()}, reader, now, act)


def close(services: Services, incident: str, reader: Reader, reasons: str, *, now: datetime) -> Summary:
    """End an incident: from now its period counts. Done twice, it stays as it was.

    One that was not reported, and one of high risk of which the people concerned were not told, needs the reasons for that
    (Art. 33(1), 34(3), 33(5)). Raises BadInput, KeyDestroyed, NotFound, NotAllowed, Conflict.
    """
    entry = vault.find(services.store, incident)
    openings.check_reader(entry, reader)
    main = record(services.store, incident)
    if main["status"] == CLOSED:
        return summary(main)
    is_silent = main.get("high_risk") == YES and not main.get("persons_told_at")
    if (main["status"] == OPEN or is_silent) and not reasons.strip():
        raise BadInput("invalid", {"reasons": ("breach_unexplained", {})})
    due = min(after(now, policy.category(entry.controller, CATEGORY).needed), read_stamp(entry.due))
    changes = {"status": CLOSED, "closed_at": stamp(now), "erase_by": stamp(due)}
    ending = vault.rescheduled(entry, due, counted_from="closed", counted_at=now, now=now, act="incident_closed")
    said = {"what": "closed", "reasons": reasons.strip()}
    noted = casework.note(services, entry, said, reader, now)[1:]  # the end of the incident moves its version on
    return _written(services, main, changes, [*ending, *noted])


def _open_to(store: Store, incident: str, reader: Reader, now: datetime) -> tuple[Entry, dict[str, Any]]:
    """Return an incident that a reader may change. Raises IsClosed for one that was closed."""
    entry = vault.find(store, incident)
    openings.check_reader(entry, reader)
    main = record(store, incident)
    if entry.has_ended(now):
        raise KeyDestroyed
    if main["status"] == CLOSED:
        raise IsClosed
    return entry, main


def _listing(controller: str, status: str, report_by: str, incident: str) -> dict[str, str]:
    """Return where an incident of this status is listed."""
    return {"list": f"{controller}#{CATEGORY}#{status}", "listed_at": f"{report_by}#{incident}"}


def _noted(  # noqa: PLR0917 - what is changed, by whom, what is said about it and when
    services: Services,
    entry: Entry,
    main: dict[str, Any],
    changes: dict[str, Any],
    said: dict[str, Any],
    reader: Reader,
    now: datetime,
) -> Summary:
    """Note something in the log of an incident, once within ten minutes: whoever sends it again means the same."""
    content = services.keys.mac(enquiries.digest("noted", entry.id, json.dumps(said, sort_keys=True)).encode()).hex()
    writes = [*casework.note(services, entry, said, reader, now), _changed(main, changes)]
    tag = enquiries.digest("noted", entry.id, content), content
    enquiries.once(services.store, writes, vault.new_id(), tag, now, enquiries.ONCE)
    return summary({**main, **changes})


def _change(  # noqa: PLR0917 - what is changed, by whom, what is said about it and when
    services: Services,
    entry: Entry,
    main: dict[str, Any],
    changes: dict[str, Any],
    said: dict[str, Any],
    reader: Reader,
    now: datetime,
    more: list[Write] | None = None,
) -> Summary:
    """Change the state of an incident with a note of it in its log."""
    noted = casework.note(services, entry, said, reader, now)
    return _written(services, main, changes, [*noted, *(more or [])])


def _written(services: Services, main: dict[str, Any], changes: dict[str, Any], writes: list[Write]) -> Summary:
    """Write a change of an incident's state. Raises Conflict when somebody else changed it meanwhile."""
    try:
        services.store.write([*writes, _changed(main, changes)])
    except ConditionFailed as changed:
        raise Conflict from changed
    return summary({**main, **changes})


def _changed(main: dict[str, Any], changes: dict[str, Any]) -> Update:
    """Return the write that changes an incident's state and lists it anew, if nobody else changed its status."""
    status = changes.get("status", main["status"])
    place = _listing(main["controller"], status, main["report_by"], main["pk"].removeprefix("entry#"))
    changes = {**changes, **place}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    values = {**{f":{name}": value for name, value in changes.items()}, ":was": main["status"]}
    return Update(Key("records", main["pk"], "main"), expression, values, "#status = :was")
