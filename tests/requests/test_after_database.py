"""What the database itself refuses of the second half, asked with a plain SQLite client that knows nothing of senco."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from senco.requests import presiding, reviewing
from senco.requests.kinds import Ground
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import PANEL, PANEL_DAY, awarded, decide, heard, recommend, request, run

Run = Callable[..., Any]
ADVICE = (
    "INSERT INTO recommendation (request_reference, request_version, meeting_reference, moderation_id, supersedes,"
    " taken_back, outcome, amount_pence, reason, chair, made_at, made_by) VALUES (:r, 1, :meeting, :moderation, NULL,"
    " 0, :outcome, :amount, 'x', 'Chair', 'now', 'raw')"
)
DECISION = (
    "INSERT INTO decision (request_reference, request_version, meeting_reference, recommendation_id, taken_back,"
    " outcome, amount_pence, reason, officer, made_at, made_by) VALUES (:r, 1, :meeting, :advice, 0, :outcome, :amount,"
    " 'x', 'Officer', 'now', 'raw')"
)
TABLES = ("reason_line", "recommendation_interest", "interest_settled", "presence", "ratification", "decision_letter",
          "review", "award_change")  # fmt: skip


@pytest.fixture
def raw(borough: Store) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(borough.path)) as connection:
        yield connection


def refused(raw: sqlite3.Connection, sql: str, told: Any = ()) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(sql, told)


def test_nothing_is_edited_nor_replaced(borough: Store, raw: sqlite3.Connection) -> None:
    reference = awarded(borough, Verdict.AGREED_WITH_CONDITIONS)
    urgent = request(borough, urgent=True, urgent_because="Soon.")
    line = decide(borough, urgent)
    from senco.requests import deciding

    run(borough, deciding.ratify, urgent, PANEL_DAY, meeting=PANEL, refused=False, reason="")
    told = {"meeting": PANEL, "dismiss": False, "reason": "x"}
    run(borough, presiding.settle_interest, reference, "Foxley", Ground.DECLARED, TODAY, **told)
    run(borough, presiding.note_presence, PANEL, cluster="", schools=["Foxley"], offices=[], gone=False)
    run(borough, reviewing.note_letters, [line], TODAY)
    run(borough, reviewing.review, reference, 1, "x", date(2021, 6, 1), date(2021, 6, 1))
    run(borough, reviewing.end, reference, date(2021, 6, 2), "x", TODAY)
    for table in TABLES:
        assert raw.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0, table
        column = raw.execute(
            f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 0 AND type = 'TEXT'"
        ).fetchone()[0]
        refused(raw, f"UPDATE {table} SET {column} = {column} || 'x'")
        refused(raw, f"DELETE FROM {table}")
        refused(raw, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_reason_is_not_added_afterwards(borough: Store, raw: sqlite3.Connection) -> None:
    reference = awarded(borough)
    number, lines = raw.execute("SELECT decision_id, reason_lines FROM decision").fetchone()
    assert (reference, lines) == (reference, 1)
    sql = "INSERT INTO reason_line VALUES (?, ?, ?, 'evidence', 'x', '', NULL)"
    for record, key in (("decision", number), ("decision", 99), ("recommendation", 99), ("moderation", 99)):
        refused(raw, sql, (record, key, 2))


def test_the_panel_and_the_officer_keep_their_turn(borough: Store, raw: sqlite3.Connection) -> None:
    waiting, one = request(borough), heard(borough)
    moderation = raw.execute("SELECT moderation_id FROM living_moderation").fetchone()[0]
    usual = {"r": one, "meeting": PANEL, "moderation": moderation, "outcome": "agreed", "amount": 350_000}
    for told in (
        {"r": waiting, "moderation": None},
        {"r": waiting},
        {"moderation": None},
        {"meeting": "2020-11-24-CP"},
        {"amount": 1},
        {"outcome": "agreed-lower"},
        {"outcome": "agreed-with-conditions", "amount": 350_001},
        {"outcome": "returned"},
        {"outcome": "deferred", "amount": None, "moderation": 99},
    ):
        refused(raw, ADVICE, {**usual, **told})
    raw.execute(ADVICE, usual)
    advice = raw.execute("SELECT recommendation_id FROM recommendation").fetchone()[0]
    usual = {"r": one, "meeting": PANEL, "advice": advice, "outcome": "agreed", "amount": 350_000}
    for told in (
        {"meeting": None},
        {"advice": None},
        {"meeting": None, "advice": None},
        {"meeting": "2021-01-12-PANEL"},
        {"amount": 1},
        {"outcome": "agreed-lower"},
        {"r": waiting},
    ):
        refused(raw, DECISION, {**usual, **told})
    raw.execute(DECISION, usual)
    refused(raw, DECISION, usual)
    gone = "UPDATE request SET withdrawn_on = '2020-12-01', withdrawn_because = 'x', version = version + 1"
    refused(raw, f"{gone} WHERE reference = ?", (one,))
    raw.execute(f"{gone} WHERE reference = ?", (waiting,))
    refused(raw, "UPDATE request SET withdrawn_on = NULL, withdrawn_because = '', version = version + 1"
            " WHERE reference = ?", (waiting,))  # fmt: skip


def test_what_comes_after_needs_what_came_before(borough: Store, raw: sqlite3.Connection) -> None:
    agreed, fresh = awarded(borough), request(borough)
    returned = heard(borough)
    recommend(borough, returned, Verdict.RETURNED)
    number = decide(borough, returned, Verdict.RETURNED).number
    stamp = "'now', 'raw'"
    refused(raw, f"INSERT INTO ratification VALUES (NULL, ?, '{PANEL}', 1, '', {stamp})", (number,))
    refused(raw, f"INSERT INTO decision_letter VALUES (99, '2020-12-01', {stamp})")
    refused(raw, f"INSERT INTO review VALUES (NULL, ?, ?, '2021-06-01', 1, 'x', NULL, {stamp})", (returned, number))
    refused(raw, f"INSERT INTO award_change VALUES (NULL, ?, ?, 'ended', '2021-06-01', NULL, 'x', {stamp})",
            (returned, number))  # fmt: skip
    for column, earlier in (("resubmits", agreed), ("renews", agreed), ("renews", returned)):
        refused(raw, f"UPDATE request SET {column} = ?, version = version + 1 WHERE reference = ?", (earlier, fresh))
    own = f"INSERT INTO interest_settled VALUES (NULL, ?, '{PANEL}', 100001, 'own-school', 'dismissed', 'x', {stamp})"
    refused(raw, own, (agreed,))
