"""Writing the clusters of a year, or an empty table, to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters import questions
from senco.clusters.publish import export_csv, export_xlsx, template_xlsx
from senco.clusters.rules import day_in_year
from senco.dates import AcademicYear
from senco.errors import NotFound, WrongUse
from senco.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk


def export(desk: Desk, out: Path, year: str | None) -> str:
    """Write the clusters of a year as xlsx or csv, by the file's name, and say so.

    Raises WrongUse ``clusters.file-kind`` for another ending and NotFound ``clusters.none`` when the year has none.
    """
    from datetime import UTC, datetime, time

    require_ending(out, ".xlsx", ".csv")
    with desk.reading() as ask:
        meant = questions.year_meant(ask, year, desk.today)
        lines = questions.clusters(ask, meant, desk.today)
        schools = questions.all_members(ask, meant, desk.today)
        hosts = questions.host_names(ask, lines)
    if not lines:
        raise NotFound("clusters.none", f"There are no clusters in {meant}.", "`senco clusters import` takes them in.")
    day = day_in_year(desk.today, meant)
    if out.suffix.lower() == ".csv":
        data = export_csv(lines, schools, hosts)
    else:
        # The day, not the moment: the same data and day give the same bytes.
        data = export_xlsx(lines, schools, hosts, day=day, made=datetime.combine(desk.today, time(), UTC))
    return _said(out, data, f"{len(schools)} schools in {len(lines)} clusters of {meant}")


def template(desk: Desk, out: Path, year: str | None) -> str:
    """Write an empty cluster table and say so. Raises WrongUse ``clusters.file-kind`` for another ending than xlsx."""
    from datetime import UTC, datetime, time

    require_ending(out, ".xlsx")
    meant = year or str(AcademicYear.of(desk.today))
    data = template_xlsx(year=meant, made=datetime.combine(desk.today, time(), UTC))
    return _said(out, data, f"An empty cluster table for {meant}")


def _said(out: Path, data: bytes, what: str) -> str:
    written = write_whole(out, data)
    return f"{what}: written to {out}." if written else f"{what}: {out} holds just this already."


def require_ending(out: Path, *endings: str) -> None:
    """Raise WrongUse ``clusters.file-kind`` when a file's name does not end in one of these."""
    if out.suffix.lower() not in endings:
        raise WrongUse(
            "clusters.file-kind", f"'{out.name}' does not end in {' or '.join(endings)}.", "Give the file such a name."
        )
