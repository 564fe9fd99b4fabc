"""The calendar handed out: valid, right to the minute in London, the same bytes each time, the text as it was typed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.errors import Fault, NotFound
from senco.meetings.kinds import CalendarEntry
from senco.meetings.publish import calendar_bytes
from senco.privacy import clean_block
from tests.meetings import programme_2020_21 as published
from tests.meetings.rfc5545 import faults

GOLDEN = Path(__file__).parents[1] / "golden" / "programme-2020-21.ics"
HOUSE = Path(__file__).parents[2]
LONDON = published.LONDON

PLAIN = CalendarEntry(
    uid="7kq4@senco",
    reference="2021-02-23-SP",
    sequence=2,
    status="CONFIRMED",
    summary="Single-phase cluster SP3",
    location="HAS",
    description="Case studies.",
    categories=("Spring term", "Single-phase"),
    starts=datetime(2021, 2, 23, 14, tzinfo=UTC),
    ends=datetime(2021, 2, 23, 16, tzinfo=UTC),
    changed=datetime(2021, 1, 5, 9, 30, 15, tzinfo=UTC),
)

AWKWARD = {
    "comma and semicolon": "Wallington, Carshalton; Cheam",
    "backslashes": r"C:\new\notes, \\server\n \, \; \N \\",
    "line breaks": "one\ntwo\n\nfour\n",
    "forged component": "before\nEND:VEVENT\nBEGIN:VEVENT\nUID:forged\nEND:VEVENT",
    "forged fold": "one\n two\n\tthree",
    "quotes": "“Predictable” or \"exceptional\" – or 'both'?",
    "percent and colon": "10:30 is 50% off; mailto:x?y=z",
    "emoji": "✅ agreed 🎓🏫 " * 12,
    "accents over many lines": "Señorita Éloïse naïvely café — " * 40,
    "one long word": "x" * 1000,
    "long word of four octets a letter": "🎓" * 200,
    "spaces only between": "a" + " " * 300 + "b",
    "ends in blanks": "text   ",
    "begins with blanks": "   text",
    "tab": "a\tb",
    "control-free odd letters": "ﬁ ß İ ı Ǆ 漢字 ‹›",
}


def written(*entries: CalendarEntry, name: str = "Clusters", description: str = "") -> bytes:
    """Write a calendar and hold it to the RFC in passing: whatever a test writes must be valid."""
    data = calendar_bytes(entries, name=name, description=description)
    assert faults(data) == []
    return data


def read(data: bytes) -> Any:
    return icalendar.Calendar.from_ical(data)


def only_event(data: bytes) -> Any:
    (event,) = read(data).walk("VEVENT")
    return event


def escaped(text: str) -> str:
    for plain, escape in (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        text = text.replace(plain, escape)
    return text


def in_london(stamp: Any) -> datetime:
    moment: datetime = stamp.dt.astimezone(LONDON)
    return moment.replace(tzinfo=None)


class TestTimes:
    @pytest.mark.parametrize(
        ("day", "clock", "zone"),
        [
            (date(2021, 2, 23), time(14), "GMT"),
            (date(2021, 4, 27), time(14), "BST"),
            (date(2021, 3, 27), time(9, 30), "GMT"),
            (date(2021, 3, 28), time(0, 59), "GMT"),  # the clocks go forward at one
            (date(2021, 3, 28), time(2), "BST"),
            (date(2021, 10, 24), time(14), "BST"),
            (date(2021, 10, 31), time(0, 30), "BST"),
            (date(2021, 10, 31), time(2), "GMT"),  # and back at two
            (date(2021, 7, 1), time(0, 15), "BST"),  # the day before, in UTC
        ],
    )
    def test_a_local_time_comes_back_as_it_was_on_both_sides_of_a_clock_change(
        self, day: date, clock: time, zone: str
    ) -> None:
        local = datetime.combine(day, clock, LONDON)
        starts = local.astimezone(UTC)
        event = only_event(written(replace(PLAIN, starts=starts, ends=starts + timedelta(hours=2))))
        assert event["DTSTART"].dt == starts
        assert event["DTSTART"].dt.astimezone(LONDON).tzname() == zone
        assert in_london(event["DTSTART"]) == datetime.combine(day, clock)
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)

    def test_2pm_in_february_and_in_april_are_two_instants_in_the_file(self) -> None:
        april = replace(
            PLAIN,
            uid="april@senco",
            starts=datetime(2021, 4, 27, 14, tzinfo=LONDON),
            ends=datetime(2021, 4, 27, 16, tzinfo=LONDON),
        )
        data = written(PLAIN, april)
        assert b"DTSTART:20210223T140000Z\r\n" in data
        assert b"DTSTART:20210427T130000Z\r\n" in data

    def test_a_zone_other_than_utc_gives_the_same_bytes(self) -> None:
        tokyo = timezone(timedelta(hours=9))
        moved = replace(
            PLAIN,
            starts=PLAIN.starts.astimezone(tokyo),
            ends=PLAIN.ends.astimezone(LONDON),
            changed=PLAIN.changed.astimezone(tokyo),
        )
        assert written(moved) == written(PLAIN)

    def test_parts_of_a_second_are_left_off(self) -> None:
        assert written(replace(PLAIN, changed=PLAIN.changed.replace(microsecond=999_999))) == written(PLAIN)


class TestEvent:
    def test_it_holds_what_the_entry_holds(self) -> None:
        event = only_event(written(PLAIN))
        assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS")} == {
            "UID": "7kq4@senco",
            "SUMMARY": "Single-phase cluster SP3",
            "LOCATION": "HAS",
            "DESCRIPTION": "Case studies.",
            "STATUS": "CONFIRMED",
        }
        assert event["SEQUENCE"] == 2
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == PLAIN.changed

    @pytest.mark.parametrize(
        ("status", "busy"), [("CONFIRMED", "OPAQUE"), ("TENTATIVE", "OPAQUE"), ("CANCELLED", "TRANSPARENT")]
    )
    def test_a_cancelled_meeting_stays_and_frees_the_time(self, status: Any, busy: str) -> None:
        event = only_event(written(replace(PLAIN, status=status)))
        assert (event["STATUS"], event["TRANSP"]) == (status, busy)

    def test_categories_are_sorted_each_once_and_blank_ones_left_off(self) -> None:
        data = written(replace(PLAIN, categories=("b, c", "a;b", " ", "", "a;b", "Z\\")))
        assert b"CATEGORIES:Z\\\\,a\\;b,b\\, c\r\n" in data
        assert only_event(data)["CATEGORIES"].cats == ["Z\\", "a;b", "b, c"]

    def test_what_is_blank_is_not_written(self) -> None:
        event = only_event(written(replace(PLAIN, location="", description="", categories=())))
        assert {"LOCATION", "DESCRIPTION", "CATEGORIES"}.isdisjoint(event)


class TestCalendar:
    def test_its_own_properties_stand_before_the_events_version_first(self) -> None:
        data = written(PLAIN, name="CP1, Sutton", description="One; two\nthree")
        head = data.split(b"BEGIN:VEVENT")[0].decode().split("\r\n")
        assert head == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//senco//SENCO cluster meetings//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            r"NAME:CP1\, Sutton",
            r"X-WR-CALNAME:CP1\, Sutton",
            r"DESCRIPTION:One\; two\nthree",
            r"X-WR-CALDESC:One\; two\nthree",
            "X-WR-TIMEZONE:Europe/London",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
            "",
        ]
        assert data.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")

    def test_without_a_description_it_says_none(self) -> None:
        head = written(PLAIN).split(b"BEGIN:VEVENT")[0]
        assert b"DESCRIPTION" not in head
        assert b"CALDESC" not in head

    def test_no_entries_is_said_and_not_written(self) -> None:
        with pytest.raises(NotFound, match="“CP9”") as refused:
            calendar_bytes((), name="CP9")
        assert refused.value.reference == "calendar.no-entries"


class TestText:
    @pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
    def test_awkward_text_comes_back_as_it_was(self, text: str) -> None:
        entry = replace(PLAIN, summary=text, location=text, description=text, categories=(text,))
        data = written(entry, name=text, description=text)
        event = only_event(data)
        assert [str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [text] * 3
        assert event["CATEGORIES"].cats == [text]
        assert str(read(data)["DESCRIPTION"]) == text
        # icalendar does not know the type of these two, and so does not undo the escapes that text has in the RFC.
        unfolded = data.decode().replace("\r\n ", "").split("\r\n")
        assert f"NAME:{escaped(text)}" in unfolded
        assert f"X-WR-CALNAME:{escaped(text)}" in unfolded

    @pytest.mark.parametrize("broken", ["one\r\ntwo\r\n", "one\rtwo\r", "one\r\ntwo\r", "one\ntwo\n"])
    def test_every_kind_of_line_break_becomes_one_newline(self, broken: str) -> None:
        data = written(replace(PLAIN, description=broken))
        assert b"DESCRIPTION:one\\ntwo\\n\r\n" in data
        assert str(only_event(data)["DESCRIPTION"]) == "one\ntwo\n"

    @pytest.mark.parametrize("unfit", ["\x00", "\x1b", "\x0b", "\x85", "\u2028", "\u202e", "\ud800", "\ue000", "\x7f"])
    def test_a_character_that_no_calendar_should_carry_is_marked(self, unfit: str) -> None:
        event = only_event(written(replace(PLAIN, summary=f"a{unfit}b"), name=f"c{unfit}d"))
        assert str(event["SUMMARY"]) == "a\ufffdb"

    @settings(max_examples=120, deadline=None)
    @given(
        summary=st.text(min_size=1).filter(str.strip), description=st.text(max_size=400), categories=st.lists(st.text())
    )
    def test_any_text_comes_back_cleaned_and_otherwise_as_it_was(
        self, summary: str, description: str, categories: list[str]
    ) -> None:
        entry = replace(PLAIN, summary=summary, description=description, categories=tuple(categories))
        event = only_event(written(entry, name=summary, description=description))
        assert str(event["SUMMARY"]) == clean_block(summary)
        assert str(event.get("DESCRIPTION", "")) == clean_block(description)
        assert str(event["LOCATION"]) == "HAS"
        kept = sorted({clean_block(category) for category in categories if category.strip()})
        assert (event["CATEGORIES"].cats if "CATEGORIES" in event else []) == kept

    @pytest.mark.parametrize("before", range(60, 80))
    def test_a_fold_never_falls_inside_a_character(self, before: int) -> None:
        for letter in "aé漢🎓":
            text = "x" * (before - len("SUMMARY:")) + letter * 60
            data = written(replace(PLAIN, summary=text))
            assert max(len(line) for line in data.split(b"\r\n")) in {72, 73, 74, 75}
            assert str(only_event(data)["SUMMARY"]) == text


class TestSameBytes:
    def test_the_order_of_entries_and_categories_does_not_matter(self) -> None:
        entries = list(published.entries())
        whole = written(*entries)
        for seed in range(5):
            random.Random(seed).shuffle(entries)  # noqa: S311 - an order, not a secret
            assert written(*(replace(entry, categories=entry.categories[::-1]) for entry in entries)) == whole

    def test_meetings_at_one_time_stand_by_uid(self) -> None:
        uids = ["c@senco", "a@senco", "b@senco"]
        events = read(written(*(replace(PLAIN, uid=uid) for uid in uids))).walk("VEVENT")
        assert [str(event["UID"]) for event in events] == sorted(uids)

    def test_a_generator_does(self) -> None:
        assert calendar_bytes((entry for entry in (PLAIN,)), name="Clusters") == written(PLAIN)

    def test_another_process_with_other_hashes_writes_the_same(self) -> None:
        program = (
            "import sys; from senco.meetings.publish import calendar_bytes; "
            "from tests.meetings import programme_2020_21 as p; "
            "sys.stdout.buffer.write(calendar_bytes(p.entries(), name=p.NAME, description=p.DESCRIPTION))"
        )
        for seed in ("1", "2"):
            environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOUSE), "TZ": "Asia/Tokyo"}
            run = subprocess.run(
                [sys.executable, "-W", "error", "-c", program], capture_output=True, env=environment, check=True
            )
            assert run.stdout == GOLDEN.read_bytes()
            assert run.stderr == b""

    def test_a_changed_meeting_alters_its_own_event_alone(self) -> None:
        before = published.entries()
        moved = replace(
            before[4], location="Civic Offices", sequence=1, changed=before[4].changed + timedelta(days=30, minutes=7)
        )
        old = written(*before).split(b"BEGIN:VEVENT")
        new = written(*(*before[:4], moved, *before[5:])).split(b"BEGIN:VEVENT")
        assert [number for number, (was, now) in enumerate(zip(old, new, strict=True)) if was != now] == [5]
        differing = {line.partition(b":")[0] for line in set(old[5].split(b"\r\n")) ^ set(new[5].split(b"\r\n"))}
        assert differing == {b"LOCATION", b"SEQUENCE", b"DTSTAMP", b"LAST-MODIFIED"}


class TestPublishedProgramme:
    def test_it_is_the_golden_file_byte_for_byte(self) -> None:
        assert written(*published.entries(), name=published.NAME, description=published.DESCRIPTION) == (
            GOLDEN.read_bytes()
        )

    def test_the_golden_file_holds_the_ten_meetings_as_printed(self) -> None:
        printed = [
            ("22 Sep 2020", "13:30", "16:30", "SENCO conference (all clusters)"),
            ("13 Oct 2020", "14:00", "16:00", "Single-phase clusters SP 1–7"),
            ("24 Nov 2020", "14:00", "16:00", "Cross-phase clusters CP 1–5"),
            ("26 Jan 2021", "14:00", "16:00", "Single-phase clusters SP 1–7"),
            ("23 Feb 2021", "14:00", "16:00", "Single-phase clusters SP 1–7"),
            ("23 Mar 2021", "14:00", "16:00", "Cross-phase clusters CP 1–5"),
            ("27 Apr 2021", "14:00", "16:00", "Single-phase clusters SP 1–7"),
            ("25 May 2021", "14:00", "16:00", "Single-phase clusters SP 1–7"),
            ("29 Jun 2021", "14:00", "16:00", "Cross-phase clusters CP 1–5"),
            ("13 Jul 2021", "13:30", "16:30", "SENCO conference (all clusters)"),
        ]
        data = GOLDEN.read_bytes()
        assert faults(data) == []
        events = read(data).walk("VEVENT")
        shown = [
            (
                in_london(event["DTSTART"]).strftime("%d %b %Y"),
                in_london(event["DTSTART"]).strftime("%H:%M"),
                in_london(event["DTEND"]).strftime("%H:%M"),
                str(event["SUMMARY"]),
            )
            for event in events
        ]
        assert shown == printed
        assert {in_london(event["DTSTART"]).strftime("%A") for event in events} == {"Tuesday"}
        assert {str(event["LOCATION"]) for event in events} == {"HAS"}


class TestRefused:
    def refusal(self, *entries: CalendarEntry) -> Fault:
        with pytest.raises(Fault) as refused:
            calendar_bytes(entries, name="Clusters")
        assert refused.value.hint
        return refused.value

    def test_one_uid_for_two_entries(self) -> None:
        fault = self.refusal(PLAIN, replace(PLAIN, reference="2021-03-23-CP"))
        assert fault.reference == "calendar.uid-twice"
        assert "2021-02-23-SP and 2021-03-23-CP" in fault.message

    def test_the_same_entry_given_twice(self) -> None:
        assert self.refusal(PLAIN, replace(PLAIN)).reference == "calendar.uid-twice"
        assert self.refusal(PLAIN, PLAIN).reference == "calendar.uid-twice"

    @pytest.mark.parametrize("uid", ["", " ", "a b", "a\r\nSTATUS:CANCELLED", "a,b", "a\n", "é@senco", "@x", "x" * 256])
    def test_a_uid_that_a_calendar_could_misread(self, uid: str) -> None:
        fault = self.refusal(replace(PLAIN, uid=uid))
        assert fault.reference == "calendar.uid-unfit"
        assert PLAIN.reference in fault.message

    def test_the_longest_uid_is_taken_and_folded(self) -> None:
        uid = "x" * 255
        assert str(only_event(written(replace(PLAIN, uid=uid)))["UID"]) == uid

    @pytest.mark.parametrize("which", ["starts", "ends", "changed"])
    def test_a_time_without_a_zone(self, which: str) -> None:
        naive = {which: getattr(PLAIN, which).replace(tzinfo=None)}
        assert self.refusal(replace(PLAIN, **naive)).reference == "calendar.time-without-zone"

    @pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=5), timedelta(hours=-2)])
    def test_an_end_that_is_not_after_the_start(self, late: timedelta) -> None:
        assert self.refusal(replace(PLAIN, ends=PLAIN.starts + late)).reference == "calendar.ends-before-start"

    def test_an_end_that_is_later_by_the_clock_on_the_wall_only(self) -> None:
        starts = datetime(2021, 10, 31, 1, 30, fold=1, tzinfo=LONDON)  # the second half past one of that night
        ends = datetime(2021, 10, 31, 1, 45, fold=0, tzinfo=LONDON)  # the first quarter to two
        assert self.refusal(replace(PLAIN, starts=starts, ends=ends)).reference == "calendar.ends-before-start"

    @pytest.mark.parametrize("sequence", [-1, 2**31])
    def test_a_sequence_that_is_no_count(self, sequence: int) -> None:
        assert self.refusal(replace(PLAIN, sequence=sequence)).reference == "calendar.sequence-unfit"

    def test_a_status_of_another_kind(self) -> None:
        other: Any = "COMPLETED"
        assert self.refusal(replace(PLAIN, status=other)).reference == "calendar.status-unfit"

    @pytest.mark.parametrize("summary", ["", "  \n"])
    def test_no_title(self, summary: str) -> None:
        assert self.refusal(replace(PLAIN, summary=summary)).reference == "calendar.no-summary"


def test_importing_the_module_does_not_import_ics() -> None:
    program = "import sys, senco.meetings.publish; sys.exit('ics' in sys.modules or 'arrow' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(HOUSE)}, check=True)
