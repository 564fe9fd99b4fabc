"""The return, attendance, the inventory, and what all single reports share: one file, whole, silent, kept as it was."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from senco.console.listing import Listing
from senco.reports import screen
from senco.reports.inventory import Category
from senco.reports.kinds import Figure, FigureKind, Report, Section, Table
from senco.reports.saying import INTERNAL
from senco.store.doors import Store
from tests.budget.conftest import AVENUE, DORCHESTER, award, borough, funded  # noqa: F401 - fixtures
from tests.reports.accessibility import faults
from tests.reports.reading_back import book_tables, page_tables

Run = Callable[..., Any]
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("s251", "--year", "2020/21"),
    ("attendance", "--year", "2020/21"),
    ("foi", "--year", "2020/21"),
    ("census", "21/1/2021"),
    ("census", "21/1/2021", "--internal"),
    ("inventory",),
)


@pytest.fixture
def year(year_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a copy of the store of the year of 600 requests, on a day after it."""
    path = tmp_path / "store" / "senco.db"
    path.parent.mkdir()
    shutil.copy(year_path, path)
    monkeypatch.setenv("SENCO_STORE", str(path))
    monkeypatch.setenv("SENCO_TODAY", "2021-09-06")
    return Store(path, wait=5)


def answer(senco: Run, *words: object) -> dict[str, Any]:
    ran = senco("reports", *words, "-f", "json")
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out))


# What left a fund of pence for somebody outside, by the type of the school that got it; straight from the ledger.
SPENT = """
SELECT COALESCE(s.type, 'not a school'), SUM(CASE e.from_account WHEN f.account_id THEN e.amount ELSE -e.amount END)
  FROM ledger_entry e JOIN ledger_account f ON f.kind = 'fund' AND f.unit = 'pence'
   AND f.account_id IN (e.from_account, e.to_account)
  JOIN ledger_account o ON o.kind <> 'fund' AND o.account_id IN (e.from_account, e.to_account)
  LEFT JOIN school s ON s.urn = o.urn LEFT JOIN ledger_entry b ON b.number = e.reverses
 WHERE COALESCE(b.kind, e.kind) IN ('spend', 'pay', 'recover') AND e.day BETWEEN '2020-04-01' AND '2021-03-31'
 GROUP BY 1
"""


def test_the_return_adds_up_to_what_was_spent_by_type_of_school(year: Store, senco: Run) -> None:
    told = answer(senco, "s251", "--year", "2020/21")
    with closing(sqlite3.connect(year.path)) as raw:
        wanted = dict(raw.execute(SPENT))
    shown: dict[str, int] = {}
    for row in told["s251"][:-1]:
        shown[row["type_of_school"]] = shown.get(row["type_of_school"], 0) + row["amount_pence"]
    assert shown == wanted
    assert told["s251"][-1]["amount_pence"] == told["s251_by_line"][-1]["amount_pence"] == sum(wanted.values()) > 0
    lines = ["1.2.1", "1.2.2", "1.2.4", "1.2.5", "1.2.8", "1.2.13", "none", "All"]
    assert [row["line"] for row in told["s251_by_line"]] == lines
    # The question is that of the budget's own command.
    own = json.loads(senco("budget", "return", "--financial-year", "2020/21", "-f", "json").out)["s251"]
    assert [(row["line"] or "none", row["school_type"], row["amount_pence"]) for row in own] == [
        (row["line"], row["type_of_school"], row["amount_pence"]) for row in told["s251"][:-1]
    ]


