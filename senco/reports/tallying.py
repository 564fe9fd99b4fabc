"""Counting requests so that no family of counts has a hole, and figures that know which counts they follow."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

from senco.reports import rules
from senco.reports.kinds import Figure, FigureKind, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.reports.facts import TermSpan


class Tally:
    """The counts of one term, put into the counts of the whole report under their keys."""

    def __init__(self, counts: dict[str, int], span: TermSpan) -> None:
        """Count into ``counts``, every key bearing the year and the term of the span."""
        self.counts = counts
        self._span = {"year": span.year, "term": span.term}

    def key(self, measure: str, **dimensions: str) -> str:
        """Give the key of a count of this term."""
        return key(measure, **self._span, **dimensions)

    def cross(self, measure: str, items: Iterable[tuple[str, ...]], **dimensions: Sequence[str]) -> None:
        """Count items by every combination of these dimensions and by each alone; items give their values in order.

        A value that the dimensions do not name is a fault of the caller's, and a KeyError.
        """
        names = list(dimensions)
        held = Counter(items)
        for item in held:
            for name, value in zip(names, item, strict=True):
                if value not in dimensions[name]:
                    raise KeyError(f"{name}={value}")
        for size in range(len(names) + 1):
            for places in combinations(range(len(names)), size):
                found: Counter[tuple[str, ...]] = Counter()
                for item, count in held.items():
                    found[tuple(item[place] for place in places)] += count
                for values in product(*(dimensions[names[place]] for place in places)):
                    told = dict(zip((names[place] for place in places), values, strict=True))
                    self.counts[self.key(measure, **told)] = found[values]

    def nested(self, measure: str, items: Iterable[str], inner: str, parts: Sequence[str], **within: str) -> None:
        """Count the items of one value of an outer dimension, ``within``, by the parts that it falls into."""
        held = Counter(items)
        for part in parts:
            self.counts[self.key(measure, **within, **{inner: part})] = held[part]

    def nest(
        self, measure: str, items: Iterable[tuple[str, str]], outer: str, inner: str, of: Mapping[str, Sequence[str]]
    ) -> None:
        """Count items by an outer dimension and, within each of its values, by an inner one that ``of`` spells out."""
        held = Counter(items)
        self.cross(measure, [(value,) for value in Counter(first for first, _ in held.elements()).elements()],
                   **{outer: tuple(of)})  # fmt: skip
        for value, parts in of.items():
            self.nested(measure, [part for first, part in held.elements() if first == value], inner, parts,
                        **{outer: value})  # fmt: skip

    def count(self, measure: str, **dimensions: str) -> Figure:
        """Give a count as a figure."""
        told = self.key(measure, **dimensions)
        return Figure(self.counts[told], FigureKind.COUNT, (told,))

    def number(self, measure: str, **dimensions: str) -> int:
        """Give a count."""
        return self.counts[self.key(measure, **dimensions)]


def percent(part: Figure, whole: Figure) -> Figure:
    """Give what share a count is of another; it follows both."""
    follows = tuple(dict.fromkeys((*part.follows, *whole.follows)))
    return Figure(rules.share(_whole(part), _whole(whole)), FigureKind.PERCENT, follows)


def resting(value: int | None, kind: FigureKind, *counts: Figure) -> Figure:
    """Give an amount, a mean, days: a figure that rests on counts, and is shown only with them."""
    return Figure(value, kind, tuple(dict.fromkeys(name for each in counts for name in each.follows)))


def plain(value: int | None, kind: FigureKind = FigureKind.COUNT) -> Figure:
    """Give a figure that says nothing of a child."""
    return Figure(value, kind)


def text(words: str) -> Figure:
    """Give words as a figure."""
    return Figure(words)


def _whole(figure: Figure) -> int:
    assert isinstance(figure.value, int)  # noqa: S101 - sums and shares are of counts
    return figure.value
