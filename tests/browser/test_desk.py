"""The desk in a browser: what staff do there, what it never shows or keeps, and what people sent staying text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from privacy import verification

from tests.browser.conftest import NARROW, is_too_wide, violations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.conftest import TestStack

pytestmark = pytest.mark.browser
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'><img src=https://evil.example/x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<b onmouseover=alert(1)>x</b>",
    "<form action=https://evil.example><button>x</button></form>",
]


def post(stack: TestStack, **fields: str) -> str:
    """Post the contact form and return the reference."""
    given = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Wat kost het?"} | fields
    answer = stack.http.post("/silver-essence/enquiries", given)
    assert answer.status == 201, answer.text
    return str(answer.json()["reference"])


def sign_in(page: Page, place: str = "", *, role: str = "staff", language: str = "en") -> None:
    """Open the desk and sign in; the browser then stands where it wanted to go."""
    page.goto(f"/desk?lang={language}{place}")
    page.get_by_role("button", name="Sign in" if language == "en" else "Aanmelden").click()
    page.wait_for_url("**/local/sign-in*")
    page.click(f"button[value={role}]")
    page.wait_for_selector("#menu:visible")
    page.wait_for_selector("main:not([aria-busy])")


def open_enquiry(page: Page, reference: str) -> None:
    """Sign in and open one enquiry."""
    sign_in(page, f"#enquiries/{reference}")
    page.get_by_role("button", name="Open", exact=True).click()
    page.wait_for_selector(".messages", state="attached")


def told(page: Page) -> str:
    """Return what the desk tells in its place for messages, once it does."""
    expect(page.locator("#said")).not_to_be_empty()
    return str(page.inner_text("#said"))


def state_of(stack: TestStack, reference: str) -> dict[str, Any]:
    """Return the state of an enquiry from the list."""
    listed = stack.http.get("/desk/enquiries?status=all&limit=100", token=stack.token("staff")).json()["enquiries"]
    return dict(next(each for each in listed if each["id"] == reference))


def test_nothing_is_shown_before_signing_in(page: Page, site: TestStack) -> None:
    """Without a token there is a button to sign in, and no request for data."""
    post(site)
    page.goto("/desk?lang=en#enquiries")
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.locator("#menu").is_hidden()
    assert violations(page) == []


def test_an_enquiry_from_the_list_to_its_end(page: Page, site: TestStack) -> None:
    """Staff find it in a list without personal data, open it with a reason, answer, and mark it as handled."""
    reference = post(site, name="Ada Geheim-5512")
    sign_in(page, "#enquiries")
    expect(page.locator("main h1")).to_be_focused()
    assert "5512" not in page.inner_text("main")
    assert violations(page) == []
    page.click(f"a[href='#enquiries/{reference}']")
    expect(page.locator("main h1")).to_have_text("Enquiry")
    assert "5512" not in page.inner_text("main")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("Ada Geheim-5512").wait_for()
    assert violations(page) == []
    page.fill("[name=text]", "It costs 40 euros.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".message.out", has_text="It costs 40 euros.").wait_for()
    assert state_of(site, reference)["status"] == "answered"
    page.get_by_role("button", name="Mark as handled").click()
    page.get_by_text("Destroyed no later than").wait_for()
    expect(page.locator("#said")).to_be_focused()
    assert state_of(site, reference)["status"] == "handled"
    assert violations(page) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_send_stays_text(page: Page, site: TestStack, payload: str) -> None:
    """Whatever is typed into any field is shown letter by letter; nothing of it runs, loads or becomes an element."""
    reference = post(site, name=payload, company=payload, message=f"{payload} {payload}")
    open_enquiry(page, reference)
    page.get_by_text(f"{payload} {payload}", exact=True).wait_for()
    assert page.locator("main :is(script, iframe, img, svg, style, math, table, a[href^='javascript'])").count() == 0
    page.fill("[name=text]", payload)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".message.out .said", has_text=payload).wait_for()
    assert page.locator("main :is(script, iframe, img, svg, style, math, table, b, a[href^='javascript'])").count() == 0


def test_a_hostile_address_shows_nothing_of_itself(page: Page) -> None:
    """A fragment or a day that is none of ours is neither asked for nor shown as HTML."""
    sign_in(page)
    page.evaluate("location.hash = '#enquiries/<img src=x onerror=alert(1)>'")
    page.get_by_text("This is not here.").wait_for()
    page.evaluate("location.hash = '#enquiries'")
    page.get_by_label("Find by number").fill("<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    page.get_by_text("This is not here.").wait_for()
    page.evaluate("location.hash = '#proof?day=<svg onload=alert(1)>'")
    expect(page.locator("main h1")).to_have_text("Promises and proof")
    assert page.locator("main :is(img, svg)").count() == 0


def test_tokens_and_people_are_in_no_address_and_in_no_storage(
    open_context: Callable[..., BrowserContext], site: TestStack
) -> None:
    """Addresses hold random ids, states and a reason of our own words; after a reload nobody is signed in."""
    page = open_context(site).new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    reference = post(site, name="Ada Adresloos-9943")
    open_enquiry(page, reference)
    page.get_by_text("Ada Adresloos-9943").wait_for()
    assert not [address for address in addresses if "9943" in address or "eyJ" in address]
    assert "code=" not in page.url
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    page.get_by_role("button", name="Sign in").wait_for()


def test_the_way_back_from_signing_in_cannot_be_forged(page: Page) -> None:
    """A code that this tab did not ask for is not used (RFC 6749, 10.12), and the page says that it did not work."""
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto("/desk?code=stolen&state=forged")
    page.wait_for_selector("#said.wrong")
    assert posts == []
    assert "code" not in page.url


def test_an_answer_that_asks_for_special_data_is_questioned_first(page: Page, site: TestStack) -> None:
    """The author sees the warning and may change the text, or send it all the same (P39)."""
    reference = post(site)
    open_enquiry(page, reference)
    page.fill("[name=text]", "Kunt u een kopie van uw paspoort sturen?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector(".warning button")
    assert violations(page) == []
    assert page.locator(".message.out").count() == 0
    page.get_by_role("button", name="Change the text").click()
    expect(page.locator("[name=text]")).to_be_focused()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Send it like this anyway").click()
    page.wait_for_selector(".message.out")


def test_a_text_that_was_changed_after_a_failure_is_another_answer(page: Page, site: TestStack) -> None:
    """The same text sent again carries the same key, so that it is one letter; a changed one carries another."""
    reference = post(site)
    open_enquiry(page, reference)
    keys: list[str] = []
    page.on("request", lambda request: keys.append(request.headers.get("idempotency-key", "")))
    page.route("**/answer", lambda route: route.abort())
    page.fill("[name=text]", "Veertig euro.")
    for _ in range(2):
        page.get_by_role("button", name="Send", exact=True).click()
        assert "no connection" in told(page)
    page.unroute("**/answer")
    page.fill("[name=text]", "Vijftig euro.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".message.out", has_text="Vijftig euro.").wait_for()
    first, again, changed = (key for key in keys if key)
    assert first == again != changed


def test_signing_out_revokes_what_could_give_another_token(page: Page) -> None:
    """Where the issuer lets tokens be revoked, the refresh token is; the desk is left in any case."""
    revoked: list[str] = []

    def revoke(route: Route) -> None:
        revoked.append(route.request.post_data or "")
        route.fulfill(status=200)

    def configured(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "revoke": "/revoke"})

    page.route("**/desk/config.json", configured)
    page.route("**/revoke", revoke)
    sign_in(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    [sent] = revoked
    assert "token=" in sent
    assert "client_id=nakoming-desk" in sent


def test_what_came_by_telephone_is_entered(page: Page, site: TestStack) -> None:
    """Staff enter an enquiry without an e-mail address; faults are shown at their fields, nothing typed is lost."""
    sign_in(page, "#enter")
    assert violations(page) == []
    page.fill("[name=email]", "no address")
    page.fill("[name=message]", "Belde over de prijs.")
    page.get_by_role("button", name="Seal and save").click()
    page.wait_for_selector("[aria-invalid=true]")
    assert page.input_value("[name=message]") == "Belde over de prijs."
    assert violations(page) == []
    page.fill("[name=email]", "")
    page.fill("[name=name]", "Bo Voorbeeld")
    page.get_by_role("button", name="Seal and save").click()
    page.get_by_role("link", name="To the enquiry").click()
    page.wait_for_selector("[name=why]")
    assert state_of(site, page.url.rpartition("/")[2])["channel"] == "phone"


def test_a_letter_that_came_back_is_sent_again(page: Page, site: TestStack) -> None:
    """A letter that was refused is listed without its address, and a button sends it again."""
    address = "weigert@example.org"
    reference = post(site, email=address)
    site.mailbox.set_fault(address, "reject")
    token = site.token("staff")
    answered = site.http.post(f"/desk/enquiries/{reference}/answer", {"text": "Veertig euro."}, token=token)
    assert answered.status == 202
    site.eventually(lambda: site.http.get("/desk/letters", token=token).json()["letters"])
    site.mailbox.set_fault(address, None)
    sign_in(page, "#letters")
    assert address not in page.inner_text("main")
    assert violations(page) == []
    page.locator("li.card", has=page.locator(f"a[href='#enquiries/{reference}']")).get_by_role("button").click()
    assert "sent again" in told(page)
    assert page.locator(f"a[href='#enquiries/{reference}']").count() == 0


def test_the_proof_tells_which_promises_are_kept(page: Page, site: TestStack) -> None:
    """Verdicts stand there in words with their reasons, and what does not exist yet is not among what is kept."""
    site.invoke("Retention", {})
    site.invoke("Auditor", {})
    sign_in(page, "#proof")
    promise = page.locator("main > ul > li.card", has_text="P04")
    promise.wait_for()
    assert "kept" in promise.inner_text()
    assert "Held now" in promise.inner_text()
    page.locator("summary", has_text="not built yet").click()
    assert "This part does not exist yet." in page.locator("details li.card", has_text="P06").inner_text()
    assert violations(page) == []


def test_the_proof_shows_the_acts_of_a_day(page: Page, site: TestStack) -> None:
    """What was handled today stands in the evidence of today, beside the state of the retention run."""
    reference = post(site)
    assert site.http.post(f"/desk/enquiries/{reference}/handled", token=site.token("staff")).status == 200
    sign_in(page, "#proof")
    page.locator("td", has_text=reference).wait_for()
    assert "Nothing is overdue." in page.inner_text("main")
    assert violations(page) == []


def test_a_destroyed_enquiry_is_said_to_be_gone(open_context: Callable[..., BrowserContext], stack: TestStack) -> None:
    """After its time an enquiry cannot be opened: the desk says that this is no fault, and leads to the proof."""
    reference = post(stack)
    assert stack.http.post(f"/desk/enquiries/{reference}/handled", token=stack.token("staff")).status == 200
    stack.clock.advance("P1Y")
    page = open_context(stack).new_page()
    sign_in(page, f"#enquiries/{reference}")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("nobody can read its content any more").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="See the proof").click()
    page.locator("td", has_text="destroyed").wait_for()
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the proof of this number").click()
    proof = json.loads(saved.value.path().read_text("utf-8"))
    assert "destroyed" in [each["act"]["act"] for each in proof["proofs"]]


def test_the_evidence_of_a_period_is_saved_as_it_is_checked(
    open_context: Callable[..., BrowserContext], stack: TestStack, tmp_path: Path
) -> None:
    """One file with the sealed days, page by page, which `nakoming verify` finds right; other staff are told it is not theirs."""
    reference = post(stack)
    assert stack.http.post(f"/desk/enquiries/{reference}/handled", token=stack.token("staff")).status == 200
    day = stack.clock.now()[:10]
    stack.clock.advance("P2D")
    page = open_context(stack).new_page()
    sign_in(page, "#proof", role="privacy-officer")
    page.get_by_text("Save the evidence of a period").click()
    page.fill("#field-bundle-from", day)
    page.fill("#field-bundle-to", day)
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the evidence", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Saved: 1 days")
    kept = tmp_path / "evidence.json"
    saved.value.save_as(kept)
    assert reference in kept.read_text("utf-8")
    assert not verification.check(kept.read_bytes()).findings
    other = open_context(stack).new_page()
    sign_in(other, "#proof")
    other.get_by_text("Save the evidence of a period").click()
    other.fill("#field-bundle-from", day)
    other.get_by_role("button", name="Save the evidence", exact=True).click()
    expect(other.locator("#said")).to_contain_text("role")


def test_who_may_not_open_is_told_so(page: Page, site: TestStack) -> None:
    """A token without the scope of the desk gets a refusal in words and nothing else."""
    post(site)
    sign_in(page, "#enquiries", role="security")
    assert "role" in told(page)
    expect(page.locator("#said")).to_be_focused()
    assert page.locator(".card").count() == 0
    assert violations(page) == []


def test_an_outage_is_said_and_tried_again(page: Page, site: TestStack) -> None:
    """When the interface does not answer, the desk says so and offers to try again."""
    post(site)
    sign_in(page)
    page.route("**/desk/letters", lambda route: route.abort())
    page.get_by_role("link", name="Letters").click()
    assert "no connection" in told(page)
    assert violations(page) == []
    page.unroute("**/desk/letters")
    page.get_by_role("button", name="Try again").click()
    listed = site.http.get("/desk/letters", token=site.token("staff")).json()["letters"]
    expect(page.get_by_text("All letters have arrived")).to_be_visible(visible=not listed)
    expect(page.get_by_role("button", name="Send again")).to_have_count(len(listed))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_desk_in_the_dark_and_on_a_narrow_screen(page: Page, site: TestStack, language: str) -> None:
    """At 320 pixels and dark, in both languages, each section fits and axe finds nothing wrong with it."""
    post(site)
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    sign_in(page, "#enquiries", language=language)
    for section in ("enquiries", "enter", "letters", "proof"):
        page.click(f"#menu a[href='#{section}']")
        page.wait_for_selector(f"#menu a[href='#{section}'][aria-current]")
        page.wait_for_selector("main:not([aria-busy])")
        assert not is_too_wide(page), section
        assert violations(page) == [], section


def test_the_desk_by_keyboard_alone(page: Page, site: TestStack) -> None:
    """From signing in to the opened enquiry with Tab and Enter; the focus follows what is shown."""
    reference = post(site, name="Ada Toetsenbord")
    page.goto("/desk?lang=en")
    page.get_by_role("button", name="Sign in").wait_for()
    go(page, "main button")
    page.wait_for_url("**/local/sign-in*")
    go(page, "button[value=staff]")
    page.wait_for_selector(".card a")
    go(page, f"a[href='#enquiries/{reference}']")
    page.wait_for_selector("[name=why]")
    go(page, "main form button")
    page.get_by_text("Ada Toetsenbord").wait_for()
    expect(page.locator("main h2").first).to_be_focused()


def go(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, then Enter."""
    for _ in range(40):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"{selector} is not reached by Tab")
    page.keyboard.press("Enter")
