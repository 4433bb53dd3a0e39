"""One planted fault each: the check names the line, the reason and the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from nakoming.policy.check import check_files
from nakoming.policy.document import policy_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SE, SEVEN = "silver-essence.yaml", "seven-elements.yaml"
ORIGIN = "add `quote` with the text's words, or `assumed: true` where it does not say so"
UNLISTED = "list it at its place with its promises, or as information, or as nobody"
COPIED = "copy it letter for letter, in the text's order, or remove it"


class Planted(NamedTuple):
    """A change to a policy file, and the fault it gives at the first line that holds `at`, counted from `below` on."""

    name: str
    file: str
    old: str
    new: str
    at: str
    reason: str
    remedy: str
    below: str = ""


PLANTED = (
    Planted(
        "bucket and backups break a month",
        SE,
        "needed: P23D",
        "needed: P28D",
        "needed: P28D",
        (
            "visits breaks its promise in the worst case: needed 28 d 1 h + bucket 1 d 1 h + hourly run 1 "
            "h + recovery window 3 d = 32 d 3 h, promised 27 d 23 h"
        ),
        "set `needed` to at most P23D",
    ),
    Planted(
        "visits of a day share a key",
        SE,
        "      bucket: P1D\n",
        "",
        "    retention:",
        "visits of one day share a key, and `bucket` does not say so",
        "set `bucket` to P1D",
    ),
    Planted(
        "a year is a day too long",
        SE,
        "needed: P361D",
        "needed: P362D",
        "needed: P362D",
        (
            "enquiries breaks its promise in the worst case: needed 362 d 1 h + bucket 0 d + hourly run 1 "
            "h + recovery window 3 d = 365 d 2 h, promised 364 d 23 h"
        ),
        "set `needed` to at most P361D",
    ),
    Planted(
        "no backup can keep two days",
        SE,
        "{promise: P1M, needed: P24D, counts_from: received",
        "{promise: P2D, needed: P1D, counts_from: received",
        "promise: P2D",
        (
            "spam breaks its promise in the worst case: needed 1 d 1 h + bucket 0 d + hourly run 1 h + "
            "recovery window 3 d = 4 d 2 h, promised 1 d 23 h"
        ),
        "promise a longer period, after notice",
    ),
    Planted(
        "gone at once and yet kept",
        SE,
        "promise: PT0S\n      needed: PT0S",
        "promise: PT0S\n      needed: P1D",
        "retention:",
        "usernames promises to go at once and is kept",
        "set `needed` to PT0S, no `bucket`",
        below="\n  usernames:",
    ),
    Planted(
        "nobody says how long it is needed",
        SE,
        "      needed: P23D\n",
        "",
        "retention:",
        "visits does not say how long it is needed",
        "add `needed`, shorter than `promise`",
        below="\n  visits:",
    ),
    Planted(
        "the final letter ends before the court term",
        SE,
        "needed: P84D, counts_from: sent",
        "needed: P40D, counts_from: sent",
        "needed: P40D",
        "case_letters ends before the six weeks in which a court can be asked (Art. 35(2) UAVG)",
        "keep the letter longer than six weeks: P43D or more",
    ),
    Planted(
        "fields without retention",
        SE,
        "    retention: {promise: P1M, needed: P24D, counts_from: received, assumed: true}\n",
        "",
        "  spam:",
        "category spam has no retention, nor has any of its fields (name, email, phone, company, message)",
        "say how long it is kept and what that counts from",
    ),
    Planted(
        "an enquiry nobody handles lives for ever",
        SE,
        "      stale: {warn_after: P30D, close_after: P60D, assumed: true}\n",
        "",
        "retention:",
        "enquiries lives for ever when it is never handled",
        "add `stale`: when staff are warned, and when it is ended",
        below="\n  enquiries:",
    ),
    Planted(
        "the warning comes with the end",
        SE,
        "warn_after: P30D",
        "warn_after: P60D",
        "warn_after: P60D",
        "enquiries warns after P60D and closes after P60D",
        "let the warning come before the end",
    ),
    Planted(
        "the quoted text says another period",
        SE,
        "promise: P1Y",
        "promise: P2Y",
        "promise: P2Y",
        "the quote does not say P2Y: “Na behandeling van uw aanvraag worden deze gegevens maximaal…”",
        "promise what the text says, or write `assumed: true`",
    ),
    Planted(
        "an assumed period is not marked",
        SEVEN,
        "bucket: P1D, assumed: true}",
        "bucket: P1D}",
        "bucket: P1D}",
        "categories.visits.retention must have either a quote or `assumed: true`",
        ORIGIN,
    ),
    Planted(
        "quoted and assumed at once",
        SE,
        '    quote: "Voor het uit',
        '    assumed: true\n    quote: "Voor het uit',
        "  services:",
        "purposes.services must have either a quote or `assumed: true`",
        ORIGIN,
    ),
    Planted(
        "a quote that the text does not hold",
        SE,
        'quote: "Voor het uit kunnen',
        'quote: "Voor het goed kunnen',
        'quote: "Voor het goed kunnen',
        "this quote is not in the text: “Voor het goed kunnen voeren van onze Diensten”",
        "copy it letter for letter, or write `assumed: true`",
    ),
    Planted(
        "a category without basis",
        SE,
        "    basis: {article: 6(1)(b), assumed: true}\n",
        "",
        "  enquiries:",
        "category enquiries has no legal basis (Art. 6(1) GDPR)",
        "add `basis`",
        below="\ncategories:",
    ),
    Planted(
        "a category without source",
        SEVEN,
        "    source: {from: [device], assumed: true}\n",
        "",
        "  visits:",
        "category visits has no source (Art. 14(2)(f) GDPR)",
        "add `source`",
        below="\ncategories:",
    ),
    Planted(
        "a category without purpose",
        SE,
        "    purposes: [technical]\n",
        "    purposes: []\n",
        "  visits:",
        "category visits has no purpose (Art. 5(1)(b) GDPR)",
        "add `purposes`",
        below="\ncategories:",
    ),
    Planted(
        "a legitimate interest that is not named",
        SE,
        ("      interest: {nl: misbruik van de applicatie voorkomen, en: to prevent misuse of the application}\n"),
        "",
        "basis:",
        "category actions rests on Art. 6(1)(f) and does not say which interest",
        "add `interest`",
        below="\n  actions:",
    ),
    Planted(
        "a legal obligation without a law",
        SE,
        '      law: {nl: "Art. 5(2) en 12 AVG", en: "Art. 5(2) and 12 GDPR"}\n',
        "",
        "basis:",
        "category cases rests on Art. 6(1)(c) and does not say which law",
        "add `law`",
        below="\n  cases:",
    ),
    Planted(
        "a field named after health",
        SE,
        "      company: {kind: text, label: {nl: bedrijf, en: company}}\n",
        "      health: {kind: text, label: {nl: iets, en: thing}}\n",
        "health: {kind",
        "field health of enquiries asks for special data (`health`; Art. 9 GDPR, P39)",
        "leave it out: no form and no member of staff asks for it",
    ),
    Planted(
        "a field labelled with religion",
        SEVEN,
        "label: {nl: opmerking, en: remark}",
        "label: {nl: geloof, en: remark}",
        "label: {nl: geloof",
        "field message of events asks for special data (`geloof`; Art. 9 GDPR, P39)",
        "leave it out: no form and no member of staff asks for it",
    ),
    Planted(
        "a form that asks for the citizen service number",
        SEVEN,
        "label: {nl: Bedrijf, en: Company}",
        "label: {nl: BSN, en: Number}",
        "      company:",
        "field company of contact asks for special data (`BSN`; Art. 9 GDPR, P39)",
        "leave it out: no form and no member of staff asks for it",
        below="\nforms:",
    ),
    Planted(
        "a kind of data for health",
        SE,
        "username: {kind: username",
        "username: {kind: health",
        "kind: health",
        (
            'categories.usernames.fields.username.kind cannot be "health"; it can be name, text, '
            "long_text, email, phone, username, ip, user_agent, path, host, moment, number, identifier, "
            "choice, file"
        ),
        "What kind of data it is. Special categories have no kind: they cannot be defined (Art. 9 GDPR)",
    ),
    Planted(
        "an unknown recipient",
        SE,
        "recipients: [aws, partner]",
        "recipients: [aws, broker]",
        "recipients: [aws, broker]",
        "there is no recipient broker",
        "define it under `recipients`, or use one of: aws, partner, tax_authority",
    ),
    Planted(
        "an unknown purpose",
        SEVEN,
        "purposes: [consent]",
        "purposes: [profiling]",
        "purposes: [profiling]",
        "there is no purpose profiling",
        (
            "define it under `purposes`, or use one of: accountability, analysis, answering, consent, "
            "events, improvement, invoicing, legal_duties, matching, rights, technical"
        ),
    ),
    Planted(
        "an unknown source",
        SE,
        "source: {from: [application, employer]",
        "source: {from: [application, broker]",
        "from: [application, broker]",
        "there is no source broker",
        "define it under `sources`, or use one of: application, device, employer, person, staff",
    ),
    Planted(
        "an unknown wall",
        SE,
        "wall: visitors",
        "wall: vistors",
        "wall: vistors",
        (
            'categories.visits.wall cannot be "vistors"; it can be visitors, enquiries, usernames, '
            "accounts, contacts, cases"
        ),
        "Which key of the key service seals it: who may open a wall is a right in the infrastructure",
    ),
    Planted(
        "no wall at all",
        SE,
        "    wall: visitors\n",
        "",
        "  visits:",
        "category visits must have either a wall that seals it or a place elsewhere",
        "add `wall`, or `held_elsewhere` when this system does not hold it",
        below="\ncategories:",
    ),
    Planted(
        "no processor named",
        SE,
        "    recipients: [aws]\n",
        "    recipients: []\n",
        "recipients: []",
        "category visits names no processor, and somebody's machines hold it (Art. 13(1)(e) GDPR)",
        "name the cloud provider among its recipients",
    ),
    Planted(
        "a processor without a region",
        SE,
        "    region: eu-central-1\n",
        "",
        "  aws:",
        "processor aws has no `region` (Art. 13(1)(e) and 28 GDPR)",
        "add `region`",
    ),
    Planted(
        "a promise that does not exist",
        SEVEN,
        "\n  P47:\n",
        "\n  P99:\n",
        "  P99:",
        "there is no promise P99",
        "use P01 to P48",
    ),
    Planted(
        "a promise whose module is off",
        SE,
        ", newsletters, partners]",
        ", partners]",
        "  P28:",
        "P28 has no mechanism: module newsletters is not switched on",
        "add it to `modules`, or promise this no longer",
    ),
    Planted(
        "a category whose module is off",
        SEVEN,
        ", cookies, disclosures]",
        ", cookies]",
        "module: disclosures",
        "category disclosures belongs to module disclosures, which is not switched on",
        "add the module to `modules`, or remove the category",
    ),
    Planted(
        "a module without its category",
        SE,
        "\n  spam:\n",
        "\n  junk:\n",
        "modules: [",
        "module enquiries needs a category spam",
        "add it under `categories`, or switch the module off",
    ),
    Planted(
        "a promise without a sentence",
        SE,
        "    promises: [P26, P25]",
        "    promises: [P25]",
        "  P26:",
        "no sentence of the text makes P26",
        "name it at its sentence, or write `assumed: true`",
    ),
    Planted(
        "a promise marked assumed that the text makes",
        SE,
        '    en: "Our website uses no cookies."\n',
        '    en: "Our website uses no cookies."\n    assumed: true\n',
        "  P01:",
        "P01 is marked assumed, and the text makes it",
        "remove `assumed`",
    ),
    Planted(
        "an unknown site in a notice",
        SE,
        "notices: []",
        'notices:\n  - {id: n1, from: "2026-12-01", sites: [shop], text: {nl: iets, en: thing}}',
        "sites: [shop]",
        "there is no site shop",
        "define it under `sites`, or use one of: silver-essence",
    ),
    Planted(
        "an unknown controller",
        SE,
        "    controller: silver-essence",
        "    controller: golden-essence",
        "    controller: golden-essence",
        "there is no controller golden-essence",
        "define it under `controllers`, or use one of: silver-essence",
    ),
    Planted(
        "a controller without identity",
        SE,
        "    legal_name: Silver Essence B.V.\n",
        "",
        "  silver-essence:",
        "controller silver-essence has no `legal_name` (Art. 13(1)(a) GDPR: the identity of the controller)",
        "add `legal_name`",
    ),
    Planted(
        "a controller without contact",
        SEVEN,
        "    contact: privacy@vixum.nl\n",
        "",
        "  vixum:",
        "controller vixum has no `contact` (Art. 13(1)(a) GDPR: the contact details of the controller)",
        "add `contact`",
    ),
    Planted(
        "joint with one that does not say so",
        SEVEN,
        "joint_with: [seven-elements]",
        "joint_with: []",
        "joint_with: [vixum]",
        "seven-elements is joint with vixum, and vixum does not say the same",
        "let each of them name all the others under `joint_with`",
    ),
    Planted(
        "a newsletter that is on by default",
        SE,
        "default: false",
        "default: true",
        "default: true",
        "newsletter product_news is on by default (P27, Art. 11.7 Tw)",
        "write `default: false`: people choose it themselves",
    ),
    Planted(
        "a newsletter without consent",
        SE,
        "    category: newsletter_consents",
        "    category: contacts",
        "    category: contacts",
        "newsletter product_news keeps no consent: contacts is no category that rests on it",
        "name a category whose basis is 6(1)(a)",
    ),
    Planted(
        "account mail used for newsletters",
        SE,
        "purposes: [signing_in, two_step_login]",
        "purposes: [signing_in, newsletters]",
        "purposes: [signing_in, newsletters]",
        "category accounts serves newsletters without consent",
        "leave that purpose to the category that keeps the consent",
    ),
    Planted(
        "no word about complaints",
        SE,
        "  complaint:\n",
        "  complaints:\n",
        "information:",
        ("information has no `complaint` (Art. 13(2)(d) GDPR: the right to complain to the supervisory authority)"),
        "add `complaint`",
    ),
    Planted(
        "a right is missing",
        SE,
        "  rectification: {",
        "  withdrawl: {",
        "rights:\n  access",
        "the right of rectification is missing (Art. 13(2)(b) GDPR)",
        "add it",
    ),
    Planted(
        "a period to undo what cannot be undone",
        SE,
        "  access: {quote",
        "  access: {undo: PT72H, quote",
        "  access: {undo",
        "`undo` stands with the right of access, and belongs to erasure and portability",
        "write it under `erasure` or `portability`",
    ),
    Planted(
        "a copy that ends before another provider can fetch it",
        SE,
        "  portability: {all_data: true,",
        "  portability: {all_data: true, undo: P10D,",
        "needed: P10D",
        "exports ends before another provider, who hears of a copy after P10D, had a day to fetch it (P18)",
        "keep the copy longer, or shorten `undo` at portability",
    ),
    Planted(
        "a third-party cookie before consent",
        SEVEN,
        "      party: first",
        "      party: third",
        "    cookie_choice:",
        "third-party cookie cookie_choice does not wait for consent (P40)",
        "put it into a category with `consent: true`",
    ),
    Planted(
        "cookies of statistics before consent",
        SEVEN,
        "      consent: true\n      assumed: true\n    statistics:",
        "      consent: false\n      assumed: true\n    statistics:",
        "    preferences:",
        "cookies of category preferences do not wait for consent (Art. 11.7a Tw)",
        "write `consent: true`",
    ),
    Planted(
        "cookies where none are promised",
        SE,
        "    cookies: none",
        "    cookies: consent",
        "    cookies: consent",
        "site silver-essence promises no cookies and has them (P01)",
        "use none, list none",
    ),
    Planted(
        "a name that third parties could get",
        SEVEN,
        "recipients: [aws, seven_elements_bv, vixum_bv]\n    readers: [staff",
        "recipients: [aws, accounting_vendors]\n    readers: [staff",
        "      name:",
        "field name of enquiries could give names or contact details to accounting_vendors (P36)",
        "share a category that cannot hold them",
        below="\n  enquiries:",
    ),
    Planted(
        "a sentence that the text does not hold",
        SE,
        '- says: "Onze website maakt geen',
        '- says: "Onze website maakt soms',
        '- says: "Onze website maakt soms',
        "this sentence is not in the text: “Onze website maakt soms gebruik van cookies.”",
        COPIED,
    ),
    Planted(
        "a sentence that is not listed",
        SE,
        (
            '  - says: "Onze website maakt geen gebruik van cookies."\n    promises: [P01]\n    rules: '
            "[sites.silver-essence.cookies]\n"
        ),
        "",
        '- says: "Wij monitoren',
        "the text says what is not listed: “Onze website maakt geen gebruik van cookies.”",
        UNLISTED,
    ),
    Planted(
        "a sentence with two fates",
        SE,
        "    promises: [P01]\n",
        "    promises: [P01]\n    information: true\n",
        '- says: "Onze website maakt geen',
        (
            "this sentence must have exactly one of promises, information, nobody: “Onze website maakt "
            "geen gebruik van cookies.”"
        ),
        "say what becomes of it",
    ),
    Planted(
        "a sentence that no rule carries out",
        SE,
        "    rules: [sites.silver-essence.cookies]\n",
        "",
        '- says: "Onze website maakt geen',
        "no rule carries out this sentence: “Onze website maakt geen gebruik van cookies.”",
        "name the `rules` that do, or say `nobody` and why",
    ),
    Planted(
        "a sentence tied to no such rule",
        SE,
        "rules: [forms.contact]",
        "rules: [forms.kontakt]",
        "rules: [forms.kontakt]",
        "this sentence is carried out by forms.kontakt, which is not in this file",
        "name a place such as categories.visits.retention",
    ),
    Planted(
        "a sentence that makes an unlisted promise",
        SE,
        "    promises: [P01]\n",
        "    promises: [P32]\n",
        "    promises: [P32]",
        "this sentence makes P32, which this policy does not list",
        "add P32 under `promises`",
    ),
    Planted(
        "a missing translation",
        SE,
        "    en: to provide our services\n",
        "",
        "  services:",
        "purposes.services is not translated: en is missing",
        "add the translation",
    ),
    Planted(
        "a site in a language the policy lacks",
        SE,
        "languages: [nl, en]\naddress",
        "languages: [nl]\naddress",
        "    languages: [nl, en]",
        "site silver-essence offers the language en, and the policy is not written in it",
        "add it to the policy's `languages`",
    ),
    Planted(
        "a form field that no category holds",
        SE,
        "\n      company:\n        kind: text",
        "\n      hobby:\n        kind: text",
        "      hobby:",
        "field hobby has no retention: category enquiries does not hold it",
        "add it to the category's fields, or leave it out",
    ),
    Planted(
        "a form field of another kind",
        SE,
        "        kind: phone\n",
        "        kind: text\n",
        "        kind: text",
        "field phone is text in the form and phone in category enquiries",
        "use the same kind in both",
    ),
    Planted(
        "a form that nobody could answer",
        SE,
        "        kind: email\n        required: true",
        "        kind: email\n        required: false",
        "  contact:",
        "form contact cannot be answered",
        "add a required field `email`",
        below="\nforms:",
    ),
    Planted(
        "a form behind another wall",
        SEVEN,
        "    category: events",
        "    category: cases",
        "    category: cases",
        "form event fills category cases, which the public form cannot seal",
        "let the category lie behind the wall enquiries",
    ),
    Planted(
        "a name that stands twice",
        SE,
        'published: "2026-11-22"\n',
        'published: "2026-11-22"\npublished: "2027-01-01"\n',
        'published: "2027',
        "`published` stands twice; it is on line 8 already",
        "keep one of the two",
    ),
    Planted(
        "a misspelt name",
        SE,
        "      counts_from: visit",
        "      count_from: visit",
        "count_from: visit",
        "categories.visits.retention knows no `count_from`",
        "did you mean `counts_from`?",
    ),
    Planted(
        "a required name is missing",
        SE,
        "address_form: u\n",
        "",
        "policy: silver-essence",
        "this file has no `address_form`",
        "add it: How Dutch texts address people",
    ),
    Planted(
        "a number of days as text",
        SE,
        "recovery_days: 3",
        "recovery_days: three",
        "recovery_days: three",
        'recovery_days must be a whole number, not "three"',
        "Days for which the vault can be restored; counted into every worst case",
    ),
    Planted(
        "YAML 1.1 says no",
        SE,
        "publish_verdicts: true",
        "publish_verdicts: yes",
        "publish_verdicts: yes",
        'sites.silver-essence.publish_verdicts must be true or false, not "yes"',
        "Whether the public promise page shows how each promise stands",
    ),
    Planted(
        "a period that is none",
        SE,
        "promise: P7Y",
        "promise: 7Y",
        "promise: 7Y",
        'categories.invoices.retention.promise cannot be "7Y"',
        "An ISO 8601 duration, such as P1M, P361D or PT72H; months and days are counted on the Dutch calendar",
    ),
    Planted(
        "an address that is none",
        SE,
        "privacy_address: privacy@silveressence.net",
        "privacy_address: privacy",
        "privacy_address: privacy",
        'sites.silver-essence.privacy_address cannot be "privacy"',
        "An e-mail address",
    ),
    Planted(
        "another name than the file",
        SE,
        "policy: silver-essence",
        "policy: golden-essence",
        "policy: golden",
        "this file is named silver-essence and holds the policy golden-essence",
        "give both the same name",
    ),
    Planted(
        "a version that is not listed",
        SE,
        '\nversion: "2026-11-22"',
        '\nversion: "2026-12-01"',
        'version: "2026-12-01"',
        "version 2026-12-01 is not the last of `versions`, which is 2026-11-22",
        "add the version in force at the end of `versions`",
    ),
    Planted(
        "a text that is not there",
        SE,
        "text: silver-essence.nl.txt",
        "text: other.nl.txt",
        "text: other",
        "the published text other.nl.txt is missing or empty",
        "put it beside this file, letter for letter",
    ),
    Planted(
        "not readable as YAML",
        SE,
        "policy: silver-essence",
        "\tpolicy: silver-essence",
        "\tpolicy",
        "this is not readable as YAML: found character that cannot start any token",
        "check indentation, quotes and colons",
    ),
)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name.replace(" ", "-"))
def test_a_planted_fault_is_refused_at_its_line(planted: Planted, plant: Callable[[str, str, str], Path]) -> None:
    """Each fault is refused with the line, the reason and the remedy, word for word."""
    path = plant(planted.file, planted.old, planted.new)
    source = path.read_text(encoding="utf-8")
    line = source.count("\n", 0, source.index(planted.at, source.index(planted.below) + len(planted.below))) + 1
    faults = check_files([path])

    assert (line, planted.reason, planted.remedy) in [(fault.line, fault.reason, fault.remedy) for fault in faults]


def test_two_policies_cannot_share_a_site_or_an_address(plant: Callable[[str, str, str], Path]) -> None:
    """What comes in for a name or an address that two policies take could belong to either."""
    plant(SE, "sites:\n  silver-essence:", "sites:\n  vixum:")
    path = plant(SE, "privacy_address: privacy@silveressence.net", "privacy_address: Privacy@vixum.nl")

    reasons = [fault.reason for fault in check_files(policy_files(path.parent))]

    assert "site vixum is taken already, in seven-elements" in reasons
    assert "privacy address privacy@vixum.nl is taken already, in seven-elements" in reasons


def test_a_changed_text_is_refused_until_it_has_a_version(folder: Path) -> None:
    """A published text that changed without a new version is refused: nobody could tell what was in force when."""
    text = folder / "silver-essence.nl.txt"
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    (fault,) = check_files(policy_files(folder))

    assert fault.reason == "silver-essence.nl.txt is not the text of version 2026-11-22"
    assert fault.remedy.startswith("restore it, or add a version with text_sha256 ")


def test_all_faults_come_in_one_run_sorted_by_line(plant: Callable[[str, str, str], Path]) -> None:
    """Faults of shape and of content come together, in the order of the file."""
    plant(SE, "wall: visitors", "wall: vistors")
    plant(SE, "default: false", "default: true")
    path = plant(SE, "needed: P23D", "needed: P28D")

    faults = check_files(policy_files(path.parent))

    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert [fault.reason.split(" ")[0] for fault in faults] == ["categories.visits.wall", "visits", "newsletter"]


def test_the_policy_files_are_accepted() -> None:
    """The two policy files of the project have no fault."""
    assert check_files(policy_files()) == []


def test_a_longer_recovery_window_breaks_promises() -> None:
    """With 14 days of recovery a month cannot be kept: the check follows the infrastructure, not hope."""
    faults = check_files(policy_files(), recovery_days=14)

    broken = {fault.reason.split(" ")[0] for fault in faults}
    assert {"visits", "actions", "enquiries", "spam"} <= broken
    assert all("recovery window 14 d" in fault.reason for fault in faults)


def test_a_file_that_holds_no_mapping_is_refused(tmp_path: Path) -> None:
    """A list, or nothing at all, is no policy file."""
    for content in ("", "- a\n- b\n"):
        path = tmp_path / "list.yaml"
        path.write_text(content, encoding="utf-8")

        (fault,) = check_files([path])

        assert (fault.line, fault.reason) == (1, "this is no policy file")
