"""Received mail is filed once for each who was asked, never lost, and makes no machine answer another."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import cases, casework, enquiries, form, inbox, letters, policy, vault
from privacy.errors import KeyDestroyed, NotAllowed
from privacy.openings import Reader

from tests.fakes import FakePost, everything

if TYPE_CHECKING:
    from privacy.services import Services

SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
FIELDS = {"name": "Ada", "email": "ada@example.org", "message": "Hallo"}


def mail(
    *, to: str = "privacy@silveressence.net", sender: str = "ada@example.org", more: str = "", text: str = "Dag"
) -> bytes:
    """Return a mail as it comes in."""
    return f"From: {sender}\r\nTo: {to}\r\nSubject: Vraag\r\n{more}\r\n{text}\r\n".encode()


def filed(services: Services, kind: str = "case") -> list[str]:
    """Return the entries of a kind."""
    found = [item for item in everything(services)["records"] if item.get("kind") == kind and item["sk"] == "main"]
    return [item["pk"].removeprefix("entry#") for item in found]


def raw_of(services: Services, case: str, reader: Reader, now: datetime) -> bytes:
    """Return the first mail of a case as it came in."""
    [link, *_] = cases.links(services.store, case)
    return casework.raw(services, link["entry"], reader, why="answer", now=now, case=case, confirmed=True)


def notices(services: Services) -> list[str]:
    """Return the kinds of letters that wait or went."""
    return sorted(item["kind"] for item in everything(services)["records"] if item["sk"].startswith("letter#"))


@pytest.fixture
def answered(services: Services, now: datetime) -> tuple[str, str]:
    """Give an answered enquiry and its reply address."""
    sent = form.check(form.read(json.dumps(FIELDS).encode(), "application/json"), policy.form(SITE.name), SITE)
    reference = enquiries.receive(services.store, services.keys, SITE, sent, language="nl", now=now).reference
    enquiries.answer(services, reference, OFFICER, "Antwoord", now=now)
    token = vault.find(services.store, reference).pointers[0].removeprefix("reply#")
    return reference, f"privacy+r.{token}@silveressence.net"


def test_the_same_mail_delivered_twice_is_filed_once(services: Services, now: datetime) -> None:
    """SES may deliver an event again, and a firm's server a mail: the second finds the first, by either name."""
    more = "Message-ID: <1@example.org>\r\n"
    assert inbox.file(services, mail(more=more), "m1", now).kind == "case"
    assert inbox.file(services, mail(more=more), "m1", now).kind == "seen"
    assert inbox.file(services, mail(more=more), "m2", now).kind == "seen"
    assert inbox.file(services, mail(more=more, text="anders"), "m3", now).kind == "joined"
    assert (len(filed(services)), len(filed(services, "request"))) == (1, 2)


def test_two_firms_that_are_asked_in_one_mail_both_have_it(services: Services, now: datetime) -> None:
    """Each controller gets the request under its own entry, readable by its own people only."""
    inbox.file(services, mail(to="privacy@silveressence.net, privacy@vixum.nl"), "m1", now)
    controllers = {vault.find(services.store, entry).controller for entry in filed(services)}
    assert controllers == {"silver-essence", policy.site("vixum").controller}


@pytest.mark.parametrize("size", [10, 300_000])
def test_the_raw_mail_is_kept_and_opens_for_who_may_read_it(services: Services, now: datetime, size: int) -> None:
    """Byte for byte, in the record or in the bucket; the opening is recorded, and others are refused."""
    raw = mail(text="x" * size)
    entry = inbox.file(services, raw, "m1", now).entry
    assert [piece.has_raw for piece in casework.open_(services, entry, OFFICER, why="answer", now=now).pieces] == [True]
    assert raw_of(services, entry, OFFICER, now) == raw
    staff = OFFICER._replace(roles=frozenset({"staff"}))
    with pytest.raises(NotAllowed):
        raw_of(services, entry, staff, now)


