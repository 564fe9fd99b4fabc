"""Which files `data/` is made of, and what each one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sources import programme
from tests.sources.register import COLUMNS, LINK_COLUMNS, csv_bytes, link_rows, rows_of_2020, rows_of_2024
from tests.sources.table import TABLE
from tests.sources.workbook import tab_separated, workbook_bytes

if TYPE_CHECKING:
    from pathlib import Path

_TERM_COLUMNS = ("year", "la", "urn", "title", "first", "last")
_ANSWER_COLUMNS = ("Cluster", "Name in the table", "Your choice", "or its URN")
_TERM_TITLES = ("Autumn half term", "Spring half term", "Easter", "Summer half term", "End of term")


def files() -> dict[str, bytes]:
    """Give every built file by its name; the table of bank holidays is itself the source and is not built."""
    return {
        "sutton-2020-21-clusters.xlsx": workbook_bytes(),
        "sutton-2020-21-clusters.tsv": tab_separated().encode(),
        "sutton-2020-21-answers.csv": csv_bytes(_ANSWER_COLUMNS, _answers(), encoding="utf-8", line_end="\n"),
        "gias-sutton.csv": csv_bytes(COLUMNS, rows_of_2020(), encoding="cp1252", line_end="\r\n"),
        "gias-sutton-2024-12.csv": csv_bytes(COLUMNS, rows_of_2024(), encoding="cp1252", line_end="\r\n"),
        "gias-links-sutton.csv": csv_bytes(LINK_COLUMNS, link_rows(), encoding="cp1252", line_end="\r\n"),
        "terms-2020-21.csv": csv_bytes(_TERM_COLUMNS, _terms(), encoding="utf-8", line_end="\n"),
    }


def build(folder: Path) -> None:
    """Write every built file into a folder."""
    for name, content in files().items():
        (folder / name).write_bytes(content)


def _answers() -> list[dict[str, str]]:
    """Answers to the two names that no rule is sure of: a primary under Secondary, three initials for four words."""
    return [
        {"Cluster": row.cluster, "Name in the table": row.nickname, "Your choice": "", "or its URN": str(row.urn)}
        for row in TABLE
        if row.nickname in {"Highview", "WHS"}
    ]


def _terms() -> list[dict[str, str]]:
    """Holidays of the whole borough; a row with a URN would hold for one school."""
    known = [
        (title, holiday.first.isoformat(), holiday.last.isoformat())
        for title, holiday in zip(_TERM_TITLES, programme.HOLIDAYS, strict=True)
    ]
    known.append(("Christmas", "2020-12-21", "2021-01-01"))
    return [
        {"year": "2020/21", "la": "319", "urn": "", "title": title, "first": first, "last": last}
        for title, first, last in sorted(known, key=lambda row: row[1])
    ]
