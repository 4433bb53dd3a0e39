"""What happened in a case and how it stands, in words, for who reads its history or its dossier (Art. 12(1) and 58(1)(e) GDPR).

State and evidence keep codes, which programs are given. People read what a code means, in Dutch or English. A code that has no
words is shown as it is: nothing is left out of a history because nobody named it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import case_letters, export_words, policy, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from privacy.casework import Case
    from privacy.decisions import Progress
    from privacy.history import Event
    from privacy.recipients import Told
    from privacy.voice import Voice

_Pair = tuple[str, str]
_WHAT: dict[str, _Pair] = {
    "received": ("ontvangen", "received"),
    "filed": ("vastgelegd", "recorded"),
    "identity": ("nagegaan wie het is", "identity verified"),
    "identified": ("een medewerker stond in voor wie het is", "staff vouched for who it is"),
    "paused": ("begonnen te wachten op de persoon", "started waiting for the person"),
    "resumed": ("verder gegaan: de persoon antwoordde", "went on: the person answered"),
    "right_asked": ("recht in behandeling genomen", "right taken up"),
    "right_done": ("recht klaar", "right done"),
    "carried_out": ("recht uitgevoerd", "right carried out"),
    "message_in": ("bericht binnengekomen", "message came in"),
    "letter_out": ("brief geschreven", "letter written"),
    "letter_sent": ("brief verstuurd", "letter sent"),
    "letter_failed": ("brief niet verstuurd", "letter not sent"),
    "letter_bounced": ("brief teruggekomen", "letter came back"),
    "letter_withheld": ("brief niet nodig", "letter not needed"),
    "corrections": ("verbetering aan de persoon voorgelegd", "correction put to the person"),
    "decided": ("besloten", "decided"),
    "extended": ("termijn verlengd", "period extended"),
    "received_corrected": ("dag van ontvangst gewijzigd", "day of receipt changed"),
    "rights": ("gevraagde rechten gewijzigd", "rights asked for changed"),
    "told": ("ontvanger", "recipient"),
    "transmission": ("kopie voor een andere aanbieder", "copy for another provider"),
    "transmission_stopped": ("kopie voor een andere aanbieder gestopt", "copy for another provider stopped"),
    "disclosed": ("kopie opgehaald", "copy fetched"),
    "restricted": ("beperkt tot bewaren", "restricted to storage"),
    "lifted": ("beperking opgeheven", "restriction lifted"),
    "lifting": ("opheffen van de beperking aangekondigd", "lifting of the restriction announced"),
    "reviewed": ("beperking bekeken", "restriction looked at"),
    "handed_over": ("beperking overgenomen door medewerkers", "restriction taken over by staff"),
    "held": ("langer aangehouden", "held longer"),
    "rectified": ("verbeterd", "corrected"),
    "document_forgotten": ("bericht met een identiteitsbewijs gewist", "message with an identity document deleted"),
    "identity_document": ("bericht met een identiteitsbewijs gewist", "message with an identity document deleted"),
    "case_closed": ("afgesloten", "closed"),
    "closed": ("afgesloten door de regel", "closed by rule"),
    "shortened": ("bewaartermijn verkort", "retention period shortened"),
    "renewed": ("bewaartermijn begon opnieuw", "retention period started again"),
    "suppressed": ("geen reclame meer", "no more advertising"),
    "advertising_again": ("wil weer reclame", "wants advertising again"),
    "replayed": ("opnieuw gedaan na terugzetten van een back-up", "done again after a backup was restored"),
    "destroyed": ("vernietigd", "destroyed"),
    "destroyed_again": ("opnieuw vernietigd", "destroyed again"),
}
_NOTED = _WHAT | {  # by staff, where the same code says something else
    "closed": ("afgesloten door een medewerker", "closed by staff"),
    "identity": _WHAT["identified"],
    "received": _WHAT["received_corrected"],
    "told": ("ontvanger ingelicht", "recipient told"),
}
_KINDS: dict[str, _Pair] = {
    "case_receipt": ("ontvangstbevestiging", "acknowledgement"),
    "case_answer": ("antwoord", "answer"),
    "case_unanswered": ("bericht dat er niet is geantwoord", "notice that there was no answer"),
    "code": ("code om te laten zien wie het is", "code that shows who it is"),
    "notice": ("bericht over het verzoek", "notice about the request"),
    "outcome": ("eindbrief", "final letter"),
    "recipient": ("bericht aan een ontvanger", "message to a recipient"),
    "provider": ("mail aan een andere aanbieder", "mail to another provider"),
}
_HOW: dict[str, _Pair] = {
    "code": ("door een code die naar het e-mailadres ging", "by a code sent to the e-mail address"),
    "known_facts": (
        "door vragen die alleen de persoon kan beantwoorden",
        "by questions that only the person can answer",
    ),
    "phone": ("door te bellen naar het nummer dat bekend was", "by calling the number on file"),
}
_IDENTITY: dict[str, _Pair] = {
    "": ("niet nagegaan", "not verified"),
    "asked": ("om een code gevraagd, niet ingevuld", "asked for a code, which was not typed in"),
    "proven": ("nagegaan", "verified"),
}
_RIGHT_IS: dict[str, _Pair] = {
    "open": ("niet begonnen", "not started"),
    "asked": ("gevraagd", "asked for"),
    "approval": ("wacht op een besluit", "waits for a decision"),
    "waiting": ("uitvoeren", "to be carried out"),
    "undo": ("kan nog worden teruggedraaid", "can still be undone"),
    "done": ("klaar", "done"),
    "refused": ("afgewezen", "refused"),
    "withdrawn": ("ingetrokken", "withdrawn"),
    "ended": ("geëindigd met de zaak", "ended with the case"),
}
_TOLD: dict[str, _Pair] = {
    "carried_out": ("in hun opslag uitgevoerd", "carried out in their storage"),
    "sent": ("bericht gestuurd", "message sent"),
    "to_do": ("nog in te lichten", "still to be told"),
    "done": ("ingelicht", "told"),
}
_HANDED: dict[str, _Pair] = {
    "undo": ("bevestigd; kan nog worden gestopt", "confirmed; can still be stopped"),
    "sent": ("kan worden opgehaald", "can be fetched"),
    "fetched": ("opgehaald", "fetched"),
    "missed": ("niet op tijd opgehaald", "not fetched in time"),
    "returned": ("onze mail kwam terug", "our mail came back"),
    "stopped": ("gestopt", "stopped"),
    "gone": ("de kopie was er niet meer", "the copy was gone"),
}
_STATUS: dict[str, Mapping[str, _Pair]] = {"told": _TOLD, "transmission": _HANDED}
_ABOUT: dict[str, _Pair] = {  # what stands before a figure; ids are for programs
    "was": ("was {value}", "was {value}"),
    "received_at": ("ontvangen op {value}", "received on {value}"),
    "respond_by": ("antwoord uiterlijk {value}", "answer by {value}"),
    "until": ("tot en met {value}", "until {value}"),
}
_STATE: dict[str, _Pair] = {
    "id": ("Zaak", "Case"),
    "controller": ("Verantwoordelijke", "Controller"),
    "site": ("Website", "Website"),
    "received_at": ("Ontvangen", "Received"),
    "channel": ("Langs welke weg", "By which channel"),
    "respond_by": ("Antwoord uiterlijk", "Answer by"),
    "respond_by_latest": ("Doorgeschoven naar een werkdag", "Moved on to a working day"),
    "extended_until": ("Verlengd tot en met", "Extended until"),
    "identity": ("Wie het is", "Identity"),
    "paused_at": ("Gewacht op de persoon vanaf", "Waited for the person from"),
    "resumed_at": ("Verder gegaan", "Went on"),
    "status": ("Stand", "State"),
    "outcome": ("Uitkomst", "Outcome"),
    "closed_at": ("Afgesloten", "Closed"),
}
_RIGHT: dict[str, _Pair] = {
    "begun_at": ("begonnen", "begun"),
    "decided_at": ("besloten", "decided"),
    "destroyed_at": ("vernietigd", "destroyed"),
    "done_at": ("klaar", "done"),
    "lifted_at": ("beperking opgeheven", "restriction lifted"),
}
_SAID: dict[str, _Pair] = {  # of a note
    "right": ("recht", "right"),
    "decision": ("besluit", "decision"),
    "outcome": ("uitkomst", "outcome"),
    "was": ("was", "was"),
    "now": ("werd", "became"),
    "until": ("tot en met", "until"),
    "on": ("op", "on"),
    "erase": ("wat wordt gewist", "what is erased"),
    "recipient": ("ontvanger", "recipient"),
    "how": ("hoe", "how"),
    "note": ("wat is nagegaan", "what was checked"),
    "reason": ("reden", "reason"),
    "reasons": ("redenen", "reasons"),
    "said": ("toelichting", "explanation"),
}


# --- what happened -------------------------------------------------------------------------------------------------------


def event(of: Event, voice: Voice, names: Mapping[str, str]) -> str:
    """Return one thing that happened, on one line; `names` are those of recipients, by their codes."""
    about = [*_about(of, voice, names)]
    return _of(_WHAT, of.what, voice) + (f" ({', '.join(about)})" if about else "")


def _about(of: Event, voice: Voice, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of an event besides: the right first, then what became of it."""
    about = {name: value for name, value in of.about.items() if value}
    if right := about.get("right"):
        yield case_letters.name_of(right, voice)
    if recipient := about.get("recipient"):
        yield names.get(recipient, recipient)
    for name, words in (("kind", _KINDS), ("how", _HOW), ("status", _STATUS.get(of.what, _RIGHT_IS))):
        if name in about:
            yield _of(words, about[name], voice)
    if channel := about.get("channel"):
        yield export_words.state({"channel": channel}, voice)[0][1]
    for name, said in _ABOUT.items():
        if name in about:
            yield voice.say(*said, value=export_words.dated(about[name], voice))


