"""Times of day, and moments in London and UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from senco.dates import (
    LONDON,
    from_utc,
    iso_utc,
    parse_time,
    parse_times,
    read_iso_utc,
    say_moment,
    say_time,
    say_times,
    to_utc,
)
from senco.errors import BadInput

ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("1.30 - 4.30pm", "13:30", "16:30"),
        ("1:30-4:30 p.m.", "13:30", "16:30"),
        ("2 - 4pm", "14:00", "16:00"),
        ("2-4pm", "14:00", "16:00"),
        ("2pm to 4pm", "14:00", "16:00"),
        ("from 2 to 4pm", "14:00", "16:00"),
        ("between 2 and 4pm", "14:00", "16:00"),
        ("2pm till 4", "14:00", "16:00"),
        ("2pm until 4pm.", "14:00", "16:00"),
        ("13:30–16:30", "13:30", "16:30"),
        ("13:30:00 - 16:30:00", "13:30", "16:30"),
        ("1400-1600", "14:00", "16:00"),
        ("1400hrs - 1600 hrs", "14:00", "16:00"),
        ("13:30pm - 16.30pm", "13:30", "16:30"),
        ("9.30am to 12", "09:30", "12:00"),
        ("9.30am - 12 noon", "09:30", "12:00"),
        ("noon - 2", "12:00", "14:00"),
        ("12 - 2pm", "12:00", "14:00"),
        ("10 - 11.30am", "10:00", "11:30"),
        ("11am-1pm", "11:00", "13:00"),
        ("11 - 1pm", "11:00", "13:00"),
        ("10 - 12pm", "10:00", "12:00"),
        ("8am - 3", "08:00", "15:00"),
        ("2 - 4", "14:00", "16:00"),
        ("9 - 3", "09:00", "15:00"),
        ("9 - 10.30", "09:00", "10:30"),
        ("11 - 1", "11:00", "13:00"),
        ("12 - 2", "12:00", "14:00"),
        ("5.30 - 7", "17:30", "19:00"),
        ("9:30 - 13:00", "09:30", "13:00"),
        ("02:00-04:00", "02:00", "04:00"),
        ("midnight - 1am", "00:00", "01:00"),
    ],
)
def test_from_when_to_when(text: str, starts: str, ends: str) -> None:
    assert parse_times(text) == (time.fromisoformat(starts), time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5pm", "17:00"),
        ("17:00", "17:00"),
        ("1.30pm", "13:30"),
        ("1.30 P.M.", "13:30"),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("midday", "12:00"),
        ("midnight", "00:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12.30", "12:30"),
        ("2", "14:00"),
        ("6.59", "18:59"),
        ("7", "07:00"),
        ("02:00", "02:00"),
        ("0:30", "00:30"),
        ("1330", "13:30"),
    ],
)
def test_one_time(text: str, expected: str) -> None:
    assert parse_time(text) == time.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "an empty text"),
        ("2pm", "does not say from when to when"),
        ("4pm - 2pm", "ends before it starts, read as 4–2pm"),
        ("2 - 2pm", "would start before 7am"),
        ("2pm - 2pm", "ends before it starts"),
        ("1pm - 12", "ends before it starts"),
        ("4 - 2pm", "would start before 7am, read as 4am–2pm"),
        ("25:00 - 26:00", "is not a time of the day"),
        ("1.75 - 4pm", "is not a time of the day"),
        ("13:30:30 - 16:30", "is not a time of the day"),
        ("13am - 4pm", "there is no 13 am"),
        ("0pm - 4pm", "there is no 0 pm"),
        ("24 November 2026", "does not say from when to when"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_times(text)
    assert refused.value.reference == "time.unreadable"
    assert says in refused.value.message


@given(MINUTES, MINUTES)
def test_times_said_are_read_back(one: int, other: int) -> None:
    starts, ends = (time(*divmod(minutes, 60)) for minutes in sorted((one, other)))
    assert parse_time(say_time(starts)) == starts
    if starts < ends:
        assert parse_times(say_times(starts, ends)) == (starts, ends)


@given(ANY_DAY, MINUTES)
def test_a_moment_keeps_its_london_time(day: date, minutes: int) -> None:
    local = time(*divmod(minutes, 60))
    try:
        moment = to_utc(day, local)
    except BadInput:
        assume(False)  # the clocks leap over it
    back = from_utc(moment)
    assert (back.date(), back.time()) == (day, local)
    assert read_iso_utc(iso_utc(moment)) == moment


def test_the_hour_that_the_clocks_leap_over_is_refused() -> None:
    with pytest.raises(BadInput, match=r"1\.30am does not exist on Sun 28 Mar 2021") as refused:
        to_utc(date(2021, 3, 28), time(1, 30))
    assert refused.value.reference == "time.no-such-time"


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    assert iso_utc(to_utc(date(2020, 10, 25), time(1, 30))) == "2020-10-25T00:30:00+00:00"


def test_a_moment_without_a_zone_is_a_fault() -> None:
    naive = datetime(2020, 11, 24, 14)  # noqa: DTZ001 - the fault under test
    for use in (from_utc, iso_utc, say_moment):
        with pytest.raises(ValueError, match="zone"):
            use(naive)
    with pytest.raises(ValueError, match="zone"):
        read_iso_utc("2020-11-24T14:00:00")


def test_a_moment_is_said_in_london_time() -> None:
    assert say_moment(datetime(2020, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul 2020, 12.30am"
    assert iso_utc(datetime(2020, 7, 1, 14, 0, 0, 999_999, tzinfo=LONDON)) == "2020-07-01T13:00:00+00:00"
