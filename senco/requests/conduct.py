"""How a meeting conducts itself: who has an interest, whether it has a quorum, whose votes count, what it must say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from senco.errors import BadInput
from senco.money import say_pounds
from senco.privacy import fold
from senco.requests.kinds import Ground, Stage
from senco.requests.outcomes import Casting, Quorum, ReasonKind, StandingInterest, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from senco.requests.kinds import Interest, Votes
    from senco.requests.outcomes import InterestRow, Reason

_DEMANDS: Final = {
    Verdict.AGREED: ((ReasonKind.MET, "a criterion that is met"),),
    Verdict.AGREED_LOWER: ((ReasonKind.MET, "a criterion that is met"),),
    Verdict.AGREED_WITH_CONDITIONS: (
        (ReasonKind.MET, "a criterion that is met"),
        (ReasonKind.CONDITION, "a condition"),
    ),
    Verdict.DECLINED_WITH_SUPPORT: (
        (ReasonKind.NOT_MET, "a criterion that is not met"),
        (ReasonKind.ADVICE, "the advice that goes with it"),
    ),
    Verdict.DEFERRED: ((ReasonKind.WANTED, "the evidence that is wanted"),),
    Verdict.WITHDRAWN: (),
    Verdict.RETURNED: (),
}


def quorum(share: str, roles: str, schools: str) -> Quorum:
    """Give what a meeting needs from the settings as they are kept; "none" is none, and what is no URN names no school.

    >>> quorum("2/5", "chair; SEN manager", "100001, 100002")
    Quorum(number=0, fraction=(2, 5), offices=('chair', 'SEN manager'), schools=(100001, 100002))
    >>> quorum("3", "none", "none"), quorum("none", "none", "none").asked
    (Quorum(number=3, fraction=None, offices=(), schools=()), False)
    """
    above, _, below = share.partition("/")
    fraction = (int(above), int(below)) if below else None
    number = 0 if fraction or fold(share) == "none" else int(share)
    offices, urns = (
        () if fold(text) == "none" else listed(text.replace(",", ";")) for text in (roles, schools)
    )  # fmt: skip
    return Quorum(number, fraction, offices, tuple(int(each) for each in urns if each.isdecimal()))


def listed(text: str) -> tuple[str, ...]:
    """Give the entries of a text that are divided by semicolons or line ends.

    >>> listed("a; b ;; c")
    ('a', 'b', 'c')
    """
    return tuple(part.strip() for part in text.replace("\n", ";").split(";") if part.strip())


def why_not_quorum(
    needed: Quorum,
    *,
    members: Mapping[int, str],
    present: Collection[int],
    out: Collection[int],
    offices: Collection[str],
) -> str | None:
    """Say why a meeting may not settle a case, or None.

    ``members`` are the names, by URN, of those with a vote by right, ``present`` the URNs of those there, ``out`` of
    those who stay out of this case or do not vote on it: they do not make the quorum. A school that must be there is
    asked for where it is a member; that it leaves for a case of its own does not matter.

    >>> five = {urn: f"School {urn}" for urn in range(1, 6)}
    >>> why_not_quorum(Quorum(2, None, ()), members=five, present=[1, 2], out=[2], offices=[])
    'only 1 with a vote is there, and 2 are needed'
    >>> why_not_quorum(Quorum(0, (3, 5), ()), members=five, present=[1, 2], out=[], offices=[])
    'only 2 with a vote are there, and 3/5 of 5 are needed'
    >>> why_not_quorum(Quorum(0, (2, 5), ()), members=five, present=[1, 2], out=[], offices=[]) is None
    True
    >>> why_not_quorum(Quorum(0, None, ("chair",)), members=five, present=[1], out=[], offices=["Clerk"])
    'nobody is there as chair'
    >>> must = Quorum(0, None, (), (2, 9))
    >>> why_not_quorum(must, members=five, present=[1], out=[], offices=[])
    'School 2 is not there, and must be'
    >>> why_not_quorum(must, members=five, present=[1, 2], out=[2], offices=[]) is None
    True
    """
    count = len(set(present) - set(out))
    said = f"only {count} with a vote {'is' if count == 1 else 'are'} there"
    if count < needed.number:
        return f"{said}, and {needed.number} are needed"
    if needed.fraction and count * needed.fraction[1] < needed.fraction[0] * len(members):
        return f"{said}, and {needed.fraction[0]}/{needed.fraction[1]} of {len(members)} are needed"
    there = {fold(each) for each in offices}
    missing = [each for each in needed.offices if fold(each) not in there]
    if missing:
        return f"nobody is there as {missing[0]}"
    away = [urn for urn in needed.schools if urn in members and urn not in present]
    return f"{members[away[0]]} is not there, and must be" if away else None


def why_not_votes(
    votes: Votes | None,
    casting: Casting | None,
    *,
    voters: int | None,
    counted: bool,
    casting_vote: bool,
) -> str | None:
    """Say why votes cannot stand, or None.

    ``voters`` is how many may vote on this case, None where nobody wrote down who is there; ``counted`` says that the
    borough counts votes, ``casting_vote`` that its chairs break a tie. Votes are cast on what is recorded, so they must
    speak for it.

    >>> from senco.requests.kinds import Votes
    >>> rule = dict(voters=9, counted=True, casting_vote=True)
    >>> why_not_votes(Votes(4, 3, 3), None, **rule)
    '10 votes are counted, but only 9 may vote on this case'
    >>> why_not_votes(Votes(4, 4, 1), None, **rule)
    'the votes are even, and the casting vote is not said'
    >>> why_not_votes(Votes(4, 4, 1), Casting.FOR, **rule) is None
    True
    >>> why_not_votes(None, Casting.FOR, **rule)
    'a casting vote is given, but no votes'
    >>> why_not_votes(Votes(0, 0, 0), None, **rule)
    'no vote is counted in 0-0-0; leave the votes out'
    """
    if votes is None:
        if casting:
            return "a casting vote is given, but no votes"
        return "the votes are not said, and the borough counts them" if counted else None
    count = votes.in_favour + votes.against + votes.abstained
    even = votes.in_favour == votes.against
    speak = votes.in_favour > votes.against or (even and casting is Casting.FOR)
    wrong = (
        (not count, "no vote is counted in 0-0-0; leave the votes out"),
        (voters is not None and count > voters, f"{count} votes are counted, but only {voters} may vote on this case"),
        (casting and not casting_vote, "the chair has no casting vote in this borough"),
        (casting and not even, "a casting vote is given, but the votes are not even"),
        (even and counted and casting_vote and not casting, "the votes are even, and the casting vote is not said"),
        (counted and not speak, "the votes do not speak for it"),
    )
    return next((why for found, why in wrong if found), None)


def standing(computed: Iterable[Interest], settled: Iterable[InterestRow]) -> tuple[StandingInterest, ...]:
    """Give the interests in a case as they stand: computed, then as the meeting confirmed, dismissed or added to them.

    >>> from senco.requests.kinds import Interest
    >>> from senco.requests.outcomes import InterestRow
    >>> mine = Interest(1, "Abbey", Ground.SAME_TRUST)
    >>> told = InterestRow("R-7KQ4", "P", 1, "Abbey", "same-trust", "dismissed", "It left the trust.")
    >>> standing([mine], [told])[0].state, standing([mine], [])[0].state
    ('dismissed', 'computed')
    """
    found = {(each.urn, each.ground.value): StandingInterest(each.urn, each.school, each.ground.value, "computed")
             for each in computed}  # fmt: skip
    for row in settled:
        state: StandingInterest = StandingInterest(
            row.urn, row.school, row.ground, "dismissed" if row.state == "dismissed" else "confirmed", row.reason
        )
        found[row.urn, row.ground] = state
    return tuple(found.values())


def stay_out(interests: Iterable[StandingInterest], *, lead: str) -> frozenset[int]:
    """Give the URNs of those who leave the room: everyone with an interest that was not dismissed.

    ``lead`` is the setting ``interest.lead``: the lead of the case's own cluster goes only where it says so.

    >>> told = [StandingInterest(1, "Abbey", "lead-role", "computed")]
    >>> sorted(stay_out(told, lead="no-vote")), sorted(stay_out(told, lead="stays-out"))
    ([], [1])
    """
    return frozenset(
        each.urn
        for each in interests
        if each.state != "dismissed" and (each.ground != Ground.LEAD_ROLE or lead == "stays-out")
    )


def no_vote(interests: Iterable[StandingInterest], *, lead: str) -> frozenset[int]:
    """Give the URNs of those whose vote is not counted: those who leave, and a lead who only speaks.

    >>> sorted(no_vote([StandingInterest(1, "Abbey", "lead-role", "computed")], lead="no-vote"))
    [1]
    """
    told = tuple(interests)
    return stay_out(told, lead="stays-out" if lead == "no-vote" else lead)


def why_not_settle(ground: Ground, *, dismissed: bool, computed: bool) -> str | None:
    """Say why a meeting cannot settle an interest so, or None.

    >>> why_not_settle(Ground.OWN_SCHOOL, dismissed=True, computed=True)
    'no school is heard on its own case, whatever the meeting says'
    >>> why_not_settle(Ground.SAME_TRUST, dismissed=True, computed=False)
    'there is no such interest to dismiss'
    """
    if dismissed and ground is Ground.OWN_SCHOOL:
        return "no school is heard on its own case, whatever the meeting says"
    if dismissed and not computed:
        return "there is no such interest to dismiss"
    return None


def why_not_recommend(stage: Stage, *, urgent: bool) -> str | None:
    """Say why a panel cannot advise on a request at this stage, or None; only an urgent one skips its cluster.

    >>> why_not_recommend(Stage.DEFERRED, urgent=False) is None
    True
    >>> why_not_recommend(Stage.LISTED, urgent=True) is None, why_not_recommend(Stage.LISTED, urgent=False)
    (True, 'its cluster has not heard it')
    """
    if stage in {Stage.SUBMITTED, Stage.LISTED}:
        return None if urgent else "its cluster has not heard it"
    return {
        Stage.RECOMMENDED: "the panel has given its advice already; take that back first",
        Stage.DECIDED: "the officer has decided it",
        Stage.WITHDRAWN: "its school has withdrawn it",
    }.get(stage)


def why_not_decide(stage: Stage, *, advised: bool, urgent: bool, outside: str) -> str | None:
    """Say why an officer cannot decide a request, or None.

    ``advised`` says that the panel's advice stands and was not answered yet; ``outside`` is the setting
    ``decide.outside``.

    >>> why_not_decide(Stage.RECOMMENDED, advised=True, urgent=False, outside="urgent") is None
    True
    >>> why_not_decide(Stage.MODERATED, advised=False, urgent=False, outside="urgent")
    'the panel has not advised on it, and outside a meeting only urgent requests are decided'
    >>> why_not_decide(Stage.MODERATED, advised=False, urgent=True, outside="none")
    'the panel has not advised on it, and nothing is decided outside a meeting'
    """
    if stage is Stage.DECIDED:
        return "the officer has decided it already; take that back first"
    if stage is Stage.WITHDRAWN:
        return "its school has withdrawn it"
    if advised or outside == "any" or (urgent and outside == "urgent"):
        return None
    rest = "nothing is decided outside a meeting"
    if outside == "urgent":
        rest = "outside a meeting only urgent requests are decided"
    return f"the panel has not advised on it, and {rest}"


def why_not_withdraw(stage: Stage) -> str | None:
    """Say why a school cannot withdraw a request any more, or None.

    >>> why_not_withdraw(Stage.RECOMMENDED) is None, why_not_withdraw(Stage.DECIDED)
    (True, 'the officer has decided it')
    """
    if stage is Stage.DECIDED:
        return "the officer has decided it"
    return "it is withdrawn already" if stage is Stage.WITHDRAWN else None


def why_not_award(
    verdict: Verdict,
    amount_pence: int | None,
    *,
    asked_pence: int,
    cap_pence: int,
    first: date | None,
    last: date | None,
) -> str | None:
    """Say why an amount and its dates do not go with a verdict, or None; pence, a cap of 0 is none.

    >>> why = lambda verdict, amount, **more: why_not_award(
    ...     verdict, amount, **{"asked_pence": 5, "cap_pence": 0, "first": 1, "last": 2, **more})
    >>> why(Verdict.AGREED, 5) is None, why(Verdict.AGREED_LOWER, 5)
    (True, 'agreed lower means less than the £0.05 asked')
    >>> why(Verdict.AGREED, 5, cap_pence=4)
    'no more than £0.04 may be agreed'
    """
    asked = say_pounds(asked_pence)
    if not verdict.awards:
        return (
            "an amount or dates are given, but nothing is agreed"
            if (amount_pence, first, last) != (None,) * 3
            else None
        )
    wrong = (
        (amount_pence is None, "the amount is not said"),
        (first is None or last is None, "from when until when is not said"),
        (first is not None and last is not None and last < first, "it would end before it begins"),
        (verdict is Verdict.AGREED and amount_pence != asked_pence, f"agreed means the {asked} asked"),
        (
            verdict is Verdict.AGREED_LOWER and (amount_pence or 0) >= asked_pence,
            f"agreed lower means less than the {asked} asked",
        ),
        ((amount_pence or 0) > asked_pence, f"more is agreed than the {asked} asked"),
        (0 < cap_pence < (amount_pence or 0), f"no more than {say_pounds(cap_pence)} may be agreed"),
    )
    return next((why for found, why in wrong if found), None)


def why_not_reasons(verdict: Verdict, reasons: Sequence[Reason], *, criteria: Sequence[str], full: bool) -> str | None:
    """Say what the reasons of a recommendation or decision lack, or None; ``criteria`` are those of the borough.

    >>> from senco.requests.outcomes import Reason
    >>> why_not_reasons(Verdict.DEFERRED, [], criteria=[], full=True)
    'deferred for information needs the evidence that is wanted'
    >>> why_not_reasons(Verdict.AGREED, [Reason(ReasonKind.MET, "luck")], criteria=["need"], full=True)
    "'luck' is no criterion of the borough: need"
    """
    if why := why_not_lines(reasons, criteria=criteria):
        return why
    there = {each.kind for each in reasons}
    if full:
        for kind, said in _DEMANDS[verdict]:
            if kind not in there:
                return f"{verdict.said} needs {said}"
    return None


def demanded(verdict: Verdict) -> tuple[ReasonKind, ...]:
    """Give the kinds of reasons that a verdict cannot do without where the borough wants them in full.

    >>> [each.value for each in demanded(Verdict.DECLINED_WITH_SUPPORT)]
    ['criterion-not-met', 'advice']
    """
    return tuple(kind for kind, _ in _DEMANDS[verdict])


def why_not_lines(reasons: Sequence[Reason], *, criteria: Sequence[str]) -> str | None:
    """Say which line of the reasons cannot stand, or None.

    >>> from senco.requests.outcomes import Reason
    >>> why_not_lines([Reason(ReasonKind.ADVICE, "Ask the EP")], criteria=[])
    'advice does not say who does it'
    """
    named = [each.text for each in reasons if each.kind in {ReasonKind.MET, ReasonKind.NOT_MET}]
    for text in named:
        if text not in criteria:
            return f"'{text}' is no criterion of the borough: {'; '.join(criteria)}"
    if len(set(named)) < len(named):
        return "a criterion is named twice"
    if any(each.kind is ReasonKind.ADVICE and not each.owner for each in reasons):
        return "advice does not say who does it"
    return None


def criterion(word: str, criteria: Sequence[str]) -> str:
    """Give the borough's criterion that a person means by a word or its beginning; the word itself when none is.

    >>> criterion("Cost", ["costed provision", "clear outcome"]), criterion("c", ["costed provision", "clear outcome"])
    ('costed provision', 'c')
    """
    meant = [each for each in criteria if fold(each).startswith(fold(word))]
    exact = [each for each in meant if fold(each) == fold(word)]
    found = exact or meant
    return found[0] if len(found) == 1 else word


def advice(text: str) -> tuple[str, str, str]:
    """Cut advice as it is typed, what | who | by when, into its three parts; the day may be missing.

    Raises BadInput ``requests.unreadable-advice``.

    >>> advice("Ask the EP in | SENCO | 12 Jan 2021"), advice("Ask the EP in | SENCO")
    (('Ask the EP in', 'SENCO', '12 Jan 2021'), ('Ask the EP in', 'SENCO', ''))
    >>> advice("Ask the EP in")
    Traceback (most recent call last):
    senco.errors.BadInput: The advice cannot be read.
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) not in {2, 3} or not all(parts[:2]):
        raise BadInput(
            "requests.unreadable-advice",
            "The advice cannot be read.",
            'Give what, who and by when: --advice "Ask the EP in | SENCO | 12 Jan 2021".',
        )
    return parts[0], parts[1], "".join(parts[2:])


