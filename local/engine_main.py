"""The process of the local engine: ministack, with what the embedded run needs and it lacks.

Added to the engine, all under `/_local/` on its own port and per account:

- a clock per account that can be moved, with time-to-live deletions by that clock;
- snapshots of its state about every second, so that a kill brings back nothing erased;
- the mail that was sent, as it was sent, and faults of mail for tests;
- every byte that an account holds, which functions are at work, and a way to forget an account.

It does *not* run schedules by itself: `local.schedules` does, by the account's clock. It ends when its parent ends,
because its standard input then closes.
"""

import asyncio
import base64
import contextvars
import fcntl
import json
import logging
import mmap
import os
import struct
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from email.utils import parseaddr
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs

_REAL_TIME = time.time
_SECONDS = struct.Struct("<d")
_END_SECONDS = 30  # how long the functions of an account that is to be forgotten have to end
_SENDER: contextvars.ContextVar[str] = contextvars.ContextVar("sender", default="")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

logger = logging.getLogger("local.engine")


class Clocks:
    """How far the clock of each account was moved; kept in files, which the functions read too."""

    def __init__(self, folder: Path) -> None:
        """Take up the clocks that `folder` holds."""
        self._folder = folder
        self._files: dict[str, mmap.mmap] = {}
        self._ended: dict[str, float] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            self._open(path.name)

    def _open(self, account: str) -> mmap.mmap:
        """Map the clock file of an account, made first if it is not there."""
        if account not in self._files:
            path = self._folder / account
            if not path.exists():
                path.write_bytes(_SECONDS.pack(0.0))
            with path.open("r+b") as file:
                self._files[account] = mmap.mmap(file.fileno(), _SECONDS.size)
        return self._files[account]

    def offset(self, account: str) -> float:
        """Return the seconds by which the account's clock is ahead."""
        file = self._files.get(account)
        return float(_SECONDS.unpack_from(file)[0]) if file is not None else self._ended.get(account, 0.0)

    def move_to(self, account: str, offset: float) -> None:
        """Set the seconds by which the account's clock is ahead."""
        _SECONDS.pack_into(self._open(account), 0, offset)

    def forget(self, account: str) -> None:
        """Drop an account's clock; its time does not go back, for who waits by it would wait for years."""
        self._ended[account] = self.offset(account)
        self._files.pop(account, None)
        (self._folder / account).unlink(missing_ok=True)


class Mail:
    """What was sent, as it was sent, and which addresses are to fail. In memory only."""

    def __init__(self) -> None:
        """Start with an empty mailbox."""
        self._sent: dict[str, list[dict[str, Any]]] = {}
        self._faults: dict[tuple[str, str], str] = {}

    def keep(self, account: str, to: list[str], raw: str, at: float) -> None:
        """Keep one accepted message; `raw` is base64."""
        self._sent.setdefault(account, []).append({"to": to, "raw": raw, "at": at})

    def sent(self, account: str) -> list[dict[str, Any]]:
        """Return the messages of an account, oldest first."""
        return self._sent.get(account, [])

    def set_fault(self, account: str, to: str, fault: str | None) -> None:
        """Let mail to an address fail from now on (`reject`, `throttle`, `bounce`), or with None no longer."""
        if fault is None:
            self._faults.pop((account, to.lower()), None)
        else:
            self._faults[account, to.lower()] = fault

    def fault(self, account: str, to: list[str]) -> str | None:
        """Return the fault set for any of the addresses, `*` being all of them."""
        asked = [(account, address.lower()) for address in [*to, "*"]]
        return next((self._faults[key] for key in asked if key in self._faults), None)

    def forget(self, account: str) -> None:
        """Empty the mailbox of an account and lift its faults."""
        self._sent.pop(account, None)
        self._faults = {key: fault for key, fault in self._faults.items() if key[0] != account}


