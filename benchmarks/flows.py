"""How many calls of AWS each flow makes, counted at the wire, on warm functions: calls are what time and money go to."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import retention
from privacy.aws.services import eraser, now

from functions import contact_form, desk
from functions import letters as letters_function
from functions import retention as retention_function
from functions import visits as visits_function
from nakoming.build import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.aws import Aws, Call

IDLE_LETTERS, ONE_LETTER = "letters, nothing waiting", "letters, one waiting"
WARM_VISIT = "visit"
IDLE_RETENTION, RETENTION = "retention run, nothing due", "retention run, all handled enquiries due"


class Flow(NamedTuple):
    """One flow and the calls it made."""

    name: str
    calls: list[Call]

    def operations(self) -> str:
        """Return the operations in words, such as `2 GenerateMac, 1 TransactWriteItems`."""
        names = [call.operation for call in self.calls]
        return ", ".join(f"{names.count(name)} {name}" for name in dict.fromkeys(names))


class Flows(NamedTuple):
    """All flows, and how many entries the last of them destroyed."""

    all: list[Flow]
    destroyed: int

    def calls(self, name: str) -> int:
        """Return how many calls a flow made."""
        return next(len(flow.calls) for flow in self.all if flow.name == name)

    def per_destroyed(self) -> float:
        """Return the calls per destroyed entry, beyond those of a run with nothing due."""
        return (self.calls(RETENTION) - self.calls(IDLE_RETENTION)) / self.destroyed

    def scans(self) -> int:
        """Return how many calls read a whole table or index."""
        return sum(call.operation in ("Scan", "ExecuteStatement") for flow in self.all for call in flow.calls)


class _Context:
    """What the functions ask of Lambda's context."""

    def get_remaining_time_in_millis(self) -> int:
        """Return a time that does not run out."""
        return 300_000


def event(name: str, entry: str = "") -> dict[str, Any]:
    """Return an event from `events/`, about the entry `entry` when given."""
    text = (ROOT / "events" / f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return dict(json.loads(text.replace(found["pathParameters"]["id"], entry))) if entry else found


def form(number: int, *, phone: bool = False) -> dict[str, Any]:
    """Return the event of one form post, each with a message of its own."""
    found = event("form-json")
    fields = json.loads(found["body"])
    if not phone:
        del fields["phone"]
    found["body"] = json.dumps({**fields, "message": f"Graag meer informatie over dienst {number}."})
    del found["headers"]["idempotency-key"]
    return found


def run(aws: Aws) -> Flows:
    """Run every flow once warm, and return what each called."""
    flows: list[Flow] = []

    def note(name: str, run: Callable[[], Any]) -> Any:
        before = len(aws.calls)
        answer = run()
        flows.append(Flow(name, aws.calls[before:]))
        return answer

    first = _post(form(0))
    second = note("form post", lambda: _post(form(1)))
    entry = note("form post, with a phone number", lambda: _post(form(2, phone=True)))
    note("list of the desk", lambda: _desk("desk-list"))
    _desk("desk-open", entry=first)
    note("open an enquiry", lambda: _desk("desk-open", entry=entry))
    note("answer", lambda: _desk("desk-answer", entry=entry))
    note("mark as handled", lambda: _desk("desk-handled", entry=entry))
    note("visit, the first of a writer's day", _visit)
    note(WARM_VISIT, _visit)
    letters_function.handler(event("schedule"), None)
    note(IDLE_LETTERS, lambda: letters_function.handler(event("schedule"), None))
    third = _post(form(3))
    note(ONE_LETTER, lambda: letters_function.handler(event("schedule"), None))
    retention_function.handler(event("schedule"), _Context())
    note(IDLE_RETENTION, lambda: retention_function.handler(event("schedule"), _Context()))
    for handled in (first, second, third):
        _desk("desk-handled", entry=handled)
    later = now() + timedelta(days=365)
    counts = note(RETENTION, lambda: retention.run(*eraser(), later))
    assert counts.destroyed > 0
    assert counts.closed == counts.warned == counts.failed == 0, counts
    return Flows(flows, counts.destroyed)


def _post(sent: dict[str, Any]) -> str:
    """Post a form and return the id of its entry."""
    answer = contact_form.handler(sent, None)
    assert answer["statusCode"] == HTTPStatus.CREATED, answer
    return str(json.loads(answer["body"])["reference"])


def _visit() -> None:
    """Tell of a visit."""
    answer = visits_function.handler(event("visits-post"), None)
    assert answer["statusCode"] == HTTPStatus.ACCEPTED, answer


def _desk(name: str, entry: str = "") -> None:
    """Send one request of staff."""
    answer = desk.handler(event(name, entry), None)
    assert answer["statusCode"] < HTTPStatus.MULTIPLE_CHOICES, answer
