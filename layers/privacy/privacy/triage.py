"""Which rights a letter asks for (Art. 12(2) and 15-22 GDPR, N6): read by rules that say which words led them.

A letter is cut into what its writer wrote (triage_letter), each clause gets the concepts it names (triage_nl, triage_en,
triage_de, triage_fr), and a rule per right says whether they ask for it (triage_rules). What is asked decides, not the
article that is cited. A right that takes something away is never read into a letter: when in doubt, a person looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType

from privacy import triage_de, triage_doubts, triage_en, triage_fr, triage_letter, triage_nl, triage_parts
from privacy.triage_letter import Clause, Sentence, plain
from privacy.triage_lexicon import Lexicon
from privacy.triage_rules import NOUNS, RULES, is_firm
from privacy.triage_views import HAVE, SELF, View, denials, views

_MODULES: dict[str, ModuleType] = {"nl": triage_nl, "en": triage_en, "de": triage_de, "fr": triage_fr}
_FOREIGN = {"de", "fr"}
_BRIEF = 25
_ADDRESSES = {"geachte", "dear", "aan", "to", "an", "sehr", "madame", "beste"}
_GIVEN = {"access", "portability"}
_WORDS = 300
_MARKS = {
    "x_address": ("(e-mailadres)", "(e-mail address)"),
    "x_link": ("(link)", "(link)"),
    "x_ip": ("(IP-adres)", "(IP address)"),
}
"""What stands for something in the text while it is read, and what people read in its place, in Dutch and else in English."""
_ONE_WORD = 2
_VERY_FEW = 4
_ENOUGH = 8
_A_FEW = 6
_MOST_CLAUSES = 300
"""More than a letter of ten thousand characters has, unless it is built to hurt."""
_LOOKS = {
    "about_a_right",
    "authority",
    "doubted",
    "foreign_language",
    "implied",
    "long",
    "named",
    "negated",
    "no_text",
    "on_behalf",
    "subject_only",
}
"""Reasons why a person must look; the others say why no right was read."""
_STOPPED = ("called", "consent", "give", "marketing", "news", "see", "track", "use")
_RIGHTS = {
    "access",
    "change",
    "consent",
    "erase",
    "freeze",
    "marketing",
    "object",
    "offlist",
    "port",
    "silence",
    "stops",
    "whatdata",
    "withdraw",
}
"""Concepts that are the words of a right: a letter that holds one and asks nothing is looked at."""


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


@dataclass
class _Reading:
    """What a part of a letter says: rights by mood, and every concept that it names."""

    asked: dict[str, str]
    moods: set[str]
    named: set[str]
    first: str
    sure: bool = True
    doubted: bool = False
    """Whether one of `asked` may be meant otherwise each time that it is read (triage_doubts)."""
    left: bool = False
    """Whether something was spoken of, or may have been meant, that is not among `asked`."""


def read(subject: str, text: str, *, default_language: str) -> Triage:
    """Return what a letter asks; `default_language` is taken when nothing in it tells its language.

    Only the first pages are read (triage_letter.MOST characters).
    """
    subject = subject[:500]
    parts = triage_parts.parts(subject, text)
    long = ["long"] if len(text) > triage_parts.MOST else []
    language = _language(" ".join((subject, parts.top, *parts.below)), "") or _language(parts.quoted, default_language)
    reasons = [*parts.left_out, *long, *(["foreign_language"] if language in _FOREIGN else [])]
    reading = _reading("" if parts.below else subject, parts.top, language, _answered(parts.quoted, language))
    for message in parts.below:
        if not reading.asked:
            below = _reading(subject if message == parts.below[-1] else "", message, language, "")
            reading = below if below.asked or not reading.first else reading
    return _result(reading, language, reasons)


def _result(reading: _Reading, language: str, reasons: list[str]) -> Triage:
    rights = reading.asked
    reasons += [reason for reason in ("negated", "about") if reason in reading.moods]
    reasons = ["about_a_right" if reason == "about" else reason for reason in reasons]
    if "behalf" in reading.named and rights:
        reasons.append("on_behalf")
    elsewhere = [reason for reason in ("password", "cancellation", "support") if reason in reading.named]
    reasons += elsewhere if not rights or rights.keys() - _GIVEN else []
    if not rights:
        reasons += ["authority"] if "authority!" in reading.named else []
        reasons += [] if reading.first else ["no_text"]
    reasons += [reason for reason in ("subject_only", "long") if reason in reading.named]
    reasons += ["implied"] if reading.left or not reading.sure else []
    reasons += ["doubted"] if reading.doubted else []
    reasons += ["named"] if not rights and reading.named & _RIGHTS else []
    asked = tuple(Asked(right, _shown(words, language)) for right, words in rights.items()) or (
        Asked("question", _shown(reading.first, language)),
    )
    looks = _LOOKS if rights.keys() <= _GIVEN else _LOOKS | set(elsewhere)
    return Triage(language, asked, bool(looks & set(reasons)), tuple(dict.fromkeys(reasons)))


def _shown(words: str, language: str) -> str:
    """Return a sentence as people read it: what stood for an address or a link while it was read, in words."""
    for mark, (dutch, other) in _MARKS.items():
        words = words.replace(mark, dutch if language == "nl" else other)
    return words.replace(") ,", "),").replace(") .", ").")[:_WORDS]


def _reading(subject: str, text: str, language: str, answered: str) -> _Reading:
    """Return what a subject and a text ask; the subject alone decides only when the text says nothing about a right."""
    title = list(_known(triage_letter.sentences(_title(subject)), language))
    body = list(_known(triage_letter.sentences(text), language))
    about = {concept for sentence in title for clause in sentence.clauses for concept in clause.found}
    topic = "data" if "data" in about else "thing" if "thing" in about else ""
    theme = "consent" if "consent" in about else "news" if "news" in about else answered
    reading = _collect(list(views(body, language, topic, theme, about)))
    reading.named |= about | ({"long"} if sum(len(s.clauses) for s in body) >= _MOST_CLAUSES else set())
    if _of_no_person(reading) or _to_authority(title, body, reading):
        nobody = _of_no_person(reading)
        moods, named = (
            reading.moods | ({"about"} if nobody else set()),
            reading.named | (set() if nobody else {"authority!"}),
        )
        return _Reading({}, moods, named, reading.first)
    if _reminds(title, body, reading, answered):
        return _reminder(title, body, reading, language)
    if reading.asked or reading.moods & {"about", "negated"}:
        return reading
    if body and _only_stop(body):
        return replace(reading, asked={"unsubscribe": body[0].text}, sure=bool(theme))
    if any(clause.has("subjectref") or clause.has("uses", "it") for sentence in body for clause in sentence.clauses):
        return replace(reading, asked={right: subject for s in title for right in _mentioned(s)}, sure=False)
    above = _collect(list(views(title, language, topic, theme)))
    alone = (
        above.sure
        and "told" not in reading.moods
        and not {"about", "password", "support"} & reading.named
        and _new(subject)
        and _brief(body)
    )
    asked = above.asked if alone else {}
    named = reading.named | above.named | ({"subject_only"} if asked and body else set())
    first = reading.first or above.first
    sure = bool(asked) or reading.sure
    return _Reading(asked, above.moods | reading.moods, named, first, sure=sure, doubted=bool(asked) and above.doubted)


def _only_stop(body: Sequence[Sentence]) -> bool:
    """Return whether a letter is the word that mailings tell people to answer with: "stop"."""
    words = [word for sentence in body for clause in sentence.clauses for word in clause.words]
    return len(words) <= _ONE_WORD and any(clause.has("halt") for s in body for clause in s.clauses)


def _answered(quoted: str, language: str) -> str:
    """Return `news` when the quoted mail that is answered is a newsletter: then "no more of these" is clear."""
    named = {
        concept
        for sentence in _known(triage_letter.sentences(quoted[:3000]), language)
        for c in sentence.clauses
        for concept in c.found
    }
    return "news" if "news" in named else "request" if {"privacy", "ticket"} <= named else ""


def _collect(clauses: Sequence[View], counts: Callable[[View], bool] = lambda _: True) -> _Reading:
    """Return what clauses ask; where one does not count, what it asks is only spoken of."""
    asked: dict[str, str] = {}
    weak: dict[str, str] = {}
    firm: set[str] = set()
    clear: set[str] = set()
    moods: set[str] = set()
    spoken: list[str] = []
    for view in clauses:
        if spoken and _does(view, spoken[-1]):
            asked.setdefault(spoken[-1], view.sentence.text)
        for right, (rule, named) in RULES.items():
            found = rule(view) if named & view.clause.found.keys() else None
            found = "said" if found and not counts(view) else found
            if found in {"asked", "weak"} and triage_doubts.told(right, view):
                moods.add("told")
                spoken.append(right)
            elif found == "asked":
                asked.setdefault(right, view.sentence.text)
                firm |= {right} if is_firm(right, view) else set()
                clear |= set() if triage_doubts.doubted(right, view) else {right}
            elif found == "weak":
                weak.setdefault(right, view.sentence.text)
            elif found:
                moods.add(found)
                said = found == "said" and (not view.names("past") or not counts(view))
                spoken += [right] if said or (found == "about" and view.near("right")) else []
    spoken_of = {concept for view in clauses for concept in view.has}
    stops = any(view.one("stop", "gone") and view.one(*_STOPPED) for view in clauses)
    states = any(view.one("newvalue", "wrong") and view.near("data") for view in clauses)
    spoken_of |= {"stops"} if stops or states else set()
    first = clauses[0].sentence.text if clauses else ""
    refuses = not asked and not weak and any(_refuses(view) for view in clauses)
    sure = asked.keys() <= firm and bool(asked or not weak) and not refuses
    doubted = not asked.keys() <= clear
    left = bool(weak.keys() - asked.keys())
    return _Reading(asked or weak, moods, spoken_of, first, sure=sure, doubted=doubted, left=left)


def _refuses(view: View) -> bool:
    """Return whether the writer does not want something, or no longer, of which nothing else is known."""
    denied = bool(denials(view.clause)) or view.names("gone")
    wants = view.names("ask") and bool(SELF[view.language] & set(view.clause.words))
    words = len(view.clause.words)
    enough = view.names("gone", "stop") and (words <= _VERY_FEW or (words <= _ENOUGH and view.one("it", "person")))
    kept = {view.clause.words[span.start] for span in view.clause.found.get("keep", [])} - HAVE
    keeps = bool(kept and denials(view.clause)) and view.near("data")
    return not view.sentence.question and ((denied and wants) or enough or keeps)


def _does(view: View, right: str) -> bool:
    """Return whether the clause asks for the right that was spoken of before it: "go ahead", "send it to me"."""
    given = right in _GIVEN and view.names("give") and view.one("it", "doit")
    again = view.names("doit") and not view.one(*NOUNS)
    return view.asks and not view.idle and not denials(view.clause) and (given or again)


def _of_no_person(reading: _Reading) -> bool:
    """Return whether the letter is an automatic answer, an advertisement or about somebody's studies."""
    of_others = "study" in reading.named and not (reading.asked and "about_me" in reading.named)
    return (
        of_others
        or "unaware" in reading.named
        or "robot" in reading.named
        or ("sales" in reading.named and not reading.named & {"ask"})
    )


