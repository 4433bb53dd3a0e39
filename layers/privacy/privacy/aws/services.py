"""The one place that wires: environment, clients, tables, keys. Cached, so that a warm function makes nothing anew."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from privacy.aws.keys import KmsKeys
from privacy.aws.objects import Bucket
from privacy.aws.tables import Tables
from privacy.errors import SettingMissing
from privacy.services import Services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacy.aws.handouts import Fulfilment
    from privacy.visits import Recorder

_COPY_SECONDS = 25
"""How long the public page waits for a copy: an answer of API Gateway may take thirty."""
TABLES = ("vault", "records", "traffic", "evidence", "statistics")


def now() -> datetime:
    """Return this moment, in UTC. The only clock there is."""
    return datetime.fromtimestamp(time.time(), UTC)


def setting(name: str) -> str:
    """Return an environment variable. Raises SettingMissing with its name."""
    value = os.environ.get(name, "")
    if not value:
        raise SettingMissing(name)
    return value


def table_names(environment: Mapping[str, str], *needed: str) -> dict[str, str]:
    """Return the deployed names of the tables. Raises SettingMissing for one that is needed and not set."""
    names = {table: environment.get(f"{table.upper()}_TABLE", "") for table in TABLES}
    for variable in (f"{table.upper()}_TABLE" for table in needed):
        if not environment.get(variable):
            raise SettingMissing(variable)
    return names


@cache
def public() -> Services:
    """Return what a public function needs: it writes and cannot read; its clients are the lean ones (see `wire`)."""
    from privacy.aws import wire  # noqa: PLC0415 - only public functions use it

    names = table_names(os.environ, "vault", "records", "traffic")
    keys = KmsKeys(wire.from_environment("kms"), os.environ)
    return Services(Tables(wire.from_environment("dynamodb"), names), keys, os.environ.get("BASE_URL", ""))


@cache
def visitors() -> tuple[Services, Recorder]:
    """Return what `visits` needs: it puts rows and cannot read; and the keys of the day, which live as long as the instance."""
    from privacy.aws import wire  # noqa: PLC0415 - only public functions use it
    from privacy.visits import Recorder  # noqa: PLC0415 - only visits records

    names = table_names(os.environ, "vault", "traffic")
    keys = KmsKeys(wire.from_environment("kms"), os.environ)
    return Services(Tables(wire.from_environment("dynamodb"), names), keys), Recorder()


@cache
def counter() -> Services:
    """Return what `statistics` needs: keys, the rows of visits, and the table of what is counted."""
    names = table_names(os.environ, "vault", "traffic", "statistics")
    return Services(Tables(client("dynamodb"), names), KmsKeys(client("kms"), os.environ))


@cache
def guard() -> Services:
    """Return what `security` needs: keys, the rows of visits, and where openings and deletions are recorded."""
    names = table_names(os.environ, "vault", "records", "traffic", "evidence")
    return Services(Tables(client("dynamodb"), names), KmsKeys(client("kms"), os.environ), setting("BASE_URL"))


@cache
def reader() -> Tables:
    """Return what `statement` needs: tables of which it reads what is about nobody, over the lean client; no key."""
    from privacy.aws import wire  # noqa: PLC0415 - only public functions use it

    return Tables(wire.from_environment("dynamodb"), table_names(os.environ, "records", "evidence"))


@cache
def asked() -> Services:
    """Return what `rights` needs: tables, in which it reads what is nobody's, and public keys."""
    names = table_names(os.environ, "vault", "records", "traffic")
    return Services(Tables(client("dynamodb"), names), KmsKeys(client("kms"), os.environ))


@cache
def staff() -> Services:
    """Return what the desk needs: tables and keys."""
    names = table_names(os.environ, "vault", "records", "traffic", "evidence")
    return Services(
        Tables(client("dynamodb"), names),
        KmsKeys(client("kms"), os.environ),
        setting("BASE_URL"),
        objects=Bucket(partial(client, "s3"), setting("SEALED_BUCKET")),
    )


@cache
def sender() -> Services:
    """Return what `letters` needs: tables, keys, and the door mail goes out by."""
    from privacy.aws.post import SesPost  # noqa: PLC0415 - only letters sends

    names = table_names(os.environ, "vault", "records", "traffic")
    keys = KmsKeys(client("kms"), os.environ)
    post = SesPost(client("sesv2"), setting("CONFIGURATION_SET"))
    return Services(Tables(client("dynamodb"), names), keys, setting("BASE_URL"), post)


@cache
def receiver() -> Services:
    """Return what `privacy_mail` needs: tables, public keys, and the bucket of large sealed objects."""
    names = table_names(os.environ, "vault", "records", "traffic")
    keys = KmsKeys(client("kms"), os.environ)
    return Services(
        Tables(client("dynamodb"), names), keys, objects=Bucket(partial(client, "s3"), setting("SEALED_BUCKET"))
    )


@cache
def inbound() -> Bucket:
    """Return the bucket in which SES leaves mail."""
    return Bucket(partial(client, "s3"), setting("INBOX_BUCKET"), os.environ.get("INBOX_PREFIX", ""))


@cache
def eraser() -> tuple[Tables, Bucket]:
    """Return what `retention` needs: tables and large objects, and not one key."""
    names = table_names(os.environ, "vault", "records", "evidence")
    return Tables(client("dynamodb"), names), Bucket(partial(client, "s3"), setting("SEALED_BUCKET"))


@cache
def auditor() -> Services:
    """Return what `auditor` needs: tables, and the key that signs evidence. It opens nothing."""
    names = table_names(os.environ, "vault", "records", "evidence")
    return Services(Tables(client("dynamodb"), names), KmsKeys(client("kms"), os.environ))


@cache
def fulfiller() -> Services:
    """Return what `fulfil` needs: tables, keys, large sealed objects, and where copies are handed out."""
    from privacy.aws.handouts import HandoutBucket  # noqa: PLC0415 - only fulfil hands out

    names = table_names(os.environ, "vault", "records", "traffic", "evidence")
    return Services(
        Tables(client("dynamodb"), names),
        KmsKeys(client("kms"), os.environ),
        setting("BASE_URL"),
        objects=Bucket(partial(client, "s3"), setting("SEALED_BUCKET")),
        handouts=HandoutBucket(partial(client, "s3"), setting("HANDOUT_BUCKET")),
    )


@cache
def fulfilment() -> Fulfilment:
    """Return the way to the function that may open a copy, for the one that faces the internet and may not."""
    from privacy.aws.handouts import Fulfilment  # noqa: PLC0415 - only rights asks

    return Fulfilment(partial(client, "lambda", seconds=_COPY_SECONDS, tries=1), setting("FULFIL_FUNCTION"))


@cache
def client(service: str, *, seconds: int = 10, tries: int = 4) -> Any:
    """Return a client with short waits and few retries: a Lambda that hangs helps nobody.

    What S3 is asked is signed with version 4, without which no link to an object that KMS encrypted counts.
    """
    from botocore.config import Config  # noqa: PLC0415

    settings = Config(
        connect_timeout=3,
        read_timeout=seconds,
        retries={"mode": "standard", "total_max_attempts": tries},
        signature_version="s3v4" if service == "s3" else None,
    )
    return _session().create_client(service, config=settings)


@cache
def _session() -> Any:
    """Return the one session: a second client in the same session is almost free."""
    from botocore.session import Session  # noqa: PLC0415

    return Session()
