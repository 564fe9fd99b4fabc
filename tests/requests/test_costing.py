"""Costs worked out exactly: the published fixtures, every line of an invented year, and sums that add up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.requests import costing
from senco.requests.form_kinds import CatalogueLine, CostPolicy, ProvisionDraft, ProvisionStage
from tests.requests import forms, year

HOUR = {"minutes": 60, "sharing": 1, "alone": False, "weeks": "38", "items_pence": 0}


@pytest.mark.parametrize(
    ("told", "pence"),
    [
        ({"rate": "655/38"}, 65_500),  # the published rate: £655 a year for an hour a week
        ({"rate": "17.24"}, 65_512),  # the same rounded to the penny is twelve pence dearer
        ({"rate": "655/38", "sharing": 4}, 16_375),  # an hour shared by four is one quarter
        ({"rate": "655/38", "sharing": 4, "alone": True}, 65_500),  # set up for one: nobody shares
        ({"rate": "13.04", "minutes": 50, "weeks": "38.6"}, 41_945),
        ({"rate": "655/38", "minutes": 0, "items_pence": 999}, 999),
        ({"rate": "0.01", "minutes": 30, "weeks": "1"}, 1),  # half a penny goes up
        ({"rate": "0.01", "minutes": 29, "weeks": "1"}, 0),
    ],
)
def test_the_fixtures(told: dict[str, object], pence: int) -> None:
    assert costing.line_cost(**{**HOUR, **told}) == pence  # type: ignore[arg-type] - a table of cases


def test_a_quarter_is_a_quarter_exactly() -> None:
    whole = costing.exact_cost(60, 1, Fraction(38), Fraction(655, 38))
    assert costing.exact_cost(60, 4, Fraction(38), Fraction(655, 38)) * 4 == whole == 65_500


def test_what_is_no_figure_is_not_costed() -> None:
    with pytest.raises(ValueError, match="weeks"):
        costing.line_cost(**{**HOUR, "weeks": "all"}, rate="17")  # type: ignore[arg-type] - the same


LINE = ProvisionDraft(ProvisionStage.ASKED, "Mentor", "", "", 60, 4, False, "", "", 0)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (LINE, None),
        (replace(LINE, provision="", what="mornings"), None),
        (replace(LINE, provision=""), "it does not say what the provision is"),
        (replace(LINE, minutes=0), "it has neither minutes nor items"),
        (replace(LINE, weeks="many"), "its weeks cannot be read"),
        (replace(LINE, rate="0"), "its rate cannot be read"),
    ],
)
def test_why_a_line_cannot_be_costed(draft: ProvisionDraft, why: str | None) -> None:
    assert costing.why_not_line(draft) == why


def test_the_rate_is_the_forms_then_the_catalogues_then_the_usual_one() -> None:
    policy = CostPolicy("655/38", "38", 600_000, 800_000, "total", (CatalogueLine("Mentor", "a mentor", "18.90", ""),))
    drafts = (LINE, replace(LINE, provision="mentor "), replace(LINE, rate="20"), replace(LINE, provision="Else"))
    lines = costing.costed(drafts, policy)
    assert [(each.rate, each.rate_source) for each in lines] == [
        ("18.90", "catalogue"),
        ("18.90", "catalogue"),
        ("20", "form"),
        ("655/38", "setting"),
    ]
    assert [each.delivered_by for each in lines] == ["a mentor", "a mentor", "a mentor", ""]
    assert lines[0].workings == "60 min ÷ 60 ÷ 4 sharing × 38 weeks × £18.90"
    assert lines[3].workings == "60 min ÷ 60 ÷ 4 sharing × 38 weeks × £655/38"


def test_every_line_of_a_year_comes_to_what_another_reckoning_gives() -> None:
    schools = (year.School(100001, "Abbey", 4, 11), year.School(100005, "Dorchester", 11, 18))
    for request in year.invent(schools, count=120):
        drafts = [
            ProvisionDraft(
                ProvisionStage(line.when), line.provision, line.what, line.who, line.minutes, line.pupils, line.alone,
                line.weeks, line.rate, line.items_pence,
            )
            for line in request.lines
        ]  # fmt: skip
        lines = costing.costed(drafts, forms.POLICY)
        assert [line.cost_pence for line in lines] == [line.cost_pence for line in request.lines]
        assert costing.total(lines, ProvisionStage.ASKED) == request.cost_pence
        assert [costing.cost_of(line) for line in lines] == [line.cost_pence for line in lines]


@given(
    minutes=st.integers(0, 3000),
    sharing=st.integers(1, 30),
    weeks=st.sampled_from(["38", "38.6", "12", "1"]),
    rate=st.sampled_from(["655/38", "17.24", "13.04", "85.5"]),
    items=st.integers(0, 10**6),
)
def test_rounding_moves_a_line_by_half_a_penny_at_most(
    minutes: int, sharing: int, weeks: str, rate: str, items: int
) -> None:
    whole, of = [*map(Fraction, rate.split("/")), Fraction(1)][:2]
    exact = Fraction(minutes) * Fraction(weeks) * whole * 100 / (of * 60 * sharing) + items
    given_ = costing.line_cost(minutes=minutes, sharing=sharing, alone=False, weeks=weeks, rate=rate, items_pence=items)
    assert -Fraction(1, 2) < given_ - exact <= Fraction(1, 2)


def test_a_cost_beyond_all_meaning_is_told() -> None:
    (line,) = costing.costed([LINE], forms.POLICY)
    assert not costing.too_large([line])
    assert costing.too_large([replace(line, cost_pence=10**11)])
