"""No small count can be recovered from what is shown: attacked by another reader, with SciPy, on 300 random tables."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.reports import suppression
from senco.reports.attack import DoesNotAddUp, given_away
from senco.reports.suppression import hidden, small
from tests.reports.invented import TERMS, Design, Outsider, counted, design, masked, requests, until

BELOW = 5
TABLES = 300
Shown = dict[str, int | None]


def invented(seed: int) -> tuple[random.Random, Design, list[tuple[str, ...]]]:
    rng = random.Random(seed)  # noqa: S311 - the same tables every time
    told = design(rng)
    return rng, told, requests(rng, told, rng.choice([1.5, 4, 10]))


def outsider(told: Design, *shown: Shown, terms: Sequence[str] = ("autumn",), so_far: bool = False) -> Outsider:
    reader = Outsider()
    reader.learn(told, terms, so_far=terms if so_far else ())
    for each in shown:
        reader.see(each)
    return reader


@pytest.mark.parametrize("part", range(10))
def test_no_small_count_of_300_tables_is_recovered(part: int) -> None:
    checked = 0
    for seed in range(part, TABLES, 10):
        rng, told, made = invented(seed)
        counts = counted(told, made, term="autumn")
        chosen, smalls = hidden(counts, below=BELOW), sorted(small(counts, below=BELOW))
        assert chosen.issuperset(smalls)
        assert all(counts[each] for each in chosen)
        reader = outsider(told, masked(counts, chosen))
        # Whole numbers: it could be 5 or more, so that nobody can tell that it is small. The reals, for a sample.
        assert reader.gives(smalls, BELOW) == set(), seed
        assert reader.recovered(rng.sample(smalls, min(1, len(smalls)) if seed % 3 == 0 else 0)) == set(), seed
        checked += len(smalls)
    assert checked > 100


def test_hiding_only_the_small_counts_gives_most_tables_away() -> None:
    given, tried = 0, 0
    for seed in range(30):
        _, told, made = invented(seed)
        counts = counted(told, made, term="autumn")
        smalls = small(counts, below=BELOW)
        if smalls:
            tried += 1
            reader = outsider(told, masked(counts, smalls))
            given += any(reader.is_recovered(each) for each in sorted(smalls))
    assert tried > 20
    assert given / tried > 0.8


def test_our_own_attack_finds_what_the_outsider_finds() -> None:
    """On tables where too little is hidden: nothing that the outsider gets escapes our attack."""
    found = more = 0
    for seed in range(20):
        rng, told, made = invented(seed)
        counts = counted(told, made, term="autumn")
        full = hidden(counts, below=BELOW)
        smalls = small(counts, below=BELOW)
        seconds = sorted(full - smalls)
        pattern = smalls.union(rng.sample(seconds, len(seconds) * 2 // 3))
        theirs = outsider(told, masked(counts, pattern)).gives(sorted(smalls), BELOW)
        ours = given_away(counts, pattern, below=BELOW) & smalls
        assert theirs <= ours, seed
        more += len(ours - theirs)  # were a table of whole numbers not found, ours would call the count given away
        found += len(theirs)
    assert found > 100
    assert more <= 2


def year_of(seed: int, *, terms_before: bool = True) -> tuple[Design, list[dict[str, int]]]:
    """Invent a year and its three reports: the term and the year so far, with those of the terms before or without."""
    rng = random.Random(seed)  # noqa: S311 - the same tables every time
    told = design(rng)
    by_term = {term: requests(rng, told, rng.choice([1, 3])) for term in TERMS}
    reports = []
    for term in TERMS:
        counts: dict[str, int] = {}
        for each in until(term) if terms_before else (term,):
            counts |= counted(told, by_term[each], term=each)
            counts |= counted(told, [one for before in until(each) for one in by_term[before]], upto=each)
        reports.append(counts)
    return told, reports


@pytest.mark.parametrize("terms_before", [True, False])
def test_no_small_count_is_recovered_across_three_successive_terms(*, terms_before: bool) -> None:
    for seed in range(3):
        told, reports = year_of(seed, terms_before=terms_before)
        before: list[Shown] = []
        for counts in reports:
            chosen = hidden(counts, below=BELOW, before=before)
            assert hidden(counts, below=BELOW, before=[*before, masked(counts, chosen)]) == chosen
            before.append(masked(counts, chosen))
        reader = outsider(told, *before, terms=TERMS, so_far=True)
        smalls = sorted(set().union(*(small(counts, below=BELOW) for counts in reports)))
        assert reader.gives(smalls, BELOW) == set(), seed


def test_without_the_earlier_reports_counts_are_given_away() -> None:
    given = 0
    for seed in range(2):
        told, reports = year_of(seed)
        shown = [masked(counts, hidden(counts, below=BELOW)) for counts in reports]
        reader = outsider(told, *shown, terms=TERMS, so_far=True)
        smalls = {each for counts in reports for each in small(counts, below=BELOW)}
        hides = {each for each, count in reader.shown.items() if count is None}
        given += bool(smalls - hides) or bool(reader.gives(sorted(smalls & hides), BELOW))
    assert given == 2


def test_no_amount_is_determined_by_those_shown() -> None:
    for seed in range(20):
        _, told, made = invented(seed)
        counts = counted(told, made, term="autumn")
        chosen = hidden(counts, below=BELOW)
        assert outsider(told, masked(counts, chosen)).amounts_told(sorted(small(counts, below=BELOW))) == set()


def test_amounts_are_determined_where_only_small_counts_are_hidden() -> None:
    told = [invented(seed) for seed in range(12)]
    given = 0
    for _, shape, made in told:
        counts = counted(shape, made, term="autumn")
        smalls = small(counts, below=BELOW)
        given += bool(outsider(shape, masked(counts, smalls)).amounts_told(sorted(smalls)))
    assert given > 6


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 10))
def test_whatever_the_table_and_the_threshold(seed: int, below: int) -> None:
    _, told, made = invented(seed)
    counts = counted(told, made, term="autumn")
    chosen = hidden(counts, below=below)
    assert small(counts, below=below) <= chosen
    assert all(counts[each] for each in chosen)
    assert chosen == hidden(dict(reversed(counts.items())), below=below)
    assert given_away(masked(counts, chosen), below=below) & small(counts, below=below) == set()
    # Published once, the same is chosen again.
    assert hidden(counts, below=below, before=[masked(counts, chosen)]) == chosen


def test_what_earlier_reports_give_away_is_given_away_no_further() -> None:
    """A report of before, made without protection, tells r|need=HI to be 1 or 2: today's adds nothing to that."""
    earlier: Shown = {"r": 12, "r|need=HI": None, "r|need=VI": None, "r|need=PD": 9}
    counts = {"r": 12, "r|need=HI": 1, "r|need=VI": 2, "r|need=PD": 9}
    assert given_away(counts | {"r|need=HI": None, "r|need=VI": None}, below=BELOW) == {"r|need=HI", "r|need=VI"}
    by_stage = {
        "r|stage=a": 7, "r|stage=b": 5,
        "r|need=HI|stage=a": 1, "r|need=HI|stage=b": 0,
        "r|need=VI|stage=a": 0, "r|need=VI|stage=b": 2,
        "r|need=PD|stage=a": 6, "r|need=PD|stage=b": 3,
    }  # fmt: skip
    chosen = hidden(counts | by_stage, below=BELOW, before=[earlier])
    # Shown with r|stage=a (7), r|need=PD|stage=a (6) would tell that r|need=HI is 1.
    assert "r|need=PD|stage=a" in chosen or "r|stage=a" in chosen
    reader_knows = given_away(masked(counts | by_stage, chosen), below=BELOW, before=[earlier])
    assert {"r|need=HI", "r|need=VI"} <= reader_knows


