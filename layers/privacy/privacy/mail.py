"""Read a received mail, whatever it is: bounded in time and size, and never an exception.

The standard parser is slow or breaks on mails made for it, so little of a mail reaches it: the first 256 kB, and no
structure that is nested, cut up or parametrised beyond what people send. Each header and part is read in a try of its
own. What cannot be read is named in `problems`, and a person looks at the raw mail, which is always kept. All text is
valid Unicode without control characters, so that it can be sealed as JSON and kept in one record.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple, TypeVar

from privacy import subjects
from privacy.errors import BadInput

_FRONT = 256 * 1024
_HEADER_BLOCK = 64 * 1024
_HEADER = 8 * 1024
_PARAMETERS = 50
"""Reading a parameter costs the length of its header, so both are bounded."""
_PARTS = 200
_DEPTH = 20
_TEXT = 60_000
"""Bytes of text. With what JSON adds (a quote becomes two bytes) and a raw mail beside it, a record stays below 400 kB."""
_LINE = 1_000
_NAME = 200
_ATTACHMENTS = 50
_ADDRESSES = 50
_HOPS = 20
_FROM = re.compile(rb"^from[ \t]*:(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_CONTENT = re.compile(rb"^content-[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(rb"^content-transfer-encoding:[ \t]*base64[ \t]*$", re.IGNORECASE | re.MULTILINE)
_WORDS = re.compile(rb"^content-type:\s*text/", re.IGNORECASE | re.MULTILINE)
_LARGE_FILE = 2_000
"""Bytes of base64 from which a file is left out before parsing: its lines cost more than everything else."""
_BOUNDARY = re.compile(rb"boundary[\s*\d]*=", re.IGNORECASE)
_REPLY = re.compile(r"\+r\.([a-z2-7]{26})@")
_ADDRESS = re.compile(rb"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_RECIPIENTS = re.compile(
    rb"^(?:to|cc|delivered-to|x-original-to|x-forwarded-to|envelope-to):|^received:.*?\bfor\b",
    re.IGNORECASE | re.DOTALL,
)
_RESULT = re.compile(r";\s*(spf|dkim|dmarc)=([a-z]{1,20})", re.IGNORECASE)
_HOP = re.compile(
    r"from (\S{1,255})(?: \((?:(\S{1,255}) )?\[(?:IPv6:)?([0-9a-fA-F.:]{2,45})\]\))?.{0,500}? by (\S{1,255})"
)
_LISTS = ("list-id", "list-post", "list-unsubscribe", "list-help", "list-subscribe")
_ANSWERERS = ("x-autoreply", "x-autorespond")
"""What mail servers wrote before RFC 3834, and some still do."""
_JUDGED = ("PASS", "FAIL", "GRAY", "PROCESSING_FAILED")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NO_CHARSETS = ("ascii", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7")
"""Codecs of Python that no mail is written in: slow, or a way to make what is no character. What claims to be ASCII and
is not says nothing of what it is."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(
    r" ?<br\b[^<>]*> ?|(?: ?</?(?:p|div|tr|li|h[1-6]|ul|ol|table|blockquote|hr)\b[^<>]*>)+ ?", re.IGNORECASE
)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE)

_Read = TypeVar("_Read")
_Otherwise = TypeVar("_Otherwise")


class Attachment(NamedTuple):
    """A part that is no text to read: its name and type as the mail says, and its size in bytes.

    A part that cannot be read is one without a name and a type.
    """

    name: str
    kind: str
    size: int


class Hop(NamedTuple):
    """One `Received` header: the server `by` which it was written, the host and address it names as sending, and when."""

    by: str
    host: str
    address: str
    at: datetime


class Mail(NamedTuple):
    """What a person needs of a mail. `sender` is the address of a single, plain `From`, in its one spelling, or empty.

    `name` is what the sender calls itself there, `digest` tells the same body again, `hops` are the servers it came through,
    the last one first, `list_id` names the mailing list it came by (`-` for one without a name), and `returns_to` is the domain
    to which what cannot be delivered goes back. `is_report`: it tells what became of another mail, for instance that it did not
    arrive.

    `verdicts` is what SES found when the mail came in: `spam` and `virus` (PASS, FAIL, GRAY, PROCESSING_FAILED), `spf`,
    `dkim` and `dmarc` (pass, fail, none, …); empty where it said nothing, and all of them, in alphabetical order with a
    comma between, where it found more than one.
    """

    sender: str = ""
    subject: str = ""
    text: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    is_automatic: bool = False
    recipients: tuple[str, ...] = ()
    reply_tokens: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[str, ...] = ()
    verdicts: dict[str, str] = {}  # noqa: RUF012 - read sets its own
    name: str = ""
    digest: str = ""
    list_id: str = ""
    hops: tuple[Hop, ...] = ()
    is_report: bool = False
    returns_to: str = ""


