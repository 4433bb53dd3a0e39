"""Rectification: what is wrong is corrected, the old value is gone, and recipients are told (Art. 16 and 19 GDPR, P15).

A correction is proposed, from the letter where it says so clearly, else by staff; its person says on the page that it is right,
or staff do. Each entry then gets a new key: what is sealed with it holds the new value, and the old key, ciphertext and mail as
it came are gone, in one transaction. A changed e-mail address is used only after a cooling period, of which every address on
file is told: until then it obtains nothing, and the change can be withdrawn. Who writes in that time is read by staff first.
Other fields are corrected at once; the letters say what took effect when. Of a changed telephone number, which may prove who
calls, every address on file is told too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    carrying,
    case_letters,
    case_subjects,
    cases,
    casework,
    corrections,
    erasure,
    exports,
    notices,
    openings,
    policy,
    restriction,
    rights_asked,
    sealing,
    subjects,
    vault,
)
from privacy.corrections import Correction
from privacy.errors import BadInput, ConditionFailed, Conflict, KeyDestroyed, NotProvenYet
from privacy.periods import after, local_date, read_stamp, stamp
from privacy.writes import MOST, Delete, Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Write

RIGHT = "rectification"
_UNDER_WAY = (rights_asked.ASKED, rights_asked.WAITING)
_TRIES = 3
_NOTICE = "changed#"
_MOST_BYTES = 3_500_000
"""How much ciphertext one transaction takes (DynamoDB: 4 MB)."""


class _TooLarge(Exception):
    """An entry has more parts than one transaction can seal anew."""


class _Held(NamedTuple):
    """One opened entry: its parts as they are sealed, and what each says."""

    opened: Opened
    items: list[dict[str, Any]]
    said: dict[str, dict[str, Any]]


def step(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Take a rectification further: propose, correct what was confirmed, wait for what has to cool, end.

    Raises Conflict, KeyUnavailable, StoreUnavailable, Unreadable.
    """
    if rights_asked.owes(asked.right):
        _settle(services, asked, now)
        return None
    if asked.right["status"] not in _UNDER_WAY or restriction.is_left_to_staff(services, asked, now):
        return None
    if not asked.right.get("proposal"):
        _propose(services, asked, now)
        return None
    if not (asked.right.get("confirmed_at") or asked.right.get("decided_by") == "staff"):
        return None
    wanted = _wanted(services, asked)
    asked = _found(services, asked, wanted, now)
    try:
        return _carried_out(services, asked, wanted, now)
    except _TooLarge:  # staff see to the rest
        carrying.left_to_staff(services.store, asked, now)
    return None


def _carried_out(services: Services, asked: Asked, wanted: list[Correction], now: datetime) -> datetime | None:
    """Correct what was found, a changed e-mail address after its cooling, and end the right. Raises _TooLarge, Conflict."""
    fields = _fields(asked, wanted)
    if not asked.right.get("corrected"):
        if "phone" in fields and "email" not in fields:
            asked = _number_told(services, asked, now)
        _correct(services, asked, _harmless(wanted), now)
    corrected = asked.right.get("corrected") or _since(asked, wanted, now)
    if "email" in fields and asked.right["entries"]:
        asked, ready_at = _cooling(services, asked, corrected, now)
        if now < ready_at:
            return ready_at
        if erasure.was_written_since(services.store, asked.case.id, asked.right):
            carrying.left_to_staff(services.store, asked, now)
            return None
        _correct(services, asked, wanted, now)
        corrected |= {"email": stamp(now)}
    outcome = case_letters.FULFILLED if asked.right["entries"] else case_letters.NO_DATA
    done = {"status": rights_asked.DONE, "outcome": outcome, "done_at": stamp(now), "corrected": corrected}
    names = asked.right["counts"]["categories"]
    restriction.end(services, asked, [carrying.changed(asked.right, done)], names, now)
    return None


def _harmless(wanted: Sequence[Correction]) -> list[Correction]:
    """Return what is corrected at once: nobody obtains a copy or a code with it."""
    return [each for each in wanted if each.field != "email"]


def _fields(asked: Asked, wanted: Sequence[Correction]) -> list[str]:
    """Return the fields that were found to be corrected; a right that began before they were noted corrects what was asked."""
    return list(asked.right.get("fields", [each.field for each in wanted]))


