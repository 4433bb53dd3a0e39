"""The public pages of a site: which there are, and each as HTML, as Markdown and as JSON.

All come from the policy file (N1); the promises also from the auditor's last look at the store. None holds anything of
anyone. A page works without script, loads nothing and sets no cookie (P01).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from privacy import pages, policy, versions
from privacy.document import as_markdown, spans
from privacy.errors import NotFound, NotPublished
from privacy.voice import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from privacy.document import Document
    from privacy.policy import Site
    from privacy.voice import Voice
    from privacy.writes import Store

_TITLES = {
    "statement": ("Privacyverklaring", "Privacy statement"),
    "cookies": ("Cookies", "Cookies"),
    "register": ("Verwerkingsregister", "Register"),
    "coverage": ("Zin voor zin", "Sentence by sentence"),
    "promises": ("Beloften", "Promises"),
}


def data(
    site: Site, name: str, voice: Voice, look: Callable[[], Mapping[str, Any]], *, version: str = ""
) -> dict[str, Any]:
    """Return what a page says, as its JSON: of the statement, the text of one `version` when that is asked for.

    `look` gives the auditor's snapshot; only the promises ask for it. Raises NotFound for a page that there is not,
    NotPublished for one that strangers may not see, StoreUnavailable.
    """
    if name == "statement" and version:
        return versions.data(site, voice, version)
    more = (look,) if name == "promises" else ()
    says: dict[str, Any] = _module(name).data(site, voice, *more)
    return says


def document(says: dict[str, Any], voice: Voice) -> Document:
    """Return a page from what it says."""
    shown: Document = _module(says["page"]).document(says, voice)
    return shown


def _module(name: str) -> Any:
    """Return what a page is made by; nobody waits for the modules of the other pages. Raises NotFound."""
    if name not in _TITLES and name != "versions":
        raise NotFound
    return import_module(f"privacy.{name}")


def markdown(says: dict[str, Any], voice: Voice) -> str:
    """Return a page as Markdown."""
    return as_markdown(document(says, voice))


def html(site: Site, says: dict[str, Any], voice: Voice) -> str:
    """Return a page as HTML, with the ways to the other pages, languages and forms of it."""
    shown = document(says, voice)
    version = {"site": site.title, "version": site.version}
    return pages.page(
        "document.html",
        pages.DOCUMENT,
        language=voice.language,
        title=shown.title,
        document=shown,
        pages=_others(says, voice),
        formats=_formats(site, says, voice),
        footer=voice.say("{site}, privacyverklaring {version}", "{site}, privacy statement {version}", **version),
        say=voice.say,
        pieces=spans,
        name_of=_name_of,
    )


def _name_of(block: object) -> str:
    """Return what kind of block a template has in hand."""
    return type(block).__name__


def _others(says: dict[str, Any], voice: Voice) -> list[dict[str, Any]]:
    """Return the ways to all pages of the site."""
    return [
        {"href": href, "title": voice.say(*_TITLES[name]), "current": name == says["page"]}
        for name, href in says["pages"].items()
    ]


def _formats(site: Site, says: dict[str, Any], voice: Voice) -> list[dict[str, str]]:
    """Return the ways to the same page in other forms and languages."""
    name, more = (says["page"], "") if says["page"] != "versions" else ("statement", f"&version={says['version']}")
    path = f"/{site.name}/{name}"
    forms = [
        {"href": f"{path}.{kind}?lang={voice.language}{more}", "title": title, "lang": ""}
        for kind, title in (("md", "Markdown"), ("json", "JSON"))
    ]
    others = [language for language in site.languages if language != voice.language]
    ways = [{"href": f"{path}?lang={each}{more}", "title": LANGUAGES[each], "lang": each} for each in others]
    return forms + ways


def evidence(site: Site, store: Store) -> dict[str, Any]:
    """Return the signed days of the evidence of a site's controller, and the public key: whoever has them can check it (N4).

    They count per site: where one site of the controller keeps its verdicts to itself, they are kept too. Raises
    NotPublished, StoreUnavailable.
    """
    if not all(policy.site(name).publish_verdicts for name in policy.sites_of(site.controller)):
        raise NotPublished
    from privacy import evidence_days  # noqa: PLC0415 - the pages do not need it

    return evidence_days.published(store, site.controller)


def error(site: Site | None, message: str, language: str) -> str:
    """Return a page that says why there is no such page; `site` is None when it is the site that is not known."""
    dutch = language == "nl"
    return pages.page(
        "notice.html",
        language=language,
        title="Niet gelukt" if dutch else "This did not work",
        paragraphs=[message],
        link=site.url if site else "",
        link_text=site.title if site else "",
    )
