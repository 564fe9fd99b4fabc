"""Meetings and holidays found inside longer text."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from senco.dates import (
    AcademicYear,
    find_meeting_times,
    find_span,
    parse_times,
    say_date,
    say_times,
)
from senco.errors import BadInput
from tests.sources import HOLIDAYS, PROGRAMME, published_text_path
from tests.sources.programme import ROWS

YEAR = AcademicYear(2020)
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1)


def test_every_meeting_of_the_programme_is_found() -> None:
    found = [hit for row in ROWS if (hit := find_meeting_times(row[1]))]
    assert [(hit.day, hit.starts, hit.ends) for hit in found] == [meeting[:3] for meeting in PROGRAMME]
    assert all(hit.weekday_right and hit.weekday_written == "Tuesday" for hit in found)
    assert [find_span(row[1], YEAR) for row in ROWS] == [None] * len(ROWS)
    assert [find_meeting_times(row[0]) for row in ROWS] == [None] * len(ROWS)


def test_every_holiday_of_the_programme_is_found() -> None:
    spans = [find_span(row[0], YEAR) for row in ROWS]
    assert [(span.title, span.first, span.last) for span in spans if span] == [holiday[:3] for holiday in HOLIDAYS]


def test_the_document_as_published_is_read_right() -> None:
    path = published_text_path()
    if path is None:
        pytest.skip("the published document does not lie beside this clone")
    cells = [cell for line in path.read_text(encoding="utf-8").splitlines() for cell in line.split("\t")]
    meetings = [hit for cell in cells if (hit := find_meeting_times(cell))]
    spans = [span for cell in cells if (span := find_span(cell, YEAR))]
    assert [(hit.day, hit.starts, hit.ends) for hit in meetings] == [meeting[:3] for meeting in PROGRAMME]
    assert [(span.title, span.first, span.last) for span in spans] == [holiday[:3] for holiday in HOLIDAYS]
    assert all(hit.weekday_right for hit in meetings)


@pytest.mark.parametrize(
    ("text", "times", "before", "after"),
    [
        ("Tuesday 24 November 2020 2 - 4pm Venue: HAS", "14:00 16:00", "", "Venue: HAS"),
        ("Venue:HAS Tuesday 24 November 2020\n2 - 4pm\nVenue:HAS", "14:00 16:00", "Venue:HAS", "Venue:HAS"),
        ("2 - 4pm on Tuesday 24 November 2020 at HAS", "14:00 16:00", "", "at HAS"),
        ("Forum, 2pm, 24/11/2020, HAS", "14:00", "Forum", "HAS"),
        ("Tues 24th Nov 2020, from 2 to 4pm - HAS", "14:00 16:00", "", "HAS"),
        ("Tue 24 Nov 2020 Venue: HAS, 2-4pm, room 3", "14:00 16:00", "", "Venue: HAS room 3"),
        ("Tue 24 Nov 2020 Room 5 at 2pm", "14:00", "", "Room 5 at"),
        ("24.11.20 14:00-16:00", "14:00 16:00", "", ""),
        ("24.11.2020 1400-1600hrs", "14:00 16:00", "", ""),
        ("2020-11-24 at 14:00", "14:00", "", ""),
        ("2020-11-24 00:00:00", "", "", ""),
        ("24 Nov 2020 2 - 4", "14:00 16:00", "", ""),
        ("SP 1-7 - 24 Nov 2020 2-4pm", "14:00 16:00", "SP 1-7", ""),
        ("Meeting 3 - Tue 24 Nov 2020", "", "Meeting 3", ""),
        ("24 Nov 2020 SP 1-7", "", "", "SP 1-7"),
        ("24 Nov 2020, £2.50 - 4.50 a head", "", "", "£2.50 - 4.50 a head"),
        ("24 Nov 2020 4 - 2pm", "", "", "4 - 2pm"),
        ("24 Nov 2020 3 items", "", "", "3 items"),
        ("24 Nov 2020-11-24", "", "", "11-24"),
        ("24 Nov 2020 and 26 Jan 2021 2 - 4pm", "", "", "and 26 Jan 2021 2 - 4pm"),
    ],
)
def test_a_meeting_in_longer_text(text: str, times: str, before: str, after: str) -> None:
    found = find_meeting_times(text)
    assert found is not None
    assert found.day == date(2020, 11, 24)
    assert " ".join(at.isoformat("minutes") for at in (found.starts, found.ends) if at) == times
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Autumn Term",
        "Half term 26-30 Oct 2020",
        "Half term 26 Oct to 30 Oct 2020",
        "26/10/2020 - 30/10/2020",
        "13 October 2 - 4pm",
        "section 1.2.13",
        "the years 2020/21",
        "phone 020 8770 5000",
    ],
)
def test_text_without_a_meeting(text: str) -> None:
    assert find_meeting_times(text) is None


def test_a_day_without_a_year_is_found_when_the_year_is_known() -> None:
    found = find_meeting_times("Tue 13 October 10 - 12pm", year=YEAR)
    assert found is not None
    assert (found.day, found.starts, found.ends) == (date(2020, 10, 13), time(10), time(12))
    assert found.weekday_right
    assert find_meeting_times("13 October 1400-1600", year=YEAR).starts == time(14)  # type: ignore[union-attr]  # found


def test_a_wrong_weekday_is_reported_and_not_raised() -> None:
    found = find_meeting_times("Panel: Thursday 7 November 2023, 2pm")
    assert found is not None
    assert (found.day, found.weekday_written, found.weekday_right) == (date(2023, 11, 7), "Thursday", False)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        find_meeting_times("Tuesday 31 September 2020 2 - 4pm")
    assert refused.value.reference == "date.no-such-day"


@pytest.mark.parametrize(
    ("text", "title", "first", "last"),
    [
        ("Half term 26-30 Oct", "Half term", "2020-10-26", "2020-10-30"),
        ("Half term: 26th–30th October 2020", "Half term", "2020-10-26", "2020-10-30"),
        ("Half term (26 - 30 Oct)", "Half term", "2020-10-26", "2020-10-30"),
        ("Half term: Monday 26 - Friday 30 October", "Half term", "2020-10-26", "2020-10-30"),
        ("26/10/2020 to 30/10/2020 half term", "half term", "2020-10-26", "2020-10-30"),
        ("2020-10-26 - 2020-10-30", "", "2020-10-26", "2020-10-30"),
        ("Spring Term\nEaster from 1 April until 16 April", "Easter", "2021-04-01", "2021-04-16"),
        ("Christmas 21 Dec-1 Jan", "Christmas", "2020-12-21", "2021-01-01"),
        ("Christmas 21 Dec - 1 Jan 2022", "Christmas", "2021-12-21", "2022-01-01"),
        ("Christmas 21 Dec 2021 - 1 Jan", "Christmas", "2021-12-21", "2022-01-01"),
        ("Summer 24 July to 1 Sept", "Summer", "2021-07-24", "2021-09-01"),
        ("Break 30-3 Nov", "Break", "2020-10-30", "2020-11-03"),
        ("Break 30-3 Jan 2021", "Break", "2020-12-30", "2021-01-03"),
        ("End of Term 23 July", "End of Term", "2021-07-23", "2021-07-23"),
        ("Fri 23 July 2021: end of term", "end of term", "2021-07-23", "2021-07-23"),
        ("Term 1 - 3 September to 23 October", "Term 1", "2020-09-03", "2020-10-23"),
    ],
)
def test_a_span(text: str, title: str, first: str, last: str) -> None:
    found = find_span(text, YEAR)
    assert found is not None
    assert (found.title, found.first.isoformat(), found.last.isoformat()) == (title, first, last)
    assert found.weekday_right


@pytest.mark.parametrize(
    "text", ["", "Spring Term", "23 July", "Forum 23 July 2 - 4pm", "Single Phase Clusters 'SP 1-7'"]
)
def test_text_without_a_span(text: str) -> None:
    assert find_span(text, YEAR) is None


def test_a_span_tells_its_wrong_weekday_and_what_follows_it() -> None:
    found = find_span("Half term Monday 25 - Friday 30 October (two weeks in some schools)", YEAR)
    assert found is not None
    assert not found.weekday_right
    assert found.after == "(two weeks in some schools)"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Half term 30 Oct 2020 to 26 Oct 2020", "date.span-backwards"),
        ("Half term 26 Oct to 31 Nov", "date.no-such-day"),
    ],
)
def test_a_span_that_cannot_be_is_refused(text: str, reference: str) -> None:
    with pytest.raises(BadInput) as refused:
        find_span(text, YEAR)
    assert refused.value.reference == reference


@given(ANY_DAY, st.integers(1, 300))
def test_any_span_said_in_full_is_found(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = find_span(f"Closure {say_date(first)} - {say_date(min(last, date(2199, 12, 31)))}", YEAR)
    if last <= date(2199, 12, 31):
        assert found is not None
        assert (found.title, found.first, found.last) == ("Closure", first, last)


@given(ANY_DAY, MINUTES, MINUTES)
def test_any_meeting_said_in_full_is_found(day: date, one: int, other: int) -> None:
    starts, ends = (time(*divmod(minutes, 60)) for minutes in sorted((one, other)))
    assume(starts < ends)
    found = find_meeting_times(f"Venue: HAS {say_date(day)} {say_times(starts, ends)} CP 1-5")
    assert found is not None
    assert (found.day, found.starts, found.ends) == (day, starts, ends)
    assert (found.before, found.after) == ("Venue: HAS", "CP 1-5")


@pytest.mark.parametrize(
    "part", ["24 Nov 2020 ", "26-30 Oct ", "1 - ", " ", "24 Oct to 30 Oct ", "2 - 4pm ", "tuesday "]
)
def test_a_cell_of_the_greatest_length_is_answered_at_once(part: str) -> None:
    cell = part * (32_767 // len(part))
    began = process_time()
    with suppress(BadInput):
        find_meeting_times(cell, year=YEAR)
    with suppress(BadInput):
        find_span(cell, YEAR)
    with suppress(BadInput):
        parse_times(cell)
    assert process_time() - began < 2
