"""Whatever is added, moderated and taken back in whatever order, no request has two outcomes that stand."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from senco.errors import Refused
from senco.requests import checks, questions, verbs
from senco.requests.kinds import Level, Outcome, Stage, Votes
from senco.store.doors import Store
from tests.requests.conftest import AT, TODAY, draft, fill, judgement


class Moderation(RuleBasedStateMachine):
    """A cluster at work on a real store; the machine keeps beside it what must be so."""

    place: ClassVar[Path]
    references = Bundle("references")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.place))
        self.store = Store(self.folder / "senco.db", wait=5)
        # Made anew each time: a copy of a store would be taken for an older copy of the one before it.
        self.store.make_or_upgrade(actor="officer", at=AT)
        with closing(sqlite3.connect(self.store.path)) as raw, raw:
            fill(raw)
        self.living: dict[str, str | None] = {}
        self.rows = 0

    def change(self, verb: Any, *told: Any) -> Any:
        with self.store.changing("request.test", actor="officer", at=AT) as change:
            return verb(change, *told, TODAY)

    @rule(target=references, school=st.sampled_from(["Abbey", "Barrow", "Dorchester"]))
    def add(self, school: str) -> str:
        reference: str = self.change(verbs.add, draft(school=school)).reference
        self.living[reference] = None
        return reference

    @rule(
        reference=references,
        outcome=st.sampled_from(Outcome),
        level=st.sampled_from(Level),
        votes=st.none() | st.builds(Votes, *[st.integers(0, 2)] * 3),
    )
    def moderate(self, reference: str, outcome: Outcome, level: Level, votes: Votes | None) -> None:
        with self.store.reading() as ask:
            own = questions.case_named(ask, reference).school.startswith("Dorchester")
        told = judgement(outcome=outcome, level=level, votes=votes)
        if self.living[reference] or own:
            with pytest.raises(Refused) as refused:
                self.change(verbs.moderate, reference, told)
            wanted = "requests.not-to-moderate" if self.living[reference] else "requests.own-school"
            assert refused.value.reference == wanted
        elif (
            outcome is Outcome.BELOW_THRESHOLD_WITH_PLAN
            or (votes and not 0 < votes.in_favour + votes.against + votes.abstained <= 3)
            or (votes and votes.against > votes.in_favour)
        ):
            with pytest.raises(Refused) as refused:
                self.change(verbs.moderate, reference, told)
            assert refused.value.reference == "requests.contradictory"
        else:
            self.change(verbs.moderate, reference, told)
            self.living[reference] = outcome.value
            self.rows += 1

    @rule(reference=references)
    def take_back(self, reference: str) -> None:
        if self.living[reference] is None:
            with pytest.raises(Refused) as refused:
                self.change(verbs.take_back, reference, "Not as meant.")
            assert refused.value.reference == "requests.not-to-take-back"
        else:
            self.change(verbs.take_back, reference, "Not as meant.")
            self.living[reference] = None
            self.rows += 1

    @invariant()
    def no_request_has_two_outcomes_and_no_row_is_lost(self) -> None:
        with self.store.reading() as ask:
            lines = questions.requests(ask)
            assert checks.findings(ask, TODAY) == []
            assert ask.value("SELECT COUNT(*) FROM moderation") == self.rows
        assert {line.reference: line.outcome or None for line in lines} == self.living
        for line in lines:
            assert line.stage == (Stage.MODERATED if line.outcome else Stage.LISTED)

    def teardown(self) -> None:
        with self.store.reading() as ask:
            assert ask.trail_faults() == []
        shutil.rmtree(self.folder)


def test_no_request_has_two_outcomes_that_stand(tmp_path: Path) -> None:
    Moderation.place = tmp_path
    run_state_machine_as_test(
        Moderation,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_its_rules(stage: Stage) -> None:
    from senco.requests import rules

    may = rules.why_not_moderate(stage) is None, rules.why_not_take_back(stage) is None
    assert may == {Stage.SUBMITTED: (True, False), Stage.LISTED: (True, False), Stage.MODERATED: (False, True)}.get(
        stage, (False, False)
    )
