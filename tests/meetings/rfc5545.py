"""A small validator of iCalendar files, written from RFC 5545 alone: it shares no code with senco, ics or icalendar.

``faults(data)`` names every breach it finds, each beginning with a word that a test can ask for. Beyond the RFC it
holds a file to what senco promises: times in UTC, and of RFC 5546 what a published event must have.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

LINE_OCTETS = 75
# 3.1: contentline = name *(";" param ) ":" value; a parameter value is quoted or holds none of " ; : ,
NAME = r"[A-Za-z0-9-]+"
PARAMETER_VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
CONTENT_LINE = re.compile(
    rf"(?P<name>{NAME})(?P<parameters>(?:;{NAME}={PARAMETER_VALUE}(?:,{PARAMETER_VALUE})*)*):(?P<value>.*)", re.DOTALL
)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# 3.3.11: a backslash escapes only \ ; , n N; a comma or semicolon is never bare (a bare comma parts a list).
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
UTC_STAMP = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)Z")
DURATION = re.compile(r"[+-]?P(?:\d+W|\d+D(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|T(?:\d+H)?(?:\d+M)?(?:\d+S)?)")

TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "NAME", "PRODID", "X-WR-CALNAME", "X-WR-CALDESC", "X-WR-TIMEZONE"}
TEXT_LISTS = {"CATEGORIES"}
STAMPS = {"DTSTAMP", "LAST-MODIFIED", "CREATED", "DTSTART", "DTEND"}
CHOICES = {
    "VERSION": {"2.0"},
    "CALSCALE": {"GREGORIAN"},
    "METHOD": {"PUBLISH", "REQUEST", "CANCEL"},
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
}
REQUIRED = {
    "VCALENDAR": {"VERSION", "PRODID"},  # 3.6
    # 3.6.1, and by RFC 5546, 3.2.1 SUMMARY; SEQUENCE and STATUS are senco's promise
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"},
}
ONCE = {
    "VCALENDAR": {"VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "REFRESH-INTERVAL"},
    "VEVENT": {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "CLASS", "CREATED", "DESCRIPTION", "GEO", "LAST-MODIFIED"),
        *("LOCATION", "ORGANIZER", "PRIORITY", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "URL", "RECURRENCE-ID"),
    },
}


@dataclass
class Component:
    """A component as it stands in the file: its properties in order, and the components inside it."""

    name: str
    properties: list[tuple[str, str]] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Give the first value of a property, or nothing."""
        return next((value for held, value in self.properties if held == name), "")


def faults(data: bytes) -> list[str]:
    """Name every breach in an iCalendar file; an empty list says that none was found."""
    found = _line_faults(data)
    logical = data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode(errors="replace")
    streams = Component("")
    open_components = [streams]
    for number, line in enumerate(logical.removesuffix("\r\n").split("\r\n"), start=1):
        if not (read := CONTENT_LINE.fullmatch(line)):
            found.append(f"grammar: content line {number} is no name:value")
            continue
        if CONTROL.search(read["value"]):
            found.append(f"control: content line {number} holds a control character")
        name, value = read["name"].upper(), read["value"]
        if name == "BEGIN":
            begun = Component(value.upper())
            open_components[-1].inside.append(begun)
            open_components.append(begun)
        elif name == "END":
            if open_components.pop().name != value.upper() or not open_components:
                return [*found, f"nesting: content line {number} ends what was not begun"]
        else:
            if open_components[-1].inside:
                found.append(f"order: {name} stands after a component")
            open_components[-1].properties.append((name, value))
            found += _value_faults(name, read["parameters"], value)
    if len(open_components) != 1:
        found.append("nesting: a component is not ended")
    if [component.name for component in streams.inside] != ["VCALENDAR"] or streams.properties:
        found.append("stream: it is not one VCALENDAR")
    return found + [fault for calendar in streams.inside for fault in _calendar_faults(calendar)]


def _line_faults(data: bytes) -> list[str]:
    found = []
    if not data.endswith(b"\r\n"):
        found.append("ending: the last line has no CR LF")
    if re.search(rb"\r(?!\n)|(?<!\r)\n", data):
        found.append("ending: a CR or LF stands alone")
    for number, line in enumerate(data.removesuffix(b"\r\n").split(b"\r\n"), start=1):
        if len(line) > LINE_OCTETS:
            found.append(f"folding: line {number} has {len(line)} octets")
        if not line or (number == 1 and line[:1] in b" \t"):
            found.append(f"folding: line {number} is empty or continues nothing")
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(f"folding: line {number} is not whole UTF-8")
    return found


def _value_faults(name: str, parameters: str, value: str) -> list[str]:
    found = []
    texts = re.split(r"(?<!\\)(?:\\\\)*,", value) if name in TEXT_LISTS else [value] if name in TEXTS else []
    if not all(TEXT.fullmatch(text) for text in texts):
        found.append(f"text: {name} holds a bare or unknown escape")
    if name in STAMPS and (parameters or not UTC_STAMP.fullmatch(value)):
        found.append(f"stamp: {name} is no time in UTC")
    if name in CHOICES and value not in CHOICES[name]:
        found.append(f"choice: {name} is none of {sorted(CHOICES[name])}")
    if name == "SEQUENCE" and not re.fullmatch(r"\d+", value):
        found.append("sequence: it is no number from 0 upwards")
    if name in {"REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DURATION"} and not DURATION.fullmatch(value):
        found.append(f"duration: {name} is none")
    if name == "REFRESH-INTERVAL" and parameters != ";VALUE=DURATION":
        found.append("duration: REFRESH-INTERVAL does not say its type, which RFC 7986 requires")
    return found


def _calendar_faults(calendar: Component) -> list[str]:
    found = _property_faults(calendar)
    if not calendar.inside:
        found.append("empty: a calendar holds at least one component")
    for event in calendar.inside:
        found += _property_faults(event)
        if event.name == "VEVENT" and event.value("DTEND") <= event.value("DTSTART"):
            found.append("times: DTEND is not later than DTSTART")
        if event.value("DTEND") and event.value("DURATION"):
            found.append("times: both DTEND and DURATION")
    uids = Counter(event.value("UID") for event in calendar.inside)
    return found + [f"uid: {uid} stands {count} times" for uid, count in uids.items() if count > 1]


def _property_faults(component: Component) -> list[str]:
    held = Counter(name for name, _ in component.properties)
    missing = REQUIRED.get(component.name, set()) - held.keys()
    doubled = {name for name in ONCE.get(component.name, set()) if held[name] > 1}
    return [f"required: {component.name} without {name}" for name in sorted(missing)] + [
        f"once: {component.name} with {held[name]} × {name}" for name in sorted(doubled)
    ]
