"""What a command loads of the standard library: told by the modules in its process, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_house import LIGHT, loaded_by

if TYPE_CHECKING:
    from senco.store.doors import Store

LISTS = [(group, "list") for group in ("settings", "schools", "clusters", "meetings", "requests", "budget")]

# Each is a fiftieth of a listing's time or more, and no list of plain text needs it.
DEAR = {"hashlib", "zoneinfo", "tempfile", "unicodedata", "senco.dates.finding", "senco.store.trail"}
# Rooms for changing, taking in, giving out and finding fault: a list asks and shows.
NOT_FOR_LISTS = {
    *("verbs", "tables", "intake", "planning", "termplanning", "importing", "matching", "proposal"),
    *("publish", "exporting", "calendars", "checks", "session", "machine", "reporting", "watching"),
}


@pytest.mark.parametrize("words", LISTS)
def test_a_list_for_a_pipe_loads_nothing_dear(store: Store, words: tuple[str, ...]) -> None:
    with store.reading():
        pass  # the first look at a store notes its seal, which takes more
    modules = loaded_by(*words)
    assert not modules & DEAR
    assert sorted(each for each in modules if each.startswith("senco.") and room_of(each) in NOT_FOR_LISTS) == []


@pytest.mark.parametrize("words", [("settings", "list"), ("schools", "list")])
def test_a_list_makes_no_line_by_the_standard_library(store: Store, words: tuple[str, ...]) -> None:
    with store.reading():
        pass
    modules = loaded_by(*words)
    assert "senco.deferred" in modules
    assert "dataclasses" not in modules


def test_a_list_in_json_loads_what_a_plain_one_does_without(store: Store) -> None:
    with store.reading():
        pass
    assert {"senco.console.machine", "dataclasses"} <= loaded_by("settings", "list", "--format", "json")


def test_a_verb_knows_the_tables_of_its_own_slice_alone(store: Store) -> None:
    with store.reading():
        pass
    modules = loaded_by("settings", "set", "panel.cap", "12")
    assert {each for each in modules if room_of(each) == "tables"} == {"senco.settings.tables"}


def room_of(module: str) -> str:
    """Give the last word of a module's name."""
    return module.rpartition(".")[2]


def test_a_verb_loads_what_writes_and_nothing_that_draws_or_reads_sheets(store: Store) -> None:
    modules = loaded_by("settings", "set", "panel.cap", "12")
    assert {"sqlmodel", "sqlite3"} <= modules
    assert not modules & (LIGHT - {"sqlmodel", "sqlalchemy", "pydantic"})
