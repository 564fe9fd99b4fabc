"""Files appear whole or not at all, whatever fails on the way and whoever is killed."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from senco import files
from senco.errors import BadInput, NotFound, Refused, SencoError, StoreTrouble
from senco.files import (
    private_folder,
    read_whole,
    require_file,
    sweep,
    work_folder,
    write_new,
    write_together,
    write_whole,
)

posix = pytest.mark.skipif(os.name != "posix", reason="rights and signals of POSIX")


def test_writes_and_says_whether_anything_changed(tmp_path: Path) -> None:
    target = tmp_path / "agenda.xlsx"
    assert write_whole(target, b"one") is True
    assert write_whole(target, b"one") is False
    assert write_whole(target, b"two") is True
    assert target.read_bytes() == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["agenda.xlsx"]


def test_the_same_bytes_leave_the_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_whole(target, b"")
    os.utime(target, (1, 1))
    assert write_whole(target, b"") is False
    assert target.stat().st_mtime == 1


@posix
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_whole(target, b"x" * 3_000_000)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.stat().st_size == 3_000_000


@posix
def test_a_link_keeps_pointing_to_what_was_written(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "mkdtemp"])
@pytest.mark.parametrize(
    ("number", "reference"),
    [
        (errno.ENOSPC, "file.disk-full"),
        (errno.EACCES, "file.cannot-write"),
        (errno.EROFS, "file.cannot-write"),
        (errno.EIO, "file.cannot-write"),
    ],
)
def test_a_failing_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reference: str
) -> None:
    target = tmp_path / "agenda.xlsx"
    write_whole(target, b"the old file")

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile if call == "mkdtemp" else os, call, fails)
    with pytest.raises(StoreTrouble) as caught:
        write_whole(target, b"the new file")
    monkeypatch.undo()
    assert caught.value.reference == reference
    assert "unchanged" in caught.value.message
    assert target.read_bytes() == b"the old file"
    assert [entry.name for entry in tmp_path.iterdir()] == ["agenda.xlsx"]


def test_a_disk_that_fills_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    left = [2]

    def some(handle: int, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[:10])

    monkeypatch.setattr(os, "write", some)
    with pytest.raises(StoreTrouble, match="disk is full"):
        write_whole(tmp_path / "new", b"x" * 100)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_synced_does_not_undo_a_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    assert write_whole(tmp_path / "a", b"x") is True


def test_without_posix_no_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "POSIX", False)
    assert write_whole(tmp_path / "a", b"x") is True
    old = tmp_path / f"{files.WORK_PREFIX}00000000-999999999-x"
    old.mkdir()
    assert sweep(tmp_path) == 0


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as caught:
        write_whole(tmp_path, b"x")
    assert caught.value.reference == "file.target-is-folder"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        write_whole(tmp_path / "none" / "a", b"x")
    assert caught.value.reference == "file.no-such-folder"


def test_private_folder(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert made.is_dir()
    assert private_folder(made) == made
    if os.name == "posix":
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreTrouble) as caught:
        private_folder(tmp_path / "file" / "x")
    assert caught.value.reference == "file.no-folder"


def test_temporary_files_go_to_the_work_folder(tmp_path: Path) -> None:
    before = tempfile.tempdir
    with work_folder(tmp_path) as work:
        with tempfile.NamedTemporaryFile() as inner:
            assert Path(inner.name).parent == work
        if os.name == "posix":
            assert stat.S_IMODE(work.stat().st_mode) == 0o700
    assert not work.exists()
    assert tempfile.tempdir == before


def _interrupted(folder: Path) -> None:
    with work_folder(folder) as work:
        (work / "name in clear").write_text("x")
        (work / "deeper").mkdir()
        raise KeyboardInterrupt


def test_interrupted_work_is_cleared(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _interrupted(tmp_path)
    assert list(tmp_path.iterdir()) == []


@posix
def test_sweep_takes_what_the_dead_left_and_spares_the_living(tmp_path: Path) -> None:
    host = files._host()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f"{files.WORK_PREFIX}{host}-{dead.pid}-a"
    mine = tmp_path / f"{files.WORK_PREFIX}{host}-{os.getpid()}-b"
    elsewhere = tmp_path / f"{files.WORK_PREFIX}ffffffff-{dead.pid}-c"
    old = tmp_path / f"{files.WORK_PREFIX}ffffffff-{dead.pid}-d"
    odd = tmp_path / f"{files.WORK_PREFIX}{host}-{'9' * 30}-e"
    for folder in (left, mine, elsewhere, old, odd):
        folder.mkdir()
        (folder / "new").write_text("x")
    long_ago = time.time() - 2 * files.ABANDONED_AFTER
    os.utime(old, (long_ago, long_ago))
    assert sweep(tmp_path) == 2
    assert not left.exists()
    assert not old.exists()
    assert mine.exists()
    assert elsewhere.exists()
    assert odd.exists()
    assert sweep(tmp_path / "none") == 0


def test_sweep_passes_by_what_has_just_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / f"{files.WORK_PREFIX}x-1-a"
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([gone]))
    assert sweep(tmp_path) == 0


@pytest.mark.parametrize("trouble", [PermissionError, ProcessLookupError])
def test_a_process_of_someone_else_is_alive(monkeypatch: pytest.MonkeyPatch, trouble: type[OSError]) -> None:
    def answers(*_: int) -> None:
        raise trouble

    monkeypatch.setattr(os, "kill", answers)
    assert files._alive(1) is (trouble is PermissionError)


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_bytes(b"12345")
    assert read_whole(path, 5) == b"12345"
    with pytest.raises(BadInput) as caught:
        read_whole(path, 4)
    assert caught.value.reference == "file.too-big"
    with pytest.raises(NotFound) as missing:
        read_whole(tmp_path / "cluster.csv", 4)
    assert missing.value.reference == "file.missing"
    assert missing.value.hint == "Did you mean clusters.csv?"
    with pytest.raises(NotFound) as nothing_like:
        read_whole(tmp_path / "zzz", 4)
    assert nothing_like.value.hint == "Check the name and the folder."
    with pytest.raises(NotFound) as no_folder:
        read_whole(tmp_path / "none" / "zzz", 4)
    assert "no folder" in no_folder.value.hint
    with pytest.raises(BadInput) as folder:
        read_whole(tmp_path, 4)
    assert folder.value.reference == "file.is-folder"
    with pytest.raises(BadInput) as odd:
        require_file(Path("a\0b"))
    assert odd.value.reference == "file.unreadable"


def test_a_folder_that_may_not_be_listed_gives_no_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(NotFound) as caught:
        require_file(tmp_path / "a")
    assert caught.value.hint == ""


@posix
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput) as caught:
        read_whole(tmp_path / "pipe", 4)
    assert caught.value.reference == "file.not-ordinary"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(BadInput, match="permission denied") as caught:
        read_whole(path, 4)
    assert caught.value.reference == "file.unreadable"


WHOLE = """
import sys
from pathlib import Path
from senco.files import write_whole
target = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_whole(target, letter * 1_000_000)
"""
PLAIN = """
import sys
from pathlib import Path
target = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        with target.open("wb") as out:
            for _ in range(100):
                out.write(letter * 10_000)
