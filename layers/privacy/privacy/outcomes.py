"""The end of a case: when every right in it has an end, one final letter says all of it, and the case is closed (P20, N9).

Whoever ends the last right calls `finish`: staff who decide, or the function that carries rights out. It may be called as often
as one likes. The letter comes first, in one transaction with its note in the case, which names the rights it answers; a case
that stopped between the two is closed by whoever comes next. A right that joined in between is in no letter: it keeps the case
open, and gets an answer of its own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privacy import (
    case_letters,
    case_subjects,
    cases,
    identity_documents,
    policy,
    published,
    recipients,
    rights_asked,
    transmissions,
    vault,
    wording,
)
from privacy.case_letters import Done, Kept, Outcome, Seen, Stays
from privacy.deadlines import received_on
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed
from privacy.holdings import OPENINGS
from privacy.periods import after, local_date, read_stamp, stamp
from privacy.voice import voice_of
from privacy.writes import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store

_ENDED = frozenset({rights_asked.DONE, rights_asked.REFUSED, rights_asked.WITHDRAWN})
_LEGAL_DUTY = "6(1)(c)"
_MOST_SEEN = 50
_SWEEP = timedelta(hours=1)
"""How long it takes at most until the run of retention destroys a copy that has ended."""
_STATUS_SAYS = {rights_asked.REFUSED: case_letters.REFUSED, rights_asked.WITHDRAWN: case_letters.WITHDRAWN}


def is_decided(main: dict[str, Any], rights: Mapping[str, dict[str, Any]]) -> bool:
    """Say whether every right of a case has its end. A reminder asks for nothing, and a question is answered by staff.

    What restricted data must have ended as well where staff took it off the list since: a case does not end over that.
    """
    asked = [right for right in main["rights"] if right != "reminder"]
    is_over = not any(rights_asked.is_unfinished(item) for item in rights.values())
    return is_over and bool(asked) and all(_has_ended(right, rights, main) for right in asked)


def _has_ended(right: str, rights: Mapping[str, dict[str, Any]], main: dict[str, Any]) -> bool:
    """Say whether one right has its end; a question that came with a right ends with our answer to it."""
    if right in rights:
        return rights[right]["status"] in _ENDED and not rights_asked.owes(rights[right])
    return right == "question" and bool(main.get("answered_at")) and len(main["rights"]) > 1


def finish(services: Services, case: str, now: datetime) -> bool:
    """End a case whose rights all have their end: the final letter, then its closing. Say whether it is closed.

    Raises BadInput (`reasons_missing`) for a refusal without reasons, Conflict when somebody else changed the case meanwhile,
    KeyDestroyed, KeyUnavailable, StoreUnavailable: called again, it goes on.
    """
    main = cases.record(services.store, case)
    if main["status"] == cases.CLOSED:
        return True
    rights = rights_asked.of_case(services.store, case)
    if not is_decided(main, rights):
        return False
    if not main.get("final_letter") or _unanswered(main):
        main = _written(services, main, rights, now)
    identity_documents.forget_rest(services.store, case, now)
    cases.close(services.store, main, outcome=overall(main, rights), now=now, act="case_closed")
    return True


def _unanswered(main: dict[str, Any]) -> list[str]:
    """Return the rights of a case that no final letter has answered yet."""
    answered = main.get("answered_rights", main["rights"] if main.get("final_letter") else ())
    return [right for right in main["rights"] if right not in answered]


def overall(main: dict[str, Any], rights: Mapping[str, dict[str, Any]]) -> str:
    """Return the outcome of a case: that of its rights where they agree, else `partly`."""
    found = {of_right(rights[right]) for right in main["rights"] if right in rights}
    return found.pop() if len(found) == 1 else "partly" if found else "answered"


def of_right(right: dict[str, Any]) -> str:
    """Return the outcome of one right that has its end: a part, where staff refused the rest of what was destroyed."""
    found = _STATUS_SAYS.get(right["status"]) or str(right.get("outcome") or case_letters.FULFILLED)
    is_done_in_part = found in (case_letters.REFUSED, case_letters.NO_DATA) and bool(right.get("destroyed_at"))
    return case_letters.PARTLY if is_done_in_part else found


def _written(
    services: Services, main: dict[str, Any], rights: Mapping[str, dict[str, Any]], now: datetime
) -> dict[str, Any]:
    """Put the final letter into the outbox and note that in the case; return the case's record as it is then."""
    case = main["pk"].removeprefix("entry#")
    entry = vault.find(services.store, case)
    if entry.has_ended(now):
        raise KeyDestroyed
    opened = vault.unlock(services.keys, entry)
    says = _says(services, opened, main, rights, now)
    letter = case_letters.outcome(policy.site(entry.site), main["language"], says)
    queued = case_letters.queue(
        services.keys, entry, letter, now, said={"rights": [list(each[:2]) for each in says.done]}
    )
    changes = {"final_letter": queued.name, "answered_at": stamp(now), "answered_rights": main["rights"]}
    try:
        services.store.write([vault.addition(entry), cases.changed(main, changes), *queued.writes])
    except ConditionFailed as changed:
        raise Conflict from changed
    return {**main, **changes}


