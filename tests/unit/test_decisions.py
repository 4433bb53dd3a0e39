"""What staff decide about a case: each right gets its end, the person one final letter, and the case its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    cases,
    casework,
    decisions,
    evidence,
    intake,
    letters,
    openings,
    outcomes,
    policy,
    recipients,
    rights_asked,
    rights_status,
    vault,
)
from privacy.errors import (
    BadInput,
    Conflict,
    KeyDestroyed,
    NotAllowed,
    NotFound,
    NotProvenYet,
    SecondPersonNeeded,
    TooLate,
)
from privacy.openings import Reader
from privacy.writes import Key, Update

from tests.fakes import FakePost
from tests.faults import Crash, Switch, behind

if TYPE_CHECKING:
    from privacy.services import Services

SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
SECOND = OFFICER._replace(sub="officer-2")
RECEIVED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
EMAIL = "ada@example.org"


def asked(
    services: Services, *rights: str, email: str = EMAIL, received_at: datetime = RECEIVED, language: str = "nl"
) -> str:
    """Enter a case that asks for these rights."""
    new = casework.NewCase(received_at, "phone", "Graag.", rights, email=email, language=language)
    return casework.add(services, SITE, new, OFFICER, now=received_at + timedelta(minutes=1))


def prove(services: Services, case: str) -> None:
    """Note that the person of a case was made sure of, and begin the rights that were asked."""
    main = cases.record(services.store, case)
    proven = Update(Key("records", main["pk"], "main"), "SET #identity = :proven", {":proven": "proven"})
    services.store.write([proven])
    for right in main["rights"]:
        services.store.write(rights_asked.asked(case, right, NOW))


def post(services: Services, now: datetime = NOW) -> list[str]:
    """Deliver what waits in the outbox and return every mail that ever went to the person, decoded enough to search."""
    for place in letters.waiting(services.store, now + timedelta(minutes=1)):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    return [text(mime) for _, to, mime, _ in services.post.sent if to == EMAIL]


def text(mime: bytes) -> str:
    """Return the plain text of a mail with its headers."""
    import email  # noqa: PLC0415
    from email import policy as of_mail  # noqa: PLC0415

    read = email.message_from_bytes(mime, policy=of_mail.default)
    body = read.get_body(("plain",))
    assert body is not None
    return "\n".join([*(f"{name}: {value}" for name, value in read.items()), body.get_content()])


def status(services: Services, case: str, right: str) -> str:
    """Return how far a right is."""
    return str(rights_asked.of_case(services.store, case)[right]["status"])


def acts(services: Services, case: str) -> list[str]:
    """Return what the evidence says was done to a case."""
    return [str(act["act"]) for act in evidence.of_entry(services.store, case, "silver-essence")]


def test_a_refusal_ends_the_case_with_one_letter(services: Services) -> None:
    """A refused right: one letter with reasons, authority and court, the case closed as refused, evidence without reasons."""
    case = asked(services, "erasure")
    done = decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="De wet verplicht ons.", now=NOW)

    assert (done.case.status, done.case.outcome) == (cases.CLOSED, "refused")
    [letter] = [mail for mail in post(services) if "Ons antwoord" in mail]
    for said in (
        "De wet verplicht ons.",
        "Autoriteit Persoonsgegevens",
        "rechtbank",
        "Auto-Submitted: auto-generated",
        case,
    ):
        assert said in letter
    assert "decided" in acts(services, case)
    assert "De wet" not in repr(services.store.all("evidence"))  # type: ignore[attr-defined]
    assert "De wet" not in repr(services.store.all("records"))  # type: ignore[attr-defined]


def test_the_same_decision_again_changes_nothing(services: Services) -> None:
    """A double click decides once and sends one letter; another decision afterwards is refused."""
    case = asked(services, "erasure", "access")
    for _ in range(2):
        decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="Daarom.", now=NOW)
    assert acts(services, case).count("decided") == 1
    with pytest.raises(Conflict):
        decisions.decide(services, case, "erasure", "no_data", OFFICER, now=NOW)


@pytest.mark.parametrize(
    ("decision", "given", "field"),
    [
        ("refuse", {}, "reasons"),
        ("refuse", {"reasons": "  "}, "reasons"),
        ("partly", {"said": "de helft"}, "reasons"),
        ("partly", {"reasons": "daarom"}, "said"),
        ("forward", {}, "said"),
        ("shrug", {}, "decision"),
    ],
)
def test_what_the_person_must_be_told_cannot_be_left_out(
    services: Services, decision: str, given: dict[str, str], field: str
) -> None:
    """A refusal needs reasons, a part needs what and why, forwarding needs to whom: nothing is written without."""
    case = asked(services, "access")
    with pytest.raises(BadInput) as wrong:
        decisions.decide(services, case, "access", decision, OFFICER, now=NOW, **given)
    assert field in wrong.value.fields
    assert rights_asked.of_case(services.store, case) == {}


@pytest.mark.parametrize(
    ("decision", "given", "outcome", "words"),
    [
        ("partly", {"reasons": "Het boek.", "said": "Alles behalve het boek."}, "partly", "gedeeltelijk"),
        ("no_data", {}, "no_data", "niets gevonden"),
        ("forward", {"said": "Klant Voorbeeld BV"}, "forwarded", "voor een klant"),
    ],
)
def test_every_decision_has_its_words_and_its_outcome(
    services: Services, decision: str, given: dict[str, str], outcome: str, words: str
) -> None:
    """In part, nobody found, forwarded to the customer whose data they are (Art. 28(3)(e) GDPR)."""
    case = asked(services, "access")
    done = decisions.decide(services, case, "access", decision, OFFICER, now=NOW, **given)
    assert done.case.outcome == outcome
    assert any(words in mail for mail in post(services))


def test_nothing_is_carried_out_for_whoever_writes_from_an_address(services: Services) -> None:
    """Staff cannot carry a right out before somebody made sure who asks (Art. 12(6) GDPR); leaving a list needs no proof."""
    case = asked(services, "erasure", "unsubscribe")
    with pytest.raises(NotProvenYet):
        decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=NOW)
    decisions.decide(services, case, "unsubscribe", "fulfil", OFFICER, now=NOW)
    assert status(services, case, "unsubscribe") == rights_asked.WAITING


def test_a_decision_wakes_who_carries_it_out(services: Services) -> None:
    """The right waits with a task in the queue, written in the transaction of the decision."""
    case = asked(services, "objection")
    prove(services, case)
    before = len(list(services.store.listed("records", "list", rights_asked.TASKS)))
    decisions.decide(services, case, "objection", "fulfil", OFFICER, now=NOW)
    assert status(services, case, "objection") == rights_asked.WAITING
    assert len(list(services.store.listed("records", "list", rights_asked.TASKS))) == before + 1


def test_four_eyes_are_two_people(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the policy asks it, one member of staff alone erases nothing, however often they agree; a second one does."""
    handling = policy.handling("silver-essence")._replace(approvals={"erasure": "four_eyes"})
    monkeypatch.setattr(policy, "handling", lambda _controller: handling)
    case = asked(services, "erasure")
    prove(services, case)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=NOW)
    assert status(services, case, "erasure") == rights_asked.APPROVAL
    with pytest.raises(SecondPersonNeeded):
        decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=NOW)
    decisions.decide(services, case, "erasure", "fulfil", SECOND, now=NOW)
    assert status(services, case, "erasure") == rights_asked.WAITING
    assert "officer-1" not in repr(services.store.all("records"))  # type: ignore[attr-defined]


