"""P42: "Deze Privacy- & Cookie verklaring kan worden aangevuld met of vervangen door aanvullende privacy verklaringen"."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacy import policy

from nakoming.policy.document import FOLDER, text_digest
from tests.compiled_anew import changed, compiled, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.firm import Firm

OLD = "Wij bewaren je gegevens zolang dat nodig is.\n\nVragen? Mail ons.\n"
BEFORE = f"""versions:
  - version: "2024-05-25"
    from: "2024-05-25"
    text: older.nl.txt
    text_sha256: {text_digest(OLD)}
    changes: {{nl: De eerste versie., en: The first version.}}
"""
NOTICE = """notices:
  - id: evenement-2026
    from: "2026-10-01"
    sites: [vixum]
    text: {nl: Bij dit evenement worden geen foto's gemaakt., en: No photographs are taken at this event.}
"""


def with_a_past(folder: Path) -> Path:
    """Return a copy of the layer whose policy has an older version and a supplementary notice for one site."""
    path = changed(folder, "seven-elements.yaml", ("versions:\n", BEFORE), ("notices: []\n", NOTICE))
    path.with_name("older.nl.txt").write_text(OLD, encoding="utf-8")
    return compiled(folder, path)


def test_p42_every_version_says_when_it_was_in_force_and_what_changed(tmp_path: Path) -> None:
    """The statement lists all versions, the newest first, each until the day the next one began."""
    page = shown(with_a_past(tmp_path), "vixum", "statement")
    newest, older = page["data"]["versions"]
    assert (older["from"], older["until"]) == ("2024-05-25", newest["from"])
    assert newest["until"] is None
    assert "25 mei 2024 tot 22 november 2026" in page["html"]
    assert "De eerste versie." in page["html"]


def test_p42_the_text_of_every_version_is_there_letter_for_letter(tmp_path: Path) -> None:
    """Each version leads to its published text, which is the one that its digest is of."""
    layer = with_a_past(tmp_path)
    for version in shown(layer, "vixum", "statement")["data"]["versions"]:
        page = shown(layer, "vixum", "statement", version["version"])
        assert text_digest(page["data"]["published_text"]) == version["text_sha256"]
    assert "<p>Vragen? Mail ons.</p>" in shown(layer, "vixum", "statement", "2024-05-25")["html"]


def test_p42_a_supplementary_statement_is_shown_where_it_holds(tmp_path: Path) -> None:
    """A notice for one site stands in the statement of that site with its date, and in no other."""
    layer = with_a_past(tmp_path)
    assert "Aanvullende verklaring, vanaf 1 oktober 2026" in shown(layer, "vixum", "statement")["html"]
    assert "geen foto&#39;s gemaakt" in shown(layer, "vixum", "statement")["html"]
    assert "foto" not in shown(layer, "sevenelements", "statement")["html"]


def test_p42_the_text_in_force_is_served(shared_firm: Firm) -> None:
    """The way from the statement to the text in force leads to the published text, letter for letter."""
    [version] = shared_firm.stack.http.get("/sevenelements/statement.json").json()["versions"]
    address = urlsplit(version["text"])
    served = shared_firm.stack.http.get(f"{address.path}.json?{address.query}").json()
    assert served["published_text"] == (FOLDER / "seven-elements.nl.txt").read_text(encoding="utf-8")
    assert shared_firm.stack.http.get(version["text"], accept="text/html").status == 200


def test_p42_every_entry_carries_the_version_it_was_collected_under(shared_firm: Firm) -> None:
    """What comes in is kept with the version of the statement that was in force."""
    entry = shared_firm.entry(shared_firm.ask("/sevenelements/enquiries"))
    assert entry is not None
    assert entry["policy"]["S"].endswith(policy.site("sevenelements").version)
