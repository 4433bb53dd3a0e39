"""The history of a case: what happened when, from its state, the evidence and the outbox. Nothing is opened for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, evidence, letters, openings, recipients, rights_asked, vault
from privacy.periods import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.openings import Reader
    from privacy.writes import Store

_FIGURES = frozenset({"right", "status", "recipient", "was", "respond_by", "until", "notice", "received_at"})

_FIRST = ("received", "filed", "message_in", "identity", "identified", "right_asked", "letter_out", "decided")
_LAST = ("right_done", "carried_out", "told", "letter_sent", "letter_failed", "letter_bounced", "case_closed")
"""What comes first, and what last, of things that happened in one second: moments are kept no finer."""


class Event(NamedTuple):
    """One thing that happened. `what` is its code; `about` are codes, days and ids, and nothing about anyone."""

    at: str
    what: str
    about: dict[str, str]


def of_case(store: Store, case: str, reader: Reader) -> list[Event]:
    """Return what happened in a case, the first thing first. Raises KeyDestroyed, NotFound, NotAllowed."""
    openings.check_reader(vault.find(store, case), reader)
    main = cases.record(store, case)
    found = [
        *_of_state(main),
        *(Event(right["asked_at"], "right_asked", {"right": name}) for name, right in _begun(store, case)),
        *(
            Event(right["done_at"], "right_done", {"right": name})
            for name, right in _begun(store, case)
            if "done_at" in right
        ),
        *_of_messages(store, case),
        *(
            Event(str(act["at"]), str(act["act"]), _about(act))
            for act in evidence.of_entry(store, case, reader.controller)
        ),
        *(
            Event(told.at, "told", {"recipient": told.recipient, "right": told.right, "status": told.status})
            for told in recipients.of_case(store, case)
        ),
    ]
    unique = {(event.at, _rank(event.what), event.what, tuple(sorted(event.about.items()))): event for event in found}
    return [unique[key] for key in sorted(unique)]


def _rank(what: str) -> int:
    """Return where something stands among what happened in the same second."""
    if what in _LAST:
        return 1 + _LAST.index(what)
    return _FIRST.index(what) - len(_FIRST) if what in _FIRST else 0


def _begun(store: Store, case: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the rights of a case that have begun, by name."""
    return sorted(rights_asked.of_case(store, case).items())


def _of_state(main: dict[str, Any]) -> Iterator[Event]:
    """Yield what the state of a case tells; the day by which it was to be answered is the one before any extension."""
    day = cases.clock(read_stamp(main["received_at"]))["respond_by"]
    yield Event(main["received_at"], "received", {"channel": main["channel"], "respond_by": day})
    yield Event(main["filed_at"], "filed", {})
    if main.get("identity_at"):
        yield Event(main["identity_at"], "identity", {"how": str(main.get("identity_how") or "")})
    for name in ("paused_at", "resumed_at"):
        if main.get(name):
            yield Event(main[name], name.removesuffix("_at"), {})


def _of_messages(store: Store, case: str) -> Iterator[Event]:
    """Yield the messages that came in and the letters that went out, and what became of those."""
    for link in cases.links(store, case):
        if link["kind"] == "request":
            yield Event(link["at"], "message_in", {"entry": link["entry"]})
        else:
            yield Event(
                link["at"], "letter_out", {"entry": link["entry"], "kind": str(link.get("letter") or "case_answer")}
            )
            yield from _of_letters(store, link["entry"])
    yield from _of_letters(store, case)


def _of_letters(store: Store, entry: str) -> Iterator[Event]:
    """Yield what became of the letters to the person that lie with an entry."""
    for item in store.items("records", f"entry#{entry}", "letter#"):
        if item["kind"] not in letters.TO_STAFF and item.get("ended_at"):
            yield Event(item["ended_at"], f"letter_{item['status']}", {"entry": entry, "kind": item["kind"]})


def _about(act: dict[str, object]) -> dict[str, str]:
    """Return what an act of evidence says besides what and when."""
    return {name: str(value) for name, value in act.items() if name in _FIGURES}
