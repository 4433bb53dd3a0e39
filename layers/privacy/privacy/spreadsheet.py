"""Tables for spreadsheets (CSV), in which nothing that somebody typed is taken for a formula.

RFC 4180 in UTF-8 with a byte order mark, every cell quoted. A spreadsheet reads a cell that begins with `=`, `+`, `-` or `@`
as a formula, in their full-width forms too, and one set to another separator or line break begins cells elsewhere: wherever a
cell could begin, an apostrophe is put before such a sign. The JSON beside the tables has everything unchanged.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BOM = "\ufeff"
_BEGINS = re.compile(
    "(\\A|[;\t\r\n\x85\u2028\u2029])"
    "(?=[ \xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff\ufffd\"']*[-=+@\uff0d\uff1d\uff0b\uff20])"
)
"""Where a cell could begin, when what follows is a sign behind marks that are not seen. Linear: no mark is a beginning."""
_STARTS_ODD = re.compile(r"\A(?=[\t\r\n])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula; a character that is no text becomes U+FFFD."""
    text = _CONTROLS.sub("\ufffd", str(value))
    return _STARTS_ODD.sub("'", _BEGINS.sub(r"\1'", text))


def rows(head: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a table piece by piece: the byte order mark with the head, then one piece per line."""
    yield (_BOM + _row(head)).encode()
    for line in lines:
        yield _row(line).encode()


def _row(values: Sequence[object]) -> str:
    """Return one line, its end included."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([cell(value) for value in values])
    return line.getvalue()
