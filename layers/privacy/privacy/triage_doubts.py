"""A second look at a clause that was read as a request: what it may be instead, by its grammar and not by its subject.

`told` is sure of it: what was done already, what a reader is offered and what is to be prevented is not asked. `doubted` is
not: the right stays read, and a person looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privacy.triage_views import DETERMINERS, DID_EN, DID_NL, OLD, SELF, comes, denials

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.triage_letter import Clause
    from privacy.triage_lexicon import Span
    from privacy.triage_views import View


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = {
    "erasure": "erase",
    "rectification": "change",
    "restriction": "freeze",
    "objection": "object",
    "withdrawal": "withdraw",
    "unsubscribe": "offlist",
}
"""The concept that is the verb of a right which takes something away."""
_RECEIVE = _set("ontvangen krijgen receive receiving get getting")
_PAST_NL = re.compile(r"(?!worden)\w{2,}(?:te|de|ten|den)$")
_LIGHT_NL = _set("maakte maakten diende dienden tekende tekenden")
_STRONG_NL = _set("trok trokken schreef schreven nam namen zei zeiden liet lieten deed deden gaf gaven")
_STRONG_EN = _set("withdrew withdrawn took taken made sent")
_WISHED = _set("wilde wilden zou zouden had hadden wenste hoopte dacht wanted wished hoped needed decided intended")
_AUXILIARY = _set("heb hebben had hadden ben")
_PASSIVE = {"nl": _set("werd werden"), "en": _set("was were")}
_ADVERBS = _set("have had already just recently then also once previously al reeds toen ook eerder gisteren")
_YOU = {"nl": _set("u je jij jullie gij"), "en": _set("you u")}
_ME = _set("ik mij me mijn mn mezelf mijzelf ons i my mine myself us im ive")
_CAN = _set("kunt kan kun mag can may could")
_ASKING = _set("can could may")
_YOURSELF = _set("u je zich uzelf jezelf yourself")
_LINK = _set("klik klikt klikken link hier beantwoord antwoord x_link click clicking reply visit here below")
_PREVENT = _set("voorkomen voorkom vermijden prevent avoid")
_NEVER = _set("never nooit niet not dont")
_THEY = _set("they he she hij zij")
_THEN = _set("dan then")
_ABOUT = _set("over about regarding concerning omtrent inzake betreffende")
_HOLDS_BACK = _set(
    """
    stop stoppen gestopt wacht wachten uitstellen uitstel herstel herstellen terug uitsluiten garanderen garantie
    bevestiging bewijs plaats bang vrees stopping delay postpone restore restoring undo recover back hold
    afraid worried guarantee confirmation proof instead rather exclude formulier form procedure
    """
)
_SUPPOSES = _set("als indien mocht tenzij if unless should")
_AIM = _set("mogelijk nodig possible necessary feasible")
_MUST = {
    "nl": _set("moet moeten dient dienen hoort horen behoort"),
    "en": _set("must has have needs need should ought"),
}
_DONE_TO = _set("worden weg be been gone eruit eraf af")
_NAMES = ("all", "data", "it", "mine", "person", "records", "thing")
_KEEP = _set("keep retain houden behouden bewaren bewaar")
_HALF = _set("haast bijna almost nearly meen denk dacht geloof think thought believe")
_LITTLE = 3
_NEAR = 6


def told(right: str, view: View) -> bool:
    """Return whether the clause tells what was done, offers something to its reader, or wants to prevent it."""
    if right not in _VERBS or view.language not in _YOU:
        return False
    if any(reads(view) for reads in _OF_A_RIGHT.get(right, ())):
        return True
    spans = view.clause.found.get(_VERBS[right], [])
    if not spans:
        return False
    return all(_describes(view, span) for span in spans) or _offers(view, _VERBS[right]) or _is_past(right, view, spans)


def doubted(right: str, view: View) -> bool:
    """Return whether what was read may be meant otherwise: under a condition, of somebody else, or held back by another verb."""
    if right not in _VERBS or view.language not in _YOU:
        return False
    return (
        _supposes(view)
        or _of_others(view)
        or _is_of_an_old_value(right, view)
        or _is_held_back(right, view)
        or _wants_the_rest(right, view)
    )


# --- told ----------------------------------------------------------------------------------------------------------------


def _is_past(right: str, view: View, spans: list[Span]) -> bool:
    """Return whether it was done before, and not in vain: "I opted out and still get it" asks it."""
    in_vain = right in {"unsubscribe", "objection"} and "silence" in view.context
    return not in_vain and not view.one("ask", "polite", "mind") and (_did(view, spans) or _was_done(view, spans))


def _did(view: View, spans: list[Span]) -> bool:
    """Return whether the writer tells what he or she did, or you did: "ik heb mij uitgeschreven", "I withdrew my consent"."""
    words = view.clause.words
    own = [at for at, word in enumerate(words) if word in SELF[view.language]]
    return _did_nl(words, own, spans) if view.language == "nl" else any(_did_en(words, at, spans) for at in own)


def _did_nl(words: list[str], own: list[int], spans: list[Span]) -> bool:
    if own and _AUXILIARY & set(words) and not _YOU["nl"] & set(words):
        return any(DID_NL.match(word) for span in spans for word in words[span.start : span.end])
    subjects = [*own, *(at for at, word in enumerate(words) if word in _YOU["nl"])]
    beside = {word for at in subjects for word in words[max(0, at - 1) : at + 2]} - _WISHED
    verbs = beside & {words[span.start] for span in spans}
    past = any(_PAST_NL.match(word) or word in _STRONG_NL for word in verbs)
    return past or bool(_LIGHT_NL & beside)


def _did_en(words: list[str], at: int, spans: list[Span]) -> bool:
    place = at + 1
    while place < len(words) and words[place] in _ADVERBS:
        place += 1
    if place >= len(words) or words[place] in _WISHED:
        return False
    regular = bool(DID_EN.match(words[place])) and any(span.start <= place < span.end for span in spans)
    return regular or words[place] in _STRONG_EN


def _was_done(view: View, spans: list[Span]) -> bool:
    """Return whether it was done, by whomever: "it was locked", "werd verwijderd"."""
    words = view.clause.words
    passive = _PASSIVE[view.language]
    return any(
        passive & {*words[max(0, span.start - 1) : span.start], *words[span.end : span.end + 1]} for span in spans
    )


def _describes(view: View, span: Span) -> bool:
    """Return whether a participle stands before its noun: "my deleted account", "mijn verwijderde gegevens"."""
    words = view.clause.words
    before, word = words[max(0, span.start - 1) : span.start], words[span.start]
    followed = any(other.start == span.end for name in ("data", "thing") for other in view.clause.found.get(name, []))
    participle = word.endswith(("de", "te") if view.language == "nl" else "ed") and span.end == span.start + 1
    return participle and followed and bool((DETERMINERS | _ME) & set(before))


def _offers(view: View, concept: str) -> bool:
    """Return whether the reader is told how to leave a list or to use a right: "you can opt out", "meld u hier af"."""
    words = view.clause.words
    if _ME & set(words) or view.sentence.question:
        return False
    you = [at for at, word in enumerate(words) if word in _YOU[view.language]]
    can = any(_CAN & set(words[at + 1 : at + 2]) or (at > 1 and words[at - 1] in _CAN - _ASKING) for at in you)
    if concept != "offlist":
        return can and concept in {"object", "withdraw"}
    spans = view.clause.found[concept]
    oneself = any(
        _YOURSELF & set(words[span.start + 1 : span.end + 1]) and not words[span.start].endswith("t") for span in spans
    )
    aims = any("om" in words[: span.start] or words[max(0, span.start - 1) : span.start] == ["to"] for span in spans)
    return can or oneself or (aims and _links(view))


def _asks_the_reader(view: View) -> bool:
    """Return whether the one who is written to receives it: "would you rather not get our newsletter?"."""
    words = set(view.clause.words)
    return bool(_RECEIVE & words and _YOU[view.language] & words) and view.one("polite", "if") and not _ME & words


def _takes_it_back(view: View) -> bool:
    """Return whether an objection is withdrawn."""
    return view.names("object", "withdraw") and not view.names("consent")


def _goes_on(view: View) -> bool:
    """Return whether it is not to stop: "never stop"."""
    words = view.clause.words
    return any(
        _NEVER & {*words[max(0, s.start - 1) : s.start], words[min(s.end, len(words) - 1)]}
        for s in view.clause.found.get("halt", [])
    )


def _is_denied(view: View) -> bool:
    """Return whether a "not" stands beside a verb that takes back: "I am not withdrawing my consent", "trek die niet in"."""
    inside = {
        place
        for name in ("withdraw", "consent", "gone", "mind")
        for span in view.clause.found.get(name, [])
        if span.end - span.start <= _LITTLE
        for place in range(span.start, span.end)
    }
    places = [place for place in denials(view.clause) if place not in inside]
    spans = view.clause.found.get("withdraw", [])
    return any(span.start - _LITTLE < place < span.end for span in spans for place in places)


def _asks_of_anyone(view: View) -> bool:
    """Return whether a question is about nobody's consent in particular: "can consent be withdrawn later?"."""
    return view.sentence.question and not view.one("it") and not _ME & set(view.clause.words)


