"""Which function takes which right further (Art. 15 to 22 GDPR). A right that is not here waits for the decision of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import access, consent, erasure, objection, rectification, restriction, restrictions, rights_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from privacy.carrying import Asked
    from privacy.services import Services

STEPS: Mapping[str, Callable[[Services, Asked, datetime], datetime | None]] = {
    "access": access.step,
    "portability": access.step,
    "rectification": rectification.step,
    "erasure": erasure.step,
    "restriction": restriction.step,
    "objection": objection.step,
    "withdrawal": consent.withdrawn,
    "unsubscribe": consent.unsubscribed,
    rights_asked.LIFT: restrictions.lifted,
}
