"""Letters: sent as often as it takes, never to two, never with a header of somebody's making, and a person looks at failures."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email import message_from_bytes
from email import policy as mail_policy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy import enquiries, form, letters, mime, policy, vault
from privacy.errors import LetterRefused, PostUnavailable
from privacy.openings import Reader
from privacy.periods import stamp
from privacy.writes import Key

from tests.fakes import FakePost

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

SITE = policy.site("silver-essence")
STAFF = Reader("staff-1", frozenset({"staff"}), "silver-essence")
FIELDS = {"name": "Ada", "email": "ada@example.org", "message": "Hallo"}


@pytest.fixture
def reference(services: Services, now: datetime) -> str:
    """Give an enquiry."""
    sent = form.check(form.read(json.dumps(FIELDS).encode(), "application/json"), policy.form(SITE.name), SITE)
    return enquiries.receive(services.store, services.keys, SITE, sent, language="nl", now=now).reference


def post(services: Services) -> FakePost:
    """Return the mailbox."""
    assert isinstance(services.post, FakePost)
    return services.post


def deliver(services: Services, now: datetime) -> list[str]:
    """Work through the outbox."""
    return [letters.deliver(services, place, now).status for place in letters.waiting(services.store, now)]


def test_a_refused_letter_goes_to_a_person_and_can_be_sent_again(
    services: Services, reference: str, now: datetime
) -> None:
    """What the mail service never takes is listed for staff; sent again by hand it leaves."""
    post(services).fault = LetterRefused()
    assert deliver(services, now) == ["failed"]
    [listed] = letters.failed(services.store, "silver-essence")
    assert listed["pk"] == f"entry#{reference}"
    assert list(letters.failed(services.store, "vixum")) == []
    post(services).fault = None
    place = Key("records", listed["pk"], listed["sk"])
    assert not letters.retry(services.store, place, "vixum", now)
    assert letters.retry(services.store, place, "silver-essence", now)
    assert deliver(services, now) == ["sent"]
    assert not letters.retry(services.store, place, "silver-essence", now)


def test_a_mail_service_that_is_away_delays_and_in_the_end_a_person_looks(
    services: Services, reference: str, now: datetime
) -> None:
    """A letter is tried every hour for three days, and then shown to staff instead of for ever."""
    assert reference
    post(services).fault = PostUnavailable()
    outcomes = [status for hours in range(80) for status in deliver(services, now + timedelta(hours=hours))]
    assert outcomes == ["queued"] * 72 + ["failed"]


def test_a_letter_that_came_back_goes_to_a_person(services: Services, reference: str, now: datetime) -> None:
    """A bounce is found by the letter's own number; one whose entry is gone needs nobody."""
    deliver(services, now)
    [letter] = [
        item["sk"].removeprefix("letter#") for item in services.store.items("records", f"entry#{reference}", "letter#")
    ]
    assert letters.bounced(services.store, reference, letter, now).status == "bounced"
    assert len(list(letters.failed(services.store, "silver-essence"))) == 1
    assert letters.bounced(services.store, vault.new_id(), letter, now).status == "none"


def test_two_at_once_send_once(services: Services, reference: str, now: datetime) -> None:
    """Who comes second finds the letter taken; after a quarter of an hour an unfinished one is taken over."""
    [place] = letters.waiting(services.store, now)
    assert reference
    assert letters._claimed(services.store, place, now)
    assert letters.deliver(services, place, now + timedelta(minutes=14)).status == "none"
    assert letters.deliver(services, place, now + timedelta(minutes=15)).status == "sent"
    assert len(post(services).sent) == 1


def test_a_receipt_goes_to_an_address_once_a_week(services: Services, now: datetime) -> None:
    """Whoever fills in somebody else's address ten times causes one mail a week, without a word of their own in it."""
    outcomes = []
    for day in range(9):
        moment = now + timedelta(days=day)
        sent = form.check(
            form.read(json.dumps(FIELDS | {"message": f"spam {day}"}).encode(), "application/json"),
            policy.form(SITE.name),
            SITE,
        )
        receipt = enquiries.receive(services.store, services.keys, SITE, sent, language="en", now=moment)
        services.store.write([letters.receipt(vault.find(services.store, receipt.reference), moment, language="en")])
        deliver(services, moment)
        outcomes.append(len([to for _, to, *_ in post(services).sent if to == FIELDS["email"]]))
    assert outcomes == [1] * 7 + [2, 2]
    assert not any(b"spam" in mail for _, to, mail, _ in post(services).sent if to == FIELDS["email"])


