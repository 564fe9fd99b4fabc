"""The public shapes of changes, awards, summaries and statements; apart from kinds, which every command loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from datetime import date

    from senco.budget.kinds import AccountName, EntryKind, OverrideLine, Pattern


@dataclass(frozen=True, slots=True)
class FundKey:
    """Which fund of which year bears something."""

    cluster: str
    fund: str
    year: str


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
class Award:
    """An award as the officer's decision has it: the whole sum for its time, both ends included.

    ``known`` is the newest setting that was known when it was decided.
    """

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
    known: int = 0


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
    """How an award is paid as things stand: ``moves`` are the later schools by day, ``unpaid`` the days not paid for.

    Each stretch of those begins with the day of its stop and ends before that of the resumption, None while none is
    told. ``ended`` is the day on which the award's request says that it ended for good.
    """

    pattern: Pattern
    fund: str
    payee: int | None = None
    moves: tuple[tuple[date, int], ...] = ()
    unpaid: tuple[tuple[date, date | None], ...] = ()
    ended: date | None = None

    @property
    def stop(self) -> date | None:
        """The day from which on nothing more is paid, None while the award runs to its end."""
        return min((begins for begins, until in self.unpaid if until is None), default=None)


@dataclass(frozen=True, slots=True)
class Queued:
    """What an award has of a fund's money by one of its decisions: that decision is its place in the queue; pence."""

    decision: int
    pence: int


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
    cluster: str
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
    """One award against one fund of one year and one school: awarded, paid and still to be paid, in pence.

    ``held`` says why nothing of it is paid for now, whatever the fund has. ``queued`` is its place among the fund's
    awards: by which decision it was promised how much, whichever school gets it. ``lacking_pence`` is what the fund
    does not cover of what is left.
    """

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
    held: str = ""
    queued: tuple[Queued, ...] = ()
    lacking_pence: int = 0


@dataclass(frozen=True, slots=True)
class EnvelopeLine:
    """A cluster's fund in a year: what it got, what went, what is promised, what is free; pence; and its overrides."""

    cluster: str
    fund: str
    year: str
    allocated_pence: int
    sanctioned_pence: int
    spent_pence: int
    paid_pence: int
    committed_pence: int
    free_pence: int
    overrides: tuple[OverrideLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OverrunLine:
    """What an award would mean for a fund: what falls on it, what it lacks for that, what would be free; pence.

    ``free_pence`` has a minus where more is promised than there is. ``waits_pence`` is what of an award would not be
    paid: all of it, or what it grew by.
    """

    request: str
    cluster: str
    fund: str
    year: str
    amount_pence: int
    over_pence: int
    free_pence: int
    waits_pence: int = 0


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment to a school, or with a minus one to be got back from it; ``held`` says why it is not made.

    ``entry`` is the entry that it became, ``reversed_by`` the one that took it back.
    """

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
    entry: int | None = None
    reversed_by: int | None = None


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A cluster's fund at the end of its year, in pence, by the assumption named.

    ``regular`` says whether what it did has a pace to go on at.
    """

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
    regular: bool = True


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What a school paid into a pool, got back, bore of what was bought, and has left; pence.

    ``paid_in_pence`` counts what was brought from the year before; ``carried_pence`` is what went into the next.
    ``urn`` is None for the line of other money: the cluster's own, a grant. ``member``: of the cluster that year.
    """

    urn: int | None
    school: str
    paid_in_pence: int
    share_bought_pence: int
    share_left_pence: int
    brought_pence: int = 0
    paid_back_pence: int = 0
    carried_pence: int = 0
    member: bool = True


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
    """What stands on a line of the section 251 return for a financial year, by type of school.

    ``line`` is "" for what stands on none, and ``meaning`` says why.
    """

    line: str
    meaning: str
    school_type: str
    amount_pence: int


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A cluster's time of one service in a year, in minutes; ``late`` when too little was used by mid-year.

    ``unused_mid_year_minutes`` is what was not used by the end of February, booked or free; None before that.
    """

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
    unused_mid_year_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class TimeStatementLine:
    """One entry of a cluster's time of a service, with what was free, booked and used after it; minutes."""

    number: int
    day: str
    kind: str
    description: str
    minutes: int
    free_minutes: int
    booked_minutes: int
    used_minutes: int
    reverses: int | None = None
    reversed_by: int | None = None
    override: str = ""


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
