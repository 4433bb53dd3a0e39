"""The function `fulfil` as deployed: what wakes it, what it refuses, and that one failure does not stop the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.person import Person

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system
EVENTS = Path(__file__).parents[2] / "events"


def event(name: str) -> Any:
    """Return an example event."""
    return json.loads((EVENTS / f"{name}.json").read_text("utf-8"))


def test_the_example_events_are_answered(shared_firm: Firm) -> None:
    """A task that is gone is nothing to do, nobody's session or number gives a link, and the hourly run finds nothing to do."""
    invoke = shared_firm.stack.invoke
    assert invoke("Fulfil", event("tasks")) == {"batchItemFailures": []}
    assert invoke("Fulfil", event("handout")) == {"refused": "identity_not_proven"}
    assert invoke("Fulfil", event("handover")) == {"refused": "not_fetched"}
    assert invoke("Fulfil", event("schedule")) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": ""},
        {"case": None},
        {"case": "x", "session": 7},
        {"case": "x", "right": []},
        {"case": "x", "about": {"a": 1}},
    ],
)
def test_whatever_it_is_asked_it_refuses_without_a_session(shared_firm: Firm, wrong: dict[str, Any]) -> None:
    """No request is an error, and none gives a link."""
    assert shared_firm.stack.invoke("Fulfil", wrong) == {"refused": "identity_not_proven"}


@pytest.mark.parametrize("wrong", [{"number": ""}, {"number": None, "phrase": 7}, {"number": "x", "session": "x"}])
def test_whatever_it_is_asked_it_refuses_without_number_and_phrase(shared_firm: Firm, wrong: dict[str, Any]) -> None:
    """No request is an error, and none gives a link."""
    assert shared_firm.stack.invoke("Fulfil", wrong) == {"refused": "not_fetched"}


def test_a_task_that_fails_is_taken_up_again(firm: Firm) -> None:
    """A case whose copy cannot be made does not stop another's; when what was missing is back, the hourly run makes it."""
    stack, wall = firm.stack, firm.stack.resources["WallEnquiries"]
    ada, bob = (Person(stack, f"{name}@example.org") for name in ("ada", "bob"))
    firm.ask(email=ada.email)
    stack.client("kms").disable_key(KeyId=wall)
    try:
        case = ada.ask("access")
        session, _ = ada.proven(case)
        other = bob.ask("access")
        bob.proven(other)
        stack.eventually(lambda: bob.mails("Ons antwoord"))
        assert not ada.mails("Ons antwoord")
    finally:
        stack.client("kms").enable_key(KeyId=wall)
    stack.clock.advance("PT2H")
    assert ada.mails("Ons antwoord")
    assert ada.post("download", case=case, session=session, right="access").status == 403
    assert stack.clock.failures == []