@pytest.mark.parametrize("seed", [102, 128, 213])
def test_what_cannot_be_helped_is_known_no_more_narrowly_than_before(seed: int) -> None:
    """An earlier report hid the small counts alone. Whatever it gave away, today's finer one narrows no further."""
    _, told, made = invented(seed)
    coarse = Design(told.dimensions, (told.tables[0][:2],))
    first = counted(coarse, made, term="autumn")
    earlier = masked(first, small(first, below=BELOW))
    counts = counted(told, made, term="autumn")
    chosen = hidden(counts, below=BELOW, before=[earlier])
    lost = sorted(given_away(counts, chosen, below=BELOW, before=[earlier]))
    assert lost
    everything = frozenset(each for each, count in counts.items() if count)
    at_least, now = outsider(told, earlier), outsider(told, earlier)
    at_least.see({each: None if each in everything else 0 for each in counts})
    now.see(masked(counts, chosen))
    assert {each: now.bounds_of(each) for each in lost} == {
        each: pytest.approx(at_least.bounds_of(each)) for each in lost
    }


def test_counts_that_were_corrected_are_counts_of_their_own() -> None:
    earlier: Shown = {"r": 30, "r|need=HI": None, "r|need=VI": None, "r|need=PD": 20}
    counts = {"r": 33, "r|need=HI": 6, "r|need=VI": 7, "r|need=PD": 20}
    assert hidden(counts, below=BELOW, before=[earlier]) == frozenset()
    same = {"r": 30, "r|need=HI": 3, "r|need=VI": 7, "r|need=PD": 20}
    assert hidden(same, below=BELOW, before=[earlier]) == {"r|need=HI", "r|need=VI"}


def test_figures_that_contradict_the_earlier_ones_untie_them() -> None:
    """The earlier hidden total was of two hidden parts; one of them is nought now, so all three were others then."""
    earlier: Shown = {"r": 20, "r|need=HI": None, "r|need=PD": None}
    earlier |= {"r|need=HI|stage=a": None, "r|need=HI|stage=b": None}
    counts = {"r": 20, "r|need=HI": 2, "r|need=PD": 18, "r|need=HI|stage=a": 0, "r|need=HI|stage=b": 2}
    assert hidden(counts, below=BELOW, before=[earlier]) == {"r|need=HI", "r|need=HI|stage=b", "r|need=PD"}


