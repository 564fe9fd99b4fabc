"""Finance's statements: read by their headings, matched to entries, kept, and what does not agree is a finding."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from senco.budget.intake import read_statement
from senco.budget.kinds import EntryLine
from senco.budget.matching import match_lines
from senco.budget.shapes import FinanceStatement, StatementRow
from senco.errors import BadInput
from senco.sheets.reading import read_book
from senco.sheets.writing import ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec, workbook_bytes
from senco.store.doors import Store
from tests.conftest import Ran

Senco = Callable[..., Ran]
FUND = "cluster:CP1:exceptional"


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], Path]:
    """Give a way to write a csv file."""

    def write(text: str) -> Path:
        path = tmp_path / "statement.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def read(path: Path) -> FinanceStatement:
    return read_statement(read_book(path))


def test_a_statement_is_found_by_its_headings(sheet: Callable[[str], Path]) -> None:
    told = read(
        sheet(
            "Cost centre 4711\n\nPosting date,Ref,Paid in (£),Paid out (£),Balance\n"
            "01/09/2020,Opening balance,,,0.00\n"
            '24/11/2020,E2,"10,000.00",,"10,000.00"\n'
            "25/11/2020,INV-204,,240.00,9760.00\n26/11/2020,nil,,0.00,9760.00\n\n"
            ",,,,\n30/11/2020,Closing balance,,,9700.00\nTotal,,10000,240,\n"
        )
    )
    assert [(row.day.isoformat(), row.amount_pence, row.reference) for row in told.rows] == [
        ("2020-11-24", 1_000_000, "E2"),
        ("2020-11-25", -24_000, "INV-204"),
    ]
    assert told.balance_pence == 970_000
    assert told.rows[1].place == "statement.csv › row 6, column 1"


@pytest.mark.parametrize(
    ("text", "balance"),
    [
        ("Date,Amount,Balance\n2/11/2020,5,5\n3/11/2020,-2,3\n", 300),
        ("Date,Amount,Balance\n3/11/2020,-2,3\n2/11/2020,5,5\n", 300),  # newest first
        ("Date,Amount\n2/11/2020,5\n3/11/2020,-2\n", None),
        ("Date,Amount\n2/11/2020,5\n3/11/2020,-2\nClosing balance,3\n", 300),
        ("Date,Debit,Credit\n3/11/2020,2,\n2/11/2020,,5\n", None),
    ],
)
def test_the_balance_it_ends_with(sheet: Callable[[str], Path], text: str, balance: int | None) -> None:
    told = read(sheet(text))
    assert told.balance_pence == balance
    assert sorted(row.amount_pence for row in told.rows) == [-200, 500]


@pytest.mark.parametrize(
    ("text", "reference", "problems"),
    [
        ("Name,Value\nA,5\n", "statement.no-headings", 0),
        ("Date,Amount\n", "statement.empty", 0),
        ("Date,Amount\nyesterweek,5\n2/11/2020,lots\n2/11/2020,\n,5\n", "statement.unreadable", 4),
        ("Date,Paid in,Paid out\n2/11/2020,lots,\n2/11/2020,,\n2/11/2020\n", "statement.unreadable", 3),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cells(
    sheet: Callable[[str], Path], text: str, reference: str, problems: int
) -> None:
    with pytest.raises(BadInput) as refused:
        read(sheet(text))
    assert (refused.value.reference, len(refused.value.problems)) == (reference, problems)
    assert all("statement.csv › row" in each.where for each in refused.value.problems)


def test_a_workbook_is_read_like_csv(tmp_path: Path) -> None:
    columns = (ColumnSpec("Date", ColumnKind.DATE), ColumnSpec("Reference"), ColumnSpec("Amount", ColumnKind.POUNDS))
    spec = SheetSpec("Ledger", columns, ((date(2020, 11, 24), "E2", 1_000_000),), title="Cost centre 4711")
    path = tmp_path / "statement.xlsx"
    path.write_bytes(workbook_bytes(WorkbookSpec((spec,)), made=datetime(2020, 11, 24, tzinfo=UTC)))
    (row,) = read(path).rows
    assert (row.place, row.day, row.amount_pence) == ("statement.xlsx › Ledger!A4", date(2020, 11, 24), 1_000_000)


def entry(number: int, pence: int, day: str = "2020-11-24", **told: object) -> EntryLine:
    line = EntryLine(
        number, day, "spend", FUND if pence < 0 else "hnb", "2020/21", "supplier" if pence < 0 else FUND, "2020/21",
        abs(pence), None, "", "", "", "", None, None, None, "", "",
    )  # fmt: skip
    return replace(line, **told)  # type: ignore[arg-type] - the tests tell what fits


def row(pence: int, reference: str = "", day: str = "2020-11-24", place: str = "") -> StatementRow:
    return StatementRow(place or f"{pence} {reference} {day}", date.fromisoformat(day), pence, reference, None)


def found(rows: list[StatementRow], entries: list[EntryLine], **kept: int) -> list[tuple[int | None, str]]:
    return [(line.entry, line.why) for line in match_lines(rows, entries, FUND, kept)]


def test_a_reference_names_its_entry() -> None:
    entries = [
        entry(1, -500),
        entry(2, -500, receipt="INV-2"),
        entry(3, -500, run="PAY-2020-11-24", request="R-7KQ4"),
        entry(4, 500),
    ]
    rows = [
        row(-500, "pay-2020-11-24 R-7KQ4", "2021-03-01"),
        row(-500, "inv-2"),
        row(-500, "BACS E1 Nov"),
        row(500, "E4"),
    ]
    assert found(rows, entries) == [
        (3, "its reference"),
        (2, "its reference"),
        (1, "its reference"),
        (4, "its reference"),
    ]


def test_an_amount_is_enough_only_when_nothing_else_can_be_meant() -> None:
    near = (1, "its amount, within 21 days")
    assert found([row(-500, "?", "2020-12-10")], [entry(1, -500)]) == [near]
    assert found([row(-500, "", "2020-12-20")], [entry(1, -500)]) == [(None, "no entry of this amount")]
    assert found([row(500)], [entry(1, -500)]) == [(None, "no entry of this amount")]
    assert found([row(-500)], [entry(1, -500), entry(2, -500)]) == [(None, "may be E1 or E2")]
    assert found([row(-500, "a"), row(-500, "b")], [entry(1, -500)]) == [(None, "may be E1")] * 2
    assert found([row(-500, "E1"), row(-500, "b")], [entry(1, -500), entry(2, -500)])[1] == (
        2,
        "its amount, within 21 days",
    )


def test_what_was_found_before_stays_found() -> None:
    rows = [row(-500, "", place="A2"), row(-500, "", place="A3")]
    entries = [entry(1, -500), entry(2, -500)]
    assert found(rows, entries, A2=2) == [(2, "found before"), (1, "its amount, within 21 days")]


def test_a_statement_is_shown_kept_and_held_against_the_ledger(
    funded: Store, senco: Senco, sheet: Callable[[str], Path], trail_length: Callable[[], int]
) -> None:
    senco("budget", "spend", "CP1:envelope", "£240", "--to", "school:Abbey", "--for", "x", "--receipt", "INV-204")
    senco("budget", "spend", "CP1:envelope", "£7", "--to", "school:Abbey", "--for", "x", "--on", "23/11/2020")
    file = str(sheet(
        "Date,Reference,Amount,Balance\n24/11/2020,E2,10000,10000\n25/11/2020,INV-204,-240,9760\n26/11/2020,?,-60,9700\n"
    ))  # fmt: skip
    words = ("budget", "import", file, "--account", "CP1:envelope")
    before = trail_length()
    shown = senco(*words, "--dry-run")
    assert "Finance says £9,700.00, the ledger £9,753.00: £53.00 apart." in shown.err
    assert "2 of 3 lines are entries. This was the plan only" in shown.err
    refused = senco(*words)
    assert (refused.code, trail_length()) == (4, before)
    kept = senco(*words, "--yes")
    assert "Kept statement.csv: 2 lines are entries, 1 are not." in kept.err
    assert trail_length() == before + 1
    again = senco(*words, "--yes")
    assert "kept before: nothing to change" in again.err
    assert trail_length() == before + 1
    told = senco("check")
    assert told.code == 7
    names = {line.split()[0] for line in told.out.splitlines() if line.startswith("budget.")}
    assert names == {"budget.balance-differs", "budget.not-in-ledger"}  # E4 is of the day before the statement begins


def test_an_entry_made_later_is_found_when_the_statement_comes_again(
    funded: Store, senco: Senco, sheet: Callable[[str], Path]
) -> None:
    file = str(sheet("Date,Reference,Amount\n23/11/2020,?,-60\n24/11/2020,E2,10000\n25/11/2020,?,-70\n"))
    words = ("budget", "import", file, "--account", "CP1:envelope", "--yes")
    assert "1 lines are entries, 2 are not" in senco(*words).err
    senco("budget", "spend", "CP1:envelope", "£60", "--to", "school:Abbey", "--for", "x")
    senco("budget", "spend", "CP1:envelope", "£9", "--to", "school:Abbey", "--for", "x")
    assert "2 lines are entries, 1 are not" in senco(*words).err
    told = senco("check").out
    assert "budget.not-at-finance  E4" in told
    assert told.count("budget.not-in-ledger") == 1


def test_finance_has_no_statement_of_a_supplier(funded: Store, senco: Senco, sheet: Callable[[str], Path]) -> None:
    file = str(sheet("Date,Reference,Amount\n24/11/2020,E2,10000\n"))
    done = senco("budget", "import", file, "--account", "supplier", "--format", "json")
    assert done.code == 2
    assert json.loads(done.err)["error"]["reference"] == "statement.account"


def test_a_person_at_the_terminal_sees_the_lines_before_the_yes(
    funded: Store, senco: Senco, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "statement.xlsx"
    path.write_text("Date,Reference,Amount\n24/11/2020,E2,10000\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", type("Typed", (io.StringIO,), {"isatty": lambda _: True})("y\n"))
    done = senco("budget", "import", str(path), "--account", "CP1:envelope")
    assert done.code == 0
    assert "its reference" in done.out
    assert "Note: Its name promises a workbook" in done.err


def test_a_reference_that_names_another_is_no_match_by_amount() -> None:
    paid = entry(3, -500, run="PAY-2020-11-24", request="R-7KQ4")
    for reference in ("PAY-2020-11-24-2 R-7KQ4", "PAY-2020-11-24 R-8KQ4", "R-8KQ4", "PAY-2020-11-24 R-7KQ4 E9", "E9"):
        assert found([row(-500, reference)], [paid]) == [(None, "no entry of this amount")], reference
    assert found([row(-500, "PAY-2020-11-24 BACS")], [paid]) == [(3, "its amount, within 21 days")]
    assert found([row(-500, "PAY-2020-11-24 R-7KQ4")], [entry(1, -500)]) == [(None, "no entry of this amount")]


def test_a_line_in_two_statements_of_an_account_is_one_entry(
    funded: Store, senco: Senco, sheet: Callable[[str], Path]
) -> None:
    senco("budget", "spend", "CP1:envelope", "£60", "--to", "school:Abbey", "--for", "x")
    senco("budget", "spend", "CP1:envelope", "£60", "--to", "school:Abbey", "--for", "x", "--on", "25/11/2020")
    words = ("--account", "CP1:envelope", "--yes")
    file = str(sheet("Date,Reference,Amount\n24/11/2020,E2,10000\n24/11/2020,E3,-60\n"))
    assert "2 lines are entries, 0 are not" in senco("budget", "import", file, *words).err
    file = str(sheet("Date,Reference,Amount\n24/11/2020,E3,-60\n25/11/2020,?,-60\n"))
    done = senco("budget", "import", file, *words)
    assert "found in another statement" in done.out
    assert "2 lines are entries, 0 are not" in done.err
    assert "budget." not in senco("check").out


def test_one_entry_stands_in_the_statements_of_both_its_accounts(
    funded: Store, senco: Senco, sheet: Callable[[str], Path]
) -> None:
    senco("budget", "transfer", "£5", "--from", "CP1:envelope", "--to", "CP1:training")
    senco("budget", "transfer", "£5", "--from", "CP1:training", "--to", "CP1:pool")
    file = str(sheet("Date,Reference,Amount\n24/11/2020,E3,5\n24/11/2020,E4,-5\n"))
    assert "2 lines are entries" in senco("budget", "import", file, "--account", "CP1:training", "--yes").err
    file = str(sheet("Date,Reference,Amount\n24/11/2020,E4,5\n"))
    assert "1 lines are entries, 0 are not" in senco("budget", "import", file, "--account", "CP1:pool", "--yes").err


def test_what_was_paid_and_came_back_is_both_entries(funded: Store, senco: Senco, sheet: Callable[[str], Path]) -> None:
    """Paid, returned by the bank, reversed and paid anew: three lines, three entries, the living one taken first."""
    for _ in range(2):
        senco("budget", "spend", "CP1:envelope", "£60", "--for", "x", "--to", "school:Abbey")
        senco("budget", "reverse", "E3", "--reason", "Returned")  # the second time it is reversed already
    lines = "24/11/2020,E2,10000\n24/11/2020,?,-60\n"
    words = ("--account", "CP1:envelope", "--yes")
    done = senco("budget", "import", str(sheet(f"Date,Reference,Amount\n{lines}")), *words)
    assert done.out.count("E5") == 1
    assert "taken back" not in done.out
    file = str(sheet(f"Date,Reference,Amount\n{lines}25/11/2020,E3,-60\n26/11/2020,Bank,60\n26/11/2020,Bank,61\n"))
    done = senco("budget", "import", file, *words)
    assert done.out.count("it was taken back") == 2
    assert "4 lines are entries, 1 are not" in done.err
    assert "kept before: nothing to change" in senco("budget", "import", file, *words).err
    assert senco("check").out.count("budget.") == 1


def test_the_same_lines_of_two_accounts_are_two_statements(
    funded: Store, senco: Senco, sheet: Callable[[str], Path]
) -> None:
    file = str(sheet("Date,Reference,Amount\n24/11/2020,Course,5\n"))
    for account in ("CP1:envelope", "CP1:training"):
        done = senco("budget", "import", file, "--account", account, "--yes")
        assert "Kept statement.csv: 0 lines are entries, 1 are not" in done.err


def test_only_a_whole_first_cell_makes_a_total(sheet: Callable[[str], Path]) -> None:
    told = read(
        sheet(
            "Date,Reference,Amount,Balance\n24/11/2020,Total Sports Ltd,-5,95\n25/11/2020,Total,-5,90\n"
            "26/11/2020,Closing balance adjustment,-1,89\nGrand total:,,-11,\nTotals,,-11,\n"
            ",Opening balance,,100\n"
        )
    )
    assert [row.reference for row in told.rows] == ["Total Sports Ltd", "Total", "Closing balance adjustment"]
    assert told.balance_pence == 8_900
