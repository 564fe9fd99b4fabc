"""Dates, times and years: what people write is read right, and what senco says is read back."""

from __future__ import annotations

import csv
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import senco.dates
from senco.dates import (
    LONDON,
    AcademicYear,
    england_bank_holidays,
    financial_year,
    find_meeting_times,
    find_span,
    from_utc,
    is_working_day,
    iso_utc,
    parse_date,
    parse_time,
    parse_times,
    read_iso_utc,
    say_date,
    say_moment,
    say_time,
    say_times,
    to_utc,
    working_days_before,
)
from senco.errors import BadInput
from tests.sources import DATA, HOLIDAYS, PROGRAMME, ROOT, published_text_path
from tests.sources.programme import ROWS

YEAR = AcademicYear(2020)
TODAY = date(2026, 11, 22)  # a Sunday
NOV24 = date(2026, 11, 24)
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.mark.parametrize(
    "text",
    [
        "24/11/2026",
        "24/11/26",
        "24.11.26",
        "24.11.2026",
        "24-11-2026",
        "24 Nov 2026",
        "24 Nov 26",
        "24 Nov '26",
        "24 Nov ’26",
        "24-Nov-2026",
        "24Nov2026",
        "24th November 2026",
        "Tue 24 November 2026",
        "Tues. 24 Nov. 2026",
        "Tuesday, 24th of November, 2026",
        "Tuesday the 24th of November 2026",
        "TUESDAY 24 NOVEMBER 2026",
        "November 24, 2026",
        "Tue 24/11/2026",
        "2026-11-24",
        "2026/11/24",
        "Tue 2026-11-24",
        "2026-11-24 00:00:00",
        "2026-11-24T00:00",
        "20261124",
        "24\u00a0Nov\u00a02026",
        "  24  November\n2026, ",
        "24 Nov",
        "24/11",
        "Nov 24",
        "Tue 24 Nov",
        "tuesday",
        "next Tuesday",
        "this tue",
        "on Tuesday",
    ],
)
def test_a_day_as_people_write_it(text: str) -> None:
    assert parse_date(text, today=TODAY) == NOV24


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04", date(2026, 5, 4)),  # ISO stays ISO, where dateutil with dayfirst says 5 April
        ("04/05/2026", date(2026, 5, 4)),
        ("20260922", date(2026, 9, 22)),  # not seconds since 1970
        ("yesterday", date(2026, 11, 21)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 23)),
        ("Sunday", TODAY),
        ("next Sunday", date(2026, 11, 29)),
        ("22 Nov", TODAY),
        ("21 Nov", date(2027, 11, 21)),
        ("29 Feb", date(2028, 2, 29)),
        ("29 February 2024", date(2024, 2, 29)),
        ("1 Sept 2026", date(2026, 9, 1)),
    ],
)
def test_days_that_other_parsers_get_wrong_or_that_hang_on_today(text: str, expected: date) -> None:
    assert parse_date(text, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 Sep", date(2020, 9, 1)), ("31 Aug", date(2021, 8, 31)), ("Tue 24 Nov", date(2020, 11, 24))],
)
def test_a_day_without_a_year_falls_inside_the_academic_year(text: str, expected: date) -> None:
    assert parse_date(text, year=YEAR, today=TODAY) == expected
    assert parse_date("24 Nov 2026", year=YEAR) == NOV24


