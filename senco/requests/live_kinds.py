"""What lies before a live panel and before the officer: the shapes that their sessions show and ask about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from senco.requests.kinds import CaseLine, ModerationLine, Votes
    from senco.requests.outcomes import Casting, DecisionLine, Reason, ReasonLine, RecommendationLine, Verdict


@dataclass(frozen=True, slots=True)
class Matter:
    """A case with what its cluster found, and what the borough's settings ask of whoever settles it; pence.

    ``full`` says that reasons are wanted line by line, ``cap_pence`` of 0 is none; ``evidence`` are the papers held;
    ``means`` says what an agreed amount is, the whole sum or one for a year.
    """

    case: CaseLine
    found: ModerationLine | None
    found_reasons: tuple[ReasonLine, ...]
    evidence: tuple[str, ...]
    criteria: tuple[str, ...]
    full: bool
    cap_pence: int
    threshold_pence: int
    threshold_means: str
    element2_pence: int
    element2_group: str
    means: str


@dataclass(frozen=True, slots=True)
class Place:
    """A case's place on a panel's agenda: its number, who leaves for it, and whether this panel has advised on it."""

    number: int
    of: int
    reference: str
    leave: tuple[str, ...]
    heard: bool


@dataclass(frozen=True, slots=True)
class Door:
    """What stands on the screen while people leave or come back: a number and a case, and nothing of its content."""

    meeting: str
    place: Place
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelCase:
    """A case as it lies before a panel once those with an interest have left.

    ``silent`` are those who stay and do not vote. ``chair_trouble`` says why nobody may chair it yet, ``trouble`` why
    those present may not settle it; ``voters`` is None where nobody wrote down who is there.
    """

    meeting: str
    place: Place
    matter: Matter
    earlier: RecommendationLine | None
    silent: tuple[str, ...]
    chair: str
    moderating_chair: str
    chair_trouble: str
    trouble: str
    voters: int | None
    counted: bool
    casting: bool


@dataclass(frozen=True, slots=True)
class OfficerCase:
    """A case as it lies before the officer: what the cluster found, and what the panel recommends."""

    matter: Matter
    advice: RecommendationLine
    advice_reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True)
class OutsideCase:
    """A decision made outside a meeting, before the panel that ratifies it or does not."""

    meeting: str
    case: CaseLine
    decision: DecisionLine


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a case, before it is recorded; pence as ``award.means`` has it."""

    verdict: Verdict
    reason: str = ""
    amount_pence: int | None = None
    first: date | None = None
    last: date | None = None
    reasons: tuple[Reason, ...] = ()
    votes: Votes | None = None
    casting: Casting | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What is about to be recorded, read back to the room."""

    case: CaseLine
    said: Said
    means: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One who may sit on a panel: a cluster's lead, by the school that hosts her."""

    cluster: str
    person: str
    urn: int
    school: str


@dataclass(frozen=True, slots=True)
class LiveSummary:
    """How a live panel or an officer's sitting ended: counts of cases, and pence by what they mean."""

    meeting: str
    recorded: int
    taken_back: int
    skipped: int
    left: int
    agreed_pence: dict[str, int]
    outcomes: dict[str, int] = field(default_factory=dict)


Shown = Door | PanelCase | OfficerCase | OutsideCase | ReadBack
