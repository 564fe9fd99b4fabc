"""The named checks of the clusters slice: what is stored against what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters import questions
from senco.clusters.rules import day_in_year
from senco.dates import AcademicYear
from senco.findings import Finding
from senco.schools.questions import successors

if TYPE_CHECKING:
    from datetime import date

    from senco.store.doors import Ask

_TWICE = """
SELECT c.year, c.reference, m.urn, theirs.reference
  FROM membership AS m
  JOIN cluster AS c ON c.cluster_id = m.cluster_id
  JOIN membership AS other ON other.urn = m.urn AND other.membership_id > m.membership_id
  JOIN cluster AS theirs ON theirs.cluster_id = other.cluster_id AND theirs.year = c.year AND theirs.model = c.model
 WHERE m.joined < COALESCE(other.left_on, '9999') AND other.joined < COALESCE(m.left_on, '9999')
 ORDER BY c.year, c.reference, m.urn
"""
_TWO_LEADS = """
SELECT c.year, c.reference
  FROM appointment AS a
  JOIN cluster AS c ON c.cluster_id = a.cluster_id
  JOIN appointment AS other
    ON other.cluster_id = a.cluster_id AND other.role = a.role AND other.appointment_id > a.appointment_id
 WHERE a.role = 'lead' AND a.starts < COALESCE(other.ends, '9999') AND other.starts < COALESCE(a.ends, '9999')
 GROUP BY c.year, c.reference
 ORDER BY c.year, c.reference
"""
_SPANS = """
SELECT c.year, c.reference, 'membership', m.joined, m.left_on
  FROM membership AS m JOIN cluster AS c ON c.cluster_id = m.cluster_id
UNION
SELECT c.year, c.reference, 'appointment', a.starts, a.ends
  FROM appointment AS a JOIN cluster AS c ON c.cluster_id = a.cluster_id
 ORDER BY 1, 2, 3, 4
"""
_CLOSED = """
SELECT s.urn, s.name, s.close_date
  FROM school AS s
 WHERE s.urn = :urn AND s.status = 'Closed' AND COALESCE(s.close_date, '') <= :day
"""


def findings(ask: Ask, day: date) -> list[Finding]:
    """Check the clusters of every year; schools and leads for the year of the day."""
    found = [
        Finding(
            "cluster.two-at-once",
            f"{year} {reference}",
            f"The school {urn} was in {reference} and in {other} at the same time.",
            "Import the table again; it says where the school belongs.",
        )
        for year, reference, urn, other in ask.all(lambda *row: row, _TWICE)
    ]
    found += [
        Finding("cluster.two-leads-at-once", f"{year} {reference}", "Two leads were in office at the same time.", "")
        for year, reference in ask.all(lambda *row: row, _TWO_LEADS)
    ]
    for year, reference, what, starts, ends in ask.all(lambda *row: row, _SPANS):
        of = AcademicYear.parse(year)
        if starts < of.first.isoformat() or max(starts, ends or starts) > of.next.first.isoformat():
            found.append(
                Finding("cluster.outside-year", f"{year} {reference}", f"A {what} reaches beyond the year.", "")
            )
    return found + _of_the_year(ask, day)


def _of_the_year(ask: Ask, day: date) -> list[Finding]:
    year = str(AcademicYear.of(day))
    found = []
    for line in questions.clusters(ask, year, day):
        where = f"{year} {line.reference}"
        if not line.lead:
            found.append(Finding("cluster.no-lead", where, f"{line.reference} has no lead.", "`senco clusters lead`"))
        if not line.schools:
            found.append(
                Finding("cluster.empty", where, f"{line.reference} has no schools.", "`senco clusters import`")
            )
    for member in questions.all_members(ask, year, day_in_year(day, year)):
        closed = ask.one(lambda *row: row, _CLOSED, {"urn": member.urn, "day": day.isoformat()})
        if closed is not None and not successors(ask, member.urn, day):
            found.append(
                Finding(
                    "cluster.school-closed",
                    f"{year} {member.cluster}",
                    f"{member.name} ({member.urn}) is closed, and the register names no school in its place.",
                    "Import the clusters again without it, or import the register's links.",
                )
            )
    return found
