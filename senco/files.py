"""Files that appear whole or not at all, and files read up to a limit."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from senco.errors import BadInput, NotFound, Refused, StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POSIX = os.name == "posix"
WORK_PREFIX = ".senco-work-"
ABANDONED_AFTER = 24 * 60 * 60
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
PIECE = 1 << 20
FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def private_folder(path: Path) -> Path:
    """Make a folder, and the folders above it where missing, that only its owner can open; give it back.

    StoreTrouble when it cannot be made. A folder already there keeps its rights.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as trouble:
        raise StoreTrouble(
            "file.no-folder", f"The folder {path} cannot be made: {_reason(trouble)}.", "Choose another folder."
        ) from trouble
    return path


def read_whole(path: Path, limit: int) -> bytes:
    """Read a file of at most ``limit`` bytes.

    NotFound when it is not there; BadInput when it is a folder, is no ordinary file, is too long or cannot be read.
    """
    require_file(path)
    try:
        with path.open("rb") as source:
            data = source.read(limit + 1)
    except OSError as trouble:
        raise _unreadable(path, trouble) from trouble
    if len(data) > limit:
        raise BadInput(
            "file.too-big",
            f"{path.name} is larger than {limit // 1_000_000} MB.",
            "Save only the sheet that is needed, or split the file.",
        )
    return data


def require_file(path: Path) -> None:
    """Check that a path is an ordinary file; NotFound or BadInput with a plain reason when it is not."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as trouble:
        raise NotFound("file.missing", f"There is no file {path}.", _nearest(path)) from trouble
    except (OSError, ValueError) as trouble:
        raise _unreadable(path, trouble) from trouble
    if stat.S_ISDIR(mode):
        raise BadInput("file.is-folder", f"{path} is a folder.", "Give the name of a file in it.")
    if not stat.S_ISREG(mode):
        raise BadInput("file.not-ordinary", f"{path} is not an ordinary file.", "Save it as a file and give its name.")


_DATABASE = b"SQLite format 3\0"
_OF_A_STORE = ("-journal", "-wal", "-shm", ".lock")


def write_whole(path: Path, data: bytes) -> bool:
    """Write a file so that it is there whole or not at all; say whether anything had to change.

    The bytes go to a folder of senco's own beside the target, reach the disk, and then take the target's name in one
    step. A file that already holds the same bytes is left alone, and False is given back. StoreTrouble or NotFound
    when it cannot be done; the old file is then as it was and nothing new is left behind.
    """
    target = Path(os.path.realpath(path))
    _refuse_target(path, target)
    if not target.parent.is_dir():
        raise NotFound(
            "file.no-such-folder", f"There is no folder {path.parent}.", "Make the folder first, or choose another."
        )
    if _holds(target, data):
        return False
    try:
        with work_folder(target.parent) as work:
            fresh = work / "new"
            _write_through(fresh, data)
            os.replace(fresh, target)  # noqa: PTH105 - the tests make this very call fail
    except OSError as trouble:
        raise _unwritable(path, trouble) from trouble
    _sync_folder(target.parent)
    return True


def write_together(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, each whole or not at all, and give the names of those that had to change.

    All of them reach the disk under names of their own before the first takes its place, so that a full disk changes
    none. Raises what `write_whole` raises.
    """
    changed = [name for name, data in files.items() if _changes(folder / name, data)]
    if not changed:
        return changed
    name = changed[0]
    try:
        with work_folder(folder) as work:
            for number, name in enumerate(changed):
                _write_through(work / str(number), files[name])
            for number, name in enumerate(changed):
                os.replace(work / str(number), os.path.realpath(folder / name))  # noqa: PTH105 - as above
    except OSError as trouble:
        raise _unwritable(folder / name, trouble) from trouble
    _sync_folder(folder)
    return changed


def _changes(path: Path, data: bytes) -> bool:
    _refuse_target(path, Path(os.path.realpath(path)))
    return not _holds(path, data)


