"""The copy of a person's data, as one archive (Art. 15 and 20 GDPR, P14, P18): to read, to take elsewhere, to calculate with.

`index.html` is for people, `data.json` for programs (`schema.json` describes it), `csv/` for spreadsheets, and `files/`
holds what came in as it came. The same holdings give the same bytes. Files are fetched and written one at a time.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from privacy import export_page, export_words, policy, portability, processing, published, spreadsheet
from privacy.holdings import File, Holding, Holdings, Letter, Opening, Part
from privacy.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from privacy.policy import Site
    from privacy.voice import Voice

FORMAT, VERSION = "nakoming-copy", 1
_SCHEMA = Path(__file__).parent / "templates" / "export_schema.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the earliest that an archive can say. When the copy is of stands in it."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")
_NAME_MOST = 80
_COLUMNS = ("entry", "controller", "site", "policy", "created_at", "erase_by", "part", "at", "direction")


class Copied(NamedTuple):
    """A file as it stands in the archive."""

    file: File
    path: str
    size: int
    sha256: str


def build(
    holdings: Holdings,
    content: Callable[[File], bytes],
    target: IO[bytes],
    *,
    site: Site,
    language: str,
    reference: str,
) -> None:
    """Write the archive to `target`. `site` is where the request came in, `reference` the number of its case.

    What `content` raises ends it: an archive that is not whole must not be handed over.
    """
    voice = voice_of(site, language)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        copied = [_copied(archive, path, file, content(file)) for path, file in _paths(holdings)]
        says = data(holdings, copied, site=site, language=language, reference=reference)
        members: dict[str, Iterable[bytes]] = {
            "README.txt": [export_page.readme(says, voice).encode()],
            **{
                f"csv/{name}.csv": _table(name, holdings, says, voice)
                for name in sorted({each.category for each in holdings.entries})
            },
            "data.json": [_json(says)],
            "index.html": [export_page.page(says, site, voice).encode("utf-8", "replace")],
            "schema.json": [_SCHEMA.read_bytes()],
        }
        if holdings.openings:
            members["csv/openings.csv"] = _opened(holdings, says, voice)
        _write(archive, members)


def data(holdings: Holdings, copied: Iterable[Copied], *, site: Site, language: str, reference: str) -> dict[str, Any]:
    """Return what `data.json` holds: the holdings in full, and what the policy says of each category in them."""
    voice = voice_of(site, language)
    of_entry: dict[str, list[dict[str, Any]]] = {}
    for each in copied:
        said = {"part": each.file.part, "kind": each.file.kind, "name": each.file.name}
        of_entry.setdefault(each.file.entry, []).append(
            {**said, "path": each.path, "bytes": each.size, "sha256": each.sha256}
        )
    kinds = {(each.controller, each.category) for each in holdings.entries}
    names = sorted({site.controller, *(controller for controller, _ in kinds)})
    told = {name: published.of(policy.site(policy.sites_of(name)[0])) for name in names}
    rules = {
        (name, rule["category"]): {
            "controller": name,
            **rule,
            "portable": portability.covers(told[name], rule["category"]),
        }
        for name in names
        for rule in processing.categories(told[name], voice)
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "as_of": holdings.as_of,
        "reference": reference,
        "language": language,
        "controllers": [
            each for name in names for each in processing.controllers(told[name]) if each["controller"] == name
        ],
        "categories": [rules[kind] for kind in sorted(kinds) if kind in rules],
        "entries": [_entry(each, of_entry.get(each.id, [])) for each in holdings.entries],
        "openings": [each._asdict() for each in holdings.openings],
    }


def said_in(content: bytes) -> dict[str, Any]:
    """Return what the `data.json` of an archive says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        says: dict[str, Any] = json.loads(archive.read("data.json"))
        return says


def for_provider(says: dict[str, Any]) -> dict[str, Any]:
    """Return of what a person's copy says what another provider is given (see `portability.for_provider`)."""
    names = {entry["controller"] for entry in says["entries"]}
    told = {name: published.of(policy.site(policy.sites_of(name)[0])) for name in names}
    return portability.for_provider(says, told)


