"""The register and its links as they come from GIAS: found by heading, read row by row, each fault with its place.

A row becomes a list of values in the order of the table's columns that the file has; nothing is held but the URNs met.
The file may be of any release: columns come and go, their order and capitals vary.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.errors import BadInput, Problem
from senco.privacy import clean, fold
from senco.schools.rules import FIRST_URN, LAST_URN, phase_of, status_of
from senco.sheets.reading import stream_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from senco.sheets.streaming import CsvStream

PROBLEMS_SHOWN = 100
_KEPT = 2048
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
        digits = told.removesuffix(".0")
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > most:
            raise ValueError(f"is '{clean(told)}', not a whole number up to {most:,}")
        return int(digits)

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
        raise ValueError(f"is '{clean(told)}', not a percentage")
    tenths = int(found[1]) * 10 + int(found[2] or 0) + (int(found[3] or 0) >= _HALF)
    if tenths > _WHOLE:
        raise ValueError(f"is '{clean(told)}', more than 100 per cent")
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
        raise ValueError(f"is '{clean(told)}', not a date written 31-08-2020") from None


def _urn(told: str) -> int:
    if not told:
        raise ValueError("is empty")
    digits = told.removesuffix(".0")
    if not (digits.isascii() and digits.isdecimal()) or not FIRST_URN <= int(digits) <= LAST_URN:
        raise ValueError(f"is '{clean(told)}', not a URN of six digits")
    return int(digits)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table, the heading it stands under in GIAS, and how its values are read."""

    column: str
    heading: str
    read: Callable[[str], Value]


def _status(told: str) -> str:
    return status_of(_text(told))


def _phase(told: str) -> str:
    return phase_of(_text(told))


REGISTER: tuple[Field, ...] = (
    Field("urn", "URN", _urn),
    Field("name", "EstablishmentName", _name),
    Field("la_code", "LA (code)", _code),
    Field("la_name", "LA (name)", _text),
    Field("establishment_number", "EstablishmentNumber", _whole(9_999)),
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
    Field("postcode", "Postcode", _text),
    Field("easting", "Easting", _whole(9_999_999)),
    Field("northing", "Northing", _whole(9_999_999)),
    Field("open_date", "OpenDate", _day),
    Field("close_date", "CloseDate", _day),
    Field("resourced_provision", "TypeOfResourcedProvision (name)", _text),
    Field("resourced_on_roll", "ResourcedProvisionOnRoll", _whole(99_999)),
    Field("sen_unit_on_roll", "SenUnitOnRoll", _whole(99_999)),
)
LINKS: tuple[Field, ...] = (
    Field("urn", "URN", _urn),
    Field("link_urn", "LinkURN", _urn),
    Field("link_type", "LinkType", _name),
    Field("link_name", "LinkName", _text),
    Field("established", "LinkEstablishedDate", _day),
)
_NEEDED = {"urn": "URN", "name": "EstablishmentName"}
_LINKS_NEEDED = {"urn": "URN", "link_urn": "LinkURN", "link_type": "LinkType"}


class _Memory(dict[str, Any]):
    """What the texts of one column read as; most columns repeat few values, so most reading is a look-up."""

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
        self._memories = [_Memory(field.read) for field in self._fields]
        self._problems: list[Problem] = []
        self._wrong = 0
        self.rows = 0
        self.file = stream.file
        self.columns = tuple(field.column for field in self._fields)
        self.missing = tuple(field.heading for field in fields if field.column not in self.columns)

    def values(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Give each good row's line number and values; a row with a fault is noted and left out."""
        pick, memories, take = operator.itemgetter(*self._at), self._memories, operator.getitem
        for line, row in self._wanted():
            try:
                yield line, tuple(map(take, memories, pick(row)))
            except ValueError:
                self._say_why(line, row)

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

    def _say_why(self, line: int, row: list[str]) -> None:
        if not any(text.strip() for text in row):
            return
        for field, at in zip(self._fields, self._at, strict=True):
            try:
                field.read(row[at].strip())
            except ValueError as fault:
                self.note(line, field.column, str(fault))


class RegisterReading(Reading):
    """The register being read. ``la_codes`` are the LAs met, ``has`` tells which schools."""

    def __init__(self, stream: CsvStream, *, la_code: int | None, own_la: int) -> None:
        super().__init__(stream, REGISTER)
        self.la_code = la_code
        self.unsaid_la = own_la if la_code is None else la_code
        self.la_codes: set[int] = set()
        self._met = bytearray(LAST_URN - FIRST_URN + 1)

    def drafts(self) -> Iterator[tuple[Any, ...]]:
        """Give the values of every school of the LA asked for, with the folded name as one value more."""
        name_at = self.columns.index("name")
        la_at = self.columns.index("la_code") if "la_code" in self.columns else None
        met, la_codes = self._met, self.la_codes
        for line, values in self.values():
            urn = values[0] - FIRST_URN
            if met[urn]:
                self.note(line, "urn", f"{values[0]} stands in this file twice")
                continue
            met[urn] = 1
            self.rows += 1
            la_codes.add(self.unsaid_la if la_at is None else values[la_at])
            yield (*values, fold(values[name_at]))

    def _wanted(self) -> Iterator[tuple[int, list[str]]]:
        """Leave out the rows of other LAs before they are read: their faults are none of this import's."""
        rows = super()._wanted()
        if self.la_code is None or "la_code" not in self.columns:
            return rows
        at, code = self._at[self.columns.index("la_code")], str(self.la_code)
        return ((line, row) for line, row in rows if row[at].strip() == code)

    def has(self, urn: int) -> bool:
        """Say whether the file has a school."""
        return bool(self._met[urn - FIRST_URN])


def open_files(
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
