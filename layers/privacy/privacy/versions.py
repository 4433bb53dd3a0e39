"""Which published text was in force when, and each of them letter for letter (P42)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from privacy import published, wording
from privacy.document import Document, Paragraph, Quote
from privacy.errors import NotFound

if TYPE_CHECKING:
    from privacy.policy import Site
    from privacy.voice import Voice


def listed(site: Site, voice: Voice) -> list[dict[str, Any]]:
    """Return every version with from when until when it was in force, the newest first.

    `until` is the first day of the next version, and None while there is none; `text` is where its text can be read, and
    None where the policy file does not keep it.
    """
    versions = published.of(site)["versions"]
    ends = [each["from"] for each in versions[1:]] + [None]
    return [_version(each, end, site, voice) for each, end in zip(versions, ends, strict=True)][::-1]


def _version(version: dict[str, Any], until: str | None, site: Site, voice: Voice) -> dict[str, Any]:
    """Return one version."""
    name = version["version"]
    address = f"/{site.name}/statement?version={quote(name, safe='')}&lang={voice.language}"
    kept = published.text(site, version) is not None
    return {
        "version": name,
        "from": version["from"],
        "until": until,
        "text_sha256": version["text_sha256"],
        "changes": voice.text(version["changes"]),
        "text": address if kept else None,
    }


def data(site: Site, voice: Voice, name: str) -> dict[str, Any]:
    """Return one version with its text. Raises NotFound for one that there is not, or whose text is not kept."""
    policy = published.of(site)
    texts = {each["version"]: published.text(site, each) for each in policy["versions"]}
    if texts.get(name) is None:
        raise NotFound
    found = next(each for each in listed(site, voice) if each["version"] == name)
    head = published.head(site, "versions", voice.language)
    return {**head, **found, "text_language": policy["text_language"], "published_text": texts[name]}


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return the text of a version as a page."""
    title = voice.say("De tekst van versie {version}", "The text of version {version}", version=says["version"])
    lines = (line.strip() for line in says["published_text"].splitlines())
    quotes = (Quote(line, says["text_language"]) for line in lines if line)
    when = Paragraph(f"{force(says, voice).capitalize()}. {says['changes']}", "lead")
    return Document(title, voice.language, (when, *quotes))


def force(version: dict[str, Any], voice: Voice) -> str:
    """Return from when until when a version was in force, in words."""
    since = wording.date(version["from"], voice)
    if not version["until"]:
        return voice.say("vanaf {since}", "from {since}", since=since)
    until = wording.date(version["until"], voice)
    return voice.say("{since} tot {until}", "{since} until {until}", since=since, until=until)
