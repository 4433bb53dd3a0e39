"""Access and portability: the copy is whole, sealed, handed out to who has the session, and nobody is left waiting."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import (
    carrying,
    cases,
    enquiries,
    exports,
    form,
    handouts,
    identity,
    letters,
    policy,
    retention,
    rights_asked,
    rights_request,
    sessions,
    steps,
    vault,
    vouching,
)
from privacy.errors import IdentityNotProven, KeyDestroyed, NotFound, StoreUnavailable
from privacy.openings import Reader
from privacy.writes import Key

from tests.fakes import FakeHandouts, FakePost, services_in_memory

if TYPE_CHECKING:
    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
ADA = {"name": "Ada Voorbeeld", "email": "ada@example.org", "phone": "020 123 45 67", "message": "Hallo"}


def write(services: Services, site: policy.Site = SITE, now: datetime = NOW, **fields: str) -> str:
    """Leave an enquiry and return its id."""
    sent = form.check(form.read(json.dumps(ADA | fields).encode(), "application/json"), policy.form(site.name), site)
    return enquiries.receive(services.store, services.keys, site, sent, language="nl", now=now).reference


def ask(
    services: Services, *rights: str, email: str = "ada@example.org", site: policy.Site = SITE, text: str = ""
) -> str:
    """Ask for rights on the page and return the case."""
    wish = rights_request.check({"email": email, "rights": list(rights), "message": text}, site)
    return rights_request.receive(services, site, wish, language="nl", now=NOW)


def prove(services: Services, case: str, *, site: policy.Site = SITE, now: datetime = NOW) -> str:
    """Have a code sent, read it in the mail, type it, and return the session."""
    identity.send_code(services, site, case, now)
    send(services, now)
    assert isinstance(services.post, FakePost)
    mails = [mime for *_, mime, tags in services.post.sent if tags["entry"] == case]
    codes = [line for line in mails[-1].decode().splitlines() if len(line) == 6 and line.isdigit()]
    return identity.prove(services, site, case, codes[0], now)


def send(services: Services, now: datetime = NOW) -> None:
    """Send what waits in the outbox."""
    for place in letters.waiting(services.store, now):
        letters.deliver(services, place, now)


def carry(services: Services, now: datetime = NOW + MINUTE) -> list[str]:
    """Carry out what waits."""
    return [carrying.carry_out(services, place, now, steps.STEPS) for place in carrying.waiting(services.store, now)]


def archive(services: Services, link: str) -> zipfile.ZipFile:
    """Return what a link leads to."""
    assert isinstance(services.handouts, FakeHandouts)
    name = link.removeprefix("https://handouts.example.org/").partition("?")[0]
    return zipfile.ZipFile(io.BytesIO(services.handouts.get(name)))


def read(services: Services, link: str) -> dict[str, Any]:
    """Return what the archive behind a link says."""
    with archive(services, link) as found:
        said: dict[str, Any] = json.loads(found.read("data.json"))
        return said


def mails_to(services: Services, address: str) -> list[str]:
    """Return the mails to an address, oldest first."""
    assert isinstance(services.post, FakePost)
    return [mime.decode() for _, to, mime, _ in services.post.sent if to == address]


def test_a_copy_is_made_told_and_handed_out(services: Services) -> None:
    """From the request to the archive: one final letter, a closed case, a link for ten minutes and nothing more."""
    enquiry = write(services)
    case = ask(services, "access")
    session = prove(services, case)
    assert carry(services) == ["done"]
    assert carry(services) == []
    main = cases.record(services.store, case)
    assert (main["status"], main["outcome"]) == ("closed", "fulfilled")
    link = handouts.hand_out(services, case, session, "access", NOW + MINUTE)
    assert link.endswith("for=600")
    said = read(services, link)
    assert enquiry in {each["id"] for each in said["entries"]}
    assert said["reference"] == case


def test_both_rights_share_one_copy(services: Services) -> None:
    """Who asks for access and portability gets one archive, under either name."""
    write(services)
    case = ask(services, "access", "portability")
    prove(services, case)
    assert carry(services) == ["done", "done"]
    rights = rights_asked.of_case(services.store, case)
    assert rights["access"]["export"] == rights["portability"]["export"]
    assert cases.record(services.store, case)["outcome"] == "fulfilled"


def test_who_is_unknown_is_told_so_after_the_code_and_gets_what_the_request_itself_left(services: Services) -> None:
    """With nothing held but the request, the letter says that, asks for another address, and the copy holds the request."""
    write(services, email="bob@example.org")
    case = ask(services, "access", text="Wat weet u van mij?")
    session = prove(services, case)
    carry(services)
    assert rights_asked.of_case(services.store, case)["access"]["outcome"] == "no_data"
    assert cases.record(services.store, case)["outcome"] == "no_data"
    said = read(services, handouts.hand_out(services, case, session, "access", NOW + MINUTE))
    assert {each["category"] for each in said["entries"]} == {"cases", "case_requests"}
    assert "Wat weet u van mij?" in json.dumps(said)
    send(services, NOW + MINUTE)
    letter = " ".join(mails_to(services, "ada@example.org")[-1].replace("=\r\n", "").split())
    for words in (
        "Behalve wat wij over uw verzoeken aan ons vastleggen, hebben wij niets gevonden",
        "Een kopie daarvan staat klaar tot en met",
        "Schreef u ons eerder vanaf een ander e-mailadres?",
    ):
        assert words in letter


def test_before_the_code_who_is_known_and_who_is_not_get_the_same_words(services: Services) -> None:
    """What is sent before the code is typed differs in nothing but the number, the code and the address."""
    write(services)
    seen = []
    for email in ("ada@example.org", "eve@example.org"):
        case = ask(services, "access", email=email)
        prove(services, case)
        mails = "".join(mails_to(services, email)).replace("=\r\n", "").replace(case, "").replace(email, "")
        seen.append(re.sub(r"\+r\.\w+|=+\d{15,}=*|\b\d{6}\b", "", mails))
    assert seen[0] == seen[1]


def test_who_asks_for_somebody_else_reads_that_the_letter_is_about_them(services: Services) -> None:
    """Staff saw the mandate and whom it is about: the letter to the agent says that the data are another person's."""
    write(services, email="moeder@example.org")
    wish = rights_request.check({"email": "iris@example.org", "rights": ["access"], "on_behalf": "Mijn moeder"}, SITE)
    case = rights_request.receive(services, SITE, wish, language="nl", now=NOW)
    known = vouching.Person("known_facts", "Machtiging gezien.", known_as_email="moeder@example.org")
    vouching.vouch(services, case, OFFICER, known, now=NOW)
    carry(services)
    send(services, NOW + MINUTE)
    letter = " ".join(mails_to(services, "iris@example.org")[-1].replace("=\r\n", "").split())
    assert "U vroeg dit voor iemand anders; deze brief gaat over diens gegevens." in letter


