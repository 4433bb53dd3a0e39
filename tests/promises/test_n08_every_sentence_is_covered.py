"""N8: the published text verbatim, each sentence tied to the rule that carries it out, or flagged: nobody carries this out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from privacy import policy, published, site_pages
from privacy.voice import voice_of

from tests.compiled_anew import changed, compiled, shown
from tests.pages_seen import main_text

if TYPE_CHECKING:
    from tests.conftest import TestStack

TEXTS = Path(__file__).parents[2] / "policies"
FATES = ("carried_out", "not_built", "information", "nobody")
FILES = {"silver-essence": "silver-essence.nl.txt", "sevenelements": "seven-elements.nl.txt"}
every_site = pytest.mark.parametrize("site", FILES)


@every_site
def test_n08_no_word_of_the_published_text_is_missing(shared_stack: TestStack, site: str) -> None:
    """Taking the served sentences out of the published text in their order leaves white space and bullets, nothing else."""
    says = shared_stack.http.get(f"/{site}/coverage.json").json()
    text = (TEXTS / FILES[site]).read_text(encoding="utf-8")
    assert says["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    left, rest = "", text
    for sentence in says["sentences"]:
        before, _, rest = rest.partition(sentence["says"])
        left += before
    assert (left + rest).strip(" \t\r\n•\ufeff\u00a0").replace("•", "").split() == []


@every_site
def test_n08_every_sentence_has_one_fate(shared_stack: TestStack, site: str) -> None:
    """Each sentence is carried out, not built yet, information or nobody's, and the counts at the top add up."""
    says = shared_stack.http.get(f"/{site}/coverage.json").json()
    found = [each["fate"] for each in says["sentences"]]
    assert says["counts"] == {"sentences": len(found), **{fate: found.count(fate) for fate in FATES}}
    assert sum(found.count(fate) for fate in FATES) == len(found)
    for each in says["sentences"]:
        assert bool(each["promises"]) == (each["fate"] in {"carried_out", "not_built"})


@every_site
def test_n08_the_page_shows_every_sentence_in_order(shared_stack: TestStack, site: str) -> None:
    """What is in the data is on the page, letter for letter and in order, as HTML and as Markdown of the same."""
    says = shared_stack.http.get(f"/{site}/coverage.json").json()
    rest = main_text(shared_stack.http.get(f"/{site}/coverage", accept="text/html").text)
    for sentence in says["sentences"]:
        _, found, rest = rest.partition(" ".join(sentence["says"].split()))
        assert found, sentence["says"]


@every_site
def test_n08_what_is_not_built_is_never_called_carried_out(site: str) -> None:
    """A sentence is carried out only when all its promises are built, and so is the module of every category it leads to."""
    found = policy.site(site)
    says = published.of(found)
    for each in site_pages.data(found, "coverage", voice_of(found, "nl"), dict)["sentences"]:
        if each["fate"] == "carried_out":
            assert all(promise["built"] for promise in each["promises"])
            modules = {says["categories"][rule["category"]]["module"] for rule in each["rules"] if rule["category"]}
            assert modules <= set(says["built"])


def test_n08_what_nobody_carries_out_is_said(tmp_path: Path) -> None:
    """A sentence that nobody carries out stands on the page as just that, with the reason, and is counted."""
    tied = 'says: "Via ons Klantenportaal kunt u terugvinden aan welke Partner u bent gekoppeld."\n    promises: [P13]\n    rules: [recipients.partner]'
    nobody = tied.partition("\n")[0] + "\n    nobody: {nl: Het portaal is er niet., en: There is no portal.}"
    layer = compiled(tmp_path, changed(tmp_path, "silver-essence.yaml", (tied, nobody)))
    page = shown(layer, "silver-essence", "coverage")
    assert page["data"]["counts"]["nobody"] == 1
    assert "✗ niemand voert dit uit</span></li><li>Het portaal is er niet." in page["html"]
    assert "*✗ niemand voert dit uit*; Het portaal is er niet." in page["markdown"]
