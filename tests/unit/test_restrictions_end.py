"""Every restriction has its end: whatever is decided, by whomever, in whatever order, nothing stays restricted for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import cases, decisions, intake, policy, restriction, rights_status, vault
from privacy.errors import Conflict
from privacy.periods import stamp
from privacy.writes import Put

from tests.fakes import services_in_memory
from tests.unit.test_erasure import (
    ADA,
    EVE,
    LATER,
    OFFICER,
    SITE,
    enquiry,
    held,
    is_there,
    mails,
    proven,
    right,
    work,
)

if TYPE_CHECKING:
    from privacy.services import Services

PHONE = "020 123 45 67"
HOURS = timedelta(hours=1)
GENERAL = "Ik maak bezwaar tegen het gebruik van mijn gegevens."


def known_by_phone(services: Services, case: str, email: str) -> None:
    """Let staff have made sure of a person by a telephone number as well, which two people share."""
    people = intake.people(services.keys, SITE.controller, email=email, phone=PHONE)
    services.store.write(vault.about(vault.find(services.store, case), [each.pointer() for each in people]))
    services.store.write([cases.changed(cases.record(services.store, case), {"identity_how": "phone"})])


def of_two(services: Services, asked: str = "restriction") -> tuple[str, str]:
    """Return an entry about two people, and the case in which the second one asked for something about it."""
    shared = enquiry(services, phone=PHONE)
    theirs = proven(services, asked, email=EVE)
    known_by_phone(services, theirs, EVE)
    return shared, theirs


def restrictors(services: Services, entry: str) -> tuple[str, ...]:
    """Return who restricts an entry."""
    return vault.find(services.store, entry).restrictors()


@pytest.mark.parametrize(
    ("decision", "given", "because"),
    [
        ("partly", {"reasons": "Een deel is nodig.", "said": "Wij volgen u niet meer."}, "Een deel is nodig."),
        ("no_data", {}, "hebben wij niets gevonden"),
        ("forward", {"said": "Klant BV"}, "voor een klant van ons"),
    ],
)
def test_an_objection_decided_otherwise_is_lifted_after_a_notice(
    decision: str, given: dict[str, str], because: str
) -> None:
    """The person is told why the data are used again, that letter goes first, and the final letter comes when it is so."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "objection", words=GENERAL)
    work(services)
    assert restrictors(services, mine)
    decisions.decide(services, case, "objection", decision, OFFICER, now=LATER, **given)
    assert cases.record(services.store, case)["status"] == "open"
    work(services)
    work(services, LATER + HOURS)
    assert not restrictors(services, mine)
    [notice] = [mail for mail in mails(services) if "gebruiken wij ze weer" in mail]
    assert because in notice
    assert "U hebt dit verzoek ingetrokken" not in notice
    assert "Wat wij hebben gedaan" in mails(services)[-1]
    assert cases.record(services.store, case)["status"] == "closed"


def test_what_was_never_restricted_is_not_told_to_be_lifted() -> None:
    """An objection that reached nothing, decided either way, ends without a letter about a restriction that there was not."""
    services = services_in_memory()
    enquiry(services)
    case = proven(services, "objection", words=GENERAL)
    work(services)
    decisions.decide(services, case, "objection", "refuse", OFFICER, reasons="Nodig.", now=LATER)
    work(services)
    assert cases.record(services.store, case)["status"] == "closed"
    assert not any("gebruiken wij ze weer" in mail for mail in mails(services))


