"""Erasure, restriction, objection, withdrawal and unsubscribing, taken step by step on a store in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email import policy as mail_policy
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    advertising,
    carrying,
    cases,
    casework,
    decisions,
    enquiries,
    erasure,
    form,
    identity,
    inbox,
    intake,
    letters,
    openings,
    policy,
    restriction,
    retention,
    rights_asked,
    rights_request,
    rights_status,
    steps,
    subjects,
    suppression,
    vault,
)
from privacy.errors import BadInput, ConditionFailed, Conflict, DecideFirst, PostUnavailable, Restricted
from privacy.openings import Reader
from privacy.periods import stamp
from privacy.writes import Put

from tests.fakes import FakePost, everything, services_in_memory

if TYPE_CHECKING:
    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
SITE = policy.site("silver-essence")
ADA, EVE = "ada@example.org", "eve@example.org"
OFFICER = Reader("staff-1", frozenset({"staff", "privacy-officer"}), "silver-essence")


def enquiry(
    services: Services, email: str = ADA, *, site: policy.Site = SITE, phone: str = "", now: datetime = NOW
) -> str:
    """File an enquiry and return it."""
    sent = form.Submission(
        "contact",
        {"name": "Ada", "email": email, "message": f"Hallo {now}", "phone": phone},
        "",
        is_spam=False,
        masked=0,
    )
    return enquiries.receive(services.store, services.keys, site, sent, language="nl", now=now).reference


def held(services: Services, category: str, email: str = ADA, site: policy.Site = SITE) -> str:
    """Put an entry of a category into the vault, as a module that is not there yet will, and return it."""
    rule, people = (
        policy.category(site.controller, category),
        intake.people(services.keys, site.controller, email=email),
    )
    opened = enquiries.begin(services.keys, site, rule, people, received_at=NOW, now=NOW)
    place = {"pk": f"entry#{opened.entry.id}", "sk": "main", "kind": category}
    sealed = opened.seal("main", {"email": email})
    services.store.write([*vault.creation(opened.entry), Put("records", {**place, "sealed": sealed})])
    return opened.entry.id


def proven(
    services: Services,
    *rights: str,
    email: str = ADA,
    words: str = "",
    site: policy.Site = SITE,
    now: datetime = NOW,
) -> str:
    """Take in a request of somebody who has proven who they are, its rights begun, and return the case."""
    people = intake.people(services.keys, site.controller, email=email)
    asked = tuple((right, words) for right in rights)
    facts = {"email": email, "message_id": ""}
    request = intake.Request(now, "email", "nl", {"subject": "", "text": words}, asked, facts=facts, people=people)
    case = intake.take(services, site, request, once=(), now=now).entry
    main = cases.record(services.store, case)
    begun = [] if rights == ("unsubscribe",) else identity.begun(services.store, case, list(rights), now)
    services.store.write([*identity.noted(main, identity.BY_CODE, now), *begun])
    return case


def written(services: Services, text: str, now: datetime, email: str = ADA) -> str:
    """Take in a further mail of a person and return the case that it joined."""
    people, facts = intake.people(services.keys, SITE.controller, email=email), {"email": email, "message_id": ""}
    mail = intake.Request(now, "email", "nl", {"subject": "Re", "text": text}, (), facts=facts, people=people)
    return intake.take(services, SITE, mail, once=(), now=now).entry


def work(services: Services, now: datetime = LATER) -> None:
    """Carry out and send whatever waits, until nothing does."""
    for _ in range(4):
        for place in list(carrying.waiting(services.store, now)):
            carrying.carry_out(services, place, now, steps.STEPS)
        for place in list(letters.waiting(services.store, now)):
            letters.deliver(services, place, now)


def right(services: Services, case: str, name: str) -> dict[str, Any]:
    """Return how a right stands."""
    return rights_asked.of_case(services.store, case)[name]


def mails(services: Services, to: str = ADA) -> list[str]:
    """Return the texts that were sent to an address, oldest first."""
    assert isinstance(services.post, FakePost)
    found = [
        message_from_bytes(mime, policy=mail_policy.default)
        for _, address, mime, _ in services.post.sent
        if address == to
    ]
    bodies = [mail.get_body(("plain",)) for mail in found]
    return [" ".join(str(body.get_content()).split()) for body in bodies if body]


def is_there(services: Services, entry: str) -> bool:
    """Say whether an entry lives."""
    return services.store.get(vault.key_of(entry)) is not None


def test_erasure_restricts_at_once_and_destroys_after_the_undo_period() -> None:
    """All of A at once restricted, after 72 hours gone; B untouched; the letter has both dates and what is kept."""
    services = services_in_memory()
    mine, spam, hers = enquiry(services), held(services, "spam"), enquiry(services, EVE)
    case = proven(services, "erasure")
    work(services)
    assert right(services, case, "erasure")["status"] == "undo"
    assert right(services, case, "erasure")["undo_until"] == stamp(LATER + timedelta(hours=72))
    with pytest.raises(Restricted):
        openings.open_entry(services, mine, OFFICER, purpose="answering", why="answer", now=LATER)
    assert "vernietigen wij ze" in mails(services)[-1]
    work(services, LATER + timedelta(hours=71, minutes=59))
    assert is_there(services, mine)
    end = LATER + timedelta(hours=72)
    work(services, end)
    assert not is_there(services, mine)
    assert not is_there(services, spam)
    assert is_there(services, hers)
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "fulfilled")
    letter = mails(services)[-1]
    assert "In onze systemen is het weg sinds 25 november 2026" in letter
    assert "tot en met 28 november 2026" in letter
    assert "Art. 5(2) en 12 AVG. Uiterlijk op 24 november 2027 is het weg, ook uit reservekopieën." in letter
    assert "in onze boekhouding" in letter
    assert "zeven jaar" in letter
    assert "Amazon Web Services" in letter
    evidence = [item for item in everything(services)["evidence"] if item.get("act") == "destroyed"]
    assert {item["entry"] for item in evidence} == {mine, spam}
    assert {item["by"] for item in evidence} == {f"{case}#erasure"}


def test_undone_in_time_nothing_is_destroyed_and_the_person_is_told_before_it_is_lifted() -> None:
    """The notice goes first; then all is as it was, and the case ends as withdrawn."""
    services = services_in_memory()
    mine = enquiry(services)
    case = proven(services, "erasure")
    work(services)
    rights_status.undo(services.store, case, LATER)
    for place in list(carrying.waiting(services.store, LATER)):
        carrying.carry_out(services, place, LATER, steps.STEPS)
    assert vault.find(services.store, mine).restricted_at
    assert cases.record(services.store, case)["status"] == "open"
    work(services)
    work(services, LATER + timedelta(hours=1))
    entry = vault.find(services.store, mine)
    assert (entry.restricted_at, entry.restricted_by, entry.erasing_at) == ("", (), "")
    assert any("wij wissen uw gegevens niet" in mail for mail in mails(services))
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "withdrawn")
    work(services, LATER + timedelta(days=5))
    assert is_there(services, mine)
    assert openings.open_entry(services, mine, OFFICER, purpose="answering", why="answer", now=LATER)


def test_a_notice_that_cannot_be_sent_keeps_the_restriction() -> None:
    """As long as the letter before lifting has not gone out, nobody uses the data again."""
    services = services_in_memory()
    mine = enquiry(services)
    case = proven(services, "erasure")
    work(services)
    rights_status.undo(services.store, case, LATER)
    assert isinstance(services.post, FakePost)
    services.post.fault = PostUnavailable()
    for hours in range(3):
        work(services, LATER + timedelta(hours=hours))
    assert vault.find(services.store, mine).restricted_at
    services.post.fault = None
    work(services, LATER + timedelta(hours=5))
    work(services, LATER + timedelta(hours=6))
    assert not vault.find(services.store, mine).restricted_at


def test_nothing_is_destroyed_before_every_address_on_file_was_told() -> None:
    """A notice that went out late moves the end of the undo period: it counts from when people could read it."""
    services = services_in_memory()
    mine = enquiry(services)
    case = proven(services, "erasure")
    assert isinstance(services.post, FakePost)
    services.post.fault = PostUnavailable()
    work(services)
    work(services, LATER + timedelta(hours=72))
    assert is_there(services, mine)
    services.post.fault = None
    sent = LATER + timedelta(hours=73)
    work(services, sent)
    work(services, sent + timedelta(hours=1))
    assert is_there(services, mine)
    assert right(services, case, "erasure")["undo_until"] == stamp(sent + timedelta(hours=72))
    work(services, sent + timedelta(hours=72))
    assert not is_there(services, mine)


def test_the_notice_goes_to_every_address_that_is_on_file() -> None:
    """An entry that is reached by a telephone number too may have another address: that one is told as well, each once."""
    services = services_in_memory()
    phone = "020 123 45 67"
    enquiry(services, phone=phone)
    enquiry(services, "ada.oud@example.org", phone=phone)
    case = proven(services, "erasure")
    known = intake.people(services.keys, SITE.controller, email=ADA, phone=phone)
    entry, main = vault.find(services.store, case), cases.record(services.store, case)
    services.store.write([*vault.about(entry, [each.pointer() for each in known])])
    services.store.write([cases.changed(main, {"identity_how": "phone"})])
    work(services)
    for address in (ADA, "ada.oud@example.org"):
        assert sum("vernietigen wij ze" in mail for mail in mails(services, address)) == 1


def test_a_reply_that_comes_meanwhile_becomes_a_message_of_the_case_and_what_is_new_stays() -> None:
    """Nothing is added to what is being erased, a new enquiry is not destroyed, and the letter says so."""
    services = services_in_memory()
    mine = enquiry(services)
    proven(services, "erasure")
    work(services)
    with pytest.raises(ConditionFailed):
        services.store.write(vault.late_addition(mine, vault.new_id(), b"wrapped", LATER))
    later = enquiry(services, now=LATER)
    work(services, LATER + timedelta(hours=72))
    assert not is_there(services, mine)
    assert is_there(services, later)
    assert "nadat het wissen was begonnen, is niet gewist (1)" in mails(services)[-1]


def test_a_copy_that_was_asked_for_meanwhile_is_none_of_what_came_in() -> None:
    """It stays for its person to fetch and ends by itself: nobody is told to ask again for its erasure."""
    services = services_in_memory()
    enquiry(services)
    proven(services, "erasure")
    work(services)
    wish = rights_request.check({"email": ADA, "rights": ["access"]}, SITE)
    other = rights_request.receive(services, SITE, wish, language="nl", now=LATER)
    main = cases.record(services.store, other)
    begun = identity.begun(services.store, other, ["access"], LATER)
    services.store.write([*identity.noted(main, identity.BY_CODE, LATER), *begun])
    work(services, LATER + timedelta(minutes=1))
    assert right(services, other, "access")["export"]
    work(services, LATER + timedelta(hours=72))
    assert "Wij hebben uw gegevens gewist" in " ".join(mails(services))
    assert "nadat het wissen was begonnen" not in " ".join(mails(services))


@pytest.mark.parametrize("decision", ["fulfil", "refuse", "withdraw"])
def test_who_answers_the_notice_is_read_before_anything_is_destroyed(decision: str) -> None:
    """Nothing is destroyed unread when the time is over; staff let it go on, refuse it, or note that it was taken back."""
    services = services_in_memory()
    mine, case = enquiry(services), proven(services, "erasure")
    work(services)
    assert written(services, "Nee, toch niet.", LATER + timedelta(minutes=1)) == case
    after_it = LATER + timedelta(days=4)
    work(services, after_it)
    assert vault.find(services.store, mine).restricted_at
    waits = right(services, case, "erasure")
    assert waits["status"] == rights_asked.APPROVAL
    assert erasure.was_written_since(services.store, case, waits)

    decisions.decide(
        services, case, "erasure", decision, OFFICER, reasons="Zo is het.", said="Zij belde.", now=after_it
    )
    work(services, after_it + timedelta(minutes=1))
    if decision == "fulfil":
        assert services.store.get(vault.key_of(mine)) is None
        assert "Wij hebben uw gegevens gewist" in mails(services)[-1]
        return
    work(services, after_it + timedelta(hours=2))
    assert not vault.find(services.store, mine).restricted_at
    final = next(text for text in mails(services) if "Wat wij hebben gedaan" in text)
    assert ("U hebt dit verzoek ingetrokken." in final) == (decision == "withdraw")
    assert ("Zij belde." in final) == (decision == "refuse")


@pytest.mark.parametrize(
    ("more", "stops"),
    [
        ("Auto-Submitted: auto-replied\r\n", False),
        ("Return-Path: <>\r\n", False),
        ("Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; boundary=b\r\n", True),
        ("List-Id: <familie.example.org>\r\n", True),
        ("", True),
    ],
)
def test_who_is_out_of_office_stops_nothing(more: str, *, stops: bool) -> None:
    """A machine that answers the notice says nothing of it; a report that it did not arrive, or what came by a list, is read."""
    services = services_in_memory()
    mine, case = enquiry(services), proven(services, "erasure")
    work(services)
    [token] = [each for each in vault.find(services.store, case).pointers if each.startswith("reply#")]
    to = f"privacy+r.{token.removeprefix('reply#')}@silveressence.net"
    raw = f"From: {ADA}\r\nTo: {to}\r\nSubject: Afwezig\r\n{more}\r\nIk ben er maandag weer.\r\n".encode()
    assert inbox.file(services, raw, "m1", LATER + timedelta(minutes=1)) == inbox.Filed("joined", case)
    assert erasure.was_written_since(services.store, case, right(services, case, "erasure")) == stops
    work(services, LATER + timedelta(days=4))
    assert is_there(services, mine) == stops
    assert (right(services, case, "erasure")["status"] == rights_asked.APPROVAL) == stops


def test_an_answer_from_another_address_is_read_too() -> None:
    """Whose mailbox was taken over writes from another one: a case of its own, and nothing is destroyed before staff read it."""
    services = services_in_memory()
    mine, case = enquiry(services), proven(services, "erasure")
    work(services)
    [pointer] = [each for each in vault.find(services.store, case).pointers if each.startswith("reply#")]
    [answers] = services.store.items("vault", pointer)
    people, facts = intake.people(services.keys, SITE.controller, email=EVE), {"email": EVE, "message_id": ""}
    for is_automatic, status in ((True, rights_asked.UNDO), (False, rights_asked.APPROVAL)):
        mail = intake.Request(
            LATER,
            "email",
            "nl",
            {"subject": "Re", "text": "Nee!"},
            facts=facts,
            people=people,
            is_automatic=is_automatic,
        )
        taken = intake.take(services, SITE, mail, once=(), now=LATER + timedelta(minutes=1), answers=answers)
        assert (taken.entry == case) == is_automatic
        assert ("heard_at" in cases.record(services.store, case)) == (not is_automatic)
        if not is_automatic:
            work(services, LATER + timedelta(days=4))
        assert right(services, case, "erasure")["status"] == status
    assert vault.find(services.store, mine).restricted_at


def test_staff_may_stop_an_erasure_while_it_can_be_undone_or_let_it_go_on() -> None:
    """Who reads the answer in time decides in time; gone on, it still waits for its hour and can be taken back."""
    services = services_in_memory()
    mine, case = enquiry(services), proven(services, "erasure")
    work(services)
    decisions.decide(services, case, "erasure", "fulfil", OFFICER, now=LATER)
    work(services, LATER + timedelta(hours=1))
    assert vault.find(services.store, mine).restricted_at
    assert rights_status.view(services.store, SITE, case, LATER)["rights"][0]["can"] == ["withdraw"]
    with pytest.raises(Conflict):
        decisions.decide(services, case, "erasure", "no_data", OFFICER, now=LATER)
    rights_status.withdraw(services.store, case, "erasure", LATER)
    for hours in (2, 4):
        work(services, LATER + timedelta(hours=hours))
    assert not vault.find(services.store, mine).restricted_at


def test_no_data_is_said_at_once() -> None:
    """Where nothing is found, nothing waits, and the letter says that there is nothing."""
    services = services_in_memory()
    enquiry(services, EVE)
    case = proven(services, "erasure", "restriction", "withdrawal")
    work(services)
    assert {each["outcome"] for each in rights_asked.of_case(services.store, case).values()} == {"no_data"}
    assert cases.record(services.store, case)["outcome"] == "no_data"
    letter = mails(services)[-1]
    assert "hebben wij niets gevonden" in letter
    assert (
        "Verzoeken over uw rechten en vragen: Art. 5(2) en 12 AVG. Uiterlijk op 21 november 2027 is het weg" in letter
    )
    assert "Ons antwoord op uw verzoek: Art. 5(2) AVG; de zes weken van art. 35(2) UAVG. Uiterlijk op" in letter
    assert "Schreef u ons eerder vanaf een ander e-mailadres?" in letter
    assert "er was dus niets in te trekken" in letter
    assert "In onze systemen is het weg" not in letter


def test_one_request_reaches_the_whole_joint_group() -> None:
    """Asked of one of the two companies, both erase; the other one's part is named in the letter."""
    services = services_in_memory()
    here, there = policy.site("sevenelements"), policy.site("vixum")
    mine, theirs, foreign = enquiry(services, site=here), enquiry(services, site=there), enquiry(services)
    proven(services, "erasure", site=here)
    work(services)
    work(services, LATER + timedelta(hours=72))
    assert not is_there(services, mine)
    assert not is_there(services, theirs)
    assert is_there(services, foreign)
    letter = mails(services)[-1]
    assert "(Vixum B.V.): 1" in letter
    assert "Amazon Web Services EMEA SARL: uitgevoerd" in letter
    assert "B.V.: lichten wij nog in" not in letter


