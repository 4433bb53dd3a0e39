"""Staff vouch for a person who has lost the address on file: by facts that only they know, or by the telephone number on file.

A code cannot reach them, and a copy of an identity document is not asked for (Art. 12(6) GDPR, EDPB Guidelines 01/2022, 73-79).
What staff checked is noted with the case, sealed; that they did stands in the evidence. Where the policy asks four eyes for a
right of the case, two members of staff vouch for the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, casework, evidence, identity, intake, openings, policy, rights_asked, subjects, vault
from privacy.errors import BadInput, ConditionFailed, Conflict, SecondPersonNeeded
from privacy.periods import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Write

HOW = ("known_facts", "phone")
_FOUR_EYES = "four_eyes"


class Vouched(NamedTuple):
    """How a person stands: `identity` is `asked` while a second member of staff is needed, else `proven`."""

    identity: str
    identity_how: str
    identity_at: str


class Person(NamedTuple):
    """Whom staff vouch for, `how`, and a `note` of what was checked (not of the answers).

    `known_as_…` is what we know them by, when they wrote from something else; `email` is where letters go from now on.
    """

    how: str
    note: str
    email: str = ""
    known_as_email: str = ""
    known_as_phone: str = ""


def vouch(services: Services, case: str, reader: Reader, person: Person, *, now: datetime) -> Vouched:
    """Note that staff made sure who asks; the rights of the case begin. Done twice, it stays as it was.

    With `known_as_…` the case is from now on about the person who is known so, and no longer about whom it came from. Raises
    BadInput, SecondPersonNeeded, Conflict, KeyDestroyed, NotFound, NotAllowed.
    """
    person = _checked(person)
    entry, main = casework.open_to(services.store, case, reader, now)
    whom = _mac(services, main, "whom", person.email, person.known_as_email, person.known_as_phone)
    says_more = main.get("vouched_for") != whom and (person.email or _known_as(person))
    if main.get("identity") == identity.PROVEN and not says_more:
        return _vouched(main)
    changes = _changes(services, main, whom, person.how, reader, now)
    if person.email:
        opened = openings.open_entry(services, case, reader, purpose=_purpose, why="identity", now=now)
        changes["sealed"] = opened.seal("main", {**opened.unseal("main", main["sealed"]), "email": person.email})
        changes["no_address"] = False
    said = {"what": "identity", **person._asdict()}
    noted = casework.note(services, entry, said, reader, now)[1:]  # the entry moves on below
    known = intake.people(services.keys, entry.controller, **_known_as(person))
    writes: list[Write] = [
        *vault.about(entry, [each.pointer() for each in known]),
        *noted,
        cases.changed(main, changes),
        *_begun(services, entry, main, changes, person, now),
    ]
    try:
        services.store.write(writes)
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
    return _vouched({**main, **changes})


def _vouched(main: dict[str, Any]) -> Vouched:
    """Return how the person of a case stands."""
    return Vouched(main["identity"], main.get("identity_how", ""), main.get("identity_at", ""))


def _purpose(rule: policy.Category) -> str:
    """Return what a case is opened for: the rule's first purpose."""
    return rule.purposes[0]


def _checked(person: Person) -> Person:
    """Return what was given, addresses and numbers in their one spelling. Raises BadInput."""
    if person.how not in HOW:
        raise BadInput("invalid", {"how": ("not_a_choice", {"choices": ", ".join(HOW)})})
    if not person.note.strip():
        raise BadInput("invalid", {"note": ("missing", {})})
    spelled = {}
    for name, kind in (("email", "email"), ("known_as_email", "email"), ("known_as_phone", "phone")):
        try:
            spelled[name] = subjects.normalise(kind, value) if (value := getattr(person, name)) else ""
        except BadInput as wrong:
            raise BadInput("invalid", {name: (wrong.key, {})}) from wrong
    return person._replace(**spelled)


def _known_as(person: Person) -> dict[str, str]:
    """Return what a person is known by, by kind."""
    known = {"email": person.known_as_email, "phone": person.known_as_phone}
    return {kind: value for kind, value in known.items() if value}


def _changes(  # noqa: PLR0917 - what becomes of which case, for whom, how proven and by whom
    services: Services, main: dict[str, Any], whom: str, how: str, reader: Reader, now: datetime
) -> dict[str, Any]:
    """Return what becomes of the state of a case: proven, or waiting for a second member of staff who says the same."""
    proven = {
        "identity": identity.PROVEN,
        "identity_how": how,
        "identity_at": stamp(now),
        "vouched_for": whom,
        "look": [reason for reason in main["look"] if reason != identity.ON_BEHALF],
        **({"for_another": True} if identity.ON_BEHALF in main["look"] else {}),
    }
    approvals = policy.handling(main["controller"]).approvals
    if _FOUR_EYES not in [approvals.get(right) for right in main["rights"]]:
        return proven
    who = _mac(services, main, "who", reader.sub)
    if main.get("vouched_for") != whom:
        return {"identity": identity.ASKED, "vouched_for": whom, "vouched_by": who}
    if main["vouched_by"] == who:
        raise SecondPersonNeeded
    return proven


def _mac(services: Services, main: dict[str, Any], *parts: str) -> str:
    """Return what tells one member of staff, or one statement, from another on this case, and nothing else."""
    return services.keys.mac(json.dumps(["vouched", main["pk"], *parts]).encode()).hex()


def _begun(  # noqa: PLR0917 - what begins, of which case, with which proof
    services: Services, entry: Entry, main: dict[str, Any], changes: dict[str, Any], person: Person, now: datetime
) -> list[Write]:
    """Return the writes that begin the rights of a case and put the proof into the evidence, once there is proof."""
    if changes["identity"] != identity.PROVEN:
        return []
    rights = [right for right in main["rights"] if right not in rights_asked.NOT_CARRIED_OUT]
    recorded = evidence.act("identified", entry, now, suffix=str(entry.version), how=person.how)
    return [*identity.begun(services.store, entry.id, rights, now), *recorded]
