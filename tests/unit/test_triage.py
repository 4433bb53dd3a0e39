"""Which rights a letter asks for (Art. 12(2) and 15-22 GDPR, N6)."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from privacy import triage
from privacy.triage import Triage

LETTERS = [
    json.loads(line)
    for file in sorted((Path(__file__).parents[1] / "labelled").glob("*.jsonl"))
    for line in file.read_text().splitlines()
]
DESTRUCTIVE = {"erasure", "restriction", "objection", "withdrawal", "unsubscribe", "rectification"}


def read(text: str, subject: str = "") -> Triage:
    """Read a letter to a Dutch site."""
    return triage.read(subject, text, default_language="nl")


def asked(text: str, subject: str = "") -> set[str]:
    """Return the rights that a letter to a Dutch site asks for."""
    return {asked.right for asked in read(text, subject).rights}


def share(letters: list[dict[str, Any]]) -> float:
    """Return the share of letters of which exactly the rights that they ask for are read."""
    right = sum(asked(letter["text"], letter["subject"]) == set(letter["rights"]) for letter in letters)
    return right / len(letters)


def test_nine_of_ten_letters_are_read_exactly() -> None:
    """All rights of a letter and no other, over all letters in all four languages."""
    assert len(LETTERS) > 250
    assert share(LETTERS) >= 0.9


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nine_of_ten_letters_are_read_exactly_in_dutch_and_in_english(language: str) -> None:
    """The languages of the sites, each on its own."""
    assert share([letter for letter in LETTERS if letter["language"] == language]) >= 0.9


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["id"])
def test_nothing_is_taken_away_from_who_did_not_ask_it(letter: dict[str, Any]) -> None:
    """No letter is read as asking to erase, change, restrict or stop something that it does not ask for."""
    assert not (asked(letter["text"], letter["subject"]) & DESTRUCTIVE) - set(letter["rights"])


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["id"])
def test_what_is_read_can_be_explained(letter: dict[str, Any]) -> None:
    """Each right comes once, with words of at most 300 characters; a foreign language goes to a person."""
    result = read(letter["text"], letter["subject"])
    rights = [asked.right for asked in result.rights]
    assert len(rights) == len(set(rights))
    assert all(0 < len(asked.words) <= 300 for asked in result.rights)
    assert result.unsure or result.language in {"nl", "en"}


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Verwijder al mijn gegevens.", {"erasure"}),
        ("verwijder mn gegevens aub", {"erasure"}),
        ("VERWIJDER NU METEEN AL MIJN GEGEVENS", {"erasure"}),
        ("Kunt u mijn gegevens verwijderen?", {"erasure"}),
        ("Gooi mijn dossier maar weg.", {"erasure"}),
        ("Ik wil niet meer in jullie bestand staan.", {"erasure"}),
        ("pls del my acc + data", {"erasure"}),
        ("Could you get rid of my account and everything in it?", {"erasure"}),
        ("Wat weten jullie over mij?", {"access"}),
        ("Where did you get my number?", {"access"}),
        ("Mijn adres is veranderd in Dorpsstraat 1, wilt u dat aanpassen?", {"rectification"}),
        ("Please correct my name: it is spelled Smyth, not Smith.", {"rectification"}),
        ("Zet mijn gegevens op slot tot dit is uitgezocht.", {"restriction"}),
        ("Niet wissen maar bewaren voor mijn rechtszaak.", {"restriction"}),
        ("Please don't delete my data, I need it for a court case. Just stop using it for now.", {"restriction"}),
        ("Graag mijn gegevens in een machineleesbaar formaat.", {"portability"}),
        ("Can I have my data in JSON?", {"portability"}),
        ("Nooit meer reclame.", {"objection"}),
        ("I object to the processing of my personal data.", {"objection"}),
        ("Ik trek mijn toestemming in.", {"withdrawal"}),
        ("You no longer have my permission to use my picture.", {"withdrawal"}),
        ("Haal me van de mailinglijst.", {"unsubscribe"}),
        ("I don't want your newsletter anymore.", {"unsubscribe"}),
        ("Stuur mij alles wat u van mij heeft en verwijder het daarna.", {"access", "erasure"}),
        ("Schrijf me uit voor de nieuwsbrief en verwijder mijn account.", {"unsubscribe", "erasure"}),
    ],
)
def test_a_request_is_read_however_it_is_put(text: str, rights: set[str]) -> None:
    """Orders, polite questions and wishes, with verbs in one piece or two, in short and clumsy mails."""
    assert asked(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "U hoeft niets te wissen.",
        "Ik wil niet dat mijn gegevens gewist worden.",
        "Please don't delete anything.",
        "Do NOT unsubscribe me.",
        "Ich möchte nicht, dass mein Konto gelöscht wird.",
    ],
)
def test_what_is_denied_is_not_asked(text: str) -> None:
    """A denial is no request; a person is told that there was one."""
    result = read(text)
    assert asked(text) == {"question"}
    assert result.unsure
    assert "negated" in result.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Hoe werkt het recht op verwijdering?",
        "Kan ik mijn gegevens laten verwijderen?",
        "Als ik mijn account verwijder, kan ik dan later een nieuwe maken?",
        "Stel dat ik u vraag mijn gegevens te wissen, krijg ik dan nog facturen?",
        "Do I have the right to have my data erased?",
        "How long do you keep my data?",
    ],
)
def test_a_question_about_a_right_is_a_question(text: str) -> None:
    """Who asks how it works, or what would happen, has not asked for it."""
    assert asked(text) == {"question"}


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Alle foto's van mij moeten vernietigd worden.", {"erasure"}),
        ("My photo ought to be removed.", {"erasure"}),
        ("Mijn profiel mag weg.", {"erasure"}),
        ("Mijn account gebruik ik niet. Kan dat verwijderd worden?", {"erasure"}),
        (
            "Ik ga ervan uit dat mijn cv wordt vernietigd. Mocht dat nog niet gebeurd zijn, dan verzoek ik u dat alsnog te doen.",
            {"erasure"},
        ),
        ("Ten eerste: kopie van al mijn gegevens. Ten tweede: verwijdering van mijn account.", {"access", "erasure"}),
        ("1. Correctie van mijn geboortedatum\n2. Verwijdering van mijn foto", {"rectification", "erasure"}),
        ("In de brief staat de verkeerde geboorteplaats. Die moet Utrecht zijn.", {"rectification"}),
        ("Ik wil weten of u gegevens van mij verwerkt.", {"access"}),
        ("Je demande que mes données disparaissent : supprimez tout.", {"erasure"}),
    ],
)
def test_the_form_of_a_request_is_read_and_not_its_words(text: str, rights: set[str]) -> None:
    """Passives, what has to happen, nouns, lists, and words that stand for what was named before."""
    assert asked(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "Mijn buurman heeft u gevraagd zijn gegevens te wissen.",
        "Jullie medewerker zei dat ik mijn gegevens moest laten verwijderen.",
        "Our customers ask us to delete their data.",
        "Your policy says that I may object to the use of my data at any time.",
        "I understand that I can withdraw my consent whenever I like.",
        "Jullie app verwijdert steeds mijn gegevens.",
        "U wilt mijn dossier volgende maand vernietigen.",
        "Ik heb per ongeluk mijn account verwijderd.",
        "As a processor you must delete personal data on our request.",
        "Ik handelde honderden verzoeken om wissing af.",
    ],
)
def test_what_others_say_or_may_do_is_not_asked(text: str) -> None:
    """Somebody else's request, a promise, a permission and a mishap take nothing away; a person looks all the same."""
    result = read(text)
    assert asked(text) == {"question"}
    assert result.unsure


