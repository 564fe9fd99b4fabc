"""How a figure of a report is written for people; the same in the page, in its charts and in its sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.budget.hours import say_minutes
from senco.dates import say_date
from senco.money import say_pounds
from senco.privacy import clean
from senco.reports.kinds import Figure, FigureKind

if TYPE_CHECKING:
    from senco.reports.kinds import Chart, Report, Sentence, Table

HIDDEN = "[c]"
NONE = "–"
MINUS = "−"
INTERNAL = "Internal: not for publication"
HIDDEN_MEANS = (
    "[c] stands for a figure that is confidential: it rests on very few children, or such a figure could be worked out"
    " from it. It is not nought. What follows from a hidden figure is hidden too, and charts leave a gap for it."
)
NONE_MEANS = "– stands for a figure that does not exist, such as the mean of nothing."
_TENTHS = 10
_PENCE = 100


def say(figure: Figure, *, whole: bool = False) -> str:
    """Write a figure; with ``whole`` an amount that is whole pounds is written without its pence.

    >>> [say(Figure(value, kind)) for value, kind in ((1234, FigureKind.COUNT), (None, FigureKind.COUNT))]
    ['1,234', '–']
    >>> say(Figure(125, FigureKind.PERCENT)), say(Figure(-3, FigureKind.SCORE)), say(Figure(90, FigureKind.MINUTES))
    ('12.5%', '−0.3', '1h 30m')
    >>> say(Figure(120000, FigureKind.POUNDS)), say(Figure(120000, FigureKind.POUNDS), whole=True)
    ('£1,200.00', '£1,200')
    >>> say(Figure(None, FigureKind.COUNT, hidden=True))
    '[c]'
    """
    value = figure.value
    if figure.hidden or value is None:
        return HIDDEN if figure.hidden else NONE
    if isinstance(value, str):
        return say_date(date.fromisoformat(value)) if figure.kind is FigureKind.DATE else clean(value)
    if figure.kind is FigureKind.POUNDS:
        return say_pounds(value, short=whole).replace("-", MINUS)
    sign = MINUS if value < 0 else "+" if value and figure.kind is FigureKind.SCORE else ""
    if figure.kind is FigureKind.MINUTES:
        return sign + say_minutes(abs(value))
    if figure.kind in {FigureKind.PERCENT, FigureKind.SCORE}:
        told = f"{abs(value) // _TENTHS:,}.{abs(value) % _TENTHS}"
        return sign + told + ("%" if figure.kind is FigureKind.PERCENT else "")
    return f"{sign}{abs(value):,}"


def say_all(table: Table) -> list[list[str]]:
    """Write every figure of a table; a column of amounts shows pence when one of them has any."""
    odd = {
        place
        for row in table.rows
        for place, figure in enumerate(row)
        if figure.kind is FigureKind.POUNDS and isinstance(figure.value, int) and figure.value % _PENCE
    }
    return [[say(figure, whole=place not in odd) for place, figure in enumerate(row)] for row in table.rows]


def say_sentence(sentence: Sentence) -> str | None:
    """Write a sentence, or None when one of its figures is hidden or does not exist."""
    if any(each.hidden or each.value is None for each in sentence.figures):
        return None
    parts = clean(sentence.text).split("{}")
    told = [say(each, whole=not (isinstance(each.value, int) and each.value % _PENCE)) for each in sentence.figures]
    return "".join(part + figure for part, figure in zip(parts, [*told, ""], strict=True))


def numeric(table: Table) -> list[bool]:
    """Say of each column whether it holds figures, which stand at the right."""
    texts = {FigureKind.TEXT, FigureKind.DATE}
    return [
        place > 0 and any(place < len(row) and row[place].kind not in texts for row in table.rows)
        for place in range(len(table.headings))
    ]


def drawn(table: Table) -> Chart | None:
    """Give a table's chart when it shows anything: figures in two rows at least, and one that is not nought."""
    if table.chart is None:
        return None
    rows = table.rows[: len(table.rows) - table.totals]
    told = [[row[place].value for place in table.chart.values if isinstance(row[place].value, int)] for row in rows]
    return table.chart if sum(map(bool, told)) > 1 and any(map(any, told)) else None


def is_hidden_anywhere(report: Report) -> bool:
    """Say whether any figure of a report's tables is hidden."""
    tables = (table for section in report.sections for table in section.tables)
    return any(figure.hidden for table in tables for row in table.rows for figure in row)


def lacks_any(report: Report) -> bool:
    """Say whether any figure of a report's tables does not exist."""
    tables = (table for section in report.sections for table in section.tables)
    return any(figure.value is None and not figure.hidden for table in tables for row in table.rows for figure in row)


def told_of(report: Report) -> list[str]:
    """Give the notes of a report, those first that explain its marks."""
    marks = [HIDDEN_MEANS] if is_hidden_anywhere(report) else []
    return [*marks, *([NONE_MEANS] if lacks_any(report) else []), *(clean(note) for note in report.notes)]


def stem(report: Report) -> str:
    """Give the name of a report's files without their ending."""
    return f"senco-{report.name}" + ("-internal" if report.internal else "")
