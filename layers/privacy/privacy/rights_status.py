"""How a request stands, for the person who was proven to have made it, and what they can still say to it (P20, N9).

All of it is state that is nobody's: the function that shows it can open nothing. What a person says is noted with the right it is
about, and whoever carries rights out acts on that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import cases, identity, letters, rights_asked, transmissions, vault
from privacy.errors import BadInput, ConditionFailed, Conflict, IdentityNotProven, NoCopy, OneAtATime, TooLateForThat
from privacy.periods import stamp
from privacy.rights_asked import UNDER_WAY, UNDO, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from privacy.policy import Site
    from privacy.writes import Store


def view(store: Store, site: Site, case: str, now: datetime) -> dict[str, Any]:
    """Return what a person sees of their case. Moments are stamps, days `YYYY-MM-DD`; nothing of it is sealed.

    Raises IdentityNotProven when the case has ended since they were proven.
    """
    main = identity.find(store, site, case, now)
    if main is None:
        raise IdentityNotProven
    begun = {right: _as_it_is(store, item) for right, item in rights_asked.of_case(store, case).items()}
    items = list(store.items("records", f"entry#{case}", "letter#"))
    handed = transmissions.of_case(store, case)
    offered = transmissions.offered(site.controller, begun, handed, now)
    sent = [_letter(item) for item in items if item["kind"] not in letters.TO_STAFF]
    sent += [
        {"at": link["at"], "kind": link.get("letter") or "case_answer", "status": "sent"}
        for link in _links(store, case, "letter")
        if link.get("letter") not in letters.NOT_TO_THE_PERSON
    ]
    rights = list(dict.fromkeys([*main["rights"], *begun]))
    return {
        "id": case,
        "received_at": main["received_at"],
        "respond_by": main["respond_by"],
        "respond_by_latest": main["respond_by_latest"],
        "extended_until": main.get("extended_until", ""),
        "status": main["status"],
        "outcome": main.get("outcome", ""),
        "identity": main.get("identity", ""),
        "waits_for_mandate": identity.ON_BEHALF in main["look"],
        "rights": [_right(right, begun.get(right), now, for_another=right == offered) for right in rights],
        "transmissions": [transmissions.shown(item) for item in handed],
        "letters": sorted(sent, key=_moment),
        "timeline": sorted(
            _events(store, main, begun.values()), key=lambda each: (each["at"], each["what"] == "closed")
        ),
    }


def _as_it_is(store: Store, item: dict[str, Any]) -> dict[str, Any]:
    """Return a right without its copy when that is gone: an erasure that its person asked for elsewhere reaches it too."""
    is_gone = bool(item.get("export")) and store.get(vault.key_of(item["export"])) is None
    return {**item, "export": "", "ready_until": ""} if is_gone else item


def copy_of(store: Store, site: Site, case: str, right: str, now: datetime) -> str:
    """Return the right whose copy a person can fetch: the one they named, or the first that has one. Raises NoCopy."""
    rights = [each["right"] for each in view(store, site, case, now)["rights"] if "download" in each["can"]]
    if not rights or (right and right not in rights):
        raise NoCopy
    return right or str(rights[0])


def offered_to_another(store: Store, site: Site, case: str, now: datetime) -> str:
    """Return the right whose copy can be handed to another provider now. Raises OneAtATime, TooLateForThat."""
    seen = view(store, site, case, now)
    right = next((each["right"] for each in seen["rights"] if "provider" in each["can"]), "")
    if not right:
        raise (
            OneAtATime
            if any(each["status"] in transmissions.UNDER_WAY for each in seen["transmissions"])
            else TooLateForThat
        )
    return right


def _moment(event: dict[str, Any]) -> str:
    """Return when something happened."""
    return str(event["at"])


def _links(store: Store, case: str, kind: str) -> Iterator[dict[str, Any]]:
    """Yield what a case links to, of one kind."""
    return (link for link in cases.links(store, case) if link["kind"] == kind)


def _letter(item: dict[str, Any]) -> dict[str, Any]:
    """Return what a person sees of a letter that we sent them: that it went, and not what it says."""
    return {"at": item.get("ended_at") or item.get("listed_at", ""), "kind": item["kind"], "status": item["status"]}


def _right(right: str, item: dict[str, Any] | None, now: datetime, *, for_another: bool = False) -> dict[str, Any]:
    """Return how one right stands, and what the person can do about it; its copy is `for_another` provider as well."""
    if item is None:
        return {"right": right, "status": "", "can": []}
    status, can = item["status"], []
    if right == "erasure" and status == UNDO and item.get("undo_until", "") > stamp(now):
        can.append("undo")
    elif status in UNDER_WAY and status != UNDO:
        can.append("withdraw")
    if item.get("proposal") and not item.get("confirmed_at") and status in UNDER_WAY:
        can.append("confirm")
    if item.get("export") and item["ready_until"] > stamp(now):
        can.append("download")
    if for_another:
        can.append("provider")
    shown = {
        name: item[name] for name in ("decided_at", "run_at", "undo_until", "ready_until", "outcome") if item.get(name)
    }
    return {"right": right, "status": status, "can": can, **shown}


def _events(store: Store, main: dict[str, Any], begun: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what happened in a case, without a word of what anybody wrote."""
    for link in _links(store, main["pk"].removeprefix("entry#"), "request"):
        yield {"at": link["at"], "what": "received"}
    yield from ({"at": main[name], "what": what} for name, what in _OF_CASE.items() if main.get(name))
    for item in begun:
        yield from (
            {"at": item[name], "what": what, "right": item["right"]}
            for name, what in _OF_RIGHT.items()
            if item.get(name)
        )


_OF_CASE = {"identity_at": "proven", "extended_at": "extended", "closed_at": "closed"}
_OF_RIGHT = {
    "asked_at": "begun",
    "decided_at": "decided",
    "confirmed_at": "confirmed",
    "withdrawn_at": "withdrawn",
    "done_at": "done",
}


# --- what the person says, who was proven --------------------------------------------------------------------------------


def withdraw(store: Store, case: str, right: str, now: datetime) -> None:
    """Take a right back that is not carried out yet. Raises BadInput, Conflict."""
    _said(store, case, right, "withdraw", {"status": WITHDRAWN, "withdrawn_at": stamp(now)}, now)


def undo(store: Store, case: str, now: datetime) -> None:
    """Take an erasure back as long as nothing is destroyed. Raises BadInput, Conflict."""
    _said(store, case, "erasure", "undo", {"status": WITHDRAWN, "withdrawn_at": stamp(now)}, now)


def confirm(store: Store, case: str, now: datetime) -> None:
    """Say that a rectification is right as it was proposed by mail. Raises BadInput, Conflict."""
    _said(store, case, "rectification", "confirm", {"confirmed_at": stamp(now)}, now)


def _said(store: Store, case: str, right: str, what: str, changes: dict[str, str], now: datetime) -> None:  # noqa: PLR0917
    """Note what the person says to a right as it stands, once, and have it acted on. Said twice, it stays as it was."""
    item = rights_asked.of_case(store, case).get(right)
    if item is None:
        raise BadInput("invalid", {"right": ("not_possible", {})})
    if all(item.get(name) for name in changes) and item["status"] == changes.get("status", item["status"]):
        return
    if what not in _right(right, item, now)["can"]:
        raise TooLateForThat
    try:
        store.write(rights_asked.moved(item, changes, now))
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
