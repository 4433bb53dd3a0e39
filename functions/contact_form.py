"""The contact form: what a visitor posts is sealed here, and cannot be read here (P03, P04, P39, P44, N5)."""

from __future__ import annotations

from typing import Any

from privacy import answers, enquiries, form, policy
from privacy.aws.services import now, public
from privacy.errors import BadInput, NotFound, PrivacyError
from privacy.messages import message

_PREFLIGHT = {
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "content-type, accept, accept-language, idempotency-key",
    "access-control-max-age": "600",
}
_OUR_FAULT = 500


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request: a post, the form as a page, or the page after a post."""
    try:
        site = policy.site(event["pathParameters"]["site"])
    except NotFound as unknown:
        return _refused(event, None, unknown, {})
    try:
        return _answered(event, site)
    except PrivacyError as wrong:
        return _refused(event, site, wrong, answers.cross_origin(event, site))


def _answered(event: dict[str, Any], site: policy.Site) -> dict[str, Any]:
    """Answer a request for a known site."""
    verb, spoken = answers.method(event), answers.language(event, site)
    if verb == "OPTIONS":
        return {"statusCode": 204, "headers": {**answers.HEADERS, **answers.cross_origin(event, site), **_PREFLIGHT}}
    if verb == "POST":
        return _posted(event, site, spoken)
    from privacy import form_page, pages  # noqa: PLC0415 - only pages pay for the template engine

    if str(event["rawPath"]).endswith("/received"):
        page = form_page.received_page(site, spoken)
    else:
        wanted = (event.get("queryStringParameters") or {}).get("form") or "contact"
        page = form_page.form_page(site, policy.form(site.name, wanted), spoken)
    return answers.as_page(200, page, pages.security_policy())


def _posted(event: dict[str, Any], site: policy.Site, spoken: str) -> dict[str, Any]:
    """Take one form."""
    sent = form.read(answers.body(event), answers.header(event, "content-type"))
    shown = policy.form(site.name, form.name_of(sent))
    try:
        checked = form.check(sent, shown, site)
    except BadInput as wrong:
        wrong.sent = sent
        raise
    key = form.idempotency_key(answers.header(event, "idempotency-key"))
    services = public()
    receipt = enquiries.receive(
        services.store, services.keys, site, checked, language=spoken, now=now(), idempotency_key=key
    )
    headers = answers.cross_origin(event, site)
    if answers.wants_html(event):
        return answers.see_other(checked.next or f"/{site.name}/enquiries/received?lang={spoken}", headers)
    notices = {"notices": [message("bsn_masked", spoken)]} if checked.masked else {}
    return answers.as_json(201, {"reference": receipt.reference, **notices}, headers)


def _note(wrong: PrivacyError) -> None:
    """Log that something of ours failed: what kind, and what it came from; never what was posted."""
    from aws_lambda_powertools import Logger  # noqa: PLC0415 - a post that succeeds has nothing to say

    Logger().error("refused", extra={"code": wrong.code, "failure": type(wrong.__cause__ or wrong).__name__})


def _refused(
    event: dict[str, Any], site: policy.Site | None, wrong: PrivacyError, headers: dict[str, str]
) -> dict[str, Any]:
    """Say what is wrong, in the language asked for; a browser gets its form back as it was filled in."""
    if wrong.status >= _OUR_FAULT:
        _note(wrong)
    spoken = answers.language(event, site)
    if not answers.wants_html(event):
        return answers.as_json(wrong.status, answers.error(wrong, spoken), headers)
    from privacy import form_page, pages  # noqa: PLC0415 - only pages pay for the template engine

    said = answers.error_message(wrong, spoken)
    page = form_page.error_page(site, spoken, said)
    if site and isinstance(wrong, BadInput) and wrong.sent:
        shown = policy.form(site.name, form.name_of(wrong.sent))
        fields = answers.field_messages(wrong, spoken)
        page = form_page.form_page(site, shown, spoken, values=wrong.sent, message=said, errors=fields)
    return answers.as_page(wrong.status, page, pages.security_policy(), headers)
