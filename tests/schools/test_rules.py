"""Following successors, and what a nickname may be."""

from __future__ import annotations

from senco.schools.kinds import LinkLine
from senco.schools.rules import begins, followers, turned, why_not_alias


def link(urn: int, other: int, how: str = "Successor", since: str | None = None) -> LinkLine:
    return LinkLine(urn, other, how, "", since)


def ends(urn: int, day: str, *lines: LinkLine) -> list[int]:
    by_start: dict[int, list[LinkLine]] = {}
    for line in lines:
        by_start.setdefault(line.urn, []).append(line)
    return [line.link_urn for line in followers(by_start, urn, day)]


def test_a_chain_is_followed_to_its_end_on_the_day() -> None:
    chain = (link(1, 2, since="2016-07-01"), link(2, 3, since="2019-08-31"))
    assert ends(1, "2016-06-30", *chain) == []
    assert ends(1, "2016-07-01", *chain) == [2]
    assert ends(1, "2020-01-01", *chain) == [3]


def test_a_school_split_off_stands_beside_the_one_it_left() -> None:
    split = (link(1, 2, since="2021-09-30"), link(2, 3, "Successor - Split School", "2022-09-01"))
    assert ends(1, "2021-10-01", *split) == [2]
    assert ends(1, "2023-01-01", *split) == [2, 3]


def test_a_ring_of_links_comes_to_an_end() -> None:
    assert ends(1, "2020-01-01", link(1, 2), link(2, 1)) == []


def test_two_schools_may_follow_one_and_meet_again() -> None:
    assert ends(1, "2020-01-01", link(1, 2), link(1, 3), link(2, 4), link(3, 4)) == [4]


def test_a_predecessor_is_a_successor_read_the_other_way() -> None:
    told = turned(link(2, 1, "Predecessor - merged", "2020-01-01"), "Oak")
    assert told == LinkLine(1, 2, "Successor - merged", "Oak", "2020-01-01")


def test_no_word_begins_a_name() -> None:
    assert not begins((), ("oak",))
    assert not begins(("oak", "tree"), ("oak",))


def test_a_number_is_no_nickname() -> None:
    assert why_not_alias("102975", 1, []) == "it reads as a school's number"
    assert why_not_alias("319/4005", 1, []) == "it reads as a school's number"


def test_the_schools_own_name_is_allowed() -> None:
    assert why_not_alias("Avenue", 1, [(1, "Avenue")]) is None
