"""Destroys what is due, every hour. It holds no key and can read nothing (P04, P37, N7)."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from privacy import retention
from privacy.aws.services import eraser, now

logger = Logger()
metrics = Metrics()
_TIME_TO_FINISH = 30_000
"""Milliseconds kept back for counting what is left and noting the run."""


def handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Run retention until everything due is gone or the time is up; an alarm watches the numbers."""
    counts = retention.run(
        *eraser(),
        now(),
        may_go_on=lambda: context.get_remaining_time_in_millis() > _TIME_TO_FINISH,
        note=lambda failure: logger.warning("not carried out", extra={"failure": failure}),
    )
    metrics.add_metric(name="RetentionRun", unit=MetricUnit.Count, value=1)
    for name, value in (
        ("Destroyed", counts.destroyed),
        ("RetentionFailed", counts.failed),
        ("Overdue", counts.overdue),
        ("CasesOverdue", counts.cases_overdue),
        ("IncidentsOverdue", counts.incidents_overdue),
    ):
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    metrics.flush_metrics()
    logger.info("retention", extra=counts._asdict())
    return counts._asdict()