# --- how it stands -------------------------------------------------------------------------------------------------------


def summary(opened: Case, progress: Progress, told: Sequence[Told], voice: Voice) -> str:
    """Return a case on a page: its state, each right with what was decided and why, who was told, and what staff noted."""
    names = {each.recipient: each.name for each in told}
    parts = [
        [f"{label}: {value}" for label, value in _state(progress, voice)],
        *(_right(right, opened, progress, voice) for right in progress.rights),
        [voice.say("Ontvangers", "Recipients"), *(f"  {_recipient(each, voice)}" for each in told)] if told else [],
        *(_note(note, names, opened, voice) for note in opened.notes if note["what"] != "assigned"),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _state(progress: Progress, voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield how a case stands, by what it is called."""
    case = progress.case
    site = policy.site(case.site)
    how = f", {_of(_HOW, progress.identity_how, voice)}" if progress.identity_how else ""
    at = f", {export_words.dated(progress.identity_at, voice)}" if progress.identity_at else ""
    values: dict[str, str] = {
        "id": case.id,
        "controller": policy.controller(site.controller).legal_name,
        "site": site.title,
        "identity": _of(_IDENTITY, progress.identity, voice) + how + at,
        "channel": export_words.state({"channel": case.channel}, voice)[0][1],
        "status": export_words.state({"status": case.status}, voice)[0][1],
        "outcome": export_words.code("outcome", case.outcome, voice),
        **{name: getattr(case, name) for name in ("received_at", "respond_by", "closed_at")},
        **{name: getattr(progress, name) for name in ("extended_until", "paused_at", "resumed_at")},
        "respond_by_latest": case.respond_by_latest if case.respond_by_latest != case.respond_by else "",
    }
    return (
        (voice.say(*label), export_words.dated(values[name], voice)) for name, label in _STATE.items() if values[name]
    )


def _right(right: dict[str, Any], opened: Case, progress: Progress, voice: Voice) -> list[str]:
    """Return how a right stands, with the words that ask for it and how much it reached, by category."""
    became = export_words.code("outcome", str(right.get("outcome") or ""), voice)
    status = ", ".join(dict.fromkeys(filter(None, (_of(_RIGHT_IS, right["status"], voice), became))))
    lines = [f"{case_letters.name_of(right['right'], voice)}: {status}"]
    words = dict.fromkeys(words for asked, words in opened.asked if asked == right["right"] and words)
    lines += [
        voice.say("  gevraagd met: {words}", "  asked for by: {words}", words=" ".join(each.split())) for each in words
    ]
    lines += [
        f"  {voice.say(*label)}: {export_words.dated(right[name], voice)}"
        for name, label in _RIGHT.items()
        if right.get(name)
    ]
    counts = right.get("counts") or {}
    site = policy.site(progress.case.site)
    return lines + [f"  {each}" for each in case_letters.counted(site, voice.language, counts.get("categories") or {})]


def _recipient(told: Told, voice: Voice) -> str:
    """Return how far one recipient was told of one right."""
    right, status = case_letters.name_of(told.right, voice), _of(_TOLD, told.status, voice)
    return f"{told.name}, {right}: {status} ({wording.moment(told.at, voice)})"


def _note(note: dict[str, Any], names: Mapping[str, str], opened: Case, voice: Voice) -> list[str]:
    """Return what staff noted, without who did."""
    lines = [f"{wording.moment(note['at'], voice)}  {_of(_NOTED, note['what'], voice)}"]
    for name, label in _SAID.items():
        if value := note.get(name):
            lines.append(f"  {voice.say(*label)}: {_said(name, value, names, opened, voice)}")
    return lines


def _said(name: str, value: object, names: Mapping[str, str], opened: Case, voice: Voice) -> str:
    """Return what a note says under a name: a code in words, and what somebody wrote as it is."""
    if isinstance(value, (list, tuple)):
        return ", ".join(case_letters.name_of(str(each), voice) for each in value)
    text, site = str(value), policy.site(opened.summary.site)
    words: dict[str, Callable[[], str]] = {
        "recipient": lambda: names.get(text, text),
        "how": lambda: _of(_HOW, text, voice),
        "right": lambda: case_letters.name_of(text, voice),
        "erase": lambda: ", ".join(case_letters.title_of(site, each, voice) for each in text.split(", ")),
        **dict.fromkeys(("was", "now", "on", "until"), lambda: export_words.dated(text, voice)),
        **dict.fromkeys(("decision", "outcome"), lambda: export_words.code(name, text, voice)),
    }
    return words.get(name, lambda: text)()


def _of(words: Mapping[str, _Pair], code: str, voice: Voice) -> str:
    """Return a code in words, or as it is where it has none."""
    return voice.say(*words[code]) if code in words else code
