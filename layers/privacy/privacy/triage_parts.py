"""What in a mail is the writer's own: without quoted history, signatures, footers and disclaimers; what was forwarded.

Everything here is one walk over lines, so that a mail built to hurt costs no more than another one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from privacy.triage_letter import plain

MOST = 10_000
"""Characters that are read; what somebody asks for stands in the first pages, what they quote below."""

_RULED = re.compile(r"\n[-_=*]{3,80}[ \t]*\n")
_TAGS = re.compile(r"<(?:br|p|div|span|html|body|table|td|tr|li|ul|ol|b|i|a|font|/)[^<>]{0,300}>", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li)[^<>]{0,50}>", re.IGNORECASE)
_MARKER = 80
_INTRO = 250
"""A line that announces a mail is no longer than this, nor one that says who wrote it when."""
_ENOUGH_HEADERS = 3
_CLOSING = 7
"""A greeting has at most this many words; a sentence that begins like one has more."""


def _marks(text: str) -> tuple[str, ...]:
    return tuple(" ".join(mark.split()) for mark in text.split("|"))


_FORWARDS = {"fw", "fwd", "doorst", "wg", "tr", "doorgestuurd"}  # the subject of what is sent on
_FORWARDED = _marks(  # lines above what is sent on
    """
    forwarded message | doorgestuurd bericht | weitergeleitete | message transfere | message reexpedie
    """
)
_ORIGINAL = _marks(  # lines above what is answered, or sent on
    """
    original message | oorspronkelijk bericht | origineel bericht | ursprungliche nachricht | message original
    """
)
_HEADERS = _marks(  # headers that a mail program repeats in the text
    """
    van: | from: | von: | de: | verzonden: | sent: | gesendet: | envoye: | envoye : | datum: | date: | aan: | to:
    | an: | a: | a : | onderwerp: | subject: | betreff: | objet: | objet : | cc: | date : | de :
    """
)
_INTROS = ("op ", "on ", "am ", "le ")  # how "On ... wrote:" begins
_WROTE = _marks(  # and ends
    """
    schreef | geschreven: | wrote: | schrieb | a ecrit | schreef:
    """
)
_POINTERS = _marks(  # words that send the reader to the mail below
    """
    zie onder | zie hieronder | hieronder | onderstaand | ter info | doorgestuurd | deze kwam | dit kwam | see
    below | below | fyi | forwarding | passing this on | siehe unten | ci-dessous
    """
)
_DISCLAIMERS = _marks(  # paragraphs that nobody wrote for this letter
    """
    uitsluitend bestemd | niet de geadresseerde | niet de beoogde | ten onrechte | per abuis | vertrouwelijk |
    disclaimer | intended recipient | intended only | confidential | received this e | received this m | in error
    | intended solely | irrtumlich | vertraulich | nicht der richtige | pas le destinataire | confidentiel | par
    erreur | niet voor u bestemd | u ontvangt deze | je ontvangt deze | you are receiving | you receive this | to
    unsubscribe | klik hier | click here | think before you print | denk aan het milieu | save paper | se
    desabonner de
    """
)
_CLOSINGS = _marks(  # after these the signature follows
    """
    met vriendelijke | vriendelijke gr | met groet | met hartelijke | groet | gr, | gr. | mvg | hoogachtend |
    hartelijke gr | kind regards | best regards | regards | warm regards | yours | sincerely | cheers | best, |
    best wishes | with best | br, | mit freundlich | freundliche gr | viele gr | beste gr | mfg | lg |
    hochachtungsvoll | liebe gr | mit best | cordialement | bien a vous | salutations | sinceres | met de meeste |
    m.v.g | groeten | groetjes | many thanks and
    """
)
_SENT_FROM = _marks(  # advertisements of telephones
    """
    verstuurd vanaf | verzonden vanaf | sent from my | get outlook | von meinem | gesendet von | envoye de |
    verzonden met
    """
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail without what is not the writer's: what stands on top, what was forwarded below it, and what was left out."""

    top: str
    below: tuple[str, ...]
    quoted: str
    left_out: tuple[str, ...]


