"""Whoever knows an address can type it, or forge it: that uses up, parks and silences nothing of who owns it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    carrying,
    cases,
    casework,
    decisions,
    enquiries,
    form,
    identity,
    inbox,
    letters,
    policy,
    rights_asked,
    rights_request,
    steps,
)
from privacy.errors import IdentityNotProven, TooMany
from privacy.openings import Reader
from privacy.writes import Key

from tests.fakes import FakePost, everything

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
ADA = "ada@example.org"
FAILS = "Authentication-Results: amazonses.com; spf=fail; dkim=fail; dmarc=fail;\r\n"


def typed(services: Services, now: datetime, *rights: str, email: str = ADA, **more: str) -> str:
    """Type a request on the page, as anybody can, and return the number of its case."""
    wish = rights_request.check({"email": email, "rights": list(rights or ("access",)), **more}, SITE)
    return rights_request.receive(services, SITE, wish, language="nl", now=now)


def mailed(
    services: Services, now: datetime, number: int, text: str = "Graag inzage.", *, sender: str = ADA, more: str = ""
) -> str:
    """Let a mail come in and return its case."""
    head = f"{more}From: {sender}\r\nTo: privacy@silveressence.net\r\nSubject: Vraag\r\nMessage-ID: <{number}@example.org>\r\n"
    return inbox.file(services, f"{head}\r\n{text}\r\n".encode(), f"m{number}", now).entry


def posted(services: Services, now: datetime) -> list[letters.Outcome]:
    """Deliver what waits in the outbox."""
    return [letters.deliver(services, place, now) for place in letters.waiting(services.store, now)]


def to(services: Services, address: str = ADA) -> list[bytes]:
    """Return the mails that an address got, oldest first."""
    assert isinstance(services.post, FakePost)
    return [mime for _, to, mime, _ in services.post.sent if to == address]


def codes(services: Services, address: str = ADA) -> list[str]:
    """Return the codes that an address was sent, oldest first."""
    return [
        found[1].decode()
        for mime in to(services, address)
        if (found := re.search(rb"^(\d{6})\r?$", mime, re.MULTILINE))
    ]


def proven(services: Services, case: str, now: datetime) -> None:
    """Have a code sent to Ada and type it."""
    identity.send_code(services, SITE, case, now)
    posted(services, now)
    identity.prove(services, SITE, case, codes(services)[-1], now)


# --- a case whose owner is proven --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["typed", "forged"])
def test_nobody_adds_to_a_case_whose_owner_is_proven(services: Services, now: datetime, how: str) -> None:
    """A right, or words that would park it, go to a case of their own, which begins nothing; the next one joins that."""
    case = typed(services, now, "access") if how == "typed" else mailed(services, now, 0, more=FAILS)
    proven(services, case, now)
    before, later = cases.record(services.store, case), now + timedelta(minutes=20)
    links = cases.links(services.store, case)
    if how == "typed":
        other = typed(services, later, "erasure")
        assert typed(services, later, "objection") == other
        assert typed(services, later, "access", on_behalf="mijn zoon") != case
    else:
        other = mailed(services, later, 1, "Verwijder mijn gegevens.", more=FAILS)
        mailed(services, later, 2, "Namens mijn zoon vraag ik inzage in zijn gegevens.", more=FAILS)
    assert other != case
    assert cases.record(services.store, case) == before
    assert cases.links(services.store, case) == links
    assert "identity" not in cases.record(services.store, other)
    assert not rights_asked.of_case(services.store, other)


def test_a_case_that_is_proven_while_another_joins_is_left_alone(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever read it unproven and writes when it is proven loses the race, and has a case of their own."""
    from privacy import intake  # noqa: PLC0415 - what is replaced here

    case, look = typed(services, now, "access"), intake._open_case

    def late(*arguments: Any) -> Any:
        found = look(*arguments)
        if "identity" not in cases.record(services.store, case):
            proven(services, case, now)
        return found

    monkeypatch.setattr(intake, "_open_case", late)
    assert typed(services, now, "erasure") != case
    assert cases.record(services.store, case)["rights"] == ["access"]


