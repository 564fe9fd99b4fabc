"""What the database itself refuses, asked with a plain SQLite client that knows nothing of senco."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from senco.store.doors import Store
from tests.requests.conftest import ABBEY, AVENUE, DORCHESTER, FOXLEY, LATER

Run = Callable[..., Any]

MODERATION = (
    "INSERT {how} INTO moderation (moderation_id, request_reference, request_version, meeting_reference, supersedes,"
    " taken_back, outcome, level, reason, votes_for, votes_against, votes_abstained, chair_urn, moderating_chair_urn,"
    " made_at, made_by)"
    " VALUES (:moderation_id, :request_reference, :request_version, '2020-11-24-CP', :supersedes, :taken_back,"
    " :outcome, :level, :reason, :votes_for, NULL, NULL, :chair_urn, :moderating_chair_urn,"
    " '2020-11-24T14:00:00+00:00', 'raw')"
)


@pytest.fixture
def raw(borough: Store) -> Iterator[sqlite3.Connection]:
    """Give a client without senco's settings: no foreign keys, no recursive triggers."""
    with closing(sqlite3.connect(borough.path)) as connection:
        yield connection


def row(reference: str, **told: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "moderation_id": None,
        "request_reference": reference,
        "request_version": 1,
        "supersedes": None,
        "taken_back": 0,
        "outcome": "borderline",
        "level": "advise",
        "reason": "A reason.",
        "votes_for": None,
        "chair_urn": DORCHESTER,
        "moderating_chair_urn": None,
    }
    return {**usual, **told}


def refused(raw: sqlite3.Connection, sql: str, parameters: Any = ()) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(sql, parameters)


def test_two_living_outcomes_are_refused(add: Run, moderate: Run, raw: sqlite3.Connection) -> None:
    reference = add().reference
    number = moderate(reference).number
    for how in ("", "OR REPLACE", "OR IGNORE"):
        refused(raw, MODERATION.format(how=how), row(reference))
        refused(raw, MODERATION.format(how=how), row(reference, moderation_id=number))


def test_a_row_is_superseded_once_and_by_its_own_request(
    add: Run, moderate: Run, take_back: Run, raw: sqlite3.Connection
) -> None:
    one, two = add().reference, add().reference
    first, other = moderate(one).number, moderate(two).number
    take_back(one)
    for how in ("", "OR REPLACE"):
        refused(raw, MODERATION.format(how=how), row(one, supersedes=first))
        refused(raw, MODERATION.format(how=how), row(one, supersedes=other))
        refused(raw, MODERATION.format(how=how), row(one, supersedes=999))
    undo = row(one, supersedes=first + 2, taken_back=1, outcome=None, level=None)
    refused(raw, MODERATION.format(how=""), undo)  # what is taken back is not taken back again


