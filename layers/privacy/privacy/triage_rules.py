"""When a clause asks for a right: which words together say so, right by right, as tables that read from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.triage_views import (
    DETERMINERS,
    FEW,
    HAVE,
    OLD,
    SELF,
    about_what,
    could,
    decide,
    denials,
    foreign,
    mood,
    objects,
    order_at,
)

if TYPE_CHECKING:
    from privacy.triage_letter import Clause
    from privacy.triage_views import Mood, View

_YOU = {"nl": {"u", "je", "jullie"}, "en": {"you", "u"}, "de": {"sie", "ihr"}, "fr": {"vous", "tu"}}
_FEW_ON = 3
_BESIDE = 2
_AWAY = frozenset({"weg", "eruit", "gone", "raus", "offline"})
_KEEP = frozenset({"bewaar", "houd", "hou", "keep", "retain", "store"})
_KNOW = frozenset({"weten", "know", "wissen", "savoir"})
_FROM = {
    "nl": frozenset({"uit", "van"}),
    "en": frozenset({"from", "of", "off"}),
    "de": frozenset({"aus", "von"}),
    "fr": frozenset({"de", "du"}),
}
_AND = frozenset({"en", "and", "und", "et", "of", "or", "noch", "nor", "oder", "ni", "ou"})
_IS = frozenset({"is", "zijn", "was", "were", "are", "has", "ist", "sind", "est", "sont"})
_MYSELF = frozenset({"me", "mij", "mijzelf", "mezelf", "myself", "mich"})
_WHETHER = frozenset({"whether", "of", "ob", "si"})


def unsubscribe(view: View) -> Mood | None:
    """Tell whether the writer wants off a newsletter or list: by a word for leaving it, or a newsletter that is to stop."""
    if view.names("offlist") and (view.near("news") or about_what(view) != "thing"):
        other = view.one("track", "marketing") or view.names("erase", "data")
        other = (other or view.names("thing")) and not view.near("news")
        found = _kindly(view, "offlist")
        own = view.near("news") or _MYSELF & set(view.clause.words) or not _performs(view)
        return None if other else _called(view, found) if own else found
    if view.near("marketing") and not view.near("news"):
        return None
    if not _of_news(view) or view.one("consent", "withdraw") or (view.names("marketing") and not _both(view)):
        return None
    stops = view.one("stop", "gone") or order_at(view.clause, "stop", view.language) >= 0
    ends = (
        view.names("cancellation") and (view.names("news") or (view.theme == "news" and view.names("it"))) and view.asks
    )
    denied = bool(denials(view.clause))
    other = view.near("data", "erase", "object", "use", "thing")
    listed = view.names("news") or _listed(view)
    told = view.names("past") and not view.asks
    return decide(
        (ends, _wanted(view)),
        (stops and view.names("see") and _performs(view) and not view.asks, "said"),
        (
            stops and (view.names("news") or (view.one("see", "called") and not other)),
            "said" if told else _wanted(view),
        ),
        (view.names("news") and _begins(view, "neg") and not view.names("see"), _wanted(view)),
        (stops and view.near("news") and view.asks and not other, _wanted(view)),
        (view.names("news") and denied and view.asks and not view.one("erase", "offlist", "hold"), _wanted(view)),
        (
            view.names("it")
            and view.theme == "news"
            and view.asks
            and (stops or denied)
            and not view.near("data", "erase"),
            _wanted(view),
        ),
        (view.names("erase") and listed and not view.names("records"), _kindly(view, "erase")),
    )


def _both(view: View) -> bool:
    """Return whether a newsletter is named beside other advertising, or as such: "no mails and no offers", "offers email"."""
    news, other = view.clause.found.get("news", []), view.clause.found.get("marketing", [])
    words = view.clause.words
    return _is_the_newsletter(view) or any(_AND & set(words[one.end : two.start]) for one in news for two in other)


def _is_the_newsletter(view: View) -> bool:
    """Return whether what advertises is the newsletter itself: "the offers email", "mails about offers"."""
    news, other = view.clause.found.get("news", []), view.clause.found.get("marketing", [])
    words = view.clause.words
    near = ((one, two) for one in news for two in other if abs(one.start - two.start) <= _BESIDE)
    return any(not _AND & set(words[min(one.start, two.start) : max(one.start, two.start)]) for one, two in near)


def objection(view: View) -> Mood | None:
    """Tell whether the writer is against a use of data, above all for advertising or profiling."""
    if _objects_in_so_many_words(view):
        return _called(view, mood(view, "object"))
    if view.names("marketing", "erase") and not view.names("records"):
        return mood(view, "erase")
    if view.names("offlist") and view.near("marketing", "track") and not view.near("news"):
        return mood(view, "offlist")
    stops = view.one("stop", "gone")
    if not (stops or denials(view.clause)) or view.near("consent", "freeze", "until") or _of_cookies(view):
        return None
    if view.one("offlist", "erase", "password"):
        return None
    speaks = bool(SELF[view.language] & set(view.clause.words))
    tells = (speaks and view.names("see") and not view.asks) or view.one("past", "hold")
    wanted: Mood | None = None if view.idle else "asked"
    perhaps: Mood | None = None if view.idle else "weak"
    return decide(
        (
            view.names("marketing") and not _is_the_newsletter(view) and (stops or view.near("ask") or not speaks),
            None if tells else wanted,
        ),
        (
            view.near("marketing", "track")
            and not _is_the_newsletter(view)
            and view.one("use", "stop")
            and (view.asks or stops),
            wanted,
        ),
        (view.names("track") and view.asks, perhaps),
        (_stops_it(view), wanted),
        (
            view.names("called") and stops and not view.names("thing") and not _of_news(view),
            None if "erase" in view.context else wanted,
        ),
        (view.names("use") and view.near("data") and not view.near("keep") and view.asks, perhaps),
    )


def _of_cookies(view: View) -> bool:
    """Return whether cookies are spoken of: they are for consent, whatever they serve (Art. 11.7a Tw)."""
    return any(word.endswith(("cookie", "cookies")) for word in view.clause.words)


def _stops_it(view: View) -> bool:
    """Return whether "that" is to stop, and it is a use of data that was spoken of: "I do not like it, so stop that"."""
    spoken = view.before | view.around
    unwanted = view.names("gone", "it", "ask") and "marketing" in view.before
    named = unwanted or (view.names("halt", "it") and bool(spoken & {"marketing", "track", "called", "use"}))
    return named and not _of_news(view) and "news" not in spoken and not view.names("thing")


def _objects_in_so_many_words(view: View) -> bool:
    """Return whether the clause names an objection, and to a use of data: not to an invoice or a decision."""
    if (
        not view.names("object")
        or view.one("no_objection", "erase")
        or (view.one("freeze", "until") and not _performs(view))
    ):
        return False
    other = objects(view.clause, "thing", view.language) or (view.topic == "thing" and "track" not in view.context)
    of_data = view.context & {"track", "marketing", "use", "called", "data"}
    return view.near("data", "track", "marketing") or (not other and bool(of_data))


def restriction(view: View) -> Mood | None:
    """Tell whether the data are to be kept, but left alone for a while (Art. 18 GDPR)."""
    of_data = about_what(view) == "data"
    if view.names("freeze") and not view.names("use") and not _of_own(view):
        return None
    if view.names("freeze") and (of_data or view.names("use")) and not view.near("password"):
        return mood(view, "freeze")
    unused = view.names("use") and (bool(denials(view.clause)) or view.one("stop", "gone")) and of_data
    claimed = "claim" in view.context
    waits = view.near("until") or claimed
    sold = view.near("marketing")
    kept = _kept(view) and view.near("claim", "until") and of_data and not view.one("gone", "past")
    needed = claimed and not view.sentence.question and mood(view, "keep") == "asked"
    spared = view.names("erase") and mood(view, "erase") == "negated" and not view.conditional
    return decide(
        (
            unused and view.near("until") and not sold and not view.near("news"),
            "about" if view.about or view.names("about") else "asked",
        ),
        (unused and view.near("keep") and view.asks and waits and not sold, "asked"),
        (spared and waits and (claimed or view.near("keep")), "asked"),
        (kept and needed, "asked"),
    )


def withdrawal(view: View) -> Mood | None:
    """Tell whether consent that was given is taken back."""
    consented = view.near("consent") or view.theme == "consent"
    no_longer = view.names("gone") and not view.names("withdraw")
    other = not view.near("consent") or view.one("erase", "news", "marketing")
    about = view.about or view.names("about") or (view.sentence.question and not view.asks)
    supposed = view.conditional and not view.names("consent", "withdraw")
    own = view.asks or view.one("gone", "it") or view.near("mine", "self") or _performs(view) or _short(view)
    regrets = view.names("mind") and (view.near("use") or view.topic == "data" or view.theme == "consent")
    return decide(
        (regrets and not view.idle, "asked"),
        (not view.one("withdraw", "gone") or not consented, None),
        (no_longer and other, None),
        (about or supposed or could(view.clause, view), "about"),
        (own, "asked"),
        (True, "said"),
    )


def erasure(view: View) -> Mood | None:
    """Tell whether data are to go, or are no longer to be kept."""
    return _deletes(view) if view.names("erase") else _keeps_no_longer(view)


def _deletes(view: View) -> Mood | None:
    found = mood(view, "erase")
    called = found == "said" and _short(view) and view.one("data", "person")
    return decide(
        (view.one("news", "marketing", "offlist") and not view.names("records"), None),
        (view.near("marketing") and view.names("field") and not view.one("system", "records", "all"), None),
        (_of_news(view) and _listed(view), None),
        (found == "asked" and _simply(view) and not view.context & {"data", "whatdata", "thing", "news"}, "weak"),
        (about_what(view) != "data", "negated" if found == "negated" else None),
        (view.near("newvalue") and _one_verb(view, "erase", "change"), None),
        (_of_old_value(view), None),
        (found == "asked" and "password" in view.context and view.names("field") and not _much(view), "about"),
        (found == "asked" and (foreign(view, "erase") or _elsewhere(view) or _alone(view)), "about"),
        (called, "asked"),
        (True, found),
    )


def _one_verb(view: View, concept: str, other: str) -> bool:
    """Return whether one verb means both: "delete the digit too many" corrects."""
    starts = {span.start for span in view.clause.found.get(concept, ())}
    return any(span.start in starts for span in view.clause.found.get(other, ()))


def _of_old_value(view: View) -> bool:
    """Return whether what is to go is the value that another takes the place of: "my address is now …, the old one may go"."""
    return bool(OLD & set(view.clause.words)) and "newvalue" in view.context and not view.one("data", "records", "all")


def _much(view: View) -> bool:
    """Return whether more is to go than one value: that is not done to sign in again."""
    return view.one("all", "records", "system", "about_me") or not view.near("password", "doit", "polite")


def _elsewhere(view: View) -> bool:
    """Return whether something is to go from where no data are: "take me out of the project group"."""
    words = view.clause.words
    known = {span.start for spans in view.clause.found.values() for span in spans if span.end - span.start == 1}
    if view.one("data", "records", "about_me", "system") or not view.names("person"):
        return False
    places = [at for at, word in enumerate(words[:-2]) if word in _FROM[view.language] and words[at + 1] in DETERMINERS]
    return any(at + 2 not in known for at in places)


def _alone(view: View) -> bool:
    """Return whether the writer wants to do it alone and looks for the way: "I want to delete it, where is the button?"."""
    return "howto" in view.context and _performs(view) and not view.context & {"doit", "polite"}


def _listed(view: View) -> bool:
    """Return whether it is the writer, or the newsletter that was spoken of before, that is to be removed."""
    return not view.near("data") and (view.names("person") or (view.names("it") and "data" not in view.before))


def _simply(view: View) -> bool:
    """Return whether the clause orders that it, or everything, be erased: "just erase it"."""
    place = order_at(view.clause, "erase", view.language)
    near = range(place, place + _FEW_ON)
    return place >= 0 and any(span.start in near for name in ("it", "all") for span in view.clause.found.get(name, []))


def _keeps_no_longer(view: View) -> Mood | None:
    """Tell whether the data are not to stay: "nothing of mine should remain"; "I do not want you to have" is said of more."""
    kept = {view.clause.words[start] for start, _, _ in view.clause.found.get("keep", [])}
    denied = bool(denials(view.clause)) and not kept <= HAVE and view.asks
    stays = bool(kept) and (view.names("gone") or denied) and (_of_own(view) or view.names("person", "system"))
    if not stays or view.one("use", "withdraw", "track") or view.near("consent", "until"):
        return None
    return decide((view.idle, "about"), (view.asks or view.clause.words[0] in _KEEP, "asked"), (True, "said"))


def rectification(view: View) -> Mood | None:
    """Tell whether data are wrong or incomplete, or have changed."""
    return (_changes(view) or _puts(view)) if _of_values(view) else None


def _of_values(view: View) -> bool:
    """Return whether data of the writer are spoken of, and nothing else that can be wrong or change."""
    if view.near("password") or about_what(view) == "thing" or objects(view.clause, "thing", view.language):
        return False
    if view.names("thing") and not view.one("system", "about_me", "records"):
        return False
    own = bool(view.context & {"newvalue", "calls_me"}) and bool(view.context & {"mine", "self", "person"})
    return own or ("data" in view.context and (view.theme != "news" or view.near("data")))


def _changes(view: View) -> Mood | None:
    """Tell whether data are to be changed: by a verb that says so."""
    stated = bool(view.context & {"newvalue", "wrong"}) or ("field" in view.context and view.names("repair"))
    near = bool({"wrong", "newvalue", "field"} & (view.before | view.around))
    verb = "change" if view.names("change") else "repair" if near and stated and _repairs(view) else ""
    if not verb or view.names("withdraw") or not (about_what(view) == "data" or stated):
        return None
    found = mood(view, verb)
    valued = view.one("newvalue", "wrong")
    other = (not stated and "thing" in view.before and not view.near("data")) or (foreign(view, verb) and not valued)
    return decide(
        (found == "said" and view.sentence.item and _short(view), "asked"),
        (found == "asked", "about" if other else "asked"),
        (found in {"about", "negated"} and not valued, found),
    )


def _puts(view: View) -> Mood | None:
    """Tell whether a new value is to be noted, or is stated."""
    if view.near("freeze", "format", "other") or (view.near("use") and not view.near("wrong")):
        return None
    new = view.near("newvalue") or (view.names("it") and view.topic == "data" and "newvalue" in view.context)
    put = view.names("set") and new and mood(view, "set") == "asked"
    return "asked" if put else _corrects(view)


def _repairs(view: View) -> bool:
    return view.names("repair") and "support" not in view.context


def _corrects(view: View) -> Mood | None:
    """Tell whether a value is stated that is right or wrong: enough when a change is asked for elsewhere in the letter."""
    if view.sentence.question or view.about or view.conditional:
        return None
    if view.one("past", "withdraw", "erase", "marketing", "news", "consent", "thing"):
        return None
    if any(_unchanged(clause) for clause in view.sentence.clauses) or view.context & {"howto", "others"}:
        return None
    changes = bool(view.context & {"change", "repair"})
    known = view.near("wrong") or changes
    own = view.near("mine", "self") or view.sentence.item
    of_data = view.topic == "data"
    return decide(
        (view.names("announces") and "thing" not in view.context, "asked"),
        (
            view.one("newvalue", "states") and view.near("data") and (known or view.names("newvalue")),
            "asked" if known else "weak" if own else None,
        ),
        (view.names("newvalue", "it") and "wrong" in view.context and of_data, "asked"),
        (view.names("wrong", "it") and view.before & {"keep", "states"} and of_data, "asked" if changes else "weak"),
        (view.names("wrong", "data") and (own or changes), "asked" if view.sentence.item and view.asks else "weak"),
    )


def _unchanged(clause: Clause) -> bool:
    """Return whether the clause says that nothing need be changed: "you need not change it, I will"."""
    return any(place < span.start for place in denials(clause) for span in clause.found.get("change", []))


def access(view: View) -> Mood | None:
    """Tell whether the writer wants to know or to have a copy of what is held, where it came from, and who has seen it."""
    if view.names("access") and not view.near("password"):
        return _called(view, _kindly(view, "access"))
    if _of_something_else(view):
        return None
    if _wants_to_know(view):
        denied = denials(view.clause) and not view.sentence.question
        return "negated" if denied else "asked"
    unused = view.names("use") and (bool(denials(view.clause)) or view.one("stop", "gone"))
    formed = view.one("format") or (view.near("format") and not (view.names("copy") and view.near("also")))
    return None if formed or view.one("port", "object") or unused else _wants_a_copy(view)


def _of_something_else(view: View) -> bool:
    """Return whether the clause asks for another right, or what is needed, and not what is held."""
    copied = view.names("copy")
    return (
        view.one("erase", "change", "freeze", "marketing", "consent", "need", "others", "offlist")
        or view.names("set", "newvalue")
        or (not copied and (view.names("news") or view.names("keep", "gone")))
        or (view.near("onward") and view.near("erase", "change", "freeze"))
    )


def _wants_to_know(view: View) -> bool:
    """Return whether the clause asks what is held of the writer: "welke info heb je van me"."""
    own = view.near("mine", "person") or view.topic == "data"
    asks = view.sentence.question or view.near("see") or view.asks
    told = view.names("give") or {view.clause.words[span.start] for span in view.clause.found.get("see", [])} - HAVE
    looking = told or _short(view) or _asks_freely(view, asks=asks)
    held = view.names("whatdata") or _asks_what(view) or _asks_whether(view)
    return bool((held and own and looking) or _asks_to_whom(view)) and not view.conditional


def _asks_to_whom(view: View) -> bool:
    """Return whether the clause asks who is given the writer's data: "do you share my data with others?"."""
    return view.sentence.question and view.names("use", "about_me", "recipients") and not view.one("polite", "may")


