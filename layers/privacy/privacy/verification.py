"""Checks a bundle or a proof without us: no network, no account, nothing but the document and a public key.

What is wrong is found whatever it is: an act changed, taken away, added or moved, a day left out, a signature of somebody else,
a period that does not begin or end where it says. What cannot be seen is a document that is cut off and says so itself: who
expects a period gives it, or compares with what the firm published.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from privacy import evidence_days, merkle
from privacy.bundles import BUNDLE, PROOF
from privacy.evidence_days import canonical, days_between, figures_shown, fingerprint, hash_of, pem, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SEALED_LATE = timedelta(days=3)
"""From the beginning of a day on: the day itself, and two more."""
_LONGEST = timedelta(days=36_525)
_STATEMENT = {
    "format": str,
    "controller": str,
    "day": str,
    "count": int,
    "root": str,
    "previous": str,
    "figures": dict,
    "key": str,
    "sealed_at": str,
}
_ANSWERS = {"answers": dict}
"""What a statement says besides since it counts answers; days that were sealed before say nothing of them."""
_SHAPES: dict[str, dict[str, type]] = {
    BUNDLE: {"format": str, "controller": str, "from": str, "to": str, "keys": list, "days": list},
    PROOF: {"format": str, "controller": str, "keys": list, "proofs": list},
    "day": {"statement": dict, "signature": str, "acts": list},
    "proof": {"statement": dict, "signature": str, "act": dict, "index": int, "path": list},
    "act": {"id": str, "act": str, "entry": str, "category": str, "controller": str, "at": str},
}


class NoEvidence(ValueError):
    """This is no document of ours, or no key: there is nothing to check."""


class Finding(NamedTuple):
    """One thing that is wrong: a stable code, the day it was found on (empty when on none), and a name or number of it."""

    code: str
    day: str = ""
    detail: str = ""


class Report(NamedTuple):
    """What a check came to. `fingerprints` are of the keys that signed, `own_keys` says that they came with the document."""

    kind: str
    controller: str
    first: str
    last: str
    days: int
    acts: int
    fingerprints: tuple[str, ...]
    own_keys: bool
    findings: tuple[Finding, ...]
    sealed_late: tuple[str, ...] = ()
    """Days that were signed two days or more after they were over: after an outage, or because a chain was signed anew."""


def check(
    text: str | bytes,
    trusted: Sequence[str | bytes] = (),
    *,
    first: str = "",
    last: str = "",
    published: str | bytes = "",
) -> Report:
    """Check a document. `trusted` are public keys (PEM); without any, those that were published are, else the document's own.

    `first` and `last` are the days the reader expects it to cover, `published` is what the firm has made public
    (`evidence.json`). Raises NoEvidence.
    """
    document = read(text)
    public = read(published, public=True) if published else {"keys": [], "days": []}
    keys = {fingerprint(key): key for key in map(public_key, trusted)} or _keys_in(public) or _keys_in(document)
    if document["format"] == BUNDLE:
        findings = [*_bundle_faults(document, keys), *_period_faults(document, first, last)]
        signed = [day for day in document["days"] if _has_shape(day, "day") and _is_statement(day["statement"])]
        count = sum(len(day["acts"]) for day in signed)
        period = document["from"], document["to"]
    else:
        findings = _proof_faults(document, keys)
        signed = [each for each in document["proofs"] if _has_shape(each, "proof") and _is_statement(each["statement"])]
        count = len(signed)
        days = [each["statement"]["day"] for each in signed]
        period = min(days, default=""), max(days, default="")
    findings += _published_faults(signed, public)
    prints = tuple(dict.fromkeys(each["statement"]["key"] for each in signed))
    return Report(
        document["format"],
        document["controller"],
        *period,
        len(signed),
        count,
        prints,
        not (trusted or published),
        tuple(findings),
        tuple(each["statement"]["day"] for each in signed if _is_sealed_late(each["statement"])),
    )


# --- reading -----------------------------------------------------------------------------------------------------------


def read(text: str | bytes, *, public: bool = False) -> dict[str, Any]:
    """Return a bundle or a proof, or what was made public. Raises NoEvidence for anything else."""
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_float=_never, parse_constant=_never)
        canonical(document)
    except (ValueError, RecursionError) as broken:
        raise NoEvidence from broken
    if not isinstance(document, dict):
        raise NoEvidence
    if public:
        if not isinstance(document.get("days"), list) or not isinstance(document.get("keys"), list):
            raise NoEvidence
    elif document.get("format") not in (BUNDLE, PROOF) or not _has_shape(document, document["format"]):
        raise NoEvidence
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a name that comes twice is refused, for readers disagree on which one counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NoEvidence
    return found


def _never(_number: str) -> float:
    """Refuse a number that is no integer: none of ours is."""
    raise NoEvidence


def public_key(text: str | bytes) -> bytes:
    """Return a public key (DER) from PEM. Raises NoEvidence for anything but a key on P-256."""
    try:
        key = load_pem_public_key(text.encode() if isinstance(text, str) else text)
    except (ValueError, UnsupportedAlgorithm) as broken:
        raise NoEvidence from broken
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NoEvidence
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _keys_in(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the keys that came with a document, by fingerprint. Raises NoEvidence for one that is not as we write it."""
    keys: dict[str, bytes] = {}
    for each in document["keys"]:
        if not isinstance(each, dict) or set(each) != {"fingerprint", "pem"} or not isinstance(each["pem"], str):
            raise NoEvidence
        key = public_key(each["pem"])
        if each["pem"] != pem(key) or each["fingerprint"] != fingerprint(key):
            raise NoEvidence
        keys[fingerprint(key)] = key
    return keys


