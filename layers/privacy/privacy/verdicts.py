"""A verdict per promise of a site, judged from what the auditor saw, and kept as a snapshot (N4, N7).

`kept` is said only of what was really looked at; the reasons say what that was. A snapshot that is missing or old is never
green: whoever shows it calls `latest`, which takes its age into account. Nothing in it is about anyone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import policy
from privacy.errors import ConditionFailed
from privacy.evidence_days import ALL, Head
from privacy.periods import read_stamp, stamp
from privacy.retention import OVERDUE_AFTER
from privacy.writes import Key, Put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from privacy.writes import Store

KEPT, AT_RISK, BROKEN, NOT_BUILT = "kept", "at risk", "broken", "not built"
STALE_AFTER = timedelta(hours=3)
"""The auditor runs hourly: after this long nobody knows any more."""
RUN_IS_LATE = timedelta(minutes=90)
"""Retention runs hourly: a run that is this late puts promises at risk, one that misses `OVERDUE_AFTER` breaks them."""

FIGURES = ("sealed", "due", "on_time", "late", "overdue")

QUESTION, ENQUIRY = "question", "enquiry"
"""What is asked by mail without a right, and what is asked with a form."""

ANSWERS = {
    "P03": (ENQUIRY,),
    "P05": ("erasure",),
    "P14": ("access",),
    "P15": ("rectification",),
    "P16": ("erasure",),
    "P17": ("restriction",),
    "P18": ("portability",),
    "P19": ("objection", "withdrawal", "unsubscribe"),
    "P20": (ALL,),
    "P45": (QUESTION, ENQUIRY),
}
"""Which promise is kept by answering which requests: each right has its own, and any request is by mail as well (P20)."""

REASONS: dict[str, tuple[str, str]] = {  # by code, in Dutch and in English
    "figures": (
        "Geteld in de kluis en in het verzegelde bewijs van 30 dagen.",
        "Counted in the vault and in the sealed evidence of 30 days.",
    ),
    "nothing_yet": (
        "Er is nagekeken, en tot nu toe valt hier niets onder.",
        "It was checked, and so far nothing comes under this.",
    ),
    "policy_in_force": (
        "Nagekeken: het beleid dat hier staat, wordt uitgevoerd. Meer is aan deze belofte niet te meten.",
        "Checked: the policy shown here is being carried out. No more of this promise can be measured.",
    ),
    "no_cookie_rule": (
        "In het beleid dat wordt uitgevoerd, staat geen enkele cookie.",
        "The policy being carried out has no cookie in it.",
    ),
    "overdue": ("Er is iets over tijd.", "Something is overdue."),
    "late": (
        "In de afgelopen 30 dagen is iets te laat vernietigd.",
        "In the past 30 days something was destroyed late.",
    ),
    "answer_overdue": (
        "Een verzoek is na de laatste dag nog niet beantwoord.",
        "A request has not been answered after its last day.",
    ),
    "answered_late": (
        "In de afgelopen 30 dagen is een verzoek te laat of niet beantwoord.",
        "In the past 30 days a request was answered late, or not at all.",
    ),
    "residue": (
        "Van iets dat vernietigd is, is nog een deel gevonden.",
        "A part of something destroyed was still found.",
    ),
    "restored": ("Iets dat vernietigd was, is er weer.", "Something that was destroyed is there again."),
    "uncovered": ("Er ligt iets waarvoor geen regel meer is.", "Something is held that no rule covers any more."),
    "retention_missing": ("De vernietiging heeft te lang niet gelopen.", "Destruction has not run for too long."),
    "evidence_missing": ("Van een dag ontbreekt het verzegelde bewijs.", "The sealed evidence of a day is missing."),
    "evidence_altered": (
        "Het bewijs van een dag is anders dan toen het werd verzegeld.",
        "The evidence of a day is not what it was when it was sealed.",
    ),
    "chain_lost": (
        "Het einde van de keten van verzegelde dagen is weg of teruggezet.",
        "The end of the chain of sealed days is gone or was set back.",
    ),
    "evidence_signature": (
        "Een handtekening onder het bewijs klopt niet.",
        "A signature under the evidence is not right.",
    ),
    "cookie_rule": ("In het beleid staat toch een cookie.", "The policy has a cookie in it after all."),
    "never_ran": ("De vernietiging heeft nog niet gelopen.", "Destruction has not run yet."),
    "run_late": ("De vernietiging loopt achter.", "Destruction is running late."),
    "run_failed": ("De laatste ronde kon niet alles vernietigen.", "The latest round could not destroy everything."),
    "run_unfinished": ("De laatste ronde kwam niet klaar.", "The latest round did not finish."),
    "policy_not_applied": (
        "Het huidige beleid is nog niet op alles toegepast.",
        "The current policy has not been applied to everything yet.",
    ),
    "answer_due": (
        "Van een verzoek is de maand om; de laatste dag om te antwoorden is er bijna.",
        "The month of a request is over; the last day to answer it has almost come.",
    ),
    "task_waits": (
        "Een verzoek wordt niet verder uitgevoerd: een taak ervoor wacht te lang.",
        "A request is not carried out any further: a task for it has waited too long.",
    ),
    "letter_waits": (
        "Een brief gaat niet weg: al een dag niet, of niets probeert het meer.",
        "A letter does not leave: not for a day, or nothing tries to send it any more.",
    ),
    "letter_not_sent": (
        "Een brief aan iemand kon dagenlang niet worden verzonden, en daar is nog niets aan gedaan.",
        "A letter to somebody could not be sent for days, and nothing was done about that yet.",
    ),
    "mail_waits": (
        "Er ligt al uren post voor het privacyadres die niet is ingeboekt.",
        "Mail to the privacy address has waited for hours without being filed.",
    ),
    "mail_unread": (
        "Er ligt al dagen post voor het privacyadres die niemand kan lezen.",
        "Mail to the privacy address has waited for days where nobody can read it.",
    ),
    "review_overdue": (
        "Van een beperking is de datum van herziening voorbij.",
        "The date on which a restriction was to be reviewed has passed.",
    ),
    "objects_left": (
        "Onleesbare restanten van vernietigde bestanden wachten te lang op verwijdering.",
        "Unreadable remains of destroyed files have waited for deletion too long.",
    ),
    "unsealed": (
        "Het bewijs van een dag is na twee dagen nog niet verzegeld.",
        "The evidence of a day is not sealed after two days.",
    ),
    "partly_read": ("Niet alles kon worden nagekeken.", "Not everything could be checked."),
    "stale": ("Er is al meer dan drie uur niet gecontroleerd.", "Nobody has checked for more than three hours."),
    "no_snapshot": ("Er is nog niet gecontroleerd.", "Nobody has checked yet."),
    "not_built": ("Dit onderdeel is er nog niet.", "This part does not exist yet."),
}
"""What each reason means."""

_BREAKS = frozenset(
    {
        *("overdue", "late", "residue", "restored", "uncovered", "retention_missing", "cookie_rule"),
        *(
            "evidence_missing",
            "evidence_altered",
            "evidence_signature",
            "chain_lost",
            "answer_overdue",
            "answered_late",
            "letter_not_sent",
            "mail_unread",
        ),
    }
)
_STANDS = frozenset({"figures", "nothing_yet", "policy_in_force", "no_cookie_rule"})


_OF_ANSWERS = {"overdue": "answer_overdue", "late": "answered_late"}


class Seen(NamedTuple):
    """What an audit saw of one site. Figures are by name (see `FIGURES`), then by category; reasons are codes.

    `by_category` holds what was found of single categories, `everywhere` what touches all that is counted. `answers` are figures
    by right and `by_right` what was found of single rights (see `ANSWERS`): of all sites of the controller, for a person has
    one open case with it, whichever site they wrote to. `last_run` is the note of the last retention run, `since` the stamp of
    the first audit.
    """

    figures: Mapping[str, Mapping[str, int]]
    by_category: Mapping[str, frozenset[str]]
    answers: Mapping[str, Mapping[str, int]]
    by_right: Mapping[str, frozenset[str]]
    everywhere: frozenset[str]
    last_run: Mapping[str, Any] | None
    since: str


def said(reason: str, language: str) -> str:
    """Return what a reason means, in Dutch (`nl`) or English."""
    dutch, english = REASONS[reason]
    return dutch if language == "nl" else english


def place(site_name: str) -> Key:
    """Return where the snapshot of a site stands."""
    return Key("records", f"verdicts#{site_name}", "latest")


def latest(store: Store, site_name: str, now: datetime) -> dict[str, Any]:
    """Return the latest verdicts of a site: `{"promises": [...], "at": stamp, "stale": bool}`, `at` empty before the first.

    A promise is `{"id", "verdict", "sealed", "due", "on_time", "late", "overdue", "last_run", "reasons"}`; figures are None
    where nothing is counted, `last_run` is a stamp or None. `due` is what fell due within the window: on time, late or still
    there. In a snapshot that is missing, older than `STALE_AFTER` or of a moment that has not come, no promise is kept. Raises
    UnknownSite, StoreUnavailable.
    """
    site = policy.site(site_name)
    found = store.get(place(site.name))
    if found is None:
        promises = [_unseen(name) if built else _not_built(name) for name, built in judged(site).items()]
        return {"promises": promises, "at": "", "stale": True}
    stale = abs(now - read_stamp(found["at"])) > STALE_AFTER
    promises = [_aged(promise) if stale else promise for promise in found["promises"]]
    return {"promises": promises, "at": found["at"], "stale": stale}


def keep(
    store: Store,
    site_name: str,
    promises: list[dict[str, Any]],
    *,
    since: str,
    now: datetime,
    chain: Head | None = None,
) -> bool:
    """Store a snapshot unless a later one stands there; say whether it was. Raises StoreUnavailable.

    `since` is the stamp of the first audit of the site, `chain` where the evidence of its controller was seen to end. A
    snapshot of a clock that ran far ahead does not stand in the way until that time has come.
    """
    where = place(site_name)
    item = {"pk": where.pk, "sk": where.sk, "at": stamp(now), "since": since, "promises": promises}
    noted = {**item, "chain": chain._asdict()} if chain else item
    values = {":at": stamp(now), ":ahead": stamp(now + STALE_AFTER)}
    try:
        store.write([Put(where.table, noted, "attribute_not_exists(#pk) OR #at <= :at OR #at > :ahead", values)])
    except ConditionFailed:
        return False
    return True


def remembered(snapshots: Iterable[Mapping[str, Any]]) -> Head | None:
    """Return where a chain was seen to end, from the snapshots of all sites of its controller; None when none says it.

    What cannot be read is an end that no chain goes on from.
    """
    noted = [snapshot["chain"] for snapshot in snapshots if "chain" in snapshot]
    ends = [Head(*(str(end.get(name, "")) if isinstance(end, dict) else "" for name in Head._fields)) for end in noted]
    return max(ends, default=None)


def judged(site: policy.Site) -> dict[str, bool]:
    """Return the promises of a site on which a verdict is given, in their order, and whether this release carries each out."""
    from privacy.compiled import statements  # noqa: PLC0415 - large, and only read where verdicts are made or missing

    promises = statements.STATEMENTS[site.policy]["promises"]
    return {name: bool(promise["built"]) for name, promise in promises.items() if promise["verdict"]}


def judge(site: policy.Site, seen: Seen, now: datetime) -> list[dict[str, Any]]:
    """Return the verdict on each promise of a site, from what was seen at `now`."""
    return [
        _verdict(name, _categories(site, name), site, seen, now) if built else _not_built(name)
        for name, built in judged(site).items()
    ]


def worst(promises: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many promises have each verdict."""
    counts = dict.fromkeys((KEPT, AT_RISK, BROKEN, NOT_BUILT), 0)
    for promise in promises:
        counts[promise["verdict"]] += 1
    return counts


