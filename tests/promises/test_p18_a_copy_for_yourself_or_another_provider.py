"""P14, P18: "recht op informatie en toegang" and "het verkrijgen van een kopie van uw persoonsgegevens"."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from privacy import export, holdings, policy, subjects

if TYPE_CHECKING:
    from tests.firm import Firm

SITE = "silver-essence"


def copy_of(firm: Firm, email: str) -> dict[str, bytes]:
    """Return the files of a person's copy, opened with the keys and tables of the deployed system."""
    services, now = firm.services(), datetime.fromtimestamp(firm.stack.running.stack.now(), UTC)
    pointer = subjects.identify(services.keys, policy.controller(SITE).group, "email", email).pointer()
    found = holdings.collect(services, [pointer], request="request-1", by="fulfil", as_of=now, now=now)
    target = io.BytesIO()
    export.build(found.holdings, found.content, target, site=policy.site(SITE), language="nl", reference="request-1")
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_p18_the_copy_has_all_that_came_and_went_and_nothing_of_others(firm: Firm) -> None:
    """A form, our answer, the reply to it and a mail of their own: in the page, in the JSON, in the table and as it came."""
    ada, bea = "ada@example.org", "bea@example.org"
    enquiry = firm.ask(email=ada, name="Ada Voorbeeld", message="eerste-vraag")
    firm.ask(email=bea, name="Bea Voorbeeld", message="andermans-vraag")
    firm.open(enquiry)
    assert firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": "ons-antwoord"})[0] == 202
    [letter] = firm.stack.eventually(lambda: [mail for mail in firm.mails(ada) if "ons-antwoord" in mail["text"]])
    for to, text in ((letter["headers"]["Reply-To"], "hun-reactie"), (policy.site(SITE).privacy_address, "eigen-mail")):
        mail = f"From: Ada <{ada}>\r\nTo: {to}\r\nSubject: vraag\r\n\r\n{text}\r\n"
        firm.stack.send_mail(ada, to, mail.encode())
    firm.stack.eventually(lambda: len(firm.open(enquiry)["messages"]) == 2)
    firm.stack.eventually(lambda: firm.staff("GET", "/desk/cases", role="privacy-officer")[1]["cases"])
    files = copy_of(firm, ada)
    wanted = {"eerste-vraag", "ons-antwoord", "hun-reactie", "eigen-mail"}
    for name in ("index.html", "data.json"):
        assert {text for text in wanted if text in files[name].decode()} == wanted
    tables = b"".join(content for name, content in files.items() if name.startswith("csv/")).decode()
    assert {text for text in wanted if text in tables} == wanted
    mails = b"".join(content for name, content in files.items() if name.startswith("files/")).decode()
    assert "hun-reactie" in mails
    assert "eigen-mail" in mails
    assert not [name for name, content in files.items() if b"andermans-vraag" in content or bea.encode() in content]
    said = json.loads(files["data.json"])
    assert all(category["portable"] for category in said["categories"])
    assert {opening["entry"] for opening in said["openings"]} == {enquiry}


def test_p14_making_the_copy_is_itself_recorded(firm: Firm) -> None:
    """Each entry is recorded as opened, and the record is sealed: the next copy shows when and why."""
    enquiry = firm.ask(email="ada@example.org")
    copy_of(firm, "ada@example.org")
    services, now = firm.services(), datetime.fromtimestamp(firm.stack.running.stack.now(), UTC)
    pointer = subjects.identify(services.keys, policy.controller(SITE).group, "email", "ada@example.org").pointer()
    later = holdings.collect(services, [pointer], request="request-2", by="fulfil", as_of=now, now=now)
    assert [(opening.entry, opening.why) for opening in later.holdings.openings] == [(enquiry, "access")]
