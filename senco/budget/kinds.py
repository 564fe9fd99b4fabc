"""The words of the budget slice and its public shapes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Unit(StrEnum):
    """What an account counts: money or specialists' time."""

    PENCE = "pence"
    MINUTES = "minutes"


class AccountKind(StrEnum):
    """Whether an account is a fund, which may not be overspent, or stands for somebody outside."""

    OUTSIDE = "outside"
    FUND = "fund"


class Fund(StrEnum):
    """What a cluster's money is for; ``exceptional`` is the envelope that awards are paid from."""

    SET_UP = "set-up"
    LEAD_SALARY = "lead-salary"
    LEAD_ON_COSTS = "lead-on-costs"
    CONFERENCE = "conference"
    TRAINING = "training"
    FAMILY = "family"
    EXCEPTIONAL = "exceptional"
    TRANSITION = "transition"
    THERAPIES = "therapies"
    POOL = "pool"


class Service(StrEnum):
    """Whose time is shared out: educational psychologists, therapists, advisory teachers."""

    EP = "ep"
    THERAPY = "therapy"
    ADVISORY = "advisory"


class EntryKind(StrEnum):
    """What an entry does."""

    ALLOCATE = "allocate"
    POOL = "pool"
    SPEND = "spend"
    TRANSFER = "transfer"
    CARRY = "carry"
    PAY = "pay"
    RECOVER = "recover"
    BOOK = "book"
    CONTACT = "contact"
    ADMIN = "admin"
    REVERSE = "reverse"


class Pattern(StrEnum):
    """How an award is paid out over its time."""

    TERMS = "equal-terms"
    FROM_SUBMISSION = "from-submission"
    FROM_DECISION = "from-decision"
    MONTHLY = "monthly"
    HALVES = "6/12"
    ACADEMIC_FINANCIAL = "5/12+7/12"
    LUMP_SUM = "lump-sum"


class EventKind(StrEnum):
    """What may happen to an award while it runs."""

    TERMS = "terms"
    MOVE = "move"
    STOP = "stop"
    RESUME = "resume"


class Cause(StrEnum):
    """Why an award stops before its time."""

    PLAN = "plan"
    LEFT = "left"
    OTHER = "other"


class Assumption(StrEnum):
    """What a forecast takes for granted of the rest of the year."""

    COMMITTED = "committed"
    SAME_PACE = "same-pace"


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account by its name and year, with what the name says; it need not have been opened yet."""

    name: str
    year: str
    unit: Unit
    kind: AccountKind
    cluster: str = ""
    fund: str = ""
    urn: int | None = None

    def __str__(self) -> str:
        """Give the name with its year, as it may be typed."""
        return f"{self.name}@{self.year}"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be made; ``override`` is the reason for overspending the fund that gives, "" for none."""

    kind: EntryKind
    giver: AccountName
    taker: AccountName
    amount: int
    day: date
    description: str = ""
    party: str = ""
    receipt: str = ""
    override: str = ""
    run: str = ""
    request: str | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry: ISO day; ``amount_pence`` or ``amount_minutes``, the other None; ``reversed_by`` once taken back."""

    number: int
    day: str
    kind: str
    from_account: str
    from_year: str
    to_account: str
    to_year: str
    amount_pence: int | None
    amount_minutes: int | None
    description: str
    party: str
    receipt: str
    run: str
    request: str | None
    reverses: int | None
    reversed_by: int | None
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """What an account took, gave and holds; ``sanctioned_pence`` is how far it may be overspent."""

    account: str
    year: str
    kind: str
    cluster: str
    fund: str
    urn: int | None
    school: str
    received_pence: int
    given_pence: int
    balance_pence: int
    sanctioned_pence: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry as an account's statement shows it, with the balance after it."""

    number: int
    day: str
    kind: str
    other_account: str
    description: str
    party: str
    receipt: str
    request: str | None
    in_pence: int
    out_pence: int
    balance_pence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A page of an account's statement; ``earlier`` is the entry to go on before, None on the last page."""

    account: str
    year: str
    lines: tuple[StatementLine, ...]
    balance_pence: int
    earlier: int | None


