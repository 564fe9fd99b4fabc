"""Answers: whole in a pipe, fitted on a terminal, labelled for a screen reader, plain for machines."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from senco.console import drawing, machine
from senco.console.listing import Card, Column, Listing
from senco.errors import WrongUse


class Kind(StrEnum):
    A = "a kind"


@dataclass(frozen=True, slots=True)
class Line:
    reference: str
    name: str
    pence: int
    day: date
    tags: tuple[str, ...] = ()
    kind: Kind = Kind.A
    part: object = None


LINES = (
    Line("R-7KQ4", "High View Primary School", 820000, date(2020, 11, 24), ("x", "y")),
    Line("R-9ABC", "St Philomena's Catholic High School for Girls", 5, date(2021, 1, 26)),
)
COLUMNS = (
    Column("Reference", lambda line: line.reference),
    Column("School", lambda line: line.name, whole=False),
    Column("Amount", lambda line: f"£{line.pence / 100:,.2f}", align="right"),
    Column("Day", lambda line: f"{line.day:%a %d %b %Y}", keep=1),
    Column("Kind", lambda line: line.kind, keep=2),
)
LISTING = Listing("requests", LINES, COLUMNS, title="Requests", notes=("Two in all.",))
CARD = Card("request", LINES[0], "Request R-7KQ4", (("School", "High View"), ("Note", "one\ntwo")), (LISTING,))
NOTHING = Listing("requests", (), COLUMNS, empty="No request yet.", notes=("Add one.",))


def test_json_is_whole_and_plain() -> None:
    told = json.loads(machine.json_text(date(2020, 11, 24), [CARD]))
    assert list(told) == ["as_of", "request", "requests"]
    assert told["as_of"] == "2020-11-24"
    assert told["requests"][0] == {
        "reference": "R-7KQ4",
        "name": "High View Primary School",
        "pence": 820000,
        "day": "2020-11-24",
        "tags": ["x", "y"],
        "kind": "a kind",
        "part": None,
    }
    assert machine.plain({1: {date(2020, 1, 1)}}) == {"1": ["2020-01-01"]}


def test_csv_has_the_lines_own_fields() -> None:
    rows = list(csv.reader(io.StringIO(machine.csv_of([LISTING]))))
    assert rows[0] == ["reference", "name", "pence", "day", "tags", "kind", "part"]
    assert rows[1] == ["R-7KQ4", "High View Primary School", "820000", "2020-11-24", "x; y", "a kind", ""]
    assert list(csv.reader(io.StringIO(machine.csv_of([CARD]))))[2][0] == "R-9ABC"
    nested = Listing("x", [Line("a", "b", 1, date(2020, 1, 1), part=Line("c", "=d", 2, date(2020, 1, 2)))], COLUMNS)
    assert "c =d 2 2020-01-02" in machine.csv_of([nested])


def test_csv_guards_what_a_spreadsheet_would_run() -> None:
    dangerous = Listing("x", [Line("=1+1", "@cmd", -5, date(2020, 1, 1))], COLUMNS)
    row = list(csv.reader(io.StringIO(machine.csv_of([dangerous]))))[1]
    assert row[:3] == ["'=1+1", "'@cmd", "-5"]


def test_an_answer_that_is_no_table_is_no_csv() -> None:
    with pytest.raises(WrongUse) as caught:
        machine.csv_of([Card("status", LINES[0], "Status", ())])
    assert caught.value.reference == "format.no-table"


def test_an_empty_table_is_an_empty_csv() -> None:
    assert machine.csv_of([NOTHING]).strip() == ""


def test_a_pipe_gets_everything_whole() -> None:
    text = drawing.plain_text([CARD, NOTHING])
    assert text == (
        "Request R-7KQ4\n"
        "School  High View\n"
        "Note    one\n"
        "        two\n"
        "\n"
        "Requests\n"
        "Reference  School                                            Amount  Day              Kind\n"
        "R-7KQ4     High View Primary School                       £8,200.00  Tue 24 Nov 2020  a kind\n"
        "R-9ABC     St Philomena's Catholic High School for Girls      £0.05  Tue 26 Jan 2021  a kind\n"
        "Two in all.\n"
        "\n"
        "No request yet.\n"
        "Add one.\n"
    )


@pytest.mark.parametrize(
    ("width", "dropped"),
    [(120, []), (70, []), (56, ["Kind"]), (44, ["Day", "Kind"]), (20, ["Day", "Kind"])],
)
def test_columns_drop_by_priority_and_a_line_says_which(width: int, dropped: list[str]) -> None:
    assert [column.heading for column in drawing.fit(LISTING, width)[1]] == dropped
    text = drawing.terminal_text([LISTING], width=width, colour=False)
    assert ("Left out at this width" in " ".join(text.split())) == bool(dropped)


@pytest.mark.parametrize("width", range(40, 130, 7))
def test_what_is_dear_is_never_shortened(width: int) -> None:
    text = drawing.terminal_text([LISTING], width=width, colour=False)
    for word in ("R-7KQ4", "R-9ABC", "£8,200.00", "£0.05"):
        assert word in text
    for line in text.splitlines():
        assert len(line.rstrip()) <= width


def test_colour_is_left_out_where_it_is_not_wanted() -> None:
    assert "\x1b[" in drawing.terminal_text([LISTING], width=80, colour=True)
    assert "\x1b" not in drawing.terminal_text([LISTING], width=80, colour=False)


def test_stored_text_is_never_markup() -> None:
    line = Line("[bold]R", ":cat: [/b] \x1b]52;c;x\x07", 1, date(2020, 1, 1))
    text = drawing.terminal_text([Listing("x", [line], COLUMNS)], width=100, colour=False)
    assert "[bold]R" in text
    assert ":cat: [/b]" in text
    assert "\x1b]52" not in text


def test_a_terminal_shows_cards_and_empty_lists() -> None:
    text = drawing.terminal_text([CARD, NOTHING], width=100, colour=False)
    assert "Request R-7KQ4" in text
    assert "No request yet." in text


def test_a_screen_reader_gets_labelled_lines() -> None:
    text = drawing.labelled_text([CARD, NOTHING])
    assert "School: High View" in text
    assert "1. Reference: R-7KQ4; School: High View Primary School; Amount: £8,200.00; Day: Tue 24 Nov 2020" in text
    assert "No request yet." in text
    assert not set(text) & set("─│┃━")
