"""Six hundred invented requests of a whole year, through form, import, check and cost on the published borough."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from senco.requests import checks, costing, form_questions, questions
from senco.requests.form_kinds import FormFate, ReadForm
from senco.requests.intake import read_form
from senco.requests.receiving import Receipt
from senco.store.doors import Store
from tests.requests import year
from tests.requests.forms import Form

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
TODAY = date(2021, 7, 1)
AT = datetime(2021, 7, 1, 9, 0, tzinfo=UTC)
SCHOOLS = """
SELECT DISTINCT s.urn, s.name, COALESCE(s.low_age, 4), COALESCE(s.high_age, 11)
  FROM school AS s JOIN membership AS m ON m.urn = s.urn ORDER BY s.urn
"""
Run = Callable[..., Any]


@pytest.fixture
def sutton(store: Store, senco: Run, tmp_path: Path) -> Store:
    """Give a store of the published borough: its register, clusters and programme, and a catalogue."""
    catalogue = tmp_path / "catalogue.csv"
    rows = "".join(f'"{name}","{who}",{rate}\n' for name, who, rate in year.CATALOGUE)
    catalogue.write_text(f"Provision,Delivered by,£ an hour\n{rows}", "utf-8")
    table = str(DATA / "sutton-2020-21-clusters.xlsx")
    for words in (
        ("schools", "import", str(DATA / "gias-sutton.csv"), "--yes"),
        ("clusters", "import", table, "--answers", str(DATA / "sutton-2020-21-answers.csv"), "--yes"),
        ("meetings", "import", table, "--yes"),
        ("requests", "catalogue", str(catalogue), "--from", "1/9/2020", "--yes"),
    ):
        assert senco(*words).code == 0
    return store


def schools_of(store: Store) -> tuple[year.School, ...]:
    """Give the schools that are in a cluster."""
    with closing(sqlite3.connect(store.path)) as raw:
        return tuple(year.School(*row) for row in raw.execute(SCHOOLS))


def take(store: Store, forms: list[ReadForm]) -> Receipt:
    with store.changing("requests.import", actor="officer", at=AT) as change:
        receipt = Receipt(change, TODAY)
        receipt.take(forms)
        receipt.record()
    return receipt


def test_a_whole_year_of_forms(sutton: Store, senco: Run) -> None:
    invented = year.invent(schools_of(sutton))
    empty = Form()
    forms = [
        read_form(empty.book(f"form-{place}.xlsx", empty.typed(each)), today=TODAY, place=place)
        for place, each in enumerate(invented, start=1)
    ]
    assert [each.problems for each in forms if each.problems] == []
    receipt = take(sutton, forms)
    assert receipt.problems == []
    assert receipt.count(FormFate.ADDED) == len(invented) == 600
    to_the_penny(receipt, invented)
    with closing(sqlite3.connect(sutton.path)) as raw:
        ((stored, asked),) = raw.execute("SELECT SUM(cost_pence), SUM(asked_pence) FROM request").fetchall()
        children = raw.execute("SELECT COUNT(*) FROM pupil").fetchone()[0]
    assert stored == sum(each.cost_pence for each in invented)
    assert asked == sum(each.asked_pence for each in invented)
    assert children == len({child.upn for each in invented for child in each.children})
    references = [line.request for line in receipt.lines]
    assert len(set(references)) == 600
    with sutton.reading() as ask:
        assert checks.findings(ask, TODAY) == []
        lines, findings = form_questions.checked(ask, (), TODAY)
        for line, each in zip(receipt.lines[::25], invented[::25], strict=True):
            told = form_questions.costing_of(ask, line.request)
            assert told.asked_pence == told.stored_pence == each.cost_pence
            assert [cost.cost_pence for cost in told.lines] == [cost.cost_pence for cost in each.lines]
            case = questions.case_named(ask, line.request)
            assert (case.needs, case.sen_status, case.type) == (each.needs, each.status, each.type)
    # What the plan said of each form is what a later check finds.
    counted = {line.request: (line.errors, line.queries) for line in lines}
    assert counted == {line.request: (line.errors, line.queries) for line in receipt.lines}
    assert {line.ready for line in lines} == {True, False}
    assert all(bool(line.meeting) <= line.ready for line in lines), "what is not ready is not listed"
    assert len({each.code for each in findings}) > 12
    again = take(sutton, forms[::10])
    assert (again.count(FormFate.UNCHANGED), again.changes_nothing) == (60, True)
    corrected = take(sutton, _corrected(forms[::10]))
    assert (corrected.count(FormFate.CHANGED), corrected.count(FormFate.UNCHANGED)) == (10, 50)


def to_the_penny(receipt: Receipt, invented: list[year.Invented]) -> None:
    """Hold every request's cost and amount to the reckoning that the tests do on their own."""
    assert [line.cost_pence for line in receipt.lines] == [each.cost_pence for each in invented]
    assert [line.asked_pence for line in receipt.lines] == [each.asked_pence for each in invented]


