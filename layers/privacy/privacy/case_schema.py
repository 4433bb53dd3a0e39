"""What the desk takes and gives of cases and of the inbox, as its OpenAPI description shows it. Used by the desk only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from privacy.desk_schema import MOST_TEXT, PLAIN, Language, Taken

Right = Literal[
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "withdrawal",
    "unsubscribe",
    "reminder",
    "question",
]
Outcome = Literal["answered", "fulfilled", "partly", "refused", "no_data", "forwarded", "withdrawn", "not_a_request"]
Channel = Literal["email", "phone", "post", "desk"]
Text = Annotated[str, Field(max_length=MOST_TEXT, pattern=PLAIN)]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]
_Received = Annotated[
    str,
    Field(
        max_length=40,
        description="When it came: a date (the start of that day in the Netherlands) or a moment with its time zone.",
        examples=["2026-11-20", "2026-11-20T14:05:00+01:00"],
    ),
]


class NewCase(Taken):
    """A request or question that came by telephone, by post or at the desk (P20, P30)."""

    site: str = Field(max_length=64, description="Name of one of your sites.", examples=["silver-essence"])
    channel: Channel = Field(description="How it came.", examples=["phone"])
    received: _Received
    text: Text = Field(min_length=1, description="What was asked, in the person's words.")
    rights: list[Right] = Field(default=[], description="Which rights; left out, the text is read for them.")
    email: Line = Field("", description="Where the answer goes. Left out: it is answered another way.")
    phone: Line = ""
    name: Line = ""
    language: Language | None = Field(None, description="Language to answer in; the site's own when left out.")


class NewRights(Taken):
    """Which rights a case is about."""

    rights: list[Right] = Field(min_length=1, description="All of them, not only what changes.")


class NewReceived(Taken):
    """When a case was received, put right."""

    received: _Received
    reason: Text = Field(min_length=1, description="Why. Sealed with the case.")


class NewEnd(Taken):
    """How a case ended."""

    outcome: Outcome
    reason: Text = Field("", description="Why. Sealed with the case; only a plain answer needs none.")


class CaseState(BaseModel):
    """The state of a case: nothing about anyone. Moments are UTC, days `YYYY-MM-DD` in the Netherlands.

    `respond_by` is one calendar month from receipt, `respond_by_latest` the same moved on to a working day. `look` says why a
    person must look: spam, virus, unscanned, doubtful, no_sender, unreadable, long, attachment, unsure, bsn, bsn_in_mail.
    """

    id: str
    site: str
    received_at: str
    respond_by: str
    respond_by_latest: str
    rights: list[str]
    status: Literal["open", "closed"]
    language: str
    look: list[str]
    channel: str
    outcome: str | None
    closed_at: str | None
    erase_by: str


class Cases(BaseModel):
    """A page of cases, the earliest deadline first; `next` is the `after` of the next page, null on the last."""

    cases: list[CaseState]
    next: str | None


class Asked(BaseModel):
    """A right, and the words of the person that led to it."""

    right: str
    words: str


class Piece(BaseModel):
    """A message of a case: `in` from the person, `out` from us. `state` is `destroyed` once its own period has ended.

    Where `has_raw`, `…/raw?message=ID` gives it as it came; where not `is_safe`, only with `confirm=true`. Where there is more
    than an answer holds, the longest are `cut`.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    at: str
    direction: Literal["in", "out"]
    state: Literal["open", "destroyed", "restricted"]
    has_raw: bool
    is_safe: bool


class OpenedCase(CaseState):
    """A case as it was sealed: who asks, the rights with the words that led there, all messages, and what staff changed."""

    facts: dict[str, Any]
    asked: list[Asked]
    messages: list[Piece]
    notes: list[dict[str, Any]]


class Case(BaseModel):
    """The state of a case after an act."""

    case: CaseState


class Opened(BaseModel):
    """The case that was opened. That it was, by whom and why, is recorded."""

    case: OpenedCase


class Entered(BaseModel):
    """The id of the case."""

    id: str


class ItemState(BaseModel):
    """The state of a mail that is no case: nothing about anyone. By `erase_by` it is destroyed, looked at or not."""

    id: str
    site: str
    received_at: str
    status: Literal["waiting", "dismissed"]
    language: str
    look: list[str]
    channel: str
    erase_by: str


class Inbox(BaseModel):
    """A page of mails that wait for a person, the oldest first."""

    inbox: list[ItemState]
    next: str | None


class OpenedItem(ItemState):
    """A mail that is no case, as it was sealed."""

    content: dict[str, Any]


class Item(BaseModel):
    """The mail that was opened. That it was, by whom and why, is recorded."""

    item: OpenedItem


class Dismissed(BaseModel):
    """The state of a mail that was set aside."""

    item: ItemState
