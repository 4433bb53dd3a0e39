"""The pages on which people ask for their rights and follow what becomes of it (Art. 12(1) and (2) GDPR, P20).

They work without script and by keyboard, and what was typed is not lost when something is wrong with it. What a page gives a
way to needs a typed code first: who follows links or presses buttons without having read the mail changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from privacy import mime, policy, rights_asked, rights_request, transmissions, wording
from privacy.pages import page
from privacy.periods import local_date, read_stamp
from privacy.voice import LANGUAGES, voice_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privacy.policy import Site
    from privacy.voice import Voice

SHEETS = ("style.css", "rights.css")
_DAY = timedelta(days=1)
_Pair = tuple[str, str]
_STATUS: dict[str, _Pair] = {
    "": ("wacht op {your} code", "waiting for your code"),
    rights_asked.ASKED: ("gevraagd", "requested"),
    rights_asked.APPROVAL: ("een medewerker beslist", "a member of our staff will decide"),
    rights_asked.WAITING: ("in behandeling", "in progress"),
    rights_asked.UNDO: ("begonnen; {you} kunt het nog terugdraaien", "started; you can still undo it"),
    rights_asked.DONE: ("gedaan", "done"),
    rights_asked.REFUSED: ("afgewezen; zie onze brief", "refused; see our letter"),
    rights_asked.WITHDRAWN: ("door {you} ingetrokken", "withdrawn by you"),
}
_EVENTS: dict[str, _Pair] = {
    "received": ("ontvangen", "received"),
    "proven": ("wij weten dat {you} het bent", "we know that it is you"),
    "extended": ("termijn verlengd; zie onze brief", "period extended; see our letter"),
    "closed": ("zaak gesloten", "case closed"),
    "begun": ("begonnen", "started"),
    "decided": ("besloten", "decided"),
    "confirmed": ("door {you} bevestigd", "confirmed by you"),
    "withdrawn": ("door {you} ingetrokken", "withdrawn by you"),
    "done": ("gedaan", "done"),
}
_LETTERS: dict[str, _Pair] = {
    "code": ("mail met een code", "mail with a code"),
    "case_receipt": ("ontvangstbevestiging", "confirmation of receipt"),
    "case_answer": ("antwoord", "answer"),
    "case_unanswered": ("bericht dat {your} verzoek niet is beantwoord", "notice that your request was not answered"),
    "notice": ("bericht over {your} verzoek", "notice about your request"),
    "outcome": ("onze slotbrief", "our final letter"),
}
_OTHER: _Pair = ("brief", "letter")
_SENT: dict[str, _Pair] = {
    "queued": ("gaat zo weg", "about to go"),
    "held": ("wacht nog even: er gaan er nu veel weg", "waits a while: many go out now"),
    "sending": ("gaat zo weg", "about to go"),
    "sent": ("verstuurd", "sent"),
    "failed": ("niet aangekomen; wij kijken ernaar", "did not arrive; we are looking into it"),
    "bounced": ("niet aangekomen; wij kijken ernaar", "did not arrive; we are looking into it"),
    "withheld": ("niet verstuurd", "not sent"),
}
_ACTS: dict[str, _Pair] = {
    "withdraw": ("Intrekken", "Withdraw"),
    "undo": ("Terugdraaien", "Undo"),
    "confirm": ("Klopt, pas het aan", "That is right, change it"),
    "download": ("Downloaden", "Download"),
    "provider": ("Naar een andere aanbieder", "To another provider"),
    "stop": ("Stoppen", "Stop"),
    "phrase": ("Nieuw wachtwoord", "New password"),
}
_TRANSMISSIONS: dict[str, _Pair] = {
    transmissions.UNDO: ("bevestigd; {you} kunt het nog stoppen", "confirmed; you can still stop it"),
    transmissions.SENT: ("de aanbieder kan de kopie ophalen", "the provider can fetch the copy"),
    transmissions.FETCHED: ("opgehaald", "fetched"),
    transmissions.MISSED: ("niet op tijd opgehaald; er is niets gegeven", "not fetched in time; nothing was given"),
    transmissions.RETURNED: ("onze mail kwam terug; er is niets gegeven", "our mail came back; nothing was given"),
    transmissions.STOPPED: ("gestopt; er is niets gegeven", "stopped; nothing was given"),
    transmissions.GONE: ("de kopie was er niet meer; er is niets gegeven", "the copy was gone; nothing was given"),
}


def start(
    site: Site,
    language: str,
    *,
    values: Mapping[str, object] | None = None,
    message: str = "",
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return the page with both forms: to ask, filled in with `values` and with what is wrong, and to follow."""
    values, errors, voice = values or {}, errors or {}, voice_of(site, language)
    listed = values.get("rights")
    ticked = {str(right) for right in listed} if isinstance(listed, list) else set()
    rights = [
        {
            "name": rights_request.TICKED + right,
            "label": _first_up(rights_asked.name(right, language, site)),
            "ticked": right in ticked or bool(values.get(rights_request.TICKED + right)),
        }
        for right in rights_request.OFFERED
    ]
    return _page(
        "rights.html",
        site,
        voice,
        title=voice.say("{Your} privacyrechten bij {site}", "Your privacy rights at {site}", site=site.title),
        message=message,
        errors=errors,
        names=_labels(voice),
        others=_others(site, voice),
        first_right=rights[0]["name"],
        rights=rights,
        values={name: value if isinstance(value := values.get(name), str) else "" for name in rights_request.MOST},
        most=rights_request.MOST,
    )


