"""Enquiries: what people leave with a request, from the form to its end (P03, P04, P05, P30, P44).

An enquiry is one entry of the vault. Its record holds ciphertext, and state that says nothing about anyone. It is open until
staff mark it as handled; the period of the policy counts from then. What nobody marks is warned about and then closed by
rule, so that nothing lives for ever because somebody forgot.
"""

from __future__ import annotations

import hashlib
import heapq
import hmac
import json
from datetime import timedelta
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import evidence, letters, openings, policy, sealing, subjects, vault
from privacy.errors import (
    AsksForSpecialData,
    BadInput,
    ConditionFailed,
    Conflict,
    KeyDestroyed,
    NotAllowed,
    NotFound,
    StoreUnavailable,
)
from privacy.periods import after, fine_stamp, read_stamp, stamp
from privacy.writes import Key, Put, Update

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from privacy.form import Submission
    from privacy.openings import Reader
    from privacy.policy import Site
    from privacy.services import Services
    from privacy.subjects import Identity
    from privacy.vault import Entry, Opened
    from privacy.writes import Keys, Store, Write, Writer

OPEN, ANSWERED, HANDLED, SPAM = "open", "answered", "handled", "spam"
STATUSES = (OPEN, ANSWERED, HANDLED, SPAM)
CHANNELS = ("form", "email", "phone", "post", "desk")
PURPOSE = "answering"
ONCE = timedelta(minutes=10)
ONCE_WITH_KEY = timedelta(hours=24)
FREE = "attribute_not_exists(#pk) OR #expires_at <= :now"


class Receipt(NamedTuple):
    """What the sender is told: the reference (the entry's id), and whether the same was there already."""

    reference: str
    repeated: bool


class Summary(NamedTuple):
    """The state of an enquiry: nothing about anyone. Moments are stamps; `erase_by` is when its key goes at the latest."""

    id: str
    site: str
    category: str
    received_at: str
    status: str
    channel: str
    language: str
    handled_at: str
    erase_by: str


class Message(NamedTuple):
    """One later message of the conversation: `direction` is `in` or `out`, `has_raw` says that it was a mail (`raw_mail`)."""

    part: str
    at: str
    direction: str
    content: dict[str, Any]
    has_raw: bool = False


class Enquiry(NamedTuple):
    """An opened enquiry."""

    summary: Summary
    fields: dict[str, Any]
    messages: tuple[Message, ...]
    has_raw: bool = False


# --- coming in -----------------------------------------------------------------------------------------------------------


def receive(
    writer: Writer, keys: Keys, site: Site, sent: Submission, *, language: str, now: datetime, idempotency_key: str = ""
) -> Receipt:
    """Seal what a visitor posted and store it, with the notice to staff, in one transaction.

    The same post again within ten minutes, or any post with the same idempotency key within a day, gets the first
    reference. Spam looks the same from outside and is filed apart, without a notice. Raises StoreUnavailable or
    KeyUnavailable, then nothing is stored.
    """
    identities = _identities(keys, site, sent.fields)
    rule = policy.category(site.controller, "spam" if sent.is_spam else policy.form(site.name, sent.form).category)
    opened = begin(keys, site, rule, identities, received_at=now, now=now)
    status = SPAM if sent.is_spam else OPEN
    writes = filed(
        opened, sent.fields, status=status, received_at=now, channel="form", form=sent.form, language=language
    )
    if not sent.is_spam:
        writes.append(letters.staff_notice(opened.entry, now))
        if policy.form(site.name, sent.form).receipt and "email" in sent.fields:
            writes.append(letters.receipt(opened.entry, now, language=language, mailbox=_mailbox(keys, site, sent)))
    tag = _tag(keys, site, sent, identities, idempotency_key)
    return once(writer, writes, opened.entry.id, tag, now, ONCE_WITH_KEY if idempotency_key else ONCE)


