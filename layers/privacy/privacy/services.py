"""What a use case needs of the outside, as one argument: the store, the keys and the settings. `aws.services` wires it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacy.writes import Keys, Store


class Post(Protocol):
    """Sends mail. SES in production."""

    def send(self, sender: str, to: str, mime: bytes, tags: Mapping[str, str]) -> str:
        """Hand over one message and return its id.

        Raises LetterRefused when it will never be taken, PostUnavailable when it may be later.
        """


class Services(NamedTuple):
    """Store and keys, the base of links in mails, and the door mail goes out by (only where a function sends)."""

    store: Store
    keys: Keys
    base_url: str = ""
    post: Post | None = None