def number(site: Site, language: str, case: str) -> str:
    """Return the page a browser is sent to after a request: it shows the number, and knows nothing of it."""
    voice = voice_of(site, language)
    title = voice.say("{Your} zaaknummer", "Your case number")
    return _page(
        "rights_number.html", site, voice, title=title, case=case, names=_labels(voice), others=_others(site, voice)
    )


def typing(
    site: Site,
    language: str,
    *,
    case: str,
    message: str = "",
    errors: Mapping[str, str] | None = None,
    is_wrong: bool = False,
) -> str:
    """Return the page on which the code is typed, with what is wrong when something is."""
    voice, errors = voice_of(site, language), errors or {}
    title = voice.say("Vul de code in", "Enter the code")
    if is_wrong:
        title = voice.say("Niet gelukt: vul de code in", "This did not work: enter the code")
    shown = {"case": case, "message": message, "errors": errors, "is_wrong": is_wrong, "names": _labels(voice)}
    return _page("rights_code.html", site, voice, title=title, **shown)


def standing(
    site: Site,
    language: str,
    seen: Mapping[str, Any],
    session: str,
    named: Mapping[str, Sequence[str]] = {},
    *,
    message: str = "",
) -> str:
    """Return the page that tells how a case stands (see `rights_status.view`), with what the person can do.

    `named` says whom each transmission is for, by its number: that is sealed, and not in what is seen.
    """
    voice = voice_of(site, language)
    extended = seen["extended_until"]
    days = mime.days(
        language, {"received": local_date(read_stamp(seen["received_at"])), "by": extended or seen["respond_by"]}
    )
    return _page(
        "rights_status.html",
        site,
        voice,
        title=voice.say("Zo staat {your} zaak ervoor", "How your case stands"),
        case=seen["id"],
        session=session,
        message=message,
        days=days,
        seen=seen,
        rights=[_right(each, site, voice, for_another=seen["waits_for_mandate"]) for each in seen["rights"]],
        transmissions=[_transmission(each, named, voice) for each in seen["transmissions"]],
        letters=[_line(each["at"], _letter(each, voice), voice) for each in seen["letters"]],
        timeline=[_line(each["at"], _event(each, site, voice), voice) for each in seen["timeline"]],
    )


def handout(site: Site, language: str, case: str, session: str, link: str) -> str:
    """Return the page with the way to a copy: a link, for a form is not sent on to another host."""
    voice = voice_of(site, language)
    title = voice.say("{Your} kopie staat klaar", "Your copy is ready")
    return _page("rights_handout.html", site, voice, title=title, case=case, session=session, link=link)


# --- for another provider ------------------------------------------------------------------------------------------------


