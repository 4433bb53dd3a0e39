"""Direct transmission: a copy for another provider, because its person asked for it and confirmed it (Art. 20(2) GDPR, P18).

Whom it goes to is said in a session of a typed code and confirmed with a second one. Then nothing happens for a day but that
every address on file is told, and whoever reads one of them can stop it. Only then a mail tells the provider where the copy is.
It is fetched with two things that come by two ways: a number, which stands in that mail alone, and a pass phrase, which only the
person was shown. So a wrong address gets nothing, no mailbox keeps the copy, and a link that is followed discloses nothing.

Here stands what the public page does, which can open nothing: it seals whom the copy is for under the case, and of number and
phrase keeps a hash and a MAC. Who carries it out is `transmitting`. See docs/decisions/0021.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, enquiries, form, identity, policy, rights_asked, sealing, subjects, vault
from privacy.case_letters import Handed
from privacy.errors import (
    BadInput,
    ConditionFailed,
    Conflict,
    IdentityNotProven,
    KeyDestroyed,
    NotFetched,
    TooLateForThat,
    TooMany,
)
from privacy.periods import after, local_date, read_stamp, stamp
from privacy.policy import Field, Form
from privacy.writes import Key, Put, Update, one_more

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from privacy.policy import Site
    from privacy.services import Services
    from privacy.vault import Entry, Opened
    from privacy.writes import Store, Write

UNDO, SENT = "undo", "sent"
FETCHED, MISSED, RETURNED, STOPPED, GONE = "fetched", "missed", "returned", "stopped", "gone"
UNDER_WAY = (UNDO, SENT)
"""One that stands like this can be stopped, as long as nobody has fetched it."""
MOST = 3
"""How many providers a case can name, one after the other: our mail is no way to write to strangers."""
A_DAY = 5
"""How many copies can be for one mailbox in a day, over all cases: whoever has many addresses has many cases."""
LIFE = timedelta(days=7)
"""How long a provider has, if the copy is there as long."""
TRIES = 10
"""How often number and phrase can be given, rightly or wrongly: a download that broke off is done again."""
PHRASE_BITS = 80
ACT = "transmission"
"""What the acts in the evidence are called that say how far one is."""
BY_PERSON, BY_STAFF, BY_REPLY = "person", "staff", "reply"
STOP_NOTED = "transmission_stopped"
"""What the note with the reasons of staff is called."""
_LEAST = timedelta(days=1)
_KEPT_LONGER = timedelta(days=1)
_PLACE = "transmission#"
_PART = "provider#"
_PHRASE = re.compile(r"[a-z2-7]{16}")
_LABELS: dict[str, str] = {}
_FORM = Form(
    "provider",
    cases.CATEGORY,
    receipt=False,
    fields=(
        Field("provider", "text", required=True, max_length=100, labels=_LABELS, help=_LABELS),
        Field("provider_email", "email", required=True, max_length=254, labels=_LABELS, help=_LABELS),
    ),
)
MOST_TYPED = {field.name: field.max_length for field in _FORM.fields}


class Provider(NamedTuple):
    """Whom a copy is for, as its person named them."""

    name: str
    email: str


def check(sent: Mapping[str, object], site: Site) -> Provider:
    """Return the provider that was named. Raises BadInput with a message for every field that is wrong.

    One address, on one line; none of ours, for who sends a firm its own data helps nobody.
    """
    typed = {name: sent.get(name) for name in MOST_TYPED}
    fields = form.check(typed, _FORM, site).fields
    if subjects.email(fields["provider_email"]) in _ours() or _without_tag(fields["provider_email"]) in _ours():
        raise BadInput("invalid", {"provider_email": ("our_address", {})})
    return Provider(fields["provider"], fields["provider_email"])


def _ours() -> frozenset[str]:
    """Return the addresses of all sites that answer here."""
    sites = [policy.site(name) for name in policy.sites()]
    found = {address for site in sites for address in (site.privacy_address, site.staff_mail, site.sender)}
    return frozenset(address.rpartition("<")[2].rstrip("> ").lower() for address in found if address)


def _without_tag(address: str) -> str:
    """Return an address without what stands behind a `+`: replies to us come in under such."""
    local, _, domain = subjects.email(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


# --- state, which is nobody's --------------------------------------------------------------------------------------------


def of_case(store: Store, case: str) -> list[dict[str, Any]]:
    """Return the transmissions of a case, the first named first."""
    return list(store.items("records", f"entry#{case}", _PLACE))


def under_way(items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the transmission that has no end yet: there is one at a time, the last."""
    return items[-1] if items and items[-1]["status"] in UNDER_WAY else None


