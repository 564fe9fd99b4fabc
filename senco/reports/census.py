"""The pupils with top-up on a day: each child once, by school, SEN status, phase and need, with what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.rules import cluster_word
from senco.dates import AcademicYear, say_date
from senco.deferred import dataclass
from senco.money import split_evenly
from senco.reports import rules
from senco.reports.kinds import Audience, Figure, FigureKind, Report, Section, Sentence, Table, key
from senco.reports.tallying import plain, resting, text
from senco.requests.kinds import SenStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.reports.census_questions import CensusAward, CensusFacts

_EVERYBODY = frozenset(Audience)
_STATUSES = {
    SenStatus.SUPPORT.value: "SEN support (K)",
    SenStatus.PLAN.value: "EHC plan (E)",
    SenStatus.ASSESSING.value: "Being assessed for a plan",
    SenStatus.NONE.value: "No SEN provision (N)",
}
_AWARDS = {"one": "One award", "several": "Several awards"}
_POUNDS = FigureKind.POUNDS
_MEANS = {
    ("whole",): "their whole time",
    ("year",): "a year",
    ("whole", "year"): "a year or for their whole time, as the borough had it when each was decided",
}
_NOTE = (
    "A pupil with several awards counts once, as the newest has it. Amounts are those agreed for {}; one for a group is"
    " shared out evenly among its pupils. The school is that of the day."
)


@dataclass(frozen=True, slots=True)
class CensusPupil:
    """A child who is counted, without anything that tells which one: ``awards`` are those that run for it."""

    urn: int
    status: str
    phase: str
    area: str
    pence: int
    awards: int


def pupils(facts: CensusFacts) -> list[CensusPupil]:
    """Give each child with an award once, as its newest award has it; a group's amount is shared out evenly.

    Children whom nobody has named are taken for different ones.
    """
    found: dict[tuple[int, int], list[int]] = {}
    about: dict[tuple[int, int], tuple[CensusAward, str]] = {}
    for award in sorted(facts.awards, key=lambda each: each.decision):
        count = _pupils_of(award)
        for place, pence in enumerate(split_evenly(award.pence, count) if count else ()):
            # A child who is named is the same in every award; one who is not is counted for this award alone.
            named = place < len(award.children)
            child, group = award.children[place] if named else (place, "")
            who = (0, child) if named else (award.decision, child)
            found.setdefault(who, []).append(pence)
            about[who] = (award, group or award.year_group)
    return [
        CensusPupil(
            award.urn, award.sen_status, rules.phase_of(group), award.area, sum(found[who]), len(found[who])
        )
        for who, (award, group) in about.items()
    ]  # fmt: skip


def _pupils_of(award: CensusAward) -> int:
    return max(award.pupils, len(award.children))


def census_report(facts: CensusFacts, *, internal: bool = False) -> Report:
    """Give the census of a day, with nothing hidden yet; an internal one lists the awards, by case."""
    held = pupils(facts)
    counts: dict[str, int] = {}
    tables = _Tables(facts, held, counts)
    # Where all are few, each table would tell of them all what is shown as nought of everybody else.
    few = 0 < len(held) < facts.below and not internal
    section = Section(
        "pupils",
        "Pupils with top-up",
        _EVERYBODY,
        (Sentence("Pupils with an award that ran on the day: {}, together {}.", tables.whole()),),
        (tables.undivided(),) if few else _divided(facts, held, tables),
    )
    return Report(
        name=f"census-{facts.day.isoformat()}",
        title="Pupils with top-up on census day",
        period=f"On {say_date(facts.day)}",
        borough=facts.borough,
        first_line="",
        seal="",
        sections=(_cases(facts), section) if internal else (section,),
        internal=internal,
        notes=(_NOTE.format(_MEANS.get(tuple(sorted(facts.means)), _MEANS["whole",])),),
        counts=counts,
    )


def _divided(facts: CensusFacts, held: Sequence[CensusPupil], tables: _Tables) -> tuple[Table, ...]:
    other = sorted({each.area for each in held} - {*facts.areas, rules.NO_AREA})
    return (
        tables.by(
            "school",
            "school",
            {str(urn): name for urn, name in sorted(facts.schools.items(), key=lambda each: (each[1], each[0]))},
            [str(each.urn) for each in held],
        ),
        tables.by("status", "SEN status", _with(_STATUSES, held), [each.status for each in held]),
        tables.by("phase", "year group", rules.PHASES, [each.phase for each in held]),
        tables.by(
            "area",
            "broad area of need",
            {name: f"{name[:1].upper()}{name[1:]}" for name in (*facts.areas, *other, rules.NO_AREA)},
            [each.area for each in held],
        ),
        tables.by("awards", "number of awards", _AWARDS, ["one" if each.awards == 1 else "several" for each in held]),
    )


class _Tables:
    """The tables of a census, which put their counts among those of the report."""

    def __init__(self, facts: CensusFacts, held: Sequence[CensusPupil], counts: dict[str, int]) -> None:
        self.held = held
        self.counts = counts
        self.dimensions = {"year": str(AcademicYear.of(facts.day)), "day": facts.day.isoformat()}

    def whole(self) -> tuple[Figure, Figure]:
        """Give all pupils and their amount."""
        return self._figures(self.held)

    def by(self, name: str, words: str, values: dict[str, str], of: Sequence[str]) -> Table:
        """Give the pupils by one dimension; ``of`` is each pupil's value of it."""
        rows = [
            (text(said), *self._figures([each for each, its in zip(self.held, of, strict=True) if its == value],
                                        **{name: value}))
            for value, said in values.items()
        ]  # fmt: skip
        return Table(
            f"pupils-by-{name}",
            f"Pupils by {words}",
            (words.capitalize() if words != "SEN status" else words, "Pupils", "Amount"),
            (*rows, (text("All pupils"), *self.whole())) if rows else (),
            totals=True,
        )

    def undivided(self) -> Table:
        """Give all pupils alone."""
        whole = (text("All pupils"), *self.whole())
        return Table("pupils", "Pupils with top-up", ("", "Pupils", "Amount"), (whole,), note="Too few to be divided.")

    def _figures(self, held: Iterable[CensusPupil], **of: str) -> tuple[Figure, Figure]:
        pence = [each.pence for each in held]
        name = key("pupils", **self.dimensions, **of)
        self.counts[name] = len(pence)
        count = Figure(len(pence), FigureKind.COUNT, (name,))
        return count, resting(sum(pence), _POUNDS, count)