@pytest.mark.parametrize(
    "text",
    [
        "If I ever left, would you be able to delete my account completely?",
        "Mocht ik volgend jaar stoppen, zouden jullie dan mijn account kunnen verwijderen?",
        "Could you wipe our records if we decided against it afterwards?",
        "Voordat ik een proefperiode begin: wissen jullie mijn gegevens daarna?",
        "If you ever share my data, I will ask you to delete it.",
        "Als dit nog eens gebeurt ga ik jullie vragen al mijn gegevens te wissen.",
        "My neighbour may ask you to delete our shared account.",
        "Kunt u bevestigen dat mijn cv na de procedure is vernietigd?",
    ],
)
def test_what_would_be_asked_later_is_not_asked_now(text: str) -> None:
    """Some day, before a contract, as a threat, or done already: nothing is taken away, and a person looks."""
    result = read(text)
    assert asked(text) == {"question"}
    assert result.unsure


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Als ik nog in uw bestand sta, kunt u mij dan verwijderen?", {"erasure"}),
        ("Once my last payslip has arrived, remove my bank details from your systems.", {"erasure"}),
        ("Als dat eenmaal is afgerond moet mijn account gewist worden.", {"erasure"}),
    ],
)
def test_what_is_asked_for_a_moment_that_comes_is_asked(text: str, rights: set[str]) -> None:
    """A condition that is met, or soon will be, makes no question of a request."""
    assert asked(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb gisteren mijn toestemming ingetrokken. Is dat gelukt?",
        "Vorige week heb ik mij uitgeschreven voor de nieuwsbrief. Dank voor de snelle verwerking.",
        "Ik maakte in mei bezwaar tegen de reclame en dat werkte. Bedankt.",
        "Vorig jaar verwijderde u mijn gegevens, dank daarvoor.",
        "I withdrew my consent in the portal yesterday but see no confirmation.",
        "Please restore my deleted account.",
        "My profile was locked. Please unlock it.",
        "You can opt out of our newsletter at any time.",
        "Wilt u geen nieuwsbrief meer ontvangen? Klik hier om u uit te schrijven.",
        "Ik wil voorkomen dat mijn gegevens worden verwijderd.",
        "Ik trek mijn bezwaar tegen reclame in.",
        "I am not withdrawing my consent.",
        "Never stop sending your newsletter!",
        "Vergeet mijn mail over het wissen van mijn account.",
        "Verwijder ze dus vooral NIET als de termijn om is.",
    ],
)
def test_what_was_done_is_offered_or_is_to_be_prevented_is_not_asked(text: str) -> None:
    """Who tells of it in the past, who writes a mailing, and who wants it not to happen: nothing is taken away."""
    assert not asked(text) & DESTRUCTIVE