def _since(asked: Asked, wanted: Sequence[Correction], now: datetime) -> dict[str, str]:
    """Return from when each field is right that was corrected at once."""
    return {field: stamp(now) for field in _fields(asked, wanted) if field != "email"}


def _settle(services: Services, asked: Asked, now: datetime) -> None:
    """End a correction that was withdrawn while its new address waited: what was confirmed besides is complete, and told."""
    corrected = asked.right.get("corrected")
    if corrected is None:  # withdrawn in the moment in which it was carried out: nothing is left half corrected
        wanted = _wanted(services, asked)
        try:
            _correct(services, asked, _harmless(wanted), now)
            corrected = _since(asked, wanted, now)
        except _TooLarge:  # staff would have seen to it, and it was taken back
            corrected = {}
    over = carrying.changed(asked.right, {"settled_at": stamp(now), "corrected": corrected})
    if corrected:
        restriction.end(services, asked, [over], asked.right["counts"]["categories"], now)
    else:
        services.store.write([over])


# --- proposing -----------------------------------------------------------------------------------------------------------


def _propose(services: Services, asked: Asked, now: datetime) -> None:
    """Propose what the letters of a case say, or leave it to staff where they do not say it clearly."""
    found = corrections.read("\n\n".join(_texts(services, asked, now)))
    if not found:
        carrying.left_to_staff(services.store, asked, now)
        return
    opened = vault.unlock(services.keys, asked.case)
    services.store.write(
        [vault.addition(asked.case), *_proposal(services, opened, asked.main, asked.right, found, now)]
    )


def _texts(services: Services, asked: Asked, now: datetime) -> list[str]:
    """Return what the person of a case wrote in it, oldest first. Each message is recorded as opened before it is."""
    found = []
    for link in cases.links(services.store, asked.case.id):
        main = services.store.get(Key("records", f"entry#{link['entry']}", "main"))
        if link["kind"] != "request" or main is None:
            continue
        entry = vault.find(services.store, link["entry"])
        openings.record(services, entry, exports.BY, purpose="rights", why="answer", now=now, request=asked.case.id)
        found.append(str(vault.unlock(services.keys, entry).unseal("main", main["sealed"]).get("text") or ""))
    return found


def propose(services: Services, case: str, found: Sequence[Correction], reader: Reader, now: datetime) -> None:
    """Propose a correction as staff read the letter: the person is written to, and says that it is right, or staff decide so.

    A right that staff read into the letter after its person was made sure of begins with it. Raises BadInput for what cannot be
    a value and for a right that was not asked, NotProvenYet, Conflict when it is being carried out, KeyDestroyed, NotFound,
    NotAllowed.
    """
    found = [corrections.checked(each) for each in found]
    if not found:
        raise BadInput("invalid", {"corrections": ("missing", {})})
    _, main = casework.open_to(services.store, case, reader, now)
    right = rights_asked.of_case(services.store, case).get(RIGHT) or _beginning(main, now)
    if right.get("status", rights_asked.ASKED) not in (rights_asked.ASKED, rights_asked.APPROVAL) or right.get(
        "found_at"
    ):
        raise Conflict
    opened = openings.open_entry(services, case, reader, purpose=_purpose, why="answer", now=now)
    noted = casework.note(services, opened.entry, {"what": "corrections", "right": RIGHT}, reader, now)
    try:
        services.store.write([*noted, *_proposal(services, opened, main, right, found, now)])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