def test_a_copy_that_was_asked_for_comes_before_the_end() -> None:
    """Access and erasure in one request: nothing is destroyed before the copy is made, and the copy itself is theirs to fetch."""
    services = services_in_memory()
    mine = enquiry(services)
    case = proven(services, "erasure", "access")
    access = right(services, case, "access")
    services.store.write([carrying.changed(access, {"status": rights_asked.APPROVAL})])
    work(services)
    work(services, LATER + timedelta(hours=80))
    assert is_there(services, mine)
    access = right(services, case, "access")
    services.store.write(rights_asked.moved(access, {"status": rights_asked.WAITING}, NOW))
    work(services, LATER + timedelta(hours=80))
    work(services, LATER + timedelta(hours=82))
    assert not is_there(services, mine)
    assert is_there(services, right(services, case, "access")["export"])
    letter = mails(services)[-1]
    assert "u kunt die tot en met 4 december 2026 ophalen" in letter
    assert "in reservekopieën staat die tot en met 8 december 2026" in letter
    assert (
        "In onze systemen is het weg sinds 25 november 2026. In reservekopieën staat het nog tot en met 28 november 2026"
        in letter
    )


def test_what_another_person_had_restricted_is_left_to_staff() -> None:
    """An entry about two people: one restricted it, the other one's erasure does the rest and asks staff."""
    services = services_in_memory()
    phone = "020 123 45 67"
    alone, shared = enquiry(services), enquiry(services, phone=phone)
    theirs = proven(services, "restriction", email=EVE)
    known = intake.people(services.keys, SITE.controller, email=EVE, phone=phone)
    services.store.write(vault.about(vault.find(services.store, theirs), [each.pointer() for each in known]))
    main = cases.record(services.store, theirs)
    services.store.write([cases.changed(main, {"identity_how": "phone"})])
    work(services)
    assert vault.find(services.store, shared).restricted_at
    case = proven(services, "erasure")
    work(services)
    work(services, LATER + timedelta(hours=72))
    assert (is_there(services, alone), is_there(services, shared)) == (False, True)
    assert right(services, case, "erasure")["status"] == "approval"
    end = LATER + timedelta(hours=73)
    decisions.decide(
        services, case, "erasure", "partly", OFFICER, reasons="Van twee mensen.", said="Het meeste.", now=end
    )
    work(services, end)
    assert "Van twee mensen." in mails(services)[-1]
    assert "In onze systemen is het weg sinds" in mails(services)[-1]


