"""The checks over the stored register: closed schools that clusters and nicknames still hold on to, numbers twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.findings import Finding
from senco.schools import questions, rules

if TYPE_CHECKING:
    from datetime import date

    from senco.schools.whole import SuccessorLine
    from senco.store.doors import Ask

# A school without a date of closing is closed on every day.
_CLOSED_MEMBERS = """
SELECT v_school_cluster.urn, school.name, v_school_cluster.year, v_school_cluster.model, v_school_cluster.cluster
  FROM v_school_cluster
  JOIN school ON school.urn = v_school_cluster.urn
 WHERE school.status = 'Closed'
   AND (school.close_date IS NULL OR school.close_date <= :day)
   AND v_school_cluster.joined <= :day
   AND (v_school_cluster.left_on IS NULL OR v_school_cluster.left_on > :day)
   AND v_school_cluster.year = :year
 ORDER BY v_school_cluster.cluster, school.folded_name, v_school_cluster.urn
"""
_IN_A_CLUSTER = """
SELECT COUNT(*) FROM v_school_cluster
 WHERE urn = :urn AND year = :year AND model = :model AND (left_on IS NULL OR left_on > :day)
"""
_CLOSED_ALIASES = """
SELECT school_alias.alias, school.urn, school.name
  FROM school_alias
  JOIN school ON school.urn = school_alias.urn
 WHERE school_alias.ended_at IS NULL
   AND school.status = 'Closed'
   AND (school.close_date IS NULL OR school.close_date <= :day)
 ORDER BY school_alias.folded, school.urn
"""
_TWICE = """
SELECT la_code, establishment_number, MIN(urn), MAX(urn), COUNT(*)
  FROM school
 WHERE establishment_number IS NOT NULL AND status NOT IN ('Closed', 'Proposed to open')
 GROUP BY la_code, establishment_number
HAVING COUNT(*) > 1
 ORDER BY la_code, establishment_number
"""


def findings(ask: Ask, day: date) -> list[Finding]:
    """Run the checks for a day, the clusters' year being the one it lies in."""
    return [*_closed_in_cluster(ask, day), *_alias_of_closed(ask, day), *_dfe_number_twice(ask)]


def _closed_in_cluster(ask: Ask, day: date) -> list[Finding]:
    from senco.dates import AcademicYear

    found = []
    now = {"day": day.isoformat(), "year": str(AcademicYear.of(day))}
    for urn, name, year, model, cluster in ask.all(lambda *row: row, _CLOSED_MEMBERS, now):
        after = _open_successors(ask, urn, day)
        where = f"{cluster} {year}"
        found.append(
            Finding(
                "schools.closed-in-cluster",
                where,
                f"{name} ({urn}) is closed and still in the cluster.",
                "Take it out of the cluster; it stays on record as a former member.",
            )
        )
        found += [
            Finding(
                "schools.successor-unfollowed",
                where,
                f"{each.name} ({each.urn}) follows {name} ({urn}) and is in no {model} cluster.",
                f"Put {each.urn} into {cluster}, or into another cluster.",
            )
            for each in after
            if not ask.value(_IN_A_CLUSTER, {**now, "urn": each.urn, "model": model})
        ]
    return found


def _alias_of_closed(ask: Ask, day: date) -> list[Finding]:
    found = []
    for alias, urn, name in ask.all(lambda *row: row, _CLOSED_ALIASES, {"day": day.isoformat()}):
        after = _open_successors(ask, urn, day)
        do = f'senco schools alias {urn} "{alias}" --end'
        if len(after) == 1:
            do = f'senco schools alias {after[0].urn} "{alias}"'
        found.append(
            Finding("schools.alias-of-closed", f"'{alias}'", f"It means {name} ({urn}), which is closed.", f"Run {do}.")
        )
    return found


def _dfe_number_twice(ask: Ask) -> list[Finding]:
    return [
        Finding(
            "schools.dfe-number-twice",
            f"{la_code}/{number}",
            f"{count} open schools bear this DfE number, {first} and {last} among them.",
            "Import the newest register; if it says the same, tell GIAS.",
        )
        for la_code, number, first, last, count in ask.all(lambda *row: row, _TWICE)
    ]


def _open_successors(ask: Ask, urn: int, day: date) -> list[SuccessorLine]:
    return [each for each in questions.successors(ask, urn, day) if each.status and rules.is_open(each.status)]
