"""The desk: staff list, open, answer, enter and handle enquiries, and see that retention does its work.

It carries out P03, P11, P30 and P33. Every opening is recorded before
anything is shown. What another controller holds is answered as if it were not there.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from privacy import (
    answers,
    desk_cases,
    desk_corrections,
    desk_evidence,
    desk_identity,
    desk_incidents,
    desk_parts,
    desk_restrictions,
    desk_rights,
    desk_schema,
    desk_statistics,
    enquiries,
    evidence,
    form,
    letters,
    policy,
    retention,
    security_routes,
    staff_app,
    vault,
)
from privacy.aws.services import now as this_moment
from privacy.aws.services import staff
from privacy.desk_parts import After, Limit, OnceKey, Why
from privacy.desk_schema import answers_of
from privacy.errors import (
    BadInput,
    KeyDestroyed,
    NotAllowed,
    NotFound,
)
from privacy.periods import stamp
from privacy.writes import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services

T = TypeVar("T")
_MOST_OVERDUE = 100
_ID = desk_parts.ID
_LETTER = re.compile(r"([a-z2-7]{26})\.([a-z2-7]{26}|[a-z]{1,25})")
_LISTED_AT = re.compile(r"[0-9TZ:-]{20}#[a-z2-7]{26}")
_STATUSES = {**{status: (status,) for status in enquiries.STATUSES}, "all": enquiries.STATUSES}

Status = Annotated[
    Literal["open", "answered", "handled", "spam", "all"] | None,
    Query(description="Only enquiries of this status. Left out: all but spam."),
]
Part = Annotated[
    str, Query(max_length=80, description="Which mail: `main`, or the `part` of a message of the conversation.")
]

app = staff_app.made()
app.include_router(desk_statistics.router)
app.include_router(desk_evidence.router)
app.include_router(desk_cases.router)
app.include_router(desk_rights.router)
app.include_router(desk_restrictions.router)
app.include_router(desk_incidents.router)
app.include_router(desk_identity.router)
app.include_router(desk_corrections.router)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request of a member of staff."""
    return answered(event, context, staff, this_moment())


def answered(event: dict[str, Any], context: object, services: Callable[[], Services], now: datetime) -> dict[str, Any]:
    """Answer one request with these services, made when they are needed, at this moment."""
    if event["rawPath"] == "/openapi.json":
        return answers.as_json(200, description())
    return staff_app.answered(app, event, context, services, now)


# --- enquiries -----------------------------------------------------------------------------------------------------


@app.get(
    "/desk/enquiries",
    summary="List enquiries",
    description="The state of your controller's enquiries, the last changed first. Nothing is opened.",
    responses=answers_of(200, desk_schema.Enquiries, "A page of enquiries."),
)
def list_enquiries(status: Status = None, limit: Limit = 50, after: After = "") -> desk_schema.Enquiries:
    """List enquiries by their state."""
    _check_reads_enquiries()
    wanted = _STATUSES[status] if status else (enquiries.OPEN, enquiries.ANSWERED, enquiries.HANDLED)
    store, controller = _services().store, _reader().controller
    found, following = enquiries.page(store, controller, wanted, limit=limit, after=desk_parts.place(after, _LISTED_AT))
    return desk_schema.Enquiries(enquiries=[_state(summary) for summary in found], next=desk_parts.cursor(following))


@app.post(
    "/desk/enquiries",
    summary="Enter an enquiry",
    description="File what came by phone, post or mail. Its period counts from when it was received.",
    status_code=201,
    responses=answers_of(201, desk_schema.Entered, "Filed.", 413, 415),
)
def enter_enquiry(new: Annotated[desk_schema.NewEnquiry, Body()], once: OnceKey = "") -> desk_schema.Entered:
    """File an enquiry that a member of staff enters."""
    site = desk_parts.site_of(new.site, _reader())
    sent = form.check(dict(new.fields), _form_at_the_desk(site, new.form, new.fields), site)
    receipt = enquiries.enter(
        _services(),
        site,
        sent,
        received_at=desk_parts.moment(new.received),
        channel=new.channel,
        reader=_reader(),
        language=new.language or site.default_language,
        now=app.context["now"],
        idempotency_key=form.idempotency_key(once),
    )
    return desk_schema.Entered(id=receipt.reference)


