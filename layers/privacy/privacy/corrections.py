"""What a letter says must be corrected: a name, an address, a telephone number, an e-mail address (Art. 16 GDPR, P15).

Pure: a text goes in, the corrections it states come out, in Dutch and English. What is not said clearly is not guessed: then
staff read the letter. Nothing is corrected before its person, or staff, say that it is right so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import subjects
from privacy.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIELDS = ("name", "email", "phone", "address")
MOST = 200
"""The most characters of a corrected value."""


_READ = 20_000
"""How many characters of a letter are read for corrections: who writes more is read by a person."""


class Correction(NamedTuple):
    """One field that is corrected. `old` is what stands there, empty for whatever stands there."""

    field: str
    old: str
    new: str


_LABELS = {
    "name": r"(?:achternaam|voornaam|naam|(?:sur|last |first |full )?name)",
    "email": r"(?:e-?mail(?:[ -]?(?:adres|address))?|mail[ -]?adres)",
    "phone": r"(?:telefoon(?:nummer)?|mobiel(?:e nummer)?|(?:tele)?phone(?: number)?|mobile(?: number)?)",
    "address": r"(?:post|woon|huis|postal |home )?(?:adres|address)",
}
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'\u2019.-]*"
_VALUES = {
    "name": rf"(?:{_WORD})(?: (?:van|de|der|den|het|ten|ter|'t|el|al|von|di|{_WORD})){{0,6}}",
    "email": r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+\.[A-Za-z]{2,}",
    "phone": r"\+?\d[\d \-().]{6,20}\d",
    "address": r"[A-ZÀ-ÖØ-Þ][^\n;]{5,120}?\d[^\n;]{0,80}?",
}
_QUOTE = r"[\"'\u2018\u2019\u201c\u201d\xab\xbb]?"
_END = rf"(?={_QUOTE}(?:[.,;!?](?:\s|$)|\s*\n|\s*$|\s+(?i:en|and|in plaats|instead|niet|not|i\.p\.v)\b))"
_BETWEEN = r"[^\n.;@\d]{0,40}?"
_SAYS = (  # where the old value stands, and where the new
    r"(?i:{label})\b{between}\s(?i:van|from)\s+{old}\s+(?i:naar|in|to|into)\s+{new}{end}",
    r"(?i:{label}\s+(?:is|luidt|klopt)\s+(?:niet|not))\s+{old}\s*,?\s+(?i:maar|but)\s+{new}{end}",
    r"(?i:{label})\b\s*:?\s*{old}\s+(?i:moet\s+(?:zijn|worden)|wordt|should\s+be|must\s+be)\s*:?\s+{new}{end}",
    r"(?i:(?:juiste|nieuwe?|goede|correcte?|correct|new|right)\s+{label}\s*(?:is|wordt|luidt|:)?)\s*:?\s+{new}{end}",
    r"(?i:{label}\s+(?:moet|should|must)\s+(?:be|zijn|worden))\s*:?\s+{new}{end}",
)


def _patterns(field: str) -> Iterator[re.Pattern[str]]:
    """Yield the expressions that state a correction of a field."""
    value = _VALUES[field]
    for says in _SAYS:
        yield re.compile(
            says.format(
                label=_LABELS[field],
                between=_BETWEEN,
                old=f"{_QUOTE}(?P<old>{value}){_QUOTE}",
                new=f"{_QUOTE}(?P<new>{value})",
                end=_END,
            )
        )


def read(text: str) -> list[Correction]:
    """Return the corrections that a text states clearly: none when it states two values for one field, or none that is one."""
    text = text[:_READ]
    found: dict[str, Correction] = {}
    for field in FIELDS:
        stated = {_stated(field, match) for pattern in _patterns(field) for match in pattern.finditer(text)}
        stated = {each for each in stated if each is not None}
        news = {each.new for each in stated if each}
        if len(news) > 1:
            return []
        if news:
            found[field] = max((each for each in stated if each), key=lambda each: len(each.old))
    return list(found.values())


def _stated(field: str, match: re.Match[str]) -> Correction | None:
    """Return what a sentence states, or None when a value is none of its kind."""
    try:
        return checked(Correction(field, match.groupdict().get("old") or "", match["new"]))
    except BadInput:
        return None


def checked(correction: Correction) -> Correction:
    """Return a correction with its values trimmed, addresses in their one spelling. Raises BadInput for what cannot be one."""
    if correction.field not in FIELDS:
        raise BadInput("invalid", {"field": ("not_a_choice", {"choices": ", ".join(FIELDS)})})
    old, new = correction.old.strip(" .,"), correction.new.strip(" .,")
    if not new:
        raise BadInput("invalid", {"new": ("missing", {})})
    if max(len(old), len(new)) > MOST:
        raise BadInput("invalid", {"new": ("too_long", {"most": MOST})})
    if correction.field in subjects.KINDS:
        try:
            spelled = subjects.normalise(correction.field, new)
            old = subjects.normalise(correction.field, old) if old else ""
        except BadInput as wrong:
            raise BadInput("invalid", {"new": (wrong.key, {})}) from wrong
        new = spelled if correction.field == "email" else new
    if old == new:
        raise BadInput("invalid", {"new": ("invalid", {})})
    return Correction(correction.field, old, new)


def applies(correction: Correction, fields: dict[str, object]) -> bool:
    """Say whether what stands in the fields of an entry is to be corrected."""
    value = fields.get(correction.field)
    if not isinstance(value, str) or not value or _same(correction.field, value, correction.new):
        return False
    return not correction.old or _same(correction.field, value, correction.old)


def _same(field: str, one: str, other: str) -> bool:
    """Say whether two values of a field are one and the same."""
    if field in subjects.KINDS:
        try:
            return subjects.normalise(field, one) == subjects.normalise(field, other)
        except BadInput:
            return False
    return " ".join(one.split()) == " ".join(other.split())


def replaced(value: Any, pairs: Iterable[tuple[str, str]]) -> Any:
    """Return a sealed value with every old value in it replaced, wherever it stands as a whole."""
    if isinstance(value, str):
        for old, new in pairs:
            value = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new.replace("\\", r"\\"), value)
        return value
    if isinstance(value, dict):
        return {name: replaced(each, pairs) for name, each in value.items()}
    return [replaced(each, pairs) for each in value] if isinstance(value, list) else value
