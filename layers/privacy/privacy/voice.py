"""The voice in which a site speaks: its language, and whether it says u or je."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from privacy.document import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacy.document import Words
    from privacy.policy import Site

LANGUAGES = {"nl": "Nederlands", "en": "English"}
"""The languages of pages, as who reads one finds it."""
_PRONOUNS = {
    "u": {"you": "u", "You": "U", "your": "uw", "Your": "Uw", "yourself": "uzelf"},
    "je": {"you": "je", "You": "Je", "your": "je", "Your": "Je", "yourself": "jezelf"},
}


class Voice(NamedTuple):
    """Says things in one language, in the site's form of address."""

    language: str
    address_form: str
    default: str

    def say(self, dutch: str, english: str, **figures: object) -> str:
        """Return the words of the language, with pronouns (`{you}`, `{your}`, Dutch only) and figures filled in."""
        if self.language == "nl":
            return dutch.format(**_PRONOUNS[self.address_form], **figures)
        return english.format(**figures)

    def text(self, by_language: Mapping[str, Any]) -> str:
        """Return a text of the policy file, in the site's own language where it lacks this one."""
        return str(by_language.get(self.language) or by_language[self.default])

    def marked(self, words: str | Span, *, assumed: bool) -> Words:
        """Return words, followed by the mark of an assumption when that is what they are (P48)."""
        return (words, " ", self.assumption()) if assumed else words

    def assumption(self) -> Span:
        """Return the mark of what the published text leaves open."""
        return Span(self.say("(aanname)", "(assumption)"), kind="assumed")


def voice_of(site: Site, language: str) -> Voice:
    """Return the voice of a site in a language."""
    return Voice(language, site.address_form, site.default_language)
