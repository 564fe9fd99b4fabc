"""What the store knows of clusters, their schools and their leads.

Clusters are of a year: a day outside it (a look back at a finished year, or ahead) is taken as the year's nearest day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.kinds import AppointmentLine, ClusterLine, MemberLine, Standing
from senco.clusters.rules import begins, cluster_word, day_in_year
from senco.dates import AcademicYear
from senco.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from senco.store.doors import Ask

_CLUSTERS = """
SELECT c.reference, c.year, c.model, c.name,
       COALESCE(MAX(a.person), ''), MAX(a.host_urn), COALESCE(MAX(m.schools), 0), COALESCE(MAX(m.pupils), 0)
  FROM cluster AS c
  LEFT JOIN appointment AS a
    ON a.cluster_id = c.cluster_id AND a.role = 'lead' AND a.starts <= :day AND (a.ends IS NULL OR a.ends > :day)
  LEFT JOIN (
        SELECT membership.cluster_id AS cluster_id, COUNT(*) AS schools, COALESCE(SUM(school.pupils), 0) AS pupils
          FROM membership
          JOIN school ON school.urn = membership.urn
         WHERE membership.joined <= :day AND (membership.left_on IS NULL OR membership.left_on > :day)
         GROUP BY membership.cluster_id
       ) AS m ON m.cluster_id = c.cluster_id
 WHERE c.year = :year
 GROUP BY c.cluster_id, c.reference, c.year, c.model, c.name
"""

_MEMBERS = """
SELECT c.reference, s.urn, s.name, m.nickname, s.phase, s.trust, s.pupils, m.joined, m.left_on
  FROM membership AS m
  JOIN cluster AS c ON c.cluster_id = m.cluster_id
  JOIN school AS s ON s.urn = m.urn
 WHERE c.year = :year AND m.joined <= :day AND (m.left_on IS NULL OR m.left_on > :day)
"""

# A school that took the place of another within the year (a new URN) is in the cluster of the one before it.
_CLUSTER_OF = """
SELECT c.reference
  FROM cluster AS c
  JOIN membership AS m ON m.cluster_id = c.cluster_id
 WHERE c.year = :year AND c.model = :model AND m.left_on IS NULL
   AND (m.urn = :urn
        OR m.urn IN (SELECT urn FROM school_link WHERE link_urn = :urn AND link_type LIKE 'Successor%')
        OR m.urn IN (SELECT link_urn FROM school_link WHERE urn = :urn AND link_type LIKE 'Predecessor%'))
 ORDER BY CASE WHEN m.urn = :urn THEN 0 ELSE 1 END, c.reference
"""

_IN_YEAR = """
SELECT COUNT(*)
  FROM cluster AS c
  JOIN membership AS m ON m.cluster_id = c.cluster_id
 WHERE c.year = :year AND c.reference = :reference
   AND (m.urn = :urn
        OR m.urn IN (SELECT urn FROM school_link WHERE link_urn = :urn AND link_type LIKE 'Successor%')
        OR m.urn IN (SELECT link_urn FROM school_link WHERE urn = :urn AND link_type LIKE 'Predecessor%'))
"""

_APPOINTMENTS = """
SELECT c.reference, c.year, a.role, a.person, a.host_urn, COALESCE(s.name, ''), a.appointed_by, a.starts, a.ends
  FROM appointment AS a
  JOIN cluster AS c ON c.cluster_id = a.cluster_id
  LEFT JOIN school AS s ON s.urn = a.host_urn
 WHERE c.year = :year AND c.reference = :reference AND (a.ends IS NULL OR a.ends > a.starts)
 ORDER BY a.role DESC, a.starts, a.appointment_id
"""

_LATEST = """
SELECT MAX(changed.day) FROM (
    SELECT joined AS day, cluster_id FROM membership
    UNION ALL SELECT left_on, cluster_id FROM membership
    UNION ALL SELECT starts, cluster_id FROM appointment
    UNION ALL SELECT ends, cluster_id FROM appointment
) AS changed
  JOIN cluster AS c ON c.cluster_id = changed.cluster_id
 WHERE c.year = :year AND c.model = :model
"""

_FORMER_LEADS = """
SELECT c.reference, a.person
  FROM appointment AS a
  JOIN cluster AS c ON c.cluster_id = a.cluster_id
 WHERE c.year = :year AND c.model = :model AND a.role = 'lead' AND a.ends <= :day AND a.ends > a.starts
 GROUP BY c.reference, a.person
 ORDER BY c.reference, a.person