def _asks_freely(view: View, *, asks: bool) -> bool:
    """Return whether a question word leads, or something is asked, and no other right takes what is named for its object."""
    taken = view.near("erase", "freeze") or (_kept(view) and view.near("until"))
    return (asks or _begins(view, "what")) and not taken


def _asks_whether(view: View) -> bool:
    """Return whether the clause asks if anything is held of the writer: "do you have anything on me?"."""
    other = view.one("need", "thing", "password", "past", "earlier", "polite", "until", "erase", "change", "silence")
    return (
        view.sentence.question
        and view.names("about_me")
        and _holds(view)
        and not denials(view.clause)
        and not other
        and not view.names("others")
    )


def _holds(view: View) -> bool:
    """Return whether somebody else than the writer holds something: not "I have" or "where I stand"."""
    words = view.clause.words
    return any(
        not SELF[view.language] & set(words[max(0, span.start - 1) : span.end + 1])
        for span in view.clause.found.get("hold", [])
        if words[span.start] not in _KNOW
    )


def _asks_what(view: View) -> bool:
    """Return whether the clause asks what is held in words of its own, and not what becomes of something else."""
    if view.clause.words[0] in _WHETHER and view.names("data", "self") and view.one("hold", "use"):
        return not view.one("past", "erase", "change")
    held = view.one("data", "records", "about_me") or bool(_YOU[view.language] & set(view.clause.words))
    asked = view.names("what") or (view.sentence.question and view.near("what"))
    other = view.one("need", "thing", "password", "past", "earlier") or denials(view.clause)
    if view.names("what", "keep", "it") and view.near("data") and view.near("mine") and not other:
        return True
    return held and asked and _holds(view) and view.names("self") and not other


