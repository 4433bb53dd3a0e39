"""The four tables behind `privacy.writes.Store`. Every read by key is consistent."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.aws.items import expression, from_item, to_item, transaction
from privacy.errors import ConditionFailed, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from privacy.writes import Key, Put, Write

_TRIES = 5
_FIRST_PAUSE = 0.05
_PASSING = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"}
)


class Tables:
    """DynamoDB as a `Store`. `client` is a botocore client, or the lean one of `wire` for functions that only write."""

    def __init__(self, client: Any, names: Mapping[str, str]) -> None:
        """Take the client and the deployed names of the tables `vault`, `records`, `traffic`, `evidence`."""
        self._client = client
        self._names = names

    def write(self, writes: Sequence[Write]) -> None:
        """Carry out a set of writes whole or not at all (`TransactWriteItems`).

        The same request token is sent on every try, so a try whose answer was lost is not carried out twice. Raises
        ConditionFailed or StoreUnavailable.
        """
        token = os.urandom(16).hex()
        items = transaction(writes, self._names)
        for attempt in range(_TRIES):
            try:
                self._client.transact_write_items(TransactItems=items, ClientRequestToken=token)
            except ClientError as refused:
                if not _is_passing(refused):
                    raise StoreUnavailable from refused
            except (BotoCoreError, OSError) as broken:
                raise StoreUnavailable from broken
            else:
                return
            time.sleep(_FIRST_PAUSE * 2**attempt * (0.5 + random.random()))  # noqa: S311 - jitter, no secret
        raise StoreUnavailable

    def put(self, put: Put) -> None:
        """Write one item with `PutItem`, half the price of a transaction; one that is there already is this one, see `Writer`.

        Raises StoreUnavailable.
        """
        [operation] = transaction([put], self._names)
        try:
            self._client.put_item(**operation["Put"])
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise StoreUnavailable from refused
        except (BotoCoreError, OSError) as broken:
            raise StoreUnavailable from broken

    def get(self, key: Key) -> dict[str, Any] | None:
        """Return an item, or None. Raises StoreUnavailable."""
        where = {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
        answer = _asked(self._client.get_item, TableName=self._names[key.table], Key=where, ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None

    def items(self, table: str, pk: str, sk_prefix: str = "") -> Iterator[dict[str, Any]]:
        """Yield the items under one partition key, in order. Raises StoreUnavailable."""
        condition = "#pk = :pk AND begins_with(#sk, :sk)" if sk_prefix else "#pk = :pk"
        values = {":pk": pk, ":sk": sk_prefix} if sk_prefix else {":pk": pk}
        yield from self._pages(table, condition, values, ConsistentRead=True)

    def listed(
        self,
        table: str,
        index: str,
        pk: str,
        *,
        upto: str = "",
        newest_first: bool = False,
        above: str = "",
        page_size: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """Yield what an index holds under `pk`, in order of its sort key, up to and including `upto`, above `above`.

        It is read in pages of `page_size` when given. Raises StoreUnavailable.
        """
        hash_name, range_name = {"due": ("queue", "due_key"), "list": ("list", "listed_at")}[index]
        condition, values = f"#{hash_name} = :pk", {":pk": pk}
        if upto:
            condition += f" AND #{range_name} BETWEEN :above AND :upto"
            values |= {":above": f"{above}\x01", ":upto": upto}
        elif above:
            condition += f" AND #{range_name} > :above"
            values |= {":above": above}
        size = {"Limit": page_size} if page_size else {}
        yield from self._pages(table, condition, values, IndexName=index, ScanIndexForward=not newest_first, **size)

    def _pages(self, table: str, condition: str, values: Mapping[str, str], **more: object) -> Iterator[dict[str, Any]]:
        """Yield the items of a query, page by page."""
        request: dict[str, Any] = {
            "TableName": self._names[table],
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": expression(condition),
            "ExpressionAttributeValues": to_item(values),
            **more,
        }
        while True:
            answer = _asked(self._client.query, **request)
            yield from map(from_item, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _asked(call: Callable[..., dict[str, Any]], **request: object) -> dict[str, Any]:
    """Call AWS; what goes wrong is StoreUnavailable: a failed read never looks like an absent item."""
    try:
        return call(**request)
    except (ClientError, BotoCoreError, OSError) as broken:
        raise StoreUnavailable from broken


def _is_passing(refused: ClientError) -> bool:
    """Say whether a refused transaction is worth another try. Raises ConditionFailed when a condition did not hold."""
    code = refused.response["Error"]["Code"]
    if code != "TransactionCanceledException":
        return bool(code == "TransactionInProgressException")
    reasons: list[dict[str, Any]] = refused.response.get("CancellationReasons", [])
    for place, reason in enumerate(reasons):
        if reason.get("Code") == "ConditionalCheckFailed":
            raise ConditionFailed(place, from_item(reason.get("Item") or {})) from refused
    return any(reason.get("Code") in _PASSING for reason in reasons)
