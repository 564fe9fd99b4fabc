"""The planner: no proposed programme breaks a stated rule, "there is none" is true, and every choice is explained."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.dates import AcademicYear
from senco.meetings.kinds import Audience, DeadlineKind, MeetingKind
from senco.meetings.pattern import Pattern, Point, Slot, in_order
from senco.meetings.proposal import Obstacle, Proposal, Rule, clusters_of, propose
from senco.meetings.proposing import PATTERNS, pattern_named
from senco.meetings.rules import audience_of
from tests.meetings.years import ground, school_year, span, why_not_alone, why_not_together

TUESDAY = 1


def slot(key: str, words: str, point: tuple[int, int], **values: object) -> Slot:
    audience = audience_of(words)
    assert audience
    made = Slot(key, audience, Point(*point), (TUESDAY,), time(14), time(16))
    return replace(made, **values)  # type: ignore[arg-type]


def proposed(pattern: Pattern, on: object) -> Proposal:
    found = propose(pattern, on)  # type: ignore[arg-type]
    assert isinstance(found, Proposal), found
    return found


def refused(pattern: Pattern, on: object) -> Obstacle:
    found = propose(pattern, on)  # type: ignore[arg-type]
    assert isinstance(found, Obstacle)
    return found


AUDIENCES = ("conference", "panel", "CP", "SP", "CP1", "CP 1-2", "CP9")
RULES = st.sampled_from(
    ["none", "10 working 17:00", "7 calendar 17:00", "14 calendar 18:00", "3 calendar 17:00", "20 working 17:00"]
)


@st.composite
def patterns(draw: st.DrawFn, most: int = 6, widest: int = 20) -> Pattern:
    slots: list[Slot] = []
    for number in range(draw(st.integers(1, most))):
        audience = audience_of(draw(st.sampled_from(AUDIENCES)))
        assert audience
        weekdays = tuple(draw(st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True)))
        point = Point(draw(st.sampled_from([9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7])), draw(st.integers(1, 28)))
        if draw(st.booleans()):
            point = Point(point.month, nth=draw(st.integers(1, 4)), weekday=weekdays[0])
        made = Slot(str(number), audience, point, weekdays, time(14), time(16), draw(st.integers(0, widest)))
        if audience.kind is MeetingKind.PANEL and draw(st.booleans()):
            made = replace(made, decide_by=Point(draw(st.integers(1, 12)), draw(st.integers(1, 28))))
        if audience.family == "CP" and len(audience.clusters) != 1 and draw(st.booleans()):
            made = replace(made, spread=True, hosts=("schools in turn",))
        slots.append(made)
    ordered = in_order(slots, AcademicYear(2001))
    for place in range(1, len(ordered)):
        if draw(st.booleans()):
            least = draw(st.integers(1, 21))
            most_days = draw(st.none() | st.integers(least, 120))
            ordered[place] = replace(
                ordered[place], after=(ordered[place - 1].key,), days_after=least, most_days_after=most_days
            )
    return Pattern("drawn", draw(st.integers(0, 21)), tuple(ordered))


@st.composite
def grounds(draw: st.DrawFn) -> object:
    start = draw(st.integers(2018, 2033))
    year = AcademicYear(start)
    more = []
    for number in range(draw(st.integers(0, 4))):
        first = year.first + timedelta(days=draw(st.integers(0, 320)))
        urn = draw(st.none() | st.integers(100001, 100006))
        kind = draw(st.sampled_from(["holiday", "inset"]))
        more.append(
            span(year, f"More {number}", first, first + timedelta(days=draw(st.integers(0, 13))), urn=urn, kind=kind)
        )
    return ground(start, more, rules={kind: draw(RULES) for kind in DeadlineKind})


class TestAnyPattern:
    @settings(max_examples=150, deadline=None)
    @given(patterns(), grounds())
    def test_no_programme_breaks_a_stated_rule(self, pattern: Pattern, on: object) -> None:
        found = propose(pattern, on)  # type: ignore[arg-type]
        if isinstance(found, Obstacle):
            assert found.why
            assert found.slots
            return
        slots = in_order(pattern.slots, found.year)
        assert [placed.slot for placed in found.placed] == slots
        for placed in found.placed:
            for held in placed.held:
                assert why_not_alone(on, placed.slot, held.clusters, held.day) is None  # type: ignore[arg-type]
            if placed.slot.spread:
                days = [held.day for held in placed.held]
                assert len({day - timedelta(days=day.weekday()) for day in days}) == 1
                assert [held.clusters for held in placed.held] == [(each,) for each in clusters_of(placed.slot, on)]  # type: ignore[arg-type]
            else:
                assert len(placed.held) == 1
        days = [[held.day for held in placed.held] for placed in found.placed]
        assert why_not_together(pattern, slots, days) is None

    @settings(max_examples=120, deadline=None)
    @given(patterns(most=3, widest=9), grounds())
    def test_where_it_finds_none_there_is_none(self, pattern: Pattern, on: object) -> None:
        """Every combination of days is tried, by rules written down a second time."""
        pattern = replace(pattern, slots=tuple(replace(each, spread=False, hosts=()) for each in pattern.slots))
        found = propose(pattern, on)  # type: ignore[arg-type]
        year = on.year.year  # type: ignore[attr-defined]
        slots = in_order(pattern.slots, year)
        days = []
        for each in slots:
            point, clusters = each.point.in_year(year), clusters_of(each, on)  # type: ignore[arg-type]
            window = [point + timedelta(days=n) for n in range(-each.within, each.within + 1)]
            days.append([day for day in window if why_not_alone(on, each, clusters, day) is None])  # type: ignore[arg-type]
        exists = any(
            why_not_together(pattern, slots, [[day] for day in some]) is None for some in itertools.product(*days)
        )
        assert isinstance(found, Proposal) == exists

    @settings(max_examples=60, deadline=None)
    @given(patterns(most=4), grounds())
    def test_the_slots_an_obstacle_names_cannot_stand_even_alone(self, pattern: Pattern, on: object) -> None:
        found = propose(pattern, on)  # type: ignore[arg-type]
        if isinstance(found, Obstacle):
            rest = tuple(each for each in pattern.slots if each.key in found.slots)
            assert isinstance(propose(replace(pattern, slots=rest), on), Obstacle)  # type: ignore[arg-type]
            for one in rest:
                fewer = tuple(each for each in rest if each is not one)
                assert isinstance(propose(replace(pattern, slots=fewer), on), Proposal)  # type: ignore[arg-type]


class TestTenYears:
    @pytest.mark.parametrize("name", sorted(path.stem for path in PATTERNS.glob("*.toml")))
    @pytest.mark.parametrize("start", range(2020, 2031))
    def test_each_pattern_that_comes_with_senco_fits_every_year(self, name: str, start: int) -> None:
        year = AcademicYear(start)
        fortnight = span(year, "Autumn half term", date(start, 10, 19), date(start, 10, 30), urn=100001)
        on = ground(start, [fortnight], families={"CP": ("CP1", "CP2", "CP3", "CP4", "CP5"), "SP": ("SP1",)})
        found = proposed(pattern_named(name), on)
        for placed in found.placed:
            for held in placed.held:
                assert why_not_alone(on, placed.slot, held.clusters, held.day) is None

    def test_the_published_ten_and_panels(self) -> None:
        found = proposed(pattern_named("sutton"), ground(2020))
        kinds = [placed.slot.audience.kind.value for placed in found.placed]
        counts = [kinds.count(each) for each in ("conference", "single-phase", "cross-phase", "panel")]
        assert counts == [2, 5, 3, 3]
        assert all(held.day.weekday() == TUESDAY for placed in found.placed for held in placed.held)


class TestReasons:
    def test_the_point_itself(self) -> None:
        (placed,) = proposed(Pattern("", 7, (slot("one", "CP", (11, 24)),)), ground(2020)).placed
        assert placed.held[0].day == date(2020, 11, 24)
        assert (placed.why, placed.avoided) == ("its point", ())

    def test_a_holiday_is_avoided_and_named(self) -> None:
        (placed,) = proposed(Pattern("", 7, (slot("one", "CP", (10, 28)),)), ground(2020)).placed
        assert placed.held[0].day == date(2020, 11, 3)
        assert placed.why == "6 days after Wed 28 Oct 2020"
        (avoided,) = placed.avoided
        assert (avoided.rule, avoided.why) == (Rule.OPEN, "Tue 27 Oct 2020 is in a holiday (Autumn half term)")

    def test_a_school_with_two_weeks_off_is_avoided_only_for_its_own(self) -> None:
        year = AcademicYear(2020)
        more = [span(year, "Autumn half term", date(2020, 10, 19), date(2020, 10, 30), urn=100001)]
        one, other = slot("one", "CP1", (10, 20)), slot("one", "CP2", (10, 20))
        (mine,) = proposed(Pattern("", 7, (one,)), ground(2020, more)).placed
        assert mine.held[0].day == date(2020, 10, 13)
        assert mine.why == "7 days before Tue 20 Oct 2020"
        assert mine.avoided[0].why == "Tue 20 Oct 2020 is in a holiday of School 1 (Autumn half term)"
        (theirs,) = proposed(Pattern("", 7, (other,)), ground(2020, more)).placed
        assert theirs.held[0].day == date(2020, 10, 20)
        (unknown,) = proposed(Pattern("", 7, (slot("one", "SP", (10, 20)),)), ground(2020, more)).placed
        assert unknown.held[0].day == date(2020, 10, 13)  # who is in SP is not known: every school counts
        (panel,) = proposed(Pattern("", 7, (slot("one", "panel", (10, 20)),)), ground(2020, more)).placed
        assert panel.held[0].day == date(2020, 10, 20)

    def test_an_inset_day_and_a_bank_holiday(self) -> None:
        year = AcademicYear(2020)
        more = [span(year, "INSET", date(2020, 11, 24), date(2020, 11, 24), kind="inset")]
        (placed,) = proposed(Pattern("", 7, (slot("one", "CP", (11, 24), within=7),)), ground(2020, more)).placed
        assert placed.avoided[0].why == "Tue 24 Nov 2020 is an INSET day (INSET)"
        monday = slot("one", "CP", (5, 3), weekdays=(0,))
        (placed,) = proposed(Pattern("", 7, (monday,)), ground(2020)).placed
        assert "bank holiday" in placed.avoided[0].why

    def test_too_near_to_the_one_before(self) -> None:
        pattern = Pattern("", 10, (slot("one", "CP", (11, 17)), slot("two", "SP", (11, 24))))
        one, two = proposed(pattern, ground(2020)).placed
        assert [one.held[0].day, two.held[0].day] == [date(2020, 11, 17), date(2020, 12, 1)]
        assert (two.avoided[0].rule, two.avoided[0].why) == (
            Rule.APART,
            "Tue 24 Nov 2020 is within 10 days of one (Tue 17 Nov 2020)",
        )

    def test_a_day_that_leaves_none_for_what_follows(self) -> None:
        pattern = Pattern("", 10, (slot("one", "CP", (11, 17)), slot("two", "SP", (11, 24), within=0)))
        one, _ = proposed(pattern, ground(2020)).placed
        assert one.held[0].day == date(2020, 11, 10)
        assert one.avoided[0].why == "Tue 17 Nov 2020 leaves no day for a meeting that follows"

    def test_the_order_and_what_it_follows(self) -> None:
        first = slot("one", "CP", (11, 24))
        after = slot("two", "panel", (11, 26), after=("one",), days_after=7, most_days_after=14)
        _, panel = proposed(Pattern("", 7, (first, after)), ground(2020)).placed
        assert panel.held[0].day == date(2020, 12, 1)
        assert panel.avoided[0].why == "Tue 24 Nov 2020 is not after one (Tue 24 Nov 2020)"
        late = replace(after, days_after=8)
        _, panel = proposed(Pattern("", 7, (first, late)), ground(2020)).placed
        assert panel.avoided[1].why == "Tue 1 Dec 2020 is not 8 to 14 days after one (Tue 24 Nov 2020)"
        open_ended = replace(after, days_after=8, most_days_after=None)
        _, panel = proposed(Pattern("", 7, (first, open_ended)), ground(2020)).placed
        assert panel.avoided[1].why == "Tue 1 Dec 2020 is not 8 days after one (Tue 24 Nov 2020)"

    def test_a_deadline_on_a_sunday(self) -> None:
        on = ground(2020, rules={DeadlineKind.PAPERS: "9 calendar 17:00"})
        wednesday = slot("one", "CP", (11, 24), weekdays=(1, 2))
        (placed,) = proposed(Pattern("", 7, (wednesday,)), on).placed
        assert placed.held[0].day == date(2020, 11, 25)
        assert placed.avoided[0].rule is Rule.DEADLINE
        assert placed.avoided[0].why == ("for Tue 24 Nov 2020: papers go out Sun 15 Nov 2020, which is no working day")

    def test_the_decision_date(self) -> None:
        panel = slot("panel", "panel", (2, 9), decide_by=Point(2, 15))
        (placed,) = proposed(Pattern("", 7, (panel,)), ground(2020)).placed
        assert placed.held[0].day == date(2021, 1, 26)
        assert placed.avoided[0].rule is Rule.DECISION
        assert placed.avoided[0].why == (
            "for Tue 9 Feb 2021: decisions told by Tue 23 Feb 2021, after the decision date Mon 15 Feb 2021"
        )

    def test_of_two_as_near_the_weekday_named_first(self) -> None:
        either = slot("one", "CP", (11, 24), weekdays=(2, 0))
        (placed,) = proposed(Pattern("", 7, (either,)), ground(2020)).placed
        assert placed.held[0].day == date(2020, 11, 25)


class TestSpread:
    def test_clusters_share_a_week_and_their_schools_host_in_turn(self) -> None:
        week = {"weekdays": (1, 2, 3), "spread": True, "hosts": ("schools in turn",)}
        pattern = Pattern("", 7, (slot("a", "CP", (10, 14), **week), slot("b", "CP", (2, 3), **week)))
        first, second = proposed(pattern, ground(2020)).placed
        assert [(held.day.weekday(), held.clusters, held.venue) for held in first.held] == [
            (1, ("CP1",), "Avenue"),
            (2, ("CP2",), "Cedar"),
            (3, ("CP3",), ""),
        ]
        assert [held.venue for held in second.held] == ["Brook", "Cedar", ""]
        assert first.why == "the nearest week in which all can meet"

    def test_named_hosts_go_round(self) -> None:
        pattern = Pattern(
            "", 7, tuple(slot(str(month), "CP", (month, 14), hosts=("Hall", "Library")) for month in (10, 11, 1))
        )
        found = proposed(pattern, ground(2020))
        assert [placed.held[0].venue for placed in found.placed] == ["Hall", "Library", "Hall"]

    def test_a_week_with_a_closed_day_is_passed_over(self) -> None:
        year = AcademicYear(2020)
        more = [span(year, "INSET", date(2020, 10, 14), date(2020, 10, 14), urn=100003, kind="inset")]
        pattern = Pattern("", 7, (slot("a", "CP", (10, 14), weekdays=(1, 2, 3), spread=True),))
        (placed,) = proposed(pattern, ground(2020, more)).placed
        assert placed.held[0].day == date(2020, 10, 20)
        assert placed.avoided[0].rule is Rule.WEEK
        assert "School 3" in placed.avoided[0].why


class TestNoProgramme:
    def test_no_day_at_all_names_the_rule_and_the_days(self) -> None:
        found = refused(Pattern("", 7, (slot("one", "CP", (10, 27), within=0),)), ground(2020))
        assert found == Obstacle(
            ("one",),
            (Rule.NEAR, Rule.OPEN),
            "one has no Tuesday within 0 days of Tue 27 Oct 2020: Tue 27 Oct 2020 is in a holiday (Autumn half term).",
        )

    def test_no_such_weekday_at_all(self) -> None:
        found = refused(Pattern("", 7, (slot("one", "CP", (10, 14), within=0),)), ground(2020))
        assert found.why == "one has no Tuesday within 0 days of Wed 14 Oct 2020: there is none at all."

    def test_many_days_are_counted(self) -> None:
        found = refused(
            Pattern("", 7, (slot("one", "CP", (12, 29), weekdays=(0, 1, 2, 3, 4), within=4),)), ground(2020)
        )
        assert "and 3 more" in found.why

    def test_two_that_cannot_be_far_enough_apart(self) -> None:
        pattern = Pattern("", 30, (slot("far", "CP", (3, 2)), slot("one", "CP", (11, 10)), slot("two", "SP", (11, 24))))
        pattern = replace(pattern, slots=tuple(replace(each, within=3) for each in pattern.slots))
        found = refused(pattern, ground(2020))
        assert found.slots == ("one", "two")
        assert Rule.APART in found.rules
        assert found.why == (
            "These cannot all be placed, because meetings of the same people are at least 30 days apart:"
            " one (near Tue 10 Nov 2020), two (near Tue 24 Nov 2020)."
        )

    def test_a_panel_that_cannot_follow(self) -> None:
        after = slot("panel", "panel", (12, 8), after=("one",), days_after=7, most_days_after=10, within=3)
        found = refused(Pattern("", 7, (slot("one", "CP", (11, 24), within=3), after)), ground(2020))
        assert Rule.AFTER in found.rules
        assert "panel at least 7 and at most 10 days after one" in found.why
        longer = replace(after, days_after=30, most_days_after=None)
        found = refused(Pattern("", 7, (slot("one", "CP", (11, 24), within=3), longer)), ground(2020))
        assert "panel at least 30 days after one" in found.why

    def test_the_order_of_the_year(self) -> None:
        one, two = slot("one", "CP", (11, 24), within=0), slot("two", "panel", (11, 24), within=0)
        found = refused(Pattern("", 7, (one, two)), ground(2020))
        assert "they keep the order" in found.why.casefold()

    def test_no_clusters_to_spread(self) -> None:
        found = refused(Pattern("", 7, (slot("one", "CP", (11, 24), spread=True),)), ground(2020, families={}))
        assert found.why == "one: no clusters are known to spread over the week."

    def test_three_rules_together_of_which_none_alone_is_to_blame(self) -> None:
        one = slot("one", "CP", (11, 24), within=0)
        two = slot("two", "SP", (11, 24), within=0, after=("one",), days_after=2)
        found = refused(Pattern("", 7, (one, two)), ground(2020))
        assert found.slots == ("one", "two")
        assert found.rules == (Rule.NEAR,)
        assert found.why.count(";") == 2


def test_the_usual_years_are_known_to_the_ground() -> None:
    assert school_year(2026).knows_terms
    assert Audience(MeetingKind.PANEL) == audience_of("panel")
