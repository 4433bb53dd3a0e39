"""The page of a person's copy: what Art. 15(1) and (2) GDPR want them to be told, and the data themselves, to read.

It stands by itself: it loads nothing, runs nothing, and is as readable on paper or in ten years. What people wrote is shown as
text; marks that are not seen are shown as signs, and no direction mark reaches beyond its own cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from privacy import export_words, pages, processing, published, statement, wording
from privacy import policy as rules
from privacy.document import Bullets, Document, Facts, Heading, Lines, Paragraph, Span, Table, spans
from privacy.holdings import EXPORTS, OPENINGS
from privacy.periods import local_date, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privacy.document import Block, Words
    from privacy.policy import Site
    from privacy.voice import Voice

SHEETS = (*pages.DOCUMENT, "export.css")
_NOTHING = "-"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def page(says: dict[str, Any], site: Site, voice: Voice) -> str:
    """Return the page of a copy; `says` is what its `data.json` holds."""
    made = document(says, site, voice)
    return pages.page(
        "export.html",
        SHEETS,
        document=made,
        title=made.title,
        language=voice.language,
        content_policy=pages.content_policy(SHEETS),
        say=voice.say,
        pieces=spans,
        name_of=lambda block: type(block).__name__,
        pages=(),
        formats=(),
        footer=voice.say(
            "Verzoek {reference}. Bewaar dit bestand op een veilige plaats: alles staat er leesbaar in.",
            "Request {reference}. Keep this file in a safe place: everything in it can be read.",
            reference=says["reference"],
        ),
    )


def document(says: dict[str, Any], site: Site, voice: Voice) -> Document:
    """Return what the page of a copy says."""
    told = statement.data(site, voice)
    blocks = [
        *_top(says, voice),
        *_short(says, voice),
        *_who(says, voice),
        *(block for rule in _categories(says) for block in _category(rule, says, voice)),
        *_looked(says, voice),
        *_not_here(says, site, voice),
        *_recipients(says, voice),
        *_besides(told, voice),
        *_versions(told, voice),
    ]
    return Document(voice.say("Kopie van {your} gegevens", "Copy of your data"), voice.language, tuple(blocks))


def readme(says: dict[str, Any], voice: Voice) -> str:
    """Return what each file of the archive is, as plain text."""
    return voice.say(
        "Kopie van {your} gegevens, zoals ze waren op {as_of}. Verzoek {reference}.\n\n"
        "index.html   om te lezen en af te drukken; laadt niets van internet\n"
        "data.json    alles, voor een computer of een andere aanbieder; schema.json beschrijft het\n"
        "csv/         een tabel per soort gegevens, voor een rekenblad. Een ' voor = + - @ houdt het een tekst;\n"
        "             in data.json staat alles ongewijzigd, onder de korte namen waarmee ons systeem werkt\n"
        "files/       berichten zoals ze binnenkwamen, met hun bijlagen. Open ze met zorg: wij hebben ze niet gefilterd\n",
        "Copy of your data, as they were at {as_of}. Request {reference}.\n\n"
        "index.html   to read and to print; loads nothing from the internet\n"
        "data.json    everything, for a computer or another provider; schema.json describes it\n"
        "csv/         a table per kind of data, for a spreadsheet. A ' before = + - @ keeps it a text;\n"
        "             data.json has everything unchanged, under the short names that our system works with\n"
        "files/       messages as they came in, with their attachments. Open them with care: we did not filter them\n",
        as_of=wording.moment(says["as_of"], voice),
        reference=says["reference"],
    )


# --- what there is -------------------------------------------------------------------------------------------------------


def _top(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what this is, and of when."""
    names = voice.say(" en ", " and ").join(each["legal_name"] for each in says["controllers"])
    yield Paragraph(
        voice.say(
            "Alle gegevens die {names} in dit systeem van {you} {have}, zoals ze waren op {as_of} uur.",
            "All the data that {names} {have} about you in this system, as they were at {as_of} (Dutch time).",
            names=names,
            have=voice.say("hebben", "have") if len(says["controllers"]) > 1 else voice.say("heeft", "has"),
            as_of=wording.moment(says["as_of"], voice),
        ),
        "lead",
    )
    here = (Span("data.json", "data.json"), Span("README.txt", "README.txt"))
    yield Paragraph(
        (
            voice.say("Voor een computer of een andere aanbieder: ", "For a computer or another provider: "),
            here[0],
            voice.say(". Wat elk bestand is: ", ". What each file is: "),
            here[1],
            ".",
        )
    )
    if any(rule["basis"]["assumed"] or rule["source"]["assumed"] for rule in says["categories"]):
        yield statement.legend(voice)


