"""The desk's part in who asks: vouching for those whom no code reaches, and forgetting documents that came unasked (P20)."""

from __future__ import annotations

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import BaseModel, Field

from privacy import identity_documents, vouching
from privacy.case_schema import Line, Text
from privacy.desk_parts import ID, on_case
from privacy.desk_schema import Taken, answers_of
from privacy.errors import NotFound

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


class NewIdentity(Taken):
    """How a member of staff made sure who asks, for a person whom no code reaches."""

    how: Literal["known_facts", "phone"] = Field(description="By facts that only they know, or the number on file.")
    note: Text = Field(min_length=1, description="What was checked; not what the answers were. Sealed with the case.")
    email: Line = Field("", description="Where letters go from now on. Left out: to the address they wrote from.")
    known_as_email: Line = Field("", description="The address we know them by, when it is not the one they wrote from.")
    known_as_phone: Line = Field("", description="The telephone number we know them by.")


class Identity(BaseModel):
    """How the person of a case stands: `asked` while a second member of staff is needed, else `proven`."""

    identity: Literal["asked", "proven"]
    identity_how: str
    identity_at: str


class Forget(Taken):
    """Which message of a case came with an identity document that nobody asked for."""

    message: str = Field(max_length=26, description="Which message, by its `id`.")
    note: Text = Field("ID card was checked", description="What is kept of it. Never the number that stands on it.")


class Forgotten(BaseModel):
    """The message whose mail, as it came in, is gone."""

    message: str


@router.post(
    "/desk/cases/<id>/identity",
    summary="Vouch for who asks",
    description="For somebody who lost the address on file. The rights of the case begin. Where the policy asks four eyes, "
    "two members of staff say the same.",
    responses=answers_of(200, Identity, "How the person stands.", 404, 409, 410, 413, 415),
)
def vouch_for_person(id: str, new: Annotated[NewIdentity, Body()]) -> Identity:  # noqa: A002 - the name in the address
    """Note that a member of staff made sure who asks."""
    person, reader, now = vouching.Person(**new.model_dump()), router.context["reader"], router.context["now"]
    services = router.context["services"]()
    done = on_case(services, id, reader, lambda given: vouching.vouch(given, id, reader, person, now=now))
    return Identity.model_validate(done._asdict())


@router.post(
    "/desk/cases/<id>/forget-attachment",
    summary="Forget an identity document",
    description="Delete a message as it came in, with its attachments. What was read of it stays, and that it was checked.",
    responses=answers_of(200, Forgotten, "Gone.", 404, 409, 410, 413, 415),
)
def forget_attachment(id: str, which: Annotated[Forget, Body()]) -> Forgotten:  # noqa: A002 - the name in the address
    """Delete the raw mail of a message that came with an identity document."""
    if not ID.fullmatch(which.message):
        raise NotFound
    services, reader, now = router.context["services"](), router.context["reader"], router.context["now"]
    sent, note = which.message, which.note
    on_case(services, id, reader, lambda given: identity_documents.forget(given, id, sent, reader, note, now=now))
    return Forgotten(message=which.message)