def test_restriction_is_at_once_survives_retention_and_is_lifted_by_staff_after_a_notice() -> None:
    """Nobody opens it, retention leaves it alone past its end; staff lift it on a day, when the letter has gone out."""
    services = services_in_memory()
    mine = held(services, "spam")
    case = proven(services, "restriction")
    work(services)
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "fulfilled")
    assert any("Op 22 februari 2027 kijken wij" in mail for mail in mails(services))
    with pytest.raises(Restricted):
        openings.open_entry(services, mine, OFFICER, purpose="technical", why="answer", now=LATER)
    assert services.objects is not None
    retention.run(services.store, services.objects, NOW + timedelta(days=100))
    assert is_there(services, mine)
    on = (LATER + timedelta(days=3)).date()
    with pytest.raises(BadInput):
        restriction.lift_by_staff(services, case, OFFICER, reasons=" ", on=on, now=LATER)
    restriction.lift_by_staff(services, case, OFFICER, reasons="Uw vraag is beantwoord.", on=on, now=LATER)
    work(services)
    assert "Uw vraag is beantwoord." in mails(services)[-1]
    work(services, LATER + timedelta(days=2))
    assert vault.find(services.store, mine).restricted_at
    work(services, LATER + timedelta(days=3))
    assert not vault.find(services.store, mine).restricted_at
    assert not list(carrying.waiting(services.store, LATER + timedelta(days=400)))


