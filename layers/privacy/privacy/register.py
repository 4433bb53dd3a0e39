"""The register of processing activities (Art. 30(1) GDPR), from the policy file alone (N1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import processing, published, wording
from privacy.document import Bullets, Document, Heading, Paragraph, Span, Table
from privacy.statement import legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.document import Block
    from privacy.policy import Site
    from privacy.voice import Voice


def data(site: Site, voice: Voice) -> dict[str, Any]:
    """Return the register of the policy of a site: each processing with what Art. 30(1) asks."""
    policy = published.of(site)
    told = ("security", policy["security"]), ("transfers", policy["information"]["transfers"])
    return {
        **published.head(site, "register", voice.language),
        "controllers": processing.controllers(policy),
        "processings": processing.categories(policy, voice),
        "recipients": processing.recipients(policy, voice),
        **{name: {"text": voice.text(says), "assumed": "assumed" in says} for name, says in told},
    }


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the register as a page: a table per processing, so that it reads on paper and on a telephone."""
    title = voice.say("Verwerkingsregister van {site}", "Register of processing of {site}", site=says["title"])
    blocks = (*_top(says, voice), *_controllers(says, voice), *_processings(says, voice))
    return Document(title, voice.language, blocks)


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what this is."""
    words = "Alle verwerkingen van persoonsgegevens, volgens art. 30(1) AVG. Versie {version}, van {date}."
    english = "All processing of personal data, as Art. 30(1) GDPR asks. Version {version}, of {date}."
    figures = {"version": says["version"], "date": wording.date(says["published"], voice)}
    yield Paragraph(voice.say(words, english, **figures), "lead")
    yield legend(voice)


def _controllers(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say whose register it is (Art. 30(1)(a))."""
    yield Heading(2, voice.say("Verwerkingsverantwoordelijken", "Controllers"), "controllers")
    for each in says["controllers"]:
        yield Heading(3, each["legal_name"], f"controllers-{each['controller']}")
        caption = voice.say("Verwerkingsverantwoordelijke: {name}", "Controller: {name}", name=each["legal_name"])
        yield _card(caption, processing.identity(each, voice), voice)


def _processings(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give each processing (Art. 30(1)(b) to (g))."""
    yield Heading(2, voice.say("Verwerkingen", "Processing activities"), "processings")
    yield Bullets(tuple(Span(each["title"], f"#categories-{each['category']}") for each in says["processings"]))
    for each in says["processings"]:
        yield Heading(3, each["title"], f"categories-{each['category']}")
        told = (
            (voice.say("Doorgifte buiten de EER", "Transfers outside the EEA"), says["transfers"]),
            (voice.say("Beveiliging", "Security"), says["security"]),
        )
        more = tuple((term, voice.marked(what["text"], assumed=what["assumed"])) for term, what in told)
        caption = voice.say("Verwerking: {name}", "Processing: {name}", name=each["title"])
        yield _card(caption, (*processing.described(each, voice), *more), voice)
    yield Heading(2, voice.say("Ontvangers", "Recipients"), "recipients")
    columns = voice.say("Wie|In welke rol|Waar|Waarborgen", "Who|In which role|Where|Safeguards").split("|")
    rows = tuple(processing.recipient_row(each, voice) for each in says["recipients"])
    yield Table(voice.say("Ontvangers van alle verwerkingen", "Recipients of all processing"), tuple(columns), rows)


def _card(caption: str, rows: processing.Rows, voice: Voice) -> Table:
    """Return facts as a table of two columns."""
    return Table(caption, (voice.say("Onderdeel", "Item"), voice.say("Inhoud", "Content")), rows, "card")