def _is_a_mandate(view: View) -> bool:
    """Return whether what is taken back lets somebody collect money or act, and use no data: "de machtiging voor de incasso"."""
    things = {span[:2] for span in view.clause.found.get("thing", [])}
    consents = {span[:2] for span in view.clause.found.get("consent", [])}
    of_data = view.one("data", "use", "news", "marketing", "track", "called", "recording")
    return bool(consents) and consents <= things and not of_data


def _may_then(view: View) -> bool:
    """Return whether it is only allowed, and for a case that may come: "if prices go up, then you can delete my account"."""
    then = any(_THEN & set(clause.words) for clause in view.sentence.clauses)
    return then and view.near("polite") and not view.near("ask") and not view.sentence.question and _supposes(view)


def _by_others(view: View) -> bool:
    """Return whether others do it, or promised to."""
    return view.clause.words[0] in _THEY and not view.one("must", "ask", "polite")


def _is_topic(view: View) -> bool:
    """Return whether it is to be prevented, or what something else is about: "my mail about deleting my account"."""
    words = view.clause.words
    return any(
        bool(_PREVENT & set(words[: span.start]) or _ABOUT & _before(words, span))
        for span in view.clause.found.get("erase", [])
    )


def _before(words: list[str], span: Span) -> set[str]:
    """Return the word before a phrase, and the one before that where an article stands between."""
    before = words[max(0, span.start - 2) : span.start]
    return set(before if before[-1:] and before[-1] in DETERMINERS else before[-1:])


