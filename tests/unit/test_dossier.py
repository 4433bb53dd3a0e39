"""The history of a case, and its dossier for the authority."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from privacy import casework, decisions, dossier, evidence_days, history, letters, policy, verification
from privacy.errors import NotAllowed, NotFound
from privacy.openings import Reader

if TYPE_CHECKING:
    from privacy.services import Services

SITE = policy.site("silver-essence")
OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
RECEIVED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def refused(services: Services) -> str:
    """Return a case that was extended and then refused, its letters sent."""
    new = casework.NewCase(RECEIVED, "phone", "Wis mij.", ("erasure",), email="ada@example.org", language="nl")
    case = casework.add(services, SITE, new, OFFICER, now=RECEIVED + timedelta(minutes=1))
    decisions.extend(services, case, OFFICER, "Veel gegevens.", now=NOW)
    decisions.assign(services, case, OFFICER, "officer-2", now=NOW)
    decisions.decide(services, case, "erasure", "refuse", OFFICER, reasons="De wet.", now=NOW + timedelta(hours=1))
    for place in letters.waiting(services.store, NOW + timedelta(hours=2)):
        letters.deliver(services, place, NOW + timedelta(hours=2))
    return case


def unpacked(content: bytes) -> dict[str, str]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_history_tells_everything_in_order_and_nothing_about_anyone(services: Services) -> None:
    """Received, extended, decided, written, sent, closed: from evidence and outbox, without opening anything."""
    case = refused(services)
    before = len(services.store.all("vault"))  # type: ignore[attr-defined]
    found = history.of_case(services.store, case, OFFICER)
    assert [event.at for event in found] == sorted(event.at for event in found)
    whats = [event.what for event in found]
    for what in ("received", "filed", "extended", "letter_out", "decided", "right_asked", "letter_sent", "case_closed"):
        assert what in whats
    assert "ada@" not in repr(found)
    assert "De wet" not in repr(found)
    assert len(services.store.all("vault")) == before  # type: ignore[attr-defined]


def test_only_who_may_read_cases_sees_their_history(services: Services) -> None:
    """What became of a case tells that there is one."""
    case = refused(services)
    with pytest.raises(NotAllowed):
        history.of_case(services.store, case, OFFICER._replace(roles=frozenset({"security"})))
    with pytest.raises(NotFound):
        history.of_case(services.store, case, OFFICER._replace(controller="vixum"))


def test_the_dossier_holds_timeline_letters_decisions_and_proofs(services: Services) -> None:
    """One archive: what happened, what was written, why, and proof that can be checked without us. Staff are not named."""
    case = refused(services)
    evidence_days.seal(services.store, services.keys, NOW + timedelta(days=2))
    members = unpacked(dossier.build(services, case, OFFICER, why="follow-up", language="nl", now=TOMORROW))
    assert {"README.txt", "case.json", "timeline.txt", "messages/001-in.txt", f"proofs/{case}.json"} <= set(members)
    everything = "\n".join(members.values())
    for said in ("Wis mij.", "De wet.", "Veel gegevens.", "rechtbank", "ada@example.org"):
        assert said in everything
    assert "officer-" not in everything
    facts = json.loads(members["case.json"])
    assert facts["case"]["outcome"] == "refused"
    assert [note["what"] for note in facts["notes"]] == ["extended", "decided"]
    assert not verification.check(members[f"proofs/{case}.json"]).findings


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            (
                "Antwoord uiterlijk: 2 februari 2027",
                "Langs welke weg: telefoon",
                "Uitkomst: afgewezen",
                "Wissen: afgewezen\n",
                "termijn verlengd\n  tot en met: 2 februari 2027\n  redenen: Veel gegevens.",
                "besluit: afwijzen\n  redenen: De wet.",
                "ontvangen (telefoon, antwoord uiterlijk 2 december 2026)",
                "besloten (Wissen, afgewezen)",
                "brief verstuurd (eindbrief)",
            ),
        ),
        (
            "en",
            (
                "Answer by: 2 February 2027",
                "By which channel: phone",
                "Outcome: refused",
                "Erasure: refused",
                "decision: refuse\n  reasons: De wet.",
                "decided (Erasure, refused)",
                "letter sent (final letter)",
            ),
        ),
    ],
)
def test_the_dossier_says_in_words_what_its_codes_mean(
    services: Services, language: str, said: tuple[str, ...]
) -> None:
    """Who reads it for the authority knows none of our codes; the same stands in `case.json` for programs."""
    case = refused(services)
    members = unpacked(dossier.build(services, case, OFFICER, why="follow-up", language=language, now=TOMORROW))
    words = members["case.txt"] + members["timeline.txt"]
    assert [each for each in said if each not in words] == []
    assert [code for code in ("letter_", "case_", "_at", "refuse\n ", "None", "officer-") if code in words] == [
        *(["refuse\n "] if language == "en" else [])
    ]


def test_the_same_case_gives_the_same_bytes(services: Services) -> None:
    """Built twice, the archive is equal byte for byte; that it was built is recorded each time."""
    case = refused(services)
    built = [dossier.build(services, case, OFFICER, why="follow-up", language="en", now=TOMORROW) for _ in range(2)]
    assert built[0] == built[1]
    openings = [item for item in services.store.all("records") if item.get("kind") == "opening"]  # type: ignore[attr-defined]
    assert len(openings) >= 2