@pytest.mark.parametrize(
    "text",
    [
        "If you cannot fix this, please delete my account and all my data.",
        "Als u mijn gegevens verkoopt, wil ik dat u ze verwijdert.",
        "Mijn vorige werkgever moet mijn gegevens verwijderen. Hoe pak ik dat aan?",
        "The other company has to delete my data. Can you advise?",
        "Stop met het verwijderen van mijn gegevens.",
        "Graag een bevestiging van de verwijdering van mijn gegevens.",
        "They promised to erase my data but I want to keep my account.",
        "Ik wil de nieuwsbrief wel houden maar geen aanbiedingen meer.",
        "My new number is 06-1. The old number can be deleted from my account.",
        "Ik wil niet dat u een profiel van mij maakt.",
        "Uw verkoper belde tijdens het eten. Niet meer doen.",
        "There is no reason for you to hang on to our contact details.",
        "Remove me.",
    ],
)
def test_a_person_looks_where_the_grammar_allows_another_reading(text: str) -> None:
    """A condition, another who has to do it, another verb that governs it, and a refusal of something unknown."""
    assert read(text).unsure


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Als het contract is afgelopen wil ik dat u al mijn gegevens verwijdert.", {"erasure"}),
        ("Ik heb besloten mijn toestemming in te trekken.", {"withdrawal"}),
        ("Hierbij deel ik u mee dat ik mijn toestemming heb ingetrokken.", {"withdrawal"}),
        ("Ik schreef me uit maar krijg nog steeds de nieuwsbrief. Haal me eraf.", {"unsubscribe"}),
        ("I've unsubscribed three times and still get your newsletter. Please unsubscribe me.", {"unsubscribe"}),
        ("Mijn mailadres is nu b@example.org, het oude mag weg.", {"rectification"}),
        ("Ik wil geen account meer. Daarna mag het profiel dicht en de rest weg.", {"erasure"}),
        ("We left you last year, so please remove our details.", {"erasure"}),
        ("Je mag me van de mailinglijst halen.", {"unsubscribe"}),
    ],
)
def test_what_sounds_like_it_and_is_asked_is_read(text: str, rights: set[str]) -> None:
    """A moment that comes, a decision, a request in vain, a value in the place of another, and "may" that goes on."""
    assert asked(text) == rights


