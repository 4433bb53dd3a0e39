"""`nakoming verify`: checks a bundle or a proof on this machine, without the desk, a network or an account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from privacy.bundles import BUNDLE, PROOF
from privacy.verification import Finding, NoEvidence, Report, check

from nakoming.cli.session import AsJson, plain, say, show

_NO_EVIDENCE = 2
_WITH_PUBLISHED = " (/SITE/evidence.json): --published."
_COMPARE_NL = ". Vergelijk met wat toen is gepubliceerd" + _WITH_PUBLISHED
_COMPARE_EN = ". Compare with what was published then" + _WITH_PUBLISHED
_TEXTS: dict[str, tuple[str, str]] = {  # by code, in Dutch and in English
    "covers": (
        "{days} verzegelde dagen van {controller}, {first} tot en met {last} (UTC), met {acts} handelingen.",
        "{days} sealed days of {controller}, {first} up to and including {last} (UTC), with {acts} acts.",
    ),
    "proves": (
        "{acts} handelingen van {controller}, van {first} tot en met {last} (UTC).",
        "{acts} acts of {controller}, {first} up to and including {last} (UTC).",
    ),
    "signed": ("Ondertekend met sleutel {detail}.", "Signed with key {detail}."),
    "own_keys": (
        "Let op: deze sleutel zit in het bestand zelf. Geef de sleutel die u vertrouwt met --key, of wat het bedrijf publiceert"
        + _WITH_PUBLISHED,
        "Note: this key came with the file itself. Give the key you trust with --key, or what the firm publishes"
        + _WITH_PUBLISHED,
    ),
    "open_ends": (
        "Let op: of er dagen vóór {first} of na {last} ontbreken, is niet te zien. Geef de verwachte dagen met --from en --to.",
        "Note: days missing before {first} or after {last} cannot be seen. Give the days you expect with --from and --to.",
    ),
    "sealed_late": (
        "Let op: {detail} dagen, {day} als eerste, zijn pas dagen later ondertekend: na een storing, of opnieuw"
        + _COMPARE_NL,
        "Note: {detail} days, {day} the first, were signed only days later: after an outage, or anew" + _COMPARE_EN,
    ),
    "good": ("In orde: niets is veranderd, weggelaten of toegevoegd.", "Good: nothing was changed, left out or added."),
    "bad": ("NIET in orde. Gevonden:", "NOT good. Found:"),
    "no_evidence": (
        "Dit kan niet worden nagekeken: het bestand of de sleutel is niet van het soort dat hier wordt gemaakt.",
        "This cannot be checked: the file or the key is not of the kind that is made here.",
    ),
    "malformed": ("Onderdeel {detail} is onleesbaar.", "Part {detail} cannot be read."),
    "malformed_act": ("{day}: een handeling is onleesbaar.", "{day}: an act cannot be read."),
    "controller": (
        "{day}: deze dag is van een ander, {detail}.",
        "{day}: this day is of another controller, {detail}.",
    ),
    "foreign_key": (
        "{day}: ondertekend met een onbekende sleutel, {detail}.",
        "{day}: signed with a key that is not known, {detail}.",
    ),
    "signature": ("{day}: de handtekening klopt niet.", "{day}: the signature is not right."),
    "fewer_acts": (
        "{day}: er ontbreken handelingen; verzegeld zijn er {detail}.",
        "{day}: acts are missing; {detail} were sealed.",
    ),
    "more_acts": (
        "{day}: er zijn handelingen bijgekomen; verzegeld zijn er {detail}.",
        "{day}: acts were added; {detail} were sealed.",
    ),
    "acts_order": ("{day}: de handelingen staan in een andere volgorde.", "{day}: the acts stand in another order."),
    "acts_changed": ("{day}: een handeling is veranderd of verwisseld.", "{day}: an act was changed or exchanged."),
    "figures": ("{day}: de aantallen kloppen niet met de handelingen.", "{day}: the figures do not fit the acts."),
    "act_elsewhere": ("{day}: {detail} hoort niet bij deze dag.", "{day}: {detail} does not belong to this day."),
    "missing_day": ("{day}: deze dag ontbreekt.", "{day}: this day is missing."),
    "twice": ("{day}: deze dag staat er meer dan eens.", "{day}: this day is in it more than once."),
    "outside": ("{day}: deze dag valt buiten de periode.", "{day}: this day is outside the period."),
    "days_order": ("{day}: de dagen staan niet op volgorde.", "{day}: the days are not in order."),
    "chain": (
        "{day}: deze dag sluit niet aan op de dag ervoor.",
        "{day}: this day does not follow on the day before it.",
    ),
    "begins_late": (
        "Het begint pas op {day}; verwacht was {detail}.",
        "It begins on {day} only; {detail} was expected.",
    ),
    "ends_early": ("Het eindigt al op {day}; verwacht was {detail}.", "It ends on {day}; {detail} was expected."),
    "not_as_published": (
        "{day}: het bedrijf heeft voor deze dag iets anders gepubliceerd.",
        "{day}: the firm published something else for this day.",
    ),
    "another_chain": (
        "{day}: deze dag is van een andere keten dan het bedrijf heeft gepubliceerd.",
        "{day}: this day is of another chain than the firm published.",
    ),
    "no_acts": ("Er staat geen handeling in.", "There is no act in it."),
    "not_in_day": (
        "{day}: {detail} staat niet in het verzegelde bewijs van deze dag.",
        "{day}: {detail} is not in the sealed evidence of this day.",
    ),
}

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A bundle or a proof.")]
Keys = Annotated[
    list[Path] | None,
    typer.Option(
        "--key", exists=True, dir_okay=False, help="The public key (PEM) you trust; may be given more than once."
    ),
]
Published = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="What the firm published (/SITE/evidence.json): compared with, and its keys trusted.",
    ),
]
First = Annotated[str, typer.Option("--from", help="The first day you expect in it, YYYY-MM-DD.")]
Last = Annotated[str, typer.Option("--to", help="The last day you expect in it, YYYY-MM-DD.")]


def verify(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    file: File,
    key: Keys = None,
    published: Published = None,
    first: First = "",
    last: Last = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Check evidence on this machine: no network, no account. Exit code 1 when something is wrong, 2 when it is no evidence.

    nakoming verify evidence.json --key firm.pem --from 2026-01-01 --to 2026-12-31

    nakoming --lang nl verify proof.json --published published.json
    """
    language = context.obj.language
    try:
        trusted = [path.read_bytes() for path in key or ()]
        public = published.read_bytes() if published else b""
        report = check(file.read_bytes(), trusted, first=first, last=last, published=public)
    except NoEvidence:
        say(_said(language, Finding("no_evidence")))
        raise typer.Exit(_NO_EVIDENCE) from None
    if as_json:
        show({**report._asdict(), "findings": [finding._asdict() for finding in report.findings]})
    else:
        for line in _lines(report, language, expected=bool(first and last)):
            print(line)  # noqa: T201 - this is the output
    if report.findings:
        raise typer.Exit(1)


