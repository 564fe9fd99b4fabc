"""The words of the panel and the officer: what is advised and decided, why, and what becomes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from senco.deferred import dataclass

if TYPE_CHECKING:
    from datetime import date

    from senco.requests.kinds import Votes


class Verdict(StrEnum):
    """What a panel recommends and an officer decides; two records that use the same seven words."""

    AGREED = "agreed"
    AGREED_LOWER = "agreed-lower"
    AGREED_WITH_CONDITIONS = "agreed-with-conditions"
    DECLINED_WITH_SUPPORT = "declined-with-support"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"

    @property
    def awards(self) -> bool:
        """Whether money goes with it."""
        return self in {Verdict.AGREED, Verdict.AGREED_LOWER, Verdict.AGREED_WITH_CONDITIONS}

    @property
    def said(self) -> str:
        """The verdict in words, as agendas and letters write it."""
        return "deferred for information" if self is Verdict.DEFERRED else self.value.replace("-", " ")


class ReasonKind(StrEnum):
    """What one line of the reasons says."""

    MET = "criterion-met"
    NOT_MET = "criterion-not-met"
    EVIDENCE = "evidence"
    CONDITION = "condition"
    ADVICE = "advice"
    WANTED = "evidence-wanted"


class Record(StrEnum):
    """The three records of a request, never one."""

    MODERATION = "moderation"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


class Casting(StrEnum):
    """How the chair breaks a tie."""

    FOR = "for"
    AGAINST = "against"


class Follows(StrEnum):
    """How a later request follows an earlier one."""

    RESUBMISSION = "resubmission"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the reasons; only advice has an owner, and perhaps a due date (ISO)."""

    kind: ReasonKind
    text: str
    owner: str = ""
    due_on: str | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    """What a panel says of a case before it is recorded; pence as ``award.means`` has it.

    ``chair`` and ``moderating_chair`` are names.
    """

    verdict: Verdict
    reason: str
    amount_pence: int | None = None
    awarded_from: date | None = None
    awarded_to: date | None = None
    votes: Votes | None = None
    casting: Casting | None = None
    chair: str = ""
    moderating_chair: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What an officer says of a case before it is recorded; pence as ``award.means`` has it."""

    verdict: Verdict
    reason: str
    officer: str
    amount_pence: int | None = None
    awarded_from: date | None = None
    awarded_to: date | None = None
    review_on: date | None = None
    reasons: tuple[Reason, ...] = ()
    wanted_by: date | None = None


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A row of the panel's advice: ``living`` when it stands; pence, ISO dates, votes for-against-abstained.

    ``means`` says whether the amount is the whole sum or one for a year, by the setting of the panel's ``day`` (ISO).
    """

    number: int
    request: str
    meeting: str
    taken_back: bool
    outcome: str
    amount_pence: int | None
    awarded_from: str | None
    awarded_to: str | None
    reason: str
    votes: str
    casting: str
    chair: str
    moderating_chair: str
    made_at: str
    made_by: str
    living: bool
    means: str = "whole"
    day: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A row of the officer's decision: ``living`` when it stands; ``meeting`` is "" when it was made outside one.

    ``ratified`` is the panel that ratified it, ``letter_on`` the day of its letter, "" for none yet. ``means`` says
    whether the amount is the whole sum or one for a year, by the setting of the decision's day, ``decided_on`` (ISO),
    which is earlier than ``made_at`` where it was typed in late. ``wanted_by`` is when the information is wanted that a
    request is deferred for.
    """

    number: int
    request: str
    meeting: str
    recommendation: int | None
    taken_back: bool
    outcome: str
    amount_pence: int | None
    awarded_from: str | None
    awarded_to: str | None
    review_on: str | None
    reason: str
    officer: str
    ratified: str
    letter_on: str
    made_at: str
    made_by: str
    living: bool
    means: str = "whole"
    decided_on: str = ""
    wanted_by: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A line of the reasons that were recorded with one of the three records; ``due_on`` ISO."""

    record: str
    number: int
    place: int
    kind: str
    text: str
    owner: str
    due_on: str | None


@dataclass(frozen=True, slots=True)
class StandingInterest:
    """A member's interest in a case as it stands at a meeting: computed, or settled there with a reason."""

    urn: int
    school: str
    ground: str
    state: Literal["computed", "confirmed", "dismissed"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InterestRow:
    """An interest in a case at a meeting, in a list."""

    request: str
    meeting: str
    urn: int
    school: str
    ground: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """What a meeting needs: a number of votes, a part of its members as (above, below), offices, and schools (URNs)."""

    number: int
    fraction: tuple[int, int] | None
    offices: tuple[str, ...]
    schools: tuple[int, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether anything is needed at all."""
        return bool(self.number or self.fraction or self.offices or self.schools)


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """Who sits over the requests of a meeting: ``votes`` for a member with a vote."""

    meeting: str
    cluster: str
    urn: int | None
    who: str
    votes: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review of an award: score from -2 to +2, ISO dates."""

    number: int
    request: str
    reviewed_on: str
    score: int
    note: str
    next_on: str | None
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award and what became of it: pence; ``urn``, ``school`` and ``cluster`` are where the child is now.

    ``moved_from`` is the cluster that asked for it, "" where that is the same.

    ``means`` says whether the amount is the whole sum or one for a year, by the setting of the decision's day.
    """

    request: str
    year: str
    cluster: str
    urn: int
    school: str
    outcome: str
    amount_pence: int
    awarded_from: str | None
    awarded_to: str | None
    review_on: str | None
    state: str
    score: int | None
    means: str = "whole"
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something to be done by a day (ISO): for which request, and by whom where that is known."""

    due_on: str
    what: str
    request: str
    school: str
    cluster: str
    who: str
    overdue: bool
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class AfterwardsLine:
    """What became of a request besides its three records: a day (ISO), what it was, and what was said of it."""

    day: str
    what: str
    note: str
