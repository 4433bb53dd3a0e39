"""The audit: every hour it seals what is over, looks at what is held and what is gone, and judges each promise (N4, N7).

It counts from the live vault and from sealed evidence, reads sealed days again to see whether they still say the same, and
looks for what was destroyed: of a destroyed entry nothing may be found. It counts requests that nobody answered, and sees those
that nothing carries out, letters that do not leave, and mail that nothing filed. It holds no key that opens anything, and of mail
it sees when it came, no more. What cannot be read puts promises at risk; it never makes them look kept.

Where each chain of sealed days ended stands in the snapshots of the verdicts too: in another table than the evidence, so that a
chain that was cut off and went on is not taken for one that was always so.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import (
    cases,
    deadlines,
    evidence,
    evidence_days,
    letters,
    merkle,
    policy,
    retention,
    rights_asked,
    vault,
    verdicts,
)
from privacy.errors import PrivacyError
from privacy.evidence_days import days_between
from privacy.periods import read_stamp, stamp
from privacy.retention import OVERDUE_AFTER
from privacy.verification import signed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from privacy.evidence_days import Head, SealedDay
    from privacy.services import Services
    from privacy.writes import Store

WINDOW = timedelta(days=30)
"""How far back history counts in a verdict."""
UNSEALED_AFTER = timedelta(days=2)
SAMPLE = 25
"""How many destroyed entries of a day are looked for in one run; the day and the hour decide which."""
READ_AGAIN = 2_000
"""How many acts of sealed days are read again in an hour, per controller."""
MOST_COUNTED = 1_000_000
"""How many entries are counted in one run; beyond it the figures are a minimum, and the verdict says so."""

TASK_WAITS = timedelta(hours=3)
"""What carries rights out looks every hour: a task that was not done after this long will not be by itself."""
UNREAD_AFTER = timedelta(days=3)
"""A mail that was not filed by then is one that nobody can answer; a letter is tried for as long (`letters.MOST_TRIES`)."""
MOST_CASES = 1_000
"""How many overdue cases, tasks, letters and mails that wait are read in one run; beyond it the verdict says there are more."""
_TRIED_FOR_A_DAY = 24
_HOUR = timedelta(hours=1)

_ILL_FORMED = (KeyError, TypeError, ValueError)
"""What comes of reading an item of evidence that is not as it was written."""

Place = tuple[str, str]
"""A site and a category; both are empty for what belongs to none."""


class Counts(NamedTuple):
    """What one run did: days sealed, destroyed entries looked for, verdicts of all sites, and steps that failed."""

    sealed_days: int = 0
    looked_for: int = 0
    kept: int = 0
    at_risk: int = 0
    broken: int = 0
    failed: int = 0
    chains: tuple[str, ...] = ()
    """Where each chain of evidence ends, as `CONTROLLER DAY HASH`: a log that keeps it is one more witness."""


class _Seen:
    """What one run has seen so far."""

    def __init__(self, before: Mapping[str, Head | None]) -> None:
        self.ends = dict(before)
        """Where the chains of evidence end, as far as is known to be right: what is remembered, until a look confirmed more."""
        self.answers: dict[str, dict[str, Counter[str]]] = {
            name: {figure: Counter() for figure in verdicts.FIGURES} for name in policy.controllers()
        }
        self.of_right: dict[Place, set[str]] = {}
        self.counted: dict[str, Counter[Place]] = {name: Counter() for name in (*verdicts.FIGURES, "waiting")}
        self.of_place: dict[Place, set[str]] = {}
        self.of_controller: dict[str, set[str]] = {name: set() for name in policy.controllers()}
        self.looked_for = 0

    def finds(self, reason: str, *places: Place) -> None:
        """Note something about categories of sites."""
        for place in places:
            self.of_place.setdefault(place, set()).add(reason)

    def finds_everywhere(self, reason: str, *controllers: str) -> None:
        """Note something about all that is counted for some controllers, or for all."""
        for controller in controllers or self.of_controller:
            self.of_controller[controller].add(reason)

    def counts(self, name: str, place: Place, number: int) -> None:
        """Add to a figure."""
        self.counted[name][place] += number

    def finds_of_case(self, reason: str, controller: str, rights: Iterable[str]) -> None:
        """Note something about a case: it touches the rights it asks for, and the promise that one can ask by mail."""
        for right in (evidence_days.ALL, *rights):
            self.of_right.setdefault((controller, right), set()).add(reason)

    def counts_answers(self, name: str, controller: str, right: str, number: int) -> None:
        """Add to a figure of cases; each of them fell due."""
        for figure in (name, "due"):
            self.answers[controller][figure][right] += number

    def of_site(self, site: policy.Site, last_run: dict[str, Any] | None, since: str) -> verdicts.Seen:
        """Return what was seen of one site."""
        names = policy.categories(site.policy)
        figures = {figure: {name: self.counted[figure][site.name, name] for name in names} for figure in self.counted}
        due = {name: sum(figures[each][name] for each in ("on_time", "late", "waiting")) for name in names}
        places = {name: (site.name, name) for name in names} | {"": (site.controller, "")}
        by_category = {name: frozenset(self.of_place.get(place, ())) for name, place in places.items()}
        everywhere = frozenset(self.of_controller[site.controller])
        by_right = {
            right: frozenset(found) for (owner, right), found in self.of_right.items() if owner == site.controller
        }
        answers = self.answers[site.controller]
        return verdicts.Seen({**figures, "due": due}, by_category, answers, by_right, everywhere, last_run, since)


def run(
    services: Services,
    now: datetime,
    *,
    arrivals: Callable[[], Iterable[datetime]] = tuple,
    may_go_on: Callable[[], bool] = lambda: True,
    note: Callable[[str], None] = lambda _failure: None,
) -> Counts:
    """Seal, look and judge; store a snapshot of the verdicts per site.

    `arrivals` gives when each mail came that still waits to be filed. `may_go_on` is asked before each day and now and then in
    between; `note` is told the kind of each failure, never whose. Raises StoreUnavailable when not even the snapshots can be
    written.
    """
    store, done = services.store, Counts()
    snapshots = {name: store.get(verdicts.place(name)) or {} for name in policy.sites()}
    seen = _Seen({name: verdicts.remembered(_of_controller(name, snapshots)) for name in policy.controllers()})
    known = {name: end for name, end in seen.ends.items() if end}
    try:
        sealed = evidence_days.seal(store, services.keys, now, remembered=known, may_go_on=may_go_on)
        done = done._replace(sealed_days=sealed)
    except (PrivacyError, *_ILL_FORMED) as failure:  # the days go unsealed, and the verdicts say so when that lasts
        note(type(failure).__name__)
        done = done._replace(failed=1)
    steps: list[tuple[Callable[[str], None], str]] = [
        (lambda _: _count(seen, store, now, may_go_on), ""),
        (lambda _: _look_for_objects(seen, store, now), ""),
        (lambda _: _look_at_tasks(seen, store, now), ""),
        (lambda _: _look_at_mail(seen, arrivals(), now), ""),
        (lambda _: _look_at_outbox(seen, store, now), ""),
        *((lambda name: _look_at_failed(seen, store, name), name) for name in policy.controllers()),
        *((lambda name: _look_at_cases(seen, store, name, now), name) for name in policy.controllers()),
        *((lambda name: _look_back(seen, services, name, now, may_go_on), name) for name in policy.controllers()),
    ]
    for name in policy.controllers():
        if not seen.ends[name] and _never_sealed(store, name, _of_controller(name, snapshots), now):
            seen.finds_everywhere("unsealed", name)
    for step, controller in steps:
        try:
            step(controller)
        except (PrivacyError, *_ILL_FORMED) as failure:
            note(type(failure).__name__)
            reason = "evidence_altered" if controller and isinstance(failure, _ILL_FORMED) else "partly_read"
            seen.finds_everywhere(reason, *filter(None, [controller]))
            done = done._replace(failed=done.failed + 1)
    given = _judge(seen, store, snapshots, now)
    ends = tuple(f"{name} {end.day} {end.hash}" for name, end in seen.ends.items() if end)
    return done._replace(
        looked_for=seen.looked_for,
        kept=given[verdicts.KEPT],
        at_risk=given[verdicts.AT_RISK],
        broken=given[verdicts.BROKEN],
        chains=ends,
    )


def _of_controller(name: str, snapshots: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the snapshots of the sites of a controller."""
    return [snapshots[site] for site in policy.sites_of(name)]


