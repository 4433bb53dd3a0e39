"""Rectification: proposed, confirmed, sealed with a new key; the old value is nowhere, and a new address obtains nothing yet."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import (
    cases,
    casework,
    corrections,
    decisions,
    enquiries,
    handouts,
    openings,
    policy,
    raw_mail,
    recipients,
    rectification,
    replay,
    rights_asked,
    rights_request,
    rights_status,
    sealing,
    subjects,
    vault,
    vouching,
)
from privacy.corrections import Correction
from privacy.errors import BadInput, Conflict, CorrectFirst, NotProvenYet, Unreadable
from privacy.periods import stamp
from privacy.writes import Key, Put

from tests.fakes import FakeObjects, everything, services_in_memory
from tests.memory import MemoryStore
from tests.unit.test_access import MINUTE, NOW, OFFICER, SITE, ask, carry, mails_to, prove, read, send, write

if TYPE_CHECKING:
    from privacy.services import Services

WEEK = timedelta(days=7)
STAFF = openings.Reader("staff-1", frozenset({"staff", "privacy-officer"}), "silver-essence")
NAME = "Kunt u mijn naam wijzigen van Ada Vorbeeld naar Ada Voorbeeld?"
EMAIL = "Mijn nieuwe e-mailadres is ada@voorbeeld.nl."


def proposed(services: Services, text: str) -> tuple[str, str]:
    """Return an enquiry, and the case of who wants it corrected: proven, and the proposal sent."""
    enquiry = write(services, name="Ada Vorbeeld", message="Groet, Ada Vorbeeld")
    case = ask(services, "rectification", text=text)
    prove(services, case)
    carry(services)
    send(services, NOW + MINUTE)
    return enquiry, case


def flat(mail: str) -> str:
    """Return a mail on one line."""
    return " ".join(mail.replace("=\r\n", "").split())


def confirm(services: Services, case: str) -> None:
    """Say on the page that it is right."""
    rights_status.confirm(services.store, case, NOW + MINUTE)


def fields(services: Services, enquiry: str) -> dict[str, object]:
    """Return what an enquiry holds, as staff see it."""
    return enquiries.open_(services, enquiry, STAFF, why="answer", now=NOW + MINUTE).fields


def test_a_clear_letter_becomes_a_proposal_that_changes_nothing(services: Services) -> None:
    """The person is written what will change, the page offers to confirm it, and until then everything is as it was."""
    enquiry, case = proposed(services, NAME)
    item = rights_asked.of_case(services.store, case)["rectification"]
    seen = rights_status.view(services.store, SITE, case, NOW + MINUTE)["rights"]
    assert [each["can"] for each in seen] == [["withdraw", "confirm"]]
    assert item["status"] == rights_asked.ASKED
    assert any("Ada Vorbeeld" in mail for mail in mails_to(services, "ada@example.org"))
    assert fields(services, enquiry)["name"] == "Ada Vorbeeld"


def test_what_is_confirmed_is_corrected_and_ends_the_case(services: Services) -> None:
    """The new value is there, in texts too; recipients are told; one final letter says it."""
    enquiry, case = proposed(services, NAME)
    confirm(services, case)
    assert carry(services) == ["done"]
    found = fields(services, enquiry)
    assert (found["name"], found["message"]) == ("Ada Voorbeeld", "Groet, Ada Voorbeeld")
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "fulfilled")
    assert {each.right for each in recipients.of_case(services.store, case)} == {"rectification"}
    right = rights_asked.of_case(services.store, case)["rectification"]
    assert right["counts"] == {"entries": 1, "categories": {"enquiries": 1}}


def test_no_old_key_opens_anything_and_no_old_part_is_left(services: Services) -> None:
    """The old key, kept by a thief, opens no part of the entry any more; its number of items has not grown."""
    enquiry, case = proposed(services, NAME)
    before = vault.find(services.store, enquiry)
    old = vault.unlock(services.keys, before)
    confirm(services, case)
    carry(services)
    parts = [item for item in services.store.items("records", f"entry#{enquiry}") if "sealed" in item]
    assert parts
    for part in parts:
        with pytest.raises(Unreadable):
            old.unseal(part["sk"], part["sealed"])
    after = vault.find(services.store, enquiry)
    assert (after.key != before.key, after.due, after.subjects) == (True, before.due, before.subjects)


def test_mail_as_it_came_and_late_parts_are_sealed_anew_or_gone(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply with a key of its own gets the new one; mails as they came, small or in the bucket, hold the old value and go."""
    enquiry = write(services, name="Ada Vorbeeld")
    opened = vault.unlock(services.keys, vault.find(services.store, enquiry))
    part = "message#2026-11-22T10:00:00Z#aaaa"
    key = b"k" * 32
    wrapped = sealing.wrap(services.keys.public_key("enquiries"), key)
    binding = opened.entry.binding()
    filing = raw_mail.Filing(enquiry, binding, opened.key)
    sealed = sealing.seal_fields(key, binding, part, {"text": "Groet, Ada Vorbeeld"})
    item = {"pk": f"entry#{enquiry}", "sk": part, "at": part.split("#")[1], "direction": "in", "key": "late"}
    monkeypatch.setattr(raw_mail, "_IN_AN_ITEM", 100)
    services.store.write(
        [
            *vault.late_addition(enquiry, "late", wrapped, NOW),
            Put("records", {**item, "sealed": sealed, "has_raw": True}),
            *raw_mail.kept(services, filing, "main", b"From: Ada Vorbeeld" * 20, NOW),
            *raw_mail.kept(services, filing, part, b"Ada Vorbeeld", NOW),
        ]
    )
    case = ask(services, "rectification", text=NAME)
    prove(services, case)
    carry(services)
    confirm(services, case)
    carry(services)
    found = enquiries.open_(services, enquiry, STAFF, why="answer", now=NOW + MINUTE)
    assert [message.content["text"] for message in found.messages] == ["Groet, Ada Voorbeeld"]
    assert not any(message.has_raw for message in found.messages)
    left = {item["sk"] for item in services.store.items("records", f"entry#{enquiry}")}
    assert not {each for each in left if each.startswith("raw#")}
    assert services.store.get(Key("vault", f"entry#{enquiry}", "key#late")) is None
    assert isinstance(services.objects, FakeObjects)
    places = [Key("records", each["pk"], each["sk"]) for each in services.store.listed("records", "list", vault.SWEEPS)]
    swept = [name for item in map(services.store.get, places) if item for name in item["objects"]]
    assert set(services.objects.kept) <= set(swept)