def test_only_who_may_read_cases_decides(services: Services) -> None:
    """Another controller's case is not there, another role is refused, and a right that nobody asked for is none."""
    case = asked(services, "access")
    with pytest.raises(NotFound):
        decisions.progress(services.store, case, OFFICER._replace(controller="vixum"))
    with pytest.raises(NotAllowed):
        decisions.decide(services, case, "access", "no_data", OFFICER._replace(roles=frozenset({"staff"})), now=NOW)
    with pytest.raises(BadInput):
        decisions.decide(services, case, "erasure", "no_data", OFFICER, now=NOW)
    with pytest.raises(KeyDestroyed):
        decisions.progress(services.store, vault.new_id(), OFFICER)


def test_several_rights_end_in_one_letter(services: Services) -> None:
    """The letter waits for the last right and then says all of them; what differs makes the case partly fulfilled (N9)."""
    case = asked(services, "access", "erasure", "question")
    decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW)
    decisions.decide(services, case, "question", "fulfil", OFFICER, now=NOW)
    assert not [mail for mail in post(services) if "Ons antwoord" in mail]
    done = decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="Omdat.", now=NOW)
    [letter] = [mail for mail in post(services) if "Ons antwoord" in mail]
    assert "Inzage" in letter
    assert "Wissen" in letter
    assert "Vraag" in letter
    assert (done.case.status, done.case.outcome) == (cases.CLOSED, "partly")


