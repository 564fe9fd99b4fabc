"""The round trip: an agenda written, filled in as the panel would, read back; twice the same changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from senco.errors import BadInput, WrongUse
from senco.requests import questions, records
from senco.requests.outcomes import Verdict
from senco.requests.recording import Chairs, take_in
from senco.requests.returning import read_agenda
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.requests.conftest import AT, TODAY
from tests.requests.panel import CHAIR, PANEL, PANEL_DAY, decide, heard, request

Run = Callable[..., Any]
FILLED = {
    "agreed": {
        "Agreed £": 3500, "From": date(2021, 1, 4), "To": date(2021, 7, 23), "+Criteria met": "costed; clear outcome",
    },
    "agreed lower": {"Agreed £": 2000.5, "From": "4/1/2021", "To": "23 July 2021", "+Criteria met": "Costed provision"},
    "declined with support": {
        "+Criteria not met": "graduated response",
        "+Advice": "Ask the EP; Try a timetable",
        "+Who": "SENCO",
        "+By when": "29 Jan 2021",
    },
    "deferred for information": {"+Evidence wanted next time": "A second plan"},
    "returned": {},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_panels_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", PANEL_DAY.isoformat())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "panel.xlsx"


def fill(path: Path, rows: dict[str, dict[str, object]]) -> None:
    """Fill a workbook in as a person would: by case and heading; a heading with + stands on the second sheet."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[:2]:
        top = next(row for row in sheet.iter_rows() if row[0].value == "No.")
        places = {str(cell.value): cell.column for cell in top}
        for row in sheet.iter_rows(min_row=top[0].row + 1):
            told = rows.get(str(row[1].value).split("\n")[0], {})
            for heading, value in told.items():
                if heading.startswith("+") == (sheet.title == "Reasons"):
                    sheet.cell(row[0].row, places[heading.removeprefix("+")]).value = value  # type: ignore[assignment]
    book.save(path)


def filled_panel(borough: Store, senco: Run, out: Path) -> dict[str, str]:
    cases = {heard(borough): verdict for verdict in FILLED}
    assert senco("requests", "agenda", "--panel", PANEL, "--out", out).code == 0
    fill(out, {each: {"Recommendation": word, "Reason": "Seen.", **FILLED[word]} for each, word in cases.items()})
    return cases


def test_a_filled_agenda_is_recorded_whole_and_once(borough: Store, senco: Run, out: Path, trail_length: Run) -> None:
    cases = filled_panel(borough, senco, out)
    blank = heard(borough)
    before = trail_length()
    plan = senco("requests", "record", out, "--chair", CHAIR, "--dry-run")
    assert (plan.code, trail_length()) == (0, before), plan.err
    assert "5 new. This was the plan only" in plan.err
    assert senco("requests", "record", out, "--chair", CHAIR).code == 4
    done = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert (done.code, trail_length()) == (0, before + 1), done.err
    assert "Agreed in all: £5,500.50 for the whole time." in done.out
    with borough.reading() as ask:
        told = {each.request: each for each in records.recommended_at(ask, PANEL)}
        assert {each: Verdict(line.outcome).said for each, line in told.items()} == cases
        assert sum(each.amount_pence or 0 for each in told.values()) == 550_050
        declined = next(each for each in told.values() if each.outcome == "declined-with-support")
        from senco.requests.outcomes import Record

        lines = [
            (e.kind, e.text, e.owner, e.due_on) for e in records.reasons(ask, Record.RECOMMENDATION, declined.number)
        ]
        assert lines == [
            ("criterion-not-met", "graduated response", "", None),
            ("advice", "Ask the EP", "SENCO", "2021-01-29"),
            ("advice", "Try a timetable", "SENCO", "2021-01-29"),
        ]
    again = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert (again.code, trail_length()) == (0, before + 1)
    assert "5 unchanged. Nothing to change." in again.err
    assert blank not in again.out


def test_a_filled_agenda_says_which_awards_overrun_their_envelope(borough: Store, senco: Run, out: Path) -> None:
    """Before anything is recorded, each case in its turn; and nothing of an agenda that changes nothing."""
    cases = filled_panel(borough, senco, out)
    with borough.reading() as ask:
        (cluster,) = {questions.case_named(ask, each).cluster for each in cases}
    senco("budget", "allocate", "hnb", "£9,000")
    senco("budget", "allocate", f"{cluster}:envelope", "£4,000")
    plan = senco("requests", "record", out, "--chair", CHAIR, "--dry-run")
    (warned,) = [line for line in plan.err.splitlines() if line.startswith("WARNING")]
    awarded = {each for each, verdict in cases.items() if verdict.startswith("agreed")}
    assert warned.split()[1] in awarded  # whichever of the two stands later on the agenda
    assert f"overruns {cluster}'s exceptional fund of 2020/21 by £1,500.50" in warned
    assert warned in senco("requests", "record", out, "--chair", CHAIR, "--yes").err
    assert "WARNING" not in senco("requests", "record", out, "--chair", CHAIR, "--yes").err


