"""`make run`: starts the local engine, deploys template.yaml into it, opens the doors, and stays until told to stop."""

import logging
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from local.door import Door, PortTaken
from local.engine import Engine, EngineFailed, is_free
from local.running import Running
from local.settling import Differences
from local.stack import RUN_ACCOUNT, DeploymentFailed, Stack, package
from local.template import TemplateRefused

FOLDER = Path(__file__).parents[1] / ".local"
TICK_SECONDS = 5
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """The embedded run cannot start; the message says why and what to do."""


def port(variable: str, default: int) -> int:
    """Return the port that an environment variable names. Raises `CannotStart` for what is no port or is taken."""
    value = os.environ.get(variable) or str(default)
    if not value.isdecimal() or not 0 < int(value) < 65536:  # noqa: PLR2004 - the range of ports
        message = f"{variable}={value} is no port: give a number from 1 to 65535."
        raise CannotStart(message)
    if not is_free(int(value)):
        message = f"Port {value} is taken by another program. Stop that, or choose another port: {variable}=… make run"
        raise CannotStart(message)
    return int(value)


def say(text: str) -> None:
    """Tell how far we are."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def start(cleanup: ExitStack) -> tuple[Running, Engine]:
    """Start everything; what was started is ended by `cleanup`. Raises one of the errors that `main` names."""
    http_port, smtp_port, aws_port = port("PORT", 8080), port("SMTP_PORT", 2525), port("AWS_PORT", 4566)
    started = time.monotonic()
    engine = Engine(aws_port, FOLDER, keep=True)
    say("Starting the local engine ...")
    cleanup.callback(engine.stop)
    engine.start()
    say("Packing the functions and reading template.yaml ...")
    packed = package()
    running = Running(Stack(engine, RUN_ACCOUNT), Door(http_port), smtp_port, FOLDER / "issuer.pem")
    say("Deploying template.yaml, and comparing what exists with what it asks ...")
    for remark in running.deploy(packed):
        say(f"  not in the embedded run: {remark}")
    cleanup.callback(running.close)
    running.open()
    say(f"Ready after {time.monotonic() - started:.0f} seconds.")
    return running, engine


def keep_running(running: Running, engine: Engine) -> None:
    """Run the schedules as time passes, until interrupted, or until our parent is gone.

    Raises `EngineFailed` when the engine has ended by itself.
    """
    parent = os.getppid()
    running.schedules.run_all()
    while "MAKELEVEL" not in os.environ or os.getppid() == parent:
        time.sleep(TICK_SECONDS)
        if not engine.running:
            message = f"The local engine ended by itself; see {engine.folder / 'engine.log'}."
            raise EngineFailed(message)
        running.schedules.catch_up()


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Stop wherever we are; what stops us further is left aside."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """Run until Ctrl-C or SIGTERM; return the exit status."""
    logging.basicConfig(format="%(message)s")
    for number in STOPS:
        signal.signal(number, interrupt)
    try:
        with ExitStack() as cleanup:
            running, engine = start(cleanup)
            say(announcement(running))
            keep_running(running, engine)
    except KeyboardInterrupt:
        say("Stopped.")
    except PortTaken as error:
        say(f"Port {error} is taken by another program. Choose others: PORT=… SMTP_PORT=… AWS_PORT=… make run")
        return 1
    except (CannotStart, EngineFailed, DeploymentFailed, TemplateRefused, Differences) as error:
        say(str(error))
        return 1
    return 0


def announcement(running: Running) -> str:
    """Return what to do next."""
    status = running.status()
    return (
        f"\n  site and API  {status['http']}/"
        f"\n  mailbox       {status['http']}/local/mailbox"
        f"\n  mail          {status['smtp']} (SMTP)"
        f"\n  AWS           {status['aws']['endpoint']} (region {status['aws']['region']})"
        f"\n\nData stays in {FOLDER}. Ctrl-C stops."
        "\nThis engine is for development and demonstration only: it protects nothing."
    )


if __name__ == "__main__":
    sys.exit(main())
