"""What the deployment template needs of the policy files, as its parameters."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from nakoming.policy.mechanisms import BUILT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nakoming.policy.document import Document

_SWITCHES = {"visits": "ModuleVisits", "accounts": "ModuleAccounts", "contacts": "ModuleContacts"}


def parameters(documents: Iterable[Document], recovery_days: int | None = None) -> dict[str, str]:
    """Return the parameters of template.yaml that follow from the policy files.

    A module counts as on when a policy switches it on and this release carries it out: a key that nothing uses would
    cost money. The vault's recovery window is the shortest of all policies, so that no promise of any breaks.
    """
    found = list(documents)
    on = {module for document in found for module in document.data["modules"]} & BUILT
    senders = {parseaddr(site["sender"])[1] for document in found for site in document.data["sites"].values()}
    days = [document.data["recovery_days"] for document in found] if recovery_days is None else [recovery_days]
    switches = {name: "on" if module in on else "off" for module, name in _SWITCHES.items()}
    return {"RecoveryDays": str(min(days)), **switches, "SenderAddresses": ",".join(sorted(senders))}