def test_an_unclear_letter_is_left_to_staff_who_propose_and_decide(services: Services) -> None:
    """Staff say what is to be corrected; the person confirms, or staff decide; what was proposed is carried out."""
    enquiry, case = proposed(services, "Mijn gegevens kloppen niet.")
    right = rights_asked.of_case(services.store, case)["rectification"]
    assert right["status"] == rights_asked.APPROVAL
    rectification.propose(services, case, [Correction("name", "", "Ada Voorbeeld")], OFFICER, NOW + MINUTE)
    carry(services)
    assert fields(services, enquiry)["name"] == "Ada Vorbeeld"
    decisions.decide(services, case, "rectification", "fulfil", OFFICER, now=NOW + MINUTE)
    carry(services, NOW + 2 * MINUTE)
    assert fields(services, enquiry)["name"] == "Ada Voorbeeld"


def test_staff_cannot_propose_what_is_no_value_or_not_asked(services: Services) -> None:
    """What cannot be is said at its field; a case that asks for something else is not corrected."""
    _, case = proposed(services, NAME)
    for wrong in ([], [Correction("email", "", "nobody")]):
        with pytest.raises(BadInput):
            rectification.propose(services, case, wrong, OFFICER, NOW)
    other = ask(services, "access", email="bob@example.org")
    with pytest.raises(BadInput):
        rectification.propose(services, other, [Correction("name", "", "Bob")], OFFICER, NOW)
    unproven = ask(services, "rectification", email="cas@example.org")
    with pytest.raises(NotProvenYet):
        rectification.propose(services, unproven, [Correction("name", "", "Cas")], OFFICER, NOW)
    confirm(services, case)
    carry(services)
    with pytest.raises(Conflict):
        rectification.propose(services, case, [Correction("name", "", "Ada V.")], OFFICER, NOW)


