"""Small registers for the tests: written as GIAS writes them, taken in as the command does."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senco.schools import intake, verbs
from tests.conftest import AT

if TYPE_CHECKING:
    from senco.schools.planned import ImportPlan
    from senco.store.doors import Store

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
SUTTON = DATA / "gias-sutton.csv"
LATER = DATA / "gias-sutton-2024-12.csv"
LINKS = DATA / "gias-links-sutton.csv"
HEADINGS = {
    "urn": "URN",
    "la": "LA (code)",
    "number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (name)",
    "phase": "PhaseOfEducation (name)",
    "pupils": "NumberOfPupils",
    "fsm": "PercentageFSM",
    "trust": "Trusts (name)",
    "opened": "OpenDate",
    "closed": "CloseDate",
}


def write(path: Path, rows: list[dict[str, Any]], *, encoding: str = "cp1252") -> Path:
    """Write rows under the headings of the fields they have."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow([HEADINGS.get(field, field) for field in fields])
        out.writerows([[row.get(field, "") for field in fields] for row in rows])
    return path


def row(urn: int | str, name: str, **facts: Any) -> dict[str, Any]:
    """Give one school of LA 319, open unless said otherwise."""
    return {"urn": urn, "name": name, "la": 319, "status": "Open", **facts}


def links(path: Path, *rows: tuple[Any, ...]) -> Path:
    """Write a links file."""
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows([("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"), *rows])
    return path


def take_in(
    store: Store, file: Path, links: Path | None = None, *, la: int | None = None, expected: ImportPlan | None = None
) -> ImportPlan:
    """Import a register in one change."""
    schools, linked = intake.opened(file, links, la_code=la, own_la=319)
    with store.changing("schools.import", actor="officer", at=AT) as change:
        return verbs.import_register(change, schools, linked, expected=expected)