def enter(
    services: Services,
    site: Site,
    sent: Submission,
    *,
    received_at: datetime,
    channel: str,
    reader: Reader,
    language: str,
    now: datetime,
    idempotency_key: str = "",
) -> Receipt:
    """File what came by phone, post or mail (P30), counted from when it was received.

    Raises BadInput for a channel that is none and for a moment that lies ahead, NotAllowed for a reader who could not read it.
    """
    rule = policy.category(site.controller, policy.form(site.name, sent.form).category)
    if reader.controller != site.controller or not reader.roles.intersection(rule.readers):
        raise NotAllowed
    if channel not in CHANNELS:
        raise BadInput("invalid", {"channel": ("channel_unknown", {})})
    if received_at > now:
        raise BadInput("invalid", {"received": ("in_the_future", {})})
    identities = _identities(services.keys, site, sent.fields)
    opened = begin(services.keys, site, rule, identities, received_at=received_at, now=now)
    fields = {**sent.fields, "entered_by": reader.sub}
    writes = filed(
        opened, fields, status=OPEN, received_at=received_at, channel=channel, form=sent.form, language=language
    )
    tag = _tag(services.keys, site, sent, identities, idempotency_key)
    return once(services.store, writes, opened.entry.id, tag, now, ONCE_WITH_KEY if idempotency_key else ONCE)


def _identities(keys: Keys, site: Site, fields: dict[str, str]) -> list[Identity]:
    """Return who the person is: one identity for the address, one for the number, where given."""
    group = policy.controller(site.controller).group
    return [subjects.identify(keys, group, kind, fields[kind]) for kind in ("email", "phone") if fields.get(kind)]


def _mailbox(keys: Keys, site: Site, sent: Submission) -> str:
    """Return what receipts to a sender are counted by, where their address has a `+` (see `subjects.mailbox`)."""
    address = sent.fields["email"]
    return subjects.mailbox(keys, policy.controller(site.controller).group, address) if "+" in address else ""


def begin(
    keys: Keys,
    site: Site,
    rule: policy.Category,
    identities: Sequence[Identity | str],
    *,
    received_at: datetime,
    now: datetime,
    pointers: Sequence[str] = (),
    counted_from: str = "received",
) -> Opened:
    """Begin the entry. Until it is handled, it is due when the stale rule would have closed it and its period has passed."""
    closed_at = after(received_at, rule.stale_close_after) if rule.stale_close_after else received_at
    return vault.begin(
        keys,
        wall=rule.wall,
        category=rule.name,
        controller=site.controller,
        site=site.name,
        policy=site.version,
        notices=site.notices,
        counted_from=counted_from,
        counted_at=received_at,
        due=max(after(closed_at, rule.needed), now + timedelta(seconds=1)),
        now=now,
        subjects=identities,
        pointers=pointers,
    )


def filed(
    opened: Opened,
    fields: dict[str, Any],
    *,
    status: str,
    received_at: datetime,
    channel: str,
    form: str,
    language: str,
    has_raw: bool = False,
) -> list[Write]:
    """Return the writes that put a new enquiry into the vault and the records.

    `has_raw` says that it came as a mail, which is kept beside it.
    """
    entry = opened.entry
    state = {
        "kind": "enquiry",
        "site": entry.site,
        "controller": entry.controller,
        "category": entry.category,
        "form": form,
        "status": status,
        "received_at": stamp(received_at),
        "channel": channel,
        "language": language,
        "erase_by": entry.due,
    }
    place = {
        "pk": f"entry#{entry.id}",
        "sk": "main",
        **_listing(entry.controller, status, stamp(received_at), entry.id),
    }
    return [
        *vault.creation(entry),
        Put(
            "records",
            {**place, **state, **({"has_raw": True} if has_raw else {}), "sealed": opened.seal("main", fields)},
        ),
    ]


def _listing(controller: str, status: str, moment: str, entry: str) -> dict[str, str]:
    """Return where an enquiry of this status is listed, in the order of `moment`."""
    return {"list": f"{controller}#enquiries#{status}", "listed_at": f"{moment}#{entry}"}