@pytest.mark.parametrize("size", [10, 300_000])
def test_a_reply_is_kept_whole_too(services: Services, now: datetime, answered: tuple[str, str], size: int) -> None:
    """What was added by somebody who cannot read opens with its own key."""
    reference, address = answered
    raw = mail(to=address, text="Dank u\r\n" + "x" * size)
    assert inbox.file(services, raw, "m1", now) == inbox.Filed("reply", reference)
    found = enquiries.open_(services, reference, OFFICER, why="answer", now=now)
    assert [message.direction for message in found.messages] == ["out", "in"] or found.messages[0].direction == "in"
    [reply] = [message for message in found.messages if message.direction == "in"]
    assert "Dank u" in reply.content["text"]
    assert enquiries.raw_mail(services, reference, reply.part, OFFICER, why="answer", now=now) == raw


@pytest.mark.parametrize(
    "more", ["Auto-Submitted: auto-replied\r\n", "Return-Path: <>\r\n", "Precedence: bulk\r\n", ""]
)
def test_a_machine_is_filed_and_nobody_is_told_by_mail(
    services: Services, now: datetime, answered: tuple[str, str], more: str
) -> None:
    """An automatic answer, or a mail of our own, causes no notice and reopens nothing: two machines do not talk."""
    sender = "ada@example.org" if more else SITE.staff_mail
    reference, address = answered
    enquiries.handle(services, reference, OFFICER, now=now)
    before = notices(services)
    assert inbox.file(services, mail(more=more, sender=sender), "m1", now).kind == "inbox"
    inbox.file(services, mail(more=more, sender=sender, to=address), "m2", now)
    assert notices(services) == before
    assert [
        item["status"]
        for item in everything(services)["records"]
        if item["pk"] == f"entry#{reference}" and item["sk"] == "main"
    ] == ["handled"]


def test_many_replies_are_one_notice_an_hour(services: Services, now: datetime, answered: tuple[str, str]) -> None:
    """Sixty replies do not become sixty mails to staff."""
    for number in range(60):
        inbox.file(services, mail(to=answered[1], text=f"{number}"), f"m{number}", now)
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    assert len([to for _, to, *_ in services.post.sent if to == SITE.staff_mail]) == 2
    assert len(enquiries.open_(services, answered[0], OFFICER, why="answer", now=now).messages) == 61


def test_a_reply_to_what_has_ended_is_not_lost_with_it(
    services: Services, now: datetime, answered: tuple[str, str]
) -> None:
    """After the due date a reply no longer joins an enquiry that is about to be destroyed: a person gets it."""
    reference, address = answered
    due = datetime.fromisoformat(enquiries.handle(services, reference, OFFICER, now=now).erase_by)
    assert inbox.file(services, mail(to=address), "m1", due - timedelta(minutes=1)).kind == "reply"
    assert inbox.file(services, mail(to=address), "m2", due).kind == "case"
    with pytest.raises(KeyDestroyed):
        enquiries.open_(services, reference, OFFICER, why="answer", now=due)


def test_a_reply_by_another_address_is_filed_apart(
    services: Services, now: datetime, answered: tuple[str, str]
) -> None:
    """The reply address alone is not enough: the mail must come from the person who asked."""
    assert inbox.file(services, mail(to=answered[1], sender="eve@example.org"), "m1", now).kind == "case"


def test_an_unreadable_mail_is_a_case_for_a_person(services: Services, now: datetime) -> None:
    """Bytes that are no mail at all are filed with what they are."""
    raw = bytes(range(256)) * 20
    entry = inbox.file(services, raw, "m1", now).entry
    officer = OFFICER._replace(controller=vault.find(services.store, entry).controller)
    assert raw_of(services, entry, officer, now) == raw
    assert "no_sender" in casework.open_(services, entry, officer, why="answer", now=now).summary.look
