"""`nakoming restore-replay`: counts first, asks, does, and says what is missing before anything is touched."""

from __future__ import annotations

import copy as copying
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from privacy import vault
from privacy.aws import services as wiring
from privacy.aws.restored import Account
from privacy.aws.tables import Tables
from privacy.errors import StoreUnavailable
from privacy.periods import stamp
from typer.testing import CliRunner, Result

from nakoming.cli import app
from tests.fakes import FakeKeys, create_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ("--vault=copy-vault", "--records=copy-records", "--evidence=evidence")
LIVE = ("--live-vault=vault", "--live-records=records")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give an account with the deployed tables and copies, in which one entry was destroyed since the copy."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-central-1")
    for cached in (wiring.client, wiring._session):
        cached.cache_clear()
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-central-1")
        live = Tables(client, create_tables(client))
        copy = Tables(client, create_tables(client, "copy-"))
        now = datetime.now(UTC)
        entry = vault.begin(
            FakeKeys(), wall="enquiries", category="enquiries", controller="silver-essence", site="silver-essence",
            policy="1", counted_from="received", due=now, now=now - timedelta(hours=1), subjects=["p" * 64],
        ).entry  # fmt: skip
        for store in (live, copy):
            store.write(vault.creation(copying.deepcopy(entry)))
        assert vault.destroy(live, entry.id, now)
        yield client
    for cached in (wiring.client, wiring._session):
        cached.cache_clear()


@pytest.fixture
def run(account: Any) -> Callable[..., Result]:
    """Return what runs the command on the copies."""
    assert account is not None

    def run_it(*options: str, **more: Any) -> Result:
        return CliRunner().invoke(app, ["restore-replay", *options], **more)

    return run_it


def since() -> str:
    """Return an option that names the moment of the copies."""
    return f"--from={stamp(datetime.now(UTC) - timedelta(hours=1))}"


def left(account: Any) -> int:
    """Return how many items are in the restored vault."""
    return int(account.scan(TableName="copy-vault")["Count"])


def test_it_counts_asks_and_does(account: Any, run: Callable[..., Result]) -> None:
    """Nothing is done before the answer, and everything after it; evidence has it then."""
    refused = run(*NAMES, since(), input="n\n")
    assert refused.exit_code == 1
    assert left(account) == 2
    done = run(*NAMES, since(), input="y\n")
    assert done.exit_code == 0
    assert "Recorded in evidence as" in done.output
    assert left(account) == 0


def test_what_was_lost_goes_back_where_the_stack_looks(account: Any, run: Callable[..., Result]) -> None:
    """An entry that only the copy has is in the live vault afterwards; the one that was destroyed is not."""
    lost = vault.begin(
        FakeKeys(), wall="enquiries", category="enquiries", controller="silver-essence", site="silver-essence",
        policy="1", counted_from="received", due=datetime.now(UTC) + timedelta(days=9), now=datetime.now(UTC),
    ).entry  # fmt: skip
    names = {"vault": "copy-vault", "records": "copy-records"}
    Tables(account, names).write(vault.creation(lost))
    done = run(*NAMES, *LIVE, since(), "--yes", "--into-live")
    assert "put into the live tables: 1." in done.output
    assert [item["pk"]["S"] for item in account.scan(TableName="vault")["Items"]] == [f"entry#{lost.id}"]


def test_a_moment_that_is_still_to_come_is_refused(run: Callable[..., Result], account: Any) -> None:
    """What was done between the copy and then would be left out; nothing is touched."""
    before = left(account)
    result = run(*NAMES, "--yes", f"--from={stamp(datetime.now(UTC) + timedelta(days=3))}")
    assert (result.exit_code, left(account)) == (2, before)


def test_a_dry_run_only_counts(account: Any, run: Callable[..., Result]) -> None:
    """What would be done is told as JSON, and not done."""
    said = run(*NAMES, *LIVE, since(), "--dry-run", "--json")
    assert json.loads(said.stdout)["counts"]["destroyed"] == 1
    assert left(account) == 2


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ((*NAMES, "--live-vault=vault"), "both live tables"),
        ((*NAMES, "--into-live"), "name the live tables"),
        ((*NAMES, "--live-vault=copy-vault", "--live-records=records"), "cannot be the live one"),
        ((*NAMES, "--from=yesterday"), "a date, or a moment with its time zone"),
        (NAMES, "does not say"),
        ((*NAMES[:2],), "--evidence"),
        (("--vault=none", *NAMES[1:], "--from=2026-11-01"), "--vault: there is no table none in this account"),
        ((*NAMES[:2], "--evidence=evidense", "--from=2026-11-01"), "--evidence: there is no table evidense"),
        (
            (*NAMES, "--live-vault=vault", "--live-records=none", "--from=2026-11-01"),
            "--live-records: there is no table",
        ),
    ],
)
def test_what_is_missing_is_said_before_anything_is_read(
    account: Any, run: Callable[..., Result], options: tuple[str, ...], what: str
) -> None:
    """Wrong use is exit code 2, with what is wrong."""
    said = run(*options, env={"COLUMNS": "200"})
    assert said.exit_code == 2
    assert what in said.output
    assert left(account) == 2


def test_a_table_that_does_not_answer_loses_nothing(
    account: Any, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, what AWS said, and how to go on; the copy is as it was."""

    def denied(_self: object, _table: str) -> None:
        raise StoreUnavailable from PermissionError("not authorized to perform: dynamodb:DescribeTable")

    monkeypatch.setattr(Account, "restored_to", denied)
    said = run(*NAMES, since())
    assert said.exit_code == 1
    assert "not authorized to perform: dynamodb:DescribeTable. Nothing is lost" in said.output
    assert left(account) == 2
