"""A published report read back from its bytes: the tables of the page and of the workbook, figure by figure."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.reports.trees import read_page

Value = Decimal | date | str
Tables = dict[str, list[list[Value]]]
_HOURS = re.compile(r"(−?)(?:([0-9,]+)h)?(?: ?([0-9]+)m)?")


def page_tables(data: bytes) -> Tables:
    """Give each table of a page by its caption: its headings, then its rows, as figures where they are such."""
    tree, faults = read_page(data.decode())
    assert faults == []
    found: Tables = {}
    for table in tree.all("table"):
        rows = [list(row.elements) for row in table.all("tr")]
        texts: list[list[Value]] = [[each.text for each in rows[0]]]
        texts += [[_told(each.text) if each.classes & {"n", "d"} else each.text for each in row] for row in rows[1:]]
        assert table.one("caption").text not in found
        found[table.one("caption").text] = texts
    return found


def _told(text: str) -> Value:
    plain = text.replace("−", "-").replace("£", "").replace(",", "").removeprefix("+")
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return Decimal(plain)
    if plain.endswith("%"):
        return Decimal(plain[:-1]) / 100
    if (hours := _HOURS.fullmatch(text)) and (hours[2] or hours[3]):
        minutes = int((hours[2] or "0").replace(",", "")) * 60 + int(hours[3] or 0)
        return Decimal(-minutes if hours[1] else minutes)
    try:
        return datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return text


def book_cells(data: bytes) -> dict[str, list[list[tuple[Any, str]]]]:
    """Give every cell of a workbook by sheet: its value and its format."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def book_tables(data: bytes, captions: list[str]) -> Tables:
    """Give each table of a workbook whose caption is named, as ``page_tables`` does."""
    found: Tables = {}
    for sheet, rows in book_cells(data).items():
        if sheet in {"Read me first", "Figures of charts"}:
            continue
        for place, row in enumerate(rows):
            if row[0][0] in captions and all(value is None for value, _ in row[1:]):
                assert row[0][0] not in found
                found[row[0][0]] = _table(rows[place + 1 :])
    return found


def _table(rows: list[list[tuple[Any, str]]]) -> list[list[Value]]:
    wide = max(place for place, (value, _) in enumerate(rows[0]) if value is not None) + 1
    taken: list[list[Value]] = [[value or "" for value, _ in rows[0][:wide]]]
    for row in rows[1:]:
        if all(value is None for value, _ in row[1:]):
            break
        taken.append([_figure(value, form) for value, form in row[:wide]])
    return taken


def _figure(value: Any, form: str) -> Value:
    if isinstance(value, timedelta):
        return Decimal(round(value.total_seconds() / 60))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        if form == "[h]:mm":
            return Decimal(round(value * 24 * 60))
        return round(Decimal(str(value)), 6).normalize()
    return value or ""
