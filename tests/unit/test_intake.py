"""What belongs to whose case, who is told that it came in, and what is masked before it is kept."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import cases, casework, inbox, intake, letters, policy
from privacy.openings import Reader

from tests.fakes import FakePost, everything

if TYPE_CHECKING:
    from privacy.services import Services

OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
DMARC = "Authentication-Results: amazonses.com; spf=fail; dkim=fail; dmarc=fail;\r\n"


def sent(
    services: Services,
    now: datetime,
    number: int,
    text: str = "Graag inzage.",
    *,
    sender: str = "ada@example.org",
    more: str = "",
) -> inbox.Filed:
    """Let a mail come in."""
    head = f"{more}From: {sender}\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\nMessage-ID: <{number}@example.org>\r\n"
    return inbox.file(services, f"{head}\r\n{text}\r\n".encode(), f"m{number}", now)


def posted(services: Services, now: datetime) -> list[str]:
    """Deliver what waits and return to whom mail went in all."""
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    return [to for _, to, *_ in services.post.sent]


def opened(services: Services, case: str, now: datetime) -> casework.Case:
    """Open a case."""
    return casework.open_(services, case, OFFICER, why="answer", now=now)


def test_a_hundred_mails_are_one_case_and_one_receipt(services: Services, now: datetime) -> None:
    """Merged, acknowledged once, and staff are told twice: of the case, and that more came."""
    filed = {sent(services, now, number, f"Verzoek {number}").entry for number in range(100)}
    assert len(filed) == 1
    to = posted(services, now)
    assert (to.count("ada@example.org"), to.count("info@silveressence.net")) == (1, 2)
    assert len(cases.links(services.store, filed.pop())) == 100


def test_who_forges_an_address_joins_nobodys_case(services: Services, now: datetime) -> None:
    """Mail that fails the sender's own rule is a case of its own, one for all of them, and the person's is untouched."""
    case = sent(services, now, 1).entry
    forged = [sent(services, now, number, "Verwijder mijn gegevens.", more=DMARC) for number in (2, 3)]
    assert {each.entry for each in forged} != {case}
    assert len({each.entry for each in forged}) == 1
    assert cases.record(services.store, case)["rights"] == ["access"]
    assert "doubtful" in cases.record(services.store, forged[0].entry)["look"]


def test_each_new_request_has_a_receipt_and_machines_stop(services: Services, now: datetime) -> None:
    """Who mails a new request after the first was closed learns its number and what to do; two machines that answer stop."""
    for days, receipts in ((0, 1), (1, 2), (2, 3), (3, 3), (4, 3), (8, 4)):
        at = now + timedelta(days=days)
        case = sent(services, at, days).entry
        assert posted(services, at).count("ada@example.org") == receipts
        if days == receipts - 1:  # the link shows the number, so that nobody has to copy it
            assert isinstance(services.post, FakePost)
            text = next(mime for _, to, mime, _ in reversed(services.post.sent) if to == "ada@example.org").decode()
            assert f"/silver-essence/rights/{case}?lang" in text.replace("=\r\n", "")
        casework.close(services, case, OFFICER, "withdrawn", "trekt het in", now=at)


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        ("noreply@example.org", ""),
        ("no-reply@example.org", ""),
        ("bounces@example.org", ""),
        ("nieuws-request@example.org", ""),
        ("ada@example.org", "X-SES-Spam-Verdict: FAIL\r\n"),
        ("ada@example.org", "X-SES-Virus-Verdict: FAIL\r\n"),
        ("ada@example.org", "List-Id: <privacy.silveressence.net>\r\n"),
        ("ada@example.org, eve@example.org", ""),
    ],
)
def test_nobody_is_told_where_that_would_do_harm(services: Services, now: datetime, sender: str, more: str) -> None:
    """Addresses that take no mail, lists, forged and harmful mail: a case, and no automatic mail but to staff."""
    assert sent(services, now, 1, sender=sender, more=more).kind == "case"
    assert posted(services, now) == ["info@silveressence.net"]


@pytest.mark.parametrize(
    "sender", ["mailer-daemon@example.org", "postmaster@example.org", "info@silveressence.net", "privacy@vixum.nl"]
)
def test_daemons_and_we_ourselves_ask_nothing(services: Services, now: datetime, sender: str) -> None:
    """Their mail waits for a person; nobody is written to."""
    assert sent(services, now, 1, sender=sender).kind == "inbox"
    assert posted(services, now) == []


def test_another_right_is_added_and_the_earliest_day_stays(services: Services, now: datetime) -> None:
    """What was entered later but received earlier moves the day forward; what comes later moves nothing."""
    case = sent(services, now, 1).entry
    first = cases.record(services.store, case)
    sent(services, now + timedelta(days=9), 2, "Verwijder mijn gegevens.")
    assert cases.record(services.store, case)["respond_by"] == first["respond_by"]
    new = casework.NewCase(now - timedelta(days=5), "phone", "Ik belde al.", ("objection",), "ada@example.org")
    site = policy.site("silver-essence")
    assert casework.add(services, site, new, OFFICER, now=now + timedelta(days=9)) == case
    after = cases.record(services.store, case)
    assert after["respond_by"] < first["respond_by"]
    assert after["listed_at"].startswith(after["respond_by"])
    assert after["rights"] == ["access", "erasure", "objection"]


def test_the_words_that_led_to_each_right_are_sealed_and_shown(services: Services, now: datetime) -> None:
    """Also those of a later message, which nobody who filed it could read."""
    case = sent(services, now, 1).entry
    sent(services, now + timedelta(minutes=1), 2, "Verwijder mijn gegevens, alstublieft.")
    assert "Verwijder" not in str(everything(services))
    asked = dict(opened(services, case, now).asked)
    assert "Verwijder mijn gegevens" in asked["erasure"]


@pytest.mark.parametrize(("encoding", "look"), [("8bit", "bsn"), ("base64", "bsn_in_mail")])
def test_a_citizen_service_number_is_masked(services: Services, now: datetime, encoding: str, look: str) -> None:
    """In what staff read always, in the raw mail where it stands as written; else the mail is given to who confirms."""
    text = "Mijn BSN is 123456782, graag inzage."
    body = base64.b64encode(text.encode()).decode() if encoding == "base64" else text
    case = sent(services, now, 1, body, more=f"Content-Transfer-Encoding: {encoding}\r\n").entry
    found = opened(services, case, now)
    assert look in found.summary.look
    [piece] = found.pieces
    assert "●●●●●●●●●" in piece.content["text"]
    assert not any("123456782" in words for _, words in found.asked)
    assert piece.is_safe is (look == "bsn")
    raw = casework.raw(services, piece.id, OFFICER, why="", now=now, case=case, confirmed=True)
    assert (b"123456782" in raw) is False
    assert (base64.b64encode(b"Mijn BSN is 123456782") in raw) is (look == "bsn_in_mail")


def test_a_letter_that_the_rules_cannot_read_is_a_case(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong in reading what is asked, a person has the mail."""

    def broken(*_: object, **__: object) -> Any:
        raise RecursionError

    monkeypatch.setattr("privacy.triage.read", broken)
    filed = sent(services, now, 1)
    assert filed.kind == "case"
    assert cases.record(services.store, filed.entry)["rights"] == ["question"]
    assert "unsure" in cases.record(services.store, filed.entry)["look"]