def _categories(site: policy.Site, promise: str) -> tuple[str, ...]:
    """Return the categories whose retention carries a promise out; the promise on retention itself is about all (P37)."""
    names = policy.categories(site.policy)
    return tuple(name for name in names if promise == "P37" or promise in policy.category(site.policy, name).promises)


def _verdict(name: str, categories: tuple[str, ...], site: policy.Site, seen: Seen, now: datetime) -> dict[str, Any]:
    """Return the verdict on one promise that is carried out."""
    found = set(_of_the_policy(name, site, seen))
    figures: dict[str, int | None] = dict.fromkeys(FIGURES)
    if categories:
        counted = {figure: sum(seen.figures[figure].get(each, 0) for each in categories) for figure in FIGURES}
        answers = {figure: sum(seen.answers[figure][each] for each in ANSWERS.get(name, ())) for figure in FIGURES}
        figures = {figure: counted[figure] + answers[figure] for figure in FIGURES}
        found |= {"figures" if any(figures.values()) else "nothing_yet"} | seen.everywhere | _of_the_runs(seen, now)
        found |= {reason for each in categories for reason in seen.by_category.get(each, ())}
        found |= {reason for each in ANSWERS.get(name, ()) for reason in seen.by_right.get(each, ())}
        found |= {figure for figure in ("overdue", "late") if counted[figure]}
        found |= {reason for figure, reason in _OF_ANSWERS.items() if answers[figure]}
    elif _of_the_runs(seen, now) & {"retention_missing", "run_late"}:
        found.add("run_late")
    if name == "P37":
        found |= seen.by_category.get("", frozenset())
    last_run = (seen.last_run or {}).get("at") if categories else None
    return {"id": name, "verdict": _of(found), **figures, "last_run": last_run, "reasons": _telling(found)}


