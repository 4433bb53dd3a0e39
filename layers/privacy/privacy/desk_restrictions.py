"""The desk's restrictions: what is stored only and must be looked at, and the end of what staff hold (Art. 18 GDPR)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import desk_parts, restrictions, rights_schema
from privacy.desk_parts import After, Limit
from privacy.desk_schema import answers_of
from privacy.errors import KeyDestroyed, NotFound
from privacy.periods import local_date

if TYPE_CHECKING:
    from privacy.services import Services

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


@router.get(
    "/desk/restrictions",
    summary="List what is restricted",
    description="Entries that are stored only, what is to be looked at first stands first. Nothing is opened.",
    responses=answers_of(200, rights_schema.Restrictions, "A page of restrictions."),
)
def list_restrictions(limit: Limit = 50, after: After = "") -> rights_schema.Restrictions:
    """List restrictions by the date on which they are looked at."""
    store, reader = _services().store, router.context["reader"]
    found, following = restrictions.listing(store, reader, limit=limit, above=desk_parts.place(after))
    return rights_schema.Restrictions(restrictions=[_shown(each) for each in found], next=desk_parts.cursor(following))


@router.post(
    "/desk/restrictions/<id>/lift",
    summary="Lift a restriction that staff hold",
    description="Its case has ended. The person is told first: by mail to the address on file, or as `told` says. On the day the "
    "data are used again (Art. 18(3) GDPR). Done twice, it stays.",
    responses=answers_of(200, rights_schema.RestrictionAfter, "How it stands.", 404, 409, 413, 415),
)
def lift_restriction(
    id: str,  # noqa: A002 - the name in the address
    new: Annotated[rights_schema.NewEntryLifting, Body()],
) -> rights_schema.RestrictionAfter:
    """Lift what staff hold, after a notice."""
    now, reader = router.context["now"], router.context["reader"]
    if not desk_parts.ID.fullmatch(id):
        raise NotFound
    on = new.on or date.fromisoformat(local_date(now))
    given = {"reasons": new.reasons, "told": new.told}
    try:
        found = restrictions.lift(_services(), id, reader, on=on, now=now, **given)
    except KeyDestroyed:
        raise NotFound from None
    return rights_schema.RestrictionAfter(restriction=_shown(found))


@router.post(
    "/desk/restrictions/<id>/keep",
    summary="Note that a restriction was looked at, and stays",
    description="It is looked at again after the time that the policy file says.",
    responses=answers_of(200, rights_schema.RestrictionAfter, "How it stands.", 404, 409),
)
def keep_restriction(id: str) -> rights_schema.RestrictionAfter:  # noqa: A002 - the name in the address
    """Note that staff looked."""
    if not desk_parts.ID.fullmatch(id):
        raise NotFound
    try:
        found = restrictions.keep(_services(), id, router.context["reader"], now=router.context["now"])
    except KeyDestroyed:
        raise NotFound from None
    return rights_schema.RestrictionAfter(restriction=_shown(found))


def _shown(found: restrictions.Standing) -> rights_schema.RestrictionState:
    """Return one restriction as it is shown; what is empty is nothing."""
    title = desk_parts.titles(router.context["reader"].controller, [found.category], router.context["spoken"])
    shown = {**found._asdict(), "by": list(found.by), "lift_on": found.lift_on or None}
    return rights_schema.RestrictionState(**shown, title=title[found.category])


def _services() -> Services:
    """Return the store and the keys."""
    services: Services = router.context["services"]()
    return services