def _has_shape(value: object, shape: str) -> bool:
    """Say whether a value is an object with these names and types, and, but for acts, no other name."""
    wanted = _SHAPES[shape]
    if not isinstance(value, dict) or not (
        wanted.keys() <= value.keys() if shape == "act" else wanted.keys() == value.keys()
    ):
        return False
    return all(type(value[name]) is kind for name, kind in wanted.items())


def _is_statement(value: Mapping[str, Any]) -> bool:
    """Say whether this is a statement of ours, with a day that is a day."""
    shape = _STATEMENT | (_ANSWERS if "answers" in value else {})
    if value.keys() != shape.keys() or any(type(value[name]) is not kind for name, kind in shape.items()):
        return False
    return value["format"] == evidence_days.FORMAT and _is_day(value["day"])


def _is_day(text: str) -> bool:
    """Say whether this is a day as we write it."""
    try:
        return days_between(text, text) == [text] and "1900" < text < "9000"
    except (ValueError, OverflowError):
        return False


def _is_period(first: str, last: str) -> bool:
    """Say whether these are two days, in order, of one century."""
    if not (_is_day(first) and _is_day(last)):
        return False
    return timedelta(0) <= date.fromisoformat(last) - date.fromisoformat(first) < _LONGEST


# --- a bundle ----------------------------------------------------------------------------------------------------------


def _bundle_faults(document: Mapping[str, Any], keys: Mapping[str, bytes]) -> list[Finding]:
    """Return what is wrong with a bundle."""
    found, statements = [], []
    for number, day in enumerate(document["days"], 1):
        if not _has_shape(day, "day") or not _is_statement(day["statement"]):
            found.append(Finding("malformed", detail=str(number)))
            continue
        found += _statement_faults(day, document["controller"], keys)
        found += _act_faults(day)
        statements.append(day["statement"])
    if not _is_period(document["from"], document["to"]):
        return [*found, Finding("malformed", detail="from/to")]
    return [*found, *_sequence_faults([each["day"] for each in statements], document), *_chain_faults(statements)]


def _statement_faults(signed: Mapping[str, Any], controller: str, keys: Mapping[str, bytes]) -> list[Finding]:
    """Return what is wrong with who signed a day, and for whom."""
    said, found = signed["statement"], []
    if said["controller"] != controller:
        found.append(Finding("controller", said["day"], said["controller"]))
    if said["key"] not in keys:
        found.append(Finding("foreign_key", said["day"], said["key"]))
    elif not _is_signed(said, signed["signature"], keys[said["key"]]):
        found.append(Finding("signature", said["day"]))
    return found


def _is_signed(statement: Mapping[str, Any], signature: str, key: bytes) -> bool:
    """Say whether a signature is of this statement, by this key, and written as we write it."""
    try:
        given = base64.b64decode(signature, validate=True)
        if base64.b64encode(given).decode() != signature:
            return False
        return signed_by(canonical(statement), given, key)
    except (ValueError, binascii.Error):
        return False


def signed_by(statement: bytes, signature: bytes, key: bytes) -> bool:
    """Say whether a signature (DER) is of a statement, by a public key (DER)."""
    try:
        loaded = load_der_public_key(key)
        if not isinstance(loaded, ec.EllipticCurvePublicKey):
            return False
        loaded.verify(signature, hashlib.sha256(statement).digest(), ec.ECDSA(Prehashed(SHA256())))
    except (InvalidSignature, ValueError):
        return False
    return True


def _act_faults(day: Mapping[str, Any]) -> list[Finding]:
    """Return what is wrong with the acts of a day: how many, which, and in what order."""
    said, acts = day["statement"], day["acts"]
    if not all(_has_shape(act, "act") for act in acts):
        return [Finding("malformed_act", said["day"])]
    found = []
    if len(acts) != said["count"]:
        found.append(
            Finding("fewer_acts" if len(acts) < said["count"] else "more_acts", said["day"], str(said["count"]))
        )
    elif not _has_root(acts, said["root"]):
        in_order = sorted(acts, key=lambda act: act["id"])
        found.append(Finding("acts_order" if _has_root(in_order, said["root"]) else "acts_changed", said["day"]))
    elif _figures(acts) != (said["figures"], said.get("answers", {})):
        found.append(Finding("figures", said["day"]))
    foreign = [act["id"] for act in acts if act["controller"] != said["controller"] or act["at"][:10] != said["day"]]
    return found + [Finding("act_elsewhere", said["day"], each) for each in foreign]


