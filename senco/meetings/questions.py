"""What the programme holds: meetings, holidays, and which of them concern a cluster or a school."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.dates import AcademicYear, say_date
from senco.errors import BadInput, NotFound, WrongUse
from senco.meetings.kinds import ALL_CLUSTERS, KnownCluster, MeetingKind, MeetingLine, SpanKind
from senco.meetings.rules import audience_of, cluster_reference, known_in, sorted_clusters, term_of
from senco.nearest import did_you_mean
from senco.privacy import fold
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.findings import Finding
    from senco.meetings.kinds import Calendar, HolidayLine, ImportPlan, Programme
    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask, Parameters

_COLUMNS = """reference, year, kind, title, for_all, starts, ends, venue, status,
       zone, starts_utc, ends_utc, purpose, uid, sequence, changed_at, source, chair"""

_OF_A_YEAR = f"""
SELECT {_COLUMNS} FROM meeting
 WHERE year = :year
 ORDER BY starts_utc, reference
"""  # noqa: S608 - a constant

_FROM_A_DAY = f"""
SELECT {_COLUMNS} FROM meeting
 WHERE starts >= :day AND status <> 'cancelled' AND reference IN (
       SELECT meeting_reference FROM meeting_cluster WHERE cluster_reference = :cluster)
 ORDER BY starts_utc, reference LIMIT 1
"""  # noqa: S608 - a constant

_EVERY = f"SELECT {_COLUMNS} FROM meeting ORDER BY starts_utc, reference"  # noqa: S608 - a constant

_BY_REFERENCE = f"SELECT {_COLUMNS} FROM meeting WHERE reference = :reference"  # noqa: S608 - a constant

_EVERY_CLUSTER = "SELECT meeting_reference, cluster_reference FROM meeting_cluster"

_CLUSTERS_OF = f"{_EVERY_CLUSTER} WHERE meeting_reference = :reference"

_EVERY_KNOWN = "SELECT year, reference, name, model FROM cluster ORDER BY year, reference"

_KNOWN_CLUSTERS = """
SELECT reference FROM cluster WHERE year = :year
UNION
SELECT held.cluster_reference
  FROM meeting_cluster AS held
  JOIN meeting ON meeting.reference = held.meeting_reference
 WHERE meeting.year = :year
"""


def meetings(ask: Ask, *, year: str, cluster: str | None = None, kind: str | None = None) -> list[MeetingLine]:
    """Give the meetings of a year in the order of time; of a cluster its own and those for all clusters."""
    lines = _all(ask, _OF_A_YEAR, {"year": year})
    if cluster is not None:
        lines = [line for line in lines if line.for_all or cluster in line.cluster_references]
    return [line for line in lines if kind is None or line.kind == kind]


def every_meeting(ask: Ask) -> list[MeetingLine]:
    """Give the meetings of all years in the order of time."""
    return _all(ask, _EVERY, {})


def meeting(ask: Ask, reference: str) -> MeetingLine | None:
    """Give the meeting of exactly this reference, or None."""
    return next(iter(_all(ask, _BY_REFERENCE, {"reference": reference})), None)


def meeting_named(ask: Ask, word: str) -> MeetingLine:
    """Give the meeting that a person means: by its reference, by the beginning of one, or by a day with one meeting.

    Raises NotFound ``meeting.unknown`` with the nearest references, ``meeting.ambiguous`` with those it may be.
    """
    told = word.strip().upper()
    if found := meeting(ask, told):
        return found
    known = ask.values("SELECT reference FROM meeting ORDER BY reference")
    meant = [each for each in known if told and each.startswith(told)] or _held_on(ask, word)
    if len(meant) > 1:
        raise NotFound("meeting.ambiguous", f"'{word}' may be {_listed(meant)}.", "Give the whole reference.")
    if not meant:
        hint = did_you_mean(told, known) or "`senco meetings list` shows the references."
        raise NotFound("meeting.unknown", f"There is no meeting '{word}'.", hint)
    return _all(ask, _BY_REFERENCE, {"reference": meant[0]})[0]


def next_meeting(ask: Ask, *, cluster: str, on_or_after: date) -> MeetingLine | None:
    """Give the cluster's next meeting of its own that stands; conferences, which moderate nothing, do not count."""
    found = _all(ask, _FROM_A_DAY, {"day": on_or_after.isoformat(), "cluster": cluster})
    return next(iter(found), None)


def years(ask: Ask) -> list[str]:
    """Give the years that have meetings."""
    return ask.values("SELECT DISTINCT year FROM meeting ORDER BY year")


