"""N4: a verdict per promise: live, from signed evidence, by an auditor who tries to find what should be gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from privacy import bundles, evidence_days, verification
from typer.testing import CliRunner

from nakoming.cli import app
from tests.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.firm import Firm


def promise(firm: Firm, name: str = "P37") -> dict[str, Any]:
    """Return the verdict on a promise, as staff see it."""
    status, found = firm.staff("GET", "/desk/promises")
    assert status == 200, found
    [site] = found["sites"]
    judged: dict[str, Any] = next(each for each in site["promises"] if each["id"] == name)
    return judged


def bundle(firm: Firm, first: str, last: str) -> dict[str, Any]:
    """Return the evidence of a period, as the privacy officer fetches it."""
    path = f"/desk/evidence/bundle?from={first}&to={last}"
    status, page = firm.staff("GET", path, role="privacy-officer")
    assert status == 200, page
    assert page["next"] is None
    return bundles.joined([page])


def test_n04_from_a_kept_promise_to_a_proof_that_anyone_can_check(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came is destroyed on time: the verdict counts it, the day is signed by KMS, and `nakoming verify` needs nobody."""
    reference = firm.ask(_gotcha="spam")
    firm.stack.clock.advance("P30D")
    firm.stack.clock.advance("P1D")
    assert firm.stack.clock.failures == []
    found = promise(firm)
    assert (found["verdict"], found["sealed"], found["on_time"], found["late"]) == ("kept", 0, 1, 0), found
    assert firm.evidence("destroyed") == [reference]
    whole = bundle(firm, "2000-01-01", "2100-01-01")
    report = verification.check(json.dumps(whole))
    assert (report.findings, report.acts) == ((), 1)
    key = firm.stack.client("kms").get_public_key(KeyId=firm.stack.resources["EvidenceKey"])["PublicKey"]
    assert [each["pem"] for each in whole["keys"]] == [evidence_days.pem(key)]
    status, proof = firm.staff("GET", f"/desk/evidence/proof?entry={reference}")
    assert status == 200, proof
    for name, document in (("bundle.json", whole), ("proof.json", proof)):
        (tmp_path / name).write_text(json.dumps(document))
        monkeypatch.setenv("NAKOMING_URL", "http://127.0.0.1:9")
        assert CliRunner().invoke(app, ["verify", str(tmp_path / name)]).exit_code == 0
        (tmp_path / name).write_text(json.dumps(document).replace("destroyed", "kept"))
        assert CliRunner().invoke(app, ["verify", str(tmp_path / name)]).exit_code == 1


def test_n04_mail_that_nothing_files_is_seen(firm: Firm) -> None:
    """KMS refuses the key that pointers are made with, so no mail is filed: after hours at risk, after days broken, and kept again when it is filed."""
    kms, key = firm.stack.client("kms"), firm.stack.resources["PointerKey"]
    kms.disable_key(KeyId=key)
    mail = b"From: ada@example.org\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\n\r\nHoe laat bent u open?\r\n"
    firm.stack.send_mail("ada@example.org", "privacy@silveressence.net", mail)
    for advanced, expected in (("PT1H", "kept"), ("PT4H", "at risk"), ("P3D", "broken")):
        firm.stack.clock.advance(advanced)
        assert {promise(firm, each)["verdict"] for each in ("P20", "P45")} == {expected}
        assert promise(firm)["verdict"] == "kept"
    kms.enable_key(KeyId=key)
    firm.stack.clock.advance("PT2H")
    assert {promise(firm, each)["verdict"] for each in ("P20", "P45")} == {"kept"}
    assert len(firm.staff("GET", "/desk/cases", role="privacy-officer")[1]["cases"]) == 1


def test_n04_what_comes_back_is_found_by_an_auditor_that_opens_nothing(firm: Firm) -> None:
    """A destroyed entry put back into the vault, with its key, turns the verdict; the auditor's role opens no wall."""
    reference = firm.ask(_gotcha="spam")
    item = firm.entry(reference)
    assert item
    firm.stack.clock.advance("P30D")
    assert promise(firm)["verdict"] == "kept"
    later = {"due": {"S": "2099-01-01T00:00:00Z"}, "due_key": {"S": f"2099-01-01T00:00:00Z#{reference}"}}
    firm.stack.client("dynamodb").put_item(TableName=firm.stack.resources["VaultTable"], Item=item | later)
    firm.stack.invoke("Auditor", {})
    assert (promise(firm)["verdict"], promise(firm)["reasons"]) == ("broken", ["restored"])
    role = firm.stack.client("iam").get_role_policy(RoleName=firm.stack.resources["AuditorRole"], PolicyName="rights")[
        "PolicyDocument"
    ]
    assert "kms:Decrypt" not in json.dumps(role)


def test_n04_evidence_changed_in_the_table_is_found_by_us_and_by_others(firm: Firm) -> None:
    """An act taken out of a sealed day breaks the promises that are counted from it, and the bundle says which day."""
    reference = firm.ask(_gotcha="spam")
    firm.stack.clock.advance("P30D")
    firm.stack.clock.advance("P1D")
    table, client = firm.stack.resources["EvidenceTable"], firm.stack.client("dynamodb")
    [act] = [item for item in firm.items("Evidence") if item.get("act", {}).get("S") == "destroyed"]
    client.delete_item(TableName=table, Key={"pk": act["pk"], "sk": act["sk"]})
    for _ in range(31):
        firm.stack.clock.advance("PT1H")
        if promise(firm)["verdict"] == "broken":
            break
    assert promise(firm)["reasons"] == ["evidence_altered"]
    [finding] = verification.check(json.dumps(bundle(firm, "2000-01-01", "2100-01-01"))).findings
    assert (finding.code, finding.day) == ("fewer_acts", act["at"]["S"][:10])
    assert firm.entry(reference) is None


