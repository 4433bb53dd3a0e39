"""What happened in a case, in the order in which it happened."""

from __future__ import annotations

from privacy import history, rights_status

from tests.fakes import services_in_memory
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
