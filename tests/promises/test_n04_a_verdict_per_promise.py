"""N4: a verdict per promise: live, from signed evidence, by an auditor who tries to find what should be gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from privacy import bundles, evidence_days, verification
from typer.testing import CliRunner

from nakoming.cli import app

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
