"""A report as plain text: Markdown with every table, or CSV with its first table alone."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from senco.console.machine import csv_of
from senco.privacy import clean
from senco.reports.saying import INTERNAL, numeric, say_all, say_sentence, told_of
from senco.reports.screen import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.reports.kinds import Report, Table


def csv_bytes(report: Report) -> bytes:
    """Give the first table of a report as CSV, with the same headings as ``--format csv``."""
    return codecs.BOM_UTF8 + csv_of(answers(report)).encode()


def markdown_bytes(report: Report) -> bytes:
    """Give a report as Markdown; each section of an internal one says that it is."""
    return ("\n".join(_lines(report)).strip() + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    mark = [f"**{INTERNAL}**", ""] if report.internal else []
    yield from (report.first_line, "", *mark, f"# {_text(report.title)}, {_text(report.borough)}", "")
    yield from (_text(report.period), "")
    for note in told_of(report):
        yield from (_text(note), "")
    for section in report.sections:
        yield from (f"## {_text(section.heading)}", "", *mark)
        said = [f"- {_text(text)}" for each in section.sentences if (text := say_sentence(each))]
        yield from (*said, *([""] if said else []))
        for table in section.tables:
            yield from _table(table)
    yield f"Made by senco; seal {report.seal}."


def _table(table: Table) -> Iterator[str]:
    yield from (f"### {_text(table.caption)}", "")
    if not table.rows:
        yield from (_text(table.empty), "")
        return
    yield _row(table.headings)
    yield "|" + "|".join("---:" if right else "---" for right in numeric(table)) + "|"
    for row in say_all(table):
        yield _row(row)
    yield from ("", *([_text(table.note), ""] if table.note else []))


def _row(texts: Sequence[str]) -> str:
    return f"| {' | '.join(map(_text, texts))} |"


def _text(text: str) -> str:
    """Write a text so that nothing in it is taken for Markdown's own marks, or for HTML.

    >>> _text("A | B <b> *C*")
    'A \\\\| B \\\\<b> \\\\*C\\\\*'
    """
    return re.sub(r"([\\|<`*])", r"\\\1", clean(text))
