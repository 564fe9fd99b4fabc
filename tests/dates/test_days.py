"""Days: what people write is read right, and what senco says is read back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.dates import (
    AcademicYear,
    find_meeting_times,
    find_span,
    parse_date,
    parse_time,
    parse_times,
    say_date,
)
from senco.errors import BadInput

YEAR = AcademicYear(2020)
TODAY = date(2026, 11, 22)  # a Sunday
NOV24 = date(2026, 11, 24)
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))


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
