"""A file's cluster table, found by its headings in any sheet or between prose, as schools and clusters with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from senco.clusters import rules
from senco.clusters.grid import Grid, Head, repeats_above
from senco.clusters.headings import Heading, begins_key, heading_of, labelled
from senco.clusters.kinds import Model, WrittenCluster, WrittenSchool, WrittenTable
from senco.clusters.trustkey import trust_colours
from senco.errors import BadInput
from senco.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.sheets.kinds import Book, Cell, Sheet

_LONGEST_NAME = 80
_GENERIC_SHEET = re.compile(r"(sheet|table|tab|page)? ?[0-9]*|schools?|(senco )?clusters?|data|list", re.IGNORECASE)
_TOTAL = re.compile(r"(sub-?)?totals?\b.*|[0-9]+( schools?)?", re.IGNORECASE)

SHAPE = (
    "Any of these will do:\n"
    "  Cluster | School | Phase | Lead | Host school | URN        (a school a row; URN, lead and host may be left out)\n"
    "  Lead | Clusters | Secondary | Primary                      (a cluster over several rows)\n"
    "  School | Phase    under a line or on a sheet named CP1     (a list for each cluster)\n"
    "  CP1 | CP2 | CP3                                            (a column for each cluster)"
)


@dataclass(slots=True)
class _Block:
    """A cluster while its rows are being read; several rows and tables may speak of one."""

    written: str
    place: str
    model: str = ""
    lead: str = ""
    lead_place: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
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
class _Reading:
    """What was read so far, over all sheets of a file."""

    blocks: dict[tuple[str, int], _Block] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)
    years: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def block(self, written: str, place: str) -> _Block:
        """Give the cluster of this name, a new one when it is first named."""
        return self.blocks.setdefault(rules.cluster_word(written), _Block(written, place))

    def lead(self, block: _Block, name: str, place: str) -> None:
        """Note who leads a cluster; a second name is a finding."""
        if not block.lead:
            block.lead, block.lead_place = name, place
        elif block.lead != name:
            self.findings.append(
                Finding(
                    "cluster.two-leads",
                    place,
                    f"{block.written} has another lead here than at {block.lead_place}.",
                    "The first was taken; `senco clusters appoint` changes it.",
                )
            )


def read_table(book: Book, *, year: str | None = None, model: str | None = None) -> WrittenTable:
    """Read the clusters of a year from a file; a year or model that is given goes before what the file says.

    Raises BadInput ``clusters.no-table``, ``clusters.no-year``, ``clusters.no-model`` or ``clusters.mixed-models``.
    """
    reading = _Reading()
    for sheet in book.sheets:
        _SheetReader(sheet, reading, several=len(book.sheets) > 1).read()
        reading.notes += [f"{sheet.place()}: {note}" for note in sheet.notes]
    reading.notes += [f"{book.file}: {note}" for note in book.notes]
    if not reading.entries:
        raise BadInput(
            "clusters.no-table",
            f"No cluster table was found in {book.file}: no row of headings names schools and their clusters.",
            f"{SHAPE}\n`senco clusters template --out FILE.xlsx` writes an empty one to fill in.",
        )
    return _table(book, reading, year or _year(book, reading), model)


class _SheetReader:
    """The reading of one sheet from top to bottom, table after table."""

    def __init__(self, sheet: Sheet, reading: _Reading, *, several: bool) -> None:
        self.sheet = sheet
        self.grid = Grid(sheet)
        self.reading = reading
        self.several = several
        self.current: _Block | None = None
        self.last_row = 0
        self.count = len(reading.entries)

    def read(self) -> None:
        """Read every table of the sheet."""
        row = 0
        while row < len(self.grid):
            head = self.grid.head_at(row)
            if head is not None and self._is_placed(head):
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
        if named is None or not (rules.names_cluster(_before_lead(named.text)[0]) and self._begin(named)):
            return None
        for cell in lines:
            self._label(cell)
        return named.text

    def _begin(self, cell: Cell) -> bool:
        """Begin a cluster by a line that names it, perhaps with its lead behind a dash or in brackets."""
        written, lead = _before_lead(cell.text)
        self.current = self.reading.block(written, self.sheet.place(cell))
        if lead:
            self.reading.lead(self.current, lead, self.sheet.place(cell))
        return True

    def _label(self, cell: Cell) -> bool:
        told = labelled(cell.text)
        if told is None or self.current is None:
            return False
        if told[0] is Heading.HOST:
            self.current.host = self.current.host or told[1]
        else:
            self.reading.lead(self.current, told[1], self.sheet.place(cell))
        return True

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
        named = alone is not None and rules.names_cluster(_before_lead(alone.text)[0])
        return not named and not any(self._is_school(head, cell) for cell in cells)

    def _line_between(self, cell: Cell) -> bool:
        """Take a line between schools that names the next cluster, its lead or its host."""
        if rules.names_cluster(_before_lead(cell.text)[0]):
            return self._begin(cell)
        return self._label(cell)

    def _row(self, head: Head, row: int) -> None:
        cells = {head.columns[cell.column]: cell for cell in self.grid.rows[row] if cell.column in head.columns}
        told = cells.get(Heading.CLUSTER)
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
            self.current.host = self.current.host or host.text
        for cell in self.grid.rows[row]:
            if self._is_school(head, cell) and not repeats_above(cell):
                self._school(head, cell, cells)

    def _is_school(self, head: Head, cell: Cell) -> bool:
        held = head.columns.get(cell.column)
        return held is Heading.SCHOOL or (not head.has(Heading.SCHOOL) and head.phase_of(cell.column) is not None)

    def _school(self, head: Head, cell: Cell, cells: dict[Heading, Cell]) -> None:
        under = head.phase_of(cell.column) if cell.column not in head.columns or not head.has(Heading.SCHOOL) else None
        phase = str(under) if under else _phase(_text(cells, Heading.PHASE))
        written = _text(cells, Heading.WRITTEN)
        trust = _text(cells, Heading.TRUST) if head.has(Heading.TRUST) else None
        for text in re.split(r"[\n;]+", written or cell.text):
            name = " ".join(text.split())
            if name and not _TOTAL.fullmatch(name):
                self._add(name, phase, cell, trust, _text(cells, Heading.URN), _text(cells, Heading.DFE_NUMBER))

    def _add(
        self, name: str, phase: str | None, cell: Cell, trust: str | None = None, urn: str = "", dfe_number: str = ""
    ) -> None:
        if self.current is not None:
            place = self.sheet.place(cell)
            entry = _Entry(self.current.written, name, phase, place, cell.fill, trust, urn, dfe_number)
            self.reading.entries.append(entry)

    def _side_by_side(self, row: int) -> bool:
        """Say whether a row heads a column for each of several clusters."""
        cells = self.grid.rows[row]
        named = [cell for cell in cells if rules.names_cluster(cell.text)]
        return len(named) > 1 and len(named) >= len(cells) - 1

    def _columns(self, row: int) -> int:
        """Read a column of schools for each cluster, and give the first row that is not the table's."""
        named = {cell.column: cell for cell in self.grid.rows[row] if rules.names_cluster(cell.text)}
        phase: str | None = None
        for below in range(row + 1, len(self.grid)):
            cells = self.grid.rows[below]
            if cells and (begins_key(cells[0].text) or self._side_by_side(below) or self.grid.head_at(below)):
                return below
            label = next((heading_of(cell.text) for cell in cells if cell.column not in named), None)
            if label in {Heading.PRIMARY, Heading.SECONDARY}:
                phase = str(label)
            for cell in cells:
                if cell.column in named:
                    self._stacked(named[cell.column], cell, label, phase)
            self.last_row = below + 1
        return len(self.grid)

    def _stacked(self, over: Cell, cell: Cell, label: Heading | None, phase: str | None) -> None:
        self.current = self.reading.block(over.text, self.sheet.place(over))
        if label is Heading.LEAD:
            self.reading.lead(self.current, cell.text, self.sheet.place(cell))
        elif label is Heading.HOST:
            self.current.host = self.current.host or cell.text
        elif not self._label(cell) and not repeats_above(cell) and not _TOTAL.fullmatch(cell.text):
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


