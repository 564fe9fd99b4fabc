"""Who has top-up on a day: the edges of awards, children counted once, groups, and every figure counted apart."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.reports.census import census_report, pupils
from senco.reports.census_questions import CensusFacts, census_facts
from senco.reports.kinds import Figure, Report, Table
from senco.reports.saying import INTERNAL
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, FOXLEY, award, borough, funded  # noqa: F401 - fixtures

Run = Callable[..., Any]
TODAY = date(2021, 9, 6)
DAY = date(2021, 1, 21)
ONE = "R-7KQ4"
AT = "2020-12-01T10:00:00+00:00"


def facts_of(store: Store, day: date = DAY, today: date = TODAY) -> CensusFacts:
    with store.reading() as ask:
        return census_facts(ask, day, today)


def count(store: Store, day: str, today: date = TODAY) -> int:
    return len(pupils(facts_of(store, date.fromisoformat(day), today)))


def insert(store: Store, table: str, **row: object) -> None:
    with closing(sqlite3.connect(store.path)) as raw, raw:
        marks = ", ".join(f":{name}" for name in row)
        raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def child(store: Store, number: int, *requests: str, year_group: str = "") -> str:
    key = f"{number:032x}"
    insert(store, "pupil", pupil_key=key, given_names="Zevander", family_name="Quoxley", version=1, changed_at=AT,
           changed_by="test")  # fmt: skip
    for each in requests:
        insert(store, "request_pupil", request_reference=each, pupil_key=key, consent_scope="", year_group=year_group)
    return key


def change(store: Store, kind: str, day: str, urn: int | None = None) -> None:
    insert(store, "award_change", request_reference=ONE, decision_id=1, kind=kind, holds_from=day, urn=urn,
           reason="Moved", made_at=AT, made_by="test")  # fmt: skip


def event(store: Store, kind: str, day: str, urn: int | None = None) -> None:
    with closing(sqlite3.connect(store.path)) as raw:
        (last,) = raw.execute("SELECT COUNT(*) FROM award_event").fetchone()
    told: dict[str, object] = {
        "event_id": last + 1,
        "pattern": "",
        "fund": "",
        "urn": urn,
        "because": "left" if kind == "stop" else "",
    }
    insert(store, "award_event", request_reference=ONE, kind=kind, day=day, made_at=AT, made_by="test", **told)


@pytest.mark.parametrize(("day", "told"), [("2021-01-17", 0), ("2021-01-18", 1), ("2021-03-26", 1), ("2021-03-27", 0)])
def test_an_award_counts_from_its_first_day_to_its_last(borough, award, day, told) -> None:  # noqa: F811
    award(ONE, 100_000, awarded_from="2021-01-18", awarded_to="2021-03-26")
    assert count(borough, day) == told


@pytest.mark.parametrize(("day", "told"), [("2020-11-19", 0), ("2020-11-20", 1), ("2021-08-31", 1), ("2021-09-01", 0)])
def test_an_award_without_days_runs_from_its_decision_to_the_end_of_the_year(
    borough, award, day, told  # noqa: F811
) -> None:  # fmt: skip
    award(ONE, 100_000, awarded_from=None, awarded_to=None)
    assert count(borough, day) == told


def test_an_award_without_days_decided_in_spring_ends_that_august(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000, awarded_from=None, awarded_to=None, made_at="2021-02-10T10:00:00+00:00")
    assert [count(borough, day) for day in ("2021-02-10", "2021-08-31", "2021-09-01")] == [1, 1, 0]


@pytest.mark.parametrize(("day", "told"), [("2021-01-20", 1), ("2021-01-21", 0)])
@pytest.mark.parametrize("way", ["ended", "stop"])
def test_an_award_that_ended_or_was_stopped_runs_up_to_the_day_before(
    borough, award, day, told, way  # noqa: F811
) -> None:  # fmt: skip
    award(ONE, 100_000)
    (change if way == "ended" else event)(borough, way, "2021-01-21")
    assert count(borough, day) == told


def test_a_stop_that_was_taken_back_left_a_gap(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    event(borough, "stop", "2021-01-21")
    event(borough, "resume", "2021-02-22")
    days = ("2021-01-20", "2021-01-21", "2021-02-21", "2021-02-22")
    assert [count(borough, day) for day in days] == [1, 0, 0, 1]


@pytest.mark.parametrize("way", ["moved", "move"])
def test_a_child_counts_where_it_is_on_the_day(borough, award, way) -> None:  # noqa: F811
    award(ONE, 100_000)
    (change if way == "moved" else event)(borough, way, "2021-01-21", FOXLEY)
    where = [pupils(facts_of(borough, date(2021, 1, day)))[0].urn for day in (20, 21)]
    assert where == [ABBEY, FOXLEY]
    report = census_report(facts_of(borough), internal=True)
    rows = {row[0].value: row[1].value for row in table(report, "pupils-by-school").rows}
    assert (rows["Abbey Primary School"], rows["Foxley School"], rows["All pupils"]) == (0, 1, 1)


def test_a_child_that_moved_stays_where_it_went_when_the_award_is_decided_anew(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    change(borough, "moved", "2020-12-01", FOXLEY)
    award(ONE, None)
    award(ONE, 90_000)
    assert [each.urn for each in pupils(facts_of(borough))] == [FOXLEY]


def test_an_end_was_of_the_decision_that_it_ended(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    change(borough, "ended", "2020-12-01")
    award(ONE, None)
    assert count(borough, "2021-01-21") == 0
    award(ONE, 90_000)
    assert count(borough, "2021-01-21") == 1


def test_what_was_taken_back_declined_or_of_nothing_does_not_count(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    award(ONE, None)
    award("R-7KQ5", 0)
    award("R-7KQ6", 100_000)
    assert count(borough, "2021-01-21") == 1


def test_a_decision_counts_from_when_it_takes_the_place_of_the_one_before(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    award(ONE, 90_000, awarded_from="2021-04-19", made_at="2021-04-13T10:00:00+00:00")
    pence = [pupils(facts_of(borough, date.fromisoformat(day)))[0].pence for day in ("2021-04-18", "2021-04-19")]
    assert pence == [100_000, 90_000]
    # Before it was made nobody knew of it.
    assert pupils(facts_of(borough, date(2021, 4, 19), date(2021, 4, 12)))[0].pence == 100_000
    assert count(borough, "2020-10-01", date(2020, 10, 1)) == 0


def test_a_request_that_was_withdrawn_since_counts_until_then(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE request SET withdrawn_on = '2021-01-21', withdrawn_because = 'Moved', version = 2")
    with borough.reading(trusting=True) as ask:
        assert [len(census_facts(ask, date(2021, 1, day), TODAY).awards) for day in (20, 21)] == [1, 0]


test_a_request_that_was_withdrawn_since_counts_until_then = pytest.mark.tampered(
    test_a_request_that_was_withdrawn_since_counts_until_then
)


def test_a_child_with_two_awards_counts_once_as_the_newest_has_it(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000, {"sen_status": "K", "year_group": "6"})
    award("R-7KQ5", 50_000, {"sen_status": "E", "year_group": "7", "urn": FOXLEY, "cluster_reference": "CP2"})
    award("R-7KQ6", 25_000)
    child(borough, 1, ONE, "R-7KQ5")
    child(borough, 2, "R-7KQ6")
    held = {(each.urn, each.status, each.phase, each.pence, each.awards) for each in pupils(facts_of(borough))}
    assert held == {(FOXLEY, "E", "secondary", 150_000, 2), (ABBEY, "K", "primary", 25_000, 1)}
    rows = [
        (row[1].value, row[2].value)
        for row in table(census_report(facts_of(borough), internal=True), "pupils-by-awards").rows
    ]
    assert rows == [(1, 25_000), (1, 150_000), (2, 175_000)]


def test_control_awards_of_children_whom_nobody_named_are_of_different_ones(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000)
    award("R-7KQ5", 50_000)
    assert len(pupils(facts_of(borough))) == 2


def test_a_group_counts_its_pupils_those_named_with_their_own_year(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000, {"type": "group", "pupils": 3, "year_group": None})
    award("R-7KQ5", 30_000)
    child(borough, 1, ONE, "R-7KQ5", year_group="2")
    child(borough, 2, ONE, year_group="8")
    held = sorted((each.phase, each.pence, each.awards) for each in pupils(facts_of(borough)))
    assert held == [("primary", 63_334, 2), ("secondary", 33_333, 1), ("several", 33_333, 1)]


def test_more_children_named_than_told_all_count_and_a_project_for_none_counts_none(borough, award) -> None:  # noqa: F811
    award(ONE, 100_000, {"type": "group", "pupils": 1, "year_group": None})
    award("R-7KQ5", 70_000, {"type": "project", "year_group": None})
    for number in (1, 2):
        child(borough, number, ONE)
    report = census_report(facts_of(borough), internal=True)
    assert len(pupils(facts_of(borough))) == 2
    cases = table(report, "cases").rows
    assert [(row[0].value, row[5].value, row[8].value) for row in cases] == [
        (ONE, 2, 100_000), ("R-7KQ5", 0, 70_000), ("All awards", None, 170_000),
    ]  # fmt: skip


def test_a_status_or_an_area_of_another_time_has_a_row_of_its_own(borough, award, senco) -> None:  # noqa: F811
    award(ONE, 100_000, {"sen_status": "Targeted Plus"})
    insert(borough, "request_need", request_reference=ONE, rank=1, code="ASD")
    assert senco("settings", "set", "need.areas", "autism: ASD", "--from", "2020-09-01").code == 0
    assert senco("settings", "set", "need.areas", "learning: MLD", "--from", "2021-01-01").code == 0
    report = census_report(facts_of(borough), internal=True)
    assert [row[0].value for row in table(report, "pupils-by-area").rows[:2]] == ["Learning", "Autism"]
    assert table(report, "pupils-by-status").rows[-2][0].value == "Targeted Plus"
    assert sum(number(row[1]) for row in table(report, "pupils-by-area").rows[:-1]) == 1


def test_what_the_amounts_are_is_told_by_the_day_of_each_decision(borough, award, senco) -> None:  # noqa: F811
    award(ONE, 100_000)
    assert "for their whole time;" in census_report(facts_of(borough), internal=True).notes[0]
    assert senco("settings", "set", "award.means", "year", "--from", "2021-01-01").code == 0
    award("R-7KQ5", 100_000, made_at="2021-01-12T10:00:00+00:00")
    assert "for a year or for their whole time" in census_report(facts_of(borough), internal=True).notes[0]


def table(report: Report, name: str) -> Table:
    (found,) = (each for section in report.sections for each in section.tables if each.name == name)
    return found


def number(figure: Figure) -> int:
    assert isinstance(figure.value, int)
    return figure.value


# Counted apart: the newest decision of a request that has begun, straight from the tables of the invented year.
APART = """
WITH d AS (
    SELECT r.reference, r.urn, r.sen_status, r.type, r.pupils, r.year_group, x.amount_pence AS pence, x.decision_id,
           x.awarded_to,
           (SELECT n.code FROM request_need n WHERE n.request_reference = r.reference AND n.rank = 1) AS need
      FROM request r JOIN decision x ON x.decision_id = (
           SELECT y.decision_id FROM decision y WHERE y.request_reference = r.reference AND y.taken_back = 0
              AND COALESCE(y.awarded_from, substr(y.made_at, 1, 10)) <= :day ORDER BY y.decision_id DESC LIMIT 1)
     WHERE x.amount_pence > 0 AND x.awarded_to >= :day
       AND NOT EXISTS (SELECT 1 FROM award_change c WHERE c.decision_id = x.decision_id AND c.holds_from <= :day))
