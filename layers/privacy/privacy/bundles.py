"""Bundles: sealed days with their acts in one document, and the proof of the acts on one entry without anyone else's.

Both are checked without us, by `verification`. They hold ids, names of categories, moments and counts: nothing about anyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import evidence, evidence_days, merkle
from privacy.errors import BadInput

if TYPE_CHECKING:
    from privacy.writes import Store

BUNDLE = "nakoming-evidence/1"
PROOF = "nakoming-proof/1"
MOST_ACTS = 5000
MOST_DAYS = 100
"""How much one page holds; an answer of a function may be 6 MB."""


def page(store: Store, controller: str, first: str, last: str, after: str = "") -> dict[str, Any]:
    """Return the sealed days of a controller from the first to the last, in pages.

    `{"format", "controller", "from", "to", "keys", "days": [{"statement", "signature", "acts"}], "next"}`. `from` and `to` are
    moved to the first and last day that are sealed. `next` is the `after` of the next page, None on the last; the acts of a
    large day go on in the next page. Raises BadInput when no day in between is sealed.
    """
    end = evidence_days.head(store, controller)
    if end is None or max(first, end.first) > min(last, end.day):
        raise BadInput("invalid", {"to": ("nothing_sealed", {})})
    first, last = max(first, end.first), min(last, end.day)
    start, _, seen = after.partition("#")
    days: list[dict[str, Any]] = []
    room, following = MOST_ACTS, None
    for sealed in evidence_days.sealed_days(store, controller, start or first, last):
        day = sealed.says()["day"]
        if len(days) == MOST_DAYS or not room:
            following = f"{day}#"
            break
        acts = list(evidence_days.acts(store, controller, day))
        if seen and day == start:
            acts = [act for act in acts if act["id"] > seen]
        days.append({**sealed.shown(), "acts": acts[:room]})
        if len(acts) > room:
            following = f"{day}#{acts[room - 1]['id']}"
            break
        room -= len(acts)
    keys = evidence_days.public_keys(store, (day["statement"]["key"] for day in days))
    head = {"format": BUNDLE, "controller": controller, "from": first, "to": last}
    return {**head, "keys": keys, "days": days, "next": following}


def joined(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the pages of a bundle as the one document that is kept and checked."""
    whole = {**pages[0], "keys": [], "days": []}
    del whole["next"]
    for each in pages:
        whole["keys"] += [key for key in each["keys"] if key not in whole["keys"]]
        for day in each["days"]:
            if whole["days"] and whole["days"][-1]["statement"] == day["statement"]:
                whole["days"][-1]["acts"] += day["acts"]
            else:
                whole["days"].append(day)
    return whole


def proof(store: Store, controller: str, entry: str) -> dict[str, Any]:
    """Return the proof of every act on one entry whose day is sealed: the act, its path to the root, and the signed day.

    `{"format", "controller", "keys", "proofs": [{"act", "index", "path", "statement", "signature"}]}`. The path is hashes: nobody
    else's acts are in it. Raises BadInput when there is no act, or its day is not sealed yet.
    """
    proofs = []
    for found in evidence.of_entry(store, entry, controller):
        day = str(found["at"])[:10]
        sealed = evidence_days.sealed_day(store, controller, day)
        acts = list(evidence_days.acts(store, controller, day)) if sealed else []
        leaves = evidence_days.tally(acts).leaves
        for index, act in enumerate(acts):
            if sealed and act["entry"] == entry and {**found, "id": act["id"]} == act:
                path = [step.hex() for step in merkle.path(index, leaves)]
                proofs.append({"act": act, "index": index, "path": path, **sealed.shown()})
    if not proofs:
        raise BadInput("invalid", {"entry": ("nothing_sealed", {})})
    keys = evidence_days.public_keys(store, (each["statement"]["key"] for each in proofs))
    return {"format": PROOF, "controller": controller, "keys": keys, "proofs": proofs}
