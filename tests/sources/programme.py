"""The programme of 2020/21: its facts, and the sheet as it was published with all its breaks."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, NamedTuple


class Meeting(NamedTuple):
    """A meeting of the programme; the times are London's."""

    day: date
    starts: time
    ends: time
    kind: Literal["conference", "single-phase", "cross-phase"]
    term: Literal["autumn", "spring", "summer"]


class Holiday(NamedTuple):
    """A holiday named between the rows; ``written`` is its cell."""

    title: str
    first: date
    last: date
    written: str


_AFTERNOON = (time(14), time(16))
_LONG = (time(13, 30), time(16, 30))

PROGRAMME = (
    Meeting(date(2020, 9, 22), *_LONG, "conference", "autumn"),
    Meeting(date(2020, 10, 13), *_AFTERNOON, "single-phase", "autumn"),
    Meeting(date(2020, 11, 24), *_AFTERNOON, "cross-phase", "autumn"),
    Meeting(date(2021, 1, 26), *_AFTERNOON, "single-phase", "spring"),
    Meeting(date(2021, 2, 23), *_AFTERNOON, "single-phase", "spring"),
    Meeting(date(2021, 3, 23), *_AFTERNOON, "cross-phase", "spring"),
    Meeting(date(2021, 4, 27), *_AFTERNOON, "single-phase", "summer"),
    Meeting(date(2021, 5, 25), *_AFTERNOON, "single-phase", "summer"),
    Meeting(date(2021, 6, 29), *_AFTERNOON, "cross-phase", "summer"),
    Meeting(date(2021, 7, 13), *_LONG, "conference", "summer"),
)

HOLIDAYS = (
    Holiday("Half term", date(2020, 10, 26), date(2020, 10, 30), "Half term 26-30 Oct"),
    Holiday("Half Term", date(2021, 2, 15), date(2021, 2, 19), "Half Term 15 Feb to 19 Feb"),
    Holiday("Easter", date(2021, 4, 1), date(2021, 4, 16), "Easter 1 April to 16 April"),
    Holiday("Half term", date(2021, 5, 31), date(2021, 6, 4), "Half term 31 May to 4 June"),
    Holiday("End of Term", date(2021, 7, 23), date(2021, 7, 23), "End of Term 23 July"),
)

HEADINGS = ("", "Proposed Date/ Venue", "Cluster Meeting", "Purpose(indicative and subject to change)")
TITLE = "Confirmed Cluster Dates and Venues"

_SHARING = (
    "Swap what works / check notional budgets and SEN support in each school, Question and help one another "
    "Case studies in pairs, Work on predictable/exceptional"
)

# Row for row as published: the term or a holiday in the first, unheaded column; one venue in the cell of the next
# row; the last word of one purpose at the head of the next; a blank row where the page turned.
ROWS: tuple[tuple[str, ...], ...] = (
    (
        "Autumn Term",
        "Tuesday 22 September 2020 1.30 - 4.30pm Venue:HAS",
        "Conference (all clusters)",
        (
            "Welcome to / refresher on the clusters - who, where, when, how to reach one another Meeting people, "
            "Training, planning the year, first work on predictable/exceptional need"
        ),
    ),
    (
        HOLIDAYS[0].written,
        "Tuesday 13 October 2020 2 - 4pm Venue: HAS",
        "Single Phase Clusters -'SP 1-7'",
        f"{_SHARING} need, what went well and badly as the new intakes settled",
    ),
    (
        "",
        "Tuesday 24 November 2020 2 - 4pm Venue: HAS",
        "Cross Phase Clusters - 'CP 1-5'",
        (
            "First look at new placements and shared problems, how pupils moved up, question and help one another Work "
            "on predictable/exceptional need, / which hand-overs of summer'20 to keep & which to change"
        ),
    ),
    ("Spring Term", "Tuesday 26 January 2021 2 - 4pm", "Single Phase Clusters -'SP 1-7'", _SHARING),
    ("", "", "", ""),
    (
        HOLIDAYS[1].written,
        "Venue:HAS Tuesday 23 February 2021 2 - 4pm Venue:HAS",
        "Single Phase Clusters - 'SP 1-7'",
        f"need {_SHARING} need",
    ),
    (
        HOLIDAYS[2].written,
        "Tuesday 23 March 2021 2 - 4pm Venue:HAS",
        "Cross Phase Clusters - 'CP 1-5'",
        (
            "Settle the hand-over to secondary for pupils who have a place, Settle support / news of EHC plans, "
            "Working with parents Year 6 annual reviews and moving up"
        ),
    ),
    (
        "Summer Term",
        "Tuesday 27 April 2021 2 - 4pm Venue:HAS",
        "Single Phase Clusters - 'SP 1-7'",
        f"{_SHARING} need, final call for EHC assessment requests so that none runs into the summer break",
    ),
    (
        HOLIDAYS[3].written,
        "Tuesday 25 May 2021 2 - 4pm Venue:HAS",
        "Single Phase Clusters - 'SP 1-7'",
        f"{_SHARING} need / in primaries: young children coming into Reception / in secondaries: moving on to college",
    ),
    (
        HOLIDAYS[4].written,
        "Tuesday 29 June 2021 2 - 4pm Venue:HAS",
        "Cross Phase Clusters - 'CP 1-5'",
        "Plan ahead for Year 5",
    ),
    (
        "",
        "Tuesday 13 July 2021 1.30 - 4.30pm Venue:HAS",
        "Conference (all clusters)",
        (
            "Look back on the clusters, What was learned / what to be proud of, What comes next, Training wanted, "
            "Planning ahead"
        ),
    ),
)
