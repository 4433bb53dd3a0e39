"""What letters about a request say, and what they cannot be without."""

from __future__ import annotations

import re

import pytest
from privacy import case_letters, policy
from privacy.case_letters import Done, Kept, Letter, Outcome, Seen
from privacy.errors import BadInput

U, JE = policy.site("silver-essence"), policy.site("sevenelements")
CASE = "mfzwizltoqxgk3tbnrqxe3tbnr"
PAGE = "https://example.org/silver-essence/rights"
EVERYTHING = Outcome(
    case=CASE,
    received_on="2026-11-02",
    answered_on="2026-11-22",
    done=[
        Done("access", "fulfilled", ready_until="2026-12-06"),
        Done(
            "erasure",
            "partly",
            reasons="Een factuur moet blijven.",
            what="alles behalve de factuur",
            categories={"enquiries": 2},
        ),
        Done("objection", "refused", reasons="Daarvoor is een zwaarwegende reden."),
        Done("question", "fulfilled"),
    ],
    kept=[Kept("Wat op een factuur staat", "Art. 52(4) AWR: zeven jaar", "Hoogstens 7 jaar.")],
    destroyed_on="2026-11-22",
    backups_until="2026-11-25",
    told=[("De Partner", "sent"), ("Amazon Web Services EMEA SARL", "carried_out")],
    seen=[Seen("2026-11-03T09:00:00Z", "answering", "answer"), Seen("2026-11-05T09:00:00Z", "rights", "access")],
    page=PAGE,
)


