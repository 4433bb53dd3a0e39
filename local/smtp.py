"""The SMTP door: receives mail for the privacy addresses as SES would, into the inbox bucket.

SES's headers: docs.aws.amazon.com/ses/latest/dg/receiving-email-concepts.html
"""

import re
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from privacy import policy

from local.stack import Stack

SIZE_LIMIT = 40 * 1024 * 1024  # bytes, as SES
LINE_LIMIT = 1 << 20  # bytes; SES takes long lines, aiosmtpd by itself does not
VERDICTS = {"spam": "PASS", "virus": "PASS", "spf": "GRAY", "dkim": "GRAY", "dmarc": "GRAY"}
_TEST_HEADER = re.compile(rb"^x-local-verdicts:[ \t]*(.*(?:\r?\n[ \t].*)*)\r?\n", re.IGNORECASE | re.MULTILINE)


class Inbox:
    """What receives: says which addresses it knows, and puts each message where SES would."""

    def __init__(self, stack: Stack) -> None:
        """Receive for a stack."""
        self._stack = stack
        self._addresses = {address.lower() for address in policy.privacy_addresses()}

    def knows(self, address: str) -> bool:
        """Say whether an address is one of the policy files', a plus-extension left aside."""
        local, _, domain = address.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" in self._addresses

    def receive(self, sender: str, recipients: list[str], peer: str, content: bytes) -> str:
        """Store one message with SES's headers in front; return the id that SES would give it.

        The bucket's own notification calls the function, as the template says.
        """
        message_id = secrets.token_hex(20)
        wants = self._stack.wants("PrivacyMail")["Environment"]["Variables"]
        self._stack.client("s3").put_object(
            Bucket=wants["INBOX_BUCKET"],
            Key=wants["INBOX_PREFIX"] + message_id,
            Body=_as_ses_stores(message_id, sender, recipients, peer, content, self._stack.now()),
        )
        return message_id

    async def handle_RCPT(  # noqa: N802 - the name and the arguments are aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        if not self.knows(address):
            return "550 5.1.1 mailbox unavailable"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message."""
        content = envelope.original_content or b""
        peer = session.peer[0] if isinstance(session.peer, tuple) else "127.0.0.1"
        arguments = (envelope.mail_from or "", envelope.rcpt_tos, peer, content)
        message_id = await server.loop.run_in_executor(None, self.receive, *arguments)
        return f"250 OK {message_id}"


def _as_ses_stores(  # noqa: PLR0917 - one envelope
    message_id: str, sender: str, recipients: list[str], peer: str, content: bytes, now: float
) -> bytes:
    """Return a message with the headers that SES puts in front, its verdicts taken from the test header."""
    verdicts = dict(VERDICTS)
    head, blank, body = content.partition(b"\r\n\r\n")
    if (match := _TEST_HEADER.search(head + b"\r\n")) is not None:
        head = _TEST_HEADER.sub(b"", head + b"\r\n").removesuffix(b"\r\n")
        for part in match[1].decode("ascii", "replace").split(","):
            name, _, verdict = part.strip().partition("=")
            if name.lower() in verdicts:
                verdicts[name.lower()] = verdict.strip().upper()
    at = format_datetime(datetime.fromtimestamp(now, UTC))
    domain = sender.rpartition("@")[2]
    headers = (
        f"Return-Path: <{sender}>",
        f"Received: from {peer} ([{peer}])",
        f" by inbound-smtp.eu-central-1.amazonaws.com with SMTP id {message_id}",
        f" for {recipients[0]};",
        f" {at}",
        f"X-SES-Spam-Verdict: {verdicts['spam']}",
        f"X-SES-Virus-Verdict: {verdicts['virus']}",
        f"Received-SPF: {_spoken(verdicts['spf'])} client-ip={peer}; envelope-from={sender};",
        "Authentication-Results: amazonses.com;",
        f" spf={_spoken(verdicts['spf'])} (spfCheck: see the verdict) client-ip={peer}; envelope-from={sender};",
        f" dkim={_spoken(verdicts['dkim'])} header.i=@{domain};",
        f" dmarc={_spoken(verdicts['dmarc'])} header.from={domain};",
    )
    return "\r\n".join(headers).encode("utf-8") + b"\r\n" + head + blank + body


def _spoken(verdict: str) -> str:
    """Return a verdict in the words of RFC 8601: grey means that the sender's domain says nothing."""
    return {"PASS": "pass", "FAIL": "fail"}.get(verdict, "none")


class _Door(Controller):
    """The server, on loopback, with our limits."""

    def factory(self) -> SMTP:
        """Return what serves one connection."""
        SMTP.line_length_limit = LINE_LIMIT
        return SMTP(self.handler, data_size_limit=SIZE_LIMIT, hostname="127.0.0.1", ident="Nakoming", timeout=60)


class SmtpDoor:
    """An SMTP server in a thread of its own."""

    def __init__(self, stack: Stack, port: int) -> None:
        """Prepare to serve on a port."""
        self.port = port
        self.inbox = Inbox(stack)
        self._controller = _Door(self.inbox, hostname="127.0.0.1", port=port, ready_timeout=10)

    def start(self) -> None:
        """Serve."""
        self._controller.start()

    def stop(self) -> None:
        """Stop serving."""
        self._controller.stop(no_assert=True)
