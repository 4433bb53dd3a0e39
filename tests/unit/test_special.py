"""What an answer may not ask people for."""

import time

import pytest
from privacy.special import asks


@pytest.mark.parametrize(
    "text",
    [
        "Stuur ons een kopie van uw paspoort.",
        "Wilt u een scan van uw identiteitsbewijs meesturen?",
        "Wat is uw BSN?",
        "Graag ontvangen wij uw burgerservicenummer.",
        "Heeft u een ziekte?\nMet vriendelijke groet",
        "Welk geloof heeft u?",
        "Bent u lid van een vakbond?",
        "Laat ons weten wat uw etnische afkomst is.",
        "Kunt u uw gezondheid beschrijven?",
        "Could you send us a copy of your passport?",
        "Please provide your citizen service number.",
        "What is your sexual orientation?",
        "We need your fingerprints.",
        "Which political party do you vote for? Please state your political opinion.",
        "Please tell us about your health.",
        "Send a photo of your driving licence.",
    ],
)
def test_a_text_that_asks_for_what_we_never_ask_is_recognised(text: str) -> None:
    """Dutch and English, as a request or as a question (P39)."""
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dank voor uw vraag; wij bellen u morgen.",
        "Stuur ons geen kopie van uw paspoort.",
        "Wij hebben uw BSN niet nodig.",
        "Please do not send us a copy of your passport.",
        "Ons pakket voor de gezondheidszorg is uitgebreid.",
        "Kunt u ons uw telefoonnummer geven?",
        "Welke dag schikt u? Het kantoor is gezond ingericht.",
        "Wij werken met ras enthousiasme aan uw offerte.",
        "Could you send us the invoice number?",
        "The race for the lowest price is over.",
        "Het BSN dat u stuurde is onleesbaar gemaakt en niet bewaard.",
        "Wij geloven dat dit past. Wilt u een offerte?",
    ],
)
def test_an_ordinary_answer_is_left_alone(text: str) -> None:
    """A word alone is no reason, nor is one that is denied, nor a question about something else."""
    assert not asks(text)


@pytest.mark.parametrize(
    "piece",
    [*(" ", "\t \u00a0", "hebben ", "bsn hebben ", "hebben wij ", "bsn hebben\n", "kopie van ", "kopie", "bsn? ", "x")],
)
def test_no_text_takes_long(piece: str) -> None:
    """Twenty thousand characters of anything are read in a moment of processor time."""
    start = time.process_time()
    asks("Uw bsn hebben" + piece * (20_000 // len(piece)))
    assert time.process_time() - start < 1


def test_spaces_hide_nothing() -> None:
    """However far apart the words of a request stand, it is one."""
    assert asks("Van u hebben" + " " * 5_000 + "wij" + "\t" * 5_000 + "het bsn-nummer nodig")
