"""Retention: what is due is destroyed, on time, every hour, by somebody who cannot read any of it (P04, P37, N7).

A run finds what is due by an index that holds nothing else, however large the store and however long the last run was ago. One
entry's failure does not stop the others, and two runs at once do no harm: each entry goes in one conditional transaction.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, enquiries, incidents, letters, policy, reminders, rights_asked, vault
from privacy.errors import ConditionFailed, Conflict, KeyDestroyed, PrivacyError, Restricted, UnknownCategory
from privacy.periods import after, local_date, parse, read_stamp, stamp
from privacy.writes import Delete, Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from privacy.services import Objects
    from privacy.writes import Store

OVERDUE_AFTER = timedelta(hours=2)
_LONGEST_MONTH = timedelta(days=32)
_ONE_REVIEW_PER = timedelta(days=7)
_BAD = frozenset({"spam", "virus"})
"""Whose sender gets no letter by itself."""
RUN = Key("records", "run#retention", "last")


class Counts(NamedTuple):
    """What one run did. `overdue` is what is still there two hours or more after it was due: it should be 0.

    `cases_overdue` are requests that nobody answered within the month (Art. 12(3) GDPR), `incidents_overdue` breaches that
    nobody reported in time (Art. 33(1)): both should be 0 as well.
    """

    destroyed: int = 0
    closed: int = 0
    warned: int = 0
    shortened: int = 0
    renewed: int = 0
    failed: int = 0
    overdue: int = 0
    cases_overdue: int = 0
    incidents_overdue: int = 0
    reminded: int = 0
    finished: bool = True


def run(
    store: Store,
    objects: Objects,
    now: datetime,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
    note: Callable[[str], None] = lambda _failure: None,
) -> Counts:
    """Destroy what is due at `now`, warn of and close what waits, apply a changed policy, and note that the run took place.

    `may_go_on` is asked before each entry and stops a run whose time is up; the next one goes on where it stopped. `note` is
    told the kind of each failure, never whose. Raises StoreUnavailable only when not even the queue can be read.
    """
    counts, before = Counts(), last_run(store) or {}
    steps = (
        _due_steps(store, now),
        _sweep_steps(store, objects, now),
        _stale_steps(store, now),
        reminders.steps(store, now),
        _review_steps(store, now),
    )
    for step in chain(*steps, _changed_policy_steps(store, now, before.get("policy"))):
        if not may_go_on():
            counts = counts._replace(finished=False)
            break
        try:
            done = step()
        except PrivacyError as failure:
            note(type(failure).__name__)
            counts = counts._replace(failed=counts.failed + 1)
        else:
            counts = counts._replace(**{done: getattr(counts, done) + 1}) if done else counts
    late = sum(cases.overdue(store, controller, now) for controller in policy.controllers())
    unreported = sum(incidents.overdue(store, controller, now) for controller in policy.controllers())
    counts = counts._replace(overdue=overdue(store, now), cases_overdue=late, incidents_overdue=unreported)
    store.write([_ran(now, counts, policy.digest() if counts.finished else before.get("policy", ""))])
    return counts


def overdue(store: Store, now: datetime, most: int = 10_000) -> int:
    """Return how many entries should have been gone for two hours or more, counted from the live vault, up to `most`."""
    count = 0
    for _ in vault.due(store, now - OVERDUE_AFTER):
        count += 1
        if count >= most:
            break
    return count


def last_run(store: Store) -> dict[str, Any] | None:
    """Return when the last run finished and what it did, or None before the first."""
    return store.get(RUN)


def _ran(now: datetime, counts: Counts, applied: str) -> Put:
    """Return the write that notes a run, and which policy is `applied` to everything; it replaces the one before."""
    place = {"pk": RUN.pk, "sk": RUN.sk, "at": stamp(now), "policy": applied}
    return Put("records", {**place, **counts._asdict()}, condition="")


def _due_steps(store: Store, now: datetime) -> Iterator[Callable[[], str]]:
    """Yield one step per entry that is due, the longest overdue first."""
    for item in store.listed("vault", "due", vault.QUEUE, upto=f"{stamp(now)}#~"):
        is_case = item.get("category") == cases.CATEGORY
        act = _renew if _is_renewed(item) else _destroy_case if is_case else _destroy
        entry = item["pk"].removeprefix("entry#")
        yield lambda act=act, entry=entry: act(store, entry, now)  # type: ignore[misc]


def _is_renewed(item: dict[str, Any]) -> bool:
    """Say whether the policy keeps something as long as its reason stands; not what it does not know any more."""
    try:
        return policy.category(item["controller"], item["category"]).renewed
    except UnknownCategory:
        return False


def _renew(store: Store, name: str, now: datetime) -> str:
    """Let the period of one entry begin anew; one that somebody else renewed, restricted or held is left alone."""
    try:
        entry = vault.find(store, name)
        due = after(now, policy.category(entry.controller, entry.category).needed)
        main = Update(Key("records", f"entry#{name}", "main"), "SET #erase_by = :due", {":due": stamp(due)})
        store.write([*vault.renewed(entry, due, now), main])
    except (KeyDestroyed, ConditionFailed):
        return ""
    return "renewed"


def _destroy(store: Store, entry: str, now: datetime) -> str:
    """Destroy one entry; one that was restricted or held since the queue was read is left alone."""
    try:
        return "destroyed" if vault.destroy(store, entry, now) else ""
    except Restricted:
        return ""


def _destroy_case(store: Store, case: str, now: datetime) -> str:
    """Destroy one case; what it restricted stays so, and staff hold that from now on, which comes first (Art. 18(3))."""
    for right in rights_asked.of_case(store, case).values():
        if not right.get("begun_at"):
            continue
        if right["status"] in rights_asked.UNDER_WAY:  # nothing is restricted by it any more
            place, values = (
                Key("records", right["pk"], right["sk"]),
                {":ended": rights_asked.ENDED, ":was": right["status"]},
            )
            store.write([Update(place, "SET #status = :ended", values, "#status = :was")])
        for entry in right["entries"]:
            _hand_over(store, entry, vault.by_case(case, right["right"]), now)
    return _destroy(store, case, now)


def _hand_over(store: Store, name: str, by: str, now: datetime) -> None:
    """Let staff hold one restriction, unless it was lifted, or what it was about is gone."""
    with suppress(KeyDestroyed):
        entry = vault.find(store, name)
        if by in entry.restrictors():
            store.write(vault.handed_over(entry, now, by=by))


def _review_steps(store: Store, now: datetime) -> Iterator[Callable[[], str]]:
    """Yield one step per controller that has a restriction whose date to be looked at has passed (Art. 18; rule H8)."""
    known = set()
    for item in store.listed("vault", "due", vault.RESTRICTED, upto=f"{stamp(now)}#~"):
        if item["controller"] in known:
            continue
        known.add(item["controller"])
        name = item["pk"].removeprefix("entry#")
        yield lambda name=name: _remind_of_review(store, name, now)  # type: ignore[misc]


def _remind_of_review(store: Store, name: str, now: datetime) -> str:
    """Remind staff that restrictions are to be looked at, in one letter a week for all, until they have done so."""
    try:
        entry = vault.find(store, name)
        values = {":before": local_date(now - _ONE_REVIEW_PER)}
        mark = {"pk": "run#reviews", "sk": entry.controller, "on": local_date(now)}
        once = Put("records", mark, "attribute_not_exists(#pk) OR #on <= :before", values)
        store.write([once, letters.restriction_review(entry, now), vault.addition(entry)])
    except (KeyDestroyed, ConditionFailed):
        return ""
    return "reminded"


def _changed_policy_steps(store: Store, now: datetime, applied: str | None) -> Iterator[Callable[[], str]]:
    """Yield one step per entry when the policy is another than was applied last: a shorter period holds for what is there too.

    The whole queue is walked once, from the end, so that entries that move forward are not met twice.
    """
    if applied in (None, policy.digest()):  # before the first run there was no other policy
        return
    for item in store.listed("vault", "due", vault.QUEUE, above=f"{stamp(now)}#~", newest_first=True):
        yield lambda item=item: shorten(store, item["pk"].removeprefix("entry#"), now)  # type: ignore[misc]


def shorten(
    store: Store, entry_id: str, now: datetime, rule_of: Callable[[str, str], policy.Category] = policy.category
) -> str:
    """Move an entry's due date forward when its rule is shorter than it was; never back: that needs a notice (P10)."""
    try:
        entry = vault.find(store, entry_id)
        due = _due_by_rule(entry, rule_of(entry.controller, entry.category))
        if due >= read_stamp(entry.due):
            return ""
        counted: dict[str, Any] = {"counted_from": entry.counted_from, "counted_at": read_stamp(entry.counted_at)}
        writes = vault.rescheduled(entry, due, **counted, now=now, act="shortened")
        main = Key("records", f"entry#{entry_id}", "main")
        if (store.get(main) or {}).get("erase_by"):
            writes.append(Update(main, "SET #erase_by = :due", {":due": stamp(due)}))
        store.write(writes)
    except (KeyDestroyed, ConditionFailed):
        return ""
    return "shortened"


