"""What the desk shows of verdicts and evidence: which promises are kept, and the signed proof of it (N4, N7)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import bundles, policy, verdicts
from privacy.desk_schema import answers_of
from privacy.errors import BadInput, NotAllowed
from privacy.evidence_schema import BundlePage, Promise, Promises, Proof, SitePromises

if TYPE_CHECKING:
    from privacy.openings import Reader
    from privacy.services import Services

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
_ID = re.compile(r"[a-z2-7]{26}")
_PLACE = re.compile(r"(?a:\d{4}-\d\d-\d\d)#[\w#:-]{0,120}|")

First = Annotated[str, Query(alias="from", max_length=10, description="First day (UTC), YYYY-MM-DD.")]
Last = Annotated[str, Query(alias="to", max_length=10, description="Last day (UTC), YYYY-MM-DD.")]
After = Annotated[str, Query(max_length=140, description="The `next` of the page before.")]
Entry = Annotated[str, Query(max_length=26, description="The id of an entry; it may be destroyed.")]


@router.get(
    "/desk/promises",
    summary="See which promises are kept",
    description="The latest verdict on every promise of your sites, from the live vault and from sealed evidence, with its "
    "reasons. Also those that are not published.",
    responses=answers_of(200, Promises, "The verdicts."),
)
def list_promises() -> Promises:
    """Show the verdicts on the promises of the reader's controller."""
    services: Services = router.context["services"]()
    return Promises(
        sites=[_site(services, policy.site(name)) for name in policy.sites_of(_reader().controller)],
    )


@router.get(
    "/desk/evidence/bundle",
    summary="Fetch the evidence of a period",
    description="The sealed days of your controller with all their acts, in pages, to keep and to check elsewhere. For the "
    "privacy officer. Days that are not sealed yet are not in it: a day is sealed an hour after its end.",
    responses=answers_of(200, BundlePage, "A page of the bundle."),
)
def fetch_bundle(first: First, last: Last, after: After = "") -> BundlePage:
    """Return a page of sealed days with their acts."""
    if "privacy-officer" not in _reader().roles:
        raise NotAllowed
    services: Services = router.context["services"]()
    start, end = _day("from", first), _day("to", last)
    if not _PLACE.fullmatch(after):
        raise BadInput("invalid", {"after": ("not_possible", {})})
    if after:
        _day("after", after[:10])
    return BundlePage.model_validate(bundles.page(services.store, _reader().controller, start, end, after))


@router.get(
    "/desk/evidence/proof",
    summary="Prove what was done to one entry",
    description="Every act on the entry whose day is sealed, each with the hashes that lead to the signed root: a person can "
    "be given the proof of the end of their own data, and sees nothing of anyone else's.",
    responses=answers_of(200, Proof, "The proof."),
)
def prove_entry(entry: Entry) -> Proof:
    """Return the proof of the acts on one entry."""
    if not _ID.fullmatch(entry):
        raise BadInput("invalid", {"entry": ("not_possible", {})})
    services: Services = router.context["services"]()
    return Proof.model_validate(bundles.proof(services.store, _reader().controller, entry))


def _reader() -> Reader:
    """Return who asks."""
    reader: Reader = router.context["reader"]
    return reader


def _site(services: Services, site: policy.Site) -> SitePromises:
    """Return the verdicts of one site, their reasons in the language that was asked for."""
    found = verdicts.latest(services.store, site.name, router.context["now"])
    spoken = router.context["spoken"]
    shown = [
        Promise(
            **promise,
            says=_sentence(site, promise["id"], spoken),
            why=[verdicts.said(reason, spoken) for reason in promise["reasons"]],
        )
        for promise in found["promises"]
    ]
    return SitePromises(
        site=site.name, at=found["at"] or None, stale=found["stale"], published=site.publish_verdicts, promises=shown
    )


def _sentence(site: policy.Site, promise: str, language: str) -> str:
    """Return a promise in a sentence."""
    from privacy.compiled import statements  # noqa: PLC0415 - large, and only read here

    says = statements.STATEMENTS[site.policy]["promises"][promise]
    return str(says.get(language) or says[site.default_language])


def _day(field: str, text: str) -> str:
    """Return a day as it was given. Raises BadInput for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as none:
        raise BadInput("invalid", {field: ("not_a_day", {})}) from none
