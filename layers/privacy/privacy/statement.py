"""The privacy statement: what Art. 13, 14 and 21(4) GDPR want people to be told, from the policy file alone (N1).

What it says is one set of data (`data`), which is its JSON; the page and its Markdown (`document`) are made from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import processing, published, versions, wording
from privacy.document import Bullets, Document, Facts, Heading, Lines, Paragraph, Quote, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.document import Block, Words
    from privacy.policy import Site
    from privacy.voice import Voice

_TOLD = ("withdrawal", "obligatory", "automated_decisions", "transfers", "complaint")
_LINKS = "P43"


def data(site: Site, voice: Voice) -> dict[str, Any]:
    """Return what the statement of a site says, in the language of `voice`."""
    policy = published.of(site)
    return {
        **published.head(site, "statement", voice.language),
        "covers": [_site(name, each, voice) for name, each in policy["sites"].items()],
        "controllers": processing.controllers(policy),
        "categories": processing.categories(policy, voice),
        "recipients": processing.recipients(policy, voice),
        "rights": [_right(name, each, voice) for name, each in policy["rights"].items()],
        "objection": _told(policy["information"]["objection"], voice),
        **{name: _told(policy["information"][name], voice) for name in _TOLD},
        "security": _told(policy["security"], voice),
        "privacy_address": site.privacy_address,
        "newsletters": [_newsletter(each, voice) for each in policy["newsletters"].values()],
        "other_websites": _other_websites(site, policy, voice),
        "versions": versions.listed(site, voice),
        "notices": [
            {"id": each["id"], "from": each["from"], "text": voice.text(each["text"])}
            for each in policy["notices"]
            if site.name in each["sites"]
        ],
    }


def _told(says: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a text of the file, and whether it is an assumption."""
    return {"text": voice.text(says), "assumed": "assumed" in says}


