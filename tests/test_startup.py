"""What a command loads of the standard library: told by the modules in its process, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_house import LIGHT, loaded_by

if TYPE_CHECKING:
    from senco.store.doors import Store

# Each is a twentieth of a listing's time or more, and no list of plain text needs it.
DEAR = {"hashlib", "zoneinfo", "tempfile", "senco.dates.finding", "senco.store.trail"}


@pytest.mark.parametrize("words", [("settings", "list"), ("schools", "list")])
def test_a_list_for_a_pipe_loads_nothing_dear(store: Store, words: tuple[str, ...]) -> None:
    with store.reading():
        pass  # the first look at a store notes its seal, which takes more
    assert not loaded_by(*words) & DEAR


def test_a_verb_loads_what_writes_and_nothing_that_draws_or_reads_sheets(store: Store) -> None:
    modules = loaded_by("settings", "set", "panel.cap", "12")
    assert {"sqlmodel", "sqlite3"} <= modules
    assert not modules & (LIGHT - {"sqlmodel", "sqlalchemy", "pydantic"})