def test_n04_staff_of_another_controller_see_their_own_promises_only(firm: Firm) -> None:
    """Verdicts and bundles are of one's own controller, and a bundle is for the privacy officer."""
    firm.ask(_gotcha="spam")
    firm.stack.clock.advance("P30D")
    _, found = firm.staff("GET", "/desk/promises", controller="seven-elements")
    assert {site["site"] for site in found["sites"]} == {"allesoveradministratie", "sevenelements"}
    assert {each["sealed"] for site in found["sites"] for each in site["promises"]} <= {0, None}
    path = "/desk/evidence/bundle?from=2000-01-01&to=2100-01-01"
    assert firm.staff("GET", path)[0] == 403
    _, page = firm.staff("GET", path, role="privacy-officer", controller="seven-elements")
    assert sum(len(day["acts"]) for day in page["days"]) == 0
    assert page["controller"] == "seven-elements"


def public(firm: Firm, name: str, site: str = "silver-essence") -> dict[str, Any]:
    """Return the verdict on a promise, as everybody sees it."""
    response = firm.stack.http.get(f"/{site}/promises.json")
    assert response.status == 200, response.text
    judged: dict[str, Any] = next(each for each in response.json()["promises"] if each["id"] == name)
    return judged


def reasons(judged: dict[str, Any]) -> list[str]:
    """Return the reasons of a verdict that everybody sees."""
    return [each["reason"] for each in judged["reasons"]]


def test_n04_a_chain_that_was_cut_off_is_broken_in_public_and_not_signed_anew(firm: Firm) -> None:
    """End deleted, set back, deleted with all days, an act taken away to be sealed again: red; put back, it goes on in green."""
    firm.ask(_gotcha="spam")
    firm.stack.clock.advance("P30D")
    firm.stack.clock.advance("P2D")
    assert public(firm, "P37")["verdict"] == "kept"
    before = firm.items("Evidence")
    chain = [item for item in before if item["pk"]["S"] == "sealed#silver-essence"]
    [head] = [item for item in chain if item["sk"]["S"] == "head"]
    days = sorted((item for item in chain if item["sk"]["S"] != "head"), key=lambda item: item["sk"]["S"])
    [act] = [item for item in before if item.get("act", {}).get("S") == "destroyed"]
    statement = days[-3]["statement"]["S"]
    older = head | {"day": days[-3]["sk"], "hash": {"S": evidence_days.hash_of(statement)}}
    table, client = firm.stack.resources["EvidenceTable"], firm.stack.client("dynamodb")

    def delete(*items: dict[str, Any]) -> None:
        """Delete items with all rights, from outside."""
        for item in items:
            client.delete_item(TableName=table, Key={"pk": item["pk"], "sk": item["sk"]})

    def put(*items: dict[str, Any]) -> None:
        """Put items with all rights, from outside."""
        for item in items:
            client.put_item(TableName=table, Item=item)

    cuts: list[tuple[list[dict[str, Any]], list[dict[str, Any]]]] = [
        ([head], []),
        ([], [older]),
        ([head, *days], []),
        ([act, *days[-2:]], [older]),
    ]
    for gone, instead in cuts:
        delete(*gone)
        put(*instead)
        assert firm.stack.invoke("Auditor", {})["broken"] > 0
        assert (public(firm, "P37")["verdict"], "chain_lost" in reasons(public(firm, "P37"))) == ("broken", True)
        assert public(firm, "P37", "sevenelements")["verdict"] == "kept"
        left = [item for item in firm.items("Evidence") if item["pk"]["S"] == "sealed#silver-essence"]
        assert len(left) == len([item for item in chain if item not in gone])
        put(*gone, head)
        assert firm.stack.invoke("Auditor", {})["broken"] == 0
        assert public(firm, "P37")["verdict"] == "kept"
    firm.stack.clock.advance("P1D")
    assert public(firm, "P37")["verdict"] == "kept"
    assert verification.check(json.dumps(bundle(firm, "2000-01-01", "2100-01-01"))).findings == ()


def test_n04_a_request_that_nobody_answers_breaks_the_promise_of_its_right(firm: Firm) -> None:
    """Past its last day it is red for everybody to see; answered, nothing is overdue, and that it was late stays for a month."""
    case = Person(firm.stack, "ada@example.org").ask("erasure")
    firm.stack.clock.advance("P20D")
    assert public(firm, "P16")["verdict"] == "kept"
    firm.stack.clock.advance("P16D")
    for name in ("P16", "P20"):
        judged = public(firm, name)
        assert (judged["verdict"], judged["overdue"], reasons(judged)) == ("broken", 1, ["answer_overdue"])
    assert public(firm, "P17")["verdict"] == "kept"
    assert public(firm, "P20", "sevenelements")["verdict"] == "kept"
    withdrawn = {"outcome": "withdrawn", "reason": "per telefoon"}
    status, answer = firm.staff("POST", f"/desk/cases/{case}/close", withdrawn, role="privacy-officer")
    assert status == 200, answer
    for later in ("PT1H", "P2D"):
        firm.stack.clock.advance(later)
        judged = public(firm, "P20")
        assert (judged["verdict"], judged["overdue"], judged["late"]) == ("broken", 0, 1)
    firm.stack.clock.advance("P31D")
    assert public(firm, "P20")["verdict"] == "kept"
