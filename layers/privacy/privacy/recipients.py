"""Recipients: who was given data, and is told when it is corrected, erased or restricted (Art. 19 GDPR; P15 to P17, P36).

Recipients are those that the policy names for the categories concerned, processors included (Art. 4(9)). Whoever stores for us
is told by the act itself, which is carried out in their systems. Another is sent a mail where the policy names an
address, and is else on the list of what staff have to do. Each is a record with the case, and evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import case_letters, casework, evidence, openings, policy, processing, published, vault
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed, NotFound
from privacy.periods import stamp
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.voice import Voice
    from privacy.writes import Store, Write

CARRIED_OUT, SENT, TO_DO, DONE = "carried_out", "sent", "to_do", "done"
TOLD_OF = frozenset({"rectification", "erasure", "restriction"})
"""The rights of which recipients are told."""
_TOLD = "told#"
_LEGAL_DUTY = "6(1)(c)"


class Told(NamedTuple):
    """How far one recipient was told of one right. `name` is what people call it; `letter` names the mail, if one was sent."""

    recipient: str
    name: str
    right: str
    status: str
    at: str
    letter: str


def of_categories(site: policy.Site, categories: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the recipients that a site's policy names for categories of data, by their short names."""
    says = published.of(site)
    names = {name for category in categories for name in says["categories"].get(category, {}).get("recipients", ())}
    return {name: says["recipients"][name] for name in sorted(names)}


def of_case(store: Store, case: str) -> list[Told]:
    """Return who was told, or is to be, in a case."""
    return [_told(item) for item in store.items("records", f"entry#{case}", _TOLD)]


def name_of(site: policy.Site, told: Told, voice: Voice) -> str:
    """Return what a recipient, or a place where data are held outside this system, is called in the language of `voice`."""
    says = published.of(site)
    if told.recipient in says["recipients"]:
        return processing.recipient_name(says["recipients"][told.recipient], voice)
    where = says["categories"].get(told.recipient, {}).get("held_elsewhere")
    return voice.text(where) if where else told.name


def tell(  # noqa: PLR0917 - what is told, of whom, when
    services: Services, case: Entry, right: str, categories: Iterable[str], person: str, now: datetime
) -> list[Write]:
    """Return the writes that tell every recipient of these categories what was done for a `person` (their address).

    Who is told already is not told again. The set they are written in must hold the case as well (see
    `case_letters.queue`). Nobody is told of a right that asks for no notice, nor a controller for whom the same request was
    carried out (Art. 26(3)).
    """
    if right not in TOLD_OF:
        return []
    site, found = policy.site(case.site), sorted(set(categories))
    told = {each.recipient for each in of_case(services.store, case.id) if each.right == right}
    writes: list[Write] = []
    answer_too = _legal_names(case)
    for name, recipient in of_categories(site, found).items():
        if name in told or recipient["name"] in answer_too:
            continue
        status, letter = TO_DO, ""
        if "region" in recipient:
            status = CARRIED_OUT
        elif "contact" in recipient and person:
            text = case_letters.to_recipient(
                site, site.default_language, case=case.id, right=right, person=person, what=found
            )
            queued = case_letters.queue(services.keys, case, text, now, to=recipient["contact"])
            status, letter, writes = SENT, queued.name, [*writes, *queued.writes]
        item = {"recipient": name, "name": recipient["name"], "right": right, "status": status, "at": stamp(now)}
        writes.append(Put("records", {"pk": f"entry#{case.id}", "sk": _place(right, name), **item, "letter": letter}))
        writes += evidence.act("told", case, now, suffix=f"{right}#{name}", recipient=name, right=right, status=status)
    return writes


def _legal_names(case: Entry) -> frozenset[str]:
    """Return the names of the controllers that answer a request together: what is done for one is done for all."""
    group = policy.controller(case.controller).group
    all_of_them = map(policy.controller, policy.controllers())
    return frozenset(each.legal_name for each in all_of_them if each.group == group)


def by_hand(store: Store, case: Entry, right: str, now: datetime) -> list[Write]:
    """Return the writes that make a task of staff of what is held outside this system and no legal duty keeps, once."""
    site, known = policy.site(case.site), {each.recipient for each in of_case(store, case.id) if each.right == right}
    writes: list[Write] = []
    for name, category in published.of(site)["categories"].items():
        where = category.get("held_elsewhere")
        if not where or category["basis"]["article"] == _LEGAL_DUTY or name in known:
            continue
        item = {"recipient": name, "name": where[site.default_language], "right": right, "status": TO_DO}
        place = {"pk": f"entry#{case.id}", "sk": _place(right, name)}
        writes.append(Put("records", {**place, **item, "at": stamp(now), "letter": ""}))
        writes += evidence.act("told", case, now, suffix=f"{right}#{name}", recipient=name, right=right, status=TO_DO)
    return writes


def done(services: Services, case: str, right: str, recipient: str, reader: Reader, *, now: datetime) -> Told:
    """Note that staff told a recipient, also after the case was closed. Done twice, it stays as it was.

    Raises NotFound for a recipient who is not to be told, KeyDestroyed, NotAllowed, Conflict.
    """
    entry = vault.find(services.store, case)
    openings.check_reader(entry, reader)
    if entry.has_ended(now):
        raise KeyDestroyed
    place = Key("records", f"entry#{case}", _place(right, recipient))
    item = services.store.get(place)
    if item is None:
        raise NotFound
    if item["status"] == DONE:
        return _told(item)
    changes = {"status": DONE, "at": stamp(now)}
    values = {":done": DONE, ":at": changes["at"], ":was": item["status"]}
    writes = [
        *casework.note(services, entry, {"what": "told", "right": right, "recipient": recipient}, reader, now),
        Update(place, "SET #status = :done, #at = :at", values, "#status = :was"),
        *evidence.act(
            "told", entry, now, suffix=f"{right}#{recipient}#done", recipient=recipient, right=right, status=DONE
        ),
    ]
    try:
        services.store.write(writes)
    except ConditionFailed as changed:
        raise Conflict from changed
    return _told({**item, **changes})


def _place(right: str, recipient: str) -> str:
    """Return where it is noted how far a recipient was told."""
    return f"{_TOLD}{right}#{recipient}"


def _told(item: dict[str, Any]) -> Told:
    """Return what an item says."""
    return Told(**{name: item.get(name, "") for name in Told._fields})