def offered(controller: str, rights: Mapping[str, dict[str, Any]], items: list[dict[str, Any]], now: datetime) -> str:
    """Return the right whose copy can be handed to another provider now, or nothing.

    Portability has it, and access, which gives the same copy. What is under way must end first; and a copy that ends before a
    provider had a day to fetch it is asked for anew.
    """
    if under_way(items) or len(items) >= MOST:
        return ""
    least = after(now, policy.handling(controller).transmission) + _LEAST
    found = (rights.get(right, {}) for right in ("portability", "access"))
    return next((each["right"] for each in found if each.get("export") and each["ready_until"] > stamp(least)), "")


def shown(item: dict[str, Any]) -> dict[str, Any]:
    """Return how a transmission stands, as its person and staff see it: nothing about anyone."""
    can = ["stop"] if item["status"] in UNDER_WAY and not item.get("fetched_at") else []
    can += ["phrase"] if item["status"] in UNDER_WAY else []
    told = ("status", "named_at", "undo_until", "until", "sent_at", "fetched_at", "ended_at", "stopped_by")
    return {"number": number_of(item), "can": can, **{name: item[name] for name in told if item.get(name)}}


def place_of(case: str, number: str) -> Key:
    """Return where a transmission of a case stands."""
    return Key("records", f"entry#{case}", f"{_PLACE}{number}")


def number_of(item: dict[str, Any]) -> str:
    """Return which transmission of its case this is: `1` is the first."""
    return str(item["sk"].removeprefix(_PLACE))


def said(services: Services, case: Opened, item: dict[str, Any]) -> dict[str, Any]:
    """Return what was sealed of a transmission of an opened case: the provider, and the number.

    Raises KeyDestroyed, KeyUnavailable, Unreadable.
    """
    part = services.store.get(Key("records", item["pk"], item["part"]))
    if part is None:
        raise KeyDestroyed
    key = vault.unlock_addition(services.store, services.keys, case.entry, part["key"])
    return key.unseal(part["sk"], part["sealed"])


def provider(services: Services, case: Opened, item: dict[str, Any]) -> Provider:
    """Return whom a transmission is for. Raises what `said` raises."""
    found = said(services, case, item)
    return Provider(found["provider"], found["provider_email"])


def handed_of(services: Services, case: Opened, item: dict[str, Any]) -> Handed:
    """Return what became of a transmission, for a letter. Raises what `said` raises."""
    moments = {UNDO: "undo_until", FETCHED: "fetched_at", STOPPED: "stopped_at"}
    moment = item.get(moments.get(item["status"], "until"), item["until"])
    reasons = _reasons(services, case) if item.get("stopped_by") == BY_STAFF else ""
    status = "answered" if item.get("stopped_by") == BY_REPLY else item["status"]
    return Handed(*provider(services, case, item), status, local_date(read_stamp(moment)), reasons)


def _reasons(services: Services, case: Opened) -> str:
    """Return why staff last stopped a transmission of an opened case."""
    found = ""
    for item in services.store.items("records", f"entry#{case.entry.id}", "note#"):
        key = vault.unlock_addition(services.store, services.keys, case.entry, item["key"])
        note = key.unseal(item["sk"], item["sealed"])
        found = str(note["reasons"]) if note["what"] == STOP_NOTED else found
    return found


# --- beginning -----------------------------------------------------------------------------------------------------------


