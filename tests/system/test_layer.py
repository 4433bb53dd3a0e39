"""The layer holds all that the functions import beyond the runtime of Lambda."""

from __future__ import annotations

import importlib.metadata
import pkgutil
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from nakoming import build

pytestmark = pytest.mark.system

RUNTIME = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
"""What Lambda's Python has by itself."""


def _required() -> list[str]:
    """Return the names of the distributions in the layer's requirements."""
    text = (build.LAYER / "requirements.txt").read_text("utf-8")
    return [name for name in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE) if _is_installed(name)]


def _is_installed(name: str) -> bool:
    """Say whether a distribution is installed here; some are for other platforms only."""
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _link(name: str, folder: Path) -> None:
    """Make one installed distribution importable from a folder, and nothing beside it."""
    distribution = importlib.metadata.distribution(name)
    for file in distribution.files or ():
        top = Path(str(file)).parts[0]
        target = Path(str(distribution.locate_file(top)))
        if top not in {"..", "__pycache__"} and target.exists() and not (folder / top).exists():
            (folder / top).symlink_to(target)


@pytest.fixture
def lambda_path(tmp_path: Path) -> list[Path]:
    """Lay out the path that a function has in Lambda: its code, the layer, the runtime."""
    code, layer, runtime = tmp_path / "code", tmp_path / "layer", tmp_path / "runtime"
    for folder in (code, layer / "python", runtime):
        folder.mkdir(parents=True)
    zipfile.ZipFile(BytesIO(build.functions())).extractall(code)
    zipfile.ZipFile(BytesIO(build.package())).extractall(layer)
    for name in _required():
        _link(name, layer / "python")
    for name in RUNTIME:
        _link(name, runtime)
    return [code, layer / "python", runtime]


def _run(path: list[Path], program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that sees the standard library and `path`, and no installed package."""
    start = f"import sys; sys.path[:0] = {[str(folder) for folder in path]!r}\n{program}"
    return subprocess.run([sys.executable, "-I", "-S", "-c", start], capture_output=True, text=True, check=False)  # noqa: S603


def test_every_function_and_module_is_importable_in_lambda(lambda_path: list[Path]) -> None:
    """With the layer and the runtime alone, every handler and every module of `privacy` can be imported."""
    handlers = sorted(file.stem for file in lambda_path[0].glob("*.py"))
    modules = sorted(
        module.name for module in pkgutil.walk_packages([str(build.LAYER / "privacy")], "privacy.") if not module.ispkg
    )
    assert "contact_form" in handlers
    assert "privacy.vault" in modules
    outcome = _run(lambda_path, "".join(f"import {name}\n" for name in [*handlers, *modules]))
    assert outcome.returncode == 0, outcome.stderr


def test_a_missing_requirement_is_noticed(lambda_path: list[Path]) -> None:
    """What is installed here and not required by the layer cannot be imported there."""
    outcome = _run(lambda_path, "import ministack")
    assert "No module named 'ministack'" in outcome.stderr
