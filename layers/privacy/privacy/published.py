"""What a site's policy file says to people, and the published text it was made from, as the pages read them.

The compiled statements are large: they are loaded when the first page asks, and never by a function that shows none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from privacy.policy import Site

PAGES = ("statement", "cookies", "register", "coverage", "promises")


def of(site: Site) -> dict[str, Any]:
    """Return all that the policy file of a site says, as it stands in the file."""
    from privacy.compiled import statements  # noqa: PLC0415 - large, see above

    found: dict[str, Any] = statements.STATEMENTS[site.policy]
    return found


def head(site: Site, page: str, language: str) -> dict[str, Any]:
    """Return what the data of every page begin with: whose page it is, and of which version of the policy."""
    policy = of(site)
    others = {name: f"/{site.name}/{name}?lang={language}" for name in PAGES if is_public(site, name)}
    return {
        "page": page,
        "site": site.name,
        "title": site.title,
        "policy": site.policy,
        "version": site.version,
        "published": policy["published"],
        "language": language,
        "pages": others,
    }


def is_public(site: Site, page: str) -> bool:
    """Say whether a page is shown to everybody: how promises stand is, where the policy file says so."""
    return page != "promises" or site.publish_verdicts


def text(site: Site, version: dict[str, Any]) -> str | None:
    """Return the published text of one of the versions, letter for letter, or None where the policy file keeps none."""
    policy = of(site)
    newest = version["version"] == policy["version"]
    found: str | None = policy["published_text"] if newest else version.get("published_text")
    return found


def quotes(site: Site, promise: str) -> tuple[str, ...]:
    """Return the sentences of the published text that make a promise, each once, in its order."""
    sentences = [each["says"] for each in of(site)["sentences"] if promise in each.get("promises", ())]
    return tuple(dict.fromkeys(sentences))
