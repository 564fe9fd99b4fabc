"""In a live sitting the money speaks before an award is recorded, and keeps nobody from recording it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from senco.requests import officer_session, panel_session, panels
from senco.requests.advising import Proposed
from senco.requests.live_room import OfficerStore, PanelStore
from senco.store.doors import Ask, Store
from tests.requests.panel import CHAIR, OFFICER, PANEL, PANEL_DAY, recommend
from tests.requests.test_live import AGREED, NOBODY_NOTED, Script, decision, quiet
from tests.requests.test_session import Bench

Run = Callable[..., Any]


def speaks(_: Ask, proposed: Sequence[Proposed], day: date) -> list[str]:
    return [f"WARNING {each.request} {each.amount_pence} {each.first} {each.last} {day}" for each in proposed]


@pytest.fixture
def bench(borough: Store) -> Any:
    """Give a desk whose adviser warns of every award."""
    return Bench(borough, speaks, PANEL_DAY)


def held(borough: Store) -> Any:
    with borough.reading() as ask:
        return panels.panel_named(ask, PANEL)


def test_the_panel_is_warned_before_it_records(borough: Store, bench: Any) -> None:
    reference = quiet(borough)
    script = Script([*NOBODY_NOTED, *AGREED[:-1], "b", "q"])  # read back, not recorded
    panel_session.sit(script, PanelStore(bench, held(borough), CHAIR), PANEL_DAY)
    warned = f"WARNING {reference} 350000 2021-01-04 2021-07-23 {PANEL_DAY}"
    assert warned in script.said
    script = Script([*NOBODY_NOTED, *AGREED, "1"])
    tally = panel_session.sit(script, PanelStore(bench, held(borough), CHAIR), PANEL_DAY)
    assert (tally.recorded, script.said.count(warned)) == (1, 1)


def test_the_officer_is_warned_of_what_follows_the_panel_and_of_an_amount_of_their_own(
    borough: Store, bench: Any
) -> None:
    first = quiet(borough)
    recommend(borough, first)
    script = Script(["1", "q"])
    assert officer_session.sit(script, OfficerStore(bench, OFFICER), PANEL_DAY).recorded == 1
    assert any(f"WARNING {first} 350000" in each for each in (*script.said, *script.before))
    second = quiet(borough)
    recommend(borough, second)
    # agreed, days, criteria, why, record it
    script = Script(["2", "", "1 3", "Two reviewed plans show it.", "1", "q"])
    assert officer_session.sit(script, OfficerStore(bench, OFFICER), PANEL_DAY).recorded == 1
    assert f"WARNING {second} 350000 2021-01-04 2021-07-23 {PANEL_DAY}" in script.said


def test_without_an_adviser_a_sitting_is_as_quiet_as_before(borough: Store) -> None:
    reference = quiet(borough)
    recommend(borough, reference)
    book = OfficerStore(Bench(borough, today=PANEL_DAY), OFFICER)  # type: ignore[arg-type] - a bench is desk enough
    assert book.warnings(reference) == []
    script = Script(["1", "q"])
    assert officer_session.sit(script, book, PANEL_DAY).recorded == 1
    assert not any("WARNING" in each for each in (*script.said, *script.before))
    assert decision(borough, reference).amount_pence == 350_000
