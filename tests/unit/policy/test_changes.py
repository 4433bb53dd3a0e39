"""Keeping longer needs a notice first (P10): the comparison of two versions says so, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nakoming.policy.changes import change_faults
from nakoming.policy.check import load
from nakoming.policy.document import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from nakoming.policy.document import Document

OLD = FOLDER / "silver-essence.yaml"
NOTICE = """notices:
  - id: visits-longer
    from: "2026-12-01"
    sites: [silver-essence]
    text: {nl: Wij bewaren IP-adressen langer., en: We keep IP addresses longer.}
"""


def _changed(folder: Path, *changes: tuple[str, str]) -> Document:
    """Return the policy of Silver Essence with texts replaced, as a new version."""
    path = folder / OLD.name
    source = path.read_text(encoding="utf-8").replace('\nversion: "2026-11-22"', '\nversion: "2026-12-01"', 1)
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    path.write_text(source, encoding="utf-8")
    (document,), _ = load([path])
    return document


def _reasons(folder: Path, *changes: tuple[str, str]) -> list[str]:
    """Return what the comparison with the real policy has against the changes."""
    (old,), _ = load([OLD])
    return [fault.reason for fault in change_faults(old, _changed(folder, *changes))]


def test_an_unchanged_policy_needs_nothing(folder: Path) -> None:
    """A version without changes needs no notice."""
    assert _reasons(folder) == []


def test_a_longer_period_needs_a_notice(folder: Path) -> None:
    """Both what people read and what the firm wants may not grow unannounced."""
    longer = _reasons(folder, ("promise: P1M\n      needed: P23D", "promise: P2M\n      needed: P50D"))

    assert longer == [
        "visits is kept longer: `promise` was P1M and is P2M (P10)",
        "visits is kept longer: `needed` was P23D and is P50D (P10)",
    ]


def test_a_shorter_period_needs_none(folder: Path) -> None:
    """Keeping less long is always allowed."""
    assert _reasons(folder, ("needed: P23D", "needed: P10D")) == []


def test_a_later_start_needs_a_notice(folder: Path) -> None:
    """Counting from a later event lengthens without a word about length."""
    reasons = _reasons(folder, ("needed: P24D, counts_from: received", "needed: P24D, counts_from: closed"))

    assert reasons == ["spam now counts from closed, not received (P10)"]


def test_a_period_that_begins_anew_needs_a_notice(folder: Path) -> None:
    """What ended and is renewed from now on is kept longer."""
    assert _reasons(folder, ("retention: {promise: P14D,", "retention: {renewed: true, promise: P14D,")) == [
        "exports is kept longer: its period begins anew (P10)"
    ]


def test_a_new_purpose_and_recipient_need_a_notice(folder: Path) -> None:
    """Data given for one thing are not used for another, nor given to another, unannounced (Art. 13(3) GDPR)."""
    reasons = _reasons(
        folder,
        ("purposes: [technical]\n", "purposes: [technical, misuse]\n"),
        ("recipients: [aws]", "recipients: [aws, partner]"),
    )

    assert reasons == [
        "visits has a new purpose: misuse (Art. 13(3) GDPR)",
        "visits has a new recipient: partner (Art. 13(3) GDPR)",
    ]


def test_a_listed_notice_allows_it(folder: Path) -> None:
    """With a new notice for every site of the policy the longer period may come into force."""
    assert _reasons(folder, ("needed: P23D", "needed: P24D"), ("notices: []\n", NOTICE)) == []


def test_a_notice_for_another_site_does_not(folder: Path) -> None:
    """Who was not told is not bound by what others were told."""
    other = NOTICE.replace("[silver-essence]", "[elsewhere]")

    assert len(_reasons(folder, ("needed: P23D", "needed: P24D"), ("notices: []\n", other))) == 1


def test_a_change_needs_a_new_version(folder: Path) -> None:
    """Two policies of the same version could not be told apart later (P42)."""
    (old,), _ = load([OLD])
    path = folder / OLD.name
    path.write_text(path.read_text(encoding="utf-8").replace("needed: P23D", "needed: P10D"), encoding="utf-8")
    (new,), _ = load([path])

    assert [fault.reason for fault in change_faults(old, new)] == ["the policy changed and is still version 2026-11-22"]


def test_an_older_version_stays_listed(folder: Path) -> None:
    """Data collected under an older version may still be there, so the version stays."""
    reasons = _reasons(folder, ('- version: "2026-11-22"', '- version: "2026-12-01"'))

    assert reasons == ["version 2026-11-22 is gone, and data collected under it may still be there"]
