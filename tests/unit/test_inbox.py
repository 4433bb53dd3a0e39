"""Received mail is filed once for each who was asked, never lost, and makes no machine answer another."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import cases, casework, enquiries, form, inbox, letters, policy, vault, vouching
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


HANDED_ON = """Ter info, kwam binnen op de info-mailbox.

---------- Doorgestuurd bericht ----------
Van: Karel Klant <karel@example.org>
Datum: ma 5 okt 2026 om 09:12
Onderwerp: verwijderen
Aan: <info@silveressence.net>

Graag mijn account met alle gegevens wissen.
"""


def test_a_request_that_staff_hand_on_is_a_case_of_nobody_yet(services: Services, now: datetime) -> None:
    """What came to another mailbox of the firm has its month too; the firm's own address is not taken for who asks."""
    found = inbox.file(services, mail(sender=SITE.staff_mail, text=HANDED_ON), "m1", now)
    again = inbox.file(services, mail(sender=SITE.staff_mail, text=HANDED_ON.replace("account", "profiel")), "m2", now)
    assert (found.kind, again.kind) == ("case", "case")
    opened = casework.open_(services, found.entry, OFFICER, why="answer", now=now)
    assert opened.summary.rights == ("erasure",)
    assert "no_sender" in opened.summary.look
    assert opened.facts["email"] == ""
    assert notices(services) == ["case_notice", "case_notice"]
    whose = vouching.Person("known_facts", "klantnummer", "karel@example.org", known_as_email="karel@example.org")
    assert vouching.vouch(services, found.entry, OFFICER, whose, now=now).identity == "proven"


@pytest.mark.parametrize(
    ("more", "sender"),
    [
        ("Auto-Submitted: auto-generated\r\n", SITE.staff_mail),
        ("List-Id: <team.example.org>\r\n", SITE.staff_mail),
        ("", SITE.privacy_address),
    ],
)
def test_our_own_machines_hand_nothing_on(services: Services, now: datetime, more: str, sender: str) -> None:
    """A notice that a rule of the firm's mail sends back is no new request, and causes no other notice."""
    assert inbox.file(services, mail(sender=sender, more=more, text=HANDED_ON), "m1", now).kind == "inbox"
    assert notices(services) == []


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


# --- a reply that asks for a right ---------------------------------------------------------------------------------------

QUOTED = {
    "marked": "Dank u wel!\r\n\r\nOp 22 november schreef Silver Essence:\r\n> Wilt u dat wij uw gegevens verwijderen?\r\n"
    "> Verwijder al mijn gegevens.\r\n",
    "below": "Prima, bedankt.\r\n\r\nVan: Ada <ada@example.org>\r\nVerzonden: maandag 2 november 2026 10:00\r\n"
    "Aan: privacy@silveressence.net\r\nOnderwerp: Mijn gegevens\r\n\r\nVerwijder al mijn gegevens.\r\n",
    "original": "Fine, thanks.\r\n\r\n-----Original Message-----\r\nFrom: Ada <ada@example.org>\r\nSent: Monday\r\n"
    "Subject: My data\r\n\r\nPlease delete all my data.\r\n",
    "plain": "Wat kost een abonnement voor twee personen?\r\n",
    "reminder": "Ik wacht nog op uw antwoord.\r\n",
}


def letters_of(services: Services, entry: str) -> list[str]:
    """Return the kinds of letters of an entry."""
    return sorted(
        item["kind"]
        for item in everything(services)["records"]
        if item["pk"] == f"entry#{entry}" and "letter#" in item["sk"]
    )


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Verwijder al mijn gegevens.", "erasure"),
        ("Bedankt. Ik wil weten wat u van mij hebt.", "access"),
        ("Thanks. Please delete all my personal data.", "erasure"),
    ],
)
def test_a_reply_that_asks_for_a_right_is_a_case_too(
    services: Services, now: datetime, answered: tuple[str, str], text: str, right: str
) -> None:
    """It has a deadline and is acknowledged as a mail to the privacy address is; it lies with the enquiry, and each names the other."""
    reference, address = answered
    filed = inbox.file(services, mail(to=address, text=text), "m1", now + timedelta(days=3))
    assert filed.kind == "case"
    main = cases.record(services.store, filed.entry)
    assert (main["rights"], main["respond_by"]) == ([right], "2026-12-25")
    assert letters_of(services, filed.entry) == ["case_notice", "case_receipt"]
    [piece] = casework.open_(services, filed.entry, OFFICER, why="answer", now=now).pieces
    assert piece.content["enquiry"] == reference
    opened = enquiries.open_(services, reference, OFFICER, why="answer", now=now)
    [reply] = [message for message in opened.messages if message.direction == "in"]
    assert (reply.content["case"], reply.has_raw) == (filed.entry, True)
    assert text in reply.content["text"]
    assert opened.summary.status == "open"
    assert "staff_reply" in letters_of(services, reference)


