"""Nothing that a panel does is recorded before the panel's day: not by flags, not by its workbook, not at a sitting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from senco.errors import Refused
from senco.requests import deciding, records
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.panel import CHAIR, OFFICER, PANEL, PANEL_DAY, advised, decide, heard, recommend, request, run
from tests.requests.test_returning import fill

Run = Callable[..., Any]
EVE = PANEL_DAY - timedelta(days=1)
SAID = "the meeting is on Tue 8 Dec 2020, and it is Mon 7 Dec 2020"
FILLED = {"Recommendation": "returned", "Reason": "Not whole."}


def refused(verb: Run, *told: Any, **more: Any) -> None:
    with pytest.raises(Refused, match=SAID) as found:
        verb(*told, **more)
    assert found.value.reference == "requests.not-yet"


def test_no_advice_before_the_day_of_its_panel(borough: Store, trail_length: Run) -> None:
    reference = heard(borough)
    before = trail_length()
    refused(run, borough, deciding.recommend, reference, advised(), EVE, meeting=PANEL)
    assert trail_length() == before
    assert run(borough, deciding.recommend, reference, advised(), PANEL_DAY, meeting=PANEL).living


def test_no_decision_on_advice_before_the_day_of_its_panel(borough: Store) -> None:
    reference = heard(borough)
    recommend(borough, reference)
    refused(decide, borough, reference, today=EVE)
    refused(run, borough, deciding.decide_as_advised, PANEL, OFFICER, EVE)
    with borough.reading() as ask:
        assert records.decisions(ask, reference) == []
    assert run(borough, deciding.decide_as_advised, PANEL, OFFICER, PANEL_DAY)


def test_no_ratification_before_the_day_of_the_panel(borough: Store) -> None:
    reference = request(borough, urgent=True, urgent_because="The placement is breaking down.")
    decide(borough, reference, Verdict.RETURNED)
    told = {"meeting": PANEL, "refused": False, "reason": ""}
    refused(run, borough, deciding.ratify, reference, EVE, **told)
    assert run(borough, deciding.ratify, reference, PANEL_DAY, **told).ratified == PANEL


@pytest.mark.parametrize("where", [("--panel", PANEL), ("--meeting", "2020-11-24-CP", "--cluster", "CP1")])
def test_no_workbook_is_taken_in_before_the_day_of_its_meeting(
    borough: Store, senco: Run, tmp_path: Path, trail_length: Run, where: tuple[str, ...]
) -> None:
    out = tmp_path / "agenda.xlsx"
    reference = heard(borough) if PANEL in where else request(borough)
    assert senco("requests", "agenda", *where, "--out", out).code == 0
    found = {"Outcome": "borderline", "Level": "advise", "Reason": "Not yet."}
    fill(out, {reference: FILLED if PANEL in where else found})
    day = PANEL_DAY if PANEL in where else date(2020, 11, 24)
    words = ("requests", "record", out, *(("--chair", CHAIR) if PANEL in where else ()), "--yes")
    before = trail_length()
    ran = senco("--as-of", (day - timedelta(days=1)).isoformat(), *words, "--format", "json")
    assert (ran.code, '"requests.not-yet"' in ran.err, trail_length()) == (4, True, before), ran.err
    assert senco("--as-of", day.isoformat(), *words).code == 0
