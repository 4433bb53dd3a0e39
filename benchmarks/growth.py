"""Whether the cost of the vault's two questions grows with the vault: "all of this person" and "all that is due".

Asked of a vault of a thousand and of a hundred thousand entries, with the same person and the same ten due entries in
both. What is compared is read units: what DynamoDB charges for, and what its time is proportional to.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.config import Config
from botocore.session import Session
from privacy import browsers, policy, retention, statistics, vault, visits
from privacy.aws.items import to_item
from privacy.aws.keys import KmsKeys
from privacy.aws.services import now
from privacy.aws.tables import Tables
from privacy.periods import stamp
from privacy.services import Services
from privacy.writes import Put

from benchmarks.aws import TABLES, Aws

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from privacy.vault import Entry
    from privacy.writes import Write

SMALL, LARGE = 1_000, 100_000
OF_PERSON, DUE = 3, 10
WRITERS = 10
_TOLD = {"path": "/diensten", "referrer": "zoek.example.org", "element": "", "interest": "boekhouding"}
_PERSON = "a" * 64


class Units(NamedTuple):
    """Read units of the two questions."""

    person: float
    due: float


def measure(aws: Aws) -> tuple[Units, Units]:
    """Return the read units of both questions in a small vault and in a large one."""
    client = Session().create_client("dynamodb", config=Config(read_timeout=600))  # the engine walks; AWS does not
    store = Tables(client, {table: table for table in TABLES})
    at = now()
    for number in range(DUE):
        _file(aws, _entry(at - timedelta(hours=number + 1)))
    for number in range(OF_PERSON):
        _file(aws, _entry(at + timedelta(days=number + 1), _PERSON))
    measured = []
    there = DUE + OF_PERSON
    for many in (SMALL, LARGE):
        for number in range(there, many):
            _file(aws, _entry(at + timedelta(minutes=number)))
        there = many
        measured.append(Units(_person(aws, store), _due(aws, store)))
    return measured[0], measured[1]


class Calls(NamedTuple):
    """Calls of AWS to destroy a day of visits, and to roll it up before."""

    destroy: int
    roll_up: int


def end_of_day(aws: Aws, many: int) -> Calls:
    """Return what the end of a day of visits costs, of a store that holds nothing else; the roll-up is counted apart."""
    client = Session().create_client("dynamodb", config=Config(read_timeout=600))
    store = Tables(client, {table: table for table in TABLES})
    keys = KmsKeys(Session().create_client("kms"), os.environ)
    at, site = now(), policy.site("sevenelements")
    for _ in range(WRITERS):
        recorder = visits.Recorder()
        for number in range(many // WRITERS):
            recorder.record(_Straight(aws), keys, site, _TOLD, at, ip=f"192.0.2.{number % 250}", user_agent="Browser")
    aws.calls.clear()
    tomorrow = at + timedelta(days=1)
    counted = statistics.run(Services(store, keys), tomorrow, browser=browsers.browser, country=browsers.country)
    assert (counted.days, counted.visits) == (1, many), counted
    roll_up = len(aws.calls)
    aws.calls.clear()
    objects: Any = None  # no large mail is swept here
    assert retention.run(store, objects, at + timedelta(days=30)).destroyed == WRITERS
    return Calls(len(aws.calls), roll_up)


class _Straight:
    """A writer that puts straight into the tables: a hundred thousand visits by the API would take minutes."""

    def __init__(self, aws: Aws) -> None:
        """Take the engine."""
        self._aws = aws

    def write(self, writes: Sequence[Write]) -> None:
        """Put what is to be put."""
        for put in writes:
            assert isinstance(put, Put)
            self.put(put)

    def put(self, put: Put) -> None:
        """Put one item."""
        self._aws.put(put.table, [_stored(put)])


def _person(aws: Aws, store: Tables) -> float:
    """Return the read units of finding all entries of a person."""
    aws.calls.clear()
    assert len(vault.of_subject(store, [_PERSON])) == OF_PERSON
    return sum(call.units() for call in aws.calls)


def _due(aws: Aws, store: Tables) -> float:
    """Return the read units of finding all that is due."""
    aws.calls.clear()
    assert len(list(vault.due(store, now()))) == DUE
    return sum(call.units() for call in aws.calls)


def _entry(due: datetime, person: str = "") -> Entry:
    """Return an entry of an enquiry, of nobody in particular unless said."""
    at = stamp(due - timedelta(days=361))
    return vault.Entry(
        id=vault.new_id(),
        wall="enquiries",
        category="enquiries",
        controller="silver-essence",
        site="silver-essence",
        policy="2026-01-01",
        notices=(),
        created_at=at,
        counted_from="received",
        counted_at=at,
        due=stamp(due),
        version=1,
        subjects=(person or secrets.token_hex(32),),
        pointers=(),
        key=bytes(384),
    )


def _file(aws: Aws, entry: Entry) -> None:
    """Put an entry and its pointer into the vault."""
    aws.put("vault", _items(entry))


def _items(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield the items that make an entry, as they lie in the table."""
    for write in vault.creation(entry):
        assert isinstance(write, Put)
        yield _stored(write)


def _stored(put: Put) -> dict[str, Any]:
    """Return an item as the engine holds it."""
    item = to_item(put.item)
    return {name: {"B": b64encode(value["B"]).decode()} if "B" in value else value for name, value in item.items()}
