"""What 500 events as .ics cost: processor time of the whole process against bare Python and against ics by itself.

Run ``python -m tests.bench.calendar_export [ROUNDS]``: it prints ratios and ends with 1 when the bar is missed. (The
file is not called calendar.py: from its own folder that name would hide the standard library's.)
"""

from __future__ import annotations

import sys

from tests.bench.ratios import medians, told

BAR = 20.0
ROUNDS = 15

EVENTS = """
from datetime import UTC, datetime, timedelta
first = datetime(2020, 9, 1, 13, tzinfo=UTC)
purpose = "Sharing practice; notional funding, moderation – what is “exceptional”.\\nPapers: a week before.\\n" * 3
lines = [
    (f"m{number}@senco", f"Cross-phase cluster CP{number % 5 + 1}, no. {number}", first + timedelta(hours=number * 7))
    for number in range(500)
]
"""

RAW = f"""{EVENTS}
import ics
events = [
    ics.Event(uid=uid, name=name, begin=starts, end=starts + timedelta(hours=2), location="HAS", description=purpose,
              created=first, last_modified=first, status="CONFIRMED", categories=["autumn", "cross-phase"])
    for uid, name, starts in lines
]
assert len(ics.Calendar(events=events).serialize()) > 200_000
"""

SENCO = f"""{EVENTS}
from senco.meetings.kinds import CalendarEntry
from senco.meetings.publish import calendar_bytes
entries = [
    CalendarEntry(uid=uid, reference=uid, sequence=0, status="CONFIRMED", summary=name, location="HAS",
                  description=purpose, categories=("autumn", "cross-phase"), starts=starts,
                  ends=starts + timedelta(hours=2), changed=first)
    for uid, name, starts in lines
]
assert len(calendar_bytes(entries, name="All clusters")) > 200_000
"""

PROGRAMS = {
    "bare Python": "pass",
    "ics alone, unmended": RAW,
    "senco": SENCO,
    "senco, collector off as at start-up": f"import gc\ngc.disable()\n{SENCO}\ngc.freeze()",
}


def main(rounds: int) -> int:
    """Measure, print the ratios, and give 1 when the bar is missed."""
    found = medians(PROGRAMS, rounds)
    return told(
        found, peer="ics alone, unmended", what="senco, collector off as at start-up", bar=BAR, unit="500 events"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
