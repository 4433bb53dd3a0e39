"""What staff can do at the desk, and what they see."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from privacy import answers, inbox, letters, retention, vault
from privacy.errors import StoreUnavailable
from privacy.services import Services
from privacy.writes import Key

from functions import desk
from tests.fakes import FakeKeys, everything, services_in_memory, services_on_moto
from tests.functions.asking import NOON, STAFF, Staff, deliver_and_bounce
from tests.memory import MemoryStore


@pytest.fixture
def services() -> Services:
    """Give tables and keys that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def staff(services: Services) -> Staff:
    """Give a member of staff of Silver Essence."""
    return Staff(services)


def test_what_came_by_phone_is_filed_from_the_day_it_was_received(staff: Staff) -> None:
    """A date counts from the start of that day in the Netherlands (P30)."""
    entry = staff.enter()
    [listed] = staff.ask("GET", "/desk/enquiries").json["enquiries"]
    assert listed["id"] == entry
    assert listed["received_at"] == "2026-11-19T23:00:00Z"
    assert (listed["status"], listed["channel"], listed["handled_at"]) == ("open", "phone", None)


def test_who_rings_need_not_leave_an_address(staff: Staff) -> None:
    """At the desk the e-mail address may be left out; a posted form would be refused."""
    body = {
        "site": "silver-essence",
        "fields": {"name": "Ada Voorbeeld", "message": "Belt terug."},
        "received": "2026-11-20",
    }
    entered = staff.ask("POST", "/desk/enquiries", {**body, "channel": "phone"})
    assert entered.status == 201
    refused = staff.ask("POST", f"/desk/enquiries/{entered.json['id']}/answer", {"text": "Dank u."})
    assert (refused.status, refused.code) == (422, "no_address")


def test_a_list_opens_nothing_and_shows_nothing_personal(staff: Staff, services: Services) -> None:
    """Listing shows state only and asks for no key."""
    staff.enter()
    keys = cast("FakeKeys", services.keys)
    keys.calls.clear()
    listed = staff.ask("GET", "/desk/enquiries")
    assert "Ada" not in listed.text
    assert "example.org" not in listed.text
    assert keys.calls == []


