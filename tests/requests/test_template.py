"""The form as a workbook: drop-downs, notes, formulas in sight that come to what senco works out, nothing hidden."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from senco.requests import costing, form, template
from senco.requests.form_kinds import ProvisionDraft, ProvisionStage
from senco.sheets.packing import why_not_plain
from tests.requests import year
from tests.requests.forms import MADE, POLICY, Form, usual

OFFICE = shutil.which("soffice")


def book(**told: Any) -> Any:
    data = template.form_bytes(replace(POLICY, **told), authority="Sutton", made_on=MADE)
    return openpyxl.load_workbook(io.BytesIO(data))


def rules_of(sheet: Any) -> dict[str, Any]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("lines", [5, 20, 60])
def test_it_hides_nothing_and_holds_no_formula_but_its_own(lines: int) -> None:
    spec = template.form_spec(POLICY, authority="Sutton", made_on=MADE, lines=lines)
    data = template.form_bytes(POLICY, authority="Sutton", made_on=MADE, lines=lines)
    assert why_not_plain(data, formulas=spec.formulas()) == []
    assert data == template.form_bytes(POLICY, authority="Sutton", made_on=MADE, lines=lines)
    assert len(spec.formulas()) == lines + 1 + len(form.WORKED_OUT) + 1


def test_every_code_set_is_a_drop_down_and_every_field_has_a_note() -> None:
    opened, empty = book(), Form()
    rules = rules_of(opened["Request"])
    for each in form.QUESTIONS:
        if each.key == "version":
            continue
        cells = [rule for address, rule in rules.items() if empty.cell(each.key) in address.split()]
        assert [rule.prompt for rule in cells] == [each.note[:225]], each.key
        assert bool(each.choices) == (cells[0].type == "list")
        if each.choices:
            assert set(_choices(opened, cells[0].formula1)) == set(each.choices)
    for sheet, headings in (
        ("Pupils", form.PUPIL_HEADINGS),
        ("Evidence", form.EVIDENCE_HEADINGS),
        ("Funding", form.FUNDING_HEADINGS),
        ("Agencies", form.AGENCY_HEADINGS),
        ("Provision", form.PROVISION_HEADINGS),
    ):
        held = list(rules_of(opened[sheet]).values())
        assert [rule.prompt for rule in held] == [each.note for each in headings]
        notes = {cell.value for row in opened[sheet].iter_rows() for cell in row}
        assert {f"{each.label}: {each.note}" for each in headings} <= notes, "notes are printed too"
        for rule, each in zip(held, headings, strict=True):
            if each.choices:
                assert set(_choices(opened, rule.formula1)) == set(each.choices)
    assert rules_of(opened["Provision"])["C6:C25"].formula1 == "Catalogue!$A$5:$A$15"


def _choices(opened: Any, formula: str) -> list[str]:
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    sheet, _, cells = formula.partition("!")
    return [row[0].value for row in opened[sheet][cells.replace("$", "")]]


def test_without_a_catalogue_provisions_are_typed() -> None:
    opened = book(catalogue=(), rate="17.24", weeks="38.6", threshold_means="top-up", threshold_pence=812_345)
    assert rules_of(opened["Provision"])["C6:C25"].type is None
    assert "INDEX" not in opened["Provision"]["L6"].value
    assert "17.24" in opened["Provision"]["L6"].value
    assert "8123.45-$B$27" in opened["Request"]["B28"].value


@pytest.mark.skipif(OFFICE is None, reason="the formulas are worked out by LibreOffice where it is installed")
def test_the_formulas_come_to_what_senco_works_out(tmp_path: Path) -> None:
    """A program that knows nothing of senco opens forms of 5, 20 and 60 lines: every line and total is the same."""
    chance = random.Random(3)  # noqa: S311 - invented lines
    pool = [line for each in year.invent((usual().school,), count=60) for line in each.lines]
    wanted: dict[int, Any] = {}
    for count in (5, 20, 60):
        lines = tuple(chance.sample(pool, count))
        path = tmp_path / f"form-{count}.xlsx"
        path.write_bytes(Form(lines=count).of(usual(lines=lines)))
        drafts = [
            ProvisionDraft(
                ProvisionStage(line.when), line.provision, line.what, line.who, line.minutes, line.pupils, line.alone,
                line.weeks, line.rate, line.items_pence,
            )
            for line in lines
        ]  # fmt: skip
        wanted[count] = costing.costed(drafts, POLICY)
    home = (tmp_path / "office").as_uri()
    out = tmp_path / "out"
    done = subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx", "--outdir", str(out),
            *map(str, sorted(tmp_path.glob("form-*.xlsx"))),
        ],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for count, lines in wanted.items():
        opened = openpyxl.load_workbook(out / f"form-{count}.xlsx", data_only=True)
        sheet, request = opened["Provision"], opened["Request"]
        saved = [round(sheet[f"L{row}"].value * 100) for row in range(6, 6 + count)]
        assert saved == [line.cost_pence for line in lines]
        asked = costing.total(lines, ProvisionStage.ASKED)
        assert round(sheet[f"L{6 + count}"].value * 100) == asked
        figures = {request[f"A{row}"].value: request[f"B{row}"].value for row in range(24, 31)}
        said = {label: round(float(figures[label]) * 100) for _, label in form.WORKED_OUT}
        assert list(said.values()) == [
            asked,
            costing.total(lines, ProvisionStage.NOW),
            600_000,
            costing.top_up(asked, 600_000),
            800_000 - asked,
        ]


def test_the_day_it_is_made_is_said() -> None:
    data = template.form_bytes(POLICY, authority="Sutton", made_on=date(2021, 1, 4))
    said = {cell.value for row in openpyxl.load_workbook(io.BytesIO(data))["Request"].iter_rows() for cell in row}
    assert any("Mon 4 Jan 2021" in str(each) for each in said)
