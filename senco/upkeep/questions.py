"""What the store holds, over all slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.store.trail import seal_of
from senco.upkeep.kinds import StatusLine, TrailEntry

if TYPE_CHECKING:
    from pathlib import Path

    from senco.store.doors import Ask

_COUNTS = """
SELECT (SELECT COUNT(*) FROM trail),
       (SELECT at FROM trail ORDER BY number DESC LIMIT 1),
       (SELECT COUNT(*) FROM school),
       (SELECT COUNT(*) FROM cluster),
       (SELECT COUNT(*) FROM meeting),
       (SELECT COUNT(*) FROM request),
       (SELECT COUNT(DISTINCT request_reference) FROM decision)
"""

_TRAIL = """
SELECT number, at, actor, verb, subject, detail, change_id, hash
  FROM trail
 WHERE (:subject = '' OR INSTR(LOWER(subject), :subject) > 0)
   AND (:change = '' OR change_id = :change)
   AND (:verb = '' OR INSTR(LOWER(verb), :verb) > 0)
 ORDER BY number DESC
 LIMIT :most
"""


def status(ask: Ask, path: Path) -> StatusLine:
    """Give the state of the store."""
    records, changed_at, *counts = ask.one(lambda *row: row, _COUNTS) or ()
    return StatusLine(str(path), path.stat().st_size, records, ask.newest_seal(), changed_at, *counts)


def trail(ask: Ask, *, subject: str, verb: str, change: str, most: int) -> list[TrailEntry]:
    """Give the newest lines of the trail, the newest last, those only that hold the words or the change's id given."""
    wanted: dict[str, str | int | float | None] = {
        "subject": subject.casefold(),
        "verb": verb.casefold(),
        "change": change.strip().casefold(),
        "most": most,
    }
    return ask.all(_entry, _TRAIL, wanted)[::-1]


def _entry(  # noqa: PLR0917 - a row's columns, in their order
    number: int, at: str, actor: str, verb: str, subject: str, detail: str, change_id: str, record_hash: str
) -> TrailEntry:
    return TrailEntry(number, at, actor, verb, subject, detail, seal_of(number, record_hash), change_id)
