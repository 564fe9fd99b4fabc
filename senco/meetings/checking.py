"""The check of a programme: as it is stored, or in a file that is not imported yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear, iso_utc
from senco.errors import BadInput
from senco.findings import Finding
from senco.meetings import checks, questions

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk


def findings_for(desk: Desk, file: Path | None, year: str | None) -> list[Finding]:
    """Find what is amiss in the stored programme (of one year, if one is named), or in a file.

    What would keep the file from being imported is a finding too. Raises what `intake.read_programme` raises when there
    is no programme in it.
    """
    with desk.reading() as ask:
        if file is None:
            held = [year] if year else questions.years(ask)
            return checks.programme_findings(ask, desk.today, held)
        from senco.meetings.intake import read_programme
        from senco.sheets.reading import read_book

        programme = read_programme(read_book(file), year=AcademicYear.parse(year) if year else None)
        try:
            return list(questions.import_plan(ask, programme, day=desk.today, at=iso_utc(desk.now)).findings)
        except BadInput as wrong:
            found = [Finding("meetings.cannot-import", each.where, each.what, each.do) for each in wrong.problems]
            return [*found, *programme.findings]
