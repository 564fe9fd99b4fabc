"""A store with the register of the published year in it, with or without the namesakes of other boroughs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from senco.privacy import fold
from senco.store.doors import Store
from tests.sources import DATA

AT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
COLUMNS = (
    "urn, la_code, la_name, establishment_number, name, folded_name, type, type_group, status, phase, low_age,"
    " high_age, gender, pupils, fsm_tenths, trust, federation, town, postcode, easting, northing, open_date,"
    " close_date, resourced_provision, resourced_on_roll, sen_unit_on_roll"
)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> str | None:
    return "-".join(reversed(text.split("-"))) if text else None


def school_row(**told: str | int | None) -> tuple[str | int | None, ...]:
    """Give a row of the register; what is not told is unknown."""
    usual: dict[str, str | int | None] = dict.fromkeys(
        ["la_name", "type", "type_group", "gender", "trust", "federation", "town", "postcode", "resourced_provision"],
        "",
    )
    usual |= dict.fromkeys(
        [
            "establishment_number",
            "low_age",
            "high_age",
            "pupils",
            "fsm_tenths",
            "easting",
            "northing",
            "open_date",
            "close_date",
            "resourced_on_roll",
            "sen_unit_on_roll",
        ]
    )
    usual |= {"la_code": 319, "status": "Open", "phase": "Primary", **told}
    usual["folded_name"] = fold(str(usual["name"]))
    return tuple(usual[column.strip()] for column in COLUMNS.split(","))


def published_schools() -> list[tuple[str | int | None, ...]]:
    """Give the rows of the register of the published year."""
    with (DATA / "gias-sutton.csv").open(encoding="cp1252", newline="") as file:
        return [
            school_row(
                urn=int(row["URN"]),
                establishment_number=_number(row["EstablishmentNumber"]),
                la_name=row["LA (name)"],
                name=row["EstablishmentName"],
                type=row["TypeOfEstablishment (name)"],
                status=row["EstablishmentStatus (name)"],
                phase=row["PhaseOfEducation (name)"],
                low_age=_number(row["StatutoryLowAge"]),
                high_age=_number(row["StatutoryHighAge"]),
                pupils=_number(row["NumberOfPupils"]),
                trust=row["Trusts (name)"],
                open_date=_day(row["OpenDate"]),
                close_date=_day(row["CloseDate"]),
            )
            for row in csv.DictReader(file)
        ]


def put_schools(store: Store, rows: Iterable[tuple[str | int | None, ...]]) -> None:
    """Put schools into a store's register."""
    rows = list(rows)
    with store.changing("register.put", actor="tester", at=AT) as change:
        marks = ", ".join("?" * len(COLUMNS.split(",")))
        change.write_many(f"INSERT INTO school ({COLUMNS}) VALUES ({marks})", rows)
        change.record("school register", added=len(rows))


def put_links(store: Store, rows: Iterable[tuple[int, int, str, str, str | None]]) -> None:
    """Put links between schools into a store's register: URN, link URN, type, name, ISO day."""
    with store.changing("register.put", actor="tester", at=AT) as change:
        change.write_many("INSERT INTO school_link VALUES (?, ?, ?, ?, ?)", list(rows))
        change.record("school register", links="added")


@pytest.fixture
def borough(store: Store) -> Store:
    """Give a store with the register of the published year."""
    put_schools(store, published_schools())
    with (DATA / "gias-links-sutton.csv").open(encoding="cp1252", newline="") as file:
        put_links(
            store,
            [
                (
                    int(row["URN"]),
                    int(row["LinkURN"]),
                    row["LinkType"],
                    row["LinkName"],
                    _day(row["LinkEstablishedDate"]),
                )
                for row in csv.DictReader(file)
            ],
        )
    return store


@pytest.fixture
def small_borough(store: Store) -> Store:
    """Give a store with six invented schools of one borough."""
    put_schools(
        store,
        [
            school_row(
                urn=100001, name="Ashdown Primary School", establishment_number=2001, pupils=200, trust="Elm Trust"
            ),
            school_row(urn=100002, name="Birchwood Primary School", establishment_number=2002, pupils=210),
            school_row(urn=100003, name="Cedar High School", establishment_number=4003, pupils=900, phase="Secondary"),
            school_row(urn=100004, name="Dunelm Primary School", establishment_number=2004, pupils=190),
            school_row(urn=100005, name="Eastgate Infants' School", establishment_number=2005, pupils=150),
            school_row(urn=100006, name="Eastgate Junior School", establishment_number=2006, pupils=180),
        ],
    )
    return store


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Give a way to write a csv or text file from lines of cells."""

    def write(name: str, *lines: str) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def day() -> date:
    """Give a day of the published year."""
    return date(2020, 11, 24)
