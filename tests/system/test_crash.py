"""The functions as they are deployed, under their own role's rights, with a fault at every call to AWS that they make.

The domain is tested with faults at every call in memory (tests/unit/test_crash_matrix.py); here the same is done at the wire, to the
handlers, against the local engine: the request is not sent, or its answer is lost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools import Metrics
from botocore.exceptions import ConnectTimeoutError
from privacy.aws import services as wiring
from privacy.aws import wire

from functions import contact_form, retention
from tests.firm import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.firm import Firm

pytestmark = pytest.mark.system
EVENTS = Path(__file__).parents[2] / "events"


class Line:
    """The line to AWS: counts requests, and cuts one of them off before it is sent or before its answer comes."""

    def __init__(self) -> None:
        """Start with a line that holds."""
        self.at, self.after, self.count = 0, False, 0

    def cut(self, at: int, *, after: bool) -> None:
        """Cut request `at` from now (0: none)."""
        self.at, self.after, self.count = at, after, 0

    def through(self, send: Any) -> Any:
        """Send one request, or not."""
        self.count += 1
        failing = self.count == self.at
        if failing and not self.after:
            raise ConnectTimeoutError(endpoint_url="cut")
        answer = send()
        if failing:
            raise ConnectTimeoutError(endpoint_url="cut")
        return answer


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Put the line between both clients and AWS; neither tries again by itself."""
    found, lean = Line(), wire.Wire._call
    client = wiring.client

    lines: list[wire.Wire] = []

    def called(self: wire.Wire, operation: str, request: Any) -> Any:
        lines.append(self)
        return found.through(lambda: lean(self, operation, request))

    def made(service: str) -> Any:
        real = client(service)
        send = real._make_api_call
        if not hasattr(real, "_cut"):
            real._cut = True
            real._make_api_call = lambda name, arguments: found.through(lambda: send(name, arguments))
        return real

    monkeypatch.setattr(wire.Wire, "_call", called)
    monkeypatch.setattr(wiring, "client", made)
    for cached in (wiring.public, wiring.eraser, client):
        cached.cache_clear()
    yield found
    for each in lines:
        each.close()
    for cached in (wiring.public, wiring.eraser, client):
        cached.cache_clear()


class Context:
    """What Lambda tells a function of its call."""

    function_name = "function"

    def get_remaining_time_in_millis(self) -> int:
        """Return that there is time enough."""
        return 300_000


def post(message: str) -> dict[str, Any]:
    """Return the event of a form post."""
    event: dict[str, Any] = json.loads((EVENTS / "form-json.json").read_text())
    event["headers"].pop("idempotency-key", None)
    return event | {"body": json.dumps(FIELDS | {"message": message}), "isBase64Encoded": False}


def forget() -> None:
    """Let the next call of a function be a cold start."""
    wiring.public.cache_clear()
    wiring.eraser.cache_clear()


def test_a_form_post_is_stored_once_whatever_fails(firm: Firm, line: Line) -> None:
    """Each request of a cold post fails once, both ways; the visitor posts again, and one enquiry is there."""
    with firm.stack.as_function("ContactForm"):
        forget()
        line.cut(0, after=False)
        assert contact_form.handler(post("none"), Context())["statusCode"] == 201
        calls = line.count
        assert calls == 4  # the wall's public key, two pointers, one transaction
        for at in range(1, calls + 1):
            for after in (False, True):
                forget()
                line.cut(at, after=after)
                assert contact_form.handler(post(f"{at} {after}"), Context())["statusCode"] == 503
                answers = [contact_form.handler(post(f"{at} {after}"), Context()) for _ in range(2)]
                assert [answer["statusCode"] for answer in answers] == [201, 201]
                assert answers[0]["body"] == answers[1]["body"]
    entries = [item for item in firm.items("Vault") if item["sk"]["S"] == "entry"]
    assert len(entries) == 1 + 2 * calls
    mains = [item for item in firm.items("Records") if item["sk"]["S"] == "main"]
    assert {item["pk"]["S"] for item in mains} == {item["pk"]["S"] for item in entries}


def test_retention_ends_the_same_whatever_fails(firm: Firm, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request of a run fails once, both ways; the next run leaves nothing that is due, and destroys nothing twice."""
    references = {firm.ask(_gotcha="spam", message=f"{number}") for number in range(3)}
    firm.stack.running.stack.move_clock_to(firm.stack.running.stack.now() + 40 * 86400)
    monkeypatch.setattr(retention, "metrics", Metrics(namespace="Nakoming", service="retention"))
    with firm.stack.as_function("Retention"):
        for at in range(1, 40):
            forget()
            line.cut(at, after=bool(at % 2))
            try:
                retention.handler({}, Context())
            except Exception as cut:  # noqa: BLE001 - Lambda would try again, as the loop does
                assert type(cut).__name__ == "StoreUnavailable"  # noqa: PT017 - some cuts are borne
        line.cut(0, after=False)
        assert retention.handler({}, Context())["overdue"] == 0
    assert firm.items("Vault") == []
    assert sorted(firm.evidence("destroyed")) == sorted(references)
