"""A panel's agenda: which requests are on it, in which order, who stays out, and the workbook read back."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from senco.errors import NotFound, Refused
from senco.requests import agendas, publish
from senco.requests.kinds import Agenda, AgendaItem
from senco.store.doors import Store
from tests.requests.conftest import LATER, TODAY, judgement

Run = Callable[..., Any]
PANEL = "2020-12-08-PANEL"


def agenda(store: Store, word: str = PANEL) -> Agenda:
    with store.reading() as ask:
        return agendas.agenda(ask, word)


def raw(store: Store, sql: str, parameters: Any = ()) -> None:
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(sql, parameters)


def test_it_holds_what_is_moderated_and_undecided(add: Run, moderate: Run, take_back: Run, borough: Store) -> None:
    on, undone, decided, withdrawn, advised, waiting = (add(school="Barrow").reference for _ in range(6))
    for each in (on, undone, decided, withdrawn, advised):
        moderate(each)
    take_back(undone)
    raw(borough, LATER["decision"], {"reference": decided})
    raw(borough, LATER["withdrawn"], {"reference": withdrawn})
    raw(borough, LATER["recommendation"], {"reference": advised})
    found = agenda(borough)
    assert [each.reference for each in found.items] == [on]
    assert (found.authority, found.venue, found.cap, found.minutes, found.beyond) == ("Sutton", "HAS", 20, 10, ())
    assert waiting not in str(found)
    with borough.reading() as ask:
        assert found.seal == ask.newest_seal()


@pytest.mark.parametrize("table", ["recommendation", "decision"])
def test_a_deferred_request_comes_back(add: Run, moderate: Run, borough: Store, table: str) -> None:
    reference = add().reference
    moderate(reference)
    raw(borough, LATER[table].replace("'agreed', 350000", "'deferred', NULL"), {"reference": reference})
    assert [each.reference for each in agenda(borough).items] == [reference]


def test_it_is_ordered_so_that_everyone_leaves_once(add: Run, moderate: Run, borough: Store) -> None:
    def heard(school: str, **told: object) -> str:
        reference: str = add(school=school, **told).reference
        moderate(reference, judgement(), moderating_chair="Dorchester" if school == "Foxley" else "Foxley")
        return reference

    culvers, everly, abbey = heard("Culvers"), heard("Everly"), heard("Abbey")
    urgent = heard("Foxley", urgent=True, urgent_because="Soon")
    found = [each.reference for each in agenda(borough).items]
    assert found == [urgent, abbey, everly, culvers]
    assert [each.number for each in agenda(borough).items] == [1, 2, 3, 4]
    late = add(school="Abbey", meeting="2021-03-23-CP").reference
    moderate(late)
    assert late not in [each.reference for each in agenda(borough, "2021-01-12-PANEL").items]
    spring = agenda(borough, "2021-04-13-PANEL").items
    assert [(each.reference, each.carried_over) for each in spring] == [
        (urgent, True), (culvers, True), (abbey, True), (everly, True), (late, False),
    ]  # fmt: skip


def test_the_leads_with_an_interest_are_named_by_their_schools(add: Run, moderate: Run, borough: Store) -> None:
    """Everly's lead sits on the panel; Abbey is of the same trust, Dorchester is the host of CP1's lead."""
    moderate(add(school="Abbey").reference)
    moderate(add(school="Barrow").reference)
    moderate(add(school="Dorchester").reference, moderating_chair="Foxley")
    assert {each.school: each.interests for each in agenda(borough).items} == {
        "Abbey Primary School": ("Everly School (CP2 lead, same trust)",),
        "Barrow Junior School": (),
        "Dorchester High School": ("Dorchester High School (CP1 lead, own school)",),
    }
    raw(borough, "INSERT INTO setting VALUES (1, 'interest', 'school', '2020-09-01', '2020-09-01T08:00:00+00:00', 't')")
    assert [each.interests for each in agenda(borough).items if each.school.startswith("Abbey")] == [()]


def test_what_is_beyond_the_cap_is_named(add: Run, moderate: Run, borough: Store) -> None:
    raw(borough, "INSERT INTO setting VALUES (1, 'panel.cap', '1', '2020-09-01', '2020-09-01T08:00:00+00:00', 't')")
    first, second = add(submitted_on="2020-11-19").reference, add(school="Barrow").reference
    moderate(first), moderate(second)
    found = agenda(borough)
    assert ([each.reference for each in found.items], found.beyond) == ([first], (second,))


@pytest.mark.parametrize(
    ("word", "kind", "reference"),
    [("2020-11-24-CP", Refused, "requests.not-a-panel"), ("1999", NotFound, "meeting.unknown")],
)
def test_a_panel_is_meant(borough: Store, word: str, kind: type[Exception], reference: str) -> None:
    with pytest.raises(kind) as refused:
        agenda(borough, word)
    assert refused.value.reference == reference  # type: ignore[attr-defined] - every one of senco's errors has one


ITEM = AgendaItem(
    number=1, reference="R-7KQ4", urn=100001, school="=Abbey", cluster="CP1", year_group="4", needs=("SEMH", "SLCN"),
    sen_status="K", type="individual", cost_pence=950_000, asked_pence=350_050, urgent=False, carried_over=False,
    submitted_on="2020-11-20", outcome="below-threshold-with-plan", level="advise", votes="7-1-2",
    heard_on="2020-11-24", interests=("Everly School (CP2 lead, same trust)",),
)  # fmt: skip
AGENDA = Agenda(
    PANEL, "Sutton", "2020-12-08T14:00", "2020-12-08T16:00", "HAS", 20, 10, (ITEM,), (), "9-AAAA-BBBB-CCCC-DDDD"
)


def read_back(told: Agenda) -> Any:
    return openpyxl.load_workbook(io.BytesIO(publish.agenda_bytes(told, made_on=TODAY))).worksheets


@pytest.mark.parametrize("count", [5, 20, 60])
def test_the_workbook_reads_back_and_prints(count: int) -> None:
    items = tuple(
        replace(ITEM, number=number, urgent=number == 1, carried_over=number < 3) for number in range(1, count + 1)
    )
    sheets = read_back(replace(AGENDA, items=items, beyond=("R-2345", "R-9999")))
    assert [each.title for each in sheets] == ["Agenda", "Reasons"]
    sheet = sheets[0]
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(number for number, row in enumerate(texts) if row[0] == "No.")
    rows = texts[top + 1 : top + 1 + count]
    assert [row[0] for row in rows] == list(range(1, count + 1))
    assert rows[0][1] == "R-7KQ4\ncarried over\nURGENT"
    assert rows[1][1] == "R-7KQ4\ncarried over"
    assert rows[2][1:11] == [
        "R-7KQ4", "=Abbey (CP1)", "4", "SEMH, SLCN", "K", "individual", 9500, 3500.5,
        "below threshold, has plan\nadvise\nvotes 7-1-2", "Everly School (CP2 lead, same trust)",
    ]  # fmt: skip
    assert all(cell is None for row in rows for cell in row[11:])
    totals = texts[top + 1 + count]
    assert (totals[0], totals[7], totals[8]) == ("Total", 9500 * count, 3500.5 * count)
    above = " ".join(str(row[0]) for row in texts[:top])
    for word in (
        "Sutton",
        "Tue 8 Dec 2020, 2–4pm, HAS",
        "Apologies",
        "Declarations",
        "Minutes",
        "Matters arising",
        "Confidential",
    ):
        assert word in above
    below = " ".join(str(row[0]) for row in texts[top + count :])
    assert "R-2345, R-9999" in below
    assert sheet.print_title_rows == f"${top + 1}:${top + 1}"
    assert sheet.freeze_panes == f"C{top + 2}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape",
        9,
        1,
    )
    assert sheet.oddFooter.center.text == "Page &P of &N"
    assert "9-AAAA-BBBB-CCCC-DDDD" in sheet.oddFooter.right.text
    choices = sheet.data_validations.dataValidation[0]
    assert "agreed lower" in choices.formula1
    assert str(choices.sqref) == f"L{top + 2}:L{top + 1 + count}"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"items": ()}, "0 requests, 10 minutes for each, need 0 min."),
        ({}, "1 request, 10 minutes for each, need 10 min."),
        ({"minutes": 61}, "need 1 h 1 min."),
        ({"minutes": 180}, "need 3 h; the meeting has 2 h."),
        ({"items": ()}, "No request waits for this panel."),
        ({"venue": ""}, "Tue 8 Dec 2020, 2–4pm   ("),
        ({"beyond": ("R-2345",)}, "beyond the cap: 1 request."),
    ],
)
def test_the_paper_says_how_long_it_takes(told: dict[str, Any], said: str) -> None:
    sheet = read_back(replace(AGENDA, **told))[0]
    assert said in "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_an_item_without_votes_or_year_group() -> None:
    sheet = read_back(replace(AGENDA, items=(replace(ITEM, votes="", year_group=None, outcome="borderline"),)))[0]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "borderline\nadvise" in texts
    assert not {"mixed", "not said", "None", ITEM.year_group} & {str(each) for each in texts if each}
    group = read_back(replace(AGENDA, items=(replace(ITEM, year_group=None, type="group"),)))[0]
    assert "mixed" in [cell.value for row in group.iter_rows() for cell in row]


def test_the_same_agenda_gives_the_same_bytes() -> None:
    assert publish.agenda_bytes(AGENDA, made_on=TODAY) == publish.agenda_bytes(AGENDA, made_on=TODAY)
    assert publish.agenda_bytes(AGENDA, made_on=TODAY) != publish.agenda_bytes(AGENDA, made_on=date(2020, 11, 25))


def test_the_command_writes_and_tells(add: Run, moderate: Run, senco: Run, tmp_path: Path) -> None:
    reference = add().reference
    moderate(reference)
    out = tmp_path / "agenda.xlsx"
    ran = senco("requests", "agenda", "--panel", PANEL, "--out", out)
    assert (ran.code, reference in ran.out) == (0, True)
    assert f"Wrote {out}: 1 request." in ran.err
    first = out.read_bytes()
    assert senco("requests", "agenda", "--panel", PANEL, "--out", out, "--format", "json").code == 0
    assert out.read_bytes() == first


def test_the_command_says_what_is_carried_over(
    add: Run, moderate: Run, senco: Run, borough: Store, tmp_path: Path
) -> None:
    raw(borough, "INSERT INTO setting VALUES (1, 'panel.cap', '1', '2020-09-01', '2020-09-01T08:00:00+00:00', 't')")
    moderate(add().reference), moderate(add().reference)
    ran = senco("requests", "agenda", "--panel", PANEL, "--out", tmp_path / "agenda.xlsx")
    assert "1 request; 1 carried over beyond the cap of 1." in ran.err


def test_where_a_host_is_not_known_it_says_so(
    add: Run, moderate: Run, borough: Store, senco: Run, tmp_path: Path
) -> None:
    """Nobody who stays out is one thing; not knowing who would have to is another."""
    moderate(add().reference)
    said = "The host school of CP3 is not known, so its lead's interests could not be computed."
    assert agenda(borough).notes == (said,)
    assert said in "\n".join(str(cell.value) for row in read_back(agenda(borough))[0].iter_rows() for cell in row)
    out = tmp_path / "agenda.xlsx"
    assert said in senco("requests", "agenda", "--panel", PANEL, "--out", out).out
    raw(borough, "UPDATE appointment SET host_urn = NULL")
    assert agenda(borough).notes == (
        "The host schools of CP1, CP2 and CP3 are not known, so their leads' interests could not be computed.",
    )
    raw(borough, "UPDATE appointment SET host_urn = 100001")
    assert agenda(borough).notes == ()


def test_what_was_heard_in_the_summer_goes_to_the_autumns_panel(add: Run, moderate: Run, borough: Store) -> None:
    reference = add().reference
    moderate(reference)
    raw(
        borough,
        "INSERT INTO meeting SELECT '2021-09-14-PANEL', '2021/22', kind, title, for_all, '2021-09-14T14:00',"
        " '2021-09-14T16:00', zone, '2021-09-14T13:00:00+00:00', '2021-09-14T15:00:00+00:00', venue, purpose, status,"
        " '2021-09-14-PANEL', 0, changed_at, source, chair FROM meeting WHERE reference = '2020-12-08-PANEL'",
    )
    items = agenda(borough, "2021-09-14-PANEL").items
    assert [(each.reference, each.needs, each.carried_over) for each in items] == [(reference, ("SEMH", "SLCN"), True)]


def test_a_sitting_without_a_request_says_so_on_every_paper(borough: Store, senco: Run, tmp_path: Path) -> None:
    for words in (("--panel", PANEL), ("--meeting", "2020-11-24-CP", "--cluster", "CP1")):
        paper, book = tmp_path / "agenda.md", tmp_path / "agenda.xlsx"
        assert senco("requests", "agenda", *words, "--out", paper).code == 0
        assert senco("requests", "agenda", *words, "--out", book).code == 0
        text = paper.read_text(encoding="utf-8")
        assert "No request waits.\n" in text
        assert "Total: cost £0.00, asked £0.00." in text
        cells = [str(cell.value) for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row]
        whose = "cluster" if "--cluster" in words else "panel"
        assert f"No request waits for this {whose}." in "\n".join(cells)


def test_what_is_to_be_ratified_stands_on_the_panels_papers_and_not_on_a_clusters(
    borough: Store, senco: Run, tmp_path: Path
) -> None:
    from tests.requests.panel import decide, request

    urgent = request(borough, urgent=True, urgent_because="Soon out of school")
    decide(borough, urgent)
    paper = tmp_path / "agenda.md"
    said = f"To be ratified, decided outside a meeting: {urgent}."
    assert senco("requests", "agenda", "--panel", PANEL, "--out", paper).code == 0
    assert said in paper.read_text(encoding="utf-8")
    with borough.reading() as ask:
        cluster = agendas.cluster_agenda(ask, "2020-11-24-CP", "CP1")
    assert said not in publish.clerk_text(cluster)
    assert said in "\n".join(str(cell.value) for row in read_back(agenda(borough))[0].iter_rows() for cell in row)


def test_an_urgent_item_that_no_cluster_has_heard_is_marked(borough: Store, senco: Run, tmp_path: Path) -> None:
    from tests.requests.panel import request

    urgent = request(borough, school="Foxley", urgent=True, urgent_because="Soon out of school")
    raw(borough, "UPDATE request SET panel_reference = ?, version = version + 1", (PANEL,))
    found = agenda(borough)
    assert [each.reference for each in found.items] == [urgent]
    cells = [str(cell.value) for row in read_back(found)[0].iter_rows() for cell in row]
    assert "not heard: urgent" in cells
    assert f"{urgent}\nURGENT" in cells
    assert "The cluster found" not in publish.clerk_text(found), "nothing is said that it has not found"
    pack = tmp_path / "pack.xlsx"
    assert senco("requests", "pack", PANEL, "--for", "Dorchester", "--out", pack).code == 0
    cells = [str(cell.value) for each in openpyxl.load_workbook(pack) for row in each.iter_rows() for cell in row]
    assert "not heard: urgent" in cells


def test_a_member_of_an_empty_sitting_has_an_empty_pack(borough: Store, senco: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack.xlsx"
    ran = senco("requests", "pack", PANEL, "--for", "Everly", "--out", pack)
    assert ran.code == 0
    assert "0 items, 0 of them not shown; 0 of its own." in ran.err
    assert pack.exists()
