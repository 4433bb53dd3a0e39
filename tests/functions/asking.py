"""Asks the desk as API Gateway would, on tables in moto: a member of staff, their token, their requests."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from privacy import letters
from privacy.services import Services
from privacy.writes import Key

from functions import desk

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
SITES = {"silver-essence": "silver-essence", "seven-elements": "sevenelements"}
STAFF = {"sub": "staff-1", "roles": "[staff]", "controller": "silver-essence", "token_use": "access"}
FIELDS = {"name": "Ada Voorbeeld", "email": "ada@example.org", "message": "Graag meer informatie."}


def deliver_and_bounce(services: Services, letter: str, now: datetime) -> None:
    """Send a letter, named as the desk names it, and hear that it came back."""
    entry, number = letter.split(".")
    letters.deliver(services, Key("records", f"entry#{entry}", f"letter#{number}"), now)
    letters.bounced(services.store, entry, number, now)


@dataclass
class Answer:
    """What the desk answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Return the body."""
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """Return the code of an error."""
        return str(self.json["error"]["code"])


@dataclass
class Staff:
    """Somebody at the desk: the claims of their token, and the moment."""

    services: Services
    claims: dict[str, Any] | None = field(default_factory=lambda: dict(STAFF))
    now: datetime = NOON

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        raw: str | None = None,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> Answer:
        """Send one request; `raw` is a body as it is."""
        sent = raw if raw is not None else None if body is None else json.dumps(body)
        given = desk.answered(
            self._event(method, path, sent, headers or {}, query), None, lambda: self.services, self.now
        )
        body = base64.b64decode(given["body"]) if given.get("isBase64Encoded") else given["body"].encode()
        return Answer(given["statusCode"], given["headers"], body)

    def enter(self, **fields: str) -> str:
        """Enter an enquiry and return its id."""
        controller = str((self.claims or {})["controller"])
        body = {"site": SITES[controller], "fields": {**FIELDS, **fields}, "received": "2026-11-20", "channel": "phone"}
        return str(self.ask("POST", "/desk/enquiries", body).json["id"])

    def _event(
        self, method: str, path: str, body: str | None, headers: dict[str, str], query: dict[str, str]
    ) -> dict[str, Any]:
        """Return the event of payload format 2.0."""
        context: dict[str, Any] = {"http": {"method": method, "path": path}, "stage": "$default"}
        if self.claims is not None:
            context["authorizer"] = {"jwt": {"claims": self.claims, "scopes": ["nakoming/desk"]}}
        usual = {"host": "api.example.org", **({} if body is None else {"content-type": "application/json"})}
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": urlencode(query),
            "headers": {**usual, **headers},
            "requestContext": context,
            "isBase64Encoded": False,
        }
        return event | ({"queryStringParameters": query} if query else {}) | ({} if body is None else {"body": body})
