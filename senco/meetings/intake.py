"""Rows of a programme to drafts of meetings and holidays, with every finding and problem at its cell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from senco.dates import find_meeting_times, find_span, parse_time, parse_times, say_date
from senco.errors import BadInput, Problem
from senco.findings import Finding
from senco.meetings.kinds import HolidayDraft, MeetingDraft, MeetingStatus, Programme
from senco.meetings.layout import Table, has_headings, own_text, tables_of, year_of
from senco.meetings.mending import Reading, mend
from senco.meetings.rules import audience_of, known_in, who_there_is
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from senco.dates import AcademicYear, FoundTimes
    from senco.meetings.kinds import Audience, KnownCluster
    from senco.sheets.kinds import Book, Cell

_VENUE: Final = re.compile(r"\bvenue\s*[:–-]?\s*", re.IGNORECASE)
_TERM: Final = re.compile(r"\s*(autumn|spring|summer)(?:\s+term\b|\s*(?:[0-9/-]+\s*)?$)", re.IGNORECASE)
_TERM_FIRST: Final = re.compile(r"^(?:autumn|spring|summer)\s+term\s*[:–-]?\s+(?=\S)", re.IGNORECASE)
_TIME_OFF: Final = re.compile(
    r"\b(?:half[\s-]*term|holidays?|easter|christmas|inset|break|closed|(?:end|start|beginning) of (?:\w+ )?term)\b",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:tbc|tba|tbd|to be (?:confirmed|agreed|announced|arranged|decided|fixed|set)|to follow)\b|^\?+$",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"[A-Z0-9][A-Z0-9.+_-]{0,39}")
_STATUSES: Final = (
    (MeetingStatus.CANCELLED, r"cancel|called off|postponed"),
    (MeetingStatus.PROPOSED, r"propos|provisional|tentative|tbc|draft|to be confirmed"),
    (MeetingStatus.CONFIRMED, r"confirm|agreed|booked|going ahead"),
)
SHAPE: Final = (
    "Give one row for each meeting under headings such as Date, Time, Meeting, Venue, Purpose:"
    " “Tue 24 Nov 2020”, “2 - 4pm”, “CP 1-5”, “HAS”, “…”. The date's cell may also hold times and venue"
    " (“Tuesday 24 November 2020 2 - 4pm Venue: HAS”)."
    " `senco meetings template --out programme.xlsx` writes an empty table to fill in."
)


def read_programme(
    book: Book, *, year: AcademicYear | None = None, date_wins: bool = False, known: Sequence[KnownCluster] = ()
) -> Programme:
    """Read a year's programme from a book of any of the known shapes.

    ``date_wins`` settles a weekday that contradicts its date. ``known`` are the clusters of all years. What cannot be
    understood is told as a problem, what was mended as a finding. Raises BadInput ``meetings.no-programme`` when no
    meeting is found, ``meetings.which-year``.
    """
    tables = tables_of(book, known)
    if not tables:
        raise BadInput(
            "meetings.no-programme",
            f"{book.file} has the headings of a programme, but no row under them has a date."
            if has_headings(book)
            else f"No programme of meetings was found in {book.file}.",
            SHAPE,
        )
    within = year_of(book, tables, year)
    reader = _Reader(within, known_in(known, str(within)), date_wins=date_wins)
    for table in tables:
        reader.read(table)
    if not reader.readings and not reader.problems:
        raise BadInput("meetings.no-programme", f"No meeting was found in {book.file}.", SHAPE)
    mended = mend(reader.readings)
    meetings = tuple(draft for each in reader.readings if (draft := reader.draft(each)))
    notes = (*book.notes, *(note for table in tables for note in table.sheet.notes), *reader.notes)
    return Programme(
        book.file,
        str(within),
        meetings,
        tuple(reader.holidays),
        (*mended, *reader.findings),
        tuple(reader.problems),
        tuple(dict.fromkeys(notes)),
    )


class _Reader:
    """The reading of one book's tables, row by row, with what was met on the way."""

    def __init__(self, year: AcademicYear, known: Sequence[KnownCluster], *, date_wins: bool) -> None:
        self.year = year
        self.known = known
        self.date_wins = date_wins
        self.readings: list[Reading] = []
        self.holidays: list[HolidayDraft] = []
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.term = ("", "")
        self.open = False  # whether the next row may go on with the meeting above

    def read(self, table: Table) -> None:
        """Read one table; it ends with its last row that has a day, and what goes on below that."""
        days = [self._day(table, row) for row in table.rows]
        last = max((place for place, found in enumerate(days) if found), default=-1)
        self.term = ("", "")
        self.open = False
        for place, (row, found) in enumerate(zip(table.rows, days, strict=True)):
            texts = [cell for cell in row if own_text(cell)]
            if not texts:
                continue
            if found is None and self._undated(table, row, below=place > last):
                continue
            if place > last and not self._belongs_below(table, row):
                break
            self._labels(table, row, alone=found is None)
            if isinstance(found, Problem):
                self.problems.append(found)
                self.open = False
            elif found and not self._is_time_off(table, row, found):
                self._meeting(table, row, found)
            elif not found:
                self._continuation(table, row)

    def draft(self, each: Reading) -> MeetingDraft | None:
        """Give the draft of a meeting, or None with a problem told."""
        if each.day not in self.year:
            self._problem(
                each.where,
                f"{say_date(each.day)} is not in {self.year}.",
                "Correct the date, or import it with its own --year.",
            )
        if not each.found.weekday_right:
            self._weekday(each)
        if each.times is None:
            self._problem(
                each.where, f"The times on {say_date(each.day)} are missing or unreadable.", "Write them as 2 - 4pm."
            )
        if each.audience is None:
            what = f"It does not say who meets on {say_date(each.day)}."
            self._problem(each.where, what, who_there_is(each.who, self.known))
        if each.reference and not _REFERENCE.fullmatch(each.reference):
            self._problem(each.where, "The reference is not one.", "Use letters, digits and dashes, as 2020-11-24-CP.")
        if each.times is None or each.audience is None:
            return None
        self._term_differs(each)
        return MeetingDraft(
            where=each.where,
            day=each.day,
            starts=each.times[0],
            ends=each.times[1],
            audience=each.audience,
            venue=each.venue,
            purpose=each.purpose,
            title=each.title,
            status=each.status or MeetingStatus.CONFIRMED,
            reference=each.reference,
        )

    def _day(self, table: Table, row: Sequence[Cell]) -> FoundTimes | Problem | None:
        """Find the row's day in the column of dates, read together with a column of weekdays."""
        cells = table.cells(row, "date")
        if not cells:
            return None
        text = f"{table.text(row, 'weekday')} {table.text(row, 'date')}".strip()
        try:
            found = find_meeting_times(text, year=self.year)
        except BadInput as wrong:
            return Problem(table.sheet.place(cells[0]), wrong.message, wrong.hint)
        if (
            found is None
            or table.headed
            or (found.starts and audience_of(table.text(row, "audience") or text, self.known))
        ):
            return found
        return None

    def _belongs_below(self, table: Table, row: Sequence[Cell]) -> bool:
        """Say whether a row below the last day is the programme's: holidays, or more of the last meeting."""
        if all(self._names_time(cell.text) for cell in row if own_text(cell)):
            return True
        strange = [cell for cell in table.others(row) if not self._names_time(cell.text)]
        more = table.cells(row, "purpose") or table.cells(row, "venue") or _VENUE.search(table.text(row, "date"))
        return bool(table.headed and self.open and more and not strange and not table.cells(row, "audience"))

    def _names_time(self, text: str) -> bool:
        return bool(_TERM.match(text) or self._span(text))

    def _labels(self, table: Table, row: Sequence[Cell], *, alone: bool) -> None:
        """Take terms and holidays from the columns beside; from the whole row when it has no day."""
        cells = list(table.others(row))
        if alone:
            cells += [cell for cell in row if own_text(cell) and cell not in cells]
        for cell in cells:
            if term := _TERM.match(cell.text):
                self.term = (term[1].lower(), table.sheet.place(cell))
            if span := self._span(cell.text):
                self._holiday(table.sheet.place(cell), span)

    def _span(self, text: str) -> HolidayDraft | None:
        try:
            span = find_span(text, self.year)
        except BadInput:
            return None
        if not span or not span.title or not (_TIME_OFF.search(span.title) or span.first != span.last):
            return None
        return HolidayDraft("", _TERM_FIRST.sub("", span.title), span.first, span.last)

    def _holiday(self, where: str, draft: HolidayDraft) -> None:
        known = {(fold(each.title), each.first) for each in self.holidays}
        if (fold(draft.title), draft.first) not in known:
            self.holidays.append(replace(draft, where=where))

    def _is_time_off(self, table: Table, row: Sequence[Cell], found: FoundTimes) -> bool:
        """Say whether a row with a day is a holiday's: it says so, and neither times nor who meets."""
        named = next((match for cell in row if (match := _TIME_OFF.search(own_text(cell)))), None)
        if named is None or found.starts or self._audience(table, row, found):
            return False
        if any(self._span(own_text(cell)) for cell in row):
            self._labels(table, row, alone=True)
        else:
            self._holiday(_where(table, row), HolidayDraft("", named[0], found.day, found.day))
        self.open = False
        return True

    def _meeting(self, table: Table, row: Sequence[Cell], found: FoundTimes) -> None:
        purposes = table.cells(row, "purpose")
        venue_before, venue_after = _venue_in(found.before), _venue_in(found.after)
        audience = self._audience(table, row, found)
        if venue_after is None and table.columns.get("audience") and not audience_of(found.after):
            venue_after = re.sub(r"^(?:at|in)\s+", "", found.after)
        self.readings.append(
            Reading(
                where=_where(table, row),
                found=found,
                times=self._times(table, row, found),
                audience=audience,
                venue=table.text(row, "venue") or venue_after or "",
                venue_before=venue_before or "",
                purpose=_one_line(table.text(row, "purpose")),
                purpose_where=table.sheet.place(purposes[0]) if purposes else _where(table, row),
                title=_one_line(table.text(row, "title")) if self._says_who(table, row) else "",
                status=_status(table.text(row, "status")),
                reference=table.text(row, "reference").upper(),
                term=self.term[0],
                term_where=self.term[1],
                who=table.text(row, "audience"),
            )
        )
        self.open = True

    def _audience(self, table: Table, row: Sequence[Cell], found: FoundTimes) -> Audience | None:
        beside = (_VENUE.split(text)[0] for text in (found.after, found.before))
        said = (table.text(row, "audience"), table.text(row, "title"), *beside)
        return next((audience for text in said if (audience := audience_of(text, self.known))), None)

    def _times(self, table: Table, row: Sequence[Cell], found: FoundTimes) -> tuple[time, time] | None:
        if found.starts and found.ends:
            return found.starts, found.ends
        text = table.text(row, "times") or ("" if table.text(row, "ends") else table.text(row, "starts"))
        try:
            if text:
                return parse_times(text)
            starts, ends = (parse_time(table.text(row, role)) for role in ("starts", "ends"))
        except BadInput:
            return None
        return (starts, ends) if starts < ends else None

    def _continuation(self, table: Table, row: Sequence[Cell]) -> None:
        """Put a row without a day to the meeting above: more of its purpose, or its venue."""
        above = self.readings[-1] if self.readings and self.open else None
        date_text, purpose = table.text(row, "date"), _one_line(table.text(row, "purpose"))
        said_by_label = all(self._names_time(cell.text) for cell in row if own_text(cell))
        if said_by_label:
            return
        venue = table.text(row, "venue") or _venue_in(date_text) or ""
        if above is None or not (purpose or venue):
            if table.headed:
                self.notes.append(f"{table.sheet.place(row=row[0].row)} names no meeting and was not read.")
            return
        above.purpose = f"{above.purpose} {purpose}".strip()
        above.venue = above.venue or venue
        cells = [*table.cells(row, "purpose"), *table.cells(row, "venue"), *table.cells(row, "date")]
        above.continued.append(table.sheet.place(cells[0]))

    def _says_who(self, table: Table, row: Sequence[Cell]) -> bool:
        return audience_of(table.text(row, "audience"), self.known) is not None

    def _undated(self, table: Table, row: Sequence[Cell], *, below: bool) -> bool:
        """Tell of a row that is plainly a meeting's but has no day; one whose date is still open is not taken.

        Below the last meeting a row with an empty date may be a footnote, which may well speak of clusters.
        """
        if not table.headed or _VENUE.search(table.text(row, "date")):
            return False
        rest = any(table.cells(row, role) for role in ("audience", "title", "times", "starts", "venue", "purpose"))
        if rest and _OPEN.search(table.text(row, "date")):
            what = "Its date is still open: this row was left out."
            self.findings.append(Finding("meetings.date-open", _where(table, row), what, "Import it with its date."))
        elif self._says_who(table, row) and (table.cells(row, "date") or not below):
            self._problem(_where(table, row), "No date can be read in this row.", "Write it as Tue 24 Nov 2020.")
        else:
            return False
        self.open = False
        return True

    def _weekday(self, each: Reading) -> None:
        said = (each.found.weekday_written or "").capitalize()
        right = f"{each.day:%A}"
        if self.date_wins:
            what = f"“{said}” contradicts the date, which is a {right}; the date was taken ({say_date(each.day)})."
            self.findings.append(Finding("meetings.date-taken", each.where, what, "Check it with whoever set it."))
            return
        self._problem(
            each.where,
            f"{each.day.day} {each.day:%B %Y} is a {right}, not a {said}.",
            "Either the date or the weekday is wrong: correct the file, or take the dates with --date-wins.",
        )

    def _term_differs(self, each: Reading) -> None:
        if each.term and each.day in self.year and each.term != (term := self.year.term_of(each.day)):
            what = f"{say_date(each.day)} stands under the {each.term} term; by the calendar it is in the {term} term."
            self.findings.append(Finding("meetings.term-differs", each.where, what, f"Look at {each.term_where}."))

    def _problem(self, where: str, what: str, do: str) -> None:
        self.problems.append(Problem(where, what, do))


def _where(table: Table, row: Sequence[Cell]) -> str:
    cells = table.cells(row, "date")
    return table.sheet.place(cells[0]) if cells else table.sheet.place(row=row[0].row)


def _venue_in(text: str) -> str | None:
    """Give what follows the word "Venue", or None where it does not stand."""
    found = _VENUE.search(text)
    return text[found.end() :].strip(" .,;") if found else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _status(text: str) -> MeetingStatus | None:
    return next((status for status, words in _STATUSES if re.search(words, fold(text))), None)
