"""The budget at the command line: what it says, what it refuses, and the files it writes."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from senco.budget import entering
from senco.console.desk import Desk
from senco.errors import WrongUse
from senco.sheets.packing import why_not_plain
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.budget.conftest import ABBEY
from tests.conftest import Ran

Senco = Callable[..., Ran]


def test_money_comes_in_at_the_top_and_goes_down(borough: Store, senco: Senco) -> None:
    done = senco("budget", "allocate", "hnb", "£100,000", "--for", "Set-up of the clusters")
    assert (done.code, done.err) == (
        0,
        "E1: £100,000.00 from grant to hnb (2020/21). hnb@2020/21 now holds £100,000.00.\n",
    )
    done = senco("budget", "allocate", "CP1:training", "5k", "--format", "json")
    (entry,) = json.loads(done.out)["entries"]
    assert (entry["amount_pence"], entry["amount_minutes"], entry["to_account"]) == (
        500_000,
        None,
        "cluster:CP1:training",
    )
    assert senco("budget", "allocate", "borough:conference", "£300", "--from", "hnb").code == 0
    assert "£94,700.00" in senco("budget", "balance").out
    assert "grant" in senco("budget", "balance", "--all").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("allocate", "CP9:training", "5"), 3, "no cluster 'CP9'"),
        (("allocate", "CP1:trainin", "5"), 3, "'training'"),
        (("allocate", "CP1:sweets", "5"), 3, "The funds are set-up"),
        (("allocate", "CP1", "5"), 3, "Accounts are named"),
        (("allocate", "nonsense", "5"), 3, "Accounts are named"),
        (("allocate", "CP1:training", "much"), 5, "not an amount"),
        (("spend", "CP1:training", "5", "--for", "x", "--to", "school:Nowhere"), 3, "no school"),
        (("spend", "CP2:lead", "5", "--for", "x", "--to", "host"), 3, "host school of CP2 is not known"),
        (("spend", "CP1:training", "£1", "--for", "x"), 4, "£1.00 too much"),
        (("transfer", "£5", "--from", "CP1:training"), 2, "between two"),
        (("transfer", "£5", "--from", "hnb", "--debit", "Abbey", "--to", "CP1:pool"), 2, "between two"),
        (("reverse", "twelve", "--reason", "x"), 2, "not the number of an entry"),
        (("reverse", "E99", "--reason", "x"), 3, "The last one is E2"),
        (("reverse", "E2", "--reason", " "), 4, "needs a reason"),
        (("transfer", "£5", "--debit", "Abbey", "--credit", "Abbey"), 4, "cannot give to itself"),
        (("transfer", "£5", "--from", "CP1:envelope", "--to", "CP1:exceptional"), 4, "cannot give to itself"),
        (("statement", "hnb", "--out", "st.pdf"), 2, "does not end in .csv or .xlsx"),
        (("envelope", "--out", "nowhere/st.csv"), 3, "no folder nowhere"),
        (("pay", "--due", "--yes", "--out", "payments.txt"), 2, "does not end in"),
        (("override", "CP1:training", "--reason", "x"), 2, "by an amount"),
        (("override", "R-7KQ4", "£5", "--reason", "x"), 2, "by what it lacks"),
        (("override", "R-7KQ4", "--reason", "x"), 3, "no award"),
        (("override", "CP1:training", "£5"), 4, "needs a reason"),
        (("schedule", "R-7KQ4"), 3, "no award"),
        (("schedule", "R-7KQ4", "--stop", "plan", "--resume"), 2, "One change"),
        (("pay",), 2, "--due"),
        (("pay", "--due", "--run", "PAY-1"), 2, "--due"),
        (("pay", "--run", "PAY-1"), 3, "Nothing was paid"),
        (("envelope", "--at", "£5"), 2, "--would"),
        (("envelope", "--would", "R-7KQ4"), 3, "no request"),
        (("time", "book", "CP1", "ep", "2h"), 4, "2h too much"),
        (("time", "book", "CP1", "ep", "two hours"), 5, "not a length of time"),
        (("allocate", "CP1:training", "£5", "--on", "31/3/2020"), 4, "not of 2020/21"),
        (
            ("spend", "CP1:envelope", "£5", "--for", "x", "--on", "1/4/2022"),
            4,
            "from Wed 1 Apr 2020 to Thu 31 Mar 2022",
        ),
        (("allocate", "CP1:training", "£99,999,999,999"), 4, "a digit too many"),
        (("override", "CP1:training", "£99,999,999,999", "--reason", "x"), 4, "a digit too many"),
        (("time", "carry", "CP1", "ep"), 4, "greater than nought"),
        (("statement", "CP1:training", "--before", "E99"), 3, "no entry E99"),
    ],
)
def test_what_cannot_be_done_is_said(funded: Store, senco: Senco, words: tuple[str, ...], code: int, told: str) -> None:
    done = senco("budget", *words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err.replace("\n  ", " ")


REFERENCES = [
    ("account.unknown", ("statement", "CP1")),
    ("fund.unknown", ("statement", "CP1:sweets")),
    ("host.unknown", ("spend", "CP2:lead", "5", "--for", "x", "--to", "host")),
    ("transfer.between", ("transfer", "£5")),
    ("entry.same-account", ("transfer", "£5", "--debit", "Abbey", "--credit", "Abbey")),
    ("reverse.reason", ("reverse", "E2", "--reason", "")),
    ("entry.other-year", ("allocate", "CP1:training", "£5", "--on", "31/3/2020")),
    ("entry.too-much", ("allocate", "CP1:training", "£99,999,999,999")),
    ("out.ending", ("statement", "hnb", "--out", "st.txt")),
    ("out.no-folder", ("envelope", "--out", "nowhere/st.csv")),
    ("entry.unreadable", ("reverse", "twelve", "--reason", "x")),
    ("schedule.one-change", ("schedule", "R-7KQ4", "--to", "Abbey", "--resume")),
    ("pay.what", ("pay",)),
    ("envelope.at", ("envelope", "--at", "5")),
    ("time.unreadable-length", ("time", "book", "CP1", "ep", "1.33h")),
    ("run.unknown", ("pay", "--run", "PAY-1")),
]


@pytest.mark.parametrize(("reference", "words"), REFERENCES)
def test_each_refusal_has_its_reference(funded: Store, senco: Senco, reference: str, words: tuple[str, ...]) -> None:
    done = senco("budget", *words, "--format", "json")
    assert json.loads(done.err)["error"]["reference"] == reference


@pytest.mark.parametrize("length", ["0h", "1h 70m", "2.5h 30", "99999999h", "-2h", ""])
def test_lengths_of_time_that_are_none(funded: Store, senco: Senco, length: str) -> None:
    assert senco("budget", "time", "allocate", "CP1", "ep", "--", length).code == 5


def test_schools_are_debited_and_credited_by_name(funded: Store, senco: Senco) -> None:
    done = senco("budget", "transfer", "£50", "--debit", "Abbey", "--credit", "Avenue", "--for", "Half a day")
    assert done.err == "E3: £50.00 from school:100001 to school:100002 (2020/21).\n"
    assert "-£50.00" in senco("budget", "balance", "--all").out


def test_a_fund_is_carried_over_into_the_next_year(funded: Store, senco: Senco) -> None:
    done = senco(
        "budget", "transfer", "£500", "--from", "CP1:envelope", "--to", "CP1:envelope@2021/22", "--format", "json"
    )
    (entry,) = json.loads(done.out)["entries"]
    assert (entry["kind"], entry["from_year"], entry["to_year"]) == ("carry", "2020/21", "2021/22")
    assert "£500.00" in senco("budget", "balance", "--year", "2021/22").out


def test_pages_of_entries_and_statements_follow_each_other(funded: Store, senco: Senco) -> None:
    for number in range(5):
        senco("budget", "spend", "CP1:envelope", f"£{number + 1}", "--for", f"Thing {number}", "--on", "23/11/2020")
    first = json.loads(senco("budget", "statement", "CP1:envelope", "--most", "2", "--format", "json").out)["statement"]
    assert [(line["number"], line["balance_pence"]) for line in first] == [(2, 998_500), (7, -1_500)]
    second = senco("budget", "statement", "CP1:envelope", "--most", "2", "--before", "E7")
    assert "Thing 3" in second.out
    assert "--before E5" in second.out
    last = senco("budget", "statement", "CP1:envelope", "--most", "2", "--before", "E4")
    assert "-£1.00" in last.out
    assert "earlier" not in last.out
    assert "--before E6" in senco("budget", "list", "--most", "2").out
    assert "Thing 0" in senco("budget", "list", "--before", "E4", "--kind", "spend", "--cluster", "CP1").out
    assert senco("budget", "list", "--request", "R-7KQ4").out == "Entries\nNo entries.\n"
    told = senco("budget", "statement", "CP1:envelope", "--from", "24/11/2020", "--to", "24/11/2020").out
    assert "Thing" not in told
    assert "Nothing has moved" in senco("budget", "statement", "CP1:envelope", "--financial-year", "2019/20").out


def test_balances_of_a_day_and_of_a_financial_year(funded: Store, senco: Senco) -> None:
    senco("budget", "spend", "CP1:envelope", "£100", "--for", "x", "--on", "1/4/2021")
    assert "£9,900.00" in senco("budget", "balance", "--cluster", "CP1").out
    assert "£9,900.00" not in senco("budget", "balance", "--on", "31/3/2021").out
    told = senco("budget", "balance", "--financial-year", "2021/22").out
    assert "-£100.00" in told
    assert "£10,000.00" not in told
    assert "Nothing has moved yet" in senco("budget", "balance", "--cluster", "borough", "--year", "2021/22").out


def test_an_override_is_for_an_award_or_for_an_amount(funded: Store) -> None:
    with pytest.raises(WrongUse) as refused:
        entering.sanction(Desk(funded.path), "CP1:training", None, "Because.", year=None)
    assert refused.value.reference == "override.what"


def test_an_envelope_warns_before_a_decision_overruns(funded: Store, senco: Senco, award: Callable[..., str]) -> None:
    award("R-9KQ4", 900_000)
    award("R-7KQ4", 100_000)
    award("R-7KQ4", None)
    told = senco("budget", "envelope", "--would", "r-7kq4")
    assert told.code == 0
    assert "WARNING: R-7KQ4 at £3,500.00 overruns CP1's exceptional fund of 2020/21 by £2,500.00" in told.err
    assert "WARNING" not in senco("budget", "envelope", "--would", "R-7KQ4", "--at", "£1,000").err
    senco("budget", "pay", "--due", "--yes")
    # What it was awarded, paid or not, is counted once.
    told = senco("budget", "envelope", "--would", "R-9KQ4", "--at", "£9,500")
    assert "R-9KQ4 at £9,500.00 leaves £500.00 free in CP1's exceptional fund of 2020/21.\n" in told.err
    award("R-8KQ4", 200_000)
    assert "is promised £1,000.00 more than it has" in senco("budget", "envelope").out
    assert "NO" in senco("budget", "commitments").out
    assert "R-8KQ4" in senco("budget", "pay", "--due", "--dry-run").out
    assert "Held: £666.67" in senco("budget", "pay", "--due", "--dry-run").out
    assert "£1,000.00" in senco("budget", "override", "R-8KQ4", "--reason", "No other place").err
    assert "NO" not in senco("budget", "commitments", "--cluster", "CP1").out
    assert senco("budget", "override", "CP1:training", "£5", "--reason", "A gap").code == 0


def test_a_payment_run_with_its_file(funded: Store, senco: Senco, award: Callable[..., str], tmp_path: Path) -> None:
    award("R-7KQ4", 300_000)
    refused = senco("budget", "pay", "--due")
    assert (refused.code, refused.out) == (4, "")
    assert "--yes" in refused.err
    file = tmp_path / "payments.csv"
    done = senco("budget", "pay", "--due", "--yes", "--out", str(file))
    assert "Made the payment run PAY-2020-11-24: 1 payment, £1,000.00." in done.err
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert (row["Payment reference"], row["DfE number"], row["URN"], row["Amount"]) == (
        "PAY-2020-11-24 R-7KQ4 E3", "3192001", str(ABBEY), "1000.00",
    )  # fmt: skip
    again = senco("budget", "pay", "--due", "--yes", "--out", str(tmp_path / "none.csv"))
    assert (again.code, again.err) == (0, "There is nothing to pay.\n")
    assert not (tmp_path / "none.csv").exists()
    book = tmp_path / "payments.xlsx"
    for said in ("Wrote", "Nothing new in"):
        done = senco("budget", "pay", "--run", "pay-2020-11-24", "--out", str(book))
        assert said in done.err
    assert why_not_plain(book.read_bytes()) == []
    assert any("£" in cell.text or cell.value == 1000 for row in read_book(book).sheets[0].rows for cell in row)


def test_a_person_at_the_terminal_sees_the_run_before_the_yes(
    funded: Store, senco: Senco, award: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    award("R-7KQ4", 300_000)
    monkeypatch.setattr("sys.stdin", type("Typed", (io.StringIO,), {"isatty": lambda _: True})("n\ny\n"))
    declined = senco("budget", "pay", "--due")
    assert declined.code == 4
    assert "Due on Tue 24 Nov 2020" in declined.out
    done = senco("budget", "pay", "--due")
    assert done.code == 0
    assert done.out.index("Due on") < done.out.index("Payment run PAY-2020-11-24")


def test_a_statement_and_the_envelopes_as_workbooks_with_charts(
    funded: Store, senco: Senco, award: Callable[..., str], tmp_path: Path
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    senco("budget", "spend", "CP1:envelope", "£5", "--for", "=HYPERLINK(1)", "--receipt", "I-1")
    files = {name: tmp_path / f"{name}.xlsx" for name in ("statement", "hnb", "envelope")}
    assert "Wrote" in senco("budget", "statement", "CP1:envelope", "--out", str(files["statement"])).err
    assert "Wrote" in senco("budget", "statement", "hnb", "--out", str(files["hnb"])).err
    assert "Wrote" in senco("budget", "envelope", "--out", str(files["envelope"])).err
    before = files["statement"].read_bytes()
    assert "already" in senco("budget", "statement", "CP1:envelope", "--out", str(files["statement"])).err
    assert files["statement"].read_bytes() == before
    import zipfile

    for name, charts in (("statement", 1), ("hnb", 1), ("envelope", 0)):
        parts = zipfile.ZipFile(files[name]).namelist()
        assert len([part for part in parts if "charts/chart" in part]) == charts, name
        assert why_not_plain(files[name].read_bytes()) == []
    sheet = read_book(files["statement"]).sheets[0]
    told = [[cell.text for cell in row] for row in sheet.rows]
    assert [row[0] for row in told if row and row[0].startswith("E") and row[0] != "Entry"] == ["E2", "E3", "E4"]
    empty = tmp_path / "empty.xlsx"
    assert senco("budget", "statement", "CP2:training", "--out", str(empty)).code == 0
    assert why_not_plain(empty.read_bytes()) == []


def test_the_workbook_of_envelopes_shows_what_may_be_overspent_and_what_is_lacking(
    funded: Store, senco: Senco, award: Callable[..., str], tmp_path: Path
) -> None:
    out = tmp_path / "funds.xlsx"
    headings = ["Fund", "Allocated", "Spent", "Paid in awards", "Promised", "Free"]

    def told() -> list[list[str]]:
        assert senco("budget", "envelope", "--out", str(out)).code == 0
        rows = [[cell.text for cell in row] for row in read_book(out).sheets[0].rows]
        return [row for row in rows if row and row[0] in {"Fund", "CP1 exceptional"}]

    assert told() == [headings, ["CP1 exceptional", "10000", "0", "0", "0", "10000"]]
    award("R-7KQ4", 1_100_000)
    assert told() == [[*headings, "Lacking"], ["CP1 exceptional", "10000", "0", "0", "11000", "0", "-1000"]]
    senco("budget", "override", "R-7KQ4", "--reason", "No other place")
    assert told() == [
        ["Fund", "Allocated", "May overspend", *headings[2:], "Overspent because"],
        ["CP1 exceptional", "10000", "1000", "0", "0", "11000", "0", "No other place"],
    ]


def test_a_schedule_is_shown_and_changed(funded: Store, senco: Senco, award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    done = senco("budget", "schedule", "R-7KQ4", "--format", "json")
    told = json.loads(done.out)
    assert (told["award"]["amount_pence"], told["award"]["first"]) == (300_000, "2020-09-01")
    assert [part["amount_pence"] for part in told["parts"]] == [100_000] * 3
    done = senco("budget", "schedule", "R-7KQ4", "--stop", "plan", "--on", "1/4/2021")
    assert "Stops on" in done.out
    assert "R-7KQ4 stops on Thu 1 Apr 2021: that day and those after it are not paid." in done.err
    # Where a child is has one record, that of its request: the list of awards and the money read the same.
    assert senco("budget", "schedule", "R-7KQ4", "--move", "Foxley", "--on", "1/12/2020").code == 2
    assert "senco requests move" in senco("budget", "schedule", "--help").out
    assert "from now on" in senco("budget", "schedule", "R-7KQ4", "--pattern", "monthly").err


def test_words_for_money_never_reach_the_trail(funded: Store, senco: Senco, award: Callable[..., str]) -> None:
    """The canary: what people write as text stays in rows, never in the trail or on stderr."""
    award("R-7KQ4", 2_000_000)
    canary = "Zebulonia"
    senco("budget", "spend", "CP1:envelope", "£5", "--for", canary, "--supplier", canary, "--override", canary)
    senco("budget", "reverse", "E3", "--reason", canary)
    senco("budget", "override", "R-7KQ4", "--reason", canary)
    senco("budget", "time", "allocate", "CP1", "ep", "5h")
    done = senco("budget", "time", "use", "CP1", "ep", "1h", "--for", canary)
    assert canary not in done.err
    with funded.reading() as ask:
        assert not [each for each in ask.values("SELECT subject || detail FROM trail") if canary in each]


def test_bars_are_drawn_in_letters_where_blocks_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from senco.budget.columns import bar

    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert bar(100, 50, 25, width=8) == "████▓▓░░"
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    assert (bar(100, 150, width=4), bar(0, 5), bar(0, 0)) == ("####!", "!", "")


def test_the_reason_for_overspending_is_shown(funded: Store, senco: Senco, award: Callable[..., str]) -> None:
    senco("budget", "allocate", "CP2:exceptional", "£10")
    senco("budget", "spend", "CP2:exceptional", "£15", "--for", "A ramp", "--override", "Really needed")
    senco("budget", "override", "CP2:exceptional", "£7", "--reason", "A known gap")
    award("R-7KQ4", 1_200_000)
    senco("budget", "override", "R-7KQ4", "--reason", "No other place")
    (entry, *_) = json.loads(senco("budget", "list", "--format", "json").out)["entries"]
    assert entry["override"] == "Really needed"
    assert "Really needed" in senco("budget", "list").out
    told = senco("budget", "statement", "CP2:exceptional").out
    assert "Really needed" in told
    assert "CP2:exceptional may overspend by £7.00: A known gap" in told
    told = senco("budget", "envelope").out
    assert "CP2:exceptional may overspend by £5.00 for E4: Really needed" in told
    assert "CP1:exceptional may overspend by £2,000.00 for R-7KQ4: No other place" in told
    lines = json.loads(senco("budget", "envelope", "--format", "json").out)["envelopes"]
    assert [each["reason"] for each in lines[0]["overrides"]] == ["No other place"]
    with funded.reading() as ask:
        told = str(ask.value("SELECT detail FROM trail WHERE subject = 'ledger entry 4'"))
    assert json.loads(told)["override"] is True
    assert "needed" not in told
    senco("budget", "reverse", "E4", "--reason", "Not bought")
    assert "Really needed" not in senco("budget", "envelope").out
    assert "Really needed" in senco("budget", "list").out


def test_the_file_of_a_run_leaves_out_what_was_taken_back(
    funded: Store, senco: Senco, award: Callable[..., str], tmp_path: Path
) -> None:
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 30_000)
    file = tmp_path / "payments.csv"
    assert senco("budget", "pay", "--due", "--yes", "--out", str(tmp_path / "nodir" / "x.csv")).code == 3
    assert "PAY" not in senco("budget", "list").out
    senco("budget", "pay", "--due", "--yes")
    entries = {line["request"]: line["number"] for line in json.loads(senco("budget", "list", "--kind", "pay",
               "--format", "json").out)["entries"]}  # fmt: skip
    senco("budget", "reverse", f"E{entries['R-7KQ4']}", "--reason", "The bank sent it back")
    done = senco("budget", "pay", "--run", "PAY-2020-11-24", "--out", str(file))
    assert "Taken back" in done.out
    assert "Total: £100.00." in done.out
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [row["Amount"] for row in rows] == ["100.00"]
    senco("budget", "reverse", f"E{entries['R-8KQ4']}", "--reason", "The bank sent it back")
    other = tmp_path / "other.csv"
    done = senco("budget", "pay", "--run", "PAY-2020-11-24", "--out", str(other), "--format", "json")
    assert json.loads(done.err)["error"]["reference"] == "pay.taken-back"
    assert not other.exists()


def test_the_payments_of_one_award_in_a_run_have_references_of_their_own(
    funded: Store, senco: Senco, award: Callable[..., str], tmp_path: Path
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    senco("requests", "move", "R-7KQ4", "--to", "Foxley", "--from", "1/11/2020", "--because", "Moved house.")
    file = tmp_path / "payments.csv"
    senco("budget", "pay", "--due", "--yes", "--out", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert len(rows) == len({row["Payment reference"] for row in rows}) == 2


def test_a_statement_and_the_envelopes_as_csv(funded: Store, senco: Senco, tmp_path: Path) -> None:
    senco("budget", "spend", "CP1:envelope", "£5", "--for", "A course")
    file = tmp_path / "st.csv"
    assert senco("budget", "statement", "CP1:envelope", "--out", str(file)).code == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [(row["Entry"], row["Day"], row["In"], row["Out"], row["Balance"]) for row in rows] == [
        ("E2", "2020-11-24", "10000.00", "", "10000.00"), ("E3", "2020-11-24", "", "5.00", "9995.00"),
    ]  # fmt: skip
    assert senco("budget", "envelope", "--out", str(file)).code == 0
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert (row["Fund"], row["Free"]) == ("CP1 exceptional", "9995.00")


def test_a_day_of_the_years_own_financial_years_is_taken(funded: Store, senco: Senco) -> None:
    for day in ("1/4/2020", "31/3/2022"):
        assert senco("budget", "spend", "CP1:envelope", "£5", "--for", "x", "--on", day).code == 0


def test_only_commands_that_take_an_override_name_it(funded: Store, senco: Senco) -> None:
    assert "--override" in senco("budget", "time", "book", "CP1", "ep", "2h").err
    for words in (("use", "CP1", "ep", "2h"), ("carry", "CP1", "ep", "2h")):
        told = senco("budget", "time", *words)
        assert told.code == 4
        assert "--override" not in told.err
        assert "senco budget time allocate" in told.err
    told = senco("budget", "time", "release", "CP1", "ep", "2h")
    assert (told.code, "allocate" in told.err) == (4, False)
    assert "senco budget time statement CP1 ep" in told.err


def test_the_example_of_a_refund_is_one_that_works(funded: Store, senco: Senco) -> None:
    told = " ".join(senco("budget", "refund", "--help").out.split())
    example = re.search(r"senco (budget refund CP1:training £40 --for .*? --receipt \S+?)\.? ", told)
    assert example
    senco("budget", "allocate", "CP1:training", "£100")
    senco("budget", "spend", "CP1:training", "£40", "--for", "A course")
    assert senco(*shlex.split(example[1])).code == 0
