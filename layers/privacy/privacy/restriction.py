"""Restriction: data that are stored only, from now until the person was told that it ends (Art. 18 GDPR; P17).

Erasure and objection begin with it too. Which entries a right reached stands in the right's own item before the first is
restricted, and each is restricted in a transaction of its own that the right's own status guards: withdrawn half-way, nothing
more is restricted, and what was is lifted. What two people are about each of them restricts, and it stays so until the last
lifts it. Enforced is it where data are read: see `openings`.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privacy import (
    carrying,
    case_letters,
    case_subjects,
    cases,
    casework,
    evidence,
    exports,
    letters,
    notices,
    openings,
    outcomes,
    policy,
    recipients,
    rights_asked,
    vault,
)
from privacy.errors import BadInput, ConditionFailed, Conflict, KeyDestroyed, NotFound
from privacy.periods import after, local_date, moment_given, read_stamp, stamp
from privacy.writes import Check, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from privacy.carrying import Asked
    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

UNDER_WAY = (rights_asked.ASKED, rights_asked.WAITING)
ANOTHER, HELD, DECIDED = "another", "held", "decided"
"""Why something stays that a person wants erased: another person's restriction, a hold, the decision of staff."""
_AGAIN = timedelta(hours=1)
_TRIES = 3


def step(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Take a restriction further: restrict at once, tell the person and the recipients; lift when that was decided."""
    if rights_asked.owes(asked.right):
        return lift(services, asked, now)
    if asked.right["status"] not in UNDER_WAY or is_left_to_staff(services, asked, now):
        return None
    asked = begun(services, asked, now, which=lambda entry: entry.category != exports.CATEGORY)
    review = after(now, policy.handling(asked.case.controller).review)
    counts = restrict(services, asked, now)
    changes = {"status": rights_asked.DONE, "done_at": stamp(now), "review_by": stamp(review), "counts": counts}
    if not counts["entries"]:
        services.store.write([carrying.changed(asked.right, {**changes, "outcome": case_letters.NO_DATA})])
        return None
    letter = case_letters.restricted(
        policy.site(asked.case.site), asked.main["language"], case=asked.case.id, review_on=local_date(review)
    )
    noticed = case_letters.queue(services.keys, asked.case, letter, now).writes
    done = carrying.changed(asked.right, {**changes, "outcome": case_letters.FULFILLED})
    end(services, asked, [done, *noticed], counts["categories"], now)
    return None


# --- restricting ---------------------------------------------------------------------------------------------------------


def is_left_to_staff(services: Services, asked: Asked, now: datetime) -> bool:
    """Leave a right to staff when nothing is proven about its person any more; say whether that is so."""
    if proven(services, asked):
        return False
    carrying.left_to_staff(services.store, asked, now)
    return True


def begun(
    services: Services,
    asked: Asked,
    now: datetime,
    *,
    which: Callable[[Entry], bool] = lambda _entry: True,
    status: str = rights_asked.WAITING,
) -> Asked:
    """Note which entries a right reaches, before the first is touched: those of the proven person, in the whole joint group.

    What a legal duty makes us keep is not among them. `which` says which of the rest.
    """
    if asked.right.get("begun_at"):
        return asked
    names = [entry.id for entry in reached(services, asked, now) if which(entry)]
    changes = {"status": status, "begun_at": stamp(now), "entries": names, "counts": {"entries": 0}}
    services.store.write([carrying.changed(asked.right, changes)])
    return asked._replace(right={**asked.right, **changes})


def reached(services: Services, asked: Asked, now: datetime) -> list[Entry]:
    """Return the entries of the proven person that no legal duty makes us keep, in the whole joint group.

    A copy that the same case asks for is theirs to fetch, and ends by itself within days.
    """
    held = case_subjects.held(services.store, proven(services, asked), now)
    copies = {item.get("export") for item in rights_asked.of_case(services.store, asked.case.id).values()}
    return [entry for entry in held if not carrying.is_kept(entry) and entry.id not in copies]


def proven(services: Services, asked: Asked) -> tuple[str, ...]:
    """Return the proven pointers of the person of a case."""
    return case_subjects.proven(services, vault.unlock(services.keys, asked.case), asked.main)


def stays(store: Store, asked: Asked, entry: Entry, now: datetime) -> tuple[str, str]:
    """Return why an entry is not to be destroyed now, and until when where that is known; two empty words when it is.

    What is about two people and restricted for the other one is not one's to erase, nor what is held after a notice.
    """
    if _is_of_another(store, asked, entry):
        return ANOTHER, ""
    if entry.hold_until > stamp(now):
        return HELD, local_date(read_stamp(entry.hold_until))
    only = asked.right.get("only")
    return (DECIDED, "") if only and entry.category not in only else ("", "")


def _is_of_another(store: Store, asked: Asked, entry: Entry) -> bool:
    """Say whether the case of another person restricted an entry, or staff hold that for somebody who may be another."""
    for by in entry.restrictors():
        try:
            others = vault.find(store, by.partition("#")[0]).subjects
        except KeyDestroyed:
            if not set(entry.subjects) <= set(asked.case.subjects):
                return True
            continue
        if not set(others) & set(asked.case.subjects):
            return True
    return False


def restrict(services: Services, asked: Asked, now: datetime) -> dict[str, Any]:
    """Restrict what a right reached, each entry in a transaction of its own, and return the counts by category.

    Staff are to look at each after the time that the policy says. Raises Conflict when the right was withdrawn or decided
    meanwhile.
    """
    by, found = who(asked), Counter[str]()
    review_by = after(now, policy.handling(asked.case.controller).review)
    for name in asked.right["entries"]:
        for _ in range(_TRIES):
            try:
                entry = vault.find(services.store, name)
                if by not in entry.restrictors():
                    writes = vault.restricted(entry, now, review_by=review_by, by=by)
                    services.store.write([standing(asked), *writes])
            except KeyDestroyed:
                break
            except ConditionFailed as failed:
                if failed.index == 0:
                    raise Conflict from failed
                continue
            found[named(asked, entry)] += 1
            break
        else:
            raise Conflict
    return {**asked.right["counts"], "entries": found.total(), "categories": dict(sorted(found.items()))}


def who(asked: Asked) -> str:
    """Return who restricts: this right of this case."""
    return vault.by_case(asked.case.id, asked.right["right"])


def named(asked: Asked, entry: Entry) -> str:
    """Return the name under which an entry is counted: its category, and its controller when that is another of the group."""
    is_ours = entry.controller == asked.case.controller
    return entry.category if is_ours else f"{entry.category}/{entry.controller}"


def standing(asked: Asked) -> Check:
    """Return the check that a right stands as it was read: what stops it stops the whole set."""
    place = Key("records", asked.right["pk"], asked.right["sk"])
    return Check(place, "#status = :was", {":was": asked.right["status"]})


def end(
    services: Services,
    asked: Asked,
    ending: Sequence[Write],
    names: Iterable[str],
    now: datetime,
    *,
    told_of: str = "",
) -> None:
    """Write the end of a right, together with what tells the recipients of what it reached (Art. 19). Raises Conflict."""
    opened = vault.unlock(services.keys, asked.case)
    person = str(case_subjects.facts(opened, asked.main).get("email") or "")
    concerned = {name.partition("/")[0] for name in names}
    told = recipients.tell(services, asked.case, told_of or asked.right["right"], concerned, person, now)
    right = asked.right["right"]
    recorded = evidence.act("carried_out", asked.case, now, suffix=right, right=right)
    try:
        services.store.write([vault.addition(asked.case), *ending, *recorded, *told])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


# --- lifting -------------------------------------------------------------------------------------------------------------


def lift(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Lift what a right restricted, once the person was told and the day has come (Art. 18(3)); return when to look again.

    A right that ended otherwise than was asked begins with the notice; staff who lift a restriction have written theirs. Where
    nothing is used again, for it is gone or somebody else restricted it too, there is nothing to tell.
    """
    if asked.right.get("lift_notice") and not notices.letter_of(services.store, asked.right["lift_notice"]):
        asked = _told_anew(services.store, asked)
        if not rights_asked.owes(asked.right):
            return None
    alone = (entry.restrictors() == (who(asked),) for entry in _restricted(services.store, asked))
    if not asked.right.get("lift_notice") and any(alone):
        asked = _told_first(services, asked, now)
    if notice := asked.right.get("lift_notice"):
        if asked.right["lift_on"] > local_date(now):
            return moment_given(asked.right["lift_on"])
        if not _is_sent(services.store, notice):
            return now + _AGAIN
    for name in asked.right["entries"]:
        _lift(services, asked, name, now)
    services.store.write([carrying.changed(asked.right, {"lifted_at": stamp(now)})])
    return None


def _told_anew(store: Store, asked: Asked) -> Asked:
    """Forget a notice that ended before anything was lifted, sent or not: the person is told anew, by staff where they lifted."""
    changes = {"lift_notice": "", "lift_on": ""}
    store.write([carrying.changed(asked.right, changes)])
    return asked._replace(right={**asked.right, **changes})


def _restricted(store: Store, asked: Asked) -> Iterator[Entry]:
    """Yield the entries that are restricted by a right, as they are."""
    found = (store.get(vault.key_of(name)) for name in asked.right["entries"])
    return (entry for item in found if item and who(asked) in (entry := vault.read(item)).restrictors())


def _lift(services: Services, asked: Asked, name: str, now: datetime) -> None:
    """Lift the restriction of one entry, unless that was done or the entry is gone. Raises Conflict."""
    for _ in range(_TRIES):
        try:
            entry = vault.find(services.store, name)
            if who(asked) not in entry.restrictors():
                return
            notice = str(asked.right.get("lift_notice") or "")
            services.store.write(vault.lifted(entry, now, notice=notice, by=who(asked)))
        except KeyDestroyed:
            return
        except ConditionFailed:
            continue
        return
    raise Conflict


def _told_first(services: Services, asked: Asked, now: datetime) -> Asked:
    """Put the notice that restriction ends into the outbox: with the reasons of staff, or with what became of the right."""
    site, language, right = policy.site(asked.case.site), asked.main["language"], asked.right["right"]
    outcome = outcomes.of_right(asked.right)
    said: dict[str, Any] = {}
    if outcome != case_letters.WITHDRAWN:
        said = outcomes.said_of_rights(services, vault.unlock(services.keys, asked.case)).get(right, {})
    reasons = str(said.get("reasons") or "") or case_letters.because(site, language, outcome)
    taken_back = right if outcome == case_letters.WITHDRAWN else ""
    writes, changes = _notice(services, asked, reasons, local_date(now), now, taken_back)
    try:
        services.store.write([vault.addition(asked.case), carrying.changed(asked.right, changes), *writes])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
    return asked._replace(right={**asked.right, **changes})


def _notice(  # noqa: PLR0917 - of what, why, from when
    services: Services, asked: Asked, reasons: str, on: str, now: datetime, taken_back: str = ""
) -> tuple[list[Write], dict[str, str]]:
    """Return the writes of the notice that a restriction ends, and what the right notes of it."""
    case, found = asked.case, _restricted(services.store, asked)
    letter = case_letters.lifting(
        policy.site(case.site),
        asked.main["language"],
        case=case.id,
        on=on,
        reasons=reasons,
        taken_back=taken_back,
        some_stay=any(len(entry.restrictors()) > 1 for entry in found),
    )
    queued = case_letters.queue(services.keys, case, letter, now)
    return queued.writes, {"lift_notice": queued.name, "lift_on": on}


def _is_sent(store: Store, notice: str) -> bool:
    """Say whether a notice (`ENTRY.LETTER`) has gone out."""
    return notices.letter_of(store, notice).get("status") == letters.SENT


def lift_by_staff(
    services: Services, case: str, reader: Reader, *, reasons: str, on: date, now: datetime
) -> dict[str, Any]:
    """Tell the person that a restriction ends on a day, and why; it is lifted then, if the notice went out (Art. 18(3)).

    The case is closed as a rule. Done twice, it stays as it was. Raises BadInput without reasons or for a day that has passed,
    NotFound for a case that restricted nothing, KeyDestroyed, NotAllowed, Conflict.
    """
    entry = vault.find(services.store, case)
    openings.check_reader(entry, reader)
    if entry.has_ended(now):
        raise KeyDestroyed
    main = cases.record(services.store, case)
    right = rights_asked.of_case(services.store, case).get("restriction")
    if right is None or right["status"] != rights_asked.DONE or not right.get("begun_at"):
        raise NotFound
    if right.get("lift_notice"):
        return right
    if not reasons.strip():
        raise BadInput("invalid", {"reasons": ("reasons_missing", {})})
    if on.isoformat() < local_date(now):
        raise BadInput("invalid", {"on": ("in_the_past", {})})
    asked = carrying.Asked(entry, main, right)
    writes, changes = _notice(services, asked, reasons, on.isoformat(), now)
    said = {"what": "lifting", "right": "restriction", "on": on.isoformat(), "reasons": reasons.strip()}
    try:
        services.store.write(
            [
                *casework.note(services, entry, said, reader, now),
                *rights_asked.moved(right, changes, now),
                *writes,
            ]
        )
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
    return {**right, **changes}
