"""How accounts are named and their names read: ``hnb``, ``cluster:CP1:training``, ``school:102975``, ``…@2020/21``."""

from __future__ import annotations

import re

from senco.budget.kinds import (
    AccountKind,
    AccountName,
    Fund,
    Role,
    Service,
    Unit,
)
from senco.errors import WrongUse

GRANT = "grant"
HNB = "hnb"
SUPPLIER = "supplier"
BOROUGH = "borough"
BOOKED = "booked"
USES = ("contact", "admin")
_OUTSIDE = (GRANT, SUPPLIER)
_SPOKEN = {
    "envelope": Fund.EXCEPTIONAL,
    "exceptional-needs": Fund.EXCEPTIONAL,
    "contingency": Fund.TRANSITION,
    "family-senco": Fund.FAMILY,
    "lead": Fund.LEAD_SALARY,
    "salary": Fund.LEAD_SALARY,
    "on-costs": Fund.LEAD_ON_COSTS,
    "setup": Fund.SET_UP,
}


def words_of(text: str) -> tuple[list[str], str]:
    """Cut what a person typed into the words of an account and its year, "" when none is named.

    >>> words_of("CP1:training"), words_of("cluster:CP1:lead salary@2020/21")
    ((['CP1', 'training'], ''), (['CP1', 'lead-salary'], '2020/21'))
    """
    name, _, year = text.strip().partition("@")
    words = [re.sub(r"\s+", "-", word.strip()) for word in name.split(":")]
    return (words[1:] if len(words) > 1 and words[0].casefold() == "cluster" else words), year.strip()


def fund_named(word: str) -> Fund | None:
    """Give the fund a word stands for, by its own name or the one people use.

    >>> fund_named("Training"), fund_named("contingency"), fund_named("sweets")
    (<Fund.TRAINING: 'training'>, <Fund.TRANSITION: 'transition'>, None)
    """
    told = re.sub(r"[\s_]+", "-", word.strip().casefold())
    return Fund(told) if told in {each.value for each in Fund} else _SPOKEN.get(told)


def fund_names() -> list[str]:
    """Give every word that stands for a fund."""
    return [*(each.value for each in Fund), *_SPOKEN]


def hnb(year: str) -> AccountName:
    """The High Needs Block, at the top."""
    return AccountName(HNB, year, Unit.PENCE, AccountKind.FUND, fund=HNB)


def outside(name: str, year: str) -> AccountName:
    """The grant that money comes from, or the suppliers it goes to."""
    return AccountName(name, year, Unit.PENCE, AccountKind.OUTSIDE)


def is_outside(word: str) -> bool:
    """Say whether a word names the grant or the suppliers."""
    return word.casefold() in _OUTSIDE


def school(urn: int, year: str) -> AccountName:
    """A school's side of the money: what it got, and with a minus what it paid in."""
    return AccountName(f"school:{urn}", year, Unit.PENCE, AccountKind.OUTSIDE, urn=urn)


def of_cluster(cluster: str, fund: Fund, year: str) -> AccountName:
    """A cluster's fund, or with no cluster one of the borough's own.

    >>> str(of_cluster("CP1", Fund.TRAINING, "2020/21")), str(of_cluster("", Fund.CONFERENCE, "2020/21"))
    ('CP1:training@2020/21', 'borough:conference@2020/21')
    """
    name = f"cluster:{cluster}:{fund.value}" if cluster else f"{BOROUGH}:{fund.value}"
    return AccountName(name, year, Unit.PENCE, AccountKind.FUND, cluster, fund.value)


def service(of: Service, year: str) -> AccountName:
    """A service whose time is shared out."""
    return AccountName(f"service:{of.value}", year, Unit.MINUTES, AccountKind.OUTSIDE, fund=of.value)


def time_of(cluster: str, of: Service, year: str, state: str = "") -> AccountName:
    """A cluster's time of a service: free, or in a state: booked, and used for contact or admin.

    >>> time_of("CP1", Service.EP, "2020/21", "contact").name
    'cluster:CP1:ep:contact'
    """
    kind = AccountKind.OUTSIDE if state in USES else AccountKind.FUND
    name = f"cluster:{cluster}:{of.value}" + (f":{state}" if state else "")
    return AccountName(name, year, Unit.MINUTES, kind, cluster, of.value)


def role_of(account: AccountName) -> Role:
    """Give what an account of money is to the others.

    >>> role_of(outside("supplier", "2020/21")), role_of(of_cluster("CP1", Fund.POOL, "2020/21"))
    (<Role.SUPPLIER: 'the suppliers'>, <Role.POOL: 'a pool'>)
    """
    if account.kind is AccountKind.OUTSIDE:
        if account.urn is not None:
            return Role.SCHOOL
        return Role.GRANT if account.name == GRANT else Role.SUPPLIER
    if account.fund == HNB:
        return Role.HNB
    return Role.POOL if account.fund == Fund.POOL else Role.FUND


def read_entry(text: str) -> int:
    """Read the number of an entry: E12 or 12; WrongUse ``entry.unreadable``."""
    found = re.fullmatch(r"[eE]?\s*([0-9]{1,15})", text.strip())
    if not found:
        raise WrongUse("entry.unreadable", f"'{text}' is not the number of an entry.", "Write it as E12.")
    return int(found[1])
