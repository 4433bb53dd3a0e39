"""Restrictions that stand: what is stored only, since when and for whose request, and the end of what staff hold (Art. 18 GDPR).

A restriction belongs to a right of a case, and is decided about or lifted there. Where its case has ended, staff hold it: by
entry, with a notice to its person before it is lifted (Art. 18(3)), by mail or in another way that is written down.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import case_letters, cases, letters, notices, openings, policy, rights_asked, subjects, vault
from privacy.errors import BadInput, ConditionFailed, Conflict, HeldByCase, NotFound
from privacy.periods import after, local_date, moment_given, stamp
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from datetime import date, datetime

    from privacy.carrying import Asked
    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.vault import Entry
    from privacy.writes import Store

_AGAIN = timedelta(hours=1)
_TASK = "task#lift"


class Standing(NamedTuple):
    """One entry that is restricted: nothing about anyone. `by` are `CASE#RIGHT` or `staff`; `lift_on` is a day, once set."""

    id: str
    category: str
    site: str
    since: str
    review_by: str
    by: tuple[str, ...]
    lift_on: str


def listing(store: Store, reader: Reader, *, limit: int, above: str = "") -> tuple[list[Standing], str]:
    """Return restrictions of the reader's controller, what is looked at first stands first, and where the next page begins.

    Nothing is opened. Raises NotAllowed.
    """
    openings.check_rule(reader, cases.CATEGORY)
    found: list[Standing] = []
    last = ""
    for item in store.listed("vault", "due", vault.RESTRICTED, above=above, page_size=limit + 1):
        if item["controller"] != reader.controller:
            continue
        if len(found) == limit:
            return found, last
        name, last = item["pk"].removeprefix("entry#"), str(item["due_key"])
        if current := store.get(vault.key_of(name)):
            found.append(_standing(store, vault.read(current), last.partition("#")[0]))
    return found, ""


def _standing(store: Store, entry: Entry, review_by: str) -> Standing:
    """Return how one restriction stands."""
    on = str((store.get(_task_of(entry.id)) or {}).get("on") or "")
    return Standing(entry.id, entry.category, entry.site, entry.restricted_at, review_by, entry.restrictors(), on)


def _task_of(entry: str) -> Key:
    """Return where the task stands that lifts what staff hold."""
    return Key("records", f"entry#{entry}", _TASK)


# --- lifting -------------------------------------------------------------------------------------------------------------


def lift(
    services: Services, name: str, reader: Reader, *, reasons: str, on: date, told: str = "", now: datetime
) -> Standing:
    """Tell the person that a restriction which staff hold ends on a day, and why; it is lifted then (Art. 18(3)).

    The notice goes to the address that stands in the entry, and must have gone out; `told` says how the person was told where
    there is none. Done twice, it stays as it was. Raises BadInput without reasons, for a day that has passed and where no address
    is on file, NotFound for what is not restricted, HeldByCase for what a case restricts, NotAllowed, KeyUnavailable.
    """
    openings.check_rule(reader, cases.CATEGORY)
    entry = vault.find(services.store, name)
    if entry.controller != reader.controller or not entry.restricted_at:
        raise NotFound
    if vault.STAFF not in entry.restrictors():
        raise HeldByCase
    if services.store.get(_task_of(name)) is None:
        if not reasons.strip():
            raise BadInput("invalid", {"reasons": ("reasons_missing", {})})
        if on.isoformat() < local_date(now):
            raise BadInput("invalid", {"on": ("in_the_past", {})})
        _noticed(services, entry, reader, reasons, on.isoformat(), told.strip(), now)
    review = str((services.store.get(vault.key_of(name)) or {}).get("due_key", "")).partition("#")[0]
    return _standing(services.store, vault.find(services.store, name), review)


def keep(services: Services, name: str, reader: Reader, *, now: datetime) -> Standing:
    """Note that staff looked at a restriction, and that it stays; it is looked at again after the time that the policy says.

    Raises NotFound for what is not restricted, KeyDestroyed, NotAllowed, Conflict.
    """
    openings.check_rule(reader, cases.CATEGORY)
    entry = vault.find(services.store, name)
    if entry.controller != reader.controller or not entry.restricted_at:
        raise NotFound
    review = after(now, policy.handling(entry.controller).review)
    try:
        services.store.write(vault.reviewed(entry, review, now))
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile
    return _standing(services.store, entry, stamp(review))


def _noticed(  # noqa: PLR0917 - of what, by whom, why, when and how
    services: Services, entry: Entry, reader: Reader, reasons: str, on: str, told: str, now: datetime
) -> None:
    """Write the notice, and the task that lifts the restriction once it has gone out. Raises BadInput, Conflict."""
    site = policy.site(entry.site)
    to, language = ("", site.default_language) if told else _address(services, entry, reader, now)
    text = case_letters.lifting(site, language, on=on, reasons=reasons, some_stay=len(entry.restrictors()) > 1)
    writes, notice = case_letters.without_case(services.keys, entry, text, now, to=to, told=told, by=reader.sub)
    place = {"pk": f"entry#{entry.id}", "sk": _TASK, "right": rights_asked.LIFT, "notice": notice, "on": on}
    task = Put("records", {**place, "list": rights_asked.TASKS, "listed_at": stamp(now)})
    try:
        services.store.write([task, vault.addition(entry), *writes])
    except ConditionFailed as meanwhile:
        if meanwhile.index:
            raise Conflict from meanwhile


def _address(services: Services, entry: Entry, reader: Reader, now: datetime) -> tuple[str, str]:
    """Return the address on file of an entry, and its language; that it is opened is recorded first. Raises BadInput for none."""
    main = services.store.get(Key("records", f"entry#{entry.id}", "main")) or {}
    address = ""
    if "sealed" in main:
        openings.record(services, entry, reader.sub, purpose="rights", why="lifting", now=now, request="")
        fields: dict[str, Any] = vault.unlock(services.keys, entry).unseal("main", main["sealed"])
        address = _address_in(fields)
    if not address:
        raise BadInput("invalid", {"told": ("missing", {})})
    return address, str(main.get("language") or policy.site(entry.site).default_language)


def _address_in(fields: dict[str, Any]) -> str:
    """Return the e-mail address that stands in an entry; empty for none."""
    try:
        return subjects.normalise("email", str(fields.get("email") or ""))
    except BadInput:
        return ""


def lifted(services: Services, asked: Asked, now: datetime) -> datetime | None:
    """Lift what staff hold, on its day and once the notice has gone out; return when to look again.

    A notice that ended before that counts for nothing: staff give another.
    """
    task, entry = asked.right, asked.case
    notice = notices.letter_of(services.store, task["notice"])
    if not notice:
        return None
    if task["on"] > local_date(now):
        return moment_given(task["on"])
    if notice["status"] != letters.SENT:
        return now + _AGAIN
    if vault.STAFF in entry.restrictors():
        try:
            services.store.write(vault.lifted(entry, now, notice=task["notice"], by=vault.STAFF))
        except ConditionFailed as meanwhile:
            raise Conflict from meanwhile
    return None
