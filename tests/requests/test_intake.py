"""A filled form read: every answer in its place, every problem with its cell, and never a word of what stood there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from senco.requests import form
from senco.requests.form_kinds import ProvisionStage, ReadForm
from senco.requests.intake import read_form
from senco.requests.kinds import RequestType, SenStatus
from senco.sheets.reading import read_book
from tests.requests import year
from tests.requests.forms import CHILD, Form, child, usual

TODAY = date(2020, 11, 24)
Read = Callable[..., ReadForm]


@functools.cache
def empty() -> Form:
    return Form()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give a way to read a form with some cells typed over: (sheet, key, row) or a question's key → value."""

    def run(
        request: year.Invented | None = None, over: dict[Any, Any] | None = None, file: str = "form.xlsx"
    ) -> ReadForm:
        sheets = empty().typed(request or usual())
        for where, value in (over or {}).items():
            if isinstance(where, tuple):
                sheets[where[0]][empty().place(*where)] = value
            else:
                sheets[form.FORM_SHEET][empty().cell(where)] = value
        path = tmp_path / file
        path.write_bytes(empty().filled(sheets))
        return read_form(read_book(path), today=TODAY)

    return run


def test_every_answer_comes_to_its_place(read: Read) -> None:
    found = read(usual(funding=(("EHC plan", 120_000, date(2020, 9, 1), date(2021, 8, 31)),)))
    assert found.problems == ()
    draft = found.draft
    assert draft is not None
    assert (draft.number, draft.school, draft.type) == (7, "Abbey Primary School", RequestType.INDIVIDUAL)
    assert (draft.needs, draft.sen_status, draft.attendance_tenths) == (("SEMH", "SLCN"), SenStatus.SUPPORT, 925)
    assert draft.submitted_on == date(2020, 11, 6)
    assert (draft.asked_from, draft.asked_to) == (date(2021, 1, 4), date(2021, 7, 23))
    assert (draft.asked_pence, draft.element2_pence, draft.own_total_pence) == (None, 600_000, None)
    assert (draft.urgent, draft.urgent_because, draft.year_group) == (False, "", "4")
    (pupil,) = draft.pupils
    assert (pupil.given_names, pupil.family_name, pupil.upn) == (CHILD.given, CHILD.family, CHILD.upn)
    assert (pupil.birth_date, pupil.looked_after, pupil.home_la_code) == (CHILD.born, False, 319)
    assert (pupil.consent_form, pupil.consent_on) == ("paper", date(2020, 10, 12))
    assert (draft.evidence[0].kind, draft.evidence[0].dated) == ("plan", date(2020, 3, 2))
    assert draft.evidence[0].reviewed_on == date(2020, 3, 2)
    assert draft.funding[0].amount_pence == 120_000
    assert draft.agencies[0].last_seen == date(2020, 9, 30)
    line = draft.lines[1]
    assert (line.stage, line.provision, line.minutes, line.alone) == (
        ProvisionStage.ASKED, "Teaching assistant, one to one", 780, True,
    )  # fmt: skip
    assert (line.weeks, line.rate, line.items_pence) == ("", "", 12_550)
    assert "Zev" not in repr(draft)
    assert "H2432" not in repr(draft)


def test_answers_as_people_type_them(read: Read) -> None:
    found = read(
        over={
            "submitted": "Fri 6 November 2020",
            "type": "Individual",
            "asked": "£1,200.50",
            "attendance": "92.5%",
            "urgent": "Yes",
            "urgent_because": "Out of school from Monday.",
            "need1": "semh",
            "resubmits": "r7kq4",
            ("Pupils", "upn", 1): "h243 2785 44154",
            ("Pupils", "birth_date", 1): "17.2.2012",
            ("Pupils", "year_group", 1): "Year 4",
            ("Provision", "rate", 2): "655/38",
            ("Provision", "weeks", 2): "38.6",
        }
    )
    assert found.problems == ()
    draft = found.draft
    assert draft is not None
    assert (draft.asked_pence, draft.urgent, draft.resubmits) == (120_050, True, "R-7KQ4")
    assert (draft.pupils[0].upn, draft.pupils[0].birth_date) == (CHILD.upn, CHILD.born)
    assert (draft.lines[1].rate, draft.lines[1].weeks) == ("655/38", "38.6")
    percent = read(over={"attendance": 0.925}).draft
    assert percent is not None
    assert percent.attendance_tenths == 925


