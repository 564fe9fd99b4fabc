"""The reading of one sheet from top to bottom: its tables, the clusters they name and the schools in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from senco.clusters import rules
from senco.clusters.grid import Grid, Head, repeats_above
from senco.clusters.headings import (
    PHASES,
    Heading,
    before_brackets,
    begins_key,
    heading_of,
    is_footnote,
    is_nobody,
    labelled,
)
from senco.clusters.kinds import AsSchool
from senco.clusters.trustkey import trust_colours
from senco.findings import Finding

if TYPE_CHECKING:
    from senco.clusters.kinds import Known
    from senco.sheets.kinds import Cell, Sheet

_LONGEST_NAME = 80
_NEARLY_ALL = (4, 5)
"""The share of a column's cells that must be like schools for its heading to be taken for a cluster."""

_GENERIC_SHEET = re.compile(r"(sheet|table|tab|page)? ?[0-9]*|schools?|(senco )?clusters?|data|list", re.IGNORECASE)
_SUM = re.compile(r"(sub-?|grand )?totals?\b.*", re.IGNORECASE)
_TOTAL = re.compile(_SUM.pattern + r"|[0-9]+( schools?)?", re.IGNORECASE)
_WITH_LEAD = re.compile(
    r"(.*?)[\s(,:–-]+(?:cluster\s+)?lead(?:\s+(?:cluster\s+)?senco)?\s*[:–-]?\s+(.+?)\)?", re.IGNORECASE
)


