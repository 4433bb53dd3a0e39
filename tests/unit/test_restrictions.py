"""Restrictions outlive no case unseen: staff are reminded of them, hold what a case that ends leaves, and lift it after a notice."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from privacy import (
    cases,
    decisions,
    letters,
    replay,
    restriction,
    restrictions,
    retention,
    rights_asked,
    rights_status,
    vault,
)
from privacy.errors import BadInput, Conflict, NotAllowed, NotFound, PrivacyError
from privacy.openings import Reader
from privacy.periods import stamp
from privacy.writes import Put

from tests.fakes import FakePost, everything, services_in_memory
from tests.memory import MemoryStore
from tests.unit.test_erasure import ADA, EVE, LATER, OFFICER, SITE, enquiry, held, mails, proven, right, work
from tests.unit.test_restrictions_end import GENERAL, HOURS, PHONE, known_by_phone, restrictors

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

YEAR = timedelta(days=362)


def retain(services: Services, now: datetime) -> retention.Counts:
    """Run retention once."""
    assert services.objects is not None
    return retention.run(services.store, services.objects, now)


def abandoned(asked: str = "restriction") -> tuple[Services, str, str]:
    """Return services with an entry that a case restricted which was destroyed a year after its end, the entry and the case."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, asked, words=GENERAL)
    work(services)
    retain(services, LATER + YEAR + timedelta(days=2))
    return services, mine, case


def staff_mails(services: Services) -> list[str]:
    """Return what staff were sent about restrictions."""
    return [mail for mail in mails(services, SITE.staff_mail) if "alleen bewaren" in mail]


def test_what_a_case_restricted_is_held_by_staff_when_the_case_ends() -> None:
    """A year later the case is destroyed; the entry is restricted still, by staff, and the evidence says how that came."""
    services, mine, case = abandoned()
    assert services.store.get(vault.key_of(case)) is None
    assert restrictors(services, mine) == (vault.STAFF,)
    acts = [item for item in everything(services)["evidence"] if item.get("act") == "handed_over"]
    assert [(item["entry"], item["by"]) for item in acts] == [(mine, vault.by_case(case, "restriction"))]


def test_staff_are_told_at_once_of_what_they_hold_from_now_on() -> None:
    """However lately they looked at it: the case that answered for it is gone, and it stands first in the list."""
    services = services_in_memory()
    mine, other = held(services, "spam"), held(services, "spam", "eve@example.org")
    case = proven(services, "restriction")
    work(services)
    services.store.write(
        vault.restricted(vault.find(services.store, other), LATER, review_by=LATER + YEAR + timedelta(days=40))
    )
    before = LATER + timedelta(days=360)
    retain(services, before)
    restrictions.keep(services, mine, OFFICER, now=before)
    work(services, before)
    told = len(staff_mails(services))
    then = LATER + YEAR + timedelta(days=10)
    assert services.store.get(vault.key_of(case)) is not None
    retain(services, then)
    work(services, then)
    assert services.store.get(vault.key_of(case)) is None
    assert len(staff_mails(services)) == told + 1
    [first, _], _ = restrictions.listing(services.store, OFFICER, limit=10)
    assert (first.id, first.by, first.review_by) == (mine, (vault.STAFF,), stamp(then))


def test_a_case_is_not_ended_by_rule_over_what_it_restricted() -> None:
    """An objection that nobody decides keeps its case open, and rings the alarm, for as long as the policy keeps a case at all."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "objection", words=GENERAL)
    work(services)
    counts = retain(services, LATER + timedelta(days=200))
    assert (counts.closed, counts.cases_overdue) == (0, 1)
    assert cases.record(services.store, case)["status"] == cases.OPEN
    decisions.decide(services, case, "objection", "refuse", OFFICER, reasons="Nodig.", now=LATER + timedelta(days=200))
    work(services, LATER + timedelta(days=200))
    work(services, LATER + timedelta(days=201))
    assert not restrictors(services, mine)


def test_an_objection_that_nobody_ever_decided_is_held_by_staff_in_the_end() -> None:
    """When the case has to go all the same, the data stay restricted: nobody uses them, and nobody forgets them."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "objection", words=GENERAL)
    work(services)
    due = vault.find(services.store, case).due
    retain(services, LATER + timedelta(days=800))
    assert due < stamp(LATER + timedelta(days=800))
    assert services.store.get(vault.key_of(case)) is None
    assert restrictors(services, mine) == (vault.STAFF,)


