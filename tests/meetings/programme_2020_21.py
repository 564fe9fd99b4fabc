"""The published programme of 2020/21 as calendar entries: ten Tuesdays, all at HAS, in local time as it was printed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from senco.meetings.kinds import CalendarEntry

LONDON = ZoneInfo("Europe/London")
NAME = "SENCO clusters 2020/21"
DESCRIPTION = "Cluster meetings and conferences; purposes are indicative and may change."
PUBLISHED = datetime(2020, 7, 20, 8, 30, tzinfo=UTC)

TITLES = {
    "ALL": "SENCO conference (all clusters)",
    "SP": "Single-phase clusters SP 1–7",
    "CP": "Cross-phase clusters CP 1–5",
}
CATEGORIES = {"ALL": "Conference", "SP": "Single-phase", "CP": "Cross-phase"}
AFTERNOON = (time(14), time(16))
LONG_AFTERNOON = (time(13, 30), time(16, 30))

PRACTICE = "Good practice and SEN support; notional funding reviewed; case studies moderated"

PROGRAMME: tuple[tuple[date, tuple[time, time], str, str, str], ...] = (
    (date(2020, 9, 22), LONG_AFTERNOON, "ALL", "Autumn", "How clusters work, and who to ask; networking, training"),
    (date(2020, 10, 13), AFTERNOON, "SP", "Autumn", f"{PRACTICE}; how new cohorts have settled in"),
    (
        date(2020, 11, 24),
        AFTERNOON,
        "CP",
        "Autumn",
        "Early look at placements; what worked in transition from summer ’20",
    ),
    (date(2021, 1, 26), AFTERNOON, "SP", "Spring", PRACTICE),
    (date(2021, 2, 23), AFTERNOON, "SP", "Spring", PRACTICE),
    (date(2021, 3, 23), AFTERNOON, "CP", "Spring", "Primary to secondary transition agreed; working with families"),
    (date(2021, 4, 27), AFTERNOON, "SP", "Summer", f"{PRACTICE}; last EHCNA requests before the holidays"),
    (date(2021, 5, 25), AFTERNOON, "SP", "Summer", f"{PRACTICE}; transition into Reception and into college"),
    (date(2021, 6, 29), AFTERNOON, "CP", "Summer", "Year 5 transition"),
    (
        date(2021, 7, 13),
        LONG_AFTERNOON,
        "ALL",
        "Summer",
        "The year reviewed: feedback, successes, next steps, training",
    ),
)


def entries() -> tuple[CalendarEntry, ...]:
    """Give the ten meetings in the order in which they were published."""
    return tuple(
        CalendarEntry(
            uid=f"{day}-{group}@senco",
            reference=f"{day}-{group}",
            sequence=0,
            status="CONFIRMED",
            summary=TITLES[group],
            location="HAS",
            description=f"{purpose}.\n\nMeeting {day}-{group}; purpose indicative, subject to change.",
            categories=(CATEGORIES[group], f"{term} term"),
            starts=datetime.combine(day, starts, LONDON).astimezone(UTC),
            ends=datetime.combine(day, ends, LONDON).astimezone(UTC),
            changed=PUBLISHED,
        )
        for day, (starts, ends), group, term, purpose in PROGRAMME
    )
