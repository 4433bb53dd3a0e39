"""Puts the roles and the controller of a member of staff into the access token, or refuses to give one.

Cognito calls this before it issues a token (pre token generation, version 2). The controller is an attribute of the
user that only an administrator can write, the roles are the groups of the user pool. It needs no layer, no right and no
setting.
"""

from typing import Any

ROLES = frozenset({"staff", "privacy-officer", "security"})


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer the event with the claims to add to the access token.

    Raises `NoTokenForThisUser` when the user has no controller or no role we know: Cognito then issues no token at all,
    so that a forgotten attribute never becomes access to everything.
    """
    request = event["request"]
    controller = request["userAttributes"].get("custom:controller", "")
    roles = sorted(ROLES.intersection(request["groupConfiguration"].get("groupsToOverride") or ()))
    if not controller or not roles:
        raise NoTokenForThisUser
    claims = {"roles": roles, "controller": controller}
    event["response"] = {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": {"claimsToAddOrOverride": claims}}}
    return event


class NoTokenForThisUser(Exception):
    """The user has no controller or no role. The person who signs in reads this text, so it says nothing more."""

    def __init__(self) -> None:
        """Say what the person can do."""
        super().__init__("This account has no controller or no role yet; ask whoever made it.")
