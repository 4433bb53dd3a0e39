"""The local engine keeps the contracts where moto does not: keys by their state, keys wrapped elsewhere, requests sent twice."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from privacy import sealing
from privacy.aws.items import transaction
from privacy.aws.tables import Tables
from privacy.errors import KeyUnavailable, StoreUnavailable
from privacy.writes import Key, Put, Update

from tests.fakes import create_tables
from tests.store_contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.writes import Store

    from tests.firm import Firm

pytestmark = pytest.mark.system


@pytest.mark.parametrize("clause", CONTRACT, ids=lambda clause: clause.__name__)
def test_the_engine_keeps_the_contract(shared_firm: Firm, clause: Callable[[Store], None]) -> None:
    """Each clause holds for DynamoDB as the local engine plays it."""
    client = shared_firm.stack.client("dynamodb")
    names = create_tables(client, f"contract-{uuid.uuid4()}-")
    assert clause(Tables(client, names)) is None  # type: ignore[func-returns-value]


def test_a_transaction_sent_twice_is_carried_out_once(shared_firm: Firm) -> None:
    """A request whose answer was lost is sent again with its token: it is not carried out again."""
    client, names = shared_firm.stack.client("dynamodb"), {"traffic": shared_firm.stack.resources["TrafficTable"]}
    place = Key("traffic", f"once#{uuid.uuid4()}", "once")
    client.transact_write_items(
        TransactItems=transaction([Put("traffic", {"pk": place.pk, "sk": place.sk, "n": 0})], names)
    )
    writes, token = transaction([Update(place, "SET #n = #n + :one", {":one": 1})], names), str(uuid.uuid4())
    for _ in range(2):
        client.transact_write_items(TransactItems=writes, ClientRequestToken=token)
    assert Tables(client, names).get(place) == {"pk": place.pk, "sk": place.sk, "n": 1}


def test_a_key_wrapped_here_is_unwrapped_by_kms(shared_firm: Firm) -> None:
    """What `cryptography` wraps to a wall's public key, KMS unwraps."""
    keys, key = shared_firm.services().keys, sealing.new_key()
    assert keys.unwrap("enquiries", sealing.wrap(keys.public_key("enquiries"), key)) == key


def test_a_disabled_wall_is_unavailable_and_not_destroyed(firm: Firm) -> None:
    """While KMS refuses a key, staff are told to try again; enabled again, everything opens: nothing was lost."""
    enquiry = firm.ask()
    kms, wall = firm.stack.client("kms"), firm.stack.resources["WallEnquiries"]
    kms.disable_key(KeyId=wall)
    assert firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer")[0] == 503
    with pytest.raises(KeyUnavailable):
        firm.services().keys.unwrap("enquiries", b"x")
    kms.enable_key(KeyId=wall)
    assert firm.open(enquiry)["fields"]["name"] == "Ada Voorbeeld"
    kms.schedule_key_deletion(KeyId=wall, PendingWindowInDays=7)
    assert firm.staff("GET", f"/desk/enquiries/{enquiry}?why=answer")[0] == 503
    kms.cancel_key_deletion(KeyId=wall)
    kms.enable_key(KeyId=wall)
    assert firm.open(enquiry)["fields"]["name"] == "Ada Voorbeeld"


def test_a_table_that_is_away_never_looks_like_an_absent_item(shared_firm: Firm) -> None:
    """A read that fails raises; it does not say that there is nothing."""
    store = Tables(shared_firm.stack.client("dynamodb"), {"vault": "no-such-table"})
    with pytest.raises(StoreUnavailable):
        store.get(Key("vault", "a", "b"))
    with pytest.raises(StoreUnavailable):
        list(store.items("vault", "a"))
