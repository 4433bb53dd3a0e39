"""What the desk lets in: who asks, from which page, and a body that is one small plain JSON object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from privacy import answers, form, policy
from privacy.errors import BadInput, ForeignOrigin, NotAllowed, UnsupportedContentType
from privacy.openings import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES = frozenset({"staff", "privacy-officer", "security"})
"""Who may come in at all; what a role may open is said by the policy, per category."""
_BETWEEN_ROLES = re.compile(r'[\s,"\[\]]+')
_MESSAGES = {
    "missing": "missing",
    "string_too_short": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "not_text",
    "string_unicode": "control_character",
    "string_pattern_mismatch": "control_character",
    "date_from_datetime_parsing": "not_a_day",
    "date_from_datetime_inexact": "not_a_day",
}


def reader_of(event: dict[str, Any]) -> Reader:
    """Return who asks, from the claims that API Gateway has checked; it renders a list of roles as `[a b]`.

    Raises NotAllowed unless the token names a subject, a controller that is known here and a role of the desk. Where a
    token says what it is for (Cognito does), it must be an access token.
    """
    claims = ((event["requestContext"].get("authorizer") or {}).get("jwt") or {}).get("claims") or {}
    given = claims.get("roles") or ""
    roles = ROLES.intersection(given if isinstance(given, list) else _BETWEEN_ROLES.split(str(given)))
    subject, controller = str(claims.get("sub") or ""), str(claims.get("controller") or "")
    if (
        not subject
        or not roles
        or controller not in policy.controllers()
        or claims.get("token_use", "access") != "access"
    ):
        raise NotAllowed
    return Reader(subject, roles, controller)


def check(event: dict[str, Any], base_url: str) -> None:
    """Refuse a page of another website, and a body that is not one small plain JSON object.

    Raises ForeignOrigin, TooLarge, UnsupportedContentType or BadInput; names that come twice are refused as well.
    """
    origin, host = answers.header(event, "origin"), answers.header(event, "host")
    if origin and origin not in ("/".join(base_url.split("/")[:3]), f"https://{host}", f"http://{host}"):
        raise ForeignOrigin
    body = answers.body(event)
    if not body:
        return
    if answers.header(event, "content-type").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedContentType("json_only")
    form.read(body, "application/json")


def faults(errors: Sequence[dict[str, Any]]) -> BadInput:
    """Return what pydantic found wrong as our error: a message per field, without a word of what was sent."""
    return BadInput("invalid", {form.named(_field(error)): _fault(error) for error in errors})


def _field(error: dict[str, Any]) -> str:
    """Return the field that a finding is about; one of several values has the name of their list."""
    return str(next(each for each in reversed(error["loc"]) if isinstance(each, str)))


def _fault(error: dict[str, Any]) -> tuple[str, dict[str, object]]:
    """Return the message for one finding."""
    if error["type"] == "string_too_long":
        return "too_long", {"most": error["ctx"]["max_length"]}
    if error["type"] in ("less_than_equal", "greater_than_equal", "int_parsing"):
        return "not_a_number", {}
    if error["type"] == "literal_error":
        return "not_a_choice", {"choices": error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")}
    return _MESSAGES.get(error["type"], "not_possible"), {}
