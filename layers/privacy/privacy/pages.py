"""Pages for people: rendered from `templates/` with Jinja2, everything that was typed is escaped, nothing runs or loads."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "templates"

FORM = ("style.css",)
DOCUMENT = ("style.css", "document.css")
"""The style sheets of a form, and of a page that is read."""


@cache
def _environment() -> Environment:
    """Return the one template environment."""
    loader = FileSystemLoader(_FOLDER)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _style(sheets: tuple[str, ...]) -> str:
    """Return the style sheets of a page, which stand in it: a page loads nothing."""
    return "".join((_FOLDER / sheet).read_text(encoding="utf-8") for sheet in sheets)


@cache
def content_policy(sheets: tuple[str, ...]) -> str:
    """Return the content security policy that a page can carry itself: its style sheets, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style(sheets).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"


def security_policy(sheets: tuple[str, ...] = FORM) -> str:
    """Return the content security policy of our pages: their style sheets, forms to ourselves, nothing else."""
    return f"{content_policy(sheets)}; form-action 'self'; frame-ancestors 'none'"


def page(template: str, sheets: tuple[str, ...] = FORM, /, **values: object) -> str:
    """Return a page. `language` and `title` are needed by every template."""
    return _environment().get_template(template).render(style=_style(sheets), **values)
