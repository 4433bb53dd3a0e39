"""Staff say which categories are erased and which stay; the system does just that, and the letter says just that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from privacy import cases, decisions, policy, rights_asked, rights_status, vault
from privacy.errors import BadInput, Conflict, NotProvenYet, SecondPersonNeeded

from tests.fakes import services_in_memory
from tests.unit.test_erasure import LATER, OFFICER, enquiry, held, is_there, mails, proven, right, work
from tests.unit.test_restrictions_end import GENERAL, HOURS

SECOND = OFFICER._replace(sub="staff-2")
WHY = "Uw aanvraag loopt nog."


def staffed(monkeypatch: pytest.MonkeyPatch, how: str = "staff") -> None:
    """Let the policy leave erasure to staff."""
    handling = policy.handling("silver-essence")._replace(approvals={"erasure": how})
    monkeypatch.setattr(policy, "handling", lambda _controller: handling)


def test_a_part_is_erased_and_the_rest_is_never_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the named category is restricted, told of, undoable for three days and destroyed; the letter has both with counts."""
    staffed(monkeypatch)
    services = services_in_memory()
    spam, mine = held(services, "spam"), enquiry(services)
    case = proven(services, "erasure")
    work(services)
    decisions.decide(services, case, "erasure", "partly", OFFICER, reasons=WHY, erase=("spam",), now=LATER)
    work(services)
    assert right(services, case, "erasure")["status"] == rights_asked.UNDO
    assert vault.find(services.store, spam).erasing_at
    assert not vault.find(services.store, mine).restricted_at
    end = LATER + timedelta(hours=72)
    work(services, end)
    assert (is_there(services, spam), is_there(services, mine)) == (False, True)
    letter = mails(services)[-1]
    assert "Wissen: Wij hebben dit gedeeltelijk gedaan." in letter
    assert "Aanvragen van informatie: 1. De reden staat hieronder." in letter
    assert f"De reden: {WHY}" in letter
    assert "In onze systemen is het weg sinds 25 november 2026" in letter
    assert "rechtbank" in letter
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "partly")


def test_a_part_can_be_undone_like_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person takes it back within the three days: nothing is destroyed."""
    staffed(monkeypatch)
    services = services_in_memory()
    spam = held(services, "spam")
    case = proven(services, "erasure")
    work(services)
    decisions.decide(services, case, "erasure", "partly", OFFICER, reasons=WHY, erase=("spam",), now=LATER)
    work(services)
    rights_status.undo(services.store, case, LATER)
    work(services)
    work(services, LATER + HOURS)
    assert is_there(services, spam)
    assert not vault.find(services.store, spam).restricted_at


def test_an_objection_is_given_in_to_in_part() -> None:
    """What staff name is destroyed, the rest is used again after the notice with their reasons; then the final letter comes."""
    services = services_in_memory()
    spam, other = held(services, "spam"), held(services, "contacts")
    case = proven(services, "objection", words=GENERAL)
    work(services)
    assert vault.find(services.store, other).restricted_at
    decisions.decide(services, case, "objection", "partly", OFFICER, reasons=WHY, erase=("spam",), now=LATER)
    work(services)
    assert not is_there(services, spam)
    assert cases.record(services.store, case)["status"] == "open"
    work(services, LATER + HOURS)
    assert not vault.find(services.store, other).restricted_at
    [notice] = [mail for mail in mails(services) if "gebruiken wij ze weer" in mail]
    assert WHY in notice
    letter = mails(services)[-1]
    assert "Contactpersonen van klanten: 1. De reden staat hieronder." in letter
    assert cases.record(services.store, case)["outcome"] == "partly"


def test_the_same_part_twice_is_once_and_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A double click changes nothing; two members of staff must name the same."""
    staffed(monkeypatch, "four_eyes")
    services = services_in_memory()
    held(services, "spam")
    enquiry(services)
    case = proven(services, "erasure")
    work(services)

    def say(reader: object, *names: str) -> None:
        decisions.decide(services, case, "erasure", "partly", reader, reasons=WHY, erase=names, now=LATER)  # type: ignore[arg-type]

    say(OFFICER, "spam")
    with pytest.raises(SecondPersonNeeded):
        say(OFFICER, "spam")
    with pytest.raises(Conflict):
        say(SECOND, "enquiries")
    say(SECOND, "spam")
    say(SECOND, "spam")
    assert right(services, case, "erasure")["only"] == ["spam"]
    assert right(services, case, "erasure")["status"] == rights_asked.WAITING


def test_what_cannot_be_erased_cannot_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a law keeps, what is not there, another decision or right, and nobody proven: refused before anything is written."""
    staffed(monkeypatch)
    services = services_in_memory()
    held(services, "spam")
    case = proven(services, "erasure", "restriction")
    work(services)
    for asked, decision, names in (
        ("erasure", "partly", ("cases",)),
        ("erasure", "partly", ("invoices",)),
        ("erasure", "fulfil", ("spam",)),
        ("erasure", "refuse", ("spam",)),
        ("restriction", "partly", ("spam",)),
    ):
        with pytest.raises(BadInput) as wrong:
            decisions.decide(services, case, asked, decision, OFFICER, reasons=WHY, erase=names, now=LATER)
        assert "erase" in wrong.value.fields
    main = cases.record(services.store, case)
    services.store.write([cases.changed(main, {"identity": "asked"})])
    with pytest.raises(NotProvenYet):
        decisions.decide(services, case, "erasure", "partly", OFFICER, reasons=WHY, erase=("spam",), now=LATER)
