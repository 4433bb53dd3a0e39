"""Faults at every call to AWS: fail before call k, or carry it out and lose the answer; then deliver again.

Every method of the store, the keys, the mail service and the bucket is one call to AWS (`TransactWriteItems`, `GetItem`,
`Query`, `Decrypt`, `SendEmail`, …).
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from privacy.errors import KeyUnavailable, PostUnavailable, PrivacyError, StoreUnavailable
from privacy.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNAVAILABLE = {
    "store": StoreUnavailable,
    "keys": KeyUnavailable,
    "post": PostUnavailable,
    "objects": StoreUnavailable,
    "handouts": StoreUnavailable,
}


class Crash(Exception):
    """The function died: what it was doing is cut off, and its caller delivers again."""


class Switch:
    """Counts calls, and lets call `at` fail: `before` it is carried out or `after`."""

    def __init__(self, at: int = 0, *, after: bool = False, dies: bool = False) -> None:
        """Fail call `at` (from 1; 0 never), by an error of the service or, when it `dies`, by a crash."""
        self.at, self.after, self.dies = at, after, dies
        self.calls: list[str] = []

    def call(self, part: str, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Carry out one call, or not."""
        self.calls.append(f"{part}.{name}")
        failing = len(self.calls) == self.at
        fault = Crash() if self.dies else UNAVAILABLE[part]()
        if failing and not self.after:
            raise fault
        result = function(*args, **kwargs)
        result = list(result) if name in ("items", "listed") else result
        if failing:
            raise fault
        return iter(result) if name in ("items", "listed") else result


class _Part:
    """One part of the services behind the switch."""

    def __init__(self, switch: Switch, part: str, behind: Any) -> None:
        self._switch, self._part, self._behind = switch, part, behind

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: self._switch.call(self._part, name, getattr(self._behind, name), *args, **kwargs)


def behind(switch: Switch, services: Services) -> Services:
    """Return the same services with every call going through the switch."""
    parts = {part: _Part(switch, part, getattr(services, part)) for part in UNAVAILABLE}
    return Services(base_url=services.base_url, **parts)


def matrix(
    prepare: Callable[[], tuple[Services, Any]],
    flow: Callable[[Services, Any], object],
    state: Callable[[Services], object],
    *,
    again: int = 3,
) -> Iterator[tuple[str, object, object]]:
    """Run a flow with each fault in turn, deliver it again, and yield where, the state it left and the state without faults.

    `prepare` makes a fresh start and `flow` is what is delivered. Every run is driven until it succeeds, at most `again` times more.
    """
    services, given = prepare()
    counting = Switch()
    flow(behind(counting, services), given)
    expected = copy.deepcopy(state(services))
    for at in range(1, len(counting.calls) + 1):
        for after in (False, True):
            for dies in (False, True):
                services, given = prepare()
                _driven(services, given, flow, Switch(at, after=after, dies=dies), again)
                where = f"{'after' if after else 'before'} {at} {counting.calls[at - 1]}{' dies' if dies else ''}"
                yield where, state(services), expected


def _driven(
    services: Services, given: object, flow: Callable[[Services, Any], object], switch: Switch, again: int
) -> None:
    """Deliver until it succeeds; the first delivery meets the fault."""
    for delivery in range(again + 1):
        try:
            flow(behind(switch if delivery == 0 else Switch(), services), given)
        except (PrivacyError, Crash):
            continue
        return
    message = "the flow never succeeded again"
    raise AssertionError(message)