def _to_authority(title: Sequence[Sentence], body: Sequence[Sentence], reading: _Reading) -> bool:
    """Return whether the letter is written to the authority, or hands in a complaint there and asks us nothing."""
    start = [clause for sentence in [*title, *body[:3]] for clause in sentence.clauses if clause.has("authority")]
    addressed = any(clause.words[0] in _ADDRESSES for clause in start)
    complains = any(clause.has("complains") for sentence in body for clause in sentence.clauses)
    return addressed or (complains and bool(start) and not reading.asked)


def _reminds(title: Sequence[Sentence], body: Sequence[Sentence], reading: _Reading, answered: str) -> bool:
    """Return whether the letter asks after an earlier request that nobody answered.

    "If you do not answer my request" is no reminder, and nor is a letter that calls what it asks now "my request".
    """
    named: set[str] = set()
    silent = waits = False
    for sentence in [*title, *body]:
        for clause in sentence.clauses:
            named |= set(clause.found)
            supposed = not sentence.question and any(span.start == 0 for span in clause.found.get("if", []))
            silent = silent or (clause.has("silence") and not supposed)
            waits = waits or (clause.has("silence", "request") and not supposed)
    before = (
        waits
        or answered == "request"
        or "earlier" in named
        or ("request" in named and not reading.asked.keys() - {"access"})
    )
    return silent and before and (bool(answered) or not ("thing" in named and "privacy" not in named))