def _wants_a_copy(view: View) -> Mood | None:
    before = "records" in view.before and "format" not in view.before
    heads = bool(view.clause.found.get("copy")) and view.clause.found["copy"][0].start <= 1
    of_data = _of_own(view) and not view.conditional
    copied = _kindly(view, "copy")
    return decide(
        (
            view.names("give", "it") and view.asks and view.topic == "data" and before and "thing" not in view.before,
            None if view.idle else "asked",
        ),
        (view.names("copy") and of_data and copied == "said" and heads and not view.one("past", "wrong"), "asked"),
        (view.names("copy") and of_data, copied),
        (
            view.one("see", "ask")
            and view.names("recording")
            and not view.near("freeze", "use")
            and view.context & {"person", "self", "writer"},
            _kindly(view, "see"),
        ),
        (
            view.names("see", "records")
            and not view.names("confirm")
            and (view.near("mine") or (view.topic == "data" and view.names("it")))
            and not view.one("thing", "password")
            and _shows(view),
            _kindly(view, "see"),
        ),
    )


def _shows(view: View) -> bool:
    """Return whether something is to be shown, and not only had: "may I have your notes", but not "what you have"."""
    seen = {view.clause.words[span.start] for span in view.clause.found.get("see", ())} - HAVE
    return bool(seen and not view.names("keep")) or (view.one("may", "polite") and not _kept(view))


