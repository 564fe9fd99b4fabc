"""Deferred for information: a day by which it is wanted, told in the letter and due in the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.errors import SencoError
from senco.requests import awaiting, dues
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.panel import OFFICER, PANEL_DAY, decide, heard, recommend, request, setting

Run = Callable[..., Any]
YEARS_END = date(2022, 1, 1)


def deferred(store: Store, **told: Any) -> Any:
    reference = heard(store)
    recommend(store, reference, Verdict.DEFERRED)
    return decide(store, reference, Verdict.DEFERRED, **told)


def due(store: Store) -> list[tuple[str, str]]:
    with store.reading() as ask:
        return [
            (each.request, each.due_on) for each in dues.dues(ask, PANEL_DAY, YEARS_END) if each.what == "information"
        ]


def wanted(store: Store, day: date) -> str:
    with store.reading() as ask:
        return str(awaiting.wanted_by(ask, day))


def test_the_day_is_counted_back_from_the_next_panels_closing(borough: Store) -> None:
    setting(borough, "closing", "10 working days at 5pm")
    setting(borough, "information.before", "1")
    # The panel of 12 January closes ten working days before, on 24 December; Christmas and New Year do not count.
    assert wanted(borough, PANEL_DAY) == "2020-12-23"
    assert wanted(borough, date(2020, 12, 23)) == "2021-03-25"  # too late for January: 13 April, Easter left out
    assert wanted(borough, date(2021, 4, 13)) == "None"
    setting(borough, "closing", "none")
    assert wanted(borough, PANEL_DAY) == "2021-01-11"


def test_it_is_due_until_the_panel_hears_the_case_again(borough: Store) -> None:
    line = deferred(borough, wanted_by=date(2021, 1, 5))
    assert (line.wanted_by, due(borough)) == ("2021-01-05", [(line.request, "2021-01-05")])
    recommend(borough, line.request)
    assert due(borough) == []


@pytest.mark.parametrize(
    ("verdict", "day", "said"),
    [
        (Verdict.AGREED, date(2021, 1, 5), "nothing is deferred for it"),
        (Verdict.DEFERRED, PANEL_DAY, "it is not after the decision"),
    ],
)
def test_a_day_for_information_fits(borough: Store, verdict: Verdict, day: date, said: str) -> None:
    reference = heard(borough)
    recommend(borough, reference, verdict)
    with pytest.raises(SencoError, match=said) as found:
        decide(borough, reference, verdict, wanted_by=day)
    assert found.value.reference == "requests.bad-award"


def test_the_day_is_typed_shown_and_told(borough: Store, senco: Run, tmp_path: Path) -> None:
    reference = heard(borough)
    recommend(borough, reference, Verdict.DEFERRED)
    words = ("--officer", OFFICER, "--outcome", "deferred", "--reason", "One plan is missing.", "--wanted", "The plan")
    ran = senco("--as-of", "2020-12-08", "requests", "decide", reference, *words, "--by", "5 Jan 2021")
    assert "Information by" in ran.out, ran.err
    senco("--as-of", "2020-12-09", "requests", "letters", "--out", tmp_path)
    text = (tmp_path / f"{reference}-letter.md").read_text(encoding="utf-8")
    assert "Send what is missing by Tue 5 Jan 2021;" in text
    assert "information" in senco("--as-of", "2020-12-20", "requests", "list", "--due").out


def test_the_store_keeps_such_a_day_with_a_deferral_alone(borough: Store) -> None:
    reference = request(borough, urgent=True, urgent_because="The placement is breaking down.")
    row = "INSERT INTO decision (request_reference, request_version, taken_back, outcome, reason, officer, made_at,"
    row += " made_by, wanted_by) VALUES (?, 1, 0, 'returned', 'x', 'x', '2020-12-08T15:00:00+00:00', 'x', '2021-01-05')"
    with closing(sqlite3.connect(borough.path)) as raw, pytest.raises(sqlite3.IntegrityError, match="wanted_by"):
        raw.execute(row, (reference,))
