"""The borough's own rules: dated, never edited, in people's words."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

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
        ("panel.quorum", "5/2"),
        ("panel.quorum", "0/5"),
        ("panel.quorum", "some"),
        ("quorum", "-3"),
        ("need.areas", "HI, VI"),
        ("need.areas", "sensory: HI; learning: HI"),
        ("element2.group", "each"),
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


def test_areas_are_kept_tidily() -> None:
    assert stored(BY_NAME["need.areas"], " sensory :hi,VI ;other: MLD") == "sensory: HI, VI; other: MLD"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("papers.close-days", "closing"),
        ("cluster.quorum", "quorum"),
        ("cluster.quorum.fraction", "quorum"),
        ("cluster.quorum.offices", "quorum.roles"),
        ("panel.quorum.fraction", "panel.quorum"),
        ("panel.quorum.offices", "panel.quorum.roles"),
    ],
)
def test_what_was_said_twice_is_said_once_and_the_other_name_is_refused(
    senco: Senco, store: Store, trail_length: Callable[[], int], name: str, meant: str
) -> None:
    before = trail_length()
    done = senco("settings", "set", name, "5")
    assert (done.code, f"Did you mean '{meant}'?" in done.err, meant in BY_NAME) == (3, True, True)
    assert trail_length() == before


def test_a_stored_name_that_no_rule_reads_is_found(senco: Senco, store: Store) -> None:
    senco("settings", "set", "panel.cap", "12")
    assert senco("check").code == 0
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute(
            "INSERT INTO setting (name, value, holds_from, set_at, set_by) VALUES"
            " ('papers.close-days', '5', '2020-09-01', '2020-09-01T08:00:00+00:00', 'officer')"
        )
    connection.close()
    done = senco("check", "--format", "json")
    assert done.code == 7
    (found,) = [each for each in json.loads(done.out)["findings"] if each["check"] == "settings.unknown"]
    assert found["where"] == "setting papers.close-days"
    assert found["do"] == "Did you mean 'closing'?"


def test_a_setting_through_time(senco: Senco, store: Store) -> None:
    senco("settings", "set", "award.means", "year", "--from", "1/1/2021")
    senco("settings", "set", "award.means", "whole", "--from", "1/3/2021")
    senco("settings", "set", "award.means", "year", "--from", "1/3/2021")
    with store.reading() as ask:
        told = questions.dated(ask, "award.means")
        for day in (date(2020, 12, 31), date(2021, 1, 1), date(2021, 2, 28), date(2021, 3, 1)):
            assert told.on(day) == questions.word_on(ask, "award.means", day)
    assert [told.on(date(2020, 12, 31)), told.on(date(2021, 3, 1)), told.default] == ["whole", "year", "whole"]


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


def test_the_readmes_table_of_settings_is_true() -> None:
    text = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z0-9.-]+)` \| ([^|]+) \| [^|]+ \|$", text.partition("## Settings")[2], re.MULTILINE)
    told = {name: default for name, default in rows if name in BY_NAME}
    assert {"closing", "quorum", "panel.quorum", "award.means"} <= told.keys()
    assert told == {name: said(BY_NAME[name], BY_NAME[name].default) for name in told}
    section = text.partition("## Settings")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z][a-z0-9]*(?:\.[a-z-]+)*)`", section)
    assert [name for name in named if "." in name and name not in BY_NAME] == []
    assert len(rows) == len(told), "every row is of a setting that there is"
