"""P18: "recht op het verkrijgen van een kopie … of om deze aan een aanbieder naar keuze te verstrekken" (Art. 20 GDPR)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.person import Person
from tests.promises.test_p14_everyone_can_see_what_is_held import copy

if TYPE_CHECKING:
    from tests.firm import Firm

pytestmark = pytest.mark.system


def test_p18_a_copy_that_programs_read(firm: Firm) -> None:
    """JSON with a schema, tables as CSV, and a page for people; all of it is marked as theirs to take along."""
    ada = Person(firm.stack, "ada@example.org")
    enquiry = firm.ask(name="Ada Voorbeeld", email=ada.email)
    case = ada.ask("portability")
    session, _ = ada.proven(case)
    with zipfile.ZipFile(io.BytesIO(copy(ada, case, session, "portability"))) as archive:
        assert {"data.json", "schema.json", "index.html", "csv/enquiries.csv"} <= set(archive.namelist())
        said = json.loads(archive.read("data.json"))
        [row] = csv.DictReader(io.StringIO(archive.read("csv/enquiries.csv").decode("utf-8-sig")))
    assert (row["nummer"], row["naam"]) == (enquiry, "Ada Voorbeeld")
    assert {each["portable"] for each in said["categories"]} == {True}
    assert firm.evidence("disclosed") == [case]
