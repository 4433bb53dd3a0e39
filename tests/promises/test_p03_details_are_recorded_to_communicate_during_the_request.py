"""P03: details left with a request are recorded to communicate during it.

"Wanneer u via onze website informatie aanvraagt, worden uw gegevens vastgelegd om tijdens de aanvraag met u te communiceren."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.firm import FIELDS, FORM

if TYPE_CHECKING:
    from tests.firm import Firm

ADDRESS = FIELDS["email"]


def test_p03_staff_read_and_answer_and_the_reply_comes_back(firm: Firm) -> None:
    """Posted, notified, listed, opened, answered, replied to by real mail, and marked handled."""
    enquiry = firm.ask()
    [notice] = firm.stack.eventually(lambda: firm.mails("info@silveressence.net"))
    assert enquiry in notice["text"]
    assert not any(value in str(notice) for value in FIELDS.values())

    status, answer = firm.staff("GET", "/desk/enquiries?status=open")
    assert (status, [each["id"] for each in answer["enquiries"]]) == (200, [enquiry])
    assert not any(value in str(answer) for value in FIELDS.values())
    assert firm.open(enquiry)["fields"] == FIELDS

    status, answer = firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "Dat kost tien euro."})
    assert status == 202, answer
    [letter] = firm.stack.eventually(lambda: firm.mails(ADDRESS))
    assert "Dat kost tien euro." in letter["text"]
    assert FIELDS["name"] not in letter["subject"]

    reply = f"From: Ada <{ADDRESS}>\r\nTo: {letter['headers']['Reply-To']}\r\nSubject: Re\r\n\r\nDank u wel!\r\n"
    firm.stack.send_mail(ADDRESS, letter["headers"]["Reply-To"], reply.encode())
    firm.stack.eventually(lambda: len(firm.open(enquiry)["messages"]) == 2)
    messages = firm.open(enquiry)["messages"]
    assert [message["direction"] for message in messages] == ["out", "in"]
    assert "Dank u wel!" in messages[1]["text"]

    status, answer = firm.staff("POST", f"/desk/enquiries/{enquiry}/handled")
    assert (status, answer["enquiry"]["status"]) == (200, "handled")


def test_p03_a_reply_by_somebody_else_is_not_added(firm: Firm) -> None:
    """Who has the reply address but is not the person who asked is filed apart, for a person to look at."""
    enquiry = firm.ask()
    firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "Antwoord"})
    [letter] = firm.stack.eventually(lambda: firm.mails(ADDRESS))
    reply = f"From: eve@example.org\r\nTo: {letter['headers']['Reply-To']}\r\nSubject: Re\r\n\r\nIk ben Ada\r\n"
    firm.stack.send_mail("eve@example.org", letter["headers"]["Reply-To"], reply.encode())
    [case] = firm.stack.eventually(lambda: firm.staff("GET", "/desk/cases", role="privacy-officer")[1]["cases"])
    assert len(firm.open(enquiry)["messages"]) == 1
    opened = firm.staff("GET", f"/desk/cases/{case['id']}?why=answer", role="privacy-officer")[1]["case"]
    assert opened["messages"][0]["text"].strip() == "Ik ben Ada"
    assert firm.staff("GET", f"/desk/cases/{case['id']}?why=answer")[0] == 403


def test_p03_a_browser_without_script_is_sent_on_to_a_page(shared_firm: Firm) -> None:
    """A form post is answered 303 to a page that answers 200, in the language asked for."""
    http = shared_firm.stack.http
    response = http.form(f"{FORM}?lang=en", FIELDS | {"message": "by browser"})
    assert response.status == 303
    page = http.get(response.headers["location"], accept="text/html")
    assert page.status == 200
    assert '<html lang="en">' in page.text
    assert http.get(response.headers["location"].partition("?")[0], accept="text/html").status == 200


def test_p03_the_same_post_twice_is_one_enquiry(shared_firm: Firm) -> None:
    """A double click, or a retry after a lost answer, gets the reference of the first."""
    first, second = (shared_firm.ask(message="dubbel") for _ in range(2))
    assert first == second
    headers = {"idempotency_key": "9b2f4c1e-7f3a-4f7e-9d53-2a9f0b8c6d11"}
    one, other, changed = (
        shared_firm.stack.http.post(FORM, FIELDS | {"message": text}, **headers) for text in ("a", "a", "b")
    )
    assert one.json() == other.json()
    assert (changed.status, changed.json()["error"]["code"]) == (422, "idempotency_key_reused")
    again = shared_firm.stack.http.post(FORM, FIELDS | {"message": "a"}, idempotency_key="c" * 20)
    assert again.json() != one.json()


def test_p03_what_fills_the_trap_looks_like_success_and_is_filed_apart(firm: Firm) -> None:
    """A filled `_gotcha` gets a reference and no notice; staff find it under spam."""
    enquiry = firm.ask(_gotcha="http://spam.example")
    listed = firm.staff("GET", "/desk/enquiries?status=spam")[1]["enquiries"]
    assert [each["id"] for each in listed] == [enquiry]
    assert firm.staff("GET", "/desk/enquiries?status=open")[1]["enquiries"] == []
    assert firm.stack.mailbox.messages() == []
