"""The validator must be able to fail: each breach on its own, and what ics writes when nothing mends it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import ics
import pytest

from tests.meetings.rfc5545 import faults

SOUND = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
    "DTSTAMP:20210105T093000Z\r\nDTSTART:20210223T140000Z\r\nDTEND:20210223T160000Z\r\nSEQUENCE:0\r\n"
    "STATUS:CONFIRMED\r\nSUMMARY:One\\, two\r\nCATEGORIES:a\\\\,b\\,c\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
EVENT = SOUND[SOUND.index("BEGIN:VEVENT") : SOUND.index("END:VCALENDAR")]


def kinds(data: bytes) -> set[str]:
    return {fault.partition(":")[0] for fault in faults(data)}


def test_a_sound_calendar_has_no_fault() -> None:
    assert faults(SOUND.encode()) == []
    assert faults(SOUND.replace("SUMMARY:One", "SUMMARY:O\r\n n\r\n\te").encode()) == []


@pytest.mark.parametrize(
    ("was", "becomes", "kind"),
    [
        ("END:VCALENDAR\r\n", "END:VCALENDAR", "ending"),
        ("VERSION:2.0\r\n", "VERSION:2.0\n", "ending"),
        ("SUMMARY:One", "SUMMARY:O\rne", "ending"),
        ("SUMMARY:One", "SUMMARY:" + "x" * 68, "folding"),
        ("SUMMARY:One", "SUMMARY:" + "é" * 34, "folding"),
        ("SUMMARY:One", "\r\nSUMMARY:One", "folding"),
        ("BEGIN:VCALENDAR", " BEGIN:VCALENDAR", "folding"),
        ("SUMMARY:One", "SUMMARY One", "grammar"),
        ("SUMMARY:One", "SUM_MARY:One", "grammar"),
        ("SUMMARY:One", "SUMMARY;LANGUAGE:One", "grammar"),
        ("SUMMARY:One", 'SUMMARY;X="a"b:One', "grammar"),
        ("SUMMARY:One", "SUMMARY:One\x1b", "control"),
        ("SUMMARY:One", "SUMMARY:One\\r", "text"),
        ("SUMMARY:One", "SUMMARY:One, and", "text"),
        ("SUMMARY:One", "SUMMARY:One; and", "text"),
        ("SUMMARY:One\\, two", "SUMMARY:One\\", "text"),
        ("CATEGORIES:a", "CATEGORIES:a;b", "text"),
        ("DTSTAMP:20210105T093000Z", "DTSTAMP:20210105T093000", "stamp"),
        ("DTSTAMP:20210105T093000Z", "DTSTAMP:20211305T093000Z", "stamp"),
        ("DTSTART:20210223T140000Z", "DTSTART;TZID=Europe/London:20210223T140000", "stamp"),
        ("DTEND:20210223T160000Z", "DTEND:20210223T140000Z", "times"),
        ("SEQUENCE:0", "SEQUENCE:0\r\nDURATION:PT2H", "times"),
        ("SEQUENCE:0", "SEQUENCE:-1", "sequence"),
        ("METHOD:PUBLISH", "METHOD:PUBLISH\r\nREFRESH-INTERVAL:P1D", "duration"),
        ("METHOD:PUBLISH", "METHOD:PUBLISH\r\nX-PUBLISHED-TTL:1 day", "duration"),
        ("STATUS:CONFIRMED", "STATUS:COMPLETED", "choice"),
        ("VERSION:2.0", "VERSION:1.0", "choice"),
        ("PRODID:-//a//b//EN\r\n", "", "required"),
        ("DTSTAMP:20210105T093000Z\r\n", "", "required"),
        ("UID:1@x\r\n", "", "required"),
        ("SUMMARY:One\\, two\r\n", "", "required"),
        ("UID:1@x", "UID:1@x\r\nUID:1@x", "once"),
        ("METHOD:PUBLISH", "METHOD:PUBLISH\r\nMETHOD:PUBLISH", "once"),
        ("END:VCALENDAR", "METHOD:PUBLISH\r\nEND:VCALENDAR", "order"),
        ("END:VCALENDAR", f"{EVENT}END:VCALENDAR", "uid"),
        (EVENT, "", "empty"),
        ("END:VEVENT\r\n", "", "nesting"),
        ("END:VCALENDAR\r\n", "", "nesting"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nEND:VCALENDAR\r\n", "nesting"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nX-A:b\r\n", "stream"),
        ("VCALENDAR", "VCARD", "stream"),
    ],
)
def test_each_breach_is_named(was: str, becomes: str, kind: str) -> None:
    assert was in SOUND
    assert kind in kinds(SOUND.replace(was, becomes).encode())


def test_a_fold_inside_a_character_is_named() -> None:
    assert "folding" in kinds(SOUND.encode().replace(b"One", "é".encode()[:1] + b"\r\n " + "é".encode()[1:]))


class TestUnmended:
    """What ics 0.7 writes by itself, given the same facts: the reason for each mend."""

    STARTS = datetime(2021, 4, 27, 13, tzinfo=UTC)
    ENDS = datetime(2021, 4, 27, 15, tzinfo=UTC)

    def raw(self, **more: Any) -> bytes:
        facts = {"uid": "1@x", "name": "A meeting", "begin": self.STARTS, "end": self.ENDS, **more}
        calendar = ics.Calendar(events=[ics.Event(**facts)])
        calendar.method = "PUBLISH"
        data: bytes = calendar.serialize().encode()
        return data

    def test_a_plain_meeting(self) -> None:
        found = faults(self.raw())
        assert "ending: the last line has no CR LF" in found
        assert "order: METHOD stands after a component" in found
        assert "required: VEVENT without DTSTAMP" in found
        assert "required: VEVENT without SEQUENCE" in found

    def test_a_long_line(self) -> None:
        assert "folding" in kinds(self.raw(description="x" * 100))

    def test_a_carriage_return(self) -> None:
        assert "text" in kinds(self.raw(description="one\r\ntwo"))

    def test_a_control_character(self) -> None:
        assert "control" in kinds(self.raw(description="one\x1b[2J"))

    def test_a_line_break_in_a_uid(self) -> None:
        assert b"\r\nSTATUS:CANCELLED\r\n" in self.raw(uid="1@x\r\nSTATUS:CANCELLED")

    def test_no_title(self) -> None:
        assert "required: VEVENT without SUMMARY" in faults(self.raw(name=""))

    def test_an_end_at_the_start(self) -> None:
        assert "times" in kinds(self.raw(end=self.STARTS))

    def test_a_time_without_a_zone_is_taken_for_utc(self) -> None:
        assert b"DTSTART:20210427T130000Z" in self.raw(begin=self.STARTS.replace(tzinfo=None))