def test_a_right_that_staff_read_into_the_letter_begins_with_its_proposal(services: Services) -> None:
    """Added after its person was made sure of, it waits for their word like any other, and is then carried out."""
    enquiry = write(services, name="Ada Vorbeeld", message="Groet")
    case = ask(services, "access")
    prove(services, case)
    casework.set_rights(services, case, OFFICER, ["access", "rectification"], now=NOW + MINUTE)
    rectification.propose(services, case, [Correction("name", "", "Ada Voorbeeld")], OFFICER, NOW + MINUTE)
    assert rights_asked.of_case(services.store, case)["rectification"]["status"] == rights_asked.ASKED
    assert fields(services, enquiry)["name"] == "Ada Vorbeeld"
    confirm(services, case)
    carry(services, NOW + 2 * MINUTE)
    assert fields(services, enquiry)["name"] == "Ada Voorbeeld"


def test_fulfilling_without_a_new_value_is_refused(services: Services) -> None:
    """A decision that says no value corrects none: staff say first what it is to be."""
    enquiry, case = proposed(services, "Mijn gegevens kloppen niet.")
    with pytest.raises(CorrectFirst):
        decisions.decide(services, case, "rectification", "fulfil", OFFICER, now=NOW + MINUTE)
    assert rights_asked.of_case(services.store, case)["rectification"]["status"] == rights_asked.APPROVAL
    assert fields(services, enquiry)["name"] == "Ada Vorbeeld"


def test_a_new_address_obtains_nothing_while_it_cools(services: Services) -> None:
    """For a week the old address stands, and is told; the new one's own request finds nothing. Then it is the person's."""
    enquiry, case = proposed(services, EMAIL)
    confirm(services, case)
    assert carry(services) == ["later"]
    send(services, NOW + MINUTE)
    assert any("29 november" in mail for mail in mails_to(services, "ada@example.org"))
    assert not mails_to(services, "ada@voorbeeld.nl")
    thief = ask(services, "access", email="ada@voorbeeld.nl")
    prove(services, thief, now=NOW + MINUTE)
    carry(services, NOW + 2 * MINUTE)
    assert rights_asked.of_case(services.store, thief)["access"]["outcome"] == "no_data"
    assert fields(services, enquiry)["email"] == "ada@example.org"
    later = NOW + WEEK + timedelta(hours=1)
    assert carry(services, later) == ["done"]
    assert enquiries.open_(services, enquiry, STAFF, why="answer", now=later).fields["email"] == "ada@voorbeeld.nl"
    wish = rights_request.check({"email": "ada@voorbeeld.nl", "rights": ["access"]}, SITE)
    owner = rights_request.receive(services, SITE, wish, language="nl", now=later)
    session = prove(services, owner, now=later)
    carry(services, later + MINUTE)
    said = read(services, handouts.hand_out(services, owner, session, "access", later + MINUTE))
    assert enquiry in {each["id"] for each in said["entries"]}


def test_a_changed_address_can_be_withdrawn_while_it_cools(services: Services) -> None:
    """Withdrawn within the week, the old address stays as if nothing had been asked."""
    enquiry, case = proposed(services, EMAIL)
    confirm(services, case)
    carry(services)
    rights_status.withdraw(services.store, case, "rectification", NOW + 2 * MINUTE)
    carry(services, NOW + 3 * MINUTE)
    assert cases.record(services.store, case)["outcome"] == "withdrawn"
    carry(services, NOW + 2 * WEEK)
    assert fields(services, enquiry)["email"] == "ada@example.org"