def test_who_waits_for_an_answer_reminds() -> None:
    """The request that is waited for was made before; it is not made again."""
    assert asked("Ik wacht al sinds 2 oktober op antwoord op mijn verwijderverzoek.") == {"reminder"}


def test_who_lets_what_is_there_be_kept_only_withdraws() -> None:
    """Consent ends for what comes; what was gathered is not to be erased against the writer's words."""
    text = (
        "I gave consent last year. Please treat this as taking it back. You may keep what you have gathered until now."
    )
    assert asked(text) == {"withdrawal"}


@pytest.mark.parametrize(
    "text",
    [
        "I have an account. Could you remove the red eye from my picture?",
        "My printer deletes the scan every time I press send. Can you correct that?",
        "De overeenkomst laat ik ongemoeid.",
        "Can you tell me how long you keep data, and whether the change holds for old customers?",
    ],
)
def test_a_verb_that_takes_something_else_takes_no_data(text: str) -> None:
    """To remove, correct or leave alone is a right only when it is done to data of a person."""
    assert asked(text) == {"question"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Een machine die alles van iedereen versnippert, verkoopt u die ook?", "named"),
        ("Kunt u mijn oude nummer verwijderen zodat ik weer kan inloggen?", "password"),
        ("Wis mijn account en zeg mijn abonnement op.", "cancellation"),
        ("Verwijder mijn gegevens. " + "Dit is een heel lang verhaal. " * 400, "long"),
        ("Verwijder mijn account. " + "Ja, echt. " * 300, "long"),
    ],
)
def test_a_person_looks_when_it_is_not_clear(text: str, reason: str) -> None:
    """Words of a right in a question, customer service beside a request, and more text than is read."""
    result = read(text)
    assert reason in result.reasons
    assert result.unsure


def test_a_subject_that_the_letter_points_to_is_read() -> None:
    """The body says that it is asked, the subject says what; a person looks."""
    result = read("Zie onderwerp, ik hoor graag van u.", "Verwijdering van mijn gegevens")
    assert [asked.right for asked in result.rights] == ["erasure"]
    assert result.unsure


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ik kan niet inloggen, graag een nieuw wachtwoord.", "password"),
        ("Ik wil mijn abonnement opzeggen.", "cancellation"),
        ("Factuur 12 staat er dubbel in, kunt u de tweede verwijderen?", "support"),
        ("Please cancel my order.", "cancellation"),
    ],
)
def test_customer_service_is_no_right(text: str, reason: str) -> None:
    """Passwords, contracts and things that are nobody's data; the reason says which it was."""
    result = read(text)
    assert asked(text) == {"question"}
    assert reason in result.reasons


def test_the_content_decides_and_not_the_article() -> None:
    """Article 17 is cited, access is asked."""
    assert asked("Op grond van artikel 17 AVG wil ik inzage in mijn gegevens.") == {"access"}


def test_what_a_request_for_access_lists_is_not_asked_besides() -> None:
    """Art. 15(1) GDPR itself speaks of rectification, erasure, restriction, objection and complaint."""
    text = (
        "I request access to my personal data, including the recipients, the envisaged period, the existence of the "
        "right to request rectification or erasure or restriction, the right to object and the right to lodge a complaint."
    )
    assert asked(text) == {"access"}


def test_a_threat_at_the_end_changes_nothing() -> None:
    """Who would go to the authority otherwise has still asked what was asked."""
    text = "Please delete my data. Otherwise I will lodge a complaint with the supervisory authority."
    assert asked(text) == {"erasure"}