def why_not_panel_chair(chair: str, moderating: str, *, conflicted: Collection[str]) -> str | None:
    """Say why a case cannot be chaired so at the panel, or None; ``conflicted`` are names of those who stay out.

    >>> why_not_panel_chair("A Lead", "", conflicted=["a lead", "Abbey"])
    'A Lead has an interest in this case, so somebody else must chair it'
    >>> why_not_panel_chair("A Lead", "Head of SEN", conflicted=["a lead"]) is None
    True
    """
    if not chair.strip():
        return "who chairs is not said"
    if moderating and fold(moderating) == fold(chair):
        return f"{chair} chairs already, so cannot be the moderating chair too"
    chairs = moderating or chair
    if fold(chairs) in {fold(each) for each in conflicted}:
        return f"{chairs} has an interest in this case, so somebody else must chair it"
    return None


def why_not_casting(chairs: str, *, without: Collection[str]) -> str | None:
    """Say why whoever chairs a case has no casting vote on it, or None; ``without`` are names of those without a vote.

    >>> why_not_casting("a lead", without=["A Lead"])
    'a lead has no vote on this case, so no casting vote'
    >>> why_not_casting("Head of SEN", without=["A Lead"]) is None
    True
    """
    if fold(chairs) in {fold(each) for each in without}:
        return f"{chairs} has no vote on this case, so no casting vote"
    return None


def why_not_follow(kind: str, *, outcome: str, withdrawn: bool, reviewed: bool, late: bool) -> str | None:
    """Say why a request cannot follow an earlier one, or None; ``outcome`` is the decision on the earlier.

    >>> why_not_follow("renewal", outcome="agreed", withdrawn=False, reviewed=False, late=False)
    'its award has not been reviewed'
    >>> why_not_follow("resubmission", outcome="agreed", withdrawn=False, reviewed=False, late=False)
    'it was agreed in full'
    """
    if kind == "renewal":
        if not (outcome and Verdict(outcome).awards):
            return "it has no award that could go on"
        return None if reviewed else "its award has not been reviewed"
    if withdrawn:
        return None
    blocked = {
        "": "it has not been decided",
        Verdict.AGREED: "it was agreed in full",
        Verdict.DEFERRED: "it comes back to the panel by itself",
    }.get(outcome)
    return blocked or ("the deadline for a resubmission is past; take it in as a new request" if late else None)
