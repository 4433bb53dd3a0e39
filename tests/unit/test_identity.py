"""Who asks is proven by a code that only the owner of the address can read."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from privacy import identity, intake, letters, policy, rights_asked, sessions, vault, vouching
from privacy.errors import BadInput, IdentityNotProven
from privacy.openings import Reader
from privacy.writes import Key, Update

from tests.fakes import FakePost, everything
from tests.faults import Switch, behind

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

SITE = policy.site("silver-essence")
OTHER = policy.site("sevenelements")
ADDRESS = "ada@example.org"
OFFICER = Reader("staff-1", frozenset({"staff", "privacy-officer"}), "silver-essence")


def opened(services: Services, now: datetime, *rights: str, address: str = ADDRESS) -> str:
    """Open a case that asks for some rights, and return its number."""
    request = intake.Request(
        now,
        "site",
        "nl",
        {"text": "Hallo"},
        tuple((right, "") for right in rights),
        facts={"email": address},
        people=intake.people(services.keys, SITE.controller, email=address),
    )
    return intake.take(services, SITE, request, once=(), now=now).entry


def mails(services: Services, now: datetime, address: str = ADDRESS) -> list[str]:
    """Send what waits in the outbox, and return the texts that went to the person, oldest first."""
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)
    assert isinstance(services.post, FakePost)
    return [text_of(mime) for _, to, mime, _ in services.post.sent if to == address]


def text_of(mime: bytes) -> str:
    """Return the text of a mail."""
    body = message_from_bytes(mime, policy=default).get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def code_for(services: Services, case: str, now: datetime) -> str:
    """Have a code sent, and return it as it stands in the mail."""
    identity.send_code(services, SITE, case, now)
    return code_in(mails(services, now)[-1])


def code_in(text: str) -> str:
    """Return the code that a mail holds."""
    found = re.search(r"^\d{6}$", text, re.MULTILINE)
    assert found
    return found.group()


def wrong(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"


def record(services: Services, case: str) -> dict[str, Any]:
    """Return the record of a case."""
    found = services.store.get(Key("records", f"entry#{case}", "main"))
    assert found
    return found


def test_a_code_goes_to_the_address_of_the_case_and_proves_it(services: Services, now: datetime) -> None:
    """The mail names what begins; the code begins that, and gives a session that counts for this case."""
    case = opened(services, now, "access", "erasure", "question")
    identity.send_code(services, SITE, case, now)
    assert record(services, case)["identity"] == "asked"
    text = mails(services, now)[-1]
    assert "inzien" in text
    assert "wissen" in text
    assert "vraag stellen" not in text
    session = identity.prove(services, SITE, case, code_in(text), now + timedelta(minutes=9))
    sessions.check(services.store, case, session, now + timedelta(minutes=20))
    main = record(services, case)
    assert (main["identity"], main["identity_how"], main["identity_at"]) == ("proven", "code", "2026-11-22T10:24:00Z")
    rights = rights_asked.of_case(services.store, case)
    assert {name: item["status"] for name, item in rights.items()} == {"access": "asked", "erasure": "asked"}
    tasks = list(services.store.listed("records", "list", rights_asked.TASKS))
    assert sorted(task["right"] for task in tasks) == ["access", "erasure"]


def test_what_a_mailbox_began_ends_when_staff_vouch_for_somebody(services: Services, now: datetime) -> None:
    """An address at a former employer: the code and the session that its reader has count no longer, one sent anew does."""
    case, moved = opened(services, now, "access"), "ada@example.net"
    session = identity.prove(services, SITE, case, code_for(services, case, now), now)
    later = now + timedelta(minutes=2)
    code = code_for(services, case, later)
    person = vouching.Person("known_facts", "Wist wat wij schreven.", email=moved)
    vouching.vouch(services, case, OFFICER, person, now=later)
    with pytest.raises(IdentityNotProven):
        sessions.check(services.store, case, session, later)
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, case, code, later)
    after = later + timedelta(minutes=2)
    identity.send_code(services, SITE, case, after)
    session = identity.prove(services, SITE, case, code_in(mails(services, after, moved)[-1]), after)
    sessions.check(services.store, case, session, after)


def test_a_code_works_once(services: Services, now: datetime) -> None:
    """The same code typed again is as wrong as any other."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    identity.prove(services, SITE, case, code, now)
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, case, code, now)


def test_a_code_ends_after_ten_minutes(services: Services, now: datetime) -> None:
    """At ten minutes sharp it is over."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, case, code, now + identity.LIFE)


def test_three_tries_and_no_fourth(services: Services, now: datetime) -> None:
    """After three wrong codes the right one comes too late."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    for _ in range(3):
        with pytest.raises(IdentityNotProven):
            identity.prove(services, SITE, case, wrong(code), now)
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, case, code, now)


