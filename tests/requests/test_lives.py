"""Whatever happens to requests in whatever order, none is in two states, and no record is lost."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from senco.errors import Refused, SencoError
from senco.requests import checks, conduct, deciding, questions, records, reviewing, verbs
from senco.requests.kinds import Stage
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.conftest import AT, TODAY, draft, fill, judgement
from tests.requests.panel import AMOUNTS, PANEL, advised, decided

PANELS = (PANEL, "2021-01-12-PANEL", "2021-04-13-PANEL")
AFTER_PANELS = date(2021, 4, 13)
VERDICTS = st.sampled_from(Verdict)


class Lives(RuleBasedStateMachine):
    """Requests of a borough from the first day to the last; the machine keeps beside them what must be so."""

    place: ClassVar[Path]
    references = Bundle("references")

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(Path(tempfile.mkdtemp(dir=self.place)) / "senco.db", wait=5)
        self.store.make_or_upgrade(actor="officer", at=AT)
        with closing(sqlite3.connect(self.store.path)) as raw, raw:
            fill(raw)
        self.stage: dict[str, Stage] = {}
        self.urgent: set[str] = set()
        self.asked: dict[str, int] = {}
        self.answered: dict[str, bool] = {}
        self.advice: dict[str, Verdict | None] = {}
        self.decision: dict[str, Verdict | None] = {}
        self.moderated: set[str] = set()
        self.ended: set[str] = set()
        self.rows = dict.fromkeys(("moderation", "recommendation", "decision", "review", "award_change"), 0)

    def attempt(self, table: str, allowed: bool, verb: Any, *told: Any, **more: Any) -> bool:
        """Do a verb that must be allowed or refused, and count the row it leaves."""
        try:
            with self.store.changing("request.test", actor="officer", at=AT) as change:
                verb(change, *told, **more)
        except Refused:
            assert not allowed, (verb.__name__, told)
            return False
        assert allowed, (verb.__name__, told)
        if table:
            self.rows[table] += 1
        return True

    def settle(self, reference: str) -> None:
        """Work out the stage once more, apart from senco."""
        advice, decision = self.advice[reference], self.decision[reference]
        if self.stage[reference] is Stage.WITHDRAWN:
            return
        if decision is not None and decision is not Verdict.DEFERRED:
            found = Stage.DECIDED
        elif advice is not None and advice is not Verdict.DEFERRED and not self.answered[reference]:
            found = Stage.RECOMMENDED
        elif decision is not None or advice is not None:
            found = Stage.DEFERRED
        else:
            found = Stage.MODERATED if reference in self.moderated else Stage.LISTED
        self.stage[reference] = found

    @rule(target=references, urgent=st.booleans())
    def add(self, urgent: bool) -> str:
        with self.store.changing("request.test", actor="officer", at=AT) as change:
            line = verbs.add(change, draft(urgent=urgent, urgent_because="Soon." if urgent else ""), TODAY)
        reference: str = line.reference
        self.stage[reference] = Stage.LISTED
        self.advice[reference] = self.decision[reference] = None
        self.answered[reference] = False
        if urgent:
            self.urgent.add(reference)
        return reference

    @rule(reference=references)
    def moderate(self, reference: str) -> None:
        allowed = self.stage[reference] is Stage.LISTED
        if self.attempt("moderation", allowed, verbs.moderate, reference, judgement(), TODAY):
            self.moderated.add(reference)
        self.settle(reference)

    @rule(reference=references)
    def moderate_undo(self, reference: str) -> None:
        allowed = self.stage[reference] is Stage.MODERATED
        if self.attempt("moderation", allowed, verbs.take_back, reference, "Not so.", TODAY):
            self.moderated.discard(reference)
        self.settle(reference)

    @rule(reference=references, verdict=VERDICTS, panel=st.sampled_from(PANELS))
    def recommend(self, reference: str, verdict: Verdict, panel: str) -> None:
        ready = reference in self.moderated or reference in self.urgent
        allowed = ready and self.stage[reference] in {Stage.LISTED, Stage.MODERATED, Stage.DEFERRED}
        told = (reference, advised(verdict), AFTER_PANELS)
        if self.attempt("recommendation", allowed, deciding.recommend, *told, meeting=panel):
            self.advice[reference], self.answered[reference] = verdict, False
        self.settle(reference)

    @rule(reference=references)
    def recommend_undo(self, reference: str) -> None:
        open_ = self.stage[reference] in {Stage.RECOMMENDED, Stage.DEFERRED}
        allowed = open_ and self.advice[reference] is not None and not self.answered[reference]
        if self.attempt("recommendation", allowed, deciding.take_back_recommendation, reference, "Not so.", TODAY):
            self.advice[reference] = None
        self.settle(reference)

    @rule(reference=references, verdict=VERDICTS)
    def decide(self, reference: str, verdict: Verdict) -> None:
        waits = self.advice[reference] is not None and not self.answered[reference]
        outside = self.advice[reference] is None and reference in self.urgent
        allowed = self.stage[reference] not in {Stage.DECIDED, Stage.WITHDRAWN} and (waits or outside)
        if self.attempt("decision", allowed, deciding.decide, reference, decided(verdict), AFTER_PANELS):
            self.decision[reference] = verdict
            self.answered[reference] = waits
            self.ended.discard(reference)
        self.settle(reference)

    @rule(reference=references)
    def decide_undo(self, reference: str) -> None:
        waits = self.advice[reference] is not None and not self.answered[reference]
        allowed = self.decision[reference] is not None and not waits and self.stage[reference] is not Stage.WITHDRAWN
        if self.attempt("decision", allowed, deciding.take_back_decision, reference, "Not so.", TODAY):
            self.decision[reference] = None
            self.answered[reference] = False
        self.settle(reference)

    @rule(reference=references)
    def withdraw(self, reference: str) -> None:
        allowed = self.stage[reference] not in {Stage.DECIDED, Stage.WITHDRAWN}
        if self.attempt("", allowed, deciding.withdraw, reference, "Moved away.", TODAY):
            self.stage[reference] = Stage.WITHDRAWN

    @rule(reference=references, score=st.integers(-2, 2))
    def review(self, reference: str, score: int) -> None:
        told = (reference, score, "Better.", date(2021, 6, 1), date(2021, 5, 28))
        self.attempt("review", self.running(reference), reviewing.review, *told)

    @rule(reference=references)
    def end(self, reference: str) -> None:
        told = (reference, date(2021, 3, 1), "Left.", TODAY)
        if self.attempt("award_change", self.running(reference), reviewing.end, *told):
            self.ended.add(reference)

    def running(self, reference: str) -> bool:
        decision = self.decision[reference]
        return decision is not None and decision.awards and reference not in self.ended

    @invariant()
    def every_request_is_in_one_state_and_no_record_is_lost(self) -> None:
        with self.store.reading() as ask:
            assert checks.findings(ask, TODAY) == []
            lines = questions.requests(ask)
            assert {each.reference: each.stage for each in lines} == self.stage
            for table, count in self.rows.items():
                assert ask.value(f"SELECT COUNT(*) FROM {table}") == count
            total = sum(AMOUNTS.get(each, 0) for each in self.decision.values() if each is not None)
            assert sum(each.amount_pence for each in records.awards(ask, TODAY)) == total
            assert ask.trail_faults() == []


def lives(place: Path, examples: int, *, first: bool = False) -> None:
    """Let the machine live; ``first`` stops at the first fault it finds, without looking for a smaller one."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call] - hypothesis types it so
        type("Here", (Lives,), {"place": place}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **({"phases": (Phase.generate,), "derandomize": True} if first else {}),  # type: ignore[arg-type] - both
        ),
    )


