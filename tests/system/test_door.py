"""The door of the embedded run: under which name it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TestStack

pytestmark = pytest.mark.system


@pytest.mark.parametrize("path", ["/", "/desk?lang=en", "/silver-essence/enquiries"])
def test_a_page_is_seen_under_the_address_that_signing_in_leads_back_to(shared_stack: TestStack, path: str) -> None:
    """Who types `localhost` is sent to 127.0.0.1, the query included."""
    given = shared_stack.http.get(path, host="localhost:8080", accept="text/html,*/*")
    assert (given.status, given.headers["location"]) == (302, f"{shared_stack.running.door.url}{path}")
    assert shared_stack.http.get(path, accept="text/html,*/*").status == 200


def test_programs_may_call_it_as_they_like(shared_stack: TestStack) -> None:
    """Whoever asks for no page is answered where they are."""
    assert shared_stack.http.get("/local/status", host="localhost:8080").status == 200
    assert shared_stack.http.get("/desk/sites", host="localhost:8080", token=shared_stack.token()).status == 200
