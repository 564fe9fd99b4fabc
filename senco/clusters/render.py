"""Clusters and import plans as people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.kinds import How, Step
from senco.console.listing import Card, Column, Listing
from senco.deferred import dataclass
from senco.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.clusters.kinds import AppointmentLine, ClusterLine, MemberLine, Plan, PlanLine, PlanSummary


def clusters(lines: Sequence[ClusterLine], year: str, hosts: dict[int, str]) -> Listing:
    """Lay out the clusters of a year."""
    return Listing(
        "clusters",
        lines,
        (
            Column("Cluster", lambda line: line.reference),
            Column("Model", lambda line: line.model, keep=2),
            Column("Lead", lambda line: line.lead or "–", keep=1),
            Column("Host school", lambda line: hosts.get(line.host_urn, "–"), keep=3, whole=False),
            Column("Schools", lambda line: f"{line.schools:,}", align="right"),
            Column("Pupils", lambda line: f"{line.pupils:,}", align="right"),
        ),
        title=f"Clusters {year}",
        empty="No clusters yet: `senco clusters import FILE` takes the clusters of a year in.",
    )


def cluster(
    line: ClusterLine, schools: Sequence[MemberLine], appointments: Sequence[AppointmentLine], hosts: dict[int, str]
) -> Card:
    """Lay out one cluster with its schools and everyone appointed to it."""
    from senco.dates import say_date

    return Card(
        "cluster",
        line,
        f"{line.reference} {line.year}" + (f" – {line.name}" if line.name != line.reference else ""),
        (
            ("Model", line.model),
            ("Lead", line.lead or "nobody yet"),
            ("Host school", hosts.get(line.host_urn or 0, "not known")),
            ("Schools", f"{line.schools:,}"),
            ("Pupils", f"{line.pupils:,}, as far as the register says"),
        ),
        (
            Listing(
                "schools",
                schools,
                (
                    Column("URN", lambda each: str(each.urn)),
                    Column("School", lambda each: each.name, whole=False),
                    Column("Written as", lambda each: each.nickname, keep=3),
                    Column("Phase", lambda each: each.phase, keep=1),
                    Column("Trust", lambda each: each.trust or "–", keep=4, whole=False),
                    Column(
                        "Pupils", lambda each: "–" if each.pupils is None else f"{each.pupils:,}", align="right", keep=2
                    ),
                ),
                title="Schools",
                empty="It has no schools.",
            ),
            Listing(
                "appointments",
                appointments,
                (
                    Column("Role", lambda each: each.role),
                    Column("Who", lambda each: each.person),
                    Column("Host school", lambda each: each.host or "–", keep=2, whole=False),
                    Column("Appointed by", lambda each: each.appointed_by, keep=3),
                    Column("From", lambda each: say_date(_day(each.starts))),
                    Column("Until", lambda each: f"before {say_date(_day(each.ends))}" if each.ends else "–", keep=1),
                ),
                title="Appointments",
                empty="Nobody was appointed yet.",
            ),
        ),
    )


def _day(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


def _in(file: str, place: str) -> str:
    """Shorten a place by the file's name, which stands above."""
    return place.removeprefix(f"{file} › ")