def _kept(view: View) -> bool:
    """Return whether the clause names that something is kept, and not only that somebody has it."""
    return bool({view.clause.words[span.start] for span in view.clause.found.get("keep", ())} - HAVE)


def _of_own(view: View) -> bool:
    """Return whether the clause is about data that are named, here or before: "a copy of the receipt" is not."""
    if view.one("data", "records", "about_me"):
        return about_what(view) == "data"
    if view.names("it") and view.topic == "data" and not view.one("thing"):
        return True
    return not view.one("thing") and (view.near("data") or view.topic == "data") and about_what(view) == "data"


def portability(view: View) -> Mood | None:
    """Tell whether data are wanted in a form that another service can read, or handed to it."""
    other = "other" in view.context and view.near("other", "format") and view.one("see", "port", "set")
    of_data = view.near("data", "records", "other", "all") or view.topic == "data"
    return decide(
        (view.near("password", "object", "erase") and not view.one("format", "port"), None),
        (
            view.names("format")
            and (view.one("see", "port") or view.near("data", "records", "other") or (view.near("mine") and view.asks)),
            _kindly(view, "format"),
        ),
        (view.near("if") and not view.names("format"), None),
        (view.names("may") and _performs(view) and not view.one("see", "give", "port", "data", "records"), None),
        (view.names("port") and of_data and not view.near("track"), _kindly(view, "port")),
        (other and view.near("data", "records") and not view.one("erase", "change"), _kindly(view, "see")),
    )


