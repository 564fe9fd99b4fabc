"""The empty form as a workbook: drop-downs, notes, and a costed provision map that works itself out in sight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.money import say_pounds
from senco.requests import contribution, costing, form, rules
from senco.requests.form_kinds import FORM_VERSION
from senco.settings.rules import figure_of
from senco.sheets.specs import CellSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.form import Heading, Question
    from senco.requests.form_kinds import CatalogueLine, CostPolicy
    from senco.sheets.specs import SpecValue

PRIVATE = "Confidential. It names a child: send it only to the borough, and only by the way agreed."
LONG_LINES = 5
_COST = "L"
_SHARE = 'IF(H{row}="yes",1,MAX(N(G{row}),1))'


def form_bytes(
    policy: CostPolicy, *, authority: str, made_on: date, lines: int = form.LINES, school: str = ""
) -> bytes:
    """Give the empty form as an .xlsx file: the same settings and day give the same bytes.

    ``lines`` is how many lines the provision map has; ``school`` is filled in when it is named.
    """
    from senco.sheets.writing import workbook_bytes

    return workbook_bytes(
        form_spec(policy, authority=authority, made_on=made_on, lines=lines, school=school),
        made=datetime.combine(made_on, time(), UTC),
    )


def form_spec(policy: CostPolicy, *, authority: str, made_on: date, lines: int, school: str = "") -> WorkbookSpec:
    """Lay the empty form out."""
    title = f"{authority}: request for exceptional-needs funding"
    sheets = (
        _request_sheet(policy, title, made_on, school),
        _provision_sheet(policy, title, lines),
        _table(
            form.PUPILS_SHEET,
            f"{title}: who it is for",
            form.PUPIL_HEADINGS,
            form.PUPIL_ROWS,
            f"{PRIVATE} One row a pupil; this sheet is kept apart from all the others and shown at no meeting.",
        ),
        _table(
            form.EVIDENCE_SHEET,
            f"{title}: evidence held",
            form.EVIDENCE_HEADINGS,
            form.EVIDENCE_ROWS,
            "List what the school holds; send it when asked. Plans count once they were reviewed.",
        ),
        _table(
            form.FUNDING_SHEET,
            f"{title}: other funding",
            form.FUNDING_HEADINGS,
            form.FUNDING_ROWS,
            "Money that the pupil has already. Leave it empty when there is none.",
        ),
        _table(
            form.AGENCIES_SHEET,
            f"{title}: who else knows the pupil",
            form.AGENCY_HEADINGS,
            form.AGENCY_ROWS,
            "Agencies outside the school, in the last 12 months.",
        ),
        _catalogue_sheet(policy, title, made_on),
    )
    return WorkbookSpec(sheets, title=title, footer="Confidential: names a child once filled in", seal=FORM_VERSION)


def catalogue_bytes(entries: Sequence[CatalogueLine], *, made_on: date) -> bytes:
    """Give the catalogue as an .xlsx file that may be changed and taken in again."""
    from senco.sheets.writing import workbook_bytes

    blank = [("", "", "")] * max(10 - len(entries), 5)
    sheet = SheetSpec(
        form.CATALOGUE_SHEET,
        (
            ColumnSpec("Provision", width=42, to_fill=True),
            ColumnSpec("Delivered by", width=32, to_fill=True),
            ColumnSpec("£ an hour", width=14, to_fill=True),
        ),
        (*((each.name, each.delivered_by, each.rate) for each in entries), *blank),
        title="Catalogue of provisions",
        lines=("What an hour costs, the same in every school. A fraction is kept exactly: 655/38.",),
        grows=True,
    )
    return workbook_bytes(WorkbookSpec((sheet,), title=sheet.title), made=datetime.combine(made_on, time(), UTC))


def _request_sheet(policy: CostPolicy, title: str, made_on: date, school: str) -> SheetSpec:
    given = {"version": FORM_VERSION, "school": school}
    rows = []
    for each in form.QUESTIONS:
        if each.key == "element2":
            rows += _worked_out(policy)
        rows.append(_question(each, given.get(each.key, "")))
    return SheetSpec(
        form.FORM_SHEET,
        (
            ColumnSpec(form.QUESTION, width=30),
            ColumnSpec(form.ANSWER, width=62),
            ColumnSpec(form.NOTE, width=58),
        ),
        tuple(rows),
        title=title,
        lines=(
            f"Fill in the tinted cells, on this sheet and the next ones. Form of {say_date(made_on)}.",
            "Marked * must be there. The pupil's name stands on the sheet Pupils and nowhere else.",
        ),
        notes=("Needs: " + "; ".join(f"{code}, {name}" for code, name in rules.NEEDS.items()) + ".",),
        grows=True,
    )


def _question(each: Question, given: str) -> tuple[SpecValue | CellSpec, ...]:
    asked = CellSpec(each.label + (" *" if each.needed else ""), bold=each.needed)
    if each.key == "version":
        return (asked, CellSpec(given, bold=True), each.note)
    formula = f"={_reference('top_up')}" if each.key == "asked" else ""
    answer = CellSpec(
        given or None,
        kind=each.kind,
        choices=each.choices,
        to_fill=True,
        prompt=each.note,
        formula=formula,
        lines=LONG_LINES if each.long else 1,
    )
    return (asked, answer, each.note)


def _worked_out(policy: CostPolicy) -> list[tuple[SpecValue | CellSpec, ...]]:
    """Give the rows that work themselves out of the provision map, the formulas in sight."""
    less = _reference("less")
    held = _reference("top_up") if policy.threshold_means == "top-up" else _reference("cost_asked")
    formulas = {
        "cost_asked": _sum_of("asked"),
        "cost_now": _sum_of("now"),
        "less": f"={_times(policy, project=0)}*{_pounds(policy.element2_pence)}",
        "top_up": f"=MAX({_reference('cost_asked')}-{less},0)",
        "gap": f"={_times(policy, project=1)}*{_pounds(policy.threshold_pence)}-{held}",
    }
    of = "the cost less element 2" if policy.threshold_means == "top-up" else "the whole cost"
    each = ", in a group for each pupil" if policy.group == contribution.PER_PUPIL else ""
    notes = {
        "cost_asked": "The sum of the lines marked asked, on the sheet Provision.",
        "cost_now": "The sum of the lines marked now.",
        "less": f"{say_pounds(policy.element2_pence)} a year{each}, paid by the school itself; nothing for a project.",
        "top_up": "What may be asked for.",
        "gap": f"{say_pounds(policy.threshold_pence)} a year{each}, held against {of}; below nought it is passed.",
    }
    return [
        (label, CellSpec(None, kind=ColumnKind.POUNDS, formula=formulas[key], fill="DCE6EE"), notes[key])
        for key, label in form.WORKED_OUT
    ]


def _reference(key: str) -> str:
    """Give the cell in which the request sheet works a figure out."""
    labels = []
    for each in form.QUESTIONS:
        if each.key == "element2":
            labels += [name for name, _ in form.WORKED_OUT]
        labels.append(each.key)
    # Title, two lines and a blank stand above the headings.
    return f"$B${labels.index(key) + 6}"


def _times(policy: CostPolicy, *, project: int) -> str:
    """Give the formula of how often element 2 counts: the one that `contribution.times` reckons."""
    if policy.group != contribution.PER_PUPIL:
        return f'IF({_reference("type")}="project",{project},1)'
    told, blank = _reference("pupil_count"), 'COUNTIF(Pupils!$B${Pupils.first}:$B${Pupils.last},"")'
    pupils = f"IF(N({told})>0,{told},MAX({form.PUPIL_ROWS}-{blank},1))"
    return f'IF({_reference("type")}="group",{pupils},IF({_reference("type")}="project",{project},1))'


def _sum_of(stage: str) -> str:
    places = "{Provision.first}", "{Provision.last}"
    stages = f"Provision!$B${places[0]}:$B${places[1]}"
    costs = f"Provision!${_COST}${places[0]}:${_COST}${places[1]}"
    return f'=SUMIF({stages},"{stage}",{costs})'


def _provision_sheet(policy: CostPolicy, title: str, lines: int) -> SheetSpec:
    rows = "{Catalogue.first}", "{Catalogue.last}"
    columns = [ColumnSpec("No.", ColumnKind.COUNT, width=6, wrap=False)]
    for each in form.PROVISION_HEADINGS:
        listed = each.key == "provision" and policy.catalogue
        choices_from = f"=Catalogue!$A${rows[0]}:$A${rows[1]}" if listed else ""
        columns.append(
            ColumnSpec(
                each.label,
                each.kind,
                width=each.width,
                wrap=each.kind is ColumnKind.TEXT,
                choices=each.choices,
                choices_from=choices_from,
                choices_error="Choose one of the catalogue; for anything else leave this and say it beside."
                if listed
                else "",
                to_fill=True,
                prompt=each.note,
            )
        )
    columns.append(
        ColumnSpec(
            form.COST_LABEL,
            ColumnKind.POUNDS,
            width=13,
            wrap=False,
            total_formula='=SUMIF(B{first}:B{last},"asked",' + f"{_COST}{{first}}:{_COST}{{last}})",
        )
    )
    cost = CellSpec(None, formula=_line_formula(policy))
    return SheetSpec(
        form.PROVISION_SHEET,
        tuple(columns),
        tuple((place, *(None for _ in form.PROVISION_HEADINGS), cost) for place in range(1, lines + 1)),
        title=f"{title}: costed provision map",
        lines=(
            "A line costs minutes a week ÷ 60 ÷ pupils sharing × weeks × £ an hour, plus items. " + costing.ROUNDING,
            f"Left blank: {policy.weeks} weeks; £ an hour by the catalogue, or else {costing.said_rate(policy.rate)}.",
        ),
        totals="Sum",
        notes=("Sum: the lines marked asked.", *(f"{each.label}: {each.note}" for each in form.PROVISION_HEADINGS)),
        grows=True,
        least_lines=2,
        freeze_columns=3,
    )


def _line_formula(policy: CostPolicy) -> str:
    """Give the formula of a line's cost: the one that `costing.line_cost` works out exactly."""
    usual = _plain(policy.rate)
    if policy.catalogue:
        names = "Catalogue!$A${Catalogue.first}:$A${Catalogue.last}"
        rates = "Catalogue!$C${Catalogue.first}:$C${Catalogue.last}"
        usual = f"IFERROR(INDEX({rates},MATCH(C{{row}},{names},0)),{usual})"
    weeks = f'IF(I{{row}}="",{_plain(policy.weeks)},I{{row}})'
    rate = f'IF(J{{row}}="",{usual},J{{row}})'
    nothing = 'AND(F{row}="",K{row}="")'
    return f'=IF({nothing},"",ROUND(N(F{{row}})/60/{_SHARE}*{weeks}*{rate}+N(K{{row}}),2))'


