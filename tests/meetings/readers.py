"""Two readers of calendars that share nothing with senco: icalendar for Python and ical.js for JavaScript."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

SCRIPT = Path(__file__).parent / "reading_ics.js"


def by_icalendar(data: bytes) -> dict[str, Any]:
    """Give what icalendar understands, by uid."""
    calendar = icalendar.Calendar.from_ical(data)
    found = {}
    for event in calendar.walk("VEVENT"):
        people = event.get("ATTENDEE", [])
        people = people if isinstance(people, list) else [people]
        found[str(event["UID"])] = {
            "starts": event["DTSTART"].dt.astimezone(UTC),
            "ends": event["DTEND"].dt.astimezone(UTC),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "status": str(event["STATUS"]),
            "sequence": int(event["SEQUENCE"]),
            "attendees": [(str(each.params["CN"]), str(each)) for each in people],
            "alarms": [each["TRIGGER"].dt.total_seconds() for each in event.walk("VALARM")],
        }
    return {"method": str(calendar["METHOD"]), "events": found}


def by_ical_js(file: Path, modules: Path) -> dict[str, Any]:
    """Give what ical.js understands, by uid."""
    done = subprocess.run(
        ["node", str(SCRIPT), str(file)],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "NODE_PATH": str(modules)},
    )
    told = json.loads(done.stdout)
    return {
        "method": told["method"],
        "events": {
            each["uid"]: {
                "starts": datetime.fromisoformat(each["starts"]),
                "ends": datetime.fromisoformat(each["ends"]),
                "summary": each["summary"],
                "location": each["location"] or "",
                "description": each["description"] or "",
                "status": each["status"],
                "sequence": each["sequence"],
                "attendees": [tuple(one) for one in each["attendees"]],
                "alarms": each["alarms"],
            }
            for each in told["events"]
        },
    }


def ical_js(folder: Path) -> Path:
    """Give a folder of Node's modules with ical.js in it; skips, saying why, where there is none to be had.

    SENCO_NODE_MODULES names a folder that has it already.
    """
    told = os.environ.get("SENCO_NODE_MODULES")
    if shutil.which("node") is None or (told is None and shutil.which("npm") is None):
        pytest.skip("node or npm is not installed: the calendar is read by icalendar alone")
    if told:
        return Path(told)
    words = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        "ical.js@2.2.1",
    ]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=90)
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not fetch ical.js in time: the calendar is read by icalendar alone")
    if done.returncode:
        pytest.skip("npm could not fetch ical.js (no network?): the calendar is read by icalendar alone")
    return folder / "node_modules"
