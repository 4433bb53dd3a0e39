"""What the desk takes and gives, as its OpenAPI description shows it. Used by the desk only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_TEXT = 20_000
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]*$"

Language = Literal["nl", "en"]
Reason = Literal["answer", "follow-up", "person-asked", "misdirected"]
"""Why something is opened: a word and no free text, for it travels in an address, where nothing personal may stand."""


class Taken(BaseModel):
    """What is sent to us: nothing that is not named, and no guessing at types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewEnquiry(Taken):
    """An enquiry that came by phone, post or mail, as somebody enters it (P30)."""

    site: str = Field(
        max_length=64, description="Name of one of your sites, see `GET /desk/sites`.", examples=["silver-essence"]
    )
    form: str = Field("contact", max_length=64, description="Name of one of the site's forms.")
    fields: dict[str, str] = Field(
        description="The fields of that form. The e-mail address may be left out: who rings need not have one.",
        examples=[{"name": "Ada Voorbeeld", "phone": "+31 20 123 45 67", "message": "Graag meer informatie."}],
    )
    received: str = Field(
        max_length=40,
        description="When it came: a date (the start of that day in the Netherlands) or a moment with its time zone.",
        examples=["2026-11-20", "2026-11-20T14:05:00+01:00"],
    )
    channel: str = Field(
        max_length=16, description="How it came: form, email, phone, post or desk.", examples=["phone"]
    )
    language: Language | None = Field(None, description="Language to answer in; the site's own when left out.")


class NewAnswer(Taken):
    """An answer to an enquiry."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_TEXT, pattern=PLAIN)] = Field(
        description="What the person will read, as plain text. Salutation, closing and how long we keep it are added."
    )
    confirm: bool = Field(
        default=False, description="Send it although it seems to ask for data we never ask for (P39)."
    )


class EnquiryState(BaseModel):
    """The state of an enquiry: nothing about anyone. Moments are UTC; by `erase_by` its key is destroyed."""

    id: str
    site: str
    category: str
    received_at: str
    status: str
    channel: str
    language: str
    handled_at: str | None
    erase_by: str


class Enquiries(BaseModel):
    """A page of enquiries, the last changed first; `next` is the `after` of the next page, null on the last."""

    enquiries: list[EnquiryState]
    next: str | None


class Message(BaseModel):
    """One later message: `in` from the person, `out` from us; `has_raw` says that `…/raw?part=PART` gives it as it came.

    Where there is more than an answer holds, the longest are `cut`.
    """

    model_config = ConfigDict(extra="allow")

    part: str
    at: str
    direction: Literal["in", "out"]
    has_raw: bool


class OpenedEnquiry(EnquiryState):
    """An enquiry as it was sealed, and the conversation after it; `has_raw` says that it came as a mail, see `…/raw`."""

    fields: dict[str, Any]
    messages: list[Message]
    has_raw: bool


class Opened(BaseModel):
    """The enquiry that was opened. That it was, by whom and why, is recorded."""

    enquiry: OpenedEnquiry


class Handled(BaseModel):
    """The enquiry after the act."""

    enquiry: EnquiryState


class Entered(BaseModel):
    """The id of the enquiry."""

    id: str


class Answered(BaseModel):
    """The id of the letter that will be sent."""

    letter: str


class Letter(BaseModel):
    """A letter that did not arrive: no address and no text, those are sealed. `entry` is the enquiry or case it is about."""

    id: str
    entry: str
    kind: str
    site: str
    status: str
    attempts: int
    listed_at: str


class Letters(BaseModel):
    """The letters a person must look at, the latest first."""

    letters: list[Letter]


class Retried(BaseModel):
    """A letter that is in the outbox again."""

    letter: str
    status: Literal["queued"]


class RetentionState(BaseModel):
    """What the last retention run did, and what the live vault says now. `overdue` should be 0; it is counted up to 100."""

    last_run: str | None
    destroyed: int
    closed: int
    warned: int
    failed: int
    finished: bool
    overdue: int
    due_next: str | None


class Act(BaseModel):
    """One act of evidence: what was done to which entry, when, and under which version of the policy."""

    model_config = ConfigDict(extra="allow")

    act: str
    entry: str
    category: str
    controller: str
    at: str
    policy: str


class Evidence(BaseModel):
    """Acts of your own controller; `next` is the `after` of the next page, null on the last."""

    evidence: list[Act]
    next: str | None


class FormField(BaseModel):
    """A field of a form; labels and help are by language."""

    name: str
    kind: str
    required: bool
    max_length: int
    labels: dict[str, str]
    help: dict[str, str]


class SiteForm(BaseModel):
    """A form of a site."""

    name: str
    category: str
    fields: list[FormField]


class SiteState(BaseModel):
    """A site of your controller and its forms."""

    name: str
    title: str
    url: str
    languages: list[str]
    default_language: str
    forms: list[SiteForm]


class Sites(BaseModel):
    """What a form can be built from. `categories` says what people call each category of data that you hold."""

    sites: list[SiteState]
    channels: list[str]
    categories: dict[str, str]


class Fault(BaseModel):
    """What is wrong: a stable code, a sentence for people, and a sentence per field."""

    code: str
    message: str
    fields: dict[str, str]


class Refused(BaseModel):
    """Every error answer."""

    error: Fault


REFUSALS = {
    401: "No valid token. API Gateway says so itself.",
    403: "The token's role or controller does not allow this, or the request comes from a page of another website.",
    404: "There is no such thing for you: unknown and another controller's are answered alike.",
    409: "Not in this state: restricted, changed meanwhile, or a text that asks for what is never asked (`confirm`).",
    410: "Destroyed, for good. The proof is under `GET /desk/evidence?entry=ID`.",
    413: "The body is larger than 64 kB, or the mail asked for larger than 4.5 MB; the message says where it is.",
    415: "The body is no JSON.",
    422: "Something in the request is wrong; `fields` says what.",
    500: "Something is wrong on our side.",
    503: "Not possible right now; nothing is lost. Try again after `Retry-After` seconds.",
}


def answers_of(status: int, model: type[BaseModel] | None, meaning: str, *refusals: int) -> dict[int, Any]:
    """Return the description of every answer of a route: the one on success, and the errors it can give.

    Without a model, success is a file.
    """
    refused = {"application/json": {"model": Refused}}
    file = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    given = {"application/json": {"model": model}} if model else file
    described: dict[int, Any] = {status: {"description": meaning, "content": given}}
    for code in sorted({403, 422, 500, 503, *refusals}):
        described[code] = {"description": REFUSALS[code], "content": refused}
    said = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
    described[401] = {"description": REFUSALS[401], "content": {"application/json": {"schema": said}}}
    return described
