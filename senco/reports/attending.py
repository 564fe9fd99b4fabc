"""Who came, as a report of its own: by school and by cluster, and the schools that were never seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from senco.clusters.rules import cluster_word
from senco.dates import say_date
from senco.reports.gathered import attendance_of
from senco.reports.kinds import Audience, Chart, Report, Section, Sentence, Table
from senco.reports.tallying import plain, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.reports.facts import Seat, TermSpan
    from senco.reports.kinds import Figure

_EVERYBODY = frozenset(Audience)
_FILLED = frozenset({"present", "substitute"})
_MARKS = ("present", "substitute", "apologies", "absent", "")
_HEADINGS = ("Expected", "Present", "Substitute", "Apologies", "Absent", "Not marked", "Share")
_NOTE = (
    "A school is expected at the meetings of its clusters and at conferences. A substitute fills its seat, apologies do"
    " not. Seats that are not marked are left out of the share."
)
_EMPTY = "No meeting of a cluster was held."


def attendance_report(
    seats: Sequence[Seat], spans: Sequence[TermSpan], *, day: date, borough: str, cluster: str | None = None
) -> Report:
    """Give who came in some terms of a year, of one cluster or of all; it counts schools' seats and no children."""
    seats = [each for each in seats if cluster is None or cluster in each.clusters]
    by_school: dict[int, list[Seat]] = {}
    for each in seats:
        by_school.setdefault(each.urn, []).append(each)
    schools = sorted(by_school.values(), key=lambda held: (held[0].school.casefold(), held[0].urn))
    unseen = [held for held in schools if any(each.mark for each in held) and not _came(held)]
    names = sorted({name for each in seats for name in each.clusters if cluster in {None, name}}, key=cluster_word)
    seen = plain(sum(_came(held) > 0 for held in schools))
    year, last = spans[0].year, min(day, spans[-1].last)
    term = f"-{spans[0].term}" if len(spans) == 1 else ""
    of = f" of {cluster}" if cluster else ""
    section = Section(
        "attendance",
        "Who came",
        _EVERYBODY,
        (
            Sentence("Schools filled {} of the seats that the registers say anything of.", (attendance_of(seats),)),
            Sentence("Schools seen at least once: {} of {}.", (seen, plain(len(schools)))),
        )
        if any(each.mark for each in seats)
        else (),
        (
            Table(
                "attendance-by-school",
                f"Attendance{of} by school",
                ("School", "Clusters", *_HEADINGS),
                tuple(
                    (text(held[0].school), text(_clusters(held)), *_attended(held)) for held in schools
                ),
                note=_NOTE,
                empty=_EMPTY,
            ),
            Table(
                "attendance-by-cluster",
                f"Attendance{of} by cluster",
                ("Cluster", *_HEADINGS),
                tuple(
                    (text(name), *_attended([each for each in seats if name in each.clusters])) for name in names
                ),
                note=f"{_NOTE} A conference counts with every cluster, so the rows have no sum.",
                empty=_EMPTY,
                chart=Chart("bars", "Attendance by cluster", (7,)),
            ),
            Table(
                "never-seen",
                "Schools never seen",
                ("School", "Clusters", "Expected", "Apologies", "Absent", "Not marked"),
                tuple((text(held[0].school), text(_clusters(held)), *_missed(held)) for held in unseen),
                note="They have a mark at a meeting at least, and never filled their seat.",
                empty="Every school with a mark was seen at least once.",
            ),
        ),
    )  # fmt: skip
    return Report(
        name=f"attendance{term}-{year.replace('/', '-')}" + (f"-{cluster}" if cluster else ""),
        title=f"Attendance{of} {f'in the {spans[0].term} term ' if term else ''}{year}",
        period=f"From {say_date(spans[0].first)} to {say_date(last)}",
        borough=borough,
        first_line="",
        seal="",
        sections=(section,),
    )


def _came(held: Sequence[Seat]) -> int:
    return sum(each.mark in _FILLED for each in held)


def _clusters(held: Sequence[Seat]) -> str:
    return ", ".join(sorted({name for each in held for name in each.clusters}, key=cluster_word))


def _attended(seats: Sequence[Seat]) -> tuple[Figure, ...]:
    marks = Counter(each.mark for each in seats)
    return plain(len(seats)), *(plain(marks[mark]) for mark in _MARKS), attendance_of(seats)


def _missed(seats: Sequence[Seat]) -> tuple[Figure, ...]:
    marks = Counter(each.mark for each in seats)
    return plain(len(seats)), *(plain(marks[mark]) for mark in _MARKS[2:])
