"""Starting, asking and stopping the local engine, which runs as a process of its own."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

REGION = "eu-central-1"
SECRET = "test"  # noqa: S105 - the engine accepts this one for every account; it guards nothing
START_SECONDS = 30
STOP_SECONDS = 15


class EngineFailed(Exception):
    """The engine did not start; the message says why and what to do."""


def free_port() -> int:
    """Return a port on loopback that nobody uses now.

    It lies below those that systems give to connections going out, one of which could take it before it is used.
    """
    return next(port for port in iter(lambda: random.randrange(10_000, 32_000), None) if is_free(port))  # noqa: S311


def is_free(port: int) -> bool:
    """Say whether a loopback port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Engine:
    """The local engine: a process that answers as AWS does, on loopback."""

    def __init__(self, port: int, folder: Path, *, keep: bool) -> None:
        """Prepare an engine on `port` that works in `folder` and, with `keep`, remembers its state there."""
        self.port = port
        self.endpoint = f"http://127.0.0.1:{port}"
        self.folder = folder
        self._keep = keep
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers.

        Raises `EngineFailed` when it ends early or does not answer within half a minute.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._log = (self.folder / "engine.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.engine_main"],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=self._environment(),
            cwd=Path(__file__).parents[1],
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                message = f"The local engine did not start on port {self.port}; see {self.folder / 'engine.log'}."
                raise EngineFailed(message)
            time.sleep(0.05)

    def _environment(self) -> dict[str, str]:
        """Return the engine's environment: nothing of ours but the way to programs, and what steers it."""
        scratch = self.folder / "tmp"
        shutil.rmtree(scratch, ignore_errors=True)  # functions of an earlier run
        scratch.mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(Path(__file__).parent / "startup"),
            "LOCAL_CLOCKS": str(self.folder / "clocks"),
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": f"unix://{self.folder / 'no-docker.sock'}",
            "AUTH": "true",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_EC2_METADATA_DISABLED": "true",
            "MINISTACK_REGION": REGION,
            "LOG_LEVEL": "WARNING",
            "TMPDIR": str(scratch),
            "PERSIST_STATE": "1" if self._keep else "0",
            "S3_PERSIST": "1" if self._keep else "0",
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "objects"),
        }

    def _answers(self) -> bool:
        """Say whether the engine answers."""
        try:
            with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=5) as response:  # noqa: S310
                return bool(response.status == HTTPStatus.OK)
        except OSError:
            return False

    def stop(self) -> None:
        """End the process; it writes its state first. Does nothing when it has ended already."""
        if self._process is None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None
        if self._log is not None:
            self._log.close()

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def ask(self, what: str, account: str, body: dict[str, Any] | None = None) -> Any:
        """Carry out one request of the embedded run itself, such as `clock` or `mailbox`, for an account."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.endpoint}/_local/{what}?account={account}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - loopback
            return json.loads(response.read())


def temporary_engine() -> Engine:
    """Return an engine on a free port that forgets everything, for tests."""
    return Engine(free_port(), Path(tempfile.mkdtemp(prefix="nakoming-engine-")), keep=False)
