"""What a site says about privacy, to everybody: statement, cookies, register, coverage, promises (P31, P34, P35, P42, N1, N8).

It reads the auditor's verdicts and the signed days of evidence, which are about nobody, and can open nothing.
"""

from __future__ import annotations

from typing import Any

from privacy import answers, pages, policy, published, site_pages
from privacy.aws.services import now, reader
from privacy.errors import NotFound, PrivacyError
from privacy.voice import voice_of

_KINDS = ("html", "json", "md")
_KEPT = {"promises": "public, max-age=60"}
"""For how long caches keep a page: what the auditor sees changes hourly, what the policy file says when it is deployed."""
_OUR_FAULT = 500


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request for a page of a site, as HTML, JSON or Markdown."""
    name, _, kind = event["pathParameters"]["page"].partition(".")
    kind = kind or _asked(event)
    site = None
    try:
        site = policy.site(event["pathParameters"]["site"])
        return _answered(event, site, name, kind)
    except PrivacyError as wrong:
        return _refused(event, site, wrong, kind)


def _asked(event: dict[str, Any]) -> str:
    """Return as what a page is asked for when its address does not say: what `Accept` names, else HTML."""
    accept = answers.header(event, "accept").lower()
    if "text/markdown" in accept and "text/html" not in accept:
        return "md"
    return "html" if answers.wants_html(event) else "json"


def _answered(event: dict[str, Any], site: policy.Site, name: str, kind: str) -> dict[str, Any]:
    """Answer a request for a known site. Raises NotFound, NotPublished, StoreUnavailable."""
    if (name, kind) == ("evidence", "json"):
        return answers.as_json(200, site_pages.evidence(site, reader()), {"cache-control": "public, max-age=300"})
    if kind not in _KINDS or name not in published.PAGES:
        raise NotFound
    voice = voice_of(site, answers.language(event, site))
    version = (event.get("queryStringParameters") or {}).get("version", "")
    says = site_pages.data(site, name, voice, lambda: _look(site), version=version)
    headers = {
        "cache-control": _KEPT.get(name, "public, max-age=300"),
        "content-language": voice.language,
        "vary": "Accept, Accept-Language",
    }
    if kind == "json":
        return answers.as_json(200, says, headers)
    if kind == "md":
        return answers.as_markdown(site_pages.markdown(says, voice), headers)
    return answers.as_page(200, site_pages.html(site, says, voice), pages.security_policy(pages.DOCUMENT), headers)


def _look(site: policy.Site) -> dict[str, Any]:
    """Return what the auditor saw of a site. Raises StoreUnavailable."""
    from privacy import verdicts  # noqa: PLC0415 - only the promises ask for it

    return verdicts.latest(reader(), site.name, now())


def _refused(event: dict[str, Any], site: policy.Site | None, wrong: PrivacyError, kind: str) -> dict[str, Any]:
    """Say what is wrong, in the language asked for: as a page to a browser, else as JSON."""
    if wrong.status >= _OUR_FAULT:
        _note(wrong)
    spoken = answers.language(event, site)
    if kind != "html":
        return answers.as_json(wrong.status, answers.error(wrong, spoken))
    page = site_pages.error(site, answers.error_message(wrong, spoken), spoken)
    return answers.as_page(wrong.status, page, pages.security_policy())


def _note(wrong: PrivacyError) -> None:
    """Log that something of ours failed: what kind, and what it came from."""
    from aws_lambda_powertools import Logger  # noqa: PLC0415 - a page that is shown has nothing to log

    Logger().error("refused", extra={"code": wrong.code, "failure": type(wrong.__cause__ or wrong).__name__})
