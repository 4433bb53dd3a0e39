"""The published text, sentence by sentence, and who carries each of them out (N8).

Every sentence is shown, letter for letter and in its order: tied to the promises it makes and the rules that carry them
out, as information only, or as something that nobody carries out. The policy check refuses a file that leaves one out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from privacy import published
from privacy.document import Bullets, Document, Facts, Heading, Lines, Paragraph, Span, Table
from privacy.statement import legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.document import Block, Words
    from privacy.policy import Site
    from privacy.voice import Voice

_FATES = {
    "carried_out": ("✓ wordt uitgevoerd", "✓ is carried out"),
    "not_built": ("… nog niet (helemaal) gebouwd", "… not (entirely) built yet"),
    "information": ("alleen informatie", "information only"),
    "nobody": ("✗ niemand voert dit uit", "✗ nobody carries this out"),
}
_PLACES = {
    "controllers": ("wie verantwoordelijk is", "who is responsible", "statement#controllers"),
    "sites": ("de websites en hun privacyadres", "the websites and their privacy address", "statement#controllers"),
    "purposes": ("waarvoor gegevens worden gebruikt", "what data are used for", "statement#categories"),
    "sources": ("waar gegevens vandaan komen", "where data come from", "statement#categories"),
    "categories": ("welke gegevens, waarvoor en hoe lang", "which data, what for and how long", "statement#categories"),
    "recipients": ("de ontvangers", "the recipients", "statement#recipients"),
    "rights": ("de rechten", "the rights", "statement#rights"),
    "newsletters": ("de nieuwsbrieven", "the newsletters", "statement#newsletters"),
    "notices": ("de aanvullende verklaringen", "the supplementary statements", "statement#versions"),
    "information": ("wat verder verteld moet worden", "what else must be told", "statement#rights"),
    "security": ("de beveiliging", "the security", "statement#security"),
    "cookies": ("de cookies", "the cookies", "cookies"),
    "forms": ("het formulier", "the form", "enquiries"),
}


def data(site: Site, voice: Voice) -> dict[str, Any]:
    """Return every sentence of the published text with its fate, and how many there are of each."""
    policy = published.of(site)
    sentences = [
        {"number": number, "says": each["says"], **_fate(each, site, policy, voice)}
        for number, each in enumerate(policy["sentences"], 1)
    ]
    made = {promise for each in policy["sentences"] for promise in each.get("promises", ())}
    fates = Counter(each["fate"] for each in sentences)
    return {
        **published.head(site, "coverage", voice.language),
        "text_language": policy["text_language"],
        "text_sha256": policy["versions"][-1]["text_sha256"],
        "counts": {"sentences": len(sentences), **{fate: fates[fate] for fate in _FATES}},
        "sentences": sentences,
        "beyond_the_text": [_promise(name, policy, voice) for name in policy["promises"] if name not in made],
    }


def _fate(sentence: dict[str, Any], site: Site, policy: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return what becomes of one sentence."""
    if "nobody" in sentence:
        return {"fate": "nobody", "why": voice.text(sentence["nobody"]), "promises": [], "rules": []}
    if "promises" not in sentence:
        return {"fate": "information", "promises": [], "rules": []}
    promises = [_promise(name, policy, voice) for name in sentence["promises"]]
    rules = [_rule(place, site, policy, voice) for place in sentence.get("rules", ())]
    needed = {policy["categories"][each["category"]]["module"] for each in rules if each["category"]}
    built = all(each["built"] for each in promises) and needed <= set(policy["built"])
    fate = "carried_out" if built else "not_built"
    return {"fate": fate, "promises": promises, "rules": rules}


def _promise(name: str, policy: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a promise, and whether this release carries it out."""
    says = policy["promises"][name]
    return {"id": name, "text": voice.text(says), "built": says["built"], "assumed": "assumed" in says}


def _rule(place: str, site: Site, policy: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a place of the policy file in words, with the address where people read what it says."""
    section, _, rest = place.partition(".")
    dutch, english, address = _PLACES[section]
    text, name = voice.say(dutch, english), rest.partition(".")[0]
    category = name if section == "categories" else ""
    if category:
        text, address = voice.text(policy["categories"][name]["title"]), f"statement#categories-{name}"
    if section == "forms" and name:
        address = f"enquiries?form={name}"
    path, _, anchor = address.partition("#")
    query = f"{'&' if '?' in path else '?'}lang={voice.language}"
    href = f"/{site.name}/{path}{query}" + (f"#{anchor}" if anchor else "")
    return {"place": place, "text": text, "category": category, "href": href}


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the coverage as a page."""
    title = voice.say("Elke zin van {site}", "Every sentence of {site}", site=says["title"])
    return Document(title, voice.language, (*_top(says, voice), *_sentences(says, voice), *_beyond(says, voice)))


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what this is, and count."""
    words = "De gepubliceerde tekst, letter voor letter, en bij elke zin wie hem uitvoert."
    yield Paragraph(
        voice.say(words, "The published text, letter for letter, and with each sentence who carries it out."), "lead"
    )
    counts = says["counts"]
    fates = tuple((voice.say(*words), str(counts[fate])) for fate, words in _FATES.items())
    yield Facts(((voice.say("Zinnen", "Sentences"), str(counts["sentences"])), *fates))
    words = voice.say(
        "SHA-256 van de tekst (versie {version}): ",
        "SHA-256 of the text (version {version}): ",
        version=says["version"],
    )
    yield Paragraph((words, Span(says["text_sha256"], kind="code")))


def _sentences(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give every sentence and its fate."""
    yield Heading(2, voice.say("De tekst", "The text"), "text")
    columns = voice.say("Nr.|Zin|Wat ervan wordt", "No.|Sentence|What becomes of it").split("|")
    rows = tuple(
        (str(each["number"]), Span(each["says"], lang=says["text_language"]), _becomes(each, voice))
        for each in says["sentences"]
    )
    yield Table(voice.say("Alle zinnen", "All sentences"), tuple(columns), rows, "wide")


def _becomes(sentence: dict[str, Any], voice: Voice) -> Lines:
    """Return the fate of a sentence in words: its promises, its rules, or why there is nobody."""
    fate = Span(voice.say(*_FATES[sentence["fate"]]), kind=sentence["fate"].replace("_", "-"))
    rules = (_linked(each) for each in sentence["rules"])
    why = (sentence["why"],) if "why" in sentence else ()
    return Lines((fate, *why, *(_promised(each, voice) for each in sentence["promises"]), *rules))


def _promised(promise: dict[str, Any], voice: Voice) -> Words:
    """Return a promise in words, and that nobody carries it out yet where that is so."""
    state = "" if promise["built"] else voice.say(" [nog niet gebouwd]", " [not built yet]")
    return voice.marked(f"{promise['id']}: {promise['text']}{state}", assumed=promise["assumed"])


def _linked(rule: dict[str, Any]) -> Words:
    """Return a rule as a link to where people read it, with its place in the policy file."""
    return Span(rule["text"], rule["href"]), " ", Span(rule["place"], kind="code")


def _beyond(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give the promises that no sentence makes and that hold all the same."""
    if not says["beyond_the_text"]:
        return
    yield Heading(
        2,
        voice.say("Wat de tekst niet zegt en toch geldt", "What the text does not say and holds all the same"),
        "beyond",
    )
    yield legend(voice)
    yield Bullets(tuple(_promised(each, voice) for each in says["beyond_the_text"]))