def test_a_corrected_agenda_takes_the_place_of_the_first(borough: Store, senco: Run, out: Path) -> None:
    cases = filled_panel(borough, senco, out)
    senco("requests", "record", out, "--chair", CHAIR, "--yes")
    first = next(iter(cases))
    fill(out, {first: {"Reason": "Seen, and seen again."}})
    done = senco("requests", "record", out, "--chair", CHAIR, "--yes", "--format", "json")
    assert '"step": "changed"' in done.out
    assert "1 changed, 4 unchanged" in done.err
    with borough.reading() as ask:
        assert [each.living for each in records.recommendations(ask, first)] == [False, True]
    decide(borough, first)
    fill(out, {first: {"Reason": "Too late."}})
    late = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert (late.code, "the officer has decided it" in late.err) == (5, True)


def test_every_problem_is_told_with_its_cell(borough: Store, senco: Run, out: Path, trail_length: Run) -> None:
    cases = filled_panel(borough, senco, out)
    one, two, three, four, five = cases
    before = trail_length()
    fill(out, {
        one: {"Agreed £": "plenty", "From": "soon"},
        two: {"Recommendation": "perhaps"},
        three: {"+By when": "never", "Reason": None},
        four: {"Votes": "most", "Reason": "For A950000178301"},
        five: {"+Advice": "Go on", "+Evidence relied on": "Born 3 March 2014"},
    })  # fmt: skip
    ran = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert (ran.code, trail_length()) == (5, before)
    for said in (
        "amount cannot be read", "date cannot be read", "none of the list", "a reason is needed",
        "votes cannot be read", "UPN", "who does each advice", "date of birth",
    ):  # fmt: skip
        assert said in ran.err, said
    assert ran.err.count("panel.xlsx › Agenda!") >= 6
    assert "panel.xlsx › Reasons!" in ran.err
    for typed in ("plenty", "perhaps", "A950000178301", "2014"):
        assert typed not in ran.err


def test_what_a_rule_refuses_is_told_with_its_cell(borough: Store, senco: Run, out: Path) -> None:
    cases = filled_panel(borough, senco, out)
    one, two, three, *_ = cases
    fill(out, {one: {"Agreed £": 9999}, two: {"Asked a year": 1}, three: {"+Advice": None, "+Who": None}})
    ran = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert ran.code == 5
    assert "agreed means the £3,500.00 asked" in ran.err
    assert "asks for another amount than this agenda says" in ran.err
    assert "needs the advice" in ran.err


def read(path: Path) -> Any:
    return read_agenda(read_book(path), TODAY)


def test_a_case_that_stands_twice_or_nowhere(borough: Store, senco: Run, out: Path) -> None:
    filled_panel(borough, senco, out)
    book = openpyxl.load_workbook(out)
    for sheet, place in ((book.worksheets[0], 0), (book.worksheets[1], 1)):
        rows = [row for row in sheet.iter_rows() if str(row[1].value).startswith("R-")]
        rows[0][1].value = [str(rows[1][1].value), "R-2222"][place]
        rows[0][3].value = "costed provision" if place else rows[0][3].value
    book.save(out)
    with pytest.raises(BadInput) as refused:
        read(out)
    assert refused.value.reference == "requests.bad-agenda"
    said = " ".join(map(str, refused.value.problems))
    assert "stands here twice" in said
    assert "R-2222 has reasons, but stands on no agenda" in said


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"+Advice": "One; Two", "+Who": "A; B; C"}, "who does each advice"),
        ({"+Advice": "One; Two", "+Who": "A; B", "+By when": "1/2/2021; 2/2/2021; 3/2/2021"}, "not as many"),
    ],
)
def test_advice_is_said_line_by_line(borough: Store, senco: Run, out: Path, told: Any, wanted: str) -> None:
    reference = next(iter(filled_panel(borough, senco, out)))
    fill(out, {reference: told})
    with pytest.raises(BadInput) as refused:
        read(out)
    assert wanted in str(refused.value.problems[0])


def test_each_advice_has_a_name_and_a_day_of_its_own(borough: Store, senco: Run, out: Path) -> None:
    reference = next(iter(filled_panel(borough, senco, out)))
    fill(out, {reference: {"+Advice": "One; Two", "+Who": "A; B", "+By when": "1/2/2021; 2/2/2021"}})
    told = next(each for each in read(out).cases if each.reference == reference).told
    assert [(each.text, each.owner, each.due_on) for each in told.reasons[-2:]] == [
        ("One", "A", "2021-02-01"), ("Two", "B", "2021-02-02"),
    ]  # fmt: skip


