"""Element 2 as it counts for a request: for each pupil of a group, once, or not at all; and its workings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from senco.requests import contribution, template
from senco.store.doors import Store
from tests.requests import year
from tests.requests.forms import MADE, POLICY, Form, child, usual
from tests.requests.panel import setting

Run = Callable[..., Any]
OTHER = child(given="Zevother", upn="B801200005001", born=date(2012, 3, 1))
THIRD = child(given="Zevthird", upn="X845212818005", born=date(2012, 4, 1))
# 900 minutes a week for each of three, and a group of 300 minutes: 3 × £9,825 and £3,275.
LINES = (
    *(year.Line("asked", "Teaching assistant, one to one", "lessons", "", 900, 1, True, "", "", 0),) * 3,
    year.Line("asked", "Nurture group", "mornings", "", 300, 1, False, "", "", 0),
)
COST = 3 * 982_500 + 327_500
GROUP: dict[str, Any] = {"type": "group", "children": (child(), OTHER, THIRD), "lines": LINES, "pupils": 3}


@pytest.fixture
def taken(borough: Store, senco: Run, tmp_path: Any) -> Run:
    """Give a way to take one form in; gives what became of it."""

    def run(**told: Any) -> dict[str, Any]:
        path = tmp_path / "form.xlsx"
        path.write_bytes(Form().of(usual(**told)))
        line: dict[str, Any] = json.loads(
            senco("requests", "import", str(path), "--yes", "--format", "json").out
        )["forms"][0]  # fmt: skip
        return line

    return run


def cost_of(senco: Run, reference: str) -> tuple[dict[str, Any], str]:
    told = json.loads(senco("requests", "cost", reference, "--format", "json").out)["cost"]
    return told, senco("requests", "cost", reference).out


def test_a_group_of_three_pays_three_times(taken: Run, senco: Run) -> None:
    line = taken(**GROUP, element2_pence=1_800_000)
    assert (line["cost_pence"], line["asked_pence"]) == (COST, COST - 1_800_000)
    told, text = cost_of(senco, line["request"])
    assert (told["element2_pence"], told["element2_each_pence"], told["top_up_pence"]) == (
        1_800_000, 600_000, COST - 1_800_000,
    )  # fmt: skip
    assert "Element 2        − £18,000.00 (3 pupils × £6,000.00)" in text
    assert "£24,000.00 (3 pupils × £8,000.00), held against the whole cost: passed by £8,750.00" in text
    assert "asked.above" not in senco("requests", "check", line["request"]).out


def test_a_borough_may_count_it_once_for_a_request(taken: Run, senco: Run, borough: Store) -> None:
    setting(borough, "element2.group", "per-request")
    line = taken(**GROUP, element2_pence=600_000)
    assert line["asked_pence"] == COST - 600_000
    told, text = cost_of(senco, line["request"])
    assert (told["element2_pence"], told["threshold_pence"]) == (600_000, 800_000)
    assert "− £6,000.00 (once for the request)" in text


def test_it_is_the_setting_of_the_day_on_which_the_form_was_sent(taken: Run, senco: Run) -> None:
    senco("settings", "set", "element2.group", "per-request", "--from", "7/11/2020")
    assert taken(**GROUP)["asked_pence"] == COST - 1_800_000
    later = taken(**{**GROUP, "number": 8, "submitted_on": date(2020, 11, 9)})
    assert later["asked_pence"] == COST - 600_000


def test_a_project_pays_none(taken: Run, senco: Run) -> None:
    line = taken(type="project", children=(), lines=LINES, pupils=30, element2_pence=0)
    assert line["asked_pence"] == COST
    told, text = cost_of(senco, line["request"])
    assert (told["element2_pence"], told["threshold_pence"]) == (0, 800_000)
    assert "− £0.00 (a project is for no named pupil)" in text
    assert "Threshold        £8,000.00, held" in text


def test_one_pupil_pays_once_and_nothing_more_is_said_of_it(taken: Run, senco: Run) -> None:
    told, text = cost_of(senco, taken()["request"])
    assert (told["element2_pence"], told["element2_workings"], told["threshold_workings"]) == (600_000, "", "")
    assert "Element 2        − £6,000.00\n" in text


def test_a_group_told_at_the_command_line(borough: Store, senco: Run) -> None:
    words = ("requests", "add", "--school", "Barrow", "--type", "group", "--need", "SEMH", "--provision", "A group",
             "--cost", "£30,000", "--submitted", "20/11/2020")  # fmt: skip
    ran = senco(*words, "--asked", "£24,000", "--pupils", "3", "--format", "json")
    assert "£24,000 is asked of £30,000; less the school's own £18,000 it would be £12,000 at most" in ran.err
    assert "at most" not in senco(*words, "--asked", "£12,000", "--pupils", "3").err
    uncounted = json.loads(senco(*words, "--asked", "£24,000", "--format", "json").out)["requests"][0]["reference"]
    assert "(once: how many pupils is not given)" in cost_of(senco, uncounted)[1]
    assert "pupil.count-missing" in senco("requests", "check", uncounted).out


@pytest.mark.parametrize("group", ["per-pupil", "per-request"])
@pytest.mark.parametrize("kind", ["individual", "discussion", "group", "project", ""])
@pytest.mark.parametrize(("told", "named"), [(3, 0), (None, 2), (None, 0)])
def test_the_forms_own_formula_counts_as_the_rule_does(group: str, kind: str, told: int | None, named: int) -> None:
    from dataclasses import replace

    formula = template._times(replace(POLICY, group=group), project=0)
    assert formula in str(template.form_spec(replace(POLICY, group=group), authority="S", made_on=MADE, lines=5))
    pupils = told or named or None
    assert counted_by_hand(formula, kind, told, named) == (contribution.times(kind, pupils, group=group) if kind else 1)


def counted_by_hand(formula: str, kind: str, told: int | None, named: int) -> int:
    """Work the formula out as a spreadsheet would: IF, MAX, N and COUNTIF of blanks."""
    from senco.requests import form

    type_cell, count_cell = template._reference("type"), template._reference("pupil_count")
    text = formula.replace('COUNTIF(Pupils!$B${Pupils.first}:$B${Pupils.last},"")', str(form.PUPIL_ROWS - named))
    text = text.replace(type_cell, f'"{kind}"').replace(count_cell, str(told or 0))
    text = text.replace('"=', '"==').replace("IF(", "_if(").replace("MAX(", "max(").replace("N(", "int(")
    assert "Pupils" not in text
    return int(eval(text, {"_if": lambda test, yes, no: yes if test else no, "max": max, "int": int}))  # noqa: S307 - ours
