"""A page as blocks: what is written as HTML and as Markdown says the same, and hostile words stay words."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from privacy import policy, published, site_pages
from privacy.document import Document, Lines, Paragraph, Span, Table, as_markdown
from privacy.voice import voice_of

from tests.pages_seen import SNAPSHOT, main_text

if TYPE_CHECKING:
    from privacy.policy import Site

SITES = [policy.site(name) for name in policy.sites()]


class _Words(HTMLParser):
    """Collects the words of HTML."""

    def __init__(self) -> None:
        """Start with no words."""
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Take the words of a piece of text."""
        self.words += data.split()


def words_of(html: str) -> list[str]:
    """Return the words of HTML in their order."""
    reader = _Words()
    reader.feed(html)
    return reader.words


def letters_of(words: list[str]) -> str:
    """Return words as one run of letters: where a list is joined by signs, only the signs differ."""
    return "".join(words).replace(";", "").replace(":", "")


def rendered(markdown: str) -> str:
    """Return Markdown as another program renders it."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


@pytest.mark.parametrize("name", published.PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_markdown_and_html_say_the_same(site: Site, language: str, name: str) -> None:
    """Every letter of a page is in its Markdown, in the same order, as a Markdown reader of somebody else reads it."""
    voice = voice_of(site, language)
    says = site_pages.data(site, name, voice, lambda: SNAPSHOT)
    page = main_text(site_pages.html(site, says, voice))
    assert letters_of(words_of(rendered(site_pages.markdown(says, voice)))) == letters_of(page.split())


def test_a_table_is_a_table_in_markdown() -> None:
    """A row has as many cells as the table has columns, also where a cell holds a bar."""
    table = Table("Bars", ("a", "b"), (("x|y", Lines(("1", "2"))),))
    html = rendered(as_markdown(Document("T", "nl", (table,))))
    assert html.count("<td>") == 2
    assert words_of(html) == ["T", "Bars", "a", "b", "x|y", "1;", "2"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_words_are_never_read_as_markdown(text: str) -> None:
    """Whatever stands in a text comes out as that text: no sign in it becomes a list, a link, a tag or a heading."""
    markdown = as_markdown(Document("T", "nl", (Paragraph(text), Paragraph(("a ", Span(text, kind="mark"), " b")))))
    assert words_of(rendered(markdown)) == ["T", text, "a", text, "b"]
