"""When a clause asks for a right: which words together, in which mood (an order, a request, a denial, a question about it)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    "nl": _set("uit in op onder binnen via bij"),
    "en": _set("from in on under within through inside off at"),
    "de": _set("aus im in auf von bei"),
    "fr": _set("dans sur de du"),
}
_HAVE = _set("have hebben hebt haben habt avez")
_AND = _set("of or oder ou noch nor ni en and und et")
_THAT = _set("dat dass that que om to")
_SELF = {"nl": {"ik", "wij", "we"}, "en": {"i", "we"}, "de": {"ich", "wir"}, "fr": {"je", "j", "nous"}}
_YOU = {"nl": {"u", "je", "jullie"}, "en": {"you", "u"}, "de": {"sie", "ihr"}, "fr": {"vous", "tu"}}
_THIRD = _set("he she they hij zij ze er sie elle il ils")
_WHETHER = _set("whether of ob si")
_TAILS = _set("aub svp ajb alstublieft alsjeblieft asap pls plz")
_ORDERS = ("order", "erase", "change", "freeze", "set", "see", "port", "stop", "offlist")
_LEAD = 3
_DENIED = ("erase", "change", "freeze", "offlist", "see", "object")
_NEAR_PLACE = 3
_FEW = 6


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
    return [place for place in places if not any(start <= place < end for start, end, _ in harmless)]


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
    return -1


def mood(view: View, concept: str) -> Mood:  # noqa: PLR0911 - one line, one case
    """Return how the clause speaks of a right that `concept` names."""
    if view.about or view.names("about"):
        return "about"
    own = view.clause.found.get(concept, []) if concept == "object" else []
    inside = [place for start, end, _ in own for place in range(start, end)]
    order = order_at(view.clause, concept, view.language)
    places = [place for place in denials(view.clause) if place not in inside]
    if order >= 0:
        return "negated" if any(order - 1 <= place <= order + _FEW for place in places) else "asked"
    if places or view.inherits_not:
        return "negated"
    if view.conditional:
        return "about"
    if view.names("past") and not view.names("polite"):
        return "said"
    if view.names("may") and not view.near("polite"):
        return "about"
    if view.near("right") and view.near("uses") and not view.sentence.question:
        return "asked"
    if view.near("right") and not view.near("exercise", "polite") and "ask" not in view.has:
        return "about"
    if view.sentence.question and not (view.asks or view.near("polite")):
        return "about"
    return "asked" if view.asks else "said"


def about_what(view: View) -> str:
    """Return what the clause is about: `data` of a person, another `thing`, or what was spoken of before."""
    data, things = _objects(view.clause, "data", view.language), _objects(view.clause, "thing", view.language)
    if data or (not things and view.one("person", "all")):
        return "data"
    if things:
        return "thing"
    if view.near("data", "thing"):
        return "data" if view.near("data") else "thing"
    return view.topic


def _objects(clause: Clause, concept: str, language: str) -> bool:
    """Return whether the concept is named otherwise than as a place: "from my account", "uit uw bestand"."""
    words = clause.words
    spans = clause.found.get(concept, [])
    return any(not _PLACES[language] & set(words[max(0, start - _NEAR_PLACE) : start]) for start, _, _ in spans) or (
        concept == "data" and bool(spans) and not clause.has("thing")
    )


def unsubscribe(view: View) -> Mood | None:  # noqa: PLR0911 - one line, one case
    """Tell whether the writer wants off a newsletter or list: by a word for leaving it, or a newsletter that is to stop."""
    if view.names("offlist") and (view.near("news") or about_what(view) != "thing"):
        if view.names("erase", "data") and not view.near("news"):
            return None
        found = _kindly(view, "offlist")
        return "asked" if found == "said" and (_short(view) or _performs(view)) else found
    if not (view.near("news") or view.theme == "news") or view.names("marketing") or view.one("consent", "withdraw"):
        return None
    stops = view.one("stop", "gone") or order_at(view.clause, "stop", view.language) >= 0
    if stops and view.names("see") and _performs(view) and not view.asks:
        return "said"
    if stops and (
        view.names("news") or (view.one("see", "called") and not view.near("data", "erase", "object", "use", "thing"))
    ):
        return "about" if view.idle else "asked" if not view.names("past") or view.asks else "said"
    if stops and view.near("news") and view.asks and not view.near("data", "erase", "object", "use", "thing"):
        return "about" if view.idle else "asked"
    if view.names("news") and denials(view.clause) and view.asks and not view.one("erase", "offlist", "hold"):
        return "about" if view.idle else "asked"
    if (
        view.names("it")
        and view.theme == "news"
        and view.asks
        and (stops or denials(view.clause))
        and not view.near("data", "erase")
    ):
        return "about" if view.idle else "asked"
    listed = view.names("news") or (_of_news(view) and view.one("person", "it") and not view.near("data"))
    return _kindly(view, "erase") if view.names("erase") and listed and not view.names("records") else None


def _of_news(view: View) -> bool:
    return view.theme == "news" or view.near("news")


def objection(view: View) -> Mood | None:  # noqa: PLR0911 - one line, one case
    """Tell whether the writer is against a use of data, above all for advertising or profiling."""
    if view.names("object") and not (view.near("freeze", "until") and not _performs(view)):
        of_data = view.near("data", "track", "marketing")
        other = _objects(view.clause, "thing", view.language) or (
            view.topic == "thing" and not view.context & {"track"}
        )
        if of_data or (not other and view.context & {"track", "marketing", "use", "called", "data"}):
            found = mood(view, "object")
            return "asked" if found == "said" and (_performs(view) or _short(view)) else found
    if view.names("marketing", "erase") and not view.names("records"):
        return mood(view, "erase")
    stops = view.one("stop", "gone")
    against = stops or bool(denials(view.clause))
    if not against or view.near("consent", "freeze", "until") or view.one("offlist", "erase", "password"):
        return None
    receives = bool(_SELF[view.language] & set(view.clause.words)) and view.names("see") and not view.asks
    if view.names("marketing") and (stops or view.near("ask") or not _SELF[view.language] & set(view.clause.words)):
        return None if view.idle or receives or view.one("past", "hold") else "asked"
    if view.near("marketing", "track") and view.one("use", "stop") and (view.asks or stops):
        return None if view.idle else "asked"
    if view.names("track") and view.asks:
        return None if view.idle else "weak"
    if view.names("called") and stops and not view.names("thing") and not view.near("news"):
        return None if view.idle else "asked"
    if view.names("use") and view.near("data") and not view.near("keep") and view.asks:
        return None if view.idle else "weak"
    return None


def restriction(view: View) -> Mood | None:
    """Tell whether the data are to be kept, but left alone for a while (Art. 18 GDPR)."""
    if view.names("freeze") and (about_what(view) == "data" or view.names("use")) and not view.near("password"):
        return mood(view, "freeze")
    unused = view.names("use") and (bool(denials(view.clause)) or view.one("stop", "gone"))
    waits = view.near("until") or bool(view.context & {"claim"})
    if unused and view.near("until") and about_what(view) == "data" and not view.near("marketing", "news"):
        return "about" if view.about or view.names("about") else "asked"
    if (
        unused
        and view.near("keep")
        and view.asks
        and waits
        and about_what(view) == "data"
        and not view.near("marketing")
    ):
        return "asked"
    if view.names("erase") and mood(view, "erase") == "negated" and waits and view.near("keep", "claim"):
        return "asked"
    if (
        view.names("keep")
        and view.near("claim", "until")
        and about_what(view) == "data"
        and not view.one("gone", "past")
    ):
        return (
            "asked"
            if mood(view, "keep") == "asked" and view.context & {"claim"} and not view.sentence.question
            else None
        )
    return None


def withdrawal(view: View) -> Mood | None:
    """Tell whether consent that was given is taken back."""
    if view.names("mind") and not view.idle and (view.near("use") or (view.topic == "data" or view.theme == "consent")):
        return "asked"
    if not view.one("withdraw", "gone") or not (view.near("consent") or view.theme == "consent"):
        return None
    if (
        view.names("gone")
        and not view.names("withdraw")
        and (not view.near("consent") or view.one("erase", "news", "marketing"))
    ):
        return None
    if view.about or view.names("about") or (view.sentence.question and not view.asks):
        return "about"
    return "about" if view.conditional and not view.names("consent", "withdraw") else "asked"


def erasure(view: View) -> Mood | None:
    """Tell whether data are to go, or are no longer to be kept."""
    if view.names("erase"):
        if view.one("news", "marketing", "offlist") and not view.names("records"):
            return None
        if _of_news(view) and view.one("person", "it") and not view.near("data"):
            return None
        if about_what(view) != "data":
            return "negated" if mood(view, "erase") == "negated" else None
        found = mood(view, "erase")
        return "asked" if found == "said" and _short(view) else found
    kept = [view.clause.words[start] for start, _, _ in view.clause.found.get("keep", [])]
    denied = bool(denials(view.clause)) and not set(kept) <= _HAVE and view.asks
    stays = bool(kept) and (view.names("gone") or denied)
    if stays and about_what(view) == "data" and not view.one("use", "withdraw") and not view.near("consent", "until"):
        return "about" if view.idle else "asked" if view.asks else "said"
    return None


def rectification(view: View) -> Mood | None:
    """Tell whether data are wrong or incomplete, or have changed."""
    if view.near("password") or about_what(view) == "thing" or _objects(view.clause, "thing", view.language):
        return None
    stated = view.one("newvalue", "wrong") or bool(view.context & {"newvalue", "wrong"})
    if view.names("change") and not view.names("withdraw") and (about_what(view) == "data" or stated):
        found = mood(view, "change")
        found = "asked" if found == "said" and view.sentence.item and _short(view) else found
        if found == "asked" or (found in {"about", "negated"} and not view.one("newvalue", "wrong")):
            return found
    if view.near("freeze", "format", "other") or (view.near("use") and not view.near("wrong")):
        return None
    if view.names("set") and view.near("newvalue") and mood(view, "set") == "asked":
        return "asked"
    return _corrects(view)


def _corrects(view: View) -> Mood | None:  # noqa: PLR0911 - one line, one case
    """Tell whether a value is stated that is right or wrong: enough when a change is asked for elsewhere in the letter."""
    if view.sentence.question or view.about or view.conditional:
        return None
    if view.one("past", "withdraw", "erase", "marketing", "news", "consent"):
        return None
    known = view.near("wrong") or bool(view.context & {"change"})
    if view.one("newvalue", "states") and view.near("data") and (known or view.names("newvalue")):
        return "asked" if known else "weak" if view.near("mine", "self") else None
    if view.names("newvalue", "it") and "wrong" in view.before and view.topic == "data":
        return "asked"
    if view.names("wrong", "it") and view.before & {"keep", "states"} and view.topic == "data":
        return "asked" if view.context & {"change"} else "weak"
    if view.names("wrong", "data") and (view.near("mine", "self") or view.context & {"change"}):
        return "asked" if view.sentence.item and view.asks else "weak"
    return None


def access(view: View) -> Mood | None:  # noqa: PLR0911 - one line, one case
    """Tell whether the writer wants to know or to have a copy of what is held, where it came from, and who has seen it."""
    own = view.near("mine", "person") or view.topic == "data"
    if view.names("access") and not view.near("password"):
        found = _kindly(view, "access")
        return "asked" if found == "said" and (_short(view) or _performs(view)) else found
    if view.one("erase", "change", "freeze", "marketing", "consent") or view.names("set", "newvalue"):
        return None
    if view.names("news") and not view.names("copy"):
        return None
    looking = (
        view.names("see")
        or _short(view)
        or (not view.near("erase") and (view.sentence.question or view.near("see") or view.asks))
    )
    if view.names("need") or (view.names("keep") and view.one("gone") and not view.names("copy")):
        return None
    if (view.names("whatdata") or _asks_what(view)) and own and looking and not view.conditional:
        return "negated" if denials(view.clause) and view.names("see") and not view.sentence.question else "asked"
    if (
        view.near("format")
        or view.one("port", "object")
        or (view.names("use") and (denials(view.clause) or view.one("stop", "gone")))
    ):
        return None
    if (
        view.names("give", "it")
        and view.asks
        and view.topic == "data"
        and "records" in view.before
        and "format" not in view.before
    ):
        return None if view.idle else "asked"
    if view.names("copy") and about_what(view) == "data" and not view.conditional:
        found = _kindly(view, "copy")
        return (
            "asked"
            if found == "said" and view.clause.found["copy"][0][0] <= 1 and not view.one("past", "wrong")
            else found
        )
    if view.names("see", "records") and view.near("mine") and not view.one("thing", "keep", "password"):
        return _kindly(view, "see")
    return None


def portability(view: View) -> Mood | None:
    """Tell whether data are wanted in a form that another service can read, or handed to it."""
    if view.near("password", "object", "erase") and not view.one("format", "port"):
        return None
    if view.names("format") and (view.one("see", "port") or view.near("data", "records", "other")):
        return _kindly(view, "format")
    if view.near("if") and not view.names("format"):
        return None
    if (
        view.names("port")
        and (view.near("data", "records", "other", "all") or view.topic == "data")
        and not view.near("track")
    ):
        return _kindly(view, "port")
    elsewhere = bool(view.context & {"other"}) and view.near("other", "format") and view.one("see", "port", "set")
    return (
        _kindly(view, "see") if elsewhere and view.near("data", "records") and not view.one("erase", "change") else None
    )


RULES = {
    "access": access,
    "rectification": rectification,
    "erasure": erasure,
    "restriction": restriction,
    "portability": portability,
    "objection": objection,
    "withdrawal": withdrawal,
    "unsubscribe": unsubscribe,
}
NOUNS = {
    "access": "access",
    "whatdata": "access",
    "erase": "erasure",
    "change": "rectification",
    "object": "objection",
    "offlist": "unsubscribe",
    "freeze": "restriction",
    "port": "portability",
}
"""What an earlier request that is only named was about."""


def _asks_what(view: View) -> bool:
    """Return whether the clause asks what is held of the writer: "welke info heb je van me"."""
    if view.clause.words[0] in _WHETHER and view.names("data", "self") and view.one("hold", "use"):
        return not view.one("past", "erase", "change")
    held = view.one("data", "records") or bool(_YOU[view.language] & set(view.clause.words))
    named = (
        held and view.names("hold", "self") and (view.names("what") or (view.sentence.question and view.near("what")))
    )
    return named and not view.one("need", "thing", "password", "past", "earlier")


def _kindly(view: View, concept: str) -> Mood:
    """Return the mood, with "may I have" taken for a request: nothing is lost by showing people what is theirs."""
    found = mood(view, concept)
    kind = found in {"about", "said"} and view.one("may", "polite") and not view.names("about") and not view.about
    return "asked" if kind else found


def _performs(view: View) -> bool:
    """Return whether the writer does it by saying so: "I object", "ik trek in"."""
    return bool(_SELF[view.language] & set(view.clause.words)) and not view.names("past")


def _short(view: View) -> bool:
    """Return whether the clause is a call without a subject: "account weg", "newsletter off"."""
    words = view.clause.words
    called = (len(words) <= _FEW or view.sentence.item) and words is view.sentence.clauses[0].words
    called = called and not view.sentence.question
    called = called and not view.one("not_ask")
    return called and not _SELF[view.language] & set(words) and not view.near("past")


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
        if not any(_objects(clause, "thing", language) for clause in sentence.clauses):
            around.discard("thing")
        asks = listed and (sentence.item or not _SELF[language] & set(sentence.clauses[0].words))
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
        topic = "data" if "data" in around else "thing" if "thing" in around else topic
        theme = "consent" if "consent" in around else "news" if "news" in around else theme
        before = around
        listed = (sentence.heading and asks) or (listed and sentence.item)


def _views(sentence: Sentence, seen: View) -> Iterable[View]:
    """Return the clauses of a sentence; `seen` is what is known before it."""
    last = sentence.clauses[-1]
    asks = seen.asks or (last.has("ask") and len(last.words) <= _NEAR_PLACE)
    about = inherits = supposed = reported = False
    previous: Clause | None = None
    for clause in sentence.clauses:
        joined = clause.words[0] in _AND
        own = clause.any("ask", "polite") and not clause.has("not_ask")
        own = own or any(order_at(clause, concept, seen.language) >= 0 for concept in _ORDERS)
        own = own or _demands(clause, seen.language) or _headed(previous, clause)
        about = (about and not (clause.has("polite") or (own and not joined))) or clause.has("about")
        reported = reported or clause.has("reported")
        about = (
            about
            or reported
            or clause.has("others")
            or (_of_a_right(clause) and not clause.has("exercise") and "uses" not in seen.around)
        )
        inherits = (inherits and joined and not own) or _denies_next(previous, clause)
        conditional = bool(clause.found.get("if")) and clause.found["if"][0][0] <= joined
        wants = _wants(clause, seen.language)
        supposed = supposed and not wants
        asks = asks or own
        yield replace(
            seen, clause=clause, asks=asks, about=about, conditional=conditional or supposed, inherits_not=inherits
        )
        supposed = (conditional or supposed) and not wants
        inherits = inherits or (bool(denials(clause)) and clause.any(*_DENIED))
        previous = clause


def _headed(previous: Clause | None, clause: Clause) -> bool:
    """Return whether the clause is a demand in nouns behind a word or two: "Secondly: erasure of my file"."""
    lead = previous is not None and len(previous.words) <= _LEAD - 1
    return lead and any(span.start == 0 for span in clause.found.get("demand", []))


def _demands(clause: Clause, language: str) -> bool:
    """Return whether the clause says what has to happen, and not what the writer has to do: "my photo must go"."""
    if not clause.any(*_DENIED, "keep") or clause.has("duty") or {"whether", "ob"} & set(clause.words):
        return False
    beside = [
        {*clause.words[max(0, s.start - 1) : s.start], *clause.words[s.end : s.end + 1]}
        for s in clause.found.get("must", [])
    ]
    return any(not words & (_SELF[language] | _THIRD) for words in beside)


def _wants(clause: Clause, language: str) -> bool:
    """Return whether the clause itself asks, and does not only say what the law demands: "you have to inform"."""
    duties = {place for span in clause.found.get("duty", []) for place in range(span.start, span.end)}
    asks = [span for concept in ("ask", "polite") for span in clause.found.get(concept, []) if span.start not in duties]
    return bool(asks) or clause.any("object", "withdraw") or any(order_at(clause, c, language) >= 0 for c in _ORDERS)


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
