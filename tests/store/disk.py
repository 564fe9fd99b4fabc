"""A disk under SQLite that can be watched and made to fail: SQLite's own file layer with a listener in front of it.

It stands between SQLite and the operating system (a "VFS"), by ctypes: no compiler and no further package is needed,
and the code under test is the very SQLite that senco runs on. Only what goes through SQLite passes here; the lock file
and the note of the last seal are Python's.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from typing import Any

OK, READONLY, FULL, CANTOPEN = 0, 8, 13, 14
IOERR = {
    "read": 10 | 1 << 8,
    "write": 10 | 3 << 8,
    "sync": 10 | 4 << 8,
    "truncate": 10 | 6 << 8,
    "size": 10 | 7 << 8,
    "unlock": 10 | 8 << 8,
    "delete": 10 | 10 << 8,
    "access": 10 | 13 << 8,
    "reserved": 10 | 14 << 8,
    "lock": 10 | 15 << 8,
    "close": 10 | 16 << 8,
    "open": CANTOPEN,
}
OPEN_CREATE, OPEN_MAIN_JOURNAL = 0x4, 0x800

_SLOTS = {
    "close": CFUNCTYPE(c_int, c_void_p),
    "read": CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64),
    "write": CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64),
    "truncate": CFUNCTYPE(c_int, c_void_p, c_int64),
    "sync": CFUNCTYPE(c_int, c_void_p, c_int),
    "size": CFUNCTYPE(c_int, c_void_p, c_void_p),
    "lock": CFUNCTYPE(c_int, c_void_p, c_int),
    "unlock": CFUNCTYPE(c_int, c_void_p, c_int),
    "reserved": CFUNCTYPE(c_int, c_void_p, c_void_p),
}
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_ACCESS = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_void_p)


class _Methods(Structure):
    """``sqlite3_io_methods``, first version: no shared memory, no memory mapping."""

    _fields_ = [
        ("version", c_int),
        *_SLOTS.items(),
        ("control", c_void_p),
        ("sector", c_void_p),
        ("traits", c_void_p),
    ]


class _Layer(Structure):
    """``sqlite3_vfs``, third version."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest", c_int),
        ("following", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("access", _ACCESS),
        *((f"further{number}", c_void_p) for number in range(13)),
    ]


@dataclass(slots=True)
class Operation:
    """One thing SQLite asks of the disk; ``file`` numbers the open file, ``name`` is its path."""

    what: str
    name: str
    file: int = 0
    at: int = 0
    data: bytes = b""
    flags: int = 0


# Gives None to let an operation through, or the SQLite code with which it fails instead of being done. A negative code
# fails after the operation was done (a write: half of it), as a disk does that breaks while it works.
Listener = Callable[[Operation], int | None]


@dataclass
class _Open:
    name: str
    number: int
    methods: _Methods
    address: int


