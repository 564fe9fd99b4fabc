"""The published table of 2020/21, in every form it goes about in, reaches the right schools."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from senco.clusters import questions
from senco.clusters.importing import plan_of
from senco.clusters.intake import read_table
from senco.clusters.kinds import How, Step
from senco.clusters.resolving import SKIP
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.clusters.conftest import published_schools, put_schools, school_row
from tests.sources import DATA, TABLE, published_text_path

FORMS = ("sutton-2020-21-clusters.xlsx", "sutton-2020-21-clusters.tsv", "text")
RIGHT = {(place.cluster, place.nickname): place.urn for place in TABLE}
LEADS = ["Anna Huzzey", "Natalie Robins", "Sarah Wilson", "Emily Kenny", "Sarah Pearson"]
NAMESAKES = Path(__file__).resolve().parents[1] / "schools" / "namesakes.csv"
TODAY = date(2020, 11, 24)
AT = datetime(2020, 11, 24, 9, 0, tzinfo=UTC)


def path_of(form):
    if form != "text":
        return DATA / form
    path = published_text_path()
    if path is None:
        pytest.skip("the document as published is not beside the repository")
    return path


def planned(store: Store, path, **told):
    with store.reading() as ask:
        return plan_of(ask, read_table(read_book(path), **told), {}, today=TODAY)


def judge(plan) -> tuple[int, list[str]]:
    """Count the names taken without asking, and list the wrong ones."""
    taken = [line for line in plan.lines if line.what == "school" and line.urn is not None]
    wrong = [line.written for line in taken if RIGHT[line.cluster, line.written] != line.urn]
    return len(taken), wrong


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form):
    table = read_table(read_book(path_of(form)))
    assert {(each.cluster, each.text) for each in table.schools} == set(RIGHT)
    assert Counter(each.cluster for each in table.schools) == {"CP1": 11, "CP2": 12, "CP3": 9, "CP4": 11, "CP5": 12}
    assert [(each.reference, each.lead) for each in table.clusters] == [
        (f"CP{number}", lead) for number, lead in enumerate(LEADS, start=1)
    ]
    assert (table.year, table.model) == ("2020/21", "cross-phase")
    assert {place.heading for place in TABLE} >= {each.phase for each in table.schools}
    (contradiction,) = table.findings
    assert contradiction.check == "cluster.heading-contradicts-rows"
    assert "Single Phase Model" in contradiction.what
    assert "CP1 to CP5" in contradiction.what
    assert any("opportunity bases" in note for note in table.notes)


@pytest.mark.parametrize("form", FORMS)
def test_fifty_without_asking_and_none_wrong(borough, form):
    plan = planned(borough, path_of(form))
    taken, wrong = judge(plan)
    assert wrong == []
    assert taken >= 50
    # Every name that is asked has the right school among its candidates.
    for line in plan.unsure:
        assert RIGHT[line.cluster, line.written] in {option.urn for option in line.options}
        assert line.why
        assert line.where


def test_namesakes_of_other_boroughs_change_nothing(borough):
    known = {row[0] for row in published_schools()}
    with NAMESAKES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["urn"]) not in known]
    numbers = ("urn", "la_code", "low_age", "high_age")
    put_schools(
        borough,
        [
            school_row(
                **{name: (int(text) if text else None) if name in numbers else text for name, text in row.items()}
            )
            for row in rows
        ],
    )
    taken, wrong = judge(planned(borough, path_of(FORMS[0])))
    assert wrong == []
    assert taken >= 50


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_rows_change_nothing(borough, tmp_path, seed):
    """The rows of each block, and the blocks, in another order; lead and cluster still stand in the first row alone."""
    shuffle = random.Random(seed)  # noqa: S311 - a shuffle that can be had again
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Clusters 2020/21"])
    sheet.append(["Lead Cluster SENCO", "Clusters", "Secondary", "Primary"])
    clusters = sorted({place.cluster for place in TABLE})
    shuffle.shuffle(clusters)
    for cluster in clusters:
        inside = [place for place in TABLE if place.cluster == cluster]
        shuffle.shuffle(inside)
        for number, place in enumerate(inside):
            names = (place.nickname, None) if place.heading == "Secondary" else (None, place.nickname)
            sheet.append([place.lead if number == 0 else None, cluster if number == 0 else None, *names])
    path = tmp_path / "shuffled.xlsx"
    book.save(path)
    taken, wrong = judge(planned(borough, path))
    assert wrong == []
    assert taken >= 50


def test_the_findings_of_the_published_workbook(borough):
    plan = planned(borough, DATA / FORMS[0])
    told = {(each.check, each.where.rpartition("!")[2]) for each in plan.findings}
    assert ("cluster.heading-contradicts-rows", "A1") in told
    assert ("cluster.phase-differs", "C17") in told
    assert ("cluster.school-replaced", "E10") in told
    replaced = next(each for each in plan.findings if each.check == "cluster.school-replaced")
    assert "148350" in replaced.what
    assert not [each for each in plan.findings if each.check == "cluster.school-in-none"]
    asked = next(line for line in plan.unsure if line.written == "Highview")
    assert "stood under Secondary" in asked.why


def test_the_whole_way_with_a_review_sheet(borough, senco, tmp_path, trail_length):
    source, review = str(DATA / FORMS[0]), str(tmp_path / "review.xlsx")
    before = trail_length()
    refused = senco("clusters", "import", source, "--yes", "--review", review)
    assert refused.code == 4
    assert refused.out == ""
    assert "--answers" in refused.err
    assert trail_length() == before
    book = openpyxl.load_workbook(review)
    sheet = book["Review"]
    headings = next(row for row in sheet.iter_rows() if any(cell.value == "or its URN" for cell in row))
    columns = {cell.value: cell.column for cell in headings}
    for row in range(headings[0].row + 1, sheet.max_row + 1):
        name = sheet.cell(row, columns["Name in the table"]).value
        cluster = sheet.cell(row, columns["Cluster"]).value
        sheet.cell(row, columns["or its URN"]).value = RIGHT[cluster, name]
    book.save(review)
    done = senco("clusters", "import", source, "--yes", "--answers", review)
    assert (done.code, trail_length()) == (0, before + 1)
    assert "55 schools in 5 clusters" in done.err
    with borough.reading() as ask:
        held = {(line.cluster, line.nickname): line.urn for line in questions.all_members(ask, "2020/21", TODAY)}
        assert [line.lead for line in questions.clusters(ask, "2020/21", TODAY)] == LEADS
        by = Counter(ask.values("SELECT decided_by FROM school_alias"))
        trail = "\n".join(ask.values("SELECT detail FROM trail"))
    assert held == RIGHT
    assert by["person"] + by["match"] == 55
    assert not [lead for lead in LEADS if lead in trail]
    # Every form of the table, a second time: nothing to ask, nothing to change, nothing for the trail.
    for form in FORMS:
        if form == "text" and published_text_path() is None:
            continue
        again = senco("clusters", "import", str(path_of(form)), "--yes")
        assert again.code == 0
        assert "Nothing to change" in again.err
    assert trail_length() == before + 1


def test_show_for_machines(borough, senco):
    assert senco("clusters", "import", str(DATA / FORMS[0]), "--yes", "--leave-unsure").code == 0
    told = json.loads(senco("clusters", "show", "CP1", "--format", "json").out)
    assert told["as_of"] == "2020-11-24"
    assert told["cluster"]["reference"] == "CP1"
    assert told["cluster"]["lead"] == "Anna Huzzey"
    assert {each["urn"] for each in told["schools"]} == {place.urn for place in TABLE if place.cluster == "CP1"}


def test_a_school_replaced_within_the_year_is_in_its_cluster(borough, senco):
    assert senco("clusters", "import", str(DATA / FORMS[0]), "--yes", "--leave-unsure").code == 0
    put_schools(borough, [school_row(urn=148350, name="Beddington Park Academy", open_date="2020-11-01")])
    with borough.reading() as ask:
        line = questions.cluster_of(ask, 148350, "2020/21", "cross-phase")
        nobody = questions.cluster_of(ask, 102956, "2020/21", "cross-phase")
    assert line is not None
    assert line.reference == "CP2"
    assert nobody is None


def test_a_name_known_from_before_is_followed_to_its_successor(borough, senco, tmp_path, written):
    assert senco("clusters", "import", str(DATA / FORMS[0]), "--yes", "--leave-unsure").code == 0
    put_schools(borough, [school_row(urn=148350, name="Beddington Park Academy", open_date="2020-11-01")])
    with borough.changing("register.put", actor="tester", at=AT) as change:
        change.write_many("UPDATE school SET status = 'Closed', close_date = ? WHERE urn = ?", [("2020-10-31", 141891)])
        change.record("school register")
    later = written("clusters-2021-22.csv", "Cluster,School", "CP2,Beddington Park", "CP2,Holy Trinity")
    plan = planned(borough, later)
    assert {line.written: line.urn for line in plan.lines if line.what == "school"} == {
        "Beddington Park": 148350,
        "Holy Trinity": 102991,
    }


def test_typing_errors_are_never_taken_wrongly(borough, tmp_path, written):
    """A letter doubled or dropped in each of ten names: asking is allowed, a wrong school is not."""
    slips = random.Random(20)  # noqa: S311 - slips that can be had again
    places = list(TABLE)
    spoilt = {}
    for place in slips.sample(places, 10):
        at = slips.randrange(1, len(place.nickname))
        spoilt[place] = place.nickname[:at] + place.nickname[at + 1 :]
    lines = [f"{place.cluster},{spoilt.get(place, place.nickname)},{place.heading}" for place in places]
    path = written("clusters-2020-21.csv", "Cluster,School,Phase", *lines)
    right = {(place.cluster, spoilt.get(place, place.nickname)): place.urn for place in places}
    for line in planned(borough, path).lines:
        if line.what == "school" and line.urn is not None:
            assert right[line.cluster, line.written] == line.urn


def test_steps_are_told_apart():
    assert [step.value for step in Step] == ["added", "changed", "unchanged", "left", "unsure", "refused"]
    assert How.SKIPPED.value == "skipped"
    assert SKIP == "skip"
