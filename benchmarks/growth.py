"""Whether the cost of the vault's two questions grows with the vault: "all of this person" and "all that is due".

Asked of a vault of a thousand and of a hundred thousand entries, with the same person and the same ten due entries in
both. What is compared is read units: what DynamoDB charges for, and what its time is proportional to.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.config import Config
from botocore.session import Session
from privacy import vault
from privacy.aws.items import to_item
from privacy.aws.services import now
from privacy.aws.tables import Tables
from privacy.periods import stamp
from privacy.writes import Put

from benchmarks.aws import TABLES, Aws

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from privacy.vault import Entry

SMALL, LARGE = 1_000, 100_000
OF_PERSON, DUE = 3, 10
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
        item = to_item(write.item)
        yield {name: {"B": b64encode(value["B"]).decode()} if "B" in value else value for name, value in item.items()}
