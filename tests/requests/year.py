"""A whole year of a borough's requests, invented from a seed: children, needs, costed provision, and how each went on.

Everything is plain data, the same from the same seed. The shares are those of the published accounts: most requests are
for one child, most of them at SEN support, social and emotional needs, autism and speech lead the list, and one in
twenty is urgent. Every child bears a name that begins with Zev and Quox, which nothing else in the project does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from senco.privacy import upn_check_letter

COUNT = 600
SEED = 202021
YEAR = "2020/21"
FIRST, LAST = date(2020, 9, 3), date(2021, 6, 11)
LA_CODE = 319
WEEKS = Fraction(38)
RATE = Fraction(65500, 38)  # pence an hour: £655 a year for an hour a week
ELEMENT2 = 600_000
THRESHOLD = 800_000
GIVEN, FAMILY = "Zev", "Quox"

NEEDS = {"SEMH": 30, "ASD": 24, "SLCN": 20, "MLD": 7, "SPLD": 6, "PD": 4, "HI": 3, "VI": 2, "OTH": 2, "DS": 1, "NSA": 1}
STATUSES = {"K": 76, "E": 17, "assessing": 7}
TYPES = {"individual": 82, "discussion": 8, "group": 8, "project": 2}
OUTCOMES = {"exceptional": 45, "borderline": 25, "predictable": 20, "below-threshold-with-plan": 10}
LEVELS = {"exceptional": "confirm", "borderline": "support"}
# The decision that follows on a cluster's outcome, in parts of a hundred.
DECISIONS = {
    "exceptional": {"agreed": 55, "agreed-lower": 20, "agreed-with-conditions": 15, "deferred": 7, "returned": 3},
    "borderline": {
        "agreed-lower": 30,
        "agreed-with-conditions": 15,
        "declined-with-support": 35,
        "deferred": 17,
        "withdrawn": 3,
    },
    "predictable": {"declined-with-support": 90, "deferred": 7, "withdrawn": 3},
    "below-threshold-with-plan": {"declined-with-support": 80, "returned": 20},
}
# What a borough's catalogue may hold: who delivers, and the rate of an hour in pounds as it is written.
CATALOGUE = (
    ("Teaching assistant, in class", "teaching assistant", "655/38"),
    ("Teaching assistant, one to one", "teaching assistant", "655/38"),
    ("Learning mentor", "mentor", "18.90"),
    ("Speech and language programme", "trained assistant", "17.24"),
    ("Speech and language therapist", "therapist", "52"),
    ("Specialist teacher", "specialist teacher", "44.10"),
    ("Educational psychologist", "educational psychologist", "85.50"),
    ("Nurture group", "two trained adults", "36.40"),
    ("Lunchtime support", "midday supervisor", "13.04"),
    ("Counselling", "counsellor", "38"),
)
AGENCIES = ("Educational psychology", "CAMHS", "Speech and language therapy", "Early help", "Paediatrician")
EVIDENCE = ("plan", "review", "report", "review", "plan", "costed provision", "other")
STREAMS = ("Reception transition", "EHC plan", "Additional Support Contract", "Targeted funding from SENCO cluster")
ASKED_FOR = (
    "A key adult at the start and the end of the day, and a small group twice a week.",
    "An adult beside the pupil in lessons, with a work station and a visual timetable.",
    "A language programme four times a week with a trained assistant.",
    "A nurture group on five mornings, and a calm place at lunch.",
    "A specialist teacher each week, and time to prepare materials.",
)
WHY_URGENT = (
    "The placement is breaking down, and a fixed-term exclusion has begun.",
    "The pupil came out of hospital and cannot come to school without an adult.",
)
REASONS = {
    "exceptional": "Two reviewed plans show the need; the cost is worked out line by line.",
    "borderline": "The need is clear, the provision is close to what a school is expected to make.",
    "predictable": "Within what a school is expected to make from its own budget.",
    "below-threshold-with-plan": "The plan names the provision; the cost stays below the threshold.",
}


@dataclass(frozen=True)
class School:
    """A school that may ask: ages in years."""

    urn: int
    name: str
    low_age: int
    high_age: int


@dataclass(frozen=True)
class Child:
    """An invented child; ``year_group`` is as a form writes it."""

    given: str
    family: str
    upn: str
    born: date
    year_group: str
    looked_after: bool
    home_la: int
    consent: str
    scope: str
    consent_on: date | None


@dataclass(frozen=True)
class Line:
    """A line of a costed provision map: ``rate`` is as written, "" for the borough's usual one; items in pence."""

    when: str
    provision: str
    what: str
    who: str
    minutes: int
    pupils: int
    alone: bool
    weeks: str
    rate: str
    items_pence: int

    @property
    def cost_pence(self) -> int:
        """Work the line out here once more, apart from senco: to the nearest penny, halves up."""
        rates = {name: rate for name, _, rate in CATALOGUE}
        written = self.rate or rates.get(self.provision, "")
        rate = Fraction(*map(Fraction, written.split("/"))) * 100 if written else RATE
        share = 1 if self.alone else self.pupils
        exact = Fraction(self.minutes, 60) / share * Fraction(self.weeks or WEEKS) * rate + self.items_pence
        return int(exact + Fraction(1, 2))


