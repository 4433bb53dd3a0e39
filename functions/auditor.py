"""Judges every hour whether each promise is kept, and seals the evidence of days that are over. Opens nothing (N4, N7)."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from privacy import audit
from privacy.aws.services import auditor, inbound, now

logger = Logger()
metrics = Metrics()
_TIME_TO_FINISH = 60_000
"""Milliseconds kept back for judging and for storing the verdicts."""


def handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Audit once; alarms watch that it took place, and the number of broken promises."""
    counts = audit.run(
        auditor(),
        now(),
        arrivals=lambda: inbound().arrivals(),
        may_go_on=lambda: context.get_remaining_time_in_millis() > _TIME_TO_FINISH,
        note=lambda failure: logger.warning("not audited", extra={"failure": failure}),
    )
    for name, value in (("AuditorRun", 1), ("PromisesBroken", counts.broken), ("PromisesAtRisk", counts.at_risk)):
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    metrics.flush_metrics()
    logger.info("audit", extra=counts._asdict())
    return counts._asdict()