@pytest.mark.parametrize(
    ("text", "reference", "says"),
    [
        ("Thursday 7 November 2023", "date.weekday-differs", "Tue 7 Nov 2023 is a Tuesday, not a Thursday."),
        ("Wed 24/11/2026", "date.weekday-differs", "is a Tuesday, not a Wednesday"),
        ("31/09/2026", "date.no-such-day", "There is no 31 September 2026."),
        ("29 Feb 2026", "date.no-such-day", "29 February 2026"),
        ("31 June", "date.no-such-day", "31 June"),
        ("11/24/2026", "date.no-such-day", "read day first"),
        ("24/0/2026", "date.no-such-day", "month 0"),
        ("20261301", "date.no-such-day", "no month 13"),
        ("32/13/2026", "date.no-such-day", "month 13"),
        ("24/11/0202", "date.no-such-day", "The year 202"),
        ("", "date.unreadable", "an empty text"),
        ("24", "date.unreadable", "“24” is not a date"),
        ("soon", "date.unreadable", "“…” is not a date"),
        ("2 - 4pm", "date.unreadable", "“2 - 4pm”"),
        ("24 Nov 2026 2pm", "date.unreadable", "“24 Nov 2026 2pm”"),
        ("1792454400", "date.unreadable", "1792454400"),
        ("next week", "date.unreadable", "“next …”"),
        ("last Tuesday", "date.unreadable", "“… Tuesday”"),
        ("next today", "date.unreadable", "“next today”"),
        ("24 Nov 2026 and on and on and on and on and on", "date.unreadable", "…”"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, reference: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_date(text, today=TODAY)
    assert (refused.value.reference, says in refused.value.message) == (reference, True), refused.value.message
    assert refused.value.hint


def test_the_wrong_weekday_is_answered_with_the_nearest_right_one() -> None:
    with pytest.raises(BadInput) as refused:
        parse_date("Thursday 7 November 2023")
    assert refused.value.hint == "The nearest Thursday is Thu 9 Nov 2023."


def test_the_american_order_is_answered_with_the_english_one() -> None:
    with pytest.raises(BadInput) as refused:
        parse_date("11/24/2026")
    assert refused.value.hint == "Did you mean 24/11/2026?"


@pytest.mark.parametrize("text", ["24 Nov", "tomorrow", "next Tuesday"])
def test_without_today_a_day_must_say_its_year(text: str) -> None:
    with pytest.raises(BadInput, match=r"does not say which year|says no date by itself") as refused:
        parse_date(text)
    assert refused.value.reference == "date.unreadable"


@pytest.mark.parametrize("text", ["Zebedee Quillfeather", "Zebedee Quillfeather 31/02/2012", "B801200005001x"])
def test_a_name_in_the_wrong_column_is_not_repeated(text: str) -> None:
    for parse in (parse_date, parse_time, parse_times, AcademicYear.parse):
        with pytest.raises(BadInput) as refused:
            parse(text)
        said = str(refused.value) + refused.value.hint
        assert "Zebedee" not in said
        assert "Quill" not in said


@pytest.mark.parametrize("text", ["31/02/2012", "12/13/2012", "Mon 3 March 2012", "3 March", "12.3.1"])
def test_a_childs_date_is_not_repeated_when_asked(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_date(text, quote=False)
    assert not any(mark in refused.value.message + str(refused.value) for mark in ("2012", "12.3", "March"))


@given(ANY_DAY)
def test_what_is_said_is_read_back(day: date) -> None:
    assert parse_date(say_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day


@given(ANY_DAY, st.integers(1, 6))
def test_every_wrong_weekday_is_found(day: date, off: int) -> None:
    wrong = say_date(day + timedelta(days=off))[:3] + say_date(day)[3:]
    with pytest.raises(BadInput) as refused:
        parse_date(wrong)
    assert refused.value.reference == "date.weekday-differs"
    found = find_meeting_times(f"see {wrong} HAS")
    assert found is not None
    assert (found.day, found.weekday_right) == (day, False)


@given(st.text(max_size=30) | st.text("0123456789/-. :amptoTueNv'", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_date, parse_time, parse_times, AcademicYear.parse):
        with suppress(BadInput):
            parse(text)
    with suppress(BadInput):
        find_meeting_times(text, year=YEAR)
    with suppress(BadInput):
        find_span(text, YEAR)


# times


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


# what stands in longer text


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


# years


@pytest.mark.parametrize("text", ["2020/21", "2020-21", "2020/2021", "2020–21", "20/21", " 2020 / 21 ", "AY 2020/21"])
def test_an_academic_year(text: str) -> None:
    assert AcademicYear.parse(text) == YEAR


@pytest.mark.parametrize("text", ["", "2020", "2020/22", "2020/2020", "2021/20", "1/9/2020", "this year", "2020/1"])
def test_what_is_no_academic_year_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        AcademicYear.parse(text)
    assert refused.value.reference == "year.unreadable"


@given(st.dates(date(1900, 9, 1), date(2199, 8, 31)))
def test_every_day_is_in_one_academic_and_one_financial_year(day: date) -> None:
    year = AcademicYear.of(day)
    assert day in year
    assert day not in year.next
    assert year.previous < year < year.next
    assert AcademicYear.parse(str(year)) == year
    assert year.last + timedelta(days=1) == year.next.first
    assert year.term_of(day) in {"autumn", "spring", "summer"}
    starts = int(financial_year(day)[:4])
    assert date(starts, 4, 1) <= day < date(starts + 1, 4, 1)


def test_the_terms_of_the_programme_are_those_of_the_calendar() -> None:
    assert [YEAR.term_of(meeting.day) for meeting in PROGRAMME] == [meeting.term for meeting in PROGRAMME]


def test_a_year_knows_only_its_own_terms() -> None:
    with pytest.raises(ValueError, match="not in 2020/21"):
        YEAR.term_of(date(2021, 9, 1))


# moments


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


# working days


def _published_holidays() -> dict[date, str]:
    with (DATA / "bank-holidays.csv").open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["title"] for row in csv.DictReader(file)}


def test_the_bank_holidays_by_rule_are_the_published_ones() -> None:
    by_rule = {day: title for year in range(2020, 2029) for day, title in england_bank_holidays(year).items()}
    assert by_rule == _published_holidays()


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (1995, ["1995-05-08"]),
        (1999, ["1999-12-27", "1999-12-28", "1999-12-31"]),
        (2002, ["2002-06-03", "2002-06-04"]),
        (2011, ["2011-01-03", "2011-04-29", "2011-05-30", "2011-12-26", "2011-12-27"]),
        (2012, ["2012-01-02", "2012-06-04", "2012-06-05"]),
    ],
)
def test_odd_years_before_the_published_table(year: int, days: list[str]) -> None:
    assert set(days) <= {day.isoformat() for day in england_bank_holidays(year)}


@given(st.integers(1978, 2400))
def test_bank_holidays_are_weekdays_in_order(year: int) -> None:
    days = list(england_bank_holidays(year))
    assert days == sorted(days)
    assert len(days) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in days)


def test_before_1978_the_list_was_another() -> None:
    with pytest.raises(ValueError, match="1978"):
        england_bank_holidays(1977)


@given(st.dates(date(2020, 1, 1), date(2028, 12, 31)), st.integers(0, 30))
def test_working_days_are_counted_back_over_holidays(day: date, n: int) -> None:
    holidays = _published_holidays()
    start = working_days_before(day, n, holidays)
    between = [start + timedelta(days=step) for step in range((day - start).days)]
    assert sum(is_working_day(other, holidays) for other in between) == n
    assert n == 0 or is_working_day(start, holidays)


def test_working_days_are_not_counted_forwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        working_days_before(NOV24, -1, ())


def _loaded_by(code: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name for name in seen.stdout.split() if not name.startswith("_sysconfigdata")}


def test_importing_dates_and_money_loads_no_third_party_library() -> None:
    loaded = _loaded_by("from senco.dates import *; import senco.money")
    assert {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) == {"senco"}
    assert "senco.dates.finding" in loaded


def test_saying_a_date_loads_neither_the_readers_nor_the_zones() -> None:
    loaded = _loaded_by("from senco.dates import say_date")
    assert {name for name in loaded if name.startswith(("senco.", "zoneinfo"))} <= {
        "senco.dates",
        "senco.dates.saying",
        "senco.dates.words",
    }


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(senco.dates, name) for name in senco.dates.__all__)
    assert sorted(name for names in senco.dates._HOMES.values() for name in names) == sorted(senco.dates.__all__)
    with pytest.raises(AttributeError, match="parse_anything"):
        _ = senco.dates.parse_anything  # type: ignore[attr-defined]  # that is the point
