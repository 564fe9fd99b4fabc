"""The charts of a report as inline SVG, legible on a phone and on paper, in colour and without it.

Every bar bears its figure, and lines have marks of their own, so that nothing rests on colour. The units of a drawing
are about the pixels of a narrow phone; it is drawn no wider than some 1.4 times that.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from senco.privacy import clean
from senco.reports.kinds import Figure, FigureKind
from senco.reports.saying import HIDDEN, say, say_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.reports.kinds import Chart, Table

WIDTH = 360.0
LETTER = 6.6  # the width of a letter at the size of a drawing's text, generously
LINE = 15.0
WIDEST_LABEL = 110.0
BAR, THIN_BAR, GAP = 17.0, 13.0, 9.0
PLOT_HEIGHT = 170.0
TICKS = 4
MARK = 3.6
# Fill, and the look (see styles) of the text on it. Neighbours differ in lightness: a copy in grey tells them apart.
FILLS = (
    ("#1f3b5c", "light"),
    ("#bcd3e6", ""),
    ("#4f7896", "light"),
    ("#e6d8b8", ""),
    ("#7a5a1e", "light"),
    ("#dfe3e8", ""),
)
LINES = ("#1f3b5c", "#8a5a00", "#3c6e8f", "#5b6470")
DASHES = ("", "6 3", "2 3", "9 3 2 3")


class Plot(NamedTuple):
    """What is drawn: the rows' labels, the series' names, and for each series its figures and how they are written."""

    labels: list[str]
    names: list[str]
    figures: list[list[Figure]]
    texts: list[list[str]]


def chart(table: Table, told: Chart, ident: str) -> str:
    """Draw a table's chart as one SVG element with its title and description; ``ident`` makes their names its own.

    The table has two rows at least besides its totals.
    """
    plot = plot_of(table, told)
    draw = {"line": _lines, "stacked": _stacked, "bars": _bars}[told.kind]
    height, parts = draw(plot)
    described = f"{_KINDS[told.kind]} of the figures in the table “{table.caption}”, which stands above it."
    if any(figure.hidden for series in plot.figures for figure in series):
        described += " Hidden figures are gaps, marked [c]."
    named = f'aria-labelledby="{ident}-title {ident}-desc"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {named} viewBox="0 0 {WIDTH:g} {height:g}">',
        f'<title id="{ident}-title">{_said(told.title)}</title>',
        f'<desc id="{ident}-desc">{_said(described)}</desc>',
        *parts,
        "</svg>",
    ]
    return "\n".join(lines)


_KINDS = {"line": "A line chart", "stacked": "A bar chart in parts", "bars": "A bar chart"}


def plot_of(table: Table, told: Chart) -> Plot:
    """Take from a table what its chart draws, without the totals."""
    count = len(table.rows) - table.totals
    texts = say_all(table)
    return Plot(
        [row[0] for row in texts[:count]],
        [table.headings[place] for place in told.values],
        [[row[place] for row in table.rows[:count]] for place in told.values],
        [[row[place] for row in texts[:count]] for place in told.values],
    )


def width_of(text: str) -> float:
    """Give about the width of a text in a drawing."""
    return len(text) * LETTER


def _number(figure: Figure) -> int | None:
    return figure.value if isinstance(figure.value, int) and not figure.hidden else None


def _bars(plot: Plot) -> tuple[float, list[str]]:
    """Draw bars that lie, those of a row under each other, each with its figure at its end."""
    each = BAR if len(plot.names) == 1 else THIN_BAR
    frame = _Frame(
        plot, [value for series in plot.figures for figure in series if (value := _number(figure)) is not None]
    )
    parts, y = _legend(plot.names) if len(plot.names) > 1 else ([], 4.0)
    for number, label in enumerate(plot.labels):
        y = frame.label(parts, label, y, each * len(plot.names))
        begun = y
        for series, (figures, texts) in enumerate(zip(plot.figures, plot.texts, strict=True)):
            value = _number(figures[number])
            if value is not None:
                parts.append(frame.bar(0, value, y, each - 2, FILLS[series % len(FILLS)][0]))
            parts.append(frame.figure(value, texts[number], y + each / 2))
            y += each
        parts.append(frame.nought(begun, y - 2))
        y += frame.gap
    return y, parts


def _stacked(plot: Plot) -> tuple[float, list[str]]:
    """Draw one lying bar a row, in parts, with each figure in its part where there is room."""
    rows = [[_number(series[number]) for series in plot.figures] for number in range(len(plot.labels))]
    ends = [sum(value for value in row if value and value > 0) for row in rows]
    ends += [sum(value for value in row if value and value < 0) for row in rows]
    frame = _Frame(plot, ends, ends_bear=HIDDEN)
    parts, y = _legend(plot.names)
    for number, label in enumerate(plot.labels):
        y = frame.label(parts, label, y, BAR + 1)
        reached = {True: 0, False: 0}
        for series, value in enumerate(rows[number]):
            if not value:
                continue
            begun = reached[value > 0]
            fill, ink = FILLS[series % len(FILLS)]
            parts.append(frame.bar(begun, begun + value, y, BAR + 1, fill))
            text = plot.texts[series][number]
            if width_of(text) + 6 < frame.long(value):
                parts.append(_text(frame.at(begun + value / 2), y + BAR / 2 + 4.5, text, anchor="middle", look=ink))
            reached[value > 0] += value
        if any(series[number].hidden for series in plot.figures):
            parts.append(_text(frame.at(reached[True]) + 5, y + BAR / 2 + 4.5, HIDDEN))
        parts.append(frame.nought(y, y + BAR + 1))
        y += BAR + 1 + frame.gap
    return y, parts


class _Frame:
    """Where lying bars stand: their labels at the left, or above them where one is long; nought; and the scale."""

    def __init__(self, plot: Plot, values: Sequence[int], *, ends_bear: str = "") -> None:
        longest = max((width_of(label) for label in plot.labels), default=0.0)
        self.beside = longest <= WIDEST_LABEL
        self.gap = GAP if self.beside else GAP + 3
        left = longest + 8 if self.beside else 2.0
        texts = [ends_bear] if ends_bear else [text for series in plot.texts for text in series]
        room = max((width_of(text) for text in texts), default=0.0) + 8
        most, least = max([0, *values]), min([0, *values])
        if least < 0 and not ends_bear:
            left += room
        self.scale = (WIDTH - left - room) / ((most - least) or 1)
        self.zero = left - least * self.scale

    def at(self, value: float) -> float:
        return self.zero + value * self.scale

    def long(self, value: float) -> float:
        return abs(value) * self.scale

    def label(self, parts: list[str], label: str, y: float, high: float) -> float:
        """Write a row's label and give where its bars begin."""
        if self.beside:
            parts.append(_text(0, y + high / 2 + 4, label))
            return y
        parts.append(_text(0, y + 11, label))
        return y + LINE + 1

    def bar(self, begun: float, value: float, y: float, high: float, fill: str) -> str:
        left, right = sorted((self.at(begun), self.at(value)))
        return (
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="{high:.1f}" fill="{fill}"'
            ' stroke="#1f3b5c" stroke-width=".6"/>'
        )

    def figure(self, value: int | None, text: str, middle: float) -> str:
        if value is not None and value < 0:
            return _text(self.at(value) - 5, middle + 4, text, anchor="end")
        return _text(self.at(value or 0) + 5, middle + 4, text)

    def nought(self, top: float, bottom: float) -> str:
        return f'<path d="M{self.zero:.1f} {top - 3:.1f}V{bottom + 3:.1f}" stroke="#5b6470" stroke-width="1"/>'


