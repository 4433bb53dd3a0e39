"""P37: when no longer needed, data is removed or anonymised.

"Wanneer wij je persoonsgegevens niet langer nodig hebben, zullen wij alle redelijke stappen ondernemen om deze uit onze
systemen te verwijderen"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import policy
from privacy.periods import parse

from tests.canary import finds, marked, walk_through_everything

if TYPE_CHECKING:
    from tests.firm import Firm


def test_p37_nothing_is_sealed_without_an_end(firm: Firm) -> None:
    """Whatever is done, every entry of the vault has a due date and stands in the queue of what is due."""
    walk_through_everything(firm, marked())
    entries = [item for item in firm.items("Vault") if item["sk"]["S"] == "entry"]
    assert len(entries) >= 5
    assert all(
        item["due"]["S"] > item["created_at"]["S"] and item["due_key"]["S"].startswith(item["due"]["S"])
        for item in entries
    )
    assert {item["queue"]["S"] for item in entries} == {"due"}


def test_p37_no_rule_lacks_a_period() -> None:
    """Every category of every policy says how long it is kept; what no rule covers is refused."""
    for controller in policy.controllers():
        for name in policy.categories(controller):
            assert parse(policy.category(controller, name).needed) is not None


def test_p37_what_is_gone_cannot_be_found_with_every_key_in_hand(firm: Firm) -> None:
    """The recipe of an erasure: everything of one person, of whom nothing is left, beside a control of whom all is left."""
    canary, control = marked(), marked()
    enquiry = walk_through_everything(firm, canary)
    for each in firm.staff("GET", "/desk/enquiries?status=all")[1]["enquiries"]:
        assert firm.staff("POST", f"/desk/enquiries/{each['id']}/handled", role="privacy-officer")[0] == 200
    firm.stack.clock.advance("P12M")  # what nobody answered is ended by rule after three months, and kept a year
    kept = firm.ask(**control.fields)
    firm.stack.clock.advance("P4M")
    breaches = {item["pk"]["S"] for item in firm.items("Vault") if item.get("category") == {"S": "incidents"}}
    left = [find for find in finds(firm, canary, with_all_keys=True) if not any(pk in find for pk in breaches)]
    assert left == []  # the log of breaches, in the words of staff, is kept three years (Art. 33(5))
    assert firm.traces(enquiry) == {"Vault": 0, "Records": 0}
    assert len(finds(firm, control, with_all_keys=True)) == len(control.fields)
    assert firm.traces(kept)["Vault"] > 0
