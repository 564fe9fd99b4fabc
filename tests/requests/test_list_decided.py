"""The list of requests says what the officer decided, and how much is agreed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from senco.console.drawing import terminal_text
from senco.requests import deciding, questions, render
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import AMOUNTS, awarded, heard, recommend, run

Run = Callable[..., Any]


def test_the_list_says_what_was_decided_and_how_much(borough: Store, senco: Run) -> None:
    lower, declined = awarded(borough, Verdict.AGREED_LOWER), awarded(borough, Verdict.DECLINED_WITH_SUPPORT)
    waiting = heard(borough)
    recommend(borough, waiting)
    taken_back = awarded(borough)
    run(borough, deciding.take_back_decision, taken_back, "For the wrong case.", TODAY)
    lines = json.loads(senco("requests", "list", "--format", "json").out)["requests"]
    told = {each["reference"]: (each["decision"], each["decided_pence"]) for each in lines}
    assert told == {
        lower: ("agreed-lower", AMOUNTS[Verdict.AGREED_LOWER]),
        declined: ("declined-with-support", None),
        waiting: ("", None),
        taken_back: ("", None),
    }
    with borough.reading() as ask:
        said = {each.reference: render.decided(each) for each in questions.requests(ask)}
    assert said == {lower: "agreed lower £2,000", declined: "declined", waiting: "", taken_back: ""}


@pytest.mark.parametrize(("width", "kept"), [(80, ("Outcome",)), (120, ("School", "Outcome"))])
def test_the_decision_stays_on_a_narrow_screen(borough: Store, width: int, kept: tuple[str, ...]) -> None:
    awarded(borough, Verdict.AGREED_WITH_CONDITIONS)
    with borough.reading() as ask:
        drawn = terminal_text([render.requests(questions.requests(ask))], width=width, colour=False)
    assert all(len(line) <= width for line in drawn.splitlines())
    assert "with conditions £3,500" in drawn
    head = drawn.strip().splitlines()[0]
    assert all(heading in head for heading in ("Request", "Asked", "Stage", "Decision", *kept)), drawn


def test_a_list_asks_the_store_for_decisions_with_the_requests(borough: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        awarded(borough)
    with borough.reading() as ask:
        asked: list[str] = []
        real = type(ask).all

        def heeded(self: Any, into: Any, sql: str, *told: Any) -> Any:
            asked.append(sql)
            return real(self, into, sql, *told)

        monkeypatch.setattr(type(ask), "all", heeded)
        assert len(questions.requests(ask)) == 3
    assert sum("living_decision AS ruled" in sql for sql in asked) == 1
    assert not any("FROM decision" in sql for sql in asked)
