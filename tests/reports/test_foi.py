"""What is asked under freedom of information: counted apart, by the rules that held, and without a person's name."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.reports.foi import foi_report
from senco.reports.foi_questions import NOT_TOLD, foi_facts
from senco.reports.kinds import Report, Table
from senco.settings.rules import DEFINITIONS
from senco.store.doors import Store
from tests.budget.conftest import borough, funded  # noqa: F401 - fixtures
from tests.reports.borough import TERMS, YEAR

Run = Callable[..., Any]
# Decisions by the end of each term, straight from the tables.
DECIDED = """
WITH dated AS (SELECT d.*, COALESCE(d.decided_on, substr(d.meeting_reference, 1, 10), substr(d.made_at, 1, 10)) AS day
                 FROM decision d)
SELECT r.cluster_reference, d.outcome, COALESCE(d.amount_pence, 0) FROM dated d
  JOIN request r ON r.reference = d.request_reference
 WHERE d.day BETWEEN :first AND :last AND d.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM dated x WHERE x.supersedes = d.decision_id AND (x.taken_back = 1 OR x.day <= :last))
"""
NAMES = {
    "agreed": "Agreed in full",
    "agreed-lower": "Agreed at a lower amount",
    "agreed-with-conditions": "Agreed with conditions",
    "declined-with-support": "Declined, with other support",
}


def answer(store: Store, day: date, year: str = YEAR) -> Report:
    with store.reading() as ask:
        return foi_report(foi_facts(ask, year=year, day=day))


def table(report: Report, name: str) -> Table:
    (found,) = (each for section in report.sections for each in section.tables if each.name == name)
    return found


def rows(report: Report, name: str) -> dict[object, tuple[object, ...]]:
    return {row[0].value: tuple(each.value for each in row[1:]) for row in table(report, name).rows}


@pytest.mark.parametrize(("day", "terms"), [(date(2021, 9, 6), 3), (date(2021, 4, 16), 2), (date(2020, 11, 30), 1)])
def test_every_count_and_sum_is_that_of_sql_written_apart(year_store: Store, day: date, terms: int) -> None:
    spans = [(first, min(last, day.isoformat())) for first, last in list(TERMS.values())[:terms]]
    with closing(sqlite3.connect(year_store.path)) as raw:
        received = dict(raw.execute(
            "SELECT cluster_reference, COUNT(*) FROM request WHERE submitted_on BETWEEN '2020-09-01' AND ? GROUP BY 1",
            (spans[-1][1],),
        ))  # fmt: skip
        decided = [row for first, last in spans for row in raw.execute(DECIDED, {"first": first, "last": last})]
    wanted: dict[str, list[int]] = {}
    for cluster, outcome, pence in decided:
        for name in (cluster, "The borough"):
            told = wanted.setdefault(name, [0, 0, 0])
            told[0] += outcome.startswith("agreed")
            told[1] += outcome.startswith("declined")
            told[2] += pence
    report = answer(year_store, day)
    shown = rows(report, "year-by-cluster")
    received["The borough"] = sum(received.values())
    assert {name: told[0] for name, told in shown.items()} == received
    assert {name: (told[2], told[3], told[5]) for name, told in shown.items()} == {
        name: tuple(wanted.get(name, (0, 0, 0))) for name in shown
    }
    by_outcome = rows(report, "year-by-outcome")
    for outcome, name in NAMES.items():
        held = [pence for _, its, pence in decided if its == outcome]
        assert (by_outcome[name][0], by_outcome[name][2]) == (len(held), sum(held))
    put_off = [outcome for _, outcome, _ in decided if not outcome.startswith(("agreed", "declined"))]
    assert rows(report, "year-put-off")["All not settled"] == (len(put_off),)
    assert ("the year still runs" in report.period) == (terms < 3)


def test_the_sums_are_those_of_the_terms_own_counts(year_store: Store) -> None:
    """Each count of the year is the sum of those that the terms' own reports publish, under their own keys."""
    counts = answer(year_store, date(2021, 9, 6)).counts
    for key in [key for key in counts if "upto=summer" in key]:
        terms = [key.replace("upto=summer", f"term={term}") for term in TERMS]
        names = ["|".join([name.split("|")[0], *sorted(name.split("|")[1:])]) for name in terms]
        assert counts[key] == sum(counts[name] for name in names)


