"""What we say to people about what they sent, in Dutch and English. No message repeats what was sent."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {  # by key, in Dutch and in English
    "invalid": ("Controleer de gegevens bij de velden hieronder.", "Please check the fields below."),
    "invalid_json": ("De inhoud is geen geldige JSON.", "The body is not valid JSON."),
    "not_an_object": ("De inhoud moet één JSON-object zijn.", "The body must be one JSON object."),
    "nested_too_deep": ("De inhoud is te diep genest.", "The body is nested too deep."),
    "invalid_utf8": ("De inhoud is geen geldige UTF-8-tekst.", "The body is not valid UTF-8 text."),
    "invalid_body": ("De inhoud kan niet worden gelezen als formulier.", "The body cannot be read as a form."),
    "too_many_fields": ("De inhoud heeft te veel velden.", "The body has too many fields."),
    "too_large": ("De inhoud is groter dan {most} kB.", "The body is larger than {most} kB."),
    "mail_too_large": (
        "Deze mail is met {size} MB te groot om hier op te halen. De mail ligt verzegeld in de opslag voor grote bestanden"
        " (SealedBucket), onder {place}; vraag uw beheerder.",
        "This mail, with {size} MB, is too large to be fetched here. It lies sealed in the store of large files"
        " (SealedBucket), under {place}; ask your administrator.",
    ),
    "unsupported_content_type": (
        "Stuur application/json, application/x-www-form-urlencoded of multipart/form-data.",
        "Send application/json, application/x-www-form-urlencoded or multipart/form-data.",
    ),
    "next_refused": (
        "Het adres in _next hoort niet bij deze website.",
        "The address in _next does not belong to this website.",
    ),
    "unknown_form": ("Deze website heeft geen formulier met die naam.", "This website has no form of that name."),
    "unknown_site": ("Deze website is hier niet bekend.", "This website is not known here."),
    "not_found": ("Niet gevonden.", "Not found."),
    "not_published": (
        "Deze website laat niet aan iedereen zien hoe haar beloften ervoor staan.",
        "This website does not show everybody how its promises stand.",
    ),
    "method_not_allowed": ("Deze methode kan hier niet.", "This method is not possible here."),
    "idempotency_key_invalid": (
        "Idempotency-Key moet 16 tot 128 letters, cijfers, - of _ zijn, zoals een UUID.",
        "Idempotency-Key must be 16 to 128 letters, digits, - or _, such as a UUID.",
    ),
    "json_only": ("Stuur application/json.", "Send application/json."),
    "forbidden": ("Uw rol geeft hier geen toegang toe.", "Your role gives no access to this."),
    "foreign_origin": (
        "Deze pagina mag de balie niet aanspreken.",
        "This page may not speak to the desk.",
    ),
    "purpose_refused": (
        "Hiervoor mogen deze gegevens niet worden gebruikt.",
        "These data may not be used for this.",
    ),
    "destroyed": (
        "Deze gegevens zijn vernietigd. Niemand kan ze nog lezen; het bewijs staat onder /desk/evidence.",
        "These data have been destroyed. Nobody can read them any more; the proof is under /desk/evidence.",
    ),
    "restricted": (
        "De verwerking is beperkt op verzoek van de betrokkene: de gegevens worden alleen bewaard.",
        "Processing is restricted at the person's request: the data are only stored.",
    ),
    "conflict": (
        "Iemand anders wijzigde dit op hetzelfde moment. Lees het opnieuw en probeer het nog eens.",
        "Somebody else changed this at the same moment. Read it again and try once more.",
    ),
    "is_closed": (
        "Dit is afgesloten: er kan niets meer over worden besloten of gewijzigd. Schrijft de persoon opnieuw, dan is dat een"
        " nieuw verzoek.",
        "This is closed: nothing can be decided or changed about it any more. If the person writes again, that is a new request.",
    ),
    "decided_already": (
        "Over dit recht is al anders besloten, of het wordt al uitgevoerd. Kijk eerst hoe het ervoor staat.",
        "This right was decided about otherwise already, or is being carried out. See first how it stands.",
    ),
    "extended_already": (
        "De termijn is al verlengd. Dat kan één keer, en de persoon weet tot wanneer.",
        "The period was extended already. That can be done once, and the person knows until when.",
    ),
    "waits_already": (
        "Wij wachten al op deze persoon, met een andere vraag. Leg eerst vast dat die is beantwoord.",
        "We wait for this person already, with another question. Record first that it was answered.",
    ),
    "held_by_case": (
        "Deze beperking hoort bij een verzoek. Hef haar daar op: bij het verzoek, of met nakoming case lift.",
        "This restriction belongs to a request. Lift it there: with the request, or with nakoming case lift.",
    ),
    "not_waiting": (
        "Er is niet vastgelegd dat wij op deze persoon wachten.",
        "It is not recorded that we wait for this person.",
    ),
    "reported_already": (
        "Dit datalek is al gemeld, op een ander moment. Een aanvulling hoort bij de feiten.",
        "This breach was reported already, at another moment. What became known since belongs to the facts.",
    ),
    "asks_for_special_data": (
        "Deze tekst lijkt te vragen om bijzondere persoonsgegevens, een burgerservicenummer of een kopie van een"
        " identiteitsbewijs. Daar vragen wij nooit om. Pas de tekst aan, of bevestig dat het geen vraag daarnaar is.",
        "This text seems to ask for special categories of data, a citizen service number or a copy of an identity document."
        " We never ask for those. Change the text, or confirm that it does not ask for them.",
    ),
    "mail_not_safe": (
        "Deze mail kan schade doen of bevat een burgerservicenummer: er zit een virus in, hij is niet gescand, of het nummer"
        " staat in een bijlage of in een vorm die niet onleesbaar gemaakt kon worden. Bevestig dat u hem toch wilt ophalen.",
        "This mail may do harm, or holds a citizen service number: it has a virus, it was not scanned, or the number is in an"
        " attachment or in a form that could not be made unreadable. Confirm that you want to fetch it all the same.",
    ),
    "idempotency_key_reused": (
        "Deze Idempotency-Key hoort bij een ander bericht. Er is niets opgeslagen: stuur het met een nieuwe.",
        "This Idempotency-Key belongs to another message. Nothing was stored: send it with a new one.",
    ),
    "not_proven_yet": (
        "Nog niet is nagegaan wie dit vraagt. Laat de persoon een code invullen op de rechtenpagina, of leg vast hoe u het weet.",
        "Nobody has made sure yet who asks. Let the person enter a code on the page of rights, or note how you know.",
    ),
    "decide_first": (
        "Deze zaak vraagt om een recht. Besluit daarover, of antwoord eerst: de persoon krijgt de redenen te lezen.",
        "This case asks for a right. Decide about it, or answer first: the person is told the reasons.",
    ),
    "correct_first": (
        "Zeg eerst wat het moet worden: in de brief staat dat niet duidelijk genoeg. Dat kan bij het verzoek, onder Zeggen wat"
        " er verbeterd moet worden, of met nakoming case correct.",
        "Say first what it is to be: the letter does not say it clearly enough. You can do so with the request, under Say what"
        " is to be corrected, or with nakoming case correct.",
    ),
    "second_person_needed": (
        "Hierover beslissen twee medewerkers. U hebt al ingestemd; nu is iemand anders aan de beurt.",
        "Two members of staff decide about this. You agreed already; now it is somebody else's turn.",
    ),
    "too_late": (
        "De eerste maand is voorbij: verlengen kan niet meer (art. 12 lid 3 AVG). Antwoord zo snel mogelijk.",
        "The first month is over: it can no longer be extended (Art. 12(3) GDPR). Answer as soon as possible.",
    ),
    "unavailable": (
        "Het lukt nu even niet. Er is niets verloren: probeer het over een minuut opnieuw.",
        "This is not working right now. Nothing is lost: please try again in a minute.",
    ),
    "error": (
        "Er ging iets mis aan onze kant. Probeer het later opnieuw.",
        "Something went wrong on our side. Please try again later.",
    ),
    # per field
    "missing": ("Vul dit veld in.", "Please fill in this field."),
    "too_long": ("Gebruik hier hoogstens {most} tekens.", "Please use at most {most} characters here."),
    "not_text": ("Hier wordt tekst verwacht.", "Text is expected here."),
    "line_break": (
        "Dit veld is één regel: zonder regeleinden en stuurtekens.",
        "This field is one line: without line breaks and control characters.",
    ),
    "control_character": ("Hier staat een teken dat geen tekst is.", "There is a character here that is no text."),
    "unknown_field": ("Dit veld kent het formulier niet.", "The form does not know this field."),
    "duplicate_field": ("Dit veld komt twee keer voor.", "This field is there twice."),
    "no_files": ("Bestanden kunnen hier niet worden meegestuurd.", "Files cannot be sent along here."),
    "in_the_past": ("Deze dag is voorbij.", "This day has passed."),
    "in_the_future": ("Dit moment ligt in de toekomst.", "This moment lies in the future."),
    "not_a_moment": (
        "Geef een datum (2026-11-22) of een moment met tijdzone (2026-11-22T10:15:00+01:00).",
        "Give a date (2026-11-22) or a moment with its time zone (2026-11-22T10:15:00+01:00).",
    ),
    "ends_before": ("Dit ligt voor het begin.", "This lies before the beginning."),
    "channel_unknown": ("Kies form, email, phone, post of desk.", "Choose form, email, phone, post or desk."),
    "no_address": (
        "Er is geen e-mailadres bij deze aanvraag: antwoord langs een andere weg en markeer haar als afgehandeld.",
        "There is no e-mail address with this enquiry: answer another way and mark it as handled.",
    ),
    "no_address_of_case": (
        "Er is geen e-mailadres bij deze zaak: antwoord langs een andere weg en sluit haar daarna af.",
        "There is no e-mail address with this case: answer another way and close it afterwards.",
    ),
    "not_a_right": ("Kies hier een of meer van: {choices}.", "Choose one or more of: {choices}."),
    "reasons_missing": (
        "Geef de redenen: de persoon leest ze, en zonder redenen is dit niet geldig (art. 12 AVG).",
        "Give the reasons: the person reads them, and without them this is not valid (Art. 12 GDPR).",
    ),
    "late_unexplained": (
        "Zeg waarom er niet binnen de termijn is gemeld (art. 33(1) AVG).",
        "Say why it was not reported in time (Art. 33(1) GDPR).",
    ),
    "breach_unexplained": (
        "Zeg waarom het niet is gemeld, of de mensen niet zijn ingelicht (art. 33 en 34 AVG), of leg vast dat het is gedaan.",
        "Say why it was not reported, or the people were not told (Art. 33 and 34 GDPR), or note that it was done.",
    ),
    "not_asked": ("Hierom vraagt deze zaak niet.", "This case does not ask for that."),
    "reason_missing": (
        "Geef de reden, of hoe er is geantwoord: alleen na een antwoord vanuit dit systeem kan die wegblijven.",
        "Give the reason, or how it was answered: only an answer sent from here needs none.",
    ),
    "email_invalid": (
        "Dit is geen geldig e-mailadres. Voorbeeld: naam@voorbeeld.nl",
        "This is not a valid e-mail address. Example: name@example.org",
    ),
    "phone_invalid": (
        "Dit is geen geldig telefoonnummer. Voorbeeld: +31 20 123 45 67",
        "This is not a valid telephone number. Example: +31 20 123 45 67",
    ),
    "too_many": (
        "Met dit adres zijn vandaag hier al veel verzoeken gedaan. Stuur een mail, of probeer het morgen opnieuw.",
        "Many requests were made here with this address today. Send a mail, or try again tomorrow.",
    ),
    "too_many_copies": (
        "Voor dit adres is vandaag al vaak een kopie klaargezet. Probeer het morgen opnieuw, of geef de kopie zelf door.",
        "Copies were prepared for this address many times today. Try again tomorrow, or pass the copy on yourself.",
    ),
    "code_sent": (
        "Als dit zaaknummer klopt, is er een code gestuurd naar het e-mailadres van het verzoek. Dat kan een paar minuten duren.",
        "If this case number is right, a code was sent to the e-mail address of the request. It may take a few minutes.",
    ),
    "right_withdrawn": ("Ingetrokken.", "Withdrawn."),
    "erasure_undone": (
        "Teruggedraaid: er wordt niets vernietigd.",
        "Undone: nothing will be destroyed.",
    ),
    "rectification_confirmed": (
        "Bevestigd. Wij passen het aan zoals in onze brief staat; een nieuw e-mailadres gaat later in dan de rest.",
        "Confirmed. We change it as our letter says; a new e-mail address takes effect later than the rest.",
    ),
    "transmission_stopped": ("Gestopt: de aanbieder krijgt niets.", "Stopped: the provider gets nothing."),
    "our_address": (
        "Dit is een adres van onszelf. Geef het adres van de andere aanbieder.",
        "This is an address of our own. Give the address of the other provider.",
    ),
    "one_at_a_time": (
        "Er loopt al een overdracht. Die moet eerst klaar zijn, of gestopt.",
        "A hand-over is under way. It must end first, or be stopped.",
    ),
    "not_fetched": (
        "Dit klopt niet of geldt niet meer. Controleer het nummer en het wachtwoord, of vraag de persoon die ze gaf.",
        "This is not right, or no longer valid. Check the number and the password, or ask the person who gave it.",
    ),
    "fetch_number_invalid": (
        "Een nummer bestaat uit 26 letters en cijfers. Het staat in onze mail.",
        "A number has 26 letters and digits. It is in our mail.",
    ),
    "fetch_phrase_invalid": (
        "Een wachtwoord bestaat uit vier groepjes van vier letters en cijfers.",
        "A password is four groups of four letters and digits.",
    ),
    "no_copy": ("Er is nu geen kopie om op te halen.", "There is no copy to download now."),
    "too_late_for_that": ("Dat kan niet meer, of nog niet.", "That is not possible any more, or not yet."),
    "choose_one": ("Kies er minstens één.", "Choose at least one."),
    "identity_not_proven": (
        "Dit klopt niet of geldt niet meer. Controleer het zaaknummer, of vraag een nieuwe code aan.",
        "This is not right, or no longer valid. Check the case number, or ask for a new code.",
    ),
    "case_number_invalid": (
        "Een zaaknummer bestaat uit 26 letters en cijfers. Het staat in onze mails over het verzoek.",
        "A case number has 26 letters and digits. It is in our mails about the request.",
    ),
    "code_invalid": ("Een code bestaat uit zes cijfers.", "A code has six digits."),
    "nothing_sealed": (
        "Hiervan is nog geen bewijs verzegeld: een dag wordt een uur na afloop (UTC) verzegeld.",
        "No evidence of this is sealed yet: a day is sealed an hour after its end (UTC).",
    ),
    "not_a_day": ("Geef een dag, zoals 2026-11-22.", "Give a day, such as 2026-11-22."),
    "not_in_day": (
        "Geef momenten die op {day} vallen, het eerste voor het laatste.",
        "Give moments that fall on {day}, the first before the last.",
    ),
    "not_a_period": (
        "Kies een eerste dag die niet na de laatste ligt, met hoogstens {most} dagen ertussen.",
        "Choose a first day that is not after the last, with at most {most} days in between.",
    ),
    "not_an_address": ("Geef een IP-adres, zoals 192.0.2.7.", "Give an IP address, such as 192.0.2.7."),
    "not_a_choice": ("Kies hier {choices}.", "Choose {choices} here."),
    "not_a_number": ("Geef een getal dat hier kan.", "Give a number that is possible here."),
    "not_possible": ("Deze waarde kan hier niet.", "This value is not possible here."),
    # notices with a success
    "bsn_masked": (
        "Een burgerservicenummer mogen wij niet bewaren; het is onleesbaar gemaakt voordat het bericht werd opgeslagen.",
        "We may not keep a citizen service number (BSN); it was made unreadable before the message was stored.",
    ),
}


def message(key: str, language: str, **figures: object) -> str:
    """Return a message in Dutch (`nl`) or else in English, with its figures filled in."""
    dutch, english = MESSAGES[key]
    return (dutch if language == "nl" else english).format(**figures)


def language_of(requested: str | None, accepted: str | None, offered: tuple[str, ...], default: str) -> str:
    """Return the language to answer in: the one asked for (`?lang`), else the first accepted one that is offered.

    `accepted` is an `Accept-Language` header; of a long one only the start is read.
    """
    if requested in offered:
        return str(requested)
    wishes = []
    for place, wish in enumerate((accepted or "")[:200].split(",")):
        tag, _, quality = wish.strip().partition(";q=")
        try:
            wishes.append((-float(quality or 1), place, tag.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    return next((tag for weight, _, tag in sorted(wishes) if weight < 0 and tag in offered), default)
