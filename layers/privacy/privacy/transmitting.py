"""Carries out direct transmissions: tells every address on file, waits, tells the provider, hands over (Art. 20(2) GDPR, P18).

What a provider is given is taken from the copy that the person has: of that, what may be taken along. So it is the same data as
of the same day, also when the originals are erased in the same request. It is opened for minutes when it is fetched, and nobody
is told that something was given before it was.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    case_letters,
    case_subjects,
    cases,
    evidence,
    export,
    exports,
    handouts,
    letters,
    notices,
    policy,
    rights_asked,
    sessions,
    transmissions,
    vault,
)
from privacy.errors import BadInput, ConditionFailed, Conflict, KeyDestroyed, NotFetched
from privacy.periods import local_date, read_stamp, stamp
from privacy.transmissions import FETCHED, GONE, MISSED, RETURNED, SENT, STOPPED, UNDO, Provider
from privacy.writes import Check, Key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

_CAME_BACK = (letters.FAILED, letters.BOUNCED)
_LOOK = timedelta(days=1)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]")
_NAMED_BEFORE = re.compile(r"(?:\bnaar|\baan|\bto)[ \t]+([^@\n.:;!?]{2,80}?)[ \t(<,]*\Z")
_MOST_TEXT = 20_000


class _Of(NamedTuple):
    """A transmission as it was read, with its case."""

    case: Entry
    main: dict[str, Any]
    item: dict[str, Any]


def step(services: Services, task: dict[str, Any], now: datetime) -> datetime | None:
    """Take a transmission further; return when to look again.

    Raises Conflict when it changed meanwhile, KeyUnavailable, StoreUnavailable: called again, it goes on.
    """
    of = _read(services, task)
    if of is None or of.item.get("ended_at"):
        return None
    if ending := _ending(services.store, of, now):
        _end(services, of, ending, now)
        return None
    if of.item["status"] == UNDO:
        return _before_it_is_sent(services, of, now)
    waits = notices.are_waiting([notices.letter_of(services.store, of.item["letter"])])
    return min(read_stamp(of.item["until"]), now + (notices.AGAIN if waits else _LOOK))


def _read(services: Services, task: dict[str, Any]) -> _Of | None:
    """Return what a task is about, or None when the case has gone. The entry is read first: see `_end`."""
    name = task["pk"].removeprefix("entry#")
    try:
        entry, main = vault.find(services.store, name), cases.record(services.store, name)
    except KeyDestroyed:
        return None
    item = services.store.get(Key("records", task["pk"], task["transmission"]))
    return _Of(entry, main, item) if item else None


# --- before --------------------------------------------------------------------------------------------------------------


def _before_it_is_sent(services: Services, of: _Of, now: datetime) -> datetime:
    """Tell every address on file; tell the provider when it can be stopped unseen no more."""
    noted = f"named#{of.item['sk']}#"
    if not of.item.get("noticed_at"):
        of = _noticed(services, of, noted, now)
    until = read_stamp(of.item["undo_until"])
    if now < until:
        return until
    told = notices.of_case(services.store, of.case.id, noted)
    if notices.are_waiting(told):
        return now + notices.AGAIN
    if later := notices.later(told, until, policy.handling(of.case.controller).transmission):
        end = min(later + transmissions.LIFE, read_stamp(of.item["ready_until"]))
        _change(services, of, {"undo_until": stamp(later), "until": stamp(end)})
        return later
    return _sent(services, of, now)


def _noticed(services: Services, of: _Of, noted: str, now: datetime) -> _Of:
    """Put the notice to every address on file into the outbox: that of the case, and those in the copy."""
    opened = vault.unlock(services.keys, of.case)
    own = case_subjects.facts(opened, of.main).get("email")
    says = export.said_in(exports.content(services, of.item["export"], now))
    to = transmissions.provider(services, opened, of.item)
    site = policy.site(of.case.site)
    letter = case_letters.provider_named(
        site,
        of.main["language"],
        case=of.case.id,
        name=to.name,
        email=to.email,
        undo_until=of.item["undo_until"],
        page=rights_asked.page(services.base_url, site, of.main["language"], f"/{of.case.id}"),
    )
    standing = Check(Key("records", of.item["pk"], of.item["sk"]), "#status = :was", {":was": UNDO})
    for address in notices.addresses(services, of.case, own, _addresses(says)):
        notices.tell(services, of.case, letter, address, noted, standing, now)
    changes = {"noticed_at": stamp(now)}
    _change(services, of, changes)
    return of._replace(item={**of.item, **changes}, case=vault.find(services.store, of.case.id))


def _addresses(says: dict[str, Any]) -> Iterator[object]:
    """Yield what stands as the address in each entry of a copy."""
    for entry in says["entries"]:
        yield from (part["fields"].get("email") for part in entry["parts"] if part["name"] == "main")


def _sent(services: Services, of: _Of, now: datetime) -> datetime:
    """Put the mail to the provider into the outbox; return when to look whether it came back."""
    site, opened = policy.site(of.case.site), vault.unlock(services.keys, of.case)
    said = transmissions.said(services, opened, of.item)
    page = rights_asked.page(services.base_url, site, site.default_language, "/fetch")
    letter = case_letters.to_provider(
        site, site.default_language, case=of.case.id, number=said["number"], until=of.item["until"], page=page
    )
    queued = case_letters.queue(services.keys, of.case, letter, now, to=said["provider_email"])
    changes = {"status": SENT, "sent_at": stamp(now), "letter": queued.name}
    try:
        services.store.write(
            [
                vault.addition(of.case),
                transmissions.changed(of.item, changes),
                *_recorded(of, SENT, now),
                *queued.writes,
            ]
        )
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
    return now + notices.AGAIN


# --- after ---------------------------------------------------------------------------------------------------------------


def _ending(store: Store, of: _Of, now: datetime) -> str:
    """Return how a transmission ends: it was stopped or fetched, its copy is gone, the mail came back, or time is over."""
    item, is_over = of.item, stamp(now) >= of.item["until"]
    if item["status"] == STOPPED or item.get("fetched_at"):
        return STOPPED if item["status"] == STOPPED else FETCHED
    if item["status"] == UNDO and of.main.get("heard_at", "") > item["named_at"]:
        return STOPPED  # who answers the notice, from whichever address, may have no other way to stop it
    if store.get(vault.key_of(item["export"])) is None or (is_over and item["status"] == UNDO):
        return GONE
    if item["status"] == SENT and notices.letter_of(store, item["letter"]).get("status") in _CAME_BACK:
        return RETURNED
    return MISSED if is_over else ""


def _end(services: Services, of: _Of, status: str, now: datetime) -> None:
    """Note the end of a transmission, and tell its person, unless they stopped it or their final letter will say it.

    The case moves on a version with it, as it does with the final letter: so one of the two says what came of it. Raises
    Conflict.
    """
    changes = {"status": status, "ended_at": stamp(now)}
    if status == STOPPED and of.item["status"] != STOPPED:
        changes |= {"stopped_at": stamp(now), "stopped_by": transmissions.BY_REPLY}
    item = {**of.item, **changes}
    writes = [vault.addition(of.case), transmissions.changed(of.item, changes), *_recorded(of, status, now)]
    is_answered = bool(of.main.get("final_letter")) or of.main["status"] == cases.CLOSED
    if is_answered and item.get("stopped_by") != transmissions.BY_PERSON:
        site = policy.site(of.case.site)
        became = transmissions.handed_of(services, vault.unlock(services.keys, of.case), item)
        page = rights_asked.page(services.base_url, site, of.main["language"], f"/{of.case.id}")
        letter = case_letters.handed(site, of.main["language"], of.case.id, became, page, local_date(now))
        writes += case_letters.queue(services.keys, of.case, letter, now).writes
    try:
        services.store.write(writes)
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


def _recorded(of: _Of, status: str, now: datetime) -> list[Write]:
    """Return the evidence of how far a transmission is: of which case, and to nobody that is named."""
    number = transmissions.number_of(of.item)
    figures = {"right": of.item["right"], "number": number, "status": status}
    return evidence.act(transmissions.ACT, of.case, now, suffix=f"{number}#{status}", **figures)


def _change(services: Services, of: _Of, changes: dict[str, Any]) -> None:
    """Change a transmission as it was read. Raises Conflict."""
    try:
        services.store.write([transmissions.changed(of.item, changes)])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


# --- handing over --------------------------------------------------------------------------------------------------------


def hand_over(services: Services, number: str, phrase: str, now: datetime) -> str:
    """Return a link to what a provider is given, good for ten minutes. That it was handed out is recorded before.

    Raises NotFetched for whatever is not right, KeyUnavailable, StoreUnavailable.
    """
    item = transmissions.proven(services, number, phrase, now)
    try:
        case = vault.find(services.store, item["pk"].removeprefix("entry#"))
        content = exports.content(services, item["export"], now)
    except KeyDestroyed as gone:
        raise NotFetched from gone
    archive = export.packed(export.for_provider(export.said_in(content)))
    link = handouts.put(services, case, archive, item, now, to="provider")
    if not item.get("fetched_at"):
        fetched = transmissions.changed(item, {"fetched_at": stamp(now)})
        try:
            services.store.write([fetched, transmissions.task(item, now)])
        except ConditionFailed as stopped:
            raise NotFetched from stopped
    return link


# --- telling -------------------------------------------------------------------------------------------------------------


def about(  # noqa: PLR0917 - of which case, for whom, and how it is said
    services: Services, case: str, session: str, right: str, language: str, now: datetime
) -> dict[str, Any]:
    """Return what the page shows of transmissions, to who has the session: whom they are for, and for a new one what is sent.

    `{"named": {number: [name, email]}, "what": [lines], "proposed": [name, email]}`; the last two only for a `right`. What is
    proposed was read in what the person wrote, and is only shown. Raises IdentityNotProven, KeyDestroyed, KeyUnavailable.
    """
    sessions.check(services.store, case, session, now)
    opened = vault.unlock(services.keys, vault.find(services.store, case))
    named = {
        transmissions.number_of(item): list(transmissions.provider(services, opened, item))
        for item in transmissions.of_case(services.store, case)
    }
    item = rights_asked.of_case(services.store, case).get(right, {})
    if not item.get("export"):
        return {"named": named}
    says = export.said_in(exports.content(services, item["export"], now))
    entry = opened.entry
    counts = Counter(
        each["category"] if each["controller"] == entry.controller else f"{each['category']}/{each['controller']}"
        for each in export.for_provider(says)["entries"]
    )
    what = case_letters.counted(policy.site(entry.site), language, counts)
    return {"named": named, "what": what, "proposed": list(proposed(says, case, policy.site(entry.site)))}


def proposed(says: dict[str, Any], case: str, site: policy.Site) -> Provider:
    """Return the provider that the letters of a case name, when they name one address that is not their writer's own or ours."""
    own = {str(value or "").strip().lower() for value in _addresses(says)}
    texts = [
        str(part["fields"].get("text") or "")[:_MOST_TEXT]
        for entry in says["entries"]
        if entry["category"] == cases.REQUESTS and entry["state"].get("case") == case
        for part in entry["parts"]
    ]
    found: dict[str, Provider] = {}
    for text in texts:
        for match in _ADDRESS.finditer(text):
            before = _NAMED_BEFORE.search(text[max(0, match.start() - 100) : match.start()])
            typed = {"provider": before[1] if before else "-", "provider_email": match[0]}
            try:
                checked = transmissions.check(typed, site)
            except BadInput:
                continue
            if checked.email.lower() not in own:
                found.setdefault(checked.email.lower(), checked._replace(name=before[1].strip() if before else ""))
    return next(iter(found.values())) if len(found) == 1 else Provider("", "")
