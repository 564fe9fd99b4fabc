"""What 500 events as .ics cost: processor time of the whole process against bare Python and against ics by itself.

Run ``python tests/bench/calendar_export.py [ROUNDS]``: it prints ratios and ends with 1 when the bar is missed. (The
file is not called calendar.py: from its own folder that name would hide the standard library's.)
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

BAR = 20.0
ROUNDS = 15
HOUSE = Path(__file__).resolve().parents[2]

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


def seconds(program: str) -> float:
    """Run a program in a process of its own and give the processor time it took, in seconds; no wall clock."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": str(HOUSE)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> int:
    """Measure the programs turn by turn, so that a busy machine weighs on all alike, and print their medians."""
    taken: dict[str, list[float]] = {what: [] for what in PROGRAMS}
    for program in PROGRAMS.values():
        seconds(program)  # byte-code and disk cache
    for _ in range(rounds):
        for what, program in PROGRAMS.items():
            taken[what].append(seconds(program))
    medians = {what: statistics.median(times) for what, times in taken.items()}
    bare, raw = medians["bare Python"], medians["ics alone, unmended"]
    for what, median in medians.items():
        sys.stdout.write(f"{what:36} {median * 1000:7.1f} ms   ×{median / bare:5.2f} bare   ×{median / raw:4.2f} ics\n")
    ratio = medians["senco"] / bare
    verdict = "within" if ratio <= BAR else "OVER"
    sys.stdout.write(f"500 events: ×{ratio:.1f} bare Python, {verdict} the bar of ×{BAR:.0f}\n")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
