"""The desk's decisions on cases: each right, the deadline, who was told, the history and the dossier (Art. 12, 19 GDPR)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import (
    carrying,
    case_words,
    cases,
    decisions,
    desk_cases,
    desk_parts,
    dossier,
    erasure,
    history,
    policy,
    recipients,
    restriction,
    rights_asked,
    rights_schema,
    transmissions,
)
from privacy.desk_parts import File, Why
from privacy.desk_schema import answers_of
from privacy.periods import local_date
from privacy.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services

T = TypeVar("T")
router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


@router.get(
    "/desk/cases/<id>/progress",
    summary="See how far a case is",
    description="Each right, whether the person was made sure of, extension, pause, and who was told. Nothing is opened.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 410),
)
def see_progress(id: str) -> rights_schema.Progress:  # noqa: A002 - the name in the address
    """Show how far a case is."""
    return _progress(_on(id, lambda services: decisions.progress(services.store, id, _reader())))


@router.post(
    "/desk/cases/<id>/decide",
    summary="Decide about a right",
    description="The last decision sends the final letter and closes the case. Where the policy asks four eyes, a second member "
    "of staff decides the same. Done twice, it stays as it was.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def decide(id: str, new: Annotated[rights_schema.NewDecision, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Decide about one right of a case."""
    now = _now()
    return _progress(
        _on(
            id,
            lambda services: decisions.decide(
                services,
                id,
                new.right,
                new.decision,
                _reader(),
                reasons=new.reasons,
                said=new.said,
                erase=new.erase,
                now=now,
            ),
        )
    )


