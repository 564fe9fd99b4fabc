"""Every figure of the term reports of the invented year agrees with a count by SQL that was written apart."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from senco.reports import questions, termly
from senco.reports.kinds import FigureKind, Report
from senco.store.doors import Store
from tests.reports.borough import TERMS, YEAR
from tests.reports.counted import counted

END = date(2021, 8, 31)
COMPARED = {
    "autumn": ["Summer 2019/20", "Autumn 2020/21"],
    "spring": ["Summer 2019/20", "Autumn 2020/21", "Spring 2020/21"],
    "summer": ["Summer 2019/20", "Autumn 2020/21", "Spring 2020/21", "Summer 2020/21"],
}


def report_of(store: Store, term: str, day: date = END) -> Report:
    with store.reading(trusting=True) as ask:
        return termly.term_report(questions.term_facts(ask, year=YEAR, term=term, day=day))


def shown(report: Report) -> dict[tuple[str, str, str], object]:
    """Give every figure that is no text by table, row and heading."""
    cells: dict[tuple[str, str, str], object] = {}
    for section in report.sections:
        for table in section.tables:
            for row in table.rows:
                # Needs are named by their code; the sections write the code's meaning after it.
                name = str(row[0].value).partition(":")[0] if table.name == "requests-by-need" else str(row[0].value)
                for heading, figure in list(zip(table.headings, row, strict=True))[1:]:
                    if figure.kind is not FigureKind.TEXT:
                        assert (table.name, name, heading) not in cells
                        cells[table.name, name, heading] = figure.value
    return cells


def differences(path: Path, report: Report, term: str) -> list[str]:
    """Say where a report differs from what the tables hold; also what it shows and nobody counted, and the reverse."""
    spans = {"Summer 2019/20": ("2020-04-13", "2020-08-31")}
    spans |= {f"{name.capitalize()} {YEAR}": days for name, days in TERMS.items()}
    with closing(sqlite3.connect(path)) as raw:
        should = counted(raw, *TERMS[term], [(name, *spans[name]) for name in COMPARED[term]])
    if term == "autumn":
        should = {place: value for place, value in should.items() if place[0] != "year-so-far"}
    found = shown(report)
    return [
        f"{' / '.join(place)}: {found.get(place, 'not shown')} is shown, {should.get(place, 'nobody')} counted"
        for place in sorted({*found, *should})
        if place not in found or place not in should or found[place] != should[place]
    ]


@pytest.mark.parametrize("term", TERMS)
def test_every_figure_of_the_year_is_what_the_tables_hold(year_path: Path, year_store: Store, term: str) -> None:
    report = report_of(year_store, term)
    assert differences(year_path, report, term) == []
    assert len(shown(report)) > 350


ALTERED = {
    "requests-by-cluster": "UPDATE request SET cluster_reference = 'CP3' WHERE reference = :request",
    "requests-by-type": "UPDATE request SET type = 'project' WHERE reference = :request",
    "requests-by-phase": "UPDATE request SET year_group = '14' WHERE reference = :request",
    "requests-by-need": "UPDATE request_need SET code = 'MSI' WHERE request_reference = :request AND rank = 1",
    "decisions-by-outcome": "UPDATE decision SET outcome = 'agreed-with-conditions' WHERE outcome = 'agreed'",
    "decisions-by-cluster": "UPDATE decision SET decided_on = '2021-05-20' WHERE request_reference = :request",
    "put-off": "UPDATE decision SET outcome = 'returned', amount_pence = NULL, awarded_from = NULL,"
    " awarded_to = NULL WHERE request_reference = :request",
    "awards-by-cluster": "UPDATE decision SET amount_pence = amount_pence - 1 WHERE request_reference = :request",
    "time-by-cluster": "UPDATE request SET submitted_on = '2020-09-01' WHERE cluster_reference = 'CP3'"
    " AND reference IN (SELECT request_reference FROM decision)",
    "told-in-time": "UPDATE decision_letter SET dated_on = '2021-08-30' WHERE decision_id IN"
    " (SELECT decision_id FROM decision WHERE meeting_reference = '2021-01-12-PANEL')",
    "views-by-cluster": "UPDATE moderation SET level = 'advise' WHERE request_reference = :request",
    "agreement-by-cluster": "UPDATE recommendation SET outcome = 'declined-with-support', amount_pence = NULL,"
    " awarded_from = NULL, awarded_to = NULL WHERE request_reference = :request",
    "outcome-scores": "UPDATE review SET score = -score - (score = 0) WHERE review_id = 40",
    "reviews-due": "UPDATE decision SET review_on = '2021-02-01' WHERE request_reference = :request",
    "envelopes": "UPDATE ledger_entry SET amount = amount + 1 WHERE kind = 'pay' AND day < '2021-01-01'",
    "specialist-time": "UPDATE ledger_entry SET amount = amount + 1 WHERE kind = 'contact'",
    "attendance-by-meeting": "UPDATE attendance SET mark = 'absent' WHERE meeting_reference = '2021-03-23-CP'",
    "programme-by-kind": "UPDATE meeting SET status = 'cancelled' WHERE reference = '2021-03-23-CP'",
    "comparison": "UPDATE request SET withdrawn_on = NULL, withdrawn_because = '', submitted_on = '2020-08-31'"
    " WHERE reference = :request",
}

# A request of the term that went all its way in it.
PICKED = """
SELECT d.request_reference
  FROM decision d
  JOIN request r ON r.reference = d.request_reference
  JOIN moderation m ON m.request_reference = r.reference
  JOIN recommendation p ON p.request_reference = r.reference AND p.outcome LIKE 'agreed%'
 WHERE d.outcome LIKE 'agreed%' AND d.amount_pence > 0 AND r.cluster_reference = 'CP1' AND m.level = 'confirm'
   AND r.submitted_on >= '2021-01-02' AND d.meeting_reference = '2021-04-13-PANEL'
 ORDER BY 1 LIMIT 1
"""


@pytest.mark.parametrize("table", ALTERED)
def test_the_count_would_notice_one_thing_altered(year_path: Path, tmp_path: Path, table: str) -> None:
    """The control: of a copy in which one thing was altered, the count disagrees with the report of before."""
    path = tmp_path / "copy.db"
    shutil.copy(year_path, path)
    with closing(sqlite3.connect(path)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        request = raw.execute(PICKED).fetchone()
        assert request is not None
        assert raw.execute(ALTERED[table], {"request": request[0]}).rowcount > 0
    report = report_of(Store(year_path, wait=5), "spring")
    assert any(each.startswith(f"{table} /") for each in differences(path, report, "spring"))
    assert differences(path, report_of(Store(path, wait=5), "spring"), "spring") == []
