"""The pages of a site: what each must say, from the policy file alone."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from privacy import policy, published, site_pages, wording
from privacy.compiled import statements
from privacy.errors import NotFound, NotPublished
from privacy.voice import Voice, voice_of

from nakoming.policy.document import FOLDER
from tests.pages_seen import SNAPSHOT, main_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.policy import Site

SITES = [policy.site(name) for name in policy.sites()]
DUTCH, ENGLISH = Voice("nl", "u", "nl"), Voice("en", "u", "nl")
every_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
every_language = pytest.mark.parametrize("language", ["nl", "en"])
every_page = pytest.mark.parametrize("name", published.PAGES)


def data(site: Site, name: str, language: str = "nl", **more: Any) -> dict[str, Any]:
    """Return what a page says."""
    return site_pages.data(site, name, voice_of(site, language), lambda: SNAPSHOT, **more)


def html(site: Site, name: str, language: str = "nl", **more: Any) -> str:
    """Return a page."""
    return site_pages.html(site, data(site, name, language, **more), voice_of(site, language))


def _counted(event: str, voice: Voice) -> str:
    """Return a period that counts from an event, in words."""
    return wording.retention({"promise": "P1M", "counts_from": event}, 3, voice)


@every_page
@every_language
@every_site
def test_headings_are_in_order_and_names_are_unique(site: Site, language: str, name: str) -> None:
    """A page has one heading of level 1 and skips no level, no name is used twice, and every link inside leads somewhere."""
    page = html(site, name, language)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)


@every_page
@every_site
def test_a_page_runs_loads_and_stores_nothing(site: Site, name: str) -> None:
    """No page holds a script, a style of its own, or anything that a browser would fetch (P01)."""
    page = html(site, name)
    assert re.findall(r"<(?:script|img|link|iframe|object|form|video|audio|source|embed)\b", page) == []
    assert re.findall(r"\bon\w+=|style=|@import|url\(", page) == []


@every_page
@every_language
@every_site
def test_all_forms_are_made_of_the_same_data(site: Site, language: str, name: str) -> None:
    """What a page says goes through JSON unchanged, and the page made from that is the same page."""
    says = data(site, name, language)
    voice = voice_of(site, language)
    again = json.loads(json.dumps(says))
    assert site_pages.html(site, again, voice) == site_pages.html(site, says, voice)


@every_language
def test_the_form_of_address_is_the_sites_own(language: str) -> None:
    """Silver Essence says u, Seven Elements says je, in what we write ourselves; in English both say you."""
    formal, informal = policy.site("silver-essence"), policy.site("sevenelements")
    words = {
        site.name: set(re.findall(r"\w+", main_text(html(site, "statement", language)))) for site in (formal, informal)
    }
    if language == "nl":
        assert not words["silver-essence"] & {"je", "jouw", "jezelf"}
        assert not words["sevenelements"] & {"u", "uw", "uzelf"}
    else:
        assert "you" in words["silver-essence"] & words["sevenelements"]


@every_page
@every_site
def test_no_text_lacks_its_words(site: Site, name: str) -> None:
    """No page shows a placeholder that nobody filled in, and none shows Dutch pronouns of the other form."""
    for language in site.languages:
        assert re.findall(r"\{\w*\}|None|\bTrue\b|\bFalse\b", main_text(html(site, name, language))) == []


@every_site
def test_every_assumption_is_marked(site: Site) -> None:
    """What the policy file assumes is marked on the page as often as its data say so, and the mark is explained (P48)."""
    for name in ("statement", "register"):
        page = html(site, name)
        assert '<span class="assumed">(aanname)</span>: de gepubliceerde tekst laat dit open' in page
        assert page.count("(aanname)") > 5
    says = data(site, "statement")
    for each in says["categories"]:
        rule = statements.STATEMENTS[site.policy]["categories"][each["category"]]
        assert each["basis"]["assumed"] == ("assumed" in rule["basis"])
        assert each["retention"]["assumed"] == ("assumed" in rule["retention"])
        assert each["source"]["assumed"] == ("assumed" in rule["source"])


def test_a_page_that_there_is_not() -> None:
    """A page or a version that there is not is not found."""
    site = policy.site("silver-essence")
    with pytest.raises(NotFound):
        data(site, "secrets")
    with pytest.raises(NotFound):
        data(site, "statement", version="1999")


def test_verdicts_are_for_nobody_where_the_policy_file_says_so() -> None:
    """A site that does not publish its verdicts shows them to no stranger, does not ask for them, and names no such page."""
    silent = policy.site("silver-essence")._replace(publish_verdicts=False)

    def look() -> dict[str, Any]:
        raise AssertionError

    with pytest.raises(NotPublished):
        site_pages.data(silent, "promises", voice_of(silent, "nl"), look)
    assert "promises" not in html(silent, "statement").replace("/coverage", "")


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("P1M", "1 maand", "1 month"),
        ("P3M", "3 maanden", "3 months"),
        ("P1Y", "1 jaar", "1 year"),
        ("P23M", "1 jaar en 11 maanden", "1 year and 11 months"),
        ("P60D", "60 dagen", "60 days"),
        ("PT72H", "72 uur", "72 hours"),
        ("P2W", "14 dagen", "14 days"),
    ],
)
def test_a_period_in_words(text: str, dutch: str, english: str) -> None:
    """A duration reads as people say it."""
    assert (wording.period(text, DUTCH), wording.period(text, ENGLISH)) == (dutch, english)


def test_what_is_destroyed_at_once_says_when_the_backups_are_gone() -> None:
    """For a promise of at once, the days that backups still last are said too."""
    rule = {"promise": "PT0S", "counts_from": "deactivated"}
    said = wording.retention(rule, 3, ENGLISH)
    assert said == "Unreadable at once after the account is no longer active; in backups 3 days later."


def test_a_moment_is_told_by_the_clock_people_read() -> None:
    """Moments are stored in UTC and shown in Europe/Amsterdam, summer and winter."""
    assert wording.moment("2026-11-22T11:00:00Z", DUTCH) == "22 november 2026, 12:00"
    assert wording.moment("2026-07-01T22:30:00Z", ENGLISH) == "2 July 2026, 00:30"


SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
PARTS = SCHEMA["$defs"]
NAMED: list[tuple[Callable[[str, Voice], object], list[str]]] = [
    (wording.basis, PARTS["basis"]["properties"]["article"]["enum"]),
    (wording.role, PARTS["recipient"]["properties"]["role"]["enum"]),
    (wording.reader, PARTS["category"]["properties"]["readers"]["items"]["enum"]),
    (wording.right, SCHEMA["properties"]["rights"]["propertyNames"]["enum"]),
    (_counted, PARTS["retention"]["properties"]["counts_from"]["enum"]),
]


@pytest.mark.parametrize(("words", "names"), NAMED, ids=lambda part: getattr(part, "__name__", None))
def test_everything_that_a_policy_file_may_name_has_words(
    words: Callable[[str, Voice], object], names: list[str]
) -> None:
    """Every code that the schema allows reads as words, other words in each language and for each code."""
    for voice in (DUTCH, ENGLISH):
        assert len({words(name, voice) for name in names}) == len(names)
    assert not {words(name, DUTCH) for name in names} & {words(name, ENGLISH) for name in names}


def test_a_country_or_region_without_a_name_is_shown_by_its_code() -> None:
    """What we have no name for is shown as it stands in the file; the others are named."""
    assert (wording.country("XX", DUTCH), wording.region("xx-1", DUTCH)) == ("XX", "xx-1")
    assert (wording.country("DE", DUTCH), wording.region("eu-central-1", ENGLISH)) == (
        "Duitsland",
        "Frankfurt, Germany (eu-central-1)",
    )
