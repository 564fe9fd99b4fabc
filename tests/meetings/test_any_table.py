"""Whatever stands in a table, an import plans it or refuses it with its places; it never breaks and never guesses."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from senco.errors import BadInput
from senco.meetings.intake import read_programme
from senco.meetings.kinds import Action
from senco.meetings.planning import plan_import
from tests.meetings.books import HEADINGS, book

PIECES = st.sampled_from(
    [
        *("", "", "Autumn Term", "Half term 26-30 Oct", "Easter 1 April to 16 April", "Half term 30-26 Oct"),
        *("Tuesday 24 November 2020 2 - 4pm Venue:HAS", "Venue:HAS Tuesday 23 February 2021 2 - 4pm", "Venue: HAS"),
        *("24/11/2020", "31/11/2020", "Thursday 24 Nov 2020", "28/3/2021", "1/1/1901", "2020-11-24 00:00:00"),
        *("2 - 4pm", "4 - 2pm", "1.15 - 1.45am", "01:15 - 01:45", "14:00", "late"),
        *("CP 1-5", "SP 1-7", "Cross phase", "Conference (all clusters)", "SEN panel", "CP 9-1", "Y6", "CP1, CP1"),
        *("HAS", "need Sharing of practice", "Development of", "; : - –", "2020/21", "TBC", "£8k", "Date", "Cluster"),
    ]
)
STRANGE = st.lists(PIECES, max_size=6).map(tuple)
DAYS = st.dates(date(2020, 9, 1), date(2021, 8, 31))
SOUND = st.builds(
    lambda day, words, purpose: (f"{day:%d/%m/%Y}", "2 - 4pm", words, "HAS", purpose),
    DAYS,
    st.sampled_from(["CP 1-5", "SP 1-7", "CP2", "SEN panel", "Conference (all clusters)"]),
    st.sampled_from(["", "Development of", "need Sharing of practice"]),
)
ROWS = st.lists(st.one_of(SOUND, SOUND, SOUND, STRANGE), max_size=8)


@settings(max_examples=80, deadline=None)
@given(ROWS, st.booleans(), st.booleans())
def test_any_table_is_planned_or_refused(rows: list[tuple[str, ...]], headed: bool, date_wins: bool) -> None:
    refused: BadInput | None = None
    made = book(*([HEADINGS] if headed else []), *rows)
    try:
        programme = read_programme(made, date_wins=date_wins)
        plan = plan_import(
            programme, stored=(), holidays=(), known=("CP1",), la_code=319, at="2020-09-01T08:00:00+00:00"
        )
    except BadInput as wrong:
        refused = wrong
    if refused:
        assert refused.hint
        assert all(each.where.startswith("programme.xlsx › Dates") for each in refused.problems)
        return
    assert {each.action for each in plan.meetings} == {Action.ADDED}
    lines = [each.meeting for each in plan.meetings]
    assert len({line.reference for line in lines}) == len(lines)
    again = plan_import(
        programme,
        stored=lines,
        holidays=[each.holiday for each in plan.holidays],
        known=("CP1",),
        la_code=319,
        at="later",
    )
    assert again.changes_nothing
