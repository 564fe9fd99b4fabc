"""What a census asks the store: the awards that run on a day, and which of their children are the same child."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from senco.budget.kinds import Fund, Pattern
from senco.budget.schedules import terms_of
from senco.budget.shapes import EventLine
from senco.clusters.questions import all_members
from senco.dates import AcademicYear
from senco.deferred import dataclass
from senco.reports import rules
from senco.requests import areas, awarding
from senco.settings.questions import dated, number_on, word_on
from senco.settings.rules import groups_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from senco.store.doors import Ask

# The decision of each request that holds on the day: the newest that was made by now and has begun by then. An award
# told without a first day begins when it is decided, one without a last day ends with its school year.
_AWARDS = """
WITH made AS (
    SELECT d.decision_id AS decision, d.request_reference AS request, d.amount_pence AS pence, d.awarded_to AS last,
           COALESCE(d.decided_on, SUBSTR(d.made_at, 1, 10)) AS decided,
           COALESCE(d.awarded_from, d.decided_on, SUBSTR(d.made_at, 1, 10)) AS first
      FROM decision AS d
      LEFT JOIN decision AS later ON later.supersedes = d.decision_id
     WHERE d.taken_back = 0 AND COALESCE(later.taken_back, 0) = 0
), held AS (
    SELECT request, MAX(decision) AS decision FROM made WHERE decided <= :today AND first <= :day GROUP BY request
), award AS (
    SELECT m.decision AS decision, m.request AS request, m.decided AS decided, m.pence AS pence, m.first AS first,
           COALESCE(m.last, CASE WHEN SUBSTR(m.first, 6, 2) >= '09'
                                 THEN CAST(CAST(SUBSTR(m.first, 1, 4) AS INTEGER) + 1 AS TEXT)
                                 ELSE SUBSTR(m.first, 1, 4) END || '-08-31') AS last
      FROM made AS m
      JOIN held AS h ON h.decision = m.decision
     WHERE m.pence > 0
)
SELECT a.decision, a.request, r.cluster_reference, r.urn, r.sen_status, COALESCE(n.code, ''),
       COALESCE(r.year_group, ''), r.submitted_on, a.decided, a.first, a.last, a.pence,
       COALESCE(r.pupils, CASE WHEN r.type IN ('individual', 'discussion') THEN 1 ELSE 0 END)
  FROM award AS a
  JOIN request AS r ON r.reference = a.request
  LEFT JOIN request_need AS n ON n.request_reference = r.reference AND n.rank = (
       SELECT MIN(first.rank) FROM request_need AS first WHERE first.request_reference = r.reference)
 WHERE a.last >= :day AND (r.withdrawn_on IS NULL OR r.withdrawn_on > :day)
 ORDER BY a.request
"""
# The key of a child stays within the question: what comes out is a number that means nothing beyond this answer.
_CHILDREN = """
SELECT request_reference, year_group, DENSE_RANK() OVER (ORDER BY pupil_key) AS child
  FROM request_pupil
 ORDER BY request_reference, place, child
"""
# What became of an award while it ran: told with its payments, or with its request, there an end of one decision. A
# child that moved stays where it went, whatever is decided anew, as the payments have it.
_EVENTS = """
SELECT decision_id, event_id, request_reference, kind, day, pattern, fund, urn, because FROM (
    SELECT 0 AS decision_id, event_id, request_reference, kind, day, pattern, fund, urn, because, made_at, 0 AS source
      FROM award_event
    UNION ALL
    SELECT CASE kind WHEN 'moved' THEN 0 ELSE decision_id END, award_change_id, request_reference,
           CASE kind WHEN 'moved' THEN 'move' ELSE kind END,
           holds_from, '', '', urn, '', made_at, 1
      FROM award_change) AS happened
 WHERE kind <> 'terms'
 ORDER BY made_at, source, event_id
"""


@dataclass(frozen=True, slots=True)
class CensusAward:
    """An award that runs on the day: where its children are then, what it is for, and for how many; ISO days, pence.

    ``children`` are those of them who are named, each by a number of this answer alone, with the year group.
    """

    decision: int
    request: str
    cluster: str
    urn: int
    sen_status: str
    area: str
    year_group: str
    first: str
    last: str
    pence: int
    pupils: int
    children: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CensusFacts:
    """All that a census is made from; ``schools`` are those in clusters on the day, and those with an award.

    ``areas`` are the broad areas of the day; ``means`` is what the amounts are: for a year, the whole time, or both.
    Fewer pupils than ``below`` are not divided.
    """

    borough: str
    day: date
    areas: tuple[str, ...]
    means: frozenset[str]
    below: int
    awards: tuple[CensusAward, ...]
    schools: Mapping[int, str]


def census_facts(ask: Ask, day: date, today: date) -> CensusFacts:
    """Give the awards that ran on a day, as they are known today, with their children."""
    told = {"day": day.isoformat(), "today": today.isoformat()}
    rows: list[tuple[Any, ...]] = ask.all(lambda *row: row, _AWARDS, told)
    events: dict[tuple[str, int], list[EventLine]] = {}
    for decision, *event in ask.all(lambda *row: row, _EVENTS):
        line = EventLine(*event)
        for each in {row[0] for row in rows if row[1] == line.request and decision in {0, row[0]}}:
            events.setdefault((line.request, each), []).append(line)
    children: dict[str, list[tuple[int, str]]] = {}
    for request, group, child in ask.all(lambda *row: row, _CHILDREN):
        children.setdefault(request, []).append((child, group))
    vocabulary, means = dated(ask, areas.SETTING), dated(ask, awarding.SETTING)
    found, meant = [], set()
    for row in rows:
        terms = terms_of(events.get((row[1], row[0]), ()), pattern=Pattern.TERMS, fund=Fund.EXCEPTIONAL)
        if any(begins <= day and (until is None or day < until) for begins, until in terms.unpaid):
            continue
        area = areas.area_of(row[5], vocabulary.on(date.fromisoformat(row[7]))) or rules.NO_AREA
        urn = next((urn for begins, urn in reversed(terms.moves) if begins <= day), row[3])
        meant.add(str(awarding.means_on(means, date.fromisoformat(row[8]))))
        named = tuple(children.get(row[1], ()))
        award: tuple[Any, ...] = (*row[:3], urn, row[4], area, row[6], *row[9:], named)
        found.append(CensusAward(*award))
    names = dict(ask.all(lambda urn, name: (urn, name), "SELECT urn, name FROM school"))
    members = {each.urn for each in all_members(ask, str(AcademicYear.of(day)), day)}
    return CensusFacts(
        borough=word_on(ask, "la.name", day),
        day=day,
        areas=tuple(groups_of(word_on(ask, areas.SETTING, day))),
        means=frozenset(meant),
        below=number_on(ask, "report.hide-below", day),
        awards=tuple(found),
        schools={urn: names[urn] for urn in members | {each.urn for each in found}},
    )