def _figures(acts: Sequence[dict[str, Any]]) -> object:
    """Return the figures of acts as a statement holds them, None when an act does not say when its entry was due."""
    try:
        counted = tally(acts)
        return figures_shown(counted.figures), figures_shown(counted.answers)
    except (KeyError, TypeError, ValueError):
        return None


def _is_sealed_late(statement: Mapping[str, Any]) -> bool:
    """Say whether a day was signed long after it was over."""
    return str(statement["sealed_at"]) > (date.fromisoformat(statement["day"]) + _SEALED_LATE).isoformat()


def _has_root(acts: Sequence[Mapping[str, Any]], root: str) -> bool:
    """Say whether these acts, in this order, have this root."""
    return merkle.root(merkle.leaf(canonical(act)) for act in acts).hex() == root


def _sequence_faults(days: list[str], document: Mapping[str, Any]) -> list[Finding]:
    """Return which days are missing, come twice, stand in the wrong place or outside the period."""
    first, last = document["from"], document["to"]
    there = set(days)
    found = [Finding("missing_day", day) for day in days_between(first, last) if day not in there]
    found += [Finding("twice", day) for day, times in Counter(days).items() if times > 1]
    found += [Finding("outside", day) for day in days if not first <= day <= last]
    found += [Finding("days_order", day) for before, day in pairwise(days) if day < before]
    return found


def _chain_faults(statements: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Return where a day does not name the day before it."""
    hashes = {each["day"]: hash_of(canonical(each).decode()) for each in statements}
    before = {each["day"]: (date.fromisoformat(each["day"]) - timedelta(days=1)).isoformat() for each in statements}
    wrong = [each for each in statements if each["previous"] != hashes.get(before[each["day"]], each["previous"])]
    return [Finding("chain", each["day"]) for each in wrong]


def _period_faults(document: Mapping[str, Any], first: str, last: str) -> list[Finding]:
    """Return where a bundle does not cover what its reader expects."""
    found = []
    if first and document["from"] > first:
        found.append(Finding("begins_late", document["from"], first))
    if last and document["to"] < last:
        found.append(Finding("ends_early", document["to"], last))
    return found


def _published_faults(signed: Iterable[Mapping[str, Any]], published: Mapping[str, Any]) -> list[Finding]:
    """Return the days of which the firm made something else public than the document says."""
    days = [day for day in published["days"] if isinstance(day, dict) and isinstance(day.get("statement"), dict)]
    public = {str(day["statement"].get("day")): day["statement"] for day in days}
    said = {each["statement"]["day"]: each["statement"] for each in signed}
    found = [Finding("not_as_published", day) for day, each in said.items() if public.get(day, each) != each]
    return found + [
        Finding("another_chain", day) for day, each in said.items() if day not in public and _is_apart(each, public)
    ]


def _is_apart(statement: Mapping[str, Any], public: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether a day is of another chain than what was published: it does not go on from it, nor that from the day."""
    day = date.fromisoformat(statement["day"])
    earlier, later = (public.get((day + timedelta(days=number)).isoformat()) for number in (-1, 1))
    if not statement["previous"]:
        return any(each < statement["day"] for each in public)
    if earlier and statement["previous"] != hash_of(canonical(earlier).decode()):
        return True
    return later is not None and later.get("previous") != hash_of(canonical(statement).decode())


# --- a proof -----------------------------------------------------------------------------------------------------------


def _proof_faults(document: Mapping[str, Any], keys: Mapping[str, bytes]) -> list[Finding]:
    """Return what is wrong with a proof."""
    found = [] if document["proofs"] else [Finding("no_acts")]
    for number, each in enumerate(document["proofs"], 1):
        if not _has_shape(each, "proof") or not _is_statement(each["statement"]) or not _has_shape(each["act"], "act"):
            found.append(Finding("malformed", detail=str(number)))
            continue
        found += _statement_faults(each, document["controller"], keys)
        said, act = each["statement"], each["act"]
        if not _leads_to_root(each):
            found.append(Finding("not_in_day", said["day"], act["id"]))
        if act["controller"] != said["controller"] or act["at"][:10] != said["day"]:
            found.append(Finding("act_elsewhere", said["day"], act["id"]))
    return found


def _leads_to_root(proof: Mapping[str, Any]) -> bool:
    """Say whether the path of a proof leads from its act to the signed root."""
    try:
        path = [bytes.fromhex(step) for step in proof["path"]]
    except (TypeError, ValueError):
        return False
    said = proof["statement"]
    if [step.hex() for step in path] != proof["path"]:
        return False
    root = merkle.rooted(merkle.leaf(canonical(proof["act"])), proof["index"], said["count"], path)
    return root is not None and root.hex() == said["root"]
