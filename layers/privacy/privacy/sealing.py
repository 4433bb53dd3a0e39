"""Seal and open: AES-256-GCM under a key of one entry, wrapped to the public key of a wall.

Whoever seals needs the public key only; whoever opens asks KMS to unwrap. What is sealed is bound to its controller,
category, entry, part and policy version: moved to another place, it does not open. A key seals few parts (one entry's), so
random 96-bit nonces do not meet (NIST SP 800-38D allows 2^32 per key).
"""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import Unreadable

_FORMAT = b"\x01"
_NONCE = 12
KEY_BYTES = 32


class Binding(NamedTuple):
    """What every part of an entry is bound to."""

    controller: str
    category: str
    entry: str
    policy: str

    def associated_data(self, part: str) -> bytes:
        """Return the associated data of one part, unambiguous for any names."""
        return _canonical(["nakoming", 1, self.controller, self.category, self.entry, part, self.policy])


def new_key() -> bytes:
    """Return a fresh data key of 256 bits."""
    return os.urandom(KEY_BYTES)


def wrap(public_key: bytes, key: bytes) -> bytes:
    """Wrap a data key to a wall's public key (DER), RSA-OAEP with SHA-256, as KMS unwraps it."""
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP  # noqa: PLC0415 - only writers pay for it
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415

    loaded = load_der_public_key(public_key)
    if not isinstance(loaded, RSAPublicKey):
        raise Unreadable
    return loaded.encrypt(key, OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None))


def seal(key: bytes, binding: Binding, part: str, plaintext: bytes) -> bytes:
    """Return the sealed form of one part: format, nonce, ciphertext and tag."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plaintext, binding.associated_data(part))


def unseal(key: bytes, binding: Binding, part: str, sealed: bytes) -> bytes:
    """Return the plaintext of one part.

    Raises Unreadable when the seal, or what it is bound to, was altered, or the format is none we know.
    """
    if sealed[:1] != _FORMAT:
        raise Unreadable
    body = sealed[1:]
    try:
        return AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], binding.associated_data(part))
    except (InvalidTag, ValueError) as broken:
        raise Unreadable from broken


def seal_fields(key: bytes, binding: Binding, part: str, fields: dict[str, Any]) -> bytes:
    """Seal a JSON object."""
    return seal(key, binding, part, _canonical(fields))


def unseal_fields(key: bytes, binding: Binding, part: str, sealed: bytes) -> dict[str, Any]:
    """Open what `seal_fields` sealed. Raises Unreadable."""
    fields = json.loads(unseal(key, binding, part, sealed))
    if not isinstance(fields, dict):
        raise Unreadable
    return fields


def _canonical(value: object) -> bytes:
    """Return one JSON text for one value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