def read(raw: bytes) -> Mail:
    """Return what can be read of a mail. Never raises."""
    problems: list[str] = []
    mail = _tried(problems, "unreadable", Mail(), _read, raw, problems)
    return mail._replace(problems=tuple(dict.fromkeys(problems)))


def _tried(
    problems: list[str], what: str, otherwise: _Otherwise, reading: Callable[..., _Read], *of: object
) -> _Read | _Otherwise:
    """Return what a reading gives, or note what could not be read: there is no end to what people and attackers send."""
    try:
        return reading(*of)
    except Exception:  # noqa: BLE001 - the standard parser raises a dozen kinds, and promises none
        problems.append(what)
        return otherwise


def _read(raw: bytes, problems: list[str]) -> Mail:
    """Read a mail from its first bytes."""
    if len(raw) > _FRONT:
        problems.append("long")
    as_sent = raw[:_FRONT].replace(b"\r\n", b"\n")
    front = as_sent.replace(b"\r", b"\n")
    head = front.partition(b"\n\n")[0][:_HEADER_BLOCK]
    digest = hashlib.blake2b(front.partition(b"\n\n")[2].strip(), digest_size=16).hexdigest()
    message = _parsed(_without_files(front, digest), head, problems)
    headers = _headers(message, problems)
    sender, name = _tried(problems, "header from", ("", ""), _sender, as_sent.partition(b"\n\n")[0])
    recipients, tokens = _tried(problems, "recipients", ((), ()), _recipients, head)
    text, attachments = _tried(problems, "unreadable", ("", ()), _content, message, digest, problems)
    return Mail(
        sender=sender,
        name=_cut(name, _NAME),
        subject=_cut(_tried(problems, "header subject", headers["subject"], _meant, headers["subject"]), _LINE),
        text=text,
        message_id=_cut(headers["message-id"], _LINE),
        in_reply_to=_earlier(headers),
        is_automatic=_is_automatic(headers),
        recipients=recipients,
        reply_tokens=tokens,
        attachments=attachments,
        verdicts=_verdicts(headers),
        digest=digest,
        list_id=_list_id(headers),
        hops=_tried(problems, "header received", (), _hops, message),
        is_report=_is_report(headers),
        returns_to=_cut(headers["return-path"].rpartition("@")[2].rstrip(">").lower(), _NAME),
    )


# --- headers ---------------------------------------------------------------------------------------------------------

_WANTED = (
    "subject",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "return-path",
    "precedence",
    *_ANSWERERS,
    *_LISTS,
    "content-type",
    "x-ses-spam-verdict",
    "x-ses-virus-verdict",
    "authentication-results",
)


def _parsed(front: bytes, head: bytes, problems: list[str]) -> Message:
    """Parse the front of a mail, or only its headers when the rest is built to hurt."""
    whole = _short_headers(head) + front.partition(b"\n\n")[2]
    if _is_built_to_hurt(whole):
        problems.append("structure")
        whole = _short_headers(head)
    for mail in (whole, _short_headers(head)):
        message = _tried(problems, "unreadable", None, message_from_bytes, mail)
        if message is not None:
            return message
    return Message()


def _without_files(front: bytes, digest: str) -> bytes:
    """Return the mail with its large files left out, each with its size in a header instead.

    The header has the mail's own digest for a name, so that no sender can write it. What is left out has no space in it, so
    that no text can be hidden like this.
    """
    kept: list[bytes] = []
    at, part = 0, 0
    for _ in range(_PARTS):
        start = front.find(b"\n\n", part)
        if start < 0:
            break
        end = front.find(b"\n--", start + 1)
        end = len(front) if end < 0 else end
        head, content = front[part : min(start, part + _HEADER)], front[start + 2 : end]
        if len(content) > _LARGE_FILE and _FILE.search(head) and not _WORDS.search(head) and b" " not in content:
            written = len(content) - content.count(b"\n")
            size = written // 4 * 3 - content[-4:].count(b"=")
            kept += [front[at:start], f"\nX-{digest}: {size}\n\n".encode()]
            at = end
        if end == len(front):
            break
        part = end + 1
    return b"".join((*kept, front[at:])) if kept else front


def _is_built_to_hurt(front: bytes) -> bool:
    """Say whether a mail has more parts, levels or parameters than people send: the parser's time grows with each."""
    if front.count(b"\n--") > 2 * _PARTS or len(_BOUNDARY.findall(front)) > _DEPTH:
        return True
    return any(len(field) > _HEADER + 1 or field.count(b";") > _PARAMETERS for field in _CONTENT.findall(front))