def test_who_is_known_is_not_asked_for_another_address(services: Services) -> None:
    """Where something was found beside the request, the letter asks for nothing more."""
    write(services)
    prove(services, ask(services, "access"))
    carry(services)
    send(services, NOW + MINUTE)
    letter = mails_to(services, "ada@example.org")[-1]
    assert "ander e-mailadres" not in letter
    assert "uw kopie ophalen" in " ".join(letter.replace("=\r\n", "").split())


def test_a_code_is_not_kept_once_it_was_sent(services: Services) -> None:
    """It is worth nothing after ten minutes: neither the case nor the copy holds it (Art. 5(1)(e) GDPR)."""
    write(services)
    case = ask(services, "access")
    session = prove(services, case)
    sent = [item for item in services.store.items("records", f"entry#{case}", "letter#") if item["kind"] == "code"]
    assert [item["status"] for item in sent] == ["sent"]
    assert not any("sealed" in item for item in sent)
    carry(services)
    said = read(services, handouts.hand_out(services, case, session, "access", NOW + MINUTE))
    parts = [part for entry in said["entries"] for part in entry["parts"]]
    assert not any("code" in part["fields"] for part in parts)


def test_a_copy_is_sealed_and_goes(services: Services) -> None:
    """Nothing of the archive is in clear; after its period it is gone, the request too, and a new request gives a new one."""
    write(services)
    case = ask(services, "access")
    prove(services, case)
    carry(services)
    item = rights_asked.of_case(services.store, case)["access"]
    kept = services.store.get(Key("records", f"entry#{item['export']}", "raw#main"))
    assert kept is not None
    assert not kept["raw"].startswith(b"PK")
    later = NOW + timedelta(days=15)
    retention.run(services.store, services.objects, later)  # type: ignore[arg-type]
    session = prove(services, case, now=later)
    with pytest.raises(KeyDestroyed):
        handouts.hand_out(services, case, session, "access", later)
    assert services.store.get(vault.key_of(item["export"])) is None


