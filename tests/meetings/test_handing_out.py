"""Calendars in everyone's hands: read by two strangers, over a clock change, 500 at once; nothing else changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from senco.clusters.tables import Cluster
from senco.errors import BadInput, NotFound
from senco.meetings import questions
from senco.meetings.exporting import minutes_before
from senco.meetings.kinds import Attendee, CalendarEntry
from senco.meetings.publish import calendar_bytes
from senco.store.doors import Store
from tests.conftest import AT, Ran
from tests.meetings.readers import by_ical_js, by_icalendar, ical_js
from tests.meetings.rfc5545 import faults
from tests.meetings.test_changes import CP, clustered, taken_in
from tests.meetings.test_gathering import people

Run = Callable[..., Ran]
Reader = Callable[[Path], dict[str, Any]]
LONDON = ZoneInfo("Europe/London")
__all__ = ["clustered", "people", "taken_in"]


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with ical.js, or skip and say why."""
    return ical_js(tmp_path_factory.mktemp("node"))


@pytest.fixture(params=["icalendar", "ical.js"])
def reader(request: pytest.FixtureRequest) -> Reader:
    """Give a way to read a calendar that is not senco's own."""
    if request.param == "icalendar":
        return lambda file: by_icalendar(file.read_bytes())
    modules = request.getfixturevalue("node_modules")
    return lambda file: by_ical_js(file, modules)


def five_hundred() -> list[CalendarEntry]:
    """Give 500 meetings, one a day at 2pm in London, over both clock changes, with awkward texts and every status."""
    texts = ("plain", "comma, semicolon; back\\slash", "line\nbreak", "“quoted” – dash", "🎓 " * 40, 'a "b" c')
    entries = []
    for number in range(500):
        local = datetime.combine(date(2020, 9, 1) + timedelta(days=number), datetime.min.time(), LONDON) + timedelta(
            hours=14
        )
        starts = local.astimezone(UTC)
        entries.append(
            CalendarEntry(
                uid=f"{number}@senco",
                reference=str(number),
                sequence=number % 7,
                status=("CONFIRMED", "TENTATIVE", "CANCELLED")[number % 3],  # type: ignore[arg-type]
                summary=f"{number}: {texts[number % 6]}".strip(),
                location=texts[(number + 1) % 6].strip(),
                description=texts[(number + 2) % 6].strip(),
                categories=("cross-phase",),
                starts=starts,
                ends=starts + timedelta(hours=2),
                changed=datetime(2020, 8, 1, tzinfo=UTC),
                alarms=(1440, 30) if number % 2 else (),
            )
        )
    return entries


