"""The workbook: the same figures as the page, charts that follow their columns, and gaps where a figure is hidden."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from senco.reports.kinds import Audience, Figure, FigureKind, Report, Section, Table
from senco.reports.publish import html_bytes, workbook_bytes
from senco.sheets.packing import why_not_plain
from tests.reports.reading_back import book_cells, book_tables, page_tables
from tests.reports.sample import ALL, count, sample

GOLDEN = Path(__file__).parent.parent / "golden"
MADE = datetime(2020, 12, 31, tzinfo=UTC)


def book(report: Report | None = None) -> bytes:
    return workbook_bytes(report or sample(), made=MADE)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_is_said_in_golden_files_cell_by_cell() -> None:
    page, cells = GOLDEN / "report.html", GOLDEN / "report.xlsx.json"
    told = {name: [[list(cell) for cell in row] for row in rows] for name, rows in book_cells(book()).items()}
    lines = json.dumps(told, ensure_ascii=False, default=str).replace("]], [[", "]],\n[[").replace("]]], ", "]]],\n")
    if os.environ.get("SENCO_WRITE_GOLDEN") == "1":
        page.write_bytes(html_bytes(sample()))
        cells.write_text(lines + "\n", encoding="utf-8", newline="\n")
    assert html_bytes(sample()).decode() == page.read_text(encoding="utf-8")
    assert lines + "\n" == cells.read_text(encoding="utf-8")


@pytest.mark.parametrize("internal", [False, True])
def test_the_page_and_the_workbook_have_the_same_figures(internal: bool) -> None:
    report = sample(internal=internal)
    page = page_tables(html_bytes(report))
    assert book_tables(book(report), list(page)) == page
    told = [table for section in report.sections for table in section.tables if table.rows]
    assert [table.caption for table in told] == list(page)
    assert sum(len(row) for rows in page.values() for row in rows[1:]) == sum(
        len(row) for table in told for row in table.rows
    )


def test_control_one_figure_that_differs_is_found() -> None:
    page = page_tables(html_bytes(sample()))
    section = sample().sections[1]
    table = section.tables[0]
    first = (*table.rows[0][:1], Figure(32, FigureKind.COUNT), *table.rows[0][2:])
    other = replace(section, tables=(replace(table, rows=(first, *table.rows[1:])), *section.tables[1:]))
    report = replace(sample(), sections=(sample().sections[0], other, *sample().sections[2:]))
    assert book_tables(book(report), list(page)) != page


def test_figures_read_back_as_what_they_are() -> None:
    page = page_tables(html_bytes(sample()))
    assert page["Requests by cluster and outcome"][2] == ["CP2", 32, 13, 8, "[c]", "[c]"]
    spend = page["Spend against envelope, financial year 2020/21"]
    assert spend[3][2] == Decimal("43502.55")
    assert spend[3][4] == Decimal("-5500.55")
    assert spend[-1] == ["Borough", 600000, Decimal("217512.75"), 260000, Decimal("-27502.75"), Decimal("0.796")]
    assert page["Specialist time by service"][2] == ["Speech and language therapy", 3600, 3615, "–"]
    assert [row[3] for row in page["Reviews by cluster"][1:]] == [
        Decimal("0.7"),
        Decimal("-0.3"),
        0,
        "–",
        Decimal("1.2"),
    ]


def test_sentences_and_notes_are_the_same() -> None:
    said = {str(cell[0]) for rows in book_cells(book()).values() for row in rows for cell in row if cell[0]}
    page = html_bytes(sample()).decode()
    for told in re.findall(r"<li>([^<]+)</li>|<p>([^<]+)</p>|<p class=\"(?:note|empty|period)\">([^<]+)</p>", page):
        (text,) = [each for each in told if each]
        assert text.replace("&#x27;", "'").replace("&quot;", '"') in said or "Made by senco" in text
    assert not any("withdrawn" in each for each in said)


def test_the_first_sheet_is_to_be_read_first() -> None:
    first, *others = book_cells(book(sample(audience=Audience.FORUM))).items()
    assert first[0] == "Read me first"
    told = [row[0][0] for row in first[1]]
    assert told[0] == "senco check: no findings. Seal 412-ASHI-ST4Z-ZBG6-KMIC."
    assert "London Borough of Sutton, for the Schools Forum" in told
    named = {name for name, _ in others}
    assert named <= set(told)
    assert [name for name, _ in others] == [
        "Programme",
        "Requests and decisions",
        "Money and specialists' time",
        "Reviews  due   done",
        "Figures of charts",
    ]


def test_an_internal_workbook_says_so_on_every_page() -> None:
    told = parts(book(sample(internal=True)))
    sheets = [text for name, text in told.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 4
    assert all("Internal: not for publication</oddHeader>" in each for each in sheets)
    for name, rows in book_cells(book(sample(internal=True))).items():
        assert name == "Figures of charts" or any(row[0][0] == "Internal: not for publication" for row in rows)
    assert not any("Internal" in text for text in parts(book()).values())


def test_every_page_bears_the_seal() -> None:
    sheets = [text for name, text in parts(book()).items() if name.startswith("xl/worksheets/sheet")]
    assert all("412-ASHI-ST4Z-ZBG6-KMIC" in each for each in sheets)


def test_axes_are_written_as_their_column_is() -> None:
    charts = {
        re.sub("<[^>]+>", "", text.split("</tx>")[0])[:40]: re.findall(r'<valAx>.*?formatCode="([^"]*)"', text)
        for name, text in parts(book()).items()
        if name.startswith("xl/charts")
    }
    told = {title: forms[0] for title, forms in charts.items()}
    assert told["Free at the end of the term"] == "£#,##0"
    assert told["Requests by cluster and outcome"] == "#,##0"
    assert told["Mean score by cluster"] == "+0.0;-0.0;0.0"
    assert told["Specialist time by service"] == "[h]:mm"
    assert told["Median working days from submission to d"] == "#,##0"


def test_an_axis_begins_at_nought_unless_a_figure_lies_below() -> None:
    charts = [text for name, text in parts(book()).items() if name.startswith("xl/charts")]
    below = [each for each in charts if '<min val="0"' not in each]
    assert len(charts) == 7
    assert len(below) == 2
    assert all("Free at the end" in each or "Mean score" in each for each in below)


def test_a_chart_of_hidden_figures_is_drawn_from_blanks_never_from_texts() -> None:
    data = book()
    cells = book_cells(data)
    drawn = 0
    for name, text in parts(data).items():
        if not name.startswith("xl/charts"):
            continue
        assert '<dispBlanksAs val="gap"' in text
        for reference in re.findall(
            r"<val><numRef><f>'([^']*(?:''[^']*)*)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)</f>", text
        ):
            sheet, letter, first, last = reference
            column = ord(letter) - ord("A")
            values = [cells[sheet.replace("''", "'")][row - 1][column][0] for row in range(int(first), int(last) + 1)]
            assert not any(isinstance(each, str) for each in values)
            drawn += any(each is None for each in values)
    assert drawn >= 5
    shown = {str(value) for row in cells["Figures of charts"] for value, _ in row}
    assert "[c]" not in shown


def test_a_chart_from_blanks_has_the_labels_and_names_of_its_table() -> None:
    data = book()
    cells = book_cells(data)
    found = next(
        text
        for name, text in parts(data).items()
        if name.startswith("xl/charts") and "Requests by primary need" in text
    )
    (names,) = re.findall(r"<cat><numRef><f>'Figures of charts'!\$A\$(\d+):\$A\$(\d+)", found)[:1] or [()]
    labels = [cells["Figures of charts"][row - 1][0][0] for row in range(int(names[0]), int(names[1]) + 1)]
    assert labels[0] == "Social, emotional and mental health"
    (series, *_) = re.findall(r"<tx><strRef><f>'Figures of charts'!\$?(B)\$?(\d+)</f>", found)
    assert cells["Figures of charts"][int(series[1]) - 1][1][0] == "This term"


def test_a_chart_without_gaps_follows_its_own_table() -> None:
    free = next(t for n, t in parts(book()).items() if n.startswith("xl/charts") and "Free at the end" in t)
    assert "'Money and specialists'' time'!" in free


def test_it_hides_nothing_and_is_the_same_to_the_byte() -> None:
    for report in (sample(), sample(internal=True), sample(audience=Audience.FINANCE)):
        assert book(report) == book(report)
        assert why_not_plain(book(report)) == []


def test_sheets_of_one_name_are_told_apart() -> None:
    table = Table("t", "A table", ("Name", "n"), (count("A", 1),))
    long = "Requests and decisions of the whole borough: the term"
    sections = tuple(Section("s", heading, ALL, (), (table,)) for heading in (long, long, "read ME first", "'[]'"))
    names = list(book_cells(book(replace(sample(), sections=sections))))
    assert names[:2] == ["Read me first", "Requests and decisions of the w"]
    assert names[2:] == ["Requests and decisions of the 2", "read ME first 2", "Sheet"]
