"""The rules in tables of cases: interest, chairs, what a free text may hold, how things are typed."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.errors import BadInput
from senco.privacy import upn_check_letter
from senco.requests import rules
from senco.requests.kinds import Ground, Party, RequestType, Votes
from tests.requests.conftest import TODAY

OWN, TRUST, FEDERATION, HOST = Ground.OWN_SCHOOL, Ground.SAME_TRUST, Ground.SAME_FEDERATION, Ground.HOST_SCHOOL


def party(urn: int, trust: str = "", federation: str = "") -> Party:
    return Party(urn, f"School {urn}", trust, federation)


@pytest.mark.parametrize(
    ("member", "school", "host", "school_only", "strict"),
    [
        (party(1), party(2), None, (), ()),
        (party(1), party(1), None, (OWN,), (OWN,)),
        (party(1), party(1), 1, (OWN, HOST), (OWN, HOST)),
        (party(1), party(1), 2, (OWN,), (OWN,)),
        (party(1), party(2), 2, (), ()),
        (party(1, "LEO"), party(2, "Leo "), None, (), (TRUST,)),
        (party(1, "LEO"), party(2, "GLT"), None, (), ()),
        (party(1, "LEO", "North"), party(2, "LEO", "north"), 1, (), (TRUST, FEDERATION)),
        (party(1, "", "North"), party(2, "", "North"), None, (), (FEDERATION,)),
        (party(1, "Not applicable", "Not under a federation"), party(2, "Not applicable", "Not under a federation"),
         None, (), ()),
    ],
)  # fmt: skip
def test_who_has_an_interest(
    member: Party, school: Party, host: int | None, school_only: tuple[Ground, ...], strict: tuple[Ground, ...]
) -> None:
    for interest, grounds in (("school", school_only), ("strict", strict)):
        assert rules.interests_between(member, school, host_urn=host, interest=interest) == grounds
        moderating = party(9)
        chaired = rules.why_not_chair(member, None, school, host_urn=host, interest=interest)
        assert (chaired is None) == (not grounds)
        assert rules.why_not_chair(moderating, member, school, host_urn=host, interest=interest) == chaired
        assert rules.why_not_chair(member, moderating, school, host_urn=host, interest=interest) is None


def test_nobody_is_its_own_critical_friend() -> None:
    assert "cannot be the critical friend too" in str(
        rules.why_not_chair(party(1), party(1), party(2), host_urn=None, interest="school")
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Two hours a day, reviewed 12/10/2020", True),
        ("From 01/09/2020 to 31/07/2021", True),
        ("Report of March 2018", True),
        ("Speech report, 2018", True),
        ("24 weeks at 17.24", True),
        ("Room 12/4/10", False),
        ("Seen 3.3.90", True),  # older than any pupil
        ("dob 17/02/2013", False),
        ("D.O.B. 17 Feb", False),
        ("born on the 17th of February", False),
        ("17-02-13", False),
        ("17 February 2013", False),
        ("17th of Feb 13", False),
        ("February 17th, 2013", False),
        ("2013-02-17", False),
        ("birthday: 17 February", False),
        ("A950000178301", False),
        ("a950 0001 7830 1", False),
        ("(X845212818005)", False),
        ("R247962919251", False),  # its check letter is wrong, and a letter is soon put right
        ("A950000178302", False),
        ("a 9500 – 001 - 7830x", False),
        ("I950000178301", False),  # no UPN begins with I, but a 1 or an L may have been meant
        ("Room A, 12345 and 678901", True),
        ("AB950000178301", True),
    ],
)
def test_what_a_free_text_may_hold(text: str, kept: bool) -> None:
    assert (rules.why_not_text(text, TODAY) is None) is kept


@given(
    st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True),
    st.sampled_from(["{}", "for {}.", "\n{}\n", "UPN:{}", "{} needs a mentor"]),
    st.booleans(),
)
def test_no_pupils_number_gets_through(digits: str, around: str, small: bool) -> None:
    upn = upn_check_letter(f"A{digits}") + digits
    assert (
        rules.why_not_text(around.format(upn.lower() if small else upn), TODAY)
        == "it holds what looks like a pupil's UPN"
    )


def test_a_date_of_birth_is_counted_from_today() -> None:
    assert rules.why_not_text("Review of 12/10/2018", date(2019, 1, 1)) is None
    assert rules.why_not_text("Review of 12/10/2018", TODAY) is not None


@pytest.mark.parametrize("word", ["", "15", "N3", "year", "Y", "-1", "fourth"])
def test_no_year_group(word: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.year_group(word)
    assert refused.value.reference == "requests.unknown-year-group"


@pytest.mark.parametrize(
    ("typed", "votes"),
    [
        ("7-1-2", Votes(7, 1, 2)),
        (" 7 – 1 – 2 ", Votes(7, 1, 2)),
        ("7/1/2", Votes(7, 1, 2)),
        ("7, 1, 2", Votes(7, 1, 2)),
        ("", None),
    ],
)
def test_votes(typed: str, votes: Votes | None) -> None:
    assert rules.votes_of(typed) == votes


@pytest.mark.parametrize("typed", ["7-1", "seven", "7-1-2-3", "-1-2-3"])
def test_no_votes(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.votes_of(typed)
    assert refused.value.reference == "requests.unreadable-votes"


@given(st.text(alphabet=rules.LETTERS, min_size=4, max_size=5))
def test_a_reference_is_read_as_it_is_said(letters: str) -> None:
    reference = rules.reference_of(letters)
    for typed in (reference, reference.lower(), f" {reference} ", reference.replace("-", " ")):
        assert rules.reference_meant(typed) == reference


def test_a_reference_always_holds_a_digit() -> None:
    words = ["".join(each) for each in itertools.islice(itertools.product("ABCDEFGHJK", repeat=4), 50)]
    assert all(rules.why_not_letters(word) for word in words)
    assert rules.why_not_letters("BEA2") is None


@pytest.mark.parametrize("kind", list(RequestType))
def test_a_year_group_goes_with_a_child(kind: RequestType) -> None:
    reason = rules.why_not_request(
        kind=kind, needs=["SEMH"], year_group_told="", cost_pence=1, asked_pence=1, provision="A mentor"
    )
    assert (reason is None) == (kind is not RequestType.INDIVIDUAL)
