"""Who asks: six digits, typed back, sent to the address that the case is about and to no other (Art. 12(2), 12(6) GDPR).

An address is proven by what only its owner reads. A code goes out when it is asked for, never to a Reply-To or a new one. It
lives ten minutes, is good for one use and three tries, and counts for the rights that its mail names. The public function that
makes it can read nothing: the code is sealed under the case with a key of its own, for `letters` to send, and what is kept
to compare with is a MAC whose key never leaves KMS.

A number that is no case, another controller's case, a wrong code, one that has ended or was used: all are answered in the
same words after the same work. See docs/decisions/0014.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, letters, policy, rights_asked, sealing, sessions, subjects, vault
from privacy.errors import BadInput, ConditionFailed, Conflict, IdentityNotProven
from privacy.periods import local_date, stamp
from privacy.writes import Delete, Key, Update, one_more

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.policy import Site
    from privacy.services import Services
    from privacy.subjects import Identity
    from privacy.vault import Entry
    from privacy.writes import Store, Write

ASKED, PROVEN = "asked", "proven"
BY_CODE = "code"
ON_BEHALF = "on_behalf"
"""Why a person must look at a case: its sender asks for somebody else (Art. 5 UAVG for children under 16)."""
LIFE = timedelta(minutes=10)
TRIES = 3
A_DAY = 5
"""The most codes that one mailbox is sent in a day for what its owner mailed, and for what anybody can send."""
_PAUSE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_DIGITS = 6
_CASE = re.compile(r"[a-z2-7]{26}")
_CODE = re.compile(r"[0-9]{6}")
_ATTEMPTS = 3


class _About(NamedTuple):
    """The case that a number stands for. One that stands for none is worked on just the same, and comes to nothing."""

    case: str
    main: dict[str, Any]
    entry: Entry | None

    def rights(self) -> list[str]:
        """Return the rights that a code for this case counts for: none when somebody asks for another, which a person judges."""
        is_theirs = self.main.get("status") == cases.OPEN and ON_BEHALF not in self.main["look"]
        open_ones = self.main["rights"] if is_theirs else ()
        return [right for right in open_ones if right not in rights_asked.NOT_CARRIED_OUT]


def case_number(text: object) -> str:
    """Return a case number as it was typed or copied, in lower case. Raises BadInput for what cannot be one."""
    number = re.sub(r"[\s.,-]", "", text).lower() if isinstance(text, str) else ""
    if not is_number(number):
        raise BadInput("invalid", {"case": ("case_number_invalid" if number else "missing", {})})
    return number


def is_number(text: str) -> bool:
    """Say whether a text could be a number of ours."""
    return bool(_CASE.fullmatch(text))


def code_given(text: object) -> str:
    """Return a code as it was typed, without spaces. Raises BadInput for what cannot be one: no try is lost on it."""
    code = re.sub(r"[\s-]", "", text) if isinstance(text, str) else ""
    if not _CODE.fullmatch(code):
        raise BadInput("invalid", {"code": ("code_invalid" if code else "missing", {})})
    return code


def find(store: Store, site: Site, case: str, now: datetime) -> dict[str, Any] | None:
    """Return the record of a case of this site's controller, or None when there is none, or none any more."""
    main = store.get(Key("records", f"entry#{case}", "main"))
    if main is None or main.get("kind") != "case" or main["controller"] != site.controller:
        return None
    return main if main["erase_by"] > stamp(now) else None


# --- the code ------------------------------------------------------------------------------------------------------------


def send_code(
    services: Services, site: Site, case: str, now: datetime, *, email: str = "", hands_over: bool = False
) -> None:
    """Put a code for a case into the outbox; nobody is told whether that came to anything.

    One that `hands_over` a copy to another provider says so in its mail, and begins nothing else.

    It comes to nothing for a number that is no case of this controller, for a case of nobody we know, within a minute of
    another code, after five in one day for the same mailbox, and when an `email` is given that is not the case's. Cases that
    anybody can have opened and those that their owner mailed have five each: whoever types an address shuts nobody out. Raises
    KeyUnavailable, StoreUnavailable, BadInput for an `email` that is no address.
    """
    person = (
        subjects.identify(services.keys, policy.controller(site.controller).group, "email", email) if email else None
    )
    about = _about(services.store, site, case, person, now)
    number, code = vault.new_id(), f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    writes = [
        _counted(about, now),
        *_letter(services, site, about, number, code, now, hands_over=hands_over),
        _asked(about),
        _kept(about, number, _mac(services, about.case, number, code), now, hands_over=hands_over),
    ]
    try:
        services.store.write(writes)
    except ConditionFailed:
        return


