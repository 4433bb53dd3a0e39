"""How a clause speaks: in which mood (an order, a request, a denial, a question about it), of what, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from privacy.triage_letter import Clause, Sentence

Mood = Literal["asked", "weak", "negated", "about", "said"]
"""`weak`: asked when nothing else in the letter is; `said`: spoken of, by somebody who wants nothing."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _set(
    """
    i you we they he she it to not dont never will would can could did do does if that how when who which what my
    the a your u has have is was had should may might must id ill youll wont cant no nobody want wants wanted tried
    trying want been be being by for of
    """
)
_SUBJECTS = {"nl": {"ik"}, "en": set[str](), "de": {"ich"}, "fr": {"vous", "je"}}
_PLACES = {
    "nl": _set("uit in op onder binnen via bij met naar tussen"),
    "en": _set("from in on under within through inside off at with between"),
    "de": _set("aus im in auf von bei"),
    "fr": _set("dans sur de du"),
}
HAVE = _set("have hebben hebt haben habt avez")
_AND = _set("of or oder ou noch nor ni en and und et")
_OR = _set("of or oder ou noch nor ni")
_THAT = _set("dat dass that que om to")
SELF = {"nl": {"ik", "wij", "we"}, "en": {"i", "we", "im", "ive"}, "de": {"ich", "wir"}, "fr": {"je", "j", "nous"}}
_YOU = {"nl": {"u", "je", "jullie"}, "en": {"you", "u"}, "de": {"sie", "ihr"}, "fr": {"vous", "tu"}}
_YOU_ALL = frozenset[str]().union(*_YOU.values())
_RELATIVE = _set("wat what which was whatever")
_THIRD = _set("he she they hij zij ze er sie elle il ils")
_ABLE = _set("can may could might kan mag kon mocht kann darf konnte peux pourrais")
_HELPS = _set("is zijn heb hebben has have been")
DID_NL = re.compile(r"(?:\w{0,8}ge\w+(?:d|t|en)|(?:ver|be|her|ont)\w+d)$")
DID_EN = re.compile(r"\w{2,}ed$")
_COULD = _set("kon konden could konnte konnten")
_WHETHER = _set("whether of ob si")
_TAILS = _set("aub svp ajb alstublieft alsjeblieft asap pls plz")
_ORDERS = ("order", "erase", "change", "repair", "freeze", "set", "see", "port", "stop", "offlist")
_CONFIRM = _set("bevestigen confirm bestatigen confirmer")
_DONE = _set("is zijn been was were werd werden has have heeft hebben hebt ist sind wurde wurden")
_FILLERS = _set("please dan even maar gewoon nu donc bitte doch")
DETERMINERS = _set("the a an de het een le la les un une des der den dem ein eine einen")
_ADVERBS = _set(
    """
    nu meteen direct dan toch ook gewoon snel allemaal helemaal graag even aub svp alsjeblieft alstublieft morgen
    vandaag voor now please at immediately today then all asap sofort bitte jetzt gleich maintenant vite
    """
)
OLD = _set("oud oude vorige old previous former")
_LEAD = 3
_OF_IT = (["it"], ["that"], ["this"], ["them"], ["please"], ["pls"])
_DENIED = ("erase", "change", "freeze", "offlist", "see", "object")
_NEAR_PLACE = 3
FEW = 6


@dataclass
class View:
    """A clause with what stands around it: how its sentence asks, and what was spoken of before and in the letter."""

    clause: Clause
    sentence: Sentence
    language: str
    asks: bool
    about: bool
    conditional: bool
    inherits_not: bool
    topic: str
    theme: str
    before: set[str]
    around: set[str]
    context: set[str]

    @property
    def has(self) -> set[str]:
        """Return the concepts that the clause names."""
        return set(self.clause.found)

    def names(self, *concepts: str) -> bool:
        """Return whether the clause names all of these."""
        return all(concept in self.clause.found for concept in concepts)

    def one(self, *concepts: str) -> bool:
        """Return whether the clause names one of these."""
        return any(concept in self.clause.found for concept in concepts)

    def near(self, *concepts: str) -> bool:
        """Return whether the sentence names one of these."""
        return any(concept in self.around for concept in concepts)

    @property
    def idle(self) -> bool:
        """Return whether the clause only supposes or wonders."""
        return self.about or self.conditional or self.names("about") or (self.sentence.question and not self.asks)