def _tag(keys: Keys, site: Site, sent: Submission, identities: list[Identity], idempotency_key: str) -> tuple[str, str]:
    """Return what recognises the same post again, and what tells whether its content is the same: neither tells what was posted.

    The content is a MAC over the fields, whose key comes from the sender's identity and is kept nowhere. It recognises a
    post by itself, unless the client gave an idempotency key, which is random by contract.
    """
    parts = [site.name, sent.form, *(f"{name}={value}" for name, value in sorted(sent.fields.items()))]
    if identities:
        content = identities[0].derive("once", *parts)
    else:
        posted = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()
        content = hmac.new(keys.mac(b"once" + posted), posted, hashlib.sha256).hexdigest()
    return (digest("once", site.name, idempotency_key) if idempotency_key else content), content


def digest(*parts: str) -> str:
    """Return one name for several parts that say nothing about anyone."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def once(  # noqa: PLR0917 - what, under which id and tag, when
    writer: Writer, writes: list[Write], entry: str, tag: tuple[str, str], now: datetime, window: timedelta
) -> Receipt:
    """Store the writes unless the same was stored within the window: then its reference is returned.

    "There already, with my own id" is what a write whose acknowledgement was lost looks like: that is success. Raises
    BadInput when an idempotency key comes back with other content: it would be lost.
    """
    key, content = tag
    item = {"pk": f"once#{key}", "sk": "once", "reference": entry, "content": content}
    first = Put(
        "traffic", {**item, "expires_at": int((now + window).timestamp())}, FREE, {":now": int(now.timestamp())}
    )
    try:
        writer.write([first, *writes])
    except ConditionFailed as taken:
        reference = str(taken.found.get("reference", ""))
        if taken.index != 0 or not reference:
            raise Conflict from taken
        if taken.found.get("content") != content:
            raise BadInput("idempotency_key_reused") from taken
        return Receipt(reference, repeated=reference != entry)
    return Receipt(entry, repeated=False)


# --- the desk ------------------------------------------------------------------------------------------------------------


def listing(store: Store, controller: str, status: str, *, upto: str = "", above: str = "") -> Iterator[dict[str, Any]]:
    """Yield the listed state of enquiries of one status, in the order in which they were listed. Nothing is opened."""
    yield from store.listed("records", "list", f"{controller}#enquiries#{status}", upto=upto, above=above)


def page(
    store: Store, controller: str, statuses: Sequence[str], *, limit: int, after: str = ""
) -> tuple[list[Summary], str]:
    """Return at most `limit` enquiries, the last changed first, and where the next page begins (empty: there is none).

    `after` is what the page before gave. Nothing is opened, and what is read does not grow with the store.
    """
    lists = [
        store.listed(
            "records", "list", f"{controller}#enquiries#{status}", upto=after, newest_first=True, page_size=limit + 2
        )
        for status in statuses
    ]
    merged = heapq.merge(*lists, key=itemgetter("listed_at"), reverse=True)
    found = list(islice((item for item in merged if item["listed_at"] != after), limit + 1))
    return [summary(item) for item in found[:limit]], str(found[limit - 1]["listed_at"]) if len(found) > limit else ""


def was_ours(store: Store, entry: str, controller: str) -> bool:
    """Say whether an enquiry that cannot be opened was this controller's: evidence of its end says so, or what is left of it."""
    if any(act["act"] == evidence.DESTROYED for act in evidence.of_entry(store, entry, controller)):
        return True
    left = store.get(Key("records", f"entry#{entry}", "main"))
    return left is not None and left.get("kind") == "enquiry" and left["controller"] == controller


def summary(item: dict[str, Any]) -> Summary:
    """Return the state that a record or its listing holds."""
    values = {name: item.get(name, "") for name in Summary._fields}
    values["id"] = item["pk"].removeprefix("entry#")
    return Summary(**values)