def test_staff_lift_what_they_hold_after_a_notice_to_the_address_on_file() -> None:
    """The letter goes to the address that stands in the entry, with the reasons; then the data are used again, on the day."""
    services, mine, _ = abandoned()
    now = LATER + YEAR + timedelta(days=3)
    [standing], following = restrictions.listing(services.store, OFFICER, limit=10)
    assert (standing.id, standing.by, standing.lift_on, following) == (mine, (vault.STAFF,), "", "")
    on = (now + timedelta(days=2)).date()
    for _ in range(2):
        given = restrictions.lift(services, mine, OFFICER, reasons="Het is opgelost.", on=on, now=now)
    assert given.lift_on == on.isoformat()
    work(services, now)
    assert sum("Het is opgelost." in mail for mail in mails(services)) == 1
    assert "zaaknummer" not in mails(services)[-1]
    work(services, now + timedelta(days=1))
    assert restrictors(services, mine)
    work(services, now + timedelta(days=2))
    assert not restrictors(services, mine)
    assert restrictions.listing(services.store, OFFICER, limit=10) == ([], "")
    assert not list(services.store.listed("records", "list", rights_asked.TASKS))
    assert retain(services, now + timedelta(days=3)).destroyed >= 1
    assert services.store.get(vault.key_of(mine)) is None


def test_without_an_address_staff_say_how_the_person_was_told() -> None:
    """A letter by post is written down with who did it, sealed; without either nothing is lifted."""
    services = services_in_memory()
    mine = held(services, "spam", email="")
    services.store.write(vault.restricted(vault.find(services.store, mine), LATER))
    with pytest.raises(BadInput) as missing:
        restrictions.lift(services, mine, OFFICER, reasons="Klaar.", on=LATER.date(), now=LATER)
    assert "told" in missing.value.fields
    for wrong in ({"reasons": " "}, {"on": (LATER - timedelta(days=1)).date()}):
        given: dict[str, Any] = {"reasons": "Klaar.", "on": LATER.date(), **wrong}
        with pytest.raises(BadInput):
            restrictions.lift(services, mine, OFFICER, told="Per brief.", now=LATER, **given)
    restrictions.lift(services, mine, OFFICER, reasons="Klaar.", on=LATER.date(), told="Per brief.", now=LATER)
    work(services)
    assert not restrictors(services, mine)
    assert isinstance(services.post, FakePost)
    assert not services.post.sent
    assert "Per brief" not in repr(everything(services))


def test_a_notice_that_did_not_go_out_keeps_what_staff_hold() -> None:
    """As with a restriction of a case: no letter, no lifting."""
    services, mine, _ = abandoned()
    now = LATER + YEAR + timedelta(days=3)
    restrictions.lift(services, mine, OFFICER, reasons="Klaar.", on=now.date(), now=now)
    place = next(each for each in letters.waiting(services.store, now) if each.pk != f"entry#{mine}")
    services.store.write([Put("records", {**(services.store.get(place) or {}), "status": "failed", "list": "x"}, "")])
    for hours in range(3):
        work(services, now + hours * HOURS)
    assert restrictors(services, mine) == (vault.STAFF,)


def test_a_notice_that_ended_before_the_day_is_given_anew() -> None:
    """A restriction is not stuck behind a letter that is gone: staff lift it again, and nothing is lifted without a letter."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "restriction")
    work(services)
    restriction.lift_by_staff(services, case, OFFICER, reasons="Klaar.", on=LATER.date(), now=LATER)
    late = LATER + timedelta(days=100)
    retain(services, late)
    work(services, late)
    assert restrictors(services, mine)
    restriction.lift_by_staff(services, case, OFFICER, reasons="Nu echt.", on=late.date(), now=late)
    work(services, late)
    work(services, late + HOURS)
    assert not restrictors(services, mine)
    assert "Nu echt." in mails(services)[-1]


def test_only_who_reads_cases_lifts_and_only_what_staff_hold() -> None:
    """Another controller's entry is not there, another role may not, and what a case restricts is lifted in that case."""
    services = services_in_memory()
    mine = held(services, "spam")
    proven(services, "restriction")
    work(services)
    given: dict[str, Any] = {"reasons": "Klaar.", "on": LATER.date(), "now": LATER}
    with pytest.raises(Conflict):
        restrictions.lift(services, mine, OFFICER, **given)
    with pytest.raises(NotFound):
        restrictions.lift(services, mine, OFFICER._replace(controller="vixum"), **given)
    with pytest.raises(NotAllowed):
        restrictions.lift(services, mine, OFFICER._replace(roles=frozenset({"staff"})), **given)
    with pytest.raises(NotAllowed):
        restrictions.listing(services.store, Reader("s", frozenset({"staff"}), "silver-essence"), limit=5)
    with pytest.raises(NotFound):
        restrictions.lift(services, enquiry(services, EVE), OFFICER, **given)
    assert restrictions.listing(services.store, OFFICER._replace(controller="vixum"), limit=5) == ([], "")


