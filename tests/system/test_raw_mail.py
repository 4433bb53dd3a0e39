"""A mail that came in is fetched as it came, with the rights that the functions have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TestStack

pytestmark = pytest.mark.system


@pytest.mark.parametrize("size", [10, 600_000])
def test_a_mail_is_fetched_through_the_door(stack: TestStack, size: int) -> None:
    """Small ones lie in the records, large ones in the bucket: the privacy officer gets either, whole."""
    head = b"From: Ada Voorbeeld <ada@example.org>\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\n\r\n"
    mail = head + b"Graag inzage. \r\n" * (size // 16 + 1)
    stack.send_mail("ada@example.org", "privacy@silveressence.net", mail)
    officer = stack.token("privacy-officer")
    [case] = stack.eventually(lambda: stack.http.get("/desk/cases", token=officer).json()["cases"])
    opened = stack.http.get(f"/desk/cases/{case['id']}?why=answer", token=officer).json()["case"]
    address = f"/desk/cases/{case['id']}/raw?why=person-asked&message={opened['messages'][0]['id']}"
    given = stack.http.get(address, token=officer)
    assert given.status == 200, given.text
    assert given.headers["content-disposition"] == 'attachment; filename="mail.eml"'
    assert mail.strip() in given.body
    refused = stack.http.get(address, token=stack.token("staff"))
    assert refused.status == 403
