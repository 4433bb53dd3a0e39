"""The embedded run itself: doors, tokens, clock, mail, schedules, and rights."""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.engine_main import Clocks
from local.schedules import Schedule, UnknownSchedule
from local.settling import Differences, compare
from local.stack import Stack
from tests.conftest import ACCOUNTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TestStack

pytestmark = pytest.mark.system

MESSAGE = b"From: Ada Voorbeeld <ada@example.org>\r\nSubject: Hallo\r\n\r\nEen vraag.\r\n"


def test_an_enquiry_is_taken_through_the_door(shared_stack: TestStack) -> None:
    """A form posted as JSON is answered 201 with its reference, by the function with its own rights."""
    fields = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Werkt het?"}
    response = shared_stack.http.post("/silver-essence/enquiries", fields)
    assert response.status == 201, response.text
    assert response.json()["reference"]


def test_a_letter_leaves_by_itself(stack: TestStack) -> None:
    """The notice to staff is sent without any schedule: the stream wakes its function, with its own rights."""
    fields = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Werkt het?"}
    stack.http.post("/silver-essence/enquiries", fields)
    sent = stack.eventually(stack.mailbox.messages)
    assert [message["to"] for message in sent] == ["info@silveressence.net"]


def test_what_no_route_names_is_not_found(shared_stack: TestStack) -> None:
    """An address without a route is answered as API Gateway answers it."""
    response = shared_stack.http.get("/nothing/here/at/all")
    assert (response.status, response.json()) == (404, {"message": "Not Found"})


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 200),
        ({"scope": "nakoming/portal"}, 403),
        ({"scope": None}, 403),
        ({"aud": "somebody-else"}, 401),
        ({"iss": "https://elsewhere.example.org"}, 401),
        ({"token_use": "id"}, 401),
        ({"exp": 1}, 401),
        ({"nbf": 9_999_999_999}, 401),
    ],
)
def test_staff_routes_take_only_our_own_access_tokens(
    shared_stack: TestStack, claims: dict[str, Any], status: int
) -> None:
    """A token for others, of others, without the scope, out of time, or no access token, does not open the desk."""
    response = shared_stack.http.get("/desk/enquiries", token=shared_stack.token("staff", **claims))
    assert response.status == status, response.text


