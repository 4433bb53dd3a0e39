"""Decisions and breaches in the desk's page: by keyboard, readable for everybody, and nothing said too much."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.browser.test_cases import case_of, mailed, open_case
from tests.browser.test_desk import sign_in
from tests.firm import FORM, Firm
from tests.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser


def opened(page: Page, site: TestStack, sender: str, text: str = "Verwijder al mijn gegevens.") -> str:
    """Let a request come in and open it."""
    mailed(site, text, sender=sender)
    case = case_of(site, sender)
    open_case(page, case)
    page.get_by_role("heading", name="Progress and decisions").wait_for()
    return case


def right_of(site: TestStack, case: str) -> dict[str, Any]:
    """Return how far the one right of a case is."""
    answer = site.http.get(f"/desk/cases/{case}/progress", token=site.token("privacy-officer"))
    return dict(answer.json()["progress"]["rights"][0])


def test_a_request_is_extended_refused_and_ended(page: Page, site: TestStack) -> None:
    """The day moves, a refusal asks for its reasons, and the last decision ends the case with one letter."""
    case = opened(page, site, "decide@example.org")
    assert violations(page) == []
    page.get_by_text("Extend the period", exact=True).click()
    page.fill("#field-extend-reasons", "Het zijn heel veel gegevens.")
    page.get_by_role("button", name="Extend and tell the person").click()
    expect(page.locator("#said")).to_contain_text("The period is extended")
    expect(page.locator("main")).to_contain_text("Extended until")
    page.get_by_role("button", name="I will handle this").click()
    expect(page.locator("#said")).to_contain_text("who handles this")
    page.get_by_text("What carrying it out would affect").click()
    expect(page.locator("dd", has_text="kept by law").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("This destroys nothing.")
    expect(page.locator("main")).to_contain_text("because a law requires us to")
    expect(page.locator("dt", has_text="The text and attachments of your request").first).to_be_visible()
    page.get_by_text("Decide on a right").click()
    page.select_option("#field-decide-decision", "refuse")
    assert violations(page) == []
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#field-decide-reasons-wrong")).to_contain_text("reasons")
    page.fill("#field-decide-reasons", "De wet verplicht ons dit te bewaren.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).to_contain_text("the final letter goes out")
    expect(page.get_by_text("Decide on a right")).to_have_count(0)
    page.get_by_text("What happened", exact=True).click()
    page.locator("li", has_text="extended").first.wait_for()
    assert violations(page) == []
    letter = site.eventually(
        lambda: [
            mail
            for mail in site.mailbox.messages()
            if mail["to"] == "decide@example.org" and case in mail["text"] and "rechtbank" in mail["text"]
        ]
    )
    assert "<h2>" in letter[0]["html"]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Fetch the dossier").click()
    assert saved.value.suggested_filename == "dossier.zip"


def test_who_has_no_address_is_told_by_staff(page: Page, site: TestStack) -> None:
    """The page says that letters are not mailed, and after the last decision what is left to do."""
    new = {
        "site": "silver-essence",
        "channel": "phone",
        "received": site.clock.now()[:10],
        "text": "Wis mij.",
        "rights": ["erasure"],
    }
    case = site.http.post("/desk/cases", new, token=site.token("privacy-officer")).json()["id"]
    open_case(page, case)
    expect(page.locator("main .warning").first).to_contain_text("letters are written, but not sent")
    assert violations(page) == []
    page.get_by_text("Decide on a right").click()
    page.select_option("#field-decide-decision", "refuse")
    page.fill("#field-decide-reasons", "De wet verplicht ons dit te bewaren.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).to_contain_text("cannot be mailed")


def test_somebody_who_was_proven_has_advertising_again(page: Page, site: TestStack) -> None:
    """Offered for nobody else; how they asked is obligatory, and it is told since when."""
    person = Person(site, f"again-{secrets.token_hex(4)}@example.org")
    case = person.ask("question")
    open_case(page, case)
    expect(page.get_by_text("Wait for the person", exact=True)).to_be_visible()
    expect(page.get_by_text("Advertising again, at their request")).to_have_count(0)
    person.proven(case)
    page.click("#menu a[href='#cases']")
    page.locator(f"a[href='#cases/{case}']").click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("Advertising again, at their request").click()
    page.fill("#field-advertising-said", "Per mail, vandaag.")
    assert violations(page) == []
    page.get_by_role("button", name="Allow advertising again").click()
    expect(page.locator("#said")).to_contain_text("no longer kept from them")
    expect(page.locator("main")).to_contain_text("Wants advertising again since")


def test_waiting_for_the_person_moves_no_day(page: Page, site: TestStack) -> None:
    """What was asked is noted and shown; the last day stays."""
    opened(page, site, "pause@example.org")
    day = page.locator("dt", has_text="Answer by").locator("+ dd").inner_text()
    page.get_by_text("Wait for the person", exact=True).click()
    page.fill("#field-pause-said", "Welk adres bedoelt u?")
    page.get_by_role("button", name="Record that we are waiting").click()
    expect(page.locator("main")).to_contain_text("Waiting for the person since")
    page.get_by_text("The person has answered").click()
    page.get_by_role("button", name="Record that they answered").click()
    expect(page.locator("main")).not_to_contain_text("Waiting for the person since")
    expect(page.locator("dt", has_text="Answer by").locator("+ dd")).to_have_text(day)


def test_a_breach_from_its_note_to_the_draft(page: Page) -> None:
    """Noted, counted, added to, drafted, closed; the list says how long there is left."""
    sign_in(page, "#incidents", role="privacy-officer")
    page.get_by_text("No breaches have been recorded.").wait_for()
    assert violations(page) == []
    page.get_by_text("Record a breach", exact=True).click()
    page.fill("[name=aware]", "2026-01-05T09:00")
    page.fill("[name=nature]", "Een laptop is gestolen.")
    page.get_by_role("button", name="Seal and save").click()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator("main")).to_contain_text("Een laptop is gestolen.")
    expect(page.locator("main")).to_contain_text("The time to report it has passed")
    assert violations(page) == []
    page.get_by_text("Count who is affected").click()
    page.fill("[name=since]", "2026-01-01T00:00")
    page.fill("[name=until]", "2026-01-04T00:00")
    page.get_by_label("Information requests").check()
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Counted and recorded")
    page.get_by_text("Add what became known").click()
    page.fill("#field-add-measures", "Op afstand gewist.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Added.")
    page.get_by_text("Draft of the report").click()
    expect(page.locator("[name=draft]")).to_have_value(re.compile("Op afstand gewist"))
    assert violations(page) == []
    page.get_by_text("Close the breach").first.click()
    page.get_by_role("button", name="Close the breach").click()
    expect(page.locator("#field-end-reasons-wrong")).to_contain_text("Say why it was not reported")
    page.fill("#field-end-reasons", "De laptop was versleuteld.")
    page.get_by_role("button", name="Close the breach").click()
    expect(page.locator("#said")).to_contain_text("The breach is closed.")


def test_what_is_to_be_corrected_is_said_first(page: Page, site: TestStack) -> None:
    """The form lies open until somebody says it; to carry it out before is refused with what to do; then it waits for the person."""
    person = Person(site, f"fix-{secrets.token_hex(4)}@example.org")
    case = person.ask("rectification", message="Mijn gegevens kloppen niet.")
    person.proven(case)
    site.eventually(lambda: right_of(site, case)["status"] == "approval")
    open_case(page, case)
    page.get_by_text("Decide on a right").click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Say first what it is to be")
    assert violations(page) == []
    page.get_by_label("The e-mail address becomes").fill("no address")
    page.get_by_role("button", name="Ask the person to confirm it").click()
    expect(page.locator("#field-correct-email")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("The e-mail address becomes").fill("")
    page.get_by_label("The name becomes").fill("<img src=x> Voorbeeld")
    page.get_by_role("button", name="Ask the person to confirm it").click()
    expect(page.locator("#said")).to_contain_text("Nothing changes until they confirm it")
    expect(page.locator("dd", has_text="not confirmed yet")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Decide on a right").click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).not_to_contain_text("Say first")
    site.eventually(lambda: right_of(site, case)["status"] in ("waiting", "done"))


def test_who_wrote_after_the_erasure_began_is_read_first(page: Page, site: TestStack) -> None:
    """The case says so plainly, offers what can be decided by now, and staff stop it for the person."""
    person = Person(site, f"stop-{secrets.token_hex(4)}@example.org")
    Firm(site).ask(FORM, email=person.email)
    case = person.ask("erasure")
    person.proven(case)
    site.eventually(lambda: right_of(site, case)["status"] == "undo")
    assert not right_of(site, case)["wrote_since"]
    notice = site.eventually(lambda: [mail for mail in person.mails() if "vernietigen wij ze" in mail["text"]])[0]
    time.sleep(1)  # a stamp has no more than seconds
    reply = (
        f"From: {person.email}\r\nTo: {notice['headers']['Reply-To']}\r\nSubject: Re\r\n\r\nDoe het toch maar niet.\r\n"
    )
    site.send_mail(person.email, notice["headers"]["Reply-To"], reply.encode())
    site.eventually(lambda: right_of(site, case)["wrote_since"])
    open_case(page, case)
    expect(page.locator("main .warning").first).to_contain_text("wrote again after the erasure began")
    expect(page.locator(".message").last).to_contain_text("Doe het toch maar niet.")
    page.get_by_text("Decide on a right").click()
    options = page.locator("#field-decide-decision option")
    assert [each.get_attribute("value") for each in options.all()] == ["fulfil", "refuse", "withdraw"]
    page.select_option("#field-decide-decision", "withdraw")
    expect(page.locator("#field-decide-decision-help")).to_contain_text("Say below how and when")
    assert violations(page) == []
    page.fill("#field-decide-said", "Per mail, vandaag.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).not_to_be_empty()
    site.eventually(lambda: right_of(site, case)["status"] in ("withdrawn", "ended"))


def test_who_answers_the_notice_of_a_new_address_is_read_first(page: Page, site: TestStack) -> None:
    """While it waits the case says that somebody wrote, and staff can leave the old address as it is."""
    person = Person(site, f"move-{secrets.token_hex(4)}@example.org")
    Firm(site).ask(FORM, email=person.email)
    case = person.ask("rectification", message="Mijn nieuwe e-mailadres is mallory@example.org.")
    session, _ = person.proven(case)
    site.eventually(lambda: person.mails("Over uw zaak"))
    assert person.post("confirm", case=case, session=session).status == 200
    site.eventually(lambda: len(person.mails("Over uw zaak")) == 2)
    time.sleep(1)  # a stamp has no more than seconds
    to = person.mails("Over uw zaak")[0]["headers"]["Reply-To"]
    reply = f"From: {person.email}\r\nTo: {to}\r\nSubject: Re\r\n\r\nDit was ik niet.\r\n"
    site.send_mail(person.email, to, reply.encode())
    site.eventually(lambda: right_of(site, case)["wrote_since"])
    open_case(page, case)
    expect(page.locator("main .warning").first).to_contain_text("the address does not change")
    page.get_by_text("Decide on a right").click()
    options = page.locator("#field-decide-decision option")
    assert [each.get_attribute("value") for each in options.all()] == ["refuse", "withdraw"]
    page.select_option("#field-decide-decision", "withdraw")
    page.fill("#field-decide-said", "Per mail, vandaag.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.locator("#said")).not_to_be_empty()
    site.eventually(lambda: right_of(site, case)["status"] == "withdrawn")


def test_what_can_be_erased_in_part_is_called_by_its_name(page: Page, site: TestStack) -> None:
    """Whoever decides reads what people call it, and not the word that the policy file has for it."""
    person = Person(site, f"part-{secrets.token_hex(4)}@example.org")
    Firm(site).ask(FORM, email=person.email)
    open_case(page, person.ask("erasure"))
    page.get_by_text("Decide on a right").click()
    page.select_option("#field-decide-decision", "partly")
    expect(page.locator("label:has([name=erase])")).to_have_text([" Information requests: 1"])
    assert violations(page) == []


def test_it_fits_on_a_phone(open_context: Callable[..., BrowserContext], site: TestStack) -> None:
    """No sideways scrolling at 320 pixels, in a case nor in the list of breaches."""
    narrow = open_context(site, viewport=NARROW, locale="en-GB").new_page()
    opened(narrow, site, "narrow@example.org")
    for title in ("Decide on a right", "Extend the period", "Wait for the person"):
        narrow.get_by_text(title, exact=True).click()
    assert not is_too_wide(narrow)
    narrow.click("#menu a[href='#incidents']")
    narrow.get_by_text("Record a breach", exact=True).click()
    assert not is_too_wide(narrow)
