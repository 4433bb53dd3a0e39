"""P20: "U kunt al uw rechten uitoefenen door een mail te sturen naar privacy@silveressence.net."."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from privacy import deadlines, policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.firm import Firm

ADA, PRIVACY = "ada.voorbeeld@example.org", "privacy@silveressence.net"
SECONDS = 5


def mail(text: str, *, sender: str = f"Ada Voorbeeld <{ADA}>", to: str = PRIVACY, more: str = "") -> bytes:
    """Return a mail as a person sends it."""
    return f"From: {sender}\r\nTo: {to}\r\nSubject: Mijn gegevens\r\n{more}\r\n{text}\r\n".encode()


def officer(firm: Firm, method: str, path: str, data: Any = None, **claims: Any) -> Any:
    """Ask the desk as privacy officer and return the answer."""
    status, answer = firm.staff(method, path, data, role="privacy-officer", **claims)
    assert status < 400, answer
    return answer


def cases(firm: Firm, controller: str = "silver-essence") -> list[dict[str, Any]]:
    """Return the open cases of a controller."""
    return list(officer(firm, "GET", "/desk/cases", controller=controller)["cases"])


def messages(firm: Firm, case: str) -> list[dict[str, Any]]:
    """Open a case and return its messages."""
    return list(officer(firm, "GET", f"/desk/cases/{case}?why=answer")["case"]["messages"])


def test_p20_a_mail_is_a_case_with_its_rights_its_month_and_its_acknowledgement(firm: Firm) -> None:
    """Several rights in one mail; two days; a number for the person; a link and nothing else for staff; an answer and its end."""
    text = "Stuur mij alle gegevens die u van mij heeft en verwijder daarna mijn gegevens."
    firm.stack.send_mail(ADA, PRIVACY, mail(text, more="Message-ID: <1@example.org>\r\n"))
    [case] = firm.stack.eventually(lambda: cases(firm))
    today = deadlines.received_on(datetime.fromtimestamp(firm.stack.running.stack.now(), UTC))
    assert set(case["rights"]) == {"access", "erasure"}
    assert case["respond_by"] == deadlines.respond_by(today).isoformat()
    assert case["respond_by_latest"] == deadlines.respond_by_latest(today).isoformat()
    assert (case["status"], case["language"], case["channel"]) == ("open", "nl", "email")

    [receipt] = firm.stack.eventually(lambda: firm.mails(ADA))
    assert case["id"] in receipt["text"]
    assert text not in receipt["text"]
    assert receipt["headers"]["Auto-Submitted"] == "auto-replied"
    assert receipt["headers"]["In-Reply-To"] == receipt["headers"]["References"] == "<1@example.org>"
    assert receipt["headers"]["X-Auto-Response-Suppress"] == "All"
    assert "Ada" not in receipt["subject"]
    [notice] = firm.stack.eventually(lambda: firm.mails("info@silveressence.net"))
    assert f"/desk#cases/{case['id']}" in notice["text"]
    assert not any(value in str(notice) for value in (ADA, "Ada", text))

    officer(firm, "POST", f"/desk/cases/{case['id']}/answer", {"text": "Hierbij uw gegevens."})
    letter = firm.stack.eventually(
        lambda: [each for each in firm.mails(ADA) if "Hierbij uw gegevens." in each["text"]]
    )[0]
    reply = mail("Dank u wel!", to=letter["headers"]["Reply-To"])
    firm.stack.send_mail(ADA, letter["headers"]["Reply-To"], reply)
    firm.stack.eventually(lambda: len(messages(firm, case["id"])) == 3)
    closed = officer(firm, "POST", f"/desk/cases/{case['id']}/close", {"outcome": "fulfilled", "reason": "gedaan"})
    assert closed["case"]["outcome"] == "fulfilled"
    assert len([each for each in firm.mails(ADA) if each["headers"].get("Auto-Submitted")]) == 1

    message = messages(firm, case["id"])[0]["id"]
    firm.stack.clock.advance("P1M")
    assert firm.traces(message) == {"Vault": 0, "Records": 0}
    assert [each["state"] for each in messages(firm, case["id"])] == ["destroyed", "open", "destroyed"]
    firm.stack.clock.advance("P11M")
    assert firm.traces(case["id"]) == {"Vault": 0, "Records": 0}
    assert firm.stack.clock.failures == []


def test_p20_an_english_letter_is_answered_in_english_and_a_reminder_restarts_nothing(firm: Firm) -> None:
    """The clock of the first mail goes on; a right that comes later is added; one acknowledgement."""
    firm.stack.send_mail(ADA, PRIVACY, mail("Please send me a copy of all personal data you hold about me."))
    [first] = firm.stack.eventually(lambda: cases(firm))
    [receipt] = firm.stack.eventually(lambda: firm.mails(ADA))
    assert "We received your message on " in receipt["text"]
    firm.stack.clock.advance("P9D")
    for text in ("I asked you on the first and have heard nothing.", "Please erase all my personal data."):
        firm.stack.send_mail(ADA, PRIVACY, mail(text))
    firm.stack.eventually(lambda: len(messages(firm, first["id"])) == 3)
    [now] = cases(firm)
    assert now["respond_by"] == first["respond_by"]
    assert {"access", "erasure"} <= set(now["rights"])
    assert len(firm.mails(ADA)) == 1


def test_p20_what_nobody_answers_is_warned_about_and_rings(firm: Firm) -> None:
    """Staff are warned before the month is over, the hourly run counts it as late after it, and the rule ends it."""
    firm.stack.send_mail(ADA, PRIVACY, mail("Graag inzage in mijn gegevens."))
    [case] = firm.stack.eventually(lambda: cases(firm))
    firm.stack.clock.advance("P22D")
    assert [each for each in firm.mails("info@silveressence.net") if "wacht nog op antwoord" in each["subject"]]
    assert firm.stack.invoke("Retention", {})["cases_overdue"] == 0
    firm.stack.clock.advance("P10D")
    assert firm.stack.invoke("Retention", {})["cases_overdue"] == 1
    firm.stack.clock.advance("P62D")
    [ended] = officer(firm, "GET", "/desk/cases?status=closed")["cases"]
    assert (ended["id"], ended["outcome"]) == (case["id"], "unanswered")
    [told] = [each for each in firm.mails(ADA) if "is niet beantwoord" in each["subject"]]
    assert all(
        words in " ".join(told["text"].split()) for words in (case["id"], "een nieuwe termijn", "rechtbank", "klacht")
    )
    assert firm.stack.invoke("Retention", {})["cases_overdue"] == 0


def test_p20_two_firms_that_are_asked_in_one_mail_have_a_case_each(firm: Firm) -> None:
    """Neither sees the other's; one that was not asked has none."""
    vixum = policy.site("vixum")
    both = f"{PRIVACY}, {vixum.privacy_address}"
    firm.stack.send_mail(ADA, vixum.privacy_address, mail("Graag inzage in mijn gegevens.", to=both))
    [theirs] = firm.stack.eventually(lambda: cases(firm, "vixum"))
    [ours] = firm.stack.eventually(lambda: cases(firm))
    assert ours["id"] != theirs["id"]
    assert cases(firm, "seven-elements") == []
    assert firm.staff("GET", f"/desk/cases/{theirs['id']}?why=answer", role="privacy-officer")[0] == 404


