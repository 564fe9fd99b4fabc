"""The programme in a store: what verbs change and record, what questions find, what the checks tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from senco.clusters.tables import Cluster, Membership
from senco.errors import NotFound, Refused, WrongUse
from senco.meetings import calendars, checks, planning, questions, verbs
from senco.meetings.intake import read_programme
from senco.meetings.kinds import Action, HolidayDraft, MeetingDraft, MeetingKind, MeetingStatus, Programme
from senco.meetings.tables import Holiday, Meeting
from senco.schools.tables import School
from senco.sheets.reading import read_book
from tests.meetings.test_planning import draft
from tests.sources import DATA

if TYPE_CHECKING:
    from senco.meetings.kinds import ImportPlan, MeetingLine
    from senco.store.doors import Store

AT = datetime(2020, 9, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2020, 10, 1, 8, 0, tzinfo=UTC)
DAY = date(2020, 10, 1)
BOOK = DATA / "sutton-2020-21-clusters.xlsx"


def take_in(store: Store, programme: Programme, *, at: datetime = AT, cancel_missing: bool = False) -> ImportPlan:
    with store.changing("meetings.import", actor="officer", at=at) as change:
        return verbs.apply_programme(change, programme, day=DAY, cancel_missing=cancel_missing)


def take_in_drafts(store: Store, *drafts: MeetingDraft, at: datetime = AT, **how: bool) -> ImportPlan:
    return take_in(store, Programme("p.xlsx", "2020/21", drafts), at=at, **how)


def add(store: Store, day: date, words: str, **values: str) -> MeetingLine:
    made = planning.draft_by_hand(
        day, "2 - 4pm", words, **{"venue": "HAS", "purpose": ""} | values, status=MeetingStatus.CONFIRMED
    )
    with store.changing("meeting.add", actor="officer", at=AT) as change:
        return verbs.add_meeting(change, made, day=DAY)


def every(store: Store) -> list[MeetingLine]:
    with store.reading() as ask:
        return questions.every_meeting(ask)


@pytest.fixture
def programme(store: Store) -> Store:
    """Give a store with the published programme."""
    take_in(store, read_programme(read_book(BOOK.with_suffix(".tsv"))))
    return store


class TestImport:
    def test_one_trail_line_with_counts_alone(self, store: Store, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        plan = take_in(store, read_programme(read_book(BOOK)))
        assert trail_length() == before + 1
        with store.reading() as ask:
            subject, detail = ask.all(lambda *row: row, "SELECT subject, detail FROM trail ORDER BY number DESC")[0]
        assert subject == "meetings 2020/21"
        assert detail == '{"added":10,"cancelled":0,"changed":0,"gone":0,"holidays":5,"unchanged":0}'
        assert plan.count(Action.ADDED) == 10

    def test_the_same_file_again_changes_nothing(self, programme: Store, trail_length: Callable[[], int]) -> None:
        held, before = every(programme), trail_length()
        with pytest.raises(Refused) as refused:
            take_in(programme, read_programme(read_book(BOOK)), at=LATER)
        assert refused.value.reference == "meetings.nothing-to-import"
        assert (every(programme), trail_length()) == (held, before)

    def test_the_same_uids_in_a_store_made_anew(self, programme: Store) -> None:
        assert [line.uid for line in every(programme)][:3] == [
            "2020-09-22-CONF@319.senco",
            "2020-10-13-SP@319.senco",
            "2020-11-24-CP@319.senco",
        ]

    def test_a_change_is_kept_with_its_clusters(self, store: Store) -> None:
        take_in_drafts(store, draft(reference="FIRST"), draft(date(2021, 3, 23)))
        take_in_drafts(store, draft(words="CP 1-2 and CP6", reference="FIRST", starts=time(13)), at=LATER)
        first, second = every(store)
        assert (first.clusters, first.starts_utc) == ("CP1, CP2, CP6", "2020-11-24T13:00:00+00:00")
        assert (first.sequence, first.changed_at, first.uid) == (1, "2020-10-01T08:00:00+00:00", "FIRST@319.senco")
        assert second.status == "confirmed"

    def test_a_missing_one_is_cancelled_when_asked_and_stays(self, store: Store) -> None:
        take_in_drafts(store, draft(), draft(date(2021, 3, 23)))
        take_in_drafts(store, draft(), at=LATER, cancel_missing=True)
        assert [(line.status, line.sequence) for line in every(store)] == [("confirmed", 0), ("cancelled", 1)]

    def test_a_cancelled_one_that_comes_back_stands_again(self, store: Store) -> None:
        take_in_drafts(store, draft(status=MeetingStatus.CANCELLED))
        take_in_drafts(store, draft(), at=LATER)
        assert [(line.status, line.sequence) for line in every(store)] == [("confirmed", 1)]

    def test_a_holiday_that_was_prolonged(self, store: Store) -> None:
        def week(last: int) -> Programme:
            holiday = HolidayDraft("p.xlsx › A!A2", "Half term", date(2020, 10, 26), date(2020, 10, last))
            return Programme("p.xlsx", "2020/21", (draft(),), (holiday,))

        take_in(store, week(29))
        take_in(store, week(30), at=LATER)
        with store.reading() as ask:
            assert [(line.last, line.la_code) for line in questions.holidays(ask, "2020/21")] == [("2020-10-30", 319)]


class TestAdd:
    def test_one_trail_line(self, store: Store, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        line = add(store, date(2020, 12, 8), "panel")
        assert (line.reference, line.year, line.source) == ("2020-12-08-PANEL", "2020/21", "added by hand")
        assert every(store) == [line]
        assert trail_length() == before + 1

    def test_the_same_audience_once_a_day(self, store: Store) -> None:
        add(store, date(2020, 12, 8), "panel")
        with pytest.raises(Refused) as refused:
            add(store, date(2020, 12, 8), "panel")
        assert refused.value.reference == "meeting.exists"

    def test_a_family_is_that_of_the_programme(self, programme: Store) -> None:
        assert add(programme, date(2020, 12, 8), "SP").cluster_references[-1] == "SP7"


class TestQuestions:
    def test_a_cluster_has_its_own_and_the_conferences(self, programme: Store) -> None:
        add(programme, date(2020, 12, 8), "panel")
        with programme.reading() as ask:
            lines = questions.meetings(ask, year="2020/21", cluster="CP1")
            assert [line.kind for line in lines] == ["conference", *["cross-phase"] * 3, "conference"]
            assert len(questions.meetings(ask, year="2020/21", kind=MeetingKind.SINGLE_PHASE)) == 5
            assert questions.meetings(ask, year="2021/22") == []

    def test_the_next_meeting_is_the_clusters_own_and_stands(self, programme: Store) -> None:
        with programme.reading() as ask:

            def following(cluster: str, day: date) -> str | None:
                line = questions.next_meeting(ask, cluster=cluster, on_or_after=day)
                return line and line.reference

            assert following("CP1", date(2020, 9, 1)) == "2020-11-24-CP"
            assert following("CP1", date(2020, 11, 24)) == "2020-11-24-CP"
            assert following("CP1", date(2020, 11, 25)) == "2021-03-23-CP"
            assert following("CP1", date(2021, 7, 1)) is None
            assert following("CP9", date(2020, 9, 1)) is None

    @pytest.mark.parametrize("word", ["2020-11-24-CP", " 2020-11-24-cp", "2020-11", "24/11/2020", "Tue 24 Nov 2020"])
    def test_a_meeting_is_found_by_the_words_for_it(self, programme: Store, word: str) -> None:
        with programme.reading() as ask:
            assert questions.meeting_named(ask, word).reference == "2020-11-24-CP"

    @pytest.mark.parametrize(
        ("word", "reference", "hint"),
        [
            ("2020-11-24-CPX", "meeting.unknown", "Did you mean '2020-11-24-CP'"),
            ("zzz", "meeting.unknown", "`senco meetings list` shows the references."),
            ("", "meeting.unknown", "`senco meetings list` shows the references."),
            ("25/11/2020", "meeting.unknown", "`senco meetings list` shows the days"),
            ("2021-0", "meeting.ambiguous", "Give the whole reference."),
        ],
    )
    def test_or_it_is_not(self, programme: Store, word: str, reference: str, hint: str) -> None:
        with programme.reading() as ask, pytest.raises(NotFound) as missed:
            questions.meeting_named(ask, word)
        assert missed.value.reference == reference
        assert missed.value.hint.startswith(hint)

    def test_the_year_meant(self, store: Store) -> None:
        def meant(year: str | None, today: date) -> str:
            with store.reading() as ask:
                return questions.year_meant(ask, year, today)

        assert meant(None, DAY) == "2020/21"
        take_in_drafts(store, draft())
        assert meant(None, DAY) == "2020/21"
        assert meant(None, date(2026, 11, 22)) == "2020/21"
        assert meant("2021/22", DAY) == "2021/22"

    def test_clusters_by_the_words_for_them(self, programme: Store) -> None:
        with programme.changing("test", actor="officer", at=AT) as change:
            change.add(Cluster, year="2020/21", model="area", reference="North", name="North", source="x")
            change.record("clusters 2020/21")
        with programme.reading() as ask:
            assert questions.cluster_called(ask, "cp 1", "2020/21") == "CP1"
            assert questions.cluster_called(ask, "north", "2020/21") == "North"
            with pytest.raises(NotFound) as near:
                questions.cluster_called(ask, "CP9", "2020/21")
            with pytest.raises(NotFound) as far:
                questions.cluster_called(ask, "zzzz", "2020/21")
            with pytest.raises(NotFound) as none:
                questions.cluster_called(ask, "CP1", "2021/22")
        assert near.value.reference == "cluster.unknown"
        assert "Did you mean" in near.value.hint
        assert far.value.hint.startswith("2020/21 has CP1, CP2")
        assert none.value.hint == "2021/22 has no clusters yet."

    def test_what_is_to_be_said_about_a_day(self, programme: Store) -> None:
        clash = add(programme, date(2020, 11, 24), "CP1")
        holiday = add(programme, date(2020, 12, 25), "panel")
        with programme.reading() as ask:
            assert [each.check for each in questions.day_findings_of(ask, clash)] == ["meetings.clash"]
            assert [each.check for each in questions.day_findings_of(ask, holiday)] == ["meetings.on-holiday"]


def school_values(urn: int, name: str) -> dict[str, object]:
    blank = ("gender", "trust", "federation", "town", "postcode", "resourced_provision")
    return dict.fromkeys(blank, "") | {
        "urn": urn,
        "la_code": 319,
        "la_name": "Sutton",
        "name": name,
        "folded_name": name.casefold(),
        "type": "Community school",
        "type_group": "Local authority maintained schools",
        "status": "Open",
        "phase": "Primary",
    }


def school(store: Store, urn: int, name: str, clusters: dict[str, str]) -> None:
    """Put an open school of the borough into clusters, by model."""
    with store.changing("test", actor="officer", at=AT) as change:
        change.add(School, **school_values(urn, name))
        change.flush()
        for model, cluster in clusters.items():
            made = change.add(Cluster, year="2020/21", model=model, reference=cluster, name=cluster, source="x")
            change.flush()
            held = {"cluster_id": made.cluster_id, "urn": urn, "nickname": name}
            change.add(Membership, **held, joined="2020-09-01", left_on=None, source="x")
        change.record("clusters 2020/21")


class TestCalendars:
    def test_a_school_has_the_meetings_of_its_clusters_and_is_told_what_is_missing(self, programme: Store) -> None:
        school(programme, 102975, "Avenue Primary School", {"cross-phase": "CP1"})
        with programme.reading() as ask:
            made = questions.calendar_of(ask, year="2020/21", day=DAY, school="102975")
        assert [line.kind for line in made.meetings] == ["conference", *["cross-phase"] * 3, "conference"]
        assert made.name == "Sutton SENCO clusters Avenue Primary School 2020/21"
        assert made.file_name == "sutton-senco-clusters-avenue-primary-school-2020-21.ics"
        assert made.note == "It is recorded in CP1 only: the single-phase meetings are not in it."

    def test_a_school_in_a_cluster_of_each_phase_misses_nothing(self, programme: Store) -> None:
        school(programme, 102975, "Avenue Primary School", {"cross-phase": "CP1", "single-phase": "SP3"})
        with programme.reading() as ask:
            made = questions.calendar_of(ask, year="2020/21", day=DAY, school="Avenue Primary School")
        assert (len(made.meetings), made.note, made.shown_for) == (10, "", ("CP1", "SP3"))
        assert {entry.summary for entry in calendars.entries(made)} == {
            "SENCO conference (all clusters)",
            "SENCO cluster meeting CP1",
            "SENCO cluster meeting SP3",
        }

    def test_a_school_in_no_cluster(self, programme: Store) -> None:
        school(programme, 102975, "Avenue Primary School", {"cross-phase": "CP1"})
        with programme.reading() as ask, pytest.raises(NotFound) as missed:
            questions.calendar_of(ask, year="2021/22", day=DAY, school="102975")
        assert missed.value.reference == "calendar.no-cluster"

    def test_everything_holds_the_panels_too(self, programme: Store) -> None:
        add(programme, date(2020, 12, 8), "panel")
        with programme.reading() as ask:
            made = questions.calendar_of(ask, year="2020/21", day=DAY, everything=True)
        assert (len(made.meetings), made.name, made.note) == (11, "Sutton SENCO clusters 2020/21", "")

    def test_one_calendar_at_a_time(self, programme: Store) -> None:
        with programme.reading() as ask:
            with pytest.raises(WrongUse) as none:
                questions.calendar_of(ask, year="2020/21", day=DAY)
            with pytest.raises(WrongUse):
                questions.calendar_of(ask, year="2020/21", day=DAY, cluster="CP1", everything=True)
        assert none.value.reference == "calendar.which"


class TestChecks:
    def found(self, store: Store, day: date = date(2020, 9, 1)) -> list[tuple[str, str]]:
        with store.reading() as ask:
            return [(each.check, each.where) for each in checks.findings(ask, day)]

    def test_the_published_programme_is_sound(self, programme: Store) -> None:
        assert self.found(programme) == []

    def test_each_is_found(self, programme: Store) -> None:
        add(programme, date(2020, 10, 27), "CP1", venue="")
        add(programme, date(2020, 11, 24), "CP2")
        add(programme, date(2020, 11, 28), "panel")
        assert sorted(self.found(programme)) == [
            ("meetings.clash", "2020-11-24-CP"),
            ("meetings.no-venue", "2020-10-27-CP1"),
            ("meetings.on-holiday", "2020-10-27-CP1"),
            ("meetings.weekend", "2020-11-28-PANEL"),
        ]
        assert ("meetings.no-venue", "2020-10-27-CP1") not in self.found(programme, date(2020, 11, 1))

    @pytest.mark.parametrize("local", ["2020-11-24T15:00", "2021-03-28T01:30", "someday"])
    def test_an_instant_that_is_not_the_local_time(self, store: Store, local: str) -> None:
        take_in_drafts(store, draft())
        with store.changing("test", actor="officer", at=LATER) as change:
            change.session.get_one(Meeting, "2020-11-24-CP").ends = local
            change.record("meeting 2020-11-24-CP")
        assert self.found(store) == [("meetings.utc-differs", "2020-11-24-CP")]

    def test_a_school_may_keep_a_holiday_alone(self, programme: Store) -> None:
        with programme.changing("test", actor="officer", at=AT) as change:
            change.add(School, **school_values(102975, "Avenue Primary School"))
            change.flush()
            change.add(
                Holiday,
                year="2020/21",
                title="Half term",
                first="2020-11-23",
                last="2020-11-27",
                la_code=319,
                urn=102975,
                source="x",
            )
            change.record("school 102975")
        assert self.found(programme) == []
