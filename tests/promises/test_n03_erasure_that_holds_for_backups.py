"""N3: erasure that holds for backups. A restored backup brings nobody back: not into the store, nor readable with every key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from privacy import policy, sealing, vault
from privacy.aws.items import from_item
from privacy.aws.tables import Tables
from privacy.errors import PrivacyError
from privacy.periods import read_stamp, stamp

from local.engine import REGION, SECRET

if TYPE_CHECKING:
    from tests.firm import Firm

ROOT = Path(__file__).parents[2]


def restore(firm: Firm, *tables: str) -> dict[str, str]:
    """Restore tables to new ones, as they are at this moment, and return their names."""
    names = {}
    for table in tables:
        source = firm.stack.resources[f"{table.capitalize()}Table"]
        names[table] = f"{source}-restored"
        firm.stack.client("dynamodb").restore_table_to_point_in_time(
            SourceTableName=source, TargetTableName=names[table], UseLatestRestorableTime=True
        )
    return names


def replay(firm: Firm, restored: dict[str, str], *options: str) -> dict[str, Any]:
    """Run the command as an operator does, with their own credentials, and return what it says."""
    command = [sys.executable, "-m", "nakoming", "restore-replay", "--json"]
    command += [f"--{table}={name}" for table, name in restored.items()]
    command += [f"--evidence={firm.stack.resources['EvidenceTable']}", *options]
    account = {"AWS_ACCESS_KEY_ID": firm.stack.account, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_DEFAULT_REGION": REGION}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        **account,
        "AWS_ENDPOINT_URL": firm.stack.running.stack.engine.endpoint,
    }
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def erase(firm: Firm, entry: str) -> None:
    """Destroy an entry before its time."""
    store, now = firm.services().store, datetime.fromtimestamp(firm.stack.running.stack.now(), UTC)
    found = vault.find(store, entry)
    store.write(vault.rescheduled(found, now, counted_from="asked", counted_at=now, now=now))
    assert vault.destroy(store, entry, now)


def readable(firm: Firm, tables: dict[str, str]) -> str:
    """Return all that opens in these tables with every key there is, tried with all rights of the account."""
    client, keys = firm.stack.client("dynamodb"), firm.services().keys
    items = {
        table: [
            from_item(item) for page in client.get_paginator("scan").paginate(TableName=name) for item in page["Items"]
        ]
        for table, name in tables.items()
    }
    entries = [vault.read(item) for item in items["vault"] if item["sk"] == "entry"]
    data_keys = [(entry, keys.unwrap(entry.wall, bytes(entry.key))) for entry in entries]
    found = []
    for item in items["records"]:
        for entry, key in data_keys if "sealed" in item else ():
            binding = entry.binding()._replace(entry=item["pk"].removeprefix("entry#"))
            try:
                found.append(sealing.unseal(key, binding, item["sk"], bytes(item["sealed"])).decode())
            except PrivacyError:
                continue
    return "\n".join(found)


@pytest.mark.parametrize("with_live", [True, False])
def test_n03_after_a_restore_nobody_is_back(firm: Firm, with_live: bool) -> None:  # noqa: FBT001 - a parameter
    """A backup of both tables, an erasure, a restriction, an end; restored and replayed: as it was before the restore."""
    gone, restricted, handled = (firm.ask(message=f"bericht-{name}") for name in ("weg", "beperkt", "klaar"))
    restored = restore(firm, "vault", "records")
    started = datetime.fromtimestamp(firm.stack.running.stack.now(), UTC) - timedelta(minutes=1)
    store, now = firm.services().store, started + timedelta(minutes=1)
    erase(firm, gone)
    store.write(vault.restricted(vault.find(store, restricted), now))
    assert firm.staff("POST", f"/desk/enquiries/{handled}/handled")[0] == 200
    later = firm.ask(message="bericht-later")
    assert "bericht-weg" in readable(firm, restored)

    resources = firm.stack.resources
    live = (
        [f"--live-vault={resources['VaultTable']}", f"--live-records={resources['RecordsTable']}"] if with_live else []
    )
    options = [f"--from={stamp(started)}", f"--bucket={resources['SealedBucket']}", *live]
    counted = replay(firm, restored, *options, "--dry-run")
    assert "bericht-weg" in readable(firm, restored)
    done = replay(firm, restored, *options, "--yes")
    assert done["counts"] == counted["counts"]
    assert done["counts"]["destroyed"] == 1
    assert replay(firm, restored, *options, "--yes")["counts"].keys() == done["counts"].keys()

    copy = Tables(firm.stack.client("dynamodb"), restored)
    opened = readable(firm, restored)
    assert "bericht-weg" not in opened
    assert {"bericht-beperkt", "bericht-klaar"} <= {json.loads(text).get("message") for text in opened.splitlines()}
    assert ("bericht-later" in opened) is with_live
    for entry in (restricted, handled, *([later] if with_live else [])):
        assert vault.find(copy, entry) == vault.find(store, entry)
    everything = [item for table in restored.values() for item in scan(firm, table)]
    assert not [item for item in everything if gone in json.dumps(item, default=str)]


def test_n03_a_restore_on_a_machine_whose_clock_is_behind_brings_nobody_back(firm: Firm) -> None:
    """What is restored where it is another day: evidence tells what time it is at least, and the erased stay erased."""
    gone = firm.ask(message="bericht-weg")
    restored = restore(firm, "vault", "records")
    started = datetime.fromtimestamp(firm.stack.running.stack.now(), UTC) - timedelta(minutes=1)
    firm.stack.clock.advance("P35D")
    erase(firm, gone)
    assert replay(firm, restored, f"--from={stamp(started)}", "--yes")["counts"]["destroyed"] == 1
    assert "bericht-weg" not in readable(firm, restored)


def scan(firm: Firm, table: str) -> list[dict[str, Any]]:
    """Return every item of a table by its name, seen with all rights from outside."""
    pages = firm.stack.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    return [from_item(item) for page in pages for item in page["Items"]]


def test_n03_records_alone_bring_back_nothing_that_can_be_read(firm: Firm) -> None:
    """The keys lie apart: a copy of the records, however old, opens with none of the keys that are left."""
    gone, _ = firm.ask(message="bericht-weg"), firm.ask(message="bericht-blijft")
    restored = restore(firm, "records")
    erase(firm, gone)
    opened = readable(firm, {**restored, "vault": firm.stack.resources["VaultTable"]})
    assert "bericht-weg" not in opened
    assert "bericht-blijft" in opened


def test_n03_both_dates_are_computed_and_the_window_is_days(firm: Firm) -> None:
    """Unreadable here on one date, in the last backup some days later; the vault keeps backups no longer than that."""
    entry = vault.find(firm.services().store, firm.ask())
    days = policy.controller(entry.controller).recovery_days
    ends = read_stamp(entry.erase_by())
    assert vault.last_backup(ends, days) == ends + timedelta(days=days)
    backups = firm.stack.client("dynamodb").describe_continuous_backups(TableName=firm.stack.resources["VaultTable"])
    recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    assert recovery.get("RecoveryPeriodInDays", days) <= days
