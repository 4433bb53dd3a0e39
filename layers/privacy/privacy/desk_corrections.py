"""The desk's part in rectification: what is to be corrected, where the letter does not say it clearly (Art. 16 GDPR, P15)."""

from __future__ import annotations

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import BaseModel, Field

from privacy import corrections, rectification
from privacy.case_schema import Line
from privacy.corrections import Correction
from privacy.desk_parts import on_case
from privacy.desk_schema import Taken, answers_of
from privacy.errors import BadInput

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


class OneCorrection(Taken):
    """One field that is to be corrected."""

    field: Literal["name", "email", "phone", "address"] = Field(description="Which field.")
    old: Line = Field("", description="What stands there now. Left out: whatever stands there.")
    new: Line = Field(description="What it is to be.")


class NewCorrections(Taken):
    """What is to be corrected, as staff read the letter."""

    corrections: list[OneCorrection] = Field(min_length=1, max_length=len(corrections.FIELDS))


class Proposed(BaseModel):
    """The case whose person was written to: they confirm it on the page, or to staff, who decide `fulfil`."""

    case: str


@router.post(
    "/desk/cases/<id>/corrections",
    summary="Say what is to be corrected",
    description="For a rectification whose letter does not say it clearly. The person is written to and confirms it on the page, "
    "or in another way, and you decide `fulfil`. Until then nothing changes. That you open the case is recorded.",
    responses=answers_of(200, Proposed, "The person was written to.", 404, 409, 410, 413, 415),
)
def correct(id: str, new: Annotated[NewCorrections, Body()]) -> Proposed:  # noqa: A002 - the name in the address
    """Propose what is to be corrected."""
    reader, now = router.context["reader"], router.context["now"]
    found = [_checked(each) for each in new.corrections]
    services = router.context["services"]()
    on_case(services, id, reader, lambda given: rectification.propose(given, id, found, reader, now))
    return Proposed(case=id)


def _checked(each: OneCorrection) -> Correction:
    """Return one correction. Raises BadInput that names the field which cannot be so: several come at once."""
    try:
        return corrections.checked(Correction(each.field, each.old, each.new))
    except BadInput as wrong:
        raise BadInput("invalid", {each.field: next(iter(wrong.fields.values()))}) from wrong
