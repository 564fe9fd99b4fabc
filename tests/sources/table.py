"""The cluster table of 2020/21: who stands where, whose trust it is, and which register entry is meant."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

FACTS = Path(__file__).resolve().parents[1] / "facts"


class Place(NamedTuple):
    """One school of the table, as written, with the register number that is meant."""

    lead: str
    cluster: str
    heading: str
    nickname: str
    urn: int


class Block(NamedTuple):
    """One cluster as it lies on the sheet: its three columns of schools."""

    lead: str
    cluster: str
    secondary: tuple[str, ...]
    primary: tuple[str, ...]
    unheaded: tuple[str, ...]

    @property
    def height(self) -> int:
        """The rows that it takes."""
        return max(len(self.secondary), len(self.primary), len(self.unheaded))

    def row(self, place: int) -> tuple[str, str, str, str, str]:
        """Give one of its rows; lead and cluster stand in the first alone."""
        schools = (
            column[place] if place < len(column) else "" for column in (self.secondary, self.primary, self.unheaded)
        )
        lead = (self.lead, self.cluster) if place == 0 else ("", "")
        return (*lead, *schools)  # type: ignore[return-value]  # three columns, three schools


TITLE = "School Clusters - Single Phase Model (SP Clusters 1-7)"  # as published, over rows of the cross-phase model
HEADINGS = (
    ("Lead Cluster SENCO", "Clusters", "", "", ""),
    ("", "", "Secondary", "Primary", ""),
)
BLOCKS = (
    Block(
        "Anna Huzzey",
        "CP1",
        ("Harris", "Overton", "St Phils", "Wilsons"),
        ("Avenue", "Barrow Hedges", "Devonshire"),
        ("St Mary's Junior", "St Mary's Infant", "Robin Hood Junior", "Robin Hood Infants"),
    ),
    Block(
        "Natalie Robins",
        "CP2",
        ("Car Boys", "WCGS", "Car Girls"),
        ("Culvers", "Green Wrythe", "Hackbridge", "Harris Junior", "Victor Seymour"),
        ("All Saints Carshalton", "Beddington Park", "Holy Trinity", "Beddington Infants"),
    ),
    Block(
        "Sarah Wilson",
        "CP3",
        ("Cheam", "Nonsuch High", "Highview", "Cheam Park Farm Pri"),
        ("Westbourne", "St Cecilians", "St Dunstans"),
        ("Dorchester", "Nonsuch"),
    ),
    Block(
        "Emily Kenny",
        "CP4",
        ("Oaks Park", "WHS", "John Fisher"),
        ("Bandon Hill", "Foresters", "Stanley Park Infants", "Stanley Park Junior"),
        ("St Elpheges Infant", "St Elpheges Junior", "Wallington Academy", "Manor Park"),
    ),
    Block(
        "Sarah Pearson",
        "CP5",
        ("Glenthorne", "Greenshaw", "Sutton Grammar"),
        ("All Saints Benhilton", "Brookfield", "Muschamp", "Rushey Meadow", "Tweedale"),
        ("Abbey", "Cheam Fields Pri", "Cheam Comm Jun", "Cheam Comm Infs"),
    ),
)

KEY = "MATS/FTs"
OPPORTUNITY_BASE_KEY = ("Denotes", "Opp Base")
# In the order of the published key. The published colours are lost; these are senco's own. One is a theme colour
# with a tint, as an office package writes what is picked from its palette.
TRUST_FILLS: dict[str, str | tuple[int, float]] = {
    "LEO": "FFD966",
    "Cirrus": (4, 0.5999938962981048),
    "SET": "A9D08E",
    "GLT": "F4B084",
    "CAN": "D9B3FF",
    "Willow Trust": "FFB3C6",
    "Girls LT": "66CCCC",
    "Harris": "C9C9C9",
    "Folio": "B7B7FF",
}


def _facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_KNOWN = {row["nickname"]: row for row in _facts("sutton-nicknames.csv")}

TABLE = tuple(
    Place(block.lead, block.cluster, heading, nickname, int(_KNOWN[nickname]["urn"]))
    for block in BLOCKS
    for heading, column in (
        ("Secondary", block.secondary),
        ("Primary", block.primary),
        ("Primary", block.unheaded),
    )
    for nickname in column
)

TRUSTS = {nickname: row["trust_as_written"] for nickname, row in _KNOWN.items() if row["trust_as_written"]}

_WITH_BASE = {
    row["urn"]
    for row in _facts("sutton-schools.csv")
    if row["opportunity_base"] and not row["opportunity_base"].endswith("ended")
}
OPPORTUNITY_BASES = frozenset(place.nickname for place in TABLE if str(place.urn) in _WITH_BASE)