def test_a_case_that_ended_takes_nothing_more(services: Services, now: datetime) -> None:
    """An answer to the reply address of a closed case is a new case, with a month of its own."""
    case = sent(services, now, 1).entry
    token = next(item["pk"] for item in everything(services)["vault"] if item["pk"].startswith("reply#")).removeprefix(
        "reply#"
    )
    casework.close(services, case, OFFICER, "withdrawn", "trekt het in", now=now)
    raw = f"From: ada@example.org\r\nTo: privacy+r.{token}@silveressence.net\r\nSubject: Re\r\n\r\nEn dit dan?\r\n"
    assert inbox.file(services, raw.encode(), "m2", now).entry != case


def test_two_mails_at_one_moment_are_one_case(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks before the other has written finds no case, loses the race, and joins."""
    look = intake._open_case
    first: list[Any] = []

    def late(*arguments: Any) -> Any:
        found = look(*arguments)
        if not first:
            first.append(found)
            sent(services, now, 2, "Verwijder mijn gegevens.")
        return found

    monkeypatch.setattr(intake, "_open_case", late)
    filed = sent(services, now, 1)
    assert filed.kind == "joined"
    assert len([item for item in everything(services)["records"] if item.get("kind") == "case"]) == 1
    assert cases.record(services.store, filed.entry)["rights"] == ["erasure", "access"]
