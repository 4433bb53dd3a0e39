"""Which rights a letter asks for (Art. 12(2) and 15-22 GDPR, N6): read by rules that say which words led them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One right that is asked for, and the sentence (300 characters at most) that led to it."""

    right: str
    words: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What a letter asks: its language, the rights in order of appearance, whether a person must look, and why."""

    language: str
    rights: tuple[Asked, ...]
    unsure: bool
    reasons: tuple[str, ...]


def read(subject: str, text: str, *, default_language: str) -> Triage:
    """Return what a letter asks. Until a rule recognises it, a letter is a question for a person."""
    words = " ".join(f"{subject} {text}"[:10_000].split())[:300]
    return Triage(default_language, (Asked("question", words),), unsure=True, reasons=("no_text",) if not words else ())