def _reminder(title: Sequence[Sentence], body: Sequence[Sentence], reading: _Reading, language: str) -> _Reading:
    """Return the reminder, and what is asked now: anew, or on top of what was asked before."""
    words = next(
        (s.text for s in [*body, *title] if any(c.any("silence", "earlier", "request") for c in s.clauses)),
        reading.first,
    )
    now = _collect(list(views(body, language, "data")), _asks_now)
    both = {"reminder": words} | now.asked
    return _Reading(both, reading.moods, reading.named, reading.first, sure=now.sure, doubted=now.doubted)


def _asks_now(view: View) -> bool:
    """Return whether the clause asks for more than an answer: "I asked you to erase it" was before, "so do it now" is not."""
    if view.names("reply") or view.idle:
        return False
    return view.near("renew", "also") or not view.near("earlier", "silence", "request")


def _mentioned(sentence: Sentence) -> Iterable[str]:
    return (NOUNS[concept] for clause in sentence.clauses for concept in clause.found if concept in NOUNS)


@cache
def _lexicon(language: str) -> Lexicon:
    module = _MODULES[language]
    return Lexicon(module.CONCEPTS, module.SPELLING, module.KINDS, "n" if language == "nl" else "")


@cache
def _joins(language: str) -> frozenset[str]:
    concepts = _MODULES[language].CONCEPTS
    words = {phrase.strip() for name in ("hence", "if") for phrase in concepts[name].split(",")}
    return frozenset(words - {"should", "mocht", "sollte", "sollten", "once"})


