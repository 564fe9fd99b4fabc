"""The order of an agenda: nothing lost, the same every time, whoever leaves goes out once where that can be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from senco.requests import ordering
from senco.requests.kinds import AgendaItem
from senco.requests.rules import agenda_order

ITEM = AgendaItem(
    number=0, reference="R-2222", urn=1, school="Abbey", cluster="CP1", year_group="4", needs=(), sen_status="K",
    type="individual", cost_pence=1, asked_pence=1, urgent=False, carried_over=False, submitted_on="2020-11-20",
    outcome="", level="", votes="", heard_on="",
)  # fmt: skip

items = st.lists(
    st.builds(
        lambda out, urgent, carried, school: replace(
            ITEM, out=tuple(sorted(out)), urgent=urgent, carried_over=carried, school=f"School {school}", urn=school
        ),
        st.frozensets(st.integers(1, 5), max_size=3),
        st.booleans(),
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=25,
).map(lambda found: [replace(each, reference=f"R-{number:04}") for number, each in enumerate(found)])


@given(items)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_nobody_leaves_more_often_than_before(found: list[AgendaItem]) -> None:
    order = ordering.ordered(found)
    assert sorted(each.reference for each in order) == sorted(each.reference for each in found)
    assert ordering.exits(order) <= ordering.exits(sorted(found, key=agenda_order))
    assert ordering.ordered(list(reversed(found))) == order


def test_where_near_neighbours_lead_astray_the_usual_order_is_gone_on_from() -> None:
    outs = [((1,), True), ((4,), False), ((1, 2), True), ((2, 4), True)]
    found = [
        replace(ITEM, reference=f"R-000{n}", urn=1, school="School 1", out=out, carried_over=carried)
        for n, (out, carried) in enumerate(outs)
    ]
    assert ordering.exits(ordering.ordered(found)) == ordering.exits(sorted(found, key=agenda_order)) == 3


@given(items)
@settings(max_examples=60, deadline=None)
def test_where_each_case_sends_one_out_everyone_leaves_once(found: list[AgendaItem]) -> None:
    single = [replace(each, out=each.out[:1]) for each in found]
    order = ordering.ordered(single)
    assert ordering.exits(order) == len({urn for each in single for urn in each.out})


def test_people_who_overlap_are_put_side_by_side() -> None:
    outs = [(1,), (3,), (1, 2), (2,), (2, 3)]
    order = ordering.ordered([replace(ITEM, reference=f"R-{n}", out=out) for n, out in enumerate(outs)])
    assert ordering.exits(order) == 3


def test_an_urgent_block_comes_first() -> None:
    told = [replace(ITEM, reference="R-1", out=(1,)), replace(ITEM, reference="R-2", out=(2,), urgent=True)]
    assert [each.reference for each in ordering.ordered(told)] == ["R-2", "R-1"]
    assert ordering.ordered([]) == []


def test_the_cap_keeps_places_for_urgent_cases() -> None:
    carried = [replace(ITEM, reference=f"R-C{n}", carried_over=True) for n in range(5)]
    urgent = [replace(ITEM, reference=f"R-U{n}", urgent=True) for n in range(3)]
    heard, beyond = ordering.chosen([*carried, *urgent], cap=4, urgent_places=1)
    assert {each.reference for each in heard} == {"R-U0", "R-C0", "R-C1", "R-C2"}
    assert [each.reference for each in beyond] == ["R-C3", "R-C4", "R-U1", "R-U2"]
    assert ordering.chosen(urgent, cap=0, urgent_places=2)[0] == []
