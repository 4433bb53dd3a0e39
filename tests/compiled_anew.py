"""A policy file that was changed, compiled anew into a copy of the layer, and the pages that come of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from nakoming.policy.compile import compile_files
from nakoming.policy.document import FOLDER

LAYER = Path(__file__).parents[1] / "layers" / "privacy" / "privacy"
_SHOW = """
import json, sys
from privacy import policy, site_pages
from privacy.voice import voice_of
site, name, version = policy.site(sys.argv[1]), sys.argv[2], sys.argv[3]
voice = voice_of(site, "nl")
says = site_pages.data(site, name, voice, dict, version=version)
print(json.dumps({"data": says, "html": site_pages.html(site, says, voice), "markdown": site_pages.markdown(says, voice)}))
"""


def changed(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """Copy the policy files, replace the first occurrence of each text in one of them, and return that file."""
    policies = shutil.copytree(FOLDER, folder / "policies")
    path = policies / file
    source = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, f"{file} no longer holds: {old}"
        source = source.replace(old, new, 1)
    path.write_text(source, encoding="utf-8")
    return path


def compiled(folder: Path, file: Path) -> Path:
    """Compile a policy file and the others beside it into a copy of the layer; return where that is imported from."""
    layer = shutil.copytree(
        LAYER, folder / "layer" / "privacy", ignore=shutil.ignore_patterns("compiled", "__pycache__")
    )
    compile_files(sorted(file.parent.glob("*.yaml")), layer / "compiled")
    return layer.parent


def shown(layer: Path, site: str, name: str, version: str = "") -> dict[str, Any]:
    """Return a page made by a copy of the layer: its data, its HTML, its Markdown."""
    run = subprocess.run(  # noqa: S603 - this interpreter, and names that tests give
        [sys.executable, "-c", _SHOW, site, name, version], cwd=layer, capture_output=True, text=True, check=True
    )
    page: dict[str, Any] = json.loads(run.stdout)
    return page
