"""The desk's cases: listed by deadline, opened, answered, put right and closed; and the mail that is none (P20, P45)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from privacy import case_schema, cases, casework, desk_parts, form, inbox_items, policy, subjects
from privacy.desk_parts import ID, After, File, Limit, OnceKey, Why
from privacy.desk_schema import Answered, NewAnswer, answers_of
from privacy.errors import BadInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services

T = TypeVar("T")
router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
_CASE_PLACE = re.compile(r"[0-9-]{10}#[a-z2-7]{26}")
_ITEM_PLACE = re.compile(r"[0-9TZ:-]{20}#[a-z2-7]{26}")
_STATUSES = {**{status: (status,) for status in cases.STATUSES}, "all": cases.STATUSES}

Status = Annotated[Literal["open", "closed", "all"], Query(description="Only cases of this status.")]
Message = Annotated[str, Query(max_length=26, description="Which message, by its `id`.")]
Confirm = Annotated[bool, Query(description="Fetch it although it may do harm, or holds a number we may not keep.")]


@router.get(
    "/desk/cases",
    summary="List cases",
    description="The state of your controller's cases, the earliest deadline first. Nothing is opened.",
    responses=answers_of(200, case_schema.Cases, "A page of cases."),
)
def list_cases(status: Status = "open", limit: Limit = 50, after: After = "") -> case_schema.Cases:
    """List cases by their deadline."""
    _check_reads_cases()
    start = desk_parts.place(after, _CASE_PLACE)
    found, following = cases.page(_services().store, _reader().controller, _STATUSES[status], limit=limit, after=start)
    return case_schema.Cases(cases=[state(summary) for summary in found], next=desk_parts.cursor(following))


@router.post(
    "/desk/cases",
    summary="Enter a case",
    description="File what came by telephone, by post or at the desk. The month counts from when it was received.",
    status_code=201,
    responses=answers_of(201, case_schema.Entered, "Filed.", 413, 415),
)
def enter_case(new: Annotated[case_schema.NewCase, Body()], once: OnceKey = "") -> case_schema.Entered:
    """File a case that a member of staff enters."""
    site = desk_parts.site_of(new.site, _reader())
    given = casework.NewCase(
        received_at=desk_parts.moment(new.received),
        channel=new.channel,
        text=new.text,
        rights=tuple(new.rights),
        email=new.email,
        phone=new.phone,
        name=new.name,
        language=new.language or "",
    )
    key = form.idempotency_key(once)
    try:
        entered = casework.add(_services(), site, given, _reader(), now=_now(), idempotency_key=key)
    except BadInput as wrong:  # said of a value alone: at the desk it stands in a field
        kind = wrong.key.removesuffix("_invalid")
        if wrong.fields or kind not in subjects.KINDS:
            raise
        raise BadInput(wrong.key, {kind: (wrong.key, {})}) from wrong
    return case_schema.Entered(id=entered)


@router.get(
    "/desk/cases/<id>",
    summary="Open a case",
    description="Who asks for what, in which words, and all messages. That it is opened, by whom and why, is recorded first.",
    responses=answers_of(200, case_schema.Opened, "The case.", 404, 409, 410),
)
def open_case(id: str, why: Why = None) -> case_schema.Opened:  # noqa: A002 - the name in the address
    """Open a case, recorded."""
    found = _on(id, lambda services: casework.open_(services, id, _reader(), why=why or "", now=_now()))
    pieces = [{**piece.content, **{name: getattr(piece, name) for name in _PIECE}} for piece in found.pieces]
    opened = {
        **state(found.summary).model_dump(),
        "facts": found.facts,
        "asked": [{"right": right, "words": words} for right, words in found.asked],
        "messages": desk_parts.shown(pieces),
        "notes": list(found.notes),
    }
    return case_schema.Opened(case=case_schema.OpenedCase.model_validate(opened))


_PIECE = ("id", "at", "direction", "state", "has_raw", "is_safe")


@router.get(
    "/desk/cases/<id>/raw",
    summary="Fetch a message of a case as it came in",
    description="The whole mail with its attachments. Where `is_safe` is false, `confirm=true` is asked for. Recorded first.",
    responses=answers_of(200, None, "The mail (message/rfc822), as a file.", 404, 409, 410, 413),
)
def fetch_raw_message(
    id: str,  # noqa: A002 - the name in the address
    message: Message,
    why: Why = None,
    confirm: Confirm = False,  # noqa: FBT002 - a query
) -> File:
    """Return a message of a case as it came in."""
    if not ID.fullmatch(message):
        raise NotFound
    asked: dict[str, Any] = {"why": why or "", "now": _now(), "case": id, "confirmed": confirm}
    raw = _on(id, lambda services: casework.raw(services, message, _reader(), **asked))
    return desk_parts.mail_file(raw, f"entry/{message}/")


@router.post(
    "/desk/cases/<id>/answer",
    summary="Answer a case",
    description="The text is sealed and sent by mail to the address the request came from; the reply comes back to the case.",
    status_code=202,
    responses=answers_of(202, Answered, "In the outbox.", 404, 409, 410, 413, 415),
)
def answer_case(id: str, new: Annotated[NewAnswer, Body()], once: OnceKey = "") -> Answered:  # noqa: A002
    """Answer a case."""
    asked: dict[str, Any] = {"now": _now(), "idempotency_key": form.idempotency_key(once), "confirmed": new.confirm}
    return Answered(letter=_on(id, lambda services: casework.answer(services, id, _reader(), new.text, **asked)))


@router.post(
    "/desk/cases/<id>/rights",
    summary="Say which rights a case is about",
    description="Where they were read wrongly. What they were, who changed them and when is noted with the case.",
    responses=answers_of(200, case_schema.Case, "The case.", 404, 409, 410, 413, 415),
)
def set_rights(id: str, new: Annotated[case_schema.NewRights, Body()]) -> case_schema.Case:  # noqa: A002
    """Set the rights of a case."""
    done = _on(id, lambda services: casework.set_rights(services, id, _reader(), new.rights, now=_now()))
    return case_schema.Case(case=state(done))


@router.post(
    "/desk/cases/<id>/received",
    summary="Put right when a case was received",
    description="Its deadlines are computed anew. The evidence says so, the reason is sealed with the case.",
    responses=answers_of(200, case_schema.Case, "The case.", 404, 409, 410, 413, 415),
)
def correct_received(id: str, new: Annotated[case_schema.NewReceived, Body()]) -> case_schema.Case:  # noqa: A002
    """Put right when a case was received."""
    at, now = desk_parts.moment(new.received), _now()
    done = _on(id, lambda services: casework.correct_received(services, id, _reader(), at, new.reason, now=now))
    return case_schema.Case(case=state(done))


@router.post(
    "/desk/cases/<id>/close",
    summary="Close a case",
    description="From now its periods count: of the case, and the shorter one of what the person wrote.",
    responses=answers_of(200, case_schema.Case, "The case.", 404, 409, 410, 413, 415),
)
def close_case(id: str, new: Annotated[case_schema.NewEnd, Body()]) -> case_schema.Case:  # noqa: A002
    """Close a case."""
    now = _now()
    done = _on(id, lambda services: casework.close(services, id, _reader(), new.outcome, new.reason, now=now))
    return case_schema.Case(case=state(done))


# --- the inbox -----------------------------------------------------------------------------------------------------------


@router.get(
    "/desk/inbox",
    summary="List mail that is no case",
    description="What machines and mailing lists sent, and mail of our own. Nothing is opened.",
    responses=answers_of(200, case_schema.Inbox, "A page of mails."),
)
def list_inbox(limit: Limit = 50, after: After = "") -> case_schema.Inbox:
    """List mail that waits for a person."""
    _check_reads_cases()
    start = desk_parts.place(after, _ITEM_PLACE)
    found, following = inbox_items.page(_services().store, _reader().controller, limit=limit, after=start)
    return case_schema.Inbox(inbox=[_item(item) for item in found], next=desk_parts.cursor(following))


@router.get(
    "/desk/inbox/<id>",
    summary="Open a mail that is no case",
    description="Who sent it and what it says. That it is opened, by whom and why, is recorded first.",
    responses=answers_of(200, case_schema.Item, "The mail.", 404, 409, 410),
)
def open_item(id: str, why: Why = None) -> case_schema.Item:  # noqa: A002 - the name in the address
    """Open a mail of the inbox, recorded."""
    item, content = _on(id, lambda services: inbox_items.open_(services, id, _reader(), why=why or "", now=_now()))
    return case_schema.Item(item=case_schema.OpenedItem(**_item(item).model_dump(), content=content))


@router.get(
    "/desk/inbox/<id>/raw",
    summary="Fetch a mail that is no case as it came in",
    description="The whole mail with its attachments; with `confirm=true` also one that may do harm. Recorded first.",
    responses=answers_of(200, None, "The mail (message/rfc822), as a file.", 404, 409, 410, 413),
)
def fetch_raw_item(id: str, why: Why = None, confirm: Confirm = False) -> File:  # noqa: A002, FBT002
    """Return a mail of the inbox as it came in."""
    asked: dict[str, Any] = {"why": why or "", "now": _now(), "confirmed": confirm}
    raw = _on(id, lambda services: casework.raw(services, id, _reader(), **asked))
    return desk_parts.mail_file(raw, f"entry/{id}/")


@router.post(
    "/desk/inbox/<id>/case",
    summary="Make a case of a mail",
    description="Or add it to its sender's open case. The day of receipt stays.",
    status_code=201,
    responses=answers_of(201, case_schema.Entered, "The case.", 404, 409, 410),
)
def make_case(id: str) -> case_schema.Entered:  # noqa: A002 - the name in the address
    """Make a case of a mail."""
    return case_schema.Entered(id=_on(id, lambda services: inbox_items.make_case(services, id, _reader(), now=_now())))


@router.post(
    "/desk/inbox/<id>/dismiss",
    summary="Set a mail aside",
    description="It needs nobody; from now its period counts. Done twice, it stays as it was.",
    responses=answers_of(200, case_schema.Dismissed, "The mail.", 404, 409, 410),
)
def dismiss(id: str) -> case_schema.Dismissed:  # noqa: A002 - the name in the address
    """Set a mail of the inbox aside."""
    done = _on(id, lambda services: inbox_items.dismiss(services, id, _reader(), now=_now()))
    return case_schema.Dismissed(item=_item(done))


# --- what these share ----------------------------------------------------------------------------------------------------


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


def _check_reads_cases() -> None:
    """Raise NotAllowed for a reader who may not read cases: how many there are, and of what, is theirs to know."""
    if not _reader().roles.intersection(policy.category(_reader().controller, cases.CATEGORY).readers):
        raise NotAllowed


def _on(entry: str, act: Callable[[Services], T]) -> T:
    """Carry out an act on a case or a mail. One that was never ours is not found; one that was is gone, KeyDestroyed."""
    return desk_parts.on_case(_services(), entry, _reader(), act)


def state(summary: cases.Summary) -> case_schema.CaseState:
    """Return the state of a case as it is shown."""
    ended = {"outcome": summary.outcome or None, "closed_at": summary.closed_at or None}
    lists = {"rights": list(summary.rights), "look": list(summary.look)}
    return case_schema.CaseState.model_validate({**summary._asdict(), **ended, **lists})


def _item(item: inbox_items.Item) -> case_schema.ItemState:
    """Return the state of a mail as it is shown."""
    return case_schema.ItemState.model_validate({**item._asdict(), "look": list(item.look)})
