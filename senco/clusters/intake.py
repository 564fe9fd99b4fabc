"""A file's cluster table, found by its headings in any sheet or between prose, with the place of all that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters import rules
from senco.clusters.kinds import Model, WrittenCluster, WrittenSchool, WrittenTable
from senco.clusters.sheetreading import Reading, SheetReader
from senco.errors import BadInput
from senco.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.clusters.kinds import Known
    from senco.sheets.kinds import Book

SHAPE = (
    "Any of these will do:\n"
    "  Cluster | School | Phase | Lead | Host school | URN        (a school a row; not all are needed)\n"
    "  Lead | Clusters | Secondary | Primary                      (a cluster over several rows)\n"
    "  School | Phase    under a line or on a sheet named CP1     (a list for each cluster)\n"
    "  CP1 | CP2 | CP3                                            (a column for each cluster; plain names such as\n"
    "                                                              North | South when the register knows their schools)"
)


def read_table(
    book: Book, *, year: str | None = None, model: str | None = None, known: Known | None = None
) -> WrittenTable:
    """Read the clusters of a year from a file; a year or model that is given goes before what the file says.

    ``known`` tells which texts are like schools of the LA; it is asked only where the headings alone say too little.

    Raises BadInput ``clusters.no-table``, ``clusters.no-rows``, ``clusters.no-year``, ``clusters.no-model`` or
    ``clusters.mixed-models``.
    """
    reading = Reading()
    for sheet in book.sheets:
        SheetReader(sheet, reading, several=len(book.sheets) > 1).read()
        reading.notes += [f"{sheet.place()}: {note}" for note in sheet.notes]
    reading.notes += [f"{book.file}: {note}" for note in book.notes]
    if not reading.entries and known is not None:
        for sheet in book.sheets:
            SheetReader(sheet, reading, several=len(book.sheets) > 1).read_plain_columns(known)
    if not reading.entries and reading.headed:
        raise BadInput(
            "clusters.no-rows",
            f"The cluster table at {reading.headed} has its headings, but no row below them names a cluster's school.",
            "Fill it in, a row for each school, and import it again.",
        )
    if not reading.entries:
        raise BadInput(
            "clusters.no-table",
            f"No cluster table was found in {book.file}: no row of headings names schools and their clusters.",
            f"{SHAPE}\n`senco clusters template --out FILE.xlsx` writes an empty one to fill in.",
        )
    _drop_remarks(reading)
    return _table(book, reading, year or _year(book, reading), model)


def _drop_remarks(reading: Reading) -> None:
    """Drop what only stood where a cluster's name stands: without schools, lead or host, and not named as a cluster."""
    with_schools = {rules.cluster_word(entry.cluster) for entry in reading.entries}
    for key, block in list(reading.blocks.items()):
        told = key in with_schools or block.lead or block.vacant or block.host
        if not (told or rules.names_cluster(block.written)):
            del reading.blocks[key]
            reading.notes.append(f"{block.place}: no school stands with it, so it was not read as a cluster.")


def _year(book: Book, reading: Reading) -> str:
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


def _table(book: Book, reading: Reading, year: str, model: str | None) -> WrittenTable:
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


def _clusters(reading: Reading, references: dict[tuple[str, int], str], kept: set[str]) -> tuple[WrittenCluster, ...]:
    written: dict[str, WrittenCluster] = {}
    for key, block in reading.blocks.items():
        reference = references[key]
        if reference in kept and reference not in written:
            written[reference] = WrittenCluster(
                reference, block.written, block.place, block.lead, block.lead_place, block.host
            )
    return tuple(sorted(written.values(), key=lambda each: rules.cluster_word(each.reference)))


def _schools(reading: Reading, references: dict[tuple[str, int], str], kept: set[str]) -> Iterator[WrittenSchool]:
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
