"""Signing in of staff: which access tokens are given."""

import copy
import json
from typing import Any

import pytest

from functions import staff_token
from tests.template.source import ROOT


@pytest.fixture
def event() -> dict[str, Any]:
    """Return what Cognito sends before it issues a token."""
    loaded: dict[str, Any] = json.loads((ROOT / "events" / "sign-in.json").read_text("utf-8"))
    return loaded


def claims(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the claims that an answer adds to the access token."""
    added: dict[str, Any] = answer["response"]["claimsAndScopeOverrideDetails"]["accessTokenGeneration"]
    return dict(added["claimsToAddOrOverride"])


def test_the_access_token_says_role_and_controller(event: dict[str, Any]) -> None:
    """Roles come from the groups, the controller from the attribute that only an administrator writes."""
    assert claims(staff_token.handler(event, None)) == {"roles": ["staff"], "controller": "silver-essence"}


def test_several_roles_come_in_order(event: dict[str, Any]) -> None:
    """A person with two roles gets both, always in the same order."""
    event["request"]["groupConfiguration"]["groupsToOverride"] = ["staff", "privacy-officer"]
    assert claims(staff_token.handler(event, None))["roles"] == ["privacy-officer", "staff"]


def test_a_group_we_do_not_know_is_no_role(event: dict[str, Any]) -> None:
    """Groups made for something else do not come into the token."""
    event["request"]["groupConfiguration"]["groupsToOverride"] = ["staff", "everything"]
    assert claims(staff_token.handler(event, None))["roles"] == ["staff"]


@pytest.mark.parametrize("groups", [[], None, ["everything"]])
def test_without_a_role_there_is_no_token(event: dict[str, Any], groups: list[str] | None) -> None:
    """A user in no group of ours gets nothing."""
    event["request"]["groupConfiguration"]["groupsToOverride"] = groups
    with pytest.raises(staff_token.NoTokenForThisUser):
        staff_token.handler(event, None)


@pytest.mark.parametrize("controller", [None, ""])
def test_without_a_controller_there_is_no_token(event: dict[str, Any], controller: str | None) -> None:
    """A user whose controller was forgotten gets nothing, not everything."""
    attributes = event["request"]["userAttributes"]
    del attributes["custom:controller"]
    if controller is not None:
        attributes["custom:controller"] = controller
    with pytest.raises(staff_token.NoTokenForThisUser):
        staff_token.handler(event, None)


def test_the_rest_of_the_event_comes_back_as_it_was(event: dict[str, Any]) -> None:
    """Cognito refuses an answer in which anything but the response was changed."""
    before = copy.deepcopy(event)
    answer = staff_token.handler(event, None)
    assert {**answer, "response": None} == {**before, "response": None}