def _site(name: str, site: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a site that this statement covers (P31)."""
    return {
        "site": name,
        "title": site["title"],
        "url": site["url"],
        "controller": site["controller"],
        "privacy_address": site["privacy_address"],
        "statement": f"/{name}/statement?lang={voice.language}",
        "assumed": "assumed" in site,
    }


def _right(name: str, says: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a right in plain words, with the words of the published text that give it."""
    title, text = wording.right(name, voice)
    return {
        "right": name,
        "title": title,
        "text": text,
        "quote": says.get("quote", ""),
        "assumed": "assumed" in says,
    }


def _newsletter(newsletter: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a newsletter and what people agree to, word for word (P27, P28)."""
    return {
        "title": voice.text(newsletter["title"]),
        "consent_text": voice.text(newsletter["consent_text"]),
        "text_version": newsletter["text_version"],
        "assumed": "assumed" in newsletter,
    }


def _other_websites(site: Site, policy: dict[str, Any], voice: Voice) -> dict[str, Any] | None:
    """Return what the policy says of websites that it links to, when it does (P43)."""
    if _LINKS not in policy["promises"]:
        return None
    return {
        "text": voice.text(policy["promises"][_LINKS]),
        "quotes": published.quotes(site, _LINKS),
        "language": policy["text_language"],
    }


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the statement as a page."""
    sections = (_top, _who, _what, _whom, _rights, _objection, _besides, _news, _elsewhere, _history)
    blocks = tuple(block for section in sections for block in section(says, voice))
    title = voice.say("Privacyverklaring van {site}", "Privacy statement of {site}", site=says["title"])
    return Document(title, voice.language, blocks)


def legend(voice: Voice) -> Paragraph:
    """Return what the mark of an assumption means (P48)."""
    words = voice.say(
        ": de gepubliceerde tekst laat dit open. Wat hier staat is onze invulling, en zo herkenbaar.",
        ": the published text leaves this open. What stands here is our own reading, and marked so.",
    )
    return Paragraph((voice.assumption(), words), "note")


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what this is, and of when."""
    yield Paragraph(
        voice.say(
            "Welke gegevens wij van {you} hebben, waarvoor, hoe lang, en wat {you} kunt vragen. Versie {version}, van {date}.",
            "Which data we have about you, what for, how long, and what you can ask. Version {version}, of {date}.",
            version=says["version"],
            date=wording.date(says["published"], voice),
        ),
        "lead",
    )
    yield legend(voice)
    if len(says["covers"]) > 1:
        yield Paragraph(voice.say("Deze verklaring geldt voor:", "This statement covers:"))
        yield Bullets(
            tuple(voice.marked(Span(each["title"], each["url"]), assumed=each["assumed"]) for each in says["covers"])
        )


def _who(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say who is responsible (Art. 13(1)(a) and (b))."""
    yield Heading(2, voice.say("Wie verantwoordelijk is", "Who is responsible"), "controllers")
    for each in says["controllers"]:
        if len(says["controllers"]) > 1:
            yield Heading(3, each["legal_name"], f"controller-{each['controller']}")
        yield Facts(processing.identity(each, voice))
    if len(says["controllers"]) > 1:
        words = "{You} kunt {your} rechten bij ieder van hen uitoefenen: een verzoek aan een van hen bereikt allemaal."
        english = "You can exercise your rights with each of them: a request to one reaches all (Art. 26(3) GDPR)."
        yield Paragraph(voice.say(words[:-1] + " (art. 26(3) AVG).", english))


def _what(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what is kept, per category (Art. 13(1)(c) and (d), 13(2)(a), 14(1)(d), 14(2)(f))."""
    yield Heading(
        2, voice.say("Welke gegevens, waarvoor en hoe lang", "Which data, what for and how long"), "categories"
    )
    yield Bullets(tuple(Span(each["title"], f"#categories-{each['category']}") for each in says["categories"]))
    for each in says["categories"]:
        yield Heading(3, each["title"], f"categories-{each['category']}")
        yield Facts(processing.described(each, voice))


def _whom(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say who is given data, by name (Art. 13(1)(e) and (f))."""
    yield Heading(2, voice.say("Aan wie wij gegevens geven", "Whom we give data to"), "recipients")
    columns = voice.say("Wie|In welke rol|Waar|Waarborgen", "Who|In which role|Where|Safeguards").split("|")
    rows = tuple(processing.recipient_row(each, voice) for each in says["recipients"])
    yield Table(voice.say("Ontvangers", "Recipients"), tuple(columns), rows)
    yield Paragraph(voice.marked(says["transfers"]["text"], assumed=says["transfers"]["assumed"]))


def _rights(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say which rights people have, and how to exercise them (Art. 13(2)(b), 12(3), 12(5))."""
    yield Heading(2, voice.say("{Your} rechten", "Your rights"), "rights")
    yield Facts(tuple((each["title"], voice.marked(each["text"], assumed=each["assumed"])) for each in says["rights"]))
    address = says["privacy_address"]
    yield Paragraph(
        (
            voice.say("Stuur een e-mail naar ", "Send an e-mail to "),
            Span(address, f"mailto:{address}"),
            voice.say(", of gebruik ", ", or use "),
            Span(
                voice.say("de bladzijde over {your} rechten", "the page about your rights"),
                f"/{says['site']}/rights?lang={voice.language}",
            ),
            voice.say(
                ". Dat kost niets. Wij antwoorden zo snel als kan, uiterlijk binnen een maand; is een verzoek ingewikkeld, dan"
                " zeggen wij binnen die maand waarom het langer duurt. Wij vragen alleen om te laten zien wie {you} bent als"
                " wij daarover redelijke twijfel hebben.",
                ". It costs nothing. We answer as soon as we can, within a month at the latest; if a request is complicated we"
                " say within that month why it takes longer. We ask you to show who you are only where we have reasonable"
                " doubts.",
            ),
        )
    )
    for name in ("withdrawal", "complaint"):
        yield Paragraph(voice.marked(says[name]["text"], assumed=says[name]["assumed"]))


def _objection(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say apart from everything else that people can object (Art. 21(4))."""
    yield Heading(2, voice.say("Bezwaar maken", "Objecting"), "objection")
    yield Paragraph(voice.marked(says["objection"]["text"], assumed=says["objection"]["assumed"]), "warning")
    address = says["privacy_address"]
    yield Paragraph(
        (voice.say("Dat kan met een e-mail naar ", "Send an e-mail to "), Span(address, f"mailto:{address}"), ".")
    )


def _besides(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what must be said besides (Art. 13(2)(e) and (f), 30(1)(g)), and where the cookies are."""
    titles = {
        "obligatory": voice.say("Of {you} gegevens moet geven", "Whether you must give data"),
        "automated_decisions": voice.say("Besluiten door een computer", "Decisions by a computer"),
        "security": voice.say("Beveiliging", "Security"),
    }
    for name, title in titles.items():
        yield Heading(2, title, name.replace("_", "-"))
        yield Paragraph(voice.marked(says[name]["text"], assumed=says[name]["assumed"]))
    yield Heading(2, "Cookies", "cookies")
    words = voice.say("Alle cookies, per soort", "All cookies, by category")
    yield Paragraph((Span(words, says["pages"]["cookies"]), "."))


def _news(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say which newsletters there are, and that none comes unasked (P27, P28)."""
    if not says["newsletters"]:
        return
    yield Heading(2, voice.say("Nieuwsbrieven", "Newsletters"), "newsletters")
    words = "Geen enkele nieuwsbrief komt ongevraagd. Per nieuwsbrief gaat {you} akkoord met deze tekst:"
    yield Paragraph(voice.say(words, "No newsletter comes unasked. For each of them you agree to this text:"))
    rows = (
        (each["title"], voice.marked(each["consent_text"], assumed=each["assumed"])) for each in says["newsletters"]
    )
    yield Facts(tuple(rows))


def _elsewhere(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what holds for other websites (P43)."""
    other = says["other_websites"]
    if not other:
        return
    yield Heading(2, voice.say("Links naar andere websites", "Links to other websites"), "other-websites")
    yield Paragraph(other["text"])
    for quote in other["quotes"]:
        yield Quote(quote, other["language"])


def _history(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say which text was in force when, and what changed (P42)."""
    yield Heading(2, voice.say("Versies", "Versions"), "versions")
    words = "Bij elk gegeven leggen wij vast onder welke versie en welke aanvullende verklaringen het is verzameld."
    english = "With every piece of data we record under which version and supplementary statements it was collected."
    yield Paragraph(voice.say(words, english))
    columns = voice.say("Versie|Van kracht|Wat veranderde", "Version|In force|What changed").split("|")
    rows = tuple(_version_row(each, voice) for each in says["versions"])
    yield Table(voice.say("Welke tekst wanneer gold", "Which text was in force when"), tuple(columns), rows)
    if not says["notices"]:
        yield Paragraph(
            voice.say("Er gelden geen aanvullende verklaringen.", "No supplementary statements are in force.")
        )
    for each in says["notices"]:
        since = wording.date(each["from"], voice)
        title = voice.say("Aanvullende verklaring, vanaf {since}", "Supplementary statement, from {since}", since=since)
        yield Heading(3, title, f"notices-{each['id']}")
        yield Paragraph(each["text"])


def _version_row(version: dict[str, Any], voice: Voice) -> tuple[Words | Lines, ...]:
    """Return a version as a row: its name leads to its text, where that is kept here."""
    name = Span(version["version"], version["text"]) if version["text"] else version["version"]
    return name, versions.force(version, voice), version["changes"]
