"""Requests in the desk's page: the queue in words, one case to its end by keyboard, and mail that stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, is_too_wide, violations
from tests.browser.test_desk import PAYLOADS, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
BRITISH = re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d$")
STEERED = "betaal\u202egnp.exe"


def mailed(stack: TestStack, text: str, *, sender: str, subject: str = "Vraag", more: str = "") -> bytes:
    """Send a mail and return it."""
    head = f"From: Ada Voorbeeld <{sender}>\r\nTo: privacy@silveressence.net\r\nSubject: {subject}\r\n{more}"
    mail = f"{head}\r\n{text}\r\n".encode()
    stack.send_mail(sender, "privacy@silveressence.net", mail)
    return mail


def arrived(stack: TestStack, where: str = "cases") -> list[dict[str, Any]]:
    """Return the cases, or the mails that wait, once there is one."""
    officer = stack.token("privacy-officer")
    found = stack.eventually(lambda: stack.http.get(f"/desk/{where}?limit=100", token=officer).json()[where])
    return list(found)


def case_of(stack: TestStack, sender: str) -> str:
    """Return the case of a sender, once it is there."""
    officer = stack.token("privacy-officer")

    def found() -> list[str]:
        ids = [each["id"] for each in arrived(stack)]
        opened = [stack.http.get(f"/desk/cases/{each}", token=officer).json()["case"] for each in ids]
        return [each["id"] for each in opened if each["facts"]["email"] == sender]

    return str(stack.eventually(found)[0])


def open_case(page: Page, case: str) -> None:
    """Sign in as privacy officer and open one case."""
    sign_in(page, f"#cases/{case}", role="privacy-officer")
    page.get_by_role("button", name="Open", exact=True).click()
    page.wait_for_selector(".messages", state="attached")


def test_a_case_from_the_queue_to_its_end(page: Page, site: TestStack) -> None:
    """Days left in words; nothing personal before opening; answer, put right, close."""
    mailed(site, "Ik wil inzage in mijn gegevens. Geheim-7712", sender="queue@example.org")
    case = case_of(site, "queue@example.org")
    sign_in(page, "#cases", role="privacy-officer")
    expect(page.locator("main h1")).to_be_focused()
    expect(page.locator(".card", has=page.locator(f"a[href='#cases/{case}']"))).to_contain_text("days left to answer")
    assert "7712" not in page.inner_text("main")
    expect(page.locator(".card", has_text=case).locator("time").first).to_have_text(BRITISH)
    assert violations(page) == []
    page.get_by_label("Find by number").fill(f" {case[:13].upper()} {case[13:]} ")
    page.keyboard.press("Enter")
    expect(page.locator("main code")).to_have_text(case)
    page.go_back()
    page.click(f"a[href='#cases/{case}']")
    page.get_by_role("button", name="Open", exact=True).click()
    page.locator(".message.in", has_text="Geheim-7712").wait_for()
    assert violations(page) == []
    page.fill("[name=text]", "Hierbij.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".message.out", has_text="Hierbij.").wait_for()
    page.get_by_text("Change what is asked for").click()
    page.get_by_label("erasure").check()
    page.get_by_role("button", name="Save the rights").click()
    expect(page.locator("#said")).to_contain_text("The rights were changed")
    page.get_by_text("Change the date of receipt").click()
    page.fill("[name=received]", "2026-01-05")
    page.locator("details[open]", has=page.locator("[name=received]")).locator("[name=reason]").fill(
        "lag in de spambak"
    )
    page.get_by_role("button", name="Save the date").click()
    expect(page.locator("main")).to_contain_text("days late")
    assert violations(page) == []
    page.get_by_text("Close", exact=True).click()
    page.select_option("[name=outcome]", "refused")
    page.get_by_role("button", name="Close the request").click()
    expect(page.locator("#field-reason-of-end-wrong")).to_contain_text("Give the reason")
    assert violations(page) == []
    page.locator("form", has=page.locator("[name=outcome]")).locator("[name=reason]").fill("niet van u")
    page.get_by_role("button", name="Close the request").click()
    expect(page.locator("#said")).to_contain_text("Closed.")
    expect(page.get_by_role("button", name="Close the request")).to_be_hidden()


@pytest.mark.parametrize("payload", PAYLOADS[:8])
def test_what_people_mail_stays_text(page: Page, site: TestStack, payload: str) -> None:
    """Subject, name and text are shown letter by letter; nothing of it runs, loads or becomes an element."""
    sender = f"payload{PAYLOADS.index(payload)}@example.org"
    mailed(site, f"{payload} einde", sender=sender, subject=payload)
    open_case(page, case_of(site, sender))
    page.get_by_text(f"{payload} einde").first.wait_for()
    assert page.locator("main :is(script, iframe, img, svg, style, math, table, a[href^='javascript'])").count() == 0


def test_a_mail_is_saved_as_it_came_and_a_harmful_one_only_when_confirmed(page: Page, site: TestStack) -> None:
    """A button fetches the whole mail as a file; one with a virus asks first, in words."""
    mail = mailed(site, "Graag inzage. <img src=x>", sender="safe@example.org")
    mailed(site, "Graag inzage.", sender="virus@example.org", more="X-Local-Verdicts: virus=FAIL\r\n")
    open_case(page, case_of(site, "safe@example.org"))
    with page.expect_download() as saving:
        page.get_by_role("button", name="Fetch the mail as it came in").click()
    assert saving.value.suggested_filename == "mail.eml"
    assert mail.strip() in saving.value.path().read_bytes()
    page.evaluate(f"location.hash = '#cases/{case_of(site, 'virus@example.org')}'")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("it contains a virus").first.wait_for()
    page.get_by_role("button", name="Fetch the mail as it came in").click()
    expect(page.get_by_role("button", name="Fetch it anyway")).to_be_focused()
    assert violations(page) == []
    with page.expect_download():
        page.get_by_role("button", name="Fetch it anyway").click()


def test_mail_that_is_no_case_is_decided_on(page: Page, site: TestStack) -> None:
    """It is listed apart, opened, and made a request or set aside; an empty place says so."""
    sign_in(page, "#inbox", role="privacy-officer")
    page.get_by_text("There is no mail waiting.").wait_for()
    for number in range(2):
        mailed(site, "Afwezig", sender=f"auto{number}@example.org", more="Auto-Submitted: auto-replied\r\n")
    site.eventually(lambda: len(arrived(site, "inbox")) == 2)
    page.reload()
    sign_in(page, "#inbox", role="privacy-officer")
    assert violations(page) == []
    page.locator(".card a").first.click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("button", name="Turn it into a request").click()
    page.get_by_role("link", name="To the request").wait_for()
    assert violations(page) == []
    page.evaluate("location.hash = '#inbox'")
    page.locator(".card a").first.click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("button", name="Set aside").click()
    expect(page.locator("#said")).to_contain_text("Set aside.")


def test_requests_work_by_keyboard_and_on_a_narrow_screen(
    open_context: Callable[..., BrowserContext], site: TestStack
) -> None:
    """Without a pointer: from the list into a case, its forms opened and sent; and nothing is wider than 320 pixels."""
    mailed(site, "Wat bewaren jullie?", sender="keys@example.org")
    case = case_of(site, "keys@example.org")
    page = open_context(site, viewport=NARROW).new_page()
    sign_in(page, "#cases", role="privacy-officer", language="nl")
    assert not is_too_wide(page)
    page.locator(f"a[href='#cases/{case}']").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Openen", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".messages", state="attached")
    page.get_by_text("Afsluiten", exact=True).focus()
    page.keyboard.press("Enter")
    assert not is_too_wide(page)
    page.locator("#field-reason-of-end").focus()
    page.keyboard.type("telefonisch beantwoord")
    page.get_by_role("button", name="Verzoek afsluiten").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Afgesloten.")
    assert violations(page) == []


def test_other_staff_are_told_that_requests_are_not_theirs(page: Page, site: TestStack) -> None:
    """A refusal in words, and nothing of the list."""
    assert site.account
    sign_in(page, "#cases")
    expect(page.locator("#said")).to_contain_text("Your role gives no access to this.")
    assert page.locator(".card").count() == 0


def test_a_request_by_telephone_is_entered_by_keyboard(
    open_context: Callable[..., BrowserContext], site: TestStack
) -> None:
    """From the list to the form; a fault is shown at its field and nothing typed is lost; its number is there to be read out."""
    page = open_context(site, viewport=NARROW).new_page()
    sign_in(page, "#cases", role="privacy-officer", language="nl")
    page.get_by_role("link", name="Verzoek invoeren").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Verzoek invoeren")
    assert violations(page) == []
    assert not is_too_wide(page)
    page.get_by_label("Wat er is gevraagd").focus()
    page.keyboard.type("Wil dat wij alles wissen.")
    page.get_by_label("wissen", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("E-mailadres (niet verplicht)").fill("geen adres")
    page.get_by_role("button", name="Verzegelen en bewaren").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#field-email")).to_have_attribute("aria-invalid", "true")
    assert page.input_value("[name=text]") == "Wil dat wij alles wissen."
    page.get_by_label("E-mailadres (niet verplicht)").fill("belt@example.org")
    page.keyboard.press("Enter")
    page.get_by_text("de bevestiging met het zaaknummer gaat naar het e-mailadres").wait_for()
    assert violations(page) == []
    case = page.locator("main code").inner_text()
    page.get_by_role("link", name="Naar het verzoek").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Waarom opent u dit verzoek?").wait_for()
    shown = site.http.get(f"/desk/cases/{case}", token=site.token("privacy-officer")).json()["case"]
    assert (shown["rights"], shown["channel"]) == (["erasure"], "phone")


@pytest.mark.parametrize("payload", PAYLOADS[:8])
def test_what_staff_enter_stays_text(page: Page, site: TestStack, payload: str) -> None:
    """A name and words that were read out over the telephone are shown letter by letter."""
    sign_in(page, "#enter?kind=case", role="privacy-officer")
    page.fill("[name=text]", f"{payload} einde")
    page.fill("[name=name]", payload)
    page.get_by_role("button", name="Seal and save").click()
    page.get_by_role("link", name="To the request").click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text(f"{payload} einde").first.wait_for()
    expect(page.get_by_text(payload, exact=True).first).to_be_visible()
    assert page.locator("main :is(script, iframe, img, svg, style, math, table, a[href^='javascript'])").count() == 0
    assert site.account


def test_marks_that_turn_a_text_around_are_shown_and_do_nothing(page: Page, site: TestStack) -> None:
    """A name of a file cannot look like another: in the text and among the attachments the mark is its number, with a warning."""
    mail = (
        "From: steered@example.org\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Graag inzage, zie {STEERED}.\r\n--b\r\nContent-Type: application/pdf\r\n"
        "Content-Disposition: attachment; filename*=utf-8''rekening%E2%80%AEgnp.exe\r\n\r\nxxx\r\n--b--\r\n"
    )
    site.send_mail("steered@example.org", "privacy@silveressence.net", mail.encode())
    open_case(page, case_of(site, "steered@example.org"))
    expect(page.locator(".message .said").first).to_contain_text("betaal[U+202E]gnp.exe")
    expect(page.locator(".message bdi").first).to_have_text("rekening[U+202E]gnp.exe")
    expect(page.locator(".message .warning").first).to_contain_text("invisible characters")
    assert "\u202e" not in page.inner_text("main")
    assert violations(page) == []