def open_(services: Services, entry: str, reader: Reader, *, why: str, now: datetime) -> Enquiry:
    """Open an enquiry for a member of staff; the opening is recorded before anything is shown (P11).

    Raises KeyDestroyed, Restricted, NotAllowed, UnknownPurpose, KeyUnavailable, Unreadable.
    """
    main = _main(services.store, entry)
    opened = openings.open_entry(services, entry, reader, purpose=_purpose, why=why, now=now)
    parts = services.store.items("records", f"entry#{entry}", "message#")
    messages = tuple(_message(services, opened, item) for item in parts)
    return Enquiry(summary(main), opened.unseal("main", main["sealed"]), messages, bool(main.get("has_raw")))


def raw_mail(services: Services, entry: str, part: str, reader: Reader, *, why: str, now: datetime) -> bytes:
    """Return a mail as it came in, `part` being `main` or the part of a message; the opening is recorded (P11).

    Raises what `open_` raises, and NotFound for a part that was no mail.
    """
    _main(services.store, entry)
    openings.check_reader(vault.find(services.store, entry), reader)
    item = services.store.get(Key("records", f"entry#{entry}", f"raw#{part}"))
    if item is None:
        raise NotFound
    return raw_content(services, openings.open_entry(services, entry, reader, purpose=_purpose, why=why, now=now), item)


def raw_content(services: Services, opened: Opened, item: dict[str, Any]) -> bytes:
    """Return the mail that a record keeps as it came in, from the record or from the bucket, with whichever key it has.

    Raises KeyDestroyed, KeyUnavailable, StoreUnavailable, Unreadable.
    """
    if "key" in item:
        opened = vault.unlock_addition(services.store, services.keys, opened.entry, item["key"])
    if "object" not in item:
        sealed = item["raw"]
    elif services.objects is None:
        raise StoreUnavailable
    else:
        sealed = services.objects.get(item["object"])
    return sealing.unseal(opened.key, opened.entry.binding(), item["sk"], sealed)


def _purpose(rule: policy.Category) -> str:
    """Return the purpose for which an enquiry of this category is opened: answering it, or what its rule is for."""
    return PURPOSE if PURPOSE in rule.purposes else rule.purposes[0]


def _message(services: Services, opened: Opened, item: dict[str, Any]) -> Message:
    """Return one message of an opened entry; one that came in later has a key of its own."""
    if "key" in item:
        opened = vault.unlock_addition(services.store, services.keys, opened.entry, item["key"])
    content = opened.unseal(item["sk"], item["sealed"])
    return Message(item["sk"], item["at"], item["direction"], content, bool(item.get("has_raw")))


def answer(
    services: Services,
    entry: str,
    reader: Reader,
    text: str,
    *,
    now: datetime,
    idempotency_key: str = "",
    confirmed: bool = False,
) -> str:
    """Seal an answer under the enquiry and put it into the outbox; return the id of the letter.

    The sender's reply to it comes back under the same enquiry, by a reply address of its own. The same text again within ten
    minutes is the same answer. Raises what `open_` raises, BadInput for an empty answer or a sender without an address, and
    AsksForSpecialData when the text seems to ask for what we never ask (P39), unless its author confirmed it.
    """
    from privacy import special  # noqa: PLC0415 - its expressions take a while to compile, and the form asks nobody anything

    if not text.strip():
        raise BadInput("invalid", {"text": ("missing", {})})
    if not confirmed and special.asks(text):
        raise AsksForSpecialData
    opened = openings.open_entry(services, entry, reader, purpose=_purpose, why="answer", now=now)
    main = _main(services.store, entry)
    if not opened.unseal("main", main["sealed"]).get("email"):
        raise BadInput("no_address")
    letter, part = vault.new_id(), f"message#{fine_stamp(now)}#{vault.new_id()}"
    message = {
        "pk": f"entry#{entry}",
        "sk": part,
        "at": stamp(now),
        "direction": "out",
        "sealed": opened.seal(part, {"text": text, "by": reader.sub}),
    }
    moved = {"status": ANSWERED, "answered_at": stamp(now)} if main["status"] in (OPEN, ANSWERED) else {}
    writes = [
        *_reply_address(opened.entry),
        Put("records", message),
        letters.answer(opened.entry, now, letter=letter, part=part, language=main["language"]),
        *_moved(opened.entry, main, moved, at=stamp(now)),
    ]
    content = hmac.new(opened.key, f"answer\n{text}".encode(), hashlib.sha256).hexdigest()
    tag = digest("answer", entry, idempotency_key or content), content
    return once(services.store, writes, letter, tag, now, ONCE_WITH_KEY if idempotency_key else ONCE).reference


