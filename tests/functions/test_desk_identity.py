"""Who asks, at the desk: staff vouch for whom no code reaches, and forget identity documents that came unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from privacy import inbox, policy, retention, rights_asked, subjects, vault
from privacy.writes import Key

from tests.fakes import FakeObjects, everything, services_in_memory
from tests.functions.asking import NOON, STAFF, Staff

if TYPE_CHECKING:
    from privacy.services import Services

OLD, NEW = "ada@voorbeeld.nl", "ada.thuis@example.org"
VOUCHED = {"how": "known_facts", "note": "Wist het nummer van de laatste factuur."}


@pytest.fixture
def services() -> Services:
    """Give tables and keys that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def officer(services: Services) -> Staff:
    """Give the privacy officer of Silver Essence."""
    return Staff(services, {**STAFF, "roles": "[privacy-officer]"})


def entered(officer: Staff, *rights: str, email: str = NEW) -> str:
    """Enter a case and return its number."""
    body = {
        "site": "silver-essence",
        "channel": "phone",
        "received": "2026-11-20",
        "text": "Ik werk daar niet meer.",
        "rights": list(rights),
        "email": email,
    }
    return str(officer.ask("POST", "/desk/cases", body).json["id"])


def pointer(services: Services, kind: str, value: str) -> str:
    """Return the pointer of a person."""
    group = policy.controller("silver-essence").group
    return subjects.identify(services.keys, group, kind, value).pointer()


def with_a_document(services: Services, text: str, *, name: str = "scan.jpg", size: int = 200) -> str:
    """Let a mail with an attachment come in; return its case."""
    mail = (
        f"From: {OLD}\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{'x' * size}\r\n--b--\r\n"
    )
    return inbox.file(services, mail.encode(), "m1", NOON).entry


def test_who_is_vouched_for_is_proven_and_their_rights_begin(services: Services, officer: Staff) -> None:
    """The state says how, the note is sealed, the evidence knows that it was done, and the tasks wait."""
    case = entered(officer, "access", "question")
    answer = officer.ask("POST", f"/desk/cases/{case}/identity", VOUCHED)
    assert answer.status == 200, answer.text
    assert answer.json == {"identity": "proven", "identity_how": "known_facts", "identity_at": "2026-11-22T11:00:00Z"}
    assert list(rights_asked.of_case(services.store, case)) == ["access"]
    [task] = services.store.listed("records", "list", rights_asked.TASKS)
    assert task["right"] == "access"
    acts = officer.ask("GET", "/desk/evidence", entry=case).json["evidence"]
    assert [(act["act"], act.get("how")) for act in acts if act["act"] == "identified"] == [
        ("identified", "known_facts")
    ]
    assert "factuur" not in repr(everything(services))
    notes = officer.ask("GET", f"/desk/cases/{case}", why="answer").json["case"]["notes"]
    assert VOUCHED["note"] in repr(notes)


def test_vouching_twice_changes_nothing(services: Services, officer: Staff) -> None:
    """A double click leaves the store as it was."""
    case = entered(officer, "access")
    officer.ask("POST", f"/desk/cases/{case}/identity", VOUCHED)
    before = everything(services)
    assert officer.ask("POST", f"/desk/cases/{case}/identity", VOUCHED).json["identity"] == "proven"
    assert everything(services) == before


def test_the_case_is_about_whom_they_are_known_as(services: Services, officer: Staff) -> None:
    """The old address and number lead to the case, the one they wrote from does not; letters go where staff say."""
    case = entered(officer, "access")
    known = {
        **VOUCHED,
        "how": "phone",
        "known_as_email": OLD,
        "known_as_phone": "020 123 45 67",
        "email": "New@Example.org",
    }
    assert officer.ask("POST", f"/desk/cases/{case}/identity", known).status == 200
    pointers = [pointer(services, "email", OLD), pointer(services, "phone", "+31201234567")]
    assert list(vault.find(services.store, case).subjects) == pointers
    for each in pointers:
        assert services.store.get(Key("vault", f"subject#{each}", f"entry#{case}"))
    assert services.store.get(Key("vault", f"subject#{pointer(services, 'email', NEW)}", f"entry#{case}")) is None
    opened = officer.ask("GET", f"/desk/cases/{case}", why="answer").json["case"]
    assert opened["facts"]["email"] == "new@example.org"


