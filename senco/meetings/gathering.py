"""The words of who comes: contacts, seats and their marks, actions, standing items, what a paper holds."""

from __future__ import annotations

from enum import StrEnum

from senco.deferred import dataclass


class ContactRole(StrEnum):
    """What a person comes as: of a school, of the authority, or as an invited partner."""

    SENCO = "senco"
    LEAD = "lead"
    DEPUTY = "deputy"
    HEADTEACHER = "headteacher"
    OFFICER = "officer"
    PRU = "pru"
    SPECIAL_SCHOOL = "special school"
    HEALTH = "health"
    SOCIAL_CARE = "social care"
    PSYCHOLOGIST = "psychologist"
    OTHER = "other"


class Mark(StrEnum):
    """How a seat was taken at a meeting; a substitute fills it, apologies do not."""

    PRESENT = "present"
    SUBSTITUTE = "substitute"
    APOLOGIES = "apologies"
    ABSENT = "absent"


FILLED = frozenset({Mark.PRESENT, Mark.SUBSTITUTE})


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A professional who comes to meetings; ISO dates, ``ends`` the first day after.

    ``invited_to`` names clusters, "all" or "panel" for those who come as partners; a school's own people come with it.
    """

    contact_id: int
    name: str
    role: str
    urn: int | None
    school: str
    organisation: str
    email: str
    invited_to: str
    starts: str
    ends: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as read from a file; ``school`` is the URN or name as written."""

    where: str
    name: str
    role: ContactRole
    school: str
    organisation: str
    email: str
    invited_to: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat at a meeting: a school that should come, or an invited partner; ``mark`` is '' until it is marked.

    ``also`` are other names by which a person may call the seat.
    """

    meeting: str
    seat: str
    who: str
    role: str
    urn: int | None
    contact_id: int | None
    mark: str
    marked_at: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a meeting is quorate: seats filled, seats needed (None for no number), and what is still lacking.

    ``asked`` is False where the borough's rules ask for no quorum at all.
    """

    filled: int
    needed: int | None
    lacking: tuple[str, ...]
    asked: bool = True

    @property
    def reached(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking

    @property
    def said(self) -> str:
        """The verdict in words, as in "quorate"."""
        if not self.asked:
            return "no quorum is set"
        return "quorate" if self.reached else f"not quorate: it lacks {'; '.join(self.lacking)}"


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """A school's year: how many meetings it should have come to so far, and how they went.

    ``percent`` is of the meetings for which the school is marked.
    """

    urn: int
    school: str
    clusters: str
    meetings: int
    present: int
    substitute: int
    apologies: int
    absent: int
    unmarked: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something that somebody is to do; ISO dates; ``outcome`` is '' while it is open, then done or dropped."""

    reference: str
    meeting: str
    task: str
    owner: str
    due: str | None
    closed_on: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class StandingLine:
    """An item that stands on agendas in some months ("3, 4"), of some kinds of meeting or ('') of all."""

    title: str
    months: str
    kinds: str
    holds_from: str
    ends: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item of an agenda or minutes: its number, heading, and the lines under it."""

    number: int
    heading: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """An agenda frame or the minutes of a meeting, ready to be laid out as a workbook or as Markdown."""

    kind: str
    title: str
    lines: tuple[str, ...]
    items: tuple[PaperItem, ...]
    register: tuple[tuple[str, str, str], ...]
    actions: tuple[ActionLine, ...]
    seal: str
    footer: str
