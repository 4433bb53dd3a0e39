"""Ties the published text to the rules: every sentence is listed, every quote is in it, and nothing else is stated.

The text lies beside the policy file, letter for letter. What it does not say is marked `assumed: true` (P48).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nakoming.policy.document import published, text_digest
from nakoming.policy.mechanisms import TEXT_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nakoming.policy.document import Document, Fault, Place

_BETWEEN = " \t\r\n•\ufeff\u00a0"
_SHOWN = 60
_FATES = ("promises", "information", "nobody")
_SECTIONS = ("controllers", "sites", "purposes", "sources", "recipients", "newsletters", "rights", "information")
_FIGURES = {"P1M": ("1 maand", "een maand"), "P1Y": ("1 jaar", "een jaar"), "PT0S": ("direct", "niet meer actief")}


def text_faults(document: Document) -> Iterator[Fault]:
    """Yield a published text that is not there, or is not the one its version was made for."""
    if not document.text:
        reason = f"the published text {document.data['text']} is missing or empty"
        yield document.fault(("text",), reason, "put it beside this file, letter for letter")
        return
    last = len(document.data["versions"]) - 1
    newest = document.data["versions"][last]
    if newest["version"] != document.data["version"]:
        reason = f"version {document.data['version']} is not the last of `versions`, which is {newest['version']}"
        yield document.fault(("version",), reason, "add the version in force at the end of `versions`")
    elif newest["text_sha256"] != text_digest(document.text):
        reason = f"{document.data['text']} is not the text of version {newest['version']}"
        remedy = f"restore it, or add a version with text_sha256 {text_digest(document.text)}"
        yield document.fault(("versions", last, "text_sha256"), reason, remedy)
    yield from _older_text_faults(document)
    dates = [version["from"] for version in document.data["versions"]]
    if dates != sorted(dates):
        yield document.fault(("versions",), "versions are not in the order of `from`", "put the oldest first")


def _older_text_faults(document: Document) -> Iterator[Fault]:
    """Yield the texts of versions that are not there, or are not the ones that were in force (P42)."""
    for index, version in enumerate(document.data["versions"]):
        if "text" in version and text_digest(published(document.path, version)) != version["text_sha256"]:
            reason = f"{version['text']} is not the text of version {version['version']}"
            yield document.fault(("versions", index, "text"), reason, "restore it beside this file, letter for letter")


def sentence_faults(document: Document) -> Iterator[Fault]:
    """Yield sentences of the text that are not listed, and listed ones that are not in the text."""
    text, at = document.text, 0
    if not text:
        return
    for index, sentence in enumerate(document.data["sentences"]):
        place: Place = ("sentences", index)
        says = sentence["says"]
        start = text.find(says, at)
        if start < 0:
            where = "here in the text" if says in text else "in the text"
            remedy = "copy it letter for letter, in the text's order, or remove it"
            yield document.fault(place, f"this sentence is not {where}: {_short(says)}", remedy)
        else:
            yield from _unlisted(document, place, text[at:start])
            at = start + len(says)
        yield from _fate_faults(document, place, sentence)
    yield from _unlisted(document, ("sentences", len(document.data["sentences"]) - 1), text[at:])


def _unlisted(document: Document, place: Place, between: str) -> Iterator[Fault]:
    """Yield what the text says between two listed sentences."""
    for line in between.splitlines():
        left = line.strip(_BETWEEN)
        if left:
            remedy = "list it at its place with its promises, or as information, or as nobody"
            yield document.fault(place, f"the text says what is not listed: {_short(left)}", remedy)


def _fate_faults(document: Document, place: Place, sentence: dict[str, Any]) -> Iterator[Fault]:
    """Yield a sentence with no fate or two, and one that leads nowhere."""
    fates = [fate for fate in _FATES if fate in sentence]
    if len(fates) != 1:
        reason = f"this sentence must have exactly one of promises, information, nobody: {_short(sentence['says'])}"
        yield document.fault(place, reason, "say what becomes of it")
    for promise in sentence.get("promises", []):
        if promise not in document.data["promises"]:
            reason = f"this sentence makes {promise}, which this policy does not list"
            yield document.fault((*place, "promises"), reason, f"add {promise} under `promises`")
    carried = not set(sentence.get("promises", [])) <= TEXT_ONLY
    if carried and "rules" not in sentence:
        reason = f"no rule carries out this sentence: {_short(sentence['says'])}"
        yield document.fault(place, reason, "name the `rules` that do, or say `nobody` and why")
    for rule in sentence.get("rules", []):
        if not _exists(document.data, rule):
            reason = f"this sentence is carried out by {rule}, which is not in this file"
            yield document.fault((*place, "rules"), reason, "name a place such as categories.visits.retention")


def _exists(data: dict[str, Any], rule: str) -> bool:
    """Return whether a dotted place is in the file."""
    found: Any = data
    for step in rule.split("."):
        if not isinstance(found, dict) or step not in found:
            return False
        found = found[step]
    return True


def cited_faults(document: Document) -> Iterator[Fault]:
    """Yield promises that the text does not make and that are not marked, and those that are marked and made."""
    made = {promise for sentence in document.data["sentences"] for promise in sentence.get("promises", [])}
    for promise, says in document.data["promises"].items():
        place: Place = ("promises", promise)
        if promise not in made and "assumed" not in says:
            reason = f"no sentence of the text makes {promise}"
            yield document.fault(place, reason, "name it at its sentence, or write `assumed: true`")
        if promise in made and "assumed" in says:
            yield document.fault(place, f"{promise} is marked assumed, and the text makes it", "remove `assumed`")


def origin_faults(document: Document) -> Iterator[Fault]:
    """Yield statements that say neither which words of the text they rest on nor that they are assumed (P48)."""
    if not document.text:
        return
    for place, value in _statements(document.data):
        if ("quote" in value) == ("assumed" in value):
            name = ".".join(str(step) for step in place)
            remedy = "add `quote` with the text's words, or `assumed: true` where it does not say so"
            yield document.fault(place, f"{name} must have either a quote or `assumed: true`", remedy)
        elif value.get("quote", "") not in document.text:
            reason = f"this quote is not in the text: {_short(value['quote'])}"
            yield document.fault((*place, "quote"), reason, "copy it letter for letter, or write `assumed: true`")
        elif "promise" in value and "quote" in value and not _says_period(value):
            reason = f"the quote does not say {value['promise']}: {_short(value['quote'])}"
            yield document.fault((*place, "promise"), reason, "promise what the text says, or write `assumed: true`")


def _statements(data: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield everything that must say where it comes from, with its place."""
    for section in _SECTIONS:
        for name, value in data[section].items():
            yield (section, name), value
    for part, found in data["cookies"].items():
        for name, value in found.items():
            yield ("cookies", part, name), value
    for name, category in data["categories"].items():
        for part in ("basis", "source", "retention"):
            if part in category:
                yield ("categories", name, part), category[part]
        if "stale" in category.get("retention", {}):
            yield ("categories", name, "retention", "stale"), category["retention"]["stale"]
    yield ("security",), data["security"]


def _says_period(retention: dict[str, Any]) -> bool:
    """Return whether the quote states the promised period in words or figures."""
    figures = _FIGURES.get(retention["promise"], ())
    return any(figure in retention["quote"].lower() for figure in figures)


def language_faults(document: Document) -> Iterator[Fault]:
    """Yield texts that lack one of the policy's languages."""
    yield from _untranslated(document, document.data, ())


def _untranslated(document: Document, value: Any, place: Place) -> Iterator[Fault]:
    """Walk a value and yield its texts without a translation."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _untranslated(document, item, (*place, index))
    if not isinstance(value, dict):
        return
    missing = [language for language in document.data["languages"] if language not in value]
    if missing and {"nl", "en"} & set(value):
        name = ".".join(str(step) for step in place)
        yield document.fault(place, f"{name} is not translated: {', '.join(missing)} is missing", "add the translation")
    for key, item in value.items():
        yield from _untranslated(document, item, (*place, key))


def _short(text: str) -> str:
    """Return the beginning of a text, in quotes."""
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN].rstrip()}…”"