def test_two_people_restrict_one_entry_and_each_lifts_their_own() -> None:
    """The second restriction is recorded beside the first; the entry is used again when the last of them is lifted."""
    services = services_in_memory()
    shared, theirs = of_two(services)
    work(services)
    mine = proven(services, "restriction")
    work(services)
    by = {vault.by_case(case, "restriction") for case in (mine, theirs)}
    assert set(restrictors(services, shared)) == by
    restriction.lift_by_staff(services, theirs, OFFICER, reasons="Klaar.", on=LATER.date(), now=LATER)
    work(services)
    work(services, LATER + HOURS)
    assert "Wat ook voor iemand anders is afgeschermd, blijft dat." in mails(services, EVE)[-1]
    assert restrictors(services, shared) == (vault.by_case(mine, "restriction"),)
    restriction.lift_by_staff(services, mine, OFFICER, reasons="Ook klaar.", on=LATER.date(), now=LATER)
    work(services, LATER + HOURS)
    work(services, LATER + 2 * HOURS)
    assert "blijft dat" not in mails(services)[-1]
    assert not restrictors(services, shared)


def test_a_restriction_that_comes_later_saves_an_entry_from_the_other_ones_erasure() -> None:
    """Asked for within the days in which the erasure can be undone, it holds: the second person keeps what is about them too."""
    services = services_in_memory()
    alone, shared = enquiry(services), enquiry(services, phone=PHONE)
    erasing = proven(services, "erasure")
    work(services)
    theirs = proven(services, "restriction", email=EVE)
    known_by_phone(services, theirs, EVE)
    work(services)
    work(services, LATER + timedelta(hours=72))
    assert (is_there(services, alone), is_there(services, shared)) == (False, True)
    assert right(services, erasing, "erasure")["status"] == "approval"


def test_fulfilled_by_staff_it_says_what_stays_and_why() -> None:
    """Staff have it carried out while another person's restriction stands: partly, with what, why and how long; not `erased`."""
    services = services_in_memory()
    shared, theirs = of_two(services)
    work(services)
    alone, case = enquiry(services), proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    assert right(services, case, "erasure")["status"] == "approval"
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=end)
    work(services, end + HOURS)
    assert (is_there(services, alone), is_there(services, shared)) == (False, True)
    assert restrictors(services, shared) == (vault.by_case(theirs, "restriction"),)
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "partly")
    letter = mails(services)[-1]
    assert "Wissen: Wij hebben dit gedeeltelijk gedaan." in letter
    assert "Aanvragen van informatie: 1 Dit hebben wij niet gewist:" in letter
    assert "Aanvragen van informatie: 1. Dit gaat ook over iemand anders" in letter
    assert "Niemand kan ze nog lezen" not in letter
    assert "In onze systemen is het weg sinds" in letter
    assert not any("gebruiken wij ze weer" in mail for mail in mails(services))


def test_the_rest_refused_after_a_part_was_destroyed_is_called_a_part() -> None:
    """Staff refuse what is left: the letter says what went and what stays, and not that nothing was done."""
    services = services_in_memory()
    of_two(services)
    work(services)
    enquiry(services)
    case = proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="Van twee mensen.", now=end)
    work(services, end + HOURS)
    letter = mails(services)[-1]
    assert "Dit hebben wij gewist: - Aanvragen van informatie: 1 Dit hebben wij niet" in letter
    assert "Van twee mensen." in letter
    assert cases.record(services.store, case)["outcome"] == "partly"


def test_what_was_undone_or_refused_is_not_counted_as_if_it_were_done() -> None:
    """The letter about an erasure that was taken back, or an objection in part, lists no entries that nothing happened to."""
    services = services_in_memory()
    enquiry(services)
    case = proven(services, "erasure")
    work(services)
    rights_status.undo(services.store, case, LATER)
    work(services)
    work(services, LATER + HOURS)
    assert "Wissen: U hebt dit verzoek ingetrokken." in mails(services)[-1]
    assert "Aanvragen van informatie: 1" not in mails(services)[-1]


def test_what_stood_in_the_way_and_does_so_no_more_is_erased_when_staff_say_so() -> None:
    """The other one's restriction was lifted meanwhile: then all is erased, and the letter says that."""
    services = services_in_memory()
    shared, theirs = of_two(services)
    work(services)
    case = proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    restriction.lift_by_staff(services, theirs, OFFICER, reasons="Klaar.", on=end.date(), now=end)
    work(services, end)
    work(services, end + HOURS)
    assert is_there(services, shared)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=end + HOURS)
    work(services, end + 2 * HOURS)
    assert not is_there(services, shared)
    assert cases.record(services.store, case)["outcome"] == "fulfilled"
    assert "In onze systemen is het weg sinds 25 november 2026" in mails(services)[-1]