def test_every_life_of_a_request(tmp_path: Path) -> None:
    lives(tmp_path, int(os.environ.get("SENCO_LIVES", "5")))


def _a_penny_less(change: Any, case: Any, told: Any, today: date, on: date | None = None) -> Any:
    if told.verdict in {Verdict.AGREED_LOWER, Verdict.AGREED_WITH_CONDITIONS}:
        told = replace(told, amount_pence=told.amount_pence - 1)
    return WRITE_DECISION(change, case, told, today, on)


def _forgotten(change: Any, *_told: Any) -> None:
    change.record("request")


WRITE_DECISION = deciding.write_decision
BROKEN = {
    "advice on what no cluster has heard": (conduct, "why_not_recommend", lambda _stage, **_told: None),
    "nothing can be withdrawn": (conduct, "why_not_withdraw", lambda _stage: "no"),
    "an outcome that is forgotten": (verbs, "moderate", _forgotten),
    "a decision a penny lower": (deciding, "write_decision", _a_penny_less),
}


@pytest.mark.parametrize("breach", BROKEN)
def test_the_machine_finds_a_broken_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
    """The control: with one rule or verb broken on purpose the machine must fail."""
    room, name, broken = BROKEN[breach]
    monkeypatch.setattr(room, name, broken)
    with pytest.raises((AssertionError, SencoError)):
        lives(tmp_path, 40, first=True)