def test_the_final_letter_names_what_is_kept_and_both_dates(services: Services) -> None:
    """After an erasure: what a law makes us keep with ground and end, when it is gone here and in the last backup (N3, P16)."""
    case = asked(services, "erasure")
    prove(services, case)
    item = rights_asked.of_case(services.store, case)["erasure"]
    done = {"status": rights_asked.DONE, "outcome": "fulfilled", "destroyed_at": "2026-11-22T10:15:00Z"}
    counted = {"counts": {"entries": 2, "categories": {"enquiries": 2}}}
    services.store.write(rights_asked.moved(item, {**done, **counted}, NOW))
    entry = vault.find(services.store, case)
    told = recipients.tell(services, entry, "erasure", ["enquiries", "contacts"], EMAIL, NOW)
    services.store.write([vault.addition(entry), *told])

    assert outcomes.finish(services, case, NOW)
    [letter] = [mail for mail in post(services) if "Ons antwoord" in mail]
    for said in (
        "Aanvragen van informatie: 2",
        "22 november 2026",
        "25 november 2026",
        "Art. 52(4) AWR",
        "Verzoeken over uw rechten en vragen",
        "Amazon Web Services EMEA SARL: uitgevoerd in de opslag",
        "De Partner aan wie u bent gekoppeld",
    ):
        assert said in letter
    assert outcomes.finish(services, case, NOW)
    assert len([mail for mail in post(services) if "Ons antwoord" in mail]) == 1


def test_a_recipient_without_a_name_of_its_own_is_told_in_the_language_of_the_letter(services: Services) -> None:
    """An English letter says who was told in English, and what staff have to do outside this system too (Art. 19 GDPR)."""
    case = asked(services, "erasure", language="en")
    prove(services, case)
    item = rights_asked.of_case(services.store, case)["erasure"]
    services.store.write(rights_asked.moved(item, {"status": rights_asked.DONE, "outcome": "fulfilled"}, NOW))
    told = recipients.tell(services, vault.find(services.store, case), "erasure", ["contacts"], EMAIL, NOW)
    services.store.write(told)
    assert outcomes.finish(services, case, NOW)
    [letter] = [mail for mail in post(services) if "The Partner you are linked to" in mail]
    assert "De Partner" not in letter


def test_who_looked_is_told_without_names(services: Services) -> None:
    """The final letter says when and what for data were opened, and not by whom (CJEU C-579/21)."""
    case = asked(services, "access")
    casework.open_(services, case, OFFICER, why="answer", now=NOW)
    decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW)
    [letter] = [mail for mail in post(services) if "Ons antwoord" in mail]
    assert "22 november 2026, 11:15" in letter
    assert "officer-1" not in letter


