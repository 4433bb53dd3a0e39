"""KMS behind `privacy.writes.Keys`: one asymmetric key per wall, one HMAC key for pointers, one that signs evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from privacy.errors import KeyUnavailable, SettingMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class KmsKeys:
    """The keys this function knows. Which of them it may use, and for what, its role says."""

    def __init__(self, client: Any, environment: Mapping[str, str]) -> None:
        """Take a KMS client, and the key ARNs from `WALL_<NAME>` and `POINTER_KEY`."""
        self._client = client
        self._environment = environment
        self._public: dict[str, bytes] = {}

    def public_key(self, wall: str) -> bytes:
        """Return a wall's public key (DER), asked of KMS once. Raises KeyUnavailable or SettingMissing."""
        if wall not in self._public:
            key = self._arn(f"WALL_{wall.upper()}")
            self._public[wall] = _asked(self._client.get_public_key, KeyId=key)["PublicKey"]
        return self._public[wall]

    def unwrap(self, wall: str, wrapped: bytes) -> bytes:
        """Return a data key. Raises KeyUnavailable or SettingMissing."""
        key = self._arn(f"WALL_{wall.upper()}")
        answer = _asked(
            self._client.decrypt, KeyId=key, CiphertextBlob=wrapped, EncryptionAlgorithm="RSAES_OAEP_SHA_256"
        )
        return bytes(answer["Plaintext"])

    def mac(self, message: bytes) -> bytes:
        """Return the MAC of a message (HMAC_SHA_256). Raises KeyUnavailable or SettingMissing."""
        key = self._arn("POINTER_KEY")
        answer = _asked(self._client.generate_mac, KeyId=key, Message=message, MacAlgorithm="HMAC_SHA_256")
        return bytes(answer["Mac"])

    def signing_key(self) -> bytes:
        """Return the public key that evidence is signed for (DER), asked of KMS once. Raises KeyUnavailable or SettingMissing."""
        if "" not in self._public:
            key = self._arn("EVIDENCE_KEY")
            self._public[""] = _asked(self._client.get_public_key, KeyId=key)["PublicKey"]
        return self._public[""]

    def sign(self, digest: bytes) -> bytes:
        """Return a signature of a SHA-256 digest (ECDSA_SHA_256). Raises KeyUnavailable or SettingMissing."""
        key = self._arn("EVIDENCE_KEY")
        how = {"MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_256"}
        return bytes(_asked(self._client.sign, KeyId=key, Message=digest, **how)["Signature"])

    def _arn(self, name: str) -> str:
        """Return a setting, or say its name."""
        if not self._environment.get(name):
            raise SettingMissing(name)
        return self._environment[name]


def _asked(call: Callable[..., dict[str, Any]], **request: object) -> dict[str, Any]:
    """Call KMS; whatever goes wrong, the key is unavailable, never destroyed."""
    try:
        return call(**request)
    except (ClientError, BotoCoreError, OSError) as broken:
        raise KeyUnavailable from broken
