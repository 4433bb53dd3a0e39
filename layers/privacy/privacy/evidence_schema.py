"""What the desk gives of verdicts and evidence, as its OpenAPI description shows it. Used by the desk only."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["kept", "at risk", "broken", "not built"]


class Promise(BaseModel):
    """The verdict on one promise and its sentence. Figures are null where nothing is counted; `why` says the reasons in words.

    `sealed` is what is held now; `due` fell due in the last 30 days: destroyed or answered on time, late, or not yet.
    """

    id: str
    says: str
    verdict: Verdict
    sealed: int | None
    due: int | None
    on_time: int | None
    late: int | None
    overdue: int | None
    last_run: str | None
    reasons: list[str]
    why: list[str]


class SitePromises(BaseModel):
    """The promises of one site. `at` is when they were judged; `stale` says that this is too long ago to rely on."""

    site: str
    at: str | None
    stale: bool
    published: bool
    promises: list[Promise]


class Promises(BaseModel):
    """The promises of your controller's sites, published or not."""

    sites: list[SitePromises]


class PublicKey(BaseModel):
    """A public key that evidence was signed with: SHA-256 over it (DER), and the key."""

    fingerprint: str
    pem: str


class SignedDay(BaseModel):
    """One sealed day: what was signed, the signature (ECDSA P-256 with SHA-256, DER, base64), and the acts of the day."""

    statement: dict[str, Any]
    signature: str
    acts: list[dict[str, Any]]


class BundlePage(BaseModel):
    """Sealed days with their acts; `next` is the `after` of the next page, null on the last. `nakoming verify` checks it."""

    model_config = ConfigDict(populate_by_name=True)

    format: str
    controller: str
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    keys: list[PublicKey]
    days: list[SignedDay]
    next: str | None


class ProvenAct(BaseModel):
    """One act, its place among the acts of its day, the hashes that lead from it to the root, and the signed day."""

    act: dict[str, Any]
    index: int
    path: list[str]
    statement: dict[str, Any]
    signature: str


class Proof(BaseModel):
    """The proof of all acts on one entry, without anyone else's. `nakoming verify` checks it."""

    format: str
    controller: str
    keys: list[PublicKey]
    proofs: list[ProvenAct]
