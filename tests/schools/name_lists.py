"""The lists of names the matching is held to, schools made up around them, and what a plain matcher does with them."""

from __future__ import annotations

import csv
import random
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from senco.schools.matching import Match, RegisterSchool, Wanted, match_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class NameList:
    """A cluster table's names, the URN of each (None when its school is not in the register), and the register."""

    wanted: tuple[Wanted, ...]
    truth: dict[int, int | None]
    register: tuple[RegisterSchool, ...]
    la_code: int

    def without(self, key: int) -> NameList:
        """Take the school of one name out of the register."""
        register = tuple(school for school in self.register if school.urn != self.truth[key])
        return replace(self, register=register, truth={**self.truth, key: None})

    def only(self, *keys: int) -> NameList:
        """Leave these names alone in the table."""
        return replace(self, wanted=tuple(one for one in self.wanted if one.key in keys))

    def unhinted(self) -> NameList:
        """Take the columns' phases away."""
        return replace(self, wanted=tuple(replace(one, phase_hint=None) for one in self.wanted))

    def mistyped(self, count: int, rng: random.Random) -> NameList:
        """Make one slip in each of some names."""
        picked = set(rng.sample([one.key for one in self.wanted], min(count, len(self.wanted))))
        slipped = (replace(one, text=slip(one.text, rng)) if one.key in picked else one for one in self.wanted)
        return replace(self, wanted=tuple(slipped))

    def key(self, text: str) -> int:
        """Give the key of a name."""
        return next(one.key for one in self.wanted if one.text == text)

    def match(self) -> list[Match]:
        return match_names(self.wanted, self.register, la_code=self.la_code)

    def counted(self) -> Counter[str]:
        """Count the names, those with the right school first, those taken, and those wrongly taken."""
        found: Counter[str] = Counter(names=len(self.wanted))
        for match in self.match():
            true = self.truth[match.wanted.key]
            found["first"] += bool(match.candidates) and match.candidates[0].urn == true
            found["taken"] += match.taken is not None
            found["wrong"] += match.taken not in {None, true}
        return found

    def wrong(self) -> list[str]:
        """Name what was wrongly taken."""
        return [
            f"{match.wanted.text} -> {match.candidates[0].name}"
            for match in self.match()
            if match.taken not in {None, self.truth[match.wanted.key]}
        ]


def read_schools(name: str) -> tuple[RegisterSchool, ...]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            RegisterSchool(
                urn=int(row["urn"]),
                name=row["name"],
                phase=row["phase"],
                type=row["type"],
                la_code=int(row["la_code"]),
                status=row["status"],
                low_age=int(row["low_age"]) if row["low_age"] else None,
                high_age=int(row["high_age"]) if row["high_age"] else None,
                town=row["town"],
                trust=row["trust"],
            )
            for row in csv.DictReader(file)
        )


def read_list(place: str) -> NameList:
    """Read the names and the register of one LA."""
    with (HERE / f"{place}_nicknames.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    register = read_schools(f"{place}_register.csv")
    return NameList(
        wanted=tuple(Wanted(at, row["nickname"], row["column"]) for at, row in enumerate(rows)),
        truth={at: int(row["urn"]) if row["urn"] else None for at, row in enumerate(rows)},
        register=register,
        la_code=register[0].la_code,
    )


def seeded(seed: int) -> random.Random:
    """Give chance that comes out the same every time."""
    return random.Random(seed)  # noqa: S311 - names and orders, not secrets


def slip(text: str, rng: random.Random) -> str:
    """Insert, drop or replace one letter, or swap two neighbours."""
    while True:
        at = rng.randrange(len(text))
        letter = rng.choice(LETTERS)
        slipped = rng.choice(
            [
                text[:at] + letter + text[at:],
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
            ]
        )
        if slipped not in {text, ""}:
            return slipped


_FIRST = (
    "Ash",
    "Beech",
    "Brook",
    "Copper",
    "Elm",
    "Fern",
    "Gold",
    "Haw",
    "Holly",
    "King",
    "Lang",
    "North",
    "Oak",
    "Rose",
)
_LAST = (
    "bourne",
    "bridge",
    "bury",
    "croft",
    "dale",
    "field",
    "ford",
    "grove",
    "ham",
    "hill",
    "hurst",
    "ley",
    "well",
    "wood",
)
_SAINTS = ("Mary's", "Joseph's", "John's", "Peter's", "Dunstan's", "Cecilia's", "Mark's", "Philomena's", "Elphege's")
_KINDS = ("Primary School", "Infant School", "Junior School", "High School", "Primary Academy", "Grammar School")


def schools_elsewhere(count: int, seed: int) -> Iterator[RegisterSchool]:
    """Make up schools with common names in other LAs; their URNs are above those of any school."""
    rng = seeded(seed)
    for at in range(count):
        kind = rng.choice(_KINDS)
        place = rng.choice(_FIRST) + rng.choice(_LAST)
        saint = f"St {rng.choice(_SAINTS)} {rng.choice(('Catholic', 'CofE', 'RC'))}"
        name = rng.choice((place, f"{place} {rng.choice(('Park', 'Lane', 'Hill', 'Common'))}", saint))
        phase = "Secondary" if kind in {"High School", "Grammar School"} else "Primary"
        ages = (
            (11, 18)
            if phase == "Secondary"
            else (7, 11)
            if "Junior" in kind
            else (4, 7)
            if "Infant" in kind
            else (4, 11)
        )
        yield RegisterSchool(
            9_000_000 + at, f"{name} {kind}", phase, "Community school", 800 + at % 90,
            rng.choice(("Open", "Open", "Closed")), *ages, "", "",
        )  # fmt: skip


def plainly_matched(wanted: Sequence[Wanted], register: Sequence[RegisterSchool]) -> dict[int, int]:
    """Take for each name the school whose name looks most like it: what the matching is held against."""
    names = [(school.urn, school.name.casefold()) for school in register]
    return {
        one.key: max(names, key=lambda name: (SequenceMatcher(None, one.text.casefold(), name[1]).ratio(), name[0]))[0]
        for one in wanted
    }