def _says(
    services: Services, opened: Opened, main: dict[str, Any], rights: Mapping[str, dict[str, Any]], now: datetime
) -> Outcome:
    """Return all that the final letter of a case says."""
    entry, site = opened.entry, policy.site(opened.entry.site)
    voice = voice_of(site, "nl" if main["language"] == "nl" else "en")
    reasons = said_of_rights(services, opened)
    held = vault.of_subject(services.store, case_subjects.proven(services, opened, main) or entry.subjects)
    asked = _unanswered(main)
    told_now = {name: right for name, right in rights.items() if name in asked}
    gone, copy = _gone(told_now, now)
    recovery = policy.controller(entry.controller).recovery_days
    opened_at, earlier = seen(services, held, entry.id)
    return Outcome(
        case=entry.id,
        received_on=received_on(read_stamp(main["received_at"])).isoformat(),
        answered_on=local_date(now),
        done=[_done(right, rights.get(right), reasons) for right in asked],
        is_later=bool(main.get("final_letter")),
        for_another=bool(main.get("for_another")),
        kept=_kept(services.store, entry, main["language"], held, now) if _may_have_kept(told_now) else (),
        destroyed_on=local_date(gone) if gone else "",
        backups_until=local_date(vault.last_backup(gone, recovery)) if gone else "",
        copy_until=_last_day(stamp(copy)) if copy else "",
        copy_backups_until=local_date(vault.last_backup(copy + _SWEEP, recovery)) if copy else "",
        handed=[
            transmissions.handed_of(services, opened, item) for item in transmissions.of_case(services.store, entry.id)
        ],
        told=sorted(
            {
                (recipients.name_of(site, told, voice), told.status)
                for told in recipients.of_case(services.store, entry.id)
            }
        ),
        seen=opened_at,
        seen_before=earlier,
        page=rights_asked.page(services.base_url, site, main["language"], f"/{entry.id}"),
    )


