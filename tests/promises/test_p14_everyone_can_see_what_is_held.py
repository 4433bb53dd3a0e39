"""P14: "heeft u het recht op informatie en toegang": the whole of it, to the person alone, from the page.

Art. 12(3) and 15 GDPR. The recipe: people leave things at every door; each copy holds all that is theirs and nothing of others.
"""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import Http
from tests.person import Person

if TYPE_CHECKING:
    from tests.conftest import Response, TestStack
    from tests.firm import Firm

pytestmark = pytest.mark.system
PEOPLE = ("ada", "bob", "eva")


def fetched(link: str) -> Response:
    """Follow a link as a browser does."""
    where = urlsplit(link)
    return Http(where.port or 80).get(f"{where.path}?{where.query}")


def opened(content: bytes) -> dict[str, Any]:
    """Return what the archive says, every member of it read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        said: dict[str, Any] = json.loads(archive.read("data.json"))
        return said


def write(stack: TestStack, address: str, text: str) -> None:
    """Send a mail to the privacy address."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = address, "privacy@silveressence.net", "Vraag"
    mail["Message-ID"] = f"<{text}@example.org>"
    mail.set_content(f"Goedendag,\n\nWat zijn uw openingstijden? {text}\n")
    stack.send_mail(address, "privacy@silveressence.net", mail.as_bytes())


def copy(person: Person, case: str, session: str, right: str = "access") -> bytes:
    """Wait until the copy is ready, ask for the link and follow it."""

    def ready() -> bool:
        seen = person.post("status", case=case, session=session).json()["case"]["rights"]
        return any("download" in each["can"] for each in seen if each["right"] == right)

    person.stack.eventually(ready)
    answer = person.post("download", case=case, session=session, right=right)
    assert answer.status == 200, answer.text
    given = fetched(answer.json()["link"])
    assert given.status == 200, given.text
    return given.body


def test_p14_each_copy_is_complete_and_disjoint(firm: Firm) -> None:
    """Three people, every category that is built, their own codes and links: all that is theirs, nothing of another's."""
    stack = firm.stack
    people = {name: Person(stack, f"{name}@example.org") for name in PEOPLE}
    for name, person in people.items():
        enquiry = firm.ask(name=f"Naam-{name}", email=person.email, phone="", message=f"marker-form-{name}")
        status, _ = firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": f"marker-answer-{name}"})
        assert status == 202
        firm.open(enquiry)
        write(stack, person.email, f"marker-mail-{name}")
    stack.eventually(lambda: sum(item["sk"]["S"] == "raw#main" for item in firm.items("Records")) == len(PEOPLE))
    copies = {}
    for name, person in people.items():
        case = person.ask("access", message=f"marker-page-{name}")
        session, _ = person.proven(case)
        copies[name] = (case, copy(person, case, session))
    entries = {name: {each["id"] for each in opened(content)["entries"]} for name, (_, content) in copies.items()}
    for name, (case, content) in copies.items():
        said = opened(content)
        text = json.dumps(said, ensure_ascii=False)
        for kind in ("form", "answer", "mail", "page"):
            assert f"marker-{kind}-{name}" in text, kind
        assert said["openings"], "who looked is part of it"
        assert case in entries[name]
        assert {"enquiries", "cases", "case_requests"} <= {each["category"] for each in said["entries"]}
        for other in set(PEOPLE) - {name}:
            assert f"{other}@example.org" not in text
            assert f"-{other}" not in text
            assert not entries[name] & entries[other]


def test_p14_the_link_ends_and_nothing_keeps_the_copy(firm: Firm) -> None:
    """The copy comes as a file that nobody caches; an hour later the bucket is empty and the link leads nowhere."""
    firm.ask(email="ada@example.org")
    ada = Person(firm.stack, "ada@example.org")
    case = ada.ask("access")
    session, _ = ada.proven(case)
    copy(ada, case, session)
    link = ada.post("download", case=case, session=session, right="access").json()["link"]
    assert case not in link
    assert "example" not in link
    headers = fetched(link).headers
    assert headers["content-disposition"] == 'attachment; filename="data.zip"'
    assert headers["cache-control"] == "private, no-store"
    assert headers["content-type"] == "application/zip"
    firm.stack.clock.advance("PT1H30M")
    bucket = firm.stack.resources["HandoutBucket"]
    assert firm.stack.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    assert fetched(link).status in (403, 404)
    assert ada.post("download", case=case, session=session, right="access").status == 403
    assert firm.evidence("disclosed") == [case, case]


def test_p14_the_final_letter_says_where_the_copy_is(firm: Firm) -> None:
    """One letter: what was done, until when the copy is ready, and the page; it holds no link that acts. The case is closed."""
    firm.ask(email="ada@example.org")
    ada = Person(firm.stack, "ada@example.org")
    case = ada.ask("access")
    ada.proven(case)
    firm.stack.eventually(lambda: ada.mails("Ons antwoord"))
    [letter] = ada.mails("Ons antwoord")
    assert "De kopie staat klaar tot en met" in letter["text"]
    assert f"{ada.page}" in letter["text"]
    assert "X-Amz" not in letter["text"]
    listed = firm.staff("GET", "/desk/cases?status=closed", role="privacy-officer")[1]["cases"]
    assert [each["id"] for each in listed] == [case]


def test_p14_in_a_browser_the_copy_is_a_link_on_a_page(firm: Firm) -> None:
    """A form leads to a page with the link: no address bar, no history and no referrer holds a session."""
    firm.ask(email="ada@example.org")
    ada = Person(firm.stack, "ada@example.org")
    case = ada.ask("access")
    session, _ = ada.proven(case)
    copy(ada, case, session)
    page = firm.stack.http.form(f"{ada.page}/download", {"case": case, "session": session, "right": "access"})
    assert page.status == 200
    assert "X-Amz-Signature" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_p14_nothing_is_handed_out_without_the_code(firm: Firm) -> None:
    """Somebody else's session, a made-up one, another site: refused as a wrong code is, and nothing lies in the bucket."""
    firm.ask(email="ada@example.org")
    ada, bob = (Person(firm.stack, f"{name}@example.org") for name in ("ada", "bob"))
    case, other = ada.ask("access"), bob.ask("access")
    ada.proven(case)
    foreign, _ = bob.proven(other)
    firm.stack.eventually(lambda: ada.mails("Ons antwoord"))
    for session in (foreign, "x" * 22, ""):
        assert ada.post("download", case=case, session=session, right="access").status == 403
    bucket = firm.stack.resources["HandoutBucket"]
    assert firm.stack.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0