def _reply_address(entry: Entry) -> list[Write]:
    """Return the writes that give an entry its reply address, once; and in any case move it on a version."""
    if any(pointer.startswith("reply#") for pointer in entry.pointers):
        return [vault.addition(entry)]
    pointer = f"reply#{vault.new_id()}"
    what_sealing_needs = {name: getattr(entry, name) for name in ("category", "controller", "site", "policy", "wall")}
    place = {"pk": pointer, "sk": f"entry#{entry.id}", **what_sealing_needs}
    return [vault.addition(entry, pointer=pointer), Put("vault", place)]


def reopened(entry: str, controller: str, now: datetime) -> Update:
    """Return the write that lists an enquiry as open again because the person wrote back."""
    values = {
        ":status": OPEN,
        **{f":{name}": value for name, value in _listing(controller, OPEN, stamp(now), entry).items()},
    }
    expression = "SET #status = :status, #list = :list, #listed_at = :listed_at REMOVE #warned_at"
    return Update(Key("records", f"entry#{entry}", "main"), expression, values)


def _main(store: Store, entry: str) -> dict[str, Any]:
    """Return the record of an enquiry. Raises KeyDestroyed when it is gone."""
    item = store.get(Key("records", f"entry#{entry}", "main"))
    if item is None or item.get("kind") != "enquiry":
        raise KeyDestroyed
    return item


def _moved(entry: Entry, main: dict[str, Any], changes: dict[str, str], *, at: str) -> list[Write]:
    """Return the write that changes the state of a record and lists it anew, if there is anything to change."""
    if not changes:
        return []
    status = changes.get("status", main["status"])
    changes = {**changes, **_listing(entry.controller, status, at, entry.id)}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes) + " REMOVE #warned_at"
    values = {**{f":{name}": value for name, value in changes.items()}, ":was": main["status"]}
    return [Update(Key("records", main["pk"], main["sk"]), expression, values, "#status = :was")]


def handle(services: Services, entry: str, reader: Reader, *, now: datetime) -> Summary:
    """Mark an enquiry as handled: from now the period of the policy counts (P04). Done twice, it stays as it was.

    Raises KeyDestroyed, NotAllowed, Conflict.
    """
    found = vault.find(services.store, entry)
    openings.check_reader(found, reader)
    main = _main(services.store, entry)
    changes = close(services.store, found, main, now=now, act="handled") if main["status"] != HANDLED else {}
    return summary({**main, **changes})


def ended(controller: str, entry: str, at: str, due: str) -> dict[str, str]:
    """Return what the end of an enquiry makes of its state; `at` and `due` are stamps."""
    return {"status": HANDLED, "handled_at": at, "erase_by": due, **_listing(controller, HANDLED, at, entry)}


def close(store: Store, entry: Entry, main: dict[str, Any], *, now: datetime, act: str) -> dict[str, str]:
    """End an enquiry, by staff (`handled`) or by rule (`closed`), and return what changed.

    The due date is set, and never moved to a later one.
    """
    rule = policy.category(entry.controller, entry.category)
    due = min(after(now, rule.needed), read_stamp(entry.due))
    changes = ended(entry.controller, entry.id, stamp(now), stamp(due))
    writes = [
        *vault.rescheduled(entry, due, counted_from="handled", counted_at=now, now=now, act=act),
        *_moved(entry, main, changes, at=stamp(now)),
    ]
    try:
        store.write(writes)
    except ConditionFailed as changed:
        raise Conflict from changed
    return changes
