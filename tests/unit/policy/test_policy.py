"""What functions read at run time: sites, controllers, categories, forms and texts of the compiled policies."""

from __future__ import annotations

import subprocess
import sys

import pytest
from privacy import policy
from privacy.errors import UnknownCategory, UnknownForm, UnknownSite

from nakoming.policy.document import ROOT


def test_the_sites_of_both_policies_are_known() -> None:
    """Four sites, each with the privacy address of its policy."""
    assert policy.sites() == ("allesoveradministratie", "sevenelements", "silver-essence", "vixum")
    assert policy.privacy_addresses() == {
        "privacy@allesoveradministratie.nl": "allesoveradministratie",
        "privacy@sevenelements.nl": "sevenelements",
        "privacy@silveressence.net": "silver-essence",
        "privacy@vixum.nl": "vixum",
    }


def test_a_site_says_how_it_speaks() -> None:
    """Silver Essence says u, Seven Elements says je, and both answer in Dutch unless asked otherwise."""
    formal, informal = policy.site("silver-essence"), policy.site("sevenelements")

    assert (formal.address_form, informal.address_form) == ("u", "je")
    assert formal.default_language == informal.default_language == "nl"
    assert formal.publish_verdicts


def test_joint_controllers_share_one_group() -> None:
    """One request reaches both companies (Art. 26(3) GDPR), and the two policies stay apart."""
    seven, vixum = policy.controller("seven-elements"), policy.controller("vixum")

    assert seven.group == vixum.group == "seven-elements+vixum"
    assert policy.controller("silver-essence").group == "silver-essence"
    assert policy.sites_of("seven-elements") == ("allesoveradministratie", "sevenelements")
    assert policy.controllers() == ("seven-elements", "silver-essence", "vixum")


def test_a_category_is_found_by_controller_and_by_policy() -> None:
    """The rule is the policy's, so every controller of it has the same."""
    enquiries = policy.category("vixum", "enquiries")

    assert enquiries == policy.category("seven-elements", "enquiries")
    assert (enquiries.wall, enquiries.promise, enquiries.needed) == ("enquiries", "P1Y", "P361D")
    assert (enquiries.counts_from, enquiries.bucket) == ("handled", "PT0S")
    assert (enquiries.stale_warn_after, enquiries.stale_close_after) == ("P30D", "P60D")
    assert "enquiries" in policy.categories("vixum")


def test_what_is_held_elsewhere_cannot_be_sealed() -> None:
    """Invoices are stated and kept in the bookkeeping: nothing here seals under their rule."""
    with pytest.raises(UnknownCategory):
        policy.category("silver-essence", "invoices")


@pytest.mark.parametrize(("owner", "name"), [("silver-essence", "health"), ("nobody", "enquiries")])
def test_an_unknown_category_is_refused(owner: str, name: str) -> None:
    """Nothing may be sealed outside a rule."""
    with pytest.raises(UnknownCategory):
        policy.category(owner, name)


def test_an_unknown_site_is_refused() -> None:
    """Sites, controllers and forms of no policy are unknown, not empty."""
    with pytest.raises(UnknownSite):
        policy.site("shop")
    with pytest.raises(UnknownSite):
        policy.controller("shop")
    with pytest.raises(UnknownSite):
        policy.form("shop")


def test_a_form_is_the_policys() -> None:
    """The contact form is taken when none is named; events are a form of their own (P44)."""
    contact, event = policy.form("vixum"), policy.form("vixum", "event")

    assert [field.name for field in contact.fields] == ["name", "email", "phone", "company", "message"]
    assert (contact.category, event.category) == ("enquiries", "events")
    assert policy.forms("silver-essence") == ("contact",)
    with pytest.raises(UnknownForm):
        policy.form("silver-essence", "event")


def test_a_text_comes_in_the_language_asked_or_the_sites_own() -> None:
    """A language that is not offered gets the site's default, in the site's way of address."""
    assert policy.text("silver-essence", "received_title", "en") == "We have received your message"
    assert policy.text("silver-essence", "received_title", "fr") == "Wij hebben uw bericht ontvangen"
    assert policy.text("vixum", "received_title", "nl") == "Wij hebben je bericht ontvangen"


def test_reading_the_policy_stays_lean() -> None:
    """The contact form pays for every import: no YAML, no dataclasses, and no texts until one is asked for."""
    heavy = "{'yaml', 'dataclasses', 'jsonschema', 'pydantic', 'privacy.compiled.texts', 'privacy.compiled.statements'}"
    script = f"import sys; from privacy import policy; policy.site('vixum'); print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run(  # noqa: S603 - a fixed script, in a fresh interpreter
        [sys.executable, "-c", script],
        cwd=ROOT / "layers" / "privacy",
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout == "[]\n"