SECRET = "Zevbanora"  # noqa: S105 - a child's name, which no message may hold
TOMORROW = TODAY + timedelta(days=1)
# What is typed over a good form: where, what, and a word of the problem that is told.
WRONG: list[tuple[Any, Any, str]] = [
    ("school", None, "'School' is not answered"),
    ("number", "seven", "no whole number from 1 to 9999"),
    ("number", 0, "no whole number"),
    ("submitted", "Thu 6 Nov 2020", "weekday"),
    ("submitted", SECRET, "no date"),
    ("submitted", TOMORROW, "not come yet"),
    ("type", SECRET, "none of the answers offered"),
    ("need1", SECRET, "none of the answers offered"),
    ("need2", "SEMH", "named twice"),
    ("status", "Q", "none of the answers offered"),
    ("attendance", SECRET, "no attendance"),
    ("attendance", 150, "no attendance"),
    ("provision_asked", None, "not answered"),
    ("provision_asked", f"{SECRET} needs an adult.", "names the child"),
    ("provision_asked", "For A950000178301.", "UPN"),
    ("parents_views", "Born 17 February 2012.", "date of birth"),
    ("pupil_count", "a few", "no whole number"),
    ("asked", SECRET, "no amount of money"),
    ("asked", -5, "no amount of money"),
    ("asked_to", date(2020, 12, 1), "before its beginning"),
    ("asked_from", None, "without a beginning"),
    ("urgent", "yes", "why it cannot wait"),
    ("urgent_because", "It is", "not urgent"),
    ("resubmits", SECRET, "no reference"),
    (("Pupils", "upn", 1), "A950000178302", "no UPN"),
    (("Pupils", "former_upn", 1), "A95", "no UPN"),
    (("Pupils", "birth_date", 1), "31/2/2012", "no date"),
    (("Pupils", "birth_date", 1), TOMORROW, "not come yet"),
    (("Pupils", "consent_on", 1), TOMORROW, "not come yet"),
    (("Pupils", "year_group", 1), SECRET, "no year group"),
    (("Pupils", "year_group", 1), None, "year group is not said"),
    (("Pupils", "looked_after", 1), SECRET, "none of the answers"),
    (("Pupils", "home_la_code", 1), "Sutton", "no whole number"),
    (("Pupils", "given_names", 2), "Zevother", "is for one pupil"),
    (("Evidence", "kind", 1), SECRET, "none of the answers"),
    (("Evidence", "kind", 1), None, "kind of evidence is not said"),
    (("Evidence", "title", 1), f"{SECRET}'s plan", "names the child"),
    (("Evidence", "dated", 1), TOMORROW, "not come yet"),
    (("Funding", "amount", 1), 12, "stream of the money"),
    (("Agencies", "last_seen", 2), date(2020, 9, 1), "agency is not named"),
    (("Provision", "stage", 1), None, "made now or asked for"),
    (("Provision", "stage", 1), SECRET, "none of the answers"),
    (("Provision", "minutes", 1), "an hour", "no whole number"),
    (("Provision", "minutes", 1), 10_081, "no whole number"),
    (("Provision", "minutes", 1), None, "neither minutes nor items"),
    (("Provision", "sharing", 1), 0, "no whole number"),
    (("Provision", "weeks", 1), SECRET, "no figure above nought"),
    (("Provision", "rate", 1), "£0", "no figure above nought"),
    (("Provision", "items", 1), SECRET, "no amount of money"),
    (("Provision", "what", 1), f"with {SECRET}", "names the child"),
]
# What is missing stands in another cell than what was typed.
ELSEWHERE = {
    "without a beginning",
    "why it cannot wait",
    "agency is not named",
    "stream of the money",
    "neither minutes nor items",
}


