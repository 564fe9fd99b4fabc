"""Finance's statement at a desk: read, matched, shown, kept; and what does not agree is said at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from senco.budget import questions, render
from senco.budget.accounts import account_meant, year_meant
from senco.budget.intake import bound_to, read_statement
from senco.budget.kinds import AccountKind
from senco.budget.matching import DAYS_APART, match_lines
from senco.errors import WrongUse
from senco.money import say_pounds
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from senco.budget.kinds import AccountName
    from senco.budget.shapes import FinanceStatement, MatchLine
    from senco.console.desk import Desk, Format
    from senco.store.doors import Ask


def run(desk: Desk, file: Path, account: str, *, year: str | None, dry_run: bool, yes: bool, form: Format) -> None:
    """Import a statement; the same one a second time changes nothing unless more of its lines are found by now."""
    told = read_statement(read_book(file))
    with desk.reading() as ask:
        named = account_meant(ask, account, year=year_meant(ask, year, desk.today), day=desk.today)
        if named.kind is not AccountKind.FUND:
            raise WrongUse("statement.account", f"{named} is no fund: finance has no statement of it.")
        told = bound_to(told, named)
        lines, before = _matched(ask, named, told)
        holds = questions.holds(ask, named, until=max(row.day for row in told.rows))
    found = sum(line.entry is not None for line in lines)
    desk.show(render.matches(lines, title=f"{told.file} against {named}"), form=form)
    for note in told.notes:
        desk.say(f"Note: {note}")
    if told.balance_pence is not None and told.balance_pence != holds:
        desk.say(
            f"Finance says {say_pounds(told.balance_pence)}, the ledger {say_pounds(holds)}:"
            f" {say_pounds(abs(told.balance_pence - holds))} apart."
        )
    if before == found and before is not None:
        desk.say(f"{found} of {len(lines)} lines are entries. This statement was kept before: nothing to change.")
    elif dry_run:
        desk.say(f"{found} of {len(lines)} lines are entries. This was the plan only: nothing was changed.")
    else:
        _keep(desk, named, told, yes=yes)


def _matched(ask: Ask, account: AccountName, told: FinanceStatement) -> tuple[list[MatchLine], int | None]:
    """Give the lines with their entries, and how many were found when it was kept before (None: it was not)."""
    kept = questions.entries_kept(ask, told.digest)
    until = max(row.day for row in told.rows) + timedelta(days=DAYS_APART)
    free = questions.unmatched_entries(ask, account, until=until)
    back = questions.unmatched_entries(ask, account, until=until, taken_back=True)
    earlier = questions.lines_found(ask, account, told.digest)
    lines = match_lines(told.rows, free, account.name, kept, earlier=earlier, taken_back=back)
    return lines, None if questions.statement_kept(ask, told.digest) is None else len(kept)


def _keep(desk: Desk, account: AccountName, told: FinanceStatement, *, yes: bool) -> None:
    from senco.budget import verbs

    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm("Keep this statement?", flag="--yes", given=yes)
    with desk.changing("budget.import") as change:
        lines, _ = _matched(change.ask, account, told)
        found, missing = verbs.keep_statement(change, account, told, lines)
    desk.say(f"Kept {told.file}: {found} lines are entries, {missing} are not. `senco check` tells what is missing.")
