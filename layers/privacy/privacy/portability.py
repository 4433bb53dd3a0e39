"""Which data a person may take along to another provider (Art. 20 GDPR, P18).

The law gives it for what people provided themselves, knowingly or by use, and only where consent or a contract is the basis. A
policy may promise more: `all_data` at the right of portability means every category.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASES = ("6(1)(a)", "6(1)(b)")
_PROVIDED = frozenset({"person", "device"})


_OURS = ("note#", "proposal#", "provider#")
"""What lies with a case and is not its person's to take along: what staff noted, what is proposed, who else was given a copy."""


def covers(policy: dict[str, Any], category: str) -> bool:
    """Say whether the data of a category are portable, by what the policy file says (compiled, see `published`)."""
    if policy["rights"].get("portability", {}).get("all_data"):
        return True
    rule = policy["categories"].get(category)
    return rule is not None and rule["basis"]["article"] in _BASES and bool(_PROVIDED & set(rule["source"]["from"]))


def for_provider(says: Mapping[str, Any], policies: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return of a person's copy (what its `data.json` says) what another provider is given, by the policy of each controller.

    Of the portable categories, what came from the person; where the policy promises all data, what we wrote to them too. Never
    notes of staff, when and why data were opened, how we deal with them, nor mails as they came, which hold what others wrote.
    """
    entries = [_taken_along(entry, policies[entry["controller"]]) for entry in says["entries"]]
    kept = [entry for entry in entries if entry["parts"]]
    kinds = {(entry["controller"], entry["category"]) for entry in kept}
    rules = [rule for rule in says["categories"] if (rule["controller"], rule["category"]) in kinds]
    return {**says, "categories": rules, "entries": kept, "openings": []}


def _taken_along(entry: dict[str, Any], policy: dict[str, Any]) -> dict[str, Any]:
    """Return what is taken along of one entry: no parts at all of a category that is not portable."""
    everything = bool(policy["rights"].get("portability", {}).get("all_data"))
    parts = entry["parts"] if covers(policy, entry["category"]) else []
    taken = [
        part for part in parts if not part["name"].startswith(_OURS) and (everything or part["direction"] != "out")
    ]
    return {**entry, "state": {}, "parts": taken, "files": [], "letters": []}
