"""The cells of a filled form found by their headings and read, each with its place when it cannot be.

What stood in a cell is never repeated: it may be a child's name, number or date of birth in the wrong place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from senco.dates import parse_date
from senco.errors import BadInput, Problem
from senco.money import parse_pence
from senco.privacy import clean_block, fold
from senco.requests import form, identity, rules
from senco.settings.rules import figure_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.requests.form_kinds import PupilDraft
    from senco.sheets.kinds import Book, Cell, Sheet

DATE_HINT: Final = "Write it as 24/11/2020."
_MOST_PENCE: Final = 1_000_000_000
_PENCE: Final = 100
_HEADING_ROWS: Final = 40
_ASKED: Final = fold(form.QUESTION)
_ANSWERED: Final = fold(form.ANSWER)
_QUESTIONS: Final = {fold(each.label): each.key for each in form.QUESTIONS} | {
    fold(label): key for key, label in form.WORKED_OUT
}
_TABLES: Final = {
    name: {fold(each.label): each.key for each in headings}
    for name, headings in (
        (form.PUPILS_SHEET, form.PUPIL_HEADINGS),
        (form.EVIDENCE_SHEET, form.EVIDENCE_HEADINGS),
        (form.FUNDING_SHEET, form.FUNDING_HEADINGS),
        (form.AGENCIES_SHEET, form.AGENCY_HEADINGS),
        (form.PROVISION_SHEET, form.PROVISION_HEADINGS),
    )
}


@dataclass(slots=True)
class Row:
    """One row of a table of the form, its cells by the keys of their headings."""

    sheet: Sheet
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        return self.cells[key].text.strip() if key in self.cells else ""


@dataclass(slots=True)
class Reader:
    """The reading of one form: what was found wrong so far, and the day it is read on."""

    today: date
    problems: list[Problem] = field(default_factory=list)

    def problem(self, sheet: Sheet, cell: Cell, what: str, do: str = "") -> None:
        self.problems.append(Problem(sheet.place(cell), what, do))

    def day(self, row: Row, key: str) -> date | None:
        """Read a date; what was written is never repeated, for it may be a child's."""
        cell = row.cells.get(key)
        if cell is None or not cell.text:
            return None
        if isinstance(cell.value, datetime):
            return cell.value.date()
        if isinstance(cell.value, date):
            return cell.value
        try:
            return parse_date(cell.text, quote=False)
        except BadInput as wrong:
            said = "the weekday is not that of the date" if wrong.reference == "date.weekday-differs" else "no date"
            self.problem(row.sheet, cell, f"This is {said}.", DATE_HINT)
            return None

    def pence(self, row: Row, key: str) -> int | None:
        """Read an amount; nought or more."""
        cell = row.cells.get(key)
        if cell is None or not cell.text:
            return None
        try:
            found = round(cell.value * _PENCE) if isinstance(cell.value, int | float) else parse_pence(cell.text)
        except BadInput:
            found = -1
        if found < 0 or found > _MOST_PENCE:
            self.problem(row.sheet, cell, "This is no amount of money.", "Write pounds as 1234.50.")
            return None
        return found

    def count(self, row: Row, key: str, least: int, most: int) -> int | None:
        """Read a whole number within bounds."""
        cell = row.cells.get(key)
        if cell is None or not cell.text:
            return None
        told = cell.text
        if not (told.isascii() and told.isdigit() and len(told) <= len(str(most)) and least <= int(told) <= most):
            self.problem(row.sheet, cell, f"This is no whole number from {least} to {most}.")
            return None
        return int(told)

    def figure(self, row: Row, key: str) -> str:
        """Read weeks or a rate as written; "" where nothing stands or it cannot be read."""
        cell = row.cells.get(key)
        told = cell.text.replace("£", "").replace(" ", "") if cell else ""
        if cell is not None and told and figure_of(told) is None:
            self.problem(row.sheet, cell, "This is no figure above nought.", "Write it as 17.24, or exactly as 655/38.")
            return ""
        return told

    def choice(self, row: Row, key: str, choices: Sequence[str]) -> str:
        """Read one of the choices, in any case; "" where nothing stands or it is none of them."""
        cell = row.cells.get(key)
        if cell is None or not cell.text:
            return ""
        found = next((each for each in choices if fold(each) == fold(cell.text)), "")
        if not found:
            self.problem(
                row.sheet, cell, "This is none of the answers offered.", f"Choose one of: {', '.join(choices)}."
            )
        return found

    def words(self, row: Row, key: str, pupils: Sequence[PupilDraft]) -> str:
        """Read a free text, which may not say who the child is."""
        cell = row.cells.get(key)
        told = clean_block(cell.text).strip() if cell else ""
        if cell is None or not told:
            return ""
        if why := rules.why_not_text(told, self.today):
            self.problem(row.sheet, cell, f"This text cannot be kept: {why}.", "Write 'the pupil'.")
        elif identity.names_a_child(told, pupils):
            self.problem(row.sheet, cell, "This text names the child.", "Write 'the pupil'.")
        return told


def tables_of(book: Book) -> dict[str, list[Row]]:
    """Find the form's tables by their headings, whatever their sheets are called; a later one of a kind adds to it."""
    found: dict[str, list[Row]] = {}
    for sheet in book.sheets:
        for number, columns in _headed(sheet):
            if _ASKED in columns and _ANSWERED in columns:
                found.setdefault(form.FORM_SHEET, []).append(_answers(sheet, columns[_ASKED], columns[_ANSWERED]))
                break
            name = next((name for name, labels in _TABLES.items() if labels.keys() <= columns.keys()), None)
            if name is not None:
                places = {key: columns[label] for label, key in _TABLES[name].items()}
                found.setdefault(name, []).extend(_rows(sheet, number, places))
                break
    return found


def _headed(sheet: Sheet) -> Iterator[tuple[int, dict[str, int]]]:
    """Give the rows among which headings are looked for: the number of each, and its texts with their columns."""
    for row in sheet.rows[:_HEADING_ROWS]:
        if row:
            yield row[0].row, {fold(cell.text): cell.column for cell in reversed(row) if cell.text}


def _answers(sheet: Sheet, asked: int, answered: int) -> Row:
    """Read the sheet of questions and answers."""
    cells: dict[str, Cell] = {}
    for row in sheet.rows:
        if len(row) >= asked and (key := _QUESTIONS.get(fold(row[asked - 1].text.rstrip(" *")))):
            cells.setdefault(key, sheet.cell(row[0].row, answered))
    return Row(sheet, cells)


def _rows(sheet: Sheet, heading: int, columns: dict[str, int]) -> Iterator[Row]:
    """Read the rows of a table under its headings, to the notes under it."""
    for row in sheet.rows[heading:]:
        if any(cell.merged for cell in row):
            return
        if row:
            cells = {key: sheet.cell(row[0].row, column) for key, column in columns.items()}
            if any(cell.text for cell in cells.values()):
                yield Row(sheet, cells)
