"""Decisions on cases and incidents at the desk: who may, what comes back, and what is never said."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import cases, rights_asked, vault
from privacy.errors import Conflict, DecidedAlready, IsClosed
from privacy.writes import Key, Update

from tests.fakes import everything, services_in_memory, services_on_moto
from tests.functions.asking import NOON, STAFF, Staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privacy.services import Services
    from privacy.writes import Write

NEW = {
    "site": "silver-essence",
    "channel": "phone",
    "received": "2026-11-02",
    "text": "Verwijder mijn gegevens, alstublieft.",
    "rights": ["erasure"],
    "email": "ada@example.org",
}
REFUSAL = {"right": "erasure", "decision": "refuse", "reasons": "De wet verplicht ons dit te bewaren."}
CASE_ACTS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/progress", None),
    ("POST", "/decide", REFUSAL),
    ("POST", "/extend", {"reasons": "Veel gegevens."}),
    ("POST", "/pause", {"said": "Welk adres?"}),
    ("POST", "/resume", None),
    ("POST", "/assign", {"to": "me"}),
    ("POST", "/advertising", {"said": "Per mail."}),
    ("POST", "/told", {"right": "erasure", "recipient": "partner"}),
    ("POST", "/stop", {"reasons": "Dit adres is niet van een aanbieder."}),
    ("GET", "/plan", None),
    ("GET", "/history", None),
    ("GET", "/dossier", None),
]
BREACH = {"aware": "2026-11-22T09:00:00+01:00", "nature": "Een laptop is gestolen."}
SCOPE = {"since": "2026-11-21", "until": "2026-11-22"}
INCIDENT_ACTS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("GET", "/draft", None),
    ("POST", "/add", {"measures": "Op afstand gewist."}),
    ("POST", "/scope", SCOPE),
    ("POST", "/reported", {"at": "2026-11-22T10:00:00+01:00"}),
    ("POST", "/persons-told", {"said": "Per brief."}),
    ("POST", "/close", {"reasons": "Geen risico."}),
]


@pytest.fixture
def services() -> Services:
    """Give tables and keys that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def officer(services: Services) -> Staff:
    """Give the privacy officer of Silver Essence."""
    return Staff(services, {**STAFF, "roles": "[privacy-officer]"})


def entered(officer: Staff, **fields: Any) -> str:
    """Enter a case and return its id."""
    return str(officer.ask("POST", "/desk/cases", {**NEW, **fields}).json["id"])


def begun(officer: Staff) -> str:
    """Note a breach and return its id."""
    answer = officer.ask("POST", "/desk/incidents", BREACH)
    assert answer.status == 201
    return str(answer.json["id"])


def test_the_whole_way_on_real_tables() -> None:
    """Extended, paused, assigned, refused, looked at and packed: on tables as AWS has them."""
    with services_on_moto() as services:
        officer = Staff(services, {**STAFF, "roles": "[privacy-officer]"})
        case = entered(officer, rights=["erasure", "access"])
        for method, path, body in CASE_ACTS:
            answer = officer.ask(method, f"/desk/cases/{case}{path}", body)
            refused = {"/told": 404, "/stop": 404, "/advertising": 409}
            assert answer.status == refused.get(path, 200), (path, answer.text)
        done = officer.ask("POST", f"/desk/cases/{case}/decide", {"right": "access", "decision": "no_data"}).json[
            "progress"
        ]
        assert (done["case"]["status"], done["case"]["outcome"]) == ("closed", "partly")
        assert done["final_letter"]
        incident = begun(officer)
        for method, path, body in INCIDENT_ACTS:
            answer = officer.ask(method, f"/desk/incidents/{incident}{path}", body)
            assert answer.status == 200, (path, answer.text)
        [shown] = officer.ask("GET", "/desk/incidents").json["incidents"]
        assert (shown["id"], shown["status"]) == (incident, "closed")


@pytest.mark.parametrize(("method", "path", "body"), [*CASE_ACTS, ("POST", "/lift", {"reasons": "Niet meer nodig."})])
def test_a_case_of_another_controller_is_not_there(
    services: Services, officer: Staff, method: str, path: str, body: dict[str, Any] | None
) -> None:
    """Unknown and another's are answered alike, and a role that reads no cases is refused."""
    case = entered(officer)
    other = Staff(services, {**STAFF, "roles": "[privacy-officer]", "controller": "vixum"})
    for asking, number in ((other, case), (officer, "a" * 26), (officer, "nothing")):
        answer = asking.ask(method, f"/desk/cases/{number}{path}", body)
        assert (answer.status, answer.code) == (404, "not_found")
    staff = Staff(services, {**STAFF, "roles": "[staff]"})
    assert staff.ask(method, f"/desk/cases/{case}{path}", body).status == 403


