"""The payment run at a desk: the plan, the yes, the run, and the file for finance."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from senco.budget import awards, awards_render
from senco.dates import say_date
from senco.errors import Refused, WrongUse
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from senco.budget.shapes import PaymentLine
    from senco.console.desk import Desk, Format


def run(
    desk: Desk,
    *,
    due: bool,
    on: date | None,
    run: str | None,
    out: Path | None,
    dry_run: bool,
    yes: bool,
    form: Format,
) -> None:
    """Make a payment run, or show one made before; raises WrongUse ``pay.what`` unless one of both is asked for.

    The file is for what is to be paid: what was taken back is not in it; Refused ``pay.taken-back`` when all was.
    A run with nothing to pay changes nothing and leaves no line in the trail.
    """
    if due == bool(run):
        raise WrongUse(
            "pay.what", "Which payments?", "Give --due for a new run, or --run PAY-2021-01-04 for an old one."
        )
    if out:
        from senco.budget.publish import require_out

        require_out(out)
    if run:
        with desk.reading() as ask:
            made = awards.payments_of_run(ask, run.strip().upper())
        _show(desk, made, form)
    else:
        day = on or desk.today
        with desk.reading() as ask:
            plan = awards.payments(ask, day)
        title = f"Due on {say_date(day)}"
        payable = any(not line.held for line in plan)
        if dry_run or not payable:
            desk.show(awards_render.payments(plan, title=title), form=form)
            desk.say("Nothing was paid: this was the plan only." if payable else "There is nothing to pay.")
            return
        made = _make(desk, plan, day, title, yes=yes, form=form)
    if out:
        _write(desk, made, out)


def _make(
    desk: Desk, plan: Sequence[PaymentLine], day: date, title: str, *, yes: bool, form: Format
) -> list[PaymentLine]:
    from senco.budget import verbs

    if not yes and desk.at_terminal:
        desk.show(awards_render.payments(plan, title=title), form=form)
        desk.show_now()
    desk.confirm("Make this payment run?", flag="--yes", given=yes)
    with desk.changing("budget.pay") as change:
        made = verbs.pay(change, day)
    _show(desk, [*made, *(line for line in plan if line.held)] if yes else made, form)
    total = say_pounds(sum(line.amount_pence for line in made))
    counted = "1 payment" if len(made) == 1 else f"{len(made)} payments"
    desk.say(f"Made the payment run {made[0].run}: {counted}, {total}.")
    return made


def _show(desk: Desk, lines: Sequence[PaymentLine], form: Format) -> None:
    desk.show(awards_render.payments(lines, title=f"Payment run {lines[0].run}"), form=form)


def _write(desk: Desk, made: Sequence[PaymentLine], out: Path) -> None:
    from senco.budget import publish
    from senco.files import write_whole

    made = [line for line in made if line.reversed_by is None]
    if not made:
        raise Refused(
            "pay.taken-back", "Every payment of this run was taken back: no file was written.", "Make a new run: --due."
        )
    with desk.reading() as ask:
        seal = ask.newest_seal()
    if not publish.is_csv(out):
        moment = datetime(desk.today.year, desk.today.month, desk.today.day, tzinfo=UTC)
        data = publish.payment_workbook(made, run=made[0].run, made=moment, seal=seal)
    else:
        data = publish.payment_csv(made)
    told = "Wrote" if write_whole(out, data) else "Nothing new in"
    desk.say(f"{told} {out}.")
