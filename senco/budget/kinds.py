"""The words of the budget slice and its public shapes."""

from __future__ import annotations

from enum import StrEnum

from senco.deferred import dataclass


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
    INCOME = "income"
    SPEND = "spend"
    REFUND = "refund"
    TRANSFER = "transfer"
    CARRY = "carry"
    PAY = "pay"
    RECOVER = "recover"
    BOOK = "book"
    CONTACT = "contact"
    ADMIN = "admin"
    REVERSE = "reverse"


class Role(StrEnum):
    """What an account of money is to the others: which ways money may go between two of them follows from it."""

    GRANT = "the grant"
    HNB = "the High Needs Block"
    FUND = "a fund"
    POOL = "a pool"
    SCHOOL = "a school"
    SUPPLIER = "the suppliers"


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
    """What may happen to an award while it runs; a move is told by its request."""

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
        """Give the name with its year, as it is typed: without the word that only says that it is a cluster's."""
        return f"{self.name.removeprefix('cluster:')}@{self.year}"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry: ISO day; ``amount_pence`` or ``amount_minutes``, the other None; ``reversed_by`` once taken back.

    ``override`` is the reason for which it overspent its fund, "" for one that did not.
    """

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
    override: str = ""


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """An override that lives: by how much a fund may be overspent, and why; for an entry, an award, or neither."""

    override: int
    account: str
    year: str
    amount: int
    entry: int | None
    request: str | None
    reason: str
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
    override: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A page of an account's statement; ``earlier`` is the entry to go on before, None on the last page."""

    account: str
    year: str
    lines: tuple[StatementLine, ...]
    balance_pence: int
    earlier: int | None
    overrides: tuple[OverrideLine, ...] = ()
