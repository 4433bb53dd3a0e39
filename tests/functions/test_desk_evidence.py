"""The desk shows verdicts and gives evidence to keep, to those who may, of their own controller."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import audit, policy, retention, verdicts, verification
from privacy.compiled import statements

from tests.fakes import services_in_memory
from tests.functions.asking import NOON, STAFF, Staff

if TYPE_CHECKING:
    from privacy.services import Services

PERIOD: dict[str, Any] = {"from": "2026-11-01", "to": "2026-12-31"}


@pytest.fixture
def services() -> Services:
    """Give services in which an enquiry was handled the day before yesterday, audited ever since."""
    made = services_in_memory()
    assert made.objects is not None
    staff = Staff(made)
    staff.ask("POST", f"/desk/enquiries/{staff.enter()}/handled")
    for days in (0, 1, 2):
        retention.run(made.store, made.objects, NOON + timedelta(days=days))
        audit.run(made, NOON + timedelta(days=days))
    return made


def officer(services: Services, controller: str = "silver-essence") -> Staff:
    """Return a privacy officer, two days later."""
    return Staff(services, {**STAFF, "roles": "[privacy-officer]", "controller": controller}, NOON + timedelta(days=2))


def test_verdicts_come_with_reasons_in_words(services: Services) -> None:
    """Every promise of one's sites is there with its figures, and the reasons in the language asked for."""
    for language, position in (("nl", 0), ("en", 1)):
        answer = officer(services).ask("GET", "/desk/promises", headers={"accept-language": language})
        [site] = answer.json["sites"]
        assert (site["site"], site["stale"], site["published"]) == ("silver-essence", False, True)
        found = {promise["id"]: promise for promise in site["promises"]}
        assert found.keys() == verdicts.judged(policy.site("silver-essence")).keys()
        assert (found["P04"]["verdict"], found["P04"]["sealed"]) == ("kept", 1)
        assert found["P04"]["says"] == statements.STATEMENTS["silver-essence"]["promises"]["P04"][language]
        assert found["P04"]["why"] == [verdicts.REASONS[reason][position] for reason in found["P04"]["reasons"]]


def test_before_the_first_audit_nothing_is_known() -> None:
    """Without a snapshot the answer is there, and nothing in it is green."""
    [site] = officer(services_in_memory()).ask("GET", "/desk/promises").json["sites"]
    assert (site["at"], site["stale"]) == (None, True)
    assert {promise["verdict"] for promise in site["promises"]} == {"at risk", "not built"}


def test_a_bundle_is_whole_and_right(services: Services) -> None:
    """What the desk gives passes the check as it comes, but for the place of the next page."""
    page = officer(services).ask("GET", "/desk/evidence/bundle", **PERIOD).json
    assert page.pop("next") is None
    report = verification.check(json.dumps(page))
    assert (report.findings, report.first, report.last) == ((), "2026-11-21", "2026-11-23")
    assert report.acts == 1


def test_a_bundle_is_for_the_privacy_officer(services: Services) -> None:
    """Others of the staff may prove what was done to one entry, and may not take all evidence with them."""
    staff = Staff(services, now=NOON + timedelta(days=2))
    assert staff.ask("GET", "/desk/evidence/bundle", **PERIOD).status == 403
    [act] = staff.ask("GET", "/desk/evidence", day="2026-11-22").json["evidence"]
    proof = staff.ask("GET", "/desk/evidence/proof", entry=act["entry"])
    assert verification.check(proof.text).findings == ()
    other = officer(services, "seven-elements").ask("GET", "/desk/evidence/proof", entry=act["entry"])
    assert (other.status, list(other.json["error"]["fields"])) == (422, ["entry"])


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to": "2026-12-31"}, "from"),
        ({**PERIOD, "from": "yesterday"}, "from"),
        ({**PERIOD, "to": "2026-02-30"}, "to"),
        ({**PERIOD, "after": "x"}, "after"),
        ({**PERIOD, "after": "2026-99-99#"}, "after"),
        ({"from": "2027-01-01", "to": "2027-02-01"}, "to"),
        ({"from": "2026-12-31", "to": "2026-11-01"}, "to"),
    ],
)
def test_a_period_that_is_none_is_said(services: Services, asked: dict[str, Any], field: str) -> None:
    """What is wrong with the period asked for is said at its field."""
    answer = officer(services).ask("GET", "/desk/evidence/bundle", **asked)
    assert (answer.status, list(answer.json["error"]["fields"])) == (422, [field])


def test_what_is_no_id_proves_nothing(services: Services) -> None:
    """An id that is none of ours is bad input, and never looked up."""
    answer = officer(services).ask("GET", "/desk/evidence/proof", entry="day#2026-11-22")
    assert answer.status == 422
