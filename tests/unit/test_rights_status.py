"""What a proven person sees of their case, and what they can say to each right as it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import policy, rights_asked, rights_page, rights_request, rights_status
from privacy.errors import BadInput, Conflict, IdentityNotProven
from privacy.periods import stamp
from privacy.writes import Key, Update

from tests.fakes import everything

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

SITE = policy.site("silver-essence")


def opened(services: Services, now: datetime, *rights: str) -> str:
    """Open a case whose rights have begun, and return its number."""
    sent: dict[str, object] = {"email": "ada@example.org", "rights": list(rights)}
    case = rights_request.receive(services, SITE, rights_request.check(sent, SITE), language="nl", now=now)
    for right in rights:
        services.store.write(rights_asked.asked(case, right, now))
    return case


def put(services: Services, case: str, right: str, **changes: Any) -> None:
    """Let a right stand as whoever carries it out would leave it."""
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    place = Key("records", f"entry#{case}", f"right#{right}")
    services.store.write([Update(place, expression, {f":{name}": value for name, value in changes.items()})])


def can(services: Services, case: str, now: datetime) -> dict[str, list[str]]:
    """Return what the person can do about each right."""
    return {each["right"]: each["can"] for each in rights_status.view(services.store, SITE, case, now)["rights"]}


def tasks(services: Services) -> list[str]:
    """Return the rights about which something is to be done."""
    return sorted(item["right"] for item in services.store.listed("records", "list", rights_asked.TASKS))


@pytest.mark.parametrize("status", [rights_asked.ASKED, rights_asked.APPROVAL, rights_asked.WAITING])
def test_what_is_under_way_is_taken_back(services: Services, now: datetime, status: str) -> None:
    """Until it is done a right is withdrawn once, and whoever carries rights out hears of it."""
    case = opened(services, now, "restriction")
    put(services, case, "restriction", status=status)
    assert can(services, case, now) == {"restriction": ["withdraw"]}
    rights_status.withdraw(services.store, case, "restriction", now)
    rights_status.withdraw(services.store, case, "restriction", now)
    assert rights_asked.of_case(services.store, case)["restriction"]["status"] == rights_asked.WITHDRAWN
    assert tasks(services) == ["restriction", "restriction"]
    assert can(services, case, now) == {"restriction": []}


@pytest.mark.parametrize("status", [rights_asked.DONE, rights_asked.REFUSED])
def test_what_has_ended_stays_as_it_is(services: Services, now: datetime, status: str) -> None:
    """What is done or refused is not withdrawn any more."""
    case = opened(services, now, "restriction")
    put(services, case, "restriction", status=status)
    before = everything(services)
    with pytest.raises(Conflict):
        rights_status.withdraw(services.store, case, "restriction", now)
    assert everything(services) == before


def test_an_erasure_is_undone_as_long_as_nothing_is_destroyed(services: Services, now: datetime) -> None:
    """Up to its last second it can be undone; then it cannot, and a withdrawal is no way around that."""
    until = now + timedelta(hours=72)
    case = opened(services, now, "erasure")
    put(services, case, "erasure", status=rights_asked.UNDO, undo_until=stamp(until))
    assert can(services, case, until - timedelta(seconds=1)) == {"erasure": ["undo"]}
    assert can(services, case, until) == {"erasure": []}
    with pytest.raises(Conflict):
        rights_status.undo(services.store, case, until)
    with pytest.raises(Conflict):
        rights_status.withdraw(services.store, case, "erasure", now)
    rights_status.undo(services.store, case, until - timedelta(seconds=1))
    assert rights_asked.of_case(services.store, case)["erasure"]["status"] == rights_asked.WITHDRAWN


def test_nothing_else_is_undone(services: Services, now: datetime) -> None:
    """Undoing what was not asked, and what has not begun, is refused."""
    case = opened(services, now, "access")
    with pytest.raises(BadInput):
        rights_status.undo(services.store, case, now)


def test_a_proposal_is_confirmed_once(services: Services, now: datetime) -> None:
    """Where a rectification was proposed by mail the person says yes, once; without a proposal there is nothing to confirm."""
    case = opened(services, now, "rectification")
    with pytest.raises(Conflict):
        rights_status.confirm(services.store, case, now)
    put(services, case, "rectification", proposal="letter")
    assert can(services, case, now) == {"rectification": ["withdraw", "confirm"]}
    rights_status.confirm(services.store, case, now)
    rights_status.confirm(services.store, case, now + timedelta(minutes=1))
    item = rights_asked.of_case(services.store, case)["rectification"]
    assert item["confirmed_at"] == stamp(now)
    assert tasks(services) == ["rectification", "rectification"]


def test_a_copy_can_be_fetched_until_it_ends(services: Services, now: datetime) -> None:
    """Access and portability give a copy when there is one, up to its last second; a right that found nothing gives none."""
    until = now + timedelta(days=14)
    case = opened(services, now, "access", "portability", "restriction")
    for right in ("access", "portability", "restriction"):
        put(services, case, right, status=rights_asked.DONE)
    for right in ("access", "portability"):
        put(services, case, right, export=case, ready_until=stamp(until))  # an entry that is there
    just_before = until - timedelta(seconds=1)
    assert can(services, case, just_before) == {"access": ["download"], "portability": ["download"], "restriction": []}
    assert can(services, case, until) == {"access": [], "portability": [], "restriction": []}


def test_the_view_ends_with_the_case(services: Services, now: datetime) -> None:
    """A case whose time has passed is not shown any more, nor is it on another controller's page."""
    case = opened(services, now, "access")
    with pytest.raises(IdentityNotProven):
        rights_status.view(services.store, SITE, case, now + timedelta(days=900))
    with pytest.raises(IdentityNotProven):
        rights_status.view(services.store, policy.site("sevenelements"), case, now)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("status", ["", "asked", "approval", "waiting", "undo", "done", "refused", "withdrawn"])
def test_every_state_of_every_right_has_words(services: Services, now: datetime, status: str, language: str) -> None:
    """The page has words for all that can be the case, in both languages."""
    case = opened(services, now, *rights_request.OFFERED)
    seen = rights_status.view(services.store, SITE, case, now)
    until = stamp(now + timedelta(hours=1))
    rights: list[dict[str, Any]] = [
        {**each, "status": status, "can": ["withdraw", "undo", "confirm", "download"], "undo_until": until}
        for each in seen["rights"]
    ]
    letters = [
        {"at": stamp(now), "kind": kind, "status": sent}
        for kind in ("code", "case_receipt", "letter", "notice")
        for sent in ("queued", "sending", "sent", "failed", "bounced", "withheld")
    ]
    events = [
        {"at": stamp(now), "what": what, **({"right": "erasure"} if of_right else {})}
        for what, of_right in (
            *((what, False) for what in ("received", "proven", "extended", "closed")),
            *((what, True) for what in ("begun", "decided", "confirmed", "withdrawn", "done")),
        )
    ]
    shown = {**seen, "rights": rights, "letters": letters, "timeline": events, "waits_for_mandate": True}
    for state in ("open", "closed"):
        page = rights_page.standing(SITE, language, {**shown, "status": state}, "session", message="said")
        assert f'<html lang="{language}">' in page
        assert "{" not in page.partition("</style>")[2]
