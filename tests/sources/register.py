"""Extracts of the school register in its own column names: what is known, and empty cells for what is not."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.sources.table import FACTS

COLUMNS = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "ReasonEstablishmentOpened (name)",
    "OpenDate",
    "ReasonEstablishmentClosed (name)",
    "CloseDate",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "OfficialSixthForm (name)",
    "Gender (name)",
    "ReligiousCharacter (name)",
    "Diocese (name)",
    "SchoolCapacity",
    "CensusDate",
    "NumberOfPupils",
    "NumberOfBoys",
    "NumberOfGirls",
    "PercentageFSM",
    "TrustSchoolFlag (name)",
    "Trusts (code)",
    "Trusts (name)",
    "SchoolSponsors (name)",
    "FederationFlag (name)",
    "Federations (code)",
    "Federations (name)",
    "UKPRN",
    "LastChangedDate",
    "Street",
    "Locality",
    "Town",
    "County (name)",
    "Postcode",
    "Easting",
    "Northing",
    "SEN1 (name)",
    "SEN2 (name)",
    "TypeOfResourcedProvision (name)",
    "ResourcedProvisionOnRoll",
    "SenUnitOnRoll",
)
LINK_COLUMNS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
OPEN_IN_2020 = 69

_STATUS = {"Open": "1", "Closed": "2"}
_PHASES = {"Not applicable": "0", "Nursery": "1", "Primary": "2", "Secondary": "4"}
_GROUPS = {
    "Community school": "Local authority maintained schools",
    "Foundation school": "Local authority maintained schools",
    "Voluntary aided school": "Local authority maintained schools",
    "Local authority nursery school": "Local authority maintained schools",
    "Pupil referral unit": "Local authority maintained schools",
    "Foundation special school": "Special schools",
    "Academy converter": "Academies",
    "Academy sponsor led": "Academies",
    "Academy special converter": "Academies",
    "Academy special sponsor led": "Academies",
    "Academy alternative provision converter": "Academies",
    "Free schools": "Free Schools",
    "Other independent school": "Independent schools",
    "Other independent special school": "Independent schools",
}
# What is known of schools beyond the table of facts; dates only where the day is known.
_OPENED = {145385: "01-02-2018"}
_FEDERATED = {102996, 102997}
_BEFORE: tuple[dict[str, Any], ...] = (
    {"URN": 102961, "EstablishmentName": "Camden Junior School", "phase": "Primary"},
    {"URN": 102988, "EstablishmentName": "Amy Johnson Primary School", "phase": "Primary"},
    {"URN": 103003, "EstablishmentName": "Stanley Park High School", "phase": "Secondary"},
    {"URN": 143002, "EstablishmentName": "Stanley Park High", "phase": "Secondary", "CloseDate": "31-08-2019"},
)
_AFTER: tuple[dict[str, Any], ...] = (
    {
        "URN": 148350,
        "EstablishmentName": "Beddington Park Academy",
        "EstablishmentNumber": "2118",
        "OpenDate": "01-11-2020",
    },
    {
        "URN": 148776,
        "EstablishmentName": "Bandon Hill Primary School",
        "EstablishmentTypeGroup (name)": "Academies",
        "OpenDate": "01-10-2021",
        "Trusts (name)": "Greenshaw Learning Trust",
    },
    {"URN": 149360, "EstablishmentName": "Wood Field Primary School", "OpenDate": "01-09-2022"},
    {"URN": 151351, "EstablishmentName": "St Elphege's RC Junior School", "OpenDate": "01-12-2024"},
    {"URN": 151352, "EstablishmentName": "St Elphege's RC Infants' School", "OpenDate": "01-12-2024"},
)
_CLOSED_BY_2024 = {
    102958: "30-09-2021",
    102996: "30-11-2024",
    102997: "30-11-2024",
    141891: "31-10-2020",
    144852: "",  # merged on 1 September 2022; the day on which it closed is not published with it
}
_RENAMED_BY_2024 = {144851: "The Link School"}


def rows_of_2020() -> list[dict[str, str]]:
    """Give the register of Sutton as at 1 September 2020, with the closed schools whose names tempt a matcher."""
    rows = [_school(fact) for fact in _read("sutton-schools.csv")]
    rows += [_row(known, status="Closed", **known) for known in _BEFORE]
    return sorted(rows, key=lambda row: row["URN"])


def rows_of_2024() -> list[dict[str, str]]:
    """Give the same register after the changes known by December 2024: schools opened, closed, renamed."""
    rows = [row | _later(int(row["URN"])) for row in rows_of_2020()]
    rows += [_row(known, status="Open", phase="Primary", **known) for known in _AFTER]
    return sorted(rows, key=lambda row: row["URN"])


def link_rows() -> list[dict[str, str]]:
    """Give the register's links between schools: who came before, who came after."""
    return [
        {
            "URN": fact["URN"],
            "LinkURN": fact["link_urn"],
            "LinkName": fact["link_name"],
            "LinkType": fact["link_type"],
            "LinkEstablishedDate": fact["link_date_ddmmyyyy"],
        }
        for fact in _read("sutton-urn-changes.csv")
    ]


def csv_bytes(columns: tuple[str, ...], rows: list[dict[str, str]], *, encoding: str, line_end: str) -> bytes:
    """Give rows as a csv file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def _school(fact: dict[str, str]) -> dict[str, str]:
    urn = int(fact["urn"])
    known = {
        "EstablishmentName": fact["name"],
        "EstablishmentNumber": fact["dfe_number"].removeprefix("319"),
        "TypeOfEstablishment (name)": fact["type"],
        "EstablishmentTypeGroup (name)": _GROUPS[fact["type"]],
        "OpenDate": _OPENED.get(urn, ""),
        "StatutoryLowAge": fact["low_age"],
        "StatutoryHighAge": fact["high_age"],
        "Gender (name)": fact["gender"],
        "NumberOfPupils": fact["pupils_2019"],
        "PercentageFSM": fact["fsm_percent_2019"],
        "TrustSchoolFlag (name)": "Supported by a trust"
        if fact["trust"] and fact["type"].startswith("Foundation")
        else "",
        "Trusts (name)": fact["trust"],
        "FederationFlag (name)": "Supported by a federation" if urn in _FEDERATED else "",
        "Postcode": fact["postcode"],
        "Easting": fact["easting"],
        "Northing": fact["northing"],
    }
    return _row({"URN": urn}, status="Open", phase=fact["phase"], **known)


def _row(identity: dict[str, Any], *, status: str, phase: str, **known: Any) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {
        **{column: str(value) for column, value in known.items() if column in COLUMNS},
        "URN": str(identity["URN"]),
        "LA (code)": "319",
        "LA (name)": "Sutton",
        "EstablishmentStatus (code)": _STATUS[status],
        "EstablishmentStatus (name)": status,
        "PhaseOfEducation (code)": _PHASES[phase],
        "PhaseOfEducation (name)": phase,
    }


def _later(urn: int) -> dict[str, str]:
    changes: dict[str, str] = {}
    if urn in _CLOSED_BY_2024:
        changes |= {
            "EstablishmentStatus (code)": _STATUS["Closed"],
            "EstablishmentStatus (name)": "Closed",
            "CloseDate": _CLOSED_BY_2024[urn],
        }
    if urn in _RENAMED_BY_2024:
        changes["EstablishmentName"] = _RENAMED_BY_2024[urn]
    return changes


def _read(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
