"""Where a programme stands in a book: its tables, and which column says what, by headings or else by content."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, find_meeting_times
from senco.deferred import dataclass
from senco.errors import BadInput
from senco.meetings.rules import audience_of
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.dates import FoundTimes
    from senco.meetings.kinds import KnownCluster
    from senco.sheets.kinds import Book, Cell, Sheet

# The first that fits a heading is its role: "Proposed Date/ Venue" is the column of the dates.
_ROLES: Final = (
    ("reference", r"(?:meeting )?ref(?:erence)?\.?"),
    ("starts", r"(?:starts?|start time|begins|from)"),
    ("ends", r"(?:ends?|end time|finish(?:es)?|until|to)"),
    ("date", r".*\b(?:dates?|when)\b.*"),
    ("weekday", r"(?:day|weekday|day of (?:the )?week)"),
    ("times", r".*\btimes?\b.*"),
    ("venue", r".*\b(?:venue|location|place|where|room|hosted|host)\b.*"),
    ("purpose", r".*\b(?:purpose|agenda|focus|content|topics?|theme|details|notes)\b.*"),
    ("status", r"status"),
    ("title", r"(?:title|name|subject|event)"),
    ("audience", r".*\b(?:meetings?|clusters?|for|group|audience|who|type|kind)\b.*"),
)
_LONGEST_HEADING: Final = 60
_YEAR_WRITTEN: Final = re.compile(r"(?<![0-9])20[0-9]{2}\s*[/-]\s*(?:20)?[0-9]{2}(?![0-9/-])")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a sheet that may hold meetings; ``columns`` maps a role to its columns; the rest may name holidays."""

    sheet: Sheet
    columns: dict[str, tuple[int, ...]]
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool = True

    def cells(self, row: Sequence[Cell], role: str) -> list[Cell]:
        """Give the cells of a role in a row that say something of their own."""
        wanted = self.columns.get(role, ())
        return [cell for cell in row if cell.column in wanted and own_text(cell)]

    def text(self, row: Sequence[Cell], role: str) -> str:
        """Give what a row says in a role."""
        return " ".join(cell.text for cell in self.cells(row, role))

    def others(self, row: Sequence[Cell]) -> list[Cell]:
        """Give the cells that stand in no role's column: they may name a term or a holiday."""
        taken = {column for columns in self.columns.values() for column in columns}
        return [cell for cell in row if cell.column not in taken and own_text(cell)]


def own_text(cell: Cell) -> str:
    """Give a cell's text, but nothing where a merged area only repeats what its first cell says."""
    return cell.text if cell.merged is None or cell.merged.split(":")[0] == cell.address else ""


def tables_of(book: Book, known: Sequence[KnownCluster] = ()) -> list[Table]:
    """Give the tables of a book that may hold a programme; those under headings go before those without."""
    headed = [table for sheet in book.sheets for table in _headed(sheet)]
    with_dates = [table for table in headed if any(_dated(cell, any_year=True) for row in table.rows for cell in row)]
    return with_dates or [table for sheet in book.sheets for table in _unheaded(sheet, known)]


def has_headings(book: Book) -> bool:
    """Say whether a book has the headings of a programme, be it without a meeting under them."""
    return any(_roles(row) for sheet in book.sheets for row in sheet.rows)


def year_of(book: Book, tables: Sequence[Table], told: AcademicYear | None) -> AcademicYear:
    """Give the programme's year: as told, else that of most of its dates, else one written in the book.

    Raises BadInput ``meetings.which-year``.
    """
    if told:
        return told
    days = [found.day for table in tables for row in table.rows for cell in row if (found := _dated(cell))]
    if years := Counter(map(AcademicYear.of, days)):
        return min(years, key=lambda year: (-years[year], year))
    texts = [cell.text for sheet in book.sheets for row in sheet.rows for cell in row]
    for text in (*(sheet.name for sheet in book.sheets), *texts, book.file):
        if written := _YEAR_WRITTEN.search(text):
            try:
                return AcademicYear.parse(written[0])
            except BadInput:
                continue
    raise BadInput(
        "meetings.which-year",
        f"{book.file} does not say which year its dates are in.",
        "Give it with --year, as in --year 2020/21.",
    )


def _headed(sheet: Sheet) -> Iterator[Table]:
    heads = [(place, roles) for place, row in enumerate(sheet.rows) if (roles := _roles(row))]
    for (place, roles), following in zip(heads, [*(place for place, _ in heads[1:]), len(sheet.rows)], strict=False):
        yield Table(sheet, roles, sheet.rows[place + 1 : following])


def _roles(row: Sequence[Cell]) -> dict[str, tuple[int, ...]] | None:
    """Give the roles that a row of headings names, or None when it is no such row."""
    found: dict[str, tuple[int, ...]] = {}
    for cell in row:
        heading = fold(own_text(cell))
        if not heading or len(heading) > _LONGEST_HEADING or _dated(cell):
            continue
        role = next((role for role, pattern in _ROLES if re.fullmatch(pattern, heading)), None)
        # Of two columns of dates the first counts; what a meeting is for may stand in several.
        if role == "audience" or (role and role not in found):
            found[role] = (*found.get(role, ()), cell.column)
    return found if "date" in found and ("audience" in found or "title" in found) else None


def _unheaded(sheet: Sheet, known: Sequence[KnownCluster]) -> Iterator[Table]:
    """Take rows that hold a day with its times and say who meets: where most of them have it is the column."""
    dates: Counter[int] = Counter()
    audiences: Counter[int] = Counter()
    for row in sheet.rows:
        timed = [cell for cell in row if (found := _dated(cell, any_year=True)) and found.starts and found.ends]
        meant = [cell for cell in row if audience_of(cell.text, known)]
        if timed and meant:
            dates[timed[0].column] += 1
            audiences[next((cell for cell in meant if cell is not timed[0]), timed[0]).column] += 1
    if dates:
        date, audience = (max(sorted(each), key=each.__getitem__) for each in (dates, audiences))
        columns: dict[str, tuple[int, ...]] = {"date": (date,)}
        if audience != date:
            columns["audience"] = (audience,)
        rest = {cell.column for row in sheet.rows for cell in row if cell.column > max(date, audience)}
        if rest:
            columns["purpose"] = tuple(sorted(rest))
        yield Table(sheet, columns, sheet.rows, headed=False)


def _dated(cell: Cell, *, any_year: bool = False) -> FoundTimes | None:
    try:
        return find_meeting_times(own_text(cell), year=AcademicYear(2000) if any_year else None)
    except BadInput:
        return None