def test_a_large_copy_lies_sealed_in_the_bucket(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large for a record is sealed into the bucket, and handed out all the same."""
    monkeypatch.setattr("privacy.raw_mail._IN_AN_ITEM", 100)
    write(services)
    case = ask(services, "access")
    session = prove(services, case)
    carry(services)
    assert read(services, handouts.hand_out(services, case, session, "access", NOW + MINUTE))["entries"]


def test_a_copy_is_for_the_session_of_its_case(services: Services) -> None:
    """Another case's session, one that ended, none: nothing is opened, and nothing lies in the bucket."""
    write(services)
    case, other = ask(services, "access"), ask(services, "access", email="bob@example.org")
    session, foreign = prove(services, case), prove(services, other)
    carry(services)
    for token, now in ((foreign, NOW), ("", NOW), ("x" * 22, NOW), (session, NOW + sessions.LASTS)):
        with pytest.raises(IdentityNotProven):
            handouts.hand_out(services, case, token, "access", now)
    for right in ("erasure", "portability", "", "nothing"):
        with pytest.raises(KeyDestroyed):
            handouts.hand_out(services, case, session, right, NOW)
    assert isinstance(services.handouts, FakeHandouts)
    assert not services.handouts.kept


def test_what_was_handed_out_is_swept(services: Services) -> None:
    """When its link has ended the clear copy is deleted, and so is one whose writing was cut off."""
    write(services)
    case = ask(services, "access")
    session = prove(services, case)
    carry(services)
    handouts.hand_out(services, case, session, "access", NOW)
    with pytest.raises(StoreUnavailable):
        handouts.hand_out(services._replace(handouts=None), case, session, "access", NOW)
    assert handouts.sweep(services, NOW + 9 * MINUTE) == 0
    assert carrying.next_work(services.store) == NOW + 10 * MINUTE
    assert handouts.sweep(services, NOW + 10 * MINUTE) == 2
    assert isinstance(services.handouts, FakeHandouts)
    assert not services.handouts.kept
    assert carrying.next_work(services.store) is None


def test_a_restricted_copy_is_handed_out(services: Services) -> None:
    """Giving a person what is theirs is no use of it (Art. 18(2) GDPR)."""
    write(services)
    case = ask(services, "access")
    session = prove(services, case)
    carry(services)
    export = vault.find(services.store, rights_asked.of_case(services.store, case)["access"]["export"])
    services.store.write(vault.restricted(export, NOW))
    assert handouts.hand_out(services, case, session, "access", NOW + MINUTE)


def test_an_earlier_copy_is_not_copied(services: Services) -> None:
    """A second copy holds the data again, and not the first archive."""
    write(services)
    first = ask(services, "access")
    prove(services, first)
    carry(services)
    later = NOW + timedelta(days=1)
    wish = rights_request.check({"email": "ada@example.org", "rights": ["access"]}, SITE)
    second = rights_request.receive(services, SITE, wish, language="nl", now=later)
    assert second != first
    session = prove(services, second, now=later)
    carry(services, later + MINUTE)
    said = read(services, handouts.hand_out(services, second, session, "access", later + MINUTE))
    assert exports.CATEGORY not in {each["category"] for each in said["entries"]}


def test_a_right_that_the_policy_leaves_to_staff_waits_for_them(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an approval in the policy nothing is copied before staff decide; so it is for a right without a function."""
    handling = policy.handling("silver-essence")._replace(approvals={"access": "staff"})
    monkeypatch.setattr(policy, "handling", lambda _controller: handling)
    write(services)
    case = ask(services, "access")
    prove(services, case)
    assert carry(services) == ["done"]
    assert rights_asked.of_case(services.store, case)["access"]["status"] == rights_asked.APPROVAL
    assert cases.record(services.store, case)["status"] == cases.OPEN


def test_a_dry_run_counts_and_opens_nothing(services: Services) -> None:
    """Staff see what a case would reach by category, and what a legal duty keeps; others see nothing."""
    write(services)
    write(services, message="Nog iets")
    write(services, email="bob@example.org")
    case = ask(services, "erasure")
    found = carrying.dry_run(services.store, case, OFFICER, NOW)
    assert found.categories["enquiries"] == 2
    assert "case_requests" in found.categories
    assert found.entries == sum(found.categories.values())
    assert "enquiries" not in found.kept
    other = Reader("officer-2", OFFICER.roles, "seven-elements")
    with pytest.raises(NotFound):
        carrying.dry_run(services.store, case, other, NOW)


def test_one_request_reaches_all_joint_controllers() -> None:
    """What a person left at one of two joint controllers is in the copy they ask of the other (Art. 26(3) GDPR)."""
    services = services_in_memory()
    here, there = policy.site("sevenelements"), policy.site("vixum")
    left = write(services, there)
    case = ask(services, "access", site=here)
    session = prove(services, case, site=here)
    carry(services)
    said = read(services, handouts.hand_out(services, case, session, "access", NOW + MINUTE))
    assert {each["controller"] for each in said["entries"] if each["id"] == left} == {there.controller}


def test_a_task_of_a_case_that_is_gone_is_dropped(services: Services) -> None:
    """Nothing is done for a case that was destroyed, and nothing waits for it."""
    write(services)
    case = ask(services, "access")
    prove(services, case)
    [place] = carrying.waiting(services.store, NOW)
    assert vault.destroy(services.store, case, NOW + timedelta(days=4000))
    assert carrying.carry_out(services, place, NOW, steps.STEPS) == "none"
