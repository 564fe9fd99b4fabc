"""The register and its links as they come from GIAS: found by heading, read row by row, each fault with its place.

A row becomes a list of values in the order of the table's columns that the file has; nothing is held but the URNs met.
The file may be of any release: columns come and go, their order and capitals vary.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.privacy import clean, fold
from senco.schools.rules import FIRST_URN, LAST_URN, phase_of, status_of
from senco.sheets.reading import stream_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from senco.sheets.streaming import CsvStream

PROBLEMS_SHOWN = 100
_KEPT = 4096
_BATCH = 64
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PER_CENT = re.compile(r"(\d{1,3})(?:\.(\d)(\d?)\d*)? ?%?")
_HALF = 5
_WHOLE = 1000

Value = str | int | None


def _text(told: str) -> str:
    return " ".join(clean(told).split())


def _name(told: str) -> str:
    if not told:
        raise ValueError("is empty")
    return _text(told)


def _whole(most: int) -> Callable[[str], int | None]:
    def read(told: str) -> int | None:
        if not told:
            return None
        if not (told.isascii() and told.isdecimal()):
            told = told.removesuffix(".0")
        if not (told.isascii() and told.isdecimal()) or (number := int(told)) > most:
            raise ValueError(f"is not a whole number up to {most:,}")
        return number

    return read


def _code(told: str) -> int:
    read = _whole(999)(told)
    if read is None:
        raise ValueError("is empty")
    return read


def _tenths(told: str) -> int | None:
    if not told:
        return None
    found = _PER_CENT.fullmatch(told)
    if not found:
        raise ValueError("is not a percentage")
    tenths = int(found[1]) * 10 + int(found[2] or 0) + (int(found[3] or 0) >= _HALF)
    if tenths > _WHOLE:
        raise ValueError("is more than 100 per cent")
    return tenths


def _day(told: str) -> str | None:
    if not told:
        return None
    found = _DAY_FIRST.fullmatch(told)
    year, month, day = (found[3], found[2], found[1]) if found else (0, 0, 0)
    if iso := _YEAR_FIRST.fullmatch(told):
        year, month, day = iso.groups()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError("is not a date written 31-08-2020") from None


def _urn(told: str) -> int:
    if not told:
        raise ValueError("is empty")
    if not told.isdecimal():
        told = told.removesuffix(".0")
    if not (told.isascii() and told.isdecimal()) or not FIRST_URN <= (urn := int(told)) <= LAST_URN:
        raise ValueError("is not a URN of six digits")
    return urn


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table, the heading it stands under in GIAS and how a value is read.

    ``repeats`` says that few values repeat down the column, ``limits`` between which numbers lie when they do not.
    """

    column: str
    heading: str
    read: Callable[[str], Value]
    repeats: bool = True
    limits: tuple[int, int] | None = None


def _status(told: str) -> str:
    return status_of(_text(told))


def _phase(told: str) -> str:
    return phase_of(_text(told))


REGISTER: tuple[Field, ...] = (
    Field("urn", "URN", _urn, repeats=False, limits=(FIRST_URN, LAST_URN)),
    Field("name", "EstablishmentName", _name, repeats=False),
    Field("la_code", "LA (code)", _code),
    Field("la_name", "LA (name)", _text),
    Field("establishment_number", "EstablishmentNumber", _whole(9_999), repeats=False, limits=(0, 9_999)),
    Field("type", "TypeOfEstablishment (name)", _text),
    Field("type_group", "EstablishmentTypeGroup (name)", _text),
    Field("status", "EstablishmentStatus (name)", _status),
    Field("phase", "PhaseOfEducation (name)", _phase),
    Field("low_age", "StatutoryLowAge", _whole(99)),
    Field("high_age", "StatutoryHighAge", _whole(99)),
    Field("gender", "Gender (name)", _text),
    Field("pupils", "NumberOfPupils", _whole(99_999)),
    Field("fsm_tenths", "PercentageFSM", _tenths),
    Field("trust", "Trusts (name)", _text),
    Field("federation", "Federations (name)", _text),
    Field("town", "Town", _text),
    Field("postcode", "Postcode", _text, repeats=False),
    Field("easting", "Easting", _whole(9_999_999), repeats=False, limits=(0, 9_999_999)),
    Field("northing", "Northing", _whole(9_999_999), repeats=False, limits=(0, 9_999_999)),
    Field("open_date", "OpenDate", _day),
    Field("close_date", "CloseDate", _day),
    Field("resourced_provision", "TypeOfResourcedProvision (name)", _text),
    Field("resourced_on_roll", "ResourcedProvisionOnRoll", _whole(99_999)),
    Field("sen_unit_on_roll", "SenUnitOnRoll", _whole(99_999)),
)
LINKS: tuple[Field, ...] = (
    Field("urn", "URN", _urn, repeats=False, limits=(FIRST_URN, LAST_URN)),
    Field("link_urn", "LinkURN", _urn, repeats=False, limits=(FIRST_URN, LAST_URN)),
    Field("link_type", "LinkType", _name),
    Field("link_name", "LinkName", _text, repeats=False),
    Field("established", "LinkEstablishedDate", _day),
)
_NEEDED = {"urn": "URN", "name": "EstablishmentName"}
_LINKS_NEEDED = {"urn": "URN", "link_urn": "LinkURN", "link_type": "LinkType"}