@dataclass(frozen=True)
class Invented:
    """One request of the year: what the form says, then what cluster, panel, officer and review say of it."""

    number: int
    school: School
    type: str
    children: tuple[Child, ...]
    pupils: int | None
    year_group: str
    needs: tuple[str, ...]
    status: str
    attendance: str
    funding: tuple[tuple[str, int, date, date], ...]
    evidence: tuple[tuple[str, str, date], ...]
    agencies: tuple[tuple[str, date], ...]
    lines: tuple[Line, ...]
    provision_now: str
    provision_asked: str
    outcome_sought: str
    asked_pence: int
    asked_from: date
    asked_to: date
    element2_pence: int
    parents_views: str
    pupils_views: str
    filled_in_by: str
    submitted_on: date
    urgent_because: str
    outcome: str
    level: str
    reason: str
    votes: tuple[int, int, int]
    recommended: str
    recommended_pence: int | None
    decided: str
    decided_pence: int | None
    awarded_from: date | None
    awarded_to: date | None
    review_on: date | None
    review_score: int | None

    @property
    def cost_pence(self) -> int:
        """Give what the provision asked for costs in a year: the sum of its lines."""
        return sum(line.cost_pence for line in self.lines if line.when == "asked")


def invent(schools: Sequence[School], *, count: int = COUNT, seed: int = SEED) -> tuple[Invented, ...]:
    """Invent a year's requests of these schools in the order in which they come in."""
    chance = random.Random(seed)  # noqa: S311 - invented children, nothing secret
    days = sorted(_day(chance) for _ in range(count))
    forms: dict[int, int] = {}
    found = []
    for serial, day in enumerate(days):
        school = chance.choice(schools)
        forms[school.urn] = forms.get(school.urn, 0) + 1
        found.append(_request(chance, school, forms[school.urn], serial, day))
    return tuple(found)


def _day(chance: random.Random) -> date:
    """Choose a school day; more come in before the three cluster meetings than in between."""
    while True:
        if chance.random() < 0.6:
            peak = chance.choice([date(2020, 11, 6), date(2021, 3, 5), date(2021, 6, 10)])
            day = peak - timedelta(days=chance.randrange(18))
        else:
            day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        if day.weekday() < 5 and FIRST <= day <= LAST:
            return day


def _weighted(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), weights=list(shares.values()))[0]


def _child(chance: random.Random, school: School, serial: int, day: date, age: int) -> Child:
    # The year group is the age on the 31 August before the year, less four: Reception is 0.
    group = age - 4
    first_birthday_after = date(2020 - age - 1, 9, 1)
    born = first_birthday_after + timedelta(days=chance.randrange(365))
    # The thousands of the serial stand in the establishment's number, so that no two children share a UPN.
    stem = f"?{LA_CODE}{1000 * (2 + serial // 1000) + school.urn % 1000:04}{(2020 - age + 5) % 100:02}"
    stem += f"{serial % 100:02}{'ABCDEFGHJK'[serial // 100 % 10]}" if serial % 40 == 39 else f"{serial % 1000:03}"
    upn = upn_check_letter(stem) + stem[1:]
    syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "xu"]
    tail = "".join(syllables[int(figure)] for figure in f"{serial:04}")
    consented = chance.random() < 0.97
    return Child(
        given=GIVEN + tail,
        family=FAMILY + tail[::-1],
        upn=upn,
        born=born,
        year_group={0: "R", -1: "N2", -2: "N1"}.get(group, str(group)),
        looked_after=chance.random() < 0.04,
        home_la=LA_CODE if chance.random() < 0.9 else chance.choice([306, 315, 936]),
        consent=chance.choice(["paper", "electronic"]) if consented else "",
        scope="cluster, panel and officers" if consented else "",
        consent_on=day - timedelta(days=chance.randrange(3, 40)) if consented else None,
    )


