"""HTTP answers of the public functions: JSON for programs, pages for people, and the headers every answer carries.

What is wrong is mapped to what is answered here and nowhere else. No internal text reaches a client, no cookie is ever set
(P01), and nothing personal is kept by a cache.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from privacy.errors import BadInput, PrivacyError
from privacy.messages import MESSAGES, language_of, message

if TYPE_CHECKING:
    from privacy.policy import Site

Event = dict[str, Any]
Answer = dict[str, Any]

LANGUAGES = ("nl", "en")
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
}


def header(event: Event, name: str) -> str:
    """Return a request header; API Gateway has lowered the names."""
    return str((event.get("headers") or {}).get(name) or "")


def method(event: Event) -> str:
    """Return the request method; HEAD asks what GET does, and is sent no body (RFC 9110, 9.3.2)."""
    method = str(event["requestContext"]["http"]["method"])
    return "GET" if method == "HEAD" else method


def body(event: Event) -> bytes:
    """Return the request body as the bytes that were sent."""
    text = event.get("body") or ""
    return base64.b64decode(text) if event.get("isBase64Encoded") else text.encode("utf-8", "surrogatepass")


def language(event: Event, site: Site | None) -> str:
    """Return the language to answer in: `?lang`, `Accept-Language`, the site's own."""
    asked = (event.get("queryStringParameters") or {}).get("lang")
    offered, default = (site.languages, site.default_language) if site else (LANGUAGES, "nl")
    return language_of(asked, header(event, "accept-language"), offered, default)


def wants_html(event: Event) -> bool:
    """Say whether a page is asked for: an explicit `Accept` wins, else the content type, else a page for GET."""
    accept = header(event, "accept").lower()
    html, program = accept.find("text/html"), accept.find("application/json")
    if html >= 0 or program >= 0:
        return html >= 0 and (program < 0 or html < program)
    kind = header(event, "content-type").lower()
    return "json" not in kind if kind else method(event) in ("GET", "HEAD")


def as_json(status: int, content: object, headers: dict[str, str] | None = None) -> Answer:
    """Return a JSON answer."""
    text = json.dumps(content, ensure_ascii=False)
    return {
        "statusCode": status,
        "headers": {**HEADERS, "content-type": "application/json", **(headers or {})},
        "body": text,
    }


def as_page(status: int, page: str, policy: str, headers: dict[str, str] | None = None) -> Answer:
    """Return a page with its content security policy."""
    kind = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
    return {"statusCode": status, "headers": {**HEADERS, **kind, **(headers or {})}, "body": page}


def as_markdown(text: str, headers: dict[str, str] | None = None) -> Answer:
    """Return a page as Markdown (RFC 7763)."""
    kind = {"content-type": "text/markdown; charset=utf-8"}
    return {"statusCode": 200, "headers": {**HEADERS, **kind, **(headers or {})}, "body": text}


def see_other(address: str, headers: dict[str, str] | None = None) -> Answer:
    """Send a browser on after a post."""
    return {"statusCode": 303, "headers": {**HEADERS, "location": address, **(headers or {})}, "body": ""}


def cross_origin(event: Event, site: Site) -> dict[str, str]:
    """Return the headers that let a page of the site itself, and no other, read the answer."""
    origin = header(event, "origin")
    allowed = {"access-control-allow-origin": origin} if origin in site.origins else {}
    return {**allowed, "vary": "Origin, Accept, Accept-Language"}


def error_message(wrong: PrivacyError, spoken: str) -> str:
    """Return what a client is told of an error: the message of its key or code, else that something is wrong with us."""
    key = wrong.key if isinstance(wrong, BadInput) else wrong.code
    key = key if key in MESSAGES else "error"
    figures = wrong.fields.get("", ("", {}))[1] if isinstance(wrong, BadInput) else {}
    return message(key, spoken, **figures)


def field_messages(wrong: PrivacyError, spoken: str) -> dict[str, str]:
    """Return the message of each field that is wrong."""
    if not isinstance(wrong, BadInput):
        return {}
    return {name: message(key, spoken, **figures) for name, (key, figures) in wrong.fields.items() if name}


def error(wrong: PrivacyError, spoken: str) -> dict[str, Any]:
    """Return the body of an error answer."""
    return {
        "error": {
            "code": wrong.key if isinstance(wrong, BadInput) else wrong.code,
            "message": error_message(wrong, spoken),
            "fields": field_messages(wrong, spoken),
        }
    }