class _Memory(dict[str, Any]):
    """What the texts of one column read as, for the many columns that repeat few values: reading is a look-up."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Value:
        value = self.read(text.strip())
        if len(self) >= _KEPT:
            self.clear()
        self[text] = value
        return value


def _column_reader(field: Field) -> Callable[[Sequence[str]], Iterable[Value]]:
    """Give what reads a whole column of a batch; ValueError when a text in it cannot be read."""
    read, limits = field.read, field.limits
    if field.repeats:
        memory = _Memory(read).__getitem__
        return lambda told: map(memory, told)

    def each(told: Sequence[str]) -> Iterable[Value]:
        # Plain digits are turned into numbers all at once; a column with anything else in it is read text by text.
        digits = "".join(told)
        if limits and digits.isascii() and digits.isdecimal() and all(told):
            numbers = list(map(int, told))
            if limits[0] <= min(numbers) and max(numbers) <= limits[1]:
                return numbers
        return [read(text.strip()) for text in told]

    return each


class Reading:
    """One csv file being read under known headings: its values row by row, and what is wrong with it.

    ``columns`` names the table's columns that the values stand in; ``missing`` the headings that the file lacks;
    ``rows`` counts the rows given out.
    """

    def __init__(self, stream: CsvStream, fields: Sequence[Field]) -> None:
        self._stream = stream
        places = {_plain(heading): at for at, heading in reversed(list(enumerate(stream.headings)))}
        found = [(field, at) for field in fields if (at := _place(places, field.heading)) is not None]
        self._fields = [field for field, _ in found]
        self._at = [at for _, at in found]
        self._readers = [_column_reader(field) for field in self._fields]
        self._problems: list[Problem] = []
        self._wrong = 0
        self.rows = 0
        self.file = stream.file
        self.columns = tuple(field.column for field in self._fields)
        self.missing = tuple(field.heading for field in fields if field.column not in self.columns)

    def batches(self) -> Iterator[tuple[Sequence[int], list[list[Any]]]]:
        """Give the good rows a batch at a time: their line numbers, and their values column by column.

        A row with a fault is noted and left out. Reading by columns takes half the time of reading by rows; only a
        batch with a fault is gone through by its rows, to find the fault's place.
        """
        pick, readers = itemgetter(*self._at), self._readers
        wanted = ((line, pick(row)) for line, row in self._wanted())
        while batch := list(islice(wanted, _BATCH)):
            try:
                read = _by_columns(batch, readers)
            except ValueError:
                good = [each for each in batch if self._is_good(*each)]
                if not good:
                    continue
                read = _by_columns(good, readers)
            yield read

    def note(self, line: int, column: str, what: str) -> None:
        """Note a fault of a row, with its place."""
        self._wrong += 1
        if len(self._problems) < PROBLEMS_SHOWN:
            at = self.columns.index(column)
            place = self._stream.place(line, self._at[at] + 1)
            self._problems.append(Problem(place, f"{self._fields[at].heading} {what}."))

    def refuse_faults(self) -> None:
        """Raise BadInput ``register.bad-rows`` with every fault met, when the rows have been taken and any was bad."""
        wrong = self._wrong + self._stream.problem_count
        if not wrong:
            return
        problems = (*self._stream.problems, *self._problems)
        listed = "" if wrong == len(problems) else f" The first {len(problems)} are listed."
        raise BadInput(
            "register.bad-rows",
            f"{self.file} has {wrong:,} {'fault' if wrong == 1 else 'faults'}, so nothing of it was taken.{listed}",
            "Correct the file, or download it anew, and import it again.",
            problems=problems,
        )

    def _wanted(self) -> Iterator[tuple[int, list[str]]]:
        return self._stream.rows

    def _is_good(self, line: int, told: tuple[str, ...]) -> bool:
        """Say whether a row can be read, and note each of its faults; a blank row is none and no fault."""
        if not any(map(str.strip, told)):
            return False
        before = self._wrong
        for field, text in zip(self._fields, told, strict=True):
            try:
                field.read(text.strip())
            except ValueError as fault:
                self.note(line, field.column, str(fault))
        return self._wrong == before


def _by_columns(
    batch: list[tuple[int, tuple[str, ...]]], readers: Sequence[Callable[[Sequence[str]], Iterable[Value]]]
) -> tuple[Sequence[int], list[list[Any]]]:
    lines, rows = zip(*batch, strict=True)
    return lines, [list(read(told)) for read, told in zip(readers, zip(*rows, strict=True), strict=True)]


class RegisterReading(Reading):
    """The register being read. ``urns`` are the schools met, of the LAs in ``la_codes``."""

    def __init__(self, stream: CsvStream, *, la_code: int | None, own_la: int) -> None:
        super().__init__(stream, REGISTER)
        self.la_code = la_code
        self.unsaid_la = own_la if la_code is None else la_code
        self.la_codes: set[int] = set()
        self.urns: set[int] = set()

    def drafts(self) -> Iterator[tuple[Any, ...]]:
        """Give the values of every school of the LA asked for, with the folded name as one value more."""
        return chain.from_iterable(self._drafts())

    def _drafts(self) -> Iterator[Iterable[tuple[Any, ...]]]:
        name_at = self.columns.index("name")
        la_at = self.columns.index("la_code") if "la_code" in self.columns else None
        for lines, columns in self.batches():
            met = set(columns[0])
            drafts: Iterable[tuple[Any, ...]] = zip(*columns, map(fold, columns[name_at]), strict=True)
            if len(met) < len(lines) or not met.isdisjoint(self.urns):
                drafts = self._first_met(lines, drafts)
            self.urns |= met
            self.rows = len(self.urns)
            self.la_codes |= {self.unsaid_la} if la_at is None else set(columns[la_at])
            yield drafts

    def _first_met(self, lines: Sequence[int], drafts: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Give the schools that are met for the first time, and note the others."""
        met, first = set(self.urns), []
        for line, draft in zip(lines, drafts, strict=True):
            if draft[0] in met:
                self.note(line, "urn", f"{draft[0]} stands in this file twice")
            else:
                met.add(draft[0])
                first.append(draft)
        return first

    def _wanted(self) -> Iterator[tuple[int, list[str]]]:
        """Leave out the rows of other LAs before they are read: their faults are none of this import's."""
        rows = super()._wanted()
        if self.la_code is None or "la_code" not in self.columns:
            return rows
        at, code = self._at[self.columns.index("la_code")], str(self.la_code)
        return ((line, row) for line, row in rows if row[at].strip() == code)