def year_meant(ask: Ask, year: str | None, today: date) -> str:
    """Give the year a command is about: the one named; else that of the day; else the newest one with meetings."""
    current, held = str(AcademicYear.of(today)), years(ask)
    return year or (current if current in held or not held else held[-1])


def known_clusters(ask: Ask, year: str) -> list[str]:
    """Give the clusters of a year that are set up or that its programme names."""
    return list(sorted_clusters(ask.values(_KNOWN_CLUSTERS, {"year": year})))


def clusters_of_all_years(ask: Ask) -> list[KnownCluster]:
    """Give the clusters that are set up in any year, as it takes to understand who is to meet."""
    return ask.all(KnownCluster, _EVERY_KNOWN)


def cluster_called(ask: Ask, word: str, year: str) -> str:
    """Give the reference of the cluster that a person means ("cp 1"); raises NotFound ``cluster.unknown``."""
    known = known_clusters(ask, year)
    told = cluster_reference(word)
    found = next((each for each in known if fold(each) == fold(told)), None)
    if found is None:
        named = audience_of(word, known_in(clusters_of_all_years(ask), year))
        found = next((each for each in known if named and named.clusters == (each,)), None)
    if found is None:
        hint = did_you_mean(told, known) or (
            f"{year} has {_listed(known)}." if known else f"{year} has no clusters yet."
        )
        raise NotFound("cluster.unknown", f"There is no cluster '{word}' in {year}.", hint)
    return found


def clusters_of_school(ask: Ask, urn: int, year: str, day: date) -> list[str]:
    """Give the clusters that a school is in, one of each model that the year has."""
    from senco.clusters import questions as clusters

    models = sorted({line.model for line in clusters.clusters(ask, year, day)})
    found = [clusters.cluster_of(ask, urn, year, model) for model in models]
    return [line.reference for line in found if line]


def schools_of(ask: Ask, line: MeetingLine) -> frozenset[int]:
    """Give the schools that a meeting is for on its day: those of its clusters, of every cluster for a conference."""
    from senco.clusters.questions import all_members

    members = all_members(ask, line.year, date.fromisoformat(line.starts[:10]))
    return frozenset(each.urn for each in members if line.for_all or each.cluster in line.cluster_references)


def school_called(ask: Ask, word: str, day: date) -> SchoolLine:
    """Give the school that a person means; raises what `schools.questions.find_school` raises."""
    from senco.schools.questions import find_school

    return find_school(ask, word, la_code=number_on(ask, "la.code", day))


def calendar_of(
    ask: Ask,
    *,
    year: str,
    day: date,
    cluster: str | None = None,
    school: str | None = None,
    lead: str | None = None,
    panel: bool = False,
    everything: bool = False,
) -> Calendar:
    """Give the calendar of a cluster, a school (all clusters it is in), a lead (with the panels), panels or everything.

    Conferences are in every calendar but that of the panels. Raises WrongUse ``calendar.which`` unless exactly one is
    asked for, NotFound ``cluster.unknown``, ``calendar.no-cluster`` for a school that is in none, ``lead.unknown``, and
    what `schools.questions.find_school` raises.
    """
    from senco.meetings.calendars import calendar

    if bool(cluster) + bool(school) + bool(lead) + panel + everything != 1:
        hint = "Give one of --cluster CP1, --school NAME, --lead NAME, --panel or --all."
        raise WrongUse("calendar.which", "Whose calendar?", hint)
    la_name = word_on(ask, "la.name", day)
    lines = meetings(ask, year=year)
    if everything:
        return calendar(la_name, "", year, lines)
    if panel:
        return calendar(la_name, "panel", year, [line for line in lines if line.kind == MeetingKind.PANEL])
    if lead:
        name, led = clusters_led(ask, lead, year, day)
        return calendar(la_name, name, year, lines, shown_for=led, panels_too=True)
    if cluster:
        named = cluster_called(ask, cluster, year)
        return calendar(la_name, named, year, lines, shown_for=(named,))
    found = school_called(ask, school or "", day)
    mine = clusters_of_school(ask, found.urn, year, day)
    if not mine:
        raise NotFound(
            "calendar.no-cluster", f"{found.name} is in no cluster in {year}.", "`senco clusters list` shows them."
        )
    return calendar(la_name, found.name, year, lines, shown_for=tuple(mine))


