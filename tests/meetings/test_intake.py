"""A programme is found whatever file it stands in, and what is broken in it is mended by rule or told."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from senco.dates import AcademicYear
from senco.errors import BadInput
from senco.meetings.intake import read_programme
from senco.meetings.kinds import Audience, MeetingKind, MeetingStatus
from senco.sheets.kinds import Book, Cell, Sheet
from senco.sheets.reading import read_book
from tests.meetings.books import HEADINGS, book, read, table
from tests.sources import DATA, HOLIDAYS, PROGRAMME, published_text_path

if TYPE_CHECKING:
    from pathlib import Path

    from senco.meetings.kinds import Programme

CP = Audience(MeetingKind.CROSS_PHASE, "CP", ("CP1", "CP2", "CP3", "CP4", "CP5"))
SP = Audience(MeetingKind.SINGLE_PHASE, "SP", tuple(f"SP{n}" for n in range(1, 8)))
CONFERENCE = Audience(MeetingKind.CONFERENCE)
AUDIENCES = {"conference": CONFERENCE, "single-phase": SP, "cross-phase": CP}


def published_files() -> list[Path]:
    files = [DATA / "sutton-2020-21-clusters.xlsx", DATA / "sutton-2020-21-clusters.tsv"]
    text = published_text_path()
    return [*files, text] if text else files


@pytest.fixture(params=published_files(), ids=lambda path: path.suffix)
def published(request: pytest.FixtureRequest) -> Programme:
    return read_programme(read_book(request.param))


class TestThePublishedProgramme:
    def test_the_ten_meetings_are_right_to_the_minute(self, published: Programme) -> None:
        assert [(m.day, m.starts, m.ends, m.audience) for m in published.meetings] == [
            (m.day, m.starts, m.ends, AUDIENCES[m.kind]) for m in PROGRAMME
        ]
        assert published.year == "2020/21"
        assert published.problems == ()

    def test_every_meeting_is_at_has_and_has_a_purpose(self, published: Programme) -> None:
        assert {m.venue for m in published.meetings} == {"HAS"}
        assert all(m.purpose for m in published.meetings)

    def test_the_holidays_between_the_rows(self, published: Programme) -> None:
        assert [(h.title, h.first, h.last) for h in published.holidays] == [
            (h.title, h.first, h.last) for h in HOLIDAYS
        ]

    def test_the_two_broken_cells_are_mended_and_told(self, published: Programme) -> None:
        january, february = published.meetings[3:5]
        assert january.purpose.endswith("predictable/exceptional need")
        assert february.purpose[0].isupper()
        assert [f.check for f in published.findings] == ["meetings.venue-moved", "meetings.purpose-mended"]

    def test_the_findings_name_their_cells(self) -> None:
        programme = read_programme(read_book(DATA / "sutton-2020-21-clusters.xlsx"))
        moved, mended = programme.findings
        assert moved.where == "sutton-2020-21-clusters.xlsx › Dates and Venues!B9"
        assert "above (B7)" in moved.what
        assert mended.where == "sutton-2020-21-clusters.xlsx › Dates and Venues!D9"
        assert "above (D7), as D4 shows" in mended.what


class TestOtherLayouts:
    def test_a_table_with_a_column_for_each_part(self) -> None:
        (meeting,) = table(("24/11/2020", "2 - 4pm", "CP 1-5", "Town Hall", "Moderation")).meetings
        assert (meeting.day, meeting.starts, meeting.ends) == (date(2020, 11, 24), time(14), time(16))
        assert (meeting.audience, meeting.venue, meeting.purpose) == (CP, "Town Hall", "Moderation")
        assert meeting.where == "programme.xlsx › Dates!A2"

    def test_a_csv_file(self, tmp_path: Path) -> None:
        path = tmp_path / "next.csv"
        path.write_text(
            "When,Start,End,For,Where\nTue 8 Dec 2020,14:00,16:00,SEN Panel,HAS\n2020-11-24,9.30am,noon,CP1,\n"
        )
        panel, cluster = read_programme(read_book(path)).meetings
        assert (panel.audience.kind, panel.starts, panel.ends) == (MeetingKind.PANEL, time(14), time(16))
        assert (cluster.audience.clusters, cluster.starts, cluster.ends) == (("CP1",), time(9, 30), time(12))

    def test_a_column_of_weekdays_is_held_against_the_dates(self) -> None:
        headings = ("Day", "Date", "Time", "Cluster")
        (problem,) = read(headings, ("Thursday", "7 November 2023", "2-4pm", "CP1")).problems
        assert problem.where == "programme.xlsx › Dates!B2"
        assert problem.what == "7 November 2023 is a Tuesday, not a Thursday."

    def test_a_list_without_headings(self) -> None:
        programme = read(
            ("Our meetings",),
            ("Tuesday 24 November 2020 2 - 4pm CP 1-5 Venue: HAS",),
            ("Tuesday 8 December 2020, 2 - 4pm, SEN panel",),
            ("Half term 26-30 Oct 2020",),
            ("Please come.",),
        )
        assert [m.audience for m in programme.meetings] == [CP, Audience(MeetingKind.PANEL)]
        assert programme.meetings[0].venue == "HAS"

    def test_a_list_without_headings_in_columns(self) -> None:
        programme = read(
            ("CP 1-5", "Tue 24 Nov 2020 2-4pm", "Moderation", "of requests"),
            ("SP 1-7", "Tue 13 Oct 2020 2-4pm", "Practice"),
            ("", "Mon 2 Nov 2020", "papers due"),
        )
        assert [(m.audience, m.purpose) for m in programme.meetings] == [
            (CP, "Moderation of requests"),
            (SP, "Practice"),
        ]

    def test_several_tables_in_several_sheets(self) -> None:
        first = book(
            HEADINGS, ("24/11/2020", "2-4pm", "CP 1-5", "", ""), HEADINGS, ("26/1/2021", "2-4pm", "SP 1-7")
        ).sheets
        second = book(HEADINGS, ("29/6/2021", "2-4pm", "CP 1-5", "", ""), name="Summer").sheets
        programme = read_programme(Book("programme.xlsx", "xlsx", first + second))
        assert [m.day for m in programme.meetings] == [date(2020, 11, 24), date(2021, 1, 26), date(2021, 6, 29)]

    def test_reference_status_and_title_columns(self) -> None:
        headings = ("Ref", "Date", "Times", "Clusters", "Event", "Status")
        programme = read(
            headings,
            ("2020-11-24-cp", "1 Dec 2020", "2-4pm", "CP 1-5", "Moderation day", "Provisional"),
            ("", "2 Dec 2020", "2-4pm", "", "SENCO conference", "Cancelled"),
            ("", "3 Dec 2020", "2-4pm", "CP 1", "", ""),
        )
        first, second, third = programme.meetings
        assert (first.reference, first.title, first.status) == (
            "2020-11-24-CP",
            "Moderation day",
            MeetingStatus.PROPOSED,
        )
        assert (second.audience, second.title, second.status) == (CONFERENCE, "", MeetingStatus.CANCELLED)
        assert third.status is MeetingStatus.CONFIRMED

    def test_a_merged_cell_counts_once(self) -> None:
        file = "programme.xlsx"
        texts = [HEADINGS, ("24/11/2020", "2-4pm", "CP 1-5", "HAS", "One"), ("24/11/2020", "", "", "", "two")]
        rows = tuple(
            tuple(
                Cell(r, c, text, text or None, merged="A2:A3" if c == 1 and r > 1 else None)
                for c, text in enumerate(row, start=1)
            )
            for r, row in enumerate(texts, start=1)
        )
        (meeting,) = read_programme(Book(file, "xlsx", (Sheet(file, "Dates", rows),))).meetings
        assert meeting.purpose == "One two"

    def test_the_notes_of_the_file_are_handed_on(self) -> None:
        made = book(HEADINGS, ("24/11/2020", "2-4pm", "CP 1-5"))
        noted = Book(made.file, "xlsx", made.sheets, notes=("A hidden sheet was not read.",))
        assert read_programme(noted).notes == ("A hidden sheet was not read.",)

    def test_a_room_is_no_cluster(self) -> None:
        (problem,) = read(("Date", "Meeting"), ("Tue 24 Nov 2020 2-4pm Venue: Room B2", "")).problems
        assert "who meets" in problem.what

    def test_a_venue_without_the_word(self) -> None:
        (meeting,) = read(("Date", "Meeting"), ("Tue 24 Nov 2020 2-4pm at Town Hall", "CP 1-5")).meetings
        assert meeting.venue == "Town Hall"


class TestBrokenRows:
    def test_a_purpose_over_several_rows_is_put_together(self) -> None:
        programme = table(
            ("24/11/2020", "2-4pm", "CP 1-5", "", "Moderation of"),
            ("",),
            ("", "", "", "", "requests"),
            ("", "", "", "HAS", ""),
        )
        assert programme.meetings[0].purpose == "Moderation of requests"
        assert programme.meetings[0].venue == "HAS"
        (finding,) = programme.findings
        assert finding.check == "meetings.row-split"
        assert "E4, D5" in finding.what

    def test_a_venue_alone_in_the_next_dates_cell(self) -> None:
        (meeting,) = table(("24/11/2020", "2-4pm", "CP 1-5"), ("Venue: HAS",)).meetings
        assert meeting.venue == "HAS"

    def test_a_venue_before_the_date_stays_when_the_row_above_has_one(self) -> None:
        headings = ("Date", "Meeting")
        programme = read(
            headings, ("Venue:HAS Tue 24 Nov 2020 2-4pm", "CP 1-5"), ("Venue:Hall Tue 26 Jan 2021 2-4pm", "CP 1-5")
        )
        assert [m.venue for m in programme.meetings] == ["HAS", "Hall"]
        assert programme.findings == ()

    def test_a_doubtful_beginning_is_told_and_left(self) -> None:
        programme = table(
            ("24/11/2020", "2-4pm", "CP 1-5", "", "Sharing of"),
            ("26/1/2021", "2-4pm", "SP 1-7", "", "good Practice"),
            ("23/2/2021", "2-4pm", "SP 1-7", "", "Review"),
        )
        assert programme.meetings[1].purpose == "good Practice"
        (finding,) = programme.findings
        assert finding.check == "meetings.purpose-doubtful"

    @pytest.mark.parametrize("above", ["Sharing.", ""])
    def test_a_purpose_that_has_ended_takes_nothing_more(self, above: str) -> None:
        programme = table(("24/11/2020", "2-4pm", "CP1", "", above), ("26/1/2021", "2-4pm", "SP1", "", "good Practice"))
        assert programme.findings == ()

    def test_purposes_that_all_begin_low_are_no_finding(self) -> None:
        programme = table(
            ("24/11/2020", "2-4pm", "CP1", "", "good A"), ("26/1/2021", "2-4pm", "SP1", "", "good Practice")
        )
        assert programme.findings == ()


class TestHolidaysAndTerms:
    def test_a_holiday_in_a_row_of_its_own(self) -> None:
        programme = table(
            ("24/11/2020", "2-4pm", "CP 1-5"),
            ("Christmas 21 Dec-1 Jan",),
            ("16 Feb 2021", "", "Half term"),
            ("22 July 2021", "", "End of term 23 July 2021"),
            ("29/6/2021", "2-4pm", "CP 1-5"),
            ("Summer holiday 24 July to 31 August",),
        )
        assert [(h.title, h.first, h.last) for h in programme.holidays] == [
            ("Christmas", date(2020, 12, 21), date(2021, 1, 1)),
            ("Half term", date(2021, 2, 16), date(2021, 2, 16)),
            ("End of term", date(2021, 7, 23), date(2021, 7, 23)),
            ("Summer holiday", date(2021, 7, 24), date(2021, 8, 31)),
        ]
        assert len(programme.meetings) == 2

    def test_a_term_before_a_holiday_is_no_part_of_its_name(self) -> None:
        programme = read(
            ("Term", "Date", "Meeting"), ("Spring Term Half term 15-19 Feb", "Tue 26 Jan 2021 2-4pm", "CP1")
        )
        assert [h.title for h in programme.holidays] == ["Half term"]

    def test_a_term_that_contradicts_the_calendar_is_told(self) -> None:
        programme = read(("", "Date", "Meeting"), ("Summer Term", "Tue 26 Jan 2021 2-4pm", "CP1"))
        (finding,) = programme.findings
        assert finding.check == "meetings.term-differs"
        assert "spring" in finding.what

    def test_the_same_holiday_twice_is_kept_once(self) -> None:
        row = ("Half term 26-30 Oct", "Tue 24 Nov 2020 2-4pm", "CP1")
        assert len(read(("", "Date", "Meeting"), row, ("half term 26-30 Oct", *row[1:])).holidays) == 1

    def test_a_holiday_that_runs_backwards_is_no_holiday(self) -> None:
        row = ("Half term 30 Oct 2020 to 26 Oct 2020", "Tue 24 Nov 2020 2-4pm", "CP1")
        assert read(("", "Date", "Meeting"), row).holidays == ()


class TestProblems:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("Thursday 24 November 2020", "2-4pm", "CP1"), "24 November 2020 is a Tuesday, not a Thursday."),
            (("31 November 2020", "2-4pm", "CP1"), "There is no 31 November 2020."),
            (("24/11/2020", "", "CP1"), "The times on Tue 24 Nov 2020 are missing or unreadable."),
            (("24/11/2020", "late", "CP1"), "The times on Tue 24 Nov 2020 are missing or unreadable."),
            (("24/11/2020", "2-4pm", "Governors"), "It does not say who meets on Tue 24 Nov 2020."),
            (("some day", "2-4pm", "CP1"), "No date can be read in this row."),
        ],
    )
    def test_each_is_told_at_its_cell(self, row: tuple[str, ...], said: str) -> None:
        programme = table(("13/10/2020", "2-4pm", "SP1"), row, ("26/1/2021", "2-4pm", "SP1"))
        assert [(p.where, p.what) for p in programme.problems] == [("programme.xlsx › Dates!A3", said)]

    def test_start_and_end_must_come_in_order(self) -> None:
        headings = ("Date", "Start", "End", "Cluster")
        programme = read(headings, ("24/11/2020", "16:00", "14:00", "CP1"))
        assert "missing or unreadable" in programme.problems[0].what

    def test_a_date_outside_the_year(self) -> None:
        programme = table(("24/11/2020", "2-4pm", "CP1"), ("26/1/2021", "2-4pm", "CP1"), ("24/11/2021", "2-4pm", "CP1"))
        assert programme.problems[0].what == "Wed 24 Nov 2021 is not in 2020/21."

    def test_a_reference_that_is_none(self) -> None:
        programme = read(("Reference", "Date", "Meeting"), ("a b!", "Tue 24 Nov 2020 2-4pm", "CP1"))
        assert programme.problems[0].what == "The reference is not one."

    def test_date_wins_settles_a_wrong_weekday_and_tells(self) -> None:
        programme = table(("Thursday 24 November 2020", "2-4pm", "CP1"), date_wins=True)
        assert programme.problems == ()
        assert programme.meetings[0].day == date(2020, 11, 24)
        assert [f.check for f in programme.findings] == ["meetings.date-taken"]

    def test_a_row_that_names_no_meeting_is_noted(self) -> None:
        programme = table(("", "", "", "", "Agreed by heads"), ("24/11/2020", "2-4pm", "CP1"))
        assert programme.notes == ("programme.xlsx › Dates, row 2 names no meeting and was not read.",)

    def test_what_follows_the_last_day_is_left_alone(self) -> None:
        programme = table(("24/11/2020", "2-4pm", "CP1", "", "One"), ("", "", "Secondary", "", "Primary"))
        assert programme.meetings[0].purpose == "One"

    def test_without_headings_other_rows_are_passed_over(self) -> None:
        programme = read(("Tue 24 Nov 2020 2-4pm", "CP1"), ("", "TBC", "later"), ("Tue 26 Jan 2021 2-4pm", "CP1"))
        assert (len(programme.meetings), programme.problems, programme.notes) == (2, (), ())


class TestRefusals:
    @pytest.mark.parametrize(
        "rows",
        [
            (("School", "Cluster"), ("Avenue", "CP1")),
            (("Only prose.",),),
            (("Date", "Meeting"), ("24/11/2020", "")),
        ],
    )
    def test_a_file_without_a_programme_is_refused_with_the_shape_expected(
        self, rows: tuple[tuple[str, ...], ...]
    ) -> None:
        if len(rows) > 1 and rows[0][0] == "Date":
            assert read(*rows).problems
            return
        with pytest.raises(BadInput) as refused:
            read(*rows)
        assert refused.value.reference == "meetings.no-programme"
        assert "Date, Time, Meeting, Venue, Purpose" in refused.value.hint

    def test_headings_with_holidays_alone_are_no_programme(self) -> None:
        with pytest.raises(BadInput) as refused:
            read(("", "Date", "Meeting"), ("", "16 Feb 2021", "Half term"))
        assert refused.value.reference == "meetings.no-programme"

    def test_dates_without_a_year_need_one(self) -> None:
        rows = (("Tue 24 Nov 2-4pm", "CP1"),)
        with pytest.raises(BadInput) as refused:
            read(*rows)
        assert refused.value.reference == "meetings.which-year"
        assert read(*rows, year=AcademicYear(2020)).meetings[0].day == date(2020, 11, 24)
        assert read(("Clusters 2020-22",), ("Clusters 2020-21",), *rows).year == "2020/21"