def denials(clause: Clause) -> list[int]:
    """Return where the clause holds a "not" that denies, unlike "no longer" or "do not forget"."""
    harmless = clause.found.get("notneg", [])
    places = [span[0] for span in clause.found.get("neg", [])]
    return [
        place
        for place in places
        if not any(start <= place < end for start, end, _ in harmless) and not _aside(clause.words, place)
    ]


def _aside(words: Sequence[str], place: int) -> bool:
    """Return whether a "not" sets a value against another or belongs to what is described: "not 1987", "what you need not"."""
    if any(character.isdigit() for word in words[place + 1 : place + 3] for character in word):
        return True
    before = words[max(0, place - _LEAD) : place]
    return any(one in _RELATIVE and two in _YOU_ALL for one, two in pairwise(before))


def order_at(clause: Clause, concept: str, language: str) -> int:
    """Return where the clause orders it ("delete my data", not "I delete my data"), or -1."""
    words = clause.words
    for start, end, order in clause.found.get(concept, []):
        before = words[:start]
        if _TAILS & set(words[end : end + 1]) and concept in _ORDERS:
            return start
        if language == "de" and words[end : end + 1] == ["sie"] and start <= _LEAD and concept in _ORDERS:
            return start
        if language == "fr" and words[start].endswith("ez") and "vous" not in words[max(0, start - _LEAD) : end + 1]:
            return start
        if not order or _SUBJECTS[language] & {*before, *words[start + 1 : start + 2]}:
            continue
        if language != "en" or (len(before) <= _LEAD and not _BLOCKS & set(before)):
            return start
        if concept in {"change", "repair"} and not _BLOCKS & set(before[-2:]) and words[end : end + 1] in _OF_IT:
            return start
    return -1


def decide(*cases: tuple[object, Mood | None]) -> Mood | None:
    """Return the answer of the first case that holds; a table of cases reads from top to bottom."""
    return next((answer for holds, answer in cases if holds), None)


def mood(view: View, concept: str) -> Mood:
    """Return how the clause speaks of a right that `concept` names."""
    own = view.clause.found.get(concept, []) if concept in {"object", "freeze", "offlist"} else []
    inside = [place for start, end, _ in own for place in range(start, end)]
    order = order_at(view.clause, concept, view.language)
    places = [place for place in denials(view.clause) if place not in inside]
    denied = any(order - _LEAD <= place <= order + FEW for place in places)
    found = decide(
        (view.about or view.names("about") or _asks_if_done(view), "about"),
        (view.sentence.question and view.near("about") and not view.near("polite"), "about"),
        (view.names("not_ask", "past"), "said"),
        (order >= 0 and not view.inherits_not, "negated" if denied else "asked"),
        (places or view.inherits_not, "negated"),
        (view.conditional, "about"),
        (view.names("past") and not view.names("polite"), "said"),
        (view.names("may") and not view.near("polite"), "about"),
        (view.near("right") and view.near("uses") and not view.sentence.question, "asked"),
        (view.near("right") and not view.near("exercise", "polite") and "ask" not in view.has, "about"),
        (view.sentence.question and not (view.asks or view.near("polite")), "about"),
        (view.asks, "asked"),
    )
    return found or "said"


def _asks_if_done(view: View) -> bool:
    """Return whether the writer wants to hear that something was done: "can you confirm that it has been erased?"."""
    words = set(view.clause.words)
    return view.sentence.question and bool(_CONFIRM & words and _DONE & words)


def about_what(view: View) -> str:
    """Return what the clause is about: `data` of a person, another `thing`, or what was spoken of before."""
    data, things = objects(view.clause, "data", view.language), objects(view.clause, "thing", view.language)
    if data or (not things and view.one("person", "all", "whatdata")):
        return "data"
    if things:
        return "thing"
    if view.near("data", "thing", "about_me"):
        return "data" if view.near("data", "about_me") else "thing"
    return view.topic


def objects(clause: Clause, concept: str, language: str) -> bool:
    """Return whether the concept is named otherwise than as a place: "from my account", "uit uw bestand"."""
    words = clause.words
    spans = clause.found.get(concept, [])
    return any(not _PLACES[language] & set(words[max(0, start - _NEAR_PLACE) : start]) for start, _, _ in spans) or (
        concept == "data" and bool(spans) and not clause.has("thing")
    )


