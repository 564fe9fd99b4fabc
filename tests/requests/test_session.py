"""A live sitting driven by a script: what is asked, what is recorded at once, and what every way out leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from senco.errors import Interrupted, Refused
from senco.requests import questions, session, sittings
from senco.requests.kinds import SenStatus, Sitting, Stage
from senco.requests.room import StoreBook
from senco.store.doors import Store
from tests.requests.conftest import AT, CULVERS, TODAY

Run = Callable[..., Any]


@dataclass
class Script:
    """A room that answers what it is told to, in order, and keeps all that was said to it."""

    answers: list[str]
    shown: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def show(self, hearing: Any, *, left: int, before: str) -> None:
        self.shown.append(f"{hearing.case.reference} {left} {before}".strip())

    def more(self, case: Any) -> None:
        self.said.append(f"more of {case.case.reference}")

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        told = self._next()
        assert told in [key for key, _ in choices], f"{told!r} is no answer to {question!r}"
        return told

    def line(self, prompt: str) -> str:
        assert prompt
        return self._next()

    def tell(self, text: str) -> None:
        self.said.append(text)

    def _next(self) -> str:
        if not self.answers:
            raise Interrupted("ask.ended", "The script ended.")
        return self.answers.pop(0)


@dataclass
class Bench:
    """A desk as far as a sitting needs one."""

    store: Store
    adviser: Any = None
    today: Any = TODAY

    def reading(self) -> Any:
        return self.store.reading()

    def changing(self, verb: str) -> Any:
        return self.store.changing(verb, actor="officer", at=AT)


@pytest.fixture
def sit(borough: Store) -> Run:
    """Give a way to hold CP1's sitting with a script of answers; gives the script and the tally."""

    def run(*answers: str, book: Any = None, **where: str) -> tuple[Script, session.Tally]:
        script = Script(list(answers))
        return script, session.sit(script, book or StoreBook(Bench(borough), sitting(borough, **where)), TODAY)  # type: ignore[arg-type] - a bench is desk enough

    return run


def sitting(store: Store, **where: str) -> Sitting:
    with store.reading() as ask:
        return sittings.sitting(ask, meeting="2020-11-24-CP", cluster="CP1", year="2020/21", **where)


def outcomes(store: Store) -> list[tuple[str, str]]:
    with store.reading() as ask:
        return [(line.school.split()[0], line.outcome) for line in questions.requests(ask) if line.outcome]


def test_every_case_is_heard_and_recorded_at_once(add: Run, sit: Run, borough: Store, trail_length: Run) -> None:
    add(school="Barrow", sen_status=SenStatus.PLAN), add(school="Abbey")
    add(school="Culvers", urgent=True, urgent_because="Soon out of school")
    before = trail_length()
    script, tally = sit(
        "4", "3", "Plans show it.", "2-1-0",
        "1", "1", "Within the offer.", "",
        "2", "2", "The plan covers it.", "", "q",
    )  # fmt: skip
    assert [each.split(" ", 2)[1] for each in script.shown] == ["3", "2", "1"]
    assert sorted(outcomes(borough)) == [
        ("Abbey", "predictable"),
        ("Barrow", "below-threshold-with-plan"),
        ("Culvers", "exceptional"),
    ]
    assert (tally.recorded, tally.taken_back, tally.skipped) == (3, 0, set())
    assert trail_length() == before + 3
    assert "is exceptional, confirm. Undo with u." in script.shown[1]


def test_nothing_waits_and_nothing_is_asked(sit: Run) -> None:
    script, tally = sit()
    assert (script.shown, script.said, tally.recorded) == ([], [], 0)


def test_a_blank_reason_is_asked_for_again(add: Run, sit: Run) -> None:
    add()
    script, tally = sit("3", "1", "", "   ", "Born 17.2.2013, so", "Come back in March.", "seven", "2-1-0", "q")
    assert tally.recorded == 1
    assert script.said[:2] == ["A reason is needed.", "A reason is needed."]
    assert "date of birth" in script.said[2]
    assert "cannot be read" in script.said[3]


def test_one_may_go_back_before_it_is_recorded(add: Run, sit: Run, borough: Store) -> None:
    add()
    sit("4", "b", "4", "3", "b", "3", "1", "Not yet.", "", "q")
    assert outcomes(borough) == [("Abbey", "borderline")]


@pytest.mark.parametrize("answers", [("q",), ("4", "3", "q"), ("4", "3", "Plain.", "q"), ("s",)])
def test_leaving_a_case_records_nothing(add: Run, sit: Run, borough: Store, answers: tuple[str, ...]) -> None:
    add()
    _, tally = sit(*answers)
    assert (outcomes(borough), tally.recorded) == ([], 0)


