"""A session counts for one case and half an hour, and only its hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import sessions, vault
from privacy.errors import IdentityNotProven
from privacy.writes import Put

from tests.fakes import everything

if TYPE_CHECKING:
    from privacy.services import Services


def begun(services: Services, now: datetime) -> tuple[str, str]:
    """Begin a session; return its case and its token."""
    case = vault.new_id()
    token, write = sessions.begin(case, "", now)
    services.store.write([write, Put("records", {"pk": f"entry#{case}", "sk": "main", "kind": "case"})])
    return case, token


def test_a_session_lasts_half_an_hour(services: Services, now: datetime) -> None:
    """A second before the end it counts; at the end it does not, whether or not the TTL has been there."""
    case, token = begun(services, now)
    sessions.check(services.store, case, token, now + sessions.LASTS - timedelta(seconds=1))
    with pytest.raises(IdentityNotProven):
        sessions.check(services.store, case, token, now + sessions.LASTS)


def test_a_session_is_bound_to_its_case(services: Services, now: datetime) -> None:
    """The session of one case opens no other."""
    _, token = begun(services, now)
    other, _ = begun(services, now)
    with pytest.raises(IdentityNotProven):
        sessions.check(services.store, other, token, now)


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\ud800"])
def test_what_is_no_session_is_refused(services: Services, now: datetime, token: str) -> None:
    """Nothing but the token counts, whatever is typed."""
    case, _ = begun(services, now)
    with pytest.raises(IdentityNotProven):
        sessions.check(services.store, case, token, now)


def test_the_token_is_not_stored(services: Services, now: datetime) -> None:
    """Who reads the table can use no session."""
    _, token = begun(services, now)
    assert len(token) >= 22
    assert token not in repr(everything(services))