def _with(values: dict[str, str], held: Sequence[CensusPupil]) -> dict[str, str]:
    """Give the statuses that are known, and any other that a request has."""
    return values | {status: status for status in sorted({each.status for each in held} - values.keys())}


def _cases(facts: CensusFacts) -> Section:
    order = sorted(facts.awards, key=lambda each: (cluster_word(each.cluster), each.request))
    rows = tuple(
        (
            text(each.request),
            text(each.cluster),
            text(facts.schools[each.urn]),
            text(_STATUSES.get(each.sen_status, each.sen_status)),
            text(f"{each.area[:1].upper()}{each.area[1:]}"),
            plain(_pupils_of(each)),
            Figure(each.first, FigureKind.DATE),
            Figure(each.last, FigureKind.DATE),
            plain(each.pence, _POUNDS),
        )
        for each in order
    )
    blank = (text(""),) * 4
    whole = plain(sum(each.pence for each in order), _POUNDS)
    ends = (Figure(None, FigureKind.COUNT), *(Figure(None, FigureKind.DATE),) * 2, whole)
    return Section(
        "cases",
        "The awards, by case",
        frozenset({Audience.FINANCE}),
        (),
        (
            Table(
                "cases",
                "Awards that ran on the day",
                ("Case", "Cluster", "School", "SEN status", "Need", "Pupils", "From", "To", "Amount"),
                (*rows, (text("All awards"), *blank, *ends)) if rows else (),
                totals=True,
                note="An award for a project that names no pupils is no pupil's. The pupils of the awards are not added"
                " up: some have several.",
                empty="No award ran on that day.",
            ),
        ),
    )