def _by_a_verb(view: View) -> bool:
    """Return whether it is said what to do, and not only "away" or "out", which is said of much else."""
    words = {view.clause.words[span.start] for span in view.clause.found.get("erase", ()) if span.end - span.start == 1}
    return not words or not words <= _AWAY or view.one("must", "data")


def is_firm(right: str, view: View) -> bool:
    """Return whether the words beside a right leave no doubt that it is asked for, and of what; else a person looks.

    What only gives is never in doubt: showing people what is theirs takes nothing away.
    """
    own = view.near("mine", "self", "about_me")
    of_data = view.near("data", "records", "about_me") and (own or view.near("system"))
    doubt = view.context & {"others", "howto", "reported", "later"} or view.near("thing", "support", "password")
    anchors = {
        "erasure": of_data and _by_a_verb(view),
        "rectification": of_data and bool(view.context & {"newvalue", "wrong"}),
        "restriction": of_data,
        "objection": view.near("object", "marketing", "track", "called") and not view.near("erase", "freeze", "claim"),
        "withdrawal": view.near("consent"),
        "unsubscribe": (view.near("news") or view.names("offlist")) and not view.near("marketing"),
    }
    return right not in anchors or (bool(anchors[right]) and not doubt)


RULES = {
    "access": (access, {"access", "whatdata", "hold", "use", "give", "copy", "see", "recording"}),
    "rectification": (rectification, {"change", "repair", "set", "newvalue", "states", "wrong"}),
    "erasure": (erasure, {"erase", "keep"}),
    "restriction": (restriction, {"freeze", "use", "erase", "keep"}),
    "portability": (portability, {"format", "port", "see", "set"}),
    "objection": (objection, {"object", "marketing", "track", "called", "use", "offlist", "stop", "halt"}),
    "withdrawal": (withdrawal, {"mind", "withdraw", "gone"}),
    "unsubscribe": (unsubscribe, {"offlist", "stop", "gone", "news", "it", "erase"}),
}
"""What tells whether a clause asks for a right, and the concepts of which it names one at least when it does."""
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