@contextmanager
def _account(account: str, region: str) -> Iterator[None]:
    """Run a block as if a request of this account and region were being served."""
    from ministack.core import responses

    before = responses.get_account_id(), responses.get_region()
    responses.set_request_account_id(account)
    responses.set_request_region(region)
    try:
        yield
    finally:
        responses.set_request_account_id(before[0])
        responses.set_request_region(before[1])


def _move_time(clocks: Clocks) -> None:
    """Let the engine read the clock of the account whose request it serves; signatures keep to the real time."""
    from ministack.core import responses

    def moved_time() -> float:
        return _REAL_TIME() + clocks.offset(responses.get_account_id())

    class MovedDatetime(datetime):
        """The `datetime` by which the engine stamps what it stores."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "MovedDatetime":
            return cls.fromtimestamp(moved_time(), tz)

    time.time = moved_time
    setattr(responses, "datetime", MovedDatetime)  # noqa: B010 - the module's own name for it, unknown to mypy


def _expire_items(clocks: Clocks) -> None:
    """Delete what has outlived its time-to-live by the account's clock, like DynamoDB: late, but surely."""
    from ministack.services import dynamodb

    for (account, region, name), setting in list(dynamodb._ttl_settings.all_items()):
        table = dynamodb._tables.get_scoped(account, region, name)
        if setting.get("TimeToLiveStatus") != "ENABLED" or not table:
            continue
        now = _REAL_TIME() + clocks.offset(account)
        for pk, rows in list(table["items"].items()):
            for sk, item in list(rows.items()):
                stamp = item.get(setting["AttributeName"], {}).get("N")
                if stamp is not None and float(stamp) <= now:
                    dynamodb._remove_item(table, pk, sk)


def _forget_transactions(clocks: Clocks) -> None:
    """Forget transactions that were asked for ten minutes ago by the account's clock, as DynamoDB does.

    The engine keeps each with all it wrote, to recognise a repetition, and looks for old ones by one clock for all
    accounts: where one account is a year ahead, the others' would stay, and what was destroyed would lie there still.
    """
    from ministack.services import dynamodb

    for (account, region, token), kept in list(dynamodb._txn_idempotency.all_items()):
        now = _REAL_TIME() + clocks.offset(account)
        if now - kept["completed_at"] >= dynamodb._TXN_TOKEN_TTL:
            dynamodb._txn_idempotency.pop_scoped(account, region, token, None)


