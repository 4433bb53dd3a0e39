"""A request that somebody makes on the page about their rights: read, checked, and taken in as a case (Art. 12(2) GDPR, P20).

Whoever types an address here has proven nothing. So the request is kept apart from what its owner mailed, and from what its owner
has proven; it tells nobody whether the address is known, and nothing is done for it before a code that only the owner can read
was typed back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from privacy import cases, enquiries, form, identity, intake, rights_asked
from privacy.errors import BadInput, ConditionFailed, TooMany
from privacy.intake import Request, SeenBefore
from privacy.periods import local_date
from privacy.policy import Field, Form
from privacy.writes import Key, Put, one_more

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.policy import Site
    from privacy.services import Services
    from privacy.subjects import Identity

CHANNEL = "site"
TICKED = "right_"
"""What the name of a box on the page begins with; a program sends `rights`, a list."""
OFFERED = tuple(right for right in rights_asked.NAMES if right != "reminder")
A_DAY = 10
"""How many requests can be made here in a day for one mailbox; mail is never counted."""
_LABELS: dict[str, str] = {}
_FORM = Form(
    "rights",
    cases.CATEGORY,
    receipt=True,
    fields=(
        Field("email", "email", required=True, max_length=254, labels=_LABELS, help=_LABELS),
        Field("message", "long_text", required=False, max_length=5000, labels=_LABELS, help=_LABELS),
        Field("on_behalf", "text", required=False, max_length=200, labels=_LABELS, help=_LABELS),
    ),
)
MOST = {field.name: field.max_length for field in _FORM.fields}
_ONCE = timedelta(minutes=10)
_DAY = timedelta(days=1)


class Wish(NamedTuple):
    """What somebody asks here. `masked` says how many citizen service numbers were made unreadable in it."""

    email: str
    rights: tuple[str, ...]
    message: str
    on_behalf: str
    is_spam: bool
    masked: int


def check(sent: dict[str, object], site: Site) -> Wish:
    """Return the checked request. Raises BadInput with a message for every field that is wrong."""
    rights, others = _rights(sent), {name: value for name, value in sent.items() if not _says_right(name)}
    wrong: form.FieldErrors = {} if rights else {"rights": ("choose_one", {})}
    if set(rights) - set(OFFERED):
        wrong = {"rights": ("not_a_choice", {"choices": ", ".join(OFFERED)})}
    try:
        checked = form.check(others, _FORM, site)
    except BadInput as more:
        raise BadInput("invalid", {**wrong, **more.fields}) from more
    if wrong:
        raise BadInput("invalid", wrong)
    fields = checked.fields
    return Wish(
        fields["email"],
        rights,
        fields.get("message", ""),
        fields.get("on_behalf", ""),
        checked.is_spam,
        checked.masked,
    )


def _says_right(name: str) -> bool:
    """Say whether a field tells which rights are meant."""
    return name == "rights" or name.removeprefix(TICKED) in OFFERED


def _rights(sent: dict[str, object]) -> tuple[str, ...]:
    """Return the rights that were ticked on the page, or listed by a program."""
    listed = sent.get("rights", [])
    given = [each if isinstance(each, str) else "" for each in listed] if isinstance(listed, list) else [""]
    ticked = [name.removeprefix(TICKED) for name, value in sent.items() if name.startswith(TICKED) and value]
    return tuple(dict.fromkeys([*given, *(name for name in ticked if name in OFFERED)]))


def receive(services: Services, site: Site, wish: Wish, *, language: str, now: datetime) -> str:
    """Take in a request and return the number of its case: a new one, or the unproven one that this address has open here.

    The same again within ten minutes is the same request. Raises TooMany, KeyUnavailable, StoreUnavailable; then nothing is
    taken in.
    """
    people = intake.people(services.keys, site.controller, email=wish.email)
    [person] = people
    mailbox = intake.mailbox(services.keys, site.controller, wish.email)
    _count(services, mailbox or person.pointer(), site, now)
    request = Request(
        received_at=now,
        channel=CHANNEL,
        language=language,
        content={"subject": "", "text": _text(wish)},
        asked=tuple((right, "") for right in wish.rights),
        look=_reasons_to_look(wish),
        facts={"email": wish.email, "phone": "", "name": "", "message_id": ""},
        people=people,
        is_doubtful=True,
        acknowledge=not wish.is_spam,
        mailbox=mailbox,
    )
    try:
        return intake.take(services, site, request, once=[_once(person, site, wish, now)], now=now).entry
    except SeenBefore as seen:
        return str(seen.found["reference"])


def _text(wish: Wish) -> str:
    """Return what staff read: the message, and for whom it is, if it is for somebody else."""
    for_whom = f"Namens / on behalf of: {wish.on_behalf}" if wish.on_behalf else ""
    return "\n\n".join(part for part in (wish.message, for_whom) if part)


def _once(person: Identity, site: Site, wish: Wish, now: datetime) -> Put:
    """Return the write that takes in the same request once in ten minutes."""
    tag = person.derive("once", CHANNEL, site.name, wish.message, wish.on_behalf, *wish.rights)
    item = {"pk": f"once#{tag}", "sk": "once", "expires_at": int((now + _ONCE).timestamp())}
    return Put("traffic", item, "attribute_not_exists(#pk) OR #expires_at <= :now", {":now": int(now.timestamp())})


def _reasons_to_look(wish: Wish) -> tuple[str, ...]:
    """Return why a person must look at a request."""
    reasons = {"spam": wish.is_spam, identity.ON_BEHALF: wish.on_behalf, "bsn": wish.masked}
    return tuple(name for name, applies in reasons.items() if applies)


def _count(services: Services, mailbox: str, site: Site, now: datetime) -> None:
    """Count one more request for a mailbox today. Raises TooMany when there were enough."""
    tag = enquiries.digest("requests", mailbox, site.controller, local_date(now))
    try:
        services.store.write([one_more(Key("traffic", f"requests#{tag}", "requests"), "made", A_DAY, now + _DAY)])
    except ConditionFailed as enough:
        raise TooMany("too_many") from enough