@pytest.mark.parametrize("what", QUOTED)
def test_a_plain_reply_stays_a_reply(services: Services, now: datetime, answered: tuple[str, str], what: str) -> None:
    """What stands in the letters quoted below it asks nothing, whatever they say; nor does the subject of what is answered."""
    raw = mail(to=answered[1], text=QUOTED[what]).replace(b"Subject: Vraag", b"Subject: RE: Verwijder mijn gegevens")
    assert inbox.file(services, raw, "m1", now) == inbox.Filed("reply", answered[0])
    assert filed(services) == []


def test_an_automatic_reply_asks_nothing(services: Services, now: datetime, answered: tuple[str, str]) -> None:
    """Whatever it says, a machine has no rights."""
    raw = mail(to=answered[1], text="Verwijder al mijn gegevens.", more="Auto-Submitted: auto-replied\r\n")
    assert inbox.file(services, raw, "m1", now).kind == "reply"
    assert filed(services) == []


def test_a_reply_that_asks_is_filed_once_and_joins_the_open_case(
    services: Services, now: datetime, answered: tuple[str, str]
) -> None:
    """Delivered again, by the same name or another, nothing is added; the person's open case takes it in."""
    case = inbox.file(services, mail(text="Graag inzage in mijn gegevens."), "m0", now).entry
    raw = mail(to=answered[1], text="Verwijder al mijn gegevens.", more="Message-ID: <2@example.org>\r\n")
    assert inbox.file(services, raw, "m1", now) == inbox.Filed("joined", case)
    for name in ("m1", "m2"):
        assert inbox.file(services, raw, name, now).kind == "seen"
    assert cases.record(services.store, case)["rights"] == ["access", "erasure"]
    assert len(cases.links(services.store, case)) == 2
    messages = enquiries.open_(services, answered[0], OFFICER, why="answer", now=now).messages
    assert [message.direction for message in messages].count("in") == 1


def test_a_reply_that_asks_is_a_case_also_when_its_enquiry_is_gone(
    services: Services, now: datetime, answered: tuple[str, str]
) -> None:
    """The enquiry ended meanwhile; what is asked has its month all the same."""
    reference, address = answered
    due = datetime.fromisoformat(enquiries.handle(services, reference, OFFICER, now=now).erase_by)
    assert inbox.file(services, mail(to=address, text="Verwijder al mijn gegevens."), "m1", due).kind == "case"


def test_a_reply_that_asks_another_firm_too_reaches_both(
    services: Services, now: datetime, answered: tuple[str, str]
) -> None:
    """A reply to one firm with another in copy is a case for that other one, and stays a reply for the first."""
    raw = mail(to=f"{answered[1]}, privacy@vixum.nl", text="Wat kost een abonnement?")
    inbox.file(services, raw, "m1", now)
    [case] = filed(services)
    assert vault.find(services.store, case).controller == policy.site("vixum").controller
    messages = enquiries.open_(services, answered[0], OFFICER, why="answer", now=now).messages
    assert [message.direction for message in messages].count("in") == 1


def test_a_reply_to_a_letter_of_a_former_address_reaches_its_firm(services: Services, now: datetime) -> None:
    """A letter's reply address tells whose case it is, also when the firm has moved its privacy address since."""
    case = inbox.file(services, mail(to="privacy@vixum.nl"), "m1", now).entry
    token = next(each for each in vault.find(services.store, case).pointers if each.startswith("reply#"))
    raw = mail(to=f"privacy+r.{token.removeprefix('reply#')}@oud.example.org", text="En verwijder mijn gegevens.")
    assert inbox.file(services, raw, "m2", now) == inbox.Filed("joined", case)


# --- whatever comes in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken", ["privacy.received.moment", "privacy.identifiers.masked", "privacy.identity_documents.came_with"]
)
def test_a_mail_that_breaks_our_reading_is_a_case_for_a_person(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """It does not come back every hour to break again: it is there as it came, with its month, and nobody is written to."""

    def breaks(*_: object, **__: object) -> None:
        raise OverflowError

    monkeypatch.setattr(broken, breaks)
    raw = mail(text="Graag inzage.")
    case = inbox.file(services, raw, "m1", now).entry
    monkeypatch.undo()
    main = cases.record(services.store, case)
    assert (main["look"], main["respond_by"]) == (["unreadable", "unscanned", "unsure"], "2026-12-22")
    assert letters_of(services, case) == ["case_notice"]
    assert raw_of(services, case, OFFICER, now) == raw


def test_a_citizen_service_number_in_a_name_is_masked_too(services: Services, now: datetime) -> None:
    """In the name of a file and in that of the sender, in what staff read and in the mail as it came (UAVG art. 46)."""
    file = 'MIME-Version: 1.0\r\nContent-Type: application/pdf; name="BSN 123456782.pdf"\r\n'
    raw = mail(sender='"Ada BSN 123456782" <ada@example.org>', more=file, text="inhoud")
    case = inbox.file(services, raw, "m1", now).entry
    opened = casework.open_(services, case, OFFICER, why="answer", now=now)
    assert "bsn" in opened.summary.look
    assert "123456782" not in str(opened)
    assert "●" in opened.facts["name"]
    assert b"123456782" not in raw_of(services, case, OFFICER, now)