def _receive_mail(mail: Mail) -> None:
    """Keep what SES v2 accepts as it was sent: the engine itself would drop most headers. Faults are played here."""
    from ministack.core.responses import error_response_json, get_account_id
    from ministack.services import ses_v2

    original = ses_v2.handle_request

    async def handle_request(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> Any:
        if method != "POST" or not path.rstrip("/").endswith("/outbound-emails"):
            return await original(method, path, headers, body, query_params)
        request = json.loads(body or b"{}")
        to = [address for addresses in request.get("Destination", {}).values() for address in addresses]
        fault = mail.fault(get_account_id(), to)
        if fault == "throttle":
            return error_response_json("TooManyRequestsException", "Maximum sending rate exceeded.", 429)
        if fault == "reject":
            return error_response_json("MessageRejected", "Email address is on no account we know.", 400)
        response = await original(method, path, headers, body, query_params)
        raw = request.get("Content", {}).get("Raw", {}).get("Data")
        if response[0] == HTTPStatus.OK and raw:
            mail.keep(get_account_id(), to, raw, time.time())
            if fault == "bounce":
                message_id = json.loads(response[2])["MessageId"]
                asyncio.get_running_loop().call_later(0.2, _announce_bounce, get_account_id(), request, to, message_id)
        return response

    ses_v2.handle_request = handle_request


def _announce_bounce(account: str, request: dict[str, Any], to: list[str], message_id: str) -> None:
    """Put the event on the default bus with which SES tells that a message bounced for good."""
    from ministack.core.responses import get_region
    from ministack.services import eventbridge

    at = datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    recipients = [{"emailAddress": address, "action": "failed", "status": "5.1.1"} for address in to]
    detail = {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": recipients,
            "timestamp": at,
            "feedbackId": message_id.partition("@")[0],
        },
        "mail": {
            "timestamp": at,
            "source": request.get("FromEmailAddress", ""),
            "messageId": message_id,
            "destination": to,
            "tags": {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", [])}
            | {"ses:configuration-set": [request.get("ConfigurationSetName", "")]},
        },
    }
    with _account(account, get_region()):
        eventbridge._put_events(
            {"Entries": [{"Source": "aws.ses", "DetailType": "Email Bounced", "Detail": json.dumps(detail)}]},
            allow_aws_source=True,
        )


def _evaluate_conditions_as_aws_does() -> None:
    """Let `aws:PrincipalArn` be the ARN of the role, not of its session, and take loopback for a safe transport."""
    from ministack.core import iam_evaluator
    from ministack.services import iam

    original = iam_evaluator._resolve_condition_key

    def resolve(key: str, context: Any) -> Any:
        if key.lower() == "aws:principalarn" and context.principal_type == "AssumedRole":
            name = iam_evaluator._role_name_from_assumed_arn(context.principal_arn)
            role = iam._roles.get_scoped(context.principal_account, None, name)
            return role["Arn"] if role else context.principal_arn
        if key.lower() == "aws:securetransport":
            return "true"
        if key.lower() == "ses:fromaddress":
            return _SENDER.get()
        return original(key, context)

    iam_evaluator._resolve_condition_key = resolve


def _name_the_sender_of_mail() -> None:
    """Let sending mail ask for the right on the sender's identity, as on AWS; the engine asks for it on `*`."""
    from ministack.core import iam_actions

    original = iam_actions.extract_resource_arn

    def extract(service: str, method: str, path: str, headers: Any, body: bytes, *more: Any) -> Any:
        if service != "ses" or method != "POST" or not path.rstrip("/").endswith("/outbound-emails"):
            return original(service, method, path, headers, body, *more)
        sender = parseaddr(json.loads(body or b"{}").get("FromEmailAddress", ""))[1]
        _SENDER.set(sender)
        region, account = more[-2:]
        return f"arn:aws:ses:{region}:{account}:identity/{sender}"

    iam_actions.extract_resource_arn = extract


def _read_logs_at_once() -> None:
    """Wait less for the log of a function: the engine waits 50 ms for one that logs nothing, at every call."""
    from ministack.core.lambda_runtime import Worker

    Worker._drain_stderr_bounded.__defaults__ = (0.01, 0.003, 0.25)


def _read_streams_from_their_start() -> None:
    """Forget, with the streams themselves, how far they were read when the engine ended.

    The engine keeps the place and not the records: after a start it would take the first new ones for read, and wake nobody.
    """
    from ministack.services import lambda_svc

    original = lambda_svc.load_persisted_state

    def load_persisted_state(data: dict[str, Any]) -> None:
        original({name: value for name, value in data.items() if name != "dynamodb_stream_positions"})

    lambda_svc.load_persisted_state = load_persisted_state


def _wait_for_the_one_before(folder: Path) -> IO[bytes]:
    """Wait until no other engine works in a folder, and let none begin there as long as what is returned is open.

    Who kills the embedded run and starts it again at once would otherwise read a state that is still being written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "engine.lock").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _leave_schedules_alone() -> None:
    """Keep the engine from running rules and schedules: `local.schedules` does it, by the account's clock."""
    from ministack.services import eventbridge, scheduler

    eventbridge.start_scheduler = lambda: None
    scheduler.start_scheduler = lambda: None


def _scoped_stores() -> Iterator[tuple[str, Any]]:
    """Yield every store of the engine that is kept apart by account, with its name."""
    from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

    for name, module in sorted(sys.modules.items()):
        if name.startswith("ministack."):
            for attribute, value in sorted(vars(module).items()):
                if isinstance(value, AccountScopedDict | AccountRegionScopedDict):
                    yield f"{name.removeprefix('ministack.services.')}/{attribute}", value


def _leaves(path: str, value: Any) -> Iterator[tuple[str, bytes]]:
    """Yield every piece of text and bytes inside a value, keys of dictionaries included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list | tuple | set | bytes | bytearray):
                yield f"{path}/#key", str(key).encode()
            yield from _leaves(f"{path}/{key}", inner)
    elif isinstance(value, list | tuple | set):
        for index, inner in enumerate(value):
            yield from _leaves(f"{path}/{index}", inner)
    elif isinstance(value, bytes | bytearray):
        yield path, bytes(value)
    elif value is not None:
        text = str(value).encode()
        yield path, text
        if path.endswith("/B"):
            with suppress(ValueError):
                yield f"{path}/#decoded", base64.b64decode(text, validate=True)


def _dump(account: str) -> list[tuple[str, str]]:
    """Return everything the engine holds for an account, as (where, base64 of what)."""
    return [
        (where, base64.b64encode(what).decode())
        for name, store in _scoped_stores()
        for key, value in list(store._data.items())
        if key[0] == account
        for where, what in _leaves(f"{name}/{key[-1]}", value)
    ]


def _wanted(account: str) -> dict[str, Any]:
    """Return what the account's stacks ask for: of every resource its type, its id, and its properties resolved."""
    from ministack.services.cloudformation import _stacks

    return {
        name: {"type": resource["ResourceType"], "id": resource["PhysicalResourceId"], "wants": resource["Properties"]}
        for key, stack in list(_stacks._data.items())
        if key[0] == account
        for name, resource in stack.get("_resources", {}).items()
    }


def _credentials(account: str, function: str) -> dict[str, str]:
    """Return credentials with the rights of a function's role, as environment variables."""
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    configs = [
        stored["config"]
        for key, stored in lambda_svc._functions._data.items()
        if (key[0], key[-1]) == (account, function)
    ]
    return dict(lambda_runtime.execution_credentials(configs[0]))


def _busy(account: str) -> list[str]:
    """Return the functions of an account that are at work now."""
    from ministack.services import lambda_svc

    _, running = lambda_svc.executions_in_flight()
    return sorted(key.rpartition(":")[2] for key in running if key.startswith(f"{account}:"))


def _let_end(account: str) -> None:
    """Begin no function of an account for its streams any more, and wait until those at work have ended.

    They run on a thread that serves every account: one whose files went meanwhile would make all the others wait.
    """
    from ministack.services import lambda_svc

    for key in [key for key in lambda_svc._esms._data if key[0] == account]:
        lambda_svc._esms._data.pop(key, None)
    deadline = time.monotonic() + _END_SECONDS
    while _busy(account) and time.monotonic() < deadline:
        time.sleep(0.01)


def _forget(account: str) -> None:
    """Drop everything the engine holds for an account, so that many accounts in one run stay affordable."""
    from ministack.core import lambda_runtime

    with lambda_runtime._lock:
        keys = [key for key in lambda_runtime._workers if key.startswith(f"{account}:")]
        workers = [worker for key in keys for worker in lambda_runtime._workers.pop(key)]
    threading.Thread(target=lambda_runtime.kill_workers, args=(workers,), daemon=True).start()
    for _, store in _scoped_stores():
        for key in [key for key in store._data if key[0] == account]:
            store._data.pop(key, None)


class Snapshots:
    """Writes the state of the services that were used since the last time, about every second."""

    _ALSO_CHANGED_BY_FUNCTIONS = ("lambda", "cloudwatch_logs", "cloudwatch", "sqs", "eventbridge")

    def __init__(self) -> None:
        """Start with nothing to write."""
        self.requests = 0
        self._written = 0
        self._lock = threading.Lock()

    async def write(self) -> None:
        """Write what changed. The states are taken in one go between two requests, so no transaction is torn."""
        from ministack import app
        from ministack.core import persistence

        if self.requests == self._written or not persistence.PERSIST_STATE:
            return
        requests = self.requests
        states = {name: get_state() for name, get_state in app._build_persistence_save_dict().items()}
        await asyncio.to_thread(self._save, states)
        self._written = requests

    def _save(self, states: dict[str, Any]) -> None:
        """Write states to their files, one writer at a time."""
        from ministack.core import persistence

        with self._lock:
            for name, state in states.items():
                if state is not None:
                    persistence.save_state(name, state)


class LocalApp:
    """The engine's application, with what the embedded run added in front of it."""

    def __init__(self, engine: Asgi, clocks: Clocks, mail: Mail, snapshots: Snapshots) -> None:
        """Put the additions in front of `engine`."""
        self._engine = engine
        self._clocks = clocks
        self._mail = mail
        self._snapshots = snapshots
        self._told: dict[str, Callable[[str], Any]] = {
            "mailbox": mail.sent,
            "dump": _dump,
            "wanted": _wanted,
            "busy": _busy,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or lifespan."""
        if scope["type"] != "http" or not scope["path"].startswith("/_local/"):
            self._snapshots.requests += 1
            await self._engine(scope, receive, send)
            return
        body = b""
        while (message := await receive()).get("more_body") or message.get("body"):
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
        answer = await self._answer(scope["path"].removeprefix("/_local/"), query, json.loads(body or b"{}"))
        content = json.dumps(answer).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, what: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        """Carry out one request of the embedded run."""
        account = query.get("account", "")
        if what == "clock" and "offset" in body:
            self._clocks.move_to(account, float(body["offset"]))
            _expire_items(self._clocks)
            _forget_transactions(self._clocks)
        elif what == "clock":
            self._clocks.move_to(account, self._clocks.offset(account))  # a function reads the file as it starts
            return {"offset": self._clocks.offset(account)}
        elif what in self._told:
            return self._told[what](account)
        elif what == "faults":
            self._mail.set_fault(account, body["to"], body.get("fault"))
        elif what == "credentials":
            return _credentials(account, body["function"])
        elif what == "snapshot":
            await self._snapshots.write()
        elif what == "forget":
            await asyncio.to_thread(_let_end, account)
            _forget(account)
            self._mail.forget(account)
            self._clocks.forget(account)
        return {}


async def _every(seconds: float, task: Callable[[], Awaitable[None]]) -> None:
    """Run a task again and again; a failure is logged and does not end it."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await task()
        except Exception:
            logger.exception("Could not do a regular task of the local engine")


def _end_with_parent(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """Set `ended` once standard input closes, which it does when the parent is gone, however it ended."""

    def wait() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, daemon=True).start()


async def _serve(port: int, clocks: Clocks) -> None:
    """Serve the engine on loopback until the parent ends."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack.app import app

    mail, snapshots = Mail(), Snapshots()
    _receive_mail(mail)
    _leave_schedules_alone()
    _read_streams_from_their_start()
    _read_logs_at_once()
    _evaluate_conditions_as_aws_does()
    _name_the_sender_of_mail()
    ended = asyncio.Event()
    _end_with_parent(asyncio.get_running_loop(), ended)

    async def expire() -> None:
        _expire_items(clocks)
        _forget_transactions(clocks)

    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.graceful_timeout = 2
    regular = [asyncio.create_task(_every(1, snapshots.write)), asyncio.create_task(_every(60, expire))]
    await serve(LocalApp(app, clocks, mail, snapshots), config, shutdown_trigger=ended.wait)  # type: ignore[arg-type]
    for task in regular:
        task.cancel()


def main() -> None:
    """Start the engine as the environment says: `GATEWAY_PORT`, `LOCAL_CLOCKS`, and ministack's own variables."""
    with _wait_for_the_one_before(Path(os.environ["STATE_DIR"])):
        clocks = Clocks(Path(os.environ["LOCAL_CLOCKS"]))
        _move_time(clocks)
        asyncio.run(_serve(int(os.environ["GATEWAY_PORT"]), clocks))


if __name__ == "__main__":
    main()
