"""The words of a copy: what a field is called and what a code means, in Dutch and English (Art. 12(1) and 15 GDPR, rule C1).

Data are kept under short names and codes, which `data.json` repeats for programs. Where people read them, on the page and above
the columns of a table, they have words. Only what we wrote ourselves is put into words: what somebody wrote to us stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privacy import case_letters, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privacy.voice import Voice

_Pair = tuple[str, str]
_LABELS: dict[str, _Pair] = {  # of fields that no policy file names
    "asked": ("waar het om gaat, en welke woorden dat zeggen", "what it is about, and which words say so"),
    "at": ("tijdstip", "time"),
    "attachments": ("bijlagen", "attachments"),
    "automatic": ("automatisch bericht", "automatic message"),
    "case": ("zaak", "case"),
    "code": ("code in onze mail", "code in our mail"),
    "company": ("bedrijf", "company"),
    "corrections": ("te verbeteren", "to be corrected"),
    "decision": ("besluit", "decision"),
    "email": ("e-mailadres", "e-mail address"),
    "enquiry": ("aanvraag waarop dit een antwoord is", "enquiry that this answers"),
    "facts": ("afzender", "sender"),
    "how": ("hoe wij weten wie {you} bent", "how we know who you are"),
    "kind": ("soort brief", "kind of letter"),
    "known_as_email": ("bij ons bekend met e-mailadres", "known to us by the e-mail address"),
    "known_as_phone": ("bij ons bekend met telefoonnummer", "known to us by the phone number"),
    "message": ("bericht", "message"),
    "message_id": ("kenmerk van {your} mail", "identifier of your mail"),
    "name": ("naam", "name"),
    "note": ("wat wij hebben nagegaan", "what we checked"),
    "now": ("wat het werd", "what it became"),
    "number": ("nummer om op te halen", "number to fetch with"),
    "on": ("op", "on"),
    "outcome": ("uitkomst", "outcome"),
    "phone": ("telefoonnummer", "phone number"),
    "problems": ("wat niet te lezen was", "what could not be read"),
    "reason": ("reden", "reason"),
    "provider": (
        "naam van de aanbieder die een kopie kreeg of kon krijgen",
        "name of the provider who got, or could get, a copy",
    ),
    "provider_email": ("e-mailadres van die aanbieder", "e-mail address of that provider"),
    "read_as": ("hoe wij het lazen", "how we read it"),
    "reasons": ("reden", "reason"),
    "recipient": ("wie is ingelicht", "who was told"),
    "right": ("recht", "right"),
    "rights": ("rechten", "rights"),
    "said": ("toelichting", "explanation"),
    "spoken": ("taal", "language"),
    "subject": ("onderwerp", "subject"),
    "text": ("tekst", "text"),
    "to": ("gestuurd aan", "sent to"),
    "told": ("hoe {you} dit is verteld", "how you were told"),
    "until": ("tot en met", "until"),
    "verdicts": ("wat de mailserver vond", "what the mail server found"),
    "was": ("wat het was", "what it was"),
    "what": ("wat er is vastgelegd", "what was noted"),
}
_COLUMNS: dict[str, _Pair] = {  # of every table, before the fields
    "entry": ("nummer", "number"),
    "controller": ("verantwoordelijke", "controller"),
    "site": ("website", "website"),
    "policy": ("versie van het privacybeleid", "version of the policy"),
    "created_at": ("vastgelegd op", "recorded at"),
    "erase_by": ("onleesbaar vanaf", "unreadable from"),
    "part": ("onderdeel", "part"),
    "at": ("tijdstip van het onderdeel", "time of the part"),
    "direction": ("van {you} (in) of van ons (out)", "from you (in) or from us (out)"),
    "id": ("nummer", "number"),
    "opened": ("wat is geopend", "what was opened"),
    "opened_at": ("tijdstip", "time"),
    "purpose": ("waarvoor", "what for"),
    "why": ("waarom", "why"),
}
_STATE_LABELS: dict[str, _Pair] = {  # what is told of an entry beside its parts, where it has it
    "received_at": ("Ontvangen", "Received"),
    "handled_at": ("Afgehandeld", "Handled"),
    "closed_at": ("Afgesloten", "Closed"),
    "respond_by": ("Antwoord uiterlijk", "Answer by"),
    "channel": ("Langs welke weg", "By which channel"),
    "identity_how": ("Hoe wij weten wie {you} bent", "How we know who you are"),
    "status": ("Stand", "State"),
}
_STATES: dict[str, _Pair] = {
    "open": ("open", "open"),
    "answered": ("beantwoord", "answered"),
    "handled": ("afgehandeld", "handled"),
    "closed": ("afgesloten", "closed"),
    "spam": ("herkend als ongewenst", "recognised as unwanted"),
    "form": ("formulier", "form"),
    "email": ("e-mail", "e-mail"),
    "phone": ("telefoon", "phone"),
    "post": ("post", "post"),
    "desk": ("balie", "desk"),
    "site": ("pagina over rechten", "page about rights"),
    "code": ("door een code die {you} invulde", "by a code that you entered"),
    "known_facts": ("door wat wij samen met {you} nagingen", "by what we checked together with you"),
}
_WHY: dict[str, _Pair] = {
    "answer": ("om te antwoorden", "to answer"),
    "follow-up": ("voor het vervolg", "to follow up"),
    "person-asked": ("omdat {you} erom vroeg", "because you asked"),
    "misdirected": ("om na te gaan voor wie het was", "to find out who it was for"),
    "misuse": ("om misbruik of een aanval te herkennen", "to recognise misuse or an attack"),
    "access": ("voor {your} verzoek om inzage", "for your request for access"),
    "notice": ("om {you} te schrijven over het wissen", "to write to you about the erasure"),
    "lifting": ("om {you} te schrijven dat de beperking eindigt", "to write to you that the restriction ends"),
    "identity": ("om na te gaan wie {you} bent", "to make sure who you are"),
}
_LANGUAGES: dict[str, _Pair] = {
    "nl": ("Nederlands", "Dutch"),
    "en": ("Engels", "English"),
    "de": ("Duits", "German"),
    "fr": ("Frans", "French"),
}
_KINDS: dict[str, _Pair] = {
    "notice": ("bericht over het verzoek", "notice about the request"),
    "outcome": ("slotbrief", "final letter"),
    "recipient": ("bericht aan een ontvanger", "message to a recipient"),
}
_NOTED: dict[str, _Pair] = {
    "advertising_again": ("weer reclame, op {your} verzoek", "you want advertising again"),
    "closed": ("de zaak is afgesloten", "the case was closed"),
    "corrections": ("wat er te verbeteren is", "what is to be corrected"),
    "decided": ("over een recht is besloten", "a right was decided about"),
    "extended": ("de termijn is verlengd", "the period was extended"),
    "identity": ("wij hebben nagegaan wie {you} bent", "we made sure who you are"),
    "identity_document": (
        "een bericht met een identiteitsbewijs is gewist",
        "a message with an identity document was deleted",
    ),
    "lifting": ("de beperking eindigt", "the restriction ends"),
    "paused": ("wij wachten op {you}", "we wait for you"),
    "received": ("de dag van ontvangst is verbeterd", "the day of receipt was corrected"),
    "resumed": ("wij wachten niet meer op {you}", "we wait for you no longer"),
    "rights": ("om welke rechten het gaat", "which rights it is about"),
    "told": ("een ontvanger is ingelicht", "a recipient was told"),
}
_OUTCOMES: dict[str, _Pair] = {
    "answered": ("beantwoord", "answered"),
    "forward": ("doorgestuurd", "passed on"),
    "forwarded": ("doorgestuurd", "passed on"),
    "fulfil": ("uitvoeren", "carry out"),
    "fulfilled": ("gedaan", "done"),
    "no_data": ("niets gevonden", "nothing found"),
    "not_a_request": ("geen verzoek", "not a request"),
    "partly": ("gedeeltelijk gedaan", "done in part"),
    "refuse": ("afwijzen", "refuse"),
    "refused": ("afgewezen", "refused"),
    "unanswered": ("door niemand beantwoord", "answered by nobody"),
    "withdraw": ("ingetrokken", "withdrawn"),
    "withdrawn": ("ingetrokken", "withdrawn"),
}
_READ: dict[str, _Pair] = {  # what our reading of a letter found
    "about_a_right": ("gaat over een recht", "is about a right"),
    "authority": ("noemt een toezichthouder", "names an authority"),
    "cancellation": ("gaat over opzeggen", "is about cancelling"),
    "doubted": ("kan anders bedoeld zijn", "may be meant otherwise"),
    "foreign_language": ("andere taal", "another language"),
    "implied": ("vraagt het in andere woorden", "asks for it in other words"),
    "long": ("lang bericht", "long message"),
    "named": ("noemt een recht", "names a right"),
    "negated": ("vraagt iets juist niet", "asks for something not to be done"),
    "no_text": ("geen eigen tekst", "no text of its own"),
    "on_behalf": ("voor iemand anders", "for somebody else"),
    "password": ("gaat over een wachtwoord", "is about a password"),
    "quoted": ("met een aangehaald bericht", "with a quoted message"),
    "subject_only": ("alleen een onderwerp", "only a subject"),
    "support": ("gaat over hulp", "is about support"),
}
_CHECKS: dict[str, _Pair] = {
    "spam": ("ongewenst bericht", "unwanted message"),
    "virus": ("virus", "virus"),
    "spf": ("SPF: mocht deze server voor dit adres versturen", "SPF: was this server allowed to send for this address"),
    "dkim": ("DKIM: ongewijzigd en ondertekend", "DKIM: unchanged and signed"),
    "dmarc": ("DMARC: past bij het adres van de afzender", "DMARC: fits the address of the sender"),
}
_FOUND: dict[str, _Pair] = {
    "": ("niet nagegaan", "not checked"),
    "pass": ("in orde", "all right"),
    "fail": ("niet in orde", "not all right"),
    "softfail": ("waarschijnlijk niet in orde", "probably not all right"),
    "gray": ("niet te zeggen", "cannot be told"),
    "neutral": ("niet te zeggen", "cannot be told"),
    "none": ("niet ingesteld door de afzender", "not set up by the sender"),
    "permerror": ("niet na te gaan", "could not be checked"),
    "temperror": ("niet na te gaan", "could not be checked"),
    "processing_failed": ("niet na te gaan", "could not be checked"),
}
_HOW: dict[str, _Pair] = {
    "known_facts": ("door vragen die alleen {you} kunt beantwoorden", "by questions that only you can answer"),
    "phone": ("door te bellen naar het nummer dat wij hadden", "by calling the number that we had"),
}
_PARTS: dict[str, _Pair] = {
    "main": ("Wat er staat", "What it holds"),
    "letter": ("Mail met een code", "Mail with a code"),
    "link": ("Wat daarna werd gevraagd", "What was asked later"),
    "message": ("Bericht", "Message"),
    "note": ("Aantekening van ons", "Note of ours"),
    "proposal": ("Wat wij voorstelden te verbeteren", "What we proposed to correct"),
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODES: dict[str, Mapping[str, _Pair]] = {  # by the field that holds them
    "decision": _OUTCOMES,
    "how": _HOW,
    "kind": _KINDS,
    "outcome": _OUTCOMES,
    "read_as": _READ,
    "spoken": _LANGUAGES,
    "what": _NOTED,
}
_RIGHTS = frozenset({"asked", "now", "right", "rights", "was"})
CODED = _CODES.keys() | {"asked", "right", "rights"}
"""Fields of which a text is a code of ours, and no date: in a table that stays one by which can be sorted."""
_MOMENTS = frozenset({"at", "now", "on", "until", "was"})


def field(name: str, value: object) -> str:
    """Return the name of a field for its words: reasons that we read in a letter are codes, those of staff are text."""
    return "read_as" if name == "reasons" and isinstance(value, (list, tuple)) else name


def label(name: str, labels: Mapping[str, str], voice: Voice) -> str:
    """Return what a field is called: as the policy says, as we do, or by its name."""
    return labels.get(name) or (voice.say(*_LABELS[name]) if name in _LABELS else name.replace("_", " "))


def columns(names: Iterable[str], fields: Iterable[str], labels: Mapping[str, str], voice: Voice) -> list[str]:
    """Return what stands above the columns of a table and of its fields; what would be called the same has its name beside it."""
    named = [(name, voice.say(*_COLUMNS[name])) for name in names]
    named += [(name, label(name, labels, voice)) for name in fields]
    words = [words for _, words in named]
    return [f"{said} ({name})" if words.count(said) > 1 else said for name, said in named]


def state(entry_state: Mapping[str, object], voice: Voice) -> list[tuple[str, str]]:
    """Return what is told of an entry beside its parts."""
    shown = ((label, entry_state.get(name)) for name, label in _STATE_LABELS.items())
    return [(voice.say(*label), _of(_STATES, str(value), voice)) for label, value in shown if value]


def why(reason: str, voice: Voice) -> str:
    """Return why something was opened."""
    return _of(_WHY, reason, voice)


def part(name: str, voice: Voice) -> str:
    """Return what a part of an entry is."""
    return voice.say(*_PARTS.get(name.partition("#")[0], _PARTS["main"]))


def code(field: str, value: str, voice: Voice) -> str:
    """Return a value of a field of ours in words: a code, a right, a date; what is none of them as it is."""
    if field == "recipient" or not value:
        return value
    if field in _RIGHTS and value in case_letters.NAMED:
        return case_letters.name_of(value, voice)
    if field in _CODES:
        return _of(_CODES[field], value, voice)
    return dated(value, voice) if field in _MOMENTS else value


def group(field: str, values: list[str], voice: Voice, labels: Mapping[str, str]) -> str:
    """Return what is kept together in words: a right with what asked for it or became of it, a field with old and new."""
    first, *rest = values
    if field == "corrections":
        return f"{label(first, labels, voice)}: {' → '.join(filter(None, rest))}"
    if field == "rights":
        rest = [_of(_OUTCOMES, each, voice) for each in rest]
    return ": ".join(filter(None, (code(field, first, voice), *rest)))


def named(field: str, name: str, value: str, voice: Voice, labels: Mapping[str, str]) -> str:
    """Return a name with its value, inside a field that holds several: what the mail server found, or who sent it."""
    if field == "verdicts":
        found = ", ".join(_of(_FOUND, each, voice) for each in value.lower().split(", "))
        return f"{_of(_CHECKS, name, voice)}: {found}"
    return f"{label(name, labels, voice)}: {value}"


def dated(value: str, voice: Voice) -> str:
    """Return a moment or a date in words; what is neither as it is."""
    if _MOMENT.fullmatch(value):
        return wording.moment(value, voice)
    return wording.date(value, voice) if _DAY.fullmatch(value) else value


def _of(words: Mapping[str, _Pair], value: str, voice: Voice) -> str:
    """Return a code in words; what has none may be a moment or a date, and is else shown as it is."""
    return voice.say(*words[value]) if value in words else dated(value, voice)