def write_new(path: Path, data: bytes) -> None:
    """Write a file as `write_whole` does, but never over one that holds something else.

    Raises Refused ``file.already-there``, and what `write_whole` raises.
    """
    if path.exists() and path.is_file() and not _holds(path, data):
        raise Refused(
            "file.already-there",
            f"{path} is already there and holds something else. It was left as it is.",
            "Give another name, or move that file away first.",
        )
    write_whole(path, data)


def _refuse_target(path: Path, target: Path) -> None:
    """Refuse to write over a folder, a device or a database: an export named like the store would end it."""
    if target.is_dir():
        raise StoreTrouble("file.target-is-folder", f"{path} is a folder.", "Give the name of a file.")
    if target.exists() and not target.is_file():
        raise StoreTrouble("file.target-not-ordinary", f"{path} is a device, not a file.", "Give the name of a file.")
    beside = [target.with_name(target.name.removesuffix(end)) for end in _OF_A_STORE if target.name.endswith(end)]
    if any(_is_database(each) for each in (target, *beside)):
        raise Refused(
            "file.target-is-store", f"{path} is a store, or belongs to one. Nothing was written.", "Give another name."
        )


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


@contextlib.contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """Hold a private folder beside a target; ``tempfile`` uses it too while it is held, and it is gone afterwards.

    Folders left there by a process that was killed are swept first.
    """
    sweep(beside)
    mark = f"{WORK_PREFIX}{_host()}-{os.getpid()}-"
    work = Path(tempfile.mkdtemp(prefix=mark, dir=beside))
    before = tempfile.tempdir
    tempfile.tempdir = str(work)
    try:
        yield work
    finally:
        tempfile.tempdir = before
        _clear(work)


def sweep(folder: Path) -> int:
    """Remove work folders whose process is gone (or which are a day old); give their number."""
    swept = 0
    try:
        left = [entry for entry in folder.iterdir() if entry.name.startswith(WORK_PREFIX)]
    except OSError:
        return swept
    for entry in left:
        if _abandoned(entry):
            _clear(entry)
            swept += not entry.exists()
    return swept


def _clear(work: Path) -> None:
    """Remove a work folder, name by name first: that needs no open file, of which a failing process may have none."""
    with contextlib.suppress(OSError):
        for entry in work.iterdir():
            entry.unlink()
        work.rmdir()
    if work.exists():
        shutil.rmtree(work, ignore_errors=True)


def _write_through(fresh: Path, data: bytes) -> None:
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest[:PIECE]) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Ask that the new name reaches the disk; the file already stands whole, so a refusal here changes nothing."""
    if not POSIX:
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _host() -> str:
    import platform

    return f"{zlib.crc32(platform.node().encode()):08x}"


def _abandoned(entry: Path) -> bool:
    host, _, rest = entry.name.removeprefix(WORK_PREFIX).partition("-")
    process = rest.partition("-")[0]
    try:
        age = time.time() - entry.lstat().st_mtime
    except OSError:
        return False
    if age > ABANDONED_AFTER:
        return True
    return POSIX and host == _host() and process.isdigit() and not _alive(int(process))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _nearest(path: Path) -> str:
    import difflib

    try:
        there = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"There is no folder {path.parent} either." if not path.parent.is_dir() else ""
    near = difflib.get_close_matches(path.name, there, n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else "Check the name and the folder."


def _reason(trouble: OSError | ValueError) -> str:
    if isinstance(trouble, OSError) and trouble.strerror:
        return trouble.strerror[:1].lower() + trouble.strerror[1:]
    return "the system does not take that name"


def _unreadable(path: Path, trouble: OSError | ValueError) -> BadInput:
    return BadInput(
        "file.unreadable",
        f"{path} cannot be read: {_reason(trouble)}.",
        "Close it elsewhere, or ask for the right to read it.",
    )


def _unwritable(path: Path, trouble: OSError) -> StoreTrouble:
    if trouble.errno in FULL:
        return StoreTrouble(
            "file.disk-full",
            f"{path} was not written: the disk is full. What was there before is unchanged.",
            "Make room, or choose a folder on another disk.",
        )
    return StoreTrouble(
        "file.cannot-write",
        f"{path} was not written: {_reason(trouble)}. What was there before is unchanged.",
        "Close the file where it is open, or choose a folder you may write to.",
    )
