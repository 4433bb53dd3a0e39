"""The promises on writing to us are judged by our post too: letters that do not leave, and mail that nobody filed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import audit, enquiries, letters, policy
from privacy.errors import LetterRefused, PostUnavailable, StoreUnavailable
from privacy.openings import Reader
from privacy.writes import Key

from tests.fakes import FakePost
from tests.unit.test_audit import DAY, hourly, verdict
from tests.unit.test_decisions import NOW, asked
from tests.unit.test_retention import ask, run

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

HOUR = timedelta(hours=1)
STAFF = Reader("staff-1", frozenset({"staff"}), "silver-essence")
OTHERS = ("P04", "P15", "P16", "P37")


def judged(services: Services, now: datetime, *names: str) -> set[tuple[str, str]]:
    """Return the verdicts and reasons of some promises."""
    found = [verdict(services, now, name) for name in names]
    return {(each["verdict"], each["reasons"][0]) for each in found}


def hours(services: Services, first: datetime, many: int) -> datetime:
    """Try the letters every hour for so many hours, let the audit look at the end, and return when that was."""
    for number in range(many):
        for place in list(letters.waiting(services.store, first + number * HOUR)):
            letters.deliver(services, place, first + number * HOUR)
    hourly(services, first + many * HOUR)
    return first + many * HOUR


@pytest.mark.parametrize("promises", [("P14", "P20"), ("P03", "P45")])
def test_a_letter_that_does_not_leave_is_at_risk_and_then_broken(services: Services, promises: tuple[str, ...]) -> None:
    """The mail service takes nothing: after a day at risk, after three days broken, until somebody sends it again."""
    if "P03" in promises:
        enquiries.answer(services, ask(services, NOW), STAFF, "Antwoord", now=NOW)
    else:
        asked(services, "access", received_at=NOW)
    assert isinstance(services.post, FakePost)
    services.post.fault = PostUnavailable()
    now = hours(services, NOW, 20)
    assert {verdict(services, now, name)["verdict"] for name in promises} == {"kept"}
    now = hours(services, now, 8)
    assert judged(services, now, *promises) == {("at risk", "letter_waits")}
    now = hours(services, now, 60)
    assert judged(services, now, *promises) == {("broken", "letter_not_sent")}
    assert {verdict(services, now, name)["verdict"] for name in OTHERS} == {"kept"}
    assert verdict(services, now, "P14", "sevenelements")["verdict"] == "kept"
    services.post.fault = None
    for item in list(letters.failed(services.store, "silver-essence")):
        assert letters.retry(services.store, Key("records", item["pk"], item["sk"]), "silver-essence", now)
    now = hours(services, now, 2)
    assert {verdict(services, now, name)["verdict"] for name in promises} == {"kept"}


def test_letters_that_nothing_tries_to_send_are_at_risk(services: Services) -> None:
    """The function that sends letters does not run: after three hours the verdict says so."""
    asked(services, "access", received_at=NOW)
    for many, expected in ((2, "kept"), (4, "at risk")):
        run(services, NOW + many * HOUR)
        audit.run(services, NOW + many * HOUR)
        assert verdict(services, NOW + many * HOUR, "P20")["verdict"] == expected


@pytest.mark.parametrize("how", ["refused", "bounced"])
def test_an_address_that_takes_no_mail_breaks_no_promise(services: Services, how: str) -> None:
    """Whoever writes from an address that is none cannot make a promise look broken: staff see the letter, and that is all."""
    case = asked(services, "access")
    assert isinstance(services.post, FakePost)
    services.post.fault = LetterRefused() if how == "refused" else None
    now = hours(services, NOW, 1)
    if how == "bounced":
        for item in list(services.store.items("records", f"entry#{case}", "letter#")):
            letters.bounced(services.store, case, item["sk"].removeprefix("letter#"), now)
    assert list(letters.failed(services.store, "silver-essence"))
    hourly(services, now + 4 * DAY)
    assert {verdict(services, now + 4 * DAY, name)["verdict"] for name in ("P14", "P20")} == {"kept"}


@pytest.mark.parametrize(
    ("waited", "expected"),
    [(2 * HOUR, ("kept", "")), (4 * HOUR, ("at risk", "mail_waits")), (4 * DAY, ("broken", "mail_unread"))],
)
def test_mail_that_is_not_filed_is_at_risk_and_then_broken(
    services: Services, waited: timedelta, expected: tuple[str, str]
) -> None:
    """It may be a request of anybody to any controller: asking by mail and putting questions, and nothing else."""
    run(services, NOW)
    assert audit.run(services, NOW, arrivals=lambda: [NOW - HOUR, NOW - waited]).failed == 0
    for site in policy.sites():
        for name in ("P20", "P45"):
            found = verdict(services, NOW, name, site)
            assert found["verdict"] == expected[0]
            assert not expected[1] or found["reasons"] == [expected[1]]
    assert {verdict(services, NOW, name)["verdict"] for name in OTHERS} == {"kept"}


def test_an_inbox_that_cannot_be_looked_into_is_never_green(services: Services) -> None:
    """What cannot be read puts promises at risk, and the other steps are taken all the same."""
    run(services, NOW)

    def broken() -> list[datetime]:
        """Give nothing."""
        raise StoreUnavailable

    assert audit.run(services, NOW, arrivals=broken).failed == 1
    assert judged(services, NOW, "P20", "P04") == {("at risk", "partly_read")}
