"""How each promise stands: its sentence, its verdict and its figures, from the auditor's last look at the store (N4).

A look that is missing or too long ago is said in words and in red: silence is never taken for a promise kept.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from privacy import published, verdicts, wording
from privacy.document import Bullets, Document, Facts, Heading, Paragraph, Quote, Span
from privacy.errors import NotPublished
from privacy.statement import legend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from privacy.document import Block
    from privacy.policy import Site
    from privacy.voice import Voice

VERDICTS = {
    "broken": ("✗ niet nagekomen", "✗ broken"),
    "at risk": ("! in gevaar", "! at risk"),
    "kept": ("✓ nagekomen", "✓ kept"),
    "not built": ("… nog niet gebouwd", "… not built yet"),
}
_FIGURES = {
    "sealed": ("Nu verzegeld", "Sealed now"),
    "due": ("Aan de beurt in 30 dagen", "Fell due in 30 days"),
    "on_time": ("Daarvan op tijd vernietigd of beantwoord", "Destroyed or answered on time of those"),
    "late": ("Daarvan te laat vernietigd of beantwoord", "Destroyed or answered late of those"),
    "overdue": ("Nu over tijd", "Overdue now"),
}


def data(site: Site, voice: Voice, look: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """Return every promise of a site with its verdict from the snapshot that `look` gives (`verdicts.latest`).

    A promise that is built and has no verdict in the snapshot is at risk: nobody looked. Raises NotPublished where the
    policy file does not let strangers see verdicts.
    """
    if not published.is_public(site, "promises"):
        raise NotPublished
    snapshot = look()
    policy = published.of(site)
    seen = {each["id"]: each for each in snapshot["promises"]}
    stated = {name for name, says in policy["promises"].items() if not says["verdict"]}
    promises = [_promise(name, site, voice, seen.get(name)) for name in policy["promises"] if name not in stated]
    counted = Counter(each["verdict"] for each in promises)
    return {
        **published.head(site, "promises", voice.language),
        "at": snapshot["at"],
        "stale": snapshot["stale"],
        "counts": {verdict: counted[verdict] for verdict in VERDICTS},
        "text_language": policy["text_language"],
        "promises": promises,
        "stated": [_said(name, site, voice) for name in policy["promises"] if name in stated],
        "evidence": f"/{site.name}/evidence.json",
    }


def _said(name: str, site: Site, voice: Voice) -> dict[str, Any]:
    """Return a promise in the words of the policy file and of the published text."""
    says = published.of(site)["promises"][name]
    return {"id": name, "text": voice.text(says), "assumed": "assumed" in says, "quotes": published.quotes(site, name)}


def _promise(name: str, site: Site, voice: Voice, seen: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a promise with its verdict and figures."""
    unseen = "at risk" if published.of(site)["promises"][name]["built"] else "not built"
    found = seen or {"verdict": unseen, "reasons": ["no_snapshot" if unseen == "at risk" else "not_built"]}
    reasons = found["reasons"]
    figures = {figure: found.get(figure) for figure in (*_FIGURES, "last_run")}
    return {
        **_said(name, site, voice),
        "verdict": found["verdict"],
        "verdict_text": voice.say(*VERDICTS[found["verdict"]]),
        **figures,
        "reasons": [{"reason": each, "text": verdicts.said(each, voice.language)} for each in reasons],
    }


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the promises as a page."""
    title = voice.say("De beloften van {site}", "The promises of {site}", site=says["title"])
    promises = (block for each in says["promises"] for block in _section(each, says, voice))
    return Document(title, voice.language, (*_top(says, voice), *promises, *_stated(says, voice)))


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what this is and how it stands as a whole."""
    words = "Elk uur kijken wij in de opslag zelf of wij doen wat wij beloven. Dit kwam eruit."
    yield Paragraph(
        voice.say(
            words, "Every hour we look into the store itself whether we do what we promise. This is what came out."
        ),
        "lead",
    )
    if says["stale"]:
        yield Paragraph(Span(_stale(says, voice), kind="broken"), "warning")
    if says["at"]:
        when = wording.moment(says["at"], voice)
        yield Paragraph(voice.say("Laatst gekeken: {when}.", "Last looked: {when}.", when=when))
    yield Facts(tuple((voice.say(*VERDICTS[verdict]), str(many)) for verdict, many in says["counts"].items()))
    words = voice.say("Wat wij doen wordt per dag ondertekend: ", "What we do is signed per day: ")
    link = voice.say("de ondertekende dagen", "the signed days")
    yield Paragraph((words, Span(link, says["evidence"]), "."))
    yield legend(voice)


def _stale(says: dict[str, Any], voice: Voice) -> str:
    """Say that nobody looked, or not lately: what stands below is not to be relied on."""
    if not says["at"]:
        return voice.say(
            "✗ Er is nog nooit gekeken. Of de beloften worden nagekomen, is dus niet vastgesteld.",
            "✗ Nobody has looked yet. Whether the promises are kept has not been established.",
        )
    return voice.say(
        "✗ Er is te lang niet gekeken. Of de beloften nu worden nagekomen, is dus niet vastgesteld.",
        "✗ Nobody has looked for too long. Whether the promises are kept now has not been established.",
    )


def _section(promise: dict[str, Any], says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give one promise: what it says, how it stands, which sentences make it, its figures."""
    yield Heading(2, voice.marked(f"{promise['id']}: {promise['text']}", assumed=promise["assumed"]), promise["id"])
    verdict = Span(promise["verdict_text"], kind=promise["verdict"].replace(" ", "-"))
    yield Paragraph((verdict, "".join(f" {each['text']}" for each in promise["reasons"])))
    for quote in promise["quotes"]:
        yield Quote(quote, says["text_language"])
    figures = [(voice.say(*label), str(promise[name])) for name, label in _FIGURES.items() if promise[name] is not None]
    if promise["last_run"]:
        figures.append((voice.say("Laatste ronde", "Last run"), wording.moment(promise["last_run"], voice)))
    if figures:
        yield Facts(tuple(figures))


def _stated(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give the promises that are kept by saying them: there is nothing in the store to look at."""
    if not says["stated"]:
        return
    yield Heading(2, voice.say("Wat alleen gezegd hoeft te worden", "What need only be said"), "stated")
    items = (voice.marked(f"{each['id']}: {each['text']}", assumed=each["assumed"]) for each in says["stated"])
    yield Bullets(tuple(items))