def _known(sentences: Iterable[Sentence], language: str) -> Iterable[Sentence]:
    """Return sentences whose clauses know which concepts they name."""
    lexicon, joins = _lexicon(language), _joins(language)
    joined = triage_letter.rejoined if language == "nl" else list
    left = _MOST_CLAUSES
    for sentence in sentences:
        clauses: list[Clause] = []
        for clause in sentence.clauses:
            known = [lexicon.corrected(word) for word in joined(clause.words)]
            for words in triage_letter.fronted(known) if language == "nl" else [known]:
                clauses += triage_letter.split(words, joins, lexicon.find(words))
        left -= len(clauses)
        yield replace(sentence, clauses=clauses[: max(0, left + len(clauses))] or clauses[:1])
        if left <= 0:
            return


def _brief(body: Sequence[Sentence]) -> bool:
    """Return whether a letter says so little that its subject may say what it asks."""
    return sum(len(clause.words) for sentence in body for clause in sentence.clauses) <= _BRIEF


def _new(subject: str) -> bool:
    """Return whether a subject is the writer's own, and not that of a letter they answer."""
    return plain(subject).split(":")[0].strip() not in {"re", "aw", "antw", "sv"}


def _title(subject: str) -> str:
    """Return a subject without "Re:" and "FW:"."""
    head, colon, rest = subject.partition(":")
    return _title(rest) if colon and len(head.strip()) <= 4 else subject  # noqa: PLR2004


def _language(text: str, default: str) -> str:
    """Return the language with the most of its commonest words in the text, or the default when there are hardly any.

    In a few words, those that ask for a right count as well: "remove me" holds no word that is common in English only.
    """
    words = triage_letter.words(text[:3000])
    counts = {name: sum(word in _common(name) for word in words) for name in _MODULES}
    if len(words) <= _A_FEW:
        counts = {name: count + sum(_lexicon(name).knows(word) for word in words) for name, count in counts.items()}
    best = max(counts, key=lambda name: (counts[name], name == default))
    return best if counts[best] else default


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(_MODULES[language].COMMON.split())
