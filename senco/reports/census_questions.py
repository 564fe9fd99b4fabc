"""What a census asks the store: the awards that run on a day, and which of their children are the same child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.budget.kinds import Fund, Pattern
from senco.budget.schedules import terms_of
from senco.budget.shapes import EventLine
from senco.clusters.questions import all_members
from senco.dates import AcademicYear
from senco.deferred import dataclass
from senco.reports import rules
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from senco.store.doors import Ask

# The decision of each request that holds on the day: the newest that was made by now and has begun by then. An award
# told without a first day begins when it is decided, one without a last day ends with its school year. One that ended,
# or whose payments were stopped, does not run from that day on.
_RUNNING = """
WITH made AS (
    SELECT d.decision_id AS decision, d.request_reference AS request, d.amount_pence AS pence, d.awarded_to AS last,
           COALESCE(SUBSTR(t.starts, 1, 10), SUBSTR(d.made_at, 1, 10)) AS decided,
           COALESCE(d.awarded_from, SUBSTR(t.starts, 1, 10), SUBSTR(d.made_at, 1, 10)) AS first
      FROM decision AS d
      LEFT JOIN meeting AS t ON t.reference = d.meeting_reference
      LEFT JOIN decision AS later ON later.supersedes = d.decision_id
     WHERE d.taken_back = 0 AND COALESCE(later.taken_back, 0) = 0
), held AS (
    SELECT request, MAX(decision) AS decision FROM made WHERE decided <= :today AND first <= :day GROUP BY request
), running AS (
    SELECT m.decision AS decision, m.request AS request, m.pence AS pence, m.first AS first,
           COALESCE(m.last, CASE WHEN SUBSTR(m.first, 6, 2) >= '09'
                                 THEN CAST(CAST(SUBSTR(m.first, 1, 4) AS INTEGER) + 1 AS TEXT)
                                 ELSE SUBSTR(m.first, 1, 4) END || '-08-31') AS last
      FROM made AS m
      JOIN held AS h ON h.decision = m.decision
      JOIN request AS r ON r.reference = m.request
     WHERE m.pence > 0 AND (r.withdrawn_on IS NULL OR r.withdrawn_on > :day)
       AND NOT EXISTS (SELECT 1 FROM award_change AS e
                        WHERE e.decision_id = m.decision AND e.kind = 'ended' AND e.holds_from <= :day)
       AND NOT EXISTS (SELECT 1 FROM award_event AS e
                        WHERE e.request_reference = m.request AND e.kind = 'stop' AND e.day <= :day
                          AND NOT EXISTS (SELECT 1 FROM award_event AS n
                                           WHERE n.request_reference = m.request AND n.event_id > e.event_id
                                             AND n.kind IN ('stop', 'resume')))
)
"""
_AWARDS = """
SELECT a.decision, a.request, r.cluster_reference, COALESCE(moved.urn, r.urn), COALESCE(moved.holds_from, ''), r.type,
       r.sen_status, COALESCE(n.code, ''), COALESCE(r.year_group, ''), a.first, a.last, a.pence,
       COALESCE(r.pupils, CASE WHEN r.type IN ('individual', 'discussion') THEN 1 ELSE 0 END)
  FROM running AS a
  JOIN request AS r ON r.reference = a.request
  LEFT JOIN request_need AS n ON n.request_reference = r.reference AND n.rank = (
       SELECT MIN(first.rank) FROM request_need AS first WHERE first.request_reference = r.reference)
  LEFT JOIN award_change AS moved ON moved.decision_id = a.decision AND moved.kind = 'moved'
        AND moved.holds_from <= :day
        AND NOT EXISTS (SELECT 1 FROM award_change AS later
                         WHERE later.decision_id = a.decision AND later.kind = 'moved'
                           AND later.holds_from <= :day AND later.award_change_id > moved.award_change_id)
 WHERE a.last >= :day
 ORDER BY a.request
"""
# The key of a child stays within the question: what comes out says with which place of which award it is counted.
_CHILDREN = """, child AS (
    SELECT a.decision AS decision, p.pupil_key AS pupil_key, p.year_group AS year_group,
           ROW_NUMBER() OVER (PARTITION BY a.decision ORDER BY p.place, p.pupil_key) AS place
      FROM running AS a
      JOIN request_pupil AS p ON p.request_reference = a.request
     WHERE a.last >= :day
)
SELECT decision, place, year_group, FIRST_VALUE(decision) OVER newest, FIRST_VALUE(place) OVER newest
  FROM child
WINDOW newest AS (PARTITION BY pupil_key ORDER BY decision DESC)
 ORDER BY decision, place
"""
_EVENTS = """
SELECT event_id, request_reference, kind, day, pattern, fund, urn, because FROM award_event
 WHERE kind IN ('move', 'resume')
 ORDER BY event_id
"""


@dataclass(frozen=True, slots=True)
class CensusAward:
    """An award that runs on the day: where its children are then, what it is for, and for how many; ISO days, pence."""

    decision: int
    request: str
    cluster: str
    urn: int
    type: str
    sen_status: str
    area: str
    year_group: str
    first: str
    last: str
    pence: int
    pupils: int


@dataclass(frozen=True, slots=True)
class CensusChild:
    """A known child of an award, by its place there, and the award and place with which this child is counted."""

    decision: int
    place: int
    year_group: str
    counted_decision: int
    counted_place: int


@dataclass(frozen=True, slots=True)
class CensusFacts:
    """All that a census is made from; ``schools`` are those in clusters on the day, and those with an award."""

    borough: str
    day: date
    yearly: bool
    awards: tuple[CensusAward, ...]
    children: tuple[CensusChild, ...]
    schools: Mapping[int, str]


def census_facts(ask: Ask, day: date, today: date) -> CensusFacts:
    """Give the awards that ran on a day, as they are known today, with their children."""
    told = {"day": day.isoformat(), "today": today.isoformat()}
    moves = _moves(ask, told["day"])

    def award(*row: Any) -> CensusAward:
        urn, since = row[3], row[4]
        when, where = moves.get(row[1], ("", urn))
        if when and when >= since:
            urn = where
        line: tuple[Any, ...] = (*row[:3], urn, *row[5:7], rules.area_of(row[7]), *row[8:])
        return CensusAward(*line)

    awards = tuple(ask.all(award, _RUNNING + _AWARDS, told))
    names = dict(ask.all(lambda urn, name: (urn, name), "SELECT urn, name FROM school"))
    members = {each.urn for each in all_members(ask, str(AcademicYear.of(day)), day)}
    return CensusFacts(
        borough=word_on(ask, "la.name", day),
        day=day,
        yearly=word_on(ask, "award.means", day) == "year",
        awards=awards,
        children=tuple(ask.all(CensusChild, _RUNNING + _CHILDREN, told)),
        schools={urn: names[urn] for urn in members | {each.urn for each in awards}},
    )


def _moves(ask: Ask, day: str) -> dict[str, tuple[str, int]]:
    """Give, for each award that the payments took to another school by a day, since when and where."""
    events: dict[str, list[EventLine]] = {}
    for event in ask.all(EventLine, _EVENTS):
        events.setdefault(event.request, []).append(event)
    found = {}
    for request, held in events.items():
        moves = terms_of(held, pattern=Pattern.TERMS, fund=Fund.EXCEPTIONAL).moves
        begun = [(when.isoformat(), urn) for when, urn in moves if when.isoformat() <= day]
        if begun:
            found[request] = begun[-1]
    return found