def begin(services: Services, site: Site, case: str, to: Provider, now: datetime) -> str:
    """Note whom a copy goes to, once its person has confirmed that; return the pass phrase for them to give on.

    Raises IdentityNotProven for a case that is gone, TooLateForThat when no copy can be handed over, TooMany when there were
    enough for the same mailbox today, Conflict.
    """
    main, vaulted = identity.find(services.store, site, case, now), services.store.get(vault.key_of(case))
    if main is None or vaulted is None:
        raise IdentityNotProven
    items = of_case(services.store, case)
    right = offered(site.controller, rights := rights_asked.of_case(services.store, case), items, now)
    if not right:
        raise TooLateForThat
    item = _named(site.controller, case, rights[right], len(items) + 1, now)
    number, phrase = vault.new_id(), new_phrase()
    item["fetch"] = digest(number)
    tried = _tried(services, item, phrase)
    said = {"provider": to.name, "provider_email": to.email, "number": number}
    writes = [Put("records", item), *_sealed(services, vault.read(vaulted), item["part"], said, now), tried]
    try:
        services.store.write([_counted(services, site, to, now), *writes, task(item, now)])
    except ConditionFailed as failed:
        if failed.index == 0:
            raise TooMany("too_many_copies") from failed
        raise Conflict from failed
    return spelled(phrase)


def _counted(services: Services, site: Site, to: Provider, now: datetime) -> Update:
    """Return the write that counts one more copy for a mailbox today, up to the most there may be."""
    group = policy.controller(site.controller).group
    mailbox = subjects.identify(services.keys, group, "email", _without_tag(to.email)).pointer()
    tag = enquiries.digest("copies", mailbox, local_date(now))
    return one_more(Key("traffic", f"requests#{tag}", "requests"), "made", A_DAY, now + _LEAST)


def _named(controller: str, case: str, right: dict[str, Any], nth: int, now: datetime) -> dict[str, Any]:
    """Return the state of a new transmission."""
    undo_until = after(now, policy.handling(controller).transmission)
    until = min(undo_until + LIFE, read_stamp(right["ready_until"]))
    return {
        "pk": f"entry#{case}",
        "sk": f"{_PLACE}{nth}",
        "status": UNDO,
        "right": right["right"],
        "export": right["export"],
        "named_at": stamp(now),
        "undo_until": stamp(undo_until),
        "until": stamp(until),
        "ready_until": right["ready_until"],
        "part": f"{_PART}{stamp(now)}#{nth}",
    }


def _sealed(services: Services, entry: Entry, part: str, said: dict[str, str], now: datetime) -> list[Write]:
    """Return the writes that seal under the case whom a copy is for, with a key of its own: who does this can read nothing."""
    number, key = vault.new_id(), sealing.new_key()
    wrapped = sealing.wrap(services.keys.public_key(entry.wall), key)
    place = {"pk": f"entry#{entry.id}", "sk": part, "key": number, "at": stamp(now)}
    sealed = sealing.seal_fields(key, entry.binding(), part, said)
    return [*vault.late_addition(entry.id, number, wrapped, now), Put("records", {**place, "sealed": sealed})]


def _tried(services: Services, item: dict[str, Any], phrase: str) -> Put:
    """Return the write that keeps what number and phrase are compared with, and how often they were given."""
    gone = int((read_stamp(item["until"]) + _KEPT_LONGER).timestamp())
    kept = {"case": item["pk"].removeprefix("entry#"), "transmission": item["sk"], "tries": 0, "expires_at": gone}
    mac = mac_of(services, item, phrase)
    return Put("traffic", {"pk": f"fetch#{item['fetch']}", "sk": "fetch", "mac": mac, **kept})


def task(item: dict[str, Any], now: datetime) -> Put:
    """Return the write that has a transmission taken further."""
    return rights_asked.task(item["pk"].removeprefix("entry#"), item["right"], now, transmission=item["sk"])


# --- the pass phrase -----------------------------------------------------------------------------------------------------


