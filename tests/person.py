"""A person who asks for their rights on the page, as a program would: what they post, and the mails that they get."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Response, TestStack

CODE = re.compile(r"^\d{6}\s*$", re.MULTILINE)


class Person:
    """Somebody with an e-mail address of their own."""

    def __init__(self, stack: TestStack, email: str, site: str = "silver-essence") -> None:
        """Take a deployed stack, and the address whose mails this person reads."""
        self.stack, self.email, self.page = stack, email, f"/{site}/rights"

    def post(self, what: str = "", **fields: Any) -> Response:
        """Post JSON to an address of the page."""
        return self.stack.http.post(f"{self.page}/{what}".rstrip("/"), fields)

    def ask(self, *rights: str, **more: Any) -> str:
        """Ask for rights and return the case number."""
        answer = self.post(email=self.email, rights=list(rights), **more)
        assert answer.status == 201, answer.text
        return str(answer.json()["case"])

    def mails(self, subject: str = "") -> list[dict[str, Any]]:
        """Return the mails this person got whose subject begins so, newest first."""
        found = self.stack.mailbox.messages()
        return [mail for mail in found if mail["to"] == self.email and mail["subject"].startswith(subject)]

    def codes(self) -> list[str]:
        """Return the codes this person was sent, newest first."""
        return [match.group().strip() for mail in self.mails() if (match := CODE.search(mail["text"]))]

    def code(self, case: str) -> str:
        """Have a code sent and read it."""
        before = len(self.codes())
        assert self.post("code", case=case).status == 202
        self.stack.eventually(lambda: len(self.codes()) > before)
        return self.codes()[0]

    def proven(self, case: str) -> tuple[str, dict[str, Any]]:
        """Type a code; return the session and how the case stands."""
        answer = self.post("status", case=case, code=self.code(case))
        assert answer.status == 200, answer.text
        return str(answer.json()["session"]), dict(answer.json()["case"])


def open_cases(stack: TestStack) -> dict[str, dict[str, Any]]:
    """Return the open cases of Silver Essence as the desk lists them, by number, however many there are."""
    token = stack.token("privacy-officer")
    found: dict[str, dict[str, Any]] = {}
    after: str | None = ""
    while after is not None:
        page = stack.http.get(f"/desk/cases?limit=100&after={after}", token=token).json()
        found.update({each["id"]: each for each in page["cases"]})
        after = page["next"]
    return found