def _lines(plot: Plot) -> tuple[float, list[str]]:
    """Draw a line a series over the rows, broken where a figure is hidden or does not exist."""
    values = [value for series in plot.figures for figure in series if (value := _number(figure)) is not None]
    kind = plot.figures[0][0].kind
    ticks = nice_ticks(min([0, *values]), max([0, *values]), kind)
    parts, y = _legend(plot.names, lines=True) if len(plot.names) > 1 else ([], 4.0)
    gaps = [series for series, figures in enumerate(plot.figures) if any(each.hidden for each in figures)]
    bottom = y + 14 + LINE * len(gaps) + PLOT_HEIGHT
    texts = [say(Figure(tick, kind), whole=True) for tick in ticks]
    left, right = max(map(width_of, texts)) + 8, WIDTH - 24
    low, high = ticks[0], ticks[-1]

    def height(value: int) -> float:
        return bottom - (value - low) / (high - low) * PLOT_HEIGHT

    for tick, text in zip(ticks, texts, strict=True):
        parts.append(f'<path d="M{left:.1f} {height(tick):.1f}H{right + 12:.1f}" stroke="#c3cad2" stroke-width=".8"/>')
        parts.append(_text(left - 6, height(tick) + 4, text, anchor="end"))
    step = (right - left - 24) / (len(plot.labels) - 1)
    places = [left + 12 + step * number for number in range(len(plot.labels))]
    parts += _below(plot.labels, places, bottom + LINE + 2)
    for series, (figures, written) in enumerate(zip(plot.figures, plot.texts, strict=True)):
        points = [
            (x, height(value) if (value := _number(figure)) is not None else None)
            for x, figure in zip(places, figures, strict=True)
        ]
        parts += _line(points, series)
        for (x, at), figure, text in zip(points, figures, written, strict=True):
            if figure.hidden:
                whose = f"{plot.names[series]} " if len(plot.names) > 1 else ""
                parts.append(_text(x, y + 8 + LINE * gaps.index(series), whose + HIDDEN, anchor="middle"))
            elif at is not None and len(plot.names) == 1 and step > width_of(text) + 4:
                parts.append(_text(x, at - 8, text, anchor="middle"))
    return bottom + LINE * (2 if any(" " in label for label in plot.labels) else 1) + 8, parts


