"""A year that changes: meetings moved, called off, put elsewhere; their history, deadlines, and the check."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from senco.clusters.tables import Appointment, Cluster, Membership
from senco.errors import BadInput, SencoError
from senco.meetings import changing, questions, verbs
from senco.meetings.checks import out_of_step
from senco.meetings.deadlines import due_on, why_not_due
from senco.meetings.kinds import DeadlineKind, MeetingLine
from senco.meetings.planning import meeting_line
from senco.schools.tables import School
from senco.store.doors import Change, Store
from tests.conftest import AT, Ran
from tests.meetings.test_planning import draft
from tests.meetings.test_terms import SCHOOL
from tests.sources import DATA

Run = Callable[..., Ran]
BOOK = DATA / "sutton-2020-21-clusters.tsv"
CP = "2020-11-24-CP"


@pytest.fixture
def taken_in(store: Store, senco: Run) -> Store:
    """Give a store with the published programme."""
    assert senco("meetings", "import", str(BOOK), "--yes").code == 0
    return store


@pytest.fixture
def clustered(taken_in: Store) -> Store:
    """Give it with two clusters of one school each, the first with a lead."""
    with taken_in.changing("clusters.import", actor="officer", at=AT) as change:
        for number, name in enumerate(("Avenue Primary", "Brook High"), start=1):
            change.add(School, urn=100000 + number, name=name, **SCHOOL)
        change.flush()
        for number in (1, 2):
            change.add(Cluster, year="2020/21", model="cross-phase", reference=f"CP{number}", name="", source="test")
        change.flush()
        ids = change.ask.values("SELECT cluster_id FROM cluster ORDER BY reference")
        for number, cluster in enumerate(ids, start=1):
            values = {"joined": "2020-09-01", "source": "test", "nickname": ("Avenue", "Brook")[number - 1]}
            change.add(Membership, cluster_id=cluster, urn=100000 + number, **values)
        change.add(
            Appointment, cluster_id=ids[0], role="lead", person="Anna Huzzey", appointed_by="unknown",
            starts="2020-09-01", source="test",
        )  # fmt: skip
        change.record("clusters 2020/21", added=2)
    return taken_in


def meeting(store: Store, reference: str = CP) -> MeetingLine:
    with store.reading() as ask:
        line = questions.meeting(ask, reference)
    assert line
    return line


class TestMove:
    def test_reference_and_uid_stay_the_sequence_counts_and_what_was_is_kept(
        self, taken_in: Store, senco: Run, trail_length: Callable[[], int]
    ) -> None:
        before, length = meeting(taken_in), trail_length()
        ran = senco("meetings", "move", CP, "Tue 1 Dec 2020", "--reason", "The hall floods")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == (
            f"Moved {CP} from Tue 24 Nov 2020, 2–4pm to Tue 1 Dec 2020, 2–4pm. Its reference stays; calendars follow.\n"
        )
        after = meeting(taken_in)
        assert (after.reference, after.uid) == (before.reference, before.uid)
        assert (after.starts_utc, after.sequence) == ("2020-12-01T14:00:00+00:00", 1)
        assert trail_length() == length + 1
        told = json.loads(senco("meetings", "show", CP, "--format", "json").out)["changes"][0]
        assert (told["starts_before"], told["starts_after"]) == ("2020-11-24T14:00", "2020-12-01T14:00")
        assert (told["change"], told["reason"], told["sequence"]) == ("moved", "The hall floods", 1)
        with taken_in.reading() as ask:
            detail = ask.values("SELECT detail FROM trail ORDER BY number DESC")[0]
        assert "hall" not in detail

    def test_other_times_across_the_clock_change(self, taken_in: Store, senco: Run) -> None:
        assert senco("meetings", "move", "2021-03-23-CP", "30/3/2021", "--times", "1.30 - 3pm").code == 0
        after = meeting(taken_in, "2021-03-23-CP")
        assert (after.starts_utc, after.ends_utc) == ("2021-03-30T12:30:00+00:00", "2021-03-30T14:00:00+00:00")

    def test_a_note_on_the_new_day(self, taken_in: Store, senco: Run) -> None:
        ran = senco("meetings", "move", CP, "27/10/2020")
        assert "Note: Tue 27 Oct 2020 is in a holiday (Half term)." in ran.err

    @pytest.mark.parametrize(
        ("verb", "code", "reference"),
        [
            (lambda change: verbs.move(change, CP, date(2021, 9, 1), None, reason=""), 5, "meetings.other-year"),
            (lambda change: verbs.move(change, CP, date(2020, 11, 24), None, reason=""), 4, "meeting.nothing-changed"),
            (
                lambda change: verbs.move(change, "2020-11-25-XX", date(2020, 12, 1), None, reason=""),
                3,
                "meeting.unknown",
            ),
            (lambda change: verbs.reinstate(change, CP, reason=""), 4, "meeting.cannot-change"),
            (
                lambda change: verbs.fix_deadline(
                    change, CP, DeadlineKind.NOTICE, datetime.fromisoformat("2020-12-01T17:00")
                ),
                4,
                "meeting.no-such-deadline",
            ),
        ],
    )
    def test_what_is_refused_leaves_no_line(
        self,
        taken_in: Store,
        verb: Callable[[Change], object],
        code: int,
        reference: str,
        trail_length: Callable[[], int],
    ) -> None:
        before = trail_length()
        with pytest.raises(SencoError) as refused, taken_in.changing("meeting.move", actor="officer", at=AT) as change:
            verb(change)
        assert (refused.value.code, refused.value.reference) == (code, reference)
        assert trail_length() == before

    def test_times_that_run_backwards(self) -> None:
        line = meeting_line(draft(), year="2020/21", known=("CP1",), la_code=319, at="")
        with pytest.raises(BadInput) as refused:
            changing.moved(line, date(2020, 12, 1), (time(16), time(14)), at="")
        assert refused.value.reference == "meetings.times-backwards"


class TestCancelAndVenue:
    def test_called_off_and_back(self, taken_in: Store, senco: Run) -> None:
        ran = senco("meetings", "cancel", CP, "--reason", "Snow")
        assert ran.err == f"{CP}, Tue 24 Nov 2020, 2–4pm, is cancelled.\n"
        again = senco("meetings", "cancel", CP)
        assert (again.code, f"{CP} is cancelled." in again.err) == (4, True)
        ran = senco("meetings", "cancel", CP, "--back")
        assert ran.err == f"{CP}, Tue 24 Nov 2020, 2–4pm, is confirmed.\n"
        assert senco("meetings", "cancel", CP, "--back").code == 4
        assert (meeting(taken_in).status, meeting(taken_in).sequence) == ("confirmed", 2)
        shown = senco("meetings", "show", CP).out
        assert "cancelled   confirmed  cancelled  Snow" in shown
        assert "reinstated  cancelled  confirmed  –" in shown

    def test_another_place(self, taken_in: Store, senco: Run) -> None:
        ran = senco("meetings", "venue", CP, "Town Hall")
        assert ran.err == f"{CP} is now at Town Hall, not HAS.\n"
        assert "venue   HAS  Town Hall  –" in senco("meetings", "show", CP).out
        assert senco("meetings", "venue", CP, "Town Hall").code == 4
        added = senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel")
        assert added.code == 0
        assert senco("meetings", "venue", "2020-12-08", "Room 1").err.endswith("not a place unknown.\n")

    def test_an_import_that_moves_keeps_history_too(self, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "p.csv"
        file.write_text(
            "Reference,Date,Time,Meeting,Venue\n" + f"{CP},Tue 1 Dec 2020,2 - 4pm,CP 1-5,HAS\n", encoding="utf-8"
        )
        assert senco("meetings", "import", str(file), "--yes").code == 0
        assert (
            "imported  Tue 24 Nov 2020, 2–4pm; HAS; confirmed  Tue 1 Dec 2020, 2–4pm; HAS; confirmed"
            in senco("meetings", "show", CP).out
        )

    def test_an_import_that_changes_a_purpose_alone_is_no_move(
        self, taken_in: Store, senco: Run, tmp_path: Path
    ) -> None:
        file = tmp_path / "p.csv"
        rows = f"Reference,Date,Time,Meeting,Venue,Purpose\n{CP},Tue 24 Nov 2020,2 - 4pm,CP 1-5,HAS,Something else\n"
        file.write_text(rows, encoding="utf-8")
        assert senco("meetings", "import", str(file), "--yes").code == 0
        assert json.loads(senco("meetings", "show", CP, "-f", "json").out)["changes"] == []

    def test_a_cancelled_one_is_not_in_the_year_at_a_glance(self, taken_in: Store, senco: Run) -> None:
        assert "X" in senco("meetings", "glance", "-f", "csv").out.split("2020-11")[1].splitlines()[0]
        senco("meetings", "cancel", CP)
        assert "X" not in senco("meetings", "glance", "-f", "csv").out.split("2020-11")[1].splitlines()[0]

    def test_reasons_why_not(self) -> None:
        line = meeting_line(draft(), year="2020/21", known=("CP1",), la_code=319, at="")
        assert changing.why_not_change(line, changing.MOVED) is None
        assert (
            changing.why_not_change(line, changing.REINSTATED) == "2020-11-24-CP stands: there is nothing to reinstate"
        )


class TestTheDatabaseRefuses:
    @pytest.mark.tampered
    @pytest.mark.parametrize("table", ["meeting_change", "attendance"])
    @pytest.mark.parametrize(
        "sql", ["UPDATE {} SET sequence = 9", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
    )
    def test_history_and_register_only_grow(self, clustered: Store, senco: Run, table: str, sql: str) -> None:
        senco("meetings", "move", CP, "1/12/2020")
        senco("meetings", "attend", CP, "--present", "Avenue")
        connection = sqlite3.connect(clustered.path)
        told = sql.format(table, table).replace("sequence", "marked_by" if table == "attendance" else "sequence")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(told)
        connection.close()


class TestDeadlines:
    def test_they_follow_the_settings_of_the_meetings_own_day(self, taken_in: Store, senco: Run) -> None:
        for words in (("closing", "14 days at 6pm"), ("papers", "1 week"), ("notice", "none")):
            assert senco("settings", "set", *words, "--from", "1/1/2021").code == 0
        senco("meetings", "add", "20/4/2021", "2 - 4pm", "--for", "panel")
        told = json.loads(senco("meetings", "deadlines", "-f", "json").out)["deadlines"]
        assert "notice" not in [each["kind"] for each in told]
        by = {(each["meeting"], each["kind"]): (each["due"], each["basis"]) for each in told}
        assert by[CP, "closing"] == ("2020-11-10T17:00", "10 working days before, 5pm")
        assert by["2021-03-23-CP", "closing"] == ("2021-03-09T18:00", "14 days before, 6pm")
        assert by["2021-03-23-CP", "papers"] == ("2021-03-16T17:00", "7 days before, 5pm")
        assert not [each for each in told if each["meeting"].endswith("CONF")]
        assert [each["due"] for each in told] == sorted(each["due"] for each in told)

    def test_one_is_fixed_and_let_go_again(self, taken_in: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        assert senco("meetings", "deadline", CP, "closing", "Fri 6 Nov 2020, 6pm").err == (
            f"{CP}: requests close Fri 6 Nov 2020, 6pm.\n"
        )
        assert "Requests close  Fri 6 Nov 2020, 6pm (fixed for this meeting)" in senco("meetings", "show", CP).out
        assert senco("meetings", "deadline", CP, "closing", "5/11/2020").code == 0
        assert "Thu 5 Nov 2020, 5pm (fixed" in senco("meetings", "show", CP).out
        assert senco("meetings", "deadline", CP, "closing", "rule").err.endswith("follows the settings again.\n")
        assert senco("meetings", "deadline", CP, "closing", "rule").code == 0
        assert "Requests close  Tue 10 Nov 2020, 5pm (10 working days before, 5pm)" in senco("meetings", "show", CP).out
        assert trail_length() == before + 4

    def test_what_cannot_be_one(self, taken_in: Store, senco: Run) -> None:
        senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel")
        refused = [
            ((CP, "closing", "25/11/2020"), "after the meeting has begun"),
            ((CP, "notice", "25/11/2020"), "has no such deadline"),
            (("2020-09-22-CONF", "papers", "1/9/2020"), "has no such deadline"),
            (("2020-12-08-PANEL", "notice", "1/12/2020"), "before the meeting has ended"),
        ]
        for words, said in refused:
            ran = senco(
                "meetings",
                "deadline",
                *words,
            )
            assert (ran.code, said in ran.err) == (4, True)
        senco("meetings", "cancel", CP)
        ran = senco("meetings", "deadline", CP, "closing", "6/11/2020", "--as-of", "2020-09-01")
        assert "is cancelled" in ran.err
        assert "Requests close" not in senco("meetings", "show", CP).out

    def test_a_reference_for_scripts(self) -> None:
        line = meeting_line(draft(), year="2020/21", known=("CP1",), la_code=319, at="")
        assert why_not_due(line, DeadlineKind.PAPERS, datetime.fromisoformat("2020-11-01T17:00")) is None
        panel = meeting_line(draft(words="panel"), year="2020/21", known=(), la_code=319, at="")
        assert why_not_due(panel, DeadlineKind.NOTICE, datetime.fromisoformat("2020-12-01T17:00")) is None

    def test_no_rule_no_deadline(self) -> None:
        assert due_on("none", date(2020, 11, 24), DeadlineKind.CLOSING, ()) is None
        christmas = (date(2020, 12, 25), date(2020, 12, 28))
        due = due_on("3 working 17:00", date(2020, 12, 23), DeadlineKind.NOTICE, christmas)
        assert due == (date(2020, 12, 30), time(17))

    @pytest.mark.parametrize("value", ["soon", "10 moons", "-3 days"])
    def test_a_setting_that_says_nothing(self, store: Store, senco: Run, value: str) -> None:
        assert senco("settings", "set", "closing", "--", value).code == 5
        assert senco("settings", "set", "quorum", "--", value).code == 5

    def test_settings_as_people_say_them(self, store: Store, senco: Run) -> None:
        senco("settings", "set", "closing", "1 working day before at 9.30am", "--from", "1/9/2020")
        told = senco("settings", "list").out
        assert "1 working day, 9.30am" in told
        assert "none" in told


class TestPlan:
    @pytest.fixture
    def terms(self, taken_in: Store, senco: Run, tmp_path: Path) -> Store:
        file = tmp_path / "t.csv"
        senco("meetings", "terms", "template", "--year", "2021/22", "--out", str(file))
        assert senco("meetings", "terms", "import", str(file), "--yes").code == 0
        return taken_in

    def test_like_last_year(self, terms: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        ran = senco("meetings", "plan", "--year", "2021/22", "--like", "2020/21", "--format", "json")
        told = json.loads(ran.out)
        assert ran.err == "10 meetings proposed for 2021/22; nothing was changed. --apply adds them.\n"
        assert trail_length() == before
        assert [each["venue"] for each in told["proposal"]] == ["HAS"] * 10
        assert all(date.fromisoformat(each["starts"][:10]).weekday() == 1 for each in told["proposal"])
        assert told["proposal"][1]["clusters"] == "SP1, SP2, SP3, SP4, SP5, SP6, SP7"
        assert told["glance"][0]["month"] == "2021-09"

    def test_applied_once(self, terms: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        words = ("meetings", "plan", "--year", "2021/22", "--venue", "HAS", "--apply", "--proposed")
        ran = senco(*words, "--yes")
        assert (ran.code, ran.err) == (0, "Added 13 meetings of 2021/22.\n")
        assert trail_length() == before + 1
        lines = json.loads(senco("meetings", "list", "--year", "2021/22", "-f", "json").out)["meetings"]
        assert {(each["status"], each["venue"]) for each in lines} == {("proposed", "HAS")}
        ran = senco(*words, "--yes", "-f", "json")
        assert ran.code == 4
        assert json.loads(ran.err)["error"]["reference"] == "plan.year-has-meetings"

    def test_a_person_is_asked(self, terms: Store, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        import io

        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
        ran = senco("meetings", "plan", "--year", "2021/22", "--apply")
        assert (ran.code, "at a glance" in ran.out) == (4, True)

    @pytest.mark.parametrize(
        ("words", "reference"),
        [
            (("--year", "2022/23"), "plan.no-terms"),
            (("--year", "2021/22", "--like", "2019/20"), "plan.nothing-like-it"),
            (("--year", "2021/22", "--pattern", "nowhere"), "pattern.unknown"),
        ],
    )
    def test_what_is_refused(self, terms: Store, senco: Run, words: tuple[str, ...], reference: str) -> None:
        ran = senco("meetings", "plan", *words, "-f", "json")
        assert json.loads(ran.err)["error"]["reference"] == reference
        assert ran.out == ""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("apart = 120", "Without the rule “days apart”"),
            ('[[meeting]]\nkey="x"\nfor="CP"\nnear="1 Jan"\nwithin=0\nweekdays=["Sat"]\ntimes="2-4pm"', ""),
            (
                '[[meeting]]\nkey="x"\nfor="CP"\nnear="28 Dec"\nwithin=6\nweekdays=["Tue"]\ntimes="2-4pm"',
                "Without any one of",
            ),
            (
                '[[meeting]]\nkey="x"\nfor="panel"\nnear="8 Feb"\nwithin=2\nweekdays=["Tue"]\n'
                'times="2-4pm"\ndecide_by="9 Feb"',
                "Without any one of",
            ),
        ],
    )
    def test_where_there_is_none_it_says_by_which_rule(
        self, terms: Store, senco: Run, tmp_path: Path, change: str, said: str
    ) -> None:
        from senco.meetings.proposing import PATTERNS

        text = (PATTERNS / "sutton.toml").read_text(encoding="utf-8")
        text = text.replace("apart = 10", change) if change.startswith("apart") else change
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        ran = senco("meetings", "plan", "--year", "2021/22", "--pattern", str(file), "-f", "json")
        told = json.loads(ran.err)["error"]
        assert told["reference"] == ("plan.impossible" if said else "pattern.unreadable")
        assert said in told["hint"]

    def test_hosts_of_clusters_that_are_known_from_the_year_before(
        self, clustered: Store, terms: Store, senco: Run
    ) -> None:
        ran = senco("meetings", "plan", "--year", "2021/22", "--pattern", "southampton", "-f", "json")
        venues = {each["clusters"]: each["venue"] for each in json.loads(ran.out)["proposal"]}
        assert (venues["CP1"], venues["CP2"], venues["CP3"]) == ("Avenue Primary", "Brook High", "")

    def test_one_rule_alone_or_none(self) -> None:
        from senco.errors import Refused
        from senco.meetings.pattern import Pattern
        from senco.meetings.proposing import proposal_of
        from tests.meetings.test_proposal import slot
        from tests.meetings.years import ground

        one, two = slot("one", "CP", (11, 24), within=0), slot("two", "SP", (12, 8), within=0)
        for pattern, hint in (
            (Pattern("", 60, (one, two)), "Without any one of the rules “near its point”, “days apart”"),
            (
                Pattern(
                    "",
                    7,
                    (
                        slot("one", "CP", (11, 24)),
                        slot("two", "CP1", (11, 24), within=0, after=("one",), days_after=60),
                    ),
                ),
                "Without",
            ),
            (Pattern("", 60, (slot("a", "CP", (11, 24), spread=True),)), "No single rule is to blame"),
        ):
            with pytest.raises(Refused) as refused:
                proposal_of(pattern, ground(2020, families={} if "single" in hint else {"CP": ("CP1",)}))
            assert refused.value.hint.startswith(hint)
        only = Pattern(
            "", 60, (slot("one", "CP", (11, 24), within=14), slot("two", "SP", (1, 5), within=14, decide_by=None))
        )
        with pytest.raises(Refused) as refused:
            proposal_of(Pattern("", 340, only.slots), ground(2020))
        assert "days apart" in refused.value.hint


class TestCheck:
    def test_the_published_programme(self, taken_in: Store, senco: Run) -> None:
        ran = senco("meetings", "check", "--year", "2020/21", "--as-of", "2021-08-01")
        assert (ran.code, "Nothing was found amiss." in ran.out) == (0, True)

    def test_everything_that_can_be_amiss(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "t.csv"
        file.write_text(
            "year,la,urn,kind,title,first,last\n2020/21,319,100001,inset,INSET,2021-03-23,2021-03-23\n"
            "2020/21,319,,inset,INSET,2021-06-29,2021-06-29\n", encoding="utf-8",
        )  # fmt: skip
        assert senco("meetings", "terms", "import", str(file), "--yes").code == 0
        senco(
            "meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel", "--purpose", "After Thursday 24 November 2020"
        )
        senco("meetings", "add", "9/2/2021", "2 - 4pm", "--for", "panel", "--purpose", "Not before 31 November 2020")
        senco("meetings", "add", "31/5/2021", "2 - 4pm", "--for", "CP1", "--venue", "HAS")
        senco("meetings", "deadline", CP, "papers", "Sun 22 Nov 2020 5pm")
        senco("meetings", "chair", "2021-03-23-CP", "Anna Huzzey")
        found = json.loads(senco("meetings", "check", "-f", "json").out)["findings"]
        said = {(each["check"], each["where"]): each["what"] for each in found}
        assert said["meetings.weekday-differs", "2020-12-08-PANEL"].endswith("for Tue 24 Nov 2020.")
        assert "is a bank holiday" in said["meetings.on-holiday", "2021-05-31-CP1"]
        assert said["meetings.school-closed", "2021-03-23-CP"].endswith("is an INSET day of Avenue Primary (INSET).")
        assert said["meetings.school-closed", "2021-06-29-CP"].endswith("is an INSET day (INSET).")
        assert said["meetings.out-of-step", "CP1"].startswith("It meets in the week of Mon 31 May 2021")
        assert "Sun 22 Nov 2020, is on no working day" in said["meetings.deadline-no-working-day", CP]
        assert ("meetings.no-venue", "2020-12-08-PANEL") in said
        assert ("meetings.no-chair", "2020-12-08-PANEL") in said
        assert said["meetings.no-chair", CP] == "It has no chair for CP 2–5, which have no lead."
        assert ("meetings.no-chair", "2021-03-23-CP") not in said
        assert ("meetings.no-chair", "2021-05-31-CP1") not in said
        assert senco("meetings", "check").code == 7
        assert senco("meetings", "show", "2021-03-23-CP").out.count("Chair           Anna Huzzey") == 1
        assert senco("meetings", "chair", "2021-03-23-CP", "").err == "2021-03-23-CP has no chair named.\n"

    def test_a_cluster_out_of_step(self) -> None:
        def lines(*told: tuple[str, date]) -> list[MeetingLine]:
            return [
                meeting_line(draft(day, words=words), year="2020/21", known=(), la_code=319, at="")
                for words, day in told
            ]

        autumn, spring = date(2020, 11, 24), date(2021, 3, 23)
        in_step = lines(("CP1", autumn), ("CP2", date(2020, 11, 25)), ("CP3", date(2020, 11, 26)), ("SP1", spring))
        assert out_of_step(in_step) == []
        out = out_of_step(lines(("CP 1-3", autumn), ("CP 1-2", spring)))
        assert [(each.where, each.what) for each in out] == [
            ("CP3", "It does not meet in the week of Mon 22 Mar 2021, when CP 1–2 do.")
        ]

    def test_a_file_before_it_is_imported(self, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "p.csv"
        head = "Date,Time,Meeting,Venue\n"
        file.write_text(head + "Thursday 7 November 2023,2 - 4pm,CP 1-5,HAS\n", encoding="utf-8")
        ran = senco("meetings", "check", str(file))
        assert ran.code == 7
        assert "7 November 2023 is a Tuesday, not a Thursday." in ran.out
        file.write_text(head + "Tuesday 7 November 2023,2 - 4pm,CP 1-5,HAS\n", encoding="utf-8")
        assert senco("meetings", "check", str(file), "--year", "2023/24").code == 0
