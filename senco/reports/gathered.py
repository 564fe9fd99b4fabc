"""The sections on meetings: the programme delivered against what was planned, and who came."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from senco.clusters.rules import cluster_word
from senco.reports import rules
from senco.reports.kinds import Audience, Chart, Figure, FigureKind, Section, Sentence, Table
from senco.reports.tallying import plain, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.reports.facts import Met, Seat, TermFacts

_ALL_BUT_FINANCE = frozenset({Audience.SCHOOLS, Audience.LEADS, Audience.FORUM})
KINDS = {
    "conference": "Conferences",
    "single-phase": "Single-phase clusters",
    "cross-phase": "Cross-phase clusters",
    "cluster": "Meetings of one cluster",
    "panel": "Panels",
}
_DELIVERED = ("Planned", "Held", "Moved", "Cancelled", "Still to come")
_FILLED = frozenset({"present", "substitute"})
_SELDOM = 500
_FEWEST = 2


def programme(facts: TermFacts) -> Section:
    """Give the programme delivered against planned; it says nothing of a child."""
    by_kind = [
        (name, [each for each in facts.meetings if each.kind == kind])
        for kind, name in KINDS.items()
        if any(each.kind == kind for each in facts.meetings)
    ]
    clusters = sorted({name for each in facts.meetings for name in each.clusters}, key=cluster_word)
    whole = _delivered(facts.meetings, facts)
    rows = tuple((text(name), *map(plain, _delivered(held, facts))) for name, held in by_kind)
    of_clusters = tuple(
        (text(name), *map(plain, _delivered([each for each in facts.meetings if name in each.clusters], facts)))
        for name in clusters
    )
    changes = sum(each.changes for each in facts.meetings)
    sentences = [Sentence("Meetings held: {} of {} planned.", (plain(whole[1]), plain(whole[0])))]
    if changes:
        reasons = plain(sum(each.reasons for each in facts.meetings))
        sentences.append(
            Sentence(
                "Meetings were moved or cancelled {} times; a reason is on record for {}.", (plain(changes), reasons)
            )
        )
    return Section(
        "programme",
        "The programme: what was planned, what took place",
        _ALL_BUT_FINANCE,
        tuple(sentences) if facts.meetings else (),
        (
            Table(
                "programme-by-kind",
                "Meetings by kind",
                ("Kind", *_DELIVERED),
                (*rows, (text("All meetings"), *map(plain, whole))) if rows else (),
                totals=True,
                note="A meeting that was moved to another term counts as planned in the first and held in the second.",
                empty="No meeting was planned in this term.",
            ),
            Table(
                "programme-by-cluster",
                "Meetings by cluster, conferences included",
                ("Cluster", *_DELIVERED),
                of_clusters,
                note="A meeting of several clusters stands with each of them, so the rows have no sum.",
                empty="No meeting of a cluster was planned in this term.",
                chart=Chart("stacked", "Meetings held and cancelled by cluster", (2, 4, 5)),
            ),
        ),
    )


def _delivered(meetings: Iterable[Met], facts: TermFacts) -> tuple[int, int, int, int, int]:
    """Count meetings: planned, held, moved, cancelled, still to come."""
    first, last, today = facts.span.first.isoformat(), facts.span.last.isoformat(), facts.day.isoformat()
    told: Counter[str] = Counter()
    for each in meetings:
        planned, here = first <= each.planned <= last, first <= each.day <= last
        told["planned"] += planned
        told["moved"] += planned and each.moves > 0
        if each.status == "cancelled":
            told["cancelled"] += planned
        elif here:
            told["held" if each.day <= today else "to come"] += 1
    return told["planned"], told["held"], told["moved"], told["cancelled"], told["to come"]


def held_in(facts: TermFacts, first: str, last: str) -> list[Seat]:
    """Give the seats at the meetings held between two days."""
    return [each for each in facts.seats if first <= each.day <= last]


def attendance_of(seats: Sequence[Seat]) -> Figure:
    """Give the share of seats that were filled, of those for which the register says anything."""
    marked = [each for each in seats if each.mark]
    return plain(rules.share(sum(each.mark in _FILLED for each in marked), len(marked)), FigureKind.PERCENT)


def attendance(facts: TermFacts) -> tuple[Section, Section]:
    """Give who came, by cluster and by meeting, and for the leads the schools that were seldom seen."""
    seats = held_in(facts, facts.span.first.isoformat(), facts.span.last.isoformat())
    of = {name for each in seats for name in each.clusters}
    by_cluster = [(name, [each for each in seats if name in each.clusters]) for name in sorted(of, key=cluster_word)]
    meetings = sorted({(each.day, each.meeting) for each in seats})
    by_meeting = [(name, [each for each in seats if each.meeting == name]) for _, name in meetings]
    headings = ("Seats", "Present", "Substitute", "Apologies", "Absent", "Not marked", "Attendance")
    sentences = []
    if any(each.mark for each in seats):
        told = attendance_of(seats)
        sentences.append(Sentence("Schools filled {} of the seats that the registers say anything of.", (told,)))
    unkept = sum(not any(each.mark for each in held) for _, held in by_meeting)
    if unkept:
        told = plain(unkept)
        sentences.append(Sentence("Meetings held without a register: {} of {}.", (told, plain(len(by_meeting)))))
    note = "A substitute fills a seat, apologies do not. Seats that are not marked are left out of the percentage."
    main = Section(
        "attendance",
        "Who came",
        _ALL_BUT_FINANCE,
        tuple(sentences),
        (
            Table(
                "attendance-by-cluster",
                "Attendance of each cluster's schools",
                ("Cluster", *headings),
                tuple((text(name), *_attended(held)) for name, held in by_cluster),
                note=f"{note} A conference counts with every cluster, so the rows have no sum.",
                empty="No meeting of a cluster was held.",
                chart=Chart("bars", "Attendance by cluster", (7,)),
            ),
            Table(
                "attendance-by-meeting",
                "Attendance of each meeting",
                ("Meeting", "Day", *headings),
                tuple(
                    (text(name), Figure(held[0].day, FigureKind.DATE), *_attended(held)) for name, held in by_meeting
                ),
                note=note,
                empty="No meeting of a cluster was held.",
            ),
        ),
    )
    return main, _seldom_seen(seats)


def _attended(seats: Sequence[Seat]) -> tuple[Figure, ...]:
    marks = Counter(each.mark for each in seats)
    told = [plain(marks[mark]) for mark in ("present", "substitute", "apologies", "absent", "")]
    return plain(len(seats)), *told, attendance_of(seats)


def _seldom_seen(seats: Sequence[Seat]) -> Section:
    by_school: dict[int, list[Seat]] = {}
    for each in seats:
        if each.mark:
            by_school.setdefault(each.urn, []).append(each)
    rows = []
    for held in by_school.values():
        came = sum(each.mark in _FILLED for each in held)
        part = rules.share(came, len(held)) or 0
        if len(held) >= _FEWEST and part < _SELDOM:
            names = sorted({name for each in held for name in each.clusters}, key=cluster_word)
            rows.append((part, held[0].school, ", ".join(names), len(held), came))
    return Section(
        "seldom-seen",
        "Schools seldom seen",
        frozenset({Audience.LEADS}),
        (),
        (
            Table(
                "seldom-seen",
                "Schools that came to fewer than half of their meetings",
                ("School", "Clusters", "Meetings", "Came", "Attendance"),
                tuple(
                    (text(school), text(names), plain(held), plain(came), plain(part, FigureKind.PERCENT))
                    for part, school, names, held, came in sorted(rows)
                ),
                note="Of the meetings with a register, where a school had two or more.",
                empty="Every school came to at least half of its meetings, or no register says so yet.",
            ),
        ),
    )
