"""Whatever call to AWS fails, before or after it was carried out: delivered again, the end is the same."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from privacy import audit, enquiries, form, inbox, letters, policy, retention, statistics, vault, visit_log, visits
from privacy.browsers import Browser
from privacy.errors import KeyDestroyed, KeyUnavailable, StoreUnavailable
from privacy.openings import Reader

from tests.fakes import FakeObjects, FakePost, services_in_memory
from tests.faults import Switch, behind, matrix
from tests.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SITE = policy.site("silver-essence")
GUARD = Reader("guard-1", frozenset({"security"}), "silver-essence")
STAFF = Reader("staff-1", frozenset({"staff", "privacy-officer"}), "silver-essence")
FIELDS = {"name": "Ada Voorbeeld", "email": "ada@example.org", "phone": "020 123 45 67", "message": "Hallo"}


def submission() -> form.Submission:
    """Return a checked form."""
    return form.check(form.read(json.dumps(FIELDS).encode(), "application/json"), policy.form(SITE.name), SITE)


def received() -> tuple[Services, str]:
    """Return services with one enquiry, its notice sent."""
    services = services_in_memory()
    receipt = enquiries.receive(services.store, services.keys, SITE, submission(), language="nl", now=NOW)
    post_all(services)
    return services, receipt.reference


def post_all(services: Services, now: datetime = LATER) -> None:
    """Deliver what waits in the outbox."""
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)


def state(services: Services) -> Any:
    """Return what can be seen of the store and the mailbox, without what is random: ids, keys, ciphertext, versions.

    Openings are compared as a set: an opening that took place twice is recorded twice, rightly. A letter may go out twice when the
    acknowledgement was lost, with the same number: the mailbox is compared by number.
    """
    assert isinstance(services.store, MemoryStore)
    assert isinstance(services.post, FakePost)
    tables = {
        table: sorted(filter(None, map(_shape, services.store.all(table))))
        for table in ("vault", "records", "traffic", "evidence", "statistics")
    }
    openings = {item["category"] for item in services.store.all("records") if item.get("kind") == "opening"}
    letters_sent = sorted({(to, tags["letter"] == "stale") for _, to, _, tags in services.post.sent})
    retention.run(services.store, services.objects, NOW + timedelta(days=2))  # type: ignore[arg-type]
    assert isinstance(services.objects, FakeObjects)
    kept = len(services.objects.kept)
    return tables, openings, letters_sent, len({tags["letter"] for *_, tags in services.post.sent}), kept


_RANDOM = {
    "root",
    "hash",
    "statement",
    "signature",
    "key",
    "sealed",
    "raw",
    "subjects",
    "pointers",
    "version",
    "entry",
    "case",
    "reference",
    "content",
    "part",
    "due_key",
    "attempts",
    "expires_at",
    "ended_at",
    "object",
    "objects",
    "final_letter",
    "extended_as",
    "paused_as",
    "approved_by",
    "notice",
}


_NOT_COMPARED = ("run#", "sweep#", "letters#")
"""A sweep that is left is carried out before the objects are counted; in which hour a letter is counted depends on when it goes."""


def _shape(item: dict[str, Any]) -> str:
    """Return an item without what is random."""
    if item.get("category") == "openings" or item.get("kind") == "opening" or item["pk"].startswith(_NOT_COMPARED):
        return ""
    shown = {
        name: value for name, value in item.items() if name not in _RANDOM and name not in ("pk", "sk", "listed_at")
    }
    shown["listed_at"] = str(item.get("listed_at", "")).partition("#")[0]
    shown["pk"], shown["sk"] = (str(item[name]).partition("#")[0] for name in ("pk", "sk"))
    return json.dumps(shown, sort_keys=True, default=str)


def post_the_form(services: Services, _: object) -> None:
    """Post the form, as a visitor does."""
    enquiries.receive(services.store, services.keys, SITE, submission(), language="nl", now=NOW)


def send_letters(services: Services, _: object) -> None:
    """Work through the outbox, and again in later hours."""
    for hours in (0, 1, 2):
        post_all(services, LATER + timedelta(hours=hours))


def open_it(services: Services, reference: str) -> None:
    """Staff open the enquiry."""
    enquiries.open_(services, reference, STAFF, why="", now=LATER)


def answer(services: Services, reference: str) -> None:
    """Staff answer."""
    enquiries.answer(services, reference, STAFF, "Antwoord", now=LATER)


def handle(services: Services, reference: str) -> None:
    """Staff mark it as handled."""
    enquiries.handle(services, reference, STAFF, now=LATER)


def enter(services: Services, _: object) -> None:
    """Staff enter what came by phone."""
    arguments: dict[str, Any] = {
        "received_at": NOW,
        "channel": "phone",
        "reader": STAFF,
        "language": "nl",
        "now": LATER,
    }
    enquiries.enter(services, SITE, submission(), **arguments)


def retain(days: int) -> Callable[[Services, object], None]:
    """Return the retention run so many days later. A failed item must be mended by the next run, not stop the others."""

    def run(services: Services, _: object) -> None:
        for _run in range(2):
            retention.run(services.store, services.objects, NOW + timedelta(days=days))  # type: ignore[arg-type]

    return run


def reply(services: Services, reference: str) -> None:
    """Answer our answer by mail, as the person does."""
    token = vault.find(services.store, reference).pointers[0].removeprefix("reply#")
    raw = f"From: Ada <ada@example.org>\nTo: privacy+r.{token}@silveressence.net\nSubject: Re\n\nDank u\n".encode()
    inbox.file(services, raw, "message-1", LATER + timedelta(hours=1))


def other_mail(services: Services, _: object) -> None:
    """Somebody writes to the privacy address; large enough for the bucket."""
    raw = b"From: Eve <eve@example.org>\nTo: privacy@silveressence.net\nSubject: Hallo\n\n" + b"x" * 400_000
    inbox.file(services, raw, "message-2", LATER)


def answered() -> tuple[Services, str]:
    """Return services with one enquiry that was answered."""
    services, reference = received()
    answer(services, reference)
    post_all(services)
    return services, reference


def with_a_large_mail() -> tuple[Services, str]:
    """Return services with an enquiry that was handled and a mail whose raw form lies in the bucket."""
    services, reference = answered()
    other_mail(services, None)
    handle(services, reference)
    return services, reference


def visited() -> tuple[Services, list[str]]:
    """Return services with a day of visits by two writers, and the names of two of the rows."""
    services = services_in_memory()
    for recorder in (visits.Recorder(), visits.Recorder()):
        for number in range(6):
            recorder.record(services.store, services.keys, SITE, {"path": "/"}, NOW, ip=f"192.0.2.{number}")
    names = [f"{item['pk'][6:]}.{item['sk'][4:]}" for item in services.store.all("traffic") if "sealed" in item]  # type: ignore[attr-defined]
    return services, [names[0], names[-1]]


def count_visits(services: Services, _: object) -> None:
    """Count what waits, as every night; a site that failed makes it fail."""
    nobody: dict[str, Any] = {
        "browser": lambda _agent: Browser("", "", "", is_program=False),
        "country": lambda _ip: "",
    }
    if statistics.run(services, NOW + timedelta(days=1), **nobody).failed:
        raise StoreUnavailable


def find_visits(services: Services, _: object) -> None:
    """Security staff look for an address."""
    whole: dict[str, Any] = {"since": "", "until": "~", "limit": 10, "why": "person-asked"}
    found = visit_log.search(services, SITE, "2026-11-22", GUARD, ip="192.0.2.1", now=LATER, **whole)
    assert len(found.visits) == 2


def delete_visits(services: Services, rows: list[str]) -> None:
    """Delete single rows, as the privacy officer does."""
    removed = visit_log.delete(services, rows, STAFF, LATER)
    assert sorted([*removed.deleted, *removed.absent]) == sorted(rows)


def audited(services: Services, _: object) -> None:
    """Audit until nothing failed: the next hour makes up for what one run could not do or read."""
    if audit.run(services, NOW + timedelta(days=1001)).failed:
        raise StoreUnavailable


@cache
def _with_a_chain() -> Services:
    """Return services with acts on the last day, and evidence that is sealed up to two days before it."""
    services, _ = with_a_large_mail()
    retain(1000)(services, None)
    audit.run(services, NOW + timedelta(days=999))
    return services


def destroyed_and_begun() -> tuple[Services, None]:
    """Return a copy of services with a chain of evidence."""
    made = _with_a_chain()
    return made._replace(store=copy.deepcopy(made.store), objects=copy.deepcopy(made.objects)), None


Flow = tuple["Callable[[], tuple[Services, Any]]", "Callable[[Services, Any], object]"]
FLOWS: dict[str, Flow] = {
    "count visits": (visited, count_visits),
    "find visits": (visited, find_visits),
    "delete visits": (visited, delete_visits),
    "form": (lambda: (services_in_memory(), None), post_the_form),
    "letters": (lambda: (received_unsent(), None), send_letters),
    "open": (received, open_it),
    "answer": (received, answer),
    "handle": (received, handle),
    "enter": (lambda: (services_in_memory(), None), enter),
    "reply": (answered, reply),
    "mail": (lambda: (services_in_memory(), None), other_mail),
    "warn": (received, retain(35)),
    "close": (received, retain(70)),
    "destroy": (with_a_large_mail, retain(1000)),
    "audit": (destroyed_and_begun, audited),
}


def received_unsent() -> Services:
    """Return services with one enquiry and an answer that wait in the outbox."""
    services = services_in_memory()
    post_the_form(services, None)
    reference = next(item["pk"][6:] for item in services.store.all("records") if item["sk"] == "main")  # type: ignore[attr-defined]
    answer(services, reference)
    return services


@pytest.mark.parametrize("name", FLOWS)
def test_every_fault_ends_the_same(name: str) -> None:
    """Each call of the flow fails once, before and after, by an error and by the death of the function."""
    prepare, flow = FLOWS[name]
    compared = 0
    for where, left, expected in matrix(prepare, flow, state):
        assert left[0] == expected[0], where  # type: ignore[index]
        assert left == expected, where
        compared += 1
    assert compared >= 8


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_visit_meets_a_fault_and_others_do_not(at: int, after: bool) -> None:  # noqa: FBT001 - a table of cases
    """Whichever call of a day's first three visits fails, each other visit is there once, and all that is there opens."""
    services, recorder = services_in_memory(), visits.Recorder()
    switch = Switch(at, after=after)
    for number in range(3):
        with suppress(KeyUnavailable):
            told = {"path": f"/{number}"}
            recorder.record(behind(switch, services).store, behind(switch, services).keys, SITE, told, NOW)
    opened = [
        visit_log.unlocked(services, entry, NOW) for entry in visit_log.entries(services.store, SITE.name, "2026-11-22")
    ]
    rows = [visit.fields["path"] for each in opened if each for visit in visit_log.rows(services.store, each)]
    lost = set() if after and at != 1 else {"/0" if at < 3 else f"/{at - 2}"}
    assert sorted(rows) == sorted({"/0", "/1", "/2"} - lost)
    entries = [item for item in services.store.all("vault") if item["sk"] == "entry"]  # type: ignore[attr-defined]
    assert len(entries) == len(opened) == (2 if at == 2 and after else 1)


def test_nothing_is_left_after_the_end() -> None:
    """After the last due date nothing is left in vault, records and bucket but the note of the run."""
    services, reference = with_a_large_mail()
    retain(1000)(services, None)
    assert isinstance(services.store, MemoryStore)
    assert services.store.all("vault") == []
    assert [item["pk"] for item in services.store.all("records")] == ["run#retention"]
    assert isinstance(services.objects, FakeObjects)
    assert services.objects.kept == {}
    with pytest.raises(KeyDestroyed):
        enquiries.open_(services, reference, STAFF, why="", now=NOW)
