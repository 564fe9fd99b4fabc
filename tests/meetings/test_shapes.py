"""Every shape in which a programme was published imports as it is, or is refused with its reason and its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from senco.store.doors import Store
from tests.conftest import Ran
from tests.sources import DATA

Run = Callable[..., Ran]

TABLE_2020 = """date,time,for,term
22 Sep 2020,1.30-4.30pm,"conference, all clusters",autumn
13 Oct 2020,2-4pm,SP 1-7,autumn
24 Nov 2020,2-4pm,CP 1-5,autumn
26 Jan 2021,2-4pm,SP 1-7,spring
23 Feb 2021,2-4pm,SP 1-7,spring
23 Mar 2021,2-4pm,CP 1-5,spring
27 Apr 2021,2-4pm,SP 1-7,summer
25 May 2021,2-4pm,SP 1-7,summer
29 Jun 2021,2-4pm,CP 1-5,summer
13 Jul 2021,1.30-4.30pm,"conference, all clusters",summer
"""
WITH_VENUE_AFTER = """Date,Meeting
Tuesday 24 November 2020 2 - 4pm Venue:HAS,CP 1-5
Tuesday 26 January 2021 2 - 4pm Venue: HAS,SP 1-7
"""
WITH_VENUE_BEFORE = """Date,Meeting
Venue:HAS Tuesday 24 November 2020 2 - 4pm,CP 1-5
"""
HOLIDAYS_BETWEEN = """Date,Meeting,
Tuesday 13 October 2020 2 - 4pm Venue:HAS,SP 1-7,
,,Half term 26-30 Oct
Tuesday 24 November 2020 2 - 4pm Venue:HAS,CP 1-5,
,,Christmas 21 Dec-1 Jan
Tuesday 23 March 2021 2 - 4pm Venue:HAS,CP 1-5,
,,Easter 1 April to 16 April
Tuesday 13 July 2021 1.30 - 4.30pm Venue:HAS,Conference (all clusters),
,,End of Term 23 July
"""
ONE_WEEK = """Date,Time,Cluster,Venue
Tue 13 Oct 2026,1.30 - 3.30pm,CP1,Avenue Primary
Wed 14 Oct 2026,1.30 - 3.30pm,CP2,Brook High
Thu 15 Oct 2026,1.30 - 3.30pm,CP3,Cedar Infants
"""
MONTHLY_PANELS = """Date,Time,Meeting
Wednesday 14 October 2026,9.30am - 1pm,Panel
Wednesday 11 November 2026,9.30am - 1pm,Panel
Wednesday 9 December 2026,9.30am - 1pm,Panel
"""
REFUSED_WEEKDAY = """Date,Time,Meeting
Thursday 7 November 2023,2 - 4pm,CP 1-5
"""
REFUSED_NO_ONE = """Date,Time,Meeting
Tuesday 7 November 2023,2 - 4pm,Staff meeting
"""
REFUSED_NO_TIME = """Date,Time,Meeting
Tuesday 7 November 2023,after school,CP 1-5
"""


def planned(senco: Run, path: Path) -> list[str]:
    ran = senco("meetings", "import", str(path), "--dry-run", "--format", "json")
    assert ran.code == 0, ran.err
    return [each["reference"] for each in json.loads(ran.out)["plan"]]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        (
            TABLE_2020,
            ["2020-09-22-CONF", "2020-10-13-SP", "2020-11-24-CP", "2021-01-26-SP", "2021-02-23-SP", "2021-03-23-CP",
             "2021-04-27-SP", "2021-05-25-SP", "2021-06-29-CP", "2021-07-13-CONF"],
        ),
        (WITH_VENUE_AFTER, ["2020-11-24-CP", "2021-01-26-SP"]),
        (WITH_VENUE_BEFORE, ["2020-11-24-CP"]),
        (HOLIDAYS_BETWEEN, ["2020-10-13-SP", "2020-11-24-CP", "2021-03-23-CP", "2021-07-13-CONF"]),
        (ONE_WEEK, ["2026-10-13-CP1", "2026-10-14-CP2", "2026-10-15-CP3"]),
        (MONTHLY_PANELS, ["2026-10-14-PANEL", "2026-11-11-PANEL", "2026-12-09-PANEL"]),
    ],
    ids=["the table of 2020/21", "venue after", "venue before", "holidays between", "one week", "monthly panels"],
)  # fmt: skip
def test_a_published_shape_imports(store: Store, senco: Run, tmp_path: Path, text: str, references: list[str]) -> None:
    for name, told in (("p.csv", text), ("p.tsv", _tabbed(text))):
        path = tmp_path / name
        path.write_text(told, encoding="utf-8")
        assert planned(senco, path) == references


@pytest.mark.parametrize("name", ["sutton-2020-21-clusters.xlsx", "sutton-2020-21-clusters.tsv"])
def test_the_published_document_itself(store: Store, senco: Run, name: str) -> None:
    assert len(planned(senco, DATA / name)) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (REFUSED_WEEKDAY, "7 November 2023 is a Tuesday, not a Thursday."),
        (REFUSED_NO_ONE, "It does not say who meets on Tue 7 Nov 2023."),
        (REFUSED_NO_TIME, "The times on Tue 7 Nov 2023 are missing or unreadable."),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(
    store: Store, senco: Run, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text, encoding="utf-8")
    ran = senco("meetings", "import", str(path), "--yes")
    assert (ran.code, ran.out) == (5, "")
    assert f"p.csv › row 2, column 1: {said}" in ran.err


def test_the_date_may_be_taken_against_its_weekday(store: Store, senco: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(REFUSED_WEEKDAY, encoding="utf-8")
    ran = senco("meetings", "import", str(path), "--yes", "--date-wins")
    assert (ran.code, "2023-11-07-CP" in ran.out) == (0, True)


@pytest.mark.parametrize("pattern", ["sutton", "southampton", "hertfordshire"])
def test_the_ways_of_other_boroughs_are_patterns(store: Store, senco: Run, tmp_path: Path, pattern: str) -> None:
    terms = tmp_path / "t.csv"
    senco("meetings", "terms", "template", "--year", "2026/27", "--out", str(terms))
    senco("meetings", "terms", "import", str(terms), "--yes")
    senco("meetings", "import", str(_first(tmp_path)), "--yes")
    ran = senco("meetings", "plan", "--year", "2026/27", "--pattern", pattern, "-f", "csv")
    assert ran.code == 0, ran.err
    kinds = [line.split(",")[1] for line in ran.out.splitlines()[1:]]
    counts = {"sutton": (3, 3), "southampton": (9, 3), "hertfordshire": (3, 10)}
    assert (kinds.count("cross-phase"), kinds.count("panel")) == counts[pattern]


def _first(folder: Path) -> Path:
    """Give a programme of the year before, by which the clusters are known."""
    path = folder / "first.csv"
    path.write_text("Date,Time,Meeting\nTue 24 Nov 2025,2 - 4pm,CP 1-3\n".replace("Tue 24", "Mon 24")
                    + "Tue 13 Jan 2026,2 - 4pm,SP 1-2\n", encoding="utf-8")  # fmt: skip
    return path


def _tabbed(text: str) -> str:
    import csv
    import io

    return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(text))) + "\n"
