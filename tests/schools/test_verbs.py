"""Nicknames: kept, left as they are, taken over, ended, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from senco.errors import NotFound, Refused
from senco.schools import questions, verbs
from senco.schools.kinds import AliasLine, SchoolLine
from senco.store.doors import Change, Store
from tests.conftest import AT
from tests.schools.register import SUTTON, take_in

DEVONSHIRE, AVENUE = 102975, 142177


@pytest.fixture
def sutton(store: Store) -> Store:
    """Give a store with Sutton's register."""
    take_in(store, SUTTON)
    return store


@contextmanager
def change_of(store: Store) -> Iterator[tuple[Change, SchoolLine]]:
    with store.changing("school.alias", actor="officer", at=AT) as change:
        school = questions.school(change.ask, DEVONSHIRE)
        assert school is not None
        yield change, school


def keep(store: Store, alias: str, urn: int, by: str) -> AliasLine:
    with change_of(store) as (change, _):
        line = verbs.keep_alias(change, alias=alias, urn=urn, la_code=319, decided_by=by, source="clusters.xlsx › B7")
        change.record("clusters 2020/21")
    return line


def names(store: Store, urn: int) -> list[tuple[str, str, bool]]:
    with store.reading() as ask:
        return [(line.alias, line.decided_by, line.ended_at is None) for line in questions.aliases(ask, urn)]


def test_a_nickname_is_kept_with_its_source(sutton: Store) -> None:
    line = keep(sutton, "  Devs ", DEVONSHIRE, "match")
    assert line == AliasLine(
        "Devs", DEVONSHIRE, "Devonshire Primary School", 319, "match", "clusters.xlsx › B7", AT.isoformat(), None
    )


def test_a_nickname_known_already_is_left_as_it_is(sutton: Store) -> None:
    keep(sutton, "Devs", DEVONSHIRE, "person")
    keep(sutton, "DEVS", DEVONSHIRE, "match")
    assert names(sutton, DEVONSHIRE) == [("Devs", "person", True)]


def test_a_nickname_may_come_to_mean_another_school(sutton: Store) -> None:
    keep(sutton, "Devs", DEVONSHIRE, "match")
    keep(sutton, "Devs", AVENUE, "match")
    assert (names(sutton, DEVONSHIRE), names(sutton, AVENUE)) == ([("Devs", "match", False)], [("Devs", "match", True)])


def test_a_match_does_not_overrule_a_person(sutton: Store) -> None:
    keep(sutton, "Devs", DEVONSHIRE, "person")
    with pytest.raises(Refused) as caught:
        keep(sutton, "Devs", AVENUE, "match")
    assert caught.value.reference == "alias.decided-by-person"
    assert names(sutton, AVENUE) == []


def test_a_person_gives_a_nickname(sutton: Store, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    with change_of(sutton) as (change, school):
        assert verbs.add_alias(change, school, "Devs").urn == DEVONSHIRE
    assert trail_length() == before + 1
    with sutton.reading() as ask:
        told = ask.one(lambda *row: row, "SELECT verb, subject, detail FROM trail ORDER BY number DESC")
    assert told == ("school.alias", "school 102975", '{"alias":"added","taken_from":null}')


def test_a_person_takes_a_nickname_from_another_school(sutton: Store) -> None:
    keep(sutton, "Devs", AVENUE, "person")
    with change_of(sutton) as (change, school):
        verbs.add_alias(change, school, "Devs")
    assert names(sutton, AVENUE) == [("Devs", "person", False)]
    with sutton.reading() as ask:
        assert (
            ask.value("SELECT detail FROM trail ORDER BY number DESC") == f'{{"alias":"added","taken_from":{AVENUE}}}'
        )


def test_a_nickname_given_twice_is_refused(sutton: Store) -> None:
    keep(sutton, "Devs", DEVONSHIRE, "match")
    with pytest.raises(Refused) as caught, change_of(sutton) as (change, school):
        verbs.add_alias(change, school, "devs")
    assert caught.value.reference == "alias.known"


def test_the_name_of_another_school_is_no_nickname(sutton: Store) -> None:
    with pytest.raises(Refused) as caught, change_of(sutton) as (change, school):
        verbs.add_alias(change, school, "Avenue Primary Academy")
    assert caught.value.reference == "alias.not-a-name"


def test_the_name_of_a_closed_school_may_be_one(sutton: Store) -> None:
    with change_of(sutton) as (change, school):
        assert verbs.add_alias(change, school, "Camden Junior School").urn == DEVONSHIRE


def test_a_nickname_taken_back_stays_on_record(sutton: Store, trail_length: Callable[[], int]) -> None:
    keep(sutton, "Devs", DEVONSHIRE, "person")
    before = trail_length()
    with change_of(sutton) as (change, school):
        verbs.end_alias(change, school, "devs")
    assert names(sutton, DEVONSHIRE) == [("Devs", "person", False)]
    assert trail_length() == before + 1
    keep(sutton, "Devs", DEVONSHIRE, "person")
    assert names(sutton, DEVONSHIRE) == [("Devs", "person", True), ("Devs", "person", False)]


def test_only_a_schools_own_nickname_is_taken_back(sutton: Store) -> None:
    keep(sutton, "Devonshire Prim", DEVONSHIRE, "person")
    keep(sutton, "Ave", AVENUE, "person")
    for told, hint in (
        ("Devonshire Pri", "Did you mean 'Devonshire Prim'?"),
        ("Ave", "`senco schools alias 102975` lists"),
    ):
        with pytest.raises(NotFound) as caught, change_of(sutton) as (change, school):
            verbs.end_alias(change, school, told)
        assert caught.value.reference == "alias.unknown"
        assert caught.value.hint.startswith(hint)
