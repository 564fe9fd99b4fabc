"""Listing, showing, appointing, exporting; and the checks over what is stored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from senco.clusters import checks, questions
from senco.clusters.intake import read_table
from senco.errors import BadInput
from senco.sheets.reading import read_book
from tests.clusters.conftest import put_links, put_schools, school_row
from tests.clusters.test_import import FIRST, TODAY, first, members, plan  # noqa: F401 - a fixture

AT = datetime(2020, 11, 24, 9, 0, tzinfo=UTC)


def test_nothing_to_list_yet(store, senco):
    done = senco("clusters", "list")
    assert done.code == 0
    assert "senco clusters import" in done.out
    refused = senco("clusters", "show", "CP1")
    assert refused.code == 3
    assert "None is known yet" in refused.err
    assert senco("clusters", "export", "--out", "x.csv").code == 3


def test_list_and_show(first, senco):  # noqa: F811
    done = senco("clusters", "list")
    assert "Clusters 2020/21" in done.out
    assert "Cedar High School" in done.out
    told = json.loads(senco("clusters", "list", "--format", "json").out)
    assert [each["reference"] for each in told["clusters"]] == ["CP1", "CP2"]
    shown = senco("clusters", "show", "cp 1")
    assert "A. Lead" in shown.out
    assert "Eastgate Infants" in shown.out
    told = json.loads(senco("clusters", "show", "CP1", "--format", "json").out)
    assert [each["urn"] for each in told["schools"]] == [100003, 100001, 100005]
    assert told["appointments"][0]["person"] == "A. Lead"
    rows = senco("clusters", "show", "CP1", "--format", "csv").out.splitlines()
    assert rows[0].startswith("cluster,urn,name")


def test_another_year_and_another_word(first, senco):  # noqa: F811
    # Without a year the newest with clusters is meant, where the day's own has none.
    late = senco("clusters", "show", "CP1", "--as-of", "22/11/2026")
    assert (late.code, "CP1 2020/21" in late.out) == (0, True)
    other = senco("clusters", "show", "CP1", "--year", "2021/22")
    assert other.code == 3
    assert "2020/21" in other.err
    near = senco("clusters", "show", "CP3")
    assert "Did you mean" in near.err
    far = senco("clusters", "show", "Elsewhere")
    assert "2020/21 has: CP1, CP2." in far.err
    with first.reading() as ask, pytest.raises(Exception, match="no cluster") as error:
        questions.cluster_named(ask, "X", "2020/21")
    assert error.value.reference == "cluster.unknown"


def test_a_new_lead(first, senco, trail_length):  # noqa: F811
    before = trail_length()
    words = ("clusters", "lead", "CP1", "--person", "N. Lead", "--host", "Birchwood", "--from", "4/1/2021")
    done = senco(*words, "--appointed-by", "schools")
    assert (done.code, trail_length()) == (0, before + 1)
    assert done.err == "N. Lead is lead of CP1 from Mon 4 Jan 2021, hosted by Birchwood Primary School.\n"
    with first.reading() as ask:
        old, new = questions.appointments(ask, "CP1", "2020/21")
        assert (old.person, old.ends) == ("A. Lead", "2021-01-04")
        assert (new.host, new.appointed_by) == ("Birchwood Primary School", "schools")
        assert questions.cluster_named(ask, "CP1", "2020/21", date(2021, 1, 3)).lead == "A. Lead"
        assert questions.cluster_named(ask, "CP1", "2020/21", date(2021, 1, 4)).lead == "N. Lead"
        assert "N. Lead" not in "".join(ask.values("SELECT detail || subject FROM trail"))
    shown = senco("clusters", "show", "CP1", "--as-of", "1/2/2021")
    assert "before Mon 4 Jan 2021" in shown.out
    for more, said in (
        (("--from", "1/12/2020"), "began later"),
        (("--from", "1/9/2021"), "is not in 2020/21"),
    ):
        refused = senco("clusters", "lead", "CP1", "--person", "N. Lead", *more)
        assert (refused.code, said in refused.err) == (4, True)
    again = senco(*words, "--appointed-by", "schools")
    assert (again.code, again.err) == (0, "Nothing to change: N. Lead is lead of CP1 since Mon 4 Jan 2021.\n")
    assert senco(*words).err == again.err
    assert trail_length() == before + 1


def test_a_host_school_alone(first, senco, trail_length):  # noqa: F811
    before = trail_length()
    done = senco("clusters", "lead", "CP1", "--host", "Ashdown", "--from", "1/9/2020")
    assert done.err == "A. Lead is lead of CP1 from Tue 1 Sep 2020, hosted by Ashdown Primary School.\n"
    with first.reading() as ask:
        (line,) = questions.appointments(ask, "CP1", "2020/21")
    assert (line.person, line.host, line.starts, line.ends) == ("A. Lead", "Ashdown Primary School", "2020-09-01", None)
    assert senco("clusters", "lead", "CP1", "--person", "A. Lead").err.startswith("Nothing to change: A. Lead")
    assert trail_length() == before + 1
    refused = senco("clusters", "lead", "CP1", "--host", "Ashdown", "--role", "deputy", "--format", "json")
    assert refused.code == 2


def test_nobody_to_give_a_host_school_to(first):  # noqa: F811
    from senco.clusters.appointing import appoint
    from senco.clusters.kinds import AppointedBy, Role
    from senco.console.desk import Desk
    from senco.errors import WrongUse

    with pytest.raises(WrongUse) as refused:
        appoint(
            Desk(store_path=first.path, as_of=TODAY), "CP1", None,
            host=None, day=None, role=Role.DEPUTY, appointed_by=AppointedBy.UNKNOWN, year=None,
        )  # fmt: skip
    assert refused.value.reference == "appointment.nobody"


def test_a_cluster_by_the_beginning_of_its_reference_or_name(first, senco, written):  # noqa: F811
    path = written("2020-21.csv", "Cluster,School", "CP1,Cedar", "Central,Dunelm", "CP10,Birchwood")
    assert senco("clusters", "import", str(path), "--yes", "--model", "cross-phase").code == 0
    assert "CENTRAL 2020/21" in senco("clusters", "show", "cent").out
    assert "CP1 2020/21" in senco("clusters", "show", "cp1").out
    assert "CP10 2020/21" in senco("clusters", "show", "cp 10").out
    with first.reading() as ask, pytest.raises(Exception, match="can mean") as error:
        questions.cluster_named(ask, "CP", "2020/21")
    assert error.value.reference == "cluster.ambiguous"
    assert error.value.hint == "Say which: CP1, CP2, CP10."


def test_a_deputy_beside_the_lead(first, senco):  # noqa: F811
    done = senco("clusters", "lead", "CP1", "--person", "D. Puty", "--role", "deputy")
    assert done.err == "D. Puty is deputy of CP1 from Tue 24 Nov 2020.\n"
    with first.reading() as ask:
        assert [line.role for line in questions.appointments(ask, "CP1", "2020/21")] == ["lead", "deputy"]
        assert questions.cluster_named(ask, "CP1", "2020/21").lead == "A. Lead"


def test_the_refusal_of_an_appointment_by_its_reference(first, senco, monkeypatch):  # noqa: F811
    from senco.clusters import verbs
    from senco.errors import Refused

    with first.reading() as ask:
        line = questions.cluster_named(ask, "CP1", "2020/21")
    with pytest.raises(Refused) as refused, first.changing("cluster.appoint", actor="tester", at=AT) as change:
        verbs.appoint(change, line, "A. Lead", host_urn=100003, day=date(2020, 12, 1))
    assert refused.value.reference == "appointment.refused"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_comes_back_unchanged(first, senco, tmp_path, ending, trail_length):  # noqa: F811
    out = tmp_path / f"out.{ending}"
    done = senco("clusters", "export", "--out", str(out))
    assert (done.code, "6 schools in 2 clusters" in done.err) == (0, True)
    written_first = out.read_bytes()
    assert "holds just this already" in senco("clusters", "export", "--out", str(out)).err
    assert out.read_bytes() == written_first
    table = read_table(read_book(out))
    assert [each.host for each in table.clusters] == ["Cedar High School", "Dunelm Primary School"]
    made = plan(first, out)
    assert made.nothing
    assert {line.step for line in made.lines} == {"unchanged"}
    assert not [each for each in made.findings if "differ" in each.check]


def test_an_export_of_both_models(first, senco, written, tmp_path):  # noqa: F811
    path = written("2020-21.csv", "Cluster,School", "SP1,Ashdown Primary", "SP2,Cedar")
    assert senco("clusters", "import", str(path), "--yes").code == 0
    out = tmp_path / "both.xlsx"
    assert senco("clusters", "export", "--out", str(out)).code == 0
    assert openpyxl.load_workbook(out).sheetnames == ["Clusters cross-phase", "Clusters single-phase"]
    with pytest.raises(BadInput) as refused:
        read_table(read_book(out))
    assert refused.value.reference == "clusters.mixed-models"
    assert [each.cluster for each in read_table(read_book(out), model="single-phase").schools] == ["SP1", "SP2"]


def test_files_of_another_kind(first, senco, tmp_path):  # noqa: F811
    for words in (("export", "--out", "x.ods"), ("template", "--out", "x.csv")):
        assert senco("clusters", *words).code == 2
    refused = senco("clusters", "template", "--out", "x.csv")
    assert "does not end in .xlsx" in refused.err
    from senco.clusters.exporting import template
    from senco.console.desk import Desk
    from senco.errors import WrongUse

    with pytest.raises(WrongUse) as error:
        template(Desk(as_of=TODAY), tmp_path / "x.csv", None)
    assert error.value.reference == "clusters.file-kind"


def test_an_export_of_a_year_without_clusters(first, senco):  # noqa: F811
    words = ("clusters", "export", "--out", "x.csv", "--year", "2022/23")
    refused = senco(*words)
    assert refused.code == 3
    assert "There are no clusters in 2022/23" in refused.err
    from senco.clusters.exporting import export
    from senco.console.desk import Desk
    from senco.errors import NotFound

    with pytest.raises(NotFound) as error:
        export(Desk(store_path=first.path, as_of=TODAY), Path("x.csv"), "2022/23")
    assert error.value.reference == "clusters.none"


def test_a_template_filled_in_imports(small_borough, senco, tmp_path):
    out = tmp_path / "new.xlsx"
    assert "An empty cluster table for 2020/21" in senco("clusters", "template", "--out", str(out)).err
    with pytest.raises(BadInput):
        read_table(read_book(out))
    book = openpyxl.load_workbook(out)
    sheet = book["Clusters"]
    top = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "School")
    for number, row in enumerate(
        (("CP1", "Ashdown Primary", "Primary", None, "A. Lead", "Ashdown Primary"), ("CP1", "Cedar"))
    ):
        for column, value in enumerate(row, start=1):
            sheet.cell(top + 1 + number, column).value = value
    book.save(out)
    done = senco("clusters", "import", str(out), "--yes")
    assert done.code == 0, done.err
    assert members(small_borough) == {"Ashdown Primary": ("CP1", 100001), "Cedar": ("CP1", 100003)}


def found(store, day=TODAY):
    with store.reading() as ask:
        return {(each.check, each.where) for each in checks.findings(ask, day)}


def test_the_checks_find_nothing_in_good_clusters(first):  # noqa: F811
    assert found(first) == set()
    assert found(first, date(2026, 11, 22)) == set()


def test_the_checks_see_what_is_missing(first):  # noqa: F811
    put_schools(first, [school_row(urn=100040, name="Heir Primary School")])
    put_links(first, [(100001, 100040, "Successor", "Heir Primary School", "2020-10-01")])
    with first.changing("damage", actor="tester", at=AT) as change:
        change.write_many("DELETE FROM appointment WHERE person = ?", [("B. Lead",)])
        change.write_many(
            "UPDATE school SET status = 'Closed', close_date = '2020-10-01' WHERE urn = ?", [(100001,), (100003,)]
        )
        change.write_many(
            "INSERT INTO cluster (year, model, reference, name, source) VALUES ('2020/21', ?, 'CP9', 'CP9', '')",
            [("cross-phase",)],
        )
        change.record("damage")
    assert found(first) == {
        ("cluster.no-lead", "2020/21 CP2"),
        ("cluster.no-lead", "2020/21 CP9"),
        ("cluster.empty", "2020/21 CP9"),
        ("cluster.school-closed", "2020/21 CP1"),
    }
    assert ("cluster.school-closed", "2020/21 CP1") not in found(first, date(2020, 9, 30))


def test_the_checks_see_what_the_store_cannot_refuse(first):  # noqa: F811
    with first.changing("damage", actor="tester", at=AT) as change:
        change.write_many(
            "INSERT INTO membership (cluster_id, urn, nickname, joined, left_on, source)"
            " VALUES (2, ?, 'x', '2020-10-01', '2020-12-01', '')",
            [(100001,)],
        )
        change.write_many(
            "INSERT INTO appointment (cluster_id, role, person, appointed_by, starts, ends, source)"
            " VALUES (1, 'lead', 'x', 'unknown', ?, '2021-10-01', '')",
            [("2020-10-01",)],
        )
        change.record("damage")
    assert found(first) == {
        ("cluster.two-at-once", "2020/21 CP1"),
        ("cluster.two-leads-at-once", "2020/21 CP1"),
        ("cluster.outside-year", "2020/21 CP1"),
    }
