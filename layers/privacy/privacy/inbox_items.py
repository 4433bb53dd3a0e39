"""Mail that is no case: what machines and lists sent. It waits for a person, who makes a case of it or sets it aside (P20)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, intake, openings, policy, vault
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed
from privacy.periods import after, read_stamp, stamp
from privacy.writes import Key, Update

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.writes import Store


def _purpose(rule: policy.Category) -> str:
    """Return what a mail is opened for: the rule's first purpose."""
    return rule.purposes[0]


def _record(store: Store, item: str) -> dict[str, Any]:
    """Return the record of a mail that is no case. Raises KeyDestroyed when it is gone, or is none."""
    main = store.get(Key("records", f"entry#{item}", "main"))
    if main is None or main.get("kind") != "inbox_item":
        raise KeyDestroyed
    return main


class Item(NamedTuple):
    """The state of a mail that waits: nothing about anyone. By `erase_by` it is destroyed, looked at or not."""

    id: str
    site: str
    received_at: str
    status: str
    language: str
    look: tuple[str, ...]
    channel: str
    erase_by: str


def page(store: Store, controller: str, *, limit: int, after: str = "") -> tuple[list[Item], str]:
    """Return at most `limit` mails that wait, the oldest first, and where the next page begins (empty: there is none)."""
    waiting = f"{controller}#{intake.INBOX}#{intake.WAITING}"
    listed = store.listed("records", "list", waiting, above=after, page_size=limit + 2)
    found = list(islice((item for item in listed if item["listed_at"] != after), limit + 1))
    return [state(item) for item in found[:limit]], str(found[limit - 1]["listed_at"]) if len(found) > limit else ""


def state(item: dict[str, Any]) -> Item:
    """Return the state that a record or its listing holds."""
    values = {name: item.get(name, "") for name in Item._fields}
    values["id"] = item["pk"].removeprefix("entry#")
    return Item(**{**values, "look": tuple(item["look"])})


def open_(services: Services, item: str, reader: Reader, *, why: str, now: datetime) -> tuple[Item, dict[str, Any]]:
    """Open a mail that waits: its state, and what staff read of it. The opening is recorded (P11).

    Raises KeyDestroyed, NotFound, NotAllowed, Restricted, KeyUnavailable.
    """
    main = _record(services.store, item)
    opened = openings.open_entry(services, item, reader, purpose=_purpose, why=why, now=now)
    content = opened.unseal("main", main["sealed"])
    return state(main), {**content.pop("facts"), **content}


def make_case(services: Services, item: str, reader: Reader, *, now: datetime) -> str:
    """Make a case of a mail, or add it to the sender's open case; its day of receipt stays. Return the case.

    Done twice, it is the same case. Raises as `open_`, and Conflict when it was set aside.
    """
    main = services.store.get(Key("records", f"entry#{item}", "main"))
    if main and main.get("kind") == "request" and main["controller"] == reader.controller:
        openings.check_reader(vault.find(services.store, item), reader)
        return str(main["case"])
    main = _record(services.store, item)
    opened = openings.open_entry(services, item, reader, purpose=_purpose, why="answer", now=now)
    if main["status"] != intake.WAITING:
        raise Conflict
    content = opened.unseal("main", main["sealed"])
    site = policy.site(opened.entry.site)
    request = intake.Request(
        received_at=read_stamp(main["received_at"]),
        channel=main["channel"],
        language=main["language"],
        content={},
        asked=tuple((right, words) for right, words in content["asked"]),
        look=tuple(main["look"]),
        facts=content["facts"],
        people=intake.people(services.keys, site.controller, email=content["facts"]["email"]),
    )

    def message_of(case: str) -> list[Any]:
        expression = "SET #kind = :kind, #case = :case REMOVE #list, #listed_at, #status"
        values = {":kind": "request", ":case": case, ":waiting": intake.WAITING}
        joined = Update(Key("records", main["pk"], "main"), expression, values, "#status = :waiting")
        return [vault.addition(opened.entry), joined]

    return intake.place(services, site, request, item, message_of, once=(), now=now).entry


def dismiss(services: Services, item: str, reader: Reader, *, now: datetime) -> Item:
    """Set a mail aside: from now its period counts. Done twice, it stays as it was. Raises KeyDestroyed, NotAllowed, Conflict."""
    entry = vault.find(services.store, item)
    openings.check_reader(entry, reader)
    main = _record(services.store, item)
    if main["status"] == intake.DISMISSED:
        return state(main)
    due = min(after(now, cases.rule(entry).needed), read_stamp(entry.due))
    values = {":status": intake.DISMISSED, ":erase_by": stamp(due), ":waiting": intake.WAITING}
    expression = "SET #status = :status, #erase_by = :erase_by REMOVE #list, #listed_at"
    aside = Update(Key("records", main["pk"], "main"), expression, values, "#status = :waiting")
    moved = vault.rescheduled(entry, due, counted_from="closed", counted_at=now, now=now, act="dismissed")
    try:
        services.store.write([*moved, aside])
    except ConditionFailed as changed:
        raise Conflict from changed
    return state({**main, "status": intake.DISMISSED, "erase_by": stamp(due)})