@pytest.mark.parametrize(("method", "path", "body"), INCIDENT_ACTS)
def test_an_incident_of_another_controller_is_not_there(
    services: Services, officer: Staff, method: str, path: str, body: dict[str, Any] | None
) -> None:
    """Unknown and another's are answered alike, and a role that deals with none is refused."""
    incident = begun(officer)
    other = Staff(services, {**STAFF, "roles": "[privacy-officer]", "controller": "vixum"})
    for asking, number in ((other, incident), (officer, "a" * 26), (officer, entered(officer))):
        answer = asking.ask(method, f"/desk/incidents/{number}{path}", body)
        assert answer.status == 404, answer.text
    staff = Staff(services, {**STAFF, "roles": "[staff]"})
    assert staff.ask(method, f"/desk/incidents/{incident}{path}", body).status == 403
    assert staff.ask("GET", "/desk/incidents").status == 403
    assert staff.ask("POST", "/desk/incidents", BREACH).status == 403


def test_what_changes_a_case_at_the_same_moment_disturbs_no_decision(
    services: Services, officer: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A code that its person types: the decision is judged by what the case is then, and stands."""
    case, write = entered(officer), services.store.write

    def meddled(writes: Sequence[Write]) -> None:
        monkeypatch.setattr(services.store, "write", write)
        write(rights_asked.asked(case, "erasure", NOON))
        write(writes)

    monkeypatch.setattr(services.store, "write", meddled)
    answer = officer.ask("POST", f"/desk/cases/{case}/decide", REFUSAL)
    assert answer.status == 200, answer.text
    assert answer.json["progress"]["case"]["status"] == "closed"
    assert answer.json["progress"]["case"]["outcome"] == "refused"


@pytest.mark.parametrize(("refused", "times"), [(Conflict, 3), (IsClosed, 1), (DecidedAlready, 1)])
def test_only_what_was_disturbed_is_begun_anew(refused: type[Conflict], times: int) -> None:
    """An act that is refused for what the case is would be refused again, and open it again."""
    tried = []

    def act() -> None:
        tried.append(1)
        raise refused

    with pytest.raises(refused):
        cases.undisturbed(act)
    assert len(tried) == times


def test_what_is_missing_is_said_per_field_in_both_languages(officer: Staff) -> None:
    """Reasons that are not there, a right that is not asked, a moment that is none."""
    case = entered(officer)
    wrong = officer.ask(
        "POST", f"/desk/cases/{case}/decide", {**REFUSAL, "reasons": ""}, headers={"accept-language": "nl"}
    )
    assert wrong.status == 422
    assert "redenen" in wrong.json["error"]["fields"]["reasons"]
    wrong = officer.ask("POST", f"/desk/cases/{case}/decide", {"right": "access", "decision": "no_data"})
    assert wrong.json["error"]["fields"] == {"right": "Hierom vraagt deze zaak niet."}
    wrong = officer.ask("POST", "/desk/incidents", {**BREACH, "aware": "yesterday"})
    assert "aware" in wrong.json["error"]["fields"]
    wrong = officer.ask("POST", f"/desk/cases/{case}/extend", {"months": 3, "reasons": "x"})
    assert (wrong.status, "months" in wrong.json["error"]["fields"]) == (422, True)


def test_what_was_done_otherwise_already_is_said_as_that(officer: Staff) -> None:
    """Not as if a colleague were at it at the same moment: who reads that tries again, and again it is refused."""
    case = entered(officer)
    acts: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
        ("extend", {"reasons": "x", "months": 1}, {"reasons": "y", "months": 2}, "extended_already"),
        ("pause", {"said": "Welk adres?"}, {"said": "Welk nummer?"}, "waits_already"),
        ("decide", REFUSAL, {**REFUSAL, "decision": "no_data"}, "is_closed"),
    ]
    for act, first, other, code in acts:
        for _ in range(2):
            assert officer.ask("POST", f"/desk/cases/{case}/{act}", first).status == 200
        again = officer.ask("POST", f"/desk/cases/{case}/{act}", other)
        assert (again.status, again.code) == (409, code)
        assert "tegelijk" not in again.json["error"]["message"]
    assert officer.ask("POST", f"/desk/cases/{case}/assign", {"to": "me"}).code == "is_closed"
    mixed = officer.ask("POST", "/desk/cases", {**NEW, "rights": ["erasure", "inzage"]})
    assert list(mixed.json["error"]["fields"]) == ["rights"]


def test_who_has_no_address_is_told_by_staff(officer: Staff) -> None:
    """Letters are written and cannot be sent: the answer says so, until staff vouch and give an address."""
    new = {name: value for name, value in NEW.items() if name != "email"}
    case = officer.ask("POST", "/desk/cases", new).json["id"]
    address = f"/desk/cases/{case}"
    assert officer.ask("POST", f"{address}/extend", {"reasons": "x"}).json["progress"]["no_address"]
    person = {"how": "phone", "note": "Gebeld.", "known_as_phone": "0612345678", "email": "ada@example.org"}
    assert officer.ask("POST", f"{address}/identity", person).status == 200
    assert not officer.ask("GET", f"{address}/progress").json["progress"]["no_address"]
    assert not officer.ask("GET", f"/desk/cases/{entered(officer)}/progress").json["progress"]["no_address"]


def test_states_that_do_not_allow_an_act_say_which(services: Services, officer: Staff) -> None:
    """Nobody proven, the first month over: a code of its own for each, and nothing changed."""
    case = entered(officer)
    fulfil = {"right": "erasure", "decision": "fulfil"}
    assert officer.ask("POST", f"/desk/cases/{case}/decide", fulfil).code == "not_proven_yet"
    late = replace(officer, now=NOON + timedelta(days=30))
    assert late.ask("POST", f"/desk/cases/{case}/extend", {"reasons": "x"}).code == "too_late"
    assert late.ask("POST", f"/desk/cases/{case}/resume").code == "not_waiting"
    place = Key("records", f"entry#{case}", "main")
    services.store.write([Update(place, "SET #identity = :proven", {":proven": "proven"})])
    done = officer.ask("POST", f"/desk/cases/{case}/decide", fulfil).json["progress"]
    assert [(right["right"], right["status"]) for right in done["rights"]] == [("erasure", rights_asked.WAITING)]
    assert done["identity"] == "proven"


def test_a_plan_says_what_people_call_the_data(officer: Staff) -> None:
    """Titles of the policy file in the language asked for, and whether an erasure is asked that destroys what no law keeps."""
    for rights, erases in ((["erasure"], True), (["access"], False)):
        case = entered(officer, rights=rights, email=f"{rights[0]}@example.org")
        found = officer.ask("GET", f"/desk/cases/{case}/plan", headers={"accept-language": "en"}).json
        assert (found["erases"], found["titles"].keys()) == (erases, found["categories"].keys())
        assert found["titles"]["case_requests"] == "The text and attachments of your request"
    assert "uw verzoek" in officer.ask("GET", f"/desk/cases/{case}/plan").json["titles"]["case_requests"]


def test_the_dossier_is_a_file_that_no_browser_shows(officer: Staff) -> None:
    """A zip as an attachment, never cached; nothing personal in its name."""
    case = entered(officer)
    answer = officer.ask("GET", f"/desk/cases/{case}/dossier", why="follow-up", headers={"accept-language": "en"})
    assert answer.headers["content-disposition"] == 'attachment; filename="dossier.zip"'
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert "Dossier of case" in archive.read("README.txt").decode()


def test_a_destroyed_case_says_so(services: Services, officer: Staff) -> None:
    """One that was ours and is gone is gone, not unknown."""
    case = entered(officer)
    officer.ask("POST", f"/desk/cases/{case}/decide", REFUSAL)
    entry = vault.find(services.store, case)
    assert vault.destroy(services.store, case, NOON + timedelta(days=400))
    assert entry.category == cases.CATEGORY
    answer = officer.ask("GET", f"/desk/cases/{case}/progress")
    assert (answer.status, answer.code) == (410, "destroyed")


def test_an_incident_is_counted_and_drafted(officer: Staff) -> None:
    """Counts come back, the last day with all its hours, and stand in the draft; nothing of it is stored in clear."""
    entered(officer)
    incident = begun(officer)
    wrong = officer.ask("POST", f"/desk/incidents/{incident}/scope", {**SCOPE, "categories": ["aanvragen"]})
    assert "enquiries" in wrong.json["error"]["fields"]["categories"]
    wrong = officer.ask("POST", f"/desk/incidents/{incident}/scope", {**SCOPE, "until": "2026-11-01"})
    assert wrong.json["error"]["fields"] == {"until": "Dit ligt voor het begin."}
    counted = officer.ask("POST", f"/desk/incidents/{incident}/scope", SCOPE).json["affected"]
    assert (counted["entries"], counted["persons"], counted["is_complete"]) == (2, 1, True)
    draft = officer.ask("GET", f"/desk/incidents/{incident}/draft", language="en").json
    assert "People: 1 (those who share an e-mail address or a phone number count as one). Entries: 2" in draft["text"]
    assert "counted" not in draft["missing"]
    shown = officer.ask("GET", f"/desk/incidents/{incident}", why="follow-up").json["incident"]
    assert [note["what"] for note in shown["log"]] == ["opened", "counted"]
    assert "laptop" not in repr(everything(officer.services))
