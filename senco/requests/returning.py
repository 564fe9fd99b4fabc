"""The agenda read back: what a panel or a cluster filled into its workbook, and every problem with its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from senco.dates import parse_date
from senco.errors import BadInput, Problem
from senco.money import parse_pence
from senco.privacy import fold
from senco.requests import publish, rules
from senco.requests.conduct import listed
from senco.requests.kinds import Judgement, Level, Outcome
from senco.requests.outcomes import Advised, Casting, Reason, ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from senco.requests.kinds import Votes
    from senco.sheets.kinds import Book, Cell, Sheet

T = TypeVar("T")
_WHICH: Final = re.compile(r"\(\s*([0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z0-9-]+)(?:\s*,\s*([A-Z0-9-]+))?\s*\)")
_BOTH: Final = (publish.VOTES, publish.CASTING, publish.REASON)
_PANEL: Final = (publish.RECOMMENDATION, publish.AGREED, publish.FIRST, publish.LAST, *_BOTH)
_CLUSTER: Final = (publish.OUTCOME, publish.LEVEL, *_BOTH)
_LISTS: Final = {
    publish.MET: ReasonKind.MET,
    publish.NOT_MET: ReasonKind.NOT_MET,
    publish.EVIDENCE: ReasonKind.EVIDENCE,
    publish.CONDITIONS: ReasonKind.CONDITION,
    publish.WANTED: ReasonKind.WANTED,
}
_REASONS: Final = (*_LISTS, publish.ADVICE, publish.WHO, publish.BY)


@dataclass(frozen=True, slots=True)
class FilledCase:
    """A case as it was filled in: ``places`` say where each heading's cell stands, ``told`` what it says, if whole."""

    reference: str
    places: dict[str, str]
    asked_pence: int | None
    told: Advised | Judgement


@dataclass(frozen=True, slots=True)
class FilledAgenda:
    """A filled-in agenda: its meeting, its cluster ("" for the panel), what was filled in, and what was left blank."""

    file: str
    meeting: str
    cluster: str
    cases: tuple[FilledCase, ...]
    blank: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """The reading of one file; it gathers problems and goes on."""

    today: date
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, where: str, what: str, do: str = "") -> None:
        self.problems.append(Problem(where, what, do))

    def read(self, sheet: Sheet, cell: Cell | None, how: Callable[[str], T], what: str, do: str) -> T | None:
        """Read a cell, or note what is wrong with it; None for a blank one. What it says is never repeated."""
        if cell is None or not cell.text:
            return None
        try:
            return how(cell.text)
        except BadInput:
            self.wrong(sheet.place(cell), what, do)
            return None


def read_agenda(book: Book, today: date) -> FilledAgenda:
    """Read what was filled into an agenda that senco wrote.

    Raises BadInput ``requests.no-agenda`` for any other file, and ``requests.bad-agenda`` with every problem.
    """
    reader = _Reader(today)
    found = next((each for each in map(_agenda_of, book.sheets) if each), None)
    if found is None:
        raise BadInput(
            "requests.no-agenda",
            f"{book.file} is no agenda: no row has the headings {publish.CASE} and {publish.RECOMMENDATION}.",
            "`senco requests agenda` writes one; fill that in.",
        )
    sheet, top, columns, meeting, cluster = found
    reasons = _reasons(reader, book)
    seen: dict[str, str] = {}
    cases: list[FilledCase] = []
    blank: list[str] = []
    for row in sheet.rows[top:]:
        cells = {heading: row[at - 1] for heading, at in columns.items() if at <= len(row)}
        reference = _reference(cells.get(publish.CASE))
        if reference is None:
            continue
        where = sheet.place(cells[publish.CASE])
        if reference in seen:
            reader.wrong(where, f"{reference} stands here twice.", f"It is at {seen[reference]} already.")
            continue
        seen[reference] = where
        fill = _CLUSTER if cluster else _PANEL
        lines = reasons.pop(reference, ())
        if not any(cells[each].text for each in fill if each in cells) and not lines:
            blank.append(reference)
            continue
        told = _judgement(reader, sheet, cells, lines) if cluster else _advised(reader, sheet, cells, lines)
        asked = reader.read(sheet, cells.get(publish.ASKED), parse_pence, "the amount asked cannot be read.", "")
        places = {heading: sheet.place(cell) for heading, cell in cells.items()}
        if told is not None:
            cases.append(FilledCase(reference, places, asked, told))
    for reference in reasons:
        reader.wrong(f"{book.file} › {publish.REASONS_SHEET}", f"{reference} has reasons, but stands on no agenda.")
    if reader.problems:
        raise BadInput(
            "requests.bad-agenda", f"{book.file} cannot be taken in.", "Nothing changed.", tuple(reader.problems)
        )
    return FilledAgenda(book.file, meeting, cluster, tuple(cases), tuple(blank))


def _agenda_of(sheet: Sheet) -> tuple[Sheet, int, dict[str, int], str, str] | None:
    meeting = cluster = ""
    for number, row in enumerate(sheet.rows, start=1):
        for cell in row:
            if not meeting and (said := _WHICH.search(cell.text)):
                meeting, cluster = said[1], said[2] or ""
        columns = _columns(row, (publish.CASE, publish.ASKED, *_PANEL, *_CLUSTER))
        if publish.CASE in columns and ({publish.RECOMMENDATION, publish.OUTCOME} & set(columns)) and meeting:
            return sheet, number, columns, meeting, cluster
    return None


def _columns(row: Iterable[Cell], wanted: Iterable[str]) -> dict[str, int]:
    names = {fold(each): each for each in wanted}
    return {names[fold(cell.text)]: cell.column for cell in row if fold(cell.text) in names}