def _links(view: View) -> bool:
    return any(_LINK & set(clause.words) for clause in view.sentence.clauses)


_OF_A_RIGHT: dict[str, tuple[Callable[[View], bool], ...]] = {
    "erasure": (_by_others, _may_then, _is_topic),
    "objection": (_asks_the_reader, _takes_it_back, _goes_on),
    "unsubscribe": (_asks_the_reader, _goes_on),
    "withdrawal": (_is_denied, _asks_of_anyone, _is_a_mandate),
}
"""What a clause may say instead of one right only."""


# --- doubted -------------------------------------------------------------------------------------------------------------


def _supposes(view: View) -> bool:
    """Return whether it is asked for a case that may never come: "if you do not mend this, delete my account".

    "If possible" and "if you still hold my data" suppose nothing.
    """
    return any(_is_condition(clause) for clause in view.sentence.clauses)


def _is_condition(clause: Clause) -> bool:
    words = clause.words
    at = next((place for place, word in enumerate(words[:2]) if word in _SUPPOSES), None)
    if at is None or not clause.has("if") or len(words) - at <= _LITTLE or _AIM & set(words):
        return False
    return not clause.any("done", "keep", "hold") and not comes(clause)


def _of_others(view: View) -> bool:
    """Return whether somebody else has to do it: "my former employer has to delete my data"."""
    words, found = view.clause.words, view.clause.found
    known = {place for concept in _NAMES for span in found.get(concept, []) for place in range(span.start, span.end)}
    data = [span.start for span in found.get("data", [])]
    for at, word in enumerate(words):
        if at and word in _MUST[view.language] and not _DONE_TO & set(words):
            subject = words[at - 1]
            unknown = at - 1 not in known and subject not in _YOU[view.language] | SELF[view.language] | _ADVERBS
            if unknown and data and min(data) > at:
                return True
    return False


def _keeps(view: View) -> bool:
    """Return whether the same sentence wants something of the writer's to stay."""
    return any(
        _KEEP & set(clause.words) and clause.has("data") and clause.any("ask", "polite") and not denials(clause)
        for clause in view.sentence.clauses
        if clause is not view.clause
    )


def _is_held_back(right: str, view: View) -> bool:
    """Return whether another verb governs it: "stop deleting my data", "a confirmation of the erasure"."""
    if right not in {"erasure", "rectification"}:
        return False
    words = view.clause.words
    if _HALF & set(words) or _keeps(view):
        return True
    spans = view.clause.found.get(_VERBS[right], [])
    return bool(spans) and all(_HOLDS_BACK & set(words[max(0, span.start - _NEAR) : span.start]) for span in spans)


def _is_of_an_old_value(right: str, view: View) -> bool:
    """Return whether what is to go may be the value that another takes the place of."""
    old = right == "erasure" and bool(OLD & set(view.clause.words)) and "newvalue" in view.context
    return old and view.names("field") and not view.one("records", "all")


def _wants_the_rest(right: str, view: View) -> bool:
    """Return whether one list or kind of mail is to stop and another to stay: "keep the newsletter but not the offers"."""
    if right not in {"unsubscribe", "objection"}:
        return False
    others = [clause for clause in view.sentence.clauses if clause is not view.clause]
    stays = any(
        clause.any("news", "marketing") and clause.any("keep", "see", "give") and not clause.any("neg", "stop", "gone")
        for clause in others
    )
    return stays or view.names("keep", "news", "marketing")
