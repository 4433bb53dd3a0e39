"""Cases with a fault at every call: delivered again, there is one case, one message of each mail, one note of each act."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import cases, casework, enquiries, inbox, inbox_items, letters, retention, rights_request, vault
from privacy.openings import Reader
from privacy.periods import read_stamp

from tests.fakes import FakeObjects, everything, services_in_memory
from tests.faults import matrix
from tests.memory import MemoryStore
from tests.unit.test_crash_matrix import LATER, NOW, SITE, STAFF, post_all, received, retain, state

if TYPE_CHECKING:
    from privacy.services import Services

OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
HEAD = b"From: Ada <ada@example.org>\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\n"
NEW = casework.NewCase(NOW, "phone", "Verwijder mijn gegevens.", ("erasure",), "ada@example.org", "+31200000000", "Ada")


def mailed(services: Services, number: int = 1, text: bytes = b"Graag inzage.", more: bytes = b"") -> str:
    """Let a mail come in and return what it was filed under."""
    raw = HEAD + more + b"Message-ID: <%d@example.org>\r\n\r\n" % number + text
    return inbox.file(services, raw, f"mail-{number}", NOW).entry


def with_a_case() -> tuple[Services, str]:
    """Return services with one case, its letters sent."""
    services = services_in_memory()
    case = mailed(services)
    post_all(services)
    return services, case


def with_a_conversation() -> tuple[Services, str]:
    """Return services with a case of several messages, one of them large, that was answered."""
    services, case = with_a_case()
    mailed(services, 2)
    mailed(services, 40, b"x" * 300_000)
    casework.answer(services, case, OFFICER, "Antwoord", now=LATER)
    post_all(services)
    return services, case


def with_an_item() -> tuple[Services, str]:
    """Return services with a machine's mail that waits."""
    services = services_in_memory()
    return services, mailed(services, more=b"Auto-Submitted: auto-replied\r\n")


def mail_and_letters(services: Services, _: object) -> None:
    """Let a mail come in and send the letters about it, now and in later hours."""
    mailed(services)
    for hours in range(3):
        post_all(services, LATER + timedelta(hours=hours))


def with_an_answered_enquiry() -> tuple[Services, str]:
    """Return services with an enquiry that was answered, its letters sent, and the address its reply comes to."""
    services, enquiry = received()
    enquiries.answer(services, enquiry, STAFF, "Antwoord", now=NOW)
    post_all(services)
    return services, vault.find(services.store, enquiry).pointers[0].removeprefix("reply#")


def reply_that_asks(services: Services, token: str) -> None:
    """Let a reply come in that asks for a right, with a file large enough for the bucket."""
    head = HEAD.replace(b"privacy@", f"privacy+r.{token}@".encode()) + b"Message-ID: <7@example.org>\r\n\r\n"
    inbox.file(services, head + b"Verwijder al mijn gegevens.\r\n" + b"x" * 300_000, "mail-7", LATER)


def more_than_an_hour_takes(services: Services, _: object) -> None:
    """Send the letters of three strangers in hours that take one each."""
    for hours in range(5):
        post_all(services, LATER + timedelta(hours=hours))


def with_three_strangers() -> tuple[Services, None]:
    """Return services with three cases that were asked for on the page, nothing sent."""
    services = services_in_memory()
    for number in range(3):
        sent = rights_request.check({"email": f"p{number}@example.org", "rights": ["access"]}, SITE)
        rights_request.receive(services, SITE, sent, language="nl", now=NOW)
    return services, None


def close(services: Services, case: str) -> None:
    """Close a case."""
    casework.close(services, case, OFFICER, "refused", "niet van u", now=LATER)


def closed_conversation() -> tuple[Services, str]:
    """Return services with a long case that was closed."""
    services, case = with_a_conversation()
    close(services, case)
    return services, case


FLOWS: dict[str, tuple[Any, Any]] = {
    "first mail": (lambda: (services_in_memory(), None), lambda services, _: mailed(services)),
    "mail that joins": (with_a_case, lambda services, _: mailed(services, 2, b"Verwijder mijn gegevens.")),
    "large mail that joins": (with_a_case, lambda services, _: mailed(services, 2, b"x" * 300_000)),
    "automatic mail": (lambda: (services_in_memory(), None), lambda services, _: mailed(services, 2, more=b"Auto-Submitted: x\r\n")),
    "reply that asks": (with_an_answered_enquiry, reply_that_asks),
    "full hours": (with_three_strangers, more_than_an_hour_takes),
    "letters": (lambda: (services_in_memory(), None), mail_and_letters),
    "open": (with_a_case, lambda services, case: casework.open_(services, case, OFFICER, why="", now=LATER)),
    "answer": (with_a_case, lambda services, case: casework.answer(services, case, OFFICER, "Antwoord", now=LATER)),
    "rights": (with_a_case, lambda services, case: casework.set_rights(services, case, OFFICER, ["erasure"], now=LATER)),
    "received": (
        with_a_case,
        lambda services, case: casework.correct_received(
            services, case, OFFICER, read_stamp("2026-11-01T10:00:00Z"), "brief", now=LATER
        ),
    ),
    "close": (with_a_conversation, close),
    "add": (lambda: (services_in_memory(), None), lambda services, _: casework.add(services, SITE, NEW, OFFICER, now=LATER)),
    "make a case": (with_an_item, lambda services, item: inbox_items.make_case(services, item, OFFICER, now=LATER)),
    "dismiss": (with_an_item, lambda services, item: inbox_items.dismiss(services, item, OFFICER, now=LATER)),
    "warn": (with_a_case, retain(25)),
    "close by rule": (with_a_case, retain(95)),
    "destroy": (closed_conversation, retain(1000)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _small_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a case end in several transactions, as one with many messages does, and an hour be full soon."""
    monkeypatch.setattr(cases, "_IN_ONE_SET", 1)
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 1)


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    compared = 0
    for where, left, expected in matrix(prepare, flow, state):
        assert left == expected, where
        compared += 1
    assert compared >= 8


def test_nothing_is_left_of_a_case() -> None:
    """After the last due date nothing is left of it in vault, records and bucket."""
    services, _ = closed_conversation()
    retain(1000)(services, None)
    assert isinstance(services.store, MemoryStore)
    assert isinstance(services.objects, FakeObjects)
    assert services.store.all("vault") == []
    assert [item["pk"] for item in services.store.all("records")] == ["run#retention"]
    assert services.objects.kept == {}


def test_a_case_that_nobody_closed_leaves_no_pointer_either() -> None:
    """Destroyed while open, after a year without a run, its asker's pointer goes with it; one that is another's stays."""
    services, first = with_a_case()
    late = read_stamp(
        str(next(item for item in everything(services)["vault"] if item["pk"] == f"entry#{first}")["due"])
    )
    raw = HEAD + b"\r\nNog een vraag."
    second = inbox.file(services, raw, "late", late).entry
    assert second != first
    assert services.objects is not None
    retention.run(services.store, services.objects, late)
    askers = [item for item in everything(services)["vault"] if item["pk"].startswith("asker#")]
    assert [item["entry"] for item in askers] == [second]
    assert cases.record(services.store, second)["status"] == "open"
    assert list(letters.waiting(services.store, late))