def _reference(cell: Cell | None) -> str | None:
    if cell is None or not cell.text:
        return None
    first = cell.text.split()[0]
    return rules.reference_meant(first) if first.upper().startswith("R-") else None


def _advised(reader: _Reader, sheet: Sheet, cells: dict[str, Cell], lines: tuple[Reason, ...]) -> Advised | None:
    verdict = _chosen(reader, sheet, cells, publish.RECOMMENDATION, {fold(each.said): each for each in Verdict})
    amount = reader.read(sheet, cells.get(publish.AGREED), parse_pence, "the amount cannot be read.", "Give £1,234.50.")
    days = [
        reader.read(sheet, cells.get(heading), _day_reader(reader), "the date cannot be read.", "Give 24/11/2020.")
        for heading in (publish.FIRST, publish.LAST)
    ]
    votes, casting = _votes(reader, sheet, cells), _casting(reader, sheet, cells)
    reason = _reason(reader, sheet, cells)
    if verdict is None or reason is None:
        return None
    first, last = days
    return Advised(
        verdict=verdict,
        reason=reason,
        amount_pence=amount,
        awarded_from=first,
        awarded_to=last,
        votes=votes,
        casting=casting,
        reasons=lines,
    )


def _judgement(reader: _Reader, sheet: Sheet, cells: dict[str, Cell], lines: tuple[Reason, ...]) -> Judgement | None:
    outcome = _chosen(reader, sheet, cells, publish.OUTCOME, {fold(said): each for each, said in publish.FOUND.items()})
    level = _chosen(reader, sheet, cells, publish.LEVEL, {fold(each.value): each for each in Level})
    votes, casting = _votes(reader, sheet, cells), _casting(reader, sheet, cells)
    reason = _reason(reader, sheet, cells)
    if outcome is None or level is None or reason is None:
        return None
    return Judgement(Outcome(outcome), Level(level), reason, votes, casting, lines)


def _chosen(reader: _Reader, sheet: Sheet, cells: dict[str, Cell], heading: str, allowed: dict[str, T]) -> T | None:
    cell = cells.get(heading)
    found = allowed.get(fold(cell.text)) if cell else None
    if found is None:
        where = sheet.place(cell or cells[publish.CASE])
        reader.wrong(where, f"the {heading.casefold()} is none of the list.", f"Choose one of: {', '.join(allowed)}.")
    return found


def _votes(reader: _Reader, sheet: Sheet, cells: dict[str, Cell]) -> Votes | None:
    do = "Give for-against-abstained: 7-1-2."
    return reader.read(sheet, cells.get(publish.VOTES), rules.votes_of, "the votes cannot be read.", do)


def _casting(reader: _Reader, sheet: Sheet, cells: dict[str, Cell]) -> Casting | None:
    cell = cells.get(publish.CASTING)
    if cell is None or not cell.text:
        return None
    return _chosen(reader, sheet, cells, publish.CASTING, {each.value: each for each in Casting})


def _reason(reader: _Reader, sheet: Sheet, cells: dict[str, Cell]) -> str | None:
    cell = cells.get(publish.REASON)
    why = rules.why_not_reason(cell.text if cell else "", reader.today)
    if why or cell is None:
        reader.wrong(sheet.place(cell or cells[publish.CASE]), f"{why or 'a reason is needed'}.")
        return None
    return cell.text


def _reasons(reader: _Reader, book: Book) -> dict[str, tuple[Reason, ...]]:
    """Read the sheet of reasons, by case; none where the book has no such sheet."""
    found: dict[str, tuple[Reason, ...]] = {}
    for sheet in book.sheets:
        columns: dict[str, int] = {}
        for row in sheet.rows:
            if not columns:
                named = _columns(row, (publish.CASE, *_REASONS))
                columns = named if {publish.CASE, publish.MET} <= set(named) else {}
                continue
            cells = {heading: row[at - 1] for heading, at in columns.items() if at <= len(row)}
            reference = _reference(cells.get(publish.CASE))
            if reference and (lines := _lines(reader, sheet, cells)):
                found[reference] = lines
    return found


def _lines(reader: _Reader, sheet: Sheet, cells: dict[str, Cell]) -> tuple[Reason, ...]:
    lines = [
        Reason(kind, text)
        for heading, kind in _LISTS.items()
        if heading in cells
        for text in listed(cells[heading].text)
    ]
    for heading in _REASONS:
        if (
            heading in cells
            and (why := rules.why_not_text(cells[heading].text, reader.today))
            and heading != publish.BY
        ):
            reader.wrong(sheet.place(cells[heading]), f"{why}.")
    advice, who, by = (
        listed(cells[each].text) if each in cells else () for each in (publish.ADVICE, publish.WHO, publish.BY)
    )
    if advice and len(who) not in {1, len(advice)}:
        where = sheet.place(cells.get(publish.WHO) or cells[publish.ADVICE])
        reader.wrong(where, "it is not said who does each advice.", "Give one name for all, or one for each.")
        return tuple(lines)
    if len(by) not in {0, 1, len(advice)}:
        reader.wrong(
            sheet.place(cells[publish.BY]), "the days are not as many as the advice.", "Give one, or one each."
        )
        return tuple(lines)
    for place, text in enumerate(advice):
        due = None
        if by:
            told = by[place if len(by) > 1 else 0]
            try:
                due = _day_reader(reader)(told).isoformat()
            except BadInput:
                reader.wrong(sheet.place(cells[publish.BY]), "the date cannot be read.", "Give 24/11/2020.")
        lines.append(Reason(ReasonKind.ADVICE, text, who[place if len(who) > 1 else 0], due))
    return tuple(lines)


def _day_reader(reader: _Reader) -> Callable[[str], date]:
    return lambda text: parse_date(text, today=reader.today, quote=False)
