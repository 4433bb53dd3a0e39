"""The embedded run keeps its data, and works on with them after a stop or a kill."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from local.door import Door
from local.engine import Engine, free_port
from local.running import Running
from local.stack import RUN_ACCOUNT, Package, Stack
from tests.conftest import TestStack
from tests.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.system


def started(folder: Path, packed: Package) -> tuple[Engine, Running]:
    """Start the embedded run in a folder, as `make run` does."""
    engine = Engine(free_port(), folder, keep=True)
    engine.start()
    running = Running(Stack(engine, RUN_ACCOUNT), Door(), free_port(), folder / "issuer.pem")
    running.deploy(packed)
    running.open()
    return engine, running


@pytest.mark.parametrize("killed", [False, True])
def test_after_a_start_everything_wakes_as_before(tmp_path: Path, packed: Package, *, killed: bool) -> None:
    """What was sent in before is there, and each request after it is acknowledged by itself, without a schedule."""
    engine, running = started(tmp_path, packed)
    firm = Firm(TestStack(running))
    for number in range(4):
        firm.ask(email=f"ada.{number}@example.org")
    firm.stack.eventually(lambda: len(firm.mails("info@silveressence.net")) == 4)
    engine.ask("snapshot", RUN_ACCOUNT)
    running.close()
    if killed:
        process = engine._process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
    engine.stop()

    engine, running = started(tmp_path, packed)
    try:
        firm = Firm(TestStack(running))
        assert len(firm.staff("GET", "/desk/enquiries?status=open")[1]["enquiries"]) == 4
        for number in range(3):
            firm.ask(email=f"bob.{number}@example.org")
            assert firm.stack.eventually(lambda: firm.mails("info@silveressence.net")[number:])  # noqa: B023 - asked at once
    finally:
        running.close()
        engine.stop()


def test_an_engine_waits_for_the_one_before_in_its_folder(tmp_path: Path) -> None:
    """Started while another still writes its state there, it begins when that has ended, and not before."""
    first, second = (Engine(free_port(), tmp_path, keep=True) for _ in range(2))
    first.start()
    try:
        waiting = threading.Thread(target=second.start)
        waiting.start()
        waiting.join(2)
        assert waiting.is_alive()
    finally:
        first.stop()
    waiting.join(20)
    assert not waiting.is_alive()
    assert second.running
    second.stop()