def test_a_file_that_is_no_agenda(borough: Store, senco: Run, out: Path) -> None:
    request(borough)
    book = openpyxl.Workbook()
    book.active.append(["Case", "Anything"])  # type: ignore[union-attr] - a new book has a sheet
    stream = io.BytesIO()
    book.save(stream)
    out.write_bytes(stream.getvalue())
    with pytest.raises(BadInput) as refused:
        read(out)
    assert refused.value.reference == "requests.no-agenda"


def test_an_agenda_without_its_second_sheet(borough: Store, senco: Run, out: Path) -> None:
    reference = heard(borough)
    senco("requests", "agenda", "--panel", PANEL, "--out", out)
    fill(out, {reference: {"Recommendation": "returned", "Reason": "It belongs to the early help team."}})
    book = openpyxl.load_workbook(out)
    del book["Reasons"]
    book.save(out)
    assert senco("requests", "record", out, "--chair", CHAIR, "--yes").code == 0


def test_the_chair_is_named_and_steps_aside(borough: Store, senco: Run, out: Path) -> None:
    filled_panel(borough, senco, out)
    ran = senco("requests", "record", out, "--yes")
    assert (ran.code, "--chair" in ran.err) == (2, True)
    with pytest.raises(WrongUse) as missing, borough.changing("x", actor="a", at=AT) as change:
        take_in(change, read(out), Chairs(), TODAY)
    assert missing.value.reference == "requests.chair-missing"
    assert senco("requests", "record", out, "--chair", "CP2", "--yes").code == 5
    other = heard(borough, school="Barrow")
    senco("requests", "agenda", "--panel", PANEL, "--out", out)
    fill(out, {other: {"Recommendation": "returned", "Reason": "Early help first."}})
    assert senco("requests", "record", out, "--chair", "CP2", "--moderating-chair", CHAIR, "--yes").code == 0
    with borough.reading() as ask:
        line = records.advice_standing(ask, other)
    assert line is not None
    assert (line.chair, line.moderating_chair) == ("CP2", "")  # CP2's lead has no interest in Barrow


def test_a_request_that_is_gone_is_a_problem(borough: Store, senco: Run, out: Path) -> None:
    filled_panel(borough, senco, out)
    book = openpyxl.load_workbook(out)
    for sheet in book.worksheets:
        rows = [row for row in sheet.iter_rows() if str(row[1].value).startswith("R-")]
        rows[0][1].value = "R-2222"
    book.save(out)
    ran = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert (ran.code, "There is no request 'R-2222'" in ran.err) == (5, True)


def test_a_clusters_agenda_goes_the_same_way(borough: Store, senco: Run, out: Path, trail_length: Run) -> None:
    one, two, own = request(borough), request(borough, school="Barrow"), request(borough, school="Dorchester")
    other = request(borough, school="Foxley")
    words = ("requests", "agenda", "--meeting", "2020-11-24-CP", "--cluster", "CP1", "--out", out)
    assert senco(*words).code == 0
    told = {"Outcome": "exceptional", "Level": "confirm", "Votes": "2-1-0", "Reason": "Two plans."}
    fill(out, {one: {**told, "+Advice": "Ask the EP", "+Who": "SENCO"}, two: told})
    before = trail_length()
    done = senco("requests", "record", out, "--yes")
    assert (done.code, trail_length()) == (0, before + 1), done.err
    assert "2 new, 1 not filled in" in done.err
    assert "2 unchanged, 1 not filled in. Nothing" in senco("requests", "record", out, "--yes").err
    fill(out, {one: {"Level": "support"}, own: told})
    refused = senco("requests", "record", out, "--yes")
    assert (refused.code, "another school must chair" in refused.err) == (5, True)
    again = senco("requests", "record", out, "--moderating-chair", "Foxley", "--yes")
    assert "1 new, 1 changed, 1 unchanged" in again.err
    with borough.reading() as ask:
        assert [each.level for each in questions.moderations(ask, one)] == ["confirm", "support"]
    book = openpyxl.load_workbook(out)
    rows = {row[1].value: row for row in book.worksheets[0].iter_rows() if str(row[1].value).startswith("R-")}
    rows[two][1].value = other
    rows[own][10].value = "maybe"
    book.save(out)
    assert "none of the list" in senco("requests", "record", out, "--yes").err
    rows[own][10].value = "borderline"
    book.save(out)
    wrong = senco("requests", "record", out, "--moderating-chair", "Foxley", "--yes")
    assert "is not one of CP1's" in wrong.err, wrong.err