def test_a_letter_to_the_authority_is_no_request_to_us() -> None:
    """A copy of it may reach us; a person looks."""
    result = read(
        "Geachte Autoriteit Persoonsgegevens,\n\nHierbij dien ik een klacht in. Het bedrijf wist mijn gegevens niet."
    )
    assert [asked.right for asked in result.rights] == ["question"]
    assert result.unsure
    assert "authority" in result.reasons


def test_a_reminder_asks_nothing_new() -> None:
    """The right that it names was asked before."""
    assert asked("Op 1 oktober vroeg ik u mijn gegevens te wissen. Ik heb niets gehoord.") == {"reminder"}


def test_a_reminder_may_ask_something_else_besides() -> None:
    """What comes on top of the earlier request is asked now."""
    text = "Op 1 oktober vroeg ik inzage. Ik heb niets gehoord. Inmiddels wil ik ook dat mijn gegevens worden gewist."
    assert asked(text) == {"reminder", "erasure"}


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        (
            "Ik vroeg u twee keer mijn account te verwijderen. Er gebeurt niets. Verwijder het nu.",
            {"reminder", "erasure"},
        ),
        ("I asked for my data in May and got no reply. I ask again for a copy of my data.", {"reminder", "access"}),
        ("I asked you to erase my data in May and got no reply. When will I hear from you?", {"reminder"}),
    ],
)
def test_who_asks_anew_reminds_and_asks(text: str, rights: set[str]) -> None:
    """A request that is made again is one; to want an answer to the first is not."""
    assert asked(text) == rights


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Mijn geboortejaar is 1979, niet 1897. Graag aanpassen.", {"rectification"}),
        ("Ik vraag u:\n- verwijdering van alles wat u niet hoeft te bewaren", {"erasure"}),
        ("I ask you not to use, copy or destroy my file until the court has ruled.", {"restriction"}),
        ("Ik heb geen account bij u. Verwijder mijn gegevens.", {"erasure"}),
    ],
)
def test_a_not_denies_what_it_belongs_to(text: str, rights: set[str]) -> None:
    """A value that is wrong, and what need not be kept, deny nothing; one "not" before a list denies all of it."""
    assert asked(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "Verwijder mijn account en alles wat u over mij hebt.",
        "Please delete my account and everything you have on me.",
    ],
)
def test_what_is_to_be_erased_is_not_asked_to_be_seen(text: str) -> None:
    """What the verb of one right takes for its object is no second request."""
    assert asked(text) == {"erasure"}


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Just erase it.", {"erasure"}),
        ("Ik sta op uw website. Graag alles weg.", {"erasure"}),
        ("stop", {"unsubscribe"}),
    ],
)
def test_a_person_looks_when_it_is_not_said_of_what(text: str, rights: set[str]) -> None:
    """The probable right is read; without the data it is about in so many words, nothing is sure."""
    assert asked(text) == rights
    assert read(text).unsure


def test_a_short_answer_to_a_receipt_is_a_reminder() -> None:
    """What is quoted says that a request was made, and in which language; what stands above it says that nothing came."""
    result = read("It's been 48 days.\n\n> We received your request for erasure and will respond within one month.")
    assert [asked.right for asked in result.rights] == ["reminder"]
    assert result.language == "en"


def test_quoted_history_is_not_read() -> None:
    """What somebody wrote before is not written again by answering."""
    result = read(
        "Dank u, dat is gelukt.\n\nOp di 3 nov. 2026 om 10:00 schreef Ada <ada@example.org>:\n> Verwijder mijn gegevens."
    )
    assert [asked.right for asked in result.rights] == ["question"]
    assert "quoted" in result.reasons


@pytest.mark.parametrize(
    "marker",
    [
        "-----Oorspronkelijk bericht-----\nVan: Ada\nVerzonden: maandag\nAan: info\nOnderwerp: gegevens\n\n",
        "---------- Forwarded message ---------\nFrom: Ada <ada@example.org>\nDate: Mon\nSubject: data\nTo: info\n\n",
        "Begin doorgestuurd bericht:\n\nVan: Ada\nOnderwerp: gegevens\nDatum: maandag\nAan: info\n\n",
    ],
)
def test_a_forwarded_request_is_read(marker: str) -> None:
    """A colleague sends it on, with a line or without."""
    assert asked(f"Ter info.\n\n{marker}Verwijder mijn gegevens.", "FW: gegevens") == {"erasure"}