def clusters_led(ask: Ask, word: str, year: str, day: date) -> tuple[str, tuple[str, ...]]:
    """Give the name of the lead that a person means, and the clusters they lead; raises NotFound ``lead.unknown``."""
    from senco.clusters.questions import clusters

    by_name: dict[str, list[str]] = {}
    for line in clusters(ask, year, day):
        if line.lead:
            by_name.setdefault(line.lead, []).append(line.reference)
    meant = [name for name in by_name if fold(name) == fold(word)] or [
        name for name in by_name if fold(word) in fold(name)
    ]
    if len(meant) != 1:
        hint = did_you_mean(word, by_name) or "`senco clusters list` shows the leads."
        raise NotFound("lead.unknown", f"No lead of {year} is clearly meant by '{word}'.", hint)
    return meant[0], tuple(by_name[meant[0]])


def import_plan(
    ask: Ask,
    programme: Programme,
    *,
    day: date,
    at: str,
    cancel_missing: bool = False,
    moved: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Give what an import of this programme does to the store as it is; ``day`` is the day of the settings used.

    Raises what `planning.plan_import` raises.
    """
    from senco.meetings import term_questions
    from senco.meetings.planning import plan_import

    year, everything = programme.year, every_meeting(ask)
    return plan_import(
        programme,
        stored=[line for line in everything if line.year == year],
        elsewhere=[line for line in everything if line.year != year],
        holidays=holidays(ask, year),
        known=known_clusters(ask, year),
        la_code=number_on(ask, "la.code", day),
        at=at,
        bank=term_questions.bank_holidays(ask, year),
        cancel_missing=cancel_missing,
        moved=moved,
    )


def day_findings_of(ask: Ask, line: MeetingLine) -> list[Finding]:
    """Give what is to be said about a meeting's day: a holiday, a weekend, another meeting of the same people."""
    from senco.meetings import term_questions
    from senco.meetings.planning import day_findings

    found = day_findings(
        meetings(ask, year=line.year), holidays(ask, line.year), term_questions.bank_holidays(ask, line.year)
    )
    return [each for each in found if line.reference == each.where or each.what.startswith(f"{line.reference} ")]


def holidays(ask: Ask, year: str) -> list[HolidayLine]:
    """Give the holidays of a year in the own authority that were imported, in order."""
    from senco.meetings import term_questions

    return [line for line in term_questions.spans(ask, year, la_code=term_questions.own_la(ask, year))
            if line.kind == SpanKind.HOLIDAY]  # fmt: skip


def _all(ask: Ask, sql: str, parameters: Parameters) -> list[MeetingLine]:
    """Give the meetings that a question finds, each with its clusters."""
    lines = ask.all(_line, sql, parameters)
    asked = _CLUSTERS_OF if len(lines) == 1 else _EVERY_CLUSTER
    held: dict[str, list[str]] = {}
    for reference, cluster in ask.all(_pair, asked, {"reference": lines[0].reference} if len(lines) == 1 else {}):
        held.setdefault(reference, []).append(cluster)
    named = {reference: ", ".join(sorted_clusters(clusters)) for reference, clusters in held.items()}
    return [line if line.for_all else replace(line, clusters=named.get(line.reference, "")) for line in lines]


def _pair(reference: str, cluster: str) -> tuple[str, str]:
    return reference, cluster


def _line(  # noqa: PLR0917 - the columns of a row
    reference: str,
    year: str,
    kind: str,
    title: str,
    for_all: int,
    starts: str,
    ends: str,
    venue: str,
    status: str,
    zone: str,
    starts_utc: str,
    ends_utc: str,
    purpose: str,
    uid: str,
    sequence: int,
    changed_at: str,
    source: str,
    chair: str,
) -> MeetingLine:
    return MeetingLine(
        reference=reference,
        year=year,
        kind=kind,
        title=title,
        starts=starts,
        ends=ends,
        venue=venue,
        status=status,
        term=term_of(starts),
        clusters=ALL_CLUSTERS if for_all else "",
        zone=zone,
        starts_utc=starts_utc,
        ends_utc=ends_utc,
        purpose=purpose,
        uid=uid,
        sequence=sequence,
        changed_at=changed_at,
        source=source,
        chair=chair,
    )


def _held_on(ask: Ask, word: str) -> list[str]:
    from senco.dates import parse_date

    try:
        day = parse_date(word)
    except BadInput:
        return []
    sql = "SELECT reference FROM meeting WHERE starts LIKE :day ORDER BY starts_utc, reference"
    found = ask.values(sql, {"day": f"{day.isoformat()}T%"})
    if not found:
        hint = "`senco meetings list` shows the days that have one."
        raise NotFound("meeting.unknown", f"There is no meeting on {say_date(day)}.", hint)
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
