"""The dossier of a case: one archive for the supervisory authority that asks what became of a request (Art. 5(2), 58(1)(e) GDPR).

It holds the case in words and in codes, the timeline, every message and letter that is still there, decisions with their reasons,
who was told, and the proofs from the signed evidence, which can be checked without us. The same case gives the same bytes. That
it was made, by whom and why, is recorded as an opening; members of staff are not named in it.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from privacy import bundles, case_words, casework, decisions, export, history, policy, recipients, wording
from privacy.errors import BadInput
from privacy.holdings import STAFF
from privacy.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from privacy.casework import Case, Piece
    from privacy.decisions import Progress
    from privacy.history import Event
    from privacy.openings import Reader
    from privacy.recipients import Told
    from privacy.services import Services
    from privacy.voice import Voice
    from privacy.writes import Store

FORMAT = "nakoming-dossier/1"


def build(services: Services, case: str, reader: Reader, *, why: str, language: str, now: datetime) -> bytes:
    """Return the archive (zip) of a case. Raises what `casework.open_` raises."""
    opened = casework.open_(services, case, reader, why=why, now=now)
    events, told = history.of_case(services.store, case, reader), recipients.of_case(services.store, case)
    progress = decisions.progress(services.store, case, reader)
    voice = voice_of(policy.site(opened.summary.site), "nl" if language == "nl" else "en")
    proofs, unsealed = _proofs(services.store, reader.controller, [case, *(piece.id for piece in opened.pieces)])
    members = {
        "README.txt": _readme(opened, unsealed, voice),
        "case.txt": case_words.summary(opened, progress, told, voice),
        "case.json": _json(_facts(opened, progress, told)),
        "timeline.txt": _timeline(events, told, voice),
        **{
            f"messages/{number:03}-{piece.direction}.txt": _message(piece, voice)
            for number, piece in enumerate(opened.pieces, 1)
        },
        **{f"proofs/{entry}.json": _json(proof) for entry, proof in proofs.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in sorted(members.items()):
            archive.writestr(export.named(name), content.encode("utf-8", "replace"))
    return target.getvalue()


def _facts(opened: Case, progress: Progress, told: Sequence[Told]) -> dict[str, Any]:
    """Return what is known of a case: its state, what was asked, each right with its decision, who was told."""
    rights = [
        {name: value for name, value in right.items() if name not in ("pk", "sk", "approved_by")}
        for right in progress.rights
    ]
    state = {name: value for name, value in progress._asdict().items() if name not in ("case", "rights", "assigned")}
    return {
        "format": FORMAT,
        "case": opened.summary._asdict(),
        **state,
        "rights": rights,
        "asked": [{"right": right, "words": words} for right, words in opened.asked],
        "facts": _without_staff(opened.facts),
        "notes": [_without_staff(note) for note in opened.notes if note["what"] != "assigned"],
        "told": [each._asdict() for each in told],
    }


def _without_staff(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields without those that say which member of staff did something."""
    return {name: value for name, value in fields.items() if name not in STAFF}


def _proofs(store: Store, controller: str, entries: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the proofs of what was done to entries, and which have none yet: a day is sealed an hour after its end."""
    found, unsealed = {}, []
    for entry in entries:
        try:
            found[entry] = bundles.proof(store, controller, entry)
        except BadInput:
            unsealed.append(entry)
    return found, unsealed


def _timeline(events: Iterable[Event], told: Iterable[Told], voice: Voice) -> str:
    """Return what happened, one thing on a line, with the number of the message or letter that it is about."""
    names, lines = {each.recipient: each.name for each in told}, []
    for event in events:
        entry = f"  [{event.about['entry']}]" if event.about.get("entry") else ""
        lines.append(f"{wording.moment(event.at, voice)}  {case_words.event(event, voice, names)}{entry}")
    return "\n".join([*lines, ""])


def _message(piece: Piece, voice: Voice) -> str:
    """Return one message as text; of one that is gone, that it is."""
    head = f"{wording.moment(piece.at, voice)}\n{piece.id}\n"
    if piece.state != "open":
        gone = {
            "destroyed": ("Vernietigd: de bewaartermijn is voorbij.", "Destroyed: its retention period is over."),
            "restricted": ("Beperkt tot bewaren.", "Restricted to storage."),
        }
        return f"{head}\n{voice.say(*gone[piece.state])}\n"
    subject = piece.content.get("subject") or ""
    return f"{head}{subject}\n\n{piece.content.get('text') or ''}\n"


def _readme(opened: Case, unsealed: list[str], voice: Voice) -> str:
    """Return what the archive is and how its proofs are checked."""
    text = voice.say(
        "Dossier van zaak {case}\n\n"
        "case.txt      de zaak in woorden: stand, rechten, besluiten met redenen, wie is ingelicht\n"
        "timeline.txt  wat er wanneer is gebeurd\n"
        "messages/     berichten en brieven, voor zover nog bewaard; hun nummers staan in timeline.txt\n"
        "case.json     dezelfde feiten als case.txt, met codes, voor een programma\n"
        "proofs/       bewijs uit de ondertekende registratie; na te gaan met: nakoming verify BESTAND\n",
        "Dossier of case {case}\n\n"
        "case.txt      the case in words: state, rights, decisions with their reasons, who was told\n"
        "timeline.txt  what happened when\n"
        "messages/     messages and letters, as far as they are still kept; timeline.txt has their numbers\n"
        "case.json     the same facts as case.txt, in codes, for a program\n"
        "proofs/       proof from the signed evidence; check it with: nakoming verify FILE\n",
        case=opened.summary.id,
    )
    if not unsealed:
        return text
    more = voice.say(
        "\nNog zonder bewijs (een dag wordt een uur na zijn einde ondertekend), of zonder handelingen:\n",
        "\nWithout proof yet (a day is signed an hour after its end), or without acts:\n",
    )
    return text + more + "".join(f"{entry}\n" for entry in unsealed)


def _json(value: object) -> str:
    """Return one JSON text for one value."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