def test_restriction_stays_when_the_same_person_undoes_an_erasure() -> None:
    """Both rights in one request: what the erasure lifts stays restricted by the other."""
    services = services_in_memory()
    mine = enquiry(services)
    case = proven(services, "erasure", "restriction")
    work(services)
    rights_status.undo(services.store, case, LATER)
    work(services)
    work(services, LATER + timedelta(hours=1))
    entry = vault.find(services.store, mine)
    assert entry.restricted_at
    assert entry.restricted_by == (vault.by_case(case, "restriction"),)


def test_an_objection_to_advertising_stops_it_at_once() -> None:
    """The person is suppressed for the whole group, nothing is restricted, and the code is no address."""
    services = services_in_memory()
    mine = held(services, "spam")
    proven(services, "objection", words="Ik maak bezwaar tegen het gebruik van mijn gegevens voor reclame.")
    work(services)
    pointer = subjects.identify(services.keys, policy.controller(SITE.controller).group, "email", ADA).pointer()
    other = subjects.identify(services.keys, policy.controller(SITE.controller).group, "email", EVE).pointer()
    assert suppression.suppressed(services.store, pointer)
    assert not suppression.suppressed(services.store, other)
    assert not vault.find(services.store, mine).restricted_at
    assert "gestopt" in mails(services)[-1]
    assert "een code waaraan wij u herkennen; geen adres (Art. 21(3) AVG)" in mails(services)[-1]


