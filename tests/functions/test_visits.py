"""The function `visits` on the events of `events/`, and what it imports."""

from __future__ import annotations

import base64
import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from privacy.aws import services as wiring
from privacy.errors import KeyUnavailable
from privacy.services import Services
from privacy.visits import MOST_BYTES, Recorder

from functions import visits
from tests.fakes import everything, services_in_memory
from tests.faults import Switch, behind

ROOT = Path(__file__).parents[2]


def event(name: str) -> dict[str, Any]:
    """Return an event of the folder."""
    found: dict[str, Any] = json.loads((ROOT / "events" / f"visits-{name}.json").read_text("utf-8"))
    return found


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    """Give the function a store in memory."""
    given = services_in_memory()
    monkeypatch.setattr(visits, "visitors", lambda: (given, Recorder()))
    return given


@pytest.mark.parametrize(("name", "status"), [("post", 202), ("options", 204), ("image", 200), ("script", 200)])
def test_each_event_is_answered(services: Services, name: str, status: int) -> None:
    """With its status, our headers, no cookie; and what tells of a visit is stored."""
    answer = visits.handler(event(name), None)
    assert answer["statusCode"] == status
    assert answer["headers"]["x-content-type-options"] == "nosniff"
    assert not [header for header in answer["headers"] if "cookie" in header]
    rows = [item for item in everything(services)["traffic"] if "sealed" in item]
    assert len(rows) == (name in ("post", "image"))


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 1_000_000])
@pytest.mark.parametrize("in_base64", [False, True])
def test_a_large_body_is_not_read(services: Services, size: int, in_base64: bool) -> None:  # noqa: FBT001 - a table of cases
    """More than 64 kB: 202 and nothing stored."""
    body = json.dumps({"path": "/"}).encode().ljust(size)
    sent = base64.b64encode(body) if in_base64 else body
    large = {**event("post"), "body": sent.decode(), "isBase64Encoded": in_base64}
    assert visits.handler(large, None)["statusCode"] == 202
    assert everything(services)["traffic"] == []


@pytest.mark.parametrize("header", [{"origin": "https://elders.example.org"}, {"origin": "null"}])
def test_a_foreign_page_is_not_recorded(services: Services, header: dict[str, str]) -> None:
    """Another website's pages are no visits of ours, and cannot read the answer."""
    foreign = copy.deepcopy(event("post"))
    foreign["headers"] |= header
    answer = visits.handler(foreign, None)
    assert answer["statusCode"] == 202
    assert "access-control-allow-origin" not in answer["headers"]
    assert everything(services)["traffic"] == []


def test_a_lost_visit_is_counted_and_says_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The store is away: the visitor gets 202, the alarm its number, and neither log nor metric a word of the visit."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Nakoming")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "visits")
    monkeypatch.setattr(visits, "visitors", lambda: (behind(Switch(1), services), Recorder()))
    assert visits.handler(event("post"), None)["statusCode"] == 202
    said = "".join(capsys.readouterr())
    assert '"VisitsLost":[1.0]' in said.replace(" ", "")
    assert KeyUnavailable.__name__ in said or "unavailable" in said
    assert not any(trace in said for trace in ("192.0.2.10", "diensten", "Firefox"))


def test_a_missing_setting_loses_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deployed without its tables, the function still answers a visitor."""
    wiring.visitors.cache_clear()
    for name in ("VAULT_TABLE", "TRAFFIC_TABLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Nakoming")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "visits")
    assert visits.handler(event("post"), None)["statusCode"] == 202


def test_a_visit_pays_for_no_large_import() -> None:
    """Neither pydantic, powertools, templates nor what reads browsers and countries is loaded to take a visit."""
    heavy = ("pydantic", "aws_lambda_powertools", "jinja2", "ua_parser", "maxminddb", "phonenumbers", "botocore.client")
    program = f"import sys, functions.visits; print([name for name in {heavy!r} if name in sys.modules])"
    paths = f"{ROOT / 'layers' / 'privacy'}:{ROOT}"
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", program], env={"PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
