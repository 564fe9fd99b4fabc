"""Forms at the command line: plan, show, apply; what is told, and what becomes of the store."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.console import desk as desks
from senco.requests import form_questions
from senco.sheets.packing import why_not_plain
from senco.store.doors import Store
from tests.requests import year
from tests.requests.conftest import AT, judgement
from tests.requests.forms import CHILD, Form, child, usual

Run = Callable[..., Any]


@functools.cache
def empty() -> Form:
    return Form()


@pytest.fixture
def send(borough: Store, senco: Run, tmp_path: Path) -> Run:
    """Give a way to write forms and take them in; gives the run and its JSON."""

    def run(*requests: year.Invented, words: tuple[str, ...] = ("--yes",), **answers: Any) -> Any:
        paths = []
        for place, request in enumerate(requests):
            path = tmp_path / f"form-{place}.xlsx"
            path.write_bytes(empty().of(request, **answers))
            paths.append(str(path))
        return senco("requests", "import", *paths, *words, "--format", "json")

    return run


def forms_of(ran: Any) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(ran.out)["forms"]
    return told


def rows(store: Store, sql: str) -> list[Any]:
    with closing(sqlite3.connect(store.path)) as raw:
        return raw.execute(sql).fetchall()


def test_a_form_becomes_a_request_with_all_it_says(send: Run, borough: Store, senco: Run, trail_length: Run) -> None:
    before = trail_length()
    ran = send(usual(funding=(("EHC plan", 100_000, date(2019, 9, 1), date(2020, 8, 31)),)))
    assert ran.code == 0
    (line,) = forms_of(ran)
    assert (line["fate"], line["number"], line["school"]) == ("added", 7, "Abbey Primary School")
    # 780 minutes a week alone: £8,515 and items of £125.50; 300 minutes shared by six: £545.83
    assert (line["cost_pence"], line["asked_pence"]) == (918_633, 318_633)
    assert line["meeting"] == "2020-11-24-CP"
    assert (line["errors"], line["changes"]) == (0, [])
    assert trail_length() == before + 1
    ((subject, detail),) = rows(borough, "SELECT subject, detail FROM trail ORDER BY number DESC LIMIT 1")
    assert subject == f"request {line['request']}"
    assert json.loads(detail) == {"added": 1, "changed": 0, "refused": 0, "unchanged": 0}
    shown = json.loads(senco("requests", "show", line["request"], "--format", "json").out)
    assert [each["kind"] for each in shown["evidence"]] == ["plan", "review", "report"]
    assert shown["agencies"][0]["agency"] == "CAMHS"
    assert shown["other_funding"][0]["amount_pence"] == 100_000
    assert rows(borough, "SELECT form_key, form_version, source FROM request") == [
        ("2020/21 100001 7", "form-1", "form")
    ]
    assert "Evidence held" in senco("requests", "show", line["request"]).out


def test_the_same_form_twice_changes_nothing(send: Run, borough: Store, trail_length: Run) -> None:
    several = usual(
        type="group", number=8, children=(child(upn="B801200005001"), child(given="Zevo", upn="")), pupils=2
    )
    talk = usual(type="discussion", number=9, children=(replace(CHILD, given="", family="", upn="", born=None),))  # type: ignore[arg-type] - a child who is not named
    first = send(usual(), several, talk, usual(type="project", number=10, children=(), pupils=9))
    assert [each["fate"] for each in forms_of(first)] == ["added"] * 4, first.err
    before, held = trail_length(), rows(borough, "SELECT * FROM request") + rows(borough, "SELECT * FROM pupil")
    again = send(usual(), several, talk, usual(type="project", number=10, children=(), pupils=9))
    assert [each["fate"] for each in forms_of(again)] == ["unchanged"] * 4
    assert "0 added, 0 changed, 4 unchanged" in again.err
    assert trail_length() == before
    assert rows(borough, "SELECT * FROM request") + rows(borough, "SELECT * FROM pupil") == held


def test_a_corrected_form_updates_the_draft_and_shows_what_changed(send: Run, borough: Store) -> None:
    send(usual())
    other = replace(usual().lines[1], minutes=900)
    ran = send(
        usual(
            lines=(usual().lines[0], other, usual().lines[2]),
            needs=("SLCN",),
            asked_to=date(2021, 8, 31),
            parents_views="They agree.",
            children=(child(upn="B801200005001", consent="electronic"),),
            funding=(("EHC plan", 1, date(2021, 9, 1), date(2022, 1, 1)),),
            urgent_because="Out of school.",
            element2_pence=500_000,
        )
    )
    (line,) = forms_of(ran)
    assert line["fate"] == "changed"
    assert line["changes"] == [
        "needs: SEMH SLCN → SLCN",
        "until: Fri 23 Jul 2021 → Tue 31 Aug 2021",
        "element 2: £6,000.00 → £5,000.00",
        "urgent: no → yes",
        "cost: £9,186.33 → £10,496.33",
        "asked: £3,186.33 → £4,496.33",
        "parents' views",
        "why it is urgent",
        "other funding",
        "provision lines: 1 differ",
        "UPN",
        "consent",
    ]
    assert rows(borough, "SELECT version, cost_pence FROM request") == [(2, 1_049_633)]
    ((version, fields),) = rows(borough, "SELECT version, fields FROM request_correction")
    assert (version, fields.split("; ")[-1]) == (2, "consent")
    # The child whose number was mistyped is one child still, and nobody is left behind.
    assert rows(borough, "SELECT upn, version FROM pupil WHERE given_names = 'Zevbanora'") == [("B801200005001", 2)]


def test_a_child_whom_a_form_no_longer_names_is_forgotten(send: Run, borough: Store) -> None:
    send(usual())
    ran = send(usual(children=(child(given="Zevnew", family="Quoxnew", upn="B801200005001", year_group="R"),)))
    assert forms_of(ran)[0]["changes"] == ["given names", "family name", "UPN", "year group"]
    names = rows(borough, "SELECT given_names FROM pupil ORDER BY given_names")
    assert names == [("Zebulonia",), ("Zevnew",)]
    send(usual(type="group", children=(), pupils=3))
    assert rows(borough, "SELECT COUNT(*) FROM pupil") == [(1,)]


def test_good_and_bad_forms_are_told_apart(send: Run, borough: Store, senco: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(empty().of(usual(number=8), school="Zevbanora's school", asked=5_000_000))
    worse = tmp_path / "worse.xlsx"
    worse.write_bytes(b"PK nothing")
    good = tmp_path / "good.xlsx"
    good.write_bytes(empty().of(usual()))
    twin = tmp_path / "twin.xlsx"
    twin.write_bytes(empty().of(usual()))
    lost = tmp_path / "lost.xlsx"
    ran = senco("requests", "import", *map(str, (bad, good, worse, twin, lost)), "--yes", "--format", "json")
    assert ran.code == 5
    told = json.loads(ran.out)
    assert [each["fate"] for each in told["forms"]] == ["refused", "added", "refused", "refused", "refused"]
    where = [each["where"] for each in told["problems"]]
    assert where[0] == "bad.xlsx › Request!B7"
    assert where[2] == f"twin.xlsx › Request!{empty().cell('number')}"
    assert "stands in good.xlsx too" in told["problems"][2]["what"]
    assert {"worse.xlsx", "lost.xlsx"} <= set(where)
    assert "Zev" not in ran.out + ran.err
    assert rows(borough, "SELECT COUNT(*) FROM request") == [(1,)]
    table = senco("requests", "import", str(bad), str(good), "--dry-run")
    assert table.code == 5
    assert "Problems" in table.out


REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"school": "Zevbanora"}, "no one school of LA 319"),
    ({}, {"school": "Greenway"}, "in no cross-phase cluster of 2020/21"),
    ({}, {"school": "a"}, "school"),
    ({}, {"resubmits": "R-2222"}, "no earlier request R-2222"),
    ({}, {"asked": 9_999_999}, "more than the provision costs"),
    (
        {"lines": (year.Line("asked", "", "all", "", 10_080, 1, True, "9999", "9999", 0),)},
        {},
        "too large to be meant",
    ),
    (
        {"children": (child(upn="A950000178301"),)},
        {},
        "known for a child with another name and another date of birth",
    ),
]


@pytest.mark.parametrize(("told", "answers", "said"), REFUSED)
def test_when_no_form_is_good_all_problems_are_the_error(
    send: Run, told: dict[str, Any], answers: dict[str, Any], said: str, trail_length: Run
) -> None:
    before = trail_length()
    for words in (("--yes",), ("--dry-run",)):
        ran = send(usual(**told), words=words, **answers)
        assert (ran.code, ran.out) == (5, "")
        error = json.loads(ran.err)["error"]
        assert error["reference"] == "requests.forms-refused"
        assert said in error["problems"][0]["what"]
        assert error["problems"][0]["where"].startswith("form-0.xlsx")
        assert "Zev" not in ran.err
    assert trail_length() == before


def test_a_plan_changes_nothing_and_needs_a_yes(
    send: Run, borough: Store, trail_length: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = trail_length()
    ran = send(usual(), words=("--dry-run",))
    assert (ran.code, forms_of(ran)[0]["request"]) == (0, "")
    assert "nothing was changed" in ran.err
    ran = send(usual(), words=())
    assert (ran.code, ran.out) == (4, "")
    assert "--yes" in ran.err
    assert trail_length() == before
    monkeypatch.setattr(desks.Desk, "at_terminal", property(lambda _: True))
    monkeypatch.setattr("senco.console.asking.Terminal.yes", lambda *_: True)
    ran = send(usual(), words=())
    assert ran.code == 0
    assert trail_length() == before + 1
    ran = send(usual(), words=("--dry-run",))
    assert "Nothing to change." in ran.err


def test_late_papers_go_to_the_next_meeting_unless_urgent(send: Run, senco: Run) -> None:
    late = usual(submitted_on=date(2020, 11, 11))
    (line,) = forms_of(send(late))
    assert line["meeting"] == "2021-03-23-CP"
    found = json.loads(senco("requests", "check", line["request"], "--format", "json").out)["findings"]
    said = [each["what"] for each in found if each["code"] == "papers.late"]
    assert said == ["Papers for 2020-11-24-CP closed on Tue 10 Nov 2020; it waits for 2021-03-23-CP."]
    (line,) = forms_of(send(replace(late, number=8, urgent_because="Out of school.", children=(child(upn=""),))))
    assert line["errors"] == 1, "no UPN"
    urgent = replace(late, number=9, urgent_because="Out of school.", children=(child(upn="B801200005001"),))
    (line,) = forms_of(send(urgent))
    assert line["meeting"] == "2020-11-24-CP"
    senco("settings", "set", "closing", "5 working days", "--from", "1/9/2020")
    sooner = replace(late, number=10, children=(child(upn="X845212818005", given="Zevthird"),))
    assert forms_of(send(sooner))[0]["meeting"] == "2020-11-24-CP"


def test_forms_close_when_the_calendars_say_so(send: Run, senco: Run) -> None:
    late = usual(submitted_on=date(2020, 11, 11))
    assert forms_of(send(late))[0]["meeting"] == "2021-03-23-CP", "10 working days before, by default"
    fixed = senco("meetings", "deadline", "2020-11-24-CP", "closing", "Wed 11 Nov 2020, noon")
    assert fixed.code == 0, fixed.err
    second = replace(late, number=8, children=(child(upn="B801200005001", given="Zevtwo"),))
    assert forms_of(send(second))[0]["meeting"] == "2020-11-24-CP", "what is fixed for one meeting holds for forms"
    third = replace(late, number=9, submitted_on=date(2020, 11, 12), children=(child(upn="X845212818005"),))
    assert forms_of(send(third))[0]["meeting"] == "2021-03-23-CP"


def test_where_nothing_closes_no_form_is_late(send: Run, senco: Run) -> None:
    senco("settings", "set", "closing", "none", "--from", "1/9/2020")
    (line,) = forms_of(send(usual(submitted_on=date(2020, 11, 23))))
    assert line["meeting"] == "2020-11-24-CP"
    assert "papers.late" not in senco("requests", "check", line["request"]).out


def test_after_the_last_meeting_a_form_waits_for_one(send: Run, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", "2021-06-30")
    (line,) = forms_of(send(usual(submitted_on=date(2021, 6, 1))))
    assert (line["meeting"], line["fate"]) == ("", "added")
    (line,) = forms_of(send(usual(submitted_on=date(2021, 3, 22), number=8, children=(child(upn=""),))))
    assert line["meeting"] == ""


def test_what_blocks_keeps_a_form_from_its_meeting_and_is_a_setting(send: Run, senco: Run, borough: Store) -> None:
    (line,) = forms_of(send(usual(outcome_sought="")))
    assert (line["meeting"], line["errors"]) == ("", 1)
    ran = senco("requests", "check")
    assert ran.code == 7
    assert "0 ready, 1 not ready." in ran.err
    assert "outcome.missing" in ran.out
    senco("settings", "set", "ready.blocks", "nothing")
    assert senco("requests", "check").code == 0
    (line,) = forms_of(send(usual(outcome_sought="")))
    assert (line["fate"], line["meeting"]) == ("unchanged", "")
    (line,) = forms_of(send(usual()))
    assert line["meeting"] == "2020-11-24-CP"
    assert rows(borough, "SELECT meeting_reference FROM request") == [("2020-11-24-CP",)]


def test_check_knows_the_child_elsewhere(send: Run, senco: Run, borough: Store, moderate: Run) -> None:
    first, second = usual(), usual(number=8)
    other = usual(number=9, children=(child(upn="B801200005001"),))
    renamed = usual(number=10, children=(child(family="Quoxnova"),))
    lines = forms_of(send(first, second, other))
    assert [each["fate"] for each in lines] == ["added"] * 3
    said = json.loads(senco("requests", "check", "--format", "json").out)["findings"]
    codes = {(each["request"], each["code"]) for each in said}
    one, two, three = (each["request"] for each in lines)
    assert {(one, "pupil.two-requests"), (two, "pupil.two-requests"), (three, "pupil.twice")} <= codes
    assert forms_of(send(renamed))[0]["queries"] == 2, "another open request, and another family name"
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO decision (request_reference, request_version, taken_back, outcome, amount_pence, awarded_from,"
            " awarded_to, reason, officer, made_at, made_by) VALUES (?, 1, 0, 'agreed-lower', 1, '2020-12-01',"
            " '2021-07-31', 'As asked.', 'Officer', '2020-11-20T12:00:00+00:00', 'officer')",
            (one,),
        )
    said = json.loads(senco("requests", "check", two, "--format", "json").out)["findings"]
    assert ("award.open", f"The pupil has an award that still runs: {one}.") in {
        (each["code"], each["what"]) for each in said
    }
    assert one not in {
        each["request"] for each in json.loads(senco("requests", "check", "--format", "json").out)["requests"]
    }


def test_what_a_cluster_has_judged_is_not_corrected(send: Run, borough: Store, moderate: Run) -> None:
    reference = forms_of(send(usual()))[0]["request"]
    moderate(reference, judgement(), moderating_chair="Dorchester", chair="Barrow")
    ran = send(usual(outcome_sought="Something else."))
    assert ran.code == 5
    assert f"{reference} is moderated" in ran.err
    assert forms_of(send(usual()))[0]["fate"] == "unchanged"


def test_a_request_told_at_the_command_line_is_checked_and_costed_too(add: Run, senco: Run) -> None:
    reference = add().reference
    ran = senco("requests", "check", reference)
    assert "papers.late" in ran.out
    assert ran.code == 7
    told = senco("requests", "cost", reference)
    assert "told as one sum" in told.out
    assert "passed by £1,500.00" in told.out
    assert "Evidence held" not in senco("requests", "show", reference).out


def test_cost_shows_its_workings(send: Run, senco: Run) -> None:
    reference = forms_of(send(usual()))[0]["request"]
    ran = senco("requests", "cost", reference)
    assert "780 min ÷ 60 × 38 weeks × £655/38 + £125.50 items" in ran.out
    assert "300 min ÷ 60 ÷ 6 sharing × 38 weeks × £655/38" in ran.out
    assert "rounded once" in ran.out
    told = json.loads(senco("requests", "cost", reference, "--format", "json").out)
    assert told["cost"]["top_up_pence"] == told["cost"]["asked_pence"] - 600_000
    assert sum(each["cost_pence"] for each in told["lines"] if each["stage"] == "asked") == told["cost"]["stored_pence"]
    senco("settings", "set", "threshold.means", "top-up", "--from", "1/9/2020")
    assert "held against the top-up: £4,813.67 is lacking" in senco("requests", "cost", reference).out


def test_what_was_costed_stays_when_the_rates_change(send: Run, senco: Run) -> None:
    reference = forms_of(send(usual()))[0]["request"]
    before = senco("requests", "cost", reference).out
    senco("settings", "set", "provision.rate", "20", "--from", "1/9/2020")
    assert senco("requests", "cost", reference).out == before
    (line,) = forms_of(send(usual()))
    assert (line["fate"], line["changes"][0][:5]) == ("changed", "cost:")


def test_the_catalogue_makes_all_schools_cost_alike(
    send: Run, senco: Run, borough: Store, tmp_path: Path, trail_length: Run
) -> None:
    table = tmp_path / "rates.csv"
    table.write_text('Provision,Delivered by,£ an hour\n"Nurture group",two adults,£36.40\nMentor,,655/38\n', "utf-8")
    before = trail_length()
    assert senco("requests", "catalogue", str(table), "--dry-run").code == 0
    assert senco("requests", "catalogue", str(table)).code == 4
    assert trail_length() == before
    ran = senco("requests", "catalogue", str(table), "--from", "1/9/2020", "--yes")
    assert (ran.code, trail_length()) == (0, before + 1)
    assert "Nothing to change." in senco("requests", "catalogue", str(table), "--yes").err
    assert "£655/38 (£17.24)" in senco("requests", "catalogue").out
    (line,) = forms_of(send(usual()))
    # 300 minutes shared by six at £36.40: £1,152.67 in place of £545.83
    assert line["cost_pence"] == 918_633 - 54_583 + 115_267
    table.write_text("Provision,£ an hour\nnurture group,40\n", "utf-8")
    ran = senco("requests", "catalogue", str(table), "--from", "1/1/2021", "--yes", "--format", "json")
    assert json.loads(ran.out)["changes"][0]["fate"] == "changed"
    with borough.reading() as ask:
        on = [[each.rate for each in form_questions.catalogue_on(ask, day)] for day in (AT.date(), date(2021, 1, 1))]
    assert on == [["655/38", "36.40"], ["655/38", "40"]]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Item,Price\nTea,3\n", "catalogue.no-headings"),
        ("Provision,Rate\nMentor,much\n", "catalogue.unreadable"),
        ("Provision,Rate\n,17\n", "catalogue.unreadable"),
        ("Provision,Rate\nMentor,17\nmentor,18\n", "catalogue.unreadable"),
        ("Provision,Rate\nNotes,\n,\n", "catalogue.unreadable"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_refused(
    borough: Store, senco: Run, tmp_path: Path, text: str, reference: str
) -> None:
    table = tmp_path / "rates.csv"
    table.write_text(text, "utf-8")
    ran = senco("requests", "catalogue", str(table), "--yes", "--format", "json")
    assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (5, reference)


def test_the_catalogue_goes_out_and_comes_back(borough: Store, senco: Run, tmp_path: Path) -> None:
    out = tmp_path / "catalogue.xlsx"
    assert "empty" in senco("requests", "catalogue", "--out", str(out)).out
    assert why_not_plain(out.read_bytes()) == []
    assert senco("requests", "catalogue", str(out), "--yes").code == 5
    table = tmp_path / "rates.csv"
    table.write_text("Provision,Rate\nMentor,655/38\n", "utf-8")
    senco("requests", "catalogue", str(table), "--yes")
    senco("requests", "catalogue", "--out", str(out))
    assert "Nothing to change." in senco("requests", "catalogue", str(out), "--yes").err


def test_the_template_is_written_for_a_school(borough: Store, senco: Run, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    ran = senco("requests", "template", "--out", str(out), "--school", "Abbey", "--lines", "5")
    assert (ran.code, ran.out) == (0, "")
    first = out.read_bytes()
    assert b"Abbey Primary School" in _part(first, "xl/worksheets/sheet1.xml")
    senco("requests", "template", "--out", str(out), "--school", "Abbey", "--lines", "5")
    assert out.read_bytes() == first
    assert senco("requests", "template", "--out", str(out), "--school", "Nowhere").code == 3


def _part(data: bytes, name: str) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_less_may_be_asked_for_than_the_cost_leaves(send: Run, borough: Store) -> None:
    (line,) = forms_of(send(usual(), asked=1_200))
    assert (line["asked_pence"], line["fate"]) == (120_000, "added")
    (line,) = forms_of(send(usual(), asked=3_186.34))
    assert line["changes"] == ["asked: £1,200.00 → £3,186.33"], "a spreadsheet's own rounding is not an amount"


def test_a_child_without_a_number_is_found_by_name_and_birth(send: Run, borough: Store) -> None:
    unnumbered = usual(children=(child(upn=""),))
    send(unnumbered, replace(unnumbered, number=8))
    assert rows(borough, "SELECT COUNT(*) FROM pupil WHERE upn IS NULL") == [(1,)]
    send(replace(unnumbered, number=9, children=(child(upn="", born=None),)))
    assert rows(borough, "SELECT COUNT(*) FROM pupil WHERE upn IS NULL") == [(2,)]
    send(usual())
    assert rows(borough, "SELECT upn FROM pupil WHERE birth_date = '2012-02-17'") == [(CHILD.upn,)]


def test_a_discussion_of_nobody_named_may_change_its_year_group(send: Run, borough: Store) -> None:
    nobody = replace(CHILD, given="", family="", upn="", born=None)  # type: ignore[arg-type] - not named
    send(usual(type="discussion", children=(nobody,)))
    (line,) = forms_of(send(usual(type="discussion", children=(replace(nobody, year_group="5"),))))
    assert line["changes"] == ["year group"]


def test_a_catalogue_is_confirmed_at_a_terminal(
    borough: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks.Desk, "at_terminal", property(lambda _: True))
    monkeypatch.setattr("senco.console.asking.Terminal.yes", lambda *_: True)
    table = tmp_path / "rates.csv"
    table.write_text("Provision,Rate\nMentor,17\n", "utf-8")
    ran = senco("requests", "catalogue", str(table))
    assert (ran.code, "Mentor" in ran.out) == (0, True)


# What the database itself refuses once a cluster has judged, and of what stays on record for good.
JUDGED = [
    f"{change} {table}{rest}"
    for table in ("request_evidence", "request_funding", "request_agency", "provision_line")
    for change, rest in (("DELETE FROM", ""), ("UPDATE", " SET place = place + 10"))
]
ALWAYS = [
    "UPDATE request_correction SET fields = 'x'",
    "DELETE FROM request_correction",
    "INSERT OR REPLACE INTO request_correction SELECT * FROM request_correction",
    "UPDATE catalogue_entry SET rate = '1'",
    "DELETE FROM catalogue_entry",
    "INSERT OR REPLACE INTO catalogue_entry SELECT * FROM catalogue_entry",
]


def test_sqlite_refuses_to_change_what_was_judged_or_recorded(
    send: Run, senco: Run, borough: Store, moderate: Run, tmp_path: Path
) -> None:
    table = tmp_path / "rates.csv"
    table.write_text("Provision,Rate\nMentor,17\n", "utf-8")
    senco("requests", "catalogue", str(table), "--yes")
    money = (("EHC plan", 100, date(2019, 9, 1), date(2020, 8, 31)),)
    send(usual())
    reference = forms_of(send(usual(funding=money)))[0]["request"]
    moderate(reference, judgement(), chair="Dorchester")
    inserts = [
        f"INSERT INTO {name} SELECT {columns} FROM {name}"
        for name, columns in (
            ("request_evidence", "request_reference, place + 10, kind, title, dated, reviewed_on"),
            ("request_funding", "request_reference, place + 10, stream, amount_pence, starts, ends"),
            ("request_agency", "request_reference, place + 10, agency, last_seen"),
        )
    ]
    with closing(sqlite3.connect(borough.path)) as raw:
        for sql in (*JUDGED, *ALWAYS, *inserts):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(sql)


def test_a_cost_that_is_not_the_sum_of_its_lines_is_found(send: Run, borough: Store, senco: Run) -> None:
    send(usual())
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE provision_line SET cost_pence = cost_pence + 1 WHERE place = 2")
    ran = senco("check")
    assert ran.code == 7
    assert "requests.cost-differs" in ran.out
