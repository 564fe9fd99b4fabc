"""A sitting at a terminal: which one is held, what the screen shows, and a real terminal interrupted in the middle."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from senco.errors import NotFound, WrongUse
from senco.requests import questions, render, room, sittings
from senco.requests.kinds import Hearing, RequestType
from senco.store.doors import Store
from tests.requests.conftest import TODAY

Run = Callable[..., Any]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_a_sitting_is_held_at_the_terminal(add: Run, senco: Run, typed: Run, trail_length: Run) -> None:
    reference, before = add().reference, trail_length()
    typed("x", "4", "3", "Two reviewed plans.", "2-1-0", "q")
    ran = senco("requests", "moderate")
    assert ran.code == 0
    assert "Please type one of: 1, 2, 3, 4, m, u, s, q." in ran.err
    assert f"{reference} (the last case)" in ran.err
    assert ran.out.splitlines()[0] == "CP1 at 2020-11-24-CP"
    assert "Exceptional      1" in ran.out
    assert trail_length() == before + 1


def test_undo_at_the_terminal_supersedes(add: Run, senco: Run, typed: Run, borough: Store) -> None:
    reference = add().reference
    typed("4", "3", "Too quick.", "", "u", "The wrong key.", "s")
    ran = senco("requests", "moderate", "--meeting", "2020-11-24-CP", "--cluster", "CP1", "--format", "json")
    assert '"taken_back": 1' in ran.out
    with borough.reading() as ask:
        assert [each.living for each in questions.moderations(ask, reference)] == [False, False]


def test_the_end_of_the_input_leaves_what_was_recorded(add: Run, senco: Run, typed: Run, borough: Store) -> None:
    add(school="Abbey"), add(school="Barrow")
    typed("4", "3", "Recorded.", "", "1")
    ran = senco("requests", "moderate")
    assert (ran.code, ran.out) == (130, "")
    with borough.reading() as ask:
        assert [line.outcome for line in questions.requests(ask, urn=100001)] == ["exceptional"]


def test_an_interruption_says_what_stays(add: Run, senco: Run, typed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    add()
    typed()

    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(room.Projector, "line", interrupt)
    ran = senco("requests", "moderate", "--format", "json")
    assert (ran.code, '"requests.interrupted"' in ran.err) == (130, True)


def hold(store: Store, meeting: str = "", cluster: str = "", today: Any = TODAY) -> tuple[str, str, str]:
    with store.reading() as ask:
        return sittings.to_hold(ask, meeting=meeting, cluster=cluster, today=today)


def test_the_sitting_meant_is_where_cases_wait(add: Run, moderate: Run, borough: Store) -> None:
    with pytest.raises(NotFound) as missing:
        hold(borough)
    assert missing.value.reference == "requests.nothing-to-hear"
    add(meeting="2021-03-23-CP")
    assert hold(borough) == ("2021-03-23-CP", "CP1", "2020/21")
    autumn = add().reference
    assert hold(borough) == ("2020-11-24-CP", "CP1", "2020/21")
    assert hold(borough, meeting="2021-03-23-CP") == ("2021-03-23-CP", "CP1", "2020/21")
    assert hold(borough, today=TODAY.replace(year=2022))[0] == "2021-03-23-CP"
    add(school="Everly")
    with pytest.raises(WrongUse) as refused:
        hold(borough)
    assert refused.value.reference == "requests.which-cluster"
    assert hold(borough, cluster="cp2") == ("2020-11-24-CP", "CP2", "2020/21")
    moderate(autumn)
    assert hold(borough, meeting="2020-11-24-CP") == ("2020-11-24-CP", "CP2", "2020/21")
    with pytest.raises(NotFound):
        hold(borough, meeting="2020-11-24-CP", cluster="CP1")


@pytest.fixture
def hearing(add: Run, borough: Store) -> Run:
    """Give a way to lay a case before CP1's sitting."""

    def run(**told: object) -> Hearing:
        reference = add(**told).reference
        with borough.reading() as ask:
            sitting = sittings.sitting(ask, meeting="2020-11-24-CP", cluster="CP1", year="2020/21")
            return sittings.hearing(ask, questions.case_named(ask, reference), sitting)

    return run


def test_the_screen_says_what_is_argued_about_and_no_child(hearing: Run) -> None:
    told = hearing(urgent=True, urgent_because="Soon out [/b] of school", asked_from="2021-01-01")
    for width in (40, 80, 120):
        drawn = render.case_screen(told, left=3, before="Recorded.", width=width, height=60, colour=width > 80)
        assert max(map(len, ESCAPES.sub("", drawn).splitlines())) <= width
        for fact in ("£9,500.00", "£3,500.00", told.case.reference, "CP1"):
            assert fact in drawn
    assert "\x1b[2J" in drawn
    lines = render.case_lines(told, left=3, before="Recorded.")
    assert "Threshold: cost reaches £8,000" in lines
    assert "Interests: Abbey Primary School (own school)\nAvenue Primary School (same trust)\nstay out" in lines
    assert "URGENT: Soon out [/b] of school" in lines
    assert "(3 cases left to hear)" in lines


