"""What provision costs in a year, line by line, exactly.

A line is minutes a week ÷ 60 ÷ pupils sharing × weeks × rate an hour, plus items. All of it is worked out in fractions;
a line is rounded once, at its end, to the nearest penny, half a penny up; a total is the sum of the rounded lines, so
that the column adds up.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from senco.money import say_pounds
from senco.privacy import fold
from senco.requests.form_kinds import CostLine, ProvisionStage, RateSource
from senco.settings.rules import figure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.form_kinds import CatalogueLine, CostPolicy, ProvisionDraft

HOUR: Final = 60
ROUNDING: Final = "Each line is worked out exactly and rounded once, to the nearest penny (half a penny up)."
_MOST_PENCE: Final = 10_000_000_000


def line_cost(*, minutes: int, sharing: int, alone: bool, weeks: str, rate: str, items_pence: int) -> int:
    """Give what a line costs in a year, in whole pence; ``weeks`` and ``rate`` as written (38.6; 17.24 or 655/38).

    Nobody shares what is set up for this pupil alone. ValueError for weeks or a rate that is no figure.

    >>> hour = dict(minutes=60, alone=False, weeks="38", items_pence=0)
    >>> line_cost(**hour, sharing=1, rate="655/38"), line_cost(**hour, sharing=1, rate="17.24")
    (65500, 65512)
    >>> line_cost(**hour, sharing=4, rate="655/38")
    16375
    """
    return rounded(exact_cost(minutes, 1 if alone else sharing, _figure(weeks), _figure(rate)) + items_pence)


def exact_cost(minutes: int, share: int, weeks: Fraction, rate: Fraction) -> Fraction:
    """Give the cost of the time in pence, not rounded; the rate is in pounds an hour.

    >>> exact_cost(60, 4, Fraction(38), Fraction(655, 38))
    Fraction(16375, 1)
    """
    return Fraction(minutes, HOUR) / share * weeks * rate * 100


def rounded(pence: Fraction) -> int:
    """Round a sum to the nearest penny, half a penny up; sums here are never below nought.

    >>> rounded(Fraction(5, 2)), rounded(Fraction(249, 100))
    (3, 2)
    """
    return (2 * pence.numerator + pence.denominator) // (2 * pence.denominator)


def why_not_line(draft: ProvisionDraft) -> str | None:
    """Say why a line cannot be costed, or None.

    >>> from senco.requests.form_kinds import ProvisionDraft
    >>> why_not_line(ProvisionDraft(ProvisionStage.ASKED, "Mentor", "", "", 0, 1, False, "", "", 0))
    'it has neither minutes nor items'
    """
    if not draft.minutes and not draft.items_pence:
        return "it has neither minutes nor items"
    if not draft.provision and not draft.what:
        return "it does not say what the provision is"
    for text, name in ((draft.weeks, "weeks"), (draft.rate, "rate")):
        if text and figure_of(text) is None:
            return f"its {name} cannot be read"
    return None


def costed(drafts: Sequence[ProvisionDraft], policy: CostPolicy) -> tuple[CostLine, ...]:
    """Cost the lines of a form: with the form's own rate, else the catalogue's, else the borough's usual one."""
    entries = {fold(each.name): each for each in policy.catalogue}
    return tuple(_costed(place, draft, entries.get(fold(draft.provision)), policy)
                 for place, draft in enumerate(drafts, start=1))  # fmt: skip


def total(lines: Iterable[CostLine], stage: ProvisionStage) -> int:
    """Give the sum of the lines of a stage, in pence."""
    return sum(line.cost_pence for line in lines if line.stage == stage)


def top_up(cost_pence: int, element2_pence: int) -> int:
    """Give what a cost leaves to be asked for above what the school pays itself.

    >>> top_up(950_000, 600_000), top_up(500_000, 600_000)
    (350000, 0)
    """
    return max(cost_pence - element2_pence, 0)


def gap(cost_pence: int, *, element2_pence: int, threshold_pence: int, means: str) -> int:
    """Give what lacks to the threshold, held against the whole cost or the top-up; below nought it is passed.

    >>> gap(750_000, element2_pence=600_000, threshold_pence=800_000, means="total")
    50000
    >>> gap(950_000, element2_pence=600_000, threshold_pence=800_000, means="top-up")
    450000
    """
    return threshold_pence - (top_up(cost_pence, element2_pence) if means == "top-up" else cost_pence)


def workings(line: CostLine) -> str:
    """Say how a line comes to its cost.

    >>> say = CostLine(1, "asked", "Mentor", "", "", 60, 4, False, "38", "655/38", "setting", 500, "", 16875)
    >>> workings(say)
    '60 min ÷ 60 ÷ 4 sharing × 38 weeks × £655/38 + £5.00 items'
    """
    parts = []
    if line.minutes:
        share = "" if line.alone or line.sharing == 1 else f" ÷ {line.sharing} sharing"
        parts.append(f"{line.minutes} min ÷ {HOUR}{share} × {line.weeks} weeks × {_written(line.rate)}")
    if line.items_pence:
        parts.append(f"{say_pounds(line.items_pence)} items")
    return " + ".join(parts)


def said_rate(rate: str) -> str:
    """Give a rate in people's words: a fraction also in pounds and pence, where it is none.

    >>> said_rate("655/38"), said_rate("18.9")
    ('£655/38 (£17.24)', '£18.90')
    """
    written = _written(rate)
    return f"{written} ({say_pounds(rounded(_figure(rate) * 100))})" if "/" in written else written


def same_figure(one: str, other: str) -> bool:
    """Say whether two rates as written are one.

    >>> same_figure("17.24", "17.240"), same_figure("655/38", "17.24")
    (True, False)
    """
    return _figure(one) == _figure(other)


def more_than(one: str, other: str) -> bool:
    """Say whether a figure as written is above another.

    >>> more_than("38.6", "38"), more_than("38", "38.0")
    (True, False)
    """
    return _figure(one) > _figure(other)


def too_large(lines: Iterable[CostLine]) -> bool:
    """Say whether a cost is beyond anything a school could mean."""
    return any(line.cost_pence > _MOST_PENCE for line in lines)


def _costed(place: int, draft: ProvisionDraft, entry: CatalogueLine | None, policy: CostPolicy) -> CostLine:
    rate, source = policy.rate, RateSource.SETTING
    if draft.rate:
        rate, source = draft.rate, RateSource.FORM
    elif entry is not None:
        rate, source = entry.rate, RateSource.CATALOGUE
    line = CostLine(
        place=place,
        stage=draft.stage.value,
        provision=entry.name if entry else draft.provision,
        what=draft.what,
        delivered_by=draft.delivered_by or (entry.delivered_by if entry else ""),
        minutes=draft.minutes,
        sharing=draft.sharing,
        alone=draft.alone,
        weeks=draft.weeks or policy.weeks,
        rate=rate,
        rate_source=source.value,
        items_pence=draft.items_pence,
        workings="",
        cost_pence=0,
    )
    return replace(line, workings=workings(line), cost_pence=cost_of(line))


def cost_of(line: CostLine) -> int:
    """Work a costed line out once more from what it was costed with."""
    return line_cost(
        minutes=line.minutes,
        sharing=line.sharing,
        alone=line.alone,
        weeks=line.weeks,
        rate=line.rate,
        items_pence=line.items_pence,
    )


def _written(rate: str) -> str:
    pence = _figure(rate) * 100
    return say_pounds(rounded(pence)) if rounded(pence) == pence else f"£{rate}"


def _figure(text: str) -> Fraction:
    found = figure_of(text)
    if found is None:
        raise ValueError("neither weeks nor a rate")
    return found
