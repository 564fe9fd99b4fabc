"""The changes of the ledger on a real store: one line in the trail each, and refusals in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from senco.budget import awards, cover, naming, questions, verbs
from senco.budget.kinds import (
    EntryKind,
    EventKind,
    Fund,
    Service,
    Unit,
)
from senco.budget.shapes import EntryDraft, FundKey
from senco.errors import BadInput, NotFound, Refused, SencoError
from senco.requests import reviewing
from senco.store.doors import Change, Store
from tests.budget.conftest import ABBEY, AT, FOXLEY, TODAY, YEAR

TRAINING = naming.of_cluster("CP1", Fund.TRAINING, YEAR)
ENVELOPE = naming.of_cluster("CP1", Fund.EXCEPTIONAL, YEAR)
SUPPLIER = naming.outside("supplier", YEAR)


@pytest.fixture
def change(funded: Store, trail_length: Callable[[], int]) -> Callable[..., object]:
    """Give a way to run one verb; it must leave one line in the trail, or none when it refuses."""

    def run(verb: Callable[..., object], *words: object, **more: object) -> object:
        before = trail_length()
        try:
            with funded.changing("test.verb", actor="officer", at=AT) as changing:
                given = verb(changing, *words, **more)
        except SencoError:
            assert trail_length() == before
            raise
        assert trail_length() == before + 1
        return given

    return run


def draft(amount: int, **told: object) -> EntryDraft:
    usual: dict[str, object] = {"kind": EntryKind.SPEND, "giver": TRAINING, "taker": SUPPLIER, "day": TODAY}
    return EntryDraft(**{**usual, "amount": amount, **told})  # type: ignore[arg-type] - the tests tell what fits


def allocate(change: Callable[..., object], amount: int = 100_000) -> None:
    change(verbs.move, draft(amount, kind=EntryKind.ALLOCATE, giver=naming.hnb(YEAR), taker=TRAINING))


def refusal(change: Callable[..., object], *words: object, **more: object) -> str:
    with pytest.raises(SencoError) as refused:
        change(*words, **more)
    return refused.value.reference


def holds(store: Store, account: object) -> int:
    with store.reading() as ask:
        return questions.holds(ask, account)  # type: ignore[arg-type]


def test_a_fund_gives_what_it_has(funded: Store, change: Callable[..., object]) -> None:
    allocate(change)
    line = change(verbs.move, draft(40_000, description="A course", party="Nurture Ltd", receipt="INV-1"))
    assert (line.amount_pence, line.amount_minutes, line.party, line.receipt) == (40_000, None, "Nurture Ltd", "INV-1")  # type: ignore[attr-defined]
    assert holds(funded, TRAINING) == 60_000
    assert refusal(change, verbs.move, draft(60_001)) == "fund.too-little"
    assert holds(funded, TRAINING) == 60_000


def test_an_override_lets_a_fund_be_overspent_by_just_what_is_lacking(
    funded: Store, change: Callable[..., object]
) -> None:
    allocate(change, 1_000)
    change(verbs.move, draft(1_500, override="The course was booked for all."))
    assert holds(funded, TRAINING) == -500
    with funded.reading() as ask:
        assert questions.sanctioned(ask, TRAINING) == 500
        told = ask.values("SELECT detail FROM trail")
        assert ask.values("SELECT reason FROM ledger_override") == ["The course was booked for all."]
    assert not any("booked for all" in each for each in told)
    assert refusal(change, verbs.move, draft(1)) == "fund.too-little"


def test_amounts_are_more_than_nought(change: Callable[..., object]) -> None:
    allocate(change)
    for amount in (0, -5):
        assert refusal(change, verbs.move, draft(amount)) == "entry.nothing"
        assert refusal(change, verbs.sanction, TRAINING, amount, "Because.") == "entry.nothing"


def test_a_receipt_is_paid_once(change: Callable[..., object]) -> None:
    allocate(change)
    first = change(verbs.move, draft(100, receipt="INV-1"))
    for same in ("INV-1", "inv-1", " INV-1 ", "Inv-1\u00a0"):
        assert refusal(change, verbs.move, draft(100, receipt=same)) == "receipt.twice"
    change(verbs.reverse, first.number, day=TODAY, reason="Twice")  # type: ignore[attr-defined]
    change(verbs.move, draft(100, receipt="INV-1"))


def test_a_reversal_takes_back_and_both_stay(funded: Store, change: Callable[..., object]) -> None:
    allocate(change)
    spent = change(verbs.move, draft(40_000)).number  # type: ignore[attr-defined]
    back = change(verbs.reverse, spent, day=TODAY, reason="Booked twice")
    assert (back.reverses, back.kind, back.description) == (spent, "reverse", "Booked twice")  # type: ignore[attr-defined]
    assert holds(funded, TRAINING) == 100_000
    with funded.reading() as ask:
        assert questions.entry(ask, spent).reversed_by == back.number  # type: ignore[attr-defined]
        line = next(each for each in questions.balances(ask) if each.account == TRAINING.name)
    assert (line.received_pence, line.given_pence) == (100_000, 0)
    assert refusal(change, verbs.reverse, spent, day=TODAY, reason="Again") == "entry.reversed"
    assert refusal(change, verbs.reverse, back.number, day=TODAY, reason="Again") == "entry.is-reversal"  # type: ignore[attr-defined]
    assert refusal(change, verbs.reverse, 999, day=TODAY, reason="Again") == "entry.unknown"


def test_an_allocation_that_was_spent_is_not_taken_back(change: Callable[..., object]) -> None:
    allocate(change)
    change(verbs.move, draft(40_000))
    assert refusal(change, verbs.reverse, 3, day=TODAY, reason="Too early") == "fund.too-little"
    change(verbs.reverse, 3, day=TODAY, reason="Too early", override="The panel agreed")


def test_an_unknown_entry_of_an_empty_ledger(borough: Store) -> None:
    with pytest.raises(NotFound, match="E7") as refused, borough.reading() as ask:
        questions.entry(ask, 7)
    assert "empty" in refused.value.hint
    with pytest.raises(NotFound) as refused, borough.reading() as ask:
        questions.entries_of_run(ask, "PAY-1")
    assert refused.value.reference == "run.unknown"
    assert "Nothing was paid" in refused.value.hint


def test_an_override_needs_a_reason_and_a_fund(change: Callable[..., object]) -> None:
    assert change(verbs.sanction, TRAINING, 500, "Because.") == 500
    assert change(verbs.sanction, TRAINING, 100, "Because.") == 600
    assert refusal(change, verbs.sanction, TRAINING, 100, "  ") == "override.reason"
    assert refusal(change, verbs.sanction, SUPPLIER, 100, "Because.") == "override.not-a-fund"


def test_what_is_promised_to_awards_is_not_spent_on_something_else(
    change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 900_000)
    transfer = draft(100_001, kind=EntryKind.TRANSFER, giver=ENVELOPE, taker=TRAINING)
    assert refusal(change, verbs.move, transfer) == "fund.too-little"
    change(verbs.move, draft(100_000, kind=EntryKind.TRANSFER, giver=ENVELOPE, taker=TRAINING))


def test_a_run_pays_what_is_due_once(funded: Store, change: Callable[..., object], award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert (line.run, line.amount_pence, line.urn) == ("PAY-2020-11-24", 100_000, ABBEY)
    assert refusal(change, verbs.pay, TODAY) == "pay.nothing"
    (line,) = change(verbs.pay, date(2021, 1, 4))  # type: ignore[misc]
    assert line.amount_pence == 100_000
    with funded.reading() as ask:
        assert [each.run for each in awards.payments_of_run(ask, "PAY-2021-01-04")] == ["PAY-2021-01-04"]
        with pytest.raises(NotFound, match="PAY-1"):
            awards.payments_of_run(ask, "PAY-1")


def test_two_runs_of_a_day_have_names_of_their_own(change: Callable[..., object], award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    change(verbs.pay, TODAY)
    award("R-8KQ4", 3_000)
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert line.run == "PAY-2020-11-24-2"


def test_a_payment_that_was_reversed_is_due_again(change: Callable[..., object], award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    change(verbs.pay, TODAY)
    change(verbs.reverse, 3, day=TODAY, reason="The bank sent it back")
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert line.amount_pence == 100_000


def test_a_decision_taken_back_is_got_back_by_the_next_run(
    funded: Store, change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 300_000)
    change(verbs.pay, TODAY)
    award("R-7KQ4", None)
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert line.amount_pence == -100_000
    assert refusal(change, verbs.pay, TODAY) == "pay.nothing"
    assert holds(funded, ENVELOPE) == 1_000_000
    change(verbs.reverse, 4, day=TODAY, reason="It was right after all")
    with funded.reading() as ask:
        assert sum(paid for paid, _ in awards.paid_for_awards(ask).values()) == 100_000


def test_an_award_beyond_the_envelope_waits_for_an_override(
    funded: Store, change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 900_000)
    award("R-8KQ4", 300_000)
    with funded.reading() as ask:
        assert [bool(line.held) for line in awards.payments(ask, TODAY)] == [False, True]
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert line.request == "R-7KQ4"
    assert change(verbs.sanction_award, "r-8kq4", "No other place", TODAY) == 200_000
    assert refusal(change, verbs.sanction_award, "R-8KQ4", "No other place", TODAY) == "override.not-needed"
    (line,) = change(verbs.pay, TODAY)  # type: ignore[misc]
    assert (line.request, line.amount_pence) == ("R-8KQ4", 100_000)


def test_a_child_that_moves_takes_the_award_along(
    funded: Store, change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 120_000)
    change(verbs.pay, TODAY)
    change(reviewing.move, "R-7KQ4", "Foxley School", date(2020, 11, 1), "Moved house.", TODAY)
    paid = {line.urn: line.amount_pence for line in change(verbs.pay, TODAY)}  # type: ignore[attr-defined]
    assert paid == {ABBEY: -20_000, FOXLEY: 20_000}
    late = date(2025, 1, 1)
    assert refusal(change, verbs.plan_award, "R-7KQ4", EventKind.STOP, day=late) == "award.not-running"
    with pytest.raises(BadInput, match="over by then"):
        change(reviewing.move, "R-7KQ4", "Abbey Primary School", late, "Moved house.", TODAY)
    assert refusal(change, verbs.plan_award, "R-9KQ4", EventKind.RESUME, day=TODAY) == "award.unknown"


def test_time_is_used_out_of_what_is_booked_first(funded: Store, change: Callable[..., object]) -> None:
    free, booked = naming.time_of("CP1", Service.EP, YEAR), naming.time_of("CP1", Service.EP, YEAR, "booked")
    give = draft(600, kind=EntryKind.ALLOCATE, giver=naming.service(Service.EP, YEAR), taker=free)
    assert change(verbs.move, give).amount_minutes == 600  # type: ignore[attr-defined]
    change(verbs.move, draft(100, kind=EntryKind.BOOK, giver=free, taker=booked))
    told = {"year": YEAR, "day": TODAY}
    used = change(verbs.use_time, "CP1", Service.EP, 130, use=EntryKind.CONTACT, **told)
    assert [line.amount_minutes for line in used] == [100, 30]  # type: ignore[attr-defined]
    (line,) = change(verbs.use_time, "CP1", Service.EP, 20, use=EntryKind.ADMIN, **told)  # type: ignore[misc]
    assert line.to_account == "cluster:CP1:ep:admin"
    with pytest.raises(Refused, match="7h 30m"):
        change(verbs.use_time, "CP1", Service.EP, 460, use=EntryKind.ADMIN, **told)
    back = change(verbs.reverse, line.number, day=TODAY, reason="It was contact")
    assert (back.amount_minutes, back.amount_pence) == (20, None)  # type: ignore[attr-defined]
    assert holds(funded, free) == 470
    assert free.unit is Unit.MINUTES


def test_the_trail_holds_references_and_plain_facts(funded: Store, change: Callable[..., object]) -> None:
    allocate(change)
    change(verbs.move, draft(100, description="Herbert's course", party="Herbert Ltd", receipt="INV-1"))
    with funded.reading() as ask:
        subject, detail = ask.one(lambda *row: row, "SELECT subject, detail FROM trail ORDER BY number DESC LIMIT 1")
    assert subject == "ledger entry 4"
    assert json.loads(detail) == {
        "giver": "cluster:CP1:training@2020/21", "taker": "supplier@2020/21", "kind": "spend", "pence": 100,
        "day": TODAY.isoformat(), "entries": "4-4", "digest": json.loads(detail)["digest"],
    }  # fmt: skip


def test_a_change_that_fails_leaves_nothing(funded: Store) -> None:
    def broken(change: Change) -> None:
        verbs.move(change, draft(5, giver=naming.hnb(YEAR)))
        raise Refused("test.refused", "No.")

    with pytest.raises(Refused), funded.changing("test.verb", actor="officer", at=AT) as change:
        broken(change)
    assert holds(funded, naming.hnb(YEAR)) == 9_000_000


def test_an_override_for_an_award_pays_no_other(
    funded: Store, change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 1_500_000)
    award("R-8KQ4", 300_000)
    assert change(verbs.sanction_award, "R-8KQ4", "No other place", TODAY) == 300_000
    with funded.reading() as ask:
        assert {line.request: line.covered for line in awards.commitments(ask, TODAY)} == {
            "R-7KQ4": False, "R-8KQ4": True,
        }  # fmt: skip
    assert [line.request for line in change(verbs.pay, TODAY)] == ["R-8KQ4"]  # type: ignore[attr-defined]
    with funded.reading() as ask:
        assert cover.missing_for(ask, "R-7KQ4", awards.commitments(ask, TODAY)) == {
            FundKey("CP1", "exceptional", YEAR): 500_000
        }


def test_an_override_ends_with_the_award_it_was_for(change: Callable[..., object], award: Callable[..., str]) -> None:
    award("R-7KQ4", 1_200_000)
    change(verbs.sanction_award, "R-7KQ4", "No other place", TODAY)
    award("R-7KQ4", None)
    assert refusal(change, verbs.move, draft(1_000_001, giver=ENVELOPE)) == "fund.too-little"
    change(verbs.move, draft(1_000_000, giver=ENVELOPE))


def test_an_override_ends_with_the_entry_it_was_for(funded: Store, change: Callable[..., object]) -> None:
    allocate(change, 1_000)
    first = change(verbs.move, draft(1_500, override="It is really needed"))
    change(verbs.reverse, first.number, day=TODAY, reason="Booked twice")  # type: ignore[attr-defined]
    with funded.reading() as ask:
        assert questions.sanctioned(ask, TRAINING) == 0
        assert [line.sanctioned_pence for line in questions.balances(ask) if line.account == TRAINING.name] == [0]
    assert refusal(change, verbs.move, draft(1_500)) == "fund.too-little"


def test_an_override_for_an_entry_is_not_for_what_awards_lack(
    funded: Store, change: Callable[..., object], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 1_500_000)
    change(verbs.move, draft(10_000, giver=ENVELOPE, override="It is really needed"))
    with funded.reading() as ask:
        assert questions.sanctioned(ask, ENVELOPE) == 10_000
        assert [line.covered for line in awards.commitments(ask, TODAY)] == [False]
