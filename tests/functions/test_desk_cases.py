"""Cases at the desk: a queue by deadline, opened with a record of it, answered, put right, closed; and mail that is none."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from privacy import inbox, letters, vault
from privacy.services import Services

from functions import desk
from tests.fakes import FakePost, everything, services_in_memory, services_on_moto
from tests.functions.asking import NOON, STAFF, Staff

NEW = {
    "site": "silver-essence",
    "channel": "phone",
    "received": "2026-11-20",
    "text": "Verwijder mijn gegevens, alstublieft.",
    "rights": ["erasure"],
    "email": "ada@example.org",
    "name": "Ada Voorbeeld",
}
UNKNOWN = "a" * 26
ACTS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("GET", "/raw", None),
    ("POST", "/answer", {"text": "Dank u."}),
    ("POST", "/rights", {"rights": ["access"]}),
    ("POST", "/received", {"received": "2026-11-19", "reason": "stond op de envelop"}),
    ("POST", "/close", {"outcome": "answered"}),
]
ITEM_ACTS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("GET", "/raw", None),
    ("POST", "/case", None),
    ("POST", "/dismiss", None),
]
LIMIT = 6 * 1024 * 1024
"""Bytes that a function can answer with."""
LONG = "\U0001f600" * 14_800
"""A text as long as one is read, in letters that take the most room in an answer."""


@pytest.fixture
def services() -> Services:
    """Give tables and keys that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def officer(services: Services) -> Staff:
    """Give the privacy officer of Silver Essence."""
    return Staff(services, {**STAFF, "roles": "[privacy-officer]"})


def send(
    services: Services,
    text: str = "Graag inzage.",
    *,
    name: str = "m1",
    sender: str = "ada@example.org",
    more: str = "",
) -> str:
    """Let a mail come in and return what it was filed under."""
    head = f"From: Ada Voorbeeld <{sender}>\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\n{more}"
    return inbox.file(services, f"{head}\r\n{text}\r\n".encode(), name, NOON).entry


def automatic(services: Services, name: str = "a1") -> str:
    """Let a machine's mail come in and return the item of the inbox."""
    return send(services, "Afwezig", name=name, more="Auto-Submitted: auto-replied\r\n")


def opened(officer: Staff, case: str) -> dict[str, Any]:
    """Open a case and return it."""
    given = officer.ask("GET", f"/desk/cases/{case}", why="answer")
    assert given.status == 200, given.text
    return dict(given.json["case"])


def test_the_queue_is_in_order_of_deadlines_and_about_nobody(services: Services, officer: Staff) -> None:
    """What must be answered first stands first, in pages, with days left to count and nothing of the person."""
    later = send(services)
    earlier = officer.ask("POST", "/desk/cases", {**NEW, "email": "", "name": "Bo Voorbeeld"}).json["id"]
    listed = officer.ask("GET", "/desk/cases").json["cases"]
    assert [case["id"] for case in listed] == [earlier, later]
    assert [case["respond_by"] for case in listed] == ["2026-12-20", "2026-12-22"]
    assert listed[0]["respond_by_latest"] == "2026-12-21"
    assert listed[0].keys() >= {"site", "received_at", "rights", "status", "language", "look", "channel"}
    assert "Voorbeeld" not in str(listed)
    first = officer.ask("GET", "/desk/cases", limit="1").json
    second = officer.ask("GET", "/desk/cases", limit="1", after=first["next"]).json
    assert [case["id"] for case in first["cases"] + second["cases"]] == [earlier, later]
    assert second["next"] is None
    assert officer.ask("GET", "/desk/cases", after="no cursor").status == 422


def test_a_case_shows_who_asks_what_in_which_words(services: Services, officer: Staff) -> None:
    """Facts, rights with the words that led to each, the message and what SES found; the opening is recorded first."""
    case = opened(officer, send(services, "Stuur mij mijn gegevens en verwijder ze daarna."))
    assert (case["facts"]["email"], case["facts"]["name"]) == ("ada@example.org", "Ada Voorbeeld")
    assert [each["right"] for each in case["asked"]] == case["rights"]
    [message] = case["messages"]
    assert message["text"] == "Stuur mij mijn gegevens en verwijder ze daarna."
    assert message["direction"] == "in"
    assert message["verdicts"].keys() == {"spam", "virus", "spf", "dkim", "dmarc"}
    assert [item for item in everything(services)["records"] if item.get("kind") == "opening"]


