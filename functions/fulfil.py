"""Carries rights out: woken by the stream of `records`, hourly, and asked by `rights` for a copy (Art. 15 to 22 GDPR)."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from privacy import carrying, handouts, steps, transmitting
from privacy.aws.services import fulfiller, now
from privacy.errors import PrivacyError
from privacy.writes import Key

logger = Logger()
metrics = Metrics()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Carry out what the event tells of: records of the stream, a copy that is asked for, or else whatever waits."""
    if "Records" in event:
        return {"batchItemFailures": _from_stream(event["Records"])}
    if "case" in event or "number" in event:
        return _asked({name: str(value or "") for name, value in event.items()})
    handouts.sweep(fulfiller(), now())  # first: what stands in clear must not wait for anybody's task
    for place in carrying.waiting(fulfiller().store, now()):
        _carry_out(place)
    return {}


def _from_stream(records: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Carry out the tasks that were just written; one that fails comes back by itself, within the hour or the next."""
    for record in records:
        keys = record["dynamodb"]["Keys"]
        _carry_out(Key("records", keys["pk"]["S"], keys["sk"]["S"]))
    return []


def _carry_out(place: Key) -> None:
    """Carry out one task. One that fails does not stop the others: it waits, is counted, and rings an alarm."""
    try:
        done = carrying.carry_out(fulfiller(), place, now(), steps.STEPS)
    except Exception as failure:  # noqa: BLE001 - the others must go on; its text may hold data, its type does not
        logger.warning("task not carried out", extra={"failure": type(failure).__name__, "place": place.pk})
        metrics.add_metric(name="TasksFailed", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
        return
    logger.info("task", extra={"status": done, "place": place.pk})


def _asked(given: dict[str, str]) -> dict[str, Any]:
    """Give `rights` what it asks for somebody, or say why not: it answers them."""
    case, session = given.get("case", ""), given.get("session", "")
    try:
        if "number" in given:
            return {"link": transmitting.hand_over(fulfiller(), given["number"], given.get("phrase", ""), now())}
        if "about" in given:
            language = given.get("language", "")
            return {"about": transmitting.about(fulfiller(), case, session, given["about"], language, now())}
        return {"link": handouts.hand_out(fulfiller(), case, session, given.get("right", ""), now())}
    except PrivacyError as refused:
        return {"refused": refused.code}