def _due_by_rule(entry: vault.Entry, rule: policy.Category) -> datetime:
    """Return when an entry is due by a rule: its period, after the rule for what waits where it does not count yet."""
    counted_at = read_stamp(entry.counted_at)
    if rule.stale_close_after and entry.counted_from != rule.counts_from:
        counted_at = after(counted_at, rule.stale_close_after)
    return after(counted_at, rule.needed)


def _sweep_steps(store: Store, objects: Objects, now: datetime) -> Iterator[Callable[[], str]]:
    """Yield one step per note of sealed objects to delete: of a destroyed entry, or of a filing that was cut off."""
    for item in store.listed("records", "list", vault.SWEEPS, upto=stamp(now)):
        yield lambda item=item: _swept(store, objects, Key("records", item["pk"], item["sk"]))  # type: ignore[misc]


def _swept(store: Store, objects: Objects, place: Key) -> str:
    """Delete the objects that an entry left, then the note of them."""
    for name in (store.get(place) or {}).get("objects", ()):
        objects.delete(name)
    store.write([Delete(place)])
    return ""


def _stale_steps(store: Store, now: datetime) -> Iterator[Callable[[], str]]:
    """Yield one step per enquiry or case that nobody ended in time: a warning, then the end by rule (P04)."""
    for controller in policy.controllers():
        for item in _waiting(store, controller, before=_first_warning(controller, now)):
            yield lambda item=item, controller=controller: _stale(store, controller, item, now)  # type: ignore[misc]


