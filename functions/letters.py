"""Sends the letters of the outbox: woken by the stream of `records`, every hour, and by SES when a letter came back."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from privacy import letters
from privacy.aws.services import now, sender
from privacy.writes import Key

logger = Logger()
metrics = Metrics()
_COUNTED = {letters.FAILED: "LettersFailed", letters.BOUNCED: "LettersFailed", letters.HELD: "LettersHeld"}
_CAME_BACK = frozenset({"Bounce", "Reject", "Rendering Failure", "Complaint"})


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Deliver what the event tells of: records of the stream, an event of SES, or else whatever waits."""
    if "Records" in event:
        return {"batchItemFailures": _from_stream(event["Records"])}
    if event.get("source") == "aws.ses":
        _came_back(event["detail"])
        return {}
    for place in letters.waiting(sender().store, now()):
        _deliver(place)
    return {}


def _from_stream(records: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Deliver the letters that were just written; return those that must be tried again, in AWS's form."""
    failed = []
    for record in records:
        keys = record["dynamodb"]["Keys"]
        if not _deliver(Key("records", keys["pk"]["S"], keys["sk"]["S"])):
            failed.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return failed


def _deliver(place: Key) -> bool:
    """Deliver one letter; say whether that needs no other try now. One letter's failure does not stop the others."""
    try:
        _count(letters.deliver(sender(), place, now()))
    except Exception as failure:  # noqa: BLE001 - the others must go on; its text may hold an address, its type does not
        logger.warning("letter not delivered", extra={"failure": type(failure).__name__, "place": place.pk})
        return False
    return True


def _came_back(detail: dict[str, Any]) -> None:
    """Note a bounce, a complaint or a refusal. Addresses in the event are neither kept nor logged."""
    kind, tags = detail.get("eventType") or detail.get("notificationType"), detail["mail"].get("tags", {})
    if kind in _CAME_BACK and tags.get("entry") and tags.get("letter"):
        _count(letters.bounced(sender().store, tags["entry"][0], tags["letter"][0], now()))


def _count(outcome: letters.Outcome) -> None:
    """Count what became of a letter."""
    counted = _COUNTED.get(outcome.status)
    if counted:
        metrics.add_metric(name=counted, unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
    if outcome.status != "none":
        logger.info("letter", extra={"status": outcome.status, "kind": outcome.kind})
