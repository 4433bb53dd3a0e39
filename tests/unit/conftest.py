"""What unit tests share: services that hold nothing yet, and a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.fakes import services_in_memory

if TYPE_CHECKING:
    from privacy.services import Services


@pytest.fixture
def services() -> Services:
    """Give tables, keys, a mailbox and a bucket that hold nothing yet."""
    return services_in_memory()


@pytest.fixture
def now() -> datetime:
    """Give a moment in winter time."""
    return datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