def test_earlier_counts_that_rule_today_s_out_are_others() -> None:
    """Before: r|need=HI was at most 3, r|stage=a at least 4 of it. With today's 9 for r|need=HI no numbers fit."""
    earlier: Shown = {"r|x=1": 4, "r|x=1|y=1": None, "r|x=1|y=2": None, "r|x=2": 30, "r": 34}
    counts = {"r|x=1|y=1": 9}
    assert hidden(counts, below=BELOW, before=[earlier]) == frozenset()


def test_the_year_so_far_gives_the_term_before_away_unless_it_is_known() -> None:
    """Published for autumn: r is hidden. Spring and the year so far, both shown, would tell it."""
    autumn: Shown = {"r|term=autumn": None}
    spring = {"r|term=spring": 20, "r|upto=spring": 23}
    assert hidden(spring, below=BELOW) == frozenset()
    assert hidden(spring, below=BELOW, before=[autumn]) == {"r|term=spring"}
    # The year so far less than spring alone: the autumn of then was another count.
    assert hidden({"r|term=spring": 20, "r|upto=spring": 19}, below=BELOW, before=[autumn]) == frozenset()
    # Autumn, hidden by one report, was shown by another.
    assert hidden(spring, below=BELOW, before=[autumn, {"r|term=autumn": 3}]) == frozenset()
    assert hidden(spring, below=BELOW, before=[{"r|term=autumn": 3}, autumn]) == frozenset()
    # Of the whole year no more than 3 are left for autumn and summer, though summer is published nowhere.
    assert hidden({"r|term=spring": 20, "r": 23}, below=BELOW, before=[autumn]) == {"r|term=spring"}
    assert hidden({"r|term=spring": 20, "r": 30}, below=BELOW, before=[autumn]) == frozenset()
    # The year so far hidden before, and both terms shown now.
    assert (
        hidden({"r|term=autumn": 9, "r|term=spring": 8}, below=BELOW, before=[{"r|upto=spring": None}]) == frozenset()
    )


def test_an_autumn_that_changed_is_another_count() -> None:
    autumn: Shown = {"r|term=autumn": 30, "r|need=a|term=autumn": None, "r|need=b|term=autumn": None}
    now = {"r|term=autumn": 33, "r|need=a|term=autumn": 6, "r|need=b|term=autumn": 27}
    spring = {"r|upto=spring": 53, "r|need=a|upto=spring": 13, "r|need=b|upto=spring": 40}
    assert hidden(now | spring, below=BELOW, before=[autumn]) == frozenset()
    assert hidden(spring, below=BELOW, before=[autumn]) == frozenset()


def test_a_total_of_parts_none_of_which_can_be_many_may_hold_by_their_sum() -> None:
    """Each part is at most 4, by its own sum; their hidden total may be 5 all the same."""
    counts = {
        "r": 40, "r|x=a": 4, "r|x=b": 36,
        "r|x=a|y=1": 2, "r|x=a|y=2": 2, "r|x=b|y=1": 18, "r|x=b|y=2": 18, "r|y=1": 20, "r|y=2": 20,
    }  # fmt: skip
    before: list[Shown] = [{"q|y=1": 6}]
    found = given_away(
        counts, {"r|x=a", "r|x=b", "r|x=a|y=1", "r|x=a|y=2", "r|x=b|y=1", "r|x=b|y=2"}, below=BELOW, before=before
    )
    assert found == set()


def test_counts_that_do_not_add_up_are_not_protected() -> None:
    with pytest.raises(DoesNotAddUp, match="r"):
        hidden({"r": 8, "r|need=HI": 2, "r|need=VI": 7}, below=BELOW)


def test_a_total_stays_where_parts_can_be_hidden() -> None:
    counts = {"r": 60, **{f"r|need={name}": count for name, count in zip("abcd", (2, 9, 19, 30), strict=True)}}
    assert hidden(counts, below=BELOW) == {"r|need=a", "r|need=b"}
    assert suppression.hidden({"r": 3, "r|need=a": 3, "r|need=b": 0}, below=BELOW) == {"r", "r|need=a"}


def test_what_the_shown_counts_tell_anyhow_is_shown() -> None:
    rows = {"CP1": (15, 73), "CP2": (13, 68), "CP3": (4, 15)}
    counts = {"r": 188, "r|state=open": 32, "r|state=closed": 156}
    for cluster, (open_, closed) in rows.items():
        counts |= {f"r|cluster={cluster}": open_ + closed, f"r|cluster={cluster}|state=open": open_}
        counts[f"r|cluster={cluster}|state=closed"] = closed
    hides = {f"r|cluster={cluster}|state={state}" for cluster in ("CP2", "CP3") for state in ("open", "closed")}
    assert hidden(counts, below=BELOW) == hides
    # CP1's are hidden in vain: each is the only hidden one of its sum once the other is shown.
    also = {*hides, "r|cluster=CP1|state=open"}
    puzzle = suppression.Reader(counts, ()).puzzle()
    assert suppression._needed(puzzle, frozenset(also), small(counts, below=BELOW)) == hides