def test_p20_a_forged_answer_joins_nobodys_case(firm: Firm) -> None:
    """The right number, thread and reply address do not help who is not the person; Reply-To is never believed."""
    firm.stack.send_mail(ADA, PRIVACY, mail("Graag inzage in mijn gegevens.", more="Message-ID: <1@example.org>\r\n"))
    [case] = firm.stack.eventually(lambda: cases(firm))
    reply_to = firm.stack.eventually(lambda: firm.mails(ADA))[0]["headers"]["Reply-To"]
    more = f"In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\nReply-To: {ADA}\r\n"
    firm.stack.send_mail(
        "eve@example.org",
        reply_to,
        mail(f"Zaak {case['id']}: stuur het naar mij.", sender="eve@example.org", to=reply_to, more=more),
    )
    firm.stack.eventually(lambda: len(cases(firm)) == 2)
    assert len(messages(firm, case["id"])) == 1
    [other] = [each for each in cases(firm) if each["id"] != case["id"]]
    opened = officer(firm, "GET", f"/desk/cases/{other['id']}?why=answer")["case"]
    assert opened["facts"]["email"] == "eve@example.org"


def deep(levels: int) -> bytes:
    """Return a mail of parts in parts."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels)
    )
    return b"Content-Type: text/plain\r\n\r\n".join((opening, b"diep\r\n"))


HURTFUL: dict[str, Callable[[], bytes]] = {
    "a sender of 200 kB": lambda: mail("Graag inzage.", sender="a," * 100_000),
    "40,000 parts": lambda: (
        mail("")[:-4]
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 40_000
    ),
    "3,000 levels": lambda: mail("")[:-4] + deep(3_000),
    "nested comments": lambda: mail("Graag inzage.", sender="(" * 50_000 + ADA),
    "50 kB of Op": lambda: mail("Op " * 17_000),
    "50 kB of Van:": lambda: mail("Van: a\r\n" * 6_500),
    "60 kB of rights": lambda: mail("recht " * 10_000),
    "nothing": lambda: b"\r\n",
    "bytes": lambda: bytes(byte for byte in range(256) if byte not in (10, 13)) * 40 + b"\r\n",
    "a broken charset": lambda: mail("Graag inzage.", more="Content-Type: text/plain; charset=unknown-8bit\r\n"),
    "an encrypted mail": lambda: mail("MIAG", more="Content-Type: application/pkcs7-mime; name=smime.p7m\r\n"),
}


@pytest.mark.parametrize("what", HURTFUL)
def test_p20_one_mail_is_one_case_whatever_it_is(shared_firm: Firm, what: str) -> None:
    """Within five seconds of CPU through the door there is one case more, and the mail can be fetched as it came."""
    firm, raw = shared_firm, HURTFUL[what]()
    before = {case["id"] for case in cases(firm)}
    start = time.process_time()
    firm.stack.send_mail(ADA, PRIVACY, raw)
    new = firm.stack.eventually(lambda: [case for case in cases(firm) if case["id"] not in before])
    assert time.process_time() - start < SECONDS
    assert len(new) == 1
    [message] = messages(firm, new[0]["id"])
    place = f"/desk/cases/{new[0]['id']}"
    address = f"{place}/raw?message={message['id']}&why=answer&confirm=true"
    kept = firm.stack.http.get(address, token=firm.stack.token("privacy-officer"))
    assert raw.strip()[-200:] in kept.body
    officer(firm, "POST", f"{place}/close", {"outcome": "not_a_request", "reason": "een proef"})


@pytest.mark.parametrize(
    ("verdicts", "look"), [("spam=FAIL", "spam"), ("virus=FAIL", "virus"), ("dmarc=FAIL", "doubtful")]
)
def test_p20_what_looks_bad_is_looked_at_and_never_dropped(shared_firm: Firm, verdicts: str, look: str) -> None:
    """The clock runs for it too; nobody is told automatically that a spam or virus mail came in."""
    firm, sender = shared_firm, f"{look}@example.org"
    before = {case["id"] for case in cases(firm)}
    firm.stack.send_mail(
        sender, PRIVACY, mail("Graag inzage.", sender=sender, more=f"X-Local-Verdicts: {verdicts}\r\n")
    )
    [case] = firm.stack.eventually(lambda: [case for case in cases(firm) if case["id"] not in before])
    assert look in case["look"]
    assert case["respond_by"]
    [message] = messages(firm, case["id"])
    kind, _, verdict = verdicts.partition("=")
    assert message["verdicts"][kind].upper() == verdict
    if look == "doubtful":
        firm.stack.eventually(lambda: firm.mails(sender))
    else:
        firm.stack.eventually(
            lambda: [each for each in firm.mails("info@silveressence.net") if case["id"] in each["text"]]
        )
        assert firm.mails(sender) == []


def test_p20_who_asks_by_telephone_gets_the_number_by_mail(firm: Firm) -> None:
    """Staff enter what was said, counted from that day (P30); number and dates go to the address that was given, if any."""
    said = {
        "site": "silver-essence",
        "channel": "phone",
        "received": "2026-11-20",
        "rights": ["access"],
        "text": "Belde.",
    }
    ids = [
        officer(firm, "POST", "/desk/cases", {**said, **who})["id"]
        for who in ({"email": ADA}, {"phone": "020 123 45 67"})
    ]
    [receipt] = firm.stack.eventually(lambda: firm.mails(ADA))
    assert ids[0] in receipt["text"]
    assert "20 november 2026" in receipt["text"]
    assert [case["respond_by"] for case in cases(firm)] == ["2026-12-20"] * 2
    assert not any(
        ids[1] in mail["text"] for mail in firm.stack.mailbox.messages() if mail["to"] != "info@silveressence.net"
    )


def test_p20_a_reply_to_an_answer_that_asks_for_a_right_is_a_request(firm: Firm) -> None:
    """It has its month and its acknowledgement, and lies with the enquiry too; a thank-you with the same words below it is a reply."""
    enquiry = firm.ask(email=ADA)
    status, _ = firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "Twaalf euro per maand."})
    assert status < 400
    [letter] = firm.stack.eventually(lambda: [each for each in firm.mails(ADA) if "Twaalf euro" in each["text"]])
    address = letter["headers"]["Reply-To"]
    quoted = "Dank u wel.\r\n\r\nOp 22 november schreef Silver Essence:\r\n> Verwijder al mijn gegevens."
    firm.stack.send_mail(ADA, address, mail(quoted, to=address))
    firm.stack.eventually(lambda: len(firm.open(enquiry)["messages"]) == 2)
    assert cases(firm) == []
    firm.stack.send_mail(ADA, address, mail("Verwijder al mijn gegevens, ik wil geen abonnement.", to=address))
    [case] = firm.stack.eventually(lambda: cases(firm))
    today = deadlines.received_on(datetime.fromtimestamp(firm.stack.running.stack.now(), UTC))
    assert (case["rights"], case["respond_by"]) == (["erasure"], deadlines.respond_by(today).isoformat())
    firm.stack.eventually(lambda: [each for each in firm.mails(ADA) if case["id"] in each["text"]])
    assert messages(firm, case["id"])[0]["enquiry"] == enquiry
    replies = firm.stack.eventually(lambda: found if len(found := firm.open(enquiry)["messages"]) == 3 else [])
    assert [each.get("case", "") for each in replies if each["direction"] == "in"] == ["", case["id"]]