SELECT {by}, SUM(children), SUM(CASE WHEN children > 0 THEN pence ELSE 0 END) FROM (
    SELECT d.*, s.name AS school, (SELECT COUNT(*) FROM request_pupil p WHERE p.request_reference = d.reference)
           AS children FROM d JOIN school s ON s.urn = d.urn) GROUP BY 1
"""
BY = {
    "pupils-by-school": "school",
    "pupils-by-status": "CASE sen_status WHEN 'K' THEN 'SEN support (K)' WHEN 'E' THEN 'EHC plan (E)' WHEN 'N' THEN"
    " 'No SEN provision (N)' ELSE 'Being assessed for a plan' END",
    "pupils-by-area": "CASE WHEN need IN ('SLCN', 'ASD') THEN 'Communication and interaction'"
    " WHEN need IN ('SPLD', 'MLD', 'SLD', 'PMLD', 'DS') THEN 'Cognition and learning'"
    " WHEN need = 'SEMH' THEN 'Social, emotional and mental health'"
    " WHEN need IN ('HI', 'VI', 'MSI', 'PD') THEN 'Sensory and/or physical' ELSE 'Other or not said' END",
}
PHASE = """
SELECT CASE WHEN p.year_group IN ('N1', 'N2', 'R') THEN 'Nursery and Reception' WHEN p.year_group + 0 BETWEEN 1 AND 6
       THEN 'Years 1 to 6' WHEN p.year_group + 0 BETWEEN 7 AND 11 THEN 'Years 7 to 11' ELSE 'Years 12 to 14' END,
       COUNT(*) FROM request_pupil p
 WHERE p.request_reference IN (SELECT reference FROM ({d})) GROUP BY 1
