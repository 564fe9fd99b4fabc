"""A table of a year's usual term dates, to be corrected and imported."""

from __future__ import annotations

from senco.dates import AcademicYear
from senco.meetings.terms import usual_terms

HEADINGS = ("year", "la", "urn", "kind", "title", "first", "last")


def template_bytes(year: str, la_code: int) -> bytes:
    """Give the table as CSV; the same year gives the same bytes."""
    from senco.sheets.writing import csv_bytes

    rows = [
        (year, str(la_code), "", kind.value, title, first.isoformat(), last.isoformat())
        for kind, title, first, last in usual_terms(AcademicYear.parse(year))
    ]
    return csv_bytes(HEADINGS, rows)