def test_an_answer_goes_to_the_address_the_request_came_from(services: Services, officer: Staff) -> None:
    """It is a letter of its own, under the case's reply address, and shown with the case; the same text twice is one."""
    case = send(services)
    officer = replace(officer, now=NOON + timedelta(minutes=1))
    given = officer.ask("POST", f"/desk/cases/{case}/answer", {"text": "Hierbij."})
    again = officer.ask("POST", f"/desk/cases/{case}/answer", {"text": "Hierbij."})
    assert (given.status, given.json) == (202, again.json)
    for place in letters.waiting(services.store, officer.now):
        letters.deliver(services, place, officer.now)
    assert isinstance(services.post, FakePost)
    [mime] = [mime for _, to, mime, _ in services.post.sent if to == "ada@example.org" and b"Hierbij." in mime]
    token = next(pointer for pointer in vault.find(services.store, case).pointers if pointer.startswith("reply#"))
    assert f"Reply-To: privacy+r.{token.removeprefix('reply#')}@".encode() in mime
    assert [(piece["direction"], piece["text"]) for piece in opened(officer, case)["messages"]] == [
        ("in", "Graag inzage."),
        ("out", "Hierbij."),
    ]
    letter = next(
        item
        for item in everything(services)["vault"]
        if item.get("category") == "case_letters" and item["sk"] == "entry"
    )
    assert (letter["counted_from"], letter["due"][:10]) == ("sent", "2027-02-14")


def test_an_answer_asks_for_nothing_special_and_needs_an_address(services: Services, officer: Staff) -> None:
    """P39 holds here too, and who gave no address is answered another way."""
    case = send(services)
    asks = {"text": "Kunt u een kopie van uw paspoort sturen?"}
    assert officer.ask("POST", f"/desk/cases/{case}/answer", asks).code == "asks_for_special_data"
    assert officer.ask("POST", f"/desk/cases/{case}/answer", {**asks, "confirm": True}).status == 202
    without = officer.ask("POST", "/desk/cases", {**NEW, "email": ""}).json["id"]
    refused = officer.ask("POST", f"/desk/cases/{without}/answer", {"text": "Dank u."})
    assert (refused.status, "zaak" in refused.json["error"]["message"]) == (422, True)


def test_rights_that_were_read_wrongly_are_put_right(services: Services, officer: Staff) -> None:
    """The list changes, nobody has to look at that any more, and the case notes who changed what."""
    case = send(services, "xyz")
    given = officer.ask("POST", f"/desk/cases/{case}/rights", {"rights": ["access", "erasure"]})
    assert given.json["case"]["rights"] == ["access", "erasure"]
    assert "unsure" not in given.json["case"]["look"]
    [note] = opened(officer, case)["notes"]
    assert (note["what"], note["now"], note["by"]) == ("rights", ["access", "erasure"], "staff-1")
    assert officer.ask("POST", f"/desk/cases/{case}/rights", {"rights": ["access", "erasure"]}).status == 200
    assert len(opened(officer, case)["notes"]) == 1
    for wrong in ([], ["everything"]):
        assert officer.ask("POST", f"/desk/cases/{case}/rights", {"rights": wrong}).status == 422


def test_the_day_of_receipt_is_put_right_with_a_reason(services: Services, officer: Staff) -> None:
    """Both days move, the list moves, evidence says so without a word of the reason, and the reason is with the case."""
    other, case = send(services, sender="bo@example.org", name="m0"), send(services)
    given = officer.ask(
        "POST", f"/desk/cases/{case}/received", {"received": "2026-10-31", "reason": "lag in de spambak"}
    )
    shown = given.json["case"]
    assert (shown["respond_by"], shown["respond_by_latest"]) == ("2026-11-30", "2026-11-30")
    assert [each["id"] for each in officer.ask("GET", "/desk/cases").json["cases"]] == [case, other]
    acts = officer.ask("GET", "/desk/evidence", entry=case).json["evidence"]
    assert [(act["act"], act["respond_by"]) for act in acts] == [("received_corrected", "2026-11-30")]
    assert "spambak" not in str(everything(services))
    assert opened(officer, case)["notes"][0]["reason"] == "lag in de spambak"
    ahead = {"received": "2026-12-31", "reason": "x"}
    assert officer.ask("POST", f"/desk/cases/{case}/received", ahead).json["error"]["fields"].keys() == {"received"}