def foreign(view: View, concept: str) -> bool:
    """Return whether the verb stands before something that is nobody's data: "delete the red eye from my picture".

    It is a determiner with up to three words, of which none is known.
    """
    words = view.clause.words
    data = [span.start for span in view.clause.found.get("data", [])]
    if any(not _PLACES[view.language] & set(words[max(0, start - _NEAR_PLACE) : start]) for start in data):
        return False
    known = {place for spans in view.clause.found.values() for span in spans for place in range(span.start, span.end)}
    for span in view.clause.found.get(concept, []):
        at = span.end
        while at < len(words) and words[at] in _FILLERS:
            at += 1
        named = words[at + 1 : at + 1 + _NEAR_PLACE] if words[at : at + 1] and words[at] in DETERMINERS else []
        places = [place for place, word in enumerate(named) if word in _PLACES[view.language] or word in _ADVERBS]
        named = named[: places[0]] if places else named
        if named and not known & set(range(at + 1, at + 1 + len(named))):
            return True
    return False


def views(
    sentences: Sequence[Sentence], language: str, topic: str = "", theme: str = "", title: Iterable[str] = ()
) -> Iterable[View]:
    """Return every clause of a letter with what stands around it.

    `topic` and `theme` are what its subject speaks of, `title` the concepts that the subject names.
    """
    context = {concept for sentence in sentences for clause in sentence.clauses for concept in clause.found}
    context |= set(title)
    before: set[str] = set()
    listed = False
    for sentence in sentences:
        around = {concept for clause in sentence.clauses for concept in clause.found}
        if not any(objects(clause, "thing", language) for clause in sentence.clauses):
            around.discard("thing")
        asks = listed and (sentence.item or not SELF[language] & set(sentence.clauses[0].words))
        seen = View(
            Clause([]),
            sentence,
            language,
            asks=asks,
            about=False,
            conditional=False,
            inherits_not=False,
            topic=topic,
            theme=theme,
            before=before,
            around=around,
            context=context,
        )
        for view in _views(sentence, seen):
            asks = asks or view.asks
            yield view
        topic = "data" if around & {"data", "whatdata", "about_me"} else "thing" if "thing" in around else topic
        theme = "consent" if "consent" in around else "news" if "news" in around else theme
        before = around
        listed = (sentence.heading and asks) or (listed and sentence.item)


def _views(sentence: Sentence, seen: View) -> Iterable[View]:
    """Return the clauses of a sentence; `seen` is what is known before it."""
    last = sentence.clauses[-1]
    asks = seen.asks or (last.has("ask") and len(last.words) <= _NEAR_PLACE)
    about = inherits = supposed = False
    reported = _wonders(sentence, seen.language)
    previous: Clause | None = None
    for clause in sentence.clauses:
        joined = clause.words[0] in _AND
        own = clause.any("ask", "polite") and not clause.has("not_ask")
        own = own or any(order_at(clause, concept, seen.language) >= 0 for concept in _ORDERS)
        own = own or _demands(clause, seen.language) or _headed(previous, clause)
        own = own or (joined and _goes_on(previous, clause, seen.language))
        about = (about and not (clause.has("polite") or (own and not joined))) or clause.has("about")
        reported = reported or clause.any("reported", "later") or _recounts(clause, seen)
        about = (
            about
            or reported
            or _whether(previous, clause)
            or clause.has("others")
            or (_of_a_right(clause) and not clause.has("exercise") and "uses" not in seen.around)
        )
        own = own and not (inherits and (clause.words[0] in _OR or len(clause.words) < _LEAD))
        inherits = (inherits and (joined or len(clause.words) <= _NEAR_PLACE) and not own) or _denies_next(
            previous, clause
        )
        conditional = bool(clause.found.get("if")) and clause.found["if"][0][0] <= joined
        conditional = conditional and not clause.has("done") and not comes(clause)
        wants = _wants(clause, seen.language)
        supposed = supposed and not wants
        asks = asks or own
        yield replace(
            seen, clause=clause, asks=asks, about=about, conditional=conditional or supposed, inherits_not=inherits
        )
        supposed = (conditional or supposed) and not wants
        inherits = inherits or (bool(denials(clause)) and clause.any(*_DENIED, "access", "right", "use"))
        previous = clause


def comes(clause: Clause) -> bool:
    """Return whether a condition is a moment that comes: "once the copy has been sent", "als het contract is afgelopen"."""
    if clause.any(*_DENIED) or denials(clause) or _YOU_ALL & set(clause.words):
        return False
    done = bool(_HELPS & set(clause.words)) and any(DID_NL.match(word) or DID_EN.match(word) for word in clause.words)
    return done or clause.words[-1:] == ["heb"]


