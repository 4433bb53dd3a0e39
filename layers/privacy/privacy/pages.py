"""Pages for people: rendered from `templates/` with Jinja2, everything that was typed is escaped, nothing runs or loads."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    """Return the one template environment."""
    loader = FileSystemLoader(_FOLDER)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _style() -> str:
    """Return the style sheet, which stands in every page: a page loads nothing."""
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


@cache
def security_policy() -> str:
    """Return the content security policy of our pages: this style sheet, forms to ourselves, nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def page(template: str, **values: object) -> str:
    """Return a page. `language` and `title` are needed by every template."""
    return _environment().get_template(template).render(style=_style(), **values)
