"""What happened in a case, in the order in which it happened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from privacy import case_words, decisions, dossier, history, rights_status
from privacy.voice import voice_of

from tests.fakes import services_in_memory
from tests.unit.test_dossier import unpacked
from tests.unit.test_erasure import LATER, OFFICER, SITE, enquiry, proven, work


def test_what_happens_in_one_second_stands_in_its_order() -> None:
    """Moments are kept to the second: a case begins with what was received, and is closed after what ended it."""
    services = services_in_memory()
    enquiry(services)
    case = proven(services, "restriction")
    work(services)
    events = [event.what for event in history.of_case(services.store, case, OFFICER)]
    assert events[:2] == ["received", "filed"]
    assert events[-1] == "case_closed"
    assert events.index("right_asked") < events.index("right_done") < events.index("carried_out")
    timeline = [event["what"] for event in rights_status.view(services.store, SITE, case, LATER)["timeline"]]
    assert timeline == ["received", "proven", "begun", "done", "closed"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_that_happens_is_told_by_its_code(language: str) -> None:
    """An erasure, a restriction and an objection, from the request to the end: each event has words, and recipients their names."""
    services = services_in_memory()
    enquiry(services)
    case = proven(services, "erasure", "restriction", "objection")
    work(services)
    then = LATER + timedelta(days=4)
    decisions.decide(services, case, "objection", "refuse", OFFICER, reasons="Nodig.", now=then)
    for hours in (0, 2):
        work(services, then + timedelta(hours=hours))
    events = history.of_case(services.store, case, OFFICER)
    words = [case_words.event(event, voice_of(SITE, language), {"partner": "De Partner"}) for event in events]
    assert [
        event.what for event, said in zip(events, words, strict=True) if said.startswith(event.what) and "_" in said
    ] == []
    assert [said for said in words if "_" in said or "2026-" in said] == []
    members = unpacked(dossier.build(services, case, OFFICER, why="follow-up", language=language, now=then))
    assert "_" not in members["case.txt"].replace(case, "")