def _judge(seen: _Seen, store: Store, snapshots: Mapping[str, dict[str, Any]], now: datetime) -> Counter[str]:
    """Judge every promise of every site, keep the snapshots, and return how many promises have which verdict."""
    last_run, given = retention.last_run(store), Counter[str]()
    for name in policy.sites():
        site = policy.site(name)
        since = str(snapshots[name].get("since") or stamp(now))
        judged = verdicts.judge(site, seen.of_site(site, last_run, since), now)
        verdicts.keep(store, name, judged, since=since, now=now, chain=seen.ends[site.controller])
        given.update(promise["verdict"] for promise in judged)
    return given


# --- what is held ------------------------------------------------------------------------------------------------------


def _count(seen: _Seen, store: Store, now: datetime, may_go_on: Callable[[], bool]) -> None:
    """Count what is held, due and overdue from the queue of the vault, and what is restricted from the other one."""
    late, this_moment = stamp(now - OVERDUE_AFTER), stamp(now)
    for number, (queue, item) in enumerate(_entries(store)):
        if number == MOST_COUNTED or (number % 1000 == 999 and not may_go_on()):  # noqa: PLR2004 - now and then
            seen.finds_everywhere("partly_read")
            return
        place, ends = _place(item), str(item["due_key"]).partition("#")[0]
        seen.counts("sealed", place, 1)
        if item["category"] not in policy.categories(item["controller"]):
            known = item["controller"] in policy.controllers()
            seen.finds("uncovered", *((name, "") for name in ([item["controller"]] if known else policy.controllers())))
        if queue == vault.RESTRICTED:
            if ends < this_moment:
                seen.finds("review_overdue", place)
        elif ends <= this_moment:
            seen.counts("waiting", place, 1)
            seen.counts("overdue", place, int(ends <= late))