def _stale(store: Store, controller: str, item: dict[str, Any], now: datetime) -> str:
    """Warn of what waits or close it, as its rule says. Raises UnknownCategory when the policy has none for it any more."""
    warn_at, close_at = _stale_moments(controller, item)
    if close_at and close_at <= now:
        return _close(store, item, now)
    return _warn(store, item, now) if warn_at and warn_at <= now else ""


def _waiting(store: Store, controller: str, *, before: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Yield the enquiries and cases of a controller that nobody ended, those since `before` (and some more) or all.

    Enquiries are listed by the moment since which they wait, cases by their deadline, which is a month later at most.
    """
    for status in (enquiries.OPEN, enquiries.ANSWERED):
        yield from enquiries.listing(store, controller, status, upto=f"{stamp(before)}#~" if before else "")
    month_later = before and stamp(before + _LONGEST_MONTH)[:10]
    yield from cases.listed(store, controller, cases.OPEN, upto=f"{month_later}#~" if month_later else "")


def _stale_moments(controller: str, item: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """Return when staff are warned of an enquiry or case, unless they were, and when it is closed by rule."""
    since = read_stamp(str(item.get("filed_at") or item["listed_at"]).partition("#")[0])
    rule = policy.category(controller, item["category"])
    warns = rule.stale_warn_after and not item.get("warned_at")
    warn_at = after(since, rule.stale_warn_after) if warns else None
    return warn_at, after(since, rule.stale_close_after) if rule.stale_close_after else None


def next_work(store: Store, moment: datetime) -> datetime | None:
    """Return the first moment after `moment` at which a run will have something to do, as things stand, or None."""
    later = f"{stamp(moment)}#~"
    first = [next(iter(store.listed("vault", "due", vault.QUEUE, above=later, page_size=1)), {}).get("due_key")]
    first += [next(iter(store.listed("vault", "due", vault.RESTRICTED, above=later, page_size=1)), {}).get("due_key")]
    first += [next(iter(store.listed("records", "list", vault.SWEEPS, above=later, page_size=1)), {}).get("listed_at")]
    moments = [read_stamp(str(found).partition("#")[0]) for found in first if found]
    moments += reminders.next_moments(store, moment)
    for controller in policy.controllers():
        stale = [each for item in _waiting(store, controller) for each in _stale_moments(controller, item)]
        moments += [each for each in stale if each and each > moment]
    return min(moments, default=None)


def _first_warning(controller: str, now: datetime) -> datetime:
    """Return the moment before which something must have come in for any rule to warn of it, or one of long ago."""
    rules = (policy.category(controller, name) for name in policy.categories(controller))
    waits = [parse(rule.stale_warn_after).shortest() for rule in rules if rule.stale_warn_after]
    return now - min(waits) if waits else read_stamp("2000-01-01T00:00:00Z")


def _close(store: Store, item: dict[str, Any], now: datetime) -> str:
    """Close one enquiry or case by rule."""
    try:
        entry = vault.find(store, item["pk"].removeprefix("entry#"))
        main = store.get(Key("records", item["pk"], "main"))
        if main is None or main.get("listed_at") != item["listed_at"] or entry.has_ended(now):
            return ""  # somebody handled it, or the person wrote back, since it was listed
        if main["kind"] == "case":
            if any(rights_asked.is_unfinished(right) for right in rights_asked.of_case(store, entry.id).values()):
                return ""  # staff decide first: somebody's data wait for it, and the alarm of what is overdue rings
            told = (
                []
                if _BAD.intersection(main["look"])
                else [letters.case_unanswered(entry, now, language=main["language"])]
            )
            cases.close(store, main, outcome=cases.UNANSWERED, now=now, act="closed", also=told)
        else:
            enquiries.close(store, entry, main, now=now, act="closed")
    except (KeyDestroyed, Conflict):
        return ""
    return "closed"


def _warn(store: Store, item: dict[str, Any], now: datetime) -> str:
    """Warn staff of one enquiry or case, once."""
    try:
        entry = vault.find(store, item["pk"].removeprefix("entry#"))
        noted = Update(
            Key("records", item["pk"], "main"),
            "SET #warned_at = :now",
            {":now": stamp(now), ":listed_at": item["listed_at"]},
            "#listed_at = :listed_at AND attribute_not_exists(#warned_at)",
        )
        warning = letters.case_warning if item["kind"] == "case" else letters.stale_warning
        store.write([noted, warning(entry, now), vault.addition(entry)])
    except (KeyDestroyed, ConditionFailed):
        return ""
    return "warned"
