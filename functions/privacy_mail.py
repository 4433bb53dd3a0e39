"""Files the mail that SES leaves in the inbox bucket: sealed, and the unsealed copy deleted (P20, P45)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from privacy import inbox
from privacy.aws.services import inbound, now, receiver
from privacy.errors import KeyDestroyed, PrivacyError

logger = Logger()


class MailNotFiled(PrivacyError):
    """A mail could not be filed; its unsealed copy stays for the next try. What went wrong is logged, by its kind."""

    code = "mail_not_filed"


def handler(event: dict[str, Any], _context: object) -> None:
    """File the mails the event names, or else (every hour) whatever is still there.

    One mail's failure does not stop the others. Raises MailNotFiled at the end, so that the event is tried again.
    """
    names = [unquote_plus(record["s3"]["object"]["key"]) for record in event.get("Records", ())] or list(
        inbound().names()
    )
    if [name for name in names if not _filed(name)]:
        raise MailNotFiled


def _filed(name: str) -> bool:
    """File one mail and delete its unsealed copy; False when it must be tried again.

    Whatever is wrong is logged by its kind alone: the text of an error may hold a piece of the mail.
    """
    try:
        kind = _file(name)
    except Exception as failure:  # noqa: BLE001 - one mail never stops the others
        logger.warning("mail not filed", extra={"failure": type(failure).__name__})
        return False
    logger.info("mail filed", extra={"filed_as": kind})
    return True


def _file(name: str) -> str:
    """File one mail, delete its unsealed copy and return what it was filed as."""
    try:
        raw = inbound().get(name)
    except KeyDestroyed:  # filed and deleted by an earlier delivery of the same event
        return "seen"
    filed = inbox.file(receiver(), raw, name, now())
    inbound().delete(name)
    return filed.kind