@pytest.mark.parametrize(("where", "value", "said"), WRONG)
def test_every_problem_names_its_cell_and_never_what_stood_there(read: Read, where: Any, value: Any, said: str) -> None:
    found = read(usual(number=7), {where: value})
    assert found.draft is None
    told = [each for each in found.problems if said in each.what]
    assert told, found.problems
    cell = f"{where[0]}!{empty().place(*where)}" if isinstance(where, tuple) else f"Request!{empty().cell(where)}"
    if said not in ELSEWHERE:
        assert told[0].where == f"form.xlsx › {cell}"
    for each in found.problems:
        for secret in (SECRET, "Quoxlimuse", "A95000017830", "H2432", "2012", "an hour"):
            assert secret not in f"{each.where} {each.what} {each.do}"


def test_all_problems_of_a_form_are_told_at_once(read: Read) -> None:
    found = read(over={"number": "x", "type": "y", "asked": "z", ("Pupils", "upn", 1): "q"})
    assert len(found.problems) == 4


def test_a_group_is_named_row_by_row_and_no_child_twice(read: Read) -> None:
    other = child(given="Zevother", upn="B801200005001")
    draft = read(usual(type="group", children=(CHILD, other))).draft
    assert draft is not None
    assert (draft.pupil_count, len(draft.pupils), draft.year_group) == (2, 2, "4")
    mixed = read(usual(type="group", children=(CHILD, replace(other, year_group="5")))).draft
    assert mixed is not None
    assert mixed.year_group == ""
    twice = read(usual(type="group", children=(CHILD, replace(other, upn=CHILD.upn))))
    assert [each.where.rpartition("!")[2] for each in twice.problems] == [
        empty().place("Pupils", "upn", 1), empty().place("Pupils", "upn", 2),
    ]  # fmt: skip


def test_a_discussion_may_leave_the_child_unnamed(read: Read) -> None:
    nobody = year.Child("", "", "", None, "4", False, 319, "", "", None)  # type: ignore[arg-type] - no date of birth
    draft = read(usual(type="discussion", children=(nobody,), lines=())).draft
    assert draft is not None
    assert not draft.pupils[0].named
    none = read(usual(type="individual", children=()))
    assert "year group is not said" in none.problems[0].what


def test_a_file_or_sheet_named_after_the_child_is_not_said(read: Read, tmp_path: Path) -> None:
    found = read(over={"number": "x"}, file="Zevbanora Quoxlimuse.xlsx")
    assert "Zev" not in str(found)
    assert found.problems[0].where.startswith("form no. 1 of those given")
    path = tmp_path / "plain.xlsx"
    sheets = read_book(tmp_path / "Zevbanora Quoxlimuse.xlsx")
    named = replace(
        sheets,
        file=path.name,
        notes=("Sheet Zevbanora is hidden.", "Rows 3 were hidden."),
        sheets=tuple(replace(each, book=path.name, name=f"Zevbanora {each.name}") for each in sheets.sheets),
    )
    again = read_form(named, today=TODAY)
    assert again.problems[0].where == f"plain.xlsx › sheet 1!{empty().cell('number')}"
    assert again.notes == ("Rows 3 were hidden.",)


def test_another_sheet_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("School,Pupils\nAbbey,3\n", encoding="utf-8")
    found = read_form(read_book(path), today=TODAY)
    assert found.draft is None
    assert "no form of a request" in found.problems[0].what


def test_sheets_are_known_by_their_headings_in_any_order(read: Read, tmp_path: Path) -> None:
    read(usual())
    book = read_book(tmp_path / "form.xlsx")
    turned = replace(book, sheets=tuple(replace(each, name=f"S{place}") for place, each in enumerate(book.sheets)))
    found = read_form(replace(turned, sheets=turned.sheets[::-1]), today=TODAY)
    assert found.problems == ()


def test_a_line_without_a_question_is_a_missing_answer(read: Read, tmp_path: Path) -> None:
    read(usual())
    book = read_book(tmp_path / "form.xlsx")
    sheet = book.sheets[0]
    rows = tuple(row for row in sheet.rows if not any(cell.text.startswith(("Form version", "School")) for cell in row))
    found = read_form(replace(book, sheets=(replace(sheet, rows=rows), *book.sheets[1:])), today=TODAY)
    assert "version" in found.problems[0].what
