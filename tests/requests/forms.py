"""Filled forms for the tests: the empty form with an invented request typed into its cells, quickly and for real."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from senco.requests import form, template
from senco.requests.form_kinds import CatalogueLine, CostPolicy
from senco.sheets.kinds import Book, Cell, column_letters
from senco.sheets.values import number_text
from senco.sheets.workbook import read_workbook
from senco.sheets.writing import CellSpec
from tests.requests import year

MADE = date(2020, 9, 1)
EPOCH = date(1899, 12, 30)
POLICY = CostPolicy(
    rate="655/38",
    weeks="38",
    element2_pence=600_000,
    threshold_pence=800_000,
    threshold_means="total",
    catalogue=tuple(CatalogueLine(name, who, rate, "2020-09-01") for name, who, rate in year.CATALOGUE),
)
EMPTY_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?: t="n")?(?: ?/>|><f>[^<]*</f><v ?/></c>)')
PARTS = {
    name: f"xl/worksheets/sheet{place}.xml"
    for place, name in enumerate(
        (
            form.FORM_SHEET,
            form.PROVISION_SHEET,
            form.PUPILS_SHEET,
            form.EVIDENCE_SHEET,
            form.FUNDING_SHEET,
            form.AGENCIES_SHEET,
            form.CATALOGUE_SHEET,
        ),
        start=1,
    )
}


class Form:
    """An empty form with room for some lines, ready to be filled many times."""

    def __init__(self, *, lines: int = form.LINES, policy: CostPolicy = POLICY) -> None:
        self.spec = template.form_spec(policy, authority="Sutton", made_on=MADE, lines=lines)
        data = template.form_bytes(policy, authority="Sutton", made_on=MADE, lines=lines)
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        labels = {each.label: each.key for each in form.QUESTIONS} | {label: key for key, label in form.WORKED_OUT}
        sheet = self.spec.sheets[0]
        self.empty: list[Book] = []
        self.rows: dict[str, int] = {}
        for number, row in enumerate(sheet.rows, start=sheet.first_row):
            cell = row[0]
            label = str(cell.value if isinstance(cell, CellSpec) else cell)
            self.rows[labels[label.rstrip(" *")]] = number

    def cell(self, key: str) -> str:
        """Give the cell that answers a question."""
        return f"B{self.rows[key]}"

    def place(self, sheet: str, key: str, row: int = 1) -> str:
        """Give the cell of a table's row, counted from 1."""
        headings = {
            form.PROVISION_SHEET: form.PROVISION_HEADINGS,
            form.PUPILS_SHEET: form.PUPIL_HEADINGS,
            form.EVIDENCE_SHEET: form.EVIDENCE_HEADINGS,
            form.FUNDING_SHEET: form.FUNDING_HEADINGS,
            form.AGENCIES_SHEET: form.AGENCY_HEADINGS,
        }[sheet]
        at = [each.key for each in headings].index(key) + 1 + (sheet == form.PROVISION_SHEET)
        first = next(each for each in self.spec.sheets if each.name == sheet).first_row
        return f"{column_letters(at)}{first + row - 1}"

    def typed(self, request: year.Invented, **answers: Any) -> dict[str, dict[str, Any]]:
        """Give what is typed into each sheet for a request; ``answers`` overrule questions by their keys."""
        told = dict(
            school=request.school.name,
            number=request.number,
            submitted=request.submitted_on,
            filled_in_by=request.filled_in_by,
            type=request.type,
            pupil_count=request.pupils,
            status=request.status,
            attendance=request.attendance,
            provision_now=request.provision_now,
            provision_asked=request.provision_asked,
            outcome_sought=request.outcome_sought,
            parents_views=request.parents_views,
            pupils_views=request.pupils_views,
            element2=request.element2_pence / 100,
            asked_from=request.asked_from,
            asked_to=request.asked_to,
            urgent="yes" if request.urgent_because else None,
            urgent_because=request.urgent_because or None,
            **{f"need{place}": code for place, code in enumerate(request.needs, start=1)},
        )
        if request.type == "discussion":
            told["asked"] = 0
        told |= answers
        sheets: dict[str, dict[str, Any]] = {
            form.FORM_SHEET: {self.cell(key): value for key, value in told.items()},
        }
        sheets[form.PROVISION_SHEET] = {
            self.place(form.PROVISION_SHEET, key, row): value
            for row, line in enumerate(request.lines, start=1)
            for key, value in (
                ("stage", line.when),
                ("provision", line.provision),
                ("what", line.what),
                ("delivered_by", line.who),
                ("minutes", line.minutes),
                ("sharing", line.pupils),
                ("alone", "yes" if line.alone else None),
                ("weeks", float(line.weeks) if line.weeks else None),
                ("rate", float(line.rate) if line.rate else None),
                ("items", line.items_pence / 100 if line.items_pence else None),
            )
        }
        sheets[form.PUPILS_SHEET] = {
            self.place(form.PUPILS_SHEET, key, row): value
            for row, child in enumerate(request.children, start=1)
            for key, value in (
                ("given_names", child.given),
                ("family_name", child.family),
                ("upn", child.upn),
                ("birth_date", child.born),
                ("year_group", child.year_group),
                ("looked_after", "yes" if child.looked_after else "no"),
                ("home_la_code", child.home_la),
                ("consent_form", child.consent or None),
                ("consent_scope", child.scope or None),
                ("consent_on", child.consent_on),
            )
        }
        sheets[form.EVIDENCE_SHEET] = {
            self.place(form.EVIDENCE_SHEET, key, row): value
            for row, (kind, title, on) in enumerate(request.evidence, start=1)
            for key, value in (("kind", kind), ("title", title), ("dated", on),
                               ("reviewed_on", on if kind == "plan" else None))
        }  # fmt: skip
        sheets[form.FUNDING_SHEET] = {
            self.place(form.FUNDING_SHEET, key, row): value
            for row, (stream, pence, starts, ends) in enumerate(request.funding, start=1)
            for key, value in (("stream", stream), ("amount", pence / 100), ("starts", starts), ("ends", ends))
        }
        sheets[form.AGENCIES_SHEET] = {
            self.place(form.AGENCIES_SHEET, key, row): value
            for row, (agency, on) in enumerate(request.agencies, start=1)
            for key, value in (("agency", agency), ("last_seen", on))
        }
        return sheets

    def filled(self, sheets: Mapping[str, Mapping[str, Any]]) -> bytes:
        """Give the form with these cells typed in, as a workbook; formulas keep no saved value."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            for name, data in self.parts.items():
                sheet = next((each for each, part in PARTS.items() if part == name), "")
                target.writestr(name, typed_in(data.decode(), sheets[sheet]) if sheets.get(sheet) else data)
        return out.getvalue()

    def book(self, file: str, sheets: Mapping[str, Mapping[str, Any]]) -> Book:
        """Give the form with these cells typed in as it is read: without the zip, for hundreds of them."""
        if not self.empty:
            self.empty.append(read_workbook("form.xlsx", self.filled({})))
        filled = []
        for sheet in self.empty[0].sheets:
            typed = sheets.get(sheet.name, {})
            rows = tuple(tuple(_typed_cell(cell, typed.get(cell.address)) for cell in row) for row in sheet.rows)
            filled.append(replace(sheet, book=file, rows=rows))
        return replace(self.empty[0], file=file, sheets=tuple(filled))

    def of(self, request: year.Invented, **answers: Any) -> bytes:
        """Give the form of a request."""
        return self.filled(self.typed(request, **answers))


def _typed_cell(cell: Cell, value: Any) -> Cell:
    if value is None:
        return cell
    text = (
        value.isoformat() if isinstance(value, date) else number_text(value) if isinstance(value, float) else str(value)
    )
    return replace(cell, text=text, value=value)


def typed_in(part: str, cells: Mapping[str, Any]) -> str:
    """Put values into the empty or formula cells of a sheet's part."""
    left = {address: value for address, value in cells.items() if value is not None}

    def put(found: re.Match[str]) -> str:
        value = left.pop(found[1], None)
        if value is None:
            return found[0]
        if isinstance(value, date):
            value = (value - EPOCH).days
        if isinstance(value, int | float):
            return f'<c r="{found[1]}" s="{found[2]}"><v>{value}</v></c>'
        return f'<c r="{found[1]}" s="{found[2]}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    filled = EMPTY_CELL.sub(put, part)
    assert not left, f"no such cells: {sorted(left)}"
    return filled


