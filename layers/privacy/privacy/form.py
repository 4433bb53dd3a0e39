"""What a visitor posts: read it, check it against the form of the policy file, and name what is wrong per field (P03, P44).

By hand and with the standard library, because a visitor waits for every import of the public function.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from privacy import subjects
from privacy.errors import BadInput, TooLarge, UnsupportedContentType
from privacy.identifiers import mask_bsn

if TYPE_CHECKING:
    from privacy.policy import Field, Form, Site

MOST_BYTES = 64 * 1024
_MOST_FIELDS = 50
_MOST_NESTING = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_OURS = ("form", "_gotcha", "_next")
_IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9_-]{16,128}")
_FREE_TEXT = ("long_text", "text", "name")

FieldErrors = dict[str, tuple[str, dict[str, object]]]


class Submission(NamedTuple):
    """A checked form: `fields` as they will be sealed, in the order of the policy."""

    form: str
    fields: dict[str, str]
    next: str
    is_spam: bool
    masked: int


def read(body: bytes, content_type: str) -> dict[str, object]:
    """Return the fields of a body, whatever its type; values are not checked yet.

    Raises TooLarge, UnsupportedContentType or BadInput, and never anything else.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge("too_large", {"": ("too_large", {"most": MOST_BYTES // 1024})})
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _json(body)
    if kind == "application/x-www-form-urlencoded":
        return _once(_pairs(body))
    if kind == "multipart/form-data":
        return _once(_parts(body, content_type))
    raise UnsupportedContentType("unsupported_content_type")


def check(sent: dict[str, object], form: Form, site: Site) -> Submission:
    """Return the checked submission. Raises BadInput with a message for every field that is wrong."""
    errors: FieldErrors = {}
    known = {field.name for field in form.fields} | set(_OURS)
    errors.update({named(name): ("unknown_field", {}) for name in sent if name not in known})
    fields, masked = {}, 0
    for field in form.fields:
        value = _value(field, sent.get(field.name), errors)
        if field.kind in _FREE_TEXT:
            value, found = mask_bsn(value)
            masked += found
        if value:
            fields[field.name] = value
    if errors:
        raise BadInput("invalid", errors)
    next_page = sent.get("_next") or ""
    if not isinstance(next_page, str) or (next_page and not _is_ours(next_page, site.next_origins)):
        raise BadInput("next_refused", {"_next": ("next_refused", {})})
    return Submission(form.name, fields, next_page, bool(sent.get("_gotcha")), masked)


def name_of(sent: dict[str, object]) -> str:
    """Return the name of the form that was posted, `contact` unless it says otherwise."""
    name = sent.get("form", "contact")
    if not isinstance(name, str):
        raise BadInput("invalid", {"form": ("not_text", {})})
    return name or "contact"


def idempotency_key(header: str) -> str:
    """Return a checked `Idempotency-Key`, empty when there is none. It is random by contract: nothing about anyone."""
    if header and not _IDEMPOTENCY_KEY.fullmatch(header):
        raise BadInput("idempotency_key_invalid")
    return header


def _value(field: Field, value: object, errors: FieldErrors) -> str:
    """Return the value of one field, or note what is wrong with it."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        errors[field.name] = ("not_text", {})
        return ""
    text = value.replace("\r\n", "\n").strip()
    several_lines = field.kind == "long_text"
    if (_CONTROL_IN_TEXT if several_lines else _CONTROL).search(text if several_lines else value.strip(" \t")):
        errors[field.name] = ("control_character" if several_lines else "line_break", {})
    elif not text:
        if field.required:
            errors[field.name] = ("missing", {})
    elif len(text) > field.max_length:
        errors[field.name] = ("too_long", {"most": field.max_length})
    elif field.kind in ("email", "phone"):
        try:
            subjects.normalise(field.kind, text)
        except BadInput as wrong:
            errors[field.name] = (wrong.key, {})
    return text


def named(name: str) -> str:
    """Return the name of an unknown field as it may be repeated in an answer: what looks like a name, or `?`."""
    return name if re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", name) else "?"


def _is_ours(address: str, origins: tuple[str, ...]) -> bool:
    """Say whether an address lies on an allowed origin. Compared as text from the start: no trick of spelling passes."""
    if _CONTROL.search(address) or "\\" in address:
        return False
    return any(
        address == origin or address.startswith((f"{origin}/", f"{origin}?", f"{origin}#")) for origin in origins
    )


def _text(body: bytes) -> str:
    """Return the body as text. Raises BadInput for what is no UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise BadInput("invalid_utf8") from broken


def _json(body: bytes) -> dict[str, object]:
    """Read one flat JSON object."""
    text = _text(body)
    if _is_nested_too_deep(text):
        raise BadInput("nested_too_deep")
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except RecursionError as deep:
        raise BadInput("nested_too_deep") from deep
    except ValueError as broken:
        raise BadInput("invalid_json") from broken
    if not isinstance(found, dict):
        raise BadInput("not_an_object")
    return found


def _is_nested_too_deep(text: str) -> bool:
    """Say whether the brackets outside strings go deeper than any form does."""
    depth = deepest = 0
    for bracket in re.findall(r'(?s)"(?:[^"\\]|\\.)*"?|[\[{\]}]', text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest > _MOST_NESTING


def _pairs(body: bytes) -> list[tuple[str, object]]:
    """Read a urlencoded form."""
    text = _text(body)
    if not text.strip():
        return []
    try:
        return list(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except UnicodeDecodeError as broken:
        raise BadInput("invalid_utf8") from broken
    except ValueError as broken:
        raise BadInput("too_many_fields") from broken


def _parts(body: bytes, content_type: str) -> list[tuple[str, object]]:
    """Read a multipart form; a file is refused, an empty file field (a browser sends one) is left out."""
    from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header  # noqa: PLC0415

    boundary = parse_options_header(content_type)[1].get("boundary", "")
    pairs: list[tuple[str, object]] = []
    current, content = None, b""
    try:
        with PushMultipartParser(boundary, max_segment_count=_MOST_FIELDS) as parser:
            for event in (event for chunk in (body, b"") for event in parser.parse(chunk)):
                if isinstance(event, MultipartSegment):
                    current, content = event, b""
                elif event:
                    content += event
                elif current is not None:
                    pairs += _part(current, content)
    except (MultipartError, ValueError) as broken:
        raise BadInput("invalid_body") from broken
    return pairs


def _part(segment: object, content: bytes) -> list[tuple[str, object]]:
    """Return the name and text of one part."""
    name, filename = getattr(segment, "name", ""), getattr(segment, "filename", None)
    if filename or (filename is not None and content):
        raise BadInput("invalid", {named(name): ("no_files", {})})
    return [] if filename is not None else [(name, _text(content))]


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return pairs as a dict; a name that comes twice is refused: which of the two was meant is anyone's guess."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise BadInput("invalid", {named(name): ("duplicate_field", {})})
        fields[name] = value
    return fields