def _about(store: Store, site: Site, case: str, person: Identity | None, now: datetime) -> _About:
    """Return what a number stands for; for one that is no case of this controller and person, a case that there is not."""
    main = find(store, site, case, now)
    item = store.get(vault.key_of(case))
    known = item.get("subjects", ()) if item else ()
    if main is None or item is None or not known or (person and person.pointer() not in known):
        return _About(vault.new_id(), {}, None)
    return _About(case, main, vault.read(item))


def _letter(  # noqa: PLR0917 - which code, for which case, when
    services: Services, site: Site, about: _About, number: str, code: str, now: datetime, *, hands_over: bool
) -> list[Write]:
    """Return the writes that seal a code under the case with a key of its own, and have it sent."""
    rule, key = policy.category(site.controller, cases.CATEGORY), sealing.new_key()
    version = about.entry.policy if about.entry else site.version
    binding = sealing.Binding(site.controller, rule.name, about.case, version)
    wrapped = sealing.wrap(services.keys.public_key(rule.wall), key)
    content = {"code": code, "rights": [] if hands_over else about.rights(), "hands_over": hands_over}
    sealed = sealing.seal_fields(key, binding, letters.place_of(number), content)
    where = letters.About(about.case, site.name, site.controller, rule.name)
    language = str(about.main.get("language") or site.default_language)
    budget = letters.budget_of(about.main)
    letter = letters.code(where, now, letter=number, sealed=sealed, until=now + LIFE, language=language, budget=budget)
    return [letter, *vault.late_addition(about.case, number, wrapped, now)]


def _counted(about: _About, now: datetime) -> Update:
    """Return the write that counts one more code for the mailbox of a case today, up to the most there may be."""
    mailbox = about.main.get("mailbox") or (about.entry.subjects[0] if about.entry else about.case)
    tag = hashlib.sha256(
        json.dumps(["codes", letters.budget_of(about.main), mailbox, local_date(now)]).encode()
    ).hexdigest()
    return one_more(Key("traffic", f"codes#{tag}", "codes"), "sent", A_DAY, now + _DAY)


def _kept(about: _About, number: str, mac: bytes, now: datetime, *, hands_over: bool) -> Update:
    """Return the write that keeps what a code is compared with, in place of the code before if that is a minute old."""
    values = {
        ":number": number,
        ":mac": mac,
        ":until": int((now + LIFE).timestamp()),
        ":rights": [] if hands_over else about.rights(),
        ":hands_over": hands_over,
        ":whom": sessions.whom(about.main),
        ":zero": 0,
        ":now": int(now.timestamp()),
        ":earlier": int((now - _PAUSE).timestamp()),
        ":gone": int((now + _DAY).timestamp()),
    }
    expression = (
        "SET #number = :number, #mac = :mac, #until = :until, #rights = :rights, #hands_over = :hands_over, #whom = :whom,"
        " #tries = :zero, #sent_at = :now, #expires_at = :gone"
    )
    return Update(_place(about.case), expression, values, "attribute_not_exists(#sent_at) OR #sent_at <= :earlier")


def _asked(about: _About) -> Update:
    """Return the write that notes that the person was asked who they are, unless they are proven. Fails for no case."""
    place, values = Key("records", f"entry#{about.case}", "main"), {":asked": ASKED}
    return Update(place, "SET #identity = if_not_exists(#identity, :asked)", values)


def _mac(services: Services, case: str, number: str, code: str) -> bytes:
    """Return the MAC of a code of a case, made by KMS: who has the tables can try no code."""
    return services.keys.mac(json.dumps(["code", case, number, code]).encode())


