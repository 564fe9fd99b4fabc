"""Meetings as an iCalendar file that other programs subscribe to or import (RFC 5545).

The ``ics`` package writes each component. What it leaves out or gets wrong is mended here and nowhere else; each mend
says why it is there. The same entries give the same bytes, whatever order they come in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from senco.errors import Fault, NotFound
from senco.privacy import clean_block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.meetings.kinds import Attendee, CalendarEntry

# No version in it: a new release of senco must not change the bytes of an unchanged programme.
PRODUCT: Final = "-//senco//SENCO cluster meetings//EN"
ZONE: Final = "Europe/London"
LINE_OCTETS: Final = 75  # RFC 5545, 3.1, without the line break
CONTINUES: Final = 0b1000_0000  # the two high bits of every UTF-8 octet but a character's first
LARGEST_INTEGER: Final = 2**31 - 1  # RFC 5545, 3.3.8
_DAY: Final = 24 * 60  # minutes
STATUSES: Final = frozenset({"CONFIRMED", "TENTATIVE", "CANCELLED"})
# Narrower than the RFC, which allows any text: every client gives such a uid back unaltered, and 255 octets is what
# RFC 7986, 5.3 asks of a new one.
UID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._:+-]{0,254}")


def calendar_bytes(
    entries: Iterable[CalendarEntry],
    *,
    name: str,
    description: str = "",
    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH",
) -> bytes:
    """Write the entries as one calendar, valid by RFC 5545 and the same bytes for the same entries.

    PUBLISH is for those who subscribe or import; REQUEST and CANCEL are what a mail program takes for an invitation
    and its withdrawal (RFC 5546), and need an organiser and attendees in each entry.

    Times go out in UTC, which every client turns into local time rightly on both sides of a clock change; `name` and
    `description` are what a subscriber sees as the calendar's own. Raises NotFound `calendar.no-entries`, since the
    RFC knows no calendar without a component, and Fault for an entry that cannot be published as it stands:
    `calendar.uid-twice`, `calendar.uid-unfit`, `calendar.time-without-zone`, `calendar.ends-before-start`,
    `calendar.sequence-unfit`, `calendar.status-unfit`, `calendar.no-summary`.
    """
    checked: dict[str, CalendarEntry] = {}
    for entry in entries:
        _refuse_unfit(entry)
        if entry.uid in checked:
            twin = checked[entry.uid]
            raise Fault(
                "calendar.uid-twice",
                f"Two entries of one calendar bear the uid {entry.uid}: {twin.reference} and {entry.reference}.",
                "A calendar program would show only one of them. Please report it.",
            )
        checked[entry.uid] = entry
    if not checked:
        raise NotFound(
            "calendar.no-entries",
            f"There is no meeting to put into the calendar “{clean_block(name)}”.",
            "`senco meetings list` shows the meetings there are, and for which clusters.",
        )
    lines = _head(name, description, method)
    # ics keeps its events in a set, so their order changes from run to run: each event is written by itself, in order.
    for entry in sorted(checked.values(), key=lambda entry: (entry.starts, entry.uid)):
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    # ics ends its last line without a line break; the RFC ends every line with one.
    return b"".join(_folded(line) for line in lines)


def _refuse_unfit(entry: CalendarEntry) -> None:
    if not UID.fullmatch(entry.uid):
        # ics writes a uid as it comes, neither escaped nor checked, so that a line break in it would forge a property.
        raise Fault(
            "calendar.uid-unfit",
            f"The meeting {entry.reference} has a uid that cannot stand in a calendar.",
            "A uid is 1 to 255 letters, digits and @ . _ : + -. Please report it.",
        )
    if any(moment.utcoffset() is None for moment in (entry.starts, entry.ends, entry.changed)):
        # ics takes a time without a zone for UTC: a meeting at 2pm in July would be shown at 3pm.
        raise Fault(
            "calendar.time-without-zone",
            f"The meeting {entry.reference} has a time that does not say its zone.",
            "Calendar times are handed over in UTC. Please report it.",
        )
    if _to_the_second(entry.ends) <= _to_the_second(entry.starts):
        # RFC 5545, 3.8.2.2: the end is later than the start; ics lets them be equal.
        raise Fault(
            "calendar.ends-before-start",
            f"The meeting {entry.reference} does not end after its start.",
            "Correct its times, then export again.",
        )
    if not 0 <= entry.sequence <= LARGEST_INTEGER:
        raise Fault(
            "calendar.sequence-unfit",
            f"The meeting {entry.reference} has the sequence number {entry.sequence}, which no calendar takes.",
            "A sequence counts changes from 0 upwards. Please report it.",
        )
    if entry.status not in STATUSES:
        raise Fault(
            "calendar.status-unfit",
            f"The meeting {entry.reference} has a status that calendars do not know.",
            "It is CONFIRMED, TENTATIVE or CANCELLED. Please report it.",
        )
    if not entry.summary.strip():
        # ics then leaves SUMMARY out, which a published event must have (RFC 5546, 3.2.1).
        raise Fault(
            "calendar.no-summary",
            f"The meeting {entry.reference} has no title to show in a calendar.",
            "Give it one, then export again.",
        )


def _to_the_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _text(text: str) -> str:
    r"""Make text fit to be escaped by ics.

    ics turns a carriage return into ``\r``, an escape that the RFC does not have, and lets control characters through,
    which it forbids; characters that a terminal or a screen reader would act on go the same way.
    """
    # Line by line, since a line that is plain throughout is passed at once: a programme's purposes run to many lines.
    return "\n".join(map(clean_block, text.replace("\r\n", "\n").split("\n")))


def _head(name: str, description: str, method: str) -> list[str]:
    from ics import Calendar
    from ics.grammar.parse import ContentLine
    from ics.utils import escape_string

    calendar = Calendar(creator=PRODUCT)
    calendar.scale = "GREGORIAN"
    # Given with events, ics writes METHOD after them; a calendar's own properties stand before its components (3.6).
    calendar.method = method
    serialised: str = calendar.serialize()
    lines = serialised.split("\r\n")[:-1]  # all but END:VCALENDAR, which follows the events
    if method != "PUBLISH":
        return lines  # an invitation is no calendar of its own: mail programs would offer to add one
    own = [
        # NAME and DESCRIPTION are the standard's words (RFC 7986); Outlook, Google and Apple read the X- twins.
        ContentLine("NAME", value=escape_string(_text(name))),
        ContentLine("X-WR-CALNAME", value=escape_string(_text(name))),
        ContentLine("DESCRIPTION", value=escape_string(_text(description))),
        ContentLine("X-WR-CALDESC", value=escape_string(_text(description))),
        ContentLine("X-WR-TIMEZONE", value=ZONE),
        # Once a day is often enough for a programme that is set a year ahead. The second is Outlook's word for it.
        ContentLine("REFRESH-INTERVAL", params={"VALUE": ["DURATION"]}, value="P1D"),
        ContentLine("X-PUBLISHED-TTL", value="P1D"),
    ]
    return lines + [str(line) for line in own if line.value]


def _event(entry: CalendarEntry) -> list[str]:
    from ics import Event
    from ics.grammar.parse import ContentLine

    changed = _to_the_second(entry.changed)
    event = Event(
        uid=entry.uid,
        name=_text(entry.summary),
        location=_text(entry.location),
        description=_text(entry.description),
        begin=_to_the_second(entry.starts),
        end=_to_the_second(entry.ends),
        # ics writes DTSTAMP, which the RFC requires, only from `created`. Both stamps are the change's and not the
        # export's, so that an unchanged export is the same bytes.
        created=changed,
        last_modified=changed,
        status=entry.status,
        # A meeting called off stays in the calendar, to be seen, but keeps nobody's afternoon busy.
        transparent=entry.status == "CANCELLED",
    )
    # ics makes a set of them, whose order changes from run to run; it writes a list as it stands.
    event.categories = sorted({_text(category) for category in entry.categories if category.strip()})
    # ics has no SEQUENCE, by which a client knows a newer copy of the event from an older one.
    event.extra.append(ContentLine("SEQUENCE", value=str(entry.sequence)))
    people = [("ORGANIZER", entry.organiser)] if entry.organiser else []
    people += [("ATTENDEE", each) for each in entry.attendees]
    event.extra.extend(ContentLine(role, _parameters(role, each), f"mailto:{each.email}") for role, each in people)
    serialised: str = event.serialize()
    lines = serialised.split("\r\n")
    # ics writes alarms without the text that RFC 5545, 3.6.6 asks of one that is shown.
    return [*lines[:-1], *(line for minutes in entry.alarms for line in _alarm(entry, minutes)), lines[-1]]


def _parameters(role: str, person: Attendee) -> dict[str, list[str]]:
    # A parameter's value is quoted, not escaped, and can hold neither a quotation mark nor a line break (3.2).
    name = " ".join(_text(person.name).replace('"', "'").split())
    if role == "ORGANIZER":
        return {"CN": [f'"{name}"']}
    return {"CN": [f'"{name}"'], "ROLE": ["REQ-PARTICIPANT"], "PARTSTAT": ["NEEDS-ACTION"], "RSVP": ["TRUE"]}


def _alarm(entry: CalendarEntry, minutes: int) -> list[str]:
    from ics.utils import escape_string

    days, rest = divmod(minutes, _DAY)
    trigger = f"-P{days}D" if days and not rest else f"-PT{minutes}M"
    text = escape_string(_text(entry.summary))
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text}", f"TRIGGER:{trigger}", "END:VALARM"]


def _folded(line: str) -> bytes:
    """Break a content line at 75 octets, which ics does not, never inside a character, and end it.

    >>> _folded("SUMMARY:" + "é" * 40).decode().split("\\r\\n ")
    ['SUMMARY:ééééééééééééééééééééééééééééééééé', 'ééééééé\\r\\n']
    """
    octets = line.encode()
    pieces = []
    start, end = 0, LINE_OCTETS
    while end < len(octets):
        while octets[end] & 0b1100_0000 == CONTINUES:  # the break would fall inside a character
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + LINE_OCTETS - 1  # the space that begins a continuation line counts
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
