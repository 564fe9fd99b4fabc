"""The rules of money and time: what a fund may give, what is covered, shares, forecasts, the lines of the return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.kinds import Assumption, EntryKind, Fund, Role
from senco.money import say_pounds, split_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

_YEAR = 12
_SEPTEMBER = 9
MID_YEAR_MONTH = 3
_HALF = 2
_REGULAR = 2

S251_MEANINGS = {
    "1.2.1": "Top-up funding – maintained schools",
    "1.2.2": "Top-up funding – academies and free schools",
    "1.2.4": "Additional high needs targeted funding for mainstream schools",
    "1.2.5": "SEN support services",
    "1.2.8": "Support for inclusion",
    "1.2.13": "Therapies and other health related services",
}
_S251_BY_FUND: Mapping[str, str] = {
    Fund.SET_UP: "1.2.4",
    Fund.LEAD_SALARY: "1.2.5",
    Fund.LEAD_ON_COSTS: "1.2.5",
    Fund.CONFERENCE: "1.2.5",
    Fund.TRAINING: "1.2.5",
    Fund.FAMILY: "1.2.5",
    Fund.TRANSITION: "1.2.8",
    Fund.THERAPIES: "1.2.13",
}


_FUNDS = {Role.HNB, Role.FUND, Role.POOL}
_TO_FUNDS = {Role.FUND, Role.POOL}
# Which ways money may go. None of it comes from nowhere: it is allocated from the High Needs Block, or is income or a
# refund with its reason and reference, or schools' own.
_WAYS: Mapping[EntryKind, frozenset[tuple[Role, Role]]] = {
    EntryKind.ALLOCATE: frozenset({(Role.GRANT, Role.HNB), *((Role.HNB, to) for to in _TO_FUNDS)}),
    EntryKind.POOL: frozenset({(Role.SCHOOL, Role.POOL)}),
    EntryKind.INCOME: frozenset({(Role.SCHOOL, Role.FUND), *((Role.GRANT, to) for to in _TO_FUNDS)}),
    EntryKind.SPEND: frozenset((giver, to) for giver in _FUNDS for to in (Role.SUPPLIER, Role.SCHOOL)),
    EntryKind.REFUND: frozenset((giver, to) for giver in (Role.SUPPLIER, Role.SCHOOL) for to in _FUNDS),
    EntryKind.TRANSFER: frozenset({
        (Role.SCHOOL, Role.SCHOOL),
        *((giver, to) for giver in _TO_FUNDS for to in (*_FUNDS, Role.SCHOOL)),
    }),
    EntryKind.CARRY: frozenset((each, each) for each in _FUNDS),
}  # fmt: skip


def why_not_this_way(kind: EntryKind, giver: Role, taker: Role) -> str | None:
    """Say why money cannot go from one account to another by a kind of entry, or None.

    >>> why_not_this_way(EntryKind.SPEND, Role.FUND, Role.SUPPLIER)
    >>> why_not_this_way(EntryKind.TRANSFER, Role.SUPPLIER, Role.FUND)
    'A transfer does not go from the suppliers to a fund.'
    """
    if (giver, taker) in _WAYS[kind]:
        return None
    what = {EntryKind.ALLOCATE: "allocation", EntryKind.POOL: "payment into a pool"}.get(kind, kind.value)
    return f"{'An' if what[0] in 'aeiou' else 'A'} {what} does not go from {giver.value} to {taker.value}."


def right_way(giver: Role, taker: Role) -> str:
    """Say by what command money goes from one account to another, "" where it goes by none.

    >>> right_way(Role.SUPPLIER, Role.FUND), right_way(Role.SUPPLIER, Role.SUPPLIER)
    ('`senco budget refund` does.', '')
    """
    named = {EntryKind.INCOME: "receive", EntryKind.CARRY: "transfer"}
    found = [named.get(kind, kind.value) for kind, ways in _WAYS.items() if (giver, taker) in ways]
    return " ".join([f"`senco budget {found[0]}` does."] if found else [])


def shortfall(holds: int, promised: int, sanctioned: int, amount: int) -> int:
    """Give by how much a fund would be overspent if it gave the amount: nought when it has it to give.

    A fund may give what it holds and what it may be overspent by, less what its awards are still to be paid. What the
    awards themselves lack is not lacking for the amount.

    >>> shortfall(1000, 800, 0, 200), shortfall(1000, 800, 0, 250), shortfall(1000, 800, 50, 250)
    (0, 50, 0)
    >>> shortfall(1000, 2000, 0, 250)
    250
    """
    return min(amount, max(0, amount - (holds + sanctioned - promised)))


def why_not_give(
    account: str, holds: int, promised: int, sanctioned: int, amount: int, *, say: Callable[[int], str] = say_pounds
) -> str | None:
    """Say why a fund cannot give an amount, or None; ``say`` puts an amount of its unit into words.

    >>> why_not_give("cluster:CP1:training", 1000, 0, 0, 1500)
    'cluster:CP1:training holds £10.00: £15.00 is £5.00 too much.'
    """
    over = shortfall(holds, promised, sanctioned, amount)
    if not over:
        return None
    told = f"{account} holds {say(holds)}"
    if promised:
        told += f", of which {say(promised)} is promised to awards"
    if sanctioned:
        told += f", and may be overspent by {say(sanctioned)}"
    return f"{told}: {say(amount)} is {say(over)} too much."


def covered(room: int, left: Iterable[tuple[int, int]]) -> set[int]:
    """Give the decisions of which the room in a fund covers what is left to pay, each with that, in order of deciding.

    A decision is covered when there is room for it and for all before it: money promised earlier is never lent out. One
    that needs no room, since an override bears it, is covered whatever stands before it.

    >>> sorted(covered(1000, [(1, 600), (2, 500), (3, 100), (4, 0)]))
    [1, 4]
    """
    found = set()
    for decision, amount in sorted(left):
        room -= amount
        if room >= 0 or not amount:
            found.add(decision)
    return found


def to_pay(entitled: int, due: int, paid: int) -> int:
    """Give what is to be paid now, or with a minus got back: the latter only when the whole award is less than paid.

    >>> to_pay(3000, 2000, 1000), to_pay(3000, 1000, 2000), to_pay(500, 500, 2000)
    (1000, 0, -1500)
    """
    if due > paid:
        return due - paid
    return min(0, entitled - paid)


def shares(paid_in: Mapping[int, int], bought: int, kept: Mapping[int, int] | None = None) -> dict[int, int]:
    """Give each one's share of what was bought from a pool, in proportion to what it paid in; they sum to it exactly.

    A share is no more than what the payer ``kept`` in the pool: what a school got back buys nothing. What is beyond all
    that is there (a pool may be overspent for a reason) is shared in proportion too. Key 0 stands for other money: it
    bears what nobody paid for.

    >>> shares({102975: 20_000, 102976: 10_000}, 10_000)
    {102975: 6667, 102976: 3333}
    >>> shares({102975: 20_000, 102976: 20_000}, 20_000, {102975: 5_000, 102976: 20_000})
    {102975: 5000, 102976: 15000}
    """
    out = dict.fromkeys(sorted(paid_in), 0)
    payers = {urn: pence for urn, pence in sorted(paid_in.items()) if pence > 0}
    if not payers:
        return {**out, 0: bought} if bought else out
    room = {urn: max(0, (kept or paid_in)[urn]) for urn in payers}
    beyond = max(0, bought - sum(room.values()))
    rest, open_ = bought - beyond, dict(payers)
    while True:
        parts = dict(zip(open_, split_by(rest, list(open_.values())), strict=True))
        full = {urn for urn in open_ if parts[urn] > room[urn]}
        out |= {urn: room[urn] if urn in full else parts[urn] for urn in open_}
        if not full:
            break
        rest -= sum(room[urn] for urn in full)
        open_ = {urn: pence for urn, pence in open_.items() if urn not in full}
    for urn, part in zip(payers, split_by(beyond, list(payers.values())), strict=True):
        out[urn] += part
    return out


def months_gone(day: date, starts: int) -> int:
    """Count the months of an academic year begun by a day: nought before it, twelve after.

    >>> from datetime import date
    >>> months_gone(date(2020, 9, 1), 2020), months_gone(date(2021, 1, 15), 2020), months_gone(date(2022, 1, 1), 2020)
    (1, 5, 12)
    """
    return min(max((day.year - starts) * _YEAR + day.month - _SEPTEMBER + 1, 0), _YEAR)


def is_regular(active: int, months: int) -> bool:
    """Say whether what a fund did in so many of the months begun is a pace: in two at least, and in half of them.

    What was paid once, a lead's year or a single course, says nothing of the months to come.

    >>> is_regular(1, 2), is_regular(2, 4), is_regular(2, 5)
    (False, True, False)
    """
    return active >= _REGULAR and active * _HALF >= months


def expected(assumption: Assumption, *, gone: int, promised: int, months: int, regular: bool = True) -> int:
    """Give what a fund is expected to give or promise until the year's end beyond what it did.

    ``gone`` and ``promised`` are of the months begun; at the same pace the rest of the year brings as much a month, and
    to a fund that is not ``regular`` nothing.

    >>> expected(Assumption.SAME_PACE, gone=300, promised=100, months=4)
    800
    """
    if assumption is Assumption.COMMITTED or not months or not regular:
        return 0
    return (gone + promised) * (_YEAR - months) // months


def assumed(assumption: Assumption, months: int) -> str:
    """Say in words what a forecast assumes.

    >>> assumed(Assumption.SAME_PACE, 1)
    'The rest of the year goes at the pace of its first month.'
    """
    if assumption is Assumption.COMMITTED:
        return "Nothing new is agreed: what is promised is paid, and nothing else."
    return f"The rest of the year goes at the pace of its first {f'{months} months' if months > 1 else 'month'}."


def s251_line(fund: str, request_type: str, school_type: str) -> str:
    """Give the line of the section 251 return that a payment stands on, "" where it stands on none of these.

    An award for one pupil is top-up, by the type of the school; one for a group or a project is targeted funding. What
    was spent straight from the High Needs Block, or from an envelope at a supplier, says of itself what it is for.

    >>> s251_line("exceptional", "individual", "Free schools"), s251_line("exceptional", "project", "Free schools")
    ('1.2.2', '1.2.4')
    >>> s251_line("training", "", ""), s251_line("hnb", "", ""), s251_line("exceptional", "", "")
    ('1.2.5', '', '')
    """
    if fund != Fund.EXCEPTIONAL:
        return _S251_BY_FUND.get(fund, "")
    if request_type in {"group", "project"}:
        return "1.2.4"
    if is_academy(school_type):
        return "1.2.2"
    return "1.2.1" if is_maintained(school_type) else ""


def why_no_line(fund: str, school_type: str) -> str:
    """Say why what was spent stands on no line of the section 251 return.

    >>> why_no_line("hnb", ""), why_no_line("exceptional", "Other independent school")
    ('spent straight from the High Needs Block', 'top-up to a school that is neither maintained nor an academy')
    """
    if fund == Fund.EXCEPTIONAL:
        return (
            "top-up to a school that is neither maintained nor an academy"
            if school_type
            else "spent from an envelope, not paid to a school"
        )
    if fund == Fund.POOL:
        return "other money than schools' own, spent from a pool"
    return "spent straight from the High Needs Block"


def is_academy(school_type: str) -> bool:
    """Say whether a school of this type in the register is paid as an academy: academies, free schools and the like.

    >>> is_academy("Academy converter"), is_academy("Free schools"), is_academy("Community school")
    (True, True, False)
    """
    told = school_type.casefold()
    return any(word in told for word in ("academy", "free school", "studio", "technical college", "city technology"))


def is_maintained(school_type: str) -> bool:
    """Say whether a school of this type in the register is maintained by its local authority.

    >>> is_maintained("Voluntary aided school"), is_maintained("Pupil referral unit"), is_maintained("Free schools")
    (True, True, False)
    """
    told = school_type.casefold()
    of_authority = ("community", "voluntary", "foundation", "local authority nursery", "pupil referral unit")
    return told.startswith(of_authority)


def used_too_little(day: date, starts: int, allocated: int, used: int) -> bool:
    """Say whether, from 1 March of an academic year on, less than half of the time allocated was used or booked.

    >>> from datetime import date
    >>> used_too_little(date(2021, 3, 1), 2020, 600, 299), used_too_little(date(2021, 2, 28), 2020, 600, 0)
    (True, False)
    """
    return (day.year, day.month) >= (starts + 1, MID_YEAR_MONTH) and used * _HALF < allocated
