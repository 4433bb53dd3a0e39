"""What a letter says must be corrected: a name, an address, a telephone number, an e-mail address (Art. 16 GDPR, P15).

Pure: a text goes in, the corrections it states come out, in Dutch and English. What is not said clearly is not guessed: then
staff read the letter. Nothing is corrected before its person, or staff, say that it is right so.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import subjects
from privacy.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    "name": r"(?:naam|(?<!first )(?<!last )(?<!given )(?<!user )(?<!family )(?<!company )name)",
    "email": r"(?:e-?mail(?:[ -]?(?:adres|address))?|mail[ -]?adres|adres|address)",
    "phone": (
        r"(?:(?:telefoon|mobiele?|mobile|(?:tele)?phone|tel\.?|06|gsm|mijn|my|nieuwe?|new|oude?|old)[ -]?(?:nummer|number)"
        r"|nummer|telefoon|mobiel|gsm|(?:tele)?phone|mobile)"
    ),
    "address": r"(?:post|woon|huis|bezoek|postal |home )?(?:adres|address)",
}
_NAMED = _LABELS | {"name": r"(?:achternaam|voornaam|naam|(?:sur|last |first |full )?name)"}
"""The same, and what stands for a part of a name: who names the old value beside the new may write of a part."""
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'\u2019.-]*"
_POSTCODE = r"\d{4}\s?[A-Z]{2}\b"
_VALUES = {
    "name": rf"(?:{_WORD})(?: (?:van|de|der|den|het|ten|ter|'t|el|al|von|di|{_WORD})){{0,6}}?",
    "email": r"[^\s<>(),;:\"']{1,64}@[^\s<>(),;:\"'@]{1,190}\.[A-Za-z]{2,24}",
    "phone": r"(?!\d\d?-\d\d?-\d{4}\b)(?:\+|\(?0)\d[\d \-().]{6,18}\d",
    "address": rf"(?=[^\n;]{{0,80}}\d)[A-ZÀ-ÖØ-Þ0-9'][^\n;]{{4,120}}?(?:\n\s*{_POSTCODE}[^\n;.]{{0,60}}?)?",
}
_QUOTE = r"[\"'\u2018\u2019\u201c\u201d\xab\xbb]?"
_AFTER = (
    r"\s+(?i:en|and|in plaats|instead|rather|niet|not|i\.?p\.?v|zijn|worden|heten|svp|s\.v\.p|aub|a\.u\.b|graag|alstublieft"
    r"|please|thanks?|dank|bedankt|alvast|wijzigen|veranderen|aanpassen|want|omdat|as|since|because|vanaf|maar|but|met|with)\b"
)
_ENDS = {
    "name": rf"(?={_QUOTE}(?:[.,;:!?)](?:\s|$)|\s*\n|\s*$|{_AFTER}))",
    "email": r"(?![\w-])",
    "phone": r"(?!\d)",
    "address": rf"(?={_QUOTE}(?:[.;!?](?:\s|$)|,\s+[a-zà-öø-ÿ]|\s*\n(?!\s*{_POSTCODE})|\s*$|{_AFTER}))",
}
_WORDS = {
    "old_one": r"(?:oude?|huidige?|verkeerde?|foute?|old|current|previous|wrong)",
    "new_one": r"(?:nieuwe?|juiste|goede|correcte?|correct|right|new)",
    "change": (
        r"(?:wijzig\w*|gewijzigd|verander\w*|aan(?:ge)?pas\w*|pas|updaten|bijwerken|verbeter\w*|corrigeer\w*|corrigeren|zet|zetten"
        r"|chang\w+|updat\w+|correct\w*|amend\w*|set)"
    ),
    "be": r"(?:moet\s+(?:zijn|worden|heten)|hoort\s+te\s+zijn|wordt|(?:should|must|(?:needs?|has|ought)\s+to)\s+(?:be|read))",
    "within": r"[^\n.;:@\d]{0,40}?",
}
_BOTH = (  # the old value and the new, either first
    r"(?i:\b(?:{label}|{change})\b{within}\s(?:van|from))\s+{old}\s+(?i:(?:{change}\s+)?(?:naar|in|to|into))\s+{new}{end}",
    r"(?i:niet|not)\s*:?\s+{old}\s*,?\s+(?i:maar|but)\s+(?i:(?:wel|it\s+is|it's|juist)\s+)?{new}{end}",
    r"{old}\s+(?i:{be})\s*:?\s+{new}{end}",
    r"{old}\s+(?i:moet)\s+{new}\s+(?i:zijn|worden|heten)\b",
    r"{old}\s*[,.;]?\s+(?i:(?:en |maar |and |but )?(?:dat|dit|het|die|that|this|it))\s+(?i:moet)\s+{new}\s+(?i:zijn|worden)\b",
    r"{old}\s*[,.;]?\s+(?i:(?:en |maar |and |but )?(?:dat|dit|het|die|that|this|it)\s+{be})\s*:?\s+{new}{end}",
    r"{new}\s*,?\s+(?i:in\s+plaats\s+van|i\.?\s?p\.?\s?v\.?|instead\s+of|rather\s+than|(?:en\s+|and\s+)?(?:niet|not))\s+{old}{end}",
    r"(?i:vervang\w*|replace)\s+{old}\s+(?i:door|by|with)\s+{new}{end}",
    (
        r"(?i:{old_one})(?i:\s+{label})?\s*(?i:is|was|:)?\s*:?\s*{old}[\s.,;]+(?i:(?:en|and)\s+)?(?i:(?:mijn|het|my|the)\s+)?"
        r"(?i:{new_one})(?i:\s+{label})?\s*(?i:is|wordt|:)?\s*:?\s*{new}{end}"
    ),
)
_ALONE = (  # the new value beside the name of its field
    r"(?i:{new_one}\s+{label}\s*(?:is|wordt|luidt|:)?)\s*:?\s*{new}{end}",
    r"(?i:{label}\s+{be})\s*:?\s+{new}{end}",
    r"(?i:{label}\s+(?:is|wordt)\s+(?:nu|now|voortaan|tegenwoordig|inmiddels|vanaf\s+nu))\s*:?\s+{new}{end}",
    r"(?i:\b{change}\b{within}\b{label}{within}\s(?:naar|in|to|into))\s*:?\s+(?i:(?:het|mijn|my)\s+)?{new}{end}",
    r"(?i:{label}\b{within}\b{change}\s+(?:naar|in|to|into))\s*:?\s+{new}{end}",
)
_SENTENCE = re.compile(
    r"\b(?:adres|address|mijn|my|is|was|wordt|u|uw|you|your|ik|i|het|it|moet|should|staat|gewijzigd|veranderd|changed)\b",
    re.IGNORECASE,
)
_BEFORE, _AHEAD = 100, 400
"""How many characters before the name of a field, or a value, and after it are read for what is said of it."""
_MOST_PLACES = 20
"""How often a field may be named in one letter: what is named more often is read by a person."""


@cache
def _patterns(field: str) -> tuple[re.Pattern[str], ...]:
    """Return the expressions that state a correction of a field."""
    both = (_filled(says, field, _NAMED[field]) for says in _BOTH)
    alone = (_filled(says, field, rf"\b{_LABELS[field]}") for says in _ALONE)
    return (*both, *alone)


def _filled(says: str, field: str, label: str) -> re.Pattern[str]:
    """Return one way of saying it as an expression for a field."""
    value = _VALUES[field]
    old, new = (f"{_QUOTE}(?P<{name}>{value}){_QUOTE}" for name in ("old", "new"))
    parts = {**_WORDS, "label": label, "old": old, "new": new, "end": _ENDS[field]}
    for name, part in parts.items():
        says = says.replace(f"{{{name}}}", part)
    return re.compile(says)


@cache
def _marks(field: str) -> re.Pattern[str]:
    """Return what shows that something is said about a field: its name, or a value that only it has."""
    has_its_own = field in ("email", "phone")
    return re.compile(rf"(?i:\b{_NAMED[field]})\b" + (rf"|(?<![\w.+]){_VALUES[field]}" if has_its_own else ""))


def _places(field: str, text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that speak of a field, each once."""
    found: list[tuple[int, int]] = []
    for mark in islice(_marks(field).finditer(text), _MOST_PLACES):
        start, end = max(mark.start() - _BEFORE, 0), min(mark.end() + _AHEAD, len(text))
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def read(text: str) -> list[Correction]:
    """Return the corrections that a text states clearly: none when it states two values for one field, or none that is one."""
    text = text[:_READ]
    found: dict[str, Correction] = {}
    for field in FIELDS:
        matches = (
            match
            for start, end in _places(field, text)
            for pattern in _patterns(field)
            for match in pattern.finditer(text, start, end)
            if match.end() < end or end == len(text)
        )
        stated = {each for each in (_stated(field, match) for match in matches) if each}
        if len({each.new for each in stated}) > 1:
            return []
        if stated:
            found[field] = max(stated, key=lambda each: len(each.old))
    return list(found.values())


def _stated(field: str, match: re.Match[str]) -> Correction | None:
    """Return what a sentence states, or None when a value is none of its kind."""
    old, new = match.groupdict().get("old") or "", match["new"]
    if field == "address":  # it has no form of its own: what holds words of the sentence is more than an address
        if _SENTENCE.search(new):
            return None
        old = "" if _SENTENCE.search(old) else old
    try:
        return checked(Correction(field, old, new))
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


def applied(correction: Correction, fields: dict[str, Any]) -> str:
    """Return what is to stand in a field of an entry from now on, and nothing when it stays as it is.

    Of a name or an address a part may be wrong: a surname that is corrected leaves the first name.
    """
    value = fields.get(correction.field)
    if not isinstance(value, str) or not value or _same(correction.field, value, correction.new):
        return ""
    if not correction.old or _same(correction.field, value, correction.old):
        return correction.new
    part = str(replaced(value, [(correction.old, correction.new)]))
    return part if correction.field not in subjects.KINDS and part != value else ""


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
