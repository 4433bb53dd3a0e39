"""Visits of a site: each is sealed here, and cannot be read here (P01, P02, P32, N5).

A beacon is answered 202 whatever it holds and whatever becomes of it: a visitor has nothing to do about it, and learns nothing.
"""

from __future__ import annotations

import base64
from typing import Any

from privacy import answers, policy, visits
from privacy.aws.services import now, visitors
from privacy.errors import NotFound, PrivacyError, UnknownCategory

_PREFLIGHT = {
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "86400",
}
_IMAGE = base64.b64encode(
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
).decode()
_LONGEST = visits.MOST_BYTES * 4 // 3 + 4
"""Characters of the longest body that is looked at, in base64."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request: a beacon and its preflight, the image, or the script."""
    try:
        site = policy.site(event["pathParameters"]["site"])
        policy.category(site.controller, visits.CATEGORY)
    except (NotFound, UnknownCategory):
        return answers.as_json(404, answers.error(NotFound(), answers.language(event, None)))
    kind, verb = str(event["rawPath"]).rpartition(".")[2], answers.method(event)
    headers = {**answers.HEADERS, **answers.cross_origin(event, site)}
    if kind == "js":
        return _script(headers)
    if kind == "gif":
        query = event.get("queryStringParameters") or {}
        _record(event, site, visits.from_image(query, answers.header(event, "referer"), site))
        headers["content-type"] = "image/gif"
        return {"statusCode": 200, "headers": headers, "body": _IMAGE, "isBase64Encoded": True}
    if verb == "OPTIONS":
        return {"statusCode": 204, "headers": {**headers, **_PREFLIGHT}}
    if len(event.get("body") or "") <= _LONGEST and len(sent := answers.body(event)) <= visits.MOST_BYTES:
        _record(event, site, visits.from_beacon(sent))
    return {"statusCode": 202, "headers": headers, "body": ""}


def _record(event: dict[str, Any], site: policy.Site, told: visits.Told) -> None:
    """Record a visit, unless nothing was told or a page of another website tells it.

    What fails is ours, and is noted by its kind. Nobody is asked to send it again: it is one visit.
    """
    origin = answers.header(event, "origin")
    if not told or (origin and origin not in site.origins):
        return
    said = f"{answers.header(event, 'sec-gpc')},{answers.header(event, 'dnt')}"  # sent twice, a header comes as `1,1`
    asks_not_to = "1" in (each.strip() for each in said.split(","))
    by = {} if asks_not_to else {"ip": _source(event), "user_agent": answers.header(event, "user-agent")}
    try:
        services, recorder = visitors()
        recorder.record(services.store, services.keys, site, told, now(), **by)
    except PrivacyError as lost:
        _note(lost)


def _source(event: dict[str, Any]) -> str:
    """Return the address that the request came from, as API Gateway saw it; what headers claim is not believed."""
    return str(event["requestContext"]["http"]["sourceIp"])


def _note(lost: PrivacyError) -> None:
    """Log and count that a visit was lost, for the alarm: what kind of failure, and nothing of the visit."""
    from aws_lambda_powertools import Logger, Metrics  # noqa: PLC0415 - a visit that is stored has nothing to say
    from aws_lambda_powertools.metrics import MetricUnit  # noqa: PLC0415

    Logger().error("not recorded", extra={"code": lost.code, "failure": type(lost.__cause__ or lost).__name__})
    metrics = Metrics()
    metrics.add_metric(name="VisitsLost", unit=MetricUnit.Count, value=1)
    metrics.flush_metrics()


def _script(headers: dict[str, str]) -> dict[str, Any]:
    """Return the script that sites put into their pages."""
    from importlib.resources import files  # noqa: PLC0415 - a beacon needs no file

    text = (files("privacy") / "templates" / "visits.js").read_text("utf-8")
    kept = {"content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=3600"}
    return {"statusCode": 200, "headers": {**headers, **kept}, "body": text}
