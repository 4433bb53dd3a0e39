"""Nothing that people send stands in clear anywhere: no table, index, object, queue, log, metric or subject line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.canary import finds, marked, visit, walk_through_everything
from tests.firm import Firm

if TYPE_CHECKING:
    from tests.conftest import TestStack

pytestmark = pytest.mark.system


def test_no_marker_is_found_in_clear(stack: TestStack) -> None:
    """After everything that can happen to a person's data, their markers are in none of the stored bytes."""
    firm, canary = Firm(stack), marked()
    walk_through_everything(firm, canary)
    assert finds(firm, canary) == []
    assert not any(marker in message["subject"] for message in stack.mailbox.messages() for marker in canary.markers())


def test_the_canary_would_be_found(stack: TestStack) -> None:
    """The search itself works: a marker written in clear, or in base64 at any offset, into table, object or log is found."""
    firm, canary = Firm(stack), marked()
    name = canary.fields["name"]
    item = {"pk": {"S": "planted"}, "sk": {"S": name}, "bytes": {"B": f"ab{name}".encode()}}
    stack.client("dynamodb").put_item(TableName=stack.resources["TrafficTable"], Item=item)
    stack.client("s3").put_object(Bucket=stack.resources["SealedBucket"], Key="planted", Body=name.encode())
    assert len(finds(firm, canary)) >= 2


def test_opened_data_is_found_with_the_keys(stack: TestStack) -> None:
    """With every key of the account in hand, what is still held does open: the search with keys is no empty ritual."""
    firm, canary = Firm(stack), marked()
    firm.ask(**canary.fields)
    assert len(finds(firm, canary, with_all_keys=True)) == len(canary.fields)


def test_after_the_last_due_day_no_visit_opens(stack: TestStack) -> None:
    """A month on, counted and destroyed: with every remaining key in hand nothing of a visit is found, in figures neither."""
    firm, canary = Firm(stack), marked()
    visit(firm, canary)
    assert len(finds(firm, canary, with_all_keys=True)) >= 4
    stack.clock.advance("P27D")
    assert finds(firm, canary, with_all_keys=True) == []
