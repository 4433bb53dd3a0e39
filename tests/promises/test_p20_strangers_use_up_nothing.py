"""P20: "U kan al deze rechten uitoefenen door een verzoek te versturen": and whoever types your name takes nothing of that away.

An address is no secret. What anybody can send in somebody's name parks, silences and uses up nothing of what its owner asks, and
makes us fill nobody's mailbox.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from privacy import letters
from privacy.periods import stamp

from tests.person import Person, open_cases
from tests.promises.test_n07_a_missed_run_raises_an_alarm import emitted

if TYPE_CHECKING:
    from tests.conftest import TestStack
    from tests.firm import Firm

pytestmark = pytest.mark.system
PRIVACY = "privacy@silveressence.net"


@pytest.fixture
def ada(shared_firm: Firm) -> Person:
    """Give somebody new, at the shared firm."""
    return Person(shared_firm.stack, f"ada-{secrets.token_hex(6)}@example.org")


def write(ada: Person, text: str) -> str:
    """Let Ada write a mail, and return the case that it opens."""
    before = set(open_cases(ada.stack))
    mail = f"From: {ada.email}\r\nTo: {PRIVACY}\r\nSubject: Mijn gegevens\r\n\r\n{text}\r\n"
    ada.stack.send_mail(ada.email, PRIVACY, mail.encode())
    [case] = ada.stack.eventually(lambda: set(open_cases(ada.stack)) - before)
    return str(case)


def test_p20_what_is_typed_leaves_a_proven_case_alone(ada: Person) -> None:
    """A stranger adds nothing to it and does not park it: what they type is a case of its own, which begins nothing."""
    case = ada.ask("rectification", message="Mijn naam is Ada")
    session, seen = ada.proven(case)
    stranger = Person(ada.stack, ada.email)
    others = {stranger.ask("erasure"), stranger.ask("access", on_behalf="Mijn zoon van 12")}
    assert len(others | {case}) == 3
    after = ada.post("status", case=case, session=session).json()["case"]
    assert (
        [each["right"] for each in after["rights"]] == [each["right"] for each in seen["rights"]] == ["rectification"]
    )
    assert after["waits_for_mandate"] is False
    assert sum(each["what"] == "received" for each in after["timeline"]) == 1
    listed = open_cases(ada.stack)
    assert [listed[case]["look"], *sorted(listed[each]["rights"] for each in others)] == [[], ["access"], ["erasure"]]


def test_p20_what_is_typed_uses_up_nothing_of_what_is_mailed(ada: Person) -> None:
    """The typed case has its acknowledgement, codes and tries; those of the case that the owner mails are there still."""
    typed = ada.ask("access")
    code = ada.code(typed)
    for guess in range(3):
        assert ada.post("status", case=typed, code=f"{(int(code) + guess + 1) % 10**6:06}").status == 403
    assert ada.post("status", case=typed, code=code).status == 403
    case = write(ada, "Graag inzage in mijn gegevens.")
    ada.stack.eventually(lambda: [mail for mail in ada.mails() if case in mail["text"]])
    _, seen = ada.proven(case)
    assert [(each["right"], each["status"] != "") for each in seen["rights"]] == [("access", True)]


def test_p20_a_full_hour_delays_a_letter_and_no_deadline(firm: Firm) -> None:
    """Beyond a hundred an hour an acknowledgement waits, staff see it and an alarm listens; the case has its day, and the letter goes."""
    bob, now = Person(firm.stack, "bob@example.org"), datetime.fromtimestamp(firm.stack.running.stack.now(), UTC)
    place = f"letters#silver-essence#receipt#strangers#{stamp(now.replace(minute=0, second=0))}"
    full = {"pk": {"S": place}, "sk": {"S": "letters"}, "sent": {"N": str(letters.MOST_AN_HOUR)}}
    firm.stack.client("dynamodb").put_item(TableName=firm.stack.resources["TrafficTable"], Item=full)
    case = bob.ask("access")
    assert open_cases(firm.stack)[case]["respond_by"]

    def held() -> list[dict[str, Any]]:
        return [each for each in firm.staff("GET", "/desk/letters")[1]["letters"] if each["status"] == "held"]

    [waiting] = firm.stack.eventually(held)
    assert (waiting["entry"], waiting["kind"]) == (case, "case_receipt")
    assert bob.mails() == []
    assert watched(firm.stack, firm, "Letters", "LettersHeld")
    firm.stack.clock.advance("PT1H")
    assert [case in mail["text"] for mail in bob.mails()] == [True]
    assert held() == []


def test_p20_wrong_codes_are_counted_for_an_alarm(firm: Firm) -> None:
    """Each is one more, as a number under which the alarm listens, with nothing of the case or the code."""
    bob = Person(firm.stack, "bob@example.org")
    case = bob.ask("access")
    code = bob.code(case)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert bob.post("status", case=case, code=wrong).status == 403
    metrics = watched(firm.stack, firm, "Rights", "WrongCodes")
    assert not any(secret in str(metrics) for secret in (case, code, wrong, bob.email))
    assert bob.post("status", case=case, code=code).status == 200


def watched(stack: TestStack, firm: Firm, function: str, metric: str) -> dict[str, Any]:
    """Return what a function emitted, once it counted one of a metric under what the alarm on that metric watches."""
    metrics = stack.eventually(lambda: found if metric in (found := emitted(firm, function)) else {})
    assert metrics[metric] in ([1.0], 1, 1.0)
    [directive] = metrics["_aws"]["CloudWatchMetrics"]
    alarms = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    [alarm] = [each for each in alarms if each["MetricName"] == metric and each["Namespace"] == directive["Namespace"]]
    dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    assert dimensions == {each: metrics[each] for each in directive["Dimensions"][0]}
    return dict(metrics)