def _school(line: PlanLine, file: str) -> str:
    """Give the school of a line, and what there is to say of it; being found by likeness is the usual thing.

    The place is told of what does not go by itself; the machine's answer holds every place.
    """
    detail = "" if line.detail == f"by {How.MATCH}" else line.detail
    if line.step in {Step.UNSURE, Step.REFUSED}:
        detail = f"{detail}; {_in(file, line.where)}"
    return f"{line.school} ({detail})" if line.school and detail else line.school or detail


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One school that an unsure name may be, as a row for people."""

    cluster: str
    written: str
    number: str
    urn: str
    school: str
    why: str


def plan(plan: Plan, *, whole: bool) -> Card:
    """Lay out what an import would do: for people what changes and what must be decided, ``whole`` every line."""

    told = plan.summary
    lines = plan.lines if whole else [line for line in plan.lines if line.step is not Step.UNCHANGED]
    counts = (
        ("added", told.added),
        ("changed", told.changed),
        ("unchanged", told.unchanged),
        ("left", told.left),
        ("unsure", told.unsure),
        ("refused", told.refused),
    )
    return Card(
        "plan",
        told,
        f"Plan: clusters {told.year} ({told.model}) from {told.file}",
        (
            ("Clusters", f"{told.clusters}, of them new: {told.new_clusters}; leads to appoint: {told.leads}"),
            ("Schools", ", ".join(f"{number} {what}" for what, number in counts if number) or "none"),
            ("Holds from", _holds_from(told)),
            *(("Note", _in(told.file, note)) for note in plan.notes),
        ),
        (
            Listing(
                "lines",
                lines,
                (
                    Column("What", lambda each: each.step),
                    Column("Cluster", lambda each: each.cluster),
                    Column("Written", lambda each: f"lead {each.written}" if each.what == "lead" else each.written),
                    Column("URN", lambda each: "" if each.urn is None else str(each.urn)),
                    Column("School", lambda each: _school(each, told.file), whole=False),
                ),
                title="What changes",
                empty="Nothing.",
            ),
            Listing("unsure", plan.unsure, ()) if whole else unsure(plan),
            findings((*plan.findings, *(_in_none(plan) if whole else _in_none_together(plan))), told.file),
        ),
    )


_ADD = "A SENCO from every school belongs to a cluster: add {} to the table."


def _holds_from(told: PlanSummary) -> str:
    """Say the day; of a year that is over no later day is left than its last."""
    from senco.dates import AcademicYear, say_date

    said = say_date(_day(told.holds_from))
    last = AcademicYear.parse(told.year).last.isoformat()
    return f"{said}, the last day of {told.year}: --from names another" if told.holds_from == last else said


def _in_none(plan: Plan) -> list[Finding]:
    """Give a finding for each mainstream school that is in no cluster, as a machine reads them."""
    return [
        Finding(
            "cluster.school-in-none",
            "the register",
            f"{each.name} ({each.urn}) is a mainstream school and is in no cluster of the table.",
            _ADD.format("it"),
        )
        for each in plan.missing
    ]


def _in_none_together(plan: Plan) -> list[Finding]:
    """Give one finding for all of them, as people read it."""
    if len(plan.missing) < 2:  # noqa: PLR2004 - several
        return _in_none(plan)
    names = "; ".join(f"{each.name} ({each.urn})" for each in plan.missing)
    what = f"{len(plan.missing)} mainstream schools are in no cluster of the table: {names}."
    return [Finding("cluster.school-in-none", "the register", what, _ADD.format("them"))]


def unsure(plan: Plan) -> Listing:
    """Lay out the names to decide on, a row for each school that one may be."""
    rows = []
    for line in plan.unsure:
        rows.append(
            _Candidate(line.cluster, line.written, "", "", "", f"{line.why} ({_in(plan.summary.file, line.where)})")
        )
        rows += [
            _Candidate("", "", str(number), str(option.urn), option.name, option.why)
            for number, option in enumerate(line.options, start=1)
        ]
    return Listing(
        "unsure",
        rows,
        (
            Column("Cluster", lambda each: each.cluster),
            Column("Written", lambda each: each.written),
            Column("No", lambda each: each.number, align="right"),
            Column("URN", lambda each: each.urn),
            Column("May be", lambda each: each.school, whole=False),
            Column("Why it is asked, and what speaks against each", lambda each: each.why, whole=False),
        ),
        title="To decide",
        empty="No name is unsure.",
    )


def findings(lines: Sequence[Finding], file: str) -> Listing:
    """Lay out what is odd, each with its place."""
    return Listing(
        "findings",
        lines,
        (
            Column("Where", lambda each: _in(file, each.where), whole=False),
            Column("What was found", lambda each: each.what, whole=False),
            Column("What to do", lambda each: each.do, keep=1, whole=False),
        ),
        title="Findings",
        empty="Nothing odd was found.",
    )