def test_closing_begins_both_periods(services: Services, officer: Staff) -> None:
    """The case is kept a year from now, what the person wrote a month; closed twice it stays as it was."""
    case = send(services, "Wat kost een abonnement?")
    send(services, "Nog iets.", name="m2")
    unsaid = officer.ask("POST", f"/desk/cases/{case}/close", {"outcome": "answered"})
    assert (unsaid.status, set(unsaid.json["error"]["fields"])) == (422, {"reason"})  # nobody heard anything from here
    by_telephone = {"outcome": "answered", "reason": "gebeld"}
    given = officer.ask("POST", f"/desk/cases/{case}/close", by_telephone).json["case"]
    assert (given["status"], given["outcome"], given["closed_at"]) == ("closed", "answered", "2026-11-22T11:00:00Z")
    due = {item["category"]: item["due"][:10] for item in everything(services)["vault"] if item["sk"] == "entry"}
    assert (due["cases"], due["case_requests"]) == ("2027-11-18", "2026-12-16")
    later = replace(officer, now=NOON + timedelta(days=3))
    assert later.ask("POST", f"/desk/cases/{case}/close", {"outcome": "refused", "reason": "x"}).json["case"] == given
    assert officer.ask("GET", "/desk/cases").json["cases"] == []
    assert [each["id"] for each in officer.ask("GET", "/desk/cases", status="closed").json["cases"]] == [case]
    assert not [item for item in everything(services)["vault"] if item["pk"].startswith("asker#")]
    assert send(services, "Een nieuwe vraag.", name="m3") != case
    for act, body in (("rights", {"rights": ["access"]}), ("received", {"received": "2026-11-01", "reason": "x"})):
        assert officer.ask("POST", f"/desk/cases/{case}/{act}", body).status == 409


@pytest.mark.parametrize(
    "outcome", ["fulfilled", "partly", "refused", "no_data", "forwarded", "withdrawn", "not_a_request"]
)
def test_every_other_end_has_a_reason(services: Services, officer: Staff, outcome: str) -> None:
    """Silence is no outcome (Art. 12(4)); the reason is sealed."""
    case = send(services, "Wat kost een abonnement?")
    refused = officer.ask("POST", f"/desk/cases/{case}/close", {"outcome": outcome, "reason": " "})
    assert (refused.status, list(refused.json["error"]["fields"])) == (422, ["reason"])
    body = {"outcome": outcome, "reason": "om deze reden"}
    assert officer.ask("POST", f"/desk/cases/{case}/close", body).json["case"]["outcome"] == outcome
    assert "om deze reden" not in str(everything(services))
    assert opened(officer, case)["notes"][0]["reason"] == "om deze reden"


def test_what_came_by_phone_is_a_case_from_the_day_it_came(officer: Staff) -> None:
    """Entered once however often it is sent; without rights the text is read for them."""
    given = officer.ask("POST", "/desk/cases", NEW)
    assert (given.status, given.json) == (201, officer.ask("POST", "/desk/cases", NEW).json)
    [listed] = officer.ask("GET", "/desk/cases").json["cases"]
    assert (listed["received_at"], listed["channel"], listed["rights"]) == (
        "2026-11-19T23:00:00Z",
        "phone",
        ["erasure"],
    )
    read = officer.ask("POST", "/desk/cases", {**NEW, "rights": [], "email": "bo@example.org"}).json["id"]
    assert opened(officer, read)["asked"][0]["words"]
    key = {"idempotency-key": "0123456789abcdef"}
    officer.ask("POST", "/desk/cases", {**NEW, "email": "cy@example.org"}, headers=key)
    other = officer.ask("POST", "/desk/cases", {**NEW, "email": "di@example.org"}, headers=key)
    assert (other.status, other.code) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"site": "vixum"}, "site"),
        ({"channel": "pigeon"}, "channel"),
        ({"received": "gisteren"}, "received"),
        ({"received": "2027-01-01"}, "received"),
        ({"text": ""}, "text"),
        ({"rights": ["all"]}, ""),
        ({"name": "Ada\nVoorbeeld"}, "name"),
    ],
)
def test_what_cannot_be_entered_is_named(services: Services, officer: Staff, wrong: dict[str, Any], field: str) -> None:
    """422 with the field, and nothing is stored."""
    refused = officer.ask("POST", "/desk/cases", {**NEW, **wrong})
    assert refused.status == 422
    assert not field or list(refused.json["error"]["fields"]) == [field]
    assert not [item for item in everything(services)["records"] if item.get("kind") == "case"]


def test_an_address_that_is_none_is_refused(officer: Staff) -> None:
    """The answer would go nowhere; it is said at its field."""
    for field, value in (("email", "ada"), ("phone", "x")):
        answer = officer.ask("POST", "/desk/cases", {**NEW, field: value})
        assert (answer.code, list(answer.json["error"]["fields"])) == (f"{field}_invalid", [field])


