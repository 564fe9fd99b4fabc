"""Bad input, at the command line: one clear message each, its exit code, nothing half-written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from senco.store.doors import Store
from tests.conftest import Ran

Senco = Callable[..., Ran]
DATA = Path(__file__).parent.parent / "data"
CLUSTERS = DATA / "sutton-2020-21-clusters.xlsx"


@pytest.fixture
def filled(senco: Senco, store: Store) -> Store:
    assert senco("schools", "import", str(DATA / "gias-sutton.csv"), "--yes").code == 0
    done = senco("clusters", "import", str(CLUSTERS), "--answers", str(DATA / "sutton-2020-21-answers.csv"), "--yes")
    assert done.code == 0, done.err
    return store


def told(done: Ran, code: int, *words: str) -> None:
    """See that the error came whole: its code, nothing on stdout, its words and no trace."""
    assert (done.code, done.out) == (code, ""), done
    for word in words:
        assert word in done.err
    assert "Traceback" not in done.err
    assert done.err.startswith("senco: ")


IMPORTS = [("schools", "import"), ("clusters", "import"), ("meetings", "import")]


@pytest.mark.parametrize("command", IMPORTS)
def test_a_missing_file(senco: Senco, store: Store, tmp_path: Path, command: tuple[str, str]) -> None:
    (tmp_path / "clusters-2020.xlsx").touch()
    told(senco(*command, str(tmp_path / "cluster-2020.xlsx"), "--yes"), 3, "cluster-2020.xlsx", "clusters-2020.xlsx")


@pytest.mark.parametrize("command", IMPORTS)
def test_a_wrong_sheet(senco: Senco, filled: Store, tmp_path: Path, command: tuple[str, str]) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("Item,Price\nTea,3\n", encoding="utf-8")
    told(senco(*command, str(path), "--yes"), 5, "prices.csv")


@pytest.mark.parametrize("command", IMPORTS)
def test_a_bomb_of_a_workbook(senco: Senco, filled: Store, tmp_path: Path, command: tuple[str, str]) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b"<" + b" " * 200_000_000)
    told(senco(*command, str(path), "--yes"), 5, "bomb.xlsx")


def test_a_workbook_that_is_a_csv_in_disguise(senco: Senco, filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "really-text.xlsx"
    path.write_text("Cluster\tSchool\nCP1\tOverton\n", encoding="utf-8")
    done = senco("clusters", "import", str(path), "--year", "2021/22", "--dry-run")
    assert done.code == 0, done.err
    assert "Overton Grange School" in done.out


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_an_unknown_cluster(senco: Senco, filled: Store, form: str) -> None:
    done = senco("clusters", "show", "CP11", "--format", form)
    assert (done.code, done.out) == (3, "")
    assert "CP1" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("meetings", "add", "Thu 7 Nov 2023", "2 - 4pm", "--for", "panel"),
        ("meetings", "add", "31/2/2021", "2 - 4pm", "--for", "panel"),
        ("meetings", "add", "sometime", "2 - 4pm", "--for", "panel"),
        ("meetings", "add", "8/12/2020", "late", "--for", "panel"),
        ("settings", "list", "--as-of", "32/1/2020"),
    ],
)
def test_a_bad_date_or_time(senco: Senco, filled: Store, words: tuple[str, ...]) -> None:
    told(senco(*words), 5)


def test_a_store_that_another_program_locks(senco: Senco, filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_WAIT", "0.1")
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        told(senco("clusters", "list"), 6, "Another program is using")
        told(senco("settings", "set", "panel.cap", "9"), 6, "Another program is using")
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made by a limit on the file's size")
def test_a_full_disk(filled: Store, tmp_path: Path) -> None:
    """The disk takes nothing more: the store is as it was, the export is not there, and one message says so."""
    before = filled.path.read_bytes()
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
        "sys.dont_write_bytecode = True\n"
        "from senco.app import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    for words in (
        ("meetings", "import", str(CLUSTERS), "--yes"),
        ("clusters", "export", "--year", "2020/21", "--out", str(tmp_path / "out" / "clusters.xlsx")),
    ):
        (tmp_path / "out").mkdir(exist_ok=True)
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 6, done
        assert done.stderr.startswith("senco: ")
        assert "Traceback" not in done.stderr
    assert filled.path.read_bytes() == before
    assert list((tmp_path / "out").iterdir()) == []
