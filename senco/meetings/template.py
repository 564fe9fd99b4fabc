"""An empty table of a year's meetings, to be filled in and imported."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear
from senco.errors import WrongUse
from senco.files import write_new
from senco.meetings import questions
from senco.meetings.kinds import MeetingStatus
from senco.meetings.rules import clusters_said, known_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from senco.console.desk import Desk
    from senco.meetings.kinds import KnownCluster

_EMPTY_ROWS: Final = 40


def write(desk: Desk, out: Path, year: str | None) -> str:
    """Write the table, never over another file, and say so; raises what `require_workbook` and `write_new` raise."""
    require_workbook(out)
    meant = year or str(AcademicYear.of(desk.today))
    with desk.reading() as ask:
        known = known_in(questions.clusters_of_all_years(ask), meant)
    write_new(out, template_xlsx(meant, known, made=datetime.combine(desk.today, time(), UTC)))
    return f"Wrote {out}: an empty table of the meetings of {meant}. Fill it in, then `senco meetings import {out}`."


def require_workbook(out: Path) -> None:
    """Raise WrongUse ``meetings.file-kind`` when a file's name is not that of a workbook."""
    if out.suffix.lower() != ".xlsx":
        raise WrongUse("meetings.file-kind", f"'{out.name}' does not end in .xlsx.", "Give the file such a name.")


def template_xlsx(year: str, known: Sequence[KnownCluster], *, made: datetime) -> bytes:
    """Give the table as a workbook; the same year, clusters and day give the same bytes."""
    from senco.sheets.writing import ColumnSpec, SheetSpec, WorkbookSpec, workbook_bytes

    named = clusters_said([each.reference for each in known]) or "CP1, CP 1-5, SP 1-7"
    sheet = SheetSpec(
        "Meetings",
        (
            ColumnSpec("Date", width=18, to_fill=True),
            ColumnSpec("Time", width=16, to_fill=True),
            ColumnSpec("Clusters", width=24, to_fill=True),
            ColumnSpec("Venue", width=30, to_fill=True),
            ColumnSpec("Purpose", width=50, to_fill=True),
            ColumnSpec("Status", width=14, to_fill=True, choices=tuple(each.value for each in MeetingStatus)),
            ColumnSpec("Reference", width=20, to_fill=True),
        ),
        tuple((None,) * 7 for _ in range(_EMPTY_ROWS)),
        title=f"SENCO cluster meetings {year}",
        lines=(
            "A row for each meeting: its date with the weekday or without, and its times as in 2 - 4pm.",
            f"Under Clusters write who meets: {named}, panel or conference.",
            "Status and Reference may stay empty. With its Reference a meeting that is moved stays the same entry.",
        ),
        freeze_columns=1,
    )
    return workbook_bytes(WorkbookSpec((sheet,), title=f"SENCO cluster meetings {year}"), made=made)