def _of_the_policy(name: str, site: policy.Site, seen: Seen) -> Iterable[str]:
    """Yield what can be seen of a promise without figures: that the policy is the one carried out, and its cookie rule."""
    if seen.last_run is None:
        yield "never_ran"
    elif seen.last_run.get("policy") == policy.digest():
        yield "policy_in_force"
    else:
        yield "policy_not_applied"
    if name == "P01":
        yield "no_cookie_rule" if site.cookies == "none" and not _cookies(site) else "cookie_rule"


def _cookies(site: policy.Site) -> bool:
    """Say whether the policy of a site names a cookie, or a kind of cookies."""
    from privacy.compiled import statements  # noqa: PLC0415 - see `judged`

    return bool(statements.STATEMENTS[site.policy].get("cookies"))


def _of_the_runs(seen: Seen, now: datetime) -> set[str]:
    """Return what the last retention run, or its absence, means."""
    run = seen.last_run or {}
    waited = abs(
        now - read_stamp(run.get("at") or seen.since)
    )  # a run of a moment that has not come says nothing of now
    found = {"retention_missing"} if waited > OVERDUE_AFTER else {"run_late"} if waited > RUN_IS_LATE else set()
    if run.get("failed"):
        found.add("run_failed")
    if not run.get("finished", True):
        found.add("run_unfinished")
    return found


