"""`python -m nakoming.policy`: check and compile the policy files, and print what the template needs of them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nakoming.policy.changes import change_faults
from nakoming.policy.check import check_files, load
from nakoming.policy.compile import OUTPUT, compile_files
from nakoming.policy.document import Fault, policy_files
from nakoming.policy.parameters import parameters
from nakoming.policy.shape import shape_faults

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 when all is well, 1 when a policy file is refused."""
    options = _parser().parse_args(arguments)
    paths = options.files or policy_files()
    faults = check_files(paths, options.recovery_days)
    if not faults and options.command == "check" and options.against:
        faults = _against(paths, options.against)
    if faults or options.command == "check":
        return _report(faults, paths, as_json=options.json)
    if options.command == "compile":
        return _compile(paths, options)
    documents, _ = load(paths)
    _say(json.dumps(parameters(documents, options.recovery_days), indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    parser = argparse.ArgumentParser(prog="python -m nakoming.policy", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("files", nargs="*", type=Path, help="policy files; all of policies/ when left out")
    common.add_argument(
        "--recovery-days", type=int, help="days the vault can be restored; what the files say otherwise"
    )
    common.add_argument("--json", action="store_true", help="print faults as JSON")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", parents=[common], help="refuse what would break a promise")
    check.add_argument("--against", type=Path, help="an older version of the one file given: what got longer")
    compiling = commands.add_parser("compile", parents=[common], help="make the modules that functions read")
    compiling.add_argument("--output", type=Path, default=OUTPUT, help="folder of the compiled modules")
    commands.add_parser("parameters", parents=[common], help="print the template's parameters as JSON")
    return parser


def _compile(paths: Sequence[Path], options: argparse.Namespace) -> int:
    """Compile files that passed the check."""
    digest = compile_files(paths, options.output, options.recovery_days)
    _say(f"compiled {_counted(len(paths), 'policy file')}, sources {digest[:12]}")
    return 0


def _against(paths: Sequence[Path], older: Path) -> list[Fault]:
    """Return what needs a notice, compared with an older version of the same policy."""
    documents, _ = load(paths)
    found, faults = load([older])
    for old in found:
        same = [document for document in documents if document.name == old.name]
        if not same:
            faults.append(
                old.fault(("policy",), f"none of the files holds the policy {old.name}", "name its new version")
            )
        faults += list(shape_faults(old)) or [fault for document in same for fault in change_faults(old, document)]
    return faults


def _report(faults: list[Fault], paths: Sequence[Path], *, as_json: bool) -> int:
    """Print the faults, or that there are none."""
    if as_json:
        _say(json.dumps([fault._asdict() for fault in faults], indent=2, ensure_ascii=False))
    elif faults:
        refused = f"{_counted(len(faults), 'fault')}: refused"
        sys.stderr.write("\n".join([*map(str, faults), refused]) + "\n")
    else:
        _say(f"{_counted(len(paths), 'policy file')}: every promise holds in the worst case")
    return 1 if faults else 0


def _counted(number: int, thing: str) -> str:
    """Return a number of things in words that agree."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _say(line: str) -> None:
    """Write one line, or a block of them, for people or for the next program."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
