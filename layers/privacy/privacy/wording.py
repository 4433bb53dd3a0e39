"""The words for what a policy file says in figures and codes: periods, moments, bases, roles, rights, countries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from privacy.periods import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacy.voice import Voice

Pair = tuple[str, str]

_MONTHS: tuple[Pair, ...] = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
_UNITS: tuple[tuple[Pair, Pair], ...] = (
    (("jaar", "year"), ("jaar", "years")),
    (("maand", "month"), ("maanden", "months")),
    (("dag", "day"), ("dagen", "days")),
    (("uur", "hour"), ("uur", "hours")),
)
_COUNTED: dict[str, Pair] = {
    "received": ("nadat wij het hebben ontvangen of gemaakt", "after we received or made it"),
    "visit": ("na het bezoek", "after the visit"),
    "opened": ("nadat er is gekeken", "after the data were opened"),
    "sent": ("na verzending", "after it was sent"),
    "handled": ("nadat het is afgehandeld", "after it was handled"),
    "closed": ("nadat het is afgesloten", "after it was closed"),
    "deactivated": ("nadat het account niet meer actief is", "after the account is no longer active"),
    "deregistered": ("nadat de persoon is afgemeld", "after the person is deregistered"),
    "relationship_end": ("na het einde van de klantrelatie", "after the end of the customer relationship"),
    "withdrawn": ("nadat de toestemming is ingetrokken", "after consent was withdrawn"),
    "invoice_year_end": ("na het einde van het jaar van de factuur", "after the end of the year of the invoice"),
}
_BASES: dict[str, Pair] = {
    "6(1)(a)": ("{your} toestemming", "your consent"),
    "6(1)(b)": (
        "nodig voor een overeenkomst met {you}, of om op {your} verzoek iets te doen voordat die er is",
        "necessary for a contract with you, or for steps at your request before there is one",
    ),
    "6(1)(c)": ("een wettelijke verplichting", "a legal obligation"),
    "6(1)(d)": ("vitale belangen van een mens", "vital interests of a person"),
    "6(1)(e)": ("een taak van algemeen belang", "a task in the public interest"),
    "6(1)(f)": ("een gerechtvaardigd belang", "a legitimate interest"),
}
_ROLES: dict[str, Pair] = {
    "processor": ("verwerker: werkt alleen in onze opdracht", "processor: works on our instructions only"),
    "joint_controller": ("samen met ons verantwoordelijk", "responsible together with us"),
    "recipient": ("ontvanger", "recipient"),
    "authority": ("overheid", "public authority"),
}
_READERS: dict[str, Pair] = {
    "staff": ("medewerkers die erbij betrokken zijn", "the staff involved"),
    "privacy-officer": ("wie bij ons over privacy gaat", "the staff who deal with privacy"),
    "security": ("wie bij ons over beveiliging gaat", "the staff who deal with security"),
    "partner": ("de Partner", "the Partner"),
    "customer": ("de klant zelf", "the customer itself"),
}
_RIGHTS: dict[str, tuple[Pair, Pair]] = {
    "access": (
        ("Inzage", "Access"),
        (
            "{You} kunt vragen welke gegevens wij van {you} hebben, waarvoor, wie ze kreeg en hoe lang wij ze bewaren.",
            "You can ask which data we have about you, what for, who was given them and how long we keep them.",
        ),
    ),
    "rectification": (
        ("Verbetering (rectificatie)", "Correction (rectification)"),
        (
            "Wat niet klopt, verbeteren wij; wat ontbreekt, vullen wij aan.",
            "We correct what is wrong and complete what is missing.",
        ),
    ),
    "erasure": (
        ("Wissen", "Erasure"),
        (
            "{You} kunt vragen {your} gegevens te wissen. Wat de wet ons laat bewaren, noemen wij, met reden en einddatum.",
            "You can ask us to erase your data. If the law makes us keep something, we say what, why and until when.",
        ),
    ),
    "restriction": (
        ("Beperking", "Restriction"),
        (
            "{You} kunt vragen dat wij {your} gegevens alleen nog bewaren, bijvoorbeeld zolang wij nagaan of ze kloppen.",
            "You can ask us to do no more than store your data, for instance while we find out whether they are right.",
        ),
    ),
    "portability": (
        ("Gegevens meenemen", "Taking data with you (portability)"),
        (
            "{You} kunt een kopie krijgen in een vorm die een computer leest, voor {yourself} of voor een andere aanbieder.",
            "You can have a copy in a form that a computer reads, for yourself or for another provider.",
        ),
    ),
    "objection": (
        ("Bezwaar", "Objection"),
        ("Zie hieronder: daar staat het apart.", "See below, where it stands by itself."),
    ),
    "withdrawal": (
        ("Toestemming intrekken", "Withdrawing consent"),
        (
            "Wat op {your} toestemming berust, stopt zodra {you} haar intrekt. Wat daarvoor is gebeurd, blijft geldig.",
            "What rests on your consent stops as soon as you withdraw it. What happened before stays lawful.",
        ),
    ),
}
_COUNTRIES: dict[str, Pair] = {
    "AT": ("Oostenrijk", "Austria"),
    "BE": ("België", "Belgium"),
    "CH": ("Zwitserland", "Switzerland"),
    "DE": ("Duitsland", "Germany"),
    "DK": ("Denemarken", "Denmark"),
    "ES": ("Spanje", "Spain"),
    "FI": ("Finland", "Finland"),
    "FR": ("Frankrijk", "France"),
    "GB": ("Verenigd Koninkrijk", "United Kingdom"),
    "IE": ("Ierland", "Ireland"),
    "IT": ("Italië", "Italy"),
    "LU": ("Luxemburg", "Luxembourg"),
    "NL": ("Nederland", "the Netherlands"),
    "SE": ("Zweden", "Sweden"),
    "US": ("Verenigde Staten", "United States"),
}
_REGIONS: dict[str, Pair] = {
    "eu-central-1": ("Frankfurt, Duitsland", "Frankfurt, Germany"),
    "eu-central-2": ("Zürich, Zwitserland", "Zurich, Switzerland"),
    "eu-north-1": ("Stockholm, Zweden", "Stockholm, Sweden"),
    "eu-south-1": ("Milaan, Italië", "Milan, Italy"),
    "eu-south-2": ("Spanje", "Spain"),
    "eu-west-1": ("Ierland", "Ireland"),
    "eu-west-2": ("Londen, Verenigd Koninkrijk", "London, United Kingdom"),
    "eu-west-3": ("Parijs, Frankrijk", "Paris, France"),
}


def period(text: str, voice: Voice) -> str:
    """Return an ISO 8601 duration in words: `P1Y` is 1 year, `P23D` 23 days."""
    found = parse(text)
    years, months = divmod(found.months, 12)
    counted = zip((years, months, found.days, found.seconds // 3600), _UNITS, strict=True)
    parts = [f"{many} {voice.say(*(one if many == 1 else more))}" for many, (one, more) in counted if many]
    return voice.say(" en ", " and ").join(parts)


def date(text: str, voice: Voice) -> str:
    """Return a date such as `2026-11-22` in words."""
    day = datetime.fromisoformat(text)
    return f"{day.day} {voice.say(*_MONTHS[day.month - 1])} {day.year}"


def moment(stamp: str, voice: Voice) -> str:
    """Return a moment in words, by the clock of Europe/Amsterdam."""
    local = datetime.fromisoformat(stamp).astimezone(ZoneInfo("Europe/Amsterdam"))
    return f"{date(local.date().isoformat(), voice)}, {local:%H:%M}"


def retention(rule: Mapping[str, Any], recovery_days: int, voice: Voice, *, elsewhere: bool = False) -> str:
    """Return how long data are kept, from when that counts, and when also the last backup of their key is gone."""
    counted = voice.say(*_COUNTED[rule["counts_from"]])
    if parse(rule["promise"]).longest().total_seconds() == 0:
        return voice.say(
            "Meteen {counted} onleesbaar; in back-ups {days} dagen later.",
            "Unreadable at once {counted}; in backups {days} days later.",
            counted=counted,
            days=recovery_days,
        )
    most = period(rule["promise"], voice)
    if elsewhere:
        return voice.say(
            "Wij bewaren het tot {most} {counted}.",
            "We keep it until {most} {counted}.",
            most=most,
            counted=counted,
        )
    if "renewed" in rule:
        return voice.say(
            "Zolang {your} keuze geldt: binnen {most} begint de termijn telkens opnieuw, zolang dit beleid dat zegt. Anders is"
            " het dan weg, ook uit back-ups.",
            "As long as your choice stands: within {most} the period begins anew each time, as long as this policy says so."
            " Otherwise it is gone then, from backups too.",
            most=most,
        )
    return voice.say(
        "Hoogstens {most} {counted}; dan is het weg, ook uit back-ups.",
        "At most {most} {counted}; then it is gone, from backups too.",
        most=most,
        counted=counted,
    )


def stale(rule: Mapping[str, Any], voice: Voice) -> str:
    """Return what happens when the moment that a period counts from does not come; nothing lives for ever."""
    return voice.say(
        "Komt dat moment niet, dan krijgen onze medewerkers na {warn} een seintje en laten wij de termijn na {close} ingaan.",
        "If that moment does not come, our staff are told after {warn}, and after {close} we let the period begin.",
        warn=period(rule["warn_after"], voice),
        close=period(rule["close_after"], voice),
    )


def basis(article: str, voice: Voice) -> str:
    """Return a legal basis in words, with its article of the GDPR."""
    return voice.say(
        "{what} (art. {article} AVG)",
        "{what} (Art. {article} GDPR)",
        what=voice.say(*_BASES[article]),
        article=article,
    )


def role(name: str, voice: Voice) -> str:
    """Return in which role a recipient is given data."""
    return voice.say(*_ROLES[name])


def reader(name: str, voice: Voice) -> str:
    """Return who may open data."""
    return voice.say(*_READERS[name])


def right(name: str, voice: Voice) -> tuple[str, str]:
    """Return what a right is called and what it is."""
    title, text = _RIGHTS[name]
    return voice.say(*title), voice.say(*text)


def country(code: str, voice: Voice) -> str:
    """Return a country by its name, or by its ISO 3166 code where we have no name."""
    return voice.say(*_COUNTRIES[code]) if code in _COUNTRIES else code


def region(name: str, voice: Voice) -> str:
    """Return where a region of the cloud is."""
    return f"{voice.say(*_REGIONS[name])} ({name})" if name in _REGIONS else name
