"""The trail: who did what and when, in a chain of hashes that only grows, and the seal that proves a copy of it.

Nothing personal stands in it: subjects are references, details are counts, settings and the names of fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

GENESIS = "0" * 64
MIGRATED = "store.migrate"  # the one verb that may change the tables
Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One recorded change; ``at`` is UTC, ISO; ``detail`` is JSON text."""

    number: int
    at: str
    actor: str
    verb: str
    subject: str
    detail: str
    change_id: str
    schema_digest: str
    commitments: str | None
    previous_hash: str
    hash: str


COLUMNS = "number, at, actor, verb, subject, detail, change_id, schema_digest, commitments, previous_hash, hash"


def hash_of(
    *,
    number: int,
    at: str,
    actor: str,
    verb: str,
    subject: str,
    detail: str,
    change_id: str,
    schema_digest: str,
    commitments: str | None,
    previous_hash: str,
) -> str:
    """Give the SHA-256 of a record and of the hash before it, in hexadecimal."""
    import hashlib
    import json

    parts = [number, at, actor, verb, subject, detail, change_id, schema_digest, commitments, previous_hash]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal_of(number: int, record_hash: str) -> str:
    """Give the seal of a record: its number and 80 bits of its hash in base 32.

    >>> seal_of(12, "00" * 32)
    '12-AAAA-AAAA-AAAA-AAAA'
    """
    import base64

    letters = base64.b32encode(bytes.fromhex(record_hash)[:10]).decode()
    return "-".join([str(number), *(letters[i : i + 4] for i in range(0, 16, 4))])


def schema_digest(connection: sqlite3.Connection) -> str:
    """Give a digest of every table, index, view and trigger as SQLite holds them."""
    import hashlib
    import json

    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
    return hashlib.sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()[:32]


def append(
    connection: sqlite3.Connection,
    *,
    at: str,
    actor: str,
    verb: str,
    subject: str,
    detail: Mapping[str, Detail],
    change_id: str,
) -> tuple[int, str]:
    """Add one record at the end of the chain inside the caller's transaction; give its number and hash."""
    import json

    last = connection.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    told = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = schema_digest(connection)
    record_hash = hash_of(
        number=number,
        at=at,
        actor=actor,
        verb=verb,
        subject=subject,
        detail=told,
        change_id=change_id,
        schema_digest=digest,
        commitments=None,
        previous_hash=previous,
    )
    connection.execute(
        f"INSERT INTO trail ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (number, at, actor, verb, subject, told, change_id, digest, None, previous, record_hash),
    )
    return number, record_hash


def faults_of(connection: sqlite3.Connection) -> list[str]:
    """Walk the whole chain and say, record by record, what does not hold; an empty list is a sound trail."""
    faults: list[str] = []
    previous, expected, digest = GENESIS, 1, ""
    kept = connection.text_factory
    # A turned bit may leave bytes that are no text: that is a fault of its record, not the end of the walk.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        for row in connection.execute(f"SELECT {COLUMNS} FROM trail ORDER BY number"):  # noqa: S608 - a constant
            line = TrailLine(*row)
            if line.number != expected:
                faults.append(f"record {expected} is missing")
            if line.previous_hash != previous:
                faults.append(f"record {line.number} does not follow from the one before it")
            if not _is_whole(line):
                faults.append(f"record {line.number} was altered")
            if line.schema_digest != digest and line.verb != MIGRATED:
                faults.append(f"the tables or triggers were altered outside senco before record {line.number}")
            previous, expected, digest = line.hash, line.number + 1, line.schema_digest
    finally:
        connection.text_factory = kept
    if digest and digest != schema_digest(connection):
        faults.append("the tables or triggers were altered outside senco since the last record")
    return faults


def _is_whole(line: TrailLine) -> bool:
    told = {name: getattr(line, name) for name in TrailLine.__slots__ if name != "hash"}
    try:
        return hash_of(**told) == line.hash
    except (TypeError, UnicodeError):  # a value that is no text any more
        return False
