"""A copy for another provider: confirmed, told, waited for, fetched with two things that come by two ways, and stopped."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from email import message_from_bytes
from email import policy as mail_policy
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    cases,
    decisions,
    export,
    exports,
    handouts,
    letters,
    outcomes,
    policy,
    portability,
    replay,
    rights_asked,
    rights_status,
    transmissions,
    transmitting,
    vault,
)
from privacy.errors import (
    BadInput,
    IdentityNotProven,
    KeyDestroyed,
    NotFetched,
    NotFound,
    OneAtATime,
    TooLateForThat,
    TooMany,
)
from privacy.periods import read_stamp, stamp
from privacy.transmissions import Provider
from privacy.writes import Key, Update

from tests.fakes import FakeHandouts, FakePost, everything, services_in_memory
from tests.unit.test_access import MINUTE, NOW, OFFICER, SITE, archive, ask, carry, mails_to, prove, send, write
from tests.unit.test_replay import restored, tables

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.services import Services

DAY = timedelta(days=1)
BAKKER = Provider("Bakker & Zoon", "info@bakker.example")
ADA = "ada@example.org"


def ready(services: Services, *rights: str, site: policy.Site = SITE, text: str = "") -> tuple[str, str]:
    """Return a case with a copy that is ready, and its session."""
    write(services, site)
    case = ask(services, *(rights or ("portability",)), site=site, text=text)
    session = prove(services, case, site=site)
    carry(services)
    send(services)
    return case, session


def name(services: Services, case: str, now: datetime = NOW + MINUTE, to: Provider = BAKKER) -> str:
    """Confirm a provider, have every address told, and return the pass phrase as its person reads it."""
    phrase = transmissions.begin(services, SITE, case, to, now)
    run(services, now)
    return phrase.replace("-", "")


def run(services: Services, now: datetime) -> None:
    """Do what waits, and send what is written."""
    carry(services, now)
    send(services, now)


def texts(services: Services, address: str) -> list[str]:
    """Return the texts of the mails to an address, oldest first."""
    assert isinstance(services.post, FakePost)
    found = [
        message_from_bytes(mime, policy=mail_policy.default) for _, to, mime, _ in services.post.sent if to == address
    ]
    return [" ".join(mail.get_body(("plain",)).get_content().split()) for mail in found]  # type: ignore[union-attr]


def number_in(text: str, case: str) -> str:
    """Return the number that a mail to a provider holds."""
    [number] = {each for each in re.findall(r"\b[a-z2-7]{26}\b", text) if each != case}
    return str(number)


def state(services: Services, case: str) -> dict[str, Any]:
    """Return the last transmission of a case."""
    return transmissions.of_case(services.store, case)[-1]


def sent(services: Services) -> tuple[str, str, str]:
    """Return a case whose provider was told, with number and pass phrase."""
    case, _ = ready(services)
    phrase = name(services, case)
    run(services, NOW + DAY + 2 * MINUTE)
    [mail] = texts(services, BAKKER.email)
    return case, number_in(mail, case), phrase


LATER = NOW + DAY + timedelta(hours=3)


# --- the way of it -------------------------------------------------------------------------------------------------------


def test_a_provider_fetches_what_its_person_confirmed(services: Services) -> None:
    """Told at once, written to after a day, fetched with number and pass phrase; then the person is told."""
    case, number, phrase = sent(services)
    link = transmitting.hand_over(services, number, phrase, LATER)
    with archive(services, link) as found:
        said = json.loads(found.read("data.json"))
    assert {"Ada Voorbeeld"} == {
        part["fields"]["name"] for each in said["entries"] if each["category"] == "enquiries" for part in each["parts"]
    }
    run(services, LATER)
    assert state(services, case)["status"] == transmissions.FETCHED
    assert (
        "Bakker & Zoon (info@bakker.example): heeft de kopie opgehaald op 23 november 2026" in texts(services, ADA)[-1]
    )
    assert carry(services, NOW + 20 * DAY) == []
    acts = [act for table in [everything(services)["evidence"]] for act in table if act.get("act") == "transmission"]
    assert {act["status"] for act in acts} == {"sent", "fetched"}


def test_however_many_cases_somebody_has_one_mailbox_is_written_to_so_often(services: Services) -> None:
    """Whoever has a domain has as many proven cases as they like; what stands behind a plus is no other mailbox."""
    refused = []
    for number in range(transmissions.A_DAY + 2):
        case = ask(services, "portability", email=f"p{number}@example.org")
        prove(services, case)
        run(services, NOW)
        try:
            transmissions.begin(services, SITE, case, Provider("Bakker", f"info+{number}@bakker.example"), NOW)
        except TooMany:
            refused.append(case)
            assert transmissions.of_case(services.store, case) == []
    assert len(refused) == 2
    assert transmissions.begin(services, SITE, refused[0], Provider("Slager", "info@slager.example"), NOW)
    assert transmissions.begin(services, SITE, refused[1], BAKKER, NOW + DAY)


def test_nothing_goes_before_the_wait_and_nobody_is_told_sooner(services: Services) -> None:
    """For a day the provider knows of nothing, and number and phrase give nothing; every address on file is told at once."""
    case, _ = ready(services)
    phrase = name(services, case)
    assert "Bakker & Zoon (info@bakker.example)" in texts(services, ADA)[-1]
    assert "stop het op https://example.org/silver-essence/rights" in texts(services, ADA)[-1]
    for hours in (1, 12, 23):
        run(services, NOW + timedelta(hours=hours))
    assert texts(services, BAKKER.email) == []
    entry = vault.unlock(services.keys, vault.find(services.store, case))
    number = transmissions.said(services, entry, state(services, case))["number"]
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, NOW + timedelta(hours=23))


def test_every_address_on_file_is_told_once(services: Services) -> None:
    """Who is known by other addresses too, in the whole group, reads it there as well; the provider's phrase is in no mail."""
    write(services, email="ada@work.example", phone="020 123 45 67")
    write(services, phone="020 123 45 67")
    case = ask(services, "portability")
    prove(services, case)
    main = cases.record(services.store, case)
    pointers = {each for item in everything(services)["vault"] for each in item.get("subjects", ())}
    services.store.write(vault.about(vault.find(services.store, case), sorted(pointers)))
    services.store.write([cases.changed(main, {"identity_how": "staff"})])
    carry(services)
    send(services)
    phrase = name(services, case)
    run(services, NOW + timedelta(hours=2))
    assert [len([each for each in texts(services, to) if "Bakker" in each]) for to in (ADA, "ada@work.example")] == [
        1,
        1,
    ]
    assert isinstance(services.post, FakePost)
    for _, _, mime, _ in services.post.sent:
        assert phrase.encode() not in mime.replace(b"-", b"")