def _text(cells: dict[Heading, Cell], heading: Heading) -> str:
    return cells[heading].text if heading in cells else ""


def _phase(text: str) -> str | None:
    held = heading_of(text)
    return str(held) if held in {Heading.PRIMARY, Heading.SECONDARY} else None


def _before_lead(text: str) -> tuple[str, str]:
    """Part the name of a cluster from a lead named on the same line.

    >>> _before_lead("CP1 - Lead: Anna Huzzey"), _before_lead("CP1 (lead Anna Huzzey)"), _before_lead("CP1")
    (('CP1', 'Anna Huzzey'), ('CP1', 'Anna Huzzey'), ('CP1', ''))
    """
    found = re.fullmatch(
        r"(.*?)[\s(,:–-]+(?:cluster\s+)?lead(?:\s+(?:cluster\s+)?senco)?\s*[:–-]?\s+(.+?)\)?", text, re.IGNORECASE
    )
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


def _year(book: Book, reading: _Reading) -> str:
    """Find the year: in a column, in a title above the table, elsewhere in the file, in its name."""
    everywhere = [cell.text for sheet in book.sheets for row in sheet.rows for cell in row]
    for texts in (reading.years, [title for title, _ in reading.titles], everywhere, [book.file]):
        found = {year for text in texts for year in rules.years_in(text)}
        if len(found) == 1:
            return found.pop()
        if found:
            raise BadInput(
                "clusters.no-year",
                f"{book.file} speaks of several academic years: {', '.join(sorted(found))}.",
                "Say which one the clusters are for with --year, as in --year 2020/21.",
            )
    raise BadInput(
        "clusters.no-year",
        f"Neither a title in {book.file} nor its name says for which academic year the clusters are.",
        "Say it with --year, as in --year 2020/21.",
    )


