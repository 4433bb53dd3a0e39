"""The store in memory and moto do what the contract says, so that tests on them mean something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import services_on_moto
from tests.memory import MemoryStore
from tests.store_contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.writes import Store


@pytest.mark.parametrize("clause", CONTRACT, ids=lambda clause: clause.__name__)
def test_memory_keeps_the_contract(clause: Callable[[Store], None]) -> None:
    """Each clause holds for the store in memory."""
    assert clause(MemoryStore()) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize("clause", CONTRACT, ids=lambda clause: clause.__name__)
def test_moto_keeps_the_contract(clause: Callable[[Store], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each clause holds for DynamoDB as moto plays it, through the code that runs on AWS."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with services_on_moto() as services:
        assert clause(services.store) is None  # type: ignore[func-returns-value]
