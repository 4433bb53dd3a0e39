"""Mails as MIME, built by us and sent as they are: text and HTML, the headers of RFC 3834, nothing personal in a subject."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from privacy.errors import LetterRefused

if TYPE_CHECKING:
    from privacy.policy import Site

_SEVEN_BIT = SMTP.clone(cte_type="7bit")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SENDER = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>")


class Text(NamedTuple):
    """A mail in one language: subject, and paragraphs."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]


_TEXTS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "staff_notice": {
        "nl": (
            "Nieuwe aanvraag via {title}",
            (
                "Er is een nieuwe aanvraag binnengekomen via {title}.",
                "Open haar hier: {link}",
                "Of op de opdrachtregel: nakoming enquiries show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "New enquiry via {title}",
            (
                "A new enquiry came in via {title}.",
                "Open it here: {link}",
                "Or on the command line: nakoming enquiries show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "staff_reply": {
        "nl": (
            "Reactie op een aanvraag via {title}",
            (
                "De afzender van een aanvraag via {title} heeft geantwoord.",
                "Open haar hier: {link}",
                "Of op de opdrachtregel: nakoming enquiries show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "Reply to an enquiry via {title}",
            (
                "The sender of an enquiry via {title} has replied.",
                "Open it here: {link}",
                "Or on the command line: nakoming enquiries show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "stale_warning": {
        "nl": (
            "Een aanvraag via {title} wacht nog",
            (
                "Een aanvraag via {title} is nog niet als afgehandeld gemarkeerd. Gebeurt dat niet, dan sluiten wij haar"
                " volgens het privacybeleid vanzelf, en daarna worden de gegevens vernietigd.",
                "Open haar hier: {link}",
                "Of op de opdrachtregel: nakoming enquiries show {reference}",
            ),
        ),
        "en": (
            "An enquiry via {title} is still waiting",
            (
                "An enquiry via {title} has not been marked as handled yet. If that does not happen, it is closed under the"
                " privacy policy, and its data are destroyed afterwards.",
                "Open it here: {link}",
                "Or on the command line: nakoming enquiries show {reference}",
            ),
        ),
    },
    "restriction_review": {
        "nl": (
            "Kijk of gegevens nog afgeschermd moeten zijn bij {title}",
            (
                "Gegevens die wij op verzoek alleen bewaren, zijn aan de beurt om te worden bekeken. Wie het vroeg krijgt bericht"
                " voordat dat eindigt.",
                "Bekijk ze hier: {link}",
                "Of op de opdrachtregel: nakoming restriction list",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "Look whether data must still be restricted at {title}",
            (
                "Data that we only store, because somebody asked us to, are due to be looked at. Who asked is told before that"
                " ends.",
                "See them here: {link}",
                "Or on the command line: nakoming restriction list",
                "This message holds no personal data, on purpose.",
            ),
        ),
    },
    "receipt": {
        "nl": (
            "{Your} bericht aan {title} is ontvangen",
            (
                "Wij hebben {your} bericht ontvangen. Het kenmerk is {reference}.",
                "Niets gestuurd? Dan heeft iemand anders dit adres ingevuld, en hoeft er niets te gebeuren.",
            ),
        ),
        "en": (
            "Your message to {title} was received",
            (
                "We received your message. Its reference is {reference}.",
                "Did you not send anything? Then somebody else entered this address; you do not need to do anything.",
            ),
        ),
    },
    "case_notice": {
        "nl": (
            "Nieuw verzoek aan {title}",
            (
                "Er is een verzoek of vraag over gegevens binnengekomen bij {title}. De wettelijke termijn loopt.",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming case show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "New request to {title}",
            (
                "A request or question about data came in for {title}. The legal period has begun.",
                "Open it here: {link}",
                "Or on the command line: nakoming case show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "case_reply": {
        "nl": (
            "Nieuw bericht bij een verzoek aan {title}",
            (
                "Wie een verzoek of vraag aan {title} stuurde, heeft opnieuw geschreven.",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming case show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "New message with a request to {title}",
            (
                "Somebody who sent a request or question to {title} has written again.",
                "Open it here: {link}",
                "Or on the command line: nakoming case show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "case_reminder": {
        "nl": (
            "Een verzoek aan {title} moet binnenkort beantwoord zijn",
            (
                "{You} hebt nog {days} om te antwoorden. Lukt dat niet, verleng de termijn dan op tijd en met redenen.",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming case show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "A request to {title} must be answered soon",
            (
                "You have {days} left to answer. If that is not possible, extend the period in time and with reasons.",
                "Open it here: {link}",
                "Or on the command line: nakoming case show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "case_reminder_extended": {
        "nl": (
            "Een verzoek aan {title} moet binnenkort beantwoord zijn",
            (
                "{You} hebt nog {days} om te antwoorden. De termijn is al verlengd: nog eens kan niet.",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming case show {reference}",
                "In dit bericht staan met opzet geen persoonsgegevens.",
            ),
        ),
        "en": (
            "A request to {title} must be answered soon",
            (
                "You have {days} left to answer. The period was extended already: that cannot be done again.",
                "Open it here: {link}",
                "Or on the command line: nakoming case show {reference}",
                "This message deliberately contains no personal data.",
            ),
        ),
    },
    "incident_reminder": {
        "nl": (
            "Een datalek bij {title} is nog niet gemeld",
            (
                "{You} hebt nog {hours} om het te melden bij de Autoriteit Persoonsgegevens (art. 33 lid 1 AVG).",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming incident draft {reference}",
            ),
        ),
        "en": (
            "A data breach at {title} has not been reported yet",
            (
                "You have {hours} left to report it to the supervisory authority (Art. 33(1) GDPR).",
                "Open it here: {link}",
                "Or on the command line: nakoming incident draft {reference}",
            ),
        ),
    },
    "case_warning": {
        "nl": (
            "Een verzoek aan {title} wacht nog op antwoord",
            (
                "Een verzoek of vraag aan {title} is nog niet afgesloten. Een verzoek moet binnen een maand beantwoord zijn"
                " (art. 12 lid 3 AVG).",
                "Open het hier: {link}",
                "Of op de opdrachtregel: nakoming case show {reference}",
            ),
        ),
        "en": (
            "A request to {title} is still waiting for an answer",
            (
                "A request or question to {title} has not been closed yet. A request must be answered within one month"
                " (Art. 12(3) GDPR).",
                "Open it here: {link}",
                "Or on the command line: nakoming case show {reference}",
            ),
        ),
    },
    "case_unanswered": {
        "nl": (
            "{Your} bericht aan {title} is niet beantwoord",
            (
                "Op {received_on} ontvingen wij {your} bericht, zaaknummer {reference}. Uiterlijk op {respond_by} hadden wij"
                " moeten antwoorden. Dat is niet gebeurd, en dat spijt ons.",
                "Wij bewaren verzoeken niet onbeperkt en sluiten deze zaak nu. {Your} rechten blijven: antwoord op dit bericht of"
                " ga naar {page}, dan loopt er een nieuwe termijn van een maand.",
                "{You} kunt ook naar de rechter: vraag de rechtbank schriftelijk te beslissen. Daarvoor geldt geen termijn, omdat"
                " wij niet op tijd hebben geantwoord (art. 35 UAVG).",
            ),
        ),
        "en": (
            "Your message to {title} was not answered",
            (
                "On {received_on} we received your message, case number {reference}. We should have answered by {respond_by}. We"
                " did not, and we are sorry.",
                "We do not keep requests for ever and now close this case. Your rights remain: reply to this message or go to"
                " {page}, and a new period of one month begins.",
                "You can also ask the district court (rechtbank) in writing to decide. There is no time limit for that, because"
                " we did not answer in time (Art. 35 of the Dutch implementation act, UAVG).",
            ),
        ),
    },
    "case_receipt": {
        "nl": (
            "{Your} bericht aan {title} is ontvangen",
            (
                "Wij hebben {your} bericht op {received_on} ontvangen. Het zaaknummer is {reference}.",
                "Voor ons antwoord hebben wij een maand de tijd: van {received_on} tot en met {respond_by}.",
                "{You} kunt op dit bericht antwoorden als {you} iets wilt toevoegen.",
                "Niets gestuurd? Dan heeft iemand anders dit adres gebruikt; laat het ons weten door te antwoorden.",
            ),
        ),
        "en": (
            "Your message to {title} was received",
            (
                "We received your message on {received_on}. The case number is {reference}.",
                "We have one month to answer: from {received_on} until {respond_by}.",
                "You can reply to this message if you want to add something.",
                "Did you not send anything? Then somebody else used this address; please reply to let us know.",
            ),
        ),
    },
    "prove": {
        "nl": (
            "",
            (
                "Wij beginnen zodra wij zeker weten dat {you} het bent. Vraag daarvoor een code aan op {page}, met dit"
                " zaaknummer; hij komt op dit e-mailadres. Een kopie van een identiteitsbewijs hebben wij niet nodig.",
            ),
        ),
        "en": (
            "",
            (
                "We will start as soon as we are sure that it is you. Ask for a code at {page}, with this case number; it will be"
                " sent to this e-mail address. We do not need a copy of an identity document.",
            ),
        ),
    },
    "unasked": {
        "nl": (
            "",
            (
                "Er kwam een identiteitsbewijs of een burgerservicenummer mee. Dat hebben wij niet nodig en wij bewaren het niet:"
                " wat {you} meestuurde, verwijderen wij. Stuur het ons niet nog eens.",
            ),
        ),
        "en": (
            "",
            (
                "An identity document or a citizen service number (BSN) came with it. We do not need it and we do not keep it: we"
                " delete what you sent along. Please do not send it again.",
            ),
        ),
    },
    "on_behalf": {
        "nl": (
            "",
            (
                "{You} vraagt dit voor iemand anders. Antwoord daarom op dit bericht met een machtiging van die persoon. Voor"
                " een kind onder de 16 vraagt de ouder of voogd het (art. 5 UAVG): schrijf dan dat {you} de ouder of voogd bent.",
            ),
        ),
        "en": (
            "",
            (
                "You ask this for somebody else. Please reply to this message with that person's authorisation. For a child under"
                " 16 the parent or guardian asks (Art. 5 UAVG): then say that you are the parent or guardian.",
            ),
        ),
    },
    "code": {
        "nl": (
            "{Your} code voor {title}",
            (
                "{code}",
                "Met deze code laat {you} zien dat {you} ons dit vraagt:",
                "{rights}",
                "Zodra de code is ingevuld, gaan wij aan de slag. Hij geldt tien minuten en één keer. Vul hem in op {page}, bij"
                " zaaknummer {reference}.",
                "Geef de code aan niemand, ook niet aan ons. Niets gevraagd? Doe dan niets: zonder de code gebeurt er niets.",
            ),
        ),
        "en": (
            "Your code for {title}",
            (
                "{code}",
                "With this code you show that it is you who asks us to:",
                "{rights}",
                "Once the code is entered, we get to work. It is valid for ten minutes, once. Enter it at {page}, with case"
                " number {reference}.",
                "Do not give the code to anybody, not even to us. Was it not you who asked? Then do nothing: nothing happens"
                " without the code.",
            ),
        ),
    },
    "code_to_hand_over": {
        "nl": (
            "{Your} code voor {title}",
            (
                "{code}",
                "Wie deze code invult, bevestigt dat wij een kopie van {your} gegevens aan een andere aanbieder geven.",
                "De code geldt tien minuten en één keer. Vul hem in op de bladzijde waar {you} de aanbieder noemde. Het"
                " zaaknummer is {reference}.",
                "Geef de code aan niemand, ook niet aan ons. Niets gevraagd? Doe dan niets: zonder de code gebeurt er niets.",
            ),
        ),
        "en": (
            "Your code for {title}",
            (
                "{code}",
                "Whoever enters this code confirms that we give a copy of your data to another provider.",
                "The code is valid for ten minutes, once. Enter it on the page where you named the provider. The case number is"
                " {reference}.",
                "Do not give the code to anybody, not even to us. Was it not you who asked? Then do nothing: nothing happens"
                " without the code.",
            ),
        ),
    },
    "code_to_look": {
        "nl": (
            "{Your} code voor {title}",
            (
                "{code}",
                "Deze code laat zien hoe het met {your} zaak staat.",
                "De code geldt tien minuten en één keer. Vul hem in op {page}, bij zaaknummer {reference}.",
                "Geef de code aan niemand, ook niet aan ons. Niets gevraagd? Doe dan niets: zonder de code gebeurt er niets.",
            ),
        ),
        "en": (
            "Your code for {title}",
            (
                "{code}",
                "With this code you can see where your case stands.",
                "The code is valid for ten minutes, once. Enter it at {page}, with case number {reference}.",
                "Do not give the code to anybody, not even to us. Was it not you who asked? Then do nothing: nothing happens"
                " without the code.",
            ),
        ),
    },
    "case_answer": {
        "nl": (
            "Antwoord op {your} bericht aan {title}",
            (
                "{body}",
                "—",
                "{You} kunt op dit bericht antwoorden; het antwoord komt bij {your} zaak terecht. Zaaknummer: {reference}.",
            ),
        ),
        "en": (
            "Answer to your message to {title}",
            (
                "{body}",
                "—",
                "You can reply to this message; your reply is added to your case. Case number: {reference}.",
            ),
        ),
    },
    "answer": {
        "nl": (
            "Antwoord op {your} aanvraag bij {title}",
            (
                "{body}",
                "—",
                "{You} kunt op dit bericht antwoorden; het antwoord komt bij {your} aanvraag terecht.",
                "Kenmerk: {reference}. Uiterlijk op {until} zijn {your} gegevens bij deze aanvraag vernietigd, ook in"
                " reservekopieën. Eerder kan ook: stuur een verzoek naar {privacy_address}.",
            ),
        ),
        "en": (
            "Answer to your request to {title}",
            (
                "{body}",
                "—",
                "You can reply to this message; your reply is added to your request.",
                "Reference: {reference}. Your details with this request will be destroyed by {until} at the latest, in backups"
                " too. It can be done sooner: send a request to {privacy_address}.",
            ),
        ),
    },
}
_MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")
_WORDS = {"u": {"you": "u", "your": "uw"}, "je": {"you": "je", "your": "je"}}


def text(kind: str, language: str, site: Site, **values: str) -> Text:
    """Return the text of a letter in `nl` or else `en`, in the form of address of the site's policy."""
    language = "nl" if language == "nl" else "en"
    subject, paragraphs = _TEXTS[kind][language]
    words = _WORDS["je" if site.address_form == "je" else "u"]
    words = {**words, "You": words["you"].capitalize(), "Your": words["your"].capitalize()}
    known = {"title": site.title, "privacy_address": site.privacy_address, **words, **values}
    return Text(language, subject.format(**known), tuple(paragraph.format(**known) for paragraph in paragraphs))


def days(language: str, named: dict[str, str]) -> dict[str, str]:
    """Return days (`YYYY-MM-DD`) as people write them, in Dutch or else in English."""
    months = _MONTHS["nl" if language == "nl" else "en"]
    parts = {name: day.split("-") for name, day in named.items()}
    return {name: f"{int(day)} {months[int(month) - 1]} {year}" for name, (year, month, day) in parts.items()}


def message(
    site: Site, to: str, content: Text, reply_to: str = "", *, automatic: str = "", answers: str = "", home: str = ""
) -> bytes:
    """Return the MIME of one mail to one recipient.

    `automatic` is the value of `Auto-Submitted` (RFC 3834); such a mail asks not to be answered by machines. `answers` is the
    id of the mail that it answers; what is no such id is left out. Addresses under `home`, which are ours, are links; others are
    text. Raises LetterRefused for an address that would change
    the headers.
    """
    if any(_CONTROL.search(value) for value in (to, reply_to, content.subject)):
        raise LetterRefused
    mail = EmailMessage(policy=_SEVEN_BIT)
    mail["From"] = _sender(site.sender)
    mail["To"] = _address(to)
    mail["Subject"] = content.subject
    if reply_to:
        mail["Reply-To"] = _address(reply_to)
    if _MESSAGE_ID.fullmatch(answers):
        mail["In-Reply-To"] = answers
        mail["References"] = answers
    if automatic:
        mail["Auto-Submitted"] = automatic
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content("\n\n".join(content.paragraphs) + "\n")
    mail.add_alternative(_html(content, home), subtype="html")
    mail["Content-Language"] = content.language
    return mail.as_bytes()


def _sender(sender: str) -> Address:
    """Return the site's own sender, `Name <address>` or an address alone."""
    match = _SENDER.fullmatch(sender)
    return _address(match["address"], match["name"].strip('" ')) if match else _address(sender)


def _address(spec: str, name: str = "") -> Address:
    """Return an address for a header. Raises LetterRefused for one that no header can carry."""
    try:
        return Address(display_name=name, addr_spec=spec)
    except (ValueError, IndexError, MessageError) as broken:
        raise LetterRefused from broken


def _html(content: Text, home: str) -> str:
    """Return the same paragraphs as plain HTML: nothing is loaded from anywhere."""
    paragraphs = "\n".join(_linked(_block(part), home) for part in content.paragraphs)
    title = escape(content.subject)
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!doctype html>\n<html lang="{content.language}">{head}<body>\n{paragraphs}\n</body></html>\n'


def _linked(html: str, home: str) -> str:
    """Return escaped text in which our own addresses are links. What somebody typed leads nowhere that is not ours."""
    ours = re.compile(re.escape(escape(home)) + r"/(?:[A-Za-z0-9/?=#._-]|&amp;)*[A-Za-z0-9/]")
    return ours.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html) if home else html


def _block(part: str) -> str:
    """Return one part as HTML: an underlined line is a heading, lines with a dash before each are a list, all else is text."""
    lines = part.split("\n")
    if len(lines) == 2 and lines[0] and lines[1] == "-" * len(lines[0]):  # noqa: PLR2004 - a line and what is under it
        return f"<h2>{escape(lines[0])}</h2>"
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in lines) + "</ul>"
    return f'<p style="white-space: pre-line">{escape(part)}</p>'
