"""What the desk shows of visits: the figures that are kept, which are about nobody (P32)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import policy, statistics
from privacy.desk_schema import answers_of
from privacy.errors import BadInput, UnknownSite
from privacy.periods import day_given, local_date
from privacy.security_schema import DayFigures, GroupFigures, PropertyFigures, Statistics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from privacy.services import Services

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
_MOST_DAYS = 366
_USUAL_DAYS = 30

Site = Annotated[str, Query(max_length=64, description="Name of one of your sites; left out: the first of them.")]
First = Annotated[str, Query(alias="from", max_length=10, description="First day, YYYY-MM-DD; left out: 30 days back.")]
Last = Annotated[str, Query(alias="to", max_length=10, description="Last day, YYYY-MM-DD; left out: yesterday.")]


@router.get(
    "/desk/statistics",
    summary="Show the statistics of a site",
    description="Visits per day and by page, referrer, element, interest, browser, system, device and country: what is kept "
    "when visits are anonymised. Groups of fewer than five visitors are merged. At most 366 days at once.",
    responses=answers_of(200, Statistics, "The figures."),
)
def show_statistics(site: Site = "", first: First = "", last: Last = "") -> Statistics:
    """Show what is counted of one site of the reader's controller."""
    services: Services = router.context["services"]()
    name = _site(site, policy.sites_of(router.context["reader"].controller))
    start, end = _period(first, last, router.context["now"])
    days = list(statistics.of_site(services.store, name, start, end))
    return Statistics(
        site=name,
        first=start,
        last=end,
        smallest=statistics.SMALLEST,
        days=[DayFigures(day=each.day, visits=each.visits, bots=each.bots) for each in days],
        properties=[_property(days, each) for each in statistics.PROPERTIES],
    )


def _property(days: list[statistics.Figures], name: str) -> PropertyFigures:
    """Return the sums of one property."""
    groups, rest = statistics.total(days, name)
    return PropertyFigures(name=name, groups=[GroupFigures(value=value, visits=n) for value, n in groups], rest=rest)


def _site(name: str, ours: Sequence[str]) -> str:
    """Return a site of the reader's controller; another's is as unknown as one that is none."""
    if name and name not in ours:
        raise BadInput("invalid", {"site": (UnknownSite.code, {})})
    return name or ours[0]


def _period(first: str, last: str, now: datetime) -> tuple[str, str]:
    """Return first and last day. Raises BadInput for what is no day, and for a period that is none or too long."""
    end = _day("to", last, date.fromisoformat(local_date(now)) - timedelta(days=1))
    start = _day("from", first, end - timedelta(days=_USUAL_DAYS - 1))
    if not 0 <= (end - start).days < _MOST_DAYS:
        raise BadInput("invalid", {"from": ("not_a_period", {"most": _MOST_DAYS - 1})})
    return start.isoformat(), end.isoformat()


def _day(name: str, given: str, otherwise: date) -> date:
    """Return a day as it was given. Raises BadInput for what is none."""
    try:
        return day_given(given) if given else otherwise
    except ValueError as none:
        raise BadInput("invalid", {name: ("not_a_day", {})}) from none
