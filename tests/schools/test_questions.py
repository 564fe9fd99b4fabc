"""Asking the register: lists, the school a person means, successors, and the register for matching."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from senco.errors import NotFound
from senco.schools import filters, questions, verbs
from senco.schools.filters import Wanted
from senco.schools.whole import SuccessorLine
from senco.store.doors import Change, Store
from tests.conftest import AT
from tests.schools.register import LATER, LINKS, SUTTON, links, row, take_in, write

DAY = date(2020, 11, 24)


@pytest.fixture
def sutton(store: Store) -> Store:
    """Give a store with Sutton's register of September 2020."""
    take_in(store, SUTTON, LINKS)
    return store


def changed(store: Store, do: Callable[[Change], object]) -> None:
    with store.changing("test", actor="officer", at=AT) as change:
        do(change)
        change.record("test")


def nickname(store: Store, alias: str, urn: int, *, by: str = "person") -> None:
    changed(
        store,
        lambda change: verbs.keep_alias(change, alias=alias, urn=urn, la_code=319, decided_by=by, source="t.xlsx › B7"),
    )


def in_cluster(store: Store, cluster: str, *urns: int, left_on: str | None = None, year: str = "2020/21") -> None:
    """Put schools into a cluster, as the clusters slice would."""

    def put(change: Change) -> None:
        change.write_many(
            "INSERT INTO cluster (year, model, reference, name, source) VALUES (?, 'cross-phase', ?, ?, 't')"
            " ON CONFLICT (year, reference) DO NOTHING",
            [(year, cluster, cluster)],
        )
        key = change.ask.value(
            "SELECT cluster_id FROM cluster WHERE reference = :c AND year = :y", {"c": cluster, "y": year}
        )
        change.write_many(
            "INSERT INTO membership (cluster_id, urn, nickname, joined, left_on, source) VALUES (?, ?, '', ?, ?, 't')",
            [(key, urn, "2020-09-01", left_on) for urn in urns],
        )

    changed(store, put)


def meant(store: Store, word: str) -> int:
    with store.reading() as ask:
        return filters.school_meant(ask, word, DAY).urn


def refused(store: Store, word: str) -> NotFound:
    with pytest.raises(NotFound) as caught, store.reading() as ask:
        questions.find_school(ask, word, la_code=319)
    return caught.value


@pytest.mark.parametrize(
    ("word", "urn"),
    [
        ("102975", 102975),
        ("3192023", 102975),
        ("319/2023", 102975),
        ("devonshire primary SCHOOL", 102975),
        ("Wilson’s School", 136621),
        ("wilsons", 136621),
        ("Rob Hood Inf", 102981),
        ("Overton", 136756),
    ],
)
def test_a_school_is_found_by_the_words_people_use(sutton: Store, word: str, urn: int) -> None:
    assert meant(sutton, word) == urn


def test_a_school_is_found_by_its_nickname(sutton: Store) -> None:
    nickname(sutton, "Car Boys", 136799)
    assert meant(sutton, "car boys") == 136799


def test_a_word_that_fits_several_schools_offers_them(sutton: Store) -> None:
    error = refused(sutton, "st mary's rc")
    assert error.reference == "school.ambiguous"
    assert error.hint == "Say which: 102995 St Mary's RC Infants School, 102994 St Mary's RC Junior School."


def test_of_many_candidates_five_are_listed(sutton: Store) -> None:
    assert refused(sutton, "st").hint.endswith(" more.")


def test_a_word_that_fits_none_offers_the_nearest(sutton: Store) -> None:
    error = refused(sutton, "Devonshire Primery School")
    assert error.reference == "school.unknown"
    assert error.hint.startswith("Did you mean 'Devonshire Primary School'")
    assert refused(sutton, "999999").reference == "school.unknown"
    assert refused(sutton, "319/9999").reference == "school.unknown"
    assert refused(sutton, "qqqq").hint == "`senco schools list` names the schools."
    assert refused(sutton, "'").reference == "school.unknown"


def test_an_empty_register_says_how_to_fill_it(store: Store) -> None:
    assert "`senco schools import FILE`" in refused(store, "Devonshire").hint


def test_the_open_one_of_two_schools_of_one_name_is_meant(store: Store) -> None:
    take_in(store, LATER, LINKS)
    assert meant(store, "Bandon Hill Primary School") == 148776
    assert meant(store, "bandon") == 148776


def test_a_closed_school_is_found_when_no_open_one_is_meant(sutton: Store) -> None:
    assert meant(sutton, "Camden Junior") == 102961


