"""A report as one page of HTML: whole in itself, without a script, read alike by eye, by ear and on paper."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from senco.privacy import clean
from senco.reports import styles, svg
from senco.reports.kinds import FigureKind
from senco.reports.saying import INTERNAL, drawn, numeric, say_all, say_sentence, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.reports.kinds import Report, Section, Table

# Nothing may be fetched and nothing run, whatever a text should bring along.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Seen at the top of the page, and on paper behind the text of every page, for browsers that print nothing in margins.
_INTERNAL = (
    f'<aside class="internal" aria-label="Marking">{INTERNAL}</aside>',
    f'<div class="mark" aria-hidden="true">{INTERNAL}</div>',
)
WHOSE = {
    "schools": "for schools",
    "leads": "for cluster leads",
    "forum": "for the Schools Forum",
    "finance": "for finance",
}


def page(report: Report) -> str:
    """Give a report as a page."""
    names = _Names()
    title = f"{report.title}, {report.borough}"
    style = (
        styles.PAGE.strip()
        + "\n"
        + styles.paper(f"{clean(title)}. Seal {clean(report.seal)}", INTERNAL if report.internal else "")
    )
    sections = [(names.of(f"section-{section.name}"), section) for section in report.sections]
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        f"<style>\n{style}\n</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#report">Skip to the report</a>',
        *(_INTERNAL if report.internal else []),
        "<header>",
        f'<p class="check">{_text(report.first_line)}</p>',
        f'<p class="whose">{_text(report.borough)}{_whose(report)}</p>',
        f"<h1>{_text(report.title)}</h1>",
        f'<p class="period">{_text(report.period)}</p>',
        "</header>",
        *_contents(sections),
        '<main id="report" tabindex="-1">',
        *_reading(report),
    ]
    for ident, section in sections:
        lines += _section(section, ident, names)
    lines += [
        "</main>",
        f"<footer><p>{_text(title)}. Made by senco; seal {_text(report.seal)}.</p></footer>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _whose(report: Report) -> str:
    return f", {WHOSE[report.audience]}" if report.audience else ""


def _contents(sections: list[tuple[str, Section]]) -> list[str]:
    links = [f'<li><a href="#{ident}">{_text(section.heading)}</a></li>' for ident, section in sections]
    return ['<nav aria-labelledby="contents">', '<h2 id="contents">Contents</h2>', "<ol>", *links, "</ol>", "</nav>"]


def _reading(report: Report) -> list[str]:
    told = [f"<p>{_text(note)}</p>" for note in told_of(report)]
    heading = '<h2 id="reading">How to read this report</h2>'
    return ['<section class="reading" aria-labelledby="reading">', heading, *told, "</section>"] if told else []


def _section(section: Section, ident: str, names: _Names) -> list[str]:
    said = [text for each in section.sentences if (text := say_sentence(each))]
    lines = [f'<section aria-labelledby="{ident}">', f'<h2 id="{ident}">{_text(section.heading)}</h2>']
    if len(said) == 1:
        lines.append(f"<p>{_text(said[0])}</p>")
    elif said:
        lines += ['<ul class="said">', *(f"<li>{_text(each)}</li>" for each in said), "</ul>"]
    for table in section.tables:
        lines += _table(table, names.of(table.name))
    return [*lines, "</section>"]


def _table(table: Table, ident: str) -> list[str]:
    if not table.rows:
        return [f'<p class="empty">{_text(table.caption)}: {_text(table.empty)}</p>']
    figures = look_of_columns(table)
    columns, rows = len(table.headings), len(table.rows)
    looks = [
        "scroll",
        *(["dense"] if columns > styles.DENSE else []),
        *(["wide"] if columns > styles.WIDE else []),
        *(["short"] if rows <= styles.LONG else []),
    ]
    lines = [
        f'<div class="{" ".join(looks)}" role="region" aria-labelledby="{ident}" tabindex="0">',
        "<table>",
        f'<caption id="{ident}">{_text(table.caption)}</caption>',
        "<thead>",
        "<tr>"
        + "".join(_cell("th", heading, look, "col") for heading, look in _pairs(table.headings, figures))
        + "</tr>",
        "</thead>",
        "<tbody>",
    ]
    for number, row in enumerate(say_all(table), start=1):
        total = ' class="total"' if table.totals and number == rows else ""
        cells = [_cell("th", row[0], "", "row")]
        cells += [_cell("td", text, look) for text, look in _pairs(row[1:], figures[1:])]
        lines.append(f"<tr{total}>" + "".join(cells) + "</tr>")
    lines += ["</tbody>", "</table>", "</div>"]
    if table.note:
        lines.append(f'<p class="note">{_text(table.note)}</p>')
    if chart := drawn(table):
        drawing = svg.chart(table, chart, f"{ident}-chart")
        lines += ["<figure>", f"<figcaption>{_text(chart.title)}</figcaption>", drawing, "</figure>"]
    return lines


def look_of_columns(table: Table) -> list[str]:
    """Give the look of each column: "n" for figures at the right, "d" for days on one line, or none."""
    days = [all(row[place].kind is FigureKind.DATE for row in table.rows) for place in range(len(table.headings))]
    return ["n" if right else "d" if day else "" for right, day in zip(numeric(table), days, strict=True)]


def _pairs(texts: Sequence[str], looks: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(texts, looks, strict=True))


def _cell(tag: str, text: str, look: str, scope: str = "") -> str:
    if not text and tag == "th":
        tag, scope = "td", ""  # an empty heading heads nothing
    told = f' scope="{scope}"' if scope else ""
    told += f' class="{look}"' if look else ""
    return f"<{tag}{told}>{_text(text)}</{tag}>"


def _text(text: str) -> str:
    return escape(clean(text))


class _Names:
    """Gives each part of a page a name of its own, for links to lead to."""

    def __init__(self) -> None:
        self._given = {"report": 1, "contents": 1, "reading": 1}

    def of(self, told: str) -> str:
        """Give a name made of what it is told, with a number where that is taken."""
        name = re.sub(r"[^a-z0-9]+", "-", told.casefold()).strip("-") or "part"
        self._given[name] = count = self._given.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"
