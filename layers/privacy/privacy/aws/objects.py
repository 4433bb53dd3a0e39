"""S3 behind `privacy.services.Objects`, and the inbound mails that SES leaves in a bucket of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.errors import KeyDestroyed, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


class Bucket:
    """One bucket."""

    def __init__(self, client: Callable[[], Any], name: str, prefix: str = "") -> None:
        """Take what gives an S3 client (made when first used), the bucket's name and the prefix of what is ours in it."""
        self._s3 = client
        self._name = name
        self._prefix = prefix

    def put(self, name: str, content: bytes) -> None:
        """Store an object. Raises StoreUnavailable."""
        _asked(self._s3().put_object, Bucket=self._name, Key=name, Body=content)

    def get(self, name: str) -> bytes:
        """Return an object. Raises KeyDestroyed when there is none, StoreUnavailable when that cannot be known."""
        try:
            return bytes(self._s3().get_object(Bucket=self._name, Key=name)["Body"].read())
        except ClientError as refused:
            if refused.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise KeyDestroyed from refused
            raise StoreUnavailable from refused
        except (BotoCoreError, OSError) as broken:
            raise StoreUnavailable from broken

    def delete(self, name: str) -> None:
        """Delete an object with all its versions. Raises StoreUnavailable."""
        pages = _asked(self._s3().list_object_versions, Bucket=self._name, Prefix=name)
        for version in [*pages.get("Versions", ()), *pages.get("DeleteMarkers", ())]:
            if version["Key"] == name:
                _asked(self._s3().delete_object, Bucket=self._name, Key=name, VersionId=version["VersionId"])

    def names(self) -> Iterator[str]:
        """Yield the names of the objects that are there. Raises StoreUnavailable."""
        return (item["Key"] for item in self._listed())

    def arrivals(self) -> Iterator[datetime]:
        """Yield when each of the objects that are there was stored. Raises StoreUnavailable."""
        return (item["LastModified"] for item in self._listed())

    def _listed(self) -> Iterator[dict[str, Any]]:
        """Yield what S3 says of each object, page by page. Raises StoreUnavailable."""
        more: dict[str, str] = {}
        while True:
            page = _asked(self._s3().list_objects_v2, Bucket=self._name, Prefix=self._prefix, **more)
            yield from page.get("Contents", ())
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}


def _asked(call: Callable[..., dict[str, Any]], **request: object) -> dict[str, Any]:
    """Call S3; what goes wrong is StoreUnavailable."""
    try:
        return call(**request)
    except (ClientError, BotoCoreError, OSError) as broken:
        raise StoreUnavailable from broken
