"""A breach: what is known, by when it must be reported, whose data are concerned, what is written to the authority."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from privacy import affected, breach_report, cases, enquiries, form, incidents, policy, reminders, retention, vault
from privacy.affected import Scope
from privacy.errors import BadInput, Conflict, KeyDestroyed, NotAllowed, NotFound
from privacy.openings import Reader
from privacy.periods import read_stamp

if TYPE_CHECKING:
    from privacy.services import Services

OFFICER = Reader("officer-1", frozenset({"privacy-officer"}), "silver-essence")
AWARE = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SITE = policy.site("silver-essence")


def begun(services: Services, **given: Any) -> str:
    """Note a breach."""
    arguments = {"aware_at": AWARE, "nature": "Een laptop is gestolen.", "now": NOW}
    return incidents.begin(services, OFFICER, **{**arguments, **given})


def enquiry(services: Services, email: str, phone: str = "", at: datetime = NOW) -> str:
    """Post the contact form as somebody."""
    fields: dict[str, object] = {
        "name": "Ada",
        "email": email,
        "message": f"Hallo {email} {phone} {at}",
        **({"phone": phone} if phone else {}),
    }
    sent = form.check(fields, policy.form(SITE.name), SITE)
    return enquiries.receive(services.store, services.keys, SITE, sent, language="nl", now=at).reference


def scope(**given: Any) -> Scope:
    """Return a scope over the last day."""
    return Scope(**{"categories": (), "sites": (), "since": NOW - timedelta(days=1), "until": NOW, **given})


def test_the_period_counts_from_when_it_was_known(services: Services) -> None:
    """Seventy-two hours from the moment somebody became aware, as the policy says (Art. 33(1) GDPR)."""
    incident = begun(services)
    state = incidents.summary(incidents.record(services.store, incident))
    assert (state.status, state.report_by) == ("open", "2026-11-25T08:00:00Z")
    assert [item["pk"] for item in incidents.listed(services.store, "silver-essence", "open")] == [f"entry#{incident}"]


def test_the_period_is_a_setting_of_the_policy(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another period in the policy file is another day to report by."""
    handling = policy.handling("silver-essence")._replace(report_within="PT96H")
    monkeypatch.setattr(policy, "handling", lambda _controller: handling)
    assert incidents.record(services.store, begun(services))["report_by"] == "2026-11-26T08:00:00Z"


def test_the_same_breach_is_noted_once(services: Services) -> None:
    """A double click gives the same incident; what lies ahead or has no words is refused."""
    assert begun(services) == begun(services)
    with pytest.raises(BadInput):
        begun(services, aware_at=NOW + timedelta(hours=1))
    with pytest.raises(BadInput):
        begun(services, nature=" ")


def test_only_who_deals_with_incidents_sees_them(services: Services) -> None:
    """Staff in general do not, nor does another controller: to them it is not there."""
    incident = begun(services)
    with pytest.raises(NotAllowed):
        incidents.begin(services, OFFICER._replace(roles=frozenset({"staff"})), aware_at=AWARE, nature="x", now=NOW)
    with pytest.raises(NotFound):
        incidents.open_(services, incident, OFFICER._replace(controller="vixum"), why="answer", now=NOW)
    with pytest.raises(KeyDestroyed):
        incidents.record(services.store, vault.new_id())


def test_the_log_keeps_every_word_with_who_and_when(services: Services) -> None:
    """A later word on the same fact is shown, the earlier stays in the log; nothing of it is in clear (Art. 33(5) GDPR)."""
    incident = begun(services)
    incidents.add(services, incident, OFFICER, {"consequences": "Onbekend."}, now=NOW)
    later = NOW + timedelta(hours=1)
    incidents.add(services, incident, OFFICER, {"consequences": "Misbruik."}, high_risk="yes", now=later)
    found = incidents.open_(services, incident, OFFICER, why="follow-up", now=later)
    assert found.facts == {"nature": "Een laptop is gestolen.", "consequences": "Misbruik."}
    assert [(note["what"], note["by"]) for note in found.log] == [
        ("opened", "officer-1"),
        *[("added", "officer-1")] * 2,
    ]
    assert found.summary.high_risk == "yes"
    for word in ("laptop", "Misbruik", "officer-1"):
        assert word not in repr(services.store.all("records") + services.store.all("evidence"))  # type: ignore[attr-defined]
    with pytest.raises(BadInput):
        incidents.add(services, incident, OFFICER, {"nature": " "}, now=later)