def _gone(rights: Mapping[str, dict[str, Any]], now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when the last of what was destroyed went, and when a copy of it ends that was left for its person to fetch."""
    destroyed = [read_stamp(right["destroyed_at"]) for right in rights.values() if right.get("destroyed_at")]
    copies = [read_stamp(right["ready_until"]) for right in rights.values() if right.get("ready_until")]
    left = [until for until in copies if until > now]
    return max(destroyed, default=None), max(left, default=None) if destroyed else None


def _done(right: str, item: dict[str, Any] | None, reasons: Mapping[str, dict[str, Any]]) -> Done:
    """Return what is said of one right. What stands beside it without an item was answered."""
    if item is None:
        return Done(right, case_letters.FULFILLED)
    said, outcome = reasons.get(right, {}), of_right(item)
    return Done(
        right,
        outcome,
        reasons=str(said.get("reasons", "")),
        what=str(said.get("said", "")) if outcome != case_letters.WITHDRAWN else "",
        categories=(item.get("counts") or {}).get("categories") or {},
        ready_until=_last_day(str(item.get("ready_until") or "")),
        arrived=int((item.get("counts") or {}).get("arrived") or 0),
        corrected={field: local_date(read_stamp(at)) for field, at in (item.get("corrected") or {}).items()},
        suppressed=bool(item.get("suppressed")),
        absent=item.get("absent") or (),
        stays=[Stays(*each) for each in (item.get("counts") or {}).get("stays") or ()],
    )


def _last_day(until: str) -> str:
    """Return the last day on which a copy is ready from its first hour to its last; empty for none."""
    return local_date(read_stamp(until) - timedelta(days=1)) if until else ""


def said_of_rights(services: Services, case: Opened) -> dict[str, dict[str, Any]]:
    """Return the last decision of staff on each right of an opened case, with its reasons."""
    found = {}
    for item in services.store.items("records", f"entry#{case.entry.id}", "note#"):
        key = vault.unlock_addition(services.store, services.keys, case.entry, item["key"])
        note = key.unseal(item["sk"], item["sealed"])
        if note["what"] == "decided":
            found[note["right"]] = note
    return found


def _may_have_kept(rights: Mapping[str, dict[str, Any]]) -> bool:
    """Say whether there was an erasure, of which the person is to know what it left: also where there was nothing to erase."""
    erasure = rights.get("erasure", {})
    return erasure.get("status") == rights_asked.DONE and erasure.get("outcome") != case_letters.FORWARDED


def _kept(store: Store, case: Entry, language: str, held: Iterable[Entry], now: datetime) -> list[Kept]:
    """Return what is kept after an erasure, with its ground and its end (Art. 17(3)(b)): what a law makes us keep.

    The request itself and our answer are among it. What lies elsewhere is named with what it is, for this system does not know
    whether anything of this person is in it.
    """
    site = policy.site(case.site)
    voice = voice_of(site, "nl" if language == "nl" else "en")
    says = published.of(site)
    ends = _ends(store, case, held, now)
    found = []
    for name, category in says["categories"].items():
        elsewhere = category.get("held_elsewhere")
        if category["basis"]["article"] != _LEGAL_DUTY or not (elsewhere or name in ends):
            continue
        title = voice.text(category["title"])
        if elsewhere:
            title = voice.say(
                "{title}, voor zover aanwezig {where}",
                "{title}, as far as there is any {where}",
                title=title,
                where=voice.text(elsewhere),
            )
        until = wording.retention(category["retention"], says["recovery_days"], voice, elsewhere=bool(elsewhere))
        end = ends.get(name)
        if end and "renewed" not in category["retention"]:
            until = case_letters.kept_until(local_date(end), voice)
        basis = category["basis"]
        ground = voice.text(basis["law"]) if "law" in basis else wording.basis(_LEGAL_DUTY, voice)
        found.append(Kept(title, ground, until))
    return found


def _ends(store: Store, case: Entry, held: Iterable[Entry], now: datetime) -> dict[str, datetime | None]:
    """Return by category when the last of what is held is gone, from backups too; None where that is not known yet.

    The letter that says so closes the case: the periods of the request count from now, and so does that of the letter.
    """
    mine = {case.id, *(link["entry"] for link in cases.links(store, case.id))}
    letter = policy.category(case.controller, cases.LETTERS)
    ends: dict[str, datetime | None] = {cases.LETTERS: _backups_until(after(now, letter.needed), case)}
    for entry in held:
        if entry.has_ended(now):
            continue
        rule, until = policy.category(entry.controller, entry.category), None
        if not entry.restricted_at and rule.counts_from in (
            entry.counted_from,
            *(["closed"] if entry.id in mine else []),
        ):
            begins_now = entry.counted_from != rule.counts_from
            due = min(after(now, rule.needed), read_stamp(entry.due)) if begins_now else read_stamp(entry.erase_by())
            until = _backups_until(due, entry)
        known = ends.get(entry.category, until)
        ends[entry.category] = max(known, until) if known and until else None
    return ends


def _backups_until(due: datetime, entry: Entry) -> datetime:
    """Return when the last backup of an entry is gone that is destroyed by the run after `due` (N3)."""
    return vault.last_backup(due + _SWEEP, policy.controller(entry.controller).recovery_days)


def seen(services: Services, held: Iterable[Entry], case: str) -> tuple[list[Seen], int]:
    """Return when and why data of a person were opened, the latest first, without what this request itself opened.

    The second figure says how many openings before these there are: all are counted, and not all are read. Nobody who opened is
    named.
    """
    all_of_them = sorted((entry for entry in held if entry.category == OPENINGS), key=lambda entry: entry.created_at)
    found: list[Seen] = []
    earlier = 0
    for entry in reversed(all_of_them):
        item = services.store.get(Key("records", f"entry#{entry.id}", "main"))
        if item is None or item.get("request") == case:
            continue
        if len(found) == _MOST_SEEN:
            earlier += 1
            continue
        said = vault.unlock(services.keys, entry).unseal("main", item["sealed"])
        if said.get("request") != case:
            found.append(Seen(said["at"], said["purpose"], said["why"]))
    return found, earlier
