"""The named checks over the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from senco.schools.checks import findings
from senco.store.doors import Store
from tests.schools.register import LATER, LINKS, SUTTON, links, row, take_in, write
from tests.schools.test_questions import in_cluster, nickname

IN_2021 = date(2021, 10, 1)


def found(store: Store, day: date) -> list[tuple[str, str]]:
    with store.reading() as ask:
        return [(each.check, each.where) for each in findings(ask, day)]


def test_a_sound_register_has_no_finding(store: Store) -> None:
    take_in(store, SUTTON, LINKS)
    in_cluster(store, "CP1", 102975)
    nickname(store, "Devs", 102975)
    assert found(store, IN_2021) == []


def test_a_closed_school_in_a_cluster_and_its_successor_outside_are_found(store: Store) -> None:
    take_in(store, LATER, LINKS)
    in_cluster(store, "CP3", 102958, year="2021/22")
    assert found(store, date(2021, 9, 29)) == []
    assert found(store, IN_2021) == [
        ("schools.closed-in-cluster", "CP3 2021/22"),
        ("schools.successor-unfollowed", "CP3 2021/22"),
    ]
    in_cluster(store, "CP4", 148776, year="2021/22")
    assert found(store, IN_2021) == [("schools.closed-in-cluster", "CP3 2021/22")]


def test_a_nickname_of_a_closed_school_is_found_with_what_to_run(store: Store, tmp_path: Path) -> None:
    take_in(store, LATER, LINKS)
    nickname(store, "Bandon", 102958)
    nickname(store, "Camden", 102961)
    with store.reading() as ask:
        told = findings(ask, IN_2021)
    assert [(each.check, each.where, each.do) for each in told] == [
        ("schools.alias-of-closed", "'Bandon'", 'Run senco schools alias 148776 "Bandon".'),
        ("schools.alias-of-closed", "'Camden'", 'Run senco schools alias 102961 "Camden" --end.'),
    ]


def test_a_dfe_number_borne_twice_is_found(store: Store, tmp_path: Path) -> None:
    rows = [
        row(100001, "Ash", number=2001),
        row(100002, "Beck", number=2001),
        row(100003, "Carr", number=2001, status="Closed"),
    ]
    take_in(store, write(tmp_path / "a.csv", rows), links(tmp_path / "l.csv", (100003, 100009, "Elm", "Successor", "")))
    with store.reading() as ask:
        told = findings(ask, IN_2021)
    assert [(each.check, each.where) for each in told] == [("schools.dfe-number-twice", "319/2001")]
    assert told[0].what == "2 open schools bear this DfE number, 100001 and 100002 among them."