BROKEN = {
    "rounded down": ("rounded", int),
    "nobody shares": ("exact_cost", lambda minutes, _share, weeks, rate: EXACT_COST(minutes, 1, weeks, rate)),
}
EXACT_COST = costing.exact_cost


@pytest.mark.parametrize("breach", BROKEN)
def test_the_year_of_forms_finds_a_broken_costing(sutton: Store, monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
    """The control: with one rule of costing broken on purpose the pennies must not agree, and without it they must."""
    invented = year.invent(schools_of(sutton), count=40)
    empty = Form()
    forms = [read_form(empty.book(f"{place}.xlsx", empty.typed(each)), today=TODAY, place=place)
             for place, each in enumerate(invented, start=1)]  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(costing, *BROKEN[breach])
        with sutton.changing("requests.import", actor="officer", at=AT, rehearsal=True) as change:
            receipt = Receipt(change, TODAY)
            receipt.take(forms)
            receipt.record()
    with pytest.raises(AssertionError):
        to_the_penny(receipt, invented)
    to_the_penny(take(sutton, forms), invented)


def _corrected(forms: list[ReadForm]) -> list[ReadForm]:
    """Give every sixth form with its outcome said anew."""
    found = []
    for place, each in enumerate(forms):
        assert each.draft is not None
        draft = replace(each.draft, outcome_sought="Said anew.") if place % 6 == 0 else each.draft
        found.append(replace(each, draft=draft))
    return found


def test_files_good_and_bad_in_any_mix(
    sutton: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real files, some of them spoilt: every good one is taken, every bad one told, nothing lost in between."""
    chance = random.Random(7)  # noqa: S311 - an order, nothing secret
    monkeypatch.setenv("SENCO_TODAY", TODAY.isoformat())
    empty, paths, bad = Form(), [], set()
    for place, each in enumerate(year.invent(schools_of(sutton), count=40), start=1):
        path = tmp_path / f"form-{place:02}.xlsx"
        path.write_bytes(empty.of(each, **({"number": "none"} if place % 5 == 0 else {})))
        if place % 5 == 0:
            bad.add(path.name)
        if place == 7:
            path.write_bytes(path.read_bytes()[:900])
            bad.add(path.name)
        paths.append(path)
    shutil.copy(DATA / "gias-sutton.csv", tmp_path / "register.csv")
    paths.append(tmp_path / "register.csv")
    bad.add("register.csv")
    chance.shuffle(paths)
    ran = senco("requests", "import", *map(str, paths), "--yes")
    assert ran.code == 5
    assert f"{len(paths)} forms: {len(paths) - len(bad)} added, 0 changed, 0 unchanged, {len(bad)} refused." in ran.err
    for name in bad:
        assert name in ran.out
    with closing(sqlite3.connect(sutton.path)) as raw:
        assert raw.execute("SELECT COUNT(*) FROM request").fetchone()[0] == len(paths) - len(bad)
