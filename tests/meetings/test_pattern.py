"""Patterns as data: what they say, what is refused with its place, and a year made into one."""

from __future__ import annotations

import tomllib
from datetime import time
from pathlib import Path

import pytest

from senco.dates import AcademicYear
from senco.errors import BadInput, NotFound
from senco.meetings.pattern import Point, Slot, pattern_like, read_pattern, share_people
from senco.meetings.planning import meeting_line
from senco.meetings.proposing import PATTERNS, pattern_named
from senco.meetings.rules import audience_of
from tests.meetings.test_planning import draft

GOOD = """
title = "One of each"
apart = 5
within = 9
[[meeting]]
key = "first"
for = "CP 1-3"
near = "24 Nov"
weekdays = "Tuesday"
times = "2 - 4pm"
hosts = "schools in turn"
[[monthly]]
key = "panel"
for = "panel"
months = ["December", "Jan"]
nth = 2
weekdays = ["Wed"]
times = "9.30am - noon"
after = "first"
days_after = 7
most_days_after = 90
decide_by = "15 Feb"
"""


def read(text: str) -> object:
    return read_pattern(tomllib.loads(text), "p.toml")


def test_what_a_pattern_says() -> None:
    pattern = read_pattern(tomllib.loads(GOOD), "p.toml")
    first, december, january = pattern.slots
    assert (pattern.title, pattern.apart) == ("One of each", 5)
    assert (first.key, first.audience.clusters, first.point) == ("first", ("CP1", "CP2", "CP3"), Point(11, 24))
    assert (first.weekdays, first.starts, first.within, first.hosts) == ((1,), time(14), 9, ("schools in turn",))
    assert (december.key, january.key) == ("panel December", "panel January")
    assert december.point.in_year(AcademicYear(2020)).isoformat() == "2020-12-09"
    assert (december.after, december.days_after, december.most_days_after) == (("first",), 7, 90)
    assert december.decide_by == Point(2, 15)


def test_a_leap_day_is_the_28th_in_other_years() -> None:
    assert Point(2, 29).in_year(AcademicYear(2022)).isoformat() == "2023-02-28"
    assert Point(2, 29).in_year(AcademicYear(2023)).isoformat() == "2024-02-29"


MEETING = '[[meeting]]\nkey = "a"\nfor = "CP"\nnear = "24 Nov"\nweekdays = ["Tue"]\ntimes = "2 - 4pm"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "It has no meeting"),
        ("colour = 1", "'colour' says nothing here"),
        ("meeting = 3", "'meeting' is no list of blocks"),
        (MEETING + "colour = 1", "'colour' says nothing here"),
        (MEETING.replace("CP", "the gardeners"), "'for' does not say who meets"),
        (MEETING.replace("24 Nov", "some day"), "'some day' is no day of a year"),
        (MEETING.replace("24 Nov", "31 Nov"), "'31 Nov' is no day of a year"),
        (MEETING.replace("24 Nov", "24 Foo"), "'24 Foo' is no day of a year"),
        (MEETING.replace('["Tue"]', '["Sunday"]'), "'Sunday' is no day from Monday to Friday"),
        (MEETING.replace('["Tue"]', "[]"), "'weekdays' is missing"),
        (MEETING.replace("2 - 4pm", "late"), "p.toml › meeting 1"),
        (MEETING.replace("2 - 4pm", "16:00 - 14:00"), "p.toml › meeting 1"),
        (MEETING + "within = 400", "'within' is no number of days"),
        (MEETING + "within = true", "'within' is no number of days"),
        (MEETING + "days_after = 9\nmost_days_after = 3", "'most_days_after' is less than"),
        (MEETING + 'after = "z"', "'z' is no meeting's key"),
        (MEETING + MEETING, "Two meetings have the same key"),
        (
            MEETING + 'after = ["b"]\n' + MEETING.replace('"a"', '"b"').replace("24 Nov", "1 Dec"),
            "is not after that of b",
        ),
        (MEETING + 'decide_by = "soon"', "'soon' is no day of a year"),
        ('[[monthly]]\nfor = "panel"\nweekdays = ["Wed"]\ntimes = "2 - 4pm"', "'months' is missing"),
        ('[[monthly]]\nfor = "panel"\nmonths = ["Foo"]\nnth = 5\ntimes = "2 - 4pm"', "'Foo' is no month"),
        (
            '[[monthly]]\nfor = "panel"\nmonths = ["May"]\nnth = 5\nweekdays = ["Wed"]\ntimes = "2 - 4pm"',
            "'nth' is not 1 to 4",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refused.value.reference == "pattern.unreadable"
    assert said in "\n".join(map(str, refused.value.problems))
    assert all(problem.where.startswith("p.toml") for problem in refused.value.problems)


def test_times_that_run_backwards() -> None:
    with pytest.raises(BadInput) as refused:
        read_pattern(tomllib.loads(MEETING.replace("2 - 4pm", "4pm - 4pm")), "p.toml")
    assert refused.value.problems


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("conference", "CP1", True),
        ("conference", "panel", False),
        ("panel", "panel", True),
        ("CP1", "SP2", True),
        ("CP1", "CP2", False),
        ("CP 1-2", "CP 2-3", True),
        ("CP", "CP3", True),
    ],
)
def test_who_comes_to_both(one: str, two: str, same: bool) -> None:
    slots = []
    for words in (one, two):
        audience = audience_of(words)
        assert audience
        slots.append(Slot(words, audience, Point(11, 24), (1,), time(14), time(16)))
    assert share_people(*slots) is same
    assert share_people(*reversed(slots)) is same


def test_a_year_as_a_pattern() -> None:
    def line(day: object, words: str) -> object:
        return meeting_line(draft(day, words=words), year="2020/21", known=("CP1", "CP2"), la_code=319, at="")  # type: ignore[arg-type]

    from datetime import date

    lines = [
        line(date(2020, 11, 24), "CP 1-2"),
        line(date(2020, 11, 27), "conference"),
        line(date(2020, 12, 8), "CP1, SP1"),
    ]
    pattern = pattern_like(lines)  # type: ignore[arg-type]
    assert pattern.title == "Like 2020/21"
    assert pattern.apart == 3  # what lay closer together than a week may do so again
    assert [slot.weekdays for slot in pattern.slots] == [(1,), (4,), (1,)]
    assert [slot.audience.family for slot in pattern.slots] == ["CP", "", ""]
    assert pattern_like(lines, apart=9).apart == 9  # type: ignore[arg-type]
    assert pattern_like([]).slots == ()


def test_a_pattern_by_name_or_from_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD, encoding="utf-8")
    assert pattern_named(str(own)).title == "One of each"
    assert {path.stem for path in PATTERNS.glob("*.toml")} == {"sutton", "southampton", "hertfordshire"}
    with pytest.raises(NotFound) as unknown:
        pattern_named("suton")
    assert (unknown.value.reference, unknown.value.hint) == (
        "pattern.unknown",
        "Did you mean 'sutton' or 'southampton'?",
    )
    own.write_text("apart = ", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        pattern_named(str(own))
    assert refused.value.reference == "pattern.unreadable"
    own.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput):
        pattern_named(str(own))