def test_the_mail_to_the_provider_repeats_nothing_that_was_typed_and_names_nobody(services: Services) -> None:
    """It is no way to write to strangers: neither the name that was typed nor the person stands in it."""
    case, _, _ = sent(services)
    [mail] = mails_to(services, BAKKER.email)
    for word in ("Bakker & Zoon", "Bakker &amp; Zoon", "Ada", ADA, "ada@"):
        assert word not in mail
    headers = message_from_bytes(mail.encode(), policy=mail_policy.default)
    assert str(headers["Reply-To"] or SITE.privacy_address) == SITE.privacy_address
    assert case in texts(services, BAKKER.email)[0]


@pytest.mark.parametrize("status", [transmissions.UNDO, transmissions.SENT])
def test_its_person_stops_it_as_long_as_nobody_has_fetched_it(services: Services, status: str) -> None:
    """Before the mail to the provider no mail goes; after it, number and phrase are worth nothing. Twice is once."""
    if status == transmissions.UNDO:
        case, _ = ready(services)
        name(services, case)
    else:
        case, number, phrase = sent(services)
    transmissions.stop(services.store, case, LATER)
    transmissions.stop(services.store, case, LATER)
    run(services, LATER + DAY)
    assert state(services, case)["status"] == transmissions.STOPPED
    if status == transmissions.UNDO:
        assert texts(services, BAKKER.email) == []
    else:
        with pytest.raises(NotFetched):
            transmitting.hand_over(services, number, phrase, LATER)
    assert carry(services, NOW + 20 * DAY) == []