"""


@pytest.mark.parametrize("day", ["2020-10-01", "2021-01-21", "2021-05-20", "2021-08-31"])
def test_every_figure_is_that_of_sql_written_apart(year_store: Store, day: str) -> None:
    report = census_report(facts_of(year_store, date.fromisoformat(day)), internal=True)
    with closing(sqlite3.connect(year_store.path)) as raw:
        for name, by in BY.items():
            wanted = {row[0]: row[1:] for row in raw.execute(APART.format(by=by), {"day": day})}
            wanted["All pupils"] = (sum(row[0] for row in wanted.values()), sum(row[1] for row in wanted.values()))
            shown = {row[0].value: (row[1].value, row[2].value) for row in table(report, name).rows}
            assert {key: told for key, told in shown.items() if told != (0, 0)} == {
                key: told for key, told in wanted.items() if told != (0, 0)
            }
        begin = APART.split("SELECT {by}", maxsplit=1)[0]
        phases = dict(raw.execute(begin + PHASE.format(d="SELECT * FROM d"), {"day": day}))
    shown_phases = {row[0].value: row[1].value for row in table(report, "pupils-by-phase").rows[:-1] if row[1].value}
    assert shown_phases == phases
    assert day != DAY.isoformat() or sum(phases.values()) > 50


def test_the_command_hides_small_counts_and_keeps_what_it_published(
    year_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, senco: Run
) -> None:
    path = tmp_path / "senco.db"
    path.write_bytes(year_path.read_bytes())
    monkeypatch.setenv("SENCO_STORE", str(path))
    monkeypatch.setenv("SENCO_TODAY", TODAY.isoformat())
    told = json.loads(senco("reports", "census", "21/1/2021", "-f", "json").out)
    counts = [row["pupils"] for row in told["pupils_by_school"]]
    assert "[c]" in counts
    assert not [each for each in counts if isinstance(each, int) and 0 < each < 5]
    assert all((row["pupils"] == "[c]") == (row["amount_pence"] == "[c]") for row in told["pupils_by_school"])
    assert "cases" not in told
    ran = senco("reports", "census", "21/1/2021", "--internal", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert {row["marked"] for row in rows} == {INTERNAL}
    assert sum(int(row["amount_pence"]) for row in rows[:-1]) == int(rows[-1]["amount_pence"]) > 0
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name, kind, day, year FROM publication").fetchall() == [
            ("census-2021-01-21", "census", "2021-01-21", "2020/21")
        ]  # the internal one is no publication
        keys = [key for (key,) in raw.execute("SELECT pupil_key FROM pupil")]
    assert not any(key in ran.out for key in keys)


def test_few_pupils_are_not_divided(borough, award) -> None:  # noqa: F811
    for letter in "ABCD":
        award(f"R-2{letter}22", 100_000)
    few = census_report(facts_of(borough))
    assert [each.name for each in few.sections[0].tables] == ["pupils"]
    assert list(few.counts.values()) == [4]
    award("R-2E22", 100_000)
    assert len(census_report(facts_of(borough)).sections[0].tables) == 5


def test_a_day_that_has_not_come_is_refused(borough, senco) -> None:  # noqa: F811
    ran = senco("reports", "census", "21/1/2021", "-f", "json")
    assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (4, "reports.not-begun")
