"""Restrictions at the desk: listed without a word about anyone, and lifted after a notice, by who may."""

from __future__ import annotations

import pytest
from privacy import vault

from tests.fakes import services_on_moto
from tests.functions.asking import NOON, STAFF, Staff
from tests.unit.test_erasure import enquiry, held, proven, work

OFFICER = {**STAFF, "roles": "[privacy-officer]"}
LIFT = {"reasons": "Het is opgelost."}


def test_what_staff_hold_is_listed_and_lifted_on_real_tables() -> None:
    """The list names ids, categories and dates; lifting sends a notice first; a second time it stays as it was."""
    with services_on_moto() as services:
        mine, other = enquiry(services), enquiry(services, "eve@example.org")
        services.store.write(vault.restricted(vault.find(services.store, mine), NOON))
        case = proven(services, "restriction", email="eve@example.org")
        work(services, NOON)
        officer = Staff(services, dict(OFFICER))
        found = officer.ask("GET", "/desk/restrictions", limit="1")
        assert found.status == 200
        rest = officer.ask("GET", "/desk/restrictions", after=found.json["next"])
        listed = {each["id"]: each["by"] for each in [*found.json["restrictions"], *rest.json["restrictions"]]}
        assert listed == {mine: ["staff"], other: [f"{case}#restriction"]}
        assert "example.org" not in found.text + rest.text
        for _ in range(2):
            lifted = officer.ask("POST", f"/desk/restrictions/{mine}/lift", LIFT)
            assert lifted.status == 200
            assert lifted.json["restriction"]["lift_on"] == "2026-11-22"
        work(services, NOON)
        work(services, NOON.replace(hour=13))
        assert not vault.find(services.store, mine).restricted_at
        assert officer.ask("POST", f"/desk/restrictions/{other}/lift", LIFT).code == "held_by_case"
        no_day = officer.ask("POST", f"/desk/restrictions/{mine}/lift", {**LIFT, "on": "31-12-2026"})
        assert "2026-11-22" in no_day.json["error"]["fields"]["on"]


def test_who_may_not_sees_nothing_and_lifts_nothing() -> None:
    """Another role is refused, another controller's entry and one that never was are not there, reasons are obligatory."""
    with services_on_moto() as services:
        mine = held(services, "spam", email="")
        services.store.write(vault.restricted(vault.find(services.store, mine), NOON))
        staff, officer = Staff(services), Staff(services, dict(OFFICER))
        foreign = Staff(services, {**OFFICER, "controller": "seven-elements"})
        place = f"/desk/restrictions/{mine}/lift"
        assert staff.ask("GET", "/desk/restrictions").status == 403
        assert staff.ask("POST", place, LIFT).status == 403
        assert foreign.ask("GET", "/desk/restrictions").json["restrictions"] == []
        for asker, where in ((foreign, place), (officer, f"/desk/restrictions/{vault.new_id()}/lift")):
            assert asker.ask("POST", where, LIFT).status == 404
        assert officer.ask("POST", "/desk/restrictions/none/lift", LIFT).status == 404
        assert officer.ask("POST", f"/desk/restrictions/{mine}/keep").json["restriction"]["review_by"] > "2027-02"
        assert staff.ask("POST", f"/desk/restrictions/{mine}/keep").status == 403
        for wrong in ("none", vault.new_id()):
            assert officer.ask("POST", f"/desk/restrictions/{wrong}/keep").status == 404
        assert officer.ask("POST", place, {"reasons": ""}).status == 422
        assert "told" in officer.ask("POST", place, LIFT).json["error"]["fields"]
        assert officer.ask("POST", place, {**LIFT, "told": "Per brief."}).status == 200


def test_a_day_is_taken_as_it_is_written() -> None:
    """`on` is a date, for what staff hold and for what a case holds; another form of it is said at its field."""
    with services_on_moto() as services:
        enquiry(services)
        case = proven(services, "restriction")
        work(services, NOON)
        officer, place = Staff(services, dict(OFFICER)), f"/desk/cases/{case}/lift"
        for wrong in ("morgen", "2026-02-30", "2026-11-21"):
            answer = officer.ask("POST", place, {**LIFT, "on": wrong})
            assert (answer.status, list(answer.json["error"]["fields"])) == (422, ["on"])
        answer = officer.ask("POST", place, {**LIFT, "on": "2026-12-01"})
        assert answer.json["progress"]["rights"][0]["lift_on"] == "2026-12-01"


@pytest.mark.parametrize("erase", [["spam"], []])
def test_a_part_is_decided_by_its_categories(erase: list[str]) -> None:
    """The desk passes on what is to be erased; what cannot be is said at its field."""
    with services_on_moto() as services:
        held(services, "spam")
        case = proven(services, "objection", words="Ik maak bezwaar tegen het gebruik van mijn gegevens.")
        work(services, NOON)
        officer = Staff(services, dict(OFFICER))
        body = {"right": "objection", "decision": "partly", "reasons": "Deels.", "said": "Zie boven."}
        wrong = officer.ask("POST", f"/desk/cases/{case}/decide", {**body, "erase": ["cases"]})
        assert (wrong.status, list(wrong.json["error"]["fields"])) == (422, ["erase"])
        answer = officer.ask("POST", f"/desk/cases/{case}/decide", {**body, "erase": erase})
        assert answer.status == 200
        [right] = answer.json["progress"]["rights"]
        assert (right["status"], right.get("only")) == (("waiting", ["spam"]) if erase else ("done", None))
