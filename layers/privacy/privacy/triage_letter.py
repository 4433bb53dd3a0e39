"""A letter in sentences, clauses and words.

Everything here is one walk over lines or words, so that a letter built to hurt costs no more than another one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from privacy.triage_lexicon import Span


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_ADDRESS = re.compile(r"[^\s@<>()]{1,100}@[\w.-]{0,99}\w")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}")
_IP = re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")
_WORD = re.compile(r"\d+(?:[.:/]\d+)+|[^\W_]+(?:[_'-][^\W_]+){0,9}|[,;:()?!\u2013\u2014.]|-(?=\s)")
_ELISION = re.compile(r"^(qu|[ldjmnstc])'(?=\w{3})")
_PRONOUNS = _set("moi vous nous les le la tu ce je ca y en")
_ITEM = re.compile(r"^\s{0,8}(?:[-*+\u2022\u2013>]|\(?\d{1,2}[.)]|\d(?=\s[a-z])|\(?[a-z][.)]|[IVX]{1,4}[.)])\s{1,5}")
_ABBREVIATION = re.compile(
    r"\b(?:art|nr|mr|mrs|ms|dr|dhr|mw|mevr|drs|ing|jl|evt|bijv|bv|nv|enz|resp|abs|lit|nov|okt|oct|sept|dec|jan|feb|no|st|"
    r"inc|ltd|vs|approx|ca|bzw|ggf|evtl|tel|pag|lid|z|b|e|g|d|s|v|p|a|h|mag|prof)\.(?=\s)",
    re.IGNORECASE,
)
_PARTICLES = _set("op weg uit af over in aan door bij stil vast terug mee toe apart recht")
_MONTHS = "Jan|Feb|M\u00e4r|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_NUMBERED = re.compile(
    rf"((?:^|(?<=[:;,(]\s)|(?<=\b(?:en|um)\s)|(?<=and\s))[\dIVX]{{1,3}}|\b\d{{1,2}})\.(?=\s+(?:[a-z\u00e0-\u00ff]|{_MONTHS}))"
)
_QUOTED = re.compile(r'"[^"\n]{25,400}"|\u201c[^\u201d\n]{25,400}\u201d')
_SHORT = {
    "a.u.b.": "aub",
    "s.v.p.": "svp",
    "d.d.": "dd",
    "e.g.": "eg",
    "i.e.": "ie",
    "z.s.m.": "zsm",
    "t.a.v.": "tav",
    "z. b.": "zb",
}

_BREAK_BEFORE = frozenset({"ik", "i", "wij", "ich", "je", "im", "id", "ive", "iam"})
_COMPARES = frozenset({"als", "as", "si"})
_CLAUSE_STARTS = _set(
    """
    ik u je jullie we wij er het de dat mijn iemand deze dit hij zij ze uw i you it they the my vous tu j je le la
    les mon mes
    """
)
_CONDITIONS = _set("als indien wanneer zodra nadat mocht zolang")
_FINITE = _set(
    "wil willen wilt kunt kun kan kunnen verzoek vraag zou zouden moet moeten mag mogen dient dienen eis graag"
)
_FOLLOWS = _set("ik u je jullie we wij mijn mn de het alles al alle dat die deze dit ons onze")
_SUBJECTS = _set("ik u je jullie we wij hij zij ze dat die dit het er")
_LEAST = 3
"""A condition has at least a subject and a verb behind its first word."""
_MIDDLE = _set("vooral niet nooit ook maar even gewoon nu beslist absoluut zeker please")
"""After these "dus" stands in the middle of a clause: "verwijder ze dus vooral niet"."""
_NO_BREAK_AFTER = _set(
    """
    dat als die wat wie waar toen omdat of hoe wil zou heb ben kan moet mag hoor verzoek vraag eis wens ontvang that
    if which who when what where how do did can could would should may have had am shall will everything all data
    anything information details things than because sommeer verlang maak doe zeg geef trek zie dien herroep krijg
    teken ook dan nu hierbij zodat zodra terwijl mocht tevens weet wilde had dass wenn ob was mochte bitte habe bin
    kann will hatte que si ce ou dont beantrage fordere lege widerspreche ziehe daarom graag account profile profiel
    gegevens messages mail foto photos photo before since after until while as whenever so therefore whom stuur ga
    kom lees wunsche verlange ersuche widerrufe brauche nehme mache stuff some any bij stel neem and en und et but
    maar hereby laat
    """
)


@dataclass
class Clause:
    """Some words with one verb, mostly; `found` says what they name (triage_lexicon)."""

    words: list[str]
    found: dict[str, list[Span]] = field(default_factory=dict)

    def has(self, *concepts: str) -> bool:
        """Return whether each of these is named."""
        return all(concept in self.found for concept in concepts)

    def any(self, *concepts: str) -> bool:
        """Return whether one of these is named."""
        return any(concept in self.found for concept in concepts)


@dataclass
class Sentence:
    """One sentence, or one item of a list: its text, its clauses, and whether it ends in a question mark."""

    text: str
    clauses: list[Clause]
    question: bool
    heading: bool = False
    item: bool = False


def plain(text: str) -> str:
    """Return a text in small letters, without accents and with one kind of apostrophe."""
    text = text.replace("\u2019", "'").replace("\u2018", "'").replace("`", "'").replace("\u00df", "ss")
    text = text.casefold()
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", text))


def sentences(text: str) -> Iterator[Sentence]:
    """Return a text in sentences, as far as they are asked for; a list item is one, and a continued line is not."""
    last: Sentence | None = None
    for block in _blocks(text):
        item = bool(_ITEM.match(block))
        if last and item and not last.item:
            last.heading = True
        for piece in _pieces(_ITEM.sub("", block, count=1)):
            made = _sentence(piece)
            if made.clauses:
                made.item = item
                if last:
                    yield last
                last = made
    if last:
        yield last


def _blocks(text: str) -> Iterable[str]:
    """Join lines that a mail program broke; an item, an empty line or a short line before a capital ends a block."""
    block = ""
    for line in text.split("\n"):
        follows = block and line.strip() and not _ITEM.match(line)
        follows = follows and (line.lstrip()[:1].islower() or len(block.rsplit("\n", 1)[-1]) > 55)  # noqa: PLR2004
        if follows and block.rstrip()[-1:] not in ".!?:;":
            block = f"{block} {line.strip()}"
            continue
        if block.strip():
            yield block
        block = line
    if block.strip():
        yield block


def _pieces(text: str) -> Iterable[str]:
    for written, meant in _SHORT.items():
        text = text.replace(written, meant).replace(written.capitalize(), meant)
    text = _LINK.sub(" x_link ", text)
    text = _ADDRESS.sub(" x_address ", text) if "@" in text else text
    text = _QUOTED.sub(" ", _NUMBERED.sub(r"\1 ", text))
    text = _ABBREVIATION.sub(lambda found: found.group()[:-1], _IP.sub(" x_ip ", text))
    return re.findall(r"[^.!?]{1,3000}(?:[.](?!\s|$)[^.!?]{0,3000}){0,20}[.!?]{0,5}", text) if text.strip() else []


def _sentence(text: str) -> Sentence:
    clean = " ".join(text.split())
    return Sentence(clean, _clauses(words(clean)), question="?" in clean[-5:], heading=clean.endswith(":"))


def words(text: str) -> list[str]:
    """Return the words of a text and the marks between clauses, plain."""
    found = []
    for token in _WORD.findall(plain(text)):
        elided = _ELISION.match(token)
        if elided:
            found.append(elided.group(1))
            token = token[elided.end() :]  # noqa: PLW2901
        verb, _, pronoun = token.rpartition("-")
        found += (
            [verb.replace("-", ""), pronoun]
            if verb and pronoun in _PRONOUNS
            else [token.replace("'", "").replace("-", "")]
        )
    return found


def _clauses(tokens: Sequence[str]) -> list[Clause]:
    """Return words in clauses; what stands in brackets is one of its own, and what it interrupts goes on after it."""
    clauses: list[Clause] = []
    current: list[str] = []
    outer: list[str] = []
    for word in tokens:
        if word[:1].isalnum():
            current.append(word)
        elif word == "(" and not outer:
            outer, current = current, []
        else:
            clauses += [Clause(current)] if current else []
            current, outer = (outer, []) if word == ")" else ([], outer)
    return [*clauses, *(Clause(rest) for rest in (outer, current) if rest)]


def split(tokens: Sequence[str], joins: frozenset[str], found: Mapping[str, Sequence[Span]]) -> list[Clause]:
    """Return the clauses of some words, with what was found in them; none is cut inside a phrase.

    A clause ends before a word that joins two, such as "and" or "maar", and before "I" in "delete it I do not use it".
    """
    inside = {place for spans in found.values() for span in spans for place in range(span.start + 1, span.end)}
    cuts = [place for place in range(1, len(tokens)) if place not in inside and _begins(tokens, place, joins)]
    clauses = [Clause(list(tokens[start:end])) for start, end in pairwise([0, *cuts, len(tokens)])]
    for concept, spans in found.items():
        for span in spans:
            which = bisect_right(cuts, span.start)
            first = cuts[which - 1] if which else 0
            clauses[which].found.setdefault(concept, []).append(Span(span.start - first, span.end - first, span.order))
    return clauses


def _begins(tokens: Sequence[str], place: int, joins: frozenset[str]) -> bool:
    word = tokens[place]
    if word in _COMPARES:
        return tokens[place + 1 : place + 2] != [] and tokens[place + 1] in _CLAUSE_STARTS
    if word == "dus" and tokens[place + 1 : place + 2] and tokens[place + 1] in _MIDDLE:
        return False
    return word in joins or (word in _BREAK_BEFORE and tokens[place - 1] not in _NO_BREAK_AFTER)


def fronted(tokens: Sequence[str]) -> list[list[str]]:
    """Return a Dutch clause in two when it begins with a condition and goes on without a comma: "als dit af is wil ik ..."."""
    at = int(tokens[:1] in (["en"], ["maar"], ["dus"]))
    if not _CONDITIONS & set(tokens[at : at + 1]):
        return [list(tokens)]
    places = range(at + _LEAST, len(tokens) - 1)
    inverted = (
        place
        for place in places
        if tokens[place] in _FINITE and tokens[place + 1] in _FOLLOWS and tokens[place - 1] not in _SUBJECTS
    )
    place = next(inverted, 0)
    return [list(tokens[:place]), list(tokens[place:])] if place else [list(tokens)]


def rejoined(tokens: Sequence[str]) -> list[str]:
    """Return Dutch words with the verbs that "te" takes apart in one piece: "op te ruimen" is "opruimen"."""
    found: list[str] = []
    for word in tokens:
        if found[-1:] == ["te"] and len(found) > 1 and found[-2] in _PARTICLES and word.endswith("n"):
            found[-2:] = [found[-2] + word]
        else:
            found.append(word)
    return found