@router.post(
    "/desk/cases/<id>/extend",
    summary="Take one or two further months",
    description="Within the first month, once, and with reasons: the person is told in the same step.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def extend(id: str, new: Annotated[rights_schema.NewExtension, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Extend a case."""
    now = _now()
    return _progress(
        _on(id, lambda services: decisions.extend(services, id, _reader(), new.reasons, months=new.months, now=now))
    )


@router.post(
    "/desk/cases/<id>/pause",
    summary="Note that we wait for the person",
    description="What was asked, and since when. The day by which we answer does not move.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def pause(id: str, new: Annotated[rights_schema.NewPause, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Note that we wait."""
    now = _now()
    return _progress(_on(id, lambda services: decisions.pause(services, id, _reader(), new.said, now=now)))


@router.post(
    "/desk/cases/<id>/resume",
    summary="Note that the person answered",
    description="What we waited for came. Done twice, it stays as it was.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410),
)
def resume(id: str) -> rights_schema.Progress:  # noqa: A002 - the name in the address
    """Note that we go on."""
    now = _now()
    return _progress(_on(id, lambda services: decisions.resume(services, id, _reader(), now=now)))


@router.post(
    "/desk/cases/<id>/assign",
    summary="Give a case to somebody",
    description="To yourself (`me`), to a colleague, or to nobody.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def assign(id: str, new: Annotated[rights_schema.NewAssignment, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Give a case to a member of staff."""
    now, to = _now(), _reader().sub if new.to == "me" else new.to
    return _progress(_on(id, lambda services: decisions.assign(services, id, _reader(), to, now=now)))


@router.post(
    "/desk/cases/<id>/told",
    summary="Note that a recipient was told",
    description="Recipients without an address in the policy file are told by staff (Art. 19 GDPR). Done twice, it stays.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def tell_recipient(id: str, new: Annotated[rights_schema.TellRecipient, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Note that staff told a recipient."""
    now = _now()
    _on(id, lambda services: recipients.done(services, id, new.right, new.recipient, _reader(), now=now))
    return see_progress(id)


@router.post(
    "/desk/cases/<id>/lift",
    summary="Lift a restriction",
    description="The person is told first, with the reasons; on the day itself the data are used again, if that letter went "
    "out (Art. 18(3) GDPR). Works for a closed case. Done twice, it stays.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def lift(id: str, new: Annotated[rights_schema.NewLifting, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Lift what a case restricted, after a notice."""
    now = _now()
    on = new.on or date.fromisoformat(local_date(now))
    _on(id, lambda services: restriction.lift_by_staff(services, id, _reader(), reasons=new.reasons, on=on, now=now))
    return see_progress(id)


@router.post(
    "/desk/cases/<id>/stop",
    summary="Stop a copy for another provider",
    description="As long as nobody has fetched it. The person reads the reasons. Works for a closed case. Done twice, it stays.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def stop_transmission(id: str, new: Annotated[rights_schema.NewStop, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Stop what another provider was to get."""
    now = _now()
    return _progress(
        _on(id, lambda services: decisions.stop_transmission(services, id, _reader(), new.reasons, now=now))
    )


@router.post(
    "/desk/cases/<id>/advertising",
    summary="Let somebody have advertising again",
    description="Ends what keeps advertising and newsletters from the person of this case, who was made sure of and asks for "
    "them again; `said` is how they asked. Nothing is sent by that. Done twice, it stays.",
    responses=answers_of(200, rights_schema.Progress, "How far it is.", 404, 409, 410, 413, 415),
)
def allow_advertising(id: str, new: Annotated[rights_schema.NewPause, Body()]) -> rights_schema.Progress:  # noqa: A002
    """Note that somebody wants advertising again."""
    now = _now()
    return _progress(_on(id, lambda services: decisions.advertising_again(services, id, _reader(), new.said, now=now)))


@router.get(
    "/desk/cases/<id>/plan",
    summary="See what carrying a case out would reach",
    description="How many entries of the person there are, by category, and what a legal duty keeps after an erasure. Nothing is "
    "opened, and nothing changes.",
    responses=answers_of(200, rights_schema.Plan, "What it would reach.", 404, 410),
)
def see_plan(id: str) -> rights_schema.Plan:  # noqa: A002 - the name in the address
    """Show what carrying a case out would reach."""
    now = _now()
    found = _on(id, lambda services: carrying.dry_run(services.store, id, _reader(), now))
    return rights_schema.Plan(
        entries=found.entries,
        categories=found.categories,
        kept=list(found.kept),
        titles=desk_parts.titles(_reader().controller, found.categories, router.context["spoken"]),
        erases="erasure" in cases.record(_services().store, id)["rights"],
    )


@router.get(
    "/desk/cases/<id>/history",
    summary="See what happened in a case",
    description="From its state, the evidence and the outbox. Nothing is opened.",
    responses=answers_of(200, rights_schema.History, "What happened.", 404, 410),
)
def see_history(id: str) -> rights_schema.History:  # noqa: A002 - the name in the address
    """Show what happened in a case."""
    found = _on(id, lambda services: history.of_case(services.store, id, _reader()))
    site = policy.site(cases.record(_services().store, id)["site"])
    voice = voice_of(site, router.context["spoken"])
    names = {each.recipient: each.name for each in recipients.of_case(_services().store, id)}
    return rights_schema.History(
        history=[rights_schema.Event(**event._asdict(), words=case_words.event(event, voice, names)) for event in found]
    )


@router.get(
    "/desk/cases/<id>/dossier",
    summary="Fetch the dossier of a case",
    description="One archive for the authority: timeline, messages and letters, decisions with reasons, proofs. Recorded first.",
    responses=answers_of(200, None, "The archive (application/zip), as a file.", 404, 409, 410, 413),
)
def fetch_dossier(id: str, why: Why = None) -> File:  # noqa: A002 - the name in the address
    """Return the dossier of a case."""
    language, now = router.context["spoken"], _now()
    content = _on(
        id, lambda services: dossier.build(services, id, _reader(), why=why or "", language=language, now=now)
    )
    return desk_parts.file(content, "dossier.zip", f"entry/{id}/")


def _progress(found: decisions.Progress) -> rights_schema.Progress:
    """Return how far a case is as it is shown."""
    told = recipients.of_case(_services().store, found.case.id)
    handed = transmissions.of_case(_services().store, found.case.id)
    shown = {
        name: value or None for name, value in found._asdict().items() if name.endswith(("_at", "_until", "_letter"))
    }
    state = {name: getattr(found, name) for name in ("identity", "identity_how", "assigned", "no_address")}
    return rights_schema.Progress(
        progress=rights_schema.CaseProgress.model_validate(
            {
                **state,
                **shown,
                "case": desk_cases.state(found.case),
                "rights": [_right(found.case.id, right) for right in found.rights],
                "told": [each._asdict() for each in told],
                "transmissions": [transmissions.shown(item) for item in handed],
            }
        )
    )


def _right(case: str, right: dict[str, Any]) -> dict[str, Any]:
    """Return one right as it is shown; what is empty is nothing."""
    shown = {name: value for name, value in right.items() if value != "" and name not in ("pk", "sk")}
    waits = {
        "erasure": right["status"] in (rights_asked.APPROVAL, rights_asked.UNDO)
        and "undo_until" in right
        and "destroying_at" not in right,
        "rectification": right["status"] in (rights_asked.APPROVAL, rights_asked.WAITING) and "run_at" in right,
    }.get(right["right"], False)
    return shown | {
        "is_agreed": "approved_by" in right,
        "wrote_since": waits and erasure.was_written_since(_services().store, case, right),
    }


def _reader() -> Reader:
    """Return who asks."""
    reader: Reader = router.context["reader"]
    return reader


def _services() -> Services:
    """Return the store and the keys."""
    services: Services = router.context["services"]()
    return services


def _now() -> datetime:
    """Return this moment."""
    now: datetime = router.context["now"]
    return now


def _on(case: str, act: Callable[[Services], T]) -> T:
    """Carry out an act on a case. One that was never ours is not found; one that was is gone, KeyDestroyed."""
    return desk_parts.on_case(_services(), case, _reader(), act)
