"""Where copies are handed out: a bucket whose objects have links that end, and the way from the public page to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.errors import IdentityNotProven, KeyDestroyed, NotFetched, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

_REFUSALS = {refusal.code: refusal for refusal in (IdentityNotProven, KeyDestroyed, NotFetched)}


class HandoutBucket:
    """The bucket behind `privacy.services.Handouts`. It keeps no versions, so that what is deleted is gone."""

    def __init__(self, client: Callable[[], Any], name: str) -> None:
        """Take what gives an S3 client (made when first used) that signs with version 4, and the bucket's name."""
        self._s3, self._name = client, name

    def put(self, name: str, content: bytes) -> None:
        """Store an object, encrypted with the bucket's key. Raises StoreUnavailable."""
        self._asked("put_object", Key=name, Body=content, ContentType="application/zip")

    def delete(self, name: str) -> None:
        """Delete an object; one that is gone already is fine. Raises StoreUnavailable."""
        self._asked("delete_object", Key=name)

    def link(self, name: str, file_name: str, life: timedelta) -> str:
        """Return an address under which an object is given as a file to save, for as long as `life`, and cached nowhere."""
        given = {
            "Bucket": self._name,
            "Key": name,
            "ResponseContentDisposition": f'attachment; filename="{file_name}"',
            "ResponseContentType": "application/zip",
            "ResponseCacheControl": "private, no-store",
        }
        seconds = int(life.total_seconds())
        return str(self._s3().generate_presigned_url("get_object", Params=given, ExpiresIn=seconds))

    def _asked(self, call: str, **request: object) -> None:
        """Call S3; what goes wrong is StoreUnavailable."""
        try:
            getattr(self._s3(), call)(Bucket=self._name, **request)
        except (ClientError, BotoCoreError, OSError) as broken:
            raise StoreUnavailable from broken


class Fulfilment:
    """The function that may open a copy, asked by the one that faces the internet and may not."""

    def __init__(self, client: Callable[[], Any], function: str) -> None:
        """Take what gives a Lambda client, and the name of `fulfil`."""
        self._lambda, self._function = client, function

    def hand_out(self, case: str, session: str, right: str) -> str:
        """Return a link to a copy. Raises IdentityNotProven, KeyDestroyed, and StoreUnavailable for whatever else."""
        return str(self._asked("link", case=case, session=session, right=right))

    def about(self, case: str, session: str, right: str, language: str) -> dict[str, Any]:
        """Return what the page shows of copies for other providers (see `transmitting.about`). Raises what `hand_out` raises."""
        said: dict[str, Any] = self._asked("about", case=case, session=session, about=right, language=language)
        return said

    def hand_over(self, number: str, phrase: str) -> str:
        """Return a link to what a provider is given. Raises NotFetched, and StoreUnavailable for whatever else."""
        return str(self._asked("link", number=number, phrase=phrase))

    def _asked(self, wanted: str, **request: str) -> Any:
        """Ask `fulfil`, and return what is `wanted` of its answer."""
        try:
            answer = self._lambda().invoke(FunctionName=self._function, Payload=json.dumps(request).encode())
            said = json.loads(answer["Payload"].read())
        except (ClientError, BotoCoreError, OSError, ValueError) as broken:
            raise StoreUnavailable from broken
        if "FunctionError" in answer or not isinstance(said, dict):
            raise StoreUnavailable
        if wanted not in said:
            raise _REFUSALS.get(str(said.get("refused")), StoreUnavailable)
        return said[wanted]