@dataclass
class Disk:
    """The watched disk. ``why_not`` says why this Python's SQLite cannot be watched."""

    listener: Listener | None = None
    _files: dict[int, _Open] = field(default_factory=dict)
    _opened: int = 0
    _kept: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._library = _library()
        self._library.sqlite3_vfs_find.restype = POINTER(_Layer)
        self._below = self._library.sqlite3_vfs_find(None)
        self._layer = _Layer.from_buffer_copy(self._below.contents)
        self._layer.name, self._layer.following = b"watched", None
        self._layer.open, self._layer.delete, self._layer.access = (
            _OPEN(self._open),
            _DELETE(self._delete),
            _ACCESS(self._access),
        )
        self._mine = _Methods(1)
        for what, shape in _SLOTS.items():
            setattr(self._mine, what, shape(getattr(self, f"_{what}")))

    @contextmanager
    def under_sqlite(self) -> Iterator[Disk]:
        """Put the disk under every connection opened while the block runs."""
        self._library.sqlite3_vfs_register(ctypes.byref(self._layer), 1)
        try:
            yield self
        finally:
            self.listener = None
            self._library.sqlite3_vfs_unregister(ctypes.byref(self._layer))
            self._library.sqlite3_vfs_register(self._below, 1)

    def _told(self, operation: Operation) -> int | None:
        return self.listener(operation) if self.listener else None

    def _open(self, _: int, name: int, file: int, flags: int, out: int) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        self._opened += 1
        failed = self._told(Operation("open", path, self._opened, flags=flags))
        if failed is not None:
            failed = abs(failed)
            c_void_p.from_address(file).value = None
            return failed
        code: int = self._below.contents.open(ctypes.addressof(self._below.contents), name, file, flags, out)
        table = c_void_p.from_address(file)
        if code == OK and table.value:
            theirs = _Methods.from_address(table.value)
            self._files[file] = _Open(path, self._opened, theirs, table.value)
            self._mine.control, self._mine.sector, self._mine.traits = theirs.control, theirs.sector, theirs.traits
            table.value = ctypes.addressof(self._mine)
        return code

    def _delete(self, _: int, name: int, synced: int) -> int:
        failed = self._told(Operation("delete", ctypes.string_at(name).decode(), flags=synced))
        if failed is not None and failed > 0:
            return failed
        code = int(self._below.contents.delete(ctypes.addressof(self._below.contents), name, synced))
        return code if failed is None else -failed

    def _access(self, _: int, name: int, flags: int, out: int) -> int:
        failed = self._told(Operation("access", ctypes.string_at(name).decode(), flags=flags))
        if failed is not None:
            return abs(failed)
        return int(self._below.contents.access(ctypes.addressof(self._below.contents), name, flags, out))

    def _pass(self, what: str, file: int, *rest: int, at: int = 0, data: bytes = b"", flags: int = 0) -> int:
        opened = self._files[file]
        failed = self._told(Operation(what, opened.name, opened.number, at, data, flags))
        if failed is not None and failed > 0:
            return failed
        if failed is not None and what == "write":
            into, length, offset = rest
            rest = (into, length // 2, offset)
        code = int(getattr(opened.methods, what)(file, *rest))
        return code if failed is None else -failed

    def _close(self, file: int) -> int:
        opened = self._files[file]
        failed = self._told(Operation("close", opened.name, opened.number))
        c_void_p.from_address(file).value = opened.address
        code = int(opened.methods.close(file))  # never left open: the error is told, the number is given back
        del self._files[file]
        return code if failed is None else abs(failed)

    def _read(self, file: int, into: int, length: int, at: int) -> int:
        return self._pass("read", file, into, length, at, at=at)

    def _write(self, file: int, data: int, length: int, at: int) -> int:
        return self._pass("write", file, data, length, at, at=at, data=ctypes.string_at(data, length))

    def _truncate(self, file: int, size: int) -> int:
        return self._pass("truncate", file, size, at=size)

    def _sync(self, file: int, flags: int) -> int:
        return self._pass("sync", file, flags, flags=flags)

    def _size(self, file: int, out: int) -> int:
        return self._pass("size", file, out)

    def _lock(self, file: int, level: int) -> int:
        return self._pass("lock", file, level, flags=level)

    def _unlock(self, file: int, level: int) -> int:
        return self._pass("unlock", file, level, flags=level)

    def _reserved(self, file: int, out: int) -> int:
        return self._pass("reserved", file, out)


def why_not() -> str | None:
    """Say why the SQLite of this Python cannot be watched, or None where it can."""
    if sys.platform == "win32":
        return "the file layer is watched on POSIX only"
    try:
        library = _library()
        library.sqlite3_sourceid.restype = c_char_p
        there = library.sqlite3_sourceid().decode()
    except (AttributeError, OSError) as error:
        return f"this Python hides its SQLite: {error}"
    connection = sqlite3.connect(":memory:")
    here = connection.execute("SELECT sqlite_source_id()").fetchone()[0]
    connection.close()
    return None if here == there else "this Python hides its SQLite behind another"


def _library() -> ctypes.CDLL:
    # The module's own handle reaches the library it was linked to, whichever that is.
    return ctypes.CDLL(getattr(_sqlite3, "__file__", None))
