"""Tables beside the deployed ones: restored copies, opened with the credentials of whoever operates the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.aws.objects import Bucket
from privacy.aws.tables import Tables
from privacy.errors import NotFound, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


_NO_SUCH_TABLE = "ResourceNotFoundException"


class Account:
    """An AWS account, seen with the credentials, region and endpoint of the environment."""

    def __init__(self, client: Callable[[str], Any]) -> None:
        """Take what makes a client of a service."""
        self._client = client

    def tables(self, *, vault: str, records: str, evidence: str = "") -> Tables:
        """Return tables by their names in the account."""
        return Tables(self._client("dynamodb"), {"vault": vault, "records": records, "evidence": evidence})

    def bucket(self, name: str) -> Bucket:
        """Return the bucket of large sealed content."""
        return Bucket(lambda: self._client("s3"), name, "entry/")

    def restored_to(self, table: str) -> datetime | None:
        """Return the moment that a table was restored to, None for one that was not. Raises NotFound, StoreUnavailable."""
        try:
            found = self._client("dynamodb").describe_table(TableName=table)["Table"]
        except (ClientError, BotoCoreError, OSError) as broken:
            is_there = not isinstance(broken, ClientError) or broken.response["Error"]["Code"] != _NO_SUCH_TABLE
            raise (StoreUnavailable if is_there else NotFound) from broken
        moment: datetime | None = found.get("RestoreSummary", {}).get("RestoreDateTime")
        return moment
