"""The overview of all cookies, by category, from the policy file alone (N1, P01, P41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import published, wording
from privacy.document import Document, Heading, Paragraph, Table
from privacy.statement import legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.document import Block, Words
    from privacy.policy import Site
    from privacy.voice import Voice


def data(site: Site, voice: Voice) -> dict[str, Any]:
    """Return the categories of cookies of a site with every cookie in each; none where the site uses none."""
    cookies = published.of(site)["cookies"] if site.cookies != "none" else {}
    listed = cookies.get("list", {})
    return {
        **published.head(site, "cookies", voice.language),
        "uses_cookies": bool(listed),
        "categories": [
            {
                "category": name,
                "title": voice.text(each["title"]),
                "description": voice.text(each["description"]),
                "needs_consent": each["consent"],
                "assumed": "assumed" in each,
                "cookies": [
                    _cookie(key, cookie, voice) for key, cookie in listed.items() if cookie["category"] == name
                ],
            }
            for name, each in cookies.get("categories", {}).items()
        ],
    }


def _cookie(name: str, cookie: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return one cookie."""
    return {
        "name": name,
        "party": cookie["party"],
        "provider": cookie["provider"],
        "purpose": voice.text(cookie["purpose"]),
        "lifetime": cookie["lifetime"],
        "lifetime_text": wording.period(cookie["lifetime"], voice),
        "assumed": "assumed" in cookie,
    }


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the overview as a page."""
    title = voice.say("Cookies van {site}", "Cookies of {site}", site=says["title"])
    blocks = (*_top(says, voice), *(block for each in says["categories"] for block in _category(each, voice)))
    return Document(title, voice.language, blocks)


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say how many there are; that there is none is said too."""
    if not says["categories"]:
        words = voice.say(
            "Deze website gebruikt geen cookies, ook niet van anderen.",
            "This website uses no cookies, nor anybody else's.",
        )
        yield Paragraph(words, "lead")
        return
    words = (
        "Cookies zijn kleine bestanden die op {your} computer of telefoon blijven staan. Dit zijn ze alle, per soort."
    )
    english = "Cookies are small files that are stored on your computer or phone. Below are all of them, by category."
    yield Paragraph(voice.say(words, english), "lead")
    yield legend(voice)


def _category(category: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Give one category and its cookies."""
    yield Heading(2, category["title"], f"cookies-{category['category']}")
    asked = voice.say("Alleen als {you} daarvoor hebt gekozen.", "Only if you chose so.")
    free = voice.say("Hiervoor vragen wij geen toestemming.", "We ask no consent for these.")
    yield Paragraph(voice.marked(category["description"], assumed=category["assumed"]))
    yield Paragraph(asked if category["needs_consent"] else free)
    if not category["cookies"]:
        yield Paragraph(voice.say("Wij gebruiken er geen van deze soort.", "We use none of this category."))
        return
    columns = voice.say("Naam|Van wie|Waarvoor|Hoe lang", "Name|Whose|What for|How long").split("|")
    rows = tuple(_row(each, voice) for each in category["cookies"])
    yield Table(category["title"], tuple(columns), rows)


def _row(cookie: dict[str, Any], voice: Voice) -> tuple[Words, ...]:
    """Return one cookie as a row."""
    own = voice.say("van deze website zelf", "this website's own")
    whose = own if cookie["party"] == "first" else cookie["provider"]
    return voice.marked(cookie["name"], assumed=cookie["assumed"]), whose, cookie["purpose"], cookie["lifetime_text"]