def test_the_rest_is_corrected_at_once_and_the_letters_say_what_takes_effect_when(services: Services) -> None:
    """A name is right today, the address in a week: the proposal, the notice to the old address and the final letter say so."""
    enquiry, case = proposed(services, f"{NAME} {EMAIL}")
    [proposal] = [mail for mail in mails_to(services, "ada@example.org") if "Klopt dit?" in mail]
    assert (
        "gaat 7 dagen na uw bevestiging in; naar het oude sturen wij daarover een bericht. De rest passen wij meteen"
        in flat(proposal)
    )
    confirm(services, case)
    assert carry(services) == ["later"]
    send(services, NOW + MINUTE)
    found = fields(services, enquiry)
    assert (found["name"], found["email"]) == ("Ada Voorbeeld", "ada@example.org")
    [notice] = [mail for mail in mails_to(services, "ada@example.org") if "naar het oude adres" in flat(mail)]
    assert "Al verbeterd: Naam. U kunt alleen de wijziging van het adres nog intrekken." in flat(notice)
    later = NOW + WEEK + timedelta(hours=1)
    carry(services, later)
    send(services, later)
    [letter] = [mail for mail in mails_to(services, "ada@example.org") if "Wat wij hebben gedaan" in mail]
    assert "- E-mailadres: sinds 29 november 2026 - Naam: sinds 22 november 2026" in flat(letter)


def test_withdrawn_while_the_address_waits_only_the_address_is(services: Services) -> None:
    """The name stays right, recipients are told of it, and the final letter says both; nothing is said that is not so."""
    enquiry, case = proposed(services, f"{NAME} {EMAIL}")
    confirm(services, case)
    carry(services)
    assert not recipients.of_case(services.store, case)
    rights_status.withdraw(services.store, case, "rectification", NOW + 2 * MINUTE)
    carry(services, NOW + 3 * MINUTE)
    send(services, NOW + 3 * MINUTE)
    found = fields(services, enquiry)
    assert (found["name"], found["email"]) == ("Ada Voorbeeld", "ada@example.org")
    assert {each.right for each in recipients.of_case(services.store, case)} == {"rectification"}
    [letter] = [mail for mail in mails_to(services, "ada@example.org") if "Wat wij hebben gedaan" in mail]
    said = "U hebt dit verzoek ingetrokken. Dit was toen al verbeterd en blijft zo: - Naam: sinds 22 november 2026"
    assert said in flat(letter)
    assert "E-mailadres: sinds" not in letter


def test_what_did_not_stand_so_is_named(services: Services) -> None:
    """Of two corrections one fits: the letter does not say that both were made."""
    _, case = proposed(services, f"{NAME} Mijn telefoonnummer moet van 010 111 11 11 naar 010 222 22 22.")
    confirm(services, case)
    carry(services)
    send(services, NOW + MINUTE)
    [letter] = [mail for mail in mails_to(services, "ada@example.org") if "Wat wij hebben gedaan" in mail]
    assert "- Naam: sinds 22 november 2026" in letter
    assert "Dit stond bij ons niet zoals u schreef: Telefoonnummer." in flat(letter)


def test_a_corrected_number_leads_to_the_person_and_the_old_one_does_not(services: Services) -> None:
    """The pointer of the old number goes with it."""
    enquiry, case = proposed(services, "Mijn nieuwe telefoonnummer is +31 6 00000000.")
    group = policy.controller("silver-essence").group
    old, new = (
        subjects.identify(services.keys, group, "phone", each).pointer() for each in ("020 123 45 67", "+31 6 00000000")
    )
    confirm(services, case)
    carry(services)
    assert enquiry in {entry.id for entry in vault.of_subject(services.store, [new])}
    assert {entry.category for entry in vault.of_subject(services.store, [old])} <= {"openings"}


def test_other_addresses_on_file_hear_of_a_new_number(services: Services) -> None:
    """A number may prove who calls: every address that stands with it is told, and the one who asks gets the final letter."""
    write(services)
    write(services, email="ada@werk.example")
    case = ask(services, "rectification", text="Mijn nieuwe telefoonnummer is +31 6 00000000.")
    person = vouching.Person("phone", "Gebeld op het nummer dat wij hebben.", known_as_phone="020 123 45 67")
    vouching.vouch(services, case, OFFICER, person, now=NOW)
    carry(services)
    confirm(services, case)
    assert carry(services) == ["done"]
    send(services, NOW + MINUTE)
    told = "hebben wij het telefoonnummer verbeterd"
    [notice] = [mail for mail in mails_to(services, "ada@werk.example") if told in flat(mail)]
    assert "Was u dat niet? Antwoord dan zo snel mogelijk" in flat(notice)
    own = mails_to(services, "ada@example.org")
    assert not [mail for mail in own if told in flat(mail)]
    assert [mail for mail in own if "- Telefoonnummer: sinds 22 november 2026" in flat(mail)]