def _of(found: set[str]) -> str:
    """Return the verdict that reasons come to."""
    if found & _BREAKS:
        return BROKEN
    return KEPT if found and found <= _STANDS else AT_RISK


def _telling(found: set[str]) -> list[str]:
    """Return the reasons worth telling, the worst first: what went wrong when something did, else what was checked."""
    wrong = found - _STANDS
    return sorted(wrong, key=lambda reason: (reason not in _BREAKS, reason)) or sorted(found)


def _not_built(name: str) -> dict[str, Any]:
    """Return the verdict on a promise that nothing carries out yet."""
    figures = dict.fromkeys(FIGURES)
    return {"id": name, "verdict": NOT_BUILT, **figures, "last_run": None, "reasons": ["not_built"]}


def _unseen(name: str) -> dict[str, Any]:
    """Return the verdict on a promise that nobody has checked yet."""
    return {**_not_built(name), "verdict": AT_RISK, "reasons": ["no_snapshot"]}


def _aged(promise: dict[str, Any]) -> dict[str, Any]:
    """Return the verdict on a promise that nobody has checked for too long."""
    if promise["verdict"] == NOT_BUILT:
        return promise
    kept = promise["verdict"] == KEPT
    reasons = ["stale"] if kept else [*promise["reasons"], "stale"]
    return {**promise, "verdict": AT_RISK if kept else promise["verdict"], "reasons": reasons}