def test_people_are_counted_by_their_pointers(services: Services) -> None:
    """Two enquiries of one person, linked by address or number, are one person; restricted data count as well."""
    first = enquiry(services, "ada@example.org", "020 123 45 67")
    enquiry(services, "ada.werk@example.org", "020 123 45 67")
    enquiry(services, "bob@example.org")
    services.store.write(vault.restricted(vault.find(services.store, first), NOW))
    found = affected.count(services.store, "silver-essence", scope(categories=("enquiries",)), NOW)
    assert (found.entries, found.persons, found.unknown) == (3, 2, 0)
    assert found.by_category == {"enquiries": 3}
    assert found.is_complete


def test_only_what_was_there_in_the_period_counts(services: Services) -> None:
    """What came after the period ended does not; what was destroyed since it began is told from the evidence."""
    old = enquiry(services, "ada@example.org", at=NOW - timedelta(days=400))
    enquiry(services, "bob@example.org", at=NOW + timedelta(hours=1))
    entry = vault.find(services.store, old)
    due = read_stamp(entry.due)
    vault.destroy(services.store, old, due)
    found = affected.count(
        services.store, "silver-essence", scope(since=due - timedelta(days=1), until=due), due + timedelta(hours=1)
    )
    assert (found.entries, found.destroyed_since) == (1, 1)
    before = affected.count(services.store, "silver-essence", scope(), NOW)
    assert before.entries == 0


def test_another_site_or_controller_does_not_count(services: Services) -> None:
    """Only the controller's own, and of these only what is asked for; what the policy does not know is refused."""
    enquiry(services, "ada@example.org")
    assert affected.count(services.store, "vixum", scope(), NOW).entries == 0
    assert affected.count(services.store, "silver-essence", scope(categories=("spam",)), NOW).entries == 0
    for wrong in ({"categories": ("nothing",)}, {"sites": ("vixum",)}, {"until": NOW - timedelta(days=2)}):
        with pytest.raises(BadInput):
            affected.count(services.store, "silver-essence", scope(**wrong), NOW)


def test_a_count_of_very_many_says_that_there_are_more(services: Services) -> None:
    """Reading is bounded: what is counted is then told as `at least`."""
    for number in range(4):
        enquiry(services, f"person{number}@example.org")
    found = affected.count(services.store, "silver-essence", scope(), NOW, most=3)
    assert (found.entries, found.is_complete) == (3, False)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_draft_has_all_that_a_report_needs(services: Services, language: str) -> None:
    """Nature with numbers, contact, consequences, measures; what is not known follows later (Art. 33(3) and (4) GDPR)."""
    incident = begun(services)
    empty = breach_report.draft(
        "silver-essence", incidents.open_(services, incident, OFFICER, why="answer", now=NOW), language, NOW
    )
    assert set(empty.missing) == {"consequences", "measures", "counted", "high_risk"}
    assert "33(4)" in empty.text or "art. 33 lid 4" in empty.text

    enquiry(services, "ada@example.org")
    wanted = scope()
    found = affected.count(services.store, "silver-essence", wanted, NOW)
    incidents.counted(services, incident, OFFICER, wanted.shown(), found, now=NOW)
    facts = {"consequences": "Misbruik van adressen.", "measures": "Wachtwoorden zijn gewijzigd."}
    incidents.add(services, incident, OFFICER, facts, high_risk="no", now=NOW)
    full = breach_report.draft(
        "silver-essence", incidents.open_(services, incident, OFFICER, why="answer", now=NOW), language, NOW
    )
    assert full.missing == ()
    for said in (
        "Silver Essence B.V.",
        "privacy@silveressence.net",
        *facts.values(),
        "Een laptop is gestolen.",
        incident,
    ):
        assert said in full.text


