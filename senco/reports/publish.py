"""A report as bytes for others: a page to read and print, and a workbook to reckon with; the same figures in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports.book import workbook
from senco.reports.html import page
from senco.sheets import writing

if TYPE_CHECKING:
    from datetime import datetime

    from senco.reports.kinds import Report


def html_bytes(report: Report) -> bytes:
    """Give a report as one self-contained page: the same report gives the same bytes."""
    return page(report).encode()


def workbook_bytes(report: Report, *, made: datetime) -> bytes:
    """Give a report as a workbook: the same report and ``made`` give the same bytes."""
    return writing.workbook_bytes(workbook(report), made=made)