def _table(name: str, title: str, headings: Sequence[Heading], rows: int, line: str) -> SheetSpec:
    columns = tuple(
        ColumnSpec(each.label, each.kind, width=each.width, choices=each.choices, to_fill=True, prompt=each.note)
        for each in headings
    )
    return SheetSpec(
        name,
        columns,
        tuple(tuple(None for _ in headings) for _ in range(rows)),
        title=title,
        lines=(line,),
        notes=tuple(f"{each.label}: {each.note}" for each in headings),
        grows=True,
        least_lines=2,
    )


def _catalogue_sheet(policy: CostPolicy, title: str, made_on: date) -> SheetSpec:
    usual = ("Anything else: the borough's usual rate", "", _number(policy.rate))
    entries = [(each.name, each.delivered_by, _number(each.rate)) for each in policy.catalogue]
    return SheetSpec(
        form.CATALOGUE_SHEET,
        (
            ColumnSpec("In the catalogue", width=48),
            ColumnSpec("Delivered by (as a rule)", width=40),
            ColumnSpec("£ an hour", ColumnKind.NUMBER, width=20),
        ),
        tuple([*entries, usual] if entries else [usual]),
        title=f"{title}: what an hour costs",
        lines=(f"The borough's catalogue of {say_date(made_on)}, the same for every school. Leave it as it is.",),
    )


def _number(rate: str) -> float:
    return float(figure_of(rate) or Fraction(0))


def _plain(figure: str) -> str:
    return f"({figure})" if "/" in figure else figure


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}" if pence % 100 else str(pence // 100)