def _of_news(view: View) -> bool:
    return view.theme == "news" or view.near("news")


def _wanted(view: View) -> Mood:
    return "about" if view.idle else "asked"


def _called(view: View, found: Mood) -> Mood:
    """Return the mood, with what is done by saying it, or called out without a verb, taken for a request."""
    return "asked" if found == "said" and (_short(view) or _performs(view)) else found


def _kindly(view: View, concept: str) -> Mood:
    """Return the mood, with "may I have" taken for a request: nothing is lost by showing people what is theirs."""
    found = mood(view, concept)
    polite = view.near("may", "polite") if concept == "format" else view.one("may", "polite")
    kind = found in {"about", "said"} and polite and not view.names("about") and not view.about
    return "asked" if kind else found


def _performs(view: View) -> bool:
    """Return whether the writer does it by saying so: "I object", "ik trek in"."""
    return bool(SELF[view.language] & set(view.clause.words)) and not view.names("past")


def _begins(view: View, concept: str) -> bool:
    return any(span.start == 0 for span in view.clause.found.get(concept, ()))


def _short(view: View) -> bool:
    """Return whether the clause is a call without a subject: "account weg", "newsletter off", or an item of a list."""
    words = view.clause.words
    called = (len(words) <= FEW or view.sentence.item) and words is view.sentence.clauses[0].words
    stated = view.sentence.question or view.one("not_ask") or view.near("past") or words[0] in _YOU[view.language]
    stated = stated or bool(_IS & set(words))
    return called and not stated and not SELF[view.language] & set(words)