def test_undo_supersedes_the_last_outcome_and_hears_it_again(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow")
    script, tally = sit(
        "1", "1", "Too quick.", "",  # Abbey
        "u", "The wrong key.",  # at Barrow's case
        "4", "3", "As meant.", "",  # Abbey again
        "s",  # Barrow
        "u", "Once more.", "1", "2", "At last.", "", "q",
    )  # fmt: skip
    assert (tally.recorded, tally.taken_back) == (3, 2)
    assert outcomes(borough) == [("Abbey", "predictable")]
    assert "is to be heard again" in script.shown[2]
    with borough.reading() as ask:
        rows = questions.moderations(ask, questions.requests(ask)[0].reference) or questions.moderations(
            ask, questions.requests(ask)[1].reference
        )
    assert [each.taken_back for each in rows] == [False, True, False, True, False]


def test_undo_may_be_thought_better_of(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow")
    script, tally = sit("u", "1", "1", "Fine.", "", "u", "b", "3", "1", "Fine too.", "", "u", "b", "q")
    assert script.said[0] == "There is no outcome of this sitting to take back."
    assert (tally.recorded, tally.taken_back, len(outcomes(borough))) == (2, 0, 2)


def test_undo_reaches_an_outcome_of_an_earlier_session(add: Run, sit: Run, moderate: Run, borough: Store) -> None:
    moderate(add(school="Abbey").reference), add(school="Barrow")
    _, tally = sit("u", "The panel asked for more.", "s", "s")
    assert (tally.recorded, tally.taken_back, outcomes(borough)) == (0, 1, [])


def test_an_interruption_loses_nothing_and_the_next_sitting_goes_on(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow"), add(school="Culvers")
    with pytest.raises(Interrupted):
        sit("4", "3", "Recorded before the lights went out.", "", "1", "1")
    assert outcomes(borough) == [("Abbey", "exceptional")]
    script, _ = sit("q")
    with borough.reading() as ask:
        assert [line.school.split()[0] for line in questions.requests(ask, stage=Stage.LISTED)] != []
        first = questions.case_named(ask, script.shown[0].split()[0])
    assert first.school == "Barrow Junior School"


def test_another_school_is_asked_for_where_the_chair_has_an_interest(add: Run, sit: Run, borough: Store) -> None:
    reference = add(school="Dorchester").reference
    script, tally = sit("", "Nowhere", "Dorchester", "Greenway", "Culv", "Everly", "", "4", "3", "Plain.", "", "q")
    assert tally.recorded == 1
    assert script.said[0].startswith("Dorchester High School has an interest in this case (own school, host school)")
    assert any("There is no school 'Nowhere'" in each for each in script.said)
    assert any("chairs already" in each for each in script.said)
    assert any("Greenway School is in no cluster of 2020/21" in each for each in script.said)
    assert script.said[-3:-1] == [
        "Culvers Infant School is to chair this case.",
        "Everly School is to chair this case.",
    ]
    with borough.reading() as ask:
        assert questions.moderations(ask, reference)[0].moderating_chair == "Everly School"


@pytest.mark.parametrize(("answer", "skipped"), [("s", 1), ("q", 0)])
def test_a_case_nobody_may_chair_is_left(add: Run, sit: Run, answer: str, skipped: int) -> None:
    add(school="Dorchester")
    _, tally = sit(answer)
    assert (tally.recorded, len(tally.skipped)) == (0, skipped)


def test_a_critical_friend_named_before_steps_in(add: Run, sit: Run, borough: Store) -> None:
    reference = add(school="Dorchester").reference
    other = add(school="Abbey").reference
    sit("4", "3", "One.", "", "4", "3", "Two.", "", "q", critical_friend="Culvers")
    with borough.reading() as ask:
        assert questions.moderations(ask, reference)[0].moderating_chair_urn == CULVERS
        assert questions.moderations(ask, other)[0].moderating_chair_urn is None


class Meddler(StoreBook):
    """A book in which somebody else records or takes back an outcome a moment before."""

    def record(self, *told: Any) -> Any:
        super().record(*told)
        return super().record(*told)

    def take_back(self, *_: Any) -> Any:
        raise Refused("requests.not-to-take-back", "Somebody else took it back.")


def test_what_somebody_else_recorded_meanwhile_is_said_and_passed_over(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow")
    book = Meddler(Bench(borough), sitting(borough))  # type: ignore[arg-type] - a bench is desk enough
    script, tally = sit("4", "3", "Meanwhile.", "", "u", "Not so.", "s", book=book)
    assert (tally.recorded, tally.taken_back) == (0, 0)
    assert any("has given an outcome already" in each for each in script.said)
    assert "Somebody else took it back." in script.said


def test_what_contradicts_the_case_is_said_and_asked_again(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey")
    script, tally = sit("2", "4", "3", "Plain.", "0-3-0", "9-0-0", "B", "3", "1", "Not yet.", "1-0-1", "q")
    assert (tally.recorded, outcomes(borough)) == (1, [("Abbey", "borderline")])
    assert script.said[0].startswith("That outcome is for a child with an EHC plan (E), and the request says K")
    assert script.said[1].startswith("More voted against it (3) than for it (0)")
    assert script.said[2].startswith("9 votes are counted, and 3 of its schools may vote on it")


def test_what_was_skipped_may_be_heard_before_the_end(add: Run, sit: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow")
    script, tally = sit("s", "1", "1", "Fine.", "", "s", "1", "1", "Fine too.", "", "q")
    assert (tally.recorded, tally.skipped) == (2, set())
    assert len(script.shown) == 3


def test_the_whole_case_is_shown_where_its_screen_was_cut(add: Run, sit: Run, borough: Store) -> None:
    reference = add().reference
    script, tally = sit("m", "4", "3", "Plans show it.", "", "q")
    assert script.said[0] == f"more of {reference}"
    assert len(script.shown) == 2
    assert tally.recorded == 1
