"""What was published before: the record that the next report is protected against."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.reports.kinds import PublicationLine

if TYPE_CHECKING:
    from senco.reports.kinds import Report, Shown
    from senco.store.doors import Ask

_PUBLICATIONS = """
SELECT publication_id, name, kind, year, term, day, below, made_at, made_by
  FROM publication
 WHERE (:year = '' OR year = :year) AND (:name = '' OR name = :name)
 ORDER BY publication_id
"""
_COUNTS = """
SELECT c.publication_id, c.key, c.shown
  FROM published_count AS c
  JOIN publication AS p ON p.publication_id = c.publication_id
 WHERE (:year = '' OR p.year = :year) AND (:name = '' OR p.name = :name)
 ORDER BY c.publication_id, c.key
"""


def publications(ask: Ask, *, year: str = "", name: str = "") -> list[PublicationLine]:
    """Give the publications of a year or of a name, the oldest first, with what each showed and hid."""
    told = {"year": year, "name": name}
    counts: dict[int, dict[str, int | None]] = {}
    for number, key, shown in ask.all(lambda *row: row, _COUNTS, told):
        counts.setdefault(number, {})[key] = shown
    lines = ask.all(PublicationLine, _PUBLICATIONS, told)
    return [replace(line, shown=counts.get(line.number, {})) for line in lines]


def before(ask: Ask, *, year: str) -> list[Shown]:
    """Give what the publications of a year showed and hid, the oldest first; None stands for a hidden count."""
    return [line.shown for line in publications(ask, year=year)]


def last(ask: Ask, *, name: str) -> PublicationLine | None:
    """Give the newest publication of a name."""
    return next(iter(reversed(publications(ask, name=name))), None)


def shown_by(report: Report) -> dict[str, int | None]:
    """Give what a protected report shows and hides: every count, None for a hidden one."""
    return {**report.counts, **dict.fromkeys(report.hidden)}