@app.get(
    "/desk/enquiries/<id>",
    summary="Open an enquiry",
    description="What was sent, and the conversation since. That it is opened, by whom and why, is recorded first.",
    responses=answers_of(200, desk_schema.Opened, "The enquiry.", 404, 409, 410),
)
def open_enquiry(id: str, why: Why = None) -> desk_schema.Opened:  # noqa: A002 - the name in the address
    """Open an enquiry, recorded."""
    found = _on(id, lambda services: enquiries.open_(services, id, _reader(), why=why or "", now=app.context["now"]))
    opened = {
        **_state(found.summary).model_dump(),
        "fields": found.fields,
        "messages": desk_parts.shown([_message(message) for message in found.messages]),
        "has_raw": found.has_raw,
    }
    return desk_schema.Opened(enquiry=desk_schema.OpenedEnquiry(**opened))


@app.get(
    "/desk/enquiries/<id>/raw",
    summary="Fetch a mail as it came in",
    description="The whole mail with its attachments, where `has_raw` says that there is one. Recorded first.",
    responses=answers_of(200, None, "The mail (message/rfc822), as a file.", 404, 409, 410, 413),
)
def fetch_raw_mail(id: str, part: Part = "main", why: Why = None) -> Response[str]:  # noqa: A002
    """Return a mail as it came in, as a file that no browser shows: nobody knows what is in it."""
    now = app.context["now"]
    raw = _on(id, lambda services: enquiries.raw_mail(services, id, part, _reader(), why=why or "", now=now))
    return desk_parts.mail_file(raw, f"entry/{id}/")


@app.post(
    "/desk/enquiries/<id>/answer",
    summary="Answer an enquiry",
    description="The text is sealed under the enquiry and sent by mail; the reply comes back under the same enquiry.",
    status_code=202,
    responses=answers_of(202, desk_schema.Answered, "In the outbox.", 404, 409, 410, 413, 415),
)
def answer_enquiry(id: str, new: Annotated[desk_schema.NewAnswer, Body()], once: OnceKey = "") -> desk_schema.Answered:  # noqa: A002
    """Answer an enquiry."""
    key, now = form.idempotency_key(once), app.context["now"]
    letter = _on(
        id,
        lambda services: enquiries.answer(
            services, id, _reader(), new.text, now=now, idempotency_key=key, confirmed=new.confirm
        ),
    )
    return desk_schema.Answered(letter=f"{id}.{letter}")


@app.post(
    "/desk/enquiries/<id>/handled",
    summary="Mark an enquiry as handled",
    description="From now the period of the policy counts. Done twice, it stays as it was.",
    responses=answers_of(200, desk_schema.Handled, "The enquiry.", 404, 409, 410),
)
def handle_enquiry(id: str) -> desk_schema.Handled:  # noqa: A002 - the name in the address
    """Mark an enquiry as handled."""
    done = _on(id, lambda services: enquiries.handle(services, id, _reader(), now=app.context["now"]))
    return desk_schema.Handled(enquiry=_state(done))


# --- letters -------------------------------------------------------------------------------------------------------


@app.get(
    "/desk/letters",
    summary="List letters that did not arrive",
    description="Letters that failed or came back, and those that wait for an hour in which fewer go out. Who they are for stays "
    "sealed: open the enquiry.",
    responses=answers_of(200, desk_schema.Letters, "The letters."),
)
def list_letters() -> desk_schema.Letters:
    """List the letters a person must look at."""
    _check_reads_enquiries()
    store, controller = _services().store, _reader().controller
    found = [*letters.failed(store, controller), *letters.held(store, controller)]
    return desk_schema.Letters(letters=[_letter(item) for item in found])


