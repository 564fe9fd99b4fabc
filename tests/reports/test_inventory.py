"""The data inventory: every column of the store is classified, and every classification has its column."""

from __future__ import annotations

from senco.reports.inventory import CHILDREN, INVENTORY, Category, inventory
from senco.store.doors import Store


def test_every_column_of_the_store_is_classified(store: Store) -> None:
    with store.reading() as ask:
        columns = ask.columns()
    assert [(line.table, line.column) for line in inventory(columns) if line.category is Category.UNKNOWN] == []
    assert all(line.purpose and line.seen and line.kept for line in inventory(columns))


def test_no_classification_is_of_a_column_that_is_gone_or_said_twice(store: Store) -> None:
    with store.reading() as ask:
        columns = ask.columns()
    said = [
        (table, name) for table, held in INVENTORY.items() for names in held.columns.values() for name in names.split()
    ]
    assert sorted(said) == sorted(columns)


def test_a_new_column_is_found_not_classified(store: Store) -> None:
    with store.reading() as ask:
        columns = [*ask.columns(), ("pupil", "nickname"), ("diary", "entry")]
    unknown = [(line.table, line.column) for line in inventory(columns) if line.category is Category.UNKNOWN]
    assert unknown == [("pupil", "nickname"), ("diary", "entry")]


def test_what_identifies_a_child_stands_in_two_tables(store: Store) -> None:
    with store.reading() as ask:
        lines = inventory(ask.columns())
    assert {line.table for line in lines if line.category is Category.IDENTITY} == {"pupil", "request_pupil"}
    # Nothing of children is where everybody may look.
    assert not [line for line in lines if line.category in CHILDREN and line.seen.startswith("everybody")]
