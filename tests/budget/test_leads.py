"""A lead's salary share and on-costs: worked by hand, split to the penny when leads change, and paid once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senco.budget import questions
from senco.budget.leads import Rates, reckon
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, DORCHESTER
from tests.conftest import Ran

Senco = Callable[..., Ran]
FIRST, LAST = date(2020, 9, 1), date(2021, 8, 31)
FIFTH = Rates(FIRST, Fraction(1, 5), Fraction(28, 100))
DEARER = Rates(date(2021, 4, 1), Fraction(1, 5), Fraction(30, 100))


@pytest.mark.parametrize(
    ("salary", "rates", "first", "last", "parts"),
    [
        # £42,000 × 0.2 = £8,400 a year, £700 a month; 28 % of £700 is £196.
        (4_200_000, [FIFTH], FIRST, LAST, [(840_000, 235_200)]),
        # Five months and half of February: 5.5 × £700 and 5.5 × £196; the other lead: 6.5 of each.
        (4_200_000, [FIFTH], FIRST, date(2021, 2, 14), [(385_000, 107_800)]),
        (4_200_000, [FIFTH], date(2021, 2, 15), LAST, [(455_000, 127_400)]),
        # From 1 April on-costs are 30 %: 1.5 months at £196, five at £210.
        (4_200_000, [FIFTH, DEARER], date(2021, 2, 15), LAST, [(105_000, 29_400), (350_000, 105_000)]),
        # £40,000 × 0.2 / 12 = £666.666…: a month is £666.67, two £1,333.33, three £2,000.00.
        (4_000_000, [FIFTH], FIRST, date(2020, 9, 30), [(66_667, 18_667)]),
        (4_000_000, [FIFTH], date(2020, 10, 1), date(2020, 10, 31), [(66_666, 18_666)]),
        (4_000_000, [FIFTH], date(2020, 11, 1), date(2020, 11, 30), [(66_667, 18_667)]),
        # Ten of thirty days of September: a third of £700 and of £196.
        (4_200_000, [FIFTH], FIRST, date(2020, 9, 10), [(23_333, 6_533)]),
        # Nothing of it before the dearer rate.
        (4_200_000, [FIFTH, DEARER], date(2021, 8, 1), LAST, [(70_000, 21_000)]),
        (0, [FIFTH], FIRST, LAST, [(0, 0)]),
    ],
)
def test_worked_by_hand(salary: int, rates: list[Rates], first: date, last: date, parts: list[tuple[int, int]]) -> None:
    found = reckon(salary, rates, first, last)
    assert [each[2:] for each in found] == parts
    assert (found[0][0], found[-1][1]) == (first, last)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 10_000_000),
    st.sets(st.integers(1, 364), max_size=6),
    st.dictionaries(st.integers(1, 364), st.tuples(st.integers(1, 20), st.integers(0, 9_999)), max_size=3),
)
def test_the_times_of_all_leads_are_the_year_to_the_penny(
    salary: int, changes: set[int], rates: dict[int, tuple[int, int]]
) -> None:
    told = [FIFTH] + [
        Rates(FIRST + timedelta(days=day), Fraction(fte, 20), Fraction(part, 10_000))
        for day, (fte, part) in sorted(rates.items())
    ]
    begins = [FIRST, *(FIRST + timedelta(days=day) for day in sorted(changes))]
    ends = [*(day - timedelta(days=1) for day in begins[1:]), LAST]
    whole = reckon(salary, told, FIRST, LAST)
    parts = [part for first, last in zip(begins, ends, strict=True) for part in reckon(salary, told, first, last)]
    for place in (2, 3):
        assert sum(part[place] for part in parts) == sum(part[place] for part in whole)
        assert all(part[place] >= 0 for part in parts)
    assert sum((last - first).days + 1 for first, last, _, _ in parts) == 365
    if not rates:
        # Rounded by itself, half a penny up: (2 × salary / 5 + 1) / 2.
        assert whole[0][2] == (2 * salary // 5 + 1) // 2


def test_rounding_each_month_would_lose_pennies() -> None:
    """The control: a month reckoned and rounded by itself, twelve times, is not the year."""
    month = reckon(4_000_000, [FIFTH], FIRST, date(2020, 9, 30))[0][2]
    assert 12 * month != reckon(4_000_000, [FIFTH], FIRST, LAST)[0][2] == 800_000


@pytest.fixture
def rated(funded: Store, senco: Senco) -> Store:
    """Give the borough with on-costs of 28 %, from 1 April of 30 %, and a new lead of CP1 from 15 February."""
    senco("settings", "set", "lead.on-costs", "28%", "--from", "1/9/2020")
    senco("settings", "set", "lead.on-costs", "30%", "--from", "1/4/2021")
    senco("clusters", "lead", "CP1", "--person", "B. Lead", "--host", "Abbey", "--from", "15/2/2021")
    return funded


def lines(done: Ran) -> list[tuple[object, ...]]:
    return [
        (line["urn"], line["first"], line["last"], line["months"], line["salary_pence"], line["on_costs_pence"])
        for line in json.loads(done.out)["leads"]
    ]


def test_the_workings_are_shown_for_each_lead_and_rate(rated: Store, senco: Senco) -> None:
    done = senco("budget", "lead", "CP1", "--salary", "£42,000", "--format", "json")
    assert lines(done) == [
        (DORCHESTER, "2020-09-01", "2021-02-14", "5 + 14/28", 385_000, 107_800),
        (ABBEY, "2021-02-15", "2021-03-31", "14/28 + 1", 105_000, 29_400),
        (ABBEY, "2021-04-01", "2021-08-31", "5", 350_000, 105_000),
    ]
    told = senco("budget", "lead", "CP1", "--salary", "£42,000").out
    assert "£42,000.00 a year × 0.2 = £8,400.00 a year, £700.00 a month" in told
    assert "Salary share £8,400.00 + on-costs £2,422.00 = £10,822.00." in told
    done = senco("budget", "lead", "CP1", "--salary", "£42,000", "--host", "Abbey", "--to", "15/3/2021", "--fte", "1/3",
                 "--on-costs", "0", "--format", "json")  # fmt: skip
    assert lines(done) == [(ABBEY, "2021-02-15", "2021-03-15", "14/28 + 15/31", 114_785, 0)]
    (line,) = json.loads(done.out)["leads"]
    assert (line["fte"], line["on_costs"]) == ("1/3", "0%")


def test_a_lead_without_a_host_school_is_reckoned_and_not_paid(rated: Store, senco: Senco) -> None:
    words = ("budget", "lead", "CP2", "--salary", "£42,000", "--format", "json")
    assert [line[0] for line in lines(senco(*words))] == [None, None]
    assert json.loads(senco(*words, "--post").err)["error"]["reference"] == "host.unknown"
    assert [line[0] for line in lines(senco(*words, "--host", "Abbey", "--from", "1/4/2021"))] == [ABBEY]
    assert "not known" in senco(*words[:-2]).out


def test_the_host_schools_are_paid_once_from_the_high_needs_block(
    rated: Store, senco: Senco, trail_length: Callable[[], int]
) -> None:
    senco("budget", "allocate", "CP1:lead", "£1,000")
    before = trail_length()
    words = ("budget", "lead", "CP1", "--salary", "£42,000", "--post")
    done = senco(*words, "--to", "14/2/2021")
    assert done.code == 0
    # The fund held £1,000 already: the Block gives the £2,850.00 that it lacks, and the on-costs.
    entries = json.loads(senco("budget", "list", "--most", "4", "--format", "json").out)["entries"]
    assert [(line["kind"], line["to_account"], line["amount_pence"]) for line in reversed(entries)] == [
        ("allocate", "cluster:CP1:lead-salary", 285_000), ("spend", f"school:{DORCHESTER}", 385_000),
        ("allocate", "cluster:CP1:lead-on-costs", 107_800), ("spend", f"school:{DORCHESTER}", 107_800),
    ]  # fmt: skip
    assert trail_length() == before + 1
    for overlapping in (words, (*words, "--from", "14/2/2021", "--to", "14/2/2021")):
        again = senco(*overlapping, "--format", "json")
        assert (again.code, json.loads(again.err)["error"]["reference"]) == (4, "lead.paid-already")
    told = senco(*words).err
    assert "paid the lead of CP1 from Tue 1 Sep 2020 to Sun 14 Feb 2021 already." in told
    assert "Pay the days after with --from 2021-02-15; or else reverse it" in told
    assert "--from" not in senco(*words, "--from", "14/2/2021", "--to", "14/2/2021").err
    assert trail_length() == before + 1
    assert senco(*words, "--from", "15/2/2021", "--to", "31/3/2021").code == 0
    again = senco(*words, "--to", "14/2/2021", "--override", "Two leads shared it")
    assert again.code == 0
    assert "Two leads shared it" in senco("budget", "list").out
    with rated.reading() as ask:
        paid = [number for number, *_ in questions.lead_days_paid(ask, "CP1", "2020/21")]
    senco("budget", "reverse", f"E{paid[2]}", "--reason", "Wrong salary")
    with rated.reading() as ask:
        assert len(questions.lead_days_paid(ask, "CP1", "2020/21")) == len(paid) - 1
    assert "1.2.5" in senco("budget", "return").out
    assert senco("check").code == 0


def test_what_the_block_has_not_is_paid_for_a_reason_only(rated: Store, senco: Senco) -> None:
    words = ("budget", "lead", "CP1", "--salary", "£1,000,000", "--to", "14/2/2021", "--post")
    done = senco(*words)
    assert (done.code, done.out) == (4, "")
    assert "too much" in done.err
    assert senco(*words, "--override", "Agreed").code == 0
    assert senco("check").code == 0


@pytest.mark.parametrize(
    ("reference", "code", "words"),
    [
        ("lead.no-rate", 4, ()),
        ("lead.rate", 2, ("--on-costs", "lots")),
        ("lead.rate", 2, ("--on-costs", "28", "--fte", "1.1")),
        ("lead.rate", 2, ("--on-costs", "28", "--fte", "some")),
        ("lead.unknown", 3, ("--on-costs", "28", "--host", "Everly", "--to", "1/9/2019")),
    ],
)
def test_what_cannot_be_reckoned_is_said(
    funded: Store, senco: Senco, reference: str, code: int, words: tuple[str, ...]
) -> None:
    done = senco("budget", "lead", "CP1", "--salary", "£42,000", "--format", "json", *words)
    assert (done.code, json.loads(done.err)["error"]["reference"]) == (code, reference)


def test_on_costs_are_a_setting_in_per_cent(funded: Store, senco: Senco) -> None:
    assert "28.5%" in senco("settings", "set", "lead.on-costs", "28.5 %", "--from", "1/9/2020").err
    assert senco("settings", "set", "lead.on-costs", "101%").code == 5
    assert "none" in senco("settings", "set", "lead.on-costs", "None", "--from", "1/9/2021").err
    assert "28.5%" in senco("settings", "list").out


def test_a_fund_that_holds_enough_gets_nothing_more(funded: Store, senco: Senco) -> None:
    senco("budget", "allocate", "CP1:lead", "£9,000")
    words = ("budget", "lead", "CP1", "--salary", "£42,000", "--on-costs", "0", "--from", "1/1/2021", "--post")
    assert senco(*words).code == 0
    with funded.reading() as ask:
        (line, _) = questions.entries(ask, most=2)
    assert (line.number, line.kind, line.amount_pence) == (4, "spend", 560_000)
