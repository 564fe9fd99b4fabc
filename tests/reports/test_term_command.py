"""`senco reports term` as cron runs it: silent, whole, alone in its folder, and writing only what is new."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from senco.store.doors import Store
from senco.store.lock import FOLDER_LOCK, holder_of
from tests.reports.accessibility import faults
from tests.reports.reading_back import book_tables, page_tables

Run = Callable[..., Any]
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
AUDIENCES = ("schools", "leads", "forum", "finance")
AUTUMN = ("reports", "term", "autumn", "--year", "2020/21")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def year(year_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a copy of the store of the year of 600 requests, on a day after the autumn term."""
    path = tmp_path / "store" / "senco.db"
    path.parent.mkdir()
    shutil.copy(year_path, path)
    monkeypatch.setenv("SENCO_STORE", str(path))
    monkeypatch.setenv("SENCO_TODAY", "2021-01-11")
    return Store(path, wait=5)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """Give an empty folder for the reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Give what a folder holds: of each file its node, the moment it was written, and its bytes."""
    told = {path.name: (path.stat(), path.read_bytes()) for path in folder.iterdir() if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns, data) for name, (stat, data) in told.items()}


def first_line(page: Path) -> str:
    (line,) = re.findall(r'<p class="check">(.*?)</p>', page.read_text(encoding="utf-8"))
    return str(line)


def quiet(ran: Any) -> bool:
    assert (ran.out, ran.err) == ("", "")
    return bool(ran.code == 0)


def test_every_audience_has_a_page_and_a_workbook_and_nothing_is_said(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into))
    wanted = {f"senco-term-autumn-2020-21-{each}.{end}" for each in AUDIENCES for end in ("html", "xlsx")}
    assert {path.name for path in into.iterdir()} == wanted
    for each in AUDIENCES:
        page = (into / f"senco-term-autumn-2020-21-{each}.html").read_bytes()
        assert each != "leads" or faults(page.decode()) == []  # the longest
        tables = page_tables(page)
        assert book_tables((into / f"senco-term-autumn-2020-21-{each}.xlsx").read_bytes(), list(tables)) == tables
        assert len(tables) > 5
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in into.iterdir()} == {0o600}