def _short_headers(head: bytes) -> bytes:
    """Return the headers, each cut to its limit, so that reading one is bounded."""
    lines, size = [], 0
    for line in head.split(b"\n"):
        size = size + len(line) if line[:1] in (b" ", b"\t") else len(line)
        lines.append(line if size <= _HEADER else line[: max(0, _HEADER - (size - len(line)))])
    return b"\n".join(line for line in lines if line) + b"\n\n"


def _headers(message: Message, problems: list[str]) -> dict[str, str]:
    """Return the wanted headers; of several of one name the topmost, empty when there is none.

    The topmost is the one that SES wrote, where it writes one: what the sender wrote stands below.
    """
    topmost: dict[str, str] = {}
    for name, value in message.raw_items():
        topmost.setdefault(name.lower(), str(value))
    return {name: _tried(problems, f"header {name}", "", _header, topmost.get(name, "")) for name in _WANTED}


def _header(value: str) -> str:
    """Return a header in one line, as it was sent."""
    return _clean(" ".join(_decoded(value[:_HEADER].encode("utf-8", "surrogateescape"), "").split()))


def _meant(text: str) -> str:
    """Decode the encoded words (RFC 2047) of a line; one with other than ASCII in it has none."""
    if "=?" not in text or not text.isascii():
        return text
    pieces = decode_header(text)
    meant = [piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces]
    return _clean(" ".join("".join(meant).split()))


def _decoded(piece: bytes, charset: str) -> str:
    """Return text, whatever the charset claims to be: without a usable one UTF-8, and what is not that is old Windows."""
    try:
        if codecs.lookup(charset).name not in _NO_CHARSETS:
            return piece.decode(charset, "replace")
    except (LookupError, ValueError):
        pass
    try:
        return piece.decode()
    except UnicodeDecodeError:
        return piece.decode("cp1252", "replace")


def _sender(head: bytes) -> tuple[str, str]:
    """Return the one address of the only `From` and its name, or nothing when there could be doubt about whose it is.

    Taken from the header as it was sent: what an encoded word says is a name, never an address. Two headers, two
    addresses, a group, or anything behind the address but a line's end is no sender.
    """
    written = [" ".join(_decoded(value, "").split()) for value in _FROM.findall(head)]
    if len(written) != 1 or len(written[0]) > _LINE:
        return "", ""
    found = getaddresses(written)
    address = found[0][1] if len(found) == 1 else ""
    if not address or not (written[0] == address or written[0].endswith(f"<{address}>")):
        return "", ""
    try:
        return subjects.email(address), _meant(_clean(found[0][0]))
    except BadInput:
        return "", ""


def _earlier(headers: dict[str, str]) -> tuple[str, ...]:
    """Return the ids of the mails that this one answers, the nearest first."""
    written = f"{headers['in-reply-to']} {headers['references']}".split()[:_ADDRESSES]
    return tuple(_cut(number, _NAME) for number in written)


def _is_automatic(headers: dict[str, str]) -> bool:
    """Say whether a machine sent this (RFC 3834): nobody answers it automatically, and it is no request.

    What came by a mailing list is not meant here: a firm may have its privacy address forwarded by one of its own.
    """
    submitted = headers["auto-submitted"].lower()
    return bool(
        (submitted and submitted.partition(";")[0].strip() != "no")
        or headers["return-path"] == "<>"
        or headers["precedence"].lower() == "auto_reply"
        or _is_report(headers)
        or any(headers[name].lower() not in ("", "no") for name in _ANSWERERS)
    )


def _is_report(headers: dict[str, str]) -> bool:
    """Say whether a mail tells what became of another one (RFC 6522)."""
    return headers["content-type"].lower().startswith("multipart/report")


def _list_id(headers: dict[str, str]) -> str:
    """Return the name of the mailing list a mail came by (RFC 2919), `-` for one without a name, or nothing."""
    if headers["list-id"]:
        return _cut(headers["list-id"].rpartition("<")[2].rstrip(">").lower(), _NAME) or "-"
    by_list = headers["precedence"].lower() in ("bulk", "junk", "list") or any(headers[name] for name in _LISTS)
    return "-" if by_list else ""


def _hops(message: Message) -> tuple[Hop, ...]:
    """Return the servers that a mail came through, the last one first, up to the first header that cannot be read."""
    found: list[Hop] = []
    for value in [value for name, value in message.raw_items() if name.lower() == "received"][:_HOPS]:
        line = _header(str(value))
        match, written = _HOP.match(line), line.rpartition(";")[2].strip()[:_NAME]
        try:
            at = parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            break
        if match is None or at.tzinfo is None:
            break
        found.append(Hop(match[4].lower(), (match[2] or "").lower(), (match[3] or "").lower(), at))
    return tuple(found)