def test_both_cases_can_be_closed(services: Services, now: datetime) -> None:
    """The case that was proven ends as any, and so does the one that came after it; then the next is new."""
    first = typed(services, now)
    proven(services, first, now)
    later = now + timedelta(hours=1)
    second = typed(services, later)
    for case in (first, second):
        casework.close(services, case, OFFICER, "withdrawn", "trekt het in", now=later)
        assert cases.record(services.store, case)["status"] == "closed"
        if case == first:
            assert typed(services, later, "objection") == second
    assert typed(services, later, "portability") not in (first, second)


def test_a_request_for_somebody_else_parks_no_other(services: Services, now: datetime) -> None:
    """Asked for another, with the same address typed, it is a case apart: the first one still begins with its code."""
    case = typed(services, now, "access")
    assert typed(services, now, "erasure", on_behalf="mijn zoon") != case
    mailed(services, now, 1, "Namens mijn zoon vraag ik inzage in zijn gegevens.", more=FAILS)
    proven(services, case, now)
    assert list(rights_asked.of_case(services.store, case)) == ["access"]


@pytest.mark.parametrize("is_proven", [False, True])
def test_a_mail_for_somebody_else_parks_no_other(services: Services, now: datetime, *, is_proven: bool) -> None:
    """A domain without DMARC is anybody's to write from: what such a mail asks for another is a case apart, and parks that."""
    case = mailed(services, now, 1)
    if is_proven:
        proven(services, case, now)
    other = mailed(services, now, 2, "Namens mijn zoon vraag ik inzage in zijn gegevens.")
    assert other != case
    assert mailed(services, now, 3, "Namens mijn zoon vraag ik u zijn gegevens te wissen.") == other
    assert mailed(services, now, 4, "Graag ook een kopie om mee te nemen.") == case
    assert identity.ON_BEHALF not in cases.record(services.store, case)["look"]
    proven(services, case, now + timedelta(minutes=2))
    assert "access" in rights_asked.of_case(services.store, case)
    assert rights_asked.of_case(services.store, other) == {}


def test_what_is_typed_joins_nothing_that_was_mailed(services: Services, now: datetime) -> None:
    """Whoever types an address is told the number of the case: it is never that of a mail, whatever the mail passed or failed."""
    mails = {mailed(services, now, 1), mailed(services, now, 2, more=FAILS)}
    assert len(mails) == 2
    assert typed(services, now) not in mails
    assert all(len(cases.links(services.store, case)) == 1 for case in mails)


def test_the_same_request_twice_names_the_case_it_went_to(services: Services, now: datetime) -> None:
    """Also when that was proven between the two clicks."""
    case = typed(services, now)
    proven(services, case, now)
    assert typed(services, now + timedelta(minutes=1)) == case


# --- acknowledgements and codes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["typed", "forged", "form"])
def test_a_stranger_does_not_use_up_the_acknowledgement(services: Services, now: datetime, how: str) -> None:
    """The owner's own mail is acknowledged all the same: what strangers cause once a week, each case of the owner as it comes."""
    for number in (1, 2):
        if how == "form":
            services.store.write([letters.receipt(enquiry(services, now, str(number)), now, language="nl")])
        elif how == "typed":
            typed(services, now, message=str(number))
        else:
            mailed(services, now, number, str(number), more=FAILS)
        posted(services, now)
    assert len(to(services)) == 1
    case = mailed(services, now, 3)
    posted(services, now)
    assert case.encode() in to(services)[-1]
    casework.close(services, case, OFFICER, "withdrawn", "trekt het in", now=now)
    again = mailed(services, now, 4)
    posted(services, now)
    assert again.encode() in to(services)[-1]
    assert len(to(services)) == 3


def enquiry(services: Services, now: datetime, message: str) -> Any:
    """Post the contact form and return its entry."""
    from privacy import vault  # noqa: PLC0415 - only here

    fields = {"name": "Ada", "email": ADA, "message": message}
    sent = form.check(form.read(json.dumps(fields).encode(), "application/json"), policy.form(SITE.name), SITE)
    given = enquiries.receive(services.store, services.keys, SITE, sent, language="nl", now=now)
    return vault.find(services.store, given.reference)


