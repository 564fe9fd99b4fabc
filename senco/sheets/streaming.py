"""A csv file of any length, row by row, in constant memory: the school register comes this way."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from senco.errors import BadInput, Problem
from senco.files import require_file
from senco.privacy import clean
from senco.sheets.limits import CSV_BYTES, CSV_FIELD, CSV_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 1 << 20
HEADING_ROWS = 20
LEAST_COLUMNS = 2
PROBLEMS_KEPT = 20
WORKBOOK_STARTS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))


@dataclass(slots=True)
class CsvStream:
    """A csv file being read: its headings, its rows with their line numbers, and what was wrong on the way.

    ``problems`` grows while the rows are taken; it keeps the first twenty, ``problem_count`` counts all.
    A row shorter than the headings is filled with blanks; a longer one with text beyond them is a problem and left out.
    """

    file: str
    encoding: str
    headings: list[str]
    heading_row: int
    rows: Iterator[tuple[int, list[str]]]
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    def place(self, row: int, column: int | None = None) -> str:
        """Say where a row or a field stands."""
        return f"{self.file} › row {row}" + ("" if column is None else f", column {column}")

    def close(self) -> None:
        """Let go of the file although rows are left; a stream taken to its end has done so itself."""
        if isinstance(self.rows, Generator):
            self.rows.close()

    def trouble(self, row: int, what: str, do: str = "") -> None:
        """Note a problem in a row."""
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(Problem(self.place(row), what, do))


def stream_csv(path: Path, *, max_bytes: int = CSV_BYTES, max_rows: int = CSV_ROWS) -> CsvStream:
    """Open a csv file and find its headings; its rows follow as they are asked for.

    The numbers given with the rows are those of the lines on which they end, as an editor counts them.
    NotFound or BadInput when the file is not there, is no csv, is empty, or goes beyond a limit.
    """
    require_file(path)
    file = clean(path.name)
    if path.stat().st_size > max_bytes:
        raise _too_big(file, f"it is larger than {max_bytes // 1_000_000} MB")
    encoding = _encoding(path, file)
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as source:
            headings, number = _headings(csv.reader(source), file)
    except csv.Error as trouble:
        raise _no_headings(file) from trouble
    stream = CsvStream(file, encoding, headings, number, iter(()))
    stream.rows = _rows(path, stream, max_rows)
    return stream


def _encoding(path: Path, file: str) -> str:
    """Look through the bytes once: UTF-8 when all of them are, otherwise Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid = True
    with path.open("rb") as source:
        start = source.read(8)
        if start.startswith(WORKBOOK_STARTS):
            raise BadInput("sheet.not-csv", f"{file} is a workbook, not a csv file.", "Save the sheet as .csv.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        source.seek(0)
        while piece := source.read(PIECE):
            if valid:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    valid = False
                    break
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            valid = False
    return "utf-8-sig" if valid else "cp1252"


def _headings(reader: Iterator[list[str]], file: str) -> tuple[list[str], int]:
    """Take the first row that has at least two named columns, most of them named, within the first twenty."""
    for number, record in enumerate(reader, start=1):
        named = sum(1 for heading in record if heading.strip())
        if named >= LEAST_COLUMNS and named * 2 >= len(record):
            return [clean(heading.strip()) for heading in record], number
        if number == HEADING_ROWS:
            break
    raise _no_headings(file)


def _rows(path: Path, stream: CsvStream, max_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Open the file only when the first row is asked for, so that nothing stays open of a stream never read."""
    width = len(stream.headings)
    taken = 0
    with path.open(encoding=stream.encoding, errors="replace", newline="") as source:
        reader = csv.reader(source)
        for _ in range(stream.heading_row):
            next(reader)
        while True:
            try:
                for record in reader:
                    line = reader.line_num
                    if len(record) != width:
                        if not record:
                            continue
                        if len(record) > width and any(extra.strip() for extra in record[width:]):
                            stream.trouble(line, f"has {len(record)} fields under {width} headings and was left out.")
                            continue
                        record = (record + [""] * width)[:width]  # noqa: PLW2901 - the row at its full width
                    taken += 1
                    if taken > max_rows:
                        raise _too_big(stream.file, f"it holds more than {max_rows:,} rows")
                    yield line, record
            except csv.Error:
                line = reader.line_num
                stream.trouble(
                    line, f"holds a field longer than {CSV_FIELD:,} letters or a broken line and was left out."
                )
            else:
                return


def _too_big(file: str, what: str) -> BadInput:
    return BadInput("sheet.csv-too-big", f"{file} is too big: {what}.", "Check that it is the right file.")


def _no_headings(file: str) -> BadInput:
    return BadInput(
        "sheet.no-headings", f"{file} has no row of column headings.", "Give the csv file as it was downloaded."
    )