def _verdicts(headers: dict[str, str]) -> dict[str, str]:
    """Return what SES found, from the topmost headers, which are its own.

    A sender may write into those as well, by the name its server gives (HELO) and the address it gives for returns. So all
    results of a kind are given when they differ: nobody can make a failure read as a pass.
    """
    found: dict[str, set[str]] = {"spf": set(), "dkim": set(), "dmarc": set()}
    if headers["authentication-results"].lower().startswith("amazonses.com;"):
        for method, result in _RESULT.findall(headers["authentication-results"]):
            found[method.lower()].add(result.lower())
    judged = {kind: headers[f"x-ses-{kind}-verdict"].upper() for kind in ("spam", "virus")}
    return {
        **{kind: verdict if verdict in _JUDGED else "" for kind, verdict in judged.items()},
        **{method: ", ".join(sorted(results)) for method, results in found.items()},
    }


def _recipients(head: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses a mail came to, and the reply tokens among them, from its headers as they were sent."""
    addresses: dict[str, None] = {}
    for line in re.split(rb"\n(?![ \t])", head):
        if _RECIPIENTS.match(line[:_HEADER]):
            for match in _ADDRESS.findall(line[:_HEADER])[:_ADDRESSES]:
                addresses[match.decode("ascii").lower()] = None
    return tuple(addresses), tuple(dict.fromkeys(_REPLY.findall(" ".join(addresses))))


# --- parts -----------------------------------------------------------------------------------------------------------


class _Passage(NamedTuple):
    """A text of a mail. `choice` tells the versions of one text (multipart/alternative) from other texts; 0 is none."""

    kind: str
    text: str
    choice: int


def _content(message: Message, digest: str, problems: list[str]) -> tuple[str, tuple[Attachment, ...]]:
    """Return all text that is to be read, in its order, and what else is in the mail."""
    passages: list[_Passage] = []
    attachments: list[Attachment] = []
    for part, choice in _parts(message, problems):
        content = _tried(problems, "part", b"", _bytes, part)
        size = _tried(problems, "part", len(content), lambda: int(part.get(f"X-{digest}", len(content))))  # noqa: B023
        found = _tried(problems, "part", Attachment("", "", size), _part, part, content, size, choice)
        if isinstance(found, Attachment):
            attachments.append(found)
        elif found.text:
            passages.append(found)
    plain = {passage.choice for passage in passages if passage.choice and passage.kind == "text/plain"}
    texts = [passage.text for passage in passages if passage.kind == "text/plain" or passage.choice not in plain]
    whole = "\n\n".join(texts)
    text = _cut(whole, _TEXT)
    problems += ["long"] * (text != whole) + ["parts"] * (len(attachments) > _ATTACHMENTS)
    return text, tuple(attachments[:_ATTACHMENTS])


def _parts(message: Message, problems: list[str]) -> Iterator[tuple[Message, int]]:
    """Give each part that is not made of parts, with the choice it belongs to."""
    waiting = [(message, 0)]
    for number in range(1, _PARTS + 1):
        if not waiting:
            return
        part, choice = waiting.pop()
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list):
            choice = choice or number * (part.get_content_type() == "multipart/alternative")
            waiting += [(inner, choice) for inner in reversed(inside) if isinstance(inner, Message)]
        else:
            yield part, choice
    if waiting:
        problems.append("parts")


def _bytes(part: Message) -> bytes:
    """Return what a part holds, without its transfer encoding."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _part(part: Message, content: bytes, size: int, choice: int) -> _Passage | Attachment:
    """Read one part: text without a name is to be read, everything else is an attachment."""
    name, kind = part.get_filename(), part.get_content_type()
    if name is None and kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        text = _clean(_decoded(content, part.get_content_charset() or ""))
        return _Passage(kind, (_without_tags(text) if kind == "text/html" else text).strip(), choice)
    named = _meant(_clean(" ".join((name or "").split())))
    return Attachment(_cut(named, _NAME), _cut(_clean(kind), _NAME // 2), size)


def _without_tags(page: str) -> str:
    """Return the text of an HTML mail. What is no whole tag is shown, not hidden; the time is linear."""
    lines = _BREAK.sub("\n", _UNSEEN.sub("", re.sub(r"[ \t\n]+", " ", page)))
    return _clean(html.unescape(_TAG.sub("", _CELL.sub(" ", lines))))


# --- text ------------------------------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    r"""Return text that UTF-8 and JSON can hold: no halves of characters, and of the control characters only \n and \t."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", lines).encode("utf-8", "replace").decode()


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, of so many bytes at most."""
    return text.encode()[:most].decode("utf-8", "ignore")