@pytest.mark.parametrize("table", ["moderation", "moderation_interest", "recommendation", "decision"])
def test_a_record_is_never_edited_nor_deleted(add: Run, moderate: Run, raw: sqlite3.Connection, table: str) -> None:
    reference = add().reference
    moderate(reference)
    raw.execute(LATER["recommendation"], {"reference": reference})
    raw.execute(LATER["decision"], {"reference": reference})
    refused(raw, f"UPDATE {table} SET {'state' if table == 'moderation_interest' else 'reason'} = 'other'")
    refused(raw, f"DELETE FROM {table}")
    refused(raw, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", ["recommendation", "decision"])
def test_the_panels_and_the_officers_records_live_once_too(
    add: Run, moderate: Run, raw: sqlite3.Connection, table: str
) -> None:
    reference = add().reference
    moderate(reference)
    raw.execute(LATER[table], {"reference": reference})
    refused(raw, LATER[table], {"reference": reference})
    key = f"{table}_id"
    superseding = (
        LATER[table].replace("taken_back,", "taken_back, supersedes,").replace(", 0, 'agreed'", ", 0, :old, 'agreed'")
    )
    old = raw.execute(f"SELECT {key} FROM {table}").fetchone()[0]
    raw.execute(superseding, {"reference": reference, "old": old})
    refused(raw, superseding, {"reference": reference, "old": old})
    assert raw.execute(f"SELECT COUNT(*) FROM living_{table}").fetchone() == (1,)


def test_an_outcome_is_whole_and_nobodys_own(add: Run, raw: sqlite3.Connection) -> None:
    reference = add().reference
    wrong: tuple[dict[str, object], ...] = (
        {"reason": ""},
        {"reason": " \n\t"},
        {"outcome": None},
        {"outcome": "maybe"},
        {"level": None},
        {"level": "insist"},
        {"taken_back": 1},
        {"taken_back": 1, "outcome": None, "level": None},
        {"votes_for": 3},
        {"chair_urn": ABBEY},
        {"moderating_chair_urn": ABBEY},
        {"moderating_chair_urn": DORCHESTER},
        {"request_version": 2},
        {"request_reference": "R-2222"},
    )
    for told in wrong:
        refused(raw, MODERATION.format(how=""), row(reference, **told))


def test_the_same_outcome_said_rightly_is_taken(add: Run, raw: sqlite3.Connection) -> None:
    raw.execute(MODERATION.format(how=""), row(add().reference, chair_urn=ABBEY, moderating_chair_urn=FOXLEY))


@pytest.mark.parametrize("record", ["recommendation", "decision", "withdrawn"])
def test_a_cluster_does_not_judge_what_went_on(add: Run, raw: sqlite3.Connection, record: str) -> None:
    reference = add(urgent=True, urgent_because="A placement breaks down.").reference
    raw.execute(LATER[record], {"reference": reference})
    version = 2 if record == "withdrawn" else 1
    refused(raw, MODERATION.format(how=""), row(reference, request_version=version))


def test_a_panel_does_not_advise_on_what_is_decided_or_withdrawn(add: Run, raw: sqlite3.Connection) -> None:
    one, two = add().reference, add().reference
    raw.execute(LATER["decision"], {"reference": one})
    raw.execute(LATER["withdrawn"], {"reference": two})
    refused(raw, LATER["recommendation"], {"reference": one})
    refused(raw, LATER["recommendation"], {"reference": two})
    refused(raw, LATER["decision"], {"reference": two})


def test_a_record_names_only_records_of_its_own_request(add: Run, moderate: Run, raw: sqlite3.Connection) -> None:
    one, two = add().reference, add().reference
    number = moderate(one).number
    living = "(SELECT {0}_id FROM living_{0} WHERE request_reference = :reference)"
    named = LATER["recommendation"].replace(living.format("moderation"), str(number))
    refused(raw, named, {"reference": two})
    raw.execute(named, {"reference": one})
    advised = raw.execute("SELECT recommendation_id FROM recommendation").fetchone()[0]
    named = LATER["decision"].replace(living.format("recommendation"), str(advised))
    refused(raw, named, {"reference": two})
    raw.execute(named, {"reference": one})


def test_a_request_is_corrected_one_version_after_the_other(add: Run, raw: sqlite3.Connection) -> None:
    add()
    for change in (
        "DELETE FROM request",
        "UPDATE request SET reference = 'R-2222', version = 2",
        "UPDATE request SET year = '2021/22', version = 2",
        "UPDATE request SET asked_pence = 1",
        "UPDATE request SET asked_pence = 1, version = 3",
        "UPDATE request SET withdrawn_on = '2020-12-01', version = 2",
        "UPDATE request SET urgent = 1, version = 2",
        "INSERT OR REPLACE INTO request SELECT * FROM request",
    ):
        refused(raw, change)
    raw.execute("UPDATE request SET asked_pence = 1, version = 2")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE request SET asked_pence = 1, version = 2",
        "UPDATE request_need SET code = 'HI' WHERE rank = 1",
        "DELETE FROM request_need",
        "INSERT INTO request_need SELECT reference, 3, 'HI' FROM request",
    ],
)
def test_what_a_cluster_judged_is_not_changed_under_it(
    add: Run, moderate: Run, take_back: Run, raw: sqlite3.Connection, change: str
) -> None:
    reference = add().reference
    moderate(reference)
    refused(raw, change)
    raw.execute("UPDATE request SET meeting_reference = '2021-03-23-CP', version = 2")
    raw.rollback()
    take_back(reference)
    raw.execute(change)


def test_a_reference_is_sayable(add: Run, raw: sqlite3.Connection) -> None:
    add()
    names = [each[1] for each in raw.execute("PRAGMA table_info(request)")]
    told = ", ".join("?" if name == "reference" else "NULL" if name == "form_key" else name for name in names)
    for reference in ("R-7K0A", "R-7KIA", "R-7K", "r-7kq4", "7KQ4", "R-7KQ4AB"):
        refused(raw, f"INSERT INTO request SELECT {told} FROM request", (reference,))
    raw.execute(f"INSERT INTO request SELECT {told} FROM request", ("R-7KQ4",))


def test_an_interest_is_dismissed_only_with_a_reason(add: Run, moderate: Run, raw: sqlite3.Connection) -> None:
    number = moderate(add().reference).number
    sql = "INSERT INTO moderation_interest VALUES (?, ?, 'host-school', 'dismissed', ?)"
    refused(raw, sql, (number, AVENUE, " "))
    raw.execute(sql, (number, AVENUE, "A different trust since September."))
