"""What other programs may read of the store: without children, people or cases, and safe with few awards."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from senco.store.doors import Store
from tests.budget.conftest import award, borough, funded  # noqa: F401 - fixtures

README = Path(__file__).parents[2] / "README.md"


def views(store: Store) -> dict[str, list[str]]:
    with closing(sqlite3.connect(store.path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\'"
        )
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for (name,) in names.fetchall()
        }


def everything(store: Store) -> str:
    """Read every view as another program does: through a connection that cannot write."""
    with closing(sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)) as connection:
        rows = [row for name in views(store) for row in connection.execute(f"SELECT * FROM {name}")]
    return repr(rows)


def fund(store: Store, cluster: str, name: str) -> tuple[int | None, ...]:
    with closing(sqlite3.connect(store.path)) as connection:
        return tuple(
            connection.execute(
                "SELECT received, gave, holds FROM v_fund WHERE cluster = ? AND fund = ? AND unit = 'pence'",
                (cluster, name),
            ).fetchone()
        )


def test_every_view_stands_in_the_readme_with_its_columns(store: Store) -> None:
    told = dict(re.findall(r"^\| `(v_\w+)` \| .+ \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: re.findall(r"`(\w+)`", columns) for name, columns in told.items()} == views(store)


@pytest.mark.parametrize(("paid", "told"), [(0, (0, 1_000_000)), (4, (None, None)), (5, (500_000, 500_000))])
def test_a_fund_of_few_awards_keeps_to_itself_what_it_paid(funded, award, senco, paid, told) -> None:  # noqa: F811
    for letter in "ABCDE"[:paid]:
        award(f"R-2{letter}22", 100_000)
    if paid:
        assert senco("budget", "pay", "--due", "--on", "31/8/2021", "--yes").code == 0
    assert fund(funded, "CP1", "exceptional") == (1_000_000, *told)
    with closing(sqlite3.connect(funded.path)) as connection:
        months = connection.execute("SELECT DISTINCT kind FROM v_fund_month").fetchall()
    assert months == [("allocate",)]


def test_what_a_fund_keeps_to_itself_does_not_follow_from_the_other_clusters_funds(funded, award, senco) -> None:  # noqa: F811
    """The reports publish what all clusters paid together: shown beside it, five awards would give away the one."""
    assert senco("budget", "allocate", "CP2:exceptional", "£10,000").code == 0
    everly = {"cluster_reference": "CP2", "urn": 100005}

    def pay() -> None:
        assert senco("budget", "pay", "--due", "--on", "31/8/2021", "--yes").code == 0

    for letter in "ABCDE":
        award(f"R-2{letter}22", 100_000)
    pay()
    assert fund(funded, "CP1", "exceptional") == (1_000_000, 500_000, 500_000)
    award("R-3A22", 100_000, everly)
    pay()
    assert fund(funded, "CP1", "exceptional") == fund(funded, "CP2", "exceptional") == (1_000_000, None, None)
    for letter in "BCDE":
        award(f"R-3{letter}22", 100_000, everly)
    pay()
    assert fund(funded, "CP1", "exceptional") == fund(funded, "CP2", "exceptional") == (1_000_000, 500_000, 500_000)
    with closing(sqlite3.connect(funded.path)) as connection:
        hnb = connection.execute("SELECT gave FROM v_fund WHERE fund = 'hnb'").fetchall()
    assert hnb == [(2_000_000,)]  # a fund of another name is not touched


def test_no_view_tells_of_a_child_a_person_or_a_case(funded, award, senco) -> None:  # noqa: F811
    award("R-7KQ4", 100_000, {"pupils_views": "Zorblax likes it", "provision_asked": "A mentor for Zorblax"})
    assert senco("budget", "spend", "hnb", "£10", "--for", "Zorblax", "--receipt", "Z-1").code == 0
    assert senco("clusters", "lead", "CP2", "--person", "Zorblax Lead", "--host", "Foxley").code == 0
    with closing(sqlite3.connect(funded.path)) as connection:
        everywhere = "\n".join(connection.iterdump())
    read = everything(funded)
    assert "Foxley School" in read
    for word in ("Zorblax", "R-7KQ4", "A Lead", "officer"):
        assert word in everywhere  # it is there to be found
        assert word not in read
