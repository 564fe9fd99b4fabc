"""Statements as finance systems write them: whatever the layout, the same lines and the same balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from senco.budget.intake import read_statement
from senco.errors import BadInput
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.conftest import Ran


def rows(*lines: str) -> str:
    """Give the text of a csv file."""
    return "\n".join([*lines, ""])


LINES = [("2020-11-24", 1_000_000, "E2"), ("2020-11-25", -24_000, "INV-204")]
LAYOUTS = {
    "a side column": rows(
        "Posting Date,Document No,Text,Amount in LC,D/C", "24/11/2020,E2,x,10000.00,C", "25/11/2020,INV-204,x,240.00,D"
    ),
    "words for the side": rows(
        "Date,Ref,Amount,Dr/Cr", "24/11/2020,E2,10000.00,Credit", "25/11/2020,INV-204,-240.00,Debit"
    ),
    "minus behind": rows("Date,Ref,Amount", "24/11/2020,E2,10000.00", "25/11/2020,INV-204,240.00-"),
    "CR and DR": rows("Date,Ref,Amount", "24/11/2020,E2,10000.00 CR", "25/11/2020,INV-204,240.00DR"),
    "brackets": rows("Date,Ref,Amount", '24/11/2020,E2,"10,000.00"', "25/11/2020,INV-204,(240.00)"),
    "debit and credit": rows(
        "Transaction Date,Transaction Ref,Debit (£),Credit (£)", "24/11/2020,E2,,10000", "25/11/2020,INV-204,240,"
    ),
    "dashes for nothing": rows("Date,Ref,Paid in,Paid out", "24/11/2020,E2,10000.00,-", "25/11/2020,INV-204,–,240.00"),
    "noughts for nothing": rows(
        "Date,Ref,Money in,Money out", "24/11/2020,E2,10000.00,0.00", "25/11/2020,INV-204,0.00,-240.00"
    ),
    "the currency named": rows("Date,Ref,Amount (GBP)", "24/11/2020,E2,£10000.00", "25/11/2020,INV-204,£-240.00"),
    "times of day": rows("Date,Ref,Amount", "24/11/2020 00:00:00,E2,10000", "2020-11-25T09:30:00,INV-204,-240"),
    "short headings": rows("Tran Date,Ref No,Amt", "24-Nov-20,E2,10000", "25 Nov 2020,INV-204,-240"),
    "semicolons": rows("Date;Ref;Amount", "24.11.2020;E2;10,000.00", "25.11.2020;INV-204;-240"),
    "a report around it": rows(
        "Ledger report",
        "Cost centre:,4711",
        "",
        "Date,Document,Actual",
        "24/11/2020,E2,10000",
        "25/11/2020,INV-204,-240",
        "Total,,9760",
    ),
}
BALANCES = {
    "a running balance": rows("Date,Ref,Amount,Balance", "24/11/2020,E2,10000,10000", "25/11/2020,INV-204,-240,9760"),
    "newest first": rows("Date,Ref,Amount,Bal", "25/11/2020,INV-204,-240,9760", "24/11/2020,E2,10000,10000"),
    "brought forward": rows(
        "Date,Ref,Amount,Balance",
        "01/09/2020,Balance b/fwd,,0.00",
        "24/11/2020,E2,10000,10000",
        "25/11/2020,INV-204,-240,9760",
        ",Carried forward,,9760",
    ),
    "opening and closing": rows(
        "Date,Ref,Debit,Credit,Balance",
        "01/09/2020,Opening balance,,,",
        "24/11/2020,E2,,10000,",
        "25/11/2020,INV-204,240,,",
        ",Closing Balance,,9760,",
    ),
    "carried from the page before": rows(
        "Date,Ref,Amount,Balance", ",Balance c/f,,0", "24/11/2020,E2,10000,10000", "25/11/2020,INV-204,-240,9760"
    ),
    "balances in credit": rows(
        "Date,Ref,Amount,Balance", "24/11/2020,E2,10000,10000 CR", "25/11/2020,INV-204,-240,9760 CR"
    ),
    "what was spent, positive": rows(
        "Date,Ref,Amount,Balance",
        "23/11/2020,Opening balance,,0",
        "24/11/2020,E2,-10000,10000",
        "25/11/2020,INV-204,240,9760",
    ),
}


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], Path]:
    """Give a way to write a csv file."""

    def write(text: str) -> Path:
        path = tmp_path / "statement.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_gives_its_lines(sheet: Callable[[str], Path], layout: str) -> None:
    told = read_statement(read_book(sheet(LAYOUTS[layout])))
    assert [(row.day.isoformat(), row.amount_pence, row.reference) for row in told.rows] == LINES
    assert told.balance_pence is None
    assert told.notes == ()


@pytest.mark.parametrize("layout", BALANCES)
def test_a_layout_gives_the_balance_it_ends_with(sheet: Callable[[str], Path], layout: str) -> None:
    told = read_statement(read_book(sheet(BALANCES[layout])))
    assert sorted((row.day.isoformat(), row.amount_pence, row.reference) for row in told.rows) == LINES
    assert told.balance_pence == 976_000
    turned = "Its balances fall by its amounts: they are what was spent, and were taken with a minus."
    assert told.notes == ((turned,) if layout == "what was spent, positive" else ())


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            rows("Date,Amount,Balance", "24/11/2020,10,10", "25/11/2020,-2,7", "26/11/2020,-1,6"),
            "row 3, column 1 does not follow",
        ),
        (
            rows("Date,Amount,Balance", "24/11/2020,10,10", "25/11/2020,-2,7", "26/11/2020,-1,9"),
            ", and 1 more: is a line missing?",
        ),
        (
            rows("Date,Amount,Balance", "1/9/2020,Opening balance,5", "24/11/2020,10,10"),
            "row 3, column 1 does not follow",
        ),
        # Columns of their own say which side it is: nothing is turned round.
        (rows("Date,Debit,Credit,Balance", "24/11/2020,,10,10", "25/11/2020,,2,8"), "row 3, column 1 does not follow"),
    ],
)
def test_balances_that_do_not_follow_are_noted(sheet: Callable[[str], Path], text: str, note: str) -> None:
    (told,) = read_statement(read_book(sheet(text))).notes
    assert note in told


@pytest.mark.parametrize("amount", ["10.000,00", "240.00 XR", "--5", "5 - -", "11/24"])
def test_an_amount_that_is_none_is_told_with_its_cell(sheet: Callable[[str], Path], amount: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_statement(read_book(sheet(f'Date,Amount\n24/11/2020,"{amount}"\n')))
    assert [each.where for each in refused.value.problems] == ["statement.csv › row 2, column 2"]


def test_a_workbook_with_real_dates_and_the_noise_of_adding_up(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Date", "Ref", "Debit", "Credit", "Balance"])
    book.active.append([date(2020, 11, 24), "E2", None, 10_000, 0.1 + 0.2 + 9_999.7])
    book.active.append([datetime.combine(date(2020, 11, 25), time(9, 30)), "INV-204", 240, None, 9_759.999999999998])
    path = tmp_path / "statement.xlsx"
    book.save(path)
    told = read_statement(read_book(path))
    assert [(row.day.isoformat(), row.amount_pence, row.reference) for row in told.rows] == LINES
    assert (told.balance_pence, told.notes) == (976_000, ())


def test_a_statement_in_another_layout_matches_and_its_balance_is_held_against_the_ledger(
    funded: Store, senco: Callable[..., Ran], sheet: Callable[[str], Path]
) -> None:
    senco("budget", "spend", "CP1:envelope", "£240", "--for", "x", "--receipt", "INV-204", "--to", "school:Abbey",
          "--on", "25/11/2020")  # fmt: skip
    file = str(sheet(BALANCES["opening and closing"]))
    done = senco("budget", "import", file, "--account", "CP1:envelope", "--yes")
    assert "2 lines are entries, 0 are not" in done.err
    assert "apart" not in done.err
    assert senco("check").code == 0
    file = str(sheet(BALANCES["opening and closing"].replace(",9760,", ",9750,")))
    assert "£10.00 apart" in senco("budget", "import", file, "--account", "CP1:envelope", "--yes").err
    told = senco("check")
    assert told.code == 7
    assert "budget.balance-differs" in told.out
