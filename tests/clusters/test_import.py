"""An import shows its plan, asks what it must, and does all of it or nothing."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, date, datetime

import openpyxl
import pytest

from senco.clusters import questions, verbs
from senco.clusters.importing import plan_of
from senco.clusters.intake import read_table
from senco.errors import Refused
from senco.sheets.reading import read_book
from tests.clusters.conftest import put_links, put_schools, school_row

TODAY = date(2020, 11, 24)
AT = datetime(2020, 11, 24, 9, 0, tzinfo=UTC)
ELM = "Elm Learning Trust"
FIRST = (
    "Cluster,School,Phase,Lead,Host school",
    "CP1,Ashdown Primary,Primary,A. Lead,Cedar",
    "CP1,Cedar,Secondary,,",
    "CP1,Eastgate Infants,Primary,,",
    "CP2,Birchwood,Primary,B. Lead,100004",
    "CP2,Dunelm,Primary,,",
    "CP2,Eastgate Junior,Primary,,",
)


def members(store, day=TODAY):
    with store.reading() as ask:
        return {line.nickname: (line.cluster, line.urn) for line in questions.all_members(ask, "2020/21", day)}


def plan(store, path, answers=None, **told):
    with store.reading() as ask:
        return plan_of(ask, read_table(read_book(path)), answers or {}, today=TODAY, **told)


@pytest.mark.usefixtures("small_borough")
def test_schools_in_no_cluster_are_one_finding_for_people(senco, written):
    path = str(written("2020-21.csv", "Cluster,School", "CP1,Cedar", "CP2,Dunelm", "CP2,Ashdown", "CP2,Birchwood"))
    done = senco("clusters", "import", path, "--dry-run")
    assert done.out.count("in no cluster") == 1
    assert "2 mainstream schools are in no cluster of the table: " in done.out
    assert "Eastgate Infants' School (100005); Eastgate Junior School (100006)" in done.out
    told = json.loads(senco("clusters", "import", path, "--dry-run", "--format", "json").out)
    found = [each["what"] for each in told["findings"] if each["check"] == "cluster.school-in-none"]
    assert found == [
        f"{name} is a mainstream school and is in no cluster of the table."
        for name in ("Eastgate Infants' School (100005)", "Eastgate Junior School (100006)")
    ]
    more = str(written("2020-21.csv", "Cluster,School", "CP1,Cedar", *(f"CP2,{name}" for name in REST[:-1])))
    assert "Eastgate Junior School (100006) is a mainstream" in senco("clusters", "import", more, "--dry-run").out


REST = ("Dunelm", "Ashdown", "Birchwood", "Eastgate Infants", "Eastgate Junior")


def test_a_column_for_each_cluster_of_a_plain_name(small_borough, senco, written):
    path = str(written("2020-21.csv", "North,South,Central", "Cedar High,Birchwood,Eastgate", "Ashdown,Dunelm Primry,"))
    done = senco("clusters", "import", path, "--yes", "--model", "cross-phase", "--leave-unsure")
    assert done.code == 0, done.err
    assert members(small_borough) == {
        "Cedar High": ("NORTH", 100003),
        "Ashdown": ("NORTH", 100001),
        "Birchwood": ("SOUTH", 100002),
        "Dunelm Primry": ("SOUTH", 100004),
    }
    refused = senco("clusters", "import", str(written("2021-22.csv", "North,South", "Tulip,Rose")), "--format", "json")
    assert json.loads(refused.err)["error"]["reference"] == "clusters.no-table"


@pytest.fixture
def first(small_borough, senco, written):
    """Give the small borough with its clusters of 2020/21 in place."""
    done = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--yes")
    assert done.code == 0, done.err
    return small_borough


def test_a_dry_run_is_the_plan_and_changes_nothing(small_borough, senco, written, trail_length):
    before = trail_length()
    done = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--dry-run")
    assert (done.code, trail_length()) == (0, before)
    assert "6 added" in done.out
    assert "dry run" in done.err
    told = json.loads(
        senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--dry-run", "--format", "json").out
    )
    assert told["plan"]["added"] == 6
    assert [each["urn"] for each in told["lines"] if each["what"] == "school"] == [
        100001,
        100003,
        100005,
        *range(100002, 100007, 2),
    ]
    assert told["unsure"] == []


def test_without_a_terminal_a_yes_is_needed(small_borough, senco, written, trail_length):
    before = trail_length()
    refused = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)))
    assert (refused.code, refused.out, trail_length()) == (4, "", before)
    assert "--yes" in refused.err


def test_the_first_import(first):
    assert members(first) == {
        "Ashdown Primary": ("CP1", 100001),
        "Cedar": ("CP1", 100003),
        "Eastgate Infants": ("CP1", 100005),
        "Birchwood": ("CP2", 100002),
        "Dunelm": ("CP2", 100004),
        "Eastgate Junior": ("CP2", 100006),
    }
    with first.reading() as ask:
        one, two = questions.clusters(ask, "2020/21", TODAY)
        assert (one.lead, one.host_urn, one.schools, one.pupils) == ("A. Lead", 100003, 3, 1250)
        assert (two.lead, two.host_urn) == ("B. Lead", 100004)
        (line,) = questions.appointments(ask, "CP1", "2020/21")
        assert (line.starts, line.ends, line.appointed_by) == ("2020-09-01", None, "unknown")
        detail = json.loads(ask.values("SELECT detail FROM trail ORDER BY number")[-1])
        assert (detail["added"], detail["leads"], detail["names"]) == (6, 2, 6)


def test_the_same_file_twice_says_so(first, senco, written, trail_length):
    before = trail_length()
    again = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)))
    assert (again.code, trail_length()) == (0, before)
    assert "Nothing to change" in again.err
    assert "6 unchanged" in again.out


def test_a_later_table_moves_ends_and_adds(first, senco, written, trail_length):
    before = trail_length()
    path = written(
        "clusters-2020-21.csv",
        "Cluster,School,Phase,Lead,Host school",
        "CP1,Ashdown,Primary,A. Lead,Ashdown",
        "CP1,Cedar,Secondary,,",
        "CP2,Eastgate Infants,Primary,C. Lead,",
        "CP2,Birchwood,Primary,,",
        "CP2,Dunelm,Primary,,",
    )
    done = senco("clusters", "import", str(path), "--yes", "--from", "4/1/2021")
    assert (done.code, trail_length()) == (0, before + 1)
    assert "moves from CP1" in done.out
    assert "the table does not name it any more" in done.out
    assert "was written 'Ashdown Primary'" in done.out
    assert "0 added, 2 changed, 1 left, 2 leads appointed" in done.err
    assert members(first, date(2021, 1, 3))["Eastgate Infants"] == ("CP1", 100005)
    later = members(first, date(2021, 1, 4))
    assert later["Eastgate Infants"] == ("CP2", 100005)
    assert "Eastgate Junior" not in later
    with first.reading() as ask:
        assert [(line.person, line.starts, line.ends) for line in questions.appointments(ask, "CP2", "2020/21")] == [
            ("B. Lead", "2020-09-01", "2021-01-04"),
            ("C. Lead", "2021-01-04", None),
        ]
        assert questions.cluster_named(ask, "cp1", "2020/21", date(2021, 1, 4)).host_urn == 100001
    # The old table again: the school comes back, the lead who was replaced does not.
    old = plan(first, written("clusters-2020-21.csv", *FIRST), holds_from=date(2021, 2, 1))
    assert [(line.written, line.step) for line in old.lines if line.step != "unchanged"] == [
        ("A. Lead", "changed"),
        ("Ashdown Primary", "changed"),
        ("Eastgate Infants", "changed"),
        ("Eastgate Junior", "added"),
    ]
    assert [each.check for each in old.findings if "lead" in each.check] == ["cluster.lead-replaced"]
    early = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--yes", "--from", "1/12/2020")
    assert early.code == 4
    assert "2021-01-04" in early.err


def test_clusters_that_a_table_does_not_name_stay(first, senco, written):
    part = str(written("2020-21.csv", "Cluster,School", "CP1,Cedar"))
    planned = senco("clusters", "import", part, "--dry-run", "--format", "json")
    told = json.loads(planned.out)
    assert [each["urn"] for each in told["lines"] if each["step"] == "left"] == [100001, 100005]
    checks = {each["check"]: each["what"] for each in told["findings"]}
    assert checks["cluster.not-in-table"] == "The table does not name CP2, which stands already."
    assert checks["cluster.emptied"] == "CP1 would lose 2 of its 3 schools."
    done = senco("clusters", "import", part, "--yes")
    assert "1 school in 1 cluster; 0 added, 0 changed, 2 left, 0 leads appointed" in done.err
    assert [name for name, (cluster, _) in members(first).items() if cluster == "CP2"] == [
        "Birchwood", "Dunelm", "Eastgate Junior",
    ]  # fmt: skip
    gone = senco("clusters", "import", part, "--others-leave", "--yes", "--format", "json")
    assert [each["cluster"] for each in json.loads(gone.out)["lines"] if each["step"] == "left"] == ["CP2"] * 3
    assert list(members(first)) == ["Cedar"]


def test_a_school_of_a_cluster_not_named_may_move(first, senco, written):
    part = str(
        written("2020-21.csv", "Cluster,School", "CP1,Cedar", "CP1,Ashdown", "CP1,Dunelm", "CP1,Eastgate Infants")
    )
    done = senco("clusters", "import", part, "--yes", "--format", "json")
    told = json.loads(done.out)
    assert [each["detail"] for each in told["lines"] if each["urn"] == 100004] == ["moves from CP2"]
    assert not [each for each in told["findings"] if each["check"] in {"cluster.emptied", "cluster.school-in-none"}]
    assert members(first)["Dunelm"] == ("CP1", 100004)


def test_a_table_of_a_year_that_is_over_says_from_when_it_holds(first, senco, written, monkeypatch):
    monkeypatch.setenv("SENCO_TODAY", "2021-10-01")
    late = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST[:-1])), "--dry-run")
    assert "Tue 31 Aug 2021, the last day of 2020/21: --from names another" in late.out


def test_a_cluster_renamed(first, senco, written):
    path = written("2020-21.csv", "Cluster,School", "CP1,Cedar", "Cross phase cluster 2,Dunelm")
    assert senco("clusters", "import", str(path), "--yes").code == 0
    with first.reading() as ask:
        assert questions.cluster_named(ask, "CP2", "2020/21").name == "Cross phase cluster 2"
        assert questions.cluster_named(ask, "Cross phase cluster 2", "2020/21").reference == "CP2"


def test_a_cluster_of_the_other_model_is_refused(first, senco, written):
    path = written("2020-21.csv", "Cluster,School", "CP1,Cedar")
    refused = senco("clusters", "import", str(path), "--yes", "--model", "single-phase")
    assert refused.code == 4
    assert "already as cross-phase clusters" in refused.err
    with pytest.raises(Refused, match="already") as error, first.reading() as ask:
        plan_of(ask, read_table(read_book(path), model="single-phase"), {}, today=TODAY)
    assert error.value.reference == "clusters.other-model"


def test_both_models_side_by_side(first, senco, written):
    path = written("2020-21.csv", "Cluster,School", "SP1,Ashdown Primary", "SP2,Cedar")
    assert senco("clusters", "import", str(path), "--yes").code == 0
    with first.reading() as ask:
        assert [line.reference for line in questions.clusters(ask, "2020/21", TODAY)] == ["CP1", "CP2", "SP1", "SP2"]
        cross = questions.cluster_of(ask, 100003, "2020/21", "cross-phase")
        single = questions.cluster_of(ask, 100003, "2020/21", "single-phase")
    assert (cross.reference, single.reference) == ("CP1", "SP2")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "1/9/2021"), "is not in 2020/21"),
        (("--year", "2020"), "not an academic year"),
        (("--answers", "none.csv"), "none.csv"),
    ],
)
def test_options_that_cannot_be(small_borough, senco, written, words, said):
    refused = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--yes", *words)
    assert refused.code in {3, 5}
    assert said in refused.err


def test_no_register_yet(store, senco, written):
    refused = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)), "--format", "json")
    assert refused.code == 5
    assert json.loads(refused.err)["error"]["reference"] == "clusters.no-register"


def test_a_register_of_another_la_names_the_setting(store, senco, written):
    put_schools(store, [school_row(urn=100001, name="Ash Primary School", la_code=382)])
    refused = senco("clusters", "import", str(written("clusters-2020-21.csv", *FIRST)))
    assert refused.code == 5
    assert "senco settings set la.code 382" in refused.err


def test_a_missing_file_and_a_day_outside_the_year(small_borough, senco, written):
    assert senco("clusters", "import", "nowhere.xlsx").code == 3
    refused = senco(
        "clusters", "import", str(written("c-2020-21.csv", *FIRST)), "--from", "2021-09-01", "--format", "json"
    )
    assert json.loads(refused.err)["error"]["reference"] == "clusters.outside-year"


def test_numbers_go_before_names(small_borough, written):
    path = written(
        "2020-21.csv",
        "Cluster,School,URN,DfE number",
        "CP1,Ashdown,100002,",
        "CP1,Cedar,100003,",
        "CP1,Quite another,,319/2004",
        "CP1,Eastgate Infants' School,,3192005",
        "CP1,Ghost,100099,",
        "CP1,Phantom,,319/9999",
        "CP1,Wraith,,nonsense",
    )
    made = plan(small_borough, path)
    assert {line.written: line.urn for line in made.lines if line.what == "school" and line.urn} == {
        "Ashdown": 100002,
        "Cedar": 100003,
        "Quite another": 100004,
        "Eastgate Infants' School": 100005,
    }
    differing = [each.where for each in made.findings if each.check == "cluster.number-and-name-differ"]
    assert differing == ["2020-21.csv › row 2, column 2", "2020-21.csv › row 4, column 2"]
    assert [line.why for line in made.unsure] == [
        "the register holds no school with the URN 100099",
        "the register holds no open schools with the DfE number 319/9999",
        "the register holds no open schools with the DfE number nonsense",
    ]
    # Numbers teach no nickname.
    assert made.naming == ()


def test_a_school_named_twice_in_one_cluster_counts_once(small_borough, written):
    made = plan(
        small_borough, written("2020-21.csv", "Cluster,School,URN", "CP1,Cedar,100003", "CP1,Cedar High,100003")
    )
    assert [(line.written, line.step) for line in made.lines if line.what == "school"] == [
        ("Cedar", "added"),
        ("Cedar High", "refused"),
    ]
    assert "cluster.named-twice" in {each.check for each in made.findings}


def test_a_school_claimed_by_two_clusters_is_asked(small_borough, senco, written):
    path = written("2020-21.csv", "Cluster,School,URN", "CP1,Cedar,100003", "CP2,Something,100003")
    made = plan(small_borough, path)
    assert [(line.written, [option.urn for option in line.options]) for line in made.unsure] == [
        ("Cedar", [100003]),
        ("Something", [100003]),
    ]
    assert "'Something' in CP2" in made.unsure[0].why
    assert "cluster.claimed-twice" in {each.check for each in made.findings}
    key, other = (("cp", 1), "cedar"), (("cp", 2), "something")
    settled = plan(small_borough, path, {key: "100003", other: "100004"})
    assert not settled.unsure
    half = plan(small_borough, path, {key: "100003"})
    assert [line.written for line in half.unsure] == ["Something"]


def test_one_school_answered_for_two_clusters(small_borough, senco, written, tmp_path):
    path = written("2020-21.csv", "Cluster,School", "CP1,Qqq", "CP2,Zzz")
    review = tmp_path / "r.xlsx"
    assert senco("clusters", "import", str(path), "--dry-run", "--review", str(review)).code == 0
    fill(review, {"Qqq": (None, 100003), "Zzz": ("100003 Cedar High School", None)})
    refused = senco("clusters", "import", str(path), "--yes", "--answers", str(review), "--format", "json")
    assert refused.code == 5
    assert json.loads(refused.err)["error"]["reference"] == "clusters.claimed-twice"


def test_one_name_for_two_schools_is_kept_by_its_cluster(small_borough, senco, written, tmp_path, trail_length):
    path = written("2020-21.csv", "Cluster,School", "CP1,Eastgate", "CP2,Eastgate")
    review = tmp_path / "r.xlsx"
    assert senco("clusters", "import", str(path), "--yes", "--review", str(review)).code == 4
    book = openpyxl.load_workbook(review)
    sheet = book["Review"]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "or its URN")
    rows = [row[0].row for row in sheet.iter_rows() if row[0].value in {"CP1", "CP2"}]
    for row, urn in zip(rows, (100005, 100006), strict=True):
        sheet.cell(row, column).value = urn
    book.save(review)
    assert senco("clusters", "import", str(path), "--yes", "--answers", str(review)).code == 0
    with small_borough.reading() as ask:
        held = [(line.cluster, line.urn) for line in questions.all_members(ask, "2020/21", TODAY)]
        assert ask.value("SELECT COUNT(*) FROM school_alias") == 0
    assert held == [("CP1", 100005), ("CP2", 100006)]
    before = trail_length()
    again = senco("clusters", "import", str(path), "--yes")
    assert (again.code, trail_length()) == (0, before)


def fill(path, answers):
    """Fill a review sheet in: by name, the choice and the URN."""
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    columns = {}
    for row in sheet.iter_rows():
        if not columns:
            found = {cell.value: cell.column for cell in row if cell.value}
            columns = found if "or its URN" in found else {}
            continue
        name = sheet.cell(row[0].row, columns["Name in the table"]).value
        if name is None:
            continue
        choice, urn = answers.get(name, (None, None))
        sheet.cell(row[0].row, columns["Your choice"]).value = choice
        sheet.cell(row[0].row, columns["or its URN"]).value = urn
    sheet.append(["Thank you"])
    book.save(path)


UNSURE = ("Cluster,School", "CP1,Cedar", "CP1,Qqq", "CP2,Zzz", "CP2,Dunelm Primary")


def test_unsure_names_are_refused_without_a_terminal(small_borough, senco, written, trail_length):
    before = trail_length()
    refused = senco("clusters", "import", str(written("2020-21.csv", *UNSURE)), "--yes", "--format", "json")
    assert (refused.code, refused.out, trail_length()) == (4, "", before)
    told = json.loads(refused.err)["error"]
    assert told["reference"] == "clusters.undecided"
    assert "'Qqq' in CP1" in told["message"]
    assert "--review" in told["hint"]
    one = senco("clusters", "import", str(written("2020-21.csv", *UNSURE[:3])), "--yes")
    assert "One name must be decided" in one.err


def test_answers_from_a_review_sheet(small_borough, senco, written, tmp_path, trail_length):
    path, review = str(written("2020-21.csv", *UNSURE)), tmp_path / "review.xlsx"
    made = senco("clusters", "import", path, "--dry-run", "--review", str(review))
    assert made.code == 0
    assert "2 names to decide on" in made.err
    fill(review, {"Qqq": ("100001 Ashdown Primary School", None), "Zzz": ("leave it out", None)})
    done = senco("clusters", "import", path, "--yes", "--answers", str(review))
    assert done.code == 0, done.err
    assert "1 refused" in done.out
    assert members(small_borough)["Qqq"] == ("CP1", 100001)
    assert "Zzz" not in members(small_borough)
    with small_borough.reading() as ask:
        assert ask.all(lambda *row: row, "SELECT alias, decided_by, source FROM school_alias WHERE urn = 100001") == [
            ("Qqq", "person", "2020-21.csv › row 3, column 2")
        ]
    before = trail_length()
    again = senco("clusters", "import", path, "--yes", "--answers", str(review))
    assert (again.code, trail_length()) == (0, before)
    none = senco("clusters", "import", str(written("2020-21.csv", *UNSURE[:3])), "--dry-run", "--review", str(review))
    assert "no review sheet was written" in none.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (("100001 Ashdown Primary School", 100002), "choice and URN differ"),
        ((None, "Ashdown"), "'Ashdown' is neither a URN"),
        ((None, 199999), "the register holds no school 199999"),
    ],
)
@pytest.mark.usefixtures("small_borough")
def test_answers_that_cannot_be_used(senco, written, tmp_path, answer, said):
    path, review = str(written("2020-21.csv", *UNSURE)), tmp_path / "review.xlsx"
    assert senco("clusters", "import", path, "--dry-run", "--review", str(review)).code == 0
    fill(review, {"Qqq": answer})
    refused = senco("clusters", "import", path, "--yes", "--answers", str(review))
    assert refused.code == 5
    assert said in refused.err
    told = senco("clusters", "import", path, "--yes", "--answers", str(review), "--format", "json")
    assert json.loads(told.err)["error"]["reference"] == "review.bad-answers"


def test_a_review_alone_is_written_and_nothing_else_is_done(small_borough, senco, written, tmp_path, trail_length):
    before, review = trail_length(), tmp_path / "review.xlsx"
    done = senco("clusters", "import", str(written("2020-21.csv", *UNSURE)), "--review", str(review))
    assert (done.code, trail_length()) == (0, before)
    assert "2 names to decide on" in done.err
    assert "Nothing changed" in done.err
    assert "Cedar High School" in done.out
    assert review.exists()


def test_each_name_offers_its_own_schools(small_borough, senco, written, tmp_path):
    path = written("2020-21.csv", "Cluster,School", "CP1,Eastgate", "CP2,Qqq", "CP2,Cedr")
    review = tmp_path / "review.xlsx"
    assert senco("clusters", "import", str(path), "--review", str(review)).code == 0
    book = openpyxl.load_workbook(review)
    sheet = book["Review"]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        listed = rule.formula1.strip('"').split(",")
        if "!" in rule.formula1:
            page, _, area = rule.formula1.partition("!")
            listed = [cell.value for row in book[page][area.replace("$", "")] for cell in row]
        for area in rule.sqref.ranges:
            for row in range(area.min_row, area.max_row + 1):
                offered[sheet.cell(row, 2).value] = listed
    schools = ["100005 Eastgate Infants' School", "100006 Eastgate Junior School", "leave it out"]
    assert offered == {
        "Eastgate": schools,
        "Qqq": ["leave it out"],
        "Cedr": ["100003 Cedar High School", "leave it out"],
    }


def test_a_review_sheet_is_a_workbook(small_borough, senco, written, tmp_path):
    out = tmp_path / "review.csv"
    refused = senco("clusters", "import", str(written("2020-21.csv", *UNSURE)), "--review", str(out))
    assert refused.code == 2
    assert "review.csv" in refused.err
    assert not out.exists()


def test_a_file_that_is_no_review_sheet(small_borough, senco, written):
    path = str(written("2020-21.csv", *UNSURE))
    refused = senco("clusters", "import", path, "--answers", path, "--format", "json")
    assert refused.code == 5
    assert json.loads(refused.err)["error"]["reference"] == "review.no-answers"


def test_leaving_unsure_names_out(first, senco, written):
    path = str(written("2020-21.csv", *FIRST[:3], "CP1,Eastgate,,,", *FIRST[4:6], "CP2,Eastgate,,,"))
    done = senco("clusters", "import", path, "--yes", "--leave-unsure")
    assert done.code == 0
    assert "left out, as answered" in done.out
    # A school that the name left out may mean keeps its place.
    assert members(first)["Eastgate Infants"] == ("CP1", 100005)
    assert members(first)["Eastgate Junior"] == ("CP2", 100006)


class Typed(io.StringIO):
    """A terminal at which these lines are typed."""

    def isatty(self) -> bool:
        return True


def test_asked_at_the_terminal(small_borough, senco, written, monkeypatch):
    path = str(written("2020-21.csv", "Cluster,School", "CP1,Cedar", "CP1,Eastgate", "CP1,Qqq", "CP2,Zzz"))
    monkeypatch.setattr(sys, "stdin", Typed("1\no\nNowhere\no\nAshdown\ns\ny\n"))
    done = senco("clusters", "import", path)
    assert done.code == 0, done.err
    assert "which school is 'Eastgate'" in done.err
    assert "There is no school 'Nowhere'" in done.err
    assert "Apply this plan?" in done.err
    assert members(small_borough) == {
        "Cedar": ("CP1", 100003),
        "Eastgate": ("CP1", 100005),
        "Qqq": ("CP1", 100001),
    }


def test_back_to_the_name_before(small_borough, senco, written, monkeypatch):
    path = str(written("2020-21.csv", "Cluster,School", "CP1,Cedar", "CP1,Eastgate", "CP2,Qqq"))
    monkeypatch.setattr(sys, "stdin", Typed("1\nb\n2\ns\ny\n"))
    done = senco("clusters", "import", path)
    assert done.code == 0, done.err
    assert done.err.count("which school is 'Eastgate'") == 2
    assert done.err.count("back to the name before") == 2
    assert members(small_borough) == {"Cedar": ("CP1", 100003), "Eastgate": ("CP1", 100006)}


def test_a_no_at_the_terminal(small_borough, senco, written, monkeypatch, trail_length):
    before = trail_length()
    monkeypatch.setattr(sys, "stdin", Typed("n\n"))
    refused = senco("clusters", "import", str(written("2020-21.csv", *FIRST)))
    assert (refused.code, trail_length()) == (4, before)


def test_a_plan_is_not_done_when_the_store_moved_on(first, written):
    made = plan(first, written("2020-21.csv", "Cluster,School", "CP1,Ashdown Primary", "CP3,Cedar"))
    other = plan(first, written("2020-21.csv", "Cluster,School", "CP1,Cedar"))
    with first.changing("clusters.import", actor="tester", at=AT) as change:
        verbs.bring_in(change, other, la_code=319)
    with pytest.raises(Refused) as refused, first.changing("clusters.import", actor="tester", at=AT) as change:
        verbs.bring_in(change, made, la_code=319)
    assert refused.value.reference == "clusters.changed-meanwhile"
    early = plan(first, written("2020-21.csv", *UNSURE))
    with pytest.raises(Refused) as refused, first.changing("clusters.import", actor="tester", at=AT) as change:
        verbs.bring_in(change, early, la_code=319)
    assert refused.value.reference == "clusters.unsure"


def test_later_changes_are_named(first, senco, written):
    assert senco("clusters", "lead", "CP1", "--person", "N. Lead", "--from", "1/3/2021").code == 0
    path = str(written("2020-21.csv", *FIRST))
    refused = senco("clusters", "import", path, "--from", "1/12/2020", "--format", "json")
    assert json.loads(refused.err)["error"]["reference"] == "clusters.later-changes"
    # Without a day, changes hold from the last one on.
    told = senco("clusters", "import", path, "--dry-run", "--format", "json")
    assert json.loads(told.out)["plan"]["holds_from"] == "2021-03-01"


def test_findings_about_schools_and_clusters(store, written):
    put_schools(
        store,
        [
            *(
                school_row(urn=100000 + number, name=f"{name} Primary School", pupils=200, trust=trust)
                for number, (name, trust) in enumerate(
                    (
                        ("Ash", ELM), ("Beech", ELM), ("Chestnut", ELM),
                        ("Damson", ""), ("Elder", ""), ("Fig", ""), ("Gorse", ""), ("Holly", ""),
                    )
                )
            ),
            school_row(urn=100020, name="Ivy Primary School", status="Closed", close_date="2020-07-31"),
            school_row(urn=100021, name="Juniper School", phase="Not applicable", type="Community special school"),
            school_row(urn=100022, name="Kale Primary School", status="Closed"),
            school_row(urn=100023, name="Larch Primary School", open_date="2021-01-01"),
            school_row(urn=100024, name="Maple Primary School", phase="Middle deemed primary"),
        ],
    )  # fmt: skip
    put_links(store, [(100003, 100004, "Successor", "Elder Primary School", None)])
    rows = [f"CP1,{name},Primary,{trust}" for name, trust in (("Ash", "ELT"), ("Beech", "Oak"), ("Chestnut", ""))]
    numbers = ["CP2,Ivy,,,100020", "CP2,Juniper,,,100021", "CP3,Kale,Secondary,,100022", "CP3,Damson,,Yew,100003"]
    path = written("2020-21.csv", "Cluster,School,Phase,MAT,URN", *(f"{row}," for row in rows), *numbers)
    found = plan(store, path).findings
    told = [(each.check, each.what) for each in found]
    assert ("cluster.trust-dominates", "Elm Learning Trust has 3 of the 3 schools of CP1.") in told
    whats = "\n".join(what for _, what in told)
    assert "the table's trust is Oak, the register has Elm Learning Trust" in whats
    assert "the table marks no trust, the register has Elm Learning Trust (the table's ELT)" in whats
    assert "the table's trust is Yew, the register names no trust" in whats
    assert "Ivy Primary School (100020) was not open when the year began: it closed on 2020-07-31." in whats
    assert "Kale Primary School (100022) was not open when the year began." in whats
    assert "Kale Primary School (100022) is a primary school" in whats
    assert "Juniper School (100021) is not a mainstream school" in whats
    checks = {check for check, _ in told}
    assert {"cluster.trust-differs", "cluster.school-not-open", "cluster.not-mainstream"} <= checks
    assert [each.name for each in plan(store, path).missing] == [
        f"{name} Primary School" for name in ("Fig", "Gorse", "Holly", "Maple")
    ]
    assert any(check == "cluster.size" and "CP1" in what for check, what in told)


def test_a_host_school_that_is_not_plain(small_borough, senco, written):
    head = "Cluster,School,Lead,Host school"
    for host, urn in (
        ("Cedar", 100003), ("100002", 100002), ("Birchwood Primary School", 100002), ("Dunelm Primary", 100004),
        ("Somewhere", None), ("199999", None),
    ):  # fmt: skip
        made = plan(small_borough, written("2020-21.csv", head, f"CP1,Cedar,A. Lead,{host}"))
        assert made.appointing[0].host_urn == urn, host
        assert ("cluster.host-unknown" in {each.check for each in made.findings}) is (urn is None)


def test_a_host_school_by_a_known_name(first, written):
    made = plan(first, written("2020-21.csv", "Cluster,School,Lead,Host school", "CP9,Cedar,A. Lead,Birchwood"))
    assert made.appointing[0].host_urn == 100002


def test_a_known_name_whose_school_was_split(first, written):
    put_schools(first, [school_row(urn=100031, name="Cedar Upper"), school_row(urn=100032, name="Cedar Lower")])
    put_links(
        first,
        [
            (100003, 100031, "Successor", "Cedar Upper", "2021-06-01"),
            (100003, 100032, "Successor", "Cedar Lower", "2021-06-01"),
        ],
    )
    with first.changing("register.put", actor="tester", at=AT) as change:
        change.write_many("UPDATE school SET status = 'Closed', close_date = ? WHERE urn = ?", [("2021-05-31", 100003)])
        change.record("school register")
    made = plan(first, written("2021-22.csv", "Cluster,School", "CP1,Cedar"))
    assert [option.urn for option in made.unsure[0].options] == [100031, 100032]
    assert made.unsure[0].why == "the school of this name has become several"