def new_phrase() -> str:
    """Return a new pass phrase: 80 random bits, small letters and digits that are not mistaken for each other."""
    return base64.b32encode(secrets.token_bytes(PHRASE_BITS // 8)).decode().lower()


def spelled(phrase: str) -> str:
    """Return a pass phrase as people read it out: in fours."""
    return "-".join(phrase[at : at + 4] for at in range(0, len(phrase), 4))


def given(number: object, phrase: object) -> tuple[str, str]:
    """Return number and pass phrase as they were typed, without spaces. Raises BadInput for what can be none: no try is lost."""
    typed = {
        name: re.sub(r"[\s.,-]", "", value).lower() if isinstance(value, str) else ""
        for name, value in (("number", number), ("phrase", phrase))
    }
    right = {"number": identity.is_number(typed["number"]), "phrase": _PHRASE.fullmatch(typed["phrase"])}
    wrong: form.FieldErrors = {
        name: (f"fetch_{name}_invalid" if typed[name] else "missing", {}) for name in typed if not right[name]
    }
    if wrong:
        raise BadInput("invalid", wrong)
    return typed["number"], typed["phrase"]


def digest(number: str) -> str:
    """Return what is stored of a number: from 128 random bits nobody comes back."""
    return hashlib.sha256(json.dumps(["fetch", number]).encode()).hexdigest()


def mac_of(services: Services, item: dict[str, Any], phrase: str) -> bytes:
    """Return the MAC of a pass phrase, made by KMS: who has the tables can try none."""
    return services.keys.mac(json.dumps(["phrase", item["pk"], item["sk"], phrase]).encode())


def another_phrase(services: Services, case: str, now: datetime) -> str:
    """Return a new pass phrase in place of the one before, for who lost it; tries begin anew.

    Raises TooLateForThat when nothing is under way.
    """
    item = under_way(of_case(services.store, case))
    if item is None or item["until"] <= stamp(now):
        raise TooLateForThat
    phrase = new_phrase()
    values = {":mac": mac_of(services, item, phrase), ":zero": 0}
    try:
        services.store.write([Update(_place(item["fetch"]), "SET #mac = :mac, #tries = :zero", values)])
    except ConditionFailed as gone:
        raise TooLateForThat from gone
    return spelled(phrase)


def count_try(store: Store, number: str) -> None:
    """Count that number and phrase were given, before anything is compared. Raises NotFetched for a number that is none."""
    values = {":one": 1, ":most": TRIES}
    place = _place(digest(number))
    try:
        store.write([Update(place, "SET #tries = #tries + :one", values, "#tries < :most")])
    except ConditionFailed as none:
        raise NotFetched from none


def proven(services: Services, number: str, phrase: str, now: datetime) -> dict[str, Any]:
    """Return the transmission that number and phrase are of. Raises NotFetched, for whatever reason; KeyUnavailable."""
    kept = services.store.get(_place(digest(number))) or {}
    item = {"pk": f"entry#{kept.get('case')}", "sk": str(kept.get("transmission"))}
    is_right = hmac.compare_digest(mac_of(services, item, phrase), bytes(kept.get("mac") or b""))
    found = services.store.get(Key("records", item["pk"], item["sk"])) if is_right else None
    if found is None or found["status"] not in (SENT, FETCHED) or found["until"] <= stamp(now):
        raise NotFetched
    return found


def _place(fetch: str) -> Key:
    """Return where it stands what number and phrase are compared with."""
    return Key("traffic", f"fetch#{fetch}", "fetch")


# --- stopping ------------------------------------------------------------------------------------------------------------


def stop(store: Store, case: str, now: datetime, *, by: str = BY_PERSON, also: tuple[Write, ...] = ()) -> None:
    """Stop a transmission that nobody has fetched. Stopped twice, it stays stopped. Raises TooLateForThat, Conflict."""
    items = of_case(store, case)
    if items and items[-1]["status"] == STOPPED:
        return
    item = under_way(items)
    if item is None or item.get("fetched_at"):
        raise TooLateForThat
    changes = {"status": STOPPED, "stopped_at": stamp(now), "stopped_by": by}
    try:
        store.write([*also, changed(item, changes), task(item, now)])
    except ConditionFailed as meanwhile:
        raise Conflict from meanwhile


def changed(item: dict[str, Any], changes: dict[str, Any]) -> Update:
    """Return the write that changes a transmission as it was read; not once it was fetched, if it had not been then."""
    values = {":was": item["status"], **{f":{name}": value for name, value in changes.items()}}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
    condition = "#status = :was" + ("" if item.get("fetched_at") else " AND attribute_not_exists(#fetched_at)")
    return Update(Key("records", item["pk"], item["sk"]), expression, values, condition)
