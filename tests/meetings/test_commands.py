"""The meetings' commands: what they answer, what they say, how they end."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from senco.store.doors import Store
from tests.conftest import Ran
from tests.meetings.rfc5545 import faults
from tests.sources import DATA, PROGRAMME

LONDON = ZoneInfo("Europe/London")
BOOK = DATA / "sutton-2020-21-clusters.xlsx"
Run = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def taken_in(store: Store, senco: Run) -> None:
    assert senco("meetings", "import", str(BOOK.with_suffix(".tsv")), "--yes").code == 0


def events(path: Path) -> list[Any]:
    data = path.read_bytes()
    assert faults(data) == []
    return sorted(icalendar.Calendar.from_ical(data).walk("VEVENT"), key=lambda event: event["DTSTART"].dt)


class TestImport:
    def test_the_plan_is_shown_and_applied(self, senco: Run) -> None:
        ran = senco("meetings", "import", str(BOOK), "--yes")
        assert ran.code == 0
        assert "added  2020-11-24-CP    Tue 24 Nov 2020, 2–4pm" in ran.out
        assert "venue-moved" in ran.out
        assert ran.err == "Meetings 2020/21: 10 added. Holidays: 5 added or changed.\n"
        assert senco("meetings", "list").out.count("\n") == 12

    @pytest.mark.usefixtures("taken_in")
    def test_the_same_file_twice_changes_nothing_and_says_so(self, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        ran = senco("meetings", "import", str(BOOK))
        assert (ran.code, ran.err) == (0, "Meetings 2020/21: 10 unchanged. Nothing to change.\n")
        assert trail_length() == before

    def test_a_dry_run_is_the_plan_itself(self, senco: Run) -> None:
        ran = senco("meetings", "import", str(BOOK), "--dry-run", "--format", "json")
        told = json.loads(ran.out)
        assert [line["action"] for line in told["plan"]] == ["added"] * 10
        assert told["plan"][2]["starts"] == "2020-11-24T14:00"
        assert told["holidays"][0]["title"] == "Half term"
        assert told["findings"][0]["check"] == "meetings.venue-moved"
        assert "nothing was changed" in ran.err
        assert json.loads(senco("meetings", "list", "--format", "json").out)["meetings"] == []

    def test_the_plan_as_csv(self, senco: Run) -> None:
        lines = list(csv.DictReader(io.StringIO(senco("meetings", "import", str(BOOK), "--dry-run", "-f", "csv").out)))
        assert lines[0]["reference"] == "2020-09-22-CONF"

    def test_nobody_at_the_terminal_needs_yes(self, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        ran = senco("meetings", "import", str(BOOK))
        assert (ran.code, ran.out) == (4, "")
        assert "--yes" in ran.err

    @pytest.mark.parametrize(("answer", "code", "said"), [("y\n", 0, "10 added"), ("n\n", 4, "Nothing changed")])
    def test_a_person_is_shown_the_plan_and_asked(
        self, senco: Run, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, said: str
    ) -> None:
        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard(answer))
        ran = senco("meetings", "import", str(BOOK))
        assert ran.code == code
        assert ran.out.count("2020-11-24-CP") == 1
        assert said in ran.err

    def test_a_wrong_weekday_is_refused_at_its_cell_until_it_is_settled(self, senco: Run, tmp_path: Path) -> None:
        path = tmp_path / "next.csv"
        path.write_text("Date,Time,Meeting,Venue\nThursday 7 November 2023,2 - 4pm,CP 1-5,HAS\n")
        ran = senco("meetings", "import", str(path), "--yes")
        assert (ran.code, ran.out) == (5, "")
        assert "next.csv › row 2, column 1: 7 November 2023 is a Tuesday, not a Thursday." in ran.err
        settled = senco("meetings", "import", str(path), "--yes", "--date-wins")
        assert settled.code == 0
        assert "date-taken" in settled.out

    def test_a_file_without_a_programme(self, senco: Run) -> None:
        ran = senco("meetings", "import", str(DATA / "gias-sutton.csv"))
        assert (ran.code, ran.out) == (5, "")
        assert "Date, Time, Meeting, Venue, Purpose" in ran.err

    def test_the_year_is_named_when_the_dates_do_not(self, senco: Run, tmp_path: Path) -> None:
        path = tmp_path / "next.csv"
        path.write_text("Date,Time,Meeting,Venue\nTue 24 Nov,2 - 4pm,CP 1-5,HAS\n")
        assert senco("meetings", "import", str(path), "--yes").code == 5
        assert senco("meetings", "import", str(path), "--yes", "--year", "2020-21").code == 0
        assert senco("meetings", "show", "2020-11-24-CP").code == 0

    @pytest.mark.usefixtures("taken_in")
    def test_a_meeting_gone_from_the_file_is_cancelled_only_when_asked(self, senco: Run, tmp_path: Path) -> None:
        path = tmp_path / "less.csv"
        rows = [f"{m.day:%d/%m/%Y},2 - 4pm,CP 1-5,HAS" for m in PROGRAMME if m.kind == "cross-phase"][:2]
        path.write_text("\n".join(["Date,Time,Meeting,Venue", *rows]))
        shown = senco("meetings", "import", str(path))
        assert shown.code == 0
        assert "gone       2021-06-29-CP" in shown.out
        assert senco("meetings", "import", str(path), "--cancel-missing", "--yes").code == 0
        assert "cancelled" in senco("meetings", "show", "2021-06-29-CP").out


@pytest.mark.usefixtures("taken_in")
class TestLook:
    def test_a_list_in_peoples_words(self, senco: Run) -> None:
        out = senco("meetings", "list").out
        assert "2020-09-22-CONF  Tue 22 Sep 2020, 1.30–4.30pm  all clusters  HAS" in out
        assert "2020-10-13-SP    Tue 13 Oct 2020, 2–4pm        SP 1–7" in out

    def test_for_machines_with_zone_and_instant(self, senco: Run) -> None:
        lines = json.loads(senco("meetings", "list", "--cluster", "cp 1", "--format", "json").out)["meetings"]
        assert len(lines) == 5
        assert (
            lines[1]
            | {
                "reference": "2020-11-24-CP",
                "starts": "2020-11-24T14:00",
                "zone": "Europe/London",
                "starts_utc": "2020-11-24T14:00:00+00:00",
            }
            == lines[1]
        )

    def test_of_one_kind(self, senco: Run) -> None:
        assert senco("meetings", "list", "--kind", "conference", "--format", "csv").out.count("\n") == 3

    def test_an_empty_year_names_the_others(self, senco: Run) -> None:
        assert "There are some in 2020/21" in senco("meetings", "list", "--year", "2021/22").out

    def test_one_meeting(self, senco: Run) -> None:
        ran = senco("meetings", "show", "24/11/2020")
        assert ran.out.startswith("2020-11-24-CP  Cross-phase clusters CP 1–5\nWhen            Tue 24 Nov 2020, 2–4pm")

    def test_changes_are_counted(self, senco: Run, tmp_path: Path) -> None:
        for count, said in ((1, "changed once"), (2, "changed 2 times")):
            path = tmp_path / f"{count}.csv"
            path.write_text(f"Date,Time,Meeting,Venue\n24/11/2020,2 - {4 + count}pm,CP 1-5,HAS\n")
            assert senco("meetings", "import", str(path), "--yes").code == 0
            assert said in senco("meetings", "show", "2020-11-24-CP").out

    def test_one_that_does_not_exist(self, senco: Run) -> None:
        ran = senco("meetings", "show", "2020-11-25-CP")
        assert (ran.code, ran.out) == (3, "")
        assert "Did you mean '2020-11-24-CP'" in ran.err

    def test_holidays(self, senco: Run) -> None:
        assert "Easter       Thu 1 Apr 2021   Fri 16 Apr 2021  the borough" in senco("meetings", "holidays").out


class TestAdd:
    def test_a_panel(self, senco: Run) -> None:
        ran = senco("meetings", "add", "Tue 8 Dec 2020", "2 - 4pm", "--for", "panel", "--venue", "HAS")
        assert ran.code == 0
        assert "For           the panel" in ran.out
        assert ran.err == "Added 2020-12-08-PANEL: Tue 8 Dec 2020, 2–4pm.\n"

    def test_one_to_look_at(self, senco: Run) -> None:
        ran = senco("meetings", "add", "25/12/2020", "2-4pm", "--for", "cp 1-5", "--proposed", "--purpose", "Party")
        assert "bank holiday (Christmas Day)" in ran.err
        assert "Status        proposed" in ran.out

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("25/12/2020", "2-4pm", "--for", "governors"), 5, "Who is to meet was not understood."),
            (("Mon 8 Dec 2020", "2-4pm", "--for", "panel"), 5, "is a Tuesday, not a Monday"),
            (("8 Dec 2020", "4-2pm", "--for", "panel"), 5, "would start before 7am"),
            (("8 Dec 2020", "2-4pm", "--for", "CP"), 5, "No clusters CP are known"),
        ],
    )
    def test_what_is_refused(self, senco: Run, words: tuple[str, ...], code: int, said: str) -> None:
        ran = senco("meetings", "add", *words)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err


@pytest.mark.usefixtures("taken_in")
class TestExport:
    def test_the_ten_meetings_right_to_the_minute_in_london(self, senco: Run, here: Path) -> None:
        assert senco("meetings", "export", "--ics", "--all").code == 0
        read = events(here / "sutton-senco-clusters-2020-21.ics")
        assert [
            (event["DTSTART"].dt.astimezone(LONDON), event["DTEND"].dt.astimezone(LONDON), str(event["LOCATION"]))
            for event in read
        ] == [
            (datetime.combine(m.day, m.starts, LONDON), datetime.combine(m.day, m.ends, LONDON), "HAS")
            for m in PROGRAMME
        ]
        assert str(read[2]["SUMMARY"]) == "SENCO cluster meeting CP 1–5"

    def test_a_clusters_calendar_holds_its_own_and_the_conferences(self, senco: Run, here: Path) -> None:
        ran = senco("meetings", "export", "--cluster", "cp1")
        assert ran.err == (
            "Wrote sutton-senco-clusters-cp1-2020-21.ics: Sutton SENCO clusters CP1 2020/21, 5 meetings.\n"
        )
        read = events(here / "sutton-senco-clusters-cp1-2020-21.ics")
        conference, own = "SENCO conference (all clusters)", "SENCO cluster meeting CP1"
        assert [str(event["SUMMARY"]) for event in read] == [conference, own, own, own, conference]
        assert str(read[1]["UID"]) == "2020-11-24-CP@319.senco"
        assert str(read[1]["DESCRIPTION"]).endswith("Meeting 2020-11-24-CP for CP 1–5. Times are Europe/London.")

    def test_an_unchanged_file_is_left_untouched(self, senco: Run, here: Path) -> None:
        path = here / "cp1.ics"
        senco("meetings", "export", "--cluster", "CP1", "--out", str(path))
        before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        senco("meetings", "import", str(BOOK))
        ran = senco("meetings", "export", "--cluster", "CP1", "--out", str(path))
        assert "was left untouched" in ran.err
        assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before

    def test_a_moved_meeting_is_an_update(self, senco: Run, here: Path, tmp_path: Path) -> None:
        path, moved = here / "all.ics", tmp_path / "moved.csv"
        senco("meetings", "export", "--all", "--out", str(path))
        before = {str(event["UID"]): event.to_ical() for event in events(path)}
        moved.write_text("Reference,Date,Time,Meeting\n2020-11-24-CP,Tue 1 Dec 2020,2 - 4pm,CP 1-5\n")
        assert senco("meetings", "import", str(moved), "--yes").code == 0
        senco("meetings", "export", "--all", "--out", str(path))
        after = {str(event["UID"]): event for event in events(path)}
        assert set(after) == set(before)
        changed = [uid for uid, event in after.items() if event.to_ical() != before[uid]]
        assert changed == ["2020-11-24-CP@319.senco"]
        assert after[changed[0]]["SEQUENCE"] == 1

    def test_a_cancelled_meeting_stays_as_cancelled(self, senco: Run, here: Path, tmp_path: Path) -> None:
        path = tmp_path / "off.csv"
        path.write_text("Date,Time,Meeting,Status\n24/11/2020,2 - 4pm,CP 1-5,cancelled\n")
        assert senco("meetings", "import", str(path), "--yes").code == 0
        senco("meetings", "export", "--cluster", "CP1", "--out", "cp1.ics")
        assert [str(event["STATUS"]) for event in events(here / "cp1.ics")][1] == "CANCELLED"

    @pytest.mark.usefixtures("here")
    def test_one_meeting_alone_is_counted_as_one(self, senco: Run) -> None:
        senco("meetings", "add", "7 Dec 2021", "2-4pm", "--for", "panel")
        assert "1 meeting." in senco("meetings", "export", "--all", "--year", "2021/22").err

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            ((), 2, "--cluster CP1, --school NAME, --lead NAME, --panel or --all"),
            (("--cluster", "CP9"), 3, "Did you mean"),
            (("--school", "999999"), 3, ""),
            (("--all", "--year", "2021/22"), 3, "no meeting"),
        ],
    )
    def test_what_is_refused(self, senco: Run, here: Path, words: tuple[str, ...], code: int, said: str) -> None:
        ran = senco("meetings", "export", *words)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err
        assert list(here.iterdir()) == []

    def test_a_folder_that_does_not_exist(self, senco: Run, here: Path) -> None:
        assert senco("meetings", "export", "--all", "--out", str(here / "no" / "all.ics")).code == 3


def test_the_store_is_read_without_the_heavy_libraries(store: Store) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from senco.app import main; main(['meetings', 'list']);"
        "print(sorted({'sqlmodel', 'sqlalchemy', 'openpyxl', 'ics', 'rich'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
