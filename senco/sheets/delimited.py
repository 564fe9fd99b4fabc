"""Text files as sheets: comma, semicolon and tab separated values, and prose with tables set by tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

from senco.errors import BadInput
from senco.privacy import clean_block
from senco.sheets.guard import other_format
from senco.sheets.kinds import Book, BookKind, Cell, Sheet, column_letters
from senco.sheets.limits import USUAL, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SAMPLE_LINES = 300
SAME_WIDTH = 0.9
MOSTLY_TABS = 0.8
JUNK_SHARE = 0.01
OPEN_QUOTE_LINES = 200
PLAIN_CONTROLS = frozenset("\t\n\r\x0c\x1a")
# A spreadsheet takes a field that starts with one of these for a formula (the wide forms too, in some languages).
FORMULA_START = re.compile(r"'*[\s\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05\t\r\n]")
BARE_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
WIDE_LINES = re.compile(r"'*[ \ufeff]*[\t\r\n]")
ENDLESS_LINE = re.compile(rb"[^\r\n]{1000000}")
OTHER_TEXTS = (
    ("%pdf", "a PDF"),
    ("{\\rtf", "a rich-text document"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<table", "a web page"),
    ("<?xml", "an XML file"),
)


def guard_field(text: str) -> str:
    """Put an apostrophe before a field that a spreadsheet would take for a formula; a bare number stays.

    >>> guard_field("=1+1"), guard_field("Wilson's"), guard_field("-12.50"), guard_field("-a")
    ("'=1+1", "Wilson's", '-12.50', "'-a")
    """
    if BARE_NUMBER.fullmatch(text):
        return text
    return "'" + text if FORMULA_START.match(text) or WIDE_LINES.match(text) else text


def unguard_field(text: str) -> str:
    """Take the guarding apostrophe off again.

    >>> unguard_field("'=1+1"), unguard_field("'Tis"), unguard_field("''=x")
    ('=1+1', "'Tis", "'=x")
    """
    return text[1:] if text.startswith("'") and guard_field(text[1:]) != text[1:] else text


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as comma-separated text that no spreadsheet takes for formulas; None is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard_field(clean_block(heading)) for heading in headings])
    for row in rows:
        writer.writerow([_field(value) for value in row])
    return out.getvalue()


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as ``csv_text`` does, in UTF-8 with the mark by which spreadsheet programs know it."""
    return codecs.BOM_UTF8 + csv_text(headings, rows).encode()


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return guard_field(clean_block(str(value)))


def read_text(file: str, data: bytes, limits: Limits = USUAL) -> Book:
    """Read a text file by what is in it; BadInput when it is no text, is another format or goes beyond a limit."""
    if ENDLESS_LINE.search(data):
        raise BadInput(
            "sheet.endless-line",
            f"{file} holds a line longer than any table's.",
            "Check that it is the right file, and that it is a table.",
        )
    text, notes = decode(file, data)
    start = text[:200].lstrip().lower()
    for mark, what in OTHER_TEXTS:
        if start.startswith(mark):
            raise other_format(file, what)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a").removesuffix("\n")
    kind, delimiter = recognise(text, named_csv=file.lower().endswith(".csv"))
    taking = _Taking(file, limits)
    records = taking.lines(text) if kind == "text" else taking.records(text, delimiter)
    rows = tuple(taking.row(number, fields) for number, fields in enumerate(records, start=1))
    return Book(file, kind, (Sheet(file, "", rows, tuple(taking.notes)),), tuple(notes))


def decode(file: str, data: bytes) -> tuple[str, list[str]]:
    """Decode a text file: UTF-16 by its mark, UTF-8 where it is valid, otherwise Windows-1252."""
    notes = []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            notes.append("It is not UTF-8 and was read as Windows-1252, the usual encoding of older programs.")
    sample = text[:100_000]
    junk = sum(1 for character in sample if character < " " and character not in PLAIN_CONTROLS)
    if "\0" in text or junk > len(sample) * JUNK_SHARE:
        raise BadInput(
            "sheet.not-text",
            f"{file} is neither a workbook nor text.",
            "Give an .xlsx or .csv file; if a program shows it as a table, save it as .xlsx there.",
        )
    return text, notes


def recognise(text: str, *, named_csv: bool = False) -> tuple[BookKind, str]:
    """Tell csv, tsv and prose apart by how evenly the lines divide; the name decides only what lines leave open.

    >>> recognise("a,b\\n1,2\\n"), recognise("a\\tb\\n1\\t2"), recognise("Prose, and more.\\nA\\tB\\n\\nMore prose.\\n")
    (('csv', ','), ('tsv', '\\t'), ('text', '\\t'))
    """
    lines = [line for line in text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES] if line.strip()]
    tabbed = sum("\t" in line for line in lines)
    shares = {delimiter: _evenness(lines, delimiter) for delimiter in ",;"}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    if tabbed and tabbed >= len(lines) * MOSTLY_TABS:
        return "tsv", "\t"
    if shares[best] >= SAME_WIDTH:
        return "csv", best
    if named_csv and not tabbed:
        commas, semicolons = text.count(","), text.count(";")
        return "csv", ";" if semicolons > commas else ","
    return "text", "\t"


def _evenness(lines: list[str], delimiter: str) -> float:
    """Give the share of records that have the commonest number of fields, 0 when that is one field."""
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if record]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, count = Counter(widths).most_common(1)[0]
    return count / len(widths) if width > 1 else 0.0


class _Taking:
    """The taking of one text file's rows within the limits."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.notes: list[str] = []
        self.cells = 0

    def lines(self, text: str) -> Iterator[list[str]]:
        """Give each line as fields set by tabs; the rows' numbers are the file's line numbers."""
        for line in text.split("\n"):
            yield line.split("\t")

    def records(self, text: str, delimiter: str) -> Iterator[list[str]]:
        """Give each record of separated values."""
        reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter)
        before = number = 0
        try:
            for number, record in enumerate(reader, start=1):
                if reader.line_num - before > OPEN_QUOTE_LINES:
                    raise self._open_quote(number)
                before = reader.line_num
                yield [unguard_field(field) for field in record]
        except csv.Error as trouble:
            raise self._open_quote(number + 1) from trouble

    def row(self, number: int, fields: list[str]) -> tuple[Cell, ...]:
        """Give one row, ending at its last field that says something."""
        if number > self.limits.rows:
            raise self._too_big(f"it holds more than {self.limits.rows:,} rows")
        texts = [clean_block(field).strip() for field in fields]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > self.limits.columns:
            place = f"{self.file} › row {number}"
            self.notes[:] = self.notes or [
                f"Only columns up to {column_letters(self.limits.columns)} were read; {place} is longer."
            ]
            texts = texts[: self.limits.columns]
        self.cells += len(texts)
        if self.cells > self.limits.cells:
            raise self._too_big(f"it holds more than {self.limits.cells:,} cells")
        if any(len(text) > self.limits.letters for text in texts):
            raise self._too_big(f"a text in row {number} is longer than {self.limits.letters:,} letters")
        return tuple(Cell(number, column, text, text or None) for column, text in enumerate(texts, start=1))

    def _too_big(self, what: str) -> BadInput:
        return BadInput(
            "sheet.text-too-big", f"{self.file} is too big to be read safely: {what}.", "Save only the part needed."
        )

    def _open_quote(self, number: int) -> BadInput:
        return BadInput(
            "sheet.open-quote",
            f"{self.file} › row {number}: a quotation mark opens a field and is not closed.",
            "Close it, or save the table again from a spreadsheet program.",
        )
