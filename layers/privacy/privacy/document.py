"""A page as what it says, apart from how it is written: the same blocks become HTML for people and Markdown for whoever copies.

Blocks hold words; words are text, or text with spans in it (a link, a mark, another language). Nothing here knows what
the page is about.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+=])")


class Span(NamedTuple):
    """Words inside words: a link when `href` is set, a mark when `kind` is, in another language when `lang` is."""

    text: str
    href: str = ""
    kind: str = ""
    lang: str = ""


Words = str | Span | tuple[str | Span, ...]


class Lines(NamedTuple):
    """Several things in one place of a table or list of facts."""

    items: tuple[Words, ...]


class Heading(NamedTuple):
    """A heading of level 2 or 3, with the name by which it is linked to."""

    level: int
    words: Words
    anchor: str


class Paragraph(NamedTuple):
    """A paragraph; `kind` is `lead`, `note`, `warning` or nothing."""

    words: Words
    kind: str = ""


class Quote(NamedTuple):
    """Words of somebody else, letter for letter, in their own language."""

    words: str
    lang: str


class Bullets(NamedTuple):
    """A list."""

    items: tuple[Words, ...]


class Facts(NamedTuple):
    """What is said about one thing: terms, and what goes with each."""

    rows: tuple[tuple[str, Words | Lines], ...]


class Table(NamedTuple):
    """A table: `columns` head its columns, the first cell of a row heads the row; `card` tells about one thing only."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words | Lines, ...], ...]
    kind: str = ""


Block = Heading | Paragraph | Quote | Bullets | Facts | Table


class Document(NamedTuple):
    """One page: its title and its blocks, in one language."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def spans(words: Words) -> tuple[str | Span, ...]:
    """Return words as the pieces they are made of."""
    return words if isinstance(words, tuple) and not isinstance(words, Span) else (words,)


def joined(words: tuple[Words, ...], between: str = "; ") -> Words:
    """Return several words as one, with something between them."""
    pieces: list[str | Span] = []
    for index, each in enumerate(words):
        pieces += [between, *spans(each)] if index else spans(each)
    return tuple(pieces)


def as_markdown(document: Document) -> str:
    """Write a page as Markdown (CommonMark, with tables as GitHub and many others read them)."""
    return "\n\n".join([f"# {_inline(document.title)}", *map(_block, document.blocks)]) + "\n"


def _block(block: Block) -> str:
    """Write one block."""
    match block:
        case Heading(level=level, words=words):
            return f"{'#' * level} {_inline(words)}"
        case Paragraph(words=words, kind=kind):
            return f"{'> ' if kind in {'note', 'warning'} else ''}{_started(_inline(words))}"
        case Quote(words=quoted):
            return f"> {_started(_inline(quoted))}"
        case Bullets(items=items):
            return "\n".join(f"- {_started(_inline(item))}" for item in items)
        case Facts(rows=facts):
            return "\n".join(f"- **{_inline(term)}:** {_cell(what)}" for term, what in facts)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    """Write a table under its caption."""
    lines = [table.columns, tuple("---" for _ in table.columns)]
    lines += [tuple(map(_cell, row)) for row in table.rows]
    head = [f"**{_inline(table.caption)}**", ""]
    return "\n".join([*head, *(f"| {' | '.join(map(str, line))} |" for line in lines)])


def _cell(words: Words | Lines) -> str:
    """Write what stands in one place."""
    return _inline(joined(words.items)) if isinstance(words, Lines) else _inline(words)


def _inline(words: Words) -> str:
    """Write words on one line."""
    return "".join(map(_piece, spans(words)))


def _piece(piece: str | Span) -> str:
    """Write one piece of words; what has a meaning in Markdown is escaped."""
    text = _SPECIAL.sub(r"\\\1", " ".join((piece.text if isinstance(piece, Span) else piece).split()))
    if isinstance(piece, str):
        lead, trail = piece[:1].isspace(), piece[-1:].isspace()
        return f"{' ' * lead}{text}{' ' * (trail and bool(text))}"
    text = f"*{text}*" if piece.kind else text
    return f"[{text}]({piece.href.replace(')', '%29')})" if piece.href else text


def _started(line: str) -> str:
    """Keep a line from being read as a list or a heading."""
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