def test_a_restricted_entry_gets_no_answer_until_it_is_lifted(
    services: Services, reference: str, now: datetime
) -> None:
    """While storage only is allowed, an answer waits in the outbox."""
    deliver(services, now)
    enquiries.answer(services, reference, STAFF, "Antwoord", now=now)
    services.store.write(vault.restricted(vault.find(services.store, reference), now))
    assert deliver(services, now) == ["queued"]


def test_a_letter_goes_with_its_entry(services: Services, reference: str, now: datetime) -> None:
    """When the entry is destroyed its letters are gone too: nothing is sent, nothing is left."""
    [place] = letters.waiting(services.store, now)
    due = now + timedelta(days=2000)
    assert vault.destroy(services.store, reference, due)
    assert letters.deliver(services, place, due).status == "none"
    assert list(letters.waiting(services.store, due)) == []


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT, st.sampled_from(["u", "je"]), st.sampled_from(["nl", "en"]))
def test_what_staff_write_cannot_become_a_header(body: str, form_of_address: str, language: str) -> None:
    """Whatever stands in an answer, the mail has exactly our headers, one recipient, and the text in both forms."""
    site = SITE._replace(address_form=form_of_address)
    content = mime.text("answer", language, site, reference="x" * 26, body=body, until="2027-01-01")
    raw = mime.message(site, "ada@example.org", content, reply_to="privacy+r.x@silveressence.net")
    parsed = message_from_bytes(raw, policy=mail_policy.default)
    assert parsed.keys() == ["From", "To", "Subject", "Reply-To", "MIME-Version", "Content-Type", "Content-Language"]
    assert str(parsed["To"]) == "ada@example.org"
    shown = parsed.get_body(("plain",))
    assert shown is not None
    assert " ".join(body.split()) in " ".join(shown.get_content().split())
    assert raw.isascii()


@pytest.mark.parametrize(
    "to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\u2028x", "", "a@example.org\x00", "a b@example.org"]
)
def test_an_address_that_would_change_the_headers_is_refused(to: str) -> None:
    """An address is checked again when it becomes a header."""
    with pytest.raises(LetterRefused):
        mime.message(SITE, to, mime.text("receipt", "nl", SITE, reference="x"))


def test_only_our_own_addresses_are_links() -> None:
    """The page that a letter names is a link in its HTML; what somebody typed into it is text, however it looks."""
    home = "https://rights.example.org"
    text = f"Ga naar {home}/silver-essence/rights?lang=nl, of https://evil.example/x of {home}.evil.example/ <a href=x>"
    mail = mime.message(SITE, "ada@example.org", mime.Text("nl", "Over uw zaak", (text,)), home=home)
    body = message_from_bytes(mail, policy=mail_policy.default).get_body(("html",))
    assert body is not None
    assert re.findall(r'<a href="([^"]*)">', body.get_content()) == [f"{home}/silver-essence/rights?lang=nl"]


def test_a_receipt_greets_and_says_by_whom_it_is(services: Services, reference: str, now: datetime) -> None:
    """It begins and ends as every letter of the site does."""
    entry = vault.find(services.store, reference)
    services.store.write([letters.receipt(entry, now, language="nl")])
    deliver(services, now)
    [mail] = [
        message_from_bytes(mime, policy=mail_policy.default) for _, to, mime, _ in post(services).sent if "ada" in to
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Geachte heer, mevrouw,")
    assert body.get_content().splitlines()[-3:-1] == ["Met vriendelijke groet", "Silver Essence B.V."]


@pytest.mark.parametrize("kind", ["staff_notice", "staff_reply", "stale_warning", "receipt"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_automatic_mails_say_so(kind: str, language: str) -> None:
    """Subjects hold no person, and machines are asked not to answer (RFC 3834)."""
    values: dict[str, Any] = {"reference": "x" * 26, "link": "https://example.org/desk#x"}
    content = mime.text(kind, language, SITE, **values)
    parsed = message_from_bytes(mime.message(SITE, "ada@example.org", content, automatic="auto-generated"))
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Auto-Response-Suppress"] == "All"
    assert "{" not in content.subject + "".join(content.paragraphs)
    assert stamp is not None
