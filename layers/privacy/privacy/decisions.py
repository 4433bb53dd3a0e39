"""What staff decide about a case: carry a right out or refuse it, take longer, wait, give it to somebody (Art. 12(3)-(5) GDPR).

Most rights begin by themselves once the person has proven who they are. Staff decide what the policy leaves to them, what was
unsure, and what is refused. Every decision is noted with the case, sealed, and stands in the evidence without its reasons.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    carrying,
    case_letters,
    cases,
    casework,
    deadlines,
    evidence,
    openings,
    outcomes,
    policy,
    rectification,
    rights_asked,
    suppression,
    transmissions,
    vault,
)
from privacy.errors import (
    BadInput,
    ConditionFailed,
    Conflict,
    CorrectFirst,
    DecidedAlready,
    ExtendedAlready,
    IsClosed,
    KeyDestroyed,
    NotFound,
    NotProvenYet,
    NotWaiting,
    SecondPersonNeeded,
    TooLate,
    WaitsAlready,
)
from privacy.periods import read_stamp, stamp
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store, Write

FULFIL, PARTLY, REFUSE, NO_DATA, FORWARD, WITHDRAW = "fulfil", "partly", "refuse", "no_data", "forward", "withdraw"
DECISIONS = {
    PARTLY: (rights_asked.DONE, case_letters.PARTLY),
    REFUSE: (rights_asked.REFUSED, case_letters.REFUSED),
    NO_DATA: (rights_asked.DONE, case_letters.NO_DATA),
    FORWARD: (rights_asked.DONE, case_letters.FORWARDED),
    WITHDRAW: (rights_asked.WITHDRAWN, case_letters.WITHDRAWN),
}
"""What each decision but `fulfil` makes of a right: its status and its outcome. `withdraw` is noted for a person who said so."""
_IN_TIME = frozenset({FULFIL, REFUSE, WITHDRAW})
"""What staff may decide while an erasure can be undone, its person having written meanwhile: that it goes on, or does not."""
_NO_MORE = frozenset({REFUSE, WITHDRAW})
"""What staff may decide while a new address waits: that it does not take the place of the old one."""
IN_PART = frozenset({"erasure", "objection"})
"""Rights of which staff can have a part carried out: they name the categories that are destroyed."""
FOUR_EYES = "four_eyes"
MOST_MONTHS = 2
"""How many further months an answer may take at most (Art. 12(3))."""
_WITHOUT_PROOF = frozenset({"unsubscribe", *rights_asked.NOT_CARRIED_OUT})


class Progress(NamedTuple):
    """How far a case is: of each right its status, and what is known of the person. Nothing about anyone.

    `no_address`: letters are written and cannot be sent, for no e-mail address was given; staff hand them over in another way.
    """

    case: cases.Summary
    rights: tuple[dict[str, Any], ...]
    identity: str
    identity_how: str
    identity_at: str
    extended_until: str
    paused_at: str
    resumed_at: str
    advertising_at: str
    assigned: str
    final_letter: str
    no_address: bool


# --- seeing --------------------------------------------------------------------------------------------------------------


def progress(store: Store, case: str, reader: Reader) -> Progress:
    """Return how far a case is. Nothing is opened. Raises KeyDestroyed, NotFound, NotAllowed."""
    openings.check_reader(vault.find(store, case), reader)
    main = cases.record(store, case)
    begun = rights_asked.of_case(store, case)
    rights = [begun.get(right, {"right": right, "status": "open"}) for right in [*main["rights"], *begun]]
    shown = {right["right"]: right for right in rights}
    figures = ("identity", "identity_how", "identity_at", "extended_until", "paused_at", "resumed_at", "advertising_at")
    state = {name: str(main.get(name) or "") for name in (*figures, "assigned", "final_letter")}
    return Progress(cases.summary(main), tuple(shown.values()), **state, no_address=bool(main.get("no_address")))


# --- deciding ------------------------------------------------------------------------------------------------------------


def decide(
    services: Services,
    case: str,
    right: str,
    decision: str,
    reader: Reader,
    *,
    reasons: str = "",
    said: str = "",
    erase: Sequence[str] = (),
    now: datetime,
) -> Progress:
    """Decide about one right of a case; when it was the last one, the final letter goes out and the case is closed.

    `reasons` are what the person reads (obligatory for `partly` and `refuse`), `said` what was done and what not, to
    which customer it was forwarded (Art. 28(3)(e)), or how the person took it back. With `partly`, `erase` names the categories
    of which the entries are destroyed, as with `fulfil`; the rest stays, and the letter says both. Without it staff have done
    themselves what they say. A right of which the policy asks four eyes is carried out when a second member of staff decides
    the same. Decided the same way twice, it stays as it was.

    Raises BadInput, NotProvenYet, CorrectFirst, SecondPersonNeeded, DecidedAlready, IsClosed, Conflict, KeyDestroyed, NotFound,
    NotAllowed.
    """
    only = sorted(set(erase))
    _check(right, decision, reasons, said, only)
    if cases.record(services.store, case)["status"] != cases.CLOSED:
        _decide(services, case, right, decision, reader, reasons.strip(), said.strip(), only, now)
        outcomes.finish(services, case, now)
        return progress(services.store, case, reader)
    found = progress(services.store, case, reader)
    if not any(each["right"] == right and _became(each, decision, only) for each in found.rights):
        raise IsClosed
    return found


def _became(right: dict[str, Any], decision: str, only: Sequence[str]) -> bool:
    """Say whether a right of a closed case stands as a decision makes it: then it was decided so before."""
    if decision == FULFIL or only:
        return right["status"] == rights_asked.DONE and right.get("outcome") != case_letters.FORWARDED
    return DECISIONS[decision] == (right["status"], right.get("outcome"))


def _check(right: str, decision: str, reasons: str, said: str, only: Sequence[str]) -> None:
    """Raise BadInput for a decision that is none, or one that lacks what the person must be told (Art. 12(4))."""
    if decision not in (FULFIL, *DECISIONS):
        raise BadInput("invalid", {"decision": ("not_a_choice", {"choices": ", ".join((FULFIL, *DECISIONS))})})
    if decision in (PARTLY, REFUSE) and not reasons.strip():
        raise BadInput("invalid", {"reasons": ("reasons_missing", {})})
    if decision in (PARTLY, FORWARD, WITHDRAW) and not (said.strip() or only):
        raise BadInput("invalid", {"said": ("missing", {})})
    if only and (decision != PARTLY or right not in IN_PART):
        raise BadInput("invalid", {"erase": ("not_possible", {})})


def _decide(  # noqa: PLR0917 - what is decided, about what, by whom, why and when
    services: Services,
    case: str,
    right: str,
    decision: str,
    reader: Reader,
    reasons: str,
    said: str,
    only: list[str],
    now: datetime,
) -> None:
    """Write one decision with its note and its evidence, unless it stands already."""
    entry, main = casework.open_to(services.store, case, reader, now)
    if right not in main["rights"]:
        raise BadInput("invalid", {"right": ("not_asked", {})})
    item = rights_asked.of_case(services.store, case).get(right)
    if only and not set(only) <= (possible := _erasable(services.store, case, right, item, reader, now)):
        raise BadInput("invalid", {"erase": ("not_a_choice", {"choices": ", ".join(sorted(possible))})})
    changes = _changes(services, main, right, item, decision, reader, only)
    if item and all(item.get(name) == value for name, value in changes.items()):
        return
    if item and not _may_be_decided(item, decision):
        raise DecidedAlready
    changes |= {"decided_at": stamp(now), "decided_by": "staff"}
    what = {"what": "decided", "right": right, "decision": decision, "reasons": reasons, "said": said}
    what |= {"erase": ", ".join(only)} if only else {}
    writes: list[Write] = [
        *casework.note(services, entry, what, reader, now),
        *_moved(case, right, item, changes, now),
        *evidence.act(
            "decided", entry, now, suffix=f"{right}#{changes['status']}", right=right, status=changes["status"]
        ),
    ]
    try:
        services.store.write(writes)
    except ConditionFailed as changed:
        raise Conflict from changed


def _may_be_decided(item: dict[str, Any], decision: str) -> bool:
    """Say whether staff can decide so about a right as it stands."""
    if item["status"] == rights_asked.WAITING:
        return decision in _NO_MORE and item["right"] == rectification.RIGHT and bool(item.get("run_at"))
    return item["status"] in (rights_asked.ASKED, rights_asked.APPROVAL) or (
        item["status"] == rights_asked.UNDO and decision in _IN_TIME
    )


def _erasable(  # noqa: PLR0917 - of which right, for whom, when
    store: Store, case: str, right: str, item: dict[str, Any] | None, reader: Reader, now: datetime
) -> set[str]:
    """Return the categories of which staff can have the entries destroyed: what an objection restricted, or what no law keeps."""
    if right == "objection":
        counts = (item or {}).get("counts") or {}
        return {name.partition("/")[0] for name in counts.get("categories", {})}
    found = carrying.dry_run(store, case, reader, now)
    return set(found.categories) - set(found.kept)


def _changes(  # noqa: PLR0917 - what is decided, about what, by whom
    services: Services,
    main: dict[str, Any],
    right: str,
    item: dict[str, Any] | None,
    decision: str,
    reader: Reader,
    only: list[str],
) -> dict[str, Any]:
    """Return what a decision makes of a right; one that has something destroyed needs what `fulfil` needs."""
    if decision != FULFIL and not only:
        status, outcome = DECISIONS[decision]
        return {"status": status, "outcome": outcome}
    if right in rights_asked.NOT_CARRIED_OUT:
        return {"status": rights_asked.DONE, "outcome": case_letters.FULFILLED}
    if main.get("identity") != "proven" and right not in _WITHOUT_PROOF and not (item or {}).get("is_again"):
        raise NotProvenYet
    if right == rectification.RIGHT and not (item or {}).get("proposal"):
        raise CorrectFirst
    part = {"only": only} if only or (item or {}).get("only") else {}
    if policy.handling(main["controller"]).approvals.get(right) != FOUR_EYES:
        return {"status": rights_asked.WAITING, **part}
    mine = _mark(services, main, "approver", reader.sub)
    before = (item or {}).get("approved_by")
    if before == mine:
        raise SecondPersonNeeded
    if before and (item or {}).get("only", []) != only:
        raise Conflict  # a colleague agreed to something else
    state = {"status": rights_asked.WAITING} if before else {"status": rights_asked.APPROVAL, "approved_by": mine}
    return {**state, **part}


def _mark(services: Services, main: dict[str, Any], *parts: str) -> str:
    """Return what recognises the same on this case again, and tells nothing else: who agreed, or what was said."""
    digest = hashlib.sha256(json.dumps([main["pk"], *parts]).encode()).digest()
    return services.keys.mac(b"decision" + digest).hex()


def _moved(case: str, right: str, item: dict[str, Any] | None, changes: dict[str, Any], now: datetime) -> list[Write]:
    """Return the writes that move a right on and wake who carries it out, also one that did not begin by itself."""
    if item:
        return rights_asked.moved(item, changes, now)
    place = {"pk": f"entry#{case}", "sk": f"right#{right}", "right": right, "asked_at": stamp(now)}
    begun = Put("records", {**place, **changes})
    return [begun] if right in rights_asked.NOT_CARRIED_OUT else [begun, rights_asked.task(case, right, now)]


# --- taking longer -------------------------------------------------------------------------------------------------------


def extend(
    services: Services, case: str, reader: Reader, reasons: str, *, months: int = MOST_MONTHS, now: datetime
) -> Progress:
    """Take one or two further months, counted from receipt, and tell the person so with the reasons (Art. 12(3)).

    It takes effect with the notice in the outbox, in one transaction; done twice, it stays as it was. Raises BadInput without
    reasons or for another number of months, TooLate after the last day of the first month, ExtendedAlready for a
    case that was extended otherwise before.
    """
    if months not in range(1, MOST_MONTHS + 1):
        raise BadInput("invalid", {"months": ("not_a_number", {})})
    entry, main = casework.open_to(services.store, case, reader, now)
    mark = _mark(services, main, "extended", str(months), reasons.strip())
    if main.get("extended_as") == mark:
        return progress(services.store, case, reader)
    if main.get("extended_until"):
        raise ExtendedAlready
    if deadlines.received_on(now).isoformat() > main["respond_by_latest"]:
        raise TooLate
    received = read_stamp(main["received_at"])
    days = cases.clock(received, 1 + months)
    del days["received_at"]
    changes = {**days, "months": 1 + months, "extended_until": days["respond_by"], "extended_as": mark}
    letter = case_letters.extended(
        policy.site(entry.site),
        main["language"],
        case=case,
        received_on=deadlines.received_on(received).isoformat(),
        respond_by=days["respond_by"],
        reasons=reasons,
    )
    queued = case_letters.queue(
        services.keys, entry, letter, now, said={"until": days["respond_by"], "reasons": reasons}
    )
    said = {"what": "extended", "until": days["respond_by"], "reasons": reasons.strip()}
    act = evidence.act(
        "extended", entry, now, suffix=str(entry.version), was=main["respond_by"], notice=queued.entry, **days
    )
    _change(services, entry, main, changes, said, reader, now, [*queued.writes, *act])
    return progress(services.store, case, reader)


def pause(services: Services, case: str, reader: Reader, said: str, *, now: datetime) -> Progress:
    """Note that we wait for the person: what was asked, and since when. The day by which we answer stays as it was.

    Done twice, it stays as it was. Raises BadInput without a word of what was asked, WaitsAlready while we wait for
    something else.
    """
    if not said.strip():
        raise BadInput("invalid", {"said": ("missing", {})})
    entry, main = casework.open_to(services.store, case, reader, now)
    mark = _mark(services, main, "paused", said.strip())
    if main.get("paused_at") and not main.get("resumed_at"):
        if main.get("paused_as") != mark:
            raise WaitsAlready
        return progress(services.store, case, reader)
    changes = {"paused_at": stamp(now), "resumed_at": "", "paused_as": mark}
    _change(services, entry, main, changes, {"what": "paused", "said": said.strip()}, reader, now)
    return progress(services.store, case, reader)


def resume(services: Services, case: str, reader: Reader, *, now: datetime) -> Progress:
    """Note that the person answered what we waited for. Done twice, it stays as it was. Raises NotWaiting."""
    entry, main = casework.open_to(services.store, case, reader, now)
    if not main.get("paused_at"):
        raise NotWaiting
    if not main.get("resumed_at"):
        _change(services, entry, main, {"resumed_at": stamp(now)}, {"what": "resumed"}, reader, now)
    return progress(services.store, case, reader)


def assign(services: Services, case: str, reader: Reader, to: str, *, now: datetime) -> Progress:
    """Give a case to a member of staff, known by the opaque subject of their token, or to nobody."""
    entry, main = casework.open_to(services.store, case, reader, now)
    if main.get("assigned", "") != to:
        _change(services, entry, main, {"assigned": to}, {"what": "assigned", "to": to}, reader, now)
    return progress(services.store, case, reader)


def advertising_again(services: Services, case: str, reader: Reader, said: str, *, now: datetime) -> Progress:
    """Note that the person of a case wants advertising again, and how they said so; what stops it is ended (see `suppression`).

    Done twice, it stays as it was. Raises BadInput without a word of how they said so, NotProvenYet, IsClosed, KeyDestroyed,
    NotFound, NotAllowed, Conflict.
    """
    if not said.strip():
        raise BadInput("invalid", {"said": ("missing", {})})
    entry, main = casework.open_to(services.store, case, reader, now)
    if main.get("identity") != "proven":
        raise NotProvenYet
    if not main.get("advertising_at"):
        noted = {"what": suppression.AGAIN, "said": said.strip()}
        more: list[Write] = [
            rights_asked.task(case, suppression.AGAIN, now),
            *evidence.act(suppression.AGAIN, entry, now),
        ]
        _change(services, entry, main, {"advertising_at": stamp(now)}, noted, reader, now, more)
    return progress(services.store, case, reader)


def stop_transmission(services: Services, case: str, reader: Reader, reasons: str, *, now: datetime) -> Progress:
    """Stop a copy for another provider that nobody has fetched, also after the case was closed; its person is told why.

    Done twice, it stays as it was. Raises BadInput without reasons (Art. 12(4)), NotFound when none was asked, TooLateForThat,
    Conflict, KeyDestroyed, NotAllowed.
    """
    entry = vault.find(services.store, case)
    openings.check_reader(entry, reader)
    if entry.has_ended(now):
        raise KeyDestroyed
    if not reasons.strip():
        raise BadInput("invalid", {"reasons": ("reasons_missing", {})})
    if not transmissions.of_case(services.store, case):
        raise NotFound
    said = {"what": transmissions.STOP_NOTED, "reasons": reasons.strip()}
    noted = casework.note(services, entry, said, reader, now)
    transmissions.stop(services.store, case, now, by=transmissions.BY_STAFF, also=tuple(noted))
    return progress(services.store, case, reader)


def _change(  # noqa: PLR0917 - what is changed, by whom, why and when
    services: Services,
    entry: Entry,
    main: dict[str, Any],
    changes: dict[str, Any],
    said: dict[str, Any],
    reader: Reader,
    now: datetime,
    more: list[Write] | None = None,
) -> None:
    """Change the state of a case with a note of it. Raises Conflict when somebody else changed it meanwhile."""
    writes = [*casework.note(services, entry, said, reader, now), cases.changed(main, changes), *(more or [])]
    try:
        services.store.write(writes)
    except ConditionFailed as changed:
        raise Conflict from changed
