"""The wheel: built, installed without any development dependency, it answers and walks the demonstration."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def needed_by(name: str, found: set[str]) -> set[str]:
    """Give the names of all distributions that one needs at run time, itself left out."""
    for each in importlib.metadata.requires(name) or []:
        requirement, _, marker = each.partition(";")
        if "extra ==" in marker or ("sys_platform == 'win32'" in marker.replace('"', "'") and os.name != "nt"):
            continue
        wanted = re.split(r"[\s<>=!~\[(]", requirement.strip(), maxsplit=1)[0].lower().replace("_", "-")
        try:
            importlib.metadata.distribution(wanted)
        except importlib.metadata.PackageNotFoundError:
            continue
        if wanted not in found:
            found.add(wanted)
            needed_by(wanted, found)
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    skip = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.egg-info", "dist", "build", "senco-demo*")
    shutil.copytree(ROOT, source, ignore=skip)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the Python of an environment that holds the wheel, its run-time dependencies and nothing else."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(place), "platbase": str(place)}))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    metadata = next(site.glob("*.dist-info")) / "METADATA"
    for name in run_time_needs(metadata.read_text(encoding="utf-8")):
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or [] if file.parts[0] != ".."}:
            source, target = Path(str(distribution.locate_file(top))), site / top
            if source.is_dir() and not target.exists():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("tests"))
            elif source.is_file() and not target.exists():
                shutil.copy(source, target)
    return place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run_time_needs(metadata: str) -> set[str]:
    found: set[str] = set()
    for line in metadata.splitlines():
        if line.startswith("Requires-Dist: ") and "extra ==" not in line:
            name = re.split(r"[\s<>=!~;\[(]", line[15:], maxsplit=1)[0].lower()
            if name != "tzdata" or os.name == "nt":
                found |= {name, *needed_by(name, set())}
    return found


def senco(clean: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "SENCO_STORE", "SENCO_TODAY"}
    }
    return subprocess.run([clean, "-m", "senco", *words], cwd=cwd, capture_output=True, text=True, check=False, env=env)


def test_the_wheel_answers(clean: Path, tmp_path: Path) -> None:
    done = senco(clean, tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("senco ")


def test_the_control_nothing_of_the_environment_is_there(clean: Path, tmp_path: Path) -> None:
    done = subprocess.run([clean, "-c", "import pytest"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0


def test_the_wheel_walks_the_demonstration(clean: Path, tmp_path: Path) -> None:
    done = senco(clean, tmp_path, "demo", "here")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "here").glob("*.db"))
    assert list((tmp_path / "here").glob("*.ics"))
    assert list((tmp_path / "here").glob("*.xlsx"))


def test_the_wheel_carries_what_it_must_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert "senco/py.typed" in names
    assert any(name.startswith("senco/store/migrations/0001_") for name in names)
    assert "senco/data/sutton-2020-21-clusters.xlsx" in names
    assert not [name for name in names if name.startswith("tests") or name.endswith((".pyc", ".db"))]
