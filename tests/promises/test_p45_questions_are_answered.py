"""P45: "Heeft u vragen over dit privacybeleid, neem dan contact met ons op."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import mime, policy

from tests.promises.test_p20_all_rights_can_be_exercised_by_mail import ADA, PRIVACY, cases, mail, messages, officer

if TYPE_CHECKING:
    from tests.firm import Firm


def test_p45_a_plain_question_is_a_case_that_staff_answer(firm: Firm) -> None:
    """It asks for no right, is acknowledged and answered by a person, and ends with its answer."""
    firm.stack.send_mail(ADA, PRIVACY, mail("Hoe lang bewaren jullie gegevens van bezoekers?"))
    [case] = firm.stack.eventually(lambda: cases(firm))
    assert case["rights"] == ["question"]
    refused = {"outcome": "answered"}
    assert firm.staff("POST", f"/desk/cases/{case['id']}/close", refused, role="privacy-officer")[0] == 422
    officer(firm, "POST", f"/desk/cases/{case['id']}/answer", {"text": "Een maand."})
    firm.stack.eventually(lambda: [each for each in firm.mails(ADA) if "Een maand." in each["text"]])
    assert (
        officer(firm, "POST", f"/desk/cases/{case['id']}/close", {"outcome": "answered"})["case"]["status"] == "closed"
    )


def test_p45_a_machine_is_answered_by_nobody(firm: Firm) -> None:
    """Automatic mail is no case: it waits, and lies with the case it belongs to when there is one."""
    firm.stack.send_mail(ADA, PRIVACY, mail("Afwezig tot maandag.", more="Auto-Submitted: auto-replied\r\n"))
    [item] = firm.stack.eventually(lambda: officer(firm, "GET", "/desk/inbox")["inbox"])
    assert cases(firm) == []
    firm.stack.send_mail(ADA, PRIVACY, mail("Hoe lang bewaren jullie gegevens?"))
    [case] = firm.stack.eventually(lambda: cases(firm))
    firm.stack.send_mail(ADA, PRIVACY, mail("Afwezig tot dinsdag.", more="Auto-Submitted: auto-replied\r\n"))
    firm.stack.eventually(lambda: len(messages(firm, case["id"])) == 2)
    assert [each["id"] for each in officer(firm, "GET", "/desk/inbox")["inbox"]] == [item["id"]]
    firm.stack.eventually(lambda: firm.mails(ADA))
    assert len(firm.mails(ADA)) == 1


def test_p45_two_firms_that_answer_each_other_stop_after_one_mail(firm: Firm) -> None:
    """Our acknowledgement, sent back to us by another such system, is no question and gets no acknowledgement."""
    site = policy.site("silver-essence")
    text = mime.text("case_receipt", "nl", site, reference="a" * 26, received_on="1 mei 2026", respond_by="1 juni 2026")
    theirs = mime.message(
        site._replace(sender="Vixum <privacy@elders.example>"), PRIVACY, text, automatic="auto-replied"
    )
    for _ in range(3):
        firm.stack.send_mail("privacy@elders.example", PRIVACY, theirs.replace(b"\n", b"\r\n").replace(b"\r\r", b"\r"))
    firm.stack.eventually(lambda: len(officer(firm, "GET", "/desk/inbox")["inbox"]) == 3)
    assert cases(firm) == []
    assert firm.stack.mailbox.messages() == []
