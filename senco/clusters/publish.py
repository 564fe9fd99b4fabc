"""Clusters as files for others: the list of a year, the sheet of unsure names to fill in, an empty table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.review import CHOICE, CLUSTER, LEAVE_OUT, URN, WRITTEN
from senco.sheets.writing import (
    CellSpec,
    ColumnKind,
    ColumnSpec,
    SheetSpec,
    WorkbookSpec,
    csv_bytes,
    workbook_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from senco.clusters.kinds import ClusterLine, MemberLine, Plan
    from senco.sheets.specs import SpecValue

_EMPTY_ROWS = 60
_LIST = (
    ColumnSpec("Cluster", wrap=False),
    ColumnSpec("School", width=38),
    ColumnSpec("Written as", width=22),
    ColumnSpec("Phase", wrap=False),
    ColumnSpec("URN", wrap=False),
    ColumnSpec("Trust", width=26),
    ColumnSpec("Pupils", ColumnKind.COUNT, total=True),
    ColumnSpec("Lead", width=18),
    ColumnSpec("Host school", width=26),
)


def export_xlsx(
    clusters: Sequence[ClusterLine], members: Sequence[MemberLine], names: dict[int, str], *, day: date, made: datetime
) -> bytes:
    """Give the clusters of a year as a workbook, a sheet for each model; the import reads it back as unchanged.

    ``names`` are the names of the host schools by URN, ``day`` is the day the list is for.
    """
    from senco.dates import say_date

    year = clusters[0].year
    sheets = []
    for model in sorted({line.model for line in clusters}):
        ours = {line.reference: line for line in clusters if line.model == model}
        rows = [row for row in _rows(ours, members, names) if row[0] in ours]
        sheets.append(
            SheetSpec(
                f"Clusters {model}",
                _LIST,
                tuple(_parted(rows)),
                title=f"SENCO clusters {year}, {model}",
                lines=(f"As on {say_date(day)}. {len(ours)} clusters.",),
                totals="Total",
                freeze_columns=1,
            )
        )
    title = f"SENCO clusters {year}"
    return workbook_bytes(WorkbookSpec(tuple(sheets), title=title, footer=title), made=made)


def export_csv(clusters: Sequence[ClusterLine], members: Sequence[MemberLine], names: dict[int, str]) -> bytes:
    """Give the clusters of a year as a csv file, one school a row; the import reads it back as unchanged."""
    by_reference = {line.reference: line for line in clusters}
    headings = ["Year", "Model", *(column.heading for column in _LIST)]
    rows = (
        (by_reference[str(row[0])].year, by_reference[str(row[0])].model, *row)
        for row in _rows(by_reference, members, names)
    )
    return csv_bytes(headings, rows)


def _rows(
    clusters: dict[str, ClusterLine], members: Sequence[MemberLine], names: dict[int, str]
) -> list[tuple[SpecValue, ...]]:
    rows: list[tuple[SpecValue, ...]] = []
    for each in members:
        cluster = clusters.get(each.cluster)
        if cluster is not None:
            host = names.get(cluster.host_urn, "") if cluster.host_urn is not None else ""
            told = (each.cluster, each.name, each.nickname, each.phase, str(each.urn), each.trust, each.pupils)
            rows.append((*told, cluster.lead, host))
    return rows


def _parted(rows: Sequence[tuple[SpecValue, ...]]) -> list[tuple[SpecValue | CellSpec, ...]]:
    """Set the first row of each cluster off in bold."""
    before: SpecValue = None
    out: list[tuple[SpecValue | CellSpec, ...]] = []
    for row in rows:
        out.append((CellSpec(row[0], bold=row[0] != before), *row[1:]))
        before = row[0]
    return out


def review_xlsx(plan: Plan, *, made: datetime) -> bytes:
    """Give the unsure names as a sheet to fill in: a list to choose from, or a URN to type."""
    rows = tuple(
        (
            line.cluster,
            line.written,
            line.phase,
            f"{line.why}.",
            "\n".join(f"{option.urn} {option.name}: {option.why}" for option in line.options) or "none in the register",
            CellSpec(None, choices=(*(f"{option.urn} {option.name}" for option in line.options), LEAVE_OUT)),
            None,
            line.where,
        )
        for line in plan.unsure
    )
    sheet = SheetSpec(
        "Review",
        (
            ColumnSpec(CLUSTER, wrap=False),
            ColumnSpec(WRITTEN, width=24),
            ColumnSpec("Under", wrap=False),
            ColumnSpec("Why it is asked", width=30),
            ColumnSpec("Schools it may be", width=56),
            ColumnSpec(
                CHOICE,
                width=34,
                to_fill=True,
                choices=(LEAVE_OUT,),
                choices_error=f"Choose from the list, or type the URN in the column '{URN}'.",
            ),
            ColumnSpec(URN, width=11, to_fill=True),
            ColumnSpec("Where it stands", width=26),
        ),
        rows,
        title=f"SENCO clusters {plan.summary.year}: which schools are these?",
        lines=(
            f"Choose a school for each name in the column '{CHOICE}', or type its URN beside it.",
            f"Then: senco clusters import {plan.summary.file} --answers and the name of this file.",
        ),
        freeze_columns=2,
    )
    return workbook_bytes(WorkbookSpec((sheet,), title="Names to decide on"), made=made)


def template_xlsx(*, year: str, made: datetime) -> bytes:
    """Give an empty cluster table to fill in."""
    sheet = SheetSpec(
        "Clusters",
        (
            ColumnSpec("Cluster", width=12, to_fill=True),
            ColumnSpec("School", width=40, to_fill=True),
            ColumnSpec("Phase", width=14, to_fill=True, choices=("Primary", "Secondary", "All-through")),
            ColumnSpec("URN", width=12, to_fill=True),
            ColumnSpec("Lead", width=28, to_fill=True),
            ColumnSpec("Host school", width=40, to_fill=True),
        ),
        tuple((None,) * 6 for _ in range(_EMPTY_ROWS)),
        title=f"SENCO clusters {year}",
        lines=(
            "One row for each school. Cluster: CP1, CP2 … for cross-phase, SP1, SP2 … for single-phase clusters.",
            "Lead and host school in one row of each cluster. Without a URN the school is found by its name.",
        ),
        freeze_columns=1,
    )
    return workbook_bytes(WorkbookSpec((sheet,), title=f"SENCO clusters {year}"), made=made)
