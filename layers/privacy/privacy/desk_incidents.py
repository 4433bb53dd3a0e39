"""The desk's incidents: a breach is noted, counted, reported, and ended (Art. 33 and 34 GDPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import affected, breach_report, desk_parts, form, incidents, rights_schema
from privacy.desk_parts import OnceKey, Why
from privacy.desk_schema import Language, answers_of
from privacy.errors import BadInput, KeyDestroyed, NotFound
from privacy.periods import after, moment_given

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services

T = TypeVar("T")
router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
Spoken = Annotated[Language | None, Query(alias="language", description="Language of the draft; Dutch when left out.")]


@router.get(
    "/desk/incidents",
    summary="List incidents",
    description="The state of your controller's breaches, what must be reported first stands first. Nothing is opened.",
    responses=answers_of(200, rights_schema.Incidents, "The incidents."),
)
def list_incidents() -> rights_schema.Incidents:
    """List incidents by the day by which they are reported."""
    incidents.check_reader(_reader())
    store, controller = _services().store, _reader().controller
    found = [main for status in incidents.STATUSES for main in incidents.listed(store, controller, status)]
    return rights_schema.Incidents(incidents=[_state(incidents.summary(main)) for main in found])


@router.post(
    "/desk/incidents",
    summary="Note a breach",
    description="From when somebody became aware of it the period to report it runs (72 hours, or as the policy file says).",
    status_code=201,
    responses=answers_of(201, rights_schema.Begun, "Noted.", 413, 415),
)
def begin(new: Annotated[rights_schema.NewIncident, Body()], once: OnceKey = "") -> rights_schema.Begun:
    """Note a breach."""
    key, aware = form.idempotency_key(once), _moment("aware", new.aware)
    incident = incidents.begin(
        _services(), _reader(), aware_at=aware, nature=new.nature, now=_now(), idempotency_key=key
    )
    return rights_schema.Begun(id=incident)


@router.get(
    "/desk/incidents/<id>",
    summary="Open an incident",
    description="All that was noted. That it is opened, by whom and why, is recorded first.",
    responses=answers_of(200, rights_schema.Opened, "The incident.", 404, 409, 410),
)
def open_incident(id: str, why: Why = None) -> rights_schema.Opened:  # noqa: A002 - the name in the address
    """Open an incident, recorded."""
    found = _opened(id, why or "")
    shown = {"facts": found.facts, "counted": list(found.counted), "log": list(found.log)}
    return rights_schema.Opened(
        incident=rights_schema.OpenedIncident.model_validate({**_state(found.summary).model_dump(), **shown})
    )


@router.get(
    "/desk/incidents/<id>/draft",
    summary="Draft the report to the authority",
    description="What Art. 33(3) GDPR asks for, from what was noted so far; `missing` names what it lacks. Recorded first.",
    responses=answers_of(200, rights_schema.Draft, "The draft.", 404, 409, 410),
)
def draft(id: str, why: Why = None, spoken: Spoken = None) -> rights_schema.Draft:  # noqa: A002
    """Draft the report about an incident."""
    found = breach_report.draft(_reader().controller, _opened(id, why or ""), spoken or "nl", _now())
    return rights_schema.Draft(text=found.text, missing=list(found.missing))


@router.post(
    "/desk/incidents/<id>/add",
    summary="Add what became known",
    description="An earlier word on the same fact stays in the log.",
    responses=answers_of(200, rights_schema.IncidentAfter, "The incident.", 404, 409, 410, 413, 415),
)
def add(id: str, new: Annotated[rights_schema.MoreOfIncident, Body()]) -> rights_schema.IncidentAfter:  # noqa: A002
    """Add facts to an incident."""
    facts = {name: getattr(new, name) for name in incidents.FACTS}
    risk, now = new.high_risk, _now()
    return _after(_on(id, lambda services: incidents.add(services, id, _reader(), facts, high_risk=risk, now=now)))


@router.post(
    "/desk/incidents/<id>/scope",
    summary="Count whose data are concerned",
    description="Entries and people, by category, site and period, counted from the vault without opening anything; noted.",
    responses=answers_of(200, rights_schema.Counted, "What was counted.", 404, 409, 410, 413, 415),
)
def count(id: str, new: Annotated[rights_schema.NewScope, Body()]) -> rights_schema.Counted:  # noqa: A002
    """Count whose data an incident concerns, and note it."""
    until = _moment("until", new.until)
    if len(new.until) == len("2026-11-22"):  # a day is meant with all its hours
        until = after(until, "P1D")
    scope = affected.Scope(tuple(new.categories), tuple(new.sites), _moment("since", new.since), until)
    incidents.check_reader(_reader())
    found = affected.count(_services().store, _reader().controller, scope, _now())
    now = _now()
    _on(id, lambda services: incidents.counted(services, id, _reader(), scope.shown(), found, now=now))
    return rights_schema.Counted(affected=rights_schema.Affected(**found._asdict()))


@router.post(
    "/desk/incidents/<id>/reported",
    summary="Note that it was reported",
    description="To the supervisory authority. One that comes late needs the reasons for the delay.",
    responses=answers_of(200, rights_schema.IncidentAfter, "The incident.", 404, 409, 410, 413, 415),
)
def report(id: str, new: Annotated[rights_schema.NewReport, Body()]) -> rights_schema.IncidentAfter:  # noqa: A002
    """Note that an incident was reported."""
    at, now = _moment("at", new.at), _now()
    said = {"reference": new.reference, "reasons": new.reasons}
    return _after(_on(id, lambda services: incidents.reported(services, id, _reader(), at=at, now=now, **said)))


@router.post(
    "/desk/incidents/<id>/persons-told",
    summary="Note that the people concerned were told",
    description="When the risk for them is high (Art. 34 GDPR). Done twice, it stays as it was.",
    responses=answers_of(200, rights_schema.IncidentAfter, "The incident.", 404, 409, 410, 413, 415),
)
def tell_persons(id: str, new: Annotated[rights_schema.PersonsTold, Body()]) -> rights_schema.IncidentAfter:  # noqa: A002
    """Note that the people concerned were told."""
    now = _now()
    return _after(_on(id, lambda services: incidents.persons_told(services, id, _reader(), new.said, now=now)))


@router.post(
    "/desk/incidents/<id>/close",
    summary="End an incident",
    description="From now its period counts. Silence to the authority, or to people at high risk, needs reasons.",
    responses=answers_of(200, rights_schema.IncidentAfter, "The incident.", 404, 409, 410, 413, 415),
)
def close(id: str, new: Annotated[rights_schema.EndOfIncident, Body()]) -> rights_schema.IncidentAfter:  # noqa: A002
    """End an incident."""
    now = _now()
    return _after(_on(id, lambda services: incidents.close(services, id, _reader(), new.reasons, now=now)))


def _opened(incident: str, why: str) -> incidents.Incident:
    """Open an incident, recorded."""
    now = _now()
    return _on(incident, lambda services: incidents.open_(services, incident, _reader(), why=why, now=now))


def _on(incident: str, act: Callable[[Services], T]) -> T:
    """Carry out an act on an incident. One that was never this controller's is not found; one that was is gone."""
    if not desk_parts.ID.fullmatch(incident):
        raise NotFound
    incidents.check_reader(_reader())
    services = _services()
    try:
        return act(services)
    except KeyDestroyed:
        if incidents.was_ours(services.store, incident, _reader().controller):
            raise
        raise NotFound from None


def _moment(name: str, text: str) -> datetime:
    """Return the moment that was given. Raises BadInput."""
    try:
        return moment_given(text)
    except ValueError as none:
        raise BadInput("invalid", {name: ("not_a_moment", {})}) from none


def _state(found: incidents.Summary) -> rights_schema.IncidentState:
    """Return the state of an incident as it is shown."""
    moments = {name: value or None for name, value in found._asdict().items() if name.endswith("_at")}
    return rights_schema.IncidentState.model_validate({**found._asdict(), **moments})


def _after(found: incidents.Summary) -> rights_schema.IncidentAfter:
    """Return the state of an incident after an act."""
    return rights_schema.IncidentAfter(incident=_state(found))


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
