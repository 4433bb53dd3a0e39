"""`python -m nakoming.policy`: what it prints, writes and answers."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nakoming.policy.__main__ import main
from nakoming.policy.compile import PolicyRefused, compile_files
from nakoming.policy.document import policy_files

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).with_name("voorbeeld") / "voorbeeld.yaml"


def test_check_accepts_the_policy_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Without files it checks all, and says that every promise holds."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "2 policy files: every promise holds in the worst case\n"


def test_check_refuses_with_line_reason_and_remedy(
    plant: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault is printed as compilers print it, and the exit code is 1."""
    path = plant("silver-essence.yaml", "default: false", "default: true")

    assert main(["check", str(path)]) == 1
    first, count = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{path}:")
    assert first.endswith(
        ": newsletter product_news is on by default (P27, Art. 11.7 Tw)"
        " (write `default: false`: people choose it themselves)"
    )
    assert count == "1 fault: refused"


def test_check_prints_json_for_programs(
    plant: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """With --json each fault is an object."""
    path = plant("silver-essence.yaml", "default: false", "default: true")

    assert main(["check", "--json", str(path)]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert fault["file"] == str(path)
    assert set(fault) == {"file", "line", "reason", "remedy"}


def test_check_against_an_older_version(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A longer period is refused until a notice is listed (P10)."""
    older = folder / "silver-essence.yaml"
    newer = folder / "new" / "silver-essence.yaml"
    newer.parent.mkdir()
    (newer.parent / "silver-essence.nl.txt").write_bytes((folder / "silver-essence.nl.txt").read_bytes())
    newer.write_text(
        older.read_text(encoding="utf-8").replace("close_after: P60D", "close_after: P50D"), encoding="utf-8"
    )
    older.write_text(older.read_text(encoding="utf-8").replace("needed: P23D", "needed: P10D"), encoding="utf-8")

    assert main(["check", str(newer), "--against", str(older)]) == 1
    assert "visits is kept longer: `needed` was P10D and is P23D (P10)" in capsys.readouterr().err
    assert main(["check", str(folder / "seven-elements.yaml"), "--against", str(older)]) == 1
    assert "none of the files holds the policy silver-essence" in capsys.readouterr().err


def test_compile_is_the_same_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same sources give the same bytes, which name the digest of the sources."""
    for folder in ("one", "two"):
        assert main(["compile", "--output", str(tmp_path / folder)]) == 0
    shown = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    names = ["__init__.py", "rules.py", "statements.py", "texts.py"]

    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert f'DIGEST = "{shown}' in (tmp_path / "one" / "rules.py").read_text(encoding="utf-8")


def test_compile_gives_what_it_always_gave(tmp_path: Path) -> None:
    """The smallest policy compiles to the rules that were looked at once, byte for byte."""
    compile_files([EXAMPLE], tmp_path)

    golden = EXAMPLE.with_name("rules.golden")
    assert (tmp_path / "rules.py").read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_compile_refuses_what_check_refuses(plant: Callable[[str, str, str], Path], tmp_path: Path) -> None:
    """Nothing is written from a file with faults."""
    path = plant("silver-essence.yaml", "needed: P23D", "needed: P28D")

    with pytest.raises(PolicyRefused, match="breaks its promise") as refused:
        compile_files([path], tmp_path / "out")

    assert len(refused.value.faults) == 1
    assert not (tmp_path / "out").exists()
    assert main(["compile", str(path), "--output", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


def test_compiled_modules_are_plain_literals(tmp_path: Path) -> None:
    """Nothing in them is computed: what is read at run time is what the compiler wrote."""
    compile_files(policy_files(), tmp_path, recovery_days=2)

    values: dict[str, object] = {}
    for path in tmp_path.iterdir():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                values[node.target.id] = ast.literal_eval(node.value)

    assert set(values) == {"CONTROLLERS", "SITES", "CATEGORIES", "FORMS", "HANDLING", "STATEMENTS", "TEXTS"}
    controllers = values["CONTROLLERS"]
    assert isinstance(controllers, dict)
    assert {controller["recovery_days"] for controller in controllers.values()} == {2}


def test_the_statement_says_what_is_built_and_keeps_the_text(tmp_path: Path) -> None:
    """For pages and registers: the published text letter for letter, and who carries out which promise."""
    compile_files(policy_files(), tmp_path)
    compiled: dict[str, object] = {}
    exec((tmp_path / "statements.py").read_text(encoding="utf-8"), compiled)  # noqa: S102 - what was just compiled
    statements = compiled["STATEMENTS"]
    assert isinstance(statements, dict)

    for path in policy_files():
        statement = statements[path.stem]
        assert statement["published_text"] == path.with_name(f"{path.stem}.nl.txt").read_text(encoding="utf-8")
    assert statements["silver-essence"]["promises"]["P03"]["built"] is True
    assert statements["seven-elements"]["promises"]["P43"]["verdict"] is False


def test_parameters_are_those_of_the_template(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed can be handed to the deployment as it is."""
    assert main(["parameters"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["RecoveryDays"] == "3"
    assert found["SenderAddresses"].split(",")[-1] == "privacy@vixum.nl"
    assert {found[name] for name in ("ModuleVisits", "ModuleAccounts", "ModuleContacts")} <= {"on", "off"}
