"""All 48 promises are somewhere: in a policy file, in a sentence or marked as assumed, and with a mechanism."""

from __future__ import annotations

from nakoming.policy.check import load
from nakoming.policy.document import policy_files
from nakoming.policy.mechanisms import BUILT, CORE, MECHANISMS, NEEDED_CATEGORIES, built
from nakoming.policy.shape import schema

DOCUMENTS = {document.name: document for document in load(policy_files())[0]}
ALL = {f"P{number:02}" for number in range(1, 49)}


def test_every_promise_is_made_by_a_policy() -> None:
    """No promise of the two published texts is forgotten."""
    assert {promise for document in DOCUMENTS.values() for promise in document.data["promises"]} == ALL


def test_every_promise_has_a_mechanism() -> None:
    """Each promise names modules that exist in the policy files' schema."""
    modules = set(schema()["$defs"]["module"]["enum"])

    assert set(MECHANISMS) == ALL
    assert {module for needed in MECHANISMS.values() for module in needed} == modules | {CORE}
    assert set(NEEDED_CATEGORIES) == modules
    assert modules | {CORE} >= BUILT


def test_a_promise_is_built_when_all_its_modules_are() -> None:
    """A promise that needs two modules is not kept by one of them."""
    assert built("P03")
    assert built("P02") == ("visits" in BUILT)
    assert built("P05") == ("rights" in BUILT)


def test_what_the_text_of_silver_essence_says_is_quoted() -> None:
    """The periods that Silver Essence published rest on its own words; nothing assumed stands in their place."""
    categories = DOCUMENTS["silver-essence"].data["categories"]
    quoted = {
        name: category["retention"]["promise"]
        for name, category in categories.items()
        if "quote" in category["retention"]
    }

    assert quoted == {"visits": "P1M", "enquiries": "P1Y", "usernames": "PT0S", "actions": "P1M", "contacts": "PT0S"}


def test_what_the_text_of_seven_elements_leaves_open_is_assumed() -> None:
    """Its periods have no figures, so every period of its policy file is marked (P48)."""
    categories = DOCUMENTS["seven-elements"].data["categories"]

    assert all(category["retention"].get("assumed") for category in categories.values())


def test_the_contact_form_asks_for_no_more_than_it_needs() -> None:
    """The form has exactly these fields, and only what an answer needs is required."""
    for document in DOCUMENTS.values():
        fields = document.data["forms"]["contact"]["fields"]

        assert list(fields) == ["name", "email", "phone", "company", "message"]
        assert fields["email"]["required"]
        assert not fields["phone"]["required"]
        assert not fields["company"]["required"]
