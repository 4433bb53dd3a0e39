"""What an act of evidence did, done again to an older copy of the entry and of its record (N3).

Pure: an item and an act go in, the item as the act left it comes out. An act says which version of the entry it was done to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import cases, enquiries, intake, transmissions, vault
from privacy.periods import read_stamp, stamp

if TYPE_CHECKING:
    from datetime import datetime

Item = dict[str, Any]
_TELL_ALL = ("restricted", "lifted", "handed_over", "reviewed", "held", "received_corrected", "extended", "identified")
"""Acts besides those that move a date. Who was identified is asked again, for the proof lies in what was lost."""
_DATED = ("reviewed", "handed_over")
"""Acts that say by when a restriction is looked at again."""
_CHANGED = (
    "due",
    "counted_from",
    "counted_at",
    "restricted_at",
    "restricted_by",
    "erasing_at",
    "hold_until",
    "hold_notice",
    "queued_at",
)
_CLOCK = ("received_at", "respond_by", "respond_by_latest")


def version(act: Item) -> int | None:
    """Return the version of the entry that an act was done to; None for an act that did not change the entry itself."""
    last = str(act["id"]).rpartition("#")[2]
    return int(last) if last.isascii() and last.isdigit() else None


def is_known(act: Item) -> bool:
    """Say whether the act itself tells all that it did: when it ends, that it is restricted or held, since when it is here."""
    return "counted_at" in act or act["act"] in _TELL_ALL


def entry(item: Item, act: Item) -> Item:
    """Return an entry of the vault as an act left it that `is_known`."""
    before = vault.read(item)
    after, at = before, str(act["at"])
    if act["act"] == "restricted":
        after = before.restricted_for(act.get("by", vault.STAFF), at)
    elif act["act"] == "lifted":
        after = before.lifted_for(act.get("by", vault.STAFF), at)
    elif act["act"] == "handed_over":
        after = before.handed_over_by(act["by"])
    elif act["act"] == "held":
        after = before._replace(hold_until=act["until"], hold_notice=act["notice"])
    elif "counted_at" in act:
        after = before._replace(due=act["due"], counted_from=act["counted_from"], counted_at=act["counted_at"])
        if after.due < at:
            after = after._replace(queued_at=min(at, before.erase_by()))
    return _placed(item, after, act)


def restricted(item: Item, act: Item, now: datetime) -> Item:
    """Return an entry that is stored only, because the act changed something that it does not tell: an old value is not used."""
    before = vault.read(item)
    is_already = vault.STAFF in before.restrictors()
    return _placed(item, before if is_already else before.restricted_for(vault.STAFF, stamp(now)), act)


def _placed(item: Item, after: vault.Entry, act: Item) -> Item:
    """Return the item of an entry one version after the act, in the queue where it belongs."""
    set_ = {name: value for name in _CHANGED if (value := getattr(after, name))}
    changed = {name: list(value) if isinstance(value, tuple) else value for name, value in set_.items()}
    kept = {name: value for name, value in item.items() if name not in _CHANGED}
    if not after.restricted_at:
        place = {"queue": vault.QUEUE, "due_key": vault.due_key(after)}
    elif item.get("queue") == vault.RESTRICTED and not (act["act"] in _DATED and "review_by" in act):
        place = {}
    else:
        review = act.get("review_by") or after.erase_by()
        place = {"queue": vault.RESTRICTED, "due_key": f"{review}#{after.id}"}
    return {**kept, **changed, **place, "version": (version(act) or 0) + 1}


def record(main: Item, act: Item) -> Item:
    """Return the record of an entry as an act left it; unchanged when it shows the act, or something later, already."""
    kind, status = main.get("kind"), main.get("status")
    if kind == "enquiry" and act["act"] in ("handled", "closed"):
        shows = status == enquiries.HANDLED or str(main["listed_at"]).partition("#")[0] > act["at"]
        return main if shows else _ended(main, enquiries.ended(act["controller"], act["entry"], act["at"], act["due"]))
    if kind == "case" and (act.get("counted_from") == "closed" or act["act"] in ("received_corrected", "extended")):
        return _case(main, act) if status == cases.OPEN else main
    if act["act"] == "dismissed" and status == intake.WAITING:
        aside = {name: value for name, value in main.items() if name not in ("list", "listed_at")}
        return {**aside, "status": intake.DISMISSED, "erase_by": act["due"]}
    if "due" in act and str(main.get("erase_by", "")) > act["due"]:
        return {**main, "erase_by": act["due"]}
    return main


def transmission(item: Item, act: Item) -> Item:
    """Return a copy for another provider as an act left it: nobody is written to twice, nor about what was stopped since.

    Unchanged when it shows that already, or an end.
    """
    if item.get("ended_at") or item["status"] == act["status"]:
        return item
    if act["status"] == transmissions.SENT:
        return {**item, "status": transmissions.SENT, "sent_at": act["at"], "letter": ""}
    return {**item, "status": act["status"], "ended_at": act["at"]}


def _case(main: Item, act: Item) -> Item:
    """Return an open case as an act left it: ended, received on another day, or extended."""
    if act["act"] == "extended":
        return _extended(main, act, act["entry"])
    if act["act"] == "received_corrected":
        clock = {name: act[name] for name in _CLOCK}
        listed = cases.listing(main["controller"], main["status"], clock["respond_by"], act["entry"])
        return {**main, **clock, **listed} if main["received_at"] == act["was"] else main
    return _ended(main, cases.ended(main, act.get("outcome", ""), act["at"], act["due"]))


def _extended(main: Item, act: Item, case: str) -> Item:
    """Return a case whose period was extended: how many months, the day it came to tells."""
    if main["respond_by"] != act["was"]:
        return main
    received = read_stamp(main["received_at"])
    months = next((each for each in (2, 3) if cases.clock(received, each)["respond_by"] == act["respond_by"]), 3)
    days = {name: act[name] for name in _CLOCK[1:]}
    more = {"extended_until": days["respond_by"], "months": months, "reminded": ""}
    return {**main, **days, **more, **cases.listing(main["controller"], main["status"], days["respond_by"], case)}


def _ended(main: Item, changes: Item) -> Item:
    """Return a record that was ended: nobody is warned of it any more."""
    return {name: value for name, value in {**main, **changes}.items() if name != "warned_at"}