@pytest.mark.parametrize(
    "footer",
    [
        "Dit bericht is vertrouwelijk. Bent u niet de geadresseerde, verwijder deze e-mail dan direct.",
        "If you are not the intended recipient, please delete this message and all copies.",
        "-- \nVoorbeeld BV\nVerwijder mijn gegevens",
        "U ontvangt deze mail omdat u bent aangemeld. Klik hier om u af te melden.",
    ],
)
def test_a_footer_asks_nothing(footer: str) -> None:
    """Disclaimers, signatures and sign-off lines are not the writer's request."""
    assert asked(f"Kunt u mij een offerte sturen?\n\n{footer}") == {"question"}


def test_a_subject_alone_is_enough() -> None:
    """Some people write nothing else."""
    assert asked("", "Verwijder mijn account") == {"erasure"}


def test_an_empty_letter_goes_to_a_person() -> None:
    """It is a question, of which nothing is known."""
    result = read("  \n ")
    assert [asked.right for asked in result.rights] == ["question"]
    assert result.unsure
    assert result.reasons == ("no_text",)


def test_a_request_for_somebody_else_goes_to_a_person() -> None:
    """The right is named; whether they may ask it is not for a machine."""
    result = read("Namens mijn moeder verzoek ik u haar gegevens te verwijderen.")
    assert [asked.right for asked in result.rights] == ["erasure"]
    assert result.unsure
    assert "on_behalf" in result.reasons


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Graag mijn gegevens verwijderen, dank u wel.", "nl"),
        ("Please send me what you have about me.", "en"),
        ("Bitte löschen Sie meine Daten.", "de"),
        ("Merci de supprimer mes données.", "fr"),
        ("123", "nl"),
    ],
)
def test_the_language_of_a_letter_is_told(text: str, language: str) -> None:
    """By its commonest words; nothing to go by is the language of the site."""
    assert read(text).language == language


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Op Op Op ",
            "Op Op schreef ",
            "Van: a\n",
            "> x\n",
            "recht recht ",
            "recht op ",
            "niet ",
            "geen meer ",
            "haal ",
        ),
        *(
            "<p",
            "<br>",
            '"',
            "\u201c",
            "@",
            "a@",
            "1.1.1.",
            "1. ",
            "I. ",
            "- x\n",
            ".",
            "a.",
            "(",
            ")",
            ",",
            "\n\n",
            "ik ",
            "en ",
        ),
        *(
            "wat u ",
            "op te ",
            "FW: ",
            "groet\n",
            "Le\n",
            "Am schrieb\n",
            "gegvens ",
            "\ufdfa",
            "\u00e9",
            "x",
            "\u0301",
            "if ",
        ),
    ],
)
@pytest.mark.parametrize("subject", [False, True])
def test_a_letter_built_to_hurt_costs_no_more_than_another(piece: str, *, subject: bool) -> None:
    """Sixty thousand characters of anything take less than 0.3 seconds of computing."""
    text = (piece * (60_000 // len(piece) + 1))[:60_000]
    for greeting in ("Hallo, ik ben het.", "Hello, this is the one.", "Ich bin das nicht.", "Je ne suis pas la."):
        read(greeting)
    start = time.process_time()
    read("" if subject else text, text if subject else "")
    assert time.process_time() - start < 0.3


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (
            "Wis alles van ada@example.org, ik ben klaar.",
            "nl",
            "Wis alles van (e-mailadres), ik ben klaar.",
        ),
        (
            "Please erase my data, see https://example.org/x and 192.0.2.7.",
            "en",
            "Please erase my data, see (link) and (IP address)",
        ),
    ],
)
def test_the_words_that_are_quoted_hold_no_mark_of_ours(text: str, language: str, words: str) -> None:
    """Staff, the person's copy and the dossier quote the sentence: what stands for an address while it is read is said in words."""
    found = triage.read("", text, default_language=language)
    assert [each.words.startswith(words.rstrip(".")) for each in found.rights] == [True]
