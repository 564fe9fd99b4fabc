"""A warning as it is decided: what an award would lack in its envelope; nothing is refused for it."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from senco.budget import advice
from senco.budget.shapes import OverrunLine
from senco.console.desk import Desk
from senco.errors import NotFound
from senco.requests.advising import Proposed, warnings
from senco.store.doors import Store
from tests.budget.conftest import TODAY, YEAR, request
from tests.conftest import Ran

Senco = Callable[..., Ran]
Award = Callable[..., str]
DECIDED = ("--outcome", "agreed", "--officer", "D. Officer", "--reason", "It cannot wait.")
DAYS = ("--from", "1/9/2020", "--to", "31/8/2021")
FIRST, LAST = date(2020, 9, 1), date(2021, 8, 31)
OVER = (
    "WARNING: {0} at £3,500.00 overruns CP1's exceptional fund of 2020/21 by {1}: unless more is allocated, it is not"
    ' paid before `senco budget override {0} --reason "…"`.\n'
)


@pytest.fixture
def urgent(borough: Store, senco: Senco) -> Store:
    """Give the borough with three urgent requests for £3,500 each, which an officer may decide outside a meeting."""
    with closing(sqlite3.connect(borough.path)) as connection, connection:
        for reference in ("R-22AA", "R-22BB", "R-22CC"):
            request(connection, reference, urgent=1, urgent_because="The placement is breaking down.")
    senco("settings", "set", "award.reasons", "text", "--from", "1/9/2020")
    return borough


def test_a_decision_that_overruns_is_recorded_and_said_to(urgent: Store, senco: Senco) -> None:
    senco("budget", "allocate", "hnb", "£100,000")
    senco("budget", "allocate", "CP1:exceptional", "£6,000")
    done = senco("requests", "decide", "R-22AA", *DECIDED, *DAYS)
    assert (done.code, "WARNING" in done.err) == (0, False)
    done = senco("requests", "decide", "R-22BB", *DECIDED, *DAYS)
    assert done.code == 0
    assert done.err.endswith(OVER.format("R-22BB", "£1,000.00"))
    assert "Held: £1,166.67" in senco("budget", "pay", "--due", "--dry-run").out
    done = senco("requests", "decide", "R-22CC", *DECIDED, *DAYS)
    assert done.err.endswith(OVER.format("R-22CC", "£3,500.00"))  # what the one before it lacks stays its own
    assert "£1,000.00" in senco("budget", "override", "R-22BB", "--reason", "No other place").err
    assert "R-22BB" in senco("budget", "pay", "--due", "--yes").out


def test_of_an_award_that_would_grow_only_that_waits(funded: Store, senco: Senco, award: Award) -> None:
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 700_000)
    told = senco("budget", "envelope", "--would", "R-7KQ4", "--at", "£3,600").err
    assert (
        "overruns CP1's exceptional fund of 2020/21 by £600.00: unless more is allocated, £600.00 of it is not" in told
    )


def test_a_borough_without_money_in_senco_is_not_warned(urgent: Store, senco: Senco) -> None:
    assert "WARNING" not in senco("requests", "decide", "R-22AA", *DECIDED, *DAYS).err


def test_nothing_agreed_is_nothing_to_warn_of(urgent: Store, senco: Senco) -> None:
    senco("budget", "allocate", "hnb", "£1")
    words = ("--outcome", "declined-with-support", "--officer", "D. Officer", "--reason", "Ordinary provision.")
    done = senco("requests", "decide", "R-22AA", *words)
    assert (done.code, "WARNING" in done.err) == (0, False), done.err


def test_the_same_at_the_panel_for_each_case_in_its_turn(funded: Store, senco: Senco, award: Award) -> None:
    award("R-7KQ4", 800_000)
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        request(connection, "R-22AA", urgent=1, urgent_because="The placement is breaking down.")
    senco("settings", "set", "award.reasons", "text", "--from", "1/9/2020")
    assert senco("meetings", "add", "Tue 8 Dec 2020", "2 - 4pm", "--for", "panel", "--venue", "HAS").code == 0
    words = ("--chair", "Head of SEN", "--outcome", "agreed", "--reason", "The need is clear.", *DAYS)
    on_the_day = ("--as-of", "2020-12-08", "requests")
    done = senco(*on_the_day, "recommend", "R-22AA", "--meeting", "2020-12-08-PANEL", *words)
    assert done.code == 0, done.err
    assert done.err.endswith(OVER.format("R-22AA", "£1,500.00"))
    done = senco(*on_the_day, "decide", "--as-advised", "2020-12-08-PANEL", "--officer", "D. Officer")
    assert done.err.endswith(OVER.format("R-22AA", "£1,500.00"))


def test_several_awards_are_served_in_the_order_given(funded: Store, award: Award) -> None:
    for reference in ("R-22AA", "R-22BB"):
        award(reference, 10_000)
        award(reference, None)
    told = [Proposed("r-22aa", 600_000, FIRST, LAST), Proposed("R-22BB", 600_000, FIRST, LAST)]
    with funded.reading() as ask:
        found = advice.overruns(ask, told, TODAY)
        assert found == [
            OverrunLine("R-22AA", "CP1", "exceptional", YEAR, 600_000, 0, -200_000),
            OverrunLine("R-22BB", "CP1", "exceptional", YEAR, 600_000, 200_000, -200_000, 600_000),
        ]
        assert [line.over_pence for line in advice.overruns(ask, told[::-1], TODAY)] == [0, 200_000]
        # Without days: from the day of asking to the end of that academic year.
        (line,) = advice.overruns(ask, [Proposed("R-22AA", 5)], TODAY)
        assert (line.year, line.over_pence) == (YEAR, 0)
        with pytest.raises(NotFound):
            advice.overruns(ask, [Proposed("R-99ZZ", 5)], TODAY)


def test_an_award_over_two_years_is_held_against_both_envelopes(funded: Store, award: Award, senco: Senco) -> None:
    award("R-22AA", 10_000)
    award("R-22AA", None)
    done = senco("budget", "envelope", "--would", "R-22AA", "--at", "£300")
    assert "R-22AA at £300.00 leaves £9,700.00 free" in done.err
    with funded.reading() as ask:
        one, two = advice.overruns(ask, [Proposed("R-22AA", 60_000, date(2021, 4, 1), date(2021, 12, 31))], TODAY)
    assert [(line.year, line.amount_pence, line.over_pence) for line in (one, two)] == [
        (YEAR, 30_000, 0),
        ("2021/22", 30_000, 30_000),
    ]


def test_an_amount_alone_is_asked_of_a_cluster(funded: Store, award: Award, senco: Senco) -> None:
    award("R-22AA", 900_000)
    done = senco("budget", "envelope", "--would", "£400", "--cluster", "CP1")
    assert "An award at £400.00 leaves £600.00 free in CP1's exceptional fund of 2020/21.\n" in done.err
    done = senco("budget", "envelope", "--would", "1.5k", "--cluster", "CP1")
    assert "An award at £1,500.00 overruns CP1's exceptional fund of 2020/21 by £500.00" in done.err
    done = senco("budget", "envelope", "--would", "£400", "--cluster", "CP2")
    assert "overruns CP2's exceptional fund of 2020/21 by £400.00" in done.err
    refused = senco("budget", "envelope", "--would", "£400")
    assert (refused.code, "Give --cluster CP1" in refused.err) == (2, True)
    refused = senco("budget", "envelope", "--would", "£400", "--format", "json")
    assert json.loads(refused.err)["error"]["reference"] == "envelope.whose"
    assert senco("budget", "envelope", "--would", "much", "--cluster", "CP1").code == 5


def test_a_desk_without_an_adviser_warns_of_nothing(funded: Store, award: Award) -> None:
    """Requests know no budget: who warns is put there by the front door."""
    award("R-22AA", 9_000_000)
    told = [Proposed("R-22AA", 9_900_000, FIRST, LAST)]
    with funded.reading() as ask:
        assert warnings(Desk(funded.path, as_of=TODAY), ask, told) == []
        heard = Desk(funded.path, as_of=TODAY, adviser=lambda _, proposed, day: [f"{proposed[0].request} {day}"])
        assert warnings(heard, ask, told) == ["R-22AA 2020-11-24"]
        assert warnings(heard, ask, [Proposed("R-22AA", 0)]) == []


def test_requests_name_no_module_of_the_budget() -> None:
    """The storeys' contract looks at imports; this looks at words too, so that none is loaded by its name."""
    rooms = Path(sys.modules["senco.requests.advising"].__file__ or "").parent.glob("*.py")
    assert [room.name for room in rooms if "senco.budget" in room.read_text(encoding="utf-8")] == []


def test_what_only_reads_requests_does_not_load_the_budget(
    urgent: Store, senco: Senco, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("senco.budget")]:
        monkeypatch.delitem(sys.modules, name)
    assert senco("requests", "list").code == 0
    assert not [name for name in sys.modules if name.startswith("senco.budget")]
