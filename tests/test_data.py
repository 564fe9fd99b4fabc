"""The folder `data/` is what its builder builds, and says what was published."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from senco.sheets.reading import read_book
from tests.sources import (
    DATA,
    HOLIDAYS,
    OPPORTUNITY_BASES,
    PROGRAMME,
    ROOT,
    TABLE,
    TRUST_FILLS,
    published_text_path,
)
from tests.sources.building import build, files
from tests.sources.programme import ROWS
from tests.sources.register import COLUMNS, OPEN_IN_2020
from tests.sources.table import BLOCKS, FACTS, TITLE, TRUSTS

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

BOOK = DATA / "sutton-2020-21-clusters.xlsx"
NOT_BUILT = {"README.md", "bank-holidays.csv"}


def _cells(book: Workbook) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.fill.fgColor, cell.fill.patternType, cell.border.left.style)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def _read(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_holds_what_is_built_and_nothing_else() -> None:
    assert {path.name for path in DATA.iterdir()} == set(files()) | NOT_BUILT


@pytest.mark.parametrize("name", sorted(name for name in files() if not name.endswith(".xlsx")))
def test_a_text_file_is_as_built(name: str) -> None:
    encoding = "cp1252" if name.startswith("gias") else "utf-8"
    built, kept = (content.decode(encoding).splitlines() for content in (files()[name], (DATA / name).read_bytes()))
    assert kept == built


def test_the_workbook_is_as_built_cell_by_cell() -> None:
    kept, built = load_workbook(BOOK), load_workbook(io.BytesIO(files()[BOOK.name]))
    assert _cells(kept) == _cells(built)
    assert [sheet.merged_cells.ranges for sheet in kept] == [sheet.merged_cells.ranges for sheet in built]
    with zipfile.ZipFile(BOOK) as parts:
        assert b"creator" not in parts.read("docProps/core.xml")


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files()


def test_the_programme_and_the_table_have_their_published_size() -> None:
    assert Counter(meeting.kind for meeting in PROGRAMME) == {"conference": 2, "single-phase": 5, "cross-phase": 3}
    assert {meeting.day.strftime("%w") for meeting in PROGRAMME} == {"2"}
    assert Counter(place.cluster for place in TABLE) == {"CP1": 11, "CP2": 12, "CP3": 9, "CP4": 11, "CP5": 12}
    assert len({place.urn for place in TABLE}) == len({place.nickname for place in TABLE}) == 55
    assert sum(place.heading == "Secondary" for place in TABLE) == 17
    assert len(HOLIDAYS) == 5


def test_the_table_says_what_the_facts_say() -> None:
    facts = _read(FACTS / "sutton-nicknames.csv")
    assert [(fact["cluster"], fact["column_heading"], fact["nickname"], int(fact["urn"])) for fact in facts] == [
        (place.cluster, place.heading, place.nickname, place.urn) for place in TABLE
    ]


def test_the_facts_are_those_handed_down() -> None:
    folder = ROOT.parent / "shared" / "facts"
    if not folder.is_dir():
        pytest.skip("the table of facts does not lie beside this clone")
    for kept in (DATA / "bank-holidays.csv", *FACTS.glob("*.csv")):
        columns = list(_read(kept)[0])
        assert _read(kept) == [{name: row[name] for name in columns} for row in _read(folder / kept.name)]


def test_the_breaks_of_the_published_programme_are_there() -> None:
    january, blank, february = ROWS[3:6]
    assert january[3].endswith("predictable/exceptional")
    assert february[3].startswith("need ")
    assert "Venue" not in january[1]
    assert february[1].startswith("Venue:HAS Tuesday")
    assert not any(blank)
    assert {"Venue:HAS" in row[1] for row in ROWS} == {True, False}


def test_the_table_as_published_has_the_same_schools_in_the_same_places() -> None:
    path = published_text_path()
    if path is None:
        pytest.skip("the published document does not lie beside this clone")
    published = path.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(published) if TITLE in line)
    kept = (DATA / "sutton-2020-21-clusters.tsv").read_text(encoding="utf-8").splitlines()
    assert kept[next(place for place, line in enumerate(kept) if TITLE in line) :] == published[start:]
    shape = [line.split("\t")[:3] for line in published if "day " in line and "\t" in line]
    assert shape == [list(row[:3]) for row in ROWS if any(row)]


def test_the_purposes_are_in_words_of_our_own() -> None:
    path = published_text_path()
    if path is None:
        pytest.skip("the published document does not lie beside this clone")
    published = " ".join(path.read_text(encoding="utf-8").lower().split())
    for row in ROWS:
        words = row[3].lower().split()
        runs = [" ".join(words[place : place + 6]) for place in range(len(words) - 5)]
        assert not [run for run in runs if run in published]


def test_the_workbook_reads_back_with_its_blocks_and_its_key_of_trusts() -> None:
    programme, clusters = read_book(BOOK).sheets
    assert clusters.rows[0][0].text == TITLE
    cells = {cell.text: cell for row in clusters.rows for cell in row if cell.text}
    assert {cells[block.cluster].merged for block in BLOCKS} == {"B5:B8", "B9:B13", "B14:B17", "B18:B21", "B22:B26"}
    key = {row[1].text: row[1].fill for row in clusters.rows if len(row) > 1 and row[1].text in TRUST_FILLS}
    assert list(key) == list(TRUST_FILLS)
    assert len(set(key.values())) == len(TRUST_FILLS)
    by_place = {cell.text: cell.fill for row in clusters.rows for cell in row[2:] if cell.text}
    assert {place.nickname: by_place[place.nickname] for place in TABLE} == {
        place.nickname: key[TRUSTS[place.nickname]] if place.nickname in TRUSTS else None for place in TABLE
    }
    assert [tuple(cell.text for cell in row) for row in programme.rows[3:]] == [
        row[: len(kept)] for row, kept in zip(ROWS, programme.rows[3:], strict=True)
    ]


def test_a_thick_border_marks_the_opportunity_bases() -> None:
    marked = {
        cell.value
        for row in load_workbook(BOOK)["Clusters"].iter_rows(max_row=26)
        for cell in row
        if cell.border.left.style == "thick"
    }
    assert marked == OPPORTUNITY_BASES
    assert {"Foresters", "Muschamp", "Bandon Hill", "Avenue", "Oaks Park", "Overton"} == marked


def test_the_register_of_2020_holds_every_school_of_the_table_open() -> None:
    rows = {int(row["URN"]): row for row in _read(DATA / "gias-sutton.csv", "cp1252")}
    assert tuple(rows[102958]) == COLUMNS
    assert sum(row["EstablishmentStatus (name)"] == "Open" for row in rows.values()) == OPEN_IN_2020
    assert {rows[place.urn]["EstablishmentStatus (name)"] for place in TABLE} == {"Open"}
    assert {row["LA (code)"] for row in rows.values()} == {"319"}
    assert rows[143002]["CloseDate"] == "31-08-2019"
    facts = _read(FACTS / "sutton-schools.csv")
    assert {fact["urn"]: fact["dfe_number"] for fact in facts} == {
        str(urn): f"319{row['EstablishmentNumber']}"
        for urn, row in rows.items()
        if row["EstablishmentStatus (name)"] == "Open"
    }


def test_the_register_of_2024_differs_in_what_is_known_to_have_changed() -> None:
    before = {row["URN"]: row for row in _read(DATA / "gias-sutton.csv", "cp1252")}
    after = {row["URN"]: row for row in _read(DATA / "gias-sutton-2024-12.csv", "cp1252")}
    assert set(after) - set(before) == {"148350", "148776", "149360", "151351", "151352"}
    changed = {urn for urn in before if before[urn] != after[urn]}
    assert changed == {"102958", "102996", "102997", "141891", "144851", "144852"}
    assert {urn for urn in changed if after[urn]["EstablishmentStatus (name)"] == "Closed"} == changed - {"144851"}
    links = _read(DATA / "gias-links-sutton.csv", "cp1252")
    successors = {link["LinkURN"] for link in links if link["LinkType"].startswith("Successor")}
    assert all(after[urn]["EstablishmentStatus (name)"] == "Open" for urn in successors)
    assert {link["LinkURN"]: link["LinkName"] for link in links} == {
        urn: after[urn]["EstablishmentName"] for urn in {link["LinkURN"] for link in links}
    }


def test_the_terms_are_the_holidays_of_the_programme_and_christmas() -> None:
    rows = _read(DATA / "terms-2020-21.csv")
    spans = {(row["first"], row["last"]) for row in rows}
    assert spans == {(holiday.first.isoformat(), holiday.last.isoformat()) for holiday in HOLIDAYS} | {
        ("2020-12-21", "2021-01-01")
    }
    assert {(row["year"], row["la"], row["urn"]) for row in rows} == {("2020/21", "319", "")}