def test_restrictions_are_listed_page_by_page() -> None:
    """What is to be looked at first stands first; the page says where the next one begins, until there is none."""
    services = services_in_memory()
    wanted = []
    for number in range(5):
        mine = held(services, "spam")
        entry = vault.find(services.store, mine)
        services.store.write(vault.restricted(entry, LATER, review_by=LATER + timedelta(days=number)))
        wanted.append(mine)
    found, after = [], ""
    while True:
        page, after = restrictions.listing(services.store, OFFICER, limit=2, above=after)
        found += [each.id for each in page]
        if not after:
            break
    assert found == wanted


def test_staff_are_reminded_until_they_have_looked() -> None:
    """One letter a week for all of a controller, without personal data; once somebody looked, three months later again."""
    services = services_in_memory()
    entries = [enquiry(services, email) for email in (ADA, EVE)]
    for email in (ADA, EVE):
        proven(services, "restriction", email=email)
    work(services)
    assert retain(services, LATER + timedelta(days=80)).reminded == 0
    for times in (1, 2):
        now = LATER + timedelta(days=93 + 7 * times)
        assert retain(services, now).reminded == 1
        assert retain(services, now + timedelta(days=6)).reminded == 0
        work(services, now + timedelta(days=6))
        assert len(staff_mails(services)) == times
    for mine in entries:
        kept = restrictions.keep(services, mine, OFFICER, now=now)
        assert kept.review_by > stamp(now + timedelta(days=80))
    assert retain(services, now + timedelta(days=80)).reminded == 0
    assert retain(services, now + timedelta(days=95)).reminded == 1
    assert "/desk#restrictions" in staff_mails(services)[0]
    assert not any(ADA in mail or EVE in mail for mail in staff_mails(services))
    assert sum(item.get("act") == "reviewed" for item in everything(services)["evidence"]) == 2


def test_only_what_is_restricted_can_be_kept_so() -> None:
    """What nobody restricts, another controller's entry, and another role: refused."""
    services = services_in_memory()
    mine = enquiry(services)
    with pytest.raises(NotFound):
        restrictions.keep(services, mine, OFFICER, now=LATER)
    services.store.write(vault.restricted(vault.find(services.store, mine), LATER))
    with pytest.raises(NotFound):
        restrictions.keep(services, mine, OFFICER._replace(controller="vixum"), now=LATER)
    with pytest.raises(NotAllowed):
        restrictions.keep(services, mine, OFFICER._replace(roles=frozenset({"staff"})), now=LATER)


def test_a_restored_copy_knows_who_holds_a_restriction() -> None:
    """The case is destroyed again in the copy, and what it restricted is held by staff there too."""
    services = services_in_memory()
    mine = held(services, "spam")
    proven(services, "restriction")
    work(services)
    copied = services_in_memory()
    assert isinstance(services.store, MemoryStore)
    assert isinstance(copied.store, MemoryStore)
    copied.store.tables = copy.deepcopy(services.store.tables)
    then = LATER + YEAR + timedelta(days=2)
    retain(services, then)
    restrictions.keep(services, mine, OFFICER, now=then)
    copied.store.tables["evidence"] = copy.deepcopy(services.store.tables["evidence"])
    replay.run(copied.store, None, then - timedelta(days=1), then + timedelta(days=1))
    assert restrictors(copied, mine) == restrictors(services, mine) == (vault.STAFF,)
    listed = [restrictions.listing(each.store, OFFICER, limit=5)[0][0].review_by for each in (copied, services)]
    assert listed[0] == listed[1]


# --- any history ---------------------------------------------------------------------------------------------------------

DECISIONS = ("fulfil", "partly", "refuse", "no_data", "forward")
ASKED = ("restriction", "objection", "erasure")


