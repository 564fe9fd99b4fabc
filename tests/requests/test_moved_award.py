"""An award that moved to a school of another cluster stands under that cluster, which says from where it came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from senco.errors import BadInput
from senco.requests import dues, records, reviewing
from senco.requests.outcomes import Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import awarded, heard, recommend, run

Run = Callable[..., Any]
MOVES = date(2021, 2, 22)


@pytest.mark.parametrize(
    ("school", "cluster", "moved_from"),
    [("Foxley", "CP2", "CP1"), ("Barrow", "CP1", ""), ("Greenway", "CP1", "")],  # Greenway is in no cluster
)
def test_an_award_is_listed_where_it_is_now(borough: Store, school: str, cluster: str, moved_from: str) -> None:
    reference = awarded(borough)
    line = run(borough, reviewing.move, reference, school, MOVES, "The family has moved.", TODAY)
    assert (line.cluster, line.moved_from) == (cluster, moved_from)
    with borough.reading() as ask:
        before, after = (records.awards(ask, day)[0] for day in (date(2021, 2, 21), MOVES))
        due = [each for each in dues.dues(ask, MOVES, date(2022, 1, 1)) if each.what in {"review", "award ends"}]
    assert (before.cluster, before.moved_from) == ("CP1", "")
    assert (after.cluster, after.moved_from) == (cluster, moved_from)
    assert [(each.what, each.cluster, each.moved_from) for each in due] == [
        ("review", cluster, moved_from),
        ("award ends", cluster, moved_from),
    ]


def test_the_lists_say_whence(borough: Store, senco: Run) -> None:
    run(borough, reviewing.move, awarded(borough), "Foxley", MOVES, "The family has moved.", TODAY)
    for words in (("awards",), ("list", "--due")):
        assert "CP2 (from CP1)" in senco("--as-of", "2021-06-01", "requests", *words).out


def test_what_cannot_be_agreed_is_said_in_a_plain_sentence(borough: Store) -> None:
    with pytest.raises(BadInput, match="cannot be recorded as agreed lower: "):
        recommend(borough, heard(borough), Verdict.AGREED_LOWER, amount_pence=None)