def test_a_stranger_does_not_shut_the_owner_out(services: Services, now: datetime) -> None:
    """All codes and tries of what can be typed are used up; the case that the owner mailed is proven nevertheless."""
    theirs, own = typed(services, now), mailed(services, now, 1)
    for minute in range(0, 40, 2):
        at = now + timedelta(minutes=minute)
        identity.send_code(services, SITE, theirs, at)
        posted(services, at)
        for guess in range(5):
            with pytest.raises(IdentityNotProven):
                identity.prove(services, SITE, theirs, f"{(int(codes(services)[-1]) + guess + 1) % 10**6:06}", at)
    assert len(codes(services)) == 5
    proven(services, own, now + timedelta(hours=1))
    assert rights_asked.of_case(services.store, own)


def test_ten_codes_a_day_whatever_is_tried(services: Services, now: datetime) -> None:
    """Five for what anybody can send and five for what was mailed, over all cases and all addresses of one mailbox."""
    asked = [typed(services, now, "access", email=f"ada+{each}@example.org") for each in range(4)]
    asked += [mailed(services, now, each, sender=f"ada+{each}@example.org") for each in range(4)]
    asked += [typed(services, now), mailed(services, now, 9)]
    posted(services, now)
    for minute in range(0, 40, 2):
        for case in asked:
            identity.send_code(services, SITE, case, now + timedelta(minutes=minute))
    sent = [item for item in everything(services)["records"] if item.get("kind") == "code"]
    assert len(sent) == 2 * identity.A_DAY


@pytest.mark.parametrize("text", ["Ik wil geen reclame meer ontvangen.", "Meld mij af voor de nieuwsbrief."])
def test_whoever_forges_wishes_for_no_advertising_has_their_owner_answered_once(
    services: Services, now: datetime, text: str
) -> None:
    """The first is done and answered at once, for it may be genuine; one more is for staff, received, and so are all that join it."""

    def arrives(number: int, at: datetime) -> str:
        case = mailed(services, at, number, text)
        for place in list(carrying.waiting(services.store, at)):
            carrying.carry_out(services, place, at, steps.STEPS)
        posted(services, at)
        return case

    first = arrives(0, now)
    assert cases.record(services.store, first)["status"] == "closed"
    assert len(to(services)) == 2
    later = [arrives(number, now + timedelta(minutes=number)) for number in range(1, 6)]
    assert len(set(later)) == 1
    assert len(to(services)) == 3
    [right] = rights_asked.of_case(services.store, later[0]).values()
    assert right["status"] == rights_asked.APPROVAL
    decisions.decide(services, later[0], right["right"], "fulfil", OFFICER, now=now + timedelta(hours=1))
    arrives(6, now + timedelta(hours=1))
    assert cases.record(services.store, later[0])["status"] == "closed"
    assert "Ons antwoord" in str(message_from_bytes(to(services)[-1])["Subject"])


def test_two_wishes_in_one_mail_are_both_done_at_once(services: Services, now: datetime) -> None:
    """The first of them is no earlier wish."""
    case = mailed(services, now, 0, "Ik wil geen reclame meer ontvangen. Meld mij ook af voor de nieuwsbrief.")
    for place in list(carrying.waiting(services.store, now)):
        carrying.carry_out(services, place, now, steps.STEPS)
    assert {right["status"] for right in rights_asked.of_case(services.store, case).values()} == {rights_asked.DONE}
    assert set(rights_asked.of_case(services.store, case)) == {"objection", "unsubscribe"}


# --- one mailbox, and an hour -------------------------------------------------------------------------------------------


def test_all_addresses_of_a_mailbox_have_one_budget(services: Services, now: datetime) -> None:
    """A part behind a plus is another person to every case, and no other mailbox to what we send by ourselves."""
    found = {mailed(services, now, each, sender=f"Ada+{each}@example.org") for each in range(5)}
    found |= {typed(services, now, email=f"ada+x{each}@example.org") for each in range(5)}
    assert len(found) == 10
    posted(services, now)
    assert isinstance(services.post, FakePost)
    assert len([to for _, to, *_ in services.post.sent if to.endswith("@example.org")]) == 1 + 3
    for each in range(5):
        typed(services, now, email=f"ada+y{each}@example.org")
    with pytest.raises(TooMany):
        typed(services, now)


def test_an_address_without_a_plus_costs_no_more_calls(services: Services, now: datetime) -> None:
    """One MAC as ever; where there is a plus, one more."""
    macs = []
    for number, sender in enumerate(("bob@example.org", "bob+1@example.org")):
        services.keys.calls.clear()  # type: ignore[attr-defined]
        mailed(services, now, number, sender=sender)
        macs.append(services.keys.calls.count("mac"))  # type: ignore[attr-defined]
    assert macs == [1, 2]