def test_what_comes_in_meanwhile_does_not_make_a_right_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a code, or writes again, while their objection is carried out is not sent advertising for an hour more."""
    services = services_in_memory()
    case = proven(services, "objection", words="Ik maak bezwaar tegen het gebruik van mijn gegevens voor reclame.")
    end, disturbed = restriction.end, iter((True, True))

    def late(*arguments: Any, **more: Any) -> None:
        if next(disturbed, False):
            written(services, "En graag snel.", LATER)
        end(*arguments, **more)

    monkeypatch.setattr(restriction, "end", late)
    for place in list(carrying.waiting(services.store, LATER)):
        assert carrying.carry_out(services, place, LATER, steps.STEPS) == "done"
    assert right(services, case, "objection")["status"] == rights_asked.DONE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ik wil geen reclame meer van jullie", True),
        ("I object to direct marketing", True),
        ("Stuur mij geen nieuwsbrief meer", True),
        ("Ik maak bezwaar tegen het volgen van mijn bezoek en tegen reclame", False),
        ("Ik maak bezwaar tegen het gebruik van mijn gegevens", False),
        ("", False),
    ],
)
def test_advertising_is_told_by_its_words(words: str, expected: bool) -> None:  # noqa: FBT001 - drawn by pytest
    """Only what is clearly advertising stops without staff; whoever objects to more is looked at."""
    assert advertising.is_meant(words) is expected


@pytest.mark.parametrize(("decision", "lives"), [("refuse", True), ("fulfil", False)])
def test_another_objection_is_restricted_until_staff_decide(decision: str, lives: bool) -> None:  # noqa: FBT001
    """What rests on a legitimate interest is stored only meanwhile; refused it is lifted after the letter, else destroyed."""
    services = services_in_memory()
    by_interest, by_contract = held(services, "spam"), enquiry(services)
    case = proven(services, "objection", words="Ik maak bezwaar tegen het gebruik van mijn gegevens.")
    work(services)
    assert vault.find(services.store, by_interest).restricted_at
    assert not vault.find(services.store, by_contract).restricted_at
    assert right(services, case, "objection")["status"] == "approval"
    decisions.decide(services, case, "objection", decision, OFFICER, reasons="Zwaarder belang.", now=LATER)
    work(services)
    work(services, LATER + timedelta(hours=1))
    assert is_there(services, by_interest) is lives
    assert is_there(services, by_contract)
    assert not lives or not vault.find(services.store, by_interest).restricted_at
    assert cases.record(services.store, case)["status"] == "closed"
    assert ("In onze systemen is het weg" in mails(services)[-1]) is not lives


def test_withdrawn_consent_ends_what_rests_on_it() -> None:
    """The proof of consent is kept for its period from now, other data by consent are destroyed, the rest stays."""
    services = services_in_memory()
    proof, other = held(services, "newsletter_consents"), enquiry(services)
    case = proven(services, "withdrawal")
    work(services)
    entry = vault.find(services.store, proof)
    assert (entry.counted_from, entry.due) == ("withdrawn", stamp(LATER + timedelta(days=361)))
    assert is_there(services, other)
    assert cases.record(services.store, case)["outcome"] == "fulfilled"
    here = policy.site("sevenelements")
    by_consent = held(services, "disclosures", site=here)
    proven(services, "withdrawal", site=here)
    work(services)
    assert not is_there(services, by_consent)


def test_who_writes_from_their_address_is_unsubscribed_without_more() -> None:
    """No code is asked: the mail came from the address, and what it asks hurts nobody."""
    services = services_in_memory()
    people = intake.people(services.keys, SITE.controller, email=ADA)
    request = intake.Request(
        NOW, "email", "nl", {"subject": "", "text": "afmelden"}, (("unsubscribe", "afmelden"),),
        facts={"email": ADA, "message_id": ""}, people=people,
    )  # fmt: skip
    case = intake.take(services, SITE, request, once=(), now=NOW).entry
    work(services)
    assert suppression.suppressed(services.store, people[0].pointer())
    assert cases.record(services.store, case)["status"] == "closed"
    assert "U bent afgemeld voor onze nieuwsbrieven en reclame." in mails(services)[-1]
    doubtful = intake.take(services, SITE, request._replace(is_doubtful=True), once=(), now=LATER).entry
    assert not rights_asked.of_case(services.store, doubtful)


def test_a_case_is_not_closed_over_what_it_restricted() -> None:
    """Staff cannot end a case while data wait to be destroyed or given back: somebody would wait for ever."""
    services = services_in_memory()
    enquiry(services)
    case = proven(services, "erasure")
    work(services)
    with pytest.raises(DecideFirst):
        casework.close(services, case, OFFICER, "withdrawn", "Aan de telefoon.", now=LATER)