class TestRoundTrip:
    def test_five_hundred_over_both_clock_changes(self, reader: Reader, tmp_path: Path) -> None:
        entries = five_hundred()
        data = calendar_bytes(entries, name="Five hundred")
        assert faults(data) == []
        file = tmp_path / "x.ics"
        file.write_bytes(data)
        found = reader(file)
        assert (found["method"], len(found["events"])) == ("PUBLISH", 500)
        for entry in entries:
            read = found["events"][entry.uid]
            assert (read["starts"], read["ends"]) == (entry.starts, entry.ends)
            assert read["starts"].astimezone(LONDON).hour == 14
            assert (read["summary"], read["location"], read["description"]) == (
                entry.summary,
                entry.location,
                entry.description,
            )
            assert (read["status"], read["sequence"]) == (entry.status, entry.sequence)
            assert read["alarms"] == [-60 * minutes for minutes in entry.alarms]
        offsets = {entry.starts.astimezone(LONDON).utcoffset() for entry in entries}
        assert len(offsets) == 2

    def test_the_published_programme(self, reader: Reader, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "all.ics"
        assert senco("meetings", "export", "--all", "--out", str(file)).code == 0
        found = reader(file)["events"]
        with taken_in.reading() as ask:
            lines = questions.every_meeting(ask)
        assert len(found) == len(lines) == 10
        for line in lines:
            read = found[line.uid]
            local = read["starts"].astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes")
            assert (local, read["status"], read["location"]) == (line.starts, "CONFIRMED", "HAS")

    def test_a_move_changes_that_event_alone(self, reader: Reader, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        before, after = tmp_path / "before.ics", tmp_path / "after.ics"
        senco("meetings", "export", "--all", "--out", str(before))
        senco("meetings", "move", CP, "1/12/2020")
        senco("meetings", "export", "--all", "--out", str(after))
        one, two = reader(before)["events"], reader(after)["events"]
        assert one.keys() == two.keys()
        assert [uid for uid in one if one[uid] != two[uid]] == [f"{CP}@319.senco"]
        assert two[f"{CP}@319.senco"]["sequence"] == 1
        parts = [file.read_text(encoding="utf-8").split("BEGIN:VEVENT") for file in (before, after)]
        assert sum(part not in parts[1] for part in parts[0]) == 1

    def test_a_cancelled_one_stays_and_says_so(
        self, reader: Reader, taken_in: Store, senco: Run, tmp_path: Path
    ) -> None:
        senco("meetings", "cancel", CP)
        file = tmp_path / "all.ics"
        senco("meetings", "export", "--all", "--alarm", "1d", "--out", str(file))
        read = reader(file)["events"][f"{CP}@319.senco"]
        assert (read["status"], read["sequence"], read["alarms"]) == ("CANCELLED", 1, [])

    def test_an_invitation_and_its_withdrawal(self, reader: Reader, people: Store, senco: Run, tmp_path: Path) -> None:
        senco("settings", "set", "organiser.email", "clusters@sutton.gov.uk", "--from", "1/9/2020")
        file = tmp_path / "i.ics"
        ran = senco("meetings", "invite", CP, "--out", str(file))
        assert ran.err == f"Wrote {file}: an invitation for 4 people.\n"
        assert faults(file.read_bytes()) == []
        found = reader(file)
        assert found["method"] == "REQUEST"
        (read,) = found["events"].values()
        assert sorted(read["attendees"]) == [
            ("Ann O'Neil", "mailto:ann@avenue.sch.uk"),
            ("Bo Li", "mailto:bo@brook.sch.uk"),
            ("Cy Grant", "mailto:cy@sutton.gov.uk"),
            ("Ed Poe", "mailto:ed@limes.sch.uk"),
        ]
        senco("meetings", "cancel", CP)
        assert (
            senco("meetings", "invite", CP, "--out", str(file)).err == f"Wrote {file}: the withdrawal for 4 people.\n"
        )
        found = reader(file)
        assert found["method"] == "CANCEL"
        (read,) = found["events"].values()
        assert (read["status"], read["sequence"]) == ("CANCELLED", 1)


class TestWhose:
    def test_a_lead_has_panels_too(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel", "--venue", "HAS")
        for words, count in ((("--lead", "huzzey"), 6), (("--panel",), 1), (("--all",), 11), (("--cluster", "CP1"), 5)):
            file = tmp_path / "x.ics"
            assert senco("meetings", "export", *words, "--out", str(file)).code == 0
            assert file.read_bytes().count(b"BEGIN:VEVENT") == count

    def test_a_lead_that_nobody_knows(self, clustered: Store) -> None:
        with clustered.reading() as ask, pytest.raises(NotFound) as unknown:
            questions.clusters_led(ask, "Nobody", "2020/21", date(2020, 11, 24))
        assert unknown.value.reference == "lead.unknown"

    def test_deadlines_are_told_and_may_be_entries(self, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "x.ics"
        senco("meetings", "export", "--cluster", "CP1", "--deadlines", "--out", str(file))
        data = file.read_bytes()
        assert faults(data) == []
        found = by_icalendar(data)["events"]
        assert len(found) == 5 + 6
        closing = found[f"{CP}.closing@319.senco"]
        assert closing["summary"] == "Requests close: SENCO cluster meeting CP1"
        assert closing["ends"] == datetime(2020, 11, 10, 17, tzinfo=UTC)
        assert "Requests close Tue 10 Nov 2020, 5pm." in found[f"{CP}@319.senco"]["description"]

    def test_a_deadline_fixed_later_makes_the_entry_newer(self, taken_in: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "x.ics"
        senco("meetings", "export", "--all", "--out", str(file))
        before = file.read_bytes()
        senco("meetings", "deadline", CP, "closing", "6/11/2020")
        senco("meetings", "export", "--all", "--out", str(file))
        parts = [data.split(b"BEGIN:VEVENT") for data in (before, file.read_bytes())]
        assert sum(part not in parts[1] for part in parts[0]) == 1

    @pytest.mark.parametrize("text", ["soon", "1 week", "-5m"])
    def test_an_alarm_that_is_none(self, text: str) -> None:
        with pytest.raises(BadInput) as refused:
            minutes_before(text)
        assert refused.value.reference == "alarm.unreadable"


class TestPublish:
    def test_a_folder_for_the_web_changes_only_what_changed(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        folder = tmp_path / "web"
        ran = senco("meetings", "export", "--publish", str(folder))
        assert ran.err == f"{folder}: 14 calendars written, 0 unchanged and left untouched.\n"
        names = sorted(path.name for path in folder.iterdir())
        assert names == [
            *(f"cp{n}.ics" for n in range(1, 6)),
            "school-100001.ics",
            "school-100002.ics",
            *(f"sp{n}.ics" for n in range(1, 8)),
        ]
        for path in folder.iterdir():
            assert faults(path.read_bytes()) == []
            os.utime(path, (1, 1))
        senco("meetings", "add", "12/1/2021", "2 - 4pm", "--for", "CP1", "--venue", "HAS")
        (folder / "cp99.ics").write_text("old", encoding="utf-8")
        ran = senco("meetings", "export", "--publish", str(folder))
        assert "2 calendars written, 12 unchanged" in ran.err
        assert ran.err.endswith("Left as they were, though nobody's any more: cp99.ics.\n")
        touched = sorted(path.name for path in folder.iterdir() if path.stat().st_mtime > 1)
        assert touched == ["cp1.ics", "cp99.ics", "school-100001.ics"]

    def test_a_file_goes_on_from_year_to_year(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        senco("meetings", "add", "12/10/2021", "2 - 4pm", "--for", "CP1", "--venue", "HAS")
        with clustered.changing("clusters.import", actor="officer", at=AT) as change:
            change.add(Cluster, year="2021/22", model="cross-phase", reference="CP7", name="", source="test")
            change.record("clusters 2021/22", added=1)
        senco("meetings", "export", "--publish", str(tmp_path), "--year", "2020/21")
        assert (tmp_path / "cp1.ics").read_bytes().count(b"BEGIN:VEVENT") == 6
        later = tmp_path / "later"
        senco("meetings", "export", "--publish", str(later), "--year", "2021/22")
        assert [path.name for path in later.iterdir()] == ["cp1.ics"]

    def test_not_with_another(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        ran = senco("meetings", "export", "--publish", str(tmp_path), "--all")
        assert (ran.code, "writes every cluster's" in ran.err) == (2, True)


class TestInvitations:
    def test_nobody_to_send_it_and_nobody_to_get_it(self, clustered: Store, senco: Run, tmp_path: Path) -> None:
        ran = senco("meetings", "invite", CP)
        assert (ran.code, "organiser.email" in ran.err) == (4, True)
        senco("settings", "set", "organiser.email", "clusters@sutton.gov.uk", "--from", "1/9/2020")
        ran = senco("meetings", "invite", CP)
        assert (ran.code, f"Nobody with an e-mail address is invited to {CP}." in ran.err) == (3, True)

    def test_those_without_an_address_are_counted(
        self, people: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        senco("settings", "set", "organiser.email", "clusters@sutton.gov.uk", "--from", "1/9/2020")
        senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel")
        assert senco("meetings", "invite", "2020-12-08").code == 3
        file = tmp_path / "more.csv"
        file.write_text("name,role,e-mail,invited to\nGus,officer,gus@sutton.gov.uk,panel\n", encoding="utf-8")
        senco("meetings", "contacts", "import", str(file), "--yes")
        ran = senco("meetings", "invite", "2020-12-08")
        assert ran.err.endswith("an invitation for 1 people. 1 of those invited have no address on record.\n")
        assert (tmp_path / "2020-12-08-PANEL-invitation.ics").exists()

    def test_a_name_cannot_break_out_of_its_quotes(self) -> None:
        entry = CalendarEntry(
            "u@senco", "r", 0, "CONFIRMED", "s", "", "", (), datetime(2020, 11, 24, 14, tzinfo=UTC),
            datetime(2020, 11, 24, 16, tzinfo=UTC), datetime(2020, 11, 1, tzinfo=UTC),
            organiser=Attendee("SENCO; clusters", "a@b.uk"),
            attendees=(Attendee('Ann "X"\nATTENDEE:mailto:evil@x', "ann@b.uk"),),
        )  # fmt: skip
        data = calendar_bytes([entry], name="x", method="REQUEST")
        assert faults(data) == []
        (read,) = by_icalendar(data)["events"].values()
        assert read["attendees"] == [("Ann 'X' ATTENDEE:mailto:evil@x", "mailto:ann@b.uk")]

    def test_references_of_what_is_refused(self, people: Store, senco: Run) -> None:
        from senco.console.desk import Desk
        from senco.errors import SencoError
        from senco.meetings import exporting, papering

        desk = Desk(store_path=people.path, as_of=date(2020, 11, 24), actor_named="officer")
        for act, reference in (
            (lambda: papering.invite(desk, CP, None), "invite.no-organiser"),
            (lambda: papering.write(desk, CP, "agenda", Path("x.docx")), "paper.which-form"),
            (lambda: exporting.publish_all(desk, Path("x"), exporting.Asked(panel=True), None), "publish.whose"),
        ):
            with pytest.raises(SencoError) as refused:
                act()
            assert refused.value.reference == reference
        senco("settings", "set", "organiser.email", "clusters@sutton.gov.uk", "--from", "1/9/2020")
        with pytest.raises(NotFound) as nobody:
            papering.invite(desk, _panel(senco), None)
        assert nobody.value.reference == "invite.nobody"


def _panel(senco: Run) -> str:
    senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel")
    return "2020-12-08-PANEL"


class TestPapers:
    def test_an_agenda_frame_of_the_season(self, people: Store, senco: Run, tmp_path: Path) -> None:
        senco("meetings", "actions", "add", CP, "Share | the *map*", "--owner", "CP1 lead", "--due", "11/12/2020")
        file = tmp_path / "a.md"
        assert senco("meetings", "agenda", "2021-03-23", "--out", str(file)).err == f"Wrote {file}.\n"
        text = file.read_text(encoding="utf-8")
        assert "- A1: Share \\| the \\*map\\* (CP1 lead, by Fri 11 Dec 2020)" in text
        assert "Year 6 reviews and the move to secondary school" in text
        assert f"- Of {CP}, Tue 24 Nov 2020, 2–4pm: to be agreed." in text
        assert "Requests close Tue 9 Mar 2021, 5pm." in text
        assert senco("meetings", "agenda", "2021-03-23", "--out", str(file)).err == f"{file} is already so.\n"

    def test_of_a_panel_a_conference_and_one_cluster(
        self, people: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        _panel(senco)
        senco("meetings", "chair", "2020-12-08", "Di Ray")
        senco("meetings", "agenda", "2020-12-08", "--out", "p.md")
        panel = (tmp_path / "p.md").read_text(encoding="utf-8")
        assert "Confidential session" in panel
        assert "Chair: Di Ray." in panel
        assert "This is the first meeting known." in panel
        senco("meetings", "agenda", "2020-09-22", "--out", "c.md")
        conference = (tmp_path / "c.md").read_text(encoding="utf-8")
        assert "Programme" in conference
        assert "Chair: to be named." in conference
        senco("meetings", "add", "29/8/2021", "2 - 4pm", "--for", "CP1")
        senco("meetings", "agenda", "2021-08-29", "--out", "m.md")
        alone = (tmp_path / "m.md").read_text(encoding="utf-8")
        assert "Chair: Anna Huzzey." in alone
        assert "No later meeting is known." in alone
        assert "venue to be told" in alone

    def test_minutes_tell_the_register_the_quorum_and_what_was_agreed(
        self, people: Store, senco: Run, tmp_path: Path
    ) -> None:
        senco("settings", "set", "quorum", "2", "--from", "1/9/2020")
        senco("meetings", "attend", CP, "-p", "Avenue", "-a", "Brook")
        senco("meetings", "actions", "add", CP, "Share the map", "--owner", "CP1 lead")
        file = tmp_path / "m.md"
        senco("meetings", "minutes", CP, "--out", str(file))
        text = file.read_text(encoding="utf-8")
        assert "The meeting was not quorate: it lacked 1 more of 2." in text
        assert "| Avenue Primary | Ann O'Neil | present |" in text
        assert "| The Limes | Ed Poe | not marked |" in text
        assert "- Brook High" in text
        assert "- A1: Share the map (CP1 lead)" in text
        senco("meetings", "attend", CP, "-s", "Brook")
        senco("meetings", "minutes", CP, "--out", str(file))
        assert "The meeting was quorate." in file.read_text(encoding="utf-8")

    def test_as_workbooks_the_same_to_the_byte(
        self, people: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from senco.sheets.reading import read_book

        monkeypatch.chdir(tmp_path)
        senco("meetings", "attend", CP, "-p", "Avenue")
        senco("meetings", "actions", "add", CP, "=Share", "--owner", "CP1 lead", "--due", "11/12/2020")
        senco("meetings", "actions", "add", CP, "Second", "--owner", "CP1 lead")
        for kind, sheets in (("agenda", ["Agenda"]), ("minutes", ["Minutes", "Register", "Actions"])):
            assert senco("meetings", kind, CP).code == 0
            path = tmp_path / f"{CP}-{kind}.xlsx"
            book = read_book(path)
            assert [sheet.name for sheet in book.sheets] == sheets
            assert book.notes == ()
            assert senco("meetings", kind, CP).err == f"{path.name} is already so.\n"
