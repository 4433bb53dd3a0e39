"""Numbers in free text that a firm may not keep (UAVG art. 46): the Dutch citizen service number (BSN), P39.

A BSN is recognised by its check digit *and* a word that says so: of random nine-digit numbers one in eleven passes the check
alone. Nothing else of what people write is altered: a request to correct an account number needs the number.
"""

from __future__ import annotations

import re

MASK = "●●●●●●●●●"
_NEAR = 60
_CONTEXT = re.compile(
    r"\b(?:bsn|b\.s\.n\.?|burger\s?service\s?(?:nummer|nr)|sofi[\s-]?(?:nummer|nr)?|citizen\s+service\s+number"
    r"|social\s+security\s+number|persoonsnummer)(?![a-z])|\bbsn[-\s]?(?:nummer|nr)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,/+-])\d(?:[ .\-\u00a0]?\d){7,8}(?![\w/-]|[.,]\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(digits: str) -> bool:
    """Say whether eight or nine digits pass the eleven check of a BSN; eight are read with a leading zero."""
    padded = digits.zfill(len(_WEIGHTS))
    if len(padded) != len(_WEIGHTS) or not padded.isascii() or not padded.isdigit() or not padded.strip("0"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, padded, strict=True)) % 11 == 0


def mask_bsn(text: str) -> tuple[str, int]:
    """Return the text with every BSN near its context word masked, and how many were masked."""
    clean, numbers = masked(text)
    return clean, len(numbers)


def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with every BSN near its context word masked, and the numbers as they were written."""
    contexts = [match.span() for match in _CONTEXT.finditer(text)]
    if not contexts:
        return text, ()
    numbers: list[str] = []

    def mask(match: re.Match[str]) -> str:
        near = any(start - _NEAR <= match.end() and match.start() <= end + _NEAR for start, end in contexts)
        if not near or not is_bsn(re.sub(r"\D", "", match.group())):
            return match.group()
        numbers.append(match.group())
        return MASK

    return _NUMBER.sub(mask, text), tuple(numbers)