def test_four_eyes_say_the_same(services: Services, officer: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the policy asks it, one member of staff proves nobody, nor do two who say different things."""
    handling = policy.handling("silver-essence")._replace(approvals={"erasure": "four_eyes"})
    monkeypatch.setattr(policy, "handling", lambda _controller: handling)
    case = entered(officer, "erasure")
    second = replace(officer, claims={**(officer.claims or {}), "sub": "staff-2"})
    place, known = f"/desk/cases/{case}/identity", {**VOUCHED, "known_as_email": OLD}
    assert officer.ask("POST", place, VOUCHED).json["identity"] == "asked"
    assert officer.ask("POST", place, VOUCHED).status == 409
    assert second.ask("POST", place, known).json["identity"] == "asked"
    assert not rights_asked.of_case(services.store, case)
    assert officer.ask("POST", place, known).json["identity"] == "proven"
    assert list(rights_asked.of_case(services.store, case)) == ["erasure"]
    assert "staff-1" not in repr(services.store.all("records"))  # type: ignore[attr-defined]


def test_a_mandate_that_was_checked_ends_the_waiting(services: Services, officer: Staff) -> None:
    """Vouching for somebody who asks for another says that the mandate is right: nothing waits for it any more."""
    from privacy import rights_request  # noqa: PLC0415

    site = policy.site("silver-essence")
    sent: dict[str, object] = {"email": NEW, "rights": ["access"], "on_behalf": "Mijn zoon van 12"}
    case = rights_request.receive(services, site, rights_request.check(sent, site), language="nl", now=NOON)
    assert officer.ask("POST", f"/desk/cases/{case}/identity", {**VOUCHED, "known_as_email": OLD}).status == 200
    [listed] = officer.ask("GET", "/desk/cases").json["cases"]
    assert listed["look"] == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"how": "passport", "note": "x"}, "how"),
        ({"how": "phone", "note": ""}, "note"),
        ({"how": "phone", "note": "  "}, "note"),
        ({"how": "phone"}, "note"),
        ({**VOUCHED, "email": "no address"}, "email"),
        ({**VOUCHED, "known_as_email": "no address"}, "known_as_email"),
        ({**VOUCHED, "known_as_phone": "no number"}, "known_as_phone"),
        ({**VOUCHED, "identity": "proven"}, "identity"),
    ],
)
def test_bad_input_is_named(services: Services, officer: Staff, body: dict[str, Any], wrong: str) -> None:
    """What is wrong is said at its field, and nothing is stored."""
    case = entered(officer, "access")
    before = everything(services)
    answer = officer.ask("POST", f"/desk/cases/{case}/identity", body)
    assert answer.status == 422
    assert list(answer.json["error"]["fields"]) == [wrong]
    assert everything(services) == before


@pytest.mark.parametrize(
    "text", ["Bijgevoegd een kopie van mijn paspoort.", "See my passport attached.", "Mijn ID-kaart"]
)
def test_a_document_that_came_unasked_is_flagged_and_forgotten(services: Services, officer: Staff, text: str) -> None:
    """Staff are told to look; once forgotten, the mail as it came is gone, and the case says that it was checked."""
    case = with_a_document(services, text)
    [listed] = officer.ask("GET", "/desk/cases").json["cases"]
    assert "identity_document" in listed["look"]
    [message] = officer.ask("GET", f"/desk/cases/{case}", why="answer").json["case"]["messages"]
    place = f"/desk/cases/{case}"
    answer = officer.ask("POST", f"{place}/forget-attachment", {"message": message["id"]})
    assert answer.status == 200, answer.text
    assert officer.ask("GET", f"{place}/raw", message=message["id"], confirm="true").status == 404
    assert services.store.get(Key("records", f"entry#{message['id']}", "raw#main")) is None
    opened = officer.ask("GET", place, why="answer").json["case"]
    assert "identity_document" not in opened["look"]
    assert opened["messages"][0]["has_raw"] is False
    assert opened["messages"][0]["text"].strip() == text
    assert "ID card was checked" in repr(opened["notes"])
    before = everything(services)
    assert officer.ask("POST", f"{place}/forget-attachment", {"message": message["id"]}).status == 200
    assert everything(services) == before


def test_a_large_document_leaves_the_bucket_with_the_next_run(services: Services, officer: Staff) -> None:
    """What lies in the bucket is unreachable at once, and deleted by retention."""
    case = with_a_document(services, "Mijn rijbewijs", size=400_000)
    assert isinstance(services.objects, FakeObjects)
    assert services.objects.kept
    [link] = services.store.items("records", f"entry#{case}", "link#")
    assert officer.ask("POST", f"/desk/cases/{case}/forget-attachment", {"message": link["entry"]}).status == 200
    retention.run(services.store, services.objects, NOON)
    assert not services.objects.kept


def test_only_a_message_of_the_case_is_forgotten(services: Services, officer: Staff) -> None:
    """The message of another case, or of nobody, is not found; nor is a case of another controller."""
    case = with_a_document(services, "Mijn paspoort")
    [link] = services.store.items("records", f"entry#{case}", "link#")
    other = entered(officer, "access", email="bob@example.org")
    for wrong_case, wrong_message in ((other, link["entry"]), (case, vault.new_id()), (case, case)):
        asked = {"message": wrong_message}
        assert officer.ask("POST", f"/desk/cases/{wrong_case}/forget-attachment", asked).status == 404
    stranger = replace(officer, claims={**(officer.claims or {}), "controller": "seven-elements"})
    for what, body in (("identity", VOUCHED), ("forget-attachment", {"message": link["entry"]})):
        assert stranger.ask("POST", f"/desk/cases/{case}/{what}", body).status == 404
    plain = replace(officer, claims=dict(STAFF))
    assert plain.ask("POST", f"/desk/cases/{case}/identity", VOUCHED).status == 403
