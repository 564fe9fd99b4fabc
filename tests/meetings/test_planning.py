"""The plan of an import: what is added, changed, unchanged, gone; and which days are to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from senco.errors import BadInput, Problem
from senco.meetings import planning
from senco.meetings.kinds import (
    Action,
    Audience,
    HolidayDraft,
    HolidayLine,
    ImportPlan,
    MeetingDraft,
    MeetingKind,
    MeetingLine,
    MeetingStatus,
    Programme,
)
from senco.meetings.rules import audience_of
from tests.meetings.books import table

AT, LATER = "2020-09-01T08:00:00+00:00", "2020-10-01T08:00:00+00:00"


def draft(day: date = date(2020, 11, 24), words: str = "CP 1-5", **values: Any) -> MeetingDraft:
    audience = audience_of(words)
    assert audience
    told = {"starts": time(14), "ends": time(16), "venue": "HAS", "purpose": "Moderation"} | values
    return MeetingDraft("p.xlsx › A!A1", day, audience=audience, **told)


def line(day: date = date(2020, 11, 24), words: str = "CP 1-5", **values: Any) -> MeetingLine:
    return planning.meeting_line(draft(day, words, **values), year="2020/21", known=(), la_code=319, at=AT)


def plan(
    *drafts: MeetingDraft,
    stored: tuple[MeetingLine, ...] = (),
    holidays: tuple[HolidayDraft, ...] = (),
    problems: tuple[Problem, ...] = (),
    **how: Any,
) -> ImportPlan:
    programme = Programme("p.xlsx", "2020/21", drafts, holidays, problems=problems)
    told: dict[str, Any] = {"holidays": (), "known": (), "la_code": 319, "at": LATER} | how
    return planning.plan_import(programme, stored=stored, **told)


class TestAMeeting:
    def test_its_instants_follow_london(self) -> None:
        assert line(date(2020, 9, 22)).starts_utc == "2020-09-22T13:00:00+00:00"
        assert line().starts_utc == "2020-11-24T14:00:00+00:00"

    def test_its_reference_and_uid(self) -> None:
        assert (line().reference, line().uid) == ("2020-11-24-CP", "2020-11-24-CP@319.senco")
        assert line(reference="AUTUMN-2").uid == "AUTUMN-2@319.senco"

    def test_a_family_takes_the_clusters_known(self) -> None:
        made = planning.meeting_line(
            draft(words="Cross Phase"), year="2020/21", known=("CP2", "CP1", "SP1"), la_code=319, at=AT
        )
        assert (made.clusters, made.title) == ("CP1, CP2", "Cross-phase clusters CP 1–2")

    def test_a_family_of_which_none_is_known_is_refused(self) -> None:
        with pytest.raises(BadInput) as refused:
            line(words="Cross Phase")
        assert refused.value.reference == "meetings.which-clusters"

    def test_it_ends_after_it_starts(self) -> None:
        with pytest.raises(BadInput) as refused:
            line(starts=time(16), ends=time(16))
        assert refused.value.reference == "meetings.times-backwards"

    def test_one_added_by_hand(self) -> None:
        made = planning.draft_by_hand(
            date(2020, 12, 8), "2 - 4pm", "panel", venue="", purpose="", status=MeetingStatus.PROPOSED
        )
        assert (made.audience, made.starts, made.where) == (Audience(MeetingKind.PANEL), time(14), planning.BY_HAND)

    def test_words_that_name_nobody(self) -> None:
        with pytest.raises(BadInput) as refused:
            planning.draft_by_hand(
                date(2020, 12, 8), "2-4pm", "governors", venue="", purpose="", status=MeetingStatus.CONFIRMED
            )
        assert refused.value.reference == "meetings.unknown-audience"


class TestAChange:
    @pytest.mark.parametrize(
        ("values", "changes", "sequence"),
        [
            ({"starts": time(13)}, ("starts",), 1),
            ({"ends": time(17)}, ("ends",), 1),
            ({"venue": "Town Hall"}, ("venue",), 1),
            ({"status": MeetingStatus.CANCELLED}, ("status",), 1),
            ({"purpose": "Review"}, ("purpose",), 0),
            ({"title": "Moderation day"}, ("title",), 0),
            ({"venue": "", "purpose": ""}, (), 0),
        ],
    )
    def test_the_sequence_counts_time_place_and_status(
        self, values: dict[str, Any], changes: tuple[str, ...], sequence: int
    ) -> None:
        (planned,) = plan(draft(**values), stored=(line(),)).meetings
        assert (planned.changes, planned.meeting.sequence) == (changes, sequence)
        assert planned.action is (Action.CHANGED if changes else Action.UNCHANGED)
        assert planned.meeting.changed_at == (LATER if changes else AT)

    def test_a_moved_meeting_keeps_its_reference_and_uid(self) -> None:
        (planned,) = plan(draft(date(2020, 12, 1), reference="2020-11-24-CP"), stored=(line(),)).meetings
        assert planned.changes == ("starts", "ends")
        assert planned.meeting.uid == "2020-11-24-CP@319.senco"
        assert planned.meeting.starts == "2020-12-01T14:00"

    def test_nothing_changed_is_said(self) -> None:
        assert plan(draft(), stored=(line(),)).changes_nothing
        assert not plan(draft()).changes_nothing


class TestWhatIsGone:
    def test_it_is_shown_and_kept(self) -> None:
        done = plan(draft(), stored=(line(), line(date(2021, 3, 23))))
        assert [each.action for each in done.meetings] == [Action.UNCHANGED, Action.GONE]
        assert done.changes_nothing

    def test_it_is_cancelled_when_asked(self) -> None:
        done = plan(draft(), stored=(line(), line(date(2021, 3, 23))), cancel_missing=True)
        cancelled = done.meetings[1]
        assert (cancelled.action, cancelled.meeting.status, cancelled.meeting.sequence) == ("cancelled", "cancelled", 1)
        assert not done.changes_nothing
        assert done.count(Action.CANCELLED) == 1

    @pytest.mark.parametrize(
        "other",
        [
            line(date(2020, 12, 8), "panel"),
            replace(line(date(2021, 3, 23)), source=planning.BY_HAND),
            line(date(2021, 3, 23), status=MeetingStatus.CANCELLED),
        ],
        ids=["of a kind the file has not", "added by hand", "called off already"],
    )
    def test_these_are_not_missed(self, other: MeetingLine) -> None:
        assert len(plan(draft(), stored=(line(), other)).meetings) == 1

    def test_one_that_may_have_been_moved_is_told(self) -> None:
        done = plan(draft(date(2020, 12, 1)), stored=(line(),))
        assert [each.action for each in done.meetings] == [Action.GONE, Action.ADDED]
        (finding,) = (each for each in done.findings if each.check == "meetings.moved-or-new")
        assert "2020-12-01-CP" in finding.what
        assert "2020-11-24-CP stays confirmed in every calendar" in finding.what
        assert "--moved 2020-11-24-CP=2020-12-01-CP" in finding.do

    def test_one_of_others_was_not_moved(self) -> None:
        done = plan(draft(), draft(date(2020, 12, 1), "CP1"), stored=(line(), line(date(2021, 3, 23))))
        assert "meetings.moved-or-new" not in {each.check for each in done.findings}


class TestRefusals:
    def test_every_problem_is_told_at_once(self) -> None:
        with pytest.raises(BadInput) as refused:
            plan(draft(), draft(words="SP"), draft(), problems=(Problem("p.xlsx › A!A9", "Unreadable."),))
        assert refused.value.reference == "meetings.cannot-import"
        assert [each.what for each in refused.value.problems] == [
            "Unreadable.",
            "No clusters SP are known in 2020/21.",
            "2020-11-24-CP stands twice in the file, first at p.xlsx › A!A1.",
        ]

    def test_a_reference_of_another_year_is_taken(self) -> None:
        old = replace(line(), year="2019/20", reference="FIRST")
        with pytest.raises(BadInput) as refused:
            plan(draft(reference="FIRST"), elsewhere=(old,))
        assert "another year" in refused.value.problems[0].what
        assert "one of its entries" in refused.value.message

    def test_what_the_intake_could_not_settle_stops_the_import(self) -> None:
        programme = table(("Thursday 24 November 2020", "2-4pm", "CP1"))
        with pytest.raises(BadInput) as refused:
            planning.plan_import(programme, stored=(), holidays=(), known=(), la_code=319, at=AT)
        assert refused.value.problems[0].what == "24 November 2020 is a Tuesday, not a Thursday."


class TestHolidays:
    stored = HolidayLine(7, "2020/21", "Half Term", "2020-10-26", "2020-10-30", 319, None, "old.xlsx")

    def test_added_changed_unchanged_and_kept(self) -> None:
        week = HolidayDraft("p.xlsx › A!A2", "Half term", date(2020, 10, 26), date(2020, 10, 30))
        programme = Programme("p.xlsx", "2020/21", (draft(),), (week,))

        def done(*stored: HolidayLine) -> list[tuple[str, int, str]]:
            made = planning.plan_import(programme, stored=(line(),), holidays=stored, known=(), la_code=319, at=AT)
            return [(each.action.value, each.holiday.holiday_id, each.holiday.last) for each in made.holidays]

        school = replace(self.stored, holiday_id=8, urn=102975)
        easter = replace(self.stored, holiday_id=9, title="Easter", first="2021-04-01", last="2021-04-16")
        assert done() == [("added", 0, "2020-10-30")]
        assert done(self.stored) == [("unchanged", 7, "2020-10-30")]
        assert done(replace(self.stored, last="2020-11-06")) == [("changed", 7, "2020-10-30")]
        assert done(school, easter) == [("added", 0, "2020-10-30"), ("unchanged", 9, "2021-04-16")]


class TestDays:
    def checks(self, *lines: MeetingLine, holidays: tuple[HolidayLine, ...] = ()) -> list[tuple[str, str]]:
        return [(each.check, each.where) for each in planning.day_findings(lines, holidays)]

    def test_an_ordinary_day(self) -> None:
        assert self.checks(line(), line(date(2021, 3, 23))) == []

    def test_holidays_and_weekends(self) -> None:
        term = HolidayLine(1, "2020/21", "Half term", "2020-10-26", "2020-10-30", 319, None, "x")
        end = replace(term, title="End of Term", first="2021-07-23", last="2021-07-23")
        own = replace(term, first="2020-10-19", last="2020-10-23", urn=102975)
        lines = (
            line(date(2020, 10, 27)),
            line(date(2021, 7, 23)),
            line(date(2020, 10, 20)),
            line(date(2021, 5, 31)),
            line(date(2020, 11, 22)),
        )
        assert self.checks(*lines, holidays=(term, end, own)) == [
            ("meetings.on-holiday", "2020-10-27-CP"),
            ("meetings.weekend", "2020-11-22-CP"),
            ("meetings.on-holiday", "2021-05-31-CP"),
        ]

    @pytest.mark.parametrize(
        ("one", "other", "clash"),
        [
            ("CP 1-5", "CP1", True),
            ("CP 1-5", "SP 1-7", False),
            ("CP 1-5", "conference", True),
            ("conference", "panel", False),
            ("panel", "SP1", False),
        ],
    )
    def test_a_clash_is_of_the_same_people(self, one: str, other: str, *, clash: bool) -> None:
        found = self.checks(line(words=one), line(words=other))
        assert [check for check, _ in found] == ["meetings.clash"] * clash

    def test_two_panels_on_one_day_clash(self) -> None:
        assert self.checks(line(words="panel"), line(words="panel", reference="SECOND"))

    def test_a_cancelled_meeting_is_in_nobodys_way(self) -> None:
        assert self.checks(line(), line(words="CP1", status=MeetingStatus.CANCELLED)) == []

    def test_before_the_bank_holidays_of_today_none_is_known(self) -> None:
        assert self.checks(line(date(1975, 12, 25))) == []
