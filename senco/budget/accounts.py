"""Finding the account that a person means: the year it is of, the cluster, the fund, the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import naming
from senco.budget.kinds import Service
from senco.budget.naming import fund_named, fund_names, words_of
from senco.dates import AcademicYear
from senco.errors import NotFound
from senco.nearest import did_you_mean

if TYPE_CHECKING:
    from datetime import date

    from senco.budget.kinds import AccountName
    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask

__all__ = ["account_meant", "cluster_meant", "host_of", "school_meant", "year_meant"]

_HINT = "Accounts are named hnb, CP1:training, borough:conference, school:NAME, supplier; with another year @2021/22."


def account_meant(ask: Ask, word: str, *, year: str, day: date) -> AccountName:
    """Give the account that a word stands for, in the year it names or else in the one given.

    Raises NotFound ``account.unknown`` or ``fund.unknown`` with the nearest, and what the finding of a cluster or a
    school raises.
    """
    words, told = words_of(word)
    if told:
        year = str(AcademicYear.parse(told))
    match [each.casefold() for each in words]:
        case [naming.HNB]:
            return naming.hnb(year)
        case [name] if naming.is_outside(name):
            return naming.outside(name, year)
        case ["school", _]:
            return naming.school(school_meant(ask, word.partition("@")[0].partition(":")[2], day).urn, year)
        case [_, fund, *_] if fund in set(Service):
            raise NotFound(
                "account.is-time",
                f"'{words[1]}' is time, not money.",
                f"`senco budget time list` shows it, `senco budget time statement {words[0]} {fund}` its entries.",
            )
        case [owner, fund]:
            found = fund_named(fund)
            if found is None:
                raise NotFound(
                    "fund.unknown",
                    f"There is no fund '{words[1]}'.",
                    did_you_mean(fund, fund_names()) or f"The funds are {', '.join(fund_names())}.",
                )
            cluster = "" if owner == naming.BOROUGH else cluster_meant(ask, words[0], year)
            return naming.of_cluster(cluster, found, year)
    from senco.clusters.questions import clusters

    known = [naming.HNB, *(line.reference for line in clusters(ask, year, day))]
    nearest = did_you_mean(word, known)
    raise NotFound("account.unknown", f"There is no account '{word}'.", f"{nearest} {_HINT}" if nearest else _HINT)


def school_meant(ask: Ask, word: str, day: date) -> SchoolLine:
    """Give the school that a word stands for; raises what `find_school` raises."""
    from senco.schools.questions import find_school
    from senco.settings.questions import number_on

    return find_school(ask, word, la_code=number_on(ask, "la.code", day))


def year_meant(ask: Ask, year: str | None, today: date) -> str:
    """Give the year a command is about: the one named; else that of the day; else the newest one with clusters."""
    if year:
        return year
    current = str(AcademicYear.of(today))
    held = ask.values("SELECT DISTINCT year FROM cluster ORDER BY year")
    return current if current in held or not held else str(held[-1])


def cluster_meant(ask: Ask, word: str, year: str) -> str:
    """Give the reference of the cluster that a word stands for; raises what `cluster_named` raises."""
    typed = {"year": year, "reference": word.strip().upper()}
    found = ask.value("SELECT reference FROM cluster WHERE year = :year AND reference = :reference", typed)
    if found is not None:
        return str(found)
    # Rarer ways to write it, and what to say when there is none; a page of a statement need not load them.
    from senco.clusters.questions import cluster_named

    return cluster_named(ask, word, year).reference


def host_of(ask: Ask, cluster: str, year: str, day: date) -> int:
    """Give the host school of a cluster's lead on a day; raises NotFound ``host.unknown`` when none is known."""
    from senco.clusters.questions import cluster_named

    line = cluster_named(ask, cluster, year, day)
    if line.host_urn is None:
        raise NotFound(
            "host.unknown",
            f"The host school of {line.reference} is not known.",
            f"Name the school itself with --to, or give {line.reference} its lead and host school first.",
        )
    return line.host_urn
