"""What the routes of the desk share: what they take in an address, where a page goes on, and a mail as a file."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from privacy import cases, policy
from privacy.desk_schema import Reason
from privacy.errors import BadInput, KeyDestroyed, NotFound, TooLarge, UnknownSite
from privacy.periods import moment_given
from privacy.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from privacy.openings import Reader
    from privacy.services import Services

T = TypeVar("T")
ID = re.compile(r"[a-z2-7]{26}")
_MOST_RAW = 4_500_000
"""Bytes of a mail that still fit into the answer of a function (6 MB, in base64)."""
_MOST_SHOWN = 4_500_000
"""Bytes of messages, as they are written into such an answer, that leave room for the rest of it."""
_MOST_FILES = 3
_WORST = 4
"""Into how many bytes one byte of text is written at most, a quote or a backslash: the answer is JSON, and is put into JSON."""

File = Response[str]
"""A mail as it came in, as a route gives it."""
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
After = Annotated[str, Query(max_length=200, description="The `next` of the page before.")]
Why = Annotated[Reason | None, Query(description="Why it is opened. Kept, sealed, with the record of it.")]
OnceKey = Annotated[
    str, Header(alias="Idempotency-Key", description="A UUID of yours: the same request sent again is done once.")
]


def site_of(name: str, reader: Reader) -> policy.Site:
    """Return a site of the reader's controller; another's is as unknown as one that is none. Raises BadInput."""
    if name not in policy.sites_of(reader.controller):
        raise BadInput("invalid", {"site": (UnknownSite.code, {})})
    return policy.site(name)


def titles(controller: str, names: Iterable[str], language: str) -> dict[str, str]:
    """Return what people call categories of data, as the policy file says it."""
    from privacy import published  # noqa: PLC0415 - the statements are large

    site = policy.site(policy.sites_of(controller)[0])
    says, voice = published.of(site)["categories"], voice_of(site, language)
    return {name: voice.text(says[name]["title"]) if name in says else name for name in names}


def moment(text: str) -> datetime:
    """Return the moment that was given as `received`. Raises BadInput."""
    try:
        return moment_given(text)
    except ValueError as none:
        raise BadInput("invalid", {"received": ("not_a_moment", {})}) from none


def on_case(services: Services, entry: str, reader: Reader, act: Callable[[Services], T]) -> T:
    """Carry out an act on a case or a mail. One that was never ours is not found; one that was is gone, KeyDestroyed.

    Done twice, an act stays as it was: one that a letter or a task disturbs is begun anew (`cases.undisturbed`).
    """
    if not ID.fullmatch(entry):
        raise NotFound
    try:
        return cases.undisturbed(lambda: act(services))
    except KeyDestroyed:
        if cases.was_ours(services.store, entry, reader.controller):
            raise
        raise NotFound from None


def cursor(place: str) -> str | None:
    """Return where the next page begins in a form that nobody takes for something else."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=") or None


def place(given: str, form_of_it: re.Pattern[str] | None = None) -> str:
    """Return what `cursor` was given. Raises BadInput for a cursor that is none of ours."""
    try:
        found = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode()
    except ValueError:
        found = "?"
    if found and form_of_it and not form_of_it.fullmatch(found):
        raise BadInput("invalid", {"after": ("not_possible", {})})
    return found


def shown(messages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return messages as an answer holds them: where they are too much, each has the same room, and one that needs more is `cut`.

    So nobody can send so much that what they or others wrote cannot be read here; what was cut is fetched as it came.
    """
    sizes = [_written(message) for message in messages]
    if sum(sizes) <= _MOST_SHOWN:
        return list(messages)
    room = _MOST_SHOWN // len(messages)
    return [message if size <= room else _cut(message, room) for message, size in zip(messages, sizes, strict=True)]


def _cut(message: dict[str, Any], room: int) -> dict[str, Any]:
    """Return a message with the beginning of its text, and the first of its files."""
    files = {"attachments": message["attachments"][:_MOST_FILES]} if "attachments" in message else {}
    bare = {**message, **files, "text": "", "cut": True}
    most = max(0, room - _written(bare)) // _WORST
    return {**bare, "text": str(message.get("text") or "").encode()[:most].decode("utf-8", "ignore")}


def _written(message: dict[str, Any]) -> int:
    """Return how many bytes a message takes in the answer of a function."""
    return len(json.dumps(json.dumps(message)))


def mail_file(raw: bytes, where: str) -> File:
    """Return a mail as it came in, as a file that no browser shows: nobody knows what is in it. Raises TooLarge."""
    return file(raw, "mail.eml", where)


def file(content: bytes, name: str, where: str) -> File:
    """Return a file that a browser saves and does not show; `where` it lies is said when it is too large. Raises TooLarge."""
    if len(content) > _MOST_RAW:
        figures = {"size": -(-len(content) // 1_000_000), "place": where}
        raise TooLarge("mail_too_large", {"": ("mail_too_large", figures)})
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    body = base64.b64encode(content).decode()  # by ourselves: the validation of answers reads bytes as UTF-8
    given = Response(200, content_type="application/octet-stream", body=body, headers=headers)
    given.base64_encoded = True
    return given
