"""Policy files to plant faults in: copies, so that the real ones stay as they are."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from nakoming.policy.document import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the policy files with their published texts."""
    return shutil.copytree(FOLDER, tmp_path / "policies")


@pytest.fixture
def plant(folder: Path) -> Callable[[str, str, str], Path]:
    """Give a function that replaces the first occurrence of some text in a copied policy file."""

    def replace(name: str, old: str, new: str) -> Path:
        path = folder / name
        source = path.read_text(encoding="utf-8")
        assert old in source, f"{name} no longer holds: {old}"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")
        return path

    return replace