@dataclass(slots=True)
class Block:
    """A cluster while its rows are being read; several rows and tables may speak of one."""

    written: str
    place: str
    model: str = ""
    lead: str = ""
    lead_place: str = ""
    host: str = ""
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A school as read, before clusters have their references."""

    cluster: str
    text: str
    phase: str | None
    place: str
    fill: str | None
    trust: str | None
    urn: str
    dfe_number: str


@dataclass(slots=True)
class Reading:
    """What was read so far, over all sheets of a file."""

    blocks: dict[tuple[str, int], Block] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)
    years: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headed: str = ""

    def block(self, written: str, place: str) -> Block:
        """Give the cluster of this name, a new one when it is first named."""
        return self.blocks.setdefault(rules.cluster_word(written), Block(written, place))

    def lead(self, block: Block, name: str, place: str) -> None:
        """Note who leads a cluster; a second name is a finding, and so is a post without anybody in it.

        A remark in brackets behind the name is no part of it.
        """
        if is_nobody(name):
            if not (block.lead or block.vacant):
                what = f"{block.written} names nobody as its lead: '{name}'."
                do = "Nobody was taken as lead; `senco clusters lead` appoints somebody."
                self.findings.append(Finding("cluster.lead-vacant", place, what, do))
            block.vacant = True
            return
        name, remark = before_brackets(name)
        if not block.lead:
            block.lead, block.lead_place = name, place
            if remark:
                what = f"Behind the lead of {block.written} stands {remark}."
                do = "Only the name before it was taken; `senco clusters lead` changes it."
                self.findings.append(Finding("cluster.lead-remark", place, what, do))
        elif block.lead != name:
            self.findings.append(
                Finding(
                    "cluster.two-leads",
                    place,
                    f"{block.written} has another lead here than at {block.lead_place}.",
                    "The first was taken; `senco clusters lead` changes it.",
                )
            )


class SheetReader:
    """The reading of one sheet from top to bottom, table after table."""

    def __init__(self, sheet: Sheet, reading: Reading, *, several: bool) -> None:
        self.sheet = sheet
        self.grid = Grid(sheet)
        self.reading = reading
        self.several = several
        self.current: Block | None = None
        self.last_row = 0
        self.count = len(reading.entries)

    def read(self) -> None:
        """Read every table of the sheet."""
        row = 0
        while row < len(self.grid):
            head = self.grid.head_at(row)
            if head is not None and self._is_placed(head):
                self.reading.headed = self.reading.headed or self.sheet.place(row=row + 1)
                self._titles(row)
                row = self._body(head)
            elif self._side_by_side(row):
                self._titles(row)
                row = self._columns(row)
            else:
                row += 1
        if len(self.reading.entries) > self.count:
            self._colours()

    def _is_placed(self, head: Head) -> bool:
        """Say whether the clusters of a table are known: by a column, by the line above it, or by the sheet's name."""
        if head.has(Heading.CLUSTER):
            return True
        named = self._named_above(head.first)
        if named is None and self.current is None and not _GENERIC_SHEET.fullmatch(self.sheet.name.strip()):
            if not (self.several or rules.names_cluster(self.sheet.name)):
                return False
            self.current = self.reading.block(self.sheet.name.strip(), self.sheet.place())
        return named is not None or self.current is not None

    def _named_above(self, row: int) -> str | None:
        """Take the name of the cluster, its lead and host from the lines on their own right above a table."""
        lines: list[Cell] = []
        for above in range(row - 1, -1, -1):
            cell = self.grid.alone(above)
            if cell is None and self.grid.rows[above]:
                break
            if cell is not None:
                lines.append(cell)
                if not labelled(cell.text):
                    break
        named = next((cell for cell in lines if not labelled(cell.text)), None)
        if named is None or not (rules.names_cluster(before_lead(named.text)[0]) and self._begin(named)):
            return None
        for cell in lines:
            self._label(cell)
        return named.text

    def _begin(self, cell: Cell) -> bool:
        """Begin a cluster by a line that names it, perhaps with its lead behind a dash or in brackets."""
        written, lead = before_lead(cell.text)
        self.current = self.reading.block(written, self.sheet.place(cell))
        if lead:
            self.reading.lead(self.current, lead, self.sheet.place(cell))
        return True

    def _label(self, cell: Cell) -> bool:
        told = labelled(cell.text)
        if told is None or self.current is None:
            return False
        if told[0] is Heading.HOST:
            self._host(self.current, told[1])
        else:
            self.reading.lead(self.current, told[1], self.sheet.place(cell))
        return True

    def _host(self, block: Block, text: str) -> None:
        if not is_nobody(text):
            block.host = block.host or text

    def _titles(self, row: int) -> None:
        """Keep the lines on their own above a table: they may tell its year and its model."""
        for above in range(row - 1, -1, -1):
            cell = self.grid.alone(above)
            if cell is None and self.grid.rows[above]:
                break
            if cell is not None:
                self.reading.titles.append((cell.text, self.sheet.place(cell)))
        if self.sheet.name:
            self.reading.titles.append((self.sheet.name, self.sheet.place()))

    def _body(self, head: Head) -> int:
        """Read the rows under the headings, and give the first row that is not the table's."""
        blank = False
        for row in range(head.body, len(self.grid)):
            cells = self.grid.rows[row]
            if not cells:
                blank = True
                continue
            if self._ends(row, head, blank=blank):
                return row
            blank = False
            alone = self.grid.alone(row)
            if alone is not None and is_footnote(alone.text):
                self.reading.notes.append(f"{self.sheet.place(alone)}: a remark below the table, not read.")
                continue
            if alone is not None and not head.has(Heading.CLUSTER) and self._line_between(alone):
                continue
            self._row(head, row)
            self.last_row = row + 1
        return len(self.grid)

    def _ends(self, row: int, head: Head, *, blank: bool) -> bool:
        cells = self.grid.rows[row]
        if begins_key(cells[0].text) or self.grid.head_at(row) or any(len(cell.text) > _LONGEST_NAME for cell in cells):
            return True
        if not blank:
            return False
        if head.has(Heading.CLUSTER):
            return self.grid.cell(row, head.column(Heading.CLUSTER)) is None
        alone = self.grid.alone(row)
        named = alone is not None and rules.names_cluster(before_lead(alone.text)[0])
        return not named and not any(self._is_school(head, cell) for cell in cells)

    def _line_between(self, cell: Cell) -> bool:
        """Take a line between schools that names the next cluster, its lead or its host."""
        if rules.names_cluster(before_lead(cell.text)[0]):
            return self._begin(cell)
        return self._label(cell)

    def _row(self, head: Head, row: int) -> None:
        cells = {head.columns[cell.column]: cell for cell in self.grid.rows[row] if cell.column in head.columns}
        told = cells.get(Heading.CLUSTER)
        if told is not None and _SUM.fullmatch(told.text):
            return
        if told is not None:
            self.current = self.reading.block(told.text, self.sheet.place(told))
        if self.current is None:
            return
        model, year = cells.get(Heading.MODEL), cells.get(Heading.YEAR)
        if model is not None:
            self.current.model = self.current.model or rules.model_in(model.text) or ""
        self.reading.years |= rules.years_in(year.text) if year is not None else set()
        lead, host = cells.get(Heading.LEAD), cells.get(Heading.HOST)
        if lead is not None:
            self.reading.lead(self.current, lead.text, self.sheet.place(lead))
        if host is not None:
            self._host(self.current, host.text)
        for cell in self.grid.rows[row]:
            if self._is_school(head, cell) and not repeats_above(cell):
                self._school(head, cell, cells)

    def _is_school(self, head: Head, cell: Cell) -> bool:
        held = head.columns.get(cell.column)
        return held is Heading.SCHOOL or (not head.has(Heading.SCHOOL) and head.phase_of(cell.column) is not None)

    def _school(self, head: Head, cell: Cell, cells: dict[Heading, Cell]) -> None:
        under = head.phase_of(cell.column) if cell.column not in head.columns or not head.has(Heading.SCHOOL) else None
        phase = str(under) if under else _phase(_text(cells, Heading.PHASE))
        written, urn, dfe_number = (_text(cells, each) for each in (Heading.WRITTEN, Heading.URN, Heading.DFE_NUMBER))
        trust = _text(cells, Heading.TRUST) if head.has(Heading.TRUST) else None
        for text in re.split(r"[\n;]+", written or cell.text):
            name = " ".join(text.split())
            if not (is_nobody(name) or _TOTAL.fullmatch(name)):
                self._add(name, phase, cell, trust=trust, urn=urn, dfe_number=dfe_number)

    def _add(
        self, name: str, phase: str | None, cell: Cell, *, trust: str | None = None, urn: str = "", dfe_number: str = ""
    ) -> None:
        if self.current is not None:
            place = self.sheet.place(cell)
            entry = Entry(self.current.written, name, phase, place, cell.fill, trust, urn, dfe_number)
            self.reading.entries.append(entry)

    def _side_by_side(self, row: int) -> bool:
        """Say whether a row heads a column for each of several clusters."""
        cells = self.grid.rows[row]
        named = [cell for cell in cells if rules.names_cluster(cell.text)]
        return len(named) > 1 and len(named) >= len(cells) - 1

    def _columns(self, row: int, *, plain: bool = False) -> int:
        """Read a column of schools for each cluster, and give the first row that is not the table's.

        ``plain`` takes every heading for a cluster's name that is not one of another thing.
        """
        named = {
            cell.column: cell
            for cell in self.grid.rows[row]
            if rules.names_cluster(cell.text) or (plain and heading_of(cell.text) is None)
        }
        phase: str | None = None
        for below in range(row + 1, len(self.grid)):
            cells = self.grid.rows[below]
            if cells and (begins_key(cells[0].text) or self._side_by_side(below) or self.grid.head_at(below)):
                return below
            alone = self.grid.alone(below)
            if alone is not None and is_footnote(alone.text):
                self.reading.notes.append(f"{self.sheet.place(alone)}: a remark below the table, not read.")
                continue
            label = next((heading_of(cell.text) for cell in cells if cell.column < min(named)), None)
            if label in PHASES:
                phase = str(label)
            for cell in cells:
                if cell.column in named:
                    beside = None if cell.column + 1 in named else self.grid.cell(below, cell.column + 1)
                    self._stacked(named[cell.column], cell, label, _phase(beside.text if beside else "") or phase)
            self.last_row = below + 1
        return len(self.grid)

    def read_plain_columns(self, known: Known) -> None:
        """Read a column of schools for each cluster when the clusters have plain names: North, South, Central.

        Only the register can tell such names from schools: nearly all cells of every column must be like schools of the
        LA, and the headings must not be.
        """
        for row in range(len(self.grid)):
            over = [cell for cell in self.grid.rows[row] if heading_of(cell.text) is None]
            if len(over) > 1 and self._are_clusters(row, over, known):
                self._titles(row)
                self._columns(row, plain=True)
                self._colours()
                return

    def _are_clusters(self, row: int, over: list[Cell], known: Known) -> bool:
        """Say whether these cells head columns of schools."""
        columns = {cell.column: self._below(row, cell.column) for cell in over}
        if not all(columns.values()):
            return False
        texts = [cell.text for cell in over] + [text for column in columns.values() for text in column]
        schools = dict(zip(texts, known(texts), strict=True))
        heads = sum(schools[cell.text] is AsSchool.SURE for cell in over)
        return heads * 2 < len(over) and all(
            sum(bool(schools[text]) for text in column) * _NEARLY_ALL[1] >= len(column) * _NEARLY_ALL[0]
            for column in columns.values()
        )

    def _below(self, row: int, column: int) -> list[str]:
        """Give what stands in a column below a row, as far as it should name schools."""
        found = []
        for below in range(row + 1, len(self.grid)):
            cell = self.grid.cell(below, column)
            alone = self.grid.alone(below)
            if cell is None or _is_no_school(cell) or (alone is not None and is_footnote(alone.text)):
                continue
            if heading_of(self.grid.rows[below][0].text) is None and labelled(cell.text) is None:
                found.append(cell.text)
        return found

    def _stacked(self, over: Cell, cell: Cell, label: Heading | None, phase: str | None) -> None:
        self.current = self.reading.block(over.text, self.sheet.place(over))
        if label is Heading.LEAD:
            self.reading.lead(self.current, cell.text, self.sheet.place(cell))
        elif label is Heading.HOST:
            self._host(self.current, cell.text)
        elif label is not Heading.OTHER and not (self._label(cell) or _is_no_school(cell)):
            self._add(cell.text, phase, cell)

    def _colours(self) -> None:
        """Give every school of this sheet the trust that its colour stands for in the key."""
        colours, notes = trust_colours(self.sheet, below=self.last_row)
        self.reading.notes += notes
        if not colours:
            return
        for at in range(self.count, len(self.reading.entries)):
            entry = self.reading.entries[at]
            if entry.trust is None:
                self.reading.entries[at] = replace(entry, trust=colours.get(entry.fill or "", ""))


def _is_no_school(cell: Cell) -> bool:
    text = cell.text
    return repeats_above(cell) or bool(heading_of(text) or _TOTAL.fullmatch(text)) or is_nobody(text)


def _text(cells: dict[Heading, Cell], heading: Heading) -> str:
    return cells[heading].text if heading in cells else ""


def _phase(text: str) -> str | None:
    held = heading_of(text)
    return str(held) if held in PHASES else None


def before_lead(text: str) -> tuple[str, str]:
    """Part the name of a cluster from a lead named on the same line.

    >>> before_lead("CP1 - Lead: Anna Huzzey"), before_lead("CP1 (lead Anna Huzzey)"), before_lead("CP1")
    (('CP1', 'Anna Huzzey'), ('CP1', 'Anna Huzzey'), ('CP1', ''))
    """
    found = _WITH_LEAD.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")
