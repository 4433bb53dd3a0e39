"""Which data a person may take along to another provider (Art. 20 GDPR, P18).

The law gives it for what people provided themselves, knowingly or by use, and only where consent or a contract is the basis. A
policy may promise more: `all_data` at the right of portability means every category.
"""

from __future__ import annotations

from typing import Any

_BASES = ("6(1)(a)", "6(1)(b)")
_PROVIDED = frozenset({"person", "device"})


def covers(policy: dict[str, Any], category: str) -> bool:
    """Say whether the data of a category are portable, by what the policy file says (compiled, see `published`)."""
    if policy["rights"].get("portability", {}).get("all_data"):
        return True
    rule = policy["categories"].get(category)
    return rule is not None and rule["basis"]["article"] in _BASES and bool(_PROVIDED & set(rule["source"]["from"]))