def _short(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say in short what there is, and until when."""
    yield Heading(2, voice.say("In het kort", "In short"), "short")
    if not says["entries"]:
        yield Paragraph(
            voice.say("Wij hebben in dit systeem geen gegevens van {you}.", "We have no data about you in this system.")
        )
        return
    yield Paragraph(
        voice.say(
            "Onleesbaar betekent: de sleutel is vernietigd. In back-ups staat de sleutel enkele dagen langer; daarna kan niemand"
            " het nog lezen.",
            "Unreadable means: the key is destroyed. Backups hold the key some days longer; after that nobody can read it any"
            " more.",
        )
    )
    columns = voice.say(
        "Wat|Hoeveel|Onleesbaar vanaf|Ook in back-ups vanaf", "What|How many|Unreadable from|In backups too from"
    )
    rows = [_short_row(name, entries, says, voice) for name, entries in _by_category(says).items()]
    yield Table(voice.say("Wat wij van {you} hebben", "What we have about you"), tuple(columns.split("|")), tuple(rows))


def _short_row(
    name: tuple[str, str], entries: list[dict[str, Any]], says: dict[str, Any], voice: Voice
) -> tuple[Words | Lines, ...]:
    """Return one category in short: how many entries, and when the last of them ends."""
    ends = {
        moment: voice.say("nog niet bekend: beperkt", "not known yet: restricted")
        if any(each["restricted_at"] for each in entries)
        else _day(max(each[moment] for each in entries), voice)
        for moment in ("erase_by", "backups_until")
    }
    title = Span(_title(name, says), f"#{_anchor(name)}")
    return title, str(len(entries)), ends["erase_by"], ends["backups_until"]


def _who(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say who is responsible (Art. 13(1)(a))."""
    yield Heading(2, voice.say("Wie verantwoordelijk is", "Who is responsible"), "controllers")
    for each in says["controllers"]:
        yield Facts(processing.identity(each, voice))


def _categories(says: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the policy says of each category there is; of one it knows no more, only its name."""
    known = {(rule["controller"], rule["category"]): rule for rule in says["categories"]}
    return [known.get(kind, {"controller": kind[0], "category": kind[1]}) for kind in _by_category(says)]


def _by_category(says: dict[str, Any]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the entries by controller and category, both in the order of their names."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in says["entries"]:
        found.setdefault((entry["controller"], entry["category"]), []).append(entry)
    return dict(sorted(found.items()))


def _category(rule: dict[str, Any], says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say what Art. 15(1) wants to be told of a category, then show its entries."""
    kind = (rule["controller"], rule["category"])
    yield Heading(2, _title(kind, says), _anchor(kind))
    if "basis" in rule:
        portable = voice.say("ja", "yes") if rule["portable"] else voice.say("nee", "no")
        along = voice.say("Mee te nemen naar een andere aanbieder", "To take along to another provider")
        yield Facts((*processing.described(rule, voice), (along, portable)))
    else:
        words = "Het privacybeleid kent deze soort niet meer; wat ervan over is, staat hieronder."
        yield Paragraph(
            voice.say(words, "The policy no longer knows this kind; what is left of it stands below."), "note"
        )
    labels = {field["field"]: field["label"] for field in rule.get("fields", ())}
    for number, entry in enumerate(_by_category(says)[kind], 1):
        yield Heading(3, f"{_title(kind, says)} {number}: {_day(entry['created_at'], voice)}", f"entry-{entry['id']}")
        yield Facts(tuple(_facts(entry, voice)))
        for part in entry["parts"]:
            yield _part(part, labels, voice)
        yield from _files(entry, voice)
        opened = [each for each in says["openings"] if each["entry"] == entry["id"]]
        yield from _openings(opened, says, voice) if opened else [_unseen(voice)]


def _facts(entry: dict[str, Any], voice: Voice) -> Iterator[tuple[str, Words | Lines]]:
    """Say of an entry when it came, under which version, and when it ends."""
    yield voice.say("Nummer", "Number"), entry["id"]
    yield from ((label, _seen(value)) for label, value in export_words.state(entry["state"], voice))
    notices = "".join(f", {notice}" for notice in entry["notices"])
    yield (
        voice.say("Verzameld onder", "Collected under"),
        voice.say(
            "versie {version} van het privacybeleid{notices}",
            "version {version} of the policy{notices}",
            version=entry["policy"],
            notices=notices,
        ),
    )
    if entry["restricted_at"]:
        yield (
            voice.say("Beperkt", "Restricted"),
            voice.say(
                "sinds {date}: wij bewaren dit alleen, en vernietigen het niet zolang dat zo is",
                "since {date}: we only store this, and do not destroy it as long as that lasts",
                date=_day(entry["restricted_at"], voice),
            ),
        )
        return
    if entry["held_until"]:
        yield (
            voice.say("Langer bewaard", "Kept longer"),
            voice.say(
                "tot {date}, zoals wij {you} hebben laten weten",
                "until {date}, as we told you",
                date=_day(entry["held_until"], voice),
            ),
        )
    yield voice.say("Onleesbaar vanaf", "Unreadable from"), _day(entry["erase_by"], voice)
    yield voice.say("Ook in back-ups vanaf", "In backups too from"), _day(entry["backups_until"], voice)


def _part(part: dict[str, Any], labels: dict[str, str], voice: Voice) -> Table:
    """Show one part of an entry."""
    if part["direction"]:
        who = {"in": ("Bericht van {you}", "Message from you"), "out": ("Bericht van ons", "Message from us")}
        caption = f"{voice.say(*who[part['direction']])}, {wording.moment(part['at'], voice)}"
    else:
        at = part["at"] or part["fields"].get("at", "")
        later = f", {export_words.dated(at, voice)}" if part["name"] != "main" and isinstance(at, str) and at else ""
        caption = export_words.part(part["name"], voice) + _seen(later)
    columns = tuple(voice.say("Gegeven|Inhoud", "Item|Content").split("|"))
    named = [(export_words.field(name, value), value) for name, value in part["fields"].items()]
    rows = tuple((_label(name, labels, voice), _value(name, value, labels, voice)) for name, value in named)
    return Table(caption, columns, rows or ((voice.say("Inhoud", "Content"), _NOTHING),), "card")


def _label(name: str, labels: dict[str, str], voice: Voice) -> str:
    """Return what a field is called, as text."""
    return _seen(export_words.label(name, labels, voice)).strip() or _NOTHING


def _value(field: str, value: object, labels: dict[str, str], voice: Voice) -> Words | Lines:
    """Return a value to read: text as it was written, codes in words, lists and names with values one on a line."""
    lines = tuple(map(_said, lines_of(field, value, labels, voice)))
    if isinstance(value, (dict, list, tuple)):
        return Lines(lines or (_NOTHING,))
    return lines[0] if lines else _NOTHING


def lines_of(field: str, value: object, labels: dict[str, str], voice: Voice) -> list[str]:
    """Return the lines of a value: text as it was written, codes in words, and nothing for what is empty."""
    if isinstance(value, dict):
        return [export_words.named(field, name, _plain(each, voice), voice, labels) for name, each in value.items()]
    if isinstance(value, (list, tuple)):
        return [_item(field, each, labels, voice) for each in value]
    text = _plain(value, voice)
    return [export_words.code(field, text, voice)] if text else []


def _item(field: str, value: object, labels: dict[str, str], voice: Voice) -> str:
    """Return one of several values of a field: a code, or what is kept together."""
    if isinstance(value, (list, tuple)) and value:
        return export_words.group(field, [_plain(each, voice) for each in value], voice, labels)
    return export_words.code(field, _plain(value, voice), voice)


def _plain(value: object, voice: Voice) -> str:
    """Return a value inside another as one text."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain(each, voice)}" for name, each in value.items())
    if isinstance(value, bool):
        return voice.say("ja", "yes") if value else voice.say("nee", "no")
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(each, voice) for each in value)
    return "" if value is None else str(value)


def _said(text: str) -> Span:
    """Return what somebody wrote, kept apart from our words."""
    return Span(_seen(text), kind="said")


def _seen(text: str) -> str:
    """Return a text whose control characters are shown as the signs for them."""
    return _CONTROLS.sub(lambda found: "\u2421" if found[0] == "\x7f" else chr(0x2400 + ord(found[0])), text)


def _files(entry: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """List the files that came with an entry, by name and not as links: a browser would show a mail as its sender made it."""
    if entry["files"]:
        words = "Zoals het binnenkwam, met bijlagen, om met een mailprogramma te openen:"
        yield Paragraph(voice.say(words, "As it came in, with attachments, to be opened with a mail program:"))
        names = (Span(f"{each['path']} ({_size(each['bytes'])})", kind="code") for each in entry["files"])
        yield Bullets(tuple(names))


def _size(size: int) -> str:
    """Return a size to read."""
    return f"{max(1, round(size / 1000))} kB"


# --- who looked, and what is not here ------------------------------------------------------------------------------------


def purposes(categories: Iterable[dict[str, Any]], voice: Voice) -> dict[str, str]:
    """Return the purposes of categories in words, by their names; our own of handling rights is always among them."""
    found = {each["name"]: each["text"] for rule in categories for each in rule["purposes"]}
    return {"rights": voice.say("{your} rechten", "your rights"), **found}


def _openings(openings: Iterable[dict[str, Any]], says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Show when something was opened, what for and why; not by which employee (CJEU C-579/21)."""
    words = purposes(says["categories"], voice)
    rows = tuple(
        (
            wording.moment(each["at"], voice),
            words.get(each["purpose"], _seen(each["purpose"])),
            _seen(export_words.why(each["why"], voice)),
        )
        for each in openings
    )
    if rows:
        columns = voice.say("Wanneer|Waarvoor|Waarom", "When|What for|Why").split("|")
        yield Table(voice.say("Wanneer wij dit openden", "When we opened this"), tuple(columns), rows)


def _unseen(voice: Voice) -> Paragraph:
    """Say of an item that nobody looked at it."""
    return Paragraph(
        voice.say(
            "Niemand heeft dit ingezien; het systeem heeft het alleen voor deze kopie geopend.",
            "Nobody looked at this; the system opened it for this copy only.",
        )
    )


def _looked(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Show the openings of what is not here any more, and say what the record of openings is."""
    yield Heading(2, voice.say("Wie er heeft gekeken", "Who looked"), "openings")
    yield Paragraph(
        voice.say(
            "Elke keer dat een medewerker of ons systeem iets van {you} opent, leggen wij dat vast. Bij elk onderdeel hierboven"
            " staat wanneer en waarom dat was, of dat niemand het heeft ingezien. Wie het was, leggen wij ook vast, maar geven"
            " wij niet: dat zijn gegevens van onze medewerkers.",
            "Each time a member of our staff or our system opens something of yours, we record it. With each item above it says"
            " when and why, or that nobody looked at it. Who it was we record as well, but do not tell: those are data of our"
            " staff.",
        )
    )
    here = {entry["id"] for entry in says["entries"]}
    gone = [each for each in says["openings"] if each["entry"] not in here]
    if gone:
        words = "Ook dit is geopend; de gegevens zelf zijn inmiddels vernietigd:"
        yield Paragraph(voice.say(words, "This was opened too; the data themselves have been destroyed since:"))
        yield from _openings(gone, says, voice)


def _not_here(says: dict[str, Any], site: Site, voice: Voice) -> Iterator[Block]:
    """Say of which kinds there is nothing, and what is not in this system."""
    policy = published.of(site)
    there = {entry["category"] for entry in says["entries"]} | {OPENINGS, EXPORTS}
    elsewhere = [each for each in processing.categories(policy, voice) if each["held_elsewhere"]]
    none = [name for name in rules.categories(site.controller) if name not in there and name != "visits"]
    yield Heading(2, voice.say("Wat hier niet in staat", "What is not in here"), "not-here")
    if none:
        yield Paragraph(
            voice.say(
                "Van deze soorten hebben wij in dit systeem niets van {you}:",
                "Of these kinds we have nothing about you in this system:",
            )
        )
        yield Bullets(tuple(voice.text(policy["categories"][name]["title"]) for name in none))
    if "visits" in policy["categories"] and "visits" not in there:
        yield Paragraph(
            voice.say(
                "Bezoeken aan de website bewaren wij zonder naam of e-mailadres: wij kunnen niet zien welke van {you} zijn. Met"
                " een IP-adres en een tijdstip van {you} zoeken wij ze op (art. 11(2) AVG).",
                "We keep visits to the website without a name or an e-mail address: we cannot see which are yours. With an IP"
                " address and a time from you we look them up (Art. 11(2) GDPR).",
            )
        )
    for each in elsewhere:
        yield Paragraph(
            voice.say(
                "{title}: niet in dit systeem, maar {where}. {how_long}",
                "{title}: not in this system, but {where}. {how_long}",
                title=each["title"],
                where=each["held_elsewhere"],
                how_long=each["retention"]["text"],
            )
        )


# --- the rest of Art. 15 -------------------------------------------------------------------------------------------------


def _recipients(says: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say by name who is given these data, where, and what binds them (Art. 15(1)(c) and 15(2); CJEU C-154/21)."""
    found = {each["recipient"]: each for rule in says["categories"] for each in rule["recipients"]}
    if found:
        yield Heading(2, voice.say("Aan wie wij deze gegevens geven", "Whom we give these data to"), "recipients")
        columns = voice.say("Wie|In welke rol|Waar|Waarborgen", "Who|In which role|Where|Safeguards").split("|")
        rows = tuple(processing.recipient_row(each, voice) for each in found.values())
        yield Table(voice.say("Ontvangers", "Recipients"), tuple(columns), rows)


def _besides(told: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say which rights people have, where to complain, and what is decided by a computer (Art. 15(1)(e), (f), (h), 15(2))."""
    yield Heading(2, voice.say("{Your} rechten", "Your rights"), "rights")
    rights = [each for each in told["rights"] if each["right"] != "objection"]
    yield Facts(tuple((each["title"], voice.marked(each["text"], assumed=each["assumed"])) for each in rights))
    address = told["privacy_address"]
    yield Paragraph(
        (voice.say("Stuur een e-mail naar ", "Send an e-mail to "), Span(address, f"mailto:{address}"), ".")
    )
    titles = {
        "objection": voice.say("Bezwaar maken", "Objecting"),
        "complaint": voice.say("Een klacht indienen", "Complaining"),
        "automated_decisions": voice.say("Besluiten door een computer", "Decisions by a computer"),
        "transfers": voice.say("Buiten de Europese Unie", "Outside the European Union"),
        "security": voice.say("Beveiliging", "Security"),
    }
    for name, title in titles.items():
        yield Heading(2, title, name.replace("_", "-"))
        yield Paragraph(voice.marked(told[name]["text"], assumed=told[name]["assumed"]))


def _versions(told: dict[str, Any], voice: Voice) -> Iterator[Block]:
    """Say which version of the policy was in force when: each entry names the one it was collected under (P42)."""
    yield Heading(2, voice.say("Versies van het privacybeleid", "Versions of the policy"), "versions")
    columns = tuple(
        voice.say("Versie|Van kracht vanaf|Wat veranderde", "Version|In force from|What changed").split("|")
    )
    rows = tuple((each["version"], wording.date(each["from"], voice), each["changes"]) for each in told["versions"])
    yield Table(voice.say("Versies", "Versions"), columns, rows)


# --- words ---------------------------------------------------------------------------------------------------------------


def _title(kind: tuple[str, str], says: dict[str, Any]) -> str:
    """Return what a category is called; with its controller where there are several."""
    rule = next((each for each in says["categories"] if (each["controller"], each["category"]) == kind), None)
    title = rule["title"] if rule else kind[1]
    several = len({controller for controller, _ in _by_category(says)}) > 1
    named = {each["controller"]: each["legal_name"] for each in says["controllers"]}
    return f"{title} ({named[kind[0]]})" if several else title


def _anchor(kind: tuple[str, str]) -> str:
    """Return the name by which a category is linked to."""
    return f"category-{kind[0]}-{kind[1]}"


def _day(stamp: str, voice: Voice) -> str:
    """Return the date of a moment in words."""
    return wording.date(local_date(read_stamp(stamp)), voice)