def test_staff_say_while_the_address_waits_that_it_does_not_change(services: Services) -> None:
    """Staff may say during the week that it does not go on; what was corrected besides is complete, and told."""
    enquiry, case = proposed(services, f"{NAME} {EMAIL}")
    confirm(services, case)
    assert carry(services) == ["later"]
    with pytest.raises(Conflict):
        decisions.decide(services, case, "rectification", "no_data", OFFICER, now=NOW + MINUTE)
    reasons = "U schreef dat u dit niet vroeg."
    decisions.decide(services, case, "rectification", "refuse", OFFICER, reasons=reasons, now=NOW + MINUTE)
    carry(services, NOW + 2 * MINUTE)
    assert cases.record(services.store, case)["status"] == "closed"
    assert {each.right for each in recipients.of_case(services.store, case)} == {"rectification"}
    carry(services, NOW + 2 * WEEK)
    found = fields(services, enquiry)
    assert (found["name"], found["email"]) == ("Ada Voorbeeld", "ada@example.org")


def test_staff_who_read_what_was_written_let_the_address_change(services: Services) -> None:
    """An answer leaves the change to staff when the week is over; carried out, the new address stands."""
    enquiry, case = proposed(services, EMAIL)
    confirm(services, case)
    carry(services)
    cases_heard = cases.changed(cases.record(services.store, case), {"heard_at": stamp(NOW + 3 * MINUTE)})
    services.store.write([cases_heard])
    later = NOW + WEEK + timedelta(hours=1)
    carry(services, later)
    assert rights_asked.of_case(services.store, case)["rectification"]["status"] == rights_asked.APPROVAL
    assert fields(services, enquiry)["email"] == "ada@example.org"
    decisions.decide(services, case, "rectification", "fulfil", OFFICER, now=later)
    carry(services, later + MINUTE)
    assert enquiries.open_(services, enquiry, STAFF, why="answer", now=later).fields["email"] == "ada@voorbeeld.nl"


def test_what_is_right_already_needs_no_correction(services: Services) -> None:
    """With nothing to correct, the letter says that nothing was found."""
    _, case = proposed(services, "De juiste naam is Ada Vorbeeld.")
    confirm(services, case)
    carry(services)
    assert rights_asked.of_case(services.store, case)["rectification"]["outcome"] == "no_data"


def test_an_entry_too_large_for_one_transaction_is_left_to_staff(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be sealed anew whole is not sealed anew in part."""
    enquiry, case = proposed(services, NAME)
    monkeypatch.setattr(rectification, "_MOST_BYTES", 10)
    confirm(services, case)
    carry(services)
    assert rights_asked.of_case(services.store, case)["rectification"]["status"] == rights_asked.APPROVAL
    assert fields(services, enquiry)["name"] == "Ada Vorbeeld"


def test_a_restored_copy_does_not_bring_the_old_value_back(services: Services) -> None:
    """A copy from before is restricted where only evidence is left, and taken as it is now where the live tables are."""
    enquiry, case = proposed(services, NAME)
    for live in (None, services.store):
        copied = services_in_memory()
        assert isinstance(copied.store, MemoryStore)
        for table, items in everything(services).items():
            for item in items:
                if table != "evidence":
                    copied.store.write([Put(table, dict(item), "")])
        if live is None:
            confirm(services, case)
            carry(services)
        for item in everything(services)["evidence"]:
            copied.store.write([Put("evidence", dict(item), "")])
        replay.run(copied.store, live, NOW - MINUTE, NOW + timedelta(hours=1))
        found = vault.find(copied.store, enquiry)
        if live is None:
            assert found.restricted_at
        else:
            assert found.key == vault.find(services.store, enquiry).key


def test_only_proposed_fields_are_known(services: Services) -> None:
    """A proposal is sealed with its case: neither value stands in clear anywhere."""
    proposed(services, NAME)
    assert "Vorbeeld" not in json.dumps(everything(services), default=repr)
    assert corrections.FIELDS == ("name", "email", "phone", "address")