def test_the_return_tells_what_has_no_line_and_that_it_is_internal(funded, award, senco) -> None:  # noqa: F811
    award("R-7KQ4", 90_000, {"urn": AVENUE})
    award("R-7KQ5", 60_000, {"urn": DORCHESTER, "type": "project", "year_group": None})
    assert senco("budget", "pay", "--due", "--on", "31/3/2021", "--yes", "--as-of", "2021-03-31").code == 0
    assert senco("budget", "spend", "hnb", "£10", "--for", "Paper", "--receipt", "Z-1").code == 0
    told = answer(senco, "s251", "--as-of", "2021-03-31")
    assert told["report"]["period"].endswith("; the year still runs")
    assert told["report"]["internal"] is True
    with closing(sqlite3.connect(funded.path)) as raw:
        (paid,) = raw.execute("SELECT SUM(amount) FROM ledger_entry WHERE kind = 'pay'").fetchone()
    assert paid == 100_000
    assert told["report"]["said"] == ["On the lines: £1,000.", "On no line: £10."]
    assert next(row for row in told["s251"] if row["line"] == "none")["amount_pence"] == 1_000
    assert INTERNAL in senco("reports", "s251").out


# The newest mark of each seat at meetings that were held, by what the programme of the invented borough says.
MARKS = """
SELECT a.urn, a.mark, COUNT(*) FROM attendance a
 WHERE a.attendance_id = (SELECT MAX(x.attendance_id) FROM attendance x
                           WHERE x.meeting_reference = a.meeting_reference AND x.urn = a.urn)
   AND substr(a.meeting_reference, 1, 10) BETWEEN :first AND :last
   AND EXISTS (SELECT 1 FROM membership m JOIN cluster c ON c.cluster_id = m.cluster_id
                WHERE m.urn = a.urn AND c.year = '2020/21' AND (c.reference = :cluster OR :cluster = '')
                  AND (a.meeting_reference LIKE '%CONF' OR substr(a.meeting_reference, 12) IN
                       (c.reference, substr(c.reference, 1, 2))))
 GROUP BY 1, 2
"""


@pytest.mark.parametrize(
    ("words", "days", "cluster"),
    [
        ((), ("2020-09-01", "2021-08-31"), ""),
        (("--term", "autumn"), ("2020-09-01", "2021-01-01"), ""),
        (("--cluster", "cp1"), ("2020-09-01", "2021-08-31"), "CP1"),
        (("--term", "summer", "--cluster", "SP2"), ("2021-04-17", "2021-08-31"), "SP2"),
    ],
)
def test_attendance_is_that_of_sql_written_apart(
    year: Store, senco: Run, words: tuple[str, ...], days: tuple[str, str], cluster: str
) -> None:
    told = answer(senco, "attendance", "--year", "2020/21", *words)
    with closing(sqlite3.connect(year.path)) as raw:
        names = dict(raw.execute("SELECT urn, name FROM school"))
        found = raw.execute(MARKS, {"first": days[0], "last": days[1], "cluster": cluster}).fetchall()
    wanted: dict[str, dict[str, int]] = {}
    for urn, mark, count in found:
        wanted.setdefault(names[urn], {})[mark] = count
    rows = {row["school"]: row for row in told["attendance_by_school"]}
    for name, row in rows.items():
        held = wanted.get(name, {})
        marks = {mark: row[mark] for mark in ("present", "substitute", "apologies", "absent")}
        assert {mark: count for mark, count in marks.items() if count} == held
        assert row["expected"] == sum(held.values()) + row["not_marked"]
        came = held.get("present", 0) + held.get("substitute", 0)
        share = row["share_tenths"]
        assert share is None if not held else abs(share - 1000 * came / sum(held.values())) <= 0.5
    assert wanted.keys() <= rows.keys()
    unseen = {name for name, held in wanted.items() if held.keys() <= {"apologies", "absent"}}
    assert {row["school"] for row in told["never_seen"]} == unseen
    assert not cluster or [row["cluster"] for row in told["attendance_by_cluster"]] == [cluster]
    assert cluster or unseen
    if cluster:
        (only,) = told["attendance_by_cluster"]
        assert only["expected"] == sum(row["expected"] for row in rows.values())


def test_attendance_of_a_cluster_or_a_time_that_is_none_is_refused(year: Store, senco: Run) -> None:
    cases = (
        (("--cluster", "CP9"), 3, "cluster.unknown"),
        (("--year", "2021/22", "--term", "summer"), 4, "reports.not-begun"),
    )
    for words, code, reference in cases:
        ran = senco("reports", "attendance", "--year", "2020/21", *words, "-f", "json")
        assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (code, reference)


