"""The house itself: lint, types, import contracts, names of rooms, and what each command may load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import senco
from senco import errors

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "senco"
MODULES = sorted(HOUSE.rglob("*.py"))
BIN = Path(sys.executable).parent


def ran(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)


def test_lint_finds_nothing() -> None:
    checked = ran(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert checked.returncode == 0, checked.stdout


def test_every_file_is_formatted() -> None:
    checked = ran(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")
    assert checked.returncode == 0, checked.stdout


def test_types_are_strict(tmp_path: Path) -> None:
    checked = ran(sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), "-p", "senco")
    assert checked.returncode == 0, checked.stdout


def contracts(root: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_import_contracts_hold() -> None:
    checked = contracts(ROOT)
    assert checked.returncode == 0, checked.stdout


# Each contract is broken once on purpose, in a copy, to see that it fails: contract, file, line added.
BREACHES = [
    ("The storeys stack one way", "senco/schools/rules.py", "import senco.clusters.kinds"),
    ("Rules and kinds use no library", "senco/settings/rules.py", "import rich"),
    ("Rooms that work do not speak to people", "senco/settings/verbs.py", "import senco.console.desk"),
    ("Questions go straight to SQLite", "senco/settings/questions.py", "import sqlmodel"),
    ("Only sheets knows openpyxl", "senco/clusters/verbs.py", "import openpyxl"),
    ("The settings' tables are their own", "senco/schools/verbs.py", "import senco.settings.tables"),
    ("The schools' tables are their own", "senco/clusters/verbs.py", "import senco.schools.tables"),
    ("The clusters' tables are their own", "senco/meetings/verbs.py", "import senco.clusters.tables"),
    ("The meetings' tables are their own", "senco/requests/verbs.py", "import senco.meetings.tables"),
    ("The requests' tables are their own", "senco/upkeep/questions.py", "import senco.requests.tables"),
    ("The budget's tables are their own", "senco/upkeep/render.py", "import senco.budget.tables"),
    ("The reports' tables are their own", "senco/upkeep/demo.py", "import senco.reports.tables"),
]


def test_every_contract_is_broken_once() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.split("[tool.importlinter]")[1]
    assert {name for name, *_ in BREACHES} == set(re.findall(r'^name = "(.+)"$', section, flags=re.MULTILINE))


def test_a_breach_of_each_contract_is_found(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(HOUSE, tmp_path / "senco", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for _, file, line in BREACHES:
        with (tmp_path / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    checked = contracts(tmp_path)
    assert checked.returncode == 1
    broken = set(re.findall(r"^(.+?)\s+BROKEN", checked.stdout, flags=re.MULTILINE))
    assert broken == {name for name, *_ in BREACHES}


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "common", "misc", "base"])
def test_no_room_has_a_name_that_says_nothing(name: str) -> None:
    assert [path for path in HOUSE.rglob("*") if path.stem == name] == []


def test_commands_are_short_and_only_pass_on() -> None:
    for path in HOUSE.glob("*/*commands.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert length <= 15, f"{path.name}: {node.name} has {length} lines"
                assert not [each for each in ast.walk(node) if isinstance(each, ast.Try)], f"{node.name} tries"
                assert ast.get_docstring(node), f"{path}: {node.name} has no help"


def test_few_rooms_look_at_the_clock() -> None:
    clocks = re.compile(r"datetime\.now|date\.today|(?<!date)time\.time\(|time\.monotonic|utcnow")
    found = {path.relative_to(HOUSE).as_posix() for path in MODULES if clocks.search(path.read_text(encoding="utf-8"))}
    # files.py tells by its age whether another process left a temporary folder behind.
    assert found <= {"console/desk.py", "store/lock.py", "files.py"}


def test_rows_are_made_at_one_seam() -> None:
    """SQLModel(table=True) does not validate on construction: only Change.add makes rows."""
    tables = set()
    for path in HOUSE.glob("*/tables.py"):
        tables |= {
            each.name for each in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(each, ast.ClassDef)
        }
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in tables, f"{path}:{node.lineno} makes a row past the seam"


def raised_references() -> set[str]:
    kinds = {
        name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, errors.SencoError)
    }
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_every_error_reference_is_provoked_by_a_test() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert {each for each in raised_references() if f'"{each}"' not in written} == set()


LIGHT = {"sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "ics", "rich", "dateutil", "defusedxml"}


def loaded_by(*words: str, **env: str) -> set[str]:
    """Run one command line in a new process and give the modules it loaded."""
    import json
    import os

    code = (
        "import sys, json, atexit\n"
        f"sys.argv = ['senco', *{list(words)!r}]\n"
        "from senco.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    print('\\nLOADED ' + json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **env}, cwd=ROOT
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("LOADED ")]
    assert told, done.stderr
    return set(json.loads(told[-1][7:]))


def test_the_version_loads_nothing_else() -> None:
    assert not loaded_by("--version") & {"typer", "sqlite3", "argparse", "senco.app", *LIGHT}


@pytest.mark.parametrize(
    "words",
    [
        ("settings", "list"),
        ("schools", "list"),
        ("clusters", "list"),
        ("meetings", "list"),
        ("requests", "list"),
        ("budget", "list"),
        ("budget", "balance"),
        ("budget", "envelope"),
        ("budget", "commitments"),
        ("budget", "time", "list"),
        ("status",),
        ("trail",),
    ],
)
def test_asking_loads_no_heavy_library(store: object, words: tuple[str, ...]) -> None:
    assert not loaded_by(*words) & LIGHT


@pytest.mark.parametrize("group", ["schools", "clusters", "meetings", "requests", "budget", "reports", "settings"])
def test_the_help_of_a_group_loads_no_store(group: str) -> None:
    assert not loaded_by(group, "--help") & {"sqlite3", *(LIGHT - {"rich"})}


def test_completion_loads_no_store() -> None:
    loaded = loaded_by(_SENCO_COMPLETE="complete_bash", COMP_WORDS="senco schools li", COMP_CWORD="2")
    assert not loaded & {"sqlite3", *LIGHT}


def test_the_version_is_written_once() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{senco.__version__}"' in text