def opened(
    file: Path, links: Path | None, *, la_code: int | None, own_la: int
) -> tuple[RegisterReading | None, Reading | None]:
    """Open the register and the links, each known by its headings; a links file may also stand alone.

    ``la_code`` keeps one LA's schools; ``own_la`` is the LA of schools in a file that does not say it. Raises NotFound
    and BadInput as `stream_csv` does, and BadInput ``register.no-columns`` when a needed heading is not there.
    """
    stream = stream_csv(file)
    headings = {_plain(heading) for heading in stream.headings}
    if links is None and {_plain(each) for each in _LINKS_NEEDED.values()} <= headings:
        return None, Reading(stream, LINKS)
    schools = RegisterReading(stream, la_code=la_code, own_la=own_la)
    _refuse_without(schools, _NEEDED, REGISTER, "school register")
    if links is None:
        return schools, None
    linked = Reading(stream_csv(links), LINKS)
    _refuse_without(linked, _LINKS_NEEDED, LINKS, "links between schools")
    return schools, linked


def _refuse_without(reading: Reading, needed: dict[str, str], fields: Sequence[Field], what: str) -> None:
    lacking = [heading for column, heading in needed.items() if column not in reading.columns]
    if not lacking:
        return
    useful = ", ".join(field.heading for field in fields if field.heading not in needed.values())
    raise BadInput(
        "register.no-columns",
        f"{reading.file} cannot be read as the {what}: it has no column {' and no column '.join(lacking)}.",
        f"It needs the headings {', '.join(needed.values())}, and takes {useful}, in any order."
        " GIAS (get-information-schools.service.gov.uk) gives such a file under Downloads.",
    )


def _plain(heading: str) -> str:
    """Give a heading as it compares: letters and digits, no case.

    >>> _plain("LA (code)"), _plain("establishment name")
    ('lacode', 'establishmentname')
    """
    return "".join(filter(str.isalnum, fold(heading)))


def _place(places: dict[str, int], heading: str) -> int | None:
    """Find a heading; a hand-made list may leave "(name)" off."""
    at = places.get(_plain(heading))
    return places.get(_plain(heading.removesuffix(" (name)"))) if at is None else at
