"""A firm that runs this product: a form to post, staff, and the store seen from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy.aws import services as wiring
from privacy.aws.keys import KmsKeys
from privacy.aws.tables import Tables
from privacy.services import Services

if TYPE_CHECKING:
    from tests.conftest import TestStack

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
            f"WALL_{wall.upper()}": self.stack.resources[f"Wall{wall.capitalize()}"] for wall in ("enquiries", "cases")
        }
        keys = KmsKeys(self.stack.client("kms"), {**walls, "POINTER_KEY": self.stack.resources["PointerKey"]})
        return Services(Tables(self.stack.client("dynamodb"), names), keys)

    def mails(self, to: str) -> list[dict[str, Any]]:
        """Return what was sent to an address, newest first."""
        return [message for message in self.stack.mailbox.messages() if message["to"] == to]
