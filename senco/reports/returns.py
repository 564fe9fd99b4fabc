"""The section 251 return as a report: what stands on each line by type of school, and what stands on none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.rules import S251_MEANINGS
from senco.reports.kinds import Audience, FigureKind, Report, Section, Sentence, Table
from senco.reports.tallying import plain, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.shapes import S251Line
    from senco.reports.kinds import Figure

_FINANCE = frozenset({Audience.FINANCE})
_NO_LINE = "none"


def s251_report(lines: Sequence[S251Line], *, year: str, borough: str, running: bool) -> Report:
    """Give the return of a financial year; it is internal, for its sums are whole and may rest on one child's award."""
    starts = int(year[:4])
    on = sum(each.amount_pence for each in lines if each.line)
    off = sum(each.amount_pence for each in lines if not each.line)
    whole = (text("All"), text(""), text(""), plain(on + off, FigureKind.POUNDS))
    section = Section(
        "s251",
        "The lines of the return",
        _FINANCE,
        (
            Sentence("On the lines: {}.", (plain(on, FigureKind.POUNDS),)),
            Sentence("On no line: {}.", (plain(off, FigureKind.POUNDS),)),
        )
        if lines
        else (),
        (
            Table(
                "s251",
                "By line and type of school",
                ("Line", "Meaning", "Type of school", "Amount"),
                (*map(_row, lines), whole) if lines else (),
                totals=True,
                note="What left the funds for somebody outside, less what came back, by the day of its entry.",
                empty="Nothing was spent in that year.",
            ),
            Table(
                "s251-by-line",
                "By line",
                ("Line", "Meaning", "Amount"),
                (
                    *((text(line), text(meaning), _sum(lines, line)) for line, meaning in S251_MEANINGS.items()),
                    (text(_NO_LINE), text("On no line"), _sum(lines, "")),
                    (whole[0], whole[1], whole[3]),
                )
                if lines
                else (),
                totals=True,
                empty="Nothing was spent in that year.",
            ),
        ),
    )
    still = "; the year still runs" if running else ""
    return Report(
        name=f"s251-{year.replace('/', '-')}",
        title=f"Section 251, financial year {year}",
        period=f"From 1 April {starts} to 31 March {starts + 1}{still}",
        borough=borough,
        first_line="",
        seal="",
        sections=(section,),
        internal=True,
        notes=("The sums are whole, as the return has to be: one may rest on the award of a single child.",),
    )


def _row(line: S251Line) -> tuple[Figure, ...]:
    amount = plain(line.amount_pence, FigureKind.POUNDS)
    return text(line.line or _NO_LINE), text(line.meaning), text(line.school_type), amount


def _sum(lines: Sequence[S251Line], name: str) -> Figure:
    return plain(sum(each.amount_pence for each in lines if each.line == name), FigureKind.POUNDS)
