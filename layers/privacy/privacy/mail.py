"""Read a received mail, whatever it is: bounded in time, and never an exception.

The standard parser is slow or breaks on mails made for it, so little of a mail reaches it: the first 256 kB, and no
structure that is nested or cut up beyond what people send. Each header and part is read in a try of its own. What
cannot be read is named in `problems`, and a person looks at the raw mail, which is always kept.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from privacy import subjects
from privacy.errors import BadInput

if TYPE_CHECKING:
    from email.message import Message

_FRONT = 256 * 1024
_HEADER_BLOCK = 64 * 1024
_HEADER = 8 * 1024
_PARTS = 200
_DEPTH = 20
_TEXT = 100_000
_ADDRESSES = 50
_REPLY = re.compile(rb"\+r\.([a-z2-7]{26})@", re.IGNORECASE)
_ADDRESS = re.compile(rb"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_RECIPIENTS = re.compile(
    rb"^(?:to|cc|delivered-to|x-original-to|x-forwarded-to|envelope-to):|^received:.*?\bfor\b",
    re.IGNORECASE | re.DOTALL,
)


class Attachment(NamedTuple):
    """A part that is no text to read: its name and type as the mail says, and its size as it came, in bytes."""

    name: str
    kind: str
    size: int


class Mail(NamedTuple):
    """What a person needs of a mail. `sender` is the address of a single, plain `From`, in its one spelling, or empty."""

    sender: str
    subject: str
    text: str
    message_id: str
    in_reply_to: tuple[str, ...]
    is_automatic: bool
    recipients: tuple[str, ...]
    reply_tokens: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]


def read(raw: bytes) -> Mail:
    """Return what can be read of a mail. Never raises."""
    front = raw[:_FRONT].replace(b"\r\n", b"\n")
    head = front.partition(b"\n\n")[0][:_HEADER_BLOCK]
    problems = [] if len(raw) <= _FRONT else ["long"]
    message = _parsed(front, head, problems)
    headers = {name: _header(message, name, problems) for name in _WANTED}
    text, attachments = _content(message, problems)
    recipients, tokens = _recipients(head)
    return Mail(
        sender=_sender(headers["from"], problems),
        subject=headers["subject"],
        text=text,
        message_id=headers["message-id"].strip(),
        in_reply_to=tuple(f"{headers['in-reply-to']} {headers['references']}".split()[:_ADDRESSES]),
        is_automatic=_is_automatic(headers),
        recipients=recipients,
        reply_tokens=tokens,
        attachments=attachments,
        problems=tuple(problems),
    )


_WANTED = (
    "from",
    "subject",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "return-path",
    "precedence",
    "list-id",
    "x-auto-response-suppress",
    "content-type",
)


def _parsed(front: bytes, head: bytes, problems: list[str]) -> Message:
    """Parse the front of a mail, or only its headers when the rest is built to hurt."""
    if front.count(b"\n--") > 2 * _PARTS or front.lower().count(b"boundary=") > _DEPTH:
        problems.append("structure")
        front = head
    try:
        return message_from_bytes(_short_headers(front, head))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, AssertionError):
        problems.append("unreadable")
        return message_from_bytes(b"")


def _short_headers(front: bytes, head: bytes) -> bytes:
    """Return the mail with every header cut to its limit, so that reading one is bounded."""
    lines, size = [], 0
    for line in head.split(b"\n"):
        size = size + len(line) if line[:1] in (b" ", b"\t") else len(line)
        lines.append(line if size <= _HEADER else line[: max(0, _HEADER - (size - len(line)))])
    return b"\n".join(line for line in lines if line) + b"\n\n" + front.partition(b"\n\n")[2]


def _header(message: Message, name: str, problems: list[str]) -> str:
    """Return a decoded header, cut to its limit; empty when there is none or it cannot be read."""
    try:
        pieces = decode_header(str(message.get(name, ""))[:_HEADER])
        return re.sub(r"\s+", " ", "".join(_decoded(piece, charset or "utf-8") for piece, charset in pieces)).strip()
    except Exception:  # noqa: BLE001 - the decoder raises a dozen kinds on what people and attackers send
        problems.append(f"header {name}")
        return ""


def _decoded(piece: bytes | str, charset: str) -> str:
    """Return text, whatever the charset claims to be."""
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset, "replace")
    except (LookupError, ValueError):
        return piece.decode("utf-8", "replace")


def _sender(header: str, problems: list[str]) -> str:
    """Return the one address of `From`. Two addresses, a group or an address in a display name are no sender."""
    try:
        found = [address for _, address in getaddresses([header[:1000]]) if address]
        return subjects.email(found[0]) if len(found) == 1 else ""
    except BadInput:
        return ""
    except Exception:  # noqa: BLE001 - see _header
        problems.append("header from")
        return ""


def _is_automatic(headers: dict[str, str]) -> bool:
    """Say whether a machine sent this (RFC 3834): nobody answers it automatically, and it is no request."""
    submitted = headers["auto-submitted"].lower()
    return bool(
        (submitted and submitted.partition(";")[0].strip() != "no")
        or headers["return-path"].strip() == "<>"
        or headers["precedence"].lower() in ("bulk", "junk", "list", "auto_reply")
        or headers["list-id"]
        or headers["content-type"].lower().startswith("multipart/report")
    )


def _recipients(head: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses a mail came to, and the reply tokens among them, from its headers as they were sent."""
    addresses: dict[str, None] = {}
    for line in re.split(rb"\n(?![ \t])", head):
        if _RECIPIENTS.match(line[:_HEADER]):
            for match in _ADDRESS.findall(line[:_HEADER])[:_ADDRESSES]:
                addresses[match.decode("ascii").lower()] = None
    tokens = {match.decode("ascii").lower(): None for match in _REPLY.findall(" ".join(addresses).encode())}
    return tuple(addresses), tuple(tokens)


def _content(message: Message, problems: list[str]) -> tuple[str, tuple[Attachment, ...]]:
    """Return the text to read, plain before HTML, and what else is in the mail."""
    texts: dict[str, str] = {}
    attachments: list[Attachment] = []
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            problems.append("parts")
            break
        try:
            _part(part, texts, attachments)
        except Exception:  # noqa: BLE001 - see _header
            problems.append("part")
    text = texts.get("plain") or _without_tags(texts.get("html", ""))
    return text[:_TEXT], tuple(attachments)


def _part(part: Message, texts: dict[str, str], attachments: list[Attachment]) -> None:
    """Read one part: the first text of its kind is the text, everything else is an attachment."""
    if part.is_multipart():
        return
    name, kind = part.get_filename(), part.get_content_type()
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    wanted = kind.removeprefix("text/")
    if name is None and kind in ("text/plain", "text/html") and wanted not in texts:
        texts[wanted] = _decoded(content[: 4 * _TEXT], part.get_content_charset() or "utf-8")
    elif content or name:
        attachments.append(Attachment(str(name or "")[:200], kind[:100], len(content)))


class _Text(HTMLParser):
    """Collects the text of an HTML mail; scripts and styles are none."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Break lines where a page would."""
        self._hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Come back from what is not shown."""
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if not self._hidden:
            self.text.append(data)


def _without_tags(html: str) -> str:
    """Return the text of an HTML mail."""
    parser = _Text()
    parser.feed(html[: 4 * _TEXT])
    return re.sub(r"\n\s*\n+", "\n\n", "".join(parser.text)).strip()