def test_the_third_try_still_counts(services: Services, now: datetime) -> None:
    """Two wrong codes leave room for the right one."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    for _ in range(2):
        with pytest.raises(IdentityNotProven):
            identity.prove(services, SITE, case, wrong(code), now)
    assert identity.prove(services, SITE, case, code, now)


def test_a_code_of_another_case_is_wrong(services: Services, now: datetime) -> None:
    """The code is bound to its case, also when both codes are alive."""
    first = opened(services, now, "access")
    second = opened(services, now, "access", address="bob@example.org")
    code = code_for(services, first, now)
    identity.send_code(services, SITE, second, now)
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, second, code, now)


def test_tries_before_there_is_a_code_do_not_spoil_it(services: Services, now: datetime) -> None:
    """Guesses at a case without a code are counted, and forgotten when a code goes out."""
    case = opened(services, now, "access")
    for _ in range(5):
        with pytest.raises(IdentityNotProven):
            identity.prove(services, SITE, case, "123456", now)
    assert identity.prove(services, SITE, case, code_for(services, case, now), now)


def test_another_controller_finds_no_case(services: Services, now: datetime) -> None:
    """On another controller's page the number is no case: no code goes out, and the right one is wrong there."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    before = len(mails(services, now))
    identity.send_code(services, OTHER, case, now + timedelta(hours=1))
    assert len(mails(services, now + timedelta(hours=1))) == before
    with pytest.raises(IdentityNotProven):
        identity.prove(services, OTHER, case, code, now)


def test_what_is_no_case_gets_no_code(services: Services, now: datetime) -> None:
    """The number of a message, or of nothing, brings nothing into the store."""
    case = opened(services, now, "access")
    [link] = services.store.items("records", f"entry#{case}", "link#")
    before = everything(services)
    for number in (link["entry"], vault.new_id()):
        identity.send_code(services, SITE, number, now)
    assert everything(services) == before


@pytest.mark.parametrize("email", ["", ADDRESS])
def test_a_case_of_nobody_we_know_gets_no_code(services: Services, now: datetime, email: str) -> None:
    """What came by post without an address has nobody to send a code to."""
    request = intake.Request(now, "post", "nl", {"text": "Hallo"}, (("access", ""),), facts={"email": ""})
    case = intake.take(services, SITE, request, once=(), now=now).entry
    before = everything(services)
    identity.send_code(services, SITE, case, now, email=email)
    assert everything(services) == before


def test_a_case_that_has_ended_gets_no_code(services: Services, now: datetime) -> None:
    """When the time to keep a case has passed it is not there any more, whether or not retention was there yet."""
    case = opened(services, now, "access")
    later = now + timedelta(days=800)
    before = everything(services)
    identity.send_code(services, SITE, case, later)
    assert everything(services) == before


def test_an_address_that_is_given_must_be_that_of_the_case(services: Services, now: datetime) -> None:
    """A code never goes to an address that is typed; with a wrong one it goes nowhere."""
    case = opened(services, now, "access")
    identity.send_code(services, SITE, case, now, email="mallory@example.org")
    assert not mails(services, now)
    identity.send_code(services, SITE, case, now, email="Ada@Example.ORG")
    assert len(mails(services, now)) == 1


@pytest.mark.parametrize("lookalike", ["\u0430da@example.org", "ada+x@example.org", "ada@ex\u0430mple.org"])
def test_a_lookalike_is_somebody_else(services: Services, now: datetime, lookalike: str) -> None:
    """A letter of another alphabet, or a part behind a plus, is another address."""
    case = opened(services, now, "access")
    with suppress(BadInput):
        identity.send_code(services, SITE, case, now, email=lookalike)
    assert not mails(services, now)


def test_five_codes_a_day_for_one_address_and_a_minute_between_two(services: Services, now: datetime) -> None:
    """A mailbox is not flooded, and a double click sends one code; the next day there are new ones."""
    case = opened(services, now, "access")
    for minute in range(20):
        identity.send_code(services, SITE, case, now + timedelta(minutes=minute))
        identity.send_code(services, SITE, case, now + timedelta(minutes=minute, seconds=59))
    assert len(codes(services, case)) == 5
    identity.send_code(services, SITE, case, now + timedelta(days=1))
    assert len(codes(services, case)) == 6


def codes(services: Services, case: str) -> list[dict[str, Any]]:
    """Return the letters with a code of a case."""
    return [item for item in services.store.items("records", f"entry#{case}", "letter#") if item["kind"] == "code"]