CHILD = year.Child(
    given="Zevbanora",
    family="Quoxlimuse",
    upn="H243278544154",
    born=date(2012, 2, 17),
    year_group="4",
    looked_after=False,
    home_la=319,
    consent="paper",
    scope="cluster, panel and officers",
    consent_on=date(2020, 10, 12),
)
USUAL = year.Invented(
    number=7,
    school=year.School(100001, "Abbey Primary School", 4, 11),
    type="individual",
    children=(CHILD,),
    pupils=None,
    year_group="4",
    needs=("SEMH", "SLCN"),
    status="K",
    attendance="92.5",
    funding=(),
    evidence=(
        ("plan", "Support plan", date(2020, 3, 2)),
        ("review", "Review of the plan", date(2020, 7, 6)),
        ("report", "Educational psychologist", date(2020, 6, 15)),
    ),
    agencies=(("CAMHS", date(2020, 9, 30)),),
    lines=(
        year.Line("now", "Lunchtime support", "breaks", "midday supervisor", 100, 4, False, "", "", 0),
        year.Line("asked", "Teaching assistant, one to one", "lessons", "", 780, 1, True, "", "", 12_550),
        year.Line("asked", "Nurture group", "mornings", "", 300, 6, False, "38", "", 0),
    ),
    provision_now="A seat near the front, and lunchtime support.",
    provision_asked="An adult beside the pupil in lessons.",
    outcome_sought="Takes part in four lessons of five by the summer.",
    asked_pence=0,
    asked_from=date(2021, 1, 4),
    asked_to=date(2021, 7, 23),
    element2_pence=600_000,
    parents_views="They hope for calmer mornings.",
    pupils_views="Likes the quiet room.",
    filled_in_by="SENCO",
    submitted_on=date(2020, 11, 6),
    urgent_because="",
    outcome="",
    level="",
    reason="",
    votes=(0, 0, 0),
    recommended="",
    recommended_pence=None,
    decided="",
    decided_pence=None,
    awarded_from=None,
    awarded_to=None,
    review_on=None,
    review_score=None,
)


def usual(**told: Any) -> year.Invented:
    """Give a request that is right and whole in every respect, but for what is told."""
    return replace(USUAL, **told)


def child(**told: Any) -> year.Child:
    """Give its child, but for what is told."""
    return replace(CHILD, **told)
