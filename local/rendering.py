"""Pages of the embedded run: rendered from `pages/` in Dutch or English; they run our scripts and load nothing else."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from privacy.messages import language_of

from local.gateway import Answer, Request

FOLDER = Path(__file__).parent / "pages"
LANGUAGES = ("nl", "en")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    ("content-type", "text/html; charset=utf-8"),
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
]


def language(request: Request) -> str:
    """Return the language to answer in: `?lang`, the first accepted one, Dutch."""
    asked = parse_qs(request.query).get("lang", [""])[0]
    return language_of(asked, request.headers.get("accept-language", ""), LANGUAGES, "nl")


def page(template: str, request: Request, *, status: int = 200, **values: Any) -> Answer:
    """Return a page; in its template `say(dutch, english)` gives the words of the language asked for."""
    spoken = language(request)
    words = {"language": spoken, "say": lambda dutch, english: dutch if spoken == "nl" else english}
    return Answer(status, HEADERS, _environment().get_template(template).render(**words, **values).encode())


@cache
def _environment() -> Environment:
    """Return the one template environment; it escapes whatever is filled in."""
    loader = FileSystemLoader(FOLDER)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