def test_pages_follow_each_other_on_tables_of_dynamodb(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pages come from real queries, whose sort key carries a bound and a page size."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with services_on_moto() as services:
        test_pages_follow_each_other_without_gap_or_repetition(Staff(services))


def test_pages_follow_each_other_without_gap_or_repetition(staff: Staff) -> None:
    """Two at a time, five enquiries of several statuses come once each, the last changed first."""
    entered = [
        replace(staff, now=NOON + timedelta(minutes=number)).enter(message=f"Vraag {number}") for number in range(5)
    ]
    later = replace(staff, now=NOON + timedelta(hours=1))
    later.ask("POST", f"/desk/enquiries/{entered[0]}/handled")
    seen, after = [], ""
    for _ in range(3):
        page = later.ask("GET", "/desk/enquiries", limit="2", after=after).json
        seen += [enquiry["id"] for enquiry in page["enquiries"]]
        after = page["next"] or ""
    assert seen[0] == entered[0]
    assert sorted(seen) == sorted(entered)
    assert after == ""


def test_a_list_can_be_of_one_status(staff: Staff) -> None:
    """Only what is handled, when that is asked for; spam only by name or with `all`."""
    entry, _ = staff.enter(), staff.enter(message="Nog een vraag.")
    staff.ask("POST", f"/desk/enquiries/{entry}/handled")
    found = {
        status: staff.ask("GET", "/desk/enquiries", status=status).json["enquiries"] for status in ("handled", "spam")
    }
    assert [enquiry["id"] for enquiry in found["handled"]] == [entry]
    assert found["spam"] == []
    assert len(staff.ask("GET", "/desk/enquiries", status="all").json["enquiries"]) == 2


def test_opening_shows_what_was_sent_and_is_recorded_first(staff: Staff, services: Services) -> None:
    """Each opening leaves a sealed record (P11); without the record nothing is shown."""
    entry = staff.enter()
    opened = staff.ask("GET", f"/desk/enquiries/{entry}", why="follow-up").json["enquiry"]
    assert opened["fields"]["message"] == "Graag meer informatie."
    assert opened["messages"] == []
    kinds = [item.get("kind") for item in everything(services)["records"]]
    assert kinds.count("opening") == 1


def test_nothing_is_shown_when_the_opening_cannot_be_recorded(staff: Staff, services: Services) -> None:
    """No record, no opening: the answer is 503 and says when to come back."""
    entry = staff.enter()

    class NoWrites(MemoryStore):
        def write(self, _writes: object) -> None:
            raise StoreUnavailable

    store = NoWrites()
    store.__dict__.update(services.store.__dict__)
    refused = replace(staff, services=services._replace(store=store)).ask("GET", f"/desk/enquiries/{entry}")
    assert (refused.status, refused.code) == (503, "unavailable")
    assert refused.headers["retry-after"] == "30"
    assert "Graag" not in refused.text


def mail_from(sender: str, to: str, size: int) -> bytes:
    """Return a mail as it comes in, with an attachment of this many bytes that is no text."""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Vraag\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nDag\r\n--b\r\n'
    return (
        f"{head}{kind}Content-Type: application/x-thing\r\n\r\n".encode() + b"\xff\x00" * (size // 2) + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize("size", [10, 600_000])
def test_a_mail_is_fetched_as_it_came(services: Services, size: int) -> None:
    """Byte for byte, attachments included, as a file that no browser shows; the opening is recorded."""
    raw = mail_from("ada@example.org", "privacy@silveressence.net", size)
    case = inbox.file(services, raw, "m1", NOON).entry
    officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
    [message] = officer.ask("GET", f"/desk/cases/{case}", why="answer").json["case"]["messages"]
    assert (message["has_raw"], message["is_safe"]) == (True, False)  # it has an attachment that nobody looked through
    asked = {"message": message["id"], "why": "answer"}
    refused = officer.ask("GET", f"/desk/cases/{case}/raw", **asked)
    assert (refused.status, refused.code) == (409, "mail_not_safe")
    given = officer.ask("GET", f"/desk/cases/{case}/raw", **asked, confirm="true")
    assert (given.status, given.body) == (200, raw)
    headers = {name.lower(): value for name, value in given.headers.items()}
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"] == 'attachment; filename="mail.eml"'
    assert headers.items() >= answers.HEADERS.items()
    kinds = [item.get("kind") for item in everything(services)["records"]]
    assert kinds.count("opening") == 2


def test_a_reply_is_fetched_by_its_part(staff: Staff, services: Services) -> None:
    """Each message of a conversation that was a mail says so, and gives its own."""
    entry = staff.enter()
    staff.ask("POST", f"/desk/enquiries/{entry}/answer", {"text": "Dank u."})
    token = vault.find(services.store, entry).pointers[0].removeprefix("reply#")
    raw = mail_from("ada@example.org", f"privacy+r.{token}@silveressence.net", 10)
    assert inbox.file(services, raw, "m1", NOON) == inbox.Filed("reply", entry)
    opened = staff.ask("GET", f"/desk/enquiries/{entry}").json["enquiry"]
    assert opened["has_raw"] is False
    parts = {message["direction"]: message["part"] for message in opened["messages"] if message["has_raw"]}
    assert list(parts) == ["in"]
    assert staff.ask("GET", f"/desk/enquiries/{entry}/raw", part=parts["in"]).body == raw
    for none in ("main", "raw#main", "letter#x", ""):
        assert staff.ask("GET", f"/desk/enquiries/{entry}/raw", part=none).status == 404


def test_a_mail_that_fits_into_no_answer_is_said_to_lie_elsewhere(services: Services) -> None:
    """More than 4.5 MB: 413, with its size and its place, in the language asked for."""
    case = inbox.file(services, mail_from("ada@example.org", "privacy@silveressence.net", 4_600_000), "m1", NOON).entry
    officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
    [message] = officer.ask("GET", f"/desk/cases/{case}").json["case"]["messages"]
    asked, english = {"message": message["id"], "confirm": "true"}, {"accept-language": "en"}
    refused = officer.ask("GET", f"/desk/cases/{case}/raw", headers=english, **asked)
    assert (refused.status, refused.code) == (413, "mail_too_large")
    assert "5 MB" in refused.json["error"]["message"]
    assert f"entry/{message['id']}/" in refused.json["error"]["message"]


def test_an_answer_sent_twice_with_one_key_is_one_letter(staff: Staff, services: Services) -> None:
    """The idempotency key makes a retry harmless for a day."""
    entry, key = staff.enter(), {"idempotency-key": str(uuid.uuid4())}
    first = staff.ask("POST", f"/desk/enquiries/{entry}/answer", {"text": "Dank u."}, headers=key)
    later = replace(staff, now=NOON + timedelta(hours=20))
    again = later.ask("POST", f"/desk/enquiries/{entry}/answer", {"text": "Dank u."}, headers=key)
    assert (first.status, again.status) == (202, 202)
    assert first.json == again.json
    assert len(list(letters.waiting(services.store, later.now))) == 1
    [message] = staff.ask("GET", f"/desk/enquiries/{entry}").json["enquiry"]["messages"]
    assert (message["direction"], message["text"]) == ("out", "Dank u.")


def test_an_answer_that_asks_for_special_data_needs_confirmation(staff: Staff, services: Services) -> None:
    """P39: nothing is sent until its author says that it asks for no such thing."""
    entry, body = staff.enter(), {"text": "Stuur ons een kopie van uw paspoort."}
    refused = staff.ask("POST", f"/desk/enquiries/{entry}/answer", body)
    assert (refused.status, refused.code) == (409, "asks_for_special_data")
    assert list(letters.waiting(services.store, NOON)) == []
    assert staff.ask("POST", f"/desk/enquiries/{entry}/answer", {**body, "confirm": True}).status == 202


def test_handled_sets_the_end_and_stays_as_it_was(staff: Staff) -> None:
    """P04: the period counts from the first time it was marked."""
    entry = staff.enter()
    first = staff.ask("POST", f"/desk/enquiries/{entry}/handled").json["enquiry"]
    again = replace(staff, now=NOON + timedelta(days=9)).ask("POST", f"/desk/enquiries/{entry}/handled").json["enquiry"]
    assert first == again
    assert first["handled_at"] == "2026-11-22T11:00:00Z"
    assert first["erase_by"] < "2027-11-22"


def test_destroyed_is_gone_for_its_own_controller_and_unknown_to_another(staff: Staff, services: Services) -> None:
    """410 with the proof for whose it was, 404 for everybody else and for an id that never was."""
    entry = staff.enter()
    vault.destroy(services.store, entry, NOON + timedelta(days=900))
    assert staff.ask("GET", f"/desk/enquiries/{entry}").status == 410
    other = Staff(services, {**STAFF, "controller": "seven-elements"})
    assert other.ask("GET", f"/desk/enquiries/{entry}").status == 404
    assert staff.ask("GET", "/desk/enquiries/" + "a" * 26).status == 404
    [act] = staff.ask("GET", "/desk/evidence", entry=entry).json["evidence"]
    assert (act["act"], act["entry"]) == ("destroyed", entry)
    assert other.ask("GET", "/desk/evidence", entry=entry).json["evidence"] == []


def test_what_is_due_is_gone_before_the_retention_run_was_there(staff: Staff) -> None:
    """The date is the end, not the run."""
    entry = staff.enter()
    assert replace(staff, now=NOON + timedelta(days=900)).ask("GET", f"/desk/enquiries/{entry}").status == 410


def test_a_restricted_enquiry_is_not_opened(staff: Staff, services: Services) -> None:
    """P17: storage only."""
    entry = staff.enter()
    services.store.write(vault.restricted(vault.find(services.store, entry), NOON))
    refused = staff.ask("GET", f"/desk/enquiries/{entry}")
    assert (refused.status, refused.code) == (409, "restricted")


def test_a_key_that_cannot_be_had_is_not_a_destroyed_one(staff: Staff, services: Services) -> None:
    """503, to be tried again; never 410."""
    entry = staff.enter()
    cast("FakeKeys", services.keys).closed.add("enquiries")
    refused = staff.ask("GET", f"/desk/enquiries/{entry}")
    assert (refused.status, refused.headers["retry-after"]) == (503, "30")


def test_a_letter_that_failed_is_listed_and_sent_again(staff: Staff, services: Services) -> None:
    """Only letters that need a person are listed; retrying puts one back, once."""
    entry = staff.enter()
    letter = staff.ask("POST", f"/desk/enquiries/{entry}/answer", {"text": "Dank u."}).json["letter"]
    assert staff.ask("POST", f"/desk/letters/{letter}/retry").status == 404
    deliver_and_bounce(services, letter, NOON)
    [listed] = staff.ask("GET", "/desk/letters").json["letters"]
    assert (listed["id"], listed["status"], listed["kind"]) == (letter, "bounced", "answer")
    assert staff.ask("POST", f"/desk/letters/{letter}/retry").json == {"letter": letter, "status": "queued"}
    assert Key("records", f"entry#{entry}", f"letter#{letter.split('.')[1]}") in letters.waiting(services.store, NOON)


def test_retention_shows_the_last_run_and_the_live_vault(staff: Staff, services: Services) -> None:
    """Before the first run there is none; what nobody destroyed is overdue by the vault itself."""
    staff.enter()
    assert staff.ask("GET", "/desk/retention").json["last_run"] is None
    later = replace(staff, now=NOON + timedelta(days=900))
    assert later.ask("GET", "/desk/retention").json["overdue"] == 1
    assert services.objects is not None
    retention.run(services.store, services.objects, later.now)
    state = later.ask("GET", "/desk/retention").json
    assert (state["overdue"], state["last_run"][:10]) == (0, later.now.date().isoformat())


def test_what_is_overdue_is_counted_up_to_a_hundred(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is overdue, whoever asks for the figure does not have the whole queue read."""
    monkeypatch.setattr(desk, "_MOST_OVERDUE", 2)
    for number in range(3):
        staff.enter(message=f"Vraag {number}")
    assert replace(staff, now=NOON + timedelta(days=900)).ask("GET", "/desk/retention").json["overdue"] == 2


def test_evidence_of_a_day_comes_in_pages(staff: Staff) -> None:
    """One act per page, in the same order however often it is asked."""
    entered = [staff.enter(message=f"Vraag {number}") for number in range(3)]
    for entry in entered:
        staff.ask("POST", f"/desk/enquiries/{entry}/handled")
    seen, after = [], ""
    for _ in entered:
        page = staff.ask("GET", "/desk/evidence", day="2026-11-22", limit="1", after=after).json
        seen += [act["entry"] for act in page["evidence"]]
        after = page["next"] or ""
    assert sorted(seen) == sorted(entered)
    assert after == ""


def test_sites_tell_what_an_entry_form_is_built_from(staff: Staff) -> None:
    """The sites of one's own controller, with fields as the policy has them."""
    given = staff.ask("GET", "/desk/sites").json
    assert [site["name"] for site in given["sites"]] == ["silver-essence"]
    assert [field["name"] for field in given["sites"][0]["forms"][0]["fields"]][:2] == ["name", "email"]
    assert "phone" in given["channels"]
    assert given["categories"]["enquiries"] == "Aanvragen van informatie"