"""


def _broken_after_kills(script: str, target: Path, kills: int, enough: int = sys.maxsize) -> int:
    """Kill a writer again and again; count how often the file was not whole afterwards, up to enough."""
    target.write_bytes(b"a" * 1_000_000)
    broken = 0
    for number in range(kills):
        if broken >= enough:
            break
        writer = subprocess.Popen([sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.004 + (number * 7 % 20) / 1000)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        data = target.read_bytes()
        broken += len(data) != 1_000_000 or len(set(data)) != 1
    return broken


@posix
def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    kills = int(os.environ.get("SENCO_TEST_KILLS", "20"))
    assert _broken_after_kills(WHOLE, tmp_path / "agenda.xlsx", kills) == 0
    write_whole(tmp_path / "agenda.xlsx", b"done")
    assert [entry.name for entry in tmp_path.iterdir()] == ["agenda.xlsx"], "what the killed left is swept"


@posix
def test_control_a_plain_write_does_not_survive_the_same(tmp_path: Path) -> None:
    assert _broken_after_kills(PLAIN, tmp_path / "agenda.xlsx", 40, enough=1) == 1


def test_every_error_is_one_of_senco(tmp_path: Path) -> None:
    with pytest.raises(SencoError):
        write_whole(tmp_path / "x" / "y", b"")


def a_store(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE one (a)")
    connection.commit()
    connection.close()
    return path


def test_a_store_is_never_written_over(tmp_path: Path) -> None:
    store = a_store(tmp_path / "senco.db")
    before = store.read_bytes()
    targets = [store, tmp_path / "senco.db-journal", tmp_path / "senco.db.lock"]
    if os.name == "posix":
        (tmp_path / "calendar.ics").symlink_to(store)
        targets.append(tmp_path / "calendar.ics")
    for target in targets:
        with pytest.raises(Refused) as caught:
            write_whole(target, b"BEGIN:VCALENDAR")
        assert caught.value.reference == "file.target-is-store"
    assert store.read_bytes() == before
    assert write_whole(tmp_path / "other.lock", b"x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device")
def test_a_device_is_no_file() -> None:
    with pytest.raises(StoreTrouble) as caught:
        write_whole(Path("/dev/full"), b"x")
    assert caught.value.reference == "file.target-not-ordinary"


def test_a_new_file_takes_no_others_place(tmp_path: Path) -> None:
    mine = tmp_path / "mine.xlsx"
    write_new(mine, b"one")
    write_new(mine, b"one")
    with pytest.raises(Refused) as caught:
        write_new(mine, b"two")
    assert caught.value.reference == "file.already-there"
    assert mine.read_bytes() == b"one"


def test_files_written_together(tmp_path: Path) -> None:
    assert write_together(tmp_path, {"a": b"1", "b": b"2"}) == ["a", "b"]
    assert write_together(tmp_path, {"a": b"1", "b": b"2"}) == []
    os.utime(tmp_path / "a", (1, 1))
    assert write_together(tmp_path, {"a": b"1", "b": b"3"}) == ["b"]
    assert (tmp_path / "a").stat().st_mtime == 1
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b"]
    with pytest.raises(StoreTrouble) as caught:
        write_together(tmp_path.parent, {tmp_path.name: b"x"})
    assert caught.value.reference == "file.target-is-folder"


@pytest.mark.parametrize("call", ["mkdtemp", "write", "fsync"])
def test_of_files_written_together_a_failing_disk_changes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write_together(tmp_path, {"a": b"old", "b": b"old"})
    real, left = getattr(tempfile if call == "mkdtemp" else os, call), [1 if call != "mkdtemp" else 0]

    def fails(*words: object, **more: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*words, **more)

    monkeypatch.setattr(tempfile if call == "mkdtemp" else os, call, fails)
    with pytest.raises(StoreTrouble) as caught:
        write_together(tmp_path, {"a": b"new", "b": b"new"})
    monkeypatch.undo()
    assert caught.value.reference == "file.disk-full"
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}


TOGETHER = """
import sys
from pathlib import Path
from senco.files import write_together
target = Path(sys.argv[1])
print("started", flush=True)
for number in range(10_000):
    letter = bytes([65 + number % 2])
    write_together(target.parent, {target.name: letter * 1_000_000, "other": letter})
"""


@posix
def test_a_killed_writer_of_several_leaves_each_whole(tmp_path: Path) -> None:
    kills = int(os.environ.get("SENCO_TEST_KILLS", "10"))
    assert _broken_after_kills(TOGETHER, tmp_path / "agenda.xlsx", kills) == 0
    write_together(tmp_path, {"agenda.xlsx": b"done", "other": b"done"})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["agenda.xlsx", "other"]
