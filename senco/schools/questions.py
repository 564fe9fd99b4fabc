"""What the register says: schools, their other names, what follows them, and the clusters they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.privacy import fold
from senco.schools import rules
from senco.schools.kinds import (
    AliasLine,
    LinkLine,
    SchoolLine,
)

if TYPE_CHECKING:
    from datetime import date

    from senco.schools.penalties import RegisterSchool
    from senco.schools.whole import SchoolClusterLine, SchoolRecord, SchoolWhole, SuccessorLine
    from senco.store.doors import Ask

MOST_CANDIDATES = 5

DFE_NUMBER = """CASE WHEN school.establishment_number IS NULL THEN ''
            ELSE CAST(school.la_code * 10000 + school.establishment_number AS TEXT) END"""
LINE = f"""school.urn, {DFE_NUMBER}, school.name, school.phase, school.type, school.status, school.trust,
       school.federation, school.low_age, school.high_age, school.pupils, school.postcode, school.la_code"""

_SCHOOL = f"SELECT {LINE} FROM school WHERE urn = :urn"  # noqa: S608 - constants of this module
_RECORD = f"""
SELECT urn, {DFE_NUMBER}, name, la_code, la_name, type, type_group, status, phase, low_age, high_age, gender, pupils,
       fsm_tenths, trust, federation, town, postcode, easting, northing, open_date, close_date, resourced_provision,
       resourced_on_roll, sen_unit_on_roll
  FROM school WHERE urn = :urn
"""  # noqa: S608 - the same
_LIST = f"""
SELECT {LINE} FROM school
 WHERE (:la_code IS NULL OR la_code = :la_code)
   AND (:status IS NULL OR status = :status)
   AND (:all = 1 OR :status IS NOT NULL OR status NOT IN ('Closed', 'Proposed to open'))
   AND (:phase IS NULL OR phase = :phase)
   AND (:text = '' OR folded_name LIKE :like ESCAPE '\\')
   AND (:cluster IS NULL OR urn IN (
        SELECT urn FROM v_school_cluster
         WHERE cluster = :cluster AND year = :year AND joined <= :day AND (left_on IS NULL OR left_on > :day)))
 ORDER BY folded_name, urn
"""  # noqa: S608 - the same
_NAMED = f"""
SELECT {LINE} FROM school
 WHERE folded_name = :folded AND (:la_code IS NULL OR la_code = :la_code)
 ORDER BY urn
"""  # noqa: S608 - the same
_NUMBERED = f"""
SELECT {LINE} FROM school
 WHERE la_code = :la_code AND establishment_number = :number
 ORDER BY urn
"""  # noqa: S608 - the same
_ALIASES = """
SELECT school_alias.alias, school_alias.urn, school.name, school_alias.la_code, school_alias.decided_by,
       school_alias.source, school_alias.made_at, school_alias.ended_at
  FROM school_alias
  JOIN school ON school.urn = school_alias.urn
"""
_ALIAS = f"""{_ALIASES}
 WHERE school_alias.folded = :folded AND school_alias.la_code = :la_code AND school_alias.ended_at IS NULL
"""
_ALIASES_OF_SCHOOL = f"""{_ALIASES}
 WHERE school_alias.urn = :urn
 ORDER BY school_alias.ended_at IS NOT NULL, school_alias.folded, school_alias.alias_id
"""
_ALIASES_OF_LA = f"""{_ALIASES}
 WHERE school_alias.la_code = :la_code AND school_alias.ended_at IS NULL
 ORDER BY school_alias.folded
"""
_LINKS = """
SELECT urn, link_urn, link_type, link_name, established FROM school_link
 WHERE urn = :urn OR link_urn = :urn
 ORDER BY established, link_type, urn, link_urn
"""
_ALL_LINKS = """
SELECT school_link.urn, link_urn, link_type, link_name, established, COALESCE(school.name, '')
  FROM school_link
  LEFT JOIN school ON school.urn = school_link.urn
 ORDER BY school_link.urn, link_urn, link_type
"""
_LIVING = "SELECT urn, alias FROM school_alias WHERE ended_at IS NULL ORDER BY urn, alias_id"
_NAMED_BEFORE = "SELECT link_urn, link_name FROM school_link WHERE link_name <> '' AND link_type LIKE 'Predecessor%'"
_FOR_EVER = "9999-12-31"
_CLUSTERS = """
SELECT urn, year, model, cluster, joined, left_on FROM v_school_cluster
 WHERE urn = :urn
 ORDER BY year DESC, model, cluster, joined
