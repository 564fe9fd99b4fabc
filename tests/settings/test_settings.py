"""The borough's own rules: dated, never edited, in people's words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from senco.errors import BadInput, NotFound
from senco.settings import questions
from senco.settings.naming import definition_named
from senco.settings.rules import BY_NAME, DEFINITIONS, said, stored
from senco.store.doors import Store
from tests.conftest import Ran

Senco = Callable[..., Ran]


def test_every_default_is_its_own_stored_form() -> None:
    for each in DEFINITIONS:
        assert stored(each, said(each, each.default)) == each.default


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("panel.cap", "many"),
        ("panel.cap", "-1"),
        ("panel.quorum.fraction", "5/2"),
        ("panel.quorum.fraction", "half"),
        ("interest", "none"),
        ("la.name", "  "),
        ("provision.rate", "much"),
        ("provision.weeks", "0"),
        ("report.hide-below", "1"),
        ("report.hide-below", "11"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadInput) as caught:
        stored(BY_NAME[name], text)
    assert caught.value.reference == "setting.bad-value"


def test_a_figure_is_kept_as_it_is_written() -> None:
    assert stored(BY_NAME["provision.rate"], "£655 / 38") == "655/38"
    assert stored(BY_NAME["provision.weeks"], "38.6") == "38.6"


def test_a_value_holds_from_its_day(senco: Senco, store: Store, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    done = senco("settings", "set", "threshold", "£9k", "--from", "1 Jan 2021")
    assert (done.code, done.out) == (0, "")
    assert done.err == "threshold is £9,000.00 from Fri 1 Jan 2021.\n"
    assert trail_length() == before + 1
    senco("settings", "set", "threshold", "10000", "--from", "1/1/2021")
    with store.reading() as ask:
        assert questions.number_on(ask, "threshold", date(2020, 12, 31)) == 800000
        assert questions.number_on(ask, "threshold", date(2021, 1, 1)) == 1000000
        assert questions.word_on(ask, "interest", date(2021, 1, 1)) == "strict"


def test_the_list_says_from_when(senco: Senco, store: Store) -> None:
    senco("settings", "set", "panel.cap", "12")
    told = json.loads(senco("settings", "list", "--format", "json").out)
    caps = [line for line in told["settings"] if line["name"] == "panel.cap"]
    assert caps == [
        {
            "name": "panel.cap",
            "value": "12",
            "holds_from": "2020-11-24",
            "set_by": "officer",
            "meaning": BY_NAME["panel.cap"].meaning,
        }
    ]
    assert "Tue 24 Nov 2020" in senco("settings", "list").out


def test_a_mistyped_setting_is_told_with_its_neighbours(senco: Senco, store: Store) -> None:
    done = senco("settings", "set", "panel.cup", "12")
    assert done.code == 3
    assert "Did you mean 'panel.cap'" in done.err
    assert "`senco settings list` names them all" in senco("settings", "set", "zzzzzzzz", "12").err
    with pytest.raises(NotFound) as caught:
        definition_named("zzzzzzzz")
    assert caught.value.reference == "setting.unknown"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE setting SET value = '1'",
        "DELETE FROM setting",
        "INSERT OR REPLACE INTO setting SELECT setting_id, name, '1', holds_from, set_at, set_by FROM setting",
    ],
)
def test_sqlite_refuses_to_edit_a_setting(senco: Senco, store: Store, sql: str) -> None:
    senco("settings", "set", "panel.cap", "12")
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="never edited"):
        connection.execute(sql)
    connection.close()