def _lines(chance: random.Random) -> tuple[Line, ...]:
    lines = []
    for when, most in (("now", 3), ("asked", 5)):
        for _ in range(chance.randrange(1 if when == "now" else 2, most + 1)):
            provision, who, _ = chance.choice(CATALOGUE)
            alone = chance.random() < 0.35
            lines.append(
                Line(
                    when=when,
                    provision=provision,
                    what=chance.choice(["mornings", "literacy and numeracy", "breaks", "sessions", "preparation"]),
                    who=who,
                    minutes=chance.choice([20, 30, 45, 60, 90, 120, 150, 300, 450]),
                    pupils=1 if alone else chance.choice([1, 2, 3, 4, 6, 8]),
                    alone=alone,
                    weeks=chance.choice(["", "", "38", "38.6", "30", "12"]),
                    rate="" if chance.random() < 0.9 else chance.choice(["16.50", "21.35"]),
                    items_pence=chance.choice([0, 0, 0, 2550, 12000, 36999]),
                )
            )
    whole = Line("asked", "Teaching assistant, one to one", "lessons", "teaching assistant",
                 chance.choice([600, 780, 900, 1200]), 1, True, "", "", 0)  # fmt: skip
    return (*lines, whole)


def _request(chance: random.Random, school: School, number: int, serial: int, day: date) -> Invented:
    kind = _weighted(chance, TYPES)
    ages = range(max(school.low_age, 3), max(min(school.high_age, 18), school.low_age + 1))
    many = chance.randrange(2, 7) if kind == "group" else 1
    age = chance.choice(ages)
    children = () if kind == "project" else tuple(
        _child(chance, school, serial * 6 + place, day, age) for place in range(many)
    )  # fmt: skip
    needs = [_weighted(chance, NEEDS)]
    while len(needs) < 3 and chance.random() < 0.35:
        if (other := _weighted(chance, NEEDS)) not in needs:
            needs.append(other)
    status = "K" if "NSA" in needs else _weighted(chance, STATUSES)
    # A group has the same for each of its pupils as one alone would: a line each.
    *shared, whole = _lines(chance)
    lines = (*shared, *(whole,) * many)
    cost = sum(line.cost_pence for line in lines if line.when == "asked")
    own = 0 if kind == "project" else ELEMENT2 * many
    asked = 0 if kind == "discussion" else max(cost - own, 0)
    starts = day + timedelta(days=chance.randrange(30, 60))
    ends = max(date(2021, 8, 31), starts + timedelta(days=90))
    reports = sorted(day - timedelta(days=chance.randrange(20, 420)) for _ in range(chance.randrange(3, 8)))
    funded = chance.random() < 0.06
    urgent = chance.choice(WHY_URGENT) if chance.random() < 0.05 else ""
    outcome = _weighted(chance, OUTCOMES)
    if status != "E" and outcome == "below-threshold-with-plan":
        outcome = "predictable"  # that outcome is for a child with a plan
    recommended = _weighted(chance, DECISIONS[outcome])
    decided = recommended if chance.random() < 0.93 else _weighted(chance, DECISIONS[outcome])
    awarded = decided.startswith("agreed")
    return Invented(
        number=number,
        school=school,
        type=kind,
        children=children,
        pupils=many if kind == "group" else None,
        year_group=children[0].year_group if kind in {"individual", "discussion"} else "",
        needs=tuple(needs),
        status=status,
        attendance=f"{chance.triangular(62, 99.9, 95):.1f}",
        funding=((chance.choice(STREAMS), 100 * chance.randrange(500, 4000), starts, ends),) if funded else (),
        evidence=tuple((chance.choice(EVIDENCE), f"No. {place}", on) for place, on in enumerate(reports, start=1)),
        agencies=tuple(
            (each, day - timedelta(days=chance.randrange(10, 360)))
            for each in chance.sample(AGENCIES, chance.randrange(0, 3))
        ),
        lines=lines,
        provision_now="What the school gives every pupil with this need, and the lines marked now.",
        provision_asked=chance.choice(ASKED_FOR),
        outcome_sought="Takes part in lessons for four days of five by the summer.",
        asked_pence=asked,
        asked_from=starts,
        asked_to=ends,
        element2_pence=own if chance.random() < 0.9 else 100 * chance.randrange(1000, 6000),
        parents_views="They agree with the request and hope for a calmer morning.",
        pupils_views="Likes the quiet room.",
        filled_in_by="SENCO",
        submitted_on=day,
        urgent_because=urgent,
        outcome=outcome,
        level=LEVELS.get(outcome, "advise"),
        reason=REASONS[outcome],
        votes=(chance.randrange(5, 10), chance.randrange(0, 3), chance.randrange(0, 2)),
        recommended=recommended,
        recommended_pence=_amount(chance, recommended, asked),
        decided=decided,
        decided_pence=_amount(chance, decided, asked),
        awarded_from=starts if awarded else None,
        awarded_to=ends if awarded else None,
        review_on=ends - timedelta(days=30) if awarded else None,
        review_score=chance.choice([-2, -1, 0, 0, 1, 1, 1, 2]) if awarded else None,
    )


def _amount(chance: random.Random, outcome: str, asked: int) -> int | None:
    if not outcome.startswith("agreed"):
        return None
    return asked * chance.choice([50, 60, 75, 80]) // 100 if outcome == "agreed-lower" else asked