def open_often(services: Services, case: str, times: int) -> None:
    """Open a case so many times, a minute apart."""
    for number in range(times):
        casework.open_(services, case, OFFICER, why="answer", now=RECEIVED + timedelta(minutes=2 + number))


def test_every_opening_is_counted_and_none_of_the_request_itself_hides_them(services: Services) -> None:
    """However often the request itself opened data, the letter has the latest fifty others and how many there were in all."""
    case = asked(services, "access")
    open_often(services, case, 53)
    entry = vault.find(services.store, case)
    for number in range(60):
        moment = NOW - timedelta(minutes=number)
        openings.record(services, entry, "fulfil", purpose="rights", why="access", now=moment, request=case)
    decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW)
    [letter] = [mail for mail in post(services) if "Ons antwoord" in mail]
    assert "Niemand heeft ze ingezien" not in letter
    assert letter.count("om te antwoorden") == 50
    assert "Dit zijn de laatste 50 van 53 keer." in letter


def joined(services: Services, case: str, *rights: str) -> None:
    """Let the person of a case ask for more."""
    request = intake.Request(
        NOW, "phone", "nl", {"subject": "", "text": "Nog iets."}, tuple((right, "") for right in rights),
        facts={"email": EMAIL, "message_id": ""}, people=intake.people(services.keys, SITE.controller, email=EMAIL),
    )  # fmt: skip
    taken = intake.take(services, SITE, request, once=(), now=NOW)
    assert (taken.kind, taken.entry) == ("joined", case)


def cut_off_before_closing(services: Services, case: str) -> None:
    """Write the final letter of a case and die before it is closed."""
    item = rights_asked.of_case(services.store, case)["access"]
    done = {"status": rights_asked.DONE, "outcome": "no_data"}
    services.store.write(rights_asked.moved(item, done, NOW))
    for at in range(1, 100):
        with suppress(Crash):
            outcomes.finish(behind(Switch(at, after=True, dies=True), services), case, NOW)
        if cases.record(services.store, case).get("final_letter"):
            break
    assert cases.record(services.store, case)["status"] == cases.OPEN


def test_a_right_that_joins_after_the_letter_gets_an_answer_of_its_own(services: Services) -> None:
    """The case stays open for it; the second letter answers that right only, and then the case is closed."""
    case = asked(services, "access")
    prove(services, case)
    cut_off_before_closing(services, case)
    joined(services, case, "erasure")
    assert not outcomes.finish(services, case, NOW)
    decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="De wet.", now=NOW)
    assert cases.record(services.store, case)["status"] == cases.CLOSED
    first, second = [mail for mail in post(services) if "Ons antwoord" in mail]
    assert "Inzage" in first
    assert "De wet." not in first
    assert "Wissen" in second
    assert "De wet." in second
    assert "Inzage" not in second
    assert "toen u nog iets vroeg" in " ".join(second.split())


def test_a_case_does_not_end_over_a_right_that_staff_took_off_the_list(services: Services) -> None:
    """What a right restricted is lifted or destroyed first, also when staff say that it was never asked."""
    case = asked(services, "access", "objection")
    prove(services, case)
    item = rights_asked.of_case(services.store, case)["objection"]
    services.store.write(rights_asked.moved(item, {"begun_at": "2026-11-22T10:15:00Z", "entries": []}, NOW))
    casework.set_rights(services, case, OFFICER, ["access"], now=NOW)
    done = decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW)
    assert done.case.status == cases.OPEN


# --- recipients ----------------------------------------------------------------------------------------------------------


