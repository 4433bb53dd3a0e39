"""A firm that runs this product: a form to post, staff, and the store seen from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from privacy import visit_log
from privacy.aws import services as wiring
from privacy.aws.keys import KmsKeys
from privacy.aws.tables import Tables
from privacy.periods import local_date
from privacy.services import Services

if TYPE_CHECKING:
    from tests.conftest import TestStack

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
FORM = "/silver-essence/enquiries"
FIELDS = {
    "name": "Ada Voorbeeld",
    "email": "ada.voorbeeld@example.org",
    "phone": "020 123 45 67",
    "company": "Voorbeeld BV",
    "message": "Wat kost een abonnement?",
}


class Firm:
    """A firm that runs this product: its doors, its staff, its store."""

    def __init__(self, stack: TestStack) -> None:
        """Take a deployed stack."""
        self.stack = stack

    def ask(self, path: str = FORM, **fields: Any) -> str:
        """Post the form as a site does and return the reference."""
        response = self.stack.http.post(path, FIELDS | fields)
        assert response.status == 201, response.text
        return str(response.json()["reference"])

    def staff(self, method: str, path: str, data: Any = None, **claims: Any) -> tuple[int, Any]:
        """Call the desk as staff and return status and answer."""
        token = self.stack.token(claims.pop("role", "staff"), **claims)
        http = self.stack.http
        response = http.get(path, token=token) if method == "GET" else http.post(path, data, token=token)
        return response.status, response.json()

    def visit(self, ip: str = "127.10.0.1", *, site: str = "silver-essence", path: str = "/", **more: Any) -> int:
        """Tell of a visit as our script does, from an address (any 127.x.y.z), and return the status."""
        headers = {"content-type": "text/plain;charset=UTF-8", "user-agent": more.pop("user_agent", BROWSER)}
        headers |= more.pop("headers", {})
        body = json.dumps({"path": path, **more})
        return self.stack.http.request("POST", f"/{site}/visits", body, headers, source_ip=ip).status

    def find_visits(self, ip: str, *, day: str = "", site: str = "silver-essence", **more: Any) -> tuple[int, Any]:
        """Search the visits of a day, today when left out, as security staff; return status and answer."""
        claims = {"role": more.pop("role", "security"), "controller": more.pop("controller", "silver-essence")}
        day = day or local_date(datetime.fromtimestamp(self.stack.running.stack.now(), UTC))
        return self.staff("POST", "/security/visits/search", {"site": site, "day": day, "ip": ip, **more}, **claims)

    def opened_visits(self) -> list[dict[str, Any]]:
        """Return every visit that opens with the keys that are left, as an auditor sees them."""
        services = self.services()
        entries = {item["sk"]["S"].partition("#")[2] for item in self.items("Traffic") if "visits#" in item["pk"]["S"]}
        now = datetime.fromtimestamp(self.stack.running.stack.now(), UTC)
        opened = filter(None, (visit_log.unlocked(services, entry, now) for entry in sorted(entries)))
        return [visit.fields for key in opened for visit in visit_log.rows(services.store, key)]

    def open(self, enquiry: str, **claims: Any) -> dict[str, Any]:
        """Open an enquiry as staff."""
        status, answer = self.staff("GET", f"/desk/enquiries/{enquiry}?why=answer", **claims)
        assert status == 200, answer
        found: dict[str, Any] = answer["enquiry"]
        return found

    def items(self, table: str) -> list[dict[str, Any]]:
        """Return every item of a table, seen with all rights from outside."""
        pages = (
            self.stack.client("dynamodb")
            .get_paginator("scan")
            .paginate(TableName=self.stack.resources[f"{table}Table"])
        )
        return [item for page in pages for item in page["Items"]]

    def entry(self, enquiry: str) -> dict[str, Any] | None:
        """Return an entry of the vault, or None when it is gone."""
        key = {"pk": {"S": f"entry#{enquiry}"}, "sk": {"S": "entry"}}
        table = self.stack.resources["VaultTable"]
        found: dict[str, Any] | None = self.stack.client("dynamodb").get_item(TableName=table, Key=key).get("Item")
        return found

    def traces(self, enquiry: str) -> dict[str, int]:
        """Return how many items still belong to an entry, by table; evidence of its end is none of them."""
        names = ("Vault", "Records")
        return {
            name: sum(f"entry#{enquiry}" in (item["pk"]["S"], item["sk"]["S"]) for item in self.items(name))
            for name in names
        }

    def evidence(self, act: str) -> list[str]:
        """Return the entries on which an act was carried out."""
        return [item["entry"]["S"] for item in self.items("Evidence") if item.get("act", {}).get("S") == act]

    def services(self) -> Services:
        """Return tables and keys with all rights of the account, for an auditor's look."""
        names = {table: self.stack.resources[f"{table.capitalize()}Table"] for table in wiring.TABLES}
        walls = {
            f"WALL_{wall.upper()}": self.stack.resources[f"Wall{wall.capitalize()}"]
            for wall in ("enquiries", "cases", "visitors")
        }
        keys = KmsKeys(self.stack.client("kms"), {**walls, "POINTER_KEY": self.stack.resources["PointerKey"]})
        return Services(Tables(self.stack.client("dynamodb"), names), keys)

    def mails(self, to: str) -> list[dict[str, Any]]:
        """Return what was sent to an address, newest first."""
        return [message for message in self.stack.mailbox.messages() if message["to"] == to]
