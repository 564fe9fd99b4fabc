"""What may be asked, who may chair, who has an interest, in which order a panel hears: policy, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from senco.deferred import pattern
from senco.errors import BadInput
from senco.privacy import fold
from senco.requests.kinds import Ground, Interest, Party, RequestType, Stage, Votes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from senco.requests.kinds import AgendaItem

# No I, L, O, U and neither 0 nor 1: what is read out is written down right.
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT: Final = 4
LONG: Final = 5
_REFERENCE: Final = pattern(rf"(?:R[\s-]*)?([{LETTERS}]{{{SHORT},{LONG}}})")
_BEGINNING: Final = pattern(rf"(?:R[\s-]*)?([{LETTERS}]{{2,{SHORT - 1}}})")

# The Department's codes of need; the list grows, so the store takes any and this one is asked at the door.
NEEDS: Final = {
    "SPLD": "specific learning difficulty",
    "MLD": "moderate learning difficulty",
    "SLD": "severe learning difficulty",
    "PMLD": "profound and multiple learning difficulty",
    "SEMH": "social, emotional and mental health",
    "SLCN": "speech, language and communication",
    "HI": "hearing impairment",
    "VI": "vision impairment",
    "MSI": "multi-sensory impairment",
    "PD": "physical disability",
    "ASD": "autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "other difficulty",
    "NSA": "SEN support, no specialist assessment yet",
}
MOST_NEEDS: Final = 3
YEAR_GROUPS: Final = ("N1", "N2", "R", *(str(number) for number in range(1, 15)))
_YEAR_GROUP: Final = pattern(r"(?:y(?:ear|r)?\.?\s*)?(n[12]|r|reception|nursery\s*[12]|[0-9]{1,2})", re.IGNORECASE)
_VOTES: Final = pattern(r"([0-9]{1,3})\s*[-–/, ]\s*([0-9]{1,3})\s*[-–/, ]\s*([0-9]{1,3})")
_NO_GROUP: Final = frozenset({"", "none", "not applicable", "not under a federation", "not supported by a trust"})

# A letter, eleven digits, and a digit or a letter, right or mistyped, however it is spaced.
_UPN_SHAPE: Final = pattern(
    r"(?<![A-Za-z0-9])[A-Za-z][\s\-‐‑–—]{0,3}(?:[0-9][\s\-‐‑–—]{0,3}){11}[0-9A-Za-z](?![A-Za-z0-9])"
)
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_FULL_DATE: Final = pattern(
    rf"""(?<![0-9])(?:
        (?P<y1>(?:19|20)[0-9]{{2}})[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])
      | (?:0?[1-9]|[12][0-9]|3[01])\s*[-/.]\s*(?:0?[1-9]|1[0-2])\s*[-/.]\s*(?P<y2>(?:19|20)?[0-9]{{2}})
      | (?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})[a-z]*\.?,?\s+(?P<y3>(?:19|20)?[0-9]{{2}})
      | (?:{_MONTHS})[a-z]*\.?\s+(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)[0-9]{{2}})
    )(?![0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
_BIRTH_WORD: Final = pattern(
    r"\b(?:born|birth(?:day|date)?|d\.?\s?o\.?\s?b)\b[^0-9]{0,20}(?:[0-9]|(?:" + _MONTHS + r"))", re.IGNORECASE
)
_YOUNGEST, _OLDEST = 2, 26


def reference_of(letters: str) -> str:
    """Give the reference made of random letters.

    >>> reference_of("7KQ4")
    'R-7KQ4'
    """
    return f"R-{letters}"


def why_not_letters(letters: str) -> str | None:
    """Say why random letters make no reference, or None; without a digit they might spell a word.

    >>> why_not_letters("7KQ4") is None
    True
    >>> why_not_letters("BEAR")
    'they hold no digit and might spell a word'
    """
    if not any(letter.isdigit() for letter in letters):
        return "they hold no digit and might spell a word"
    return None


def reference_meant(word: str) -> str | None:
    """Give the reference that a person's word writes, or None when it writes none.

    >>> reference_meant("r7kq4"), reference_meant("7KQ4"), reference_meant("R-7KO4")
    ('R-7KQ4', 'R-7KQ4', None)
    """
    told = word.strip().upper()
    found = _REFERENCE.fullmatch(told)
    # A reference of five letters may itself begin with R: "R7KQ4" is taken for the four after the R.
    return reference_of(found[1]) if found else None


def beginning_meant(word: str) -> str | None:
    """Give the beginning of a reference that a person's word writes, or None; a whole reference is no beginning.

    >>> beginning_meant("r-4g"), beginning_meant("4GT"), beginning_meant("R-7KQ4"), beginning_meant("4")
    ('R-4G', 'R-4GT', None, None)
    """
    found = _BEGINNING.fullmatch(word.strip().upper())
    return reference_of(found[1]) if found else None


def need_code(word: str) -> str:
    """Give the Department's code of a need as typed; raises BadInput ``requests.unknown-need``.

    >>> need_code("semh")
    'SEMH'
    """
    code = word.strip().upper()
    if code not in NEEDS:
        raise BadInput("requests.unknown-need", f"'{code}' is no code of need.", f"The codes are: {', '.join(NEEDS)}.")
    return code


def year_group(word: str) -> str:
    """Give a year group as it is kept: N1, N2, R or 1 to 14; raises BadInput ``requests.unknown-year-group``.

    >>> year_group("Year 4"), year_group("y10"), year_group("0"), year_group("reception"), year_group("Nursery 2")
    ('4', '10', 'R', 'R', 'N2')
    """
    found = _YEAR_GROUP.fullmatch(word.strip())
    told = found[1].upper().replace("NURSERY", "N").replace(" ", "") if found else ""
    if told.isdigit():
        told = str(int(told))
    told = {"RECEPTION": "R", "0": "R"}.get(told, told)
    if told not in YEAR_GROUPS:
        raise BadInput(
            "requests.unknown-year-group", f"'{word}' is no year group.", f"Give one of: {', '.join(YEAR_GROUPS)}."
        )
    return told


def year_said(kind: str, year_group: str | None) -> str:
    """Give a year group in words: "" where none is given; the children of a group without one are of several.

    >>> year_said("individual", "4"), year_said("group", None), year_said("discussion", None)
    ('4', 'mixed', '')
    """
    return year_group or ("mixed" if kind == RequestType.GROUP else "")


def votes_of(text: str) -> Votes | None:
    """Read votes as they are typed, for-against-abstained; None for an empty text.

    Raises BadInput ``requests.unreadable-votes``.

    >>> str(votes_of("7 - 1 - 2")), votes_of(" ") is None
    ('7-1-2', True)
    """
    if not text.strip():
        return None
    found = _VOTES.fullmatch(text.strip())
    if not found:
        raise BadInput(
            "requests.unreadable-votes", "The votes cannot be read.", "Give for-against-abstained, as in 7-1-2."
        )
    return Votes(*(int(each) for each in found.groups()))


def why_not_text(text: str, today: date) -> str | None:
    """Say why a free text may not be kept: it names a child by UPN or date of birth. The answer repeats neither.

    A full date counts as one of birth when it lies two to twenty-six years back, or stands after a word for birth.

    >>> from datetime import date
    >>> why_not_text("Two hours a day, reviewed 12/10/2020", date(2020, 11, 24)) is None
    True
    >>> why_not_text("for A950000178301", date(2020, 11, 24)), why_not_text("a 9500-00178-30x", date(2020, 11, 24))
    ("it holds what looks like a pupil's UPN", "it holds what looks like a pupil's UPN")
    >>> why_not_text("b. 3 March 2014", date(2020, 11, 24))
    'it holds what looks like a date of birth; write of a report "March 2018", without the day'
    """
    # A UPN with a wrong check letter still tells which child is meant: one letter is soon put right.
    if _UPN_SHAPE.search(text):
        return "it holds what looks like a pupil's UPN"
    years = (next(year for year in found.group("y1", "y2", "y3", "y4") if year) for found in _FULL_DATE.finditer(text))
    if _BIRTH_WORD.search(text) or any(_YOUNGEST <= today.year - _whole(year, today) <= _OLDEST for year in years):
        return 'it holds what looks like a date of birth; write of a report "March 2018", without the day'
    return None


def why_not_request(
    *, kind: RequestType, needs: Sequence[str], year_group_told: str, cost_pence: int, asked_pence: int, provision: str
) -> str | None:
    """Say why a request cannot be taken as it is told, or None.

    >>> asked = dict(kind=RequestType.INDIVIDUAL, needs=["SEMH"], year_group_told="4", cost_pence=950000)
    >>> why_not_request(**asked, asked_pence=350000, provision="A mentor") is None
    True
    >>> why_not_request(**asked, asked_pence=990000, provision="A mentor")
    'more is asked than the provision costs'
    """
    wrong = (
        (not provision.strip(), "the provision asked for is not said"),
        (not needs, "no need is named"),
        (len(needs) > MOST_NEEDS, f"more than {MOST_NEEDS} needs are named; give those that matter most"),
        (len(set(needs)) < len(needs), "a need is named twice"),
        (not year_group_told and kind is RequestType.INDIVIDUAL, "the year group is not said"),
        (min(cost_pence, asked_pence) < 0, "an amount is below nought"),
        (asked_pence > cost_pence, "more is asked than the provision costs"),
    )
    return next((reason for found, reason in wrong if found), None)


def why_not_dates(
    *, asked_from: date | None, asked_to: date | None, consent: bool, consent_on: date | None
) -> str | None:
    """Say why the dates of a request do not fit together, or None.

    >>> from datetime import date
    >>> why_not_dates(asked_from=date(2021, 1, 1), asked_to=date(2020, 7, 31), consent=False, consent_on=None)
    'it would end before it begins'
    >>> why_not_dates(asked_from=None, asked_to=None, consent=True, consent_on=date(2020, 11, 2)) is None
    True
    """
    if asked_to is not None and asked_from is None:
        return "an end is given without a beginning"
    if asked_to is not None and asked_from is not None and asked_to < asked_from:
        return "it would end before it begins"
    if consent_on is not None and not consent:
        return "a day of consent is given but no consent"
    return None


def why_not_urgent(*, urgent: bool, because: str) -> str | None:
    """Say why a request cannot go as urgent or not urgent, or None.

    >>> why_not_urgent(urgent=True, because=" ")
    'an urgent request says why it cannot wait'
    >>> why_not_urgent(urgent=False, because="a placement is breaking down")
    'a reason for urgency is given but the request is not urgent'
    """
    if urgent and not because.strip():
        return "an urgent request says why it cannot wait"
    if because.strip() and not urgent:
        return "a reason for urgency is given but the request is not urgent"
    return None


def why_not_moderate(stage: Stage) -> str | None:
    """Say why a cluster cannot give an outcome on a request at this stage, or None.

    >>> why_not_moderate(Stage.LISTED) is None, why_not_moderate(Stage.MODERATED)
    (True, 'its cluster has given an outcome already; take that back first')
    """
    return {
        Stage.SUBMITTED: None,
        Stage.LISTED: None,
        Stage.MODERATED: "its cluster has given an outcome already; take that back first",
        Stage.RECOMMENDED: "the panel has heard it",
        Stage.DEFERRED: "the panel has heard it and waits for information",
        Stage.DECIDED: "the officer has decided it",
        Stage.WITHDRAWN: "its school has withdrawn it",
    }[stage]


def why_not_take_back(stage: Stage) -> str | None:
    """Say why a cluster's outcome cannot be taken back at this stage, or None.

    >>> why_not_take_back(Stage.MODERATED) is None, why_not_take_back(Stage.DECIDED)
    (True, 'the officer has decided it')
    """
    if stage in {Stage.SUBMITTED, Stage.LISTED}:
        return "it has no outcome that could be taken back"
    return None if stage is Stage.MODERATED else why_not_moderate(stage)


def why_not_reason(reason: str, today: date) -> str | None:
    """Say why a reason cannot be recorded: it is blank, or it identifies a child; None when it can.

    >>> from datetime import date
    >>> why_not_reason("  ", date(2020, 11, 24))
    'a reason is needed'
    """
    return why_not_text(reason, today) if reason.strip() else "a reason is needed"


def interests_between(member: Party, school: Party, *, host_urn: int | None, interest: str) -> tuple[Ground, ...]:
    """Give the grounds on which a member has an interest in a case of a school.

    ``host_urn`` is the school that holds the cluster's money: its lead has an interest when that school asks.
    ``interest`` is the setting of that name: ``school`` looks at the school alone, ``strict`` also at its trust and
    federation.

    >>> abbey = Party(1, "Abbey", "Cirrus", "")
    >>> interests_between(abbey, Party(2, "Avenue", "cirrus ", ""), host_urn=None, interest="strict")
    (<Ground.SAME_TRUST: 'same-trust'>,)
    >>> interests_between(abbey, abbey, host_urn=1, interest="school")
    (<Ground.OWN_SCHOOL: 'own-school'>, <Ground.HOST_SCHOOL: 'host-school'>)
    """
    if member.urn == school.urn:
        return (Ground.OWN_SCHOOL, Ground.HOST_SCHOOL) if member.urn == host_urn else (Ground.OWN_SCHOOL,)
    if interest != "strict":
        return ()
    grounds = []
    if _same_group(member.trust, school.trust):
        grounds.append(Ground.SAME_TRUST)
    if _same_group(member.federation, school.federation):
        grounds.append(Ground.SAME_FEDERATION)
    return tuple(grounds)


def interests_in(
    members: Iterable[Party], school: Party, *, host_urn: int | None, interest: str
) -> tuple[Interest, ...]:
    """Give every member's interest in a case of a school, in the members' order.

    >>> abbey = Party(1, "Abbey", "", "")
    >>> [each.ground.value for each in interests_in([abbey], abbey, host_urn=None, interest="school")]
    ['own-school']
    """
    return tuple(
        Interest(member.urn, member.name, ground)
        for member in members
        for ground in interests_between(member, school, host_urn=host_urn, interest=interest)
    )


def why_not_chair(
    chair: Party, moderating: Party | None, school: Party, *, host_urn: int | None, interest: str
) -> str | None:
    """Say why a case cannot be chaired so, or None; the moderating chair takes the place of a chair with an interest.

    >>> abbey, avenue = Party(1, "Abbey", "", ""), Party(2, "Avenue", "", "")
    >>> why_not_chair(abbey, None, abbey, host_urn=None, interest="strict")
    'Abbey has an interest in this case (own school), so another school must chair it'
    >>> why_not_chair(abbey, avenue, abbey, host_urn=None, interest="strict") is None
    True
    """
    if moderating is not None and moderating.urn == chair.urn:
        return f"{chair.name} chairs already, so it cannot be the critical friend too"
    chairs = moderating or chair
    grounds = interests_between(chairs, school, host_urn=host_urn, interest=interest)
    if not grounds:
        return None
    said = ", ".join(ground.value.replace("-", " ") for ground in grounds)
    return f"{chairs.name} has an interest in this case ({said}), so another school must chair it"


def agenda_order(item: AgendaItem) -> tuple[bool, bool, tuple[str, int], str, int, str, str]:
    """Give the key that sorts a panel's items.

    Carried-over items come first, then urgent ones; then cluster by cluster and school by school, so that whoever has
    an interest leaves the room once; then the oldest first.
    """
    return (
        not item.carried_over,
        not item.urgent,
        cluster_order(item.cluster),
        fold(item.school),
        item.urn,
        item.submitted_on,
        item.reference,
    )


def cluster_order(reference: str) -> tuple[str, int]:
    """Give the key that sorts clusters as people count them.

    >>> sorted(["CP10", "SP1", "CP2", "EAST"], key=cluster_order)
    ['CP2', 'CP10', 'EAST', 'SP1']
    """
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    return letters, int(digits) if digits else 0


def above_threshold(cost_pence: int, *, threshold_pence: int, element2_pence: int, means: str) -> bool:
    """Say whether a cost reaches the exceptional threshold, held against the whole cost or the top-up above element 2.

    >>> above_threshold(950000, threshold_pence=800000, element2_pence=600000, means="total")
    True
    >>> above_threshold(950000, threshold_pence=800000, element2_pence=600000, means="top-up")
    False
    """
    return (cost_pence - element2_pence if means == "top-up" else cost_pence) >= threshold_pence


def _same_group(mine: str, theirs: str) -> bool:
    return fold(mine) == fold(theirs) and fold(mine) not in _NO_GROUP


def _whole(year: str, today: date) -> int:
    if len(year) > 2:  # noqa: PLR2004 - a year in full
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if int(year) > today.year % 100 else 0)