def test_who_answers_the_notice_stops_it(services: Services) -> None:
    """From whichever address: while it waits, what is written to the case's reply address lets nothing go on."""
    case, _ = ready(services)
    name(services, case)
    main = cases.record(services.store, case)
    place = Key("records", main["pk"], "main")
    services.store.write([Update(place, "SET #heard_at = :at", {":at": stamp(NOW + timedelta(hours=20))})])
    run(services, LATER)
    assert state(services, case)["stopped_by"] == transmissions.BY_REPLY
    assert "gestopt op 23 november 2026, omdat er een antwoord kwam op ons bericht" in texts(services, ADA)[-1]
    assert texts(services, BAKKER.email) == []
    name(services, case, LATER)
    run(services, LATER + DAY + timedelta(hours=1))
    assert len(texts(services, BAKKER.email)) == 1, "named anew, it goes on"


def test_what_was_fetched_cannot_be_stopped(services: Services) -> None:
    """It would be said that nothing was given."""
    case, number, phrase = sent(services)
    transmitting.hand_over(services, number, phrase, LATER)
    with pytest.raises(TooLateForThat):
        transmissions.stop(services.store, case, LATER)


def test_a_stop_at_the_same_moment_gives_no_link(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops it while the copy is being opened is told the truth: the provider gets no link to it."""
    case, number, phrase = sent(services)
    put = handouts.put

    def stopped_meanwhile(*args: Any, **named: Any) -> str:
        transmissions.stop(services.store, case, LATER)
        return put(*args, **named)

    monkeypatch.setattr(handouts, "put", stopped_meanwhile)
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER)
    assert state(services, case)["status"] == transmissions.STOPPED


def test_who_does_not_fetch_it_in_time_gets_nothing(services: Services) -> None:
    """After its days number and phrase are worth nothing, and the person is told that it was not fetched."""
    case, number, phrase = sent(services)
    end = read_stamp(state(services, case)["until"])
    assert end == NOW + MINUTE + 8 * DAY
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, end)
    for day in range(2, 10):
        run(services, NOW + day * DAY)
    assert state(services, case)["status"] == transmissions.MISSED
    assert "heeft de kopie niet opgehaald voor 30 november 2026; er is niets gegeven" in texts(services, ADA)[-1]


def test_a_mail_that_comes_back_is_told_to_the_person_and_to_staff(services: Services) -> None:
    """Nothing was given; staff see the letter among those that failed, and the person can name an address anew."""
    case, number, phrase = sent(services)
    entry, letter = state(services, case)["letter"].split(".")
    letters.bounced(services.store, entry, letter, LATER)
    assert [item["sk"] for item in letters.failed(services.store, "silver-essence")] == [f"letter#{letter}"]
    run(services, LATER + DAY)
    assert state(services, case)["status"] == transmissions.RETURNED
    assert "onze mail naar dit adres kwam terug; er is niets gegeven" in texts(services, ADA)[-1]
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER + DAY)
    name(services, case, LATER + DAY, Provider("Bakker", "post@bakker.example"))
    assert state(services, case)["status"] == transmissions.UNDO


def test_a_copy_that_is_gone_is_handed_to_nobody(services: Services) -> None:
    """Destroyed meanwhile by another erasure: the provider gets nothing, and the person is told."""
    case, number, phrase = sent(services)
    copied = vault.find(services.store, state(services, case)["export"])
    services.store.write(vault.restricted(copied, LATER, by="other#erasure"))
    vault.erase(services.store, copied.id, "other#erasure", LATER)
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER)
    run(services, LATER + DAY)
    assert state(services, case)["status"] == transmissions.GONE
    assert "de kopie was er niet meer" in texts(services, ADA)[-1]


def test_a_restricted_copy_is_handed_over(services: Services) -> None:
    """Its person asked for exactly this (Art. 18(2) GDPR)."""
    case, number, phrase = sent(services)
    services.store.write(vault.restricted(vault.find(services.store, state(services, case)["export"]), LATER))
    assert transmitting.hand_over(services, number, phrase, LATER)


def test_an_erasure_in_the_same_request_leaves_the_provider_their_copy(services: Services) -> None:
    """What was confirmed is handed over although the originals are destroyed meanwhile; the final letter says how it stands."""
    case, _ = ready(services, "portability", "erasure")
    phrase = name(services, case)
    for hours in (25, 73, 75):
        run(services, NOW + timedelta(hours=hours))
    assert rights_asked.of_case(services.store, case)["erasure"]["status"] == rights_asked.DONE
    [letter] = [each for each in texts(services, ADA) if "Dit is ons antwoord" in each]
    assert "Bakker & Zoon (info@bakker.example): kan de kopie ophalen tot 30 november 2026" in letter
    number = number_in(texts(services, BAKKER.email)[0], case)
    with archive(services, transmitting.hand_over(services, number, phrase, NOW + 4 * DAY)) as found:
        assert b"Ada Voorbeeld" in found.read("csv/enquiries.csv")


def test_the_final_letter_says_what_came_of_it_when_it_comes_later(services: Services) -> None:
    """A right that staff decide about keeps the case open: then nothing is said twice."""
    case, _ = ready(services, "portability", "objection")
    phrase = name(services, case)
    run(services, NOW + DAY + 2 * MINUTE)
    transmitting.hand_over(services, number_in(texts(services, BAKKER.email)[0], case), phrase, LATER)
    run(services, LATER)
    assert not [each for each in texts(services, ADA) if "heeft de kopie opgehaald" in each]
    decisions.decide(services, case, "objection", "refuse", OFFICER, reasons="Het moet.", now=LATER)
    for hours in range(3):
        run(services, LATER + timedelta(hours=hours))
    [letter] = [each for each in texts(services, ADA) if "heeft de kopie opgehaald op 23 november 2026" in each]
    assert "Dit is ons antwoord" in letter
    assert outcomes.finish(services, case, LATER)


def test_a_later_copy_names_the_provider(services: Services) -> None:
    """Who asks again to whom their data went reads it, by name (Art. 15(1)(c) GDPR)."""
    sent(services)
    later = NOW + 2 * DAY
    case = ask(services, "access")
    session = prove(services, case, now=later)
    run(services, later)
    with archive(services, handouts.hand_out(services, case, session, "access", later)) as found:
        said, page = json.loads(found.read("data.json")), found.read("index.html").decode()
    [part] = [part for each in said["entries"] for part in each["parts"] if part["name"].startswith("provider#")]
    assert part["fields"]["provider_email"] == BAKKER.email
    assert "naam van de aanbieder die een kopie kreeg" in page
    assert export.for_provider(said)["entries"], "and another provider is not told of the first"
    assert BAKKER.email not in json.dumps(
        [p for e in export.for_provider(said)["entries"] for p in e["parts"] if p["name"].startswith("provider#")]
    )


def test_staff_stop_it_with_reasons_that_the_person_reads(services: Services) -> None:
    """Also after the case was closed; the letter has the complaint and the way to the court. Twice is once, fetched is too late."""
    case, number, phrase = sent(services)
    with pytest.raises(BadInput):
        decisions.stop_transmission(services, case, OFFICER, " ", now=LATER)
    for _ in range(2):
        decisions.stop_transmission(services, case, OFFICER, "Dit adres is niet van Bakker.", now=LATER)
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER)
    run(services, LATER)
    [told] = [each for each in texts(services, ADA) if "gestopt op 23 november 2026" in each]
    assert "De reden: Dit adres is niet van Bakker." in told
    assert "Autoriteit Persoonsgegevens" in told
    assert "art. 35 lid 2 UAVG" in told
    other, _ = ready(services, "access")
    with pytest.raises(NotFound):
        decisions.stop_transmission(services, other, OFFICER, "Nee.", now=LATER)
    with pytest.raises(NotFound):
        decisions.stop_transmission(services, case, OFFICER._replace(controller="seven-elements"), "Nee.", now=LATER)


# --- number and pass phrase ----------------------------------------------------------------------------------------------


def test_number_and_phrase_are_both_needed(services: Services) -> None:
    """A wrong one of either, one of another transmission: nothing is opened, and nothing lies in the bucket."""
    _, number, phrase = sent(services)
    for wrong in ((number, "a" * 16), (vault.new_id(), phrase), (number, ""), ("", phrase)):
        with pytest.raises(NotFetched):
            transmitting.hand_over(services, *wrong, LATER)
    assert isinstance(services.handouts, FakeHandouts)
    assert not services.handouts.kept


def test_tries_are_counted_before_anything_is_compared(services: Services) -> None:
    """Ten in all; a number that is none is refused without leaving a trace; a new phrase begins anew and ends the old."""
    case, number, phrase = sent(services)
    for _ in range(transmissions.TRIES):
        transmissions.count_try(services.store, number)
    before = len(everything(services)["traffic"])
    for each in (number, vault.new_id()):
        with pytest.raises(NotFetched):
            transmissions.count_try(services.store, each)
    assert len(everything(services)["traffic"]) == before
    another = transmissions.another_phrase(services, case, LATER).replace("-", "")
    transmissions.count_try(services.store, number)
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER)
    assert transmitting.hand_over(services, number, another, LATER)


def test_a_phrase_is_eighty_random_bits_and_typed_as_people_type() -> None:
    """Fours with dashes or spaces, capitals, a number copied with its full stop: taken; what can be neither is said at its field."""
    phrases = {transmissions.new_phrase() for _ in range(100)}
    assert len(phrases) == 100
    assert transmissions.PHRASE_BITS >= 60
    one = phrases.pop()
    number = vault.new_id()
    for typed in (transmissions.spelled(one), transmissions.spelled(one).upper().replace("-", " "), f" {one}"):
        assert transmissions.given(f"{number}.", typed) == (number, one)
    for wrong in (("", ""), ("x", "y"), (None, ["a"]), (number + "a", one + "a")):
        with pytest.raises(BadInput) as refused:
            transmissions.given(*wrong)
        assert set(refused.value.fields) == {"number", "phrase"}


def test_a_new_phrase_is_for_what_is_under_way(services: Services) -> None:
    """Nothing named, or stopped: there is none."""
    case, _ = ready(services)
    with pytest.raises(TooLateForThat):
        transmissions.another_phrase(services, case, LATER)
    name(services, case)
    transmissions.stop(services.store, case, LATER)
    with pytest.raises(TooLateForThat):
        transmissions.another_phrase(services, case, LATER)


# --- who is named --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        {"provider": "", "provider_email": "info@bakker.example"},
        {"provider": "Bakker", "provider_email": ""},
        {"provider": "Bakker", "provider_email": "a@bakker.example, b@bakker.example"},
        {"provider": "Bakker", "provider_email": "a@bakker.example\r\nBcc: b@bakker.example"},
        {"provider": "Bakker\r\nBcc: b@bakker.example", "provider_email": "info@bakker.example"},
        {"provider": "Bakker\u2028x", "provider_email": "info@bakker.example"},
        {"provider": "B" * 101, "provider_email": "info@bakker.example"},
        {"provider": "Bakker", "provider_email": "Bakker <info@bakker.example>"},
        {"provider": "Bakker", "provider_email": "https://bakker.example"},
        {"provider": "Bakker", "provider_email": "info@localhost"},
        {"provider": ["Bakker"], "provider_email": {"a": 1}},
        {"provider": "Wij", "provider_email": "privacy@silveressence.net"},
        {"provider": "Wij", "provider_email": "Privacy+r.abc@SilverEssence.net"},
        {"provider": "Wij", "provider_email": "privacy@sevenelements.nl"},
    ],
)
def test_one_address_of_somebody_else_on_one_line(typed: dict[str, Any]) -> None:
    """A list, a header, a page, nobody, and we ourselves in any spelling: refused at the field."""
    with pytest.raises(BadInput) as refused:
        transmissions.check(typed, SITE)
    assert set(refused.value.fields) <= {"provider", "provider_email"}


def test_an_internationalised_domain_is_written_to_in_ascii(services: Services) -> None:
    """What the person typed is shown as they typed it; the mail goes to the one spelling there is of it."""
    to = transmissions.check({"provider": "Bäcker", "provider_email": "info@bäcker.example"}, SITE)
    case, _ = ready(services)
    name(services, case, to=to)
    run(services, NOW + DAY + 2 * MINUTE)
    assert len(texts(services, "info@xn--bcker-gra.example")) == 1


def test_a_hostile_name_stays_text(services: Services) -> None:
    """In the letters, in the later copy and in its tables."""
    to = Provider("=HYPERLINK(1) <script>alert(1)</script>", "info@bakker.example")
    case, _ = ready(services)
    name(services, case, to=to)
    run(services, NOW + DAY + 2 * MINUTE)
    assert isinstance(services.post, FakePost)
    for _, _, mime, _ in services.post.sent:
        mail = message_from_bytes(mime, policy=mail_policy.default)
        html = mail.get_body(("html",))
        assert html is None or "<script>" not in html.get_content()
    later = NOW + 2 * DAY
    again = ask(services, "access")
    session = prove(services, again, now=later)
    run(services, later)
    with archive(services, handouts.hand_out(services, again, session, "access", later)) as found:
        assert "<script>alert" not in found.read("index.html").decode()
        rows = list(csv.DictReader(io.StringIO(found.read("csv/cases.csv").decode("utf-8-sig"))))
    named = "naam van de aanbieder die een kopie kreeg of kon krijgen"
    assert {row[named][:1] for row in rows if row[named]} == {"'"}


def test_one_at_a_time_and_three_in_all(services: Services) -> None:
    """Named twice, the first stands; what ended makes room, three times; and a copy that soon ends is asked for anew."""
    case, _ = ready(services)
    for nth in range(transmissions.MOST):
        name(services, case, NOW + nth * MINUTE)
        with pytest.raises(TooLateForThat):
            transmissions.begin(services, SITE, case, Provider("Ander", "info@ander.example"), NOW + nth * MINUTE)
        with pytest.raises(OneAtATime):
            rights_status.offered_to_another(services.store, SITE, case, NOW + nth * MINUTE)
        assert len(transmissions.of_case(services.store, case)) == nth + 1
        transmissions.stop(services.store, case, NOW + nth * MINUTE)
    with pytest.raises(TooLateForThat):
        transmissions.begin(services, SITE, case, BAKKER, NOW + 9 * MINUTE)
    with pytest.raises(TooLateForThat):
        rights_status.offered_to_another(services.store, SITE, case, NOW + 9 * MINUTE)


def test_it_is_offered_where_there_is_a_copy_that_lasts(services: Services) -> None:
    """With portability or access alike, once; not without a copy, and not in its last days."""
    case, _ = ready(services, "access", "portability")
    assert rights_status.offered_to_another(services.store, SITE, case, NOW) == "portability"
    can = {each["right"]: each["can"] for each in rights_status.view(services.store, SITE, case, NOW)["rights"]}
    assert can == {"access": ["download"], "portability": ["download", "provider"]}
    with pytest.raises(TooLateForThat):
        rights_status.offered_to_another(services.store, SITE, case, NOW + 9 * DAY)
    other = ask(services, "erasure", email="bob@example.org")
    prove(services, other)
    with pytest.raises(TooLateForThat):
        transmissions.begin(services, SITE, other, BAKKER, NOW)
    with pytest.raises(IdentityNotProven):
        transmissions.begin(services, SITE, vault.new_id(), BAKKER, NOW)


# --- what is sent, and what is shown -------------------------------------------------------------------------------------


def test_only_what_may_be_taken_along_is_sent(services: Services) -> None:
    """JSON with its schema and tables; no page, no mails as they came, no openings, no notes, nothing of how we deal with them."""
    _, number, phrase = sent(services)
    with archive(services, transmitting.hand_over(services, number, phrase, LATER)) as found:
        names, said = set(found.namelist()), json.loads(found.read("data.json"))
    assert {"data.json", "schema.json", "csv/enquiries.csv"} <= names
    assert all(each.startswith("csv/") or each in ("data.json", "schema.json") for each in names)
    assert said["openings"] == []
    assert {(len(each["files"]), len(each["letters"]), len(each["state"])) for each in said["entries"]} == {(0, 0, 0)}
    assert export.read(said).openings == ()


def test_the_law_gives_what_came_from_the_person_and_a_policy_may_give_more() -> None:
    """By the basis of the category, and not what we wrote; with all data promised, that too. Notes of staff never."""

    def part(named: str, direction: str = "") -> dict[str, Any]:
        return {"name": named, "direction": direction, "fields": {}}

    parts = [part("main"), part("message#1", "in"), part("message#2", "out"), part("note#1"), part("provider#1")]
    basis = {"orders": "6(1)(b)", "visits": "6(1)(f)"}
    entries = [{"controller": "c", "category": each, "parts": parts} for each in basis]
    says = {
        "entries": entries,
        "categories": [{"controller": "c", "category": each} for each in basis],
        "openings": [1],
    }
    rules = {each: {"basis": {"article": article}, "source": {"from": ["person"]}} for each, article in basis.items()}
    law = portability.for_provider(says, {"c": {"rights": {}, "categories": rules}})
    assert [(each["category"], [p["name"] for p in each["parts"]]) for each in law["entries"]] == [
        ("orders", ["main", "message#1"])
    ]
    assert law["categories"] == [{"controller": "c", "category": "orders"}]
    more = portability.for_provider(says, {"c": {"rights": {"portability": {"all_data": True}}, "categories": rules}})
    assert [[p["name"] for p in each["parts"]] for each in more["entries"]] == [["main", "message#1", "message#2"]] * 2


def test_the_whole_joint_group_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person left at one of two joint controllers goes along with what the other has, by each one's policy."""
    services = services_in_memory()
    monkeypatch.setattr(portability, "covers", lambda _policy, category: category == "enquiries")
    here, there = policy.site("sevenelements"), policy.site("vixum")
    left = write(services, there)
    case, session = ready(services, site=here)
    told = transmitting.about(services, case, session, "portability", "nl", NOW)
    assert len(told["what"]) == 2
    says = export.said_in(
        exports.content(services, rights_asked.of_case(services.store, case)["portability"]["export"], NOW)
    )
    assert left in {each["id"] for each in export.for_provider(says)["entries"]}


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        (
            "Stuur mijn gegevens naar Bakker Administratie (info@bakker.example).",
            ["Bakker Administratie", "info@bakker.example"],
        ),
        ("Graag alles naar info@bakker.example sturen.", ["", "info@bakker.example"]),
        ("Please send it to The Bakery <info@bakker.example>", ["The Bakery", "info@bakker.example"]),
        ("Stuur het naar a@bakker.example of naar b@bakker.example.", ["", ""]),
        ("Mijn adres is ada@example.org, ik schreef privacy@silveressence.net.", ["", ""]),
        ("Ik wil mijn gegevens meenemen.", ["", ""]),
    ],
)
def test_a_provider_in_the_letter_is_proposed_and_no_more(services: Services, text: str, proposed: list[str]) -> None:
    """One address that is neither theirs nor ours is filled in on the page; nothing is done with it by itself."""
    case, session = ready(services, text=text)
    told = transmitting.about(services, case, session, "portability", "nl", NOW)
    assert told["proposed"] == proposed
    assert told["what"]
    run(services, NOW + 3 * DAY)
    assert transmissions.of_case(services.store, case) == []
    assert texts(services, "info@bakker.example") == []


