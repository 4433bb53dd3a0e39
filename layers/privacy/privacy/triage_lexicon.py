"""Phrases of a language, grouped by what they mean, and where they stand in a clause.

A phrase is words with a space between them. `stem*` is any word that begins so, `*end` any that ends so, `...` is up to
eight words in between, and a `!` before the phrase says that this form is an order: "!delete", but not "deleted". A verb that
comes in two pieces is written as its particle, stem, infinitive and participle, and stands for all its forms:
`weg/haal/halen/gehaald` is "!haal ... weg", "haalt ... weg", "halen ... weg", "weghaalt", "weghalen" and "weggehaald".
`<kind>` stands for each word of that kind. Finding is one walk over the words, without regular expressions: the time it takes
grows with the words and no faster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

_GAP = 8
_KEY = 3
_FUZZY_FROM = 6
"""A word shorter than this has too many neighbours to be taken for a misspelling."""


class Phrase(NamedTuple):
    """What a phrase means (`concept`), its `terms`, and whether this form gives an order."""

    concept: str
    terms: tuple[str, ...]
    order: bool


class Span(NamedTuple):
    """Where a phrase stands: words `start` to `end`, the end not included."""

    start: int
    end: int
    order: bool


class Lexicon:
    """The phrases of one language."""

    def __init__(
        self,
        concepts: Mapping[str, str],
        spelling: str = "",
        kinds: Mapping[str, str] | None = None,
        dropped: str = "",
    ) -> None:
        """Take phrases by concept, separated by commas, the words whose misspellings are recognised, and kinds of words.

        `dropped` is a last letter that many people do not write.
        """
        self._phrases = [p for concept, text in concepts.items() for p in _phrases(concept, text, kinds or {})]
        self._dropped = dropped
        self._spelling = spelling.split()
        self._begun: dict[str, list[Phrase]] = {}

    @cached_property
    def _index(self) -> dict[str, list[Phrase]]:
        """Return the phrases by the first word, `abc*` for its first and `*abc` for its last three letters."""
        index: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in self._phrases:
            first = phrase.terms[0]
            if first.endswith("*"):
                index[first[:_KEY] + "*"].append(phrase)
            elif first.startswith("*"):
                index["*" + first[-_KEY:]].append(phrase)
            else:
                index[first].append(phrase)
        return dict(index)

    def knows(self, word: str) -> bool:
        """Return whether a phrase begins with this word."""
        return bool(self._beginning(word))

    def find(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Return where each concept is named."""
        found: dict[str, list[Span]] = defaultdict(list)
        present = set(words)
        possible = {word: [phrase for phrase in self._beginning(word) if _may(phrase, present)] for word in present}
        for start, word in enumerate(words):
            for phrase in possible[word]:
                end = _end(phrase.terms, words, start) if len(phrase.terms) > 1 else start + 1
                if end:
                    found[phrase.concept].append(Span(start, end, phrase.order))
        masks = found.pop("mask", [])
        return _unmasked(found, masks) if masks else dict(found)

    def _beginning(self, word: str) -> list[Phrase]:
        """Return the phrases that begin with this word; the answer for a word of the lists is remembered."""
        if word in self._begun:
            return self._begun[word]
        found = list(self._index.get(word, ()))
        for key in (word[:_KEY] + "*", "*" + word[-_KEY:]):
            found += [phrase for phrase in self._index.get(key, ()) if _is(phrase.terms[0], word)]
        if word in self._index:
            self._begun[word] = found
        return found

    @cached_property
    def _corrections(self) -> dict[str, str]:
        """Return each way to write a word of `spelling` with one letter left out, and the word."""
        return {short: word for word in self._spelling for short in (word, *_shorter(word))}

    def corrected(self, word: str) -> str:
        """Return the word that was meant, when one letter is missing, too many, wrong or swapped."""
        if self._dropped and len(word) > _KEY and not self._beginning(word) and word + self._dropped in self._index:
            return word + self._dropped
        if len(word) < _FUZZY_FROM or self._beginning(word):
            return word
        meant = {self._corrections[form] for form in (word, *_shorter(word)) if form in self._corrections}
        return meant.pop() if len(meant) == 1 else word


def _unmasked(found: Mapping[str, list[Span]], masks: Sequence[Span]) -> dict[str, list[Span]]:
    """Return what was found without the parts of a longer phrase that means something else: "data protection officer"."""
    left = {
        concept: [s for s in spans if not any(m.start <= s.start and s.end <= m.end and s[:2] != m[:2] for m in masks)]
        for concept, spans in found.items()
    }
    return {concept: spans for concept, spans in left.items() if spans}


def _phrases(concept: str, text: str, kinds: Mapping[str, str]) -> Iterable[Phrase]:
    for written in text.split(","):
        for phrase in _separable(*written.strip().split("/")) if "/" in written else [written.strip()]:
            for said in _spelled_out(phrase, kinds):
                terms = tuple(said.removeprefix("!").split())
                if terms:
                    yield Phrase(concept, terms, said.startswith("!"))


def _spelled_out(phrase: str, kinds: Mapping[str, str]) -> Iterable[str]:
    """Return a phrase with each word of a kind in its place: "uit ... <system>" is "uit ... bestand" and so on."""
    before, opened, rest = phrase.partition("<")
    if not opened:
        yield phrase
        return
    kind, _, after = rest.partition(">")
    for word in kinds[kind].split(","):
        yield from _spelled_out(f"{before}{word.strip()}{after}", kinds)


def _separable(particle: str, stem: str, infinitive: str, participle: str) -> Iterable[str]:
    """Return the forms of a Dutch or German verb that comes in two pieces; the Dutch "weg te halen" is joined before."""
    pieces = dict.fromkeys((stem, f"{stem}t", f"{stem}e", infinitive))
    yield f"!{stem} ... {particle}"
    yield from (f"{form} ... {particle}" for form in pieces)
    yield from (f"{particle}{form}" for form in (*pieces, f"zu{infinitive}", participle))
    yield from (f"{particle} {form}" for form in (infinitive, participle))


def _may(phrase: Phrase, present: set[str]) -> bool:
    """Return whether every word that the phrase spells out is present: most phrases need no closer look."""
    return all(term in present or "*" in term or term == "..." for term in phrase.terms[1:])


def _is(term: str, word: str) -> bool:
    if term == word:
        return True
    if term[-1] == "*":
        return word.startswith(term[:-1])
    return term[0] == "*" and word.endswith(term[1:])


def _end(terms: Sequence[str], words: Sequence[str], start: int) -> int:
    """Return the end of a phrase that begins at `start`, or 0 when it does not stand there."""
    at, gap = start + 1, 0
    for term in terms[1:]:
        if term == "...":
            gap = _GAP
            continue
        last = min(at + gap, len(words) - 1)
        while at <= last and not _is(term, words[at]):
            at += 1
        if at > last:
            return 0
        at, gap = at + 1, 0
    return at


def _shorter(word: str) -> Iterable[str]:
    return (word[:place] + word[place + 1 :] for place in range(1, len(word))) if len(word) >= _FUZZY_FROM - 1 else ()
