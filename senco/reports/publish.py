"""A report as bytes for others: a page, a workbook, Markdown, or CSV of its first table; the same figures in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports import plain
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


def markdown_bytes(report: Report) -> bytes:
    """Give a report as Markdown; the same report gives the same bytes."""
    return plain.markdown_bytes(report)


def csv_bytes(report: Report) -> bytes:
    """Give the first table of a report as CSV; the same report gives the same bytes."""
    return plain.csv_bytes(report)
