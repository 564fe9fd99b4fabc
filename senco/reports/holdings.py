"""The data inventory as a report: a row for each column of the store, and how many rows each table holds now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.reports.inventory import CHILDREN, Category, inventory
from senco.reports.kinds import Audience, Report, Section, Sentence, Table
from senco.reports.tallying import plain, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from senco.reports.inventory import InventoryLine
    from senco.store.doors import Ask

_EVERYBODY = frozenset(Audience)


def rows_held(ask: Ask, tables: Sequence[str]) -> dict[str, int]:
    """Give how many rows each of these tables of the store holds."""
    return {table: int(ask.value(f'SELECT COUNT(*) FROM "{table}"')) for table in tables}  # noqa: S608 - our own names


def inventory_report(
    columns: Sequence[tuple[str, str]], rows: Mapping[str, int], *, borough: str, day: date
) -> Report:  # fmt: skip
    """Give the inventory; it is internal: how many rows there are may tell what a published report hides."""
    lines = inventory(columns)
    by_table: dict[str, list[InventoryLine]] = {}
    for each in lines:
        by_table.setdefault(each.table, []).append(each)
    of = Counter(each.category for each in lines)
    children = [table for table, held in by_table.items() if any(each.category in CHILDREN for each in held)]
    return Report(
        name="inventory",
        title="What the store holds about people",
        period=f"On {say_date(day)}",
        borough=borough,
        first_line="",
        seal="",
        sections=(
            Section(
                "columns",
                "Every column",
                _EVERYBODY,
                (
                    Sentence("Columns: {}, in {} tables.", (plain(len(lines)), plain(len(by_table)))),
                    Sentence("Tables that tell of children: {}.", (plain(len(children)),)),
                ),
                (
                    Table(
                        "columns",
                        "Every column of the store",
                        (
                            "Table",
                            "Column",
                            "What it says of a person",
                            "What its table is for",
                            "Who sees it",
                            "How long it is kept",
                            "Rows now",
                        ),
                        tuple(
                            (
                                text(each.table),
                                text(each.column),
                                text(each.category.value),
                                text(each.purpose or "not said"),
                                text(each.seen or "not said"),
                                text(each.kept or "not said"),
                                plain(rows[each.table]),
                            )
                            for each in lines
                        ),
                    ),
                ),
            ),
            Section(
                "categories",
                "By what they say of a person",
                _EVERYBODY,
                (),
                (
                    Table(
                        "categories",
                        "Columns by what they say of a person",
                        ("What it says of a person", "Columns", "Tables"),
                        tuple(
                            (
                                text(each.value),
                                plain(of[each]),
                                plain(len({line.table for line in lines if line.category is each})),
                            )
                            for each in Category
                            if of[each] or each is Category.UNKNOWN
                        ),
                    ),
                ),
            ),
        ),
        internal=True,
        notes=("The columns are read from the store itself. How many rows a table has is for the officers alone.",),
    )