class AnyHistory(RuleBasedStateMachine):
    """Two people, data about each and about both; whatever they ask, staff decide and time does, in whatever order."""

    @initialize()
    def start(self) -> None:
        """Begin with three entries that last, and one that rests on a legitimate interest each."""
        self.services, self.now = services_in_memory(), LATER
        self.cases: list[tuple[str, str]] = []
        for email in (ADA, EVE):
            enquiry(self.services, email, phone=PHONE)
            held(self.services, "spam", email)

    @rule(email=st.sampled_from((ADA, EVE)), asked=st.sampled_from(ASKED), begins=st.booleans())
    def ask(self, email: str, asked: str, begins: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Let somebody ask for a right, and prove who they are; mostly that begins at once."""
        if any(self._is_open(case) and known == email for case, known in self.cases):
            return
        case = proven(self.services, asked, email=email, words=GENERAL, now=self.now)
        known_by_phone(self.services, case, email)
        self.cases.append((case, email))
        if begins:
            work(self.services, self.now)

    @rule(decision=st.sampled_from(DECISIONS))
    def decide(self, decision: str) -> None:
        """Let staff decide about whatever waits for them."""
        for case, asked in self._rights():
            if asked["status"] == rights_asked.APPROVAL:
                decisions.decide(
                    self.services, case, asked["right"], decision, OFFICER, reasons="Zo.", said="Dit.", now=self.now
                )

    @rule()
    def take_back(self) -> None:
        """Let everybody take back what can be taken back."""
        for case, asked in self._rights():
            try:
                if asked["status"] == rights_asked.UNDO:
                    rights_status.undo(self.services.store, case, self.now)
                elif asked["status"] in rights_asked.UNDER_WAY:
                    rights_status.withdraw(self.services.store, case, asked["right"], self.now)
            except PrivacyError:
                continue

    @rule()
    def lift(self) -> None:
        """Let staff lift every restriction that a case holds."""
        for case, asked in self._rights():
            if asked["right"] == "restriction" and asked["status"] == rights_asked.DONE and asked.get("begun_at"):
                on = self.now.date()
                restriction.lift_by_staff(self.services, case, OFFICER, reasons="Klaar.", on=on, now=self.now)

    @rule()
    def work(self) -> None:
        """Carry out and send what waits."""
        work(self.services, self.now)

    @rule(days=st.sampled_from((0, 1, 4, 35, 100, 370, 900)))
    def wait(self, days: int) -> None:
        """Let time pass, and retention run."""
        self.now += timedelta(days=days, hours=1)
        assert retain(self.services, self.now).failed == 0

    def _is_open(self, case: str) -> bool:
        item = self.services.store.get(vault.key_of(case))
        return item is not None and cases.record(self.services.store, case)["status"] == cases.OPEN

    def _rights(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the rights of the cases whose time has not passed."""
        found = []
        for case, _ in self.cases:
            item = self.services.store.get(vault.key_of(case))
            if item is not None and not vault.read(item).has_ended(self.now):
                found += [(case, each) for each in rights_asked.of_case(self.services.store, case).values()]
        return found

    def _restricted(self) -> list[vault.Entry]:
        listed = list(self.services.store.listed("vault", "due", vault.RESTRICTED))
        return [vault.find(self.services.store, item["pk"].removeprefix("entry#")) for item in listed]

    @invariant()
    def nothing_is_restricted_by_a_case_that_is_gone(self) -> None:
        """Whoever restricts something can still lift it."""
        for entry in self._restricted() if hasattr(self, "services") else ():
            for by in entry.restrictors():
                case = by.partition("#")[0]
                assert by == vault.STAFF or self.services.store.get(vault.key_of(case)), by

    def teardown(self) -> None:
        """In the end staff decide and lift what there is, and then nothing is restricted and nobody waits."""
        if not hasattr(self, "services"):
            return
        for _ in range(3):
            for hours in range(3):
                self.now += timedelta(days=4 if hours == 0 else 0, hours=1)
                work(self.services, self.now)
            self.decide("refuse")
            self.lift()
            for entry in self._restricted():
                if vault.STAFF in entry.restrictors():
                    on = self.now.date()
                    restrictions.lift(
                        self.services, entry.id, OFFICER, reasons="Klaar.", on=on, told="Per brief.", now=self.now
                    )
        for _ in range(3):
            self.now += HOURS
            work(self.services, self.now)
        assert self._restricted() == []
        assert not any(self._is_open(case) for case, _ in self.cases)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def test_the_case_of_a_restriction_is_still_there_while_staff_lift_it() -> None:
    """What is lifted in its case needs no staff restriction: the ordinary way stays the ordinary way."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "restriction")
    work(services)
    restriction.lift_by_staff(services, case, OFFICER, reasons="Klaar.", on=LATER.date(), now=LATER)
    work(services)
    work(services, LATER + HOURS)
    assert right(services, case, "restriction")["lifted_at"]
    assert not restrictors(services, mine)
