"""Compares a policy file with an older version of itself: what people must be told before it may come into force.

Keeping data longer is allowed only after those concerned were told (P10, Art. 13(3) GDPR). So is a new purpose or
recipient. A shorter period needs no notice, and applies to what is stored already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from nakoming.policy.document import Document, Fault, Place

_REMEDY = "tell those concerned first and list it under `notices`, or leave it as it was"


def change_faults(old: Document, new: Document) -> list[Fault]:
    """Return the changes from `old` to `new` that need a notice which `new` does not list, sorted by line.

    A notice counts when `old` does not have it. Both documents must have passed the check.
    """
    known = {notice["id"] for notice in old.data["notices"]}
    told = {site for notice in new.data["notices"] if notice["id"] not in known for site in notice["sites"]}
    faults = list(_version_faults(old, new))
    if not set(old.data["sites"]) <= told:
        for name, before in old.data["categories"].items():
            after = new.data["categories"].get(name)
            if after:
                faults += _category_changes(new, name, before, after)
    return sorted(faults)


def _version_faults(old: Document, new: Document) -> Iterator[Fault]:
    """Yield a changed policy that still has the old version: what was in force when could not be told (P42)."""
    if old.data != new.data and old.data["version"] == new.data["version"]:
        reason = f"the policy changed and is still version {new.data['version']}"
        yield new.fault(("version",), reason, "give it a new version, and list it under `versions`")
    names = {version["version"] for version in new.data["versions"]}
    for version in old.data["versions"]:
        if version["version"] not in names:
            reason = f"version {version['version']} is gone, and data collected under it may still be there"
            yield new.fault(("versions",), reason, "keep all versions")


def _category_changes(new: Document, name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Fault]:
    """Yield what became worse for the people in one category."""
    place: Place = ("categories", name)
    was, now = before["retention"], after["retention"]
    for key in ("promise", "needed"):
        if key in was and key in now and _length(now[key]) > _length(was[key]):
            reason = f"{name} is kept longer: `{key}` was {was[key]} and is {now[key]} (P10)"
            yield new.fault((*place, "retention", key), reason, _REMEDY)
    if was["counts_from"] != now["counts_from"]:
        reason = f"{name} now counts from {now['counts_from']}, not {was['counts_from']} (P10)"
        yield new.fault((*place, "retention", "counts_from"), reason, _REMEDY)
    if "renewed" in now and "renewed" not in was:
        reason = f"{name} is kept longer: its period begins anew (P10)"
        yield new.fault((*place, "retention", "renewed"), reason, _REMEDY)
    for key in ("purposes", "recipients"):
        for added in sorted(set(after[key]) - set(before[key])):
            reason = f"{name} has a new {key.removesuffix('s')}: {added} (Art. 13(3) GDPR)"
            yield new.fault((*place, key), reason, _REMEDY)


def _length(period: str) -> timedelta:
    """Return a length by which periods compare."""
    return parse(period).longest()
