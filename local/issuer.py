"""The local issuer of tokens, in the place of the staff pool: makes access tokens, and checks those that come in."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.gateway import Authorizer

AUDIENCE = "nakoming-local"
LIFETIME = 12 * 3600  # seconds
DEFAULT_CONTROLLER = "silver-essence"

# What each role may ask for. Scopes of interfaces that are not built yet are in a token already: no route wants them.
SCOPES = {
    "staff": "nakoming/desk",
    "privacy-officer": "nakoming/desk",
    "security": "nakoming/desk nakoming/security",
    "customer": "nakoming/portal",
    "partner": "nakoming/partner",
    "application": "nakoming/accounts",
}
STAFF_ROLES = {"staff", "privacy-officer", "security"}


class TokenRefused(Exception):
    """The token is missing, wrong, of somebody else, or not an access token."""


class Issuer:
    """Makes and checks tokens; the key may be kept so that tokens outlive a restart."""

    def __init__(self, url: str, now: Callable[[], float], key_file: Path | None = None) -> None:
        """Issue as `url`; `now` is the clock that expiry goes by."""
        self.url = url
        self._now = now
        self._key = _load_or_make(key_file)
        numbers = self._key.public_key().public_numbers()
        self._jwk = {
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "n": _base64url(numbers.n),
            "e": _base64url(numbers.e),
        }
        self._jwk["kid"] = hashlib.sha256(self._jwk["n"].encode()).hexdigest()[:16]

    def jwks(self) -> dict[str, Any]:
        """Return the public key as a key set."""
        return {"keys": [self._jwk]}

    def configuration(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/.well-known/jwks.json",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, role: str, subject: str | None = None, controller: str | None = None, **claims: Any) -> str:
        """Return an access token for a role; `subject` is opaque, and further claims replace the usual ones.

        Raises KeyError when there is no such role.
        """
        now = int(self._now())
        usual: dict[str, Any] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": subject or f"{role}-1",
            "token_use": "access",
            "roles": [role],
            "scope": SCOPES[role],
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME,
        }
        usual["controller"] = controller or DEFAULT_CONTROLLER
        if role not in STAFF_ROLES and subject:
            usual[role] = subject
        kept = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(kept, self._key, algorithm="RS256", headers={"kid": self._jwk["kid"]})

    def check(self, authorization: str, accepted: Authorizer) -> dict[str, Any]:
        """Return the claims of a token that `accepted` accepts; raises `TokenRefused`.

        API Gateway itself would let an id token with the right audience through to the check of scopes; here it is
        refused at once, because the desk accepts access tokens only.
        """
        token = authorization.removeprefix("Bearer ").removeprefix("bearer ").strip()
        if not token or accepted.issuer != self.url:
            raise TokenRefused
        options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "require": ["exp", "iss", "sub"]}
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=["RS256"],
                audience=accepted.audience,
                issuer=accepted.issuer,
                options=options,
            )
            in_time = int(claims.get("nbf", 0)) <= self._now() < int(claims["exp"])
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise TokenRefused from error
        if not in_time or claims.get("token_use") != "access":
            raise TokenRefused
        return claims


def _load_or_make(file: Path | None) -> rsa.RSAPrivateKey:
    """Return the key in a file; a new one is made, and kept there, when there is none."""
    if file is not None and file.exists():
        key = serialization.load_pem_private_key(file.read_bytes(), None)
        if isinstance(key, rsa.RSAPrivateKey):
            return key
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if file is not None:
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o600)
        file.write_bytes(pem)
    return made


def _base64url(number: int) -> str:
    """Return a number as the JSON Web Key format writes it."""
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