def _lines(report: Report, language: str, *, expected: bool) -> list[str]:
    """Return what a check came to, in words; a period that nobody `expected` may be cut off at its ends, which is said."""
    figures = {name: getattr(report, name) for name in ("days", "controller", "first", "last", "acts")}
    said = [_said(language, Finding("proves" if report.kind == PROOF else "covers"), figures)]
    said += [_said(language, Finding("signed", detail=each)) for each in report.fingerprints]
    if report.own_keys:
        said.append(_said(language, Finding("own_keys")))
    if report.kind == BUNDLE and not expected:
        said.append(_said(language, Finding("open_ends"), figures))
    if late := report.sealed_late:
        said.append(_said(language, Finding("sealed_late", min(late), str(len(late)))))
    if not report.findings:
        return [*said, _said(language, Finding("good"))]
    return [*said, _said(language, Finding("bad")), *(f"  {_said(language, each)}" for each in report.findings)]


def _said(language: str, finding: Finding, figures: dict[str, Any] | None = None) -> str:
    """Return a finding in words; what stands in the file is shown as text that drives no terminal."""
    dutch, english = _TEXTS[finding.code]
    values = {"day": finding.day, "detail": finding.detail, **(figures or {})}
    shown = {name: plain(value) for name, value in values.items()}
    return (dutch if language == "nl" else english).format(**shown)


def written(path: Path, document: dict[str, Any]) -> None:
    """Write a bundle or a proof as a file of its own. Raises FileExistsError."""
    with path.open("x", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
        file.write("\n")