@app.post(
    "/desk/letters/<id>/retry",
    summary="Send a letter again",
    description="Put it back into the outbox; it goes within the hour.",
    status_code=202,
    responses=answers_of(202, desk_schema.Retried, "In the outbox.", 404),
)
def retry_letter(id: str) -> desk_schema.Retried:  # noqa: A002 - the name in the address
    """Put a letter that did not arrive back into the outbox."""
    _check_reads_enquiries()
    match = _LETTER.fullmatch(id)
    if not match:
        raise NotFound
    place = Key("records", f"entry#{match[1]}", f"letter#{match[2]}")
    if not letters.retry(_services().store, place, _reader().controller, app.context["now"]):
        raise NotFound
    return desk_schema.Retried(letter=id, status="queued")


# --- retention, evidence, sites ------------------------------------------------------------------------------------


@app.get(
    "/desk/retention",
    summary="See whether retention does its work",
    description="What the last run did, and from the live vault what is overdue (up to 100) and what is due first. Figures "
    "of the whole installation, of all its controllers, and nothing about anyone.",
    responses=answers_of(200, desk_schema.RetentionState, "The state of retention."),
)
def retention_state() -> desk_schema.RetentionState:
    """Tell what retention did and what is left."""
    store, now = _services().store, app.context["now"]
    last = {**retention.Counts()._asdict(), **(retention.last_run(store) or {})}
    figures = {name: last[name] for name in ("destroyed", "closed", "warned", "failed", "finished")}
    return desk_schema.RetentionState(
        last_run=last.get("at"),
        overdue=retention.overdue(store, now, most=_MOST_OVERDUE),
        due_next=vault.next_due(store) or None,
        **figures,
    )


@app.get(
    "/desk/evidence",
    summary="Show evidence",
    description="What was done on a day (UTC; today when left out), or all that was ever done to one `entry`.",
    responses=answers_of(200, desk_schema.Evidence, "The acts."),
)
def list_evidence(
    day: Annotated[str, Query(max_length=10, description="A day, YYYY-MM-DD.")] = "",
    entry: Annotated[str, Query(max_length=26, description="The id of an entry; it may be destroyed.")] = "",
    limit: Limit = 100,
    after: After = "",
) -> desk_schema.Evidence:
    """List the acts on an entry, or of a day."""
    store, controller = _services().store, _reader().controller
    if entry:
        acts: Iterable[dict[str, Any]] = evidence.of_entry(store, entry, controller) if _ID.fullmatch(entry) else []
        acts = [act for act in acts if not day or str(act["at"]).startswith(_day(day))]
    else:
        acts = evidence.of_day(store, _day(day or stamp(app.context["now"])[:10]), controller)
    return _page_of_acts(acts, limit, desk_parts.place(after))


@app.get(
    "/desk/sites",
    summary="List your sites and their forms",
    description="What an entry form can be built from: sites, forms, fields, channels.",
    responses=answers_of(200, desk_schema.Sites, "The sites."),
)
def list_sites() -> desk_schema.Sites:
    """List the sites of the reader's controller."""
    names = policy.sites_of(_reader().controller)
    return desk_schema.Sites(
        sites=[_site_state(policy.site(name)) for name in names],
        channels=list(enquiries.CHANNELS),
        categories=desk_parts.titles(
            _reader().controller, policy.categories(_reader().controller), app.context["spoken"]
        ),
    )


# --- what these share ----------------------------------------------------------------------------------------------


def _reader() -> Reader:
    """Return who asks."""
    reader: Reader = app.context["reader"]
    return reader


def _check_reads_enquiries() -> None:
    """Raise NotAllowed for a reader who may not read enquiries: what became of letters tells who is in touch with us."""
    if not _reader().roles.intersection(policy.category(_reader().controller, "enquiries").readers):
        raise NotAllowed


def _services() -> Services:
    """Return the store and the keys."""
    services: Services = app.context["services"]()
    return services