def test_a_machines_mail_waits_and_becomes_a_case_or_is_set_aside(services: Services, officer: Staff) -> None:
    """Its day of receipt stays; set aside, its period counts; neither can be done to the other."""
    item, other = (
        automatic(services),
        send(services, "x", name="m2", sender="bo@example.org", more="List-Id: <a.example>\r\n"),
    )
    listed = officer.ask("GET", "/desk/inbox").json["inbox"]
    assert [each["id"] for each in listed] == sorted((item, other))
    assert officer.ask("GET", f"/desk/inbox/{item}", why="answer").json["item"]["content"]["text"] == "Afwezig"
    later = replace(officer, now=NOON + timedelta(days=5))
    case = later.ask("POST", f"/desk/inbox/{item}/case").json["id"]
    assert later.ask("POST", f"/desk/inbox/{item}/case").json["id"] == case
    assert later.ask("GET", "/desk/cases").json["cases"][0]["respond_by"] == "2026-12-22"
    assert opened(later, case)["messages"][0]["text"] == "Afwezig"
    aside = officer.ask("POST", f"/desk/inbox/{other}/dismiss").json["item"]
    assert (aside["status"], aside["erase_by"][:10]) == ("dismissed", "2026-12-16")
    assert officer.ask("POST", f"/desk/inbox/{other}/dismiss").json["item"] == aside
    assert officer.ask("POST", f"/desk/inbox/{other}/case").status == 409
    assert officer.ask("GET", "/desk/inbox").json["inbox"] == []
    assert officer.ask("GET", f"/desk/inbox/{other}/raw").body.endswith(b"x\r\n")


@pytest.mark.parametrize("roles", ["[staff]", "[security]"])
def test_cases_are_for_the_privacy_officer(services: Services, officer: Staff, roles: str) -> None:
    """Whoever the policy does not name sees neither the list nor one case, and enters none."""
    other, item, case = replace(officer, claims={**STAFF, "roles": roles}), automatic(services), send(services)
    before = copy.deepcopy(everything(services))
    asked: list[tuple[str, str, Any]] = [
        ("GET", "/desk/cases", None),
        ("GET", "/desk/inbox", None),
        ("POST", "/desk/cases", NEW),
    ]
    asked += [(method, f"/desk/cases/{case}{path}", body) for method, path, body in ACTS if path != "/raw"]
    asked += [(method, f"/desk/inbox/{item}{path}", body) for method, path, body in ITEM_ACTS]
    assert {other.ask(*each).status for each in asked} == {403}
    assert everything(services) == before


def test_a_message_is_fetched_by_who_may_read_it(services: Services, officer: Staff) -> None:
    """Not by other staff, not through another case, and not what is no message."""
    case, other = send(services), send(services, sender="bo@example.org", name="m2")
    message = opened(officer, case)["messages"][0]["id"]
    staff = replace(officer, claims=dict(STAFF))
    assert staff.ask("GET", f"/desk/cases/{case}/raw", message=message).status == 403
    assert officer.ask("GET", f"/desk/cases/{other}/raw", message=message).status == 404
    assert officer.ask("GET", f"/desk/cases/{case}/raw", message=case).status == 404
    assert officer.ask("GET", f"/desk/inbox/{message}/raw").status == 404
    assert b"Graag inzage." in officer.ask("GET", f"/desk/cases/{case}/raw", message=message).body


@pytest.mark.parametrize(("kind", "act"), [*(("cases", act) for act in ACTS), *(("inbox", act) for act in ITEM_ACTS)])
def test_anothers_case_is_as_unknown_as_none(
    services: Services, officer: Staff, kind: str, act: tuple[str, str, dict[str, Any] | None]
) -> None:
    """Every route answers 404 with the same words, also for what is no id, and nothing changes."""
    entry = send(services) if kind == "cases" else automatic(services)
    query: dict[str, Any] = {"message": UNKNOWN} if (kind, act[1]) == ("cases", "/raw") else {}
    before = copy.deepcopy(everything(services))
    other = replace(officer, claims={**STAFF, "roles": "[privacy-officer]", "controller": "vixum"})
    found = {
        (given.status, given.text)
        for name in (entry, UNKNOWN, "x")
        for given in [other.ask(act[0], f"/desk/{kind}/{name}{act[1]}", act[2], **query)]
    }
    assert {status for status, _ in found} == {404}
    assert len(found) == 1
    assert everything(services) == before


