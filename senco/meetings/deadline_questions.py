"""What a meeting's deadlines are, and how it came to stand as it does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.meetings import term_questions
from senco.meetings.deadlines import deadlines_of
from senco.meetings.kinds import ChangeLine, DeadlineKind
from senco.settings.questions import setting_on
from senco.settings.rules import BY_NAME, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.meetings.kinds import DeadlineLine, MeetingLine
    from senco.store.doors import Ask

_FIXED = "SELECT meeting_reference, kind, due, fixed_at FROM meeting_deadline"
_SET_AT = """
SELECT set_at FROM setting
 WHERE name = :name AND holds_from <= :day
 ORDER BY holds_from DESC, setting_id DESC LIMIT 1
"""
_HISTORY = """
SELECT meeting_reference, change, sequence, starts_before, ends_before, venue_before, status_before, starts_after,
       ends_after, venue_after, status_after, reason, made_at, made_by
  FROM meeting_change
 WHERE meeting_reference = :meeting
 ORDER BY meeting_change_id
"""


def deadlines(ask: Ask, lines: Iterable[MeetingLine]) -> dict[str, list[DeadlineLine]]:
    """Give the deadlines of meetings by reference, each by the rules that hold on the meeting's own day."""
    fixed: dict[str, dict[str, tuple[str, str]]] = {}
    for meeting, kind, due, fixed_at in ask.all(_row, _FIXED):
        fixed.setdefault(meeting, {})[kind] = (due, fixed_at)
    bank: dict[str, dict[date, str]] = {}
    rules: dict[tuple[str, str], tuple[str, str, str]] = {}
    found = {}
    for line in lines:
        if line.year not in bank:
            bank[line.year] = term_questions.bank_holidays(ask, line.year)
        day = line.starts[:10]
        for kind in DeadlineKind:
            if (kind, day) not in rules:
                rules[kind, day] = _rule(ask, kind, date.fromisoformat(day))
        found[line.reference] = deadlines_of(
            line,
            rules={kind: rules[kind, day] for kind in DeadlineKind},
            fixed=fixed.get(line.reference, {}),
            bank=bank[line.year],
        )
    return found


def history(ask: Ask, meeting: str) -> list[ChangeLine]:
    """Give the changes of a meeting, the first first."""
    return ask.all(ChangeLine, _HISTORY, {"meeting": meeting})


def _rule(ask: Ask, kind: DeadlineKind, day: date) -> tuple[str, str, str]:
    """Give a kind's rule on a day, how it is said, and when it was set ('' for senco's own default)."""
    value = setting_on(ask, kind.value, day).value
    set_at = ask.value(_SET_AT, {"name": kind.value, "day": day.isoformat()})
    return value, said(BY_NAME[kind.value], value), str(set_at or "")


def _row(meeting: str, kind: str, due: str, fixed_at: str) -> tuple[str, str, str, str]:
    return meeting, kind, due, fixed_at