def _table(book: Book, reading: _Reading, year: str, model: str | None) -> WrittenTable:
    titled = next((told for told in ((rules.model_in(text), text, at) for text, at in reading.titles) if told[0]), None)
    references: dict[tuple[str, int], str] = {}
    models: dict[str, str] = {}
    for key, block in reading.blocks.items():
        known = block.model or model or (str(titled[0]) if titled else None)
        reference = rules.reference_of(block.written, known)
        if reference is None:
            raise _no_model(f"{block.place}: '{block.written}' does not say")
        references[key] = reference
        models[reference] = block.model or rules.model_of_reference(reference) or ""
    found = {each for each in models.values() if each}
    if len(found) > 1 and model is None:
        raise BadInput(
            "clusters.mixed-models",
            f"{book.file} holds clusters of both models, cross-phase and single-phase.",
            "Take them in one after the other: --model cross-phase, then --model single-phase.",
        )
    chosen = model or next(iter(found), None) or (str(titled[0]) if titled else None)
    if chosen is None:
        raise _no_model(f"{book.file} does not say")
    kept = {reference for reference, each in models.items() if len(found) < 2 or each == chosen}  # noqa: PLR2004 - both
    written = _clusters(reading, references, kept)
    left = sorted(set(references.values()) - kept)
    notes = [f"Left for another import, being of the other model: {', '.join(left)}."] if left else []
    contradiction = _contradiction(titled, Model(chosen), [each.reference for each in written])
    return WrittenTable(
        book.file,
        year,
        chosen,
        written,
        tuple(_schools(reading, references, kept)),
        (*contradiction, *reading.findings),
        (*notes, *dict.fromkeys(reading.notes)),
    )


def _clusters(reading: _Reading, references: dict[tuple[str, int], str], kept: set[str]) -> tuple[WrittenCluster, ...]:
    written: dict[str, WrittenCluster] = {}
    for key, block in reading.blocks.items():
        reference = references[key]
        if reference in kept and reference not in written:
            written[reference] = WrittenCluster(
                reference, block.written, block.place, block.lead, block.lead_place, block.host
            )
    return tuple(sorted(written.values(), key=lambda each: rules.cluster_word(each.reference)))


def _schools(reading: _Reading, references: dict[tuple[str, int], str], kept: set[str]) -> Iterator[WrittenSchool]:
    for key, entry in enumerate(reading.entries):
        reference = references[rules.cluster_word(entry.cluster)]
        if reference in kept:
            yield WrittenSchool(
                key, reference, entry.text, entry.phase, entry.place, entry.trust, entry.urn, entry.dfe_number
            )


def _contradiction(
    titled: tuple[Model | None, str, str] | None, model: Model, references: list[str]
) -> tuple[Finding, ...]:
    if titled is None or titled[0] is model:
        return ()
    _, text, place = titled
    shown = references[0] if len(references) == 1 else f"{references[0]} to {references[-1]}"
    what = f"The heading says '{text}', but the rows are {shown}."
    return (Finding("cluster.heading-contradicts-rows", place, what, f"Taken as {model}; --model overrules this."),)


def _no_model(what: str) -> BadInput:
    return BadInput(
        "clusters.no-model",
        f"{what} whether the clusters are cross-phase or single-phase.",
        "Say it with --model cross-phase or --model single-phase.",
    )