"""


def school(ask: Ask, urn: int) -> SchoolLine | None:
    """Give a school by its URN, or None."""
    return ask.one(SchoolLine, _SCHOOL, {"urn": urn})


def record(ask: Ask, urn: int) -> SchoolRecord | None:
    """Give all that the register says of a school, or None."""
    from senco.schools.whole import SchoolRecord

    return ask.one(SchoolRecord, _RECORD, {"urn": urn})


def whole(ask: Ask, urn: int, day: date) -> SchoolWhole:
    """Give all that the store knows of a school that it holds, with what stands in its place on a day."""
    from senco.schools.whole import SchoolWhole

    held = record(ask, urn)
    assert held is not None  # noqa: S101 - the caller found it in the same transaction
    return SchoolWhole(
        held,
        tuple(aliases(ask, urn)),
        tuple(links(ask, urn)),
        tuple(successors(ask, urn, day)),
        tuple(clusters_of(ask, urn)),
    )


def phases(ask: Ask) -> list[str]:
    """Give the phases that schools of the register have."""
    return ask.values("SELECT DISTINCT phase FROM school WHERE phase <> '' ORDER BY phase")


def statuses(ask: Ask) -> list[str]:
    """Give the statuses that schools of the register have."""
    return ask.values("SELECT DISTINCT status FROM school WHERE status <> '' ORDER BY status")


def la_codes(ask: Ask) -> list[int]:
    """Give the codes of the LAs whose schools are held."""
    return ask.values("SELECT DISTINCT la_code FROM school ORDER BY la_code")


def counted(ask: Ask, la_code: int) -> int:
    """Count the schools of an LA."""
    return int(ask.value("SELECT COUNT(*) FROM school WHERE la_code = :la_code", {"la_code": la_code}))


def clusters_with_schools(ask: Ask, year: str) -> list[str]:
    """Give the references of the clusters that have or had a school in a year."""
    return ask.values(
        "SELECT DISTINCT cluster FROM v_school_cluster WHERE year = :year ORDER BY cluster", {"year": year}
    )


def schools(
    ask: Ask,
    *,
    la_code: int | None = None,
    phase: str | None = None,
    status: str | None = None,
    trust: str = "",
    text: str = "",
    cluster: str | None = None,
    year: str = "",
    day: date | None = None,
    closed_too: bool = False,
) -> list[SchoolLine]:
    """List schools by name: the open ones unless a status is asked for or ``closed_too``.

    ``phase`` and ``status`` are the register's own words, ``trust`` and ``text`` parts of the name of the trust and of
    the school, ``cluster`` a reference with the ``year`` and the ``day`` it is asked for.
    """
    escaped = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    lines = ask.all(
        SchoolLine,
        _LIST,
        {
            "la_code": la_code,
            "status": status,
            "all": int(closed_too),
            "phase": phase,
            "text": escaped,
            "like": f"%{escaped}%",
            "cluster": cluster,
            "year": year,
            "day": day.isoformat() if day else "",
        },
    )
    return [line for line in lines if fold(trust) in fold(line.trust)] if trust else lines


def named(ask: Ask, name: str, la_code: int | None = None) -> list[SchoolLine]:
    """Give the schools of just this name, in one LA or in all."""
    return ask.all(SchoolLine, _NAMED, {"folded": fold(name), "la_code": la_code})


def with_dfe_number(ask: Ask, la_code: int, establishment_number: int) -> list[SchoolLine]:
    """Give the schools that bear a DfE number: an academy may have taken it over from the school before it."""
    return ask.all(SchoolLine, _NUMBERED, {"la_code": la_code, "number": establishment_number})


def with_alias(ask: Ask, alias: str, la_code: int) -> AliasLine | None:
    """Give the nickname as it holds in an LA, or None."""
    return ask.one(AliasLine, _ALIAS, {"folded": fold(alias), "la_code": la_code})


def aliases(ask: Ask, urn: int) -> list[AliasLine]:
    """Give the nicknames of a school, those that hold first, then those that ended."""
    return ask.all(AliasLine, _ALIASES_OF_SCHOOL, {"urn": urn})


def aliases_of(ask: Ask, la_code: int) -> list[AliasLine]:
    """Give the nicknames that hold in an LA."""
    return ask.all(AliasLine, _ALIASES_OF_LA, {"la_code": la_code})


def links(ask: Ask, urn: int) -> list[LinkLine]:
    """Give the register's links from and to a school, oldest first."""
    return ask.all(LinkLine, _LINKS, {"urn": urn})


def clusters_of(ask: Ask, urn: int) -> list[SchoolClusterLine]:
    """Give the clusters that a school is or was in, newest year first."""
    from senco.schools.whole import SchoolClusterLine

    return ask.all(SchoolClusterLine, _CLUSTERS, {"urn": urn})


def successor_links(ask: Ask) -> dict[int, list[LinkLine]]:
    """Give every link to a successor by the school it starts from; a link to a predecessor is read the other way round.

    The register names most successions from both ends, and some from one end only.
    """
    forward: dict[int, dict[int, LinkLine]] = {}
    backward: list[LinkLine] = []
    for link, own_name in ask.all(lambda *row: (LinkLine(*row[:5]), row[5]), _ALL_LINKS):
        if rules.is_successor(link.link_type):
            forward.setdefault(link.urn, {})[link.link_urn] = link
        elif rules.is_predecessor(link.link_type):
            backward.append(rules.turned(link, own_name))
    for link in backward:
        forward.setdefault(link.urn, {}).setdefault(link.link_urn, link)
    return {urn: list(by_successor.values()) for urn, by_successor in forward.items()}