def test_a_new_code_takes_the_place_of_the_one_before(services: Services, now: datetime) -> None:
    """Only the last code counts."""
    case = opened(services, now, "access")
    first = code_for(services, case, now)
    second = code_for(services, case, now + timedelta(minutes=2))
    if first != second:
        with pytest.raises(IdentityNotProven):
            identity.prove(services, SITE, case, first, now + timedelta(minutes=3))
    assert identity.prove(services, SITE, case, second, now + timedelta(minutes=3))


def test_a_code_that_has_ended_is_not_sent(services: Services, now: datetime) -> None:
    """A letter that waited too long would only confuse."""
    case = opened(services, now, "access")
    identity.send_code(services, SITE, case, now)
    assert not mails(services, now + timedelta(minutes=10))
    assert [letter["status"] for letter in codes(services, case)] == ["withheld"]


def test_a_code_counts_for_what_its_mail_named(services: Services, now: datetime) -> None:
    """What somebody adds to the case after the mail went out does not begin with that code."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    place, values = Key("records", f"entry#{case}", "main"), {":rights": ["access", "erasure"]}
    services.store.write([Update(place, "SET #rights = :rights", values)])
    identity.prove(services, SITE, case, code, now)
    assert list(rights_asked.of_case(services.store, case)) == ["access"]
    identity.prove(services, SITE, case, code_for(services, case, now + timedelta(hours=1)), now + timedelta(hours=1))
    assert list(rights_asked.of_case(services.store, case)) == ["access", "erasure"]
    assert len(list(services.store.listed("records", "list", rights_asked.TASKS))) == 2


def test_a_closed_case_can_be_looked_at_and_begins_nothing(services: Services, now: datetime) -> None:
    """The code of a closed case opens the view of it; its rights are over."""
    case = opened(services, now, "access")
    services.store.write(
        [Update(Key("records", f"entry#{case}", "main"), "SET #status = :closed", {":closed": "closed"})]
    )
    identity.send_code(services, SITE, case, now)
    text = mails(services, now)[-1]
    assert "hoe het met uw zaak staat" in text
    assert identity.prove(services, SITE, case, code_in(text), now)
    assert not rights_asked.of_case(services.store, case)


def test_a_code_begins_nothing_in_a_case_that_was_closed_since(services: Services, now: datetime) -> None:
    """What nobody carries out any more is not shown as begun."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    services.store.write(
        [Update(Key("records", f"entry#{case}", "main"), "SET #status = :closed", {":closed": "closed"})]
    )
    assert identity.prove(services, SITE, case, code, now)
    assert not rights_asked.of_case(services.store, case)


def test_the_store_holds_no_code(services: Services, now: datetime) -> None:
    """What is kept of a code is ciphertext, and a MAC whose key is in KMS."""
    case = opened(services, now, "access")
    code = code_for(services, case, now)
    assert code not in re.sub(r"[\d-]+T[\d:]+Z|\d{10}", "", repr({**everything(services), "vault": []}))


def test_known_and_unknown_cost_the_same_work(services: Services, now: datetime) -> None:
    """The same calls in the same order, whether there is a case or not: the time it takes tells nothing."""
    case = opened(services, now, "access")
    for act in (sent, refused):
        calls = []
        for number in (case, vault.new_id()):
            switch = Switch()
            act(behind(switch, services), number, now)
            calls.append(switch.calls)
        assert calls[0] == calls[1]


def sent(services: Services, case: str, now: datetime) -> None:
    """Ask for a code."""
    identity.send_code(services, SITE, case, now, email=ADDRESS)


def refused(services: Services, case: str, now: datetime) -> None:
    """Type a code that is wrong, unless luck has it."""
    with pytest.raises(IdentityNotProven):
        identity.prove(services, SITE, case, "000000", now - timedelta(days=1))


@pytest.mark.parametrize("typed", ["", None, 7, "abc", "a" * 25, "a" * 27, "0" * 26, "../../etc/passwd", "ä" * 26])
def test_what_cannot_be_a_case_number_is_said(typed: object) -> None:
    """A typing error is told without a look into the store."""
    with pytest.raises(BadInput):
        identity.case_number(typed)


@pytest.mark.parametrize("typed", ["", None, 7, "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_cannot_be_a_code_costs_no_try(typed: object) -> None:
    """Six digits are six ASCII digits."""
    with pytest.raises(BadInput):
        identity.code_given(typed)


def test_spaces_and_capitals_are_forgiven() -> None:
    """People copy numbers with what stands around them."""
    number = vault.new_id()
    assert identity.case_number(f" {number[:13].upper()} {number[13:]}.\n") == number
    assert identity.code_given(" 123 456 ") == "123456"
