"""Packing what runs in Lambda: the functions, and the layer with the package `privacy` and its requirements.

`sam build` makes the same layer by `layers/privacy/Makefile`; this is for those who deploy without SAM, for the
embedded run, and for the test that the requirements are complete.
"""

import argparse
import compileall
import hashlib
import io
import py_compile
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYER = ROOT / "layers" / "privacy"
PACKED = ("privacy/**/*.py", "privacy/templates/*", "privacy/country/*.xz")
"""What of the layer's folder is packed: code, the texts of pages, and the table of countries."""
LAMBDA_PYTHON = (3, 13)
LAMBDA_PLATFORM = "manylinux2014_aarch64"


def zipped(folder: Path, patterns: tuple[str, ...], prefix: str = "") -> bytes:
    """Return a zip of the files in `folder` that match `patterns`; equal files give equal bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
            name = zipfile.ZipInfo(prefix + path.relative_to(folder).as_posix())
            name.external_attr = 0o644 << 16
            name.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(name, path.read_bytes())
    return content.getvalue()


def functions() -> bytes:
    """Return the zip of all functions; each handler is `NAME.handler`."""
    return zipped(ROOT / "functions", ("**/*.py",))


def web() -> bytes:
    """Return the zip of the desk's page and the function that serves it."""
    return zipped(ROOT / "web", ("*.py", "*.html", "*.js", "*.css"))


def package() -> bytes:
    """Return a layer with the package `privacy` alone, for an interpreter that has its requirements already."""
    return zipped(LAYER, PACKED, "python/")


def layer(*, for_lambda: bool = True) -> bytes:
    """Return the whole layer, requirements and bytecode included; needs a package index.

    For Lambda the wheels are those of Python 3.13 on arm64; otherwise those of this interpreter. The bytecode is of the
    kind that is trusted without looking at dates, because Lambda's dates never match; it is made when this interpreter
    is the one that will run it.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "python"
        _install(target, for_lambda=for_lambda)
        for path in sorted({path for pattern in PACKED for path in LAYER.glob(pattern)}):
            copy = target / path.relative_to(LAYER)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        if not for_lambda or sys.version_info[:2] == LAMBDA_PYTHON:
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compileall.compile_dir(target, quiet=1, stripdir=folder, invalidation_mode=unchecked)
        return zipped(Path(folder), ("**/*",))


def _install(target: Path, *, for_lambda: bool) -> None:
    """Install the layer's requirements into a folder, hashes checked, wheels only."""
    platform = ["--platform", LAMBDA_PLATFORM, "--python-version", "3.13"] if for_lambda else []
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--require-hashes", "--only-binary"]
    requirements = str(LAYER / "requirements.txt")
    subprocess.run([*command, ":all:", *platform, "--target", str(target), "-r", requirements], check=True)  # noqa: S603


def fingerprint(*contents: bytes) -> str:
    """Return a short name that changes when any of the contents does."""
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()[:24]


def main() -> None:
    """Write `functions.zip`, `web.zip` and `layer.zip` for Lambda into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / ".build", help="where to write")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("functions", functions()), ("web", web()), ("layer", layer())):
        (folder / f"{name}.zip").write_bytes(content)
        sys.stdout.write(f"{folder / name}.zip: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
