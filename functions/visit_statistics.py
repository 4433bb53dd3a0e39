"""Counts the visits of the days that are over, every night, and keeps what is nobody's (P32, P37)."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from privacy import browsers, statistics
from privacy.aws.services import counter, now
from privacy.errors import PrivacyError

logger = Logger()
metrics = Metrics()
_TIME_TO_FINISH = 60_000
"""Milliseconds kept back for adding up what was counted and for storing it."""


class NotCounted(PrivacyError):
    """Not all that waits is counted; the run is tried again. What went wrong is logged, by its kind, or that it takes longer."""

    code = "not_counted"


def handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Count what waits. Raises NotCounted when a site failed or time ran out, after what could be counted was kept."""
    try:
        counts = statistics.run(
            counter(),
            now(),
            browser=browsers.browser,
            country=browsers.country,
            may_go_on=lambda: context.get_remaining_time_in_millis() > _TIME_TO_FINISH,
            note=lambda failure: logger.warning("not counted", extra={"failure": failure}),
        )
    finally:
        browsers.forget()
    metrics.add_metric(name="StatisticsRun", unit=MetricUnit.Count, value=1)
    metrics.add_metric(name="DaysCounted", unit=MetricUnit.Count, value=counts.days)
    metrics.flush_metrics()
    logger.info("statistics", extra=counts._asdict())
    if counts.failed or not counts.finished:
        raise NotCounted
    return counts._asdict()