def test_a_whole_name_is_found_in_another_la(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", [row(100001, "Ash School", la=306), row(100002, "Beck", la=319)]))
    assert meant(store, "ash school") == 100001
    assert refused(store, "ash").reference == "school.unknown"


def test_a_list_holds_the_open_schools_of_the_borough(sutton: Store) -> None:
    def names(wanted: Wanted) -> list[str]:
        with sutton.reading() as ask:
            return [line.name for line in filters.schools(ask, wanted, DAY).lines]

    assert len(names(Wanted())) == 69
    assert len(names(Wanted(closed_too=True))) == 73
    assert "Camden Junior School" in names(Wanted(status="clos"))
    assert len(names(Wanted(status="Closed"))) == 4
    assert names(Wanted(text="hood")) == ["Robin Hood Infants' School", "Robin Hood Junior School"]
    assert names(Wanted(text="100%_")) == []
    assert all(names(Wanted(trust="sutton education")))
    assert len(names(Wanted(trust="sutton education"))) < 20
    assert len(names(Wanted(phase="nurs"))) == len(names(Wanted(phase="NURSERY"))) == 1


def test_the_schools_of_a_cluster_are_those_of_the_day(sutton: Store) -> None:
    in_cluster(sutton, "CP1", 102975, 102981)
    in_cluster(sutton, "CP1", 102984, left_on="2020-11-01")
    with sutton.reading() as ask:
        found = filters.schools(ask, Wanted(cluster="cp1"), DAY)
        earlier = filters.schools(ask, Wanted(cluster="cp1"), date(2020, 10, 1))
        other_year = filters.schools(ask, Wanted(cluster="CP1", year="2020/21"), date(2021, 9, 30))
    assert [line.urn for line in found.lines] == [102975, 102981]
    assert len(earlier.lines) == 3
    assert len(other_year.lines) == 2


@pytest.mark.parametrize(
    ("wanted", "reference", "hint"),
    [
        (Wanted(phase="secundary"), "school.unknown-phase", "Did you mean 'Secondary'?"),
        (Wanted(status="x"), "school.unknown-status", "The register has: Closed, Open."),
        (Wanted(cluster="CP11"), "school.unknown-cluster", "Did you mean 'CP1'?"),
        (Wanted(cluster="CP1", year="2021/22"), "school.unknown-cluster", "Clusters with schools in 2021/22: none."),
    ],
)
def test_a_filter_that_nothing_bears_is_refused(sutton: Store, wanted: Wanted, reference: str, hint: str) -> None:
    in_cluster(sutton, "CP1", 102975)
    with pytest.raises(NotFound) as caught, sutton.reading() as ask:
        filters.schools(ask, wanted, DAY)
    assert (caught.value.reference, caught.value.hint) == (reference, hint)


def test_a_list_of_another_la_says_what_is_held(sutton: Store) -> None:
    with sutton.reading() as ask:
        assert filters.schools(ask, Wanted(la_code=306), DAY).elsewhere == (319,)


def test_successors_are_those_of_the_day(store: Store) -> None:
    take_in(store, LATER, LINKS)
    with store.reading() as ask:
        assert questions.successors(ask, 102958, DAY) == []
        after = questions.successors(ask, 102958, date(2023, 1, 1))
    assert after == [
        SuccessorLine(148776, "Bandon Hill Primary School", "Successor", "2021-09-30", "Open"),
        SuccessorLine(149360, "Wood Field Primary School", "Successor - Split School", "2022-09-01", "Open"),
    ]


def test_a_successor_that_the_register_lacks_is_named_by_the_link(store: Store, tmp_path: Path) -> None:
    take_in(
        store,
        write(tmp_path / "a.csv", [row(100001, "Ash")]),
        links(tmp_path / "l.csv", (100001, 100002, "Elm", "Successor", "")),
    )
    with store.reading() as ask:
        assert questions.successors(ask, 100001, DAY) == [SuccessorLine(100002, "Elm", "Successor", None, "")]


def test_the_register_for_matching_knows_former_names_and_nicknames(store: Store, tmp_path: Path) -> None:
    take_in(store, LATER, LINKS)
    take_in(
        store,
        links(
            tmp_path / "l.csv",
            (139965, 900001, "Old Camden", "Predecessor", ""),
            (139965, 1 + 900000, "", "Expansion", ""),
        ),
    )
    nickname(store, "Bandon", 102958)
    nickname(store, "Devs", 102975)
    with store.reading() as ask:
        held = {school.urn: school for school in questions.register_for_matching(ask)}
    assert len(held) == 78
    assert held[102975].other_names == ("Devs",)
    assert held[102958].other_names == ("Bandon",)
    assert held[148776].other_names == ("Bandon",), "a nickname passes on to the school in the closed one's place"
    assert held[149360].other_names == (), "but not to a school split off"
    assert held[144851].other_names == ("Link Secondary School",)
    assert held[143002].other_names == ("Stanley Park High School",)
    assert held[139965].other_names == ("Old Camden",)


def test_a_school_is_told_whole(store: Store) -> None:
    take_in(store, LATER, LINKS)
    nickname(store, "Bandon", 102958)
    in_cluster(store, "CP3", 102958)
    with store.reading() as ask:
        whole = questions.whole(ask, 102958, date(2024, 1, 1))
    assert whole.record.close_date == "2021-09-30"
    assert [line.alias for line in whole.aliases] == ["Bandon"]
    assert [line.link_urn for line in whole.links] == [148776]
    assert [line.urn for line in whole.successors] == [148776, 149360]
    assert [(line.cluster, line.year) for line in whole.clusters] == [("CP3", "2020/21")]