def test_a_late_report_needs_reasons(services: Services) -> None:
    """After seventy-two hours the reasons for the delay go with it; reported is reported."""
    incident = begun(services)
    late = NOW + timedelta(days=4)
    with pytest.raises(BadInput):
        incidents.reported(services, incident, OFFICER, at=late, reference="Z-1", now=late)
    done = incidents.reported(services, incident, OFFICER, at=late, reference="Z-1", reasons="Ziekte.", now=late)
    assert (done.status, done.reported_at) == ("reported", "2026-11-26T10:15:00Z")
    assert incidents.reported(services, incident, OFFICER, at=late, reference="Z-1", now=late) == done
    with pytest.raises(Conflict):
        incidents.reported(services, incident, OFFICER, at=NOW, reference="Z-1", now=late)
    draft = breach_report.draft(
        "silver-essence", incidents.open_(services, incident, OFFICER, why="answer", now=late), "nl", late
    )
    assert "Redenen voor de vertraging: Ziekte." in draft.text


def test_the_end_needs_reasons_for_silence_and_starts_the_period(services: Services) -> None:
    """Not reported, or people not told of a high risk: say why (Art. 33(5)). Then three years count, and it is destroyed."""
    incident = begun(services)
    incidents.add(services, incident, OFFICER, {}, high_risk="yes", now=NOW)
    incidents.reported(services, incident, OFFICER, at=NOW, reference="Z-1", now=NOW)
    with pytest.raises(BadInput):
        incidents.close(services, incident, OFFICER, "", now=NOW)
    for _ in range(2):
        told = incidents.persons_told(services, incident, OFFICER, "Per brief.", now=NOW)
    assert told.persons_told_at
    for _ in range(2):
        done = incidents.close(services, incident, OFFICER, "", now=NOW)
    assert (done.status, done.erase_by) == ("closed", "2029-11-16T10:15:00Z")
    with pytest.raises(Conflict):
        incidents.add(services, incident, OFFICER, {"nature": "Meer."}, now=NOW)
    retention.run(services.store, services.objects, read_stamp(done.erase_by))  # type: ignore[arg-type]
    with pytest.raises(KeyDestroyed):
        incidents.record(services.store, incident)


def test_a_forgotten_incident_ends_by_itself(services: Services) -> None:
    """Nothing sealed lives for ever: what nobody closes is destroyed a year and its period later."""
    incident = begun(services)
    assert vault.find(services.store, incident).due == "2030-11-16T10:15:00Z"


def test_staff_are_reminded_once_at_each_distance(services: Services) -> None:
    """At 48, 24, 12 and 3 hours, each once however often the run comes; after the report no more."""
    incident = begun(services)
    sent = []
    for hours in range(72):
        counts = retention.run(services.store, services.objects, AWARE + timedelta(hours=hours, minutes=5))  # type: ignore[arg-type]
        if counts.reminded:
            sent.append(72 - hours)
    assert sent == [48, 24, 12, 3]
    late = retention.run(services.store, services.objects, AWARE + timedelta(hours=73))  # type: ignore[arg-type]
    assert (late.reminded, late.incidents_overdue) == (0, 1)
    reported = AWARE + timedelta(hours=74)
    incidents.reported(services, incident, OFFICER, at=reported, reference="Z", reasons="Later.", now=reported)
    assert retention.run(services.store, services.objects, reported).incidents_overdue == 0  # type: ignore[arg-type]


def test_the_clock_knows_when_the_next_reminder_is(services: Services) -> None:
    """What moves the clock stops where somebody is to be reminded."""
    begun(services)
    assert min(reminders.next_moments(services.store, NOW)) == AWARE + timedelta(hours=24)
    assert reminders.next_moments(services.store, AWARE + timedelta(hours=70)) == []
    assert cases.overdue(services.store, "silver-essence", NOW) == 0