def test_meetings_are_counted_by_kind_and_cluster(year_store: Store) -> None:
    report = answer(year_store, date(2021, 4, 16))
    with closing(sqlite3.connect(year_store.path)) as raw:
        wanted = raw.execute(
            "SELECT COUNT(*), SUM(status = 'cancelled'), SUM(status = 'confirmed' AND starts < '2021-04-17')"
            " FROM meeting m WHERE year = '2020/21' AND status <> 'proposed' AND (kind = 'conference' OR EXISTS"
            " (SELECT 1 FROM meeting_cluster c WHERE c.meeting_reference = m.reference AND cluster_reference = 'SP1'))"
        ).fetchone()
    assert rows(report, "meetings-by-cluster")["SP1"] == wanted
    assert rows(report, "meetings-by-kind")["Conferences"] == (2, 0, 1)


def test_every_rule_in_force_is_told_with_its_days_and_no_address(store: Store, senco: Run) -> None:
    for value, day in (("£4,500", "2020-10-01"), ("£5,000", "2021-02-01"), ("£5,500", "2021-02-01")):
        assert senco("settings", "set", "award.cap", value, "--from", day).code == 0
    assert senco("settings", "set", "award.cap", "£1", "--from", "2022-01-01").code == 0
    assert senco("settings", "set", "organiser.email", "someone@example.org", "--from", "2020-09-01").code == 0
    assert senco("settings", "set", "votes", "school", "--from", "2019-09-01").code == 0
    report = answer(store, date(2021, 9, 6))
    (rules,) = (each for each in report.sections if each.name == "rules")
    told = [tuple(each.value for each in row[1:]) for each in rules.tables for row in each.rows]
    assert [row[1:] for row in told if row[0] == "award.cap"] == [
        ("£0.00", "senco's default", "before Thu 1 Oct 2020"),
        ("£4,500.00", "Thu 1 Oct 2020", "before Mon 1 Feb 2021"),
        ("£5,500.00", "Mon 1 Feb 2021", "it holds"),
    ]
    assert [row[1:] for row in told if row[0] == "votes"] == [("school", "Sun 1 Sep 2019", "it holds")]
    assert {row[0] for row in told} == {each.name for each in DEFINITIONS} - NOT_TOLD
    assert "someone@example.org" not in repr(report)


def test_a_lead_is_told_by_the_post_and_its_host_school(borough, senco) -> None:  # noqa: F811
    report = answer(borough, date(2020, 11, 24))
    assert rows(report, "clusters") == {
        "CP1": ("All phases", 4, "in post", "Dorchester High School"),
        "CP2": ("All phases", 2, "in post", "not said"),
    }
    assert "A Lead" not in repr(report)


def test_an_answer_is_a_publication_once_wherever_it_is_shown(
    year_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, senco: Run
) -> None:
    path = tmp_path / "senco.db"
    shutil.copy(year_path, path)
    monkeypatch.setenv("SENCO_STORE", str(path))
    monkeypatch.setenv("SENCO_TODAY", "2021-09-06")
    with closing(sqlite3.connect(path)) as raw:
        (before,) = raw.execute("SELECT COUNT(*) FROM trail").fetchone()
    told = json.loads(senco("reports", "foi", "--year", YEAR, "-f", "json").out)
    assert told["report"]["said"][0] == "Requests received: 600."
    assert senco("reports", "foi", "--year", YEAR, "--out", tmp_path / "foi.html").code == 0
    assert senco("reports", "foi", "--year", YEAR).code == 0
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT verb, subject FROM trail WHERE number > ?", (before,)).fetchall() == [
            ("report.publish", "publication foi-2020-21")
        ]
        assert raw.execute("SELECT kind, year, day FROM publication").fetchall() == [("foi", YEAR, "2021-08-31")]


def test_a_year_that_has_not_begun_is_refused(store: Store, senco: Run) -> None:
    ran = senco("reports", "foi", "--year", "2021/22", "-f", "json")
    assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (4, "reports.not-begun")