def _beginning(main: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the right as it begins when its correction is proposed: it has no status yet. Raises BadInput, NotProvenYet."""
    if RIGHT not in main["rights"]:
        raise BadInput("invalid", {"right": ("not_asked", {})})
    if main.get("identity") != "proven":
        raise NotProvenYet
    return {"pk": main["pk"], "sk": f"right#{RIGHT}", "right": RIGHT, "asked_at": stamp(now)}


def _purpose(rule: policy.Category) -> str:
    """Return what a case is opened for: the rule's first purpose."""
    return rule.purposes[0]


def _proposal(  # noqa: PLR0917 - what is proposed, in which case, when
    services: Services,
    case: Opened,
    main: dict[str, Any],
    right: dict[str, Any],
    found: Sequence[Correction],
    now: datetime,
) -> list[Write]:
    """Return the writes that seal a proposal with its case, and write to its person. The set must move the case on."""
    entry, site = case.entry, policy.site(case.entry.site)
    part = f"proposal#{vault.new_id()}"
    item = {"pk": f"entry#{entry.id}", "sk": part, "at": stamp(now)}
    sealed = case.seal(part, {"corrections": [list(each) for each in found]})
    page = rights_asked.page(services.base_url, site, main["language"], f"/{entry.id}")
    letter = case_letters.to_confirm(site, main["language"], case=entry.id, changes=found, page=page)
    changes = {"status": rights_asked.ASKED, "proposal": part, "proposed_at": stamp(now)}
    return [
        carrying.changed(right, changes) if "status" in right else Put("records", {**right, **changes}),
        Put("records", {**item, "sealed": sealed}),
        *case_letters.queue(services.keys, entry, letter, now).writes,
    ]


def _wanted(services: Services, asked: Asked) -> list[Correction]:
    """Return the corrections that were proposed last."""
    item = services.store.get(Key("records", asked.right["pk"], asked.right["proposal"]))
    if item is None:
        raise KeyDestroyed
    said = vault.unlock(services.keys, asked.case).unseal(item["sk"], item["sealed"])
    return [Correction(*each) for each in said["corrections"]]


# --- correcting ----------------------------------------------------------------------------------------------------------


def _found(services: Services, asked: Asked, wanted: Sequence[Correction], now: datetime) -> Asked:
    """Note which entries are to be corrected, before the first is."""
    if asked.right.get("found_at"):
        return asked
    found, fields = [], set()
    for entry in restriction.reached(services, asked, now):
        held = None if entry.erasing_at else _opened(services, asked, entry.id, now)
        if held and (pairs := _pairs(held, wanted)):
            found.append(entry)
            fields |= {field for field, _, _ in pairs}
    counts = Counter(restriction.named(asked, entry) for entry in found)
    changes = {
        "status": rights_asked.WAITING,
        "found_at": stamp(now),
        "entries": [entry.id for entry in found],
        "fields": sorted(fields),
        "absent": sorted({each.field for each in wanted} - fields),
        "counts": {"entries": len(found), "categories": dict(sorted(counts.items()))},
    }
    services.store.write([carrying.changed(asked.right, changes)])
    return asked._replace(right={**asked.right, **changes})


def _opened(services: Services, asked: Asked, name: str, now: datetime) -> _Held | None:
    """Open an entry for its correction, or None when it is gone. That it is opened is recorded first."""
    try:
        entry = vault.find(services.store, name)
    except KeyDestroyed:
        return None
    items = list(services.store.items("records", f"entry#{name}"))
    if not any(item["sk"] == "main" and "sealed" in item for item in items):
        return None
    openings.record(services, entry, exports.BY, purpose="rights", why="follow-up", now=now, request=asked.case.id)
    opened, said = vault.unlock(services.keys, entry), {}
    for item in items:
        if "sealed" in item:
            key = vault.unlock_addition(services.store, services.keys, entry, item["key"]) if "key" in item else opened
            said[item["sk"]] = key.unseal(item["sk"], item["sealed"])
    return _Held(opened, items, said)


def _pairs(held: _Held, wanted: Sequence[Correction]) -> list[tuple[str, str, str]]:
    """Return what is to be replaced in an entry: the field, what stands there, and the new value."""
    fields = held.said["main"]
    return [(each.field, fields[each.field], new) for each in wanted if (new := corrections.applied(each, fields))]


def _correct(services: Services, asked: Asked, wanted: Sequence[Correction], now: datetime) -> None:
    """Correct every entry that was found, each in a transaction of its own. Raises Conflict, _TooLarge."""
    for name in asked.right["entries"] if wanted else ():
        for _ in range(_TRIES):
            held = _opened(services, asked, name, now)
            pairs = _pairs(held, wanted) if held else []
            if held is None or not pairs or held.opened.entry.erasing_at:
                break
            try:
                services.store.write([restriction.standing(asked), *_sealed_anew(services, held, pairs, now)])
            except ConditionFailed as failed:
                if failed.index == 0:
                    raise Conflict from failed
                continue
            break
        else:
            raise Conflict


def _sealed_anew(services: Services, held: _Held, pairs: list[tuple[str, str, str]], now: datetime) -> list[Write]:
    """Return the writes that give an entry a new key, and seal its parts with it as they are corrected."""
    entry, key = held.opened.entry, sealing.new_key()
    wrapped = sealing.wrap(services.keys.public_key(entry.wall), key)
    values = [(old, new) for _, old, new in pairs]
    late = [item["key"] for item in held.items if "key" in item]
    writes = vault.rekeyed(entry, wrapped, _people(services, entry, pairs), late, now)
    size, objects = 0, []
    for item in held.items:
        place = Key("records", item["pk"], item["sk"])
        if "raw" in item or "object" in item:
            objects += [item["object"]] if "object" in item else []
            writes.append(Delete(place))
        elif item["sk"] in held.said:
            fields = corrections.replaced(held.said[item["sk"]], values)
            fields |= {field: new for field, _, new in pairs} if item["sk"] == "main" else {}
            sealed = sealing.seal_fields(key, entry.binding(), item["sk"], fields)
            size += len(sealed)
            writes.append(Update(place, "SET #sealed = :sealed REMOVE #key, #has_raw", {":sealed": sealed}))
    if objects:
        writes.append(vault.sweep(entry.id, objects, now))
    if len(writes) >= MOST or size > _MOST_BYTES:
        raise _TooLarge
    return writes


def _people(services: Services, entry: Entry, pairs: list[tuple[str, str, str]]) -> list[str]:
    """Return whose an entry is when it is corrected: who is reached by a new address or number is the same person."""
    group, people = policy.controller(entry.controller).group, list(entry.subjects)
    for kind, old, new in pairs:
        if kind not in subjects.KINDS:
            continue
        try:
            before, now = (subjects.identify(services.keys, group, kind, each).pointer() for each in (old, new))
        except BadInput:
            continue
        people = [now if each == before else each for each in people]
    return people


# --- cooling -------------------------------------------------------------------------------------------------------------


def _cooling(services: Services, asked: Asked, corrected: dict[str, str], now: datetime) -> tuple[Asked, datetime]:
    """Tell every address on file once that another takes its place, and what was corrected already; return from when it does.

    Who asks from an address that is not on file was told in the proposal.
    """
    if asked.right.get("run_at"):
        return asked, read_stamp(asked.right["run_at"])
    ready_at = after(now, policy.handling(asked.case.controller).cooling)
    site = policy.site(asked.case.site)
    letter = case_letters.address_changed(
        site,
        asked.main["language"],
        case=asked.case.id,
        usable_on=local_date(ready_at),
        page=rights_asked.page(services.base_url, site, asked.main["language"], f"/{asked.case.id}"),
        corrected=list(corrected),
    )
    asked = _told(services, asked, letter, _on_file(services, asked, now), now)
    changes = {"run_at": stamp(ready_at), "corrected": corrected}
    services.store.write([carrying.changed(asked.right, changes)])
    return asked._replace(right={**asked.right, **changes}), ready_at


def _number_told(services: Services, asked: Asked, now: datetime) -> Asked:
    """Tell every address on file once that another telephone number takes its place; the case's own gets the final letter."""
    letter = case_letters.number_changed(policy.site(asked.case.site), asked.main["language"], case=asked.case.id)
    others = [to for to in _on_file(services, asked, now) if to.address]
    return _told(services, asked, letter, others, now)


def _on_file(services: Services, asked: Asked, now: datetime) -> list[notices.Address]:
    """Return every e-mail address that stands in what is corrected. The case's own is among them only if it stands there."""
    held = (_opened(services, asked, name, now) for name in asked.right["entries"])
    found = [each.said["main"].get("email") for each in held if each]
    own = case_subjects.facts(vault.unlock(services.keys, asked.case), asked.main).get("email")
    tags = {to.tag for to in notices.addresses(services, asked.case, None, found)}
    return [to for to in notices.addresses(services, asked.case, own, found) if to.tag in tags]


def _told(
    services: Services, asked: Asked, letter: case_letters.Letter, to: Sequence[notices.Address], now: datetime
) -> Asked:
    """Put a notice to each of these addresses into the outbox, once, and return the case as it is then. Raises Conflict."""
    for address in to:
        notices.tell(services, asked.case, letter, address, _NOTICE, restriction.standing(asked), now)
        asked = asked._replace(case=vault.find(services.store, asked.case.id))
    return asked