def test_so_many_letters_an_hour_and_the_rest_waits(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ever new addresses a site sends so many an hour; none is lost, each goes in its turn, and staff see that they wait."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 3)
    days = {
        cases.record(services.store, typed(services, now, email=f"p{each}@example.org"))["respond_by"]
        for each in range(8)
    }
    assert len(days) == 1
    outcomes = [each.status for each in posted(services, now) if each.kind == "case_receipt"]
    assert outcomes == ["sent"] * 3 + ["held"] * 5
    assert [item["kind"] for item in letters.held(services.store, "silver-essence")] == ["case_receipt"] * 5
    assert list(letters.held(services.store, "vixum")) == []
    assert posted(services, now + timedelta(minutes=44)) == []
    next_hour = now.replace(minute=0) + timedelta(hours=1)
    assert [each.status for each in posted(services, next_hour)] == ["sent"] * 3
    assert [each.status for each in posted(services, next_hour + timedelta(hours=1))] == ["sent"] * 2
    assert not list(letters.held(services.store, "silver-essence"))
    assert isinstance(services.post, FakePost)
    assert len({to for _, to, *_ in services.post.sent if to.startswith("p")}) == 8


def test_a_full_hour_of_strangers_holds_back_nobody_else(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What senders mail, what staff write and what staff are told goes at once, and so does a code for a mailed case."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 1)
    strangers = [typed(services, now, email=f"p{each}@example.org") for each in range(3)]
    for case in strangers:
        identity.send_code(services, SITE, case, now)
    posted(services, now)
    case = mailed(services, now, 1)
    assert {each.status for each in posted(services, now)} == {"sent"}
    proven(services, case, now)
    casework.answer(services, case, OFFICER, "Antwoord", now=now)
    assert {each.status for each in posted(services, now)} == {"sent"}


def test_a_code_that_is_not_sent_cannot_be_guessed(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many codes can be guessed at in an hour as a site sends: the right one of those that wait is as wrong as any other."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 1)
    monkeypatch.setattr("secrets.randbelow", lambda _most: 123456)
    identity.send_code(services, SITE, typed(services, now, email="p1@example.org"), now)
    posted(services, now)
    case = typed(services, now)
    for is_tried in (False, True):
        at = now + is_tried * timedelta(minutes=2)
        identity.send_code(services, SITE, case, at)
        if is_tried:
            assert "held" in [each.status for each in posted(services, at)]
        with pytest.raises(IdentityNotProven):
            identity.prove(services, SITE, case, "123456", at)
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 100)
    for waits in letters.held(services.store, "silver-essence"):
        letters.retry(services.store, Key("records", waits["pk"], waits["sk"]), "silver-essence", at)
    posted(services, at)
    assert "123456" in codes(services)
    identity.prove(services, SITE, case, "123456", at)


def test_a_flood_of_mail_shuts_nobody_out(services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has a domain has as many addresses as they like: the codes of them all keep no other from being sent theirs."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 2)
    own = mailed(services, now, 0)
    for number in range(1, 6):
        case = mailed(services, now, number, sender=f"eve{number}@example.net")
        identity.send_code(services, SITE, case, now)
    posted(services, now)
    proven(services, own, now)
    assert rights_asked.of_case(services.store, own)


def test_a_letter_that_waits_can_be_sent_by_staff_when_there_is_room(
    services: Services, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put back by hand it is tried at once; that it waited was no failed try, and it waits again when the hour is still full."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 1)
    for address in ("p1@example.org", "p2@example.org"):
        typed(services, now, email=address)
    posted(services, now)
    for more_fit, status in ((1, "held"), (2, "sent")):
        monkeypatch.setattr(letters, "MOST_AN_HOUR", more_fit)
        [item] = letters.held(services.store, "silver-essence")
        assert item["attempts"] == 0
        assert not letters.retry(services.store, Key("records", item["pk"], item["sk"]), "vixum", now)
        assert letters.retry(services.store, Key("records", item["pk"], item["sk"]), "silver-essence", now)
        assert [each.status for each in posted(services, now)] == [status]
