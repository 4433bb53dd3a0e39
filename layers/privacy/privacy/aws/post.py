"""SES behind `privacy.services.Post`: messages go out raw, as they were built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.errors import LetterRefused, PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEVER = frozenset({"MessageRejected", "BadRequestException", "NotFoundException"})


class SesPost:
    """Sends by SES with our configuration set: without the account's suppression list, events to EventBridge."""

    def __init__(self, client: Any, configuration_set: str) -> None:
        """Take an SES v2 client."""
        self._client = client
        self._configuration_set = configuration_set

    def send(self, sender: str, to: str, mime: bytes, tags: Mapping[str, str]) -> str:
        """Hand over one message; return SES's id of it.

        The tags come back in the event of a bounce. Raises LetterRefused for what SES will never take, PostUnavailable for the
        rest: throttled, paused, not verified yet, or no answer.
        """
        try:
            answer = self._client.send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": [to]},
                Content={"Raw": {"Data": mime}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        except ClientError as refused:
            if refused.response["Error"]["Code"] in _NEVER and not _is_unverified(refused):
                raise LetterRefused from refused
            raise PostUnavailable from refused
        except (BotoCoreError, OSError) as broken:
            raise PostUnavailable from broken
        return str(answer["MessageId"])


def _is_unverified(refused: ClientError) -> bool:
    """Say whether SES refuses because the domain is not verified or the account is in the sandbox: that can be mended."""
    return "not verified" in refused.response["Error"].get("Message", "")
