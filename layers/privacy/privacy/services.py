"""What a use case needs of the outside, as one argument: the store, the keys and the settings. `aws.services` wires it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from privacy.writes import Keys, Store


class Post(Protocol):
    """Sends mail. SES in production."""

    def send(self, sender: str, to: str, mime: bytes, tags: Mapping[str, str]) -> str:
        """Hand over one message and return its id.

        Raises LetterRefused when it will never be taken, PostUnavailable when it may be later.
        """


class Objects(Protocol):
    """Keeps sealed content that is too large for a record. S3 in production."""

    def put(self, name: str, content: bytes) -> None:
        """Store an object. Raises StoreUnavailable."""

    def get(self, name: str) -> bytes:
        """Return an object. Raises StoreUnavailable, KeyDestroyed when there is none."""

    def delete(self, name: str) -> None:
        """Delete an object with all its versions; one that is gone already is fine. Raises StoreUnavailable."""


class Handouts(Protocol):
    """Keeps copies in the clear for minutes, each under a link that ends. S3 in production."""

    def put(self, name: str, content: bytes) -> None:
        """Store an object. Raises StoreUnavailable."""

    def delete(self, name: str) -> None:
        """Delete an object; one that is gone already is fine. Raises StoreUnavailable."""

    def link(self, name: str, file_name: str, life: timedelta) -> str:
        """Return an address that gives the object as a file of that name, for as long as `life`."""


class Services(NamedTuple):
    """Store and keys, the base of links in mails; what only some functions have: post, large objects, copies handed out."""

    store: Store
    keys: Keys
    base_url: str = ""
    post: Post | None = None
    objects: Objects | None = None
    handouts: Handouts | None = None
