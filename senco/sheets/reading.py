"""The door in: any file of a table, told by its content and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import BadInput
from senco.files import read_whole
from senco.privacy import clean
from senco.sheets.delimited import read_text
from senco.sheets.limits import USUAL, Limits
from senco.sheets.streaming import stream_csv
from senco.sheets.workbook import read_workbook, renamed

if TYPE_CHECKING:
    from pathlib import Path

    from senco.sheets.kinds import Book

__all__ = ["read_book", "stream_csv"]

ZIP = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
LOCKED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls")
TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


def read_book(path: Path, limits: Limits = USUAL) -> Book:
    """Read a workbook, a csv or tsv file, or a text with tables set by tabs.

    NotFound when the file is not there; BadInput, with the place and what to do, when it cannot or must not be read.
    Nothing of a file is given unless all of it that is visible could be read.
    """
    data = read_whole(path, limits.file_bytes)
    file = clean(path.name)
    if not data.strip():
        raise _empty(file)
    lowered = file.lower()
    if data.startswith(OLE):
        raise _ole(file, data)
    if data.startswith(ZIP):
        book = read_workbook(file, data, limits)
        if lowered.endswith(TEXT_ENDINGS):
            book = renamed(book, "Its name promises text; it is a workbook and was read as one.")
    else:
        book = read_text(file, data, limits)
        if lowered.endswith(WORKBOOK_ENDINGS):
            book = renamed(book, f"Its name promises a workbook; it is text ({book.kind}) and was read as such.")
    if not any(cell.text for sheet in book.sheets for row in sheet.rows for cell in row):
        raise _empty(file)
    return book


def _empty(file: str) -> BadInput:
    return BadInput("sheet.empty", f"{file} is empty.", "Check that it is the right file and that it was saved.")


def _ole(file: str, data: bytes) -> BadInput:
    if LOCKED in data:
        return BadInput("sheet.locked", f"{file} is locked with a password.", "Save it without a password.")
    return BadInput(
        "sheet.old-format",
        f"{file} is in a format from before 2007 (.xls or .doc).",
        "Open it and save it as .xlsx.",
    )
