"""Whether somebody wants no advertising: an objection without reasons, weighing or proof (Art. 21(2)-(3) GDPR, P19)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privacy.triage_lexicon import Lexicon

_MARKETING = frozenset({"marketing", "news"})
_MORE = frozenset({"track"})


def is_meant(words: str) -> bool:
    """Say whether an objection is to advertising or newsletters, and to nothing besides."""
    from privacy.triage_letter import plain  # noqa: PLC0415 - its expressions take a while to compile

    split = re.findall(r"[\w']+", plain(words))
    named = {concept for lexicon in _lexicons() for concept in lexicon.find(split)}
    return bool(named & _MARKETING) and not named & _MORE


@cache
def _lexicons() -> tuple[Lexicon, ...]:
    """Return the words of the languages that are read."""
    from privacy import triage_de, triage_en, triage_fr, triage_nl  # noqa: PLC0415 - large
    from privacy.triage_lexicon import Lexicon  # noqa: PLC0415

    wanted = _MARKETING | _MORE | {"mask"}
    lists = (module.CONCEPTS for module in (triage_nl, triage_en, triage_de, triage_fr))
    return tuple(Lexicon({name: text for name, text in each.items() if name in wanted}) for each in lists)