def test_the_screen_of_a_quiet_case(hearing: Run, borough: Store) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO setting VALUES (1, 'threshold.means', 'top-up', '2020-09-01', '2020-09-01T08:00:00', 't')"
        )
        raw.execute("UPDATE school SET trust = ''")
    told = hearing(type=RequestType.GROUP, pupils=4, year_group="")
    lines = render.case_lines(told, left=1, before="")
    assert "Threshold: top-up is below £32,000 for 4 pupils" in lines
    assert "Type: group, 4 pupils" in lines
    assert "\nThreshold: top-up is below £8,000\n" in render.case_lines(hearing(school="Dorchester"), left=1, before="")
    once = replace(told, sitting=replace(told.sitting, element2_group="per-request"))
    assert "\nThreshold: top-up is below £8,000\n" in render.case_lines(once, left=1, before="")
    assert "Year group: mixed" in lines
    told = hearing(school="Dorchester")
    assert "Chair: to be named" in render.case_lines(told, left=1, before="")
    assert "the last case" in render.case_screen(told, left=1, before="", width=80, height=24, colour=True)


@pytest.mark.parametrize(
    "case",
    [(True, {}, True), (True, {"SENCO_ACCESSIBLE": "1"}, False), (True, {"TERM": "dumb"}, False), (False, {}, False)],
)
def test_only_a_terminal_is_drawn_on(
    hearing: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any, case: tuple[bool, dict[str, str], bool]
) -> None:
    terminal, env, drawn = case
    told = hearing()
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    capsys.readouterr()
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    room.Projector().show(told, left=2, before="")
    assert ("\x1b[" in capsys.readouterr().err) is drawn


def test_a_real_terminal_interrupted_in_the_middle_and_resumed(add: Run, borough: Store, pseudo: Run) -> None:
    abbey, barrow, culvers = (add(school=each).reference for each in ("Abbey", "Barrow", "Culvers"))
    sitting = pseudo("requests", "moderate", "--cluster", "CP1")
    sitting.until("Choice:")
    assert abbey in sitting.seen
    for answer, then in (("4", "Choice:"), ("3", "Reason"), ("Two reviewed plans.", "Votes"), ("", "Choice:")):
        sitting.type(answer)
        sitting.until(then)
    assert f"Recorded: {abbey} is exceptional, confirm." in sitting.seen
    sitting.type("1")
    sitting.until("Choice:")
    os.kill(sitting.process.pid, signal.SIGINT)
    assert sitting.end() == 130
    assert "What was recorded so far stays recorded" in sitting.seen
    with borough.reading() as ask:
        assert [each.reference for each in questions.requests(ask) if each.outcome] == [abbey]
    resumed = pseudo("requests", "moderate", "--cluster", "CP1")
    resumed.until("Choice:")
    assert barrow in resumed.seen
    assert abbey not in resumed.seen
    resumed.type("s")
    resumed.until("Choice:")
    assert culvers in resumed.seen
    resumed.type("q")
    assert resumed.end() == 0
    assert "Still to hear" in resumed.seen


def test_a_sitting_is_not_held_before_its_day(add: Run, senco: Run, typed: Run) -> None:
    add()
    typed("4")
    ran = senco("--as-of", "1/9/2020", "requests", "moderate", "--format", "json")
    assert (ran.code, ran.out) == (4, "")
    assert '"requests.not-yet"' in ran.err
    assert "the meeting is on Tue 24 Nov 2020" in ran.err


@pytest.mark.parametrize(("columns", "lines"), [(80, 1), (40, 3)])
def test_the_ways_out_are_never_cut_at_the_edge(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, typed: Run, columns: int, lines: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    typed("q")
    ways = [("u", "undo the last outcome"), ("s", "skip this case for now"), ("q", "quit")]
    assert room.Projector().choose("What?", [("1", "predictable"), *ways]) == "q"
    told = capsys.readouterr().err.splitlines()[2:-1]
    assert len(told) == lines
    assert all(len(line) < columns for line in told)


def test_a_long_case_fits_a_screen_of_24_lines_with_its_question(hearing: Run) -> None:
    """The head of a case never scrolls away: what is cut is said whole by one key."""
    told = hearing(provision=" ".join(["A quiet room and an adult beside the pupil in every lesson."] * 12))
    drawn = render.case_screen(told, left=3, before="Recorded.", width=80, height=24, colour=True)
    lines = ESCAPES.sub("", drawn).splitlines()
    assert len(lines) + 7 <= 24
    assert told.case.reference in lines[1]
    assert "…" in drawn


def test_more_of_a_case_says_it_whole(hearing: Run, typed: Run, capsys: Any) -> None:
    long = " ".join(["A quiet room and an adult beside the pupil."] * 12)
    typed("")
    room.Projector().more(hearing(provision=long))
    assert f"Provision: {long}" in capsys.readouterr().err
