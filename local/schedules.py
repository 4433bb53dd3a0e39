"""The schedules of the deployed template, run by the account's clock: as time passes, and as it is moved.

EventBridge's expressions: docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

import json
import logging
import re
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from privacy import carrying, letters, periods, retention, statistics
from privacy.aws.tables import Tables

from local.engine import REGION
from local.stack import Stack

logger = logging.getLogger("local.schedules")

HOUR, DAY = 3600, 86400
_UNITS = {"minute": 60, "hour": HOUR, "day": DAY}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
CLOSELY_SECONDS = 2 * HOUR
FAR = 30 * DAY
ORDER = ("retention",)  # what others wait for comes first


class UnknownSchedule(ValueError):
    """The expression is of a kind that the embedded run does not carry out."""


@dataclass(frozen=True)
class Schedule:
    """One rule: when it fires, and which function it calls with what."""

    name: str
    arn: str
    expression: str
    function: str
    input: str | None

    def after(self, moment: float) -> float:
        """Return the first moment after `moment` at which the rule fires; rates count from full hours and days."""
        if match := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", self.expression):
            period = int(match[1]) * _UNITS[match[2]]
            return (int(moment) // period + 1) * period
        if match := re.fullmatch(r"cron\((.+)\)", self.expression):
            return next(_cron(match[1].split(), moment))
        raise UnknownSchedule(self.expression)


def _cron(fields: list[str], moment: float) -> Iterator[float]:
    """Yield the moments after `moment` that a cron expression names, in UTC."""
    minutes, hours = _values(fields[0], 0, 59), _values(fields[1], 0, 23)
    days, months = _values(fields[2], 1, 31), _values(fields[3], 1, 12, _MONTHS)
    weekdays = _values(fields[4], 1, 7, _DAYS)
    day = datetime.fromtimestamp(moment, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(366 * 5):
        if day.month in months and day.day in days and (day.isoweekday() % 7 + 1) in weekdays:
            for hour in hours:
                for minute in minutes:
                    at = day.replace(hour=hour, minute=minute).timestamp()
                    if at > moment:
                        yield at
        day += timedelta(days=1)


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> list[int]:
    """Return the numbers that one field of a cron expression stands for. Raises `UnknownSchedule`."""
    for number, name in enumerate(names, 1):
        field = field.replace(name, str(number))
    values: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(\*|\?|\d+)(?:-(\d+))?(?:/(\d+))?", part)
        if not match:
            raise UnknownSchedule(field)
        first = low if match[1] in "*?" else int(match[1])
        last = int(match[2]) if match[2] else (high if match[1] in "*?" or match[3] else first)
        values.update(range(first, last + 1, int(match[3] or 1)))
    return sorted(values)


class Schedules:
    """Runs the schedules of one stack."""

    def __init__(self, stack: Stack) -> None:
        """Read the rules from the engine."""
        self._stack = stack
        self._lock = threading.RLock()
        self._schedules = sorted(_rules(stack), key=_order)
        self._arns = {
            name: f"arn:aws:lambda:{REGION}:{stack.account}:function:{resource['id']}"
            for name, resource in stack.wanted.items()
            if resource["type"] == "AWS::Lambda::Function"
        }
        self._known = {
            self._arns.get(name) for name in ("Retention", "Letters", "PrivacyMail", "Auditor", "Statistics", "Fulfil")
        }
        names = {
            table: stack.resources[f"{table.capitalize()}Table"]
            for table in ("vault", "records", "traffic", "statistics")
        }
        self._store = Tables(stack.client("dynamodb"), names)
        self._done_until = stack.now()
        self._letters_waited = False
        self._audited = False
        self.failures: list[str] = []

    def catch_up(self) -> None:
        """Run what fell due since the last time, once each."""
        with self._lock:
            now = self._stack.now()
            for schedule in self._schedules:
                if schedule.after(self._done_until) <= now:
                    self.run(schedule)
            self._done_until = now

    def run_all(self) -> None:
        """Run every schedule once, now: after a stop nobody knows what was missed."""
        with self._lock:
            for schedule in self._schedules:
                self.run(schedule)
            self._done_until = self._stack.now()

    def advance(self, duration: str) -> None:
        """Move the clock by an ISO 8601 duration and run what falls due on the way, in order.

        Far from the end, only the runs that have something to do take place; over the last two hours, every run does.
        Raises ValueError for what is no duration.
        """
        start = datetime.fromtimestamp(self._stack.now(), UTC)
        end = periods.after(start, duration).timestamp()
        with self._lock:
            moment = self._stack.now()
            if end - moment > FAR and not self._audited:  # its evidence begins with the day of the first audit
                self._run_those_of("Auditor")
            while (step := self._next_step(moment, end)) <= end:
                due = [schedule for schedule in self._schedules if schedule.after(moment) <= step]
                self._stack.move_clock_to(step)
                for schedule in due:
                    if end - step <= CLOSELY_SECONDS or not self._is_idle(schedule):
                        self.run(schedule)
                moment = step
            self._stack.move_clock_to(max(end, self._stack.now()))
            self._done_until = self._stack.now()

    def _run_those_of(self, function: str) -> None:
        """Run the schedules of one function, by its name in the template."""
        for schedule in self._schedules:
            if schedule.function == self._arns.get(function):
                self.run(schedule)

    def _next_step(self, moment: float, end: float) -> float:
        """Return the next moment worth a visit: the next run if letters wait for it, else the next with work to do."""
        if not self._schedules:
            return end + 1
        following = min(schedule.after(moment) for schedule in self._schedules)
        if end - following <= CLOSELY_SECONDS or self._letters_wait_anew():
            return following
        others = [schedule.after(moment) for schedule in self._schedules if schedule.function not in self._known]
        worth = min(
            end - CLOSELY_SECONDS,
            self._next_retention(moment),
            self._next_count(moment),
            self._next_task(moment),
            *others,
        )
        return max(following, min(schedule.after(worth - 1) for schedule in self._schedules))

    def _next_retention(self, moment: float) -> float:
        """Return when the retention run has something to do for the first time after `moment`; far away when never."""
        found = retention.next_work(self._store, datetime.fromtimestamp(moment, UTC))
        return found.timestamp() if found else float("inf")

    def _next_count(self, moment: float) -> float:
        """Return when the first day of visits can be counted; far away when none waits, or when the night's run failed."""
        found = statistics.next_work(self._store, datetime.fromtimestamp(moment, UTC))
        return found.timestamp() if found and found.timestamp() > moment - DAY - HOUR else float("inf")

    def _next_task(self, moment: float) -> float:
        """Return when a right is carried out further, or a copy swept, for the first time after `moment`; far away when never."""
        found = carrying.next_work(self._store)
        return max(found.timestamp(), moment + 1) if found else float("inf")

    def _is_idle(self, schedule: Schedule) -> bool:
        """Say whether a run would find nothing to do: nothing due or stale, an empty outbox, an empty inbox.

        An audit makes up for all that were left out, so those before the last two hours are.
        """
        if schedule.function == self._arns.get("Auditor"):
            return True
        if schedule.function == self._arns.get("Letters"):
            return not self._letters_wait()
        if schedule.function == self._arns.get("Fulfil"):
            return self._next_task(0) > self._stack.now()
        if schedule.function == self._arns.get("Statistics"):
            return self._next_count(self._stack.now()) > self._stack.now()
        if schedule.function == self._arns.get("PrivacyMail"):
            inbox = self._stack.client("s3").list_objects_v2(Bucket=self._stack.resources["InboxBucket"], MaxKeys=1)
            return bool(inbox["KeyCount"] == 0)
        return False

    def _letters_wait_anew(self) -> bool:
        """Say whether letters wait that did not wait before the last step: those that cannot go are not waited for."""
        waited, self._letters_waited = self._letters_waited, self._letters_wait()
        return self._letters_waited and not waited

    def _letters_wait(self) -> bool:
        """Say whether the outbox holds a letter that is not sent yet."""
        return any(self._store.listed("records", "list", letters.OUTBOX, page_size=1))

    def run(self, schedule: Schedule) -> None:
        """Call one rule's function as EventBridge does. A failure is logged and kept in `failures`."""
        self._audited |= schedule.function == self._arns.get("Auditor")
        at = datetime.fromtimestamp(self._stack.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": self._stack.account,
            "time": at,
            "region": schedule.arn.split(":")[3],
            "resources": [schedule.arn],
            "detail": {},
        }
        payload = schedule.input or json.dumps(event)
        result = self._stack.client("lambda").invoke(FunctionName=schedule.function, Payload=payload.encode())
        if "FunctionError" in result:
            self.failures.append(f"{schedule.name} at {at} failed: {result['Payload'].read().decode()}")
            logger.warning("The scheduled run %s", self.failures[-1])


def _rules(stack: Stack) -> Iterator[Schedule]:
    """Yield the enabled rules with a schedule that call a function, once for each function."""
    events = stack.client("events")
    for rule in events.list_rules()["Rules"]:
        if rule.get("ScheduleExpression") and rule["State"] == "ENABLED":
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]:
                if ":lambda:" in target["Arn"]:
                    yield Schedule(
                        rule["Name"], rule["Arn"], rule["ScheduleExpression"], target["Arn"], target.get("Input")
                    )


def _order(schedule: Schedule) -> tuple[bool, str]:
    """Sort what others wait for first, then by name."""
    return not any(name in schedule.name.lower() for name in ORDER), schedule.name
