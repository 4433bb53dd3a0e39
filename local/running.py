"""One stack with its doors: what `make run` serves, and what the tests use, an account for each."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

from privacy import policy

from local import settling
from local.door import Door, Parts
from local.engine import REGION, SECRET
from local.gateway import Gateway
from local.issuer import AUDIENCE, Issuer
from local.mailbox import Mailbox
from local.schedules import Schedules
from local.sign_in import CLIENT_ID
from local.smtp import SmtpDoor
from local.stack import Package, Stack
from nakoming.policy.check import load
from nakoming.policy.document import policy_files
from nakoming.policy.parameters import parameters


def senders() -> list[str]:
    """Return the addresses that letters are sent from, by the policy files."""
    return sorted({parseaddr(policy.site(name).sender)[1] for name in policy.sites()})


class Running:
    """A stack, deployed and open to callers."""

    def __init__(self, stack: Stack, door: Door, smtp_port: int | None, key_file: Path | None = None) -> None:
        """Take a stack and a door; nothing is deployed yet. Without an SMTP port no mail is received by SMTP."""
        self.stack = stack
        self.door = door
        self.issuer = Issuer(f"{door.url}/local/issuer", stack.now, key_file)
        self.mailbox = Mailbox(stack)
        self.smtp = SmtpDoor(stack, smtp_port) if smtp_port is not None else None
        self.ready = False

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the template: what the policy files say, and a local sign-in for staff."""
        return {
            **parameters(load(policy_files())[0]),
            "BaseUrl": self.door.url,
            "StaffIssuer": self.issuer.url,
            "StaffAudience": AUDIENCE,
            "StaffClientId": CLIENT_ID,
            "StaffAuthorizeUrl": f"{self.door.url}/local/sign-in",
            "StaffTokenUrl": f"{self.door.url}/local/sign-in/token",
            "Disposable": "true",
        }

    def deploy(self, packed: Package) -> list[str]:
        """Deploy the template, and let SES know our senders, which a person does by DNS records on AWS.

        Returns what of the template is not in the embedded run, in words. Raises `DeploymentFailed`, or `Differences`
        when what exists then is not what the template asks.
        """
        self.stack.deploy(packed, self.parameters())
        settling.settle(self.stack)
        settling.compare(self.stack)
        ses = self.stack.client("ses")
        for sender in senders():
            ses.verify_email_identity(EmailAddress=sender)
        return list(packed.left_out)

    def open(self) -> None:
        """Open the doors."""
        self.schedules = Schedules(self.stack)
        parts = Parts(
            self.stack, self.issuer, Gateway(self.stack, self.issuer), self.mailbox, self.schedules, self.status
        )
        self.door.start(parts)
        if self.smtp is not None:
            self.smtp.start()
        self.ready = True

    def close(self) -> None:
        """Close the doors."""
        self.ready = False
        if self.smtp is not None:
            self.smtp.stop()
        self.door.stop()

    def status(self) -> dict[str, Any]:
        """Return where everything is."""
        return {
            "ready": self.ready,
            "http": self.door.url,
            "smtp": f"127.0.0.1:{self.smtp.port}" if self.smtp is not None else None,
            "aws": {
                "endpoint": self.stack.engine.endpoint,
                "region": REGION,
                "access_key_id": self.stack.account,
                "secret_access_key": SECRET,
            },
        }