def packed(says: dict[str, Any]) -> bytes:
    """Return an archive for another provider: JSON with its schema, and a table per category. The same bytes each time."""
    holdings, target = read(says), io.BytesIO()
    members: dict[str, Iterable[bytes]] = {
        **{f"csv/{name}.csv": _table(name, holdings, says) for name in {each.category for each in holdings.entries}},
        "data.json": [_json(says)],
        "schema.json": [_SCHEMA.read_bytes()],
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write(archive, members)
    return target.getvalue()


def _write(archive: zipfile.ZipFile, members: dict[str, Iterable[bytes]]) -> None:
    """Write members in the order of their names."""
    for name, pieces in sorted(members.items()):
        with archive.open(named(name), "w") as member:
            for piece in pieces:
                member.write(piece)


def _entry(holding: Holding, files: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one entry as it stands in `data.json`."""
    parts = [part._asdict() for part in holding.parts]
    letters = [letter._asdict() for letter in holding.letters]
    return {**holding._asdict(), "notices": list(holding.notices), "parts": parts, "files": files, "letters": letters}


def read(says: dict[str, Any]) -> Holdings:
    """Return the holdings that a `data.json` holds. Raises ValueError for another format."""
    if (says.get("format"), says.get("version")) != (FORMAT, VERSION):
        message = f"this is no {FORMAT} of version {VERSION}"
        raise ValueError(message)
    openings = tuple(Opening(**each) for each in says["openings"])
    return Holdings(says["as_of"], tuple(_read_entry(each) for each in says["entries"]), openings)


def _read_entry(entry: dict[str, Any]) -> Holding:
    """Return one entry of a `data.json`."""
    files = tuple(File(entry["id"], each["part"], each["kind"], each["name"]) for each in entry["files"])
    parts = tuple(Part(**each) for each in entry["parts"])
    letters = tuple(Letter(**each) for each in entry["letters"])
    return Holding(**{**entry, "notices": tuple(entry["notices"]), "parts": parts, "files": files, "letters": letters})


def _json(says: dict[str, Any]) -> bytes:
    """Return one JSON text for one value; half a character is written as its escape, so that nothing is lost."""
    text = json.dumps(says, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _table(category: str, holdings: Holdings, says: dict[str, Any], voice: Voice | None = None) -> Iterator[bytes]:
    """Yield the table of one category: one line per part, one column per field that any of them has.

    With a `voice` it is for people, and has words for its columns and for the codes in its cells; a program gets the names of
    `data.json` and what stands there.
    """
    entries = [each for each in holdings.entries if each.category == category]
    parts = [(entry, part) for entry in entries for part in entry.parts]
    named = {name: export_words.field(name, value) for _, part in parts for name, value in part.fields.items()}
    fields = sorted(named)
    head = [*_COLUMNS, *fields]
    rules = [rule for rule in says["categories"] if rule["category"] == category]
    labels = {each["field"]: each["label"] for rule in rules for each in rule["fields"]}
    if voice:
        head = export_words.columns(_COLUMNS, [named[name] for name in fields], labels, voice)

    def cell(name: str, value: object) -> str:
        if isinstance(value, str) and (not voice or name not in export_words.CODED):
            return value
        if not voice:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        return "; ".join(export_page.lines_of(export_words.field(name, value), value, labels, voice))

    yield from spreadsheet.rows(head, (_line(entry, part, fields, cell, voice) for entry, part in parts))


def _line(
    entry: Holding, part: Part, fields: list[str], cell: Callable[[str, object], str], voice: Voice | None
) -> list[str]:
    """Return one line of a table."""
    ends = "" if entry.restricted_at else entry.erase_by  # it is not known when, as long as it is only stored
    of_entry = [entry.id, entry.controller, entry.site, entry.policy, entry.created_at, ends]
    name = export_words.part(part.name, voice) if voice else part.name
    return [*of_entry, name, part.at, part.direction, *(cell(each, part.fields.get(each, "")) for each in fields)]


def _opened(holdings: Holdings, says: dict[str, Any], voice: Voice) -> Iterator[bytes]:
    """Yield the table of openings: what for and why in words."""
    purposes = export_page.purposes(says["categories"], voice)
    lines = (
        each._replace(purpose=purposes.get(each.purpose, each.purpose), why=export_words.why(each.why, voice))
        for each in holdings.openings
    )
    other = {"entry": "opened", "at": "opened_at"}
    names = [other.get(name, name) for name in Opening._fields]
    yield from spreadsheet.rows(export_words.columns(names, (), {}, voice), lines)


# --- files ---------------------------------------------------------------------------------------------------------------


def _paths(holdings: Holdings) -> list[tuple[str, File]]:
    """Return the files with their places in the archive, in the order of these: no two are equal, and none leads elsewhere."""
    found = [
        (f"files/{entry.id}/{number:04}-{safe_name(file.name)}", file)
        for entry in holdings.entries
        for number, file in enumerate(entry.files, 1)
    ]
    return sorted(found)


def safe_name(name: str) -> str:
    """Return a file name that every system takes as one: ASCII letters, digits, dots and dashes, without a path."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFKD", name))[-1]
    ascii_only = last.encode("ascii", "ignore").decode()
    stem, dot, ending = _UNSAFE.sub("-", ascii_only).strip(".-_").rpartition(".")
    short = f"{stem[: _NAME_MOST - 10].rstrip('.-_')}{dot}{ending[:9]}" if dot else ending[:_NAME_MOST]
    return f"_{short}" if _RESERVED.match(short) else short or "file"


def _copied(archive: zipfile.ZipFile, path: str, file: File, content: bytes) -> Copied:
    """Write one file into the archive and return what it is."""
    with archive.open(named(path), "w") as member:
        member.write(content)
    return Copied(file, path, len(content), hashlib.sha256(content).hexdigest())


def named(name: str) -> zipfile.ZipInfo:
    """Return what names a member: without a date, an owner or the system that made it."""
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o600 << 16
    return member