def parts(subject: str, text: str) -> Parts:
    """Return the parts of a mail: reply and forward markers end the top; quoted lines below it are history."""
    lines = _untagged(text[:MOST]).replace("\r", "").split("\n")
    place, kind = _boundary(lines)
    top = "\n".join(lines[:place])
    rest = _unquoted(lines[place:])
    forwarded = plain(subject).split(":")[0].strip() in _FORWARDS or kind == "forward"
    own, dropped = _own(top)
    pointed = any(pointer in plain(own) for pointer in _POINTERS)
    below = tuple(_messages(rest)) if any(rest) and (forwarded or pointed or not own.strip()) else ()
    left_out = (*dropped, *(("quoted",) if any(rest) and not below else ()))
    return Parts(own, below, "" if below else "\n".join(rest), left_out)


def _untagged(text: str) -> str:
    if "<br" in text or "<p" in text or "<div" in text or "</" in text:
        text = _TAGS.sub(" ", _BREAKS.sub("\n", text))
    return html.unescape(text)


def _boundary(lines: Sequence[str]) -> tuple[int, str]:
    """Return the first line that is not the writer's, and whether it begins a `forward`, a `reply` or nothing."""
    low = [plain(line[:300]).strip(" >*") for line in lines]
    for place, line in enumerate(low):
        if not line:
            continue
        if any(marker in line for marker in _FORWARDED) and len(line) < _MARKER:
            return place, "forward"
        if any(marker in line for marker in _ORIGINAL) and len(line) < _MARKER:
            return place, "reply"
        headers = sum(other.startswith(_HEADERS) for other in low[place : place + 6])
        if line.startswith(_HEADERS) and headers >= _ENOUGH_HEADERS - (not place):
            return place, "headers"
        if line.startswith(_INTROS) and _wrote(low[place : place + 3]):
            return place, "reply"
        if lines[place].startswith(">"):
            return place, "reply"
    return len(lines), ""


def _wrote(lines: Sequence[str]) -> bool:
    """Return whether these lines are "On … wrote:"; mail programs break them over at most three."""
    intro = ""
    for line in lines:
        intro = f"{intro} {line}".strip()
        if intro.endswith(":"):
            return len(intro) < _INTRO and any(word in intro for word in _WROTE)
    return False


def _unquoted(lines: Sequence[str]) -> list[str]:
    return [line.lstrip("> ") if line.startswith(">") else line for line in lines]


def _messages(lines: Sequence[str]) -> Iterable[str]:
    """Return the three newest messages below a marker, each without its headers."""
    rest = list(lines)
    for _ in range(3):
        while rest and (not rest[0].strip() or _is_marker(rest)):
            rest = rest[_marker_length(rest) :]
        place, _ = _boundary(rest)
        yield _own("\n".join(rest[:place]))[0]
        rest = rest[place:]


def _is_marker(lines: Sequence[str]) -> bool:
    low = plain(lines[0][:300]).strip(" >*")
    return (
        low.startswith(_HEADERS)
        or _boundary([lines[0]])[0] == 0
        or (low.startswith(_INTROS) and _wrote([plain(line) for line in lines[:3]]))
    )


def _marker_length(lines: Sequence[str]) -> int:
    low = [plain(line[:300]).strip(" >*") for line in lines[:3]]
    if not low[0].startswith(_INTROS) or not _wrote(low):
        return 1
    return next(count for count in range(1, len(low) + 1) if low[count - 1].endswith(":"))


def _own(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a message without signature, advertisement and disclaimer, and the reason when something was left out."""
    kept: list[str] = []
    closed = dropped = False
    for paragraph in _RULED.sub("\n\n", text).split("\n\n"):
        low = plain(paragraph)
        if any(mark in low for mark in _DISCLAIMERS) and not _asks_itself(low):
            dropped = True
            continue
        lines: list[str] = []
        for line in paragraph.split("\n"):
            start = plain(line).strip()
            if start.startswith(("ps", "p.s", "nb:", "n.b")):
                closed = False
            if line.rstrip() == "--" or start.startswith(_SENT_FROM):
                closed = True
            closed = closed or (bool(kept or lines) and start.startswith(_CLOSINGS) and len(start.split()) <= _CLOSING)
            if not closed:
                lines.append(line)
        kept.append("\n".join(lines))
    return "\n\n".join(kept), ("footer",) if dropped else ()


def _asks_itself(low: str) -> bool:
    """Return whether a paragraph that sounds like a disclaimer is what the writer says of his or her own data."""
    return (
        any(mark in f" {low}" for mark in (" mijn ", " my ", " ik ", " i ", " meine", " mes ", " mij ", " me "))
        and "geadresseerde" not in low
        and "recipient" not in low
    )
