"""No sequence of commands overspends a fund without an override, and the ledger always sums to nought."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from senco.budget import awards, checks, naming, pools, posting, questions, verbs
from senco.budget.kinds import (
    AccountKind,
    AccountName,
    Cause,
    EntryKind,
    EventKind,
    Fund,
)
from senco.budget.kinds import Pattern as PaymentPattern
from senco.budget.shapes import EntryDraft
from senco.errors import BadInput, NotFound, Refused
from senco.requests import reviewing
from senco.store.doors import Ask, Store
from senco.store.migrating import migrate
from tests.budget.conftest import ABBEY, AT, AVENUE, FOXLEY, YEAR, decide, fill, request

GRANT, HNB = naming.outside("grant", YEAR), naming.hnb(YEAR)
ENVELOPE, TRAINING, POOL = (
    naming.of_cluster("CP1", fund, YEAR) for fund in (Fund.EXCEPTIONAL, Fund.TRAINING, Fund.POOL)
)
NEXT_POOL = naming.of_cluster("CP1", Fund.POOL, "2021/22")
SUPPLIER = naming.outside("supplier", YEAR)
SCHOOLS = tuple(naming.school(urn, YEAR) for urn in (ABBEY, AVENUE, FOXLEY))  # Foxley is of another cluster
FUNDS = (HNB, ENVELOPE, TRAINING, POOL)
ANY = (GRANT, SUPPLIER, NEXT_POOL, *SCHOOLS, *FUNDS)
REFERENCES = ("R-22AA", "R-22BB", "R-22CC", "R-22DD")
NOT_AS_TOLD = ("budget.gone", "budget.not-as-recorded", "budget.not-in-trail")
MONEY = [kind for kind in EntryKind if kind.value in {
    "allocate", "pool", "income", "spend", "refund", "transfer", "carry"
}]  # fmt: skip
days = st.integers(0, 400).map(lambda more: date(2020, 9, 1) + timedelta(days=more))
pence = st.integers(1, 5_000)
reasons = st.sampled_from(("", "", "", "Agreed by the borough"))


class Officers(RuleBasedStateMachine):
    """Officers who allocate, pool, spend, transfer, refund, decide, pay, reverse and override in any order."""

    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.allowed: dict[int, int] = {}  # what was allowed for an entry that lives
        self.store = Store(self.folder / "senco.db", wait=5)
        shutil.copy(Officers.template, self.store.path)
        with closing(sqlite3.connect(self.store.path)) as connection, connection:
            # A store of its own, not an older copy of the one before it.
            connection.execute("UPDATE store_identity SET store_id = ?", (self.folder.name,))

    template = Path()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _do(self, verb, *words, **more):  # type: ignore[no-untyped-def]
        try:
            with self.store.changing("test.any", actor="officer", at=AT) as change:
                return verb(change, *words, **more)
        except Refused:
            return None

    @initialize()
    def begin(self) -> None:
        self._move(EntryKind.ALLOCATE, GRANT, HNB, 20_000)
        self._move(EntryKind.ALLOCATE, HNB, ENVELOPE, 4_000)
        self._move(EntryKind.POOL, SCHOOLS[0], POOL, 999)

    @rule(target=entries, amount=pence, into=st.sampled_from((HNB, ENVELOPE, TRAINING, POOL)))
    def allocate(self, amount: int, into: AccountName) -> int | None:
        return self._move(EntryKind.ALLOCATE, GRANT if into == HNB else HNB, into, amount)

    @rule(target=entries, amount=pence, school=st.sampled_from(SCHOOLS), override=reasons)
    def pool(self, amount: int, school: AccountName, override: str) -> int | None:
        number = self._move(EntryKind.POOL, school, POOL, amount, override)
        assert (number is None) == (school.urn == FOXLEY and not override)
        return number

    @rule(
        target=entries, amount=pence, giver=st.sampled_from(FUNDS), taker=st.sampled_from((SUPPLIER, *SCHOOLS)),
        override=reasons,
    )  # fmt: skip
    def spend(self, amount: int, giver: AccountName, taker: AccountName, override: str) -> int | None:
        return self._move(EntryKind.SPEND, giver, taker, amount, override)

    @rule(target=entries, amount=pence, giver=st.sampled_from((GRANT, SCHOOLS[0])), into=st.sampled_from(FUNDS))
    def receive(self, amount: int, giver: AccountName, into: AccountName) -> int | None:
        return self._move(EntryKind.INCOME, giver, into, amount)

    @rule(target=entries, amount=pence, giver=st.sampled_from((SUPPLIER, *SCHOOLS)), into=st.sampled_from(FUNDS))
    def refund(self, amount: int, giver: AccountName, into: AccountName) -> int | None:
        return self._move(EntryKind.REFUND, giver, into, amount)

    @rule(
        target=entries, amount=pence, override=reasons, giver=st.sampled_from((ENVELOPE, TRAINING, POOL, POOL)),
        taker=st.sampled_from((HNB, ENVELOPE, TRAINING, POOL, NEXT_POOL, *SCHOOLS)),
    )  # fmt: skip
    def transfer(self, amount: int, giver: AccountName, taker: AccountName, override: str) -> int | None:
        kind = EntryKind.CARRY if giver.name == taker.name else EntryKind.TRANSFER
        return self._move(kind, giver, taker, amount, override)

    @rule(
        target=entries, amount=pence, kind=st.sampled_from(MONEY), giver=st.sampled_from(ANY),
        taker=st.sampled_from(ANY), override=reasons,
    )  # fmt: skip
    def try_anything(
        self, amount: int, kind: EntryKind, giver: AccountName, taker: AccountName, override: str
    ) -> int | None:
        return self._move(kind, giver, taker, amount, override)

    @rule(amount=pence)
    def spend_reverse_and_spend_again(self, amount: int) -> None:
        """The second time no reason is given: what was allowed the first time is gone with its entry."""
        number = self._move(EntryKind.SPEND, TRAINING, SUPPLIER, amount, "Agreed by the borough")
        if number is not None:
            self.reverse(number)
        self._move(EntryKind.SPEND, TRAINING, SUPPLIER, amount)

    @rule(amount=pence)
    def spend_refund_and_reverse(self, amount: int) -> None:
        """What came back once does not come back again."""
        number = self._move(EntryKind.SPEND, ENVELOPE, SUPPLIER, amount)
        if number is not None:
            self._move(EntryKind.REFUND, SUPPLIER, ENVELOPE, amount)
            self.reverse(number)

    def _move(
        self, kind: EntryKind, giver: AccountName, taker: AccountName, amount: int, override: str = ""
    ) -> int | None:
        before = self._overrides()
        draft = EntryDraft(
            kind, giver, taker, amount, date(2020, 9, 1), "A reason", override=override, receipt=self._paper(kind)
        )
        line = self._do(verbs.move, draft)
        if line is None:
            return None
        assert override or self._overrides() == before
        self.allowed[line.number] = self._overrides() - before
        return int(line.number)

    def _paper(self, kind: EntryKind) -> str:
        self.papers = getattr(self, "papers", 0) + 1
        return f"P-{self.papers}" if kind in {EntryKind.INCOME, EntryKind.REFUND} else ""

    def _overrides(self) -> int:
        with self.store.reading() as ask:
            return int(ask.value("SELECT COALESCE(SUM(amount), 0) FROM ledger_override"))

    @rule(entry=entries)
    def reverse(self, entry: int | None) -> None:
        if entry is not None and self._do(verbs.reverse, entry, day=date(2020, 10, 1), reason="Wrong"):
            self.allowed.pop(entry, None)

    @rule(reference=st.sampled_from(REFERENCES), amount=st.none() | pence, first=days)
    def decide(self, reference: str, amount: int | None, first: date) -> None:
        with suppress(sqlite3.IntegrityError), closing(sqlite3.connect(self.store.path)) as connection, connection:
            decide(connection, reference, amount, awarded_from=first.isoformat() if amount else None,
                   awarded_to=(first + timedelta(days=200)).isoformat() if amount else None)  # fmt: skip

    @rule(
        reference=st.sampled_from(REFERENCES), kind=st.sampled_from(EventKind), day=days,
        pattern=st.sampled_from(PaymentPattern), urn=st.sampled_from((ABBEY, AVENUE, FOXLEY)),
    )  # fmt: skip
    def change_award(self, reference: str, kind: EventKind, day: date, pattern: PaymentPattern, urn: int) -> None:
        if kind is EventKind.MOVE:
            with suppress(NotFound, BadInput):
                self._do(reviewing.move, reference, str(urn), day, "Moved house.", date(2020, 11, 24))
            return
        told = {"because": Cause.PLAN.value} if kind is EventKind.STOP else {}
        if kind is EventKind.TERMS:
            told = {"pattern": pattern.value, "fund": Fund.EXCEPTIONAL.value}
        with suppress(NotFound):
            self._do(verbs.plan_award, reference, kind, day=day, urn=urn, **told)

    @rule(day=days)
    def pay(self, day: date) -> None:
        made = self._do(verbs.pay, day) or ()
        with self.store.reading() as ask:
            left, lines = awards.payments(ask, day), awards.commitments(ask, day)
        # What was got back may cover what was held before: the next run pays it. Nothing else is left to pay.
        assert all(line.held for line in left) or any(line.amount_pence < 0 for line in made)
        assert all(line.held or line.paid_pence <= line.entitled_pence for line in lines)

    @rule(reference=st.sampled_from(REFERENCES))
    def override(self, reference: str) -> None:
        with suppress(NotFound):
            self._do(verbs.sanction_award, reference, "No other place", date(2020, 11, 24))

    @invariant()
    def what_holds(self) -> None:
        with self.store.reading() as ask:
            self._nothing_is_overspent_and_all_sums_to_nought(ask)
            self._shares_of_the_pools_sum_to_them(ask)
            # Suppliers gave back no more than they got, and the grant gives and does not take.
            assert questions.holds(ask, SUPPLIER) >= 0
            assert questions.holds(ask, GRANT) <= 0

    def _shares_of_the_pools_sum_to_them(self, ask: Ask) -> None:
        for account in (POOL, NEXT_POOL):
            lines, bought = pools.pool_of(ask, "CP1", account.year)
            signed = [(-1 if each.kind == EntryKind.REFUND else 1) * (each.amount_pence or 0) for each in bought]
            assert sum(line.share_bought_pence for line in lines) == sum(signed)
            assert sum(line.share_left_pence for line in lines) == questions.holds(ask, account)
            overspent = any(line.account == account.name for line in questions.overrides(ask))
            carried = any(line.carried_pence or line.brought_pence for line in lines)
            for line in lines:
                assert line.share_left_pence == (
                    line.paid_in_pence - line.share_bought_pence - line.paid_back_pence - line.carried_pence
                )
                # Of each payer's own money alone, unless there was a reason to spend more than there was.
                assert overspent or line.share_bought_pence <= line.paid_in_pence
                assert overspent or carried or line.share_left_pence >= 0

    def _nothing_is_overspent_and_all_sums_to_nought(self, ask: Ask) -> None:
        lines = questions.balances(ask)
        assert sum(line.balance_pence for line in lines) == 0
        funds = [line for line in lines if line.kind == AccountKind.FUND]
        for line in funds:
            assert line.balance_pence >= -line.sanctioned_pence
        # Counted here, not by the store: reasons given for an entry that lives, and for awards.
        for_awards = ask.value("SELECT COALESCE(SUM(amount), 0) FROM ledger_override WHERE request_reference <> ''")
        overspent = sum(max(0, -line.balance_pence) for line in funds)
        assert overspent <= sum(self.allowed.values()) + int(for_awards)
        wrong = {"budget.gap", "budget.unbalanced", "budget.overspent", *NOT_AS_TOLD}
        assert not {finding.check for finding in checks.findings(ask, date(2020, 11, 24))} & wrong


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> settings:
    """Give the settings of a run over copies of one template store."""
    path = tmp_path / "template.db"
    migrate(path, actor="officer", at=AT.isoformat(), wait=5)
    with closing(sqlite3.connect(path)) as connection, connection:
        fill(connection)
        for reference in REFERENCES:
            request(connection, reference)
    monkeypatch.setattr(Officers, "template", path)
    monkeypatch.setenv("SENCO_ALLOW_SYNC_FOLDER", "1")
    return settings(
        max_examples=int(os.environ.get("SENCO_EXAMPLES", "8")),
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


def test_no_sequence_overspends(many: settings) -> None:
    run_state_machine_as_test(Officers, settings=many)


def test_without_the_rule_a_sequence_overspends(many: settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the verbs' rule taken away, and with it what SQLite holds to, the same officers overspend."""
    monkeypatch.setattr(posting, "_hold_to_fund", lambda *_: None)
    with closing(sqlite3.connect(Officers.template)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_entry_within_fund")
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Officers, settings=many)


SEQUENCES: dict[str, Callable[[Officers], object]] = {
    "_require_way": lambda officers: officers._move(EntryKind.TRANSFER, SUPPLIER, TRAINING, 100),
    "_require_whose": lambda officers: officers._move(EntryKind.REFUND, SUPPLIER, TRAINING, 100),
    "_require_not_back": lambda officers: officers.spend_refund_and_reverse(100),
    "_require_member": lambda officers: officers.pool(100, SCHOOLS[2], ""),
}


@pytest.mark.parametrize("taken_away", SEQUENCES)
def test_each_rule_is_missed_where_it_is_taken_away(
    many: settings, monkeypatch: pytest.MonkeyPatch, taken_away: str
) -> None:
    """The controls: the same sequence holds with the rule, and breaks what holds without it."""

    def run() -> None:
        officers = Officers()
        try:
            officers.begin()
            SEQUENCES[taken_away](officers)
            officers.what_holds()
        finally:
            officers.teardown()

    run()
    monkeypatch.setattr(verbs, taken_away, lambda *_: False)
    with pytest.raises(AssertionError):
        run()
