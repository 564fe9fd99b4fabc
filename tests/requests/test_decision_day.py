"""The day of a decision: what is due counts from it, not from the moment at which somebody typed it in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.errors import SencoError
from senco.requests import deciding, dues, records
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import OFFICER, PANEL, decide, heard, recommend, request, run

Run = Callable[..., Any]
PANEL_DAY, LATE = date(2020, 12, 8), date(2020, 12, 15)
URGENT = {"urgent": True, "urgent_because": "The placement is breaking down."}


def due(store: Store, reference: str, what: str, today: date = LATE) -> tuple[str, str]:
    with store.reading() as ask:
        lines = dues.dues(ask, today, date(2022, 1, 1))
    return next((each.due_on, each.who) for each in lines if (each.request, each.what) == (reference, what))


def test_a_decision_typed_in_late_is_told_by_its_own_day(borough: Store) -> None:
    late, then = (heard(borough), heard(borough))
    for each in (late, then):
        recommend(borough, each)
    assert decide(borough, late, today=LATE).decided_on == "2020-12-15"
    line = decide(borough, then, today=LATE, on=PANEL_DAY)
    assert (line.decided_on, line.made_at[:10]) == ("2020-12-08", "2020-11-24")
    assert due(borough, then, "letter") == ("2020-12-22", OFFICER)  # ten working days
    assert due(borough, late, "letter") == ("2020-12-31", OFFICER)


def test_a_row_without_a_day_is_of_the_day_on_which_it_was_typed_in(borough: Store) -> None:
    reference = request(borough, **URGENT)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO decision (request_reference, request_version, taken_back, outcome, reason, officer, made_at,"
            " made_by) VALUES (?, 1, 0, 'returned', 'Not whole.', 'D. Officer', '2021-05-31T23:30:00+00:00', 'x')",
            (reference,),
        )
    with borough.reading() as ask:
        assert records.decisions(ask, reference)[-1].decided_on == "2021-06-01"
    assert due(borough, reference, "letter") == ("2021-06-15", OFFICER)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2020, 12, 16), "that day is still to come"),
        (date(2020, 12, 7), "the panel whose advice it follows is of Tue 8 Dec 2020"),
    ],
)
def test_a_decision_is_not_of_every_day(borough: Store, trail_length: Run, on: date, said: str) -> None:
    reference = heard(borough)
    recommend(borough, reference)
    before = trail_length()
    with pytest.raises(SencoError, match=said) as found:
        decide(borough, reference, today=LATE, on=on)
    assert found.value.reference == "requests.bad-day"
    with pytest.raises(SencoError, match=said):
        run(borough, deciding.decide_as_advised, PANEL, OFFICER, LATE, on)
    assert trail_length() == before
    assert decide(borough, reference, today=LATE, on=PANEL_DAY).living


def test_a_decision_is_not_before_the_request_or_the_one_before_it(borough: Store) -> None:
    early = request(borough, **URGENT)
    with pytest.raises(SencoError, match="the request came in on Fri 20 Nov 2020"):
        decide(borough, early, Verdict.RETURNED, on=date(2020, 11, 19))
    assert decide(borough, early, Verdict.RETURNED, on=date(2020, 11, 20)).decided_on == "2020-11-20"
    put_off = heard(borough, **URGENT)
    recommend(borough, put_off, Verdict.DEFERRED)
    decide(borough, put_off, Verdict.DEFERRED, today=LATE)
    recommend(borough, put_off)
    with pytest.raises(SencoError, match="the decision before it is of Tue 15 Dec 2020"):
        decide(borough, put_off, today=LATE, on=date(2020, 12, 14))


def test_a_panel_ratifies_what_was_decided_before_it_sat(borough: Store) -> None:
    before, on_it, after = (request(borough, **URGENT) for _ in range(3))
    decide(borough, before, Verdict.RETURNED)
    decide(borough, on_it, Verdict.RETURNED, today=PANEL_DAY)
    decide(borough, after, Verdict.RETURNED, today=date(2020, 12, 9))
    with borough.reading() as ask:
        first = {each.request for each in records.to_ratify(ask, "2020-12-08T14:00:00+00:00")}
        second = {each.request for each in records.to_ratify(ask, "2021-01-12T14:00:00+00:00")}
        # Typed in at 2pm on 24 November: of a panel of that morning it is not, of one of that evening it is.
        halves = [[each.request for each in records.to_ratify(ask, f"2020-11-24T{hour}:00:00+00:00")]
                  for hour in ("09", "18")]  # fmt: skip
    assert (first, second) == ({before, on_it}, {before, on_it, after})
    assert halves == [[], [before]]
    assert due(borough, after, "ratify", PANEL_DAY) == ("2021-01-12", "2021-01-12-PANEL")
    told = {"refused": False, "reason": ""}
    with pytest.raises(SencoError, match="it was decided on Wed 9 Dec 2020, after that panel sat") as found:
        run(borough, deciding.ratify, after, date(2021, 1, 12), meeting=PANEL, **told)
    assert found.value.reference == "requests.not-to-ratify"
    assert run(borough, deciding.ratify, after, date(2021, 1, 12), meeting="2021-01-12-PANEL", **told).ratified


def test_the_day_is_typed_shown_and_told(borough: Store, senco: Run, tmp_path: Path) -> None:
    one, other = heard(borough), heard(borough)
    for each in (one, other):
        recommend(borough, each)
    ran = senco("--as-of", "2020-12-15", "requests", "decide", one, "--officer", OFFICER, "--outcome", "returned",
                "--reason", "Not whole.", "--on", "2020-12-10")  # fmt: skip
    assert "Thu 10 Dec 2020" in ran.out, ran.err
    ran = senco("--as-of", "2020-12-15", "requests", "decide", "--as-advised", PANEL, "--officer", OFFICER,
                "--on", "2020-12-11", "--format", "json")  # fmt: skip
    assert '"decided_on": "2020-12-11"' in ran.out, ran.err
    senco("--as-of", "2020-12-15", "requests", "letters", "--out", tmp_path)
    said = [(tmp_path / f"{each}-letter.md").read_text(encoding="utf-8") for each in (one, other)]
    assert "on Thu 10 Dec 2020" in said[0]
    assert "on Fri 11 Dec 2020" in said[1]
    assert TODAY < PANEL_DAY
