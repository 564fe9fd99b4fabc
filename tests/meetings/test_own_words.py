"""Clusters by an authority's own words, dates that are still open, and meetings that were moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest

from senco.clusters.tables import Cluster
from senco.dates import parse_date
from senco.errors import BadInput, WrongUse
from senco.meetings import template
from senco.meetings.kinds import KnownCluster, MeetingKind
from senco.meetings.pattern import read_pattern
from senco.meetings.proposing import pattern_named
from senco.meetings.rules import audience_code, audience_of, clusters_said
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.conftest import AT, Ran
from tests.meetings.books import HEADINGS, book
from tests.sources import DATA

Run = Callable[..., Ran]
NAMES = {"NORTH": "North Cluster", "EAST": "", "NORTH-EAST": "", "UP-DOWN": "Up & Down", "AREA-1": "", "AREA-2": ""}
KNOWN = [
    *(KnownCluster("2024/25", reference, name, "cross-phase") for reference, name in NAMES.items()),
    *(KnownCluster("2024/25", letter, "", "single-phase") for letter in "ABC"),
    KnownCluster("2024/25", "CP1", "", "cross-phase"),
]


@pytest.mark.parametrize(
    ("words", "clusters"),
    [
        ("North", "NORTH"),
        ("north cluster SENCO meeting", "NORTH"),
        ("North East", "NORTH-EAST"),
        ("North, East", "EAST NORTH"),
        ("North and East", "EAST NORTH"),
        ("Up and down", "UP-DOWN"),
        ("Up", "UP-DOWN"),
        ("Area 1-2", "AREA-1 AREA-2"),
        ("A-C", "A B C"),
        ("A to C & North", "A B C NORTH"),
        ("CP1 and North", "CP1 NORTH"),
        ("North: moderation, round 1", "NORTH"),
        ("North - moderation", "NORTH"),
        ("CP 1-2", "CP1 CP2"),
    ],
)
def test_own_words_are_understood(words: str, clusters: str) -> None:
    found = audience_of(words, KNOWN)
    assert found
    assert " ".join(found.clusters) == clusters


@pytest.mark.parametrize(
    "words", ["Nroth", "North and Esat", "North (and Esat)", "North Hall", "North: Hall, East", "", "Governors"]
)
def test_what_is_not_wholly_understood_is_not_guessed(words: str) -> None:
    assert audience_of(words, KNOWN) is None


def test_the_kind_is_that_of_the_clusters_model() -> None:
    kinds = {words: found.kind for words in ("North", "A", "A, North") if (found := audience_of(words, KNOWN))}
    assert kinds == {
        "North": MeetingKind.CROSS_PHASE,
        "A": MeetingKind.SINGLE_PHASE,
        "A, North": MeetingKind.CLUSTER,
    }


def test_a_whole_model_by_its_name_and_a_long_row_have_short_references() -> None:
    whole = audience_of("Single phase clusters", KNOWN)
    long = audience_of("North, East, Up & Down, North-East, Area 1", KNOWN)
    assert whole
    assert long
    assert (whole.clusters, audience_code(whole)) == (("A", "B", "C"), "SP")
    assert audience_code(long) == "AREA1+4"
    assert clusters_said(long.clusters) == "AREA-1, EAST, NORTH, NORTH-EAST, UP-DOWN"


def test_a_pattern_names_them_too() -> None:
    block = {"key": "x", "near": "7 Nov", "weekdays": "Thursday", "times": "2 - 4pm"}
    made = read_pattern({"meeting": [block | {"for": "North"}]}, "p.toml", KNOWN)
    assert made.slots[0].audience.clusters == ("NORTH",)
    with pytest.raises(BadInput) as refused:
        read_pattern({"meeting": [block | {"for": "Nroth"}]}, "p.toml", KNOWN)
    assert refused.value.problems[0].do.startswith("Did you mean 'NORTH'")
    assert pattern_named("sutton", KNOWN).slots


@pytest.fixture
def elsewhere(store: Store) -> Store:
    """A borough whose clusters are North, Central and South."""
    with store.changing("test", actor="officer", at=AT) as change:
        for reference in ("NORTH", "CENTRAL", "SOUTH"):
            told = {"year": "2020/21", "model": "cross-phase", "name": reference.title(), "source": "a test"}
            change.add(Cluster, reference=reference, **told)
        change.record("test")
    return store


PROGRAMME = """Date,Start,End,Cluster,Venue,Purpose
17/09/2020,13:30,16:00,All,Town Hall,Conference
Thursday 5 November 2020,9.30am,11.30am,North,High School,Moderation
10/11/20,1.30pm,3.30pm,South,Low School,Moderation
12th Nov,1.30-3.30,,Central,Moor End,Moderation
20 Jan 21,09:30,11:30,North & South,Online,
TBC,,,Central,TBC,Review
"""


def write(folder: Path, text: str) -> str:
    path = folder / "p.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.usefixtures("elsewhere")
class TestAtTheCommandLine:
    def test_a_programme_is_imported_listed_and_handed_out(self, senco: Run, tmp_path: Path) -> None:
        ran = senco("meetings", "import", write(tmp_path, PROGRAMME), "--yes")
        assert (ran.code, ran.err) == (0, "Meetings 2020/21: 5 added.\n")
        assert "added  2020-11-12-CENTRAL      Thu 12 Nov 2020, 1.30–3.30pm" in ran.out
        assert "date-open  p.csv › row 7, column 1  Its date is still open" in ran.out
        listed = senco("meetings", "list", "--cluster", "north cluster", "--format", "csv").out
        assert [row.split(",")[0] for row in listed.splitlines()[1:]] == [
            "2020-09-17-CONF",
            "2020-11-05-NORTH",
            "2021-01-20-NORTH+SOUTH",
        ]
        out = tmp_path / "n.ics"
        assert senco("meetings", "export", "--ics", "--cluster", "North", "--out", str(out)).code == 0
        read = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        assert {str(each["UID"]) for each in read} >= {"2020-11-05-NORTH@319.senco"}

    def test_one_is_added_and_another_word_is_refused_with_the_names(self, senco: Run) -> None:
        words = ("meetings", "add", "Thu 5 Nov 2020", "9.30 - 11.30am", "--for")
        assert senco(*words, "North").err == "Added 2020-11-05-NORTH: Thu 5 Nov 2020, 9.30–11.30am.\n"
        refused = senco(*words, "Nroth")
        assert refused.code == 5
        assert "Did you mean 'NORTH'" in refused.err
        assert "There are CENTRAL, NORTH, SOUTH, conference and panel." in refused.err

    def test_the_year_after_knows_them_until_its_own_are_set_up(self, senco: Run) -> None:
        assert senco("meetings", "add", "Thu 4 Nov 2021", "2 - 4pm", "--for", "south").code == 0
        assert senco("meetings", "list", "--year", "2021/22", "--cluster", "South").code == 0

    def test_a_misspelt_one_in_a_file_is_refused_with_the_names(self, senco: Run, tmp_path: Path) -> None:
        path = write(tmp_path, PROGRAMME.replace("North,High", "Nroth,High"))
        for words in (("import", path, "--yes"), ("check", path)):
            ran = senco("meetings", *words)
            assert "Did you mean 'NORTH'" in ran.out + ran.err

    def test_an_empty_table_names_them_and_is_known_for_empty(self, senco: Run, tmp_path: Path) -> None:
        out = tmp_path / "t.xlsx"
        assert senco("meetings", "template", "--year", "2020/21", "--out", str(out)).code == 0
        texts = [cell.text for row in read_book(out).sheets[0].rows for cell in row]
        assert any("CENTRAL, NORTH, SOUTH, panel or conference" in text for text in texts)
        ran = senco("meetings", "import", str(out))
        assert "t.xlsx has the headings of a programme, but no row under them has a date." in ran.err
        assert "senco meetings template --out" in ran.err


@pytest.mark.usefixtures("store")
class TestTheEmptyTable:
    def test_it_never_replaces_a_file(self, senco: Run, tmp_path: Path) -> None:
        mine = tmp_path / "mine.xlsx"
        mine.write_text("mine", encoding="utf-8")
        assert senco("meetings", "template", "--out", str(mine)).code == 4
        assert mine.read_text(encoding="utf-8") == "mine"

    def test_it_is_a_workbook(self, senco: Run, tmp_path: Path) -> None:
        ran = senco("meetings", "template", "--out", str(tmp_path / "t.csv"))
        assert (ran.code, "does not end in .xlsx" in ran.err) == (2, True)
        with pytest.raises(WrongUse) as refused:
            template.require_workbook(tmp_path / "t.csv")
        assert refused.value.reference == "meetings.file-kind"

    def test_it_is_read_when_filled_in(self) -> None:
        import io

        import openpyxl

        from senco.meetings.intake import read_programme
        from senco.meetings.template import template_xlsx

        made = openpyxl.load_workbook(io.BytesIO(template_xlsx("2020/21", (), made=AT)))
        sheet = made.active
        head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Date")
        for column, value in enumerate(("24/11/2020", "2 - 4pm", "CP 1-5", "HAS", "Moderation"), start=1):
            sheet.cell(head + 1, column).value = value
        assert "CP1, CP 1-5, SP 1-7" in "".join(str(sheet.cell(row, 1).value) for row in range(1, head))
        rows = tuple(tuple(str(cell.value or "") for cell in row) for row in sheet.iter_rows())
        read = read_programme(book(*rows))
        assert [(each.venue, each.audience.family) for each in read.meetings] == [("HAS", "CP")]


class TestOpenDates:
    def test_a_footnote_below_is_let_be_and_a_meeting_without_a_day_is_not(self) -> None:
        from senco.meetings.intake import read_programme

        sound = ("24/11/2020", "2-4pm", "CP1", "HAS", "")
        assert read_programme(book(HEADINGS, sound, ("", "", "CP1 meets online"))).problems == ()
        told = read_programme(book(HEADINGS, sound, ("in June", "2-4pm", "CP1"))).problems
        assert [(each.where, each.what) for each in told] == [
            ("programme.xlsx › Dates!A3", "No date can be read in this row.")
        ]


TABLE = "Date,Time,Meeting,Venue\n{},2 - 4pm,CP 1-5,HAS\n13/10/2020,2 - 4pm,SP 1-7,HAS\n"
OLD, NEW = "2020-11-24-CP", "2020-12-01-CP"


@pytest.mark.usefixtures("store")
class TestMoved:
    @pytest.fixture(autouse=True)
    def _before(self, store: Store, senco: Run, tmp_path: Path) -> None:
        assert senco("meetings", "import", write(tmp_path, TABLE.format("24/11/2020")), "--yes").code == 0
        self.path = write(tmp_path, TABLE.format("1/12/2020"))

    def uids(self, senco: Run, folder: Path) -> dict[str, str]:
        out = folder / "all.ics"
        assert senco("meetings", "export", "--ics", "--all", "--out", str(out)).code == 0
        read = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        return {str(each["UID"]).partition("@")[0]: f"{each['DTSTART'].dt:%Y-%m-%d}" for each in read}

    def test_the_plan_says_what_happens_and_what_to_do(self, senco: Run) -> None:
        ran = senco("meetings", "import", self.path, "--dry-run")
        assert f"{OLD} stays confirmed in every calendar and {NEW} is added as another." in ran.out
        assert f"--moved {OLD}={NEW}" in ran.out
        assert f"senco meetings move {OLD} DATE" in ran.out
        assert "Those gone stay in the calendars as they are; --cancel-missing calls them off." in ran.err
        off = senco("meetings", "import", self.path, "--dry-run", "--cancel-missing")
        assert f"{OLD} is called off and {NEW} is added" in off.out

    def test_told_as_moved_it_keeps_its_entry_for_good(self, senco: Run, tmp_path: Path) -> None:
        ran = senco("meetings", "import", self.path, "--yes", "--moved", f"{OLD.lower()}={NEW}")
        assert ran.err == "Meetings 2020/21: 1 changed, 1 unchanged.\n"
        assert self.uids(senco, tmp_path) == {"2020-10-13-SP": "2020-10-13", OLD: "2020-12-01"}
        assert senco("meetings", "import", self.path).err == "Meetings 2020/21: 2 unchanged. Nothing to change.\n"
        assert "imported" in senco("meetings", "show", OLD).out

    def test_moved_by_hand_first_the_new_file_knows_it_again(self, senco: Run, tmp_path: Path) -> None:
        assert senco("meetings", "move", OLD, "1/12/2020").code == 0
        assert senco("meetings", "import", self.path).err == "Meetings 2020/21: 2 unchanged. Nothing to change.\n"
        assert self.uids(senco, tmp_path)[OLD] == "2020-12-01"

    @pytest.mark.parametrize(
        ("moved", "code", "said"),
        [
            (f"2020-11-25-CP={NEW}", 5, "is no stored meeting of the year that the file has lost"),
            (f"2020-10-13-SP={NEW}", 5, "is no stored meeting of the year that the file has lost"),
            (f"{OLD}=2020-12-02-CP", 5, "The file has no new meeting 2020-12-02-CP"),
            (f"{OLD}=2020-10-13-SP", 5, "The file has no new meeting 2020-10-13-SP"),
            (OLD, 2, "Which meeting was moved where?"),
        ],
    )
    def test_what_was_not_moved(self, senco: Run, moved: str, code: int, said: str) -> None:
        ran = senco("meetings", "import", self.path, "--yes", "--moved", moved)
        assert (ran.code, said in ran.err, ran.out) == (code, True, "")

    def test_the_references_of_these_refusals(self, senco: Run) -> None:
        import json

        told = {
            reference: json.loads(senco("meetings", "import", self.path, "--moved", moved, "-f", "json").err)
            for reference, moved in (("meetings.not-moved", "X=Y"), ("meetings.moved-how", "X"))
        }
        assert {reference: each["error"]["reference"] for reference, each in told.items()} == {
            "meetings.not-moved": "meetings.not-moved",
            "meetings.moved-how": "meetings.moved-how",
        }


@pytest.mark.usefixtures("store")
class TestSaidPlainly:
    def test_a_meeting_on_christmas_day(self, senco: Run) -> None:
        ran = senco("meetings", "add", "25/12/2020", "2 - 4pm", "--for", "CP1")
        assert (ran.code, "Note: Fri 25 Dec 2020 is a bank holiday (Christmas Day)." in ran.err) == (0, True)

    @pytest.mark.parametrize("words", ["autumn 1", "Spring term", "second half of summer term"])
    def test_a_term_is_no_day(self, senco: Run, words: str) -> None:
        with pytest.raises(BadInput) as refused:
            parse_date(words)
        assert refused.value.reference == "date.is-term"
        ran = senco("meetings", "add", words, "2 - 4pm", "--for", "CP1")
        assert (ran.code, ran.err) == (
            5,
            "senco: A term, or half of one, is not a day.\n  Write a date as 24/11/2026, 24 Nov 2026 or 2026-11-24.\n",
        )

    @pytest.mark.parametrize("option", ["--purpose", "--venue"])
    def test_a_childs_number_is_refused(self, senco: Run, trail_length: Callable[[], int], option: str) -> None:
        before = trail_length()
        ran = senco("meetings", "add", "24/11/2020", "2 - 4pm", "--for", "CP1", option, "About A950000178301")
        assert (ran.code, "A950000178301" in ran.err, trail_length()) == (4, False, before)

    def test_the_published_term_dates_and_a_holiday_of_one_school(self, senco: Run, tmp_path: Path) -> None:
        assert senco("schools", "import", str(DATA / "gias-sutton.csv"), "--yes").code == 0
        text = (DATA / "terms-2020-21.csv").read_text(encoding="utf-8")
        file = tmp_path / "terms.csv"
        file.write_text(f"{text}2020/21,319,102958,Own holiday,2020-12-10,2020-12-11\n", encoding="utf-8")
        ran = senco("meetings", "terms", "import", str(file), "--yes")
        assert (ran.code, ran.err) == (0, "Term dates: 7 added.\n")
        assert "Bandon Hill" in ran.out
