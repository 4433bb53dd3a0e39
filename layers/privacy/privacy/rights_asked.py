"""The rights that a case asks for, one item each, and the tasks that carry them out (Art. 15 to 22 GDPR).

`right#NAME` says how far one right has come, and nothing about anyone. `task#ID` wakes the function that carries rights out, by
the stream of the records and every hour. Both stand under the case and go with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import vault
from privacy.periods import stamp
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.policy import Site
    from privacy.writes import Store, Write

ASKED, APPROVAL, WAITING, UNDO = "asked", "approval", "waiting", "undo"
DONE, REFUSED, WITHDRAWN, ENDED = "done", "refused", "withdrawn", "ended"
UNDER_WAY = (ASKED, APPROVAL, WAITING, UNDO)
"""A right that stands like this can still be withdrawn by the person."""
_OTHERWISE = frozenset({"partly", "refused", "no_data", "forwarded"})
"""Outcomes of a right after which what it restricted and did not destroy is used again."""
TASKS = "tasks#waiting"
LIFT = "lift"
"""What stands instead of a right in the task that lifts a restriction which staff hold."""
NOT_CARRIED_OUT = frozenset({"question", "reminder"})
"""What a case may ask besides rights: a person answers it."""

NAMES = {  # in plain words, in Dutch and in English
    "access": ("inzien welke gegevens wij van {you} hebben", "see which data we have about you"),
    "rectification": ("{your} gegevens laten verbeteren", "have your data corrected"),
    "erasure": ("{your} gegevens laten wissen", "have your data erased"),
    "restriction": ("{your} gegevens alleen nog laten bewaren (beperking)", "have your data stored only (restriction)"),
    "portability": (
        "{your} gegevens meenemen, voor {yourself} of een andere aanbieder",
        "take your data with you, for yourself or another provider",
    ),
    "objection": ("bezwaar maken tegen het gebruik van {your} gegevens", "object to the use of your data"),
    "withdrawal": ("{your} toestemming intrekken", "withdraw your consent"),
    "unsubscribe": ("geen nieuwsbrieven meer krijgen", "get no more newsletters"),
    "question": ("een vraag stellen", "ask a question"),
    "reminder": ("herinneren aan een eerder verzoek", "remind of an earlier request"),
}
_WORDS = {"u": {"you": "u", "your": "uw", "yourself": "uzelf"}, "je": {"you": "je", "your": "je", "yourself": "jezelf"}}


def name(right: str, language: str, site: Site) -> str:
    """Return a right in plain words, in Dutch or else in English, in the form of address of the site's policy."""
    dutch, english = NAMES[right]
    words = _WORDS["je" if site.address_form == "je" else "u"]
    return dutch.format(**words) if language == "nl" else english


def page(base_url: str, site: Site, language: str, more: str = "") -> str:
    """Return the address of the page about rights in Dutch or else in English, as letters name it: of a case, with `/CASE`."""
    return f"{base_url}/{site.name}/rights{more}?lang={'nl' if language == 'nl' else 'en'}"


def task(case: str, right: str, now: datetime, **more: str) -> Put:
    """Return the write that has something done about one right of a case; `more` says what, if it is not the right itself.

    `listed_at` is when somebody looks at it next, also after a failure; `filed_at` since when it should be done.
    """
    place = {"pk": f"entry#{case}", "sk": f"task#{vault.new_id()}"}
    at = {"listed_at": stamp(now), "filed_at": stamp(now)}
    return Put("records", {**place, "right": right, **more, "list": TASKS, **at})


def asked(case: str, right: str, now: datetime) -> list[Write]:
    """Return the writes that begin one right: it is asked by a person who was made sure of. Fails if it was before."""
    place = {"pk": f"entry#{case}", "sk": f"right#{right}"}
    return [Put("records", {**place, "right": right, "status": ASKED, "asked_at": stamp(now)}), task(case, right, now)]


def of_case(store: Store, case: str) -> dict[str, dict[str, Any]]:
    """Return the rights of a case that have begun, by name."""
    return {item["right"]: item for item in store.items("records", f"entry#{case}", "right#")}


def owes(item: dict[str, Any]) -> bool:
    """Say whether something is still to be done for a right that ended: what it restricted is to be lifted, what it began to end.

    Restricted is lifted when it ended otherwise than was asked, or staff lift it; a correction that was withdrawn or refused
    while the address waits is complete for the rest.
    """
    if item.get("found_at") and (item["status"] in (WITHDRAWN, REFUSED) or item.get("outcome") == "partly"):
        return not item.get("settled_at")
    ended_otherwise = item["status"] == DONE and item.get("outcome") in _OTHERWISE
    is_over = item["status"] in (REFUSED, WITHDRAWN) or ended_otherwise or bool(item.get("lift_notice"))
    return is_over and bool(item.get("begun_at")) and not item.get("lifted_at")


def is_unfinished(item: dict[str, Any]) -> bool:
    """Say whether a right has restricted data and is not at its end: its case cannot be closed over that."""
    return owes(item) or (bool(item.get("begun_at")) and item["status"] in UNDER_WAY)


def moved(item: dict[str, Any], changes: dict[str, Any], now: datetime) -> list[Write]:
    """Return the writes that change a right as it was read, and have something done about it; not while it is destroying."""
    values = {":was": item["status"], **{f":{name}": value for name, value in changes.items()}}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    case = item["pk"].removeprefix("entry#")
    place = Key("records", item["pk"], item["sk"])
    as_it_was = "#status = :was AND attribute_not_exists(#destroying_at)"
    return [Update(place, expression, values, as_it_was), task(case, item["right"], now)]