def test_the_inventory_has_a_row_for_each_column_and_counts_the_rows(year: Store, senco: Run, tmp_path: Path) -> None:
    ran = senco("reports", "inventory", "--out", tmp_path / "inventory.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "inventory.csv").read_bytes().decode("utf-8-sig"))))
    with closing(sqlite3.connect(year.path)) as raw:
        tables = [name for (name,) in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]  # fmt: skip
        wanted = {
            (table, column[1]): raw.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in tables
            for column in raw.execute(f"PRAGMA table_info({table})").fetchall()
        }
    assert {(row["table"], row["column"]): int(row["rows_now"]) for row in rows} == wanted
    assert len(rows) == len(wanted) > 400
    assert {row["marked"] for row in rows} == {INTERNAL}
    (upn,) = (row for row in rows if (row["table"], row["column"]) == ("pupil", "upn"))
    assert upn["what_it_says_of_a_person"] == Category.IDENTITY.value
    told = answer(senco, "inventory")
    assert sum(row["columns"] for row in told["categories"]) == len(rows)
    assert told["categories"][-1] == {"what_it_says_of_a_person": "not classified", "columns": 0, "tables": 0,
                                      "marked": INTERNAL}  # fmt: skip


def test_on_the_screen_the_inventory_is_grouped_by_table(year: Store, senco: Run) -> None:
    shown = senco("reports", "inventory").out
    assert shown.count("which child a case is about") == 1
    block = shown.split("pupil  (", 1)[1].split("\n\n", 1)[0]
    assert "Rows now: " in block
    assert "upn             identity of a child" in block


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_one_file_whole_silent_and_kept_as_it_was(
    year: Store, senco: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    into = tmp_path / "out"
    into.mkdir()
    files = [into / f"report{ending}" for ending in (".html", ".xlsx", ".md", ".csv")]
    for out in files:
        ran = senco("reports", *words, "--out", out)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    page = files[0].read_text(encoding="utf-8")
    assert faults(page) == []
    internal = words[0] in {"s251", "inventory"} or "--internal" in words
    assert (INTERNAL in page) == internal == (INTERNAL in files[2].read_text(encoding="utf-8"))
    tables = page_tables(files[0].read_bytes())
    assert book_tables(files[1].read_bytes(), list(tables)) == tables
    assert all(f"### {caption}" in files[2].read_text(encoding="utf-8") for caption in tables)
    before = {out: (out.stat().st_mtime_ns, out.read_bytes()) for out in files}
    # Other work moves the seal on; nothing that these reports say has changed. (The rows of the trail have.)
    if words[0] not in {"inventory", "foi"}:
        assert senco("settings", "set", "cluster.minutes", "12", "--from", "2021-09-01").code == 0
    for out in files:
        assert senco("reports", *words, "--out", out).code == 0
    after = {out: (out.stat().st_mtime_ns, out.read_bytes()) for out in files}
    assert after == before
    # Control: what says something else is written anew.
    assert senco("settings", "set", "la.name", "Kingston", "--from", "2020-04-01").code == 0
    assert senco("reports", *words, "--out", files[0]).code == 0
    assert files[0].read_bytes() != before[files[0]][1]


def test_a_file_is_listed_at_a_terminal_or_on_request(
    year: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "s251.md"
    told = json.loads(senco("reports", "s251", "--out", out, "-f", "json").out)
    assert told["files"] == [{"file": "s251.md", "audience": "", "internal": True, "written": True}]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "as it was" in senco("reports", "s251", "--out", out).out


def test_what_cannot_be_written_is_told_before_anything_is_published(year: Store, senco: Run, tmp_path: Path) -> None:
    for out, code, reference in (
        (tmp_path / "foi.docx", 2, "reports.ending-unknown"),
        (tmp_path / "none" / "foi.html", 3, "reports.no-folder"),
    ):
        ran = senco("reports", "foi", "--year", "2020/21", "--out", out, "-f", "json")
        assert (ran.code, ran.out) == (code, "")
        assert json.loads(ran.err)["error"]["reference"] == reference
    with closing(sqlite3.connect(year.path)) as raw:
        assert raw.execute("SELECT COUNT(*) FROM publication").fetchone() == (0,)


def test_whatever_the_file_held_before_it_is_replaced(year: Store, senco: Run, tmp_path: Path) -> None:
    out = tmp_path / "s251.xlsx"
    for there in (b"no workbook", b"PK\x03\x04 cut off"):
        out.write_bytes(there)
        assert senco("reports", "s251", "--out", out).code == 0
        assert book_tables(out.read_bytes(), ["By line"])["By line"]
    page = tmp_path / "s251.html"
    page.write_text("Seal 1-AAAA-AAAA-AAAA-AAAA.", encoding="utf-8")  # of another store
    assert senco("reports", "s251", "--out", page).code == 0
    assert "1-AAAA-AAAA" not in page.read_text(encoding="utf-8")


def test_markdown_and_columns_take_no_harm_from_names(store: Store, senco: Run, tmp_path: Path) -> None:
    assert senco("settings", "set", "la.name", "Sut|ton <b>*", "--from", "2020-04-01").code == 0
    out = tmp_path / "inventory.md"
    assert senco("reports", "inventory", "--out", out).code == 0
    assert "# What the store holds about people, Sut\\|ton \\<b>\\*" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_an_empty_store_is_answered(
    store: Store, senco: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], form: str
) -> None:
    monkeypatch.setenv("SENCO_TODAY", "2021-09-06")
    ran = senco("reports", *words, "-f", form)
    assert (ran.code, ran.err) == (0, "")
    if form == "json":
        assert json.loads(ran.out)["report"]["title"]


def test_an_empty_store_gives_files_too(
    store: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENCO_TODAY", "2021-09-06")
    for words in COMMANDS:
        for ending in (".html", ".xlsx", ".md", ".csv"):
            ran = senco("reports", *words, "--out", tmp_path / f"report{ending}")
            assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_the_published_counts_stand_in_a_view_without_what_was_hidden(year: Store, senco: Run) -> None:
    assert senco("reports", "census", "21/1/2021").code == 0
    with closing(sqlite3.connect(f"file:{year.path}?mode=ro", uri=True)) as raw:
        view = raw.execute("SELECT * FROM v_published_count").fetchall()
        names = [each[0] for each in raw.execute("SELECT * FROM v_published_count LIMIT 1").description]
        own = raw.execute("SELECT key, shown FROM published_count").fetchall()
        (by,) = raw.execute("SELECT made_by FROM publication").fetchone()
    rows = [dict(zip(names, row, strict=True)) for row in view]
    assert {(row["count_of"], row["shown"]) for row in rows} == set(own)
    assert {row["measure"] for row in rows} == {"pupils"}
    assert {(row["report"], row["kind"], row["day"]) for row in rows} == {("census-2021-01-21", "census", "2021-01-21")}
    assert any(row["shown"] is None for row in rows)
    assert not any(row["shown"] in {1, 2, 3, 4} for row in rows)
    assert by not in repr(view)


def test_columns_of_one_heading_have_names_of_their_own_for_machines() -> None:
    row = (Figure("A"), Figure(1, FigureKind.POUNDS), Figure(2, FigureKind.POUNDS), Figure(3), Figure(4), Figure(5))
    table = Table("t", "T", ("", "Sum", "sum", "From", "2nd", "Sum"), (row,))
    report = Report("r", "R", "", "", "", "", (Section("s", "S", frozenset(), (), (table,)),))
    (_, listing) = screen.answers(report)
    assert isinstance(listing, Listing)
    assert [each.name for each in fields(listing.lines[0])] == [
        "of",
        "sum_pence",
        "sum_2_pence",
        "from_",
        "n2nd",
        "sum",
    ]
