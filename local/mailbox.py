"""What was sent by mail, read as a person would: newest first, as it was really sent."""

import base64
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from typing import Any

from local.stack import Stack

FAULTS = ("reject", "throttle", "bounce")


class UnknownFault(ValueError):
    """There is no such fault of mail."""


class Mailbox:
    """The mail of one account. It is kept in memory by the engine, at the place of SES."""

    def __init__(self, stack: Stack) -> None:
        """Look into the mailbox of a stack."""
        self._stack = stack

    def messages(self) -> list[dict[str, Any]]:
        """Return all messages, newest first: `to`, `subject`, `text`, `html`, `headers`, `at`."""
        sent = self._stack.engine.ask("mailbox", self._stack.account)
        return [_read(message["to"], base64.b64decode(message["raw"]), message["at"]) for message in reversed(sent)]

    def raw(self) -> list[bytes]:
        """Return all messages as they were sent, newest first."""
        return [base64.b64decode(m["raw"]) for m in reversed(self._stack.engine.ask("mailbox", self._stack.account))]

    def set_fault(self, to: str, fault: str | None) -> None:
        """Let mail to an address (`*` for all) be refused, throttled or bounce from now on; None lets it arrive again.

        Raises `UnknownFault`.
        """
        if fault is not None and fault not in FAULTS:
            message = f"fault must be one of {', '.join(FAULTS)}, or null"
            raise UnknownFault(message)
        self._stack.engine.ask("faults", self._stack.account, {"to": to, "fault": fault})

    def page(self) -> bytes:
        """Return the mailbox as a page. Messages are shown as text: nothing in them is loaded or run."""
        items = "".join(_item(message) for message in self.messages()) or "<p>Nothing was sent yet.</p>"
        return _PAGE.replace("ITEMS", items).encode()


def _read(to: list[str], raw: bytes, at: float) -> dict[str, Any]:
    """Return one message as the mailbox tells it."""
    message = message_from_bytes(raw, policy=policy.default)
    return {
        "to": to[0] if len(to) == 1 else ", ".join(to),
        "subject": str(message["subject"] or ""),
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
        "headers": {name: str(value) for name, value in message.items()},
        "at": datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _part(message: EmailMessage, kind: str) -> str:
    """Return the text of a message in one form, empty when it has none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _item(message: dict[str, Any]) -> str:
    """Return one message of the page."""
    headers = "\n".join(f"{name}: {value}" for name, value in message["headers"].items())
    return (
        f"<article><h2>{escape(message['subject'])}</h2><p>To {escape(message['to'])}, {message['at']}</p>"
        f"<pre>{escape(message['text'] or message['html'])}</pre>"
        f"<details><summary>Headers</summary><pre>{escape(headers)}</pre></details></article>"
    )


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mailbox of the embedded run</title>
<link rel="stylesheet" href="/local/pages/style.css">
<main>
<p><a href="/">Back to the first page</a></p>
<h1>Mailbox</h1>
<p>What was sent since the start, newest first. Nothing left this machine.</p>
ITEMS
</main>
</html>
"""
