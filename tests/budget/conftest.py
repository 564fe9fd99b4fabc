"""An invented borough with money: two clusters, their schools of several types, requests, and decisions on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from senco.store.doors import Store

ABBEY, AVENUE, BARROW, DORCHESTER, EVERLY, FOXLEY = range(100001, 100007)
SCHOOLS = (
    (ABBEY, "Abbey Primary School", "Community school"),
    (AVENUE, "Avenue Primary School", "Academy converter"),
    (BARROW, "Barrow Junior School", "Foundation school"),
    (DORCHESTER, "Dorchester High School", "Academy sponsor led"),
    (EVERLY, "Everly School", "Free schools"),
    (FOXLEY, "Foxley School", "Community school"),
)
CLUSTERS = ((1, "CP1", (ABBEY, AVENUE, BARROW, DORCHESTER), DORCHESTER), (2, "CP2", (EVERLY, FOXLEY), None))
TODAY = date(2020, 11, 24)
AT = datetime(2020, 11, 24, 14, 0, tzinfo=UTC)
YEAR = "2020/21"


def fill(connection: sqlite3.Connection) -> None:
    """Put the invented borough into a migrated store."""
    connection.executemany(
        "INSERT INTO school VALUES (?, 319, 'Sutton', ?, ?, ?, ?, '', 'Open', 'Primary', 4, 11, 'Mixed',"
        " 200, 100, '', '', 'Sutton', 'SM1 1AA', NULL, NULL, NULL, NULL, '', NULL, NULL)",
        [(urn, urn - 98000, name, name.casefold(), type_) for urn, name, type_ in SCHOOLS],
    )
    for number, reference, members, host in CLUSTERS:
        for year, shift in ((YEAR, 0), ("2021/22", 10)):
            connection.execute(
                "INSERT INTO cluster VALUES (?, ?, 'cross-phase', ?, ?, 'test')",
                (number + shift, year, reference, reference),
            )
            connection.executemany(
                "INSERT INTO membership (cluster_id, urn, nickname, joined, source) VALUES (?, ?, '', ?, 'test')",
                [(number + shift, urn, f"{year[:4]}-09-01") for urn in members],
            )
        connection.execute(
            "INSERT INTO appointment (cluster_id, role, person, host_urn, appointed_by, starts, source)"
            " VALUES (?, 'lead', 'A Lead', ?, 'schools', '2020-09-01', 'test')",
            (number, host),
        )


def request(connection: sqlite3.Connection, reference: str, **told: object) -> None:
    """Put a request into the store, usual in every respect but for what is told."""
    usual: dict[str, object] = {
        "reference": reference, "year": YEAR, "urn": ABBEY, "cluster_reference": "CP1", "type": "individual",
        "pupils": None, "year_group": "4", "sen_status": "K", "provision_now": "", "provision_asked": "A mentor",
        "outcome_sought": "", "parents_views": "", "pupils_views": "", "cost_pence": 950_000, "asked_pence": 350_000,
        "urgent": 0, "urgent_because": "", "consent": 1, "submitted_on": "2020-10-01", "filled_in_by": "",
        "form_version": "1", "version": 1, "withdrawn_because": "", "received_at": "2020-10-01T08:00:00+00:00",
        "received_by": "officer", "source": "test",
    }  # fmt: skip
    row = {**usual, **told}
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO request ({names}) VALUES ({marks})", row)


def decide(connection: sqlite3.Connection, reference: str, pence: int | None, **told: object) -> int:
    """Put a decision on a request into the store: an award of so many pence, or for None one taken back."""
    last = connection.execute(
        "SELECT MAX(decision_id) FROM decision WHERE request_reference = ?", (reference,)
    ).fetchone()[0]
    asked = connection.execute("SELECT asked_pence FROM request WHERE reference = ?", (reference,)).fetchone()[0]
    if pence is not None and pence > asked:  # no more is agreed than was asked
        connection.execute(
            "UPDATE request SET asked_pence = ?, version = version + 1 WHERE reference = ?", (pence, reference)
        )
    granted = "agreed" if pence is not None and pence >= asked else "agreed-lower"
    usual: dict[str, object] = {
        "request_reference": reference, "request_version": 1, "supersedes": last, "taken_back": int(pence is None),
        "outcome": None if pence is None else granted, "amount_pence": pence,
        "awarded_from": None if pence is None else "2020-09-01", "awarded_to": None if pence is None else "2021-08-31",
        "reason": "Two reviewed plans show it.", "officer": "The Designated Officer",
        "made_at": "2020-11-20T10:00:00+00:00", "made_by": "officer", "decided_on": None,
        "settings_known": connection.execute("SELECT COALESCE(MAX(setting_id), 0) FROM setting").fetchone()[0],
    }  # fmt: skip
    row = {**usual, **told}
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    number = connection.execute(f"INSERT INTO decision ({names}) VALUES ({marks})", row).lastrowid
    assert number is not None
    return number


@pytest.fixture
def borough(store: Store) -> Store:
    """Give the store of the invented borough, without any money."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        fill(connection)
    return store


@pytest.fixture
def award(borough: Store) -> Callable[..., str]:
    """Give a way to award money: a request and a decision on it, or a new decision on an old request."""

    def run(reference: str, pence: int | None, request_told: dict[str, object] | None = None, **told: object) -> str:
        with closing(sqlite3.connect(borough.path)) as connection, connection:
            known = connection.execute("SELECT 1 FROM request WHERE reference = ?", (reference,)).fetchone()
            if not known:
                request(connection, reference, **(request_told or {}))
            decide(connection, reference, pence, **told)
        return reference

    return run


@pytest.fixture
def funded(borough: Store, senco: Callable[..., object]) -> Store:
    """Give the borough with £100,000 in the High Needs Block and £10,000 in CP1's envelope."""
    senco("budget", "allocate", "hnb", "£100,000")
    senco("budget", "allocate", "CP1:exceptional", "£10,000")
    return borough