def _place(item: Mapping[str, Any]) -> Place:
    """Return where an entry or an act counts: at its site, or at the first of its controller when that site is gone or none."""
    site, controller = item.get("site", ""), item["controller"]
    is_there = site in policy.sites() or controller not in policy.controllers()
    return site if is_there else policy.sites_of(controller)[0], item["category"]


def _entries(store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the vault's index holds of every entry with the queue it stands in, the longest due first."""
    for queue in (vault.QUEUE, vault.RESTRICTED):
        for item in store.listed("vault", "due", queue):
            yield queue, item


def _look_for_objects(seen: _Seen, store: Store, now: datetime) -> None:
    """See whether remains of destroyed entries wait in the bucket for longer than a run explains."""
    waited = stamp(now - OVERDUE_AFTER)
    if next(iter(store.listed("records", "list", vault.SWEEPS, upto=waited, page_size=1)), None):
        seen.finds_everywhere("objects_left")


# --- what was asked ----------------------------------------------------------------------------------------------------


def _look_at_cases(seen: _Seen, store: Store, controller: str, now: datetime) -> None:
    """Count a controller's cases that nobody answered by their last day, and note those whose month is over (P20)."""
    today = deadlines.received_on(now)
    yesterday = (today - timedelta(days=1)).isoformat()
    for number, item in enumerate(cases.listed(store, controller, cases.OPEN, upto=f"{yesterday}#~")):
        if number == MOST_CASES:
            seen.finds_everywhere("partly_read", controller)
            return
        case = cases.summary(item)
        if case.respond_by_latest >= today.isoformat():
            seen.finds_of_case("answer_due", controller, case.rights)
        elif not cases.is_answered({**item, **_main_of(store, item["pk"])}):
            for right in (evidence_days.ALL, *case.rights):
                seen.counts_answers("overdue", controller, right, 1)


def _look_at_tasks(seen: _Seen, store: Store, now: datetime) -> None:
    """Note what nothing carries out: a task that failed is listed for its next try, and says since when it should be done."""
    waiting = store.listed("records", "list", rights_asked.TASKS, upto=stamp(now + TASK_WAITS))
    for number, item in enumerate(waiting):
        if number == MOST_CASES:
            seen.finds_everywhere("partly_read")
            return
        if read_stamp(str(item.get("filed_at") or item["listed_at"])) > now - TASK_WAITS:
            continue
        controller = _main_of(store, item["pk"]).get("controller")
        task = next(store.items("records", item["pk"], item["sk"]), {})
        if controller in policy.controllers():
            seen.finds_of_case("task_waits", controller, filter(None, [task.get("right")]))


def _look_at_mail(seen: _Seen, arrivals: Iterable[datetime], now: datetime) -> None:
    """Note mail to the privacy addresses that nothing filed. Whose it is nobody can see, so it counts for every controller."""
    for number, arrived in enumerate(arrivals):
        if number == MOST_CASES:
            seen.finds_everywhere("partly_read")
            return
        if arrived <= now - TASK_WAITS:
            reason = "mail_unread" if arrived <= now - UNREAD_AFTER else "mail_waits"
            for controller in policy.controllers():
                seen.finds_of_case(reason, controller, [verdicts.QUESTION])


def _look_at_outbox(seen: _Seen, store: Store, now: datetime) -> None:
    """Note letters that nothing tries to send, or that were tried for a day."""
    for number, item in enumerate(store.listed("records", "list", letters.OUTBOX, upto=stamp(now + _HOUR))):
        if number == MOST_CASES:
            seen.finds_everywhere("partly_read")
            return
        is_left = item["listed_at"] <= stamp(now - TASK_WAITS)
        if is_left or (item["status"] != letters.HELD and item["attempts"] >= _TRIED_FOR_A_DAY):
            _note_letter(seen, store, "letter_waits", item)


def _look_at_failed(seen: _Seen, store: Store, controller: str) -> None:
    """Note letters that could not be sent for days and that nobody saw to since; one to staff keeps no person waiting yet.

    One that came back, or whose address is none, is no fault of ours: anybody can give an address that takes no mail.
    """
    for number, item in enumerate(letters.failed(store, controller)):
        if number == MOST_CASES:
            seen.finds_everywhere("partly_read", controller)
            return
        if item["status"] == letters.FAILED and item["attempts"] >= letters.MOST_TRIES:
            reason = "letter_waits" if item["kind"] in letters.TO_STAFF else "letter_not_sent"
            _note_letter(seen, store, reason, item)


def _note_letter(seen: _Seen, store: Store, reason: str, item: Mapping[str, Any]) -> None:
    """Note something about a letter: it touches the rights that its case asks for, or else answers to enquiries."""
    rights = _main_of(store, f"entry#{item.get('case') or item['entry']}").get("rights")
    if rights is None:
        seen.of_right.setdefault((item["controller"], verdicts.ENQUIRY), set()).add(reason)
    else:
        seen.finds_of_case(reason, item["controller"], rights)


def _main_of(store: Store, pk: str) -> dict[str, Any]:
    """Return the record of a case, of which nothing here can be opened; empty when it has gone."""
    return next((item for item in store.items("records", pk, "main") if item["sk"] == "main"), {})


# --- what is gone ------------------------------------------------------------------------------------------------------


def _look_back(seen: _Seen, services: Services, controller: str, now: datetime, may_go_on: Callable[[], bool]) -> None:
    """Go through a controller's evidence: the chain of sealed days, some of their acts again, and the days not sealed yet."""
    store, before, window = services.store, seen.ends[controller], stamp(now - WINDOW)[:10]
    chain = _chain(store, controller, min(window, before.day if before else window), stamp(now)[:10])
    reasons = set(_chain_faults(chain, before, services.keys.signing_key()))
    seen.of_controller[controller].update(reasons)
    if chain.end and not reasons - {"evidence_signature"}:
        seen.ends[controller] = chain.end
    if chain.end and evidence_days.last_sealable(now) - date.fromisoformat(chain.end.day) >= UNSEALED_AFTER:
        seen.finds_everywhere("unsealed", controller)
    sealed = [day for day in chain.days if day.says()["day"] >= window]
    for said in (day.says() for day in sealed):
        _count_shown(seen, controller, said)
    first = max(window, (date.fromisoformat(chain.end.day) + timedelta(days=1)).isoformat()) if chain.end else window
    open_days = [(day, None) for day in days_between(first, stamp(now)[:10])]
    for day, said_of_it in [*((each["day"], each) for each in _chosen(sealed, now)), *open_days]:
        if not may_go_on():
            seen.finds_everywhere("partly_read", controller)
            return
        _look_at_day(seen, store, controller, day, said_of_it, now)


class _Chain(NamedTuple):
    """A chain of sealed days as it was read: where it ends, its days from `first` on, and whether others lie outside of it."""

    end: Head | None
    first: str
    days: list[SealedDay]
    is_torn: bool


def _chain(store: Store, controller: str, first: str, today: str) -> _Chain:
    """Read the chain of a controller from a day on, and what is sealed besides: before it begins, or after its end."""
    end = evidence_days.head(store, controller)
    found = list(evidence_days.sealed_days(store, controller, first, max(first, today, end.day if end else "")))
    if found and (end is None or found[-1].says()["day"] > end.day):
        end = evidence_days.head(store, controller)  # another run may have sealed it meanwhile
    days = [day for day in found if end and end.first <= day.says()["day"] <= end.day]
    return _Chain(end, max(first, end.first) if end else first, days, len(days) < len(found))


def _chain_faults(chain: _Chain, before: Head | None, key: bytes) -> Iterable[str]:
    """Yield what is wrong with a chain of sealed days of which `before` is remembered as its end."""
    end, said = chain.end, [day.says() for day in chain.days]
    if chain.is_torn or (before and not (end and end.goes_on_from(before))):
        yield "chain_lost"
    if end is None:
        return
    if [each["day"] for each in said] != (days_between(chain.first, end.day) if chain.first <= end.day else []):
        yield "evidence_missing"
    hashes = [evidence_days.hash_of(day.statement) for day in chain.days]
    if any(each["previous"] != earlier for each, earlier in zip(said[1:], hashes, strict=False)):
        yield "evidence_altered"
    if hashes and hashes[-1] != end.hash:
        yield "evidence_altered"
    if before and dict(zip((each["day"] for each in said), hashes, strict=True)).get(before.day) != before.hash:
        yield "evidence_altered"
    if any((each["day"] == end.first) != (each["previous"] == "") for each in said):
        yield "chain_lost"
    if not all(signed_by(day.statement.encode(), day.signature, key) for day in chain.days):
        yield "evidence_signature"


def _never_sealed(store: Store, controller: str, snapshots: Iterable[Mapping[str, Any]], now: datetime) -> bool:
    """Say whether a controller that is audited for days has no sealed day: nobody can say what its evidence was."""
    since = min(
        (str(snapshot["since"])[:10] for snapshot in snapshots if snapshot.get("since")), default=stamp(now)[:10]
    )
    is_over = evidence_days.last_sealable(now) - date.fromisoformat(since) >= UNSEALED_AFTER
    return is_over and evidence_days.head(store, controller) is None


def _count_shown(seen: _Seen, controller: str, said: Mapping[str, Any]) -> None:
    """Count what a sealed day says of what was on time and late."""
    for site, by_category in said["figures"].items():
        for category, counts in by_category.items():
            place = _place({"site": site, "controller": controller, "category": category})
            for name in ("on_time", "late"):
                seen.counts(name, place, counts[name])
    for by_right in said.get("answers", {}).values():
        for right, counts in by_right.items():
            for name in ("on_time", "late"):
                seen.counts_answers(name, controller, right, counts[name])


def _chosen(sealed: list[SealedDay], now: datetime) -> list[dict[str, Any]]:
    """Return the statements whose acts are read again in this hour: of a small firm all that have any, and one day more.

    Of a large one as many as `READ_AGAIN` allows, beginning with another day every hour.
    """
    if not sealed:
        return []
    start = int(now.timestamp()) // 3600 % len(sealed)
    first, *others = [day.says() for day in (*sealed[start:], *sealed[:start])]
    chosen, room = [first], READ_AGAIN - first["count"]
    for said in others:
        if said["count"] and room > 0:
            chosen.append(said)
            room -= said["count"]
    return chosen


def _look_at_day(  # noqa: PLR0917 - what there is to know of a day
    seen: _Seen, store: Store, controller: str, day: str, said: dict[str, Any] | None, now: datetime
) -> None:
    """Read the acts of a day: compare them with what was sealed, or count them, and look for some of what was destroyed."""
    gone: list[tuple[str, Place]] = []
    counted = evidence_days.tally(_noting_the_gone(evidence_days.acts(store, controller, day), gone))
    if said is None:
        shown = evidence_days.figures_shown
        _count_shown(seen, controller, {"figures": shown(counted.figures), "answers": shown(counted.answers)})
    elif (len(counted.leaves), merkle.root(counted.leaves).hex()) != (said["count"], said["root"]):
        seen.finds_everywhere("evidence_altered", controller)
    chance = Random(f"{controller} {day} {stamp(now)[:13]}")  # noqa: S311 - a sample that can be drawn again, no secret
    for entry, place in chance.sample(gone, min(SAMPLE, len(gone))):
        seen.looked_for += 1
        if left := _left_of(store, entry):
            seen.finds(left, place, (controller, ""))


def _noting_the_gone(acts: Iterable[dict[str, Any]], gone: list[tuple[str, Place]]) -> Iterator[dict[str, Any]]:
    """Yield acts, and note which entries they destroyed."""
    for act in acts:
        if act["act"] == evidence.DESTROYED:
            gone.append((act["entry"], _place(act)))
        yield act


def _left_of(store: Store, entry: str) -> str:
    """Return what is left of a destroyed entry, as a reason: nothing, a part of it, or the entry itself."""
    held = [item["sk"] for item in store.items("vault", f"entry#{entry}")]
    if "entry" in held:
        return "restored"
    return "residue" if held or any(True for _ in store.items("records", f"entry#{entry}")) else ""
