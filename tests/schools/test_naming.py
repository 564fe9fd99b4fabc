"""How names are taken apart: which words name the school, which only say its kind."""

from __future__ import annotations

import pytest

from senco.schools.naming import Role, fold_words, initials, read_name


def named(text: str) -> list[str]:
    return [word.text for word in read_name(text).names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The John Fisher School", ["john", "fisher"]),
        ("High View Primary School", ["high", "view"]),
        ("Upper Fen Junior School", ["upper", "fen"]),
        ("College Park Infant School", ["college", "park"]),
        ("Ashby High School for Girls", ["ashby"]),
        ("St. Élise’s R.C. Infants'", ["st", "elises"]),
        ("Saint Mary & St John CofE (VA) Primary", ["st", "mary", "st", "john"]),
        ("Brook St", ["brook", "street"]),
        ("Brook St Pri", ["brook", "street"]),
        ("Church St Peters", ["church", "st", "peters"]),
        ("Mill Ln Pk", ["mill", "lane", "park"]),
        ("Ashby Academy Penn", ["ashby", "penn"]),
        ("W.C.G.S.", ["wcgs"]),
        ("King James's School", ["king", "james"]),
        ("Ashby J I & N", ["ashby"]),
        ("Ashby CE(VA) I&N", ["ashby"]),
        ("J Ashby", ["j", "ashby"]),
        ("I N Ashby", ["i", "n", "ashby"]),
        ("", []),
    ],
)
def test_the_words_that_name(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ashby Infs", {"infant"}),
        ("Ashby Jnr", {"junior"}),
        ("Ashby J&I", {"primary"}),
        ("Ashby Infant and Junior School", {"primary"}),
        ("Ashby JMI", {"primary"}),
        ("Ashby HS", {"high"}),
        ("Ashby Gram", {"grammar"}),
        ("Ashby Nursery and Infant School", {"nursery", "infant"}),
        ("Ashby Sec Sch", {"secondary"}),
        ("Ashby Comp", {"secondary"}),
        ("Ashby Pr", {"primary"}),
        ("Ashby I&N", {"infant", "nursery"}),
        ("Ashby I & N", {"infant", "nursery"}),
        ("Ashby N/I", {"infant", "nursery"}),
        ("Ashby J I & N", {"primary", "nursery"}),
        ("Ashby J, I & N", {"primary", "nursery"}),
        ("Ashby JI&N", {"primary", "nursery"}),
        ("Ashby J&I&N", {"primary", "nursery"}),
        ("Ashby J.I.N.", {"primary", "nursery"}),
        ("Ashby JIN", {"primary", "nursery"}),
        ("Ashby J M I & N", {"primary", "nursery"}),
        ("Ashby J M & I", {"primary"}),
        ("Ashby I&J", {"primary"}),
        ("Ashby JI", {"primary"}),
        ("Ashby J&N", {"junior", "nursery"}),
        ("Ashby Junior, Infant and Early Years School", {"primary", "nursery"}),
        ("Ashby CE(VA) Pr Sch", {"primary"}),
        ("Ashby J I & Nursery", {"primary", "nursery"}),
        ("Ashby Inf & N", {"infant", "nursery"}),
    ],
)
def test_the_kinds(text: str, kinds: set[str]) -> None:
    assert read_name(text).kinds == kinds


@pytest.mark.parametrize(
    ("text", "faiths"),
    [
        ("Ashby C of E", {"cofe"}), ("Ashby C.E. Primary", {"cofe"}), ("Ashby Church of England", {"cofe"}),
        ("Ashby Roman Catholic", {"catholic"}), ("Ashby R/C", {"catholic"}), ("Ashby RC", {"catholic"}),
        ("Ashby Ch of Eng", {"cofe"}), ("Ashby CE(VA) Pr", {"cofe"}), ("Ashby CEVA", {"cofe"}),
        ("Ashby CofE (VC)", {"cofe"}), ("Ashby RCVA", {"catholic"}), ("Ashby VA", set()), ("Ashby", set()),
    ],
)  # fmt: skip
def test_the_faith(text: str, faiths: set[str]) -> None:
    assert read_name(text).faiths == faiths


def test_the_place_follows_the_word_school() -> None:
    assert [word.after for word in read_name("Ashby Academy Penn").names] == [False, True]
    assert [word.after for word in read_name("The Academy").words] == [False, False]


def test_a_slip_in_a_school_word_is_read_only_when_asked_and_unless_it_names_a_school() -> None:
    assert read_name("Ashby Juniro", slips=True).kinds == {"junior"}
    assert [word.slip for word in read_name("Ashby Juniro", slips=True).words] == [False, True]
    assert named("Ashby Juniro") == ["ashby", "juniro"]
    assert [word.role for word in read_name("Ashby Juniro", slips=True, familiar={"juniro"}).words] == [Role.NAME] * 2
    assert named("Ashby Jinn") == ["ashby", "jinn"]


def test_words_are_folded_alike_whatever_the_marks() -> None:
    assert fold_words("WILSON‘S – School") == fold_words("Wilson's school") == ["wilsons", "school"]


def test_initials_with_and_without_what_may_be_left_out() -> None:
    assert initials(read_name("St Mary's Catholic Primary School, Penn")) == ("smcpsp", "smpsp", "smps")
    assert initials(read_name("Ashby Moor")) == ("am",)