@dataclass(frozen=True, slots=True)
class Award:
    """An award as the officer's living decision has it: the whole sum for its time, both ends included."""

    decision: int
    reference: str
    cluster: str
    year: str
    type: str
    urn: int
    amount_pence: int
    first: date
    last: date
    submitted: date
    decided: date


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened to an award; ISO days."""

    event: int
    request: str
    kind: str
    day: str
    pattern: str
    fund: str
    urn: int | None
    because: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How an award is paid as things stand: ``moves`` are the later schools by day, ``stop`` the first day unpaid."""

    pattern: Pattern
    fund: str
    payee: int | None = None
    moves: tuple[tuple[date, int], ...] = ()
    stop: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an award: when it is due, the days it is for (both included), to which school."""

    number: int
    due: date
    first: date
    last: date
    urn: int
    amount_pence: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of an award as people and programs read it; ``stopped`` parts are not paid."""

    request: str
    number: int
    due: str
    first: str
    last: str
    academic_year: str
    financial_year: str
    fund: str
    urn: int
    school: str
    amount_pence: int
    state: str


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One award against one fund of one year and one school: awarded, paid and still to be paid, in pence."""

    request: str
    decision: int
    cluster: str
    fund: str
    year: str
    urn: int
    school: str
    pattern: str
    entitled_pence: int
    due_pence: int
    paid_pence: int
    left_pence: int
    next_due: str | None
    covered: bool


@dataclass(frozen=True, slots=True)
class EnvelopeLine:
    """A cluster's fund in a year: what it got, what went, what is promised, what is free; pence."""

    cluster: str
    fund: str
    year: str
    allocated_pence: int
    sanctioned_pence: int
    spent_pence: int
    paid_pence: int
    committed_pence: int
    free_pence: int


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment to a school, or with a minus one to be got back from it; ``held`` says why it is not made."""

    run: str
    request: str
    urn: int
    dfe_number: str
    school: str
    cluster: str
    fund: str
    year: str
    amount_pence: int
    held: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A cluster's fund at the end of its year, in pence, by the assumption named."""

    cluster: str
    fund: str
    year: str
    allocated_pence: int
    gone_pence: int
    committed_pence: int
    expected_pence: int
    forecast_pence: int
    left_pence: int
    assumption: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What a school paid into a pool, its share of what was bought, and of what is left; pence."""

    urn: int
    school: str
    paid_in_pence: int
    share_bought_pence: int
    share_left_pence: int


@dataclass(frozen=True, slots=True)
class YearsLine:
    """A fund's spending of one academic year by the two financial years it falls in, moved and still due; pence."""

    cluster: str
    fund: str
    academic_year: str
    financial_year: str
    moved_pence: int
    due_pence: int


@dataclass(frozen=True, slots=True)
class S251Line:
    """What stands on a line of the section 251 return for a financial year, by type of school."""

    line: str
    meaning: str
    school_type: str
    amount_pence: int


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A cluster's time of one service in a year, in minutes; ``late`` when too little was used by mid-year."""

    cluster: str
    service: str
    year: str
    allocated_minutes: int
    brought_minutes: int
    booked_minutes: int
    contact_minutes: int
    admin_minutes: int
    carried_minutes: int
    free_minutes: int
    late: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of finance's statement as read: ``amount_pence`` into the account, negative out of it."""

    place: str
    day: date
    amount_pence: int
    reference: str
    balance_pence: int | None


@dataclass(frozen=True, slots=True)
class FinanceStatement:
    """Finance's statement of an account as read from a file; ``balance_pence`` is the one it ends with."""

    file: str
    digest: str
    rows: tuple[StatementRow, ...]
    balance_pence: int | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A line of finance beside the entry it is taken for; one of them may be missing. ``why`` says how sure."""

    place: str
    day: str
    amount_pence: int
    reference: str
    entry: int | None
    why: str