def naming(  # noqa: PLR0917 - of which case, for whom, and what is shown
    site: Site,
    language: str,
    case: str,
    session: str,
    told: Mapping[str, Any],
    values: Mapping[str, object],
    *,
    message: str = "",
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return the page on which another provider is named, with what would be sent (`told`, see `transmitting.about`)."""
    voice = voice_of(site, language)
    proposed = dict(zip(transmissions.MOST_TYPED, told.get("proposed", ()), strict=False))
    shown = {name: str(values.get(name, proposed.get(name, "")) or "") for name in transmissions.MOST_TYPED}
    return _page(
        "rights_provider.html",
        site,
        voice,
        title=voice.say("Naar een andere aanbieder", "To another provider"),
        case=case,
        session=session,
        what=told.get("what", ()),
        is_proposed=any(proposed.values()) and not values.get("provider_email"),
        values=shown,
        most=transmissions.MOST_TYPED,
        message=message,
        errors=errors or {},
        names=_labels(voice),
    )


def confirming(  # noqa: PLR0917 - of which case, for whom, and what is shown
    site: Site,
    language: str,
    case: str,
    session: str,
    to: transmissions.Provider,
    told: Mapping[str, Any],
    *,
    message: str = "",
    errors: Mapping[str, str] | None = None,
    is_wrong: bool = False,
) -> str:
    """Return the page that says what is sent to whom and when, and asks for the code that confirms it."""
    voice = voice_of(site, language)
    handling = policy.handling(site.controller)
    return _page(
        "rights_provider_confirm.html",
        site,
        voice,
        title=voice.say("Bevestig wie de kopie krijgt", "Confirm who gets the copy"),
        case=case,
        session=session,
        to=to,
        what=told.get("what", ()),
        period=wording.period(handling.transmission, voice),
        message=message,
        errors=errors or {},
        is_wrong=is_wrong,
        names=_labels(voice),
    )


def phrase(site: Site, language: str, case: str, session: str, phrase: str) -> str:
    """Return the page that shows a pass phrase, once."""
    voice = voice_of(site, language)
    title = voice.say("Het wachtwoord voor de aanbieder", "The password for the provider")
    return _page("rights_phrase.html", site, voice, title=title, case=case, session=session, phrase=phrase)


def fetching(
    site: Site,
    language: str,
    *,
    values: Mapping[str, object] | None = None,
    message: str = "",
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return the page on which a provider fetches what somebody had handed to them."""
    voice = voice_of(site, language)
    number = (values or {}).get("number")
    return _page(
        "rights_fetch.html",
        site,
        voice,
        title=voice.say("Gegevens ophalen", "Fetch data"),
        number=number[:60] if isinstance(number, str) else "",
        message=message,
        errors=errors or {},
        names=_labels(voice),
    )


def fetched(site: Site, language: str, link: str) -> str:
    """Return the page with the way to what a provider is given."""
    voice = voice_of(site, language)
    title = voice.say("De gegevens staan klaar", "The data are ready")
    return _page("rights_fetched.html", site, voice, title=title, link=link)


def _transmission(each: Mapping[str, Any], named: Mapping[str, Sequence[str]], voice: Voice) -> dict[str, Any]:
    """Return one transmission as the page shows it."""
    name, email = named.get(each["number"], ("", ""))
    moment = {transmissions.UNDO: "undo_until", transmissions.SENT: "until", transmissions.FETCHED: "fetched_at"}
    at = each.get(moment.get(each["status"], ""), "")
    prefix = ("op {at}", "on {at}") if each["status"] == transmissions.FETCHED else ("tot {at}", "until {at}")
    return {
        "name": name or voice.say("Een andere aanbieder", "Another provider"),
        "email": email,
        "status": _first_up(voice.say(*_TRANSMISSIONS[each["status"]])),
        "at": voice.say(*prefix, at=_moment(at, voice)) if at else "",
        "acts": [{"act": act, "label": voice.say(*_ACTS[act])} for act in each["can"]],
    }


# --- what these share ----------------------------------------------------------------------------------------------------


def _page(template: str, site: Site, voice: Voice, **values: object) -> str:
    """Return a page about rights, with what each of them needs."""
    shared = {"site": site.name, "address": site.privacy_address, "base": f"/{site.name}/rights"}
    return page(template, SHEETS, language=voice.language, say=voice.say, **shared, **values)


def _others(site: Site, voice: Voice) -> list[dict[str, str]]:
    """Return the other languages of a site."""
    return [{"lang": each, "title": LANGUAGES[each]} for each in site.languages if each != voice.language]


def _labels(voice: Voice) -> dict[str, str]:
    """Return what the fields are called, for the summary of what is wrong."""
    return {
        "rights": voice.say("Wat moet er gebeuren?", "What should be done?"),
        "email": voice.say("{Your} e-mailadres", "Your e-mail address"),
        "message": voice.say("Waar gaat het over?", "What is it about?"),
        "on_behalf": voice.say("Is het voor een ander?", "Is it for somebody else?"),
        "case": voice.say("Zaaknummer", "Case number"),
        "code": voice.say("Code", "Code"),
        "provider": voice.say("Naam van de aanbieder", "Name of the provider"),
        "provider_email": voice.say("E-mailadres van de aanbieder", "E-mail address of the provider"),
        "number": voice.say("Nummer", "Number"),
        "phrase": voice.say("Wachtwoord", "Password"),
    }


def _first_up(words: str) -> str:
    """Return words as they stand at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _right(each: Mapping[str, Any], site: Site, voice: Voice, *, for_another: bool) -> dict[str, Any]:
    """Return one right as the page shows it."""
    name = _first_up(rights_asked.name(each["right"], voice.language, site))
    acts = [{"act": act, "label": voice.say(*_ACTS[act])} for act in each["can"]]
    until = _until(each, voice)
    is_right = each["right"] not in rights_asked.NOT_CARRIED_OUT
    status = _STATUS[each["status"]] if is_right else ("wij antwoorden {you}", "we answer you")
    if "confirm" in each["can"]:
        status = (
            "wacht op {you}: kijk of alles klopt in onze brief",
            "waiting for you: check that everything in our letter is right",
        )
    if for_another and is_right and not each["status"]:
        status = ("wacht op een machtiging", "waiting for an authorisation")
    return {"right": each["right"], "name": name, "status": _first_up(voice.say(*status)), "acts": acts, "until": until}


def _until(each: Mapping[str, Any], voice: Voice) -> str:
    """Return until when a right can be undone, or its copy fetched: the last day that is whole."""
    if "undo" in each["can"]:
        return voice.say("tot {until}", "until {until}", until=_moment(each["undo_until"], voice))
    if "download" in each["can"]:
        last = mime.days(voice.language, {"day": local_date(read_stamp(each["ready_until"]) - _DAY)})["day"]
        return voice.say("downloaden kan tot en met {day}", "you can download until {day}", day=last)
    return ""


def _letter(each: Mapping[str, Any], voice: Voice) -> str:
    """Return one letter in words."""
    kind, sent = _LETTERS.get(each["kind"], _OTHER), _SENT[each["status"]]
    if (each["kind"], each["status"]) == ("case_receipt", "withheld"):
        sent = ("niet verstuurd; {you} kreeg er deze week al een", "not sent; you had one this week already")
    return f"{voice.say(*kind)}: {voice.say(*sent)}"


def _event(each: Mapping[str, Any], site: Site, voice: Voice) -> str:
    """Return one event in words."""
    what = voice.say(*_EVENTS[each["what"]])
    return f"{rights_asked.name(each['right'], voice.language, site)}: {what}" if "right" in each else what


def _line(at: str, text: str, voice: Voice) -> dict[str, str]:
    """Return a moment and what happened, as the page shows it."""
    return {"day": _day(at, voice), "text": _first_up(text)}


def _moment(at: str, voice: Voice) -> str:
    """Return the minute of a stamp as people write it, Dutch time."""
    time = read_stamp(at).astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%H:%M")
    return voice.say("{day}, {time} uur", "{day}, {time} (Dutch time)", day=_day(at, voice), time=time)


def _day(at: str, voice: Voice) -> str:
    """Return the day of a stamp as people write it."""
    return mime.days(voice.language, {"day": local_date(read_stamp(at))})["day"]
