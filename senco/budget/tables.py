"""The tables of the budget slice, one to one with migration 0010."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class LedgerAccount(SQLModel, table=True):
    """An account of a year, in its unit."""

    __tablename__ = "ledger_account"

    account_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    year: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    cluster: str = Field(default="", sa_type=Text)
    fund: str = Field(default="", sa_type=Text)
    urn: int | None = Field(default=None, sa_type=Integer)
    opened_at: str = Field(sa_type=Text)
    opened_by: str = Field(sa_type=Text)


class LedgerOverride(SQLModel, table=True):
    """How much further a fund may be overspent, and why."""

    __tablename__ = "ledger_override"

    override_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    account_id: int = Field(sa_type=Integer)
    amount: int = Field(sa_type=Integer)
    request_reference: str | None = Field(default=None, sa_type=Text)
    entry_number: int | None = Field(default=None, sa_type=Integer)
    reason: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class LedgerEntry(SQLModel, table=True):
    """An amount that moved from one account to another."""

    __tablename__ = "ledger_entry"

    number: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    day: str = Field(sa_type=Text)
    from_account: int = Field(sa_type=Integer)
    to_account: int = Field(sa_type=Integer)
    amount: int = Field(sa_type=Integer)
    kind: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    party: str = Field(default="", sa_type=Text)
    receipt: str = Field(default="", sa_type=Text)
    run: str = Field(default="", sa_type=Text)
    request_reference: str | None = Field(default=None, sa_type=Text)
    reverses: int | None = Field(default=None, sa_type=Integer)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class AwardEvent(SQLModel, table=True):
    """Something that happened to an award while it runs."""

    __tablename__ = "award_event"

    event_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    day: str = Field(sa_type=Text)
    pattern: str = Field(default="", sa_type=Text)
    fund: str = Field(default="", sa_type=Text)
    urn: int | None = Field(default=None, sa_type=Integer)
    because: str = Field(default="", sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class FinanceStatementRow(SQLModel, table=True):
    """A statement of one account as finance gave it."""

    __tablename__ = "finance_statement"

    statement_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    account_id: int = Field(sa_type=Integer)
    digest: str = Field(sa_type=Text)
    file: str = Field(sa_type=Text)
    first: str = Field(sa_type=Text)
    last: str = Field(sa_type=Text)
    balance_pence: int | None = Field(default=None, sa_type=Integer)
    imported_at: str = Field(sa_type=Text)
    imported_by: str = Field(sa_type=Text)


class FinanceLine(SQLModel, table=True):
    """A line of it, and the entry it was found to be."""

    __tablename__ = "finance_line"

    statement_id: int = Field(primary_key=True, sa_type=Integer)
    line: int = Field(primary_key=True, sa_type=Integer)
    place: str = Field(sa_type=Text)
    day: str = Field(sa_type=Text)
    amount_pence: int = Field(sa_type=Integer)
    reference: str = Field(default="", sa_type=Text)
    entry_number: int | None = Field(default=None, sa_type=Integer)
