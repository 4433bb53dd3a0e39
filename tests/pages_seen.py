"""Pages as a reader sees them: the text of the main part, and a snapshot of the auditor to show."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VERDICTS = {"P01": "kept", "P03": "at risk", "P04": "broken", "P31": "kept", "P37": "broken"}
REASONS = {"kept": ["policy_in_force"], "at risk": ["run_late"], "broken": ["overdue"]}
FIGURES: dict[str, Any] = {"sealed": 7, "due": 5, "on_time": 3, "late": 1, "overdue": 2}
SNAPSHOT: dict[str, Any] = {
    "promises": [
        {"id": name, "verdict": verdict, **FIGURES, "last_run": "2026-11-22T10:00:00Z", "reasons": REASONS[verdict]}
        for name, verdict in VERDICTS.items()
    ],
    "at": "2026-11-22T11:00:00Z",
    "stale": False,
}


class _Main(HTMLParser):
    """Collects the text inside `main`, each cell and item apart."""

    def __init__(self) -> None:
        """Start outside."""
        super().__init__()
        self.inside = False
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as it is called
        """Note where `main` begins, and keep blocks apart."""
        self.inside = self.inside or tag == "main"
        self.pieces.append(" " * (tag in {"li", "p", "td", "th", "dt", "dd", "h1", "h2", "h3", "caption"}))

    def handle_endtag(self, tag: str) -> None:
        """Note where `main` ends."""
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        """Take what stands inside."""
        self.pieces.append(data * self.inside)


def main_text(html: str) -> str:
    """Return the text of the main part of a page, its white space evened out."""
    reader = _Main()
    reader.feed(html)
    return " ".join("".join(reader.pieces).split())
