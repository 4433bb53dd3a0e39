"""Looks into misuse, and carries out rights on visits (P09, P33, Art. 11(2) GDPR): found by an address and a time, and deleted.

Apart from the desk: of what staff reach, this alone can open the wall of visitors. Every opening is recorded first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import security_routes, staff_app
from privacy.aws.services import guard
from privacy.aws.services import now as this_moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from privacy.services import Services


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request of security staff or of the privacy officer."""
    return answered(event, context, guard, this_moment())


def answered(event: dict[str, Any], context: object, services: Callable[[], Services], now: datetime) -> dict[str, Any]:
    """Answer one request with these services, made when they are needed, at this moment."""
    return staff_app.answered(security_routes.app, event, context, services, now)