def test_what_is_sealed_is_shown_to_the_session_of_its_case(services: Services) -> None:
    """Who the providers are is opened for who has the session, and for nobody else."""
    case, session = ready(services)
    name(services, case)
    assert transmitting.about(services, case, session, "", "nl", NOW)["named"] == {"1": list(BAKKER)}
    for token in ("", "x" * 22):
        with pytest.raises(IdentityNotProven):
            transmitting.about(services, case, token, "", "nl", NOW)


def test_nothing_of_it_is_stored_in_clear(services: Services) -> None:
    """Neither name, address, number nor pass phrase stands in any table; the records hold state."""
    case, number, phrase = sent(services)
    item = state(services, case)
    held = json.dumps({**everything(services)}, default=lambda value: bytes(value).hex())
    for secret in (BAKKER.name, BAKKER.email, number, phrase, transmissions.spelled(phrase)):
        assert secret not in held
        assert secret.encode().hex() not in held
    assert item["status"] == transmissions.SENT


def test_a_case_that_is_gone_ends_it(services: Services) -> None:
    """Nothing is handed out for a case that was destroyed, and nothing waits for it."""
    case, number, phrase = sent(services)
    assert vault.destroy(services.store, case, NOW + timedelta(days=4000))
    with pytest.raises(NotFetched):
        transmitting.hand_over(services, number, phrase, LATER)
    carry(services, LATER + DAY)
    assert services.store.get(Key("records", f"entry#{case}", "transmission#1")) is None
    with pytest.raises(KeyDestroyed):
        vault.find(services.store, case)