def _place(case: str) -> Key:
    """Return where the code of a case stands."""
    return Key("traffic", f"code#{case}", "code")


# --- proving -------------------------------------------------------------------------------------------------------------


def prove(services: Services, site: Site, case: str, code: str, now: datetime, *, hands_over: bool = False) -> str:
    """Let a typed code prove who asks; return the token of a session. What the mail of the code named begins now.

    Only a code whose mail said so `hands_over` a copy to another provider, and none counts that was sent before staff vouched for
    somebody: it lies in the mailbox of whoever wrote before.

    The try is counted before anything is compared, so that of any number of guesses at one moment three are compared. Raises
    IdentityNotProven, for whatever reason; KeyUnavailable and StoreUnavailable, then a try may be lost.
    """
    main = find(services.store, site, case, now)
    is_counted = _try_counted(services.store, case, now)
    kept = services.store.get(_place(case)) or {}
    number = str(kept.get("number") or "")
    mac = _mac(services, case, number, code)
    is_right = hmac.compare_digest(mac, bytes(kept.get("mac") or b""))
    is_alive = int(kept.get("until") or 0) > int(now.timestamp())
    is_out = _went_out(services.store, case, number)
    is_for_this = not hands_over or bool(kept.get("hands_over"))
    is_theirs = kept.get("whom", "") == sessions.whom(main or {})
    if main is None or not (is_counted and is_right and is_alive and is_out and is_for_this and is_theirs):
        raise IdentityNotProven
    return _proven(services.store, main, kept, now)


def _went_out(store: Store, case: str, number: str) -> bool:
    """Say whether the letter of a code was handed to the mail service: one that waits in a full hour is nobody's to know.

    Else guesses would be counted by what is asked for, and not by what is sent.
    """
    letter = store.get(Key("records", f"entry#{case}", letters.place_of(number))) or {}
    return int(letter.get("attempts", 0)) > 0 and letter.get("status") != letters.WITHHELD


def _try_counted(store: Store, case: str, now: datetime) -> bool:
    """Count one try of the code of a case, also where there is none; say whether it was one of the three."""
    values = {":zero": 0, ":one": 1, ":most": TRIES, ":gone": int((now + _DAY).timestamp())}
    expression = "SET #tries = if_not_exists(#tries, :zero) + :one, #expires_at = if_not_exists(#expires_at, :gone)"
    try:
        store.write([Update(_place(case), expression, values, "attribute_not_exists(#tries) OR #tries < :most")])
    except ConditionFailed:
        return False
    return True


def _proven(store: Store, main: dict[str, Any], kept: dict[str, Any], now: datetime) -> str:
    """Use the code up, note that the person is proven, begin a session and the rights that the code counts for."""
    case = main["pk"].removeprefix("entry#")
    rights = kept["rights"] if main["status"] == cases.OPEN else []
    used = Delete(_place(case), "#number = :number", {":number": kept["number"]})
    for _ in range(_ATTEMPTS):
        token, session = sessions.begin(case, sessions.whom(main), now)
        try:
            store.write([used, session, *noted(main, BY_CODE, now), *begun(store, case, rights, now)])
        except ConditionFailed as failed:
            if failed.index == 0:
                raise IdentityNotProven from failed
            continue
        return token
    raise Conflict


def noted(main: dict[str, Any], how: str, now: datetime) -> list[Write]:
    """Return the write that notes on a case how and when its person was made sure of; what staff vouched for stays."""
    if main.get("identity") == PROVEN and main.get("identity_how") != how:
        return []
    values = {":proven": PROVEN, ":how": how, ":at": stamp(now)}
    expression = "SET #identity = :proven, #identity_how = :how, #identity_at = :at"
    return [Update(Key("records", main["pk"], "main"), expression, values)]


def begun(store: Store, case: str, rights: list[str], now: datetime) -> list[Write]:
    """Return the writes that begin the rights of a case that have not begun yet."""
    known = rights_asked.of_case(store, case)
    return [write for right in rights if right not in known for write in rights_asked.asked(case, right, now)]
