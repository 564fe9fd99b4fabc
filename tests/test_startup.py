"""What a command loads: told by the modules in its process, which is the same on every machine, unlike its time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from senco.store.doors import Store

RUN = """
import sys
sys.argv = ["senco", *sys.argv[1:]]
from senco.__main__ import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\n" + " ".join(sorted(sys.modules)))
"""
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "ics", "dateutil", "rich", "icalendar", "defusedxml"}
DEAR = {"hashlib", "zoneinfo", "tempfile", "senco.dates.finding"}  # a tenth of a listing's time each, or near it


def loaded(*words: str, completing: str = "") -> set[str]:
    """Run senco in a process of its own and give the modules it had loaded at its end."""
    environment = dict(os.environ)
    if completing:
        at = str(len(completing.split(" ")) - 1)
        environment |= {"_SENCO_COMPLETE": "complete_bash", "COMP_WORDS": completing, "COMP_CWORD": at}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.splitlines()[-1].split())


def test_the_version_loads_no_library() -> None:
    assert not loaded("--version") & {*HEAVY, *DEAR, "typer", "sqlite3", "json"}


@pytest.mark.parametrize("group", ["settings"])
def test_the_help_of_a_group_opens_no_store(group: str) -> None:
    modules = loaded(group, "--help")
    assert not modules & (HEAVY - {"rich"} | {"sqlite3"})


def test_a_list_for_a_pipe_loads_no_library_but_typer(store: Store) -> None:
    modules = loaded("settings", "list")
    assert "sqlite3" in modules
    assert not modules & (HEAVY | DEAR)


def test_a_tab_reads_no_store(store: Store) -> None:
    for words in ("senco s", "senco settings s"):
        assert not loaded(completing=words) & {*HEAVY, *DEAR, "sqlite3"}


def test_a_verb_loads_what_writes_and_nothing_that_draws_or_reads_sheets(store: Store) -> None:
    modules = loaded("settings", "set", "panel.cap", "12")
    assert "sqlmodel" in modules
    assert not modules & (HEAVY - {"sqlmodel", "sqlalchemy", "pydantic"})
    assert "senco.console.listing" not in modules