def successors(ask: Ask, urn: int, day: date) -> list[SuccessorLine]:
    """Give the schools that stand in a school's place on a day, its chain of successors followed to the end."""
    return described(ask, rules.followers(successor_links(ask), urn, day.isoformat()))


def described(ask: Ask, ends: list[LinkLine]) -> list[SuccessorLine]:
    """Give links to successors with what the register says of those successors."""
    from senco.schools.whole import SuccessorLine

    lines = []
    for link in ends:
        held = school(ask, link.link_urn)
        name, status = (held.name, held.status) if held else (link.link_name, "")
        lines.append(SuccessorLine(link.link_urn, name, link.link_type, link.established, status))
    return lines


def register_for_matching(ask: Ask) -> list[RegisterSchool]:
    """Give the whole register, closed schools too, each with its former names and the nicknames that hold for it.

    A closed school's nicknames pass on to the school that stands in its place.
    """
    from senco.schools.penalties import RegisterSchool

    others: dict[int, dict[str, None]] = {}
    follows = successor_links(ask)
    schools_held = dict(ask.all(lambda urn, *facts: (urn, facts), "SELECT urn, name, status FROM school ORDER BY urn"))
    for urn, alias in ask.all(lambda *row: row, _LIVING):
        others.setdefault(urn, {})[alias] = None
        if not rules.is_open(schools_held[urn][1]):
            for link in rules.followers(follows, urn, _FOR_EVER):
                if not rules.is_split(link.link_type):
                    others.setdefault(link.link_urn, {})[alias] = None
    former = dict(ask.all(lambda *row: row, _NAMED_BEFORE))
    former |= {urn: name for urn, (name, _) in schools_held.items()}
    for link in (link for links_from in follows.values() for link in links_from):
        name, now = former.get(link.urn), schools_held.get(link.link_urn)
        if name and now and name != now[0] and not rules.is_split(link.link_type):
            others.setdefault(link.link_urn, {})[name] = None

    def line(  # noqa: PLR0917 - the columns of a row
        urn: int,
        name: str,
        phase: str,
        type_: str,
        la_code: int,
        status: str,
        low_age: int | None,
        high_age: int | None,
        town: str,
        trust: str,
    ) -> RegisterSchool:
        known_as = tuple(others.get(urn, ()))
        return RegisterSchool(urn, name, phase, type_, la_code, status, low_age, high_age, town, trust, known_as)

    return ask.all(
        line,
        "SELECT urn, name, phase, type, la_code, status, low_age, high_age, town, trust FROM school ORDER BY urn",
    )


def find_school(ask: Ask, word: str, *, la_code: int) -> SchoolLine:
    """Find the school that a person means: by URN, DfE number, name, nickname, or the beginnings of its first words.

    Numbers and whole names are looked for in every LA, the rest in the one given. Of several an open one is meant when
    there is just one. Raises NotFound ``school.unknown`` or ``school.ambiguous``; the hint offers candidates.
    """
    urn = rules.urn_in(word)
    if urn is not None:
        return school(ask, urn) or _unknown(ask, word, la_code)
    number = rules.dfe_number_in(word)
    if number is not None:
        return _only(word, with_dfe_number(ask, *number)) or _unknown(ask, word, la_code)
    here = _only(word, named(ask, word, la_code))
    if here:
        return here
    alias = with_alias(ask, word, la_code)
    if alias:
        return school(ask, alias.urn) or _unknown(ask, word, la_code)
    typed = rules.words_of(word)
    begun = [
        line
        for line in schools(ask, la_code=la_code, closed_too=True)
        if rules.begins_name(typed, rules.words_of(line.name))
    ]
    return _only(word, begun) or _only(word, named(ask, word)) or _unknown(ask, word, la_code)


def _only(word: str, lines: list[SchoolLine]) -> SchoolLine | None:
    """Give the one school of several that can be meant, None when there is none at all."""
    open_ones = [line for line in lines if rules.is_open(line.status)]
    candidates = open_ones or lines
    if len(candidates) > 1:
        listed = ", ".join(f"{line.urn} {line.name}" for line in candidates[:MOST_CANDIDATES])
        more = f" and {len(candidates) - MOST_CANDIDATES} more" if len(candidates) > MOST_CANDIDATES else ""
        raise NotFound(
            "school.ambiguous", f"'{word}' can mean {len(candidates)} schools.", f"Say which: {listed}{more}."
        )
    return candidates[0] if candidates else None


def _unknown(ask: Ask, word: str, la_code: int) -> NoReturn:
    known = [line.name for line in schools(ask, la_code=la_code, closed_too=True)]
    known += [line.alias for line in aliases_of(ask, la_code)]
    hint = did_you_mean(word, known) or "`senco schools list` names the schools."
    if not known:
        hint = f"The register holds no school of LA {la_code} yet: `senco schools import FILE` reads it in."
    raise NotFound("school.unknown", f"There is no school '{word}' in the register.", hint)
