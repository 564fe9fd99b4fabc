"""How an award is cut into payments: pure, by months and days, and always to the penny.

An award is the whole sum for its time. Every pattern only says when its parts are due; a child's move or an end before
time cuts the parts by days, and what is cut off and what stays are together the award again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from senco.budget.kinds import EventKind, Pattern
from senco.budget.shapes import Part, Terms
from senco.money import split_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.budget.shapes import Award, EventLine

_DECEMBER = 12
_HALF_YEAR = 6
# The months in which a part begins: terms as payments follow them, and where the academic year meets the financial one.
_TERMS = frozenset({1, 4, 9})
_ACADEMIC_FINANCIAL = frozenset({4, 9})
_EVERY_MONTH = frozenset(range(1, 13))
_BORDERS = {
    Pattern.TERMS: _TERMS,
    Pattern.FROM_SUBMISSION: _TERMS,
    Pattern.FROM_DECISION: _TERMS,
    Pattern.MONTHLY: _EVERY_MONTH,
    Pattern.ACADEMIC_FINANCIAL: _ACADEMIC_FINANCIAL,
    Pattern.LUMP_SUM: frozenset[int](),
}
_ONE_DAY = timedelta(days=1)
ENDED = "ended"  # what the award's request says, not the budget


def schedule(award: Award, pattern: Pattern, payee: int) -> list[Part]:
    """Cut an award into its parts by a pattern; they follow each other without a gap and sum to it exactly.

    Equal terms and months are equal but for pennies. 6/12 is two halves of a year, counted from the award's own first
    month; 5/12 + 7/12 divides where the financial year does and where the academic one does, April to August and
    September to March; both count the months that begin in each part, so that a shorter time has fewer twelfths. Pro
    rata counts days.
    """
    first = paid_from(award, pattern)
    half_years = frozenset({first.month, (first.month + _HALF_YEAR - 1) % _DECEMBER + 1})
    spans = _spans(first, award.last, _BORDERS.get(pattern, half_years))
    amounts = split_by(award.amount_pence, _weights(spans, pattern))
    return [
        Part(number, span[0], span[0], span[1], payee, amount)
        for number, (span, amount) in enumerate(zip(spans, amounts, strict=True), start=1)
    ]


def paid_from(award: Award, pattern: Pattern) -> date:
    """Give the day from which an award is paid: its first, or that of the submission or the decision when it is later.

    One submitted or decided after its time is paid on its last day.
    """
    told = {Pattern.FROM_SUBMISSION: award.submitted, Pattern.FROM_DECISION: award.decided}.get(pattern, award.first)
    return min(max(award.first, told), award.last)


def as_it_runs(parts: Sequence[Part], terms: Terms) -> tuple[list[Part], list[Part]]:
    """Give the parts as they are paid after moves and stops, and what is not paid; together they sum to the award.

    A part that a day falls into is divided by days: up to the day before, and from the day on.
    """
    pieces = list(parts)
    for day, urn in terms.moves:
        pieces = [
            piece if last < day else Part(piece.number, max(piece.due, day), piece.first, last, urn, piece.amount_pence)
            for part in pieces
            for piece in _cut(part, day)
            for last in (piece.last,)
        ]
    for day in (day for stretch in terms.unpaid for day in stretch if day):
        pieces = [piece for part in pieces for piece in _cut(part, day)]
    kept: list[Part] = []
    stopped: list[Part] = []
    for each in pieces:
        off = any(begins <= each.first and (until is None or each.first < until) for begins, until in terms.unpaid)
        (stopped if off else kept).append(each)
    return kept, stopped


def terms_of(events: Iterable[EventLine], *, pattern: Pattern, fund: str) -> Terms:
    """Give the terms of an award after all that happened to it, in order; the defaults are the borough's.

    Of several moves on a day the last holds. A later stop takes the place of one that nothing ended. A resumption ends
    it: from the very day of the stop it is as though there had been none. Neither touches a move.
    """
    payee: int | None = None
    moves: dict[date, int] = {}
    gaps: list[tuple[date, date | None]] = []
    stop: date | None = None
    ended: date | None = None
    for event in events:
        day = date.fromisoformat(event.day)
        if event.kind == EventKind.TERMS:
            pattern, fund, payee = Pattern(event.pattern), event.fund or fund, event.urn
        elif event.kind == EventKind.MOVE and event.urn is not None:
            moves[day] = event.urn
        elif event.kind == EventKind.STOP:
            stop = day
        elif event.kind == ENDED:
            ended = day
        else:
            if stop is not None and day > stop:
                gaps.append((stop, day))
            stop = None
    gaps += [(day, None) for day in (stop, ended) if day]
    return Terms(pattern, fund, payee, tuple(sorted(moves.items())), tuple(gaps), ended)


def whole_sum(amount_pence: int, first: date, last: date, *, yearly: bool) -> int:
    """Give the whole sum of an award: the amount itself, or where it is told by the year, twelfths for its months.

    >>> whole_sum(120_000, date(2020, 9, 1), date(2021, 3, 31), yearly=True)
    70000
    """
    if not yearly:
        return amount_pence
    months = len(_spans(first, last, _EVERY_MONTH))
    whole_years, rest = divmod(months, 12)
    return amount_pence * whole_years + (split_by(amount_pence, [rest, 12 - rest])[0] if rest else 0)


def _spans(first: date, last: date, borders: frozenset[int]) -> list[tuple[date, date]]:
    """Cut the days from first to last before the first day of each of the given months."""
    cuts = [first]
    month = _next_month(first)
    while month <= last:
        if month.month in borders:
            cuts.append(month)
        month = _next_month(month)
    return [(begins, after - _ONE_DAY) for begins, after in zip(cuts, [*cuts[1:], last + _ONE_DAY], strict=True)]


def _next_month(day: date) -> date:
    return date(day.year + day.month // _DECEMBER, day.month % _DECEMBER + 1, 1)


def _weights(spans: Sequence[tuple[date, date]], pattern: Pattern) -> list[int]:
    if pattern in {Pattern.HALVES, Pattern.ACADEMIC_FINANCIAL}:
        return [len(_spans(first, last, _EVERY_MONTH)) for first, last in spans]
    if pattern in {Pattern.FROM_SUBMISSION, Pattern.FROM_DECISION}:
        return [(last - first).days + 1 for first, last in spans]
    return [1] * len(spans)


def _cut(part: Part, day: date) -> list[Part]:
    """Divide a part before a day, by days; a part that lies wholly on one side stays whole."""
    if not part.first < day <= part.last:
        return [part]
    before, after = split_by(part.amount_pence, [(day - part.first).days, (part.last - day).days + 1])
    return [
        Part(part.number, part.due, part.first, day - _ONE_DAY, part.urn, before),
        Part(part.number, part.due, day, part.last, part.urn, after),
    ]
