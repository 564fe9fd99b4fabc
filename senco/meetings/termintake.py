"""Rows of a table of term dates, or of bank holidays, to drafts, with every problem at its cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, parse_date
from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.meetings.kinds import SpanKind
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.sheets.kinds import Book, Cell, Sheet

_ROLES: Final = (
    ("year", r"(?:academic |school )?year"),
    ("la", r"(?:la|lea|authority|la code|la \(code\))"),
    ("urn", r"(?:urn|school|school urn)"),
    ("kind", r"(?:kind|type)"),
    ("first", r"(?:first(?: day)?|from|starts?|start date|begins|opens|date|day)"),
    ("last", r"(?:last(?: day)?|to|until|ends?|end date|closes)"),
    ("title", r"(?:title|name|holiday|term|what|event|occasion)"),
)
_INSET: Final = re.compile(r"\b(?:inset|training day|staff (?:training|development))\b")
_LONG: Final = 21  # days: a span of this length called a term is one, a shorter one is time off around it
SHAPE: Final = (
    "Give one row for each holiday, term or INSET day under the headings year, la, urn, kind, title, first, last;"
    " `senco meetings terms template` writes such a file. The headings date, title make a file of bank holidays."
)


@dataclass(frozen=True, slots=True)
class SpanDraft:
    """A span as read: ``school`` is the school's URN or name as written, empty for the whole borough."""

    where: str
    year: str
    la_code: int | None
    school: str
    kind: SpanKind
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TermTable:
    """A file as read: spans of term dates, or bank holidays by day, never both; problems at their cells."""

    file: str
    spans: tuple[SpanDraft, ...] = ()
    bank: tuple[tuple[date, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_terms(book: Book, *, year: AcademicYear | None = None) -> TermTable:
    """Read a table of term dates or of bank holidays; ``year`` serves rows that do not name theirs.

    Raises BadInput ``terms.no-table`` when no such table is in the book.
    """
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            roles = _roles(row)
            if "first" in roles and "title" in roles:
                rows = [each for each in sheet.rows[place + 1 :] if any(cell.text for cell in each)]
                reader = _Reader(sheet, roles, year)
                return reader.table(book.file, rows, bank="last" not in roles and "kind" not in roles)
    raise BadInput("terms.no-table", f"No table of term dates was found in {book.file}.", SHAPE)


def kind_of(title: str, first: date, last: date) -> SpanKind:
    """Give what a span is from its name and length.

    >>> from datetime import date
    >>> kind_of("INSET day 1", date(2026, 9, 1), date(2026, 9, 1)).value
    'inset'
    >>> kind_of("Autumn term", date(2026, 9, 1), date(2026, 12, 18)).value
    'term'
    >>> kind_of("Autumn half term", date(2026, 10, 26), date(2026, 10, 30)).value
    'holiday'
    """
    told = fold(title)
    if _INSET.search(told):
        return SpanKind.INSET
    long = (last - first).days >= _LONG
    return SpanKind.TERM if "term" in told and "half" not in told and long else SpanKind.HOLIDAY


def _roles(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in row:
        role = next((role for role, pattern in _ROLES if re.fullmatch(pattern, fold(cell.text))), None)
        if role and role not in found:
            found[role] = cell.column
    return found


class _Reader:
    """The reading of one table, row by row."""

    def __init__(self, sheet: Sheet, roles: dict[str, int], year: AcademicYear | None) -> None:
        self.sheet = sheet
        self.roles = roles
        self.year = year
        self.problems: list[Problem] = []

    def table(self, file: str, rows: Sequence[Sequence[Cell]], *, bank: bool) -> TermTable:
        """Read the rows as bank holidays or as spans."""
        if bank:
            days = [day for row in rows if (day := self._bank(row))]
            return TermTable(file, bank=tuple(sorted(days)), problems=tuple(self.problems))
        spans = [span for row in rows if (span := self._span(row))]
        return TermTable(file, spans=tuple(spans), problems=tuple(self.problems))

    def _bank(self, row: Sequence[Cell]) -> tuple[date, str] | None:
        day = self._day(row, "first", None)
        title = self._text(row, "title")
        if not title:
            self._problem(row, "title", "It has no name.", "Name the bank holiday.")
        return (day, title) if day and title else None

    def _span(self, row: Sequence[Cell]) -> SpanDraft | None:
        before = len(self.problems)
        year = self._year(row)
        first = self._day(row, "first", year)
        last = self._day(row, "last", year) if self._text(row, "last") else first
        la_code, title, kind = self._text(row, "la"), self._text(row, "title"), self._text(row, "kind")
        if la_code and not la_code.isdecimal():
            self._problem(row, "la", "The authority's code is no number.", "Write it as 319.")
        if kind and fold(kind) not in set(SpanKind):
            self._problem(row, "kind", f"'{kind}' is no kind of span.", "It is holiday, inset or term.")
        if not title:
            self._problem(row, "title", "The span has no name.", "Name it, as in Autumn half term.")
        if first and last and last < first:
            self._problem(row, "last", "The last day is before the first.", "Correct one of them.")
        if len(self.problems) > before or first is None or last is None:
            return None
        return SpanDraft(
            where=self.sheet.place(row=row[0].row),
            year=str(year or AcademicYear.of(first)),
            la_code=int(la_code) if la_code else None,
            school=self._text(row, "urn"),
            kind=SpanKind(fold(kind)) if kind else kind_of(title, first, last),
            title=title,
            first=first,
            last=last,
        )

    def _year(self, row: Sequence[Cell]) -> AcademicYear | None:
        told = self._text(row, "year")
        if not told:
            return self.year
        try:
            return AcademicYear.parse(told)
        except BadInput as wrong:
            self._problem(row, "year", wrong.message, wrong.hint)
            return self.year

    def _day(self, row: Sequence[Cell], role: str, year: AcademicYear | None) -> date | None:
        told = self._text(row, role)
        if not told:
            self._problem(row, role, "The day is missing.", "Write it as 26/10/2026.")
            return None
        try:
            return parse_date(told, year=year)
        except BadInput as wrong:
            self._problem(row, role, wrong.message, wrong.hint)
            return None

    def _cell(self, row: Sequence[Cell], role: str) -> Cell | None:
        return next((cell for cell in row if cell.column == self.roles.get(role)), None)

    def _text(self, row: Sequence[Cell], role: str) -> str:
        cell = self._cell(row, role)
        return cell.text if cell else ""

    def _problem(self, row: Sequence[Cell], role: str, what: str, do: str) -> None:
        cell = self._cell(row, role)
        where = self.sheet.place(cell) if cell else self.sheet.place(row=row[0].row)
        self.problems.append(Problem(where, what, do))