def _on(entry: str, act: Callable[[Services], T]) -> T:
    """Carry out an act on an enquiry. One that was never ours is not found; one that was is gone, KeyDestroyed."""
    if not _ID.fullmatch(entry):
        raise NotFound
    services = _services()
    try:
        return act(services)
    except KeyDestroyed:
        if enquiries.was_ours(services.store, entry, _reader().controller):
            raise
        raise NotFound from None


def _state(summary: enquiries.Summary) -> desk_schema.EnquiryState:
    """Return the state of an enquiry as it is shown."""
    return desk_schema.EnquiryState(**{**summary._asdict(), "handled_at": summary.handled_at or None})


def _message(message: enquiries.Message) -> dict[str, Any]:
    """Return a message as it is shown."""
    return {**message.content, **{name: getattr(message, name) for name in ("part", "at", "direction", "has_raw")}}


def _letter(item: dict[str, Any]) -> desk_schema.Letter:
    """Return a letter as it is shown."""
    shown = {name: item.get(name, "") for name in ("kind", "site", "status", "listed_at")}
    letter = item["sk"].removeprefix("letter#")
    return desk_schema.Letter(
        id=f"{item['entry']}.{letter}",
        entry=item.get("case") or item["entry"],
        attempts=item.get("attempts", 0),
        **shown,
    )


def _form_at_the_desk(site: policy.Site, name: str, fields: dict[str, str]) -> policy.Form:
    """Return a form as the desk fills it in: who rings or writes need not have given an address or a number.

    Raises UnknownForm, and BadInput for what only a posted form may carry.
    """
    found = policy.form(site.name, name)
    known = {field.name for field in found.fields}
    if unknown := fields.keys() - known:
        raise BadInput("invalid", {form.named(name): ("unknown_field", {}) for name in unknown})
    relaxed = (
        field._replace(required=field.required and field.kind not in ("email", "phone")) for field in found.fields
    )
    return found._replace(fields=tuple(relaxed))


def _site_state(site: policy.Site) -> desk_schema.SiteState:
    """Return a site and its forms as they are shown."""
    forms = [policy.form(site.name, name) for name in policy.forms(site.name)]
    shown = [{**found._asdict(), "fields": [field._asdict() for field in found.fields]} for found in forms]
    return desk_schema.SiteState.model_validate({**site._asdict(), "languages": list(site.languages), "forms": shown})


def _day(text: str) -> str:
    """Return a day as it was given. Raises BadInput for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as none:
        raise BadInput("invalid", {"day": ("not_a_day", {})}) from none


def _page_of_acts(acts: Iterable[dict[str, Any]], limit: int, after: str) -> desk_schema.Evidence:
    """Return one page of acts that come in a fixed order."""
    rest = iter(acts)
    if after:
        rest = islice(dropwhile(lambda act: _name(act) != after, rest), 1, None)
    found = list(islice(rest, limit + 1))
    following = _name(found[limit - 1]) if len(found) > limit else ""
    return desk_schema.Evidence.model_validate({"evidence": found[:limit], "next": desk_parts.cursor(following)})


def _name(act: dict[str, Any]) -> str:
    """Return what tells an act from every other."""
    return "#".join(str(act[part]) for part in ("at", "act", "entry"))


# --- the description -----------------------------------------------------------------------------------------------


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the desk; made once, for anybody may ask for it."""
    schema: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Nakoming desk",
            version="1",
            description="What staff see and do. Errors are said in Dutch or English, by `Accept-Language` or `?lang`.",
            security_schemes={
                "staff": HTTPBearer(scheme="bearer", bearerFormat="JWT", description="A staff access token.")
            },
            security=[{"staff": []}],
        )
    )
    more: dict[str, Any] = json.loads(security_routes.app.get_openapi_json_schema())  # another function answers these
    schema["paths"] |= more["paths"]
    schema["components"]["schemas"] |= more["components"]["schemas"]
    for operation in (operation for path in schema["paths"].values() for operation in path.values()):
        operation["responses"]["500"] = {**operation["responses"]["503"], "description": desk_schema.REFUSALS[500]}
    for never_sent in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schema["components"]["schemas"].pop(never_sent, None)
    return schema
