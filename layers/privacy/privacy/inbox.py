"""Mail that came in: sealed, filed, and its unsealed copy deleted (P20, P45).

A reply to one of our answers is sealed under its enquiry, so that the conversation ends with it. It is taken for one when
it came to the enquiry's reply address, a secret of 128 bits, *and* from the person who asked. Everything else is filed for a
person to look at. Who files it can read none of it afterwards: a reply gets a key of its own, wrapped to the enquiry's wall.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import enquiries, letters, mail, policy, sealing, subjects, vault
from privacy.errors import ConditionFailed, StoreUnavailable
from privacy.periods import stamp
from privacy.writes import PRESENT, Delete, Key, Put

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.mail import Mail
    from privacy.services import Services
    from privacy.writes import Write

_SEEN_FOR = timedelta(days=30)
_CUT_OFF = timedelta(days=1)
_IN_AN_ITEM = 250_000
"""Bytes of ciphertext that stay in the records; more goes to the bucket of sealed objects (an item holds 400 kB)."""


class Filed(NamedTuple):
    """Where a mail went: `reply`, `mail` (for a person), or `seen` (filed before). `entry` is what it is filed under."""

    kind: str
    entry: str = ""


def file(services: Services, raw: bytes, message: str, now: datetime) -> Filed:
    """Seal and file one mail. `message` is the id SES gave it: the same mail delivered twice is filed once.

    Raises KeyUnavailable or StoreUnavailable; then the unsealed copy stays for the next try.
    """
    received = mail.read(raw)
    try:
        for token in received.reply_tokens[:5]:
            about = _enquiry(services, token, received)
            if about and _add(services, about, received, raw, _seen(message, about["controller"], now), now):
                return Filed("reply", about["sk"].removeprefix("entry#"))
    except _SeenBefore:
        return Filed("seen")
    filed = []
    for site in _sites(received):
        try:
            filed.append(_file_for_a_person(services, site, received, raw, _seen(message, site.controller, now), now))
        except _SeenBefore:
            continue
    return Filed("mail", filed[0]) if filed else Filed("seen")


def _sites(received: Mail) -> list[policy.Site]:
    """Return a site of each controller that a mail was sent to; of the first there is, when it names no address of ours."""
    addresses = policy.privacy_addresses()
    plain = [re.sub(r"\+[^@]*@", "@", address) for address in received.recipients]
    found = [policy.site(addresses[address]) for address in plain if address in addresses]
    by_controller = {site.controller: site for site in reversed(found or [policy.site(policy.sites()[0])])}
    return list(by_controller.values())


class _SeenBefore(Exception):
    """This mail was filed before."""


def _seen(message: str, controller: str, now: datetime) -> Put:
    """Return the write that files a mail once for a controller."""
    tag = hashlib.sha256(json.dumps(["mail", controller, message]).encode()).hexdigest()
    return Put("traffic", {"pk": f"once#{tag}", "sk": "once", "expires_at": int((now + _SEEN_FOR).timestamp())})


def _enquiry(services: Services, token: str, received: Mail) -> dict[str, Any] | None:
    """Return the pointer of a reply address if the person it belongs to wrote this mail."""
    pointer = next(services.store.items("vault", f"reply#{token}"), None)
    if pointer is None or not received.sender:
        return None
    group = policy.controller(pointer["controller"]).group
    person = subjects.identify(services.keys, group, "email", received.sender).pointer()
    return pointer if services.store.get(Key("vault", f"subject#{person}", pointer["sk"])) else None


def _add(  # noqa: PLR0917 - what is added where, once, and when
    services: Services, about: dict[str, Any], received: Mail, raw: bytes, seen: Put, now: datetime
) -> bool:
    """Seal a reply under its enquiry with a key of its own; False when the enquiry is gone.

    The enquiry is open again, and staff are told. Its due date stays: a reply does not make us keep longer.
    """
    entry = about["sk"].removeprefix("entry#")
    number = vault.new_id()
    part = f"message#{stamp(now)}#{number}"
    filing = _Filing(
        entry, sealing.Binding(about["controller"], about["category"], entry, about["policy"]), sealing.new_key()
    )
    place = {"pk": f"entry#{entry}", "sk": part, "at": stamp(now), "direction": "in", "key": number, "has_raw": True}
    wrapped = sealing.wrap(services.keys.public_key(about["wall"]), filing.key)
    sealed = sealing.seal_fields(filing.key, filing.binding, part, _readable(received))
    writes: list[Write] = [
        *vault.late_addition(entry, number, wrapped, now),
        Put("records", {**place, "sealed": sealed}),
        *_raw(services, filing, part, raw, now, key=number),
    ]
    if not _is_automatic(received):
        writes.append(enquiries.reopened(entry, about["controller"], now))
        writes.append(letters.staff_notice_of_reply(entry, about["site"], about["controller"], about["category"], now))
    writes.append(seen)
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        if failed.index == len(writes) - 1:
            raise _SeenBefore from failed
        return False
    return True


def _file_for_a_person(  # noqa: PLR0917 - what is filed where, once, and when
    services: Services, site: policy.Site, received: Mail, raw: bytes, seen: Put, now: datetime
) -> str:
    """File a mail under the rule for requests, for a person to look at, and return its entry."""
    group = policy.controller(site.controller).group
    people = [subjects.identify(services.keys, group, "email", received.sender)] if received.sender else []
    rule = policy.category(site.controller, "cases")
    opened = enquiries.begin(services.keys, site, rule, people, received_at=now, now=now)
    writes = enquiries.filed(
        opened,
        {"email": received.sender, **_readable(received)},
        status=enquiries.OPEN,
        received_at=now,
        channel="email",
        form="",
        language=site.default_language,
        has_raw=True,
    )
    filing = _Filing(opened.entry.id, opened.entry.binding(), opened.key)
    writes += _raw(services, filing, "main", raw, now)
    if not _is_automatic(received):
        writes.append(letters.staff_notice(opened.entry, now))
    writes.append(seen)
    try:
        services.store.write(writes)
    except ConditionFailed as failed:
        if failed.index == len(writes) - 1:
            raise _SeenBefore from failed
        raise StoreUnavailable from failed
    return opened.entry.id


def _is_automatic(received: Mail) -> bool:
    """Say whether a machine sent this, or we did: nobody is told of it by a mail, which a machine would answer again."""
    ours = {policy.site(name).staff_mail.lower() for name in policy.sites()} | policy.privacy_addresses().keys()
    return received.is_automatic or received.sender in ours


def _readable(received: Mail) -> dict[str, Any]:
    """Return what staff read of a mail."""
    return {
        "subject": received.subject,
        "text": received.text,
        "automatic": received.is_automatic,
        "attachments": [list(attachment) for attachment in received.attachments],
        "problems": list(received.problems),
        "verdicts": received.verdicts,
    }


class _Filing(NamedTuple):
    """What seals a mail: the entry it is filed under, what its parts are bound to, and their key."""

    entry: str
    binding: sealing.Binding
    key: bytes


def _raw(services: Services, filing: _Filing, part: str, raw: bytes, now: datetime, **state: str) -> list[Write]:
    """Return the writes that keep the raw mail of a part: in a record of its own, or in the bucket when it is large.

    An object is noted for deletion before it is written, and the note goes in the transaction that names it: a filing that was
    cut off leaves nothing behind for longer than a day.
    """
    place = {"pk": f"entry#{filing.entry}", "sk": f"raw#{part}", **state}
    sealed = sealing.seal(filing.key, filing.binding, place["sk"], raw)
    if len(sealed) <= _IN_AN_ITEM:
        return [Put("records", {**place, "raw": sealed})]
    if services.objects is None:
        raise StoreUnavailable
    name = f"entry/{filing.entry}/{vault.new_id()}"
    noted = vault.sweep(filing.entry, [name], now + _CUT_OFF)
    services.store.write([noted])
    services.objects.put(name, sealed)
    named = Delete(Key("records", noted.item["pk"], noted.item["sk"]), PRESENT)
    return [Put("records", {**place, "object": name}), named]
