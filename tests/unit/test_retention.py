"""Retention destroys what is due whatever else goes wrong, warns and closes what waits, and can do it again after a restore."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from privacy import enquiries, form, policy, retention, vault
from privacy.openings import Reader

from tests.fakes import everything
from tests.memory import MemoryStore

if TYPE_CHECKING:
    from privacy.services import Services

SITE = policy.site("silver-essence")
STAFF = Reader("staff-1", frozenset({"staff"}), "silver-essence")


def ask(services: Services, now: datetime, message: str = "Hallo") -> str:
    """Post a form."""
    body = json.dumps({"name": "Ada", "email": "ada@example.org", "message": message}).encode()
    sent = form.check(form.read(body, "application/json"), policy.form(SITE.name), SITE)
    return enquiries.receive(services.store, services.keys, SITE, sent, language="nl", now=now).reference


def run(services: Services, now: datetime) -> retention.Counts:
    """Run retention once."""
    assert services.objects is not None
    return retention.run(services.store, services.objects, now)


def letters_of(services: Services, kind: str) -> int:
    """Count the letters of a kind."""
    return sum(item.get("kind") == kind for item in everything(services)["records"])


def test_what_a_restore_brings_back_is_destroyed_again(services: Services, now: datetime) -> None:
    """Tables put back as they were before the destruction lose it again in the next run."""
    reference = ask(services, now)
    enquiries.handle(services, reference, STAFF, now=now)
    assert isinstance(services.store, MemoryStore)
    backup = copy.deepcopy({table: services.store.tables[table] for table in ("vault", "records")})
    year_later = now + timedelta(days=366)
    assert run(services, year_later).destroyed == 1
    services.store.tables.update(copy.deepcopy(backup))
    again = run(services, year_later)
    assert (again.destroyed, again.failed, again.overdue) == (1, 0, 0)
    assert everything(services)["vault"] == []


def test_a_category_that_left_the_policy_stops_nothing(services: Services, now: datetime) -> None:
    """A record of a kind that no rule covers any more is a failure that is counted; everything else is destroyed."""
    ask(services, now)
    orphan = ask(services, now, "weg")
    assert isinstance(services.store, MemoryStore)
    services.store.tables["records"][f"entry#{orphan}", "main"]["category"] = "no-longer-there"
    counts = run(services, now + timedelta(days=40))
    assert (counts.warned, counts.failed) == (1, 1)
    assert run(services, now + timedelta(days=2000)).destroyed == 2


def test_who_writes_again_is_waited_for_again(services: Services, now: datetime) -> None:
    """Warned, answered and waiting again: a second warning comes before it is closed."""
    reference = ask(services, now)
    assert run(services, now + timedelta(days=31)).warned == 1
    assert run(services, now + timedelta(days=32)).warned == 0
    enquiries.answer(services, reference, STAFF, "Antwoord", now=now + timedelta(days=33))
    assert run(services, now + timedelta(days=64)).warned == 1
    assert letters_of(services, "stale_warning") == 2
    assert run(services, now + timedelta(days=95)).closed == 1


def test_what_changed_since_it_was_listed_is_not_closed(services: Services, now: datetime) -> None:
    """A reply between the look at the list and the act keeps the enquiry open."""
    reference = ask(services, now)
    [listed] = enquiries.listing(services.store, "silver-essence", enquiries.OPEN)
    later = now + timedelta(days=70)
    services.store.write([enquiries.reopened(reference, "silver-essence", later)])
    assert retention._close(services.store, listed, later) == ""
    assert retention._warn(services.store, listed, later) == ""


def test_the_next_moment_of_work_is_known(services: Services, now: datetime) -> None:
    """The first moment at which a run has something to do is the warning, then the end by rule, then the destruction."""
    ask(services, now)
    moments, moment = [], now
    while found := retention.next_work(services.store, moment):
        run(services, found)
        moments.append((found - now).days)
        moment = found
    assert moments == [30, 60, 60 + 361]


def test_a_run_whose_time_is_up_goes_on_in_the_next(services: Services, now: datetime) -> None:
    """Out of time after two entries, a run says so; the next destroys the rest."""
    for number in range(5):
        ask(services, now, f"vraag {number}")
    later, left = now + timedelta(days=2000), iter([True, True, False])
    assert services.objects is not None
    first = retention.run(services.store, services.objects, later, may_go_on=lambda: next(left))
    assert (first.destroyed, first.finished, first.overdue) == (2, False, 3)
    second = run(services, later)
    assert (second.destroyed, second.finished, second.overdue) == (3, True, 0)


class Rule:
    """A rule that holds for every category."""

    def __init__(self, rule: policy.Category) -> None:
        """Take the rule."""
        self.rule = rule

    def __call__(self, _controller: str, _name: str, /) -> policy.Category:
        """Return the rule."""
        return self.rule


def test_a_shorter_period_holds_for_what_is_there_too(services: Services, now: datetime) -> None:
    """After the policy was shortened, due dates move forward, with evidence; a longer one moves nothing."""
    waiting, handled = ask(services, now), ask(services, now, "klaar")
    enquiries.handle(services, handled, STAFF, now=now)
    rule = policy.category("silver-essence", "enquiries")
    for needed, result in (("P700D", ""), ("P361D", ""), ("P30D", "shortened"), ("P361D", "")):
        for reference in (waiting, handled):
            assert retention.shorten(services.store, reference, now, Rule(rule._replace(needed=needed))) == result
    due = {
        reference: datetime.fromisoformat(vault.find(services.store, reference).due) for reference in (waiting, handled)
    }
    assert (due[handled] - now).days == 30
    assert (due[waiting] - now).days == 60 + 30
    shown = {item["erase_by"] for item in everything(services)["records"] if item["sk"] == "main"}
    assert shown == {vault.find(services.store, reference).due for reference in (waiting, handled)}
    assert sum(item.get("act") == "shortened" for item in everything(services)["evidence"]) == 2


def test_a_changed_policy_is_applied_once(services: Services, now: datetime) -> None:
    """The first run under a policy walks the queue; later runs do not, until it changes again."""
    ask(services, now)
    assert isinstance(services.store, MemoryStore)
    run(services, now)
    noted = services.store.tables["records"]["run#retention", "last"]
    assert noted["policy"] == policy.digest()
    entry = next(item for item in everything(services)["vault"] if item["sk"] == "entry")
    late = "2099-01-01T00:00:00Z"
    entry |= {"due": late, "due_key": f"{late}#x"}
    assert run(services, now).shortened == 0
    services.store.tables["records"]["run#retention", "last"]["policy"] = "another"
    assert run(services, now).shortened == 1
    assert run(services, now).shortened == 0


def test_every_entry_is_due_when_its_rule_says(services: Services, now: datetime) -> None:
    """What is created under today's rules is not shortened by them: creation and rule do the same sum."""
    for number in range(3):
        ask(services, now + timedelta(hours=number), f"vraag {number}")
    enquiries.open_(services, ask(services, now), STAFF, why="answer", now=now)
    assert run(services, now + timedelta(hours=5)).shortened == 0
