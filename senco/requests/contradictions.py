"""What cannot be true together, of a request or of what a meeting says of it: policy, and nothing else.

A ``why_not_…`` gives the reason with what to do about it, or None. A ``doubt_…`` gives a question worth asking: such a
request is taken all the same.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import say_date
from senco.money import say_pounds
from senco.requests.kinds import Outcome, RequestType, SenStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.kinds import Hearing, Interest, Judgement, Party, Votes

# The age on 31 August before the school year: a year group's number and four; before that come R, N2 and N1.
_BEFORE_YEAR_1: Final = {"R": 4, "N2": 3, "N1": 2}
_AGE_OF_YEAR_0: Final = 4
_CLOSED: Final = "Closed"


def why_not_needs(needs: Sequence[str], status: SenStatus) -> str | None:
    """Say why needs do not go with an SEN status, or None: a plan follows an assessment, so NSA never stands with it.

    >>> why_not_needs(["SEMH"], SenStatus.PLAN) is None, why_not_needs(["NSA"], SenStatus.SUPPORT) is None
    (True, True)
    >>> why_not_needs(["NSA"], SenStatus.PLAN)
    'NSA means that no specialist has assessed the need, and a child with a plan (E) has been assessed; name the need'
    """
    if "NSA" in needs and status is SenStatus.PLAN:
        return (
            "NSA means that no specialist has assessed the need, and a child with a plan (E) has been assessed;"
            " name the need"
        )
    return None


def why_not_amounts(kind: RequestType, cost_pence: int | None, asked_pence: int | None) -> str | None:
    """Say which amount is missing, or None; a discussion asks for no money.

    >>> why_not_amounts(RequestType.DISCUSSION, None, None) is None
    True
    >>> why_not_amounts(RequestType.GROUP, 100, None)
    'the cost and the amount asked are not both said; give --cost and --asked'
    """
    if kind is not RequestType.DISCUSSION and (cost_pence is None or asked_pence is None):
        return "the cost and the amount asked are not both said; give --cost and --asked"
    return None


def why_not_submitted(submitted: date, today: date) -> str | None:
    """Say why a request cannot have come in on a day, or None.

    >>> why_not_submitted(date(2020, 11, 24), date(2020, 11, 24)) is None
    True
    >>> why_not_submitted(date(2021, 6, 1), date(2020, 11, 24))
    'it cannot have come in on Tue 1 Jun 2021, which is after today, Tue 24 Nov 2020; put --submitted right'
    """
    if submitted > today:
        return (
            f"it cannot have come in on {say_date(submitted)}, which is after today, {say_date(today)};"
            " put --submitted right"
        )
    return None


def why_not_outcome(outcome: Outcome, status: str) -> str | None:
    """Say why an outcome does not go with a child's SEN status, or None.

    >>> [why_not_outcome(*told) for told in ((Outcome.BELOW_THRESHOLD_WITH_PLAN, "E"), (Outcome.BORDERLINE, "K"))]
    [None, None]
    >>> why_not_outcome(Outcome.BELOW_THRESHOLD_WITH_PLAN, "K")
    'that outcome is for a child with an EHC plan (E), and the request says K; give another outcome'
    """
    if outcome is Outcome.BELOW_THRESHOLD_WITH_PLAN and status != SenStatus.PLAN:
        return f"that outcome is for a child with an EHC plan (E), and the request says {status}; give another outcome"
    return None


def why_not_votes(votes: Votes | None, voters: int) -> str | None:
    """Say why votes do not go with the outcome they are recorded with, or None.

    The votes are on that outcome; ``voters`` is how many schools of the cluster have no interest in the case.

    >>> from senco.requests.kinds import Votes
    >>> why_not_votes(None, 9) is None, why_not_votes(Votes(7, 1, 1), 9) is None
    (True, True)
    >>> why_not_votes(Votes(0, 9, 0), 9)
    'more voted against it (9) than for it (0); the votes are on the outcome recorded, so record what carried'
    >>> why_not_votes(Votes(99, 0, 0), 9)
    '99 votes are counted, and 9 of its schools may vote on it; count again'
    >>> why_not_votes(Votes(0, 0, 0), 9)
    'no vote is counted in 0-0-0; leave the votes out'
    """
    if votes is None:
        return None
    count = votes.in_favour + votes.against + votes.abstained
    if not count:
        return "no vote is counted in 0-0-0; leave the votes out"
    if count > voters:
        counted = "1 vote is" if count == 1 else f"{count} votes are"
        return f"{counted} counted, and {voters} of its schools may vote on it; count again"
    if votes.against > votes.in_favour:
        return (
            f"more voted against it ({votes.against}) than for it ({votes.in_favour});"
            " the votes are on the outcome recorded, so record what carried"
        )
    return None


def voters(members: Iterable[Party], interests: Iterable[Interest]) -> int:
    """Count the schools of a cluster that may vote on a case: those without an interest in it.

    >>> from senco.requests.kinds import Ground, Interest, Party
    >>> voters([Party(1, "Abbey", "", ""), Party(2, "Avenue", "", "")], [Interest(1, "Abbey", Ground.OWN_SCHOOL)])
    1
    """
    return len({each.urn for each in members} - {each.urn for each in interests})


def why_not_yet(held: date, today: date) -> str | None:
    """Say why a meeting's outcomes cannot be recorded on a day, or None.

    >>> why_not_yet(date(2020, 11, 24), date(2020, 11, 24)) is None
    True
    >>> why_not_yet(date(2020, 11, 24), date(2020, 9, 1))
    'the meeting is on Tue 24 Nov 2020, and it is Tue 1 Sep 2020; record it on that day or after'
    """
    if today < held:
        return f"the meeting is on {say_date(held)}, and it is {say_date(today)}; record it on that day or after"
    return None


def why_not_heard(held: date, submitted: date) -> str | None:
    """Say why a meeting cannot have heard a request, or None.

    >>> why_not_heard(date(2020, 11, 24), date(2020, 11, 24)) is None
    True
    >>> why_not_heard(date(2020, 11, 24), date(2020, 12, 1))
    'it came in on Tue 1 Dec 2020, after the meeting of Tue 24 Nov 2020; name the meeting that heard it with --meeting'
    """
    if held < submitted:
        return (
            f"it came in on {say_date(submitted)}, after the meeting of {say_date(held)};"
            " name the meeting that heard it with --meeting"
        )
    return None


def why_not_judgement(hearing: Hearing, judgement: Judgement, today: date) -> str | None:
    """Say why what a meeting says of a case cannot be recorded on a day, or None."""
    case, sitting = hearing.case, hearing.sitting
    held = date.fromisoformat(sitting.day)
    return (
        why_not_yet(held, today)
        or why_not_heard(held, date.fromisoformat(case.submitted_on))
        or why_not_outcome(judgement.outcome, case.sen_status)
        or why_not_votes(judgement.votes, voters(sitting.members, hearing.interests))
    )


def why_not_meeting(cluster: str, clusters: Sequence[str], *, for_all: bool) -> str | None:
    """Say why a meeting hears no request of a cluster, or None; ``clusters`` are those that come to it by name.

    >>> why_not_meeting("CP1", ["CP1", "CP2"], for_all=False) is None
    True
    >>> why_not_meeting("CP1", [], for_all=True), why_not_meeting("CP1", ["SP1"], for_all=False)
    ('a conference moderates nothing', "it is not one of CP1's")
    """
    if for_all:
        return "a conference moderates nothing"
    return None if cluster in clusters else f"it is not one of {cluster}'s"


def why_not_year(meeting_year: str, year: str) -> str | None:
    """Say why a meeting hears no request of a year, or None: the clusters are drawn anew each September.

    >>> why_not_year("2020/21", "2020/21") is None, why_not_year("2021/22", "2020/21")
    (True, 'it is a meeting of 2021/22, and the request is one of 2020/21')
    """
    if meeting_year != year:
        return f"it is a meeting of {meeting_year}, and the request is one of {year}"
    return None


def why_not_in_chair(status: str, clusters: Sequence[str], year: str) -> str | None:
    """Say why a school chairs no case of a year, or None; ``clusters`` are those it is in.

    >>> why_not_in_chair("Open", ["CP1"], "2020/21") is None
    True
    >>> why_not_in_chair("Open", [], "2020/21"), why_not_in_chair("Closed", ["CP1"], "2020/21")
    ('is in no cluster of 2020/21', 'is closed')
    """
    if status == _CLOSED:
        return "is closed"
    return None if clusters else f"is in no cluster of {year}"


def doubt_year_group(year_group: str, low_age: int | None, high_age: int | None) -> str | None:
    """Ask about a year group that a school of such ages has not, or give None; an age not known excludes nothing.

    Children are taught out of their year, so it is no reason to refuse. A school from five takes in R as well.

    >>> doubt_year_group("2", 11, 18)
    'Year 2 is not one that a school of ages 11 to 18 has; is it right, or is the child taught out of year?'
    >>> [doubt_year_group(*told) for told in (("R", 5, 11), ("6", 4, 11), ("13", 11, 18), ("", 4, 7), ("9", None, 7))]
    [None, None, None, None, None]
    """
    age = _BEFORE_YEAR_1.get(year_group)
    if age is None and year_group.isdigit():
        age = int(year_group) + _AGE_OF_YEAR_0
    if age is None or low_age is None or high_age is None or _first_age(low_age) <= age < high_age:
        return None
    return (
        f"Year {year_group} is not one that a school of ages {low_age} to {high_age} has;"
        " is it right, or is the child taught out of year?"
    )


def doubt_asked(kind: RequestType, *, cost_pence: int, asked_pence: int, element2_pence: int) -> str | None:
    """Ask about an amount that leaves the school less than its own contribution, or give None; a project has none.

    >>> doubt_asked(RequestType.INDIVIDUAL, cost_pence=950000, asked_pence=350000, element2_pence=600000) is None
    True
    >>> doubt_asked(RequestType.INDIVIDUAL, cost_pence=950000, asked_pence=950000, element2_pence=600000)
    "£9,500 is asked of £9,500; less the school's own £6,000 it would be £3,500 at most. Is it right?"
    """
    most = max(cost_pence - element2_pence, 0)
    if kind not in {RequestType.INDIVIDUAL, RequestType.GROUP} or asked_pence <= most:
        return None
    asked, cost, own, left = (_pounds(each) for each in (asked_pence, cost_pence, element2_pence, most))
    return f"{asked} is asked of {cost}; less the school's own {own} it would be {left} at most. Is it right?"


def _first_age(low_age: int) -> int:
    return _AGE_OF_YEAR_0 if low_age == _AGE_OF_YEAR_0 + 1 else low_age


def _pounds(pence: int) -> str:
    return say_pounds(pence, short=True)