@pytest.mark.parametrize("token", [None, "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
def test_staff_routes_take_nothing_that_is_no_signed_token(shared_stack: TestStack, token: str | None) -> None:
    """No token, nonsense, and a token without a signature are all answered 401."""
    assert shared_stack.http.get("/desk/enquiries", token=token).status == 401


def test_a_body_over_ten_megabytes_is_refused(shared_stack: TestStack) -> None:
    """A body larger than API Gateway takes is answered 413 before any function is called."""
    assert shared_stack.http.post("/silver-essence/enquiries", b"x" * (10 * 1024 * 1024 + 1)).status == 413


def test_the_function_sees_the_callers_own_address(shared_stack: TestStack) -> None:
    """The event carries the peer's address, not one that a header claims."""
    function = shared_stack.running.stack
    seen: list[str] = []
    original = function.client("lambda").invoke

    def invoke(**arguments: object) -> object:
        seen.append(str(arguments["Payload"]))
        return original(**arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(function.client("lambda"), "invoke", invoke)
        forged = {"x-forwarded-for": "203.0.113.9", "content-type": "application/json"}
        shared_stack.http.request("POST", "/silver-essence/enquiries", "{}", forged, source_ip="127.9.8.7")
    assert '"sourceIp": "127.9.8.7"' in seen[0]


def test_everything_exists_as_the_template_asks(shared_stack: TestStack) -> None:
    """What was deployed is read back equal to the template."""
    compare(shared_stack.running.stack)


def test_a_difference_is_found_and_named(stack: TestStack) -> None:
    """A setting changed behind the template's back makes the comparison fail, naming the resource."""
    stack.client("lambda").update_function_configuration(FunctionName=stack.resources["Retention"], Timeout=1)
    with pytest.raises(Differences, match=r"Retention \(AWS::Lambda::Function\) Timeout: asked 300, found 1"):
        compare(stack.running.stack)


def test_a_function_has_its_own_rights_and_no_more(shared_stack: TestStack) -> None:
    """With the form's credentials an entry can be written and not read."""
    environment = shared_stack.environment("ContactForm")
    vault = boto3.client(
        "dynamodb",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=environment["AWS_SESSION_TOKEN"],
    )
    key = {"pk": {"S": "entry#harness"}, "sk": {"S": "entry"}}
    vault.put_item(TableName=environment["VAULT_TABLE"], Item=key)
    with pytest.raises(ClientError, match="AccessDenied"):
        vault.get_item(TableName=environment["VAULT_TABLE"], Key=key)


def test_the_clock_moves_functions_and_engine_and_runs_the_schedules(stack: TestStack) -> None:
    """After a month the time is a month later everywhere, the schedules ran, and what lived shorter is gone."""
    before = stack.running.stack.now()
    traffic = stack.resources["TrafficTable"]
    item = {"pk": {"S": "once#harness"}, "sk": {"S": "once"}, "expires_at": {"N": str(int(before) + 3600)}}
    stack.client("dynamodb").put_item(TableName=traffic, Item=item)
    stack.clock.advance("P31D")
    assert stack.running.stack.now() - before == pytest.approx(31 * 86400, abs=3700)
    assert stack.client("dynamodb").scan(TableName=traffic)["Count"] == 0
    assert stack.clock.failures == []
    run = {"pk": {"S": "run#retention"}, "sk": {"S": "last"}}
    last = stack.client("dynamodb").get_item(TableName=stack.resources["RecordsTable"], Key=run)["Item"]
    assert any(stack.clock.now()[:10] in str(value) for value in last.values())


def test_the_clock_of_one_account_is_not_that_of_another(stack: TestStack, shared_stack: TestStack) -> None:
    """Moving one stack's clock leaves its neighbour's where it is."""
    stack.clock.advance("P2D")
    assert abs(shared_stack.running.stack.now() - time.time()) < 5


def test_a_transaction_is_forgotten_by_the_clock_of_its_account(stack: TestStack) -> None:
    """After ten minutes nothing of what a transaction wrote is left of it, though another account is years ahead."""
    ahead = Stack(stack.running.stack.engine, str(next(ACCOUNTS)))
    for place, table in ((ahead, "ahead"), (stack.running.stack, "behind")):
        if place is ahead:
            place.engine.ask("clock", ahead.account, {"offset": 10 * 365 * 86400})
        client = place.client("dynamodb")
        client.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        put = {"TableName": table, "Item": {"pk": {"S": "marker-1"}, "secret": {"S": "marker-2"}}}
        client.transact_write_items(TransactItems=[{"Put": put}], ClientRequestToken=table)
        client.delete_item(TableName=table, Key={"pk": {"S": "marker-1"}})
    assert [where for where, stored in stack.dump().items() if b"marker-2" in stored]
    stack.clock.advance("PT11M")
    assert [where for where, stored in stack.dump().items() if b"marker-2" in stored] == []
    ahead.engine.ask("forget", ahead.account, {})


def test_a_duration_that_is_none_is_refused(shared_stack: TestStack) -> None:
    """A clock told to move by something that is no duration answers 422 and stays."""
    assert shared_stack.http.post("/local/clock", {"advance": "a month"}).status == 422


def test_mail_for_a_privacy_address_lands_in_the_inbox(stack: TestStack) -> None:
    """A message for a privacy address, with an extension too, is stored with SES's headers and calls the function."""
    calls = stack.client("lambda")
    calls.put_function_concurrency(FunctionName=stack.resources["PrivacyMail"], ReservedConcurrentExecutions=0)
    test = b"X-Local-Verdicts: dmarc=FAIL, spam=fail\r\n" + MESSAGE
    stack.send_mail("ada@example.org", "privacy+r.abc@silveressence.net", test)
    bucket = stack.resources["InboxBucket"]
    keys = [found["Key"] for found in stack.client("s3").list_objects_v2(Bucket=bucket)["Contents"]]
    assert len(keys) == 1
    assert keys[0].startswith("inbound/")
    stored = stack.client("s3").get_object(Bucket=bucket, Key=keys[0])["Body"].read()
    assert stored.startswith(b"Return-Path: <ada@example.org>\r\nReceived: from ")
    assert b"\r\nX-SES-Spam-Verdict: FAIL\r\n" in stored
    assert b" dmarc=fail header.from=example.org;\r\n" in stored
    assert stored.endswith(MESSAGE)


def test_mail_for_anybody_else_is_refused(shared_stack: TestStack) -> None:
    """A recipient that is no privacy address is answered 550."""
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        shared_stack.send_mail("ada@example.org", "ada@silveressence.net", MESSAGE)
    assert refused.value.recipients["ada@silveressence.net"][0] == 550


def _send(stack: TestStack, to: str) -> None:
    """Send a message as a function would."""
    stack.client("sesv2").send_email(
        FromEmailAddress="privacy@silveressence.net",
        Destination={"ToAddresses": [to]},
        Content={"Raw": {"Data": b"X-Own: kept\r\nTo: " + to.encode() + b"\r\n" + MESSAGE}},
    )


def test_the_mailbox_shows_what_was_really_sent(stack: TestStack) -> None:
    """A sent message is shown newest first with its own headers, as JSON and as a page."""
    _send(stack, "ada@example.org")
    _send(stack, "bob@example.org")
    newest, oldest = stack.http.get("/local/mailbox").json()["messages"]
    assert (newest["to"], oldest["to"]) == ("bob@example.org", "ada@example.org")
    assert (newest["subject"], newest["text"].strip(), newest["html"]) == ("Hallo", "Een vraag.", "")
    assert newest["headers"]["X-Own"] == "kept"
    assert "<h2>Hallo</h2>" in stack.http.get("/local/mailbox", accept="text/html").text


@pytest.mark.parametrize(("fault", "error"), [("reject", "MessageRejected"), ("throttle", "TooManyRequestsException")])
def test_mail_can_be_made_to_fail(stack: TestStack, fault: str, error: str) -> None:
    """An address with a fault is refused as SES refuses, until the fault is lifted."""
    stack.mailbox.set_fault("ada@example.org", fault)
    with pytest.raises(ClientError, match=error):
        _send(stack, "ada@example.org")
    stack.mailbox.set_fault("ada@example.org", None)
    _send(stack, "ada@example.org")
    assert len(stack.mailbox.messages()) == 1


def test_the_dump_holds_every_byte_and_forgetting_leaves_none(stack: TestStack) -> None:
    """Whatever is stored is in the dump, wherever it lies."""
    marker = "canary-5b1e"
    item = {"pk": {"S": "x"}, "sk": {"S": marker}, "blob": {"B": marker.encode()}}
    stack.client("dynamodb").put_item(TableName=stack.resources["RecordsTable"], Item=item)
    stack.client("s3").put_object(Bucket=stack.resources["InboxBucket"], Key="other/x", Body=marker.encode())
    stack.client("sqs").send_message(QueueUrl=stack.resources["RetentionFailures"], MessageBody=marker)
    stack.client("ssm").put_parameter(Name="harness", Value=marker, Type="String")
    places = {where.split(":", 1)[1].split("/")[0] for where, what in stack.dump().items() if marker.encode() in what}
    assert {"dynamodb", "s3", "sqs", "ssm"} <= places
    stack.running.stack.engine.ask("forget", stack.account, {})
    assert stack.dump() == {}


def test_the_time_of_a_forgotten_account_does_not_go_back(tmp_path: Path) -> None:
    """Whoever still waits by its clock, as the thread that serves the streams of all accounts does, would wait for years."""
    clocks = Clocks(tmp_path)
    clocks.move_to("100000000001", 86400.0)
    clocks.forget("100000000001")
    assert clocks.offset("100000000001") == 86400.0
    assert not list(tmp_path.iterdir())


def test_forgetting_waits_for_the_functions_that_are_at_work(stack: TestStack) -> None:
    """What an account's function has begun it ends before the account is gone."""
    ended: list[Any] = []
    call = threading.Thread(target=lambda: ended.append(stack.invoke("Retention", {})))
    call.start()
    stack.eventually(stack.busy)
    stack.running.stack.engine.ask("forget", stack.account, {})
    call.join()
    assert len(ended) == 1
    assert stack.dump() == {}


@pytest.mark.parametrize(
    ("expression", "after"),
    [
        ("rate(1 hour)", 3600 * 3),
        ("rate(15 minutes)", 3600 * 2 + 900),
        ("cron(30 4 * * ? *)", 3600 * 4 + 1800),
        ("cron(0/20 * * * ? *)", 3600 * 2 + 1200),
        ("cron(0 0 ? * SAT *)", 86400 * 2),
    ],
)
def test_schedules_fire_when_eventbridge_would(expression: str, after: int) -> None:
    """The next moment after two o'clock on 1 January 1970, a Thursday, is the one that the expression names."""
    assert Schedule("rule", "arn", expression, "function", None).after(7200) == after


def test_an_expression_nobody_understands_is_refused() -> None:
    """A schedule of an unknown kind is an error, not silence."""
    with pytest.raises(UnknownSchedule):
        Schedule("rule", "arn", "at(2027-01-01T00:00:00)", "function", None).after(0)


def test_no_test_can_leave_this_machine() -> None:
    """A connection to an address of another machine fails at once."""
    with socket.socket() as outside, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))