def test_a_case_can_be_opened_however_much_its_person_wrote(services: Services, officer: Staff) -> None:
    """An answer that is too large would be none. Each message is there, the short ones whole, of the long ones a beginning."""
    case = send(services)
    for number in range(40):
        assert send(services, f"Verwijder mijn gegevens. {LONG}", name=f"long{number}") == case
    send(services, "Hoort u mij?", name="last")
    answer = officer.ask("GET", f"/desk/cases/{case}", why="answer")
    assert len(json.dumps({"body": answer.text})) < LIMIT
    messages = answer.json["case"]["messages"]
    long = [each for each in messages if each.get("cut")]
    assert {each["text"] for each in messages if each not in long} == {"Graag inzage.", "Hoort u mij?"}
    assert len(long) == 40
    assert all(each["has_raw"] and each["text"].startswith("Verwijder mijn gegevens.") for each in long)
    assert min(len(each["text"]) for each in long) > 5_000


def test_an_enquiry_can_be_opened_however_much_its_person_wrote(services: Services, officer: Staff) -> None:
    """So it is with what comes in by the reply address of an answer."""
    enquiry = officer.enter()
    officer.ask("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "Dank u."})
    token = next(item["pk"] for item in everything(services)["vault"] if item["pk"].startswith("reply#"))[6:]
    for number in range(40):
        to = f"To: privacy+r.{token}@silveressence.net\r\n"
        assert send(services, LONG, name=f"long{number}", more=to) == enquiry
    answer = officer.ask("GET", f"/desk/enquiries/{enquiry}", why="answer")
    assert len(json.dumps({"body": answer.text})) < LIMIT
    messages = answer.json["enquiry"]["messages"]
    assert [each["text"] for each in messages if "cut" not in each] == ["Dank u."]
    assert len(messages) == 41


def test_what_was_destroyed_is_gone_and_not_unknown(services: Services, officer: Staff) -> None:
    """410 once its time has passed, with the retention run or before it."""
    case = send(services)
    late = replace(officer, now=NOON + timedelta(days=900))
    for method, path, body in ACTS:
        if path != "/raw":
            assert late.ask(method, f"/desk/cases/{case}{path}", body).status == 410, path


def test_all_of_it_works_on_dynamodb() -> None:
    """The same on tables as AWS has them: lists, conditions, links, the end."""
    with services_on_moto() as services:
        officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
        case = send(services, more="Message-ID: <1@example.org>\r\n")
        assert send(services, "Verwijder mijn gegevens.", name="m2") == case
        assert [each["id"] for each in officer.ask("GET", "/desk/cases").json["cases"]] == [case]
        assert len(opened(officer, case)["messages"]) == 2
        assert officer.ask("POST", f"/desk/cases/{case}/answer", {"text": "Hierbij."}).status == 202
        assert officer.ask("POST", f"/desk/cases/{case}/rights", {"rights": ["access"]}).status == 200
        body = {"received": "2026-11-01", "reason": "brief"}
        assert officer.ask("POST", f"/desk/cases/{case}/received", body).status == 200
        assert officer.ask("POST", f"/desk/cases/{case}/close", {"outcome": "answered"}).status == 200
        item = automatic(services)
        new = officer.ask("POST", f"/desk/inbox/{item}/case").json["id"]
        assert [each["id"] for each in officer.ask("GET", "/desk/cases").json["cases"]] == [new]


@pytest.mark.parametrize(("name", "status"), [("desk-cases", 200), ("desk-inbox", 200), ("desk-case-enter", 201)])
def test_the_examples_of_requests_are_answered(services: Services, name: str, status: int) -> None:
    """What `sam local invoke` is shown works."""
    event = json.loads((Path(__file__).parents[2] / "events" / f"{name}.json").read_text("utf-8"))
    assert desk.answered(event, None, lambda: services, NOON)["statusCode"] == status


def test_the_examples_about_one_case_are_answered(services: Services, officer: Staff) -> None:
    """Opened and closed by the events that are shown, with the id of a case that is there."""
    case = send(services)
    for name in ("desk-case-open", "desk-case-close"):
        text = (
            (Path(__file__).parents[2] / "events" / f"{name}.json")
            .read_text("utf-8")
            .replace("mfzwizltoqxgk3tbnrqxe3tbnr", case)
        )
        assert desk.answered(json.loads(text), None, lambda: services, NOON)["statusCode"] == 200
    assert officer.ask("GET", "/desk/cases").json["cases"] == []