def test_one_audience_alone(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert sorted(path.suffix for path in into.iterdir()) == [".html", ".xlsx"]
    one = state(into)
    assert quiet(senco(*AUTUMN, "--into", into))
    assert {name: state(into)[name] for name in one} == one  # the same among the others


def test_the_files_are_listed_on_request_and_at_a_terminal(
    year: Store, into: Path, senco: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(senco(*AUTUMN, "--into", into, "--format", "json").out)
    assert told["files"][0] == {
        "file": "senco-term-autumn-2020-21-schools.html", "audience": "schools", "internal": False, "written": True,
    }  # fmt: skip
    again = list(csv.DictReader(io.StringIO(senco(*AUTUMN, "--into", into, "--for", "leads", "-f", "csv").out)))
    assert [row["file"].rpartition(".")[2] for row in again] == ["html", "xlsx"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "as it was" in senco(*AUTUMN, "--into", into, "--for", "leads").out


def test_nothing_is_rewritten_that_says_the_same(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into))
    before = state(into)
    assert quiet(senco(*AUTUMN, "--into", into))
    assert state(into) == before
    # Other work moves the seal on; nothing that the reports say has changed.
    assert senco("settings", "set", "cluster.minutes", "12", "--from", "2021-09-01").code == 0
    with year.reading() as ask:
        assert ask.newest_seal() not in first_line(into / "senco-term-autumn-2020-21-forum.html")
    assert quiet(senco(*AUTUMN, "--into", into))
    assert state(into) == before


def test_a_later_day_is_no_news_of_a_term_that_is_over(
    year: Store, into: Path, senco: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from senco.reports import soundness

    monkeypatch.setattr(soundness, "findings", lambda *_: [])
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    before = state(into)
    assert quiet(senco("--as-of", "2021-02-20", *AUTUMN, "--into", into, "--for", "forum"))
    assert state(into) == before


def test_control_a_report_that_says_something_else_is_rewritten(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into))
    before = state(into)
    assert senco("settings", "set", "la.name", "Kingston", "--from", "2020-09-01").code == 0
    assert quiet(senco(*AUTUMN, "--into", into))
    after = state(into)
    assert all(after[name][1:] != before[name][1:] for name in before)


def test_a_file_that_somebody_touched_is_put_right_with_the_seal_that_it_had(
    year: Store, into: Path, senco: Run
) -> None:
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    page, book = sorted(into.iterdir())
    before = state(into)
    assert senco("settings", "set", "cluster.minutes", "12", "--from", "2021-09-01").code == 0
    book.write_bytes(b"opened and saved")
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert state(into)[page.name] == before[page.name]
    assert book.read_bytes() == before[book.name][2]
    page.write_text(page.read_text(encoding="utf-8").replace("Sutton", "Button"), encoding="utf-8")
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert "Button" not in page.read_text(encoding="utf-8")
    page.write_text("something else altogether", encoding="utf-8")
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert first_line(page).startswith("senco check: ")


def test_a_page_with_a_seal_that_is_not_of_this_store_is_not_believed(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    page = into / "senco-term-autumn-2020-21-forum.html"
    good = page.read_text(encoding="utf-8")
    (seal,) = re.findall(r"Seal (\S+)\.</p>", good)
    page.write_text(good.replace(seal, "1-AAAA-AAAA-AAAA-AAAA"), encoding="utf-8")
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert "1-AAAA-AAAA" not in page.read_text(encoding="utf-8")


def test_the_same_data_give_the_same_names_and_bytes(year: Store, into: Path, tmp_path: Path, senco: Run) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for folder in (into, other):
        assert quiet(senco(*AUTUMN, "--into", folder))
    assert {name: told[2] for name, told in state(into).items()} == {name: t[2] for name, t in state(other).items()}


def test_a_missed_term_is_caught_up(year: Store, into: Path, tmp_path: Path, senco: Run) -> None:
    late = tmp_path / "late"
    late.mkdir()
    assert quiet(senco(*AUTUMN, "--into", into))
    assert quiet(senco("--as-of", "2021-03-01", *AUTUMN, "--into", late))
    pages = zip(sorted(into.glob("*.html")), sorted(late.glob("*.html")), strict=True)
    for one, other in pages:
        # The checks are those of the day of the run; all else is that of the term.
        texts = [each.read_text(encoding="utf-8").replace(first_line(each), "") for each in (one, other)]
        assert texts[0] == texts[1]
        assert one.name == other.name


def test_a_running_term_is_told_so_far(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco("--as-of", "2020-11-30", *AUTUMN, "--into", into, "--for", "forum"))
    page = (into / "senco-term-autumn-2020-21-forum.html").read_text(encoding="utf-8")
    assert "the term runs to" in page
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert "the term runs to" not in (into / "senco-term-autumn-2020-21-forum.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "name"),
    [("2021-01-11", "autumn-2020-21"), ("2021-05-03", "spring-2020-21"), ("2021-09-06", "summer-2020-21")],
)
def test_the_term_that_has_ended_last(year: Store, into: Path, senco: Run, day: str, name: str) -> None:
    assert quiet(senco("--as-of", day, "reports", "term", "last", "--into", into, "--for", "forum"))
    assert {path.stem for path in into.iterdir()} == {f"senco-term-{name}-forum"}


def test_the_year_is_the_current_one_unless_told(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco("reports", "term", "autumn", "--into", into, "--for", "forum"))
    assert (into / "senco-term-autumn-2020-21-forum.html").exists()


def test_internal_reports_show_all_say_so_and_are_not_published(year: Store, into: Path, senco: Run) -> None:
    with year.reading(trusting=True) as ask:
        before = ask.newest_seal()
    assert quiet(senco(*AUTUMN, "--into", into, "--internal", "--for", "forum"))
    page = (into / "senco-term-autumn-2020-21-forum-internal.html").read_text(encoding="utf-8")
    assert "[c]" not in page
    assert page.count("Internal: not for publication") == 3
    assert faults(page) == []
    with year.reading(trusting=True) as ask:
        assert ask.newest_seal() == before


def test_what_cannot_be_done_is_told_by_the_exit_code_and_on_stderr(
    year: Store, into: Path, tmp_path: Path, senco: Run
) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    cases: list[tuple[tuple[object, ...], int, str]] = [
        ((*AUTUMN, "--into", tmp_path / "none"), 3, "reports.no-folder"),
        ((*AUTUMN, "--into", file), 5, "reports.not-a-folder"),
        (("reports", "term", "summer", "--year", "2020/21", "--into", into), 4, "reports.not-begun"),
        (("reports", "term", "last", "--year", "2020/21", "--into", into), 2, "reports.last-has-a-year"),
        (("--store", tmp_path / "none.db", *AUTUMN, "--into", into), 3, "store.missing"),
    ]
    for words, code, reference in cases:
        ran = senco(*words, "--format", "json")
        assert (ran.code, ran.out) == (code, ""), ran.err
        assert json.loads(ran.err)["error"]["reference"] == reference
    assert senco("reports", "term", "winter", "--into", into).code == 2
    assert senco(*AUTUMN).code == 2
    assert file.read_text() == "x"
    assert list(into.iterdir()) == []


def test_a_finding_is_told_by_its_name_and_the_report_is_made_all_the_same(
    year: Store, into: Path, senco: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from senco.findings import Finding
    from senco.reports import soundness

    found = [Finding("meetings.clash", "2020-11-24-CP", "Two meetings at once.")]
    monkeypatch.setattr(soundness, "findings", lambda *_: found)
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    told = first_line(into / "senco-term-autumn-2020-21-forum.html")
    assert told.startswith("senco check: 1 finding (meetings.clash 1). Seal ")
    assert "Two meetings" not in (into / "senco-term-autumn-2020-21-forum.html").read_text(encoding="utf-8")


def test_the_first_line_is_that_of_senco_check(year: Store, into: Path, senco: Run) -> None:
    found = json.loads(senco("check", "--format", "json").out)["findings"]
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    told = first_line(into / "senco-term-autumn-2020-21-forum.html")
    assert told.startswith(f"senco check: {f'{len(found)} finding' if found else 'no findings'}")
    (seal,) = re.findall(r"Seal (\S+)\.$", told)
    assert senco("check", "--seal", seal).err.startswith("The store holds the very record of the seal")


def test_a_folder_that_takes_no_file(year: Store, into: Path, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    before = state(into)
    opened = os.open

    def read_only(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if str(path).startswith(str(into)) and flags & os.O_CREAT:
            raise OSError(errno.EROFS, "Read-only file system")
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", read_only)
    ran = senco(*AUTUMN, "--into", into, "--format", "json")
    monkeypatch.undo()
    assert (ran.code, ran.out) == (6, "")
    assert "takes no file (Read-only file system)" in ran.err
    assert json.loads(ran.err)["error"]["reference"] == "folder.cannot-lock"
    assert state(into) == before


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that takes no file from anybody")
def test_a_real_folder_that_takes_no_file(year: Store, senco: Run) -> None:
    ran = senco(*AUTUMN, "--into", "/proc/self")
    assert (ran.code, ran.out) == (6, "")
    assert "The folder /proc/self takes no file" in ran.err


def test_a_full_disk_leaves_every_file_as_it_was(
    year: Store, into: Path, senco: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quiet(senco(*AUTUMN, "--into", into))
    before = state(into)
    assert senco("settings", "set", "la.name", "Kingston", "--from", "2020-09-01").code == 0
    write, left = os.write, [5]

    def some(handle: int, data: bytes) -> int:
        left[0] -= len(data) > 1000
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data)

    monkeypatch.setattr(os, "write", some)
    ran = senco(*AUTUMN, "--into", into, "--format", "json")
    monkeypatch.undo()
    assert (ran.code, ran.out) == (6, "")
    assert json.loads(ran.err)["error"]["reference"] == "file.disk-full"
    assert state(into) == before  # not even those that had room


HOLDING = """
import sys
from pathlib import Path
from senco.store.lock import folder_locked
with folder_locked(Path(sys.argv[1]), since="2021-01-11T06:30:00+00:00", wait=0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(into: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a real process that holds the folder until a line comes in."""
    words = [sys.executable, "-c", HOLDING, str(into)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_is_refused_and_told_who_holds_the_folder(
    year: Store, into: Path, senco: Run, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENCO_WAIT", "0.1")
    ran = senco(*AUTUMN, "--into", into, "--format", "json")
    assert (ran.code, ran.out) == (6, "")
    assert f"(process {holder.pid})" in ran.err
    assert json.loads(ran.err)["error"]["reference"] == "folder.locked"
    assert {path.name for path in into.iterdir()} == {FOLDER_LOCK}


def test_a_second_run_waits_for_the_first(
    year: Store, into: Path, senco: Run, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENCO_WAIT", "20")
    assert holder.stdin is not None
    threading.Timer(0.3, lambda pipe=holder.stdin: (pipe.write("go\n"), pipe.flush())).start()
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert not (into / FOLDER_LOCK).exists()


@posix
def test_the_lock_of_a_dead_process_stops_nobody(
    year: Store, into: Path, senco: Run, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    told = holder_of(into / FOLDER_LOCK)
    assert told is not None
    assert told.process == holder.pid
    monkeypatch.setenv("SENCO_WAIT", "0.1")
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert not (into / FOLDER_LOCK).exists()


def started(*words: object, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "senco", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **env},
    )  # fmt: skip


def whole(folder: Path) -> bool:
    """Say whether every file of a folder is whole."""
    for path in folder.glob("senco-*"):
        data = path.read_bytes()
        if path.suffix == ".html" and not data.endswith(b"</html>\n"):
            return False
        if path.suffix == ".xlsx" and zipfile.ZipFile(io.BytesIO(data)).testzip() is not None:
            return False
    return True


def test_two_real_runs_into_one_folder(year: Store, into: Path) -> None:
    both = [started(*AUTUMN, "--into", into) for _ in range(2)]
    ended = [(each.communicate(timeout=120), each.returncode) for each in both]
    assert ended == [(("", ""), 0)] * 2
    assert whole(into)
    assert len(list(into.iterdir())) == 8


@posix
def test_a_killed_run_leaves_whole_files_and_the_next_one_tidies_up(year: Store, into: Path, senco: Run) -> None:
    assert quiet(senco(*AUTUMN, "--into", into))
    for number in range(3):
        assert senco("settings", "set", "la.name", f"Borough {number}", "--from", "2020-09-01").code == 0
        running = started(*AUTUMN, "--into", into)
        until = time.monotonic() + 60
        while not list(into.glob(".senco*")) and time.monotonic() < until:
            time.sleep(0.002)
        # The lock stands from the start, the work folder for the moment of writing: kill in one or the other.
        while number % 2 and not list(into.glob(".senco-work-*")) and running.poll() is None:
            time.sleep(0.0005)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert whole(into)
    assert quiet(senco(*AUTUMN, "--into", into))
    assert whole(into)
    assert len(list(into.iterdir())) == 8
    assert all("Borough 2" in path.read_text(encoding="utf-8") for path in into.glob("*.html"))


def test_what_another_run_published_meanwhile_is_heeded(
    year: Store, into: Path, tmp_path: Path, senco: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from senco.reports import publishing

    other = tmp_path / "other"
    other.mkdir()
    heeded: list[int] = []
    protected = publishing.protected

    def meanwhile(report: Any, *, below: int, before: Any) -> Any:
        if not heeded:  # the figures are worked out, and nothing is on record yet
            spring = ("reports", "term", "spring", "--year", "2020/21", "--into", other, "--for", "forum")
            assert started("--as-of", "2021-05-03", *spring).communicate(timeout=120) == ("", "")
        heeded.append(len(before))
        return protected(report, below=below, before=before)

    monkeypatch.setattr(publishing, "protected", meanwhile)
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert heeded == [0, 1]


def test_a_publication_is_recorded_once(year: Store, into: Path, senco: Run, trail_of: Callable[[], list[str]]) -> None:
    before = trail_of()
    assert quiet(senco(*AUTUMN, "--into", into, "--for", "forum"))
    assert quiet(senco(*AUTUMN, "--into", into))
    assert trail_of()[len(before) :] == ["report.publish"]


@pytest.fixture
def trail_of(year: Store) -> Callable[[], list[str]]:
    """Give a way to read the verbs of the trail."""

    def read() -> list[str]:
        with year.reading(trusting=True) as ask:
            return ask.values("SELECT verb FROM trail ORDER BY number")

    return read