def _line(points: Iterable[tuple[float, float | None]], series: int) -> list[str]:
    colour, dash = LINES[series % len(LINES)], DASHES[series % len(DASHES)]
    drawn, pen, marks = "", "M", []
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        drawn += f"{pen}{x:.1f} {y:.1f}"
        pen = "L"
        marks.append(_mark(x, y, series))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path d="{drawn}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
    return [line, *marks] if drawn else []


def _mark(x: float, y: float, series: int) -> str:
    colour, r = LINES[series % len(LINES)], MARK
    outline = (
        f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z",
        f"M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}z",
        f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r + 1}h{-2 * r - 2}z",
        f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z",
    )[series % 4]
    return f'<path d="{outline}" fill="{colour}"/>'


def _below(labels: Sequence[str], places: Sequence[float], y: float) -> list[str]:
    """Write the labels under a line chart, on two lines; where they would touch, only every second, third … one."""
    step = (places[-1] - places[0]) / (len(labels) - 1)
    broken = [label.rpartition(" ")[::2] for label in labels]
    widest = max(width_of(line) for lines in broken for line in lines) + 4
    every = next((n for n in range(1, len(labels)) if n * step >= widest), len(labels))
    told = []
    for number, (lines, x) in enumerate(zip(broken, places, strict=True)):
        if number % every == 0:
            half = max(map(width_of, lines)) / 2
            middle = min(max(x, half), WIDTH - half)
            shown = [line for line in lines if line]
            told += [_text(middle, y + LINE * n, line, anchor="middle") for n, line in enumerate(shown)]
    return told


def nice_ticks(least: int, most: int, kind: FigureKind) -> list[int]:
    """Give some four round values from the least or below to the most or above, in the figures' own units.

    >>> nice_ticks(0, 17, FigureKind.COUNT), nice_ticks(0, 830_000, FigureKind.POUNDS)
    ([0, 5, 10, 15, 20], [0, 250000, 500000, 750000, 1000000])
    """
    unit = {FigureKind.POUNDS: 100, FigureKind.PERCENT: 10, FigureKind.SCORE: 10, FigureKind.MINUTES: 60}.get(kind, 1)
    span = max(most - least, unit)
    steps = sorted(each * 10**power * unit for power in range(12) for each in (1, 2, 5, 25))
    step = next(each for each in steps if each * TICKS >= span)
    ticks = [least // step * step]
    while ticks[-1] < most or len(ticks) == 1:
        ticks.append(ticks[-1] + step)
    return ticks


def _legend(names: Sequence[str], *, lines: bool = False) -> tuple[list[str], float]:
    """Write what the series are, side by side, on as many lines as that takes."""
    parts, x, y = list[str](), 0.0, 4.0
    for series, name in enumerate(names):
        wide = width_of(name) + 34
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE
        if lines:
            colour, dash = LINES[series % len(LINES)], DASHES[series % len(DASHES)]
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            parts.append(f'<path d="M{x:.1f} {y + 7:.1f}h20" stroke="{colour}" stroke-width="2"{dashed}/>')
            parts.append(_mark(x + 10, y + 7, series))
        else:
            fill = FILLS[series % len(FILLS)][0]
            parts.append(
                f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="12" height="12" fill="{fill}"'
                ' stroke="#1f3b5c" stroke-width=".6"/>'
            )
        parts.append(_text(x + (25 if lines else 18), y + 11, name))
        x += wide
    return parts, y + LINE + 9


def _text(x: float, y: float, text: str, *, anchor: str = "", look: str = "") -> str:
    told = f' text-anchor="{anchor}"' if anchor else ""
    told += f' class="{look}"' if look else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{told}>{_said(text)}</text>'


def _said(text: str) -> str:
    return escape(clean(text))