def test_nothing_erased_at_all_is_called_not_done() -> None:
    """All that there is stays for another person: the letter does not say that a part was erased."""
    services = services_in_memory()
    shared, _ = of_two(services)
    work(services)
    case = proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=end)
    work(services, end + HOURS)
    assert is_there(services, shared)
    assert cases.record(services.store, case)["outcome"] == "refused"
    assert "Wissen: Wij hebben dit niet gedaan." in mails(services)[-1]
    assert "In onze systemen is het weg" not in mails(services)[-1]


def test_what_is_held_after_a_notice_stays_until_the_hold_ends() -> None:
    """A hold that its person was told of is not broken by an erasure; the letter names its end, and what was closed is opened."""
    services = services_in_memory()
    mine = enquiry(services)
    letter = {"pk": f"entry#{mine}", "sk": "letter#told", "status": "sent", "kind": "notice"}
    services.store.write([Put("records", letter)])
    until = LATER + timedelta(days=500)
    services.store.write(vault.held(vault.find(services.store, mine), until, LATER, notice="told"))
    case = proven(services, "erasure")
    work(services)
    end = LATER + timedelta(hours=72)
    work(services, end)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=end)
    work(services, end)
    work(services, end + HOURS)
    assert is_there(services, mine)
    assert not restrictors(services, mine)
    assert "tot 5 april 2028" in mails(services)[-1]
    assert cases.record(services.store, case)["outcome"] == "refused"


def test_an_objection_given_in_to_leaves_what_another_person_had_restricted() -> None:
    """Staff give in; what is about somebody else too stays for them, and the letter does not say that all is gone."""
    services = services_in_memory()
    mine = held(services, "spam")
    theirs = proven(services, "restriction", email=EVE)
    people = intake.people(services.keys, SITE.controller, email=ADA, phone=PHONE)
    services.store.write(vault.about(vault.find(services.store, mine), [each.pointer() for each in people]))
    known_by_phone(services, theirs, EVE)
    work(services)
    assert restrictors(services, mine) == (vault.by_case(theirs, "restriction"),)
    case = proven(services, "objection", words=GENERAL)
    work(services)
    assert vault.by_case(case, "objection") in restrictors(services, mine)
    decisions.decide(services, case, "objection", "fulfil", OFFICER, now=LATER)
    work(services)
    assert restrictors(services, mine) == (vault.by_case(theirs, "restriction"),)
    assert "Dit gaat ook over iemand anders" in mails(services)[-1]


def test_without_a_notice_the_last_restriction_is_not_lifted() -> None:
    """Whoever lifts without having told anybody can only do so while another restriction stands."""
    services = services_in_memory()
    shared, theirs = of_two(services)
    work(services)
    with pytest.raises(Conflict):
        vault.lifted(vault.find(services.store, shared), LATER, notice="", by=vault.by_case(theirs, "restriction"))


def test_the_undo_of_one_leaves_the_restriction_of_the_other_without_a_letter() -> None:
    """Nothing is used again, so nothing is told: who undoes an erasure reads in the final letter that it was withdrawn."""
    services = services_in_memory()
    shared, theirs = of_two(services)
    work(services)
    case = proven(services, "erasure")
    work(services)
    rights_status.undo(services.store, case, LATER)
    work(services)
    assert restrictors(services, shared) == (vault.by_case(theirs, "restriction"),)
    assert not vault.find(services.store, shared).erasing_at
    assert cases.record(services.store, case)["outcome"] == "withdrawn"
    assert policy.handling(SITE.controller).undo == "PT72H"
    assert stamp(LATER) == "2026-11-22T10:17:00Z"