def test_every_recipient_is_told_once_and_staff_tell_who_has_no_address(services: Services) -> None:
    """Processors included; one without an address is a task of staff, and done when they say so (Art. 19 GDPR)."""
    case = asked(services, "erasure")
    for _ in range(2):
        entry = vault.find(services.store, case)
        told = recipients.tell(services, entry, "erasure", ["contacts", "enquiries"], EMAIL, NOW)
        services.store.write([vault.addition(entry), *told])
    states = {told.recipient: told.status for told in recipients.of_case(services.store, case)}
    assert states == {"aws": recipients.CARRIED_OUT, "partner": recipients.TO_DO}

    for _ in range(2):
        recipients.done(services, case, "erasure", "partner", OFFICER, now=NOW)
    assert {told.status for told in recipients.of_case(services.store, case)} == {
        recipients.CARRIED_OUT,
        recipients.DONE,
    }
    with pytest.raises(NotFound):
        recipients.done(services, case, "erasure", "nobody", OFFICER, now=NOW)
    assert recipients.tell(services, vault.find(services.store, case), "access", ["contacts"], EMAIL, NOW) == []


def test_a_recipient_with_an_address_gets_a_mail(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says whose data and what was done; the person's address stands in the letter, sealed, and in no state."""
    case = asked(services, "erasure")
    partner = {"partner": {"name": "De Partner", "role": "recipient", "contact": "privacy@partner.example"}}
    monkeypatch.setattr(recipients, "of_categories", lambda _site, _categories: partner)
    entry = vault.find(services.store, case)
    told = recipients.tell(services, entry, "erasure", ["contacts"], EMAIL, NOW)
    services.store.write([vault.addition(entry), *told])
    post(services)
    assert isinstance(services.post, FakePost)
    [mail] = [text(mime) for _, to, mime, _ in services.post.sent if to == "privacy@partner.example"]
    assert EMAIL in mail
    assert "Contactpersonen van klanten" in mail
    assert "Reply-To: privacy@silveressence.net\n" in mail.replace(
        "\r\n", "\n"
    )  # an answer is not taken for the person's
    assert EMAIL not in repr(services.store.all("records") + services.store.all("evidence"))  # type: ignore[attr-defined]


# --- the clock -----------------------------------------------------------------------------------------------------------


def test_an_extension_counts_from_receipt_and_tells_the_person_why(services: Services) -> None:
    """Three months from receipt, with the notice in the same transaction, listed by the new day, and in the evidence."""
    case = asked(services, "access")
    done = decisions.extend(services, case, OFFICER, "Het zijn heel veel gegevens.", now=NOW)
    assert (done.case.respond_by, done.case.respond_by_latest) == ("2027-02-02", "2027-02-02")
    assert done.extended_until == "2027-02-02"
    [listed] = cases.listed(services.store, "silver-essence", cases.OPEN)
    assert listed["listed_at"].startswith("2027-02-02#")
    [letter] = [mail for mail in post(services) if "Het zijn heel veel gegevens." in mail]
    assert "2 februari 2027" in letter
    assert "extended" in acts(services, case)


def test_one_further_month_is_possible_and_more_than_two_are_not(services: Services) -> None:
    """At most two further months (Art. 12(3) GDPR)."""
    case = asked(services, "access")
    for months in (0, 3, 12):
        with pytest.raises(BadInput):
            decisions.extend(services, case, OFFICER, "Veel.", months=months, now=NOW)
    assert decisions.extend(services, case, OFFICER, "Veel.", months=1, now=NOW).case.respond_by == "2027-01-02"


def test_an_extension_needs_reasons_and_cannot_be_repeated(services: Services) -> None:
    """Without reasons nothing is written; an extended request is not extended again."""
    case = asked(services, "access")
    with pytest.raises(BadInput, match="reasons_missing"):
        decisions.extend(services, case, OFFICER, "  ", now=NOW)
    assert "extended" not in acts(services, case)
    decisions.extend(services, case, OFFICER, "Veel.", now=NOW)
    with pytest.raises(Conflict):
        decisions.extend(services, case, OFFICER, "Nog meer.", now=NOW)


@pytest.mark.parametrize(
    ("at", "is_in_time"),
    [
        (datetime(2026, 12, 2, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 2, 23, 0, tzinfo=UTC), False),
    ],
)
def test_an_extension_comes_within_the_first_month(services: Services, at: datetime, *, is_in_time: bool) -> None:
    """Until the end of the last day in the Netherlands, and not a minute later."""
    case = asked(services, "access")
    if is_in_time:
        assert decisions.extend(services, case, OFFICER, "Veel.", now=at).extended_until
    else:
        with pytest.raises(TooLate):
            decisions.extend(services, case, OFFICER, "Veel.", now=at)


def test_what_comes_later_does_not_shorten_an_extended_month(services: Services) -> None:
    """A message that joins an extended case leaves its day as it is; receipt corrected counts all its months."""
    case = asked(services, "access")
    decisions.extend(services, case, OFFICER, "Veel.", now=NOW)
    assert asked(services, "erasure", received_at=NOW) == case
    assert cases.record(services.store, case)["respond_by"] == "2027-02-02"
    earlier = RECEIVED - timedelta(days=1)
    casework.correct_received(services, case, OFFICER, earlier, "Er stond een stempel op.", now=NOW)
    assert cases.record(services.store, case)["respond_by"] == "2027-02-01"


def test_a_pause_is_noted_and_moves_no_day(services: Services) -> None:
    """What was asked of the person and when they answered is shown; the law knows no pause (Art. 12(3) GDPR)."""
    case = asked(services, "access")
    before = cases.record(services.store, case)["respond_by"]
    done = decisions.pause(services, case, OFFICER, "Welke periode bedoelt u?", now=NOW)
    assert (done.paused_at, done.resumed_at, done.case.respond_by) == ("2026-11-22T10:15:00Z", "", before)
    with pytest.raises(Conflict):
        decisions.pause(services, case, OFFICER, "Nog iets?", now=NOW)
    for _ in range(2):
        done = decisions.resume(services, case, OFFICER, now=NOW + timedelta(days=2))
    assert (done.resumed_at, done.case.respond_by) == ("2026-11-24T10:15:00Z", before)
    notes = casework.open_(services, case, OFFICER, why="answer", now=NOW).notes
    assert [note["what"] for note in notes] == ["paused", "resumed"]


def test_a_case_is_given_to_somebody_and_taken_back(services: Services) -> None:
    """Who deals with a case is known by the opaque subject of their token."""
    case = asked(services, "access")
    assert decisions.assign(services, case, OFFICER, "officer-2", now=NOW).assigned == "officer-2"
    assert decisions.assign(services, case, OFFICER, "", now=NOW).assigned == ""


def test_a_closed_case_takes_no_more(services: Services) -> None:
    """After the end nothing is extended, paused or assigned; a decision leaves it as it is."""
    case = asked(services, "access")
    decisions.decide(services, case, "access", "no_data", OFFICER, now=NOW)
    late: dict[str, Any] = {"now": NOW + timedelta(hours=1)}
    with pytest.raises(Conflict):
        decisions.extend(services, case, OFFICER, "Veel.", **late)
    with pytest.raises(Conflict):
        decisions.pause(services, case, OFFICER, "Wat?", **late)
    with pytest.raises(Conflict):
        decisions.assign(services, case, OFFICER, "x", **late)
    assert decisions.decide(services, case, "access", "no_data", OFFICER, **late).case.outcome == "no_data"


def test_a_person_sees_their_own_letters_and_not_those_to_staff_or_recipients(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What staff are reminded of, and what a recipient was told, is not shown as a letter to the person."""
    case = asked(services, "erasure")
    partner = {"partner": {"name": "De Partner", "role": "recipient", "contact": "privacy@partner.example"}}
    monkeypatch.setattr(recipients, "of_categories", lambda _site, _categories: partner)
    entry = vault.find(services.store, case)
    told = recipients.tell(services, entry, "erasure", ["contacts"], EMAIL, NOW)
    services.store.write([vault.addition(entry), *told, letters.case_reminder(entry, NOW, days=3)])
    [shown] = rights_status.view(services.store, SITE, case, NOW)["letters"]
    assert shown["kind"] == "case_receipt"
