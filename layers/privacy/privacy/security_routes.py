"""What security staff and the privacy officer do with single visits: find them by an address and a time, and delete them."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from privacy import policy, staff_app, visit_log, visits
from privacy.desk_schema import answers_of
from privacy.errors import BadInput, NotAllowed, UnknownCategory, UnknownSite
from privacy.periods import after, day_given, moment_given, stamp
from privacy.security_schema import DeletedVisits, DeleteVisits, SearchVisits, Visit, Visits

if TYPE_CHECKING:
    from privacy.openings import Reader
    from privacy.services import Services

app = staff_app.made()


@app.post(
    "/security/visits/search",
    summary="Find visits from an address",
    description="The visits of one day from one IP address: of somebody who shows that it was theirs, or of an attack. That the "
    "day is opened, by whom and why, is recorded first.",
    responses=answers_of(200, Visits, "The visits.", 409, 410, 413, 415),
)
def search_visits(asked: Annotated[SearchVisits, Body()]) -> Visits:
    """Find the visits of a day from an address, recorded."""
    reader = _reader()
    site = _site(asked.site, reader)
    day, since, until = _period(asked)
    found = visit_log.search(
        _services(),
        site,
        day,
        reader,
        ip=_address(asked.ip),
        since=since,
        until=until,
        limit=asked.limit,
        why=asked.why,
        now=app.context["now"],
    )
    shown = [Visit.model_validate({"id": visit.id, "path": "", **visit.fields}) for visit in found.visits]
    return Visits(visits=shown, more=found.more)


@app.post(
    "/security/visits/delete",
    summary="Delete single visits",
    description="Delete visits by the ids that a search gave. Each deletion is in the evidence. "
    "Figures stay: they are about nobody.",
    responses=answers_of(200, DeletedVisits, "What was deleted.", 413, 415),
)
def delete_visits(asked: Annotated[DeleteVisits, Body()]) -> DeletedVisits:
    """Delete single visits; done twice, they are gone."""
    removed = visit_log.delete(_services(), asked.rows, _reader(), app.context["now"])
    return DeletedVisits(deleted=removed.deleted, absent=removed.absent)


def _reader() -> Reader:
    """Return who asks. Raises NotAllowed for a role that may not read visits, before anything is looked at."""
    reader: Reader = app.context["reader"]
    try:
        readers = policy.category(reader.controller, visits.CATEGORY).readers
    except UnknownCategory:
        raise NotAllowed from None
    if not reader.roles.intersection(readers):
        raise NotAllowed
    return reader


def _services() -> Services:
    """Return the store and the keys."""
    services: Services = app.context["services"]()
    return services


def _site(name: str, reader: Reader) -> policy.Site:
    """Return a site of the reader's controller; another's is as unknown as one that is none."""
    if name not in policy.sites_of(reader.controller):
        raise BadInput("invalid", {"site": (UnknownSite.code, {})})
    return policy.site(name)


def _address(text: str) -> str:
    """Return an IP address. Raises BadInput for what is none."""
    try:
        return str(ip_address(text.strip()))
    except ValueError as none:
        raise BadInput("invalid", {"ip": ("not_an_address", {})}) from none


def _period(asked: SearchVisits) -> tuple[str, str, str]:
    """Return the day, and first and last stamp that are looked for. Raises BadInput for what is no day, moment or period."""
    try:
        day = day_given(asked.day).isoformat()
    except ValueError as none:
        raise BadInput("invalid", {"day": ("not_a_day", {})}) from none
    starts = moment_given(day)
    try:
        since = moment_given(asked.since) if asked.since else starts
    except ValueError as none:
        raise BadInput("invalid", {"from": ("not_a_moment", {})}) from none
    try:
        until = moment_given(asked.until) if asked.until else after(starts, visits.DAY)
    except ValueError as none:
        raise BadInput("invalid", {"to": ("not_a_moment", {})}) from none
    if not starts <= since <= until <= after(starts, visits.DAY):
        raise BadInput("invalid", {"from" if since < starts or since > until else "to": ("not_in_day", {"day": day})})
    return day, stamp(since), stamp(until)