def every_letter(site: policy.Site, language: str) -> list[Letter]:
    """Return one of each letter."""
    return [
        case_letters.outcome(site, language, EVERYTHING),
        case_letters.erasure_begun(site, language, case=CASE, undo_until="2026-11-25T10:15:00Z", page=PAGE),
        case_letters.erasure_begun(
            site, language, case=CASE, undo_until="2026-11-25T10:15:00Z", page=PAGE, has_copy=True
        ),
        case_letters.restricted(site, language, case=CASE, review_on="2027-01-04"),
        case_letters.lifting(site, language, case=CASE, on="2027-01-04", reasons="Het is nagegaan."),
        case_letters.lifting(site, language, case=CASE, on="2027-01-04", reasons="", taken_back="restriction"),
        case_letters.address_changed(
            site, language, case=CASE, usable_on="2026-11-29", page="https://example.org/x/rights"
        ),
        case_letters.number_changed(site, language, case=CASE),
        case_letters.to_confirm(
            site,
            language,
            case=CASE,
            changes=[("name", "Ada Vorbeeld", "Ada Voorbeeld"), ("phone", "", "+31 6 00000000")],
            page="https://example.org/x/rights",
        ),
        case_letters.extended(
            site,
            language,
            case=CASE,
            received_on="2026-11-02",
            respond_by="2027-02-02",
            reasons="Het zijn veel verzoeken.",
        ),
        case_letters.to_recipient(
            site, language, case=CASE, right="erasure", person="ada@example.org", what=["enquiries"]
        ),
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("site", [U, JE], ids=["u", "je"])
def test_no_letter_has_a_gap_or_the_wrong_form_of_address(site: policy.Site, language: str) -> None:
    """Nothing is left to fill in, and who is addressed as je is never u, nor the other way round."""
    for letter in every_letter(site, language):
        assert "{" not in letter.text + letter.subject
        assert letter.language == language
        if language == "nl":
            bent = r"(?<!\bje )\b(bent|doet|geeft|hebt|krijgt|kunt|schrijft|stuurt|vindt|vraagt|wilt|zult) je\b"
            wrong = rf"\b(u|uw|uzelf)\b|{bent}" if site is JE else r"\b(je|jouw|jezelf)\b"
            assert not re.search(wrong, letter.text, re.IGNORECASE), letter.text


def test_no_subject_says_what_a_letter_is_about() -> None:
    """A subject is read by whoever looks at a screen: neither case nor right nor person stands in it."""
    for letter in every_letter(U, "nl"):
        assert CASE not in letter.subject
        assert "@" not in letter.subject
        assert not re.search(r"wis|inzage|beperk|bezwaar|\d", letter.subject.replace("artikel 19", ""), re.IGNORECASE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_final_letter_says_everything_once(language: str) -> None:
    """What was done per right, what is kept and why, both dates, who was told, who looked, what can be done next (N9)."""
    text = case_letters.outcome(U, language, EVERYTHING).text
    months = {"nl": "november", "en": "November"}
    for said in (
        CASE,
        f"22 {months[language]} 2026",
        f"25 {months[language]} 2026",
        "Een factuur moet blijven.",
        "alles behalve de factuur",
        "Art. 52(4) AWR",
        "De Partner",
        "Daarvoor is een zwaarwegende reden.",
        "Autoriteit Persoonsgegevens",
        "rechtbank",
        PAGE,
    ):
        assert said in text
    assert text.count("rechtbank") == 1


@pytest.mark.parametrize("outcome", ["refused", "partly"])
@pytest.mark.parametrize("reasons", ["", "  \n"])
def test_a_refusal_without_reasons_cannot_be_composed(outcome: str, reasons: str) -> None:
    """Art. 12(4) GDPR: no reasons, no letter, for a refusal in part too."""
    says = EVERYTHING._replace(done=[Done("erasure", outcome, reasons=reasons)])
    with pytest.raises(BadInput, match="reasons_missing"):
        case_letters.outcome(U, "nl", says)


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_a_refusal_names_the_authority_and_the_court_with_its_last_day(language: str) -> None:
    """The complaint to the authority and six weeks for the court are in every refusal; 22 November and six weeks is 3 January."""
    says = Outcome(CASE, "2026-11-02", "2026-11-22", [Done("access", "refused", reasons="Omdat.")])
    text = case_letters.outcome(U, language, says).text
    assert "Autoriteit Persoonsgegevens" in text
    assert re.search(r"3 [Jj]anuar[iy] 2027", text)
    assert "UAVG" in text


def test_an_extension_and_a_lifting_need_reasons() -> None:
    """Both are valid only with reasons (Art. 12(3) and 18(3) GDPR)."""
    with pytest.raises(BadInput, match="reasons_missing"):
        case_letters.extended(U, "nl", case=CASE, received_on="2026-11-02", respond_by="2027-02-02", reasons=" ")
    with pytest.raises(BadInput, match="reasons_missing"):
        case_letters.lifting(U, "nl", case=CASE, on="2027-01-04", reasons="")


def test_nobody_found_is_said_without_saying_whether_anyone_is_known() -> None:
    """The words for no data say that nothing belongs to what was written, and no more."""
    says = Outcome(CASE, "2026-11-02", "2026-11-22", [Done("access", "no_data")])
    assert "niets gevonden" in case_letters.outcome(U, "nl", says).text


def test_what_is_not_listed_of_the_openings_is_counted() -> None:
    """Openings are told by moment, purpose and reason, the latest first; how many came before is said."""
    text = case_letters.outcome(U, "nl", EVERYTHING._replace(seen_before=10)).text
    assert text.index("5 november 2026, 10:00") < text.index("3 november 2026, 10:00")
    assert "Dit zijn de laatste 2 van 12 keer." in text
    unlisted = case_letters.outcome(U, "nl", EVERYTHING._replace(seen=[], seen_before=3)).text
    assert "Niemand heeft ze ingezien" not in unlisted


@pytest.mark.parametrize(
    ("language", "way"), [("nl", "Laat het ons weten in een antwoord"), ("en", "Let us know in a reply")]
)
def test_who_is_restricted_reads_how_that_ends(language: str, way: str) -> None:
    """Not only that we write before it changes, but also what to do to have the data used again."""
    assert way in case_letters.restricted(U, language, case=CASE, review_on="2027-01-04").text


def test_openings_of_one_moment_for_one_reason_are_one_line() -> None:
    """A copy opens each entry once: that is one line with a figure, and the total still counts every one of them."""
    copied = [Seen(f"2026-11-05T09:00:0{second}Z", "rights", "access") for second in range(4)]
    seen = [*copied, Seen("2026-11-05T09:00:09Z", "rights", "identity")]
    text = case_letters.outcome(U, "nl", EVERYTHING._replace(seen=seen, seen_before=10)).text
    assert text.count("(voor uw kopie): 4 keer") == text.count("(voor uw kopie)") == 1
    assert text.count("(om na te gaan wie u bent)\n") == 1
    assert "Dit zijn de laatste 5 van 15 keer." in text


@pytest.mark.parametrize(("language", "live", "last", "never"), [
    ("nl", "25 november 2026, 11:15 uur", "28 november 2026", "ook wij niet"),
    ("en", "25 November 2026, 11:15 (Dutch time)", "28 November 2026", "nor can we"),
])  # fmt: skip
def test_nobody_can_bring_it_back_only_after_the_last_backup(language: str, live: str, last: str, never: str) -> None:
    """The notice of an erasure has both dates, and says of the second one only that then nobody can read the data (N3)."""
    text = case_letters.erasure_begun(U, language, case=CASE, undo_until="2026-11-25T10:15:00Z", page=PAGE).text
    assert text.index(live) < text.index(last) < text.index(never)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_copy_is_promised_only_where_there_is_one(language: str) -> None:
    """Who asked for something else is sent to the page to follow the case, and not to fetch what is not there."""
    says = Outcome(CASE, "2026-11-02", "2026-11-22", [Done("restriction", "fulfilled")], page=PAGE)
    words = {"nl": "kopie", "en": "copy"}[language]
    assert PAGE in case_letters.outcome(U, language, says).text
    assert words not in case_letters.outcome(U, language, says).text
    with_copy = says._replace(done=[Done("access", "fulfilled", ready_until="2026-12-06")])
    assert case_letters.outcome(U, language, with_copy).text.count(words) == 3


def test_stopped_advertising_is_named_and_what_keeps_it_stopped_is_told_once() -> None:
    """Objection and unsubscribing: what stopped, that a code is kept for it, and by which law in the letter's language."""
    done = [Done("objection", "fulfilled", suppressed=True), Done("unsubscribe", "fulfilled", suppressed=True)]
    says = Outcome(CASE, "2026-11-02", "2026-11-22", done)
    dutch, english = (case_letters.outcome(U, language, says).text for language in ("nl", "en"))
    assert "Bezwaar: Wij zijn gestopt met reclame en nieuwsbrieven aan u." in dutch
    assert (dutch.count("Art. 21(3) AVG"), english.count("Art. 21(3) GDPR")) == (1, 1)


def test_whom_a_request_was_passed_on_to_is_named() -> None:
    """The customer who decides is named as that, and not as something we did or did not do (Art. 28(3)(e) GDPR)."""
    done = [Done("access", "forwarded", what="De Hoek B.V.")]
    text = case_letters.outcome(U, "nl", Outcome(CASE, "2026-11-02", "2026-11-22", done)).text
    assert "Doorgestuurd aan: De Hoek B.V." in text
    assert "wel en niet" not in text


def test_an_erasure_that_was_called_off_says_so() -> None:
    """Who undid it reads that nothing is erased, and no reason of ours to disagree with."""
    letter = case_letters.lifting(U, "nl", case=CASE, on="2026-11-22", reasons="x", taken_back="erasure")
    assert "wij wissen uw gegevens niet" in letter.text
    assert "niet mee eens" not in letter.text


def test_who_asked_for_somebody_else_reads_whom_the_letter_is_about() -> None:
    """An agent or a parent reads that what follows is about the other person."""
    says = Outcome(CASE, "2026-11-02", "2026-11-22", [Done("access", "fulfilled")], for_another=True)
    assert "U vroeg dit voor iemand anders" in case_letters.outcome(U, "nl", says).text
    assert "voor iemand anders" not in case_letters.outcome(U, "nl", says._replace(for_another=False)).text
