"""No sequence of commands overspends a fund without an override, and the ledger always sums to nought."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from senco.budget import awards, checks, naming, posting, questions, verbs
from senco.budget.kinds import (
    AccountKind,
    Cause,
    EntryKind,
    EventKind,
    Fund,
)
from senco.budget.kinds import Pattern as PaymentPattern
from senco.budget.shapes import EntryDraft
from senco.errors import NotFound, Refused
from senco.store.doors import Store
from senco.store.migrating import migrate
from tests.budget.conftest import ABBEY, AT, AVENUE, FOXLEY, YEAR, decide, fill, request

ENVELOPE = naming.of_cluster("CP1", Fund.EXCEPTIONAL, YEAR)
TRAINING = naming.of_cluster("CP1", Fund.TRAINING, YEAR)
SUPPLIER = naming.outside("supplier", YEAR)
REFERENCES = ("R-22AA", "R-22BB", "R-22CC", "R-22DD")
NOT_AS_TOLD = ("budget.gone", "budget.not-as-recorded", "budget.not-in-trail")
days = st.integers(0, 400).map(lambda more: date(2020, 9, 1) + timedelta(days=more))
pence = st.integers(1, 5_000)


class Officers(RuleBasedStateMachine):
    """Officers who allocate, spend, decide, pay, reverse and override in any order."""

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

    @rule(target=entries, amount=pence, into=st.sampled_from((ENVELOPE, TRAINING)))
    def allocate(self, amount: int, into: naming.AccountName) -> int:
        draft = EntryDraft(EntryKind.ALLOCATE, naming.outside("grant", YEAR), into, amount, date(2020, 9, 1))
        return self._do(verbs.move, draft).number

    @rule(
        target=entries,
        amount=pence,
        sides=st.sampled_from(((ENVELOPE, SUPPLIER), (ENVELOPE, TRAINING), (TRAINING, ENVELOPE))),
        override=st.sampled_from(("", "", "", "Agreed by the borough")),
    )
    def spend(self, amount: int, sides: tuple[naming.AccountName, naming.AccountName], override: str) -> int | None:
        return self._move(amount, sides, override)

    @rule(amount=pence)
    def spend_reverse_and_spend_again(self, amount: int) -> None:
        """The second time no reason is given: what was allowed the first time is gone with its entry."""
        number = self._move(amount, (TRAINING, SUPPLIER), "Agreed by the borough")
        if number is not None:
            self.reverse(number)
        self._move(amount, (TRAINING, SUPPLIER), "")

    def _move(self, amount: int, sides: tuple[naming.AccountName, naming.AccountName], override: str) -> int | None:
        before = self._overrides()
        line = self._do(verbs.move, EntryDraft(EntryKind.TRANSFER, *sides, amount, date(2020, 9, 1), override=override))
        if line is None:
            return None
        assert override or self._overrides() == before
        self.allowed[line.number] = self._overrides() - before
        return int(line.number)

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
        told = {"because": Cause.PLAN.value} if kind is EventKind.STOP else {}
        if kind is EventKind.TERMS:
            told = {"pattern": pattern.value, "fund": Fund.EXCEPTIONAL.value}
        with suppress(NotFound):
            self._do(verbs.plan_award, reference, kind, day=day, urn=urn, **told)

    @rule(day=days)
    def pay(self, day: date) -> None:
        made = self._do(verbs.pay, day) or ()
        with self.store.reading() as ask:
            left = awards.payments(ask, day)
        # What was got back may cover what was held before: the next run pays it. Nothing else is left to pay.
        assert all(line.held for line in left) or any(line.amount_pence < 0 for line in made)
        assert not {(line.request, line.urn, line.year) for line in left} & {
            (line.request, line.urn, line.year) for line in made
        }

    @rule(reference=st.sampled_from(REFERENCES))
    def override(self, reference: str) -> None:
        with suppress(NotFound):
            self._do(verbs.sanction_award, reference, "No other place", date(2020, 11, 24))

    @invariant()
    def nothing_is_overspent_and_all_sums_to_nought(self) -> None:
        with self.store.reading() as ask:
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