def _wonders(sentence: Sentence, language: str) -> bool:
    """Return whether a question is about what would be later, or if: "if I left, could you ...?".

    "If I am still in your files, could you ...?" asks it now.
    """
    if not sentence.question:
        return False
    return any(clause.has("later") or _if_i(clause, language) for clause in sentence.clauses)


def _if_i(clause: Clause, language: str) -> bool:
    supposed = clause.has("if") and clause.found["if"][0].start <= 1 and bool(SELF[language] & set(clause.words[:4]))
    return supposed and not clause.any("keep", "hold", "data")


def _whether(previous: Clause | None, clause: Clause) -> bool:
    """Return whether the clause only wonders: "and whether the change holds for me too"."""
    after_and = previous is not None and previous.words[-1:] == ["en"] and clause.words[0] == "of"
    return after_and or bool({"whether", "ob"} & set(clause.words[:2]))


def _headed(previous: Clause | None, clause: Clause) -> bool:
    """Return whether the clause is a demand in nouns behind a word or two: "Secondly: erasure of my file"."""
    lead = previous is not None and len(previous.words) <= _LEAD - 1
    return lead and any(span.start == 0 for span in clause.found.get("demand", []))


def _goes_on(previous: Clause | None, clause: Clause, language: str) -> bool:
    """Return whether "must" or "may" of the clause before holds for this one too: "the account may close and the rest go"."""
    carried = previous is not None and previous.has("must") and not _others_do(previous, language)
    return carried and clause.any(*_DENIED) and not (SELF[language] | _THIRD | _YOU_ALL) & set(clause.words)


def _others_do(clause: Clause, language: str) -> bool:
    beside = [
        {*clause.words[max(0, s.start - 1) : s.start], *clause.words[s.end : s.end + 1]} for s in clause.found["must"]
    ]
    return any(words & (SELF[language] | _THIRD) for words in beside)


def _demands(clause: Clause, language: str) -> bool:
    """Return whether the clause says what has to happen, and not what the writer has to do: "my photo must go"."""
    if not clause.any(*_DENIED, "keep") or clause.has("duty") or {"whether", "ob"} & set(clause.words):
        return False
    beside = [
        {*clause.words[max(0, s.start - 1) : s.start], *clause.words[s.end : s.end + 1]}
        for s in clause.found.get("must", [])
    ]
    return any(not words & (SELF[language] | _THIRD) for words in beside)


def _wants(clause: Clause, language: str) -> bool:
    """Return whether the clause itself asks, and does not only say what the law demands: "you have to inform"."""
    duties = {place for span in clause.found.get("duty", []) for place in range(span.start, span.end)}
    asks = [span for concept in ("ask", "polite") for span in clause.found.get(concept, []) if span.start not in duties]
    return bool(asks) or clause.any("object", "withdraw") or any(order_at(clause, c, language) >= 0 for c in _ORDERS)


def _recounts(clause: Clause, seen: View) -> bool:
    """Return whether the writer tells what was possible: "I could even delete my data myself"."""
    places = [place for place, word in enumerate(clause.words) if word in SELF[seen.language]]
    beside = {word for place in places for word in clause.words[max(0, place - 1) : place + 2]}
    return bool(_COULD & beside) and not seen.sentence.question and not clause.any("ask", "polite")


def could(clause: Clause, seen: View) -> bool:
    """Return whether the writer says what is allowed or possible, and does not do it: "I may object at any time"."""
    places = [place for place, word in enumerate(clause.words) if word in SELF[seen.language]]
    beside = {word for place in places for word in clause.words[max(0, place - 1) : place + 2]}
    return bool(_ABLE & beside) and not seen.sentence.question and not clause.any("ask", "polite")


def _of_a_right(clause: Clause) -> bool:
    """Return whether a right is spoken of and not used: "the right to request", but not "I request my right to"."""
    rights = clause.found.get("right", [])
    asks = [span.start for concept in ("ask", "polite") for span in clause.found.get(concept, [])]
    return bool(rights) and not any(start < rights[0].start or start > rights[-1].end + 1 for start in asks)


def _denies_next(previous: Clause | None, clause: Clause) -> bool:
    """Return whether "I do not want" stands before this clause: "ich möchte nicht, dass ..."."""
    if previous is None or clause.words[0] not in _THAT:
        return False
    return bool(denials(previous)) and denials(previous)[-1] >= len(previous.words) - 2
