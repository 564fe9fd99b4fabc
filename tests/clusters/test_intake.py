"""A cluster table is found by its headings, whatever its layout; anything else is refused with the shape expected."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from senco.clusters.headings import Heading, begins_key, heading_of
from senco.clusters.intake import read_table
from senco.clusters.kinds import AsSchool
from senco.errors import BadInput
from senco.sheets.kinds import Book, Cell, Sheet
from senco.sheets.reading import read_book


def read(path, **told):
    return read_table(read_book(path), **told)


def told(table):
    return [(each.cluster, each.text, each.phase) for each in table.schools]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_school_a_row(written):
    path = written(
        "clusters 2021-22.csv",
        "Cluster,School name,Phase,Cluster lead,Host school,URN,Head teacher",
        "CP1,Ashdown,Primary,A. Lead,Cedar,100001,somebody",
        "CP1,Cedar,Secondary,,,100003,",
        "CP 2,Dunelm,,B. Lead,,,",
        ",Birchwood,Primary,,,,",
        "Total,4,,,,,",
    )
    table = read(path)
    assert told(table) == [
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Cedar", "Secondary"),
        ("CP2", "Dunelm", None),
        ("CP2", "Birchwood", "Primary"),
    ]
    assert [(each.reference, each.lead, each.host) for each in table.clusters] == [
        ("CP1", "A. Lead", "Cedar"),
        ("CP2", "B. Lead", ""),
    ]
    assert [each.urn for each in table.schools] == ["100001", "100003", "", ""]
    assert table.schools[0].place == "clusters 2021-22.csv › row 2, column 2"
    assert table.year == "2021/22"


def test_a_list_for_each_cluster_under_its_name(tmp_path):
    rows = [
        ["SENCO clusters 2022/23"],
        [],
        ["CP1 - Lead: A. Lead"],
        ["Host school: Cedar"],
        ["School", "Phase"],
        ["Ashdown", "Primary"],
        ["Cedar", "Secondary"],
        [],
        ["Cluster CP2 (lead B. Lead)"],
        ["School", "Phase"],
        ["Dunelm", "Primary"],
        ["CP3"],
        ["Lead: C. Lead"],
        ["Eastgate Infants", "Primary"],
        [],
        ["Eastgate Junior", "Primary"],
        [],
        ["Last looked over by the service in the spring, and again before the summer holidays began."],
    ]
    table = read(workbook(tmp_path / "lists.xlsx", Everything=rows))
    assert told(table) == [
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Cedar", "Secondary"),
        ("CP2", "Dunelm", "Primary"),
        ("CP3", "Eastgate Infants", "Primary"),
        ("CP3", "Eastgate Junior", "Primary"),
    ]
    assert [each.lead for each in table.clusters] == ["A. Lead", "B. Lead", "C. Lead"]
    assert table.clusters[0].host == "Cedar"
    assert table.year == "2022/23"


def test_a_list_ends_at_a_line_that_is_none_of_it(tmp_path):
    rows = [
        ["CP1"],
        ["School", "Phase"],
        ["Ashdown", "Primary"],
        [],
        [None, None, "Printed on Monday"],
        ["Not", "this"],
    ]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", A=rows))) == [("CP1", "Ashdown", "Primary")]


def test_a_sheet_for_each_cluster(tmp_path):
    path = workbook(
        tmp_path / "2020-21.xlsx",
        CP1=[["Secondary", "Primary"], ["Cedar", "Ashdown"], [None, "Birchwood"]],
        CP2=[["School"], ["Dunelm"]],
        Notes=[["Nothing to see"]],
    )
    assert told(read(path)) == [
        ("CP1", "Cedar", "Secondary"),
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Birchwood", "Primary"),
        ("CP2", "Dunelm", None),
    ]


def test_sheets_with_names_of_the_boroughs_own(tmp_path):
    path = workbook(
        tmp_path / "2020-21.xlsx", North=[["School", "Phase"], ["Cedar"]], South_West=[["School"], ["Dunelm"]]
    )
    table = read(path, model="cross-phase")
    assert [(each.reference, each.name) for each in table.clusters] == [
        ("NORTH", "North"),
        ("SOUTH-WEST", "South West"),
    ]
    with pytest.raises(BadInput) as refused:
        read(path)
    assert refused.value.reference == "clusters.no-model"
    assert "--model" in refused.value.hint


def test_a_list_of_schools_alone_is_no_cluster_table(tmp_path):
    for name in ("Sheet1", "Ours"):
        path = workbook(tmp_path / "2020-21.xlsx", **{name: [["School", "Phase"], ["Cedar", "Secondary"]]})
        with pytest.raises(BadInput) as refused:
            read(path)
        assert refused.value.reference == "clusters.no-table"


def test_a_column_for_each_cluster(written):
    path = written(
        "2020-21.csv",
        ",Cluster 1,Cluster 2",
        "Lead,A. Lead,B. Lead",
        "Host school,Cedar,",
        "Secondary,Cedar,Hill High",
        "Primary,Ashdown,Dunelm",
        ",Birchwood,Host: Dunelm",
        ",3,2",
    )
    table = read(path, model="single-phase")
    assert told(table) == [
        ("SP1", "Cedar", "Secondary"),
        ("SP2", "Hill High", "Secondary"),
        ("SP1", "Ashdown", "Primary"),
        ("SP2", "Dunelm", "Primary"),
        ("SP1", "Birchwood", "Primary"),
    ]
    assert [(each.lead, each.host) for each in table.clusters] == [("A. Lead", "Cedar"), ("B. Lead", "Dunelm")]


def test_lists_side_by_side_with_their_phases(tmp_path):
    rows = [
        ["SENCO clusters 2020/21"],
        ["Cluster 1: Hill", None, "Cluster 2: Vale", None],
        ["School", "Phase", "School", "Phase"],
        ["Cedar", "Secondary", "Ashdown", "Primary"],
        ["Birchwood", None, "Dunelm", "Primary"],
    ]
    table = read(workbook(tmp_path / "beside.xlsx", A=rows), model="cross-phase")
    assert told(table) == [
        ("CP1", "Cedar", "Secondary"),
        ("CP2", "Ashdown", "Primary"),
        ("CP1", "Birchwood", None),
        ("CP2", "Dunelm", "Primary"),
    ]
    assert [each.name for each in table.clusters] == ["Cluster 1: Hill", "Cluster 2: Vale"]


def test_columns_of_clusters_one_below_the_other(tmp_path):
    rows = [["CP1", "CP2"], ["Ashdown", "Dunelm"], [], ["CP3", "CP4"], ["Cedar", "Birchwood"], ["Key", "x"]]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", A=rows))) == [
        ("CP1", "Ashdown", None),
        ("CP2", "Dunelm", None),
        ("CP3", "Cedar", None),
        ("CP4", "Birchwood", None),
    ]


def test_several_schools_in_one_cell_and_a_merged_one(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Clusters 2020-21"
    for row in (
        ["Cluster", "Schools", None, "Lead"],
        [None, "Secondary", "Primary", None],
        ["CP1", "Cedar", "Ashdown\nBirchwood; Dunelm", "A. Lead"],
        [None, None, "Eastgate", None],
        ["CP2", "Hill High", None, "B. Lead"],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "merged.xlsx")
    assert told(read(tmp_path / "merged.xlsx")) == [
        ("CP1", "Cedar", "Secondary"),
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Birchwood", "Primary"),
        ("CP1", "Dunelm", "Primary"),
        ("CP1", "Eastgate", "Primary"),
        ("CP2", "Hill High", "Secondary"),
    ]


def test_headings_repeated_on_a_later_page(written):
    path = written(
        "2020-21.tsv", "Clusters\tPrimary\tPrimary", "CP1\tAshdown\tDunelm", "Clusters\tPrimary\tPrimary", "\tBirchwood"
    )
    assert told(read(path)) == [
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Dunelm", "Primary"),
        ("CP1", "Birchwood", "Primary"),
    ]


def test_columns_before_the_headings_and_headings_that_belong_together(tmp_path):
    rows = [
        ["Notes", "Cluster", "School"],
        ["Year", "Model"],
        ["x", "CP1", "Ashdown"],
        ["Lead", "URN"],
        ["Phase", "Trust"],
    ]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", A=rows), model="cross-phase"))[-1] == ("CP1", "Ashdown", None)
    rows = [["Cluster", "Lead"], ["Year", "Model"], ["note", "Cluster", "Primary"], ["early", "CP1", "Ashdown"]]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", A=rows))) == [("CP1", "Ashdown", "Primary")]


def test_rows_before_any_cluster_are_not_read(written):
    path = written("2020-21.csv", "Cluster,School", ",Ashdown", "CP1,Cedar")
    assert told(read(path)) == [("CP1", "Cedar", None)]


def test_a_gap_ends_a_table_with_a_column_of_clusters(written):
    path = written(
        "2020-21.txt", "Some prose above.", "Cluster\tSchool", "CP1\tAshdown", "", "CP2\tCedar", "", "\tPage 2"
    )
    assert told(read(path)) == [("CP1", "Ashdown", None), ("CP2", "Cedar", None)]


@pytest.mark.parametrize("heading", ["Notes", "Comments", "E-mail", "Contact", "Phone no.", "SENCO name", "Whatever"])
def test_a_column_of_something_else_holds_no_schools(tmp_path, heading):
    rows = [
        ["Cluster", "Secondary schools", "Primary schools", heading, None],
        ["CP1", "Cedar", "Ashdown", "see email", "x"],
        [None, None, "Birchwood", "see email"],
    ]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", A=rows))) == [
        ("CP1", "Cedar", "Secondary"),
        ("CP1", "Ashdown", "Primary"),
        ("CP1", "Birchwood", "Primary"),
    ]


def test_columns_of_contacts_beside_a_list(tmp_path):
    rows = [["Secondary", "Primary", "Email", "Phone"], ["Cedar", "Ashdown", "a@b.example", "020"]]
    assert told(read(workbook(tmp_path / "2020-21.xlsx", CP1=rows))) == [
        ("CP1", "Cedar", "Secondary"),
        ("CP1", "Ashdown", "Primary"),
    ]


@pytest.mark.parametrize(
    "remark", ["* schools in italics are under review", "NB: two schools may move", "(as agreed)", "Last seen in May"]
)
def test_a_remark_below_a_table_is_no_cluster(tmp_path, remark):
    rows = [["Cluster", "School"], ["CP1", "Ashdown"], ["CP2", "*Cedar"], [], [remark]]
    table = read(workbook(tmp_path / "2020-21.xlsx", A=rows))
    assert [each.reference for each in table.clusters] == ["CP1", "CP2"]
    assert [each.text for each in table.schools] == ["Ashdown", "*Cedar"]
    assert any("A5" in note for note in table.notes)


def test_a_remark_among_columns_of_clusters(tmp_path):
    rows = [["CP1", "CP2"], ["Ashdown", "Dunelm"], ["* in italics: under review"], ["Contact", "x"], ["TBC", "Cedar"]]
    table = read(workbook(tmp_path / "2020-21.xlsx", A=rows))
    assert told(table) == [
        ("CP1", "Ashdown", None),
        ("CP2", "Dunelm", None),
        ("CP2", "Cedar", None),
    ]
    beside = [[None, "CP1", "CP2"], ["Primary", "Ashdown", "Dunelm"], ["Phone", "020 1", "020 2"]]
    assert [each.text for each in read(workbook(tmp_path / "2021-22.xlsx", A=beside)).schools] == ["Ashdown", "Dunelm"]


def test_an_empty_cluster_is_one_when_it_is_named_as_one_or_has_a_lead(written):
    path = written("2020-21.csv", "Cluster,School,Lead", "North,Ashdown,", "CP6,,", "East,,A. Lead", "West,,")
    table = read(path, model="cross-phase")
    assert [each.reference for each in table.clusters] == ["CP6", "EAST", "NORTH"]


@pytest.mark.parametrize("nobody", ["vacant", "TBC", "tba", "n/a", "-", "Vacancy", "(to be confirmed)", "?"])
def test_a_vacant_post_is_a_finding_and_nobody(written, nobody):
    path = written(
        "2020-21.csv", "Cluster,School,Lead,Host school", f"CP1,Ashdown,{nobody},{nobody}", f"CP1,Cedar,{nobody},"
    )
    table = read(path)
    assert (table.clusters[0].lead, table.clusters[0].host) == ("", "")
    (finding,) = table.findings
    assert (finding.check, finding.where) == ("cluster.lead-vacant", "2020-21.csv › row 2, column 3")
    assert nobody in finding.what


def test_a_lead_with_a_remark_in_brackets(written):
    path = written(
        "2020-21.csv", "Cluster,School,Lead", "CP1,Ashdown,Ann Lee (maternity cover: Bob)", "CP1,Cedar,Ann Lee"
    )
    table = read(path)
    assert table.clusters[0].lead == "Ann Lee"
    (finding,) = table.findings
    assert finding.check == "cluster.lead-remark"
    assert "(maternity cover: Bob)" in finding.what


def as_schools(*sure, like=()):
    """Tell schools of a register by their names alone."""
    return lambda texts: [
        AsSchool.SURE if text in sure else AsSchool.LIKE if text in like else AsSchool.UNLIKE for text in texts
    ]


PLAIN = [
    ["SENCO clusters 2020/21"],
    ["North", "South", "Notes"],
    ["Ashdown", "Cedar", "x"],
    ["Birchwood", "Dunelm"],
    ["* to be looked at in May"],
]


def test_a_column_for_each_cluster_of_a_plain_name(tmp_path):
    path = workbook(tmp_path / "plain.xlsx", A=PLAIN)
    with pytest.raises(BadInput) as refused:
        read(path, model="cross-phase")
    assert refused.value.reference == "clusters.no-table"
    table = read(path, model="cross-phase", known=as_schools("Ashdown", "Cedar", "Dunelm", like=["Birchwood"]))
    assert told(table) == [
        ("NORTH", "Ashdown", None),
        ("SOUTH", "Cedar", None),
        ("NORTH", "Birchwood", None),
        ("SOUTH", "Dunelm", None),
    ]
    assert table.year == "2020/21"


@pytest.mark.parametrize(
    "known",
    [
        as_schools("Ashdown", "Cedar", "Dunelm"),  # half of a column is like no school
        as_schools("Ashdown", "Birchwood", "Cedar", "Dunelm", "North"),  # the headings may be schools themselves
        as_schools(),
    ],
)
def test_columns_that_are_not_plainly_of_schools(tmp_path, known):
    with pytest.raises(BadInput) as refused:
        read(workbook(tmp_path / "plain.xlsx", A=PLAIN), model="cross-phase", known=known)
    assert refused.value.reference == "clusters.no-table"


def test_a_column_without_schools_is_no_cluster(tmp_path):
    rows = [["North", "South"], ["Ashdown", None], ["Cedar", "-"]]
    with pytest.raises(BadInput):
        read(workbook(tmp_path / "2020-21.xlsx", A=rows), model="cross-phase", known=as_schools("Ashdown", "Cedar"))


def test_a_table_with_headings_alone_says_so(written):
    with pytest.raises(BadInput) as refused:
        read(written("2020-21.csv", "Cluster,School,Lead", ",,"))
    assert refused.value.reference == "clusters.no-rows"
    assert "2020-21.csv › row 1" in refused.value.message


def test_two_leads_are_a_finding(written):
    path = written("2020-21.csv", "Cluster,School,Lead", "CP1,Ashdown,A. Lead", "CP1,Cedar,B. Lead")
    table = read(path)
    assert [each.check for each in table.findings] == ["cluster.two-leads"]
    assert table.clusters[0].lead == "A. Lead"
    assert "A. Lead" not in table.findings[0].what


def test_the_key_of_trusts(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Clusters 2020/21"],
        ["Cluster", "Primary"],
        ["CP1", "Ashdown"],
        [None, "Birchwood"],
        [None, "Dunelm"],
        [None, "Eastgate"],
        [],
        ["Key to trusts"],
        ["Elm Trust"],
        [None, "Oak"],
        ["Ash"],
        ["Yew"],
    ):
        sheet.append(row)
    for address, colour in (
        ("B3", "FF0000"), ("A9", "FF0000"), ("B4", "00FF00"), ("A10", "00FF00"), ("B5", "0000FF"), ("A11", "0000FF"),
        ("A12", "0000FF"), ("C12", "ABCDEF"),
    ):  # fmt: skip
        sheet[address].fill = PatternFill("solid", fgColor=colour)
    book.save(tmp_path / "key.xlsx")
    table = read(tmp_path / "key.xlsx")
    assert [each.trust for each in table.schools] == ["Elm Trust", "Oak", "", ""]
    assert any("one colour stands for several trusts" in note for note in table.notes)


def test_a_column_of_trusts_goes_before_colours(written):
    table = read(written("2020-21.csv", "Cluster,School,MAT", "CP1,Ashdown,Elm", "CP1,Cedar,"))
    assert [each.trust for each in table.schools] == ["Elm", ""]


def test_the_year_is_said_once_or_asked(written):
    lines = ("Cluster,School", "CP1,Ashdown")
    with pytest.raises(BadInput) as refused:
        read(written("clusters.csv", *lines))
    assert (refused.value.reference, "--year" in refused.value.hint) == ("clusters.no-year", True)
    assert read(written("clusters.csv", *lines), year="2024/25").year == "2024/25"
    with pytest.raises(BadInput) as refused:
        read(written("clusters 2020-21 and 2021-22.csv", *lines))
    assert "2020/21, 2021/22" in refused.value.message
    assert read(written("a.csv", "Year,Cluster,School", "2023/24,CP1,Ashdown")).year == "2023/24"


def test_the_model_of_rows_goes_before_the_heading(written):
    lines = ("Single phase clusters 2020/21", "Cluster\tSchool", "CP1\tAshdown")
    table = read(written("a.txt", *lines))
    assert table.model == "cross-phase"
    assert table.findings[0].what.endswith("but the rows are CP1.")
    overruled = read(written("a.txt", *lines), model="single-phase")
    assert (overruled.model, overruled.findings) == ("single-phase", ())
    assert read(written("b.txt", lines[0], lines[1], "North\tAshdown")).model == "single-phase"


def test_the_model_of_bare_numbers(written):
    with pytest.raises(BadInput) as refused:
        read(written("2020-21.csv", "Cluster,School", "1,Ashdown"))
    assert refused.value.reference == "clusters.no-model"
    assert told(read(written("2020-21.csv", "Cluster,School,Model", "1,Ashdown,cross-phase")))[0][0] == "CP1"


def test_both_models_in_one_file_are_taken_one_after_the_other(written):
    path = written("2020-21.csv", "Cluster,School", "CP1,Ashdown", "SP1,Ashdown", "SP2,Cedar")
    with pytest.raises(BadInput) as refused:
        read(path)
    assert refused.value.reference == "clusters.mixed-models"
    table = read(path, model="single-phase")
    assert told(table) == [("SP1", "Ashdown", None), ("SP2", "Cedar", None)]
    assert "CP1" in table.notes[0]


def test_one_cluster_under_two_spellings(tmp_path):
    path = workbook(tmp_path / "2020-21.xlsx", A=[["Cluster", "School"], ["CP1", "Ashdown"], ["Cluster CP 1", "Cedar"]])
    table = read(path)
    assert [each.reference for each in table.clusters] == ["CP1"]
    assert [each.cluster for each in table.schools] == ["CP1", "CP1"]


def test_what_is_no_table_is_refused_with_the_shape(written):
    with pytest.raises(BadInput) as refused:
        read(written("prose 2020-21.txt", "Dear all,", "the clusters meet on Tuesday.", "Name\tRoom", "Harris\t7"))
    assert refused.value.reference == "clusters.no-table"
    assert "Cluster | School | Phase" in refused.value.hint
    assert "senco clusters template" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Lead Cluster SENCO", Heading.LEAD),
        ("Lead SENCO", Heading.LEAD),
        ("Clusters", Heading.CLUSTER),
        ("Cluster name:", Heading.CLUSTER),
        ("EstablishmentName", Heading.SCHOOL),
        ("Name of school", Heading.SCHOOL),
        ("Phase of education", Heading.PHASE),
        ("Secondary schools", Heading.SECONDARY),
        ("Infants", Heading.PRIMARY),
        ("DfE No.", Heading.DFE_NUMBER),
        ("LAESTAB", Heading.DFE_NUMBER),
        ("URN", Heading.URN),
        ("Lead school", Heading.HOST),
        ("MATS/FTs", Heading.TRUST),
        ("Academic year", Heading.YEAR),
        ("Model", Heading.MODEL),
        ("Written as", Heading.WRITTEN),
        ("Cluster Meeting", None),
        ("Harris", None),
        ("x" * 61, None),
        ("", None),
    ],
)
def test_headings(text, held):
    assert heading_of(text) is held


@pytest.mark.parametrize(("text", "begins"), [("Key:", True), ("Trusts", True), ("Keyworth Primary", False)])
def test_keys(text, begins):
    assert begins_key(text) is begins


WORDS = st.sampled_from(
    (
        *("", "", "Cluster", "School", "Primary", "Secondary", "Lead", "Host school", "URN", "Phase", "Year", "Model"),
        *("CP1", "SP2", "Cluster 3", "North Cluster", "Ashdown", "Cedar; Dunelm", "Total", "Key", "Lead: A. Lead"),
        *("2020/21", "7"),
    )
)


@given(
    st.lists(st.lists(WORDS, max_size=5), max_size=8),
    st.sampled_from(["", "CP4", "East"]),
    st.sampled_from([None, "cross-phase"]),
)
def test_any_grid_is_read_or_refused(grid, name, model):
    """Whatever stands in the cells: a table whose every school has its place, or one clear refusal."""
    rows = tuple(
        tuple(Cell(number, column, text, text or None) for column, text in enumerate(row, start=1))
        for number, row in enumerate(grid, start=1)
    )
    problem = table = None
    try:
        table = read_table(Book("grid.xlsx", "xlsx", (Sheet("grid.xlsx", name, rows),)), year="2020/21", model=model)
    except BadInput as refused:
        problem = refused
    if table is None:
        assert problem.reference in {
            *("clusters.no-table", "clusters.no-rows", "clusters.no-model", "clusters.mixed-models")
        }
        assert problem.hint
        return
    references = {each.reference for each in table.clusters}
    assert references
    for each in table.schools:
        assert each.cluster in references
        assert each.place.startswith("grid.xlsx › ")
        assert each.text.strip()
