"""Files the mail that SES leaves in the inbox bucket: sealed, and the unsealed copy deleted (P20, P45)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from privacy import inbox
from privacy.aws.services import inbound, now, receiver
from privacy.errors import KeyDestroyed, PrivacyError

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> None:
    """File the mails the event names, or else (every hour) whatever is still there.

    One mail's failure does not stop the others; the event is tried again as long as one could not be filed.
    """
    names = [unquote_plus(record["s3"]["object"]["key"]) for record in event.get("Records", ())] or list(
        inbound().names()
    )
    failures = [failure for failure in map(_filed, names) if failure]
    if failures:
        raise failures[0]


def _filed(name: str) -> PrivacyError | None:
    """File one mail and delete its unsealed copy, or return what went wrong: the copy then stays for the next try."""
    try:
        raw = inbound().get(name)
        filed = inbox.file(receiver(), raw, name, now())
        inbound().delete(name)
    except KeyDestroyed:  # filed and deleted by an earlier delivery of the same event
        return None
    except PrivacyError as failure:
        logger.warning("mail not filed", extra={"failure": type(failure).__name__})
        return failure
    logger.info("mail filed", extra={"filed_as": filed.kind})
    return None
