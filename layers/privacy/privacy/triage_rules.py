"""When a clause asks for a right: which words together, in which mood (an order, a request, a denial, a question about it)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from privacy.triage_letter import Clause, Sentence

Mood = Literal["asked", "negated", "about", "said"]

_LEADS = frozenset(
    "please pls plz plse kindly just and then also now so but do simply therefore immediately again hi hello hey asap permanently "
    "completely hereby dear team all both thanks or either to right".split()
)
_SUBJECTS = {"nl": {"ik"}, "en": set[str](), "de": {"ich"}, "fr": {"vous", "je"}}
_PLACES = frozenset(
    "uit in op onder binnen via bij from on under within through with inside aus im auf von dans sur de at".split()
)
_OR = frozenset("of or oder ou noch nor ni en and und et".split())
_SELF = frozenset("ik i wij we ich je nous j".split())


@dataclass
class View:
    """A clause with what stands around it: how its sentence asks, and what was spoken of before."""

    clause: Clause
    sentence: Sentence
    language: str
    asks: bool
    about: bool
    conditional: bool
    inherits_not: bool
    topic: str
    has: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)

    def names(self, *concepts: str) -> bool:
        """Return whether the clause names all of these."""
        return all(concept in self.has for concept in concepts)

    def near(self, *concepts: str) -> bool:
        """Return whether the sentence names one of these."""
        return any(concept in self.around for concept in concepts)


def denied(clause: Clause) -> bool:
    """Return whether the clause holds a "not" that denies, unlike "no longer" or "do not forget"."""
    harmless = clause.found.get("notneg", [])
    spans = clause.found.get("neg", [])
    return any(not any(start <= span[0] < end for start, end, _ in harmless) for span in spans)


def ordered(view: View, concept: str) -> bool:
    """Return whether the clause gives an order with this concept: "delete my data", not "I delete my data"."""
    words = view.clause.words
    for start, _, order in view.clause.found.get(concept, []):
        before = words[:start]
        if not order or _SUBJECTS[view.language] & {*before, *words[start + 1 : start + 2]}:
            continue
        if view.language != "en" or all(word in _LEADS for word in before):
            return True
    return False


def mood(view: View, concept: str) -> Mood:
    """Return how the clause speaks of a right that `concept` names."""
    if view.about or view.names("about"):
        return "about"
    if denied(view.clause) or view.inherits_not:
        return "negated"
    if ordered(view, concept):
        return "asked"
    if view.conditional or ("past" in view.has and not view.names("polite")):
        return "about" if view.conditional else "said"
    if view.names("may") and not view.names("polite"):
        return "about"
    if view.sentence.question and not (view.asks or view.near("polite")):
        return "about"
    if view.near("right") and not view.near("exercise", "polite") and "ask" not in view.has:
        return "about"
    return "asked" if view.asks else "said"


def about_what(view: View) -> str:
    """Return what the clause is about: `data` of a person, another `thing`, or nothing that it names."""
    data = view.clause.found.get("data", [])
    if "thing" in view.has:
        words = view.clause.words
        return "data" if any(not _PLACES & set(words[max(0, start - 3) : start]) for start, _, _ in data) else "thing"
    if data or view.has & {"person", "all"}:
        return "data"
    if view.around & {"data", "thing"}:
        return "data" if "data" in view.around else "thing"
    return view.topic


def unsubscribe(view: View) -> Mood | None:
    """Off a newsletter or list: by a word for leaving it, or a newsletter that is to stop."""
    if "offlist" in view.has and (view.near("news") or about_what(view) != "thing"):
        if (
            about_what(view) == "data"
            and view.names("data")
            and not view.near("news")
            and not view.clause.words[0] in _SELF
            and "erase" in view.has
        ):
            return None
        found = mood(view, "offlist")
        return "asked" if found == "said" and (_short(view) or _performs(view)) else found
    if "news" not in view.around or "marketing" in view.has:
        return None
    if "news" in view.has and (view.has & {"stop", "gone"}):
        found = mood(view, "stop")
        return found if found == "about" else "asked"
    if "news" in view.has and denied(view.clause) and view.asks and not view.has & {"erase", "offlist"}:
        return "asked"
    if "erase" in view.has and "news" in view.has and not view.names("records"):
        return mood(view, "erase")
    return None


def objection(view: View) -> Mood | None:
    """Against a use of data, above all for advertising or profiling."""
    if "object" in view.has and not (view.has & {"thing"} and not view.has & {"use", "data", "marketing", "track"}):
        if view.near("data", "use", "marketing", "track", "right", "called") or view.topic in {"data", "use"}:
            found = mood(view, "object")
            return "asked" if found == "said" and (_performs(view) or _short(view)) else found
    against = bool(view.has & {"stop", "gone"}) or denied(view.clause)
    if "marketing" in view.has and against and not view.has & {"offlist", "consent"}:
        found = mood(view, "stop")
        if found == "negated" and not view.inherits_not:
            found = "asked"
        return "asked" if found == "said" and (view.has & {"stop", "gone"}) else found
    if view.near("marketing", "track") and view.has & {"use", "stop"} and against and "consent" not in view.around:
        return None if view.about or view.conditional or view.sentence.question and not view.asks else "asked"
    if "called" in view.has and view.has & {"stop", "gone"} and not view.has & {"thing", "password"}:
        return None if view.about or view.conditional or view.sentence.question and not view.asks else "asked"
    if (
        "use" in view.has
        and "data" in view.around
        and against
        and not view.near("until", "consent", "keep")
        and view.asks
    ):
        return None if view.about or view.conditional or "erase" in view.has else "asked"
    return None


def restriction(view: View) -> Mood | None:
    """Keep the data, but leave them alone for a while (Art. 18)."""
    if "freeze" in view.has and about_what(view) == "data" and not view.near("password"):
        return mood(view, "freeze")
    unused = "use" in view.has and (denied(view.clause) or view.has & {"stop", "gone"})
    if (
        unused
        and view.near("until")
        and (view.near("data") or view.topic == "data")
        and not view.near("marketing", "news")
    ):
        return "about" if view.about or view.names("about") else "asked"
    if (
        unused
        and "keep" in view.around
        and (view.asks or view.near("may"))
        and about_what(view) == "data"
        and not view.near("marketing")
    ):
        return "asked"
    if (
        "erase" in view.has
        and mood(view, "erase") == "negated"
        and view.near("claim", "until")
        and view.near("keep", "claim")
    ):
        return "asked"
    if "keep" in view.has and view.near("claim") and about_what(view) == "data" and mood(view, "keep") == "asked":
        return "asked"
    return None


def withdrawal(view: View) -> Mood | None:
    """Consent that was given is taken back."""
    if "withdraw" not in view.has or not (view.near("consent") or view.topic == "consent"):
        return None
    if view.has & {"thing"} and not view.has & {"consent", "data"}:
        return None
    found = mood(view, "withdraw")
    return "asked" if found in {"said", "negated"} and not view.conditional else found


def erasure(view: View) -> Mood | None:
    """Data are to go, or are no longer to be kept."""
    if "erase" in view.has:
        if "news" in view.has and not view.names("records"):
            return None
        if about_what(view) == "data":
            found = mood(view, "erase")
            return "asked" if found == "said" and _short(view) else found
        return None
    stays = "keep" in view.has and (view.has & {"gone"} or (denied(view.clause) and view.asks))
    if stays and about_what(view) == "data" and "use" not in view.has and not view.near("consent"):
        if view.about or view.conditional or (view.sentence.question and not view.asks):
            return "about"
        return "asked" if view.asks else "said"
    return None


def rectification(view: View) -> Mood | None:
    """Data are wrong or incomplete, or have changed."""
    if view.near("password"):
        return None
    if "change" in view.has and about_what(view) == "data" and not view.has & {"withdraw"}:
        found = mood(view, "change")
        if found != "said" and not (found == "negated" and view.has & {"newvalue", "wrong"}):
            return found
    own = view.has & {"data"} and "thing" not in view.has
    if own and view.has & {"newvalue", "wrong"} and not (view.sentence.question or view.about or view.conditional):
        return (
            "said" if "erase" in view.has else "asked" if "newvalue" in view.has and "wrong" in view.around else "said"
        )
    return None


def access(view: View) -> Mood | None:
    """To know or to have a copy of what is held, where it came from, and who has seen it."""
    own = view.near("mine", "person") or view.topic == "data"
    if "access" in view.has and not view.near("password"):
        found = _kindly(view, "access")
        return "asked" if found == "said" and (_short(view) or _performs(view)) else found
    if "whatdata" in view.has and own and (view.asks or view.sentence.question or view.near("see")):
        return "negated" if _refused(view) else None if view.names("about") and view.conditional else "asked"
    if view.names("see", "records") and view.near("mine") and "thing" not in view.has and "change" not in view.has:
        if view.has & {"format", "port", "erase", "consent", "use", "marketing", "news"}:
            return None
        return _kindly(view, "see")
    return None


def portability(view: View) -> Mood | None:
    """Data in a form that another service can read, or handed to it."""
    if "password" in view.around:
        return None
    if "format" in view.has and (view.has & {"see", "port", "data", "records"} or view.near("data", "port", "other")):
        return _kindly(view, "see")
    if (
        "port" in view.has
        and (view.near("data", "records", "other", "all") or view.topic == "data")
        and not view.near("track", "object")
    ):
        return _kindly(view, "port")
    return None


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


def _kindly(view: View, concept: str) -> Mood:
    """Return the mood, with "may I have" taken for a request: nothing is lost by showing people what is theirs."""
    found = mood(view, concept)
    return (
        "asked"
        if found == "about" and view.has & {"may", "polite"} and not view.names("about") and not view.about
        else found
    )


def _refused(view: View) -> bool:
    return denied(view.clause) and bool(view.has & {"see"}) and not view.sentence.question


def _performs(view: View) -> bool:
    """Return whether the writer does it by saying so: "I object", "ik trek in"."""
    return bool(_SELF & set(view.clause.words)) and "past" not in view.has


def _short(view: View) -> bool:
    """Return whether the sentence is a call without a subject: "account weg", "newsletter off"."""
    words = [word for clause in view.sentence.clauses for word in clause.words]
    return len(words) <= 6 and not view.sentence.question and not _SELF & set(words) and "past" not in view.around  # noqa: PLR2004


def views(sentences: Sequence[Sentence], language: str, subject_topic: str) -> Iterable[View]:
    """Return every clause of a letter with what stands around it."""
    topic = subject_topic
    listed = False
    for sentence in sentences:
        around = {concept for clause in sentence.clauses for concept in clause.found}
        trailing = sentence.clauses[-1].has("ask") and len(sentence.clauses[-1].words) <= 3  # noqa: PLR2004
        asks, about, inherits = (
            trailing or (listed and (sentence.item or not _SELF & set(sentence.clauses[0].words))),
            False,
            False,
        )
        for clause in sentence.clauses:
            has = set(clause.found)
            own = bool(has & {"ask", "polite"}) and not (has & {"not_ask"})
            joined = clause.words[0] in _OR
            conditional = _conditional(clause, language)
            about = about and not (has & {"polite"} or ("ask" in has and not joined)) or "about" in has
            inherits = inherits and joined and not has & {"polite", "doit"} and not own
            yield View(clause, sentence, language, asks or own, about, conditional, inherits, topic, has, around)
            asks = asks or own
            inherits = inherits or (
                denied(clause) and bool(has & {"erase", "change", "freeze", "offlist", "see", "object"})
            )
        topic = "data" if around & {"data"} else "thing" if "thing" in around else topic
        topic = "consent" if "consent" in around else topic
        listed = (sentence.heading and asks) or (listed and sentence.item)


def _conditional(clause: Clause, language: str) -> bool:
    return bool(clause.found.get("if")) and clause.found["if"][0][0] <= (1 if clause.words[0] in _OR else 0)
