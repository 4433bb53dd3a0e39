"""Copies of identity documents that people send unasked: found by how the mail speaks of them, and forgotten once looked at.

We never ask for one. One that comes all the same is not kept: staff look, the mail as it came is deleted, and what stays
is that an identity document was checked (EDPB Guidelines 01/2022, 79; Art. 46 UAVG for the number that stands on it). Where
nobody looked, because who asks was proven by a code, it goes when the request has its answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from privacy import cases, casework, evidence, openings, vault
from privacy.errors import ConditionFailed, Conflict, NotFound
from privacy.writes import Delete, Key, Update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from privacy.mail import Attachment
    from privacy.openings import Reader
    from privacy.services import Services
    from privacy.writes import Store, Write

REASON = "identity_document"
"""Why a person must look at a mail: a document seems to have come with it."""
_MAY_NOT_STAY = frozenset({REASON, "bsn_in_mail"})
"""What a mail as it came is not kept for any longer than its case needs: a document, or a number that could not be masked."""
_WORDS = (
    r"paspoort\w*|passport\w*|rijbewijs|rijbewijzen|identiteits?\s?(?:kaart|bewijs|bewijzen|document)\w*|legitimatie\w*"
    r"|verblijfs(?:document|vergunning)|id[\s_-]?(?:kaart|bewijs|card|copy|kopie|scan|document)|identity\s?(?:card|document|proof)"
    r"|proof of identity|driv(?:er'?s?|ing)[\s_-]?licen[cs]e|personalausweis|reisepass|carte d.identit\w+"
)
_SPEAKS_OF_ONE = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_NAMED_SO = re.compile(rf"(?:{_WORDS})|(?:^|[\s_-])(?:id|bsn)(?:[\s_.-]|$)", re.IGNORECASE)
_MAY_BE_ONE = ("image/", "application/pdf", "application/octet-stream", "application/zip")
_MOST_WORDS = 10_000


def came_with(attachments: Iterable[Attachment], *texts: str) -> bool:
    """Say whether one of the attachments looks like an identity document, by its name or by what is written beside it."""
    may_be = [each for each in attachments if each.kind.startswith(_MAY_BE_ONE)]
    speaks = any(_SPEAKS_OF_ONE.search(text[:_MOST_WORDS]) for text in texts)
    return any(speaks or _NAMED_SO.search(each.name) for each in may_be)


def forget(services: Services, case: str, message: str, reader: Reader, note: str, *, now: datetime) -> None:
    """Delete a message of a case as it came in, with its attachments; what was read of it stays, and that it was checked.

    From then on nobody can fetch it; a large one is out of the bucket within the hour. Done twice, it stays as it was.
    Raises NotFound, NotAllowed, KeyDestroyed, Conflict.
    """
    entry = vault.find(services.store, case)
    openings.check_reader(entry, reader)
    main, sent = cases.record(services.store, case), Key("records", f"entry#{message}", "main")
    item = services.store.get(sent)
    if item is None or item.get("case") != case:
        raise NotFound
    raw = services.store.get(Key("records", sent.pk, "raw#main"))
    if raw is None:
        return
    said = {"what": REASON, "message": message, "note": note}
    left = [reason for reason in main["look"] if reason != REASON]
    writes: list[Write] = [
        *casework.note(services, entry, said, reader, now),
        *removed(raw, item, message, now),
        *evidence.act("document_forgotten", vault.find(services.store, message), now, case=case),
        *([cases.changed(main, {"look": left})] if left != main["look"] else []),
    ]
    try:
        services.store.write(writes)
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


def forget_rest(store: Store, case: str, now: datetime) -> None:
    """Delete what came unasked with the messages of a case that has its answer; what was read of them stays.

    Each message in a transaction of its own: who is stopped half-way goes on. Raises Conflict, StoreUnavailable.
    """
    for link in cases.links(store, case):
        place = Key("records", f"entry#{link['entry']}", "main")
        item = store.get(place) if link["kind"] == "request" else None
        if not item or not _MAY_NOT_STAY.intersection(item.get("look", ())):
            continue
        raw = store.get(Key("records", place.pk, "raw#main"))
        if raw is None:
            continue
        act = evidence.act("document_forgotten", vault.find(store, link["entry"]), now, case=case)
        try:
            store.write([*removed(raw, item, link["entry"], now), *act])
        except ConditionFailed as meanwhile:
            raise Conflict from meanwhile


def removed(raw: dict[str, Any], item: dict[str, Any], message: str, now: datetime) -> list[Write]:
    """Return the writes that take away a mail as it came in, and say so with what was read of it."""
    look = [reason for reason in item["look"] if reason != REASON]
    place = Key("records", item["pk"], item["sk"])
    swept: list[Write] = [vault.sweep(message, [raw["object"]], now)] if "object" in raw else []
    return [
        Delete(Key("records", raw["pk"], raw["sk"])),
        Update(place, "SET #has_raw = :no, #look = :look", {":no": False, ":look": look}),
        *swept,
    ]
