"""A policy file as read, with the line of every value, so that a fault can say where it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "policies"

Step = str | int
Place = tuple[Step, ...]


class Fault(NamedTuple):
    """One reason to refuse a policy file: `line` counts from 1, `reason` says what is wrong, `remedy` what to do."""

    file: str
    line: int
    reason: str
    remedy: str

    def __str__(self) -> str:
        """Render it as compilers do, so that editors can jump to the line."""
        return f"{self.file}:{self.line}: {self.reason} ({self.remedy})"


class Document(NamedTuple):
    """One policy file: `data` as plain values, `lines` the line of each place in it, `text` the published text."""

    path: Path
    data: dict[str, Any]
    lines: dict[Place, int]
    text: str
    digest: str

    @property
    def name(self) -> str:
        """Return the name of the policy, or nothing while the file does not say."""
        return str(self.data.get("policy", ""))

    def line(self, *place: Step) -> int:
        """Return the line of a place, or of the nearest thing around it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, reason: str, remedy: str) -> Fault:
        """Name a fault at a place of this file."""
        return Fault(shown(self.path), self.line(*place), reason, remedy)


def shown(path: Path) -> str:
    """Return a path as people wrote it: relative to the project where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def policy_files(folder: Path = FOLDER) -> list[Path]:
    """Return the policy files of a folder, sorted by name."""
    return sorted(folder.glob("*.yaml"))


def read(path: Path) -> tuple[Document | None, list[Fault]]:
    """Read a policy file and the published text it names.

    Returns the document, or None when the file is no YAML mapping, and the faults found while reading: unreadable
    YAML, and names that stand twice in one mapping, of which YAML would silently keep the last.
    """
    source = path.read_bytes()
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    try:
        node = yaml.compose(source, Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return None, [_unreadable(path, error)]
    data = _build(node, (), lines, path, faults) if node else None
    if not isinstance(data, dict):
        return None, [Fault(shown(path), 1, "this is no policy file", "start from one of the files in policies/")]
    text = published(path, data)
    digest = hashlib.sha256(source + b"\0" + text.encode()).hexdigest()
    return Document(path, data, lines, text, digest), faults


def text_digest(text: str) -> str:
    """Return the SHA-256 of a published text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """YAML as people expect it: only `true` and `false` are truth values, and a date stays what was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _build(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path, faults: list[Fault]) -> Any:
    """Turn a node into plain values and note the line of each."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*place, index), lines, path, faults) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node)
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        line = key.start_mark.line + 1
        if name in found:
            reason = f"`{name}` stands twice; it is on line {lines[*place, name]} already"
            faults.append(Fault(shown(path), line, reason, "keep one of the two"))
            continue
        lines[*place, name] = line
        found[name] = _build(value, (*place, name), lines, path, faults)
    return found


def _scalar(node: yaml.Node) -> str | int | bool | None:
    """Return the value of a scalar: text, whole number, truth value or nothing."""
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "bool":
        return text == "true"
    if kind == "int" and re.fullmatch("-?[0-9]+", text):
        return int(text)
    return None if kind == "null" else text


def published(path: Path, says: dict[str, Any]) -> str:
    """Return the published text that a policy file, or one of its versions, names; nothing when it is not beside it."""
    name = says.get("text")
    beside = path.parent / str(name)
    return beside.read_text(encoding="utf-8") if name and beside.is_file() else ""


def _unreadable(path: Path, error: yaml.YAMLError | UnicodeDecodeError) -> Fault:
    """Say where YAML stops being readable."""
    mark = getattr(error, "problem_mark", None)
    reason = f"this is not readable as YAML: {getattr(error, 'problem', None) or 'it is not UTF-8'}"
    return Fault(shown(path), mark.line + 1 if mark else 1, reason, "check indentation, quotes and colons")
