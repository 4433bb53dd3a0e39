"""What the functions that answer staff share: one application, one way in, one way to say what is wrong."""

from __future__ import annotations

import json
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from privacy import answers, desk_door
from privacy.errors import KeyUnavailable, NotFound, PrivacyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.services import Services

_RETRY_AFTER = "30"


def made() -> APIGatewayHttpResolver:
    """Return an application without routes, which says what is wrong as all of ours do."""
    app = APIGatewayHttpResolver(enable_validation=True, response_validation_error_http_code=PrivacyError.status)

    @app.exception_handler(Exception)  # type: ignore[untyped-decorator]
    def refused(wrong: Exception) -> Response[Any]:
        return _refused(wrong, app.context["spoken"])

    return app


def answered(
    app: APIGatewayHttpResolver,
    event: dict[str, Any],
    context: object,
    services: Callable[[], Services],
    now: datetime,
) -> dict[str, Any]:
    """Answer one request of a member of staff with these services, made when they are needed, at this moment."""
    spoken = answers.language(event, None)
    try:
        reader = desk_door.reader_of(event)
        desk_door.check(event, services().base_url)
        app.append_context(services=services, reader=reader, now=now, spoken=spoken)  # type: ignore[no-untyped-call]
        given: dict[str, Any] = app.resolve(event, context)  # type: ignore[arg-type]
    except PrivacyError as wrong:
        return answers.as_json(wrong.status, answers.error(wrong, spoken))
    return {**given, "headers": {**given["headers"], **answers.HEADERS}}


def _refused(wrong: Exception, spoken: str) -> Response[Any]:
    """Say what is wrong, in the language asked for; a fault of ours is logged by kind and place, not by its text."""
    said = wrong if isinstance(wrong, PrivacyError) else PrivacyError()
    if isinstance(wrong, NotFoundError):
        said = NotFound()
    elif isinstance(wrong, RequestValidationError):
        said = desk_door.faults(wrong.errors())
    if said.status == PrivacyError.status:
        last = extract_tb(wrong.__traceback__)[-1]
        Logger().error("not answered", extra={"failure": type(wrong).__name__, "place": f"{last.name}:{last.lineno}"})
    headers = {"retry-after": _RETRY_AFTER} if isinstance(said, KeyUnavailable) else {}
    body = json.dumps(answers.error(said, spoken), ensure_ascii=False)
    return Response(status_code=said.status, content_type="application/json", body=body, headers=headers)