def test_a_notice_that_goes_out_late_makes_the_wait_longer(services: Services) -> None:
    """A day to stop it is a day from when they could read it."""
    case, _ = ready(services)
    transmissions.begin(services, SITE, case, BAKKER, NOW + MINUTE)
    carry(services, NOW + MINUTE)
    assert texts(services, BAKKER.email) == []
    carry(services, NOW + DAY + 2 * MINUTE)
    assert state(services, case)["status"] == transmissions.UNDO, "the notice waits: so does the provider"
    send(services, NOW + DAY + 10 * MINUTE)
    carry(services, NOW + DAY + timedelta(hours=2))
    assert read_stamp(state(services, case)["undo_until"]) == NOW + 2 * DAY + 10 * MINUTE
    run(services, NOW + 2 * DAY + 11 * MINUTE)
    assert len(texts(services, BAKKER.email)) == 1


def test_archives_are_the_same_each_time(services: Services) -> None:
    """Fetched twice, a provider gets the same bytes."""
    _, number, phrase = sent(services)
    links = [transmitting.hand_over(services, number, phrase, LATER) for _ in range(2)]
    archives = [archive(services, link) for link in links]
    assert len({tuple(each.read(one) for one in sorted(each.namelist())) for each in archives}) == 1
    assert all(isinstance(each, zipfile.ZipFile) for each in archives)


@pytest.mark.parametrize("end", ["sent", "stopped", "fetched"])
def test_after_a_restore_nobody_is_written_to_twice_nor_about_what_was_stopped(services: Services, end: str) -> None:
    """A backup of before knows nothing of what came of it: the evidence does, and the replay brings it there."""
    case, _ = ready(services)
    phrase = name(services, case)
    backup = tables(services)
    if end == "stopped":
        transmissions.stop(services.store, case, LATER)
    run(services, NOW + DAY + 2 * MINUTE)
    if end == "fetched":
        transmitting.hand_over(services, number_in(texts(services, BAKKER.email)[0], case), phrase, LATER)
    run(services, LATER)
    mails = len(texts(services, BAKKER.email))
    store = restored(services, backup)
    store.tables["traffic"] = services.store.tables["traffic"]  # type: ignore[attr-defined]
    assert replay.run(store, None, NOW, LATER).total("done_again") >= 1
    assert replay.run(store, None, NOW, LATER).total("done_again") == 0
    copy = services._replace(store=store)
    assert state(copy, case)["status"] == end
    run(copy, LATER + timedelta(hours=2))
    assert len(texts(copy, BAKKER.email)) == mails