"""


def years(ask: Ask) -> list[str]:
    """Give the years that have clusters, the newest last."""
    return [str(year) for year in ask.values("SELECT DISTINCT year FROM cluster ORDER BY year")]


def year_meant(ask: Ask, year: str | None, today: date) -> str:
    """Give the year a command is about: the one named; else that of the day; else the newest one with clusters."""
    current = str(AcademicYear.of(today))
    held = years(ask)
    return year or (current if current in held or not held else held[-1])


def clusters(ask: Ask, year: str, day: date) -> list[ClusterLine]:
    """Give the clusters of a year as they are on a day, in the order of their references."""
    told = {"year": year, "day": day_in_year(day, year).isoformat()}
    return sorted(ask.all(ClusterLine, _CLUSTERS, told), key=lambda line: cluster_word(line.reference))


def cluster_named(ask: Ask, word: str, year: str, day: date | None = None) -> ClusterLine:
    """Give the cluster of a year that a person named, by its reference or name or what only one begins with.

    It is as on the day, the year's last where none is given. Raises NotFound ``cluster.unknown`` with the nearest
    references, or ``cluster.ambiguous`` with those that begin so.
    """
    lines = clusters(ask, year, day or AcademicYear.parse(year).last)
    wanted = cluster_word(word)
    for line in lines:
        if wanted in {cluster_word(line.reference), cluster_word(line.name)}:
            return line
    begun = [line for line in lines if begins(word, line.reference) or begins(word, line.name)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        several = ", ".join(line.reference for line in begun)
        raise NotFound(
            "cluster.ambiguous", f"'{word}' can mean {len(begun)} clusters of {year}.", f"Say which: {several}."
        )
    raise NotFound("cluster.unknown", f"There is no cluster '{word}' in {year}.", _nearest(ask, word, lines, year))


def _nearest(ask: Ask, word: str, lines: list[ClusterLine], year: str) -> str:
    from senco.nearest import did_you_mean

    if not lines:
        held = [each for each in years(ask) if each != year]
        known = f"Clusters are known for {', '.join(held)}: name one with --year." if held else "None is known yet."
        return f"{known} `senco clusters import` takes the clusters of a year in."
    return did_you_mean(word, [line.reference for line in lines]) or (
        f"{year} has: {', '.join(line.reference for line in lines)}."
    )


def members(ask: Ask, reference: str, year: str, day: date) -> list[MemberLine]:
    """Give the schools that are in a cluster on a day, by phase and name: secondary schools first."""
    return [line for line in _all_members(ask, year, day) if line.cluster == reference]


def _all_members(ask: Ask, year: str, day: date) -> list[MemberLine]:
    told = {"year": year, "day": day_in_year(day, year).isoformat()}
    found = ask.all(MemberLine, _MEMBERS, told)
    return sorted(found, key=lambda line: (line.phase != "Secondary", line.name.casefold(), line.urn))


def all_members(ask: Ask, year: str, day: date) -> list[MemberLine]:
    """Give every membership of a year on a day, cluster by cluster; the lines may be of several models."""
    return sorted(_all_members(ask, year, day), key=lambda line: cluster_word(line.cluster))


def cluster_of(ask: Ask, urn: int, year: str, model: str) -> ClusterLine | None:
    """Give the cluster that a school is in, in a model of a year, or None.

    A school that took another's place within the year counts as the one before it.
    """
    reference = ask.value(_CLUSTER_OF, {"urn": urn, "year": year, "model": model})
    return None if reference is None else cluster_named(ask, str(reference), year)


def member_of_year(ask: Ask, urn: int, reference: str, year: str) -> bool:
    """Say whether a school, or the one whose place it took, was in a cluster at any time of a year."""
    return bool(ask.value(_IN_YEAR, {"urn": urn, "reference": reference, "year": year}))


def appointments(ask: Ask, reference: str, year: str) -> list[AppointmentLine]:
    """Give everyone appointed to a cluster in a year, leads first, in the order of their time.

    An appointment that another took the place of on its first day never held, and is not given.
    """
    return ask.all(AppointmentLine, _APPOINTMENTS, {"year": year, "reference": reference})


def in_office(ask: Ask, reference: str, year: str, role: str) -> AppointmentLine | None:
    """Give the appointment to a cluster that holds without an end, in a role, or None."""
    lines = appointments(ask, reference, year)
    return next((line for line in lines if line.role == role and line.ends is None), None)


def standing(ask: Ask, year: str, model: str, day: date) -> Standing:
    """Give what the store holds of a year's clusters in one model on a day."""
    lines = clusters(ask, year, day)
    ours = tuple(line for line in lines if line.model == model)
    names = {line.reference for line in ours}
    inside = tuple(line for line in all_members(ask, year, day) if line.cluster in names)
    latest = ask.value(_LATEST, {"year": year, "model": model})
    former = tuple(ask.all(lambda *row: row, _FORMER_LEADS, {"year": year, "model": model, "day": day.isoformat()}))
    return Standing(ours, inside, tuple((line.reference, line.model) for line in lines), latest, former)


def host_names(ask: Ask, lines: Iterable[ClusterLine]) -> dict[int, str]:
    """Give the names of the clusters' host schools by their URN."""
    urns = {line.host_urn for line in lines if line.host_urn is not None}
    return {urn: str(ask.value("SELECT name FROM school WHERE urn = :urn", {"urn": urn})) for urn in sorted(urns)}
