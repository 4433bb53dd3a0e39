"""Whatever call to AWS fails while people ask for their rights, before or after it was carried out: the end is the same."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import identity, identity_documents, inbox, letters, policy, rights_request, rights_status, vouching
from privacy.errors import IdentityNotProven
from privacy.openings import Reader

from tests.fakes import FakePost, services_in_memory
from tests.faults import matrix
from tests.unit.test_crash_matrix import state

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SOON = NOW + timedelta(minutes=2)
SITE = policy.site("silver-essence")
OFFICER = Reader("staff-1", frozenset({"staff", "privacy-officer"}), "silver-essence")
SENT: dict[str, object] = {"email": "ada@example.org", "rights": ["access", "erasure"], "message": "Alles"}


def ask(services: Services, _: object = None) -> str:
    """Ask for rights on the page."""
    return rights_request.receive(services, SITE, rights_request.check(SENT, SITE), language="nl", now=NOW)


def asked() -> tuple[Services, str]:
    """Return services with a case whose letters were sent."""
    services = services_in_memory()
    case = ask(services)
    deliver(services, NOW)
    return services, case


def deliver(services: Services, now: datetime) -> None:
    """Send what waits in the outbox."""
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)


def have_a_code_sent(services: Services, case: str) -> None:
    """Ask for a code, as a person does who presses the button again when it fails."""
    identity.send_code(services, SITE, case, SOON)


def with_a_code() -> tuple[Services, tuple[str, str]]:
    """Return services with a case whose code was sent, and both."""
    services, case = asked()
    have_a_code_sent(services, case)
    deliver(services, SOON)
    assert isinstance(services.post, FakePost)
    [code] = re.findall(rb"^(\d{6})\r?$", services.post.sent[-1][2], re.MULTILINE)[:1]
    return services, (case, code.decode())


def prove(services: Services, given: tuple[str, str]) -> None:
    """Type the code; who typed it and got no answer types it again, and is told that it was used."""
    with suppress(IdentityNotProven):
        identity.prove(services, SITE, *given, SOON)


def proven() -> tuple[Services, str]:
    """Return services with a case whose person is proven."""
    services, given = with_a_code()
    prove(services, given)
    return services, given[0]


def ask_again(services: Services, _: str) -> None:
    """Type a request for the same address when its case is proven: it is a case apart."""
    sent = rights_request.check({"email": "ada@example.org", "rights": ["objection"]}, SITE)
    rights_request.receive(services, SITE, sent, language="nl", now=SOON)


def withdraw(services: Services, case: str) -> None:
    """Take a right back."""
    rights_status.withdraw(services.store, case, "erasure", SOON)


def vouch(services: Services, case: str) -> None:
    """Vouch for a person, with other addresses."""
    person = vouching.Person("phone", "nummer klopt", "new@example.org", "old@example.org", "020 123 45 67")
    vouching.vouch(services, case, OFFICER, person, now=SOON)


def with_a_document() -> tuple[Services, str]:
    """Return services with a case that came with an identity document, large enough for the bucket."""
    services = services_in_memory()
    raw = (
        b"From: ada@example.org\nTo: privacy@silveressence.net\nMIME-Version: 1.0\nSubject: Paspoort\n"
        b"Content-Type: image/png; name=paspoort.png\n\n" + b"x" * 400_000
    )
    case = inbox.file(services, raw, "message-1", NOW).entry
    deliver(services, NOW)
    return services, case


def forget(services: Services, case: str) -> None:
    """Forget the document."""
    [link] = services.store.items("records", f"entry#{case}", "link#")
    identity_documents.forget(services, case, link["entry"], OFFICER, "checked", now=SOON)


FLOWS: dict[str, tuple[Callable[[], tuple[Services, Any]], Callable[[Services, Any], object]]] = {
    "ask": (lambda: (services_in_memory(), None), ask),
    "code": (asked, have_a_code_sent),
    "prove": (with_a_code, prove),
    "ask again": (proven, ask_again),
    "withdraw": (proven, withdraw),
    "vouch": (asked, vouch),
    "forget": (with_a_document, forget),
    "forget the rest": (
        with_a_document,
        lambda services, case: identity_documents.forget_rest(services.store, case, SOON),
    ),
}


def seen(services: Services) -> Any:
    """Return the state of the store without what counts tries: a try that nobody answered is a try; nor what names the case."""
    tables, *others = state(services)
    tables["records"] = [re.sub(r'"vouched_for": "\w{64}"', "", item) for item in tables["records"]]
    counters = ('"pk": "code"', '"pk": "requests"')
    tables["traffic"] = [item for item in tables["traffic"] if not any(each in item for each in counters)]
    return tables, others


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    compared = 0
    for where, left, expected in matrix(prepare, flow, seen):
        assert left == expected, where
        compared += 1
    assert compared >= 8
