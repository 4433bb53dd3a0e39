"""The draft of a report to the supervisory authority: what Art. 33(3) GDPR asks for, from what was noted so far.

What is not known yet says so and follows later (Art. 33(4)). Whoever reports checks every line: a draft is no report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import incidents, policy, published, wording
from privacy.periods import stamp
from privacy.voice import voice_of

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.incidents import Incident
    from privacy.voice import Voice


class Draft(NamedTuple):
    """A draft as plain text, and the names of what it still lacks."""

    text: str
    missing: tuple[str, ...]


def draft(controller: str, incident: Incident, language: str, now: datetime) -> Draft:
    """Return the draft of a report about an opened incident, in Dutch or else in English."""
    site = policy.site(policy.sites_of(controller)[0])
    voice = voice_of(site, "nl" if language == "nl" else "en")
    says = published.of(site)
    missing = [name for name in ("nature", "consequences", "measures") if name not in incident.facts]
    missing += [] if incident.counted else ["counted"]
    missing += [] if incident.summary.high_risk else ["high_risk"]
    later = voice.say("[nog niet bekend; volgt, art. 33 lid 4 AVG]", "[not known yet; follows, Art. 33(4) GDPR]")
    facts = {name: incident.facts.get(name, later) for name in incidents.FACTS}
    identity = says["controllers"][controller]
    contact = incident.facts.get("contact") or identity.get("officer") or identity["contact"]
    parts = [
        _heading(voice.say("Melding van een datalek (concept)", "Report of a personal data breach (draft)")),
        _lines(
            (voice.say("Verwerkingsverantwoordelijke", "Controller"), identity["legal_name"]),
            (voice.say("Kenmerk bij ons", "Our reference"), incident.summary.id),
            (voice.say("Bekend geworden op", "Became known on"), wording.moment(incident.summary.aware_at, voice)),
            (
                voice.say("Uiterlijk te melden op", "To be reported by"),
                wording.moment(incident.summary.report_by, voice),
            ),
            (voice.say("Concept van", "Draft of"), wording.moment(stamp(now), voice)),
        ),
        *_delay(incident, voice, now),
        _heading(voice.say("a. Aard van de inbreuk", "a. Nature of the breach")),
        facts["nature"],
        *([f"{voice.say('Oorzaak', 'Cause')}: {facts['cause']}"] if "cause" in incident.facts else []),
        *([_counted(count, says, voice) for count in incident.counted] or [later]),
        _heading(voice.say("b. Contact voor nadere informatie", "b. Contact for more information")),
        contact,
        _heading(voice.say("c. Waarschijnlijke gevolgen", "c. Likely consequences")),
        facts["consequences"],
        _heading(voice.say("d. Maatregelen, genomen en voorgesteld", "d. Measures, taken and proposed")),
        facts["measures"],
        _heading(voice.say("De betrokkenen (art. 34 AVG)", "The people concerned (Art. 34 GDPR)")),
        _persons(incident, voice, later),
    ]
    return Draft("\n\n".join(parts) + "\n", tuple(missing))


def _delay(incident: Incident, voice: Voice, now: datetime) -> list[str]:
    """Return that reasons for a delay must go with a report that comes late (Art. 33(1))."""
    if (incident.summary.reported_at or stamp(now)) <= incident.summary.report_by:
        return []
    reasons = [str(note["reasons"]) for note in incident.log if note["what"] == "reported" and note.get("reasons")]
    given = reasons[0] if reasons else voice.say("[vul de redenen in]", "[fill in the reasons]")
    return [voice.say("Redenen voor de vertraging: {given}", "Reasons for the delay: {given}", given=given)]


def _counted(count: dict[str, Any], says: dict[str, Any], voice: Voice) -> str:
    """Return one count: how many people and entries, of which categories, over which period."""
    known = says["categories"]
    titles = {name: voice.text(known[name]["title"]) if name in known else name for name in count["by_category"]}
    least = "" if count["is_complete"] else voice.say("ten minste ", "at least ")
    head = voice.say(
        "Van {since} tot {until}. Betrokkenen: {least}{persons} (wie een e-mailadres of telefoonnummer deelt, telt als één)."
        " Gegevens: {least}{entries}, waarvan zonder persoon: {unknown}.",
        "From {since} to {until}. People: {least}{persons} (those who share an e-mail address or a phone number count as one)."
        " Entries: {least}{entries}, of these without a person: {unknown}.",
        since=wording.moment(count["since"], voice),
        until=wording.moment(count["until"], voice),
        least=least,
        **{name: count[name] for name in ("persons", "entries", "unknown")},
    )
    gone = voice.say(
        "- Sinds het begin vernietigd, mogelijk wel ingezien: {gone}",
        "- Destroyed since it began, possibly seen before: {gone}",
        gone=count["destroyed_since"],
    )
    return "\n".join([head, *(f"- {titles[name]}: {many}" for name, many in count["by_category"].items()), gone])


def _persons(incident: Incident, voice: Voice, later: str) -> str:
    """Return whether the people concerned must be told, and whether they were."""
    if not incident.summary.high_risk:
        return later
    if incident.summary.high_risk == incidents.NO:
        return voice.say(
            "Geen hoog risico: zij hoeven niet te worden ingelicht.", "No high risk: they need not be told."
        )
    told = incident.summary.persons_told_at
    if not told:
        return voice.say(
            "Hoog risico: zij worden onverwijld ingelicht.", "High risk: they are told without undue delay."
        )
    return voice.say(
        "Hoog risico: zij zijn ingelicht op {at}.", "High risk: they were told on {at}.", at=wording.moment(told, voice)
    )


def _heading(text: str) -> str:
    """Return a heading."""
    return f"{text}\n{'-' * len(text)}"


def _lines(*rows: tuple[str, str]) -> str:
    """Return facts, one on a line."""
    return "\n".join(f"{name}: {value}" for name, value in rows)
