"""A cluster's live sitting: the chair's vote where the votes are even, and lines of advice with who and by when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from senco.requests import questions, records
from senco.requests.outcomes import Record
from senco.store.doors import Store
from tests.requests.panel import run, setting
from tests.requests.test_session import sit  # noqa: F401 - the fixture

Run = Callable[..., Any]
FOUND = ("3", "2", "Come back in March.")


def line(store: Store) -> Any:
    with store.reading() as ask:
        return questions.moderations(ask, questions.requests(ask)[0].reference)[-1]


@pytest.fixture
def counting(borough: Store) -> None:
    """Count the votes of schools, and let the chair break a tie; five schools are there."""
    from senco.requests import presiding

    setting(borough, "votes", "school")
    setting(borough, "votes.casting", "yes")
    there = {"schools": ("Abbey", "Barrow", "Culvers", "Dorchester"), "offices": (), "gone": False}
    run(borough, presiding.note_presence, "2020-11-24-CP", cluster="CP1", **there)


def test_an_even_vote_asks_for_the_chairs(add: Run, sit: Run, borough: Store, counting: None) -> None:  # noqa: F811
    add()
    script, tally = sit(*FOUND, "1-1-0", "b", "1-1-0", "2", "1-1-0", "1", "q")
    assert (tally.recorded, script.answers) == (1, [])
    assert (line(borough).votes, line(borough).casting) == ("1-1-0", "for")
    assert script.said[0] == "The votes do not speak for it."


def test_the_chair_is_asked_only_where_the_votes_are_even(add: Run, sit: Run, borough: Store, counting: None) -> None:  # noqa: F811
    add()
    script, tally = sit(*FOUND, "", "2-1-0", "q")
    assert (tally.recorded, script.answers) == (1, [])
    assert (line(borough).votes, line(borough).casting) == ("2-1-0", "")
    assert script.said[0] == "The votes are not said, and the borough counts them."


def test_without_a_casting_vote_nobody_is_asked_for_one(add: Run, sit: Run, borough: Store) -> None:  # noqa: F811
    add()
    script, tally = sit(*FOUND, "1-1-0", "q")
    assert (tally.recorded, script.answers) == (1, [])
    assert (line(borough).votes, line(borough).casting) == ("1-1-0", "")


def test_lines_of_advice_have_an_owner_and_a_day(add: Run, sit: Run, borough: Store) -> None:  # noqa: F811
    add()
    script, tally = sit(
        "3", "a", "b", "a", "Ask the EP to visit", "Ask the EP to visit | SENCO | 29 Jan 2021",
        "a", "Read the plan again | Lead", "2", "Come back in March.", "", "q",
    )  # fmt: skip
    assert (tally.recorded, script.answers) == (1, [])
    with borough.reading() as ask:
        told = records.reasons(ask, Record.MODERATION, line(borough).number)
    assert [(each.kind, each.text, each.owner, each.due_on) for each in told] == [
        ("advice", "Ask the EP to visit", "SENCO", "2021-01-29"),
        ("advice", "Read the plan again", "Lead", None),
    ]
    assert "Lines of advice: 2." in script.said


def test_a_sitting_may_end_while_advice_is_asked_for(add: Run, sit: Run, borough: Store) -> None:  # noqa: F811
    add()
    _, tally = sit("3", "a", "q")
    assert tally.recorded == 0
    with borough.reading() as ask:
        assert questions.requests(ask)[0].outcome == ""
