"""The texts of older versions: kept beside the policy file, compiled with it, and refused when they are not what they were."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from nakoming.policy.check import check_files
from nakoming.policy.compile import compile_files
from nakoming.policy.document import text_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEWEST = 'versions:\n  - version: "2026-11-22"\n'
OLDER = """versions:
  - version: "2025-01-01"
    from: "2025-01-01"
    text: older.nl.txt
    text_sha256: {digest}
    changes: {{nl: De eerste., en: The first.}}
  - version: "2026-11-22"
"""
TEXT = "Wij bewaren alles een jaar.\n"


def with_older(plant: Callable[[str, str, str], Path], text: str = TEXT) -> Path:
    """Give a policy with an older version whose text lies beside it."""
    path = plant("silver-essence.yaml", NEWEST, OLDER.format(digest=text_digest(TEXT)))
    path.with_name("older.nl.txt").write_text(text, encoding="utf-8")
    return path


def test_the_text_of_an_older_version_is_compiled(plant: Callable[[str, str, str], Path], tmp_path: Path) -> None:
    """Which text was in force when can be read later, letter for letter (P42)."""
    compile_files([with_older(plant)], tmp_path / "out")
    spec = importlib.util.spec_from_file_location("compiled", tmp_path / "out" / "statements.py")
    assert spec
    assert spec.loader
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    older, newest = made.STATEMENTS["silver-essence"]["versions"]
    assert older["published_text"] == TEXT
    assert "published_text" not in newest


def test_another_text_than_was_in_force_is_refused(plant: Callable[[str, str, str], Path]) -> None:
    """A text that was changed afterwards, or is gone, is a fault at its line."""
    path = with_older(plant, "Wij bewaren alles tien jaar.\n")
    [fault] = check_files([path], 3)
    assert fault.reason == "older.nl.txt is not the text of version 2025-01-01"
    path.with_name("older.nl.txt").unlink()
    assert [str(found) for found in check_files([path], 3)] == [str(fault)]
